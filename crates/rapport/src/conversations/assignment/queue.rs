//! Where a customer stands in the queue, and how long it takes, told only where it is known.

use std::time::Duration;

use platform::store::{Result, Tx};

use super::{model::QueuePlace, serve::is_served, store};
use crate::ids::ConversationId;

const WINDOW: Duration = Duration::from_secs(30 * 60);
/// With fewer than these nothing is said.
const ENOUGH: i64 = 5;

/// The place of a conversation that the caller has let the customer see.
pub fn place_of(tx: &mut Tx<'_>, id: ConversationId) -> Result<QueuePlace> {
    let Some(team) = store::standing(tx, id)?.queue else { return Ok(QueuePlace::default()) };
    if !store::team(tx, team)?.is_some_and(|(assignment, ..)| is_served(&assignment)) {
        return Ok(QueuePlace::default());
    }
    let Some(position) = store::position(tx, team, id)? else { return Ok(QueuePlace::default()) };
    let since = tx.now().minus(WINDOW);
    let left = store::left_since(tx, team, since)?;
    let seconds = i64::try_from(WINDOW.as_secs()).unwrap_or(0);
    let expected_wait_seconds = (left >= ENOUGH).then(|| position * seconds / left);
    Ok(QueuePlace { position: Some(position), expected_wait_seconds })
}
