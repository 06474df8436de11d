//! A route is one line: method, path, permission, handler, a sentence. The router, the API document and the guard tests all
//! read that line, so none of them can forget a route.

use std::{fmt::Debug, future::Future};

use axum::{
    Router,
    extract::{FromRequestParts, Path, Query, Request, State},
    response::{IntoResponse, Response},
    routing::{MethodFilter, MethodRouter, on},
};
pub use http::Method;
use serde::de::DeserializeOwned;
use utoipa::IntoParams;

use super::{
    Problem,
    answer::Answer,
    body::{Input, Takes, read_body},
    call::{Call, Gate, call_of},
    document::Components,
};

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
                let parameters = if has_parameters {
                    // An id that is no id is simply not there.
                    Path::<P>::from_request_parts(&mut parts, &()).await.map_err(|_| Problem::not_found())?.0
                } else {
                    P::default()
                };
                let query = Query::<Q>::try_from_uri(&parts.uri).map_err(|rejection| Problem::invalid("", rejection.body_text()))?.0;
                let bytes = read_body(body, B::LIMIT).await?;
                let body = B::read(&parts.headers, &bytes)?;
                let call = call_of(desk, viewer, (need, path), &parts, &bytes)?;
                handler(call, Input { path: parameters, query, body }).await
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
                let call = call_of(desk, viewer, (need, path), &parts, &[])?;
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
