//! What nobody uses, where the text can be read in several ways: a name that any reading or amendment uses is used, and
//! only what can come about in none of them never can.

use std::collections::{BTreeMap, BTreeSet};

use super::brought_about::{can_rest_on_a_choice, fault, faults, named};
use super::reading_errors::{Chosen, ReadingErrors};
use super::{Session, unread};
use crate::base::Span;
use crate::diag::{Code, Diagnostic, Problems};
use crate::lint::{Depth, Proofs, Question, What, chosen_among, tables_of, unused};
use crate::model::{Amendment, Layer, Model, Origin};
use crate::plan::{Plan, Valid};
use crate::syntax::ast::{self, ItemKind, Stmt, StmtKind};

/// A reading of an assumption.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Choice {
    assumption: String,
    reading: String,
}

/// What is found when the text is read in one way.
struct Found {
    choices: BTreeSet<Choice>,
    /// What was chosen otherwise than the text is read as it stands.
    chosen: Chosen,
    findings: Vec<Diagnostic>,
    proofs: Proofs,
}

/// Tells whether a finding shows values for which a table goes wrong.
fn is_of_table(finding: &Diagnostic) -> bool {
    matches!(finding.code, Code::TableGap | Code::TableOverlap)
}

/// Tells whether a finding has a place within a stretch of text.
fn touches(finding: &Diagnostic, at: Span) -> bool {
    finding.labels.iter().any(|label| at.holds(label.span))
}

/// How many combinations of readings are tried; where there are more, one reading at a time is.
const MOST_COMBINATIONS: usize = 16;

impl Session {
    /// Reports what no way of reading the text uses, and returns what no way of reading it decides. With errors nothing is
    /// said: a line that is wrong may be the one that would use it.
    pub(super) fn unused(&self, plan: &Valid<Plan>, proofs: &mut Proofs, problems: &mut Problems) {
        let mut elsewhere = Problems::new();
        if chosen_among(&plan.model) {
            self.in_all_readings(plan, proofs, (problems, &mut elsewhere));
        }
        self.name_amendments(&plan.model, problems);
        problems.append(elsewhere);
    }

    /// `elsewhere`: what the text has only when something is chosen otherwise, which is named.
    fn in_all_readings(
        &self,
        plan: &Valid<Plan>,
        proofs: &mut Proofs,
        (problems, elsewhere): (&mut Problems, &mut Problems),
    ) {
        if problems.has_errors() {
            (proofs.whole, proofs.complete) = (false, Vec::new());
            return;
        }
        let (ways, all_of_them) = ways(&plan.model);
        let mut errors = ReadingErrors::default();
        let found: Vec<Found> =
            ways.into_iter().filter_map(|way| self.read_so(&plan.model, way, &mut errors)).collect();
        let errors = errors.into_told();
        if !errors.is_empty() {
            (proofs.whole, proofs.complete) = (false, Vec::new());
            errors.into_iter().for_each(|error| problems.push(error));
            return;
        }
        let (own, other) = self.found_in(plan, (&found, all_of_them), problems);
        problems.append(self.without_their_warnings(own));
        elsewhere.append(self.without_their_warnings(other));
        for way in &found {
            proofs.undecided.extend(way.proofs.undecided.iter().cloned());
            // A table is complete when it is in every way of reading the text in which it stands.
            let doubted = |at: Span| way.proofs.undecided.iter().any(|open| open.span == at);
            let faulty = |at: Span| way.findings.iter().any(|found| is_of_table(found) && touches(found, at));
            proofs.complete.retain(|table| !doubted(table.span) && !faulty(table.span));
        }
        // What one reading surely meets is told, so it is no longer a question for the others.
        let met = |at: Span| {
            let mut all = found.iter().flat_map(|way| &way.findings);
            all.any(|finding| fault(finding) == (Code::MeetsZero, Some(at)))
        };
        let division = Question::Norm(What::Division);
        proofs.undecided.retain(|open| open.question != division || !met(open.span));
        proofs.undecided.sort();
        proofs.undecided.dedup();
    }

    /// What is told of what the ways of reading the text have: of the text as it stands, and of other readings.
    fn found_in(
        &self,
        plan: &Valid<Plan>,
        (found, all_of_them): (&[Found], bool),
        problems: &Problems,
    ) -> (Problems, Problems) {
        let places = self.reading_places(&plan.model);
        let mut told: Vec<&Diagnostic> = Vec::new();
        let (mut own, mut other) = (Problems::new(), Problems::new());
        let stands = faults(plan);
        for (way, finding) in found.iter().flat_map(|one| one.findings.iter().map(move |f| (one, f))) {
            // Two readings together may bring about what neither does alone.
            let together = proves_never(finding.code) && !all_of_them;
            let within = finding.span().map(|span| around(&places, span)).unwrap_or_default();
            let mut those =
                found.iter().filter(|one| within.iter().all(|choice| one.choices.contains(choice)));
            let can_be = can_come_about(finding.code);
            let everywhere = can_be || those.all(|one| one.findings.contains(finding));
            let same = |other: &&Diagnostic| fault(other) == fault(finding);
            let known = is_of_table(finding) && problems.iter().any(|other| same(&other));
            if known || can_be && told.iter().copied().any(|other| same(&other)) {
                continue;
            }
            if everywhere && !together && !told.contains(&finding) {
                told.push(finding);
                match can_rest_on_a_choice(finding.code) && !stands.contains(&fault(finding)) {
                    true => other.push(named(finding, &way.chosen)),
                    false => own.push(finding.clone()),
                }
            }
        }
        (own, other)
    }

    /// Reads the text in one way; `None` when something is wrong then, which goes to `errors`.
    fn read_so(&self, model: &Model, way: Vec<Choice>, errors: &mut ReadingErrors) -> Option<Found> {
        let off: Vec<&Amendment> = model.amendments.iter().filter(|amendment| !amendment.on).collect();
        let on = off.iter().map(|amendment| switch(&amendment.name, amendment.span));
        let read = way.iter().map(|choice| {
            let span = model.assumptions.iter().find(|a| a.name == choice.assumption).map(|a| a.span)?;
            let (assumption, reading) = (path(&choice.assumption, span), name(&choice.reading, span));
            Some(Stmt { doc: Vec::new(), span, kind: StmtKind::Reading { assumption, reading } })
        });
        let body: Vec<Stmt> = on.map(Some).chain(read).collect::<Option<_>>()?;
        let mut layers = self.layers.clone();
        layers.push(Layer { origin: Origin::Set, body });
        let checked = self.build(&layers, None, Depth::Nothing);
        let readings = way.into_iter().map(|choice| (choice.assumption, choice.reading)).collect();
        let amendments = off.iter().map(|amendment| amendment.name.clone()).collect();
        let otherwise = Chosen { readings, amendments };
        if checked.problems.has_errors() {
            errors.add(&otherwise, &checked.problems.sorted());
            return None;
        }
        let mut found = Problems::new();
        let mut proofs = tables_of(&checked.plan, &mut found);
        proofs.undecided.extend(unused(&checked.plan, &mut found));
        let found = unread::without_echoes(found, &unread::places(&self.parsed, &self.map), &self.map);
        let assumptions = checked.plan.model.assumptions.iter();
        let chosen = assumptions.filter_map(|assumption| {
            let reading = assumption.readings.get(assumption.chosen?)?.name.clone();
            Some(Choice { assumption: assumption.name.clone(), reading })
        });
        Some(Found { choices: chosen.collect(), chosen: otherwise, findings: found.sorted(), proofs })
    }

    /// Where the readings stand.
    fn reading_places(&self, model: &Model) -> Vec<(Choice, Span)> {
        let mut all = Vec::new();
        let full: BTreeMap<Span, &str> =
            model.assumptions.iter().map(|a| (a.span, a.name.as_str())).collect();
        let mut add = |tree: &ast::Assumption| {
            let name = full.get(&tree.name.span).copied().unwrap_or(tree.name.text.as_str());
            all.extend(tree.readings.iter().map(|reading| {
                let (assumption, reading_name) = (name.to_owned(), reading.name.text.clone());
                (Choice { assumption, reading: reading_name }, reading.span)
            }));
        };
        for item in self.files.iter().flat_map(|file| &file.items) {
            let body: &[Stmt] = match &item.kind {
                ItemKind::Assumption(tree) => {
                    add(tree);
                    &[]
                }
                ItemKind::Clause(clause) => &clause.body,
                ItemKind::Amendment(amendment) => &amendment.body,
                _ => &[],
            };
            body.iter().for_each(|stmt| {
                if let StmtKind::Assumption(tree) = &stmt.kind {
                    add(tree);
                }
            });
        }
        all
    }
}

/// Tells whether a finding shows what can come about: when it can in one way of reading the text, it can.
pub(super) fn can_come_about(code: Code) -> bool {
    matches!(code, Code::LiveTogether | Code::MeetsZero | Code::TableGap | Code::TableOverlap)
}

/// Tells whether a finding says that something can never be, or never be otherwise.
pub(super) fn proves_never(code: Code) -> bool {
    matches!(
        code,
        Code::NeverLive
            | Code::IdleOtherwise
            | Code::NeverTrue
            | Code::AlwaysTrue
            | Code::DeadBranch
            | Code::NeverPaid
            | Code::NeverLapses
            | Code::OutsideStated
            | Code::SeriesHole
            | Code::OutsideException
            | Code::OutsideAgreement
    )
}

/// The readings that a place stands in.
fn around(places: &[(Choice, Span)], span: Span) -> Vec<&Choice> {
    places.iter().filter(|(_, place)| place.holds(span)).map(|(choice, _)| choice).collect()
}

/// The ways in which the text is tried, and whether they are all there are.
fn ways(model: &Model) -> (Vec<Vec<Choice>>, bool) {
    let offers: Vec<Vec<Choice>> = model
        .assumptions
        .iter()
        .map(|assumption| {
            let others =
                assumption.readings.iter().enumerate().filter(|(at, _)| Some(*at) != assumption.chosen);
            let choice =
                |name: &str| Choice { assumption: assumption.name.clone(), reading: name.to_owned() };
            others.map(|(_, reading)| choice(&reading.name)).collect()
        })
        .collect();
    let count = offers.iter().try_fold(1_usize, |all, offer| all.checked_mul(offer.len() + 1));
    if count.is_none_or(|count| count > MOST_COMBINATIONS) {
        let one_at_a_time = offers.into_iter().flatten().map(|choice| vec![choice]);
        return (std::iter::once(Vec::new()).chain(one_at_a_time).collect(), false);
    }
    let mut all: Vec<Vec<Choice>> = vec![Vec::new()];
    for offer in &offers {
        let with = |choice: &Choice| {
            all.iter().map(|way| way.iter().chain([choice]).cloned().collect()).collect::<Vec<Vec<Choice>>>()
        };
        let more: Vec<Vec<Choice>> = offer.iter().flat_map(with).collect();
        all.extend(more);
    }
    (all, true)
}

fn switch(amendment: &str, span: Span) -> Stmt {
    let kind = StmtKind::Switch { what: ast::SwitchWhat::Amendment, name: path(amendment, span), on: true };
    Stmt { doc: Vec::new(), span, kind }
}

fn name(text: &str, span: Span) -> ast::Name {
    ast::Name { text: text.to_owned(), span }
}

/// A path of one name.
pub(super) fn path(text: &str, span: Span) -> ast::Path {
    ast::Path { parts: vec![ast::PathPart { name: name(text, span), cells: Vec::new() }], span }
}
