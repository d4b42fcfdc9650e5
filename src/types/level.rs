//! Price levels: conversion along an index, amounts read at another time, and series that change their level.

use super::check::{Checker, Typed};
use super::level_problem::LevelProblem;
use super::problem::levels_words;
use crate::base::Span;
use crate::model::{
    Alternative, Arith, AtTime, CheckId, Compare, DefId, ExceptionId, ExprId, IndexId, Model, NodeKind, Show,
    Ty,
};
use crate::value::{Interval, Levels, Period, PriceLevel, Unit, without, years_later};

impl Checker<'_> {
    /// Types something that is read only within a time.
    pub(super) fn in_window<T>(&mut self, window: Interval, read: impl FnOnce(&mut Self) -> T) -> T {
        self.in_times(vec![window], read)
    }

    /// Types something that is read only within some times.
    pub(super) fn in_times<T>(&mut self, window: Vec<Interval>, read: impl FnOnce(&mut Self) -> T) -> T {
        let outer = std::mem::replace(&mut self.window, window);
        let result = read(self);
        self.window = outer;
        result
    }

    /// Returns the type of a definition as it is where it is read.
    pub(super) fn read_def(&mut self, def: DefId) -> Typed {
        let (ty, show) = self.def(def);
        (self.in_window_only(&ty), show)
    }

    /// Returns a type as it is in the times in which it is read.
    pub(super) fn in_window_only(&self, ty: &Ty) -> Ty {
        // What is never read has no level.
        let level = ty.level().filter(|_| !self.window.is_empty());
        ty.at_level(level.map(|levels| levels.only(&self.window).unwrap_or_else(|| levels.clone())))
    }

    /// Returns the type of a figure where it stands.
    pub(super) fn at_standing(&self, ty: Ty, show: &Show) -> Ty {
        match (&ty, &self.standing) {
            (Ty::Quantity { unit, level: None }, Some(standing))
                if !show.weak && unit.has_money(&self.model.units) =>
            {
                ty.at_level(Some(standing.clone()))
            }
            (_, _) => ty,
        }
    }

    /// `x omregnet til 25-pl efter pl`, `x reguleret efter pl`.
    pub(super) fn converted(
        &mut self,
        expr: ExprId,
        value: ExprId,
        index: IndexId,
        to: Option<i16>,
    ) -> Typed {
        let (ty, show) = self.expr(value);
        let reached = Levels::one(to.map_or(PriceLevel::Current(0), PriceLevel::Of));
        let span = self.model.node(expr).span;
        let problem = match &ty {
            Ty::Unknown | Ty::Zero => return (ty, show),
            Ty::Quantity { unit, level } if has_prices(unit, self.model) => match level {
                Some(levels) => self.on_the_way(span, levels, index, to),
                None if show.weak => None,
                None => Some(LevelProblem::NoLevel { span: self.model.node(value).span }),
            },
            Ty::Quantity { .. } | Ty::Number | Ty::Percent | Ty::Bool | Ty::Date => {
                self.not_money(value, &ty)
            }
            Ty::Text | Ty::OneOf(_) | Ty::Entity(_) | Ty::Nothing => self.not_money(value, &ty),
        };
        let result = (ty.at_level(Some(reached)), Show { decimals: 0, ..show });
        if let Some(problem) = problem {
            self.fail_level(expr, &problem);
        }
        result
    }

    fn not_money(&self, value: ExprId, found: &Ty) -> Option<LevelProblem> {
        let found = super::describe(found, self.model);
        Some(LevelProblem::NotMoney { span: self.model.node(value).span, found })
    }

    /// Walks the index from every level the amount may stand at, as far as the years are known.
    fn on_the_way(
        &self,
        span: Span,
        levels: &Levels,
        index: IndexId,
        to: Option<i16>,
    ) -> Option<LevelProblem> {
        let data = &self.model.indices[index];
        let mut missing = Vec::new();
        for (piece, level) in levels.pieces() {
            if level == PriceLevel::Several {
                return Some(LevelProblem::SeveralYears { span });
            }
            for evaluated in self.years_of(piece, level, to) {
                let from = level.year(evaluated);
                let gaps = from.map(|from| data.path(from, to.unwrap_or(evaluated)));
                missing.extend(gaps.and_then(Result::err).into_iter().flatten());
            }
        }
        missing.sort();
        missing.dedup();
        (!missing.is_empty()).then(|| LevelProblem::YearsMissing {
            span,
            index: data.span,
            name: data.name.clone(),
            kind: data.kind,
            missing,
        })
    }

    /// The years evaluated that a path must be there for: any one where none of its ends depends on the year; those of
    /// a stretch of time with two ends; else none, as nobody can say which years will be asked for.
    fn years_of(&self, piece: Interval, level: PriceLevel, to: Option<i16>) -> Vec<i16> {
        let fixed = matches!(level, PriceLevel::Of(_) | PriceLevel::CurrentOf(_)) && to.is_some();
        if fixed {
            return vec![0];
        }
        let years = |window: &Interval| {
            let time = piece.intersect(*window);
            let ends = time.from.zip(time.last()).filter(|_| !time.is_empty());
            ends.map(|(first, last)| first.year()..=last.year())
        };
        self.window.iter().filter_map(years).flatten().take(MOST_YEARS).collect()
    }

    /// `x i 2024`, `x (året før)`, `x i (år − 1)`: the level as it is seen from the year evaluated.
    pub(super) fn at_time(&mut self, expr: ExprId, value: ExprId, time: &AtTime) -> Typed {
        match time {
            AtTime::Period(period) => {
                let time = Interval::of_period(*period).unwrap_or(Interval::always());
                self.read_in(expr, value, time)
            }
            AtTime::YearBefore => self.read_before(value, 1),
            AtTime::Computed(year) => {
                self.fits(*year, &Ty::Number);
                match self.asked_year(*year) {
                    Some(Asked::Before(years)) => self.read_before(value, years),
                    Some(Asked::Year(year)) => {
                        let time = Interval::of_period(crate::value::Period::Year(year));
                        self.read_in(expr, value, time.unwrap_or(Interval::always()))
                    }
                    None => self.read_sometime(expr, value),
                }
            }
        }
    }

    /// Read in a certain time: the level is that of then.
    fn read_in(&mut self, expr: ExprId, value: ExprId, time: Interval) -> Typed {
        let (ty, show) = self.in_window(time, |checker| checker.expr(value));
        let Some(levels) = ty.level() else { return (ty, show) };
        match joined(&levels.read_in(time)) {
            Some(one) => (ty.at_level(Some(Levels::one(one))), show),
            None => {
                self.uncertain(expr, levels);
                (ty.at_level(None), show)
            }
        }
    }

    /// Carried on from the line before: the level is that of its end.
    pub(super) fn carried_on(&mut self, def: DefId) -> Typed {
        let (ty, show) = self.def(def);
        let first = self.window.first().and_then(|window| window.from);
        let before = first.and_then(|from| Interval::of_period(Period::Day(from.add_days(-1)?)));
        let levels = ty.level().zip(before).map(|(levels, before)| levels.read_in(before));
        match levels.as_deref() {
            Some([one]) => (ty.at_level(Some(Levels::one(*one))), show),
            Some(_) | None => (ty, show),
        }
    }

    /// Read as many years earlier: at each time the level is that of then.
    fn read_before(&mut self, value: ExprId, years: i16) -> Typed {
        let window = self.window.iter().map(|time| years_later(*time, years.saturating_neg())).collect();
        let (ty, show) = self.in_times(window, |checker| checker.expr(value));
        let level = ty.level().map(|levels| levels.seen_later(years));
        (ty.at_level(level), show)
    }

    /// Read in a year that is computed: the level must not depend on which.
    fn read_sometime(&mut self, expr: ExprId, value: ExprId) -> Typed {
        let (ty, show) = self.in_window(Interval::always(), |checker| checker.expr(value));
        let Some(levels) = ty.level() else { return (ty, show) };
        match levels.single() {
            Some(level @ (PriceLevel::Of(_) | PriceLevel::CurrentOf(_))) => {
                (ty.at_level(Some(Levels::one(level))), show)
            }
            Some(PriceLevel::Current(_) | PriceLevel::Several) => {
                (ty.at_level(Some(Levels::one(PriceLevel::Several))), show)
            }
            None => {
                self.uncertain(expr, levels);
                (ty.at_level(None), show)
            }
        }
    }

    fn uncertain(&mut self, expr: ExprId, levels: &Levels) {
        let problem =
            LevelProblem::WhichLevel { span: self.model.node(expr).span, levels: levels_words(levels) };
        self.fail_level(expr, &problem);
    }

    /// The year that is asked for, where it is written or so many years from the year evaluated.
    fn asked_year(&self, year: ExprId) -> Option<Asked> {
        let whole = |expr: ExprId| match &self.model.node(expr).kind {
            NodeKind::Figure { value, .. } => value.to_i64().and_then(|n| i16::try_from(n).ok()),
            _ => None,
        };
        let evaluated = |expr: ExprId| matches!(self.model.node(expr).kind, NodeKind::Year);
        match &self.model.node(year).kind {
            NodeKind::Year => Some(Asked::Before(0)),
            NodeKind::Figure { .. } => whole(year).map(Asked::Year),
            NodeKind::Arith(Arith::Sub, a, b) if evaluated(*a) => whole(*b).map(Asked::Before),
            NodeKind::Arith(Arith::Add, a, b) if evaluated(*a) => {
                whole(*b).map(|years| Asked::Before(years.saturating_neg()))
            }
            _ => None,
        }
    }

    /// `sum af x i 2024-2026`: one level over all the years.
    pub(super) fn summed(&mut self, expr: ExprId, value: ExprId, period: Period) -> Typed {
        let time = Interval::of_period(period).unwrap_or(Interval::always());
        let (ty, show) = self.in_window(time, |checker| checker.expr(value));
        let Some(levels) = ty.level() else { return (ty, show) };
        match joined(&levels.read_in(time)) {
            Some(level) => (ty.at_level(Some(Levels::one(level))), show),
            None => {
                let levels = levels_words(&levels.within(time));
                let span = self.model.node(expr).span;
                self.fail_level(expr, &LevelProblem::Sum { span, levels });
                (ty.at_level(None), show)
            }
        }
    }

    /// Adds what a definition is at some time to its type: the level of that time.
    pub(super) fn alternative_levels(&self, before: &Ty, found: &Ty, times: &[Interval]) -> Option<Ty> {
        let own = found.level().and_then(|levels| levels.only(times));
        let level = match (before.level(), own) {
            (None, own) => own,
            (Some(levels), None) => Some(levels.clone()),
            (Some(levels), Some(own)) => Some(levels.beside(&own)?),
        };
        Some(if *before == Ty::Unknown || !before.is_numeric() {
            found.at_level(level)
        } else {
            before.at_level(level)
        })
    }

    /// The time in which what stands at an alternative may be evaluated, and the times in which it is what holds.
    pub(super) fn times_of(
        &self,
        def: DefId,
        alternative: &Alternative,
        exception: Option<ExceptionId>,
    ) -> (Interval, Vec<Interval>) {
        let window = match exception {
            Some(exception) => alternative.interval.intersect(live_time(self.model, exception)),
            None => alternative.interval,
        };
        if !alternative.otherwise || exception.is_some() {
            return (window, vec![window]);
        }
        let dated = self.model.defs[def].alternatives.iter().filter(|other| !other.otherwise);
        let dated: Vec<Interval> = dated.map(|other| other.interval).collect();
        (window, without(window, &dated))
    }

    /// Reports an amount that must stand at the level of another and does not.
    pub(super) fn other_level(&mut self, expr: ExprId, wanted: &Ty, found: &Ty) {
        let (wanted, found) = (super::describe(wanted, self.model), super::describe(found, self.model));
        let span = self.model.node(expr).span;
        self.fail_level(expr, &LevelProblem::Other { span, wanted, found });
    }

    /// The time a check is about: that of its clause, else of its agreement.
    pub(super) fn check_time(&self, check: CheckId) -> Interval {
        let clause = self.model.checks[check].clause.map(|clause| &self.model.clauses[clause]);
        let agreement = clause.and_then(|clause| clause.agreement).and_then(|i| self.model.agreements.get(i));
        let agreement = agreement.or(self.model.agreements.last()).map(|agreement| agreement.period);
        clause.and_then(|clause| clause.in_force).or(agreement).unwrap_or(Interval::always())
    }

    fn fail_level(&mut self, expr: ExprId, problem: &LevelProblem) {
        self.problems.report(problem);
        self.model.nodes[expr].kind = NodeKind::Invalid;
    }
}

/// Which year a value is asked for in.
enum Asked {
    /// So many years before the one evaluated.
    Before(i16),
    /// A certain year.
    Year(i16),
}

/// More years than any agreement holds in; the path is checked for these.
const MOST_YEARS: usize = 200;

/// Tells whether amounts of a unit follow prices: one kind of money, not per money and not squared.
fn has_prices(unit: &Unit, model: &Model) -> bool {
    let money: Vec<i32> =
        unit.powers().filter(|(base, _)| model.units.is_money(*base)).map(|(_, power)| power).collect();
    money == [1]
}

/// The time in which an exception can be live: that of its bare time or `når år er 2024`, within its outer one.
fn live_time(model: &Model, id: ExceptionId) -> Interval {
    let exception = &model.exceptions[id];
    let own = exception.interval.unwrap_or(Interval::always());
    let year = exception.condition.and_then(|condition| match &model.node(condition).kind {
        NodeKind::Compare(Compare::Eq, a, b) => match (&model.node(*a).kind, &model.node(*b).kind) {
            (NodeKind::Year, NodeKind::Figure { value, .. }) => value.to_i64(),
            (_, _) => None,
        },
        _ => None,
    });
    let year = year.and_then(|year| i16::try_from(year).ok());
    let year = year.and_then(|year| Interval::of_period(crate::value::Period::Year(year)));
    let outer = exception.outer.map_or(Interval::always(), |outer| live_time(model, outer));
    own.intersect(year.unwrap_or(Interval::always())).intersect(outer)
}

/// Returns the level of what may stand at any of some levels.
fn joined(levels: &[PriceLevel]) -> Option<PriceLevel> {
    let (first, rest) = levels.split_first()?;
    rest.iter().try_fold(*first, |all, next| all.join(*next))
}
