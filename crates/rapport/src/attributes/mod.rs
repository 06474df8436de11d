//! Attributes: what a company keeps of its contacts and conversations beside what Rapport knows of them.
//!
//! Words: *attribute* (a definition: key, names, kind), *value* (what an owner has under the key), *owner* (a contact or a conversation),
//! *choice* (what one may choose, by its key), *required* (a conversation is not resolved without it), *archived* (no longer filled in).
//!
//! **Where values are.** Shown and changed they stand as JSON in the row of their owner: `contact.attributes`, `conversation.attributes`
//! ([`Values`], by key), so that no list asks another table. Found they are by rows of `contact_attribute (contact_id, attribute_id, place,
//! text_key, number)` and `conversation_attribute (conversation_id, ...)`, indexed by `(attribute_id, text_key, owner)` and
//! `(attribute_id, number, owner)`; whoever saves the JSON calls [`find_contact_by`] or [`find_conversation_by`] in the same transaction.
//!
//! | kind | in the JSON | `text_key` | `number` |
//! | --- | --- | --- | --- |
//! | text, link | a text | [`text_key`] of it | |
//! | number | a number | | [`ten_thousandths`] of it |
//! | boolean | true or false | | 1 or 0 |
//! | date | `2026-11-27` | the same, so that `<` and `>` compare days | |
//! | choice | the choice's key | the same | |
//! | choices | a list of keys | one row for each key | |
//!
//! A filter asks `EXISTS (SELECT 1 FROM conversation_attribute v WHERE v.attribute_id = $n AND v.conversation_id = c.id AND v.text_key = $m)`;
//! an owner without a value has no row.
//!
//! Offers: [`definitions`], [`changed`], [`missing`], and the two that find.
//! Announces: `attributes.attribute_changed`.
//! Not here: whoever has values (people, conversations).

pub mod http;
mod keep;
mod model;
mod store;
mod values;

pub use model::{Attribute, AttributeKind, AttributeOf, Choice, Values};
pub use store::definitions;
pub use values::{changed, find_contact_by, find_conversation_by, missing, ten_thousandths, text_key};
