//! Two engines, one Rapport: the same schema, and after any history the same answers and the same rows in every table.
//!
//! These tests need a PostgreSQL server (`scripts/with-postgres`); without one there is nothing to compare.

use std::collections::{BTreeMap, BTreeSet};

use platform::{
    ids::Chance,
    params,
    store::{Database, Error, Store, copy, scratch, tables::tables},
};
use proptest::prelude::*;
use rapport::{desk::MIGRATIONS, viewer::Role};
use serde_json::{Value, json};
use testkit::{Agent, Answer, TestDesk, Visitor};

/// What the engines keep for themselves: how far positions are given, and numbers taken in blocks.
const THEIR_OWN: [&str; 2] = ["event_reader", "counter"];

/// Every row of every table, in an order of its own.
pub(crate) async fn dump(store: &Store) -> BTreeMap<&'static str, BTreeSet<String>> {
    let mut all = BTreeMap::new();
    for table in tables(MIGRATIONS).unwrap().into_iter().filter(|table| !THEIR_OWN.contains(&table.name)) {
        let names: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
        let sql: &'static str = Box::leak(format!("SELECT {} FROM {}", names.join(", "), table.name).into_boxed_str());
        let (name, columns) = (table.name, table.columns);
        let rows = store
            .read(move |tx| {
                tx.all(sql, params![], |row| {
                    let cells = columns.iter().map(|column| Ok(format!("{} {:?}", column.name, column.read(row)?))).collect::<Result<Vec<_>, Error>>()?;
                    Ok::<_, Error>(cells.join(", "))
                })
            })
            .await
            .unwrap();
        all.insert(name, rows.into_iter().collect());
    }
    all
}

#[tokio::test]
async fn both_schemas_have_the_same_tables_columns_and_demands() {
    if !scratch::is_postgres() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let sqlite = Store::open(scratch::options(Database::Sqlite(folder.path().join("rapport.db"))), MIGRATIONS).unwrap();
    let postgres = Store::open(scratch::options(scratch::database(folder.path(), MIGRATIONS)), MIGRATIONS).unwrap();

    let mine: Vec<(String, String, bool)> = sqlite
        .read(|tx| {
            tx.all(
                "SELECT m.name AS table_name, c.name AS column_name, c.\"notnull\" OR c.pk > 0 AS is_needed FROM sqlite_master m JOIN pragma_table_info(m.name) c
                 WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' ORDER BY m.name, c.name",
                params![],
                |row| Ok::<_, Error>((row.get("table_name")?, row.get("column_name")?, row.get("is_needed")?)),
            )
        })
        .await
        .unwrap();
    let theirs: Vec<(String, String, bool)> = postgres
        .read(|tx| {
            tx.all(
                "SELECT CAST(table_name AS text) AS table_name, CAST(column_name AS text) AS column_name, is_nullable = 'NO' AS is_needed
                 FROM information_schema.columns WHERE table_schema = 'public' ORDER BY table_name, column_name",
                params![],
                |row| Ok::<_, Error>((row.get("table_name")?, row.get("column_name")?, row.get("is_needed")?)),
            )
        })
        .await
        .unwrap();
    let index_names = |rows: Vec<String>| {
        rows.into_iter().filter(|name| !name.starts_with("sqlite_") && !name.ends_with("_pkey") && !name.ends_with("_key")).collect::<BTreeSet<_>>()
    };
    let sqlite_sql = "SELECT name FROM sqlite_master WHERE type = 'index'";
    let postgres_sql = "SELECT CAST(indexname AS text) AS name FROM pg_indexes WHERE schemaname = 'public'";
    let sqlite_indexes = index_names(sqlite.read(move |tx| tx.all(sqlite_sql, params![], |row| row.get::<String>("name"))).await.unwrap());
    let mut postgres_indexes = index_names(postgres.read(move |tx| tx.all(postgres_sql, params![], |row| row.get::<String>("name"))).await.unwrap());

    // An event has its position as its key on SQLite and gets it later on PostgreSQL: the one place where they differ.
    let apart = |(table, column, _): &(String, String, bool)| !(table == "event" && ["position", "ordinal", "id"].contains(&column.as_str()));
    assert_eq!(mine.into_iter().filter(apart).collect::<BTreeSet<_>>(), theirs.into_iter().filter(apart).collect::<BTreeSet<_>>());
    assert!(postgres_indexes.remove("event_unplaced"));
    assert_eq!(sqlite_indexes, postgres_indexes);
    sqlite.close();
    postgres.close();
}

/// One thing somebody does. Numbers choose among what is there.
#[derive(Clone, Debug)]
enum Step {
    Says(usize, &'static str),
    SaysAgain(usize, u8),
    Tells(usize, Value),
    Receipt(usize, i64, bool),
    Tracks(usize, &'static str),
    Reads(usize),
    LogsOut(usize),
    Agent(&'static str, &'static str, Value),
    OfConversation(usize, &'static str, &'static str, Value),
    OfContact(usize, &'static str, &'static str, Value),
    Splits(usize),
    Merges(usize, usize),
    Unmerges(usize),
    Edits(usize, bool),
    Wait(u64),
}

const TEXTS: [&str; 5] = ["Dzień dobry, gdzie jest moja paczka?", "It's 50% off_today \\ maybe", "Здравствуйте 👋", "¿Me ayuda?\nGracias", "x"];

fn step() -> impl Strategy<Value = Step> {
    let which = || 0..3_usize;
    let one = || 0..9_usize;
    let text = || prop::sample::select(TEXTS.to_vec());
    let of = |method, path, body: Value| one().prop_map(move |n| Step::OfConversation(n, method, path, body.clone()));
    let contact = |method, path, body: Value| which().prop_map(move |n| Step::OfContact(n, method, path, body.clone()));
    let agent = |method, path, body: Value| Just(Step::Agent(method, path, body));
    prop_oneof![
        6 => (which(), text()).prop_map(|(n, text)| Step::Says(n, text)),
        2 => (which(), 0..3_u8).prop_map(|(n, key)| Step::SaysAgain(n, key)),
        1 => which().prop_map(|n| Step::Tells(n, json!({"name": "Zofia Łęcka", "email": "zofia@example.com"}))),
        1 => which().prop_map(|n| Step::Tells(n, json!({"phone": "+351 910 000 112", "language": "pt"}))),
        2 => (which(), 1..4_i64, any::<bool>()).prop_map(|(n, seq, read)| Step::Receipt(n, seq, read)),
        1 => (which(), text()).prop_map(|(n, text)| Step::Tracks(n, text)),
        2 => which().prop_map(Step::Reads),
        1 => which().prop_map(Step::LogsOut),
        2 => one().prop_map(Step::Splits),
        2 => (one(), one()).prop_map(|(n, m)| Step::Merges(n, m)),
        1 => one().prop_map(Step::Unmerges),
        2 => (one(), any::<bool>()).prop_map(|(n, redacts)| Step::Edits(n, redacts)),
        4 => (one(), text()).prop_map(|(n, text)| Step::OfConversation(n, "POST", "/replies", json!({"text": text}))),
        2 => (one(), text()).prop_map(|(n, text)| Step::OfConversation(n, "POST", "/notes", json!({"text": text}))),
        2 => of("PATCH", "", json!({"status": "resolved"})),
        1 => of("PATCH", "", json!({"status": "open", "priority": "urgent"})),
        1 => of("PATCH", "", json!({"snoozed_until": "2026-03-02T13:00:00Z"})),
        1 => of("PATCH", "", json!({"tags": ["Zwrot", "vip"], "subject": "O zwrocie"})),
        1 => of("PUT", "/drafts/reply", json!({"text": "Dear"})),
        2 => of("POST", "/scheduled-replies", json!({"text": "Later", "send_at": "2026-03-02T12:40:00Z"})),
        1 => of("PUT", "/read", json!({"seq": 1})),
        1 => of("DELETE", "/read", Value::Null),
        1 => of("GET", "", Value::Null),
        1 => of("GET", "/messages?limit=3", Value::Null),
        1 => contact("PATCH", "", json!({"name": "Ängström"})),
        1 => contact("POST", "/notes", json!({"text": "prefers mornings"})),
        1 => contact("POST", "/identities", json!({"kind": "email", "value": "a@example.com"})),
        1 => contact("POST", "/events", json!({"name": "order placed", "properties": {"b": 1, "a": [2.5, null]}})),
        1 => contact("GET", "/timeline?limit=5", Value::Null),
        1 => agent("POST", "/api/v1/teams", json!({"name": "Delivery"})),
        1 => agent("POST", "/api/v1/agents", json!({"name": "Ines", "email": "ines@example.com", "grants": [{"role": "agent"}]})),
        1 => agent("POST", "/api/v1/brands", json!({"name": "Sul", "accent": "#123456"})),
        1 => agent("POST", "/api/v1/locations", json!({"name": "Porto", "kind": "region"})),
        1 => agent("POST", "/api/v1/contacts", json!({"name": "Added by hand"})),
        1 => agent("GET", "/api/v1/views", Value::Null),
        1 => agent("GET", "/api/v1/conversations?view=all&limit=2", Value::Null),
        1 => agent("GET", "/api/v1/conversations?view=unassigned&limit=5", Value::Null),
        1 => agent("GET", "/api/v1/conversations?view=participating&limit=5", Value::Null),
        1 => agent("GET", "/api/v1/contacts?q=zofia&limit=5", Value::Null),
        1 => agent("GET", "/api/v1/search?q=o%20ZWROCIE", Value::Null),
        1 => agent("GET", "/api/v1/search?q=%25", Value::Null),
        2 => agent("GET", "/api/v1/search?q=paczki&in=messages&limit=2", Value::Null),
        2 => agent("GET", "/api/v1/search?q=x&in=correspondence&status=open&assignee=none", Value::Null),
        1 => agent("GET", "/api/v1/agents", Value::Null),
        1 => agent("GET", "/api/v1/locations", Value::Null),
        1 => (1..80_u64).prop_map(Step::Wait),
    ]
}

/// Rapport on one engine, with its cast.
struct Side {
    desk: TestDesk,
    boss: Agent,
    visitors: Vec<Visitor>,
    conversations: Vec<String>,
    contacts: Vec<String>,
}

impl Side {
    async fn open(database: Database) -> Side {
        let desk = TestDesk::open_on(database, Chance::seeded(7)).await;
        let inbox = desk.inbox().await;
        let boss = desk.agent("Boss", Role::Administrator).await;
        let mut side = Side { desk, boss, visitors: Vec::new(), conversations: Vec::new(), contacts: Vec::new() };
        for n in 0..3 {
            let visitor = side.desk.visitor(&inbox).await;
            let conversation = visitor.writes(&format!("case {n}")).await;
            side.contacts.push(side.boss.sees(&conversation).await["contact"]["id"].as_str().unwrap().into());
            side.conversations.push(conversation);
            side.visitors.push(visitor);
        }
        side.desk.settle().await;
        side
    }

    fn of(&self, n: usize, path: &str) -> String {
        format!("/api/v1/conversations/{}{path}", self.conversations[n % self.conversations.len()])
    }

    async fn does(&mut self, step: &Step) -> Option<Answer> {
        let body = |value: &Value| (!value.is_null()).then(|| value.clone());
        let chat = |n: usize, method: &'static str, path: &'static str, value: Value| {
            let visitor = self.visitors[n].clone();
            async move { Some(visitor.send(method, path, &[], body(&value)).await) }
        };
        let answer = match step {
            Step::Says(n, text) => chat(*n, "POST", "/api/v1/chat/messages", json!({"text": text})).await,
            Step::SaysAgain(n, key) => Some(self.visitors[*n].writes_with_key("the same", &format!("key-{key}")).await),
            Step::Tells(n, who) => chat(*n, "PATCH", "/api/v1/chat/contact", who.clone()).await,
            Step::Receipt(n, seq, read) => {
                let receipt = json!({"conversation_id": self.conversations[*n], "seq": seq, "state": if *read { "read" } else { "delivered" }});
                chat(*n, "POST", "/api/v1/chat/receipts", receipt).await
            }
            Step::Tracks(n, name) => chat(*n, "POST", "/api/v1/chat/events", json!({"name": name, "properties": {"z": 1, "a": true}})).await,
            Step::Reads(n) => chat(*n, "GET", "/api/v1/chat/messages?limit=50", Value::Null).await,
            Step::LogsOut(n) => chat(*n, "POST", "/api/v1/chat/logout", json!({})).await,
            Step::Agent(method, path, value) => Some(self.boss.send(method, path, &[], body(value)).await),
            Step::OfConversation(n, method, path, value) => Some(self.boss.send(method, &self.of(*n, path), &[], body(value)).await),
            Step::OfContact(n, method, path, value) => {
                Some(self.boss.send(method, &format!("/api/v1/contacts/{}{path}", self.contacts[*n]), &[], body(value)).await)
            }
            Step::Splits(n) => {
                let said = self.boss.get(&self.of(*n, "/messages")).await.ok();
                let last = said["items"].as_array().unwrap().iter().find(|message| message["kind"] != "system").unwrap()["id"].clone();
                let answer = self.boss.post(&self.of(*n, "/split"), json!({"from_message_id": last})).await;
                self.conversations.extend(answer.body["id"].as_str().filter(|_| answer.status == 201).map(str::to_owned));
                Some(answer)
            }
            Step::Merges(n, m) => {
                let into = self.conversations[m % self.conversations.len()].clone();
                Some(self.boss.post(&self.of(*n, "/merge"), json!({"into_id": into})).await)
            }
            Step::Edits(n, redacts) => {
                let said = self.boss.get(&self.of(*n, "/messages")).await.ok();
                let kinds = if *redacts { "inbound" } else { "reply" };
                let last = said["items"].as_array().unwrap().iter().find(|message| message["kind"] == kinds)?.clone();
                let path = format!("/api/v1/conversations/{}/messages/{}", last["conversation_id"].as_str().unwrap(), last["id"].as_str().unwrap());
                if *redacts {
                    Some(self.boss.post(&format!("{path}/redact"), json!({})).await)
                } else {
                    Some(self.boss.patch(&path, json!({"text": "Said otherwise"})).await)
                }
            }
            Step::Unmerges(n) => Some(self.boss.post(&self.of(*n, "/unmerge"), json!({})).await),
            Step::Wait(minutes) => {
                self.desk.advance(std::time::Duration::from_secs(60 * minutes)).await;
                None
            }
        };
        self.desk.settle().await;
        answer
    }
}

/// What an answer says, without what names one process: references of faults.
fn said(answer: Option<Answer>) -> Option<(u16, Value)> {
    answer.map(|answer| (answer.status.as_u16(), answer.body))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]
    #[test]
    fn the_same_history_gives_the_same_answers_and_the_same_rows_on_both_engines(steps in prop::collection::vec(step(), 10..40)) {
        if !scratch::is_postgres() {
            return Ok(());
        }
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap().block_on(async {
            let folder = tempfile::tempdir().unwrap();
            let mut sqlite = Side::open(Database::Sqlite(folder.path().join("rapport.db"))).await;
            let mut postgres = Side::open(scratch::database(folder.path(), MIGRATIONS)).await;
            for step in &steps {
                let (here, there) = (said(sqlite.does(step).await), said(postgres.does(step).await));
                assert_eq!(here, there, "{step:?}");
                assert!(here.is_none_or(|(status, _)| status < 500), "{step:?}");
            }
            let (here, there) = (dump(&sqlite.desk.desk.store).await, dump(&postgres.desk.desk.store).await);
            for (table, rows) in &here {
                assert_eq!(rows, &there[*table], "{table}");
            }
        });
    }
}

#[tokio::test]
async fn a_copy_goes_both_ways_and_goes_on_after_a_cut() {
    let folder = tempfile::tempdir().unwrap();
    let (there, back) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut first = Side::open(Database::Sqlite(folder.path().join("rapport.db"))).await;
    for n in 0..600 {
        first.does(&Step::Says(n % 3, TEXTS[n % TEXTS.len()])).await;
    }
    let region = first.boss.post("/api/v1/locations", json!({"name": "Norte", "kind": "region"})).await.ok();
    first.boss.post("/api/v1/locations", json!({"name": "Porto", "kind": "location", "parent_id": region["id"]})).await;
    first.desk.settle().await;
    let open = |database| Store::open(scratch::options(database), MIGRATIONS).unwrap();
    let store = &first.desk.desk.store;

    // The first try ends in the middle of the messages, as when somebody presses Ctrl-C.
    let middle = open(scratch::database(there.path(), MIGRATIONS));
    let (arrived, arrival) = tokio::sync::watch::channel(());
    let in_the_middle = |progress: copy::Progress| {
        if (progress.table, progress.done) == ("message", 500) {
            arrived.send_replace(());
        }
    };
    tokio::select! {
        biased;
        _ = async { arrival.clone().changed().await } => {}
        finished = copy::copy(store, &middle, MIGRATIONS, in_the_middle) => panic!("it was not cut: {finished:?}"),
    }
    assert!(copy::refuse_unfinished(&middle).await.is_err(), "a server must not start on half a copy");
    let copied = copy::copy(store, &middle, MIGRATIONS, |_| {}).await.unwrap();
    let home = open(Database::Sqlite(back.path().join("rapport.db")));
    assert_eq!(copy::copy(&middle, &home, MIGRATIONS, |_| {}).await.unwrap(), copied);

    assert_eq!(dump(store).await, dump(&home).await);
    assert_eq!(dump(store).await, dump(&middle).await);
    let again = copy::copy(store, &home, MIGRATIONS, |_| {}).await.unwrap_err().to_string();
    assert!(again.contains("not empty"), "{again}");
    middle.close();
    home.close();
}
