//! Small segments become larger ones, so that a question looks into few and each word is rewritten only a handful of times.

use platform::store::{Result, Tx};

use super::{
    numbers::block_of,
    segment::{Page, merged},
    store_index::{self as store, Index},
};

/// So many segments of a tier become one of the next.
const FAN_IN: usize = 8;

/// Segments that become one.
pub(super) struct Merge {
    index: Index,
    block: i64,
    tier: i64,
    segments: Vec<(i64, Vec<Page>)>,
}

/// What came of it.
pub(super) struct Merged {
    index: Index,
    block: i64,
    tier: i64,
    old: Vec<i64>,
    new: i64,
    pages: Vec<Page>,
}

/// The next segments that should be one, in the newest block or the one before it, which is as large as it will be.
pub(super) fn due(tx: &mut Tx<'_>, generation: i64) -> Result<Option<Merge>> {
    let Some(index) = store::indexes(tx)?.into_iter().find(|index| index.generation == generation) else { return Ok(None) };
    let newest = block_of(index.next_number - 1);
    for block in (newest - 1).max(0)..=newest {
        let all = store::segments(tx, generation, block)?;
        let highest = all.iter().map(|(_, tier)| *tier).max().unwrap_or(0);
        let is_finished = block < newest && all.len() > 1;
        let crowded = (0..=highest).find(|tier| all.iter().filter(|(_, other)| other == tier).count() >= FAN_IN);
        let (chosen, tier) = match crowded {
            _ if is_finished => (all, highest),
            Some(tier) => (all.into_iter().filter(|(_, other)| *other == tier).collect(), tier),
            None => continue,
        };
        let segments = chosen.into_iter().map(|(segment, _)| Ok((segment, store::pages(tx, generation, block, segment)?))).collect::<Result<_>>()?;
        return Ok(Some(Merge { index, block, tier: tier + 1, segments }));
    }
    Ok(None)
}

impl Merge {
    /// Makes one of them.
    pub(super) fn merged(self) -> Merged {
        let (old, pages): (Vec<i64>, Vec<Vec<Page>>) = self.segments.into_iter().unzip();
        let (mut index, new) = (self.index.clone(), self.index.next_segment);
        index.next_segment += 1;
        Merged { index, block: self.block, tier: self.tier, old, new, pages: merged(&pages) }
    }
}

impl Merged {
    /// Puts it in the place of the old ones, unless somebody else has been there.
    pub(super) fn write(&self, tx: &mut Tx<'_>) -> Result<bool> {
        if !store::advance(tx, &self.index)? {
            return Ok(false);
        }
        let generation = self.index.generation;
        self.old.iter().try_for_each(|segment| store::remove_segment(tx, generation, self.block, *segment))?;
        store::keep_segment(tx, generation, self.block, self.new, self.tier, &self.pages)?;
        Ok(true)
    }
}
