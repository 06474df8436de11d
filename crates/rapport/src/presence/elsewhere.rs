//! Who is connected to other nodes, as far as those have said.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use platform::clock::Moment;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::AtConversation;
use crate::ids::{AgentId, ContactId, ConversationId, VisitorId};

/// A node that has said nothing for so long is gone. With a statement every ten seconds two may be lost; a node that was killed
/// is believed to be there for half a minute at most.
pub(super) const BELIEVED: Duration = Duration::from_secs(25);
/// More than this nobody keeps in mind; a node that says more says something wrong.
const MOST_NODES: usize = 64;
const MOST_AGENTS: usize = 20_000;
const MOST_CONTACTS: usize = 500_000;
const MOST_LOOKING: usize = 20_000;

/// What nodes tell each other of who is connected to them. A statement comes in parts, so that no word is too long.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "word", rename_all = "snake_case")]
pub enum Here {
    /// A part of everything.
    Statement {
        /// 0, 1, 2 ...
        part: usize,
        /// Whether it is the last.
        last: bool,
        /// Agents with a connected console.
        agents: Vec<AgentId>,
        /// Contacts with a connected chat.
        contacts: Vec<ContactId>,
        /// Who is at which conversation.
        looking: Vec<(ConversationId, Vec<AtConversation>)>,
    },
    /// An agent's first console connected, or the last left.
    Agent {
        /// Who.
        id: AgentId,
        /// Which of both.
        online: bool,
    },
    /// A contact's first chat connected, or the last left.
    Contact {
        /// Who.
        id: ContactId,
        /// Which of both.
        online: bool,
    },
    /// Everybody of this node who is at a conversation.
    Looking {
        /// Which.
        conversation: ConversationId,
        /// Who.
        agents: Vec<AtConversation>,
    },
    /// A visitor turned out to be a contact.
    Met {
        /// Their session.
        visitor: VisitorId,
        /// Who they are.
        contact: ContactId,
    },
    /// The node ends.
    Bye {},
}

/// What changed by a word, for those who are to be told.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct News {
    /// Agents who came or went somewhere.
    pub agents: Vec<AgentId>,
    /// Conversations at which somebody came, went, began or stopped writing.
    pub conversations: Vec<ConversationId>,
}

#[derive(Default)]
struct There {
    until: Moment,
    known: Known,
    /// A statement of which more parts come, and how many have come.
    coming: Option<(usize, Known)>,
}

#[derive(Default)]
struct Known {
    agents: HashSet<AgentId>,
    contacts: HashSet<ContactId>,
    looking: HashMap<ConversationId, Vec<AtConversation>>,
}

/// All other nodes.
#[derive(Default)]
pub(super) struct Elsewhere(HashMap<Uuid, There>);

impl Elsewhere {
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn has_agent(&self, id: AgentId) -> bool {
        self.0.values().any(|there| there.known.agents.contains(&id))
    }

    pub(super) fn has_contact(&self, id: ContactId) -> bool {
        self.0.values().any(|there| there.known.contacts.contains(&id))
    }

    pub(super) fn at(&self, conversation: ConversationId) -> impl Iterator<Item = &AtConversation> {
        self.0.values().filter_map(move |there| there.known.looking.get(&conversation)).flatten()
    }

    /// Believes a word of another node.
    pub(super) fn hear(&mut self, node: Uuid, word: Here, now: Moment) -> News {
        if let Here::Bye {} = word {
            return self.0.remove(&node).map(|there| there.known.differs_from(&Known::default())).unwrap_or_default();
        }
        if !self.0.contains_key(&node) && self.0.len() >= MOST_NODES {
            return News::default();
        }
        let there = self.0.entry(node).or_default();
        there.until = now.plus(BELIEVED);
        there.hear(word)
    }

    /// Forgets nodes that have said nothing for too long.
    pub(super) fn forget_silent(&mut self, now: Moment) -> News {
        let mut news = News::default();
        self.0.retain(|_, there| {
            let stays = there.until > now;
            if !stays {
                let gone = there.known.differs_from(&Known::default());
                news.agents.extend(gone.agents);
                news.conversations.extend(gone.conversations);
            }
            stays
        });
        news
    }
}

impl There {
    fn hear(&mut self, word: Here) -> News {
        let known = &mut self.known;
        match word {
            Here::Agent { id, online } => {
                let is_news = if online && known.agents.len() < MOST_AGENTS { known.agents.insert(id) } else { !online && known.agents.remove(&id) };
                News { agents: is_news.then_some(id).into_iter().collect(), ..News::default() }
            }
            Here::Contact { id, online } => {
                if online && known.contacts.len() < MOST_CONTACTS {
                    known.contacts.insert(id);
                } else if !online {
                    known.contacts.remove(&id);
                }
                News::default()
            }
            Here::Looking { conversation, agents } => {
                let before = if agents.is_empty() {
                    known.looking.remove(&conversation)
                } else if known.looking.len() < MOST_LOOKING {
                    known.looking.insert(conversation, agents.clone())
                } else {
                    None
                };
                let is_news = before.unwrap_or_default() != agents;
                News { conversations: is_news.then_some(conversation).into_iter().collect(), ..News::default() }
            }
            Here::Statement { part, last, agents, contacts, looking } => {
                let (expected, mut coming) = if part == 0 { (0, Known::default()) } else { self.coming.take().unwrap_or_default() };
                // A part was lost: the next statement will be whole.
                if part != expected {
                    return News::default();
                }
                coming.agents.extend(agents.into_iter().take(MOST_AGENTS - coming.agents.len()));
                coming.contacts.extend(contacts.into_iter().take(MOST_CONTACTS - coming.contacts.len()));
                coming.looking.extend(looking.into_iter().take(MOST_LOOKING - coming.looking.len()));
                if !last {
                    self.coming = Some((part + 1, coming));
                    return News::default();
                }
                let before = std::mem::replace(&mut self.known, coming);
                self.known.differs_from(&before)
            }
            Here::Met { .. } | Here::Bye {} => News::default(),
        }
    }
}

impl Known {
    fn differs_from(&self, other: &Known) -> News {
        let looked = self.looking.keys().chain(other.looking.keys().filter(|id| !self.looking.contains_key(*id)));
        News {
            agents: self.agents.symmetric_difference(&other.agents).copied().collect(),
            conversations: looked.filter(|id| self.looking.get(*id) != other.looking.get(*id)).copied().collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NODE: Uuid = Uuid::from_u128(1);
    const SAM: AgentId = AgentId(Uuid::from_u128(2));
    const ANNA: ContactId = ContactId(Uuid::from_u128(3));
    const NOW: Moment = Moment(1_000_000_000);

    fn statement(part: usize, last: bool, agents: &[AgentId], contacts: &[ContactId]) -> Here {
        Here::Statement { part, last, agents: agents.into(), contacts: contacts.into(), looking: Vec::new() }
    }

    #[test]
    fn a_node_that_says_nothing_is_forgotten_with_all_who_were_connected_to_it() {
        let mut elsewhere = Elsewhere::default();
        elsewhere.hear(NODE, statement(0, true, &[SAM], &[ANNA]), NOW);
        assert!(elsewhere.has_agent(SAM) && elsewhere.has_contact(ANNA));

        assert_eq!(elsewhere.forget_silent(NOW.plus(BELIEVED - Duration::from_secs(1))), News::default());
        assert!(elsewhere.has_agent(SAM));

        assert_eq!(elsewhere.forget_silent(NOW.plus(BELIEVED)).agents, [SAM]);
        assert!(!elsewhere.has_agent(SAM) && !elsewhere.has_contact(ANNA));
    }

    #[test]
    fn a_statement_replaces_what_was_known_once_all_its_parts_are_there() {
        let mut elsewhere = Elsewhere::default();
        elsewhere.hear(NODE, Here::Contact { id: ANNA, online: true }, NOW);

        assert_eq!(elsewhere.hear(NODE, statement(0, false, &[SAM], &[]), NOW), News::default());
        assert!(elsewhere.has_contact(ANNA) && !elsewhere.has_agent(SAM), "half a statement says nothing");

        assert_eq!(elsewhere.hear(NODE, statement(1, true, &[], &[]), NOW).agents, [SAM]);
        assert!(!elsewhere.has_contact(ANNA) && elsewhere.has_agent(SAM));
    }

    #[test]
    fn a_statement_with_a_lost_part_is_not_believed() {
        let mut elsewhere = Elsewhere::default();
        elsewhere.hear(NODE, statement(0, true, &[SAM], &[ANNA]), NOW);

        elsewhere.hear(NODE, statement(0, false, &[], &[]), NOW);
        elsewhere.hear(NODE, statement(2, true, &[], &[]), NOW);

        assert!(elsewhere.has_agent(SAM) && elsewhere.has_contact(ANNA));
    }

    #[test]
    fn a_node_that_takes_its_leave_is_gone_at_once() {
        let mut elsewhere = Elsewhere::default();
        elsewhere.hear(NODE, Here::Agent { id: SAM, online: true }, NOW);

        assert_eq!(elsewhere.hear(NODE, Here::Bye {}, NOW).agents, [SAM]);
        assert_eq!(elsewhere.len(), 0);
    }
}
