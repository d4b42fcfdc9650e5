//! Bounds as one would speak: `50.000 kr. og derover`, `3 eller mere`.

use crate::base::{Lang, Span, bi};
use crate::diag::{Code, Diagnostic, Edit};

/// What is said after a bound that is the lowest, and after one that is the highest.
type Spoken = (&'static [&'static str], &'static [&'static str]);

const DANISH: Spoken = (
    &[
        "og derover",
        "eller derover",
        "og opefter",
        "og op",
        "og opad",
        "og mere",
        "eller mere",
        "eller flere",
        "og flere",
        "eller over",
        "og over",
    ],
    &[
        "og derunder",
        "eller derunder",
        "og nedefter",
        "og ned",
        "og nedad",
        "eller mindre",
        "og mindre",
        "eller færre",
        "og færre",
        "eller under",
        "og under",
    ],
);
const ENGLISH: Spoken = (
    &["and above", "or above", "and over", "or over", "and up", "and upwards", "or more", "and more"],
    &[
        "and below",
        "or below",
        "and under",
        "or under",
        "and down",
        "or less",
        "and less",
        "or fewer",
        "and fewer",
    ],
);

/// Returns what is said after a bound, each with the word that the language puts before it.
pub(super) fn spoken(lang: Lang) -> impl Iterator<Item = (&'static str, &'static str)> {
    let (low, high) = lang.pick(DANISH, ENGLISH);
    let (least, most) = lang.pick(("mindst", "højst"), ("at least", "at most"));
    low.iter().map(move |phrase| (least, *phrase)).chain(high.iter().map(move |phrase| (most, *phrase)))
}

/// Tells what a bound is that is followed by such words.
pub(super) fn ends_in(text: &str, lang: Lang) -> Option<&'static str> {
    let stands = |phrase: &str| text.strip_suffix(phrase).is_some_and(|before| before.ends_with(' '));
    spoken(lang).find(|(_, phrase)| stands(phrase)).map(|(word, _)| word)
}

/// Words such a bound, with the line written as the language does.
pub(super) fn found(at: Span, word: &str, bound: &str) -> Diagnostic {
    let meant = format!("{word} {bound}");
    Diagnostic::new(
        Code::UnexpectedHere,
        bi!(
            "en grænse skrives med ordet først: `{meant}`",
            "a bound is written with its word first: `{meant}`"
        ),
    )
    .at(at)
    .reading(bi!("skriv det sådan", "write it like this"), vec![Edit { span: at, text: meant }])
}

/// Words two bounds of one domain with a comma between them.
pub(super) fn two(at: Span, gap: Span, lang: Lang) -> Diagnostic {
    let and = lang.pick("og", "and");
    Diagnostic::new(
        Code::SaidTwice,
        bi!(
            "mellem den laveste og den højeste værdi står `{and}`, ikke komma",
            "between the lowest and the highest value stands `{and}`, not a comma"
        ),
    )
    .at(at)
    .reading(bi!("skriv det sådan", "write it like this"), vec![Edit { span: gap, text: format!(" {and} ") }])
}
