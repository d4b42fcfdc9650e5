//! What rules rested on when they were last held against their documents: of each document and each passage cited a hash,
//! and of each word of a passage a few bits, enough to say which words changed and far too few to give the text back.

use std::collections::BTreeMap;
use std::ops::Range;

use sha2::{Digest, Sha256};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::cited::citations;
use super::compare::led_to;
use super::document::{Document, Passage};
use super::folder::Documents;
use super::problem::SourceProblem;
use super::squeeze::Squeezed;
use crate::base::{FileId, Span};
use crate::diag::Problems;
use crate::syntax::ast::{Citation, File};
use crate::syntax::cite;

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
        for (file, citation) in
            files.iter().flat_map(|(_, file)| citations(file).into_iter().map(move |c| (file, c)))
        {
            let id = &citation.source.text;
            let Some(document) = documents.get(id) else { continue };
            lock.documents.insert(id.clone(), document.sha256().to_owned());
            if let Some(passage) = led_to(document, citation) {
                lock.passages.insert(key(citation, file), locked(document, id, &passage));
            }
        }
        lock
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

    /// Reads a lock file; `None` when it is none, which is reported.
    pub fn read(file: FileId, text: &str, problems: &mut Problems) -> Option<Lock> {
        let mut lock = Lock::default();
        let fault =
            |at: Range<usize>| SourceProblem::UnreadableLock { span: Span::new(file, at.start, at.end) };
        let table = match DeTable::parse(text) {
            Ok(table) => table,
            Err(error) => {
                problems.report(&fault(error.span().unwrap_or(0..0)));
                return None;
            }
        };
        let version = table.get_ref().get("version").and_then(|value| value.get_ref().as_integer());
        if version.is_none_or(|version| version.as_str() != "1") {
            problems.report(&fault(0..0));
            return None;
        }
        let list = |name: &str| table.get_ref().get(name).and_then(|value| value.get_ref().as_array());
        for entry in list("document").into_iter().flatten() {
            match (text_of(entry, "id"), text_of(entry, "sha256")) {
                (Some(id), Some(sha256)) => drop(lock.documents.insert(id, sha256)),
                _ => problems.report(&fault(entry.span())),
            }
        }
        for entry in list("passage").into_iter().flatten() {
            let span = Span::new(file, entry.span().start, entry.span().end);
            match passage_of(entry, span) {
                Some((key, locked)) => drop(lock.passages.insert(key, locked)),
                None => problems.report(&fault(entry.span())),
            }
        }
        Some(lock)
    }
}

fn text_of(entry: &Spanned<DeValue<'_>>, key: &str) -> Option<String> {
    entry.get_ref().as_table()?.get(key)?.get_ref().as_str().map(str::to_owned)
}

fn passage_of(entry: &Spanned<DeValue<'_>>, span: Span) -> Option<((String, String), Locked)> {
    let table = entry.get_ref().as_table()?;
    let (source, at, sha256) = (text_of(entry, "source")?, text_of(entry, "at")?, text_of(entry, "sha256")?);
    let line = table.get("line")?.get_ref().as_integer()?.as_str().parse().ok()?;
    let lines = table.get("words")?.get_ref().as_array()?;
    let mut marks = Vec::new();
    for line in lines {
        for mark in line.get_ref().as_str()?.split(' ') {
            marks.push(Mark::from_str_radix(mark, 16).ok()?);
        }
    }
    Some(((source, at), Locked { line, sha256, marks, span: Some(span) }))
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

/// What a passage is known by: its source, and its locators as they are written canonically.
pub(super) fn key(citation: &Citation, file: &File) -> (String, String) {
    let (id, all) = (citation.source.text.clone(), cite(citation, file.lang));
    let at = all.strip_prefix(&id).unwrap_or(&all).trim().to_owned();
    (id, at)
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
