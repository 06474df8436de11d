//! The matrix: everybody asks for everything, of their own brand and of the other.
//!
//! Two brands, and in every object a word that is nowhere else ([`world`]). Each role over one brand, and a role of each permission
//! alone, calls each route ([`rows`]) with ids of its own, of the other brand and of nobody, and hears what is told live ([`live`]).
//! No byte of the other brand arrives, what is foreign looks like what is not there, and whatever was refused has changed nothing.
//! A route, or a frame, without a row fails.

mod cross_site;
mod live;
mod mass;
mod rows;
mod world;

use std::collections::{BTreeMap, BTreeSet};

use rapport::{gate::Need, routes, viewer::Permission};
use rows::{ROWS, Row};
use serde_json::{Value, json};
use testkit::Answer;
use world::{OTHER, Thing, Who, World};

/// Which object's id a path is filled with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Whose {
    Own,
    Foreign,
    Nobody,
}

fn name_of(route: &platform::web::Route<rapport::desk::Desk>) -> String {
    format!("{} {}", route.method, route.path)
}

#[test]
fn every_route_has_a_row_and_every_row_a_route() {
    let routes: BTreeSet<String> = routes::routes().iter().map(name_of).collect();
    let rows: BTreeSet<String> = ROWS.iter().map(|row| row.route.to_owned()).collect();
    assert_eq!(rows.len(), ROWS.len(), "a route has one row");
    assert_eq!(routes, rows, "give the new route a row in tests/it/matrix/rows.rs");
}

fn needs() -> BTreeMap<String, Need> {
    routes::routes().iter().map(|route| (name_of(route), route.need)).collect()
}

fn may(who: &Who, need: Need) -> bool {
    let can = |permission: &Permission| who.permissions.contains(permission);
    match need {
        Need::Public => true,
        Need::Visitor => who.is_visitor,
        Need::Agent => who.is_agent,
        Need::Listener => who.is_agent || who.is_visitor,
        Need::Can(permission) => can(&permission),
        Need::CanSome(permissions) => permissions.iter().any(can),
    }
}

/// What may not be in what reaches this viewer: anything of the other brand, and of their own what no permission of theirs reads.
fn check_bytes(who: &Who, what: &str, said: &str) {
    assert!(!said.contains(OTHER), "{} was shown a word of the other brand by {what}: {said}", who.name);
    for (word, permissions) in world::READ_BY {
        let visitors_own = who.is_visitor && world::SHOWN_TO_VISITORS.contains(word);
        let may = visitors_own || permissions.iter().any(|permission| who.permissions.contains(permission));
        assert!(may || !said.contains(word), "{} was shown {word} by {what}: {said}", who.name);
    }
}

async fn ask(world: &World, who: &Who, row: &Row, need: Need, whose: Whose) -> (u16, Value) {
    let method = row.route.split_once(' ').unwrap().0;
    let (path, body) = row.filled(|thing| match whose {
        Whose::Own => world.own(thing),
        Whose::Foreign => world.foreign(thing),
        Whose::Nobody => world::NOBODY.to_owned(),
    });
    let Answer { status, body, .. } = who.send(method, &path, body).await;
    // What everybody may see names brands and inboxes.
    if need == Need::Public {
        let said = body.to_string();
        assert!(!["message", "note", "contact", "identity", "remark"].iter().any(|what| said.contains(&format!("canary-{what}"))), "{path}: {said}");
    } else {
        check_bytes(who, &format!("{method} {path}"), &body.to_string());
    }
    assert!(status.as_u16() < 500 || status == 503, "{} broke {method} {path}: {body}", who.name);
    (status.as_u16(), body)
}

#[tokio::test]
async fn everybody_asks_for_everything() {
    let mut world = World::build().await;
    let needs = needs();
    world.settle().await;
    for who in &world.everybody {
        let before = world.rows().await;
        for row in ROWS {
            refuses(&world, who, row, needs[row.route]).await;
        }
        let after = world.rows().await;
        for (table, rows) in &before {
            assert_eq!(rows, &after[table], "{} was refused, and {table} has changed", who.name);
        }
    }
    let theirs = world.rows_of_the_other().await;
    for who in &world.everybody {
        for row in ROWS.iter().filter(|row| row.is_write() && may(who, needs[row.route])) {
            ask(&world, who, row, needs[row.route], Whose::Own).await;
        }
    }
    assert_eq!(theirs, world.rows_of_the_other().await, "what was done in one brand has changed the other");
}

/// Whatever changes nothing: reads, and what must be refused.
async fn refuses(world: &World, who: &Who, row: &Row, need: Need) {
    let may = may(who, need);
    let refused = match need {
        Need::Visitor => 401,
        _ if who.is_agent => 403,
        _ => 401,
    };
    if row.is_read() || (need != Need::Public && !may) {
        let (status, body) = ask(world, who, row, need, Whose::Own).await;
        let expected = match (may, row.shows(who)) {
            _ if need == Need::Public => status,
            (false, _) => refused,
            (true, true) if row.is_company_wide => 403,
            (true, true) => 200,
            (true, false) => status,
        };
        assert_eq!(status, expected, "{} {}: {body}", who.name, row.route);
    }
    if row.things.is_empty() || need == Need::Public {
        return;
    }
    let nobody = ask(world, who, row, need, Whose::Nobody).await;
    let expected = if may && !row.is_company_wide { row.not_theirs } else { refused };
    assert_eq!(nobody.0, expected, "{} {}: {}", who.name, row.route, nobody.1);
    // Colleagues, teams and roles are known to all, so what may not be decided over them is said.
    if !row.things.iter().all(|thing| thing.is_of_the_company()) {
        let foreign = ask(world, who, row, need, Whose::Foreign).await;
        assert_eq!(foreign, nobody, "{} can tell what is foreign from what is not there by {}", who.name, row.route);
    } else if !may || (*row.things == [Thing::Agent] && !row.is_read()) {
        assert_eq!(ask(world, who, row, need, Whose::Foreign).await.0, refused, "{} {}", who.name, row.route);
    }
}

/// What a body refers to is looked at like what a path names.
#[tokio::test]
async fn what_is_foreign_cannot_be_referred_to() {
    let mut world = World::build().await;
    let region = |name: &str, brand: String| json!({"kind": "region", "name": name, "brand_id": brand});
    let foreign_region = world.boss.post("/api/v1/locations", region("North", world.foreign(Thing::Brand))).await.ok()["id"].clone();
    world.settle().await;
    let who = world.everybody.iter().find(|who| who.name == "administrator").unwrap();
    let before = world.rows().await;

    for (path, field, foreign) in [
        (format!("/api/v1/conversations/{}", world.own(Thing::Conversation)), "location_id", json!(world.foreign(Thing::Location))),
        (format!("/api/v1/inboxes/{}", world.own(Thing::Inbox)), "location_id", json!(world.foreign(Thing::Location))),
        (format!("/api/v1/locations/{}", world.own(Thing::Location)), "parent_id", foreign_region),
        (format!("/api/v1/locations/{}", world.own(Thing::Location)), "brand_id", json!(world.foreign(Thing::Brand))),
    ] {
        let mut answers = Vec::new();
        for id in [foreign, json!(world::NOBODY)] {
            let mut change = json!({});
            change[field] = id;
            let answer = who.send("PATCH", &path, Some(change)).await;
            answers.push((answer.status.as_u16(), answer.body));
        }
        assert_eq!(answers[0], answers[1], "{path} {field}");
        assert_eq!(answers[0].0, 422, "{path} {field}");
    }
    assert!(before == world.rows().await, "what was refused has changed something");
    let here = json!({"location_id": world.own(Thing::Location)});
    who.send("PATCH", &format!("/api/v1/conversations/{}", world.own(Thing::Conversation)), Some(here)).await.ok();
}

/// A count is a byte of what it counts.
#[tokio::test]
async fn counts_and_lists_hold_what_is_ones_own_alone() {
    let world = World::build().await;
    for who in world.everybody.iter().filter(|who| who.permissions.contains(&Permission::ConversationsRead)) {
        let views = who.send("GET", "/api/v1/views", None).await.ok();
        let all = views["items"].as_array().unwrap().iter().find(|view| view["view"] == "all").unwrap();
        assert_eq!(all["count"], 1, "{}", who.name);
        let listed = who.send("GET", "/api/v1/conversations", None).await.ok();
        assert_eq!(listed["items"].as_array().unwrap().len(), 1, "{}", who.name);
    }
    let boss = world.boss.get("/api/v1/views").await.ok();
    assert!(boss["items"].to_string().contains("\"count\":2"), "and there is more to see: {boss}");
}
