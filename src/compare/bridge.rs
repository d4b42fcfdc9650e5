//! From one world to another, one thing at a time: what each of them adds to a number. The terms add up exactly, because
//! each is the difference between two answers that were computed.

use super::column::{Column, Side};
use super::moved::{Sum, alike, measure};
use super::problem::CompareProblem;
use super::table::{Compared, Comparison, Row, Who, asked};
use crate::eval::{Bounds, Outcome};
use crate::explore::Refused;
use crate::session::Answer;
use crate::value::Number;

/// The way from a result to what it is in a column.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bridge {
    /// The result.
    pub name: String,
    /// For whom; `None` where it is the same for all, or the total over all.
    pub who: Option<Who>,
    /// Whether it is the total over everybody.
    pub is_total: bool,
    /// Where it begins, and where each step leads.
    pub points: Vec<Point>,
}

/// A place on the way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Point {
    /// The step that leads here, as it was written; empty where the way begins.
    pub words: String,
    /// What the result is here.
    pub at: Standing,
}

/// What a result is at a place on the way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Standing {
    /// A number.
    Known(Number),
    /// It does not apply, or is not there: it counts as nothing.
    Absent,
    /// It is unknown, within bounds.
    Unknown(Bounds),
    /// It cannot be computed.
    Error,
}

/// Steps that cannot be told apart, because what lies between them is not known: what they come to together.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Joint {
    /// The first step, by position.
    pub from: usize,
    /// The last step.
    pub to: usize,
    /// What they come to together.
    pub by: Number,
}

impl Standing {
    /// Returns the number that it counts as.
    pub fn counts(&self) -> Option<Number> {
        match self {
            Standing::Known(number) => Some(number.clone()),
            Standing::Absent => Some(Number::zero()),
            Standing::Unknown(_) | Standing::Error => None,
        }
    }
}

impl Bridge {
    /// Returns what a step adds, where the places before and after it are known. The first step is 1.
    pub fn term(&self, step: usize) -> Option<Number> {
        let before = self.points.get(step.checked_sub(1)?)?.at.counts()?;
        Some(self.points.get(step)?.at.counts()?.sub(&before))
    }
    /// Returns the steps that can only be told together.
    pub fn joints(&self) -> Vec<Joint> {
        let mut joints = Vec::new();
        let mut last: Option<(usize, Number)> = None;
        for (at, point) in self.points.iter().enumerate() {
            let Some(number) = point.at.counts() else { continue };
            if let Some((before, from)) = last.filter(|(before, _)| at > before + 1) {
                joints.push(Joint { from: before + 1, to: at, by: number.sub(&from) });
            }
            last = Some((at, number));
        }
        joints
    }
    /// Returns what all of it comes to, where both ends are known.
    pub fn whole(&self) -> Option<Number> {
        Some(self.points.last()?.at.counts()?.sub(&self.points.first()?.at.counts()?))
    }
}

/// Returns the ways on which something moves; all of them where nothing does on any.
pub fn moving(all: Vec<Bridge>) -> Vec<Bridge> {
    let moves = |bridge: &Bridge| {
        (1..bridge.points.len()).any(|step| bridge.term(step).is_none_or(|term| !term.is_zero()))
    };
    match all.iter().any(moves) {
        true => all.into_iter().filter(moves).collect(),
        false => all,
    }
}

/// Builds the way from a world to a column for a result: one for each for whom it is told, and the total over them where they
/// add up. Beside them stands the last answer, which words their numbers.
///
/// # Errors
/// Where the target is not one result, is no number, or cannot be subtracted along the way.
pub fn bridges(
    base: &Side,
    column: &Column,
    target: &str,
    only: &[(String, String)],
) -> Result<(Vec<Bridge>, Answer), Box<Refused>> {
    let targets = [target.to_owned()];
    let first = asked(base, &targets, only)?;
    let refused = |problem: CompareProblem| {
        let mut problems = crate::diag::Problems::new();
        problems.report(&problem);
        Box::new(Refused { problems, sources: first.sources.clone() })
    };
    let mut words = vec![String::new()];
    let mut answers = vec![first.clone()];
    for (said, side) in column.way() {
        let refused = |problems| Box::new(Refused { problems, sources: side.session.sources().clone() });
        answers.push(side.ask(&targets, only).map_err(refused)?);
        words.push(said);
    }
    let all = Comparison::of(answers.iter().collect());
    let result = match all.results.as_slice() {
        [one] => one,
        [] => {
            return Err(Box::new(Refused {
                problems: first.problems.clone(),
                sources: first.sources.clone(),
            }));
        }
        several => {
            let names = several.iter().map(|result| result.name.clone()).collect();
            return Err(refused(CompareProblem::Several { target: target.to_owned(), names }));
        }
    };
    check(&all, result).map_err(refused)?;
    let one = |row: &Row| Bridge {
        name: result.name.clone(),
        who: row.who.clone(),
        is_total: false,
        points: points(&words, |at| standing(&Sum::of([all.line(row, at)]), 1)),
    };
    let mut found: Vec<Bridge> = result.rows.iter().map(one).collect();
    let total = |at| all.total(result, at).map_or(Standing::Error, |sum| standing(&sum, result.rows.len()));
    if all.total(result, 0).is_some() {
        let points = points(&words, total);
        found.push(Bridge { name: result.name.clone(), who: None, is_total: true, points });
    }
    let last = answers.last().cloned().unwrap_or(first);
    Ok((found, last))
}

fn points(words: &[String], at: impl Fn(usize) -> Standing) -> Vec<Point> {
    words.iter().enumerate().map(|(step, words)| Point { words: words.clone(), at: at(step) }).collect()
}

/// What a sum over so many comes to.
fn standing(sum: &Sum, count: usize) -> Standing {
    match (sum.whole(), sum.errors) {
        (Some(_), _) if sum.absent == count => Standing::Absent,
        (Some(number), _) => Standing::Known(number.clone()),
        (None, 0) => Standing::Unknown(sum.bounds.clone()),
        (None, _) => Standing::Error,
    }
}

/// A way leads through numbers of one unit and one price level.
fn check(all: &Comparison<'_>, result: &Compared) -> Result<(), CompareProblem> {
    let name = result.name.clone();
    let lines = || {
        result.rows.iter().flat_map(|row| (0..all.answers.len()).filter_map(|column| all.line(row, column)))
    };
    let is_number = |(answer, line): (&Answer, &crate::session::AnswerLine)| match answer.outcome(line) {
        Outcome::Value(_) => answer.outcome(line).as_number().is_some(),
        Outcome::Unknown(_) => answer.typed(line).0.is_numeric(),
        Outcome::DoesNotApply(_) | Outcome::Error(_) => true,
    };
    if !lines().all(is_number) {
        return Err(CompareProblem::NoNumber { name });
    }
    match alike(lines().filter_map(|(answer, line)| measure(answer, line))) {
        true => Ok(()),
        false => Err(CompareProblem::Unlike { name }),
    }
}
