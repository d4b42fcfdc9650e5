//! Steps of arithmetic, truths, choices and dates, each in the words of the format.

use serde_json::{Value, json};

use super::scribe::{Line, Scribe};
use super::value::{moment, number};
use crate::eval::{Detail, Outcome, Step, StepId, conversion_years};
use crate::facts::Moment;
use crate::model::{Arith, AtTime, Compare, DutyTerms, ExprId, IndexId, IndexKind, NodeKind, SpanUnit};
use crate::value::{Date, MissingDay, Number, RoundMode};

impl Scribe<'_> {
    /// What a step computes; `None` where that cannot be redone from what it read, since something is not known.
    pub(super) fn computed(&self, step: &Step, expr: ExprId) -> Option<Line> {
        let of = step.inputs.as_slice();
        let line = |op| Some(Line::new(op, of));
        match &self.answer.plan.model.node(expr).kind {
            NodeKind::Figure { .. } | NodeKind::Bool(_) | NodeKind::Text(_) | NodeKind::Date(_) => {
                line("figure")
            }
            NodeKind::Nothing => line("figure"),
            NodeKind::Year | NodeKind::Day => line("time"),
            NodeKind::Entity(..) => line("who"),
            NodeKind::Unknown(_) | NodeKind::DoesNotApply(_) => line("stated"),
            NodeKind::Invalid | NodeKind::Fact(_) | NodeKind::FormerFact(..) => Some(self.state(step)),
            NodeKind::Def(_) | NodeKind::Restated(_) | NodeKind::Nominal(_) => self.taken(step, 0, "owner"),
            NodeKind::Former(..) | NodeKind::FormerCell(..) => self.taken(step, 0, "carried"),
            NodeKind::CarriedOn(_) | NodeKind::IndexFigure(..) => self.taken(step, 0, "carried"),
            NodeKind::ForEntity(..) | NodeKind::At(_, AtTime::Period(_) | AtTime::YearBefore) => {
                self.taken(step, 0, "time")
            }
            NodeKind::At(_, AtTime::Computed(_)) => self.taken(step, 1, "time"),
            NodeKind::Of { .. } => self.taken(step, 1, "owner"),
            NodeKind::Negate(_) => line("negate"),
            NodeKind::Not(_) => line("not"),
            NodeKind::Arith(op, ..) => line(arith(*op)),
            NodeKind::AsPercentOf(..) => line("divide"),
            NodeKind::Scaled(_, raised, _) => line(if *raised { "raise" } else { "lower" }),
            NodeKind::Compare(op, ..) => Some(Line::new("compare", of).with("sign", sign(*op))),
            NodeKind::Approx(_, _, unit) => Some(Line::new("roughly", of).with("step", number(unit))),
            NodeKind::And(_) => line("and"),
            NodeKind::Or(_) => line("or"),
            NodeKind::CountMet(_) => line("count_met"),
            NodeKind::AllMet(_) => Some(Line::new("all_met", of).with("ended", self.ended(of))),
            NodeKind::Between(..) => line("between"),
            NodeKind::IsOneOf(..) => line("one_of"),
            NodeKind::IsNone(_, negated) => Some(Line::new("is_none", of).with("negated", *negated)),
            NodeKind::If(..) => self.branch(step),
            NodeKind::DivideOr(..) => self.divide_or(step),
            NodeKind::PerYear(_, years) => Some(Line::new("per_year", of).with("years", *years)),
            NodeKind::Extreme(largest, _) => line(if *largest { "largest" } else { "smallest" }),
            NodeKind::Round(_, to, mode) => Some(self.rounded(step, to, *mode)),
            NodeKind::EachRound(_, rounding) => Some(self.rounded(step, &rounding.step, rounding.mode)),
            NodeKind::Limit(_, at_most, _) => Some(limited(step, *at_most)),
            NodeKind::Rest(..) => line("rest"),
            NodeKind::Grant { conditions, .. } => self.grant(step, conditions.len()),
            NodeKind::DateSpan(unit, ..) => line(span(*unit)),
            NodeKind::Shift { forward, missing, .. } => {
                let line = Line::new("move_months", of).with("forward", *forward);
                Some(line.with("missing_day", missing_day(*missing)))
            }
            NodeKind::Duty(terms) => self.duty(step, terms),
            NodeKind::Converted { index, .. } => self.converted(step, expr, *index),
            NodeKind::SumOver(..) => self.sum_over(step),
            NodeKind::Cell(_) => self.taken(step, 0, "cell"),
            NodeKind::Lookup { table, column, keys } => self.look_up(step, *table, *column, keys),
            NodeKind::Scale { .. } => self.scale(step),
            NodeKind::Share(distribution) => self.share(step, expr, distribution),
            NodeKind::Aggregate { op, weight, .. } => self.over(step, *op, weight.is_some()),
            NodeKind::Quantified { at_least, .. } => self.for_several(step, at_least.as_ref()),
            NodeKind::Rank { largest_first, .. } => self.rank(step, *largest_first),
        }
    }

    fn branch(&self, step: &Step) -> Option<Line> {
        let Detail::Branch(truth) = step.detail else { return None };
        Some(self.taken(step, 1, "branch")?.with("branch", truth))
    }

    fn divide_or(&self, step: &Step) -> Option<Line> {
        match step.detail {
            Detail::Branch(true) => Some(Line::new("divide", &step.inputs)),
            Detail::Branch(false) => self.taken(step, 1, "fallback"),
            _ => None,
        }
    }

    /// A rounding, with what it added or took.
    fn rounded(&self, step: &Step, to: &Number, mode: RoundMode) -> Line {
        let line = Line::new("round", &step.inputs).with("step", number(to)).with("mode", self::mode(mode));
        match (&step.detail, step.outcome.as_number()) {
            (Detail::Rounded { before }, Some(after)) => line.with("residual", number(&after.sub(before))),
            (_, _) => line,
        }
    }

    fn grant(&self, step: &Step, conditions: usize) -> Option<Line> {
        let Detail::Branch(paid) = step.detail else { return None };
        let line = Line::new("grant", &step.inputs).with("conditions", conditions).with("paid", paid);
        Some(line.with("ended", self.ended(step.inputs.get(..conditions)?)))
    }

    fn sum_over(&self, step: &Step) -> Option<Line> {
        let Detail::Years(parts) = &step.detail else { return None };
        let periods: Vec<String> = parts.iter().map(|(period, _)| period.print(self.words.lang)).collect();
        Some(Line::new("sum_over", &step.inputs).with("periods", periods))
    }

    fn converted(&self, step: &Step, expr: ExprId, index: IndexId) -> Option<Line> {
        let model = &self.answer.plan.model;
        let (from, to) = conversion_years(model, expr, step.at)?;
        let data = &model.indices[index];
        let line = Line::new("convert", &step.inputs).with("index", data.name.clone());
        let line = line.with("from", from).with("to", to).with("back", to < from);
        Some(line.with(
            "kind",
            match data.kind {
                IndexKind::Steps => "steps",
                IndexKind::Points => "points",
            },
        ))
    }

    /// The status of a duty; where something is not known there may be several, and nothing is written of it.
    fn duty(&self, step: &Step, terms: &DutyTerms) -> Option<Line> {
        let settled = self.are_values(&step.inputs) && matches!(step.outcome, Outcome::Value(_));
        let day = step.at.moment.interval()?.last().unwrap_or(Date::LAST);
        let parts = [("only_if", terms.only_if), ("deadline", terms.deadline), ("met", terms.met)];
        let mut inputs = step.inputs.iter();
        let mut line = Line::new("duty", &step.inputs).with("day", moment(Moment::Day(day)));
        for (name, _) in parts.into_iter().filter(|(_, part)| part.is_some()) {
            line = line.with(name, self.place(*inputs.next()?));
        }
        settled.then_some(line)
    }

    /// Tells whether steps all have a value.
    pub(super) fn are_values(&self, all: &[StepId]) -> bool {
        all.iter().all(|id| matches!(self.outcome(*id), Outcome::Value(_)))
    }
}

fn limited(step: &Step, at_most: bool) -> Line {
    let line = Line::new(if at_most { "at_most" } else { "at_least" }, &step.inputs);
    match step.detail {
        Detail::Limited(bound) => line.with("bound", json!(bound)),
        _ => line,
    }
}

fn arith(op: Arith) -> &'static str {
    match op {
        Arith::Add => "add",
        Arith::Sub => "subtract",
        Arith::Mul | Arith::Of => "multiply",
        Arith::Div => "divide",
    }
}

fn sign(op: Compare) -> Value {
    let sign = match op {
        Compare::Eq => "=",
        Compare::Ne => "≠",
        Compare::Lt => "<",
        Compare::Le => "≤",
        Compare::Gt => ">",
        Compare::Ge => "≥",
    };
    sign.into()
}

/// The word of a way to round.
pub(super) fn mode(mode: RoundMode) -> &'static str {
    match mode {
        RoundMode::Nearest => "nearest",
        RoundMode::Up => "up",
        RoundMode::Down => "down",
        RoundMode::TowardsZero => "towards_zero",
        RoundMode::HalfEven => "half_even",
    }
}

fn span(unit: SpanUnit) -> &'static str {
    match unit {
        SpanUnit::Days => "days_between",
        SpanUnit::WholeMonths => "months_between",
        SpanUnit::WholeYears => "years_between",
    }
}

fn missing_day(missing: MissingDay) -> &'static str {
    match missing {
        MissingDay::Refuse => "error",
        MissingDay::LastOfMonth => "last",
        MissingDay::FirstOfNext => "next",
    }
}
