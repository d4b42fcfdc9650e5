//! The results of several answers side by side, by name and for whom.

use super::column::{Column, Side};
use super::moved::{Difference, difference};
use crate::base::SourceMap;
use crate::diag::{Code, Diagnostic, Problems};
use crate::explore::Refused;
use crate::facts::EntityId;
use crate::session::{Answer, AnswerLine, Question, Target};
use crate::types::entity_read;

/// Answers side by side. The first is the one that the others are compared with.
#[derive(Clone, Debug)]
pub struct Comparison<'a> {
    /// The answers.
    pub answers: Vec<&'a Answer>,
    /// The results, in the order of the first answer, then those that only others have.
    pub results: Vec<Compared>,
}

/// One result in all columns.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Compared {
    /// Its full name, or the expression as asked.
    pub name: String,
    /// For each for whom it is told.
    pub rows: Vec<Row>,
}

/// A result for one, or for all.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// For whom; `None` where it is the same for all.
    pub who: Option<Who>,
    /// Its line in each answer, by position; `None` where the answer has no such result, or not for this one.
    pub cells: Vec<Option<usize>>,
}

/// One of a kind, by name: in two worlds the same one goes by the same name.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Who {
    /// The kind.
    pub kind: String,
    /// The name.
    pub name: String,
}

/// Asks in a world and in columns beside it; the answers stand in that order.
///
/// # Errors
/// What stands in the way of an answer, with the position of the column: 0 is the world itself.
pub fn asked_of_all(
    base: &Side,
    columns: &[Column],
    targets: &[String],
    only: &[(String, String)],
) -> Result<Vec<Answer>, (usize, Box<Refused>)> {
    let mut answers = vec![asked(base, targets, only).map_err(|refused| (0, refused))?];
    for (at, column) in columns.iter().enumerate() {
        let side = column.side();
        let answer = side.ask(targets, only);
        answers.push(answer.map_err(|problems| (at + 1, refused(&side, problems)))?);
    }
    // What no column has is a slip; what only some have is told as what it is.
    let nowhere =
        |asked: &usize| answers.iter().all(|answer| answer.lines.iter().all(|line| line.asked != *asked));
    let is_wrong = !targets.is_empty() && (0..targets.len()).any(|asked| nowhere(&asked));
    match answers.first().filter(|_| is_wrong) {
        Some(first) => {
            Err((0, Box::new(Refused { problems: first.problems.clone(), sources: first.sources.clone() })))
        }
        None => Ok(answers),
    }
}

/// Asks in one world.
///
/// # Errors
/// What stands in the way of an answer.
pub fn asked(side: &Side, targets: &[String], only: &[(String, String)]) -> Result<Answer, Box<Refused>> {
    let question = Question { targets: targets.to_vec(), moment: side.moment, only: only.to_vec() };
    side.session.ask(&question).map_err(|problems| refused(side, problems))
}

fn refused(side: &Side, problems: Problems) -> Box<Refused> {
    Box::new(Refused { problems, sources: side.session.sources().clone() })
}

impl<'a> Comparison<'a> {
    /// Puts answers side by side.
    pub fn of(answers: Vec<&'a Answer>) -> Comparison<'a> {
        let mut names: Vec<&str> = Vec::new();
        let mut seen = std::collections::BTreeSet::new();
        for line in answers.iter().flat_map(|answer| &answer.lines) {
            if seen.insert(line.name.as_str()) {
                names.push(&line.name);
            }
        }
        let by_name: Vec<_> = answers.iter().map(|answer| by_name(answer)).collect();
        let result = |name: &&str| {
            let lines: Vec<&[usize]> =
                by_name.iter().map(|all| all.get(name).map(Vec::as_slice).unwrap_or_default()).collect();
            Compared { name: (*name).to_owned(), rows: rows(&answers, &lines) }
        };
        let results = names.iter().map(result).collect();
        Comparison { answers, results }
    }
    /// Returns the line of a cell with its answer.
    pub fn line(&self, row: &Row, column: usize) -> Option<(&'a Answer, &'a AnswerLine)> {
        let answer = self.answers.get(column).copied()?;
        let at = row.cells.get(column).copied().flatten()?;
        answer.lines.get(at).map(|line| (answer, line))
    }
    /// Returns how a cell differs from the first of its row.
    pub fn difference(&self, row: &Row, column: usize) -> Difference {
        difference(self.line(row, 0), self.line(row, column))
    }
    /// Tells whether a row differs in any column. What is unknown within the same bounds is so whatever is missing.
    pub fn differs(&self, row: &Row) -> bool {
        let same = |found: Difference| matches!(found, Difference::Same | Difference::Lack);
        (1..self.answers.len()).any(|column| !same(self.difference(row, column)))
    }
    /// Tells whether something else is missing for a row in any column.
    pub fn lacks_other(&self, row: &Row) -> bool {
        (1..self.answers.len()).any(|column| self.difference(row, column) == Difference::Lack)
    }
}

fn by_name(answer: &Answer) -> std::collections::BTreeMap<&str, Vec<usize>> {
    let mut all: std::collections::BTreeMap<&str, Vec<usize>> = std::collections::BTreeMap::new();
    for (at, line) in answer.lines.iter().enumerate() {
        all.entry(&line.name).or_default().push(at);
    }
    all
}

/// The rows of one name. A result that one answer has for all and another for each stands for each of them.
fn rows(answers: &[&Answer], lines: &[&[usize]]) -> Vec<Row> {
    let line = |column: usize, at: usize| answers.get(column).and_then(|a| Some((*a, a.lines.get(at)?)));
    let who_of = |column: usize, at: usize| {
        let (answer, line) = line(column, at)?;
        line.entity.map(|entity| who(answer, entity))
    };
    let mut everybody: Vec<Who> = Vec::new();
    for (column, own) in lines.iter().enumerate() {
        for who in own.iter().filter_map(|at| who_of(column, *at)) {
            if !everybody.contains(&who) {
                everybody.push(who);
            }
        }
    }
    let for_all = |column: usize| {
        let own = lines.get(column)?.iter().copied();
        own.into_iter().find(|at| who_of(column, *at).is_none())
    };
    if everybody.is_empty() {
        return vec![Row { who: None, cells: (0..answers.len()).map(for_all).collect() }];
    }
    let cell = |column: usize, who: &Who| {
        let own = lines.get(column)?.iter().copied();
        let exact = own.into_iter().find(|at| who_of(column, *at).as_ref() == Some(who));
        // Where nobody is there, what would hold for each of them holds for none of the others.
        exact.or_else(|| {
            for_all(column).filter(|at| !line(column, *at).is_some_and(|(a, l)| is_for_each(a, l)))
        })
    };
    let row = |who: &Who| {
        let cells = (0..answers.len()).map(|column| cell(column, who)).collect();
        Row { who: Some(who.clone()), cells }
    };
    everybody.iter().map(row).collect()
}

pub(super) fn who(answer: &Answer, entity: EntityId) -> Who {
    let entity = answer.facts.get(entity);
    Who { kind: answer.plan.model.kinds[entity.kind].name.clone(), name: entity.name.clone() }
}

/// Tells whether a result is one for each of a kind, also where none of it are there.
fn is_for_each(answer: &Answer, line: &AnswerLine) -> bool {
    let model = &answer.plan.model;
    match line.target {
        Target::Def(def) => {
            model.defs[def].per_entity && model.clauses[model.defs[def].clause].each.is_some()
        }
        Target::Expr(expr) => entity_read(model, expr).is_some(),
    }
}

/// Tells whether a finding only says that there is no result of a name that was asked for; another column may have it.
pub fn is_only_absent(found: &Diagnostic, sources: &SourceMap, targets: &[String]) -> bool {
    match found.code {
        Code::NoSuchTarget => true,
        Code::UndefinedName => {
            // What was asked for is a text of its own, called by its own words.
            let text = found.span().map(|span| sources.file(span.file));
            text.is_some_and(|text| text.name == text.text && targets.contains(&text.text))
        }
        _ => false,
    }
}
