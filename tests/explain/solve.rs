//! With which values of a number something holds: held to every value tried one by one, and read as the user reads it.

use klausul::base::Lang;
use klausul::diag::Code;
use klausul::explore::{Range, Solution, Solutions, Solved, solve};
use klausul::model::Origin;
use klausul::render::{Look, ShowIt, solutions_json, solutions_text};
use klausul::value::Number;

use super::sweep::{range, support};
use super::{Asked, rules};

fn solved(mut asked: Asked, goal: &str, of: &str, range: Range<'_>, lang: Lang) -> Vec<Solved> {
    asked.question.targets = vec![goal.to_owned()];
    solve(&asked.session, &asked.question, of, range, lang).unwrap()
}

fn both(goal: &str, of: &str, range: Range<'_>) -> String {
    let told = |lang| {
        let found = Solutions::One(solved(support(), goal, of, range, lang));
        solutions_text(&found, ShowIt::Option, &Look::new(lang))
    };
    format!("{}\n---\n{}", told(Lang::Da), told(Lang::En))
}

#[test]
fn the_least_turnover_that_gives_a_grant_of_some_size() {
    insta::assert_snapshot!(both("støtte.udbetalt ≥ 90 kr.", "støtte.omsætning", Range::default()));
}

#[test]
fn how_many_are_needed_in_whole_numbers() {
    insta::assert_snapshot!(both("støtte.udbetalt > 50 kr.", "støtte.ansatte", Range::default()));
}

#[test]
fn a_value_that_is_met_exactly_and_one_that_is_jumped_over() {
    insta::assert_snapshot!(both(
        "støtte.udbetalt = 100 kr.",
        "støtte.omsætning",
        range("0 kr.", "3.000 kr.")
    ));
    insta::assert_snapshot!(both(
        "støtte.udbetalt = 40 kr.",
        "støtte.omsætning",
        range("0 kr.", "3.000 kr.")
    ));
}

#[test]
fn for_programs() {
    let all = solved(support(), "støtte.udbetalt ≥ 90 kr.", "støtte.omsætning", Range::default(), Lang::Da);
    insta::assert_json_snapshot!(solutions_json(&Solutions::One(all)));
}

#[test]
fn what_cannot_be_asked_is_refused_with_its_code() {
    let refused = |goal: &str, of: &str, range: Range<'_>| {
        let mut asked = support();
        asked.question.targets = vec![goal.to_owned()];
        let refused = solve(&asked.session, &asked.question, of, range, Lang::Da).unwrap_err();
        refused.problems.sorted().first().unwrap().code
    };
    let all = Range::default();
    assert_eq!(refused("støtte.udbetalt", "støtte.omsætning", all), Code::NotAGoal);
    assert_eq!(refused("støtte.kvadrat > 5 kr.", "støtte.haster", range("ja", "nej")), Code::NotVaried);
    assert_eq!(
        refused("støtte.udbetalt > 5 kr.", "støtte.omsætning", range("9 kr.", "3 kr.")),
        Code::NothingToFollow
    );
    assert_eq!(refused("støtte.afrundet > 5 kr.", "støtte.ansatte", all), Code::NotRestedOn);
}

/// What is shared in whole steps has an answer where the pool is a number of them: all such pools are tried one by one, also
/// where a larger pool gives somebody less.
#[test]
fn what_is_shared_in_whole_steps_is_found_in_them() {
    let keys: [&[(&str, i64)]; 4] = [
        &[("A", 60), ("B", 40)],
        &[("A", 6), ("B", 6), ("C", 2)],
        &[("A", 7), ("B", 4), ("C", 0)],
        &[("A", 1), ("B", 98)],
    ];
    for (keys, goal) in keys.into_iter().flat_map(|keys| [(keys, "k.del ≥ 10 kr."), (keys, "k.del = 3 kr.")])
    {
        let text = "aftale A \"x\"\n  periode 2025\nhver by, byer, byen har\n  nøgle : hele tal\nklausul k for hver by\n  pulje = 100 kr.\n  del = pulje fordelt efter nøgle blandt alle byer, afrundet til 1 kr.\n";
        let towns: Vec<String> =
            keys.iter().map(|(name, key)| format!("\"{name}\": {{\"nøgle\": {key}}}")).collect();
        let data = format!(r#"{{"year": 2025, "by": {{{}}}}}"#, towns.join(", "));
        let asked = || rules(text).json(&data);
        let found = solved(asked(), goal, "k.pulje", range("0 kr.", "60 kr."), Lang::Da);
        assert_eq!(found.len(), keys.len());
        for own in &found {
            assert!(own.unsettled.is_empty(), "{own:?}");
            assert!(own.solutions.iter().all(|own| own.verified), "{own:?}");
            assert!(own.notes.iter().any(|note| note.contains("i trin på 1 kr.")), "{own:?}");
        }
        for pool in 0..=60 {
            let mut asked = asked();
            asked.question.targets = vec![goal.to_owned()];
            asked.session.assign("--set", &format!("k.pulje = {pool} kr."), Origin::Set).unwrap();
            let answer = asked.session.ask(&asked.question).unwrap();
            for (line, own) in answer.lines.iter().zip(&found) {
                let holds = answer.outcome(line).as_truth().unwrap();
                let told = covers(&own.solutions, &Number::from_i64(pool));
                assert_eq!(told, holds, "{keys:?} {goal} {pool}: {own:?}");
            }
        }
    }
}

/// The steps that a pool is shared in are told in the unit that makes them readable, not as a small part of a million.
#[test]
fn a_step_of_a_pool_is_told_in_a_unit_that_can_be_read() {
    let text = "aftale A \"x\"\n  periode 2025\nhver by, byer, byen har\n  nøgle : hele tal\nklausul k for hver by\n  pulje = 1 mio. kr.\n  del = pulje fordelt efter nøgle blandt alle byer, afrundet til 0,01 kr.\n";
    let data = r#"{"year": 2025, "by": {"A": {"nøgle": 6}, "B": {"nøgle": 4}}}"#;
    for (lang, step) in [(Lang::Da, "i trin på 0,01 kr., for"), (Lang::En, "in steps of 0.01 kr., for")] {
        let ends = range("0 mio. kr.", "2 mio. kr.");
        let found = solved(rules(text).json(data), "k.del ≥ 300000 kr.", "k.pulje", ends, lang);
        assert!(found[0].notes.iter().any(|note| note.contains(step)), "{found:?}");
    }
}

/// Where one of the results shares nothing, it has answers between the steps too, and none of them is left out.
#[test]
fn what_shares_nothing_is_not_kept_to_steps() {
    let text = "aftale A \"x\"\n  periode 2025\nhver by, byer, byen har\n  nøgle : hele tal\n  fast : ja/nej\nklausul k for hver by\n  pulje = 100 kr.\n  del = pulje fordelt efter nøgle blandt alle byer, afrundet til 1 kr.\n  y = hvis fast så pulje / 2 ellers del\n";
    let data = r#"{"year": 2025, "by": {"A": {"nøgle": 6, "fast": true}, "B": {"nøgle": 4, "fast": false}}}"#;
    let found =
        solved(rules(text).json(data), "k.y > 10,25 kr.", "k.pulje", range("0 kr.", "60 kr."), Lang::Da);
    let [fixed, shared] = found.as_slice() else { panic!("{found:?}") };
    let from = fixed.solutions[0].from.as_ref().unwrap();
    assert_eq!((from.x.text.as_str(), from.included), ("20,5 kr.", false), "{fixed:?}");
    // Of the one whose share is in whole steps nothing is claimed then.
    assert!(shared.solutions.is_empty() && !shared.unsettled.is_empty(), "{shared:?}");
}

/// What is not followed is told as one stretch on which it is not settled, not as the places tried in it.
#[test]
fn what_is_not_followed_is_not_settled_and_told_once() {
    let text = "aftale A \"x\"\n  periode 2025\nklausul k\n  givet x : tal, mellem 0 og 20\n  y = x × x\n";
    let found = solved(rules(text), "k.y > 50", "k.x", Range::default(), Lang::Da);
    let [own] = found.as_slice() else { panic!("{found:?}") };
    assert!(!own.unsettled.is_empty() && own.unsettled.len() <= 2, "{own:?}");
    assert!(own.unsettled.iter().all(|own| !own.verified), "{own:?}");
}

/// Where a fact is missing nothing is claimed: neither that it holds nor that it does not.
#[test]
fn what_is_missing_leaves_it_open_and_is_named() {
    let text = "aftale A \"x\"\n  periode 2025\nklausul k\n  givet x : kr., mellem 0 og 10 kr.\n  givet m : kr.\n  y = x + m\n";
    let found = solved(rules(text), "k.y ≥ 3 kr.", "k.x", Range::default(), Lang::Da);
    let [found] = found.as_slice() else { panic!("{found:?}") };
    assert!(found.solutions.is_empty() && !found.unsettled.is_empty(), "{found:?}");
    assert!(found.notes.iter().any(|note| note.contains("der mangler: k.m")), "{found:?}");
    assert!(found.notes.iter().all(|note| !note.contains("der er ingen")), "{found:?}");
}

fn covers(all: &[Solution], x: &Number) -> bool {
    let exact = |own: &klausul::explore::Bound| own.x.exact.clone().unwrap();
    let above = |own: &Solution| {
        own.from.as_ref().is_none_or(|end| exact(end) < *x || (end.included && exact(end) == *x))
    };
    let below = |own: &Solution| {
        own.to.as_ref().is_none_or(|end| *x < exact(end) || (end.included && exact(end) == *x))
    };
    all.iter().any(|own| above(own) && below(own))
}

/// Every eighth of a krone is tried by itself: it is told to fulfil the goal if, and only if, it does.
#[test]
fn all_values_are_found_and_no_others() {
    let goals =
        ["k.y ≥ 30 kr.", "k.y = 24 kr.", "k.y < 12,5 kr.", "k.y ≠ 24 kr.", "k.y ≤ 9 kr. og k.x > 2 kr."];
    let bodies = [
        "x, dog højst 24 kr.",
        "hvis x ≥ 16 kr. så x + 8 kr. ellers 2 × x",
        "hvis x under 10 kr. så 24 kr. ellers hvis x højst 20 kr. så 40 kr. − x ellers x / 3",
        "(x × 3 − 20 kr.), dog mindst 0 kr., dog højst 50 kr.",
    ];
    for body in bodies {
        let text = format!(
            "aftale A \"x\"\n  periode 2025\nklausul k\n  givet x : kr., mellem 0 og 60 kr.\n  y = {body}\n"
        );
        for goal in goals {
            let mut asked = rules(&text);
            asked.question.targets = vec![goal.to_owned()];
            let found = solve(&asked.session, &asked.question, "k.x", Range::default(), Lang::Da).unwrap();
            let [found] = found.as_slice() else { panic!("{text}") };
            assert!(found.unsettled.is_empty(), "{text} {goal}");
            assert!(found.solutions.iter().all(|own| own.verified), "{text} {goal}");
            for eighth in 0..=480 {
                let x = Number::from_i64(eighth).div(&Number::from_i64(8)).unwrap();
                let mut session = asked.session.clone();
                session.assign("--set", &format!("k.x = {eighth} kr. / 8"), Origin::Set).unwrap();
                let answer = session.ask(&asked.question).unwrap();
                let holds = answer.outcome(&answer.lines[0]).as_truth().unwrap();
                assert_eq!(covers(&found.solutions, &x), holds, "{text} {goal} x = {}", x.to_exact());
            }
        }
    }
}
