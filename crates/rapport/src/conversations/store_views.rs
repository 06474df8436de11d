//! SQL of conversations as they are shown to the team: one, and lists of them.

use platform::{
    clock::Moment,
    params,
    store::{Json, Result, Row, Tx},
};

use super::{
    model::{Conversation, Customer, Yours},
    store::{read_deadline, read_preview},
};
use crate::{
    ids::{CompanyId, ContactId, ContactReasonId, ConversationId, InboxId, TeamId},
    viewer::Viewer,
};

macro_rules! view_columns {
    () => {
        "c.id, c.number, c.subject, c.status, c.priority, c.assignee_id, c.team_id, c.brand_id, c.location_id, c.inbox_id, c.channel, c.tags, c.contact_reason_id, c.attributes, c.snoozed_until, c.snoozed_until_answer,
         c.version, c.public_version, c.last_seq, c.inbound_count, c.team_read_seq, c.customer_delivered_seq, c.customer_read_seq, c.preview_text, c.preview_kind,
         c.preview_author_kind, c.preview_author_name, c.last_activity_at, c.waiting_since, c.created_at, c.resolved_at, c.sla_policy_id, c.due_kind, c.due_at, c.due_warn_at, c.merged_into, p.id AS contact_id, p.name AS contact_name,
         p.language AS contact_language, p.verification AS contact_verification"
    };
}
macro_rules! your_columns {
    () => {
        ", COALESCE((SELECT r.read_count FROM conversation_read r WHERE r.agent_id = $2 AND r.conversation_id = c.id), 0) AS read_count,
           EXISTS (SELECT 1 FROM draft d WHERE d.agent_id = $2 AND d.conversation_id = c.id) AS has_draft,
           EXISTS (SELECT 1 FROM mention m WHERE m.agent_id = $2 AND m.conversation_id = c.id) AS is_mentioned,
           EXISTS (SELECT 1 FROM conversation_participant t WHERE t.agent_id = $2 AND t.conversation_id = c.id) AS is_participant"
    };
}

fn read_view(row: &Row<'_>) -> Result<Conversation> {
    Ok(Conversation {
        id: row.get("id")?,
        number: row.get("number")?,
        subject: row.get("subject")?,
        status: row.get("status")?,
        priority: row.get("priority")?,
        assignee_id: row.get("assignee_id")?,
        team_id: row.get("team_id")?,
        brand_id: row.get("brand_id")?,
        location_id: row.get("location_id")?,
        inbox_id: row.get("inbox_id")?,
        channel: row.get("channel")?,
        tags: row.get::<Json<_>>("tags")?.0,
        contact_reason_id: row.get("contact_reason_id")?,
        attributes: row.get::<Json<_>>("attributes")?.0,
        snoozed_until: row.get("snoozed_until")?,
        snoozed_until_answer: row.get("snoozed_until_answer")?,
        version: row.get("version")?,
        public_version: row.get("public_version")?,
        last_seq: row.get("last_seq")?,
        inbound_count: row.get("inbound_count")?,
        team_read_seq: row.get("team_read_seq")?,
        customer_delivered_seq: row.get("customer_delivered_seq")?,
        customer_read_seq: row.get("customer_read_seq")?,
        preview: read_preview(row)?,
        last_activity_at: row.get("last_activity_at")?,
        waiting_since: row.get("waiting_since")?,
        created_at: row.get("created_at")?,
        resolved_at: row.get("resolved_at")?,
        sla_policy_id: row.get("sla_policy_id")?,
        due: read_deadline(row)?,
        merged_into: row.get("merged_into")?,
        contact: Customer {
            id: row.get("contact_id")?,
            name: row.get("contact_name")?,
            language: row.get("contact_language")?,
            verification: row.get("contact_verification")?,
            online: false,
        },
        yours: None,
    })
}

fn read_your_view(row: &Row<'_>) -> Result<Conversation> {
    let mut view = read_view(row)?;
    view.yours = Some(Yours {
        read_count: row.get("read_count")?,
        draft: row.get("has_draft")?,
        mentioned: row.get("is_mentioned")?,
        participant: row.get("is_participant")?,
    });
    Ok(view)
}

/// The conversation as the viewer sees it.
pub fn conversation(tx: &mut Tx<'_>, viewer: &Viewer, id: ConversationId) -> Result<Conversation> {
    let (all, who) = viewer.sight();
    tx.one(
        concat!(
            "SELECT ",
            view_columns!(),
            your_columns!(),
            " FROM conversation c JOIN contact p ON p.id = c.contact_id WHERE c.id = $3 AND ",
            crate::visible!("c")
        ),
        params![all, who, id],
        read_your_view,
    )
}

/// The conversation as live frames carry it: the same for all who may see it.
pub(super) fn shared_view(tx: &mut Tx<'_>, id: ConversationId) -> Result<Option<Conversation>> {
    tx.opt(concat!("SELECT ", view_columns!(), " FROM conversation c JOIN contact p ON p.id = c.contact_id WHERE c.id = $1"), params![id], read_view)
}

/// Which list is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conversations {
    /// The viewer's own.
    Mine,
    /// What is promised on time, soonest due first.
    Due,
    /// Where the viewer is mentioned.
    Mentions,
    /// Where the viewer wrote.
    Participating,
    /// Nobody's.
    Unassigned,
    /// All that is open or waiting.
    All,
    /// What sleeps.
    Snoozed,
    /// What is done.
    Resolved,
    /// A team's.
    Team(TeamId),
    /// An inbox's.
    Inbox(InboxId),
    /// A contact's, whatever their status.
    Contact(ContactId),
    /// Those of everybody in a company, whatever their status.
    Company(CompanyId),
    /// Those of a contact reason or one below it, whatever their status.
    Reason(ContactReasonId),
}

macro_rules! list {
    ($from:literal, $where:literal) => {
        concat!(
            "SELECT ",
            view_columns!(),
            your_columns!(),
            " FROM ",
            $from,
            " JOIN contact p ON p.id = c.contact_id WHERE ",
            $where,
            " AND (c.last_activity_at, c.id) < ($3, $4) AND ",
            crate::visible!("c"),
            " ORDER BY c.last_activity_at DESC, c.id DESC LIMIT $5"
        )
    };
}

/// A page of a list, newest activity first (or soonest due), after the place `before`.
pub fn find_conversations(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    which: Conversations,
    before: Option<(Moment, ConversationId)>,
    limit: i64,
) -> Result<Vec<Conversation>> {
    let (all, who) = viewer.sight();
    let (at, id) = before.unwrap_or((Moment(i64::MAX), ConversationId(uuid::Uuid::max())));
    let (sql, about) = match which {
        Conversations::Mine => (list!("conversation c", "c.assignee_id = $6 AND c.shelf = 0"), who),
        Conversations::Due => return find_due(tx, viewer, before, limit),
        Conversations::Mentions => (list!("conversation c", "c.id IN (SELECT m.conversation_id FROM mention m WHERE m.agent_id = $6 AND m.is_open)"), who),
        Conversations::Participating => {
            (list!("conversation c", "c.id IN (SELECT t.conversation_id FROM conversation_participant t WHERE t.agent_id = $6 AND t.is_open)"), who)
        }
        Conversations::Unassigned => (list!("conversation c", "c.assignee_id IS NULL AND c.shelf = 0"), who),
        Conversations::All => (list!("conversation c", "c.shelf = 0"), who),
        Conversations::Snoozed => (list!("conversation c", "c.shelf = 1"), who),
        Conversations::Resolved => (list!("conversation c", "c.shelf = 2"), who),
        Conversations::Team(team) => (list!("conversation c", "c.team_id = $6 AND c.shelf = 0"), team.0),
        Conversations::Inbox(inbox) => (list!("conversation c", "c.inbox_id = $6 AND c.shelf = 0"), inbox.0),
        Conversations::Contact(contact) => (list!("conversation c", "c.contact_id = $6 AND c.merged_into IS NULL"), contact.0),
        Conversations::Company(company) => {
            (list!("conversation c", "c.contact_id IN (SELECT w.id FROM contact w WHERE w.company_id = $6) AND c.merged_into IS NULL"), company.0)
        }
        Conversations::Reason(reason) => (
            list!(
                "conversation c",
                "c.merged_into IS NULL AND c.contact_reason_id IN (SELECT r.id FROM contact_reason r LEFT JOIN contact_reason a ON a.id = r.parent_id WHERE r.id = $6 OR r.parent_id = $6 OR a.parent_id = $6)"
            ),
            reason.0,
        ),
    };
    tx.all(sql, params![all, who, at, id, limit, about], read_your_view)
}

/// A page of what is promised on time, soonest due first, after the place `after`.
fn find_due(tx: &mut Tx<'_>, viewer: &Viewer, after: Option<(Moment, ConversationId)>, limit: i64) -> Result<Vec<Conversation>> {
    let (all, who) = viewer.sight();
    let (at, id) = after.unwrap_or((Moment(i64::MIN), ConversationId(uuid::Uuid::nil())));
    tx.all(
        concat!(
            "SELECT ",
            view_columns!(),
            your_columns!(),
            " FROM conversation c JOIN contact p ON p.id = c.contact_id WHERE c.due_at IS NOT NULL AND (c.due_at, c.id) > ($3, $4) AND ",
            crate::visible!("c"),
            " ORDER BY c.due_at, c.id LIMIT $5"
        ),
        params![all, who, at, id, limit],
        read_your_view,
    )
}

/// How many are promised on time, counted to 1,000.
pub(super) fn due_count(tx: &mut Tx<'_>, viewer: &Viewer) -> Result<i64> {
    let (all, who) = viewer.sight();
    tx.one(
        concat!("SELECT count(*) AS n FROM (SELECT 1 FROM conversation c WHERE c.due_at IS NOT NULL AND ", crate::visible!("c"), " LIMIT 1000) due"),
        params![all, who],
        |row| row.get("n"),
    )
}

/// How many not resolved conversations mention the viewer, and in how many they wrote; counted to 1,000, then it is "1,000 or more".
pub(super) fn personal_counts(tx: &mut Tx<'_>, viewer: &Viewer) -> Result<(i64, i64)> {
    let (all, who) = viewer.sight();
    let read = |row: &Row<'_>| Ok((row.get("mentions")?, row.get("participating")?));
    // Whoever sees everything needs no look at the conversations themselves.
    if all {
        return tx.one(
            "SELECT (SELECT count(*) FROM (SELECT DISTINCT m.conversation_id FROM mention m WHERE m.agent_id = $1 AND m.is_open LIMIT 1000) mentioned) AS mentions,
               (SELECT count(*) FROM (SELECT 1 FROM conversation_participant t WHERE t.agent_id = $1 AND t.is_open LIMIT 1000) took_part) AS participating",
            params![who],
            read,
        );
    }
    tx.one(
        concat!(
            "SELECT (SELECT count(*) FROM (SELECT DISTINCT m.conversation_id FROM mention m JOIN conversation c ON c.id = m.conversation_id WHERE m.agent_id = $2 AND m.is_open AND ",
            crate::visible!("c"),
            " LIMIT 1000) mentioned) AS mentions,
             (SELECT count(*) FROM (SELECT 1 FROM conversation_participant t JOIN conversation c ON c.id = t.conversation_id WHERE t.agent_id = $2 AND t.is_open AND ",
            crate::visible!("c"),
            " LIMIT 1000) took_part) AS participating"
        ),
        params![all, who],
        read,
    )
}
