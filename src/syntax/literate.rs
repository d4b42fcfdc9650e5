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

/// A passage of running text between two blocks of rules.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Passage {
    /// Where in the file it ends: what it introduces stands after.
    pub end: usize,
    /// The headings directly above its text.
    pub headings: Vec<String>,
    /// Its paragraphs and the points of its lists, each in one line.
    pub paragraphs: Vec<String>,
}

/// Returns the running text of a literate file, passage by passage, without code; none of an ordinary rule file. A
/// heading without text below it is no passage.
pub fn passages(source: &SourceFile) -> Vec<Passage> {
    if !source.name.ends_with(".md") {
        return Vec::new();
    }
    let mut found = Found::default();
    let (mut open, mut at): (Option<Fence>, usize) = (None, 0);
    for line in source.text.split('\n') {
        match (open, fence(line)) {
            (None, Some(opened)) => {
                open = Some(opened);
                found.ends(at, opened.rules);
            }
            (Some(opened), _) if closes(opened, line) => open = None,
            (Some(_), _) => {}
            (None, None) => found.line(line.trim()),
        }
        at += line.len() + 1;
    }
    found.ends(at, true);
    found.all
}

/// The running text that was read so far.
#[derive(Default)]
struct Found {
    all: Vec<Passage>,
    now: Passage,
    /// Whether the next line begins a paragraph.
    begins: bool,
}

impl Found {
    fn line(&mut self, line: &str) {
        if let Some(heading) = heading(line) {
            if !self.now.paragraphs.is_empty() {
                self.closed(None);
            }
            self.now.headings.push(heading.to_owned());
            self.begins = true;
            return;
        }
        let point = line.strip_prefix("- ").or_else(|| line.strip_prefix("* "));
        match (line.is_empty(), point, self.now.paragraphs.last_mut()) {
            (true, ..) => self.begins = true,
            (false, None, Some(last)) if !self.begins => *last = format!("{last} {line}"),
            (false, point, _) => {
                self.now.paragraphs.push(point.unwrap_or(line).to_owned());
                self.begins = false;
            }
        }
    }

    /// A block of code begins, or the file ends: only rules end a passage.
    fn ends(&mut self, at: usize, rules: bool) {
        self.begins = true;
        if rules {
            self.closed(Some(at));
            self.now.headings.clear();
        }
    }

    /// Puts the passage away. One that another follows directly stands before the same rules.
    fn closed(&mut self, at: Option<usize>) {
        if !self.now.paragraphs.is_empty() {
            self.all.push(std::mem::take(&mut self.now));
        }
        if let Some(at) = at {
            self.all.iter_mut().filter(|passage| passage.end == 0).for_each(|passage| passage.end = at);
        }
    }
}

fn heading(line: &str) -> Option<&str> {
    let text = line.trim_start_matches('#');
    let level = line.len() - text.len();
    ((1..=6).contains(&level) && text.starts_with(' ')).then(|| text.trim())
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
    fn running_text_is_read_with_its_headings_and_without_code() {
        let text = "# T\n\n## A\n\nEt *ord*\nog ét til.\n\n- en\n- to\n\n```klausul\nklausul a\n```\n## Tom\n```klausul\n```\nsidst\n";
        let all = passages(&SourceFile::new("a.klausul.md", text));
        let [first, last] = all.as_slice() else { panic!("{all:?}") };
        assert_eq!(first.headings, ["T", "A"]);
        assert_eq!(first.paragraphs, ["Et *ord* og ét til.", "en", "to"]);
        assert!(text[first.end..].starts_with("```klausul\nklausul a"));
        assert_eq!((last.headings.len(), last.paragraphs.as_slice()), (0, ["sidst".to_owned()].as_slice()));
        assert_eq!(passages(&SourceFile::new("a.klausul", text)), []);
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
