//! The time of a reply has come.

use platform::{
    jobs,
    store::{JsonText, Tx},
    web::Problem,
};

use super::{keep, store};
use crate::{
    conversations::{model::NewReply, reply::reply},
    ids::{ApiTokenId, ScheduledReplyId},
    people,
    viewer::{Through, Viewer},
};

/// The job that sends one.
pub const JOB: &str = "send_scheduled_reply";

/// Under which the job of one waits.
pub(super) fn job_key(id: ScheduledReplyId) -> String {
    format!("scheduled {id}")
}

/// Sends a reply as its author, with the rights they have now. The row goes in the same transaction, so it goes out once. What its author
/// may not send any more becomes their draft again.
pub fn send(tx: &mut Tx<'_>, id: ScheduledReplyId) -> Result<(), Problem> {
    let Some(waiting) = store::find(tx, id)? else { return Ok(()) };
    if waiting.send_at > tx.now() {
        // The clock was ahead when this job was taken up.
        return Ok(jobs::enqueue(tx, JOB, &JsonText::of(&id), waiting.send_at, Some(&job_key(id)))?);
    }
    let new = NewReply {
        text: waiting.text.clone(),
        identity_id: waiting.identity_id,
        seen_seq: None,
        attachment_ids: waiting.attachments.iter().map(|file| file.id).collect(),
        then: waiting.then,
    };
    let sent = match people::access_of(tx, waiting.agent_id, Through::Token(ApiTokenId::default()))? {
        Some(access) => {
            let author = Viewer::Agent(access.into());
            let drafts = store::keep_draft(tx, &waiting)?;
            tx.savepoint(|tx| {
                store::remove(tx, id)?;
                reply(tx, &author, waiting.conversation_id, &new, Some(&format!("scheduled-{id}")))
            })
            .map(|_| drafts)
        }
        None => Err(Problem::forbidden("Whoever wrote it may not sign in any more.")),
    };
    match sent {
        // Sending empties the author's draft, but this was another text.
        Ok(draft) => draft.map_or(Ok(()), |draft| store::put_draft(tx, &waiting, &draft)),
        Err(problem) if problem.status.is_server_error() => Err(problem),
        Err(_) => {
            keep::become_draft(tx, &waiting)?;
            keep::told(tx, waiting.conversation_id, waiting.agent_id, "schedule_failed")
        }
    }
}
