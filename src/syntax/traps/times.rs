//! Dates, periods and price levels in forms of other texts.

use super::form::{edit, form, so};
use crate::base::{Span, bi};
use crate::diag::{Code, Diagnostic, Edit};
use crate::syntax::grammar::Kind;
use crate::syntax::keywords::month;
use crate::syntax::spelt_date;
use crate::syntax::stop::Scene;
use crate::value::Date;

/// A date in figures or with its month otherwise than the language writes it: where, and the dates it may be.
#[derive(Clone, Debug)]
struct Spelt {
    at: Span,
    dates: Vec<Date>,
}

/// `01-07-2025`, `1.7.2025`, `1. Juli 2025`.
pub(super) fn date(scene: &Scene<'_>) -> Option<Diagnostic> {
    let spelt = (0..scene.words.len()).find_map(|index| spelt_at(scene, index))?;
    let written = scene.text.get(spelt.at.range())?;
    Some(spelt_date::other_form(spelt.at, written, &spelt.dates, scene.lang))
}

/// A date however it is written: where it stands, and the language's way to write it where it can be one date only.
#[derive(Clone, Debug)]
pub(super) struct AnyDate {
    /// Where.
    pub(super) at: Span,
    /// The date as the language writes it.
    pub(super) one: Option<String>,
}

/// Reads a date at a word, in whatever form.
pub(super) fn any_date(scene: &Scene<'_>, index: usize) -> Option<AnyDate> {
    if let Some(spelt) = spelt_at(scene, index) {
        let one = spelt.dates.first().filter(|_| spelt.dates.len() == 1);
        return Some(AnyDate { at: spelt.at, one: one.map(|date| date.print(scene.lang)) });
    }
    if scene.is_number(index) && scene.word(index).len() == "2025-01-01".len() {
        let mut parts = scene.word(index).split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        let date = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?;
        return Some(AnyDate { at: scene.span(index), one: Some(date.print(scene.lang)) });
    }
    let day = scene.is_number(index).then(|| scene.word(index))?;
    let name = index + 1 + usize::from(scene.word(index + 1) == ".");
    let date = written_date(scene, day, name, name + 1)?;
    Some(AnyDate { at: scene.stretch(index, name + 1), one: Some(date.print(scene.lang)) })
}

fn spelt_at(scene: &Scene<'_>, index: usize) -> Option<Spelt> {
    let spelt = in_figures(scene, index)
        .or_else(|| with_month(scene, index))
        .or_else(|| month_first(scene, index))?;
    (!spelt.dates.is_empty()).then_some(spelt)
}

/// `1.7.2025`, `1/7 2025`, `2025/07/01`.
fn in_figures(scene: &Scene<'_>, index: usize) -> Option<Spelt> {
    let start = scene.words.get(index).filter(|_| scene.is_number(index))?.range.start;
    let before = scene.text.get(..start)?.chars().next_back();
    if before.is_some_and(|char| char.is_alphanumeric() || matches!(char, '.' | ',' | '-' | '/')) {
        return None;
    }
    let text = scene.text.get(start..scene.end())?;
    let (dates, length) = spelt_date::in_figures(text, scene.lang)?;
    Some(Spelt { at: scene.place(start..start + length), dates })
}

/// `1 juli 2025`, `1. Juli 2025`, `1. July 2025`.
fn with_month(scene: &Scene<'_>, index: usize) -> Option<Spelt> {
    let day = scene.is_number(index).then(|| scene.word(index))?;
    let name = index + 1 + usize::from(scene.word(index + 1) == ".");
    let year = name + 1;
    let date = written_date(scene, day, name, year)?;
    let at = scene.stretch(index, year);
    let right = date.print(scene.lang) == scene.text.get(at.range())?;
    (!right).then_some(Spelt { at, dates: vec![date] })
}

/// `July 1, 2025`.
fn month_first(scene: &Scene<'_>, index: usize) -> Option<Spelt> {
    let day = scene.is_number(index + 1).then(|| scene.word(index + 1))?;
    let year = index + 2 + usize::from(matches!(scene.word(index + 2), "," | "."));
    let date = written_date(scene, day, index, year)?;
    Some(Spelt { at: scene.stretch(index, year), dates: vec![date] })
}

fn written_date(scene: &Scene<'_>, day: &str, name: usize, year: usize) -> Option<Date> {
    let word = scene.word(name);
    let name = [word.to_lowercase(), capitalized(word)];
    let month = name.iter().find_map(|name| month(scene.lang, name))?;
    Date::new(scene.year_at(year)?.parse().ok()?, month, day.parse().ok()?)
}

fn capitalized(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars.flat_map(char::to_lowercase)).collect()
    })
}

/// `the year is 2024`: the year evaluated is `year` alone.
pub(super) fn the_year(scene: &Scene<'_>) -> Option<Diagnostic> {
    let (year, day) = (scene.spelt(Kind::kw_year), scene.spelt(Kind::kw_day));
    let near = [Some(scene.stop), scene.stop.checked_sub(1)].into_iter().flatten();
    let the = |index: &usize| {
        scene.word(*index) == "the" && (scene.word(index + 1) == year || scene.word(index + 1) == day)
    };
    let index = near.into_iter().find(the)?;
    let word = scene.word(index + 1);
    let at = scene.stretch(index, index + 1);
    let says = bi!(
        "det år, der regnes for, hedder `{year}`, og dagen `{day}`",
        "the year evaluated is called `{year}`, and the day `{day}`"
    );
    Some(form(at, says).reading(so(), vec![edit(at, word)]))
}

/// `x = 100 kr. fra 1. juli 2025`: the time stands on the left.
pub(super) fn time_after_value(scene: &Scene<'_>) -> Option<Diagnostic> {
    let equals = scene.first("=").filter(|equals| *equals + 1 < scene.stop)?;
    let opens = [Kind::kw_from, Kind::kw_until, Kind::kw_through];
    let stands = opens.into_iter().any(|kind| scene.keyword_at(scene.stop, kind).is_some());
    if !stands || scene.keyword_before(scene.stop, Kind::kw_basis).is_some() {
        return None;
    }
    let basis =
        (scene.stop..scene.words.len()).find(|index| scene.keyword_at(*index, Kind::kw_basis).is_some());
    let last = basis.unwrap_or(scene.words.len()).checked_sub(1).filter(|last| *last > scene.stop)?;
    let at = scene.stretch(scene.stop, last);
    let found =
        form(at, bi!("tidspunktet skrives før lighedstegnet", "the time is written before the equals sign"));
    let gone = scene.gap_before(scene.stop).to(at);
    let moved = |when: String| vec![Edit::before(scene.span(equals), format!("{when} ")), edit(gone, "")];
    Some(mended(scene, at).into_iter().fold(found, |found, when| found.reading(so(), moved(when))))
}

/// A stretch of the line with its date as the language writes it: once for each date that it may be.
fn mended(scene: &Scene<'_>, at: Span) -> Vec<String> {
    let text = scene.text.get(at.range()).unwrap_or("");
    let inside = |spelt: &Spelt| spelt.at.start >= at.start && spelt.at.end <= at.end;
    let spelt = (0..scene.words.len()).filter_map(|index| spelt_at(scene, index)).find(inside);
    let Some(Spelt { at: date, dates }) = spelt else { return vec![text.to_owned()] };
    let before = scene.text.get(at.start as usize..date.start as usize).unwrap_or("");
    let after = scene.text.get(date.end as usize..at.end as usize).unwrap_or("");
    dates.iter().map(|date| format!("{before}{}{after}", date.print(scene.lang))).collect()
}

/// `2025 til 2027` where a span of years may stand.
pub(super) fn span_of_years(scene: &Scene<'_>) -> Option<Diagnostic> {
    let before = scene.stop.checked_sub(1)?;
    let count = scene
        .keyword_at(scene.stop, Kind::kw_through)
        .or_else(|| scene.keyword_at(scene.stop, Kind::kw_to))?;
    let after = scene.stop + count;
    let (first, last) = (scene.year_at(before)?, scene.year_at(after)?);
    let found = form(
        scene.stretch(before, after),
        bi!(
            "flere år i træk skrives `{first}-{last}`; begge år er med",
            "several years in a row are written `{first}-{last}`; both years are included"
        ),
    );
    let gap = scene.gap_before(scene.stop).to(scene.gap_before(after));
    Some(found.reading(so(), vec![edit(gap, "-")]))
}

/// `2025/26`, `2025–07`: a year cut short, or a month.
pub(super) fn short_year(scene: &Scene<'_>) -> Option<Diagnostic> {
    let sign = [Some(scene.stop), scene.stop.checked_sub(1)].into_iter().flatten().find(|index| {
        matches!(scene.word(*index), "/" | "–" | "−" | "-") && scene.word(index + 1).len() == 2
    })?;
    let before = sign.checked_sub(1)?;
    let first: i16 = scene.year_at(before)?.parse().ok()?;
    let digits: i16 = scene.word(sign + 1).parse().ok()?;
    let last = first - first.rem_euclid(100) + digits;
    let at = scene.stretch(before, sign + 1);
    let written = scene.text_of(before, sign + 1);
    let found = Diagnostic::new(
        Code::SpanOfYears,
        bi!(
            "`{written}` er hverken skrevet som flere år eller som en måned",
            "`{written}` is written neither as several years nor as a month"
        ),
    );
    let found = found.at(at);
    let found = match last > first {
        true => found.reading(bi!("årene", "the years"), vec![edit(at, format!("{first}-{last}"))]),
        false => found,
    };
    Some(match (1..=12).contains(&digits) {
        true => found.reading(bi!("måneden", "the month"), vec![edit(at, format!("{first}-{digits:02}"))]),
        false => found,
    })
}

/// `gælder 2024-2026`, `pulje 2025 = 3 kr.`
pub(super) fn time_without_word(scene: &Scene<'_>) -> Option<Diagnostic> {
    let in_force = scene.keyword_at(0, Kind::kw_in_force).filter(|index| scene.is_number(*index));
    let equals = scene.first("=");
    let dated = (scene.stop > 0 && equals.is_some_and(|equals| equals > scene.stop)).then_some(scene.stop);
    let index = in_force.or(dated.filter(|index| scene.year_at(*index).is_some()))?;
    let (within, from) = (scene.spelt(Kind::kw_in), scene.spelt(Kind::kw_from));
    let found = form(
        scene.span(index),
        bi!(
            "før et tidspunkt står et ord: `{within}` for de år, der nævnes, `{from}` for dem og alt efter dem",
            "a word stands before a time: `{within}` for the years named, `{from}` for them and all after them"
        ),
    );
    let insert = |word: &str| vec![Edit::before(scene.span(index), format!("{word} "))];
    let spans = matches!(scene.word(index + 1), "-" | "–" | "−" | "til" | "to");
    let is_year = scene.year_at(index).is_some();
    let found = if is_year { found.reading(so(), insert(within)) } else { found };
    Some(if spans { found } else { found.reading(so(), insert(from)) })
}

/// `prisniveau 2025`, `omregnet til 25 pl efter …`, `(25-PL)`.
pub(super) fn price_level(scene: &Scene<'_>) -> Option<Diagnostic> {
    let header = scene.keyword_at(0, Kind::kw_price_level);
    let converted = || {
        let start = scene.keyword_before(scene.stop + 1, Kind::kw_converted_to)?;
        Some(start + scene.keyword_at(start, Kind::kw_converted_to)?)
    };
    let marked = || {
        let open = (0..=scene.stop).rev().find(|index| scene.word(*index) == "(")?;
        (scene.stop - open <= 3).then_some(open + 1)
    };
    let (first, bare) = header
        .or_else(converted)
        .map(|index| (index, true))
        .or_else(|| marked().map(|index| (index, false)))?;
    let ends = |index: &usize| {
        matches!(scene.word(*index), ")" | "(" | ",") || scene.keyword_at(*index, Kind::kw_by).is_some()
    };
    let last = (first..scene.words.len()).find(ends).unwrap_or(scene.words.len()).checked_sub(1)?;
    if last < first || scene.stop < first || scene.stop > last + 1 {
        return None;
    }
    let written = scene.text_of(first, last);
    let meant = level(written, bare)?;
    let found = form(
        scene.stretch(first, last),
        bi!(
            "prisniveauet skrives `{meant}`, ikke `{written}`",
            "the price level is written `{meant}`, not `{written}`"
        ),
    );
    Some(found.reading(so(), vec![edit(scene.stretch(first, last), meant)]))
}

/// The price level that words mean: a year and perhaps a word such as `priser`; a bare year only where a level must stand.
fn level(written: &str, bare: bool) -> Option<String> {
    let lower = written.to_lowercase();
    let year: String = lower.chars().filter(char::is_ascii_digit).collect();
    let words: String = lower.chars().filter(|char| char.is_alphabetic()).collect();
    let others =
        lower.chars().any(|char| !char.is_alphanumeric() && !matches!(char, ' ' | '-' | '–' | '/' | '.'));
    let known =
        ["pl", "niveau", "prisniveau", "priser", "pris", "plniveau", "årspriser", "level", "prices", "price"];
    let named = known.contains(&words.as_str());
    if others || !(named || words.is_empty() && (bare || year.len() == 4)) {
        return None;
    }
    let meant = match year.as_str() {
        year if year.len() == 2 => format!("{year}-pl"),
        year if year.len() == 4 && year.starts_with("20") => format!("{}-pl", year.get(2..)?),
        year if year.len() == 4 => format!("{year}-pl"),
        _ => return None,
    };
    (meant != written).then_some(meant)
}
