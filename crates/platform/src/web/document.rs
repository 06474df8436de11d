//! The OpenAPI 3.1 document, and the pages that let one browse it, both made from the routes.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use super::{Gate, Route};

/// The schemas the document refers to.
#[derive(Default)]
pub struct Components(BTreeMap<String, Value>);

impl Components {
    /// A reference to `T`, whose schema and those it uses are added.
    pub fn refer<T: ToSchema>(&mut self) -> Value {
        let mut used = Vec::new();
        T::schemas(&mut used);
        used.push((T::name().into_owned(), T::schema()));
        for (name, schema) in used {
            let schema = serde_json::to_value(schema).unwrap_or_default();
            let known = self.0.entry(name).or_insert_with(|| schema.clone());
            debug_assert_eq!(*known, schema, "two schemas have one name, so the document would lie of one of them");
        }
        json!({"$ref": format!("#/components/schemas/{}", T::name())})
    }
}

/// Who may call a route, in words, for the document.
pub trait Describe {
    /// E.g. "an agent who may read conversations".
    fn describe(&self) -> String;
    /// The name of the security scheme; `None` for public routes.
    fn scheme(&self) -> Option<&'static str>;
}

/// The document. `servers` is left out on purpose: the API is where the document is.
pub fn openapi<S: Gate>(routes: &[Route<S>], title: &str, about: &str, version: &str) -> Value
where
    S::Need: Describe,
{
    let mut components = Components::default();
    components.0.insert("Problem".into(), problem_schema());
    let mut paths = Map::new();
    for route in routes {
        let operation = operation(route, &mut components);
        let methods = paths.entry(route.path).or_insert_with(|| json!({}));
        if let Value::Object(methods) = methods {
            methods.insert(route.method.as_str().to_lowercase(), operation);
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": {"title": title, "description": about, "version": version, "license": {"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"}},
        "paths": paths,
        "components": {
            "schemas": components.0,
            "securitySchemes": {
                "api_token": {"type": "http", "scheme": "bearer", "description": "A token made with `rapport token create`, or the console's session cookie."},
                "chat_session": {"type": "http", "scheme": "bearer", "description": "The session_token a chat session was opened with."},
            },
        },
    })
}

fn operation<S: Gate>(route: &Route<S>, components: &mut Components) -> Value
where
    S::Need: Describe,
{
    let part = route.path.trim_start_matches("/api/v1/").split('/').next().unwrap_or("");
    let mut parameters: Vec<Value> = path_parameters(route.path);
    parameters.extend((route.doc.query)().into_iter().filter_map(|parameter| serde_json::to_value(parameter).ok()));
    if route.method == http::Method::POST {
        parameters.push(json!({"name": "Idempotency-Key", "in": "header", "required": false, "schema": {"type": "string", "minLength": 1, "maxLength": 128},
            "description": "Repeating a request with its key returns the first answer and has no second effect."}));
    }
    if route.method == http::Method::PATCH {
        parameters.push(json!({"name": "If-Match", "in": "header", "required": false, "schema": {"type": "string"}, "description": "The version the change is based on; 412 when it is not the current one."}));
    }
    let mut success = json!({"description": "Done"});
    if let Some(schema) = (route.doc.answer.1)(components) {
        success["content"] = json!({"application/json": {"schema": schema}});
    }
    let mut operation = json!({
        "operationId": operation_id(route),
        "summary": route.about,
        "description": format!("For {}.", route.need.describe()),
        "tags": [part],
        "responses": {
            route.doc.answer.0.to_string(): success,
            "default": {"description": "A problem (RFC 9457)", "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}},
        },
    });
    if !parameters.is_empty() {
        operation["parameters"] = parameters.into();
    }
    if let Some(schema) = (route.doc.body)(components) {
        operation["requestBody"] = json!({"required": true, "content": {"application/json": {"schema": schema}}});
    } else if route.doc.takes_bytes {
        operation["requestBody"] = json!({"required": true, "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}});
    }
    if let Some(scheme) = route.need.scheme() {
        operation["security"] = json!([{scheme: []}]);
    }
    operation
}

fn operation_id<S: Gate>(route: &Route<S>) -> String {
    let words = route.path.trim_start_matches("/api/v1/").replace(['/', '-', '.'], "_").replace(['{', '}'], "");
    format!("{}_{words}", route.method.as_str().to_lowercase())
}

fn path_parameters(path: &str) -> Vec<Value> {
    path.split('/')
        .filter_map(|segment| segment.strip_prefix('{')?.strip_suffix('}'))
        .map(|name| {
            let schema = if name.ends_with("id") { json!({"type": "string", "format": "uuid"}) } else { json!({"type": "string"}) };
            json!({"name": name, "in": "path", "required": true, "schema": schema})
        })
        .collect()
}

fn problem_schema() -> Value {
    json!({
        "type": "object",
        "description": "What went wrong and how to mend it (RFC 9457). `type` is stable: urn:rapport:problem:<code>.",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": {"type": "string"}, "title": {"type": "string"}, "status": {"type": "integer"}, "detail": {"type": "string"},
            "reference": {"type": "string", "description": "Names the line in the server's log."},
            "errors": {"type": "array", "items": {"type": "object", "properties": {"pointer": {"type": "string"}, "detail": {"type": "string"}}}},
        },
    })
}
