//! Figures: their digits, their units, their price levels.

use super::pack::Pack;
use super::view::{Draft, View};
use super::walk::Site;
use crate::base::{Span, bi};
use crate::diag::Edit;
use crate::syntax::TokenKind;
use crate::syntax::ast::{Literal, UnitKind, UnitWord};

/// A unit becomes the one it is easily taken for.
pub(super) fn swap_unit(view: &View<'_>, pack: &Pack) -> Vec<Draft> {
    let swapped = |site: &Site<'_>| match site {
        // Nothing of one unit is nothing of another.
        Site::Unit(word) if !follows_zero(view, word) => {
            let new = other_unit(word, pack)?.get(view.lang).to_owned();
            Some(Draft::replace(word.span, view.text(word.span), new))
        }
        _ => None,
    };
    view.sites.iter().filter_map(swapped).collect()
}

/// Tells whether the figure before a unit is 0.
fn follows_zero(view: &View<'_>, word: &UnitWord) -> bool {
    view.sites.iter().any(|site| match site {
        Site::Number(number) => {
            number.span.file == word.span.file
                && number.span.end <= word.span.start
                && word.span.start.saturating_sub(number.span.end) <= 1
                && view.text(number.span).chars().all(|letter| matches!(letter, '0' | ',' | '.'))
        }
        _ => false,
    })
}

fn other_unit(word: &UnitWord, pack: &Pack) -> Option<crate::base::Bi> {
    Some(match &word.kind {
        UnitKind::Krone => UnitKind::ThousandKroner.words(),
        UnitKind::ThousandKroner | UnitKind::BillionKroner => UnitKind::MillionKroner.words(),
        UnitKind::MillionKroner => UnitKind::BillionKroner.words(),
        UnitKind::Percent => UnitKind::PerMille.words(),
        UnitKind::PercentagePoint | UnitKind::PerMille => UnitKind::Percent.words(),
        // One of them: `kr. pr. måned` and `12 måned` can both be read.
        UnitKind::Year | UnitKind::Quarter | UnitKind::Day => bi!("måned", "month"),
        UnitKind::Month => bi!("dag", "day"),
        // Kinds and named types are links; only declared units are swapped.
        UnitKind::Named(name) if pack.is_unit(name) => match pack.other_unit(name) {
            Some(other) => crate::base::Bi::same(other),
            None => UnitKind::Krone.words(),
        },
        UnitKind::Named(_) => return None,
    })
}

/// Two digits change places: the last two neighbours that differ. A figure of one digit, or of equal ones, is left.
pub(super) fn transpose(view: &View<'_>) -> Vec<Draft> {
    let turned = |site: &Site<'_>| match site {
        Site::Number(number) => {
            let written = view.text(number.span);
            Some(Draft::replace(number.span, written, transposed(written)?))
        }
        _ => None,
    };
    view.sites.iter().filter_map(turned).collect()
}

fn transposed(written: &str) -> Option<String> {
    let chars: Vec<char> = written.chars().collect();
    let digits: Vec<usize> =
        chars.iter().enumerate().filter(|(_, c)| c.is_ascii_digit()).map(|(at, _)| at).collect();
    let swapped = |(one, other): (usize, usize)| {
        let mut turned = chars.clone();
        turned.swap(one, other);
        (turned != chars && !leads_with_zero(&turned)).then(|| turned.into_iter().collect())
    };
    let pairs = digits.windows(2).rev().filter_map(|pair| Some((*pair.first()?, *pair.get(1)?)));
    // Digits that stand side by side come first; those with a sign between them are taken where there are no others.
    let (beside, apart): (Vec<_>, Vec<_>) = pairs.partition(|(one, other)| one + 1 == *other);
    beside.into_iter().chain(apart).find_map(swapped)
}

/// Nobody writes a whole number with a 0 in front: `01` would be seen, and is another mistake.
fn leads_with_zero(chars: &[char]) -> bool {
    chars.first() == Some(&'0') && chars.get(1).is_some_and(char::is_ascii_digit)
}

/// An amount gets the price level of the year before; so does what an amount is converted to.
pub(super) fn change_level(view: &View<'_>, pack: &Pack) -> Vec<Draft> {
    let changed = |site: &Site<'_>| match site {
        Site::Level(level, span) => {
            let old = view.text(*span);
            let new = pack.other_level(Some(*level));
            let marked = old.starts_with('(');
            Some(Draft::replace(*span, old, if marked { format!("({new})") } else { new }))
        }
        Site::LevelOfType(level, span) => {
            let mark = mark_in(view, *span)?;
            let new = format!("({})", pack.other_level(Some(*level)));
            Some(Draft::replace(mark, view.text(mark), new))
        }
        Site::Literal { literal, plain: true } => marked(view, literal, pack),
        _ => None,
    };
    view.sites.iter().filter_map(changed).collect()
}

/// An amount that states no level gets one.
fn marked(view: &View<'_>, literal: &Literal, pack: &Pack) -> Option<Draft> {
    let unit = literal.unit.as_ref().filter(|_| literal.level.is_none())?;
    let money = match unit.over.kind {
        UnitKind::Krone | UnitKind::ThousandKroner | UnitKind::MillionKroner | UnitKind::BillionKroner => {
            true
        }
        UnitKind::Percent | UnitKind::PercentagePoint | UnitKind::PerMille | UnitKind::Year => false,
        UnitKind::Quarter | UnitKind::Month | UnitKind::Day | UnitKind::Named(_) => false,
    };
    // 0 is the same in all prices.
    if !money || literal.number.value.is_zero() {
        return None;
    }
    let old = view.text(literal.span.to(unit.span));
    let own = view.level_at(literal.span).unwrap_or(pack.level);
    let mark = format!(" ({})", pack.other_level(own));
    let (amount, level) = (view.text(literal.number.span.to(unit.span)), mark.trim());
    let what = bi!("`{amount}` → `{amount} {level}`", "`{amount}` → `{amount} {level}`");
    (!old.is_empty()).then(|| Draft { edits: vec![Edit::after(unit.span, mark.clone())], what })
}

/// The first parenthesis of a type is its price level.
fn mark_in(view: &View<'_>, ty: Span) -> Option<Span> {
    let mut words = view.words(ty);
    let (_, _, open) = words.find(|(token, ..)| token.kind == TokenKind::Open)?;
    let (_, _, close) = words.find(|(token, ..)| token.kind == TokenKind::Close)?;
    Some(open.to(close))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_that_differ_change_places() {
        let cases = [
            ("1.723,9", Some("1.732,9")),
            ("104", Some("140")),
            ("100", None),
            ("25", Some("52")),
            ("0,01", Some("0,10")),
            ("1,1", None),
            ("2,9", Some("9,2")),
            ("½", None),
            ("1/3", Some("3/1")),
            ("2.999", Some("9.299")),
        ];
        for (written, turned) in cases {
            assert_eq!(transposed(written).as_deref(), turned, "{written}");
        }
    }
}
