//! SQL of conversations.

use std::time::Duration;

use platform::{
    clock::Moment,
    events::ActorKind,
    params,
    store::{Json, JsonText, Result, Row, Tx},
};

use super::{
    model::{Conversation, Customer, MessageKind, Preview, Priority, Status, Yours},
    store_counts::{Key, recount},
};
use crate::{
    ids::{AgentId, BrandId, ContactId, ConversationId, IdentityId, InboxId, TeamId, VisitorId},
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
}

impl State {
    fn key(&self) -> Key {
        Key::of(&self.scope, self.assignee_id, self.status)
    }

    /// Whether nothing but the talk itself has changed since `before`.
    fn stands_as(&self, before: &State) -> bool {
        self.key() == before.key()
            && self.contact_id == before.contact_id
            && self.subject == before.subject
            && self.priority == before.priority
            && self.tags == before.tags
            && (self.snoozed_until, self.snoozed_until_answer, self.resolved_at) == (before.snoozed_until, before.snoozed_until_answer, before.resolved_at)
    }
}

macro_rules! state_columns {
    () => {
        "c.id, c.number, c.contact_id, c.brand_id, c.location_id, c.team_id, c.inbox_id, c.assignee_id, c.status, c.priority, c.tags, c.subject, c.channel,
         c.snoozed_until, c.snoozed_until_answer, c.version, c.public_version, c.last_seq, c.inbound_count, c.team_read_seq, c.customer_delivered_seq, c.customer_read_seq,
         c.reply_identity_id, c.preview_text, c.preview_kind, c.preview_author_kind, c.preview_author_name, c.last_activity_at, c.waiting_since, c.answered_at, c.resolved_at"
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
    })
}

fn read_preview(row: &Row<'_>) -> Result<Preview> {
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
            " FROM conversation c WHERE c.contact_id = $1 AND c.brand_id = $2 AND (c.shelf < 2 OR c.resolved_at > $3) ORDER BY c.last_activity_at DESC LIMIT 1"
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
           preview_author_kind, preview_author_name, reply_identity_id, last_activity_at, waiting_since, answered_at, created_at, resolved_at)
         VALUES ($1, $33, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32)",
        params![state.id, state.contact_id, state.scope.brand_id, state.scope.location_id, state.scope.team_id, state.scope.inbox_id, state.assignee_id, state.channel, state.subject,
                state.status, state.status.shelf(), state.priority, JsonText::of(&state.tags), state.snoozed_until, state.snoozed_until_answer, state.version, state.public_version,
                state.last_seq, state.inbound_count, state.team_read_seq, state.customer_delivered_seq, state.customer_read_seq, state.preview.text, state.preview.kind,
                state.preview.author_kind, state.preview.author_name, state.reply_identity_id, state.last_activity_at, state.waiting_since, state.answered_at, now, state.resolved_at, state.number],
    )?;
    recount(tx, state.id.0, None, &state.key())
}

/// Writes what a change may touch, and moves the counts with it. `before` is the state the change began with.
pub(super) fn save(tx: &mut Tx<'_>, before: &State, state: &State) -> Result<()> {
    save_talk(tx, state)?;
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

/// Where it stands, whose it is and what it is about; the counts move with it.
fn save_standing(tx: &mut Tx<'_>, before: &State, state: &State) -> Result<()> {
    tx.exec(
        "UPDATE conversation SET contact_id = $2, location_id = $3, team_id = $4, assignee_id = $5, subject = $6, status = $7, shelf = $8, priority = $9, tags = $10,
           snoozed_until = $11, snoozed_until_answer = $12, resolved_at = $13 WHERE id = $1",
        params![state.id, state.contact_id, state.scope.location_id, state.scope.team_id, state.assignee_id, state.subject, state.status, state.status.shelf(),
                state.priority, JsonText::of(&state.tags), state.snoozed_until, state.snoozed_until_answer, state.resolved_at],
    )?;
    let (was_open, is_open) = (before.status.shelf() < 2, state.status.shelf() < 2);
    if was_open != is_open {
        tx.exec("UPDATE conversation_participant SET is_open = $2 WHERE conversation_id = $1", params![state.id, is_open])?;
        tx.exec("UPDATE mention SET is_open = $2 WHERE conversation_id = $1", params![state.id, is_open])?;
    }
    recount(tx, state.id.0, Some(&before.key()), &state.key())
}

macro_rules! view_columns {
    () => {
        "c.id, c.number, c.subject, c.status, c.priority, c.assignee_id, c.team_id, c.brand_id, c.location_id, c.inbox_id, c.channel, c.tags, c.snoozed_until, c.snoozed_until_answer,
         c.version, c.public_version, c.last_seq, c.inbound_count, c.team_read_seq, c.customer_delivered_seq, c.customer_read_seq, c.preview_text, c.preview_kind,
         c.preview_author_kind, c.preview_author_name, c.last_activity_at, c.waiting_since, c.created_at, c.resolved_at, p.id AS contact_id, p.name AS contact_name,
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

/// A page of a list, newest activity first, after the place `before`.
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
        Conversations::Contact(contact) => (list!("conversation c", "c.contact_id = $6"), contact.0),
    };
    tx.all(sql, params![all, who, at, id, limit, about], read_your_view)
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

/// By number or the beginning of the subject, for the palette.
pub(super) fn by_number_or_subject(tx: &mut Tx<'_>, viewer: &Viewer, number: i64, subject: &str, limit: i64) -> Result<Vec<Conversation>> {
    let (all, who) = viewer.sight();
    let pattern = format!("{}%", subject.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
    tx.all(
        concat!(
            "SELECT ",
            view_columns!(),
            your_columns!(),
            " FROM conversation c JOIN contact p ON p.id = c.contact_id WHERE (c.number = $3 OR LOWER(c.subject) LIKE LOWER($4) ESCAPE '\\') AND ",
            crate::visible!("c"),
            " ORDER BY c.last_activity_at DESC LIMIT $5"
        ),
        params![all, who, number, pattern, limit],
        read_your_view,
    )
}

/// A visitor takes part in a conversation.
pub(super) fn add_visitor(tx: &mut Tx<'_>, conversation: ConversationId, visitor: VisitorId) -> Result<()> {
    tx.exec(
        "INSERT INTO conversation_visitor (conversation_id, visitor_id) VALUES ($1, $2) ON CONFLICT (visitor_id, conversation_id) DO NOTHING",
        params![conversation, visitor],
    )
    .map(drop)
}

/// The sessions that take part in a conversation.
pub fn visitors(tx: &mut Tx<'_>, conversation: ConversationId) -> Result<Vec<VisitorId>> {
    tx.all("SELECT visitor_id FROM conversation_visitor WHERE conversation_id = $1", params![conversation], |row| row.get("visitor_id"))
}

/// The conversations a session takes part in.
pub fn joined_by(tx: &mut Tx<'_>, visitor: VisitorId) -> Result<Vec<ConversationId>> {
    tx.all("SELECT conversation_id FROM conversation_visitor WHERE visitor_id = $1", params![visitor], |row| row.get("conversation_id"))
}

/// The conversations a visitor's session may see: its own, and with `contact` (a signed session) all of that contact.
pub fn conversations_of_visitor(tx: &mut Tx<'_>, visitor: VisitorId, contact: Option<ContactId>, brand: BrandId) -> Result<Vec<ConversationId>> {
    tx.all(
        "SELECT c.id FROM conversation c WHERE c.brand_id = $3 AND (c.id IN (SELECT v.conversation_id FROM conversation_visitor v WHERE v.visitor_id = $1) OR c.contact_id = $2)
         ORDER BY c.last_activity_at DESC LIMIT 50",
        params![visitor, contact, brand],
        |row| row.get("id"),
    )
}

/// Up to where the team has read a conversation the caller has let the visitor see.
pub fn team_read_seq(tx: &mut Tx<'_>, id: ConversationId) -> Result<i64> {
    tx.one("SELECT team_read_seq FROM conversation WHERE id = $1", params![id], |row| row.get("team_read_seq"))
}

/// For a change the customer's device makes: the conversation, if the session may see it.
pub(super) fn state_for_visitor(tx: &mut Tx<'_>, id: ConversationId, visitor: VisitorId, contact: Option<ContactId>) -> Result<State> {
    tx.one(
        concat!("SELECT ", state_columns!(), " FROM conversation c WHERE c.id = $1 AND (c.contact_id = $3 OR EXISTS (SELECT 1 FROM conversation_visitor v WHERE v.visitor_id = $2 AND v.conversation_id = c.id))"),
        params![id, visitor, contact],
        read_state,
    )
}

/// An agent takes part from now on; `is_open` is whether the conversation is not resolved.
pub(super) fn participate(tx: &mut Tx<'_>, conversation: ConversationId, agent: AgentId, is_open: bool) -> Result<()> {
    tx.exec(
        "INSERT INTO conversation_participant (conversation_id, agent_id, is_open) VALUES ($1, $2, $3) ON CONFLICT (agent_id, conversation_id) DO NOTHING",
        params![conversation, agent, is_open],
    )
    .map(drop)
}

pub(super) fn set_read_count(tx: &mut Tx<'_>, agent: AgentId, conversation: ConversationId, read_count: i64) -> Result<()> {
    tx.exec(
        "INSERT INTO conversation_read (agent_id, conversation_id, read_count) VALUES ($1, $2, $3) ON CONFLICT (agent_id, conversation_id) DO UPDATE SET read_count = excluded.read_count",
        params![agent, conversation, read_count],
    ).map(drop)
}

/// The scopes of a contact's conversations: who sees one of them sees the contact.
pub fn scopes_of_contact(tx: &mut Tx<'_>, contact: ContactId) -> Result<Vec<Scope>> {
    tx.all("SELECT DISTINCT brand_id, location_id, team_id, inbox_id FROM conversation WHERE contact_id = $1", params![contact], |row| {
        Ok(Scope { brand_id: row.get("brand_id")?, location_id: row.get("location_id")?, team_id: row.get("team_id")?, inbox_id: row.get("inbox_id")? })
    })
}

/// The conversations of a contact, for moving them to another.
pub(super) fn ids_of_contact(tx: &mut Tx<'_>, contact: ContactId) -> Result<Vec<ConversationId>> {
    tx.all("SELECT id FROM conversation WHERE contact_id = $1", params![contact], |row| row.get("id"))
}

pub(super) fn insert_answer_time(tx: &mut Tx<'_>, conversation: ConversationId, inbox: InboxId, at: Moment, seconds: i64) -> Result<()> {
    tx.exec(
        "INSERT INTO answer_time (conversation_id, inbox_id, answered_at, seconds) VALUES ($1, $2, $3, $4) ON CONFLICT (conversation_id) DO NOTHING",
        params![conversation, inbox, at, seconds],
    )
    .map(drop)
}

/// The median first answer of an inbox over 28 days, in seconds, and over how many it was measured (at most the newest 500).
pub fn expected_wait(tx: &mut Tx<'_>, inbox: InboxId) -> Result<(Option<i64>, i64)> {
    let since = tx.now().minus(Duration::from_secs(28 * 86_400));
    let mut seconds: Vec<i64> =
        tx.all("SELECT seconds FROM answer_time WHERE inbox_id = $1 AND answered_at > $2 ORDER BY answered_at DESC LIMIT 500", params![inbox, since], |row| {
            row.get("seconds")
        })?;
    seconds.sort_unstable();
    Ok((seconds.get(seconds.len() / 2).copied().filter(|_| seconds.len() >= 5), seconds.len() as i64))
}

/// A first preview, before anything is said.
pub(super) fn no_preview() -> Preview {
    Preview { text: String::new(), kind: MessageKind::System, author_kind: ActorKind::System, author_name: None }
}
