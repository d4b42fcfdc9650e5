//! For which values of two numbers something holds: held to every pair of values tried one by one, and read as users read it.

use klausul::base::Lang;
use klausul::diag::Code;
use klausul::explore::{Range, Solution, Solutions, solutions, spelled};
use klausul::model::Origin;
use klausul::render::{Look, ShowIt, solutions_json, solutions_text};
use klausul::value::Number;

use super::sweep::support;
use super::{Asked, rules};

fn found(mut asked: Asked, goal: &str, of: &str, lang: Lang) -> Result<Solutions, Code> {
    asked.question.targets = vec![goal.to_owned()];
    let range = Range::default();
    solutions(&asked.session, &asked.question, &spelled(of), range, lang)
        .map_err(|refused| refused.problems.sorted().first().unwrap().code)
}

#[test]
fn for_each_number_of_employees_the_turnover_that_is_needed() {
    let told = |lang, show, of: &str, width| {
        let found = found(support(), "støtte.udbetalt ≥ 90 kr.", of, lang).unwrap();
        solutions_text(&found, show, &Look { width, ..Look::new(lang) })
    };
    let all = "støtte.ansatte, støtte.omsætning";
    let some = "støtte.ansatte fra 2 til 11 trin 4, støtte.omsætning fra 0 kr. til 3.000 kr.";
    insta::assert_snapshot!(format!(
        "{}\n---\n{}\n---\n{}",
        told(Lang::Da, ShowIt::Option, all, 100),
        told(Lang::Da, ShowIt::Line, some, 60),
        told(Lang::En, ShowIt::Option, some, 60)
    ));
    let found = found(support(), "støtte.udbetalt ≥ 90 kr.", some, Lang::Da).unwrap();
    insta::assert_json_snapshot!(solutions_json(&found));
}

#[test]
fn what_cannot_be_asked_is_refused_with_its_code() {
    let refused = |of: &str| found(support(), "støtte.udbetalt > 5 kr.", of, Lang::Da).unwrap_err();
    assert_eq!(refused("støtte.omsætning, støtte.omsætning"), Code::SameTwice);
    assert_eq!(refused("støtte.omsætning, støtte.ansatte, støtte.haster"), Code::SameTwice);
    assert_eq!(refused("støtte.ansatte trin 0, støtte.omsætning"), Code::NoStep);
    assert_eq!(refused("støtte.ansatte trin 0,5, støtte.omsætning"), Code::NoStep);
    assert_eq!(refused("støtte.omsætning fra 0 kr. til 300 kr. trin 1 kr., støtte.ansatte"), Code::NoStep);
    assert_eq!(refused("støtte.ansatte, støtte.omsætning trin 5 kr."), Code::NoStep);
    assert_eq!(refused("støtte.ansatte fra 5 til 2, støtte.omsætning"), Code::NothingToFollow);
    assert_eq!(refused("støtte.findes_ikke, støtte.omsætning"), Code::UndefinedName);
    // The goal rests on the one and not on the other.
    let text = "aftale A \"x\"\n  periode 2025\nklausul k\n  givet x : kr., mellem 0 og 10 kr.\n  givet z : kr., mellem 0 og 10 kr.\n  y = x\n";
    for of in ["k.x, k.z", "k.z, k.x"] {
        assert_eq!(found(rules(text), "k.y > 5 kr.", of, Lang::Da).unwrap_err(), Code::NotRestedOn, "{of}");
    }
    // What is the same for all values of the first is told where the goal reads it all the same.
    let text = text.replace("y = x\n", "y = x + 0 × z\n");
    assert!(found(rules(&text), "k.y > 5 kr.", "k.z trin 5 kr., k.x", Lang::Da).is_ok());
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

/// Every pair of values is tried by itself: it is told to fulfil the goal if, and only if, it does.
#[test]
fn all_pairs_are_found_and_no_others() {
    let bodies = [
        "x + 2 × z, dog højst 40 kr.",
        "hvis x ≥ 8 kr. så 3 × z ellers 30 kr. − z",
        "hvis n over 2 så x + z ellers (x − z), dog mindst 0 kr.",
        "n × z / 3 + x",
    ];
    for (body, first) in bodies.iter().flat_map(|body| [(body, "k.x"), (body, "k.n")]) {
        if first == "k.n" && !body.contains('n') {
            continue;
        }
        let text = format!(
            "aftale A \"x\"\n  periode 2025\nklausul k\n  givet n : hele tal, mellem 0 og 5\n  givet x : kr., mellem 0 og 20 kr.\n  givet z : kr., mellem 0 og 20 kr.\n  y = {body}\n"
        );
        let asked = || rules(&text).json(r#"{"year": 2025, "k.n": 3, "k.x": 7, "k.z": 4}"#);
        for goal in ["k.y ≥ 15 kr.", "k.y = 12 kr.", "k.y < 9 kr."] {
            let step = if first == "k.x" { "k.x trin 5 kr., k.z" } else { "k.n, k.z" };
            let found = match found(asked(), goal, step, Lang::Da) {
                Ok(Solutions::Two(found)) => found,
                Ok(Solutions::One(found)) => panic!("{found:?}"),
                // `n` stands in no branch of some of them.
                Err(Code::NotRestedOn) if first == "k.n" => continue,
                Err(code) => panic!("{code:?}"),
            };
            let [found] = found.as_slice() else { panic!("{found:?}") };
            for row in &found.rows {
                assert!(row.unsettled.is_empty(), "{goal} {row:?}");
                assert!(row.solutions.iter().all(|own| own.verified), "{goal} {row:?}");
                for quarter in 0..=80 {
                    let z = Number::from_i64(quarter).div(&Number::from_i64(4)).unwrap();
                    let holds = holds(asked(), goal, &row.set, &z);
                    assert_eq!(covers(&row.solutions, &z), holds, "{body}: {goal} {} {z:?} {row:?}", row.set);
                }
            }
        }
    }
}

fn holds(mut asked: Asked, goal: &str, set: &str, z: &Number) -> bool {
    asked.question.targets = vec![goal.to_owned()];
    let quarters = z.mul(&Number::from_i64(4)).to_exact();
    asked.session.assign("--set", set, Origin::Set).unwrap();
    asked.session.assign("--set", &format!("k.z = {quarters} kr. / 4"), Origin::Set).unwrap();
    let answer = asked.session.ask(&asked.question).unwrap();
    answer.outcome(&answer.lines[0]).as_truth().unwrap()
}
