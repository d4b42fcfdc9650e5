//! How results are shown: an amount keeps the multiple and the decimals of what it is made of.

use super::describe;
use crate::base::{Bi, Lang};
use crate::model::{Model, Show, Ty};
use crate::value::{Number, UnitTable};

/// Returns the finer of two ways to show the same kind of value.
pub(super) fn finer(left: &(Ty, Show), right: &(Ty, Show)) -> Show {
    match (&left.0, &right.0) {
        (Ty::Zero | Ty::Unknown | Ty::Nothing, _) => right.1.clone(),
        (_, Ty::Zero | Ty::Unknown | Ty::Nothing) => left.1.clone(),
        (_, _) if left.1.weak => right.1.clone(),
        (_, _) if right.1.weak => left.1.clone(),
        (_, _) => finer_show(&left.1, &right.1),
    }
}

fn finer_show(left: &Show, right: &Show) -> Show {
    let decimals = left.decimals.max(right.decimals);
    match left.scale.cmp(&right.scale) {
        std::cmp::Ordering::Equal => Show { decimals, ..left.clone() },
        std::cmp::Ordering::Less => left.clone(),
        std::cmp::Ordering::Greater => right.clone(),
    }
}

/// Returns how a product or quotient is shown: as the one factor that keeps its unit, else by its unit's own words. With a
/// written 0 it is 0 as well, which fits every price level.
pub(super) fn combined(ty: &Ty, left: &(Ty, Show), right: &(Ty, Show), model: &Model) -> Show {
    let keeps = |side: &(Ty, Show)| {
        same_unit(&side.0, ty).then(|| Show { decimals: 0, fixed: false, ..side.1.clone() })
    };
    let show = keeps(left).or_else(|| keeps(right)).unwrap_or_else(|| by_unit(ty, model));
    Show { weak: left.1.weak || right.1.weak, ..show }
}

fn same_unit(side: &Ty, whole: &Ty) -> bool {
    match (side, whole) {
        (Ty::Quantity { unit: a, .. }, Ty::Quantity { unit: b, .. }) => a == b,
        (a, b) => a == b,
    }
}

/// Returns how a type is shown when nothing says more.
pub(super) fn by_unit(ty: &Ty, model: &Model) -> Show {
    match ty {
        Ty::Percent => Show::percent(0),
        Ty::Quantity { unit, .. } => {
            let words = |lang| unit.print(&model.units, lang, true);
            let words = crate::base::Bi::new(words(crate::base::Lang::Da), words(crate::base::Lang::En));
            Show { scale: Number::one(), words, decimals: 0, fixed: false, weak: false, ungrouped: false }
        }
        Ty::Unknown | Ty::Zero | Ty::Number | Ty::Bool | Ty::Date | Ty::Text => Show::plain(),
        Ty::OneOf(_) | Ty::Entity(_) | Ty::Nothing => Show::plain(),
    }
}

/// Describes a type in words, a length of time in the unit that it is written in: years are shown as years.
pub(super) fn described(ty: &Ty, show: &Show, model: &Model) -> Bi {
    let plain = describe(ty, model);
    let Ty::Quantity { unit, .. } = ty else { return plain };
    let counts_time = unit.powers().any(|(base, _)| base == UnitTable::MONTH);
    let written = |lang: Lang| show.words.get(lang);
    if !counts_time || show.weak || written(Lang::Da).is_empty() {
        return plain;
    }
    let as_written =
        |lang: Lang| plain.get(lang).replace(&unit.print(&model.units, lang, true), written(lang));
    Bi::new(as_written(Lang::Da), as_written(Lang::En))
}
