//! The figures that rules state, each with the citations that must hold it.

use super::cited::citations;
use super::figures::{Figure, FigureKind, figures};
use super::regions::{Region, regions};
use crate::base::{FileId, Lang, SourceMap, Span};
use crate::syntax::ast::{Citation, File};
use crate::syntax::{TokenKind, tokens};
use crate::value::Number;

/// A figure of a rule file.
#[derive(Clone, Debug)]
pub(super) struct Claim<'a> {
    /// The figure; its range counts from the beginning of the file.
    pub(super) figure: Figure,
    /// Where it stands.
    pub(super) span: Span,
    /// Where it must be found: in any of these.
    pub(super) citations: Vec<&'a Citation>,
}

/// Returns the figures that a file states of documents, in the order they stand.
pub(super) fn claims<'a>(id: FileId, file: &'a File, sources: &SourceMap) -> Vec<Claim<'a>> {
    let text = bare(id, file, &sources.file(id).text);
    let regions = regions(file);
    let mut claims = Vec::new();
    for figure in figures(&text, file.lang) {
        let span = Span::new(id, figure.range.start, figure.range.end);
        // The innermost region comes last.
        let region = regions.iter().rev().find(|region: &&Region<'_>| region.span.holds(span));
        let Some(region) = region.filter(|region| !region.citations.is_empty()) else { continue };
        if !is_name(&figure, &text) {
            claims.push(Claim { figure, span, citations: region.citations.clone() });
        }
    }
    claims
}

impl Claim<'_> {
    /// Nothing, one, and the whole of it are figures that a rule may need where no text prints them.
    pub(super) fn is_neutral(&self) -> bool {
        let figure = &self.figure;
        let all = Number::from_i64(100);
        let is_one = figure.kind == FigureKind::Count && figure.value == Number::one();
        figure.date.is_none()
            && (figure.value.is_zero() || is_one || figure.kind == FigureKind::Percent && figure.value == all)
    }
}

/// Rules write their figures in digits: a number word in them is part of a name, `ultimo` alone excepted.
fn is_name(figure: &Figure, text: &str) -> bool {
    let word = text.get(figure.range.clone()).is_some_and(|words| words.starts_with(char::is_alphabetic));
    word && figure.date.is_none()
}

/// The text of a rule file with everything blanked that states no figure of the rules: quoted words, comments, citations,
/// the steps that are rounded and shown to, and known differences of sums. Places stay as they are.
fn bare(id: FileId, file: &File, text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    let mut blank = |from: usize, to: usize| {
        for byte in bytes.iter_mut().take(to).skip(from).filter(|byte| **byte != b'\n') {
            *byte = b' ';
        }
    };
    for token in tokens(text, file.lang) {
        let silent = [TokenKind::Text, TokenKind::OpenText, TokenKind::Comment, TokenKind::Doc];
        if silent.contains(&token.kind) {
            blank(token.range.start, token.range.end);
        }
    }
    for citation in citations(file).into_iter().filter(|citation| citation.span.file == id) {
        blank(citation.span.start as usize, citation.span.end as usize);
    }
    for step in steps(text, file.lang) {
        blank(step.0, step.1);
    }
    // INVARIANT: whole tokens and citations are blanked, so no character is cut in two.
    String::from_utf8(bytes).unwrap_or_default()
}

/// The steps of roundings, and the known differences of sums, which no text prints: from the words that announce them to the
/// comma, bracket or line end after them.
fn steps(text: &str, lang: Lang) -> Vec<(usize, usize)> {
    let words: &[&str] = match lang {
        Lang::Da => &["afrundet til", "afrundet hver for sig til", "vist i", "vist med", "kendt afvigelse"],
        Lang::En => {
            &["rounded to", "rounded each to", "shown to", "shown in", "shown with", "known difference"]
        }
    };
    let mut found = Vec::new();
    // Within a name, as in `udvist i 2025`, they announce nothing.
    let alone = |start: usize| {
        let before = text.get(..start).and_then(|before| before.chars().next_back());
        before.is_none_or(|char| !char.is_alphanumeric() && char != '_')
    };
    let announced = words.iter().flat_map(|word| text.match_indices(word));
    for (start, word) in announced.filter(|(start, _)| alone(*start)) {
        let from = start + word.len();
        let rest = text.get(from..).unwrap_or("");
        // A comma within a number is no end: `afrundet til 0,01 kr.`.
        let ends = |at: usize, c: char| match c {
            '\n' | ')' | ';' => true,
            ',' => rest.get(at + 1..).is_none_or(|rest| !rest.starts_with(|c: char| c.is_ascii_digit())),
            _ => false,
        };
        let end = rest.char_indices().find(|(at, c)| ends(*at, *c)).map_or(rest.len(), |(at, _)| at);
        found.push((from, from + end));
    }
    found
}
