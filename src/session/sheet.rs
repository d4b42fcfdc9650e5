//! Results for people: a row for each, by clause, with notes below. Renderers draw the table.

use std::collections::BTreeSet;

use super::{Answer, AnswerLine, Target};
use crate::base::Lang;
use crate::diag::Report;
use crate::eval::{Outcome, StepId};
use crate::explain::{Basis, NotesKind, Words, cite_all, notes};
use crate::model::{ClauseId, DefKind};
use crate::types::level_words;
use crate::value::{Level, Status};

/// All results of a question.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sheet {
    /// The language of its words.
    pub lang: Lang,
    /// The results by clause; expressions asked about stand in groups without a title.
    pub groups: Vec<Group>,
}

/// The results of one clause.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Group {
    /// The clause's name; nothing for expressions.
    pub clause: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// What it rests on, worded.
    pub basis: String,
    /// The results.
    pub rows: Vec<Row>,
    /// What should be read with them.
    pub notes: Vec<Remark>,
}

/// One result.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// Its name within the clause, or the expression.
    pub name: String,
    /// For whom.
    pub entity: Option<String>,
    /// The result in words, without what the notes tell.
    pub value: String,
    /// The sign of what should be read with it; see [`Mark::sign`].
    pub marks: Vec<Mark>,
}

/// Why a result should not be read alone.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Mark {
    /// It could not be computed.
    Error,
    /// It is unknown.
    Missing,
    /// It does not apply.
    NotInForce,
    /// A what-if, a scenario or data stand in for something the text states.
    Changed,
    /// It rests on figures that are not final.
    Uncertain,
    /// It rests on a reading of an unclear passage.
    Reading,
}

/// A note below the results of a clause.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Remark {
    /// What it is about.
    pub mark: Mark,
    /// The note.
    pub text: String,
}

impl Mark {
    /// Returns the sign that stands beside a result and before its note.
    pub fn sign(self) -> &'static str {
        match self {
            Mark::Error => "!",
            Mark::Missing => "?",
            Mark::NotInForce => "-",
            Mark::Changed => "#",
            Mark::Uncertain => "~",
            Mark::Reading => "*",
        }
    }
}

/// Lays the answer to a question out for reading.
pub fn sheet(answer: &Answer, lang: Lang) -> Sheet {
    let mut sheet = Sheet { lang, groups: Vec::new() };
    let mut open: Option<ClauseId> = None;
    let mut gathered = Vec::new();
    for line in &answer.lines {
        let clause = clause_of(answer, line);
        if sheet.groups.is_empty() || clause != open {
            sheet.groups.push(group(answer, clause, lang));
            open = clause;
        }
        if let Some(group) = sheet.groups.last_mut() {
            let (row, remarks) = row(answer, line, lang);
            group.rows.push(row);
            remarks.into_iter().for_each(|remark| gather(&mut gathered, sheet.groups.len(), remark));
        }
    }
    for Gathered { place, remark, whose } in gathered {
        let text = named(&whose, remark.text, lang);
        if let Some(group) = sheet.groups.get_mut(place.saturating_sub(1)) {
            group.notes.push(Remark { text, ..remark });
        }
    }
    sheet.groups.iter_mut().for_each(|group| group.notes.sort_by_key(|remark| remark.mark));
    sheet
}

/// A note that may be about several results, of the group at a place.
struct Gathered {
    place: usize,
    remark: Remark,
    whose: Vec<String>,
}

/// Adds a note; what has been said already is not said again, only of whom.
fn gather(all: &mut Vec<Gathered>, place: usize, (remark, whose): (Remark, Option<String>)) {
    match all.iter_mut().find(|gathered| gathered.place == place && gathered.remark == remark) {
        Some(said) => said.whose.extend(whose.filter(|whose| !said.whose.contains(whose))),
        None => all.push(Gathered { place, remark, whose: whose.into_iter().collect() }),
    }
}

/// Results named before a note that is about several of them; more are counted.
const NAMED: usize = 6;

fn named(whose: &[String], text: String, lang: Lang) -> String {
    if whose.is_empty() {
        return text;
    }
    let names = whose.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
    match whose.len().saturating_sub(NAMED) {
        0 => format!("{names}: {text}"),
        more => {
            let more = lang.pick(format!("og {more} til"), format!("and {more} more"));
            format!("{names} {more}: {text}")
        }
    }
}

fn clause_of(answer: &Answer, line: &AnswerLine) -> Option<ClauseId> {
    match line.target {
        Target::Def(def) => Some(answer.plan.model.defs[def].clause),
        Target::Expr(_) => None,
    }
}

fn group(answer: &Answer, clause: Option<ClauseId>, lang: Lang) -> Group {
    let data = clause.map(|clause| &answer.plan.model.clauses[clause]);
    let basis = data.map(|data| Basis::all(&data.basis, lang)).unwrap_or_default();
    Group {
        clause: data.map(|data| data.full.clone()),
        title: data.and_then(|data| data.title.clone()),
        basis: cite_all(&basis),
        rows: Vec::new(),
        notes: Vec::new(),
    }
}

fn row(answer: &Answer, line: &AnswerLine, lang: Lang) -> (Row, Vec<(Remark, Option<String>)>) {
    let words = answer.words(lang);
    let name = match line.target {
        Target::Def(def) => words.short_name(def),
        Target::Expr(_) => line.name.clone(),
    };
    let entity = line.entity.map(|entity| words.entity(entity).to_owned());
    let remarks = remarks(answer, line, words);
    let marks: BTreeSet<Mark> = remarks.iter().map(|remark| remark.mark).collect();
    let row = Row { name, entity, value: in_short(answer, line, lang), marks: marks.into_iter().collect() };
    let who = row.entity.as_ref().map(|entity| format!("{entity}.")).unwrap_or_default();
    let whose = format!("{who}{}", row.name);
    // What went wrong is said with the results that it strikes.
    let whose = |remark: &Remark| (remark.mark == Mark::Error).then(|| whose.clone());
    let remarks = remarks.into_iter().map(|remark| {
        let whose = whose(&remark);
        (remark, whose)
    });
    let remarks = remarks.collect();
    (row, remarks)
}

/// Words a result without what lies behind it: what is missing, why it does not apply, what went wrong.
pub fn in_short(answer: &Answer, line: &AnswerLine, lang: Lang) -> String {
    let words = answer.words(lang);
    let (outcome, (ty, show)) = (answer.outcome(line), answer.typed(line));
    let condition = match line.target {
        Target::Def(def) => answer.plan.model.defs[def].kind == DefKind::Condition,
        Target::Expr(_) => false,
    };
    match outcome {
        Outcome::Value(_) if condition => match outcome.as_truth() {
            Some(true) => lang.pick("opfyldt", "met").to_owned(),
            Some(false) | None => lang.pick("ikke opfyldt", "not met").to_owned(),
        },
        Outcome::Value(_) => {
            let shown = words.outcome(outcome, ty, show);
            match other_level(answer, line) {
                Some(level) => format!("{shown} ({})", level_words(level).get(lang)),
                None => shown,
            }
        }
        Outcome::Unknown(unknown) => match words.bounds(&unknown.bounds, ty, show) {
            Some(known) => format!("{}, {known}", lang.pick("ukendt", "unknown")),
            None => lang.pick("ukendt", "unknown").to_owned(),
        },
        Outcome::DoesNotApply(_) => lang.pick("gælder ikke", "does not apply").to_owned(),
        Outcome::Error(problem) => format!("{} {}", lang.pick("fejl", "error"), problem.report().code.id()),
    }
}

/// The price level of an amount, where it is another than that of its agreement: such amounts do not add to the others.
fn other_level(answer: &Answer, line: &AnswerLine) -> Option<Level> {
    let model = &answer.plan.model;
    answer.outcome(line).as_number()?;
    let level = super::results::level(answer, answer.typed(line).0)?;
    let usual = match line.target {
        Target::Def(def) => model.header_level(model.defs[def].clause),
        Target::Expr(_) => model.agreements.first().map_or(Level::Current, |agreement| agreement.level),
    };
    (level != usual).then_some(level)
}

fn remarks(answer: &Answer, line: &AnswerLine, words: Words<'_>) -> Vec<Remark> {
    let mut all: Vec<Remark> = state_remark(answer, line, words).into_iter().collect();
    if matches!(answer.outcome(line), Outcome::Error(_) | Outcome::DoesNotApply(_)) {
        return all;
    }
    let uncertain = answer.outcome(line).status() != Status::Final;
    let footings = answer.footings();
    let changed = footings.is_hypothetical(line.step);
    if uncertain || changed || !footings.assumptions(line.step).is_empty() {
        all.extend(noted(answer, line.step, (uncertain, changed), words));
    }
    all
}

/// The marks of a result beside its words: that it is changed, uncertain, or rests on a reading. States say themselves
/// what they are.
pub fn marks(answer: &Answer, line: &AnswerLine, lang: Lang) -> BTreeSet<Mark> {
    let all = remarks(answer, line, answer.words(lang)).into_iter().map(|remark| remark.mark);
    let beside = |mark: &Mark| match mark {
        Mark::Changed | Mark::Uncertain | Mark::Reading => true,
        Mark::Error | Mark::Missing | Mark::NotInForce => false,
    };
    all.filter(beside).collect()
}

fn state_remark(answer: &Answer, line: &AnswerLine, words: Words<'_>) -> Option<Remark> {
    let lang = words.lang;
    match answer.outcome(line) {
        Outcome::Value(_) => None,
        Outcome::Unknown(unknown) => {
            let missing = words.missing_list(unknown);
            Some(Remark {
                mark: Mark::Missing,
                text: format!("{} {missing}", lang.pick("mangler", "missing")),
            })
        }
        Outcome::DoesNotApply(reason) => Some(Remark { mark: Mark::NotInForce, text: words.reason(*reason) }),
        Outcome::Error(problem) => {
            let report = problem.report();
            let mut text = format!("{} {}", report.code.id(), report.message.get(lang));
            if problem.needs_day() {
                text.push_str(lang.pick("; spørg om en bestemt dag", "; ask about a certain day"));
            }
            Some(Remark { mark: Mark::Error, text })
        }
    }
}

/// The notes that an explanation would give, without the tree.
fn noted(answer: &Answer, step: StepId, (uncertain, changed): (bool, bool), words: Words<'_>) -> Vec<Remark> {
    let mut all = Vec::new();
    for notes in notes(words, &answer.trace, step) {
        let mark = match notes.kind {
            NotesKind::Uncertain if uncertain => Mark::Uncertain,
            NotesKind::Changed if changed => Mark::Changed,
            NotesKind::Assumptions => Mark::Reading,
            NotesKind::Uncertain | NotesKind::Changed | NotesKind::Missing => continue,
            NotesKind::Facts | NotesKind::Idle | NotesKind::Search => continue,
        };
        all.extend(notes.items.iter().map(|item| Remark { mark, text: item.line(words.lang) }));
    }
    all
}
