//! Words of passages as they were, looked for in documents as they are.

use std::collections::BTreeMap;
use std::ops::Range;

use super::document::Document;
use super::lock::{Locked, Mark, mark, squeezed_hash, words_of};

/// The words of documents with their marks, each document read once.
#[derive(Default)]
pub(super) struct Words {
    known: BTreeMap<String, Vec<(Range<usize>, Mark)>>,
}

/// What is left of a passage that its citation leads to no more.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Left {
    /// Its text, word for word, on this line.
    Whole(usize),
    /// The stretch that is most like it: its line, how many of its words are there, and how many it had.
    Like(usize, usize, usize),
    /// Hardly a word.
    Nothing,
}

/// So few words may stand anywhere by chance.
const CHANCE: usize = 8;
/// How many words at either end of a stretch may be counted to it by the diff and yet be of what stood around it.
const LOOSE: usize = 3;

impl Words {
    /// Where the text of a passage as it was stands now, word for word.
    pub(super) fn places(&mut self, document: &Document, id: &str, before: &Locked) -> Vec<Range<usize>> {
        let text = document.text();
        let around = |some: &[(Range<usize>, Mark)]| Some(some.first()?.0.start..some.last()?.0.end);
        let places = alike(self.of(document, id), &before.marks).filter_map(around);
        // Marks are short: only the hash shows that the words are the same.
        let same = |place: &Range<usize>| {
            text.get(place.clone()).is_some_and(|words| squeezed_hash(words) == before.sha256)
        };
        places.filter(same).collect()
    }

    /// The line where words that were taken out stand now; `None` for few words, which may stand anywhere.
    pub(super) fn line_of(&mut self, document: &Document, id: &str, taken: &[Mark]) -> Option<usize> {
        let words = self.of(document, id);
        let ends = (0..=LOOSE).flat_map(|front| (0..=LOOSE).map(move |back| (front, back)));
        let mut ends: Vec<(usize, usize)> = ends.collect();
        ends.sort_by_key(|(front, back)| front + back);
        let stretch = |(front, back): (usize, usize)| {
            taken.get(front..taken.len().checked_sub(back)?).filter(|some| some.len() >= CHANCE)
        };
        let mut found = ends.into_iter().filter_map(stretch).filter_map(|some| alike(words, some).next());
        found.next().and_then(|some| some.first()).map(|(range, _)| document.line_of(range.start))
    }

    /// What is left of a passage as it was, wherever it stands.
    pub(super) fn left(&mut self, document: &Document, id: &str, before: &Locked) -> Left {
        if let Some(place) = self.places(document, id, before).first() {
            return Left::Whole(document.line_of(place.start));
        }
        let words = self.of(document, id);
        let length = before.marks.len();
        // How often each mark is still wanted, of those that the passage had, while a window goes over the document.
        let mut wanted: BTreeMap<Mark, i64> = BTreeMap::new();
        before.marks.iter().for_each(|mark| *wanted.entry(*mark).or_default() += 1);
        let (mut same, mut best) = (0_usize, (0_usize, 0_usize));
        for (at, (_, mark)) in words.iter().enumerate() {
            if let Some(count) = wanted.get_mut(mark) {
                same += usize::from(*count > 0);
                *count -= 1;
            }
            let out = at.checked_sub(length).and_then(|out| words.get(out));
            if let Some(count) = out.and_then(|(_, mark)| wanted.get_mut(mark)) {
                *count += 1;
                same -= usize::from(*count > 0);
            }
            if same > best.0 {
                best = (same, (at + 1).saturating_sub(length));
            }
        }
        let (same, first) = best;
        // A window begins where the passage may: with the first word in it that the passage had.
        let line = words.iter().skip(first).find(|(_, mark)| before.marks.contains(mark));
        match line {
            Some((range, _)) if same * 2 >= length && same >= CHANCE.min(length) => {
                Left::Like(document.line_of(range.start), same, length)
            }
            _ => Left::Nothing,
        }
    }

    fn of(&mut self, document: &Document, id: &str) -> &[(Range<usize>, Mark)] {
        let text = document.text();
        let marked = || {
            let word = |range: Range<usize>| (range.clone(), mark(id, text.get(range).unwrap_or("")));
            words_of(text).into_iter().map(word).collect()
        };
        self.known.entry(id.to_owned()).or_insert_with(marked)
    }
}

/// The stretches of words that have these marks.
fn alike<'w>(
    words: &'w [(Range<usize>, Mark)],
    marks: &'w [Mark],
) -> impl Iterator<Item = &'w [(Range<usize>, Mark)]> {
    // No marks are found nowhere.
    let windows = words.windows(marks.len().max(1)).filter(|_| !marks.is_empty());
    windows.filter(move |some| some.iter().map(|(_, mark)| mark).eq(marks))
}
