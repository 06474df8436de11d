//! What must hold for every part, every route, every file.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use axum::body::Body;
use http::Request;
use platform::web::Gate;
use rapport::{gate::Need, routes};
use serde_json::Value;
use testkit::TestDesk;
use tower::ServiceExt;

const ORDER: [&str; 8] = ["places", "attributes", "people", "conversations", "channels", "timeline", "search", "automation"];

fn sources(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push((path.clone(), fs::read_to_string(&path).unwrap()));
        }
    }
    found
}

fn product() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// `use crate::{a, b::{c}}` and `crate::a::b` in text, as the first word after `crate::`.
fn used_parts(text: &str) -> Vec<String> {
    let mut parts = Vec::new();
    for (at, _) in text.match_indices("crate::") {
        let rest = &text[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let (mut depth, mut word) = (1, String::new());
            for character in group.chars() {
                match character {
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    _ if depth == 1 && (character.is_alphanumeric() || character == '_') => {
                        word.push(character);
                        continue;
                    }
                    _ => {}
                }
                if depth <= 1 && !word.is_empty() {
                    parts.push(std::mem::take(&mut word));
                }
                if character == ':' {
                    // `a::b` inside the group: only `a` names a part.
                    word.clear();
                }
                if depth == 0 {
                    break;
                }
            }
        } else {
            parts.push(rest.chars().take_while(|character| character.is_alphanumeric() || *character == '_').collect());
        }
    }
    parts
}

#[test]
fn a_part_calls_only_the_parts_above_it() {
    for (position, part) in ORDER.iter().enumerate() {
        for (path, text) in sources(&product().join(part)) {
            for used in used_parts(&text) {
                let below = ORDER.iter().position(|known| *known == used).is_some_and(|other| other > position);
                // Tracked events enter through the chat; the timeline, below, offers the one function that keeps them.
                let excused = *part == "channels" && used == "timeline";
                assert!(!below || excused, "{} uses {used}, which is below {part}", path.display());
            }
        }
    }
}

#[test]
fn a_part_enters_another_only_through_its_front_door() {
    for part in ORDER {
        for (path, text) in sources(&product().join(part)) {
            for other in ORDER.iter().filter(|other| **other != part) {
                for inner in ["store", "store_contacts", "store_messages"] {
                    assert!(!text.contains(&format!("{other}::{inner}")), "{} reaches into {other}::{inner}", path.display());
                }
            }
        }
    }
}

#[test]
fn sql_stands_only_in_files_named_store() {
    for (path, text) in sources(&product()) {
        let name = path.file_name().unwrap().to_str().unwrap();
        if name.starts_with("store") || name == "guide_store.rs" {
            assert!(
                !text.contains("format!(\"SELECT") && !text.contains("format!(\"UPDATE") && !text.contains("format!(\"INSERT"),
                "{} builds SQL from pieces",
                path.display()
            );
            continue;
        }
        for word in ["SELECT ", "INSERT INTO ", "UPDATE ", "DELETE FROM "] {
            let found = text.lines().find(|line| line.contains(&format!("\"{word}")) && !line.trim_start().starts_with("//"));
            // The condition every statement of visibility shares is the one exception.
            assert!(found.is_none() || name == "viewer.rs", "{} holds SQL: {found:?}", path.display());
        }
    }
}

/// T-CSV-2: what is not written there could be run as a formula by a spreadsheet.
#[test]
fn one_module_alone_writes_csv() {
    let mut writers = Vec::new();
    for folder in ["rapport", "platform", "wire", "cli"] {
        for (path, text) in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(folder).join("src")) {
            if ["csv::Writer", "csv_core::Writer", "text/csv"].iter().any(|mark| text.contains(mark)) {
                writers.push((path, text));
            }
        }
    }
    assert!(writers.iter().any(|(path, _)| path.ends_with("sheet.rs")), "the guard looks where it is written");
    for (path, text) in writers {
        let own = path.ends_with("sheet.rs");
        assert!(own || !text.contains("::Writer"), "{} writes CSV; sheet.rs does that", path.display());
        assert!(own || text.contains("sheet::written") || text.contains("exchange::export"), "{} gives CSV that sheet.rs has not written", path.display());
    }
}

#[test]
fn the_platform_has_never_heard_of_a_customer() {
    for (path, text) in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../platform/src")) {
        let code: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        for word in ["conversation", "brand", "inbox"] {
            assert!(!code.to_lowercase().contains(word), "{} speaks of a {word}", path.display());
        }
    }
}

#[test]
fn the_api_document_in_the_repository_is_the_one_the_server_gives() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/api/openapi.json");
    let now = serde_json::to_string_pretty(&rapport::app::openapi()).unwrap() + "\n";
    if std::env::var_os("RAPPORT_UPDATE_SNAPSHOTS").is_some() {
        fs::write(&path, &now).unwrap();
    }
    assert_eq!(fs::read_to_string(path).unwrap(), now, "the API changed: run the tests with RAPPORT_UPDATE_SNAPSHOTS=1, then npm run api in web/console");
}

#[test]
fn every_schema_the_document_refers_to_is_there() {
    let document = rapport::app::openapi();
    let text = document.to_string();
    for (at, _) in text.match_indices("#/components/schemas/") {
        let name: String = text[at + "#/components/schemas/".len()..].chars().take_while(|character| *character != '"').collect();
        assert!(document["components"]["schemas"].get(&name).is_some(), "{name} is missing");
    }
}

/// A path with ids nobody has.
fn concrete(path: &str) -> String {
    path.split('/')
        .map(|segment| match segment {
            "{mode}" => "reply".to_owned(),
            "{inbox_key}" => "no-such-key".to_owned(),
            segment if segment.starts_with('{') => "01900000-0000-7000-8000-000000000000".to_owned(),
            segment => segment.to_owned(),
        })
        .collect::<Vec<_>>()
        .join("/")
}

async fn status(desk: &TestDesk, method: &http::Method, path: &str, token: Option<&str>) -> u16 {
    let mut request = Request::builder().method(method).uri(concrete(path)).header("host", "test").header("content-type", "application/json");
    if let Some(token) = token {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    let response = desk.router.clone().oneshot(request.body(Body::from("{}")).unwrap()).await.unwrap();
    assert!(response.headers().contains_key("content-security-policy"), "{method} {path} has no policy");
    assert_eq!(response.headers()["x-content-type-options"], "nosniff", "{method} {path}");
    response.status().as_u16()
}

#[tokio::test]
async fn every_route_refuses_a_stranger() {
    let desk = TestDesk::open().await;
    let mut refused = 0;
    for route in routes::routes() {
        if route.need == Need::Public {
            continue;
        }
        for token in [None, Some(""), Some("rpt_nonsense"), Some("AAAA")] {
            assert_eq!(status(&desk, &route.method, route.path, token).await, 401, "{route:?} with {token:?}");
        }
        refused += 1;
    }
    assert!(refused > 50);
}

#[tokio::test]
async fn every_route_for_agents_refuses_a_visitor_and_the_reverse() {
    let desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", rapport::viewer::Role::Administrator).await);
    let anna = desk.visitor(&inbox).await;
    for route in routes::routes() {
        match route.need {
            Need::Agent | Need::Can(_) | Need::CanSome(_) => {
                assert_eq!(status(&desk, &route.method, route.path, Some(&anna.session_token)).await, 401, "{route:?}")
            }
            Need::Visitor => assert_eq!(status(&desk, &route.method, route.path, Some(&sam.token)).await, 401, "{route:?}"),
            Need::Public | Need::Listener => {}
        }
    }
}

#[test]
fn public_routes_are_the_ones_we_mean() {
    let public: Vec<String> = routes::routes()
        .iter()
        .filter(|route| route.need == Need::Public && route.path.starts_with("/api/"))
        .map(|route| format!("{} {}", route.method, route.path))
        .collect();
    assert_eq!(
        public,
        [
            "POST /api/v1/sign-in",
            "POST /api/v1/links/inspect",
            "POST /api/v1/links/use",
            "GET /api/v1/chat/{inbox_key}",
            "POST /api/v1/chat/{inbox_key}/sessions",
            "GET /api/v1/live",
            "GET /api/v1/openapi.json",
            "GET /api/v1/reference",
            "GET /api/v1/logos/{id}",
        ]
    );
}

#[tokio::test]
async fn unknown_fields_are_refused_with_their_name() {
    let desk = TestDesk::open().await;
    let sam = desk.agent("Sam", rapport::viewer::Role::Administrator).await;

    let answer = sam.post("/api/v1/contacts", serde_json::json!({"name": "Anna", "verification": "signed"})).await;

    assert!(answer.body.to_string().contains("verification"));
    assert_eq!(answer.refused(422), "invalid_request");
}

#[test]
fn every_table_is_created_once() {
    let mut tables: BTreeMap<String, &str> = BTreeMap::new();
    for migration in rapport::desk::MIGRATIONS {
        for line in migration.sql.lines().filter_map(|line| line.strip_prefix("CREATE TABLE ")) {
            let name = line.split(' ').next().unwrap().to_owned();
            // A step may make one again for another order of its rows, when it first puts the old one aside.
            let is_put_aside = migration.sql.contains(&format!("ALTER TABLE {name} RENAME TO "));
            assert!(tables.insert(name.clone(), migration.name).is_none() || is_put_aside, "{name} is created twice");
        }
    }
    assert!(tables.contains_key("conversation") && tables.contains_key("event"));
}

/// A caller's id is what idempotency keys are kept under, so two callers must never share one.
#[test]
fn strangers_keep_no_answers_for_each_other() {
    assert!(<rapport::desk::Desk as Gate>::caller(&rapport::viewer::Viewer::Nobody).is_nil());
    let public_posts = routes::routes().iter().filter(|route| route.need == Need::Public && route.method == http::Method::POST).count();
    // None of them keeps answers: sign-in, links and chat sessions write outside `Call::write`.
    assert_eq!(public_posts, 4);
}

#[test]
fn the_document_is_openapi_3_1_with_a_summary_for_every_operation() {
    let document = rapport::app::openapi();
    assert_eq!(document["openapi"], "3.1.0");
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            assert!(operation["summary"].as_str().is_some_and(|summary| summary.len() > 5), "{method} {path}");
            assert_ne!(operation["operationId"], Value::Null);
        }
    }
}

/// A step that says nothing allows no older binary; one that says something must be understood.
#[test]
fn every_step_of_the_schema_says_the_oldest_binary_it_allows() {
    let names: Vec<&str> = rapport::desk::MIGRATIONS.iter().map(|step| step.name).collect();
    assert!(names.is_sorted(), "steps are applied in the order of their names");
    for step in rapport::desk::MIGRATIONS {
        // Those before could not say it yet.
        if step.name >= "0011" {
            assert!(step.sql.starts_with("-- oldest: "), "{}: begin it with `-- oldest: {}` (docs/operate/upgrade.md)", step.name, step.name);
        }
        assert!(names.contains(&step.oldest()) && step.oldest() <= step.name, "{} allows {}, which is not an earlier step", step.name, step.oldest());
    }
}
