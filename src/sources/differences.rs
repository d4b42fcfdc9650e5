//! Which words of a passage are new, and how many of the former ones are gone.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::document::{Document, Passage};
use super::elsewhere::Words;
use super::lock::{Locked, words_of};

/// A place where a passage differs: the words that are new, and how many of the former ones are missing there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Difference {
    /// How many words were taken out.
    pub(super) removed: usize,
    /// Where they stand now, if they do: the line.
    pub(super) stands: Option<usize>,
    /// The words that are new there, the first of them.
    pub(super) added: String,
    /// How many more are.
    pub(super) more: usize,
    /// The last words before.
    pub(super) before: String,
    /// Whether the words were compared one by one; a passage may be too long for that.
    pub(super) close: bool,
}

/// A passage as it was and as it is.
pub(super) struct Compared<'c> {
    /// The document as it is.
    pub(super) document: &'c Document,
    /// How rules cite it.
    pub(super) id: &'c str,
    /// The passage as it was.
    pub(super) before: &'c Locked,
    /// The same as it is.
    pub(super) now: &'c Locked,
    /// Where it is.
    pub(super) passage: &'c Passage,
}

/// How many words are shown before a difference.
const WORDS_BEFORE: usize = 3;
/// How many new words are shown of one difference.
const MOST_WORDS: usize = 40;
/// Beyond this product of the words that were and that are, between the same beginning and the same end, they are not compared
/// one by one: the time would grow with it.
const MOST_COMPARED: usize = 25_000_000;

/// What is different in a passage, in the order of its words.
pub(super) fn differences(compared: &Compared<'_>, elsewhere: &mut Words) -> Vec<Difference> {
    let Compared { document, id, before, now, passage } = compared;
    let text = document.words(passage.start..passage.end);
    let words = words_of(text);
    let said = |from: usize, count: usize| {
        let some = words.iter().skip(from).take(count).filter_map(|word| text.get(word.clone()));
        some.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
    };
    let (changed, close) = operations(before, now);
    let differs = |op: DiffOp| {
        let (from, removed, at, added) = match op {
            DiffOp::Equal { .. } => return None,
            DiffOp::Delete { old_index, old_len, new_index } => (old_index, old_len, new_index, 0),
            DiffOp::Insert { old_index, new_index, new_len } => (old_index, 0, new_index, new_len),
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                (old_index, old_len, new_index, new_len)
            }
        };
        let taken = before.marks.get(from..from + removed).unwrap_or_default();
        let stands = elsewhere.line_of(document, id, taken);
        let start = at.saturating_sub(WORDS_BEFORE);
        let shown = added.min(MOST_WORDS);
        let (more, before) = (added - shown, said(start, at - start));
        Some(Difference { removed, stands, added: said(at, shown), more, before, close })
    };
    changed.into_iter().filter_map(differs).collect()
}

/// How the words that were become those that are, and whether they were compared one by one.
fn operations(before: &Locked, now: &Locked) -> (Vec<DiffOp>, bool) {
    let (old, new) = (before.marks.as_slice(), now.marks.as_slice());
    let same = |(one, other): &(&u16, &u16)| one == other;
    let front = old.iter().zip(new).take_while(same).count();
    let (old_rest, new_rest) = (old.get(front..).unwrap_or_default(), new.get(front..).unwrap_or_default());
    let back = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(same).count();
    let (old_len, new_len) = (old_rest.len() - back, new_rest.len() - back);
    if old_len.saturating_mul(new_len) > MOST_COMPARED {
        return (vec![DiffOp::Replace { old_index: front, old_len, new_index: front, new_len }], false);
    }
    (capture_diff_slices(Algorithm::Myers, old, new), true)
}
