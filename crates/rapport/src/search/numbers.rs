//! Sets of numbers of documents. The index numbers documents as it meets them and works through them in blocks, so that a set is never
//! larger than a block however long the history.

/// Numbers in a block.
pub(super) const BLOCK: i64 = 65_536;
const WORDS: usize = BLOCK as usize / 64;
/// A set that would take more bytes written as distances is written as bits.
const BITS: usize = BLOCK as usize / 8;

/// The block a number is in.
pub(super) fn block_of(number: i64) -> i64 {
    number.div_euclid(BLOCK)
}

/// Its place in that block.
pub(super) fn place_in(number: i64) -> u16 {
    u16::try_from(number.rem_euclid(BLOCK)).unwrap_or(0)
}

/// A set of places in one block.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Places(Box<[u64]>);

impl Places {
    pub(super) fn none() -> Places {
        Places(vec![0; WORDS].into_boxed_slice())
    }

    pub(super) fn all() -> Places {
        Places(vec![u64::MAX; WORDS].into_boxed_slice())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    pub(super) fn insert(&mut self, place: u16) {
        self.0[usize::from(place) / 64] |= 1 << (place % 64);
    }

    pub(super) fn remove(&mut self, place: u16) {
        self.0[usize::from(place) / 64] &= !(1 << (place % 64));
    }

    pub(super) fn has(&self, place: u16) -> bool {
        self.0[usize::from(place) / 64] >> (place % 64) & 1 == 1
    }

    /// Takes out what is in the other.
    pub(super) fn leave_out(&mut self, other: &Places) {
        self.0.iter_mut().zip(&other.0).for_each(|(mine, theirs)| *mine &= !theirs);
    }

    /// Keeps what is in both.
    pub(super) fn keep(&mut self, other: &Places) {
        self.0.iter_mut().zip(&other.0).for_each(|(mine, theirs)| *mine &= theirs);
    }

    /// Adds what is in the other.
    pub(super) fn add(&mut self, other: &Places) {
        self.0.iter_mut().zip(&other.0).for_each(|(mine, theirs)| *mine |= theirs);
    }

    /// From the highest down.
    pub(super) fn descending(&self) -> impl Iterator<Item = u16> + '_ {
        self.0.iter().enumerate().rev().flat_map(|(at, word)| {
            let mut rest = *word;
            std::iter::from_fn(move || {
                let bit = rest.checked_ilog2()?;
                rest &= !(1 << bit);
                u16::try_from(at * 64 + bit as usize).ok()
            })
        })
    }

    /// As bytes: distances, or bits where those are shorter.
    pub(super) fn written(&self) -> Vec<u8> {
        let mut ascending: Vec<u16> = self.descending().collect();
        ascending.reverse();
        write(&ascending)
    }

    /// Adds what [`write`] wrote.
    pub(super) fn add_written(&mut self, bytes: &[u8]) {
        match bytes.split_first() {
            Some((1, bits)) => {
                for (word, bits) in self.0.iter_mut().zip(bits.chunks_exact(8)) {
                    *word |= u64::from_le_bytes(bits.try_into().unwrap_or_default());
                }
            }
            Some((0, distances)) => ascending(distances).for_each(|place| self.insert(place)),
            _ => {}
        }
    }
}

/// The places of written distances.
fn ascending(mut distances: &[u8]) -> impl Iterator<Item = u16> + '_ {
    let mut place = 0_usize;
    std::iter::from_fn(move || {
        place = place.saturating_add(number(&mut distances)?);
        u16::try_from(place).ok()
    })
}

/// Sets that were written, as one. Most are of a few places, so they are put together without unfolding a block for each.
pub(super) fn joined(parts: &[Vec<u8>]) -> Vec<u8> {
    if parts.iter().all(|part| part.first() == Some(&0)) {
        let mut places: Vec<u16> = parts.iter().flat_map(|part| ascending(&part[1..])).collect();
        places.sort_unstable();
        places.dedup();
        return write(&places);
    }
    let mut places = Places::none();
    parts.iter().for_each(|part| places.add_written(part));
    places.written()
}

/// What is left of a written set without some places; none when it has none of them.
pub(super) fn left_without(written: &[u8], gone: &Places) -> Option<Vec<u8>> {
    if let Some((0, distances)) = written.split_first() {
        let has_some = ascending(distances).any(|place| gone.has(place));
        return has_some.then(|| write(&ascending(distances).filter(|place| !gone.has(*place)).collect::<Vec<_>>()));
    }
    let mut places = Places::none();
    places.add_written(written);
    let before = places.clone();
    places.leave_out(gone);
    (places != before).then(|| places.written())
}

/// Whether a written set has no place.
pub(super) fn is_empty(written: &[u8]) -> bool {
    written.len() < 2
}

/// Places in ascending order, as bytes.
pub(super) fn write(ascending: &[u16]) -> Vec<u8> {
    let (mut bytes, mut before) = (vec![0], 0);
    for place in ascending {
        put(&mut bytes, usize::from(place - before));
        before = *place;
        if bytes.len() > BITS {
            let mut all = Places::none();
            ascending.iter().for_each(|place| all.insert(*place));
            return std::iter::once(1).chain(all.0.iter().flat_map(|word| word.to_le_bytes())).collect();
        }
    }
    bytes
}

/// Writes a number, seven bits a byte.
pub(super) fn put(bytes: &mut Vec<u8>, mut number: usize) {
    while number >= 128 {
        bytes.push((number % 128) as u8 | 128);
        number /= 128;
    }
    bytes.push(number as u8);
}

/// Reads what [`put`] wrote; none at the end, or where nothing of ours stands.
pub(super) fn number(bytes: &mut &[u8]) -> Option<usize> {
    let (mut number, mut shift) = (0, 0);
    loop {
        let (first, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= usize::from(first & 127).checked_shl(shift)?;
        if first & 128 == 0 {
            return Some(number);
        }
        shift += 7;
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn places(of: &BTreeSet<u16>) -> Places {
        let mut places = Places::none();
        of.iter().for_each(|place| places.insert(*place));
        places
    }

    proptest! {
        #[test]
        fn a_set_reads_back_as_it_was_written(few in prop::collection::btree_set(any::<u16>(), 0..200), from in any::<u16>(), many in 0..20_000_u16) {
            let mut set = few;
            set.extend((from..=u16::MAX).take(many.into()));
            let mut read = Places::none();
            read.add_written(&places(&set).written());
            prop_assert_eq!(read.descending().collect::<Vec<_>>(), set.iter().rev().copied().collect::<Vec<_>>());
            prop_assert!(places(&set).written().len() <= BITS + 1);
            let (low, high): (Vec<u16>, Vec<u16>) = set.iter().partition(|place| **place % 3 == 0);
            prop_assert_eq!(joined(&[write(&high), write(&low)]), places(&set).written());
        }

        #[test]
        fn sets_are_joined_and_cut_as_sets_are(a in prop::collection::btree_set(any::<u16>(), 0..300), b in prop::collection::btree_set(any::<u16>(), 0..300)) {
            let (mut both, mut either) = (places(&a), places(&a));
            both.keep(&places(&b));
            either.add(&places(&b));
            prop_assert_eq!(both, places(&a.intersection(&b).copied().collect()));
            prop_assert_eq!(either, places(&a.union(&b).copied().collect()));
        }

        #[test]
        fn bytes_of_somebody_else_break_nothing(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            Places::none().add_written(&bytes);
        }
    }

    #[test]
    fn numbers_lie_in_their_block() {
        assert_eq!((block_of(0), place_in(0)), (0, 0));
        assert_eq!((block_of(BLOCK - 1), place_in(BLOCK - 1)), (0, u16::MAX));
        assert_eq!((block_of(BLOCK), place_in(BLOCK)), (1, 0));
    }
}
