//! Every code is met by a failing file, or stands here with the reason why it is not, and where it is tested instead.

use std::collections::BTreeSet;

use klausul::diag::Code;

use super::TOPICS;
use super::case::cases;

/// Codes that `check` on rule files cannot bring about. The example of each page is run by `tests/codes`, which holds
/// every page to an example that gives exactly its code and a mended one that does not.
const ELSEWHERE: &[(&str, &str)] = &[
    ("K0001", "a file beyond the limit of size: tests/cli/hostile.rs"),
    ("K0002", "a line beyond the limit of length: tests/codes"),
    ("K0003", "a file beyond the limit of lines: tests/cli/hostile.rs"),
    ("K0015", "files beyond the limit together: tests/limits.rs, tests/codes"),
    ("K0016", "a text beyond the limit of length: tests/limits.rs, tests/codes"),
    ("K0017", "files beyond the limit: tests/limits.rs, tests/codes"),
    ("K0018", "rows beyond the limit: tests/limits.rs, tests/codes"),
    ("K003", "about files and folders, not about what is in them: tests/cli, tests/codes"),
    ("K0040", "about the range that `sweep` is given: tests/explain/sweep.rs, tests/codes"),
    ("K0426", "someone stops a computation while it runs: tests/repl"),
    ("K0041", "a file that someone else writes to meanwhile: tests/cli/fixes.rs"),
    ("K0042", "about what `sweep` is asked to vary: tests/explain/sweep.rs, tests/codes"),
    ("K0043", "about the range that `sweep` is given: tests/explain/sweep.rs, tests/codes"),
    ("K0044", "about the name that `explain --why-not` is given: tests/explain/why_not.rs, tests/codes"),
    ("K0045", "about the name that `explain --why-not` is given: tests/explain/why_not.rs, tests/codes"),
    ("K0046", "about the goal that `solve` is given: tests/explain/solve.rs, tests/codes"),
    ("K0050", "about the unknowns that `solve` is given: tests/explain/frontier.rs, tests/codes"),
    ("K0051", "about the steps that `solve` is given: tests/explain/frontier.rs, tests/codes"),
    ("K0047", "about a file that is given as a scenario: tests/cli/what_ifs.rs, tests/codes"),
    ("K0048", "a fault of the program: what was written computes otherwise"),
    ("K0049", "about a picture that is asked for: tests/cli/what_ifs.rs"),
    ("K0149", "a fault of the program: grammar and builder disagree"),
    ("K019", "said by `fmt`: tests/cases/format, tests/codes"),
    ("K04", "found when results are computed: tests/codes, tests/engine.rs, tests/cases/run/bad"),
    ("K06", "about data: tests/facts"),
    ("K07", "said by `sources`: tests/cases/cli/sources.toml, tests/cli/documents.rs, tests/codes"),
    ("K08", "records are written by a command line, not by a file: tests/cli/records.rs"),
    ("K09", "about the command line and the prompt: tests/cli, tests/repl.rs"),
];

#[test]
fn every_code_is_met_by_a_failing_file() {
    let all = TOPICS.iter().flat_map(|topic| cases(topic)).flat_map(|case| case.expected());
    let met: BTreeSet<String> =
        all.flat_map(|line| line.split(' ').find(|w| is_code(w)).map(str::to_owned)).collect();
    let elsewhere = |id: &str| ELSEWHERE.iter().any(|(prefix, _)| id.starts_with(prefix));
    let untested: Vec<_> =
        Code::ALL.iter().map(|code| code.id()).filter(|id| !met.contains(*id) && !elsewhere(id)).collect();
    assert!(untested.is_empty(), "codes that no failing file meets: {untested:?}");
    let unregistered: Vec<_> = met.iter().filter(|id| Code::find(id).is_none()).collect();
    assert!(unregistered.is_empty(), "expected, but not registered: {unregistered:?}");
    let used = |prefix: &str| Code::ALL.iter().any(|code| code.id().starts_with(prefix));
    let idle: Vec<_> = ELSEWHERE.iter().filter(|(prefix, _)| !used(prefix)).collect();
    assert!(idle.is_empty(), "no such codes: {idle:?}");
}

fn is_code(word: &str) -> bool {
    word.strip_prefix('K')
        .is_some_and(|digits| digits.len() == 4 && digits.chars().all(|c| c.is_ascii_digit()))
}
