//! One row at a time: the registers are an array, and the code is walked once.

use super::code::{Code, Op, Reg};
use super::compiled::Compiled;
use super::ranges::{Range, Ranges, Width};
use crate::base::Id;
use crate::value::RoundMode;

/// A whole number of a fixed width. Its arithmetic wraps: ranges prove beforehand that it never does.
pub trait Word: Copy + Ord + std::fmt::Debug + Send + Sync + 'static {
    /// 0.
    const ZERO: Self;
    /// 1.
    const ONE: Self;
    /// The number at this width; `None` where it does not fit.
    fn fit(value: i128) -> Option<Self>;
    /// The number at the widest.
    fn wide(self) -> i128;
    /// The sum.
    fn plus(self, other: Self) -> Self;
    /// The difference.
    fn minus(self, other: Self) -> Self;
    /// The product.
    fn times(self, other: Self) -> Self;
    /// By one above 0, to the nearest, half away from 0.
    fn nearest(self, by: Self) -> Self;
    /// By one above 0, downwards, with what is left.
    fn floor(self, by: Self) -> (Self, Self);
}

macro_rules! word {
    ($name:ty) => {
        impl Word for $name {
            const ZERO: $name = 0;
            const ONE: $name = 1;
            #[inline]
            fn fit(value: i128) -> Option<$name> {
                <$name>::try_from(value).ok()
            }
            #[inline]
            fn wide(self) -> i128 {
                i128::from(self)
            }
            #[inline]
            fn plus(self, other: $name) -> $name {
                self.wrapping_add(other)
            }
            #[inline]
            fn minus(self, other: $name) -> $name {
                self.wrapping_sub(other)
            }
            #[inline]
            fn times(self, other: $name) -> $name {
                self.wrapping_mul(other)
            }
            #[inline]
            fn nearest(self, by: $name) -> $name {
                // INVARIANT: `by` is above 0 and the half fits beside the number, as ranges prove.
                let half = by / 2;
                let moved = if self < 0 { self.wrapping_sub(half) } else { self.wrapping_add(half) };
                moved.wrapping_div(by)
            }
            #[inline]
            fn floor(self, by: $name) -> ($name, $name) {
                (self.wrapping_div_euclid(by), self.wrapping_rem_euclid(by))
            }
        }
    };
}
word!(i64);
word!(i128);

/// By one above 0, in any of the ways.
#[inline]
pub(super) fn rounded<T: Word>(x: T, by: T, mode: RoundMode) -> T {
    match mode {
        RoundMode::Nearest => x.nearest(by),
        RoundMode::Up | RoundMode::Down | RoundMode::TowardsZero | RoundMode::HalfEven => {
            let (below, rest) = x.floor(by);
            let half = rest.cmp(&by.minus(rest));
            let up = match mode {
                RoundMode::Down => false,
                RoundMode::TowardsZero => x < T::ZERO,
                RoundMode::HalfEven => half.is_gt() || half.is_eq() && below.wide() & 1 == 1,
                RoundMode::Up | RoundMode::Nearest => true,
            };
            if up && rest != T::ZERO { below.plus(T::ONE) } else { below }
        }
    }
}

/// One instruction, its registers by position.
#[derive(Clone, Copy, Debug)]
enum Step<T> {
    Input(u32),
    Add(u32, u32),
    Sub(u32, u32),
    Mul(u32, u32),
    Nearest(u32, T),
    Round(u32, T, RoundMode),
    Divide(u32, u32, RoundMode),
    Less(u32, u32),
    Same(u32, u32),
    And(u32, u32),
    Or(u32, u32),
    Not(u32),
    Min(u32, u32),
    Max(u32, u32),
    Select(u32, u32, u32),
}

/// A code made ready to be run a row at a time, with its registers.
#[derive(Clone, Debug)]
pub struct One<T> {
    /// The registers; the constants stand in theirs from the start.
    registers: Vec<T>,
    steps: Vec<(u32, Step<T>)>,
    given_up: Vec<u32>,
    inputs: Vec<Range>,
}

impl<T: Word> One<T> {
    /// Makes a code ready for rows whose inputs lie in some ranges; `None` where a step of one might not fit.
    pub fn new(compiled: &Compiled, inputs: &[Range]) -> Option<One<T>> {
        let code = &compiled.code;
        let fits = match Ranges::of(code, inputs).width {
            Width::Word => true,
            Width::Double => T::fit(i128::MAX).is_some(),
            Width::Beyond => false,
        };
        if !fits {
            return None;
        }
        let registers: Option<Vec<T>> =
            code.ops.ids().map(|reg| T::fit(code.constant(reg).unwrap_or(0))).collect();
        let steps = steps(code)?;
        let given_up = code.given_up.iter().map(|reg| at(*reg)).collect();
        Some(One { registers: registers?, steps, given_up, inputs: inputs.to_vec() })
    }

    /// Computes a row; `false` where the code gives it up, or where an input lies outside its range.
    pub fn run(&mut self, row: &[T]) -> bool {
        if row.len() < self.inputs.len() {
            return false;
        }
        let within = |(value, range): (&T, &Range)| range.contains(value.wide());
        if !row.iter().zip(&self.inputs).all(within) {
            return false;
        }
        self.walk(row);
        self.given_up.iter().all(|reg| self.registers[*reg as usize] == T::ZERO)
    }

    fn walk(&mut self, row: &[T]) {
        let registers = self.registers.as_mut_slice();
        for (to, step) in &self.steps {
            let get = |at: u32| registers[at as usize];
            let truth = |truth: bool| if truth { T::ONE } else { T::ZERO };
            let value = match *step {
                Step::Input(at) => row[at as usize],
                Step::Add(a, b) => get(a).plus(get(b)),
                Step::Sub(a, b) => get(a).minus(get(b)),
                Step::Mul(a, b) => get(a).times(get(b)),
                Step::Nearest(x, by) => get(x).nearest(by),
                Step::Round(x, by, mode) => rounded(get(x), by, mode),
                Step::Divide(a, b, mode) => match get(b) {
                    by if by > T::ZERO => rounded(get(a), by, mode),
                    _ => T::ZERO,
                },
                Step::Less(a, b) => truth(get(a) < get(b)),
                Step::Same(a, b) => truth(get(a) == get(b)),
                Step::And(a, b) => get(a).min(get(b)),
                Step::Or(a, b) => get(a).max(get(b)),
                Step::Not(x) => T::ONE.minus(get(x)),
                Step::Min(a, b) => get(a).min(get(b)),
                Step::Max(a, b) => get(a).max(get(b)),
                Step::Select(c, a, b) => get(if get(c) == T::ONE { a } else { b }),
            };
            registers[*to as usize] = value;
        }
    }

    /// Returns what a register has of the row that was run last.
    pub fn get(&self, reg: Reg) -> i128 {
        self.registers.get(reg.index()).map_or(0, |value| value.wide())
    }

    /// The registers of the row that was run last: the trace, before anything is told of it.
    pub fn registers(&self) -> &[T] {
        &self.registers
    }
}

fn at(reg: Reg) -> u32 {
    // INVARIANT: ids are made of u32.
    u32::try_from(reg.index()).unwrap_or(u32::MAX)
}

fn steps<T: Word>(code: &Code) -> Option<Vec<(u32, Step<T>)>> {
    let mut all = Vec::new();
    for (reg, op) in code.ops.iter_enumerated() {
        let step = match op {
            Op::Const(_) => continue,
            Op::Input(input) => Step::Input(u32::try_from(input.index()).ok()?),
            Op::Add(a, b) => Step::Add(at(*a), at(*b)),
            Op::Sub(a, b) => Step::Sub(at(*a), at(*b)),
            Op::Mul(a, b) => Step::Mul(at(*a), at(*b)),
            Op::Round(x, by, RoundMode::Nearest) => Step::Nearest(at(*x), T::fit(*by)?),
            Op::Round(x, by, mode) => Step::Round(at(*x), T::fit(*by)?, *mode),
            Op::Divide(a, b, mode) => Step::Divide(at(*a), at(*b), *mode),
            Op::Less(a, b) => Step::Less(at(*a), at(*b)),
            Op::Same(a, b) => Step::Same(at(*a), at(*b)),
            Op::And(a, b) => Step::And(at(*a), at(*b)),
            Op::Or(a, b) => Step::Or(at(*a), at(*b)),
            Op::Not(x) => Step::Not(at(*x)),
            Op::Min(a, b) => Step::Min(at(*a), at(*b)),
            Op::Max(a, b) => Step::Max(at(*a), at(*b)),
            Op::Select(c, a, b) => Step::Select(at(*c), at(*a), at(*b)),
        };
        all.push((at(reg), step));
    }
    Some(all)
}
