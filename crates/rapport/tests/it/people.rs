//! Signing in, links that work once, sessions, and what a browser of another site cannot do.

use std::time::Duration;

use platform::web::Problem;
use rapport::{people, viewer::Role};
use serde_json::{Value, json};
use testkit::TestDesk;

use crate::browser::{browser, link_token};

const HOUR: Duration = Duration::from_secs(3600);

#[tokio::test]
async fn the_first_administrator_is_made_by_the_set_up_link() {
    let desk = TestDesk::open().await;
    let token = desk.desk.store.write(|tx| Ok::<_, Problem>(people::make_setup_link(tx)?.token)).await.unwrap();
    let mut sam = browser(&desk);
    let set_up = json!({"token": token, "name": "Sam", "email": "sam@example.com", "password": "correct horse", "company": "Zonnebloem", "language": "pl"});

    let (status, me) = sam.own("POST", "/api/v1/links/use", set_up.clone()).await;

    assert_eq!((status, me["company"].as_str(), me["agent"]["language"].as_str()), (200, Some("Zonnebloem"), Some("pl")));
    assert_eq!(sam.own("GET", "/api/v1/brands", Value::Null).await.1["items"][0]["name"], "Zonnebloem");
    assert_eq!(browser(&desk).own("POST", "/api/v1/links/use", set_up).await.0, 410);
}

#[tokio::test]
async fn an_invitation_works_once_even_for_a_hundred_at_the_same_time() {
    let desk = TestDesk::open().await;
    desk.agent("Sam", Role::Agent).await;
    let token = link_token(&desk, people::LinkKind::Invitation, "sam@example.com").await;
    let given = json!({"token": token, "password": "correct horse"});

    let mut statuses = Vec::new();
    let tries = (0..20).map(|_| {
        let given = given.clone();
        async { browser(&desk).own("POST", "/api/v1/links/use", given).await.0 }
    });
    statuses.extend(futures_util::future::join_all(tries).await);

    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
    for wrong in ["", "x", &token[1..]] {
        assert_eq!(browser(&desk).own("POST", "/api/v1/links/use", json!({"token": wrong, "password": "correct horse"})).await.0, 410);
    }
    let mut sam = browser(&desk);
    assert_eq!(sam.own("POST", "/api/v1/sign-in", json!({"email": "SAM@example.com", "password": "correct horse"})).await.0, 200);
}

#[tokio::test]
async fn on_a_full_disk_an_agent_still_signs_in_and_reads() {
    let desk = TestDesk::open().await;
    desk.agent("Sam", Role::Agent).await;
    let token = link_token(&desk, people::LinkKind::Invitation, "sam@example.com").await;
    assert_eq!(browser(&desk).own("POST", "/api/v1/links/use", json!({"token": token, "password": "correct horse"})).await.0, 200);
    desk.desk.store.refuse_writes(true);

    let mut sam = browser(&desk);
    let signed_in = sam.own("POST", "/api/v1/sign-in", json!({"email": "sam@example.com", "password": "correct horse"})).await.0;

    assert_eq!(signed_in, 200);
    assert_eq!(sam.own("GET", "/api/v1/conversations", Value::Null).await.0, 200);
    assert_eq!(sam.own("PATCH", "/api/v1/me", json!({"name": "Samuel"})).await.0, 503);
    assert_eq!(sam.own("POST", "/api/v1/sign-out", Value::Null).await.0, 204);
}

#[tokio::test]
async fn a_sign_in_made_under_a_clock_that_was_years_ahead_ends_with_it() {
    let years = 10 * 365 * 24 * HOUR;
    let mut desk = TestDesk::open().await;
    desk.agent("Sam", Role::Agent).await;
    desk.advance(years).await;
    let token = link_token(&desk, people::LinkKind::Invitation, "sam@example.com").await;
    let unused = link_token(&desk, people::LinkKind::Reset, "sam@example.com").await;
    let mut sam = browser(&desk);
    assert_eq!(sam.own("POST", "/api/v1/links/use", json!({"token": token, "password": "correct horse"})).await.0, 200);

    desk.clock.turn_back(years);

    assert_eq!(sam.own("GET", "/api/v1/me", Value::Null).await.0, 401);
    assert_eq!(browser(&desk).own("POST", "/api/v1/links/use", json!({"token": unused, "password": "correct horse"})).await.0, 410);
    assert_eq!(sam.own("POST", "/api/v1/sign-in", json!({"email": "sam@example.com", "password": "correct horse"})).await.0, 200);
}

#[tokio::test]
async fn a_clock_that_is_turned_back_by_a_day_signs_nobody_out() {
    let mut desk = TestDesk::open().await;
    desk.agent("Sam", Role::Agent).await;
    desk.advance(24 * HOUR).await;
    let token = link_token(&desk, people::LinkKind::Invitation, "sam@example.com").await;
    let mut sam = browser(&desk);
    assert_eq!(sam.own("POST", "/api/v1/links/use", json!({"token": token, "password": "correct horse"})).await.0, 200);

    desk.clock.turn_back(24 * HOUR);

    assert_eq!(sam.own("GET", "/api/v1/me", Value::Null).await.0, 200);
}

#[tokio::test]
async fn a_short_password_does_not_use_the_link_up() {
    let desk = TestDesk::open().await;
    desk.agent("Sam", Role::Agent).await;
    let token = link_token(&desk, people::LinkKind::Invitation, "sam@example.com").await;

    assert_eq!(browser(&desk).own("POST", "/api/v1/links/use", json!({"token": token, "password": "short"})).await.0, 422);
    assert_eq!(browser(&desk).own("POST", "/api/v1/links/use", json!({"token": token})).await.0, 422);

    assert_eq!(browser(&desk).own("POST", "/api/v1/links/inspect", json!({"token": token})).await.1["kind"], "invitation");
    assert_eq!(browser(&desk).own("POST", "/api/v1/links/use", json!({"token": token, "password": "long enough"})).await.0, 200);
}

#[tokio::test]
async fn an_old_link_is_dead_and_a_new_one_kills_the_one_before() {
    let desk = TestDesk::open().await;
    desk.agent("Sam", Role::Agent).await;
    let first = link_token(&desk, people::LinkKind::Reset, "sam@example.com").await;
    let second = link_token(&desk, people::LinkKind::Reset, "sam@example.com").await;
    let tried = |token: &str| json!({"token": token, "password": "long enough"});

    assert_eq!(browser(&desk).own("POST", "/api/v1/links/use", tried(&first)).await.0, 410);
    desk.clock.advance(std::time::Duration::from_secs(25 * 3600));
    assert_eq!(browser(&desk).own("POST", "/api/v1/links/use", tried(&second)).await.0, 410);
}

#[tokio::test]
async fn a_ticket_for_the_socket_is_good_once_on_whichever_node() {
    let desk = TestDesk::open().await;
    desk.agent("Sam", Role::Agent).await;
    let token = link_token(&desk, people::LinkKind::Invitation, "sam@example.com").await;
    let mut sam = browser(&desk);
    sam.own("POST", "/api/v1/links/use", json!({"token": token, "password": "correct horse"})).await;
    let (first, second) = (sam.own("POST", "/api/v1/live/tickets", json!({})).await, sam.own("POST", "/api/v1/live/tickets", json!({})).await);
    let ticket = |made: &(u16, Value)| made.1["token"].as_str().unwrap().to_owned();
    // What a process remembers does not count: this one shares nothing with the first but the database, files and key.
    let node = testkit::Node { nats: None, look_again: std::time::Duration::from_millis(250) };
    let other = desk.beside(node).await;

    assert!(rapport::live::listen(&desk.desk, &ticket(&first)).await.is_some());
    for again in [&desk, &other] {
        assert!(rapport::live::listen(&again.desk, &ticket(&first)).await.is_none());
    }
    assert!(rapport::live::listen(&other.desk, &ticket(&second)).await.is_some());
}

#[tokio::test]
async fn wrong_password_and_unknown_address_look_alike() {
    let desk = TestDesk::open().await;
    desk.agent("Sam", Role::Agent).await;
    let token = link_token(&desk, people::LinkKind::Invitation, "sam@example.com").await;
    browser(&desk).own("POST", "/api/v1/links/use", json!({"token": token, "password": "correct horse"})).await;

    let wrong = browser(&desk).own("POST", "/api/v1/sign-in", json!({"email": "sam@example.com", "password": "wrong horse"})).await;
    let unknown = browser(&desk).own("POST", "/api/v1/sign-in", json!({"email": "nobody@example.com", "password": "wrong horse"})).await;

    assert_eq!(wrong, unknown);
    assert_eq!((wrong.0, wrong.1["type"].as_str()), (401, Some("urn:rapport:problem:sign_in_failed")));
}

#[tokio::test]
async fn another_site_cannot_act_with_the_browsers_cookie() {
    let desk = TestDesk::open().await;
    desk.agent("Sam", Role::Administrator).await;
    let token = link_token(&desk, people::LinkKind::SignIn, "sam@example.com").await;
    let mut sam = browser(&desk);
    sam.own("POST", "/api/v1/links/use", json!({"token": token})).await;
    let new = json!({"name": "Delivery"});

    for origin in [None, Some("https://evil.example"), Some("null"), Some("http://test.evil.example")] {
        assert_eq!(sam.send("POST", "/api/v1/teams", origin, new.clone()).await.0, 403, "{origin:?}");
    }
    assert_eq!(sam.own("POST", "/api/v1/teams", new).await.0, 201);
}

#[tokio::test]
async fn signing_out_everywhere_and_disabling_take_effect_at_once() {
    let desk = TestDesk::open().await;
    let boss = desk.agent("Boss", Role::Administrator).await;
    let sam = desk.agent("Sam", Role::Agent).await;
    let mut browsers = Vec::new();
    for _ in 0..2 {
        let token = link_token(&desk, people::LinkKind::SignIn, "sam@example.com").await;
        let mut one = browser(&desk);
        one.own("POST", "/api/v1/links/use", json!({"token": token})).await;
        browsers.push(one);
    }
    assert_eq!(browsers[0].own("GET", "/api/v1/me/sessions", Value::Null).await.1["items"].as_array().unwrap().len(), 2);

    browsers[0].own("POST", "/api/v1/sign-out-everywhere", json!({})).await;
    assert_eq!(browsers[1].own("GET", "/api/v1/me", Value::Null).await.0, 401);

    sam.get("/api/v1/me").await.ok();
    boss.patch(&format!("/api/v1/agents/{}", sam.id), json!({"disabled": true})).await.ok();
    assert_eq!(sam.get("/api/v1/me").await.refused(401), "unauthorized");
}

#[tokio::test]
async fn a_disabled_agents_open_connection_ends() {
    let desk = TestDesk::open().await;
    let boss = desk.agent("Boss", Role::Administrator).await;
    let sam = desk.agent("Sam", Role::Agent).await;
    let (seat, _frames) = rapport::live::listen(&desk.desk, &sam.token).await.unwrap();

    boss.patch(&format!("/api/v1/agents/{}", sam.id), json!({"disabled": true})).await.ok();

    tokio::time::timeout(std::time::Duration::from_secs(1), seat.connection.overrun()).await.expect("cut within a second");
}

#[tokio::test]
async fn a_revoked_token_works_no_more() {
    let desk = TestDesk::open().await;
    let sam = desk.agent("Sam", Role::Agent).await;
    sam.get("/api/v1/me").await.ok();

    let token = sam.token.clone();
    desk.desk.store.write(move |tx| people::revoke_token(tx, &token)).await.unwrap();
    desk.clock.advance(std::time::Duration::from_secs(2));

    assert_eq!(sam.get("/api/v1/me").await.refused(401), "unauthorized");
}

#[tokio::test]
async fn sign_in_is_limited_by_account_and_by_address() {
    let desk = TestDesk::open_with(&[]).await;
    desk.agent("Sam", Role::Agent).await;

    let mut statuses = Vec::new();
    for _ in 0..11 {
        statuses.push(browser(&desk).own("POST", "/api/v1/sign-in", json!({"email": "sam@example.com", "password": "wrong horse"})).await.0);
    }

    assert_eq!(statuses[9..], [401, 429]);
}

#[tokio::test]
async fn colleagues_addresses_are_for_those_who_manage_agents() {
    let desk = TestDesk::open().await;
    let (sam, boss) = (desk.agent("Sam", Role::Agent).await, desk.agent("Boss", Role::Administrator).await);

    let seen = |page: Value| -> Vec<String> { page["items"].as_array().unwrap().iter().map(|agent| agent["email"].as_str().unwrap().to_owned()).collect() };

    assert_eq!(seen(sam.get("/api/v1/agents").await.ok()), ["", "sam@example.com"]);
    assert_eq!(seen(boss.get("/api/v1/agents").await.ok()), ["boss@example.com", "sam@example.com"]);
}
