//! Values and states as the record writes them.

use serde_json::{Map, Value, json};

use crate::diag::Report;
use crate::eval::{Outcome, Unknown};
use crate::explain::Words;
use crate::facts::{Datum, Moment};
use crate::value::{Bounds, Interval, Number, Status};

/// A number as the record writes it: a decimal or a fraction.
pub(super) fn number(number: &Number) -> Value {
    Value::from(number.to_exact())
}

/// A single value.
pub(super) fn datum(datum: &Datum) -> Value {
    match datum {
        Datum::Number(n) => json!({ "number": number(n) }),
        Datum::Bool(truth) => json!({ "truth": truth }),
        Datum::Date(date) => json!({ "date": date.to_iso() }),
        Datum::Text(text) => json!({ "text": text }),
        Datum::Nothing => json!({ "none": true }),
    }
}

/// An outcome: a value with its status, or the state that stands in its place, in the language of the rules.
pub(super) fn outcome(words: Words<'_>, outcome: &Outcome) -> Value {
    match outcome {
        Outcome::Value(value) => {
            let mut written = datum(&value.datum);
            if let (Some(status), Some(fields)) = (status(value.status), written.as_object_mut()) {
                fields.insert("status".to_owned(), status.into());
            }
            written
        }
        Outcome::Unknown(unknown) => self::unknown(words, unknown),
        Outcome::DoesNotApply(reason) => json!({ "absent": words.reason(*reason) }),
        Outcome::Error(problem) => {
            let found = problem.report();
            json!({ "error": found.code.id(), "text": found.message.get(words.lang) })
        }
    }
}

fn unknown(words: Words<'_>, unknown: &Unknown) -> Value {
    let mut missing: Vec<String> = unknown.missing.iter().map(|missing| words.missing(*missing)).collect();
    missing.sort();
    missing.dedup();
    let mut fields = Map::from_iter([("unknown".to_owned(), json!(missing))]);
    let Bounds { low, high, low_open, high_open } = &unknown.bounds;
    let end = |end: &Option<Number>| end.as_ref().map(number);
    fields.extend(end(low).map(|low| ("low".to_owned(), low)));
    fields.extend(end(high).map(|high| ("high".to_owned(), high)));
    // Whether an end is reached is said of an end that is there.
    let (low_open, high_open) = (*low_open && low.is_some(), *high_open && high.is_some());
    let flags = [("low_open", low_open), ("high_open", high_open), ("unsettled", unknown.unsettled)];
    fields.extend(flags.into_iter().filter(|(_, on)| *on).map(|(name, _)| (name.to_owned(), json!(true))));
    Value::Object(fields)
}

/// The word of a status weaker than final.
fn status(status: Status) -> Option<&'static str> {
    match status {
        Status::Final => None,
        Status::Provisional => Some("provisional"),
        Status::Estimate => Some("estimate"),
        Status::Approximate => Some("approximate"),
    }
}

/// A moment: `2025`, `2025-Q3`, `2025-06`, `2025-06-30`.
pub(super) fn moment(moment: Moment) -> String {
    match moment {
        Moment::Year(year) => format!("{year:04}"),
        Moment::Quarter(year, quarter) => format!("{year:04}-Q{quarter}"),
        Moment::Month(year, month) => format!("{year:04}-{month:02}"),
        Moment::Day(date) => date.to_iso(),
    }
}

/// Days from the first, to the one that is not among them any more.
pub(super) fn days(interval: Interval) -> Value {
    json!([interval.from.map(|day| day.to_iso()), interval.until.map(|day| day.to_iso())])
}
