//! SQL of conversations as changes need them.

use std::time::Duration;

use platform::{
    clock::Moment,
    events::ActorKind,
    params,
    store::{Json, JsonText, Result, Row, Tx},
};

use super::{
    assignment::move_load,
    model::{MessageKind, Preview, Priority, Status},
    sla::{Deadline, TargetKind},
    store_counts::{Key, recount},
};
use crate::{
    attributes::{self, Values},
    ids::{AgentId, BrandId, ContactId, ContactReasonId, ConversationId, IdentityId, SlaPolicyId, VisitorId},
    viewer::{Scope, Viewer},
};

/// A conversation as a change needs it.
#[derive(Clone, Debug)]
pub struct State {
    /// Names it.
    pub id: ConversationId,
    /// Its case number.
    pub number: i64,
    /// The customer.
    pub contact_id: ContactId,
    /// What rights are granted over.
    pub scope: Scope,
    /// Whose it is.
    pub assignee_id: Option<AgentId>,
    /// Where it stands.
    pub status: Status,
    /// How urgent.
    pub priority: Priority,
    /// Tags.
    pub tags: Vec<String>,
    /// What the customer came for.
    pub contact_reason_id: Option<ContactReasonId>,
    /// What the company keeps of it.
    pub attributes: Values,
    /// What it is about.
    pub subject: String,
    /// The channel last written on.
    pub channel: String,
    /// When it comes back.
    pub snoozed_until: Option<Moment>,
    /// Or with the next answer.
    pub snoozed_until_answer: bool,
    /// Raised by one in each change.
    pub version: i64,
    /// What the customer may see of that.
    pub public_version: i64,
    /// The newest message.
    pub last_seq: i64,
    /// How many the customer wrote.
    pub inbound_count: i64,
    /// Up to which the team has read.
    pub team_read_seq: i64,
    /// Up to which the customer's device has shown.
    pub customer_delivered_seq: i64,
    /// Up to which the customer has read.
    pub customer_read_seq: i64,
    /// Where a reply goes by default.
    pub reply_identity_id: Option<IdentityId>,
    /// The newest thing said.
    pub preview: Preview,
    /// When.
    pub last_activity_at: Moment,
    /// Since when the customer waits.
    pub waiting_since: Option<Moment>,
    /// When first answered.
    pub answered_at: Option<Moment>,
    /// When resolved.
    pub resolved_at: Option<Moment>,
    /// What is promised.
    pub sla_policy_id: Option<SlaPolicyId>,
    /// When the next of it is due.
    pub due: Option<Deadline>,
    /// Since when it stands in its team's queue.
    pub queued_at: Option<Moment>,
    /// Of which it has become a part.
    pub merged_into: Option<ConversationId>,
}

/// The shelf of what has become a part of another conversation.
const MERGED: i64 = 3;

impl State {
    /// What is merged is counted with the one it has become a part of.
    fn key(&self) -> Option<Key> {
        self.merged_into.is_none().then(|| Key::of(&self.scope, self.assignee_id, self.status))
    }

    fn shelf(&self) -> i64 {
        if self.merged_into.is_some() { MERGED } else { self.status.shelf() }
    }

    /// Whose load it adds to, and as what.
    fn load(&self) -> Option<(AgentId, &str)> {
        self.assignee_id.filter(|_| self.shelf() == 0).map(|agent| (agent, self.channel.as_str()))
    }

    /// Whether nothing of it is promised any more: it is resolved, or a part of another.
    pub(super) fn is_done(&self) -> bool {
        self.status == Status::Resolved || self.merged_into.is_some()
    }

    /// Whether it is not done with.
    pub(super) fn is_open(&self) -> bool {
        self.shelf() < 2
    }

    /// Whether nothing but the talk itself has changed since `before`.
    fn stands_as(&self, before: &State) -> bool {
        (self.scope, self.assignee_id, self.status, self.merged_into) == (before.scope, before.assignee_id, before.status, before.merged_into)
            && self.contact_id == before.contact_id
            && self.subject == before.subject
            && self.priority == before.priority
            && self.tags == before.tags
            && self.contact_reason_id == before.contact_reason_id
            && self.attributes == before.attributes
            && (self.snoozed_until, self.snoozed_until_answer, self.resolved_at) == (before.snoozed_until, before.snoozed_until_answer, before.resolved_at)
    }
}

macro_rules! state_columns {
    () => {
        "c.id, c.number, c.contact_id, c.brand_id, c.location_id, c.team_id, c.inbox_id, c.assignee_id, c.status, c.priority, c.tags, c.contact_reason_id, c.attributes, c.subject, c.channel,
         c.snoozed_until, c.snoozed_until_answer, c.version, c.public_version, c.last_seq, c.inbound_count, c.team_read_seq, c.customer_delivered_seq, c.customer_read_seq,
         c.reply_identity_id, c.preview_text, c.preview_kind, c.preview_author_kind, c.preview_author_name, c.last_activity_at, c.waiting_since, c.answered_at, c.resolved_at, c.sla_policy_id, c.due_kind,
         c.due_at, c.due_warn_at, c.queued_at, c.merged_into"
    };
}

fn read_state(row: &Row<'_>) -> Result<State> {
    Ok(State {
        id: row.get("id")?,
        number: row.get("number")?,
        contact_id: row.get("contact_id")?,
        scope: Scope { brand_id: row.get("brand_id")?, location_id: row.get("location_id")?, team_id: row.get("team_id")?, inbox_id: row.get("inbox_id")? },
        assignee_id: row.get("assignee_id")?,
        status: row.get("status")?,
        priority: row.get("priority")?,
        tags: row.get::<Json<_>>("tags")?.0,
        contact_reason_id: row.get("contact_reason_id")?,
        attributes: row.get::<Json<_>>("attributes")?.0,
        subject: row.get("subject")?,
        channel: row.get("channel")?,
        snoozed_until: row.get("snoozed_until")?,
        snoozed_until_answer: row.get("snoozed_until_answer")?,
        version: row.get("version")?,
        public_version: row.get("public_version")?,
        last_seq: row.get("last_seq")?,
        inbound_count: row.get("inbound_count")?,
        team_read_seq: row.get("team_read_seq")?,
        customer_delivered_seq: row.get("customer_delivered_seq")?,
        customer_read_seq: row.get("customer_read_seq")?,
        reply_identity_id: row.get("reply_identity_id")?,
        preview: read_preview(row)?,
        last_activity_at: row.get("last_activity_at")?,
        waiting_since: row.get("waiting_since")?,
        answered_at: row.get("answered_at")?,
        resolved_at: row.get("resolved_at")?,
        sla_policy_id: row.get("sla_policy_id")?,
        due: read_deadline(row)?,
        queued_at: row.get("queued_at")?,
        merged_into: row.get("merged_into")?,
    })
}

pub(super) fn read_deadline(row: &Row<'_>) -> Result<Option<Deadline>> {
    let (kind, at): (Option<TargetKind>, Option<Moment>) = (row.get("due_kind")?, row.get("due_at")?);
    let warn_at = row.get("due_warn_at")?;
    Ok(kind.zip(at).map(|(kind, at)| Deadline { kind, at, warn_at }))
}

pub(super) fn read_preview(row: &Row<'_>) -> Result<Preview> {
    Ok(Preview {
        text: row.get("preview_text")?,
        kind: row.get("preview_kind")?,
        author_kind: row.get("preview_author_kind")?,
        author_name: row.get("preview_author_name")?,
    })
}

/// The conversation, if the viewer may see it.
pub(super) fn state(tx: &mut Tx<'_>, viewer: &Viewer, id: ConversationId) -> Result<State> {
    let (all, who) = viewer.sight();
    tx.one(concat!("SELECT ", state_columns!(), " FROM conversation c WHERE c.id = $3 AND ", crate::visible!("c")), params![all, who, id], read_state)
}

/// The conversation a new message of a contact joins: the newest of that brand that is not resolved, or was so recently.
pub(super) fn joinable(tx: &mut Tx<'_>, contact: ContactId, brand: BrandId, rejoin: Duration) -> Result<Option<State>> {
    let since = tx.now().minus(rejoin);
    tx.opt(
        concat!(
            "SELECT ",
            state_columns!(),
            " FROM conversation c WHERE c.contact_id = $1 AND c.brand_id = $2 AND c.merged_into IS NULL AND (c.shelf < 2 OR c.resolved_at > $3)
             ORDER BY c.last_activity_at DESC, c.id DESC LIMIT 1"
        ),
        params![contact, brand, since],
        read_state,
    )
}

pub(super) fn insert(tx: &mut Tx<'_>, state: &State) -> Result<()> {
    let now = tx.now();
    tx.exec(
        "INSERT INTO conversation (id, number, contact_id, brand_id, location_id, team_id, inbox_id, assignee_id, channel, subject, status, shelf, priority, tags, snoozed_until,
           snoozed_until_answer, version, public_version, last_seq, inbound_count, team_read_seq, customer_delivered_seq, customer_read_seq, preview_text, preview_kind,
           preview_author_kind, preview_author_name, reply_identity_id, last_activity_at, waiting_since, answered_at, created_at, resolved_at, contact_reason_id, queued_at)
         VALUES ($1, $33, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $34, $35)",
        params![state.id, state.contact_id, state.scope.brand_id, state.scope.location_id, state.scope.team_id, state.scope.inbox_id, state.assignee_id, state.channel, state.subject,
                state.status, state.shelf(), state.priority, JsonText::of(&state.tags), state.snoozed_until, state.snoozed_until_answer, state.version, state.public_version,
                state.last_seq, state.inbound_count, state.team_read_seq, state.customer_delivered_seq, state.customer_read_seq, state.preview.text, state.preview.kind,
                state.preview.author_kind, state.preview.author_name, state.reply_identity_id, state.last_activity_at, state.waiting_since, state.answered_at, now, state.resolved_at, state.number, state.contact_reason_id, state.queued_at],
    )?;
    move_load(tx, None, state.load())?;
    recount(tx, state.id.0, None, state.key().as_ref())
}

/// Writes what a change may touch, and moves the counts with it. `before` is the state the change began with. Called by [`super::keep`] alone.
pub(super) fn update(tx: &mut Tx<'_>, before: &State, state: &State) -> Result<()> {
    save_talk(tx, state)?;
    if (before.sla_policy_id, before.due, before.queued_at) != (state.sla_policy_id, state.due, state.queued_at) {
        save_deadline(tx, state)?;
    }
    move_load(tx, before.load(), state.load())?;
    if state.stands_as(before) { Ok(()) } else { save_standing(tx, before, state) }
}

/// What every message changes. It names no column that refers to another table, so that nothing is looked up for it.
fn save_talk(tx: &mut Tx<'_>, state: &State) -> Result<()> {
    tx.exec(
        "UPDATE conversation SET channel = $2, version = $3, public_version = $4, last_seq = $5, inbound_count = $6, team_read_seq = $7, customer_delivered_seq = $8,
           customer_read_seq = $9, preview_text = $10, preview_kind = $11, preview_author_kind = $12, preview_author_name = $13, reply_identity_id = $14, last_activity_at = $15,
           waiting_since = $16, answered_at = $17 WHERE id = $1",
        params![state.id, state.channel, state.version, state.public_version, state.last_seq, state.inbound_count, state.team_read_seq, state.customer_delivered_seq,
                state.customer_read_seq, state.preview.text, state.preview.kind, state.preview.author_kind, state.preview.author_name, state.reply_identity_id,
                state.last_activity_at, state.waiting_since, state.answered_at],
    )
    .map(drop)
}

fn save_deadline(tx: &mut Tx<'_>, state: &State) -> Result<()> {
    let (kind, at, warn_at) = state.due.map_or((None, None, None), |due| (Some(due.kind), Some(due.at), due.warn_at));
    tx.exec(
        "UPDATE conversation SET sla_policy_id = $2, due_kind = $3, due_at = $4, due_warn_at = $5, queued_at = $6 WHERE id = $1",
        params![state.id, state.sla_policy_id, kind, at, warn_at, state.queued_at],
    )
    .map(drop)
}

/// Where it stands, whose it is and what it is about; the counts move with it.
fn save_standing(tx: &mut Tx<'_>, before: &State, state: &State) -> Result<()> {
    tx.exec(
        "UPDATE conversation SET contact_id = $2, location_id = $3, team_id = $4, assignee_id = $5, subject = $6, status = $7, shelf = $8, priority = $9, tags = $10,
           snoozed_until = $11, snoozed_until_answer = $12, resolved_at = $13, contact_reason_id = $14, inbox_id = $15, merged_into = $16, attributes = $17 WHERE id = $1",
        params![state.id, state.contact_id, state.scope.location_id, state.scope.team_id, state.assignee_id, state.subject, state.status, state.shelf(),
                state.priority, JsonText::of(&state.tags), state.snoozed_until, state.snoozed_until_answer, state.resolved_at, state.contact_reason_id,
                state.scope.inbox_id, state.merged_into, JsonText::of(&state.attributes)],
    )?;
    attributes::find_conversation_by(tx, state.id, &before.attributes, &state.attributes)?;
    if before.scope != state.scope {
        // What has become a part of it is seen by whoever sees it.
        tx.exec(
            "UPDATE conversation SET location_id = $2, team_id = $3, inbox_id = $4 WHERE merged_into = $1",
            params![state.id, state.scope.location_id, state.scope.team_id, state.scope.inbox_id],
        )?;
    }
    let (was_open, is_open) = (before.is_open(), state.is_open());
    if was_open != is_open {
        tx.exec("UPDATE conversation_participant SET is_open = $2 WHERE conversation_id = $1", params![state.id, is_open])?;
        tx.exec("UPDATE mention SET is_open = $2 WHERE conversation_id = $1", params![state.id, is_open])?;
    }
    recount(tx, state.id.0, before.key().as_ref(), state.key().as_ref())
}

/// For a change the customer's device makes: the conversation, if the session may see it.
pub(super) fn state_for_visitor(tx: &mut Tx<'_>, id: ConversationId, visitor: VisitorId, contact: Option<ContactId>) -> Result<State> {
    tx.one(
        concat!("SELECT ", state_columns!(), " FROM conversation c WHERE c.id = $1 AND (c.contact_id = $3 OR EXISTS (SELECT 1 FROM conversation_visitor v WHERE v.visitor_id = $2 AND v.conversation_id = c.id))"),
        params![id, visitor, contact],
        read_state,
    )
}

/// A first preview, before anything is said.
pub(super) fn no_preview() -> Preview {
    Preview { text: String::new(), kind: MessageKind::System, author_kind: ActorKind::System, author_name: None }
}
