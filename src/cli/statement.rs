//! `explain --format html|md`: the statement of grounds of an answer, with what the other readings would change.

use std::collections::BTreeSet;
use std::path::Path;

use super::all_readings::rests_on;
use super::args::Situation;
use super::effect::idle;
use super::records::{data_files, locked};
use super::{Console, Exit};
use crate::base::{Lang, SourceMap};
use crate::diag::{Problems, Severity};
use crate::eval::Outcome;
use crate::grounds::{Asked, Effect, Reach, Statement, Then, Tried};
use crate::model::Origin;
use crate::record::Rested;
use crate::render::{grounds_html, grounds_markdown};
use crate::repl::{Difference, changes};
use crate::session::{Answer, AnswerLine, Question, Session};
use crate::sources::{Documents, documents};

/// The forms of a statement.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum StatementForm {
    /// A page.
    Html,
    /// Text for a document.
    Markdown,
}

/// What a statement is about.
pub(super) struct Given<'a> {
    pub(super) session: &'a Session,
    pub(super) question: &'a Question,
    pub(super) answer: &'a Answer,
    pub(super) situation: &'a Situation,
    /// The folder of the documents, where what is cited is to be quoted.
    pub(super) sources: Option<&'a Path>,
}

/// Says the statement of an answer.
///
/// # Errors
/// When a lock file of the rules cannot be read; that has been told.
pub(super) fn statement(
    console: &mut Console<'_>,
    given: &Given<'_>,
    form: StatementForm,
) -> Result<(), Exit> {
    let Given { session, question, answer, situation, sources } = *given;
    let lang = console.lang(Some(session.lang()));
    let documents = sources.map(|folder| documents_at(console, folder)).transpose()?;
    let (data, locked) = (data_files(&situation.data), locked(console, session)?);
    let asked = Asked {
        session,
        question,
        answer,
        rested: &Rested { data: &data, locked: &locked },
        tried: &tried(given, lang),
        idle: &idle(session, question, answer),
        documents: documents.as_ref(),
        form: match form {
            StatementForm::Html => "html",
            StatementForm::Markdown => "md",
        },
        lang,
    };
    let statement = Statement::of(&asked);
    console.say(&match form {
        StatementForm::Html => grounds_html(&statement),
        StatementForm::Markdown => grounds_markdown(&statement),
    });
    Ok(())
}

/// Reads the documents of a folder.
///
/// # Errors
/// When the folder, its register or a document cannot be read or is at fault; that has been told.
pub(super) fn documents_at(console: &mut Console<'_>, folder: &Path) -> Result<Documents, Exit> {
    let (mut texts, mut problems) = (SourceMap::held_to(console.limits()), Problems::new());
    let documents = documents(console.world, folder, &mut texts, &mut problems)
        .map_err(|error| console.world_errors(&[error]))?;
    let lang = console.lang(None);
    match console.findings(&problems, &texts, lang) {
        Exit::Ok => Ok(documents),
        exit => Err(exit),
    }
}

/// What each other reading that the answer rests on would change, each computed by itself.
fn tried(given: &Given<'_>, lang: Lang) -> Vec<Tried> {
    let Given { session, question, answer, .. } = *given;
    let rests = rests_on(session, answer);
    let touched = answer.plan.model.assumptions.iter().filter(|one| rests.contains(&one.name));
    let mut all = Vec::new();
    for assumption in touched {
        let others = assumption.readings.iter().enumerate().filter(|(at, _)| Some(*at) != assumption.chosen);
        for (_, reading) in others {
            let mut varied = session.clone();
            let choice = format!("{} = {}", assumption.name, reading.name);
            let other = varied.choose_reading(&choice, Origin::Set).and_then(|()| varied.ask(question));
            let reach = other.as_ref().map(|other| reach(answer, other)).unwrap_or_default();
            let then = match other {
                Ok(other) => Then::Changes {
                    effects: changes(answer, &other, lang).iter().map(effect).collect(),
                    missing: missing(answer, &other, lang),
                },
                Err(problems) => Then::NoAnswer(first_error(&problems, lang)),
            };
            let (assumption, reading) = (assumption.name.clone(), reading.name.clone());
            all.push(Tried { assumption, reading, then, reach });
        }
    }
    all
}

/// What is known of the results of another answer, one for each of the first one's, where they are or would be numbers.
fn reach(answer: &Answer, other: &Answer) -> Vec<Option<Reach>> {
    let of = |answer: &Answer, line: &AnswerLine| {
        (line.name.clone(), line.entity.map(|id| answer.facts.get(id).name.clone()))
    };
    let known = |line: &AnswerLine| {
        let same = other.lines.iter().find(|then| of(other, then) == of(answer, line))?;
        let then = other.outcome(same);
        Some(Reach { bounds: then.bounds()?, is_firm: then.as_number().is_some() })
    };
    answer.lines.iter().map(known).collect()
}

/// What another answer waits for that the first one does not.
fn missing(answer: &Answer, other: &Answer, lang: Lang) -> Vec<String> {
    let of = |answer: &Answer| -> BTreeSet<String> {
        let unknown = answer.lines.iter().filter_map(|line| match answer.outcome(line) {
            Outcome::Unknown(unknown) => Some(unknown),
            Outcome::Value(_) | Outcome::DoesNotApply(_) | Outcome::Error(_) => None,
        });
        let names =
            unknown.flat_map(|unknown| &unknown.missing).map(|one| answer.words(lang).missing_why(*one));
        names.collect()
    };
    of(other).difference(&of(answer)).cloned().collect()
}

fn effect(change: &Difference) -> Effect {
    let name = match change.who.is_empty() {
        true => change.name.clone(),
        false => format!("{} ({})", change.name, change.who),
    };
    Effect { name, after: change.after.clone(), by: change.by.clone() }
}

fn first_error(problems: &Problems, lang: Lang) -> String {
    let sorted = problems.sorted();
    let error = sorted.iter().find(|found| found.severity == Severity::Error);
    error.map(|found| format!("{}: {}", found.code.id(), found.message.get(lang))).unwrap_or_default()
}
