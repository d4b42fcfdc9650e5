use std::collections::BTreeMap;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::lock::hash;
use super::outline::{Part, PartKind, outline};
use super::problem::SourceProblem;
use super::register::Entry;
use super::squeeze::Squeezed;
use super::sweep::Sweep;
use crate::diag::Problems;

/// A document that rules cite, with its parts found.
#[derive(Clone, Debug)]
pub struct Document {
    text: String,
    squeezed: Squeezed,
    parts: Vec<Part>,
    /// Where its lines begin.
    lines: Vec<usize>,
    /// Where running text goes on below the lists of a box, by the box's number among the parts: it may be of the box, or not.
    below: BTreeMap<usize, usize>,
    /// The hash of its bytes.
    sha256: String,
}

/// A stretch of a document that a citation names.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Passage {
    /// From where to where, in bytes of the document.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Document {
    /// Reads a document: its parts are found by the shape of their headings, and its words are made ready to be looked
    /// for across line ends, hyphens and pages.
    pub fn new(text: &str) -> Document {
        let text: String = text.nfc().collect();
        let sha256 = hash(text.as_bytes());
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let parts = outline(&text);
        let below = below_lists(&text, &parts);
        Document { squeezed: Squeezed::of(&text), parts, lines, below, text, sha256 }
    }

    /// Returns the hash of its bytes, as `sha256sum` shows it.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// Reads the document of a register's entry; `None` when its bytes are no UTF-8, which is reported.
    pub fn read(entry: &Entry, bytes: &[u8], problems: &mut Problems) -> Option<Document> {
        match std::str::from_utf8(bytes) {
            Ok(text) => Some(Document { sha256: hash(bytes), ..Document::new(&text.replace("\r\n", "\n")) }),
            Err(error) => {
                let (span, file, at) = (entry.span, entry.file.clone(), error.valid_up_to());
                problems.report(&SourceProblem::NotText { span, file, at });
                None
            }
        }
    }

    /// Returns the whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the parts, in the order they begin.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// Returns the words of a stretch.
    pub fn words(&self, range: Range<usize>) -> &str {
        self.text.get(range).unwrap_or("")
    }

    /// Returns the line that a place is in, from 1.
    pub fn line_of(&self, at: usize) -> usize {
        self.lines.partition_point(|start| *start <= at).max(1)
    }

    /// Returns the whole document as a passage.
    pub fn whole(&self) -> Passage {
        Passage { start: 0, end: self.text.len() }
    }

    /// Finds words, whole ones only, wherever they stand in a stretch.
    pub(super) fn find(&self, words: &str, within: &Range<usize>) -> Vec<Range<usize>> {
        let all = self.squeezed.find_all(&self.text, words);
        all.into_iter().filter(|range| within.start <= range.start && range.end <= within.end).collect()
    }

    /// Returns the heading of a part on one line, broken words whole again.
    pub fn title_of(&self, part: &Part) -> String {
        let lines = self.words(part.title.clone()).lines().map(str::trim);
        lines.fold(String::new(), |title, line| match title.strip_suffix(['-', '\u{AD}']) {
            Some(broken) if line.starts_with(char::is_lowercase) => format!("{broken}{line}"),
            _ if title.is_empty() => line.to_owned(),
            _ => format!("{title} {line}"),
        })
    }

    /// Words a part as a citation would: `bilag 1`, `boks 5`, `"Teknologibidrag"`.
    pub fn name_of(&self, part: &Part) -> String {
        let title = self.title_of(part);
        match part.kind {
            PartKind::Heading | PartKind::Section(_) => format!("\"{title}\""),
            PartKind::Annex => format!("bilag {}", part.number),
            PartKind::Box => format!("boks {}", part.number),
            PartKind::Article => format!("artikel {}", part.number),
            PartKind::Paragraph => format!("§ {}", part.number),
            PartKind::Subsection => format!("stk. {}", part.number),
            PartKind::Number => format!("nr. {}", part.number),
            PartKind::Letter => format!("litra {}", part.number),
            PartKind::Bullet => "pind".to_owned(),
        }
    }

    /// The way to a place, the widest part first: `bilag 1, boks 5`. Text below the lists of a box is `boks 5 eller efter den`.
    pub fn way_to(&self, at: usize) -> String {
        let holds =
            |part: &Part| part.kind != PartKind::Bullet && part.reach.start <= at && at < part.reach.end;
        let held: Vec<usize> =
            self.parts.iter().enumerate().filter(|(_, part)| holds(part)).map(|(at, _)| at).collect();
        self.way(&held, self.is_below(&held, at))
    }

    /// Makes ready to name the ways to places, one after the other.
    pub(super) fn ways(&self) -> Ways<'_> {
        let reach = |part: &Part| match part.kind {
            PartKind::Bullet => 0..0,
            _ => part.reach.clone(),
        };
        Ways { document: self, sweep: Sweep::new(self.parts.iter().map(reach)), last: None }
    }

    /// Words the way through parts; the last may have ended before the place.
    fn way(&self, held: &[usize], is_below: bool) -> String {
        let parts = held.iter().filter_map(|part| self.parts.get(*part));
        let way = parts.map(|part| self.name_of(part)).collect::<Vec<_>>().join(", ");
        if is_below { way + " eller efter den" } else { way }
    }

    /// Tells whether a place stands below the lists of the box that holds it innermost.
    fn is_below(&self, held: &[usize], at: usize) -> bool {
        held.last().and_then(|part| self.below.get(part)).is_some_and(|below| *below <= at)
    }
}

/// The ways to places that do not go back: each is worded once for all places that it leads to.
#[derive(Clone, Debug)]
pub(super) struct Ways<'d> {
    document: &'d Document,
    sweep: Sweep,
    last: Option<((Vec<usize>, bool), String)>,
}

impl Ways<'_> {
    /// The parts that hold a place, the widest first, each by its number among all; and the way to it.
    pub(super) fn to(&mut self, at: usize) -> (&[usize], &str) {
        let held: Vec<usize> = self.sweep.at(at).collect();
        let is_below = self.document.is_below(&held, at);
        let last = match self.last.take() {
            Some(last) if last.0 == (held.clone(), is_below) => last,
            Some(_) | None => {
                let way = self.document.way(&held, is_below);
                ((held, is_below), way)
            }
        };
        let ((held, _), way) = self.last.insert(last);
        (held, way)
    }
}

/// Where running text begins below the last list of each box that has one.
fn below_lists(text: &str, parts: &[Part]) -> BTreeMap<usize, usize> {
    let mut below = BTreeMap::new();
    for (at, part) in parts.iter().enumerate().filter(|(_, part)| part.kind == PartKind::Box) {
        let inside = parts.iter().skip(at + 1).take_while(|other| other.whole.start < part.whole.end);
        let Some(last) = inside.filter(|other| other.kind == PartKind::Bullet).last() else { continue };
        let rest = text.get(last.whole.end..part.whole.end).unwrap_or("");
        if rest.chars().any(char::is_alphanumeric) {
            below.insert(at, last.whole.end);
        }
    }
    below
}
