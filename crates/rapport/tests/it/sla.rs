//! What is promised on time, and that it is told when it is not kept.

use std::time::Duration;

use platform::clock::Moment;
use proptest::prelude::*;
use rapport::{channels::Inbox, people::GrantSpec, viewer::Role};
use serde_json::{Value, json};
use testkit::{Agent, TestDesk, Visitor};

const MINUTE: Duration = Duration::from_secs(60);

fn minutes(count: u64) -> Duration {
    Duration::from_secs(60 * count)
}

/// Monday, 2026-03-02, noon UTC: open on weekdays from nine to five.
async fn open_nine_to_five(boss: &Agent, inbox: &Inbox) {
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday"];
    let hours = json!({"time_zone": "UTC", "weekly": days.map(|day| json!({"day": day, "from": "09:00", "to": "17:00"}))});
    boss.patch(&format!("/api/v1/brands/{}", inbox.brand_id), json!({"hours": hours})).await.ok();
}

fn within(minutes: i64, business_time: bool) -> Value {
    json!({"minutes": minutes, "business_time": business_time})
}

async fn promise(boss: &Agent, name: &str, targets: Value) -> Value {
    boss.post("/api/v1/sla-policies", json!({"name": name, "targets": targets})).await.ok()
}

async fn due(sam: &Agent, conversation: &str) -> Value {
    sam.sees(conversation).await["due"].clone()
}

fn at(text: &str) -> Value {
    json!(Moment::parse(text).unwrap())
}

async fn set_up() -> (TestDesk, Inbox, Agent, Visitor) {
    let desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Administrator).await);
    let anna = desk.visitor(&inbox).await;
    (desk, inbox, sam, anna)
}

#[tokio::test]
async fn a_response_is_due_in_business_time_stops_with_the_answer_and_starts_with_the_next_question() {
    let (mut desk, inbox, sam, anna) = set_up().await;
    open_nine_to_five(&sam, &inbox).await;
    promise(&sam, "All", json!({"first_response": within(360, true), "next_response": within(60, false)})).await;

    let conversation = anna.writes("Where is my parcel?").await;
    // Five hours are left today, the sixth is on Tuesday from nine.
    assert_eq!(due(&sam, &conversation).await, json!({"kind": "first_response", "at": at("2026-03-03T10:00:00Z"), "warn_at": null}));
    desk.advance(minutes(10)).await;
    anna.writes("Hello?").await;
    assert_eq!(due(&sam, &conversation).await["at"], at("2026-03-03T10:00:00Z"), "asking again does not move it");

    sam.replies(&conversation, "It is on its way").await;
    assert_eq!(due(&sam, &conversation).await, Value::Null);
    desk.advance(minutes(50)).await;
    anna.writes("And now?").await;
    assert_eq!(due(&sam, &conversation).await, json!({"kind": "next_response", "at": at("2026-03-02T14:00:00Z"), "warn_at": null}));
}

#[tokio::test]
async fn the_resolution_clock_pauses_while_the_customer_is_awaited_and_ends_with_resolving() {
    let (mut desk, _, sam, anna) = set_up().await;
    promise(&sam, "All", json!({"resolution": within(120, false)})).await;
    let conversation = anna.writes("It is broken").await;
    assert_eq!(due(&sam, &conversation).await["at"], at("2026-03-02T14:00:00Z"));

    desk.advance(minutes(30)).await;
    sam.replies(&conversation, "Which model?").await;
    assert_eq!(due(&sam, &conversation).await, Value::Null, "the customer is awaited");
    desk.advance(minutes(1000)).await;
    anna.writes("The blue one").await;
    assert_eq!(due(&sam, &conversation).await["at"], json!(desk.clock.now().plus(minutes(90))), "half an hour had passed before");

    sam.changes(&conversation, json!({"snoozed_until_answer": true})).await;
    assert_eq!(due(&sam, &conversation).await, Value::Null);
    sam.changes(&conversation, json!({"snoozed_until": desk.clock.now().plus(minutes(60))})).await;
    assert_ne!(due(&sam, &conversation).await, Value::Null, "who only puts it off has still promised it");

    sam.changes(&conversation, json!({"status": "resolved"})).await;
    assert_eq!(due(&sam, &conversation).await, Value::Null);
    desk.advance(minutes(60)).await;
    anna.writes("It broke again").await;
    assert_eq!(due(&sam, &conversation).await["at"], json!(desk.clock.now().plus(minutes(120))), "a new promise");
}

#[tokio::test]
async fn a_warning_and_a_breach_are_told_live_once_and_the_breach_stays_in_the_conversation() {
    let (mut desk, _, sam, anna) = set_up().await;
    promise(&sam, "All", json!({"first_response": {"minutes": 60, "business_time": false, "warn_minutes": 15}})).await;
    desk.watch(&sam).await;
    let conversation = anna.writes("Hello").await;
    desk.settle().await;
    assert_eq!(due(&sam, &conversation).await["warn_at"], json!(desk.clock.now().plus(minutes(45))));
    let told = async |desk: &TestDesk| {
        let fields = desk
            .read(|tx| {
                let all = platform::events::after(tx, 0, 1000)?;
                Ok(all.into_iter().filter_map(|event| event.read::<rapport::conversations::Changed>().ok()?.field).collect::<Vec<_>>())
            })
            .await;
        fields.into_iter().filter(|field| field.starts_with("sla_")).collect::<Vec<_>>()
    };

    desk.advance(minutes(44)).await;
    assert!(told(&desk).await.is_empty());
    desk.advance(minutes(1)).await;
    assert_eq!(told(&desk).await, ["sla_warned"]);
    desk.advance(minutes(14)).await;
    assert_eq!(told(&desk).await, ["sla_warned"]);
    desk.advance(minutes(1)).await;
    desk.advance(minutes(500)).await;
    assert_eq!(told(&desk).await, ["sla_warned", "sla_breached"]);

    let page = sam.get(&format!("/api/v1/conversations/{conversation}/messages")).await.ok();
    let line = page["items"].as_array().unwrap().iter().find(|message| message["kind"] == "system").unwrap();
    assert_eq!(line["system"], json!({"type": "sla_breached", "from": null, "to": "first_response"}));
    assert!(anna.reads().await.iter().all(|text| text == "Hello"), "customers are not told");
}

#[tokio::test]
async fn who_answers_in_time_is_not_told_of_anything() {
    let (mut desk, _, sam, anna) = set_up().await;
    promise(&sam, "All", json!({"first_response": {"minutes": 60, "business_time": false, "warn_minutes": 15}})).await;
    let conversation = anna.writes("Hello").await;
    desk.advance(minutes(44)).await;
    sam.replies(&conversation, "Good day").await;

    desk.advance(minutes(500)).await;

    let page = sam.get(&format!("/api/v1/conversations/{conversation}/messages")).await.ok();
    assert!(page["items"].as_array().unwrap().iter().all(|message| message["kind"] != "system"));
}

#[tokio::test]
async fn the_first_policy_in_order_that_fits_holds_and_follows_what_changes() {
    let (desk, inbox, sam, anna) = set_up().await;
    let team = sam.post("/api/v1/teams", json!({"name": "Returns"})).await.ok()["id"].clone();
    let region = sam.post("/api/v1/locations", json!({"kind": "region", "name": "Iberia"})).await.ok()["id"].clone();
    let store = sam.post("/api/v1/locations", json!({"kind": "location", "name": "Porto", "parent_id": region})).await.ok()["id"].clone();
    let policies = [
        json!({"name": "Urgent", "priorities": ["urgent"], "targets": {"first_response": within(5, false)}}),
        json!({"name": "Returns", "team_id": team, "targets": {"first_response": within(10, false)}}),
        json!({"name": "Iberia", "location_id": region, "targets": {"first_response": within(20, false)}}),
        json!({"name": "Letters", "channel": "email", "targets": {"first_response": within(1, false)}}),
        json!({"name": "All", "brand_id": inbox.brand_id, "targets": {"first_response": within(60, false)}}),
    ];
    let mut ids = Vec::new();
    for policy in policies {
        ids.push(sam.post("/api/v1/sla-policies", policy).await.ok()["id"].clone());
    }
    let conversation = anna.writes("Hello").await;
    let in_minutes = async || {
        let at = Moment::parse(due(&sam, &conversation).await["at"].as_str().unwrap()).unwrap();
        at.since(desk.clock.now()).as_secs() / 60
    };

    assert_eq!(in_minutes().await, 60);
    sam.changes(&conversation, json!({"location_id": store})).await;
    assert_eq!(in_minutes().await, 20, "below the region");
    sam.changes(&conversation, json!({"team_id": team})).await;
    assert_eq!(in_minutes().await, 10);
    sam.changes(&conversation, json!({"priority": "urgent"})).await;
    assert_eq!(in_minutes().await, 5);
    assert_eq!(sam.sees(&conversation).await["sla_policy_id"], ids[0]);
    sam.changes(&conversation, json!({"priority": "low"})).await;
    assert_eq!(in_minutes().await, 10, "and back");
}

#[tokio::test]
async fn deadlines_follow_policies_and_hours_that_change() {
    let (mut desk, inbox, sam, anna) = set_up().await;
    desk.watch(&sam).await;
    let conversation = anna.writes("Hello").await;
    assert_eq!(due(&sam, &conversation).await, Value::Null);

    let policy = promise(&sam, "All", json!({"first_response": within(360, true)})).await;
    desk.settle().await;
    assert_eq!(due(&sam, &conversation).await["at"], at("2026-03-02T18:00:00Z"), "also of what was there before");
    open_nine_to_five(&sam, &inbox).await;
    desk.settle().await;
    assert_eq!(due(&sam, &conversation).await["at"], at("2026-03-03T10:00:00Z"));
    sam.patch(&format!("/api/v1/brands/{}", inbox.brand_id), json!({"special_days": [{"date": "2026-03-03"}]})).await.ok();
    desk.settle().await;
    assert_eq!(due(&sam, &conversation).await["at"], at("2026-03-04T10:00:00Z"), "a holiday");

    let path = format!("/api/v1/sla-policies/{}", policy["id"].as_str().unwrap());
    sam.patch(&path, json!({"targets": {"resolution": within(30, false)}})).await.ok();
    desk.settle().await;
    assert_eq!(due(&sam, &conversation).await["kind"], "resolution");
    sam.send("DELETE", &path, &[], None).await.ok();
    desk.settle().await;
    assert_eq!(due(&sam, &conversation).await, Value::Null);
    desk.advance(minutes(10_000)).await;
    assert_eq!(sam.sees(&conversation).await["last_seq"], 1, "nothing is told of what is promised no longer");
}

#[tokio::test]
async fn what_is_merged_has_no_deadline_of_its_own_and_what_is_split_off_gets_one() {
    let (mut desk, inbox, sam, anna) = set_up().await;
    promise(&sam, "All", json!({"first_response": within(60, false), "resolution": within(300, false)})).await;
    desk.watch(&sam).await;
    let first = anna.writes("First").await;
    sam.changes(&first, json!({"status": "resolved"})).await;
    desk.advance(minutes(60 * 80)).await;
    let second = anna.writes("Second").await;
    let _ = &inbox;
    assert_ne!(first, second);
    desk.advance(MINUTE).await;

    sam.post(&format!("/api/v1/conversations/{second}/merge"), json!({"into_id": first})).await.ok();
    desk.settle().await;
    assert_eq!(sam.count("due").await, 1);
    assert_eq!(due(&sam, &first).await["kind"], "first_response", "the customer waits here now");
    assert_eq!(due(&sam, &second).await, Value::Null);

    anna.writes("And something else").await;
    let page = sam.get(&format!("/api/v1/conversations/{first}/messages")).await.ok();
    let newest = page["items"].as_array().unwrap().iter().find(|message| message["kind"] == "inbound").unwrap()["id"].clone();
    let split = sam.post(&format!("/api/v1/conversations/{first}/split"), json!({"message_ids": [newest]})).await.ok();
    assert_eq!(split["due"]["kind"], "first_response");
    desk.settle().await;
    assert_eq!(sam.count("due").await, 2);
}

#[tokio::test]
async fn the_list_of_what_is_due_is_in_the_order_of_deadlines_and_pages_by_them() {
    let (mut desk, inbox, sam, _) = set_up().await;
    let urgent = json!({"name": "Urgent", "priorities": ["urgent"], "targets": {"first_response": within(5, false)}});
    sam.post("/api/v1/sla-policies", urgent).await.ok();
    promise(&sam, "All", json!({"first_response": within(60, false)})).await;
    let mut ids = Vec::new();
    for n in 0..5 {
        ids.push(desk.visitor(&inbox).await.writes(&format!("case {n}")).await);
        desk.advance(MINUTE).await;
    }
    sam.changes(&ids[3], json!({"priority": "urgent"})).await;
    sam.replies(&ids[1], "Done").await;

    let mut seen = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = sam.get(&format!("/api/v1/conversations?view=due&limit=2{cursor}")).await.ok();
        seen.extend(page["items"].as_array().unwrap().iter().map(|each| each["subject"].as_str().unwrap().to_owned()));
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(seen, ["case 3", "case 0", "case 2", "case 4"]);
    assert_eq!(sam.count("due").await, 4);
}

#[tokio::test]
async fn chat_and_portal_promise_what_the_policy_says_and_nothing_without_one() {
    let (_desk, inbox, sam, anna) = set_up().await;
    open_nine_to_five(&sam, &inbox).await;
    let told = async || sam.get(&format!("/api/v1/chat/{}", inbox.key)).await.ok()["availability"]["promise"].clone();
    assert_eq!(told().await, Value::Null);

    promise(&sam, "All", json!({"first_response": within(360, true)})).await;

    assert_eq!(told().await, json!({"seconds": 21600, "business_time": true, "answer_by": at("2026-03-03T10:00:00Z")}));
    let conversation = anna.writes("Hello").await;
    assert_eq!(due(&sam, &conversation).await["at"], told().await["answer_by"], "one source");
    let portal = sam.send("GET", "/", &[("accept-language", "en")], None).await;
    assert!(portal.body.as_str().unwrap().contains("2026-03-03 10:00"));
}

#[tokio::test]
async fn a_policy_is_refused_with_the_field_that_is_wrong_and_one_of_another_brand_is_not_there() {
    let (desk, inbox, boss, _) = set_up().await;
    let other = desk.second_brand().await;
    for (targets, pointer) in [
        (json!({}), "/targets"),
        (json!({"first_response": within(0, false)}), "/targets/first_response/minutes"),
        (json!({"resolution": {"minutes": 10, "business_time": true, "warn_minutes": 10}}), "/targets/resolution/warn_minutes"),
    ] {
        let answer = boss.post("/api/v1/sla-policies", json!({"name": "X", "targets": targets})).await;
        assert_eq!(answer.body["errors"][0]["pointer"], pointer);
    }
    let of = |brand: &Inbox| json!({"name": format!("{}", brand.brand_id), "brand_id": brand.brand_id, "targets": {"resolution": within(60, false)}});
    let (own, foreign) = (boss.post("/api/v1/sla-policies", of(&inbox)).await.ok(), boss.post("/api/v1/sla-policies", of(&other)).await.ok());
    assert_eq!(boss.post("/api/v1/sla-policies", of(&inbox)).await.body["errors"][0]["pointer"], "/name");

    let ines = desk.agent_with("Ines", vec![GrantSpec { brand_id: Some(inbox.brand_id), ..GrantSpec::everywhere(Role::Supervisor) }]).await;
    let path = |policy: &Value| format!("/api/v1/sla-policies/{}", policy["id"].as_str().unwrap());
    assert_eq!(ines.patch(&path(&foreign), json!({"name": "Mine"})).await.refused(404), "not_found");
    assert_eq!(ines.patch(&path(&own), json!({"brand_id": null})).await.refused(403), "forbidden");
    ines.patch(&path(&own), json!({"name": "Ours"})).await.ok();
    assert_eq!(ines.get("/api/v1/sla-policies").await.ok()["items"].as_array().unwrap().len(), 1);
}

/// One thing that starts, pauses or stops a clock.
#[derive(Clone, Debug)]
enum Step {
    Writes,
    Replies,
    Status(&'static str),
    Sleeps,
    Wait(u64),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        2 => Just(Step::Writes),
        2 => Just(Step::Replies),
        2 => prop_oneof![Just("open"), Just("waiting"), Just("resolved")].prop_map(Step::Status),
        1 => Just(Step::Sleeps),
        4 => (1..200_u64).prop_map(Step::Wait),
    ]
}

/// The same rules once more, in raw minutes: what is due, from what has happened.
#[derive(Default)]
struct Reference {
    now: u64,
    answered: bool,
    waits_since: Option<u64>,
    /// Running since, and used before.
    resolution: Option<u64>,
    used: u64,
}

impl Reference {
    fn pause(&mut self) {
        self.used += self.resolution.take().map_or(0, |since| self.now - since);
    }

    fn does(&mut self, step: &Step, status: &str) {
        match step {
            Step::Writes => {
                self.waits_since.get_or_insert(self.now);
                self.resolution.get_or_insert(self.now);
            }
            Step::Replies => {
                (self.answered, self.waits_since) = (true, None);
                self.pause();
            }
            Step::Status("open") => drop(self.resolution.get_or_insert(self.now)),
            Step::Status("waiting") => {
                self.waits_since = None;
                self.pause();
            }
            Step::Status(_) => (self.waits_since, self.resolution, self.used) = (None, None, 0),
            Step::Sleeps if status != "resolved" => self.pause(),
            Step::Sleeps => {}
            Step::Wait(minutes) => self.now += minutes,
        }
    }

    fn due(&self) -> Option<(u64, &'static str)> {
        let answer =
            self.waits_since.map(|since| (since + if self.answered { 40 } else { 60 }, if self.answered { "next_response" } else { "first_response" }));
        let resolution = self.resolution.map(|since| (since + 300_u64.saturating_sub(self.used), "resolution"));
        match (answer, resolution) {
            (Some(answer), Some(resolution)) => Some(if answer.0 <= resolution.0 { answer } else { resolution }),
            (one, other) => one.or(other),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]
    #[test]
    fn the_next_deadline_is_the_one_of_the_rules_after_any_history(steps in prop::collection::vec(step(), 1..25)) {
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap().block_on(async {
            let (mut desk, _, sam, anna) = set_up().await;
            promise(&sam, "All", json!({"first_response": within(60, false), "next_response": within(40, false), "resolution": within(300, false)})).await;
            desk.watch(&sam).await;
            let began = desk.clock.now();
            let conversation = anna.writes("Hello").await;
            let mut reference = Reference { waits_since: Some(0), resolution: Some(0), ..Reference::default() };
            for step in steps {
                let before = sam.sees(&conversation).await["status"].as_str().unwrap().to_owned();
                match &step {
                    Step::Writes => drop(anna.writes("More").await),
                    Step::Replies => drop(sam.replies(&conversation, "Answer").await),
                    Step::Status(status) => drop(sam.changes(&conversation, json!({"status": status})).await),
                    Step::Sleeps => drop(sam.changes(&conversation, json!({"snoozed_until_answer": true})).await),
                    Step::Wait(minutes) => desk.advance(Duration::from_secs(60 * minutes)).await,
                }
                // Snoozing what is resolved brings it back, asleep: its clocks do not run.
                reference.does(&step, &before);
                desk.settle().await;
                let expected = reference.due().map(|(minute, kind)| (json!(began.plus(minutes(minute))), kind));
                let found = due(&sam, &conversation).await;
                assert_eq!((!found.is_null()).then(|| (found["at"].clone(), found["kind"].as_str().unwrap())), expected, "{step:?}");
            }
        });
    }
}
