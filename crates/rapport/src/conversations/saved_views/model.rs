//! Saved views as they are shown and kept.

use platform::{clock::Moment, store::Tx, web::Problem, word_enum};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    check,
    conditions::Condition,
    conversations::{facts, sharing::Sharing},
    ids::SavedViewId,
};

word_enum! {
    /// In which order the conversations of a view come.
    ViewSort {
        /// What something happened in last comes first.
        LastActivity = "last_activity",
        /// Who waits longest comes first; those who do not wait come last.
        WaitingSince = "waiting_since",
        /// What is due next comes first; what nothing is promised for comes last.
        NextDeadline = "next_deadline",
        /// The newest case first.
        Newest = "newest",
        /// The oldest case first.
        Oldest = "oldest",
    }
}

word_enum! {
    /// How a view is shown.
    ViewLayout {
        /// A card for each conversation.
        Cards = "cards",
        /// A table with a row for each.
        Table = "table",
    }
}

word_enum! {
    /// How far a view is.
    ViewState {
        /// Conversations are still being held against it; what is found so far is shown.
        Filling = "filling",
        /// All that fits is in it.
        Ready = "ready",
        /// More fits than a view can hold.
        TooWide = "too_wide",
        /// It was removed; its entries go.
        Leaving = "leaving",
    }
}

/// More than this many conversations are no list to work through.
pub(super) const WIDEST: i64 = 100_000;

/// A saved view.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SavedView {
    /// Names it.
    pub id: SavedViewId,
    /// What it is called.
    pub name: String,
    /// Which conversations are in it.
    #[schema(value_type = Condition)]
    pub condition: serde_json::Value,
    /// In which order.
    pub sort: ViewSort,
    /// Shown how.
    pub layout: ViewLayout,
    /// Whom it is for.
    pub sharing: Sharing,
    /// How far it is.
    pub state: ViewState,
    /// How many conversations of it the viewer may see.
    pub count: i64,
    /// Whether the viewer may change it.
    pub may_change: bool,
    /// When it was last changed.
    pub changed_at: Moment,
    /// Raised by one in each change.
    pub version: i64,
}

/// A view to save.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSavedView {
    /// What it is called; at most 60 characters.
    pub name: String,
    /// Which conversations are in it: `{"all": [...]}`, `{"any": [...]}`, `{"not": {...}}` or `{"field": ..., "op": ..., "value": ...}`, at most 40 clauses.
    #[schema(value_type = Condition)]
    pub condition: serde_json::Value,
    /// In which order; what something happened in last first, unless told.
    #[serde(default = "last_activity")]
    pub sort: ViewSort,
    /// Shown how; as cards unless told.
    #[serde(default = "cards")]
    pub layout: ViewLayout,
    /// Whom it is for.
    pub sharing: Sharing,
}

fn last_activity() -> ViewSort {
    ViewSort::LastActivity
}
fn cards() -> ViewLayout {
    ViewLayout::Cards
}

/// A change of a view; what is left out stays.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SavedViewChange {
    /// New name.
    pub name: Option<String>,
    /// New condition, whole.
    #[schema(value_type = Option<Condition>)]
    pub condition: Option<serde_json::Value>,
    /// New order.
    pub sort: Option<ViewSort>,
    /// Shown how from now on.
    pub layout: Option<ViewLayout>,
    /// For whom it is now.
    pub sharing: Option<Sharing>,
}

/// A view whose values were looked at.
#[derive(Clone, Debug)]
pub(super) struct Checked {
    pub(super) name: String,
    pub(super) condition: Condition,
    pub(super) sort: ViewSort,
    pub(super) layout: ViewLayout,
    pub(super) sharing: Sharing,
}

impl NewSavedView {
    /// What is kept of what was typed.
    pub(super) fn checked(&self, tx: &mut Tx<'_>) -> Result<Checked, Problem> {
        Ok(Checked {
            name: check::text("/name", &self.name, 60)?,
            condition: Condition::read(&self.condition, &facts::fields(tx)?, "/condition")?,
            sort: self.sort,
            layout: self.layout,
            sharing: self.sharing,
        })
    }
}
