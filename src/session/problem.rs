//! What can be wrong with a question.

use super::plain_words::PlainQuestion;
use crate::base::{Bi, Span, bi};
use crate::diag::{Code, Diagnostic, Report, meant};

/// A finding about what was asked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SessionProblem {
    /// No year was given, and the agreement does not say one.
    WhichYear,
    /// A target that is neither a clause, a definition nor an expression.
    NoSuchTarget {
        /// As asked.
        target: String,
        /// The nearest name.
        nearest: Option<String>,
    },
    /// An entity that is not loaded.
    NoSuchEntity {
        /// The kind as asked.
        kind: String,
        /// The name as asked.
        name: String,
        /// Those loaded.
        loaded: Vec<String>,
        /// Where the name stands, in what was typed.
        at: Option<Span>,
    },
    /// A kind that the rules do not have.
    NoSuchKind {
        /// The kind as asked.
        kind: String,
        /// Those there are.
        kinds: Vec<String>,
    },
    /// A question in words.
    PlainQuestion(PlainQuestion),
    /// A scenario that is not declared.
    NoSuchScenario {
        /// As asked.
        name: String,
        /// The nearest one.
        nearest: Option<String>,
    },
    /// Somebody wants it given up.
    Stopped,
    /// Something else than a scenario, or nothing, in a file that is read for its scenarios.
    NotAScenario {
        /// Where it stands.
        span: Span,
    },
    /// Scenarios in such a file that build on each other in a ring.
    RingInFile {
        /// Where the first stands.
        span: Span,
    },
    /// Several scenarios in such a file, neither of which builds on the other: their order would decide.
    SeveralScenarios {
        /// Where the second stands.
        span: Span,
        /// Their names.
        names: Vec<String>,
    },
}

fn nearest_help(d: Diagnostic, nearest: Option<&String>) -> Diagnostic {
    match nearest {
        Some(near) => d.help(bi!("mente du `{near}`?", "did you mean `{near}`?")),
        None => d,
    }
}

/// With more than these, all of them are not listed.
const FEW: usize = 12;

fn no_such_entity(kind: &str, name: &str, loaded: &[String], at: Option<Span>) -> Diagnostic {
    let message = bi!("der er ingen {kind} \"{name}\" i data", "there is no {kind} \"{name}\" in the data");
    let found = Diagnostic::new(Code::NoSuchEntity, message);
    let found = at.into_iter().fold(found, Diagnostic::at);
    let count = loaded.len();
    let list: Bi = match loaded {
        [] => bi!("der er ikke indlæst nogen; brug `--data`", "none are loaded; use `--data`"),
        few if count <= FEW => {
            let all = few.join(", ");
            bi!("indlæst: {all}", "loaded: {all}")
        }
        _ => bi!("der er indlæst {count}", "{count} are loaded"),
    };
    let (da, en) = (&list.da, &list.en);
    match (meant(name, loaded.iter().map(String::as_str)), at) {
        (Some(near), None) => found.help(bi!("mente du `{near}`? {da}", "did you mean `{near}`? {en}")),
        (Some(near), Some(at)) => found
            .suggestion(bi!("mente du `{near}`?", "did you mean `{near}`?"), at, format!("\"{near}\""))
            .help(list),
        (None, _) => found.help(list),
    }
}

impl Report for SessionProblem {
    fn report(&self) -> Diagnostic {
        match self {
            SessionProblem::NotAScenario { span } => Diagnostic::new(
                Code::NotAScenario,
                bi!(
                    "filen skal have scenarier og ikke andet for at kunne lægges oven på reglerne",
                    "the file must hold scenarios and nothing else to be laid over the rules"
                ),
            )
            .at(*span)
            .help(bi!(
                "regler læses ved at give deres fil eller mappe; et scenarie begynder med `scenarie navn`",
                "rules are read by giving their file or folder; a scenario starts with `scenario name`"
            )),
            SessionProblem::RingInFile { span } => Diagnostic::new(
                Code::PrecedenceRing,
                bi!(
                    "scenarierne i filen bygger på hinanden i ring",
                    "the scenarios of the file build on each other in a ring"
                ),
            )
            .at(*span),
            SessionProblem::SeveralScenarios { span, names } => {
                let all = names.join("`, `");
                Diagnostic::new(
                    Code::NotAScenario,
                    bi!(
                        "filen har flere scenarier, som ikke bygger på hinanden: `{all}`",
                        "the file has several scenarios that do not build on each other: `{all}`"
                    ),
                )
                .at(*span)
                .help(bi!(
                    "lad ét af dem bygge på de andre (`bygger på a; b`), eller giv dem hver sin fil",
                    "let one of them build on the others (`builds on a; b`), or give each a file of its own"
                ))
            }
            SessionProblem::WhichYear => Diagnostic::new(
                Code::WhichYear,
                bi!("hvilket år skal der regnes for?", "which year is to be computed?"),
            )
            .help(bi!(
                "skriv for eksempel `--year 2025`, eller `:år 2025` i en samtale",
                "write for example `--year 2025`, or `:year 2025` in a conversation"
            )),
            SessionProblem::NoSuchTarget { target, nearest } => {
                let d = Diagnostic::new(
                    Code::NoSuchTarget,
                    bi!(
                        "`{target}` er hverken en klausul, et navn i en klausul eller et udtryk",
                        "`{target}` is neither a clause, a name in a clause nor an expression"
                    ),
                );
                nearest_help(d, nearest.as_ref())
            }
            SessionProblem::PlainQuestion(question) => question.report(),
            SessionProblem::NoSuchEntity { kind, name, loaded, at } => {
                no_such_entity(kind, name, loaded, *at)
            }
            SessionProblem::NoSuchKind { kind, kinds } => {
                let list = kinds.join("`, `");
                Diagnostic::new(
                    Code::NoSuchEntity,
                    bi!(
                        "reglerne har ingen slags, der hedder `{kind}`",
                        "the rules have no kind called `{kind}`"
                    ),
                )
                .help(bi!("de har `{list}`", "they have `{list}`"))
            }
            SessionProblem::NoSuchScenario { name, nearest } => {
                let d = Diagnostic::new(
                    Code::NoSuchScenario,
                    bi!("der er intet scenarie `{name}`", "there is no scenario `{name}`"),
                );
                nearest_help(d, nearest.as_ref())
            }
            SessionProblem::Stopped => Diagnostic::new(
                Code::Stopped,
                bi!("afbrudt, før det var regnet ud", "stopped before it was computed"),
            ),
        }
    }
}
