//! A fault that is found before anything runs comes with a test that shows it: pasted into the file, the test meets it.

use std::path::Path;

use klausul::diag::{Code, Diagnostic};
use klausul::session::{Case, Session};

use super::conformance::case_files;

fn session(case: &Case, more: &str) -> Session {
    let mut session = Session::new();
    for (index, (name, text)) in case.files.iter().enumerate() {
        let text = if index == 0 { format!("{text}\n{more}\n") } else { text.clone() };
        session.add_rules(name, text.as_bytes());
    }
    session
}

/// The test that a finding brings, with its first line.
fn test_of(finding: &Diagnostic) -> Option<(String, String)> {
    let test = finding.helps.iter().find_map(|help| help.da.split_once('\n'))?.1;
    let title = test.lines().next()?.split('"').nth(1)?;
    Some((test.to_owned(), title.to_owned()))
}

/// Every gap and overlap that the suite has: pasted, its test runs, and comes out as it says.
#[test]
fn every_witness_shows_its_fault() {
    crate::with_room(|| {
        let (mut gaps, mut overlaps, mut without, mut wrong) = (0, 0, Vec::new(), Vec::new());
        let files = case_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance"));
        let faulty = |case: &&Case| case.errors.iter().any(|code| code == "K0510" || code == "K0511");
        for (path, case) in files.iter().flat_map(|(path, file)| file.cases.iter().map(move |c| (path, c))) {
            if !faulty(&case) {
                continue;
            }
            for finding in session(case, "").findings().sorted() {
                let count = match finding.code {
                    Code::TableGap => &mut gaps,
                    Code::TableOverlap => &mut overlaps,
                    _ => continue,
                };
                let Some((test, title)) = test_of(&finding) else {
                    without.push(format!("{path} {}", case.id));
                    continue;
                };
                *count += 1;
                let pasted = session(case, &test);
                let reports = pasted.run_tests(pasted.lang());
                let report = reports.iter().find(|report| report.title == title);
                let report = report.unwrap_or_else(|| panic!("{path} {}: no test\n{test}", case.id));
                if !report.passed() {
                    let found: Vec<&str> = report.expectations.iter().map(|e| e.found.as_str()).collect();
                    wrong.push(format!("{path} {}\n{test}\nfound {found:?}", case.id));
                }
            }
        }
        assert!(wrong.is_empty(), "{} of {}\n{}", wrong.len(), gaps + overlaps, wrong.join("\n\n"));
        assert!(gaps >= 15 && overlaps >= 8, "{gaps} gaps, {overlaps} overlaps; without: {without:#?}");
        assert!(without.len() <= 10, "without a test: {without:#?}");
    });
}
