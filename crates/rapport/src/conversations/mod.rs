//! Conversations: the heart. A conversation belongs to a customer, not to a channel.
//!
//! Words: *conversation* (status, assignee, team, priority, tags, scope), *message* (inbound, reply, note, system), `seq` (its
//! number in the conversation), `version` (raised by one in each change), `public_version` (what the customer may see of that),
//! *draft*, *view* (a list an agent works through), *part* (a conversation merged into another), *link*, *participant*, *mention*, *file* (an attachment).
//!
//! Offers: [`receive`] for channels, reply, note and change for agents, views with kept counts, live frames.
//! Announces: `conversations.received`, `.replied`, `.noted`, `.changed`, `.moved`, `.message_changed`, `.delivered`, `.team_read`; `.filed`, [`canned`], [`macros`], [`reasons`], [`saved_views`], [`sla`] and [`assignment`] their own.
//! Not here: how a message reached us or goes out (channels), the customer (people), what happened before (timeline).

pub mod actions;
mod announce;
pub mod assignment;
pub mod canned;
mod change;
mod drafts;
pub mod edits;
pub mod facts;
mod files;
mod fill;
mod frames;
pub mod http;
pub mod http_files;
mod join;
mod keep;
pub mod links;
pub mod macros;
pub mod merges;
mod model;
mod participants;
mod read;
pub mod reasons;
mod receive;
mod reply;
pub mod saved_views;
pub mod scheduled;
pub mod sharing;
pub mod sla;
mod store;
mod store_around;
mod store_counts;
mod store_drafts;
mod store_facts;
mod store_files;
mod store_messages;
mod store_public;
mod store_search;
mod store_sharing;
mod store_views;
mod views;
mod wake;

pub use announce::{Changed, FILED, KINDS};
pub use change::change;
pub use edits::Redacted;
pub use files::{File, forget_unused_files, keep_file, public_file};
pub use frames::{Frame, frames_of};
pub use join::{follow_contact, note_answer_time, part_contacts, place};
pub use model::{Attachment, Author, Conversation, ConversationChange, Delivery, Message, MessageKind, Mode, NewNote, NewReply, Priority, Status, Then};
pub use read::{Heard, receipt};
pub use receive::{Inbound, Joined, Received, joined_next, receive};
pub use reply::{note, reply};
pub use store_around::{
    conversations_of_visitor, current_of_visitor, expected_wait, joined_by, parts, scopes_of_contact, team_read_seq, visitors as visitors_of, visitors_told,
};
pub use store_counts::{rebuild as rebuild_counts, wrong as wrong_counts};
pub use store_messages::{Public, Stretch, public_at, public_changed, public_messages};
pub use store_public::{PublicConversation, conversation_of_visitor, parts_of_visitor, public_conversations};
pub use store_search::{
    FoundItem, FoundMessage, Searched, Standing, found_by_number, found_conversation, found_message, searched, searched_after, searched_in, standing,
};
pub use store_views::{Conversations, conversation, find_conversations};
pub use wake::wake;
