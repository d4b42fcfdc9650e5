//! What differs between two results, and what the differences come to together.

use super::table::{Compared, Comparison};
use crate::base::Lang;
use crate::eval::{Bounds, Outcome};
use crate::facts::Datum;
use crate::model::Ty;
use crate::session::{Answer, AnswerLine, level_at};
use crate::value::{Level, Number};

/// A result in an answer; `None` where the answer has none.
pub(super) type Found<'a> = Option<(&'a Answer, &'a AnswerLine)>;

/// How a result differs from another.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Difference {
    /// Not at all.
    Same,
    /// Both are numbers: the second less the first.
    By(Number),
    /// Both are values, and no numbers.
    Other,
    /// Both are unknown within the same bounds, and only what is missing differs.
    Lack,
    /// One of them is unknown, does not apply, is an error or is not there, and the other is not so.
    State,
    /// Both are numbers, of units or price levels that cannot be subtracted.
    Unlike,
}

/// Compares two results. Values are compared exactly, and so is how sure they are.
pub(super) fn difference(before: Found<'_>, after: Found<'_>) -> Difference {
    let ((old, old_line), (new, new_line)) = match (before, after) {
        (Some(before), Some(after)) => (before, after),
        (None, None) => return Difference::Same,
        (Some(_), None) | (None, Some(_)) => return Difference::State,
    };
    let (before, after) = (old.outcome(old_line), new.outcome(new_line));
    match (before, after) {
        (Outcome::Value(a), Outcome::Value(b)) => match (&a.datum, &b.datum) {
            (Datum::Number(_), Datum::Number(_)) if !fits((old, old_line), (new, new_line)) => {
                Difference::Unlike
            }
            (Datum::Number(x), Datum::Number(y)) if x != y => Difference::By(y.sub(x)),
            (x, y) if x == y && a.status == b.status => Difference::Same,
            (_, _) => Difference::Other,
        },
        (Outcome::DoesNotApply(_), Outcome::DoesNotApply(_)) => Difference::Same,
        (Outcome::Unknown(_), Outcome::Unknown(_)) | (Outcome::Error(_), Outcome::Error(_)) => {
            // What is missing is compared by name, since entities are numbered anew in each world.
            let words = |answer: &Answer, line: &AnswerLine| {
                let (ty, show) = answer.typed(line);
                answer.words(Lang::Da).outcome(answer.outcome(line), ty, show)
            };
            match (words(old, old_line) == words(new, new_line), before.bounds() == after.bounds()) {
                (true, _) => Difference::Same,
                (false, true) if matches!(before, Outcome::Unknown(_)) => Difference::Lack,
                (false, _) => Difference::State,
            }
        }
        (Outcome::Value(_) | Outcome::Unknown(_) | Outcome::DoesNotApply(_) | Outcome::Error(_), _) => {
            Difference::State
        }
    }
}

/// What a number counts in: its unit and its price level. `None` where it fits all.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Measure {
    unit: String,
    level: Option<Level>,
}

pub(super) fn measure(answer: &Answer, line: &AnswerLine) -> Option<Measure> {
    let (ty, _) = answer.typed(line);
    let unit = match ty {
        Ty::Zero | Ty::Unknown => return None,
        Ty::Quantity { unit, .. } => unit.print(&answer.plan.model.units, Lang::Da, true),
        Ty::Percent => "pct.".to_owned(),
        Ty::Number | Ty::Bool | Ty::Date | Ty::Text | Ty::OneOf(_) | Ty::Entity(_) | Ty::Nothing => {
            String::new()
        }
    };
    Some(Measure { unit, level: level_at(answer.moment, ty) })
}

/// Tells whether numbers can be subtracted and added: one unit, and one price level.
pub(super) fn alike(all: impl IntoIterator<Item = Measure>) -> bool {
    let (mut unit, mut level) = (None, None);
    all.into_iter().all(|next| {
        let same = unit.get_or_insert_with(|| next.unit.clone()) == &next.unit;
        let own = next.level;
        same && own.is_none_or(|own| level.get_or_insert(own) == &own)
    })
}

fn fits((old, old_line): (&Answer, &AnswerLine), (new, new_line): (&Answer, &AnswerLine)) -> bool {
    alike([measure(old, old_line), measure(new, new_line)].into_iter().flatten())
}

/// Amounts and counts add up over those they are told for; rates, percentages and plain numbers do not.
pub fn adds_up(ty: &Ty) -> bool {
    match ty {
        Ty::Quantity { unit, .. } => unit.powers().all(|(_, power)| power > 0),
        Ty::Unknown | Ty::Zero | Ty::Number | Ty::Percent | Ty::Bool | Ty::Date => false,
        Ty::Text | Ty::OneOf(_) | Ty::Entity(_) | Ty::Nothing => false,
    }
}

/// A sum over results. What does not apply, or is not there, adds nothing; what is unknown or wrong leaves it open.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sum {
    /// The sum of what is known.
    pub known: Number,
    /// How many are unknown.
    pub unknown: usize,
    /// How many are errors.
    pub errors: usize,
    /// How many do not apply, or are not there.
    pub absent: usize,
    /// What is known of the whole sum.
    pub bounds: Bounds,
}

impl Sum {
    pub(super) fn of<'a>(all: impl IntoIterator<Item = Found<'a>>) -> Sum {
        let zero = Number::zero();
        let nothing =
            Sum { known: zero.clone(), unknown: 0, errors: 0, absent: 0, bounds: Bounds::point(&zero) };
        all.into_iter().fold(nothing, Sum::and)
    }
    fn and(mut self, next: Found<'_>) -> Sum {
        let outcome = next.map(|(answer, line)| answer.outcome(line));
        let number = match outcome {
            None | Some(Outcome::DoesNotApply(_)) => {
                self.absent += 1;
                return self;
            }
            Some(Outcome::Value(value)) if value.datum == Datum::Nothing => {
                self.absent += 1;
                return self;
            }
            Some(Outcome::Unknown(unknown)) => {
                self.unknown += 1;
                // What may yet have no value is within no bounds.
                let bounds = if unknown.unsettled { Bounds::open() } else { unknown.bounds.clone() };
                return Sum { bounds: self.bounds.add(&bounds), ..self };
            }
            Some(outcome @ (Outcome::Value(_) | Outcome::Error(_))) => outcome.as_number(),
        };
        match number {
            Some(number) => {
                Sum { known: self.known.add(number), bounds: self.bounds.add(&Bounds::point(number)), ..self }
            }
            None => Sum { errors: self.errors + 1, bounds: Bounds::open(), ..self },
        }
    }
    /// Returns the sum, where all of it is known.
    pub fn whole(&self) -> Option<&Number> {
        (self.unknown == 0 && self.errors == 0).then_some(&self.known)
    }
}

/// For how many a result rises or falls in a column, and by how much together.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Movement {
    /// For whom it rises.
    pub up: Moves,
    /// For whom it falls.
    pub down: Moves,
    /// For how many it stays the same.
    pub same: usize,
    /// For how many it differs without a number that says how much.
    pub otherwise: usize,
}

/// Those for whom a result moves one way.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Moves {
    /// How many.
    pub count: usize,
    /// By how much together; `None` where nobody moves.
    pub sum: Option<Number>,
    /// Who moves most: the position of the row, and by how much.
    pub most: Option<(usize, Number)>,
}

impl Moves {
    fn add(&mut self, row: usize, by: &Number) {
        self.count += 1;
        self.sum = Some(self.sum.as_ref().map_or(by.clone(), |sum| sum.add(by)));
        if self.most.as_ref().is_none_or(|(_, most)| most.abs() < by.abs()) {
            self.most = Some((row, by.clone()));
        }
    }
}

impl Comparison<'_> {
    /// Returns by how much a row moves in a sum: what is not there, or does not apply, counts as nothing. `None` where a
    /// number is missing, or they cannot be subtracted.
    pub fn moved(&self, compared: &Compared, row: usize, column: usize) -> Option<Number> {
        let row = compared.rows.get(row)?;
        match self.difference(row, column) {
            Difference::By(by) => Some(by),
            Difference::Same | Difference::Other => {
                self.line(row, 0).and_then(as_number).map(|_| Number::zero())
            }
            Difference::Unlike | Difference::Lack => None,
            Difference::State => {
                let (before, after) = (Sum::of([self.line(row, 0)]), Sum::of([self.line(row, column)]));
                let typed = self.line(row, 0).or(self.line(row, column))?;
                let numeric = adds_up(typed.0.typed(typed.1).0);
                numeric.then(|| Some(after.whole()?.sub(before.whole()?))).flatten()
            }
        }
    }
    /// Returns for how many a result rises and falls in a column.
    pub fn movement(&self, compared: &Compared, column: usize) -> Movement {
        let mut all = Movement::default();
        for (at, row) in compared.rows.iter().enumerate() {
            match (self.difference(row, column), self.moved(compared, at, column)) {
                (Difference::Same | Difference::Lack, _) => all.same += 1,
                (_, Some(by)) if by.is_zero() => all.otherwise += 1,
                (_, Some(by)) if by.is_negative() => all.down.add(at, &by),
                (_, Some(by)) => all.up.add(at, &by),
                (_, None) => all.otherwise += 1,
            }
        }
        all
    }
    /// Returns the sum over everybody in a column; `None` where the results do not add up, or not with those of the other
    /// columns.
    pub fn total(&self, compared: &Compared, column: usize) -> Option<Sum> {
        if compared.rows.len() < 2 {
            return None;
        }
        let found = compared.rows.iter().flat_map(|row| (0..self.answers.len()).map(|at| self.line(row, at)));
        let numbers: Vec<_> =
            found.flatten().filter(|(answer, line)| !is_nothing(answer.typed(line).0)).collect();
        let adds = numbers.iter().all(|(answer, line)| adds_up(answer.typed(line).0));
        let measures = numbers.iter().filter_map(|(answer, line)| measure(answer, line));
        let adds = adds && !numbers.is_empty() && alike(measures);
        adds.then(|| Sum::of(compared.rows.iter().map(|row| self.line(row, column))))
    }
}

/// What a line states to be none, or 0, is no number of another unit.
fn is_nothing(ty: &Ty) -> bool {
    match ty {
        Ty::Nothing | Ty::Unknown | Ty::Zero => true,
        Ty::Number | Ty::Percent | Ty::Quantity { .. } | Ty::Bool | Ty::Date => false,
        Ty::Text | Ty::OneOf(_) | Ty::Entity(_) => false,
    }
}

fn as_number<'a>((answer, line): (&'a Answer, &'a AnswerLine)) -> Option<&'a Number> {
    answer.outcome(line).as_number()
}
