//! Parentheses: missing, left over, and those of a function call.

use super::problem::{Trap, Written};
use crate::base::Lang;
use crate::syntax::grammar::Kind;
use crate::syntax::stop::Scene;
use crate::syntax::tokens::TokenKind;

/// `sum(x)`, `max(a, b)`.
pub(super) fn call(scene: &Scene<'_>) -> Option<Trap> {
    let near = scene.stop.saturating_sub(2)..=scene.stop;
    let is_call = |index: &usize| {
        let word = matches!(scene.kind(*index), Some(TokenKind::Name | TokenKind::Keyword));
        word && scene.word(index + 1) == "(" && scene.touches(*index)
    };
    let index = near.into_iter().find(is_call)?;
    let written = Written { text: scene.word(index).to_owned(), at: scene.span(index) };
    Some(Trap::Call { meant: instead(&written.text, scene.lang), function: written })
}

/// How the language says what a function of that name would do.
fn instead(function: &str, lang: Lang) -> Option<&'static str> {
    Some(match function.to_lowercase().as_str() {
        "sum" => lang.pick("sum af x for alle regioner", "sum of x for all regions"),
        "antal" | "count" | "tæl" => lang.pick("antal regioner hvor …", "number of regions where …"),
        "gennemsnit" | "average" | "avg" | "middel" => {
            lang.pick("gennemsnit af x for alle …", "average of x for all …")
        }
        "max" | "maks" | "største" => lang.pick("største af (a; b)", "largest of (a; b)"),
        "min" | "mindste" => lang.pick("mindste af (a; b)", "smallest of (a; b)"),
        "afrund" | "round" | "afrundet" => lang.pick("x, afrundet til 0,01 kr.", "x, rounded to 0.01 kr."),
        "hvis" | "if" => lang.pick("hvis a så b ellers c", "if a then b else c"),
        "rang" | "rank" => lang.pick("rang af x blandt alle …", "rank of x among all …"),
        _ => return None,
    })
}

/// More brackets opened than closed, or the other way round.
pub(super) fn unbalanced(scene: &Scene<'_>) -> Option<Trap> {
    let mut open = Vec::new();
    for index in 0..scene.words.len() {
        match scene.kind(index) {
            Some(TokenKind::Open) => open.push(index),
            Some(TokenKind::Close) if open.pop().is_none() => {
                return (index <= scene.stop).then(|| Trap::ExtraBracket { at: scene.span(index) });
            }
            _ => {}
        }
    }
    let first_open = open.pop().filter(|index| *index < scene.stop)?;
    let closing = if scene.word(first_open) == "[" { "]" } else { ")" };
    let wanted =
        scene.expects(Kind::rparen) || scene.expects(Kind::rbracket) || scene.stop >= scene.words.len();
    wanted.then(|| Trap::OpenBracket {
        at: scene.span(first_open),
        stop: scene.span(scene.stop),
        closing,
        end: scene.span(scene.words.len()),
    })
}
