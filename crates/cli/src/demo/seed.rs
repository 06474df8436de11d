//! Making the company: places, people, inboxes; then its past.

use std::{collections::HashMap, sync::Arc};

use indicatif::{ProgressBar, ProgressStyle};
use platform::{
    clock::{Clock, Moment},
    events::Actor,
    i18n::Localised,
    store::Tx,
    web::Problem,
};
use rapport::{
    channels::{self, Channel, NewInbox},
    desk::Desk,
    ids::{AgentId, LocationId, TeamId},
    people::{self, Availability, GrantSpec, NewAgent},
    places::{self, BrandChange, LocationKind, NewBrand, NewLocation, ServiceModel, Tone},
    viewer::{Role, Scope, Viewer},
};

use super::{
    data::{self, Data},
    past, settle,
};
use crate::told;

/// Ids of what was made, by key.
#[derive(Clone, Default)]
pub struct Made {
    /// The scope of each brand's inboxes.
    pub inboxes: Vec<(String, Scope)>,
    /// Teams.
    pub teams: HashMap<String, TeamId>,
    /// Agents in the order of the file.
    pub agents: Vec<AgentId>,
}

/// Makes the company and its past, showing how far it is.
pub async fn run(desk: &Desk, clock: &Clock, data: &Arc<Data>, conversations: usize, now: Moment) -> anyhow::Result<()> {
    let bar = ProgressBar::new(conversations as u64);
    bar.set_style(ProgressStyle::with_template("making {msg} [{bar:30}] {pos}/{len} conversations")?.progress_chars("=> "));
    bar.set_message(data.company.name.clone());
    if bar.is_hidden() {
        println!("making {}: {conversations} conversations of twelve months", data.company.name);
    }
    let (wanted, url) = (data.clone(), desk.config.public_url.clone());
    let made = desk.store.write(move |tx| company(tx, &wanted, &url)).await.map_err(told)?;
    past::write(desk, clock, data, &made, conversations, now, &bar).await?;
    settle(desk).await?;
    bar.finish_and_clear();
    Ok(())
}

fn company(tx: &mut Tx<'_>, data: &Data, url: &str) -> Result<Made, Problem> {
    let mut made = Made::default();
    places::found(tx, &data.company.name)?;
    let mut brands = HashMap::new();
    for brand in &data.company.brands {
        let new = NewBrand {
            name: brand.name.clone(),
            accent: Some(brand.accent.clone()),
            service_model: ServiceModel::from_word(&brand.service_model),
            tone: Tone::from_word(&brand.tone),
            hours: Some(brand.hours.clone()),
            special_days: brand.special_days.clone(),
            promise: Localised(brand.promise.clone()),
            languages: None,
        };
        let id = places::add_brand(tx, Actor::SYSTEM, new)?.id;
        let change = BrandChange { radius: Some(brand.radius), accent_dark: Some(brand.accent_dark.clone()), ..BrandChange::default() };
        places::change_brand(tx, Actor::SYSTEM, id, None, &change)?;
        brands.insert(brand.key.as_str(), id);
    }
    for team in &data.company.teams {
        made.teams.insert(team.key.clone(), people::add_team(tx, Actor::SYSTEM, people::NewTeam::named(&team.name))?.id);
    }
    let mut regions = HashMap::new();
    for region in &data.company.regions {
        regions.insert(region.key.as_str(), places::add_location(tx, Actor::SYSTEM, plain_location(LocationKind::Region, &region.name))?.id);
    }
    let mut by_key = HashMap::new();
    for location in &data.locations {
        let id = places::add_location(tx, Actor::SYSTEM, new_location(location, &regions, &brands, &made.teams))?.id;
        by_key.insert(location.key.as_str(), id);
    }
    for inbox in &data.company.inboxes {
        let Some(brand_id) = brands.get(inbox.brand.as_str()).copied() else { continue };
        let new = NewInbox {
            name: inbox.name.clone(),
            channel: Channel::Webchat,
            brand_id,
            location_id: inbox.location.as_deref().and_then(|key| by_key.get(key).copied()),
            team_id: inbox.team.as_deref().and_then(|key| made.teams.get(key).copied()),
        };
        let made_inbox = channels::add_inbox(tx, Actor::SYSTEM, &new, url)?;
        made.inboxes.push((inbox.brand.clone(), made_inbox.scope()));
    }
    for agent in &data.company.agents {
        made.agents.push(add_agent(tx, agent, &made.teams)?);
    }
    Ok(made)
}

fn plain_location(kind: LocationKind, name: &str) -> NewLocation {
    NewLocation {
        kind,
        name: name.into(),
        parent_id: None,
        brand_id: None,
        country: None,
        city: String::new(),
        address: String::new(),
        hours: None,
        special_days: Vec::new(),
        inherits_special_days: true,
        team_id: None,
    }
}

fn new_location(
    location: &data::Location,
    regions: &HashMap<&str, LocationId>,
    brands: &HashMap<&str, rapport::ids::BrandId>,
    teams: &HashMap<String, TeamId>,
) -> NewLocation {
    NewLocation {
        parent_id: regions.get(location.region.as_str()).copied(),
        brand_id: brands.get(location.brand.as_str()).copied(),
        country: Some(location.country.clone()),
        city: location.city.clone(),
        address: location.address.clone(),
        hours: location.hours.clone(),
        team_id: location.team.as_ref().and_then(|key| teams.get(key).copied()),
        ..plain_location(LocationKind::Location, &location.name)
    }
}

fn add_agent(tx: &mut Tx<'_>, agent: &data::Agent, teams: &HashMap<String, TeamId>) -> Result<AgentId, Problem> {
    let role = Role::from_word(&agent.role).unwrap_or(Role::Agent);
    let new = NewAgent {
        name: agent.name.clone(),
        email: agent.email.clone(),
        grants: vec![GrantSpec::everywhere(role)],
        team_ids: agent.teams.iter().filter_map(|key| teams.get(key).copied()).collect(),
        language: Some(agent.language.clone()),
    };
    let (made, _) = people::add_agent(tx, &Viewer::System { reason: "demo" }, new)?;
    people::settle_in(tx, made.id, &agent.time_zone, Availability::from_word(&agent.availability).unwrap_or(Availability::Available))?;
    Ok(made.id)
}
