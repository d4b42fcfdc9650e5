//! One node: what it reads, and what it makes of it.

use super::aggregate::Aggregated;
use super::machine::Machine;
use super::outcome::meet;
use super::{At, Bounds, Detail, Missing, MissingWhat, Outcome, Reason, RunProblem, StepId, Value};
use crate::facts::{Datum, Moment};
use crate::model::{AtTime, ExprId, KindId, NodeKind};
use crate::value::Number;

/// What a node came to.
pub(super) type Evaluated = (Outcome, Vec<StepId>, Detail);

/// A node that read some steps and has nothing more to tell.
pub(super) fn plain(outcome: Outcome, inputs: Vec<StepId>) -> Evaluated {
    (outcome, inputs, Detail::Plain)
}

impl Machine<'_> {
    /// Evaluates one node.
    pub(super) fn node(&mut self, expr: ExprId, at: At) -> Evaluated {
        let model = self.model;
        let node = model.node(expr);
        match &node.kind {
            NodeKind::Figure { value, status } => {
                let value = Value { datum: Datum::Number(value.clone()), status: *status };
                plain(Outcome::Value(value), vec![])
            }
            NodeKind::Bool(truth) => plain(Outcome::truth(*truth), vec![]),
            NodeKind::Text(text) => plain(Outcome::of(Datum::Text(text.clone())), vec![]),
            NodeKind::Date(date) => plain(Outcome::of(Datum::Date(*date)), vec![]),
            NodeKind::Nothing => plain(Outcome::of(Datum::Nothing), vec![]),
            NodeKind::Year => plain(Outcome::number(Number::from_i64(i64::from(at.moment.year()))), vec![]),
            NodeKind::Day => plain(self.day(expr, at), vec![]),
            NodeKind::Def(def) => {
                let step = self.def(*def, at);
                plain(self.outcome(step).clone(), vec![step])
            }
            NodeKind::Fact(fact) => self.fact(*fact, at),
            NodeKind::Former(def, below) => self.former(*def, *below, at),
            NodeKind::FormerFact(fact, below) => self.former_fact(*fact, *below, at),
            NodeKind::FormerCell(table, row, column, below) => {
                self.former_cell(expr, (*table, *row, *column), *below, at)
            }
            NodeKind::Unknown(_) => plain(self.stated_unknown(expr, at), vec![]),
            NodeKind::DoesNotApply(_) => plain(Outcome::DoesNotApply(Reason::Stated(expr)), vec![]),
            NodeKind::Invalid => plain(Outcome::error(RunProblem::Invalid { span: node.span }), vec![]),
            NodeKind::Negate(x) => self.negate(*x, at),
            NodeKind::Arith(op, left, right) => self.arith(expr, *op, *left, *right, at),
            NodeKind::DivideOr(over, under, fallback) => self.divide_or(expr, *over, *under, *fallback, at),
            NodeKind::Scaled(value, raised, by) => self.scaled(*value, *raised, *by, at),
            NodeKind::AsPercentOf(value, whole) => self.as_percent(expr, *value, *whole, at),
            NodeKind::Round(value, step, mode) => self.round(*value, step, *mode, at),
            NodeKind::Limit(value, at_most, limit) => self.limit(*value, *at_most, *limit, at),
            NodeKind::Extreme(largest, all) => self.extreme(*largest, all, at),
            NodeKind::Restated(x) | NodeKind::Nominal(x) => self.passed_on(*x, at),
            NodeKind::Compare(op, left, right) => self.compare(*op, *left, *right, at),
            NodeKind::Approx(left, right, step) => self.approx(*left, *right, step, at),
            NodeKind::Between(value, low, high) => self.between(*value, *low, *high, at),
            NodeKind::IsOneOf(value, all) => self.is_one_of(*value, all, at),
            NodeKind::IsNone(value, negated) => self.is_none(*value, *negated, at),
            NodeKind::Not(x) => self.not(*x, at),
            NodeKind::And(all) => self.both(all, false, at),
            NodeKind::AllMet(all) => self.all_met(all, at),
            NodeKind::Or(all) => self.both(all, true, at),
            NodeKind::CountMet(all) => self.count_met(all, at),
            NodeKind::If(condition, then, otherwise) => self.branch(*condition, *then, *otherwise, at),
            NodeKind::Grant { full, conditions, otherwise } => {
                self.grant(expr, *full, conditions, *otherwise, at)
            }
            NodeKind::Lookup { table, column, keys } => self.lookup(expr, *table, *column, keys, at),
            NodeKind::EachRound(value, rounding) => self.round(*value, &rounding.step, rounding.mode, at),
            NodeKind::Rest(whole, parts) => self.rest(expr, *whole, parts, at),
            NodeKind::Cell(read) => self.cell(read, at),
            NodeKind::IndexFigure(index, from, to) => self.index_figure(expr, *index, (*from, *to)),
            NodeKind::Scale { table, base } => self.scale(expr, *table, *base, at),
            NodeKind::Converted { value, index, .. } => self.converted(expr, *value, *index, at),
            NodeKind::Share(distribution) => self.share(expr, distribution, at),
            NodeKind::Entity(kind, _) => plain(self.entity_itself(*kind, at), vec![]),
            NodeKind::Of { owner, kind, value } => self.of(expr, *owner, *kind, *value, at),
            NodeKind::Quantified { condition, at_least, set } => {
                self.quantified(expr, *condition, at_least.as_ref(), set, at)
            }
            NodeKind::Aggregate { op, of, set, weight, if_none } => {
                let parts = Aggregated { op: *op, of: *of, set, weight: *weight, if_none: *if_none };
                self.aggregate(expr, &parts, at)
            }
            NodeKind::Rank { of, set, largest_first } => self.rank(expr, *of, set, *largest_first, at),
            NodeKind::SumOver(of, period) => self.sum_over(expr, *of, *period, at),
            NodeKind::DateSpan(unit, from, to) => self.date_span(*unit, *from, *to, at),
            NodeKind::Shift { date, by, forward, missing } => {
                self.shift(expr, (*date, *by), *forward, *missing, at)
            }
            NodeKind::Duty(terms) => self.duty(expr, terms, at),
            NodeKind::CarriedOn(def) => self.carried_on(expr, *def, at),
            NodeKind::PerYear(value, years) => self.per_year(*value, *years, at),
            NodeKind::At(value, time) => self.at_time(expr, *value, time, at),
            NodeKind::ForEntity(value, kind, name) => self.for_entity(expr, *value, *kind, name, at),
        }
    }

    /// `dag` needs a date to be asked about.
    fn day(&self, expr: ExprId, at: At) -> Outcome {
        match at.moment {
            Moment::Day(date) => Outcome::of(Datum::Date(date)),
            Moment::Year(_) | Moment::Quarter(..) | Moment::Month(..) => {
                Outcome::error(RunProblem::NoDay { span: self.model.node(expr).span, moment: at.moment })
            }
        }
    }

    fn stated_unknown(&self, expr: ExprId, at: At) -> Outcome {
        let missing = Missing { what: MissingWhat::Entity(expr), entity: at.entity, moment: at.moment };
        Outcome::missing(missing, Bounds::open())
    }

    fn passed_on(&mut self, value: ExprId, at: At) -> Evaluated {
        let step = self.expr(value, at);
        plain(self.outcome(step).clone(), vec![step])
    }

    fn at_time(&mut self, expr: ExprId, value: ExprId, time: &AtTime, at: At) -> Evaluated {
        let mut inputs = Vec::new();
        let moment = match time {
            AtTime::YearBefore => at.moment.year_before(),
            AtTime::Period(period) => Moment::of_period(*period),
            AtTime::Computed(year) => {
                let step = self.expr(*year, at);
                inputs.push(step);
                if let Some(state) = meet([self.outcome(step)]) {
                    return plain(state, inputs);
                }
                self.outcome(step)
                    .as_number()
                    .and_then(Number::to_i64)
                    .and_then(|year| i16::try_from(year).ok().and_then(|year| at.moment.in_year(year)))
            }
        };
        let Some(moment) = moment else {
            let problem = RunProblem::OutsideCalendar { span: self.model.node(expr).span };
            return plain(Outcome::error(problem), inputs);
        };
        let step = self.expr(value, At { moment, ..at });
        inputs.push(step);
        let outcome = self.without_opening(value, step, moment).unwrap_or(self.outcome(step).clone());
        plain(outcome, inputs)
    }

    /// A definition that builds on its own earlier values must reach one that is stated.
    fn without_opening(&self, value: ExprId, step: StepId, moment: Moment) -> Option<Outcome> {
        let NodeKind::Def(def) = &self.model.node(value).kind else { return None };
        let lacks = *self.outcome(step) == Outcome::DoesNotApply(Reason::NotInForce(*def));
        (lacks && self.is_open(*def)).then(|| {
            let (span, name) = (self.model.node(value).span, self.model.full_name(*def));
            Outcome::error(RunProblem::NoOpening { span, name, moment: Some(moment) })
        })
    }

    fn for_entity(&mut self, expr: ExprId, value: ExprId, kind: KindId, name: &str, at: At) -> Evaluated {
        let Some(entity) = self.facts.find(kind, name) else {
            let missing = Missing { what: MissingWhat::Entity(expr), entity: None, moment: at.moment };
            return plain(Outcome::missing(missing, Bounds::open()), vec![]);
        };
        let place = self.inside(at, entity);
        let step = self.expr(value, place);
        plain(self.outcome(step).clone(), vec![step])
    }
}
