//! Requests about rules and their runs.

use platform::{
    clock::Moment,
    web::{Body, Created, Done, Found, Input, NoQuery, Page, Problem},
};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    dry_run::{self, DryRun},
    facts, keep,
    model::{NewRule, Rule, RuleChange, RulePlace},
    store_runs::{self, RuleRun},
};
use crate::{
    Call, check,
    conversations::facts::ConversationField,
    cursor,
    ids::{ConversationId, RuleId, RunId},
};

/// Which runs are wanted.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct RunQuery {
    /// 1 to 100, 25 unless told.
    limit: Option<i64>,
    /// The cursor of the page before.
    cursor: Option<String>,
}

impl RunQuery {
    fn read(&self) -> Result<(i64, (Moment, RunId)), Problem> {
        let before = self.cursor.as_deref().map(cursor::read::<(i64, RunId)>).transpose()?;
        let before = before.map_or((Moment(i64::MAX), RunId(uuid::Uuid::max())), |(at, id)| (Moment(at), id));
        Ok((check::limit(self.limit, 100)?, before))
    }
}

fn paged(items: Vec<RuleRun>, limit: i64) -> Found<Page<RuleRun>> {
    let next = items.last().filter(|_| items.len() as i64 == limit).map(|last| cursor::write(&(last.at.0, last.id)));
    Found(Page { items, next })
}

/// Lists the rules in their order.
pub async fn rules(call: Call, _: Input) -> Result<Found<Page<Rule>>, Problem> {
    let viewer = call.viewer.clone();
    Ok(Found(Page::whole(call.read(move |tx| keep::seen_by(tx, &viewer)).await?)))
}

/// Lists what a condition of a rule may ask.
pub async fn fields(call: Call, _: Input) -> Result<Found<Page<ConversationField>>, Problem> {
    Ok(Found(Page::whole(call.read(|tx| Ok(facts::offered(tx)?)).await?)))
}

/// Adds a rule.
pub async fn add(call: Call, input: Input<(), NoQuery, Body<NewRule>>) -> Result<Created<Rule>, Problem> {
    let (viewer, new) = (call.viewer.clone(), input.body.0);
    Ok(Created(call.write(move |tx| keep::add(tx, &viewer, &new)).await?))
}

/// Shows a rule.
pub async fn one(call: Call, input: Input<RuleId>) -> Result<Found<Rule>, Problem> {
    let viewer = call.viewer.clone();
    Ok(Found(call.read(move |tx| keep::one(tx, &viewer, input.path)).await?))
}

/// Changes a rule.
pub async fn change(call: Call, input: Input<RuleId, NoQuery, Body<RuleChange>>) -> Result<Found<Rule>, Problem> {
    let (viewer, id, based_on, wanted) = (call.viewer.clone(), input.path, call.if_match, input.body.0);
    Ok(Found(call.write(move |tx| keep::change(tx, &viewer, id, based_on, &wanted)).await?))
}

/// Moves a rule in the order.
pub async fn put(call: Call, input: Input<RuleId, NoQuery, Body<RulePlace>>) -> Result<Found<Page<Rule>>, Problem> {
    let (viewer, id, wanted) = (call.viewer.clone(), input.path, input.body.0);
    Ok(Found(Page::whole(call.write(move |tx| keep::put(tx, &viewer, id, wanted)).await?)))
}

/// Removes a rule.
pub async fn remove(call: Call, input: Input<RuleId>) -> Result<Done, Problem> {
    let (viewer, id) = (call.viewer.clone(), input.path);
    call.write(move |tx| keep::remove(tx, &viewer, id)).await?;
    Ok(Done)
}

/// Tells what a rule would have done; keeps nothing.
pub async fn dry_run(call: Call, input: Input<(), NoQuery, Body<NewRule>>) -> Result<Found<DryRun>, Problem> {
    let (viewer, new) = (call.viewer.clone(), input.body.0);
    Ok(Found(call.read(move |tx| dry_run::dry_run(tx, &viewer, &new)).await?))
}

/// Lists what a rule did, in conversations one may see.
pub async fn runs(call: Call, input: Input<RuleId, RunQuery>) -> Result<Found<Page<RuleRun>>, Problem> {
    let (viewer, id, (limit, before)) = (call.viewer.clone(), input.path, input.query.read()?);
    let read = move |tx: &mut platform::store::Tx<'_>| {
        keep::one(tx, &viewer, id)?;
        Ok::<_, Problem>(store_runs::of_rule(tx, &viewer, id, before, limit)?)
    };
    Ok(paged(call.read(read).await?, limit))
}

/// Lists what rules did in a conversation, and why.
pub async fn runs_in(call: Call, input: Input<ConversationId, RunQuery>) -> Result<Found<Page<RuleRun>>, Problem> {
    let (viewer, id, (limit, before)) = (call.viewer.clone(), input.path, input.query.read()?);
    let read = move |tx: &mut platform::store::Tx<'_>| {
        crate::conversations::conversation(tx, &viewer, id)?;
        Ok::<_, Problem>(store_runs::in_conversation(tx, &viewer, id, before, limit)?)
    };
    Ok(paged(call.read(read).await?, limit))
}
