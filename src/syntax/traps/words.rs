//! Words: in the other language, in capitals, reserved, shortened, misspelt or missing.

use super::problem::{Trap, Written};
use crate::base::Lang;
use crate::diag::nearest;
use crate::syntax::declared::declares;
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
    // `undtagelse to`, and later `et går forud for to`: a name of the file is no word of the other language.
    let is_name = || found.2 == 1 && index > 0 && declares(scene.text, word, scene.lang);
    let named = matches!(next, "=" | ":" | ".") && index > 0 && found.2 == 1 || is_name();
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

/// `kr`, `mio kr.`, `mio.`, `pct`: where one of them stopped the parse, all of the line are mended.
pub(super) fn unit_without_dot(scene: &Scene<'_>) -> Option<Trap> {
    let mut units: Vec<(Written, &'static str)> = Vec::new();
    let (mut index, mut stopped) = (0, false);
    while index < scene.words.len() {
        let Some((kind, words)) = unit(scene, index).filter(|_| is_after_figure(scene, index)) else {
            index += 1;
            continue;
        };
        let at = scene.span(index).to(scene.span(index + words - 1));
        let (text, meant) = (scene.text.get(at.range())?.to_owned(), keyword(kind)?.spelling(scene.lang));
        if text != meant {
            stopped |= suspects(scene).any(|suspect| (index..index + words).contains(&suspect));
            units.push((Written { text, at }, meant));
        }
        index += words;
    }
    (stopped && !units.is_empty()).then_some(Trap::Unit { units })
}

/// Tells whether a unit may stand at a word: after a figure, or after `pr.`; `pr` itself after a unit or a figure.
fn is_after_figure(scene: &Scene<'_>, index: usize) -> bool {
    let Some(before) = index.checked_sub(1) else { return false };
    let figure = scene.kind(before) == Some(TokenKind::Number);
    let word = scene.word(before);
    match scene.word(index) {
        "pr" => index == scene.stop || matches!(word, "kr" | "kr." | "kroner" | "DKK" | "dkk"),
        _ => figure || matches!(word, "mio." | "mia." | "pr."),
    }
}

/// The unit that a shortened or foreign spelling means, and how many words the spelling takes.
fn unit(scene: &Scene<'_>, index: usize) -> Option<(Kind, usize)> {
    // A dot that stands by itself ends a spelling that is no abbreviation of the language: `mill.`, `tkr.`
    let dot = |index: usize| usize::from(scene.word(index) == "." && index > 0 && scene.touches(index - 1));
    let krone = |index: usize| match scene.word(index) {
        "kr." => 1,
        "kr" | "kroner" | "DKK" | "dkk" => 1 + dot(index + 1),
        _ => 0,
    };
    let own = 1 + dot(index + 1);
    let whole = own + krone(index + own);
    Some(match scene.word(index) {
        "mio" | "mill" | "mio." | "million" | "millioner" | "millions" => (Kind::unit_million, whole),
        "mia" | "mrd" | "mia." | "milliard" | "milliarder" | "billion" | "billions" => {
            (Kind::unit_billion, whole)
        }
        "tkr" | "tkr." | "TKR" => (Kind::unit_thousand, own),
        "tusind" | "tusinde" | "thousand" if whole > own => (Kind::unit_thousand, whole),
        "pr" => (Kind::kw_per, 1),
        "kr" | "kroner" | "krone" | "DKK" | "dkk" => (Kind::unit_krone, own),
        "pct" | "pct." | "procent" | "percent" => (Kind::unit_percent, own),
        _ => return None,
    })
}

/// `sum = 3`: a word of the language where a name must stand.
pub(super) fn reserved_name(scene: &Scene<'_>) -> Option<Trap> {
    let names = |index: &usize| {
        let stated = matches!(scene.word(index + 1), "=" | ":") || is_timed(scene, index + 1);
        let given = stated && (*index == 0 || scene.stop <= *index);
        let wanted = *index == scene.stop && scene.expects(Kind::name) && !scene.expects(Kind::lparen);
        is_reserved(scene.lang, scene.word(*index)) && (given || wanted)
    };
    let index = suspects(scene).find(names)?;
    // `antal ældre = 2000` is one name; what a colon follows, as in `ellers: 5`, is hardly meant as one.
    let is_split =
        scene.kind(index + 1) == Some(TokenKind::Name) && matches!(scene.word(index + 2), "=" | ":");
    let whole = is_split.then(|| {
        let text = format!("{} {}", scene.word(index), scene.word(index + 1));
        Written { text, at: scene.stretch(index, index + 1) }
    });
    let is_branch =
        [Kind::kw_else, Kind::kw_otherwise].iter().any(|kind| scene.keyword_at(index, *kind).is_some());
    let is_named = !(is_branch && scene.word(index + 1) == ":");
    Some(Trap::Reserved { written: written(scene, index), whole, is_named })
}

/// `i 2020 = …`, `fra 2031 = …`: a line that states something says when before it says what.
fn is_timed(scene: &Scene<'_>, index: usize) -> bool {
    let when: &[&str] = scene.lang.pick(
        &["i", "fra", "indtil", "til", "ellers", "samlet"],
        &["in", "from", "until", "through", "otherwise"],
    );
    when.contains(&scene.word(index)) && (index..scene.words.len()).any(|at| scene.word(at) == "=")
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

/// `et går forud to`: a phrase of which only the first words stand there.
pub(super) fn half_phrase(scene: &Scene<'_>) -> Option<Trap> {
    let phrases = KEYWORDS
        .iter()
        .filter(|keyword| scene.expects(keyword.kind))
        .flat_map(|keyword| keyword.spellings(scene.lang))
        .filter(|phrase| phrase.split(' ').count() > 2);
    let said = |phrase: &&str| {
        phrase.split(' ').enumerate().take_while(|(n, part)| scene.word(scene.stop + n) == *part).count()
    };
    let (phrase, count) = phrases.map(|phrase| (phrase, said(&phrase))).max_by_key(|(_, count)| *count)?;
    if count < 2 || count == phrase.split(' ').count() {
        return None;
    }
    let at = scene.span(scene.stop).to(scene.span(scene.stop + count - 1));
    let text = scene.text.get(at.range())?.to_owned();
    Some(Trap::Misspelt { written: Written { text, at }, meant: phrase.to_owned() })
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
