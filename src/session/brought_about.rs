//! What a finding rests on, where the text alone has no such fault: a reading that is not chosen, an amendment that is left
//! out, or one that is in force. It is named in the message, since the lines that the finding points at are sound without.

use super::Session;
use super::reading_errors::Chosen;
use crate::base::{Bi, Span, bi};
use crate::diag::{Code, Diagnostic, Problems};
use crate::lint::{Depth, tables_of, unused};
use crate::model::{Layer, Model, Origin};
use crate::plan::{Plan, Valid};
use crate::syntax::ast::{self, Stmt, StmtKind};

/// Which fault, and where. Values that show it may differ from one reading to another.
pub(super) type Fault = (Code, Option<Span>);

/// How many amendments are left out, one at a time, to see which a fault rests on.
const MOST_AMENDMENTS: usize = 16;

/// Returns which fault a finding is of.
pub(super) fn fault(finding: &Diagnostic) -> Fault {
    (finding.code, finding.span())
}

/// Tells whether what such a finding says can rest on how the text is read. What nobody uses is used in no reading.
pub(super) fn can_rest_on_a_choice(code: Code) -> bool {
    super::readings::can_come_about(code) || super::readings::proves_never(code)
}

/// The finding with what brings it about named in front.
pub(super) fn named(finding: &Diagnostic, chosen: &Chosen) -> Diagnostic {
    let (Bi { da, en }, with) = (&finding.message, chosen.words());
    let (with_da, with_en) = (with.da, with.en);
    Diagnostic { message: bi!("{with_da}: {da}", "{with_en}: {en}"), ..finding.clone() }
}

impl Session {
    /// Names the amendment in findings that the text does not have without it.
    pub(super) fn name_amendments(&self, model: &Model, problems: &mut Problems) {
        let in_force = || model.amendments.iter().filter(|amendment| amendment.on);
        let rests = |finding: &Diagnostic| can_rest_on_a_choice(finding.code);
        if in_force().next().is_none() || !problems.iter().any(rests) {
            return;
        }
        let without = |name: &str, span: Span| {
            let kind = StmtKind::Switch {
                what: ast::SwitchWhat::Amendment,
                name: super::readings::path(name, span),
                on: false,
            };
            self.faults_with(Stmt { doc: Vec::new(), span, kind })
        };
        let all: Vec<(String, Vec<Fault>)> = in_force()
            .take(MOST_AMENDMENTS)
            .filter_map(|amendment| Some((amendment.name.clone(), without(&amendment.name, amendment.span)?)))
            .collect();
        let mut told = Problems::new();
        for finding in problems.iter() {
            let rest = all.iter().filter(|(_, faults)| rests(finding) && !faults.contains(&fault(finding)));
            let amendments: Vec<String> = rest.map(|(name, _)| name.clone()).collect();
            told.push(match amendments.is_empty() {
                true => finding.clone(),
                false => named(finding, &Chosen { readings: Vec::new(), amendments }),
            });
        }
        *problems = told;
    }

    /// The faults that the text has with one choice made otherwise; `None` where it then has errors, so that what else is
    /// found says nothing.
    fn faults_with(&self, choice: Stmt) -> Option<Vec<Fault>> {
        let mut layers = self.layers.clone();
        layers.push(Layer { origin: Origin::Set, body: vec![choice] });
        let checked = self.build(&layers, None, Depth::Nothing);
        (!checked.problems.has_errors()).then(|| faults(&checked.plan))
    }
}

/// The faults of the tables, and what can never come about, in the readings and amendments that a plan has.
pub(super) fn faults(plan: &Valid<Plan>) -> Vec<Fault> {
    let mut found = Problems::new();
    tables_of(plan, &mut found);
    unused(plan, &mut found);
    found.iter().map(fault).collect()
}
