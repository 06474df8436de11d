//! Every table says whose it is, what an erasure does to it, and how long it is kept; and what is kept for a time really goes.

use std::{collections::BTreeSet, fs, path::Path, time::Duration};

use platform::{
    params,
    store::{
        Error, Param,
        tables::{Table, tables},
    },
};
use rapport::{
    desk::MIGRATIONS,
    lifetimes::{Erased, Kept, LIFETIMES, Lifetime},
    schedule,
};
use testkit::TestDesk;

const OWNERS: [&str; 11] = ["platform", "audit", "features", "places", "attributes", "people", "conversations", "channels", "timeline", "search", "automation"];

fn line(table: &str) -> Option<&'static Lifetime> {
    LIFETIMES.iter().find(|line| line.table == table)
}

/// What is wrong with the lines for these tables.
fn faults(tables: &[Table], lines: &[Lifetime]) -> Vec<String> {
    let mut faults = Vec::new();
    for table in tables {
        match lines.iter().filter(|line| line.table == table.name).count() {
            1 => {}
            0 => faults.push(format!("{} has no line in lifetimes.rs", table.name)),
            _ => faults.push(format!("{} has several lines", table.name)),
        }
    }
    for line in lines {
        let Some(table) = tables.iter().find(|table| table.name == line.table) else {
            faults.push(format!("there is no table {}", line.table));
            continue;
        };
        let has = |column: &str| table.columns.iter().any(|found| found.name == column);
        if !OWNERS.contains(&line.owner) {
            faults.push(format!("{} belongs to {}, which is no part", line.table, line.owner));
        }
        match line.erased {
            Erased::OfContact(columns) => {
                faults.extend(columns.iter().filter(|column| !has(column)).map(|column| format!("{} has no column {column}", line.table)))
            }
            Erased::With(column, other) => {
                if !has(column) {
                    faults.push(format!("{} has no column {column}", line.table));
                }
                if !leads_to_a_contact(other, lines, 0) {
                    faults.push(format!("{} goes with {other}, which goes with no contact", line.table));
                }
            }
            Erased::Unnamed(other) if !tables.iter().any(|table| table.name == other) => faults.push(format!("there is no table {other}")),
            // Whatever names a person's row must say what becomes of it.
            Erased::NothingOfContacts => faults.extend(
                ["contact_id", "conversation_id", "message_id", "visitor_id"]
                    .iter()
                    .filter(|column| has(column))
                    .map(|column| format!("{} has {column}, so something of a contact is in it", line.table)),
            ),
            _ => {}
        }
        if let Kept::For(_, job) = line.kept
            && !schedule::doers().iter().any(|doer| doer.kind == job && doer.every.is_some())
        {
            faults.push(format!("{} is kept for a time, and no recurring job {job} ends it", line.table));
        }
        if line.erased == Erased::Expires && !matches!(line.kept, Kept::For(..)) {
            faults.push(format!("{} expires, but for how long it is kept is not said", line.table));
        }
    }
    faults
}

fn leads_to_a_contact(table: &str, lines: &[Lifetime], depth: usize) -> bool {
    lines.iter().find(|line| line.table == table).is_some_and(|line| match line.erased {
        Erased::OfContact(_) => true,
        Erased::With(_, other) => depth < lines.len() && leads_to_a_contact(other, lines, depth + 1),
        _ => false,
    })
}

#[test]
fn every_table_says_whose_it_is_what_an_erasure_does_and_how_long_it_is_kept() {
    assert_eq!(faults(&tables(MIGRATIONS).unwrap(), LIFETIMES), [""; 0]);
}

#[test]
fn a_line_that_is_missing_or_wrong_is_refused() {
    let tables = tables(MIGRATIONS).unwrap();
    let broken = |change: fn(&mut Vec<Lifetime>)| {
        let mut lines = LIFETIMES.to_vec();
        change(&mut lines);
        faults(&tables, &lines).join("; ")
    };
    fn of<'a>(lines: &'a mut [Lifetime], table: &str) -> &'a mut Lifetime {
        lines.iter_mut().find(|line| line.table == table).unwrap()
    }

    assert_eq!(broken(|lines| lines.retain(|line| line.table != "draft")), "draft has no line in lifetimes.rs");
    assert_eq!(broken(|lines| of(lines, "draft").owner = "drafts"), "draft belongs to drafts, which is no part");
    assert_eq!(broken(|lines| of(lines, "draft").erased = Erased::OfContact(&["contact_id"])), "draft has no column contact_id");
    assert_eq!(broken(|lines| of(lines, "draft").erased = Erased::With("agent_id", "agent")), "draft goes with agent, which goes with no contact");
    assert_eq!(broken(|lines| of(lines, "draft").erased = Erased::NothingOfContacts), "draft has conversation_id, so something of a contact is in it");
    assert_eq!(
        broken(|lines| of(lines, "draft").kept = Kept::For("9 days", "forget_drafts")),
        "draft is kept for a time, and no recurring job forget_drafts ends it"
    );
}

#[test]
fn only_its_owner_writes_a_table() {
    fn sources(folder: &Path, found: &mut Vec<(String, String)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                sources(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") && !path.to_string_lossy().contains("tests") {
                let code = fs::read_to_string(&path).unwrap();
                // What stands in a file's own tests is not its doing.
                found.push((path.display().to_string(), code.split("tests {").next().unwrap().to_owned()));
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    sources(&root.join("src"), &mut found);
    sources(&root.join("../platform/src"), &mut found);
    let mut written = BTreeSet::new();
    for line in LIFETIMES {
        let home = if line.owner == "platform" { "platform/src/".to_owned() } else { format!("rapport/src/{}/", line.owner) };
        for (path, text) in &found {
            let into = format!("INSERT INTO {} ", line.table);
            if text.contains(&into) || text.contains(&into.replace(" (", "\n")) {
                assert!(path.contains(&home), "{path} writes {}, which belongs to {}", line.table, line.owner);
                written.insert(line.table);
            }
        }
    }
    let unwritten: Vec<_> = LIFETIMES.iter().map(|line| line.table).filter(|table| !written.contains(table)).collect();
    assert_eq!(unwritten, [""; 0], "nobody writes them");
}

/// What a statement below is given.
enum Given {
    Id,
    Now,
    Bytes,
    Later,
}
use Given::{Bytes, Id, Later, Now};

/// Rows of every table that is kept for a time, made now.
const MADE: &[(&str, &str, &[Given])] = &[
    (
        "automation_run",
        "INSERT INTO automation_run (id, rule_id, rule_name, conversation_id, cause, trigger_on, depth, outcome, held, done, at)
         SELECT $1, $1, 'x', id, '1', 'reopened', 0, 'done', '[]', '[]', $2 FROM conversation",
        &[Id, Now],
    ),
    ("idempotency", "INSERT INTO idempotency (actor, key, request, answer, created_at) VALUES ($1, 'k', $2, '{}', $3)", &[Id, Bytes, Now]),
    ("sighting", "INSERT INTO sighting (id, who, at, kind, what) VALUES ($1, $1, $2, 'page', '/')", &[Id, Now]),
    (
        "agent_session",
        "INSERT INTO agent_session (id, agent_id, token_hash, user_agent, created_at, last_seen_at) SELECT $1, id, $2, 'x', $3, $3 FROM agent",
        &[Id, Bytes, Now],
    ),
    ("agent_link", "INSERT INTO agent_link (token_hash, kind, created_at, expires_at) VALUES ($1, 'setup', $2, $2)", &[Bytes, Now]),
    ("webchat_revoked", "INSERT INTO webchat_revoked (identity_hash, expires_at) VALUES ($1, $2)", &[Bytes, Later]),
    ("api_token", "UPDATE api_token SET revoked_at = $1", &[Now]),
    (
        "contact_import",
        "INSERT INTO contact_import (id, agent_id, name, file_hash, size_bytes, state, settings, row_count, done_rows, created_count, updated_count, unchanged_count,
           refused_count, undone_to, taken_back_count, kept_count, version, created_at) SELECT $1, id, 'a', 'x', 1, 'done', '{}', 1, 1, 0, 0, 0, 1, 0, 0, 0, 1, $2 FROM agent",
        &[Id, Now],
    ),
    ("contact_import_row", "INSERT INTO contact_import_row (import_id, row_number, line, outcome) VALUES ($1, 1, 2, 'refused')", &[Id]),
    ("contact_import_company", "INSERT INTO contact_import_company (import_id, company_id) VALUES ($1, $1)", &[Id]),
    ("blob", "INSERT INTO blob (hash, size_bytes, created_at) VALUES ('2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824', 5, $1)", &[Now]),
    (
        "blob_reference",
        "INSERT INTO blob_reference (hash, owner_kind, owner_id) VALUES ('2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824', 'file', $1)",
        &[Id],
    ),
    (
        "file",
        "INSERT INTO file (id, hash, name, content_type, size_bytes, uploader, is_public, created_at)
         VALUES ($1, '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824', 'a', 'text/plain', 5, $1, FALSE, $2)",
        &[Id, Now],
    ),
];

#[tokio::test]
async fn what_is_kept_for_a_time_stays_that_long_and_then_goes() {
    let mut desk = TestDesk::open().await;
    desk.agent("Sam", rapport::viewer::Role::Agent).await;
    desk.visitor(&desk.inbox().await).await.writes("Hello").await;
    let kept: Vec<&str> = LIFETIMES.iter().filter(|line| matches!(line.kept, Kept::For(..))).map(|line| line.table).collect();
    for table in &kept {
        assert!(MADE.iter().any(|(made, ..)| made == table), "{table} is kept for a time: make a row of it here");
    }
    desk.desk
        .store
        .write(|tx| {
            let (id, now) = (tx.id::<uuid::Uuid>(), tx.now());
            let later = now.plus(Duration::from_secs(6 * 3600));
            for (_, sql, given) in MADE {
                let values: Vec<Box<dyn Param>> = given
                    .iter()
                    .map(|given| -> Box<dyn Param> {
                        match given {
                            Id => Box::new(id),
                            Now => Box::new(now),
                            Bytes => Box::new(vec![1_u8, 2, 3]),
                            Later => Box::new(later),
                        }
                    })
                    .collect();
                tx.exec(sql, &values.iter().map(AsRef::as_ref).collect::<Vec<_>>())?;
            }
            Ok::<_, Error>(())
        })
        .await
        .unwrap();
    let count = async |desk: &TestDesk, table: &str| {
        let sql: &'static str = Box::leak(format!("SELECT count(*) AS n FROM {table}").into_boxed_str());
        desk.read(move |tx| tx.one(sql, params![], |row| row.get::<i64>("n"))).await
    };

    desk.advance(Duration::from_secs(3 * 3600)).await;
    for table in &kept {
        assert!(count(&desk, table).await > 0, "{table} went too soon");
    }
    desk.advance(Duration::from_secs(100 * 86_400)).await;

    for table in &kept {
        assert_eq!(count(&desk, table).await, 0, "{table} is kept longer than it says ({:?})", line(table).unwrap().kept);
    }
}
