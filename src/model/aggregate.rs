//! Aggregates, ranks and distributions over the entities of a kind.

use super::kind_problem::KindProblem;
use super::lower::Lowerer;
use super::problem::NameProblem;
use super::scope::Scope;
use super::{Aggregate, Distribution, ExprId, KindId, NodeKind, ShareRule};
use crate::base::Span;
use crate::syntax::ast::{self, Expr, ExprKind, Set};
use crate::value::Number;

impl Lowerer<'_> {
    /// Lowers an aggregate, with what holds over nobody.
    pub(super) fn aggregate(
        &mut self,
        expr: &Expr,
        if_none: Option<&Expr>,
        scope: &Scope,
        span: Span,
    ) -> ExprId {
        let ExprKind::Aggregate { op, of, set, weight, largest_first } = expr.kind.as_ref() else {
            return self.invalid(span);
        };
        let Some((set, inner)) = self.select(set, scope) else { return self.invalid(span) };
        let of = of.as_ref().map(|of| self.expr(of, &inner));
        if let (Aggregate::Rank, Some(of)) = (op, of) {
            return self.rank(of, set, *largest_first, if_none, span);
        }
        let weight = weight.as_ref().map(|weight| self.expr(weight, &inner));
        let if_none = if_none.map(|expr| self.expr(expr, scope));
        self.push(NodeKind::Aggregate { op: *op, of, set, weight, if_none }, span)
    }

    fn rank(
        &mut self,
        of: ExprId,
        set: super::Selection,
        largest_first: Option<bool>,
        if_none: Option<&Expr>,
        span: Span,
    ) -> ExprId {
        if let Some(fallback) = if_none {
            let after = crate::base::bi!("en opgørelse over en slags", "an aggregate over a kind");
            let modifier = crate::base::bi!("hvis ingen", "if none");
            return self.report(&NameProblem::Misplaced { span: fallback.span, modifier, after }, span);
        }
        match largest_first {
            Some(largest_first) => self.push(NodeKind::Rank { of, set, largest_first }, span),
            None => {
                self.problems.report(&KindProblem::RankOrder { span });
                self.invalid(span)
            }
        }
    }

    /// Lowers a distribution.
    pub(super) fn shared(
        &mut self,
        pool: &Expr,
        key: Option<&Expr>,
        among: &Set,
        (rule, step): (ShareRule, Option<Number>),
        scope: &Scope,
        span: Span,
    ) -> ExprId {
        let pool = self.expr(pool, scope);
        let Some((set, inner)) = self.select(among, scope) else { return self.invalid(span) };
        let key = key.map(|key| self.expr(key, &inner));
        self.push(NodeKind::Share(Box::new(Distribution { pool, key, set, rule, step })), span)
    }

    /// Lowers `c for alle …` and `c for mindst n …`.
    pub(super) fn quantified(
        &mut self,
        condition: &Expr,
        at_least: Option<&ast::NumberLit>,
        set: &Set,
        scope: &Scope,
        span: Span,
    ) -> ExprId {
        let Some((set, inner)) = self.select(set, scope) else { return self.invalid(span) };
        let condition = self.expr(condition, &inner);
        let at_least = at_least.map(|n| n.value.clone());
        self.push(NodeKind::Quantified { condition, at_least, set }, span)
    }

    /// Returns the kind whose entities an expression speaks of, if it names anything regional.
    pub(super) fn kind_of(&self, expr: ExprId) -> Option<KindId> {
        self.kinds_of(expr).first().copied()
    }

    /// Returns the kind that `for "…"` asks about: one that is not at hand anyway, before one that is.
    pub(super) fn kind_meant(&self, expr: ExprId, scope: &Scope) -> Option<KindId> {
        let kinds = self.kinds_of(expr);
        let new = kinds.iter().find(|kind| !scope.at_hand().any(|at_hand| at_hand == **kind));
        new.or(kinds.first()).copied()
    }

    /// The kinds whose entities are read at hand, in reading order.
    fn kinds_of(&self, expr: ExprId) -> Vec<KindId> {
        let node = &self.model.nodes[expr];
        let below = |all: &[ExprId], without: Option<KindId>| -> Vec<KindId> {
            let all = all.iter().flat_map(|child| self.kinds_of(*child));
            all.filter(|kind| Some(*kind) != without).collect()
        };
        match &node.kind {
            NodeKind::Def(def) => self.model.clauses[self.model.defs[*def].clause].each.into_iter().collect(),
            NodeKind::Fact(fact) => match self.model.facts[*fact].owner {
                super::FactOwner::Kind(kind) => vec![kind],
                super::FactOwner::Clause(_) | super::FactOwner::File => vec![],
            },
            NodeKind::Entity(kind, _) => vec![*kind],
            NodeKind::Share(share) => vec![share.set.kind],
            NodeKind::Rank { set, .. } => vec![set.kind],
            NodeKind::Of { owner, .. } => self.kinds_of(*owner),
            NodeKind::ForEntity(value, kind, _) => below(&[*value], Some(*kind)),
            NodeKind::Aggregate { set, .. } | NodeKind::Quantified { set, .. } => {
                below(&node.children(&self.model.tables), Some(set.kind))
            }
            _ => below(&node.children(&self.model.tables), None),
        }
    }
}
