//! SQL of assignment: settings, profiles, loads, turns and queues.

use std::collections::HashMap;

use platform::{
    clock::Moment,
    params,
    store::{Json, JsonText, Result, Row, Tx},
};
use uuid::Uuid;

use super::{
    model::{AgentProfile, AssignmentSettings, Method, TeamAssignment, TeamInAssignment},
    pick::Member,
};
use crate::ids::{AgentId, ContactId, ConversationId, TeamId};

/// The settings, and their version.
pub(super) fn settings(tx: &mut Tx<'_>) -> Result<(AssignmentSettings, i64)> {
    let kept = tx.opt("SELECT capacity, weights, away_minutes, version FROM assignment_setting LIMIT 1", params![], |row| {
        let weights = row.get::<Json<_>>("weights")?.0;
        Ok((AssignmentSettings { capacity: row.get("capacity")?, weights, away_minutes: row.get("away_minutes")? }, row.get("version")?))
    })?;
    Ok(kept.unwrap_or_default())
}

pub(super) fn keep_settings(tx: &mut Tx<'_>, id: Uuid, settings: &AssignmentSettings, version: i64) -> Result<()> {
    tx.exec(
        "INSERT INTO assignment_setting (id, capacity, weights, away_minutes, version) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (id) DO UPDATE SET capacity = excluded.capacity, weights = excluded.weights, away_minutes = excluded.away_minutes, version = excluded.version",
        params![id, settings.capacity, JsonText::of(&settings.weights), settings.away_minutes, version],
    )
    .map(drop)
}

fn read_team(row: &Row<'_>) -> Result<TeamAssignment> {
    Ok(TeamAssignment {
        method: row.get("method")?,
        previous_agent_first: row.get("previous_agent_first")?,
        in_business_hours: row.get("in_business_hours")?,
        overflow_team_id: row.get("overflow_team_id")?,
        overflow_minutes: row.get("overflow_minutes")?,
    })
}

/// How a team's work is given out, with its turn and version.
pub(super) fn team(tx: &mut Tx<'_>, id: TeamId) -> Result<Option<(TeamAssignment, i64, i64)>> {
    tx.opt(
        "SELECT method, previous_agent_first, in_business_hours, overflow_team_id, overflow_minutes, turn, version FROM team_assignment WHERE team_id = $1",
        params![id],
        |row| Ok((read_team(row)?, row.get("turn")?, row.get("version")?)),
    )
}

/// Every team whose work is given out, and has some.
pub(super) fn teams_to_serve(tx: &mut Tx<'_>) -> Result<Vec<TeamId>> {
    tx.all(
        "SELECT t.team_id FROM team_assignment t WHERE t.method <> $1 AND EXISTS (SELECT 1 FROM conversation c WHERE c.team_id = t.team_id AND c.queued_at IS NOT NULL)
         ORDER BY t.team_id",
        params![Method::Manual],
        |row| row.get("team_id"),
    )
}

/// The teams of an agent whose work is given out.
pub(super) fn teams_served_by(tx: &mut Tx<'_>, agent: AgentId) -> Result<Vec<TeamId>> {
    tx.all(
        "SELECT t.team_id FROM team_assignment t JOIN team_member m ON m.team_id = t.team_id WHERE m.agent_id = $1 AND t.method <> $2 ORDER BY t.team_id",
        params![agent, Method::Manual],
        |row| row.get("team_id"),
    )
}

pub(super) fn keep_team(tx: &mut Tx<'_>, id: TeamId, team: &TeamAssignment, version: i64) -> Result<()> {
    tx.exec(
        "INSERT INTO team_assignment (team_id, method, previous_agent_first, in_business_hours, overflow_team_id, overflow_minutes, turn, version)
         VALUES ($1, $2, $3, $4, $5, $6, 0, $7)
         ON CONFLICT (team_id) DO UPDATE SET method = excluded.method, previous_agent_first = excluded.previous_agent_first,
           in_business_hours = excluded.in_business_hours, overflow_team_id = excluded.overflow_team_id, overflow_minutes = excluded.overflow_minutes, version = excluded.version",
        params![id, team.method, team.previous_agent_first, team.in_business_hours, team.overflow_team_id, team.overflow_minutes, version],
    )
    .map(drop)
}

/// Every team with how its work is given out, how much is queued and since when.
pub(super) fn all_teams(tx: &mut Tx<'_>) -> Result<Vec<TeamInAssignment>> {
    tx.all(
        "SELECT t.id, s.method, s.previous_agent_first, s.in_business_hours, s.overflow_team_id, s.overflow_minutes,
           (SELECT count(*) FROM conversation c WHERE c.team_id = t.id AND c.queued_at IS NOT NULL) AS queued,
           (SELECT min(c.queued_at) FROM conversation c WHERE c.team_id = t.id AND c.queued_at IS NOT NULL) AS oldest
         FROM team t LEFT JOIN team_assignment s ON s.team_id = t.id ORDER BY t.name, t.id",
        params![],
        |row| {
            let assignment = if row.get::<Option<String>>("method")?.is_some() { read_team(row)? } else { TeamAssignment::default() };
            Ok(TeamInAssignment { team_id: row.get("id")?, assignment, queued: row.get("queued")?, oldest_since: row.get("oldest")? })
        },
    )
}

/// A profile as it is kept.
#[derive(Clone, Debug, Default)]
pub(super) struct KeptProfile {
    pub(super) profile: AgentProfile,
    /// Since when they are away, as far as it was noticed.
    pub(super) away_since: Option<Moment>,
    pub(super) version: i64,
}

fn read_profile(row: &Row<'_>) -> Result<AgentProfile> {
    let list = |json: Option<Json<Vec<String>>>| json.map(|json| json.0).unwrap_or_default();
    Ok(AgentProfile {
        capacity: row.get("capacity")?,
        skills: list(row.get("skills")?),
        languages: list(row.get("languages")?),
        absent_until: row.get("absent_until")?,
    })
}

pub(super) fn profile(tx: &mut Tx<'_>, id: AgentId) -> Result<KeptProfile> {
    let kept = tx.opt("SELECT capacity, skills, languages, absent_until, away_since, version FROM agent_profile WHERE agent_id = $1", params![id], |row| {
        Ok(KeptProfile { profile: read_profile(row)?, away_since: row.get("away_since")?, version: row.get("version")? })
    })?;
    Ok(kept.unwrap_or_default())
}

pub(super) fn keep_profile(tx: &mut Tx<'_>, id: AgentId, kept: &KeptProfile) -> Result<()> {
    let profile = &kept.profile;
    tx.exec(
        "INSERT INTO agent_profile (agent_id, capacity, skills, languages, absent_until, away_since, version) VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (agent_id) DO UPDATE SET capacity = excluded.capacity, skills = excluded.skills, languages = excluded.languages,
           absent_until = excluded.absent_until, away_since = excluded.away_since, version = excluded.version",
        params![id, profile.capacity, JsonText::of(&profile.skills), JsonText::of(&profile.languages), profile.absent_until, kept.away_since, kept.version],
    )
    .map(drop)
}

/// Every agent who may sign in, with profile.
pub(super) fn all_profiles(tx: &mut Tx<'_>) -> Result<Vec<(AgentId, AgentProfile)>> {
    tx.all(
        "SELECT a.id, p.capacity, p.skills, p.languages, p.absent_until FROM agent a LEFT JOIN agent_profile p ON p.agent_id = a.id WHERE a.disabled_at IS NULL ORDER BY a.name, a.id",
        params![],
        |row| Ok((row.get("id")?, read_profile(row)?)),
    )
}

/// Availability as a word of people, and whether they may sign in; none without such an agent.
pub(super) fn is_here(tx: &mut Tx<'_>, id: AgentId) -> Result<Option<(bool, bool)>> {
    tx.opt("SELECT availability, disabled_at FROM agent WHERE id = $1", params![id], |row| {
        let away = row.get::<String>("availability")? == "away";
        Ok((!away, row.get::<Option<Moment>>("disabled_at")?.is_none()))
    })
}

/// Loads by agent, weighed.
pub(super) fn loads(tx: &mut Tx<'_>, settings: &AssignmentSettings) -> Result<HashMap<AgentId, i64>> {
    let mut loads: HashMap<AgentId, i64> = HashMap::new();
    tx.each("SELECT agent_id, channel, n FROM agent_load WHERE n > 0", params![], |row| {
        *loads.entry(row.get("agent_id")?).or_default() += settings.weight(&row.get::<String>("channel")?) * row.get::<i64>("n")?;
        Ok(())
    })?;
    Ok(loads)
}

/// The members of a team as they are now.
pub(super) fn members(tx: &mut Tx<'_>, team: TeamId, settings: &AssignmentSettings) -> Result<Vec<Member>> {
    let now = tx.now();
    let mut members = tx.all(
        "SELECT a.id, a.availability, a.disabled_at, p.capacity, p.skills, p.languages, p.absent_until, COALESCE(t.turn, 0) AS turn
         FROM team_member m JOIN agent a ON a.id = m.agent_id LEFT JOIN agent_profile p ON p.agent_id = a.id
         LEFT JOIN agent_turn t ON t.team_id = m.team_id AND t.agent_id = m.agent_id WHERE m.team_id = $1",
        params![team],
        |row| {
            let profile = read_profile(row)?;
            let present = row.get::<Option<Moment>>("disabled_at")?.is_none() && profile.absent_until.is_none_or(|until| until <= now);
            Ok(Member {
                id: row.get("id")?,
                available: present && row.get::<String>("availability")? == "available",
                capacity: profile.capacity.unwrap_or(settings.capacity),
                load: 0,
                skills: profile.skills,
                languages: profile.languages,
                turn: row.get("turn")?,
            })
        },
    )?;
    let mut loads: HashMap<AgentId, i64> = HashMap::new();
    tx.each(
        "SELECT l.agent_id, l.channel, l.n FROM team_member m JOIN agent_load l ON l.agent_id = m.agent_id WHERE m.team_id = $1 AND l.n > 0",
        params![team],
        |row| {
            *loads.entry(row.get("agent_id")?).or_default() += settings.weight(&row.get::<String>("channel")?) * row.get::<i64>("n")?;
            Ok(())
        },
    )?;
    for member in &mut members {
        member.load = loads.get(&member.id).copied().unwrap_or(0);
    }
    Ok(members)
}

/// It was this agent's turn.
pub(super) fn keep_turn(tx: &mut Tx<'_>, team: TeamId, agent: AgentId, turn: i64) -> Result<()> {
    tx.exec(
        "INSERT INTO agent_turn (team_id, agent_id, turn) VALUES ($1, $2, $3) ON CONFLICT (team_id, agent_id) DO UPDATE SET turn = excluded.turn",
        params![team, agent, turn],
    )?;
    tx.exec("UPDATE team_assignment SET turn = $2 WHERE team_id = $1", params![team, turn]).map(drop)
}

macro_rules! in_order {
    () => {
        " ORDER BY CASE c.priority WHEN 'urgent' THEN 0 WHEN 'high' THEN 1 WHEN 'normal' THEN 2 ELSE 3 END, c.queued_at, c.id"
    };
}

/// The first of a team's queue.
pub(super) fn queue(tx: &mut Tx<'_>, team: TeamId, limit: i64) -> Result<Vec<ConversationId>> {
    tx.all(concat!("SELECT c.id FROM conversation c WHERE c.team_id = $1 AND c.queued_at IS NOT NULL", in_order!(), " LIMIT $2"), params![team, limit], |row| {
        row.get("id")
    })
}

/// Those that have stood in a team's queue since before a time.
pub(super) fn queued_before(tx: &mut Tx<'_>, team: TeamId, before: Moment, limit: i64) -> Result<Vec<ConversationId>> {
    tx.all(
        "SELECT c.id FROM conversation c WHERE c.team_id = $1 AND c.queued_at <= $2 ORDER BY c.queued_at, c.id LIMIT $3",
        params![team, before, limit],
        |row| row.get("id"),
    )
}

/// How a conversation stands.
#[derive(Clone, Copy, Default)]
pub(super) struct Standing {
    /// In whose queue, when it stands in one.
    pub(super) queue: Option<TeamId>,
    pub(super) assignee: Option<AgentId>,
}

pub(super) fn standing(tx: &mut Tx<'_>, id: ConversationId) -> Result<Standing> {
    let found = tx.opt("SELECT team_id, assignee_id, queued_at FROM conversation WHERE id = $1", params![id], |row| {
        let queue = row.get::<Option<Moment>>("queued_at")?.and(row.get("team_id")?);
        Ok(Standing { queue, assignee: row.get("assignee_id")? })
    })?;
    Ok(found.unwrap_or_default())
}

/// At which place a conversation stands in its team's queue.
pub(super) fn position(tx: &mut Tx<'_>, team: TeamId, id: ConversationId) -> Result<Option<i64>> {
    let ids = queue(tx, team, 10_000)?;
    Ok(ids.iter().position(|other| *other == id).map(|at| at as i64 + 1))
}

/// How many left a team's queue since a time.
pub(super) fn left_since(tx: &mut Tx<'_>, team: TeamId, since: Moment) -> Result<i64> {
    tx.one("SELECT count(*) AS n FROM queue_time WHERE team_id = $1 AND assigned_at > $2", params![team, since], |row| row.get("n"))
}

pub(super) fn keep_queue_time(tx: &mut Tx<'_>, id: ConversationId, team: TeamId, seconds: i64) -> Result<()> {
    let now = tx.now();
    tx.exec(
        "INSERT INTO queue_time (conversation_id, team_id, assigned_at, seconds) VALUES ($1, $2, $3, $4)
         ON CONFLICT (conversation_id) DO UPDATE SET team_id = excluded.team_id, assigned_at = excluded.assigned_at, seconds = excluded.seconds",
        params![id, team, now, seconds],
    )
    .map(drop)
}

/// The contact of a conversation: their language, and who had their last other conversation.
pub(super) fn language_and_previous(tx: &mut Tx<'_>, id: ConversationId, contact: ContactId) -> Result<(Option<String>, Option<AgentId>)> {
    let language = tx.opt("SELECT language FROM contact WHERE id = $1", params![contact], |row| row.get("language"))?.flatten();
    let previous = tx.opt(
        "SELECT assignee_id FROM conversation WHERE contact_id = $1 AND id <> $2 AND assignee_id IS NOT NULL ORDER BY last_activity_at DESC LIMIT 1",
        params![contact, id],
        |row| row.get("assignee_id"),
    )?;
    Ok((language, previous))
}

/// What an agent has that its customer waits for, in a team.
pub(super) fn unanswered_of(tx: &mut Tx<'_>, agent: AgentId) -> Result<Vec<ConversationId>> {
    tx.all(
        "SELECT id FROM conversation WHERE assignee_id = $1 AND shelf = 0 AND waiting_since IS NOT NULL AND team_id IS NOT NULL ORDER BY waiting_since, id",
        params![agent],
        |row| row.get("id"),
    )
}

/// Moves one conversation from one agent's load to another's.
pub(in crate::conversations) fn move_load(tx: &mut Tx<'_>, before: Option<(AgentId, &str)>, after: Option<(AgentId, &str)>) -> Result<()> {
    if before == after {
        return Ok(());
    }
    for (whose, n) in [(before, -1), (after, 1)] {
        let Some((agent, channel)) = whose else { continue };
        tx.exec(
            "INSERT INTO agent_load (agent_id, channel, n) VALUES ($1, $2, $3) ON CONFLICT (agent_id, channel) DO UPDATE SET n = agent_load.n + excluded.n",
            params![agent, channel, n],
        )?;
    }
    Ok(())
}

/// How many loads are wrong: they differ from the rows.
pub(in crate::conversations) fn wrong_loads(tx: &mut Tx<'_>) -> Result<i64> {
    tx.one(
        "SELECT count(*) AS n FROM (SELECT agent_id, channel FROM (
           SELECT agent_id, channel, n FROM agent_load
           UNION ALL SELECT assignee_id AS agent_id, channel, -1 AS n FROM conversation WHERE assignee_id IS NOT NULL AND shelf = 0
         ) both_counts GROUP BY agent_id, channel HAVING sum(n) <> 0) wrong",
        params![],
        |row| row.get("n"),
    )
}

/// Counts the loads anew.
pub(in crate::conversations) fn rebuild_loads(tx: &mut Tx<'_>) -> Result<()> {
    tx.exec("DELETE FROM agent_load", params![])?;
    tx.exec(
        "INSERT INTO agent_load (agent_id, channel, n)
         SELECT assignee_id, channel, count(*) FROM conversation WHERE assignee_id IS NOT NULL AND shelf = 0 GROUP BY assignee_id, channel",
        params![],
    )
    .map(drop)
}
