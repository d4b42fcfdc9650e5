//! Which lines open a block. A header ends with something that cannot be continued, so that a deeper line below it is a
//! line of its block and not the rest of the header.

use super::grammar::Kind;
use super::keywords::{KEYWORDS, Keyword, WordClass};
use super::tokens::{Token, TokenKind, tokens};
use crate::base::Lang;

/// What kind of block a line opens.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Header {
    /// None.
    Nothing,
    /// A top-level item or part of a clause that holds statements.
    Statements,
    /// `hver region … har`.
    Kind,
    /// `tabel …`.
    Table,
    /// `trappe …`.
    Scale,
    /// The path of a table whose rows are restated.
    Rows,
    /// `scenarie …`.
    Scenario,
    /// `prøve …`.
    Test,
    /// `forvent`.
    Expect,
    /// `region "Sjælland"`.
    Entity,
    /// `… delt i`.
    Split,
}

/// Tells what a deeper line below this one belongs to.
pub(super) fn header(line: &str) -> Header {
    let line = line.split('\n').next().unwrap_or(line);
    let words = words(line);
    let assigns = words.iter().any(|token| line.get(token.range.clone()) == Some("="));
    match keyword_header(word_at(line, &words, 0)) {
        // `klausul a`, but not `klausul = 3`: the words of statements stay usable as names.
        Some(found) if !assigns => found,
        _ if opens_split(line) => Header::Split,
        _ if is_entity(line, &words) => Header::Entity,
        _ if is_path(line, &words) => Header::Rows,
        _ => Header::Nothing,
    }
}

/// Tells whether the last line of an expression opens the block of a split: `… delt i`.
pub(super) fn opens_split(line: &str) -> bool {
    let words = words(line);
    let last = words.len().checked_sub(2).map(|n| (word_at(line, &words, n), word_at(line, &words, n + 1)));
    matches!(last, Some(("delt", "i") | ("split", "into")))
}

/// Tells whether a word opens an item or a line, in either language.
pub(super) fn is_statement_word(word: &str) -> bool {
    let opens = |spelling: &str| spelling.split(' ').next() == Some(word);
    let statements = KEYWORDS.iter().filter(|keyword| keyword.class == WordClass::Statement);
    statements
        .flat_map(|keyword| [Lang::Da, Lang::En].map(|lang| keyword.spellings(lang)))
        .flatten()
        .any(opens)
}

/// Returns the keyword of a header line, in either language and any case.
pub(super) fn header_kind(line: &str) -> Option<Kind> {
    let line = line.split('\n').next().unwrap_or(line);
    let word = word_at(line, &words(line), 0).to_lowercase();
    kinds_of(&word).find(|kind| header_of(*kind).is_some())
}

/// The header that a first word makes; in either language and any case, since a header with a mistake is still one.
fn keyword_header(word: &str) -> Option<Header> {
    kinds_of(&word.to_lowercase()).find_map(header_of)
}

/// The keywords that a word spells, in either language.
fn kinds_of(word: &str) -> impl Iterator<Item = Kind> {
    let spells = move |keyword: &&Keyword| {
        [Lang::Da, Lang::En].iter().any(|lang| keyword.spellings(*lang).any(|spelling| spelling == word))
    };
    KEYWORDS.iter().filter(spells).map(|keyword| keyword.kind)
}

fn header_of(kind: Kind) -> Option<Header> {
    match kind {
        Kind::kw_agreement
        | Kind::kw_act
        | Kind::kw_source
        | Kind::kw_index
        | Kind::kw_clause
        | Kind::kw_assumption
        | Kind::kw_reading
        | Kind::kw_amendment
        | Kind::kw_background
        | Kind::kw_judgement
        | Kind::kw_duty
        | Kind::kw_exception => Some(Header::Statements),
        Kind::kw_each => Some(Header::Kind),
        Kind::kw_table => Some(Header::Table),
        Kind::kw_scale => Some(Header::Scale),
        Kind::kw_scenario => Some(Header::Scenario),
        Kind::kw_test => Some(Header::Test),
        Kind::kw_expect => Some(Header::Expect),
        _ => None,
    }
}

fn words(line: &str) -> Vec<Token> {
    tokens(line, Lang::Da).into_iter().filter(|token| !token.is_trivia()).collect()
}

fn word_at<'a>(line: &'a str, words: &[Token], index: usize) -> &'a str {
    words.get(index).and_then(|token| line.get(token.range.clone())).unwrap_or("")
}

/// `region "Sjælland"`.
fn is_entity(line: &str, words: &[Token]) -> bool {
    let kinds: Vec<TokenKind> = words.iter().map(|token| token.kind).collect();
    matches!(kinds.as_slice(), [TokenKind::Name | TokenKind::Keyword, TokenKind::Text | TokenKind::OpenText])
        && !is_statement_word(word_at(line, words, 0))
}

/// `nærhedsfinansiering.andel_bevaret`, whose rows stand below.
fn is_path(line: &str, words: &[Token]) -> bool {
    let is_word = |token: &Token| matches!(token.kind, TokenKind::Name | TokenKind::Keyword);
    let dotted = |(index, token): (usize, &Token)| {
        if index % 2 == 0 { is_word(token) } else { line.get(token.range.clone()) == Some(".") }
    };
    words.len() % 2 == 1 && words.iter().enumerate().all(dotted)
}
