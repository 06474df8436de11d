//! What every part of Rapport stands on; it has never heard of a customer.
//!
//! | module | gives |
//! | --- | --- |
//! | [`clock`], [`ids`] | time and randomness, the two edges a test must be able to hold still |
//! | [`store`] | the database: group commit, migrations, one SQL text for both engines |
//! | [`events`], [`positions`], [`dispatch`] | the append-only log, and who reacts to it, exactly once |
//! | [`follow`] | work that goes by position beside the log |
//! | [`jobs`] | work for later, claimed by lease and fencing number |
//! | [`nodes`] | the other nodes of an installation, through NATS |
//! | [`live`] | connections that hear of a change as it happens |
//! | [`web`] | routes with permissions, problems, idempotency, limits, the API document |
//! | [`blobs`] | content-addressed files |
//! | [`room`] | what is still accepted when the disk is nearly full |
//! | [`backup`] | everything in one file beside a running server, and back again |
//! | [`crypto`] | passwords, tokens, sealed columns |
//! | [`doctor`] | what is wrong with an installation, and how to mend it |
//! | [`i18n`], [`config`], [`telemetry`] | languages, settings, logs and metrics |

pub mod backup;
pub mod blobs;
pub mod clock;
pub mod config;
pub mod crypto;
pub mod dispatch;
pub mod doctor;
pub mod events;
pub mod follow;
pub mod i18n;
pub mod ids;
pub mod jobs;
pub mod live;
pub mod nodes;
pub mod positions;
pub mod room;
pub mod sightings;
pub mod store;
pub mod telemetry;
mod tls;
pub mod web;
