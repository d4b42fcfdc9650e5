//! What values an expression can have: declared for facts, inferred for definitions.

use super::{Aggregate, Body, DefId, ExprId, FactId, Model, NodeKind, Ty};
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
        self.domain_within(expr, DEEPEST)
    }

    fn domain_within(&self, expr: ExprId, depth: usize) -> Option<KeyDomain> {
        let depth = depth.checked_sub(1)?;
        let node = &self.nodes[expr];
        match (&node.ty, &node.kind) {
            (Ty::Bool, _) => Some(KeyDomain::Truth),
            (Ty::OneOf(all), NodeKind::Fact(fact)) => {
                (!self.facts[*fact].declared.or_none).then(|| KeyDomain::Texts(all.clone()))
            }
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
            (_, _) => None,
        }
    }

    fn only_body(&self, def: DefId) -> Option<ExprId> {
        let data = &self.defs[def];
        match (data.alternatives.as_slice(), data.exceptions.as_slice()) {
            ([only], []) => match only.body {
                Body::Expr(expr) => Some(expr),
                Body::Lifted => None,
            },
            (_, _) => None,
        }
    }

    fn fact_domain(&self, fact: FactId) -> Option<KeyDomain> {
        let declared = &self.facts[fact].declared;
        if declared.or_none || !declared.ty.is_numeric() {
            return None;
        }
        Some(KeyDomain::Numbers(self.fact_stretch(fact)))
    }

    /// Returns the numbers that a fact may be.
    pub fn fact_stretch(&self, fact: FactId) -> Stretch {
        let declared = &self.facts[fact].declared;
        let bounds = declared.domain.as_ref();
        Stretch {
            low: bounds.and_then(|d| d.low.as_ref()).map(|(low, _)| low.clone()),
            low_open: bounds.and_then(|d| d.low.as_ref()).is_some_and(|(_, included)| !included),
            high: bounds.and_then(|d| d.high.as_ref()).map(|(high, _)| high.clone()),
            high_open: bounds.and_then(|d| d.high.as_ref()).is_some_and(|(_, included)| !included),
            step: declared.whole.then(|| declared.show.scale.clone()),
        }
    }
}

fn whole(low: Option<Number>, high: Option<Number>) -> KeyDomain {
    KeyDomain::Numbers(Stretch { low, high, step: Some(Number::one()), ..Stretch::default() })
}
