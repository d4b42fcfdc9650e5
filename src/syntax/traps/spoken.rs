//! Lines as one would say them: names of several words, a value after `er`, a condition before what depends on it.

use super::form::{edit, form, so};
use super::times::any_date;
use crate::base::{Span, bi};
use crate::diag::{Diagnostic, Edit};
use crate::syntax::declared::declares;
use crate::syntax::grammar::{Kind, parse_as};
use crate::syntax::opener::is_statement_word;
use crate::syntax::stop::Scene;
use crate::syntax::tokens::TokenKind;

/// Words that end a name where a value is given.
const AFTER_NAMES: [Kind; 12] = [
    Kind::kw_in,
    Kind::kw_from,
    Kind::kw_until,
    Kind::kw_through,
    Kind::kw_to,
    Kind::kw_on_date,
    Kind::kw_otherwise,
    Kind::kw_for,
    Kind::kw_is,
    Kind::kw_by,
    Kind::kw_conditional_on,
    Kind::kw_of,
];

/// `betingelse stor skole = …`, `givet antal elever : …`: a name is one word.
pub(super) fn name_of_words(scene: &Scene<'_>) -> Option<Diagnostic> {
    let named = [Kind::kw_given, Kind::kw_condition, Kind::kw_grant].into_iter();
    let (kind, first) = named.filter_map(|kind| Some((kind, scene.keyword_at(0, kind)?))).next()?;
    one_word(scene, first, if kind == Kind::kw_given { ":" } else { "=" })
}

/// `samlet pulje = 5 kr.`
pub(super) fn bare_name_of_words(scene: &Scene<'_>) -> Option<Diagnostic> {
    let opens = is_statement_word(scene.word(0));
    (!opens).then(|| one_word(scene, 0, "=").or_else(|| one_word(scene, 0, ":"))).flatten()
}

/// Names what stands before a sign by one word.
fn one_word(scene: &Scene<'_>, first: usize, sign: &str) -> Option<Diagnostic> {
    let end = (first..scene.words.len()).find(|index| scene.word(*index) == sign)?;
    let last = end.checked_sub(1).filter(|last| *last > first && scene.stop <= end)?;
    let is_name = |index: usize| {
        let word = matches!(scene.kind(index), Some(TokenKind::Name | TokenKind::Keyword));
        word && !other(scene, index) && (index == first || !scene.begins_line(index))
    };
    if !(first..=last).all(is_name) {
        return None;
    }
    let at = scene.stretch(first, last);
    let name = (first..=last).map(|index| scene.word(index)).collect::<Vec<_>>().join("_");
    let found = form(at, bi!("et navn er ét ord: `{name}`", "a name is one word: `{name}`"));
    Some(found.reading(so(), vec![edit(at, name)]))
}

/// Whether a word says something else than a name.
fn other(scene: &Scene<'_>, index: usize) -> bool {
    scene.word(index).contains('.')
        || AFTER_NAMES.into_iter().any(|kind| scene.keyword_at(index, kind).is_some())
}

/// `tilskud støtte er 50 kr.`, `betingelse stor elever > 100`.
pub(super) fn value_after_is(scene: &Scene<'_>) -> Option<Diagnostic> {
    let named = [Kind::kw_condition, Kind::kw_grant].into_iter();
    let name = named.filter_map(|kind| scene.keyword_at(0, kind)).next()?;
    let is_name = scene.kind(name) == Some(TokenKind::Name) && scene.stop == name + 1;
    if !is_name || scene.first("=").is_some() {
        return None;
    }
    let count = scene.keyword_at(scene.stop, Kind::kw_is)?;
    let written = scene.word(name);
    let says =
        bi!("værdien af `{written}` skrives efter `=`", "the value of `{written}` is written after `=`");
    let at = scene.stretch(scene.stop, scene.stop + count - 1);
    Some(form(at, says).reading(so(), vec![edit(at, "=")]))
}

/// `tilskud = 5 mio. kr. betinget af stor`: the grant has no name.
pub(super) fn grant_without_name(scene: &Scene<'_>) -> Option<Diagnostic> {
    let equals = scene.keyword_at(0, Kind::kw_grant).filter(|index| scene.word(*index) == "=")?;
    scene.keyword_at(scene.stop, Kind::kw_conditional_on)?;
    let (word, name) = (scene.word(0), scene.lang.pick("beløb", "amount"));
    let found = form(
        scene.span(0),
        bi!("tilskuddet mangler et navn efter `{word}`", "the grant lacks a name after `{word}`"),
    );
    if declares(scene.text, name, scene.lang) {
        return Some(
            found.help(bi!("skriv det mellem `{word}` og `=`", "write it between `{word}` and `=`")),
        );
    }
    let title = bi!("giv det et navn, for eksempel", "give it a name, for example");
    Some(found.reading(title, vec![Edit::after(scene.span(equals - 1), format!(" {name}"))]))
}

/// `tilskud s betinget af stor = 5 kr.`: the value comes first.
pub(super) fn condition_before_value(scene: &Scene<'_>) -> Option<Diagnostic> {
    scene.keyword_at(0, Kind::kw_grant)?;
    scene.keyword_at(scene.stop, Kind::kw_conditional_on).filter(|_| scene.stop > 1)?;
    let equals = scene.first("=").filter(|equals| *equals > scene.stop + 1)?;
    let last = end_of_value(scene, equals).filter(|last| *last > equals)?;
    let (value, condition) = (scene.text_of(equals + 1, last), scene.text_of(scene.stop, equals - 1));
    let at = scene.stretch(scene.stop, last);
    let on = scene.spelt(Kind::kw_conditional_on);
    let found = form(
        scene.stretch(scene.stop, equals - 1),
        bi!("beløbet skrives før `{on} …`", "the amount is written before `{on} …`"),
    );
    Some(found.reading(so(), vec![edit(at, format!("= {value} {condition}"))]))
}

/// The last word of a value: what follows is where it stands in a source, or what holds otherwise.
fn end_of_value(scene: &Scene<'_>, from: usize) -> Option<usize> {
    let after = [Kind::kw_basis, Kind::kw_otherwise];
    let ends = |index: &usize| after.into_iter().any(|kind| scene.keyword_at(*index, kind).is_some());
    (from..scene.words.len()).find(ends).unwrap_or(scene.words.len()).checked_sub(1)
}

/// `tilskud c = x betinget af m > 100`: what is compared is a condition with a name of its own.
pub(super) fn compared_condition(scene: &Scene<'_>) -> Option<Diagnostic> {
    scene.keyword_at(0, Kind::kw_grant)?;
    let on = scene.keyword_before(scene.stop, Kind::kw_conditional_on)?;
    let compares = matches!(scene.word(scene.stop), "<" | ">" | "≤" | "≥" | "<=" | ">=" | "=" | "≠" | "<>")
        || [Kind::kw_at_least, Kind::kw_at_most, Kind::kw_over, Kind::kw_under, Kind::kw_is]
            .into_iter()
            .any(|kind| scene.keyword_at(scene.stop, kind).is_some());
    let first = on + scene.keyword_at(on, Kind::kw_conditional_on)?;
    let last = end_of_value(scene, scene.stop)?;
    if !compares || scene.stop <= first || (first..=last).any(|index| scene.word(index) == ";") {
        return None;
    }
    let said = scene.text_of(first, last);
    let name = format!("{}_{}", scene.word(1), scene.lang.pick("opfyldt", "met"));
    let (condition, on) = (scene.spelt(Kind::kw_condition), scene.spelt(Kind::kw_conditional_on));
    let found = form(
        scene.stretch(first, last),
        bi!(
            "efter `{on}` står navnet på en betingelse, ikke en sammenligning",
            "after `{on}` stands the name of a condition, not a comparison"
        ),
    );
    let start = scene.node.head.start;
    let line = format!("{condition} {name} = {said}\n{}", " ".repeat(scene.node.indent));
    let title =
        bi!("giv betingelsen et navn på en linje for sig", "give the condition a name on a line of its own");
    Some(
        found.reading(
            title,
            vec![edit(scene.place(start..start), line), edit(scene.stretch(first, last), name)],
        ),
    )
}

/// `hvis elever > 100` below an exception.
pub(super) fn if_for_when(scene: &Scene<'_>) -> Option<Diagnostic> {
    scene.keyword_at(0, Kind::kw_if).filter(|_| scene.is_below(Kind::kw_exception))?;
    let last = scene.words.len().checked_sub(1)?;
    if scene.keyword_before(last, Kind::kw_then).is_some() {
        return None;
    }
    let (word, when) = (scene.word(0), scene.spelt(Kind::kw_when));
    let found = form(
        scene.span(0),
        bi!(
            "hvornår en undtagelse gælder, skrives `{when} …`, ikke `{word} …`",
            "when an exception applies is written `{when} …`, not `{word} …`"
        ),
    );
    Some(found.fix(bi!("skriv `{when}`", "write `{when}`"), scene.span(0), when))
}

/// `hvis elever > 100 så sats = 5 kr. ellers sats = 3 kr.`: the name comes first.
pub(super) fn choice_before_name(scene: &Scene<'_>) -> Option<Diagnostic> {
    let count = scene.keyword_at(0, Kind::kw_if).filter(|_| scene.stop == 0)?;
    let then = scene.keyword_before(scene.words.len(), Kind::kw_then).filter(|then| *then > count)?;
    let (name, equals) = (then + 1, then + 2);
    if scene.kind(name) != Some(TokenKind::Name) || scene.word(equals) != "=" {
        return None;
    }
    let (if_, then_) = (scene.word(0), scene.word(then));
    let else_ = (equals..scene.words.len()).find(|index| scene.keyword_at(*index, Kind::kw_else).is_some());
    let last = scene.words.len() - 1;
    let (written, condition) = (scene.word(name), scene.text_of(count, then - 1));
    let value = scene.text_of(equals + 1, else_.unwrap_or(last + 1) - 1);
    let value = value.trim_end_matches(',');
    let begun = format!("{written} = {if_} {condition} {then_} {value}");
    let at = scene.stretch(0, last);
    let found = form(
        at,
        bi!(
            "navnet skrives først, og `{if_} … {then_} …` efter `=`",
            "the name is written first, and `{if_} … {then_} …` after `=`"
        ),
    );
    let word = scene.spelt(Kind::kw_else);
    let Some(else_) = else_ else {
        let help = bi!(
            "skriv også, hvad der ellers gælder: `{begun} {word} …`",
            "also write what applies otherwise: `{begun} {word} …`"
        );
        return Some(found.help(help));
    };
    let again = scene.word(else_ + 1) == written && scene.word(else_ + 2) == "=";
    let other = scene.text_of(else_ + if again { 3 } else { 1 }, last);
    Some(found.reading(so(), vec![edit(at, format!("{begun} {word} {other}"))]))
}

/// `andel minus egen`, `a plus b`.
pub(super) fn operator_in_words(scene: &Scene<'_>) -> Option<Diagnostic> {
    let spoken: [(&str, &str); 5] = scene.lang.pick(
        [("minus", "−"), ("plus", "+"), ("gange", "×"), ("divideret med", "/"), ("delt med", "/")],
        [("minus", "−"), ("plus", "+"), ("times", "×"), ("divided by", "/"), ("multiplied by", "×")],
    );
    let (phrase, sign) = spoken.into_iter().find(|(phrase, _)| scene.says(scene.stop, phrase))?;
    let last = scene.stop + phrase.split(' ').count() - 1;
    if scene.stop == 0 || scene.kind(last + 1).is_none() {
        return None;
    }
    let at = scene.stretch(scene.stop, last);
    let found = form(
        at,
        bi!("`{phrase}` skrives med sit tegn, `{sign}`", "`{phrase}` is written with its sign, `{sign}`"),
    );
    Some(found.fix(bi!("skriv `{sign}`", "write `{sign}`"), at, sign))
}

/// `pulje pr. år i 2025-2027 = …`: the time says it.
pub(super) fn name_per_year(scene: &Scene<'_>) -> Option<Diagnostic> {
    let equals = scene.first("=").filter(|equals| *equals > scene.stop + 1)?;
    let count = scene.keyword_at(scene.stop, Kind::kw_per).filter(|_| scene.stop > 0)?;
    let last = scene.stop + count;
    let time = [Kind::unit_year, Kind::unit_month, Kind::unit_quarter];
    if last >= equals || !time.into_iter().any(|kind| scene.keyword_at(last, kind).is_some()) {
        return None;
    }
    let at = scene.stretch(scene.stop, last);
    let written = scene.text_of(scene.stop, last);
    let found = form(
        at,
        bi!(
            "`{written}` er ikke en del af et navn; tiden står ved navnet, og gælder den flere år, gælder tallet i hvert af dem",
            "`{written}` is no part of a name; the time stands at the name, and if it is several years, the figure holds in each of them"
        ),
    );
    let before = scene.stop - 1;
    Some(found.reading(so(), vec![edit(scene.span(before).to(at), scene.word(before))]))
}

/// `givet m : antal, minimum 0`: types and bounds in other words.
pub(super) fn type_in_words(scene: &Scene<'_>) -> Option<Diagnostic> {
    let colon = scene.first(":").filter(|colon| *colon < scene.stop)?;
    let near = [Some(scene.stop), scene.stop.checked_sub(1)].into_iter().flatten();
    let (index, _) =
        near.filter(|index| *index > colon).find_map(|index| Some((index, meant(scene, index, colon)?)))?;
    let all = (colon + 1..scene.words.len()).filter_map(|index| Some((index, meant(scene, index, colon)?)));
    let edits = all.map(|(index, meant)| edit(scene.span(index), meant)).collect();
    let (written, right) = (scene.word(index), meant(scene, index, colon)?);
    let found = form(
        scene.span(index),
        bi!("`{written}` skrives her `{right}`", "`{written}` is written `{right}` here"),
    );
    Some(found.reading(so(), edits))
}

/// What a word of a type means: one right after the colon, or one after a comma.
fn meant(scene: &Scene<'_>, index: usize, colon: usize) -> Option<&'static str> {
    let opens = [Kind::kw_unit, Kind::kw_type].map(|kind| scene.spelt(kind));
    let declared = |line: &str| {
        let mut words = line.split([' ', ',']).filter(|word| !word.is_empty());
        words.next().is_some_and(|word| opens.contains(&word)) && words.any(|word| word == scene.word(index))
    };
    if scene.text.lines().any(declared) {
        return None;
    }
    let (da, en) = match scene.word(index) {
        "antal" | "heltal" | "integer" | "count" | "int" if index == colon + 1 => {
            ("hele tal", "whole number")
        }
        "beløb" | "penge" | "kroner" | "amount" | "money" if index == colon + 1 => ("kr.", "kr."),
        "procent" | "percent" | "percentage" if index == colon + 1 => ("pct.", "per cent"),
        "minimum" | "min" if scene.word(index - 1) == "," => ("mindst", "at least"),
        "maksimum" | "maksimalt" | "maks" | "maximum" | "max" if scene.word(index - 1) == "," => {
            ("højst", "at most")
        }
        _ => return None,
    };
    Some(scene.lang.pick(da, en))
}

/// `senest i 2025`, `før i april 2026`: the period alone.
pub(super) fn word_before_period(scene: &Scene<'_>) -> Option<Diagnostic> {
    let bounds = [Kind::kw_no_later, Kind::kw_no_earlier, Kind::kw_before];
    let index = scene.stop;
    let stands = |at: usize| {
        bounds.into_iter().any(|kind| scene.keyword_at(at, kind).is_some_and(|count| at + count == index))
    };
    if scene.word(index) != scene.lang.pick("i", "in") || !(0..index).any(stands) {
        return None;
    }
    // `2025`, `april 2026`, `3. kvartal 2024`: the year ends it.
    let is_year = |at: &usize| scene.is_number(*at) && scene.word(*at).len() == "2025".len();
    let year = (index + 1..index + 5).find(is_year)?;
    let period = scene.text.get(scene.span(index + 1).range().start..scene.span(year).range().end)?;
    let word = scene.word(index);
    let found = form(
        scene.span(index),
        bi!(
            "perioden skrives alene, uden `{word}`: `{period}`",
            "the period is written alone, without `{word}`: `{period}`"
        ),
    );
    let title = bi!("skriv `{period}`", "write `{period}`");
    Some(found.fix(title, scene.span(index).to(scene.span(year)), period.to_owned()))
}

/// `senest den 1. februar 2026`, `senest d. 1/2 2026`: a date alone.
pub(super) fn word_before_date(scene: &Scene<'_>) -> Option<Diagnostic> {
    let said = |index: usize| {
        let word = scene.lang.pick(["d", "d.", "den", "dato"], ["on", "the", "date", "dated"]);
        let dot = usize::from(scene.word(index) == "d" && scene.word(index + 1) == ".");
        word.contains(&scene.word(index)).then(|| any_date(scene, index + 1 + dot)).flatten()
    };
    let near = (0..3).filter_map(|back| scene.stop.checked_sub(back)).filter(|index| *index > 0);
    let (index, date) = near.filter_map(|index| Some((index, said(index)?))).next()?;
    let one = date.one?;
    let bounds = [
        Kind::kw_no_later,
        Kind::kw_no_earlier,
        Kind::kw_before,
        Kind::kw_from,
        Kind::kw_until,
        Kind::kw_through,
        Kind::kw_to,
    ];
    let stands = |at: usize| {
        bounds.into_iter().any(|kind| scene.keyword_at(at, kind).is_some_and(|count| at + count == index))
    };
    if !(0..index).any(stands) {
        return None;
    }
    let word = scene.text.get(scene.span(index).range().start..date.at.range().start)?.trim_end();
    let at: Span = scene.span(index).to(date.at);
    let found = form(
        scene.span(index),
        bi!(
            "datoen skrives alene, uden `{word}`: `{one}`",
            "the date is written alone, without `{word}`: `{one}`"
        ),
    );
    let title = bi!("skriv `{one}`", "write `{one}`");
    Some(found.fix(title, at, one))
}

/// `pulje = 5 kr.` where no heading stands above.
pub(super) fn outside_clause(scene: &Scene<'_>) -> Option<Diagnostic> {
    let whole = scene.text.get(scene.node.whole())?;
    let alone = scene.parent.is_none() && scene.node.indent == 0 && scene.node.head.len() < scene.text.len();
    if !alone || parse_as(Kind::only_clause_line, whole, scene.lang).is_err() {
        return None;
    }
    let clause = scene.spelt(Kind::kw_clause);
    let (name, title) = scene.lang.pick(("navn", "Titel"), ("name", "Title"));
    Some(
        form(
            scene.place(scene.node.head.clone()),
            bi!("linjen hører til i en klausul", "the line belongs in a clause"),
        )
        .help(bi!(
            "skriv `{clause} {name} \"{title}\"` på en linje over den, og ryk den to mellemrum ind",
            "write `{clause} {name} \"{title}\"` on a line above it, and indent it by two spaces"
        )),
    )
}
