use std::collections::BTreeMap;

use super::Mutant;
use crate::base::{Bi, FileId, Lang};
use crate::diag::{Code, Problems, Severity};
use crate::facts::{Moment, RawData};
use crate::session::{CheckOutcome, Examined, PlainResult, Session};

/// A rule pack that damages are tried on, with what is found and what comes out while it is whole.
#[derive(Clone, Debug)]
pub struct Bench {
    session: Session,
    data: Vec<(RawData, Moment)>,
    findings: Findings,
    whole: Examined,
}

/// What came of a damage.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fate {
    /// How many errors the checker has that it did not have.
    pub errors: usize,
    /// How many warnings the checker has that it did not have.
    pub warnings: usize,
    /// How many tests fail that passed.
    pub tests: usize,
    /// How many of the text's own checks do not hold that held.
    pub checks: usize,
    /// What it does to results.
    pub change: Change,
    /// The first result that changes, before and after.
    pub shown: Option<Bi>,
}

/// Who notices a damage, and how often.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Noticed {
    /// How many errors the checker has that it did not have.
    pub errors: usize,
    /// How many warnings the checker has that it did not have.
    pub warnings: usize,
    /// How many tests fail that passed.
    pub tests: usize,
    /// How many of the text's own checks do not hold that held.
    pub checks: usize,
}

/// What a damage does to results.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Change {
    /// Nothing.
    Nothing,
    /// What is unknown lacks other names, or lies within other bounds; it is unknown all the same.
    Unknowns,
    /// A value, its unit, its price level or its state is another one, or a result is gone or new.
    Results,
}

/// Who notices a damage first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Class {
    /// The checker, by an error: `klausul check` fails.
    CheckerError,
    /// The checker, by a warning alone: `klausul check --strict` fails.
    CheckerWarning,
    /// A test or one of the text's own checks, and not the checker.
    Tests,
    /// Nobody, though a result is another one.
    Survivor,
    /// Nobody, and no result is another one.
    Equivalent,
}

impl Fate {
    /// Returns who notices it first.
    pub fn class(&self) -> Class {
        match (self.errors, self.warnings, self.tests + self.checks, self.change) {
            (1.., _, _, _) => Class::CheckerError,
            (0, 1.., _, _) => Class::CheckerWarning,
            (0, 0, 1.., _) => Class::Tests,
            (0, 0, 0, Change::Results) => Class::Survivor,
            (0, 0, 0, Change::Nothing | Change::Unknowns) => Class::Equivalent,
        }
    }
}

/// How many findings there are by weight and code. Where they stand is left out, since a damage moves what stands below
/// it; and their words, since those of an old warning may name the figure that was damaged.
type Findings = BTreeMap<(Severity, Code), usize>;

impl Bench {
    /// Takes a rule pack, and the data and times that its results are looked at for besides its tests.
    pub fn new(session: Session, data: Vec<(RawData, Moment)>) -> Bench {
        let whole = session.examine(session.lang(), &data);
        Bench { findings: findings(&whole.findings), session, data, whole }
    }

    /// Returns the rule pack.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// Tells whether the pack is correct while it is whole: no errors, every test passes, every check of the text's own
    /// holds or cannot be decided. Of another pack nothing can be said.
    pub fn is_correct(&self) -> bool {
        !self.whole.findings.has_errors()
            && self.whole.tests.iter().all(|test| test.passed())
            && self.whole.checks.iter().all(|check| check.outcome <= CheckOutcome::Open)
    }

    /// Runs a damage: everything is checked, tested and computed as for the whole pack.
    pub fn run(&self, mutant: &Mutant) -> Fate {
        let text = mutant.text(self.session.sources());
        let damaged = self.session.with_text(mutant.file, &text);
        let found = damaged.examine(self.lang(), &self.data);
        let Noticed { errors, warnings, tests, checks } = self.noticed(&found);
        let (change, shown) = changes(&self.whole.results, &found.results);
        Fate { errors, warnings, tests, checks, change, shown }
    }

    /// Tells who notices another text in place of a file, without looking at what it does to results.
    pub fn notices(&self, file: FileId, text: &str) -> Noticed {
        self.noticed(&self.session.with_text(file, text).examine_in_brief(self.lang()))
    }

    fn noticed(&self, found: &Examined) -> Noticed {
        let fresh = self.fresh(&found.findings);
        let count = |severity| fresh.get(&severity).copied().unwrap_or(0);
        Noticed {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            tests: self.tests_that_fail(found),
            checks: self.checks_that_fail(found),
        }
    }

    fn lang(&self) -> Lang {
        self.session.lang()
    }

    /// Counts the findings that the whole pack does not have.
    fn fresh(&self, found: &Problems) -> BTreeMap<Severity, usize> {
        let mut fresh = BTreeMap::new();
        for (key, count) in findings(found) {
            let known = self.findings.get(&key).copied().unwrap_or(0);
            *fresh.entry(key.0).or_insert(0) += count.saturating_sub(known);
        }
        fresh
    }

    /// Tests have the same titles in the same order before and after; one that could not be read any more is an error of
    /// the checker's.
    fn tests_that_fail(&self, found: &Examined) -> usize {
        let passed = |examined: &Examined| {
            nth_of_title(examined.tests.iter().map(|test| (test.title.clone(), test.passed())))
        };
        lost(&passed(&self.whole), &passed(found))
    }

    fn checks_that_fail(&self, found: &Examined) -> usize {
        let holds = |examined: &Examined, most: CheckOutcome| {
            nth_of_title(examined.checks.iter().map(|check| (check.title.clone(), check.outcome <= most)))
        };
        // One that can no longer be decided does not fail.
        lost(&holds(&self.whole, CheckOutcome::KnownDifference), &holds(found, CheckOutcome::Open))
    }
}

/// Titles need not differ: each gets a number among those of its name.
fn nth_of_title(all: impl Iterator<Item = (String, bool)>) -> BTreeMap<(String, usize), bool> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let numbered = all.map(|(title, holds)| {
        let number = seen.entry(title.clone()).or_insert(0);
        *number += 1;
        ((title, *number), holds)
    });
    numbered.collect()
}

/// Counts what held and holds no more.
fn lost(before: &BTreeMap<(String, usize), bool>, after: &BTreeMap<(String, usize), bool>) -> usize {
    before.iter().filter(|(key, held)| **held && after.get(key) == Some(&false)).count()
}

fn findings(problems: &Problems) -> Findings {
    let mut found = Findings::new();
    for finding in problems.sorted() {
        *found.entry((finding.severity, finding.code)).or_insert(0) += 1;
    }
    found
}

/// What changes between the results before and after: the gravest of all, and the first that is as grave.
fn changes(before: &[Vec<PlainResult>], after: &[Vec<PlainResult>]) -> (Change, Option<Bi>) {
    let mut gravest = (Change::Nothing, None);
    let none = Vec::new();
    for situation in 0..before.len().max(after.len()) {
        let results = |all: &'_ [Vec<PlainResult>]| {
            let these = all.get(situation).unwrap_or(&none);
            these
                .iter()
                .map(|result| ((result.name.clone(), result.entity.clone()), result.clone()))
                .collect()
        };
        let (old, new): (ByName, ByName) = (results(before), results(after));
        let names: std::collections::BTreeSet<_> = old.keys().chain(new.keys()).collect();
        for name in names {
            let (old, new) = (old.get(name), new.get(name));
            let change = change(old, new);
            if change > gravest.0 {
                gravest = (change, Some(shown(name, old, new)));
            }
        }
    }
    gravest
}

type ByName = BTreeMap<(String, Option<String>), PlainResult>;

fn change(old: Option<&PlainResult>, new: Option<&PlainResult>) -> Change {
    let (Some(old), Some(new)) = (old, new) else { return Change::Results };
    let said = |result: &PlainResult| {
        (result.state, result.exact.clone(), result.unit.clone(), result.level.clone())
    };
    match (said(old) == said(new), old.open == new.open) {
        (false, _) => Change::Results,
        (true, false) => Change::Unknowns,
        (true, true) => Change::Nothing,
    }
}

fn shown(
    (name, entity): &(String, Option<String>),
    old: Option<&PlainResult>,
    new: Option<&PlainResult>,
) -> Bi {
    let whose = entity.as_ref().map(|entity| format!(" for \"{entity}\"")).unwrap_or_default();
    let said = |result: Option<&PlainResult>, lang: Lang| match result {
        None => lang.pick("findes ikke", "is not there").to_owned(),
        Some(result) => {
            let value = [&result.exact, &result.unit].into_iter().flatten().cloned();
            let level = result.level.iter().map(|level| format!("({level})"));
            let words: Vec<String> = value.chain(level).collect();
            match (words.is_empty(), result.state) {
                (false, _) => words.join(" "),
                (true, "unknown") => lang.pick("ukendt", "unknown").to_owned(),
                (true, "does_not_apply") => lang.pick("gælder ikke", "does not apply").to_owned(),
                (true, "error") => lang.pick("fejl", "error").to_owned(),
                (true, _) => lang.pick("ingen", "none").to_owned(),
            }
        }
    };
    Bi::new(
        format!("{name}{whose}: {} → {}", said(old, Lang::Da), said(new, Lang::Da)),
        format!("{name}{whose}: {} → {}", said(old, Lang::En), said(new, Lang::En)),
    )
}
