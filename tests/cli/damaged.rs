//! `test --mutants`: what no test notices comes back as a question, and is gone when a test answers it.

use std::path::Path;

use super::{run, shown};

const RULES: &str = r#"aftale P "Prøve"
  periode 2025

kilde P "Prøve"

givet lægetal : hele tal, mellem 0 og 20

klausul tilskud
  hjemmel P boks 1
  beløb = hvis lægetal < 3 så 200 kr. ellers 100 kr.
  fast = 1 kr.

prøve "få læger"
  lægetal = 1
  forvent
    tilskud.beløb = 200 kr.

prøve "mange læger"
  lægetal = 9
  forvent
    tilskud.beløb = 100 kr.
"#;

const ANSWER: &str = r#"
prøve "lige på grænsen"
  lægetal = 3
  forvent
    tilskud.beløb = 100 kr.
"#;

#[expect(clippy::disallowed_methods, reason = "the test sets the stage")]
fn put(folder: &Path, text: &str) {
    std::fs::write(folder.join("p.klausul"), text).unwrap();
}

#[test]
fn what_no_test_notices_is_asked_and_can_be_answered() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), RULES);
    let asked = run(folder.path(), &["test", "p.klausul", "--mutants"]);
    assert_eq!(asked.status.code(), Some(0), "{}", shown(&asked));
    assert!(shown(&asked).contains("Hvad gælder ved præcis 3?"), "{}", shown(&asked));
    let english = run(folder.path(), &["test", "p.klausul", "--mutants", "--lang", "en"]);
    assert_eq!(english.status.code(), Some(0), "{}", shown(&english));
    assert!(shown(&english).contains("What holds at exactly 3?"), "{}", shown(&english));
    insta::assert_snapshot!(shown(&asked));
    put(folder.path(), &format!("{RULES}{ANSWER}"));
    let answered = run(folder.path(), &["test", "p.klausul", "--mutants", "--format", "json"]);
    let told: serde_json::Value = serde_json::from_slice(&answered.stdout).unwrap();
    let questions = told["mutants"][0]["questions"].as_array().unwrap();
    assert!(!questions.iter().any(|one| one["way"] == "under_to_at_most"), "{told}");
}

/// Tests that expect something else notice nothing, though what they compute is another.
#[test]
fn a_share_below_the_floor_fails() {
    let folder = tempfile::tempdir().unwrap();
    put(
        folder.path(),
        &RULES
            .replace("tilskud.beløb = 200", "tilskud.fast = 1")
            .replace("tilskud.beløb = 100", "tilskud.fast = 1"),
    );
    let output = run(folder.path(), &["test", "p.klausul", "--mutants", "--floor", "100"]);
    let told = shown(&output);
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains("af ingen"), "{told}");
}

#[test]
fn of_rules_that_fail_nothing_is_said_of_damages() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), &RULES.replace("tilskud.beløb = 100", "tilskud.beløb = 101"));
    let output = run(folder.path(), &["test", "p.klausul", "--mutants"]);
    assert_eq!(output.status.code(), Some(1), "{}", shown(&output));
    assert!(!shown(&output).contains("skader"), "{}", shown(&output));
}
