//! A segment: the terms of some documents of one block, in pages of a few kilobytes, each term with the places of its documents.
//! Segments are written once; small ones are merged into larger ones, as a log-structured tree does.

use std::collections::BTreeMap;

use super::numbers::{Places, is_empty, joined, left_without, number, put, write};

/// A page is closed when it is this long; what fits into a page of the database needs no second look.
const PAGE: usize = 1_800;

/// A page of a segment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Page {
    /// Its first term is this or comes after; the first page of a segment begins with nothing.
    pub(super) first_term: String,
    /// Each term, shortened by what it shares with the one before, and the places of its documents.
    pub(super) entries: Vec<u8>,
}

/// Terms with the places of their documents, ascending.
#[derive(Default)]
pub(super) struct Postings(BTreeMap<String, Vec<u16>>);

impl Postings {
    /// Adds a document; its place is higher than those before it.
    pub(super) fn add(&mut self, place: u16, terms: Vec<String>) {
        for term in terms {
            self.0.entry(term).or_default().push(place);
        }
    }

    /// As pages.
    pub(super) fn pages(&self) -> Vec<Page> {
        pages(self.0.iter().map(|(term, places)| (term.as_str(), write(places))))
    }
}

/// The pages of several segments as those of one.
pub(super) fn merged(segments: &[Vec<Page>]) -> Vec<Page> {
    let mut all: BTreeMap<String, Vec<Vec<u8>>> = BTreeMap::new();
    for page in segments.iter().flatten() {
        each(&page.entries, |term, places| all.entry(term.to_owned()).or_default().push(places.to_owned()));
    }
    pages(all.iter().map(|(term, parts)| (term.as_str(), if parts.len() == 1 { parts[0].clone() } else { joined(parts) })))
}

/// The page without some documents; none when they were not in it.
pub(super) fn without(page: &Page, gone: &Places) -> Option<Page> {
    let (mut kept, mut was_there): (Vec<(String, Vec<u8>)>, bool) = (Vec::new(), false);
    each(&page.entries, |term, written| {
        let left = left_without(written, gone);
        was_there |= left.is_some();
        let left = left.unwrap_or_else(|| written.to_owned());
        if !is_empty(&left) {
            kept.push((term.to_owned(), left));
        }
    });
    let mut entries = Vec::new();
    let mut before = String::new();
    for (term, places) in kept {
        entry(&mut entries, &before, &term, &places);
        before = term;
    }
    was_there.then(|| Page { first_term: page.first_term.clone(), entries })
}

fn pages<'a>(terms: impl Iterator<Item = (&'a str, Vec<u8>)>) -> Vec<Page> {
    let mut pages: Vec<Page> = Vec::new();
    let mut before = String::new();
    for (term, places) in terms {
        match pages.last_mut() {
            Some(page) if page.entries.len() + term.len() + places.len() <= PAGE => entry(&mut page.entries, &before, term, &places),
            _ => {
                let mut entries = Vec::new();
                entry(&mut entries, "", term, &places);
                pages.push(Page { first_term: if pages.is_empty() { String::new() } else { term.to_owned() }, entries });
            }
        }
        term.clone_into(&mut before);
    }
    pages
}

fn entry(entries: &mut Vec<u8>, before: &str, term: &str, places: &[u8]) {
    let shared = before.bytes().zip(term.bytes()).take_while(|(mine, theirs)| mine == theirs).count();
    put(entries, shared);
    put(entries, term.len() - shared);
    entries.extend(&term.as_bytes()[shared..]);
    put(entries, places.len());
    entries.extend(places);
}

/// Shows each term of a page with its places as they are written. What is not a page ends it.
pub(super) fn each(mut entries: &[u8], mut show: impl FnMut(&str, &[u8])) {
    let mut term = Vec::new();
    while let Some((shared, new)) = number(&mut entries).zip(number(&mut entries)) {
        let Some((new, rest)) = entries.split_at_checked(new) else { return };
        entries = rest;
        term.truncate(shared);
        term.extend(new);
        let Some((places, rest)) = number(&mut entries).and_then(|length| entries.split_at_checked(length)) else { return };
        entries = rest;
        let Ok(term) = std::str::from_utf8(&term) else { return };
        show(term, places);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    type Documents = BTreeMap<u16, BTreeSet<String>>;

    fn documents() -> impl Strategy<Value = Documents> {
        prop::collection::btree_map(0..400_u16, prop::collection::btree_set("[=e][a-cżц]{1,4}", 1..12), 0..120)
    }

    fn written(documents: &Documents) -> Vec<Page> {
        let mut postings = Postings::default();
        documents.iter().for_each(|(place, terms)| postings.add(*place, terms.iter().cloned().collect()));
        postings.pages()
    }

    fn read(pages: &[Page]) -> Documents {
        let mut found = Documents::new();
        for page in pages {
            each(&page.entries, |term, places| {
                assert!(term >= page.first_term.as_str());
                let mut set = Places::none();
                set.add_written(places);
                set.descending().for_each(|place| {
                    found.entry(place).or_default().insert(term.to_owned());
                });
            });
        }
        found
    }

    proptest! {
        #[test]
        fn documents_are_read_as_they_were_written_merged_or_not(all in documents(), cut in 0..400_u16) {
            let pages = written(&all);
            prop_assert_eq!(read(&pages), all.clone());
            prop_assert!(pages.windows(2).all(|pair| pair[0].first_term < pair[1].first_term));
            let (mut low, mut high) = (all.clone(), all.clone());
            low.retain(|place, _| *place < cut);
            high.retain(|place, _| *place >= cut);
            prop_assert_eq!(merged(&[written(&high), written(&low)]), pages);
        }

        #[test]
        fn a_document_that_is_taken_out_leaves_nothing(all in documents(), place in 0..400_u16) {
            let mut gone = Places::none();
            gone.insert(place);
            let pages: Vec<Page> = written(&all).iter().map(|page| without(page, &gone).unwrap_or_else(|| page.clone())).collect();
            let mut rest = all;
            rest.remove(&place);
            prop_assert_eq!(read(&pages), rest);
        }

        #[test]
        fn bytes_of_somebody_else_break_nothing(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            each(&bytes, |_, _| ());
        }
    }
}
