//! Cells read by their row.

use super::definition::one_of;
use super::machine::Machine;
use super::node::Evaluated;
use super::{At, Detail, Live, Outcome, Reason, RunProblem, StepId};
use crate::model::{Alternative, Body, CellRead, ExceptionId};

impl Machine<'_> {
    /// The cell of the table in force: the one of a live exception, else that of the text.
    pub(super) fn cell(&mut self, read: &CellRead, at: At) -> Evaluated {
        let considered = self.consider(read.def, at);
        let sure: Vec<ExceptionId> =
            considered.iter().filter(|c| c.live == Some(true)).map(|c| c.exception).collect();
        let winners = self.winners(&sure);
        let mut inputs = Vec::new();
        let mut rows = Vec::new();
        let mut possible: Vec<Outcome> = match winners.as_slice() {
            [] => vec![self.cell_within(read, None, at, &mut inputs, &mut rows)],
            live => live
                .iter()
                .map(|exception| self.cell_within(read, Some(*exception), at, &mut inputs, &mut rows))
                .collect(),
        };
        if possible.iter().any(|other| other.datum() != possible[0].datum()) {
            let exceptions = winners.iter().map(|id| Live::of(self.model, *id)).collect();
            let problem = RunProblem::Conflict { name: self.model.full_name(read.def), exceptions };
            return (Outcome::error(problem), inputs, Detail::Plain);
        }
        possible.truncate(1);
        let open: Vec<ExceptionId> =
            considered.iter().filter(|c| c.live.is_none()).map(|c| c.exception).collect();
        for exception in open {
            if winners.iter().any(|winner| self.model.exception_before(*winner, exception)) {
                continue;
            }
            possible.push(self.cell_within(read, Some(exception), at, &mut inputs, &mut rows));
        }
        let conditions: Vec<StepId> = considered.iter().filter_map(|c| c.condition).collect();
        let deciding = self.outcomes(&conditions);
        inputs.extend(conditions);
        let outcome = match possible.as_slice() {
            [only] => only.clone(),
            several => one_of(several, &deciding),
        };
        let detail = match rows.as_slice() {
            [(table, row)] => Detail::Row { table: *table, rows: vec![*row] },
            _ => Detail::Plain,
        };
        (outcome, inputs, detail)
    }

    fn cell_within(
        &mut self,
        read: &CellRead,
        exception: Option<ExceptionId>,
        at: At,
        inputs: &mut Vec<StepId>,
        rows: &mut Vec<(crate::model::TableId, usize)>,
    ) -> Outcome {
        let model = self.model;
        let data = &model.defs[read.def];
        let alternatives: Vec<&Alternative> = match exception {
            None => data.alternatives.iter().collect(),
            Some(id) => data.exceptions.iter().filter(|(of, _)| *of == id).map(|(_, a)| a).collect(),
        };
        let body = match self.pick(read.def, &alternatives, at) {
            Ok((_, alternative)) => alternative.body,
            Err(outcome) => return outcome,
        };
        let table = match (body, exception) {
            (Body::Lifted, Some(exception)) => {
                return Outcome::DoesNotApply(Reason::Lifted(read.def, exception));
            }
            (Body::Lifted, None) => None,
            (Body::Expr(expr), _) => model.table_behind(expr).map(|(table, _)| table),
        };
        match read.options.iter().find(|option| Some(option.table) == table) {
            Some(option) => {
                let step = self.row_step((option.table, option.row, option.column), at);
                inputs.push(step);
                rows.push((option.table, option.row));
                self.outcome(step).clone()
            }
            // The table in force at this time has no such row.
            None => Outcome::DoesNotApply(Reason::NotInForce(read.def)),
        }
    }
}
