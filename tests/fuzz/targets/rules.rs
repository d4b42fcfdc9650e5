//! Rules that are nearly right: the checker says what is wrong with them at a place, corrections can be put in, and both
//! machines compute the same.

use klausul::base::Lang;
use klausul::diag::Problems;
use klausul::facts::{DataArg, Moment, read_data};
use klausul::session::{Question, Session};

use super::choices::Choices;
use super::held::{findings, shown, tame};
use super::seeds::{LONG, RULES, WITH_DATA};

fn session(name: &str, text: &str) -> Session {
    let mut session = Session::new();
    session.add_rules(name, text.as_bytes());
    session
}

/// Rules as somebody in a hurry writes them are checked, shown, mended, tested and computed without a fall.
pub(super) fn checker(bytes: &[u8]) {
    let mut choices = Choices::new(bytes);
    // The long ones, which use the whole language, are seldom started from: one costs as much as thirty short ones.
    let short = RULES.len() - if choices.below(24) == 23 { 0 } else { LONG };
    let seed = choices.of(&RULES[..short]);
    let text = choices.changed(seed, RULES, 12);
    let session = session("a.klausul", &text);
    let checked = session.check();
    findings(&checked.problems, session.sources());
    shown(&checked.problems, session.sources());
    let found = checked.problems.sorted();
    if session.mendable(&found) > 0 {
        let mended = session.mended();
        findings(&mended.session.findings(), mended.session.sources());
    }
    if checked.problems.has_errors() {
        return;
    }
    for report in session.run_tests(Lang::En) {
        findings(&report.problems, session.sources());
    }
    let mut problems = Problems::new();
    let _ = session.checks(&mut problems);
    findings(&problems, session.sources());
    for year in [2024, 2025] {
        computed(&session, year, &text);
    }
}

/// Everything is computed, by both machines alike.
fn computed(session: &Session, year: i16, text: &str) {
    let moment = Some(Moment::Year(year));
    match session.ask(&Question { moment, ..Question::default() }) {
        Ok(answer) => {
            findings(&answer.problems, session.sources());
            let words = answer.words(Lang::Da);
            for line in &answer.lines {
                let (ty, show) = answer.typed(line);
                tame(&words.outcome(answer.outcome(line), ty, show));
            }
        }
        Err(problems) => findings(&problems, session.sources()),
    }
    let twice = session.computed_twice(moment);
    assert!(twice.differ.is_empty(), "{text}\n{year}: {:#?}", twice.differ);
}

/// Rules and data that are nearly right: where they can be computed, the fast machine says what the reference says.
pub(super) fn machines(bytes: &[u8]) {
    let mut choices = Choices::new(bytes);
    let (rules, data, year) = WITH_DATA[choices.below(WITH_DATA.len())];
    let others: Vec<&str> = WITH_DATA.iter().map(|(rules, _, _)| *rules).collect();
    let (of_rules, of_data) = (choices.below(8), choices.below(6));
    let data = choices.changed(data, &[data], of_data);
    let text = choices.changed(rules, &others, of_rules);
    let mut session = session("a.klausul", &text);
    let mut problems = Problems::new();
    let raw = read_data(
        &DataArg::parse("d.json"),
        data.as_bytes(),
        &|_| None,
        session.sources_mut(),
        &mut problems,
    );
    session.set_data(raw);
    let twice = session.computed_twice(Some(Moment::Year(year)));
    assert!(twice.differ.is_empty(), "{text}\n{data}\n{:#?}", twice.differ);
}

/// The rules and data that are started from have no errors, and registers compute of each.
pub(super) fn seeds_hold() {
    for (rules, data, year) in WITH_DATA {
        let (mut session, mut problems) = (session("a.klausul", rules), Problems::new());
        let arg = DataArg::parse("d.json");
        let raw = read_data(&arg, data.as_bytes(), &|_| None, session.sources_mut(), &mut problems);
        session.set_data(raw);
        let found = session.bound(Some(Moment::Year(*year))).problems;
        assert!(!problems.has_errors() && !found.has_errors(), "{problems:?} {:#?}", found.sorted());
        let twice = session.computed_twice(Some(Moment::Year(*year)));
        assert!(twice.in_registers > twice.rows, "{twice:?}");
    }
}
