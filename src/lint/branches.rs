//! Conditions within lines: branches of `hvis` that are never reached, selections that take nobody or everybody, and
//! grants that can never be paid or never lapse. What must be so where a condition is read counts, as far as it is about
//! the same one at the same moment.

use std::collections::BTreeSet;

use super::claims::Claims;
use super::norm_problem::NormProblem;
use super::open::{Opened, Questions, What};
use super::settle::{Part, Question, Required, Settled, asks_something, settle};
use crate::base::Span;
use crate::model::{Body, DefId, DefKind, ExceptionId, ExprId, KeyTest, Model, NodeKind, Selection, TableId};
use crate::value::Interval;

/// Looks at every line of every definition.
pub(super) fn branches(required: &Required<'_>, model: &Model, claims: &mut Claims, open: &mut Questions) {
    let mut look = Look { model, required, claims, open, seen: BTreeSet::new() };
    for (id, def) in model.defs.iter_enumerated() {
        let in_force = model.clauses[def.clause].in_force.unwrap_or(Interval::always());
        for line in &def.alternatives {
            look.line(id, line.body, in_force.intersect(line.interval), &live(model, def.local_to));
        }
        for (at, line) in &def.exceptions {
            let time = in_force.intersect(line.interval).intersect(model.exception_time(*at));
            look.line(id, line.body, time, &live(model, Some(*at)));
        }
    }
}

/// What is met where a line of an exception is read.
fn live(model: &Model, exception: Option<ExceptionId>) -> Vec<Part> {
    let around = std::iter::successors(exception, |at| model.exceptions[*at].outer);
    let readable = around.map(|at| &model.exceptions[at]).filter(|data| !data.reads_itself);
    readable.filter_map(|data| data.condition).map(Part::met).collect()
}

struct Look<'a> {
    model: &'a Model,
    required: &'a Required<'a>,
    claims: &'a mut Claims,
    open: &'a mut Questions,
    /// Selections are looked at once, wherever they are read from.
    seen: BTreeSet<ExprId>,
}

/// What is known where an expression is read.
#[derive(Clone)]
struct Place {
    def: DefId,
    time: Interval,
    guards: Vec<Part>,
}

impl Place {
    fn with(&self, part: Part) -> Place {
        let mut place = self.clone();
        place.guards.push(part);
        place
    }
    /// Elsewhere: for another, or at another moment.
    fn apart(&self) -> Place {
        Place { def: self.def, time: Interval::always(), guards: Vec::new() }
    }
}

impl Look<'_> {
    fn line(&mut self, def: DefId, body: Body, time: Interval, guards: &[Part]) {
        let Body::Expr(body) = body else { return };
        if !time.is_empty() {
            self.walk(&Place { def, time, guards: guards.to_vec() }, body);
        }
    }

    fn settle(&self, at: &Place, parts: impl IntoIterator<Item = Part>) -> Settled {
        let parts = at.guards.iter().cloned().chain(parts).collect();
        settle(self.required, &Question { parts, ..Question::default() }, at.time)
    }

    /// Tells whether what is asked can never be where it is asked, though the place itself can be reached.
    fn never(&mut self, at: &Place, parts: &[Part], (span, what): (Span, What)) -> bool {
        // That of one condition with a name is asked where it is defined.
        let known = matches!(parts, [part] if at.guards.is_empty()
            && matches!(part.all.as_slice(), [one] if is_condition(self.model, *one)));
        match self.settle(at, parts.iter().cloned()) {
            Settled::Never => !matches!(self.settle(at, []), Settled::Never),
            Settled::Shown(_) => false,
            Settled::Open(why) => {
                if !known {
                    self.open.leave(Opened { span, what, why });
                }
                false
            }
        }
    }

    fn walk(&mut self, at: &Place, expr: ExprId) {
        let model = self.model;
        match &model.node(expr).kind {
            NodeKind::If(condition, then, otherwise) => self.choice(at, *condition, (*then, *otherwise)),
            NodeKind::Grant { full, conditions, otherwise } => {
                self.grant(at, expr, conditions);
                conditions.iter().for_each(|condition| self.walk(at, *condition));
                self.walk(&at.with(all_met(conditions)), *full);
                let lapsed = at.with(Part::unmet(conditions.clone()));
                otherwise.iter().for_each(|amount| self.walk(&lapsed, *amount));
            }
            // The results of a table are looked at with the first of them.
            NodeKind::Lookup { table, column: 0, keys } => self.rows(at, *table, keys),
            NodeKind::Lookup { .. } => {}
            NodeKind::Aggregate { of, set, weight, if_none, .. } => {
                if_none.iter().for_each(|x| self.walk(at, *x));
                self.selected(at, set, of.iter().chain(weight).copied());
            }
            NodeKind::Quantified { condition: of, set, .. } | NodeKind::Rank { of, set, .. } => {
                self.selected(at, set, [*of]);
            }
            NodeKind::Share(share) => {
                self.walk(at, share.pool);
                self.selected(at, &share.set, share.key);
            }
            NodeKind::At(inner, _) | NodeKind::SumOver(inner, _) | NodeKind::ForEntity(inner, ..) => {
                self.walk(&at.apart(), *inner);
            }
            NodeKind::Of { owner, value, .. } => {
                self.walk(at, *owner);
                self.walk(&at.apart(), *value);
            }
            NodeKind::Duty(terms) => {
                if let Some(condition) = terms.only_if {
                    self.duty(at, condition);
                }
                terms.children().into_iter().for_each(|child| self.walk(at, child));
            }
            _ => {
                let inner = model.node(expr).children(&model.tables);
                inner.into_iter().for_each(|child| self.walk(at, child));
            }
        }
    }

    fn choice(&mut self, at: &Place, condition: ExprId, (then, otherwise): (ExprId, ExprId)) {
        let model = self.model;
        self.walk(at, condition);
        let (met, unmet) = (Part::met(condition), Part::unmet(vec![condition]));
        let asked = asks_something(model, condition);
        for (branch, part, chosen) in [(then, met, true), (otherwise, unmet, false)] {
            let (span, cause) = (model.node(branch).span, model.node(condition).span);
            let dead = asked && self.never(at, std::slice::from_ref(&part), (cause, What::Branch));
            self.claims.note(span, "branch", dead.then_some(NormProblem::DeadBranch { span, cause, chosen }));
            if !dead {
                self.walk(&at.with(part), branch);
            }
        }
    }

    fn grant(&mut self, at: &Place, expr: ExprId, conditions: &[ExprId]) {
        let model = self.model;
        let asked = conditions.iter().any(|condition| asks_something(model, *condition));
        let span = model.node(expr).span;
        let name = model.defs[at.def].name.clone();
        let met = all_met(conditions);
        let never = asked && self.never(at, std::slice::from_ref(&met), (span, What::Grant));
        let told = never && conditions.iter().any(|one| self.is_told(*one, "never"));
        let claim = (never && !told).then(|| {
            let each = conditions.iter().map(|one| Part::met(*one)).collect();
            let (around, causes) = self.causes(at, each);
            NormProblem::NeverPaid { span, name: name.clone(), causes, around }
        });
        self.claims.note(span, "paid", claim);
        let unmet = Part::unmet(conditions.to_vec());
        let always = asked && self.never(at, std::slice::from_ref(&unmet), (span, What::Grant));
        let told = always && conditions.iter().all(|one| self.is_told(*one, "always"));
        let claim = (always && !told).then(|| {
            let (around, _) = self.causes(at, vec![unmet]);
            let causes = conditions.iter().map(|condition| model.node(*condition).span).collect();
            NormProblem::NeverLapses { span, name, causes, around }
        });
        self.claims.note(span, "lapses", claim);
    }

    /// Tells whether it is told of a condition with a name, at its own line, that it is never or always met.
    fn is_told(&self, condition: ExprId, asked: &'static str) -> bool {
        let line = is_condition(self.model, condition).then(|| line_of(self.model, condition)).flatten();
        line.is_some_and(|line| self.claims.makes(self.model.node(line).span, asked))
    }

    /// Of what must be so around a place, and of some parts, those without which it could be: what stands around first,
    /// so that it is not named where the parts alone rule it out.
    fn causes(&self, at: &Place, parts: Vec<Part>) -> (Vec<(Span, bool)>, Vec<Span>) {
        let around = at.guards.len();
        let mut kept: Vec<(usize, Part)> = at.guards.iter().cloned().chain(parts).enumerate().collect();
        let mut place = 0;
        while place < kept.len() {
            let without = kept.iter().enumerate().filter(|(other, _)| *other != place);
            let parts = without.map(|(_, (_, part))| part.clone()).collect();
            let question = Question { parts, ..Question::default() };
            match settle(self.required, &question, at.time) {
                Settled::Never => drop(kept.remove(place)),
                Settled::Shown(_) | Settled::Open(_) => place += 1,
            }
        }
        let spans = |part: &Part| part.all.iter().map(|one| self.model.node(*one).span).collect::<Vec<_>>();
        let (outer, inner): (Vec<_>, Vec<_>) = kept.iter().partition(|(at, _)| *at < around);
        let outer =
            outer.into_iter().flat_map(|(_, part)| spans(part).into_iter().map(|at| (at, part.holds)));
        (outer.collect(), inner.into_iter().flat_map(|(_, part)| spans(part)).collect())
    }

    /// Whether there is a duty at all.
    fn duty(&mut self, at: &Place, condition: ExprId) {
        if !asks_something(self.model, condition) {
            return;
        }
        let span = self.model.node(condition).span;
        let (met, unmet) = ([Part::met(condition)], [Part::unmet(vec![condition])]);
        let never = self.never(at, &met, (span, What::Condition));
        let always = self.never(at, &unmet, (span, What::Condition));
        self.claims.note(
            span,
            "never",
            never.then_some(NormProblem::NeverTrue { span, name: None, within: None, grants: vec![] }),
        );
        self.claims.note(
            span,
            "always",
            always.then_some(NormProblem::AlwaysTrue { span, name: None, within: None, grants: vec![] }),
        );
    }

    /// What is read of each that is selected.
    fn selected(&mut self, at: &Place, set: &Selection, inner: impl IntoIterator<Item = ExprId>) {
        let place = at.apart();
        let within = set.filter.map_or(place.clone(), |filter| place.with(Part::met(filter)));
        if let Some(filter) = set.filter
            && self.seen.insert(filter)
            && asks_something(self.model, filter)
        {
            self.filter(&place, filter);
        }
        inner.into_iter().for_each(|x| self.walk(&within, x));
    }

    fn filter(&mut self, at: &Place, filter: ExprId) {
        let span = self.model.node(filter).span;
        let never = self.never(at, &[Part::met(filter)], (span, What::Condition));
        let always = self.never(at, &[Part::unmet(vec![filter])], (span, What::Condition));
        self.claims.note(span, "nobody", never.then_some(NormProblem::Selects { span, everybody: false }));
        self.claims.note(span, "everybody", always.then_some(NormProblem::Selects { span, everybody: true }));
    }

    /// What a row gives is read where its condition holds.
    fn rows(&mut self, at: &Place, table: TableId, keys: &[ExprId]) {
        keys.iter().for_each(|key| self.walk(at, *key));
        for row in &self.model.tables[table].rows {
            let held = match row.tests.as_slice() {
                [KeyTest::Condition(condition)] => at.with(Part::met(*condition)),
                _ => at.clone(),
            };
            row.stated().into_iter().for_each(|result| self.walk(&held, result));
        }
    }
}

/// Tells whether an expression is the name of a condition.
fn is_condition(model: &Model, expr: ExprId) -> bool {
    matches!(model.node(expr).kind, NodeKind::Def(def) if model.defs[def].kind == DefKind::Condition)
}

/// Where a condition with a name is stated, where that is one line; what another name stands for is stated there.
fn line_of(model: &Model, mut expr: ExprId) -> Option<ExprId> {
    for _ in 0..DEEPEST {
        match model.node(expr).kind {
            NodeKind::Def(def) => expr = model.only_body(def)?,
            _ => return Some(expr),
        }
    }
    None
}

/// How many names are looked through.
const DEEPEST: usize = 20;

fn all_met(conditions: &[ExprId]) -> Part {
    Part { holds: true, ..Part::unmet(conditions.to_vec()) }
}
