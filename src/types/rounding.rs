//! Roundings: what a step fits, what `hvert beløb` and `hvert led` round, and what the parts of a split are.

use super::check::{Checker, Typed};
use super::ops::join;
use super::problem::{TypeProblem, describe};
use crate::model::{
    Body, DefId, DefKind, EachRounding, ExprId, NameProblem, Node, NodeKind, Origin, OverTarget, ShareRule,
    Show, Ty,
};
use crate::syntax::ast::EachWhat;
use crate::value::RoundMode;

impl Checker<'_> {
    pub(super) fn round(&mut self, expr: ExprId, value: ExprId, step: &Ty, written: Show) -> Typed {
        let found = self.number(value);
        (self.stepped(expr, &found.0, step), Show { weak: found.1.weak, ..written })
    }

    /// A rounding fits every price level, but not another unit.
    pub(super) fn stepped(&mut self, expr: ExprId, value: &Ty, step: &Ty) -> Ty {
        match join(value, step) {
            Ok(ty) => ty,
            Err(_) => {
                let problem = TypeProblem::RoundingUnit {
                    span: self.model.node(expr).span,
                    meant: self.unit_of_step(expr, value, step),
                    value: describe(&value.without_level(), self.model),
                    step: describe(&step.without_level(), self.model),
                };
                self.fail(expr, &problem);
                value.clone()
            }
        }
    }

    /// Types what a line of the clause may round: only what has the unit of its step is.
    pub(super) fn each_round(&mut self, expr: ExprId, value: ExprId, rounding: &EachRounding) -> Typed {
        let found = self.expr(value);
        if !found.0.is_numeric()
            || found.0 == Ty::Zero
            || join(&found.0.without_level(), &rounding.ty).is_err()
        {
            self.model.nodes[expr].kind = NodeKind::Restated(value);
            return found;
        }
        (found.0.clone(), shown(&found.1, &rounding.show))
    }

    /// Rounds what a definition of an amount comes to, where its clause says that each amount is.
    pub(super) fn each_amount(&mut self, def: DefId, body: ExprId, found: Typed) -> (ExprId, Typed) {
        let clause = self.model.defs[def].clause;
        let Some(rounding) = self.amount_rounding(clause) else { return (body, found) };
        if !self.is_amount(&found.0) || self.rounds_itself(def, body, &rounding) {
            return (body, found);
        }
        if let NodeKind::Share(distribution) = &self.model.node(body).kind
            && distribution.rule == ShareRule::Exact
        {
            return (body, self.share_rounded(body, &rounding, found));
        }
        let (wrapped, found) = self.wrapped(body, rounding, found);
        let data = &mut self.model.defs[def];
        let restated = data.exceptions.iter_mut().map(|(_, alternative)| alternative);
        for alternative in data.alternatives.iter_mut().chain(restated) {
            if matches!(alternative.body, Body::Expr(expr) if expr == body) {
                alternative.body = Body::Expr(wrapped);
            }
        }
        (wrapped, found)
    }

    /// What a reading says of a clause that rounds is rounded as the text it stands for.
    pub(super) fn reading_rounded(&mut self, index: usize) {
        let over = &self.model.overrides[index];
        let (OverTarget::Def(def), Origin::Reading { .. }) =
            (over.target, self.model.layers.origin(over.layer))
        else {
            return;
        };
        let value = over.value;
        let Some(rounding) = self.amount_rounding(self.model.defs[def].clause) else { return };
        let found = self.expr(value);
        if !self.is_amount(&found.0) || self.rounds_itself(def, value, &rounding) {
            return;
        }
        let (wrapped, _) = self.wrapped(value, rounding, found);
        self.model.overrides[index].value = wrapped;
    }

    fn amount_rounding(&mut self, clause: crate::model::ClauseId) -> Option<EachRounding> {
        let all = self.model.rounding.get(&clause)?;
        let rounding = all.iter().find(|rounding| rounding.what == EachWhat::Amount)?.clone();
        if self.is_amount(&rounding.ty) {
            return Some(rounding);
        }
        let problem = TypeProblem::EachNoMoney { span: rounding.span };
        self.problems.report(&problem);
        // Said once.
        if let Some(all) = self.model.rounding.get_mut(&clause) {
            all.retain(|rounding| rounding.what != EachWhat::Amount);
        }
        None
    }

    fn is_amount(&self, ty: &Ty) -> bool {
        matches!(ty, Ty::Quantity { unit, .. } if unit.is_money(&self.model.units))
    }

    /// A line that says its own rounding, what is left of a split, a figure that is a multiple already, and money of
    /// another currency are not rounded again.
    fn rounds_itself(&self, def: DefId, body: ExprId, rounding: &EachRounding) -> bool {
        let node = self.model.node(body);
        if self.model.defs[def].kind == DefKind::GrantLapsed {
            return true;
        }
        if join(&node.ty.without_level(), &rounding.ty).is_err() {
            return true;
        }
        match &node.kind {
            NodeKind::Round(..) | NodeKind::Rest(..) | NodeKind::Invalid => true,
            NodeKind::EachRound(_, own) => own.what == EachWhat::Amount,
            NodeKind::Share(distribution) => distribution.rule != ShareRule::Exact,
            NodeKind::Figure { value, .. } => {
                value.div(&rounding.step).is_some_and(|count| count.is_integer())
            }
            _ => false,
        }
    }

    /// A distribution is rounded so that the shares add to the pool, as if the rounding stood right after it.
    fn share_rounded(&mut self, body: ExprId, rounding: &EachRounding, found: Typed) -> Typed {
        if rounding.mode != RoundMode::Nearest {
            self.problems.report(&NameProblem::DirectedShare { span: rounding.span });
            self.model.nodes[body].kind = NodeKind::Invalid;
            return found;
        }
        let show = shown(&found.1, &rounding.show);
        let node = &mut self.model.nodes[body];
        if let NodeKind::Share(distribution) = &mut node.kind {
            distribution.rule = ShareRule::LargestRemainder;
            distribution.step = Some(rounding.step.clone());
        }
        node.show = show.clone();
        (found.0, show)
    }

    fn wrapped(&mut self, value: ExprId, rounding: EachRounding, found: Typed) -> (ExprId, Typed) {
        let show = shown(&found.1, &rounding.show);
        let span = self.model.node(value).span;
        let kind = NodeKind::EachRound(value, rounding);
        let id = self.model.nodes.push(Node { kind, span, ty: found.0.clone(), show: show.clone() });
        self.typed.push(true);
        (id, (found.0, show))
    }

    /// Parts have the type of the total they are parts of.
    pub(super) fn splits(&mut self) {
        for index in 0..self.model.splits.len() {
            let (whole, parts) = (self.model.splits[index].whole, self.model.splits[index].parts.clone());
            let ty = self.expr(whole).0;
            for part in parts {
                let found = self.expr(part).0;
                if found == Ty::Percent && ty != Ty::Percent {
                    let name = self.model.splits[index].name.clone();
                    let span = self.model.node(part).span;
                    let found = describe(&ty.without_level(), self.model);
                    self.fail(part, &TypeProblem::PercentPart { span, name, whole: found });
                } else {
                    self.fits(part, &ty);
                }
            }
        }
    }
}

/// A rounded value is shown as its step is written, unless a line fixes how it is shown.
fn shown(own: &Show, step: &Show) -> Show {
    if own.fixed { own.clone() } else { Show { weak: own.weak, ..step.clone() } }
}
