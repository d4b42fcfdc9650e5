//! The token stream of a text: never fails, leaves no gap.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use pest::Parser;

use super::keywords::KEYWORDS;
use crate::base::Lang;

/// What a token is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum TokenKind {
    /// A word of the language, in the language of the text; also an abbreviation such as `kr.`.
    Keyword,
    /// Any other word.
    Name,
    /// A number, date or price level as written, right or wrong.
    Number,
    /// A text with both its quotes.
    Text,
    /// A text whose closing quote is missing; it ends with its line.
    OpenText,
    /// `// …` to the end of the line.
    Comment,
    /// `/// …` to the end of the line.
    Doc,
    /// A sign that computes or compares, also those that only other languages have (`==`, `&&`).
    Operator,
    /// `(` or `[`.
    Open,
    /// `)` or `]`.
    Close,
    /// `|`, `;`, `,`, `:`, `.` or `§`.
    Punctuation,
    /// One or more spaces.
    Space,
    /// A line break.
    Newline,
    /// Anything else, one character.
    Unknown,
}

/// A stretch of text and what it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Its bytes in the text.
    pub range: Range<usize>,
}

impl Token {
    /// Tells whether the token means nothing to the rules: space, line break or comment.
    pub fn is_trivia(&self) -> bool {
        matches!(self.kind, TokenKind::Space | TokenKind::Newline | TokenKind::Comment | TokenKind::Doc)
    }
}

/// Cuts a text into tokens; together they are the whole text.
pub fn tokens(text: &str, lang: Lang) -> Vec<Token> {
    match lexer::Lexer::parse(lexer::Rule::tokens, text) {
        Ok(pairs) => pairs.flatten().filter_map(|pair| token(&pair, lang)).collect(),
        // INVARIANT: the grammar ends with `unknown = { ANY }`, so this is for the compiler only; no byte is lost.
        Err(_) => vec![Token { kind: TokenKind::Unknown, range: 0..text.len() }],
    }
}

fn token(pair: &pest::iterators::Pair<'_, lexer::Rule>, lang: Lang) -> Option<Token> {
    use lexer::Rule;
    let kind = match pair.as_rule() {
        Rule::space => TokenKind::Space,
        Rule::newline => TokenKind::Newline,
        Rule::doc => TokenKind::Doc,
        Rule::comment => TokenKind::Comment,
        Rule::text => TokenKind::Text,
        Rule::open_text => TokenKind::OpenText,
        Rule::number => TokenKind::Number,
        Rule::abbreviation => TokenKind::Keyword,
        Rule::word if is_keyword(pair.as_str(), lang) => TokenKind::Keyword,
        Rule::word => TokenKind::Name,
        Rule::operator => TokenKind::Operator,
        Rule::open => TokenKind::Open,
        Rule::close => TokenKind::Close,
        Rule::punctuation => TokenKind::Punctuation,
        Rule::unknown => TokenKind::Unknown,
        Rule::tokens
        | Rule::piece
        | Rule::EOI
        | Rule::rest
        | Rule::in_text
        | Rule::iso
        | Rule::fraction
        | Rule::level
        | Rule::word_char => return None,
    };
    let span = pair.as_span();
    Some(Token { kind, range: span.start()..span.end() })
}

/// Tells whether a word is part of any keyword or phrase of a language. Where it stands is not asked: a word that
/// opens statements may also be a name.
fn is_keyword(word: &str, lang: Lang) -> bool {
    static WORDS: LazyLock<[BTreeSet<&'static str>; 2]> =
        LazyLock::new(|| [words(Lang::Da), words(Lang::En)]);
    let [da, en] = &*WORDS;
    lang.pick(da, en).contains(word)
}

fn words(lang: Lang) -> BTreeSet<&'static str> {
    KEYWORDS.iter().flat_map(|keyword| keyword.spellings(lang)).flat_map(|phrase| phrase.split(' ')).collect()
}

/// The generated parser of the token stream.
mod lexer {
    #[derive(pest_derive::Parser)]
    #[grammar = "../grammar/tokens.pest"]
    pub(super) struct Lexer;
}

#[cfg(test)]
mod tests;
