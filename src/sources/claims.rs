//! The figures that rules state, each with the citations that must hold it.

use super::cited::citations;
use super::figures::{Figure, FigureKind, figures};
use super::regions::{RegionKind, regions};
use super::sweep::Sweep;
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
    let all = written(id, file, sources).into_iter();
    let of_text = all.filter(|(claim, kind)| !claim.citations.is_empty() && *kind != Some(Silent::Step));
    of_text.map(|(claim, _)| claim).collect()
}

/// Why a figure of a rule file is not one that a text states.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Silent {
    /// It is the step of a rounding, or a known difference.
    Step,
    /// It stands in a stretch of this kind.
    Of(RegionKind),
}

/// Returns all figures of a file, in the order they stand, those that no text states with why.
pub(super) fn written<'a>(
    id: FileId,
    file: &'a File,
    sources: &SourceMap,
) -> Vec<(Claim<'a>, Option<Silent>)> {
    let text = &sources.file(id).text;
    let steps = steps(text, file.lang);
    let regions = regions(file);
    let mut around = Sweep::new(regions.iter().map(|region| region.span.range()));
    let bare = bare(id, file, text, &steps);
    let mut all: Vec<(Figure, bool)> =
        figures(&bare, file.lang).into_iter().map(|figure| (figure, false)).collect();
    for (from, to) in steps {
        let of_step = figures(text.get(from..to).unwrap_or(""), file.lang).into_iter();
        let placed = |figure: Figure| {
            let range = from + figure.range.start..from + figure.range.end;
            (Figure { range, ..figure }, true)
        };
        all.extend(of_step.map(placed));
    }
    all.sort_by_key(|(figure, _)| figure.range.start);
    let mut found = Vec::new();
    for (figure, is_step) in all {
        let span = Span::new(id, figure.range.start, figure.range.end);
        // The innermost region begins last.
        let held = around.at(figure.range.start).rev().filter_map(|at| regions.get(at));
        let Some(region) = held.into_iter().find(|region| region.span.holds(span)) else { continue };
        if is_name(&figure, text) {
            continue;
        }
        let silent = match region.kind {
            _ if is_step => Some(Silent::Step),
            RegionKind::Text => None,
            kind => Some(Silent::Of(kind)),
        };
        found.push((Claim { figure, span, citations: region.citations.clone() }, silent));
    }
    found
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
fn bare(id: FileId, file: &File, text: &str, steps: &[(usize, usize)]) -> String {
    let is_silent = |kind: TokenKind| {
        [TokenKind::Text, TokenKind::OpenText, TokenKind::Comment, TokenKind::Doc].contains(&kind)
    };
    let tokens = tokens(text, file.lang).into_iter().filter(|token| is_silent(token.kind));
    let citations = citations(file).into_iter().map(|citation| citation.span);
    let citations = citations.filter(|span| span.file == id).map(|span| span.range());
    let steps = steps.iter().map(|(from, to)| *from..*to);
    let mut silent = Sweep::new(tokens.map(|token| token.range).chain(citations).chain(steps));
    let mut bare = String::with_capacity(text.len());
    for (at, char) in text.char_indices() {
        match char != '\n' && silent.at(at).next().is_some() {
            true => bare.extend(std::iter::repeat_n(' ', char.len_utf8())),
            false => bare.push(char),
        }
    }
    bare
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

#[cfg(test)]
mod tests {
    use super::*;

    /// What stands after words that announce a step, up to its end.
    fn announced(text: &str, lang: Lang) -> Vec<&str> {
        steps(text, lang).into_iter().filter_map(|(from, to)| text.get(from..to)).collect()
    }

    #[test]
    fn words_of_roundings_announce_steps_and_nothing_within_names() {
        assert_eq!(announced("a = b, afrundet til 0,01 kr., og c", Lang::Da), [" 0,01 kr."]);
        assert_eq!(announced("(x, vist i 1.000 kr.) + 5", Lang::Da), [" 1.000 kr."]);
        assert_eq!(announced("a = b rounded to 1,000 kr.\nc = 5", Lang::En), [" 1,000 kr."]);
        for name in ["udvist i 2025 = 7", "uafrundet til 2030 = 7", "del_vist med 3", "ikendt afvigelse 4"] {
            assert_eq!(announced(name, Lang::Da), Vec::<&str>::new(), "{name}");
        }
        assert_eq!(announced("unrounded to 2030 = 7", Lang::En), Vec::<&str>::new());
    }
}
