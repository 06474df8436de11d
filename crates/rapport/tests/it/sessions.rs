//! Sessions of agents: what is set beforehand or claimed by a header opens nothing (T-SESS-1, T-SESS-3).

use rapport::{people, viewer::Role};
use serde_json::{Value, json};
use testkit::TestDesk;

use crate::browser::{Browser, browser, link_token};

async fn signs_in(desk: &TestDesk, one: &mut Browser, email: &str) {
    let token = link_token(desk, people::LinkKind::SignIn, email).await;
    assert_eq!(one.own("POST", "/api/v1/links/use", json!({"token": token})).await.0, 200);
}

async fn who(one: &mut Browser) -> Value {
    one.own("GET", "/api/v1/me", Value::Null).await.1["agent"]["name"].clone()
}

/// Somebody who can set a cookie in a colleague's browser shares no session with them afterwards.
#[tokio::test]
async fn a_cookie_that_was_there_before_is_not_taken_over() {
    let desk = TestDesk::open().await;
    desk.agent("Mallory", Role::Agent).await;
    desk.agent("Sam", Role::Agent).await;
    let mut mallory = browser(&desk);
    signs_in(&desk, &mut mallory, "mallory@example.com").await;
    let name = mallory.cookie.as_deref().unwrap().split('=').next().unwrap().to_owned();

    for planted in [mallory.cookie.clone().unwrap(), format!("{name}=chosen-by-somebody-else-0123456789")] {
        let mut sam = browser(&desk);
        sam.cookie = Some(planted.clone());
        signs_in(&desk, &mut sam, "sam@example.com").await;

        assert_ne!(sam.cookie.as_deref(), Some(planted.as_str()));
        assert_eq!(who(&mut sam).await, "Sam");
        let mut other = browser(&desk);
        other.cookie = Some(planted);
        assert_ne!(who(&mut other).await, "Sam");
    }
}

#[tokio::test]
async fn nobody_is_who_a_header_says() {
    let desk = TestDesk::open().await;
    desk.agent("Sam", Role::Administrator).await;
    for name in ["x-remote-user", "remote-user", "x-forwarded-user", "x-authenticated-user"] {
        let mut one = browser(&desk).with_header(name, "sam@example.com");
        assert_eq!(one.own("GET", "/api/v1/me", Value::Null).await.0, 401, "{name}");
    }
}

/// Guesses are counted by where they come from; who guesses must not choose where that is.
#[tokio::test]
async fn an_address_is_believed_from_a_trusted_proxy_only() {
    async fn guesses(desk: &TestDesk, header: &'static str) -> u16 {
        let mut last = 0;
        for number in 0..11 {
            let mut one = browser(desk).at("203.0.113.7").with_header(header, &format!("198.51.100.{number}"));
            last = one.own("POST", "/api/v1/sign-in", json!({"email": "sam@example.com", "password": "wrong horse"})).await.0;
        }
        last
    }
    for header in ["x-forwarded-for", "cf-connecting-ip", "x-real-ip", "true-client-ip"] {
        let desk = TestDesk::open_with(&[]).await;
        desk.agent("Sam", Role::Agent).await;
        assert_eq!(guesses(&desk, header).await, 429, "{header}");
    }
    let behind = TestDesk::open_with(&[("trusted_proxies", "203.0.113.7/32")]).await;
    behind.agent("Sam", Role::Agent).await;
    assert_eq!(guesses(&behind, "x-forwarded-for").await, 401, "each has an address of their own");
}

#[tokio::test]
async fn links_lead_where_the_installation_is_whatever_host_a_request_names() {
    let desk = TestDesk::open_with(&[("public_url", "https://help.example.com")]).await;
    let (boss, sam) = (desk.agent("Boss", Role::Administrator).await, desk.agent("Sam", Role::Agent).await);
    let poison = [("host", "evil.example"), ("x-forwarded-host", "evil.example"), ("x-forwarded-proto", "http"), ("forwarded", "host=evil.example")];

    let made = boss.send("POST", &format!("/api/v1/agents/{}/links", sam.id), &poison, Some(json!({"kind": "reset"}))).await.ok();

    assert!(made["link"].as_str().unwrap().starts_with("https://help.example.com/"), "{made}");
}
