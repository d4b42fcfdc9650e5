use super::{Code, Severity};
use crate::base::{Bi, SourceMap, Span};

/// One finding: data that every renderer (terminal, plain, JSON) shows in its own way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// The registered code.
    pub code: Code,
    /// Its weight here.
    pub severity: Severity,
    /// One sentence: what was expected and what was found. Lower-case start, no full stop.
    pub message: Bi,
    /// The places, the primary one first; empty when the finding has no place in a text.
    pub labels: Vec<Label>,
    /// What the reader can do.
    pub helps: Vec<Bi>,
    /// Corrections; those marked certain may be applied without asking.
    pub fixes: Vec<Fix>,
}

/// A place and what is to be said about it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// A few words, or empty.
    pub text: Bi,
}

/// A correction of the text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fix {
    /// What the correction does.
    pub title: Bi,
    /// The edits, not overlapping.
    pub edits: Vec<Edit>,
    /// Whether it is certain to be what the writer meant.
    pub certain: bool,
}

/// Replaces a stretch of text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Edit {
    /// What is replaced; empty to insert.
    pub span: Span,
    /// The new words.
    pub text: String,
}

impl Edit {
    /// Puts words just before a stretch of text.
    pub fn before(span: Span, text: impl Into<String>) -> Edit {
        Edit { span: span.before(), text: text.into() }
    }
    /// Puts words just after a stretch of text.
    pub fn after(span: Span, text: impl Into<String>) -> Edit {
        Edit { span: span.after(), text: text.into() }
    }
    /// Puts edits into a text; `None` where one lies outside it, or two of them overlap.
    pub fn put_in(text: &str, edits: &[Edit]) -> Option<String> {
        let mut edits: Vec<&Edit> = edits.iter().collect();
        // Of two edits at one place the one that stands later in the list comes later in the text.
        edits.sort_by_key(|edit| edit.span.start);
        // One place may be named twice; it is changed once.
        edits.dedup_by(|a, b| a == b && !a.span.is_empty());
        if edits.windows(2).any(|pair| matches!(pair, [a, b] if a.span.end > b.span.start)) {
            return None;
        }
        let mut text = text.to_owned();
        for edit in edits.iter().rev() {
            text.get(edit.span.range())?;
            text.replace_range(edit.span.range(), &edit.text);
        }
        Some(text)
    }
    /// Puts parentheses around a stretch of text.
    pub fn parentheses(span: Span) -> Vec<Edit> {
        vec![Edit::before(span, "("), Edit::after(span, ")")]
    }
}

impl Fix {
    /// Tells whether its title already holds the words it puts in.
    pub fn says_its_words(&self) -> bool {
        let [edit] = self.edits.as_slice() else { return false };
        let words = edit.text.trim();
        holds(&self.title.da, words) || holds(&self.title.en, words)
    }
    /// Returns the first line that it changes, as it would read; where words are moved, the line they are moved to.
    pub fn mended_line(&self, sources: &SourceMap) -> Option<String> {
        let by_place = |edit: &&Edit| (edit.span.file, edit.span.start);
        let new_lines = self.edits.iter().filter(|edit| edit.text.starts_with('\n')).min_by_key(by_place);
        let first = new_lines.or_else(|| self.edits.iter().min_by_key(by_place))?;
        let text = &sources.file(first.span.file).text;
        let here: Vec<Edit> =
            self.edits.iter().filter(|edit| edit.span.file == first.span.file).cloned().collect();
        let mut line = text.get(..first.span.start as usize)?.matches('\n').count();
        if new_lines.is_some() {
            let before = || here.iter().filter(|edit| edit.span.start < first.span.start);
            let breaks = |text: &str| text.matches('\n').count();
            let gone: usize = before().filter_map(|edit| text.get(edit.span.range())).map(breaks).sum();
            let come: usize = before().map(|edit| breaks(&edit.text)).sum();
            line = (line + 1 + come).saturating_sub(gone);
        }
        let text = Edit::put_in(text, &here)?;
        text.lines().nth(line).map(|line| line.trim().to_owned()).filter(|line| !line.is_empty())
    }
}

/// Tells whether a sentence holds words, not only their letters inside longer ones.
fn holds(sentence: &str, words: &str) -> bool {
    words.is_empty()
        || sentence.match_indices(words).any(|(start, found)| {
            let before = sentence.get(..start).and_then(|text| text.chars().next_back());
            let after = sentence.get(start + found.len()..).and_then(|text| text.chars().next());
            ![before, after].into_iter().flatten().any(char::is_alphanumeric)
        })
}

impl Diagnostic {
    /// Starts a diagnostic with the code's own severity.
    pub fn new(code: Code, message: Bi) -> Self {
        Self {
            code,
            severity: code.severity(),
            message,
            labels: Vec::new(),
            helps: Vec::new(),
            fixes: Vec::new(),
        }
    }
    /// Adds a place; the first one added is the primary one.
    #[must_use]
    pub fn label(mut self, span: Span, text: Bi) -> Self {
        self.labels.push(Label { span, text });
        self
    }
    /// Adds the primary place without words.
    #[must_use]
    pub fn at(self, span: Span) -> Self {
        self.label(span, Bi::same(""))
    }
    /// Adds advice.
    #[must_use]
    pub fn help(mut self, text: Bi) -> Self {
        self.helps.push(text);
        self
    }
    /// Adds a correction that is certain to be meant.
    #[must_use]
    pub fn fix(self, title: Bi, span: Span, text: impl Into<String>) -> Self {
        self.add_fix(title, span, text, true)
    }
    /// Adds a correction the writer must choose.
    #[must_use]
    pub fn suggestion(self, title: Bi, span: Span, text: impl Into<String>) -> Self {
        self.add_fix(title, span, text, false)
    }
    /// Adds one way to read the text, with the edits that say it so; the writer must choose.
    #[must_use]
    pub fn reading(mut self, title: Bi, edits: Vec<Edit>) -> Self {
        self.fixes.push(Fix { title, edits, certain: false });
        self
    }
    fn add_fix(mut self, title: Bi, span: Span, text: impl Into<String>, certain: bool) -> Self {
        self.fixes.push(Fix { title, edits: vec![Edit { span, text: text.into() }], certain });
        self
    }
    /// Returns the primary place.
    pub fn span(&self) -> Option<Span> {
        self.labels.first().map(|label| label.span)
    }
}
