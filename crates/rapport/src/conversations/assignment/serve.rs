//! Giving out what is queued.

use std::{collections::HashMap, time::Duration};

use platform::{
    events::Recorded,
    store::{Error, Result as Stored, Tx},
    web::Problem,
};

use super::{
    super::{announce::Changed, change, store as conversation_store},
    model::{Method, TeamAssignment},
    pick::{Member, Wanted, candidates},
    store,
};
use crate::{
    ids::{BrandId, ConversationId, LocationId, TeamId},
    people,
    viewer::Viewer,
};

/// The job that looks at all queues: what time brings (opening, the end of an absence, overflow) is no event.
pub const SERVE: &str = "serve_queues";
/// How many of a queue are looked at in one go: those in front may ask for a skill that nobody free has.
const LOOK_AT: i64 = 50;

const WHY: Viewer = Viewer::System { reason: "new work is given out" };

/// Something happened to a conversation: it may be queued now, or its agent has room.
pub fn serve_after(tx: &mut Tx<'_>, event: &Recorded) -> Stored<()> {
    let changed: Changed = event.read()?;
    let store::Standing { queue, assignee } = store::standing(tx, changed.conversation_id)?;
    if let Some(team) = queue {
        return serve(tx, team);
    }
    let before = changed.from.as_deref().filter(|_| changed.field.as_deref() == Some("assignee")).and_then(|id| id.parse().ok());
    for agent in [assignee, before.map(crate::ids::AgentId)].into_iter().flatten() {
        for team in store::teams_served_by(tx, agent)? {
            serve(tx, team)?;
        }
    }
    Ok(())
}

/// Gives out what is queued anywhere, and moves what has stood too long to the team that helps out.
pub fn serve_all(tx: &mut Tx<'_>) -> Result<(), Problem> {
    for team in store::teams_to_serve(tx)? {
        overflow(tx, team)?;
        serve(tx, team)?;
    }
    Ok(())
}

/// Whether something is queued that is given out.
pub fn is_any_queued(tx: &mut Tx<'_>) -> Stored<bool> {
    Ok(!store::teams_to_serve(tx)?.is_empty())
}

fn overflow(tx: &mut Tx<'_>, team: TeamId) -> Result<(), Problem> {
    let Some((assignment, ..)) = store::team(tx, team)? else { return Ok(()) };
    let Some((other, minutes)) = assignment.overflow_team_id.zip(assignment.overflow_minutes) else { return Ok(()) };
    let before = tx.now().minus(Duration::from_secs(60 * minutes.unsigned_abs()));
    for id in store::queued_before(tx, team, before, LOOK_AT)? {
        change::move_to_team(tx, &WHY, id, other)?;
    }
    Ok(())
}

/// Gives out what is queued for a team, as far as somebody has room.
pub(super) fn serve(tx: &mut Tx<'_>, team: TeamId) -> Stored<()> {
    let Some((assignment, mut turn, _)) = store::team(tx, team)? else { return Ok(()) };
    if assignment.method == Method::Manual {
        return Ok(());
    }
    let queue = store::queue(tx, team, LOOK_AT)?;
    if queue.is_empty() {
        return Ok(());
    }
    let (settings, _) = store::settings(tx)?;
    let mut members = store::members(tx, team, &settings)?;
    let mut open = Open::default();
    for id in queue {
        if !members.iter().any(|member| member.has_room(1)) {
            break;
        }
        let mut state = conversation_store::state(tx, &WHY, id)?;
        if assignment.in_business_hours && !open.is_open(tx, &state)? {
            continue;
        }
        let (language, previous) = store::language_and_previous(tx, id, state.contact_id)?;
        let weight = settings.weight(&state.channel);
        let wanted = Wanted { weight, tags: &state.tags, language: language.as_deref(), previous: previous.filter(|_| assignment.previous_agent_first) };
        let Some(chosen) = first_who_may(tx, &candidates(&members, assignment.method, &wanted), &state)? else { continue };
        let waited = state.queued_at.map(|since| tx.now().since(since).as_secs());
        change::assign(tx, &WHY, &mut state, Some(chosen)).map_err(as_stored)?;
        turn += 1;
        store::keep_turn(tx, team, chosen, turn)?;
        store::keep_queue_time(tx, id, team, waited.and_then(|seconds| i64::try_from(seconds).ok()).unwrap_or(0))?;
        if let Some(member) = members.iter_mut().find(|member| member.id == chosen) {
            member.load += weight;
            member.turn = turn;
        }
    }
    Ok(())
}

/// The first of the candidates who may answer it: nobody gets what they cannot see.
fn first_who_may(tx: &mut Tx<'_>, candidates: &[&Member], state: &conversation_store::State) -> Stored<Option<crate::ids::AgentId>> {
    for member in candidates {
        if people::may_answer(tx, member.id, &state.scope)? {
            return Ok(Some(member.id));
        }
    }
    Ok(None)
}

/// Whether it is open, looked up once for each place.
#[derive(Default)]
struct Open(HashMap<(BrandId, Option<LocationId>), bool>);

impl Open {
    fn is_open(&mut self, tx: &mut Tx<'_>, state: &conversation_store::State) -> Stored<bool> {
        let place = (state.scope.brand_id, state.scope.location_id);
        if let Some(open) = self.0.get(&place) {
            return Ok(*open);
        }
        let now = tx.now();
        let open = people::business_time(tx, &state.scope)?.is_open(now);
        self.0.insert(place, open);
        Ok(open)
    }
}

/// A refusal of our own work is a fault: the reaction then fails visibly and is tried again.
pub(super) fn as_stored(problem: Problem) -> Error {
    Error::Binding(problem.detail)
}

/// Whether a team's queue is served at all.
pub(super) fn is_served(assignment: &TeamAssignment) -> bool {
    assignment.method != Method::Manual
}

/// Serves the queue a conversation stands in; for those who hand work back.
pub(super) fn serve_of(tx: &mut Tx<'_>, id: ConversationId) -> Stored<()> {
    store::standing(tx, id)?.queue.map_or(Ok(()), |team| serve(tx, team))
}
