//! The names that lines declare, told from their words alone, so that it also holds for lines that do not parse.

use super::opener::is_statement_word;
use super::tokens::{Token, TokenKind, tokens};
use crate::base::Lang;

/// Returns the names that the line at a place declares, and the lines below it that are indented deeper.
pub fn declared_at(text: &str, offset: usize, lang: Lang) -> Vec<&str> {
    let start = text.get(..offset).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let mut lines = text.get(start..).unwrap_or("").lines();
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let Some(first) = lines.next() else { return Vec::new() };
    let below = lines.take_while(|line| line.trim().is_empty() || indent(line) > indent(first));
    std::iter::once(first).chain(below).flat_map(|line| declared(line, lang)).collect()
}

/// Tells whether a line of the text declares a name.
pub(super) fn declares(text: &str, name: &str, lang: Lang) -> bool {
    text.lines().filter(|line| line.contains(name)).any(|line| declared(line, lang).contains(&name))
}

/// `givet b : tal`, `tabel a; b efter k`, `hver region, regioner`, `x = 3 kr.`
fn declared(line: &str, lang: Lang) -> Vec<&str> {
    let words: Vec<Token> = tokens(line, lang).into_iter().filter(|word| !word.is_trivia()).collect();
    let word = |index: usize| words.get(index).and_then(|word| line.get(word.range.clone())).unwrap_or("");
    let named = |index: usize| {
        words.get(index).is_some_and(|word| matches!(word.kind, TokenKind::Name | TokenKind::Keyword))
    };
    let mut index = usize::from(is_statement_word(word(0)) && named(1));
    let mut names = Vec::new();
    while named(index) {
        names.push(word(index));
        if !matches!(word(index + 1), "," | ";") {
            break;
        }
        index += 2;
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_words_alone() {
        let text = "givet b : tal mindst 0\ntabel c; d efter k:\n  1 | 2\n\nx er 3";
        assert_eq!(declared_at(text, 3, Lang::Da), ["b"]);
        assert_eq!(declared_at(text, 30, Lang::Da), ["c", "d"]);
        assert_eq!(declared_at(text, text.len(), Lang::Da), ["x"]);
    }
}
