//! What comes of amounts that are put together: their type, and how they are shown.

use super::check::{Checker, Typed};
use super::ops::{arith, join};
use super::percent_problem::PercentProblem;
use super::show::{combined, finer};
use crate::model::{Arith, Distribution, ExprId, Show, Ty};
use crate::value::{Levels, PriceLevel};

impl Checker<'_> {
    pub(super) fn arith(&mut self, expr: ExprId, op: Arith, left: ExprId, right: ExprId) -> Typed {
        if matches!(op, Arith::Add | Arith::Sub) {
            self.as_percentages(&[left, right]);
        }
        let (a, b) = (self.expr(left), self.expr(right));
        if let Some(date) = self.date_shift(expr, op, (left, right), (&a.0, &b.0)) {
            return date;
        }
        if op == Arith::Of && self.bare_share(left, &a.0) {
            self.bare_for_percent(left, Some(right));
            return (b.0, b.1);
        }
        match arith(op, &a.0, &b.0) {
            Ok(ty) => {
                let ty = self.without_idle_level(ty);
                let show = match op {
                    Arith::Add | Arith::Sub => finer(&a, &b),
                    Arith::Mul | Arith::Div | Arith::Of => combined(&ty, &a, &b, self.model),
                };
                (ty, show)
            }
            Err(clash) => {
                self.clash(expr, clash, left, right);
                (Ty::Unknown, Show::plain())
            }
        }
    }

    /// Where the money has cancelled out, as in kroner divided by kroner per inhabitant, there is no price level left.
    fn without_idle_level(&self, ty: Ty) -> Ty {
        match ty {
            Ty::Quantity { unit, level: Some(_) } if !unit.has_money(&self.model.units) => {
                Ty::Quantity { unit, level: None }
            }
            other => other,
        }
    }

    pub(super) fn scaled(&mut self, value: ExprId, raised: bool, by: ExprId) -> Typed {
        let found = self.number(value);
        if found.0 == Ty::Percent {
            let span = |id: ExprId| self.model.node(id).span;
            let problem = PercentProblem::RaisedPercent { value: span(value), by: span(by), raised };
            self.fail(value, &problem);
        }
        self.fits(by, &Ty::Percent);
        (found.0, Show { decimals: 0, ..found.1 })
    }

    pub(super) fn as_percent(&mut self, expr: ExprId, value: ExprId, whole: ExprId) -> Typed {
        let (a, b) = (self.number(value), self.number(whole));
        if let Err(clash) = join(&a.0, &b.0) {
            self.clash(expr, clash, value, whole);
        }
        (Ty::Percent, Show::percent(0))
    }

    pub(super) fn restated(&mut self, expr: ExprId, value: ExprId, wanted: Ty, show: Show) -> Typed {
        let found = self.expr(value);
        if (&found.0, &wanted) == (&Ty::Number, &Ty::Percent) {
            // A share is a number from 0 to 1, and the same in per cent.
            return (wanted, show);
        }
        match join(&found.0, &wanted) {
            Ok(ty) => (ty, Show { weak: show.weak || found.1.weak, ..show }),
            Err(_) => {
                self.not_restated(expr, &wanted, &found.0);
                (Ty::Unknown, Show::plain())
            }
        }
    }

    pub(super) fn nominal(&mut self, value: ExprId) -> Typed {
        let (ty, show) = self.expr(value);
        // What has no prices has no level to drop.
        let level = ty.level().map(|_| Levels::one(PriceLevel::Current(0)));
        (ty.at_level(level), show)
    }

    pub(super) fn share(&mut self, expr: ExprId, distribution: &Distribution, written: Show) -> Typed {
        let pool = self.number(distribution.pool);
        self.selection(&distribution.set, None);
        if let Some(key) = distribution.key {
            self.number(key);
        }
        match &distribution.step {
            None => (pool.0, Show { decimals: 0, ..pool.1 }),
            Some(_) => {
                let step = self.model.node(expr).ty.clone();
                (self.stepped(expr, &pool.0, &step), written)
            }
        }
    }
}
