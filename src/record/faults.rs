//! What a record is held to, level by level, and what does not hold.

use std::collections::BTreeMap;

use crate::base::{Bi, bi};

/// The levels of verification, in the order in which they are told.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Level {
    /// Form and canonical bytes.
    Form,
    /// Digests of records, parts and steps.
    Digests,
    /// Numbers without gaps, each record naming the one before it.
    Chain,
    /// Signatures.
    Signatures,
    /// The steps redone from the record alone.
    Steps,
    /// Computed again by the program: the same bytes.
    Replay,
    /// The passages cited, in the documents.
    Sources,
    /// What the rules at hand say today.
    Today,
}

impl Level {
    /// Every level.
    pub const ALL: [Level; 8] = [
        Level::Form,
        Level::Digests,
        Level::Chain,
        Level::Signatures,
        Level::Steps,
        Level::Replay,
        Level::Sources,
        Level::Today,
    ];

    /// Its name in machine-readable output.
    pub fn name(self) -> &'static str {
        match self {
            Level::Form => "form",
            Level::Digests => "digests",
            Level::Chain => "chain",
            Level::Signatures => "signatures",
            Level::Steps => "steps",
            Level::Replay => "replay",
            Level::Sources => "sources",
            Level::Today => "today",
        }
    }

    /// Its words.
    pub fn words(self) -> Bi {
        match self {
            Level::Form => bi!("form", "form"),
            Level::Digests => bi!("mærker", "digests"),
            Level::Chain => bi!("kæde", "chain"),
            Level::Signatures => bi!("underskrifter", "signatures"),
            Level::Steps => bi!("trin", "steps"),
            Level::Replay => bi!("genberegning", "replay"),
            Level::Sources => bi!("kilder", "sources"),
            Level::Today => bi!("regler i dag", "rules today"),
        }
    }
}

/// Something that does not hold.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    /// The line of the record, from 1.
    pub line: usize,
    /// The field, by its path in the record; empty for the whole line.
    pub at: String,
    /// What is the matter.
    pub what: Bi,
}

impl Fault {
    /// Makes a fault. A record may hold names and numbers of any length; of what it holds, enough is told to know it by.
    pub fn new(line: usize, at: &str, what: Bi) -> Fault {
        let what = Bi { da: cut(&what.da, MOST_TOLD), en: cut(&what.en, MOST_TOLD) };
        Fault { line, at: cut(at, MOST_TOLD), what }
    }
}

/// How many characters of a fault are told.
const MOST_TOLD: usize = 400;

/// The first characters of a text, and a mark where there are more.
pub(super) fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// A number of records, in English words; the Danish word is one for one and for several.
pub fn records(count: usize) -> String {
    if count == 1 { "1 record".to_owned() } else { format!("{count} records") }
}

/// What came of one level.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// It holds; in words what was looked at.
    Held(Bi),
    /// It was not looked at; in words why.
    NotLookedAt(Bi),
    /// It does not hold.
    Failed(Vec<Fault>),
}

/// What came of each level that was reached.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Levels {
    all: BTreeMap<Level, Verdict>,
}

impl Levels {
    /// Adds a fault to a level.
    pub fn fail(&mut self, level: Level, fault: Fault) {
        match self.all.get_mut(&level) {
            Some(Verdict::Failed(faults)) => faults.push(fault),
            Some(Verdict::Held(_) | Verdict::NotLookedAt(_)) | None => {
                self.all.insert(level, Verdict::Failed(vec![fault]));
            }
        }
    }
    /// Says that a level holds, unless something in it did not.
    pub fn hold(&mut self, level: Level, what: Bi) {
        self.settle(level, Verdict::Held(what));
    }
    /// Says why a level was not looked at, unless something in it did not hold.
    pub fn skip(&mut self, level: Level, why: Bi) {
        self.settle(level, Verdict::NotLookedAt(why));
    }
    fn settle(&mut self, level: Level, verdict: Verdict) {
        self.all.entry(level).or_insert(verdict);
    }
    /// Returns the verdicts, in the order of the levels.
    pub fn verdicts(&self) -> impl Iterator<Item = (Level, &Verdict)> {
        self.all.iter().map(|(level, verdict)| (*level, verdict))
    }
    /// Tells whether something does not hold.
    pub fn failed(&self) -> bool {
        self.all.values().any(|verdict| matches!(verdict, Verdict::Failed(_)))
    }
    /// Tells whether a level does not hold.
    pub fn has_failed(&self, level: Level) -> bool {
        matches!(self.all.get(&level), Some(Verdict::Failed(_)))
    }
}
