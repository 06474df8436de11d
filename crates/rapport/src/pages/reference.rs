//! The API document and a page to browse it. The page is made from the document, so the two cannot differ.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    extract::Request,
    response::{Html, IntoResponse, Response},
};
use http::{HeaderValue, header};
use platform::web::{Problem, document};
use serde_json::Value;

use super::PAGE_POLICY;
use crate::{Call, routes};

/// The OpenAPI 3.1 document.
pub fn openapi() -> Value {
    let documented: Vec<_> =
        routes::routes().into_iter().filter(|route| route.path.starts_with("/api/v1/") && !route.path.starts_with("/api/v1/reference")).collect();
    document::openapi(
        &documented,
        "Rapport",
        "The API of Rapport. Console and widget use it too; nothing is reachable only from a screen.",
        env!("CARGO_PKG_VERSION"),
    )
}

struct Operation {
    anchor: String,
    method: String,
    path: String,
    about: String,
    who: String,
    parameters: Vec<(String, String, String)>,
    takes: String,
    gives: String,
}

struct Schema {
    name: String,
    about: String,
    json: String,
}

#[derive(Template)]
#[template(path = "reference.html")]
struct Reference {
    version: String,
    parts: Vec<(String, Vec<Operation>)>,
    schemas: Vec<Schema>,
}

/// The document.
pub async fn document(_: Call, _: Request) -> Result<Response, Problem> {
    let mut response = openapi().to_string().into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    Ok(response)
}

/// The page.
pub async fn reference(_: Call, _: Request) -> Result<Response, Problem> {
    let page = page(&openapi()).render().map_err(Problem::fault)?;
    let mut response = Html(page).into_response();
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(PAGE_POLICY));
    Ok(response)
}

fn page(document: &Value) -> Reference {
    let mut parts: BTreeMap<String, Vec<Operation>> = BTreeMap::new();
    for (path, methods) in document["paths"].as_object().into_iter().flatten() {
        for (method, operation) in methods.as_object().into_iter().flatten() {
            let part = text(&operation["tags"][0]);
            parts.entry(part).or_default().push(operation_of(path, method, operation));
        }
    }
    let schemas = document["components"]["schemas"].as_object().into_iter().flatten();
    Reference {
        version: text(&document["info"]["version"]),
        parts: parts.into_iter().collect(),
        schemas: schemas
            .map(|(name, schema)| Schema {
                name: name.clone(),
                about: text(&schema["description"]),
                json: serde_json::to_string_pretty(schema).unwrap_or_default(),
            })
            .collect(),
    }
}

fn operation_of(path: &str, method: &str, operation: &Value) -> Operation {
    let parameters = operation["parameters"].as_array().into_iter().flatten();
    let responses = operation["responses"].as_object().into_iter().flatten();
    let (status, answer) =
        responses.into_iter().find(|(status, _)| *status != "default").map(|(status, answer)| (status.clone(), answer.clone())).unwrap_or_default();
    let gives = schema_name(&answer["content"]["application/json"]["schema"]);
    Operation {
        anchor: text(&operation["operationId"]),
        method: method.to_uppercase(),
        path: path.to_owned(),
        about: text(&operation["summary"]),
        who: text(&operation["description"]),
        parameters: parameters.map(|parameter| (text(&parameter["name"]), text(&parameter["in"]), text(&parameter["description"]))).collect(),
        takes: schema_name(&operation["requestBody"]["content"]["application/json"]["schema"]),
        gives: if gives.is_empty() { status } else { format!("{status} {gives}") },
    }
}

fn schema_name(schema: &Value) -> String {
    text(&schema["$ref"]).rsplit('/').next().unwrap_or_default().to_owned()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
