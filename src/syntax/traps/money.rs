//! Amounts as cheques and price tags write them.

use super::form::{edit, form, so};
use crate::base::{Lang, Span, bi};
use crate::diag::{Code, Diagnostic};
use crate::syntax::grammar::Kind;
use crate::syntax::stop::Scene;
use crate::syntax::tokens::TokenKind;

fn amount(at: Span, written: &str, meant: &str) -> Diagnostic {
    let says = bi!(
        "et beløb skrives med tallet først og enheden efter: `{meant}`, ikke `{written}`",
        "an amount is written with the number first and the unit after it: `{meant}`, not `{written}`"
    );
    Diagnostic::new(Code::UnitSpelling, says).at(at).reading(so(), vec![edit(at, meant)])
}

/// `kr. 500`, `DKK 12 mio.`
pub(super) fn unit_first(scene: &Scene<'_>) -> Option<Diagnostic> {
    let krone = |index: &usize| {
        matches!(scene.word(*index), "kr." | "kr" | "Kr." | "Kr" | "KR." | "KR" | "DKK" | "dkk")
    };
    let free = |index: &usize| {
        index.checked_sub(1).is_none_or(|before| {
            let unit = [Kind::kw_per, Kind::unit_point];
            !scene.is_number(before)
                && !matches!(
                    scene.word(before),
                    "mio." | "mia." | "t." | "mio" | "mia" | "million" | "billion" | "thousand"
                )
                && unit.into_iter().all(|kind| scene.keyword_at(before, kind).is_none())
        })
    };
    let near = scene.stop.saturating_sub(3)..=scene.stop;
    let index = near.into_iter().find(|index| krone(index) && free(index))?;
    // `Kr. 500`: a word and a dot.
    let figure = index + 1 + usize::from(scene.word(index + 1) == ".");
    if !scene.is_number(figure) {
        return None;
    }
    let (unit, last) = multiple(scene, figure + 1);
    let at = scene.stretch(index, last.unwrap_or(figure));
    let written = scene.text.get(at.range())?;
    Some(amount(at, written, &format!("{} {unit}", scene.word(figure))))
}

/// The unit of an amount whose number is followed by `mio.` or the like, and the last word of it.
fn multiple(scene: &Scene<'_>, index: usize) -> (&'static str, Option<usize>) {
    let kind = match scene.word(index).to_lowercase().trim_end_matches('.') {
        "mio" | "mill" | "million" | "millioner" => Kind::unit_million,
        "mia" | "mrd" | "milliard" | "milliarder" | "billion" => Kind::unit_billion,
        _ => return (scene.spelt(Kind::unit_krone), None),
    };
    let dot = usize::from(scene.word(index + 1) == ".");
    (scene.spelt(kind), Some(index + dot))
}

/// `1.000.000,- kr.`, `500,-`.
pub(super) fn price_tag(scene: &Scene<'_>) -> Option<Diagnostic> {
    let is_tag = |index: &usize| {
        scene.is_number(*index)
            && matches!(scene.word(index + 1), "," | ".")
            && matches!(scene.word(index + 2), "-" | "–" | "−" | "—")
            && scene.touches(*index)
            && scene.touches(index + 1)
            && !(scene.is_number(index + 3) && scene.touches(index + 2))
    };
    let index = (0..scene.words.len()).find(is_tag)?;
    let named = matches!(scene.word(index + 3), "kr." | "kr" | "Kr." | "DKK");
    let last = if named { index + 3 } else { index + 2 };
    let at = scene.stretch(index, last);
    let meant = format!("{} {}", scene.word(index), scene.spelt(Kind::unit_krone));
    let written = scene.text_of(index, last);
    let tag = scene.text_of(index + 1, index + 2);
    let says = bi!(
        "`{tag}` hører ikke til et beløb: `{written}` skrives `{meant}`",
        "`{tag}` is no part of an amount: `{written}` is written `{meant}`"
    );
    Some(Diagnostic::new(Code::UnitSpelling, says).at(at).reading(so(), vec![edit(at, meant)]))
}

/// `12 MIO. KR.`, `3 Kr.`, `5 Pct.`
pub(super) fn capital_unit(scene: &Scene<'_>) -> Option<Diagnostic> {
    let after_figure = (0..scene.words.len()).filter(|index| scene.is_number(*index));
    after_figure.into_iter().find_map(|figure| {
        let start = scene.words.get(figure + 1)?.range.start;
        let rest = scene.text.get(start..scene.end())?;
        let (written, meant) = units(scene.lang).iter().find_map(|unit| {
            let written = rest.get(..unit.len())?;
            let ends = unit.ends_with('.') || !rest.get(unit.len()..)?.starts_with(char::is_alphanumeric);
            (written != *unit && written.to_lowercase() == *unit && ends).then_some((written, *unit))
        })?;
        let at = scene.place(start..start + written.len());
        let says = bi!(
            "enheder skrives med små bogstaver: `{meant}`, ikke `{written}`",
            "units are written in lower case: `{meant}`, not `{written}`"
        );
        Some(Diagnostic::new(Code::UnitSpelling, says).at(at).reading(so(), vec![edit(at, meant)]))
    })
}

/// The units of the language, the longest first.
fn units(lang: Lang) -> &'static [&'static str] {
    lang.pick(
        &["pct.-point", "mio. kr.", "mia. kr.", "t.kr.", "promille", "pct.", "kr."],
        &["percentage points", "thousand kr.", "million kr.", "billion kr.", "per cent", "per mille", "kr."],
    )
}

/// `5,9 mio. indbyggere`: millions of something that is no money; the number is written in full.
pub(super) fn millions_of_others(scene: &Scene<'_>) -> Option<Diagnostic> {
    let zeros = |word: &str| match word {
        "mio" | "mio." | "mill" | "mill." | "million" | "millioner" | "millions" => Some(6),
        "mia" | "mia." | "mrd" | "mrd." | "milliard" | "milliarder" | "billion" | "billions" => Some(9),
        _ => None,
    };
    let is_other = |index: usize| {
        scene.kind(index) == Some(TokenKind::Name)
            && !matches!(scene.word(index), "kr" | "kroner" | "DKK" | "dkk")
    };
    let index = (1..scene.words.len()).find(|index| {
        scene.kind(index - 1) == Some(TokenKind::Number)
            && zeros(scene.word(*index)).is_some()
            && is_other(index + 1)
    })?;
    let (word, what) = (scene.word(index), scene.word(index + 1));
    let at = scene.stretch(index - 1, index);
    let found = form(
        scene.span(index),
        bi!(
            "`{word}` hører kun til kroner; et tal af `{what}` skrives helt ud",
            "`{word}` belongs to kroner alone; a number of `{what}` is written in full"
        ),
    );
    let full = written_out(scene.word(index - 1), scene.lang, zeros(word)?);
    Some(full.into_iter().fold(found, |found, full| found.reading(so(), vec![edit(at, full)])))
}

/// A number with so many more zeros, its digits in groups.
fn written_out(number: &str, lang: Lang, zeros: usize) -> Option<String> {
    let (group, mark) = lang.pick(('.', ','), (',', '.'));
    let plain = number.replace(group, "");
    let (whole, part) = plain.split_once(mark).unwrap_or((&plain, ""));
    let missing = zeros.checked_sub(part.len())?;
    let digits = format!("{whole}{part}{}", "0".repeat(missing));
    let digits = digits.trim_start_matches('0');
    if digits.is_empty() || !digits.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            text.push(group);
        }
        text.push(digit);
    }
    Some(text)
}
