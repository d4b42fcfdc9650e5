//! What is told of documents that changed since rules were held against them.

use super::changes::Difference;
use crate::base::{Bi, Span, bi};
use crate::diag::{Code, Diagnostic};

/// How many differences of a passage are shown.
const MOST_SHOWN: usize = 8;

pub(super) fn unreadable(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::LockFault,
        bi!("låsefilen over kilder kan ikke læses her", "the lock file of sources cannot be read here"),
    )
    .at(span)
    .help(bi!(
        "hent filen fra før, eller skriv den igen med `klausul sources … --lock`, når stederne er set efter",
        "get the file as it was, or write it again with `klausul sources … --lock` when the passages have been looked at"
    ))
}

pub(super) fn moved(
    spans: &[Span],
    (id, at): (&str, &str),
    (from, to): (usize, usize),
    clauses: &[String],
) -> Diagnostic {
    let found = Diagnostic::new(
        Code::PassageMoved,
        bi!(
            "teksten i {at} af `{id}` står et andet sted nu: fra linje {from} til linje {to}",
            "the text of {at} in `{id}` stands elsewhere now: from line {from} to line {to}"
        ),
    );
    rests(placed(found, spans), clauses).help(bi!(
        "ret henvisningen, så den fører dertil, og skriv låsefilen igen med `--lock`",
        "correct the citation so that it leads there, and write the lock file again with `--lock`"
    ))
}

pub(super) fn changed(
    spans: &[Span],
    (id, at): (&str, &str),
    line: usize,
    differences: &[Difference],
    clauses: &[String],
) -> Diagnostic {
    let found = Diagnostic::new(
        Code::PassageChanged,
        bi!(
            "{at} af `{id}` (linje {line}) siger noget andet end før",
            "{at} of `{id}` (line {line}) says something else than before"
        ),
    );
    let mut found = rests(placed(found, spans), clauses);
    for difference in differences.iter().take(MOST_SHOWN) {
        found = found.help(differs(difference));
    }
    let more = differences.len().saturating_sub(MOST_SHOWN);
    if more > 0 {
        found = found.help(bi!("og {more} steder til", "and in {more} more places"));
    }
    found.help(bi!(
        "se efter, om reglerne stadig siger det samme som stedet, og skriv låsefilen igen med `--lock`",
        "see whether the rules still say what the passage does, and write the lock file again with `--lock`"
    ))
}

/// One difference: `efter "ramme på": nyt "600"; 1 ord er væk`.
fn differs(difference: &Difference) -> Bi {
    let Difference { removed, added, more, before } = difference;
    let (start_da, start_en) = match before.is_empty() {
        true => ("i begyndelsen".to_owned(), "at the beginning".to_owned()),
        false => (format!("efter \"{before}\""), format!("after \"{before}\"")),
    };
    let (more_da, more_en) = match more {
        0 => (String::new(), String::new()),
        n => (format!(" … og {n} ord til"), format!(" … and {n} more words")),
    };
    let gone_da = match removed {
        1 => "1 ord er væk".to_owned(),
        n => format!("{n} ord er væk"),
    };
    let gone_en = match removed {
        1 => "1 word is gone".to_owned(),
        n => format!("{n} words are gone"),
    };
    match (added.is_empty(), removed) {
        (true, _) => bi!("{start_da}: {gone_da}", "{start_en}: {gone_en}"),
        (false, 0) => bi!("{start_da}: nyt \"{added}\"{more_da}", "{start_en}: new \"{added}\"{more_en}"),
        (false, _) => bi!(
            "{start_da}: nyt \"{added}\"{more_da}; {gone_da}",
            "{start_en}: new \"{added}\"{more_en}; {gone_en}"
        ),
    }
}

fn placed(found: Diagnostic, spans: &[Span]) -> Diagnostic {
    spans.iter().fold(found, |found, span| found.label(*span, Bi::new("", "")))
}

fn rests(found: Diagnostic, clauses: &[String]) -> Diagnostic {
    match clauses {
        [] => found,
        [one] => found.help(bi!("på det hviler `{one}`", "on it rests `{one}`")),
        several => {
            let names = several.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            found.help(bi!("på det hviler {names}", "on it rest {names}"))
        }
    }
}
