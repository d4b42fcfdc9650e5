//! Owners: `kommunens region`, `barnets husstands indkomst`, `regionens sats`.

use super::kind_problem::KindProblem;
use super::lower::Lowerer;
use super::problem::NameProblem;
use super::scope::{Scope, Symbol};
use super::{ExprId, FactId, KindId, Model, NodeKind, Ty};
use crate::base::Span;
use crate::diag::nearest;
use crate::syntax::ast::{Name, Path};

/// A value that is an entity, and the kind it is of.
type Owner = (ExprId, KindId);

impl Lowerer<'_> {
    /// Lowers `owner's owner's member`.
    pub(super) fn owned(&mut self, owners: &[Name], member: &Path, scope: &Scope, span: Span) -> ExprId {
        let Some((first, rest)) = owners.split_first() else { return self.invalid(span) };
        let mut at = self.owner(first, scope);
        for word in rest {
            at = at.and_then(|owner| self.next_owner(owner, word));
        }
        let Some((owner, kind)) = at else { return self.invalid(span) };
        match self.member(kind, member, scope) {
            Ok(symbol) => {
                let value = self.symbol_node(symbol, member.span);
                self.push(NodeKind::Of { owner, kind, value }, span)
            }
            Err(problem) => {
                self.problems.report(&problem);
                self.invalid(span)
            }
        }
    }

    /// Finds whom a word such as `kommunen` means: the one at hand, else the one that a link leads to. The definite
    /// form means the outermost at hand: within an aggregate over its own kind, that is how the clause's own is named.
    pub(super) fn owner(&mut self, word: &Name, scope: &Scope) -> Option<Owner> {
        if let Some((kind, skip)) = scope.named_at_hand(&word.text, self.model) {
            return Some((self.push(NodeKind::Entity(kind, skip), word.span), kind));
        }
        let mut found: Vec<FactId> = Vec::new();
        for kind in scope.at_hand() {
            found.extend(links_called(self.model, kind, &word.text));
        }
        if let Some(fact) = self.symbols.given_link(&word.text, scope, self.model) {
            found.push(fact);
        }
        found.sort();
        found.dedup();
        match found.as_slice() {
            [link] => {
                let link = *link;
                self.link_node(link, word.span)
            }
            [] => {
                self.no_owner(word, scope);
                None
            }
            many => {
                let candidates = many.iter().map(|fact| self.link_in_full(*fact)).collect();
                let name = word.text.clone();
                self.problems.report(&NameProblem::BothHave { span: word.span, name, offers: candidates });
                None
            }
        }
    }

    fn link_in_full(&self, fact: FactId) -> String {
        let data = &self.model.facts[fact];
        match data.owner {
            super::FactOwner::Kind(kind) => format!("{} {}", self.genitive(kind), data.name),
            super::FactOwner::Clause(_) | super::FactOwner::File => self.model.fact_name(fact),
        }
    }

    /// A kind's word before what it owns: `kommunens`, `kommunen's`.
    pub(super) fn genitive(&self, kind: KindId) -> String {
        let kind = &self.model.kinds[kind];
        let word = kind.definite.as_deref().unwrap_or(&kind.name);
        genitive(word, self.model.lang)
    }

    fn link_node(&mut self, link: FactId, span: Span) -> Option<Owner> {
        let Ty::Entity(target) = self.model.facts[link].declared.ty else { return None };
        Some((self.push(NodeKind::Fact(link), span), target))
    }

    fn next_owner(&mut self, (owner, kind): Owner, word: &Name) -> Option<Owner> {
        match links_called(self.model, kind, &word.text).as_slice() {
            [link] => {
                let (value, target) = self.link_node(*link, word.span)?;
                Some((self.push(NodeKind::Of { owner, kind, value }, word.span), target))
            }
            [] => {
                let links = self.model.kinds[kind].facts.iter();
                let links = links.filter(|fact| is_link(self.model, **fact));
                let names = links.map(|fact| self.model.facts[*fact].name.as_str());
                let near = nearest(&word.text, names).map(str::to_owned);
                let name = word.text.clone();
                self.problems.report(&NameProblem::Undefined { span: word.span, name, nearest: near });
                None
            }
            many => {
                let candidates = many.iter().map(|fact| self.model.facts[*fact].name.clone()).collect();
                let (kind, target) = (self.kind_words(kind), word.text.clone());
                self.problems.report(&KindProblem::NoLink { span: word.span, kind, target, candidates });
                None
            }
        }
    }

    /// What an owner has: its facts, and what clauses for each of its kind define.
    fn member(&self, kind: KindId, member: &Path, scope: &Scope) -> Result<Symbol, NameProblem> {
        let found = match member.parts.as_slice() {
            [one] => self.symbols.of_kind(&one.name.text, kind, scope, member.span, self.model)?,
            _ => Some(self.symbol(member, scope)?)
                .filter(|symbol| self.symbols.kind_of(*symbol, self.model) == Some(kind)),
        };
        found.map(|symbol| self.through_carry_over(symbol, scope)).ok_or_else(|| {
            let name = super::statements::path_text(member);
            let near = nearest(&name, self.symbols.names_of_kind(kind, self.model)).map(str::to_owned);
            NameProblem::Undefined { span: member.span, name, nearest: near }
        })
    }

    fn no_owner(&mut self, word: &Name, scope: &Scope) {
        let (span, name) = (word.span, word.text.clone());
        let known = self.model.kinds.iter().find(|kind| is_called(kind, &name));
        match known {
            Some(kind) => {
                let kind = kind.plural.clone();
                self.problems.report(&KindProblem::NotAtHand { span, name, kind });
            }
            None => {
                let kinds = scope.at_hand().flat_map(|kind| owner_words(self.model, kind));
                let kinds: Vec<String> = kinds.collect();
                let near = nearest(&name, kinds.iter().map(String::as_str)).map(str::to_owned);
                self.problems.report(&NameProblem::Undefined { span, name, nearest: near });
            }
        }
    }
}

/// The words that name an entity at hand or one of its links.
fn owner_words(model: &Model, kind: KindId) -> Vec<String> {
    let data = &model.kinds[kind];
    let links = data.facts.iter().filter(|fact| is_link(model, **fact));
    let links = links.map(|fact| model.facts[*fact].name.clone());
    data.definite.iter().cloned().chain([data.name.clone()]).chain(links).collect()
}

fn is_link(model: &Model, fact: FactId) -> bool {
    matches!(model.facts[fact].declared.ty, Ty::Entity(_))
}

/// Tells whether a word means one entity of a kind: its singular or definite form.
pub(super) fn is_called(kind: &super::Kind, word: &str) -> bool {
    kind.name == word || kind.definite.as_deref() == Some(word)
}

/// The links of a kind that a word means: by their own name, in the definite form of compounds too
/// (`bopælskommunen`), else the only ones to the kind that the word names.
fn links_called(model: &Model, kind: KindId, word: &str) -> Vec<FactId> {
    let links: Vec<(FactId, KindId)> = model.kinds[kind]
        .facts
        .iter()
        .filter_map(|fact| match model.facts[*fact].declared.ty {
            Ty::Entity(target) => Some((*fact, target)),
            _ => None,
        })
        .collect();
    let named = |(fact, target): &&(FactId, KindId)| {
        let (name, target) = (&model.facts[*fact].name, &model.kinds[*target]);
        let compound = name
            .strip_suffix(target.name.as_str())
            .zip(target.definite.as_deref())
            .is_some_and(|(head, definite)| word.strip_prefix(head) == Some(definite));
        name == word || compound
    };
    let own: Vec<FactId> = links.iter().filter(named).map(|(fact, _)| *fact).collect();
    if !own.is_empty() {
        return own;
    }
    let leads = |(_, target): &&(FactId, KindId)| is_called(&model.kinds[*target], word);
    links.iter().filter(leads).map(|(fact, _)| *fact).collect()
}

/// Writes the genitive of a word.
pub fn genitive(word: &str, lang: crate::base::Lang) -> String {
    match lang {
        crate::base::Lang::Da => format!("{word}s"),
        crate::base::Lang::En => format!("{word}'s"),
    }
}
