//! What holds of whatever is found: places lie within texts, sentences are there in both languages, and nothing that is
//! shown moves a terminal.

use klausul::base::{Lang, SourceMap, Span, is_hidden};
use klausul::diag::{Diagnostic, Edit, Problems};
use klausul::render::{Look, graphical, plain};

/// Holds findings to their texts.
pub(super) fn findings(problems: &Problems, sources: &SourceMap) {
    problems.iter().for_each(|found| finding(found, sources));
}

fn finding(found: &Diagnostic, sources: &SourceMap) {
    let id = found.code.id();
    assert!(!found.message.da.is_empty() && !found.message.en.is_empty(), "{id} has no words");
    found.labels.iter().for_each(|label| within(label.span, sources, id));
    for fix in &found.fixes {
        let Some(first) = fix.edits.first() else { panic!("{id} offers a correction that changes nothing") };
        fix.edits.iter().for_each(|edit| within(edit.span, sources, id));
        let here: Vec<Edit> =
            fix.edits.iter().filter(|edit| edit.span.file == first.span.file).cloned().collect();
        let mended = Edit::put_in(&sources.file(first.span.file).text, &here);
        assert!(mended.is_some(), "{id}: the edits of a correction do not fit: {here:?}");
        let _ = fix.mended_line(sources);
    }
}

/// A place lies within its text, and cuts no letter in two.
pub(super) fn within(span: Span, sources: &SourceMap, what: &str) {
    let text = &sources.file(span.file).text;
    assert!(text.get(span.range()).is_some(), "{what}: {span:?} is no place in {text:?}");
}

/// Shows findings as the program does.
pub(super) fn shown(problems: &Problems, sources: &SourceMap) {
    let found = problems.sorted();
    for lang in [Lang::Da, Lang::En] {
        let look = Look::new(lang);
        tame(&graphical(&found, sources, &look));
        tame(&plain(&found, sources, &look));
    }
}

/// What is shown holds nothing that a terminal obeys or nobody sees.
pub(super) fn tame(shown: &str) {
    assert!(!shown.chars().any(|c| c != '\n' && is_hidden(c)), "{shown:?}");
}
