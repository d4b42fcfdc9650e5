//! What may be the case where something is unknown, and what all the cases have in common.

use std::collections::BTreeSet;

use super::definition::has_no_value;
use super::machine::Machine;
use super::outcome::weakest;
use super::table::Reading;
use super::{Bounds, Lack, Outcome, Unknown};
use crate::facts::Datum;
use crate::model::{KeyDomain, KeyTest, Ty};
use crate::value::{Number, Stretch};

/// How many combinations of keys are tried; beyond it rows are judged one by one.
const MOST_TRIED: usize = 4_096;

/// How many rows that may or may not fit are combined with each other.
const MOST_OPEN: usize = 8;

impl Machine<'_> {
    /// Every set of rows that the keys may hit, each key tried at one value from each stretch of what it may be.
    /// `None` when a cell is unknown, or when there are too many.
    pub(super) fn sampled(&self, reading: &Reading<'_>) -> Option<BTreeSet<Vec<usize>>> {
        if reading.keys.is_empty() || reading.cells.values().any(|cell| cell.datum().is_none()) {
            return None;
        }
        let columns: Vec<Vec<Outcome>> =
            (0..reading.keys.len()).map(|index| self.tried(reading, index)).collect::<Option<_>>()?;
        let count = columns.iter().try_fold(1_usize, |all, column| all.checked_mul(column.len()))?;
        if count > MOST_TRIED {
            return None;
        }
        let mut cases = BTreeSet::new();
        for index in 0..count {
            let mut rest = index;
            let values: Vec<Outcome> = columns
                .iter()
                .map(|column| {
                    let value = column[rest % column.len()].clone();
                    rest /= column.len();
                    value
                })
                .collect();
            let rows = self.fitting(reading, &values);
            if rows.iter().any(|row| row.as_truth().is_none()) {
                return None;
            }
            cases.insert(self.hit(reading.table, &rows));
        }
        Some(cases)
    }

    /// The values tried for a key.
    fn tried(&self, reading: &Reading<'_>, index: usize) -> Option<Vec<Outcome>> {
        let (value, key) = (reading.values.get(index)?, *reading.keys.get(index)?);
        let Outcome::Unknown(unknown) = value else { return Some(vec![value.clone()]) };
        let domain = self.model.key_domain(key);
        let written = self.written(reading, index);
        let mut tried: Vec<Datum> = match (&self.model.node(key).ty, domain) {
            (Ty::Bool, _) => vec![Datum::Bool(true), Datum::Bool(false)],
            (Ty::OneOf(all), _) => all.iter().cloned().map(Datum::Text).collect(),
            (Ty::Date, _) => self.dates(reading, index, &written),
            (Ty::Text | Ty::Entity(_), _) => other_texts(&written),
            (_, domain) => {
                let step = match domain {
                    Some(KeyDomain::Numbers(stretch)) => stretch.step,
                    Some(KeyDomain::Texts(_) | KeyDomain::Truth) | None => None,
                };
                numbers(&unknown.bounds, step, &written)
            }
        };
        if self.model.may_be_none(key) {
            tried.push(Datum::Nothing);
        }
        (!tried.is_empty()).then(|| tried.into_iter().map(Outcome::of).collect())
    }

    /// The values that stand in a column of keys.
    fn written(&self, reading: &Reading<'_>, index: usize) -> Vec<Datum> {
        let rows = &self.model.tables[reading.table].rows;
        let cells = rows.iter().filter_map(|row| row.tests.get(index)).flat_map(KeyTest::children);
        cells.filter_map(|cell| reading.cells.get(&cell)?.datum().cloned()).collect()
    }

    /// The days on which something changes in a column, with the days beside them.
    fn dates(&self, reading: &Reading<'_>, index: usize, written: &[Datum]) -> Vec<Datum> {
        let rows = &self.model.tables[reading.table].rows;
        let mut days: BTreeSet<_> = written
            .iter()
            .filter_map(|datum| match datum {
                Datum::Date(date) => Some(*date),
                Datum::Number(_) | Datum::Bool(_) | Datum::Text(_) | Datum::Nothing => None,
            })
            .collect();
        for row in rows {
            match row.tests.get(index) {
                Some(KeyTest::Time(time)) => days.extend(time.from.into_iter().chain(time.until)),
                // It ends where another begins.
                Some(KeyTest::From(from)) => drop(days.insert(*from)),
                Some(KeyTest::Any | KeyTest::Otherwise | KeyTest::AnyOf(_) | KeyTest::NoneOf(_)) => {}
                Some(KeyTest::Range(..) | KeyTest::Condition(_) | KeyTest::Slice(_)) | None => {}
            }
        }
        let beside: Vec<_> =
            days.iter().flat_map(|day| [day.add_days(-1), day.add_days(1)]).flatten().collect();
        days.extend(beside);
        days.into_iter().map(Datum::Date).collect()
    }
}

fn other_texts(written: &[Datum]) -> Vec<Datum> {
    // Longer than each of them, so a text of its own.
    let other: String = written
        .iter()
        .filter_map(|datum| match datum {
            Datum::Text(text) => Some(text.as_str()),
            Datum::Number(_) | Datum::Bool(_) | Datum::Date(_) | Datum::Nothing => None,
        })
        .chain(["…"])
        .collect();
    written.iter().cloned().chain([Datum::Text(other)]).collect()
}

fn numbers(bounds: &Bounds, step: Option<Number>, written: &[Datum]) -> Vec<Datum> {
    let Bounds { low, high, low_open, high_open } = bounds.clone();
    let stretch = Stretch { low, low_open, high, high_open, step };
    let written = written.iter().filter_map(|datum| match datum {
        Datum::Number(number) => Some(number.clone()),
        Datum::Bool(_) | Datum::Date(_) | Datum::Text(_) | Datum::Nothing => None,
    });
    stretch.samples(written, true, true).into_iter().map(Datum::Number).collect()
}

/// Every combination of the rows that may or may not fit; all or none of them, where there are very many.
pub(super) fn subsets(rows: &[Outcome]) -> Vec<Vec<Outcome>> {
    let open: Vec<usize> = (0..rows.len()).filter(|row| rows[*row].as_truth().is_none()).collect();
    let decided = |fits: &dyn Fn(usize) -> bool| {
        let mut all = rows.to_vec();
        open.iter().enumerate().for_each(|(place, row)| all[*row] = Outcome::truth(fits(place)));
        all
    };
    if open.len() > MOST_OPEN {
        let alone = |row: usize| decided(&move |place| place == row);
        let each = (0..open.len()).map(alone);
        return each.chain([decided(&|_| true), decided(&|_| false)]).collect();
    }
    (0..1_usize << open.len()).map(|bits| decided(&|place| bits >> place & 1 == 1)).collect()
}

/// What holds whichever of the cases is the right one: their common value, or what is missing to tell.
pub(super) fn joined(possible: &[Outcome], rows: &[Outcome], keys: &[Outcome]) -> Outcome {
    let [first, rest @ ..] = possible else { return Outcome::truth(false) };
    let unsettled = rows.iter().chain(keys).any(Outcome::is_unsettled);
    if rest.is_empty() && (!unsettled || matches!(first, Outcome::Error(_))) {
        return first.clone();
    }
    if first.datum().is_some() && !unsettled && rest.iter().all(|other| other.datum() == first.datum()) {
        return first.clone().weakened(weakest(possible));
    }
    if possible.iter().all(|case| matches!(case, Outcome::Error(_))) {
        return first.clone();
    }
    let sources = possible.iter().chain(rows).chain(keys);
    let lack: Lack = sources.map(Outcome::lack).collect();
    // A case that ends in an error or does not apply has no number, so nothing bounds what comes of it.
    let all: Option<Vec<Bounds>> = possible.iter().map(Outcome::bounds).collect();
    let bounds = all.and_then(|all| all.into_iter().reduce(|a, b| a.hull(&b))).unwrap_or_default();
    Outcome::within(Unknown::new(lack.unsettled_if(possible.iter().any(has_no_value)), bounds))
}
