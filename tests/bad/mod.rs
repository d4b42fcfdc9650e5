//! Rule files that fail, as their readers meet them: every file and folder under `tests/cases/*/bad`. The first lines of a
//! file say what must be found in it and where (`// K0205 4:9`: code, line, column); nothing more may be found, and
//! nothing less. A snapshot beside it keeps what the reader sees in both languages.

mod case;
mod covered;
mod fixed;
mod languages;
mod program;

use self::case::{Case, cases, topics};
use self::program::Finding;

/// The folders under `tests/cases` with failing files; each is a test of its own, so that they run side by side.
macro_rules! topics {
    ($($test:ident: $topic:literal,)*) => {
        const TOPICS: &[&str] = &[$($topic),*];
        $(#[test] fn $test() { check_topic($topic); })*
    };
}

topics! {
    imports_that_fail: "imports",
    money_that_fails: "money",
    names_that_fail: "names",
    norms_that_fail: "norms",
    runs_that_fail: "run",
    sums_that_fail: "sums",
    syntax_that_fails: "syntax",
    tables_that_fail: "tables",
    time_that_fails: "time",
    types_that_fail: "types",
}

/// Failing files there must be at least.
const FEWEST: usize = 150;

fn check_topic(topic: &str) {
    let mut wrong = String::new();
    for case in cases(topic) {
        let found = case.found();
        let is: Vec<String> = found.iter().map(|finding| finding.expectation(&case)).collect();
        let must = case.expected();
        if is != must {
            wrong += &format!("{}\n  found    {is:?}\n  expected {must:?}\n", case.path.display());
        }
        let folder = format!("../cases/{topic}/bad");
        insta::with_settings!({
            snapshot_path => folder, prepend_module_to_snapshot => false, omit_expression => true
        }, {
            let shown = case.shown();
            let compare = || insta::assert_snapshot!(case.name.clone(), shown);
            // A snapshot that differs prints its difference; the other cases are still looked at.
            if std::panic::catch_unwind(std::panic::AssertUnwindSafe(compare)).is_err() {
                wrong += &format!("{}: the snapshot differs\n", case.path.display());
            }
        });
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_folder_of_failing_files_is_looked_at() {
    assert_eq!(topics(), TOPICS);
}

/// What is sorted by place reads in the order of the text; a file without a finding would prove nothing.
#[test]
fn there_are_enough_failing_files_and_each_fails() {
    let all: Vec<Case> = TOPICS.iter().flat_map(|topic| cases(topic)).collect();
    assert!(all.len() >= FEWEST, "{} failing files", all.len());
    let idle: Vec<_> = all
        .iter()
        .filter(|case| case.expected().is_empty() && case.commands().is_empty())
        .map(|case| case.path.display().to_string())
        .collect();
    assert!(idle.is_empty(), "without an expectation: {idle:?}");
}
