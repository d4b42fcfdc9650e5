//! What is computed: checked programs meet no error of types, more facts change no value, a trace changes nothing, and
//! an amendment changes nothing outside its interval.

use klausul::eval::{Limits, Machine, Outcome};
use klausul::model::Origin;
use klausul::session::{Answer, AnswerLine, Session, Target};
use proptest::prelude::*;

use super::program::{Program, facts, program};
use super::write::{OTHER_READING, written};
use super::{asked, errors, results, session, tried, with_facts};

/// How a program is computed: told facts, a year, and the reading.
fn run(session: &Session, other_reading: bool) -> Session {
    let mut session = session.clone();
    if other_reading {
        // A program without the assumption has nothing to choose.
        let _none = session.choose_reading(OTHER_READING, Origin::Set);
    }
    session
}

/// Whether a result that was reached with some of the facts may become another with all of them.
fn may_become(early: &Outcome, late: &Outcome) -> bool {
    match (early, late) {
        (Outcome::Value(early), Outcome::Value(late)) => early == late,
        // What was not known may turn out to be wrong, such as a denominator of 0 in the condition of two equal branches.
        (Outcome::Unknown(_) | Outcome::DoesNotApply(_) | Outcome::Error(_), Outcome::Error(_)) => true,
        (Outcome::Value(_), _) => false,
        (Outcome::Unknown(_), Outcome::Value(_)) => match (early.bounds(), late.as_number()) {
            (Some(bounds), Some(number)) => bounds.contains(number),
            _ => true,
        },
        (Outcome::Unknown(_) | Outcome::DoesNotApply(_) | Outcome::Error(_), _) => true,
    }
}

/// The outcome of each line, with the lines in the same order on both sides.
fn pairs<'a>(early: &'a Answer, late: &'a Answer) -> Vec<(&'a AnswerLine, &'a Outcome, &'a Outcome)> {
    let lines = early.lines.iter().zip(&late.lines);
    lines.map(|(one, other)| (one, early.outcome(one), late.outcome(other))).collect()
}

/// The program as if nobody had amended it.
fn unamended(program: &Program) -> Program {
    Program { amendments: Vec::new(), ..program.clone() }
}

proptest! {
    #![proptest_config(tried(120))]

    /// The programs are well typed, and nothing that a check should have found is met when they run.
    #[test]
    fn checked_programs_meet_no_error_of_types(program in program(), facts in facts(), all in any::<bool>(), other in any::<bool>(), year in 2022i16..2029) {
        let text = written(&program, true).text();
        let session = run(&session(&text), other);
        let found = errors(&session);
        prop_assert!(found.is_empty(), "{found}\n{text}");
        for (name, result) in results(&with_facts(&session, &facts, all), year) {
            let code = result["error"]["code"].as_str().unwrap_or("K04");
            prop_assert!(code.starts_with("K04"), "{name}: {result}\n{text}\n{}", facts.json(all));
        }
    }

    /// A result that has a value keeps it whatever else is told, and one within bounds stays within them.
    /// What was unknown may turn out to be in error.
    #[test]
    fn further_facts_change_no_value(program in program(), facts in facts(), other in any::<bool>(), year in 2023i16..2028) {
        let text = written(&program, true).text();
        let session = run(&session(&text), other);
        let (some, all) = (with_facts(&session, &facts, false), with_facts(&session, &facts, true));
        for (line, early, late) in pairs(&asked(&some, year), &asked(&all, year)) {
            let told = (facts.json(false), facts.json(true));
            prop_assert!(may_become(early, late), "{} in {year}: {early:?}\nbecame {late:?}\n{text}\n{told:?}", line.name);
        }
    }

    /// The results do not depend on whether the steps are kept for explaining.
    #[test]
    fn a_trace_changes_nothing(program in program(), facts in facts(), all in any::<bool>(), year in 2023i16..2028) {
        let text = written(&program, true).text();
        let answer = asked(&with_facts(&session(&text), &facts, all), year);
        let mut bare = Machine::without_trace(&answer.plan, &answer.facts, answer.moment, Limits::default());
        for line in &answer.lines {
            let step = match line.target {
                Target::Def(def) => bare.definition(def, line.entity),
                Target::Expr(expr) => bare.expression(expr, line.entity),
            };
            prop_assert_eq!(bare.trace().outcome(step), answer.outcome(line), "{} in {}\n{}", line.name, year, text);
        }
    }

    /// Outside the interval of every amendment, everything is exactly as if there were none.
    #[test]
    fn an_amendment_changes_nothing_outside_its_interval(program in program(), facts in facts(), all in any::<bool>(), year in 2023i16..2029) {
        // What asks for another year may well depend on what holds then.
        let (with, without) = (written(&program, false), written(&unamended(&program), false));
        prop_assume!(!with.amended.is_empty());
        let inside = with.amended.iter().any(|(first, last)| (*first..=*last).contains(&year));
        prop_assume!(!inside);
        let before = results(&with_facts(&session(&without.text()), &facts, all), year);
        let after = results(&with_facts(&session(&with.text()), &facts, all), year);
        for (name, now) in &after {
            let (line, _) = name.split_once(' ').unwrap();
            // One value for all schools becomes one for each when the amendment has a school's facts in it.
            let was = before.get(name).or_else(|| before.get(&format!("{line} null"))).unwrap();
            let (mut was, mut now) = (was.clone(), now.clone());
            // The reason names the times at which the line holds.
            for field in ["entity", "reason"] {
                was[field] = serde_json::Value::Null;
                now[field] = serde_json::Value::Null;
            }
            prop_assert_eq!(was, now, "{}\n{}", with.text(), facts.json(all));
        }
    }
}

/// The programs would prove little if they came to nothing: each state is met often.
#[test]
fn the_programs_reach_every_state() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut states = std::collections::BTreeMap::<String, usize>::new();
    for _ in 0..60 {
        let (program, facts) = (program(), facts()).new_tree(&mut runner).unwrap().current();
        let session = with_facts(&session(&written(&program, true).text()), &facts, false);
        for (_, result) in results(&session, 2025) {
            *states.entry(result["state"].as_str().unwrap().to_owned()).or_default() += 1;
        }
    }
    let enough = |state: &str| states.get(state).copied().unwrap_or_default() >= 15;
    assert!(["value", "unknown", "does_not_apply", "error"].into_iter().all(enough), "{states:?}");
}
