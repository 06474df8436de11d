//! The second factor: asked for at every door, good once, and demanded of everybody where the company wishes.

use std::time::Duration;

use futures_util::future::join_all;
use rapport::{people, viewer::Role};
use serde_json::{Value, json};
use testkit::TestDesk;
use totp_rs::{Builder, Secret};

use crate::browser::{Browser, browser, link_token};

const PASSWORD: &str = "correct horse";
const STEP: Duration = Duration::from_secs(30);

/// What the app shows at the desk's time.
fn shown(desk: &TestDesk, secret: &str) -> String {
    let app = Builder::new().with_secret(Secret::try_from_base32(secret).unwrap()).with_digits(6).with_step_duration(30).build().unwrap();
    app.generate(u64::try_from(desk.clock.now().0 / 1_000_000).unwrap()).to_string()
}

async fn sign_in(desk: &TestDesk, code: Option<&str>) -> (u16, Value) {
    browser(desk).own("POST", "/api/v1/sign-in", json!({"email": "sam@example.com", "password": PASSWORD, "code": code})).await
}

/// Sam, who has a password and no second factor.
async fn sam(desk: &TestDesk, role: Role) -> Browser {
    desk.agent("Sam", role).await;
    let token = link_token(desk, people::LinkKind::Invitation, "sam@example.com").await;
    let mut sam = browser(desk);
    assert_eq!(sam.own("POST", "/api/v1/links/use", json!({"token": token, "password": PASSWORD})).await.0, 200);
    sam
}

/// Sets one up; the secret and the recovery codes.
async fn set_up(desk: &TestDesk, sam: &mut Browser) -> (String, Vec<String>) {
    let (status, begun) = sam.own("POST", "/api/v1/me/second-factor", json!({"password": PASSWORD})).await;
    assert_eq!(status, 201, "{begun}");
    let secret = begun["secret"].as_str().unwrap().to_owned();
    let (status, codes) = sam.own("POST", "/api/v1/me/second-factor/confirm", json!({"code": shown(desk, &secret)})).await;
    assert_eq!(status, 200, "{codes}");
    (secret, codes["recovery_codes"].as_array().unwrap().iter().map(|code| code.as_str().unwrap().to_owned()).collect())
}

#[tokio::test]
async fn from_its_first_code_on_a_password_alone_opens_nothing() {
    let mut desk = TestDesk::open().await;
    let mut at_work = sam(&desk, Role::Agent).await;
    let (_, at_home) = (sign_in(&desk, None).await, sign_in(&desk, None).await);
    assert_eq!(at_home.0, 200);

    let (secret, codes) = set_up(&desk, &mut at_work).await;

    assert_eq!(codes.len(), 10);
    assert_eq!(
        at_work.own("GET", "/api/v1/me/second-factor", Value::Null).await.1,
        json!({"on": true, "since": "2026-03-02T12:00:00.000000Z", "recovery_codes": 10, "required": false})
    );
    assert_eq!(at_work.own("GET", "/api/v1/me/sessions", Value::Null).await.1["items"].as_array().unwrap().len(), 1, "others came in without it");
    let refused = sign_in(&desk, None).await;
    assert_eq!((refused.0, refused.1["type"].as_str()), (401, Some("urn:rapport:problem:second_factor_needed")));
    assert_eq!(sign_in(&desk, Some("000000")).await.1["type"], "urn:rapport:problem:second_factor_wrong");
    desk.advance(STEP).await;
    assert_eq!(sign_in(&desk, Some(&shown(&desk, &secret))).await.0, 200);
}

#[tokio::test]
async fn a_wrong_password_is_answered_the_same_whoever_has_one() {
    let desk = TestDesk::open().await;
    let mut one = sam(&desk, Role::Agent).await;
    set_up(&desk, &mut one).await;
    let wrong = |email: &str, code: Option<&str>| json!({"email": email, "password": "incorrect horse", "code": code});

    let mut answers = Vec::new();
    for body in [wrong("sam@example.com", None), wrong("sam@example.com", Some("123456")), wrong("nobody@example.com", None)] {
        answers.push(browser(&desk).own("POST", "/api/v1/sign-in", body).await);
    }

    assert!(answers.iter().all(|answer| answer == &answers[0] && answer.1["type"] == "urn:rapport:problem:sign_in_failed"), "{answers:?}");
}

#[tokio::test]
async fn a_code_is_good_once_however_many_use_it_at_the_same_time() {
    let mut desk = TestDesk::open().await;
    let mut one = sam(&desk, Role::Agent).await;
    let (secret, codes) = set_up(&desk, &mut one).await;
    let confirmed_with = shown(&desk, &secret);
    assert_eq!(sign_in(&desk, Some(&confirmed_with)).await.0, 401, "it was used to confirm");
    desk.advance(STEP).await;

    for code in [shown(&desk, &secret), codes[3].to_uppercase().replace('-', " ")] {
        let tries = join_all((0..8).map(|_| sign_in(&desk, Some(&code)))).await;
        assert_eq!(tries.iter().filter(|(status, _)| *status == 200).count(), 1, "{code}: {tries:?}");
    }
    assert_eq!(one.own("GET", "/api/v1/me/second-factor", Value::Null).await.1["recovery_codes"], 9);
}

#[tokio::test]
async fn a_clock_that_was_years_ahead_locks_nobody_out() {
    let years = Duration::from_secs(10 * 365 * 86_400);
    let mut desk = TestDesk::open().await;
    let mut one = sam(&desk, Role::Agent).await;
    let (secret, _) = set_up(&desk, &mut one).await;
    desk.advance(years).await;
    assert_eq!(sign_in(&desk, Some(&shown(&desk, &secret))).await.0, 200);

    desk.clock.turn_back(years - STEP);

    assert_eq!(sign_in(&desk, Some(&shown(&desk, &secret))).await.0, 200);
}

#[tokio::test]
async fn a_link_asks_for_it_too_and_is_not_used_up_by_a_wrong_code() {
    let mut desk = TestDesk::open().await;
    let mut one = sam(&desk, Role::Agent).await;
    let (secret, _) = set_up(&desk, &mut one).await;
    desk.advance(STEP).await;
    let token = link_token(&desk, people::LinkKind::Reset, "sam@example.com").await;
    let used = |code: Option<String>| {
        let body = json!({"token": token, "password": "another horse", "code": code});
        let mut browser = browser(&desk);
        async move { browser.own("POST", "/api/v1/links/use", body).await }
    };

    assert_eq!(used(None).await.1["type"], "urn:rapport:problem:second_factor_needed");
    assert_eq!(used(Some("000000".into())).await.1["type"], "urn:rapport:problem:second_factor_wrong");
    assert_eq!(used(Some(shown(&desk, &secret))).await.0, 200);
    assert_eq!(used(Some(shown(&desk, &secret))).await.0, 410);
}

#[tokio::test]
async fn codes_cannot_be_tried_until_one_fits() {
    let desk = TestDesk::open_with(&[("rate_limits", "true")]).await;
    let mut one = sam(&desk, Role::Agent).await;
    set_up(&desk, &mut one).await;

    let mut statuses = Vec::new();
    for n in 0..12 {
        // From another address each time, so that only the limit of the agent can stop it.
        let body = json!({"email": "sam@example.com", "password": PASSWORD, "code": format!("{n:06}")});
        statuses.push(browser(&desk).at(&format!("192.0.2.{n}")).own("POST", "/api/v1/sign-in", body).await.0);
    }

    assert_eq!(statuses[..9], [401; 9], "one try went into confirming it");
    assert_eq!(statuses[9..], [429; 3]);
}

#[tokio::test]
async fn who_lost_the_device_is_let_in_by_somebody_who_may_make_such_an_agent() {
    let desk = TestDesk::open().await;
    let mut one = sam(&desk, Role::Administrator).await;
    set_up(&desk, &mut one).await;
    let (ines, boss) = (desk.agent("Ines", Role::Supervisor).await, desk.agent("Boss", Role::Administrator).await);
    let id = one.own("GET", "/api/v1/me", Value::Null).await.1["agent"]["id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/agents/{id}/second-factor");

    assert_eq!(ines.send("DELETE", &path, &[], None).await.refused(403), "forbidden");
    assert_eq!(sign_in(&desk, None).await.0, 401);
    assert_eq!(boss.send("DELETE", &path, &[], None).await.status, 204);

    assert_eq!(one.own("GET", "/api/v1/me", Value::Null).await.0, 401, "its sessions have ended");
    assert_eq!(sign_in(&desk, None).await.0, 200);
}

#[tokio::test]
async fn where_it_is_demanded_a_session_without_one_can_do_nothing_but_set_it_up() {
    let mut desk = TestDesk::open().await;
    let address = desk.serve().await;
    let inbox = desk.inbox().await;
    let (mut one, anna) = (sam(&desk, Role::Administrator).await, desk.visitor(&inbox).await);
    let policy = json!({"second_factor_required": true});
    assert_eq!(one.own("PUT", "/api/v1/sign-in-policy", policy.clone()).await.1["type"], "urn:rapport:problem:second_factor_first");
    set_up(&desk, &mut one).await;
    desk.agent("Ines", Role::Agent).await;
    let token = link_token(&desk, people::LinkKind::Invitation, "ines@example.com").await;
    let mut ines = browser(&desk);
    assert_eq!(ines.own("POST", "/api/v1/links/use", json!({"token": token, "password": PASSWORD})).await.0, 200);
    let ticket = ines.own("POST", "/api/v1/live/tickets", Value::Null).await.1["token"].as_str().unwrap().to_owned();
    let mut socket = TestDesk::connect(address, &ticket).await;

    assert_eq!(one.own("PUT", "/api/v1/sign-in-policy", policy).await.0, 200);
    desk.settle().await;
    let conversation = anna.writes("Nobody without a second factor reads this.").await;
    desk.settle().await;

    for path in ["/api/v1/conversations", "/api/v1/contacts", "/api/v1/agents", "/api/v1/search?q=Anna"] {
        assert_eq!(ines.own("GET", path, Value::Null).await.0, 403, "{path}");
    }
    assert_eq!(ines.own("GET", &format!("/api/v1/conversations/{conversation}"), Value::Null).await.0, 403);
    assert_eq!(ines.own("POST", "/api/v1/me/tokens", json!({"name": "A way round", "scope": "*"})).await.0, 403);
    socket.says(json!({"type": "ping"})).await;
    socket.hears(|frame| frame["type"] == "pong").await;
    assert!(!socket.frames.iter().any(|frame| frame["type"] == "message_created"), "{:?}", socket.frames);
    let me = ines.own("GET", "/api/v1/me", Value::Null).await.1;
    assert_eq!((me["permissions"].as_array().unwrap().len(), me["second_factor_owed"].as_bool()), (0, Some(true)));
    set_up(&desk, &mut ines).await;
    assert_eq!(ines.own("GET", "/api/v1/conversations", Value::Null).await.0, 200);
    assert_eq!(ines.own("POST", "/api/v1/me/second-factor/remove", json!({"code": "000000"})).await.0, 409);
}

#[tokio::test]
async fn a_token_goes_on_working_and_has_none_of_its_own() {
    let desk = TestDesk::open().await;
    let mut one = sam(&desk, Role::Administrator).await;
    let boss = desk.agent("Boss", Role::Administrator).await;
    set_up(&desk, &mut one).await;
    assert_eq!(one.own("PUT", "/api/v1/sign-in-policy", json!({"second_factor_required": true})).await.0, 200);

    assert_eq!(boss.get("/api/v1/conversations").await.status, 200);
    assert_eq!(boss.post("/api/v1/me/second-factor", json!({"password": PASSWORD})).await.refused(403), "forbidden");
}
