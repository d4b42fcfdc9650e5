//! What values an expression can have: declared for facts, inferred for definitions.

use super::{Aggregate, Body, DefId, ExprId, FactId, Model, NodeKind, OverTarget, Ty};
use crate::value::{Number, Stretch};

/// The values that an expression can have.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum KeyDomain {
    /// One of these texts.
    Texts(Vec<String>),
    /// Yes or no.
    Truth,
    /// Numbers.
    Numbers(Stretch),
}

/// How many definitions are looked through for what a value can be.
const DEEPEST: usize = 20;

impl Model {
    /// Returns the values an expression can have, as far as the text says.
    pub fn key_domain(&self, expr: ExprId) -> Option<KeyDomain> {
        if self.may_be_none(expr) { None } else { self.domain_of_something(expr) }
    }

    /// The same of an expression that may be `ingen`, for when it is not.
    pub fn domain_of_something(&self, expr: ExprId) -> Option<KeyDomain> {
        self.domain_within(expr, DEEPEST)
    }

    fn domain_within(&self, expr: ExprId, depth: usize) -> Option<KeyDomain> {
        let depth = depth.checked_sub(1)?;
        let node = &self.nodes[expr];
        match (&node.ty, &node.kind) {
            (Ty::Bool, _) => Some(KeyDomain::Truth),
            (Ty::OneOf(all), _) => Some(KeyDomain::Texts(all.clone())),
            (_, NodeKind::Fact(fact)) => self.fact_domain(*fact),
            (_, NodeKind::Def(def)) => self.domain_within(self.only_body(*def)?, depth),
            (_, NodeKind::CountMet(all)) => {
                let most = Number::from_i64(i64::try_from(all.len()).ok()?);
                Some(whole(Some(Number::zero()), Some(most)))
            }
            (_, NodeKind::Aggregate { op: Aggregate::Count, .. }) => Some(whole(Some(Number::zero()), None)),
            // What is only shown otherwise, or read at another time or for another, can be the same.
            (_, NodeKind::Restated(inner) | NodeKind::At(inner, _) | NodeKind::ForEntity(inner, ..)) => {
                self.domain_within(*inner, depth)
            }
            (_, NodeKind::If(_, then, otherwise)) => {
                either(self.domain_within(*then, depth)?, self.domain_within(*otherwise, depth)?)
            }
            (_, _) => None,
        }
    }

    /// Tells whether an expression may be `ingen`, as far as can be told: what is computed of several is not looked
    /// through and may be.
    pub fn may_be_none(&self, expr: ExprId) -> bool {
        self.none_within(expr, DEEPEST)
    }

    fn none_within(&self, expr: ExprId, depth: usize) -> bool {
        let Some(depth) = depth.checked_sub(1) else { return true };
        match &self.nodes[expr].kind {
            NodeKind::Fact(fact) => self.facts[*fact].declared.or_none,
            NodeKind::Nothing => true,
            NodeKind::Def(def) => {
                let data = &self.defs[*def];
                let laid = self.overrides.iter().filter(|over| over.target == OverTarget::Def(*def));
                data.bodies().chain(laid.map(|over| over.value)).any(|body| self.none_within(body, depth))
            }
            NodeKind::Restated(inner) | NodeKind::At(inner, _) | NodeKind::ForEntity(inner, ..) => {
                self.none_within(*inner, depth)
            }
            NodeKind::Of { value, .. } => self.none_within(*value, depth),
            NodeKind::Lookup { table, .. } => {
                let stated = self.tables[*table].rows.iter().flat_map(|row| row.stated());
                stated.into_iter().any(|result| self.none_within(result, depth))
            }
            NodeKind::If(_, then, otherwise) => {
                self.none_within(*then, depth) || self.none_within(*otherwise, depth)
            }
            _ => false,
        }
    }

    /// Returns the definition's one expression, where it has only one at all times and neither an exception nor a layer
    /// touches it.
    pub fn only_body(&self, def: DefId) -> Option<ExprId> {
        let data = &self.defs[def];
        let laid = self.overrides.iter().any(|over| over.target == OverTarget::Def(def));
        match (data.alternatives.as_slice(), data.exceptions.as_slice()) {
            ([only], []) if !laid && only.given.is_empty() && !only.total => match only.body {
                Body::Expr(expr) => Some(expr),
                Body::Lifted => None,
            },
            (_, _) => None,
        }
    }

    fn fact_domain(&self, fact: FactId) -> Option<KeyDomain> {
        let declared = &self.facts[fact].declared;
        if !declared.ty.is_numeric() {
            return None;
        }
        Some(KeyDomain::Numbers(self.fact_stretch(fact)))
    }

    /// Returns the numbers that a fact may be.
    pub fn fact_stretch(&self, fact: FactId) -> Stretch {
        let declared = &self.facts[fact].declared;
        let step = declared.whole.then(|| declared.show.scale.clone());
        match &declared.domain {
            Some(domain) => domain.stretch(step),
            None => Stretch { step, ..Stretch::default() },
        }
    }
}

/// What one of two can be; numbers from the lowest of both to the highest.
fn either(one: KeyDomain, other: KeyDomain) -> Option<KeyDomain> {
    match (one, other) {
        (KeyDomain::Numbers(one), KeyDomain::Numbers(other)) => Some(KeyDomain::Numbers(one.around(other))),
        (one, other) => (one == other).then_some(one),
    }
}

fn whole(low: Option<Number>, high: Option<Number>) -> KeyDomain {
    KeyDomain::Numbers(Stretch { low, high, step: Some(Number::one()), ..Stretch::default() })
}
