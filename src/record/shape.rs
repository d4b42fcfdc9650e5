//! The fields of what a record holds: which there are, which may be left out, and what stands in each. Nothing is
//! computed here; what a step needs for its values to be computed again, the room `redo` asks for.

use serde_json::Value;

use super::stored::within;
use crate::base::{Bi, bi};
use crate::value::{Date, Number};

/// What stands in a field.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Text,
    /// One of these words.
    Word(&'static [&'static str]),
    Truth,
    /// `true`; where it is not so, the field is left out.
    Yes,
    Count,
    Year,
    /// A number, in a string.
    Number,
    AboveZero,
    Day,
    /// A year, quarter, month or day.
    Time,
    /// The position of an earlier step.
    Step,
    /// The position of a citation.
    Citation,
    /// The position of a data file.
    File,
    /// A value that is there, or the step that has it.
    Cell,
    /// This, or `null`.
    OrNull(&'static Kind),
    List(&'static Kind),
    Pair(&'static Kind),
    Object(&'static [Field]),
    /// A test of a row.
    Test,
    /// Looked at elsewhere.
    Other,
}

/// A field: its name, what stands in it, and whether it must be there.
#[derive(Clone, Copy)]
pub(super) struct Field(pub(super) &'static str, pub(super) Kind, pub(super) bool);

/// The field must be there.
pub(super) const MUST: bool = true;
/// The field may be left out.
pub(super) const MAY: bool = false;

use Kind::{Count, List, Object, OrNull, Other, Pair, Text, Yes};

const MAYBE_TEXT: Kind = OrNull(&Text);
const TEXTS: Kind = List(&Text);

const SIGNATURE: &[Field] =
    &[Field("algorithm", Text, MUST), Field("key", Text, MUST), Field("signature", Text, MUST)];

/// A line of a file of records.
pub(super) const LINE: &[Field] = &[
    Field("digest", Text, MUST),
    Field("record", Other, MUST),
    Field("signatures", List(&Object(SIGNATURE)), MUST),
];

const ENGINE: &[Field] =
    &[Field("name", Text, MUST), Field("version", Text, MUST), Field("evaluator", Text, MUST)];

const QUESTION: &[Field] = &[
    Field("targets", TEXTS, MUST),
    Field("time", Kind::Time, MUST),
    Field("only", List(&Pair(&Text)), MUST),
    Field("scenarios", TEXTS, MUST),
    Field("readings", TEXTS, MUST),
    Field("assignments", TEXTS, MUST),
    Field("switches", TEXTS, MUST),
];

const RULE_FILE: &[Field] = &[
    Field("path", Text, MUST),
    Field("bytes", Count, MUST),
    Field("sha256", Text, MUST),
    Field("layout_free", MAYBE_TEXT, MUST),
];

const RULES: &[Field] =
    &[Field("files", List(&Object(RULE_FILE)), MUST), Field("language", Kind::Word(&["da", "en"]), MUST)];

const DATA: &[Field] = &[
    Field("name", Text, MUST),
    Field("kind", MAYBE_TEXT, MUST),
    Field("bytes", Count, MUST),
    Field("sha256", Text, MUST),
];

const SOURCE: &[Field] = &[
    Field("id", Text, MUST),
    Field("title", Text, MUST),
    Field("publisher", MAYBE_TEXT, MUST),
    Field("date", MAYBE_TEXT, MUST),
    Field("sha256", MAYBE_TEXT, MUST),
];

const CITATION: &[Field] = &[
    Field("source", Text, MUST),
    Field("at", Text, MUST),
    Field("sha256", MAYBE_TEXT, MUST),
    Field("line", OrNull(&Count), MUST),
];

const ASSUMPTION: &[Field] = &[
    Field("name", Text, MUST),
    Field("question", MAYBE_TEXT, MUST),
    Field("chosen", MAYBE_TEXT, MUST),
    Field("alternatives", TEXTS, MUST),
];

const RESULT: &[Field] = &[
    Field("name", MAYBE_TEXT, MAY),
    Field("step", Count, MUST),
    Field("value", Other, MUST),
    Field("text", Text, MUST),
    Field("when", MAYBE_TEXT, MAY),
    Field("who", MAYBE_TEXT, MAY),
    Field("price_level", MAYBE_TEXT, MAY),
];

/// A record.
pub(super) const RECORD: &[Field] = &[
    Field("format", Text, MUST),
    Field("sequence", Count, MUST),
    Field("previous", MAYBE_TEXT, MUST),
    Field("engine", Object(ENGINE), MUST),
    Field("question", Object(QUESTION), MUST),
    Field("rules", Object(RULES), MUST),
    Field("data", List(&Object(DATA)), MUST),
    Field("sources", List(&Object(SOURCE)), MUST),
    Field("citations", List(&Object(CITATION)), MUST),
    Field("assumptions", List(&Object(ASSUMPTION)), MUST),
    Field("steps", List(&Other), MUST),
    Field("results", List(&Object(RESULT)), MUST),
    Field("sections", Other, MUST),
];

/// How many there are of what a field may name by position.
#[derive(Clone, Copy, Default)]
pub(super) struct Limits {
    /// Steps before the one at hand.
    pub(super) steps: usize,
    pub(super) citations: usize,
    pub(super) data: usize,
}

/// What does not fit: the way to it, and what is the matter.
pub(super) type Misfit = (String, Bi);

/// Finds every field of an object that does not belong there, is missing, or holds something else than it should.
pub(super) fn misfits(value: &Value, fields: &[&[Field]], way: &str, limits: Limits) -> Vec<Misfit> {
    let Some(all) = value.as_object() else {
        return vec![(way.to_owned(), bi!("har ingen felter", "has no fields"))];
    };
    let known = || fields.iter().copied().flatten();
    let others = all.keys().filter(|name| !known().any(|field| field.0 == name.as_str()));
    let mut found: Vec<Misfit> =
        others.map(|name| (within(way, name), bi!("hører ikke til her", "does not belong here"))).collect();
    for Field(name, kind, must) in known() {
        match all.get(*name) {
            Some(value) => found.extend(misfit(value, *kind, &within(way, name), limits)),
            None if *must => found.push((within(way, name), bi!("mangler", "is missing"))),
            None => {}
        }
    }
    found
}

/// Finds what does not fit in a field.
fn misfit(value: &Value, kind: Kind, at: &str, limits: Limits) -> Vec<Misfit> {
    let each = |all: &[Value], kind: Kind| {
        let each = all.iter().enumerate();
        each.flat_map(|(index, one)| misfit(one, kind, &format!("{at}[{index}]"), limits)).collect()
    };
    let one = |holds: bool, what: Bi| if holds { vec![] } else { vec![(at.to_owned(), what)] };
    let position = |limit: usize| whole(value).is_some_and(|place| place < limit);
    match kind {
        Kind::Text => one(value.is_string(), bi!("er ingen tekst", "is no text")),
        Kind::Word(words) => {
            let is_one = value.as_str().is_some_and(|word| words.contains(&word));
            one(is_one, bi!("er intet af ordene {}", "is none of the words {}", words.join(", ")))
        }
        Kind::Truth => {
            one(value.is_boolean(), bi!("er hverken sandt eller falsk", "is neither true nor false"))
        }
        Kind::Yes => one(*value == Value::Bool(true), bi!("er ikke `true`", "is not `true`")),
        Kind::Count => one(whole(value).is_some(), bi!("er intet antal", "is no count")),
        Kind::Year => {
            let is_year = value.as_i64().is_some_and(|year| (1..=9999).contains(&year));
            one(is_year, bi!("er intet år", "is no year"))
        }
        Kind::Number => one(
            number(value).is_some(),
            bi!("er intet tal, som det skrives", "is no number as it is written"),
        ),
        Kind::AboveZero => {
            let above = number(value).is_some_and(|number| !number.is_zero() && !number.is_negative());
            one(above, bi!("er intet tal over 0", "is no number above 0"))
        }
        Kind::Day => one(value.as_str().and_then(Date::from_iso).is_some(), bi!("er ingen dag", "is no day")),
        Kind::Time => one(value.as_str().and_then(first_day).is_some(), bi!("er ingen tid", "is no time")),
        Kind::Step => {
            one(position(limits.steps), bi!("er intet trin før dette", "is no step before this one"))
        }
        Kind::Citation => {
            one(position(limits.citations), bi!("er ingen af henvisningerne", "is no citation"))
        }
        Kind::File => one(position(limits.data), bi!("er ingen af dataene", "is none of the data")),
        Kind::Cell => match value.get("step") {
            Some(_) => misfits(value, &[&[Field("step", Kind::Step, MUST)]], at, limits),
            None => one(value.is_object(), bi!("er ingen værdi", "is no value")),
        },
        Kind::OrNull(_) if value.is_null() => vec![],
        Kind::OrNull(kind) => misfit(value, *kind, at, limits),
        Kind::List(kind) => match value.as_array() {
            Some(all) => each(all, *kind),
            None => one(false, bi!("er ingen liste", "is no list")),
        },
        Kind::Pair(kind) => match value.as_array() {
            Some(all) if all.len() == 2 => each(all, *kind),
            Some(_) | None => one(false, bi!("er intet par", "is no pair")),
        },
        Kind::Object(fields) => misfits(value, &[fields], at, limits),
        Kind::Test => test(value, at, limits),
        Kind::Other => vec![],
    }
}

/// The ways in which a test may be written.
const TESTS: &[&[Field]] = &[
    &[Field("any", Yes, MUST)],
    &[Field("otherwise", Yes, MUST)],
    &[Field("holds", Kind::Cell, MUST)],
    &[Field("days", Pair(&OrNull(&Kind::Day)), MUST), Field("asked", Pair(&OrNull(&Kind::Day)), MUST)],
    &[Field("among", List(&Kind::Cell), MUST)],
    &[Field("none_of", List(&Kind::Cell), MUST)],
    &[
        Field("from", Kind::Cell, MUST),
        Field("from_in", Kind::Truth, MUST),
        Field("to", Kind::Cell, MAY),
        Field("to_in", Kind::Truth, MAY),
    ],
    &[Field("to", Kind::Cell, MUST), Field("to_in", Kind::Truth, MUST)],
];

fn test(value: &Value, at: &str, limits: Limits) -> Vec<Misfit> {
    let way = TESTS.iter().find(|way| way.first().is_some_and(|Field(name, ..)| value.get(*name).is_some()));
    let Some(way) = way else { return vec![(at.to_owned(), bi!("er ingen prøve", "is no test"))] };
    let mut found = misfits(value, &[way], at, limits);
    if value.get("to").is_some() != value.get("to_in").is_some() {
        found.push((at.to_owned(), bi!("er ingen prøve", "is no test")));
    }
    found
}

/// A position or a count: a whole number not below 0.
fn whole(value: &Value) -> Option<usize> {
    value.as_i64().and_then(|whole| usize::try_from(whole).ok())
}

/// The longest number that the format has, in characters, far beyond any that rules come to: a longer one would take
/// hours to read.
pub(super) const LONGEST: usize = 30_000;

/// A number in the one way in which it is written.
pub(super) fn number(value: &Value) -> Option<Number> {
    let text = value.as_str().filter(|text| text.len() <= LONGEST)?;
    Number::from_exact(text).filter(|number| number.to_exact() == text)
}

/// The first day of a year, quarter, month or day.
pub(super) fn first_day(text: &str) -> Option<Date> {
    let year = |text: &str| (text.len() == 4).then(|| Date::from_iso(&format!("{text}-01-01"))).flatten();
    match text.split_once('-') {
        None => year(text),
        Some((own, "Q1" | "Q2" | "Q3" | "Q4")) => year(own),
        Some((_, month)) if month.len() == 2 => Date::from_iso(&format!("{text}-01")),
        Some(_) => Date::from_iso(text),
    }
}
