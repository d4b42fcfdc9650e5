//! Scales: the base is cut at the bounds of the slices, and each piece is charged at its slice's rate.
//!
//! Slices are read from below, and those above the base are not read at all. A piece of an unknown base lies between
//! its sizes at the ends of what is known of the base, so what is charged has bounds too.

use super::machine::Machine;
use super::node::{Evaluated, plain};
use super::number::pick_extreme;
use super::outcome::meet;
use super::{At, Bounds, Detail, Outcome, RunProblem, SliceLine, StepId, Unknown};
use crate::base::{Bi, Lang};
use crate::model::{Arith, ExprId, KeyTest, Standing, TableId};
use crate::value::{Number, print_number};

/// A charge on its way up the slices.
struct Climb {
    base: Outcome,
    /// Where the slice at hand starts.
    from: Outcome,
    lines: Vec<SliceLine>,
    inputs: Vec<StepId>,
    /// Whether the base may lie where the scale says nothing, or bounds may not rise: then there is no value yet.
    unsure: bool,
}

impl Machine<'_> {
    pub(super) fn scale(&mut self, expr: ExprId, table: TableId, base: ExprId, at: At) -> Evaluated {
        let step = self.expr(base, at);
        let outcome = self.outcome(step).clone();
        if let Outcome::Error(_) | Outcome::DoesNotApply(_) = outcome {
            return plain(outcome, vec![step]);
        }
        if surely(&outcome, |_, high| high.is_some_and(Number::is_negative)) {
            let base = self.base_words(table, base, &outcome);
            let span = self.model.tables[table].span;
            return plain(Outcome::error(RunProblem::NegativeBase { span, base }), vec![step]);
        }
        let unsure = !surely(&outcome, |low, _| low.is_some_and(|low| !low.is_negative()));
        let zero = Outcome::number(Number::zero());
        let mut climb = Climb { base: outcome, from: zero, lines: Vec::new(), inputs: vec![step], unsure };
        let outcome = match self.climb(expr, table, base, &mut climb, at) {
            Ok(()) => self.charged(&climb),
            Err(outcome) => outcome,
        };
        (outcome, climb.inputs, Detail::Slices(table, climb.lines))
    }

    /// Charges the slices from below until the base surely ends.
    fn climb(
        &mut self,
        expr: ExprId,
        table: TableId,
        base: ExprId,
        climb: &mut Climb,
        at: At,
    ) -> Result<(), Outcome> {
        let rows = &self.model.tables[table].rows;
        for (row, data) in rows.iter().enumerate() {
            let standing = at.moment.interval().map_or(Standing::Absent, |asked| data.standing(0, asked));
            let rate = match standing {
                Standing::Value(rate, _) => Some(rate),
                Standing::Absent => continue,
                Standing::Changes(pieces) => {
                    let name = self.model.tables[table].results.first().cloned().unwrap_or_default();
                    let (span, moment) = (data.span, at.moment);
                    return Err(Outcome::error(RunProblem::Changes { span, name, moment, pieces }));
                }
            };
            let bound = match data.tests.as_slice() {
                [KeyTest::Slice(Some(bound))] => Some(self.bound(table, row, *bound, climb, at)?),
                _ => None,
            };
            let step = bound.as_ref().map(|(step, _)| *step);
            let bound = bound.map(|(_, bound)| bound);
            let line = self.slice(expr, rate, bound.as_ref(), climb, at);
            climb.lines.push(SliceLine { row, bound: step, ..line });
            let Some(bound) = bound else { return Ok(()) };
            if at_most(&climb.base, &bound) {
                return Ok(());
            }
            climb.from = bound;
        }
        // No slice is left, and the base may go on.
        climb.unsure = true;
        if !above(&climb.base, &climb.from) {
            return Ok(());
        }
        let (span, last) = (self.model.tables[table].span, rows.last().map(|row| row.span));
        let base = self.base_words(table, base, &climb.base);
        Err(Outcome::error(RunProblem::AboveScale { span, last: last.unwrap_or(span), base }))
    }

    /// Reads where a slice ends; it must end higher than it starts.
    fn bound(
        &mut self,
        table: TableId,
        row: usize,
        bound: ExprId,
        climb: &mut Climb,
        at: At,
    ) -> Result<(StepId, Outcome), Outcome> {
        let step = self.expr(bound, at);
        climb.inputs.push(step);
        let outcome = self.outcome(step).clone();
        if let Outcome::Error(_) | Outcome::DoesNotApply(_) = outcome {
            return Err(outcome);
        }
        if at_most(&outcome, &climb.from) {
            let rows = &self.model.tables[table].rows;
            let (row, below) = (rows[row].span, rows[row.saturating_sub(1)].span);
            return Err(Outcome::error(RunProblem::ScaleFalls { row, below }));
        }
        climb.unsure |= !above(&outcome, &climb.from);
        Ok((step, outcome))
    }

    /// Charges one slice; the rate of one in which nothing lies is not read.
    fn slice(
        &mut self,
        expr: ExprId,
        rate: Option<ExprId>,
        bound: Option<&Outcome>,
        climb: &mut Climb,
        at: At,
    ) -> SliceLine {
        let top = match bound {
            Some(bound) => pick_extreme(false, &[climb.base.clone(), bound.clone()]),
            None => climb.base.clone(),
        };
        let above = self.combine(expr, Arith::Sub, &top, &climb.from);
        let amount = pick_extreme(true, &[above, Outcome::number(Number::zero())]);
        let empty = amount.as_number().is_some_and(Number::is_zero);
        let step = rate.filter(|_| !empty).map(|rate| self.expr(rate, at));
        climb.inputs.extend(step);
        let charge = match step {
            Some(step) => self.combine(expr, Arith::Mul, &amount, self.outcome(step)),
            None => amount.clone(),
        };
        SliceLine { row: 0, bound: None, amount, rate: step, charge }
    }

    /// Adds what the slices charged.
    fn charged(&self, climb: &Climb) -> Outcome {
        let charges: Vec<Outcome> = climb.lines.iter().map(|line| line.charge.clone()).collect();
        let total = self.added(&charges);
        let read = climb.inputs.iter().map(|step| self.outcome(*step));
        let unsettled = read.clone().any(Outcome::is_unsettled);
        if !climb.unsure && !unsettled {
            return total;
        }
        // It may yet be an error, so nothing bounds it. INVARIANT: only an unknown base or bound makes a charge unsure, so
        // something is missing.
        match meet(read) {
            Some(unknown @ Outcome::Unknown(_)) => {
                Outcome::Unknown(Unknown::new(unknown.lack().unsettled_if(true), Bounds::open()))
            }
            state => state.unwrap_or(total),
        }
    }

    fn base_words(&self, table: TableId, base: ExprId, outcome: &Outcome) -> Bi {
        let name = self.model.tables[table].keys.first().cloned().unwrap_or_default();
        let words = |lang: Lang| match outcome.as_number() {
            Some(number) => format!("`{name}` {} {}", lang.pick("er", "is"), self.shown(base, number, lang)),
            None => format!("`{name}` {}", lang.pick("er uden for den", "lies outside it")),
        };
        Bi::new(words(Lang::Da), words(Lang::En))
    }

    /// Writes a number as an expression shows it, for messages.
    pub(super) fn shown(&self, expr: ExprId, number: &Number, lang: Lang) -> String {
        let show = &self.model.node(expr).show;
        let scaled = number.div(&show.scale).unwrap_or_else(|| number.clone());
        if show.ungrouped && scaled.is_integer() {
            return scaled.to_exact();
        }
        let text = print_number(&scaled, lang, show.decimals, 8).text;
        format!("{text} {}", show.words.get(lang)).trim_end().to_owned()
    }
}

/// Decides something from what is known of a number: its lowest and highest value.
fn surely(outcome: &Outcome, holds: impl Fn(Option<&Number>, Option<&Number>) -> bool) -> bool {
    outcome.bounds().is_some_and(|bounds| holds(bounds.low.as_ref(), bounds.high.as_ref()))
}

/// Tells whether one is surely at most the other.
fn at_most(one: &Outcome, other: &Outcome) -> bool {
    surely(one, |_, high| surely(other, |low, _| high.zip(low).is_some_and(|(high, low)| high <= low)))
}

/// Tells whether one is surely above the other.
fn above(one: &Outcome, other: &Outcome) -> bool {
    surely(one, |low, _| surely(other, |_, high| low.zip(high).is_some_and(|(low, high)| low > high)))
}
