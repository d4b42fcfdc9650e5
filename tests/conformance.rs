//! The conformance suite: rule text, facts and what must come out, as data that other implementations can run.

use std::path::{Path, PathBuf};

use klausul::base::Lang;
use klausul::eval::{Limits, Machine};
use klausul::session::{Answer, Case, CaseFile, CaseFormat, Question, Session, Target, read_cases, run_case};

#[test]
fn every_case_comes_out_as_it_says() {
    crate::with_room(all_cases);
}

fn all_cases() {
    let files = case_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance"));
    let mut failed = Vec::new();
    for (path, file) in &files {
        for case in &file.cases {
            let found = run_case(case);
            if !found.is_empty() {
                let found: Vec<&str> = found.iter().map(|failure| failure.get(Lang::En)).collect();
                failed.push(format!("{path} {}:\n  {}", case.id, found.join("\n  ")));
            }
        }
    }
    assert!(failed.is_empty(), "{} cases fail:\n{}", failed.len(), failed.join("\n"));
}

#[test]
fn every_case_shows_something() {
    for (path, file) in case_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance")) {
        assert!(!file.section.is_empty() && !file.construct.is_empty(), "{path}");
        for case in &file.cases {
            let shows = !case.expect.is_empty() || !case.errors.is_empty() || !case.data_errors.is_empty();
            let shows = shows || case.warnings.is_some() || case.checks.is_some();
            let shows = shows || case.tests.is_some() || case.formatted.is_some();
            assert!(shows && !case.sentence.is_empty(), "{path}: {} shows nothing", case.id);
        }
    }
}

#[test]
fn a_wrong_expectation_fails() {
    let text = r#"
section = "5"
construct = "arithmetic"
[[case]]
id = "a"
sentence = "`+`"
rules = '''
klausul k
  x = 1 kr. + 2 kr.
'''
year = 2025
[[case.expect]]
ask = "k.x"
value = "4"
"#;
    let file = read_cases(text, CaseFormat::Toml).unwrap();
    let found = run_case(&file.cases[0]);
    assert_eq!(found[0].en, "`k.x`: value expected 4, got 3");
    let right = read_cases(&text.replace("\"4\"", "\"3\""), CaseFormat::Toml).unwrap();
    assert_eq!(run_case(&right.cases[0]), []);
}

#[test]
fn a_field_that_is_not_known_is_refused() {
    let text = "section = \"5\"\nconstruct = \"x\"\n[[case]]\nid = \"a\"\nsentence = \"s\"\nrules = \"\"\nvalu = 1\n";
    assert_eq!(read_cases(text, CaseFormat::Toml).unwrap_err().en, "`a`: unknown field `valu`");
}

/// The results do not depend on whether the steps are kept for explaining.
#[test]
fn a_run_without_its_trace_has_the_same_results() {
    crate::with_room(same_without_trace);
}

fn same_without_trace() {
    let mut compared = 0;
    for (path, file) in case_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance")) {
        for case in &file.cases {
            let Some(answer) = answered(case) else { continue };
            let limits = Limits::default();
            let mut bare = Machine::without_trace(&answer.plan, &answer.facts, answer.moment, limits);
            for line in &answer.lines {
                let step = match line.target {
                    Target::Def(def) => bare.definition(def, line.entity),
                    Target::Expr(expr) => bare.expression(expr, line.entity),
                };
                assert_eq!(
                    bare.trace().outcome(step),
                    answer.outcome(line),
                    "{path} {}: {}",
                    case.id,
                    line.name
                );
                compared += 1;
            }
        }
    }
    assert!(compared > 50, "only {compared} results were compared");
}

/// Everything that the rules of a case define, without its data.
fn answered(case: &Case) -> Option<Answer> {
    let mut session = Session::new();
    for (name, text) in &case.files {
        session.add_rules(name, text.as_bytes())?;
    }
    session.ask(&Question { targets: Vec::new(), moment: case.moment, only: Vec::new() }).ok()
}

pub(crate) fn case_files(folder: &Path) -> Vec<(String, CaseFile)> {
    let mut found = Vec::new();
    for path in files_below(folder) {
        let format = match path.extension().and_then(|end| end.to_str()) {
            Some("toml") => CaseFormat::Toml,
            Some("json") => CaseFormat::Json,
            _ => continue,
        };
        let text = String::from_utf8(crate::read_bytes(&path)).unwrap();
        let name = path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap_or(&path).display().to_string();
        let file = read_cases(&text, format).unwrap_or_else(|error| panic!("{name}: {}", error.en));
        found.push((name, file));
    }
    found
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let entries = std::fs::read_dir(folder).unwrap();
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files_below(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}
