//! The steps of a record redone from the record alone: with nothing of how the program computes but its exact numbers,
//! its dates and its ways to share.

mod choose;
mod compute;
mod dates;
mod fields;
mod ops;
mod pass;
mod pool;
mod results;
mod said;
mod seen;
mod table;
mod truths;
mod work;

use std::collections::BTreeMap;

use serde_json::Value;

use super::faults::{Fault, Level, Levels};
use super::shape::{Limits, misfits};
use super::stored::Stored;
use crate::base::{Bi, bi};
use fields::Fields;
use ops::{COMMON, operation};
use seen::Seen;
use work::Work;

/// How many steps were redone, and how far.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Redone {
    /// Steps computed again in full.
    pub whole: usize,
    /// Steps that rest on something unknown: what they may come to was checked, not what they come to.
    pub partly: usize,
    /// Steps that come from the rules or the data as they are: nothing to redo.
    pub leaves: usize,
}

impl Redone {
    /// Redoes the steps of every record.
    pub fn of_all(stored: &[Stored], levels: &mut Levels) -> Redone {
        stored.iter().map(|one| redo(one, levels)).fold(Redone::default(), |sum, one| Redone {
            whole: sum.whole + one.whole,
            partly: sum.partly + one.partly,
            leaves: sum.leaves + one.leaves,
        })
    }
    /// Says it in words.
    pub fn words(&self) -> Bi {
        let Redone { whole, partly, leaves } = self;
        bi!(
            "{whole} trin gjort om; {leaves} står i regler eller data og er kun læst; {partly} hviler på noget ukendt og er set efter i en del",
            "{whole} steps redone; {leaves} stand in rules or data and were only read; {partly} rest on something unknown and were checked in part"
        )
    }
}

/// How far a step could be redone.
enum How {
    Leaf,
    Whole,
    Partly,
}

/// Why a step does not hold.
enum Slip {
    /// What is the matter, and with which field.
    Fault(String, Bi),
    /// There is no value for what it is computed from: right only where the step is an error.
    NoValue(String, Bi),
    /// It reads a step that could not be read, which has been told of that step.
    Blind,
}

type Told<T> = Result<T, Slip>;

fn no_value<T>(at: impl Into<String>, what: Bi) -> Told<T> {
    Err(Slip::NoValue(at.into(), what))
}

fn slip<T>(at: impl Into<String>, what: Bi) -> Told<T> {
    Err(Slip::Fault(at.into(), what))
}

fn too_few<T>() -> Told<T> {
    slip("of", bi!("har ikke så mange trin, som der skal til", "has not as many steps as it takes"))
}

/// A record as far as it has been redone.
struct Redo<'r> {
    /// The values of the steps that come before the one at hand; none where one could not be read.
    seen: Vec<Option<Seen>>,
    /// How many citations and data files the record has.
    citations: usize,
    data: usize,
    /// The share of each by name, of the steps that are distributions; none for one who stands there more than once.
    shares: BTreeMap<usize, BTreeMap<&'r str, Option<&'r Value>>>,
    work: Work,
}

/// Redoes every step of a record, and holds its results to the steps.
fn redo(stored: &Stored, levels: &mut Levels) -> Redone {
    let record = stored.record();
    let count = |part: &str| record.get(part).and_then(Value::as_array).map_or(0, Vec::len);
    let mut redo = Redo {
        seen: Vec::new(),
        citations: count("citations"),
        data: count("data"),
        shares: BTreeMap::new(),
        work: Work::default(),
    };
    let mut done = Redone::default();
    let mut fail = |at: String, what: Bi| levels.fail(Level::Steps, Fault::new(stored.line, &at, what));
    let Some(steps) = record.get("steps").and_then(Value::as_array) else {
        fail("steps".to_owned(), bi!("er ingen liste af trin", "is no list of steps"));
        return done;
    };
    for (index, step) in steps.iter().enumerate() {
        match redo.step(step) {
            Ok(How::Leaf) => done.leaves += 1,
            Ok(How::Whole) => done.whole += 1,
            Ok(How::Partly) => done.partly += 1,
            Err(Slip::Fault(at, what)) if at.is_empty() => fail(format!("steps[{index}]"), what),
            Err(Slip::Fault(at, what)) => fail(format!("steps[{index}].{at}"), what),
            Err(Slip::NoValue(at, what)) => fail(format!("steps[{index}].{at}"), what),
            Err(Slip::Blind) => {}
        }
    }
    for (at, what) in results::unlike(record, &redo.seen) {
        fail(at, what);
    }
    done
}

/// The share of each by name, as a distribution has them.
fn shares(step: &Value) -> BTreeMap<&str, Option<&Value>> {
    let mut shares = BTreeMap::new();
    for line in step.get("lines").and_then(Value::as_array).into_iter().flatten() {
        if let Some(who) = line.get("who").and_then(Value::as_str) {
            let share = if shares.contains_key(who) { None } else { line.get("share") };
            shares.insert(who, share);
        }
    }
    shares
}

impl<'r> Redo<'r> {
    /// Redoes the next step.
    fn step(&mut self, step: &'r Value) -> Told<How> {
        let Some(fields) = step.as_object() else {
            self.seen.push(None);
            return slip("", bi!("er intet trin", "is no step"));
        };
        let line = Fields::of(fields);
        let value = line.get("value").and_then(|value| Seen::read(value, "value"));
        let how = match &value {
            Ok(value) => match self.shape(&line, step).and_then(|()| self.redone(&line, value)) {
                Err(Slip::NoValue(..)) if value.is_error() => Ok(How::Whole),
                how => how,
            },
            Err(_) => Ok(How::Leaf),
        };
        if step.get("op").and_then(Value::as_str) == Some("distribute") {
            self.shares.insert(self.seen.len(), shares(step));
        }
        let (seen, slip) = match value {
            Ok(seen) => (Some(seen), None),
            Err(slip) => (None, Some(slip)),
        };
        self.seen.push(seen);
        slip.map_or(how, Err)
    }

    /// Holds a step to the fields that its operation has.
    fn shape(&self, line: &Fields<'_>, step: &Value) -> Told<()> {
        let op = line.text("op")?;
        let Some((of, own)) = operation(op) else {
            return slip("op", bi!("`{op}` er ingen slags trin", "`{op}` is no kind of step"));
        };
        let limits = Limits { steps: self.seen.len(), citations: self.citations, data: self.data };
        if let Some((at, what)) = misfits(step, &[COMMON, own], "", limits).into_iter().next() {
            return slip(at, what);
        }
        match of.allows(line.maybe("of", Fields::places)?.unwrap_or_default().len()) {
            true => Ok(()),
            false => too_few(),
        }
    }

    fn redone(&self, line: &Fields<'_>, value: &Seen) -> Told<How> {
        match line.text("op")? {
            "figure" | "stated" | "data" | "missing" | "time" | "who" | "fault" => self.leaf(line, value),
            "take" => self.take(line, value),
            "undecided" => self.undecided(line, value),
            "add" | "subtract" | "multiply" | "divide" | "negate" | "raise" | "lower" | "rest"
            | "per_year" | "round" | "at_most" | "at_least" | "largest" | "smallest" | "convert"
            | "sum_over" => self.computed(line, value),
            "compare" | "roughly" | "between" | "one_of" | "is_none" | "not" | "and" | "or" | "all_met"
            | "count_met" => self.truth(line, value),
            "grant" => self.grant(line, value),
            "look_up" => self.look_up(line, value),
            "between_points" => self.between_points(line, value),
            "scale" => self.scale(line, value),
            "over" | "for_all" | "for_at_least" => self.over(line, value),
            "distribute" => self.distribute(line, value),
            "share" => self.share(line, value),
            "rank" => self.rank(line, value),
            "days_between" | "months_between" | "years_between" | "move_months" => self.dates(line, value),
            "duty" => self.duty(line, value),
            op => slip("op", bi!("`{op}` er ingen slags trin", "`{op}` is no kind of step")),
        }
    }

    /// A step by its position, which must come before the one at hand.
    fn at(&self, place: usize, field: &str) -> Told<&Seen> {
        match self.seen.get(place) {
            Some(Some(seen)) => self.work.reads(seen).map(|()| seen),
            Some(None) => Err(Slip::Blind),
            None => {
                slip(field, bi!("{place} er ikke et trin før dette", "{place} is no step before this one"))
            }
        }
    }

    /// The steps that a step is computed from.
    fn read_all(&self, line: &Fields<'_>) -> Told<Vec<&Seen>> {
        let places = line.maybe("of", Fields::places)?.unwrap_or_default();
        places.into_iter().map(|place| self.at(place, "of")).collect()
    }

    /// A step that a field names.
    fn named(&self, line: &Fields<'_>, field: &str) -> Told<&Seen> {
        self.at(line.place(field)?, &line.path(field))
    }
}
