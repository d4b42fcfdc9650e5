//! What is offered as a correction mends exactly the fault it is offered for.

use std::collections::BTreeMap;

use klausul::base::SourceMap;
use klausul::diag::Problems;
use klausul::syntax::admit;
use serde_json::Value;

use super::TOPICS;
use super::case::{Case, cases};
use super::program::{Finding, Setting};

/// Corrections are put into every failing file, one at a time; the program is run on each, so topics run side by side.
#[test]
fn every_correction_mends_its_fault_and_brings_no_other() {
    let wrong: Vec<String> = std::thread::scope(|scope| {
        let handles: Vec<_> = TOPICS.iter().map(|topic| scope.spawn(move || wrong_in(topic))).collect();
        handles.into_iter().flat_map(|handle| handle.join().unwrap()).collect()
    });
    assert!(wrong.is_empty(), "{} corrections do not mend:\n{}", wrong.len(), wrong.join("\n"));
}

fn wrong_in(topic: &str) -> Vec<String> {
    let readable = |case: &Case| case.files.iter().all(|(_, bytes)| std::str::from_utf8(bytes).is_ok());
    let all = cases(topic).into_iter().filter(|case| case.commands().is_empty() && readable(case));
    all.flat_map(|case| wrong_of(&case)).collect()
}

fn wrong_of(case: &Case) -> Vec<String> {
    let before = case.setting().check("da");
    let mut wrong = Vec::new();
    for finding in &before {
        let fixes = list(&finding.value, "fixes");
        let mut faults: Vec<(String, Fault)> = Vec::new();
        for fix in fixes {
            let after = Setting::beside(&mended(case, fix)).check("da");
            let fault = fault(finding, &before, &after);
            faults.extend(fault.map(|fault| (fix["title"].to_string(), fault)));
        }
        // Of several readings it is enough that one can be meant: the others show what the line would then say.
        let readable = fixes.len() > faults.len();
        faults.retain(|(_, fault)| !readable || matches!(fault, Fault::StillThere));
        let place = finding.expectation(case);
        wrong.extend(
            faults.iter().map(|(t, fault)| format!("{}, {place}: {t} – {fault:?}", case.path.display())),
        );
    }
    wrong
}

/// What can be wrong with a correction.
#[derive(Debug)]
enum Fault {
    StillThere,
    Brings(#[expect(dead_code, reason = "shown")] Vec<(String, String)>),
}

/// What is wrong with a correction, if anything: its finding is still there, or an error has come.
fn fault(finding: &Finding, before: &[Finding], after: &[Finding]) -> Option<Fault> {
    let key = |finding: &Finding| (finding.code.clone(), finding.value["message"].to_string());
    let count = |found: &[Finding]| {
        let mut counts: BTreeMap<_, usize> = BTreeMap::new();
        found.iter().for_each(|finding| *counts.entry(key(finding)).or_default() += 1);
        counts
    };
    let (had, has) = (count(before), count(after));
    let of = |counts: &BTreeMap<_, usize>, key: &(String, String)| counts.get(key).copied().unwrap_or(0);
    if of(&has, &key(finding)) >= of(&had, &key(finding)) {
        return Some(Fault::StillThere);
    }
    let errors = after.iter().filter(|found| found.value["severity"] == "error");
    let fresh: Vec<_> = errors.map(key).filter(|key| of(&has, key) > of(&had, key)).collect();
    (!fresh.is_empty()).then_some(Fault::Brings(fresh))
}

fn list<'v>(value: &'v Value, field: &str) -> &'v [Value] {
    value[field].as_array().map(Vec::as_slice).unwrap_or_default()
}

/// The files of a case with a correction put in. Places are counted in the text as it was admitted: without a byte-order
/// mark, with plain line ends, with spaces for tabs.
fn mended(case: &Case, fix: &Value) -> Vec<(String, Vec<u8>)> {
    let mut files = case.files.clone();
    // Of two edits at one place the later in the list comes later in the text.
    let mut edits: Vec<&Value> = list(fix, "edits").iter().collect();
    edits.sort_by_key(|edit| edit["span"]["start"].as_u64());
    for edit in edits.iter().rev() {
        let at = |end: &str| usize::try_from(edit["span"][end].as_u64().unwrap()).unwrap();
        let file = files.iter_mut().find(|(name, _)| Some(name.as_str()) == edit["file"].as_str()).unwrap();
        let mut sources = SourceMap::new();
        admit(&mut sources, &file.0, &file.1, &mut Problems::new());
        let mut text = sources.iter().next().unwrap().1.text.clone();
        text.replace_range(at("start")..at("end"), edit["text"].as_str().unwrap());
        file.1 = text.into_bytes();
    }
    files
}
