//! Requests about oneself, agents and teams.

use platform::{
    clock::Moment,
    events,
    web::{Body, Created, Done, Found, Input, NoQuery, Page, Problem, WithCookie},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    agents, links,
    links::{LinkKind, LinkUse, SignedIn},
    model::{Agent, AgentChange, Me, MeChange, NewAgent, NewTeam, Session, Team, TeamChange},
    second_factor, sign_in, store, teams,
};
use crate::{
    Call, features,
    gate::{clear_cookie, session_cookie},
    ids::{AgentId, SessionId, TeamId},
    places,
    viewer::{AgentAccess, Permission, Through},
};

/// Address and password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    email: String,
    password: String,
    /// The code of one's second factor, when a try without it was answered with `second_factor_needed`.
    #[serde(default)]
    code: Option<String>,
}

/// The token of a link.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkToken {
    token: String,
}

/// What a link is for.
#[derive(Serialize, Deserialize, ToSchema)]
pub struct LinkView {
    kind: LinkKind,
    email: Option<String>,
    name: Option<String>,
}

/// Old and new password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordChange {
    current: String,
    new: String,
}

/// Which kind of link is wanted.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewLink {
    kind: LinkKind,
}

/// A link to hand to somebody.
#[derive(Serialize, Deserialize, ToSchema)]
pub struct LinkMade {
    link: String,
    expires_at: Moment,
}

/// A new agent and the link with which they set their password.
#[derive(Serialize, Deserialize, ToSchema)]
pub struct AgentMade {
    agent: Agent,
    link: String,
    expires_at: Moment,
}

pub(super) fn own(call: &Call) -> Result<&AgentAccess, Problem> {
    call.viewer.agent().ok_or_else(|| Problem::unauthorized("Sign in first."))
}

async fn signed_in(call: &Call, signed_in: SignedIn) -> Result<WithCookie<Found<Me>>, Problem> {
    let through = Through::Session(signed_in.session);
    let access = call.read(move |tx| super::access_of(tx, signed_in.agent, through)?.ok_or_else(Problem::not_found)).await?;
    let me = me_of(call, access).await?;
    Ok(WithCookie(Found(me), session_cookie(&call.desk.config, &signed_in.token)))
}

async fn me_of(call: &Call, access: AgentAccess) -> Result<Me, Problem> {
    let online = call.desk.presence.is_agent_online(access.id);
    call.read(move |tx| {
        let mut agent = store::agent(tx, access.id)?;
        agent.online = online;
        // Who works for one brand alone is of that brand.
        let brand_id = agent.grants.first().and_then(|grant| grant.brand_id).filter(|brand| agent.grants.iter().all(|grant| grant.brand_id == Some(*brand)));
        let scope = features::Scope { brand_id, team_ids: agent.team_ids.clone(), agent_id: Some(access.id) };
        Ok(Me {
            features: features::all_on(tx, &scope)?,
            permissions: Permission::ALL.iter().copied().filter(|permission| access.can(*permission)).collect(),
            second_factor_owed: matches!(access.through, Through::Session(_)) && second_factor::is_owed(tx, access.id)?,
            settings: store::settings(tx, access.id)?,
            position: events::head(tx)?,
            server_version: env!("CARGO_PKG_VERSION").into(),
            company: places::company_name(tx)?,
            agent,
        })
    })
    .await
}

/// Signs in with address and password.
pub async fn sign_in(call: Call, input: Input<(), NoQuery, Body<SignIn>>) -> Result<WithCookie<Found<Me>>, Problem> {
    let SignIn { email, password, code } = input.body.0;
    let done = sign_in::with_password(&call, email, password, code).await?;
    signed_in(&call, done).await
}

/// Says what a link is for, without using it.
pub async fn inspect_link(call: Call, input: Input<(), NoQuery, Body<LinkToken>>) -> Result<Found<LinkView>, Problem> {
    call.desk.limits.links.take(&call.client.address.map(|address| address.to_string()).unwrap_or_default())?;
    let token = input.body.0.token;
    let view = call
        .read(move |tx| {
            let (kind, agent) = store::live_link(tx, &platform::crypto::token_hash(&token))?.ok_or_else(links::used)?;
            let agent = agent.map(|id| store::agent(tx, id)).transpose()?;
            Ok(LinkView { kind, email: agent.as_ref().map(|agent| agent.email.clone()), name: agent.map(|agent| agent.name) })
        })
        .await?;
    Ok(Found(view))
}

/// Uses a link up.
pub async fn use_link(call: Call, input: Input<(), NoQuery, Body<LinkUse>>) -> Result<WithCookie<Found<Me>>, Problem> {
    let done = sign_in::with_link(&call, input.body.0).await?;
    signed_in(&call, done).await
}

/// Ends the session that asks.
pub async fn sign_out(call: Call, _: Input) -> Result<WithCookie<Done>, Problem> {
    if let Through::Session(session) = own(&call)?.through {
        sign_in::end_one(&call, own(&call)?.id, session).await?;
    }
    Ok(WithCookie(Done, clear_cookie(&call.desk.config)))
}

/// Ends every session of oneself.
pub async fn sign_out_everywhere(call: Call, _: Input) -> Result<WithCookie<Done>, Problem> {
    let (actor, id) = (call.viewer.actor(), own(&call)?.id);
    call.write_into_reserve(move |tx| links::end_sessions(tx, actor, id, None)).await?;
    call.desk.access.forget();
    Ok(WithCookie(Done, clear_cookie(&call.desk.config)))
}

/// Who one is.
pub async fn me(call: Call, _: Input) -> Result<Found<Me>, Problem> {
    let access = own(&call)?.clone();
    Ok(Found(me_of(&call, access).await?))
}

/// Changes oneself.
pub async fn change_me(call: Call, input: Input<(), NoQuery, Body<MeChange>>) -> Result<Found<Me>, Problem> {
    let (access, change) = (own(&call)?.clone(), input.body.0);
    let id = access.id;
    call.write(move |tx| agents::change_me(tx, id, &change)).await?;
    call.desk.access.forget();
    Ok(Found(me_of(&call, access).await?))
}

/// Changes one's password; other sessions end.
pub async fn change_password(call: Call, input: Input<(), NoQuery, Body<PasswordChange>>) -> Result<Done, Problem> {
    let PasswordChange { current, new } = input.body.0;
    sign_in::change_password(&call, own(&call)?.id, current, new).await?;
    Ok(Done)
}

/// Lists one's sessions.
pub async fn sessions(call: Call, _: Input) -> Result<Found<Page<Session>>, Problem> {
    let access = own(&call)?;
    let (id, through) = (access.id, access.through);
    let mut sessions = call.read(move |tx| Ok(store::sessions(tx, id)?)).await?;
    for session in &mut sessions {
        session.current = through == Through::Session(session.id);
    }
    Ok(Found(Page::whole(sessions)))
}

/// Ends one of one's sessions.
pub async fn end_session(call: Call, input: Input<SessionId>) -> Result<Done, Problem> {
    sign_in::end_one(&call, own(&call)?.id, input.path).await?;
    Ok(Done)
}

/// Lists agents.
pub async fn agents(call: Call, _: Input) -> Result<Found<Page<Agent>>, Problem> {
    let viewer = call.viewer.clone();
    let mut agents = call.read(move |tx| agents::list_agents(tx, &viewer)).await?;
    for agent in &mut agents {
        agent.online = call.desk.presence.is_agent_online(agent.id);
    }
    Ok(Found(Page::whole(agents)))
}

/// Shows an agent.
pub async fn agent(call: Call, input: Input<AgentId>) -> Result<Found<Agent>, Problem> {
    let all = agents(call, Input { path: (), query: NoQuery {}, body: () }).await?.0;
    all.items.into_iter().find(|agent| agent.id == input.path).map(Found).ok_or_else(Problem::not_found)
}

/// Adds an agent. Not kept for repetition: the answer holds a link that opens an account.
pub async fn add_agent(call: Call, input: Input<(), NoQuery, Body<NewAgent>>) -> Result<Created<AgentMade>, Problem> {
    let (viewer, new) = (call.viewer.clone(), input.body.0);
    let (agent, link) = call.write_secret(move |tx| agents::add_agent(tx, &viewer, new.clone())).await?;
    Ok(Created(AgentMade { agent, link: link.address(&call.desk.config.public_url), expires_at: link.expires_at }))
}

/// Changes an agent.
pub async fn change_agent(call: Call, input: Input<AgentId, NoQuery, Body<AgentChange>>) -> Result<Found<Agent>, Problem> {
    let (viewer, based_on, id, change) = (call.viewer.clone(), call.if_match, input.path, input.body.0);
    let mut agent = call.write(move |tx| agents::change_agent(tx, &viewer, id, based_on, &change)).await?;
    call.desk.access.forget();
    agent.online = call.desk.presence.is_agent_online(agent.id);
    Ok(Found(agent))
}

/// Makes an invitation or reset link for an agent.
pub async fn add_link(call: Call, input: Input<AgentId, NoQuery, Body<NewLink>>) -> Result<Created<LinkMade>, Problem> {
    let (viewer, id, kind) = (call.viewer.clone(), input.path, input.body.0.kind);
    if !matches!(kind, LinkKind::Invitation | LinkKind::Reset) {
        return Err(Problem::invalid("/kind", "Write invitation or reset."));
    }
    let link = call
        .write_secret(move |tx| {
            // Whoever may not make such an agent may not open their account either.
            let agent = store::agent(tx, id)?;
            agents::check_grants(tx, &viewer, &agent.grants)?;
            links::make_link(tx, kind, id)
        })
        .await?;
    Ok(Created(LinkMade { link: link.address(&call.desk.config.public_url), expires_at: link.expires_at }))
}

/// Ends every session of an agent.
pub async fn sign_agent_out(call: Call, input: Input<AgentId>) -> Result<Done, Problem> {
    let (viewer, id) = (call.viewer.clone(), input.path);
    call.write_into_reserve(move |tx| {
        let agent = store::agent(tx, id)?;
        agents::check_grants(tx, &viewer, &agent.grants)?;
        links::end_sessions(tx, viewer.actor(), id, None)
    })
    .await?;
    call.desk.access.forget();
    Ok(Done)
}

/// Lists teams.
pub async fn teams(call: Call, _: Input) -> Result<Found<Page<Team>>, Problem> {
    Ok(Found(Page::whole(call.read(|tx| Ok(store::teams(tx)?)).await?)))
}

/// Adds a team.
pub async fn add_team(call: Call, input: Input<(), NoQuery, Body<NewTeam>>) -> Result<Created<Team>, Problem> {
    let (actor, new) = (call.viewer.actor(), input.body.0);
    Ok(Created(call.write(move |tx| teams::add_team(tx, actor, new.clone())).await?))
}

/// Changes a team.
pub async fn change_team(call: Call, input: Input<TeamId, NoQuery, Body<TeamChange>>) -> Result<Found<Team>, Problem> {
    let (actor, based_on, id, change) = (call.viewer.actor(), call.if_match, input.path, input.body.0);
    Ok(Found(call.write(move |tx| teams::change_team(tx, actor, id, based_on, &change)).await?))
}

/// Removes a team.
pub async fn remove_team(call: Call, input: Input<TeamId>) -> Result<Done, Problem> {
    let (actor, id) = (call.viewer.actor(), input.path);
    call.write(move |tx| teams::remove_team(tx, actor, id)).await?;
    Ok(Done)
}
