//! The values tried for each key of a table, and whether a row fits one.

use std::collections::BTreeSet;

use super::conditions::resolved;
use crate::base::Lang;
use crate::model::{ExprId, KeyDomain, KeyTest, Model, NodeKind, RangeEnd, Show, Table, Ty};
use crate::syntax::ast::Policy;
use crate::value::{Date, Number, Stretch, print_number};

/// One value of a key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Value {
    Text(String),
    Truth(bool),
    Number(Number),
    Date(Date),
    /// `ingen`.
    Nothing,
}

/// A value tried for a key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Sample {
    pub(super) value: Value,
    /// Whether nothing says that the key can have such a value: it shows that a row can be hit, not that one is missing.
    pub(super) beyond: bool,
    /// Whether the key can have it for all that is declared, so that two rows that both fit it overlap.
    pub(super) possible: bool,
}

/// The values tried for one key.
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub(super) samples: Vec<Sample>,
}

/// Why a table by keys is not looked at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum NotRead {
    /// A cell is not written.
    Cell,
    /// Nothing is known of the key at this position.
    Key(usize),
}

/// Values from every stretch of each key's domain; an error when a cell is not written, or nothing is known of a key.
/// `compared` is what each key, by position, is compared with elsewhere.
pub(super) fn columns<'a>(
    model: &Model,
    table: &Table,
    (keys, years): (&[ExprId], (Option<i16>, Option<i16>)),
    compared: impl Fn(usize) -> &'a [Value],
) -> Result<Vec<Column>, NotRead> {
    let all = keys.iter().enumerate();
    let columns = all.map(|(index, key)| column(model, table, (index, *key, years), compared(index)));
    let columns: Vec<Option<Column>> = columns.collect::<Option<_>>().ok_or(NotRead::Cell)?;
    // A table by one key of which nothing is known says nothing of what may be missing.
    let columns = columns.into_iter().enumerate();
    columns.map(|(index, column)| column.ok_or(NotRead::Key(index))).collect()
}

/// The outer `None` is a cell that is not written, the inner one a key of which nothing is known.
fn column(
    model: &Model,
    table: &Table,
    (index, key, years): (usize, ExprId, (Option<i16>, Option<i16>)),
    compared: &[Value],
) -> Option<Option<Column>> {
    let tests: Vec<&KeyTest> = table.rows.iter().filter_map(|row| row.tests.get(index)).collect();
    let cells = tests.iter().flat_map(|test| test.children());
    let mut written: Vec<Value> = cells.map(|id| constant(model, id)).collect::<Option<_>>()?;
    let timed = tests.iter().any(|test| matches!(test, KeyTest::Time(_) | KeyTest::From(_)));
    // A year that is compared is no day on which a row may begin.
    let fits = |value: &&Value| !timed || matches!(value, Value::Date(_) | Value::Nothing);
    written.extend(compared.iter().filter(fits).cloned());
    let is_year = matches!(model.node(resolved(model, key)).kind, NodeKind::Year);
    let mut samples = match (&model.node(key).ty, model.domain_of_something(key)) {
        (_, _) if !timed && is_year => self::years(years, numbers(&written)),
        (_, Some(KeyDomain::Texts(all))) => said(all.into_iter().map(Value::Text)),
        (_, Some(KeyDomain::Truth)) => said([Value::Truth(true), Value::Truth(false)]),
        // Above the last point a table of points says nothing, unless it is declared that the key goes there.
        (_, Some(KeyDomain::Numbers(stretch))) if !timed && table.policy == Some(Policy::Linear) => {
            bounded(&stretch, numbers(&written), false)
        }
        (_, Some(KeyDomain::Numbers(stretch))) if !timed => declared(&stretch, numbers(&written)),
        (Ty::Date, _) => days(&tests, &written)?,
        (_, _) if timed => days(&tests, &written)?,
        (Ty::Text | Ty::Entity(_) | Ty::OneOf(_), _) => texts(&written),
        // Of what is computed nothing is known but what the rows say.
        (Ty::Number | Ty::Percent | Ty::Quantity { .. }, _) => {
            beyond(Stretch::default().samples(numbers(&written), true, true).into_iter().map(Value::Number))
        }
        (_, _) => return Some(None),
    };
    samples.extend(nothing(model, key));
    Some(Some(Column { samples }))
}

/// The years in which a table is read; where its time has no beginning or end, nothing is said of those beyond the rows.
fn years((first, last): (Option<i16>, Option<i16>), written: Vec<Number>) -> Vec<Sample> {
    let number = |year: i16| Number::from_i64(i64::from(year));
    let (low, high) = (first.map(number), last.map(number));
    let all = Stretch { step: Some(Number::one()), ..Stretch::default() };
    let all = all.samples(written.into_iter().chain(low.clone()).chain(high.clone()), true, true);
    let (mut within, mut outside) = (Vec::new(), Vec::new());
    for year in all {
        let begun = low.as_ref().is_none_or(|low| year >= *low);
        let lasts = high.as_ref().is_none_or(|high| year <= *high);
        // Years that nothing rules out can come about, but that a row lacks for them is not known to be a fault.
        let bounded = low.is_some() && high.is_some();
        if begun && lasts && bounded {
            within.push(Value::Number(year))
        } else {
            outside.push(Value::Number(year))
        }
    }
    let mut samples = said(within);
    samples.extend(beyond(outside));
    samples
}

/// `ingen`, where a key may be that. Of what is computed it is not known that it ever is.
fn nothing(model: &Model, key: ExprId) -> Option<Sample> {
    let given = matches!(model.node(resolved(model, key)).kind, NodeKind::Fact(_));
    let sample = Sample { value: Value::Nothing, beyond: !given, possible: given };
    model.may_be_none(key).then_some(sample)
}

pub(super) fn said(values: impl IntoIterator<Item = Value>) -> Vec<Sample> {
    values.into_iter().map(|value| Sample { value, beyond: false, possible: true }).collect()
}

pub(super) fn beyond(values: impl IntoIterator<Item = Value>) -> Vec<Sample> {
    values.into_iter().map(|value| Sample { value, beyond: true, possible: false }).collect()
}

pub(super) fn numbers(written: &[Value]) -> Vec<Number> {
    written
        .iter()
        .filter_map(|value| match value {
            Value::Number(number) => Some(number.clone()),
            Value::Text(_) | Value::Truth(_) | Value::Date(_) | Value::Nothing => None,
        })
        .collect()
}

/// A key of which nothing is said below its first row is not said to have a gap there; nor above its last, unless it
/// has a lowest value.
pub(super) fn declared(stretch: &Stretch, written: Vec<Number>) -> Vec<Sample> {
    bounded(stretch, written, stretch.low.is_some() && stretch.high.is_none())
}

/// Values of which it is said, by `above` also of those above all that is written, that the key can have them; and others.
fn bounded(stretch: &Stretch, written: Vec<Number>, above: bool) -> Vec<Sample> {
    let within = stretch.samples(written.clone(), stretch.low.is_some(), above);
    let outside = stretch.samples(written, true, true).into_iter().filter(|number| !within.contains(number));
    let outside: Vec<Number> = outside.collect();
    let mut all = said(within.into_iter().map(Value::Number));
    let outside = beyond(outside.into_iter().map(Value::Number)).into_iter();
    all.extend(outside.map(|sample| Sample { possible: true, ..sample }));
    all
}

/// The texts that the rows name, and one that none of them does.
pub(super) fn texts(written: &[Value]) -> Vec<Sample> {
    let mut all = Vec::new();
    let mut other = String::from("…");
    for value in written {
        if let Value::Text(text) = value {
            other.push_str(text);
            if !all.contains(value) {
                all.push(value.clone());
            }
        }
    }
    let mut samples = said(all);
    samples.extend(beyond([Value::Text(other)]));
    samples
}

/// The days on which a row begins or ends, and the last before each; nothing is said of days outside all rows.
fn days(tests: &[&KeyTest], written: &[Value]) -> Option<Vec<Sample>> {
    let mut turns: BTreeSet<Date> = BTreeSet::new();
    let (mut starts, mut open_end) = (BTreeSet::new(), false);
    for test in tests {
        match test {
            KeyTest::Time(days) if !days.is_empty() => {
                turns.extend(days.from.into_iter().chain(days.until));
                starts.insert(days.from);
                open_end |= days.until.is_none();
            }
            // Of a stretch, rows have the days that they run in it.
            KeyTest::From(_) => return None,
            KeyTest::Time(_) | KeyTest::Any | KeyTest::Otherwise => {}
            KeyTest::AnyOf(_) | KeyTest::NoneOf(_) | KeyTest::Range(..) => {}
            KeyTest::Condition(_) | KeyTest::Slice(_) => return None,
        }
    }
    for value in written {
        match value {
            Value::Date(date) => drop(turns.insert(*date)),
            Value::Nothing => {}
            Value::Number(_) | Value::Text(_) | Value::Truth(_) => return None,
        }
    }
    let (first, last) = (turns.first().copied()?, turns.last().copied()?);
    let open_start = starts.contains(&None);
    let mut all = Vec::new();
    for turn in &turns {
        let before = turn.add_days(-1);
        for day in before.into_iter().chain([*turn]) {
            let outside = (day < first && !open_start) || (day >= last && *turn == last && !open_end);
            all.push(Sample { value: Value::Date(day), beyond: outside, possible: !outside });
        }
    }
    Some(all)
}

/// A written value.
pub(super) fn constant(model: &Model, id: ExprId) -> Option<Value> {
    match &model.node(id).kind {
        NodeKind::Figure { value, .. } => Some(Value::Number(value.clone())),
        NodeKind::Text(text) => Some(Value::Text(text.clone())),
        NodeKind::Bool(truth) => Some(Value::Truth(*truth)),
        NodeKind::Date(date) => Some(Value::Date(*date)),
        NodeKind::Nothing => Some(Value::Nothing),
        NodeKind::Negate(inner) => match constant(model, *inner)? {
            Value::Number(number) => Some(Value::Number(number.neg())),
            Value::Text(_) | Value::Truth(_) | Value::Date(_) | Value::Nothing => None,
        },
        _ => None,
    }
}

/// Tells whether a cell fits a value of its key.
pub(super) fn test_fits(model: &Model, test: &KeyTest, value: &Value) -> bool {
    let equal = |id: &ExprId| constant(model, *id).as_ref() == Some(value);
    match (test, value) {
        (KeyTest::Any | KeyTest::Otherwise, _) => true,
        (KeyTest::AnyOf(all), _) => all.iter().any(equal),
        (KeyTest::NoneOf(all), _) => !all.iter().any(equal),
        // It lies in no range.
        (KeyTest::Range(..), Value::Nothing) => false,
        (KeyTest::Range(low, high), _) => {
            end_fits(model, low.as_ref(), value, true) && end_fits(model, high.as_ref(), value, false)
        }
        (KeyTest::Time(days), Value::Date(date)) => days.contains(*date),
        (KeyTest::Time(_) | KeyTest::From(_) | KeyTest::Condition(_) | KeyTest::Slice(_), _) => false,
    }
}

fn end_fits(model: &Model, end: Option<&RangeEnd>, value: &Value, is_low: bool) -> bool {
    let Some(end) = end else { return true };
    let (Some(Value::Number(bound)), Value::Number(number)) = (constant(model, end.value), value) else {
        return false;
    };
    let beyond = if is_low { *number > bound } else { *number < bound };
    beyond || (end.included && *number == bound)
}

/// Words a value as it is shown.
pub(super) fn words(value: &Value, show: &Show, lang: Lang) -> String {
    match value {
        Value::Text(text) => format!("\"{text}\""),
        Value::Truth(true) => lang.pick("ja", "yes").to_owned(),
        Value::Truth(false) => lang.pick("nej", "no").to_owned(),
        Value::Nothing => lang.pick("ingen", "none").to_owned(),
        Value::Date(date) => date.print(lang),
        Value::Number(number) => {
            let scaled = number.div(&show.scale).unwrap_or_else(|| number.clone());
            if show.ungrouped && scaled.is_integer() {
                return scaled.to_exact();
            }
            let text = print_number(&scaled, lang, 0, 10).text;
            format!("{text} {}", show.words.get(lang)).trim_end().to_owned()
        }
    }
}
