//! Where the next record of a file stands: after the last one, which must be one.

use serde_json::Value;

use super::canon::digest;
use super::made::Link;
use crate::base::bi;
use crate::diag::{Code, Diagnostic, Report};
use crate::world::Tail;

/// Why nothing can be added to a file of records.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ChainProblem {
    /// Its last line is no record, or not as it was written.
    NotRecords {
        /// The file, as it was given.
        path: String,
    },
}

impl Report for ChainProblem {
    fn report(&self) -> Diagnostic {
        match self {
            ChainProblem::NotRecords { path } => Diagnostic::new(
                Code::NoRecords,
                bi!(
                    "`{path}` ender ikke med et spor, som det blev skrevet; der er ikke føjet noget til",
                    "`{path}` does not end with a record as it was written; nothing was added to it"
                ),
            )
            .help(bi!(
                "skriv sporet i en ny fil, eller se med `klausul verify {path}`, hvad der er galt med den",
                "write the record to a new file, or see with `klausul verify {path}` what is wrong with this one"
            )),
        }
    }
}

/// How every line of a file of records begins; a line that was torn begins with a part of it.
const BEGINS: &str = "{\"digest\":\"sha256:";

/// Finds the place of the next record after the end of a file.
///
/// # Errors
/// When the file holds something else than records, or the last one is not as it was written.
pub fn next_link(path: &str, tail: &Tail) -> Result<Link, ChainProblem> {
    let problem = || ChainProblem::NotRecords { path: path.to_owned() };
    let shown = tail.torn.len().min(BEGINS.len());
    if tail.torn.get(..shown) != BEGINS.as_bytes().get(..shown) {
        return Err(problem());
    }
    match &tail.last {
        None => Ok(Link::first()),
        Some(line) => after(line).ok_or_else(problem),
    }
}

fn after(line: &[u8]) -> Option<Link> {
    let whole: Value = serde_json::from_slice(line).ok()?;
    let (stated, record) = (whole.get("digest")?.as_str()?, whole.get("record")?);
    let sequence = record.get("sequence")?.as_u64()?;
    if digest(record) == stated { Link::after(sequence, stated) } else { None }
}
