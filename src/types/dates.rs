//! Dates: what may be added to one, and where a day can be missing.

use super::check::{Checker, Typed};
use super::problem::TypeProblem;
use crate::base::{Bi, bi};
use crate::model::{
    Arith, DefId, DutyStatus, DutyTerms, ExprId, Model, NodeKind, OverTarget, Show, SpanUnit, Ty,
};
use crate::value::{Date, MissingDay, Number, Unit, UnitTable};

impl Checker<'_> {
    /// Types `dage fra a til b`.
    pub(super) fn date_span(&mut self, unit: SpanUnit, from: ExprId, to: ExprId) -> Typed {
        self.fits(from, &Ty::Date);
        self.fits(to, &Ty::Date);
        let (base, scale, words) = match unit {
            SpanUnit::Days => (UnitTable::DAY, 1, Bi::new("dage", "days")),
            SpanUnit::WholeMonths => (UnitTable::MONTH, 1, Bi::new("måneder", "months")),
            SpanUnit::WholeYears => (UnitTable::MONTH, 12, Bi::new("år", "years")),
        };
        let show = Show { scale: Number::from_i64(scale), words, ..Show::plain() };
        (Ty::Quantity { unit: Unit::base(base), level: None }, show)
    }

    /// The bounds of a definition's lines that are given must be dates.
    pub(super) fn given_bounds(&mut self, def: DefId) {
        let data = &self.model.defs[def];
        let restated = data.exceptions.iter();
        let lines = data.alternatives.iter().chain(restated.clone().map(|(_, alternative)| alternative));
        let own = lines.flat_map(|a| &a.given);
        let dates: Vec<ExprId> = own
            .chain(restated.flat_map(|(id, _)| &self.model.exceptions[*id].given))
            .map(|bound| bound.date)
            .collect();
        for date in dates {
            self.fits(date, &Ty::Date);
        }
    }

    /// Types a duty: what meets it is a date or a truth.
    pub(super) fn duty(&mut self, terms: &DutyTerms) -> Typed {
        if let Some(condition) = terms.only_if {
            self.truth(condition);
        }
        if let Some(deadline) = terms.deadline {
            self.expr(deadline);
            self.year_limit(deadline, false);
            self.fits(deadline, &Ty::Date);
        }
        if let Some(met) = terms.met {
            let found = self.expr(met).0;
            if !matches!(found, Ty::Date | Ty::Bool | Ty::Nothing | Ty::Unknown) {
                self.expected(met, bi!("en dato, eller ja eller nej", "a date, or yes or no"), &found);
            }
        }
        (DutyStatus::ty(), Show::plain())
    }

    /// Types `d + 1 måned, hvis dagen mangler: …`.
    pub(super) fn shift(&mut self, date: ExprId, by: ExprId) -> Typed {
        self.fits(date, &Ty::Date);
        let found = self.expr(by).0;
        if !is_of(&found, UnitTable::MONTH) && found != Ty::Unknown {
            self.expected(by, bi!("et antal måneder eller år", "a number of months or years"), &found);
        }
        (Ty::Date, Show::plain())
    }

    /// `d + 30 dage` is a date; so is `d + 1 måned`, where the day cannot be missing.
    pub(super) fn date_shift(
        &mut self,
        expr: ExprId,
        op: Arith,
        (date, by): (ExprId, ExprId),
        (left, right): (&Ty, &Ty),
    ) -> Option<Typed> {
        let forward = match op {
            Arith::Add => true,
            Arith::Sub => false,
            Arith::Mul | Arith::Div | Arith::Of => return None,
        };
        if *left != Ty::Date {
            return None;
        }
        if is_of(right, UnitTable::MONTH) {
            if may_miss(self.model, date, by, forward) {
                let (span, written) = (self.model.node(expr).span, self.model.lang);
                self.fail(expr, &TypeProblem::MissingDay { span, written });
            } else {
                let missing = MissingDay::Refuse;
                self.model.nodes[expr].kind = NodeKind::Shift { date, by, forward, missing };
            }
            return Some((Ty::Date, Show::plain()));
        }
        is_of(right, UnitTable::DAY).then(|| (Ty::Date, Show::plain()))
    }
}

fn is_of(ty: &Ty, base: crate::value::BaseUnit) -> bool {
    matches!(ty, Ty::Quantity { unit, .. } if *unit == Unit::base(base))
}

/// Tells whether a month reached from one of the dates possible can lack its day.
fn may_miss(model: &Model, date: ExprId, by: ExprId, forward: bool) -> bool {
    let Some(dates) = dates_of(model, date, DEEPEST) else { return true };
    match months_of(model, by, forward) {
        Some(months) => dates.iter().any(|date| date.add_months(months, MissingDay::Refuse).is_err()),
        // Every month has 28 days.
        None => dates.iter().any(|date| date.day() > 28),
    }
}

/// Definitions of dates that build on more definitions than this count as not known.
const DEEPEST: usize = 16;

/// Returns every date that an expression can be by what the text alone says; `None` where data decide.
fn dates_of(model: &Model, expr: ExprId, depth: usize) -> Option<Vec<Date>> {
    let depth = depth.checked_sub(1)?;
    match &model.node(expr).kind {
        NodeKind::Date(date) => Some(vec![*date]),
        NodeKind::Def(def) => dates_of_def(model, *def, depth),
        NodeKind::At(value, _) | NodeKind::Restated(value) => dates_of(model, *value, depth),
        NodeKind::If(_, a, b) => all_dates(model, &[*a, *b], depth),
        NodeKind::Extreme(_, all) => all_dates(model, all, depth),
        NodeKind::Arith(Arith::Add, date, by) => moved(model, *date, *by, true, depth),
        NodeKind::Arith(Arith::Sub, date, by) => moved(model, *date, *by, false, depth),
        NodeKind::Shift { date, by, forward, missing } => {
            let months = months_of(model, *by, *forward)?;
            dates_of(model, *date, depth)?.iter().map(|d| d.add_months(months, *missing).ok()).collect()
        }
        _ => None,
    }
}

fn all_dates(model: &Model, all: &[ExprId], depth: usize) -> Option<Vec<Date>> {
    let all: Option<Vec<Vec<Date>>> = all.iter().map(|expr| dates_of(model, *expr, depth)).collect();
    all.map(|all| all.concat())
}

fn dates_of_def(model: &Model, def: DefId, depth: usize) -> Option<Vec<Date>> {
    let data = &model.defs[def];
    let over = model.overrides.iter().filter(|over| over.target == OverTarget::Def(def)).map(|o| o.value);
    let bodies: Vec<ExprId> = data.bodies().chain(over).collect();
    all_dates(model, &bodies, depth)
}

fn moved(model: &Model, date: ExprId, by: ExprId, forward: bool, depth: usize) -> Option<Vec<Date>> {
    let NodeKind::Figure { value, .. } = &model.node(by).kind else { return None };
    let count = value.to_i64().map(|count| if forward { count } else { count.wrapping_neg() })?;
    let dates = dates_of(model, date, depth)?;
    match is_of(&model.node(by).ty, UnitTable::DAY) {
        true => dates.iter().map(|date| date.add_days(count)).collect(),
        false => dates.iter().map(|date| date.add_months(count, MissingDay::Refuse).ok()).collect(),
    }
}

fn months_of(model: &Model, by: ExprId, forward: bool) -> Option<i64> {
    let NodeKind::Figure { value, .. } = &model.node(by).kind else { return None };
    value.to_i64().map(|months| if forward { months } else { months.wrapping_neg() })
}
