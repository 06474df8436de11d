//! What is wrong with an installation, and how to mend it.
//!
//! Each check looks at one thing and gives one [`Finding`]. Nothing is changed by looking. `machine.rs` looks at what lies under
//! Rapport (folder, key, disk, clock), `database.rs` at the database, `work.rs` at what should have been done by now, `secrets.rs` at
//! what is sealed, `files.rs`
//! at the uploads, `outside.rs` at the way from others to the server.

mod database;
mod files;
mod machine;
mod outside;
mod secrets;
mod work;

#[cfg(test)]
mod tests;

pub use database::{integrity, schema};
pub use files::uploads;
pub use machine::{clock, flush, folder, key, room};
pub use outside::{Outside, outside};
pub use secrets::secrets;
use serde::Serialize;
pub use work::{backups, jobs, log, reactions};

/// How bad it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// As it should be.
    Ok,
    /// It works, and will not always.
    Warning,
    /// Something is broken, or about to be.
    Fault,
}

impl Status {
    /// For a person.
    pub fn word(self) -> &'static str {
        match self {
            Status::Ok => "ok",
            Status::Warning => "warning",
            Status::Fault => "fault",
        }
    }
}

/// What one check found.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Finding {
    /// Which check: a word that stays the same.
    pub check: &'static str,
    /// How bad it is.
    pub status: Status,
    /// What was found, and what it means.
    pub says: String,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mend: Option<String>,
}

impl Finding {
    /// All is well.
    pub fn ok(check: &'static str, says: impl Into<String>) -> Finding {
        Finding { check, status: Status::Ok, says: says.into(), mend: None }
    }

    /// It works, and will not always.
    pub fn warning(check: &'static str, says: impl Into<String>, mend: impl Into<String>) -> Finding {
        Finding { check, status: Status::Warning, says: says.into(), mend: Some(mend.into()) }
    }

    /// Something is broken.
    pub fn fault(check: &'static str, says: impl Into<String>, mend: impl Into<String>) -> Finding {
        Finding { check, status: Status::Fault, says: says.into(), mend: Some(mend.into()) }
    }
}

/// The worst of some findings.
pub fn worst(findings: &[Finding]) -> Status {
    findings.iter().map(|finding| finding.status).max().unwrap_or(Status::Ok)
}

/// A time span as a person says it.
pub(crate) fn span(duration: std::time::Duration) -> String {
    let seconds = duration.as_secs();
    match seconds {
        0..=119 => format!("{seconds} s"),
        120..=7199 => format!("{} minutes", seconds / 60),
        7200..=172_799 => format!("{} hours", seconds / 3600),
        _ => format!("{} days", seconds / 86_400),
    }
}
