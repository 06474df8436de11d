//! The portal's first page, and a shop's page to try the widget on. Server-rendered; no JavaScript is needed to read them.

use askama::Template;
use axum::{
    extract::Request,
    response::{Html, IntoResponse, Response},
};
use http::{HeaderValue, StatusCode, header};
use platform::{
    clock::Moment,
    i18n::{LANGUAGES, accepted, choose},
    web::Problem,
};

use super::{
    PAGE_POLICY,
    texts::{self, Texts},
};
use crate::{
    Call,
    channels::webchat::pages::{self, Desk},
    places::{self, ServiceModel, colour},
};

/// A way to be helped.
struct Way {
    name: String,
    model: String,
    promise: String,
    wait: String,
    promised: String,
    chat: String,
    shop: String,
}

#[derive(Template)]
#[template(path = "home.html")]
struct Home {
    language: &'static str,
    texts: &'static Texts,
    company: String,
    ways: Vec<Way>,
}

#[derive(Template)]
#[template(path = "no_chat.html")]
struct NoChat {
    language: &'static str,
    texts: &'static Texts,
    company: String,
}

#[derive(Template)]
#[template(path = "shop.html")]
struct Shop {
    language: &'static str,
    texts: &'static Texts,
    brand: String,
    theme: &'static str,
    promise: String,
    key: String,
}

pub(super) fn language_of(call: &Call, request: &Request) -> &'static str {
    let asked = request.uri().query().and_then(|query| query.split('&').find_map(|pair| pair.strip_prefix("language=")));
    let wishes: Vec<&str> = asked.into_iter().chain(accepted(&call.client.languages)).collect();
    choose(&wishes, &LANGUAGES).unwrap_or(LANGUAGES[0])
}

fn page(html: String) -> Response {
    let mut response = Html(html).into_response();
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(PAGE_POLICY));
    response
}

/// Ways to be helped, each with its true wait.
pub async fn home(call: Call, request: Request) -> Result<Response, Problem> {
    let language = language_of(&call, &request);
    let here = call.desk.presence.is_anybody_available();
    let (company, desks) = call.read(move |tx| Ok((places::company_name(tx)?, pages::desks(tx, here)?))).await?;
    let texts = texts::of(language);
    let ways = desks.iter().map(|desk| way(desk, texts, language)).collect();
    let home = Home { language, texts, company, ways };
    Ok(page(home.render().map_err(Problem::fault)?))
}

fn way(desk: &Desk, texts: &Texts, language: &str) -> Way {
    let model = match desk.brand.service_model {
        ServiceModel::Concierge => &texts.concierge,
        ServiceModel::DoItYourself => &texts.do_it_yourself,
    };
    let wait = match (&desk.availability.open, desk.availability.expected_wait_seconds, desk.availability.opens_at) {
        (true, Some(seconds), _) => texts.wait(language, seconds),
        (true, None, _) => texts.open.clone(),
        (false, _, Some(at)) => texts.opens.replace("{time}", &local_time(at, &desk.availability.time_zone)),
        (false, _, None) => texts.closed.clone(),
    };
    let answer_by = desk.availability.promise.and_then(|promise| promise.answer_by);
    let promised = answer_by.map_or(String::new(), |at| texts.promised.replace("{time}", &local_time(at, &desk.availability.time_zone)));
    Way {
        name: desk.brand.name.clone(),
        model: model.clone(),
        promise: desk.brand.promise.pick(language).unwrap_or_default().to_owned(),
        wait,
        promised,
        chat: format!("/chat/{}", desk.key),
        shop: format!("/shop/{}", desk.key),
    }
}

/// Date and time by the brand's wall clock.
fn local_time(at: Moment, zone: &str) -> String {
    let zone = jiff::tz::TimeZone::get(zone).unwrap_or(jiff::tz::TimeZone::UTC);
    at.timestamp().to_zoned(zone).strftime("%Y-%m-%d %H:%M").to_string()
}

/// Instead of a chat whose key is wrong or whose inbox was switched off.
pub(super) async fn no_chat(call: &Call, language: &'static str) -> Result<Response, Problem> {
    let company = call.read(places::company_name).await?;
    let html = NoChat { language, texts: texts::of(language), company }.render().map_err(Problem::fault)?;
    let mut response = page(html);
    *response.status_mut() = StatusCode::NOT_FOUND;
    Ok(response)
}

/// A shop's page with the widget of an inbox on it.
pub async fn shop(call: Call, request: Request) -> Result<Response, Problem> {
    let language = language_of(&call, &request);
    let key = request.uri().path().split('/').nth(2).unwrap_or_default().to_owned();
    let wanted = key.clone();
    let brand = call.read(move |tx| pages::brand_of(tx, &wanted)).await?;
    let theme = if brand.service_model == ServiceModel::Concierge { "warm" } else { "plain" };
    let shop =
        Shop { language, texts: texts::of(language), promise: brand.promise.pick(language).unwrap_or_default().to_owned(), brand: brand.name, theme, key };
    Ok(page(shop.render().map_err(Problem::fault)?))
}

/// The style of both, with the colours of the first brand.
pub async fn style(call: Call, _: Request) -> Result<Response, Problem> {
    let brand = call
        .read(|tx| {
            Ok(match places::first_brand(tx)? {
                Some(id) => Some(places::brand(tx, id)?),
                None => None,
            })
        })
        .await?;
    let theme = brand.and_then(|brand| colour::theme(&brand.accent, brand.accent_dark.as_deref()));
    let colours = theme.map_or(String::new(), |theme| {
        format!(
            ":root{{--accent:{};--on-accent:{};--accent-ink:{}}}@media(prefers-color-scheme:dark){{:root{{--accent:{};--on-accent:{};--accent-ink:{}}}}}",
            theme.accent, theme.on_accent, theme.accent_ink, theme.accent_dark, theme.on_accent_dark, theme.accent_dark
        )
    });
    let mut response = format!("{}{colours}", include_str!("templates/portal.css")).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/css; charset=utf-8"));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=60"));
    Ok(response)
}

/// The style of the API reference.
pub async fn reference_style(_: Call, _: Request) -> Result<Response, Problem> {
    let mut response = include_str!("templates/reference.css").into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/css; charset=utf-8"));
    Ok(response)
}
