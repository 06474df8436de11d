//! Backup, restore and doctor as an operator calls them: words, exit codes, and what is left behind.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use rusqlite::Connection;
use serde_json::Value;

/// A data folder on the disk of the build: the folder for temporary files may be in memory, which the doctor would say.
struct House {
    folder: tempfile::TempDir,
}

impl House {
    fn furnished() -> House {
        let house = House { folder: tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap() };
        assert!(house.rapport(&["agent", "add", "--email", "sam@example.com", "--name", "Sam"]).status.success());
        house
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    fn rapport(&self, arguments: &[&str]) -> Output {
        rapport(&self.data(), arguments)
    }

    /// The exit code, and how each check ended.
    fn doctor(&self, arguments: &[&str]) -> (Option<i32>, Value) {
        let output = self.rapport(&[&["doctor", "--json"], arguments].concat());
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        (output.status.code(), report)
    }

    fn change(&self, sql: &str) {
        Connection::open(self.data().join("rapport.db")).unwrap().execute_batch(sql).unwrap();
    }
}

fn rapport(data: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rapport"));
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("RAPPORT_")) {
        command.env_remove(name);
    }
    command.args(arguments).arg("--data").arg(data);
    if !arguments.contains(&"--listen") {
        // Nobody listens on port 1, so no other server on this machine is taken for this one.
        command.args(["--listen", "127.0.0.1:1"]);
    }
    command.output().unwrap()
}

fn status<'a>(report: &'a Value, check: &str) -> &'a str {
    report["checks"].as_array().unwrap().iter().find(|found| found["check"] == check).and_then(|found| found["status"].as_str()).unwrap_or("not looked at")
}

const OF_RAPPORT: [&str; 10] = ["folder", "key", "schema", "integrity", "backup", "jobs", "log", "secrets", "counts", "files"];

#[test]
fn the_doctor_finds_nothing_in_a_sound_installation_and_each_fault_made_on_purpose() {
    let house = House::furnished();
    let (code, report) = house.doctor(&[]);
    for check in OF_RAPPORT {
        assert_eq!(status(&report, check), "ok", "{check}: {report:#}");
    }
    // What the machine is like is not for a test to say; the code is that of the worst in any case.
    assert_eq!(code, Some(["ok", "warning", "fault"].iter().position(|word| report["status"] == *word).unwrap() as i32));

    house.change(
        "INSERT INTO job (id, kind, payload, unique_key, run_at, lease_until, fence, attempts, created_at, failed_at, last_error)
         VALUES (randomblob(16), 'wake_conversation', '{}', 'x', 1, 0, 1, 12, 1, 1, 'no')",
    );
    let (code, report) = house.doctor(&[]);
    assert_eq!((status(&report, "jobs"), code >= Some(1)), ("warning", true), "{report:#}");

    house.change("INSERT INTO blob VALUES ('2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824', 5, 1)");
    let (code, report) = house.doctor(&["--deep"]);
    assert_eq!((status(&report, "files"), code), ("fault", Some(2)), "{report:#}");
    let place = house.data().join("files/2c");
    fs::create_dir_all(&place).unwrap();
    fs::write(place.join("f24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"), "hello").unwrap();
    assert_eq!(status(&house.doctor(&["--deep"]).1, "files"), "ok");

    house.change("INSERT INTO conversation_count VALUES (zeroblob(16), zeroblob(16), zeroblob(16), zeroblob(16), zeroblob(16), 'open', 0, 3)");
    assert_eq!(status(&house.doctor(&[]).1, "counts"), "fault");
    assert_eq!(status(&house.doctor(&["--repair"]).1, "counts"), "ok");
    assert_eq!(status(&house.doctor(&[]).1, "counts"), "ok", "it stays mended");

    fs::set_permissions(house.data().join("master.key"), Permissions::from_mode(0o644)).unwrap();
    let (code, report) = house.doctor(&[]);
    assert_eq!((status(&report, "key"), code), ("fault", Some(2)));
    let words = house.rapport(&["doctor"]);
    assert!(String::from_utf8_lossy(&words.stdout).contains("chmod 600"), "{words:?}");
}

#[test]
fn a_backup_is_restored_elsewhere_and_refused_where_something_is() {
    let house = House::furnished();
    let (backup, key) = (house.path("backup.tar"), house.path("key"));
    let made = house.rapport(&["backup", &backup, "--key", &key]);
    assert!(made.status.success(), "{made:?}");
    assert_eq!(fs::metadata(&key).unwrap().permissions().mode() & 0o777, 0o600);

    let again = house.rapport(&["backup", &backup]);
    let onto = house.rapport(&["restore", &backup]);
    for (output, word) in [(&again, "there already"), (&onto, "is not empty")] {
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1));
        assert!(said.contains(word), "{said}");
    }
    let data = house.folder.path().join("elsewhere");
    let restored = rapport(&data, &["restore", &backup, "--key", &key]);
    assert!(restored.status.success(), "{restored:?}");
    let agents = rapport(&data, &["agent", "list"]);
    assert!(String::from_utf8_lossy(&agents.stdout).contains("sam@example.com"));
    assert_eq!(fs::read(data.join("master.key")).unwrap(), fs::read(house.data().join("master.key")).unwrap());
    assert_eq!(status(&house.doctor(&[]).1, "backup"), "ok");

    let whole = fs::read(&backup).unwrap();
    fs::write(&backup, &whole[..whole.len() - 1000]).unwrap();
    let nowhere = house.folder.path().join("nowhere");
    let cut = rapport(&nowhere, &["restore", &backup]);
    let said = String::from_utf8_lossy(&cut.stderr);
    assert!(said.contains("nothing was restored") && said.contains("cut off") && said.contains("another backup"), "{said}");
    assert!(!nowhere.exists());
    let left: Vec<String> = fs::read_dir(house.folder.path()).unwrap().flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    assert!(left.iter().all(|name| ["backup.tar", "key", "data", "elsewhere"].contains(&name.as_str())), "{left:?}");
}

#[test]
fn a_changed_key_opens_older_backups_until_the_old_one_is_retired_and_nothing_starts_without_a_key() {
    let house = House::furnished();
    let ok = |arguments: &[&str]| {
        let output = house.rapport(arguments);
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let keys = || -> Value { serde_json::from_str(&ok(&["key", "list", "--json"])).unwrap() };
    let old = keys()["keys"][0]["fingerprint"].as_str().unwrap().to_owned();
    let (backup, first, second) = (house.path("backup.tar"), house.path("first.key"), house.path("second.key"));
    ok(&["backup", &backup, "--key", &first]);

    assert!(ok(&["key", "rotate"]).contains("is the new master key"));
    ok(&["backup", "--key", &second]);
    let states: Vec<Value> = keys()["keys"].as_array().unwrap().iter().map(|key| key["state"].clone()).collect();
    assert_eq!(states, ["idle", "active"]);
    let into = |name: &str, key: &str| rapport(&house.folder.path().join(name), &["restore", &backup, "--key", key]);
    assert!(into("with-both", &second).status.success(), "the file still holds the key of the older backup");

    ok(&["key", "retire", &old]);
    fs::remove_file(&second).unwrap();
    ok(&["backup", "--key", &second]);
    let refused = into("with-new", &second);
    let said = String::from_utf8_lossy(&refused.stderr);
    assert!(!refused.status.success() && said.contains(&old) && said.contains("retired"), "{said}");
    assert!(into("with-old", &first).status.success());
    assert_eq!(fs::metadata(house.data().join("master.key")).unwrap().permissions().mode() & 0o777, 0o600);

    fs::remove_file(house.data().join("master.key")).unwrap();
    for arguments in [&["agent", "list"][..], &["serve", "--listen", "127.0.0.1:0"]] {
        let output = house.rapport(arguments);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success() && said.contains("Nothing was changed") && said.contains("rapport backup --key"), "{said}");
    }
    assert_eq!(house.doctor(&[]).0, Some(2));
    assert!(!house.rapport(&["key", "begin-anew"]).status.success(), "not without saying that it is meant");
    ok(&["key", "begin-anew", "--accept-loss"]);
    ok(&["agent", "list"]);
}

#[test]
fn a_token_that_was_lost_is_found_and_ended_by_its_id() {
    let house = House::furnished();
    let listed = |what: &str| -> Value {
        let output = house.rapport(&[what, "list", "--json"]);
        assert!(output.status.success(), "{output:?}");
        serde_json::from_slice(&output.stdout).unwrap()
    };
    let made = house.rapport(&["token", "create", "--agent", "sam@example.com"]);
    let token = String::from_utf8(made.stdout).unwrap().trim().to_owned();
    let tokens = listed("token");
    assert!(token.starts_with("rpt_") && token.ends_with(tokens[0]["hint"].as_str().unwrap()));
    assert!(!tokens.to_string().contains(&token), "a list never tells a token");
    assert_eq!((tokens[0]["agent"].as_str(), &tokens[0]["revoked_at"]), (Some("sam@example.com"), &Value::Null));
    assert_eq!((listed("agent")[0]["email"].as_str(), listed("inbox")), (Some("sam@example.com"), Value::Array(Vec::new())));

    assert!(house.rapport(&["token", "revoke", tokens[0]["id"].as_str().unwrap()]).status.success());

    assert!(listed("token")[0]["revoked_at"].is_string());
    assert!(!house.rapport(&["token", "revoke", &token]).status.success(), "it has ended already");
}
