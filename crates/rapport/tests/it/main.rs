//! Rapport through its doors: one binary, a module for each part, and the guards that watch the whole.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod assignment;
mod attributes;
mod audit;
mod backup;
mod browser;
mod canned;
mod chat;
mod chat_home;
mod companies;
mod conversations;
mod edits;
mod engines;
mod events;
mod export;
mod facts;
mod features;
mod files;
mod guards;
mod identity;
mod kept_counts;
mod keys;
mod lifetimes;
mod links;
mod live;
mod macros;
mod matrix;
mod merges;
mod merging;
mod nodes;
mod participants;
mod peers;
mod people;
mod places;
mod reasons;
mod rights;
mod roles;
mod saved_views;
mod scheduled;
mod search;
mod second_factor;
mod sla;
mod sockets;
mod timeline;
mod tokens;
