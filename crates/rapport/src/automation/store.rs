//! SQL of rules, their order, and how far the log is followed.

use std::collections::BTreeMap;

use platform::{
    clock::Moment,
    events::Position,
    params,
    store::{Json, JsonText, Result, Row, Tx},
};

use super::{
    model::{Checked, On, Rule, Trigger, part},
    rules::{Kept, Rules},
};
use crate::{
    check,
    conditions::{Condition, Field},
    conversations::{actions::Doing, sharing::Sharing},
    ids::{ConversationId, RuleId},
    viewer::{ActingRule, AgentAccess},
};

macro_rules! rules {
    ($rest:expr) => {
        concat!(
            "SELECT r.id, r.name, r.team_id, r.brand_id, r.enabled, r.trigger_on, r.trigger_minutes, r.condition, r.mode, r.texts, r.actions, r.stops, r.since,
               r.run_count, r.last_run_at, r.version, r.changed_at FROM automation_rule r ",
            $rest
        )
    };
}

fn read_trigger(row: &Row<'_>) -> Result<Trigger> {
    Ok(Trigger { on: row.get("trigger_on")?, minutes: row.get("trigger_minutes")? })
}

fn read(row: &Row<'_>) -> Result<Rule> {
    Ok(Rule {
        id: row.get("id")?,
        name: row.get("name")?,
        enabled: row.get("enabled")?,
        trigger: read_trigger(row)?,
        condition: row.get::<Json<_>>("condition")?.0,
        mode: row.get("mode")?,
        texts: row.get::<Json<_>>("texts")?.0,
        actions: row.get::<Json<_>>("actions")?.0,
        stops: row.get("stops")?,
        sharing: Sharing::of_row(None, row.get("team_id")?, row.get("brand_id")?),
        run_count: row.get("run_count")?,
        last_run_at: row.get("last_run_at")?,
        may_change: false,
        changed_at: row.get("changed_at")?,
        version: row.get("version")?,
    })
}

/// All, in their order.
pub(super) fn all(tx: &mut Tx<'_>) -> Result<Vec<Rule>> {
    tx.all(rules!("ORDER BY r.place, r.id"), params![], read)
}

pub(super) fn one(tx: &mut Tx<'_>, id: RuleId) -> Result<Rule> {
    tx.one(rules!("WHERE r.id = $1"), params![id], read)
}

/// All that are switched on, in their order. One that asks for what is gone since holds for nothing rather than for everything.
pub(super) fn enabled(tx: &mut Tx<'_>, version: i64, fields: &[Field]) -> Result<Rules> {
    let list = tx.all(rules!("WHERE r.enabled ORDER BY r.place, r.id"), params![], |row| {
        let trigger = read_trigger(row)?;
        let condition: serde_json::Value = row.get::<Json<_>>("condition")?.0;
        Ok(Kept {
            acting: ActingRule { id: row.get("id")?, name: row.get("name")? },
            over: part(row.get("team_id")?, row.get("brand_id")?),
            on: trigger.on,
            minutes: trigger.minutes.unwrap_or_default().unsigned_abs(),
            condition: Condition::read(&condition, fields, "").unwrap_or(Condition::Any { any: Vec::new() }),
            doing: Doing { mode: row.get("mode")?, texts: row.get::<Json<_>>("texts")?.0, actions: row.get::<Json<_>>("actions")?.0 },
            stops: row.get("stops")?,
            since: row.get("since")?,
        })
    })?;
    Ok(Rules::new(version, list))
}

/// So far rules stand apart, so that one is moved without touching others.
pub(super) const APART: i64 = 1 << 20;

/// Adds one at the end; `since` is the newest position.
pub(super) fn insert(tx: &mut Tx<'_>, agent: &AgentAccess, rule: &Checked, since: Position) -> Result<RuleId> {
    let (id, now) = (tx.id::<RuleId>(), tx.now());
    tx.exec(
        "INSERT INTO automation_rule (id, name, name_key, home, team_id, brand_id, enabled, place, trigger_on, trigger_minutes, condition, mode, texts, actions, stops, since, looked_to,
           run_count, version, created_at, changed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, (SELECT COALESCE(max(place), 0) + $17 FROM automation_rule), $8, $9, $10, $11, $12, $13, $14, $15, $16, 0, 1, $16, $16)",
        params![
            id,
            rule.name,
            check::name_key(&rule.name),
            rule.sharing.home(agent),
            rule.sharing.team_id,
            rule.sharing.brand_id,
            rule.enabled,
            rule.trigger.on,
            rule.trigger.minutes,
            JsonText::of(&rule.condition),
            rule.doing.mode,
            JsonText::of(&rule.doing.texts),
            JsonText::of(&rule.doing.actions),
            rule.stops,
            since,
            now,
            APART
        ],
    )?;
    Ok(id)
}

pub(super) fn update(tx: &mut Tx<'_>, agent: &AgentAccess, id: RuleId, rule: &Checked, version: i64) -> Result<()> {
    let now = tx.now();
    tx.exec(
        "UPDATE automation_rule SET name = $2, name_key = $3, home = $4, team_id = $5, brand_id = $6, enabled = $7, trigger_on = $8, trigger_minutes = $9, condition = $10, mode = $11,
           texts = $12, actions = $13, stops = $14, version = $15, changed_at = $16 WHERE id = $1",
        params![
            id,
            rule.name,
            check::name_key(&rule.name),
            rule.sharing.home(agent),
            rule.sharing.team_id,
            rule.sharing.brand_id,
            rule.enabled,
            rule.trigger.on,
            rule.trigger.minutes,
            JsonText::of(&rule.condition),
            rule.doing.mode,
            JsonText::of(&rule.doing.texts),
            JsonText::of(&rule.doing.actions),
            rule.stops,
            version,
            now
        ],
    )
    .map(drop)
}

pub(super) fn switch_off(tx: &mut Tx<'_>, id: RuleId, version: i64) -> Result<()> {
    let now = tx.now();
    tx.exec("UPDATE automation_rule SET enabled = $2, version = $3, changed_at = $4 WHERE id = $1", params![id, false, version, now]).map(drop)
}

/// From here on it looks at what happens, and not at what happened before.
pub(super) fn begin_from(tx: &mut Tx<'_>, id: RuleId, since: Position) -> Result<()> {
    let now = tx.now();
    tx.exec("UPDATE automation_rule SET since = $2, looked_to = $3 WHERE id = $1", params![id, since, now]).map(drop)
}

pub(super) fn delete(tx: &mut Tx<'_>, id: RuleId) -> Result<()> {
    tx.exec("DELETE FROM automation_rule WHERE id = $1", params![id]).map(drop)
}

/// The order.
pub(super) fn order(tx: &mut Tx<'_>) -> Result<Vec<(RuleId, i64)>> {
    tx.all("SELECT id, place FROM automation_rule ORDER BY place, id", params![], |row| Ok((row.get("id")?, row.get("place")?)))
}

pub(super) fn set_place(tx: &mut Tx<'_>, id: RuleId, place: i64) -> Result<()> {
    tx.exec("UPDATE automation_rule SET place = $2 WHERE id = $1", params![id, place]).map(drop)
}

pub(super) fn raise_version(tx: &mut Tx<'_>, id: RuleId, version: i64) -> Result<()> {
    let now = tx.now();
    tx.exec("UPDATE automation_rule SET version = $2, changed_at = $3 WHERE id = $1", params![id, version, now]).map(drop)
}

/// Counts that it ran.
pub(super) fn count_run(tx: &mut Tx<'_>, id: RuleId) -> Result<()> {
    let now = tx.now();
    tx.exec("UPDATE automation_rule SET run_count = run_count + 1, last_run_at = $2 WHERE id = $1", params![id, now]).map(drop)
}

/// How far the log is followed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Progress {
    pub(super) position: Position,
    version: i64,
    pub(super) rules_version: i64,
}

const NAME: &str = "log";

/// How far the log is followed; nothing before the first rule.
pub(super) fn progress(tx: &mut Tx<'_>) -> Result<Option<Progress>> {
    tx.opt("SELECT position, version, rules_version FROM automation_progress WHERE name = $1", params![NAME], |row| {
        Ok(Progress { position: row.get("position")?, version: row.get("version")?, rules_version: row.get("rules_version")? })
    })
}

/// Follows the log from here: nobody followed it while no rule was switched on.
pub(super) fn begin_at(tx: &mut Tx<'_>, position: Position) -> Result<()> {
    tx.exec(
        "INSERT INTO automation_progress (name, position, version, rules_version) VALUES ($1, $2, 1, 1)
         ON CONFLICT (name) DO UPDATE SET position = excluded.position, version = automation_progress.version + 1",
        params![NAME, position],
    )
    .map(drop)
}

/// The follower reads the rules anew before it does anything else.
pub(super) fn rules_changed(tx: &mut Tx<'_>) -> Result<()> {
    tx.exec("UPDATE automation_progress SET rules_version = rules_version + 1 WHERE name = $1", params![NAME]).map(drop)
}

/// Takes the follower from where it was found to a position; `false` when somebody else was there meanwhile, or the rules are others: then
/// nothing may be written.
pub(super) fn advance(tx: &mut Tx<'_>, found: Progress, position: Position) -> Result<bool> {
    let moved = tx.exec(
        "UPDATE automation_progress SET position = $4, version = version + 1 WHERE name = $1 AND version = $2 AND rules_version = $3",
        params![NAME, found.version, found.rules_version, position],
    )?;
    Ok(moved == 1)
}

/// Up to when each rule of time has looked.
pub(super) fn looked(tx: &mut Tx<'_>) -> Result<BTreeMap<RuleId, Moment>> {
    let found = tx.all("SELECT id, looked_to FROM automation_rule WHERE enabled AND trigger_minutes IS NOT NULL", params![], |row| {
        Ok((row.get("id")?, row.get("looked_to")?))
    })?;
    Ok(found.into_iter().collect())
}

/// What came due for a rule of time was looked at up to here.
pub(super) fn looked_to(tx: &mut Tx<'_>, id: RuleId, to: Moment) -> Result<()> {
    tx.exec("UPDATE automation_rule SET looked_to = $2 WHERE id = $1", params![id, to]).map(drop)
}

/// Conversations whose clock began after one moment and not after another, oldest first.
pub(super) fn begun(tx: &mut Tx<'_>, on: On, after: Moment, until: Moment, limit: i64) -> Result<Vec<(ConversationId, Moment)>> {
    let sql = match on {
        On::UnansweredFor => {
            "SELECT id, waiting_since AS clock FROM conversation WHERE waiting_since > $1 AND waiting_since <= $2 AND merged_into IS NULL ORDER BY waiting_since, id LIMIT $3"
        }
        On::InactiveFor => {
            "SELECT id, last_activity_at AS clock FROM conversation WHERE shelf = 0 AND last_activity_at > $1 AND last_activity_at <= $2 ORDER BY last_activity_at, id LIMIT $3"
        }
        On::ResolvedFor => {
            "SELECT id, resolved_at AS clock FROM conversation WHERE resolved_at > $1 AND resolved_at <= $2 AND merged_into IS NULL ORDER BY resolved_at, id LIMIT $3"
        }
        _ => return Ok(Vec::new()),
    };
    tx.all(sql, params![after, until, limit], |row| Ok((row.get("id")?, row.get("clock")?)))
}

/// Conversations whose clock runs, the one that began last first.
pub(super) fn running(tx: &mut Tx<'_>, on: On, limit: i64) -> Result<Vec<(ConversationId, Moment)>> {
    let sql = match on {
        On::UnansweredFor => {
            "SELECT id, waiting_since AS clock FROM conversation WHERE waiting_since IS NOT NULL AND merged_into IS NULL ORDER BY waiting_since DESC LIMIT $1"
        }
        On::InactiveFor => "SELECT id, last_activity_at AS clock FROM conversation WHERE shelf = 0 ORDER BY last_activity_at DESC LIMIT $1",
        On::ResolvedFor => {
            "SELECT id, resolved_at AS clock FROM conversation WHERE resolved_at IS NOT NULL AND merged_into IS NULL ORDER BY resolved_at DESC LIMIT $1"
        }
        _ => return Ok(Vec::new()),
    };
    tx.all(sql, params![limit], |row| Ok((row.get("id")?, row.get("clock")?)))
}
