//! Tables of points: between two neighbouring rows, the result lies as far on the way as the key does.

use std::collections::BTreeSet;

use super::cases::joined;
use super::machine::Machine;
use super::node::Evaluated;
use super::outcome::meet;
use super::table::Reading;
use super::{Bounds, Detail, Lack, Outcome, RunProblem, Unknown};
use crate::model::{Arith, KeyTest};
use crate::value::Number;

/// A row of a table of points.
struct Point {
    row: usize,
    at: Number,
}

impl Machine<'_> {
    pub(super) fn between_points(&mut self, mut reading: Reading<'_>) -> Evaluated {
        let none = Detail::Row { table: reading.table, rows: vec![] };
        let points = match self.points(&reading) {
            Ok(points) => points,
            Err(outcome) => return (outcome, reading.inputs, none),
        };
        let Some(value) = reading.values.first().cloned() else {
            return (self.invalid(reading.expr), reading.inputs, none);
        };
        match value.as_number() {
            Some(number) => {
                let (outcome, detail) = self.at_point(&mut reading, &points, number);
                (outcome.weakened(value.status()), reading.inputs, detail)
            }
            None => {
                let bounds = value.bounds().unwrap_or_default();
                let outcome = self.along_points(&mut reading, &points, &bounds);
                (outcome, reading.inputs, none)
            }
        }
    }

    /// The points in rising order.
    fn points(&self, reading: &Reading<'_>) -> Result<Vec<Point>, Outcome> {
        let rows = &self.model.tables[reading.table].rows;
        if let Some(state) = meet(reading.cells.values()) {
            return Err(state);
        }
        let at = |row: usize| match rows[row].tests.as_slice() {
            [KeyTest::AnyOf(all)] => reading.cells.get(all.first()?)?.as_number().cloned(),
            _ => None,
        };
        let mut points: Vec<Point> =
            (0..rows.len()).filter_map(|row| at(row).map(|at| Point { row, at })).collect();
        points.sort_by(|a, b| a.at.cmp(&b.at));
        match points.windows(2).find(|pair| pair[0].at == pair[1].at) {
            Some(pair) => {
                let rows = [rows[pair[0].row].span, rows[pair[1].row].span];
                Err(Outcome::error(RunProblem::SamePoint { rows }))
            }
            None => Ok(points),
        }
    }

    fn at_point(&mut self, reading: &mut Reading<'_>, points: &[Point], key: &Number) -> (Outcome, Detail) {
        let table = reading.table;
        let below = points.iter().rev().find(|point| point.at <= *key);
        let above = points.iter().find(|point| point.at >= *key);
        match (below, above) {
            (Some(below), Some(above)) if below.row == above.row => {
                (self.row_result(reading, below.row), Detail::Row { table, rows: vec![below.row] })
            }
            (Some(below), Some(above)) => {
                let (low, high) = (self.row_result(reading, below.row), self.row_result(reading, above.row));
                let part = key.sub(&below.at).div(&above.at.sub(&below.at)).unwrap_or_else(Number::zero);
                let whole = self.combine(
                    reading.expr,
                    Arith::Sub,
                    &Outcome::number(Number::one()),
                    &Outcome::number(part.clone()),
                );
                // Weighing both ends keeps the bounds of an unknown end as narrow as they are.
                let first = self.combine(reading.expr, Arith::Mul, &low, &whole);
                let second = self.combine(reading.expr, Arith::Mul, &high, &Outcome::number(part.clone()));
                let outcome = self.combine(reading.expr, Arith::Add, &first, &second);
                (outcome, Detail::Between { table, rows: [below.row, above.row], part })
            }
            (_, _) => match self.outside(reading) {
                Some(row) => (self.row_result(reading, row), Detail::Row { table, rows: vec![row] }),
                None => (self.no_row(reading), Detail::Row { table, rows: vec![] }),
            },
        }
    }

    /// The row for what lies outside the points.
    fn outside(&self, reading: &Reading<'_>) -> Option<usize> {
        let rows = &self.model.tables[reading.table].rows;
        (0..rows.len()).find(|row| {
            matches!(rows[*row].tests.as_slice(), [KeyTest::Otherwise])
                && self.stands((reading.table, *row, reading.column), reading.at)
        })
    }

    fn row_result(&mut self, reading: &mut Reading<'_>, row: usize) -> Outcome {
        let step = self.row_step((reading.table, row, reading.column), reading.at);
        reading.inputs.push(step);
        self.outcome(step).clone()
    }

    /// An unknown key: the result lies between the lowest and the highest at the ends of what is known of the key and
    /// at the points within.
    fn along_points(&mut self, reading: &mut Reading<'_>, points: &[Point], bounds: &Bounds) -> Outcome {
        let (Some(first), Some(last)) = (points.first(), points.last()) else {
            return self.no_row(reading);
        };
        let low = bounds.low.clone().filter(|low| *low >= first.at);
        let high = bounds.high.clone().filter(|high| *high <= last.at);
        let beyond = low.is_none() || high.is_none();
        let (low, high) = (low.unwrap_or_else(|| first.at.clone()), high.unwrap_or_else(|| last.at.clone()));
        let within = points.iter().map(|point| point.at.clone());
        let tried: BTreeSet<Number> =
            within.filter(|at| low <= *at && *at <= high).chain([low.clone(), high.clone()]).collect();
        let mut possible: Vec<Outcome> = Vec::new();
        for key in tried.iter().filter(|key| low <= high && bounds.contains(key)) {
            possible.push(self.at_point(reading, points, key).0);
        }
        if beyond {
            possible.push(match self.outside(reading) {
                Some(row) => self.row_result(reading, row),
                None => self.no_row(reading),
            });
        }
        match joined(&possible, &[], &reading.values) {
            Outcome::Unknown(unknown) if unknown.missing.is_empty() => {
                let lack: Lack = reading.values.iter().map(Outcome::lack).collect();
                Outcome::Unknown(Unknown::new(lack.unsettled_if(unknown.unsettled), unknown.bounds))
            }
            other => other,
        }
    }
}
