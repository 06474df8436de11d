//! Numbers people say aloud, such as the case number: unique and growing.
//!
//! On SQLite the counter's row is raised in the transaction that needs the number. On PostgreSQL every such transaction would wait
//! for the one before, so a process takes numbers in blocks, each in a small transaction of its own, and hands them out from memory;
//! what is left of a block when the process ends is skipped.

use std::{collections::HashMap, sync::Arc};

use parking_lot::Mutex;

use super::{Error, Result, Tx, postgres::Session, tx::Engine};
use crate::params;

/// How many numbers a process takes at once. A transaction that needs more runs again with the next block; what it has drawn it keeps.
const BLOCK: i64 = 20;

/// The blocks of this process.
#[derive(Clone, Default)]
pub(super) struct Numbers {
    blocks: Arc<Mutex<HashMap<&'static str, Block>>>,
    /// Held while blocks are taken, so that sessions that need one at the same moment take one together.
    taking: Arc<Mutex<()>>,
}

struct Block {
    next: i64,
    end: i64,
}

impl Numbers {
    fn take(&self, name: &'static str) -> Option<i64> {
        let mut blocks = self.blocks.lock();
        let block = blocks.entry(name).or_insert(Block { next: 1, end: 0 });
        (block.next <= block.end).then(|| {
            block.next += 1;
            block.next - 1
        })
    }

    fn used_up(&self) -> Vec<&'static str> {
        self.blocks.lock().iter().filter(|(_, block)| block.next > block.end).map(|(name, _)| *name).collect()
    }

    /// Takes new blocks where the last have been used up; called between transactions.
    pub(super) fn refill(&self, session: &mut Session) -> Result<()> {
        if self.used_up().is_empty() {
            return Ok(());
        }
        let _others_wait = self.taking.lock();
        for name in self.used_up() {
            let mut end = 0;
            session.query(
                "INSERT INTO counter (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = counter.value + excluded.value RETURNING value",
                params![name, BLOCK],
                |row| {
                    end = row.try_get("value")?;
                    Ok(true)
                },
            )?;
            self.blocks.lock().insert(name, Block { next: end - BLOCK + 1, end });
        }
        Ok(())
    }
}

impl Tx<'_> {
    /// The next number of `name`. The n-th number of a closure is the same in every run of it on PostgreSQL; on SQLite a closure
    /// that runs again takes the row as it finds it.
    pub fn number(&mut self, name: &'static str) -> Result<i64> {
        if let Engine::Sqlite(_) = self.engine {
            return self.one(
                "INSERT INTO counter (name, value) VALUES ($1, 1) ON CONFLICT (name) DO UPDATE SET value = counter.value + 1 RETURNING value",
                params![name],
                |row| row.get("value"),
            );
        }
        let known = self.outside.numbers.get(self.next_number).copied();
        let number = match known.or_else(|| self.blocks.take(name)) {
            Some(number) => number,
            // Between this run and the next a new block is taken.
            None => {
                self.trouble.race = true;
                self.trouble.poisoned = true;
                return Err(Error::race());
            }
        };
        if known.is_none() {
            self.outside.numbers.push(number);
        }
        self.next_number += 1;
        Ok(number)
    }
}
