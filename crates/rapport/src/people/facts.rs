//! Facts about a contact: what they need, want and prefer, from where that is known, and since when.

use platform::{clock::Moment, store::Tx, web::Problem, word_enum};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{contacts, store_contacts, store_facts as store};
use crate::{
    check,
    ids::{AgentId, ContactId, FactId},
    viewer::Viewer,
};

/// A contact has at most so many.
const MOST: i64 = 200;

word_enum! {
    /// What a fact is about.
    FactKind {
        /// What they have to have.
        Need = "need",
        /// What they wish for.
        Want = "want",
        /// How they like it.
        Preference = "preference",
    }
}

/// Something known of a contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Fact {
    /// Names it.
    pub id: FactId,
    /// What it is about.
    pub kind: FactKind,
    /// What is known.
    pub text: String,
    /// From where it is known.
    pub source: String,
    /// The day on which it was learned, e.g. `2026-11-27`.
    pub learned_on: String,
    /// Who wrote it down.
    pub author_id: Option<AgentId>,
    /// Their name.
    pub author_name: Option<String>,
    /// When.
    pub created_at: Moment,
}

/// A fact to be written down.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewFact {
    /// What it is about.
    pub kind: FactKind,
    /// What is known; at most 1,000 characters.
    pub text: String,
    /// From where, e.g. `said in the shop`; at most 200 characters.
    pub source: String,
    /// The day on which it was learned; today in UTC unless told.
    #[serde(default)]
    pub learned_on: Option<String>,
}

/// What is known of a contact, newest first.
pub(super) fn facts(tx: &mut Tx<'_>, viewer: &Viewer, id: ContactId) -> Result<Vec<Fact>, Problem> {
    store_contacts::contact(tx, viewer, id)?;
    Ok(store::facts(tx, id)?)
}

/// Writes a fact down.
pub(super) fn add(tx: &mut Tx<'_>, viewer: &Viewer, id: ContactId, new: &NewFact) -> Result<Fact, Problem> {
    store_contacts::contact(tx, viewer, id)?;
    let now = tx.now();
    let today = jiff::Timestamp::from_microsecond(now.0).map(|at| at.to_zoned(jiff::tz::TimeZone::UTC).date()).map_err(Problem::fault)?;
    let typed = new.learned_on.as_deref().map(|day| day.trim().parse::<jiff::civil::Date>());
    let day = typed.transpose().map_err(|_| Problem::invalid("/learned_on", "Write a day, e.g. 2026-11-27."))?.unwrap_or(today);
    // Where it is tomorrow already, it may be learned tomorrow.
    if day.year() < 1900 || day > today.tomorrow().map_err(Problem::fault)? {
        return Err(Problem::invalid("/learned_on", "This day is yet to come, or too long ago."));
    }
    if store::count(tx, id)? >= MOST {
        return Err(Problem::invalid("", format!("At most {MOST} facts. Remove one that is no longer true.")));
    }
    let fact = Fact {
        id: tx.id(),
        kind: new.kind,
        text: check::text("/text", &new.text, 1_000)?,
        source: check::text("/source", &new.source, 200)?,
        learned_on: day.to_string(),
        author_id: viewer.agent().map(|agent| agent.id),
        author_name: viewer.agent().map(|agent| agent.name.clone()),
        created_at: now,
    };
    store::insert(tx, id, &fact)?;
    contacts::announce(tx, viewer.actor(), id, "fact_added", Some(fact.id.0))?;
    Ok(fact)
}

/// Removes a fact.
pub(super) fn remove(tx: &mut Tx<'_>, viewer: &Viewer, id: ContactId, fact: FactId) -> Result<(), Problem> {
    store_contacts::contact(tx, viewer, id)?;
    if store::delete(tx, id, fact)? == 0 {
        return Err(Problem::not_found());
    }
    contacts::announce(tx, viewer.actor(), id, "fact_removed", Some(fact.0)).map(drop)
}
