//! Signs that other languages and other programs use.

use super::problem::{Trap, Written};
use crate::base::{Lang, Span};
use crate::syntax::stop::Scene;
use crate::syntax::tokens::TokenKind;

const QUOTES: [char; 7] = ['“', '”', '„', '‟', '»', '«', '″'];

/// `“høj”`, `»høj«`.
pub(super) fn typographic_quotes(scene: &Scene<'_>) -> Option<Trap> {
    let text = scene.text.get(scene.node.head.start..scene.end())?;
    let quotes = inside_no_plain_text(scene);
    let places: Vec<Span> = text
        .char_indices()
        .map(|(at, c)| (scene.node.head.start + at, c))
        .filter(|(at, c)| QUOTES.contains(c) && quotes(*at))
        .map(|(at, c)| scene.place(at..at + c.len_utf8()))
        .collect();
    (!places.is_empty()).then_some(Trap::TypographicQuotes { places })
}

/// Quotes inside a text between plain quotes are part of the text.
fn inside_no_plain_text(scene: &Scene<'_>) -> impl Fn(usize) -> bool {
    let texts: Vec<_> = scene
        .words
        .iter()
        .filter(|word| word.kind == TokenKind::Text)
        .map(|word| word.range.clone())
        .collect();
    move |at| !texts.iter().any(|text| text.contains(&at))
}

/// A text without its closing quote.
pub(super) fn open_text(scene: &Scene<'_>) -> Option<Trap> {
    let word = scene.words.iter().find(|word| word.kind == TokenKind::OpenText)?;
    let words = scene.text.get(word.range.clone())?;
    let end = word.range.start + words.trim_end().len();
    Some(Trap::OpenText { at: scene.place(word.range.clone()), end: scene.place(end..end) })
}

/// `# …`, `/* … */`, `-- …`.
pub(super) fn foreign_comment(scene: &Scene<'_>) -> Option<Trap> {
    let hash = (0..scene.words.len()).find(|index| scene.word(*index) == "#").map(|index| scene.span(index));
    let slash =
        |index: &usize| scene.word(*index) == "/" && scene.word(index + 1) == "*" && scene.touches(*index);
    let star = || (0..scene.words.len()).find(slash).map(|index| scene.span(index).to(scene.span(index + 1)));
    let dashes = || (scene.word(0) == "-" && scene.word(1) == "-").then(|| scene.span(0).to(scene.span(1)));
    let at = hash.or_else(star).or_else(dashes)?;
    // In `/*/` the star opens, and does not close as well.
    let is_after = |index: &usize| scene.span(*index).start >= at.end;
    let closed = (0..scene.words.len())
        .filter(is_after)
        .find(|index| scene.word(*index) == "*" && scene.word(index + 1) == "/" && scene.touches(*index))
        .map(|index| scene.span(index).to(scene.span(index + 1)));
    Some(Trap::Comment { at, closed })
}

/// `%` for `pct.`
pub(super) fn percent(scene: &Scene<'_>) -> Option<Trap> {
    let index = (0..scene.words.len()).find(|index| scene.word(*index) == "%")?;
    let glued = index > 0 && scene.touches(index - 1);
    Some(Trap::Percent { at: scene.span(index), lang: scene.lang, glued })
}

/// `==`, `&&` and the like.
pub(super) fn foreign_sign(scene: &Scene<'_>) -> Option<Trap> {
    let index = (0..scene.words.len()).find(|index| meant(scene.word(*index), scene.lang).is_some())?;
    let (meant, certain) = meant(scene.word(index), scene.lang)?;
    let written = Written { text: scene.word(index).to_owned(), at: scene.span(index) };
    Some(Trap::ForeignSign { written, meant, certain })
}

/// What a sign of another language means here, and whether that is certain.
fn meant(sign: &str, lang: Lang) -> Option<(&'static str, bool)> {
    Some(match sign {
        "==" => ("=", true),
        "!=" => ("≠", true),
        ":=" => ("=", true),
        "=<" => ("≤", true),
        "=>" => ("≥", false),
        "&&" => (lang.pick("og", "and"), true),
        "||" => (lang.pick("eller", "or"), true),
        "&" => (lang.pick("og", "and"), false),
        "!" => (lang.pick("ikke", "not"), false),
        _ => return None,
    })
}

/// `{` and `}`; with one that opens at the end of the line, the one that closes its block.
pub(super) fn braces(scene: &Scene<'_>) -> Option<Trap> {
    let mut places: Vec<Span> = (0..scene.words.len())
        .filter(|index| matches!(scene.word(*index), "{" | "}"))
        .map(|index| scene.span(index))
        .collect();
    let opens = scene.words.len().checked_sub(1).is_some_and(|last| scene.word(last) == "{");
    places.extend(opens.then(|| closing_brace(scene)).flatten());
    (!places.is_empty()).then_some(Trap::Braces { places })
}

/// The first line after a block that is no deeper than its header, when it is `}` alone.
fn closing_brace(scene: &Scene<'_>) -> Option<Span> {
    let mut start = scene.node.whole().end;
    for line in scene.text.get(start..)?.split_inclusive('\n') {
        let indent = line.len() - line.trim_start_matches(' ').len();
        match line.trim() {
            "" => {}
            "}" if indent <= scene.node.indent => {
                return Some(scene.place(start + indent..start + indent + 1));
            }
            _ if indent <= scene.node.indent => return None,
            _ => {}
        }
        start += line.len();
    }
    None
}

/// `x = 3;`
pub(super) fn semicolon_at_end(scene: &Scene<'_>) -> Option<Trap> {
    let last = scene.words.len().checked_sub(1)?;
    (scene.word(last) == ";" && scene.stop >= last).then(|| Trap::Semicolon { at: scene.span(last) })
}

/// `1 000 kr.`: spaces between groups of three digits.
pub(super) fn spaced_number(scene: &Scene<'_>) -> Option<Trap> {
    let group = |index: usize| {
        let whole = scene.word(index).split([',', '.']).next().unwrap_or("");
        let digits =
            scene.kind(index) == Some(TokenKind::Number) && whole.chars().all(|c| c.is_ascii_digit());
        digits.then_some(whole.len())
    };
    let first = scene.stop.checked_sub(1)?;
    let starts = matches!(group(first), Some(1..=3)) && group(first) == Some(scene.word(first).len());
    let last = (scene.stop..scene.words.len()).take_while(|index| group(*index) == Some(3)).last()?;
    let candidate = (first..=last).map(|index| scene.word(index)).collect();
    let at = scene.span(first).to(scene.span(last));
    let text = scene.text.get(at.range())?.to_owned();
    let written = Written { text, at };
    starts.then_some(Trap::SpacedNumber { written, candidate, lang: scene.lang })
}
