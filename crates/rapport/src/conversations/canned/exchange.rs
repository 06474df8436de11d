//! Canned responses out to a file and in from one: JSON, or CSV that a spreadsheet opens without running anything.

use std::collections::HashMap;

use platform::{i18n::Localised, store::Tx, web::Problem, word_enum};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{
    super::sharing::{SharedWith, Sharing},
    keep,
    model::{CannedResponse, CannedResponseChange, NewCannedResponse},
    store,
};
use crate::{
    ids::{BrandId, CannedResponseId, TeamId},
    people, places, sheet,
    viewer::{Permission, Viewer},
};

word_enum! {
    /// How a file is written.
    Format {
        /// A row for each language, for spreadsheets.
        Csv = "csv",
        /// A list of objects.
        Json = "json",
    }
}

/// A file of canned responses.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Import {
    /// How it is written.
    pub format: Format,
    /// What is in it, as [`GET /api/v1/canned-responses/export`] gives it.
    pub content: String,
}

/// What an import did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Imported {
    /// How many are new.
    pub added: i64,
    /// How many were there, by their shortcut, and say something else now.
    pub changed: i64,
    /// How many were there as they are.
    pub unchanged: i64,
}

/// A canned response in a file. Teams and brands go by their names, so that a file fits another installation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: String,
    shortcut: String,
    shared_with: SharedWith,
    #[serde(default)]
    of: String,
    texts: Localised,
}

const COLUMNS: [&str; 6] = ["name", "shortcut", "shared_with", "of", "language", "text"];
const PAGE: i64 = 500;
const TOLD: usize = 20;
const MOST: usize = 2_500;

/// All that the viewer may use, as a file.
pub(super) fn export(tx: &mut Tx<'_>, viewer: &Viewer, format: Format) -> Result<String, Problem> {
    let entries = entries(tx, viewer)?;
    match format {
        Format::Json => serde_json::to_string_pretty(&entries).map_err(Problem::fault),
        Format::Csv => written(&entries).map_err(Problem::fault),
    }
}

fn entries(tx: &mut Tx<'_>, viewer: &Viewer) -> Result<Vec<Entry>, Problem> {
    let agent = keep::agent_of(viewer)?;
    let teams: HashMap<TeamId, String> = people::team_names(tx)?.into_iter().collect();
    let (mut after, mut entries) = (CannedResponseId::default(), Vec::new());
    loop {
        let page = store::page(tx, agent, after, PAGE)?;
        let Some(last) = page.last() else { return Ok(entries) };
        after = last.id;
        for CannedResponse { name, shortcut, texts, sharing, .. } in page {
            // A name that the viewer may not know is its id instead.
            let team = sharing.team_id.map(|id| teams.get(&id).filter(|_| agent.can(Permission::PeopleRead)).cloned().unwrap_or_else(|| id.to_string()));
            let brand = match sharing.brand_id {
                Some(id) if viewer.knows_brand(id) => Some(places::brand(tx, id)?.name),
                other => other.map(|id| id.to_string()),
            };
            entries.push(Entry { name, shortcut, shared_with: sharing.with, of: team.or(brand).unwrap_or_default(), texts });
        }
    }
}

fn written(entries: &[Entry]) -> Result<String, Box<dyn std::error::Error + Send + Sync>> {
    let mut rows = vec![COLUMNS.map(str::to_owned)];
    for entry in entries {
        for (language, text) in &entry.texts.0 {
            rows.push([&entry.name, &entry.shortcut, entry.shared_with.word(), &entry.of, language, text].map(str::to_owned));
        }
    }
    Ok(format!("{}{}", sheet::BYTE_ORDER_MARK, sheet::written(&rows)?))
}

fn read(import: &Import) -> Result<Vec<Entry>, Problem> {
    let content = import.content.trim_start_matches('\u{feff}');
    let entries = match import.format {
        Format::Json => serde_json::from_str(content).map_err(|error| Problem::invalid("/content", format!("This is no list of canned responses: {error}."))),
        Format::Csv => read_csv(content),
    }?;
    if entries.len() > MOST { Err(Problem::invalid("/content", format!("At most {MOST} canned responses at once."))) } else { Ok(entries) }
}

fn read_csv(content: &str) -> Result<Vec<Entry>, Problem> {
    let table = sheet::read(content).map_err(|error| Problem::invalid("/content", format!("This is no CSV: {error}.")))?;
    let named: Vec<String> = table.header.iter().map(|name| name.to_lowercase()).collect();
    let places: Vec<Option<usize>> = COLUMNS.iter().map(|column| named.iter().position(|name| name == column)).collect();
    if let Some(at) = [0, 1, 2, 5].into_iter().find(|at| places[*at].is_none()) {
        return Err(Problem::invalid("/content", format!("The column {} is missing. The first line names: {}.", COLUMNS[at], COLUMNS.join(", "))));
    }
    let mut entries: Vec<Entry> = Vec::new();
    for (line, row) in &table.rows {
        let cell = |column: usize| places[column].and_then(|place| row.get(place)).map(String::as_str).unwrap_or_default();
        let shared_with = SharedWith::from_word(cell(2).trim())
            .ok_or_else(|| Problem::invalid("/content", format!("Line {line}: shared_with is me, team, brand or everyone.")))?;
        let language = if cell(4).trim().is_empty() { platform::i18n::LANGUAGES[0] } else { cell(4).trim() };
        let entry = Entry { name: cell(0).into(), shortcut: cell(1).into(), shared_with, of: cell(3).into(), texts: Localised::default() };
        let same = |other: &Entry| (&other.shortcut, other.shared_with, &other.of) == (&entry.shortcut, entry.shared_with, &entry.of);
        let at = entries.iter().position(same).unwrap_or_else(|| {
            entries.push(entry);
            entries.len() - 1
        });
        entries[at].texts.0.insert(language.to_owned(), cell(5).to_owned());
    }
    Ok(entries)
}

/// Adds what is new and puts the rest in the place of what has its shortcut; all, or with one problem nothing.
pub(super) fn import(tx: &mut Tx<'_>, viewer: &Viewer, import: &Import) -> Result<Imported, Problem> {
    let entries = read(import)?;
    let teams: HashMap<String, TeamId> = people::team_names(tx)?.into_iter().map(|(id, name)| (name, id)).collect();
    let (mut done, mut wrong) = (Imported { added: 0, changed: 0, unchanged: 0 }, Vec::new());
    for (at, entry) in entries.iter().enumerate() {
        if let Err(problem) = take(tx, viewer, entry, &teams, &mut done) {
            if problem.status.is_server_error() {
                return Err(problem);
            }
            wrong.push(json!({"pointer": format!("/content/{at}"), "detail": format!("{} ({}): {}", entry.name, entry.shortcut, problem.detail)}));
        }
        if wrong.len() == TOLD {
            break;
        }
    }
    if wrong.is_empty() { Ok(done) } else { Err(Problem::invalid("/content", "Nothing was imported.").with("errors", json!(wrong))) }
}

fn take(tx: &mut Tx<'_>, viewer: &Viewer, entry: &Entry, teams: &HashMap<String, TeamId>, done: &mut Imported) -> Result<(), Problem> {
    let agent = keep::agent_of(viewer)?;
    let (mut team_id, mut brand_id): (Option<TeamId>, Option<BrandId>) = (None, None);
    match entry.shared_with {
        SharedWith::Team => team_id = Some(*teams.get(&entry.of).ok_or_else(|| Problem::invalid("", format!("There is no team {}.", entry.of)))?),
        SharedWith::Brand => {
            let named = places::brand_named(tx, &entry.of)?.filter(|id| viewer.knows_brand(*id));
            brand_id = Some(named.ok_or_else(|| Problem::invalid("", format!("There is no brand {}.", entry.of)))?);
        }
        SharedWith::Me | SharedWith::Everyone => {}
    }
    let sharing = Sharing { with: entry.shared_with, team_id, brand_id };
    let new = NewCannedResponse { name: entry.name.clone(), shortcut: entry.shortcut.clone(), texts: entry.texts.clone(), sharing }.checked()?;
    let Some(id) = store::with_shortcut(tx, &sharing.home(agent), &new.shortcut)? else {
        keep::add(tx, viewer, &new)?;
        done.added += 1;
        return Ok(());
    };
    let before = store::one(tx, agent, id)?;
    if (&before.name, &before.texts) == (&new.name, &new.texts) {
        done.unchanged += 1;
        return Ok(());
    }
    let change = CannedResponseChange { name: Some(new.name), texts: Some(new.texts), ..CannedResponseChange::default() };
    keep::change(tx, viewer, id, None, &change)?;
    done.changed += 1;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_run_is_shown_and_reads_back_as_it_was() {
        for text in ["=cmd|' /C calc'!A0", "- first\n- second", "+48 22 000", "@here", "'quoted'", "plain, \"quoted\"\nline", "'=odd"] {
            let texts = Localised([("en".to_owned(), text.to_owned())].into());
            let entry = Entry { name: text.into(), shortcut: "x".into(), shared_with: SharedWith::Me, of: String::new(), texts };
            let file = written(std::slice::from_ref(&entry)).unwrap();

            assert_eq!(read(&Import { format: Format::Csv, content: file }).unwrap(), [entry]);
        }
    }

    #[test]
    fn semicolons_and_columns_in_another_order_are_read() {
        let content = "text;language;shortcut;name;shared_with\nDzień dobry;pl;hello;Greeting;everyone\nGood day;en;hello;Greeting;everyone\n".into();
        let entries = read(&Import { format: Format::Csv, content }).unwrap();

        assert_eq!(entries.len(), 1);
        assert_eq!(entries[0].texts.pick("pl"), Some("Dzień dobry"));
        let missing = read(&Import { format: Format::Csv, content: "name,text\n".into() }).unwrap_err();
        assert!(missing.detail.starts_with("The column shortcut is missing."));
    }
}
