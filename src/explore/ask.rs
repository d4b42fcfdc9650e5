//! The question what would change a result, or bring into play what did not.

use super::change::{Asked, changes};
use super::decision::Aim;
use super::runs::Runs;
use super::sought::Meant;
use super::why_not::{Refused, in_words, of_reading, sought_of};
use super::words::told;
use crate::base::Lang;
use crate::explain::Explanation;
use crate::session::{Answer, Question, Session};

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
    let lines = answer.lines.iter().filter(|line| line.asked == 0).take(MOST_RESULTS);
    let one = |line| {
        let runs = Runs::new(&answer, line);
        let asked = Asked { session, question, answer: &answer, line, aim: &aim, lang };
        let found = changes(&asked, &runs);
        told(&answer, line, found.as_ref(), (&in_words(&answer, line, lang), name), lang)
    };
    Ok(lines.map(one).collect())
}
