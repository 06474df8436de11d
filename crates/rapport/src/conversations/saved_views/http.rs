//! Requests about saved views, and the lists that come of them.

use platform::{
    clock::Moment,
    store::Tx,
    web::{Body, Created, Done, Found, Input, NoQuery, Page, Problem},
};

use super::{
    filter, keep,
    model::{NewSavedView, SavedView, SavedViewChange, ViewState, WIDEST},
    store, store_entries as entries,
};
use crate::{
    Call,
    conditions::Condition,
    conversations::{
        canned::agent_of,
        facts::{self, ConversationField},
        model::Conversation,
        store_views,
    },
    cursor,
    ids::{ConversationId, SavedViewId},
    viewer::Viewer,
};

/// Lists the saved views one may use.
pub async fn views(call: Call, _: Input) -> Result<Found<Page<SavedView>>, Problem> {
    let viewer = call.viewer.clone();
    Ok(Found(Page::whole(call.read(move |tx| keep::all(tx, &viewer)).await?)))
}

/// Lists what a condition may ask of conversations.
pub async fn fields(call: Call, _: Input) -> Result<Found<Page<ConversationField>>, Problem> {
    Ok(Found(Page::whole(call.read(|tx| Ok(facts::offered(tx)?)).await?)))
}

/// Saves a view.
pub async fn add(call: Call, input: Input<(), NoQuery, Body<NewSavedView>>) -> Result<Created<SavedView>, Problem> {
    let (viewer, new) = (call.viewer.clone(), input.body.0);
    Ok(Created(call.write(move |tx| keep::add(tx, &viewer, &new)).await?))
}

/// Shows a view.
pub async fn one(call: Call, input: Input<SavedViewId>) -> Result<Found<SavedView>, Problem> {
    let viewer = call.viewer.clone();
    Ok(Found(call.read(move |tx| keep::one(tx, &viewer, input.path)).await?))
}

/// Changes a view.
pub async fn change(call: Call, input: Input<SavedViewId, NoQuery, Body<SavedViewChange>>) -> Result<Found<SavedView>, Problem> {
    let (viewer, id, based_on, wanted) = (call.viewer.clone(), input.path, call.if_match, input.body.0);
    Ok(Found(call.write(move |tx| keep::change(tx, &viewer, id, based_on, &wanted)).await?))
}

/// Removes a view.
pub async fn remove(call: Call, input: Input<SavedViewId>) -> Result<Done, Problem> {
    let (viewer, id) = (call.viewer.clone(), input.path);
    call.write(move |tx| keep::remove(tx, &viewer, id)).await?;
    Ok(Done)
}

/// Which conversations a list shows: those of a view, or those of a condition that nobody keeps.
#[derive(Clone, Debug)]
pub enum Listed {
    /// Of a view.
    View(SavedViewId),
    /// Of a condition.
    Condition(serde_json::Value),
}

impl Listed {
    /// Reads a condition from a request.
    pub fn by_condition(json: &str) -> Result<Listed, Problem> {
        serde_json::from_str(json).map(Listed::Condition).map_err(|_| Problem::invalid("/filter", "Write the condition as JSON."))
    }
}

/// A page of such a list, and the cursor of the next.
pub fn list(tx: &mut Tx<'_>, viewer: &Viewer, listed: &Listed, after: Option<&str>, limit: i64) -> Result<(Vec<Conversation>, Option<String>), Problem> {
    let (ids, next) = match listed {
        Listed::View(id) => of_view(tx, viewer, *id, after, limit)?,
        Listed::Condition(json) => {
            let condition = Condition::read(json, &facts::fields(tx)?, "/filter")?;
            let before = after.map(cursor::read::<(i64, ConversationId)>).transpose()?;
            let before = before.map_or((Moment(i64::MAX), ConversationId(uuid::Uuid::max())), |(at, id)| (Moment(at), id));
            let found = filter::page(tx, viewer, &condition, before, usize::try_from(limit).unwrap_or(1))?;
            (found.ids, found.next.map(|(at, id)| cursor::write(&(at.0, id))))
        }
    };
    let items = ids.into_iter().map(|id| store_views::conversation(tx, viewer, id)).collect::<Result<_, _>>()?;
    Ok((items, next))
}

fn of_view(tx: &mut Tx<'_>, viewer: &Viewer, id: SavedViewId, after: Option<&str>, limit: i64) -> Result<(Vec<ConversationId>, Option<String>), Problem> {
    let view = store::one(tx, agent_of(viewer)?, id)?;
    if view.state == ViewState::TooWide {
        let detail = format!("More than {WIDEST} conversations fit this view, and it holds none of them. Ask for less: a status, a team or a time.");
        return Err(Problem::invalid("/saved_view_id", detail));
    }
    let after = after.map(cursor::read::<(i64, ConversationId)>).transpose()?.unwrap_or((i64::MIN, ConversationId::default()));
    let places = entries::page(tx, viewer, id, after, limit)?;
    let next = places.last().filter(|_| places.len() as i64 == limit).map(cursor::write);
    Ok((places.into_iter().map(|(_, id)| id).collect(), next))
}
