//! What is paid on a condition, said as one would speak.

use super::form::{edit, form, so};
use crate::base::bi;
use crate::diag::Diagnostic;
use crate::syntax::grammar::Kind;
use crate::syntax::stop::Scene;
use crate::syntax::tokens::TokenKind;

/// Words that open a condition in speech.
fn opens_condition(scene: &Scene<'_>, index: usize) -> bool {
    let spoken = scene.lang.pick(["såfremt", "forudsat", "når"], ["provided", "unless", "when"]);
    scene.keyword_at(index, Kind::kw_if).is_some() || spoken.contains(&scene.word(index))
}

/// Where the parse stopped, or after the comma there: the index of a condition in speech.
fn condition_at_stop(scene: &Scene<'_>) -> Option<usize> {
    let index = scene.stop + usize::from(scene.word(scene.stop) == ",");
    let last = scene.words.len().checked_sub(1)?;
    (scene.stop > 0
        && index < last
        && opens_condition(scene, index)
        && scene.keyword_before(last, Kind::kw_then).is_none())
    .then_some(index)
}

/// The last word before the stop that is no comma.
fn value_end(scene: &Scene<'_>) -> usize {
    let before = scene.stop.saturating_sub(1);
    before.saturating_sub(usize::from(scene.word(before) == ","))
}

/// Tells whether the words from one to another are a single name, with or without its clause.
fn is_name(scene: &Scene<'_>, first: usize, last: usize) -> bool {
    let name = |index: usize| matches!(scene.kind(index), Some(TokenKind::Name));
    match last.checked_sub(first) {
        Some(0) => name(first),
        Some(2) => name(first) && scene.word(first + 1) == "." && name(last),
        _ => false,
    }
}

/// `tilskud u = pulje hvis stor`.
pub(super) fn paid_if(scene: &Scene<'_>) -> Option<Diagnostic> {
    scene.keyword_at(0, Kind::kw_grant)?;
    let index = condition_at_stop(scene).filter(|index| *index > 2)?;
    let last = scene.words.len() - 1;
    let (word, on) = (scene.word(index), scene.spelt(Kind::kw_conditional_on));
    let found = form(
        scene.stretch(index, last),
        bi!(
            "det, et tilskud afhænger af, skrives `{on}` og navnet på en betingelse, ikke `{word} …`",
            "what a grant depends on is written `{on}` and the name of a condition, not `{word} …`"
        ),
    );
    if is_name(scene, index + 1, last) {
        let at = scene.gap_before(value_end(scene) + 1).to(scene.span(index));
        return Some(found.reading(so(), vec![edit(at, format!(" {on}"))]));
    }
    let (condition, said) = (scene.spelt(Kind::kw_condition), scene.text_of(index + 1, last));
    let head = scene.text_of(0, value_end(scene));
    Some(found.help(bi!(
        "giv betingelsen et navn på en linje for sig, `{condition} NAVN = {said}`, og skriv `{head} {on} NAVN`",
        "give the condition a name on a line of its own, `{condition} NAME = {said}`, and write `{head} {on} NAME`"
    )))
}

/// `beløb = 10 kr. hvis stor`: a value that holds only sometimes.
pub(super) fn value_if(scene: &Scene<'_>) -> Option<Diagnostic> {
    let equals = scene.first("=").filter(|equals| *equals < scene.stop)?;
    let index = condition_at_stop(scene).filter(|index| *index > equals + 1)?;
    if scene.keyword_at(0, Kind::kw_condition).is_some() || scene.is_below(Kind::kw_table) {
        return None;
    }
    let last = scene.words.len() - 1;
    let (value, condition) = (scene.text_of(equals + 1, value_end(scene)), scene.text_of(index + 1, last));
    let (name, word) = (scene.text_of(0, equals), scene.word(index));
    let [if_, then, else_] = [Kind::kw_if, Kind::kw_then, Kind::kw_else].map(|kind| scene.spelt(kind));
    Some(
        form(
            scene.stretch(index, last),
            bi!(
                "`{word}` står før det, der afhænger af det, og siger også, hvad der ellers gælder",
                "`{word}` stands before what depends on it, and also says what applies otherwise"
            ),
        )
        .help(bi!(
            "skriv `{name} {if_} {condition} {then} {value} {else_} …`",
            "write `{name} {if_} {condition} {then} {value} {else_} …`"
        )),
    )
}

/// `betinget b = pulje`, `betinget tilskud b = pulje`.
pub(super) fn conditional_name(scene: &Scene<'_>) -> Option<Diagnostic> {
    let on = scene.spelt(Kind::kw_conditional_on);
    let word = scene.word(0);
    if word != on.split(' ').next().unwrap_or(on) || scene.says(0, on) {
        return None;
    }
    let equals = scene.first("=")?;
    let (grant, condition) = (scene.spelt(Kind::kw_grant), scene.spelt(Kind::kw_condition));
    let named = scene.says(1, grant) || scene.says(1, condition);
    let found = form(
        scene.span(0),
        bi!(
            "`{word}` åbner ingen linje; en betingelse skrives `{condition} …`, det, der udbetales, `{grant} … {on} …`",
            "`{word}` opens no line; a condition is written `{condition} …`, what is paid `{grant} … {on} …`"
        ),
    );
    if named {
        let title = bi!("fjern `{word}`", "remove `{word}`");
        return Some(found.reading(title, vec![edit(scene.span(0).to(scene.gap_before(1)), "")]));
    }
    let last = scene.words.len() - 1;
    let name = scene.text_of(1, equals);
    let value = scene.text_of(equals + 1, last);
    let compares = (equals + 1..=last).any(|index| {
        let kinds = [Kind::kw_at_least, Kind::kw_at_most, Kind::kw_over, Kind::kw_under, Kind::kw_is];
        matches!(scene.word(index), "<" | ">" | "≤" | "≥" | "<=" | ">=" | "=" | "≠" | "<>")
            || kinds.into_iter().any(|kind| scene.keyword_at(index, kind).is_some())
    });
    if compares {
        return Some(found.reading(so(), vec![edit(scene.span(0), condition)]));
    }
    Some(found.help(bi!(
        "er `{value}` det, der udbetales, så skriv `{grant} {name} {value} {on} …` og navnet på betingelsen; ellers `{condition} {name} {value}`",
        "if `{value}` is what is paid, write `{grant} {name} {value} {on} …` and the name of the condition; else `{condition} {name} {value}`"
    )))
}

/// `tilskud t = p betinget af c, ellers 3 kr.`
pub(super) fn otherwise_after_comma(scene: &Scene<'_>) -> Option<Diagnostic> {
    let before = [Some(scene.stop), scene.stop.checked_sub(1)].into_iter().flatten();
    let comma = before.into_iter().find(|index| scene.word(*index) == ",")?;
    scene.keyword_at(comma + 1, Kind::kw_otherwise)?;
    scene.keyword_before(comma, Kind::kw_conditional_on)?;
    let otherwise = scene.spelt(Kind::kw_otherwise);
    let found = form(
        scene.span(comma),
        bi!("før `{otherwise}` står intet komma her", "no comma stands before `{otherwise}` here"),
    );
    Some(found.fix(bi!("fjern kommaet", "remove the comma"), scene.span(comma), ""))
}
