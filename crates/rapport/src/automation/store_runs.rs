//! SQL of what rules did.

use platform::{
    clock::Moment,
    params,
    store::{Json, JsonText, Result, Row, Tx},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{model::On, run::RunOutcome};
use crate::{
    conditions::Clause,
    conversations::actions::Done,
    ids::{ConversationId, RuleId, RunId},
    viewer::{ActingRule, Viewer},
};

/// What a rule did once, and why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RuleRun {
    /// Names it.
    pub id: RunId,
    /// Which rule; it may be gone.
    pub rule_id: RuleId,
    /// What it was called then.
    pub rule_name: String,
    /// In which conversation.
    pub conversation_id: ConversationId,
    /// Its case number.
    pub conversation_number: i64,
    /// What it is about.
    pub conversation_subject: String,
    /// What made it look.
    pub trigger: On,
    /// The position of the event; none when time brought it.
    pub position: Option<i64>,
    /// How many reactions led to the event.
    pub depth: i64,
    /// How it ended.
    pub outcome: RunOutcome,
    /// The clauses of its condition that held.
    #[schema(value_type = Vec<Clause>)]
    pub held: Vec<serde_json::Value>,
    /// What was to be done and what became of it.
    pub done: Vec<Done>,
    /// When.
    pub at: Moment,
}

/// A run to keep.
pub(super) struct NewRun<'a> {
    pub(super) rule: &'a ActingRule,
    pub(super) conversation: ConversationId,
    pub(super) cause: &'a str,
    pub(super) on: On,
    pub(super) depth: i64,
    pub(super) outcome: RunOutcome,
    pub(super) held: &'a [&'a Clause],
    pub(super) done: &'a [Done],
}

pub(super) fn insert(tx: &mut Tx<'_>, run: &NewRun<'_>) -> Result<()> {
    let (id, now) = (tx.id::<RunId>(), tx.now());
    tx.exec(
        "INSERT INTO automation_run (id, rule_id, rule_name, conversation_id, cause, trigger_on, depth, outcome, held, done, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        params![
            id,
            run.rule.id,
            run.rule.name,
            run.conversation,
            run.cause,
            run.on,
            run.depth,
            run.outcome,
            JsonText::of(&run.held),
            JsonText::of(&run.done),
            now
        ],
    )
    .map(drop)
}

/// Whether a rule ran for a cause already.
pub(super) fn is_run(tx: &mut Tx<'_>, rule: RuleId, conversation: ConversationId, cause: &str) -> Result<bool> {
    let found =
        tx.opt("SELECT 1 AS there FROM automation_run WHERE rule_id = $1 AND conversation_id = $2 AND cause = $3", params![rule, conversation, cause], |_| {
            Ok(())
        })?;
    Ok(found.is_some())
}

fn read(row: &Row<'_>) -> Result<RuleRun> {
    Ok(RuleRun {
        id: row.get("id")?,
        rule_id: row.get("rule_id")?,
        rule_name: row.get("rule_name")?,
        conversation_id: row.get("conversation_id")?,
        conversation_number: row.get("number")?,
        conversation_subject: row.get("subject")?,
        trigger: row.get("trigger_on")?,
        position: row.get::<String>("cause")?.parse().ok(),
        depth: row.get("depth")?,
        outcome: row.get("outcome")?,
        held: row.get::<Json<_>>("held")?.0,
        done: row.get::<Json<_>>("done")?.0,
        at: row.get("at")?,
    })
}

macro_rules! runs {
    ($which:literal) => {
        concat!(
            "SELECT u.id, u.rule_id, u.rule_name, u.conversation_id, u.cause, u.trigger_on, u.depth, u.outcome, u.held, u.done, u.at, c.number, c.subject
             FROM automation_run u JOIN conversation c ON c.id = u.conversation_id WHERE ",
            $which,
            " = $3 AND (u.at, u.id) < ($4, $5) AND ",
            crate::visible!("c"),
            " ORDER BY u.at DESC, u.id DESC LIMIT $6"
        )
    };
}

/// What a rule did in conversations that the viewer may see, newest first, before a place.
pub(super) fn of_rule(tx: &mut Tx<'_>, viewer: &Viewer, rule: RuleId, before: (Moment, RunId), limit: i64) -> Result<Vec<RuleRun>> {
    let (all, who) = viewer.sight();
    tx.all(runs!("u.rule_id"), params![all, who, rule, before.0, before.1, limit], read)
}

/// What rules did in a conversation, if the viewer may see it.
pub(super) fn in_conversation(tx: &mut Tx<'_>, viewer: &Viewer, conversation: ConversationId, before: (Moment, RunId), limit: i64) -> Result<Vec<RuleRun>> {
    let (all, who) = viewer.sight();
    tx.all(runs!("u.conversation_id"), params![all, who, conversation, before.0, before.1, limit], read)
}

/// So long runs are listed.
const KEPT: std::time::Duration = std::time::Duration::from_secs(90 * 24 * 3600);

/// Forgets some of the runs that are older; how many.
pub fn forget_old_runs(tx: &mut Tx<'_>) -> Result<u64> {
    let before = tx.now().minus(KEPT);
    tx.exec("DELETE FROM automation_run WHERE id IN (SELECT id FROM automation_run WHERE at < $1 ORDER BY at LIMIT 2000)", params![before])
}
