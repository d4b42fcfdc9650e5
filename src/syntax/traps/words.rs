//! Words: in the other language, in capitals, reserved, shortened, misspelt or missing.

use super::problem::{Trap, Written};
use crate::base::Lang;
use crate::diag::nearest;
use crate::syntax::grammar::Kind;
use crate::syntax::keywords::{KEYWORDS, Keyword, WordClass, is_reserved, keyword};
use crate::syntax::other_language::{OtherLanguage, opener_of_other};
use crate::syntax::stop::Scene;
use crate::syntax::tokens::TokenKind;

/// The words around the stop that may be to blame, the most likely first.
fn suspects(scene: &Scene<'_>) -> impl Iterator<Item = usize> {
    let stop = scene.stop;
    let near = [Some(stop), stop.checked_sub(1), Some(0), stop.checked_sub(2)];
    let mut seen: Vec<usize> = Vec::new();
    near.into_iter().flatten().for_each(|index| {
        if !seen.contains(&index) {
            seen.push(index);
        }
    });
    seen.into_iter()
}

fn written(scene: &Scene<'_>, index: usize) -> Written {
    Written { text: scene.word(index).to_owned(), at: scene.span(index) }
}

/// Whether a word takes part in any phrase of the language.
fn is_word_of(word: &str, lang: Lang) -> bool {
    KEYWORDS
        .iter()
        .any(|keyword| keyword.spellings(lang).any(|phrase| phrase.split(' ').any(|part| part == word)))
}

/// `Klausul`, `OG`.
pub(super) fn capital(scene: &Scene<'_>) -> Option<Trap> {
    let is_capital = |index: &usize| {
        let word = scene.word(*index);
        let lower = word.to_lowercase();
        lower != word && !is_word_of(word, scene.lang) && is_word_of(&lower, scene.lang)
    };
    let index = suspects(scene).find(is_capital)?;
    let lower = scene.word(index).to_lowercase();
    Some(Trap::Capital { written: written(scene, index), lower })
}

/// `clause` in a Danish file, `sum of` whose first word both languages have.
pub(super) fn other_language(scene: &Scene<'_>) -> Option<Trap> {
    let (keyword, first, count) = suspects(scene).find_map(|index| foreign_at(scene, index))?;
    let at = scene.span(first).to(scene.span(first + count - 1));
    let text = scene.text.get(at.range())?.to_owned();
    let mut more = Vec::new();
    let mut index = first + count;
    while index < scene.words.len() {
        let next = foreign_at(scene, index);
        more.extend(next.map(|(keyword, first, count)| {
            (scene.span(first).to(scene.span(first + count - 1)), keyword.spelling(scene.lang))
        }));
        index += next.map_or(1, |(_, _, count)| count);
    }
    let (meant, lang) = (keyword.spelling(scene.lang), scene.lang);
    Some(Trap::OtherLanguage(OtherLanguage { text, at, meant, lang, more }))
}

/// The phrase of the other language that starts at a word, if the language of the line has none there.
fn foreign_at(scene: &Scene<'_>, index: usize) -> Option<(&'static Keyword, usize, usize)> {
    let other = scene.lang.pick(Lang::En, Lang::Da);
    let (word, next) = (scene.word(index), scene.word(index + 1));
    let alone = matches!(scene.kind(index), Some(TokenKind::Name))
        && !is_word_of(word, scene.lang)
        && is_word_of(word, other);
    let found = phrase_at(scene, index, other)?;
    let shared = found.2 > 1 && phrase_at(scene, index, scene.lang).is_none_or(|own| own.2 < found.2);
    let named = matches!(next, "=" | ":" | ".") && index > 0 && found.2 == 1;
    ((alone || shared) && !named).then_some(found)
}

/// `test "f"` in a Danish file: the line below is read as a line of something else.
pub(super) fn header_of_other_language(scene: &Scene<'_>) -> Option<Trap> {
    let head = scene.parent?.head.clone();
    let text = scene.text.get(head.clone())?;
    let word = text.split(|char: char| !(char.is_alphanumeric() || char == '_')).next()?;
    let meant = opener_of_other(word, scene.lang)?;
    let at = scene.place(head.start..head.start + word.len());
    let (text, lang) = (word.to_owned(), scene.lang);
    Some(Trap::OtherLanguage(OtherLanguage { text, at, meant, lang, more: Vec::new() }))
}

/// The longest phrase of a language that starts at a word, with the number of its words.
fn phrase_at(scene: &Scene<'_>, index: usize, lang: Lang) -> Option<(&'static Keyword, usize, usize)> {
    let matches =
        |phrase: &&str| phrase.split(' ').enumerate().all(|(n, part)| scene.word(index + n) == part);
    let length = |keyword: &'static Keyword| {
        keyword.spellings(lang).filter(|phrase| matches(phrase)).map(|phrase| phrase.split(' ').count()).max()
    };
    let candidates = KEYWORDS.iter().filter_map(|keyword| Some((keyword, length(keyword)?)));
    // Among phrases of one length, the one that was expected here, then the one that opens a line.
    let best = candidates.max_by_key(|(keyword, length)| {
        (*length, scene.expects(keyword.kind), index == 0 && keyword.class == WordClass::Statement)
    });
    best.map(|(keyword, length)| (keyword, index, length))
}

/// `kr`, `mio kr.`, `mio.`, `pct`.
pub(super) fn unit_without_dot(scene: &Scene<'_>) -> Option<Trap> {
    let index = suspects(scene).find(|index| {
        let after_figure = index.checked_sub(1).is_some_and(|before| {
            scene.kind(before) == Some(TokenKind::Number)
                || matches!(scene.word(before), "mio." | "mia." | "mio" | "mia" | "pr.")
        });
        let per = *index == scene.stop && scene.word(*index) == "pr";
        (after_figure || per) && unit(scene.word(*index), scene.word(index + 1)).is_some()
    })?;
    let (meant, words) = unit(scene.word(index), scene.word(index + 1))?;
    let meant = keyword(meant)?.spelling(scene.lang);
    let at = scene.span(index).to(scene.span(index + words - 1));
    let text = scene.text.get(at.range())?.to_owned();
    Some(Trap::Unit { written: Written { text, at }, meant })
}

/// The unit that a shortened or foreign spelling means, and how many words the spelling takes.
fn unit(word: &str, next: &str) -> Option<(Kind, usize)> {
    let words = if matches!(next, "kr." | "kr") { 2 } else { 1 };
    Some(match word {
        "mio" | "mill" => (Kind::unit_million, words),
        "mia" | "mrd" => (Kind::unit_billion, words),
        "mio." if next != "kr." => (Kind::unit_million, words),
        "mia." if next != "kr." => (Kind::unit_billion, words),
        "pr" => (Kind::kw_per, 1),
        "kr" | "kroner" | "DKK" | "dkk" => (Kind::unit_krone, 1),
        "pct" | "procent" | "percent" => (Kind::unit_percent, 1),
        _ => return None,
    })
}

/// `sum = 3`: a word of the language where a name must stand.
pub(super) fn reserved_name(scene: &Scene<'_>) -> Option<Trap> {
    let names = |index: &usize| {
        let given = matches!(scene.word(index + 1), "=" | ":") && (*index == 0 || scene.stop <= *index);
        let wanted = *index == scene.stop && scene.expects(Kind::name) && !scene.expects(Kind::lparen);
        is_reserved(scene.lang, scene.word(*index)) && (given || wanted)
    };
    let index = suspects(scene).find(names)?;
    Some(Trap::Reserved { written: written(scene, index) })
}

/// `hvis` without `så` or `ellers`.
pub(super) fn choice(scene: &Scene<'_>) -> Option<Trap> {
    let words = scene.lang.pick(["hvis", "så", "ellers"], ["if", "then", "else"]);
    let count = |word: &str| (0..scene.words.len()).filter(|index| scene.word(*index) == word).count();
    let [choices, thens, elses] = words.map(count);
    let begins = words.first().copied().unwrap_or("");
    let index = (0..scene.stop.min(scene.words.len())).rev().find(|index| scene.word(*index) == begins)?;
    // Keywords are tried after a space only, so that none is expected at the end of a line.
    let ends = scene.kind(scene.stop).is_none();
    let lacks_then = thens < choices && (ends || scene.expects(Kind::kw_then));
    let lacks_else = elses < choices && (ends || scene.expects(Kind::kw_else));
    (lacks_then || lacks_else).then(|| Trap::Choice {
        written: written(scene, index),
        stop: scene.span(scene.stop),
        lacks_then,
    })
}

/// `klasul a`: a word one or two letters away from one that could open the line, or stand at the stop.
pub(super) fn misspelt(scene: &Scene<'_>) -> Option<Trap> {
    let opening = || {
        let candidate =
            scene.kind(0) == Some(TokenKind::Name) && !matches!(scene.word(1), "=" | "." | "[" | ":" | "");
        let words = KEYWORDS.iter().filter(|keyword| keyword.class == WordClass::Statement);
        candidate.then(|| nearest_word(scene, 0, words)).flatten()
    };
    let here = || {
        let words = KEYWORDS.iter().filter(|keyword| scene.expects(keyword.kind));
        (scene.kind(scene.stop) == Some(TokenKind::Name))
            .then(|| nearest_word(scene, scene.stop, words))
            .flatten()
    };
    let (index, meant) = here().or_else(opening)?;
    Some(Trap::Misspelt { written: written(scene, index), meant })
}

fn nearest_word(
    scene: &Scene<'_>,
    index: usize,
    keywords: impl Iterator<Item = &'static Keyword>,
) -> Option<(usize, String)> {
    let words: Vec<&str> = keywords
        .flat_map(|keyword| keyword.spellings(scene.lang))
        .filter_map(|phrase| phrase.split(' ').next())
        .collect();
    let long = scene.word(index).chars().count() > 2;
    let found = nearest(scene.word(index), words.into_iter().filter(|word| word.chars().count() > 2))?;
    long.then(|| (index, found.to_owned()))
}
