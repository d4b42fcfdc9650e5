//! Tables: which row a key hits, and what holds when that is not known.

use super::definition::one_of;
use super::logic::{compared, conjunction, disjunction};
use super::machine::Machine;
use super::node::Evaluated;
use super::number::pick_extreme;
use super::outcome::meet;
use super::{At, Bounds, Detail, Outcome, Reason, RunProblem, StepId, Unknown};
use crate::facts::Datum;
use crate::model::{Compare, ExprId, KeyTest, RangeEnd, TableId};
use crate::syntax::ast::Policy;
use crate::value::Number;

/// How a row meets the keys.
struct Hit {
    row: usize,
    outcome: Outcome,
    otherwise: bool,
}

impl Machine<'_> {
    pub(super) fn lookup(
        &mut self,
        expr: ExprId,
        table: TableId,
        column: usize,
        keys: &[ExprId],
        at: At,
    ) -> Evaluated {
        let mut inputs = self.exprs(keys, at);
        let key_outcomes = self.outcomes(&inputs);
        let key_state = meet(&key_outcomes);
        if let Some(state @ (Outcome::Error(_) | Outcome::DoesNotApply(_))) = key_state {
            return (state, inputs, Detail::Row { table, rows: vec![] });
        }
        let hits = self.hits(table, &key_outcomes, at, &mut inputs);
        let sure: Vec<usize> = sure_rows(&hits);
        let open: Vec<&Hit> = hits.iter().filter(|hit| hit.outcome.as_truth().is_none()).collect();
        if let Some(Outcome::Error(problem)) = meet(open.iter().map(|hit| &hit.outcome)) {
            return (Outcome::Error(problem), inputs, Detail::Row { table, rows: vec![] });
        }
        if !open.is_empty() {
            return self.undecided_row(table, column, &hits, at, inputs);
        }
        self.decided_rows(expr, (table, column), sure, at, inputs)
    }

    /// Tests every row against the keys.
    fn hits(&mut self, table: TableId, keys: &[Outcome], at: At, inputs: &mut Vec<StepId>) -> Vec<Hit> {
        let model = self.model;
        let rows = model.tables[table].rows.iter().enumerate();
        rows.map(|(row, data)| {
            let otherwise = matches!(data.tests.as_slice(), [KeyTest::Otherwise]);
            let parts: Vec<Outcome> = data
                .tests
                .iter()
                .enumerate()
                .map(|(index, test)| self.test(test, keys.get(index), at, inputs))
                .collect();
            Hit { row, outcome: conjunction(&parts), otherwise }
        })
        .collect()
    }

    fn test(&mut self, test: &KeyTest, key: Option<&Outcome>, at: At, inputs: &mut Vec<StepId>) -> Outcome {
        match (test, key) {
            (KeyTest::Any | KeyTest::Otherwise, _) => Outcome::truth(true),
            (KeyTest::Condition(condition), _) => {
                let step = self.expr(*condition, at);
                inputs.push(step);
                self.outcome(step).clone()
            }
            (KeyTest::AnyOf(all), Some(key)) => {
                let equal: Vec<Outcome> =
                    all.iter().map(|v| self.against(Compare::Eq, key, *v, at)).collect();
                disjunction(&equal)
            }
            (KeyTest::NoneOf(all), Some(key)) => {
                let differs: Vec<Outcome> =
                    all.iter().map(|v| self.against(Compare::Ne, key, *v, at)).collect();
                conjunction(&differs)
            }
            // `ingen` is no number, so it lies in no range.
            (KeyTest::Range(..), Some(key)) if key.datum() == Some(&Datum::Nothing) => Outcome::truth(false),
            (KeyTest::Range(low, high), Some(key)) => {
                let low = low.as_ref().map(|end| self.end(key, end, true, at));
                let high = high.as_ref().map(|end| self.end(key, end, false, at));
                conjunction(&low.into_iter().chain(high).collect::<Vec<_>>())
            }
            (KeyTest::AnyOf(_) | KeyTest::NoneOf(_) | KeyTest::Range(..), None) => Outcome::truth(false),
            // Slices are charged, not looked up.
            (KeyTest::Slice(_), _) => Outcome::truth(false),
        }
    }

    fn end(&mut self, key: &Outcome, end: &RangeEnd, low: bool, at: At) -> Outcome {
        let op = match (low, end.included) {
            (true, true) => Compare::Ge,
            (true, false) => Compare::Gt,
            (false, true) => Compare::Le,
            (false, false) => Compare::Lt,
        };
        self.against(op, key, end.value, at)
    }

    fn against(&mut self, op: Compare, key: &Outcome, value: ExprId, at: At) -> Outcome {
        let step = self.expr(value, at);
        compared(op, key, self.outcome(step))
    }

    fn decided_rows(
        &mut self,
        expr: ExprId,
        (table, column): (TableId, usize),
        mut rows: Vec<usize>,
        at: At,
        mut inputs: Vec<StepId>,
    ) -> Evaluated {
        let policy = self.model.tables[table].policy;
        if policy == Some(Policy::First) {
            rows.truncate(1);
        }
        let results: Vec<StepId> = rows.iter().map(|row| self.result(table, *row, column, at)).collect();
        inputs.extend(&results);
        let outcome = match (rows.len(), policy) {
            (0, Some(Policy::Add | Policy::Largest | Policy::Smallest)) => {
                Outcome::DoesNotApply(Reason::NoRow(expr))
            }
            (0, _) => self.no_row(expr, table, &inputs),
            (1, _) => self.outcome(results[0]).clone(),
            (_, policy) => self.several_rows(policy, (table, column), &rows, &results),
        };
        (outcome, inputs, Detail::Row { table, rows })
    }

    fn result(&mut self, table: TableId, row: usize, column: usize, at: At) -> StepId {
        let expr = self.model.tables[table].rows[row].results[column];
        self.expr(expr, at)
    }

    fn several_rows(
        &self,
        policy: Option<Policy>,
        (table, column): (TableId, usize),
        rows: &[usize],
        results: &[StepId],
    ) -> Outcome {
        let outcomes = self.outcomes(results);
        match policy {
            Some(Policy::Add) => self.total(results),
            Some(Policy::Largest) => pick_extreme(true, &outcomes),
            Some(Policy::Smallest) => pick_extreme(false, &outcomes),
            Some(Policy::Agree)
                if outcomes.iter().all(|o| o.datum().is_some() && o.datum() == outcomes[0].datum()) =>
            {
                outcomes[0].clone()
            }
            Some(Policy::First | Policy::Agree | Policy::Linear) | None => {
                let data = &self.model.tables[table];
                let spans = rows.iter().map(|row| data.rows[*row].span).collect();
                let name = data.results.get(column).cloned().unwrap_or_default();
                Outcome::error(RunProblem::SeveralRows { table: data.span, name, rows: spans })
            }
        }
    }

    fn no_row(&self, expr: ExprId, table: TableId, inputs: &[StepId]) -> Outcome {
        let data = &self.model.tables[table];
        let keys = data.keys.iter().zip(inputs).map(|(name, step)| {
            let number = self.outcome(*step).as_number().map(Number::to_exact).unwrap_or_default();
            format!("{name} = {number}")
        });
        let keys = keys.collect::<Vec<_>>().join(", ");
        Outcome::error(RunProblem::NoRow { span: self.model.node(expr).span, table: data.span, keys })
    }

    /// The rows still possible decide together: they may agree, or give bounds.
    fn undecided_row(
        &mut self,
        table: TableId,
        column: usize,
        hits: &[Hit],
        at: At,
        mut inputs: Vec<StepId>,
    ) -> Evaluated {
        let possible: Vec<usize> =
            hits.iter().filter(|hit| hit.outcome.as_truth() != Some(false)).map(|hit| hit.row).collect();
        let results: Vec<StepId> = possible.iter().map(|row| self.result(table, *row, column, at)).collect();
        let deciding: Vec<Outcome> = hits.iter().map(|hit| hit.outcome.clone()).collect();
        let outcomes = self.outcomes(&results);
        inputs.extend(&results);
        let adding = self.model.tables[table].policy == Some(Policy::Add);
        let outcome = match one_of(&outcomes, &deciding) {
            // Rows that may add up give no bounds and no common value.
            other if adding => Outcome::Unknown(Unknown {
                missing: other
                    .missing_set()
                    .into_iter()
                    .chain(deciding.iter().flat_map(Outcome::missing_set))
                    .collect(),
                bounds: Bounds::open(),
            }),
            other => other,
        };
        (outcome, inputs, Detail::Row { table, rows: vec![] })
    }
}

/// The rows surely hit; `ellers` only when no other row may be.
fn sure_rows(hits: &[Hit]) -> Vec<usize> {
    let named: Vec<usize> =
        hits.iter().filter(|h| !h.otherwise && h.outcome.as_truth() == Some(true)).map(|h| h.row).collect();
    if named.is_empty() { hits.iter().filter(|h| h.otherwise).map(|h| h.row).collect() } else { named }
}
