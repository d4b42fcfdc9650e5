use std::path::PathBuf;

use super::compare::{codes, compare, difference};
use super::twin::twin;
use super::{Case, Failures};
use crate::base::{Bi, Lang, bi};
use crate::diag::{Diagnostic, Problems, Severity};
use crate::facts::{DataArg, read_data};
use crate::model::Origin;
use crate::session::{Question, Session};
use crate::syntax::print;

/// Runs a case as it is written and, unless it says why not, as its twin in the other language.
pub fn run_case(case: &Case) -> Failures {
    let mut session = rules(case);
    let lang = session.lang();
    let mut failures = once(case, &mut session, true);
    // What cannot be read cannot be translated either.
    if case.one_language.is_some() || session.parsed().has_errors() {
        return failures;
    }
    match twin(case, &session) {
        Ok(other) => {
            let mut session = rules(&other);
            let (da, en) = match lang {
                Lang::Da => ("på engelsk", "in English"),
                Lang::En => ("på dansk", "in Danish"),
            };
            let found = once(&other, &mut session, false).into_iter();
            failures.extend(found.map(|f| Bi::new(format!("{da}: {}", f.da), format!("{en}: {}", f.en))));
        }
        Err(why) => failures.push(why),
    }
    failures
}

fn rules(case: &Case) -> Session {
    let mut session = Session::new();
    for (name, text) in &case.files {
        session.add_rules(name, text.as_bytes());
    }
    session
}

/// Runs a case; words that differ between the languages are compared only where it was written.
fn once(case: &Case, session: &mut Session, own: bool) -> Failures {
    let mut failures = Failures::new();
    let checked = session.findings().sorted();
    let found = codes(&checked, Severity::Error);
    difference(bi!("fejl ved tjek", "errors of checking"), &case.errors, &found, &mut failures);
    if let Some(wanted) = &case.warnings {
        let found = codes(&checked, Severity::Warning);
        difference(bi!("advarsler", "warnings"), wanted, &found, &mut failures);
    }
    checks(case, session, &mut failures);
    tests(case, session, &mut failures);
    if own {
        formatted(case, session, &mut failures);
    }
    match laid(case, session) {
        Ok(()) => {
            ask(case, session, &checked, own, &mut failures);
            failures.extend(session.computed_twice(case.moment).differ);
        }
        Err(problems) => failures.push(told(&problems.sorted())),
    }
    failures
}

fn told(problems: &[Diagnostic]) -> Bi {
    let all = |lang| {
        let words = problems.iter().map(|d| format!("{} {}", d.code.id(), d.message.get(lang)));
        words.collect::<Vec<_>>().join("; ")
    };
    Bi::new(all(Lang::Da), all(Lang::En))
}

fn checks(case: &Case, session: &Session, failures: &mut Failures) {
    let Some(wanted) = &case.checks else { return };
    let reports = session.checks(&mut Problems::new());
    let found: Vec<String> = reports.iter().map(|report| report.outcome.name().to_owned()).collect();
    difference(bi!("kontroller", "checks"), wanted, &found, failures);
}

fn tests(case: &Case, session: &Session, failures: &mut Failures) {
    let Some((passed, failed)) = case.tests else { return };
    let reports = session.run_tests(session.lang());
    let good = reports.iter().filter(|report| report.passed()).count();
    let words = |(passed, failed): (usize, usize)| vec![format!("{passed}/{failed}")];
    let found = words((good, reports.len() - good));
    difference(bi!("prøver", "tests"), &words((passed, failed)), &found, failures);
}

fn formatted(case: &Case, session: &Session, failures: &mut Failures) {
    let Some(wanted) = &case.formatted else { return };
    let (Some(file), Some(id)) = (session.files().first(), session.rule_files().first()) else { return };
    let found = match print(file, session.sources().file(*id), file.lang) {
        Ok(text) => text,
        Err(problem) => return failures.push(told(&[crate::diag::Report::report(&problem)])),
    };
    difference(bi!("opstillet", "formatted"), std::slice::from_ref(wanted), &[found], failures);
}

/// Lays data, scenario, readings and what-ifs over the rules.
fn laid(case: &Case, session: &mut Session) -> Result<(), Problems> {
    if let Some(text) = &case.data {
        let mut problems = Problems::new();
        let arg = DataArg { kind: None, path: PathBuf::from("data.json") };
        let columns = session.clone();
        let column = |kind: &str| columns.key_column(kind);
        let data = read_data(&arg, text.as_bytes(), &column, session.sources_mut(), &mut problems);
        session.set_data(data);
        if problems.has_errors() {
            return Err(problems);
        }
    }
    if let Some(scenario) = &case.scenario {
        session.use_scenario(scenario)?;
    }
    for reading in &case.readings {
        session.choose_reading(reading, Origin::Set)?;
    }
    for name in &case.without {
        session.without(name, Origin::Set)?;
    }
    for set in &case.set {
        session.assign("--set", set, Origin::Set)?;
    }
    Ok(())
}

fn ask(case: &Case, session: &Session, checked: &[Diagnostic], own: bool, failures: &mut Failures) {
    if case.expect.is_empty() && case.data_errors.is_empty() {
        return;
    }
    let targets = case.expect.iter().map(|expect| expect.ask.clone()).collect();
    let answer = match session.ask(&Question { targets, moment: case.moment, only: Vec::new() }) {
        Ok(answer) => answer,
        Err(problems) => return failures.push(told(&problems.sorted())),
    };
    let new: Vec<Diagnostic> =
        answer.problems.sorted().into_iter().filter(|found| !checked.contains(found)).collect();
    let mut data = codes(&new, Severity::Error);
    data.retain(|code| code.starts_with("K06"));
    difference(bi!("fejl i data", "errors in data"), &case.data_errors, &data, failures);
    let results = session.results_json(&answer, session.lang());
    let results = results.get("results").and_then(serde_json::Value::as_array).cloned().unwrap_or_default();
    for (index, expect) in case.expect.iter().enumerate() {
        let lines = answer.lines.iter().zip(&results).filter(|(line, _)| line.asked == index);
        let lines: Vec<&serde_json::Value> = lines.map(|(_, result)| result).collect();
        match lines.as_slice() {
            [one] => compare(expect, one, own, failures),
            many => {
                let (ask, count, why) = (&expect.ask, many.len(), told(&new));
                let (da, en) = (&why.da, &why.en);
                failures.push(bi!("`{ask}` gav {count} svar: {da}", "`{ask}` gave {count} answers: {en}"));
            }
        }
    }
}
