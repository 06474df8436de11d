//! Makes the rows of a step, beside the database: finding, folding and stemming words takes longer than writing them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use platform::store::{Result, Tx};
use wire::words;

use super::{
    look::{Seen, Text},
    marks::day,
    numbers::{block_of, place_in},
    segment::{Page, Postings},
    store_index::{self as store, Document, Index},
};
use crate::ids::ConversationId;

/// Places that get a mark, and places that lose it.
type Change = (Vec<u16>, Vec<u16>);

/// The rows of a step.
pub(super) struct Work {
    index: Index,
    documents: Vec<Document>,
    segments: Vec<(i64, i64, Vec<Page>)>,
    marks: BTreeMap<(String, i64), Change>,
    conversations: Vec<(ConversationId, BTreeSet<String>)>,
    gone: Vec<i64>,
    pages: Vec<(i64, i64, Page)>,
}

/// Makes the rows of what was seen.
pub(super) fn prepare(seen: Seen) -> Work {
    let Seen { index, texts, moved, marks, gone, pages, taken, .. } = seen;
    let mut work = Work { index, documents: Vec::new(), segments: Vec::new(), marks: BTreeMap::new(), conversations: Vec::new(), gone, pages };
    for one in &moved {
        let standing = one.numbers.iter().filter(|number| !work.gone.contains(number));
        for number in standing.copied().collect::<Vec<_>>() {
            one.now.difference(&one.before).for_each(|mark| work.give(mark.clone(), number));
            one.before.difference(&one.now).for_each(|mark| work.take(mark.clone(), block_of(number), place_in(number)));
        }
        work.conversations.push((one.id, one.now.clone()));
    }
    let of_conversation: HashMap<ConversationId, BTreeSet<String>> = marks.into_iter().collect();
    let mut postings: BTreeMap<i64, Postings> = BTreeMap::new();
    // Those that keep their number first: places in a segment ascend.
    let (changed, new): (Vec<Text>, Vec<Text>) = texts.into_iter().partition(|text| text.number.is_some());
    let mut changed = changed;
    changed.sort_by_key(|text| text.number);
    for text in changed.into_iter().chain(new) {
        let number = work.number(&text, of_conversation.get(&text.conversation_id));
        postings.entry(block_of(number)).or_default().add(place_in(number), words::terms(&text.text));
        work.documents.push(Document { number, item_id: text.item_id, conversation_id: text.conversation_id, fingerprint: text.fingerprint });
    }
    for (block, postings) in postings {
        work.segments.push((block, work.index.next_segment, postings.pages()));
        work.index.next_segment += 1;
    }
    for (mark, block, places) in taken {
        places.into_iter().for_each(|place| work.take(mark.clone(), block, place));
    }
    work
}

impl Work {
    /// The number of a text: the one it has, or the next, with its marks.
    fn number(&mut self, text: &Text, marks: Option<&BTreeSet<String>>) -> i64 {
        if let Some(number) = text.number {
            return number;
        }
        let number = self.index.next_number;
        self.index.next_number += 1;
        self.give(text.kind.mark(), number);
        self.give(day(text.at), number);
        marks.into_iter().flatten().for_each(|mark| self.give(mark.clone(), number));
        number
    }

    fn give(&mut self, mark: String, number: i64) {
        self.marks.entry((mark, block_of(number))).or_default().0.push(place_in(number));
    }

    fn take(&mut self, mark: String, block: i64, place: u16) {
        self.marks.entry((mark, block)).or_default().1.push(place);
    }

    /// Writes them, unless somebody else has been there; whether they were written.
    pub(super) fn write(&self, tx: &mut Tx<'_>) -> Result<bool> {
        if !store::advance(tx, &self.index)? {
            return Ok(false);
        }
        let generation = self.index.generation;
        self.gone.iter().try_for_each(|number| store::remove_document(tx, generation, *number))?;
        self.documents.iter().try_for_each(|document| store::keep_document(tx, generation, document))?;
        self.pages.iter().try_for_each(|(block, segment, page)| store::keep_page(tx, generation, *block, *segment, page))?;
        self.segments.iter().try_for_each(|(block, segment, pages)| store::keep_segment(tx, generation, *block, *segment, 0, pages))?;
        self.marks.iter().try_for_each(|((mark, block), (given, taken))| store::change_mark(tx, generation, mark, *block, given, taken))?;
        self.conversations.iter().try_for_each(|(id, marks)| store::keep_marks(tx, generation, *id, marks))?;
        Ok(true)
    }
}
