//! Totals that are split into parts, the last of which may be what is left.

use super::lower::Lowerer;
use super::scope::Scope;
use super::statements::states_figure;
use super::table_problem::TableProblem;
use super::{Arith, Check, ClauseId, Compare, DefId, ExprId, NodeKind, Split};
use crate::base::Span;
use crate::syntax::ast::{self, WhenKind};
use crate::value::Period;

/// The period whose total a split is of, where it is one.
type Total = Option<Period>;

impl Lowerer<'_> {
    /// Lowers `x = … delt i …`: the parts hold when the total does.
    pub(super) fn split(&mut self, clause: ClauseId, split: &ast::Split, span: Span, scope: &Scope) {
        let [part] = split.target.path.parts.as_slice() else { return };
        let Some(def) = self.def_named(&part.name.text, scope) else { return };
        let when = split.target.when.as_ref();
        let figures = states_figure(&split.total)
            || split.parts.iter().filter_map(|part| part.value.as_ref()).any(states_figure);
        let total = self.expr(&split.total, scope);
        self.add(def, when, figures, total, &split.basis, span, scope);
        let total_of = when.and_then(total_of);
        let (mut stated, mut read, mut rests) = (Vec::new(), Vec::new(), Vec::new());
        for part in &split.parts {
            let Some(def) = self.def_named(&part.name.text, scope) else { continue };
            match &part.value {
                Some(value) => {
                    let value = self.expr(value, scope);
                    self.add(def, when, figures, value, &split.basis, part.span, scope);
                    stated.push(value);
                    read.push(self.read(def, total_of, part.span));
                }
                None => rests.push((def, part.span)),
            }
        }
        if let [(_, first), (_, second), ..] = rests.as_slice() {
            self.problems.report(&TableProblem::SeveralRests { span: *second, first: *first });
        }
        for (rest, at) in rests {
            let whole = self.read(def, total_of, at);
            let value = self.push(NodeKind::Rest(whole, read.clone()), at);
            self.add(rest, when, figures, value, &split.basis, at, scope);
        }
        let name = part.name.text.clone();
        self.model.splits.push(Split { name: name.clone(), whole: total, parts: stated.clone(), span });
        // Where one part is what is left, too much shows in it.
        let left = split.parts.iter().any(|part| part.value.is_none());
        if !left && !self.all_written(total, &stated) && scope.exceptions.is_empty() {
            let whole = self.read(def, total_of, split.target.span);
            self.watch(clause, &name, whole, &read, split.target.span);
        }
    }

    /// Reads a definition, or its total over the period it is stated for.
    fn read(&mut self, def: DefId, total: Total, span: Span) -> ExprId {
        let value = self.push(NodeKind::Def(def), span);
        match total {
            Some(period) => self.push(NodeKind::SumOver(value, period), span),
            None => value,
        }
    }

    /// Parts that are written are compared at once; those that are computed are a check of the text on itself.
    fn all_written(&self, total: ExprId, parts: &[ExprId]) -> bool {
        let written = |expr: &ExprId| matches!(self.model.nodes[*expr].kind, NodeKind::Figure { .. });
        written(&total) && parts.iter().all(written)
    }

    fn watch(&mut self, clause: ClauseId, name: &str, whole: ExprId, parts: &[ExprId], span: Span) {
        let [first, rest @ ..] = parts else { return };
        let sum =
            rest.iter().fold(*first, |sum, part| self.push(NodeKind::Arith(Arith::Add, sum, *part), span));
        let condition = self.push(NodeKind::Compare(Compare::Le, sum, whole), span);
        let title = self.model.lang.pick(
            format!("delene af {name} overstiger den ikke"),
            format!("the parts of {name} do not exceed it"),
        );
        self.model.checks.push(Check {
            title: Some(title),
            clause: Some(clause),
            condition,
            sides: Some((sum, whole)),
            known_difference: None,
            reason: None,
            span,
        });
    }
}

fn total_of(when: &ast::When) -> Total {
    match when.kind {
        WhenKind::TotalIn(period) => Some(period),
        WhenKind::In(_) | WhenKind::Bounds { .. } | WhenKind::Otherwise => None,
    }
}
