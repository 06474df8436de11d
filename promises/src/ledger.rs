//! What the writers know: texts they tried, and messages the server acknowledged.

use std::cell::RefCell;
use std::collections::HashSet;
use std::rc::Rc;

/// What kind of message was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A customer's message.
    Inbound,
    /// An agent's reply.
    Reply,
    /// An internal note: the customer must never see it.
    Note,
}

/// A message the server has acknowledged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acknowledged {
    /// The unique text.
    pub text: String,
    /// What kind it is.
    pub kind: Kind,
    /// The id the server gave it.
    pub message_id: String,
    /// The conversation the server put it into.
    pub conversation_id: String,
    /// Its number there.
    pub seq: i64,
}

/// The shared ledger of one run.
#[derive(Debug, Clone, Default)]
pub struct Ledger(Rc<RefCell<Entries>>);

/// What the ledger holds.
#[derive(Debug, Default)]
pub struct Entries {
    /// Every text that was sent at least once.
    pub attempted: HashSet<String>,
    /// Every acknowledgement, in the order they were read.
    pub acknowledged: Vec<Acknowledged>,
    /// How often a message was sent again because its outcome was unknown.
    pub repeated: u64,
    /// How many of these had been stored before the cut: only their answer was lost.
    pub found_stored: u64,
    /// How often a message that was already acknowledged was sent again, to hear the first answer once more.
    pub echoed: u64,
    /// Answers that broke a rule at the moment they came, in words.
    pub objections: Vec<String>,
    /// Tokens that were refused (401), in words.
    pub strangers: Vec<String>,
    /// Conversations in the order they were first heard of.
    pub conversations: Vec<String>,
}

impl Ledger {
    /// Notes that a text is about to be sent.
    pub fn attempt(&self, text: &str, again: bool) {
        let mut entries = self.0.borrow_mut();
        entries.attempted.insert(text.to_owned());
        entries.repeated += u64::from(again);
    }

    /// Notes an acknowledgement that has been read.
    pub fn acknowledge(&self, acknowledged: Acknowledged) {
        let mut entries = self.0.borrow_mut();
        // A handful of conversations: looking through them is cheaper than a second collection that must agree.
        if !entries.conversations.contains(&acknowledged.conversation_id) {
            entries.conversations.push(acknowledged.conversation_id.clone());
        }
        entries.acknowledged.push(acknowledged);
    }

    /// Notes that a repeated message had been stored before the cut.
    pub fn found_stored(&self) {
        self.0.borrow_mut().found_stored += 1;
    }

    /// Notes that an acknowledged message was sent again.
    pub fn echo(&self) {
        self.0.borrow_mut().echoed += 1;
    }

    /// Notes an answer that breaks a rule.
    pub fn object(&self, sentence: String) {
        self.0.borrow_mut().objections.push(sentence);
    }

    /// Notes that a token was refused.
    pub fn stranger(&self, sentence: String) {
        self.0.borrow_mut().strangers.push(sentence);
    }

    /// Takes out the tokens that were refused, where that was meant.
    pub fn take_strangers(&self) -> Vec<String> {
        std::mem::take(&mut self.0.borrow_mut().strangers)
    }

    /// A known conversation, chosen by a number; none before the first acknowledgement.
    pub fn conversation(&self, chosen: usize) -> Option<String> {
        let entries = self.0.borrow();
        let count = entries.conversations.len();
        (count > 0).then(|| entries.conversations[chosen % count].clone())
    }

    /// How many messages were acknowledged so far.
    pub fn acknowledged(&self) -> usize {
        self.0.borrow().acknowledged.len()
    }

    /// Looks at the entries.
    pub fn read<T>(&self, look: impl FnOnce(&Entries) -> T) -> T {
        look(&self.0.borrow())
    }
}
