//! What to say where a parse stopped: first the mistakes that people are known to make, else what was expected and what
//! was found.

use super::expect::expected_phrase;
use super::grammar::{Kind, StrictError};
use super::opener::is_statement_word;
use super::problem::SyntaxProblem;
use super::split::{Node, outline};
use super::tokens::{Token, TokenKind, tokens};
use super::traps::trap;
use crate::base::{Bi, FileId, Lang, Limit, Limits, Span, bi};
use crate::diag::{Code, Diagnostic, Report};

/// A line that does not parse, and where in it the parse stopped.
#[derive(Clone, Debug)]
pub(super) struct Scene<'a> {
    /// The whole text.
    pub(super) text: &'a str,
    /// Its file.
    pub(super) file: FileId,
    /// Its language.
    pub(super) lang: Lang,
    /// The line with its continuations.
    pub(super) node: &'a Node,
    /// The header of its block.
    pub(super) parent: Option<&'a Node>,
    /// The words of the line, without spaces and comments.
    pub(super) words: Vec<Token>,
    /// Which of the words the parse stopped at; their number, if it stopped at the end.
    pub(super) stop: usize,
    /// What could have stood there.
    pub(super) expected: &'a [Kind],
}

impl<'a> Scene<'a> {
    /// Sets the scene for a line of a text.
    pub(super) fn of_line(
        text: &'a str,
        file: FileId,
        lang: Lang,
        (node, parent): (&'a Node, Option<&'a Node>),
        offset: usize,
        expected: &'a [Kind],
    ) -> Self {
        let start = node.head.start;
        let head = text.get(node.head.clone()).unwrap_or("");
        let moved =
            |token: Token| Token { range: start + token.range.start..start + token.range.end, ..token };
        let words: Vec<Token> =
            tokens(head, lang).into_iter().filter(|word| !word.is_trivia()).map(moved).collect();
        let stop = words.iter().position(|word| word.range.end > offset).unwrap_or(words.len());
        Self { text, file, lang, node, parent, words, stop, expected }
    }
    /// Returns a word; empty beyond the end.
    pub(super) fn word(&self, index: usize) -> &'a str {
        self.words.get(index).and_then(|word| self.text.get(word.range.clone())).unwrap_or("")
    }
    /// Returns what a word is.
    pub(super) fn kind(&self, index: usize) -> Option<TokenKind> {
        self.words.get(index).map(|word| word.kind)
    }
    /// Returns where a word stands; just after the last one, beyond the end.
    pub(super) fn span(&self, index: usize) -> Span {
        match self.words.get(index) {
            Some(word) => self.place(word.range.clone()),
            None => self.place(self.end()..self.end()),
        }
    }
    /// Returns where a stretch of the text stands.
    pub(super) fn place(&self, range: std::ops::Range<usize>) -> Span {
        Span::new(self.file, range.start, range.end)
    }
    /// The end of the last word.
    pub(super) fn end(&self) -> usize {
        self.words.last().map_or(self.node.head.start, |word| word.range.end)
    }
    /// Tells whether a rule was among those that could have followed.
    pub(super) fn expects(&self, kind: Kind) -> bool {
        self.expected.contains(&kind)
    }
    /// Tells whether two neighbouring words touch.
    pub(super) fn touches(&self, left: usize) -> bool {
        match (self.words.get(left), self.words.get(left + 1)) {
            (Some(left), Some(right)) => left.range.end == right.range.start,
            _ => false,
        }
    }
    /// Tells whether a word is the first on its line of the text.
    pub(super) fn begins_line(&self, index: usize) -> bool {
        let start = self.words.get(index).map_or(0, |word| word.range.start);
        let line = self.text.get(..start).and_then(|before| before.rsplit('\n').next()).unwrap_or("");
        line.trim_start_matches(' ').is_empty()
    }
}

/// Words where the parse of a text that is one line stopped: a line of the REPL, a `--set`.
pub(super) fn worded_alone(text: &str, file: FileId, lang: Lang, error: &StrictError) -> Diagnostic {
    let lines = outline(text);
    let line = Node { head: 0..text.len(), indent: 0, aligned: true, children: Vec::new() };
    let node = lines.first().filter(|_| lines.len() == 1).unwrap_or(&line);
    worded(&Scene::of_line(text, file, lang, (node, None), error.offset, &error.expected))
}

/// Words where the parse of a line stopped.
pub(super) fn worded(scene: &Scene<'_>) -> Diagnostic {
    trap(scene).unwrap_or_else(|| general(scene))
}

/// Says what was expected and what was found.
fn general(scene: &Scene<'_>) -> Diagnostic {
    let at = scene.span(scene.stop);
    if scene.expected.is_empty() {
        return SyntaxProblem::TooNested { at, limit: Limits::default().count(Limit::Nesting) }.report();
    }
    let found = found(scene);
    let Bi { da, en } = found;
    let stated = scene.stop > 0 && is_statement_word(scene.word(0)) && scene.word(1) != "=";
    let message = match expected_phrase(scene.expected, scene.lang, stated) {
        Some(expected) => {
            let (ventet, wanted) = (expected.da, expected.en);
            bi!("her ventes {ventet}, men {da}", "here {wanted} is expected, but {en}")
        }
        None => bi!("linjen kan ikke læses herfra; {da}", "the line cannot be read from here; {en}"),
    };
    Diagnostic::new(Code::UnexpectedHere, message).at(at)
}

fn found(scene: &Scene<'_>) -> Bi {
    let word = scene.word(scene.stop);
    match scene.kind(scene.stop) {
        None => bi!("linjen slutter", "the line ends"),
        Some(TokenKind::Text) => bi!("der står en tekst i anførselstegn", "a text in quotes stands there"),
        Some(TokenKind::Number) => bi!("der står tallet `{word}`", "the number `{word}` stands there"),
        Some(_) => bi!("der står `{word}`", "`{word}` stands there"),
    }
}
