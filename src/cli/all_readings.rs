//! `--all-readings`: which readings are tried. An answer can only change with what it rests on.

use std::collections::BTreeSet;

use super::args::AllReadings;
use crate::base::Lang;
use crate::explain::Rests;
use crate::model::{Assumption, Origin};
use crate::session::{Question, Session};

/// The combinations of readings to show, and how many assumptions the answer does not rest on in any of them. One at a
/// time, the first is the text as it is read, and only readings that differ from it follow.
pub(super) fn choices(session: &Session, question: &Question, how: AllReadings) -> (Vec<Vec<String>>, usize) {
    let model = &session.check().plan.model;
    let offers: Vec<&Assumption> = model.assumptions.iter().filter(|a| a.readings.len() > 1).collect();
    let (mut rests, mut all) = (rests_on(session, question, &[]), Vec::new());
    match how {
        AllReadings::Each => {
            let varied = offers.iter().filter(|assumption| rests.contains(&assumption.name));
            all.push(Vec::new());
            all.extend(varied.flat_map(|assumption| others(assumption)).map(|reading| vec![reading]));
        }
        AllReadings::Product => loop {
            all = combinations(&offers, &rests);
            // What the answer rests on in one combination only is varied too, until nothing is new.
            let met = all.iter().flat_map(|choice| rests_on(session, question, choice));
            let more: BTreeSet<String> = met.chain(rests.iter().cloned()).collect();
            if more == rests {
                break;
            }
            rests = more;
        },
    }
    let left = offers.iter().filter(|assumption| !rests.contains(&assumption.name)).count();
    (all, left)
}

/// Says how many assumptions were not varied. One at a time, nothing is said of what they do together with others.
pub(super) fn left_words(left: usize, how: AllReadings, lang: Lang) -> String {
    let (da, en) = match (how, left) {
        (AllReadings::Each, 1) => (" alene", " on its own"),
        (AllReadings::Each, _) => (" alene", " on their own"),
        (AllReadings::Product, _) => ("", ""),
    };
    match (left, lang) {
        (1, Lang::Da) => format!("1 anden antagelse kan ikke{da} ændre svaret\n"),
        (_, Lang::Da) => format!("{left} andre antagelser kan ikke{da} ændre svaret\n"),
        (1, Lang::En) => format!("1 other assumption cannot change the answer{en}\n"),
        (_, Lang::En) => format!("{left} other assumptions cannot change the answer{en}\n"),
    }
}

/// The assumptions that the answer rests on, by name. Where nothing is answered that is told when it is shown.
fn rests_on(session: &Session, question: &Question, choice: &[String]) -> BTreeSet<String> {
    let mut varied = session.clone();
    let set = |reading: &String| varied.choose_reading(&reading.replace('=', " = "), Origin::Set);
    if choice.iter().map(set).any(|result| result.is_err()) {
        return BTreeSet::new();
    }
    let Ok(answer) = varied.ask(question) else { return BTreeSet::new() };
    let words = answer.words(session.lang());
    let all: Vec<Rests> =
        answer.lines.iter().map(|line| Rests::of(words, &answer.trace, line.step)).collect();
    let touched = |assumption: &&Assumption| all.iter().any(|rests| rests.touched(words, assumption));
    let assumptions = answer.plan.model.assumptions.iter().filter(touched);
    assumptions.map(|assumption| assumption.name.clone()).collect()
}

fn named(assumption: &Assumption, at: usize) -> Option<String> {
    assumption.readings.get(at).map(|reading| format!("{}={}", assumption.name, reading.name))
}

/// The readings of an assumption that are not chosen.
fn others(assumption: &Assumption) -> impl Iterator<Item = String> {
    let others = (0..assumption.readings.len()).filter(|at| Some(*at) != assumption.chosen);
    others.filter_map(|at| named(assumption, at))
}

fn combinations(offers: &[&Assumption], varied: &BTreeSet<String>) -> Vec<Vec<String>> {
    let offers = offers.iter().filter(|assumption| varied.contains(&assumption.name));
    offers.fold(vec![Vec::new()], |all, assumption| {
        let readings: Vec<String> =
            (0..assumption.readings.len()).filter_map(|at| named(assumption, at)).collect();
        let extend = |choice: &Vec<String>| {
            let longer = |reading: &String| choice.iter().cloned().chain([reading.clone()]).collect();
            readings.iter().map(longer).collect::<Vec<Vec<String>>>()
        };
        all.iter().flat_map(extend).collect()
    })
}
