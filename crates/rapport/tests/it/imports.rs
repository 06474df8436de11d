//! Contacts from a file: what its rows become, what is refused with which sentence, each row once, and what an undo takes back.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use http_body_util::BodyExt;
use platform::{jobs, params};
use rapport::{people::GrantSpec, schedule, viewer::Role};
use serde_json::{Value, json};
use testkit::{Agent, TestDesk};
use tower::ServiceExt;

async fn uploads(agent: &Agent, bytes: &[u8]) -> Value {
    agent.uploads_to("/api/v1/contact-imports?name=people.csv", bytes).await.ok()
}

fn id(of: &Value) -> &str {
    of["id"].as_str().unwrap()
}

async fn shown(agent: &Agent, import: &Value) -> Value {
    agent.get(&format!("/api/v1/contact-imports/{}", id(import))).await.ok()
}

async fn does(agent: &Agent, import: &Value, step: &str) -> Value {
    agent.post(&format!("/api/v1/contact-imports/{}/{step}", id(import)), json!({})).await.ok()
}

async fn changes(agent: &Agent, import: &Value, change: Value) -> Value {
    agent.patch(&format!("/api/v1/contact-imports/{}", id(import)), change).await.ok()
}

/// Imports a file as it is understood by itself; how the import stands afterwards.
async fn imports(desk: &mut TestDesk, agent: &Agent, text: &str) -> Value {
    let import = uploads(agent, text.as_bytes()).await;
    starts(desk, agent, &import).await
}

async fn starts(desk: &mut TestDesk, agent: &Agent, import: &Value) -> Value {
    does(agent, import, "start").await;
    desk.settle().await;
    shown(agent, import).await
}

async fn undoes(desk: &mut TestDesk, agent: &Agent, import: &Value) -> Value {
    does(agent, import, "undo").await;
    desk.settle().await;
    shown(agent, import).await
}

/// Created, updated, unchanged, refused.
fn figures(import: &Value) -> [i64; 4] {
    ["created", "updated", "unchanged", "refused"].map(|figure| import[figure].as_i64().unwrap())
}

async fn text(desk: &TestDesk, agent: &Agent, path: &str) -> String {
    let request = http::Request::get(path).header("host", "test").header("authorization", format!("Bearer {}", agent.token));
    let answer = desk.router.clone().oneshot(request.body(axum::body::Body::empty()).unwrap()).await.unwrap();
    assert_eq!(answer.status(), 200);
    String::from_utf8(answer.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap()
}

async fn exported(desk: &TestDesk, agent: &Agent) -> String {
    text(desk, agent, "/api/v1/contacts/export").await
}

/// Rows in any order, and what there is several of as well.
fn table(file: &str) -> BTreeSet<Vec<BTreeSet<String>>> {
    let mut rows = csv::ReaderBuilder::new().has_headers(false).from_reader(file.as_bytes());
    rows.records().map(|row| row.unwrap().iter().map(|cell| cell.lines().map(str::to_owned).collect()).collect()).collect()
}

async fn contacts(agent: &Agent) -> Vec<Value> {
    agent.get("/api/v1/contacts?limit=100").await.ok()["items"].as_array().unwrap().clone()
}

async fn named(agent: &Agent, name: &str) -> Value {
    contacts(agent).await.into_iter().find(|contact| contact["name"] == name).unwrap_or_else(|| panic!("nobody is called {name}"))
}

async fn names(agent: &Agent) -> BTreeSet<String> {
    contacts(agent).await.iter().map(|contact| contact["name"].as_str().unwrap_or_default().to_owned()).collect()
}

fn values(contact: &Value, kind: &str) -> Vec<String> {
    let identities = contact["identities"].as_array().unwrap().iter();
    identities.filter(|identity| identity["kind"] == kind).map(|identity| identity["value"].as_str().unwrap().to_owned()).collect()
}

async fn defines(agent: &Agent, key: &str, kind: &str) {
    agent.post("/api/v1/attributes", json!({"of": "contact", "key": key, "names": {"en": key}, "kind": kind})).await.ok();
}

async fn desk() -> (TestDesk, Agent) {
    let desk = TestDesk::open().await;
    let boss = desk.agent("Boss", Role::Administrator).await;
    (desk, boss)
}

#[tokio::test]
async fn what_is_exported_and_imported_elsewhere_gives_the_same_contacts() {
    let (mut one, boss) = desk().await;
    let (mut other, chief) = desk().await;
    for agent in [&boss, &chief] {
        defines(agent, "remark", "text").await;
        defines(agent, "points", "number").await;
        defines(agent, "vip", "boolean").await;
        defines(agent, "since", "date").await;
        let choices = json!([{"key": "red", "names": {"en": "Red"}}, {"key": "blue", "names": {"en": "Blue"}}]);
        let colours = json!({"of": "contact", "key": "colours", "names": {"en": "Colours"}, "kind": "choices", "choices": choices});
        agent.post("/api/v1/attributes", colours).await.ok();
    }
    let company = boss.post("/api/v1/companies", json!({"name": "Acme; \"Sons\""})).await.ok();
    let nasty = [
        "=cmd|' /C calc'!A0",
        "+1",
        "-1",
        "@x",
        "＝1",
        "%x",
        "'=1",
        "O'Keefe",
        "a, \"b\"\nc",
        "مرحبا",
        "Zoë 🦊",
        "Ŀ·L",
        "'quoted'",
        "<script>alert(1)</script>",
    ];
    for (n, name) in nasty.iter().enumerate() {
        let identities = json!([
            {"kind": "email", "value": format!("person{n}@example.com")},
            {"kind": "email", "value": format!("second{n}@example.com")},
            {"kind": "phone", "value": format!("+48 601 234 5{:02}", n + 10)},
            {"kind": "external", "value": format!("=id;{n}")},
        ]);
        let attributes = json!({"remark": name, "points": -2.5, "vip": n % 2 == 0, "since": "2026-02-28", "colours": ["red", "blue"]});
        let added = boss
            .post("/api/v1/contacts", json!({"name": name, "language": "pt", "time_zone": "Europe/Lisbon", "attributes": attributes, "identities": identities}))
            .await
            .ok();
        boss.patch(&format!("/api/v1/contacts/{}", id(&added)), json!({"country": "PT", "company_id": company["id"]})).await.ok();
    }
    one.settle().await;
    let file = exported(&one, &boss).await;

    let import = imports(&mut other, &chief, &file).await;

    assert_eq!((figures(&import), &import["state"]), ([nasty.len() as i64, 0, 0, 0], &json!("done")), "{import}");
    assert_eq!(table(&exported(&other, &chief).await), table(&file));
    let companies = chief.get("/api/v1/companies").await.ok();
    assert_eq!(companies["items"].as_array().unwrap().len(), 1, "one company for all of its people");

    let again = imports(&mut other, &chief, &file).await;
    assert_eq!(figures(&again), [0, 0, nasty.len() as i64, 0], "the same once more changes nothing");
}

#[tokio::test]
async fn a_row_with_a_mistake_says_how_to_mend_it_and_comes_back_in_a_file_that_can_be_imported_again() {
    let (mut desk, boss) = desk().await;
    defines(&boss, "points", "number").await;
    let file = "Name;E-mail;Phone;Time zone;points;Shoe\nAnna;anna@example.com;;;12,5;=37\nBilal;bilal(at)example.com;;;;\nCarla;;910;;;\nDana;;;Mars/Base;;\n;;;;3;\nEva;eva@example.com;;;many;\n";
    let import = uploads(&boss, file.as_bytes()).await;
    let fields: Vec<&Value> = import["settings"]["columns"].as_array().unwrap().iter().map(|column| &column["field"]).collect();
    assert_eq!(json!(fields), json!(["name", "email", "phone", "time_zone", "attribute.points", null]));
    assert_eq!((&import["settings"]["delimiter"], &import["rows"]), (&json!("semicolon"), &json!(6)));

    let preview = boss.get(&format!("/api/v1/contact-imports/{}/preview", id(&import))).await.ok()["items"].take();
    let import = starts(&mut desk, &boss, &import).await;

    assert_eq!(figures(&import), [1, 0, 0, 5]);
    assert_eq!(named(&boss, "Anna").await["attributes"], json!({"points": 12.5}));
    let refused = text(&desk, &boss, &format!("/api/v1/contact-imports/{}/refused", id(&import))).await;
    for mends in [
        "E-mail: Write an e-mail address, e.g. anna@example.com.",
        "Phone: “910” is no number with its country. Write it like +351 910 000 112, or choose the country of the numbers.",
        "Time zone: There is no time zone Mars/Base; write e.g. Europe/Lisbon.",
        "This row names nobody. Fill in a name, an e-mail address, a phone number or an external id.",
        "points: “many” is no number. Write e.g. 12.5.",
    ] {
        assert!(refused.contains(mends), "{mends}\n{refused}");
        assert!(
            preview.as_array().unwrap().iter().any(|row| row["problem"].as_str().is_some_and(|problem| problem == mends)),
            "the preview says it as well: {mends}"
        );
    }
    assert!(!refused.contains("Anna"), "what was imported is not there");
    let mended = refused.replace("bilal(at)", "bilal@").replace("910", "+351 910 000 112").replace("Mars/Base", "Europe/Warsaw").replace("many", "7");
    let again = imports(&mut desk, &boss, &mended).await;
    assert_eq!(figures(&again), [4, 0, 0, 1]);
    assert_eq!(names(&boss).await, ["Anna", "Bilal", "Carla", "Dana", "Eva"].map(str::to_owned).into());
}

/// T-CSV-1 for what is given back.
#[tokio::test]
async fn no_cell_of_the_refused_rows_begins_like_a_formula() {
    let (mut desk, boss) = desk().await;
    let import = imports(&mut desk, &boss, "email,remark\n=x,=cmd|' /C calc'!A0\n+1,@x\n").await;

    let refused = text(&desk, &boss, &format!("/api/v1/contact-imports/{}/refused", id(&import))).await;

    let mut rows = csv::ReaderBuilder::new().has_headers(false).from_reader(refused.trim_start_matches('\u{feff}').as_bytes());
    let cells: Vec<String> = rows.records().flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()).collect();
    assert_eq!(cells.len(), 9);
    assert!(cells.iter().all(|cell| !cell.starts_with(['=', '+', '-', '@'])), "{cells:?}");
    assert!(cells.contains(&"'=cmd|' /C calc'!A0".to_owned()));
}

#[tokio::test]
async fn letters_are_read_as_they_were_written() {
    let polish = "Imię i nazwisko;Notatka\nŁukasz Wójcik;Zażółć gęślą jaźń, proszę\nŚwiętosława Żak;Dziękuję bardzo\n";
    let russian = "Имя;Телефон\nАлексей Попов;+48601234567\nНаталья Кузнецова;\n";
    let french = "Name,Note\nFrançois Lefèvre,déjà vu à Besançon\nZoë Müller,straße\n";
    let utf16 = |text: &str, mark: bool| [if mark { vec![0xff, 0xfe] } else { Vec::new() }, text.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat();
    let single = |encoding: &'static encoding_rs::Encoding, text: &str| encoding.encode(text).0.into_owned();
    for (bytes, encoding, name) in [
        (polish.as_bytes().to_vec(), "utf-8", "Łukasz Wójcik"),
        ([b"\xef\xbb\xbf", polish.as_bytes()].concat(), "utf-8", "Łukasz Wójcik"),
        (utf16(polish, true), "utf-16le", "Łukasz Wójcik"),
        (utf16(french, false), "utf-16le", "François Lefèvre"),
        (single(encoding_rs::WINDOWS_1250, polish), "windows-1250", "Łukasz Wójcik"),
        (single(encoding_rs::WINDOWS_1251, russian), "windows-1251", "Алексей Попов"),
        (single(encoding_rs::WINDOWS_1252, french), "windows-1252", "François Lefèvre"),
    ] {
        let (mut desk, boss) = desk().await;
        let import = uploads(&boss, &bytes).await;
        assert_eq!((&import["settings"]["encoding"], &import["settings"]["columns"][0]["field"]), (&json!(encoding), &json!("name")), "{name}");
        starts(&mut desk, &boss, &import).await;
        assert!(names(&boss).await.contains(name), "{encoding}: {:?}", names(&boss).await);
    }
}

#[tokio::test]
async fn an_encoding_that_was_guessed_wrong_is_chosen_and_what_cannot_be_read_is_refused() {
    let (mut desk, boss) = desk().await;
    let import = uploads(&boss, &encoding_rs::WINDOWS_1250.encode("name\nŻółw\n").0).await;

    let wrong = changes(&boss, &import, json!({"encoding": "utf-8"})).await;
    assert!(wrong["settings"]["columns"][0]["samples"][0].as_str().unwrap().contains('\u{fffd}'), "{wrong}");
    let preview = boss.get(&format!("/api/v1/contact-imports/{}/preview", id(&import))).await.ok();
    assert!(preview["items"][0]["problem"].as_str().unwrap().contains("Choose another encoding"));

    changes(&boss, &import, json!({"encoding": "windows-1250"})).await;
    starts(&mut desk, &boss, &import).await;
    assert_eq!(names(&boss).await, ["Żółw".to_owned()].into());
}

#[tokio::test]
async fn what_is_no_table_is_refused_with_a_sentence() {
    let (_desk, boss) = desk().await;
    let refused = async |bytes: &[u8]| {
        let answer = boss.uploads_to("/api/v1/contact-imports", bytes).await;
        let detail = answer.body["detail"].as_str().unwrap_or_default().to_owned();
        assert_eq!(answer.refused(422), "invalid_request");
        detail
    };

    assert!(refused(b"PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0xl/workbook.xml").await.contains("save it as CSV"));
    assert!(refused(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n").await.contains("no CSV"));
    assert!(refused(b"name,email\n\n,\n").await.contains("no rows below its heading"));
    assert!(refused(b"").await.contains("empty"));
    assert!(refused(format!("name\n{}", "A\n".repeat(200_001)).as_bytes()).await.contains("more than 200000 rows"));
    assert!(refused(",".repeat(300).as_bytes()).await.contains("more than 200 columns"));
    assert_eq!(boss.get("/api/v1/contact-imports").await.ok()["items"], json!([]));
}

#[tokio::test]
async fn two_rows_about_the_same_person_are_one_contact() {
    let (mut desk, boss) = desk().await;
    let file = "name,email,phone\nAnna,Anna@Example.com,\nAnna Silva,anna@example.com,+351 910 000 112\n,,+351910000112\n";
    let import = uploads(&boss, file.as_bytes()).await;
    let preview = boss.get(&format!("/api/v1/contact-imports/{}/preview", id(&import))).await.ok();
    assert_eq!(json!([preview["items"][0]["same_as_line"], preview["items"][1]["same_as_line"]]), json!([null, 2]));

    let import = starts(&mut desk, &boss, &import).await;

    assert_eq!(figures(&import), [1, 1, 1, 0]);
    let anna = named(&boss, "Anna Silva").await;
    assert_eq!((values(&anna, "email"), values(&anna, "phone")), (vec!["anna@example.com".into()], vec!["+351910000112".into()]));
}

/// Peer finding chatwoot#2811 and #4728: contacts with different ids become one because of one mail address, and their data is
/// overwritten.
#[tokio::test]
async fn chatwoot_2811_an_address_that_two_customers_share_does_not_make_them_one() {
    let (mut desk, boss) = desk().await;
    imports(&mut desk, &boss, "external_id,name,email\nA1,Anna,family@example.com\n").await;

    let import = imports(&mut desk, &boss, "external_id,name,email\nB2,Bilal,family@example.com\nA1,Anna Silva,\n").await;

    assert_eq!(figures(&import), [1, 1, 0, 0]);
    assert_eq!(names(&boss).await, ["Anna Silva", "Bilal"].map(str::to_owned).into());
    let unclear = imports(&mut desk, &boss, "name,email\nSomebody,family@example.com\n").await;
    assert_eq!(figures(&unclear), [0, 0, 0, 1], "who of the two is meant cannot be told");
    assert_eq!(names(&boss).await, ["Anna Silva", "Bilal"].map(str::to_owned).into());
}

#[tokio::test]
async fn an_address_from_a_file_proves_nothing_and_joins_nobody() {
    let (mut desk, boss) = desk().await;
    let inbox = desk.inbox().await;
    imports(&mut desk, &boss, "name,email\nAnna,anna@example.com\n").await;
    let imported = named(&boss, "Anna").await;
    assert_eq!((&imported["verification"], &imported["identities"][0]["verification"]), (&json!("none"), &json!("none")));

    let stranger = desk.visitor(&inbox).await;
    let conversation = stranger.writes("I am Anna").await;
    stranger.send("PATCH", "/api/v1/chat/contact", &[], Some(json!({"email": "anna@example.com"}))).await.ok();
    desk.settle().await;

    assert_ne!(boss.sees(&conversation).await["contact"]["id"], imported["id"]);
    assert_eq!(named(&boss, "Anna").await["conversation_count"], 0);
}

#[tokio::test]
async fn contacts_who_are_there_are_updated_filled_or_left() {
    for (existing, expected) in [
        ("update", json!({"name": "Anna Silva", "language": "pt", "points": 7, "figures": [0, 1, 0, 0]})),
        ("fill", json!({"name": "Anna", "language": "pt", "points": 3, "figures": [0, 1, 0, 0]})),
        ("leave", json!({"name": "Anna", "language": null, "points": 3, "figures": [0, 0, 1, 0]})),
    ] {
        let (mut desk, boss) = desk().await;
        defines(&boss, "points", "number").await;
        imports(&mut desk, &boss, "name,email,points\nAnna,anna@example.com,3\n").await;
        let import = uploads(&boss, b"name,email,language,points\nAnna Silva,anna@example.com,pt-BR,7\n").await;
        changes(&boss, &import, json!({"existing": existing})).await;

        let import = starts(&mut desk, &boss, &import).await;

        let anna = contacts(&boss).await.remove(0);
        let found = json!({"name": anna["name"], "language": anna["language"], "points": anna["attributes"]["points"], "figures": figures(&import)});
        assert_eq!(found, expected, "{existing}");
    }
}

#[tokio::test]
async fn who_imports_for_one_brand_finds_nobody_of_another() {
    let (mut desk, boss) = desk().await;
    let (inbox, noord) = (desk.inbox().await, desk.second_brand().await);
    let ines = desk.agent_with("Ines", vec![GrantSpec { brand_id: Some(noord.brand_id), ..GrantSpec::everywhere(Role::Supervisor) }]).await;
    let anna = desk.visitor(&inbox).await;
    anna.send("PATCH", "/api/v1/chat/contact", &[], Some(json!({"name": "Anna", "email": "anna@example.com"}))).await.ok();
    anna.writes("Hello").await;
    desk.settle().await;

    let import = imports(&mut desk, &ines, "name,email\nSomebody,anna@example.com\n").await;

    assert_eq!(figures(&import), [1, 0, 0, 0], "she is not there for whoever imports");
    assert_eq!(names(&boss).await, ["Anna", "Somebody"].map(str::to_owned).into());
    let other = desk.agent_with("Noor", vec![GrantSpec { brand_id: Some(noord.brand_id), ..GrantSpec::everywhere(Role::Supervisor) }]).await;
    assert_eq!(other.get(&format!("/api/v1/contact-imports/{}", id(&import))).await.refused(404), "not_found");
    assert_eq!(other.get("/api/v1/contact-imports").await.ok()["items"], json!([]), "one sees one's own");
    assert_eq!(boss.get("/api/v1/contact-imports").await.ok()["items"].as_array().unwrap().len(), 1);
}

fn many(rows: usize) -> String {
    let rows: String = (0..rows).map(|n| format!("Person {n},person{n}@example.com\n")).collect();
    format!("name,email\n{rows}")
}

async fn figure(desk: &TestDesk, sql: &'static str) -> i64 {
    desk.read(move |tx| tx.one(sql, params![], |row| row.get("n"))).await
}

/// P-import: whatever is killed, each row is done once.
#[tokio::test]
async fn an_import_that_is_killed_goes_on_where_it_was_and_each_row_is_done_once() {
    let (mut desk, boss) = desk().await;
    let import = uploads(&boss, many(400).as_bytes()).await;
    does(&boss, &import, "start").await;
    let doers = schedule::doers();

    for killed_after in [50, 200] {
        let working = jobs::step(&desk.desk.store, &desk.desk, &doers);
        let far_enough = async {
            while figure(&desk, "SELECT COALESCE(max(done_rows), 0) AS n FROM contact_import").await < killed_after {
                tokio::task::yield_now().await;
            }
        };
        tokio::select! {
            biased;
            () = far_enough => {}
            done = working => panic!("it was done before it was killed: {done:?}"),
        }
        assert_eq!(shown(&boss, &import).await["state"], "running");
        // The lease of whoever was killed runs out.
        desk.clock.advance(Duration::from_secs(61));
    }
    desk.settle().await;

    let import = shown(&boss, &import).await;
    assert_eq!((figures(&import), &import["state"]), ([400, 0, 0, 0], &json!("done")));
    assert_eq!(figure(&desk, "SELECT count(*) AS n FROM contact").await, 400);
    assert_eq!(figure(&desk, "SELECT count(DISTINCT value) AS n FROM contact_identity").await, 400);
}

#[tokio::test]
async fn long_work_is_told_while_it_goes_on_and_lets_other_jobs_have_their_turn() {
    let (mut desk, boss) = desk().await;
    let import = uploads(&boss, many(2_100).as_bytes()).await;
    does(&boss, &import, "start").await;
    let doers = schedule::doers();

    while shown(&boss, &import).await["done"] == 0 {
        jobs::step(&desk.desk.store, &desk.desk, &doers).await.unwrap();
    }

    let on_the_way = shown(&boss, &import).await;
    assert_eq!((&on_the_way["done"], &on_the_way["state"]), (&json!(2_000), &json!("running")));
    desk.settle().await;
    assert_eq!((figures(&shown(&boss, &import).await), figure(&desk, "SELECT count(*) AS n FROM contact").await), ([2_100, 0, 0, 0], 2_100));
}

#[tokio::test]
async fn what_was_stopped_stays_where_it_was_and_can_be_taken_back() {
    let (mut desk, boss) = desk().await;
    let import = uploads(&boss, many(2_100).as_bytes()).await;
    does(&boss, &import, "start").await;
    let doers = schedule::doers();
    while shown(&boss, &import).await["done"] == 0 {
        jobs::step(&desk.desk.store, &desk.desk, &doers).await.unwrap();
    }

    does(&boss, &import, "stop").await;
    desk.settle().await;

    assert_eq!(json!([shown(&boss, &import).await["state"], shown(&boss, &import).await["done"]]), json!(["stopped", 2_000]));
    let undone = undoes(&mut desk, &boss, &import).await;
    assert_eq!(json!([undone["state"], undone["taken_back"], undone["kept"]]), json!(["undone", 2_000, 0]));
    assert_eq!(figure(&desk, "SELECT count(*) AS n FROM contact").await, 0);
}

#[tokio::test]
async fn an_undo_takes_back_what_nobody_has_used_since_and_names_the_rest() {
    let (mut desk, boss) = desk().await;
    desk.inbox().await;
    defines(&boss, "points", "number").await;
    imports(&mut desk, &boss, "name,email,points\nOld Eva,eva@example.com,1\nOld Finn,finn@example.com,1\n").await;
    let before = exported(&desk, &boss).await;
    let file = "name,email,points,company,note\nAnna,anna@example.com,5,Acme,Came by mail\nBilal,bilal@example.com,,Acme,\nCarla,carla@example.com,,,\nDana,dana@example.com,,,\nEva,eva@example.com,9,Acme,New\nFinn,finn@example.com,9,,\n";
    let import = imports(&mut desk, &boss, file).await;
    assert_eq!(figures(&import), [4, 2, 0, 0]);
    let of = async |name: &str| id(&named(&boss, name).await).to_owned();
    boss.post(&format!("/api/v1/contacts/{}/facts", of("Bilal").await), json!({"kind": "want", "text": "Blue", "source": "said so"})).await.ok();
    boss.post(&format!("/api/v1/contacts/{}/events", of("Carla").await), json!({"name": "order"})).await.ok();
    boss.patch(&format!("/api/v1/contacts/{}", of("Finn").await), json!({"attributes": {"points": 10}})).await.ok();

    let undone = undoes(&mut desk, &boss, &import).await;

    assert_eq!(json!([undone["state"], undone["taken_back"], undone["kept"]]), json!(["undone", 3, 3]));
    assert_eq!(names(&boss).await, ["Bilal", "Carla", "Old Eva", "Old Finn"].map(str::to_owned).into(), "Anna and Dana are gone");
    let eva = named(&boss, "Old Eva").await;
    assert_eq!(json!([eva["attributes"], eva["company"]]), json!([{"points": 1}, null]));
    assert_eq!(named(&boss, "Old Finn").await["attributes"], json!({"points": 10}), "what was changed since stays");
    assert_eq!(boss.get(&format!("/api/v1/contacts/{}/notes", id(&eva))).await.ok()["items"], json!([]));
    let kept = boss.get(&format!("/api/v1/contact-imports/{}/kept", id(&import))).await.ok();
    let kept: BTreeMap<&str, &str> =
        kept["items"].as_array().unwrap().iter().map(|row| (row["name"].as_str().unwrap(), row["because"].as_str().unwrap())).collect();
    assert_eq!(kept, BTreeMap::from([("Bilal", "changed"), ("Carla", "changed"), ("Old Finn", "changed")]));
    assert_eq!(boss.get("/api/v1/companies").await.ok()["items"].as_array().unwrap().len(), 1, "Bilal still works at Acme");
    assert!(before.contains("Old Eva") && exported(&desk, &boss).await.contains("Old Eva,eva@example.com"));
    assert_eq!(boss.post(&format!("/api/v1/contact-imports/{}/undo", id(&import)), json!({})).await.refused(409), "already_undone");
}

#[tokio::test]
async fn whoever_has_talked_or_was_merged_is_not_taken_back() {
    let (mut desk, boss) = desk().await;
    let inbox = desk.inbox().await;
    let import = imports(&mut desk, &boss, "name\nAnna\nBilal\nCarla\nDana\n").await;
    let of = async |name: &str| id(&named(&boss, name).await).to_owned();
    let visitor = desk.visitor(&inbox).await;
    let conversation = visitor.writes("Hello").await;
    let talker = boss.sees(&conversation).await["contact"]["id"].clone();
    boss.post(&format!("/api/v1/contacts/{}/merges", of("Anna").await), json!({"from_id": talker})).await.ok();
    boss.post(&format!("/api/v1/contacts/{}/merges", of("Bilal").await), json!({"from_id": of("Carla").await})).await.ok();
    desk.settle().await;

    let undone = undoes(&mut desk, &boss, &import).await;

    assert_eq!(json!([undone["taken_back"], undone["kept"]]), json!([1, 3]));
    assert_eq!(names(&boss).await, ["Anna", "Bilal"].map(str::to_owned).into());
}

#[tokio::test]
async fn a_contact_that_several_rows_made_goes_as_a_whole() {
    let (mut desk, boss) = desk().await;
    let import = imports(&mut desk, &boss, "name,email,company,note\nAnna,anna@example.com,,\nAnna Silva,anna@example.com,Acme,Twice\n").await;
    assert_eq!(figures(&import), [1, 1, 0, 0]);

    let undone = undoes(&mut desk, &boss, &import).await;

    assert_eq!(json!([undone["taken_back"], undone["kept"]]), json!([2, 0]));
    assert_eq!(contacts(&boss).await, Vec::<Value>::new());
    assert_eq!(boss.get("/api/v1/companies").await.ok()["items"], json!([]), "nor is the company there that it added");
    for table in ["SELECT count(*) AS n FROM contact_identity", "SELECT count(*) AS n FROM contact_note", "SELECT count(*) AS n FROM timeline_entry"] {
        assert_eq!(figure(&desk, table).await, 0, "{table}");
    }
}

#[tokio::test]
async fn importing_takes_its_permission_and_lasts_as_long_as_that() {
    let (mut desk, boss) = desk().await;
    let sam = desk.agent("Sam", Role::Agent).await;
    assert_eq!(sam.uploads_to("/api/v1/contact-imports", b"name\nAnna\n").await.refused(403), "forbidden");
    let ines = desk.agent("Ines", Role::Supervisor).await;
    let import = uploads(&ines, b"name\nAnna\n").await;
    does(&ines, &import, "start").await;

    boss.patch(&format!("/api/v1/agents/{}", ines.id), json!({"disabled": true})).await.ok();
    desk.settle().await;

    let failed = shown(&boss, &import).await;
    assert_eq!((&failed["state"], figures(&failed)), (&json!("failed"), [0, 0, 0, 0]));
    assert!(failed["problem"].as_str().unwrap().contains("may no longer import"));
}

#[tokio::test]
async fn what_was_not_started_is_removed_and_a_step_in_the_wrong_order_says_so() {
    let (mut desk, boss) = desk().await;
    let import = uploads(&boss, b"Fruit\nApple\n").await;
    let path = format!("/api/v1/contact-imports/{}", id(&import));
    assert_eq!(boss.post(&format!("{path}/start"), json!({})).await.refused(422), "invalid_request", "no column names anybody");
    assert_eq!(boss.patch(&path, json!({"fields": ["name", "email"]})).await.refused(422), "invalid_request");
    assert_eq!(boss.patch(&path, json!({"fields": ["favourite"]})).await.refused(422), "invalid_request");
    assert_eq!(boss.post(&format!("{path}/undo"), json!({})).await.refused(409), "wrong_state");
    boss.send("DELETE", &path, &[], None).await.ok();
    assert_eq!(boss.get(&path).await.refused(404), "not_found");

    let started = imports(&mut desk, &boss, "name,name 2\nAnna,x\n").await;
    let path = format!("/api/v1/contact-imports/{}", id(&started));
    assert_eq!(boss.post(&format!("{path}/start"), json!({})).await.refused(409), "wrong_state");
    assert_eq!(boss.patch(&path, json!({"existing": "fill"})).await.refused(409), "wrong_state");
    assert_eq!(boss.send("DELETE", &path, &[], None).await.refused(409), "wrong_state");

    desk.advance(Duration::from_secs(40 * 86_400)).await;
    assert_eq!(boss.get(&path).await.refused(404), "not_found", "forgotten after 30 days");
    assert_eq!(figure(&desk, "SELECT count(*) AS n FROM blob").await, 0, "and its file");
    assert_eq!(names(&boss).await, ["Anna".to_owned()].into(), "the contacts stay");
}

#[tokio::test]
async fn an_import_is_an_act_of_the_audit_log() {
    let (mut desk, boss) = desk().await;
    imports(&mut desk, &boss, "name\nAnna\n").await;

    let log = boss.get("/api/v1/audit-entries").await.ok();
    let acts: Vec<&str> = log["items"].as_array().unwrap().iter().map(|entry| entry["act"].as_str().unwrap()).collect();
    assert!(acts.contains(&"POST /api/v1/contact-imports/{id}/start") && acts.contains(&"POST /api/v1/contact-imports"), "{acts:?}");
}
