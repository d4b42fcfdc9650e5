//! Lines that are nearly one of the language: a row without its table, a value without its sign, a sentence.

use super::form::{edit, form, so};
use crate::base::{Span, bi};
use crate::diag::{Diagnostic, Edit};
use crate::syntax::grammar::Kind;
use crate::syntax::stop::Scene;
use crate::syntax::tokens::TokenKind;
use crate::syntax::whose::for_whom;

/// `0 | 5 kr.` among the lines of a clause.
pub(super) fn row_without_table(scene: &Scene<'_>) -> Option<Diagnostic> {
    let pipe = scene.first("|")?;
    let known = [Kind::kw_table, Kind::kw_scale, Kind::kw_amendment];
    // Rows also stand under the name of a table, in an amendment or a reading.
    let below_name = scene.parent.is_some_and(|parent| {
        let head = scene.text.get(parent.head.clone()).unwrap_or("");
        !head.contains(' ')
    });
    if below_name || known.into_iter().any(|kind| scene.is_below(kind)) || scene.stop > pipe {
        return None;
    }
    let (table, by) = (scene.spelt(Kind::kw_table), scene.spelt(Kind::kw_by));
    Some(
        form(
            scene.stretch(0, scene.words.len().saturating_sub(1)),
            bi!("en række hører til under en tabel", "a row belongs below a table"),
        )
        .help(bi!(
            "skriv tabellens navn og nøgle på linjen over rækkerne, `{table} sats {by} mål`, og ryk rækkerne ind under den",
            "write the table's name and key on the line above the rows, `{table} rate {by} targets`, and indent the rows below it"
        )),
    )
}

/// `ramme 950 mio. kr.`, `ramme er 950 mio. kr.`: the sign that gives the value is missing.
pub(super) fn without_equals(scene: &Scene<'_>) -> Option<Diagnostic> {
    if scene.stop != 1 {
        return None;
    }
    if scene.kind(0) == Some(TokenKind::Keyword) {
        // A word that is reserved only beside another, such as `step` of `each step`, was read as a name.
        return in_a_cell(scene);
    }
    if scene.kind(0) != Some(TokenKind::Name) {
        return None;
    }
    let is = scene.keyword_at(1, Kind::kw_is).filter(|count| scene.is_number(1 + count));
    let name = scene.word(0);
    if scene.first("=").is_some() {
        return in_a_cell(scene);
    }
    let says = bi!("værdien af `{name}` skrives efter `=`", "the value of `{name}` is written after `=`");
    let edits = match is {
        Some(count) => vec![edit(scene.stretch(1, count), "=")],
        None if scene.is_number(1) => vec![Edit::after(scene.span(0), " =")],
        None => return None,
    };
    Some(form(scene.span(1), says).reading(so(), edits))
}

/// `trin 2 = 60 pct.`: a cell of a table is named with its row in brackets.
fn in_a_cell(scene: &Scene<'_>) -> Option<Diagnostic> {
    if !scene.is_number(1) || scene.word(2) != "=" {
        return None;
    }
    let row = scene.word(1);
    Some(form(scene.span(1), bi!("her ventes `=`, men der står `{row}`", "`=` is expected here, but there is `{row}`")).help(
        bi!(
            "en celle i en tabel skrives med tabellens resultat og rækken i kantede parenteser: `andel[{row}] = …`",
            "a cell of a table is written with the table's result and the row in brackets: `share[{row}] = …`"
        ),
    ))
}

/// `50 pct. ramme`: a percentage of something lacks its `af`.
pub(super) fn percent_without_of(scene: &Scene<'_>) -> Option<Diagnostic> {
    let before = scene.stop.checked_sub(1)?;
    let percent = scene.lang.pick("pct.", "cent");
    if scene.word(before) != percent || scene.kind(scene.stop) != Some(TokenKind::Name) {
        return None;
    }
    let (of, name) = (scene.spelt(Kind::kw_of), scene.word(scene.stop));
    Some(
        form(
            scene.span(scene.stop),
            bi!(
                "det mangler at sige, at procenten er af `{name}`",
                "it is not said that the percentage is of `{name}`"
            ),
        )
        .reading(so(), vec![Edit::before(scene.span(scene.stop), format!("{of} "))]),
    )
}

/// `Puljen udgør 950 mio. kr.`: a sentence where a line of rules is expected.
pub(super) fn sentence(scene: &Scene<'_>) -> Option<Diagnostic> {
    let is_name = |index: usize| scene.kind(index) == Some(TokenKind::Name);
    let prose = scene.stop == 1 && is_name(0) && is_name(1) && scene.words.len() > 2;
    if !prose || scene.first("=").is_some() || scene.first("|").is_some() || scene.first(":").is_some() {
        return None;
    }
    let at = scene.stretch(0, scene.words.len().saturating_sub(1));
    let start = Span { end: at.start, ..at };
    Some(
        form(
            at,
            bi!("dette er en sætning, ikke en linje med regler", "this is a sentence, not a line of rules"),
        )
        .help(bi!(
            "en værdi skrives `navn = …`, en betingelse `betingelse navn = …`",
            "a value is written `name = …`, a condition `condition name = …`"
        ))
        .reading(
            bi!(
                "er det en forklaring, så skriv den som en bemærkning",
                "if it explains, write it as a comment"
            ),
            vec![Edit { span: start, text: "// ".to_owned() }],
        ),
    )
}

/// `klausul reserve "Reserve" viderefører ØA20.reserve`: what is carried over stands right after the name.
pub(super) fn carried_after_title(scene: &Scene<'_>) -> Option<Diagnostic> {
    scene.keyword_at(0, Kind::kw_clause)?;
    let index = scene.stop;
    let count = scene.keyword_at(index, Kind::kw_carries_over).filter(|_| index > 2)?;
    let path: Vec<usize> = (index + count..scene.words.len())
        .take_while(|at| *at == index + count || scene.touches(at - 1))
        .collect();
    let last = path.last().copied()?;
    let words = scene.text_of(index, last);
    let gone = Span { end: scene.span(last).end, ..scene.span(index - 1).after() };
    Some(
        form(
            scene.stretch(index, index + count - 1),
            bi!(
                "`{words}` står lige efter klausulens navn",
                "`{words}` stands right after the clause's name"
            ),
        )
        .reading(so(), vec![Edit::after(scene.span(1), format!(" {words}")), edit(gone, "")]),
    )
}

/// `"Sjælland".lægetal = 3 læger`: whose value it is stands after the name.
pub(super) fn whose_first(scene: &Scene<'_>) -> Option<Diagnostic> {
    let last = scene.words.len().checked_sub(1)?;
    let written = for_whom(scene.text_of(0, last), scene.lang, |_| false)?;
    Some(
        form(
            scene.span(0),
            bi!("hvis værdi det er, står efter navnet", "whose value it is stands after the name"),
        )
        .reading(so(), vec![edit(scene.stretch(0, last), written)]),
    )
}

/// `lægetal for Sjælland = 3 læger`: the name of a certain one stands in quotes.
pub(super) fn whose_without_quotes(scene: &Scene<'_>) -> Option<Diagnostic> {
    let first = scene.stop;
    let after_for = first > 0 && scene.word(first - 1) == scene.spelt(Kind::kw_for);
    let is_name = |index: usize| {
        scene.kind(index) == Some(TokenKind::Name) && scene.word(index).starts_with(char::is_uppercase)
    };
    if !after_for || !scene.expects(Kind::text) || !is_name(first) {
        return None;
    }
    let last = (first..scene.words.len()).take_while(|index| is_name(*index)).last()?;
    let name = scene.text_of(first, last).to_owned();
    Some(
        form(
            scene.stretch(first, last),
            bi!(
                "`{name}` er navnet på en bestemt og står i anførselstegn",
                "`{name}` is the name of a certain one and stands in quotes"
            ),
        )
        .reading(so(), vec![edit(scene.stretch(first, last), format!("\"{name}\""))]),
    )
}
