//! SQL of the index: its rows, and who writes them next.

use std::collections::BTreeSet;

use platform::{
    events::Position,
    params,
    store::{Json, JsonText, Result, Row, Tx},
};
use uuid::Uuid;

use super::{
    numbers::{BLOCK, Places},
    segment::Page,
};
use crate::ids::{ConversationId, MessageId};

platform::word_enum! {
    /// What an index is good for.
    State {
        /// It is made anew, and does not answer yet.
        Building = "building",
        /// It answers.
        Serving = "serving",
        /// Its successor answers; its rows go.
        Leaving = "leaving",
    }
}

/// An index and how far it has come.
#[derive(Clone, Debug)]
pub(super) struct Index {
    pub(super) generation: i64,
    pub(super) state: State,
    pub(super) scanned_to: MessageId,
    pub(super) is_scanned: bool,
    pub(super) position: Position,
    pub(super) next_number: i64,
    pub(super) next_segment: i64,
    version: i64,
}

macro_rules! index {
    ($rest:literal) => {
        concat!("SELECT generation, state, scanned_to, is_scanned, position, next_number, next_segment, version FROM search_index ", $rest)
    };
}

fn read_index(row: &Row<'_>) -> Result<Index> {
    Ok(Index {
        generation: row.get("generation")?,
        state: row.get("state")?,
        scanned_to: row.get("scanned_to")?,
        is_scanned: row.get("is_scanned")?,
        position: row.get("position")?,
        next_number: row.get("next_number")?,
        next_segment: row.get("next_segment")?,
        version: row.get("version")?,
    })
}

/// Every index, the oldest first.
pub(super) fn indexes(tx: &mut Tx<'_>) -> Result<Vec<Index>> {
    tx.all(index!("ORDER BY generation"), params![], read_index)
}

/// The index that answers.
pub(super) fn serving(tx: &mut Tx<'_>) -> Result<Option<Index>> {
    tx.opt(index!("WHERE state = 'serving' ORDER BY generation LIMIT 1"), params![], read_index)
}

/// Begins an index. Messages that are there are scanned; what the log tells after `position` is followed.
pub(super) fn begin(tx: &mut Tx<'_>, generation: i64, state: State, position: Position) -> Result<()> {
    let now = tx.now();
    tx.exec(
        "INSERT INTO search_index (generation, state, scanned_to, is_scanned, position, next_number, next_segment, version, begun_at) VALUES ($1, $2, $3, FALSE, $4, 0, 0, 0, $5)",
        params![generation, state, Uuid::nil(), position, now],
    )
    .map(drop)
}

/// Takes the index from where it was found to where it is now. `false` when somebody else has written it meanwhile: then nothing may be.
pub(super) fn advance(tx: &mut Tx<'_>, index: &Index) -> Result<bool> {
    let moved = tx.exec(
        "UPDATE search_index SET state = $3, scanned_to = $4, is_scanned = $5, position = $6, next_number = $7, next_segment = $8, version = version + 1 WHERE generation = $1 AND version = $2",
        params![index.generation, index.version, index.state, index.scanned_to, index.is_scanned, index.position, index.next_number, index.next_segment],
    )?;
    Ok(moved == 1)
}

/// A document.
#[derive(Clone, Copy, Debug)]
pub(super) struct Document {
    pub(super) number: i64,
    pub(super) item_id: Uuid,
    pub(super) conversation_id: ConversationId,
    pub(super) fingerprint: i64,
}

pub(super) fn keep_document(tx: &mut Tx<'_>, generation: i64, document: &Document) -> Result<()> {
    tx.exec(
        "INSERT INTO search_document (generation, number, item_id, conversation_id, fingerprint) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (generation, number) DO UPDATE SET fingerprint = excluded.fingerprint",
        params![generation, document.number, document.item_id, document.conversation_id, document.fingerprint],
    )
    .map(drop)
}

pub(super) fn remove_document(tx: &mut Tx<'_>, generation: i64, number: i64) -> Result<()> {
    tx.exec("DELETE FROM search_document WHERE generation = $1 AND number = $2", params![generation, number]).map(drop)
}

/// The document of a message or a subject, if it is in the index.
pub(super) fn document_of(tx: &mut Tx<'_>, generation: i64, conversation: ConversationId, item: Uuid) -> Result<Option<Document>> {
    tx.opt(
        "SELECT number, fingerprint FROM search_document WHERE generation = $1 AND conversation_id = $2 AND item_id = $3",
        params![generation, conversation, item],
        |row| Ok(Document { number: row.get("number")?, item_id: item, conversation_id: conversation, fingerprint: row.get("fingerprint")? }),
    )
}

/// What stands under a number.
pub(super) fn item(tx: &mut Tx<'_>, generation: i64, number: i64) -> Result<Option<(Uuid, ConversationId)>> {
    tx.opt("SELECT item_id, conversation_id FROM search_document WHERE generation = $1 AND number = $2", params![generation, number], |row| {
        Ok((row.get("item_id")?, row.get("conversation_id")?))
    })
}

/// The numbers of a conversation's documents.
pub(super) fn numbers_of(tx: &mut Tx<'_>, generation: i64, conversation: ConversationId) -> Result<Vec<i64>> {
    tx.all("SELECT number FROM search_document WHERE generation = $1 AND conversation_id = $2 ORDER BY number", params![generation, conversation], |row| {
        row.get("number")
    })
}

/// Those of them whose message is not there any more.
pub(super) fn gone_of(tx: &mut Tx<'_>, generation: i64, conversation: ConversationId) -> Result<Vec<i64>> {
    tx.all(
        "SELECT d.number FROM search_document d LEFT JOIN message m ON m.id = d.item_id AND m.conversation_id = d.conversation_id LEFT JOIN conversation c ON c.id = d.item_id
         WHERE d.generation = $1 AND d.conversation_id = $2 AND m.id IS NULL AND c.id IS NULL ORDER BY d.number",
        params![generation, conversation],
        |row| row.get("number"),
    )
}

/// The marks that a conversation's documents have.
pub(super) fn marks_of(tx: &mut Tx<'_>, generation: i64, conversation: ConversationId) -> Result<BTreeSet<String>> {
    let found = tx.opt("SELECT marks FROM search_conversation WHERE generation = $1 AND conversation_id = $2", params![generation, conversation], |row| {
        Ok(row.get::<Json<_>>("marks")?.0)
    })?;
    Ok(found.unwrap_or_default())
}

pub(super) fn keep_marks(tx: &mut Tx<'_>, generation: i64, conversation: ConversationId, marks: &BTreeSet<String>) -> Result<()> {
    if marks.is_empty() {
        return tx.exec("DELETE FROM search_conversation WHERE generation = $1 AND conversation_id = $2", params![generation, conversation]).map(drop);
    }
    tx.exec(
        "INSERT INTO search_conversation (generation, conversation_id, marks) VALUES ($1, $2, $3) ON CONFLICT (generation, conversation_id) DO UPDATE SET marks = excluded.marks",
        params![generation, conversation, JsonText::of(marks)],
    )
    .map(drop)
}

/// Gives a mark to some documents of a block and takes it from others.
pub(super) fn change_mark(tx: &mut Tx<'_>, generation: i64, mark: &str, block: i64, given: &[u16], taken: &[u16]) -> Result<()> {
    let mut places = Places::none();
    tx.opt("SELECT places FROM search_mark WHERE generation = $1 AND mark = $2 AND block = $3", params![generation, mark, block], |row| {
        places.add_written(&row.get::<Vec<u8>>("places")?);
        Ok(())
    })?;
    taken.iter().for_each(|place| places.remove(*place));
    given.iter().for_each(|place| places.insert(*place));
    if places.is_empty() {
        return tx.exec("DELETE FROM search_mark WHERE generation = $1 AND mark = $2 AND block = $3", params![generation, mark, block]).map(drop);
    }
    tx.exec(
        "INSERT INTO search_mark (generation, mark, block, places) VALUES ($1, $2, $3, $4) ON CONFLICT (generation, mark, block) DO UPDATE SET places = excluded.places",
        params![generation, mark, block, places.written()],
    )
    .map(drop)
}

/// Every mark of a block with its documents.
pub(super) fn marks_in(tx: &mut Tx<'_>, generation: i64, block: i64, mut show: impl FnMut(String, &Places)) -> Result<()> {
    tx.each("SELECT mark, places FROM search_mark WHERE generation = $1 AND block = $2", params![generation, block], |row| {
        let mut places = Places::none();
        places.add_written(&row.get::<Vec<u8>>("places")?);
        show(row.get("mark")?, &places);
        Ok(())
    })
}

/// A segment and its tier.
pub(super) fn segments(tx: &mut Tx<'_>, generation: i64, block: i64) -> Result<Vec<(i64, i64)>> {
    tx.all("SELECT segment, tier FROM search_segment WHERE generation = $1 AND block = $2 ORDER BY segment", params![generation, block], |row| {
        Ok((row.get("segment")?, row.get("tier")?))
    })
}

pub(super) fn pages(tx: &mut Tx<'_>, generation: i64, block: i64, segment: i64) -> Result<Vec<Page>> {
    tx.all(
        "SELECT first_term, entries FROM search_page WHERE generation = $1 AND block = $2 AND segment = $3 ORDER BY first_term",
        params![generation, block, segment],
        |row| Ok(Page { first_term: row.get("first_term")?, entries: row.get("entries")? }),
    )
}

pub(super) fn keep_segment(tx: &mut Tx<'_>, generation: i64, block: i64, segment: i64, tier: i64, pages: &[Page]) -> Result<()> {
    tx.exec("INSERT INTO search_segment (generation, block, segment, tier) VALUES ($1, $2, $3, $4)", params![generation, block, segment, tier])?;
    pages.iter().try_for_each(|page| keep_page(tx, generation, block, segment, page))
}

pub(super) fn keep_page(tx: &mut Tx<'_>, generation: i64, block: i64, segment: i64, page: &Page) -> Result<()> {
    tx.exec(
        "INSERT INTO search_page (generation, block, segment, first_term, entries) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (generation, block, segment, first_term) DO UPDATE SET entries = excluded.entries",
        params![generation, block, segment, page.first_term, page.entries],
    )
    .map(drop)
}

pub(super) fn remove_segment(tx: &mut Tx<'_>, generation: i64, block: i64, segment: i64) -> Result<()> {
    tx.exec("DELETE FROM search_page WHERE generation = $1 AND block = $2 AND segment = $3", params![generation, block, segment])?;
    tx.exec("DELETE FROM search_segment WHERE generation = $1 AND block = $2 AND segment = $3", params![generation, block, segment]).map(drop)
}

/// Takes away a part of an index that nobody asks any more; `false` when nothing is left of it.
pub(super) fn remove_some(tx: &mut Tx<'_>, generation: i64) -> Result<bool> {
    let segment = tx.opt("SELECT block, segment FROM search_segment WHERE generation = $1 LIMIT 1", params![generation], |row| {
        Ok((row.get("block")?, row.get("segment")?))
    })?;
    if let Some((block, segment)) = segment {
        remove_segment(tx, generation, block, segment)?;
        return Ok(true);
    }
    let first =
        tx.opt("SELECT number FROM search_document WHERE generation = $1 ORDER BY number LIMIT 1", params![generation], |row| row.get::<i64>("number"))?;
    if let Some(first) = first {
        tx.exec("DELETE FROM search_document WHERE generation = $1 AND number < $2", params![generation, first + BLOCK / 16])?;
        return Ok(true);
    }
    let mark = tx.opt("SELECT mark FROM search_mark WHERE generation = $1 LIMIT 1", params![generation], |row| row.get::<String>("mark"))?;
    if let Some(mark) = mark {
        tx.exec("DELETE FROM search_mark WHERE generation = $1 AND mark = $2", params![generation, mark])?;
        return Ok(true);
    }
    let some = "DELETE FROM search_conversation WHERE generation = $1 AND conversation_id IN (SELECT conversation_id FROM search_conversation WHERE generation = $1 LIMIT 2000)";
    if tx.exec(some, params![generation])? > 0 {
        return Ok(true);
    }
    tx.exec("DELETE FROM search_index WHERE generation = $1", params![generation])?;
    Ok(false)
}
