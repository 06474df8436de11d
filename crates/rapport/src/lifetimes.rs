//! Every table on one page: whose it is, what becomes of its rows when a contact is erased, and how long they stay.
//!
//! It stands here and not beside each CREATE TABLE because a released step of the schema is never edited, comments included. A test
//! refuses a table without a line, an owner that does not write it, a column that is not there, and a time that no job keeps.

use Erased::{Expires, Followed, IdsAlone, NothingOfContacts, OfContact, Unnamed, With};
use Kept::{Always, For, UntilDone, UntilRemoved};

/// What becomes of a table's rows when a contact is erased.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Erased {
    /// Stay: nothing of a contact is in them.
    NothingOfContacts,
    /// Stay: ids, words of ours and figures, which say nothing once what they name is gone.
    IdsAlone,
    /// Go: one of these columns names the contact.
    OfContact(&'static [&'static str]),
    /// Go with the row of that table which this column names.
    With(&'static str, &'static str),
    /// Go when no row of that table names them any more.
    Unnamed(&'static str),
    /// What holds words of it goes: search follows the messages that are gone.
    Followed,
    /// Go by themselves within days, sooner than an erasure has to be done.
    Expires,
}

/// How long a table's rows stay.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kept {
    /// As long as the installation.
    Always,
    /// Until a person removes them, or what they belong to.
    UntilRemoved,
    /// Until the work is done; that module takes them away.
    UntilDone(&'static str),
    /// For this time; then that job of `schedule.rs` takes them away.
    For(&'static str, &'static str),
}

/// A table's line.
#[derive(Clone, Copy, Debug)]
pub struct Lifetime {
    /// The table.
    pub table: &'static str,
    /// The part that writes it, `features` or `platform`.
    pub owner: &'static str,
    /// When a contact is erased.
    pub erased: Erased,
    /// How long.
    pub kept: Kept,
}

const fn of(table: &'static str, owner: &'static str, erased: Erased, kept: Kept) -> Lifetime {
    Lifetime { table, owner, erased, kept }
}

const CONVERSATION: Erased = With("conversation_id", "conversation");
const CONTACT: Erased = OfContact(&["contact_id"]);

/// Every table.
pub const LIFETIMES: &[Lifetime] = &[
    of("event", "platform", IdsAlone, Always),
    of("event_reader", "platform", NothingOfContacts, Always),
    of("reaction_retry", "platform", IdsAlone, UntilDone("dispatch")),
    of("job", "platform", IdsAlone, UntilDone("jobs")),
    // Answers may hold what was written.
    of("idempotency", "platform", Expires, For("48 hours", "forget_old_answers")),
    of("blob", "platform", Unnamed("blob_reference"), For("a day after nothing refers to it", "forget_unused_files")),
    of("blob_reference", "platform", With("owner_id", "file"), For("as its file or import", "forget_unused_files")),
    of("sighting", "platform", With("who", "webchat_session"), For("90 days", "forget_old_sightings")),
    of("counter", "platform", NothingOfContacts, Always),
    // One small row for each backup.
    of("backup", "platform", NothingOfContacts, Always),
    of("master_key", "platform", NothingOfContacts, Always),
    of("company", "places", NothingOfContacts, Always),
    of("brand", "places", NothingOfContacts, UntilRemoved),
    of("location", "places", NothingOfContacts, UntilRemoved),
    of("location_ancestor", "places", NothingOfContacts, UntilRemoved),
    // Agents are disabled, not deleted: what they wrote keeps its author.
    of("agent", "people", NothingOfContacts, UntilRemoved),
    of("agent_grant", "people", NothingOfContacts, UntilRemoved),
    of("role", "people", NothingOfContacts, UntilRemoved),
    of("team", "people", NothingOfContacts, UntilRemoved),
    of("team_member", "people", NothingOfContacts, UntilRemoved),
    of("agent_session", "people", NothingOfContacts, For("session_days after it was last used", "forget_old_sessions")),
    of("agent_link", "people", NothingOfContacts, For("session_days after it expired", "forget_old_sessions")),
    of("second_factor", "people", NothingOfContacts, UntilRemoved),
    of("recovery_code", "people", NothingOfContacts, UntilRemoved),
    of("api_token", "people", NothingOfContacts, For("session_days after it was revoked or expired", "forget_old_sessions")),
    of("audit_entry", "audit", NothingOfContacts, Always),
    of("feature", "features", NothingOfContacts, UntilRemoved),
    of("attribute", "attributes", NothingOfContacts, UntilRemoved),
    of("contact_attribute", "attributes", CONTACT, UntilRemoved),
    of("conversation_attribute", "attributes", CONVERSATION, UntilRemoved),
    of("contact", "people", OfContact(&["id", "merged_into"]), UntilRemoved),
    of("contact_identity", "people", CONTACT, UntilRemoved),
    of("contact_note", "people", CONTACT, UntilRemoved),
    of("contact_fact", "people", CONTACT, UntilRemoved),
    // Companies are no persons; their note is about them.
    of("contact_company", "people", NothingOfContacts, UntilRemoved),
    of("contact_company_domain", "people", NothingOfContacts, UntilRemoved),
    // Files and what they changed hold what was known of people.
    of("contact_import", "people", Expires, For("30 days after its end", "forget_unused_files")),
    of("contact_import_row", "people", Expires, For("as its import", "forget_unused_files")),
    of("contact_import_company", "people", NothingOfContacts, For("as its import", "forget_unused_files")),
    of("contact_merge", "people", OfContact(&["from_id", "into_id"]), UntilRemoved),
    of("contact_merge_row", "people", With("merge_id", "contact_merge"), UntilRemoved),
    of("contact_distinct", "people", OfContact(&["contact_id", "other_id"]), UntilRemoved),
    of("inbox", "channels", NothingOfContacts, UntilRemoved),
    of("inbox_signing_key", "channels", NothingOfContacts, UntilRemoved),
    of("conversation", "conversations", CONTACT, UntilRemoved),
    of("message", "conversations", CONVERSATION, UntilRemoved),
    of("message_edit", "conversations", With("message_id", "message"), UntilRemoved),
    of("conversation_visitor", "conversations", CONVERSATION, UntilRemoved),
    of("mention", "conversations", CONVERSATION, UntilRemoved),
    of("team_mention", "conversations", With("message_id", "message"), UntilRemoved),
    of("scheduled_reply", "conversations", CONVERSATION, UntilRemoved),
    of("conversation_merge", "conversations", With("merged_id", "conversation"), UntilRemoved),
    of("conversation_link", "conversations", With("from_id", "conversation"), UntilRemoved),
    of("conversation_participant", "conversations", CONVERSATION, UntilRemoved),
    of("conversation_read", "conversations", CONVERSATION, UntilRemoved),
    of("draft", "conversations", CONVERSATION, UntilRemoved),
    of("draft_file", "conversations", CONVERSATION, UntilRemoved),
    of("conversation_count", "conversations", NothingOfContacts, Always),
    of("file", "conversations", With("message_id", "message"), For("a day, unless it is sent, drafted or a logo", "forget_unused_files")),
    of("answer_time", "conversations", CONVERSATION, UntilRemoved),
    of("canned_response", "conversations", NothingOfContacts, UntilRemoved),
    of("canned_response_use", "conversations", NothingOfContacts, UntilRemoved),
    of("macro", "conversations", NothingOfContacts, UntilRemoved),
    of("macro_use", "conversations", NothingOfContacts, UntilRemoved),
    of("sla_policy", "conversations", NothingOfContacts, UntilRemoved),
    of("sla_clock", "conversations", CONVERSATION, UntilRemoved),
    of("team_assignment", "conversations", NothingOfContacts, UntilRemoved),
    of("agent_turn", "conversations", NothingOfContacts, UntilRemoved),
    of("agent_profile", "conversations", NothingOfContacts, UntilRemoved),
    of("assignment_setting", "conversations", NothingOfContacts, Always),
    of("agent_load", "conversations", NothingOfContacts, Always),
    of("queue_time", "conversations", CONVERSATION, UntilRemoved),
    of("contact_reason", "conversations", NothingOfContacts, UntilRemoved),
    of("saved_view", "conversations", NothingOfContacts, UntilRemoved),
    of("saved_view_entry", "conversations", CONVERSATION, UntilRemoved),
    of("saved_view_count", "conversations", NothingOfContacts, UntilRemoved),
    of("saved_view_progress", "conversations", NothingOfContacts, Always),
    of("automation_rule", "automation", NothingOfContacts, UntilRemoved),
    of("automation_run", "automation", CONVERSATION, For("90 days", "forget_old_runs")),
    of("automation_progress", "automation", NothingOfContacts, Always),
    of("webchat_session", "channels", CONTACT, UntilRemoved),
    of("webchat_revoked", "channels", Expires, For("until the identity would have expired", "forget_old_sessions")),
    of("search_index", "search", NothingOfContacts, Always),
    of("search_document", "search", With("conversation_id", "conversation"), UntilDone("search")),
    of("search_conversation", "search", With("conversation_id", "conversation"), UntilDone("search")),
    of("search_mark", "search", Followed, UntilDone("search")),
    of("search_segment", "search", NothingOfContacts, UntilDone("search")),
    of("search_page", "search", Followed, UntilDone("search")),
    of("timeline_entry", "timeline", CONTACT, UntilRemoved),
];
