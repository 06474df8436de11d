//! What was asked, when, and what came of it: the history that is judged.

use std::cell::RefCell;
use std::rc::Rc;

use crate::checker::Found;
use crate::ledger::{Acknowledged, Kind};

/// A moment of the run. Moments only have an order; one program makes the whole history, so they all can be compared.
pub type Tick = u64;

/// What became of a request that changes something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome<T> {
    /// It was acknowledged.
    Done(T),
    /// It was refused: nothing may have changed.
    Refused,
    /// No answer was read: it may have happened, or may yet happen, once.
    Unknown,
}

/// What a client did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// Sent a message; the same text again is the same message again, under the same key.
    Send {
        /// The unique text.
        text: String,
        /// What kind it is.
        kind: Kind,
        /// What became of it.
        outcome: Outcome<Acknowledged>,
    },
    /// Read on from where its last reading ended.
    Read {
        /// Which conversation; a customer reads all of their own.
        conversation_id: Option<String>,
        /// What came, in order.
        items: Vec<Found>,
        /// Whether it read to the end.
        whole: bool,
    },
    /// Looked whom a conversation is assigned to.
    Look {
        /// Which.
        conversation_id: String,
        /// At which version.
        version: i64,
        /// To whom.
        assignee: String,
    },
    /// Assigned a conversation, on the condition that it is still at a version.
    Assign {
        /// Which.
        conversation_id: String,
        /// The condition.
        based_on: i64,
        /// To whom.
        assignee: String,
        /// The version it had then.
        outcome: Outcome<i64>,
    },
}

/// One thing a client did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// Who.
    pub client: usize,
    /// Before the request went out.
    pub began: Tick,
    /// After the answer was read, or given up.
    pub ended: Tick,
    /// What.
    pub what: What,
}

/// The history of one run, shared by all who make it.
#[derive(Debug, Clone, Default)]
pub struct History(Rc<RefCell<Told>>);

/// What a history holds.
#[derive(Debug, Default)]
pub struct Told {
    now: Tick,
    /// In the order in which they ended.
    pub operations: Vec<Operation>,
    /// Answers that break a rule by themselves, in words.
    pub objections: Vec<String>,
}

impl History {
    /// The next moment.
    pub fn tick(&self) -> Tick {
        let mut told = self.0.borrow_mut();
        told.now += 1;
        told.now
    }

    /// Notes what a client did from `began` until now.
    pub fn note(&self, client: usize, began: Tick, what: What) {
        let ended = self.tick();
        self.0.borrow_mut().operations.push(Operation { client, began, ended, what });
    }

    /// Notes an answer that breaks a rule.
    pub fn object(&self, sentence: String) {
        self.0.borrow_mut().objections.push(sentence);
    }

    /// Looks at it.
    pub fn read<T>(&self, look: impl FnOnce(&Told) -> T) -> T {
        look(&self.0.borrow())
    }
}
