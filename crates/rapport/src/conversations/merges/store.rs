//! SQL of merging, taking apart and splitting.

use platform::{
    clock::Moment,
    events::ActorKind,
    params,
    store::{Json, JsonText, Result, Row, Tx},
};
use uuid::Uuid;

use super::model::Part;
use crate::{
    conversations::{model::MessageKind, store::State},
    ids::{AgentId, ConversationId, IdentityId, InboxId, LocationId, MessageId, TeamId, VisitorId},
    viewer::Scope,
};

/// For whom a session's part in a conversation has no end.
const ALWAYS: i64 = i64::MAX;

/// What is kept of a merge.
pub(super) struct Merge {
    pub(super) merged_id: ConversationId,
    pub(super) into_id: ConversationId,
    pub(super) into_seq: i64,
    pub(super) location_id: Option<LocationId>,
    pub(super) team_id: Option<TeamId>,
    pub(super) inbox_id: InboxId,
    pub(super) tags: Vec<String>,
}

pub(super) fn insert(tx: &mut Tx<'_>, part: &State, survivor: &State, tags: &[String], by: AgentId) -> Result<()> {
    let now = tx.now();
    tx.exec(
        "INSERT INTO conversation_merge (merged_id, into_id, into_seq, location_id, team_id, inbox_id, tags, merged_by, merged_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        params![part.id, survivor.id, survivor.last_seq, part.scope.location_id, part.scope.team_id, part.scope.inbox_id, JsonText::of(&tags), by, now],
    )
    .map(drop)
}

pub(super) fn merge_of(tx: &mut Tx<'_>, merged: ConversationId) -> Result<Option<Merge>> {
    tx.opt("SELECT merged_id, into_id, into_seq, location_id, team_id, inbox_id, tags FROM conversation_merge WHERE merged_id = $1", params![merged], |row| {
        Ok(Merge {
            merged_id: row.get("merged_id")?,
            into_id: row.get("into_id")?,
            into_seq: row.get("into_seq")?,
            location_id: row.get("location_id")?,
            team_id: row.get("team_id")?,
            inbox_id: row.get("inbox_id")?,
            tags: row.get::<Json<_>>("tags")?.0,
        })
    })
}

pub(super) fn remove(tx: &mut Tx<'_>, merged: ConversationId) -> Result<()> {
    tx.exec("DELETE FROM conversation_merge WHERE merged_id = $1", params![merged]).map(drop)
}

pub(super) fn number(tx: &mut Tx<'_>, id: ConversationId) -> Result<i64> {
    tx.one("SELECT number FROM conversation WHERE id = $1", params![id], |row| row.get("number"))
}

/// What was merged into a conversation, and into that, and so on.
pub(super) fn family(tx: &mut Tx<'_>, id: ConversationId) -> Result<Vec<ConversationId>> {
    let (mut found, mut at) = (vec![id], 0);
    while let Some(next) = found.get(at).copied() {
        at += 1;
        found.extend(tx.all("SELECT merged_id FROM conversation_merge WHERE into_id = $1 ORDER BY merged_id", params![next], |row| {
            row.get::<ConversationId>("merged_id")
        })?);
    }
    found.remove(0);
    Ok(found)
}

/// Makes these parts those of another conversation, seen by whoever sees that one.
pub(super) fn belong(tx: &mut Tx<'_>, parts: &[ConversationId], to: ConversationId, scope: &Scope) -> Result<()> {
    for part in parts {
        tx.exec(
            "UPDATE conversation SET merged_into = $2, location_id = $3, team_id = $4, inbox_id = $5 WHERE id = $1",
            params![part, to, scope.location_id, scope.team_id, scope.inbox_id],
        )?;
    }
    Ok(())
}

/// The parts of a conversation as they are shown, in the order in which they were merged.
pub(super) fn parts_shown(tx: &mut Tx<'_>, id: ConversationId) -> Result<Vec<Part>> {
    tx.all(
        "SELECT c.id, c.number, c.subject, g.into_id, g.merged_by, g.merged_at,
           (SELECT count(*) FROM message m WHERE m.conversation_id = c.id AND m.kind IN ('inbound', 'reply')) AS messages
         FROM conversation c JOIN conversation_merge g ON g.merged_id = c.id WHERE c.merged_into = $1 ORDER BY g.merged_at, c.id",
        params![id],
        |row| {
            Ok(Part {
                id: row.get("id")?,
                number: row.get("number")?,
                subject: row.get("subject")?,
                into_id: row.get("into_id")?,
                merged_by: row.get("merged_by")?,
                merged_at: row.get("merged_at")?,
                messages: row.get("messages")?,
                returning: 0,
                staying: 0,
            })
        },
    )
}

/// The sessions of a part hear what is answered from now on. One that had left before hears nothing of what was answered in between.
pub(super) fn bring_visitors(tx: &mut Tx<'_>, part: ConversationId, into: ConversationId, seq: i64) -> Result<()> {
    tx.exec(
        "INSERT INTO conversation_visitor (conversation_id, visitor_id, from_seq, came_with)
         SELECT $2, v.visitor_id, $3, $1 FROM conversation_visitor v WHERE v.conversation_id = $1 AND v.until_seq = 9223372036854775807
         ON CONFLICT (visitor_id, conversation_id) DO UPDATE SET from_seq = excluded.from_seq, until_seq = 9223372036854775807, came_with = excluded.came_with
           WHERE conversation_visitor.until_seq < 9223372036854775807",
        params![part, into, seq],
    )
    .map(drop)
}

pub(super) fn bring_participants(tx: &mut Tx<'_>, part: ConversationId, into: ConversationId, is_open: bool) -> Result<()> {
    tx.exec(
        "INSERT INTO conversation_participant (conversation_id, agent_id, is_open, came_with)
         SELECT $2, t.agent_id, $3, $1 FROM conversation_participant t WHERE t.conversation_id = $1 ON CONFLICT (agent_id, conversation_id) DO NOTHING",
        params![part, into, is_open],
    )
    .map(drop)
}

pub(super) fn bring_reads(tx: &mut Tx<'_>, part: ConversationId, into: ConversationId) -> Result<()> {
    tx.exec(
        "INSERT INTO conversation_read (agent_id, conversation_id, read_count) SELECT r.agent_id, $2, r.read_count FROM conversation_read r WHERE r.conversation_id = $1
         ON CONFLICT (agent_id, conversation_id) DO UPDATE SET read_count = conversation_read.read_count + excluded.read_count",
        params![part, into],
    )
    .map(drop)
}

/// Drafts go over; where one is there already, what was typed is put behind it. Whose they are.
pub(super) fn bring_drafts(tx: &mut Tx<'_>, part: ConversationId, into: ConversationId) -> Result<Vec<AgentId>> {
    let drafts = tx.all("SELECT agent_id, mode, text, attachment_ids FROM draft WHERE conversation_id = $1 ORDER BY agent_id, mode", params![part], |row| {
        Ok((row.get::<AgentId>("agent_id")?, row.get::<String>("mode")?, row.get::<String>("text")?, row.get::<Json<Vec<Uuid>>>("attachment_ids")?.0))
    })?;
    for (agent, mode, text, files) in &drafts {
        let there =
            tx.opt("SELECT text, attachment_ids FROM draft WHERE agent_id = $1 AND conversation_id = $2 AND mode = $3", params![agent, into, mode], |row| {
                Ok((row.get::<String>("text")?, row.get::<Json<Vec<Uuid>>>("attachment_ids")?.0))
            })?;
        if let Some((before, kept)) = there {
            let (text, files) = (format!("{before}\n\n{text}"), [kept, files.clone()].concat());
            tx.exec(
                "UPDATE draft SET text = $4, attachment_ids = $5 WHERE agent_id = $1 AND conversation_id = $2 AND mode = $3",
                params![agent, into, mode, text, JsonText::of(&files)],
            )?;
            tx.exec("DELETE FROM draft WHERE agent_id = $1 AND conversation_id = $2 AND mode = $3", params![agent, part, mode])?;
        }
    }
    tx.exec("UPDATE draft SET conversation_id = $2 WHERE conversation_id = $1", params![part, into])?;
    tx.exec("UPDATE draft_file SET conversation_id = $2 WHERE conversation_id = $1", params![part, into])?;
    let mut agents: Vec<AgentId> = drafts.into_iter().map(|(agent, ..)| agent).collect();
    agents.dedup();
    Ok(agents)
}

/// Who is mentioned in a part finds it by the survivor.
pub(super) fn bring_mentions(tx: &mut Tx<'_>, part: ConversationId, into: ConversationId) -> Result<()> {
    tx.exec(
        "UPDATE mention SET conversation_id = $2, is_open = (SELECT c.shelf < 2 FROM conversation c WHERE c.id = $2) WHERE conversation_id = $1",
        params![part, into],
    )
    .map(drop)
}

/// What a message is, for counting and moving it.
#[derive(Clone)]
pub(super) struct Said {
    pub(super) id: MessageId,
    pub(super) seq: i64,
    pub(super) kind: MessageKind,
    pub(super) author_kind: ActorKind,
    pub(super) author_id: Option<Uuid>,
    pub(super) author_name: Option<String>,
    pub(super) text: String,
    pub(super) visitor_id: Option<VisitorId>,
    pub(super) created_at: Moment,
}

impl Said {
    pub(super) fn is_public(&self) -> bool {
        matches!(self.kind, MessageKind::Inbound | MessageKind::Reply)
    }

    pub(super) fn agent(&self) -> Option<AgentId> {
        self.author_id.filter(|_| self.author_kind == ActorKind::Agent).map(AgentId)
    }
}

macro_rules! said {
    ($rest:literal) => {
        concat!("SELECT m.id, m.seq, m.kind, m.author_kind, m.author_id, m.author_name, m.text, m.visitor_id, m.created_at ", $rest)
    };
}

fn read_said(row: &Row<'_>) -> Result<Said> {
    Ok(Said {
        id: row.get("id")?,
        seq: row.get("seq")?,
        kind: row.get("kind")?,
        author_kind: row.get("author_kind")?,
        author_id: row.get("author_id")?,
        author_name: row.get("author_name")?,
        text: row.get("text")?,
        visitor_id: row.get("visitor_id")?,
        created_at: row.get("created_at")?,
    })
}

/// What was said in a conversation itself, oldest first.
pub(super) fn said_in(tx: &mut Tx<'_>, id: ConversationId) -> Result<Vec<Said>> {
    tx.all(said!("FROM message m WHERE m.conversation_id = $1 AND m.kind <> 'system' ORDER BY m.seq"), params![id], read_said)
}

/// What the customer wrote into the survivor since, by the sessions that came with the part.
pub(super) fn came_since(tx: &mut Tx<'_>, merge: &Merge) -> Result<Vec<Said>> {
    tx.all(
        said!(
            "FROM message m JOIN conversation_visitor v ON v.visitor_id = m.visitor_id AND v.conversation_id = m.conversation_id
             WHERE m.conversation_id = $1 AND m.seq > $2 AND m.kind = 'inbound' AND v.came_with = $3 ORDER BY m.seq"
        ),
        params![merge.into_id, merge.into_seq, merge.merged_id],
        read_said,
    )
}

/// How many answers were given in the survivor since.
pub(super) fn replies_since(tx: &mut Tx<'_>, merge: &Merge) -> Result<i64> {
    tx.one("SELECT count(*) AS n FROM message WHERE conversation_id = $1 AND seq > $2 AND kind = 'reply'", params![merge.into_id, merge.into_seq], |row| {
        row.get("n")
    })
}

/// The newest thing said to or by the customer, in a conversation and its parts.
pub(super) fn newest(tx: &mut Tx<'_>, id: ConversationId) -> Result<Option<Said>> {
    tx.opt(
        said!(
            "FROM conversation c JOIN message m ON m.conversation_id = c.id WHERE (c.id = $1 OR c.merged_into = $1)
               AND m.seq = (SELECT z.seq FROM message z WHERE z.conversation_id = c.id AND z.kind IN ('inbound', 'reply') AND z.redacted_at IS NULL ORDER BY z.seq DESC LIMIT 1)
             ORDER BY m.created_at DESC, m.id DESC LIMIT 1"
        ),
        params![id],
        read_said,
    )
}

/// When something was last said in a conversation or a part of it, be it among the team.
pub(super) fn last_said_at(tx: &mut Tx<'_>, id: ConversationId) -> Result<Option<Moment>> {
    tx.one(
        "SELECT max(m.created_at) AS at FROM conversation c JOIN message m ON m.conversation_id = c.id WHERE (c.id = $1 OR c.merged_into = $1)
           AND m.seq = (SELECT z.seq FROM message z WHERE z.conversation_id = c.id AND z.kind <> 'system' ORDER BY z.seq DESC LIMIT 1)",
        params![id],
        |row| row.get("at"),
    )
}

/// From where the customer last wrote, in a conversation and its parts.
pub(super) fn last_written_from(tx: &mut Tx<'_>, id: ConversationId) -> Result<Option<(Option<IdentityId>, String)>> {
    tx.opt(
        "SELECT m.identity_id, m.channel FROM conversation c JOIN message m ON m.conversation_id = c.id WHERE (c.id = $1 OR c.merged_into = $1)
           AND m.seq = (SELECT z.seq FROM message z WHERE z.conversation_id = c.id AND z.kind = 'inbound' ORDER BY z.seq DESC LIMIT 1)
         ORDER BY m.created_at DESC, m.id DESC LIMIT 1",
        params![id],
        |row| Ok((row.get("identity_id")?, row.get("channel")?)),
    )
}

/// Since when a customer waits, of what was said in a conversation itself and of parts that nobody has answered since.
pub(super) fn waiting_since(tx: &mut Tx<'_>, id: ConversationId) -> Result<Option<Moment>> {
    let own: Option<Moment> = tx.one(
        "SELECT min(created_at) AS at FROM message WHERE conversation_id = $1 AND kind = 'inbound'
           AND seq > COALESCE((SELECT max(r.seq) FROM message r WHERE r.conversation_id = $1 AND r.kind = 'reply'), 0)",
        params![id],
        |row| row.get("at"),
    )?;
    let of_parts: Option<Moment> = tx.one(
        "SELECT min(c.waiting_since) AS at FROM conversation c JOIN conversation_merge g ON g.merged_id = c.id WHERE g.into_id = $1
           AND NOT EXISTS (SELECT 1 FROM message r WHERE r.conversation_id = $1 AND r.kind = 'reply' AND r.seq > g.into_seq)",
        params![id],
        |row| row.get("at"),
    )?;
    Ok([own, of_parts].into_iter().flatten().min())
}

pub(super) fn move_message(tx: &mut Tx<'_>, id: MessageId, to: ConversationId, seq: i64) -> Result<()> {
    tx.exec("UPDATE message SET conversation_id = $2, seq = $3 WHERE id = $1", params![id, to, seq]).map(drop)
}

fn reads(tx: &mut Tx<'_>, id: ConversationId) -> Result<Vec<(AgentId, i64)>> {
    tx.all("SELECT agent_id, read_count FROM conversation_read WHERE conversation_id = $1 ORDER BY agent_id", params![id], |row| {
        Ok((row.get("agent_id")?, row.get("read_count")?))
    })
}

fn set_read(tx: &mut Tx<'_>, agent: AgentId, id: ConversationId, count: i64) -> Result<()> {
    crate::conversations::store_around::set_read_count(tx, agent, id, count)
}

/// Who has read all of the survivor has read the part too; for others both are as read as each was by itself.
pub(super) fn part_reads(tx: &mut Tx<'_>, part: &State, survivor: &State, returned: i64) -> Result<()> {
    let of_part = reads(tx, part.id)?;
    let left = survivor.inbound_count - part.inbound_count - returned;
    for (agent, count) in reads(tx, survivor.id)? {
        let before = of_part.iter().find(|(one, _)| *one == agent).map_or(0, |(_, count)| *count);
        if count >= survivor.inbound_count {
            set_read(tx, agent, survivor.id, left)?;
            set_read(tx, agent, part.id, part.inbound_count + returned)?;
        } else {
            set_read(tx, agent, survivor.id, (count - before).clamp(0, left))?;
        }
    }
    Ok(())
}

/// The sessions that came with a part leave; what they were answered in between stays theirs to read.
pub(super) fn part_visitors(tx: &mut Tx<'_>, part: ConversationId, survivor: ConversationId, seq: i64) -> Result<()> {
    tx.exec(
        "UPDATE conversation_visitor SET until_seq = $3 WHERE conversation_id = $2 AND came_with = $1 AND until_seq = 9223372036854775807",
        params![part, survivor, seq],
    )?;
    tx.exec(
        "DELETE FROM conversation_visitor WHERE conversation_id = $2 AND came_with = $1 AND NOT EXISTS (SELECT 1 FROM message m
           WHERE m.conversation_id = $2 AND m.kind = 'reply' AND m.seq > conversation_visitor.from_seq AND m.seq <= conversation_visitor.until_seq)",
        params![part, survivor],
    )
    .map(drop)
}

/// Who took part in the part alone, and has written nothing since, takes part in the survivor no more.
pub(super) fn part_participants(tx: &mut Tx<'_>, merge: &Merge) -> Result<()> {
    tx.exec(
        "DELETE FROM conversation_participant WHERE conversation_id = $1 AND came_with = $2 AND NOT EXISTS (SELECT 1 FROM message m
           WHERE m.conversation_id = $1 AND m.author_id = conversation_participant.agent_id AND m.kind IN ('reply', 'note') AND m.seq > $3)",
        params![merge.into_id, merge.merged_id, merge.into_seq],
    )
    .map(drop)
}

/// Mentions go back with their messages, also those of what was merged into the part.
pub(super) fn part_mentions(tx: &mut Tx<'_>, part: &State, survivor: ConversationId) -> Result<()> {
    tx.exec(
        "UPDATE mention SET conversation_id = $1, is_open = $3 WHERE conversation_id = $2 AND message_id IN
           (SELECT m.id FROM conversation c JOIN message m ON m.conversation_id = c.id WHERE c.id = $1 OR c.merged_into = $1)",
        params![part.id, survivor, part.is_open()],
    )
    .map(drop)
}

/// The number that the last of the moved messages up to `seq` has where they are now.
pub(super) fn numbered(moved: &[Said], seq: i64) -> i64 {
    moved.iter().take_while(|message| message.seq <= seq).count() as i64
}

/// What an agent has read stays read on both sides. Parts count as read before what was said in the conversation itself.
pub(super) fn split_reads(tx: &mut Tx<'_>, before: &State, own: &State, left: &[Said], moved: &[Said]) -> Result<()> {
    let mut inbound: Vec<(i64, bool)> = left
        .iter()
        .map(|message| (message, false))
        .chain(moved.iter().map(|message| (message, true)))
        .filter(|(message, _)| message.kind == MessageKind::Inbound)
        .map(|(message, gone)| (message.seq, gone))
        .collect();
    inbound.sort_unstable();
    let of_parts = before.inbound_count - inbound.len() as i64;
    for (agent, count) in reads(tx, before.id)? {
        let read = usize::try_from(count - of_parts).unwrap_or(0);
        let gone = inbound.iter().take(read).filter(|(_, gone)| *gone).count() as i64;
        set_read(tx, agent, before.id, count - gone)?;
        set_read(tx, agent, own.id, gone)?;
    }
    Ok(())
}

/// The sessions that take part, or wrote what was moved, take part in the new conversation as far as they did in the old one.
pub(super) fn split_visitors(tx: &mut Tx<'_>, from: ConversationId, to: ConversationId, moved: &[Said]) -> Result<()> {
    let rows =
        tx.all("SELECT visitor_id, from_seq, until_seq FROM conversation_visitor WHERE conversation_id = $1 ORDER BY visitor_id", params![from], |row| {
            Ok((row.get::<VisitorId>("visitor_id")?, row.get::<i64>("from_seq")?, row.get::<i64>("until_seq")?))
        })?;
    for (visitor, since, until) in rows {
        let window = (numbered(moved, since), if until == ALWAYS { ALWAYS } else { numbered(moved, until) });
        if window.0 < window.1 || moved.iter().any(|message| message.visitor_id == Some(visitor)) {
            tx.exec(
                "INSERT INTO conversation_visitor (conversation_id, visitor_id, from_seq, until_seq) VALUES ($1, $2, $3, $4)",
                params![to, visitor, window.0, window.1],
            )?;
        }
    }
    Ok(())
}

/// Who was mentioned in what was moved finds it where it is now.
pub(super) fn split_mentions(tx: &mut Tx<'_>, from: ConversationId, own: &State) -> Result<()> {
    tx.exec(
        "UPDATE mention SET conversation_id = $2, is_open = $3 WHERE conversation_id = $1 AND message_id IN (SELECT m.id FROM message m WHERE m.conversation_id = $2)",
        params![from, own.id, own.is_open()],
    )
    .map(drop)
}
