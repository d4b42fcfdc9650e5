//! Tests and scenarios laid over rules that were checked once find and give exactly what they do in builds of their own.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use klausul::base::Lang;
use klausul::session::{CaseFormat, Session, read_cases};
use klausul::syntax::ast::ItemKind;

/// Rule texts by name: each is a module.
type Modules = BTreeMap<String, Vec<(String, Vec<u8>)>>;

/// The folders of rules as modules, every other rule file of the repository on its own, and the rules of every conformance
/// case.
fn corpus() -> Modules {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut modules = Modules::new();
    let mut open: Vec<PathBuf> =
        ["rules", "examples", "tests", "docs"].map(|folder| root.join(folder)).into();
    while let Some(path) = open.pop() {
        let name = path.display().to_string();
        if path.is_dir() {
            open.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else if name.ends_with(".klausul") {
            let text = crate::read_bytes(&path);
            let folder = path.parent().unwrap().display().to_string();
            // A folder of cases is no module.
            if folder.contains("/rules") {
                modules.entry(folder).or_default().push((name.clone(), text.clone()));
            } else {
                modules.insert(name.clone(), vec![(name, text)]);
            }
        } else if name.ends_with(".toml") && name.contains("conformance/") {
            let text = String::from_utf8(crate::read_bytes(&path)).unwrap();
            for case in read_cases(&text, CaseFormat::Toml).unwrap().cases {
                let rules = case.files.iter().map(|(name, text)| (name.clone(), text.clone().into_bytes()));
                modules.insert(format!("{name} {}", case.id), rules.collect());
            }
        }
    }
    modules
}

fn session(files: &[(String, Vec<u8>)]) -> Session {
    let mut session = Session::new();
    for (name, text) in files {
        session.add_rules(name, text);
    }
    session
}

/// All that tests and scenarios come to: findings, reports, every result on the facts of each test, and what they reach.
fn told(session: &Session) -> [String; 3] {
    let examined = session.examine(Lang::Da, &[]);
    [
        format!("{:#?}", examined.findings.sorted()),
        format!("{:#?} {:#?}", examined.tests, examined.results),
        format!("{:#?}", session.modules().coverage()),
    ]
}

/// Tests of everything that a module defines or asks for: one that says it does not apply, one that says it is unknown,
/// and one that gives it what it is not sure to be.
fn one_for_each_name(session: &Session) -> String {
    let model = &session.check().plan.model;
    let lang = session.lang();
    let defs = model.defs.ids().map(|def| model.full_name(def));
    let facts = model.facts.ids().map(|fact| model.fact_name(fact));
    let entity = model.kinds.iter().next().map(|kind| kind.name.as_str()).unwrap_or("by");
    let mut text = String::new();
    for (at, name) in defs.chain(facts).enumerate() {
        let whose = lang.pick(format!("{name} for \"Opdigtet\""), format!("{name} for \"Opdigtet\""));
        let lines = match (at % 6, lang) {
            (0, Lang::Da) => format!("  {name} gælder ikke\n"),
            (0, Lang::En) => format!("  {name} does not apply\n"),
            (1, Lang::Da) => format!("  {name} = ukendt\n"),
            (1, Lang::En) => format!("  {name} = unknown\n"),
            (2, _) => format!("  {name} = 10\n"),
            (3, Lang::Da) => format!("  {whose} = ja\n"),
            (3, Lang::En) => format!("  {whose} = yes\n"),
            (4, Lang::Da) => format!("  {name} = ingen\n"),
            (4, Lang::En) => format!("  {name} = none\n"),
            (_, Lang::Da) => format!("  {entity} \"Opdigtet\"\n    {name} = 100 kr.\n"),
            (_, Lang::En) => format!("  {entity} \"Opdigtet\"\n    {name} = DKK 100\n"),
        };
        let (test, year) = lang.pick(("prøve", "år"), ("test", "year"));
        let (expect, unknown) = lang.pick(("forvent", "ukendt"), ("expect", "unknown"));
        text.push_str(&format!(
            "{test} \"opdigtet {at}\"\n  {year} 2025\n{lines}  {expect}\n    {name} = {unknown}\n\n"
        ));
    }
    text
}

/// Compares one module, and returns how many tests it has.
fn agrees(name: &str, laid: &Session) -> usize {
    let items = || laid.files().iter().flat_map(|file| &file.items);
    let tests = items().filter(|item| matches!(item.kind, ItemKind::Test(_))).count();
    if tests == 0 && !items().any(|item| matches!(item.kind, ItemKind::Scenario(_))) {
        return 0;
    }
    let mut built = laid.clone();
    built.build_each_test();
    let (one, other) = (told(laid), told(&built));
    for (one, other) in one.iter().zip(&other) {
        let differ = one.lines().zip(other.lines()).find(|(a, b)| a != b);
        assert!(one == other, "{name}: {differ:?}");
    }
    tests
}

fn corpus_agrees() {
    let tests: usize = corpus().iter().map(|(name, files)| agrees(name, &session(files))).sum();
    assert!(tests > 200, "only {tests} tests were compared");
}

fn every_name_agrees() {
    let mut tests = 0;
    for (name, files) in corpus().iter().step_by(STEP) {
        let mut session = session(files);
        let text = one_for_each_name(&session);
        session.add_rules("opdigtet.klausul", text.as_bytes());
        tests += agrees(name, &session);
    }
    assert!(tests > 200, "only {tests} tests were compared");
}

/// One module of so many is tried with a test of each of its names.
const STEP: usize = 40;

#[test]
fn tests_laid_over_the_rules_come_to_what_they_do_in_builds_of_their_own() {
    crate::with_room(corpus_agrees);
}

#[test]
fn what_is_said_of_each_name_comes_to_what_it_does_in_builds_of_their_own() {
    crate::with_room(every_name_agrees);
}
