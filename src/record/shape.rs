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
        return vec![(way.to_owned(), Kind::Object(&[]).lacking())];
    };
    let known = || fields.iter().copied().flatten();
    let others = all.keys().filter(|name| !known().any(|field| field.0 == name.as_str()));
    let mut found: Vec<Misfit> =
        others.map(|name| (within(way, name), bi!("hører ikke til her", "does not belong here"))).collect();
    for Field(name, kind, must) in known() {
        match all.get(*name) {
            Some(value) => found.extend(misfit(value, *kind, &within(way, name), limits)),
            None if *must => found.push((within(way, name), missing())),
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
    match (kind, value.as_array()) {
        (Kind::OrNull(_), _) if value.is_null() => vec![],
        (Kind::OrNull(kind), _) => misfit(value, *kind, at, limits),
        (Kind::List(kind), Some(all)) => each(all, *kind),
        (Kind::Pair(kind), Some(all)) if all.len() == 2 => each(all, *kind),
        (Kind::Object(fields), _) => misfits(value, &[fields], at, limits),
        (Kind::Cell, _) if value.get("step").is_some() => misfits(value, &[CELL], at, limits),
        (Kind::Test, _) => test(value, at, limits),
        (kind, _) if fits(value, kind, limits) => vec![],
        (kind, _) => vec![(at.to_owned(), kind.lacking())],
    }
}

/// Whether what stands in a field is what should stand there, where that is no list and has no fields.
fn fits(value: &Value, kind: Kind, limits: Limits) -> bool {
    let before = |limit: usize| whole(value).is_some_and(|place| place < limit);
    match kind {
        Kind::Text => value.is_string(),
        Kind::Word(words) => value.as_str().is_some_and(|word| words.contains(&word)),
        Kind::Truth => value.is_boolean(),
        Kind::Yes => *value == Value::Bool(true),
        Kind::Count => whole(value).is_some(),
        Kind::Year => whole(value).is_some_and(|year| (1..=9999).contains(&year)),
        Kind::Number => number(value).is_some(),
        Kind::AboveZero => number(value).is_some_and(|number| !number.is_zero() && !number.is_negative()),
        Kind::Day => value.as_str().and_then(Date::from_iso).is_some(),
        Kind::Time => value.as_str().and_then(first_day).is_some(),
        Kind::Step => before(limits.steps),
        Kind::Citation => before(limits.citations),
        Kind::File => before(limits.data),
        Kind::Cell => value.is_object(),
        Kind::Other => true,
        Kind::OrNull(_) | Kind::List(_) | Kind::Pair(_) | Kind::Object(_) | Kind::Test => false,
    }
}

impl Kind {
    /// What is the matter with a field in which something else stands.
    pub(super) fn lacking(self) -> Bi {
        match self {
            Kind::Text => bi!("er ingen tekst", "is no text"),
            Kind::Word(words) => {
                bi!("er intet af ordene {}", "is none of the words {}", words.join(", "))
            }
            Kind::Truth => bi!("er hverken sandt eller falsk", "is neither true nor false"),
            Kind::Yes => bi!("er ikke `true`", "is not `true`"),
            Kind::Count => bi!("er intet antal", "is no count"),
            Kind::Year => bi!("er intet år", "is no year"),
            Kind::Number => bi!("er intet tal, som det skrives", "is no number as it is written"),
            Kind::AboveZero => bi!("er intet tal over 0", "is no number above 0"),
            Kind::Day => bi!("er ingen dag", "is no day"),
            Kind::Time => bi!("er ingen tid", "is no time"),
            Kind::Step => bi!("er intet trin før dette", "is no step before this one"),
            Kind::Citation => bi!("er ingen af henvisningerne", "is no citation"),
            Kind::File => bi!("er ingen af dataene", "is none of the data"),
            Kind::Cell | Kind::Other => bi!("er ingen værdi", "is no value"),
            Kind::OrNull(kind) => kind.lacking(),
            Kind::List(_) => bi!("er ingen liste", "is no list"),
            Kind::Pair(_) => bi!("er intet par", "is no pair"),
            Kind::Object(_) => bi!("har ingen felter", "has no fields"),
            Kind::Test => bi!("er ingen prøve", "is no test"),
        }
    }
}

/// What is the matter where a field is not there.
pub(super) fn missing() -> Bi {
    bi!("mangler", "is missing")
}

/// A cell that names the step that has the value.
const CELL: &[Field] = &[Field("step", Kind::Step, MUST)];

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
    let no_test = || (at.to_owned(), Kind::Test.lacking());
    let way = TESTS.iter().find(|way| way.first().is_some_and(|Field(name, ..)| value.get(*name).is_some()));
    let Some(way) = way else { return vec![no_test()] };
    let mut found = misfits(value, &[way], at, limits);
    if value.get("to").is_some() != value.get("to_in").is_some() {
        found.push(no_test());
    }
    found
}

/// A position or a count: a whole number not below 0.
pub(super) fn whole(value: &Value) -> Option<usize> {
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
