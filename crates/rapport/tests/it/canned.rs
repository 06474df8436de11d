//! Canned responses: whose they are, what they say in a conversation, and how they leave and come back.

use rapport::{people::GrantSpec, viewer::Role};
use serde_json::{Value, json};
use testkit::{Agent, TestDesk};

const URL: &str = "/api/v1/canned-responses";

fn response(shortcut: &str, text: &str, sharing: Value) -> Value {
    json!({"name": format!("About {shortcut}"), "shortcut": shortcut, "texts": {"en": text}, "sharing": sharing})
}

async fn keeps(agent: &Agent, shortcut: &str, sharing: Value) -> Value {
    agent.post(URL, response(shortcut, "Hello {{contact.first_name|there}}", sharing)).await.ok()
}

async fn shortcuts(agent: &Agent, path: &str) -> Vec<String> {
    let items = agent.get(path).await.ok()["items"].take();
    items.as_array().unwrap().iter().map(|item| item["shortcut"].as_str().unwrap().to_owned()).collect()
}

/// Those of a list, by their name: what was made in the same moment has no order of its own.
async fn listed(agent: &Agent) -> Vec<String> {
    let mut found = shortcuts(agent, URL).await;
    found.sort();
    found
}

async fn offered(agent: &Agent, conversation: &str) -> Vec<Value> {
    agent.get(&format!("/api/v1/conversations/{conversation}/canned-responses")).await.ok()["items"].take().as_array().unwrap().clone()
}

#[tokio::test]
async fn what_is_offered_speaks_the_customers_language_and_is_filled_in() {
    let desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await);
    let anna = desk.visitor(&inbox).await;
    let conversation = anna.writes("Gdzie jest moja paczka?").await;
    let contact = sam.sees(&conversation).await["contact"]["id"].as_str().unwrap().to_owned();
    let both = json!({"name": "Parcel", "shortcut": "/Parcel", "sharing": {"with": "me"}, "texts": {
        "en": "Hello {{contact.first_name}}, case {{conversation.number}}. {{agent.name}}", "pl": "Dzień dobry {{contact.first_name|}}, {{ brand.name }}"}});
    sam.post(URL, both).await.ok();

    let unknown = offered(&sam, &conversation).await.remove(0);
    sam.patch(&format!("/api/v1/contacts/{contact}"), json!({"name": "Anna de Vries", "language": "pl"})).await.ok();
    let known = offered(&sam, &conversation).await.remove(0);

    let number = sam.sees(&conversation).await["number"].clone();
    assert_eq!((&unknown["shortcut"], &unknown["language"], &unknown["missing"]), (&json!("parcel"), &json!("en"), &json!(["contact.first_name"])));
    assert_eq!(unknown["text"], json!(format!("Hello, case {number}. Sam")));
    assert_eq!((&known["language"], &known["missing"], &known["text"]), (&json!("pl"), &json!([]), &json!("Dzień dobry Anna, My company")));
}

#[tokio::test]
async fn one_sees_ones_own_ones_teams_ones_brands_and_what_is_for_everyone() {
    let desk = TestDesk::open().await;
    let (inbox, noord) = (desk.inbox().await, desk.second_brand().await);
    let (boss, sam) = (desk.agent("Boss", Role::Administrator).await, desk.agent("Sam", Role::Agent).await);
    let ines = desk.agent_with("Ines", vec![GrantSpec { brand_id: Some(noord.brand_id), ..GrantSpec::everywhere(Role::Agent) }]).await;
    let team = boss.post("/api/v1/teams", json!({"name": "Returns", "member_ids": [sam.id]})).await.ok()["id"].clone();
    keeps(&sam, "own", json!({"with": "me"})).await;
    keeps(&boss, "team", json!({"with": "team", "team_id": team})).await;
    keeps(&boss, "brand", json!({"with": "brand", "brand_id": inbox.brand_id})).await;
    keeps(&boss, "noord", json!({"with": "brand", "brand_id": noord.brand_id})).await;
    keeps(&boss, "all", json!({"with": "everyone"})).await;
    let of_first = desk.visitor(&inbox).await.writes("Hello").await;
    let of_noord = desk.visitor(&noord).await.writes("Hello").await;

    assert_eq!(listed(&sam).await, ["all", "brand", "noord", "own", "team"]);
    assert_eq!(listed(&ines).await, ["all", "noord"]);
    assert_eq!(listed(&boss).await, ["all", "brand", "noord", "team"], "what is Sam's own is nobody else's");
    let in_conversation = async |agent: &Agent, id: &str| shortcuts(agent, &format!("/api/v1/conversations/{id}/canned-responses")).await;
    assert_eq!(in_conversation(&sam, &of_first).await, ["all", "brand", "own", "team"]);
    assert_eq!(in_conversation(&sam, &of_noord).await, ["all", "noord", "own", "team"]);
    assert_eq!(in_conversation(&ines, &of_noord).await, ["all", "noord"]);
    ines.get(&format!("/api/v1/conversations/{of_first}/canned-responses")).await.refused(404);
}

#[tokio::test]
async fn what_others_use_is_kept_by_whoever_has_the_right_where_they_have_it() {
    let desk = TestDesk::open().await;
    let (inbox, noord) = (desk.inbox().await, desk.second_brand().await);
    let (boss, sam) = (desk.agent("Boss", Role::Administrator).await, desk.agent("Sam", Role::Agent).await);
    let of_noord = GrantSpec { brand_id: Some(noord.brand_id), ..GrantSpec::everywhere(Role::Supervisor) };
    let ines = desk.agent_with("Ines", vec![of_noord]).await;
    let all = keeps(&boss, "all", json!({"with": "everyone"})).await;
    let own = keeps(&sam, "own", json!({"with": "me"})).await;
    let path = |of: &Value| format!("{URL}/{}", of["id"].as_str().unwrap());

    sam.post(URL, response("x", "Hello", json!({"with": "everyone"}))).await.refused(403);
    sam.send("PATCH", &path(&all), &[], Some(response("all", "Changed", json!({"with": "everyone"})))).await.refused(403);
    sam.send("PATCH", &path(&own), &[], Some(response("own", "For all", json!({"with": "everyone"})))).await.refused(403);
    sam.send("DELETE", &path(&all), &[], None).await.refused(403);
    boss.get(&path(&own)).await.refused(404);
    boss.send("DELETE", &path(&own), &[], None).await.refused(404);
    ines.post(URL, response("x", "Hello", json!({"with": "everyone"}))).await.refused(403);
    ines.post(URL, response("x", "Hello", json!({"with": "brand", "brand_id": inbox.brand_id}))).await.refused(403);
    keeps(&ines, "noord", json!({"with": "brand", "brand_id": noord.brand_id})).await;
    let changed = sam.send("PATCH", &path(&own), &[("if-match", "\"1\"")], Some(response("own", "Changed", json!({"with": "me"})))).await.ok();
    assert_eq!((&changed["version"], &changed["texts"]["en"], &changed["may_change"]), (&json!(2), &json!("Changed"), &json!(true)));
    sam.send("PATCH", &path(&own), &[("if-match", "\"1\"")], Some(response("own", "Late", json!({"with": "me"})))).await.refused(412);
    assert_eq!(sam.get(&path(&all)).await.ok()["may_change"], false);
    sam.send("DELETE", &path(&own), &[], None).await.ok();
    sam.get(&path(&own)).await.refused(404);
}

#[tokio::test]
async fn what_cannot_be_kept_is_refused_with_a_sentence_that_says_what_is_wrong() {
    let desk = TestDesk::open().await;
    let boss = desk.agent("Boss", Role::Administrator).await;
    let me = json!({"with": "me"});
    keeps(&boss, "parcel", me.clone()).await;
    let told = async |body: Value| {
        let answer = boss.post(URL, body).await;
        assert_eq!(answer.status, 422);
        answer.body["detail"].as_str().unwrap().to_owned()
    };

    assert!(told(response("a", "Hello {{customer.name}}", me.clone())).await.contains("There is no variable customer.name"));
    assert!(told(response("a", "{% if contact.name %}", me.clone())).await.contains("endif"));
    assert!(told(response("Parcel", "Hello", me.clone())).await.contains("shortcut here already"));
    assert!(told(response("two words", "Hello", me.clone())).await.contains("one word"));
    assert!(told(response("a", "  ", me.clone())).await.contains("at least one language"));
    assert!(told(response("a", &"x".repeat(10_001), me.clone())).await.contains("10000"));
    assert!(told(response("a", "Hello", json!({"with": "team"}))).await.contains("team_id with team"));
    let nobody = json!({"with": "team", "team_id": uuid::Uuid::max()});
    assert!(told(response("a", "Hello", nobody)).await.contains("no such team"));
    keeps(&boss, "parcel", json!({"with": "everyone"})).await;
}

#[tokio::test]
async fn what_i_used_last_stands_first_and_how_often_is_counted() {
    let mut desk = TestDesk::open().await;
    let (inbox, boss, sam) = (desk.inbox().await, desk.agent("Boss", Role::Administrator).await, desk.agent("Sam", Role::Agent).await);
    let conversation = desk.visitor(&inbox).await.writes("Hello").await;
    let mut ids = Vec::new();
    for shortcut in ["a", "b", "c"] {
        ids.push(keeps(&boss, shortcut, json!({"with": "everyone"})).await["id"].as_str().unwrap().to_owned());
    }
    let own = keeps(&sam, "own", json!({"with": "me"})).await["id"].as_str().unwrap().to_owned();
    for at in [2, 1, 2, 1] {
        sam.post(&format!("{URL}/{}/uses", ids[at]), json!({})).await.ok();
        desk.advance(std::time::Duration::from_secs(60)).await;
    }
    boss.post(&format!("{URL}/{}/uses", ids[0]), json!({})).await.ok();
    boss.post(&format!("{URL}/{own}/uses"), json!({})).await.refused(404);

    let list = format!("/api/v1/conversations/{conversation}/canned-responses");
    assert_eq!(shortcuts(&sam, &list).await, ["b", "c", "a", "own"]);
    assert_eq!(shortcuts(&boss, &list).await, ["a", "b", "c"]);
    assert_eq!(boss.get(&format!("{URL}/{}", ids[2])).await.ok()["used_count"], 2);
    boss.send("DELETE", &format!("{URL}/{}", ids[2]), &[], None).await.ok();
    assert_eq!(shortcuts(&sam, &list).await, ["b", "a", "own"]);
}

#[tokio::test]
async fn a_list_is_read_page_by_page() {
    let desk = TestDesk::open().await;
    let sam = desk.agent("Sam", Role::Agent).await;
    for at in 0..5 {
        keeps(&sam, &format!("s{at}"), json!({"with": "me"})).await;
    }
    let first = sam.get(&format!("{URL}?limit=3")).await.ok();
    let rest = sam.get(&format!("{URL}?limit=3&cursor={}", first["next"].as_str().unwrap())).await.ok();

    let mut seen = Vec::new();
    for page in [&first, &rest] {
        seen.extend(page["items"].as_array().unwrap().iter().map(|item| item["shortcut"].as_str().unwrap().to_owned()));
    }
    assert_eq!((first["items"].as_array().unwrap().len(), &rest["next"]), (3, &Value::Null));
    seen.sort();
    assert_eq!(seen, ["s0", "s1", "s2", "s3", "s4"]);
}

#[tokio::test]
async fn a_file_that_went_out_comes_in_again_and_changes_only_what_differs() {
    let desk = TestDesk::open().await;
    let (inbox, boss) = (desk.inbox().await, desk.agent("Boss", Role::Administrator).await);
    keeps(&boss, "own", json!({"with": "me"})).await;
    keeps(&boss, "brand", json!({"with": "brand", "brand_id": inbox.brand_id})).await;
    let json_file = boss.get(&format!("{URL}/export?format=json")).await.ok().to_string();
    let import = async |format: &str, content: &str| boss.post(&format!("{URL}/import"), json!({"format": format, "content": content})).await;

    assert_eq!(import("json", &json_file).await.ok(), json!({"added": 0, "changed": 0, "unchanged": 2}));
    let csv = "name,shortcut,shared_with,of,language,text\nBrand,brand,brand,My company,en,Changed\nNew,new,me,,pl,Dzień dobry\nNew,new,me,,en,Good day\n";
    assert_eq!(import("csv", csv).await.ok(), json!({"added": 1, "changed": 1, "unchanged": 0}));
    assert_eq!(listed(&boss).await, ["brand", "new", "own"]);
    let wrong = import("csv", "name,shortcut,shared_with,of,text\nA,a,me,,Fine\nB,b,team,Nobody,Hi\nC,c,me,,{{x.y}}\n").await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.body.to_string().contains("There is no team Nobody") && wrong.body.to_string().contains("There is no variable x.y"), "{}", wrong.body);
    assert_eq!(listed(&boss).await, ["brand", "new", "own"], "with one problem nothing is imported");
}
