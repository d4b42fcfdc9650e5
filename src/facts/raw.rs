use std::collections::BTreeMap;

use super::problem::ShapeProblem;
use crate::base::{Bi, Lang, Span, bi};
use crate::diag::Problems;
use crate::value::Period;

/// What data files say, before anything is known of the rules.
#[derive(Clone, Debug, Default)]
pub struct RawData {
    /// The year that the data asks to be evaluated for.
    pub year: Option<RawYear>,
    /// The kinds mentioned, also those of which no entity is given: an empty list is not the same as nothing said.
    pub kinds: Vec<RawKind>,
    /// The entities mentioned, each once per place.
    pub entities: Vec<RawEntity>,
    /// The values.
    pub entries: Vec<RawEntry>,
    /// What the files say of themselves, in words for people.
    pub notes: Vec<RawNote>,
}

/// Words for people at the top of a data file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RawNote {
    /// The language of the name that they stand under.
    pub lang: Lang,
    /// The paragraphs.
    pub says: Vec<String>,
    /// Where they stand.
    pub origin: Origin,
}

/// The year at the top of a data file.
#[derive(Clone, Debug)]
pub struct RawYear {
    /// The year.
    pub year: i16,
    /// Where it stands.
    pub origin: Origin,
}

/// A kind that data holds entities of, as the data names it.
#[derive(Clone, Debug)]
pub struct RawKind {
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub origin: Origin,
}

/// An entity that data holds.
#[derive(Clone, Debug)]
pub struct RawEntity {
    /// The name of its kind.
    pub kind: String,
    /// Its key; for a child in a list, the key of its parent and its number: `h1/2`.
    pub key: String,
    /// The kind and key of the entity it is nested in.
    pub parent: Option<(String, String)>,
    /// Where it stands.
    pub origin: Origin,
}

/// One value and what it is the value of.
#[derive(Clone, Debug)]
pub struct RawEntry {
    /// What the value is of.
    pub target: RawTarget,
    /// The name as written when a time was cut off its end (`folketal_2020_01_01`), for facts that are named so.
    pub full_name: Option<String>,
    /// The time it is for; `None` when the data does not say.
    pub time: Option<RawTime>,
    /// The value.
    pub value: RawValue,
    /// Where it stands.
    pub origin: Origin,
}

/// What a value is the value of. Names are in NFC.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum RawTarget {
    /// A `givet` or a definition, by its path: `aftale.dut`.
    Given(String),
    /// A fact of an entity.
    Entity {
        /// The name of the kind.
        kind: String,
        /// The key of the entity.
        key: String,
        /// The name of the fact.
        fact: String,
    },
}

/// The time a value is for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum RawTime {
    /// In a period, or on a day.
    In(Period),
    /// From the first day of a period onwards.
    From(Period),
}

/// A value as data gives it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RawValue {
    /// A bare number: it counts in the unit declared for the name.
    Number(RawNumber),
    /// A text: a name, a date, or an amount with its unit, to be read in the language of the rule file.
    Text(String),
    /// `true` or `false`.
    Truth(bool),
    /// `null`, or an empty cell: not given.
    Missing,
    /// `-`: given as none (`ingen`).
    Nothing,
}

/// A number, digit for digit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RawNumber {
    /// Its value in plain decimals with a point: `-1234.50`. At most 28 digits, no exponent, no groups.
    pub exact: String,
    /// As it was written.
    pub written: String,
}

/// Where something in a data file stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Origin {
    /// The place in the file's text.
    pub span: Span,
    /// The place in the data.
    pub place: Place,
}

/// A place as the form of the data counts it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Place {
    /// In JSON or TOML: a JSON pointer such as `/region/Sjælland/indbyggertal`.
    Pointer(String),
    /// In CSV: the row as spreadsheets number it (the headings being row 1) and the heading of the column.
    Cell {
        /// The row, from 1.
        row: usize,
        /// The heading.
        column: String,
    },
}

impl Place {
    /// Words the place: `række 3, kolonne "indbyggertal"`.
    pub fn words(&self) -> Bi {
        match self {
            Place::Pointer(pointer) => Bi::same(format!("`{pointer}`")),
            Place::Cell { row, column } => {
                bi!("række {row}, kolonne `{column}`", "row {row}, column `{column}`")
            }
        }
    }
}

impl RawTarget {
    /// Returns the names from the outermost, separated by points.
    pub fn path(&self) -> String {
        match self {
            RawTarget::Given(path) => path.clone(),
            RawTarget::Entity { kind, key, fact } => format!("{kind}.{key}.{fact}"),
        }
    }
    /// Words the target as people say it: `region "Sjælland": indbyggertal`.
    pub fn words(&self) -> String {
        match self {
            RawTarget::Given(path) => path.clone(),
            RawTarget::Entity { kind, key, fact } => format!("{kind} \"{key}\": {fact}"),
        }
    }
}

impl RawData {
    /// Puts the data of several files together. What is given twice, or two different years, is reported; the first
    /// one stays.
    pub fn join(files: impl IntoIterator<Item = RawData>, problems: &mut Problems) -> RawData {
        let mut all = RawData::default();
        for data in files {
            all.year = one_year(all.year, data.year, problems);
            all.kinds.extend(data.kinds);
            all.entities.extend(data.entities);
            all.entries.extend(data.entries);
            all.notes.extend(data.notes);
        }
        let mut first: BTreeMap<(RawTarget, Option<RawTime>), Origin> = BTreeMap::new();
        all.entries.retain(|entry| {
            let slot = (entry.target.clone(), entry.time);
            let Some(before) = first.get(&slot) else {
                first.insert(slot, entry.origin.clone());
                return true;
            };
            let name = entry.target.words();
            problems.report(&ShapeProblem::Repeated {
                name,
                first: before.clone(),
                again: entry.origin.clone(),
            });
            false
        });
        all
    }
}

fn one_year(first: Option<RawYear>, again: Option<RawYear>, problems: &mut Problems) -> Option<RawYear> {
    match (first, again) {
        (Some(first), Some(again)) => {
            if first.year != again.year {
                let (first, again) = (first.origin.clone(), again.origin);
                problems.report(&ShapeProblem::Repeated { name: "year".to_owned(), first, again });
            }
            Some(first)
        }
        (first, again) => first.or(again),
    }
}
