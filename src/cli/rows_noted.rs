//! How far a run over rows has come: enough to go on from there to the same bytes.

use std::io::Write;
use std::path::Path;

use serde_json::{Value, json};

use crate::batch::{Job, Tally, Total};
use crate::value::Number;
use crate::world::{Reason, WorldError, WorldProblem};

/// A place between two rows, with what was written and counted before it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Noted {
    fingerprint: String,
    /// Where the next row begins, in bytes from the first.
    pub(super) rows_from: u64,
    /// Its line; 0 where none was read.
    pub(super) line: u64,
    /// How many bytes of results there are.
    pub(super) out: u64,
    /// How many of rejected rows.
    pub(super) rejects: u64,
    /// What the rows came to.
    pub(super) tally: Tally,
}

impl Noted {
    /// The beginning of a run.
    pub(super) fn start(fingerprint: &str, job: &Job) -> Noted {
        let tally = Tally::of(job.result_names().len());
        Noted { fingerprint: fingerprint.to_owned(), rows_from: 0, line: 0, out: 0, rejects: 0, tally }
    }

    /// The line of the next row, given that of the headings.
    pub(super) fn line_or(&self, headings: usize) -> u64 {
        if self.line > 0 { self.line } else { headings as u64 + 1 }
    }

    /// Writes results and rejected rows, and counts their bytes.
    ///
    /// # Errors
    /// When writing fails.
    pub(super) fn add(
        &mut self,
        out: &mut dyn Write,
        rejects: &mut dyn Write,
        (results, rejected): (&[u8], &[u8]),
        path: &Path,
    ) -> Result<(), WorldError> {
        let failed = |error: std::io::Error| WorldError::new(path, WorldProblem::Write(Reason::of(&error)));
        out.write_all(results).map_err(failed)?;
        rejects.write_all(rejected).map_err(failed)?;
        self.out += results.len() as u64;
        self.rejects += rejected.len() as u64;
        Ok(())
    }

    /// As a text that [`Noted::read`] reads.
    pub(super) fn text(&self) -> String {
        let total = |total: &Total| {
            json!({
                "sum": total.sum.to_exact(),
                "values": total.values,
                "unknown": total.unknown,
                "does_not_apply": total.not_applying,
            })
        };
        let Tally { rows, ok, rejected, fast, totals } = &self.tally;
        json!({
            "of": self.fingerprint,
            "from": self.rows_from,
            "line": self.line,
            "out": self.out,
            "rejects": self.rejects,
            "rows": rows,
            "ok": ok,
            "rejected": rejected,
            "fast": fast,
            "totals": totals.iter().map(total).collect::<Vec<_>>(),
        })
        .to_string()
    }

    /// Reads a place that was noted; `None` where it is of another run, or no such text.
    pub(super) fn read(bytes: &[u8], fingerprint: &str) -> Option<Noted> {
        let all: Value = serde_json::from_slice(bytes).ok()?;
        let number = |of: &Value, name: &str| of.get(name).and_then(Value::as_u64);
        let of = all.get("of")?.as_str().filter(|of| *of == fingerprint)?;
        let total = |total: &Value| {
            Some(Total {
                sum: Number::from_exact(total.get("sum")?.as_str()?)?,
                values: number(total, "values")?,
                unknown: number(total, "unknown")?,
                not_applying: number(total, "does_not_apply")?,
            })
        };
        let totals = all.get("totals")?.as_array()?.iter().map(total).collect::<Option<_>>()?;
        Some(Noted {
            fingerprint: of.to_owned(),
            rows_from: number(&all, "from")?,
            line: number(&all, "line")?,
            out: number(&all, "out")?,
            rejects: number(&all, "rejects")?,
            tally: Tally {
                rows: number(&all, "rows")?,
                ok: number(&all, "ok")?,
                rejected: number(&all, "rejected")?,
                fast: number(&all, "fast")?,
                totals,
            },
        })
    }
}
