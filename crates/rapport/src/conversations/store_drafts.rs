//! SQL of drafts.

use platform::{
    params,
    store::{Json, JsonText, Result, Tx},
};

use super::drafts::Draft;
use crate::ids::{AgentId, ConversationId};

pub(super) fn of(tx: &mut Tx<'_>, agent: AgentId, conversation: ConversationId) -> Result<Vec<Draft>> {
    tx.all(
        "SELECT mode, text, attachment_ids, updated_at FROM draft WHERE agent_id = $1 AND conversation_id = $2 ORDER BY mode",
        params![agent, conversation],
        |row| {
            Ok(Draft {
                mode: row.get("mode")?,
                text: row.get("text")?,
                attachment_ids: row.get::<Json<_>>("attachment_ids")?.0,
                updated_at: row.get("updated_at")?,
            })
        },
    )
}

pub(super) fn put(tx: &mut Tx<'_>, agent: AgentId, conversation: ConversationId, draft: &Draft) -> Result<()> {
    tx.exec(
        "INSERT INTO draft (agent_id, conversation_id, mode, text, attachment_ids, updated_at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (agent_id, conversation_id, mode) DO UPDATE SET text = excluded.text, attachment_ids = excluded.attachment_ids, updated_at = excluded.updated_at",
        params![agent, conversation, draft.mode, draft.text, JsonText::of(&draft.attachment_ids), draft.updated_at],
    )?;
    name_no_files(tx, agent, conversation, draft.mode.word())?;
    for file in &draft.attachment_ids {
        tx.exec(
            "INSERT INTO draft_file (agent_id, conversation_id, mode, file_id) VALUES ($1, $2, $3, $4) ON CONFLICT (file_id, agent_id, conversation_id, mode) DO NOTHING",
            params![agent, conversation, draft.mode, file],
        )?;
    }
    Ok(())
}

fn name_no_files(tx: &mut Tx<'_>, agent: AgentId, conversation: ConversationId, mode: &str) -> Result<()> {
    tx.exec("DELETE FROM draft_file WHERE agent_id = $1 AND conversation_id = $2 AND mode = $3", params![agent, conversation, mode]).map(drop)
}

pub(super) fn delete(tx: &mut Tx<'_>, agent: AgentId, conversation: ConversationId, mode: &str) -> Result<()> {
    name_no_files(tx, agent, conversation, mode)?;
    tx.exec("DELETE FROM draft WHERE agent_id = $1 AND conversation_id = $2 AND mode = $3", params![agent, conversation, mode]).map(drop)
}
