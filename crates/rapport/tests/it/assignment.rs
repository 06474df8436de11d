//! Who gets new work, and the queue in which it stands.

use std::{collections::HashMap, time::Duration};

use proptest::prelude::*;
use rapport::{channels::Inbox, people::GrantSpec, viewer::Role};
use serde_json::{Value, json};
use testkit::{Agent, TestDesk, Visitor};

fn minutes(count: u64) -> Duration {
    Duration::from_secs(60 * count)
}

/// A team of these agents that gets what is written in the inbox.
struct Desk {
    desk: TestDesk,
    inbox: Inbox,
    boss: Agent,
    team: String,
    agents: Vec<Agent>,
}

impl Desk {
    async fn open(names: &[&str], assignment: Value) -> Desk {
        let desk = TestDesk::open().await;
        let (inbox, boss) = (desk.inbox().await, desk.agent("Boss", Role::Administrator).await);
        let mut agents = Vec::new();
        for name in names {
            let agent = desk.agent(name, Role::Agent).await;
            agent.patch("/api/v1/me", json!({"availability": "available"})).await.ok();
            agents.push(agent);
        }
        let members: Vec<_> = agents.iter().map(|agent| agent.id).collect();
        let team = boss.post("/api/v1/teams", json!({"name": "Care", "member_ids": members})).await.ok()["id"].as_str().unwrap().to_owned();
        boss.patch(&format!("/api/v1/inboxes/{}", inbox.id), json!({"team_id": team})).await.ok();
        let mut desk = Desk { desk, inbox, boss, team, agents };
        desk.gives_out(assignment).await;
        desk.desk.settle().await;
        desk
    }

    async fn gives_out(&self, assignment: Value) -> Value {
        self.boss.send("PUT", &format!("/api/v1/teams/{}/assignment", self.team), &[], Some(assignment)).await.ok()
    }

    async fn takes(&self, agent: usize, profile: Value) {
        self.boss.send("PUT", &format!("/api/v1/agents/{}/assignment", self.agents[agent].id), &[], Some(profile)).await.ok();
    }

    async fn company(&self, settings: Value) {
        self.boss.send("PUT", "/api/v1/assignment", &[], Some(settings)).await.ok();
    }

    async fn is(&self, agent: usize, availability: &str) {
        self.agents[agent].patch("/api/v1/me", json!({"availability": availability})).await.ok();
    }

    async fn writes(&mut self, text: &str) -> (Visitor, String) {
        let visitor = self.desk.visitor(&self.inbox).await;
        let conversation = visitor.writes(text).await;
        self.desk.settle().await;
        (visitor, conversation)
    }

    /// Which agent has it, by name.
    async fn whose(&self, conversation: &str) -> Option<&str> {
        let id = self.boss.sees(conversation).await["assignee_id"].clone();
        self.agents.iter().chain([&self.boss]).find(|agent| json!(agent.id) == id).map(|agent| agent.name.as_str())
    }

    async fn loads(&self) -> HashMap<String, (i64, i64)> {
        let overview = self.boss.get("/api/v1/assignment").await.ok();
        let of = |agent: &Value| (agent["agent_id"].as_str().unwrap().to_owned(), (agent["load"].as_i64().unwrap(), agent["capacity"].as_i64().unwrap()));
        overview["agents"].as_array().unwrap().iter().map(of).collect()
    }
}

/// zammad/zammad#854: new tickets cannot be given to agents in turn, asked for since 2017.
#[tokio::test]
async fn zammad_854_new_work_goes_round_and_stays_where_it_is_taken() {
    let mut desk = Desk::open(&["Ana", "Ben", "Cleo"], json!({"method": "round_robin"})).await;
    desk.desk.watch(&desk.boss.clone()).await;

    let mut got = Vec::new();
    for n in 0..6 {
        let (_, conversation) = desk.writes(&format!("case {n}")).await;
        got.push(desk.whose(&conversation).await.unwrap().to_owned());
    }

    let mut round = got[..3].to_vec();
    round.sort();
    assert_eq!(round, ["Ana", "Ben", "Cleo"]);
    assert_eq!(got[..3], got[3..], "and again in the same order");
    let ana = desk.agents.iter().find(|agent| agent.name == got[0]).unwrap().clone();
    assert_eq!(ana.subjects("mine").await.len(), 2);
}

#[tokio::test]
async fn who_has_no_room_gets_nothing_and_the_next_in_line_gets_what_becomes_free() {
    let mut desk = Desk::open(&["Ana"], json!({"method": "least_loaded"})).await;
    desk.takes(0, json!({"capacity": 2})).await;
    let (_, first) = desk.writes("first").await;
    desk.writes("second").await;
    let (_, third) = desk.writes("third").await;
    let (_, urgent) = desk.writes("urgent").await;
    desk.boss.changes(&urgent, json!({"priority": "urgent"})).await;
    desk.desk.settle().await;
    assert_eq!((desk.whose(&third).await, desk.whose(&urgent).await), (None, None));

    desk.boss.changes(&first, json!({"status": "resolved"})).await;
    desk.desk.settle().await;

    assert_eq!((desk.whose(&third).await, desk.whose(&urgent).await), (None, Some("Ana")), "urgent ones first");
    let overview = desk.boss.get("/api/v1/assignment").await.ok();
    assert_eq!(overview["teams"][0]["queued"], 1);
    desk.takes(0, json!({"capacity": 3})).await;
    assert_eq!(desk.whose(&third).await, Some("Ana"), "more room at once");
}

#[tokio::test]
async fn only_who_is_available_gets_work_and_who_comes_gets_what_waits() {
    let mut desk = Desk::open(&["Ana", "Ben"], json!({"method": "round_robin"})).await;
    desk.is(0, "busy").await;
    desk.is(1, "away").await;
    let (_, conversation) = desk.writes("hello").await;
    assert_eq!(desk.whose(&conversation).await, None);

    desk.is(1, "available").await;
    desk.desk.settle().await;
    assert_eq!(desk.whose(&conversation).await, Some("Ben"));
}

#[tokio::test]
async fn a_manual_team_and_one_that_is_closed_give_out_nothing() {
    let mut desk = Desk::open(&["Ana"], json!({"method": "manual"})).await;
    let (_, conversation) = desk.writes("hello").await;
    assert_eq!(desk.whose(&conversation).await, None);

    // Monday noon: it opens at one.
    let hours = json!({"time_zone": "UTC", "weekly": [{"day": "monday", "from": "13:00", "to": "17:00"}]});
    desk.boss.patch(&format!("/api/v1/teams/{}", desk.team), json!({"hours": hours})).await.ok();
    desk.gives_out(json!({"method": "round_robin", "in_business_hours": true})).await;
    desk.desk.settle().await;
    assert_eq!(desk.whose(&conversation).await, None);
    desk.desk.advance(minutes(61)).await;
    assert_eq!(desk.whose(&conversation).await, Some("Ana"));
}

#[tokio::test]
async fn skill_language_and_previous_agent_choose_among_those_who_have_room() {
    let mut desk = Desk::open(&["Ana", "Ben", "Cleo"], json!({"method": "round_robin", "previous_agent_first": true})).await;
    desk.takes(0, json!({"languages": ["en"], "skills": ["billing"]})).await;
    desk.takes(1, json!({"languages": ["pl"]})).await;
    desk.takes(2, json!({"languages": ["en"]})).await;

    let pole = Visitor::open_in(&desk.desk, &desk.inbox, "pl").await;
    let conversation = pole.writes("Dzień dobry").await;
    desk.desk.settle().await;
    assert_eq!(desk.whose(&conversation).await, Some("Ben"));

    let (visitor, first) = desk.writes("It is me").await;
    let before = desk.whose(&first).await.unwrap().to_owned();
    desk.boss.changes(&first, json!({"status": "resolved"})).await;
    desk.desk.advance(minutes(60 * 100)).await;
    let again = visitor.writes("Me again").await;
    desk.desk.settle().await;
    assert_ne!(first, again);
    assert_eq!(desk.whose(&again).await, Some(before.as_str()), "who knows the customer");

    desk.is(0, "away").await;
    let (_, invoice) = desk.writes("An invoice").await;
    desk.boss.changes(&invoice, json!({"tags": ["billing"], "assignee_id": null})).await;
    desk.desk.settle().await;
    assert_eq!(desk.whose(&invoice).await, None, "it waits for who can");
    desk.is(0, "available").await;
    desk.desk.settle().await;
    assert_eq!(desk.whose(&invoice).await, Some("Ana"));
}

#[tokio::test]
async fn nobody_gets_what_they_cannot_answer() {
    let mut desk = Desk::open(&["Ana"], json!({"method": "round_robin"})).await;
    let other = desk.desk.second_brand().await;
    let elsewhere = desk.desk.agent_with("Else", vec![GrantSpec { brand_id: Some(other.brand_id), ..GrantSpec::everywhere(Role::Agent) }]).await;
    let reader = desk.desk.agent("Reader", Role::ReadOnly).await;
    for agent in [&elsewhere, &reader] {
        agent.patch("/api/v1/me", json!({"availability": "available"})).await.ok();
    }
    desk.boss.patch(&format!("/api/v1/teams/{}", desk.team), json!({"member_ids": [elsewhere.id, reader.id]})).await.ok();

    let (_, conversation) = desk.writes("hello").await;

    assert_eq!(desk.whose(&conversation).await, None);
}

#[tokio::test]
async fn what_nobody_could_take_goes_to_the_team_that_helps_out() {
    let mut desk = Desk::open(&["Ana"], json!({"method": "round_robin"})).await;
    desk.is(0, "away").await;
    let night = desk.desk.agent("Noor", Role::Agent).await;
    night.patch("/api/v1/me", json!({"availability": "available"})).await.ok();
    let second = desk.boss.post("/api/v1/teams", json!({"name": "Night", "member_ids": [night.id]})).await.ok()["id"].clone();
    desk.boss.send("PUT", &format!("/api/v1/teams/{}/assignment", second.as_str().unwrap()), &[], Some(json!({"method": "round_robin"}))).await.ok();
    desk.gives_out(json!({"method": "round_robin", "overflow_team_id": second, "overflow_minutes": 10})).await;

    let (_, conversation) = desk.writes("hello").await;
    desk.desk.advance(minutes(9)).await;
    assert_eq!(desk.boss.sees(&conversation).await["team_id"], json!(desk.team));
    desk.desk.advance(minutes(2)).await;
    let now = desk.boss.sees(&conversation).await;
    assert_eq!((&now["team_id"], &now["assignee_id"]), (&second, &json!(night.id)));
}

#[tokio::test]
async fn who_is_absent_hands_unanswered_work_back_and_keeps_what_is_answered() {
    let mut desk = Desk::open(&["Ana", "Ben"], json!({"method": "round_robin"})).await;
    desk.company(json!({"capacity": 10, "away_minutes": 30})).await;
    desk.is(1, "away").await;
    let (_, answered) = desk.writes("answered").await;
    let (_, waiting) = desk.writes("waiting").await;
    desk.agents[0].replies(&answered, "Here you are").await;
    assert_eq!(desk.whose(&waiting).await, Some("Ana"));

    desk.is(1, "available").await;
    desk.is(0, "away").await;
    desk.desk.settle().await;
    desk.desk.advance(minutes(29)).await;
    assert_eq!(desk.whose(&waiting).await, Some("Ana"), "not yet");
    desk.desk.advance(minutes(2)).await;
    assert_eq!((desk.whose(&waiting).await, desk.whose(&answered).await), (Some("Ben"), Some("Ana")));

    // Ill until tomorrow: at once, whatever the console says.
    desk.is(0, "available").await;
    let until = desk.desk.clock.now().plus(minutes(60 * 24));
    desk.takes(1, json!({"absent_until": until})).await;
    desk.desk.settle().await;
    assert_eq!(desk.whose(&waiting).await, Some("Ana"));
    let (_, next) = desk.writes("next").await;
    assert_eq!(desk.whose(&next).await, Some("Ana"), "who is absent gets nothing new");
}

#[tokio::test]
async fn a_disabled_agent_hands_back_at_once() {
    let mut desk = Desk::open(&["Ana", "Ben"], json!({"method": "round_robin"})).await;
    desk.is(1, "busy").await;
    let (_, conversation) = desk.writes("hello").await;
    desk.is(1, "available").await;
    desk.boss.patch(&format!("/api/v1/agents/{}", desk.agents[0].id), json!({"disabled": true})).await.ok();
    desk.desk.settle().await;
    assert_eq!(desk.whose(&conversation).await, Some("Ben"));
}

#[tokio::test]
async fn the_place_in_the_queue_is_told_and_the_wait_only_when_it_is_known() {
    let mut desk = Desk::open(&["Ana"], json!({"method": "round_robin"})).await;
    desk.takes(0, json!({"capacity": 1})).await;
    let place = async |visitor: &Visitor| visitor.send("GET", "/api/v1/chat/queue", &[], None).await.ok();
    let (served, mut current) = desk.writes("served").await;
    let (first, _) = desk.writes("first").await;
    desk.desk.advance(minutes(1)).await;
    let (second, _) = desk.writes("second").await;
    assert_eq!(place(&served).await, json!({"position": null, "expected_wait_seconds": null}));
    assert_eq!(place(&first).await, json!({"position": 1, "expected_wait_seconds": null}), "one assignment says nothing yet");
    assert_eq!(place(&second).await["position"], 2);

    for n in 0..6 {
        desk.boss.changes(&current, json!({"status": "resolved"})).await;
        let before = desk.boss.subjects("unassigned").await;
        desk.writes(&format!("more {n}")).await;
        let after = desk.boss.subjects("unassigned").await;
        assert_eq!(before.len().max(1), after.len().max(1), "one in, one out");
        let mine = desk.agents[0].get("/api/v1/conversations?view=mine").await.ok();
        current = mine["items"][0]["id"].as_str().unwrap().to_owned();
    }
    let (last, _) = desk.writes("last").await;
    let told = place(&last).await;
    let (position, wait) = (told["position"].as_i64().unwrap(), told["expected_wait_seconds"].as_i64().unwrap());
    assert_eq!(wait, position * 1800 / 7, "seven were taken in the last half hour");
    desk.gives_out(json!({"method": "manual"})).await;
    assert_eq!(place(&last).await["position"], Value::Null, "a queue that nobody serves has no places");
}

#[tokio::test]
async fn settings_are_refused_with_the_field_that_is_wrong() {
    let desk = Desk::open(&["Ana"], json!({"method": "manual"})).await;
    let put = async |path: &str, body: Value| desk.boss.send("PUT", path, &[], Some(body)).await;
    let team = format!("/api/v1/teams/{}/assignment", desk.team);
    let agent = format!("/api/v1/agents/{}/assignment", desk.agents[0].id);
    for (path, body, pointer) in [
        ("/api/v1/assignment", json!({"capacity": 0}), "/capacity"),
        ("/api/v1/assignment", json!({"capacity": 5, "away_minutes": 0}), "/away_minutes"),
        (team.as_str(), json!({"method": "manual", "overflow_minutes": 5}), "/overflow_minutes"),
        (team.as_str(), json!({"method": "manual", "overflow_minutes": 5, "overflow_team_id": desk.team}), "/overflow_team_id"),
        (team.as_str(), json!({"method": "manual", "overflow_minutes": 5, "overflow_team_id": uuid::Uuid::max()}), "/overflow_team_id"),
        (agent.as_str(), json!({"languages": ["tlh"]}), "/languages"),
        (agent.as_str(), json!({"capacity": -1}), "/capacity"),
    ] {
        assert_eq!(put(path, body).await.body["errors"][0]["pointer"], pointer);
    }
    assert_eq!(put(&format!("/api/v1/teams/{}/assignment", uuid::Uuid::max()), json!({"method": "manual"})).await.refused(404), "not_found");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]
    #[test]
    fn with_many_writing_at_once_nobody_is_over_capacity_and_equals_differ_by_one(
        capacities in prop::collection::vec(0..6_i64, 2..5),
        arriving in 1..25_usize,
        resolved in 0..8_usize,
        least in any::<bool>(),
    ) {
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap().block_on(async {
            let names = ["Ana", "Ben", "Cleo", "Dan"];
            let mut desk = Desk::open(&names[..capacities.len()], json!({"method": if least { "least_loaded" } else { "round_robin" }})).await;
            for (n, capacity) in capacities.iter().enumerate() {
                desk.takes(n, json!({"capacity": capacity})).await;
            }
            // Customers write, and the work is given out, at the same time.
            let mut visitors = Vec::new();
            for _ in 0..arriving {
                visitors.push(desk.desk.visitor(&desk.inbox).await);
            }
            let writing = futures_util::future::join_all(visitors.iter().enumerate().map(|(n, visitor)| async move { visitor.writes(&format!("case {n}")).await }));
            let ((), conversations) = tokio::join!(desk.desk.settle(), writing);
            desk.desk.settle().await;

            let check = async |desk: &Desk| {
                let loads = desk.loads().await;
                for agent in &desk.agents {
                    let (load, capacity) = loads[&agent.id.to_string()];
                    assert!(load <= capacity, "{} has {load} of {capacity}", agent.name);
                    assert_eq!(load, agent.subjects("mine").await.len() as i64, "the kept load is what they have");
                }
                loads
            };
            let loads = check(&desk).await;
            let room: i64 = capacities.iter().sum();
            let given: i64 = desk.agents.iter().map(|agent| loads[&agent.id.to_string()].0).sum();
            assert_eq!(given, room.min(arriving as i64), "nothing waits while somebody has room");
            if !least {
                // Whoever is not full has as many as any other who is not, give or take one.
                let free: Vec<i64> = desk.agents.iter().map(|agent| loads[&agent.id.to_string()]).filter(|(load, capacity)| load < capacity).map(|(load, _)| load).collect();
                assert!(free.iter().max().unwrap_or(&0) - free.iter().min().unwrap_or(&0) <= 1, "{free:?}");
            }

            for conversation in conversations.iter().take(resolved) {
                desk.boss.changes(conversation, json!({"status": "resolved"})).await;
            }
            desk.desk.settle().await;
            check(&desk).await;
            let wrong = desk.desk.desk.store.write(rapport::conversations::rebuild_counts).await.unwrap();
            assert_eq!(wrong, 0);
        });
    }
}
