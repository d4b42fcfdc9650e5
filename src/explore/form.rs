//! Straight lines in one number, and the stretch of it on which everything is decided as it was at one place.

use crate::eval::StepId;
use crate::model::Compare;
use crate::value::{Bounds, Number};

/// A straight line in x, and how far from it the number may lie because of roundings.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Form {
    start: Number,
    /// How much it rises when x rises by one.
    pub(super) slope: Number,
    /// How far below the line the number may lie; not above 0.
    pub(super) low: Number,
    /// How far above; not below 0.
    pub(super) high: Number,
}

impl Form {
    /// A number that stays the same.
    pub(super) fn constant(number: &Number) -> Form {
        Form { start: number.clone(), slope: Number::zero(), low: Number::zero(), high: Number::zero() }
    }
    /// x itself.
    pub(super) fn x() -> Form {
        Form { slope: Number::one(), ..Form::constant(&Number::zero()) }
    }
    /// The line at a place.
    pub(super) fn at(&self, x: &Number) -> Number {
        self.start.add(&self.slope.mul(x))
    }
    /// Whether the number lies on the line itself.
    pub(super) fn is_exact(&self) -> bool {
        self.low.is_zero() && self.high.is_zero()
    }
    /// Whether it is the same everywhere.
    pub(super) fn is_constant(&self) -> bool {
        self.slope.is_zero() && self.is_exact()
    }
    /// Whether a number is one that this may be at a place.
    pub(super) fn allows(&self, x: &Number, number: &Number) -> bool {
        let off = number.sub(&self.at(x));
        self.low <= off && off <= self.high
    }
    pub(super) fn add(&self, other: &Form) -> Form {
        Form {
            start: self.start.add(&other.start),
            slope: self.slope.add(&other.slope),
            low: self.low.add(&other.low),
            high: self.high.add(&other.high),
        }
    }
    pub(super) fn sub(&self, other: &Form) -> Form {
        self.add(&other.times(&Number::from_i64(-1)))
    }
    pub(super) fn times(&self, by: &Number) -> Form {
        let (low, high) = (self.low.mul(by), self.high.mul(by));
        let (low, high) = if by.is_negative() { (high, low) } else { (low, high) };
        Form { start: self.start.mul(by), slope: self.slope.mul(by), low, high }
    }
    /// The same line, with the number up to so much below and above what it was.
    pub(super) fn widened(&self, low: &Number, high: &Number) -> Form {
        Form { low: self.low.add(low), high: self.high.add(high), ..self.clone() }
    }
}

/// The stretch of x on which everything is decided as it was at one place, and the steps that end it.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub(super) bounds: Bounds,
    pub(super) low_by: Vec<StepId>,
    pub(super) high_by: Vec<StepId>,
}

impl Cell {
    pub(super) fn of(bounds: Bounds) -> Cell {
        Cell { bounds, low_by: Vec::new(), high_by: Vec::new() }
    }

    /// Keeps only where a line surely compares with 0 as it does at a place; `None` where that is not sure at the place itself.
    pub(super) fn keep(&mut self, form: &Form, op: Compare, x: &Number, by: StepId) -> Option<()> {
        match op {
            Compare::Gt => self.above(form, false, x, by),
            Compare::Ge => self.above(form, true, x, by),
            Compare::Lt => self.above(&form.times(&Number::from_i64(-1)), false, x, by),
            Compare::Le => self.above(&form.times(&Number::from_i64(-1)), true, x, by),
            Compare::Eq if form.is_constant() => form.at(x).is_zero().then_some(()),
            // A line that is 0 here is 0 here alone.
            Compare::Eq => (form.is_exact() && form.at(x).is_zero()).then(|| self.only(x, by)),
            Compare::Ne if form.at(x).is_negative() => self.keep(form, Compare::Lt, x, by),
            Compare::Ne => self.keep(form, Compare::Gt, x, by),
        }
    }

    fn above(&mut self, form: &Form, or_at: bool, x: &Number, by: StepId) -> Option<()> {
        let lowest = form.at(x).add(&form.low);
        if lowest.is_negative() || (lowest.is_zero() && !or_at) {
            return None;
        }
        // Where the slope is 0 there is no end, and the division gives none.
        let Some(end) = form.start.add(&form.low).neg().div(&form.slope) else { return Some(()) };
        match form.slope.is_negative() {
            false => self.raise(end, !or_at, by),
            true => self.lower(end, !or_at, by),
        }
        Some(())
    }

    fn only(&mut self, x: &Number, by: StepId) {
        self.raise(x.clone(), false, by);
        self.lower(x.clone(), false, by);
    }

    fn raise(&mut self, low: Number, open: bool, by: StepId) {
        let own = self.bounds.low.as_ref();
        if own == Some(&low) && self.bounds.low_open == open {
            self.low_by.push(by);
        } else if own.is_none_or(|own| *own < low || (*own == low && open)) {
            (self.bounds.low, self.bounds.low_open, self.low_by) = (Some(low), open, vec![by]);
        }
    }

    fn lower(&mut self, high: Number, open: bool, by: StepId) {
        let own = self.bounds.high.as_ref();
        if own == Some(&high) && self.bounds.high_open == open {
            self.high_by.push(by);
        } else if own.is_none_or(|own| high < *own || (*own == high && open)) {
            (self.bounds.high, self.bounds.high_open, self.high_by) = (Some(high), open, vec![by]);
        }
    }
}
