//! Requests about the audit log.

use platform::{
    clock::Moment,
    web::{Found, Input, Page, Problem},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::store::{self, Wanted};
use crate::{
    Call, check, cursor,
    ids::{AgentId, AuditEntryId},
    viewer::{Part, Permission},
};

/// An administrative act.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct AuditEntry {
    /// Names it.
    pub id: AuditEntryId,
    /// When.
    pub at: Moment,
    /// Who; null for a command on the server.
    pub agent_id: Option<AgentId>,
    /// What they were called then.
    pub agent_name: String,
    /// `session`, `token` or `command`.
    pub through: String,
    /// From which address, as far as it is known.
    pub address: Option<String>,
    /// Method and route, or the command.
    #[schema(example = "PATCH /api/v1/agents/{id}")]
    pub act: String,
    /// The first word of the route.
    #[schema(example = "agents")]
    pub about: String,
    /// The path, with the ids in it.
    pub path: String,
    /// What the object was called.
    pub subject: Option<String>,
    /// What was asked, without secrets.
    #[schema(value_type = serde_json::Value)]
    pub asked: serde_json::Value,
}

/// Which entries are wanted.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct AuditQuery {
    /// Only what this agent did.
    agent_id: Option<AgentId>,
    /// Only what is about this, e.g. `agents`.
    about: Option<String>,
    /// Not before this time.
    from: Option<Moment>,
    /// Before this time.
    to: Option<Moment>,
    /// 1 to 100, 25 unless told.
    limit: Option<i64>,
    /// The cursor of the page before.
    cursor: Option<String>,
}

/// Lists administrative acts, newest first.
pub async fn entries(call: Call, input: Input<(), AuditQuery>) -> Result<Found<Page<AuditEntry>>, Problem> {
    if !call.viewer.can_over(Permission::AuditRead, &Part::EVERYWHERE) {
        return Err(Problem::forbidden("The audit log is of the whole company: that needs audit.read everywhere. An administrator can grant it."));
    }
    let query = input.query;
    let wanted = Wanted {
        agent_id: query.agent_id,
        about: query.about,
        from: query.from.unwrap_or(Moment(i64::MIN)),
        before: match query.cursor.as_deref() {
            Some(cursor) => cursor::read::<(i64, AuditEntryId)>(cursor).map(|(at, id)| (Moment(at), id))?,
            None => (query.to.unwrap_or(Moment(i64::MAX)), AuditEntryId::default()),
        },
        limit: check::limit(query.limit, 100)?,
    };
    let limit = wanted.limit;
    let items = call.read(move |tx| Ok(store::page(tx, &wanted)?)).await?;
    let next = items.last().filter(|_| items.len() as i64 == limit).map(|last| cursor::write(&(last.at.0, last.id)));
    Ok(Found(Page { items, next }))
}
