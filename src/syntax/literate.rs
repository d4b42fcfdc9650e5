//! Literate files: Markdown prose with fenced `klausul` blocks.

use std::borrow::Cow;

use crate::base::SourceFile;

/// The lines of a literate file that are prose; none in an ordinary rule file.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Prose<'a> {
    lines: Vec<Option<&'a str>>,
}

impl<'a> Prose<'a> {
    /// Returns a line, counted from 0, if it is prose.
    pub(super) fn line(&self, index: usize) -> Option<&'a str> {
        self.lines.get(index).copied().flatten()
    }
}

/// Returns the rules of a file: the text itself, or for a literate file (`*.md`) the text with all prose replaced by
/// spaces, so that every place in it is the place in the file.
///
/// Rules stand between a line that starts with ```` ```klausul ```` and the next ```` ``` ````. A block headed
/// ```` ```klausul fejl ```` shows what not to write and is prose.
pub fn rules_of(source: &SourceFile) -> Cow<'_, str> {
    if !source.name.ends_with(".md") {
        return Cow::Borrowed(&source.text);
    }
    let prose = prose_of(source);
    let line = |(index, line): (usize, &str)| match prose.line(index) {
        Some(_) => " ".repeat(line.len()),
        None => line.to_owned(),
    };
    Cow::Owned(source.text.split('\n').enumerate().map(line).collect::<Vec<_>>().join("\n"))
}

/// Finds the prose of a file.
pub(super) fn prose_of(source: &SourceFile) -> Prose<'_> {
    if !source.name.ends_with(".md") {
        return Prose::default();
    }
    let mut fence = None;
    let lines = source.text.split('\n').map(|line| is_prose(line, &mut fence).then_some(line)).collect();
    Prose { lines }
}

/// An open block of code in Markdown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Fence {
    mark: char,
    len: usize,
    rules: bool,
}

fn is_prose(line: &str, open: &mut Option<Fence>) -> bool {
    match (*open, fence(line)) {
        (None, Some(found)) => *open = Some(found),
        (None, None) => {}
        (Some(fence), _) if closes(fence, line) => *open = None,
        (Some(fence), _) => return !fence.rules,
    }
    true
}

fn fence(line: &str) -> Option<Fence> {
    let mark = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let info = line.trim_start_matches(mark);
    let len = line.len() - info.len();
    let rules = info.trim().eq_ignore_ascii_case("klausul");
    (len >= 3).then_some(Fence { mark, len, rules })
}

fn closes(fence: Fence, line: &str) -> bool {
    let rest = line.trim_end().trim_start_matches(fence.mark);
    rest.is_empty() && line.trim_end().len() >= fence.len
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "# Titel ø\n\n```klausul\nklausul a\n  x = 1\n```\nprosa  \n```klausul fejl\nklausul\n```\n";

    #[test]
    fn rules_keep_their_places() {
        let source = SourceFile::new("a.klausul.md", TEXT);
        let rules = rules_of(&source);
        assert_eq!(rules.len(), TEXT.len());
        assert_eq!(rules.find("klausul a"), TEXT.find("klausul a"));
        assert_eq!(rules.split_whitespace().collect::<Vec<_>>(), ["klausul", "a", "x", "=", "1"]);
    }

    #[test]
    fn only_fenced_rules_are_code() {
        let source = SourceFile::new("a.klausul.md", TEXT);
        let prose = prose_of(&source);
        let code = (0..10).filter(|n| prose.line(*n).is_none()).collect::<Vec<_>>();
        assert_eq!(code, [3, 4]);
        assert_eq!(rules_of(&SourceFile::new("a.klausul", TEXT)), TEXT);
    }
}
