//! Conversion of amounts along an index.

use super::machine::Machine;
use super::node::{Evaluated, plain};
use super::number::combined;
use super::{At, Outcome, RunProblem, StepId};
use crate::model::{Arith, ExprId, IndexId, IndexPath, Model};
use crate::value::Number;

/// The years between whose prices an amount is converted at a moment; `None` for an amount that fits every level.
pub fn conversion_years(model: &Model, expr: ExprId, at: At) -> Option<(i16, i16)> {
    let crate::model::NodeKind::Converted { value, to, .. } = &model.node(expr).kind else { return None };
    let evaluated = at.moment.year();
    let levels = model.node(*value).ty.level()?;
    let level = at.moment.interval().and_then(|moment| levels.at(moment))?;
    level.year(evaluated).map(|from| (from, to.unwrap_or(evaluated)))
}

impl Machine<'_> {
    /// Converts an amount: exactly, along the whole way, each figure of the index weighing on how sure the result is.
    pub(super) fn converted(&mut self, expr: ExprId, value: ExprId, index: IndexId, at: At) -> Evaluated {
        let step = self.expr(value, at);
        let Some((from, to)) = conversion_years(self.model, expr, at) else {
            return plain(self.outcome(step).clone(), vec![step]);
        };
        let path = match self.model.indices[index].path(from, to) {
            Ok(path) => path,
            Err(missing) => return plain(self.short(expr, index, missing), vec![step]),
        };
        let lines = path.lines();
        let figures: Vec<ExprId> =
            lines.iter().map(|line| self.model.indices[index].lines[*line].value).collect();
        // An index is the same for all and at all times, so what it lacks is missing once.
        let outside = At { entity: None, outer: None, moment: self.base, without: None, below: None };
        let figures = self.exprs(&figures, outside);
        let outcome = self.along(expr, step, &figures, &path);
        plain(outcome, std::iter::once(step).chain(figures).collect())
    }

    /// The figure of a line of an index; like what is missing of it, the same for all and at all times.
    pub(super) fn index_figure(&mut self, expr: ExprId, index: IndexId, years: (i16, i16)) -> Evaluated {
        let Some((_, line)) = self.model.indices[index].line(years) else {
            return plain(self.short(expr, index, vec![years]), vec![]);
        };
        let outside = At { entity: None, outer: None, moment: self.base, without: None, below: None };
        let step = self.expr(line.value, outside);
        plain(self.outcome(step).clone(), vec![step])
    }

    fn short(&self, expr: ExprId, index: IndexId, missing: Vec<(i16, i16)>) -> Outcome {
        let data = &self.model.indices[index];
        let span = self.model.node(expr).span;
        let (name, kind, index) = (data.name.clone(), data.kind, data.span);
        Outcome::error(RunProblem::IndexEnds { span, index, name, kind, missing })
    }

    fn along(&self, expr: ExprId, value: StepId, figures: &[StepId], path: &IndexPath) -> Outcome {
        let one = Outcome::number(Number::one());
        let span = self.model.node(expr).span;
        let combine = |op, a: &Outcome, b: &Outcome| combined(span, op, a, b);
        let start = self.outcome(value).clone();
        match path {
            IndexPath::Steps { back, .. } => {
                let op = if *back { Arith::Div } else { Arith::Mul };
                figures.iter().fold(start, |amount, figure| {
                    let factor = combine(Arith::Add, &one, self.outcome(*figure));
                    combine(op, &amount, &factor)
                })
            }
            IndexPath::Points { .. } => match figures {
                [from, to] => {
                    let up = combine(Arith::Mul, &start, self.outcome(*to));
                    combine(Arith::Div, &up, self.outcome(*from))
                }
                _ => start,
            },
        }
    }
}
