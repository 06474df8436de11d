//! Macros: what one step does to a conversation, who may keep and run it, and that nothing is half done.

use rapport::{people::GrantSpec, viewer::Role};
use serde_json::{Value, json};
use testkit::{Agent, TestDesk};

const URL: &str = "/api/v1/macros";

async fn keeps(agent: &Agent, name: &str, text: Option<&str>, actions: Value) -> String {
    let mut body = json!({"name": name, "actions": actions, "sharing": {"with": "me"}});
    if let Some(text) = text {
        (body["mode"], body["texts"]) = (json!("reply"), json!({"en": text}));
    }
    agent.post(URL, body).await.ok()["id"].as_str().unwrap().to_owned()
}

async fn runs(agent: &Agent, id: &str, conversation: &str, how: Value) -> testkit::Answer {
    agent.post(&format!("/api/v1/conversations/{conversation}/macros/{id}"), how).await
}

async fn lines(agent: &Agent, conversation: &str) -> Vec<Value> {
    let mut items = agent.get(&format!("/api/v1/conversations/{conversation}/messages")).await.ok()["items"].take().as_array().unwrap().clone();
    items.reverse();
    items.into_iter().map(|message| json!([message["kind"], message["system"]["type"], message["text"], message["system"]["to"]])).collect()
}

#[tokio::test]
async fn a_macro_answers_and_changes_in_one_step_and_the_conversation_says_which() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Administrator).await);
    let anna = desk.visitor(&inbox).await;
    let conversation = anna.writes("My parcel is lost").await;
    desk.watch(&sam).await;
    desk.watch_visitor(&anna).await;
    let team = sam.post("/api/v1/teams", json!({"name": "Returns"})).await.ok()["id"].clone();
    sam.changes(&conversation, json!({"tags": ["parcel", "new"]})).await;
    let actions = json!([
        {"type": "assign_to_me"}, {"type": "set_team", "team_id": team}, {"type": "set_priority", "priority": "high"},
        {"type": "add_tags", "tags": ["Lost", "parcel"]}, {"type": "remove_tags", "tags": ["new"]}, {"type": "snooze", "minutes": 120}]);
    let id = keeps(&sam, "Parcel lost", Some("We look for it. {{agent.name}}"), actions).await;

    let after = runs(&sam, &id, &conversation, json!({})).await.ok();

    desk.settle().await;
    assert_eq!((&after["status"], &after["priority"], &after["team_id"]), (&json!("snoozed"), &json!("high"), &team));
    assert_eq!((&after["tags"], &after["assignee_id"]), (&json!(["parcel", "lost"]), &json!(sam.id)));
    assert_eq!(anna.reads().await, ["My parcel is lost", "We look for it. Sam"]);
    let told = lines(&sam, &conversation).await;
    assert_eq!(told[1..3], [json!(["system", "macro_ran", "", "Parcel lost"]), json!(["reply", null, "We look for it. Sam", null])]);
    assert_eq!(sam.get(&format!("{URL}/{id}")).await.ok()["used_count"], 1);
    desk.advance(std::time::Duration::from_secs(2 * 3_600)).await;
    assert_eq!(sam.sees(&conversation).await["status"], "open");
}

#[tokio::test]
async fn a_macro_is_refused_as_a_whole_when_a_part_of_it_cannot_be_done() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam, ines) = (desk.inbox().await, desk.agent("Sam", Role::Administrator).await, desk.agent("Ines", Role::Agent).await);
    let anna = desk.visitor(&inbox).await;
    let conversation = anna.writes("Hello").await;
    desk.watch(&sam).await;
    let id = keeps(&sam, "To Ines", Some("Ines takes over."), json!([{"type": "set_priority", "priority": "urgent"}, {"type": "assign", "agent_id": ines.id}]))
        .await;
    sam.patch(&format!("/api/v1/agents/{}", ines.id), json!({"disabled": true})).await.ok();
    let before = sam.sees(&conversation).await;

    runs(&sam, &id, &conversation, json!({})).await.refused(422);

    desk.settle().await;
    assert_eq!(sam.sees(&conversation).await, before);
    assert_eq!(anna.reads().await, ["Hello"]);
    assert_eq!(sam.get(&format!("{URL}/{id}")).await.ok()["used_count"], 0);
    sam.patch(&format!("/api/v1/agents/{}", ines.id), json!({"disabled": false})).await.ok();
    assert_eq!(runs(&sam, &id, &conversation, json!({})).await.ok()["priority"], "urgent");
}

#[tokio::test]
async fn the_same_run_twice_is_done_once() {
    let desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await);
    let anna = desk.visitor(&inbox).await;
    let conversation = anna.writes("Hello").await;
    let id = keeps(&sam, "Hello", Some("Good day"), json!([])).await;
    let path = format!("/api/v1/conversations/{conversation}/macros/{id}");

    let first = sam.send("POST", &path, &[("idempotency-key", "once")], Some(json!({}))).await.ok();
    let again = sam.send("POST", &path, &[("idempotency-key", "once")], Some(json!({}))).await.ok();

    assert_eq!(first, again);
    assert_eq!(anna.reads().await, ["Hello", "Good day"]);
}

#[tokio::test]
async fn what_would_be_said_is_shown_first_and_a_gap_is_read_before_it_is_sent() {
    let desk = TestDesk::open().await;
    let (inbox, sam, ines) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await, desk.agent("Ines", Role::Agent).await);
    let anna = desk.visitor(&inbox).await;
    let conversation = anna.writes("Hello").await;
    let id = keeps(&sam, "Greeting", Some("Hello {{contact.first_name}}, good day."), json!([])).await;
    let offered = sam.get(&format!("/api/v1/conversations/{conversation}/macros")).await.ok()["items"][0].clone();

    let refused = runs(&sam, &id, &conversation, json!({})).await;

    assert_eq!((&offered["text"], &offered["missing"], &offered["language"]), (&json!("Hello, good day."), &json!(["contact.first_name"]), &json!("en")));
    assert_eq!((refused.body["missing"].clone(), refused.refused(409)), (json!(["contact.first_name"]), "variable_missing".into()));
    ines.replies(&conversation, "I have it").await;
    assert_eq!(runs(&sam, &id, &conversation, json!({"accept_missing": true, "seen_seq": 1})).await.refused(409), "conversation_moved_on");
    runs(&sam, &id, &conversation, json!({"accept_missing": true})).await.ok();
    assert_eq!(anna.reads().await, ["Hello", "I have it", "Hello, good day."]);
    runs(&ines, &id, &conversation, json!({})).await.refused(404);
}

#[tokio::test]
async fn a_macro_of_a_brand_runs_in_its_conversations_and_may_move_them_out_of_sight() {
    let desk = TestDesk::open().await;
    let (inbox, noord, boss) = (desk.inbox().await, desk.second_brand().await, desk.agent("Boss", Role::Administrator).await);
    let team = |name: &'static str| boss.post("/api/v1/teams", json!({"name": name}));
    let (ours, theirs) = (team("Ours").await.ok()["id"].clone(), team("Theirs").await.ok()["id"].clone());
    let of_team = GrantSpec { team_id: serde_json::from_value(ours.clone()).unwrap(), ..GrantSpec::everywhere(Role::Agent) };
    let sam = desk.agent_with("Sam", vec![of_team]).await;
    let brand = json!({"with": "brand", "brand_id": inbox.brand_id});
    let actions = json!([{"type": "set_team", "team_id": theirs}, {"type": "add_tags", "tags": ["moved"]}]);
    let id = boss.post(URL, json!({"name": "Pass on", "actions": actions, "sharing": brand})).await.ok()["id"].as_str().unwrap().to_owned();
    let (here, there) = (desk.visitor(&inbox).await.writes("Hello").await, desk.visitor(&noord).await.writes("Hello").await);
    boss.changes(&here, json!({"team_id": ours})).await;
    boss.changes(&there, json!({"team_id": ours})).await;

    assert_eq!(runs(&sam, &id, &there, json!({})).await.refused(404), "not_found");
    let moved = runs(&sam, &id, &here, json!({})).await.ok();
    assert_eq!((&moved["team_id"], &moved["tags"]), (&theirs, &json!(["moved"])));
    sam.get(&format!("/api/v1/conversations/{here}")).await.refused(404);
    runs(&sam, &id, &here, json!({})).await.refused(404);
}

#[tokio::test]
async fn what_cannot_be_kept_is_refused_with_a_sentence_that_says_what_is_wrong() {
    let desk = TestDesk::open().await;
    let (boss, sam) = (desk.agent("Boss", Role::Administrator).await, desk.agent("Sam", Role::Agent).await);
    let told = async |body: Value| {
        let answer = boss.post(URL, body).await;
        assert_eq!(answer.status, 422, "{}", answer.body);
        answer.body["detail"].as_str().unwrap().to_owned()
    };
    let of = |actions: Value| json!({"name": "A", "actions": actions, "sharing": {"with": "me"}});

    assert!(told(of(json!([]))).await.contains("does something or says something"));
    assert!(told(of(json!([{"type": "set_status", "status": "snoozed"}]))).await.contains("write the action snooze"));
    assert!(told(of(json!([{"type": "snooze", "minutes": 0}]))).await.contains("from a minute to a year"));
    assert!(told(of(json!([{"type": "assign", "agent_id": uuid::Uuid::max()}]))).await.contains("not an agent"));
    assert!(told(of(json!([{"type": "set_team", "team_id": uuid::Uuid::max()}]))).await.contains("no such team"));
    assert!(told(of(json!([{"type": "add_tags", "tags": []}]))).await.contains("at least one tag"));
    assert!(told(json!({"name": "A", "mode": "note", "texts": {"en": "{{x}}"}, "actions": [], "sharing": {"with": "me"}})).await.contains("no variable x"));
    let id = keeps(&boss, "Once", None, json!([{"type": "assign_to_me"}])).await;
    assert!(told(json!({"name": "ONCE", "actions": [{"type": "assign_to_me"}], "sharing": {"with": "me"}})).await.contains("name here already"));
    sam.post(URL, json!({"name": "A", "actions": [{"type": "assign_to_me"}], "sharing": {"with": "everyone"}})).await.refused(403);
    let all = boss.patch(&format!("{URL}/{id}"), json!({"sharing": {"with": "everyone"}, "mode": "note", "texts": {"en": "Seen"}})).await.ok();
    assert_eq!((&all["version"], &all["mode"], &all["actions"][0]["type"]), (&json!(2), &json!("note"), &json!("assign_to_me")));
    sam.patch(&format!("{URL}/{id}"), json!({"name": "Mine"})).await.refused(403);
    sam.send("DELETE", &format!("{URL}/{id}"), &[], None).await.refused(403);
    let without = boss.patch(&format!("{URL}/{id}"), json!({"mode": null})).await.ok();
    assert_eq!((&without["mode"], &without["texts"]), (&Value::Null, &json!({})));
    boss.send("DELETE", &format!("{URL}/{id}"), &[], None).await.ok();
    assert_eq!(boss.get(URL).await.ok()["items"], json!([]));
}
