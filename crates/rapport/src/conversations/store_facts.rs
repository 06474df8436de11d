//! SQL of what is known of conversations, as conditions need it.

use std::collections::HashSet;

use platform::{
    clock::Moment,
    params,
    store::{Json, Result, Row, Tx},
};
use uuid::Uuid;

use super::facts::ConversationFacts;
use crate::{
    conditions::Condition,
    ids::{ContactId, ContactReasonId, ConversationId},
    viewer::{Scope, Viewer},
};

/// What costs a look of its own and is left out where nobody asks for it.
#[derive(Clone, Copy, Default, Debug)]
pub struct Needs {
    reasons: bool,
    /// The regions above a location.
    pub(super) locations: bool,
}

impl Needs {
    /// What these conditions ask for.
    pub fn of<'a>(conditions: impl Iterator<Item = &'a Condition>) -> Needs {
        let fields: HashSet<&str> = conditions.flat_map(Condition::clauses).map(|clause| clause.field.as_str()).collect();
        Needs { reasons: fields.contains("contact_reason"), locations: fields.contains("location") }
    }
}

macro_rules! facts {
    ($rest:expr) => {
        concat!(
            "SELECT c.id, c.merged_into, c.brand_id, c.location_id, c.team_id, c.inbox_id, c.assignee_id, c.status, c.priority, c.channel, c.tags, c.contact_reason_id, c.subject, c.inbound_count,
               c.created_at, c.last_activity_at, c.waiting_since, c.answered_at, c.resolved_at, c.snoozed_until, c.contact_id, p.name AS contact_name, p.language AS contact_language,
               p.verification AS contact_verification, c.due_at, c.attributes, p.attributes AS contact_attributes FROM conversation c JOIN contact p ON p.id = c.contact_id ",
            $rest
        )
    };
}

fn read(row: &Row<'_>) -> Result<(ConversationFacts, Option<ContactReasonId>)> {
    let facts = ConversationFacts {
        id: row.get("id")?,
        is_merged: row.get::<Option<ConversationId>>("merged_into")?.is_some(),
        scope: Scope { brand_id: row.get("brand_id")?, location_id: row.get("location_id")?, team_id: row.get("team_id")?, inbox_id: row.get("inbox_id")? },
        status: row.get("status")?,
        priority: row.get("priority")?,
        assignee_id: row.get("assignee_id")?,
        channel: row.get("channel")?,
        tags: row.get::<Json<_>>("tags")?.0,
        reasons: Vec::new(),
        locations: Vec::new(),
        subject: row.get("subject")?,
        inbound_count: row.get("inbound_count")?,
        created_at: row.get("created_at")?,
        last_activity_at: row.get("last_activity_at")?,
        waiting_since: row.get("waiting_since")?,
        answered_at: row.get("answered_at")?,
        resolved_at: row.get("resolved_at")?,
        snoozed_until: row.get("snoozed_until")?,
        contact_id: row.get("contact_id")?,
        contact_name: row.get("contact_name")?,
        contact_language: row.get("contact_language")?,
        contact_verification: row.get("contact_verification")?,
        due_at: row.get("due_at")?,
        attributes: row.get::<Json<_>>("attributes")?.0,
        contact_attributes: row.get::<Json<_>>("contact_attributes")?.0,
    };
    Ok((facts, row.get("contact_reason_id")?))
}

fn completed(tx: &mut Tx<'_>, (mut facts, reason): (ConversationFacts, Option<ContactReasonId>), needs: Needs) -> Result<ConversationFacts> {
    if let (true, Some(reason)) = (needs.reasons, reason) {
        facts.reasons = path_of(tx, reason)?;
    }
    if let (true, Some(location)) = (needs.locations, facts.scope.location_id) {
        facts.locations =
            tx.all("SELECT ancestor_id FROM location_ancestor WHERE location_id = $1", params![location], |row| row.get::<Uuid>("ancestor_id"))?;
    }
    Ok(facts)
}

/// A reason and those above it; reasons are a tree of three levels.
fn path_of(tx: &mut Tx<'_>, reason: ContactReasonId) -> Result<Vec<Uuid>> {
    let path = tx.opt(
        "SELECT r.id, r.parent_id, a.parent_id AS top_id FROM contact_reason r LEFT JOIN contact_reason a ON a.id = r.parent_id WHERE r.id = $1",
        params![reason],
        |row| Ok([Some(row.get::<Uuid>("id")?), row.get("parent_id")?, row.get("top_id")?]),
    )?;
    Ok(path.into_iter().flatten().flatten().collect())
}

fn all_completed(tx: &mut Tx<'_>, found: Vec<(ConversationFacts, Option<ContactReasonId>)>, needs: Needs) -> Result<Vec<ConversationFacts>> {
    found.into_iter().map(|one| completed(tx, one, needs)).collect()
}

/// What is known of one conversation; nothing when it is gone.
pub fn of(tx: &mut Tx<'_>, id: ConversationId, needs: Needs) -> Result<Option<ConversationFacts>> {
    let found = tx.opt(facts!("WHERE c.id = $1"), params![id], read)?;
    found.map(|one| completed(tx, one, needs)).transpose()
}

/// The same, if the viewer may see it.
pub fn seen_by(tx: &mut Tx<'_>, viewer: &Viewer, id: ConversationId, needs: Needs) -> Result<Option<ConversationFacts>> {
    let (all, who) = viewer.sight();
    let found = tx.opt(facts!(concat!("WHERE c.id = $3 AND ", crate::visible!("c"))), params![all, who, id], read)?;
    found.map(|one| completed(tx, one, needs)).transpose()
}

/// What is known of every conversation after one, by their ids.
pub(super) fn after(tx: &mut Tx<'_>, after: ConversationId, needs: Needs, limit: i64) -> Result<Vec<ConversationFacts>> {
    let found = tx.all(facts!("WHERE c.id > $1 ORDER BY c.id LIMIT $2"), params![after, limit], read)?;
    all_completed(tx, found, needs)
}

/// What is known of those conversations of a shelf that the viewer may see, newest activity first, before a place.
pub(super) fn on_shelf(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    shelf: i64,
    before: (Moment, ConversationId),
    needs: Needs,
    limit: i64,
) -> Result<Vec<ConversationFacts>> {
    let (all, who) = viewer.sight();
    let found = tx.all(
        facts!(concat!(
            "WHERE c.shelf = $5 AND (c.last_activity_at, c.id) < ($3, $4) AND ",
            crate::visible!("c"),
            " ORDER BY c.last_activity_at DESC, c.id DESC LIMIT $6"
        )),
        params![all, who, before.0, before.1, shelf, limit],
        read,
    )?;
    all_completed(tx, found, needs)
}

/// What a message of a conversation says.
pub fn text_at(tx: &mut Tx<'_>, id: ConversationId, seq: i64) -> Result<Option<String>> {
    tx.opt("SELECT text FROM message WHERE conversation_id = $1 AND seq = $2", params![id, seq], |row| row.get("text"))
}

/// The conversations of a contact.
pub(super) fn ids_of_contact(tx: &mut Tx<'_>, contact: ContactId) -> Result<Vec<ConversationId>> {
    tx.all("SELECT id FROM conversation WHERE contact_id = $1 ORDER BY last_activity_at DESC", params![contact], |row| row.get("id"))
}
