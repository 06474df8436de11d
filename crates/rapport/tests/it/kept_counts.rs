//! Kept counts equal counting, after any history, for every viewer.

use proptest::prelude::*;
use rapport::{conversations, people::GrantSpec, viewer::Role};
use serde_json::json;
use testkit::{Agent, TestDesk};

#[derive(Clone, Debug)]
enum Step {
    Write(usize),
    Reply(usize),
    Mention(usize),
    Status(usize, &'static str),
    Assign(usize, bool),
    Team(usize, bool),
    Split(usize),
    Merge(usize, usize),
    Unmerge(usize),
    Read(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let which = 0..4_usize;
    let one = 0..12_usize;
    prop_oneof![
        2 => which.prop_map(Step::Write),
        1 => one.clone().prop_map(Step::Reply),
        1 => one.clone().prop_map(Step::Mention),
        1 => (one.clone(), prop_oneof![Just("open"), Just("waiting"), Just("resolved")]).prop_map(|(n, status)| Step::Status(n, status)),
        1 => (one.clone(), any::<bool>()).prop_map(|(n, on)| Step::Assign(n, on)),
        1 => (one.clone(), any::<bool>()).prop_map(|(n, on)| Step::Team(n, on)),
        1 => one.clone().prop_map(Step::Split),
        2 => (one.clone(), one.clone()).prop_map(|(n, m)| Step::Merge(n, m)),
        1 => one.clone().prop_map(Step::Unmerge),
        1 => one.prop_map(Step::Read),
    ]
}

async fn assert_counts_are_lengths(agent: &Agent) {
    for view in ["mine", "due", "unassigned", "all", "snoozed", "mentions", "participating"] {
        assert_eq!(agent.count(view).await, agent.subjects(view).await.len() as i64, "{} in {view}", agent.name);
    }
}

/// Views that ask for whoever looks, for labels and for what is not.
async fn saves_views(boss: &Agent) -> Vec<String> {
    let mut ids = Vec::new();
    for condition in [
        json!({"all": [{"field": "status", "op": "one_of", "value": ["open", "waiting"]}, {"field": "assignee", "op": "is", "value": "me"}]}),
        json!({"any": [{"field": "team", "op": "not_empty"}, {"field": "assignee", "op": "is_not", "value": "me"}]}),
        json!({"not": {"field": "status", "op": "is", "value": "resolved"}}),
    ] {
        let view = json!({"name": format!("view {}", ids.len()), "condition": condition, "sort": "waiting_since", "sharing": {"with": "everyone"}});
        ids.push(boss.post("/api/v1/saved-views", view).await.ok()["id"].as_str().unwrap().to_owned());
    }
    ids
}

async fn assert_saved_counts_are_lengths(agent: &Agent, views: &[String]) {
    for view in views {
        let count = agent.get(&format!("/api/v1/saved-views/{view}")).await.ok()["count"].clone();
        let page = agent.get(&format!("/api/v1/conversations?limit=100&saved_view_id={view}")).await.ok();
        assert_eq!(count, json!(page["items"].as_array().unwrap().len()), "{} in a saved view", agent.name);
    }
}

fn of(ids: &[String], n: usize, what: &str) -> String {
    format!("/api/v1/conversations/{}{what}", ids[n % ids.len()])
}

/// What is unread is counted by messages, also where some came from another conversation.
async fn assert_messages_are_counted(agent: &Agent) {
    let mut listed = Vec::new();
    for view in ["all", "snoozed", "resolved"] {
        listed.extend(agent.get(&format!("/api/v1/conversations?view={view}&limit=100")).await.ok()["items"].as_array().unwrap().clone());
    }
    for conversation in &listed {
        let messages = agent.get(&format!("/api/v1/conversations/{}/messages?limit=200", conversation["id"].as_str().unwrap())).await.ok();
        let inbound = messages["items"].as_array().unwrap().iter().filter(|message| message["kind"] == "inbound").count();
        assert_eq!(conversation["inbound_count"], json!(inbound), "{conversation}");
        let read = conversation["yours"]["read_count"].as_i64().unwrap();
        assert!((0..=inbound as i64).contains(&read), "{read} of {inbound} read");
        let contact = agent.get(&format!("/api/v1/contacts/{}", conversation["contact"]["id"].as_str().unwrap())).await.ok();
        let theirs = listed.iter().filter(|other| other["contact"]["id"] == contact["id"]).count();
        assert_eq!(contact["conversation_count"], json!(theirs));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]
    #[test]
    fn a_count_is_the_length_of_its_list(steps in prop::collection::vec(step(), 1..25)) {
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap().block_on(async {
            let mut desk = TestDesk::open().await;
            let inboxes = [desk.inbox().await, desk.second_brand().await];
            let boss = desk.agent("Boss", Role::Administrator).await;
            let team = boss.post("/api/v1/teams", json!({"name": "Delivery"})).await.ok()["id"].clone();
            let of_brand = desk.agent_with("Sam", vec![GrantSpec { brand_id: Some(inboxes[1].brand_id), ..GrantSpec::everywhere(Role::Agent) }]).await;
            let of_team = desk.agent_with("Ines", vec![GrantSpec { team_id: serde_json::from_value(team.clone()).unwrap(), ..GrantSpec::everywhere(Role::Agent) }]).await;
            for agent in [&boss, &of_brand, &of_team] {
                desk.watch(agent).await;
            }
            let views = saves_views(&boss).await;
            let mut visitors = Vec::new();
            let mut ids = Vec::new();
            for n in 0..4 {
                let visitor = desk.visitor(&inboxes[n % 2]).await;
                ids.push(visitor.writes(&format!("case {n}")).await);
                visitors.push(visitor);
            }
            for step in steps {
                match step {
                    Step::Write(n) => drop(visitors[n].writes("more").await),
                    Step::Reply(n) => drop(boss.post(&of(&ids, n, "/replies"), json!({"text": "answer"})).await),
                    Step::Mention(n) => {
                        let note = json!({"text": "@Sam please look", "mentions": [of_brand.id]});
                        boss.post(&of(&ids, n, "/notes"), note).await;
                    }
                    Step::Status(n, status) => drop(boss.patch(&of(&ids, n, ""), json!({"status": status})).await),
                    Step::Assign(n, on) => drop(boss.patch(&of(&ids, n, ""), json!({"assignee_id": on.then_some(of_brand.id)})).await),
                    Step::Team(n, on) => drop(boss.patch(&of(&ids, n, ""), json!({"team_id": if on { team.clone() } else { json!(null) }})).await),
                    Step::Split(n) => {
                        let said = boss.get(&of(&ids, n, "/messages")).await.ok();
                        let last = said["items"].as_array().unwrap().iter().find(|message| message["kind"] != "system").unwrap()["id"].clone();
                        let own = boss.post(&of(&ids, n, "/split"), json!({"from_message_id": last})).await;
                        ids.extend(own.body["id"].as_str().filter(|_| own.status == 201).map(str::to_owned));
                    }
                    Step::Merge(n, m) => drop(boss.post(&of(&ids, n, "/merge"), json!({"into_id": ids[m % ids.len()]})).await),
                    Step::Unmerge(n) => drop(boss.post(&of(&ids, n, "/unmerge"), json!({})).await),
                    Step::Read(n) => drop(of_team.send("PUT", &of(&ids, n, "/read"), &[], Some(json!({"seq": 2}))).await),
                }
                desk.settle().await;
            }
            for agent in [&boss, &of_brand, &of_team] {
                assert_counts_are_lengths(agent).await;
                assert_saved_counts_are_lengths(agent, &views).await;
            }
            assert_messages_are_counted(&boss).await;
            let wrong = desk.desk.store.write(conversations::rebuild_counts).await.unwrap();
            assert_eq!(wrong, 0, "kept counts differ from counting");
            assert_eq!(desk.read(conversations::saved_views::wrong_counts).await, 0, "counts of saved views differ from their entries");
        });
    }
}
