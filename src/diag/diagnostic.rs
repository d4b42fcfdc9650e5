use super::{Code, Severity};
use crate::base::{Bi, Span};

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
    fn add_fix(mut self, title: Bi, span: Span, text: impl Into<String>, certain: bool) -> Self {
        self.fixes.push(Fix { title, edits: vec![Edit { span, text: text.into() }], certain });
        self
    }
    /// Returns the primary place.
    pub fn span(&self) -> Option<Span> {
        self.labels.first().map(|label| label.span)
    }
}
