//! Arithmetic on numbers in registers: scales are worked out here, once, so that each row needs whole numbers alone.

use super::code::{Op, Reg};
use super::known::{LeftOut, Lowered, Num, left};
use super::lower::Lower;
use crate::model::Compare;
use crate::value::{Number, RoundMode};

/// More decimals than this do not fit beside the digits of an amount.
const MOST_DECIMALS: u32 = 36;

impl Lower<'_> {
    /// Adds an instruction.
    pub(super) fn emit(&mut self, op: Op) -> Lowered<Reg> {
        self.code.emit(op).map_or_else(|| left(LeftOut::TooLarge), Ok)
    }

    /// A whole number that every row has.
    pub(super) fn constant(&mut self, value: i128) -> Lowered<Reg> {
        self.emit(Op::Const(value))
    }

    /// A number that every row has.
    pub(super) fn number(&mut self, value: &Number) -> Lowered<Num> {
        let (upper, lower, scale) = parts_of(value).map_or_else(|| left(LeftOut::TooLarge), Ok)?;
        let over = self.constant(upper)?;
        let under = match lower {
            1 => None,
            lower => Some(self.constant(lower)?),
        };
        Ok(Num { over, scale, under })
    }

    /// The whole number at more decimals.
    fn at_scale(&mut self, reg: Reg, from: u32, to: u32) -> Lowered<Reg> {
        let by = power(to - from)?;
        let by = self.constant(by)?;
        self.emit(Op::Mul(reg, by))
    }

    /// Two whole numbers with the same decimals.
    pub(super) fn aligned(
        &mut self,
        (a, of_a): (Reg, u32),
        (b, of_b): (Reg, u32),
    ) -> Lowered<(Reg, Reg, u32)> {
        let scale = of_a.max(of_b);
        Ok((self.at_scale(a, of_a, scale)?, self.at_scale(b, of_b, scale)?, scale))
    }

    /// Two numbers with the same decimals and the same denominator.
    pub(super) fn alike(&mut self, a: Num, b: Num) -> Lowered<(Reg, Reg, u32, Option<Reg>)> {
        let (over_a, over_b, under) = match (a.under, b.under) {
            (None, None) => (a.over, b.over, None),
            (Some(x), Some(y)) if x == y => (a.over, b.over, Some(x)),
            (x, y) => {
                let over_a = self.times(a.over, y)?;
                let over_b = self.times(b.over, x)?;
                let under = match (x, y) {
                    (Some(x), y) => Some(self.times(x, y)?),
                    (None, y) => y,
                };
                (over_a, over_b, under)
            }
        };
        let (over_a, over_b, scale) = self.aligned((over_a, a.scale), (over_b, b.scale))?;
        Ok((over_a, over_b, scale, under))
    }

    fn times(&mut self, reg: Reg, by: Option<Reg>) -> Lowered<Reg> {
        match by {
            Some(by) => self.emit(Op::Mul(reg, by)),
            None => Ok(reg),
        }
    }

    /// The sum, or the difference.
    pub(super) fn sum(&mut self, a: Num, b: Num, subtract: bool) -> Lowered<Num> {
        let (x, y, scale, under) = self.alike(a, b)?;
        let over = self.emit(if subtract { Op::Sub(x, y) } else { Op::Add(x, y) })?;
        Ok(Num { over, scale, under })
    }

    /// The product.
    pub(super) fn product(&mut self, a: Num, b: Num) -> Lowered<Num> {
        let over = self.emit(Op::Mul(a.over, b.over))?;
        let under = match (a.under, b.under) {
            (Some(x), Some(y)) => Some(self.emit(Op::Mul(x, y))?),
            (x, y) => x.or(y),
        };
        decimals(Num { over, scale: a.scale + b.scale, under })
    }

    /// The quotient; a row in which the denominator is 0 is given up, unless `zero_is_seen_to`. A denominator that is the
    /// same in every row and divides evenly into decimals is multiplied by.
    pub(super) fn quotient(&mut self, a: Num, b: Num, zero_is_seen_to: bool) -> Lowered<Num> {
        if let (Some(digits), None) = (self.code.constant(b.over), b.under)
            && let Some(whole) = Number::from_digits(&digits.to_string(), b.scale)
            && let Some(inverse) = Number::one().div(&whole)
            && inverse.decimals().is_some_and(|decimals| decimals <= 12)
        {
            let inverse = self.number(&inverse)?;
            return self.product(a, inverse);
        }
        let zero = self.constant(0)?;
        if !zero_is_seen_to {
            let is_zero = self.emit(Op::Same(b.over, zero))?;
            self.give_up_where(is_zero)?;
        }
        // a / 10^s / u over b / 10^t / v is a·v·10^t over b·u·10^s; decimals are evened out on the side that lacks them.
        let (over, under) = (self.times(a.over, b.under)?, self.times(b.over, a.under)?);
        let (over, under, scale) = match a.scale.checked_sub(b.scale) {
            Some(scale) => (over, under, scale),
            None => (self.at_scale(over, a.scale, b.scale)?, under, 0),
        };
        let below = self.emit(Op::Less(under, zero))?;
        let (turned, turned_under) = (self.emit(Op::Sub(zero, over))?, self.emit(Op::Sub(zero, under))?);
        let over = self.emit(Op::Select(below, turned, over))?;
        let under = self.emit(Op::Select(below, turned_under, under))?;
        Ok(Num { over, scale, under: Some(under) })
    }

    /// Rounds to a multiple of a step.
    pub(super) fn rounded(&mut self, x: Num, step: &Number, mode: RoundMode) -> Lowered<Num> {
        let (digits, lower, decimals) = parts_of(step).map_or_else(|| left(LeftOut::TooLarge), Ok)?;
        if lower != 1 || digits <= 0 {
            return left(LeftOut::TooLarge);
        }
        // How often the step goes into x: x·10^(decimals of the step − own decimals) over its digits.
        let (over, by) = match x.scale.checked_sub(decimals) {
            Some(more) => (x.over, power(more)?.checked_mul(digits)),
            None => (self.at_scale(x.over, x.scale, decimals)?, Some(digits)),
        };
        let Some(by) = by else { return left(LeftOut::TooLarge) };
        let whole = match x.under {
            None => self.emit(Op::Round(over, by, mode))?,
            Some(under) => {
                let by = self.constant(by)?;
                let under = self.emit(Op::Mul(under, by))?;
                self.emit(Op::Divide(over, under, mode))?
            }
        };
        let digits = self.constant(digits)?;
        let over = self.emit(Op::Mul(whole, digits))?;
        Ok(Num { over, scale: decimals, under: None })
    }

    /// Compares.
    pub(super) fn comparison(&mut self, op: Compare, a: Num, b: Num) -> Lowered<Reg> {
        let (x, y, _, _) = self.alike(a, b)?;
        self.compared(op, x, y)
    }

    /// Compares whole numbers.
    pub(super) fn compared(&mut self, op: Compare, x: Reg, y: Reg) -> Lowered<Reg> {
        match op {
            Compare::Eq => self.emit(Op::Same(x, y)),
            Compare::Lt => self.emit(Op::Less(x, y)),
            Compare::Gt => self.emit(Op::Less(y, x)),
            Compare::Ne | Compare::Le | Compare::Ge => {
                let negated = self.compared(op.negated(), x, y)?;
                self.emit(Op::Not(negated))
            }
        }
    }

    /// The larger or the smaller.
    pub(super) fn extreme(&mut self, largest: bool, a: Num, b: Num) -> Lowered<Num> {
        let (x, y, scale, under) = self.alike(a, b)?;
        let over = self.emit(if largest { Op::Max(x, y) } else { Op::Min(x, y) })?;
        Ok(Num { over, scale, under })
    }

    /// Turned around 0.
    pub(super) fn negative(&mut self, a: Num) -> Lowered<Num> {
        let zero = self.constant(0)?;
        Ok(Num { over: self.emit(Op::Sub(zero, a.over))?, ..a })
    }
}

fn decimals(number: Num) -> Lowered<Num> {
    if number.scale > MOST_DECIMALS { left(LeftOut::TooLarge) } else { Ok(number) }
}

fn power(of_ten: u32) -> Lowered<i128> {
    10_i128.checked_pow(of_ten).map_or_else(|| left(LeftOut::TooLarge), Ok)
}

/// A number as a whole one over another, of so many decimals.
fn parts_of(value: &Number) -> Option<(i128, i128, u32)> {
    let text = value.to_exact();
    if let Some((upper, lower)) = text.split_once('/') {
        return Some((upper.parse().ok()?, lower.parse().ok()?, 0));
    }
    let decimals = value.decimals()?;
    let digits: String = text.chars().filter(|c| *c != '.').collect();
    Some((digits.parse().ok()?, 1, decimals))
}
