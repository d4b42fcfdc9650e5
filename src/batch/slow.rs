//! One row by itself: read, bound and computed by the reference evaluator. What is wrong with it is why it is rejected.

use super::job::{Job, Line};
use super::write;
use crate::base::bi;
use crate::diag::{Code, Diagnostic, Problems, Report, Severity};
use crate::eval::{Limits, Machine, Outcome, requirements};
use crate::facts::{RawData, bind};

/// Why a row is rejected.
pub(super) struct Rejected {
    column: String,
    found: Diagnostic,
}

/// Computes a row.
///
/// # Errors
/// When something in it is wrong, or a result of it is.
pub(super) fn computed(job: &Job, line: &Line) -> Result<Vec<Outcome>, Box<Rejected>> {
    if let Some(at) =
        line.cells.iter().position(|cell| cell.contains(&0) || std::str::from_utf8(cell).is_err())
    {
        let heading = job.table.headings.iter().find(|heading| heading.index == at);
        let column = heading.map(|heading| heading.written.clone()).unwrap_or_default();
        let message = bi!("cellen er ikke tekst i UTF-8", "the cell is no text in UTF-8");
        return Err(Box::new(Rejected { column, found: Diagnostic::new(Code::NotUtf8, message) }));
    }
    let (mut sources, mut problems) = (job.sources.clone(), Problems::new());
    let text = text_of(job, line);
    let row = job.table.row((&job.name, &text, line.number), &mut sources, &mut problems);
    let raw = RawData::join([job.shared.clone(), row], &mut problems);
    let model = &job.plan.model;
    let facts = bind(model, &raw, job.moment, &sources, &mut problems);
    let wrong = problems.sorted().into_iter().find(|found| found.severity == Severity::Error);
    if let Some(found) = wrong {
        return Err(Box::new(Rejected { column: column_of(job, &text, &found), found }));
    }
    let rejected = |column: String, found: Diagnostic| Err(Box::new(Rejected { column, found }));
    let Some(entity) = facts.find(job.kind, &key(job, line)) else {
        let found = Diagnostic::new(Code::WrongUsage, bi!("rækken nævner ingen", "the row names nobody"));
        return rejected(String::new(), found);
    };
    let limits = Limits::of(sources.limits(), sources.bytes(), &crate::base::Stop::default());
    let judged = requirements(&job.plan, &facts, job.moment, limits.clone());
    let mut machine = Machine::without_trace(&job.plan, &facts, job.moment, limits).refusing(&judged.refused);
    let mut outcomes = Vec::new();
    for def in &job.results {
        let step = machine.definition(*def, Some(entity));
        let outcome = machine.trace().outcome(step).clone();
        if let Outcome::Error(problem) = &outcome {
            return rejected(model.full_name(*def), problem.report());
        }
        outcomes.push(outcome);
    }
    Ok(outcomes)
}

fn key(job: &Job, line: &Line) -> String {
    use unicode_normalization::UnicodeNormalization;
    job.key_of(line).nfc().collect()
}

/// The row as a line of text.
pub(super) fn text_of(job: &Job, line: &Line) -> String {
    String::from_utf8_lossy(&bytes_of(job, line)).into_owned()
}

/// The row as it stands, byte by byte.
fn bytes_of(job: &Job, line: &Line) -> Vec<u8> {
    let mut to = Vec::new();
    for (at, cell) in line.cells.iter().enumerate() {
        if at > 0 {
            to.push(job.table.separator);
        }
        quoted(&mut to, cell, job.table.separator);
    }
    to
}

fn quoted(to: &mut Vec<u8>, cell: &[u8], separator: u8) {
    if cell.iter().all(|byte| *byte != separator && *byte != b'"' && *byte != b'\n' && *byte != b'\r') {
        return to.extend_from_slice(cell);
    }
    to.push(b'"');
    for byte in cell {
        if *byte == b'"' {
            to.push(b'"');
        }
        to.push(*byte);
    }
    to.push(b'"');
}

/// The heading of the cell that a finding points at.
fn column_of(job: &Job, text: &str, found: &Diagnostic) -> String {
    let Some(span) = found.span() else { return String::new() };
    // The row stands below the headings, on a line of its own.
    let start = job.table.head().len() + 1;
    let Some(at) = usize::try_from(span.start).ok().and_then(|at| at.checked_sub(start)) else {
        return String::new();
    };
    let before = text.get(..at).unwrap_or("");
    let mut quoted = false;
    let index = before.bytes().filter(|byte| {
        quoted ^= *byte == b'"';
        *byte == job.table.separator && !quoted
    });
    let index = index.count();
    let heading = job.table.headings.iter().find(|heading| heading.index == index);
    heading.map(|heading| heading.written.clone()).unwrap_or_default()
}

impl Rejected {
    /// Writes the row's number, the column, the code and the reason, then the row as it stands.
    pub(super) fn write(&self, job: &Job, line: &Line, to: &mut Vec<u8>) {
        let separator = job.table.separator;
        to.extend_from_slice(line.number.to_string().as_bytes());
        to.push(separator);
        write::text(to, &self.column, separator);
        to.push(separator);
        to.extend_from_slice(self.found.code.id().as_bytes());
        to.push(separator);
        write::text(to, &self.found.message.get(job.lang).replace('\n', " "), separator);
        to.push(separator);
        to.extend_from_slice(&bytes_of(job, line));
        to.push(b'\n');
    }
}
