//! Who is here, who is looking at what, who is typing. In memory only: it may lie for half a minute after a crash.

use std::collections::HashMap;

use parking_lot::Mutex;
use serde::Serialize;

use crate::ids::{AgentId, ContactId, ConversationId, VisitorId};

/// Everybody connected to this process.
#[derive(Default)]
pub struct Presence(Mutex<Here>);

#[derive(Default)]
struct Here {
    agents: HashMap<AgentId, u32>,
    visitors: HashMap<VisitorId, (u32, Option<ContactId>)>,
    contacts: HashMap<ContactId, u32>,
    looking: HashMap<u64, Looking>,
    available: bool,
}

struct Looking {
    conversation: ConversationId,
    agent: AgentId,
    name: String,
    writing: bool,
}

/// An agent at a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AtConversation {
    id: AgentId,
    name: String,
    state: &'static str,
}

fn add<K: std::hash::Hash + Eq>(counts: &mut HashMap<K, u32>, key: K) {
    *counts.entry(key).or_default() += 1;
}

fn remove<K: std::hash::Hash + Eq>(counts: &mut HashMap<K, u32>, key: &K) {
    if let Some(n) = counts.get_mut(key) {
        *n -= 1;
        if *n == 0 {
            counts.remove(key);
        }
    }
}

impl Presence {
    /// A console connected.
    pub fn agent_came(&self, id: AgentId) {
        add(&mut self.0.lock().agents, id);
    }

    /// A console left; the conversation it looked at.
    pub fn agent_left(&self, id: AgentId, connection: u64) -> Option<ConversationId> {
        let mut here = self.0.lock();
        remove(&mut here.agents, &id);
        here.looking.remove(&connection).map(|looking| looking.conversation)
    }

    /// A chat connected.
    pub fn visitor_came(&self, id: VisitorId, contact: Option<ContactId>) {
        let mut here = self.0.lock();
        let entry = here.visitors.entry(id).or_default();
        entry.0 += 1;
        let contact = contact.or(entry.1);
        let known = std::mem::replace(&mut entry.1, contact);
        if let (None, Some(contact)) = (known, contact) {
            add(&mut here.contacts, contact);
        }
    }

    /// A connected visitor turned out to be a contact.
    pub fn met(&self, id: VisitorId, contact: ContactId) {
        let mut here = self.0.lock();
        let Some(entry) = here.visitors.get_mut(&id) else { return };
        match entry.1.replace(contact) {
            Some(before) if before == contact => {}
            before => {
                add(&mut here.contacts, contact);
                if let Some(before) = before {
                    remove(&mut here.contacts, &before);
                }
            }
        }
    }

    /// A chat left.
    pub fn visitor_left(&self, id: VisitorId) {
        let mut here = self.0.lock();
        let Some(entry) = here.visitors.get_mut(&id) else { return };
        entry.0 -= 1;
        if entry.0 == 0
            && let Some((_, Some(contact))) = here.visitors.remove(&id)
        {
            remove(&mut here.contacts, &contact);
        }
    }

    /// Whether a console of the agent is connected.
    pub fn is_agent_online(&self, id: AgentId) -> bool {
        self.0.lock().agents.contains_key(&id)
    }

    /// Agents with a connected console.
    pub fn agents_online(&self) -> Vec<AgentId> {
        self.0.lock().agents.keys().copied().collect()
    }

    /// Whether a chat of the contact is connected.
    pub fn is_contact_online(&self, id: ContactId) -> bool {
        self.0.lock().contacts.contains_key(&id)
    }

    /// Whether somebody who takes work is here.
    pub fn is_anybody_available(&self) -> bool {
        self.0.lock().available
    }

    /// Says whether somebody who takes work is here.
    pub fn set_available(&self, available: bool) {
        self.0.lock().available = available;
    }

    /// A connection looks at a conversation, or at none; the one it looked at before.
    pub fn looks_at(&self, connection: u64, agent: AgentId, name: &str, conversation: Option<ConversationId>) -> Option<ConversationId> {
        let mut here = self.0.lock();
        let before = match conversation {
            Some(conversation) => here.looking.insert(connection, Looking { conversation, agent, name: name.into(), writing: false }),
            None => here.looking.remove(&connection),
        };
        before.map(|looking| looking.conversation)
    }

    /// A connection writes, or stops; whether that is news.
    pub fn writes(&self, connection: u64, conversation: ConversationId, on: bool) -> bool {
        let mut here = self.0.lock();
        match here.looking.get_mut(&connection) {
            Some(looking) if looking.conversation == conversation => std::mem::replace(&mut looking.writing, on) != on,
            _ => false,
        }
    }

    /// Who is at a conversation, each agent once.
    pub fn at(&self, conversation: ConversationId) -> Vec<AtConversation> {
        let here = self.0.lock();
        let mut found: Vec<AtConversation> = Vec::new();
        for looking in here.looking.values().filter(|looking| looking.conversation == conversation) {
            let state = if looking.writing { "writing" } else { "viewing" };
            match found.iter_mut().find(|at| at.id == looking.agent) {
                Some(at) if looking.writing => at.state = state,
                Some(_) => {}
                None => found.push(AtConversation { id: looking.agent, name: looking.name.clone(), state }),
            }
        }
        found.sort_by_key(|at| at.id);
        found
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_contact_is_online_while_one_of_their_tabs_is() {
        let presence = Presence::default();
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
        let presence = Presence::default();
        let (agent, conversation) = (AgentId(Uuid::max()), ConversationId(Uuid::max()));
        presence.looks_at(1, agent, "Sam", Some(conversation));
        presence.looks_at(2, agent, "Sam", Some(conversation));

        assert!(presence.writes(2, conversation, true));
        assert!(!presence.writes(2, conversation, true));

        assert_eq!(presence.at(conversation), [AtConversation { id: agent, name: "Sam".into(), state: "writing" }]);
    }
}
