//! Drives the real `rapport` binary from outside, as a black box on loopback.
//!
//! `product` starts and stops the server (only processes started here, by their id), `http` and `socket`
//! speak to it with as little processor time as possible, `figures` turns latencies into medians and
//! percentiles, `report` prints them beside the machine they were measured on. The commands themselves
//! (`intake`, `rules`, `relay`, `assignment`, `pages`, `start`) each measure a floor in the same run, so that a slow disk or a
//! busy machine moves both sides of a ratio.

pub mod assignment;
pub mod figures;
pub mod http;
pub mod intake;
pub mod intake_floor;
pub mod intake_load;
pub mod machine;
pub mod metronome;
pub mod pages;
pub mod product;
pub mod relay;
pub mod relay_floor;
pub mod report;
pub mod rules;
pub mod search;
pub mod seed;
pub mod socket;
pub mod start;
pub mod template;
