//! Features set on and off for some, until a moment or until they are cleared.

use std::time::Duration;

use platform::{
    doctor::Status,
    events::{self, Actor},
    web::Problem,
};
use rapport::{
    features::{self, Feature, NewRow, Target},
    viewer::Role,
};
use serde_json::{Value, json};
use testkit::{Agent, TestDesk};

const DAY: Duration = Duration::from_secs(86_400);

async fn set(desk: &TestDesk, target: Target, is_on: bool, days: Option<u32>) -> Result<(), Problem> {
    let expires_at = days.map(|days| desk.clock.now().plus(DAY * days));
    let new = NewRow { target, is_on, expires_at, note: "while they learn".into(), set_by: "ines".into() };
    desk.desk.store.write(move |tx| features::set(tx, Actor::SYSTEM, Feature::BulkChanges, &new)).await
}

async fn clear(desk: &TestDesk, name: &'static str, target: Target) -> Result<(), Problem> {
    desk.desk.store.write(move |tx| features::clear(tx, Actor::SYSTEM, name, target)).await
}

async fn on_for(agent: &Agent) -> Value {
    agent.get("/api/v1/me").await.ok()["features"].clone()
}

fn on() -> Value {
    json!(["bulk_changes"])
}

fn off() -> Value {
    json!([])
}

#[tokio::test]
async fn what_is_off_for_a_team_is_off_for_its_members_until_the_day_it_was_said_for() {
    let desk = TestDesk::open().await;
    let (sam, ines) = (desk.agent("Sam", Role::Agent).await, desk.agent("Ines", Role::Administrator).await);
    let team = ines.post("/api/v1/teams", json!({"name": "Newcomers", "member_ids": [sam.id]})).await.ok();
    let team = Target::Team(serde_json::from_value(team["id"].clone()).unwrap());
    assert_eq!((on_for(&sam).await, on_for(&ines).await), (on(), on()));

    set(&desk, team, false, Some(14)).await.unwrap();
    assert_eq!((on_for(&sam).await, on_for(&ines).await), (off(), on()));
    desk.clock.advance(14 * DAY);

    assert_eq!(on_for(&sam).await, on());
    let found = desk.read(features::finding).await;
    assert_eq!(found.status, Status::Warning);
    assert!(found.says.contains("bulk_changes for Newcomers has expired"), "{}", found.says);
    clear(&desk, "bulk_changes", team).await.unwrap();
    assert_eq!(desk.read(features::finding).await.status, Status::Ok);
}

#[tokio::test]
async fn the_narrowest_row_decides_and_clearing_it_lets_the_next_decide() {
    let desk = TestDesk::open().await;
    let sam = desk.agent("Sam", Role::Agent).await;
    let agent = Target::Agent(sam.id);

    set(&desk, Target::Everyone, false, None).await.unwrap();
    assert_eq!(on_for(&sam).await, off());
    set(&desk, agent, true, None).await.unwrap();
    assert_eq!(on_for(&sam).await, on());
    set(&desk, agent, false, None).await.unwrap();
    assert_eq!(on_for(&sam).await, off(), "the later row stands in place of the earlier");
    set(&desk, agent, true, None).await.unwrap();
    clear(&desk, "bulk_changes", agent).await.unwrap();
    assert_eq!(on_for(&sam).await, off());
    clear(&desk, "bulk_changes", Target::Everyone).await.unwrap();
    assert_eq!(on_for(&sam).await, on());
}

#[tokio::test]
async fn a_row_of_a_brand_is_for_those_who_work_for_that_brand_alone() {
    let desk = TestDesk::open().await;
    let noord = desk.second_brand().await;
    let grant = |brand_id| rapport::people::GrantSpec { brand_id, ..rapport::people::GrantSpec::everywhere(Role::Agent) };
    let of_noord = desk.agent_with("Sam", vec![grant(Some(noord.brand_id))]).await;
    let of_all = desk.agent_with("Ines", vec![grant(Some(noord.brand_id)), grant(None)]).await;

    set(&desk, Target::Brand(noord.brand_id), false, None).await.unwrap();

    assert_eq!((on_for(&of_noord).await, on_for(&of_all).await), (off(), on()));
}

#[tokio::test]
async fn what_cannot_be_set_is_refused_with_what_can_and_nothing_is_changed() {
    let mut desk = TestDesk::open().await;
    desk.agent("Sam", Role::Agent).await;
    // Where positions are given after the commit, those of the agent are waited for.
    desk.settle().await;
    let before = desk.read(events::head).await;

    let unknown = Feature::named("telepathy").unwrap_err();
    let never = clear(&desk, "telepathy", Target::Everyone).await.unwrap_err();
    let nothing = clear(&desk, "bulk_changes", Target::Everyone).await.unwrap_err();
    let past = set(&desk, Target::Everyone, false, Some(0)).await.unwrap_err();
    let nobody = set(&desk, Target::Agent(rapport::ids::AgentId(uuid::Uuid::max())), false, None).await.unwrap_err();

    for (problem, words) in
        [(unknown, "Known are: bulk_changes"), (never, "Known are: bulk_changes"), (nothing, "Nothing is set"), (past, "has passed"), (nobody, "no such brand")]
    {
        assert!(problem.detail.contains(words), "{problem:?}");
    }
    assert_eq!(desk.read(events::head).await, before);
    assert!(desk.read(features::list).await.is_empty());
}

#[tokio::test]
async fn a_row_whose_feature_the_code_no_longer_knows_is_shown_told_of_and_can_be_cleared() {
    let desk = TestDesk::open().await;
    let sam = desk.agent("Sam", Role::Agent).await;
    set(&desk, Target::Everyone, false, None).await.unwrap();
    desk.desk.store.write(|tx| tx.exec("UPDATE feature SET name = 'telepathy'", platform::params![])).await.unwrap();

    assert_eq!(on_for(&sam).await, on());
    let rows = desk.read(features::list).await;
    assert!(!rows[0].is_known && rows[0].name == "telepathy" && rows[0].set_by == "ines");
    let found = desk.read(features::finding).await;
    assert!(found.says.contains("telepathy for everyone is not a feature of this version"), "{}", found.says);
    clear(&desk, "telepathy", Target::Everyone).await.unwrap();
    assert!(desk.read(features::list).await.is_empty());
}
