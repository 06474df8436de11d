//! An agent's browser: it keeps its cookie, and says from which page a request comes.

use std::net::SocketAddr;

use axum::{Router, body::Body};
use http::Request;
use http_body_util::BodyExt;
use platform::web::server::Peer;
use rapport::people;
use serde_json::Value;
use testkit::TestDesk;
use tower::ServiceExt;

pub struct Browser {
    router: Router,
    pub cookie: Option<String>,
    address: Option<SocketAddr>,
    headers: Vec<(&'static str, String)>,
}

impl Browser {
    pub async fn send(&mut self, method: &str, path: &str, origin: Option<&str>, body: Value) -> (u16, Value) {
        let mut request = Request::builder().method(method).uri(path).header("host", "test").header("content-type", "application/json");
        if let Some(cookie) = &self.cookie {
            request = request.header("cookie", cookie.clone());
        }
        if let Some(origin) = origin {
            request = request.header("origin", origin);
        }
        for (name, value) in &self.headers {
            request = request.header(*name, value.as_str());
        }
        if let Some(address) = self.address {
            request = request.extension(Peer(address));
        }
        let response = self.router.clone().oneshot(request.body(Body::from(body.to_string())).unwrap()).await.unwrap();
        let status = response.status().as_u16();
        if let Some(set) = response.headers().get("set-cookie") {
            let set = set.to_str().unwrap();
            assert!(set.contains("HttpOnly") && set.contains("SameSite=Lax"), "{set}");
            self.cookie = Some(set.split(';').next().unwrap().to_owned());
        }
        let bytes = response.into_body().collect().await.unwrap().to_bytes();
        (status, serde_json::from_slice(&bytes).unwrap_or(Value::Null))
    }

    /// The same browser behind another address.
    pub fn at(mut self, address: &str) -> Self {
        self.address = Some(SocketAddr::new(address.parse().unwrap(), 443));
        self
    }

    /// The same browser, behind something that adds a header.
    pub fn with_header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    pub async fn own(&mut self, method: &str, path: &str, body: Value) -> (u16, Value) {
        self.send(method, path, Some("http://test"), body).await
    }
}

pub fn browser(desk: &TestDesk) -> Browser {
    Browser { router: desk.router.clone(), cookie: None, address: None, headers: Vec::new() }
}

pub async fn link_token(desk: &TestDesk, kind: people::LinkKind, email: &str) -> String {
    let email = email.to_owned();
    desk.desk
        .store
        .write(move |tx| {
            let id = people::find_by_email(tx, &email)?;
            people::make_link(tx, kind, id).map(|link| link.token)
        })
        .await
        .unwrap()
}
