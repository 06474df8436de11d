//! `rapport key`.

use clap::Subcommand;
use platform::{
    config::Config,
    crypto::{self, State, Vault},
    store::{Options, Store},
};
use rapport::{
    desk::{Desk, MIGRATIONS},
    sealed,
};
use serde_json::json;

/// What can be done with the master keys.
#[derive(Subcommand)]
pub enum Key {
    /// Lists the keys with their state, and what the secrets in the database open with.
    List {
        /// For programs: one JSON object.
        #[arg(long)]
        json: bool,
    },
    /// Makes a new key and seals every secret with it, beside a running server. Finishes a change that was broken off.
    Rotate,
    /// Retires a key that seals nothing any more: chat sessions it signed begin anew.
    Retire {
        /// Its fingerprint.
        fingerprint: String,
    },
    /// For a key that is lost for good: makes a new one. Secrets sealed with the lost one can never be read again.
    BeginAnew {
        /// Says that this is meant.
        #[arg(long, required = true)]
        accept_loss: bool,
    },
}

impl Key {
    /// Does it.
    pub async fn run(self, config: Config) -> anyhow::Result<()> {
        match self {
            Key::List { json } => list(&crate::open(config).await?, json).await,
            Key::Rotate => rotate(&crate::open(config).await?).await,
            Key::Retire { fingerprint } => {
                let desk = crate::open(config).await?;
                let retired = crypto::retire(&desk.store, &desk.vault, sealed::ALL, &fingerprint).await.map_err(anyhow::Error::msg)?;
                println!("{} is retired; {} holds {}", retired.fingerprint, desk.vault.path().display(), retired.keys_left.join(", "));
                println!("Keep a copy of the old file as long as backups from before the change: they open with it alone.");
                Ok(())
            }
            Key::BeginAnew { .. } => {
                let options = Options { readers: 1, ..Options::of(config.database.clone()) };
                let store = Store::open(options, MIGRATIONS).map_err(|error| anyhow::anyhow!("the database {} cannot be opened: {error}", config.database))?;
                let path = config.data.join("master.key");
                let (vault, lost) = crypto::begin_anew(&store, &path, sealed::ALL).await.map_err(anyhow::Error::msg)?;
                println!("{}: the new master key {}. Copy it: rapport backup --key FILE", vault.path().display(), vault.fingerprint());
                println!(
                    "{lost} secrets were sealed with the lost one and cannot be read: make new signing keys for the inboxes. Every chat session begins anew."
                );
                Ok(())
            }
        }
    }
}

async fn list(desk: &Desk, as_json: bool) -> anyhow::Result<()> {
    let vault: &Vault = &desk.vault;
    let (known, held) = (desk.store.read(crypto::known).await?, vault.fingerprints());
    let found = crypto::survey(&desk.store, Some(vault), sealed::ALL).await?;
    if as_json {
        let keys: Vec<_> = known
            .iter()
            .map(|key| {
                let seals = found.opened.get(&key.fingerprint).copied().unwrap_or(0);
                json!({"fingerprint": key.fingerprint, "state": key.state, "since": key.since, "in_file": held.contains(&key.fingerprint), "seals": seals})
            })
            .collect();
        println!("{}", serde_json::to_string_pretty(&json!({"keys": keys, "unreadable": found.lost()}))?);
        return Ok(());
    }
    for key in &known {
        let seals = found.opened.get(&key.fingerprint).copied().unwrap_or(0);
        let file = if held.contains(&key.fingerprint) { "in the file" } else { "not in the file" };
        println!("{}\t{}\tsince {}\t{seals} secrets\t{file}", key.fingerprint, key.state.word(), key.since);
    }
    if known.iter().any(|key| key.state == State::Replaced) {
        eprintln!("rapport: a change of keys was broken off; rapport key rotate finishes it");
    }
    if found.lost() > 0 {
        eprintln!("rapport: {} secrets open with none of them; rapport doctor says which", found.lost());
    }
    Ok(())
}

async fn rotate(desk: &Desk) -> anyhow::Result<()> {
    let rotated = crypto::rotate(&desk.store, &desk.vault, sealed::ALL).await.map_err(anyhow::Error::msg)?;
    let what = if rotated.is_new { "is the new master key" } else { "is the master key; its change had been broken off and is finished" };
    println!("{} {what}. {} secrets were sealed anew, and each of {} was opened with it", rotated.active, rotated.resealed, rotated.survey.opened());
    if rotated.survey.lost() > 0 {
        eprintln!("rapport: {} secrets open with no key that is held, neither before nor now; rapport doctor says which", rotated.survey.lost());
    }
    println!("Copy the file again, beside the older copy: rapport backup --key FILE");
    for idle in &rotated.idle {
        println!("{idle} still verifies chat sessions that it signed. When they may end: rapport key retire {idle}");
    }
    Ok(())
}
