//! Changes in words.

use super::change::{Change, Changes, Turned};
use super::decision::{Decision, Spot};
use super::flip::Edge;
use super::knob::{Knob, Values};
use super::runs::Run;
use super::sections::{section, sections};
use crate::base::{Bi, Lang};
use crate::eval::What;
use crate::explain::{Explanation, Item, ItemKind, Notes, NotesKind, Words, row_words};
use crate::facts::Datum;
use crate::model::{FactOwner, Show, Ty};
use crate::session::{Answer, AnswerLine};
use crate::value::Number;

/// A what-if as it is written on a command line: `region["Sjælland"].forløb_pr_borger = 1,3 forløb pr. indbygger`.
pub(super) fn what_if(answer: &Answer, turned: &Turned) -> String {
    // What-ifs are written in the language of the rules.
    let words = answer.words(answer.plan.model.lang);
    let fact = &words.model.facts[turned.knob.place.fact];
    let name = match (fact.owner, turned.knob.place.entity) {
        (FactOwner::Kind(kind), Some(entity)) => {
            format!("{}[\"{}\"].{}", words.model.kinds[kind].name, words.entity(entity), fact.name)
        }
        (FactOwner::Kind(_), None) => fact.name.clone(),
        (FactOwner::Clause(_) | FactOwner::File, _) => words.model.fact_name(turned.knob.place.fact),
    };
    let when = match turned.knob.when {
        Some(moment) => format!(" {} {}", words.lang.pick("i", "in"), moment.print(words.lang)),
        None => String::new(),
    };
    let value = match &turned.to {
        Datum::Number(number) => words.exact(number, &fact.declared.ty, &fact.declared.show),
        other => words.datum(other, &fact.declared.ty, &fact.declared.show),
    };
    format!("{name}{when} = {value}")
}

/// Words a result of an answer with its name.
pub(super) fn line_name(answer: &Answer, line: &AnswerLine, lang: Lang) -> String {
    let who = line.entity.map(|id| format!(" {} {}", lang.pick("for", "for"), answer.facts.get(id).name));
    format!("{}{}", line.name, who.unwrap_or_default())
}

fn knob_names(words: Words<'_>, knobs: &[Knob]) -> String {
    knobs.iter().map(|knob| knob_name(words, knob)).collect::<Vec<_>>().join(", ")
}

/// Names a fact, with whose it is and when.
pub(super) fn knob_name(words: Words<'_>, knob: &Knob) -> String {
    let who = knob.place.entity.map(|entity| format!("{}.", words.entity(entity))).unwrap_or_default();
    let when = knob.when.map(|moment| format!(" ({})", moment.print(words.lang))).unwrap_or_default();
    format!("{who}{}{when}", words.model.fact_name(knob.place.fact))
}

/// Tells what would change a result.
pub(super) fn told(
    answer: &Answer,
    line: &AnswerLine,
    found: Option<&Changes>,
    (value, into_play): (&str, Option<&str>),
    lang: Lang,
) -> Explanation {
    let words = answer.words(lang);
    let name = line_name(answer, line, lang);
    let mut root = Item::new(ItemKind::Value, format!("{name}, {}", answer.moment.print(lang)));
    root.value = Some(value.to_owned());
    let Some(found) = found else {
        root.says.push(
            lang.pick("det er en fejl, som skal rettes først", "it is an error, to be mended first")
                .to_owned(),
        );
        return Explanation { lang, root, notes: Vec::new() };
    };
    root.says.push(heading(found, into_play, lang));
    let is_other = |change: &&Change| change.turned.iter().any(|turned| turned.knob.when.is_some());
    let (others, own): (Vec<&Change>, Vec<&Change>) = found.changes.iter().partition(is_other);
    root.children = own.into_iter().map(|change| change_item(words, &name, change)).collect();
    let others = others.into_iter().map(|change| change_item(words, &name, change)).collect();
    root.children
        .extend(section(lang.pick("oplysninger om en anden tid", "facts about another time"), others));
    root.children.extend(sections(words, line, &name, found));
    let notes = notes(words, found);
    Explanation { lang, root, notes }
}

/// What the changes below do.
fn heading(found: &Changes, into_play: Option<&str>, lang: Lang) -> String {
    let by_itself = match (found.changes.is_empty(), into_play) {
        (false, None) => (
            "hver af disse ændringer ville for sig ændre det, den mindste først:",
            "each of these changes would change it by itself, the smallest first:",
        ),
        (true, None) if found.ends.is_some() => (
            "ingen af de oplysninger, der er givet, afgør det alene",
            "none of the facts that are given decides it by itself",
        ),
        (true, None) if found.is_number => (
            "ingen oplysning får alene noget afgjort anderledes, så tallet ændres",
            "no fact by itself has anything decided otherwise so that the number changes",
        ),
        (true, None) => ("ingen oplysning ændrer det alene", "no fact by itself changes it"),
        (false, Some(name)) => {
            return lang.pick(
                format!("hver af disse ændringer ville for sig ændre, om `{name}` kommer i spil, den mindste først:"),
                format!("each of these changes would by itself change whether `{name}` comes into play, the smallest first:"),
            );
        }
        (true, Some(name)) => {
            return lang.pick(
                format!("ingen oplysning ændrer alene, om `{name}` kommer i spil"),
                format!("no fact by itself changes whether `{name}` comes into play"),
            );
        }
    };
    lang.pick(by_itself.0, by_itself.1).to_owned()
}

/// A change as a line: what is changed and by how much, and below it the result and how to try it.
pub(super) fn change_item(words: Words<'_>, name: &str, change: &Change) -> Item {
    let lang = words.lang;
    let head = change.turned.iter().map(|turned| {
        format!("{} = {}", knob_name(words, &turned.knob), datum(words, &turned.knob, &turned.to))
    });
    let joined = head.collect::<Vec<_>>().join(lang.pick(" og ", " and "));
    let mut own = Item::new(ItemKind::Note, joined);
    own.says.extend(change.turned.iter().map(|turned| instead(words, turned)));
    if let (Some(size), [_, _, ..]) = (&change.size, change.turned.as_slice()) {
        let size = percent(words, size);
        own.says.push(lang.pick(format!("{size} hver"), format!("{size} each")));
    }
    if let [turned] = change.turned.as_slice() {
        own.says.extend(edge(words, &turned.knob, change.edge.as_ref(), &turned.to));
    }
    if !change.proved {
        own.says.push(
            lang.pick(
                "fundet ved forsøg: en mindre ændring kan være overset",
                "found by trying: a smaller change may have been missed",
            )
            .to_owned(),
        );
    }
    let mut result = Item::new(ItemKind::Value, name.to_owned());
    result.value = Some(change.result.clone());
    let effects = change
        .effects
        .iter()
        .filter_map(|(spot, old, new)| effect(words, &change.run, *spot, (old.as_ref(), new.as_ref())));
    for text in effects {
        if !result.says.contains(&text) {
            result.says.push(text);
        }
    }
    let mut set = Item::new(ItemKind::Note, lang.pick("prøv det med", "try it with").to_owned());
    set.label = format!(
        "{}: {}",
        set.label,
        change.set.iter().map(|text| format!("--set '{text}'")).collect::<Vec<_>>().join(" ")
    );
    own.children = vec![result, set];
    own
}

/// `i stedet for 20 pct.: 5 pct.-point mere, en ændring på 25 pct.`
fn instead(words: Words<'_>, turned: &Turned) -> String {
    let lang = words.lang;
    let declared = turned.knob.declared(words);
    let Some(now) = &turned.knob.now else {
        return lang.pick("nu ukendt", "not known now").to_owned();
    };
    let was = datum(words, &turned.knob, now);
    let from = format!("{} {was}", lang.pick("i stedet for", "instead of"));
    match (now, &turned.to) {
        (Datum::Number(now), Datum::Number(to)) => {
            let gap = to.sub(now);
            let (more, less) = (lang.pick("mere", "more"), lang.pick("mindre", "less"));
            let way = if gap.is_negative() { less } else { more };
            let by = difference(words, &gap.abs(), &declared.ty, &declared.show);
            let part = gap.abs().div(&now.abs()).map(|part| {
                let part = percent(words, &part);
                lang.pick(format!(", en ændring på {part}"), format!(", a change of {part}"))
            });
            format!("{from}: {by} {way}{}", part.unwrap_or_default())
        }
        (Datum::Date(now), Datum::Date(to)) => {
            let days = now.days_until(*to);
            let count = days.unsigned_abs();
            let words = match count {
                1 => lang.pick("1 dag", "1 day").to_owned(),
                _ => lang.pick(format!("{count} dage"), format!("{count} days")),
            };
            let way = if days < 0 { lang.pick("før", "earlier") } else { lang.pick("senere", "later") };
            format!("{from}: {words} {way}")
        }
        (_, _) => from,
    }
}

/// A part of something in per cent, with as many decimals as show it.
pub(super) fn percent(words: Words<'_>, part: &Number) -> String {
    words.number(part, &Ty::Percent, &Show::percent(0))
}

/// A difference of two values of a fact: between two percentages, in points.
fn difference(words: Words<'_>, gap: &Number, ty: &Ty, show: &Show) -> String {
    match ty {
        Ty::Percent => {
            let points = Bi::new("pct.-point", "percentage points");
            words.number(gap, ty, &Show { words: points, ..show.clone() })
        }
        _ => words.number(gap, ty, show),
    }
}

/// The exact limit, or how near to it the value is.
pub(super) fn edge(words: Words<'_>, knob: &Knob, edge: Option<&Edge>, to: &Datum) -> Option<String> {
    let lang = words.lang;
    let Values::Numbers(scale) = &knob.values else { return None };
    let declared = knob.declared(words);
    match edge {
        Some(edge) if edge.included => {
            Some(lang.pick("det er præcis grænsen", "that is exactly the limit").to_owned())
        }
        Some(edge) => {
            let limit = words.exact(&edge.limit, &declared.ty, &declared.show);
            let is_below = matches!(to, Datum::Number(to) if *to < edge.limit);
            let (da, en) = if is_below { ("under", "below") } else { ("over", "above") };
            Some(lang.pick(
                format!("grænsen er {limit}: den er ikke selv nok, men alt lige {da} den er"),
                format!("the limit is {limit}: it is not enough itself, but anything just {en} it is"),
            ))
        }
        None if scale.whole => None,
        None => {
            let step = words.number(
                &scale.step,
                &declared.ty,
                &Show { decimals: 0, fixed: false, ..declared.show.clone() },
            );
            Some(lang.pick(format!("fundet til nærmeste {step}"), format!("found to the nearest {step}")))
        }
    }
}

pub(super) fn datum(words: Words<'_>, knob: &Knob, datum: &Datum) -> String {
    let declared = knob.declared(words);
    match datum {
        Datum::Number(number) => words.exact(number, &declared.ty, &declared.show),
        other => words.datum(other, &declared.ty, &declared.show),
    }
}

/// What comes out otherwise on the way: a condition, a grant, an exception, a row.
pub(super) fn effect(
    words: Words<'_>,
    run: &Run,
    spot: Spot,
    (old, new): (Option<&Decision>, Option<&Decision>),
) -> Option<String> {
    let lang = words.lang;
    let who = spot.entity.map(|entity| format!(" {} {}", lang.pick("for", "for"), words.entity(entity)));
    let own = run.trace.step(run.root).at.entity;
    let who = who.filter(|_| spot.entity != own).unwrap_or_default();
    let when =
        if spot.moment == words.base { String::new() } else { format!(" ({})", spot.moment.print(lang)) };
    if let Some(exception) = spot.exception {
        let name = &words.model.exceptions[exception].name;
        return match new? {
            Decision::Live(true) => Some(lang.pick(
                format!("undtagelsen {name} gælder så{who}{when}"),
                format!("the exception {name} then applies{who}{when}"),
            )),
            Decision::Live(false) if old == Some(&Decision::Live(true)) => Some(lang.pick(
                format!("undtagelsen {name} gælder så ikke{who}{when}"),
                format!("the exception {name} then does not apply{who}{when}"),
            )),
            _ => None,
        };
    }
    match (spot.what, new?) {
        // What the result itself comes to is said already.
        (own, Decision::Is(_)) if own == run.trace.step(run.root).what => None,
        (What::Def(def), Decision::Is(Datum::Bool(met))) => {
            let name = words.short_name(def);
            Some(match met {
                true => lang.pick(
                    format!("{name}{who}{when} er så opfyldt"),
                    format!("{name}{who}{when} is then met"),
                ),
                false => lang.pick(
                    format!("{name}{who}{when} er så ikke opfyldt"),
                    format!("{name}{who}{when} is then not met"),
                ),
            })
        }
        (What::Def(def), Decision::Paid(paid)) => {
            let name = words.short_name(def);
            Some(match paid {
                true => lang.pick(
                    format!("tilskuddet {name}{who}{when} udbetales så"),
                    format!("the grant {name}{who}{when} is then paid"),
                ),
                false => lang.pick(
                    format!("tilskuddet {name}{who}{when} bortfalder så"),
                    format!("the grant {name}{who}{when} then lapses"),
                ),
            })
        }
        (What::Expr(_), Decision::Rows(table, rows)) => {
            let row = rows.first()?;
            let text = row_words(words, &run.trace, run.root, *table, *row);
            Some(lang.pick(format!("rækken er så `{text}`{who}"), format!("the row is then `{text}`{who}")))
        }
        (_, _) => None,
    }
}

/// What the search was, and what it shows beside the changes.
fn notes(words: Words<'_>, found: &Changes) -> Vec<Notes> {
    let lang = words.lang;
    let mut items = Vec::new();
    let mut note = |text: String| items.push(Item::new(ItemKind::Note, text));
    if found.changes.iter().filter(|change| change.size.is_some()).count() > 1 {
        note(lang.pick(
            "den mindste ændring står først, målt som del af det, oplysningen er nu; det, der ikke er tal, står sidst"
                .to_owned(),
            "the smallest change comes first, measured as a part of what the fact is now; what is no number comes last"
                .to_owned(),
        ));
    }
    if found.more > 0 {
        let more = found.more;
        note(lang.pick(
            format!("{more} større ændringer er ikke vist"),
            format!("{more} larger changes are not shown"),
        ));
    }
    if !found.changes.is_empty() {
        note(lang.pick(
            "hvert svar er regnet forfra med ændringen".to_owned(),
            "each answer is computed anew with the change".to_owned(),
        ));
    }
    if !found.idle.is_empty() {
        let names = found.idle.iter().map(|knob| knob_name(words, knob)).collect::<Vec<_>>().join(", ");
        note(match found.idle_proved {
            true if found.is_number => lang.pick(
                format!("disse får ikke noget afgjort anderledes, så tallet ændres; de kan højst flytte selve tallet: {names}"),
                format!("these have nothing decided otherwise so that the number changes; at most they move the number itself: {names}"),
            ),
            false if found.is_number => lang.pick(
                format!("ingen værdi, der er prøvet af disse, får noget afgjort anderledes, så tallet ændres: {names}"),
                format!("no value tried of these has anything decided otherwise so that the number changes: {names}"),
            ),
            true => lang.pick(
                format!("ingen værdi af disse ændrer det alene: {names}"),
                format!("no value of these changes it alone: {names}"),
            ),
            false => lang.pick(
                format!("ingen værdi, der er prøvet af disse, ændrer det alene: {names}"),
                format!("no value tried of these changes it alone: {names}"),
            ),
        });
    }
    let (pairs, walked) = &found.not_followed;
    if !pairs.is_empty() {
        let names = knob_names(words, pairs);
        note(lang.pick(
            format!("to oplysninger sammen er ikke prøvet for disse: {names}"),
            format!("two facts together were not tried for these: {names}"),
        ));
    }
    if !walked.is_empty() {
        let names = knob_names(words, walked);
        note(lang.pick(
            format!("spring er ikke søgt langs disse: {names}"),
            format!("jumps were not looked for along these: {names}"),
        ));
    }
    if found.is_spent {
        note(lang.pick(
            "der er mere, end der er regnet igennem; vælg med --for eller spørg om mindre".to_owned(),
            "there is more than was computed; choose with --for or ask about less".to_owned(),
        ));
    }
    if items.is_empty() {
        return Vec::new();
    }
    let heading = lang.pick("Sådan er der ledt", "How this was found").to_owned();
    vec![Notes { kind: NotesKind::Search, heading, items }]
}
