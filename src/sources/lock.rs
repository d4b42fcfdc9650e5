//! What rules rested on when they were last held against their documents: of each document and each passage cited a hash,
//! and of each word of a passage a few bits, enough to say which words changed and far too few to give the text back.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::ops::Range;

use sha2::{Digest, Sha256};

use super::cited::citations;
use super::document::{Document, Passage};
use super::folder::Documents;
use super::led::Led;
use super::squeeze::Squeezed;
use crate::base::{FileId, Lang, Span};
use crate::syntax::Basis;
use crate::syntax::ast::{Citation, File};

/// The lock file's name in the folder of the rules.
pub const LOCK: &str = "kilder.lock";

/// The words above a lock file, for whoever opens it.
const HEAD: &str = "# Hvad reglerne hvilede på, da de sidst blev holdt op mod dokumenterne. Skrevet af `klausul sources … --lock`.
# What the rules rested on when they were last held against the documents. Written by `klausul sources … --lock`.
";

/// How many word marks stand on one line of the file.
const MARKS_A_LINE: usize = 32;

/// What rules rested on.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Lock {
    /// The documents by their ids, each with the hash of its bytes.
    pub(super) documents: BTreeMap<String, String>,
    /// The passages cited, by source and locators.
    pub(super) passages: BTreeMap<(String, String), Locked>,
    /// Whether some of it could not be read, so that what it does not name may be what stood there.
    pub(super) faulty: bool,
}

/// A passage as it was.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Locked {
    /// Its first line in the document, from 1.
    pub(super) line: usize,
    /// The hash of its letters and digits.
    pub(super) sha256: String,
    /// A mark for each of its words.
    pub(super) marks: Vec<Mark>,
    /// Where it stands in the lock file.
    pub(super) span: Option<Span>,
}

/// Twelve bits of the hash of a word: some seventy words of a large dictionary share each mark.
pub(super) type Mark = u16;

impl Lock {
    /// Records the passages that files cite, those that their citations lead to.
    pub fn of(files: &[(FileId, &File)], documents: &Documents) -> Lock {
        let mut lock = Lock::default();
        let mut led = Led::new(documents);
        for citation in files.iter().flat_map(|(_, file)| citations(file)) {
            let id = &citation.source.text;
            let Some(document) = documents.get(id) else { continue };
            lock.documents.insert(id.clone(), document.sha256().to_owned());
            let Entry::Vacant(entry) = lock.passages.entry(key(citation)) else { continue };
            if let Some((document, passage)) = led.to(citation) {
                entry.insert(locked(document, id, &passage));
            }
        }
        lock
    }

    /// Tells whether nothing rests on any document.
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty() && self.passages.is_empty()
    }

    /// A citation's passage as it was.
    pub(super) fn was(&self, citation: &Citation) -> Option<&Locked> {
        self.passages.get(&key(citation))
    }

    /// Writes it as TOML: sorted, and the same bytes for the same rules and documents.
    pub fn write(&self) -> String {
        let mut text = format!("{HEAD}version = 1\n");
        for (id, sha256) in &self.documents {
            text += &format!("\n[[document]]\nid = {}\nsha256 = \"{sha256}\"\n", quoted(id));
        }
        for ((source, at), locked) in &self.passages {
            let Locked { line, sha256, marks, .. } = locked;
            text += &format!("\n[[passage]]\nsource = {}\nat = {}\n", quoted(source), quoted(at));
            text += &format!("line = {line}\nsha256 = \"{sha256}\"\nwords = [\n");
            for some in marks.chunks(MARKS_A_LINE) {
                let some: Vec<String> = some.iter().map(|mark| format!("{mark:03x}")).collect();
                text += &format!("  \"{}\",\n", some.join(" "));
            }
            text += "]\n";
        }
        text
    }
}

/// A text as TOML quotes it.
fn quoted(text: &str) -> String {
    let inner: String = text
        .chars()
        .map(|c| match c {
            '"' => "\\\"".to_owned(),
            '\\' => "\\\\".to_owned(),
            c if c.is_control() => format!("\\u{:04X}", u32::from(c)),
            c => c.to_string(),
        })
        .collect();
    format!("\"{inner}\"")
}

/// What a passage is known by: its source, and its locators as they are written canonically, in Danish whatever the rules are
/// written in.
pub(super) fn key(citation: &Citation) -> (String, String) {
    let Basis { source, at } = Basis::of(citation, Lang::Da);
    (source, at)
}

/// A passage as it is now.
pub(super) fn locked(document: &Document, id: &str, passage: &Passage) -> Locked {
    let words = document.words(passage.start..passage.end);
    let marks = words_of(words).into_iter().map(|range| mark(id, words.get(range).unwrap_or(""))).collect();
    Locked { line: document.line_of(passage.start), sha256: squeezed_hash(words), marks, span: None }
}

/// The hash of the letters and digits of a text: breaks, hyphens and spaces make no difference.
pub(super) fn squeezed_hash(words: &str) -> String {
    hash(Squeezed::of(words).as_str().as_bytes())
}

/// The hash of bytes as `sha256sum` shows it.
pub(super) fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The words of a text: what stands between blanks, one broken by a hyphen at the end of a line whole again. What has neither
/// letters nor digits is no word.
pub(super) fn words_of(text: &str) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut broken = false;
    let mut at = 0;
    for piece in text.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end();
        let (start, end) = (at, at + word.len());
        at += piece.len();
        if !word.chars().any(char::is_alphanumeric) {
            continue;
        }
        match words.last_mut().filter(|_| broken && word.starts_with(char::is_lowercase)) {
            Some(last) => last.end = end,
            None => words.push(start..end),
        }
        broken = word.ends_with(['-', '\u{AD}']) && piece.ends_with('\n');
    }
    words
}

/// The mark of a word. The id of its document goes into it, so that marks of different documents say nothing of each other.
pub(super) fn mark(id: &str, word: &str) -> Mark {
    let mut hasher = Sha256::new();
    hasher.update(id.as_bytes());
    hasher.update([0]);
    hasher.update(Squeezed::of(word).as_str().as_bytes());
    let digest = hasher.finalize();
    let byte = |at: usize| Mark::from(digest.as_slice().get(at).copied().unwrap_or(0));
    (byte(0) << 4) | (byte(1) >> 4)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that meets what it does not expect has failed")]

    use super::*;
    use crate::base::{SourceFile, SourceMap};
    use crate::diag::Problems;

    fn marks(text: &str) -> Vec<Mark> {
        words_of(text).into_iter().map(|range| mark("PA", &text[range])).collect()
    }

    #[test]
    fn line_ends_hyphens_and_capitals_make_no_other_words() {
        assert_eq!(marks("Der afsættes 5 mio. kr."), marks("der af-\nsættes\n 5 mio.\n\u{2022} kr"));
        assert_ne!(marks("5 mio. kr."), marks("6 mio. kr."));
    }

    #[test]
    fn what_is_written_is_read_back() {
        let locked = Locked { line: 3, sha256: hash(b"x"), marks: marks("en to tre fire"), span: None };
        let mut lock = Lock::default();
        lock.documents.insert("PA".to_owned(), hash(b"hele"));
        lock.passages.insert(("PA".to_owned(), "fra \"a\" til \"b\\c\"".to_owned()), locked);
        let text = lock.write();
        let mut map = SourceMap::new();
        let file = map.add(SourceFile::new(LOCK, text.clone()));
        let mut problems = Problems::new();
        let mut read = Lock::read(file, &text, &mut problems).unwrap();
        read.passages.values_mut().for_each(|passage| passage.span = None);
        assert!(problems.is_empty());
        assert_eq!(read, lock);
        assert!(Lock::read(file, "version = 2", &mut problems).is_none());
    }
}
