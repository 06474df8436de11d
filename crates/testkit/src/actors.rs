//! Agents and visitors who speak to Rapport through its public doors.

use axum::{Router, body::Body};
use http::{Request, StatusCode, header};
use http_body_util::BodyExt;
use rapport::ids::AgentId;
use serde_json::{Value, json};
use tower::ServiceExt;

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The body; null when there is none.
    pub body: Value,
    /// The headers.
    pub headers: http::HeaderMap,
}

impl Answer {
    /// The body of a success.
    #[track_caller]
    pub fn ok(self) -> Value {
        assert!(self.status.is_success(), "{}: {}", self.status, self.body);
        self.body
    }

    /// The problem's code of a failure with this status.
    #[track_caller]
    pub fn refused(self, status: u16) -> String {
        assert_eq!(self.status.as_u16(), status, "{}", self.body);
        self.body["type"].as_str().unwrap_or_default().trim_start_matches("urn:rapport:problem:").to_owned()
    }
}

/// Sends a request.
pub(crate) async fn send(router: &Router, method: &str, path: &str, headers: &[(&str, &str)], body: Option<Value>) -> Answer {
    let mut request = Request::builder().method(method).uri(path).header(header::HOST, "test");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let body = match body {
        Some(body) => {
            request = request.header(header::CONTENT_TYPE, "application/json");
            Body::from(body.to_string())
        }
        None => Body::empty(),
    };
    answered(router, request.body(body).unwrap()).await
}

async fn answered(router: &Router, request: Request<Body>) -> Answer {
    let response = router.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    let body = serde_json::from_slice(&bytes).unwrap_or_else(|_| Value::String(String::from_utf8_lossy(&bytes).into_owned()));
    Answer { status: parts.status, body: if bytes.is_empty() { Value::Null } else { body }, headers: parts.headers }
}

/// A member of staff with an API token.
#[derive(Clone)]
pub struct Agent {
    /// Who.
    pub id: AgentId,
    /// Their name.
    pub name: String,
    /// Their token.
    pub token: String,
    pub(crate) router: Router,
}

impl Agent {
    /// The same person, whose requests go to another node.
    #[must_use]
    pub fn on(&self, desk: &crate::TestDesk) -> Agent {
        Agent { router: desk.router.clone(), ..self.clone() }
    }

    /// A program that comes in with another token of the same person.
    #[must_use]
    pub fn through(&self, token: &str) -> Agent {
        Agent { token: token.into(), ..self.clone() }
    }

    /// Sends a request.
    pub async fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Option<Value>) -> Answer {
        let bearer = format!("Bearer {}", self.token);
        let all: Vec<(&str, &str)> = headers.iter().copied().chain([("authorization", bearer.as_str())]).collect();
        send(&self.router, method, path, &all, body).await
    }

    /// GET.
    pub async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, &[], None).await
    }

    /// POST.
    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.send("POST", path, &[], Some(body)).await
    }

    /// PATCH.
    pub async fn patch(&self, path: &str, body: Value) -> Answer {
        self.send("PATCH", path, &[], Some(body)).await
    }

    /// Uploads a file for a message.
    pub async fn uploads(&self, name: &str, text: &str) -> Answer {
        self.uploads_to(&format!("/api/v1/files?name={name}"), text.as_bytes()).await
    }

    /// Uploads a file.
    pub async fn uploads_to(&self, path: &str, bytes: &[u8]) -> Answer {
        let request = Request::builder().method("POST").uri(path).header(header::HOST, "test");
        let request = request.header(header::AUTHORIZATION, format!("Bearer {}", self.token)).body(Body::from(bytes.to_vec())).unwrap();
        answered(&self.router, request).await
    }

    /// Answers the customer.
    pub async fn replies(&self, conversation: &str, text: &str) -> Value {
        self.post(&format!("/api/v1/conversations/{conversation}/replies"), json!({"text": text})).await.ok()
    }

    /// Notes something.
    pub async fn notes(&self, conversation: &str, text: &str) -> Value {
        self.post(&format!("/api/v1/conversations/{conversation}/notes"), json!({"text": text})).await.ok()
    }

    /// Changes a conversation.
    pub async fn changes(&self, conversation: &str, change: Value) -> Value {
        self.patch(&format!("/api/v1/conversations/{conversation}"), change).await.ok()
    }

    /// The conversation as the agent sees it.
    pub async fn sees(&self, conversation: &str) -> Value {
        self.get(&format!("/api/v1/conversations/{conversation}")).await.ok()
    }

    /// The subjects in a view.
    pub async fn subjects(&self, view: &str) -> Vec<String> {
        let page = self.get(&format!("/api/v1/conversations?view={view}&limit=100")).await.ok();
        page["items"].as_array().unwrap().iter().map(|item| item["subject"].as_str().unwrap().to_owned()).collect()
    }

    /// The count of a view.
    pub async fn count(&self, view: &str) -> i64 {
        let views = self.get("/api/v1/views").await.ok();
        views["items"].as_array().unwrap().iter().find(|item| item["view"] == view).unwrap()["count"].as_i64().unwrap()
    }
}

/// A customer in a chat.
#[derive(Clone)]
pub struct Visitor {
    /// The session.
    pub session_token: String,
    /// Names it.
    pub visitor_id: String,
    /// The inbox's key.
    pub inbox_key: String,
    pub(crate) router: Router,
}

impl Visitor {
    pub(crate) async fn open(router: Router, key: &str) -> Visitor {
        let made = send(&router, "POST", &format!("/api/v1/chat/{key}/sessions"), &[], Some(json!({}))).await.ok();
        Visitor {
            session_token: made["session_token"].as_str().unwrap().into(),
            visitor_id: made["visitor_id"].as_str().unwrap().into(),
            inbox_key: key.into(),
            router,
        }
    }

    /// A visitor whose browser speaks a language.
    pub async fn open_in(desk: &crate::TestDesk, inbox: &rapport::channels::Inbox, language: &str) -> Visitor {
        let anyone = Visitor::open(desk.router.clone(), &inbox.key).await;
        let path = format!("/api/v1/chat/{}/sessions", inbox.key);
        anyone.with(&send(&desk.router, "POST", &path, &[], Some(json!({"language": language}))).await.ok())
    }

    /// The same browser after it got another session.
    pub fn with(&self, made: &Value) -> Visitor {
        Visitor { session_token: made["session_token"].as_str().unwrap().into(), visitor_id: made["visitor_id"].as_str().unwrap().into(), ..self.clone() }
    }

    /// Sends a request.
    pub async fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Option<Value>) -> Answer {
        let bearer = format!("Bearer {}", self.session_token);
        let all: Vec<(&str, &str)> = headers.iter().copied().chain([("authorization", bearer.as_str())]).collect();
        send(&self.router, method, path, &all, body).await
    }

    /// Writes; the conversation's id.
    pub async fn writes(&self, text: &str) -> String {
        self.send("POST", "/api/v1/chat/messages", &[], Some(json!({"text": text}))).await.ok()["conversation_id"].as_str().unwrap().into()
    }

    /// Writes with a key.
    pub async fn writes_with_key(&self, text: &str, key: &str) -> Answer {
        self.send("POST", "/api/v1/chat/messages", &[("idempotency-key", key)], Some(json!({"text": text}))).await
    }

    /// Everything this chat may see, as texts.
    pub async fn reads(&self) -> Vec<String> {
        let page = self.send("GET", "/api/v1/chat/messages?limit=200", &[], None).await.ok();
        page["items"].as_array().unwrap().iter().map(|item| item["text"].as_str().unwrap().to_owned()).collect()
    }

    /// The list of the customer's own conversations.
    pub async fn conversations(&self) -> Vec<Value> {
        self.send("GET", "/api/v1/chat/conversations", &[], None).await.ok()["items"].as_array().unwrap().clone()
    }

    /// Shows an identity.
    pub async fn identifies(&self, identity: &str) -> Answer {
        self.send("POST", "/api/v1/chat/identify", &[], Some(json!({"identity": identity}))).await
    }
}
