//! Companies: where customers work, who is suggested for them, and who may see them.

use rapport::{people::GrantSpec, viewer::Role};
use serde_json::{Value, json};
use testkit::{Agent, TestDesk};

const URL: &str = "/api/v1/companies";

async fn adds(agent: &Agent, name: &str, domains: &[&str]) -> String {
    agent.post(URL, json!({"name": name, "domains": domains})).await.ok()["id"].as_str().unwrap().to_owned()
}

async fn contact(agent: &Agent, name: &str, email: &str) -> String {
    let body = json!({"name": name, "identities": [{"kind": "email", "value": email}]});
    agent.post("/api/v1/contacts", body).await.ok()["id"].as_str().unwrap().to_owned()
}

async fn names(agent: &Agent, path: &str) -> Vec<String> {
    let items = agent.get(path).await.ok()["items"].take();
    items.as_array().unwrap().iter().map(|item| item["name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn contacts_with_an_address_of_the_company_are_suggested_and_belong_to_one_at_most() {
    let mut desk = TestDesk::open().await;
    let sam = desk.agent("Sam", Role::Agent).await;
    let (acme, other) = (adds(&sam, "Acme", &["@Acme.example", "acme.pt"]).await, adds(&sam, "Other", &[]).await);
    let anna = contact(&sam, "Anna", "anna@acme.example").await;
    contact(&sam, "Bilal", "bilal@acme.pt").await;
    contact(&sam, "Clara", "clara@notacme.example").await;

    let path = format!("{URL}/{acme}");
    let mut suggested = names(&sam, &format!("{path}/suggestions")).await;
    suggested.sort();
    assert_eq!(suggested, ["Anna", "Bilal"]);
    assert_eq!(names(&sam, &format!("/api/v1/contacts/{anna}/company-suggestions")).await, ["Acme"]);
    sam.post(&format!("{path}/contacts"), json!({"contact_ids": [anna]})).await.ok();
    assert_eq!(
        (names(&sam, &format!("{path}/contacts")).await, names(&sam, &format!("{path}/suggestions")).await),
        (vec!["Anna".into()], vec!["Bilal".into()])
    );
    assert_eq!(sam.get(&format!("/api/v1/contacts/{anna}")).await.ok()["company"], json!({"id": acme, "name": "Acme"}));

    let moved = sam.patch(&format!("/api/v1/contacts/{anna}"), json!({"company_id": other})).await.ok();
    assert_eq!(moved["company"]["name"], "Other");
    assert_eq!(names(&sam, &format!("{path}/contacts")).await, [""; 0]);
    sam.patch(&format!("/api/v1/contacts/{anna}"), json!({"company_id": uuid::Uuid::max()})).await.refused(422);
    sam.send("DELETE", &format!("{URL}/{other}"), &[], None).await.ok();
    assert_eq!(sam.get(&format!("/api/v1/contacts/{anna}")).await.ok()["company"], Value::Null, "whoever belonged to it stays");
    desk.settle().await;
}

#[tokio::test]
async fn companies_are_found_by_name_and_domain_and_a_domain_belongs_to_one() {
    let desk = TestDesk::open().await;
    let sam = desk.agent("Sam", Role::Agent).await;
    for (name, domain) in [("Łódź Logistics", "ll.example"), ("Acme", "acme.example"), ("Zonnig", "zonnig.example")] {
        adds(&sam, name, &[domain]).await;
    }

    assert_eq!(names(&sam, URL).await, ["Acme", "Łódź Logistics", "Zonnig"]);
    assert_eq!(names(&sam, &format!("{URL}?q=lodz")).await, ["Łódź Logistics"]);
    assert_eq!(names(&sam, &format!("{URL}?q=acme.ex")).await, ["Acme"]);
    let page = sam.get(&format!("{URL}?limit=2")).await.ok();
    assert_eq!(names(&sam, &format!("{URL}?limit=2&cursor={}", page["next"].as_str().unwrap())).await, ["Zonnig"]);
    for bad in [
        json!({"name": " "}),
        json!({"name": "X", "domains": ["no domain"]}),
        json!({"name": "X", "domains": ["acme.example"]}),
        json!({"name": "X", "domains": ["a@b.example"]}),
    ] {
        assert_eq!(sam.post(URL, bad.clone()).await.status, 422, "{bad}");
    }
    let acme = page["items"][0].clone();
    let path = format!("{URL}/{}", acme["id"].as_str().unwrap());
    assert_eq!(sam.patch(&path, json!({"note": "Pays late", "domains": ["acme.example", "acme.pt"]})).await.ok()["version"], 2);
    assert_eq!(sam.get(&path).await.ok()["domains"], json!(["acme.example", "acme.pt"]));
}

#[tokio::test]
async fn a_company_of_another_brand_is_not_there_and_shows_its_conversations_to_whoever_sees_them() {
    let desk = TestDesk::open().await;
    let (inbox, noord) = (desk.inbox().await, desk.second_brand().await);
    let boss = desk.agent("Boss", Role::Administrator).await;
    let ines = desk.agent_with("Ines", vec![GrantSpec { brand_id: Some(noord.brand_id), ..GrantSpec::everywhere(Role::Agent) }]).await;
    let company = adds(&boss, "Acme", &[]).await;
    let path = format!("{URL}/{company}");
    assert_eq!(ines.get(&path).await.ok()["name"], "Acme", "while nobody of it has written it is of no brand");
    let mut subjects = Vec::new();
    for text in ["From Anna", "From Bilal"] {
        let conversation = desk.visitor(&inbox).await.writes(text).await;
        let contact = boss.sees(&conversation).await["contact"]["id"].clone();
        boss.post(&format!("{path}/contacts"), json!({"contact_ids": [contact]})).await.ok();
        subjects.push(text);
    }

    assert_eq!(ines.get(&path).await.refused(404), "not_found");
    assert_eq!(names(&ines, URL).await, [""; 0]);
    assert_eq!(ines.patch(&path, json!({"name": "Mine"})).await.refused(404), "not_found");
    let listed = boss.get(&format!("/api/v1/conversations?company_id={company}")).await.ok();
    let mut found: Vec<&str> = listed["items"].as_array().unwrap().iter().map(|item| item["subject"].as_str().unwrap()).collect();
    found.sort_unstable();
    assert_eq!(found, subjects);
    assert_eq!(ines.get(&format!("/api/v1/conversations?company_id={company}")).await.ok()["items"], json!([]));
}

#[tokio::test]
async fn a_merge_takes_the_company_along_and_the_same_company_speaks_for_one() {
    let mut desk = TestDesk::open().await;
    let sam = desk.agent("Sam", Role::Agent).await;
    let company = adds(&sam, "Acme", &[]).await;
    let (anna, other) = (contact(&sam, "Anna Lima", "anna@a.example").await, contact(&sam, "anna lima", "lima@b.example").await);
    sam.post(&format!("{URL}/{company}/contacts"), json!({"contact_ids": [anna, other]})).await.ok();
    let proof = sam.get(&format!("/api/v1/contacts/{anna}/duplicates")).await.ok()["items"][0]["proof"].take();
    assert_eq!((&proof[0]["kind"], &proof[1]["kind"]), (&json!("name"), &json!("company")));

    let empty = contact(&sam, "A.", "a@c.example").await;
    let merge = sam.post(&format!("/api/v1/contacts/{empty}/merges"), json!({"from_id": anna})).await.ok();
    assert_eq!(sam.get(&format!("/api/v1/contacts/{empty}")).await.ok()["company"]["name"], "Acme");
    sam.send("DELETE", &format!("/api/v1/contacts/{empty}/merges/{}", merge["id"].as_str().unwrap()), &[], None).await.ok();
    desk.settle().await;
    assert_eq!(sam.get(&format!("/api/v1/contacts/{empty}")).await.ok()["company"], Value::Null);
}
