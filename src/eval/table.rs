//! Tables: which rows the keys hit, and what holds when that is not known.
//!
//! Where a key is unknown, one value is tried from each stretch that the rows cut its possible values into, so the sets
//! of rows that may be hit are found exactly. Where a cell itself is unknown, each row that may fit may also not fit.

use std::collections::{BTreeMap, BTreeSet};

use super::cases::{joined, subsets};
use super::logic::{compared, conjunction, disjunction};
use super::machine::Machine;
use super::node::Evaluated;
use super::number::pick_extreme;
use super::outcome::{meet, weakest};
use super::{At, Detail, Outcome, Reason, RunProblem, StepId, What};
use crate::facts::{Datum, Moment};
use crate::model::{Compare, ExprId, KeyTest, NodeKind, RangeEnd, RowTimes, TableId};
use crate::syntax::ast::Policy;
use crate::value::{Interval, Number};

/// A lookup that is under way.
pub(super) struct Reading<'k> {
    pub(super) expr: ExprId,
    pub(super) table: TableId,
    pub(super) column: usize,
    pub(super) keys: &'k [ExprId],
    /// The keys' values.
    pub(super) values: Vec<Outcome>,
    /// The values that stand in the rows' key cells.
    pub(super) cells: BTreeMap<ExprId, Outcome>,
    pub(super) at: At,
    /// The stretches of the time asked about in which the table has the same rows, where rows are times.
    pub(super) times: Vec<RowTimes>,
    pub(super) inputs: Vec<StepId>,
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
        let inputs: Vec<StepId> =
            keys.iter().enumerate().map(|(index, key)| self.table_key(table, index, *key, at)).collect();
        let values = self.outcomes(&inputs);
        let none = Detail::Row { table, rows: vec![] };
        if let Some(state @ (Outcome::Error(_) | Outcome::DoesNotApply(_))) = meet(&values) {
            return (state, inputs, none);
        }
        let (cells, times) = (BTreeMap::new(), self.row_times(table, at));
        let mut reading = Reading { expr, table, column, keys, values, cells, at, times, inputs };
        self.key_cells(&mut reading);
        if self.model.tables[table].policy == Some(Policy::Linear) {
            return self.between_points(reading);
        }
        let rows = self.asked_rows(&reading);
        if let Some(Outcome::Error(problem)) = meet(rows.iter().filter(|row| row.as_truth().is_none())) {
            return (Outcome::Error(problem), reading.inputs, none);
        }
        let cases = match rows.iter().all(|row| row.as_truth().is_some()) {
            true => BTreeSet::from([self.hit(table, &rows)]),
            false => self.cases(&reading, &rows),
        };
        let status = weakest(reading.values.iter().chain(reading.cells.values()));
        let (outcome, inputs, detail) = self.of_cases(reading, &cases, &rows);
        (outcome.weakened(status), inputs, detail)
    }

    /// Tells of each row whether it fits. Where the first row that fits is taken, those after it are not asked, so that
    /// what they would come to is no error.
    fn asked_rows(&self, reading: &Reading<'_>) -> Vec<Outcome> {
        let mut rows = self.fitting(reading, &reading.values);
        let first = rows.iter().position(|row| row.as_truth() == Some(true));
        if let Some(first) = first.filter(|_| self.model.tables[reading.table].policy == Some(Policy::First))
            && !matches!(self.model.tables[reading.table].rows[first].tests.as_slice(), [KeyTest::Otherwise])
        {
            let after = rows.iter_mut().skip(first + 1).filter(|row| matches!(row, Outcome::Error(_)));
            after.for_each(|row| *row = Outcome::truth(false));
        }
        rows
    }

    /// INVARIANT: empty for rows by time only where the moment lies outside the calendar.
    fn row_times(&self, table: TableId, at: At) -> Vec<RowTimes> {
        let table = &self.model.tables[table];
        let by_time = |test: &KeyTest| matches!(test, KeyTest::Time(_) | KeyTest::From(_));
        match at.moment.interval() {
            Some(asked) if table.rows.iter().flat_map(|row| &row.tests).any(by_time) => {
                table.row_times(asked)
            }
            Some(_) | None => vec![],
        }
    }

    /// Evaluates a key. `dag` and `år` of a table whose rows are times are the moment itself, also a whole year.
    fn table_key(&mut self, table: TableId, index: usize, key: ExprId, at: At) -> StepId {
        let timed = |test: Option<&KeyTest>| {
            matches!(
                test,
                Some(KeyTest::Time(_) | KeyTest::From(_) | KeyTest::Any | KeyTest::Otherwise) | None
            )
        };
        let only_times = self.model.tables[table].rows.iter().all(|row| timed(row.tests.get(index)));
        match (&self.model.node(key).kind, at.moment) {
            (NodeKind::Day, Moment::Year(year)) if only_times => {
                let outcome = Outcome::number(Number::from_i64(i64::from(year)));
                self.push(What::Expr(key), at, outcome, vec![], Detail::Plain)
            }
            (_, _) => self.expr(key, at),
        }
    }

    /// Evaluates what stands in the rows' key cells; what is more than a figure is told in the explanation.
    fn key_cells(&mut self, reading: &mut Reading<'_>) {
        let model = self.model;
        for test in model.tables[reading.table].rows.iter().flat_map(|row| &row.tests) {
            for cell in test.children() {
                let step = self.expr(cell, reading.at);
                if !is_written(&model.node(cell).kind) {
                    reading.inputs.push(step);
                }
                reading.cells.insert(cell, self.outcome(step).clone());
            }
        }
    }

    /// Tells of each row whether it fits some values of the keys.
    pub(super) fn fitting(&self, reading: &Reading<'_>, values: &[Outcome]) -> Vec<Outcome> {
        let rows = &self.model.tables[reading.table].rows;
        let of_row = |at: usize, tests: &[KeyTest]| {
            // A row that an amendment has not added yet, or has ended, fits nothing.
            if !self.stands((reading.table, at, reading.column), reading.at) {
                return Outcome::truth(false);
            }
            let parts: Vec<Outcome> = tests
                .iter()
                .enumerate()
                .map(|(index, test)| self.test(reading, (at, index), test, values.get(index)))
                .collect();
            conjunction(&parts)
        };
        rows.iter().enumerate().map(|(at, row)| of_row(at, &row.tests)).collect()
    }

    fn test(
        &self,
        reading: &Reading<'_>,
        at: (usize, usize),
        test: &KeyTest,
        key: Option<&Outcome>,
    ) -> Outcome {
        let cell = |id: &ExprId| reading.cells.get(id).cloned().unwrap_or_else(|| self.invalid(*id));
        match (test, key) {
            (KeyTest::Any | KeyTest::Otherwise, _) => Outcome::truth(true),
            (KeyTest::Condition(condition), _) => cell(condition),
            (KeyTest::AnyOf(all), Some(key)) => {
                let equal: Vec<Outcome> = all.iter().map(|v| compared(Compare::Eq, key, &cell(v))).collect();
                disjunction(&equal)
            }
            (KeyTest::NoneOf(all), Some(key)) => {
                let differs: Vec<Outcome> =
                    all.iter().map(|v| compared(Compare::Ne, key, &cell(v))).collect();
                conjunction(&differs)
            }
            // `ingen` is no number, so it lies in no range.
            (KeyTest::Range(..), Some(key)) if key.datum() == Some(&Datum::Nothing) => Outcome::truth(false),
            (KeyTest::Range(low, high), Some(key)) => {
                let end = |end: &RangeEnd, low| compared(side(end, low), key, &cell(&end.value));
                let low = low.as_ref().map(|low| end(low, true));
                let high = high.as_ref().map(|high| end(high, false));
                conjunction(&low.into_iter().chain(high).collect::<Vec<_>>())
            }
            (KeyTest::Time(_) | KeyTest::From(_), Some(key)) => self.on_days(reading, at, key),
            (KeyTest::AnyOf(_) | KeyTest::NoneOf(_) | KeyTest::Range(..), None) => Outcome::truth(false),
            (KeyTest::Time(_) | KeyTest::From(_), None) => Outcome::truth(false),
            // Slices are charged, not looked up.
            (KeyTest::Slice(_), _) => Outcome::truth(false),
        }
    }

    /// A row by time. Asked with a year within which the row begins or ends, the value changes meanwhile.
    fn on_days(&self, reading: &Reading<'_>, (row, index): (usize, usize), key: &Outcome) -> Outcome {
        let table = &self.model.tables[reading.table];
        if reading.times.is_empty() {
            return self.outside_calendar(reading);
        }
        let mut found = Vec::new();
        for times in reading.times.iter().filter(|times| table.rows[row].stands(times.time)) {
            let asked = match self.asked_of(reading, index, key, times.time) {
                Ok(asked) => asked,
                Err(outcome) => return outcome,
            };
            let Some(days) = times.days(index, &table.rows[row].tests[index]) else { continue };
            found.push((days.covers(asked), days.overlaps(asked)));
        }
        if found.iter().all(|(covers, _)| *covers) {
            return Outcome::truth(true);
        }
        if !found.iter().any(|(_, overlaps)| *overlaps) {
            return Outcome::truth(false);
        }
        let name = table.results.get(reading.column).cloned().unwrap_or_default();
        let (span, moment) = (table.span, reading.at.moment);
        let pieces = self.pieces_by_row(reading, index, key);
        Outcome::error(RunProblem::Changes { span, name, moment, pieces })
    }

    /// The days that a key by time is about, in a stretch of the time asked about.
    fn asked_of(
        &self,
        reading: &Reading<'_>,
        index: usize,
        key: &Outcome,
        stretch: Interval,
    ) -> Result<Interval, Outcome> {
        let moment = match reading.keys.get(index).map(|key| &self.model.node(*key).kind) {
            Some(NodeKind::Day) => return Ok(stretch),
            Some(NodeKind::Year) if matches!(reading.at.moment, Moment::Year(_)) => return Ok(stretch),
            Some(NodeKind::Year) => Moment::Year(reading.at.moment.year()),
            Some(_) | None => match key.datum() {
                Some(Datum::Date(date)) => Moment::Day(*date),
                Some(_) => return Err(Outcome::truth(false)),
                None => return Err(meet([key]).unwrap_or_else(|| Outcome::truth(false))),
            },
        };
        moment.interval().ok_or_else(|| self.outside_calendar(reading))
    }

    fn outside_calendar(&self, reading: &Reading<'_>) -> Outcome {
        Outcome::error(RunProblem::OutsideCalendar { span: self.model.node(reading.expr).span })
    }

    /// The stretches of the time asked about in which one row of a column each holds.
    fn pieces_by_row(&self, reading: &Reading<'_>, index: usize, key: &Outcome) -> Vec<Interval> {
        let rows = &self.model.tables[reading.table].rows;
        let mut all: BTreeSet<Interval> = BTreeSet::new();
        for row in rows {
            let mut pieces: Vec<Interval> = Vec::new();
            for times in reading.times.iter().filter(|times| row.stands(times.time)) {
                let Ok(asked) = self.asked_of(reading, index, key, times.time) else { continue };
                let test = row.tests.get(index);
                let Some(days) = test.and_then(|test| times.days(index, test)) else { continue };
                let held = days.intersect(asked);
                // A given date stays the same, so what changes is which rows the table has.
                let piece = if reading.times.len() > 1 && asked != times.time { times.time } else { held };
                match pieces.last_mut() {
                    _ if held.is_empty() => {}
                    Some(last) if last.until == piece.from => last.until = piece.until,
                    Some(_) | None => pieces.push(piece),
                }
            }
            all.extend(pieces);
        }
        all.into_iter().collect()
    }

    /// The rows hit, when that is known of each; `ellers` only when no other row is.
    pub(super) fn hit(&self, table: TableId, rows: &[Outcome]) -> Vec<usize> {
        let otherwise = |row: &usize| {
            let tests = &self.model.tables[table].rows[*row].tests;
            matches!(tests.as_slice(), [KeyTest::Otherwise])
        };
        let fits = |row: &usize| rows[*row].as_truth() == Some(true);
        let named: Vec<usize> = (0..rows.len()).filter(|row| !otherwise(row) && fits(row)).collect();
        if named.is_empty() {
            (0..rows.len()).filter(|row| otherwise(row) && fits(row)).collect()
        } else {
            named
        }
    }

    /// Every set of rows that may be hit.
    fn cases(&self, reading: &Reading<'_>, rows: &[Outcome]) -> BTreeSet<Vec<usize>> {
        if let Some(cases) = self.sampled(reading) {
            return cases;
        }
        subsets(rows).iter().map(|rows| self.hit(reading.table, rows)).collect()
    }

    /// What holds in each case, and in all of them together.
    fn of_cases(
        &mut self,
        mut reading: Reading<'_>,
        cases: &BTreeSet<Vec<usize>>,
        rows: &[Outcome],
    ) -> Evaluated {
        let cases: BTreeSet<Vec<usize>> =
            cases.iter().map(|rows| self.counted(reading.table, rows)).collect();
        let mut results: BTreeMap<usize, StepId> = BTreeMap::new();
        for row in cases.iter().flatten() {
            if !results.contains_key(row) {
                let result = (reading.table, *row, reading.column);
                results.insert(*row, self.row_step(result, reading.at));
            }
        }
        reading.inputs.extend(results.values());
        let possible: Vec<Outcome> =
            cases.iter().map(|rows| self.decided(&reading, rows, &results)).collect();
        let table = reading.table;
        let hit = match cases.len() {
            1 => cases.into_iter().next().unwrap_or_default(),
            _ => vec![],
        };
        (joined(&possible, rows, &reading.values), reading.inputs, Detail::Row { table, rows: hit })
    }

    fn counted(&self, table: TableId, rows: &[usize]) -> Vec<usize> {
        let most = if self.model.tables[table].policy == Some(Policy::First) { 1 } else { rows.len() };
        rows.iter().copied().take(most).collect()
    }

    fn decided(&self, reading: &Reading<'_>, rows: &[usize], results: &BTreeMap<usize, StepId>) -> Outcome {
        let policy = self.model.tables[reading.table].policy;
        let steps: Vec<StepId> = rows.iter().filter_map(|row| results.get(row).copied()).collect();
        match (steps.as_slice(), policy) {
            ([], Some(Policy::Add | Policy::Largest | Policy::Smallest)) => {
                Outcome::DoesNotApply(Reason::NoRow(reading.expr))
            }
            ([], _) => self.no_row(reading),
            ([only], _) => self.outcome(*only).clone(),
            (_, policy) => self.several_rows(policy, (reading.table, reading.column), rows, &steps),
        }
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
            Some(Policy::Agree) if agree(&outcomes).is_some() => {
                agree(&outcomes).unwrap_or_else(|| outcomes[0].clone())
            }
            Some(Policy::First | Policy::Agree | Policy::Linear) | None => {
                let data = &self.model.tables[table];
                let spans = rows.iter().map(|row| data.rows[*row].span).collect();
                let name = data.results.get(column).cloned().unwrap_or_default();
                Outcome::error(RunProblem::SeveralRows { table: data.span, name, rows: spans })
            }
        }
    }

    pub(super) fn no_row(&self, reading: &Reading<'_>) -> Outcome {
        let data = &self.model.tables[reading.table];
        let lang = self.model.lang;
        let keys = data.keys.iter().zip(reading.keys).zip(&reading.values).map(|((name, key), value)| {
            match value.as_number() {
                Some(number) => format!("{name} = {}", self.shown(*key, number, lang)),
                None => match value.datum() {
                    Some(Datum::Text(text)) => format!("{name} = \"{text}\""),
                    Some(Datum::Date(date)) => format!("{name} = {}", date.print(lang)),
                    Some(_) | None => name.clone(),
                },
            }
        });
        let keys = keys.collect::<Vec<_>>().join(", ");
        let span = self.model.node(reading.expr).span;
        Outcome::error(RunProblem::NoRow { span, table: data.span, keys })
    }
}

/// The value on which rows agree; rows that are unknown may or may not.
fn agree(outcomes: &[Outcome]) -> Option<Outcome> {
    let known: Vec<&Outcome> = outcomes.iter().filter(|o| !matches!(o, Outcome::Unknown(_))).collect();
    let first = known.first()?;
    let same = known.iter().all(|other| other.datum().is_some() && other.datum() == first.datum());
    match meet(outcomes) {
        _ if !same => None,
        None => Some((*first).clone().weakened(weakest(outcomes))),
        Some(state) => Some(state),
    }
}

fn side(end: &RangeEnd, low: bool) -> Compare {
    match (low, end.included) {
        (true, true) => Compare::Ge,
        (true, false) => Compare::Gt,
        (false, true) => Compare::Le,
        (false, false) => Compare::Lt,
    }
}

/// A cell that is a value as it is written has nothing to tell.
fn is_written(kind: &NodeKind) -> bool {
    matches!(kind, NodeKind::Figure { .. } | NodeKind::Bool(_) | NodeKind::Text(_) | NodeKind::Date(_))
        || matches!(kind, NodeKind::Nothing)
}
