//! Whether every sealed secret opens, and with which key.

use super::Finding;
use crate::{
    crypto::{self, Column, State, Vault},
    store::{Result, Store},
};

/// The key file holds what the database needs, and every sealed value opens with it.
pub async fn secrets(store: &Store, vault: Option<&Vault>, columns: &'static [&'static Column]) -> Result<Finding> {
    let known = store.read(crypto::known).await?;
    let found = crypto::survey(store, vault, columns).await?;
    let names = |state: State| known.iter().filter(|key| key.state == state).map(|key| key.fingerprint.as_str()).collect::<Vec<_>>();
    let missing = vault.map_or_else(|| names(State::Active).iter().map(|name| (*name).to_owned()).collect(), |vault| crypto::needed_but_missing(&known, vault));
    let lost: Vec<String> = found.lost.iter().map(|(column, count)| format!("{count} in {column}")).collect();
    if !missing.is_empty() {
        return Ok(Finding::fault(
            "secrets",
            format!(
                "master.key does not hold {} that this database needs; {} secrets cannot be read, and a server does not start",
                missing.join(", "),
                found.lost()
            ),
            "Put the file back that `rapport backup --key` made. Only if no copy is left: rapport key begin-anew",
        ));
    }
    if !lost.is_empty() {
        return Ok(Finding::fault(
            "secrets",
            format!("{} secrets open with no key that is held ({}): they were sealed with a lost key, or changed", found.lost(), lost.join(", ")),
            "Make these secrets anew where they are set up, then remove the old ones; or restore a backup with its key",
        ));
    }
    if !names(State::Replaced).is_empty() {
        return Ok(Finding::warning("secrets", "a change of the master key was broken off; every secret can be read", "rapport key rotate finishes it"));
    }
    if let Some(left) = names(State::Retired).iter().find(|name| vault.is_some_and(|vault| vault.fingerprints().iter().any(|held| held == *name))) {
        return Ok(Finding::warning("secrets", format!("{left} is retired and still in master.key"), format!("rapport key retire {left}")));
    }
    let idle = match names(State::Idle).as_slice() {
        [] => String::new(),
        idle => format!("; {} only verify what they signed", idle.join(", ")),
    };
    Ok(Finding::ok("secrets", format!("each of {} secrets opens with the master key in use{idle}", found.opened())))
}
