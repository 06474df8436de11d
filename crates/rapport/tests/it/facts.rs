//! Facts: what is known of a contact, from where and since when.

use rapport::viewer::Role;
use serde_json::{Value, json};
use testkit::TestDesk;

#[tokio::test]
async fn a_fact_says_from_where_and_since_when_it_is_known_and_goes_along_with_a_merge() {
    let mut desk = TestDesk::open().await;
    let sam = desk.agent("Sam", Role::Agent).await;
    let ids: Vec<String> = {
        let mut ids = Vec::new();
        for name in ["Anna", "Bilal"] {
            ids.push(sam.post("/api/v1/contacts", json!({"name": name})).await.ok()["id"].as_str().unwrap().to_owned());
        }
        ids
    };
    let path = |contact: &str| format!("/api/v1/contacts/{contact}/facts");
    let facts = async |contact: &str| {
        let items = sam.get(&path(contact)).await.ok()["items"].take();
        items.as_array().unwrap().iter().map(|fact| fact["text"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let version = async |contact: &str| sam.get(&format!("/api/v1/contacts/{contact}")).await.ok()["version"].as_i64().unwrap();
    let before = version(&ids[0]).await;

    let old = sam
        .post(&path(&ids[0]), json!({"kind": "preference", "text": "Calls, not mails", "source": "said in the shop", "learned_on": "2025-03-01"}))
        .await
        .ok();
    let new = sam.post(&path(&ids[0]), json!({"kind": "need", "text": "Wide shoes", "source": "a return"})).await.ok();
    assert_eq!((&old["learned_on"], &old["author_name"], new["learned_on"].as_str().unwrap().len()), (&json!("2025-03-01"), &json!("Sam"), 10));
    assert_eq!(facts(&ids[0]).await, ["Wide shoes", "Calls, not mails"], "what was learned last stands first");
    assert_eq!(version(&ids[0]).await, before + 2);
    for bad in [json!({"kind": "wish"}), json!({"text": " "}), json!({"source": ""}), json!({"learned_on": "2025-02-30"}), json!({"learned_on": "3000-01-01"})]
    {
        let mut body = json!({"kind": "need", "text": "x", "source": "y"});
        body.as_object_mut().unwrap().extend(bad.as_object().unwrap().clone());
        assert_eq!(sam.post(&path(&ids[0]), body).await.status, 422, "{bad}");
    }

    let merge = sam.post(&format!("/api/v1/contacts/{}/merges", ids[1]), json!({"from_id": ids[0]})).await.ok();
    assert_eq!(facts(&ids[1]).await.len(), 2);
    sam.post(&path(&ids[1]), json!({"kind": "want", "text": "Blue", "source": "a mail"})).await.ok();
    sam.send("DELETE", &format!("/api/v1/contacts/{}/merges/{}", ids[1], merge["id"].as_str().unwrap()), &[], None).await.ok();
    assert_eq!((facts(&ids[0]).await.len(), facts(&ids[1]).await), (2, vec!["Blue".to_owned()]));

    let gone = format!("{}/{}", path(&ids[0]), old["id"].as_str().unwrap());
    sam.send("DELETE", &gone, &[], None).await.ok();
    assert_eq!(sam.send("DELETE", &gone, &[], None).await.refused(404), "not_found");
    desk.settle().await;
    let events = desk.read(|tx| platform::events::after(tx, 0, 1_000)).await;
    assert!(events.iter().all(|event| !event.payload.contains("shoes")));
    assert_eq!(sam.get(&path(&ids[0])).await.ok()["next"], Value::Null);
}
