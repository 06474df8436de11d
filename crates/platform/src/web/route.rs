//! A route is one line: method, path, permission, handler, a sentence. The router, the API document and the guard tests all
//! read that line, so none of them can forget a route.

use std::{fmt::Debug, future::Future, net::IpAddr};

use axum::{
    Router,
    body::Body as HttpBody,
    extract::{FromRequestParts, Path, Query, Request, State},
    response::{IntoResponse, Response},
    routing::{MethodFilter, MethodRouter, on},
};
pub use http::Method;
use http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{Problem, document::Components, idempotency::IdempotencyKey};
use crate::store::{Store, Tx};

/// What the product tells this module: who is let in, and where the store is.
pub trait Gate: Clone + Send + Sync + 'static {
    /// What a route demands of whoever calls it.
    type Need: Copy + Debug + Send + Sync + 'static;
    /// Who calls.
    type Viewer: Clone + Send + Sync + 'static;
    /// Finds out who calls and whether that satisfies the need.
    fn admit(&self, need: Self::Need, parts: &Parts) -> impl Future<Output = Result<Self::Viewer, Problem>> + Send;
    /// The id under which idempotency keys of this caller are kept.
    fn caller(viewer: &Self::Viewer) -> Uuid;
    /// The address of the caller, as far as it is to be believed.
    fn address(&self, parts: &Parts) -> Option<IpAddr>;
    /// The database.
    fn store(&self) -> &Store;
}

/// Where a request came from.
#[derive(Clone, Debug, Default)]
pub struct Client {
    /// Its address.
    pub address: Option<IpAddr>,
    /// Whether a proxy stands in between.
    pub forwarded: bool,
    /// Its `User-Agent`, at most 200 characters.
    pub user_agent: String,
    /// Its `Accept-Language`.
    pub languages: String,
}

/// A request after its caller was let in.
pub struct Call<S: Gate> {
    /// Everything a use case needs.
    pub desk: S,
    /// Who asks.
    pub viewer: S::Viewer,
    /// Where from.
    pub client: Client,
    /// The version the caller believes to change (`If-Match`).
    pub if_match: Option<i64>,
    /// Set on POST with an `Idempotency-Key`.
    pub key: Option<IdempotencyKey>,
}

impl<S: Gate> Call<S> {
    /// Writes, once for each `Idempotency-Key`.
    pub async fn write<T>(&self, work: impl Fn(&mut Tx<'_>) -> Result<T, Problem> + Send + 'static) -> Result<T, Problem>
    where
        T: Serialize + DeserializeOwned + Send + 'static,
    {
        match self.key.clone() {
            Some(key) => self.desk.store().write(move |tx| key.once(tx, &work)).await,
            None => self.desk.store().write(work).await,
        }
    }

    /// Reads.
    pub async fn read<T: Send + 'static>(&self, question: impl Fn(&mut Tx<'_>) -> Result<T, Problem> + Send + 'static) -> Result<T, Problem> {
        self.desk.store().read(question).await
    }
}

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

/// What the API document says of a route.
#[derive(Clone, Debug)]
pub struct OperationDoc {
    /// The query parameters.
    pub query: fn() -> Vec<utoipa::openapi::path::Parameter>,
    /// The body.
    pub body: fn(&mut Components) -> Option<serde_json::Value>,
    /// Status and body of success.
    pub answer: (u16, fn(&mut Components) -> Option<serde_json::Value>),
    /// The body is bytes of any type, streamed.
    pub takes_bytes: bool,
}

/// One route.
pub struct Route<S: Gate> {
    /// The method.
    pub method: Method,
    /// The path with `{parameters}`.
    pub path: &'static str,
    /// What it demands of the caller.
    pub need: S::Need,
    /// One sentence.
    pub about: &'static str,
    /// The rest of its documentation.
    pub doc: OperationDoc,
    handler: MethodRouter<S>,
}

macro_rules! verbs {
    ($($(#[$doc:meta])* $name:ident $method:ident $filter:ident;)*) => { $(
        $(#[$doc])*
        pub fn $name<S, P, Q, B, R, F, Fut>(path: &'static str, need: S::Need, handler: F, about: &'static str) -> Route<S>
        where
            S: Gate,
            P: DeserializeOwned + Default + Send + 'static,
            Q: DeserializeOwned + IntoParams + Send + 'static,
            B: Takes,
            R: Answer,
            F: Fn(Call<S>, Input<P, Q, B>) -> Fut + Clone + Send + Sync + 'static,
            Fut: Future<Output = Result<R, Problem>> + Send,
        {
            route(Method::$method, MethodFilter::$filter, path, need, handler, about)
        }
    )* };
}

verbs! {
    /// A GET route.
    get GET GET;
    /// A POST route.
    post POST POST;
    /// A PUT route.
    put PUT PUT;
    /// A PATCH route.
    patch PATCH PATCH;
    /// A DELETE route.
    delete DELETE DELETE;
}

fn route<S, P, Q, B, R, F, Fut>(method: Method, filter: MethodFilter, path: &'static str, need: S::Need, handler: F, about: &'static str) -> Route<S>
where
    S: Gate,
    P: DeserializeOwned + Default + Send + 'static,
    Q: DeserializeOwned + IntoParams + Send + 'static,
    B: Takes,
    R: Answer,
    F: Fn(Call<S>, Input<P, Q, B>) -> Fut + Clone + Send + Sync + 'static,
    Fut: Future<Output = Result<R, Problem>> + Send,
{
    let doc = OperationDoc {
        query: || Q::into_params(|| Some(utoipa::openapi::path::ParameterIn::Query)),
        body: B::schema,
        answer: (R::STATUS.as_u16(), R::schema),
        takes_bytes: false,
    };
    let has_parameters = path.contains('{');
    let handler = move |State(desk): State<S>, request: Request| {
        let handler = handler.clone();
        async move {
            let (mut parts, body) = request.into_parts();
            let result = async {
                let viewer = desk.admit(need, &parts).await?;
                let path = if has_parameters {
                    // An id that is no id is simply not there.
                    Path::<P>::from_request_parts(&mut parts, &()).await.map_err(|_| Problem::not_found())?.0
                } else {
                    P::default()
                };
                let query = Query::<Q>::try_from_uri(&parts.uri).map_err(|rejection| Problem::invalid("", rejection.body_text()))?.0;
                let bytes = read_body(body, B::LIMIT).await?;
                let body = B::read(&parts.headers, &bytes)?;
                let call = call_of(desk, viewer, &parts, &bytes)?;
                handler(call, Input { path, query, body }).await
            };
            result.await.map_or_else(Problem::into_response, Answer::respond)
        }
    };
    Route { method, path, need, about, doc, handler: on(filter, handler) }
}

/// A route whose handler reads the request or builds the response by itself: uploads, downloads, sockets, streams.
pub fn raw<S, F, Fut>(
    method: Method,
    path: &'static str,
    need: S::Need,
    handler: F,
    about: &'static str,
    answer: (u16, fn(&mut Components) -> Option<serde_json::Value>),
) -> Route<S>
where
    S: Gate,
    F: Fn(Call<S>, Request) -> Fut + Clone + Send + Sync + 'static,
    Fut: Future<Output = Result<Response, Problem>> + Send,
{
    let takes_bytes = method == Method::POST;
    let doc = OperationDoc { query: if takes_bytes { name_parameter } else { Vec::new }, body: |_| None, answer, takes_bytes };
    let filter = MethodFilter::try_from(method.clone()).unwrap_or(MethodFilter::GET);
    let handler = move |State(desk): State<S>, request: Request| {
        let handler = handler.clone();
        async move {
            let (parts, body) = request.into_parts();
            let result = async {
                let viewer = desk.admit(need, &parts).await?;
                let call = call_of(desk, viewer, &parts, &[])?;
                handler(call, Request::from_parts(parts, body)).await
            };
            result.await.unwrap_or_else(Problem::into_response)
        }
    };
    Route { method, path, need, about, doc, handler: on(filter, handler) }
}

/// An upload is named in the query string.
fn name_parameter() -> Vec<utoipa::openapi::path::Parameter> {
    use utoipa::openapi::{
        ObjectBuilder,
        path::{ParameterBuilder, ParameterIn},
        schema::Type,
    };
    let text = ObjectBuilder::new().schema_type(Type::String).build();
    vec![ParameterBuilder::new().name("name").parameter_in(ParameterIn::Query).description(Some("The file's name.")).schema(Some(text)).build()]
}

async fn read_body(body: HttpBody, limit: usize) -> Result<bytes::Bytes, Problem> {
    match Limited::new(body, limit).collect().await {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(Problem::too_large(limit as i64)),
        Err(error) => Err(Problem::unread(error.as_ref())),
    }
}

fn call_of<S: Gate>(desk: S, viewer: S::Viewer, parts: &Parts, body: &[u8]) -> Result<Call<S>, Problem> {
    let text = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok());
    let if_match = match text("if-match") {
        None | Some("*") => None,
        Some(version) => Some(version.trim_matches('"').parse().map_err(|_| Problem::invalid("", "If-Match must be the version of the object, e.g. 7."))?),
    };
    let key = match text("idempotency-key") {
        Some(key) if parts.method == Method::POST => {
            if key.is_empty() || key.len() > 128 {
                return Err(Problem::invalid("", "An Idempotency-Key has 1 to 128 characters."));
            }
            let request = crate::crypto::digest(&[parts.uri.path().as_bytes(), body]);
            Some(IdempotencyKey { actor: S::caller(&viewer), key: key.into(), request })
        }
        _ => None,
    };
    let client = Client {
        address: desk.address(parts),
        forwarded: parts.headers.contains_key("x-forwarded-for") || parts.headers.contains_key("forwarded"),
        user_agent: text("user-agent").unwrap_or_default().chars().take(200).collect(),
        languages: text("accept-language").unwrap_or_default().to_owned(),
    };
    Ok(Call { desk, viewer, client, if_match, key })
}

/// The router of all `routes`.
pub fn router<S: Gate>(routes: Vec<Route<S>>) -> Router<S> {
    let mut router = Router::new();
    for route in routes {
        router = router.route(route.path, route.handler);
    }
    router.method_not_allowed_fallback(|| async { Problem::method_not_allowed() })
}

impl<S: Gate> Debug for Route<S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} ({:?})", self.method, self.path, self.need)
    }
}
