//! The one table of what operators do to types. Values are kept in base units, so the evaluator needs no more than
//! the operator itself.

use crate::model::{Arith, Compare, Ty};
use crate::value::{Levels, Unit};

/// Why two types do not go together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Clash {
    /// Different units.
    Units,
    /// Different price levels.
    Levels,
    /// An amount and a percentage.
    AmountAndPercent,
    /// A bare number and something with a unit.
    BareNumber,
    /// Something that is not a number.
    NotNumbers,
}

/// Returns the type of `left op right`.
pub fn arith(op: Arith, left: &Ty, right: &Ty) -> Result<Ty, Clash> {
    match op {
        Arith::Add | Arith::Sub => join(left, right).and_then(numeric),
        Arith::Mul => product(left, right),
        Arith::Div => quotient(left, right),
        Arith::Of => share(left, right),
    }
}

/// Tells whether two types can be compared in this way.
pub fn compare(op: Compare, left: &Ty, right: &Ty) -> Result<(), Clash> {
    let joined = join(left, right)?;
    let ordered = match op {
        Compare::Eq | Compare::Ne => false,
        Compare::Lt | Compare::Le | Compare::Gt | Compare::Ge => true,
    };
    let fits = match joined {
        Ty::Unknown | Ty::Zero | Ty::Number | Ty::Percent | Ty::Quantity { .. } | Ty::Date => true,
        Ty::Bool | Ty::Text | Ty::OneOf(_) | Ty::Entity(_) | Ty::Nothing => !ordered,
    };
    if fits { Ok(()) } else { Err(Clash::NotNumbers) }
}

/// Returns the type that holds both: of sums, branches, rows and comparisons.
pub fn join(left: &Ty, right: &Ty) -> Result<Ty, Clash> {
    match (left, right) {
        (Ty::Unknown, other) | (other, Ty::Unknown) => Ok(other.clone()),
        (Ty::Zero, other) | (other, Ty::Zero) if other.is_numeric() => Ok(other.clone()),
        (Ty::Nothing, other) | (other, Ty::Nothing) => Ok(other.clone()),
        (Ty::Quantity { unit: a, level: la }, Ty::Quantity { unit: b, level: lb }) => {
            if a != b {
                return Err(Clash::Units);
            }
            Ok(Ty::Quantity { unit: a.clone(), level: join_levels(la, lb)? })
        }
        (Ty::OneOf(_), Ty::Text) => Ok(left.clone()),
        (Ty::Text, Ty::OneOf(_)) => Ok(right.clone()),
        // An entity is named by its name.
        (Ty::Entity(_), Ty::Text) => Ok(left.clone()),
        (Ty::Text, Ty::Entity(_)) => Ok(right.clone()),
        (Ty::Percent, Ty::Quantity { .. }) | (Ty::Quantity { .. }, Ty::Percent) => {
            Err(Clash::AmountAndPercent)
        }
        (Ty::Number, Ty::Quantity { .. } | Ty::Percent) => Err(Clash::BareNumber),
        (Ty::Quantity { .. } | Ty::Percent, Ty::Number) => Err(Clash::BareNumber),
        (a, b) if a == b => Ok(a.clone()),
        (_, _) => Err(Clash::NotNumbers),
    }
}

fn numeric(ty: Ty) -> Result<Ty, Clash> {
    if ty.is_numeric() || ty == Ty::Unknown { Ok(ty) } else { Err(Clash::NotNumbers) }
}

/// A rounding or a 0 fits every level; otherwise levels must be the same at every time both have one.
fn join_levels(left: &Option<Levels>, right: &Option<Levels>) -> Result<Option<Levels>, Clash> {
    match (left, right) {
        (None, level) | (level, None) => Ok(level.clone()),
        (Some(a), Some(b)) => a.join(b).map(Some).ok_or(Clash::Levels),
    }
}

fn product(left: &Ty, right: &Ty) -> Result<Ty, Clash> {
    match (left, right) {
        (Ty::Unknown, other) | (other, Ty::Unknown) => numeric(other.clone()),
        (Ty::Zero | Ty::Number, other) | (other, Ty::Zero | Ty::Number) => numeric(other.clone()),
        (Ty::Percent, other) | (other, Ty::Percent) => numeric(other.clone()),
        (Ty::Quantity { unit: a, level: la }, Ty::Quantity { unit: b, level: lb }) => {
            Ok(quantity(a.times(b), join_levels(la, lb)?))
        }
        (_, _) => Err(Clash::NotNumbers),
    }
}

fn quotient(left: &Ty, right: &Ty) -> Result<Ty, Clash> {
    match (left, right) {
        (Ty::Unknown, other) | (other, Ty::Unknown) => numeric(other.clone()).map(|_| Ty::Unknown),
        (Ty::Percent, Ty::Percent) => Ok(Ty::Number),
        (other, Ty::Zero | Ty::Number | Ty::Percent) => numeric(other.clone()),
        (Ty::Quantity { unit: a, level: la }, Ty::Quantity { unit: b, level: lb }) => {
            let unit = a.per(b);
            let level = join_levels(la, lb)?;
            Ok(quantity(unit, level))
        }
        (Ty::Zero, Ty::Quantity { .. }) => Ok(Ty::Zero),
        (Ty::Number | Ty::Percent, Ty::Quantity { unit, level }) => {
            Ok(quantity(Unit::none().per(unit), level.clone()))
        }
        (_, _) => Err(Clash::NotNumbers),
    }
}

fn quantity(unit: Unit, level: Option<Levels>) -> Ty {
    if unit.is_none() { Ty::Number } else { Ty::Quantity { unit, level } }
}

fn share(left: &Ty, right: &Ty) -> Result<Ty, Clash> {
    match left {
        Ty::Percent | Ty::Number | Ty::Zero | Ty::Unknown => numeric(right.clone()),
        Ty::Quantity { .. } => Err(Clash::Units),
        Ty::Bool | Ty::Date | Ty::Text | Ty::OneOf(_) | Ty::Entity(_) | Ty::Nothing => Err(Clash::NotNumbers),
    }
}
