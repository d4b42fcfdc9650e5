//! The door: bytes become a text that the rest may trust, or a message that says why not.
//!
//! An admitted text is UTF-8 in NFC without byte-order mark; its lines end with `\n`; every kind of space is a plain
//! one, and a tab is spaces; it holds no control characters and nothing that is invisible or changes the direction of
//! writing.

mod character;
mod encoding;
mod measure;
mod name;
mod original;
mod problem;
mod tabs;

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization, is_nfc};

use self::character::{CharacterKind, classify};
use self::encoding::guess;
use self::problem::TextProblem;
use self::tabs::Spread;
use crate::base::{FileId, Limit, Limits, SourceFile, SourceMap, Span};
use crate::diag::{Diagnostic, Problems, Report};

pub(super) use self::measure::measure;
pub use self::name::{check_name, confusable, confusable_key};
pub use self::original::put_in_original;

/// The largest number of unwelcome characters that are reported one by one.
const MAX_REPORTED: usize = 10;

/// Admits a text: checks its size and characters, normalises it and adds it to `sources`.
///
/// The texts of `sources` are held to its limits. Returns `None` when the text is refused; `problems` then holds why. A refused text that could be read is still in
/// `sources`, because the messages show its lines; it must not be parsed. A text with tabs is no refused text, although
/// they are errors: it is read with the spaces that their correction puts in.
pub fn admit(sources: &mut SourceMap, name: &str, bytes: &[u8], problems: &mut Problems) -> Option<FileId> {
    let (size, limit) = (bytes.len() as u64, sources.limits().get(Limit::FileSize));
    if size > limit {
        problems.push(too_large(name, size, limit));
        return None;
    }
    if let Some(limit) = sources.refuses(size) {
        problems.push(too_much(name, limit, sources.limits()));
        return None;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => admit_text(sources, name, text, problems),
        Err(error) => {
            refuse_encoding(sources, name, bytes, error.valid_up_to(), problems);
            None
        }
    }
}

fn too_large(name: &str, size: u64, limit: u64) -> Diagnostic {
    TextProblem::TooLarge { name: name.to_owned(), size, limit }.report()
}

/// Words the refusal of a quoted text that is longer than the limit.
pub fn text_too_long(at: Span, bytes: usize, limit: usize) -> Diagnostic {
    TextProblem::TextTooLong { at, bytes, limit }.report()
}

/// Words the refusal of a file that is too much together with those before it: see [`SourceMap::refuses`].
pub fn too_much(name: &str, limit: Limit, limits: &Limits) -> Diagnostic {
    TextProblem::TooMuch { name: name.to_owned(), limit, most: limits.get(limit) }.report()
}

fn refuse_encoding(
    sources: &mut SourceMap,
    name: &str,
    bytes: &[u8],
    offset: usize,
    problems: &mut Problems,
) {
    let readable = bytes.get(..offset).and_then(|prefix| std::str::from_utf8(prefix).ok()).unwrap_or("");
    let file = sources.add(SourceFile::new(name, format!("{readable}\u{FFFD}")));
    let at = Span::new(file, offset, offset + '\u{FFFD}'.len_utf8());
    problems.report(&TextProblem::NotUtf8 { at, offset, guess: guess(bytes, offset) });
}

fn admit_text(sources: &mut SourceMap, name: &str, text: &str, problems: &mut Problems) -> Option<FileId> {
    let original = text;
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let (text, hard_space) = plain_spaces(text);
    let (text, composed) = compose(text);
    let hard_space = hard_space.map(|(nth, char)| (place_of(&text, nth), char));
    let spread = Spread::of(text);
    let file = sources.add(SourceFile::new(name, spread.text.as_str()).read_as(original));
    let text = spread.text.as_str();
    let mut found = Problems::new();
    check_lines(text, file, sources.limits(), &mut found);
    if !found.has_errors() {
        check_characters(text, file, &mut found);
    }
    let refused = found.has_errors();
    report_tabs(&spread, file, &mut found);
    if let Some((at, char)) = hard_space {
        let at = spread.place(at);
        let at = Span::new(file, at, at + " ".len());
        found.report(&TextProblem::HardSpace { at, char });
    }
    if composed {
        found.report(&TextProblem::Composed { at: Span::new(file, 0, 0) });
    }
    problems.append(found);
    (!refused).then_some(file)
}

/// Makes line ends `\n` and every kind of space a plain one; tells where the first special space stands, as its number
/// of characters into the result.
fn plain_spaces(text: &str) -> (Cow<'_, str>, Option<(usize, char)>) {
    let special = |c: char| c == '\r' || classify(c) == Some(CharacterKind::HardSpace);
    if !text.contains(special) {
        return (Cow::Borrowed(text), None);
    }
    let text = text.replace("\r\n", "\n");
    let is_hard = |c: char| classify(c) == Some(CharacterKind::HardSpace);
    let first = text.chars().enumerate().find(|(_, c)| is_hard(*c));
    let plain = text.chars().map(|c| if is_hard(c) { ' ' } else { c }).collect();
    (Cow::Owned(plain), first)
}

fn compose(text: Cow<'_, str>) -> (String, bool) {
    if is_nfc(&text) { (text.into_owned(), false) } else { (text.nfc().collect(), true) }
}

fn place_of(text: &str, nth_char: usize) -> usize {
    text.char_indices().nth(nth_char).map_or(text.len(), |(at, _)| at)
}

fn check_lines(text: &str, file: FileId, limits: &Limits, problems: &mut Problems) {
    let (longest, most) = (limits.count(Limit::LineLength), limits.count(Limit::Lines));
    let mut start = 0;
    for (index, line) in text.split('\n').enumerate() {
        let at = Span::new(file, start, start + line.len());
        if index == most && !line.is_empty() {
            let lines = text.lines().count();
            problems.report(&TextProblem::TooManyLines { at: at.before(), lines, limit: most });
            return;
        }
        if line.len() > longest {
            let bytes = line.len();
            problems.report(&TextProblem::LineTooLong { at: at.before(), bytes, limit: longest });
        }
        start += line.len() + 1;
    }
}

fn check_characters(text: &str, file: FileId, problems: &mut Problems) {
    if !text.chars().any(|c| classify(c).is_some()) {
        return;
    }
    let unwelcome = || text.char_indices().filter_map(|(at, char)| Some((at, char, refusal(char)?)));
    for (at, char, kind) in unwelcome().take(MAX_REPORTED) {
        let span = Span::new(file, at, at + char.len_utf8());
        problems.report(&TextProblem::Character { at: span, char, kind, line: line_around(text, file, at) });
    }
    let more = unwelcome().count().saturating_sub(MAX_REPORTED);
    if let Some((at, char, _)) = unwelcome().nth(MAX_REPORTED) {
        problems.report(&TextProblem::MoreCharacters { at: Span::new(file, at, at + char.len_utf8()), more });
    }
}

/// Returns the kind of a character that has a message of its own for every place.
fn refusal(char: char) -> Option<CharacterKind> {
    classify(char).filter(|kind| !matches!(kind, CharacterKind::Tab | CharacterKind::HardSpace))
}

/// The line that holds `at`: its place and its text.
fn line_around(text: &str, file: FileId, at: usize) -> (Span, String) {
    let start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |n| n + 1);
    let end = text.get(at..).and_then(|after| after.find('\n')).map_or(text.len(), |n| at + n);
    (Span::new(file, start, end), text.get(start..end).unwrap_or("").to_owned())
}

fn report_tabs(text: &Spread, file: FileId, problems: &mut Problems) {
    for indenting in [true, false] {
        let places = text.tabs(file, indenting);
        if !places.is_empty() {
            problems.report(&TextProblem::Tab { places, indenting });
        }
    }
}

#[cfg(test)]
mod tests;
