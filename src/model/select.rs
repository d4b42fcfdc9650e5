//! Whom an aggregate, a rank or a distribution runs over.

use super::kind_problem::KindProblem;
use super::lower::Lowerer;
use super::problem::NameProblem;
use super::scope::{Iterates, Scope};
use super::{ExprId, FactId, KindId, NodeKind, Ty};
use crate::diag::nearest;
use crate::syntax::ast::{Expr, Name, Set};

/// Those of a kind that are chosen: `alle kommuner i regionen med samme stratum hvor …`.
#[derive(Clone, Debug)]
pub struct Selection {
    /// The kind.
    pub kind: KindId,
    /// `i regionen`.
    pub within: Option<Within>,
    /// `med samme …`: read for each, and for the one at hand.
    pub same: Option<ExprId>,
    /// `hvor …`, read for each.
    pub filter: Option<ExprId>,
}

/// `i regionen`: those whose link is the owner.
#[derive(Clone, Copy, Debug)]
pub struct Within {
    /// The link, read for each.
    pub link: ExprId,
    /// The owner, read outside.
    pub owner: ExprId,
}

impl Selection {
    /// Returns its expressions, in reading order.
    pub fn children(&self) -> impl Iterator<Item = ExprId> + use<> {
        let within = self.within.map(|within| [within.owner, within.link]);
        within.into_iter().flatten().chain(self.same).chain(self.filter)
    }
    /// Tells whether it is all of the kind.
    pub fn is_everyone(&self) -> bool {
        self.within.is_none() && self.same.is_none() && self.filter.is_none()
    }
}

impl Lowerer<'_> {
    /// Resolves whom a set chooses, and the scope in which what is computed of each is read.
    pub(super) fn select(&mut self, set: &Set, scope: &Scope) -> Option<(Selection, Scope)> {
        let kind = self.kind_named(&set.kind)?;
        let within = match &set.within {
            Some(owner) => Some(self.within(kind, owner, scope)?),
            None => None,
        };
        let of_each = scope.inside(kind, Iterates::What);
        let same = match &set.same {
            Some(name) => Some(self.same(kind, name, scope, &of_each)?),
            None => None,
        };
        let filter = set.filter.as_ref().map(|filter| self.where_(filter, kind, scope));
        Some((Selection { kind, within, same, filter }, of_each))
    }

    fn where_(&mut self, filter: &Expr, kind: KindId, scope: &Scope) -> ExprId {
        self.expr(filter, &scope.inside(kind, Iterates::Where))
    }

    /// `alle kommuner i regionen`: the kind must have one link to the owner's kind.
    fn within(&mut self, kind: KindId, word: &Name, scope: &Scope) -> Option<Within> {
        let (owner, target) = self.owner(word, scope)?;
        let links = self.links(kind, target);
        // In a clause for each municipality, `i regionen` runs by the link that leads there.
        let same = match &self.model.nodes[owner].kind {
            NodeKind::Fact(fact) => links.iter().copied().find(|link| link == fact),
            _ => None,
        };
        let link = match (same, links.as_slice()) {
            (Some(link), _) => link,
            (None, [link]) => *link,
            (None, all) => {
                let candidates = all.iter().map(|fact| self.model.facts[*fact].name.clone()).collect();
                let (kind, target) = (self.kind_words(kind), self.kind_words(target));
                self.problems.report(&KindProblem::NoLink { span: word.span, kind, target, candidates });
                return None;
            }
        };
        let link = self.push(NodeKind::Fact(link), word.span);
        Some(Within { link, owner })
    }

    /// `med samme stratum`: something that each of them has, and the one at hand too.
    fn same(&mut self, kind: KindId, name: &Name, scope: &Scope, of_each: &Scope) -> Option<ExprId> {
        if !scope.at_hand().any(|at_hand| at_hand == kind) {
            let plural = self.model.kinds[kind].plural.clone();
            self.problems.report(&KindProblem::SameAsWhom { span: name.span, kind: plural });
            return None;
        }
        let own = self.symbols.of_kind(&name.text, kind, of_each, name.span, self.model);
        match own {
            Ok(Some(symbol)) => {
                let symbol = self.through_carry_over(symbol, scope);
                Some(self.symbol_node(symbol, name.span))
            }
            Ok(None) => {
                let names = self.symbols.names_of_kind(kind, self.model);
                let near = nearest(&name.text, names).map(str::to_owned);
                let name = name.clone();
                let problem = NameProblem::Undefined { span: name.span, name: name.text, nearest: near };
                self.problems.report(&problem);
                None
            }
            Err(problem) => {
                self.problems.report(&problem);
                None
            }
        }
    }

    /// The links of a kind to another.
    pub(super) fn links(&self, kind: KindId, target: KindId) -> Vec<FactId> {
        let leads = |fact: &FactId| self.model.facts[*fact].declared.ty == Ty::Entity(target);
        self.model.kinds[kind].facts.iter().copied().filter(leads).collect()
    }

    pub(super) fn kind_words(&self, kind: KindId) -> String {
        self.model.kinds[kind].name.clone()
    }
}
