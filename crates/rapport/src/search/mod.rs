//! Search: one question over contacts and conversations, for the palette.
//!
//! Offers: `GET /search`. Announces nothing.
//! Not here: full text of messages.

use platform::web::{Found, Input, Page, Problem};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::{
    Call, check, conversations,
    ids::{ContactId, ConversationId},
    people::contacts,
};

/// What is looked for.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct SearchQuery {
    /// Part of a name, the beginning of an address or a subject, or a case number.
    q: String,
    /// 1 to 50, 25 unless told.
    limit: Option<i64>,
}

/// Something found.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Hit {
    /// `contact` or `conversation`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Names it.
    pub id: Uuid,
    /// Its name or subject.
    pub title: String,
    /// What tells it from others.
    pub subtitle: String,
    /// Set for conversations.
    pub conversation_id: Option<ConversationId>,
    /// The contact it is or belongs to.
    pub contact_id: Option<ContactId>,
}

/// Finds contacts and conversations the viewer may see.
pub async fn search(call: Call, input: Input<(), SearchQuery>) -> Result<Found<Page<Hit>>, Problem> {
    let (question, limit) = (check::text("", &input.query.q, 200)?, check::limit(input.query.limit, 50)?);
    let viewer = call.viewer.clone();
    let items = call
        .read(move |tx| {
            let contacts = contacts::contacts_by_name(tx, &viewer, &question, None, limit)?.into_iter().map(|contact| Hit {
                kind: "contact".into(),
                id: contact.id.0,
                subtitle: contact
                    .identities
                    .iter()
                    .find(|identity| identity.kind != contacts::IdentityKind::Visitor)
                    .map(|identity| identity.value.clone())
                    .unwrap_or_default(),
                title: contact.name.unwrap_or_default(),
                conversation_id: None,
                contact_id: Some(contact.id),
            });
            let mut hits: Vec<Hit> = contacts.collect();
            hits.extend(conversations::search(tx, &viewer, &question, limit)?.into_iter().map(|conversation| Hit {
                kind: "conversation".into(),
                id: conversation.id.0,
                title: conversation.subject,
                subtitle: conversation.contact.name.unwrap_or_default(),
                conversation_id: Some(conversation.id),
                contact_id: Some(conversation.contact.id),
            }));
            hits.truncate(usize::try_from(limit).unwrap_or(25));
            Ok(hits)
        })
        .await?;
    Ok(Found(Page::whole(items)))
}
