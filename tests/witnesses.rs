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

/// Invented rules of which a reading that is not chosen leaves a number of cars without a rate.
const GAP_IN_A_READING: &str = r#"aftale BRO "Aftale om broer 2025-2027"
  periode 2025-2027
  prisniveau 25-pl

kilde BRO "Aftale om broer"

klausul bro "Broer"
  hjemmel BRO "Broer"
  givet biler : hele tal, mellem 1 og 1.000
  tabel takst efter biler
    1 – 500 | 1 kr.
    501+    | 2 kr.
  antagelse tolkning "Hvor går grænsen?"
    læsning ved_500 "Ved 500" (valgt)
    læsning over_501 "Over 501"
      tabel takst efter biler
        1 – 500 | 1 kr.
        502+    | 2 kr.

"#;

/// A gap that only another reading has: the test chooses the reading, and what is wrong in it is none of the test's.
#[test]
fn a_witness_in_another_reading_runs() {
    let session = |more: &str| {
        let mut session = Session::new();
        session.add_rules("regler.klausul", format!("{GAP_IN_A_READING}{more}\n").as_bytes());
        session
    };
    let found = session("").findings().sorted();
    let [gap] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(gap.code, Code::TableGap);
    assert!(gap.message.da.starts_with("med læsningen `tolkning = over_501`: "), "{}", gap.message.da);
    let (test, _) = test_of(gap).unwrap();
    let pasted = session(&test);
    let reports = pasted.run_tests(pasted.lang());
    assert!(reports.iter().all(|report| report.passed()) && reports.len() == 1, "{reports:?}");
    // What is told of the reading is not told again of the test that chooses it.
    assert_eq!(pasted.findings().sorted(), found);
    // What is wrong with the test itself still is: a fact that there is not.
    let slip = session(&test.replace("bro.biler", "bro.bilerne"));
    assert!(slip.run_tests(slip.lang()).iter().all(|report| report.problems.has_errors()));
}

fn told(text: &str) -> Vec<&'static str> {
    let mut session = Session::new();
    session.add_rules("aftale.klausul", text.as_bytes());
    session.findings().sorted().iter().map(|finding| finding.code.id()).collect()
}

const HEAD: &str = "aftale TST \"Aftale om noget\"\n  periode 2025-2027\n  prisniveau 25-pl\nkilde TST \"Aftale om noget\"\n";

/// A row is only looked at where the one before it failed, and `ellers` where all others did: what those asked is known.
#[test]
fn a_row_after_one_that_asked_need_not_ask_again() {
    let text = format!(
        "{HEAD}klausul t \"T\"\n  hjemmel TST \"T\"\n  givet d : dato eller ingen\n  tabel s\n    første række gælder\n    \
         d er ingen | 1\n    d før 1. januar 2026 | 2\n    ellers | 3\n  tabel u\n    d er ingen | 1 dag\n    \
         ellers | dage fra 1. januar 2025 til d\n\nprøve \"ingen\"\n  år 2025\n  t.d = ingen\n  forvent\n    t.s = 1\n    \
         t.u = 1 dag\n\nprøve \"senere\"\n  år 2025\n  t.d = 3. januar 2025\n  forvent\n    t.s = 2\n    t.u = 2 dage\n"
    );
    assert!(told(&text).is_empty(), "{:?}", told(&text));
    let mut session = Session::new();
    session.add_rules("aftale.klausul", text.as_bytes());
    let reports = session.run_tests(session.lang());
    assert_eq!(reports.len(), 2);
    assert!(reports.iter().all(klausul::session::TestReport::passed));
}

/// Keys that build on the same facts: what a condition comes to for its own key is followed, and nothing is shown that
/// cannot come about at once.
#[test]
fn keys_that_hang_together_show_nothing_impossible() {
    let clause =
        "klausul t \"T\"\n  hjemmel TST \"T\"\n  givet a : hele tal, mindst 0\n  betingelse c = a > 10\n";
    let followed = "  tabel s efter c; a\n    ja | 11+ | 1 kr.\n    nej | 0 – 10 | 3 kr.\n";
    assert!(told(&format!("{HEAD}{clause}{followed}")).is_empty());
    let left = "  betingelse d = a > 20\n  tabel s efter c; d\n    ja | - | 1 kr.\n    nej | nej | 3 kr.\n";
    assert!(told(&format!("{HEAD}{clause}{left}")).is_empty());
}
