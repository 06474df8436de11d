//! Several nodes on one PostgreSQL, told of each other through NATS.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use platform::{
    jobs::{self, Doer},
    nodes::Link,
    positions::{self, Given},
    store::{Error, scratch},
};
use rapport::{reactions::CARRIERS, viewer::Role};
use serde_json::{Value, json};
use testkit::{Agent, Nats, Node, TestDesk};

/// Longer than any test lasts: who hears of something has been told, and did not look.
const NEVER_LOOKS: Duration = Duration::from_secs(3600);
const LOOKS: Duration = Duration::from_millis(250);

/// Two nodes that hear of each other.
async fn two(nats: &Nats, look_again: Duration) -> (TestDesk, TestDesk) {
    let url = nats.url("");
    let node = Node { nats: Some(&url), look_again };
    let first = TestDesk::open_node(node).await;
    let second = first.beside(node).await;
    know_each_other(&first, &second).await;
    (first, second)
}

async fn know_each_other(first: &TestDesk, second: &TestDesk) {
    until("both nodes know each other", || async { first.desk.presence.other_nodes() == 1 && second.desk.presence.other_nodes() == 1 }).await;
}

/// Waits for what must come, however busy the machine.
async fn until<F: Future<Output = bool>>(what: &str, is_so: impl Fn() -> F) {
    for _ in 0..6_000 {
        if is_so().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("waited in vain until {what}");
}

fn is_message(text: &'static str) -> impl Fn(&Value) -> bool {
    move |frame| frame["type"] == "message_created" && frame["message"]["text"] == text
}

async fn is_online(sam: &Agent, seen_through: &TestDesk) -> bool {
    let seen = sam.on(seen_through).get("/api/v1/agents").await.ok();
    let agents = seen["items"].as_array().unwrap();
    agents.iter().find(|agent| agent["id"] == json!(sam.id)).unwrap()["online"] == true
}

#[tokio::test]
async fn what_is_said_on_one_node_is_told_on_the_other_without_looking() {
    if !scratch::is_postgres() {
        return;
    }
    let nats = Nats::start();
    let (first, second) = two(&nats, NEVER_LOOKS).await;
    let untold = first.beside(Node { nats: None, look_again: NEVER_LOOKS }).await;
    let (inbox, sam) = (first.inbox().await, first.agent("Sam", Role::Agent).await);
    let anna = first.visitor(&inbox).await;
    let mut console = TestDesk::connect(second.serve().await, &sam.token).await;
    let mut chat = TestDesk::connect(first.serve().await, &anna.session_token).await;
    let mut deaf = TestDesk::connect(untold.serve().await, &sam.token).await;

    let conversation = anna.writes("Where is my order?").await;
    console.hears(is_message("Where is my order?")).await;
    sam.on(&second).replies(&conversation, "It arrives today.").await;
    chat.hears(is_message("It arrives today.")).await;

    // A node that neither looks nor is told shows that it was the telling.
    deaf.says(json!({"type": "ping"})).await;
    deaf.hears(|frame| frame["type"] == "pong").await;
    assert!(!deaf.frames.iter().any(|frame| frame["type"] == "message_created"));
}

#[tokio::test]
async fn who_is_connected_to_one_node_is_seen_on_the_other() {
    if !scratch::is_postgres() {
        return;
    }
    let nats = Nats::start();
    let (first, second) = two(&nats, LOOKS).await;
    let (inbox, sam, ines) = (first.inbox().await, first.agent("Sam", Role::Agent).await, first.agent("Ines", Role::Agent).await);
    let anna = first.visitor(&inbox).await;
    let (one, two) = (first.serve().await, second.serve().await);
    assert!(!is_online(&sam, &first).await && !second.desk.presence.is_anybody_available());

    // Ines sits at the first node, Sam at the second; Anna's chat hangs on the second, and she writes to the first.
    let mut console = TestDesk::connect(one, &ines.token).await;
    let mut chat = TestDesk::connect(two, &anna.session_token).await;
    let conversation = anna.writes("Hello").await;
    let mut sams = TestDesk::connect(two, &sam.token).await;
    console.hears(|frame| frame["type"] == "agent_changed" && frame["agent"]["id"] == json!(sam.id) && frame["agent"]["online"] == true).await;
    assert!(is_online(&sam, &first).await && first.desk.presence.is_anybody_available());
    until("Anna is seen on both nodes", || async {
        let (here, there) = (ines.sees(&conversation).await, sam.on(&second).sees(&conversation).await);
        here["contact"]["online"] == true && there["contact"]["online"] == true
    })
    .await;

    sams.says(json!({"type": "viewing", "conversation_id": conversation})).await;
    let at =
        |state: &'static str| move |frame: &Value| frame["type"] == "presence" && frame["agents"][0]["name"] == "Sam" && frame["agents"][0]["state"] == state;
    console.hears(at("viewing")).await;
    sams.says(json!({"type": "typing", "conversation_id": conversation, "mode": "note", "on": true})).await;
    console.hears(at("writing")).await;
    console.hears(|frame| frame["type"] == "typing" && frame["who"]["name"] == "Sam" && frame["mode"] == "note").await;

    console.says(json!({"type": "typing", "conversation_id": conversation, "mode": "reply", "on": true})).await;
    chat.hears(|frame| frame["type"] == "typing" && frame["name"] == "Ines").await;
    assert!(!chat.frames.iter().any(|frame| frame["name"] == "Sam"), "what is typed in a note is the team's");
    chat.says(json!({"type": "typing", "on": true})).await;
    console.hears(|frame| frame["type"] == "typing" && frame["who"]["kind"] == "contact").await;

    drop(sams);
    console.hears(|frame| frame["type"] == "agent_changed" && frame["agent"]["id"] == json!(sam.id) && frame["agent"]["online"] == false).await;
    console.hears(|frame| frame["type"] == "presence" && frame["agents"] == json!([])).await;
}

#[tokio::test]
async fn an_agent_without_rights_there_hears_nothing_from_the_other_node() {
    if !scratch::is_postgres() {
        return;
    }
    let nats = Nats::start();
    let (first, second) = two(&nats, LOOKS).await;
    let (inbox, noord) = (first.inbox().await, first.second_brand().await);
    let sam = first.agent("Sam", Role::Agent).await;
    let ines = first
        .agent_with("Ines", vec![rapport::people::GrantSpec { brand_id: Some(noord.brand_id), ..rapport::people::GrantSpec::everywhere(Role::Agent) }])
        .await;
    let anna = first.visitor(&inbox).await;
    let bilal = first.visitor(&noord).await;
    let mut console = TestDesk::connect(second.serve().await, &ines.token).await;
    let mut sams = TestDesk::connect(first.serve().await, &sam.token).await;

    let (hers, his) = (anna.writes("Zonnebloem").await, bilal.writes("Noord").await);
    for conversation in [&hers, &his] {
        sams.says(json!({"type": "viewing", "conversation_id": conversation})).await;
        sams.says(json!({"type": "typing", "conversation_id": conversation, "mode": "reply", "on": true})).await;
    }
    console.hears(|frame| frame["type"] == "typing" && frame["conversation_id"] == json!(his)).await;

    assert!(!console.frames.iter().any(|frame| frame["conversation_id"] == json!(hers)), "{:?}", console.frames);
}

#[tokio::test]
async fn a_node_that_was_killed_takes_its_presence_with_it() {
    if !scratch::is_postgres() {
        return;
    }
    let nats = Nats::start();
    let (first, second) = two(&nats, LOOKS).await;
    let (sam, ines) = (first.agent("Sam", Role::Agent).await, first.agent("Ines", Role::Agent).await);
    let _sams = TestDesk::connect(first.serve().await, &sam.token).await;
    let mut console = TestDesk::connect(second.serve().await, &ines.token).await;
    until("Sam is seen on the second node", || is_online(&sam, &second)).await;

    // It takes no leave; what is left is that nothing is heard of it any more.
    first.desk.store.close();
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    assert!(is_online(&sam, &second).await);
    second.clock.advance(Duration::from_secs(30));

    console.hears(|frame| frame["type"] == "agent_changed" && frame["agent"]["id"] == json!(sam.id) && frame["agent"]["online"] == false).await;
    assert_eq!(second.desk.presence.other_nodes(), 0);
}

#[tokio::test]
async fn a_node_that_ends_takes_its_leave() {
    if !scratch::is_postgres() {
        return;
    }
    let nats = Nats::start();
    let (first, second) = two(&nats, LOOKS).await;

    rapport::live::take_leave(&first.desk).await;

    until("it is gone without waiting", || async { second.desk.presence.other_nodes() == 0 }).await;
}

#[tokio::test]
async fn while_nats_is_away_everything_goes_on_by_looking_and_presence_comes_back_with_it() {
    if !scratch::is_postgres() {
        return;
    }
    let mut nats = Nats::start();
    let (first, second) = two(&nats, LOOKS).await;
    let (inbox, sam) = (first.inbox().await, first.agent("Sam", Role::Agent).await);
    let anna = first.visitor(&inbox).await;
    let mut console = TestDesk::connect(second.serve().await, &sam.token).await;

    nats.stop();
    until("both have noticed", || async { first.desk.nodes.link() == Link::Away && second.desk.nodes.link() == Link::Away }).await;
    let ready = sam.get("/readyz").await;
    assert_eq!((ready.status.as_u16(), &ready.body["status"], &ready.body["degraded"]), (200, &json!("ready"), &json!(["nats"])));
    anna.writes("Is anybody there?").await;
    console.hears(is_message("Is anybody there?")).await;
    // A killed node is not told from one that cannot be heard: after a while nothing is believed of either.
    first.clock.advance(Duration::from_secs(30));
    until("nothing is believed", || async { first.desk.presence.other_nodes() == 0 }).await;

    nats.start_again();
    know_each_other(&first, &second).await;
    until("Sam is seen again", || is_online(&sam, &first)).await;
    assert_eq!(sam.get("/readyz").await.body["degraded"], Value::Null);
}

#[tokio::test]
async fn a_disabled_agent_is_cut_off_on_the_other_node() {
    if !scratch::is_postgres() {
        return;
    }
    let nats = Nats::start();
    let (first, second) = two(&nats, NEVER_LOOKS).await;
    let (boss, sam) = (first.agent("Ines", Role::Administrator).await, first.agent("Sam", Role::Agent).await);
    let there = sam.on(&second);
    let mut console = TestDesk::connect(second.serve().await, &sam.token).await;
    assert_eq!(there.get("/api/v1/views").await.status.as_u16(), 200);

    boss.patch(&format!("/api/v1/agents/{}", sam.id), json!({"disabled": true})).await.ok();

    assert_eq!(console.is_ended().await, 4401);
    assert_eq!(there.get("/api/v1/views").await.status.as_u16(), 401, "nor is anything remembered of them");
}

#[tokio::test]
async fn a_narrowed_role_is_followed_on_the_other_node() {
    if !scratch::is_postgres() {
        return;
    }
    let nats = Nats::start();
    let (first, second) = two(&nats, LOOKS).await;
    let (inbox, boss) = (first.inbox().await, first.agent("Boss", Role::Administrator).await);
    let role = boss.post("/api/v1/roles", json!({"name": "Reader", "permissions": ["conversations.read"]})).await.ok()["id"].as_str().unwrap().to_owned();
    let sam = first.agent_with("Sam", vec![rapport::people::GrantSpec::everywhere(rapport::viewer::RoleKey(role.clone()))]).await;
    let address = second.serve().await;
    let (mut console, mut bosses) = (TestDesk::connect(address, &sam.token).await, TestDesk::connect(address, &boss.token).await);
    sam.on(&second).get("/api/v1/conversations").await.ok();

    boss.patch(&format!("/api/v1/roles/{role}"), json!({"permissions": []})).await.ok();
    first.visitor(&inbox).await.writes("Canary").await;
    bosses.hears(is_message("Canary")).await;
    console.says(json!({"type": "ping"})).await;
    console.hears(|frame| frame["type"] == "pong").await;

    assert!(console.frames.iter().any(|frame| frame["type"] == "rights_changed"), "{:?}", console.frames);
    assert!(!console.frames.iter().any(|frame| frame.to_string().contains("Canary")), "{:?}", console.frames);
    assert_eq!(sam.on(&second).get("/api/v1/conversations").await.refused(403), "forbidden");
}

#[tokio::test]
async fn a_chat_that_logs_out_is_cut_off_on_the_other_node() {
    if !scratch::is_postgres() {
        return;
    }
    let nats = Nats::start();
    let (first, second) = two(&nats, NEVER_LOOKS).await;
    let inbox = first.inbox().await;
    let (anna, bilal) = (first.visitor(&inbox).await, first.visitor(&inbox).await);
    let address = second.serve().await;
    let (mut hers, mut his) = (TestDesk::connect(address, &anna.session_token).await, TestDesk::connect(address, &bilal.session_token).await);

    anna.send("POST", "/api/v1/chat/logout", &[], None).await;

    hers.hears(|frame| frame["type"] == "session_ended").await;
    assert_eq!(hers.is_ended().await, 4401);
    his.says(json!({"type": "ping"})).await;
    his.hears(|frame| frame["type"] == "pong").await;
}

#[tokio::test]
async fn a_client_resumes_on_the_other_node_where_it_was() {
    if !scratch::is_postgres() {
        return;
    }
    let nats = Nats::start();
    let (first, second) = two(&nats, LOOKS).await;
    let (inbox, sam) = (first.inbox().await, first.agent("Sam", Role::Agent).await);
    let anna = first.visitor(&inbox).await;
    let mut console = TestDesk::connect(first.serve().await, &sam.token).await;
    anna.writes("One").await;
    let seen = console.hears(is_message("One")).await["position"].as_i64().unwrap();
    drop(console);
    anna.writes("Two").await;
    while positions::give(&first.desk.store, CARRIERS).await.unwrap() != Given::Some(0) {}

    let again = TestDesk::resume(second.serve().await, &sam.token, seen).await;

    let told: Vec<&Value> = again.frames.iter().filter(|frame| frame["type"] == "message_created").map(|frame| &frame["message"]["text"]).collect();
    assert_eq!(told, ["Two"], "what came while it was away, and nothing twice");
}

#[tokio::test]
async fn words_of_another_installation_or_key_are_not_believed() {
    if !scratch::is_postgres() {
        return;
    }
    let nats = Nats::start_with(&["--user", "rapport", "--pass", "s3cret"]);
    let url = nats.url("rapport:s3cret@");
    let node = Node { nats: Some(&url), look_again: LOOKS };
    let (first, stranger) = (TestDesk::open_node(node).await, TestDesk::open_node(node).await);
    let forger = first.beside_with_another_key(node).await;
    let locked_out = nats.url("rapport:wrong@");
    let refused = first.beside(Node { nats: Some(&locked_out), ..node }).await;
    until("all are connected that may", || async { [&first, &stranger, &forger].iter().all(|desk| desk.desk.nodes.link() == Link::Up) }).await;
    let second = first.beside(node).await;
    let sam = first.agent("Sam", Role::Agent).await;
    let _console = TestDesk::connect(second.serve().await, &sam.token).await;

    know_each_other(&first, &second).await;
    until("Sam is seen where he may be", || is_online(&sam, &first)).await;

    // Both heard every word that the first node heard, which has come to know one other node and no more.
    assert_eq!([stranger.desk.presence.other_nodes(), forger.desk.presence.other_nodes(), refused.desk.presence.other_nodes()], [0, 0, 0]);
    assert_eq!(refused.desk.nodes.link(), Link::Away);
}

/// How often a job was done.
type Count = Arc<AtomicUsize>;

#[tokio::test]
async fn a_recurring_job_is_done_once_however_many_nodes_there_are() {
    if !scratch::is_postgres() {
        return;
    }
    let alone = Node { nats: None, look_again: LOOKS };
    let first = TestDesk::open_node(alone).await;
    let second = first.beside(alone).await;
    let count = Count::default();
    let doers: Arc<[Doer<Count>]> = Arc::new([Doer {
        kind: "often",
        every: Some(Duration::from_secs(60)),
        run: |count, _| {
            Box::pin(async move {
                count.fetch_add(1, Ordering::SeqCst);
                Ok(())
            })
        },
    }]);
    let (one, two) = tokio::join!(jobs::schedule(&first.desk.store, &doers), jobs::schedule(&second.desk.store, &doers));
    one.and(two).unwrap();

    for round in 1..=5 {
        let (one, two) = tokio::join!(jobs::step(&first.desk.store, &count, &doers), jobs::step(&second.desk.store, &count, &doers));
        one.and(two).unwrap();
        assert_eq!(count.load(Ordering::SeqCst), round);
        first.clock.advance(Duration::from_secs(60));
    }
}

#[tokio::test]
async fn a_node_that_stood_still_changes_nothing_with_a_job_it_has_lost() {
    if !scratch::is_postgres() {
        return;
    }
    /// What the job's worker shares with the test.
    #[derive(Clone)]
    struct Hands {
        desk: rapport::desk::Desk,
        begun: Arc<tokio::sync::Notify>,
        go_on: Arc<tokio::sync::Notify>,
        stands_still: bool,
        done: Count,
    }
    let alone = Node { nats: None, look_again: LOOKS };
    let first = TestDesk::open_node(alone).await;
    let second = first.beside(alone).await;
    let doers: Arc<[Doer<Hands>]> = Arc::new([Doer {
        kind: "once",
        every: Some(Duration::from_secs(3600)),
        run: |hands, run| {
            Box::pin(async move {
                hands.begun.notify_one();
                if hands.stands_still {
                    hands.go_on.notified().await;
                }
                hands.desk.store.write(move |tx| run.hold(tx)).await.map_err(|error: Error| error.to_string())?;
                hands.done.fetch_add(1, Ordering::SeqCst);
                Ok(())
            })
        },
    }]);
    jobs::schedule(&first.desk.store, &doers).await.unwrap();
    let done = Count::default();
    let slow = Hands { desk: first.desk.clone(), begun: Arc::default(), go_on: Arc::default(), stands_still: true, done: done.clone() };
    let quick = Hands { desk: second.desk.clone(), stands_still: false, begun: Arc::default(), ..slow.clone() };

    let standing = {
        let (store, slow, doers) = (first.desk.store.clone(), slow.clone(), doers.clone());
        jobs::spawn("a node that stands still", async move { drop(jobs::step(&store, &slow, &doers).await) })
    };
    slow.begun.notified().await;
    assert_eq!(jobs::step(&second.desk.store, &quick, &doers).await.unwrap(), 0, "it is leased");
    first.clock.advance(Duration::from_secs(61));
    assert_eq!(jobs::step(&second.desk.store, &quick, &doers).await.unwrap(), 1, "the lease has lapsed");
    slow.go_on.notify_one();
    standing.await.unwrap();

    assert_eq!(done.load(Ordering::SeqCst), 1);
}
