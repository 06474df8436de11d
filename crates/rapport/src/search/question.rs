//! A question, answered from the index: newest first, a block at a time, until a page is full.

use platform::{clock::Moment, store::Tx, web::Problem};
use uuid::Uuid;
use wire::words::Wanted;

use super::{
    marks::{self, Kind, Marked},
    numbers::{BLOCK, block_of},
    store_find::{self as find, Blocks},
    store_index::{self as store, Index},
};
use crate::{
    conversations::{self, FoundItem, FoundMessage, Status},
    ids::{AgentId, BrandId, InboxId, MessageId, TeamId},
    viewer::Viewer,
};

/// Blocks looked into together, at most. The first look is into one: most questions are answered by what is new.
const WIDEST: i64 = 16;
/// Documents that are looked at for one page, at most. More match only where the index is behind, or around the ends of a time.
const PATIENCE: usize = 1_000;

/// Whose conversations.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Whose {
    Nobody,
    Agent(AgentId),
}

/// Which conversations and messages are asked for.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(super) struct Filter {
    pub(super) brand_id: Option<BrandId>,
    pub(super) inbox_id: Option<InboxId>,
    pub(super) team_id: Option<TeamId>,
    pub(super) status: Option<Status>,
    pub(super) assignee: Option<Whose>,
    pub(super) tag: Option<String>,
    pub(super) from: Option<Moment>,
    pub(super) to: Option<Moment>,
}

impl Filter {
    /// What the index cannot know to the second, and what may have changed since it was written.
    fn holds_for(&self, item: &FoundItem) -> bool {
        self.from.is_none_or(|from| item.created_at >= from)
            && self.to.is_none_or(|to| item.created_at < to)
            && self.status.is_none_or(|status| item.status == status)
            && self.assignee.is_none_or(|whose| match whose {
                Whose::Nobody => item.assignee_id.is_none(),
                Whose::Agent(agent) => item.assignee_id == Some(agent),
            })
            && self.tag.as_ref().is_none_or(|tag| item.tags.contains(tag))
    }
}

/// A page of what was found.
pub(super) struct Found<T> {
    pub(super) items: Vec<T>,
    /// The number after which it goes on.
    pub(super) next: Option<i64>,
}

/// Messages and notes.
pub(super) fn messages(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    index: &Index,
    wanted: &Wanted,
    (filter, kinds): (&Filter, &[Kind]),
    before: i64,
    limit: usize,
) -> Result<Found<FoundMessage>, Problem> {
    let marked = marks::wanted(viewer, filter, kinds);
    page(tx, index, wanted, &marked, before, limit, |tx, item| {
        let found = conversations::found_message(tx, viewer, MessageId(item))?;
        Ok(found.filter(|found| filter.holds_for(&found.item)))
    })
}

/// Conversations by their subjects.
pub(super) fn subjects(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    index: &Index,
    wanted: &Wanted,
    filter: &Filter,
    before: i64,
    limit: usize,
) -> Result<Found<FoundItem>, Problem> {
    let marked = marks::wanted(viewer, filter, &[Kind::Subject]);
    page(tx, index, wanted, &marked, before, limit, |tx, item| {
        let found = conversations::found_conversation(tx, viewer, item.into())?;
        Ok(found.filter(|found| filter.holds_for(found)))
    })
}

/// Tags of what the viewer may see that begin so.
pub(super) fn tags(tx: &mut Tx<'_>, viewer: &Viewer, index: &Index, beginning: &str, limit: usize) -> Result<Vec<String>, Problem> {
    let mut found = Vec::new();
    for mark in find::tags(tx, index.generation, &format!("tag:{}", wire::fold::fold(beginning)), 20)? {
        let Some(tag) = marks::tag_of(&mark).map(str::to_owned) else { continue };
        let filter = Filter { tag: Some(tag.clone()), ..Filter::default() };
        let marked = marks::wanted(viewer, &filter, &[Kind::Subject]);
        let is_seen = page(tx, index, &Wanted::All(Vec::new()), &marked, i64::MAX, 1, |tx, item| {
            let found = conversations::found_conversation(tx, viewer, item.into())?;
            Ok(found.filter(|found| filter.holds_for(found)))
        })?;
        found.extend((!is_seen.items.is_empty()).then_some(tag));
        if found.len() == limit {
            break;
        }
    }
    Ok(found)
}

fn page<T>(
    tx: &mut Tx<'_>,
    index: &Index,
    wanted: &Wanted,
    marked: &Marked,
    before: i64,
    limit: usize,
    mut show: impl FnMut(&mut Tx<'_>, Uuid) -> Result<Option<T>, Problem>,
) -> Result<Found<T>, Problem> {
    let (mut items, mut looked_at) = (Vec::new(), 0);
    let before = before.min(index.next_number);
    let (mut last, mut width) = (block_of(before - 1), 1);
    while last >= 0 {
        let blocks = Blocks { generation: index.generation, first: (last - width + 1).max(0), last };
        let allowed = find::marked(tx, blocks, marked)?;
        let places = find::written(tx, blocks, allowed, wanted)?;
        for (block, places) in (blocks.first..).zip(&places).collect::<Vec<_>>().into_iter().rev() {
            for number in places.descending().map(|place| block * BLOCK + i64::from(place)).filter(|number| *number < before) {
                if items.len() == limit || looked_at == PATIENCE {
                    return Ok(Found { items, next: Some(number + 1) });
                }
                looked_at += 1;
                // Where a message is gone, its document may not know yet.
                if let Some((item, _)) = store::item(tx, index.generation, number)? {
                    items.extend(show(tx, item)?);
                }
            }
        }
        (last, width) = (blocks.first - 1, (width * 4).min(WIDEST));
    }
    Ok(Found { items, next: None })
}
