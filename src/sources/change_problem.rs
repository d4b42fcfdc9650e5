//! What is told of documents that changed since rules were held against them.

use super::differences::Difference;
use super::elsewhere::Left;
use super::lock_file::LockFault;
use super::problem::Was;
use crate::base::{Bi, Span, bi};
use crate::diag::{Code, Diagnostic};

/// How many differences of a passage are shown.
const MOST_SHOWN: usize = 8;

/// How many places of a list are named.
const MOST_NAMED: usize = 8;

pub(super) fn unreadable(span: Span, fault: LockFault) -> Diagnostic {
    let what = match fault {
        LockFault::NotToml => bi!("dette er ikke TOML i UTF-8", "this is no TOML in UTF-8"),
        LockFault::Version => {
            bi!("filen skal have `version = 1`", "the file must have `version = 1`")
        }
        LockFault::UnknownWord => {
            bi!("en låsefil har ikke dette ord", "a lock file does not have this word")
        }
        LockFault::Shape => bi!(
            "et dokument har `id` og `sha256`, et sted `source`, `at`, `line`, `sha256` og `words` med tre cifre pr. ord",
            "a document has `id` and `sha256`, a passage `source`, `at`, `line`, `sha256` and `words` of three digits each"
        ),
        LockFault::Twice => bi!("det samme står allerede ovenfor", "the same stands above already"),
    };
    Diagnostic::new(
        Code::LockFault,
        bi!("låsefilen over kilder kan ikke læses her", "the lock file of sources cannot be read here"),
    )
    .label(span, what)
    .help(bi!(
        "hent filen fra før, eller skriv den igen med `klausul sources … --lock`, når stederne er set efter",
        "get the file as it was, or write it again with `klausul sources … --lock` when the passages have been looked at"
    ))
}

pub(super) fn not_locked(spans: &[Span]) -> Diagnostic {
    let message = match spans.len() {
        1 => bi!(
            "et sted, som reglerne henviser til, står ikke i låsefilen",
            "a passage that the rules cite is not in the lock file"
        ),
        n => bi!(
            "{n} steder, som reglerne henviser til, står ikke i låsefilen",
            "{n} passages that the rules cite are not in the lock file"
        ),
    };
    let shown = spans.get(..MOST_NAMED.min(spans.len())).unwrap_or_default();
    lock_again(placed(Diagnostic::new(Code::LockBehind, message), shown))
}

pub(super) fn left_in_lock(spans: &[Span], places: &[String]) -> Diagnostic {
    let message = match places {
        [one] => bi!(
            "låsefilen har `{one}`, som ingen regel henviser til mere",
            "the lock file has `{one}`, which no rule cites any more"
        ),
        several => {
            let n = several.len();
            bi!(
                "låsefilen har {n} steder, som ingen regel henviser til mere",
                "the lock file has {n} passages that no rule cites any more"
            )
        }
    };
    let shown = spans.get(..MOST_NAMED.min(spans.len())).unwrap_or_default();
    let mut found = placed(Diagnostic::new(Code::LockBehind, message), shown);
    if places.len() > 1 {
        let named: Vec<String> = places.iter().take(MOST_NAMED).map(|place| format!("`{place}`")).collect();
        let names = named.join(", ");
        let more = match places.len().saturating_sub(MOST_NAMED) {
            0 => String::new(),
            n => format!(" … +{n}"),
        };
        found = found.help(bi!("det er {names}{more}", "they are {names}{more}"));
    }
    lock_again(found)
}

fn lock_again(found: Diagnostic) -> Diagnostic {
    found.help(bi!(
        "er det meningen, skrives låsefilen igen med `klausul sources … --lock`",
        "if that is meant, write the lock file again with `klausul sources … --lock`"
    ))
}

/// Adds where a citation led when the lock was written, and what is left of that.
pub(super) fn with_was(found: Diagnostic, was: Option<Was>) -> Diagnostic {
    let Some(Was { line, left }) = was else { return found };
    found.help(match left {
        Left::Whole(now) => bi!(
            "da låsefilen blev skrevet, førte den til linje {line}; den tekst står nu i linje {now}",
            "when the lock file was written it led to line {line}; that text stands in line {now} now"
        ),
        Left::Like(now, same, all) => bi!(
            "da låsefilen blev skrevet, førte den til linje {line}; mest som den tekst er nu linje {now}, der har {same} af dens {all} ord",
            "when the lock file was written it led to line {line}; most like that text is line {now} now, which has {same} of its {all} words"
        ),
        Left::Nothing => bi!(
            "da låsefilen blev skrevet, førte den til linje {line}; den tekst findes ikke mere",
            "when the lock file was written it led to line {line}; that text is no longer there"
        ),
    })
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
    let Difference { removed, stands, added, more, before, close } = difference;
    let (start_da, start_en) = match before.is_empty() {
        true => ("i begyndelsen".to_owned(), "at the beginning".to_owned()),
        false => (format!("efter \"{before}\""), format!("after \"{before}\"")),
    };
    let (more_da, more_en) = match more {
        0 => (String::new(), String::new()),
        n => (format!(" … og {n} ord til"), format!(" … and {n} more words")),
    };
    if !close {
        return bi!(
            "{start_da} er for meget anderledes til at holdes op ord for ord: {removed} ord er blevet til \"{added}\"{more_da}",
            "{start_en} too much differs to be compared word by word: {removed} words became \"{added}\"{more_en}"
        );
    }
    let (mut gone_da, mut gone_en) = match removed {
        1 => ("1 ord er væk".to_owned(), "1 word is gone".to_owned()),
        n => (format!("{n} ord er væk"), format!("{n} words are gone")),
    };
    if let Some(line) = stands {
        gone_da = format!("{removed} ord er væk herfra og står nu i linje {line}");
        gone_en = format!("{removed} words are gone from here and stand in line {line} now");
    }
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
