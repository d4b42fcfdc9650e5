//! A single file of a folder of rules: what it lacks may stand in the files beside it.

use super::Session;
use crate::base::bi;
use crate::diag::{Code, Diagnostic, Problems};
use crate::model::is_said_otherwise;

impl Session {
    /// Tells the session that the folder of its files has more rule files than were asked for.
    pub fn set_left_out(&mut self, folder: String) {
        self.changed();
        self.left_out = Some(folder);
    }

    /// Points at the folder with every name that is not found.
    pub(super) fn with_left_out(&self, problems: Problems) -> Problems {
        let Some(folder) = &self.left_out else { return problems };
        let mut all = Problems::new();
        for finding in problems.iter().cloned() {
            all.push(if self.is_said_otherwise(&finding) { finding } else { pointed(finding, folder) });
        }
        all
    }

    /// Tells whether a finding is about a word such as `true`, which no other file declares either.
    fn is_said_otherwise(&self, finding: &Diagnostic) -> bool {
        // The text of a question lies among the sources of its answer alone.
        let span = finding.span().filter(|span| self.rule_files().contains(&span.file));
        let written = span.and_then(|span| self.sources().file(span.file).text.get(span.range()));
        written.is_some_and(|word| is_said_otherwise(word, self.lang()))
    }
}

fn pointed(finding: Diagnostic, folder: &str) -> Diagnostic {
    match finding.code {
        Code::UndefinedName
        | Code::UnknownUnit
        | Code::UnknownKind
        | Code::UnknownSource
        | Code::DanglingName
        | Code::NotAnIndex
        | Code::NoAgreement
        | Code::NothingToCarry => finding.help(bi!(
            "mappen har flere regelfiler; læs dem sammen: `klausul check {folder}`",
            "the folder has more rule files; read them together: `klausul check {folder}`"
        )),
        _ => finding,
    }
}
