//! How a check of rules went, for people and for programs.

use serde_json::{Value, json};

use crate::base::{Bi, Lang, SourceMap, bi};
use crate::diag::Diagnostic;
use crate::render::{Look, diagnostics_json, extend, place_json};
use crate::session::{CheckOutcome, CheckReport, Session, Tally};

/// The findings, how many there are and in how many clauses, and how the text's own checks went.
pub(super) fn checked_json(
    found: &[Diagnostic],
    checks: &[CheckReport],
    session: &Session,
    look: &Look,
) -> Value {
    let sources = session.sources();
    let tally = session.tally(found);
    let summary = json!({
        "files": tally.files,
        "errors": tally.errors,
        "warnings": tally.warnings,
        "notes": tally.notes,
        "clauses": tally.clauses,
        "clauses_with_findings": tally.with_findings,
    });
    let checks: Vec<Value> = checks.iter().map(|check| check_json(check, sources)).collect();
    let mut all = json!({ "summary": summary, "checks": checks });
    extend(&mut all, diagnostics_json(found, sources, look));
    all
}

fn check_json(check: &CheckReport, sources: &SourceMap) -> Value {
    let mut value = json!({ "title": check.title, "outcome": check.outcome.name() });
    extend(&mut value, place_json(Some(check.span), sources));
    value
}

/// Words how the text's own checks went; nothing when there are none.
pub(super) fn checks_summary(checks: &[CheckReport], lang: Lang) -> String {
    let count = |outcome| checks.iter().filter(|check| check.outcome == outcome).count();
    let parts = [
        (CheckOutcome::Holds, bi!("stemmer", "hold")),
        (CheckOutcome::KnownDifference, bi!("med kendt afvigelse", "with a known difference")),
        (CheckOutcome::Fails, bi!("stemmer ikke", "do not hold")),
        (CheckOutcome::Broken, bi!("kan ikke regnes ud", "cannot be computed")),
        (CheckOutcome::Open, bi!("mangler oplysninger", "lack facts")),
    ];
    let counted = parts.iter().map(|(outcome, words)| (count(*outcome), words)).filter(|(n, _)| *n > 0);
    let list: Vec<String> = counted.map(|(n, words)| format!("{n} {}", words.get(lang))).collect();
    match list.as_slice() {
        [] => String::new(),
        list => format!(
            "{}: {}\n",
            lang.pick("aftalens egne summer", "the agreement's own sums"),
            list.join(", ")
        ),
    }
}

/// Words how it went: `3 filer: 3 fejl og 2 advarsler i 4 klausuler; 41 klausuler er uden fund`.
pub(super) fn summary(tally: &Tally, lang: Lang) -> String {
    let files = counted(tally.files, bi!("fil", "file"), bi!("filer", "files"), lang);
    let clauses = |n| counted(n, bi!("klausul", "clause"), bi!("klausuler", "clauses"), lang);
    let found = found_words(tally, lang);
    let free = tally.clauses.saturating_sub(tally.with_findings);
    let whereabouts = match (tally.with_findings, tally.elsewhere) {
        (0, false) if tally.clauses == 0 => String::new(),
        (0, false) => {
            return lang.pick(
                format!("{files}: {found} i {}", clauses(free)),
                format!("{files}: {found} in {}", clauses(free)),
            );
        }
        (0, true) => lang.pick(" uden for klausulerne", " outside the clauses").to_owned(),
        (n, false) => lang.pick(format!(" i {}", clauses(n)), format!(" in {}", clauses(n))),
        (n, true) => lang.pick(
            format!(" i {} og uden for dem", clauses(n)),
            format!(" in {} and outside them", clauses(n)),
        ),
    };
    let free = match free {
        0 => String::new(),
        n => {
            lang.pick(format!("; {} er uden fund", clauses(n)), format!("; {} without findings", clauses(n)))
        }
    };
    format!("{files}: {found}{whereabouts}{free}")
}

/// Words the findings: `ingen fejl`, `1 fejl`, `3 fejl, 2 advarsler og 1 bemærkning`, `ingen fejl, men 1 advarsel`.
fn found_words(tally: &Tally, lang: Lang) -> String {
    let all = [
        (tally.errors, bi!("fejl", "error"), bi!("fejl", "errors")),
        (tally.warnings, bi!("advarsel", "warning"), bi!("advarsler", "warnings")),
        (tally.notes, bi!("bemærkning", "note"), bi!("bemærkninger", "notes")),
    ];
    let some = all.into_iter().filter(|(n, ..)| *n > 0);
    let words: Vec<String> = some.map(|(n, one, several)| counted(n, one, several, lang)).collect();
    let listed = match words.split_last() {
        None => return lang.pick("ingen fejl", "no errors").to_owned(),
        Some((last, [])) => last.clone(),
        Some((last, before)) => format!("{} {} {last}", before.join(", "), lang.pick("og", "and")),
    };
    match tally.errors {
        0 => lang.pick(format!("ingen fejl, men {listed}"), format!("no errors, but {listed}")),
        _ => listed,
    }
}

fn counted(n: usize, one: Bi, several: Bi, lang: Lang) -> String {
    format!("{n} {}", if n == 1 { one } else { several }.get(lang))
}
