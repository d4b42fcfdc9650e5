//! What values an expression can have: declared for facts, inferred for definitions.

use std::collections::BTreeMap;

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

/// What was found of definitions already; nothing of one that is being looked through, as in a ring.
type Seen = BTreeMap<DefId, Option<KeyDomain>>;

/// How many expressions inside each other are looked through for what a value can be.
const DEEPEST: usize = 500;

impl Model {
    /// Returns the values an expression can have, as far as the text says.
    pub fn key_domain(&self, expr: ExprId) -> Option<KeyDomain> {
        if self.may_be_none(expr) { None } else { self.domain_of_something(expr) }
    }

    /// The same of an expression that may be `ingen`, for when it is not.
    pub fn domain_of_something(&self, expr: ExprId) -> Option<KeyDomain> {
        self.domain_within(expr, DEEPEST, &mut Seen::new())
    }

    /// The same through at most so many expressions; each definition is looked through once.
    fn domain_within(&self, expr: ExprId, depth: usize, seen: &mut Seen) -> Option<KeyDomain> {
        let depth = depth.checked_sub(1)?;
        let node = &self.nodes[expr];
        match (&node.ty, &node.kind) {
            (Ty::Bool, _) => Some(KeyDomain::Truth),
            (Ty::OneOf(all), _) => Some(KeyDomain::Texts(all.clone())),
            (_, NodeKind::Fact(fact)) => self.fact_domain(*fact),
            (_, NodeKind::Def(def)) => {
                if let Some(known) = seen.get(def) {
                    return known.clone();
                }
                seen.insert(*def, None);
                let domain = self.only_body(*def).and_then(|body| self.domain_within(body, depth, seen));
                seen.insert(*def, domain.clone());
                domain
            }
            (_, NodeKind::CountMet(all)) => {
                let most = Number::from_i64(i64::try_from(all.len()).ok()?);
                Some(whole(Some(Number::zero()), Some(most)))
            }
            (_, NodeKind::Aggregate { op: Aggregate::Count, .. }) => Some(whole(Some(Number::zero()), None)),
            // What is only shown otherwise, or read at another time or for another, can be the same.
            (_, NodeKind::Restated(inner) | NodeKind::At(inner, _) | NodeKind::ForEntity(inner, ..)) => {
                self.domain_within(*inner, depth, seen)
            }
            (_, NodeKind::If(_, then, otherwise)) => {
                let then = self.domain_within(*then, depth, seen)?;
                either(then, self.domain_within(*otherwise, depth, seen)?)
            }
            (_, _) => None,
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
