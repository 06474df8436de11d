//! Contacts out to a table, as many as there are, a page at a time.

use axum::{
    body::Body,
    extract::Request,
    response::{IntoResponse, Response},
};
use futures_util::stream;
use http::header;
use platform::web::Problem;
use serde_json::Value;

use super::{
    contacts::{Contact, IdentityKind},
    store_contacts,
};
use crate::{
    Call,
    attributes::{self, Attribute, AttributeOf},
    ids::ContactId,
    sheet,
};

const PAGE: i64 = 500;
const COLUMNS: [&str; 8] = ["name", "email", "phone", "external_id", "language", "time_zone", "country", "company"];

/// The columns of what is exported: what Rapport knows, then each attribute by its key.
fn columns(attributes: &[Attribute]) -> Vec<String> {
    COLUMNS.iter().map(|column| (*column).to_owned()).chain(attributes.iter().map(|attribute| attribute.key.clone())).collect()
}

/// A contact as a row. What there is several of stands in one cell, a line each.
fn row(contact: &Contact, attributes: &[Attribute]) -> Vec<String> {
    let of = |kind| contact.identities.iter().filter(|identity| identity.kind == kind).map(|identity| identity.value.as_str()).collect::<Vec<_>>().join("\n");
    let known = |value: &Option<String>| value.clone().unwrap_or_default();
    let company = contact.company.as_ref().map(|company| company.name.clone()).unwrap_or_default();
    let own = [
        known(&contact.name),
        of(IdentityKind::Email),
        of(IdentityKind::Phone),
        of(IdentityKind::External),
        known(&contact.language),
        known(&contact.time_zone),
        known(&contact.country),
        company,
    ];
    own.into_iter().chain(attributes.iter().map(|attribute| contact.attributes.get(&attribute.key).map(cell).unwrap_or_default())).collect()
}

fn cell(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(keys) => keys.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("\n"),
        other => other.to_string(),
    }
}

/// What is still to be sent.
struct Rest {
    call: Call,
    attributes: Vec<Attribute>,
    text: Option<String>,
    next: Option<ContactId>,
}

/// Gives the contacts the viewer may see as a table, in the order in which they were added.
pub async fn export(call: Call, _: Request) -> Result<Response, Problem> {
    let attributes = call.read(|tx| Ok(attributes::definitions(tx, AttributeOf::Contact)?)).await?;
    let first = sheet::written(&[columns(&attributes)]).map_err(Problem::fault)?;
    // The first page is read before the answer begins, so that what fails then is told.
    let (page_one, next) = page(&call, &attributes, None).await?;
    let rest = Rest { call, attributes, text: Some(format!("{}{first}{page_one}", sheet::BYTE_ORDER_MARK)), next };
    let pages = stream::try_unfold(rest, |mut rest| async move {
        if let Some(text) = rest.text.take() {
            return Ok(Some((text, rest)));
        }
        let Some(after) = rest.next.take() else { return Ok(None) };
        // What fails later cuts the connection, so that nobody takes a part for the whole.
        let (text, next) = page(&rest.call, &rest.attributes, Some(after)).await.map_err(|problem| std::io::Error::other(problem.detail))?;
        rest.next = next;
        Ok::<_, std::io::Error>(Some((text, rest)))
    });
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"contacts.csv\""),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, Body::from_stream(pages)).into_response())
}

/// A page as text, and where the next begins.
async fn page(call: &Call, attributes: &[Attribute], after: Option<ContactId>) -> Result<(String, Option<ContactId>), Problem> {
    let viewer = call.viewer.clone();
    let contacts = call.read(move |tx| Ok::<_, Problem>(store_contacts::contacts_after(tx, &viewer, after, PAGE)?)).await?;
    let next = contacts.last().filter(|_| contacts.len() as i64 == PAGE).map(|last| last.id);
    let rows: Vec<Vec<String>> = contacts.iter().map(|contact| row(contact, attributes)).collect();
    Ok((sheet::written(&rows).map_err(Problem::fault)?, next))
}
