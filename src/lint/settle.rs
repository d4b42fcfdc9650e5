//! Whether conditions can be so together at a time: proved never to be, shown by values that make them so, or left open
//! with the reason. Only what data may be counts as shown: what a requirement refuses, or may refuse, shows nothing.

use std::collections::BTreeMap;

use super::columns::{Sample, Value};
use super::conditions::{Reader, Subject, Subjects, resolved};
use super::forms::{FormId, Forms};
use super::reached::Reached;
use super::sweep::{Asked, Found, sweep};
use crate::model::{DefId, ExprId, FactId, Model, NodeKind, OverTarget, Requirement};
use crate::value::{Interval, Number};

/// What came of a question.
#[derive(Clone, Debug)]
pub(super) enum Settled {
    /// No values make it so.
    Never,
    /// These do.
    Shown(Shown),
    /// It could be neither proved nor shown.
    Open(Why),
}

/// Values that make something so.
#[derive(Clone, Debug)]
pub(super) struct Shown {
    /// Of each subject one, with the others that it could have.
    pub(super) values: Vec<(Subject, Sample)>,
    /// What else may be tried for a subject that decides nothing of the question.
    pub(super) others: BTreeMap<Subject, Vec<Sample>>,
}

/// Why a question was left open.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Why {
    /// Something in it is computed, compared with another value at hand, or read elsewhere.
    Computed,
    /// A date that data give decides.
    GivenDate,
    /// What data must meet may rule it out, but is not understood in full.
    Required,
    /// What must be so where it is read may rule it out, but is not understood in full.
    Around,
    /// It is not declared what a fact can be.
    NotDeclared,
    /// There is too much to try.
    TooMuch,
}

/// Conditions that are asked to be so all together, or not to be.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) all: Vec<ExprId>,
    pub(super) holds: bool,
    /// Whether something that cannot be read belongs to them.
    pub(super) open: bool,
}

/// What is asked.
#[derive(Clone, Debug, Default)]
pub(super) struct Question {
    /// All of these are to be so.
    pub(super) parts: Vec<Part>,
    /// What else is to have a value in what is shown.
    pub(super) also: Vec<(Subject, ExprId)>,
    /// Whether something beside the parts decides as well, which cannot be read.
    pub(super) unread: Option<Why>,
}

impl Part {
    /// Something that is to be so.
    pub(super) fn met(condition: ExprId) -> Part {
        Part { all: vec![condition], holds: true, open: false }
    }
    /// Conditions that are not all to be so.
    pub(super) fn unmet(all: Vec<ExprId>) -> Part {
        Part { all, holds: false, open: false }
    }
}

impl Question {
    fn conditions(&self) -> impl Iterator<Item = ExprId> {
        self.parts.iter().flat_map(|part| part.all.iter().copied())
    }
}

/// What data must meet, by the facts that it is about.
#[derive(Clone, Debug)]
pub(super) struct Required<'m> {
    model: &'m Model,
    by_fact: BTreeMap<FactId, Vec<usize>>,
}

impl<'m> Required<'m> {
    /// Reads the requirements once.
    pub(super) fn of(model: &'m Model) -> Required<'m> {
        let mut by_fact: BTreeMap<FactId, Vec<usize>> = BTreeMap::new();
        for (at, requirement) in model.requirements.iter().enumerate() {
            for fact in Reached::by(model, [requirement.condition]).facts() {
                by_fact.entry(fact).or_default().push(at);
            }
        }
        Required { model, by_fact }
    }

    /// Returns the rules that they belong to.
    pub(super) fn model(&self) -> &'m Model {
        self.model
    }

    fn about<'a>(&self, subjects: impl IntoIterator<Item = &'a Subject>) -> Vec<&'m Requirement> {
        let facts = subjects.into_iter().filter_map(|subject| match subject {
            Subject::Fact(fact) => self.by_fact.get(fact),
            Subject::Def(_) | Subject::Year => None,
        });
        let mut places: Vec<usize> = facts.flatten().copied().collect();
        places.sort_unstable();
        places.dedup();
        places.into_iter().map(|at| &self.model.requirements[at]).collect()
    }
}

/// Tells whether something is required whenever a time is asked about; what is required at times may excuse, but never
/// proves.
pub(super) fn always_required(model: &Model, requirement: &Requirement, time: Interval) -> bool {
    let in_force = requirement.clause.and_then(|clause| model.clauses[clause].in_force);
    let in_force = in_force.unwrap_or(Interval::always());
    let always = requirement.exception.is_none() && requirement.given.is_empty();
    always && requirement.interval.covers(time) && in_force.covers(time)
}

/// Tells whether a condition asks about anything: `ja` alone is a statement, and is meant to hold. So is a switch that the
/// text sets to `nej` and a reading to `ja`.
pub(super) fn asks_something(model: &Model, condition: ExprId) -> bool {
    match model.node(resolved(model, condition)).kind {
        NodeKind::Bool(_) => false,
        NodeKind::Def(def) => !is_switch(model, def),
        _ => true,
    }
}

/// Tells whether a definition is written out as yes or no in every layer.
fn is_switch(model: &Model, def: DefId) -> bool {
    let data = &model.defs[def];
    let laid = model.overrides.iter().filter(|over| over.target == OverTarget::Def(def));
    let mut bodies = data.bodies().chain(laid.map(|over| over.value)).peekable();
    bodies.peek().is_some() && bodies.all(|body| matches!(model.node(body).kind, NodeKind::Bool(_)))
}

/// Settles a question for a time.
pub(super) fn settle(required: &Required<'_>, question: &Question, time: Interval) -> Settled {
    if time.is_empty() {
        return Settled::Never;
    }
    let model = required.model;
    let mut subjects = Subjects::default();
    question.conditions().for_each(|condition| subjects.add(model, condition));
    question.also.iter().for_each(|(subject, node)| subjects.also(*subject, *node));
    let about = required.about(subjects.all());
    about.iter().for_each(|requirement| subjects.add(model, requirement.condition));
    let years = (time.from.map(|first| first.year()), time.last().map(|last| last.year()));
    let all: Vec<(Subject, Vec<Sample>)> = subjects
        .samples(model, years)
        .into_iter()
        .map(|(subject, samples)| {
            (subject, samples.into_iter().map(|one| stands(subject, one, years)).collect())
        })
        .collect();
    let mut asking = Asking::new(model, &all, question);
    if !asking.can_be() {
        return if asking.whole { Settled::Never } else { Settled::Open(Why::TooMuch) };
    }
    let open = question.unread.unwrap_or(if asking.whole { Why::Computed } else { Why::TooMuch });
    if question.unread.is_some() {
        return Settled::Open(open);
    }
    let Some(values) = asking.shown(&about, time) else {
        let refused = !about.is_empty() && asking.whole && asking.shown(&[], time).is_some();
        return Settled::Open(if refused { Why::Required } else { open });
    };
    let decided: Vec<Subject> = asking.subjects_asked();
    let subjects: Vec<Subject> = all.iter().map(|(subject, _)| *subject).collect();
    let idle = |subject: &Subject| !decided.contains(subject) && required.about([subject]).is_empty();
    let others = all.iter().filter(|(subject, _)| idle(subject)).cloned().collect();
    Settled::Shown(Shown { values: subjects.into_iter().zip(values).collect(), others })
}

/// Whether a value can be given. A year can be asked about where anything holds in it.
fn stands(subject: Subject, sample: Sample, years: (Option<i16>, Option<i16>)) -> Sample {
    let possible = match (subject, &sample.value) {
        (Subject::Year, Value::Number(year)) => {
            let number = |year: i16| Number::from_i64(i64::from(year));
            years.0.is_none_or(|first| number(first) <= *year)
                && years.1.is_none_or(|last| *year <= number(last))
        }
        // A text that no line names can be given as well.
        (Subject::Fact(_), _) => true,
        (_, _) => sample.possible,
    };
    Sample { possible, beyond: !possible, ..sample }
}

/// One question as formulas over the values that are tried.
struct Asking<'a> {
    model: &'a Model,
    all: &'a [(Subject, Vec<Sample>)],
    samples: Vec<Vec<Sample>>,
    forms: Forms,
    parts: Vec<FormId>,
    asked: &'a Question,
    whole: bool,
}

impl<'a> Asking<'a> {
    fn new(model: &'a Model, all: &'a [(Subject, Vec<Sample>)], asked: &'a Question) -> Asking<'a> {
        let mut forms = Forms::default();
        let mut reader = Reader::new(model, positions(all));
        let parts = asked.parts.iter().map(|part| {
            let mut all: Vec<FormId> = part.all.iter().map(|one| reader.read(&mut forms, *one)).collect();
            if part.open {
                all.push(forms.open());
            }
            let form = forms.all(all);
            if part.holds { form } else { forms.not(form) }
        });
        let parts = parts.collect();
        let samples = all.iter().map(|(_, samples)| samples.clone()).collect();
        Asking { model, all, samples, forms, parts, asked, whole: true }
    }

    /// Tells whether anything can make all parts so.
    fn can_be(&mut self) -> bool {
        let mut forms = self.forms.clone();
        let row = forms.all(self.parts.iter().copied());
        let always = forms.known(true);
        let found = self.sweep(forms, &Asked::whether_held(vec![row], always));
        self.whole = found.whole;
        found.hit.contains(&true)
    }

    /// Finds values that surely make all parts so, and that data may be.
    fn shown(&mut self, about: &[&Requirement], time: Interval) -> Option<Vec<Sample>> {
        let mut forms = self.forms.clone();
        let mut reader = Reader::new(self.model, positions(self.all));
        let required: Vec<FormId> = about
            .iter()
            .map(|requirement| {
                let form = reader.read(&mut forms, requirement.condition);
                let open = forms.open();
                let always = always_required(self.model, requirement, time);
                if always { form } else { forms.one([form, open]) }
            })
            .collect();
        let required = forms.all(required);
        let met = forms.all(self.parts.iter().copied());
        let row = forms.not(met);
        let always = forms.known(true);
        let asked = Asked { gaps: true, required, ..Asked::whether_held(vec![row], always) };
        self.sweep(forms, &asked).gap.filter(|shown| shown.certain).map(|shown| shown.values)
    }

    fn sweep(&self, forms: Forms, asked: &Asked) -> Found {
        sweep(forms, &self.samples, asked)
    }

    /// The subjects that the parts ask about.
    fn subjects_asked(&self) -> Vec<Subject> {
        let mut subjects = Subjects::default();
        self.asked.conditions().for_each(|condition| subjects.add(self.model, condition));
        subjects.all().copied().collect()
    }
}

fn positions(all: &[(Subject, Vec<Sample>)]) -> impl Iterator<Item = (Subject, (usize, &[Sample]))> {
    all.iter().enumerate().map(|(at, (subject, samples))| (*subject, (at, samples.as_slice())))
}
