//! A passage that was cited once, held against the document as it is, from no more than the place and a hash.

use super::cited::citations;
use super::folder::Documents;
use super::led::Led;
use super::lock::squeezed_hash;
use crate::base::{Lang, SourceFile, SourceMap};
use crate::diag::Problems;
use crate::syntax::ast::Citation;
use crate::syntax::{Basis, parse};

/// What has come of a passage.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Held {
    /// It says the same, beginning on this line.
    Same(usize),
    /// Something else stands where the citation leads: on this line.
    Changed(usize),
    /// The citation leads nowhere in its document, or to several places.
    Gone,
    /// Its document is not at hand.
    NoDocument,
}

/// Follows a citation as rules in this language write it, and holds the passage that it leads to against the hash of
/// its letters and digits.
pub fn held(documents: &Documents, cited: &Basis, lang: Lang, sha256: &str) -> Held {
    if documents.get(&cited.source).is_none() {
        return Held::NoDocument;
    }
    let Some(citation) = citation(cited, lang) else { return Held::Gone };
    match Led::new(documents).to(&citation) {
        Some((document, passage)) => {
            let line = document.line_of(passage.start);
            let same = squeezed_hash(document.words(passage.start..passage.end)) == sha256;
            if same { Held::Same(line) } else { Held::Changed(line) }
        }
        None => Held::Gone,
    }
}

/// The words of a passage, for those who do not have the document beside them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Quoted {
    /// Its paragraphs, each on one line, broken words whole again.
    pub paragraphs: Vec<String>,
    /// Whether it goes on: a passage of many pages is not quoted whole.
    pub goes_on: bool,
    /// The hash of its letters and digits.
    pub sha256: String,
}

/// The most letters of a passage that are quoted, to the end of the paragraph.
const MOST_LETTERS: usize = 1_500;

/// Returns the words of a passage; nothing where its document is not at hand, or the citation leads nowhere in it.
pub fn quoted(documents: &Documents, cited: &Basis, lang: Lang) -> Option<Quoted> {
    let citation = citation(cited, lang)?;
    let (document, passage) = Led::new(documents).to(&citation)?;
    let words = document.words(passage.start..passage.end);
    let sha256 = squeezed_hash(words);
    let all = paragraphs(words);
    let mut letters = 0;
    let shown = all.iter().take_while(|paragraph| {
        let is_room = letters < MOST_LETTERS;
        letters += paragraph.chars().count();
        is_room
    });
    let shown = shown.count();
    let goes_on = shown < all.len();
    Some(Quoted { paragraphs: all.into_iter().take(shown).collect(), goes_on, sha256 })
}

/// The paragraphs of a text that is broken into lines: a blank line ends one, and so does a row of a table; a bullet or
/// a number begins one.
fn paragraphs(words: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut is_open = false;
    for line in words.lines().map(str::trim) {
        match all.last_mut().filter(|_| is_open && !begins(line) && !line.is_empty()) {
            Some(last) => match last.strip_suffix(['-', '\u{AD}']) {
                Some(broken) if line.starts_with(char::is_lowercase) => *last = format!("{broken}{line}"),
                Some(_) | None => *last = format!("{last} {line}"),
            },
            None if line.is_empty() => {}
            None => all.push(line.to_owned()),
        }
        is_open = !line.is_empty() && !line.contains('\t');
    }
    all
}

/// Tells whether a line begins a paragraph: `- `, `• `, `2. `, `b) `, or the row of a table.
fn begins(line: &str) -> bool {
    let first = line.split([' ', '\t']).next().unwrap_or_default();
    let is_bullet = matches!(first, "-" | "–" | "•" | "\u{F0B7}");
    let mark = first.strip_suffix(['.', ')']).unwrap_or_default();
    let is_number = !mark.is_empty() && mark.len() <= 2 && mark.chars().all(|c| c.is_ascii_digit());
    let is_letter = first.ends_with(')') && mark.chars().count() == 1;
    is_bullet || is_number || is_letter || line.contains('\t')
}

/// Reads a place as the rules write it; nothing where it is none.
fn citation(cited: &Basis, lang: Lang) -> Option<Citation> {
    let Basis { source, at } = cited;
    let text = match lang {
        Lang::Da => format!("aftale A \"A\"\n\nklausul a\n  hjemmel {source} {at}\n"),
        Lang::En => format!("agreement A \"A\"\n\nclause a\n  basis {source} {at}\n"),
    };
    let mut map = SourceMap::new();
    let file = map.add(SourceFile::new("", text));
    let tree = parse(&map, file, &mut Problems::new());
    let citation = citations(&tree).first().map(|one| (*one).clone())?;
    // A place that holds more than a place, such as another line, is none.
    (Basis::of(&citation, lang) == *cited).then_some(citation)
}
