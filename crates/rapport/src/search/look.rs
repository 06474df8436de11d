//! What the follower sees: the next messages, or the next events of the log, and how the conversations they are about stand.

use std::collections::{BTreeSet, HashSet};

use platform::{
    clock::Moment,
    events,
    store::{Result, Tx},
};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{
    marks::{self, Kind},
    numbers::{BLOCK, Places, block_of, place_in},
    segment::{Page, without},
    store_index::{self as store, Index},
};
use crate::{
    conversations::{self, Changed, Searched, Standing},
    ids::{ConversationId, MessageId},
};

/// Messages scanned, or events followed, in one step.
const STEP: i64 = 500;
/// Events that change nothing that is searched.
const IDLE: [&str; 2] = ["conversations.delivered", "conversations.team_read"];

/// A text that has to be indexed.
pub(super) struct Text {
    pub(super) item_id: Uuid,
    pub(super) conversation_id: ConversationId,
    pub(super) kind: Kind,
    pub(super) at: Moment,
    pub(super) text: String,
    pub(super) fingerprint: i64,
    /// The number it has already, when it has changed.
    pub(super) number: Option<i64>,
}

/// A conversation whose marks are not what they were.
pub(super) struct Moved {
    pub(super) id: ConversationId,
    pub(super) before: BTreeSet<String>,
    pub(super) now: BTreeSet<String>,
    /// The documents that had the old ones.
    pub(super) numbers: Vec<i64>,
}

/// Everything a step needs.
pub(super) struct Seen {
    /// The index as it is after the step, but for what the step itself adds.
    pub(super) index: Index,
    pub(super) texts: Vec<Text>,
    /// For each conversation of a text, the marks it has now.
    pub(super) moved: Vec<Moved>,
    pub(super) marks: Vec<(ConversationId, BTreeSet<String>)>,
    /// Documents that leave.
    pub(super) gone: Vec<i64>,
    /// Pages without what leaves or has changed.
    pub(super) pages: Vec<(i64, i64, Page)>,
    /// Marks of what leaves.
    pub(super) taken: Vec<(String, i64, Vec<u16>)>,
    /// Whether there is probably more.
    pub(super) is_full: bool,
}

/// What a step begins with.
#[derive(Default)]
struct Touched {
    messages: Vec<Searched>,
    /// In the order in which they were met, so that every engine numbers alike.
    conversations: Vec<ConversationId>,
    /// Those of which more than a new message was told.
    changed: HashSet<ConversationId>,
}

impl Touched {
    fn conversation(&mut self, id: ConversationId) {
        if !self.conversations.contains(&id) {
            self.conversations.push(id);
        }
    }

    fn message(&mut self, message: Searched) {
        self.conversation(message.conversation_id);
        if !self.messages.iter().any(|known| known.id == message.id) {
            self.messages.push(message);
        }
    }
}

/// Looks at what comes next; none when there is nothing.
pub(super) fn look(tx: &mut Tx<'_>, before: &Index) -> Result<Option<Seen>> {
    let mut index = before.clone();
    let (touched, is_full) = if index.is_scanned { follow(tx, &mut index)? } else { scan(tx, &mut index)? };
    if index.is_scanned == before.is_scanned && index.position == before.position && touched.messages.is_empty() {
        return Ok(None);
    }
    let mut seen = Seen { index, texts: Vec::new(), moved: Vec::new(), marks: Vec::new(), gone: Vec::new(), pages: Vec::new(), taken: Vec::new(), is_full };
    for id in &touched.conversations {
        see_conversation(tx, &mut seen, *id, &touched)?;
    }
    cut_out(tx, &mut seen)?;
    Ok(Some(seen))
}

fn scan(tx: &mut Tx<'_>, index: &mut Index) -> Result<(Touched, bool)> {
    let messages = conversations::searched_after(tx, index.scanned_to, STEP)?;
    index.scanned_to = messages.last().map_or(index.scanned_to, |message| message.id);
    index.is_scanned = messages.len() < usize::try_from(STEP).unwrap_or(0);
    let mut touched = Touched::default();
    messages.into_iter().for_each(|message| touched.message(message));
    Ok((touched, true))
}

fn follow(tx: &mut Tx<'_>, index: &mut Index) -> Result<(Touched, bool)> {
    let events = events::after(tx, index.position, STEP)?;
    let is_full = events.len() == usize::try_from(STEP).unwrap_or(0);
    let mut touched = Touched::default();
    for event in events {
        index.position = event.position;
        if !conversations::KINDS.contains(&event.kind.as_str()) || IDLE.contains(&event.kind.as_str()) {
            continue;
        }
        let changed: Changed = event.read()?;
        let message: Option<MessageId> = changed.message_id;
        if let Some(message) = message.map(|id| conversations::searched(tx, id)).transpose()?.flatten() {
            touched.message(message);
        }
        touched.conversation(changed.conversation_id);
        if event.kind == "conversations.moved" {
            conversations::searched_in(tx, changed.conversation_id)?.into_iter().for_each(|message| touched.message(message));
            touched.changed.insert(changed.conversation_id);
        }
        if message.is_none() || changed.started || event.kind == "conversations.message_changed" {
            touched.changed.insert(changed.conversation_id);
        }
        if changed.field.is_some() {
            // What has become a part of it is seen by whoever sees it.
            conversations::parts(tx, changed.conversation_id)?.into_iter().for_each(|part| touched.conversation(part));
        }
    }
    Ok((touched, is_full))
}

fn see_conversation(tx: &mut Tx<'_>, seen: &mut Seen, id: ConversationId, touched: &Touched) -> Result<()> {
    let generation = seen.index.generation;
    let (before, standing) = (store::marks_of(tx, generation, id)?, conversations::standing(tx, id)?);
    let now = standing.as_ref().map(marks::of_conversation).unwrap_or_default();
    match &standing {
        None => seen.gone.extend(store::numbers_of(tx, generation, id)?),
        Some(standing) => {
            if touched.changed.contains(&id) {
                seen.gone.extend(store::gone_of(tx, generation, id)?);
            }
            let messages: Vec<&Searched> = touched.messages.iter().filter(|message| message.conversation_id == id).collect();
            if touched.changed.contains(&id) || messages.iter().any(|message| message.seq == 1) {
                see_text(tx, seen, subject(id, standing))?;
            }
            for message in messages {
                see_text(tx, seen, of_message(message))?;
            }
        }
    }
    if before != now {
        let numbers = if before.is_empty() { Vec::new() } else { store::numbers_of(tx, generation, id)? };
        seen.moved.push(Moved { id, before, now: now.clone(), numbers });
    }
    seen.marks.push((id, now));
    Ok(())
}

fn subject(id: ConversationId, standing: &Standing) -> Text {
    let (text, at) = (standing.subject.clone(), standing.created_at);
    Text { item_id: id.0, conversation_id: id, kind: Kind::Subject, at, fingerprint: fingerprint(&text), text, number: None }
}

fn of_message(message: &Searched) -> Text {
    let (text, kind) = (message.text.clone(), Kind::of(message.kind));
    Text { item_id: message.id.0, conversation_id: message.conversation_id, kind, at: message.created_at, fingerprint: fingerprint(&text), text, number: None }
}

/// What tells a text from another one.
fn fingerprint(text: &str) -> i64 {
    let hash = Sha256::digest(text.as_bytes());
    i64::from_be_bytes(hash[..8].try_into().unwrap_or_default())
}

fn see_text(tx: &mut Tx<'_>, seen: &mut Seen, mut text: Text) -> Result<()> {
    let known = store::document_of(tx, seen.index.generation, text.conversation_id, text.item_id)?;
    if known.is_some_and(|known| known.fingerprint == text.fingerprint) {
        return Ok(());
    }
    text.number = known.map(|known| known.number);
    seen.texts.push(text);
    Ok(())
}

/// Reads the pages and marks that hold what leaves or has changed. It happens seldom, and then a block is read through.
fn cut_out(tx: &mut Tx<'_>, seen: &mut Seen) -> Result<()> {
    let generation = seen.index.generation;
    let changed = seen.texts.iter().filter_map(|text| text.number);
    let leaving: BTreeSet<i64> = seen.gone.iter().copied().chain(changed).collect();
    let blocks: BTreeSet<i64> = leaving.iter().map(|number| block_of(*number)).collect();
    for block in blocks {
        let mut places = Places::none();
        leaving.range(block * BLOCK..(block + 1) * BLOCK).for_each(|number| places.insert(place_in(*number)));
        for (segment, _) in store::segments(tx, generation, block)? {
            let pages = store::pages(tx, generation, block, segment)?;
            seen.pages.extend(pages.iter().filter_map(|page| without(page, &places)).map(|page| (block, segment, page)));
        }
        let gone: Vec<u16> = seen.gone.iter().filter(|number| block_of(**number) == block).map(|number| place_in(*number)).collect();
        store::marks_in(tx, generation, block, |mark, marked| {
            let taken: Vec<u16> = gone.iter().copied().filter(|place| marked.has(*place)).collect();
            if !taken.is_empty() {
                seen.taken.push((mark, block, taken));
            }
        })?;
    }
    Ok(())
}
