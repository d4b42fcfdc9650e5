use super::{Look, capped, headline, omitted, visible};
use crate::base::SourceMap;
use crate::diag::Diagnostic;

/// Renders findings one per line, for grep and CI: `fil.klausul:3:9: fejl[K0101]: besked`.
pub fn plain(found: &[Diagnostic], sources: &SourceMap, look: &Look) -> String {
    let (shown, left_out) = capped(found, look);
    let mut text: String = shown.iter().map(|d| line(d, sources, look) + "\n").collect();
    if let Some(more) = omitted(left_out) {
        text.push_str(more.get(look.lang));
        text.push('\n');
    }
    text
}

fn line(found: &Diagnostic, sources: &SourceMap, look: &Look) -> String {
    let head = headline(found, look.lang);
    let Some(span) = found.span() else { return head };
    let place = sources.place(span);
    format!("{}:{}:{}: {head}", visible(&sources.file(span.file).name), place.line, place.column)
}
