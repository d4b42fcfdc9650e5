//! Steps that read tables: rows looked up, values between points, slices of a scale.

use serde_json::{Map, Value, json};

use super::scribe::{Line, Scribe};
use super::value::{datum, days, number};
use crate::eval::{At, Detail, Outcome, Step, StepId, What};
use crate::facts::{Datum, Moment};
use crate::model::{ExprId, KeyTest, NodeKind, RangeEnd, Row, RowTimes, Standing, TableId};
use crate::syntax::ast::Policy;
use crate::value::Interval;

/// A look-up as the record tells it.
struct Reading<'r> {
    keys: &'r [ExprId],
    at: At,
    /// The steps of what stands in key cells and is more than a value as it is written.
    cells: &'r [StepId],
    /// The table's rows at the time asked about, where they are times.
    times: Option<RowTimes>,
}

impl Scribe<'_> {
    /// A look-up: every row with its tests, those that were hit with what they gave.
    pub(super) fn look_up(
        &self,
        step: &Step,
        table: TableId,
        column: usize,
        keys: &[ExprId],
    ) -> Option<Line> {
        let (read, rest) = step.inputs.split_at_checked(keys.len())?;
        if let Detail::Between { rows, .. } = &step.detail {
            return self.between_points(step, table, *rows);
        }
        let Detail::Row { rows: hit, .. } = &step.detail else { return None };
        let (cells, results) = rest.split_at_checked(rest.len().checked_sub(hit.len())?)?;
        let settled = !hit.is_empty()
            && matches!(step.outcome, Outcome::Value(_))
            && self.are_values(read)
            && self.are_values(cells);
        if !settled {
            return None;
        }
        let data = &self.answer.plan.model.tables[table];
        let times = step.at.moment.interval().map(|asked| data.row_times(asked)).unwrap_or_default();
        let [times] = <[RowTimes; 1]>::try_from(times).ok()?;
        let reading = Reading { keys, at: step.at, cells, times: Some(times) };
        let result = |row: usize| hit.iter().position(|one| *one == row).and_then(|at| results.get(at));
        let rows = data
            .rows
            .iter()
            .enumerate()
            .map(|(index, row)| self.row(&reading, row, column, result(index).copied()));
        let line = Line::new("look_up", &step.inputs).with("rows", rows.collect::<Option<Vec<Value>>>()?);
        let line = line.with("keys", self.place_all(read)).with("hit", hit.clone());
        Some(line.with("policy", policy(data.policy)))
    }

    fn row(&self, reading: &Reading<'_>, row: &Row, column: usize, result: Option<StepId>) -> Option<Value> {
        let asked = reading.at.moment.interval()?;
        let stands = row.standing(column, asked) != Standing::Absent;
        let tests = row.tests.iter().enumerate();
        let tests: Vec<Value> =
            tests.map(|(index, test)| self.test(reading, index, test)).collect::<Option<_>>()?;
        let mut fields =
            Map::from_iter([("tests".to_owned(), json!(tests)), ("stands".to_owned(), json!(stands))]);
        fields.extend(self.at(row.span).map(|at| ("at".to_owned(), at.into())));
        fields.extend(result.map(|step| ("result".to_owned(), self.place(step))));
        Some(Value::Object(fields))
    }

    fn test(&self, reading: &Reading<'_>, index: usize, test: &KeyTest) -> Option<Value> {
        let all = |cells: &[ExprId]| {
            cells.iter().map(|cell| self.cell_value(reading.cells, *cell)).collect::<Option<Vec<_>>>()
        };
        Some(match test {
            KeyTest::Any => json!({ "any": true }),
            KeyTest::Otherwise => json!({ "otherwise": true }),
            KeyTest::AnyOf(cells) => json!({ "among": all(cells)? }),
            KeyTest::NoneOf(cells) => json!({ "none_of": all(cells)? }),
            KeyTest::Range(low, high) => {
                let mut ends = Map::new();
                ends.extend(self.end(reading, "from", low.as_ref())?);
                ends.extend(self.end(reading, "to", high.as_ref())?);
                Value::Object(ends)
            }
            KeyTest::Condition(condition) => json!({ "holds": self.cell_value(reading.cells, *condition)? }),
            KeyTest::Time(_) | KeyTest::From(_) => {
                let held = reading.times.as_ref()?.days(index, test)?;
                json!({ "days": days(held), "asked": days(self.asked(reading, index)?) })
            }
            KeyTest::Slice(_) => return None,
        })
    }

    fn end(&self, reading: &Reading<'_>, name: &str, end: Option<&RangeEnd>) -> Option<Vec<(String, Value)>> {
        let Some(end) = end else { return Some(Vec::new()) };
        let value = self.cell_value(reading.cells, end.value)?;
        Some(vec![(name.to_owned(), value), (format!("{name}_in"), json!(end.included))])
    }

    /// What stands in a cell: the value as it is written, or the step it comes from.
    fn cell_value(&self, cells: &[StepId], cell: ExprId) -> Option<Value> {
        let written = match &self.answer.plan.model.node(cell).kind {
            NodeKind::Figure { value, .. } => Datum::Number(value.clone()),
            NodeKind::Bool(truth) => Datum::Bool(*truth),
            NodeKind::Text(text) => Datum::Text(text.clone()),
            NodeKind::Date(date) => Datum::Date(*date),
            NodeKind::Nothing => Datum::Nothing,
            _ => {
                let step = cells.iter().find(|step| self.read(**step).what == What::Expr(cell))?;
                return Some(json!({ "step": self.place(*step) }));
            }
        };
        Some(datum(&written))
    }

    /// The days that a key by time is about.
    fn asked(&self, reading: &Reading<'_>, index: usize) -> Option<Interval> {
        let here = reading.at.moment;
        let key = reading.keys.get(index)?;
        match &self.answer.plan.model.node(*key).kind {
            NodeKind::Day => here.interval(),
            NodeKind::Year => Moment::Year(here.year()).interval(),
            _ => {
                let step = self
                    .answer
                    .trace
                    .steps
                    .iter()
                    .find(|step| step.what == What::Expr(*key) && step.at == reading.at)?;
                match step.outcome.datum()? {
                    Datum::Date(date) => Moment::Day(*date).interval(),
                    Datum::Number(_) | Datum::Bool(_) | Datum::Text(_) | Datum::Nothing => None,
                }
            }
        }
    }

    fn between_points(&self, step: &Step, table: TableId, rows: [usize; 2]) -> Option<Line> {
        let (first, [low, high]) = (step.inputs.first()?, step.inputs.last_chunk::<2>()?);
        let of = [*first, *low, *high];
        let points =
            rows.map(|row| match self.answer.plan.model.tables[table].rows.get(row)?.tests.as_slice() {
                [KeyTest::AnyOf(all)] => self.cell_value(&step.inputs, *all.first()?),
                _ => None,
            });
        let [Some(low), Some(high)] = points else { return None };
        Some(Line::new("between_points", &of).with("points", json!([low, high])))
    }

    /// A scale: what each slice charged.
    pub(super) fn scale(&self, step: &Step) -> Option<Line> {
        let Detail::Slices(_, lines) = &step.detail else { return None };
        let mut slices = Vec::new();
        for line in lines {
            let (amount, charge) = (line.amount.as_number()?, line.charge.as_number()?);
            let mut fields = Map::from_iter([
                ("amount".to_owned(), number(amount)),
                ("charge".to_owned(), number(charge)),
            ]);
            fields.extend(line.bound.map(|step| ("up_to".to_owned(), self.place(step))));
            fields.extend(line.rate.map(|step| ("rate".to_owned(), self.place(step))));
            slices.push(Value::Object(fields));
        }
        step.outcome.as_number()?;
        Some(Line::new("scale", &step.inputs).with("slices", slices))
    }
}

fn policy(policy: Option<Policy>) -> &'static str {
    match policy {
        // A point that is hit is the one row that fits.
        None | Some(Policy::Linear) => "one",
        Some(Policy::First) => "first",
        Some(Policy::Agree) => "agree",
        Some(Policy::Add) => "add",
        Some(Policy::Largest) => "largest",
        Some(Policy::Smallest) => "smallest",
    }
}
