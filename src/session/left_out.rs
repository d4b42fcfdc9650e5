//! A single file of a folder of rules: what it lacks may stand in the files beside it.

use super::Session;
use crate::base::bi;
use crate::diag::{Code, Diagnostic, Problems};

impl Session {
    /// Tells the session that the folder of its files has more rule files than were asked for.
    pub fn set_left_out(&mut self, folder: String) {
        self.left_out = Some(folder);
    }

    /// Points at the folder with every name that is not found.
    pub(super) fn with_left_out(&self, problems: Problems) -> Problems {
        let Some(folder) = &self.left_out else { return problems };
        let mut all = Problems::new();
        problems.iter().for_each(|finding| all.push(pointed(finding.clone(), folder)));
        all
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
