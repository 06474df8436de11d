//! The gate: finds out who calls, by cookie, API token or chat session, and whether that is enough for the route.

use std::{collections::HashMap, net::IpAddr, sync::Arc, time::Duration};

use http::{Method, header, request::Parts};
use parking_lot::Mutex;
use platform::{
    clock::Moment,
    config::Config,
    store::{Store, Tx},
    web::{Act, Gate, Problem, document::Describe, server::client_address},
};
use uuid::Uuid;

use crate::{
    audit,
    channels::webchat,
    desk::Desk,
    people,
    viewer::{AgentAccess, Permission, Through, Viewer},
};

/// What a route demands of whoever calls it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Need {
    /// Nothing.
    Public,
    /// A chat session.
    Visitor,
    /// To be signed in, whatever one may do.
    Agent,
    /// A permission, granted somewhere; the object decides whether it is enough there.
    Can(Permission),
    /// One of several permissions, in the same way: what is asked for decides which.
    CanSome(&'static [Permission]),
    /// An agent or a chat session.
    Listener,
}

impl Describe for Need {
    fn describe(&self) -> String {
        match self {
            Need::Public => "everybody".into(),
            Need::Visitor => "the holder of a chat session".into(),
            Need::Agent => "any agent".into(),
            Need::Can(permission) => format!("agents with the permission {}", permission.word()),
            Need::CanSome(permissions) => format!("agents with the permission {}", one_of(permissions)),
            Need::Listener => "any agent, or the holder of a chat session".into(),
        }
    }

    fn scheme(&self) -> Option<&'static str> {
        match self {
            Need::Public => None,
            Need::Visitor => Some("chat_session"),
            Need::Agent | Need::Can(_) | Need::CanSome(_) | Need::Listener => Some("api_token"),
        }
    }
}

fn one_of(permissions: &[Permission]) -> String {
    permissions.iter().map(|permission| permission.word()).collect::<Vec<_>>().join(" or ")
}

/// What is known, and since when.
type Fresh = (Moment, Arc<AgentAccess>);

/// What was found out about a session or token a moment ago. It may be a second old; a change in this process clears it.
#[derive(Default)]
pub struct AccessCache {
    known: Mutex<HashMap<Vec<u8>, Fresh>>,
    touched: Mutex<HashMap<Uuid, Moment>>,
}

impl AccessCache {
    const FRESH: Duration = Duration::from_secs(1);

    /// Everything must be looked up again.
    pub fn forget(&self) {
        self.known.lock().clear();
    }

    fn get(&self, hash: &[u8], now: Moment) -> Option<Arc<AgentAccess>> {
        self.known.lock().get(hash).filter(|(at, _)| now.apart(*at) < Self::FRESH).map(|(_, access)| access.clone())
    }

    fn put(&self, hash: Vec<u8>, now: Moment, access: Arc<AgentAccess>) {
        let mut known = self.known.lock();
        if known.len() > 10_000 {
            known.clear();
        }
        known.insert(hash, (now, access));
    }

    /// Whether the last use of a session or token should be written down: for sessions every five minutes is enough.
    fn is_due(&self, id: Uuid, now: Moment, every: Duration) -> bool {
        let mut touched = self.touched.lock();
        if touched.len() > 10_000 {
            touched.clear();
        }
        let due = touched.get(&id).is_none_or(|at| now.apart(*at) >= every);
        if due {
            touched.insert(id, now);
        }
        due
    }
}

/// The name of the session cookie. `__Host-` binds it to this host and demands TLS, so it is used where there is TLS.
fn cookie_name(config: &Config) -> &'static str {
    if config.is_https() { "__Host-rapport" } else { "rapport" }
}

/// The header that gives a browser its session.
pub fn session_cookie(config: &Config, token: &str) -> String {
    let secure = if config.is_https() { "; Secure" } else { "" };
    let seconds = config.session_days * 86_400;
    format!("{}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}", cookie_name(config))
}

/// The header that takes it away.
pub fn clear_cookie(config: &Config) -> String {
    let secure = if config.is_https() { "; Secure" } else { "" };
    format!("{}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0{secure}", cookie_name(config))
}

/// The session cookie of a request.
pub fn cookie<'a>(parts: &'a Parts, config: &Config) -> Option<&'a str> {
    let name = cookie_name(config);
    let all = parts.headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    all.flat_map(|value| value.split(';')).find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('=')).filter(|value| !value.is_empty())
}

/// The Bearer token of a request.
pub fn bearer(parts: &Parts) -> Option<&str> {
    let value = parts.headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// Whether the page that makes the request is ours.
pub fn is_same_origin(parts: &Parts, config: &Config) -> bool {
    let text = |name| parts.headers.get(name).and_then(|value: &http::HeaderValue| value.to_str().ok());
    match text(header::ORIGIN) {
        Some(origin) if origin == config.public_url => true,
        Some(origin) => origin.split_once("://").is_some_and(|(_, host)| Some(host) == text(header::HOST)),
        None => text(http::HeaderName::from_static("sec-fetch-site")) == Some("same-origin"),
    }
}

impl Desk {
    async fn agent(&self, parts: &Parts) -> Result<Arc<AgentAccess>, Problem> {
        let now = self.store.clock().now();
        let (token, by_cookie) = match (bearer(parts), cookie(parts, &self.config)) {
            (Some(token), _) => (token.to_owned(), false),
            (None, Some(token)) => (token.to_owned(), true),
            (None, None) => return Err(Problem::unauthorized("Sign in, or send an API token as Bearer.")),
        };
        // A cookie travels by itself, so a change must come from a page of ours.
        if by_cookie && parts.method != Method::GET && parts.method != Method::HEAD && !is_same_origin(parts, &self.config) {
            return Err(Problem::forbidden("This request comes from another site. Send it from the console, or with an API token."));
        }
        let hash = platform::crypto::token_hash(&token);
        let access = match self.access.get(&hash, now) {
            Some(access) => access,
            None => {
                let days = self.config.session_days;
                let found = self
                    .store
                    .read(move |tx| if by_cookie { people::access_of_session(tx, &token, days) } else { people::access_of_token(tx, &token) })
                    .await?;
                let access = Arc::new(found.ok_or_else(|| Problem::unauthorized("This session or token has ended. Sign in again."))?);
                self.access.put(hash, now, access.clone());
                access
            }
        };
        if let (Through::Token(token), Some(cost)) = (access.through, access.cost) {
            self.limits.tokens.take_many(&token.to_string(), cost)?;
        }
        self.note_use(access.through, now);
        Ok(access)
    }

    async fn agent_who_can(&self, parts: &Parts, some: &[Permission]) -> Result<Viewer, Problem> {
        let access = self.agent(parts).await?;
        if some.iter().any(|permission| access.can(*permission)) {
            return Ok(Viewer::Agent(access));
        }
        Err(Problem::forbidden(&format!("This needs the permission {}. An administrator can grant it.", one_of(some))))
    }

    /// Notes that a session or token is in use, now and then, and without anybody waiting for it.
    fn note_use(&self, through: Through, now: Moment) {
        let (id, every) = match through {
            Through::Session(session) => (session.0, Duration::from_secs(300)),
            Through::Token(token) => (token.0, Duration::from_secs(60)),
        };
        if !self.access.is_due(id, now, every) {
            return;
        }
        let store = self.store.clone();
        platform::jobs::spawn("note use", async move {
            let touch = move |tx: &mut Tx<'_>| match through {
                Through::Session(session) => people::touch_session(tx, session),
                Through::Token(token) => people::touch_token(tx, token),
            };
            let _ = store.write_in_background(touch).await;
        });
    }

    fn visitor(&self, parts: &Parts) -> Option<Viewer> {
        webchat::visitor_of_token(&self.vault, bearer(parts)?, self.store.clock().now()).map(Viewer::Visitor)
    }
}

impl Gate for Desk {
    type Need = Need;
    type Viewer = Viewer;

    async fn admit(&self, need: Need, parts: &Parts) -> Result<Viewer, Problem> {
        match need {
            Need::Public => Ok(Viewer::Nobody),
            Need::Visitor => self.visitor(parts).ok_or_else(|| Problem::unauthorized("Open a chat session and send its token as Bearer.")),
            Need::Listener => match self.visitor(parts) {
                Some(visitor) => Ok(visitor),
                None => Ok(Viewer::Agent(self.agent(parts).await?)),
            },
            Need::Agent => Ok(Viewer::Agent(self.agent(parts).await?)),
            Need::Can(permission) => self.agent_who_can(parts, &[permission]).await,
            Need::CanSome(permissions) => self.agent_who_can(parts, permissions).await,
        }
    }

    fn caller(viewer: &Viewer) -> Uuid {
        match viewer {
            Viewer::Agent(access) => access.id.0,
            Viewer::Visitor(visitor) => visitor.id.0,
            Viewer::Nobody | Viewer::Automation(_) | Viewer::System { .. } => Uuid::nil(),
        }
    }

    fn address(&self, parts: &Parts) -> Option<IpAddr> {
        client_address(parts, &self.config.trusted_proxies)
    }

    fn store(&self) -> &Store {
        &self.store
    }

    fn is_act(need: Need, method: &Method, path: &str) -> bool {
        audit::is_act(need, method, path)
    }

    fn record(tx: &mut Tx<'_>, viewer: &Viewer, act: &Act, answer: Option<&serde_json::Value>) -> Result<(), platform::store::Error> {
        audit::record(tx, viewer, act, answer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{AgentId, SessionId};

    #[test]
    fn what_was_known_before_the_clock_was_turned_back_is_looked_up_again() {
        let (cache, noon) = (AccessCache::default(), Moment(1_790_000_000_000_000));
        let access = Arc::new(AgentAccess::new(AgentId::default(), "Sam".into(), Through::Session(SessionId::default()), Vec::new()));
        cache.put(vec![1], noon, access);

        assert!(cache.get(&[1], noon.plus(Duration::from_millis(900))).is_some());
        assert!(cache.get(&[1], noon.plus(Duration::from_secs(1))).is_none());
        assert!(cache.get(&[1], noon.minus(Duration::from_secs(3600))).is_none());
    }
}
