//! Rules: what makes them look, what they ask, what they do and say of it, and that nothing runs twice, in a circle, or where it may not.

use std::time::Duration;

use rapport::{
    automation::{DEPTH, Follower},
    people::GrantSpec,
    viewer::Role,
};
use serde_json::{Value, json};
use testkit::{Agent, TestDesk};

const URL: &str = "/api/v1/automation/rules";

fn everyone() -> Value {
    json!({"with": "everyone"})
}

fn always() -> Value {
    json!({"all": []})
}

fn priority(to: &str) -> Value {
    json!([{"type": "set_priority", "priority": to}])
}

fn tags(tag: &str) -> Value {
    json!([{"type": "add_tags", "tags": [tag]}])
}

fn rule(name: &str, on: &str, condition: Value, actions: Value) -> Value {
    json!({"name": name, "trigger": {"on": on}, "condition": condition, "actions": actions, "sharing": everyone()})
}

async fn keeps(agent: &Agent, rule: Value) -> String {
    agent.post(URL, rule).await.ok()["id"].as_str().unwrap().to_owned()
}

async fn runs(agent: &Agent, rule: &str) -> Vec<Value> {
    agent.get(&format!("{URL}/{rule}/runs")).await.ok()["items"].take().as_array().unwrap().clone()
}

async fn lines(agent: &Agent, conversation: &str) -> Vec<Value> {
    let mut items = agent.get(&format!("/api/v1/conversations/{conversation}/messages")).await.ok()["items"].take().as_array().unwrap().clone();
    items.reverse();
    items
}

#[tokio::test]
async fn a_rule_does_what_it_says_and_the_conversation_tells_why() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam, ines) = (desk.inbox().await, desk.agent("Sam", Role::Administrator).await, desk.agent("Ines", Role::Agent).await);
    let team = sam.post("/api/v1/teams", json!({"name": "Returns"})).await.ok()["id"].clone();
    let asks = json!({"all": [{"field": "message", "op": "contains", "value": "refund"}, {"any": [{"field": "status", "op": "is", "value": "open"}, {"field": "priority", "op": "is", "value": "low"}]}]});
    let mut returns = rule(
        "Refunds",
        "message_received",
        asks,
        json!([{"type": "set_team", "team_id": team}, {"type": "set_priority", "priority": "high"}, {"type": "add_tags", "tags": ["refund"]}, {"type": "assign", "agent_id": ines.id}]),
    );
    (returns["mode"], returns["texts"]) = (json!("reply"), json!({"en": "Hello {{contact.first_name}}, we look into case {{conversation.number}}."}));
    let id = keeps(&sam, returns).await;
    let (anna, bilal) = (desk.visitor(&inbox).await, desk.visitor(&inbox).await);
    desk.watch(&sam).await;
    desk.watch_visitor(&anna).await;

    let (refund, other) = (anna.writes("I want a REFUND").await, bilal.writes("Good day").await);
    desk.settle().await;

    let after = sam.sees(&refund).await;
    assert_eq!((&after["team_id"], &after["priority"], &after["tags"], &after["assignee_id"]), (&team, &json!("high"), &json!(["refund"]), &json!(ines.id)));
    assert_eq!((&after["status"], after["waiting_since"].is_null()), (&json!("open"), false), "an automatic reply is no answer");
    assert_eq!(anna.reads().await, ["I want a REFUND".to_owned(), format!("Hello, we look into case {}.", after["number"])]);
    assert_eq!((sam.sees(&other).await["priority"].clone(), runs(&sam, &id).await.len()), (json!("normal"), 1));
    let told = lines(&sam, &refund).await;
    assert_eq!(told[1]["system"], json!({"type": "rule_ran", "from": "message_received", "to": "Refunds"}));
    assert_eq!((&told[1]["author"]["kind"], &told[1]["author"]["id"]), (&json!("automation"), &json!(id)));
    assert_eq!((&told[2]["kind"], &told[2]["author"]), (&json!("reply"), &json!({"kind": "automation", "id": id, "name": null})));
    let run = &runs(&sam, &id).await[0];
    assert_eq!(
        (&run["trigger"], &run["outcome"], &run["depth"], &run["conversation_id"]),
        (&json!("message_received"), &json!("done"), &json!(0), &json!(refund))
    );
    let held: Vec<&Value> = run["held"].as_array().unwrap().iter().map(|clause| &clause["field"]).collect();
    assert_eq!(held, ["message", "status"], "and not that its priority was low");
    let done: Vec<&str> = run["done"].as_array().unwrap().iter().map(|part| part["outcome"].as_str().unwrap()).collect();
    assert_eq!((done, &run["done"][0]["mode"]), (vec!["done"; 5], &json!("reply")));
    assert_eq!(sam.get(&format!("/api/v1/conversations/{refund}/rule-runs")).await.ok()["items"][0], *run);
    let kept = sam.get(&format!("{URL}/{id}")).await.ok();
    assert_eq!((&kept["run_count"], kept["last_run_at"].is_null(), &kept["may_change"]), (&json!(1), false, &json!(true)));
}

/// What each of these does to a conversation is what makes the rule of that trigger look.
#[tokio::test]
async fn every_trigger_looks_at_what_it_names_and_at_nothing_else() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam, ines) = (desk.inbox().await, desk.agent("Sam", Role::Administrator).await, desk.agent("Ines", Role::Agent).await);
    let team = sam.post("/api/v1/teams", json!({"name": "Returns"})).await.ok()["id"].clone();
    let reason = sam.post("/api/v1/contact-reasons", json!({"names": {"en": "Delivery"}})).await.ok()["id"].clone();
    sam.post("/api/v1/attributes", json!({"of": "conversation", "key": "order", "names": {"en": "Order"}, "kind": "text"})).await.ok();
    let names = [
        "conversation_created",
        "message_received",
        "reply_sent",
        "note_added",
        "status_changed",
        "reopened",
        "assignee_changed",
        "team_changed",
        "priority_changed",
        "tags_changed",
        "contact_reason_changed",
        "attributes_changed",
    ];
    let anna = desk.visitor(&inbox).await;
    desk.settle().await;
    for name in names {
        // A note of a rule is nothing that another one looks at.
        let mut noting = rule(name, name, always(), json!([]));
        (noting["mode"], noting["texts"]) = (json!("note"), json!({"en": "seen"}));
        keeps(&sam, noting).await;
    }
    let conversation = anna.writes("Hello").await;
    desk.settle().await;
    let mut before = counts(&sam).await;
    assert_eq!(moved(&json!({}), &before), ["conversation_created", "message_received"]);
    for (change, expected) in [
        (json!({"priority": "high"}), vec!["priority_changed"]),
        (json!({"tags": ["vip"]}), vec!["tags_changed"]),
        (json!({"team_id": team}), vec!["team_changed"]),
        (json!({"contact_reason_id": reason}), vec!["contact_reason_changed"]),
        (json!({"attributes": {"order": "7"}}), vec!["attributes_changed"]),
        (json!({"assignee_id": ines.id}), vec!["assignee_changed"]),
        (json!({"status": "resolved"}), vec!["status_changed"]),
        (json!({"status": "open"}), vec!["status_changed", "reopened"]),
        (json!({"subject": "Parcel"}), vec![]),
    ] {
        sam.changes(&conversation, change.clone()).await;
        desk.settle().await;
        let after = counts(&sam).await;
        assert_eq!(moved(&before, &after), expected, "{change}");
        before = after;
    }
    sam.notes(&conversation, "Look").await;
    desk.settle().await;
    let noted = counts(&sam).await;
    assert_eq!(moved(&before, &noted), ["note_added"]);
    sam.replies(&conversation, "Good day").await;
    desk.settle().await;
    let replied = counts(&sam).await;
    assert_eq!(moved(&noted, &replied), ["reply_sent", "status_changed"]);
    anna.writes("Thank you").await;
    desk.settle().await;
    let answered = counts(&sam).await;
    assert_eq!(moved(&replied, &answered), ["message_received", "status_changed"]);
    sam.changes(&conversation, json!({"status": "resolved"})).await;
    anna.writes("Not yet").await;
    desk.settle().await;
    assert_eq!(moved(&answered, &counts(&sam).await), ["message_received", "status_changed", "reopened"]);
}

/// How often each rule ran.
async fn counts(agent: &Agent) -> Value {
    let rules = agent.get(URL).await.ok();
    rules["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|rule| (rule["name"].as_str().unwrap().to_owned(), rule["run_count"].clone()))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

/// Which ran since, in no order but that of the triggers.
fn moved(before: &Value, after: &Value) -> Vec<String> {
    const ORDER: &[&str] = &["conversation_created", "message_received", "reply_sent", "note_added", "status_changed", "reopened"];
    let mut moved: Vec<String> = after
        .as_object()
        .unwrap()
        .iter()
        .filter(|(name, count)| before[name.as_str()].as_i64().unwrap_or(0) != count.as_i64().unwrap())
        .map(|(name, _)| name.clone())
        .collect();
    moved.sort_by_key(|name| (ORDER.iter().position(|known| known == name).unwrap_or(ORDER.len()), name.clone()));
    moved
}

#[tokio::test]
async fn conditions_ask_what_was_before() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam, ines) = (desk.inbox().await, desk.agent("Sam", Role::Administrator).await, desk.agent("Ines", Role::Agent).await);
    let anna = desk.visitor(&inbox).await;
    let conversation = anna.writes("Hello").await;
    let asks = |field: &str, op: &str, value: Value| json!({"field": field, "op": op, "value": value});
    let raised = json!({"all": [asks("previous_priority", "one_of", json!(["low", "normal"])), asks("priority", "is", json!("urgent"))]});
    let raised = keeps(&sam, rule("Raised", "priority_changed", raised, tags("raised"))).await;
    let taken = keeps(&sam, rule("Taken away", "assignee_changed", asks("previous_assignee", "is", json!(ines.id)), tags("taken"))).await;
    let back = json!({"all": [asks("previous_status", "is", json!("waiting")), asks("done_by", "is", json!("contact"))]});
    let back = keeps(&sam, rule("Came back", "status_changed", back, tags("back"))).await;
    let first = keeps(&sam, rule("First taken", "assignee_changed", json!({"field": "previous_assignee", "op": "empty"}), tags("first"))).await;
    let ran = async |sam: &Agent| [runs(sam, &raised).await.len(), runs(sam, &taken).await.len(), runs(sam, &back).await.len(), runs(sam, &first).await.len()];

    sam.changes(&conversation, json!({"priority": "high"})).await;
    desk.settle().await;
    sam.changes(&conversation, json!({"priority": "urgent"})).await;
    desk.settle().await;
    assert_eq!(ran(&sam).await, [0; 4], "it was high before, and normal before that");
    sam.changes(&conversation, json!({"priority": "normal"})).await;
    desk.settle().await;
    sam.changes(&conversation, json!({"priority": "urgent"})).await;
    sam.changes(&conversation, json!({"assignee_id": ines.id})).await;
    desk.settle().await;
    assert_eq!(ran(&sam).await, [1, 0, 0, 1]);
    sam.changes(&conversation, json!({"assignee_id": sam.id})).await;
    sam.replies(&conversation, "Good day").await;
    desk.settle().await;
    assert_eq!(ran(&sam).await, [1, 1, 0, 1]);
    anna.writes("And now?").await;
    desk.settle().await;

    assert_eq!(ran(&sam).await, [1, 1, 1, 1]);
}

#[tokio::test]
async fn rules_run_in_their_order_each_sees_what_those_before_did_and_one_may_stop_the_rest() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Administrator).await);
    let is_urgent = json!({"field": "priority", "op": "is", "value": "urgent"});
    let mut stopping = rule("Urgent ones", "conversation_created", is_urgent.clone(), tags("urgent"));
    stopping["stops"] = json!(true);
    let second = keeps(&sam, stopping).await;
    let third = keeps(&sam, rule("The rest", "message_received", always(), tags("rest"))).await;
    let first = keeps(&sam, rule("Fire", "message_received", json!({"field": "message", "op": "contains", "value": "fire"}), priority("urgent"))).await;
    desk.settle().await;

    let before = desk.visitor(&inbox).await.writes("There is a fire").await;
    desk.settle().await;
    assert_eq!(sam.sees(&before).await["tags"], json!(["rest"]), "it was not urgent yet when the second was asked");
    let order = sam.send("PUT", &format!("{URL}/{first}/place"), &[], Some(json!({"before_id": second}))).await.ok();
    let names: Vec<&str> = order["items"].as_array().unwrap().iter().map(|rule| rule["id"].as_str().unwrap()).collect();
    assert_eq!(names, [&first, &second, &third]);
    let after = desk.visitor(&inbox).await.writes("Another fire").await;
    desk.settle().await;

    assert_eq!(sam.sees(&after).await["tags"], json!(["urgent"]));
    let order = sam.send("PUT", &format!("{URL}/{first}/place"), &[], Some(json!({"before_id": null}))).await.ok();
    assert_eq!(order["items"][2]["id"], json!(first));
    assert!(sam.send("PUT", &format!("{URL}/{first}/place"), &[], Some(json!({"before_id": first}))).await.refused(422) == "invalid_request");
}

#[tokio::test]
async fn two_rules_that_undo_each_other_are_stopped_and_the_run_says_so() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Administrator).await);
    let conversation = desk.visitor(&inbox).await.writes("Hello").await;
    let went =
        |from: &str, to: &str| json!({"all": [{"field": "previous_priority", "op": "is", "value": from}, {"field": "priority", "op": "is", "value": to}]});
    let down = keeps(&sam, rule("Down", "priority_changed", went("normal", "high"), priority("normal"))).await;
    let up = keeps(&sam, rule("Up", "priority_changed", went("high", "normal"), priority("high"))).await;
    desk.watch(&sam).await;

    sam.changes(&conversation, json!({"priority": "high"})).await;
    desk.settle().await;

    let mut all = [runs(&sam, &down).await, runs(&sam, &up).await].concat();
    all.sort_by_key(|run| run["depth"].as_i64());
    let told: Vec<Value> = all.iter().map(|run| json!([run["depth"], run["outcome"]])).collect();
    let mut expected: Vec<Value> = (0..DEPTH).map(|depth| json!([depth, "done"])).collect();
    expected.push(json!([DEPTH, "loop"]));
    assert_eq!(told, expected);
    assert_eq!(all[DEPTH as usize]["done"], json!([]));
    sam.changes(&conversation, json!({"tags": ["still"]})).await;
    desk.settle().await;
    assert_eq!(sam.sees(&conversation).await["tags"], json!(["still"]), "everything else goes on");
}

#[tokio::test]
async fn what_cannot_be_done_is_told_and_keeps_nothing_else_from_being_done() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam, ines) = (desk.inbox().await, desk.agent("Sam", Role::Administrator).await, desk.agent("Ines", Role::Agent).await);
    let actions = json!([{"type": "set_priority", "priority": "high"}, {"type": "assign", "agent_id": ines.id}, {"type": "add_tags", "tags": ["kept"]}]);
    let broken = keeps(&sam, rule("To Ines", "conversation_created", always(), actions)).await;
    let next = keeps(&sam, rule("Next", "conversation_created", always(), tags("next"))).await;
    sam.patch(&format!("/api/v1/agents/{}", ines.id), json!({"disabled": true})).await.ok();

    let conversation = desk.visitor(&inbox).await.writes("Hello").await;
    desk.settle().await;

    let after = sam.sees(&conversation).await;
    assert_eq!((&after["priority"], &after["assignee_id"], &after["tags"]), (&json!("high"), &Value::Null, &json!(["kept", "next"])));
    let run = &runs(&sam, &broken).await[0];
    assert_eq!((&run["outcome"], &run["done"][1]["outcome"]), (&json!("failed"), &json!("failed")));
    assert_eq!(run["done"][1]["why"], json!("This is not an agent who may sign in."));
    assert_eq!(runs(&sam, &next).await[0]["outcome"], json!("done"));
    sam.patch(&format!("{URL}/{broken}"), json!({"name": "To somebody"})).await.refused(422);
    assert_eq!(sam.patch(&format!("{URL}/{broken}"), json!({"enabled": false})).await.ok()["enabled"], json!(false), "but it can be stopped");
}

#[tokio::test]
async fn a_rule_looks_at_nothing_that_happened_before_it_was_switched_on() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Administrator).await);
    let anna = desk.visitor(&inbox).await;
    let conversation = anna.writes("Before").await;
    desk.place().await;
    let id = keeps(&sam, rule("Marks", "message_received", always(), tags("marked"))).await;
    desk.settle().await;
    assert_eq!(sam.sees(&conversation).await["tags"], json!([]));
    sam.patch(&format!("{URL}/{id}"), json!({"enabled": false})).await.ok();
    anna.writes("While it is off").await;
    desk.settle().await;
    sam.patch(&format!("{URL}/{id}"), json!({"enabled": true})).await.ok();
    desk.settle().await;
    assert_eq!(sam.sees(&conversation).await["tags"], json!([]));

    anna.writes("While it is on").await;
    desk.settle().await;

    assert_eq!(sam.sees(&conversation).await["tags"], json!(["marked"]));
    sam.send("DELETE", &format!("{URL}/{id}"), &[], None).await;
    assert_eq!(sam.get(&format!("/api/v1/conversations/{conversation}/rule-runs")).await.ok()["items"][0]["rule_name"], json!("Marks"), "what it did stays");
}

/// A node that is killed between looking and writing, or beside another that was quicker, has done nothing; whoever comes next does it once.
#[tokio::test]
async fn each_rule_runs_once_for_an_event_whoever_looks_and_however_often() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Administrator).await);
    let mut noting = rule("Notes", "message_received", always(), json!([]));
    (noting["mode"], noting["texts"]) = (json!("note"), json!({"en": "seen"}));
    let id = keeps(&sam, noting).await;
    desk.settle().await;
    let anna = desk.visitor(&inbox).await;
    let conversation = anna.writes("Hello").await;
    desk.place().await;
    let (one, other) = (Follower::default(), Follower::default());

    let both = tokio::join!(one.step(&desk.desk.store), other.step(&desk.desk.store));
    assert!(both.0.is_ok() && both.1.is_ok());
    // Everything is forgotten with the process but what is in the database.
    while Follower::default().step(&desk.desk.store).await.unwrap() {}
    desk.settle().await;

    let notes = lines(&sam, &conversation).await.iter().filter(|line| line["kind"] == "note").count();
    assert_eq!((notes, runs(&sam, &id).await.len()), (1, 1));
    assert_eq!(anna.reads().await, ["Hello"]);
}

#[tokio::test]
async fn a_rule_of_a_team_never_touches_another_teams_conversation() {
    let mut desk = TestDesk::open().await;
    let (inbox, boss) = (desk.inbox().await, desk.agent("Boss", Role::Administrator).await);
    let team = async |name: &str| boss.post("/api/v1/teams", json!({"name": name})).await.ok()["id"].clone();
    let (ours, theirs) = (team("Ours").await, team("Theirs").await);
    let over = |team: &Value| vec![GrantSpec { team_id: serde_json::from_value(team.clone()).unwrap(), ..GrantSpec::everywhere(Role::Supervisor) }];
    let (sam, ines) = (desk.agent_with("Sam", over(&ours)).await, desk.agent_with("Ines", over(&theirs)).await);
    let (mine, foreign) = (desk.visitor(&inbox).await.writes("Ours").await, desk.visitor(&inbox).await.writes("Theirs").await);
    boss.changes(&mine, json!({"team_id": ours})).await;
    boss.changes(&foreign, json!({"team_id": theirs})).await;
    let of = |team: &Value| json!({"with": "team", "team_id": team});
    let mut marks = rule("Marks", "priority_changed", always(), tags("marked"));
    sam.post(URL, marks.clone()).await.refused(403);
    marks["sharing"] = of(&theirs);
    sam.post(URL, marks.clone()).await.refused(403);
    marks["sharing"] = of(&ours);
    let id = keeps(&sam, marks).await;
    desk.settle().await;

    boss.changes(&mine, json!({"priority": "high"})).await;
    boss.changes(&foreign, json!({"priority": "high"})).await;
    desk.settle().await;

    assert_eq!((&boss.sees(&mine).await["tags"], &boss.sees(&foreign).await["tags"]), (&json!(["marked"]), &json!([])));
    ines.get(&format!("{URL}/{id}")).await.refused(404);
    assert_eq!(ines.get(URL).await.ok()["items"], json!([]));
    ines.send("DELETE", &format!("{URL}/{id}"), &[], None).await.refused(404);
    boss.changes(&mine, json!({"team_id": theirs})).await;
    assert_eq!(runs(&sam, &id).await, Vec::<Value>::new(), "what went to others is theirs to read");
    let everywhere = keeps(&boss, rule("Everywhere", "reopened", always(), priority("low"))).await;
    assert_eq!(ines.get(&format!("{URL}/{everywhere}")).await.ok()["may_change"], json!(false));
    ines.patch(&format!("{URL}/{everywhere}"), json!({"enabled": false})).await.refused(403);
}

#[tokio::test]
async fn nobody_has_a_rule_do_what_they_may_not_do_themselves() {
    let desk = TestDesk::open().await;
    let boss = desk.agent("Boss", Role::Administrator).await;
    let role =
        boss.post("/api/v1/roles", json!({"name": "Rules", "permissions": ["automation.manage", "conversations.read", "conversations.note"]})).await.ok()["id"]
            .clone();
    let sam = desk.agent_with("Sam", vec![GrantSpec::everywhere(rapport::viewer::RoleKey(role.as_str().unwrap().to_owned()))]).await;
    let mut said = rule("Says", "conversation_created", always(), json!([]));
    (said["mode"], said["texts"]) = (json!("reply"), json!({"en": "Good day"}));

    sam.post(URL, said.clone()).await.refused(403);
    sam.post(URL, rule("Raises", "conversation_created", always(), priority("high"))).await.refused(403);
    sam.post(URL, rule("Gives", "conversation_created", always(), json!([{"type": "assign", "agent_id": sam.id}]))).await.refused(403);
    said["mode"] = json!("note");
    sam.post(URL, said).await.ok();
}

#[tokio::test]
async fn mistakes_are_told_where_they_stand() {
    let desk = TestDesk::open().await;
    let sam = desk.agent("Sam", Role::Administrator).await;
    let refused = async |body: Value| {
        let answer = sam.post(URL, body).await;
        let pointer = answer.body["errors"][0]["pointer"].as_str().unwrap_or_default().to_owned();
        answer.refused(422);
        pointer
    };
    let good = rule("Good", "conversation_created", always(), priority("high"));
    let with = |path: &str, value: Value| {
        let mut body = good.clone();
        body[path] = value;
        body
    };

    assert_eq!(refused(with("trigger", json!({"on": "unanswered_for"}))).await, "/trigger/minutes");
    assert_eq!(refused(with("trigger", json!({"on": "reopened", "minutes": 5}))).await, "/trigger/minutes");
    assert_eq!(refused(with("condition", json!({"field": "colour", "op": "is", "value": "red"}))).await, "/condition/field");
    assert_eq!(refused(with("condition", json!({"field": "assignee", "op": "is", "value": "me"}))).await, "/condition/value");
    assert_eq!(refused(with("actions", json!([]))).await, "/actions");
    assert_eq!(refused(with("actions", json!([{"type": "assign_to_me"}]))).await, "/actions/0");
    assert_eq!(refused(with("sharing", json!({"with": "me"}))).await, "/sharing");
    keeps(&sam, good.clone()).await;
    assert_eq!(refused(good).await, "/name");
}

#[tokio::test]
async fn a_dry_run_tells_what_would_be_done_and_changes_nothing() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Administrator).await);
    let anna = desk.visitor(&inbox).await;
    let refund = anna.writes("A refund please").await;
    let other = desk.visitor(&inbox).await.writes("Good day").await;
    sam.changes(&refund, json!({"priority": "urgent"})).await;
    sam.changes(&other, json!({"priority": "high"})).await;
    sam.changes(&other, json!({"priority": "urgent"})).await;
    desk.settle().await;
    let dry = async |agent: &Agent, rule: Value| agent.post(&format!("{URL}/dry-run"), rule).await.ok();
    let before = crate::engines::dump(&desk.desk.store).await;

    let by_message = dry(
        &sam,
        rule(
            "Refunds",
            "message_received",
            json!({"field": "message", "op": "contains", "value": "refund"}),
            json!([{"type": "set_priority", "priority": "urgent"}, {"type": "add_tags", "tags": ["refund"]}]),
        ),
    )
    .await;
    let was_high = json!({"field": "previous_priority", "op": "is", "value": "high"});
    let by_history = dry(&sam, rule("Raised", "priority_changed", was_high, tags("raised"))).await;
    let mut waiting = rule("Waiting", "message_received", always(), tags("waiting"));
    waiting["trigger"] = json!({"on": "unanswered_for", "minutes": 60});
    let by_clock = dry(&sam, waiting).await;

    assert_eq!((&by_message["looked_at"], &by_message["matched"], &by_message["is_complete"]), (&json!(2), &json!(1), &json!(true)));
    let would = &by_message["items"][0];
    assert_eq!((&would["conversation_id"], &would["held"][0]["field"]), (&json!(refund), &json!("message")));
    assert_eq!((&would["done"][0]["outcome"], &would["done"][1]["outcome"]), (&json!("unchanged"), &json!("done")));
    assert_eq!((&by_history["matched"], &by_history["items"][0]["conversation_id"]), (&json!(1), &json!(other)));
    assert_eq!(by_clock["matched"], json!(2));
    assert!(before == crate::engines::dump(&desk.desk.store).await, "the database is as it was");
    sam.post(&format!("{URL}/dry-run"), rule("Wrong", "message_received", json!({"field": "x"}), json!([]))).await.refused(422);
}

#[tokio::test]
async fn time_brings_a_rule_once_for_each_time_the_clock_ran_that_long() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Administrator).await);
    let timed = |name: &str, on: &str, minutes: i64, condition: Value| {
        let mut body = rule(name, on, condition, json!([]));
        (body["trigger"], body["mode"], body["texts"]) = (json!({"on": on, "minutes": minutes}), json!("note"), json!({"en": name}));
        body
    };
    let anna = desk.visitor(&inbox).await;
    let old = desk.visitor(&inbox).await.writes("Long ago").await;
    desk.advance(Duration::from_secs(7_200)).await;
    let not_low = json!({"field": "priority", "op": "is_not", "value": "low"});
    let unanswered = keeps(&sam, timed("Unanswered", "unanswered_for", 60, not_low)).await;
    let resolved = keeps(&sam, timed("Resolved", "resolved_for", 1_440, always())).await;
    let silent = keeps(&sam, timed("Silent", "inactive_for", 180, json!({"field": "status", "op": "is", "value": "waiting"}))).await;
    let ran = async |sam: &Agent| [runs(sam, &unanswered).await.len(), runs(sam, &resolved).await.len(), runs(sam, &silent).await.len()];
    desk.settle().await;
    assert_eq!(ran(&sam).await, [0; 3], "what came due before it was switched on is not run over all at once");

    let conversation = anna.writes("Hello").await;
    desk.advance(Duration::from_secs(59 * 60)).await;
    assert_eq!(ran(&sam).await, [0; 3]);
    desk.advance(Duration::from_secs(60)).await;
    assert_eq!(ran(&sam).await, [1, 0, 0]);
    anna.writes("Hello?").await;
    desk.advance(Duration::from_secs(86_400)).await;
    assert_eq!(ran(&sam).await, [1, 0, 0], "they have waited since the first message");
    sam.replies(&conversation, "Good day").await;
    desk.advance(Duration::from_secs(60 * 181)).await;
    assert_eq!(ran(&sam).await, [1, 0, 1]);
    anna.writes("Thank you").await;
    sam.changes(&conversation, json!({"priority": "low"})).await;
    desk.advance(Duration::from_secs(2 * 3_600)).await;
    assert_eq!(ran(&sam).await, [1, 0, 1], "looked at again when it came due, and not wanted any more");
    sam.changes(&conversation, json!({"status": "resolved", "priority": "normal"})).await;
    desk.advance(Duration::from_secs(86_400)).await;
    assert_eq!(ran(&sam).await, [1, 1, 1]);
    anna.writes("Once more").await;
    desk.advance(Duration::from_secs(3_600)).await;
    assert_eq!(ran(&sam).await, [2, 1, 1]);
    let run = &runs(&sam, &unanswered).await[0];
    assert_eq!((&run["trigger"], &run["position"]), (&json!("unanswered_for"), &Value::Null));
    assert_eq!(sam.get(&format!("/api/v1/conversations/{old}/rule-runs")).await.ok()["items"], json!([]));
}
