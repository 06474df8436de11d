//! Requests about timelines.

use platform::{
    clock::Moment,
    web::{Body, Created, Found, Input, NoQuery, Page, Problem},
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{store, track};
use crate::{
    Call, check,
    conversations::Status,
    cursor,
    ids::{ContactId, ConversationId, EntryId},
    people::contacts,
};

/// A moment of a contact.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Entry {
    /// Names it.
    pub id: Uuid,
    /// `first_visit`, `page`, `conversation`, `note`, `event`, `identified` or `joined`.
    #[serde(rename = "type")]
    pub kind: String,
    /// When.
    pub at: Moment,
    /// The conversation it is about.
    pub conversation_id: Option<ConversationId>,
    /// Its title: a subject, a page's title, an event's name.
    pub title: Option<String>,
    /// One line of it.
    pub text: Option<String>,
    /// The page.
    pub url: Option<String>,
    /// Where the conversation stands now.
    pub status: Option<Status>,
    /// What the shop reported.
    #[schema(value_type = Option<Object>)]
    pub properties: Option<Value>,
}

/// Which entries are wanted.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct TimelineQuery {
    /// 1 to 100, 25 unless told.
    limit: Option<i64>,
    /// The cursor of the page before.
    before: Option<String>,
}

/// What the shop reports.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewEvent {
    name: String,
    #[serde(default)]
    #[schema(value_type = Object)]
    properties: Map<String, Value>,
    #[serde(default)]
    occurred_at: Option<Moment>,
}

/// A reported event.
#[derive(Serialize, Deserialize, ToSchema)]
pub struct EventMade {
    id: EntryId,
}

/// Shows the timeline of a contact, newest first.
pub async fn timeline(call: Call, input: Input<ContactId, TimelineQuery>) -> Result<Found<Page<Entry>>, Problem> {
    let limit = check::limit(input.query.limit, 100)?;
    let before = match input.query.before.as_deref().map(cursor::read::<(i64, Uuid)>).transpose()? {
        Some((at, id)) => (Moment(at), id),
        None => (Moment(i64::MAX), Uuid::max()),
    };
    let (viewer, id) = (call.viewer.clone(), input.path);
    let mut items = call
        .read(move |tx| {
            contacts::contact(tx, &viewer, id)?;
            let mut entries = store::entries(tx, viewer.sight(), id, before, limit)?;
            entries.extend(store::pages(tx, id, before, limit)?);
            Ok(entries)
        })
        .await?;
    items.sort_by_key(|entry| std::cmp::Reverse((entry.at, entry.id)));
    items.truncate(usize::try_from(limit).unwrap_or(25));
    let next = items.last().filter(|_| items.len() as i64 == limit).map(|last| cursor::write(&(last.at.0, last.id)));
    Ok(Found(Page { items, next }))
}

/// Reports something a contact did.
pub async fn add_event(call: Call, input: Input<ContactId, NoQuery, Body<NewEvent>>) -> Result<Created<EventMade>, Problem> {
    let (viewer, contact, new) = (call.viewer.clone(), input.path, input.body.0);
    let id = call
        .write(move |tx| {
            contacts::contact(tx, &viewer, contact)?;
            let id = track::track(tx, viewer.actor(), contact, &new.name, &new.properties, new.occurred_at)?;
            Ok(EventMade { id })
        })
        .await?;
    Ok(Created(id))
}
