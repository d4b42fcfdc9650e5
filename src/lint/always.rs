//! Conditions with a name, and those of exceptions, that are always or never met, whatever is given within what is
//! declared.

use std::collections::BTreeMap;

use super::claims::Claims;
use super::norm_problem::NormProblem;
use super::open::{Opened, Questions, What};
use super::settle::{Part, Question, Required, Settled, asks_something, settle};
use crate::base::Span;
use crate::model::{Body, DefId, DefKind, ExceptionId, ExprId, Model, NodeKind};
use crate::value::Interval;

/// Looks at every condition of the clauses and at those of their exceptions.
pub(super) fn always(required: &Required<'_>, model: &Model, claims: &mut Claims, open: &mut Questions) {
    let grants = grants(model);
    let mut look = Look { required, claims, open };
    for (id, def) in model.defs.iter_enumerated().filter(|(_, def)| def.kind == DefKind::Condition) {
        let in_force = model.clauses[def.clause].in_force.unwrap_or(Interval::always());
        let own = def.alternatives.iter().map(|line| (line, None));
        let restated = def.exceptions.iter().map(|(at, line)| (line, Some(*at)));
        for (line, exception) in own.chain(restated) {
            let around = live(model, exception);
            let time = exception.map_or(Interval::always(), |at| model.exception_time(at));
            let within = exception.filter(|_| !around.is_empty());
            let within = within.map(|at| model.exceptions[at].name.clone());
            let Body::Expr(body) = line.body else { continue };
            // What another name stands for is told of there.
            if matches!(model.node(body).kind, NodeKind::Def(_)) {
                continue;
            }
            let (name, time) = (Some(def.name.clone()), time.intersect(in_force).intersect(line.interval));
            // A line that another may stand in for says nothing of a grant at all times.
            let only = model.only_body(id).is_some() && def.exceptions.is_empty();
            let grants = grants.get(&id).filter(|_| only).cloned().unwrap_or_default();
            let claim = move |always: bool, span: Span| match always {
                true => NormProblem::AlwaysTrue { span, name, within, grants },
                false => NormProblem::NeverTrue { span, name, within, grants },
            };
            look.condition((body, &around), time, (true, claim));
        }
    }
    in_vain(&mut look, model);
    for (id, exception) in model.exceptions.iter_enumerated() {
        let Some(condition) = exception.condition.filter(|_| !exception.reads_itself) else { continue };
        let around: Vec<ExprId> = std::iter::successors(exception.outer, |at| model.exceptions[*at].outer)
            .filter_map(|at| model.exceptions[at].condition)
            .collect();
        let name = exception.name.clone();
        let claim = move |_: bool, span: Span| NormProblem::AlwaysExcepted { span, name };
        look.condition((condition, &around), time(model, id), (false, claim));
    }
}

/// What is met where a line of an exception is read.
fn live(model: &Model, exception: Option<ExceptionId>) -> Vec<ExprId> {
    let around = std::iter::successors(exception, |at| model.exceptions[*at].outer);
    let readable = around.map(|at| &model.exceptions[at]).filter(|data| !data.reads_itself);
    readable.filter_map(|data| data.condition).collect()
}

/// What no data can meet is required of all of them in vain.
fn in_vain(look: &mut Look<'_>, model: &Model) {
    for requirement in &model.requirements {
        let span = model.node(requirement.condition).span;
        let question = Question { parts: vec![Part::met(requirement.condition)], ..Question::default() };
        let asked = asks_something(model, requirement.condition) && !requirement.interval.is_empty();
        let never = asked && matches!(settle(look.required, &question, requirement.interval), Settled::Never);
        let claim =
            never.then_some(NormProblem::NeverTrue { span, name: None, within: None, grants: Vec::new() });
        look.claims.note(span, "never", claim);
    }
}

/// When an exception can be live, as far as written dates say.
fn time(model: &Model, id: ExceptionId) -> Interval {
    let in_force = model.clauses[model.exceptions[id].clause].in_force.unwrap_or(Interval::always());
    model.exception_time(id).intersect(in_force)
}

/// Where grants are conditional on each condition with a name, and whether on nothing else.
fn grants(model: &Model) -> BTreeMap<DefId, Vec<(Span, bool)>> {
    let mut all: BTreeMap<DefId, Vec<(Span, bool)>> = BTreeMap::new();
    for node in model.nodes.iter() {
        let NodeKind::Grant { conditions, .. } = &node.kind else { continue };
        for condition in conditions {
            if let NodeKind::Def(def) = model.node(*condition).kind {
                all.entry(def).or_default().push((model.node(*condition).span, conditions.len() == 1));
            }
        }
    }
    all
}

struct Look<'a> {
    required: &'a Required<'a>,
    claims: &'a mut Claims,
    open: &'a mut Questions,
}

impl Look<'_> {
    /// `never`: whether that a condition is never met is told here too.
    fn condition(
        &mut self,
        (condition, around): (ExprId, &[ExprId]),
        time: Interval,
        (never_too, claim): (bool, impl FnOnce(bool, Span) -> NormProblem + Clone),
    ) {
        let model = self.required.model();
        if !asks_something(model, condition) || time.is_empty() {
            return;
        }
        let span = model.node(condition).span;
        let guards: Vec<Part> = around.iter().map(|outer| Part::met(*outer)).collect();
        let mut can = |part: Option<Part>| {
            let parts = guards.iter().cloned().chain(part).collect();
            match settle(self.required, &Question { parts, ..Question::default() }, time) {
                Settled::Never => false,
                Settled::Shown(_) => true,
                Settled::Open(why) => {
                    self.open.leave(Opened { span, what: What::Condition, why });
                    true
                }
            }
        };
        let (met, unmet) = (can(Some(Part::met(condition))), can(Some(Part::unmet(vec![condition]))));
        let (never, always) = (!met && unmet && never_too, !unmet && met);
        let said = claim.clone();
        self.claims.note(span, "never", never.then(|| said(false, span)));
        self.claims.note(span, "always", always.then(|| claim(true, span)));
    }
}
