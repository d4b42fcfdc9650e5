//! One message for one cause: what follows from an agreement that is not there, and a name that is missing in several
//! places.

use std::collections::BTreeMap;

use crate::base::{SourceMap, Span, bi};
use crate::diag::{Code, Diagnostic, Edit, Label, Problems};
use crate::model::Model;

/// Keeps one finding for each cause.
pub(super) fn one_for_each_cause(found: Problems, model: &Model, sources: &SourceMap) -> Problems {
    let missing = missing_agreements(model);
    let ring = found.iter().any(|finding| matches!(finding.code, Code::Cycle | Code::CarryRing));
    let slips = found.iter().filter(|finding| finding.code == Code::UnexpectedHere);
    let given: Vec<&str> = slips
        .flat_map(|slip| &slip.fixes)
        .flat_map(|fix| &fix.edits)
        .map(|edit| edit.text.as_str())
        .collect();
    let mut kept: Vec<Diagnostic> = Vec::new();
    // Where findings that may be said again were kept, by what they say.
    let mut said: BTreeMap<(Code, String), Vec<usize>> = BTreeMap::new();
    let mut read: Vec<Span> = Vec::new();
    for finding in found.iter() {
        if let Some(place) = follows(finding, &missing, sources) {
            read.push(place);
            continue;
        }
        // A name that the correction of another line gives is not missing when that line is mended.
        if finding.code == Code::UndefinedName
            && finding.span().is_some_and(|at| given.contains(&sources.text(at)))
        {
            continue;
        }
        // Where values go in a ring, that agreements do says nothing more.
        if ring && finding.code == Code::UseRing {
            continue;
        }
        let alike = said.entry((finding.code, finding.message.da.clone())).or_default();
        let first =
            alike.iter().copied().find(|at| kept.get(*at).is_some_and(|first| is_again(first, finding)));
        match first.and_then(|at| kept.get_mut(at)) {
            Some(first) => join(first, finding),
            None => {
                alike.push(kept.len());
                kept.push(finding.clone());
            }
        }
    }
    for finding in kept.iter_mut().filter(|finding| finding.code == Code::NoAgreement) {
        name_everywhere(finding, &read, sources);
    }
    let mut problems = Problems::new();
    kept.into_iter().for_each(|finding| problems.push(finding));
    problems
}

/// The agreements that a `brug` names and that are not there.
fn missing_agreements(model: &Model) -> Vec<&str> {
    let named = model.imports.named.iter().map(String::as_str);
    named.filter(|name| !model.agreements.iter().any(|agreement| agreement.name == *name)).collect()
}

/// A correction of the name of an agreement is one of it everywhere.
fn name_everywhere(finding: &mut Diagnostic, read: &[Span], sources: &SourceMap) {
    let Some(own) = finding.span().map(|span| sources.text(span).to_owned()) else { return };
    for fix in &mut finding.fixes {
        let Some(text) = fix.edits.first().map(|edit| edit.text.clone()) else { continue };
        let places = read.iter().filter(|span| sources.text(**span) == own);
        fix.edits.extend(places.map(|span| Edit { span: *span, text: text.clone() }));
    }
}

/// Where a name is missing since its agreement is: `ØA20.loft.drift`, when `brug ØA20` finds nothing.
fn follows(finding: &Diagnostic, missing: &[&str], sources: &SourceMap) -> Option<Span> {
    let of_a_path = matches!(finding.code, Code::UndefinedName | Code::NoAgreement | Code::NothingToCarry);
    let span = finding.span().filter(|_| of_a_path && !missing.is_empty())?;
    let text = &sources.file(span.file).text;
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
    let before = text.get(..span.start as usize).unwrap_or("");
    let start = before.trim_end_matches(is_name).len();
    let path = text.get(start..).unwrap_or("");
    let named = |name: &&&str| path.strip_prefix(**name).is_some_and(|rest| rest.starts_with('.'));
    missing.iter().find(named).map(|name| Span::new(span.file, start, start + name.len()))
}

/// Tells whether a finding says again that a name is missing, and nothing else.
fn is_again(first: &Diagnostic, again: &Diagnostic) -> bool {
    let of_a_name = matches!(
        first.code,
        Code::UndefinedName | Code::UnknownUnit | Code::UnknownKind | Code::UnknownSource | Code::NotAnIndex
    );
    let file = |finding: &Diagnostic| finding.span().map(|span: Span| span.file);
    let titles = |finding: &Diagnostic| finding.fixes.iter().map(|fix| fix.title.clone()).collect::<Vec<_>>();
    of_a_name
        && first.code == again.code
        && first.message == again.message
        && first.helps == again.helps
        && file(first) == file(again)
        && titles(first) == titles(again)
        && again.labels.len() == 1
}

/// Adds the place of a finding to the first one, the places in the order of the text.
fn join(first: &mut Diagnostic, again: &Diagnostic) {
    let places = again.labels.iter().map(|label| Label { span: label.span, ..label.clone() });
    first.labels.extend(places);
    first.labels.sort_by_key(|label| label.span);
    first.labels.dedup_by_key(|label| label.span);
    for (index, label) in first.labels.iter_mut().enumerate() {
        label.text = if index == 0 { bi!("her", "here") } else { bi!("og her", "and here") };
    }
    for (fix, more) in first.fixes.iter_mut().zip(&again.fixes) {
        let fresh = more.edits.iter().filter(|edit| !fix.edits.contains(edit)).cloned().collect::<Vec<_>>();
        fix.edits.extend(fresh);
    }
}
