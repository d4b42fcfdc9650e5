//! The rule packs under `rules/`: what they name, test and check.

use std::collections::BTreeSet;
use std::path::Path;

use klausul::cli::{Disk, load};
use klausul::diag::Problems;
use klausul::session::CheckOutcome;
use klausul::syntax::ast::{Assumption, Clause, File, ItemKind, Name, Stmt, StmtKind};
use klausul::world::packs as packs_below;

use super::files::{Listed, listed};

/// A rule pack.
#[derive(Clone, Debug)]
pub(crate) struct Pack {
    /// The folder's name under `rules/`.
    pub(crate) folder: String,
    /// The name of its agreement.
    pub(crate) agreement: String,
    /// Every name that can be pointed at: `clause`, `clause.name`; those of agreements it uses also with these in front.
    pub(crate) names: BTreeSet<String>,
    /// The titles of its tests.
    pub(crate) tests: BTreeSet<String>,
    /// Its checks.
    pub(crate) checks: Vec<Check>,
    /// What its catalogue files say.
    pub(crate) listed: Listed,
}

/// A check of the text's own, and what it came to.
#[derive(Clone, Debug)]
pub(crate) struct Check {
    pub(crate) title: String,
    /// The clause it stands in, if in one.
    pub(crate) clause: Option<String>,
    pub(crate) outcome: CheckOutcome,
}

/// Reads every pack under a folder, by name.
///
/// # Errors
/// When something there cannot be read.
pub(crate) fn packs(rules: &Path) -> Result<Vec<Pack>, String> {
    let folders = packs_below(&Disk, rules).map_err(|error| format!("{error:?}"))?;
    // Deeper down stand the same packs in another language.
    folders.iter().filter(|folder| folder.parent() == Some(rules)).map(|folder| pack(folder)).collect()
}

fn pack(folder: &Path) -> Result<Pack, String> {
    let session = load(&Disk, &[folder.to_owned()]).map_err(|errors| format!("{errors:?}"))?;
    let own: Vec<&File> = session.own_files().map(|(_, file)| file).collect();
    let items = || own.iter().flat_map(|file| &file.items);
    let agreement = own.iter().flat_map(|file| file.agreements()).next().unwrap_or_default().to_owned();
    let mut names = BTreeSet::new();
    session.files().iter().for_each(|file| of_file(file, &mut names));
    let tests = items().filter_map(|item| match &item.kind {
        ItemKind::Test(test) => Some(test.title.text.clone()),
        _ => None,
    });
    let tests = tests.collect();
    let around = |span| items().find(|item| item.span.holds(span));
    let clause = |span| match &around(span)?.kind {
        ItemKind::Clause(clause) => Some(clause.name.text.clone()),
        _ => None,
    };
    let checks = session.checks(&mut Problems::new()).into_iter();
    let checks = checks
        .map(|check| Check { clause: clause(check.span), title: check.title, outcome: check.outcome })
        .collect();
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(Pack { folder: name, agreement, names, tests, checks, listed: listed(folder) })
}

/// The names of a file, alone and with its agreement's in front.
fn of_file(file: &File, names: &mut BTreeSet<String>) {
    let mut own = BTreeSet::new();
    for item in &file.items {
        let mut add = |name: &Name| {
            own.insert(name.text.clone());
        };
        match &item.kind {
            ItemKind::Clause(clause) => of_clause(clause, &mut own),
            ItemKind::Amendment(amendment) => add(&amendment.name),
            ItemKind::Assumption(assumption) => of_assumption("", assumption, &mut own),
            ItemKind::Index(index) => add(&index.name),
            ItemKind::Note(note) => add(&note.name),
            ItemKind::Given(given) => add(&given.name),
            ItemKind::Scenario(scenario) => add(&scenario.name),
            ItemKind::Kind(kind) => {
                let words: Vec<&str> = kind.names.iter().map(|name| name.text.as_str()).collect();
                own.extend(words.iter().map(|word| (*word).to_owned()));
                for fact in &kind.facts {
                    own.insert(fact.name.text.clone());
                    own.extend(words.iter().map(|word| format!("{word}.{}", fact.name.text)));
                }
            }
            ItemKind::Agreement(_)
            | ItemKind::Use(_)
            | ItemKind::Source(_)
            | ItemKind::Unit(_)
            | ItemKind::Type(_)
            | ItemKind::Entity(_)
            | ItemKind::Test(_)
            | ItemKind::Check(_)
            | ItemKind::Precedence(_)
            | ItemKind::Error => {}
        }
    }
    if let Some(agreement) = file.agreements().next() {
        names.extend(own.iter().map(|name| format!("{agreement}.{name}")));
    }
    names.extend(own);
}

fn of_clause(clause: &Clause, names: &mut BTreeSet<String>) {
    names.insert(clause.name.text.clone());
    of_body(&clause.name.text, &clause.body, names);
}

fn of_assumption(prefix: &str, assumption: &Assumption, names: &mut BTreeSet<String>) {
    names.insert(join(prefix, &assumption.name.text));
}

fn of_body(prefix: &str, body: &[Stmt], names: &mut BTreeSet<String>) {
    for stmt in body {
        of_stmt(prefix, stmt, names);
    }
}

fn of_stmt(prefix: &str, stmt: &Stmt, names: &mut BTreeSet<String>) {
    let mut add = |name: &str| {
        names.insert(join(prefix, name));
    };
    match &stmt.kind {
        StmtKind::Assign(assign) | StmtKind::Condition(assign) => {
            add(&path(assign.target.path.parts.iter().map(|part| part.name.text.as_str())));
        }
        StmtKind::Grant(grant) => {
            let name = path(grant.target.path.parts.iter().map(|part| part.name.text.as_str()));
            ["fuldt", "bortfaldet"].iter().for_each(|part| add(&format!("{name}.{part}")));
            add(&name);
        }
        StmtKind::Split(split) => {
            add(&path(split.target.path.parts.iter().map(|part| part.name.text.as_str())));
            split.parts.iter().for_each(|part| add(&part.name.text));
        }
        StmtKind::Table(table) => table.results.iter().for_each(|result| add(&result.text)),
        StmtKind::Scale(scale) => add(&scale.name.text),
        StmtKind::Duty(duty) => add(&duty.name.text),
        StmtKind::Given(given) => add(&given.name.text),
        StmtKind::Assumption(assumption) => of_assumption(prefix, assumption, names),
        StmtKind::Exception(exception) => {
            add(&exception.name.text);
            of_body(&join(prefix, &exception.name.text), &exception.body, names);
        }
        StmtKind::Basis(_)
        | StmtKind::InForce(_)
        | StmtKind::EachRounded { .. }
        | StmtKind::Rows(_)
        | StmtKind::Precedence(_)
        | StmtKind::Require { .. }
        | StmtKind::Check(_)
        | StmtKind::Lift(_)
        | StmtKind::Repeal(_)
        | StmtKind::Only(_)
        | StmtKind::Year(_)
        | StmtKind::Day(_)
        | StmtKind::BuildsOn(_)
        | StmtKind::Reading { .. }
        | StmtKind::Switch { .. }
        | StmtKind::EntityFacts { .. }
        | StmtKind::Expect(_)
        | StmtKind::Error => {}
    }
}

fn path<'a>(parts: impl Iterator<Item = &'a str>) -> String {
    parts.collect::<Vec<_>>().join(".")
}

fn join(prefix: &str, name: &str) -> String {
    if prefix.is_empty() { name.to_owned() } else { format!("{prefix}.{name}") }
}
