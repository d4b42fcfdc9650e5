//! Divisions that can meet zero: what is divided by can be 0 for all that is declared, and nothing around rules it out.

use std::collections::{BTreeMap, BTreeSet};

use super::MoneyProblem;
use super::columns::{Sample, Value};
use super::conditions::{Reader, Subject, Subjects, resolved};
use super::forms::{FormId, Forms};
use super::open::{Opened, Questions, What};
use super::ranges::bounds;
use super::reached::Reached;
use super::settle::{Why, always_required};
use super::sweep::{Asked, sweep};
use super::worth::alike;
use crate::base::Span;
use crate::diag::Problems;
use crate::model::{
    Aggregate, Alternative, Arith, Body, Compare, DefId, ExceptionId, ExprId, FactId, KeyTest, Model,
    NodeKind, Requirement, Selection, TableId,
};
use crate::value::{Bounds, Interval, Number};

/// Looks at every division: of definitions, of the conditions of exceptions, and of requirements. Checks are run, and tell
/// by themselves what they come to or lack.
pub(super) fn zero(model: &Model, open: &mut Questions, problems: &mut Problems) {
    let mut look = Look { model, paid: paid(model), told: BTreeSet::new(), open, problems };
    for (id, def) in model.defs.iter_enumerated() {
        for line in &def.alternatives {
            let unless: Vec<Guard> =
                def.exceptions.iter().filter_map(|at| replaced(model, at, line)).collect();
            look.line(id, line, &unless);
        }
        for (at, line) in &def.exceptions {
            let around: Vec<ExceptionId> =
                std::iter::successors(Some(*at), |at| model.exceptions[*at].outer).collect();
            // Which of several exceptions goes before this one is not looked into; any may rule something out.
            let others = def.exceptions.iter().filter(|(other, _)| !around.contains(other));
            let others =
                others.filter_map(|(other, _)| model.exceptions[*other].condition).map(Guard::unread);
            let guards: Vec<Guard> = around.iter().filter_map(|at| live(model, *at)).chain(others).collect();
            look.line(id, line, &guards);
        }
    }
    for exception in model.exceptions.iter() {
        let around = std::iter::successors(exception.outer, |at| model.exceptions[*at].outer);
        let guards: Vec<Guard> = around.filter_map(|at| live(model, at)).collect();
        exception.condition.iter().for_each(|condition| look.walk(*condition, &guards));
    }
    for required in &model.requirements {
        let guards: Vec<Guard> = required.exception.and_then(|at| live(model, at)).into_iter().collect();
        look.walk(required.condition, &guards);
    }
}

/// The conditions under which full amounts are paid. They rule nothing out for sure: what lapses can be asked for.
fn paid(model: &Model) -> BTreeMap<DefId, Vec<Guard>> {
    let grants = model.nodes.iter().filter_map(|node| match &node.kind {
        NodeKind::Grant { full, conditions, .. } => match &model.node(*full).kind {
            NodeKind::Def(def) => Some((*def, conditions)),
            _ => None,
        },
        _ => None,
    });
    grants.map(|(def, all)| (def, all.iter().copied().map(Guard::unread).collect())).collect()
}

/// What must be so where an exception is live.
fn live(model: &Model, exception: ExceptionId) -> Option<Guard> {
    let data = &model.exceptions[exception];
    let condition = data.condition?;
    Some(if data.reads_itself { Guard::unread(condition) } else { Guard::new(condition, true) })
}

/// What must not be so where a line is read that an exception replaces. Only one of the same text that replaces it at all
/// times of the line, in every reading, rules anything out for sure.
fn replaced(model: &Model, (at, by): &(ExceptionId, Alternative), line: &Alternative) -> Option<Guard> {
    let data = &model.exceptions[*at];
    let condition = data.condition?;
    let undated = data.interval.is_none() && data.given.is_empty() && by.given.is_empty() && !by.otherwise;
    let steady = data.outer.is_none() && data.ended.is_empty() && data.layer == line.layer;
    let sure = undated && steady && !data.reads_itself && by.interval.covers(line.interval);
    Some(if sure { Guard::new(condition, false) } else { Guard::unread(condition) })
}

/// Something that must be so where a division is made.
#[derive(Clone, Copy)]
struct Guard {
    condition: ExprId,
    /// What the condition comes to; `None` where that is not read, so that it may rule out anything.
    holds: Option<bool>,
}

impl Guard {
    fn new(condition: ExprId, holds: bool) -> Guard {
        Guard { condition, holds: Some(holds) }
    }
    fn unread(condition: ExprId) -> Guard {
        Guard { condition, holds: None }
    }
}

/// Why something can be 0.
enum Zero {
    /// A fact whose domain has it, read for the one and the moment at hand or not.
    Fact { fact: FactId, at_hand: bool },
    /// How many of some are met, or selected.
    Count,
    /// Written so.
    Written(Span),
}

struct Look<'a> {
    model: &'a Model,
    paid: BTreeMap<DefId, Vec<Guard>>,
    /// INVARIANT: what is carried over stands at one place of the text but several times in the model; it is told once.
    told: BTreeSet<Span>,
    /// Divisions of which it is not known.
    open: &'a mut Questions,
    problems: &'a mut Problems,
}

impl Look<'_> {
    fn line(&mut self, def: DefId, line: &Alternative, guards: &[Guard]) {
        let Body::Expr(body) = line.body else { return };
        let mut guards = guards.to_vec();
        guards.extend(self.paid.get(&def).into_iter().flatten().copied());
        self.walk(body, &guards);
    }

    fn walk(&mut self, expr: ExprId, guards: &[Guard]) {
        let model = self.model;
        let with = |more: &[Guard]| [guards, more].concat();
        match &model.node(expr).kind {
            NodeKind::If(condition, then, otherwise) => {
                self.walk(*condition, guards);
                self.walk(*then, &with(&[Guard::new(*condition, true)]));
                self.walk(*otherwise, &with(&[Guard::new(*condition, false)]));
            }
            // One part that is decided decides all, so each is read where the others leave it open.
            NodeKind::And(all) | NodeKind::AllMet(all) => self.each_beside(all, true, guards),
            NodeKind::Or(all) => self.each_beside(all, false, guards),
            NodeKind::Grant { full, conditions, otherwise } => {
                let met: Vec<Guard> = conditions.iter().map(|x| Guard::new(*x, true)).collect();
                let unmet: Vec<Guard> = conditions.iter().map(|x| Guard::unread(*x)).collect();
                conditions.iter().for_each(|condition| self.walk(*condition, guards));
                self.walk(*full, &with(&met));
                otherwise.iter().for_each(|amount| self.walk(*amount, &with(&unmet)));
            }
            NodeKind::Lookup { table, keys, .. } => self.rows(*table, keys, guards),
            NodeKind::Aggregate { of, set, weight, if_none, .. } => {
                let inner = elsewhere(guards, &selected(set));
                set.children().chain(*if_none).for_each(|x| self.walk(x, guards));
                of.iter().chain(weight).for_each(|x| self.walk(*x, &inner));
            }
            NodeKind::Quantified { condition: of, set, .. } | NodeKind::Rank { of, set, .. } => {
                set.children().for_each(|x| self.walk(x, guards));
                self.walk(*of, &elsewhere(guards, &selected(set)));
            }
            NodeKind::Share(share) => {
                self.walk(share.pool, guards);
                share.set.children().for_each(|x| self.walk(x, guards));
                let inner = elsewhere(guards, &selected(&share.set));
                share.key.iter().for_each(|x| self.walk(*x, &inner));
            }
            NodeKind::At(inner, _) | NodeKind::SumOver(inner, _) | NodeKind::ForEntity(inner, ..) => {
                self.walk(*inner, &elsewhere(guards, &[]));
            }
            NodeKind::Of { owner, value, .. } => {
                self.walk(*owner, guards);
                self.walk(*value, &elsewhere(guards, &[]));
            }
            NodeKind::DivideOr(over, under, fallback) => {
                self.walk(*under, guards);
                self.walk(*over, &with(&[Guard::unread(*under)]));
                self.walk(*fallback, &with(&[Guard::unread(*under)]));
            }
            kind => {
                match kind {
                    NodeKind::Arith(Arith::Div, _, under) => self.division(expr, *under, true, guards),
                    NodeKind::AsPercentOf(_, under) => self.division(expr, *under, false, guards),
                    _ => {}
                }
                let inner = model.node(expr).children(&model.tables);
                inner.into_iter().for_each(|child| self.walk(child, guards));
            }
        }
    }

    fn each_beside(&mut self, all: &[ExprId], holds: bool, guards: &[Guard]) {
        for (index, part) in all.iter().enumerate() {
            let others = all.iter().enumerate().filter(|(other, _)| *other != index);
            let others = others.map(|(_, other)| Guard::new(*other, holds));
            let guards: Vec<Guard> = guards.iter().copied().chain(others).collect();
            self.walk(*part, &guards);
        }
    }

    /// What a row gives is read where its keys fit it; which values that leaves is not looked into.
    fn rows(&mut self, table: TableId, keys: &[ExprId], guards: &[Guard]) {
        keys.iter().for_each(|key| self.walk(*key, guards));
        let rows = &self.model.tables[table].rows;
        let conditions = rows.iter().flat_map(|row| &row.tests).filter_map(|test| match test {
            KeyTest::Condition(condition) => Some(*condition),
            _ => None,
        });
        let tests: Vec<Guard> = keys.iter().copied().chain(conditions).map(Guard::unread).collect();
        let within = [guards, &tests].concat();
        for row in rows {
            row.tests.iter().flat_map(KeyTest::children).for_each(|test| self.walk(test, &within));
            row.stated().into_iter().for_each(|result| self.walk(result, &within));
        }
    }

    fn division(&mut self, expr: ExprId, under: ExprId, can_say: bool, guards: &[Guard]) {
        let model = self.model;
        let says = |guard: &&Guard| {
            guard.holds.is_some_and(|holds| rules_out(model, (guard.condition, holds), under, DEEPEST))
        };
        let always = |at: &&Requirement| always_required(model, at, Interval::always());
        let required = model.requirements.iter().map(|required| Guard {
            condition: required.condition,
            holds: always(&required).then_some(true),
        });
        let all: Vec<Guard> = guards.iter().copied().chain(required).collect();
        let settled = !bounds(model, under).contains(&Number::zero()) || all.iter().any(|one| says(&one));
        if settled || is_told_elsewhere(model, under) {
            return;
        }
        let behind = Reached::by(model, [under]);
        let near = |guard: &Guard| !Reached::by(model, [guard.condition]).is_apart(&behind);
        let near: Vec<Guard> = all.into_iter().filter(near).collect();
        let zero = can_be_zero(model, under);
        let meets = match &zero {
            Some(Zero::Fact { fact, at_hand: true }) => leaves_zero(model, *fact, under, &near),
            Some(Zero::Fact { .. } | Zero::Count | Zero::Written(_)) if near.is_empty() => Meets::Surely,
            Some(Zero::Fact { .. } | Zero::Count | Zero::Written(_)) => Meets::Open(Why::Around),
            None if !near.is_empty() => Meets::Open(Why::Around),
            None if is_undeclared(model, under) => Meets::Open(Why::NotDeclared),
            None => Meets::Open(Why::Computed),
        };
        let from = model.node(under).span;
        match meets {
            Meets::Never => {}
            Meets::Open(why) => self.open.leave(Opened { span: from, what: What::Division, why }),
            Meets::Surely if self.told.insert(model.node(expr).span) => {
                let cause = zero.and_then(|zero| zero.cause(model));
                self.problems.report(&MoneyProblem::MeetsZero { span: from, cause, can_say });
            }
            Meets::Surely => {}
        }
    }
}

/// Whether what is divided by is ever 0 where it is divided by.
enum Meets {
    Never,
    Surely,
    Open(Why),
}

impl Zero {
    fn cause(&self, model: &Model) -> Option<Span> {
        match self {
            Zero::Fact { fact, .. } => Some(model.facts[*fact].span),
            Zero::Written(place) => Some(*place),
            Zero::Count => None,
        }
    }
}

/// Tells whether what must be so, or not be, rules out that something is 0.
fn rules_out(model: &Model, (condition, holds): (ExprId, bool), under: ExprId, depth: usize) -> bool {
    let Some(depth) = depth.checked_sub(1) else { return false };
    let each = |part: &ExprId| rules_out(model, (*part, holds), under, depth);
    match &model.node(resolved(model, condition)).kind {
        NodeKind::Not(inner) => rules_out(model, (*inner, !holds), under, depth),
        NodeKind::And(all) | NodeKind::AllMet(all) if holds => all.iter().any(each),
        NodeKind::And(all) | NodeKind::AllMet(all) => all.iter().all(each),
        NodeKind::Or(all) if holds => all.iter().all(each),
        NodeKind::Or(all) => all.iter().any(each),
        NodeKind::Compare(op, left, right) => {
            let op = if holds { *op } else { op.negated() };
            let is = |side: ExprId| alike(model, resolved(model, side), resolved(model, under));
            (is(*left) && is_apart_from_zero(op, &bounds(model, *right)))
                || (is(*right) && is_apart_from_zero(op.turned(), &bounds(model, *left)))
        }
        NodeKind::Between(value, low, high) if holds => {
            let is = alike(model, resolved(model, *value), resolved(model, under));
            is && (is_apart_from_zero(Compare::Ge, &bounds(model, *low))
                || is_apart_from_zero(Compare::Le, &bounds(model, *high)))
        }
        _ => false,
    }
}

/// Tells whether something that compares so with what lies within bounds is never 0.
fn is_apart_from_zero(op: Compare, with: &Bounds) -> bool {
    let zero = Number::zero();
    let not_below = with.low.as_ref().is_some_and(|low| *low >= zero);
    let not_above = with.high.as_ref().is_some_and(|high| *high <= zero);
    let never = !with.contains(&zero);
    match op {
        Compare::Eq => never,
        Compare::Ne => with.only() == Some(&zero),
        Compare::Gt => not_below,
        Compare::Ge => not_below && never,
        Compare::Lt => not_above,
        Compare::Le => not_above && never,
    }
}

/// What is unknown, or wrong, is told of where it stands.
fn is_told_elsewhere(model: &Model, under: ExprId) -> bool {
    matches!(model.node(resolved(model, under)).kind, NodeKind::Unknown(_) | NodeKind::Invalid)
}

/// Tells whether something is what data give, of which it is not declared what it can be.
fn is_undeclared(model: &Model, under: ExprId) -> bool {
    match &model.node(resolved(model, under)).kind {
        NodeKind::Fact(_) => true,
        NodeKind::At(inner, _) | NodeKind::ForEntity(inner, ..) | NodeKind::Of { value: inner, .. } => {
            matches!(model.node(resolved(model, *inner)).kind, NodeKind::Fact(_))
        }
        _ => false,
    }
}

/// For another, or at another moment, what is so here may rule out anything, but proves nothing.
fn elsewhere(guards: &[Guard], more: &[Guard]) -> Vec<Guard> {
    guards.iter().map(|guard| Guard::unread(guard.condition)).chain(more.iter().copied()).collect()
}

fn selected(set: &Selection) -> Vec<Guard> {
    set.filter.iter().map(|filter| Guard::new(*filter, true)).collect()
}

/// How many names are looked through.
const DEEPEST: usize = 20;

/// Tells why something can be 0, where that is certain. Nothing is said of sums, of what is only counted when data are
/// loaded, nor of facts whose domain is not written.
fn can_be_zero(model: &Model, mut expr: ExprId) -> Option<Zero> {
    let mut at_hand = true;
    for _ in 0..DEEPEST {
        let node = model.node(expr);
        match &node.kind {
            NodeKind::Def(def) => expr = model.only_body(*def)?,
            NodeKind::Restated(inner) => expr = *inner,
            NodeKind::At(inner, _) | NodeKind::ForEntity(inner, ..) | NodeKind::Of { value: inner, .. } => {
                at_hand = false;
                expr = *inner;
            }
            NodeKind::Fact(fact) => {
                let declared = &model.facts[*fact].declared;
                let has_zero = declared.domain.is_some()
                    && !declared.or_none
                    && model.fact_stretch(*fact).contains(&Number::zero());
                return has_zero.then_some(Zero::Fact { fact: *fact, at_hand });
            }
            NodeKind::CountMet(_) => return Some(Zero::Count),
            NodeKind::Aggregate { op: Aggregate::Count, set, .. } => {
                return (set.filter.is_some() && set.same.is_none()).then_some(Zero::Count);
            }
            NodeKind::Lookup { table, column, .. } => {
                let cells = model.tables[*table].rows.iter().filter_map(|row| row.results.get(*column));
                let zero = cells.copied().find(|cell| is_zero(model, *cell))?;
                return Some(Zero::Written(model.node(zero).span));
            }
            NodeKind::Figure { value, .. } if value.is_zero() => return Some(Zero::Written(node.span)),
            _ => return None,
        }
    }
    None
}

fn is_zero(model: &Model, expr: ExprId) -> bool {
    matches!(&model.node(expr).kind, NodeKind::Figure { value, .. } if value.is_zero())
}

/// Tells whether a fact is allowed to be 0 for some values that everything around allows.
fn leaves_zero(model: &Model, fact: FactId, under: ExprId, guards: &[Guard]) -> Meets {
    let mut subjects = Subjects::default();
    subjects.compared(Subject::Fact(fact), under, Value::Number(Number::zero()));
    guards.iter().for_each(|guard| subjects.add(model, guard.condition));
    let all = subjects.samples(model, (None, None));
    let tried = all.iter().enumerate().map(|(at, (subject, samples))| (*subject, (at, samples.as_slice())));
    let mut forms = Forms::default();
    let mut reader = Reader::new(model, tried);
    let mut parts: Vec<FormId> = Vec::new();
    for guard in guards {
        let form = reader.read(&mut forms, guard.condition);
        parts.push(match guard.holds {
            Some(true) => form,
            Some(false) => forms.not(form),
            None => forms.open(),
        });
    }
    for (at, (subject, samples)) in all.iter().enumerate() {
        if *subject == Subject::Fact(fact) {
            let zero = Value::Number(Number::zero());
            parts.push(forms.test(at, samples.iter().map(|sample| Some(sample.value == zero)).collect()));
        }
    }
    let met = forms.all(parts);
    let always = forms.known(true);
    let samples: Vec<Vec<Sample>> = all.into_iter().map(|(_, samples)| samples).collect();
    let ever = sweep(forms.clone(), &samples, &Asked::whether_held(vec![met], always));
    if ever.whole && !ever.hit.contains(&true) {
        return Meets::Never;
    }
    let row = forms.not(met);
    let asked = Asked { gaps: true, ..Asked::whether_held(vec![row], always) };
    let surely = sweep(forms, &samples, &asked).gap.is_some_and(|shown| shown.certain);
    if surely { Meets::Surely } else { Meets::Open(Why::Around) }
}
