//! What is to be computed of each row, made ready once.

use std::collections::BTreeSet;

use super::fast::{Fast, Ready};
use super::problem::RowsProblem;
use super::slow;
use super::tally::Tally;
use super::write;
use crate::base::{Lang, SourceMap};
use crate::diag::Problems;
use crate::eval::{Outcome, requirements};
use crate::facts::{Facts, Moment, RawData, RowTable, bind};
use crate::machine::{Target, Why};
use crate::model::{DefId, KindId, Model, Ty};
use crate::plan::{Plan, Valid};
use crate::session::{Bound, Session};
use crate::value::Number;

/// What is asked about rows.
pub struct JobAsked<'a> {
    /// The kind whose entities they are, as the command line names it.
    pub kind: &'a str,
    /// Clauses and definitions; everything that is computed for each, where none is named.
    pub targets: &'a [String],
    /// The moment asked about.
    pub moment: Option<Moment>,
    /// The name of the table.
    pub name: &'a str,
    /// Its beginning.
    pub beginning: &'a str,
    /// The language of what is written.
    pub lang: Lang,
}

/// Rows that can be computed: rules, data for all, a table looked at, and code.
pub struct Job {
    pub(super) plan: Valid<Plan>,
    pub(super) shared: RawData,
    pub(super) facts: Facts,
    pub(super) moment: Moment,
    pub(super) kind: KindId,
    pub(super) results: Vec<DefId>,
    pub(super) lang: Lang,
    pub(super) name: String,
    pub(super) sources: SourceMap,
    /// The table.
    pub table: RowTable,
    fast: Option<Fast>,
    /// What was found in the rules, in the data for all and in the headings.
    pub problems: Problems,
}

/// Some rows as they stand in the table.
#[derive(Clone, Debug, Default)]
pub struct Block {
    /// Their cells, one record a row.
    pub rows: Vec<Line>,
}

/// One row.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its number in the table, as a spreadsheet counts.
    pub number: usize,
    /// Its cells.
    pub cells: csv::ByteRecord,
}

/// What came of some rows.
#[derive(Clone, Debug, Default)]
pub struct Written {
    /// Lines of results.
    pub results: Vec<u8>,
    /// Lines of rejected rows.
    pub rejects: Vec<u8>,
    /// What they came to.
    pub tally: Tally,
}

/// Makes ready what is asked about rows.
///
/// # Errors
/// When the rules or the data for all are wrong, or what is asked for cannot be computed row by row.
pub fn job(session: &Session, asked: &JobAsked<'_>) -> Result<Job, Box<NotReady>> {
    let mut sources = session.sources().clone();
    made(session, asked, &mut sources).map_err(|problems| Box::new(NotReady { problems, sources }))
}

/// Why rows cannot be computed.
#[derive(Clone, Debug)]
pub struct NotReady {
    /// What was found.
    pub problems: Problems,
    /// The texts that it points into.
    pub sources: SourceMap,
}

fn made(session: &Session, asked: &JobAsked<'_>, sources: &mut SourceMap) -> Result<Job, Problems> {
    let Bound { plan, facts, moment, mut problems } = session.bound(asked.moment);
    let Some(moment) = moment else {
        problems.report(&crate::session::SessionProblem::WhichYear);
        return Err(problems);
    };
    if problems.has_errors() {
        return Err(problems);
    }
    let model = &plan.model;
    let Some(kind) = model.find_kind(asked.kind) else {
        let kinds = model.kinds.iter().map(|kind| kind.name.clone()).collect();
        return Err(refused(problems, &RowsProblem::NoKind { kind: asked.kind.to_owned(), kinds }));
    };
    let word = model.kinds[kind].name.clone();
    if session.data().entities.iter().any(|entity| model.find_kind(&entity.kind) == Some(kind)) {
        return Err(refused(problems, &RowsProblem::InData { kind: word }));
    }
    let column = session.key_column(asked.kind);
    let looked = RowTable::look(asked.name, asked.beginning, (&word, column), sources, &mut problems);
    let Some(table) = looked.filter(|_| !problems.has_errors()) else { return Err(problems) };
    let judged = requirements(&plan, &facts, moment, session.run_limits());
    let wanted =
        wanted(model, kind, asked.targets, &word).map_err(|problem| refused(problems.clone(), &problem))?;
    let made = Ready { plan: &plan, facts: &facts, refused: &judged.refused, moment, kind, table: &table };
    let compiled = made.compiled(&wanted, asked.beginning);
    if compiled.unready == Some(Why::OtherRows) {
        return Err(refused(problems, &RowsProblem::RequiredOfAll { kind: word }));
    }
    // What reads other rows is left out where everything was asked for, and refused where it was named.
    let others: BTreeSet<DefId> = compiled
        .made
        .iter()
        .filter(|made| made.known == Err(Why::OtherRows))
        .filter_map(|made| match made.target {
            Target::Def(def) => Some(def),
            Target::Expr(_) => None,
        })
        .collect();
    if let (Some(def), false) = (others.iter().next(), asked.targets.is_empty()) {
        let name = model.full_name(*def);
        return Err(refused(problems, &RowsProblem::OtherRows { name, kind: word }));
    }
    let results: Vec<DefId> = wanted.into_iter().filter(|def| !others.contains(def)).collect();
    if results.is_empty() {
        return Err(refused(problems, &RowsProblem::Nothing { kind: word }));
    }
    let compiled = made.compiled(&results, asked.beginning);
    let fast = Fast::new(compiled, model, &facts, (kind, moment, &table));
    let mut job = Job {
        plan: plan.clone(),
        shared: session.data().clone(),
        facts,
        moment,
        kind,
        results,
        lang: asked.lang,
        name: asked.name.to_owned(),
        sources: sources.clone(),
        table,
        fast,
        problems,
    };
    job.look_at_headings(asked.beginning);
    Ok(job)
}

fn refused(mut problems: Problems, problem: &RowsProblem) -> Problems {
    problems.report(problem);
    problems
}

/// The definitions asked for, of those that are computed for each of a kind.
fn wanted(model: &Model, kind: KindId, targets: &[String], word: &str) -> Result<Vec<DefId>, RowsProblem> {
    let own = |def: &DefId| {
        let data = &model.defs[*def];
        let clause = data.clause;
        data.per_entity
            && model.clauses[clause].each == Some(kind)
            && data.local_to.is_none()
            && !model.is_imported(clause)
    };
    let all: Vec<DefId> = model.defs.ids().filter(own).collect();
    if targets.is_empty() {
        return Ok(all);
    }
    let mut wanted = Vec::new();
    for target in targets {
        let named = |def: &&DefId| {
            model.is_clause(model.defs[**def].clause, target)
                || model.is_def(**def, target)
                || model.defs[**def].name == *target
        };
        let found: Vec<DefId> = all.iter().filter(named).copied().collect();
        if found.is_empty() {
            let (target, kind) = (target.clone(), word.to_owned());
            return Err(RowsProblem::NotOfRows { target, kind });
        }
        wanted.extend(found);
    }
    let mut seen = BTreeSet::new();
    wanted.retain(|def| seen.insert(*def));
    Ok(wanted)
}

impl Job {
    /// Binds the headings with an empty row, so that names nobody knows are told once.
    fn look_at_headings(&mut self, beginning: &str) {
        let first = beginning.get(self.table.body..).and_then(|rest| rest.lines().next()).unwrap_or("");
        let mut found = Problems::new();
        let row =
            self.table.row((&self.name, first, self.table.head_line + 1), &mut self.sources, &mut found);
        let mut bound = Problems::new();
        let known = bind(&self.plan.model, &row, self.moment, &self.sources, &mut bound);
        drop(known);
        // What is wrong with the row itself is told when it is computed.
        for finding in bound.sorted() {
            if finding.severity == crate::diag::Severity::Warning {
                self.problems.push(finding);
            }
        }
    }

    /// Computes some rows.
    pub fn run(&self, worker: &mut Worker, block: &Block) -> Written {
        let mut written = Written { tally: Tally::of(self.results.len()), ..Written::default() };
        written.tally.rows = block.rows.len() as u64;
        match (&self.fast, &mut worker.0) {
            (Some(fast), Some(state)) => fast.run(self, state, &block.rows, &mut written),
            (_, _) => block.rows.iter().for_each(|line| self.carefully(line, &mut written)),
        }
        written
    }

    /// What one thread needs to compute rows.
    pub fn worker(&self) -> Worker {
        Worker(self.fast.as_ref().and_then(Fast::state))
    }

    /// Reads and computes one row as if it were asked about alone.
    pub(super) fn carefully(&self, line: &Line, written: &mut Written) {
        match slow::computed(self, line) {
            Ok(outcomes) => self.write(line, &outcomes, written),
            Err(rejected) => {
                written.tally.rejected += 1;
                rejected.write(self, line, &mut written.rejects);
            }
        }
    }

    fn write(&self, line: &Line, outcomes: &[Outcome], written: &mut Written) {
        let to = &mut written.results;
        write::text(to, &self.key_of(line), self.table.separator);
        for ((outcome, def), total) in outcomes.iter().zip(&self.results).zip(&mut written.tally.totals) {
            to.push(self.table.separator);
            match outcome {
                Outcome::Value(value) => {
                    total.values += 1;
                    let sum = self.cell(to, &value.datum, &self.plan.model.defs[*def].ty);
                    if let Some(number) = sum {
                        total.sum = total.sum.add(&number);
                    }
                }
                Outcome::Unknown(_) => {
                    total.unknown += 1;
                    to.extend_from_slice(self.lang.pick("ukendt", "unknown").as_bytes());
                }
                Outcome::DoesNotApply(_) => {
                    total.not_applying += 1;
                    to.extend_from_slice(self.lang.pick("gælder ikke", "does not apply").as_bytes());
                }
                // Rows with an error were rejected before.
                Outcome::Error(_) => {}
            }
        }
        to.push(b'\n');
        written.tally.ok += 1;
    }

    /// Writes a value, and returns the number to be added up.
    fn cell(&self, to: &mut Vec<u8>, datum: &crate::facts::Datum, ty: &Ty) -> Option<Number> {
        use crate::facts::Datum;
        match datum {
            Datum::Number(number) => {
                let shown = match ty {
                    Ty::Percent => number.mul(&Number::from_i64(100)),
                    _ => number.clone(),
                };
                write::exact(to, &shown, self.mark());
                Some(shown)
            }
            Datum::Bool(truth) => {
                to.extend_from_slice(self.truth(*truth).as_bytes());
                None
            }
            Datum::Date(date) => {
                to.extend_from_slice(date.to_iso().as_bytes());
                None
            }
            Datum::Text(text) => {
                write::text(to, text, self.table.separator);
                None
            }
            Datum::Nothing => {
                to.push(b'-');
                None
            }
        }
    }

    pub(super) fn truth(&self, truth: bool) -> &'static str {
        let lang = self.plan.model.lang;
        if truth { lang.pick("ja", "yes") } else { lang.pick("nej", "no") }
    }

    /// The decimal mark of what is written.
    pub(super) fn mark(&self) -> u8 {
        if self.table.has_comma() { b',' } else { b'.' }
    }

    pub(super) fn key_of(&self, line: &Line) -> String {
        String::from_utf8_lossy(line.cells.get(self.table.key).unwrap_or_default()).trim().to_owned()
    }

    /// The line of headings of the results.
    pub fn headings(&self) -> Vec<u8> {
        let mut to = Vec::new();
        write::text(&mut to, &self.table.kind, self.table.separator);
        for def in &self.results {
            to.push(self.table.separator);
            write::text(&mut to, &self.plan.model.full_name(*def), self.table.separator);
        }
        to.push(b'\n');
        to
    }

    /// The line of headings of rejected rows: which row, which column, why; then the row as it stands.
    pub fn reject_headings(&self) -> Vec<u8> {
        let mut to = Vec::new();
        let words = match self.lang {
            Lang::Da => ["række", "kolonne", "kode", "grund"],
            Lang::En => ["row", "column", "code", "reason"],
        };
        for word in words {
            to.extend_from_slice(word.as_bytes());
            to.push(self.table.separator);
        }
        to.extend_from_slice(self.table.head().as_bytes());
        to.push(b'\n');
        to
    }

    /// The names of the results, with the unit that their cells count in.
    pub fn result_names(&self) -> Vec<(String, Option<String>)> {
        let words = crate::explain::Words {
            model: &self.plan.model,
            facts: &self.facts,
            base: self.moment,
            lang: self.lang,
        };
        let one = |def: &DefId| {
            let data = &self.plan.model.defs[*def];
            (words.def_name(*def), crate::session::unit(&data.ty, words))
        };
        self.results.iter().map(one).collect()
    }

    /// Tells of each result whether its values can be added up.
    pub fn is_number(&self, result: usize) -> bool {
        self.results.get(result).is_some_and(|def| self.plan.model.defs[*def].ty.is_numeric())
    }

    /// The name of the table.
    pub fn name(&self) -> &str {
        &self.name
    }
    /// The texts that findings point into.
    pub fn sources(&self) -> &SourceMap {
        &self.sources
    }

    /// The session's data with one row of the table, for an explanation of it.
    pub fn with_row(&self, line: &Line, sources: &mut SourceMap, problems: &mut Problems) -> RawData {
        let row = self.table.row((&self.name, &slow::text_of(self, line), line.number), sources, problems);
        RawData::join([self.shared.clone(), row], problems)
    }
}

/// What one thread computes rows with.
pub struct Worker(Option<super::fast::State>);
