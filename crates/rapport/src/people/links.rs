//! Links that work once: invitation, reset, sign-in, and the set-up of a new installation.

use std::time::Duration;

use platform::{
    clock::Moment,
    crypto::{Vault, token_hash},
    events::{Actor, Event},
    store::Tx,
    web::Problem,
    word_enum,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    agents,
    model::{GrantSpec, NewAgent},
    second_factor, store,
};
use crate::{
    check,
    ids::{AgentId, SessionId},
    places,
    viewer::{Role, Viewer},
};

word_enum! {
    /// What a link is for.
    LinkKind {
        /// Sets the first password.
        Invitation = "invitation",
        /// Sets a new password.
        Reset = "reset",
        /// Signs in.
        SignIn = "sign_in",
        /// Makes the first administrator.
        Setup = "setup",
    }
}

impl LinkKind {
    fn lasts(self) -> Duration {
        let hours = match self {
            LinkKind::Invitation => 72,
            LinkKind::Reset | LinkKind::Setup => 24,
            LinkKind::SignIn => 12,
        };
        Duration::from_secs(3600 * hours)
    }
}

/// A link just made; its token is nowhere else.
#[derive(Clone, Debug)]
pub struct Link {
    /// What opens it.
    pub token: String,
    /// Until when.
    pub expires_at: Moment,
}

impl Link {
    /// The address to hand out. The token stands behind the #, so it reaches no log on its way.
    pub fn address(&self, public_url: &str) -> String {
        format!("{public_url}/console/link#{}", self.token)
    }
}

/// What somebody gives who uses a link.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkUse {
    /// The token of the link.
    pub token: String,
    /// The new password, at least 10 characters (invitation, reset, set-up).
    #[serde(default)]
    pub password: Option<String>,
    /// The code of one's second factor, if one has one.
    #[serde(default)]
    pub code: Option<String>,
    /// One's name (set-up).
    #[serde(default)]
    pub name: Option<String>,
    /// One's address (set-up).
    #[serde(default)]
    pub email: Option<String>,
    /// The company's name (set-up).
    #[serde(default)]
    pub company: Option<String>,
    /// One's language (set-up).
    #[serde(default)]
    pub language: Option<String>,
}

/// A browser that has just signed in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Who.
    pub agent: AgentId,
    /// The session.
    pub session: SessionId,
    /// The cookie's value.
    pub token: String,
}

/// Sessions of an agent ended; open connections of theirs must look again.
#[derive(Serialize)]
struct SessionsEnded {
    agent_id: AgentId,
    version: i64,
}
impl Event for SessionsEnded {
    const KIND: &'static str = "people.sessions_ended";
    fn stream(&self) -> Uuid {
        self.agent_id.0
    }
    fn version(&self) -> i64 {
        self.version
    }
}

/// Makes a link for an agent; earlier ones of the same kind no longer work.
pub fn make_link(tx: &mut Tx<'_>, kind: LinkKind, agent: AgentId) -> Result<Link, Problem> {
    make(tx, kind, Some(agent))
}

/// Makes the link with which the first administrator is made.
pub fn make_setup_link(tx: &mut Tx<'_>) -> Result<Link, Problem> {
    make(tx, LinkKind::Setup, None)
}

fn make(tx: &mut Tx<'_>, kind: LinkKind, agent: Option<AgentId>) -> Result<Link, Problem> {
    let (token, expires_at) = (tx.secret(), tx.now().plus(kind.lasts()));
    store::void_links(tx, agent, kind)?;
    store::insert_link(tx, &token_hash(&token), kind, agent, expires_at)?;
    Ok(Link { token, expires_at })
}

/// Uses a link and signs in. `password_hash` is the hash of the password given, made beforehand because it is slow.
pub(super) fn use_link(tx: &mut Tx<'_>, vault: &Vault, given: &LinkUse, password_hash: Option<&str>, user_agent: &str) -> Result<SignedIn, Problem> {
    let (kind, agent) = store::use_link(tx, &token_hash(&given.token))?.ok_or_else(used)?;
    let agent = match (kind, agent) {
        (LinkKind::Setup, _) => set_up(tx, given)?,
        (_, Some(agent)) => agent,
        (_, None) => return Err(used()),
    };
    if store::enabled_agent_name(tx, agent)?.is_none() {
        return Err(used());
    }
    // The link stays good when this refuses, since nothing is written then.
    second_factor::prove(tx, vault, agent, given.code.as_deref())?;
    if kind != LinkKind::SignIn {
        let hash = password_hash.ok_or_else(|| Problem::invalid("/password", "Choose a password of at least 10 characters."))?;
        store::set_password(tx, agent, hash)?;
        end_sessions(tx, Actor::agent(agent.0), agent, None)?;
    }
    sign_in(tx, agent, user_agent)
}

/// Opens a session.
pub(super) fn sign_in(tx: &mut Tx<'_>, agent: AgentId, user_agent: &str) -> Result<SignedIn, Problem> {
    let token = tx.secret();
    let session = store::insert_session(tx, agent, &token_hash(&token), user_agent)?;
    Ok(SignedIn { agent, session, token })
}

/// Ends the sessions of an agent, all but `except`, and tells open connections.
pub(super) fn end_sessions(tx: &mut Tx<'_>, actor: Actor, agent: AgentId, except: Option<SessionId>) -> Result<(), Problem> {
    store::end_sessions(tx, agent, except)?;
    tell_sessions_ended(tx, actor, agent)
}

/// Makes open connections of an agent look whether they still may.
pub(super) fn tell_sessions_ended(tx: &mut Tx<'_>, actor: Actor, agent: AgentId) -> Result<(), Problem> {
    let version = store::agent(tx, agent)?.version;
    tx.announce(actor, &SessionsEnded { agent_id: agent, version })?;
    Ok(())
}

fn set_up(tx: &mut Tx<'_>, given: &LinkUse) -> Result<AgentId, Problem> {
    let required = |pointer: &str, value: &Option<String>| value.clone().ok_or_else(|| Problem::invalid(pointer, "This must not be empty."));
    let new = NewAgent {
        name: required("/name", &given.name)?,
        email: required("/email", &given.email)?,
        grants: vec![GrantSpec::everywhere(Role::Administrator)],
        team_ids: Vec::new(),
        language: given.language.clone(),
    };
    if let Some(company) = &given.company {
        check::text("/company", company, 100)?;
    }
    let (agent, _) = agents::add_agent(tx, &Viewer::System { reason: "first set-up" }, new)?;
    places::set_up(tx, given.company.as_deref())?;
    Ok(agent.id)
}

/// The same words whether a link was used, is too old or never was.
pub(super) fn used() -> Problem {
    Problem::gone("link_used", "This link has been used or is too old. Ask an administrator for a new one.")
}
