//! SQL of questions: what the index knows of some blocks, lowest first.

use platform::{
    params,
    store::{Result, Tx},
};

use super::{marks::Marked, numbers::Places, segment::each};
use wire::words::Wanted;

/// Some blocks of an index.
#[derive(Clone, Copy, Debug)]
pub(super) struct Blocks {
    pub(super) generation: i64,
    pub(super) first: i64,
    pub(super) last: i64,
}

impl Blocks {
    fn each(&self, places: &Places) -> Vec<Places> {
        (self.first..=self.last).map(|_| places.clone()).collect()
    }

    fn of<'a>(&self, all: &'a mut [Places], block: i64) -> Option<&'a mut Places> {
        usize::try_from(block - self.first).ok().and_then(|at| all.get_mut(at))
    }
}

fn keep(all: &mut [Places], others: &[Places]) {
    all.iter_mut().zip(others).for_each(|(mine, theirs)| mine.keep(theirs));
}

fn add(all: &mut [Places], others: &[Places]) {
    all.iter_mut().zip(others).for_each(|(mine, theirs)| mine.add(theirs));
}

pub(super) fn are_empty(all: &[Places]) -> bool {
    all.iter().all(Places::is_empty)
}

/// The documents with these marks, a set for each block.
pub(super) fn marked(tx: &mut Tx<'_>, blocks: Blocks, wanted: &Marked) -> Result<Vec<Places>> {
    match wanted {
        Marked::With(mark) => between(tx, blocks, mark, mark),
        Marked::Between(from, to) => between(tx, blocks, from, to),
        Marked::All(parts) => all_of(tx, blocks, blocks.each(&Places::all()), parts, marked),
        Marked::Any(parts) => any_of(tx, blocks, parts, marked),
    }
}

/// The documents among `from` with these words, a set for each block.
pub(super) fn written(tx: &mut Tx<'_>, blocks: Blocks, from: Vec<Places>, wanted: &Wanted) -> Result<Vec<Places>> {
    all_of(tx, blocks, from, std::slice::from_ref(wanted), words)
}

fn words(tx: &mut Tx<'_>, blocks: Blocks, wanted: &Wanted) -> Result<Vec<Places>> {
    match wanted {
        Wanted::Term(wanted) => pages_of(tx, blocks, wanted, false),
        Wanted::Prefix(wanted) => pages_of(tx, blocks, wanted, true),
        Wanted::All(parts) => all_of(tx, blocks, blocks.each(&Places::all()), parts, words),
        Wanted::Any(parts) => any_of(tx, blocks, parts, words),
    }
}

type Find<T> = fn(&mut Tx<'_>, Blocks, &T) -> Result<Vec<Places>>;

fn all_of<T>(tx: &mut Tx<'_>, blocks: Blocks, mut from: Vec<Places>, parts: &[T], find: Find<T>) -> Result<Vec<Places>> {
    for part in parts {
        if are_empty(&from) {
            break;
        }
        keep(&mut from, &find(tx, blocks, part)?);
    }
    Ok(from)
}

fn any_of<T>(tx: &mut Tx<'_>, blocks: Blocks, parts: &[T], find: Find<T>) -> Result<Vec<Places>> {
    let mut found = blocks.each(&Places::none());
    for part in parts {
        add(&mut found, &find(tx, blocks, part)?);
    }
    Ok(found)
}

fn between(tx: &mut Tx<'_>, blocks: Blocks, from: &str, to: &str) -> Result<Vec<Places>> {
    let mut found = blocks.each(&Places::none());
    tx.each(
        "SELECT block, places FROM search_mark WHERE generation = $1 AND mark >= $4 AND mark <= $5 AND block >= $2 AND block <= $3",
        params![blocks.generation, blocks.first, blocks.last, from, to],
        |row| {
            let written: Vec<u8> = row.get("places")?;
            if let Some(places) = blocks.of(&mut found, row.get("block")?) {
                places.add_written(&written);
            }
            Ok(())
        },
    )?;
    Ok(found)
}

/// In each segment the page a term would be on is the last that begins with it or before it; with a prefix, the pages that begin after it go with it.
fn pages_of(tx: &mut Tx<'_>, blocks: Blocks, wanted: &str, is_prefix: bool) -> Result<Vec<Places>> {
    let mut found = blocks.each(&Places::none());
    let read = |block: i64, entries: &[u8], found: &mut Vec<Places>| {
        each(entries, |term, written| {
            if (term == wanted || is_prefix && term.starts_with(wanted))
                && let Some(places) = blocks.of(found, block)
            {
                places.add_written(written);
            }
        });
    };
    tx.each(
        "SELECT s.block, (SELECT p.entries FROM search_page p WHERE p.generation = s.generation AND p.block = s.block AND p.segment = s.segment AND p.first_term <= $4
           ORDER BY p.first_term DESC LIMIT 1) AS entries
         FROM search_segment s WHERE s.generation = $1 AND s.block >= $2 AND s.block <= $3",
        params![blocks.generation, blocks.first, blocks.last, wanted],
        |row| {
            if let Some(entries) = row.get::<Option<Vec<u8>>>("entries")? {
                read(row.get("block")?, &entries, &mut found);
            }
            Ok(())
        },
    )?;
    if is_prefix {
        let end = format!("{wanted}{}", char::MAX);
        tx.each(
            "SELECT p.block, p.entries FROM search_segment s JOIN search_page p ON p.generation = s.generation AND p.block = s.block AND p.segment = s.segment
             WHERE s.generation = $1 AND s.block >= $2 AND s.block <= $3 AND p.first_term > $4 AND p.first_term < $5",
            params![blocks.generation, blocks.first, blocks.last, wanted, end],
            |row| {
                let entries: Vec<u8> = row.get("entries")?;
                read(row.get("block")?, &entries, &mut found);
                Ok(())
            },
        )?;
    }
    Ok(found)
}

/// The tags that begin so, in order.
pub(super) fn tags(tx: &mut Tx<'_>, generation: i64, from: &str, limit: i64) -> Result<Vec<String>> {
    let end = format!("{from}{}", char::MAX);
    tx.all(
        "SELECT DISTINCT mark FROM search_mark WHERE generation = $1 AND mark >= $2 AND mark < $3 ORDER BY mark LIMIT $4",
        params![generation, from, end, limit],
        |row| row.get("mark"),
    )
}
