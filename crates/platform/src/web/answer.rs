//! What a route answers: a status, a body, and what the API document says of both.

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Problem, document::Components};

/// What a route answers.
pub trait Answer: Send + 'static {
    /// The status of success.
    const STATUS: StatusCode;
    /// The schema of the body.
    fn schema(components: &mut Components) -> Option<serde_json::Value>;
    /// Renders it.
    fn respond(self) -> Response;
}

/// 200 with a body.
pub struct Found<T>(pub T);
/// 201 with the new object.
pub struct Created<T>(pub T);
/// 204.
pub struct Done;
/// 202: noted, not durable.
pub struct Noted;

fn json<T: Serialize>(status: StatusCode, value: &T) -> Response {
    match serde_json::to_vec(value) {
        Ok(bytes) => (status, [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], bytes).into_response(),
        Err(error) => Problem::fault(error).into_response(),
    }
}

impl<T: Serialize + ToSchema + Send + 'static> Answer for Found<T> {
    const STATUS: StatusCode = StatusCode::OK;
    fn schema(components: &mut Components) -> Option<serde_json::Value> {
        Some(components.refer::<T>())
    }
    fn respond(self) -> Response {
        json(Self::STATUS, &self.0)
    }
}
impl<T: Serialize + ToSchema + Send + 'static> Answer for Created<T> {
    const STATUS: StatusCode = StatusCode::CREATED;
    fn schema(components: &mut Components) -> Option<serde_json::Value> {
        Some(components.refer::<T>())
    }
    fn respond(self) -> Response {
        json(Self::STATUS, &self.0)
    }
}
impl Answer for Done {
    const STATUS: StatusCode = StatusCode::NO_CONTENT;
    fn schema(_: &mut Components) -> Option<serde_json::Value> {
        None
    }
    fn respond(self) -> Response {
        Self::STATUS.into_response()
    }
}
impl Answer for Noted {
    const STATUS: StatusCode = StatusCode::ACCEPTED;
    fn schema(_: &mut Components) -> Option<serde_json::Value> {
        None
    }
    fn respond(self) -> Response {
        Self::STATUS.into_response()
    }
}

/// An answer that also sets a cookie.
pub struct WithCookie<A>(pub A, pub String);
impl<A: Answer> Answer for WithCookie<A> {
    const STATUS: StatusCode = A::STATUS;
    fn schema(components: &mut Components) -> Option<serde_json::Value> {
        A::schema(components)
    }
    fn respond(self) -> Response {
        let mut response = self.0.respond();
        if let Ok(value) = HeaderValue::from_str(&self.1) {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
        response
    }
}

/// 200 with a body that pages of every origin may read. Only for what is public anyway.
pub struct Shared<T>(pub T);
impl<T: Serialize + ToSchema + Send + 'static> Answer for Shared<T> {
    const STATUS: StatusCode = StatusCode::OK;
    fn schema(components: &mut Components) -> Option<serde_json::Value> {
        Some(components.refer::<T>())
    }
    fn respond(self) -> Response {
        let mut response = json(Self::STATUS, &self.0);
        response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        response
    }
}

/// A page of a list. `next` is the cursor of the page after it; none on the last.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Page<T> {
    /// The objects.
    pub items: Vec<T>,
    /// Opaque cursor of the next page.
    pub next: Option<String>,
}

// Written by hand: the derived form does not add the schema of what the page holds.
impl<T: ToSchema> utoipa::PartialSchema for Page<T> {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        use utoipa::openapi::{
            Ref,
            schema::{ArrayBuilder, ObjectBuilder, SchemaType, Type},
        };
        ObjectBuilder::new()
            .description(Some("A page of a list."))
            .property("items", ArrayBuilder::new().items(Ref::from_schema_name(T::name())))
            .property(
                "next",
                ObjectBuilder::new().schema_type(SchemaType::from_iter([Type::String, Type::Null])).description(Some("Opaque cursor of the next page.")),
            )
            .required("items")
            .required("next")
            .build()
            .into()
    }
}
impl<T: ToSchema> ToSchema for Page<T> {
    fn name() -> std::borrow::Cow<'static, str> {
        format!("{}Page", T::name()).into()
    }
    fn schemas(schemas: &mut Vec<(String, utoipa::openapi::RefOr<utoipa::openapi::schema::Schema>)>) {
        T::schemas(schemas);
        schemas.push((T::name().into_owned(), T::schema()));
    }
}

impl<T> Page<T> {
    /// A list that fits on one page.
    pub fn whole(items: Vec<T>) -> Page<T> {
        Page { items, next: None }
    }
}
