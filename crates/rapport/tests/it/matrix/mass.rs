//! No field that is not offered is taken: every name known anywhere, in every body.

use std::collections::BTreeSet;

use rapport::gate::Need;
use serde_json::{Value, json};

use super::{
    needs,
    rows::{ROWS, Row},
    world::{Who, World},
};

/// Names that other products took once, and should not have.
const TEMPTING: &[&str] =
    &["id", "account_id", "role", "is_admin", "verified", "created_at", "author_type", "balance", "points", "refunded_amount", "signature_ok"];

/// The names of a schema's members, and of all below it.
fn names_in(schema: &Value, found: &mut BTreeSet<String>) {
    if let Some(properties) = schema["properties"].as_object() {
        found.extend(properties.keys().cloned());
    }
    match schema {
        Value::Object(members) => members.values().for_each(|value| names_in(value, found)),
        Value::Array(items) => items.iter().for_each(|value| names_in(value, found)),
        _ => {}
    }
}

/// The members a route's body may have; `None` when it takes none.
fn offered(document: &Value, row: &Row) -> Option<BTreeSet<String>> {
    let (method, path) = row.route.split_once(' ').unwrap();
    let body = &document["paths"][path][method.to_lowercase()]["requestBody"]["content"]["application/json"]["schema"];
    let name = body["$ref"].as_str()?.rsplit('/').next().unwrap();
    Some(document["components"]["schemas"][name]["properties"].as_object()?.keys().cloned().collect())
}

#[tokio::test]
async fn no_body_takes_a_field_that_it_does_not_offer() {
    let mut world = World::build().await;
    world.settle().await;
    let (document, needs) = (rapport::app::openapi(), needs());
    let mut names: BTreeSet<String> = TEMPTING.iter().map(|name| (*name).to_owned()).collect();
    names_in(&document["components"]["schemas"], &mut names);
    let boss = Who::administrator(&world.boss);
    let visitor = world.everybody.iter().find(|who| who.is_visitor).unwrap();

    let (before, mut tried) = (world.rows().await, 0);
    for row in ROWS.iter().filter(|row| !row.route.starts_with("GET ")) {
        let Some(offered) = offered(&document, row) else { continue };
        let who = if needs[row.route] == Need::Visitor { visitor } else { &boss };
        let (path, body) = row.filled(|thing| world.own(thing));
        for name in names.iter().filter(|name| !offered.contains(*name)) {
            let mut body = body.clone().unwrap_or_else(|| json!({}));
            body[name] = json!("x");
            let answer = who.send(row.route.split(' ').next().unwrap(), &path, Some(body)).await;
            assert_eq!(answer.status, 422, "{} took {name}: {}", row.route, answer.body);
            tried += 1;
        }
    }
    assert!(before == world.rows().await, "what was refused has changed something");
    assert!(tried > 2_000, "{tried}");
}
