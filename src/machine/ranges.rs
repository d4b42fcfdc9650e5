//! Between which numbers each register lies, worked out from what the inputs lie between: proof that no step of any row is
//! beyond 64 or 128 bits, had before a row is run.

use super::code::{Code, Op, Reg};
use crate::base::Id;
use crate::value::RoundMode;

/// The least and the greatest of some whole numbers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Range {
    /// The least.
    pub low: i128,
    /// The greatest.
    pub high: i128,
}

/// How many bits every step of some rows fits in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Width {
    /// 64.
    Word,
    /// 128.
    Double,
    /// That is not proved.
    Beyond,
}

/// The ranges of all registers of a code.
#[derive(Clone, Debug)]
pub struct Ranges {
    of: Vec<Option<Range>>,
    /// The width that all of them have.
    pub width: Width,
}

impl Range {
    /// One number alone.
    pub fn only(value: i128) -> Range {
        Range { low: value, high: value }
    }
    /// The range that has both.
    pub fn hull(self, other: Range) -> Range {
        Range { low: self.low.min(other.low), high: self.high.max(other.high) }
    }
    /// Tells whether a number lies in it.
    pub fn contains(self, value: i128) -> bool {
        self.low <= value && value <= self.high
    }
    fn truth() -> Range {
        Range { low: 0, high: 1 }
    }
    fn around(all: &[Option<i128>]) -> Option<Range> {
        let all: Option<Vec<i128>> = all.iter().copied().collect();
        let all = all?;
        Some(Range { low: all.iter().copied().min()?, high: all.iter().copied().max()? })
    }
    fn width(self, more: i128) -> Width {
        let fits = |most: i128| {
            let high = self.high.checked_add(more).is_some_and(|high| high <= most);
            high && self.low.checked_sub(more).is_some_and(|low| low >= -most)
        };
        if fits(i128::from(i64::MAX)) {
            Width::Word
        } else if fits(i128::MAX) {
            Width::Double
        } else {
            Width::Beyond
        }
    }
}

impl Ranges {
    /// Works out the ranges of a code whose inputs lie in some ranges, in their order.
    pub fn of(code: &Code, inputs: &[Range]) -> Ranges {
        let mut ranges = Ranges { of: Vec::with_capacity(code.ops.len()), width: Width::Word };
        for op in code.ops.iter() {
            let range = ranges.next(op, inputs);
            let more = match op {
                // A half is added before it is divided.
                Op::Round(_, by, _) => *by,
                Op::Divide(_, by, _) => ranges.get(*by).map_or(0, |by| by.high.max(0)),
                _ => 0,
            };
            let read = op.reads().into_iter().filter_map(|reg| ranges.get(reg));
            let width = range.into_iter().chain(read).map(|range| range.width(more)).max();
            let width = if range.is_none() { Width::Beyond } else { width.unwrap_or(Width::Word) };
            ranges.width = ranges.width.max(width);
            ranges.of.push(range);
        }
        ranges
    }

    /// Returns the range of a register; `None` beyond 128 bits.
    pub fn get(&self, reg: Reg) -> Option<Range> {
        self.of.get(reg.index()).copied().flatten()
    }

    fn next(&self, op: &Op, inputs: &[Range]) -> Option<Range> {
        let get = |reg: &Reg| self.get(*reg);
        match op {
            Op::Const(value) => Some(Range::only(*value)),
            Op::Input(input) => inputs.get(input.index()).copied(),
            Op::Add(a, b) => {
                let (a, b) = (get(a)?, get(b)?);
                Range::around(&[a.low.checked_add(b.low), a.high.checked_add(b.high)])
            }
            Op::Sub(a, b) => {
                let (a, b) = (get(a)?, get(b)?);
                Range::around(&[a.low.checked_sub(b.high), a.high.checked_sub(b.low)])
            }
            Op::Mul(a, b) => {
                let (a, b) = (get(a)?, get(b)?);
                let product = |x: i128, y: i128| x.checked_mul(y);
                let ends = [
                    product(a.low, b.low),
                    product(a.low, b.high),
                    product(a.high, b.low),
                    product(a.high, b.high),
                ];
                Range::around(&ends)
            }
            Op::Round(x, by, mode) => {
                let x = get(x)?;
                // Rounding keeps order, so the ends go to the ends.
                let end = |end: i128| Op::Round(Reg::from_index(0), *by, *mode).exact(|_| end, |_| 0);
                Range::around(&[end(x.low), end(x.high)])
            }
            Op::Divide(a, b, _) => {
                let (a, b) = (get(a)?, get(b)?);
                let mut ends = vec![Some(0)];
                for over in [a.low, a.high] {
                    for under in [b.low.max(1), b.high.max(1)] {
                        for mode in [RoundMode::Down, RoundMode::Up] {
                            let at = |reg: Reg| if reg.index() == 0 { over } else { under };
                            let op = Op::Divide(Reg::from_index(0), Reg::from_index(1), mode);
                            ends.push(op.exact(at, |_| 0));
                        }
                    }
                }
                Range::around(&ends)
            }
            Op::Less(..) | Op::Same(..) | Op::And(..) | Op::Or(..) | Op::Not(_) => Some(Range::truth()),
            Op::Min(a, b) => {
                let (a, b) = (get(a)?, get(b)?);
                Some(Range { low: a.low.min(b.low), high: a.high.min(b.high) })
            }
            Op::Max(a, b) => {
                let (a, b) = (get(a)?, get(b)?);
                Some(Range { low: a.low.max(b.low), high: a.high.max(b.high) })
            }
            Op::Select(_, a, b) => Some(get(a)?.hull(get(b)?)),
        }
    }
}
