//! The desk: everything a use case may reach for.

use std::{os::unix::fs::DirBuilderExt, sync::Arc};

use platform::{
    blobs::Blobs,
    clock::Clock,
    config::Config,
    crypto::{self, Vault},
    live::Hub,
    nodes::Nodes,
    room::Room,
    sightings::Sightings,
    store::{Migration, Store, copy},
    telemetry::Metrics,
    web::limit::Limit,
};

use crate::{
    live::{Listener, Replays},
    people::MOST_PER_MINUTE,
    presence::Presence,
    sealed,
};

/// The schema, in order. A released step is never edited.
pub const MIGRATIONS: &[Migration] = &[
    Migration { name: "0001_platform.sql", sql: include_str!("../../../migrations/0001_platform.sql") },
    Migration { name: "0002_places.sql", sql: include_str!("../../../migrations/0002_places.sql") },
    Migration { name: "0003_people.sql", sql: include_str!("../../../migrations/0003_people.sql") },
    Migration { name: "0004_conversations.sql", sql: include_str!("../../../migrations/0004_conversations.sql") },
    Migration { name: "0005_webchat.sql", sql: include_str!("../../../migrations/0005_webchat.sql") },
    Migration { name: "0006_postgres.sql", sql: include_str!("../../../migrations/0006_postgres.sql") },
    Migration { name: "0007_backups.sql", sql: include_str!("../../../migrations/0007_backups.sql") },
    Migration { name: "0008_draft_files.sql", sql: include_str!("../../../migrations/0008_draft_files.sql") },
    Migration { name: "0009_open_conversations.sql", sql: include_str!("../../../migrations/0009_open_conversations.sql") },
    Migration { name: "0011_keys.sql", sql: include_str!("../../../migrations/0011_keys.sql") },
    Migration { name: "0012_features.sql", sql: include_str!("../../../migrations/0012_features.sql") },
    Migration { name: "0013_roles.sql", sql: include_str!("../../../migrations/0013_roles.sql") },
    Migration { name: "0014_tokens.sql", sql: include_str!("../../../migrations/0014_tokens.sql") },
    Migration { name: "0017_search.sql", sql: include_str!("../../../migrations/0017_search.sql") },
    Migration { name: "0019_canned_responses.sql", sql: include_str!("../../../migrations/0019_canned_responses.sql") },
    Migration { name: "0020_macros.sql", sql: include_str!("../../../migrations/0020_macros.sql") },
    Migration { name: "0021_contact_reasons.sql", sql: include_str!("../../../migrations/0021_contact_reasons.sql") },
    Migration { name: "0023_second_factor.sql", sql: include_str!("../../../migrations/0023_second_factor.sql") },
    Migration { name: "0024_attributes.sql", sql: include_str!("../../../migrations/0024_attributes.sql") },
    Migration { name: "0025_merges.sql", sql: include_str!("../../../migrations/0025_merges.sql") },
    Migration { name: "0026_companies.sql", sql: include_str!("../../../migrations/0026_companies.sql") },
    Migration { name: "0027_facts.sql", sql: include_str!("../../../migrations/0027_facts.sql") },
    Migration { name: "0030_merged_conversations.sql", sql: include_str!("../../../migrations/0030_merged_conversations.sql") },
    Migration { name: "0031_changed_messages.sql", sql: include_str!("../../../migrations/0031_changed_messages.sql") },
    Migration { name: "0032_team_mentions.sql", sql: include_str!("../../../migrations/0032_team_mentions.sql") },
    Migration { name: "0033_scheduled_replies.sql", sql: include_str!("../../../migrations/0033_scheduled_replies.sql") },
    Migration { name: "0037_business_hours.sql", sql: include_str!("../../../migrations/0037_business_hours.sql") },
    Migration { name: "0038_sla.sql", sql: include_str!("../../../migrations/0038_sla.sql") },
    Migration { name: "0039_assignment.sql", sql: include_str!("../../../migrations/0039_assignment.sql") },
    Migration { name: "0044_saved_views.sql", sql: include_str!("../../../migrations/0044_saved_views.sql") },
    Migration { name: "0045_audit.sql", sql: include_str!("../../../migrations/0045_audit.sql") },
    Migration { name: "0046_automation.sql", sql: include_str!("../../../migrations/0046_automation.sql") },
    Migration { name: "0047_automation_clocks.sql", sql: include_str!("../../../migrations/0047_automation_clocks.sql") },
    Migration { name: "0051_contact_imports.sql", sql: include_str!("../../../migrations/0051_contact_imports.sql") },
    Migration { name: "0054_answers_in_order.sql", sql: include_str!("../../../migrations/0054_answers_in_order.sql") },
];

/// A file of the console or the widget.
#[derive(Clone)]
pub struct Asset {
    /// Its bytes.
    pub bytes: bytes::Bytes,
    /// Names its content, for caches.
    pub tag: String,
    /// The same, gzipped, when that is smaller.
    pub gzip: Option<bytes::Bytes>,
}

/// Gives the built file at a path such as `console/index.html`.
pub type Assets = fn(&str) -> Option<Asset>;

/// Budgets of whoever may call without being known.
pub struct Limits {
    /// Sign-ins by address.
    pub sign_in: Limit,
    /// Sign-ins by account.
    pub account: Limit,
    /// Codes of a second factor, by agent: a million of them would be tried otherwise.
    pub codes: Limit,
    /// Links tried, by address.
    pub links: Limit,
    /// Chat sessions opened, by address.
    pub sessions: Limit,
    /// Messages, by visitor.
    pub messages: Limit,
    /// Uploads, by visitor.
    pub uploads: Limit,
    /// Requests of API tokens, by token; one that may ask less each minute pays more for each.
    pub tokens: Limit,
}

impl Limits {
    fn new(on: bool) -> Limits {
        use std::time::Duration;
        let minutes = |n: u64| Duration::from_secs(60 * n);
        Limits {
            sign_in: Limit::new(30, minutes(10), on),
            account: Limit::new(10, minutes(10), on),
            codes: Limit::new(10, minutes(15), on),
            links: Limit::new(30, minutes(10), on),
            sessions: Limit::new(120, minutes(1), on),
            messages: Limit::new(120, minutes(1), on),
            uploads: Limit::new(30, minutes(1), on),
            tokens: Limit::new(u32::try_from(MOST_PER_MINUTE).unwrap_or(u32::MAX), minutes(1), on),
        }
    }

    /// Forgets idle keys.
    pub fn tidy(&self) {
        for limit in [&self.sign_in, &self.account, &self.codes, &self.links, &self.sessions, &self.messages, &self.uploads, &self.tokens] {
            limit.tidy();
        }
    }
}

/// Everything a use case may reach for. Clones share it.
#[derive(Clone)]
pub struct Desk(Arc<Inner>);

/// What the desk holds.
pub struct Inner {
    /// The database.
    pub store: Store,
    /// The files.
    pub blobs: Blobs,
    /// How much room is left for both.
    pub room: Room,
    /// Page views and the like.
    pub sightings: Sightings,
    /// The master keys.
    pub vault: Vault,
    /// The settings.
    pub config: Config,
    /// Open connections.
    pub hub: Arc<Hub<Listener>>,
    /// Agents who come back and are told what they missed.
    pub replays: Replays,
    /// Who is here, who is typing.
    pub presence: Presence,
    /// The other nodes of this installation.
    pub nodes: Nodes,
    /// Known sessions and tokens, for a second.
    pub access: crate::gate::AccessCache,
    /// Rate limits.
    pub limits: Limits,
    /// The built console and widget.
    pub assets: Assets,
    /// Metrics.
    pub metrics: Metrics,
    /// Becomes true when the process is about to stop.
    pub stopping: tokio::sync::watch::Sender<bool>,
}

impl std::ops::Deref for Desk {
    type Target = Inner;
    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl Desk {
    /// Puts the parts together.
    pub fn new(store: Store, blobs: Blobs, vault: Vault, config: Config, assets: Assets, metrics: Metrics) -> Desk {
        let nodes = Nodes::behind(config.nats.clone(), &vault, store.chance());
        Desk(Arc::new(Inner {
            limits: Limits::new(config.rate_limits),
            room: Room::of(&config.data, &config.database),
            store,
            blobs,
            sightings: Sightings::default(),
            vault,
            config,
            hub: Arc::new(Hub::default()),
            replays: Replays::default(),
            presence: Presence::told_to(nodes.clone()),
            nodes,
            access: crate::gate::AccessCache::default(),
            assets,
            metrics,
            stopping: tokio::sync::watch::channel(false).0,
        }))
    }

    /// Opens database, files and master key in the data folder of `config`.
    pub async fn open(config: Config, assets: Assets, metrics: Metrics) -> Result<Desk, String> {
        Desk::open_at(config, Clock::Real, assets, metrics).await
    }

    /// As [`Desk::open`], by another clock: a made-up company has a past.
    pub async fn open_at(config: Config, clock: Clock, assets: Assets, metrics: Metrics) -> Result<Desk, String> {
        let told = |what: &str, error: &dyn std::fmt::Display| format!("{what}: {error}");
        // What customers write is nobody's business on this machine but the server's.
        let made = std::fs::DirBuilder::new().recursive(true).mode(0o700).create(&config.data);
        made.map_err(|error| told(&format!("the data folder {} cannot be made", config.data.display()), &error))?;
        let options = platform::store::Options { clock, ..platform::store::Options::of(config.database.clone()) };
        let store = Store::open(options, MIGRATIONS).map_err(|error| told(&format!("the database {} cannot be opened", config.database), &error))?;
        Desk::open_on(store, config, assets, metrics).await
    }

    /// Opens files and master key beside a database that is open already.
    pub async fn open_on(store: Store, config: Config, assets: Assets, metrics: Metrics) -> Result<Desk, String> {
        let told = |what: &str, error: &dyn std::fmt::Display| format!("{what}: {error}");
        // Half of a copy has no key of its own yet, and must not get one.
        copy::refuse_unfinished(&store).await.map_err(|error| error.to_string())?;
        let vault = crypto::open(&store, &config.data.join("master.key"), sealed::ALL).await?;
        let blobs = config.files.open(&config.data).map_err(|error| told("the place of uploads cannot be used", &error))?;
        Ok(Desk::new(store, blobs, vault, config, assets, metrics))
    }
}
