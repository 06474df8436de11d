//! What a request carries: path, query string and body.

use axum::body::Body as HttpBody;
use http::{HeaderMap, header};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use serde::{Deserialize, de::DeserializeOwned};
use utoipa::{IntoParams, ToSchema};

use super::{Problem, document::Components};

/// What a request carries.
pub struct Input<P = (), Q = NoQuery, B = ()> {
    /// From the path.
    pub path: P,
    /// From the query string.
    pub query: Q,
    /// The body.
    pub body: B,
}

/// No query parameters; any given are refused.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct NoQuery {}

/// A JSON body.
pub struct Body<T>(pub T);

/// What a route takes as its body.
pub trait Takes: Sized + Send + 'static {
    /// The schema; `None` when there is no body.
    fn schema(components: &mut Components) -> Option<serde_json::Value>;
    /// Reads it.
    fn read(headers: &HeaderMap, bytes: &[u8]) -> Result<Self, Problem>;
    /// Bytes taken at most.
    const LIMIT: usize;
}

impl Takes for () {
    const LIMIT: usize = 64 * 1024;
    fn schema(_: &mut Components) -> Option<serde_json::Value> {
        None
    }
    fn read(_: &HeaderMap, _: &[u8]) -> Result<(), Problem> {
        Ok(())
    }
}

impl<T: DeserializeOwned + ToSchema + Send + 'static> Takes for Body<T> {
    const LIMIT: usize = 256 * 1024;
    fn schema(components: &mut Components) -> Option<serde_json::Value> {
        Some(components.refer::<T>())
    }
    fn read(headers: &HeaderMap, bytes: &[u8]) -> Result<Body<T>, Problem> {
        let is_json = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).is_some_and(|value| value.starts_with("application/json"));
        // Demanding the header keeps forms of other sites from being understood as JSON.
        if !is_json {
            return Err(Problem::invalid("", "Send JSON with Content-Type: application/json."));
        }
        let mut deserializer = serde_json::Deserializer::from_slice(bytes);
        let value = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
            let path = error.path().to_string();
            let pointer = if path == "." { String::new() } else { format!("/{}", path.replace(['.', '['], "/").replace(']', "")) };
            Problem::invalid(&pointer, error.into_inner().to_string())
        })?;
        deserializer.end().map_err(|error| Problem::invalid("", error.to_string()))?;
        Ok(Body(value))
    }
}

pub(super) async fn read_body(body: HttpBody, limit: usize) -> Result<bytes::Bytes, Problem> {
    match Limited::new(body, limit).collect().await {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(Problem::too_large(limit as i64)),
        Err(error) => Err(Problem::unread(error.as_ref())),
    }
}
