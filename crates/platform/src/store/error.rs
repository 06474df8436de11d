//! What can go wrong with the database, in words both engines share.

/// What can go wrong with the database, as far as a caller can act on it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The row is not there, or the viewer may not see it: the same.
    #[error("not found")]
    NotFound,
    /// Too much is waiting already; nothing was written, try again.
    #[error("the database is busy")]
    Busy,
    /// The store is shutting down; nothing was written.
    #[error("the store is closing")]
    Closed,
    /// The disk is full; nothing was written.
    #[error("the disk is full")]
    Full,
    /// A read took longer than its limit and was stopped.
    #[error("the question took too long")]
    TooSlow,
    /// The database server cannot be reached; nothing was written.
    #[error("the database server cannot be reached: {0}")]
    Unreachable(String),
    /// The connection broke while the transaction was being committed, or a full disk came between its flush and its end: it may be
    /// durable or not. Only a repetition under the same key finds out.
    #[error("the commit was broken off; whether it is durable is not known")]
    Unknown,
    /// An earlier statement of this transaction failed, so nothing of it may be kept.
    #[error("an earlier statement of this transaction failed")]
    Poisoned,
    /// The closure panicked; nothing of it was kept.
    #[error("the use case panicked")]
    Panicked,
    /// A statement and its parameters or columns do not fit: a fault in Rapport.
    #[error("{0}")]
    Binding(String),
    /// The schema on disk and the migrations of this binary do not fit.
    #[error("{0}")]
    Schema(String),
    /// The device failed: what was promised can no longer be kept, so the process ends rather than go on.
    #[error("the storage device failed: {0}")]
    Device(String),
    /// Anything else the engine says.
    #[error("{0}")]
    Engine(Failure),
}

/// What the engine said about a statement that failed.
#[derive(Debug, thiserror::Error)]
#[error("{text}")]
pub struct Failure {
    pub(super) kind: FailureKind,
    text: String,
}

/// As far as anybody acts on it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum FailureKind {
    /// A row with this key is there already.
    Duplicate,
    /// Another row still needs this one, or the row it points to is missing.
    Reference,
    /// Another transaction was in the way; the same closure may go through when it runs again.
    Race,
    /// The connection to the server is gone.
    Lost,
    /// Something else.
    Other,
}

/// The result of a statement.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// A row with this key is there already.
    pub fn is_duplicate(&self) -> bool {
        self.is(FailureKind::Duplicate)
    }

    /// Another row still needs this one, or the row it points to is missing.
    pub fn is_reference(&self) -> bool {
        self.is(FailureKind::Reference)
    }

    /// Another transaction was in the way, or the connection is gone. The store runs the closure again by itself, so nobody need act on it.
    pub fn is_passing(&self) -> bool {
        self.is(FailureKind::Race) || self.is(FailureKind::Lost)
    }

    pub(super) fn race() -> Error {
        Error::Engine(Failure { kind: FailureKind::Race, text: "another transaction was in the way".into() })
    }

    pub(super) fn duplicate() -> Error {
        Error::Engine(Failure { kind: FailureKind::Duplicate, text: "a row with this key is there already".into() })
    }

    pub(super) fn is(&self, kind: FailureKind) -> bool {
        matches!(self, Error::Engine(failure) if failure.kind == kind)
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Error {
        use rusqlite::{ErrorCode, ffi};
        let extended = match &error {
            rusqlite::Error::SqliteFailure(failure, _) => failure.extended_code,
            _ => 0,
        };
        let kind = match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => return Error::Full,
            Some(ErrorCode::OperationInterrupted) => return Error::TooSlow,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => return Error::Busy,
            Some(ErrorCode::SystemIoFailure | ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                return Error::Device(format!("{error} (SQLite {extended})"));
            }
            _ => match extended {
                ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY => FailureKind::Duplicate,
                ffi::SQLITE_CONSTRAINT_FOREIGNKEY => FailureKind::Reference,
                _ => FailureKind::Other,
            },
        };
        Error::Engine(Failure { kind, text: error.to_string() })
    }
}

impl From<postgres::Error> for Error {
    fn from(error: postgres::Error) -> Error {
        use postgres::error::SqlState;
        let text = error.as_db_error().map_or_else(|| chain(&error), |said| format!("{} ({})", said.message(), said.code().code()));
        let Some(code) = error.code() else {
            let kind = if error.is_closed() || is_transport(&error) { FailureKind::Lost } else { FailureKind::Other };
            return Error::Engine(Failure { kind, text });
        };
        let kind = match code.code() {
            // The classes of PostgreSQL's appendix A: 53 out of resources, 57P the server stops, 08 the connection.
            "53100" => return Error::Full,
            state if *code == SqlState::T_R_SERIALIZATION_FAILURE || *code == SqlState::T_R_DEADLOCK_DETECTED || state == "55P03" => FailureKind::Race,
            // Too many transactions overlap for the server to keep account of who read what; it has room again when some have ended.
            "53200" => FailureKind::Race,
            // Another node has changed a table since the statement was planned.
            "0A000" if text.contains("cached plan") => FailureKind::Race,
            _ if *code == SqlState::UNIQUE_VIOLATION => FailureKind::Duplicate,
            _ if *code == SqlState::FOREIGN_KEY_VIOLATION || *code == SqlState::RESTRICT_VIOLATION => FailureKind::Reference,
            _ if *code == SqlState::QUERY_CANCELED => return Error::TooSlow,
            state if state.starts_with("57P") || state.starts_with("08") || state == "25P03" => FailureKind::Lost,
            _ => FailureKind::Other,
        };
        Error::Engine(Failure { kind, text })
    }
}

/// Without a word from the server, what failed is the way to it.
fn is_transport(error: &postgres::Error) -> bool {
    std::iter::successors(std::error::Error::source(error), |cause| cause.source()).any(|cause| cause.is::<std::io::Error>())
}

fn chain(error: &dyn std::error::Error) -> String {
    let causes: Vec<String> = std::iter::successors(Some(error), |cause| cause.source()).map(ToString::to_string).collect();
    causes.join(": ")
}
