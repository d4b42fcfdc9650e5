use super::problem::TextProblem;
use crate::base::{FileId, Lang, Limit, Limits, Span};
use crate::diag::Problems;
use crate::syntax::tokens::{TokenKind, tokens};

/// Holds the names and quoted texts of a text to the limits, each at the first place it is too long.
pub(in crate::syntax) fn measure(
    text: &str,
    file: FileId,
    lang: Lang,
    limits: &Limits,
    problems: &mut Problems,
) {
    let (name, quoted) = (limits.count(Limit::NameLength), limits.count(Limit::TextLength));
    let mut told = std::collections::BTreeSet::new();
    let mut start = 0;
    for line in text.split('\n') {
        // A line that is shorter than both limits holds nothing that is longer.
        if line.len() > name.min(quoted) {
            for token in tokens(line, lang) {
                let written = line.get(token.range.clone()).unwrap_or_default();
                let at = Span::new(file, start + token.range.start, start + token.range.end);
                match token.kind {
                    TokenKind::Name | TokenKind::Keyword
                        if written.chars().count() > name && told.insert(written) =>
                    {
                        let chars = written.chars().count();
                        problems.report(&TextProblem::NameTooLong { at, chars, limit: name });
                    }
                    TokenKind::Text | TokenKind::OpenText if written.trim_matches('"').len() > quoted => {
                        let bytes = written.trim_matches('"').len();
                        problems.report(&TextProblem::TextTooLong { at, bytes, limit: quoted });
                    }
                    _ => {}
                }
            }
        }
        start += line.len() + 1;
    }
}
