//! Built files of console and widget, and the small answers machines ask for.

use axum::{
    extract::{FromRequestParts, Path, Request},
    response::{IntoResponse, Response},
};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use platform::{events, nodes::Link, web::Problem};
use serde_json::json;

use super::{PAGE_POLICY, portal};
use crate::{Call, channels::webchat, desk::Asset};

fn serve(asset: Asset, path: &str, headers: &HeaderMap, policy: &str) -> Response {
    let content_type = match path.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json" | "map") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("webmanifest") => "application/manifest+json",
        _ => "application/octet-stream",
    };
    // Files under assets/ carry a hash in their name, so they never change.
    let lasting = path.contains("/assets/") || path.contains("/chunks/");
    let cache = match path {
        _ if lasting => "public, max-age=31536000, immutable",
        // Every page of a shop asks for the loader; a new version may wait five minutes.
        "widget/widget.js" => "public, max-age=300",
        _ => "no-cache",
    };
    let tag = format!("\"{}\"", asset.tag);
    if headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        // A browser takes the headers of this answer for those of what it has kept, the policy included.
        let kept = [(header::ETAG, tag), (header::CACHE_CONTROL, cache.to_owned()), (header::CONTENT_SECURITY_POLICY, policy.to_owned())];
        return (StatusCode::NOT_MODIFIED, kept).into_response();
    }
    let gzip = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).is_some_and(|value| value.contains("gzip"));
    let (bytes, encoding) = match asset.gzip.filter(|_| gzip) {
        Some(small) => (small, Some("gzip")),
        None => (asset.bytes, None),
    };
    let mut response = (StatusCode::OK, bytes).into_response();
    let set = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, content_type),
        (header::CACHE_CONTROL, cache),
        (header::VARY, "Accept-Encoding"),
        (header::ETAG, tag.as_str()),
        (header::CONTENT_SECURITY_POLICY, policy),
    ] {
        if let Ok(value) = HeaderValue::from_str(value) {
            set.insert(name, value);
        }
    }
    if let Some(encoding) = encoding {
        set.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

async fn path_of(request: Request) -> (String, HeaderMap) {
    let (mut parts, _) = request.into_parts();
    let path = Path::<String>::from_request_parts(&mut parts, &()).await.map(|path| path.0).unwrap_or_default();
    (path, parts.headers)
}

/// The console: its files, and its first page for every address it knows itself.
pub async fn console(call: Call, request: Request) -> Result<Response, Problem> {
    let (path, headers) = path_of(request).await;
    let is_file = path.rsplit('/').next().is_some_and(|name| name.contains('.'));
    let wanted = if is_file { format!("console/{path}") } else { "console/index.html".to_owned() };
    let asset = (call.desk.assets)(&wanted).ok_or_else(Problem::not_found)?;
    Ok(serve(asset, &wanted, &headers, PAGE_POLICY))
}

/// The widget's files. They are fetched from shops' pages, so every origin may read them.
pub async fn widget(call: Call, request: Request) -> Result<Response, Problem> {
    let loader = request.uri().path() == "/widget.js";
    let (path, headers) = path_of(request).await;
    let wanted = if loader { "widget/widget.js".to_owned() } else { format!("widget/{path}") };
    let asset = (call.desk.assets)(&wanted).filter(|_| !wanted.ends_with(".html")).ok_or_else(Problem::not_found)?;
    let mut response = serve(asset, &wanted, &headers, PAGE_POLICY);
    response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    response.headers_mut().insert("cross-origin-resource-policy", HeaderValue::from_static("cross-origin"));
    Ok(response)
}

/// The chat inside a shop's page. Only the inbox's own pages may frame it.
pub async fn widget_frame(call: Call, request: Request) -> Result<Response, Problem> {
    let key = request.uri().query().and_then(|query| query.split('&').find_map(|pair| pair.strip_prefix("inbox="))).unwrap_or_default().to_owned();
    frame(&call, request.headers(), key, true).await
}

/// The chat as a page of its own, for links and in-app web views.
pub async fn chat_page(call: Call, request: Request) -> Result<Response, Problem> {
    let language = portal::language_of(&call, &request);
    let (key, headers) = path_of(request).await;
    match frame(&call, &headers, key, false).await {
        // Somebody followed a link here, so a person reads the answer.
        Err(problem) if problem.status == StatusCode::NOT_FOUND => portal::no_chat(&call, language).await,
        answer => answer,
    }
}

async fn frame(call: &Call, headers: &HeaderMap, key: String, framed: bool) -> Result<Response, Problem> {
    let origins = call.read(move |tx| webchat::pages::allowed_origins(tx, &key)).await?;
    let ancestors = match (framed, origins.is_empty()) {
        (false, _) => "'none'".to_owned(),
        (true, true) => "*".to_owned(),
        (true, false) => format!("'self' {}", origins.join(" ")),
    };
    let policy = PAGE_POLICY.replace("frame-ancestors 'none'", &format!("frame-ancestors {ancestors}"));
    let asset = (call.desk.assets)("widget/frame.html").ok_or_else(Problem::not_found)?;
    Ok(serve(asset, "widget/frame.html", headers, &policy))
}

/// Whether the process lives.
pub async fn health(_: Call, _: Request) -> Result<Response, Problem> {
    Ok(json_of(StatusCode::OK, &json!({"status": "ok"})))
}

/// Whether it can do its work: the database answers and is not about to close.
pub async fn ready(call: Call, _: Request) -> Result<Response, Problem> {
    if *call.desk.stopping.borrow() {
        return Err(Problem::unavailable("The server is stopping."));
    }
    let position = call.desk.store.read(events::head).await?;
    let mut ready = json!({"status": "ready", "position": position, "live_position": call.desk.hub.position(), "connections": call.desk.hub.len()});
    // A node that cannot hear the others does its work all the same, only later and with half the presence.
    match call.desk.nodes.link() {
        Link::Alone => {}
        Link::Up => ready["other_nodes"] = call.desk.presence.other_nodes().into(),
        Link::Away => ready["degraded"] = json!(["nats"]),
    }
    Ok(json_of(StatusCode::OK, &ready))
}

/// Figures for Prometheus; to this machine and trusted networks only.
pub async fn metrics(call: Call, _: Request) -> Result<Response, Problem> {
    let inside =
        call.client.address.is_some_and(|address| address.is_loopback() || call.desk.config.trusted_proxies.iter().any(|network| network.contains(&address)));
    if !inside || call.client.forwarded {
        return Err(Problem::not_found());
    }
    metrics::gauge!("rapport_connections").set(call.desk.hub.len() as f64);
    metrics::gauge!("rapport_writes_waiting").set(call.desk.store.waiting() as f64);
    metrics::gauge!("rapport_live_position").set(call.desk.hub.position() as f64);
    if call.desk.nodes.link() != Link::Alone {
        metrics::gauge!("rapport_nodes_link_up").set(f64::from(u8::from(call.desk.nodes.link() == Link::Up)));
        metrics::gauge!("rapport_nodes_others").set(call.desk.presence.other_nodes() as f64);
    }
    let mut response = call.desk.metrics.render().into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8"));
    Ok(response)
}

fn json_of(status: StatusCode, body: &serde_json::Value) -> Response {
    (status, [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], body.to_string()).into_response()
}
