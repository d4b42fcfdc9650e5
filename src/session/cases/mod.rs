//! Conformance cases: rule text, facts and what must come out, as plain data that other implementations can run.
//! `docs/conformance.md` describes the format.

mod compare;
mod read;
mod run;
mod twin;

use crate::base::Bi;
use crate::facts::Moment;

/// The cases of one file.
#[derive(Clone, Debug, Default)]
pub struct CaseFile {
    /// The section of the language reference.
    pub section: String,
    /// The construct that the cases show.
    pub construct: String,
    /// The cases, in the order they stand.
    pub cases: Vec<Case>,
}

/// One case.
#[derive(Clone, Debug, Default)]
pub struct Case {
    /// Its name, unique in its file.
    pub id: String,
    /// The sentence of the language reference that it shows.
    pub sentence: String,
    /// The rule files: name and text.
    pub files: Vec<(String, String)>,
    /// The data, as JSON text.
    pub data: Option<String>,
    /// The year or day asked for.
    pub moment: Option<Moment>,
    /// What-ifs, as `--set` takes them.
    pub set: Vec<String>,
    /// A declared scenario.
    pub scenario: Option<String>,
    /// Readings chosen, as `--reading` takes them.
    pub readings: Vec<String>,
    /// Exceptions and amendments switched off.
    pub without: Vec<String>,
    /// The codes of the errors that checking gives, sorted.
    pub errors: Vec<String>,
    /// The codes of the warnings that checking gives, sorted, where they are compared.
    pub warnings: Option<Vec<String>>,
    /// The codes of what is wrong with the data, sorted.
    pub data_errors: Vec<String>,
    /// What the text's own checks come to, in order, where that is compared: `holds`, `known_difference`, `open`,
    /// `broken`, `fails`.
    pub checks: Option<Vec<String>>,
    /// How many of the rules' own tests pass and fail, where that is compared.
    pub tests: Option<(usize, usize)>,
    /// The text that formatting the first file gives, where that is compared.
    pub formatted: Option<String>,
    /// Why the case is not run in the other language too, if it is not.
    pub one_language: Option<String>,
    /// What is asked, and what must come out.
    pub expect: Vec<Expect>,
}

/// One question and its answer.
#[derive(Clone, Debug, Default)]
pub struct Expect {
    /// The expression asked for.
    pub ask: String,
    /// `value`, `unknown`, `does_not_apply` or `error`.
    pub state: String,
    /// The exact value.
    pub value: Option<String>,
    /// The unit the value stands in.
    pub unit: Option<String>,
    /// The price level.
    pub level: Option<String>,
    /// How sure the value is.
    pub status: Option<String>,
    /// What is missing, sorted.
    pub missing: Option<Vec<String>>,
    /// The lower bound of an unknown number.
    pub low: Option<String>,
    /// The upper bound of an unknown number.
    pub high: Option<String>,
    /// The code of an error.
    pub code: Option<String>,
}

/// What a case came to; nothing means that it passed.
pub type Failures = Vec<Bi>;

pub use read::{CaseFormat, read_cases};
pub use run::run_case;
