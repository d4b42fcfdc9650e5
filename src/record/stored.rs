//! Records as they stand in a file, and whether each is what it was when it was written.

use serde_json::Value;

use super::canon::{canonical, digest, sha256};
use super::faults::{Fault, Level, Levels};
use super::made::FORMAT;
use super::scribe::mark_of;
use super::shape::{LINE, Limits, RECORD, misfits};
use crate::base::{Bi, bi};

/// One line of a file of records.
#[derive(Clone, PartialEq, Debug)]
pub struct Stored {
    /// Its line, from 1.
    pub line: usize,
    /// What stands there; `Null` where that is no JSON.
    pub whole: Value,
}

impl Stored {
    /// Returns the record without what stands around it.
    pub fn record(&self) -> &Value {
        self.whole.get("record").unwrap_or(&Value::Null)
    }
    /// Returns the digest that the line states.
    pub fn digest(&self) -> Option<&str> {
        self.whole.get("digest")?.as_str()
    }
    /// Returns the number that the record states.
    pub fn sequence(&self) -> Option<u64> {
        self.record().get("sequence")?.as_u64()
    }
}

/// Reads a file of records and checks all that can be checked of it alone: form, digests, chain.
pub fn read_records(bytes: &[u8], levels: &mut Levels) -> Vec<Stored> {
    let mut lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
    let torn = lines.pop().unwrap_or_default();
    if !torn.is_empty() {
        let what = bi!(
            "linjen er ikke skrevet færdig ({} byte); den, der skrev den, har ikke fået svar på, at den står her",
            "the line was not written to its end ({} bytes); whoever wrote it was never told that it stands here",
            torn.len()
        );
        levels.fail(Level::Form, Fault::new(lines.len() + 1, "", what));
    }
    if lines.is_empty() && torn.is_empty() {
        levels.fail(Level::Form, Fault::new(1, "", bi!("filen er tom", "the file is empty")));
    }
    let stored: Vec<Stored> =
        lines.iter().enumerate().map(|(index, line)| read(index + 1, line, levels)).collect();
    stored.iter().for_each(|one| digests(one, levels));
    chain(&stored, levels);
    stored
}

fn read(line: usize, bytes: &[u8], levels: &mut Levels) -> Stored {
    let fail = |what: Bi, levels: &mut Levels| {
        levels.fail(Level::Form, Fault::new(line, "", what));
        Stored { line, whole: Value::Null }
    };
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let at = error.valid_up_to() + 1;
            return fail(bi!("byte {at} er ikke UTF-8", "byte {at} is not UTF-8"), levels);
        }
    };
    let whole: Value = match serde_json::from_str(text) {
        Ok(whole) => whole,
        Err(error) => {
            let at = error.column();
            return fail(bi!("ikke JSON fra byte {at}", "no JSON from byte {at}"), levels);
        }
    };
    let written = canonical(&whole);
    if written != text {
        let same = written.bytes().zip(text.bytes()).take_while(|(a, b)| a == b).count();
        let what = bi!("ikke på fast form fra byte {}", "not in canonical form from byte {}", same + 1);
        levels.fail(Level::Form, Fault::new(line, "", what));
    }
    shape(line, &whole, levels);
    Stored { line, whole }
}

fn shape(line: usize, whole: &Value, levels: &mut Levels) {
    let mut fail = |at: &str, what: Bi| levels.fail(Level::Form, Fault::new(line, at, what));
    let none = Value::Null;
    let record = whole.get("record").unwrap_or(&none);
    let count = |part: &str| record.get(part).and_then(Value::as_array).map_or(0, Vec::len);
    let limits = Limits { steps: 0, citations: count("citations"), data: count("data") };
    let mut found = misfits(whole, &[LINE], "", limits);
    if whole.get("record").is_some() {
        found.extend(misfits(record, &[RECORD], "", limits));
    }
    for (at, what) in found {
        fail(&at, what);
    }
    if record.get("format").and_then(Value::as_str) != Some(FORMAT) {
        fail("format", bi!("er ikke `{FORMAT}`", "is not `{FORMAT}`"));
    }
    if let Some(path) = first_float(whole, String::new()) {
        fail(&path, bi!("er et tal med komma eller eksponent", "is a number with a fraction or an exponent"));
    }
}

/// The first number in a value that is no whole number, by its path.
fn first_float(value: &Value, path: String) -> Option<String> {
    match value {
        Value::Number(number) => {
            let digits = number.to_string();
            let whole = digits.strip_prefix('-').unwrap_or(&digits);
            (!whole.bytes().all(|byte| byte.is_ascii_digit())).then_some(path)
        }
        Value::Array(all) => {
            all.iter().enumerate().find_map(|(index, one)| first_float(one, format!("{path}[{index}]")))
        }
        Value::Object(all) => all.iter().find_map(|(name, one)| first_float(one, within(&path, name))),
        Value::Null | Value::Bool(_) | Value::String(_) => None,
    }
}

/// The path of a field within another.
pub(super) fn within(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

/// Holds a record to its digests: the whole, each part, each step.
fn digests(stored: &Stored, levels: &mut Levels) {
    let mut fail = |at: &str, what: Bi| levels.fail(Level::Digests, Fault::new(stored.line, at, what));
    let Some(record) = stored.record().as_object() else {
        // What is not there fits nothing.
        return fail(
            "",
            bi!("der er intet spor at holde mærker op mod", "there is no record to hold digests against"),
        );
    };
    let changed = || bi!("er ikke, som det blev skrevet", "is not as it was written");
    let steps = record.get("steps").and_then(Value::as_array);
    for (index, step) in steps.into_iter().flatten().enumerate() {
        let stated = step.get("digest").and_then(Value::as_str);
        if stated != Some(mark_of(step).as_str()) {
            fail(&format!("steps[{index}]"), changed());
        }
    }
    let sections = record.get("sections").and_then(Value::as_object);
    for (name, part) in record.iter().filter(|(name, _)| *name != "sections") {
        let stated = sections.and_then(|all| all.get(name)).and_then(Value::as_str);
        if stated != Some(sha256(canonical(part).as_bytes()).as_str()) {
            fail(name, changed());
        }
    }
    let extra = sections.into_iter().flatten().filter(|(name, _)| !record.contains_key(*name));
    for (name, _) in extra {
        fail(&within("sections", name), bi!("er ingen del af sporet", "is no part of the record"));
    }
    if stored.digest() != Some(digest(stored.record()).as_str()) {
        fail("digest", bi!("passer ikke til sporet", "does not fit the record"));
    }
}

/// Holds the records of a file to each other: numbers without gaps, each naming the one before it.
fn chain(stored: &[Stored], levels: &mut Levels) {
    let mut before: Option<&Stored> = None;
    for one in stored {
        let mut fail = |at: &str, what: Bi| levels.fail(Level::Chain, Fault::new(one.line, at, what));
        let expected = match before {
            None => Some(1),
            Some(before) => before.sequence().and_then(|number| number.checked_add(1)),
        };
        if one.sequence() != expected {
            let number = expected.map_or("?".to_owned(), |number| number.to_string());
            fail("sequence", bi!("skulle være {number}", "should be {number}"));
        }
        let stated = one.record().get("previous").and_then(Value::as_str);
        if stated != before.and_then(Stored::digest) {
            fail(
                "previous",
                bi!("er ikke mærket på sporet før", "is not the digest of the record before it"),
            );
        }
        before = Some(one);
    }
}
