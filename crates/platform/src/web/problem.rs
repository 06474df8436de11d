//! Problems as RFC 9457 has them, with a stable `type` and words that say what happened and how to mend it.

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use serde_json::{Map, Value, json};

use crate::store;

/// Why a request was not done.
#[derive(Clone, Debug)]
pub struct Problem {
    /// The HTTP status.
    pub status: StatusCode,
    /// Stable word; the `type` is `urn:rapport:problem:<code>`.
    pub code: &'static str,
    /// What happened and how to mend it, for people.
    pub detail: String,
    /// Further members.
    pub extra: Box<Map<String, Value>>,
    /// Seconds after which it is worth trying again.
    pub retry_after: Option<u64>,
}

impl Problem {
    fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Problem {
        Problem { status, code, detail: detail.into(), extra: Box::default(), retry_after: None }
    }

    /// 404: it is not there, or the viewer may not see it: the same.
    pub fn not_found() -> Problem {
        Problem::new(StatusCode::NOT_FOUND, "not_found", "There is nothing here, or you may not see it.")
    }

    /// 401: who is asking is not known.
    pub fn unauthorized(detail: &str) -> Problem {
        Problem::new(StatusCode::UNAUTHORIZED, "unauthorized", detail)
    }

    /// 401 with a reason of its own, e.g. `sign_in_failed`.
    pub fn refused(code: &'static str, detail: &str) -> Problem {
        Problem::new(StatusCode::UNAUTHORIZED, code, detail)
    }

    /// 403: the viewer is known and lacks the permission for the whole feature.
    pub fn forbidden(detail: &str) -> Problem {
        Problem::new(StatusCode::FORBIDDEN, "forbidden", detail)
    }

    /// 422: one field is wrong. `pointer` names it as RFC 6901 does, e.g. `/text`.
    pub fn invalid(pointer: &str, detail: impl Into<String>) -> Problem {
        let detail = detail.into();
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid_request", detail.clone()).with("errors", json!([{"pointer": pointer, "detail": detail}]))
    }

    /// 409: the state of things does not allow it.
    pub fn conflict(code: &'static str, detail: impl Into<String>) -> Problem {
        Problem::new(StatusCode::CONFLICT, code, detail)
    }

    /// 412: the object changed since the caller read it; `current` is how it is now.
    pub fn version_conflict(current: Value) -> Problem {
        Problem::new(StatusCode::PRECONDITION_FAILED, "version_conflict", "Somebody changed this in the meantime. Look at its current state and decide again.")
            .with("current", current)
    }

    /// 410: a link that works once has worked.
    pub fn gone(code: &'static str, detail: &str) -> Problem {
        Problem::new(StatusCode::GONE, code, detail)
    }

    /// 413: more bytes than allowed.
    pub fn too_large(limit_bytes: i64) -> Problem {
        Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", format!("This is larger than the {limit_bytes} bytes allowed here."))
            .with("limit_bytes", limit_bytes.into())
    }

    /// 408 when the body came too slowly, 422 when it broke off for another reason.
    pub fn unread(error: &(dyn std::error::Error + 'static)) -> Problem {
        if super::pace::is_too_slow(error) {
            Problem::new(StatusCode::REQUEST_TIMEOUT, "too_slow", "This came more slowly than one kilobyte a second. Nothing was changed. Send it again.")
        } else {
            Problem::invalid("", "The request broke off before its end. Nothing was changed. Send it again.")
        }
    }

    /// 429: too many requests.
    pub fn rate_limited(seconds: u64) -> Problem {
        Problem {
            retry_after: Some(seconds.max(1)),
            ..Problem::new(StatusCode::TOO_MANY_REQUESTS, "rate_limited", "Too many requests. Wait a moment and try again.")
        }
    }

    /// 503: nothing was done, trying again will help.
    pub fn unavailable(detail: &str) -> Problem {
        Problem { retry_after: Some(1), ..Problem::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", detail) }
    }

    /// 503: nothing was done, and it will take a person to make room before trying again helps.
    pub fn no_room(detail: &str) -> Problem {
        Problem { retry_after: Some(10), ..Problem::unavailable(detail) }
    }

    /// 500: a fault of ours. What exactly goes to the log with the same reference, never to the caller.
    pub fn fault(cause: impl std::fmt::Display) -> Problem {
        let reference = crate::ids::Chance::Real.token();
        tracing::error!(target: "web", %cause, reference, "a request failed through a fault of Rapport");
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "fault", "Something is wrong in Rapport. Nothing was changed. Tell your administrator the reference.")
            .with("reference", reference.into())
    }

    /// 405: the path is there, the method is not.
    pub fn method_not_allowed() -> Problem {
        Problem::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "method_not_allowed",
            "This address does not know that method; the reference at /api/v1/reference lists them.",
        )
    }

    /// Adds a member.
    pub fn with(mut self, member: &str, value: Value) -> Problem {
        self.extra.insert(member.into(), value);
        self
    }

    /// The body.
    pub fn to_json(&self) -> Value {
        let mut body = json!({
            "type": format!("urn:rapport:problem:{}", self.code),
            "title": self.status.canonical_reason().unwrap_or("Error"),
            "status": self.status.as_u16(),
            "detail": self.detail,
        });
        if let Value::Object(members) = &mut body {
            members.extend((*self.extra).clone());
        }
        body
    }
}

impl From<store::Error> for Problem {
    fn from(error: store::Error) -> Problem {
        use store::Error;
        match error {
            Error::NotFound => Problem::not_found(),
            Error::Busy => Problem::unavailable("The server is busy. Nothing was changed. Try again in a moment."),
            Error::Closed => Problem::unavailable("The server is restarting. Nothing was changed. Try again in a moment."),
            Error::Full => Problem::no_room(
                "The server's disk is full, so nothing new is accepted. Nothing was changed, and what was accepted before is safe. Try again later; the administrator must free space.",
            ),
            Error::Unreachable(_) => Problem::unavailable("The server cannot reach its database. Nothing was changed. Try again in a moment."),
            Error::Unknown => {
                Problem::unavailable("The database was broken off, so it is not known whether this was done. Send it again with the same Idempotency-Key.")
            }
            Error::TooSlow => Problem::unavailable("The question took too long and was stopped. Ask for less at once."),
            // What names something that is not there is the sender's to mend; use cases that know the field say so themselves.
            dangling if dangling.is_reference() => Problem::invalid("", "Something named here is not there any more, or something else still needs it."),
            // Not worth a word in the log: the closure runs again, and this answer is thrown away.
            passing if passing.is_passing() => Problem::unavailable("The server is busy. Nothing was changed. Try again in a moment."),
            other => Problem::fault(other),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = (self.status, self.to_json().to_string()).into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if self.status == StatusCode::REQUEST_TIMEOUT {
            // The rest of the body would go on trickling in (RFC 9110, 15.5.9).
            response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}
