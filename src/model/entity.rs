//! Entities that the rules state: from when to when they exist, and whom they succeed.

use super::build::open_scope;
use super::kind_problem::KindProblem;
use super::lower::Lowerer;
use super::problem::NameProblem;
use super::scope::Symbol;
use super::{KindId, Model, OverTarget, Override};
use crate::base::{Lang, Span};
use crate::diag::nearest;
use crate::syntax::ast;
use crate::value::Interval;

/// An entity that the rules state.
#[derive(Clone, Debug)]
pub struct Life {
    /// Its kind.
    pub kind: KindId,
    /// Its name.
    pub name: String,
    /// When it exists, as far as its own lines say.
    pub interval: Interval,
    /// Whom it succeeds, and where that is written.
    pub succeeds: Vec<(String, Span)>,
    /// Where it is declared.
    pub span: Span,
}

impl Model {
    /// Returns when an entity exists: from its own lines to the day before its successor begins.
    pub fn life(&self, kind: KindId, name: &str) -> Interval {
        let of_kind = || self.lives.iter().filter(move |life| life.kind == kind);
        let own = of_kind().filter(|life| life.name == name).map(|life| life.interval);
        let ends = of_kind()
            .filter(|life| life.succeeds.iter().any(|(succeeded, _)| succeeded == name))
            .map(|life| Interval { from: None, until: life.interval.from });
        own.chain(ends).fold(Interval::always(), Interval::intersect)
    }
}

impl Lowerer<'_> {
    /// Lowers an entity that the rules state. It counts as loaded.
    pub(super) fn entity(&mut self, tree: &ast::EntityDecl, span: Span, lang: Lang) {
        let Some(kind) = self.kind_named(&tree.kind) else { return };
        let name = tree.name.text.clone();
        let known = self.model.lives.iter().find(|life| life.kind == kind && life.name == name);
        if let Some(first) = known.map(|life| life.span) {
            return self.problems.report(&NameProblem::Duplicate { span: tree.name.span, first, name });
        }
        let bounds = tree.exists.as_ref().map(|when| super::time::bounds(when, self.problems).interval);
        let interval = bounds.unwrap_or(Interval::always());
        if let (Some(first), None) = (tree.succeeds.first(), interval.from) {
            self.problems.report(&KindProblem::SucceedsWhen { span: first.span });
        }
        if let Some(own) = tree.succeeds.iter().find(|text| text.text == name) {
            self.problems.report(&KindProblem::SucceedsItself { span: own.span });
        }
        let succeeds = tree.succeeds.iter().map(|text| (text.text.clone(), text.span)).collect();
        self.model.lives.push(Life { kind, name: name.clone(), interval, succeeds, span: tree.name.span });
        self.name_entity(kind, &name);
        for assign in &tree.facts {
            self.stated_fact(kind, &name, assign, span, lang);
        }
    }

    /// A fact that the rules state of an entity: it holds always, unless it says when.
    fn stated_fact(&mut self, kind: KindId, name: &str, assign: &ast::Assign, span: Span, lang: Lang) {
        let target = &assign.target;
        let scope = open_scope(self.model, lang, Some(span)).inside(kind, super::scope::Iterates::No);
        let word = super::statements::path_text(&target.path);
        let fact = match self.symbols.of_kind(&word, kind, &scope, target.span, self.model) {
            Ok(Some(Symbol::Fact(fact))) => fact,
            Ok(Some(Symbol::Def(_))) => {
                let problem = NameProblem::NotAssignable { span: target.span, name: word };
                return self.problems.report(&problem);
            }
            Ok(None) => {
                let facts = self.model.kinds[kind].facts.iter();
                let names = facts.map(|fact| self.model.facts[*fact].name.as_str());
                let near = nearest(&word, names).map(str::to_owned);
                let problem = NameProblem::Undefined { span: target.span, name: word, nearest: near };
                return self.problems.report(&problem);
            }
            Err(problem) => return self.problems.report(&problem),
        };
        let value = self.expr(&assign.value, &scope);
        let when = target.when.as_ref().map(|when| super::time::bounds(when, self.problems).interval);
        self.model.overrides.push(Override {
            target: OverTarget::Fact(fact),
            entity: Some(name.to_owned()),
            interval: Some(when.unwrap_or(Interval::always())),
            value,
            layer: self.model.layers.text,
            span: assign.span,
        });
    }
}
