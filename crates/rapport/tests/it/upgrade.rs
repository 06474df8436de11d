//! What an older version wrote is still there when a step of the schema moves it.

use platform::{
    params,
    store::{Error, Store, scratch},
    web::IdempotencyKey,
};
use rapport::desk::MIGRATIONS;
use uuid::Uuid;

#[tokio::test]
async fn answers_kept_by_an_older_version_are_given_again() {
    let folder = tempfile::tempdir().unwrap();
    let before = MIGRATIONS.iter().position(|step| step.name == "0054_answers_in_order.sql").unwrap();
    let database = scratch::database(folder.path(), &MIGRATIONS[..before]);
    let actor = Uuid::from_u128(7);
    let old = Store::open(scratch::options(database.clone()), &MIGRATIONS[..before]).unwrap();
    let keep = move |tx: &mut platform::store::Tx<'_>| {
        tx.exec(
            "INSERT INTO idempotency (actor, key, request, answer, created_at) VALUES ($1, 'once', $2, '{\"seq\":3}', $3)",
            params![actor, vec![9u8], tx.now()],
        )
    };
    old.write::<_, Error>(keep).await.unwrap();
    old.close();

    let store = Store::open(scratch::options(database), MIGRATIONS).unwrap();
    let key = IdempotencyKey { actor, key: "once".into(), request: vec![9] };
    let again = store.write(move |tx| key.once(tx, |_| -> Result<serde_json::Value, _> { panic!("it is done a second time") })).await;
    assert_eq!(again.unwrap()["seq"], 3);
    store.close();
}
