//! A record computed again: whether the same comes out, and where not.

use serde_json::Value;

use super::canon::canonical;
use super::faults::{Fault, Level, Levels, cut};
use super::made::{Link, Record};
use super::stored::{Stored, within};
use crate::base::bi;
use crate::facts::{Moment, RawTime, read_time};
use crate::session::{Assumed, Question};

/// What is needed to ask again what a record answers.
#[derive(Clone, Debug)]
pub struct Again {
    /// The question.
    pub question: Question,
    /// What was assumed besides the rules.
    pub assumed: Assumed,
    /// Where the record stands in its chain.
    pub link: Link,
}

impl Stored {
    /// Reads from a record what was asked; `None` where it does not say.
    pub fn again(&self) -> Option<Again> {
        let asked = self.record().get("question")?;
        let texts = |name: &str| -> Option<Vec<String>> {
            asked.get(name)?.as_array()?.iter().map(|one| one.as_str().map(str::to_owned)).collect()
        };
        let only = asked.get("only")?.as_array()?.iter();
        let only = only.map(|pair| match pair.as_array()?.as_slice() {
            [Value::String(kind), Value::String(name)] => Some((kind.clone(), name.clone())),
            _ => None,
        });
        let RawTime::In(period) = read_time(asked.get("time")?.as_str()?)? else { return None };
        let question = Question {
            targets: texts("targets")?,
            moment: Some(Moment::of_period(period)?),
            only: only.collect::<Option<_>>()?,
        };
        let assumed = Assumed {
            scenarios: texts("scenarios")?,
            readings: texts("readings")?,
            switches: texts("switches")?,
            assignments: texts("assignments")?,
        };
        let previous = self.record().get("previous")?.as_str().map(str::to_owned);
        Some(Again { question, assumed, link: Link { sequence: self.sequence()?, previous } })
    }
}

/// Compares a record with what came out when it was computed again.
pub fn compare(stored: &Stored, again: &Record, levels: &mut Levels) {
    let (old, new) = (stored.record(), again.parts());
    let line = stored.line;
    let others = ["engine", "rules", "data"].into_iter().filter_map(|part| {
        let (a, b) = (old.get(part)?, new.get(part)?);
        first_difference(a, b, part.to_owned())
    });
    let others: Vec<Difference> = others.collect();
    for found in &others {
        let what = bi!(
            "er ikke det, der blev regnet med: {} i sporet, {} her",
            "is not what was computed with: {} in the record, {} here",
            found.old,
            found.new
        );
        levels.fail(Level::Replay, Fault::new(line, &found.path, what));
    }
    if others.is_empty() {
        match first_difference(old, new, String::new()) {
            None => {}
            Some(found) => {
                let what = bi!(
                    "{} i sporet, {} regnet igen",
                    "{} in the record, {} computed again",
                    found.old,
                    found.new
                );
                levels.fail(Level::Replay, Fault::new(line, &found.path, what));
            }
        }
    }
    today(stored, again, levels);
}

/// What the rules at hand give for the same question: the exact value is compared, and the words that tell it.
fn today(stored: &Stored, again: &Record, levels: &mut Levels) {
    let results = |record: &Value| -> Vec<(String, Told)> {
        let all = record.get("results").and_then(Value::as_array);
        let text =
            |one: &Value, name: &str| one.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let named = |one: &Value| match text(one, "who") {
            who if who.is_empty() => text(one, "name"),
            who => format!("{who}.{}", text(one, "name")),
        };
        let told = |one: &Value| Told {
            text: text(one, "text"),
            exact: one.get("value").map(canonical).unwrap_or_default(),
        };
        all.into_iter().flatten().map(|one| (named(one), told(one))).collect()
    };
    let (then, now) = (results(stored.record()), results(again.parts()));
    for (name, old) in &then {
        let today = now.iter().find(|(other, _)| other == name).map(|(_, told)| told);
        if today == Some(old) {
            continue;
        }
        let (was, is) = match today {
            None => (old.text.clone(), "–".to_owned()),
            // The words are the same, and the exact values behind them are not.
            Some(new) if new.text == old.text => (cut(&old.exact, MOST_SHOWN), cut(&new.exact, MOST_SHOWN)),
            Some(new) => (old.text.clone(), new.text.clone()),
        };
        let what = bi!("{was} i sporet, {is} i dag", "{was} in the record, {is} today");
        levels.fail(Level::Today, Fault::new(stored.line, name, what));
    }
    for (name, Told { text, .. }) in
        now.iter().filter(|(name, _)| then.iter().all(|(other, _)| other != name))
    {
        levels.fail(
            Level::Today,
            Fault::new(
                stored.line,
                name,
                bi!("ikke i sporet, {text} i dag", "not in the record, {text} today"),
            ),
        );
    }
}

/// A result: in words, and exactly, in its canonical form.
#[derive(PartialEq, Eq)]
struct Told {
    text: String,
    exact: String,
}

/// A place where two values differ.
struct Difference {
    path: String,
    old: String,
    new: String,
}

/// Finds the first place where two values differ, going through both in the same order.
fn first_difference(old: &Value, new: &Value, path: String) -> Option<Difference> {
    match (old, new) {
        (Value::Array(a), Value::Array(b)) => {
            let pairs = a.iter().zip(b).enumerate();
            let inner = pairs
                .into_iter()
                .find_map(|(index, (a, b))| first_difference(a, b, format!("{path}[{index}]")));
            inner.or_else(|| (a.len() != b.len()).then(|| differs(path, &a.len().into(), &b.len().into())))
        }
        (Value::Object(a), Value::Object(b)) => {
            let names = a.keys().chain(b.keys().filter(|name| !a.contains_key(*name)));
            // Digests differ wherever something else does; what differs first is told by what it is.
            let (marks, told): (Vec<_>, Vec<_>) = names.partition(|name| MARKS.contains(&name.as_str()));
            told.into_iter().chain(marks).find_map(|name| {
                let none = Value::Null;
                let (one, other) = (a.get(name).unwrap_or(&none), b.get(name).unwrap_or(&none));
                first_difference(one, other, within(&path, name))
            })
        }
        (a, b) => (a != b).then(|| differs(path, a, b)),
    }
}

/// The fields that follow from the others.
const MARKS: [&str; 3] = ["digest", "sections", "layout_free"];

fn differs(path: String, old: &Value, new: &Value) -> Difference {
    let short = |value: &Value| cut(&canonical(value), MOST_SHOWN);
    Difference { path, old: short(old), new: short(new) }
}

/// How many characters of a value are shown.
const MOST_SHOWN: usize = 60;
