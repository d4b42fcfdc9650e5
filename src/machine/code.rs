//! The instructions of the fast machine: each makes one whole number from registers that were made before it.

use std::collections::BTreeMap;

use crate::base::{Id, IndexVec, id_type};
use crate::value::RoundMode;

id_type! {
    /// Names one register: the place of a whole number, written once.
    Reg
}

id_type! {
    /// Names one value that a row gives.
    InputId
}

/// What a register is. What it is made of stands before it, so walking the code once computes it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Op {
    /// The same number in every row.
    Const(i128),
    /// What the row gives.
    Input(InputId),
    /// The sum.
    Add(Reg, Reg),
    /// The difference.
    Sub(Reg, Reg),
    /// The product.
    Mul(Reg, Reg),
    /// A number by a constant above 0, to a whole one.
    Round(Reg, i128, RoundMode),
    /// A number by another that is above 0, to a whole one; 0 where the other is not.
    Divide(Reg, Reg, RoundMode),
    /// 1 where the first is below the second, else 0.
    Less(Reg, Reg),
    /// 1 where the two are the same, else 0.
    Same(Reg, Reg),
    /// 1 where both are 1.
    And(Reg, Reg),
    /// 1 where one is 1.
    Or(Reg, Reg),
    /// 1 where it is 0, else 0.
    Not(Reg),
    /// The smaller.
    Min(Reg, Reg),
    /// The larger.
    Max(Reg, Reg),
    /// The second where the first is 1, else the third.
    Select(Reg, Reg, Reg),
}

/// Registers in the order they are computed, and when a row is given up.
#[derive(Clone, Debug, Default)]
pub struct Code {
    /// What each register is.
    pub ops: IndexVec<Reg, Op>,
    /// Where one of these is 1, the row is left to the reference evaluator.
    pub given_up: Vec<Reg>,
    known: BTreeMap<Op, Reg>,
}

impl Op {
    /// Returns the registers it reads.
    pub fn reads(&self) -> Vec<Reg> {
        match self {
            Op::Const(_) | Op::Input(_) => vec![],
            Op::Round(x, ..) | Op::Not(x) => vec![*x],
            Op::Add(a, b) | Op::Sub(a, b) | Op::Mul(a, b) | Op::Divide(a, b, _) => vec![*a, *b],
            Op::Less(a, b) | Op::Same(a, b) | Op::And(a, b) | Op::Or(a, b) => vec![*a, *b],
            Op::Min(a, b) | Op::Max(a, b) => vec![*a, *b],
            Op::Select(c, a, b) => vec![*c, *a, *b],
        }
    }

    /// Computes it; `None` beyond 128 bits.
    pub(super) fn exact(&self, of: impl Fn(Reg) -> i128, input: impl Fn(InputId) -> i128) -> Option<i128> {
        let truth = |truth: bool| Some(i128::from(truth));
        match self {
            Op::Const(value) => Some(*value),
            Op::Input(input_id) => Some(input(*input_id)),
            Op::Add(a, b) => of(*a).checked_add(of(*b)),
            Op::Sub(a, b) => of(*a).checked_sub(of(*b)),
            Op::Mul(a, b) => of(*a).checked_mul(of(*b)),
            Op::Round(x, by, mode) => rounded(of(*x), *by, *mode),
            Op::Divide(a, b, mode) => match of(*b) {
                by if by > 0 => rounded(of(*a), by, *mode),
                _ => Some(0),
            },
            Op::Less(a, b) => truth(of(*a) < of(*b)),
            Op::Same(a, b) => truth(of(*a) == of(*b)),
            Op::And(a, b) => Some(of(*a) & of(*b)),
            Op::Or(a, b) => Some(of(*a) | of(*b)),
            Op::Not(x) => Some(1 - of(*x)),
            Op::Min(a, b) => Some(of(*a).min(of(*b))),
            Op::Max(a, b) => Some(of(*a).max(of(*b))),
            Op::Select(c, a, b) => Some(if of(*c) == 1 { of(*a) } else { of(*b) }),
        }
    }
}

/// A whole number by one above 0, to a whole number; `None` beyond 128 bits.
fn rounded(x: i128, by: i128, mode: RoundMode) -> Option<i128> {
    let (below, rest) = (x.div_euclid(by), x.rem_euclid(by));
    let half = rest.cmp(&(by - rest));
    let up = match mode {
        RoundMode::Up => true,
        RoundMode::Down => false,
        RoundMode::TowardsZero => x < 0,
        RoundMode::Nearest => half.is_gt() || half.is_eq() && x >= 0,
        RoundMode::HalfEven => half.is_gt() || half.is_eq() && below.rem_euclid(2) == 1,
    };
    if up && rest != 0 { below.checked_add(1) } else { Some(below) }
}

impl Code {
    /// Adds an instruction, or finds the register that has it already; what reads constants alone becomes one. `None`
    /// where that constant is beyond 128 bits.
    pub(super) fn emit(&mut self, op: Op) -> Option<Reg> {
        let op = self.simpler(op)?;
        if let Some(known) = self.known.get(&op) {
            return Some(*known);
        }
        let reg = self.ops.push(op.clone());
        self.known.insert(op, reg);
        Some(reg)
    }

    /// Returns the number that a register always has.
    pub fn constant(&self, reg: Reg) -> Option<i128> {
        match self.ops[reg] {
            Op::Const(value) => Some(value),
            _ => None,
        }
    }

    fn simpler(&self, op: Op) -> Option<Op> {
        let reads = op.reads();
        if !reads.is_empty() && reads.iter().all(|reg| self.constant(*reg).is_some()) {
            let of = |reg| self.constant(reg).unwrap_or_default();
            return op.exact(of, |_| 0).map(Op::Const);
        }
        let is = |reg: Reg, value: i128| self.constant(reg) == Some(value);
        let same = |reg: Reg| self.ops[reg].clone();
        Some(match op {
            Op::Add(a, b) if is(b, 0) => same(a),
            Op::Add(a, b) if is(a, 0) => same(b),
            Op::Sub(a, b) if is(b, 0) => same(a),
            Op::Mul(a, b) if is(b, 1) => same(a),
            Op::Mul(a, b) if is(a, 1) => same(b),
            Op::Mul(a, b) if is(a, 0) || is(b, 0) => Op::Const(0),
            Op::Round(x, 1, _) => same(x),
            Op::And(a, b) if is(a, 1) => same(b),
            Op::And(a, b) if is(b, 1) => same(a),
            Op::And(a, b) if is(a, 0) || is(b, 0) => Op::Const(0),
            Op::Or(a, b) if is(a, 0) => same(b),
            Op::Or(a, b) if is(b, 0) => same(a),
            Op::Or(a, b) if is(a, 1) || is(b, 1) => Op::Const(1),
            Op::Select(c, a, _) if is(c, 1) => same(a),
            Op::Select(c, _, b) if is(c, 0) => same(b),
            Op::Select(_, a, b) if a == b => same(a),
            other => other,
        })
    }

    /// The same code without what nothing of `wanted` and no giving up reads; tells where each register went.
    pub(super) fn without_unread(&self, wanted: &[Reg]) -> (Code, BTreeMap<Reg, Reg>) {
        let mut read = vec![false; self.ops.len()];
        for reg in wanted.iter().chain(&self.given_up) {
            read[reg.index()] = true;
        }
        for (reg, op) in self.ops.iter_enumerated().rev() {
            if read[reg.index()] {
                op.reads().into_iter().for_each(|from| read[from.index()] = true);
            }
        }
        let (mut code, mut moved) = (Code::default(), BTreeMap::new());
        for (reg, op) in self.ops.iter_enumerated().filter(|(reg, _)| read[reg.index()]) {
            let to = |reg: &Reg| moved.get(reg).copied().unwrap_or(*reg);
            let op = op.with_reads(to);
            let at = code.ops.push(op.clone());
            code.known.insert(op, at);
            moved.insert(reg, at);
        }
        code.given_up = self.given_up.iter().filter_map(|reg| moved.get(reg).copied()).collect();
        (code, moved)
    }
}

impl Op {
    fn with_reads(&self, to: impl Fn(&Reg) -> Reg) -> Op {
        match self {
            Op::Const(_) | Op::Input(_) => self.clone(),
            Op::Add(a, b) => Op::Add(to(a), to(b)),
            Op::Sub(a, b) => Op::Sub(to(a), to(b)),
            Op::Mul(a, b) => Op::Mul(to(a), to(b)),
            Op::Round(x, by, mode) => Op::Round(to(x), *by, *mode),
            Op::Divide(a, b, mode) => Op::Divide(to(a), to(b), *mode),
            Op::Less(a, b) => Op::Less(to(a), to(b)),
            Op::Same(a, b) => Op::Same(to(a), to(b)),
            Op::And(a, b) => Op::And(to(a), to(b)),
            Op::Or(a, b) => Op::Or(to(a), to(b)),
            Op::Not(x) => Op::Not(to(x)),
            Op::Min(a, b) => Op::Min(to(a), to(b)),
            Op::Max(a, b) => Op::Max(to(a), to(b)),
            Op::Select(c, a, b) => Op::Select(to(c), to(a), to(b)),
        }
    }
}
