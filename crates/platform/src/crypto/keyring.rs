//! Which master keys a database needs, and how one is changed for another. Only names of keys are rows (`master_key`).
//!
//! | state | means | needed to start |
//! | --- | --- | --- |
//! | `active` | seals and signs | yes |
//! | `replaced` | values may still be sealed with it | yes |
//! | `idle` | seals nothing any more, still verifies tokens | no |
//! | `retired` | good for nothing | no |
//!
//! A change has these steps, each durable before the next, so that it can end anywhere: the new key is in the file; the database calls
//! it active, and from that commit on nothing is sealed with another; every value is sealed anew; every value was opened with it, and
//! the old key is idle. Whoever begins again goes on where it ended. To retire a key, the database forgets it first, the file last.

use std::{
    fs::{self, File},
    io,
    path::Path,
    time::Duration,
};

use uuid::Uuid;

use super::{Column, Survey, Vault, survey};
use crate::{
    clock::Moment,
    params,
    store::{Error, Result, Store, Tx},
    word_enum,
};

word_enum! {
    /// What a key is good for.
    State {
        /// Seals and signs.
        Active = "active",
        /// Values may still be sealed with it.
        Replaced = "replaced",
        /// Seals nothing any more, still verifies tokens.
        Idle = "idle",
        /// Good for nothing.
        Retired = "retired",
    }
}

/// A key as the database knows it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Known {
    /// Its name.
    pub fingerprint: String,
    /// What it is good for.
    pub state: State,
    /// Since when.
    pub since: Moment,
}

/// Why something was not done, and what to do: a sentence or two for the terminal.
pub type Trouble = String;

/// How often a running server looks whether keys have changed.
const LOOK: Duration = Duration::from_secs(5);

/// The keys a database knows, in the order in which they came.
pub fn known(tx: &mut Tx<'_>) -> Result<Vec<Known>> {
    tx.all("SELECT fingerprint, state, since FROM master_key ORDER BY noted_at, fingerprint", params![], |row| {
        Ok(Known { fingerprint: row.get("fingerprint")?, state: row.get("state")?, since: row.get("since")? })
    })
}

fn note(tx: &mut Tx<'_>, fingerprint: &str, state: State) -> Result<()> {
    let now = tx.now();
    tx.exec(
        "INSERT INTO master_key (fingerprint, state, since, noted_at) VALUES ($1, $2, $3, $3)
         ON CONFLICT (fingerprint) DO UPDATE SET state = excluded.state, since = excluded.since",
        params![fingerprint, state, now],
    )
    .map(drop)
}

fn with(known: &[Known], state: State) -> Vec<String> {
    known.iter().filter(|key| key.state == state).map(|key| key.fingerprint.clone()).collect()
}

/// Which keys a database cannot do without, and `vault` does not have.
pub fn needed_but_missing(known: &[Known], vault: &Vault) -> Vec<String> {
    let needed = known.iter().filter(|key| matches!(key.state, State::Active | State::Replaced));
    needed.filter(|key| !vault.holds(&key.fingerprint)).map(|key| key.fingerprint.clone()).collect()
}

/// Has `vault` use the keys as the database says in this transaction.
pub(super) fn follow_now(tx: &mut Tx<'_>, vault: &Vault) -> Result<()> {
    settle(&known(tx)?, vault)
}

fn settle(known: &[Known], vault: &Vault) -> Result<()> {
    for active in with(known, State::Active) {
        if !vault.settle(&active, with(known, State::Retired)) {
            return Err(Error::Schema(format!(
                "the master key {active} with which this database seals is not in {}. Nothing was changed. Put the file back that has it",
                vault.path().display()
            )));
        }
    }
    Ok(())
}

/// Keeps `vault` as the database says, for as long as the store is open: keys are changed by another process.
pub async fn follow(store: Store, vault: Vault) {
    loop {
        tokio::time::sleep(LOOK).await;
        match store.read(known).await {
            Ok(known) => {
                if let Err(error) = vault.refresh().map_err(|error| error.to_string()).and_then(|()| settle(&known, &vault).map_err(|error| error.to_string()))
                {
                    tracing::error!(target: "crypto", error, "the master keys cannot be read again; those that are held stay in use");
                }
            }
            Err(Error::Closed) => return,
            Err(error) => tracing::warn!(target: "crypto", %error, "whether master keys have changed is not known for the moment"),
        }
    }
}

/// Opens the key file of an installation. A database that is new to keys notes the one it gets; one that has been made with a key
/// gets that one, or the error says which it needs. A key is made only where nothing needs one.
pub async fn open(store: &Store, path: &Path, columns: &'static [&'static Column]) -> Result<Vault, Trouble> {
    let told = |error: Error| format!("the database does not say which master key it needs: {error}");
    let shown = path.display();
    let known_keys = store.read(known).await.map_err(told)?;
    let read = Vault::read(path);
    if let Err(error) = &read {
        if error.kind() != io::ErrorKind::NotFound {
            return Err(format!(
                "the master key {shown} cannot be read: {error}. Nothing was changed. Run this as the user the file belongs to, or put its copy back"
            ));
        }
        let needed = [with(&known_keys, State::Active), with(&known_keys, State::Replaced)].concat();
        let sealed = survey(store, None, columns).await.map_err(told)?.lost();
        if !known_keys.is_empty() || sealed > 0 {
            let which = if needed.is_empty() { String::new() } else { format!(" ({})", needed.join(", ")) };
            return Err(format!(
                "there is no master key at {shown}, and this database was made with one{which}: {sealed} secrets are sealed with it. Nothing was changed. \
                 Put the file back there that `rapport backup --key` made, mode 0600. Only if no copy is left: rapport key begin-anew"
            ));
        }
    }
    let vault = Vault::read_or_make(path, store.chance(), store.clock().now()).map_err(|error| format!("the master key {shown} cannot be made: {error}"))?;
    if known_keys.is_empty() {
        let found = survey(store, Some(&vault), columns).await.map_err(told)?;
        if found.lost() > 0 && found.opened() == 0 {
            return Err(format!(
                "{shown} ({}) is not the master key of this database: none of its {} sealed secrets opens with it. Nothing was changed. \
                 Put the file back there that `rapport backup --key` made",
                vault.fingerprint(),
                found.lost()
            ));
        }
        let keys = vault.fingerprints();
        let noted = store.write(move |tx| {
            // Another process may have been faster.
            if known(tx)?.is_empty() {
                for (number, key) in keys.iter().enumerate() {
                    note(tx, key, if number == 0 { State::Active } else { State::Replaced })?;
                }
            }
            known(tx)
        });
        return settled(vault, &noted.await.map_err(told)?);
    }
    settled(vault, &known_keys)
}

fn settled(vault: Vault, known: &[Known]) -> Result<Vault, Trouble> {
    let missing = needed_but_missing(known, &vault);
    if !missing.is_empty() {
        return Err(format!(
            "{} does not hold the master key {} that this database needs; it holds {}. Nothing was changed. \
             Put the file back there that `rapport backup --key` made. Only if no copy is left: move this one away, then rapport key begin-anew",
            vault.path().display(),
            missing.join(", "),
            vault.fingerprints().join(", ")
        ));
    }
    settle(known, &vault).map_err(|error| error.to_string())?;
    Ok(vault)
}

/// What a change of keys came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rotated {
    /// The key that seals and signs now.
    pub active: String,
    /// Whether it was made now; otherwise a change that had been broken off was finished.
    pub is_new: bool,
    /// How many values were sealed anew in this run.
    pub resealed: u64,
    /// What every value opens with now.
    pub survey: Survey,
    /// Keys that still verify tokens and seal nothing.
    pub idle: Vec<String>,
}

/// Makes a new key and seals every value with it, or finishes a change that was broken off. A server may run beside it.
pub async fn rotate(store: &Store, vault: &Vault, columns: &'static [&'static Column]) -> Result<Rotated, Trouble> {
    const SAFE: &str = "Every secret can be read as before. The same command goes on where it ended";
    let told = |error: Error| format!("the master key was not changed whole: {error}. {SAFE}");
    let _alone = alone(vault.path())?;
    vault.refresh().map_err(|error| format!("the master key cannot be read: {error}. {SAFE}"))?;
    let mut keys = store.read(known).await.map_err(told)?;
    let mut is_new = false;
    if with(&keys, State::Replaced).is_empty() {
        // A key in front that the database has not heard of: its change ended before the database was told.
        let waiting = vault.fingerprints().into_iter().next().filter(|first| keys.iter().all(|key| key.fingerprint != *first));
        let new = match waiting {
            Some(waiting) => waiting,
            None => vault.add(store.chance(), store.clock().now()).map_err(|error| format!("no key was made: {error}. {SAFE}"))?,
        };
        is_new = true;
        keys = store.write(move |tx| activate(tx, &new)).await.map_err(told)?;
    }
    settle(&keys, vault).map_err(told)?;
    let mut resealed = 0;
    for column in columns {
        let mut after = Uuid::nil();
        loop {
            let (vault, chance) = (vault.clone(), store.chance().clone());
            let (last, changed) = store.write_in_background(move |tx| column.reseal(tx, &vault, after, &chance)).await.map_err(told)?;
            resealed += changed;
            match last {
                Some(last) => after = last,
                None => break,
            }
        }
    }
    let active = vault.fingerprint();
    let found = survey(store, Some(vault), columns).await.map_err(told)?;
    if found.opened.keys().any(|key| *key != active) {
        return Err(format!("some secrets are still sealed with an older key. {SAFE}"));
    }
    let idle = store.write(rest).await.map_err(told)?;
    Ok(Rotated { active, is_new, resealed, survey: found, idle })
}

/// From this commit on nothing is sealed with another key: whoever seals asks the database first.
pub(super) fn activate(tx: &mut Tx<'_>, new: &str) -> Result<Vec<Known>> {
    for old in with(&known(tx)?, State::Active) {
        note(tx, &old, State::Replaced)?;
    }
    note(tx, new, State::Active)?;
    known(tx)
}

fn rest(tx: &mut Tx<'_>) -> Result<Vec<String>> {
    for old in with(&known(tx)?, State::Replaced) {
        note(tx, &old, State::Idle)?;
    }
    Ok(with(&known(tx)?, State::Idle))
}

/// A key that was retired.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retired {
    /// Its name.
    pub fingerprint: String,
    /// The keys that are left in the file.
    pub keys_left: Vec<String>,
}

/// Retires an idle key: what it signed is no longer believed, and it leaves the file. Backups from before the change need it.
pub async fn retire(store: &Store, vault: &Vault, columns: &'static [&'static Column], fingerprint: &str) -> Result<Retired, Trouble> {
    let told = |error: Error| format!("the key was not retired: {error}. Nothing was lost; the same command goes on");
    let _alone = alone(vault.path())?;
    let keys = store.read(known).await.map_err(told)?;
    match keys.iter().find(|key| key.fingerprint == fingerprint).map(|key| key.state) {
        Some(State::Idle | State::Retired) => {}
        Some(State::Active) => return Err(format!("{fingerprint} is the key in use. Nothing was changed. Make a new one first: rapport key rotate")),
        Some(State::Replaced) => {
            return Err(format!(
                "secrets may still be sealed with {fingerprint}: its change was broken off. Nothing was changed. Finish it: rapport key rotate"
            ));
        }
        None => return Err(format!("this database knows no key {fingerprint}. Nothing was changed. rapport key list shows them")),
    }
    let found = survey(store, Some(vault), columns).await.map_err(told)?;
    if let Some(count) = found.opened.get(fingerprint) {
        return Err(format!("{count} secrets are sealed with {fingerprint}. Nothing was changed. Tell the makers of Rapport: this should not be"));
    }
    let name = fingerprint.to_owned();
    let keys = store
        .write(move |tx| {
            note(tx, &name, State::Retired)?;
            known(tx)
        })
        .await
        .map_err(told)?;
    settle(&keys, vault).map_err(told)?;
    if vault.fingerprints().iter().any(|held| held == fingerprint) {
        vault.remove(fingerprint, store.chance()).map_err(|error| {
            format!("{fingerprint} is good for nothing any more, but it is still in {} ({error}). Run the same command again", vault.path().display())
        })?;
    }
    Ok(Retired { fingerprint: fingerprint.to_owned(), keys_left: vault.fingerprints() })
}

/// For a key file that is lost for good: makes a new one. What was sealed with the lost one stays sealed for ever; how many that are.
pub async fn begin_anew(store: &Store, path: &Path, columns: &'static [&'static Column]) -> Result<(Vault, u64), Trouble> {
    let told = |error: Error| format!("no key was made: {error}");
    let _alone = alone(path)?;
    if fs::exists(path).unwrap_or(true) {
        return Err(format!("there is a file {}. Nothing was changed. If it is not the right one, move it away first", path.display()));
    }
    let vault = Vault::read_or_make(path, store.chance(), store.clock().now()).map_err(|error| format!("the master key cannot be made: {error}"))?;
    let new = vault.fingerprint();
    let keys = store
        .write(move |tx| {
            for old in known(tx)?.into_iter().filter(|key| key.state != State::Retired) {
                note(tx, &old.fingerprint, State::Retired)?;
            }
            note(tx, &new, State::Active)?;
            known(tx)
        })
        .await
        .map_err(told)?;
    settle(&keys, &vault).map_err(told)?;
    let lost = survey(store, Some(&vault), columns).await.map_err(told)?.lost();
    Ok((vault, lost))
}

/// Held while keys are changed: one change at a time. The lock is the system's, on the folder, and ends with the process.
fn alone(path: &Path) -> Result<File, Trouble> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let lock = File::open(folder).map_err(|error| format!("the folder {} cannot be used: {error}. Nothing was changed", folder.display()))?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(_) => Err("another `rapport key` is at work. Nothing was changed. Wait until it has ended".into()),
    }
}
