//! Views: the lists an agent works through, with counts that are kept, not counted.

use platform::{events, store::Tx, web::Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{model::Conversation, store_counts, store_views};
use crate::{ids::TeamId, viewer::Viewer};

/// A view and how many are in it.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct ViewCount {
    /// `mine`, `due`, `mentions`, `participating`, `unassigned`, `all` or `snoozed`.
    pub view: String,
    /// How many.
    pub count: i64,
}

/// A team and how many of its conversations are open or waiting.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct TeamCount {
    /// The team.
    pub team_id: TeamId,
    /// How many.
    pub count: i64,
}

/// Every view with its count.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Views {
    /// The views.
    pub items: Vec<ViewCount>,
    /// The teams the viewer may see something of.
    pub teams: Vec<TeamCount>,
}

/// A page of conversations and the position of the log it shows.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct ConversationPage {
    /// The conversations.
    pub items: Vec<Conversation>,
    /// Cursor of the next page.
    pub next: Option<String>,
    /// The newest position of the log when this was read: resume live updates from here.
    pub position: i64,
}

/// The counts of all views.
pub(super) fn counts(tx: &mut Tx<'_>, viewer: &Viewer) -> Result<Views, Problem> {
    let sums = store_counts::sums(tx, viewer)?;
    let (mentions, participating) = store_views::personal_counts(tx, viewer)?;
    let view = |view: &str, count: i64| ViewCount { view: view.into(), count };
    Ok(Views {
        items: vec![
            view("mine", sums.mine),
            view("due", store_views::due_count(tx, viewer)?),
            view("mentions", mentions),
            view("participating", participating),
            view("unassigned", sums.unassigned),
            view("all", sums.all),
            view("snoozed", sums.snoozed),
        ],
        teams: sums.teams.into_iter().map(|(team_id, count)| TeamCount { team_id, count }).collect(),
    })
}

/// The position of the log a page shows.
pub(super) fn position(tx: &mut Tx<'_>) -> Result<i64, Problem> {
    Ok(events::head(tx)?)
}
