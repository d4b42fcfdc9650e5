//! What is told of rules that were asked something: their errors, and what concerns the question. The rest is counted.

use super::checked::counted;
use super::{Console, Exit};
use crate::base::{Lang, SourceMap, bi};
use crate::diag::{Diagnostic, Problems, Severity};

/// Tells what was found but for what stands aside; that is counted in one line. Returns how to end for all of it.
pub(super) fn findings_but(
    console: &mut Console<'_>,
    problems: &Problems,
    aside: &dyn Fn(&Diagnostic) -> bool,
    sources: &SourceMap,
    lang: Lang,
) -> Exit {
    let (counted, told): (Vec<_>, Vec<_>) = problems.sorted().into_iter().partition(aside);
    let mut all = Problems::new();
    told.into_iter().for_each(|finding| all.push(finding));
    let exit = console.findings(&all, sources, lang);
    if let Some(words) = counted_words(&counted, lang) {
        console.remark(&words);
    }
    exit
}

fn counted_words(found: &[Diagnostic], lang: Lang) -> Option<String> {
    let count = |severity| found.iter().filter(|finding| finding.severity == severity).count();
    let parts = [
        (count(Severity::Warning), bi!("advarsel", "warning"), bi!("advarsler", "warnings")),
        (count(Severity::Note), bi!("bemærkning", "note"), bi!("bemærkninger", "notes")),
    ];
    let some = parts.into_iter().filter(|(n, ..)| *n > 0);
    let list: Vec<String> = some.map(|(n, one, several)| counted(n, one, several, lang)).collect();
    let list = list.join(lang.pick(" og ", " and "));
    (!list.is_empty()).then(|| match lang {
        Lang::Da => format!("reglerne har {list} (se `klausul check`)\n"),
        Lang::En => format!("the rules have {list} (see `klausul check`)\n"),
    })
}
