//! What redoing a record may cost: numbers may be made too long, and what is missing too much, for anybody to wait.

use std::cell::Cell;

use super::seen::Seen;
use super::{Told, no_value, slip};
use crate::base::bi;
use crate::value::{Bounds, Number};

/// The size in bits beyond which a number that comes up on the way is an error: no number of the format is as large.
const MOST_BITS: u64 = 200_000;

/// A number of no more bits costs nothing: rules come to such numbers.
const SHORT_BITS: u64 = 400;

/// What redoing a record may cost, in the units that docs/record.md counts.
const MOST_WORK: u64 = 100_000_000;

/// What each name of what is missing costs.
const NAME: u64 = 5;

/// What redoing a record has cost so far.
#[derive(Default)]
pub(super) struct Work(Cell<u64>);

impl Work {
    /// Counts what it costs to compute with a value.
    pub(super) fn reads(&self, seen: &Seen) -> Told<()> {
        let names = seen.unknown().map_or(0, |unknown| unknown.missing.len());
        self.costs(u64::try_from(names).unwrap_or(u64::MAX).saturating_mul(NAME))?;
        match seen.number() {
            Some(number) => self.counts(number),
            None => seen.unknown().map_or(Ok(()), |unknown| self.counts_ends(&unknown.bounds)),
        }
    }

    /// Passes on a number to go on with; one that has grown too long is no number.
    pub(super) fn kept(&self, number: Number) -> Told<Number> {
        self.counts(&number)?;
        match number.bits() > MOST_BITS {
            true => no_value("value", bi!("et tal bliver for langt", "a number grows too long")),
            false => Ok(number),
        }
    }

    /// Adds up numbers.
    pub(super) fn sum<'n>(&self, all: impl IntoIterator<Item = &'n Number>) -> Told<Number> {
        all.into_iter().try_fold(Number::zero(), |sum, one| self.kept(sum.add(one)))
    }

    /// Passes on bounds to go on with; an end that has grown too long says nothing any more.
    pub(super) fn kept_bounds(&self, bounds: Bounds) -> Told<Bounds> {
        self.counts_ends(&bounds)?;
        let fits = |end: Option<Number>| end.filter(|number| number.bits() <= MOST_BITS);
        Ok(Bounds { low: fits(bounds.low), high: fits(bounds.high), ..bounds })
    }

    fn counts_ends(&self, bounds: &Bounds) -> Told<()> {
        bounds.low.iter().chain(&bounds.high).try_for_each(|end| self.counts(end))
    }

    /// Counts what it costs to compute with a number.
    pub(super) fn counts(&self, number: &Number) -> Told<()> {
        let bits = number.bits();
        self.costs(if bits > SHORT_BITS { (bits / 32).saturating_mul(bits / 32) } else { 0 })
    }

    fn costs(&self, cost: u64) -> Told<()> {
        self.0.set(self.0.get().saturating_add(cost));
        match self.0.get() > MOST_WORK {
            true => slip("", bi!("er for stort et arbejde at gøre om", "is too much work to redo")),
            false => Ok(()),
        }
    }
}
