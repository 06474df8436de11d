//! Imports as they are shown and kept.

use platform::{clock::Moment, word_enum};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ids::{AgentId, ContactId, ImportId};

word_enum! {
    /// How letters are written in a file.
    FileEncoding {
        /// Of every language.
        Utf8 = "utf-8",
        /// As some programs export it.
        Utf16Le = "utf-16le",
        /// The same with its bytes the other way round.
        Utf16Be = "utf-16be",
        /// Western Europe.
        Western = "windows-1252",
        /// Central Europe.
        Central = "windows-1250",
        /// Cyrillic.
        Cyrillic = "windows-1251",
    }
}

word_enum! {
    /// What stands between cells.
    FileDelimiter {
        /// `,`
        Comma = "comma",
        /// `;`
        Semicolon = "semicolon",
        /// A tab.
        Tab = "tab",
    }
}

impl FileDelimiter {
    /// As a byte.
    pub(super) fn byte(self) -> u8 {
        match self {
            FileDelimiter::Comma => b',',
            FileDelimiter::Semicolon => b';',
            FileDelimiter::Tab => b'\t',
        }
    }

    pub(super) fn of(byte: u8) -> FileDelimiter {
        match byte {
            b';' => FileDelimiter::Semicolon,
            b'\t' => FileDelimiter::Tab,
            _ => FileDelimiter::Comma,
        }
    }
}

word_enum! {
    /// What to do with contacts that are there already.
    ExistingContacts {
        /// What the file says replaces what was known; an empty cell empties nothing.
        Update = "update",
        /// Only what is not known is filled in.
        Fill = "fill",
        /// They stay as they are.
        Leave = "leave",
    }
}

word_enum! {
    /// How far an import is.
    ImportState {
        /// Its columns are being chosen.
        Draft = "draft",
        /// Its rows are being written.
        Running = "running",
        /// Every row was looked at.
        Done = "done",
        /// Somebody stopped it; what was written stays.
        Stopped = "stopped",
        /// Its file cannot be read any more.
        Failed = "failed",
        /// It is being taken back.
        Undoing = "undoing",
        /// It was taken back.
        Undone = "undone",
    }
}

word_enum! {
    /// What becomes of a row.
    RowOutcome {
        /// A new contact.
        Created = "created",
        /// A contact says something else now.
        Updated = "updated",
        /// A contact was as the row says, or is to be left.
        Unchanged = "unchanged",
        /// It has a mistake.
        Refused = "refused",
    }
}

/// A column of the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ImportColumn {
    /// Its heading.
    pub name: String,
    /// What stands in it, some of it.
    pub samples: Vec<String>,
    /// What it means: `name`, `first_name`, `last_name`, `email`, `phone`, `external_id`, `language`, `time_zone`, `country`, `company`,
    /// `note` or `attribute.KEY`; null to leave it out.
    pub field: Option<String>,
}

/// How a file is to be read, and what to do with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ImportSettings {
    /// How its letters are written.
    pub encoding: FileEncoding,
    /// What stands between its cells.
    pub delimiter: FileDelimiter,
    /// What to do with contacts that are there.
    pub existing: ExistingContacts,
    /// The country of phone numbers that are written without one, e.g. `PT`.
    pub phone_country: Option<String>,
    /// Its columns, from the left. Empty in lists.
    pub columns: Vec<ImportColumn>,
}

/// Contacts from a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ContactImport {
    /// Names it.
    pub id: ImportId,
    /// The name of the file.
    pub name: String,
    /// Its length.
    pub size_bytes: i64,
    /// Who brought it.
    pub agent_id: AgentId,
    /// Their name.
    pub agent_name: String,
    /// How far it is.
    pub state: ImportState,
    /// How it is read.
    pub settings: ImportSettings,
    /// Rows of the file, without its heading.
    pub rows: i64,
    /// Rows that were looked at.
    pub done: i64,
    /// New contacts.
    pub created: i64,
    /// Rows that changed a contact.
    pub updated: i64,
    /// Rows that changed nothing.
    pub unchanged: i64,
    /// Rows with a mistake.
    pub refused: i64,
    /// Rows that were taken back.
    pub taken_back: i64,
    /// Rows that could not be taken back, or not whole.
    pub kept: i64,
    /// Why it failed.
    pub problem: Option<String>,
    /// When the file was uploaded.
    pub created_at: Moment,
    /// When it was started.
    pub started_at: Option<Moment>,
    /// When it came to its end, or was taken back.
    pub ended_at: Option<Moment>,
    /// Raised by one in each change.
    pub version: i64,
}

/// A change of an import before it starts; what is left out stays.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ImportChange {
    /// How its letters are written; columns are guessed anew.
    pub encoding: Option<FileEncoding>,
    /// What stands between its cells; columns are guessed anew.
    pub delimiter: Option<FileDelimiter>,
    /// What to do with contacts that are there.
    pub existing: Option<ExistingContacts>,
    /// The country of phone numbers that are written without one.
    #[serde(deserialize_with = "crate::nullable::read")]
    #[schema(value_type = Option<String>)]
    pub phone_country: Option<Option<String>>,
    /// What each column means, from the left; null to leave one out.
    pub fields: Option<Vec<Option<String>>>,
}

/// What one row would do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PreviewRow {
    /// Its line in the file.
    pub line: i64,
    /// What becomes of it.
    pub outcome: RowOutcome,
    /// The contact that is meant, when there is one.
    pub contact_id: Option<ContactId>,
    /// The earlier line that is about the same contact.
    pub same_as_line: Option<i64>,
    /// What is wrong with it, and how to mend it.
    pub problem: Option<String>,
    /// The contact as it would be.
    pub contact: PreviewContact,
}

/// A contact as it would be.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PreviewContact {
    /// The name.
    pub name: Option<String>,
    /// E-mail addresses.
    pub emails: Vec<String>,
    /// Phone numbers.
    pub phones: Vec<String>,
    /// Ids in the company's own systems.
    pub external_ids: Vec<String>,
    /// The language.
    pub language: Option<String>,
    /// The time zone.
    pub time_zone: Option<String>,
    /// The country.
    pub country: Option<String>,
    /// The company's name.
    pub company: Option<String>,
    /// Whether that company is new.
    pub company_is_new: bool,
    /// Notes that would be written.
    pub notes: Vec<String>,
    /// What the company keeps of them.
    #[schema(value_type = Object)]
    pub attributes: crate::attributes::Values,
}

word_enum! {
    /// Why a row could not be taken back, or not whole.
    KeptBecause {
        /// The contact has conversations or came to a chat.
        Talked = "talked",
        /// Somebody has changed the contact since, or written on it.
        Changed = "changed",
        /// It was merged with another.
        Merged = "merged",
        /// It is gone.
        Gone = "gone",
    }
}

/// A contact that an undo left, or left a part of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct KeptRow {
    /// Its line in the file.
    pub line: i64,
    /// The contact; none when whoever asks may not see it.
    pub contact_id: Option<ContactId>,
    /// The name.
    pub name: Option<String>,
    /// Why.
    pub because: KeptBecause,
}
