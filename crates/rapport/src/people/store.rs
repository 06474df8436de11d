//! SQL of agents, teams, sessions and links.

use std::{collections::HashMap, time::Duration};

use platform::{
    clock::Moment,
    params,
    store::{Json, JsonText, Result, Row, Tx},
};

use super::{
    links::LinkKind,
    model::{Agent, GrantSpec, NewAgent, Session, Team},
};
use crate::{
    ids::{AgentId, LocationId, SessionId, TeamId},
    places::hours::Said,
    viewer::{Permission, Permissions},
};

const AGENT: &str = "SELECT id, name, email, password_hash IS NULL AS invited,
     EXISTS (SELECT 1 FROM second_factor f WHERE f.agent_id = agent.id AND f.confirmed_at IS NOT NULL) AS second_factor, availability, language, time_zone, disabled_at, version, created_at FROM agent ORDER BY name, id";

fn read_agent(row: &Row<'_>) -> Result<Agent> {
    Ok(Agent {
        id: row.get("id")?,
        name: row.get("name")?,
        email: row.get("email")?,
        invited: row.get("invited")?,
        second_factor: row.get("second_factor")?,
        availability: row.get("availability")?,
        language: row.get("language")?,
        time_zone: row.get("time_zone")?,
        disabled_at: row.get("disabled_at")?,
        version: row.get("version")?,
        created_at: row.get("created_at")?,
        grants: Vec::new(),
        team_ids: Vec::new(),
        online: false,
    })
}

pub(super) fn agents(tx: &mut Tx<'_>) -> Result<Vec<Agent>> {
    let mut agents = tx.all(AGENT, params![], read_agent)?;
    let mut grants: HashMap<AgentId, Vec<GrantSpec>> = HashMap::new();
    tx.each("SELECT agent_id, role, brand_id, location_id, team_id, inbox_id FROM agent_grant ORDER BY id", params![], |row| {
        grants.entry(row.get("agent_id")?).or_default().push(read_grant(row)?);
        Ok(())
    })?;
    let mut teams: HashMap<AgentId, Vec<TeamId>> = HashMap::new();
    tx.each("SELECT agent_id, team_id FROM team_member ORDER BY team_id", params![], |row| {
        teams.entry(row.get("agent_id")?).or_default().push(row.get("team_id")?);
        Ok(())
    })?;
    for agent in &mut agents {
        agent.grants = grants.remove(&agent.id).unwrap_or_default();
        agent.team_ids = teams.remove(&agent.id).unwrap_or_default();
    }
    Ok(agents)
}

pub(super) fn agent(tx: &mut Tx<'_>, id: AgentId) -> Result<Agent> {
    let mut agent = tx.one(
        "SELECT id, name, email, password_hash IS NULL AS invited,
     EXISTS (SELECT 1 FROM second_factor f WHERE f.agent_id = agent.id AND f.confirmed_at IS NOT NULL) AS second_factor, availability, language, time_zone, disabled_at, version, created_at FROM agent WHERE id = $1",
        params![id],
        read_agent,
    )?;
    agent.grants = grants(tx, id)?;
    agent.team_ids = teams_of(tx, id)?;
    Ok(agent)
}

pub(super) fn agent_by_email(tx: &mut Tx<'_>, email: &str) -> Result<Option<AgentId>> {
    tx.opt("SELECT id FROM agent WHERE email = $1", params![email], |row| row.get("id"))
}

/// Of `ids`, those that are agents who may sign in.
pub fn names_of(tx: &mut Tx<'_>, ids: &[AgentId]) -> Result<Vec<(AgentId, String)>> {
    let mut found = Vec::new();
    for id in ids {
        if let Some(name) = enabled_agent_name(tx, *id)? {
            found.push((*id, name));
        }
    }
    Ok(found)
}

pub(super) fn enabled_agent_name(tx: &mut Tx<'_>, id: AgentId) -> Result<Option<String>> {
    tx.opt("SELECT name FROM agent WHERE id = $1 AND disabled_at IS NULL", params![id], |row| row.get("name"))
}

pub(super) fn teams_of(tx: &mut Tx<'_>, id: AgentId) -> Result<Vec<TeamId>> {
    tx.all("SELECT team_id FROM team_member WHERE agent_id = $1 ORDER BY team_id", params![id], |row| row.get("team_id"))
}

pub(super) fn grants(tx: &mut Tx<'_>, id: AgentId) -> Result<Vec<GrantSpec>> {
    tx.all("SELECT role, brand_id, location_id, team_id, inbox_id FROM agent_grant WHERE agent_id = $1 ORDER BY id", params![id], read_grant)
}

fn read_grant(row: &Row<'_>) -> Result<GrantSpec> {
    Ok(GrantSpec {
        role: row.get("role")?,
        brand_id: row.get("brand_id")?,
        location_id: row.get("location_id")?,
        team_id: row.get("team_id")?,
        inbox_id: row.get("inbox_id")?,
    })
}

pub(super) fn locations_below(tx: &mut Tx<'_>, id: LocationId) -> Result<Vec<LocationId>> {
    tx.all("SELECT location_id FROM location_ancestor WHERE ancestor_id = $1 ORDER BY location_id", params![id], |row| row.get("location_id"))
}

pub(super) fn insert_agent(tx: &mut Tx<'_>, new: &NewAgent, language: &str) -> Result<AgentId> {
    let (id, now) = (tx.id::<AgentId>(), tx.now());
    tx.exec(
        "INSERT INTO agent (id, name, email, availability, language, time_zone, settings, version, created_at) VALUES ($1, $2, $3, 'available', $4, 'UTC', '{}', 1, $5)",
        params![id, new.name, new.email, language, now],
    )?;
    Ok(id)
}

pub(super) fn update_agent(tx: &mut Tx<'_>, agent: &Agent) -> Result<()> {
    tx.exec(
        "UPDATE agent SET name = $2, availability = $3, language = $4, time_zone = $5, disabled_at = $6, version = $7 WHERE id = $1",
        params![agent.id, agent.name, agent.availability, agent.language, agent.time_zone, agent.disabled_at, agent.version],
    )
    .map(drop)
}

pub(super) fn replace_grants(tx: &mut Tx<'_>, id: AgentId, grants: &[(GrantSpec, Permissions)]) -> Result<()> {
    tx.exec("DELETE FROM agent_grant WHERE agent_id = $1", params![id])?;
    for (grant, permissions) in grants {
        let row = tx.id::<uuid::Uuid>();
        let (conversations, contacts) = (permissions.contains(Permission::ConversationsRead), permissions.contains(Permission::ContactsRead));
        tx.exec(
            "INSERT INTO agent_grant (id, agent_id, role, brand_id, location_id, team_id, inbox_id, reads_conversations, reads_contacts)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            params![row, id, grant.role, grant.brand_id, grant.location_id, grant.team_id, grant.inbox_id, conversations, contacts],
        )?;
    }
    Ok(())
}

pub(super) fn replace_teams(tx: &mut Tx<'_>, id: AgentId, teams: &[TeamId]) -> Result<()> {
    tx.exec("DELETE FROM team_member WHERE agent_id = $1", params![id])?;
    for team in teams {
        tx.exec("INSERT INTO team_member (team_id, agent_id) VALUES ($1, $2) ON CONFLICT (team_id, agent_id) DO NOTHING", params![team, id])?;
    }
    Ok(())
}

/// Administrators everywhere who may sign in, other than `id`.
pub(super) fn other_administrators(tx: &mut Tx<'_>, id: AgentId) -> Result<i64> {
    tx.one(
        "SELECT count(DISTINCT a.id) AS n FROM agent a JOIN agent_grant g ON g.agent_id = a.id
         WHERE a.id <> $1 AND a.disabled_at IS NULL AND g.role = 'administrator' AND g.brand_id IS NULL AND g.location_id IS NULL AND g.team_id IS NULL AND g.inbox_id IS NULL",
        params![id],
        |row| row.get("n"),
    )
}

pub(super) fn settings(tx: &mut Tx<'_>, id: AgentId) -> Result<serde_json::Map<String, serde_json::Value>> {
    tx.one("SELECT settings FROM agent WHERE id = $1", params![id], |row| Ok(row.get::<Json<_>>("settings")?.0))
}

pub(super) fn set_settings(tx: &mut Tx<'_>, id: AgentId, settings: &JsonText) -> Result<()> {
    tx.exec("UPDATE agent SET settings = $2 WHERE id = $1", params![id, settings]).map(drop)
}

/// For sign-in: the agent of an address and the hash of their password.
pub(super) fn credentials(tx: &mut Tx<'_>, email: &str) -> Result<Option<(AgentId, Option<String>)>> {
    tx.opt("SELECT id, password_hash FROM agent WHERE email = $1 AND disabled_at IS NULL", params![email], |row| {
        Ok((row.get("id")?, row.get("password_hash")?))
    })
}

pub(super) fn password_hash(tx: &mut Tx<'_>, id: AgentId) -> Result<Option<String>> {
    tx.one("SELECT password_hash FROM agent WHERE id = $1", params![id], |row| row.get("password_hash"))
}

pub(super) fn set_password(tx: &mut Tx<'_>, id: AgentId, hash: &str) -> Result<()> {
    tx.exec("UPDATE agent SET password_hash = $2, version = version + 1 WHERE id = $1", params![id, hash]).map(drop)
}

pub(super) fn insert_session(tx: &mut Tx<'_>, agent: AgentId, token_hash: &[u8], user_agent: &str) -> Result<SessionId> {
    let (id, now) = (tx.id::<SessionId>(), tx.now());
    tx.exec(
        "INSERT INTO agent_session (id, agent_id, token_hash, user_agent, created_at, last_seen_at) VALUES ($1, $2, $3, $4, $5, $5)",
        params![id, agent, token_hash, user_agent, now],
    )?;
    Ok(id)
}

/// What was made or used further ahead than this was so under a clock that was wrong; it would outlive its time by as much, so it has
/// ended. A clock that is wrong by a day or less costs nobody a sign-in.
const CLOCK_AHEAD: Duration = Duration::from_secs(25 * 3600);

pub(super) fn session_by_token(tx: &mut Tx<'_>, token_hash: &[u8], unused_days: i64) -> Result<Option<(SessionId, AgentId)>> {
    let since = tx.now().minus(Duration::from_secs(86_400 * unused_days.unsigned_abs()));
    let until = tx.now().plus(CLOCK_AHEAD);
    tx.opt(
        "SELECT id, agent_id FROM agent_session WHERE token_hash = $1 AND last_seen_at > $2 AND last_seen_at < $3",
        params![token_hash, since, until],
        |row| Ok((row.get("id")?, row.get("agent_id")?)),
    )
}

/// Notes that a session is in use, to within five minutes.
pub fn touch_session(tx: &mut Tx<'_>, id: SessionId) -> Result<()> {
    let (now, before) = (tx.now(), tx.now().minus(Duration::from_secs(300)));
    tx.exec("UPDATE agent_session SET last_seen_at = $2 WHERE id = $1 AND (last_seen_at < $3 OR last_seen_at > $2)", params![id, now, before]).map(drop)
}

/// Whether a session is still open.
pub fn is_session_open(tx: &mut Tx<'_>, id: SessionId) -> Result<bool> {
    Ok(tx.opt("SELECT 1 AS open FROM agent_session WHERE id = $1", params![id], |_| Ok(()))?.is_some())
}

pub(super) fn sessions(tx: &mut Tx<'_>, agent: AgentId) -> Result<Vec<Session>> {
    tx.all("SELECT id, created_at, last_seen_at, user_agent FROM agent_session WHERE agent_id = $1 ORDER BY last_seen_at DESC, id", params![agent], |row| {
        Ok(Session {
            id: row.get("id")?,
            created_at: row.get("created_at")?,
            last_seen_at: row.get("last_seen_at")?,
            user_agent: row.get("user_agent")?,
            current: false,
        })
    })
}

/// Ends the sessions of an agent, all but `except`.
pub(super) fn end_sessions(tx: &mut Tx<'_>, agent: AgentId, except: Option<SessionId>) -> Result<u64> {
    tx.exec("DELETE FROM agent_session WHERE agent_id = $1 AND id IS DISTINCT FROM $2", params![agent, except])
}

pub(super) fn end_session(tx: &mut Tx<'_>, agent: AgentId, id: SessionId) -> Result<u64> {
    tx.exec("DELETE FROM agent_session WHERE agent_id = $1 AND id = $2", params![agent, id])
}

pub(super) fn forget_sessions_before(tx: &mut Tx<'_>, before: Moment) -> Result<u64> {
    tx.exec("DELETE FROM agent_link WHERE expires_at < $1", params![before])?;
    tx.exec("DELETE FROM api_token WHERE revoked_at < $1 OR expires_at < $1", params![before])?;
    tx.exec("DELETE FROM agent_session WHERE last_seen_at < $1", params![before])
}

pub(super) fn insert_link(tx: &mut Tx<'_>, token_hash: &[u8], kind: LinkKind, agent: Option<AgentId>, expires_at: Moment) -> Result<()> {
    let now = tx.now();
    tx.exec(
        "INSERT INTO agent_link (token_hash, kind, agent_id, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)",
        params![token_hash, kind, agent, now, expires_at],
    )
    .map(drop)
}

pub(super) fn live_link(tx: &mut Tx<'_>, token_hash: &[u8]) -> Result<Option<(LinkKind, Option<AgentId>)>> {
    let (now, ahead) = (tx.now(), tx.now().plus(CLOCK_AHEAD));
    tx.opt(
        "SELECT kind, agent_id FROM agent_link WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2 AND created_at < $3",
        params![token_hash, now, ahead],
        |row| Ok((row.get("kind")?, row.get("agent_id")?)),
    )
}

/// Uses a link up; `None` when somebody was faster, or it is unknown or too old.
pub(super) fn use_link(tx: &mut Tx<'_>, token_hash: &[u8]) -> Result<Option<(LinkKind, Option<AgentId>)>> {
    let (now, ahead) = (tx.now(), tx.now().plus(CLOCK_AHEAD));
    tx.opt(
        "UPDATE agent_link SET used_at = $2 WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2 AND created_at < $3 RETURNING kind, agent_id",
        params![token_hash, now, ahead],
        |row| Ok((row.get("kind")?, row.get("agent_id")?)),
    )
}

/// Links made earlier for the same purpose no longer work.
pub(super) fn void_links(tx: &mut Tx<'_>, agent: Option<AgentId>, kind: LinkKind) -> Result<()> {
    let now = tx.now();
    tx.exec("UPDATE agent_link SET used_at = $3 WHERE kind = $2 AND used_at IS NULL AND agent_id IS NOT DISTINCT FROM $1", params![agent, kind, now]).map(drop)
}

pub(super) fn teams(tx: &mut Tx<'_>) -> Result<Vec<Team>> {
    let mut teams = tx.all("SELECT id, name, hours, special_days, inherits_special_days, version FROM team ORDER BY name, id", params![], |row| {
        Ok(Team {
            id: row.get("id")?,
            name: row.get("name")?,
            member_ids: Vec::new(),
            hours: row.get::<Option<Json<_>>>("hours")?.map(|hours| hours.0),
            special_days: row.get::<Json<_>>("special_days")?.0,
            inherits_special_days: row.get("inherits_special_days")?,
            version: row.get("version")?,
        })
    })?;
    for team in &mut teams {
        team.member_ids = tx.all("SELECT agent_id FROM team_member WHERE team_id = $1 ORDER BY agent_id", params![team.id], |row| row.get("agent_id"))?;
    }
    Ok(teams)
}

/// What a team says of its hours.
pub(super) fn said_by_team(tx: &mut Tx<'_>, id: TeamId) -> Result<Said> {
    tx.one("SELECT hours, special_days, inherits_special_days FROM team WHERE id = $1", params![id], |row| {
        Ok(Said {
            hours: row.get::<Option<Json<_>>>("hours")?.map(|hours| hours.0),
            special_days: row.get::<Json<_>>("special_days")?.0,
            inherits_special_days: row.get("inherits_special_days")?,
        })
    })
}

pub(super) fn insert_team(tx: &mut Tx<'_>, team: &Team) -> Result<()> {
    let now = tx.now();
    tx.exec(
        "INSERT INTO team (id, name, version, created_at, hours, special_days, inherits_special_days) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        params![team.id, team.name, team.version, now, team.hours.as_ref().map(JsonText::of), JsonText::of(&team.special_days), team.inherits_special_days],
    )
    .map(drop)
}

pub(super) fn update_team(tx: &mut Tx<'_>, team: &Team) -> Result<()> {
    tx.exec(
        "UPDATE team SET name = $2, version = $3, hours = $4, special_days = $5, inherits_special_days = $6 WHERE id = $1",
        params![team.id, team.name, team.version, team.hours.as_ref().map(JsonText::of), JsonText::of(&team.special_days), team.inherits_special_days],
    )
    .map(drop)
}

pub(super) fn replace_members(tx: &mut Tx<'_>, id: TeamId, members: &[AgentId]) -> Result<()> {
    tx.exec("DELETE FROM team_member WHERE team_id = $1", params![id])?;
    for member in members {
        tx.exec("INSERT INTO team_member (team_id, agent_id) VALUES ($1, $2) ON CONFLICT (team_id, agent_id) DO NOTHING", params![id, member])?;
    }
    Ok(())
}

pub(super) fn delete_team(tx: &mut Tx<'_>, id: TeamId) -> Result<u64> {
    tx.exec("DELETE FROM team_member WHERE team_id = $1", params![id])?;
    tx.exec("DELETE FROM team WHERE id = $1", params![id])
}

pub(super) fn is_team_granted(tx: &mut Tx<'_>, id: TeamId) -> Result<bool> {
    Ok(tx
        .opt("SELECT 1 AS used FROM agent_grant WHERE team_id = $1 UNION ALL SELECT 1 AS used FROM location WHERE team_id = $1", params![id], |_| Ok(()))?
        .is_some())
}
