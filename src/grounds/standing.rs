//! How firmly results stand: what they rest on besides the text of the agreement, and how far other readings move them.

use super::{Judged, Lacking, Read, Tried, Weighed};
use crate::base::Lang;
use crate::session::{Answer, AnswerLine};
use crate::value::Number;

/// What is counted.
pub(super) struct Counted<'a> {
    pub(super) facts: &'a [Weighed],
    pub(super) judged: &'a [Judged],
    pub(super) readings: &'a [Read],
    pub(super) lacking: Lacking,
    /// The what-ifs that the answer would not be the same without.
    pub(super) assumed: usize,
    pub(super) tried: &'a [Tried],
}

/// Says it, sentence by sentence.
pub(super) fn standing(answer: &Answer, counted: &Counted<'_>, lang: Lang) -> Vec<String> {
    let mut all = vec![rests_on(counted, lang)];
    let spans = answer.lines.iter().enumerate();
    let spans: Vec<String> =
        spans.filter_map(|(at, line)| span(answer, line, at, counted.tried, lang)).collect();
    all.extend(spans);
    let own: Vec<bool> = answer.lines.iter().map(|line| answer.outcome(line).as_number().is_some()).collect();
    let open = counted.tried.iter().filter(|one| one.is_open(&own)).count();
    let moving = counted.tried.iter().filter(|one| one.then.is_other()).count();
    if !counted.tried.is_empty() && moving == 0 {
        all.push(
            lang.pick(
                "Ingen af de andre læsninger ændrer resultatet, når de prøves én ad gangen.",
                "None of the other readings changes the result when they are tried one at a time.",
            )
            .to_owned(),
        );
    }
    all.extend(left_open(open, lang));
    all
}

fn rests_on(counted: &Counted<'_>, lang: Lang) -> String {
    let (chosen, plain): (Vec<&Read>, Vec<&Read>) =
        counted.readings.iter().partition(|one| !one.others.is_empty());
    let counts = [
        (
            counted.facts.iter().filter(|one| !one.is_assumed).count(),
            ("1 oplysning", "1 fact"),
            ("oplysninger", "facts"),
        ),
        (
            counted.assumed,
            ("1 antaget ændring", "1 assumed change"),
            ("antagne ændringer", "assumed changes"),
        ),
        (counted.judged.len(), ("1 skøn", "1 judgement"), ("skøn", "judgements")),
        (
            chosen.len(),
            ("1 valgt læsning af aftalens tekst", "1 chosen reading of the text of the agreement"),
            ("valgte læsninger af aftalens tekst", "chosen readings of the text of the agreement"),
        ),
        (
            plain.len(),
            ("1 antagelse uden andre læsninger", "1 assumption without other readings"),
            ("antagelser uden andre læsninger", "assumptions without other readings"),
        ),
    ];
    let parts = counts.into_iter().filter(|(count, ..)| *count > 0).map(|(count, one, many)| match count {
        1 => lang.pick(one.0, one.1).to_owned(),
        _ => format!("{count} {}", lang.pick(many.0, many.1)),
    });
    let parts: Vec<String> = parts.collect();
    let rests = match listed(&parts, lang) {
        None => lang.pick(
            "Resultatet følger af aftalens tekst alene".to_owned(),
            "The result follows from the text of the agreement alone".to_owned(),
        ),
        Some(parts) => lang.pick(
            format!("Ud over aftalens tekst hviler resultatet på {parts}"),
            format!("Besides the text of the agreement the result rests on {parts}"),
        ),
    };
    let waits = match counted.lacking.facts || counted.lacking.judgement {
        true => lang.pick(", og det venter på det, der mangler", ", and it waits for what is missing"),
        false => "",
    };
    format!("{rests}{waits}.")
}

/// `a, b og c`.
fn listed(parts: &[String], lang: Lang) -> Option<String> {
    let (last, before) = parts.split_last()?;
    Some(match before {
        [] => last.clone(),
        _ => format!("{} {} {last}", before.join(", "), lang.pick("og", "and")),
    })
}

/// How far the other readings move a result, tried one at a time.
fn span(answer: &Answer, line: &AnswerLine, at: usize, tried: &[Tried], lang: Lang) -> Option<String> {
    let own = answer.outcome(line).as_number()?;
    let reach = || tried.iter().filter_map(|one| one.reach.get(at)?.as_ref()).map(|one| &one.bounds);
    // Of a reading without bounds nothing is known here; that it gives no firm number is told beside.
    let low = reach().filter_map(|one| one.low.as_ref()).chain([own]).min()?;
    let high = reach().filter_map(|one| one.high.as_ref()).chain([own]).max()?;
    if low == own && high == own {
        return None;
    }
    let (ty, show) = answer.typed(line);
    let words = |number: &Number| answer.words(lang).number(number, ty, show);
    let who = line.entity.map(|id| format!(" {} {}", lang.pick("for", "for"), answer.facts.get(id).name));
    let name = format!("{}{}", line.name, who.unwrap_or_default());
    let (low, own, high) = (words(low), words(own), words(high));
    Some(lang.pick(
        format!(
            "Hvordan teksten læses, flytter {name}: med en anden læsning, én ad gangen, ligger det mellem {low} og {high} (her: {own})."
        ),
        format!(
            "How the text is read moves {name}: with another reading, one at a time, it lies between {low} and {high} (here: {own})."
        ),
    ))
}

fn left_open(count: usize, lang: Lang) -> Option<String> {
    Some(match count {
        0 => return None,
        1 => lang.pick(
            "1 anden læsning giver intet fast tal med de oplysninger, der er givet; de grænser, der kendes, er regnet med.".to_owned(),
            "1 other reading gives no firm number with the facts that are given; the bounds that are known are counted in.".to_owned(),
        ),
        _ => lang.pick(
            format!("{count} andre læsninger giver intet fast tal med de oplysninger, der er givet; de grænser, der kendes, er regnet med."),
            format!("{count} other readings give no firm number with the facts that are given; the bounds that are known are counted in."),
        ),
    })
}
