//! What a typed line is: a command, a what-if or a question, and whether more is to come.

use crate::base::{Lang, SourceFile, SourceMap};
use crate::diag::Problems;
use crate::syntax::ast::StmtKind;
use crate::syntax::keywords::{KEYWORDS, WordClass};
use crate::syntax::{Token, TokenKind, for_whom, parse_assign, parse_expr, parse_scenario_line, tokens};

/// What a line is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// Nothing, or a comment only.
    Blank,
    /// Starts with `:`.
    Command,
    /// `path = expression`.
    Assign,
    /// Another line or block of a scenario: `læsning …`, `undtagelse … = nej`, the facts of an entity.
    Statement,
    /// Anything else.
    Expression,
}

/// Tells what a line is.
pub(super) fn kind_of(text: &str, lang: Lang) -> Kind {
    let tokens = tokens(text, lang);
    let mut telling = tokens.iter().filter(|token| !token.is_trivia());
    if text.trim_start().starts_with(':') {
        return Kind::Command;
    }
    if telling.next().is_none() {
        return Kind::Blank;
    }
    if is_statement(text, lang) {
        return Kind::Statement;
    }
    if for_whom(text, lang, |_| false).is_some_and(|written| kind_of(&written, lang) == Kind::Assign) {
        return Kind::Assign;
    }
    match equals_sign(text, &tokens) {
        Some(at) if is_assign(text, at, lang) => Kind::Assign,
        Some(_) | None => Kind::Expression,
    }
}

/// Tells whether what stands before the first `=` can be given a value; `hvis a = b så …` cannot.
fn is_assign(text: &str, at: usize, lang: Lang) -> bool {
    let target = text.get(..at).unwrap_or_default();
    let probe = format!("{target}= 0");
    parses(&probe, |map, file, problems| parse_assign(map, file, lang, problems).is_some())
}

fn is_statement(text: &str, lang: Lang) -> bool {
    parses(text, |map, file, problems| {
        let stmt = parse_scenario_line(map, file, lang, problems);
        stmt.is_some_and(|stmt| {
            matches!(
                stmt.kind,
                StmtKind::Reading { .. } | StmtKind::Switch { .. } | StmtKind::EntityFacts { .. }
            )
        })
    })
}

fn parses(text: &str, parse: impl FnOnce(&SourceMap, crate::base::FileId, &mut Problems) -> bool) -> bool {
    let mut map = SourceMap::new();
    let file = map.add(SourceFile::new("", text));
    let mut problems = Problems::new();
    parse(&map, file, &mut problems) && !problems.has_errors()
}

/// The first `=` that stands outside parentheses and brackets.
pub(super) fn equals_sign(text: &str, tokens: &[Token]) -> Option<usize> {
    let mut depth = 0i32;
    for token in tokens {
        match token.kind {
            TokenKind::Open => depth += 1,
            TokenKind::Close => depth -= 1,
            TokenKind::Operator if depth == 0 && text.get(token.range.clone()) == Some("=") => {
                return Some(token.range.start);
            }
            _ => {}
        }
    }
    None
}

/// Tells whether a typed text needs more lines before it can be understood. A blank last line always ends it.
pub(super) fn is_unfinished(text: &str, lang: Lang) -> bool {
    let is_ended = text.rsplit_once('\n').is_some_and(|(_, last)| last.trim().is_empty());
    if is_ended || text.trim_start().starts_with(':') {
        return false;
    }
    let all = tokens(text, lang);
    let telling: Vec<&Token> = all.iter().filter(|token| !token.is_trivia()).collect();
    is_entity_head(&telling) || depth(&all) > 0 || ends_openly(text, &telling, lang)
}

/// `region "Sjælland"`, with lines to follow; a block ends with a blank line.
fn is_entity_head(telling: &[&Token]) -> bool {
    matches!(telling, [kind, text, ..] if kind.kind == TokenKind::Name && text.kind == TokenKind::Text)
}

fn depth(tokens: &[Token]) -> i32 {
    tokens.iter().fold(0, |depth, token| match token.kind {
        TokenKind::Open => depth + 1,
        TokenKind::Close => depth - 1,
        _ => depth,
    })
}

/// Ends with a sign or a word that something must follow; a keyword that may stand last, such as `nominelt`, does not
/// count where the text is whole as it is.
fn ends_openly(text: &str, telling: &[&Token], lang: Lang) -> bool {
    let Some(last) = telling.last() else { return false };
    match last.kind {
        TokenKind::Operator => true,
        TokenKind::Punctuation => matches!(text.get(last.range.clone()), Some("," | ";")),
        TokenKind::Keyword => {
            text.get(last.range.clone()).is_some_and(|word| joins(word, lang)) && !is_whole(text, lang)
        }
        _ => false,
    }
}

/// Tells whether a word is one of those that join or compute: `og`, `af`, `fordelt efter`. A unit ends what it stands in,
/// though it is a part of `i pct. af`, too.
fn joins(word: &str, lang: Lang) -> bool {
    let units = KEYWORDS.iter().filter(|keyword| keyword.class == WordClass::Unit);
    if units.flat_map(|keyword| keyword.spellings(lang)).any(|unit| unit.split(' ').next_back() == Some(word))
    {
        return false;
    }
    let operators = KEYWORDS.iter().filter(|keyword| keyword.class == WordClass::Operator);
    operators
        .flat_map(|keyword| keyword.spellings(lang))
        .any(|phrase| phrase.split(' ').any(|part| part == word))
}

fn is_whole(text: &str, lang: Lang) -> bool {
    parses(text, |map, file, problems| parse_expr(map, file, lang, problems).is_some())
        || parses(text, |map, file, problems| parse_assign(map, file, lang, problems).is_some())
        || is_statement(text, lang)
}

/// How many bytes may belong together before a script's next line starts anew: a parenthesis that is never closed must
/// not swallow it all.
const LONGEST: usize = 64 * 1024;

/// How many lines may belong together, for the same reason.
const MOST_LINES: usize = 500;

/// Cuts a script into the texts that are typed one by one: an indented line, and a line after an unfinished one,
/// belong to what stands before them. Each comes with the number of its first line.
pub(super) struct Cutter {
    lang: Lang,
    open: Option<(usize, String)>,
    line: usize,
}

impl Cutter {
    pub(super) fn new(lang: Lang) -> Cutter {
        Cutter { lang, open: None, line: 0 }
    }
    /// Takes the next line; returns the text that it shows to be whole.
    pub(super) fn line(&mut self, line: &str) -> Option<(usize, String)> {
        self.line += 1;
        let continues = match &self.open {
            Some((first, text)) if text.len() > LONGEST || self.line - first > MOST_LINES => false,
            Some((_, text)) => line.starts_with(' ') || is_unfinished(text, self.lang),
            None => false,
        };
        if line.trim().is_empty() {
            return self.open.take();
        }
        if let (true, Some((_, text))) = (continues, &mut self.open) {
            text.push('\n');
            text.push_str(line);
            return None;
        }
        self.open.replace((self.line, line.to_owned()))
    }
    /// How many lines are read already and not yet returned: what follows a text shows that it was whole.
    pub(super) fn unread(&self) -> usize {
        self.open.as_ref().map_or(0, |(_, text)| text.lines().count())
    }
    /// Returns what is left at the end.
    pub(super) fn end(&mut self) -> Option<(usize, String)> {
        self.open.take()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_told_apart() {
        let kind = |text| kind_of(text, Lang::Da);
        assert_eq!(kind("  "), Kind::Blank);
        assert_eq!(kind("// kun en bemærkning"), Kind::Blank);
        assert_eq!(kind(":forskel"), Kind::Command);
        assert_eq!(kind("a.b"), Kind::Expression);
        assert_eq!(kind("a.b[2] = 60 pct."), Kind::Assign);
        assert_eq!(kind("region[\"Sjælland\"].x = 2"), Kind::Assign);
        assert_eq!(kind("x for \"Sjælland\" = 2 +"), Kind::Assign);
        assert_eq!(kind("x i 2025 = 2"), Kind::Assign);
        assert_eq!(kind("hvis a = 2 så 1 ellers 0"), Kind::Expression);
        assert_eq!(kind("(a = 2)"), Kind::Expression);
        assert_eq!(kind("læsning trin = tredjedele"), Kind::Statement);
        assert_eq!(kind("undtagelse akutplan = nej"), Kind::Statement);
        assert_eq!(kind("region \"Sjælland\"\n  x = ja"), Kind::Statement);
    }

    #[test]
    fn a_text_that_waits_for_more_is_unfinished() {
        let unfinished = |text| is_unfinished(text, Lang::Da);
        assert!(unfinished("1 +"));
        assert!(unfinished("(1 + 2"));
        assert!(unfinished("x ="));
        assert!(unfinished("a og"));
        assert!(unfinished("a,"));
        assert!(unfinished("region \"Sjælland\""));
        assert!(unfinished("region \"Sjælland\"\n  x = ja"));
        assert!(!unfinished("region \"Sjælland\"\n  x = ja\n"));
        assert!(!unfinished("x"));
        assert!(!unfinished("2 mio. kr."));
        assert!(!unfinished("trin 2 = 60 pct."));
        assert!(!unfinished("andel_bevaret(2) = 60 pct."));
        assert!(!is_unfinished("share(2) = 60 per cent", Lang::En));
        assert!(!unfinished("ja"));
        assert!(!unfinished("x nominelt"));
        assert!(!unfinished("læsning opgørelse = samlet"));
        assert!(!unfinished(":for"));
        assert!(!unfinished("1 +\n"));
    }

    #[test]
    fn a_script_is_cut_by_indentation_and_unfinished_lines() {
        let script = "a\nb =\n2\nregion \"S\"\n  x = 1\n  y = 2\n\nc\n  + 1\n:slut\n";
        let mut cutter = Cutter::new(Lang::Da);
        let mut cut: Vec<_> = script.lines().filter_map(|line| cutter.line(line)).collect();
        cut.extend(cutter.end());
        let expected =
            [(1, "a"), (2, "b =\n2"), (4, "region \"S\"\n  x = 1\n  y = 2"), (8, "c\n  + 1"), (10, ":slut")];
        assert_eq!(cut, expected.map(|(line, text)| (line, text.to_owned())));
    }
}
