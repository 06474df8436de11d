//! Who is here, who is looking at what, who is typing. In memory only: it may lie for half a minute after a crash.
//!
//! Each node knows who is connected to it and tells the others ([`Here`]); questions are answered over all of them.

mod elsewhere;

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};

use elsewhere::Elsewhere;
pub use elsewhere::{Here, News};
use parking_lot::Mutex;
use platform::{clock::Moment, nodes::Nodes};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::ids::{AgentId, ContactId, ConversationId, VisitorId};

/// So many of each stand in one part of a statement: some tens of kilobytes.
const IN_A_PART: usize = 500;

/// Everybody connected.
pub struct Presence {
    own: Mutex<Own>,
    elsewhere: Mutex<Elsewhere>,
    available: AtomicBool,
    nodes: Nodes,
}

/// Those connected to this process.
#[derive(Default)]
struct Own {
    agents: HashMap<AgentId, u32>,
    visitors: HashMap<VisitorId, (u32, Option<ContactId>)>,
    contacts: HashMap<ContactId, u32>,
    looking: HashMap<u64, Looking>,
}

struct Looking {
    conversation: ConversationId,
    agent: AgentId,
    name: String,
    state: At,
}

/// What an agent does at a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum At {
    Viewing,
    Writing,
}

/// An agent at a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AtConversation {
    id: AgentId,
    name: String,
    state: At,
}

/// Counts one more; whether it is the first.
fn add<K: std::hash::Hash + Eq>(counts: &mut HashMap<K, u32>, key: K) -> bool {
    let n = counts.entry(key).or_default();
    *n += 1;
    *n == 1
}

/// Counts one less; whether it was the last.
fn remove<K: std::hash::Hash + Eq>(counts: &mut HashMap<K, u32>, key: &K) -> bool {
    let Some(n) = counts.get_mut(key) else { return false };
    *n -= 1;
    let is_last = *n == 0;
    if is_last {
        counts.remove(key);
    }
    is_last
}

impl Own {
    fn at(&self, conversation: ConversationId) -> Vec<AtConversation> {
        let mut found = Vec::new();
        for looking in self.looking.values().filter(|looking| looking.conversation == conversation) {
            join(&mut found, AtConversation { id: looking.agent, name: looking.name.clone(), state: looking.state });
        }
        found.sort_by_key(|at| at.id);
        found
    }
}

/// Each agent stands once; writing wins.
fn join(found: &mut Vec<AtConversation>, one: AtConversation) {
    match found.iter_mut().find(|at| at.id == one.id) {
        Some(at) if one.state == At::Writing => at.state = At::Writing,
        Some(_) => {}
        None => found.push(one),
    }
}

// What others must hear is said while the lock is held, so that they hear it in the order in which it happened.
impl Presence {
    /// Nobody is here; changes are told to `nodes`.
    pub fn told_to(nodes: Nodes) -> Presence {
        Presence { own: Mutex::default(), elsewhere: Mutex::default(), available: AtomicBool::new(false), nodes }
    }

    /// A console connected.
    pub fn agent_came(&self, id: AgentId) {
        let mut own = self.own.lock();
        if add(&mut own.agents, id) {
            self.nodes.say(&Here::Agent { id, online: true });
        }
    }

    /// A console left; the conversation it looked at.
    pub fn agent_left(&self, id: AgentId, connection: u64) -> Option<ConversationId> {
        let mut own = self.own.lock();
        if remove(&mut own.agents, &id) {
            self.nodes.say(&Here::Agent { id, online: false });
        }
        let left = own.looking.remove(&connection).map(|looking| looking.conversation);
        self.say_looking(&own, left);
        left
    }

    /// A chat connected.
    pub fn visitor_came(&self, id: VisitorId, contact: Option<ContactId>) {
        let mut own = self.own.lock();
        let entry = own.visitors.entry(id).or_default();
        entry.0 += 1;
        let contact = contact.or(entry.1);
        let known = std::mem::replace(&mut entry.1, contact);
        if let (None, Some(contact)) = (known, contact) {
            self.contact_came(&mut own, contact);
        }
    }

    /// A visitor turned out to be a contact. Their chat may be connected to another node than the one they wrote to.
    pub fn met(&self, visitor: VisitorId, contact: ContactId) {
        if self.met_here(visitor, contact) {
            self.nodes.say(&Here::Met { visitor, contact });
        }
    }

    /// Notes it for a chat that is connected here; whether others may not know it yet.
    fn met_here(&self, visitor: VisitorId, contact: ContactId) -> bool {
        let mut own = self.own.lock();
        let Some(entry) = own.visitors.get_mut(&visitor) else { return true };
        match entry.1.replace(contact) {
            Some(before) if before == contact => false,
            before => {
                self.contact_came(&mut own, contact);
                if let Some(before) = before {
                    self.contact_left(&mut own, before);
                }
                true
            }
        }
    }

    /// A chat left.
    pub fn visitor_left(&self, id: VisitorId) {
        let mut own = self.own.lock();
        let Some(entry) = own.visitors.get_mut(&id) else { return };
        entry.0 -= 1;
        if entry.0 == 0
            && let Some((_, Some(contact))) = own.visitors.remove(&id)
        {
            self.contact_left(&mut own, contact);
        }
    }

    fn contact_came(&self, own: &mut Own, id: ContactId) {
        if add(&mut own.contacts, id) {
            self.nodes.say(&Here::Contact { id, online: true });
        }
    }

    fn contact_left(&self, own: &mut Own, id: ContactId) {
        if remove(&mut own.contacts, &id) {
            self.nodes.say(&Here::Contact { id, online: false });
        }
    }

    fn say_looking(&self, own: &Own, conversation: Option<ConversationId>) {
        if let Some(conversation) = conversation.filter(|_| !self.nodes.is_alone()) {
            self.nodes.say(&Here::Looking { conversation, agents: own.at(conversation) });
        }
    }

    /// Whether a console of the agent is connected.
    pub fn is_agent_online(&self, id: AgentId) -> bool {
        self.own.lock().agents.contains_key(&id) || self.elsewhere.lock().has_agent(id)
    }

    /// Whether a chat of the contact is connected.
    pub fn is_contact_online(&self, id: ContactId) -> bool {
        self.own.lock().contacts.contains_key(&id) || self.elsewhere.lock().has_contact(id)
    }

    /// Whether somebody who takes work is here.
    pub fn is_anybody_available(&self) -> bool {
        self.available.load(Ordering::Relaxed)
    }

    /// Says whether somebody who takes work is here.
    pub fn set_available(&self, available: bool) {
        self.available.store(available, Ordering::Relaxed);
    }

    /// A connection looks at a conversation, or at none; the one it looked at before.
    pub fn looks_at(&self, connection: u64, agent: AgentId, name: &str, conversation: Option<ConversationId>) -> Option<ConversationId> {
        let mut own = self.own.lock();
        let before = match conversation {
            Some(conversation) => own.looking.insert(connection, Looking { conversation, agent, name: name.into(), state: At::Viewing }),
            None => own.looking.remove(&connection),
        };
        let before = before.map(|looking| looking.conversation);
        self.say_looking(&own, before.filter(|before| Some(*before) != conversation));
        self.say_looking(&own, conversation);
        before
    }

    /// A connection writes, or stops; whether that is news.
    pub fn writes(&self, connection: u64, conversation: ConversationId, on: bool) -> bool {
        let mut own = self.own.lock();
        let state = if on { At::Writing } else { At::Viewing };
        let is_news = match own.looking.get_mut(&connection) {
            Some(looking) if looking.conversation == conversation => std::mem::replace(&mut looking.state, state) != state,
            _ => false,
        };
        self.say_looking(&own, is_news.then_some(conversation));
        is_news
    }

    /// Who is at a conversation, each agent once.
    pub fn at(&self, conversation: ConversationId) -> Vec<AtConversation> {
        let mut found = self.own.lock().at(conversation);
        for one in self.elsewhere.lock().at(conversation) {
            join(&mut found, one.clone());
        }
        found.sort_by_key(|at| at.id);
        found
    }

    /// Tells the other nodes everything.
    pub fn state(&self) {
        let own = self.own.lock();
        let (mut agents, mut contacts) = (own.agents.keys().copied(), own.contacts.keys().copied());
        let mut conversations: Vec<ConversationId> = own.looking.values().map(|looking| looking.conversation).collect();
        conversations.sort_unstable();
        conversations.dedup();
        let mut looking = conversations.into_iter().map(|id| (id, own.at(id)));
        let parts = own.agents.len().max(own.contacts.len()).max(own.looking.len()).div_ceil(IN_A_PART).max(1);
        for part in 0..parts {
            self.nodes.say(&Here::Statement {
                part,
                last: part + 1 == parts,
                agents: agents.by_ref().take(IN_A_PART).collect(),
                contacts: contacts.by_ref().take(IN_A_PART).collect(),
                looking: looking.by_ref().take(IN_A_PART).collect(),
            });
        }
    }

    /// Hears another node.
    pub fn hear(&self, node: Uuid, word: Here, now: Moment) -> News {
        if let Here::Met { visitor, contact } = word {
            self.met_here(visitor, contact);
            return News::default();
        }
        self.elsewhere.lock().hear(node, word, now)
    }

    /// Forgets nodes that have said nothing for too long.
    pub fn forget_silent(&self, now: Moment) -> News {
        self.elsewhere.lock().forget_silent(now)
    }

    /// How many other nodes there are.
    pub fn other_nodes(&self) -> usize {
        self.elsewhere.lock().len()
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_contact_is_online_while_one_of_their_tabs_is() {
        let presence = Presence::told_to(Nodes::none());
        let (visitor, contact) = (VisitorId(Uuid::max()), ContactId(Uuid::max()));
        presence.visitor_came(visitor, None);
        presence.visitor_came(visitor, None);
        assert!(!presence.is_contact_online(contact));

        presence.met(visitor, contact);
        presence.visitor_left(visitor);
        assert!(presence.is_contact_online(contact));

        presence.visitor_left(visitor);
        assert!(!presence.is_contact_online(contact));
    }

    #[test]
    fn an_agent_with_two_tabs_stands_once_and_writing_wins() {
        let presence = Presence::told_to(Nodes::none());
        let (agent, conversation) = (AgentId(Uuid::max()), ConversationId(Uuid::max()));
        presence.looks_at(1, agent, "Sam", Some(conversation));
        presence.looks_at(2, agent, "Sam", Some(conversation));

        assert!(presence.writes(2, conversation, true));
        assert!(!presence.writes(2, conversation, true));

        assert_eq!(presence.at(conversation), [AtConversation { id: agent, name: "Sam".into(), state: At::Writing }]);
    }
}
