//! Dates in figures as other texts write them: what they may mean, and what is said of them.

use crate::base::{Lang, Span, bi};
use crate::diag::{Code, Diagnostic, Edit};
use crate::value::Date;

/// Reads `1.7.2025`, `1/7 2025`, `2025/07/01` at the beginning of a text: the dates it may be, and how long it is. The
/// English write the month first or last.
pub(super) fn in_figures(text: &str, lang: Lang) -> Option<(Vec<Date>, usize)> {
    let (first, rest) = digits(text)?;
    let (first_gap, rest) = separator(rest)?;
    let (second, rest) = digits(rest)?;
    let (_, rest) = separator(rest)?;
    let (third, rest) = digits(rest)?;
    if rest.starts_with(char::is_alphanumeric) || first_gap == ' ' {
        return None;
    }
    let date = |year: &str, month: &str, day: &str| {
        Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    };
    let dates: Vec<Date> = match (first.len(), third.len(), lang) {
        // `2025-07-01` is right, and any other sign between the figures is not.
        (4, 1 | 2, _) if first_gap != '-' => date(first, second, third).into_iter().collect(),
        (1 | 2, 4, Lang::Da) => date(third, second, first).into_iter().collect(),
        (1 | 2, 4, Lang::En) => {
            let mut both: Vec<Date> =
                [date(third, second, first), date(third, first, second)].into_iter().flatten().collect();
            both.dedup();
            both
        }
        _ => return None,
    };
    Some((dates, text.len() - rest.len()))
}

fn digits(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|char: char| !char.is_ascii_digit()).unwrap_or(text.len());
    (end > 0).then(|| text.split_at(end))
}

/// The sign between two figures of a date, with the spaces after it; a space alone will do.
fn separator(text: &str) -> Option<(char, &str)> {
    let sign = text.chars().next().filter(|sign| matches!(sign, '.' | '/' | '-' | ' '))?;
    Some((sign, text.get(1..)?.trim_start_matches(' ')))
}

/// Words a date that is written otherwise than the language does, with each date that it may be.
pub(super) fn other_form(at: Span, written: &str, dates: &[Date], lang: Lang) -> Diagnostic {
    let one = dates.first().map(|date| date.print(lang)).unwrap_or_default();
    let says = if dates.len() > 1 {
        bi!(
            "datoen `{written}` kan læses på to måder; skriv måneden med bogstaver",
            "the date `{written}` can be read in two ways; write the month in letters"
        )
    } else {
        bi!("en dato skrives `{one}`, ikke `{written}`", "a date is written `{one}`, not `{written}`")
    };
    let found = Diagnostic::new(Code::UnexpectedHere, says).at(at);
    let so = || bi!("skriv det sådan", "write it like this");
    let edit = |date: &Date| vec![Edit { span: at, text: date.print(lang) }];
    dates.iter().fold(found, |found, date| found.reading(so(), edit(date)))
}

/// The same where it can be read as a computation.
pub(super) fn or_computed(at: Span, written: &str, dates: &[Date], lang: Lang) -> Diagnostic {
    let apart = written.replace('-', " − ").replace('/', " / ");
    other_form(at, written, dates, lang)
        .reading(bi!("skal der regnes", "if it is to be computed"), vec![Edit { span: at, text: apart }])
}

/// Finds a date in figures that was read as a computation: it stands without spaces, and its year is one that
/// agreements speak of.
pub(super) fn read_as_computation(text: &str, lang: Lang) -> Option<(Vec<Date>, usize)> {
    let (dates, length) = in_figures(text, lang)?;
    let spoken_of = |date: &Date| (1800..2200).contains(&date.year());
    let written = text.get(..length)?;
    (!written.contains(' ') && !dates.is_empty() && dates.iter().all(spoken_of)).then_some((dates, length))
}
