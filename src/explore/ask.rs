//! The question what would change a result, or bring into play what did not.

use super::change::{Asked, changes};
use super::decision::Aim;
use super::runs::Runs;
use super::sections::section;
use super::sought::Meant;
use super::why_not::{Refused, if_read, in_words, of_reading, sought_of};
use super::words::told;
use crate::base::Lang;
use crate::explain::{Explanation, Item, ItemKind, Notes, NotesKind, Rests};
use crate::session::{Answer, AnswerLine, Question, Session};

/// More results than this are not looked into in one question.
const MOST_RESULTS: usize = 12;

/// Tells what would change the results of a question: of each fact they rest on, the nearest value with which they come out
/// otherwise, computed anew. With a name, what would change whether that comes into play.
///
/// # Errors
/// When nothing goes by the name, or the results do not rest on it.
pub fn what_would_change(
    session: &Session,
    question: &Question,
    answer: &Answer,
    name: Option<&str>,
    lang: Lang,
) -> Result<Vec<Explanation>, Refused> {
    let (answer, aim) = match name {
        None => (answer.clone(), Aim::Result),
        Some(name) => match sought_of(session, question, answer, name)? {
            (with_row, Meant::Sought(sought)) => {
                (with_row.unwrap_or_else(|| answer.clone()), Aim::Sought(sought))
            }
            (_, Meant::Reading(assumption, reading)) => {
                return Ok(vec![of_reading(session, question, answer, (assumption, reading), lang)?]);
            }
            (_, Meant::Assumption(assumption)) => {
                let readings = 0..answer.plan.model.assumptions[assumption].readings.len();
                let one = |reading| of_reading(session, question, answer, (assumption, reading), lang);
                return readings.map(one).collect();
            }
        },
    };
    let lines: Vec<&AnswerLine> = answer.lines.iter().filter(|line| line.asked == 0).collect();
    let one = |line: &&AnswerLine| {
        let runs = Runs::new(&answer, line);
        let asked = Asked { session, question, answer: &answer, line, aim: &aim, lang };
        let found = changes(&asked, &runs);
        let mut told = told(&answer, line, found.as_ref(), (&in_words(&answer, line, lang), name), lang);
        if name.is_none() {
            let heading = lang.pick("en anden læsning af teksten", "another reading of the text");
            told.root.children.extend(section(heading, of_readings(&asked)));
        }
        told
    };
    let mut all: Vec<Explanation> = lines.iter().take(MOST_RESULTS).map(one).collect();
    let left = lines.len().saturating_sub(MOST_RESULTS);
    if let (Some(last), true) = (all.last_mut(), left > 0) {
        last.notes.push(left_out(left, lang));
    }
    Ok(all)
}

/// The other readings with which a result comes out otherwise, each computed as a question of its own.
fn of_readings(asked: &Asked<'_>) -> Vec<Item> {
    let Asked { session, question, answer, line, lang, .. } = *asked;
    let rests = Rests::of(answer.words(lang), &answer.trace, line.step);
    let touched = answer.plan.model.assumptions.iter().enumerate();
    let touched = touched.filter(|(_, one)| rests.touched(answer.words(lang), one));
    let others = touched.flat_map(|(at, one)| {
        (0..one.readings.len())
            .filter(move |reading| one.chosen != Some(*reading))
            .map(move |reading| (at, reading))
    });
    others
        .filter_map(|(at, reading)| if_read(session, question, (answer, line), (at, reading), lang))
        .collect()
}

/// Says how many results were not looked into.
fn left_out(left: usize, lang: Lang) -> Notes {
    let heading = lang.pick("Ikke set igennem", "Not looked into").to_owned();
    let results = match left {
        1 => lang.pick("1 resultat mere", "1 more result").to_owned(),
        _ => lang.pick(format!("{left} resultater mere"), format!("{left} more results")),
    };
    let narrow = lang
        .pick("vælg med --for, eller spørg om ét ad gangen", "choose with --for, or ask about one at a time");
    let text = format!("{results}; {narrow}");
    Notes { kind: NotesKind::Search, heading, items: vec![Item::new(ItemKind::Note, text)] }
}
