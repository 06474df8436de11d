//! A request after its caller was let in, and what the product tells about callers.

use std::{fmt::Debug, future::Future, net::IpAddr, sync::Arc};

use http::{Method, request::Parts};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use uuid::Uuid;

use super::{Problem, idempotency::IdempotencyKey};
use crate::store::{Error, Store, Tx};

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
    /// Whether what a route does is recorded.
    fn is_act(need: Self::Need, method: &Method, path: &str) -> bool;
    /// Records an act, in its transaction. The answer is told where it holds no secret.
    fn record(tx: &mut Tx<'_>, viewer: &Self::Viewer, act: &Act, answer: Option<&Value>) -> Result<(), Error>;
}

/// What is done by a request, for whoever keeps records.
#[derive(Clone, Debug)]
pub struct Act {
    /// Method and route.
    pub route: String,
    /// The path, with the ids in it.
    pub path: String,
    /// What was sent, when it is JSON.
    pub body: Option<Value>,
    /// From where.
    pub address: Option<String>,
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
    /// Set where what is done is recorded.
    pub act: Option<Arc<Act>>,
}

impl<S: Gate> Call<S> {
    /// Writes, once for each `Idempotency-Key`; an act is recorded.
    pub async fn write<T>(&self, work: impl Fn(&mut Tx<'_>) -> Result<T, Problem> + Send + 'static) -> Result<T, Problem>
    where
        T: Serialize + DeserializeOwned + Send + 'static,
    {
        let record = self.recorder();
        let work = move |tx: &mut Tx<'_>| {
            let answer = work(tx)?;
            record(tx, &|| serde_json::to_value(&answer).ok())?;
            Ok(answer)
        };
        match self.key.clone() {
            Some(key) => self.desk.store().write(move |tx| key.once(tx, &work)).await,
            None => self.desk.store().write(work).await,
        }
    }

    /// Writes what is answered once only, because the answer holds a secret: it is not kept for repetition, nor recorded.
    pub async fn write_secret<T: Send + 'static>(&self, work: impl Fn(&mut Tx<'_>) -> Result<T, Problem> + Send + 'static) -> Result<T, Problem> {
        let record = self.recorder();
        self.desk.store().write(move |tx| work(tx).and_then(|answer| record(tx, &|| None).map(|()| answer))).await
    }

    /// Writes also when the disk has no more room than its reserve: what ends access must always be possible.
    pub async fn write_into_reserve<T: Send + 'static>(&self, work: impl Fn(&mut Tx<'_>) -> Result<T, Problem> + Send + 'static) -> Result<T, Problem> {
        let record = self.recorder();
        self.desk.store().write_into_reserve(move |tx| work(tx).and_then(|answer| record(tx, &|| None).map(|()| answer))).await
    }

    fn recorder(&self) -> impl Fn(&mut Tx<'_>, &dyn Fn() -> Option<Value>) -> Result<(), Problem> + Send + 'static {
        let (act, viewer) = (self.act.clone(), self.viewer.clone());
        move |tx, answer| match &act {
            Some(act) => Ok(S::record(tx, &viewer, act, answer().as_ref())?),
            None => Ok(()),
        }
    }

    /// Reads.
    pub async fn read<T: Send + 'static>(&self, question: impl Fn(&mut Tx<'_>) -> Result<T, Problem> + Send + 'static) -> Result<T, Problem> {
        self.desk.store().read(question).await
    }
}

pub(super) fn call_of<S: Gate>(desk: S, viewer: S::Viewer, (need, route): (S::Need, &'static str), parts: &Parts, body: &[u8]) -> Result<Call<S>, Problem> {
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
    let act = S::is_act(need, &parts.method, route).then(|| {
        Arc::new(Act {
            route: format!("{} {route}", parts.method),
            path: parts.uri.path().chars().take(300).collect(),
            body: serde_json::from_slice(body).ok(),
            address: client.address.map(|address| address.to_string()),
        })
    });
    Ok(Call { desk, viewer, client, if_match, key, act })
}
