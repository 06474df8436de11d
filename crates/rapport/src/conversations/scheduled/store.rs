//! SQL of replies that wait.

use platform::{
    clock::Moment,
    params,
    store::{Json, JsonText, Result, Row, Tx},
    web::Problem,
};

use super::model::{NewScheduledReply, ScheduledReply};
use crate::{
    conversations::{
        drafts::Draft,
        model::{Attachment, Mode},
        store_drafts,
    },
    ids::{AgentId, ConversationId, FileId, ScheduledReplyId},
};

macro_rules! waiting {
    ($rest:literal) => {
        concat!("SELECT id, conversation_id, agent_id, text, attachment_ids, identity_id, after_it, send_at, created_at FROM scheduled_reply ", $rest)
    };
}

fn read(row: &Row<'_>) -> Result<(ScheduledReply, Vec<FileId>)> {
    let reply = ScheduledReply {
        id: row.get("id")?,
        conversation_id: row.get("conversation_id")?,
        agent_id: row.get("agent_id")?,
        text: row.get("text")?,
        attachments: Vec::new(),
        identity_id: row.get("identity_id")?,
        then: row.get("after_it")?,
        send_at: row.get("send_at")?,
        created_at: row.get("created_at")?,
    };
    Ok((reply, row.get::<Json<_>>("attachment_ids")?.0))
}

fn with_files(tx: &mut Tx<'_>, found: Vec<(ScheduledReply, Vec<FileId>)>) -> Result<Vec<ScheduledReply>> {
    let mut complete = Vec::new();
    for (mut reply, files) in found {
        for id in files {
            let file = tx.opt("SELECT name, content_type, size_bytes FROM file WHERE id = $1", params![id], |row| {
                Ok(Attachment {
                    id,
                    name: row.get("name")?,
                    content_type: row.get("content_type")?,
                    size_bytes: row.get("size_bytes")?,
                    url: format!("/api/v1/files/{id}"),
                })
            })?;
            reply.attachments.extend(file);
        }
        complete.push(reply);
    }
    Ok(complete)
}

/// What waits in a conversation the caller has loaded through the viewer.
pub(super) fn of(tx: &mut Tx<'_>, conversation: ConversationId) -> Result<Vec<ScheduledReply>> {
    let found = tx.all(waiting!("WHERE conversation_id = $1 ORDER BY send_at, id"), params![conversation], read)?;
    with_files(tx, found)
}

pub(super) fn one(tx: &mut Tx<'_>, conversation: ConversationId, id: ScheduledReplyId) -> Result<ScheduledReply> {
    let found = tx.one(waiting!("WHERE id = $1 AND conversation_id = $2"), params![id, conversation], read)?;
    Ok(with_files(tx, vec![found])?.remove(0))
}

pub(super) fn find(tx: &mut Tx<'_>, id: ScheduledReplyId) -> Result<Option<ScheduledReply>> {
    let found = tx.opt(waiting!("WHERE id = $1"), params![id], read)?;
    Ok(with_files(tx, found.into_iter().collect())?.pop())
}

pub(super) fn count(tx: &mut Tx<'_>, conversation: ConversationId) -> Result<i64> {
    tx.one("SELECT count(*) AS n FROM scheduled_reply WHERE conversation_id = $1", params![conversation], |row| row.get("n"))
}

pub(super) fn is_unused(tx: &mut Tx<'_>, file: FileId, agent: AgentId) -> Result<bool> {
    Ok(tx.opt("SELECT 1 AS unused FROM file WHERE id = $1 AND uploader = $2 AND message_id IS NULL", params![file, agent], |_| Ok(()))?.is_some())
}

pub(super) fn insert(tx: &mut Tx<'_>, id: ScheduledReplyId, conversation: ConversationId, agent: AgentId, text: &str, new: &NewScheduledReply) -> Result<()> {
    let now = tx.now();
    tx.exec(
        "INSERT INTO scheduled_reply (id, conversation_id, agent_id, text, attachment_ids, identity_id, after_it, send_at, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        params![id, conversation, agent, text, JsonText::of(&new.attachment_ids), new.identity_id, new.then, new.send_at, now],
    )?;
    // Named like those of a draft, so that they are not collected while they wait.
    for file in &new.attachment_ids {
        tx.exec(
            "INSERT INTO draft_file (agent_id, conversation_id, mode, file_id) VALUES ($1, $2, $3, $4) ON CONFLICT (file_id, agent_id, conversation_id, mode) DO NOTHING",
            params![agent, conversation, id.to_string(), file],
        )?;
    }
    Ok(())
}

pub(super) fn set_text(tx: &mut Tx<'_>, id: ScheduledReplyId, text: &str) -> Result<()> {
    tx.exec("UPDATE scheduled_reply SET text = $2 WHERE id = $1", params![id, text]).map(drop)
}

pub(super) fn set_time(tx: &mut Tx<'_>, id: ScheduledReplyId, at: Moment) -> Result<()> {
    tx.exec("UPDATE scheduled_reply SET send_at = $2 WHERE id = $1", params![id, at]).map(drop)
}

pub(super) fn remove(tx: &mut Tx<'_>, id: ScheduledReplyId) -> Result<()> {
    tx.exec("DELETE FROM draft_file WHERE mode = $1", params![id.to_string()])?;
    tx.exec("DELETE FROM scheduled_reply WHERE id = $1", params![id]).map(drop)
}

/// What waits in a conversation that was merged goes out in the other one.
pub(in crate::conversations) fn follow(tx: &mut Tx<'_>, from: ConversationId, into: ConversationId) -> Result<()> {
    tx.exec("UPDATE scheduled_reply SET conversation_id = $2 WHERE conversation_id = $1", params![from, into]).map(drop)
}

/// What the author has typed meanwhile.
pub(super) fn keep_draft(tx: &mut Tx<'_>, reply: &ScheduledReply) -> Result<Option<Draft>> {
    Ok(store_drafts::of(tx, reply.agent_id, reply.conversation_id)?.into_iter().find(|draft| draft.mode == Mode::Reply))
}

pub(super) fn put_draft(tx: &mut Tx<'_>, reply: &ScheduledReply, draft: &Draft) -> Result<(), Problem> {
    Ok(store_drafts::put(tx, reply.agent_id, reply.conversation_id, draft)?)
}
