//! Teams.

use platform::{
    events::{Actor, Event},
    store::Tx,
    web::Problem,
};
use serde::Serialize;
use uuid::Uuid;

use super::{
    model::{NewTeam, Team, TeamChange},
    store,
};
use crate::{
    check,
    ids::{AgentId, TeamId},
    places::hours::{Hours, check_special_days},
};

/// A team was made, changed or removed.
#[derive(Serialize)]
struct TeamChanged {
    team_id: TeamId,
    version: i64,
}
impl Event for TeamChanged {
    const KIND: &'static str = "people.team_changed";
    fn stream(&self) -> Uuid {
        self.team_id.0
    }
    fn version(&self) -> i64 {
        self.version
    }
}

/// Adds a team.
pub fn add_team(tx: &mut Tx<'_>, actor: Actor, new: NewTeam) -> Result<Team, Problem> {
    let team = Team {
        id: tx.id(),
        name: new.name,
        member_ids: new.member_ids,
        hours: new.hours,
        special_days: new.special_days,
        inherits_special_days: new.inherits_special_days,
        version: 1,
    };
    let team = check_team(team)?;
    store::insert_team(tx, &team).map_err(name_taken)?;
    set_members(tx, team.id, &team.member_ids)?;
    tx.announce(actor, &TeamChanged { team_id: team.id, version: 1 })?;
    Ok(team)
}

fn check_team(mut team: Team) -> Result<Team, Problem> {
    team.name = check::text("/name", &team.name, 80)?;
    team.special_days = check_special_days(&team.special_days)?;
    team.hours.as_ref().map_or(Ok(()), Hours::check)?;
    Ok(team)
}

/// The team of a name.
pub fn team_named(tx: &mut Tx<'_>, name: &str) -> Result<Option<TeamId>, Problem> {
    Ok(store::teams(tx)?.into_iter().find(|team| team.name == name).map(|team| team.id))
}

/// Every team with its name.
pub fn team_names(tx: &mut Tx<'_>) -> Result<Vec<(TeamId, String)>, Problem> {
    Ok(store::teams(tx)?.into_iter().map(|team| (team.id, team.name)).collect())
}

/// Changes a team.
pub(super) fn change_team(tx: &mut Tx<'_>, actor: Actor, id: TeamId, based_on: Option<i64>, change: &TeamChange) -> Result<Team, Problem> {
    let mut team = store::teams(tx)?.into_iter().find(|team| team.id == id).ok_or_else(Problem::not_found)?;
    if based_on.is_some_and(|version| version != team.version) {
        return Err(Problem::version_conflict(serde_json::to_value(&team).unwrap_or_default()));
    }
    if let Some(members) = &change.member_ids {
        set_members(tx, id, members)?;
        team.member_ids.clone_from(members);
    }
    let change = change.clone();
    team.name = change.name.unwrap_or(team.name);
    team.hours = change.hours.unwrap_or(team.hours);
    team.special_days = change.special_days.unwrap_or(team.special_days);
    team.inherits_special_days = change.inherits_special_days.unwrap_or(team.inherits_special_days);
    team.version += 1;
    let team = check_team(team)?;
    store::update_team(tx, &team).map_err(name_taken)?;
    tx.announce(actor, &TeamChanged { team_id: id, version: team.version })?;
    Ok(team)
}

/// Who is in a team; none when there is no such team.
pub fn members_of(tx: &mut Tx<'_>, id: TeamId) -> Result<Option<Vec<AgentId>>, Problem> {
    Ok(store::teams(tx)?.into_iter().find(|team| team.id == id).map(|team| team.member_ids))
}

/// Removes a team nothing points to.
pub(super) fn remove_team(tx: &mut Tx<'_>, actor: Actor, id: TeamId) -> Result<(), Problem> {
    let in_use = || {
        Problem::conflict(
            "in_use",
            "Conversations, inboxes, locations, rights, features, canned responses or macros still point to this team. Move them first.",
        )
    };
    if store::is_team_granted(tx, id)? {
        return Err(in_use());
    }
    match store::delete_team(tx, id) {
        Ok(0) => Err(Problem::not_found()),
        Ok(_) => Ok(tx.announce(actor, &TeamChanged { team_id: id, version: i64::MAX }).map(drop)?),
        Err(error) if error.is_reference() => Err(in_use()),
        Err(error) => Err(error.into()),
    }
}

fn set_members(tx: &mut Tx<'_>, id: TeamId, members: &[AgentId]) -> Result<(), Problem> {
    store::replace_members(tx, id, members)
        .map_err(|error| if error.is_reference() { Problem::invalid("/member_ids", "Somebody named here is not an agent.") } else { error.into() })
}

fn name_taken(error: platform::store::Error) -> Problem {
    if error.is_duplicate() { Problem::invalid("/name", "There is a team of that name already.") } else { error.into() }
}
