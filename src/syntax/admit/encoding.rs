use crate::base::{Bi, bi};

/// Guesses how a text that is not UTF-8 was written, for the message alone; it is never read that way.
///
/// `offset` is the first byte that is not UTF-8.
pub(super) fn guess(bytes: &[u8], offset: usize) -> Option<Bi> {
    if let Some(wide) = utf16(bytes) {
        return Some(wide);
    }
    let (line, odd) = line_at(bytes, offset);
    let (name, table) = [("Windows-1252/Latin-1", LATIN1), ("CP850 (DOS)", CP850), ("Mac Roman", MAC)]
        .into_iter()
        .find(|(_, table)| reads_as_danish(line, odd, table))?;
    let word = word_at(line, odd, table);
    Some(bi!("{name}, hvor ordet er `{word}`", "{name}, where the word is `{word}`"))
}

fn utf16(bytes: &[u8]) -> Option<Bi> {
    let marked = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
    let sample = bytes.get(..bytes.len().min(400)).unwrap_or(bytes);
    let zeros = sample.iter().filter(|b| **b == 0).count();
    (marked || zeros * 3 > sample.len()).then(|| Bi::same("UTF-16"))
}

/// Bytes above 127 that a code page uses for letters of Danish words.
type Table = &'static [(u8, char)];

const LATIN1: Table = &[
    (0xE6, 'æ'),
    (0xF8, 'ø'),
    (0xE5, 'å'),
    (0xC6, 'Æ'),
    (0xD8, 'Ø'),
    (0xC5, 'Å'),
    (0xE9, 'é'),
    (0xE8, 'è'),
    (0xFC, 'ü'),
    (0xF6, 'ö'),
    (0xE4, 'ä'),
    (0xD6, 'Ö'),
    (0xC4, 'Ä'),
    (0xA7, '§'),
    (0xBD, '½'),
    (0xBC, '¼'),
    (0xBE, '¾'),
    (0xD7, '×'),
    (0x96, '–'),
    (0x94, '”'),
    (0x93, '“'),
    (0x92, '’'),
    (0xAB, '«'),
    (0xBB, '»'),
];
const CP850: Table =
    &[(0x91, 'æ'), (0x9B, 'ø'), (0x86, 'å'), (0x92, 'Æ'), (0x9D, 'Ø'), (0x8F, 'Å'), (0x82, 'é')];
const MAC: Table =
    &[(0xBE, 'æ'), (0xBF, 'ø'), (0x8C, 'å'), (0xAE, 'Æ'), (0xAF, 'Ø'), (0x81, 'Å'), (0x8E, 'é')];

/// A code page fits when it has the first odd byte and every other one of the line.
fn reads_as_danish(line: &[u8], odd: usize, table: Table) -> bool {
    let known = |byte: &u8| table.iter().any(|(code, _)| code == byte);
    line.get(odd).is_some_and(known) && line.iter().filter(|b| !b.is_ascii()).all(known)
}

/// The line that holds the byte, and where in it the byte stands.
fn line_at(bytes: &[u8], offset: usize) -> (&[u8], usize) {
    let start = bytes.iter().take(offset).rposition(|b| *b == b'\n').map_or(0, |n| n + 1);
    let rest = bytes.get(start..).unwrap_or(&[]);
    let line = rest.split(|b| *b == b'\n').next().unwrap_or(rest);
    (line, offset - start)
}

fn word_at(line: &[u8], odd: usize, table: Table) -> String {
    let decode = |b: &u8| table.iter().find(|(code, _)| code == b).map_or(char::from(*b), |(_, c)| *c);
    let chars: Vec<char> = line.iter().map(decode).collect();
    let start = chars.iter().take(odd).rposition(|c| !c.is_alphanumeric()).map_or(0, |n| n + 1);
    let word: String = chars.iter().skip(start).take_while(|c| c.is_alphanumeric()).take(40).collect();
    if word.is_empty() { chars.get(odd).map(char::to_string).unwrap_or_default() } else { word }
}
