//! What a page of another site can do with a browser's cookie: nothing, by any route that changes something.

use rapport::gate::Need;

use super::{
    needs,
    rows::ROWS,
    world::{World, cookie_of},
};

#[tokio::test]
async fn no_page_of_another_site_changes_anything_in_the_name_of_a_browser() {
    let mut world = World::build().await;
    let cookie = cookie_of(&world.desk, &world.boss).await;
    world.settle().await;
    // The session is noted as used, once.
    world.desk.send("GET", "/api/v1/me", &[("cookie", &cookie)], None).await.ok();
    world.settle().await;
    let (needs, before, mut tried) = (needs(), world.rows().await, 0);

    for row in ROWS.iter().filter(|row| !row.route.starts_with("GET ") && !matches!(needs[row.route], Need::Public | Need::Visitor)) {
        let (path, body) = row.filled(|thing| world.own(thing));
        let method = row.route.split(' ').next().unwrap();
        for from in [("origin", "https://evil.example"), ("origin", "null"), ("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site"), ("x-none", "")]
        {
            let answer = world.desk.send(method, &path, &[("cookie", &cookie), from], body.clone()).await;
            assert_eq!(answer.status, 403, "{} from {from:?}: {}", row.route, answer.body);
            tried += 1;
        }
    }
    assert!(tried > 150, "{tried}");
    assert!(before == world.rows().await, "what was refused has changed something");
    world.desk.send("PATCH", "/api/v1/me", &[("cookie", &cookie), ("origin", "http://test")], Some(serde_json::json!({}))).await.ok();
}
