use crate::value::Number;

/// What came of rows.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Tally {
    /// How many were read.
    pub rows: u64,
    /// How many were written with their results.
    pub ok: u64,
    /// How many were rejected.
    pub rejected: u64,
    /// How many of those written the fast machine computed.
    pub fast: u64,
    /// Each result's total, in the order of the results.
    pub totals: Vec<Total>,
}

/// The exact sum of a result over the rows that have one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Total {
    /// The sum, in base units; of percentages in pct.
    pub sum: Number,
    /// How many rows have a value.
    pub values: u64,
    /// How many are unknown.
    pub unknown: u64,
    /// To how many it does not apply.
    pub not_applying: u64,
}

impl Default for Total {
    fn default() -> Total {
        Total { sum: Number::zero(), values: 0, unknown: 0, not_applying: 0 }
    }
}

impl Tally {
    /// A tally of nothing, for so many results.
    pub fn of(results: usize) -> Tally {
        Tally { totals: vec![Total::default(); results], ..Tally::default() }
    }
    /// Adds the tally of other rows.
    pub fn add(&mut self, other: &Tally) {
        self.rows += other.rows;
        self.ok += other.ok;
        self.rejected += other.rejected;
        self.fast += other.fast;
        for (own, other) in self.totals.iter_mut().zip(&other.totals) {
            own.sum = own.sum.add(&other.sum);
            own.values += other.values;
            own.unknown += other.unknown;
            own.not_applying += other.not_applying;
        }
    }
    /// Tells whether every row that was read is accounted for, in the rows and in each result.
    pub fn is_whole(&self) -> bool {
        let of = |total: &Total| total.values + total.unknown + total.not_applying;
        self.rows == self.ok + self.rejected && self.totals.iter().all(|total| of(total) == self.ok)
    }
}
