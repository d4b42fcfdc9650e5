use super::{Look, capped, headline, omitted, place, visible};
use crate::base::SourceMap;
use crate::diag::Diagnostic;

/// Renders findings one per line, for grep and CI: ``fil.klausul:3:9: fejl[K0101]: besked (i klausulen
/// `støtte`, ØA25 boks 5)``.
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
    let place = place(found, sources, look.lang).map(|place| format!(" ({place})"));
    let head = headline(found, look.lang) + &place.unwrap_or_default();
    let Some(span) = found.span() else { return head };
    let at = sources.place(span);
    format!("{}:{}:{}: {head}", visible(&sources.file(span.file).name), at.line, at.column)
}
