//! A question answered under each reading of what its answer rests on, for the verbs that show such answers.

use std::collections::BTreeMap;

use super::all_readings::{Choices, Stopped, Varied, choices, rests_on, to_choose};
use super::args::{AllReadings, Situation};
use super::asking::{asked, told};
use super::effect::overview;
use super::{Console, Exit};
use crate::model::{Assumption, Origin};
use crate::render::Look;
use crate::repl::{Difference, changes};
use crate::session::{Answer, Question, Session};

/// One way of reading the text, with what is shown of the answer.
pub(super) struct Under<S> {
    /// The readings, `trin=tredjedele`; none where the text is read as it is chosen anyway.
    pub(super) readings: Vec<String>,
    /// What is shown.
    pub(super) shown: S,
    /// What differs from the answer as the text is read.
    pub(super) changes: Vec<Difference>,
}

/// A question answered under each reading.
pub(super) struct UnderReadings<S> {
    /// The ways, the chosen one first.
    pub(super) all: Vec<Under<S>>,
    /// How many assumptions the answer does not rest on in any of them.
    pub(super) left: usize,
    /// The answer as the text is read; `None` where there is none.
    pub(super) as_read: Option<Answer>,
    /// How the answers ended; the worst of them.
    pub(super) exit: Exit,
}

impl<S> Under<S> {
    /// Its readings, or that the text is read as it is chosen.
    pub(super) fn title(&self, chosen: &str) -> String {
        if self.readings.is_empty() { chosen.to_owned() } else { self.readings.join(", ") }
    }
    /// Tells whether an answer is worth showing by itself: of readings one at a time, those that change nothing are named
    /// in the table alone.
    pub(super) fn is_told(&self, how: AllReadings) -> bool {
        self.readings.is_empty() || how == AllReadings::Product || !self.changes.is_empty()
    }
}

/// Answers a question under each reading that its answer rests on, one at a time or in all combinations. What the answer
/// does not rest on cannot change it; it is counted and not varied.
///
/// # Errors
/// Where there are too many combinations, or one of them has no answer; that has been told.
pub(super) fn under_readings<S>(
    console: &mut Console<'_>,
    (session, question, situation): (&Session, &Question, &Situation),
    (how, strict): (AllReadings, bool),
    shown: &dyn Fn(&Console<'_>, &Session, &Answer) -> S,
) -> Result<UnderReadings<S>, Exit> {
    let lang = console.lang(Some(session.lang()));
    let model = &session.check().plan.model;
    let offers: Vec<&Assumption> = model.assumptions.iter().filter(|a| a.readings.len() > 1).collect();
    let as_read = session.ask(question).ok();
    let mut worst = Exit::Ok;
    let mut answers = BTreeMap::new();
    let mut answered = |choice: &[String]| {
        let mut varied = session.clone();
        for reading in choice {
            let result = varied.choose_reading(reading, Origin::Set);
            told(console, &varied, lang, result)?;
        }
        let (answer, exit) = asked(console, &varied, question, strict)?;
        worst = worst.max(exit);
        let shown = shown(console, &varied, &answer);
        let changes = as_read.as_ref().map(|as_read| changes(as_read, &answer, lang)).unwrap_or_default();
        answers.insert(choice.to_vec(), (shown, changes));
        Ok(rests_on(session, &answer))
    };
    let Choices { all, left } = match choices(&offers, (how, situation.combinations), &mut answered) {
        Ok(choices) => choices,
        Err(Stopped::NoAnswer(exit)) => return Err(exit),
        Err(Stopped::TooMany(many)) => return Err(console.refuse(many.told(), lang, Exit::Limit)),
    };
    // INVARIANT: each combination that is returned has been answered, once.
    let all = all.into_iter().filter_map(|combination| {
        let (shown, changes) = answers.remove(&to_choose(&combination))?;
        Some(Under { readings: combination.iter().map(Varied::word).collect(), shown, changes })
    });
    Ok(UnderReadings { all: all.collect(), left, as_read, exit: worst })
}

/// The table of what each reading changes, with a line below it; empty where there is only one.
pub(super) fn overview_of<S>(found: &UnderReadings<S>, chosen: &str, look: &Look) -> String {
    let others = found.all.iter().filter(|under| !under.readings.is_empty());
    let others: Vec<(String, Vec<Difference>)> =
        others.map(|under| (under.title(chosen), under.changes.clone())).collect();
    match (&found.as_read, others.is_empty()) {
        (Some(answer), false) => format!("{}\n", overview((chosen, answer), &others, look)),
        (_, _) => String::new(),
    }
}
