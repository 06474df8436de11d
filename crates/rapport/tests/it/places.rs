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

fn weekdays(from: &str, to: &str) -> serde_json::Value {
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday"];
    json!({"time_zone": "UTC", "weekly": days.map(|day| json!({"day": day, "from": from, "to": to}))})
}

#[tokio::test]
async fn the_hours_of_the_team_go_before_those_of_the_place_and_a_holiday_of_the_brand_holds_unless_told_otherwise() {
    let desk = TestDesk::open().await;
    let (inbox, boss) = (desk.inbox().await, desk.agent("Boss", Role::Administrator).await);
    let shown = async || boss.get(&format!("/api/v1/chat/{}", inbox.key)).await.ok()["availability"].clone();
    // A day that is open for the brand is its holiday.
    let today = desk.clock.now().timestamp().to_zoned(jiff::tz::TimeZone::UTC).date().to_string();
    let brand = format!("/api/v1/brands/{}", inbox.brand_id);
    boss.patch(&brand, json!({"special_days": [{"date": today, "name": "Founders' day"}]})).await.ok();
    assert_eq!(shown().await["open"], false, "the holiday of the brand");

    let open = json!([{"date": today, "openings": [{"from": "00:00", "to": "24:00"}]}]);
    let store = boss.post("/api/v1/locations", json!({"kind": "location", "name": "Airport", "brand_id": inbox.brand_id, "special_days": open})).await.ok();
    boss.patch(&format!("/api/v1/inboxes/{}", inbox.id), json!({"location_id": store["id"]})).await.ok();
    assert_eq!(shown().await["open"], true, "the store's own day");

    let team = boss.post("/api/v1/teams", json!({"name": "Night", "special_days": [{"date": today}]})).await.ok();
    boss.patch(&format!("/api/v1/inboxes/{}", inbox.id), json!({"team_id": team["id"]})).await.ok();
    assert_eq!(shown().await["open"], false, "the team's own day");

    let team_path = format!("/api/v1/teams/{}", team["id"].as_str().unwrap());
    let changed = boss.patch(&team_path, json!({"special_days": [], "inherits_special_days": false, "hours": weekdays("00:00", "24:00")})).await.ok();
    assert_eq!(changed["hours"], weekdays("00:00", "24:00"));
    let weekend = ["saturday", "sunday"].contains(&desk.clock.now().timestamp().strftime("%A").to_string().to_lowercase().as_str());
    assert_eq!(shown().await["open"], !weekend, "the team's own week, and no holiday of others");
    assert_eq!(boss.get("/api/v1/teams").await.ok()["items"][0]["inherits_special_days"], false);
}

#[tokio::test]
async fn special_days_are_refused_with_the_field_that_is_wrong() {
    let desk = TestDesk::open().await;
    let (inbox, boss) = (desk.inbox().await, desk.agent("Boss", Role::Administrator).await);

    for (day, pointer) in [
        (json!({"date": "2026-12-25", "openings": [{"from": "12:00", "to": "10:00"}]}), "/special_days/0/openings/0"),
        (json!({"date": "1900-12-25"}), "/special_days/0/date"),
        (json!({"date": "2026-12-25", "name": "x".repeat(101)}), "/special_days/0/name"),
        (json!({"date": "2026-02-30"}), "/special_days/0/date"),
    ] {
        let answer = boss.patch(&format!("/api/v1/brands/{}", inbox.brand_id), json!({"special_days": [day]})).await;
        assert_eq!(answer.body["errors"][0]["pointer"], pointer);
    }
    let many: Vec<_> = (0..501).map(|n| json!({"date": format!("{}-01-01", 1970 + n % 230), "every_year": false})).collect();
    for path in [format!("/api/v1/brands/{}", inbox.brand_id)] {
        assert_eq!(boss.patch(&path, json!({"special_days": many})).await.refused(422), "invalid_request");
    }
    assert_eq!(boss.post("/api/v1/teams", json!({"name": "X", "hours": {"time_zone": "Mars/Olympus", "weekly": []}})).await.refused(422), "invalid_request");
}

#[tokio::test]
async fn a_calendar_is_read_for_a_person_to_choose_from_and_changes_nothing() {
    let desk = TestDesk::open().await;
    let (inbox, boss) = (desk.inbox().await, desk.agent("Boss", Role::Administrator).await);
    let file = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20200101\r\nRRULE:FREQ=YEARLY\r\nSUMMARY:New Year\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

    let read = boss.post("/api/v1/special-days/read", json!({"content": file})).await.ok();
    assert_eq!(read, json!({"special_days": [{"date": "2020-01-01", "every_year": true, "name": "New Year", "openings": []}], "skipped": []}));
    let brand = format!("/api/v1/brands/{}", inbox.brand_id);
    assert_eq!(boss.get(&brand).await.ok()["special_days"], json!([]));

    // What was read is what is kept.
    let kept = boss.patch(&brand, json!({"special_days": read["special_days"]})).await.ok();
    assert_eq!(kept["special_days"], read["special_days"]);
    assert_eq!(boss.post("/api/v1/special-days/read", json!({"content": "date;name"})).await.refused(422), "invalid_request");
}
