//! Words and commas that a sentence lacks, or says as one would speak.

use super::form::{edit, form, so};
use crate::base::bi;
use crate::diag::{Diagnostic, Edit};
use crate::syntax::grammar::Kind;
use crate::syntax::opener::is_statement_word;
use crate::syntax::stop::Scene;
use crate::syntax::tokens::TokenKind;

/// `fordelt efter nøgle blandt regioner`, `sum af x for regioner`.
pub(super) fn without_all(scene: &Scene<'_>) -> Option<Diagnostic> {
    let all = scene.lang.pick("alle", "all");
    let opens = |index: &usize| {
        scene.word(*index) == scene.lang.pick("blandt", "among")
            || scene.keyword_at(*index, Kind::kw_for).is_some() && sums_before(scene, *index)
    };
    let near = [Some(scene.stop), scene.stop.checked_sub(1)].into_iter().flatten();
    let index =
        near.into_iter().find(|index| opens(index) && scene.kind(index + 1) == Some(TokenKind::Name))?;
    let word = scene.word(index);
    let found = form(
        scene.span(index),
        bi!(
            "efter `{word}` mangler ordet `{all}`: der regnes altid over alle af en slags, eventuelt dem `hvor` noget gælder",
            "after `{word}` the word `{all}` is missing: it is always computed over all of a kind, or those `where` something holds"
        ),
    );
    Some(found.reading(so(), vec![Edit::before(scene.span(index + 1), format!("{all} "))]))
}

/// Whether something is summed or counted before a word.
fn sums_before(scene: &Scene<'_>, index: usize) -> bool {
    let sums = [Kind::kw_sum_of, Kind::kw_average_of, Kind::kw_largest_of, Kind::kw_smallest_of];
    sums.into_iter().any(|kind| scene.keyword_before(index, kind).is_some())
}

/// `tabel efter mål`: a table that does not say what it gives.
pub(super) fn table_without_name(scene: &Scene<'_>) -> Option<Diagnostic> {
    let end = scene.keyword_at(0, Kind::kw_table)?;
    let by = scene.spelt(Kind::kw_by);
    if scene.word(end) != by {
        return None;
    }
    let table = scene.spelt(Kind::kw_table);
    let key = scene.text_of(end + 1, scene.words.len().saturating_sub(1));
    Some(
        form(
            scene.span(end),
            bi!("tabellen mangler navnet på det, den giver", "the table lacks the name of what it gives"),
        )
        .help(bi!(
            "skriv det før `{by}`, for eksempel `{table} sats {by} {key}`",
            "write it before `{by}`, for example `{table} sats {by} {key}`"
        )),
    )
}

/// `pulje fordelt efter nøgle`, and nothing about whom it is shared among.
pub(super) fn shared_with_nobody(scene: &Scene<'_>) -> Option<Diagnostic> {
    let stands = |kind| {
        let index = scene.keyword_before(scene.stop + 1, kind)?;
        Some((index, index + scene.keyword_at(index, kind)?))
    };
    let by_key = stands(Kind::kw_shared_by);
    let (shared, end) = by_key.or_else(|| stands(Kind::kw_shared_equally))?;
    let stop = scene.stop.max(end);
    let among = scene.lang.pick("blandt", "among");
    if scene.first(among).is_some() || by_key.is_some() && stop == end {
        return None;
    }
    let start = scene.first("=").filter(|equals| *equals < shared).map_or(0, |equals| equals + 1);
    let written = scene.text_of(start, stop - 1);
    let all = scene.lang.pick("blandt alle", "among all");
    Some(
        form(
            scene.stretch(shared, stop - 1),
            bi!("det mangler at sige, hvem der deles mellem", "it is not said among whom it is shared"),
        )
        .help(bi!(
            "skriv `{written} {all} …` med den slags, der deles mellem, for eksempel `regioner`",
            "write `{written} {all} …` with the kind it is shared among, for example `regions`"
        )),
    )
}

/// `x er mindre end 3`.
pub(super) fn compared_in_words(scene: &Scene<'_>) -> Option<Diagnostic> {
    let near = scene.stop.saturating_sub(2)..=scene.stop + 1;
    let (index, count, meant) = near.into_iter().find_map(|index| comparison(scene, index))?;
    let at = scene.stretch(index, index + count - 1);
    let written = scene.text_of(index, index + count - 1);
    let after_is = index.checked_sub(1).is_some_and(|before| scene.keyword_at(before, Kind::kw_is).is_some());
    let found = form(
        at,
        bi!(
            "`{written}` er ikke et ord i sproget; her siges det `{meant}`",
            "`{written}` is not a word of the language; here it is said `{meant}`"
        ),
    );
    if meant == "=" && after_is {
        let is = scene.spelt(Kind::kw_is);
        return Some(found.reading(so(), vec![edit(scene.span(index - 1).to(at), is)]));
    }
    Some(found.reading(so(), vec![edit(at, meant)]))
}

/// A comparison as it is spoken, from a word on: how many words it takes, and how the language says it.
fn comparison(scene: &Scene<'_>, index: usize) -> Option<(usize, usize, &'static str)> {
    let less = scene.lang.pick(
        ["mindre end", "lavere end", "færre end", "kortere end"],
        ["less than", "lower than", "fewer than", "smaller than"],
    );
    let more = scene.lang.pick(
        ["større end", "mere end", "flere end", "højere end"],
        ["more than", "greater than", "higher than", "larger than"],
    );
    let equal = scene.lang.pick("lig med", "equal to");
    let says = |phrase: &&str| scene.says(index, phrase);
    if says(&equal) {
        return Some((index, 2, "="));
    }
    let or_equal = scene.lang.pick(["eller lig med", "eller lig"], ["or equal to", "or equal"]);
    let included = or_equal.iter().find(|phrase| scene.says(index + 2, phrase));
    let count = 2 + included.map_or(0, |phrase| phrase.split(' ').count());
    let kind = match (less.iter().any(says), more.iter().any(says), included) {
        (true, _, None) => Kind::kw_under,
        (true, _, Some(_)) => Kind::kw_at_most,
        (false, true, None) => Kind::kw_over,
        (false, true, Some(_)) => Kind::kw_at_least,
        (false, false, _) => return None,
    };
    Some((index, count, scene.spelt(kind)))
}

/// What follows a value after a comma.
const MODIFIERS: [Kind; 13] = [
    Kind::kw_rounded_each_to,
    Kind::kw_rounded_to,
    Kind::kw_but_at_most,
    Kind::kw_but_at_least,
    Kind::kw_remainder_to,
    Kind::kw_shown_to,
    Kind::kw_equally_per_year,
    Kind::kw_if_day_missing,
    Kind::kw_if_none,
    Kind::kw_if_zero,
    Kind::kw_known_difference,
    Kind::kw_largest_first,
    Kind::kw_smallest_first,
];

/// `x afrundet til 1 kr.` without its comma.
pub(super) fn modifier_without_comma(scene: &Scene<'_>) -> Option<Diagnostic> {
    let each = [Kind::kw_each_amount, Kind::kw_each_step];
    if each.into_iter().any(|kind| scene.keyword_at(0, kind).is_some()) {
        return None;
    }
    let stands = |index: usize| MODIFIERS.into_iter().find(|kind| scene.keyword_at(index, *kind).is_some());
    let near = (scene.stop.saturating_sub(2).max(1)..=scene.stop).rev();
    let (index, kind) = near
        .filter(|index| !matches!(scene.word(index - 1), "," | "="))
        .find_map(|index| Some((index, stands(index)?)))?;
    let words = scene.spelt(kind);
    let found = form(
        scene.span(index),
        bi!("der mangler et komma før `{words}`", "there is a comma missing before `{words}`"),
    );
    Some(found.reading(so(), vec![Edit::after(scene.span(index - 1), ",")]))
}

/// `givet b : tal mindst 0` without its comma.
pub(super) fn type_without_comma(scene: &Scene<'_>) -> Option<Diagnostic> {
    let colon = scene.first(":").filter(|colon| *colon + 1 < scene.stop)?;
    let bounds = [
        Kind::kw_at_least,
        Kind::kw_at_most,
        Kind::kw_over,
        Kind::kw_under,
        Kind::kw_between,
        Kind::kw_no_later,
        Kind::kw_no_earlier,
        Kind::kw_always,
        Kind::kw_if_not_stated,
    ];
    let bound = |index: &usize| bounds.into_iter().any(|kind| scene.keyword_at(*index, kind).is_some());
    let near = (scene.stop.saturating_sub(1)..=scene.stop).filter(|index| *index > colon + 1);
    let index = near.into_iter().find(bound)?;
    if matches!(scene.word(index - 1), "," | ":") {
        return None;
    }
    let found = form(
        scene.span(index),
        bi!(
            "der mangler et komma mellem typen og det, der er tilladt",
            "there is a comma missing between the type and what is allowed"
        ),
    );
    Some(found.reading(so(), vec![Edit::after(scene.span(index - 1), ",")]))
}

/// `x, højst 50 mio. kr.` for `, dog højst …`.
pub(super) fn bound_without_but(scene: &Scene<'_>) -> Option<Diagnostic> {
    let before = scene.stop.checked_sub(1)?;
    if scene.word(before) != "," {
        return None;
    }
    let stands = |kind, spoken: &[&str]| {
        scene
            .keyword_at(scene.stop, kind)
            .or_else(|| spoken.contains(&scene.word(scene.stop).to_lowercase().as_str()).then_some(1))
    };
    let most = stands(Kind::kw_at_most, &["maks", "max", "maksimalt", "maksimum", "maximum"]);
    let least = stands(Kind::kw_at_least, &["min", "minimum", "minimalt"]);
    let (count, meant) = most
        .map(|count| (count, Kind::kw_but_at_most))
        .or_else(|| least.map(|count| (count, Kind::kw_but_at_least)))?;
    let meant = scene.spelt(meant);
    // `maks.` is a word and a dot.
    let count = count + usize::from(scene.word(scene.stop + count) == ".");
    let at = scene.stretch(scene.stop, scene.stop + count - 1);
    let written = scene.text_of(scene.stop, scene.stop + count - 1);
    let found = form(
        at,
        bi!(
            "en grænse for et resultat skrives `{meant}`, ikke `{written}`",
            "a bound on a result is written `{meant}`, not `{written}`"
        ),
    );
    Some(found.reading(so(), vec![edit(at, meant)]))
}

/// `tilskud t = beløb betinget af a, afrundet til 1 kr.`: what is done to the amount stands with the amount.
pub(super) fn modifier_after_conditions(scene: &Scene<'_>) -> Option<Diagnostic> {
    let conditional = scene.keyword_before(scene.stop, Kind::kw_conditional_on)?;
    let modifies = |comma: usize| {
        let kind = MODIFIERS.into_iter().find(|kind| scene.keyword_at(comma + 1, *kind).is_some());
        kind.filter(|_| scene.word(comma) == ",")
    };
    let last = scene.words.len().checked_sub(1)?;
    let (comma, kind) = (scene.stop..last).find_map(|comma| Some((comma, modifies(comma)?)))?;
    let (words, on) = (scene.spelt(kind), scene.spelt(Kind::kw_conditional_on));
    // Where the line ends in a block of its own the words cannot be moved with certainty.
    if (comma..=last).any(|index| scene.keyword_at(index, Kind::kw_otherwise).is_some()) {
        return None;
    }
    let moved = scene.text_of(comma, last).to_owned();
    let found = form(
        scene.span(comma + 1),
        bi!(
            "`{words}` hører til beløbet og skrives før `{on}`",
            "`{words}` belongs to the amount and is written before `{on}`"
        ),
    );
    let and = scene.spelt(Kind::kw_and);
    let joints = (conditional..comma).filter(|index| scene.word(*index) == and || scene.word(*index) == ",");
    let mut edits: Vec<Edit> = vec![Edit::after(scene.span(conditional.checked_sub(1)?), moved)];
    edits.extend(joints.map(|index| edit(scene.gap_before(index).to(scene.span(index)), ";")));
    edits.push(edit(scene.gap_before(comma).to(scene.span(last)), ""));
    Some(found.reading(so(), edits))
}

/// `pulje – del`, `pulje — del`: a dash where an amount is taken away.
pub(super) fn dash_for_minus(scene: &Scene<'_>) -> Option<Diagnostic> {
    let written = scene.word(scene.stop);
    let between = scene.stop > 0 && scene.kind(scene.stop + 1).is_some();
    let computes = scene.first("=").is_some_and(|equals| equals + 1 < scene.stop);
    if !matches!(written, "–" | "—") || !between || !computes || scene.is_below(Kind::kw_table) {
        return None;
    }
    let at = scene.span(scene.stop);
    let found = form(
        at,
        bi!(
            "minus skrives `-`, ikke med tankestregen `{written}`",
            "minus is written `-`, not with the dash `{written}`"
        ),
    );
    Some(found.reading(so(), vec![edit(at, "-")]))
}

/// `betinget af a og b`.
pub(super) fn conditions_joined(scene: &Scene<'_>) -> Option<Diagnostic> {
    scene.keyword_before(scene.stop, Kind::kw_conditional_on)?;
    let word = scene.word(scene.stop);
    let (and, or) = (scene.spelt(Kind::kw_and), scene.spelt(Kind::kw_or));
    if word == or {
        return Some(
            form(
                scene.span(scene.stop),
                bi!(
                    "et tilskud kan ikke være betinget af det ene `{or}` det andet",
                    "a grant cannot be conditional on one thing `{or}` another"
                ),
            )
            .help(bi!(
                "giv det et navn, `betingelse enten = a eller b`, og skriv `betinget af enten`",
                "give it a name, `condition either = a or b`, and write `conditional on either`"
            )),
        );
    }
    if word != and && word != "," || scene.kind(scene.stop + 1) != Some(TokenKind::Name) {
        return None;
    }
    let ends = |index: &usize| {
        [Kind::kw_basis, Kind::kw_otherwise].into_iter().any(|kind| scene.keyword_at(*index, kind).is_some())
    };
    let joints = (scene.stop..scene.words.len()).take_while(|index| !ends(index));
    let edits = joints.filter_map(|index| match scene.word(index) {
        "," => Some(edit(scene.span(index), ";")),
        word if word == and => Some(edit(scene.gap_before(index).to(scene.span(index)), ";")),
        _ => None,
    });
    let found = form(
        scene.span(scene.stop),
        bi!(
            "flere betingelser skilles med `;`, og så skal de alle være opfyldt",
            "several conditions are separated by `;`, and then all of them must be met"
        ),
    );
    Some(found.reading(so(), edits.collect()))
}

/// The words that a place in a source begins with.
const LOCATORS: [Kind; 9] = [
    Kind::kw_annex,
    Kind::kw_box,
    Kind::kw_bullet,
    Kind::kw_section,
    Kind::kw_article,
    Kind::kw_paragraph,
    Kind::kw_subsection,
    Kind::kw_number_ref,
    Kind::kw_letter,
];

/// `hjemmel A bilag 1 boks 3`, `hjemmel A § 3 stk 2`.
pub(super) fn basis_without_comma(scene: &Scene<'_>) -> Option<Diagnostic> {
    let basis = scene.keyword_before(scene.stop, Kind::kw_basis)?;
    // `hjemmel A bilag 1`: the place of a source follows its name without a comma.
    let after_place = |index: usize| index > basis + 2 && !matches!(scene.word(index - 1), "," | ";");
    let place = |index: usize| LOCATORS.into_iter().any(|kind| scene.keyword_at(index, kind).is_some());
    let between = |index: usize| {
        scene.word(index - 1) == scene.spelt(Kind::kw_from)
            || scene.word(index - 1) == scene.spelt(Kind::kw_to)
    };
    let heading = |index: usize| scene.kind(index) == Some(TokenKind::Text) && !between(index);
    let new_source = |index: usize| scene.word(index.saturating_sub(2)) == ";";
    let lacks = |index: usize| {
        after_place(index)
            && !new_source(index)
            && (place(index) || dotted(scene, index).is_some() || heading(index))
    };
    let mut edits = Vec::new();
    for index in scene.stop..scene.words.len() {
        if lacks(index) {
            edits.push(Edit::after(scene.span(index - 1), ","));
        }
        edits.extend(dotted(scene, index).map(|meant| edit(scene.span(index), meant)));
    }
    if !lacks(scene.stop) && dotted(scene, scene.stop).is_none() {
        return None;
    }
    let says = if lacks(scene.stop) {
        bi!("stederne i en kilde skilles med komma", "the places in a source are separated by commas")
    } else {
        let (written, meant) = (scene.word(scene.stop), dotted(scene, scene.stop).unwrap_or(""));
        bi!("`{written}` skrives `{meant}`", "`{written}` is written `{meant}`")
    };
    Some(form(scene.span(scene.stop), says).reading(so(), edits))
}

/// `stk 2`, `nr 3`: what the word is with its dot.
fn dotted(scene: &Scene<'_>, index: usize) -> Option<&'static str> {
    let meant = match (scene.word(index), scene.lang) {
        ("stk", crate::base::Lang::Da) => "stk.",
        ("nr", crate::base::Lang::Da) => "nr.",
        ("no", crate::base::Lang::En) => "no.",
        _ => return None,
    };
    scene.is_number(index + 1).then_some(meant)
}

/// `tabel t efter folketal:`.
pub(super) fn colon_after_header(scene: &Scene<'_>) -> Option<Diagnostic> {
    let last = scene.words.len().checked_sub(1)?;
    let opens = is_statement_word(scene.word(0)) || !scene.node.children.is_empty();
    if scene.word(last) != ":" || scene.stop < last || !opens || last == 0 {
        return None;
    }
    let found = form(
        scene.span(last),
        bi!(
            "en overskrift slutter uden kolon; det, der hører under den, er rykket ind",
            "a header ends without a colon; what belongs below it is indented"
        ),
    );
    Some(found.fix(bi!("fjern `:`", "remove `:`"), scene.span(last), ""))
}
