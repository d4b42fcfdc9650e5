//! Types of scales: a rate is a percentage of the base, or so much per one of its unit.

use super::check::{Checker, Typed};
use super::ops::arith;
use super::problem::{TypeProblem, describe};
use super::show::combined;
use crate::model::{Arith, ExprId, KeyTest, NodeKind, Show, TableId, Ty};

impl Checker<'_> {
    /// Types what a scale charges.
    pub(super) fn scale(&mut self, table: TableId, base: ExprId) -> Typed {
        let found = self.number(base);
        let rows = self.model.tables[table].rows.clone();
        let mut charge: Typed = (Ty::Unknown, Show::plain());
        self.level_rows(table, 0);
        for row in &rows {
            if let [KeyTest::Slice(Some(bound))] = row.tests.as_slice() {
                self.key_value(*bound, &found);
            }
            for rate in row.stated_in(0) {
                let Some(slice) = self.rate(rate, &found) else { continue };
                let ty = self.joined(&charge, &slice, rate);
                let show =
                    if charge.0 == Ty::Unknown { slice.1 } else { super::show::finer(&charge, &slice) };
                charge = (ty, show);
            }
        }
        charge
    }

    /// Returns what a rate makes of a slice; `None` where that says nothing, as for a rate of 0.
    fn rate(&mut self, rate: ExprId, base: &Typed) -> Option<Typed> {
        let found = self.number(rate);
        let figure = matches!(self.model.node(rate).kind, NodeKind::Figure { .. });
        if found.0 == Ty::Number && figure && !self.percent_literal(rate) {
            self.bare_for_percent(rate, None);
            return None;
        }
        if !per_unit(&found.0, &base.0) {
            let (rate_words, base_words) = (&found.0.without_level(), &base.0.without_level());
            let problem = TypeProblem::FlatRate {
                span: self.model.node(rate).span,
                rate: describe(rate_words, self.model),
                base: describe(base_words, self.model),
            };
            self.fail(rate, &problem);
            return None;
        }
        if found.0 == Ty::Zero {
            return Some((Ty::Zero, Show::plain()));
        }
        let ty = match &found.0 {
            // `10 pct. af 20` is a number, as with `af`.
            Ty::Percent | Ty::Number => base.0.clone(),
            other => arith(Arith::Mul, &base.0, other).ok()?,
        };
        let show = combined(&ty, base, &found, self.model);
        (ty != Ty::Unknown && found.0 != Ty::Unknown).then_some((ty, show))
    }
}

/// Tells whether a rate is without unit, or has the base's unit below its line: `kr. pr. indbygger` for `indbyggere`.
fn per_unit(rate: &Ty, base: &Ty) -> bool {
    let (Ty::Quantity { unit: rate, .. }, Ty::Quantity { unit: base, .. }) = (rate, base) else {
        return true;
    };
    base.powers().all(|(unit, power)| rate.powers().any(|(other, below)| other == unit && below <= -power))
}
