//! Many rows at a time: each instruction runs over a column before the next, so that the loop is the processor's and not
//! ours. Columns are used again as soon as nobody reads what they hold.

use std::collections::BTreeMap;

use super::code::{Code, Op, Reg};
use super::compiled::Compiled;
use super::one::{Word, rounded};
use crate::base::Id;
use crate::value::RoundMode;

/// How many rows are run at once: their columns stay near the processor.
pub const ROWS_AT_ONCE: usize = 512;

/// Where an operand lies.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum From<T> {
    Column(usize),
    Input(usize),
    Const(T),
}

#[derive(Clone, Copy, Debug)]
enum Step<T> {
    Add(From<T>, From<T>),
    Sub(From<T>, From<T>),
    Mul(From<T>, From<T>),
    Round(From<T>, T, RoundMode),
    Divide(From<T>, From<T>, RoundMode),
    Less(From<T>, From<T>),
    Same(From<T>, From<T>),
    And(From<T>, From<T>),
    Or(From<T>, From<T>),
    Not(From<T>),
    Min(From<T>, From<T>),
    Max(From<T>, From<T>),
    Select(From<T>, From<T>, From<T>),
}

/// A code made ready to be run over columns.
#[derive(Clone, Debug)]
pub struct Columns<T> {
    columns: Vec<Vec<T>>,
    steps: Vec<(usize, Step<T>)>,
    places: BTreeMap<Reg, From<T>>,
    given_up: Vec<From<T>>,
    rows: usize,
}

impl<T: Word> Columns<T> {
    /// Makes a code ready; `None` where a constant of it does not fit. What may be run with it is for
    /// [`Ranges`](super::Ranges) to prove.
    pub fn new(compiled: &Compiled) -> Option<Columns<T>> {
        let code = &compiled.code;
        let kept: Vec<Reg> = compiled
            .made
            .iter()
            .filter_map(|made| made.known.as_ref().ok())
            .flat_map(|k| k.registers())
            .collect();
        Laid::out(code, &kept)
    }

    /// Runs rows; `inputs` are the columns of what they give, each of the same length, at most [`ROWS_AT_ONCE`].
    pub fn run(&mut self, inputs: &[&[T]], rows: usize) {
        self.rows = rows;
        for (to, step) in &self.steps {
            let mut column = std::mem::take(&mut self.columns[*to]);
            step.run(&mut column[..rows], &Read { columns: &self.columns, inputs, rows });
            self.columns[*to] = column;
        }
    }

    /// Returns what a register has in a row that was run last.
    pub fn get(&self, reg: Reg, row: usize, inputs: &[&[T]]) -> T {
        match self.places.get(&reg) {
            Some(From::Column(at)) => self.columns[*at][row],
            Some(From::Input(at)) => inputs[*at][row],
            Some(From::Const(value)) => *value,
            None => T::ZERO,
        }
    }

    /// Returns the column of a register that was asked for; `None` where it is no column of its own.
    pub fn column(&self, reg: Reg) -> Option<&[T]> {
        match self.places.get(&reg)? {
            From::Column(at) => Some(&self.columns[*at][..self.rows]),
            From::Input(_) | From::Const(_) => None,
        }
    }

    /// Marks the rows that the code gives up.
    pub fn given_up(&self, inputs: &[&[T]], marks: &mut Vec<bool>) {
        marks.clear();
        marks.resize(self.rows, false);
        for from in &self.given_up {
            match from {
                From::Const(value) => {
                    if *value == T::ONE {
                        marks.iter_mut().for_each(|mark| *mark = true);
                    }
                }
                From::Column(at) => mark(&self.columns[*at][..self.rows], marks),
                From::Input(at) => mark(&inputs[*at][..self.rows], marks),
            }
        }
    }
}

fn mark<T: Word>(column: &[T], marks: &mut [bool]) {
    for (mark, value) in marks.iter_mut().zip(column) {
        *mark |= *value == T::ONE;
    }
}

/// What a step reads.
struct Read<'a, T> {
    columns: &'a [Vec<T>],
    inputs: &'a [&'a [T]],
    rows: usize,
}

/// An operand as it lies.
enum Lies<'a, T> {
    All(&'a [T]),
    Same(T),
}

impl<'a, T: Word> Read<'a, T> {
    fn get(&self, from: From<T>) -> Lies<'a, T> {
        match from {
            From::Column(at) => Lies::All(&self.columns[at][..self.rows]),
            From::Input(at) => Lies::All(&self.inputs[at][..self.rows]),
            From::Const(value) => Lies::Same(value),
        }
    }
}

fn each<T: Word>(to: &mut [T], x: Lies<'_, T>, f: impl Fn(T) -> T) {
    match x {
        Lies::All(x) => to.iter_mut().zip(x).for_each(|(to, x)| *to = f(*x)),
        Lies::Same(x) => to.fill(f(x)),
    }
}

fn both<T: Word>(to: &mut [T], a: Lies<'_, T>, b: Lies<'_, T>, f: impl Fn(T, T) -> T) {
    match (a, b) {
        (Lies::All(a), Lies::All(b)) => {
            to.iter_mut().zip(a.iter().zip(b)).for_each(|(to, (a, b))| *to = f(*a, *b));
        }
        (Lies::All(a), Lies::Same(b)) => to.iter_mut().zip(a).for_each(|(to, a)| *to = f(*a, b)),
        (Lies::Same(a), Lies::All(b)) => to.iter_mut().zip(b).for_each(|(to, b)| *to = f(a, *b)),
        (Lies::Same(a), Lies::Same(b)) => to.fill(f(a, b)),
    }
}

fn chosen<T: Word>(to: &mut [T], c: Lies<'_, T>, a: Lies<'_, T>, b: Lies<'_, T>) {
    let pick = |c: T, a: T, b: T| if c == T::ONE { a } else { b };
    match (c, a, b) {
        (Lies::All(c), Lies::All(a), Lies::All(b)) => {
            to.iter_mut()
                .zip(c.iter().zip(a.iter().zip(b)))
                .for_each(|(to, (c, (a, b)))| *to = pick(*c, *a, *b));
        }
        (Lies::All(c), Lies::All(a), Lies::Same(b)) => {
            to.iter_mut().zip(c.iter().zip(a)).for_each(|(to, (c, a))| *to = pick(*c, *a, b));
        }
        (Lies::All(c), Lies::Same(a), Lies::All(b)) => {
            to.iter_mut().zip(c.iter().zip(b)).for_each(|(to, (c, b))| *to = pick(*c, a, *b));
        }
        (Lies::All(c), Lies::Same(a), Lies::Same(b)) => {
            to.iter_mut().zip(c).for_each(|(to, c)| *to = pick(*c, a, b));
        }
        (Lies::Same(c), a, b) => each(to, if c == T::ONE { a } else { b }, |x| x),
    }
}

impl<T: Word> Step<T> {
    fn run(&self, to: &mut [T], read: &Read<'_, T>) {
        let truth = |truth: bool| if truth { T::ONE } else { T::ZERO };
        let get = |from: &From<T>| read.get(*from);
        match self {
            Step::Add(a, b) => both(to, get(a), get(b), T::plus),
            Step::Sub(a, b) => both(to, get(a), get(b), T::minus),
            Step::Mul(a, b) => both(to, get(a), get(b), T::times),
            Step::Round(x, by, mode) => round_all(to, get(x), *by, *mode),
            Step::Divide(a, b, mode) => {
                both(to, get(a), get(b), |a, b| if b > T::ZERO { rounded(a, b, *mode) } else { T::ZERO })
            }
            Step::Less(a, b) => both(to, get(a), get(b), |a, b| truth(a < b)),
            Step::Same(a, b) => both(to, get(a), get(b), |a, b| truth(a == b)),
            Step::And(a, b) | Step::Min(a, b) => both(to, get(a), get(b), |a, b| a.min(b)),
            Step::Or(a, b) | Step::Max(a, b) => both(to, get(a), get(b), |a, b| a.max(b)),
            Step::Not(x) => each(to, get(x), |x| T::ONE.minus(x)),
            Step::Select(c, a, b) => chosen(to, get(c), get(a), get(b)),
        }
    }
}

/// Rounds a column. A division by a number that the compiler knows is a multiplication, so the usual ones are written out.
fn round_all<T: Word>(to: &mut [T], x: Lies<'_, T>, by: T, mode: RoundMode) {
    macro_rules! by_known {
        ($($known:literal)*) => {
            match by.wide() {
                $($known => if let Some(by) = T::fit($known) {
                    return each(to, x, |x| x.nearest(by));
                })*
                _ => {}
            }
        };
    }
    if mode == RoundMode::Nearest {
        by_known!(2 4 5 10 100 1_000 10_000 100_000 1_000_000 10_000_000 100_000_000 1_000_000_000 10_000_000_000);
    }
    each(to, x, |x| rounded(x, by, mode));
}

/// Lays registers out in columns: one is free again after the last step that reads it.
struct Laid<T> {
    places: BTreeMap<Reg, From<T>>,
    free: Vec<usize>,
    count: usize,
}

impl<T: Word> Laid<T> {
    fn out(code: &Code, kept: &[Reg]) -> Option<Columns<T>> {
        let mut last: BTreeMap<Reg, Reg> = BTreeMap::new();
        for (reg, op) in code.ops.iter_enumerated() {
            for read in op.reads() {
                last.insert(read, reg);
            }
        }
        let mut laid = Laid { places: BTreeMap::new(), free: Vec::new(), count: 0 };
        let mut steps = Vec::new();
        for (reg, op) in code.ops.iter_enumerated() {
            let place = match op {
                Op::Const(value) => From::Const(T::fit(*value)?),
                Op::Input(input) => From::Input(input.index()),
                _ => {
                    let to = laid.column();
                    steps.push((to, laid.step(op)?));
                    From::Column(to)
                }
            };
            laid.places.insert(reg, place);
            for read in op.reads() {
                let done =
                    last.get(&read) == Some(&reg) && !kept.contains(&read) && !code.given_up.contains(&read);
                if let (true, Some(From::Column(at))) = (done, laid.places.get(&read))
                    && !laid.free.contains(at)
                {
                    laid.free.push(*at);
                }
            }
        }
        let given_up = code.given_up.iter().filter_map(|reg| laid.places.get(reg).copied()).collect();
        let columns = vec![vec![T::ZERO; ROWS_AT_ONCE]; laid.count];
        let kept = kept.iter().filter_map(|reg| Some((*reg, *laid.places.get(reg)?)));
        let places = kept.collect();
        Some(Columns { columns, steps, places, given_up, rows: 0 })
    }

    fn column(&mut self) -> usize {
        self.free.pop().unwrap_or_else(|| {
            self.count += 1;
            self.count - 1
        })
    }

    fn step(&self, op: &Op) -> Option<Step<T>> {
        let from = |reg: &Reg| self.places.get(reg).copied();
        Some(match op {
            Op::Const(_) | Op::Input(_) => return None,
            Op::Add(a, b) => Step::Add(from(a)?, from(b)?),
            Op::Sub(a, b) => Step::Sub(from(a)?, from(b)?),
            Op::Mul(a, b) => Step::Mul(from(a)?, from(b)?),
            Op::Round(x, by, mode) => Step::Round(from(x)?, T::fit(*by)?, *mode),
            Op::Divide(a, b, mode) => Step::Divide(from(a)?, from(b)?, *mode),
            Op::Less(a, b) => Step::Less(from(a)?, from(b)?),
            Op::Same(a, b) => Step::Same(from(a)?, from(b)?),
            Op::And(a, b) => Step::And(from(a)?, from(b)?),
            Op::Or(a, b) => Step::Or(from(a)?, from(b)?),
            Op::Not(x) => Step::Not(from(x)?),
            Op::Min(a, b) => Step::Min(from(a)?, from(b)?),
            Op::Max(a, b) => Step::Max(from(a)?, from(b)?),
            Op::Select(c, a, b) => Step::Select(from(c)?, from(a)?, from(b)?),
        })
    }
}
