//! Roundings of money that change what is paid: rounded twice, rounded before a sum, and shares that need not add up.

use std::collections::{BTreeMap, BTreeSet};

use super::MoneyProblem;
use super::grain::{Grain, Grains, is_money};
use super::reached::Reached;
use crate::base::Span;
use crate::diag::Problems;
use crate::model::{Aggregate, Arith, Def, DefId, DefKind, ExprId, Model, NodeKind, ShareRule};
use crate::value::{Number, RoundMode};

/// Looks at every line of every definition.
pub(super) fn roundings(model: &Model, problems: &mut Problems) {
    let grants = model.defs.iter().filter(|def| def.kind == DefKind::Grant);
    let paid = Reached::by(model, grants.flat_map(Def::bodies));
    let mut look = Look {
        model,
        paid,
        reads: reads(model),
        grains: Grains::new(model),
        told: BTreeSet::new(),
        problems,
    };
    for (id, def) in model.defs.iter_enumerated() {
        for body in def.bodies() {
            look.twice(def, id, body);
            look.early(def, body);
            look.shares(def, id, body);
        }
    }
}

/// How often each definition is read.
fn reads(model: &Model) -> BTreeMap<DefId, usize> {
    let mut all = BTreeMap::new();
    for node in model.nodes.iter() {
        if let NodeKind::Def(def) | NodeKind::CarriedOn(def) | NodeKind::Former(def, _) = &node.kind {
            *all.entry(*def).or_insert(0) += 1;
        }
    }
    all
}

struct Look<'a> {
    model: &'a Model,
    /// What is behind the grants.
    paid: Reached,
    reads: BTreeMap<DefId, usize>,
    grains: Grains<'a>,
    /// INVARIANT: what is carried over stands at one place of the text but several times in the model; it is told once.
    told: BTreeSet<Span>,
    problems: &'a mut Problems,
}

/// How many names are looked through.
const DEEPEST: usize = 20;

impl Look<'_> {
    /// A rounding of what is rounded already: on one line, or through names where a grant is paid by it.
    fn twice(&mut self, def: &Def, id: DefId, body: ExprId) {
        let model = self.model;
        let NodeKind::Round(value, step, mode) = &model.node(body).kind else { return };
        let (inner, named) = self.resolved(*value);
        let NodeKind::Round(_, first, first_mode) = &model.node(inner).kind else { return };
        let matters = !named || self.paid.has(id);
        let differs = can_differ((first, *first_mode), (step, *mode));
        let (span, inner_span) = (model.node(body).span, model.node(inner).span);
        if matters && differs && is_money(model, &def.ty) && self.cuts(inner) && self.told.insert(span) {
            let name = def.name.clone();
            self.problems.report(&MoneyProblem::RoundedTwice { span, first: inner_span, name });
        }
    }

    /// A grant that is a sum of parts of which several are rounded first and read by nothing else. What each of a kind
    /// has is a figure of its own, so sums over a kind are left alone.
    fn early(&mut self, def: &Def, body: ExprId) {
        if def.kind != DefKind::GrantFull {
            return;
        }
        let mut sum = self.resolved(body).0;
        if let NodeKind::Round(value, ..) = &self.model.node(sum).kind {
            sum = self.resolved(*value).0;
        }
        let mut parts = Vec::new();
        self.parts(sum, &mut parts);
        let rounded: Vec<ExprId> = parts.into_iter().filter_map(|part| self.rounded_for_this(part)).collect();
        let Some(first) = rounded.first().filter(|_| rounded.len() > 1) else { return };
        let (span, first) = (self.model.node(sum).span, self.model.node(*first).span);
        if self.told.insert(span) {
            let name = def.name.split('.').next().unwrap_or(&def.name).to_owned();
            self.problems.report(&MoneyProblem::RoundedEarly { span, first, name });
        }
    }

    /// Shares rounded each by itself whose sum is read as if it were the pool, or whose pool is a grant.
    fn shares(&mut self, def: &Def, id: DefId, body: ExprId) {
        let model = self.model;
        let NodeKind::Share(share) = &model.node(body).kind else { return };
        if !matches!(share.rule, ShareRule::Each(_)) || !is_money(model, &def.ty) {
            return;
        }
        let grant = match &model.node(share.pool).kind {
            NodeKind::Def(pool) => model.defs[*pool].kind == DefKind::Grant,
            _ => false,
        };
        let used = if grant { Some(model.node(share.pool).span) } else { self.summed(id) };
        let span = model.node(body).span;
        if let Some(used) = used
            && self.told.insert(span)
        {
            self.problems.report(&MoneyProblem::SharesDoNotAdd { span, used, grant, name: def.name.clone() });
        }
    }

    /// Where the shares of all are added, unless what they come to is compared with something or taken from it.
    fn summed(&self, shares: DefId) -> Option<Span> {
        let model = self.model;
        let is_sum = |node: &crate::model::Node| match &node.kind {
            NodeKind::Aggregate { op: Aggregate::Sum, of: Some(of), set, .. } => {
                set.children().next().is_none()
                    && matches!(model.node(*of).kind, NodeKind::Def(def) if def == shares)
            }
            _ => false,
        };
        let sums: BTreeSet<ExprId> =
            model.nodes.iter_enumerated().filter(|(_, node)| is_sum(node)).map(|(id, _)| id).collect();
        let first = sums.first()?;
        let watched = model.nodes.iter().any(|node| match &node.kind {
            NodeKind::Arith(Arith::Sub, a, b) | NodeKind::Compare(_, a, b) | NodeKind::Approx(a, b, _) => {
                [a, b].into_iter().any(|side| sums.contains(&self.resolved(*side).0))
            }
            _ => false,
        });
        (!watched).then(|| model.node(*first).span)
    }

    /// What a name stands for, and whether it is one.
    fn resolved(&self, mut expr: ExprId) -> (ExprId, bool) {
        let mut named = false;
        for _ in 0..DEEPEST {
            match &self.model.node(expr).kind {
                NodeKind::Def(def) => match self.model.only_body(*def) {
                    Some(body) => (expr, named) = (body, true),
                    None => break,
                },
                _ => break,
            }
        }
        (expr, named)
    }

    fn parts(&self, expr: ExprId, all: &mut Vec<ExprId>) {
        match &self.model.node(expr).kind {
            NodeKind::Arith(Arith::Add | Arith::Sub, a, b) => {
                self.parts(*a, all);
                self.parts(*b, all);
            }
            _ => all.push(expr),
        }
    }

    /// A rounded part, where it has no other reader for whom it may be rounded.
    fn rounded_for_this(&mut self, part: ExprId) -> Option<ExprId> {
        if let NodeKind::Def(def) = &self.model.node(part).kind
            && self.reads.get(def) != Some(&1)
        {
            return None;
        }
        let inner = self.resolved(part).0;
        self.cuts(inner).then_some(inner)
    }

    /// Tells whether it is a rounding that can change what it rounds.
    fn cuts(&mut self, expr: ExprId) -> bool {
        let NodeKind::Round(value, step, _) = &self.model.node(expr).kind else { return false };
        match self.grains.of(*value) {
            Grain::Of(grain) => !grain.div(step).is_some_and(|count| count.is_integer()),
            Grain::Finer(_) => true,
            Grain::Any | Grain::Unclear => false,
        }
    }
}

/// Tells whether rounding to a coarser step after a finer one can come to something else than rounding once.
fn can_differ(
    (first, first_mode): (&Number, RoundMode),
    (second, second_mode): (&Number, RoundMode),
) -> bool {
    if second <= first {
        return false;
    }
    let whole = second.div(first).filter(Number::is_integer);
    let Some(times) = whole.and_then(|times| times.to_i64()) else { return true };
    match (first_mode, second_mode) {
        (RoundMode::Nearest, RoundMode::Nearest) => times % 2 == 0,
        (RoundMode::Up, RoundMode::Up)
        | (RoundMode::Down, RoundMode::Down)
        | (RoundMode::TowardsZero, RoundMode::TowardsZero) => false,
        (_, _) => true,
    }
}
