//! What the words of a line are, for colours in the REPL and on paper.

use std::ops::Range;

use super::keywords::{KEYWORDS, WordClass, is_reserved};
use super::tokens::{Token, TokenKind, tokens};
use crate::base::Lang;

/// What a stretch of text is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum HighlightClass {
    /// A word or phrase of the language.
    Keyword(WordClass),
    /// A name.
    Name,
    /// A number, a date or a price level.
    Number,
    /// A text in quotes.
    Text,
    /// A comment.
    Comment,
    /// A comment that documents what stands below it.
    Doc,
    /// A sign that computes, compares or separates.
    Sign,
    /// What the language does not have, and a text that is not closed.
    Error,
}

/// A stretch of text and what it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Highlight {
    /// What it is.
    pub class: HighlightClass,
    /// Its bytes in the text.
    pub range: Range<usize>,
}

/// Tells what the words of a text are, in order; spaces and line breaks are left out. Phrases of several words are one
/// stretch. It never fails, also on half a line.
pub fn highlight(text: &str, lang: Lang) -> Vec<Highlight> {
    let words: Vec<Token> =
        tokens(text, lang).into_iter().filter(|token| token.kind != TokenKind::Space).collect();
    let mut found = Vec::new();
    let mut next = 0;
    while let Some(word) = words.get(next) {
        let (class, count) = classify(text, lang, &words, next);
        let end = words.get(next + count - 1).map_or(word.range.end, |last| last.range.end);
        if word.kind != TokenKind::Newline {
            found.push(Highlight { class, range: word.range.start..end });
        }
        next += count;
    }
    found
}

/// The class of a word, and how many words belong to the phrase it begins; at least one.
fn classify(text: &str, lang: Lang, words: &[Token], index: usize) -> (HighlightClass, usize) {
    let class = match words.get(index).map(|word| word.kind) {
        Some(TokenKind::Keyword) => return keyword(text, lang, words, index),
        Some(TokenKind::Name) | None => HighlightClass::Name,
        Some(TokenKind::Number) => HighlightClass::Number,
        Some(TokenKind::Text) => HighlightClass::Text,
        Some(TokenKind::Comment) => HighlightClass::Comment,
        Some(TokenKind::Doc) => HighlightClass::Doc,
        Some(
            TokenKind::Operator
            | TokenKind::Open
            | TokenKind::Close
            | TokenKind::Punctuation
            | TokenKind::Space
            | TokenKind::Newline,
        ) => HighlightClass::Sign,
        Some(TokenKind::Unknown | TokenKind::OpenText) => HighlightClass::Error,
    };
    (class, 1)
}

/// The longest phrase that begins here; a name where the word cannot be meant as a keyword.
fn keyword(text: &str, lang: Lang, words: &[Token], index: usize) -> (HighlightClass, usize) {
    let word = |n: usize| words.get(n).and_then(|word| text.get(word.range.clone())).unwrap_or("");
    let spells = |phrase: &str| phrase.split(' ').enumerate().all(|(n, part)| word(index + n) == part);
    let phrases =
        KEYWORDS.iter().flat_map(|keyword| keyword.spellings(lang).map(move |phrase| (keyword, phrase)));
    let longest = phrases.filter(|(_, phrase)| spells(phrase)).max_by_key(|(keyword, phrase)| {
        (
            phrase.split(' ').count(),
            std::cmp::Reverse(keyword.class == WordClass::Statement && !begins_line(words, index)),
        )
    });
    let after_dot = index.checked_sub(1).is_some_and(|before| word(before) == ".");
    let is_name =
        after_dot || !is_reserved(lang, word(index)) && matches!(word(index + 1), "=" | "." | ":" | "[");
    match longest {
        Some((keyword, phrase)) if !is_name || phrase.contains(' ') => {
            (HighlightClass::Keyword(keyword.class), phrase.split(' ').count())
        }
        // An abbreviation is a unit even where the table has it only as part of a phrase.
        _ if word(index).ends_with('.') => (HighlightClass::Keyword(WordClass::Unit), 1),
        _ => (HighlightClass::Name, 1),
    }
}

fn begins_line(words: &[Token], index: usize) -> bool {
    index
        .checked_sub(1)
        .and_then(|before| words.get(before))
        .is_none_or(|before| before.kind == TokenKind::Newline)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, lang: Lang) -> String {
        let one = |found: &Highlight| format!("{}:{:?}", &text[found.range.clone()], found.class);
        highlight(text, lang).iter().map(one).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn phrases_are_one_stretch() {
        insta::assert_snapshot!(shown(
            "  x = pulje fordelt efter nøgle blandt alle regioner, afrundet til 0,01 mio. kr. // n",
            Lang::Da
        ));
        insta::assert_snapshot!(shown("clause a \"t\"\n  tabel = 33⅓ per cent of x.full + \"å", Lang::En));
    }

    #[test]
    fn words_of_statements_may_be_names() {
        insta::assert_snapshot!(shown("tabel = a.tabel\ntabel t efter k", Lang::Da));
    }
}
