//! Contacts out to a table: what one may see, whole, and nothing in it that a spreadsheet would run.

use std::collections::BTreeSet;

use http_body_util::BodyExt;
use rapport::{people::GrantSpec, viewer::Role};
use serde_json::json;
use testkit::{Agent, TestDesk};
use tower::ServiceExt;

/// The rows of the table, its header first.
async fn exported(desk: &TestDesk, agent: &Agent) -> Vec<Vec<String>> {
    let request = http::Request::get("/api/v1/contacts/export").header("host", "test").header("authorization", format!("Bearer {}", agent.token));
    let answer = desk.router.clone().oneshot(request.body(axum::body::Body::empty()).unwrap()).await.unwrap();
    assert_eq!((answer.status().as_u16(), &answer.headers()["content-type"]), (200, &http::HeaderValue::from_static("text/csv; charset=utf-8")));
    let text = String::from_utf8(answer.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap();
    let text = text.strip_prefix('\u{feff}').unwrap();
    let mut rows = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    rows.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// chatwoot/chatwoot#15334 and #15272: a cell of an export is run by the spreadsheet that opens it.
#[tokio::test]
async fn no_cell_begins_like_a_formula_and_each_says_what_was_written() {
    let desk = TestDesk::open().await;
    let boss = desk.agent("Boss", Role::Administrator).await;
    boss.post("/api/v1/attributes", json!({"of": "contact", "key": "remark", "names": {"en": "Remark"}, "kind": "text"})).await.ok();
    boss.post("/api/v1/attributes", json!({"of": "contact", "key": "points", "names": {"en": "Points"}, "kind": "number"})).await.ok();
    let written = ["=cmd|' /C calc'!A0", "+1", "-1", "@x", "＝1", "%x", "|x", "\"=1", "'=1", "O'Keefe", "a, \"b\"\nc"];
    for name in written {
        boss.post(
            "/api/v1/contacts",
            json!({"name": name, "attributes": {"remark": name, "points": -2.5}, "identities": [{"kind": "phone", "value": "+48 601 234 567"}]}),
        )
        .await
        .ok();
    }

    let rows = exported(&desk, &boss).await;

    assert_eq!(rows[0], ["name", "email", "phone", "external_id", "language", "time_zone", "country", "company", "remark", "points"]);
    let dangerous = |cell: &str| cell.trim_start_matches([' ', '"']).starts_with(['=', '+', '-', '@', '%', '|', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    assert!(rows.iter().flatten().all(|cell| !dangerous(cell)), "{rows:?}");
    let meant = |cell: &str| cell.strip_prefix('\'').filter(|rest| dangerous(rest.trim_start_matches('\''))).unwrap_or(cell).to_owned();
    assert_eq!(rows[1..].iter().map(|row| meant(&row[0])).collect::<BTreeSet<_>>(), written.iter().map(|name| (*name).to_owned()).collect());
    assert!(rows[1..].iter().all(|row| (meant(&row[8]), meant(&row[2]), meant(&row[9])) == (meant(&row[0]), "+48601234567".into(), "-2.5".into())));
}

#[tokio::test]
async fn every_page_is_sent_and_each_contact_once() {
    let desk = TestDesk::open().await;
    let sam = desk.agent("Sam", Role::Agent).await;
    for n in 0..502 {
        sam.post("/api/v1/contacts", json!({"name": format!("Person {n}")})).await.ok();
    }

    let rows = exported(&desk, &sam).await;

    assert_eq!((rows.len(), rows[1..].iter().map(|row| row[0].clone()).collect::<BTreeSet<_>>().len()), (503, 502));
}

#[tokio::test]
async fn an_export_holds_what_one_may_see_and_nothing_else() {
    let desk = TestDesk::open().await;
    let (inbox, noord) = (desk.inbox().await, desk.second_brand().await);
    let ines = desk.agent_with("Ines", vec![GrantSpec { brand_id: Some(noord.brand_id), ..GrantSpec::everywhere(Role::Agent) }]).await;
    for (inbox, name) in [(&inbox, "Anna"), (&noord, "Bilal")] {
        let visitor = desk.visitor(inbox).await;
        visitor.send("PATCH", "/api/v1/chat/contact", &[], Some(json!({"name": name}))).await.ok();
        visitor.writes("Hello").await;
    }

    assert_eq!(exported(&desk, &ines).await[1..].iter().map(|row| row[0].as_str()).collect::<Vec<_>>(), ["Bilal"]);
    let nobody = desk.agent_with("Nobody", Vec::new()).await;
    assert_eq!(nobody.get("/api/v1/contacts/export").await.refused(403), "forbidden");
}
