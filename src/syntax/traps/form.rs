//! Forms close to one of the language: how they are found and shown. Each is answered with the reader's own line,
//! written the right way.

use crate::base::{Bi, Span, bi};
use crate::diag::{Code, Diagnostic, Edit};
use crate::syntax::grammar::Kind;
use crate::syntax::keywords::keyword;
use crate::syntax::stop::Scene;
use crate::syntax::tokens::TokenKind;

/// A line that is close to a form of the language, with what is wrong in it.
pub(super) fn form(at: Span, says: Bi) -> Diagnostic {
    Diagnostic::new(Code::UnexpectedHere, says).at(at)
}

/// The title of a correction that is shown as the whole line.
pub(super) fn so() -> Bi {
    bi!("skriv det sådan", "write it like this")
}

/// Replaces a stretch of text.
pub(super) fn edit(span: Span, text: impl Into<String>) -> Edit {
    Edit { span, text: text.into() }
}

impl Scene<'_> {
    /// Tells whether the words of a phrase stand from a word on.
    pub(super) fn says(&self, index: usize, phrase: &str) -> bool {
        phrase.split(' ').enumerate().all(|(n, part)| self.word(index + n) == part)
    }
    /// Returns how many words of the line a keyword takes from a word on, if it stands there.
    pub(super) fn keyword_at(&self, index: usize, kind: Kind) -> Option<usize> {
        let phrases = keyword(kind)?.spellings(self.lang);
        phrases.filter(|phrase| self.says(index, phrase)).map(|phrase| phrase.split(' ').count()).max()
    }
    /// Returns where a keyword first stands before a word.
    pub(super) fn keyword_before(&self, end: usize, kind: Kind) -> Option<usize> {
        (0..end).find(|index| self.keyword_at(*index, kind).is_some())
    }
    /// Returns the usual spelling of a keyword in the language of the line.
    pub(super) fn spelt(&self, kind: Kind) -> &'static str {
        keyword(kind).map_or("", |keyword| keyword.spelling(self.lang))
    }
    /// Returns the text from one word to another, both included.
    pub(super) fn text_of(&self, first: usize, last: usize) -> &str {
        self.text.get(self.stretch(first, last).range()).unwrap_or("")
    }
    /// Returns the place from one word to another, both included.
    pub(super) fn stretch(&self, first: usize, last: usize) -> Span {
        self.span(first).to(self.span(last))
    }
    /// Returns the place between two neighbouring words, the second of which is given.
    pub(super) fn gap_before(&self, index: usize) -> Span {
        let start = self.span(index.saturating_sub(1)).range().end;
        self.place(start.min(self.span(index).range().start)..self.span(index).range().start)
    }
    /// Tells whether a word is a number.
    pub(super) fn is_number(&self, index: usize) -> bool {
        self.kind(index) == Some(TokenKind::Number)
    }
    /// Returns the year that a word is: four digits and nothing else.
    pub(super) fn year_at(&self, index: usize) -> Option<&str> {
        Some(self.word(index))
            .filter(|word| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit()))
    }
    /// Returns the first word that is this one.
    pub(super) fn first(&self, word: &str) -> Option<usize> {
        (0..self.words.len()).find(|index| self.word(*index) == word)
    }
    /// Tells whether the header above the line opens with a keyword.
    pub(super) fn is_below(&self, kind: Kind) -> bool {
        let head = self.parent.and_then(|parent| self.text.get(parent.head.clone())).unwrap_or("");
        let word = self.spelt(kind);
        head.strip_prefix(word).is_some_and(|rest| rest.starts_with(' '))
    }
}
