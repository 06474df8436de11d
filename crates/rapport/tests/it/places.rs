//! Brands and locations.

use rapport::viewer::Role;
use serde_json::json;
use testkit::TestDesk;

#[tokio::test]
async fn a_region_cannot_lie_inside_itself() {
    let desk = TestDesk::open().await;
    let boss = desk.agent("Boss", Role::Administrator).await;
    let top = boss.post("/api/v1/locations", json!({"kind": "region", "name": "Iberia"})).await.ok()["id"].clone();
    let below = boss.post("/api/v1/locations", json!({"kind": "region", "name": "Portugal", "parent_id": top})).await.ok()["id"].clone();

    let answer = boss.patch(&format!("/api/v1/locations/{}", top.as_str().unwrap()), json!({"parent_id": below})).await;

    assert_eq!(answer.refused(422), "invalid_request");
}

#[tokio::test]
async fn a_location_names_only_what_is_there() {
    let desk = TestDesk::open().await;
    let boss = desk.agent("Boss", Role::Administrator).await;
    let lisbon = boss.post("/api/v1/locations", json!({"kind": "location", "name": "Lisbon"})).await.ok()["id"].as_str().unwrap().to_owned();
    let nobody = uuid::Uuid::max();

    for field in ["parent_id", "brand_id", "team_id"] {
        let made = boss.post("/api/v1/locations", json!({"kind": "location", "name": "Porto", field: nobody})).await;
        let changed = boss.patch(&format!("/api/v1/locations/{lisbon}"), json!({field: nobody})).await;

        assert_eq!(made.body["errors"][0]["pointer"], format!("/{field}"));
        assert_eq!(changed.body["errors"][0]["pointer"], format!("/{field}"));
    }
    assert_eq!(boss.get("/api/v1/locations").await.ok()["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn what_is_in_use_is_not_removed() {
    let desk = TestDesk::open().await;
    let boss = desk.agent("Boss", Role::Administrator).await;
    let region = boss.post("/api/v1/locations", json!({"kind": "region", "name": "Iberia"})).await.ok()["id"].as_str().unwrap().to_owned();
    boss.post("/api/v1/locations", json!({"kind": "location", "name": "Lisbon", "parent_id": region})).await.ok();

    assert_eq!(boss.send("DELETE", &format!("/api/v1/locations/{region}"), &[], None).await.refused(409), "in_use");
    assert_eq!(boss.get("/api/v1/locations").await.ok()["items"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_brand_is_refused_with_the_field_that_is_wrong() {
    let desk = TestDesk::open().await;
    let boss = desk.agent("Boss", Role::Administrator).await;

    for (brand, pointer) in [
        (json!({"name": "X", "accent": "red"}), "/accent"),
        (json!({"name": "", "accent": "#112233"}), "/name"),
        (json!({"name": "X", "hours": {"time_zone": "Mars/Olympus", "weekly": []}}), "/hours/time_zone"),
        (json!({"name": "X", "languages": ["tlh"]}), "/languages"),
        (json!({"name": "My company"}), "/name"),
    ] {
        assert_eq!(boss.post("/api/v1/brands", brand).await.body["errors"][0]["pointer"], pointer);
    }
}

#[tokio::test]
async fn the_portal_shows_every_brand_in_the_visitors_language() {
    let desk = TestDesk::open().await;
    desk.inbox().await;
    desk.second_brand().await;
    let boss = desk.agent("Boss", Role::Administrator).await;

    let page = boss.send("GET", "/", &[("accept-language", "pl-PL, en;q=0.5")], None).await;

    let html = page.body.as_str().unwrap();
    assert!(html.contains("lang=\"pl\"") && html.contains("Jak możemy pomóc?") && html.contains("Noord") && html.contains("My company"));
}

#[tokio::test]
async fn a_wrong_or_disabled_chat_address_says_what_to_do_in_the_visitors_language() {
    let desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Administrator).await);
    let page = async |path: &str, language: &str| sam.send("GET", path, &[("accept-language", language)], None).await;
    let chat = format!("/chat/{}", inbox.key);
    let shown = |body: &serde_json::Value| body.as_str().unwrap().to_owned();

    let wrong = page("/chat/no-such-key", "pl").await;
    assert_eq!(wrong.status.as_u16(), 404);
    assert!(wrong.headers["content-type"].to_str().unwrap().starts_with("text/html"));
    assert!(wrong.headers["content-security-policy"].to_str().unwrap().starts_with("default-src 'none'"));
    assert!(shown(&wrong.body).contains("<html lang=\"pl\">") && shown(&wrong.body).contains("Pod tym adresem nie ma czatu"));

    sam.patch(&format!("/api/v1/inboxes/{}", inbox.id), json!({"disabled": true})).await.ok();
    let disabled = page(&format!("{chat}?language=ru"), "pl").await;
    assert_eq!(disabled.status.as_u16(), 404);
    assert!(shown(&disabled.body).contains("По этому адресу нет чата"));
}
