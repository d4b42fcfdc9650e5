//! One line of code: its words with the spaces that belong between them.

use crate::syntax::tokens::{Token, TokenKind};

/// A token with the words to print for it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Word {
    /// What it is.
    pub(super) kind: TokenKind,
    /// What is printed.
    pub(super) text: String,
    /// Where it stood.
    pub(super) start: usize,
    /// Whether a space stood before it.
    pub(super) spaced: bool,
    /// How it binds, where the kind alone does not say.
    pub(super) role: Role,
}

/// How an operator sign stands to its neighbours.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum Role {
    /// As its kind says.
    #[default]
    Plain,
    /// Between two operands: a space on both sides.
    Binary,
    /// Before one operand: tight to it.
    Prefix,
    /// Inside a literal, such as `1/3` or `2027-2030`: no spaces.
    Tight,
    /// A colon between a name and its type: a space on both sides.
    Typing,
    /// The first word of a citation that follows something on its line: set off by two spaces.
    Trailing,
}

impl Word {
    /// Makes a word of a token.
    pub(super) fn new(token: &Token, text: &str, spaced: bool, role: Role) -> Self {
        Self { kind: token.kind, text: text.to_owned(), start: token.range.start, spaced, role }
    }
    fn is(&self, text: &str) -> bool {
        self.text == text
    }
}

/// Returns the number of spaces between two neighbouring words of a line.
pub(super) fn gap(left: &Word, right: &Word) -> usize {
    if right.role == Role::Trailing {
        return 2;
    }
    if right.is("|") || left.is("|") {
        return 1;
    }
    if left.kind == TokenKind::Open || right.kind == TokenKind::Close || right.is("[") {
        return 0;
    }
    if left.role == Role::Prefix || left.role == Role::Tight || right.role == Role::Tight {
        return 0;
    }
    if right.is("(") {
        return 1;
    }
    if is_spaced_sign(left) || is_spaced_sign(right) {
        return 1;
    }
    if right.is(";") || right.is(",") || right.is(":") {
        return 0;
    }
    if left.is(";") || left.is(",") || left.is(":") {
        return 1;
    }
    usize::from(right.spaced)
}

/// Signs that always stand between spaces.
fn is_spaced_sign(word: &Word) -> bool {
    match word.role {
        Role::Binary | Role::Typing => true,
        Role::Prefix | Role::Trailing | Role::Tight => false,
        Role::Plain => matches!(word.text.as_str(), "=" | "≤" | "≥" | "≠" | "≈" | "<" | ">" | "×"),
    }
}

/// Joins the words of a line, and tells at which character each of them starts.
pub(super) fn join(words: &[Word]) -> (String, Vec<usize>) {
    let (mut text, mut starts, mut column) = (String::new(), Vec::new(), 0);
    for (index, word) in words.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|n| words.get(n));
        let spaces = before.map_or(0, |before| gap(before, word));
        text.push_str(&" ".repeat(spaces));
        starts.push(column + spaces);
        column += spaces + word.text.chars().count();
        text.push_str(&word.text);
    }
    (text, starts)
}
