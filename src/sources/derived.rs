//! A figure that no passage prints but that follows from figures that it does: a sum, a difference, a product with a count, a
//! part, a share. The simplest way to get it is offered; that it is meant is for the writer to say.

use std::collections::BTreeSet;

use super::figures::{Figure, FigureKind};
use crate::base::Lang;
use crate::value::{Number, print_number};

/// How a figure follows from others.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Derived {
    /// The expression, as the rules' language writes it.
    pub(super) expression: String,
    /// The same with the words that the passage prints.
    pub(super) words: String,
}

/// A figure of a passage, with its words.
type Printed = (Figure, String);

/// More figures than this are not combined in threes: nearly every sum would be found among them.
const FEW: usize = 12;
/// More than this are not combined in twos, for the same reason.
const MANY: usize = 60;

/// Finds the simplest way to get a figure out of those that a passage prints.
pub(super) fn derived(stated: &Figure, printed: &[Printed], lang: Lang) -> Option<Derived> {
    let printed = once_each(printed);
    match stated.kind {
        FigureKind::Money => money(stated, &printed, lang),
        FigureKind::Percent => percent(stated, &printed, lang),
        FigureKind::Count => counted(stated, &printed, lang),
        FigureKind::Date | FigureKind::Year => None,
    }
}

/// Each figure once, those that say nothing left out.
fn once_each(printed: &[Printed]) -> Vec<Printed> {
    let mut seen = BTreeSet::new();
    let fresh = |(figure, _): &&Printed| {
        let said = (figure.kind, figure.value.to_exact());
        figure.date.is_none() && !figure.value.is_zero() && seen.insert(said)
    };
    printed.iter().filter(fresh).cloned().collect()
}

fn of(printed: &[Printed], kind: FigureKind) -> Vec<&Printed> {
    printed.iter().filter(|(figure, _)| figure.kind == kind).collect()
}

fn money(stated: &Figure, printed: &[Printed], lang: Lang) -> Option<Derived> {
    let amounts = of(printed, FigureKind::Money);
    let half = amounts.iter().find(|(amount, _)| twice(&stated.value) == amount.value);
    multiple(stated, &amounts, printed, lang)
        .or_else(|| half.map(|amount| said(&["½", lang.pick("af", "of")], &[amount], lang)))
        .or_else(|| sum(stated, &amounts, lang))
        .or_else(|| share(stated, &amounts, printed, lang))
        .or_else(|| per_year(stated, &amounts, printed, lang))
        .or_else(|| sum_of_three(stated, &amounts, lang))
}

fn percent(stated: &Figure, printed: &[Printed], lang: Lang) -> Option<Derived> {
    let shares = of(printed, FigureKind::Percent);
    let hundred = Number::from_i64(100);
    let rest = shares.iter().find(|(share, _)| hundred.sub(&share.value) == stated.value);
    let rest = rest.map(|share| {
        let all = lang.pick("100 pct.", "100 per cent");
        let (own, words) = spelled(share, lang);
        Derived { expression: format!("{all} − {own}"), words: format!("{all} − {words}") }
    });
    rest.or_else(|| sum(stated, &shares, lang))
        .or_else(|| multiple(stated, &shares, printed, lang))
        .or_else(|| sum_of_three(stated, &shares, lang))
}

fn counted(stated: &Figure, printed: &[Printed], lang: Lang) -> Option<Derived> {
    let counts = of(printed, FigureKind::Count);
    sum(stated, &counts, lang).or_else(|| {
        let pair = pairs(&counts).find(|(a, b)| a.0.value.mul(&b.0.value) == stated.value);
        pair.map(|(a, b)| joined(a, "×", b, lang))
    })
}

fn twice(value: &Number) -> Number {
    value.mul(&Number::from_i64(2))
}

/// `6 × 200 mio. kr.`, the count printed, or that of the years from one to another: `(2025 − 2020 + 1) × 200 mio. kr.`.
fn multiple(stated: &Figure, figures: &[&Printed], printed: &[Printed], lang: Lang) -> Option<Derived> {
    let fits = |count: &Number, figure: &Number| count.mul(figure) == stated.value;
    counted_with(figures, printed, &fits, &|count, figure| format!("{count} × {figure}"), lang)
}

/// An amount by the year: `1.200 mio. kr. / 6`, or by the years that are printed.
fn per_year(stated: &Figure, amounts: &[&Printed], printed: &[Printed], lang: Lang) -> Option<Derived> {
    let fits = |count: &Number, amount: &Number| count.mul(&stated.value) == *amount;
    counted_with(amounts, printed, &fits, &|count, amount| format!("{amount} / {count}"), lang)
}

/// The first count, printed or of years, that fits one of the figures, put together with it.
fn counted_with(
    figures: &[&Printed],
    printed: &[Printed],
    fits: &dyn Fn(&Number, &Number) -> bool,
    put: &dyn Fn(&str, &str) -> String,
    lang: Lang,
) -> Option<Derived> {
    let counts = of(printed, FigureKind::Count).into_iter().map(|count| {
        let (own, words) = spelled(count, lang);
        (own, words, count.0.value.clone())
    });
    let years = spans(printed).into_iter().map(|(years, count)| (years.clone(), years, count));
    counts.chain(years).find_map(|(own_count, words_count, count)| {
        let figure = figures.iter().find(|figure| fits(&count, &figure.0.value))?;
        let (own, words) = spelled(figure, lang);
        Some(Derived { expression: put(&own_count, &own), words: put(&words_count, &words) })
    })
}

/// The years from one that is printed to a later one, as an expression, and how many they are.
fn spans(printed: &[Printed]) -> Vec<(String, Number)> {
    let years = of(printed, FigureKind::Year);
    let pairs = years.iter().flat_map(|from| years.iter().map(move |to| (from, to)));
    let later = pairs.filter_map(|(from, to)| {
        let count = to.0.value.sub(&from.0.value).add(&Number::one());
        let several = !count.is_negative() && !count.is_zero() && count != Number::one();
        let (from, to) = (from.0.value.to_exact(), to.0.value.to_exact());
        several.then(|| (format!("({to} − {from} + 1)"), count))
    });
    later.collect()
}

/// `33 pct. af 900 mio. kr.`
fn share(stated: &Figure, amounts: &[&Printed], printed: &[Printed], lang: Lang) -> Option<Derived> {
    let hundred = Number::from_i64(100);
    for share in of(printed, FigureKind::Percent) {
        let part = |amount: &&&Printed| share.0.value.mul(&amount.0.value) == stated.value.mul(&hundred);
        if let Some(amount) = amounts.iter().find(part) {
            return Some(joined(share, lang.pick("af", "of"), amount, lang));
        }
    }
    None
}

fn pairs<'p>(figures: &'p [&'p Printed]) -> impl Iterator<Item = (&'p Printed, &'p Printed)> {
    let with_later = |(at, one): (usize, &&'p Printed)| {
        let one: &'p Printed = one;
        figures.iter().skip(at + 1).map(move |other| (one, *other))
    };
    figures.iter().enumerate().flat_map(with_later)
}

/// The sum of two, or the difference.
fn sum(stated: &Figure, figures: &[&Printed], lang: Lang) -> Option<Derived> {
    if figures.len() > MANY {
        return None;
    }
    pairs(figures).find_map(|(a, b)| {
        let (one, other) = (&a.0.value, &b.0.value);
        if one.add(other) == stated.value {
            return Some(joined(a, "+", b, lang));
        }
        let (more, less) = if other.sub(one).is_negative() { (a, b) } else { (b, a) };
        (more.0.value.sub(&less.0.value) == stated.value).then(|| joined(more, "−", less, lang))
    })
}

fn sum_of_three(stated: &Figure, figures: &[&Printed], lang: Lang) -> Option<Derived> {
    if figures.len() > FEW {
        return None;
    }
    for (at, one) in figures.iter().enumerate() {
        let others: Vec<&Printed> = figures.iter().skip(at + 1).copied().collect();
        let rest = stated.value.sub(&one.0.value);
        if let Some((a, b)) = pairs(&others).find(|(a, b)| a.0.value.add(&b.0.value) == rest) {
            return Some(said(&["+", "+"], &[one, a, b], lang));
        }
    }
    None
}

fn joined(a: &Printed, sign: &str, b: &Printed, lang: Lang) -> Derived {
    said(&[sign], &[a, b], lang)
}

/// Words figures with signs between them; where there are as many signs as figures, or more, the first stand in front.
fn said(signs: &[&str], figures: &[&Printed], lang: Lang) -> Derived {
    let (mut own, mut printed): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    let in_front = (signs.len() + 1).saturating_sub(figures.len());
    let (front, between) = signs.split_at(in_front.min(signs.len()));
    for sign in front {
        own.push((*sign).to_owned());
        printed.push((*sign).to_owned());
    }
    for (at, figure) in figures.iter().enumerate() {
        if let Some(sign) = at.checked_sub(1).and_then(|at| between.get(at)) {
            own.push((*sign).to_owned());
            printed.push((*sign).to_owned());
        }
        let (spelled, words) = spelled(figure, lang);
        own.push(spelled);
        printed.push(words);
    }
    Derived { expression: own.join(" "), words: printed.join(" ") }
}

/// A figure as the rules' language writes it, and as the passage does.
fn spelled((figure, words): &Printed, lang: Lang) -> (String, String) {
    let number = |value: &Number| print_number(value, lang, 0, 12).text;
    let million = Number::pow10(6);
    let own = match figure.kind {
        FigureKind::Money => {
            let millions = figure.value.div(&million).filter(|_| !figure.value.sub(&million).is_negative());
            match millions.filter(|millions| print_number(millions, lang, 0, 6).exact) {
                Some(millions) => format!("{} {}", number(&millions), lang.pick("mio. kr.", "million kr.")),
                None => format!("{} kr.", number(&figure.value)),
            }
        }
        FigureKind::Percent => format!("{} {}", number(&figure.value), lang.pick("pct.", "per cent")),
        FigureKind::Count if print_number(&figure.value, lang, 0, 6).exact => number(&figure.value),
        FigureKind::Count | FigureKind::Year | FigureKind::Date => figure.value.to_exact(),
    };
    (own, words.clone())
}

#[cfg(test)]
mod tests {
    use super::super::figures::figures;
    use super::*;

    fn found(stated: &str, passage: &str) -> Option<String> {
        let stated = figures(stated, Lang::Da).into_iter().next()?;
        let printed: Vec<Printed> = figures(passage, Lang::Da)
            .into_iter()
            .map(|figure| {
                let words = passage.get(figure.range.clone()).unwrap_or("").to_owned();
                (figure, words)
            })
            .collect();
        derived(&stated, &printed, Lang::Da).map(|derived| derived.expression)
    }

    #[test]
    fn the_simplest_way_is_found() {
        let cases = [
            ("1.200 mio. kr.", "200 mio. kr. i hvert af de seks år", "6 × 200 mio. kr."),
            ("1,2 mia. kr.", "200 mio. kr. årligt i 2020-2025", "(2025 − 2020 + 1) × 200 mio. kr."),
            ("104 mio. kr.", "96 mio. kr. og 8 mio. kr.", "96 mio. kr. + 8 mio. kr."),
            ("88 mio. kr.", "8 mio. kr. af 96 mio. kr.", "96 mio. kr. − 8 mio. kr."),
            ("48 mio. kr.", "en ramme på 96 mio. kr.", "½ af 96 mio. kr."),
            ("67 pct.", "33 pct. bevares", "100 pct. − 33 pct."),
            ("297 mio. kr.", "33 procent af 900 millioner kroner", "33 pct. af 900 mio. kr."),
            ("50 mio. kr.", "150 mio. kr. over tre år", "150 mio. kr. / 3"),
            ("6 mio. kr.", "1 mio. kr., 2 mio. kr. og 3 mio. kr.", "1 mio. kr. + 2 mio. kr. + 3 mio. kr."),
        ];
        for (stated, passage, wanted) in cases {
            assert_eq!(found(stated, passage).as_deref(), Some(wanted), "{stated} of {passage}");
        }
        assert_eq!(found("7 mio. kr.", "5 mio. kr. til drift"), None);
    }
}
