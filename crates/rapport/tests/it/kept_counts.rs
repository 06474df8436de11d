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
}

fn step() -> impl Strategy<Value = Step> {
    let which = 0..4_usize;
    prop_oneof![
        which.clone().prop_map(Step::Write),
        which.clone().prop_map(Step::Reply),
        which.clone().prop_map(Step::Mention),
        (which.clone(), prop_oneof![Just("open"), Just("waiting"), Just("resolved")]).prop_map(|(n, status)| Step::Status(n, status)),
        (which.clone(), any::<bool>()).prop_map(|(n, on)| Step::Assign(n, on)),
        (which, any::<bool>()).prop_map(|(n, on)| Step::Team(n, on)),
    ]
}

async fn assert_counts_are_lengths(agent: &Agent) {
    for view in ["mine", "due", "unassigned", "all", "snoozed", "mentions", "participating"] {
        assert_eq!(agent.count(view).await, agent.subjects(view).await.len() as i64, "{} in {view}", agent.name);
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
                    Step::Reply(n) => drop(boss.replies(&ids[n], "answer").await),
                    Step::Mention(n) => {
                        let note = json!({"text": "@Sam please look", "mentions": [of_brand.id]});
                        boss.post(&format!("/api/v1/conversations/{}/notes", ids[n]), note).await;
                    }
                    Step::Status(n, status) => drop(boss.changes(&ids[n], json!({"status": status})).await),
                    Step::Assign(n, on) => drop(boss.changes(&ids[n], json!({"assignee_id": on.then_some(of_brand.id)})).await),
                    Step::Team(n, on) => drop(boss.changes(&ids[n], json!({"team_id": if on { team.clone() } else { json!(null) }})).await),
                }
                desk.settle().await;
            }
            for agent in [&boss, &of_brand, &of_team] {
                assert_counts_are_lengths(agent).await;
            }
            let wrong = desk.desk.store.write(conversations::rebuild_counts).await.unwrap();
            assert_eq!(wrong, 0, "kept counts differ from counting");
        });
    }
}
