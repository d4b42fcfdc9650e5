//! The one door: rule packs are checked, tested and asked through a session.

use std::path::Path;

use klausul::base::{Lang, SourceMap};
use klausul::diag::Problems;
use klausul::session::{Question, Session};

fn load(folder: &str) -> Session {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut names: Vec<_> = std::fs::read_dir(&root).unwrap().map(|e| e.unwrap().path()).collect();
    names.sort();
    let mut session = Session::new();
    for path in names.into_iter().filter(|p| p.extension().is_some_and(|e| e == "klausul")) {
        let bytes = crate::read_bytes(&path);
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        assert!(session.add_rules(&name, &bytes).is_some());
    }
    session
}

fn findings(problems: &Problems, map: &SourceMap) -> Vec<String> {
    let place =
        |d: &klausul::diag::Diagnostic| d.span().map(|s| (map.file(s.file).name.clone(), map.place(s)));
    let line = |d: &klausul::diag::Diagnostic| format!("{:?} {} {}", place(d), d.code.id(), d.message.da);
    problems.sorted().iter().map(line).collect()
}

#[test]
fn the_2025_agreement_has_no_errors_and_its_tests_pass() {
    let session = load("rules/oea25");
    let mut problems = session.check().problems;
    let checks = session.checks(&mut problems);
    assert!(!problems.has_errors(), "{:#?}", findings(&problems, session.sources()));
    assert!(checks.len() >= 5, "{checks:#?}");
    let tests = session.run_tests(Lang::Da);
    assert!(tests.len() >= 40, "only {} tests", tests.len());
    let failed: Vec<_> = tests
        .iter()
        .filter(|t| !t.passed())
        .map(|t| {
            (
                &t.title,
                t.expectations
                    .iter()
                    .filter(|e| !e.passed)
                    .map(|e| (session.sources().text(e.span), &e.found))
                    .collect::<Vec<_>>(),
                findings(&t.problems, session.sources()),
            )
        })
        .collect();
    assert!(failed.is_empty(), "{failed:#?}");
}

#[test]
fn a_name_nothing_has_is_answered_with_the_nearest() {
    let session = load("rules/oea25");
    let question = Question { targets: vec!["nærhedsfinansering".to_owned()], ..Question::default() };
    let answer = session.ask(&question).unwrap();
    let found = findings(&answer.problems, session.sources());
    assert!(found.iter().any(|line| line.contains("K0903")), "{found:#?}");
}
