//! `rapport feature`.

use clap::{Args, Subcommand};
use jiff::{Span, civil::Date, tz::TimeZone};
use platform::{clock::Moment, events::Actor, store::Tx, web::Problem};
use rapport::{
    audit,
    desk::Desk,
    features::{self, Feature as Known, Listed, NewRow, Target},
    people, places,
};
use serde_json::json;

use crate::told;

/// What can be done with features.
#[derive(Subcommand)]
pub enum Feature {
    /// Lists the features, what happens without them, and for whom they are set on or off.
    List {
        /// For programs: one JSON object.
        #[arg(long)]
        json: bool,
    },
    /// Sets a feature on or off, for everyone or for one brand, team or agent. The narrowest decides.
    Set {
        /// Its name, from the list.
        name: String,
        /// Whether it is offered.
        state: State,
        #[command(flatten)]
        whose: Whose,
        /// A day (2026-12-31, to its end in UTC), a moment (2026-12-31T12:00:00Z) or a time from now (14d, 36h). Until cleared, unless told.
        #[arg(long, value_name = "DATE|DURATION")]
        until: Option<String>,
        /// Why, for whoever finds it later.
        #[arg(long, default_value = "")]
        note: String,
    },
    /// Takes away what is set of a feature for everyone, or for one brand, team or agent.
    Clear {
        /// Its name, from the list.
        name: String,
        #[command(flatten)]
        whose: Whose,
    },
}

/// On or off.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum State {
    /// Offered.
    On,
    /// Not offered.
    Off,
}

/// For whom; everyone unless told.
#[derive(Args, Clone)]
#[group(multiple = false)]
pub struct Whose {
    /// The name of a brand.
    #[arg(long)]
    brand: Option<String>,
    /// The name of a team.
    #[arg(long)]
    team: Option<String>,
    /// The address of an agent.
    #[arg(long)]
    agent: Option<String>,
}

impl Whose {
    fn target(&self, tx: &mut Tx<'_>) -> Result<Target, Problem> {
        let missing = |what: &str, name: &str| Problem::invalid("/target", format!("There is no {what} {name}. Nothing was changed."));
        match (&self.brand, &self.team, &self.agent) {
            (Some(name), ..) => places::brand_named(tx, name)?.map(Target::Brand).ok_or_else(|| missing("brand", name)),
            (_, Some(name), _) => people::team_named(tx, name)?.map(Target::Team).ok_or_else(|| missing("team", name)),
            (.., Some(email)) => people::find_by_email(tx, email).map(Target::Agent),
            _ => Ok(Target::Everyone),
        }
    }
}

impl Feature {
    /// Does it.
    pub async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        match self {
            Feature::List { json } => list(&desk.store.read(features::list).await?, json),
            Feature::Set { name, state, whose, until, note } => {
                let feature = Known::named(&name).map_err(told)?;
                let expires_at = until.map(|text| moment(&text, desk.store.clock().now())).transpose()?;
                let set_by = ["SUDO_USER", "USER", "LOGNAME"].iter().find_map(|name| std::env::var(name).ok()).filter(|name| !name.trim().is_empty());
                let set_by = set_by.map_or_else(|| "the command line".to_owned(), |name| name.chars().take(80).collect());
                let work = move |tx: &mut Tx<'_>| {
                    let target = whose.target(tx)?;
                    audit::record_command(tx, "rapport feature set", feature.word())?;
                    let new = NewRow { target, is_on: state == State::On, expires_at, note: note.clone(), set_by: set_by.clone() };
                    features::set(tx, Actor::SYSTEM, feature, &new)
                };
                desk.store.write(work).await.map_err(told)?;
                let until = expires_at.map(|at| format!(" until {at}")).unwrap_or_default();
                println!("{name} is {}{until}. Servers ask each time; a console that is open asks when it is loaded again", word(state == State::On));
                if state == State::Off {
                    println!("{}", feature.facts().when_off);
                }
                Ok(())
            }
            Feature::Clear { name, whose } => {
                let named = name.clone();
                let work = move |tx: &mut Tx<'_>| {
                    let target = whose.target(tx)?;
                    audit::record_command(tx, "rapport feature clear", &named)?;
                    features::clear(tx, Actor::SYSTEM, &named, target)
                };
                desk.store.write(work).await.map_err(told)?;
                println!("{name} is as it would be without that");
                Ok(())
            }
        }
    }
}

fn word(is_on: bool) -> &'static str {
    if is_on { "on" } else { "off" }
}

fn list(rows: &[Listed], as_json: bool) -> anyhow::Result<()> {
    if as_json {
        let known: Vec<_> = Known::ALL
            .iter()
            .map(|feature| {
                let facts = feature.facts();
                json!({"name": feature, "about": facts.about, "part": facts.part, "by_default": facts.by_default, "when_off": facts.when_off})
            })
            .collect();
        println!("{}", serde_json::to_string_pretty(&json!({"features": known, "rows": rows}))?);
        return Ok(());
    }
    for feature in Known::ALL {
        let facts = feature.facts();
        println!("{}\t{} unless set\t{}", feature.word(), word(facts.by_default), facts.about);
        println!("\twithout it\t{}", facts.when_off);
        rows.iter().filter(|row| row.name == feature.word()).for_each(show);
    }
    rows.iter().filter(|row| !row.is_known).for_each(show);
    Ok(())
}

fn show(row: &Listed) {
    let whose = match (row.target, &row.whose) {
        (Target::Everyone, _) | (_, None) => "everyone".to_owned(),
        (Target::Brand(_), Some(name)) => format!("brand {name}"),
        (Target::Team(_), Some(name)) => format!("team {name}"),
        (Target::Agent(_), Some(email)) => format!("agent {email}"),
    };
    let until = match row.expires_at {
        Some(at) if row.is_expired => format!("expired {at}"),
        Some(at) => format!("until {at}"),
        None => "until cleared".to_owned(),
    };
    let name = if row.is_known { "" } else { row.name.as_str() };
    let unknown = if row.is_known { "" } else { "\tnot a feature of this version" };
    println!("{name}\t{}\t{whose}\t{until}\tset by {} at {}\t{}{unknown}", word(row.is_on), row.set_by, row.set_at, row.note);
}

/// The moment that `text` names: a day's end, a moment, or a time from now.
fn moment(text: &str, now: Moment) -> anyhow::Result<Moment> {
    let wrong =
        || anyhow::anyhow!("--until is a day (2026-12-31), a moment (2026-12-31T12:00:00Z) or a time from now (14d, 36h), not {text}. Nothing was changed");
    if let Ok(moment) = Moment::parse(text) {
        return Ok(moment);
    }
    if let Ok(day) = text.parse::<Date>() {
        let next = day.tomorrow().and_then(|day| day.to_zoned(TimeZone::UTC)).map_err(|_| wrong())?;
        return Ok(next.timestamp().into());
    }
    let span: Span = text.parse().map_err(|_| wrong())?;
    let then = now.timestamp().to_zoned(TimeZone::UTC).checked_add(span).map_err(|_| wrong())?;
    Ok(then.timestamp().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn until_is_a_day_to_its_end_a_moment_or_a_time_from_now() {
        let now = Moment::parse("2026-11-27T10:00:00Z").unwrap();
        let read = |text: &str| moment(text, now).map(|at| at.to_string()).map_err(|error| error.to_string());

        assert_eq!(read("2026-12-31").unwrap(), "2027-01-01T00:00:00.000000Z");
        assert_eq!(read("2026-12-31T12:00:00Z").unwrap(), "2026-12-31T12:00:00.000000Z");
        assert_eq!(read("14d").unwrap(), "2026-12-11T10:00:00.000000Z");
        assert_eq!(read("36h").unwrap(), "2026-11-28T22:00:00.000000Z");
        assert!(read("soon").unwrap_err().contains("14d"));
        assert!(read("999999999y").is_err());
    }
}
