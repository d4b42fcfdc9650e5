//! One result, run again and again on the rules as they were checked, with other facts laid over them.

use std::cell::Cell;

use crate::eval::{Laid, Limits, Machine, StepId, Trace};
use crate::session::{Answer, AnswerLine, Target};

/// How many runs are made for one result; a count, so that the answer is the same on every machine.
pub(super) const MOST_RUNS: usize = 30_000;

/// A run: its trace, and the step of the result.
#[derive(Debug)]
pub(super) struct Run {
    pub(super) trace: Trace,
    pub(super) root: StepId,
}

/// The runs of one result.
pub(super) struct Runs<'a> {
    pub(super) answer: &'a Answer,
    pub(super) line: &'a AnswerLine,
    left: Cell<usize>,
}

impl<'a> Runs<'a> {
    pub(super) fn new(answer: &'a Answer, line: &'a AnswerLine) -> Runs<'a> {
        Runs { answer, line, left: Cell::new(MOST_RUNS) }
    }

    /// Tells whether no more runs may be made: all are used, or somebody wants it given up.
    pub(super) fn is_spent(&self) -> bool {
        self.left.get() == 0 || self.answer.stop.is_asked()
    }

    /// Runs with values laid over facts.
    pub(super) fn run(&self, laid: &Laid) -> Run {
        self.left.set(self.left.get().saturating_sub(1));
        let Answer { plan, facts, moment, stop, sources, .. } = self.answer;
        let limits = Limits::of(sources.limits(), sources.bytes(), stop);
        let mut machine = Machine::new(plan, facts, *moment, limits).laying(laid);
        let root = match self.line.target {
            Target::Def(def) => machine.definition(def, self.line.entity),
            Target::Expr(expr) => machine.expression(expr, self.line.entity),
        };
        Run { trace: machine.into_trace(), root }
    }
}
