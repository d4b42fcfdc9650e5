//! Errors that only another reading of the text has, or the text with an amendment that is switched off: nobody meets
//! them until it is chosen, so they are told beforehand, each once, with the choice that brings it about.

use crate::base::{Bi, bi};
use crate::diag::{Code, Diagnostic, Severity};

/// What must be chosen to meet some errors: readings as `trin = tredjedele`, and amendments that are switched on.
#[derive(Clone, Debug)]
pub(super) struct Chosen {
    /// Assumptions with the reading of each.
    pub(super) readings: Vec<(String, String)>,
    /// Amendments that the rules leave out.
    pub(super) amendments: Vec<String>,
}

impl Chosen {
    /// Words the choice: `med læsningen ...`.
    pub(super) fn words(&self) -> Bi {
        let choice = |(assumption, reading): &(String, String)| format!("`{assumption} = {reading}`");
        let readings: Vec<String> = self.readings.iter().map(choice).collect();
        let amendments: Vec<String> = self.amendments.iter().map(|name| format!("`{name}`")).collect();
        let (with, amended) = (readings.join(", "), amendments.join(", "));
        match (readings.is_empty(), amendments.is_empty()) {
            (_, true) => bi!("med læsningen {with}", "with the reading {with}"),
            (true, false) => bi!("med ændringen {amended}", "with the amendment {amended}"),
            (false, false) => bi!(
                "med læsningen {with} og ændringen {amended}",
                "with the reading {with} and the amendment {amended}"
            ),
        }
    }
}

/// Collects the errors of the ways in which the text can be read.
#[derive(Debug, Default)]
pub(super) struct ReadingErrors {
    seen: Vec<Diagnostic>,
    told: Vec<Diagnostic>,
}

impl ReadingErrors {
    /// Adds what is wrong in one way. INVARIANT: ways that choose less come before those that choose the same and more,
    /// so that an error is told with no choice that it does not need.
    pub(super) fn add(&mut self, chosen: &Chosen, findings: &[Diagnostic]) {
        for error in findings.iter().filter(|finding| finding.severity == Severity::Error) {
            if !self.seen.contains(error) {
                self.seen.push(error.clone());
                self.told.push(told(chosen, error));
            }
        }
    }
    /// Returns them as they are told.
    pub(super) fn into_told(self) -> Vec<Diagnostic> {
        self.told
    }
}

/// The error with its own places and advice. Its corrections are offered, but none is certain: what is written may be
/// right, and the choice that it does not go with wrong.
fn told(chosen: &Chosen, error: &Diagnostic) -> Diagnostic {
    let (with, Bi { da, en }, id) = (chosen.words(), &error.message, error.code.id());
    let (with_da, with_en) = (with.da, with.en);
    let message =
        bi!("{with_da} er her en fejl: {da} ({id})", "{with_en} there is an error here: {en} ({id})");
    let mut finding = Diagnostic::new(Code::ErrorInReading, message);
    finding.labels = error.labels.clone();
    finding.helps = error.helps.clone();
    finding.fixes = error.fixes.clone();
    finding.fixes.iter_mut().for_each(|fix| fix.certain = false);
    finding.help(bi!(
        "resultaterne gælder, som teksten er valgt læst nu; vælges det andet, kan der ikke regnes, før fejlen er rettet",
        "the results stand as the text is chosen to be read now; with the other choice nothing is computed until the error is mended"
    ))
}
