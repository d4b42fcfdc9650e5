//! What the analyses have settled, and what they could not: a question that is left open is said, never passed over.

use std::collections::BTreeMap;

use super::columns::Value;
use super::conditions::{Subject, called};
use super::open::{Opened, What};
use super::settle::Why;
use super::sweep::Unproved;
use crate::base::{Bi, Span, bi};
use crate::model::{ExprId, KeyTest, Model, NodeKind, Table};
use crate::syntax::ast::Policy;

/// What is proved of the rules, and what stays undecided.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Proofs {
    /// Tables in which exactly one row fits (or, where the table says how several are joined, at least as many as it
    /// needs), whatever the keys are.
    pub complete: Vec<Proved>,
    /// Questions that are left to the evaluation.
    pub undecided: Vec<Undecided>,
    /// Whether everything was looked for; where there are errors, some of it waits until they are mended.
    pub whole: bool,
}

impl Proofs {
    /// Keeps what stands in places that are asked about.
    #[must_use]
    pub fn within(mut self, asked: impl Fn(Span) -> bool) -> Proofs {
        self.complete.retain(|table| asked(table.span));
        self.undecided.retain(|open| asked(open.span));
        self
    }
}

/// A table that is proved complete.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Proved {
    /// Its header.
    pub span: Span,
    /// Its results.
    pub name: String,
}

/// A question that is not decided before anything is computed.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Undecided {
    /// What it is about.
    pub span: Span,
    /// The question.
    pub question: Question,
    /// Why it is not decided.
    pub reason: Reason,
}

/// A question about the rules.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Question {
    /// Whether some row of a table fits, whatever its keys are.
    Covered(String),
    /// Whether two rows of a table can fit at once.
    Overlap(String),
    /// Whether two rows of a table that must agree can fit at once and say different things.
    Disagreement(String),
    /// Whether every row of a table can be reached.
    Reached(String),
    /// Whether a scale has a slice for all that it charges.
    Scale(String),
    /// A question about norms.
    Norm(What),
}

/// Why a question is not decided.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Reason {
    /// It is not declared what a fact can be, or not how small or large it can be.
    NotDeclared(String),
    /// A name is computed, and what it can come to is not followed.
    Computed(String),
    /// A condition compares several facts with each other, computes, or asks about what may be `ingen`.
    SeveralFacts,
    /// A bound or value in a row is computed.
    ComputedCell,
    /// What data must meet may rule it out, but is not understood in full.
    Required,
    /// Keys build on the same facts, and may not be so at once.
    Together,
    /// What rows come to is not compared.
    NotCompared,
    /// There are more combinations than are looked at.
    TooMany,
    /// Why a question about norms is not decided.
    Norm(Why),
}

impl From<Opened> for Undecided {
    fn from(opened: Opened) -> Undecided {
        let reason = match opened.why {
            Why::TooMuch => Reason::TooMany,
            Why::Required => Reason::Required,
            Why::Computed | Why::GivenDate | Why::Around | Why::NotDeclared => Reason::Norm(opened.why),
        };
        Undecided { span: opened.span, question: Question::Norm(opened.what), reason }
    }
}

impl Undecided {
    /// Words the question: ``om `trin` altid har en række``.
    pub fn question(&self) -> Bi {
        match &self.question {
            Question::Covered(name) => {
                bi!("om tabellen `{name}` altid har en række", "whether the table `{name}` always has a row")
            }
            Question::Overlap(name) => bi!(
                "om to rækker i tabellen `{name}` kan passe på én gang",
                "whether two rows of the table `{name}` can fit at once"
            ),
            Question::Disagreement(name) => bi!(
                "om to rækker i tabellen `{name}` kan passe på én gang og sige noget forskelligt",
                "whether two rows of the table `{name}` can fit at once and say different things"
            ),
            Question::Reached(name) => bi!(
                "om hver række i tabellen `{name}` kan nås, eller rækkerne før den tager det hele",
                "whether every row of the table `{name}` can be reached, or the rows before it take everything"
            ),
            Question::Scale(name) => bi!(
                "om trappen `{name}` altid har et trin til det, der er over dens sidste grænse",
                "whether the scale `{name}` always has a slice for what is above its last bound"
            ),
            Question::Norm(what) => what.words(),
        }
    }
    /// Words why it is not decided.
    pub fn reason(&self) -> Bi {
        match &self.reason {
            Reason::NotDeclared(name) => bi!(
                "det er ikke erklæret, hvad `{name}` kan være uden for rækkerne",
                "it is not declared what `{name}` can be beyond the rows"
            ),
            Reason::Computed(name) => bi!(
                "`{name}` regnes ud, og hvad den kan blive, følges ikke",
                "`{name}` is computed, and what it can come to is not followed"
            ),
            Reason::SeveralFacts => bi!(
                "en betingelse sammenligner flere oplysninger, regner med dem eller spørger om noget, der kan være `ingen`",
                "a condition compares several facts, computes with them, or asks about something that may be `none`"
            ),
            Reason::ComputedCell => bi!(
                "en værdi i rækkerne er ikke skrevet, men regnes ud",
                "a value in the rows is not written but computed"
            ),
            Reason::Required => bi!(
                "et `krav` kan udelukke det, men er ikke forstået til bunds",
                "a `require` may rule it out, but is not understood in full"
            ),
            Reason::Together => bi!(
                "nøglerne bygger på de samme oplysninger, og hvad de kan være på én gang, følges ikke",
                "the keys build on the same facts, and what they can be at once is not followed"
            ),
            Reason::NotCompared => bi!(
                "to rækker passer for nogle værdier, og hvad de giver, sammenlignes først, når der regnes",
                "two rows fit for some values, and what they come to is compared only when it is computed"
            ),
            Reason::Norm(why) => why.words(),
            Reason::TooMany => bi!(
                "der er flere kombinationer, end der ses på",
                "there are more combinations than are looked at"
            ),
        }
    }
}

/// What is known of one table in one stretch of time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Verdict {
    /// Something is wrong with it, and that is told; or nobody asked; or it says itself that it need not be complete.
    Faulty,
    /// Nothing is wrong with it, whatever the keys are.
    Complete,
    /// These questions about it could not be settled.
    Undecided(Vec<(Question, Reason)>),
}

impl Verdict {
    /// Adds a question that stays open.
    pub(super) fn and_open(self, question: Question, reason: Reason) -> Verdict {
        match self {
            Verdict::Faulty => Verdict::Faulty,
            Verdict::Complete => Verdict::Undecided(vec![(question, reason)]),
            Verdict::Undecided(open) => {
                Verdict::Undecided(open.into_iter().chain([(question, reason)]).collect())
            }
        }
    }
}

/// The verdicts on all tables. A table that stands in several worlds is complete if it is in all of them.
#[derive(Debug, Default)]
pub(super) struct Verdicts {
    tables: BTreeMap<Proved, Vec<Verdict>>,
}

impl Verdicts {
    pub(super) fn add(&mut self, table: &Table, verdict: Verdict) {
        let proved = Proved { span: table.span, name: table.results.join("; ") };
        self.tables.entry(proved).or_default().push(verdict);
    }
    /// Lists what is proved and what is not, each table once.
    pub(super) fn into_proofs(self) -> Proofs {
        let mut proofs = Proofs::default();
        for (table, verdicts) in self.tables {
            if verdicts.contains(&Verdict::Faulty) {
                continue;
            }
            let open = verdicts.into_iter().flat_map(|verdict| match verdict {
                Verdict::Undecided(open) => open,
                Verdict::Faulty | Verdict::Complete => Vec::new(),
            });
            // Each question once, with the first reason.
            let mut undecided: BTreeMap<Question, Reason> = BTreeMap::new();
            for (question, reason) in open {
                undecided.entry(question).or_insert(reason);
            }
            if undecided.is_empty() {
                proofs.complete.push(table);
                continue;
            }
            let span = table.span;
            let listed = undecided.into_iter();
            proofs.undecided.extend(listed.map(|(question, reason)| Undecided { span, question, reason }));
        }
        proofs
    }
}

/// Says why a table is not proved complete: the first key whose value nobody declared, else what could not be read.
pub(super) fn doubt(
    model: &Model,
    table: &Table,
    subjects: &[(Option<Subject>, String)],
    (left, several_asked): (&Unproved, bool),
) -> (Question, Reason) {
    let name = table.results.join("; ");
    let question =
        |several| if several { Question::Overlap(name.clone()) } else { Question::Covered(name.clone()) };
    if table.policy == Some(Policy::Agree) && matches!(left, Unproved::Values { several: true, .. }) {
        return (Question::Disagreement(name), Reason::NotCompared);
    }
    let Unproved::Values { values, several, reads } = left else {
        return (question(several_asked), Reason::TooMany);
    };
    let beyond = subjects.iter().zip(values).find(|(_, sample)| sample.beyond);
    let reason = match beyond {
        Some(((Some(Subject::Fact(fact)), _), _)) => Reason::NotDeclared(model.facts[*fact].name.clone()),
        // Of days it is not declared which there are, whatever they are computed from.
        Some(((_, key), sample)) if matches!(sample.value, Value::Date(_)) => {
            Reason::NotDeclared(key.clone())
        }
        Some(((Some(subject @ Subject::Year), _), _)) => Reason::NotDeclared(called(model, *subject).0),
        Some(((Some(subject @ Subject::Def(_)), _), _)) => Reason::Computed(called(model, *subject).0),
        Some(((None, key), _)) => Reason::Computed(key.clone()),
        None if *reads => Reason::SeveralFacts,
        None => Reason::Required,
    };
    (question(*several), reason)
}

/// Says that a key's values are not known at all.
pub(super) fn unknown_key(model: &Model, table: &Table, key: Option<(ExprId, &String)>) -> Verdict {
    let reason = match key {
        None => Reason::ComputedCell,
        Some((expr, written)) => match super::conditions::key_subject(model, expr) {
            Some(Subject::Fact(fact)) => Reason::NotDeclared(model.facts[fact].name.clone()),
            Some(Subject::Def(_) | Subject::Year) | None => Reason::Computed(written.clone()),
        },
    };
    let mut cells = table.rows.iter().flat_map(|row| &row.tests).flat_map(KeyTest::children);
    // What is wrong with a cell is told; it says nothing of the table.
    if key.is_none() && cells.any(|cell| matches!(model.node(cell).kind, NodeKind::Invalid)) {
        return Verdict::Faulty;
    }
    let name = table.results.join("; ");
    let otherwise = table.rows.iter().any(super::tables::is_otherwise);
    let covered = (!otherwise).then(|| Question::Covered(name.clone()));
    let several = match table.policy {
        None => Some(Question::Overlap(name)),
        Some(Policy::Agree) => Some(Question::Disagreement(name)),
        Some(Policy::First) => Some(Question::Reached(name)),
        Some(Policy::Linear) => None,
        Some(Policy::Add | Policy::Largest | Policy::Smallest) => return Verdict::Faulty,
    };
    let open = covered.into_iter().chain(several);
    Verdict::Undecided(open.map(|question| (question, reason.clone())).collect())
}
