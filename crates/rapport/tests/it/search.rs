//! Search: what was written is found in all its forms, by whoever may see it and by nobody else, and what is gone is found no more.

use std::time::Duration;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use platform::{
    params,
    store::{Error, Row, Tx},
};
use proptest::prelude::*;
use rapport::{people::GrantSpec, search, viewer::Role};
use serde_json::{Value, json};
use testkit::{Agent, TestDesk};
use wire::words;

/// What a question finds: the kind of each hit and its words.
async fn hits(agent: &Agent, asked: &str, rest: &str) -> Vec<(String, String)> {
    let page = agent.get(&format!("/api/v1/search?q={}{rest}", utf8_percent_encode(asked, NON_ALPHANUMERIC))).await.ok();
    let words = |hit: &Value| hit["message"]["snippet"]["text"].as_str().or(hit["title"].as_str()).unwrap().to_owned();
    page["items"].as_array().unwrap().iter().map(|hit| (hit["type"].as_str().unwrap().to_owned(), words(hit))).collect()
}

/// The messages it finds, the newest first.
async fn messages(agent: &Agent, asked: &str, rest: &str) -> Vec<String> {
    hits(agent, asked, &format!("&in=messages{rest}")).await.into_iter().map(|(_, words)| words).collect()
}

async fn count(desk: &TestDesk, sql: &'static str) -> i64 {
    desk.read(move |tx| tx.one(sql, params![], |row: &Row<'_>| row.get("n"))).await
}

async fn change(desk: &TestDesk, work: impl Fn(&mut Tx<'_>) -> Result<u64, Error> + Send + 'static) {
    desk.desk.store.write(work).await.unwrap();
}

#[tokio::test]
async fn what_was_written_is_found_in_other_forms_with_the_words_marked() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await);
    let conversation = desk.visitor(&inbox).await.writes("Żółta paczka #A-1043 nie dotarła, a czekam już tydzień").await;
    sam.replies(&conversation, "Your order is on its way").await;
    sam.notes(&conversation, "Called +48 601 234 567, nobody answers").await;
    desk.settle().await;

    for asked in ["paczki", "zolta paczka", "a1043", "#A-1043", "1043", "DOTARLA"] {
        assert_eq!(messages(&sam, asked, "").await, ["Żółta paczka #A-1043 nie dotarła, a czekam już tydzień"], "{asked}");
    }
    assert_eq!(messages(&sam, "orders", "").await, ["Your order is on its way"]);
    assert_eq!(messages(&sam, "601234567", "").await, ["Called +48 601 234 567, nobody answers"]);
    assert_eq!(messages(&sam, "paczka orders", "").await, [""; 0]);
    let hit = sam.get("/api/v1/search?q=zolta&in=messages").await.ok()["items"][0].clone();
    assert_eq!(hit["message"]["snippet"]["marks"], json!([[0, 5]]));
    assert_eq!((&hit["message"]["seq"], &hit["conversation_id"], &hit["message"]["kind"]), (&json!(1), &json!(conversation), &json!("inbound")));
}

#[tokio::test]
async fn everything_is_asked_at_once_and_each_kind_alone() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await);
    let conversation = desk.visitor(&inbox).await.writes("Refund of a lamp").await;
    sam.changes(&conversation, json!({"tags": ["refund"]})).await;
    desk.settle().await;

    let kinds = |hits: Vec<(String, String)>| hits.into_iter().map(|(kind, _)| kind).collect::<Vec<_>>();
    assert_eq!(kinds(hits(&sam, "refund", "").await), ["tag", "conversation", "message"]);
    for (what, kind) in [("messages", "message"), ("conversations", "conversation"), ("tags", "tag"), ("correspondence", "message")] {
        assert_eq!(kinds(hits(&sam, "refund", &format!("&in={what}")).await), [kind], "{what}");
    }
    assert_eq!(hits(&sam, "refund", "&in=notes").await, []);
    let number = sam.sees(&conversation).await["number"].as_i64().unwrap();
    assert_eq!(kinds(hits(&sam, &format!("#{number}"), "&in=conversations").await), ["conversation"]);
    sam.changes(&conversation, json!({"subject": "Broken chandelier"})).await;
    desk.settle().await;
    assert_eq!(kinds(hits(&sam, "chandeliers", "").await), ["conversation"]);
    assert_eq!(kinds(hits(&sam, "lamp", "&in=conversations").await), [""; 0], "an old subject is not found");
    assert_eq!(sam.get("/api/v1/search?q=").await.refused(422), "invalid_request");
    assert_eq!(sam.get("/api/v1/search?q=x&in=nothing").await.refused(422), "invalid_request");
    assert_eq!(sam.get("/api/v1/search?q=x&assignee=somebody").await.refused(422), "invalid_request");
}

#[tokio::test]
async fn filters_narrow_by_how_a_conversation_stands_now() {
    let mut desk = TestDesk::open().await;
    let (inbox, noord) = (desk.inbox().await, desk.second_brand().await);
    let sam = desk.agent("Sam", Role::Administrator).await;
    let ours = desk.visitor(&inbox).await.writes("lamp of ours").await;
    desk.settle().await;
    desk.advance(Duration::from_secs(3 * 24 * 3600)).await;
    let theirs = desk.visitor(&noord).await.writes("lamp of theirs").await;
    sam.notes(&theirs, "lamp noted").await;
    sam.changes(&ours, json!({"assignee_id": sam.id, "tags": ["Zwrot", "vip"]})).await;
    sam.changes(&theirs, json!({"status": "resolved"})).await;
    desk.settle().await;
    let found = async |rest: String| messages(&sam, "lamp", &rest).await;

    assert_eq!(found(String::new()).await, ["lamp noted", "lamp of theirs", "lamp of ours"]);
    for (rest, wanted) in [
        (format!("&brand_id={}", inbox.brand_id), vec!["lamp of ours"]),
        (format!("&inbox_id={}", noord.id), vec!["lamp noted", "lamp of theirs"]),
        ("&status=resolved".into(), vec!["lamp noted", "lamp of theirs"]),
        ("&status=open".into(), vec!["lamp of ours"]),
        ("&assignee=me".into(), vec!["lamp of ours"]),
        ("&assignee=none".into(), vec!["lamp noted", "lamp of theirs"]),
        ("&tag=Zwrot".into(), vec!["lamp of ours"]),
        ("&tag=zwrot".into(), vec!["lamp of ours"]),
        ("&tag=zwro".into(), vec![]),
        ("&from=2026-03-05T12:00:00Z".into(), vec!["lamp noted", "lamp of theirs"]),
        ("&to=2026-03-05T12:00:00Z".into(), vec!["lamp of ours"]),
        ("&from=2026-03-02T12:00:01Z&to=2026-03-05T11:59:59Z".into(), vec![]),
        (format!("&team_id={}", noord.id), vec![]),
    ] {
        assert_eq!(found(rest.clone()).await, wanted, "{rest}");
    }
    sam.changes(&ours, json!({"assignee_id": null, "tags": [], "status": "resolved"})).await;
    desk.settle().await;
    for rest in ["&assignee=me", "&tag=Zwrot", "&status=open"] {
        assert_eq!(found(rest.into()).await, [""; 0], "{rest}");
    }
    assert_eq!(found("&status=resolved".into()).await.len(), 3);
}

#[tokio::test]
async fn pages_follow_each_other_without_a_gap_while_new_messages_come() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await);
    let anna = desk.visitor(&inbox).await;
    for n in 0..23 {
        anna.writes(&format!("parcel {n}")).await;
        if n % 2 == 0 {
            // Every few messages a segment of their own, so that some are merged.
            desk.settle().await;
        }
    }
    desk.settle().await;

    let (mut all, mut rest) = (Vec::new(), String::new());
    loop {
        let page = sam.get(&format!("/api/v1/search?q=parcels&in=messages&limit=4{rest}")).await.ok();
        all.extend(page["items"].as_array().unwrap().iter().map(|hit| hit["message"]["snippet"]["text"].as_str().unwrap().to_owned()));
        anna.writes("parcel that is new").await;
        desk.settle().await;
        match page["next"].as_str() {
            Some(next) => rest = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(all, (0..23).rev().map(|n| format!("parcel {n}")).collect::<Vec<_>>());
    assert!(count(&desk, "SELECT count(*) AS n FROM search_segment").await < 12, "segments are merged");
    assert_eq!(sam.get("/api/v1/search?q=parcels&cursor=zz").await.refused(422), "invalid_request");
}

/// Every object of the other side holds a word of its own; it must not be in a single byte of what the viewer gets.
#[tokio::test]
async fn a_canary_the_viewer_may_not_see_is_never_found_counted_or_suggested() {
    let mut desk = TestDesk::open().await;
    let (inbox, noord) = (desk.inbox().await, desk.second_brand().await);
    let boss = desk.agent("Boss", Role::Administrator).await;
    let team = boss.post("/api/v1/teams", json!({"name": "Delivery"})).await.ok()["id"].clone();
    let in_brand = GrantSpec { brand_id: Some(inbox.brand_id), ..GrantSpec::everywhere(Role::Agent) };
    let sam = desk.agent_with("Sam", vec![GrantSpec { team_id: serde_json::from_value(team.clone()).unwrap(), ..in_brand.clone() }]).await;
    let ines = desk.agent_with("Ines", vec![in_brand]).await;
    let own = desk.visitor(&inbox).await.writes("parcel zebra-own").await;
    boss.changes(&own, json!({"team_id": team, "tags": ["zebra-tag-own"]})).await;
    for (visitor, which) in [(desk.visitor(&noord).await, "brand"), (desk.visitor(&inbox).await, "team")] {
        let id = visitor.writes(&format!("parcel zebra-{which}")).await;
        visitor.send("PATCH", "/api/v1/chat/contact", &[], Some(json!({"name": format!("zebra-name-{which}")}))).await.ok();
        boss.notes(&id, &format!("zebra-note-{which}")).await;
        boss.replies(&id, &format!("zebra-reply-{which}")).await;
        boss.changes(&id, json!({"tags": [format!("zebra-tag-{which}")], "subject": format!("zebra-subject-{which}")})).await;
    }
    desk.settle().await;

    let told = async |agent: &Agent, asked: &str| {
        let mut all = String::new();
        for what in ["all", "messages", "notes", "correspondence", "conversations", "contacts", "tags"] {
            all += &agent.get(&format!("/api/v1/search?q={asked}&in={what}&limit=1")).await.ok().to_string();
            all += &agent.get(&format!("/api/v1/search?q={asked}&in={what}")).await.ok().to_string();
        }
        all
    };
    for asked in ["zebra", "zebra-note-brand", "zebra-tag-team", "parcel", "zebra-own", "zebra-name-brand"] {
        let sees = told(&sam, asked).await;
        assert!(!sees.contains("-brand") && !sees.contains("-team"), "{asked}: {sees}");
        assert!(!told(&ines, asked).await.contains("-brand"), "{asked}");
    }
    assert!(told(&sam, "zebra").await.contains("zebra-own"));
    assert!(told(&sam, "zebra").await.contains("zebra-tag-own"));
    let all = told(&boss, "zebra").await;
    for word in ["note", "reply", "tag", "subject", "name"] {
        assert!(
            all.contains(&format!("zebra-{word}-brand")) && all.contains(&format!("zebra-{word}-team")),
            "{word}: the canary sings for whoever may hear it"
        );
    }
    // A page that is cut says nothing of what was left out.
    assert_eq!(sam.get("/api/v1/search?q=parcel&in=messages&limit=1").await.ok()["next"], Value::Null);

    // Before the index has followed, the right itself decides.
    boss.changes(&own, json!({"team_id": null})).await;
    assert_eq!(hits(&sam, "zebra", "").await, []);
    desk.settle().await;
    assert_eq!(hits(&sam, "zebra", "").await, []);
    assert!(told(&ines, "zebra").await.contains("zebra-own"));
}

#[tokio::test]
async fn an_agent_without_any_grant_finds_nothing() {
    let mut desk = TestDesk::open().await;
    let inbox = desk.inbox().await;
    let ghost = GrantSpec { inbox_id: Some(desk.second_brand().await.id), ..GrantSpec::everywhere(Role::Agent) };
    let ghost = desk.agent_with("Ghost", vec![ghost]).await;
    desk.visitor(&inbox).await.writes("parcel").await;
    desk.settle().await;

    assert_eq!(hits(&ghost, "parcel", "").await, []);
}

#[tokio::test]
async fn what_is_deleted_or_rewritten_leaves_the_index_and_its_bytes() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await);
    let anna = desk.visitor(&inbox).await;
    let conversation = anna.writes("first").await;
    for text in ["quagga deleted", "okapi rewritten", "stays"] {
        anna.writes(text).await;
    }
    desk.settle().await;
    assert_eq!(messages(&sam, "quagga", "").await.len(), 1);

    // As a part that removes or edits messages would leave it: the rows, and an event of the conversation.
    change(&desk, |tx| tx.exec("DELETE FROM message WHERE text = 'quagga deleted'", params![])).await;
    assert_eq!(messages(&sam, "quagga", "").await, [""; 0], "at once, before the index has followed");
    change(&desk, |tx| tx.exec("UPDATE message SET text = 'axolotl instead' WHERE text = 'okapi rewritten'", params![])).await;
    change(&desk, |tx| tx.exec("UPDATE search_index SET position = 0", params![])).await;
    sam.changes(&conversation, json!({"priority": "urgent"})).await;
    desk.settle().await;

    assert_eq!(messages(&sam, "okapi", "").await, [""; 0]);
    assert_eq!(messages(&sam, "axolotl", "").await, ["axolotl instead"]);
    assert_eq!(messages(&sam, "stays", "").await, ["stays"]);
    let pages: Vec<Vec<u8>> = desk.read(|tx| tx.all("SELECT entries FROM search_page", params![], |row| row.get("entries"))).await;
    for word in ["quagga", "okapi"] {
        assert!(!pages.iter().any(|page| page.windows(4).any(|bytes| bytes == &word.as_bytes()[1..5])), "{word} is still in the index");
    }
    assert_eq!(count(&desk, "SELECT count(*) AS n FROM search_document").await, 4, "three messages and a subject");
    assert_eq!(hits(&sam, "first", "").await.len(), 2, "reading the log again doubles nothing");
}

#[tokio::test]
async fn the_index_is_made_anew_while_the_old_one_answers() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await);
    let anna = desk.visitor(&inbox).await;
    for n in 0..5 {
        anna.writes(&format!("parcel {n}")).await;
    }
    desk.settle().await;
    let before = messages(&sam, "parcel", "").await;
    let page = sam.get("/api/v1/search?q=parcel&in=messages&limit=2").await.ok();
    desk.desk.store.write(search::rebuild).await.unwrap();
    desk.desk.store.write(search::rebuild).await.unwrap();

    let mut steps = 0;
    while search::step(&desk.desk.store).await.unwrap() {
        assert_eq!(messages(&sam, "parcel", "").await, before);
        steps += 1;
    }
    assert!(steps > 2);
    assert_eq!(count(&desk, "SELECT count(*) AS n FROM search_index").await, 1);
    assert_eq!(count(&desk, "SELECT min(generation) AS n FROM search_index").await, 2);
    for old in [
        "SELECT count(*) AS n FROM search_document WHERE generation = 1",
        "SELECT count(*) AS n FROM search_page WHERE generation = 1",
        "SELECT count(*) AS n FROM search_mark WHERE generation = 1",
        "SELECT count(*) AS n FROM search_conversation WHERE generation = 1",
    ] {
        assert_eq!(count(&desk, old).await, 0, "{old}");
    }
    let next = page["next"].as_str().unwrap();
    assert_eq!(sam.get(&format!("/api/v1/search?q=parcel&in=messages&cursor={next}")).await.refused(422), "invalid_request");
    anna.writes("parcel 5").await;
    desk.settle().await;
    assert_eq!(messages(&sam, "parcel", "").await.len(), 6);
}

#[tokio::test]
async fn a_block_that_is_full_is_followed_by_another() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await);
    let anna = desk.visitor(&inbox).await;
    anna.writes("parcel 0").await;
    desk.settle().await;
    change(&desk, |tx| tx.exec("UPDATE search_index SET next_number = 65534", params![])).await;
    for n in 1..6 {
        anna.writes(&format!("parcel {n}")).await;
        desk.settle().await;
    }

    assert_eq!(messages(&sam, "parcels", "").await, ["parcel 5", "parcel 4", "parcel 3", "parcel 2", "parcel 1", "parcel 0"]);
    assert_eq!(count(&desk, "SELECT count(*) AS n FROM search_segment WHERE block = 0").await, 1, "a full block is one segment");
}

#[tokio::test]
async fn two_nodes_that_follow_at_once_index_everything_once() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await);
    let anna = desk.visitor(&inbox).await;
    desk.settle().await;
    for n in 0..20 {
        anna.writes(&format!("parcel {n}")).await;
        let store = &desk.desk.store;
        let (one, other, third) = tokio::join!(search::step(store), search::step(store), search::step(store));
        one.unwrap();
        other.unwrap();
        third.unwrap();
    }
    desk.settle().await;

    assert_eq!(messages(&sam, "parcel", "&limit=50").await.len(), 20);
    assert_eq!(count(&desk, "SELECT count(*) AS n FROM search_document").await, 21);
}

const WORDS: [&str; 14] = [
    "order",
    "orders",
    "ordering",
    "paczka",
    "paczki",
    "żółta",
    "encomenda",
    "посылка",
    "#A-1043",
    "1043",
    "anna@example.com",
    "50%_off\\",
    "' OR 1=1 --",
    "+48 601 234 567",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, ..ProptestConfig::default() })]
    /// The same rows as a filter in memory, whatever is written and asked; on both engines, since the suite runs on both.
    #[test]
    fn a_question_finds_what_a_filter_in_memory_finds(
        written in prop::collection::vec(prop::collection::vec(prop::sample::select(WORDS.to_vec()), 1..5), 1..40),
        asked in prop::collection::vec((prop::collection::vec(prop::sample::select(WORDS.to_vec()), 1..3), 0..12_usize), 1..15),
        settled in 1..7_usize,
    ) {
        tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
            let mut desk = TestDesk::open().await;
            let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await);
            let anna = desk.visitor(&inbox).await;
            let texts: Vec<String> = written.iter().map(|words| words.join(" ")).collect();
            for (n, text) in texts.iter().enumerate() {
                anna.writes(text).await;
                if n % settled == 0 {
                    desk.settle().await;
                }
            }
            desk.settle().await;
            for (words, cut) in &asked {
                let all = words.join(" ");
                let asked: String = all.chars().take(all.chars().count().saturating_sub(*cut).max(1)).collect();
                let wanted = words::question(&asked, None);
                let expected: Vec<&String> = texts.iter().rev().filter(|text| wanted.as_ref().is_some_and(|wanted| wanted.is_in(&words::terms(text)))).collect();
                if asked.trim().is_empty() {
                    continue;
                }
                assert_eq!(messages(&sam, &asked, "&limit=50").await.iter().collect::<Vec<_>>(), expected, "{asked}");
            }
        });
    }
}

/// The strings everybody's fields break on, where the corpora are, and those that mean something to a LIKE or to a parser of queries.
fn naughty() -> Vec<String> {
    let above = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    let there = above.map(|folder| folder.join("shared/corpora/strings/blns.json")).find_map(|path| std::fs::read_to_string(path).ok());
    if there.is_none() {
        eprintln!("skipped in part: the corpora are not beside the project");
    }
    let all: Vec<String> = there.map_or_else(Vec::new, |text| serde_json::from_str(&text).unwrap());
    let own =
        ["%", "_", "\\", "100%", "a_b\\", "'; DROP TABLE message; --", "\" OR \"\"=\"", "NEAR(a b)", "a AND b", "a* OR (b", ":*", "a & !b", "{\"a\":1}", "\0x"];
    all.into_iter().step_by(7).chain(own.map(str::to_owned)).collect()
}

#[tokio::test]
async fn whatever_is_typed_is_words_and_never_a_query_of_the_engine() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await);
    let anna = desk.visitor(&inbox).await;
    let mut written = Vec::new();
    for text in naughty() {
        if anna.writes_with_key(&text, &format!("key-{}", written.len())).await.status.is_success() {
            written.push(text);
        }
    }
    desk.settle().await;

    for text in &written {
        let asked: String = text.chars().take(200).collect();
        let path = format!("/api/v1/search?q={}&limit=50&in=messages", utf8_percent_encode(&asked, NON_ALPHANUMERIC));
        let answer = sam.get(&path).await;
        assert!(answer.status == 200 || answer.status == 422, "{text:?}: {}", answer.body);
        let Some(wanted) = words::question(&asked.replace('\0', ""), None) else { continue };
        let expected = written.iter().rev().filter(|text| wanted.is_in(&words::terms(&text.replace('\0', "")))).take(50).count();
        assert_eq!(answer.ok()["items"].as_array().unwrap().len(), expected, "{text:?}");
    }
}
