use std::path::PathBuf;

use clap::{Args, ValueEnum};

use serde_json::{Value, json};

use super::cases;
use crate::base::Lang;
use crate::cli::asking::rules_session;
use crate::cli::{Console, Exit};
use crate::render::{Look, diagnostics_json, graphical, json_text, visible};
use crate::session::{ExpectationReport, Session, TestReport};

/// The options of `test`.
#[derive(Args, Debug)]
pub struct TestArgs {
    #[arg(
        required = true,
        value_name = "STI",
        help = "Regelfiler, mapper eller sager (.toml, .json) | Rule files, folders or cases (.toml, .json)"
    )]
    /// The rules.
    pub paths: Vec<PathBuf>,
    #[arg(
        long,
        help = "Vis, hvilke klausuler, grene og tabelrækker prøverne når | Show which clauses, branches and table rows the tests reach"
    )]
    /// Whether to show what the tests reach.
    pub coverage: bool,
    #[arg(
        long,
        value_name = "text|json",
        default_value = "text",
        hide_possible_values = true,
        hide_default_value = true,
        help = "Svarets form | The form of the answer"
    )]
    /// The form of the answer.
    pub format: TestFormat,
}

/// The forms of an answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum TestFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// Runs the tests of the rules, or conformance cases where the paths name those.
pub fn run(args: &TestArgs, console: &mut Console<'_>) -> Exit {
    if let Some(files) = cases::case_files(console.world, &args.paths) {
        return cases::run(&files, console);
    }
    let session = match rules_session(console, &args.paths) {
        Ok(session) => session,
        Err(exit) => return exit,
    };
    let lang = console.lang(Some(session.lang()));
    let problems = session.check().problems;
    let found = console.findings(&problems, session.sources(), lang);
    let reports = session.run_tests(lang);
    let text = match args.format {
        TestFormat::Text => text(&reports, &session, &console.look(lang)),
        TestFormat::Json => json_text(&json(&reports, &session, lang)),
    };
    console.say(&text);
    if args.coverage {
        console.say(&coverage(&session, lang));
    }
    let failed = reports.iter().any(|report| !report.passed());
    if failed && found == Exit::Ok { Exit::Findings } else { found }
}

fn text(reports: &[TestReport], session: &Session, look: &Look) -> String {
    let lang = look.lang;
    let mut out = String::new();
    for report in reports {
        let mark = if report.passed() {
            lang.pick("bestået ", "passed ")
        } else {
            lang.pick("FEJLER  ", "FAILS   ")
        };
        out.push_str(&format!("{mark} {}\n", visible(&report.title)));
        for expectation in report.expectations.iter().filter(|e| !e.passed) {
            out.push_str(&failure(expectation, session, lang));
        }
        if !report.problems.is_empty() {
            out.push_str(&graphical(&report.problems.sorted(), session.sources(), look));
        }
    }
    let failed = reports.iter().filter(|report| !report.passed()).count();
    out.push_str(&summary(reports.len(), failed, lang));
    out
}

fn failure(expectation: &ExpectationReport, session: &Session, lang: Lang) -> String {
    let place = session.sources().place(expectation.span);
    let file = &session.sources().file(expectation.span.file).name;
    let line = session.sources().text(expectation.span).trim().to_owned();
    let (wanted, got) = (lang.pick("ventet", "expected"), lang.pick("fået", "got"));
    let name = format!("{}:{}", visible(file), place.line);
    let gap = wanted.chars().count().max(got.chars().count());
    format!(
        "    {name}: {}\n      {wanted:gap$}  {}\n      {got:gap$}  {}\n",
        visible(&line),
        visible(&expectation.expected),
        visible(&expectation.found)
    )
}

fn summary(all: usize, failed: usize, lang: Lang) -> String {
    let passed = all - failed;
    let counted = match (lang, all) {
        (Lang::Da, 1) => "1 prøve".to_owned(),
        (Lang::Da, n) => format!("{n} prøver"),
        (Lang::En, 1) => "1 test".to_owned(),
        (Lang::En, n) => format!("{n} tests"),
    };
    let outcome = match (lang, all, failed) {
        (Lang::Da, 0, _) => "der er ingen `prøve` i reglerne".to_owned(),
        (Lang::En, 0, _) => "there is no `test` in the rules".to_owned(),
        (Lang::Da, 1, 0) => "bestået".to_owned(),
        (Lang::Da, _, 0) => "alle bestået".to_owned(),
        (Lang::En, 1, 0) => "passed".to_owned(),
        (Lang::En, _, 0) => "all passed".to_owned(),
        (Lang::Da, _, _) => format!("{passed} bestået, {failed} fejler"),
        (Lang::En, _, _) => format!("{passed} passed, {failed} failed"),
    };
    format!("\n{counted}: {outcome}\n")
}

fn json(reports: &[TestReport], session: &Session, lang: Lang) -> Value {
    let sources = session.sources();
    let expectation = |e: &ExpectationReport| {
        json!({
            "expected": e.expected, "found": e.found, "passed": e.passed,
            "line": sources.place(e.span).line, "text": sources.text(e.span).trim(),
        })
    };
    let report = |r: &TestReport| {
        json!({
            "title": r.title,
            "passed": r.passed(),
            "file": sources.file(r.span.file).name,
            "line": sources.place(r.span).line,
            "expectations": r.expectations.iter().map(expectation).collect::<Vec<_>>(),
            "problems": diagnostics_json(&r.problems.sorted(), sources, &Look::new(lang)),
        })
    };
    let failed = reports.iter().filter(|r| !r.passed()).count();
    json!({ "tests": reports.iter().map(report).collect::<Vec<_>>(), "failed": failed, "passed": reports.len() - failed })
}

/// Which definitions and table rows the tests reach.
fn coverage(session: &Session, lang: Lang) -> String {
    let coverage = session.coverage();
    let mut out = String::new();
    let mut line = |title: (&str, &str), reached: usize, all: usize, missed: &[String]| {
        out.push_str(&format!("\n{}: {reached}/{all}\n", lang.pick(title.0, title.1)));
        for name in missed {
            out.push_str(&format!("  {} {}\n", lang.pick("ikke nået:", "not reached:"), visible(name)));
        }
    };
    let all = |part: &crate::session::Reached| part.reached + part.missed.len();
    line(
        ("definitioner", "definitions"),
        coverage.definitions.reached,
        all(&coverage.definitions),
        &coverage.definitions.missed,
    );
    line(("tabelrækker", "table rows"), coverage.rows.reached, all(&coverage.rows), &coverage.rows.missed);
    line(
        ("grene", "branches"),
        coverage.branches.reached,
        all(&coverage.branches),
        &coverage.branches.missed,
    );
    out
}
