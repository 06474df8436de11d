//! SQL of SLA policies and clocks.

use platform::{
    clock::Moment,
    params,
    store::{Json, JsonText, Result, Row, Tx},
};

use super::{
    super::model::Status,
    clock::{Clock, Running},
    model::SlaPolicy,
};
use crate::ids::{ConversationId, SlaPolicyId};

fn read(row: &Row<'_>) -> Result<SlaPolicy> {
    Ok(SlaPolicy {
        id: row.get("id")?,
        name: row.get("name")?,
        position: row.get("position")?,
        brand_id: row.get("brand_id")?,
        location_id: row.get("location_id")?,
        team_id: row.get("team_id")?,
        channel: row.get("channel")?,
        priorities: row.get::<Json<_>>("priorities")?.0,
        targets: row.get::<Json<_>>("targets")?.0,
        version: row.get("version")?,
    })
}

macro_rules! columns {
    () => {
        "SELECT p.id, p.name, p.position, p.brand_id, p.location_id, p.team_id, p.channel, p.priorities, p.targets, p.version FROM sla_policy p"
    };
}

/// All, in their order.
pub(super) fn all(tx: &mut Tx<'_>) -> Result<Vec<SlaPolicy>> {
    tx.all(concat!(columns!(), " ORDER BY p.position, p.id"), params![], read)
}

pub(super) fn one(tx: &mut Tx<'_>, id: SlaPolicyId) -> Result<SlaPolicy> {
    tx.one(concat!(columns!(), " WHERE p.id = $1"), params![id], read)
}

pub(super) fn insert(tx: &mut Tx<'_>, policy: &SlaPolicy) -> Result<()> {
    let now = tx.now();
    tx.exec(
        "INSERT INTO sla_policy (id, name, position, brand_id, location_id, team_id, channel, priorities, targets, version, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        params![
            policy.id,
            policy.name,
            policy.position,
            policy.brand_id,
            policy.location_id,
            policy.team_id,
            policy.channel,
            JsonText::of(&policy.priorities),
            JsonText::of(&policy.targets),
            policy.version,
            now
        ],
    )
    .map(drop)
}

pub(super) fn update(tx: &mut Tx<'_>, policy: &SlaPolicy) -> Result<()> {
    tx.exec(
        "UPDATE sla_policy SET name = $2, position = $3, brand_id = $4, location_id = $5, team_id = $6, channel = $7, priorities = $8, targets = $9, version = $10
         WHERE id = $1",
        params![
            policy.id,
            policy.name,
            policy.position,
            policy.brand_id,
            policy.location_id,
            policy.team_id,
            policy.channel,
            JsonText::of(&policy.priorities),
            JsonText::of(&policy.targets),
            policy.version
        ],
    )
    .map(drop)
}

pub(super) fn delete(tx: &mut Tx<'_>, id: SlaPolicyId) -> Result<()> {
    tx.exec("DELETE FROM sla_policy WHERE id = $1", params![id]).map(drop)
}

/// The clocks of a conversation that has or had a policy.
pub(super) fn clock(tx: &mut Tx<'_>, id: ConversationId) -> Result<Option<Clock>> {
    tx.opt(
        "SELECT answer_kind, answer_from, answer_due_at, answer_warn_at, answer_told, resolution_from, resolution_used, resolution_due_at, resolution_warn_at,
                resolution_told
         FROM sla_clock WHERE conversation_id = $1",
        params![id],
        |row| {
            let moment = |name| row.get::<Option<Moment>>(name);
            Ok(Clock {
                answer_kind: row.get("answer_kind")?,
                answer: Running {
                    from: moment("answer_from")?,
                    due_at: moment("answer_due_at")?,
                    warn_at: moment("answer_warn_at")?,
                    told: row.get("answer_told")?,
                },
                resolution: Running {
                    from: moment("resolution_from")?,
                    due_at: moment("resolution_due_at")?,
                    warn_at: moment("resolution_warn_at")?,
                    told: row.get("resolution_told")?,
                },
                resolution_used: row.get("resolution_used")?,
            })
        },
    )
}

pub(super) fn keep_clock(tx: &mut Tx<'_>, id: ConversationId, clock: &Clock) -> Result<()> {
    let (answer, resolution) = (&clock.answer, &clock.resolution);
    tx.exec(
        "INSERT INTO sla_clock (conversation_id, answer_kind, answer_from, answer_due_at, answer_warn_at, answer_told, resolution_from, resolution_used, resolution_due_at,
           resolution_warn_at, resolution_told)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
         ON CONFLICT (conversation_id) DO UPDATE SET answer_kind = excluded.answer_kind, answer_from = excluded.answer_from, answer_due_at = excluded.answer_due_at,
           answer_warn_at = excluded.answer_warn_at, answer_told = excluded.answer_told, resolution_from = excluded.resolution_from,
           resolution_used = excluded.resolution_used, resolution_due_at = excluded.resolution_due_at, resolution_warn_at = excluded.resolution_warn_at,
           resolution_told = excluded.resolution_told",
        params![
            id,
            clock.answer_kind,
            answer.from,
            answer.due_at,
            answer.warn_at,
            answer.told,
            resolution.from,
            clock.resolution_used,
            resolution.due_at,
            resolution.warn_at,
            resolution.told
        ],
    )
    .map(drop)
}

pub(super) fn forget_clock(tx: &mut Tx<'_>, id: ConversationId) -> Result<()> {
    tx.exec("DELETE FROM sla_clock WHERE conversation_id = $1", params![id]).map(drop)
}

/// Conversations that are not resolved, in the order of their ids, after the one named.
pub(super) fn not_resolved(tx: &mut Tx<'_>, after: ConversationId, limit: i64) -> Result<Vec<ConversationId>> {
    tx.all("SELECT id FROM conversation WHERE shelf < $3 AND id > $1 ORDER BY id LIMIT $2", params![after, limit, Status::Resolved.shelf()], |row| {
        row.get("id")
    })
}
