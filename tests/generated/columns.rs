//! Columns beside the rules are answers of their own, and the terms of bridges add up, whatever the rules are.

use klausul::compare::{Bridge, Comparison, Difference, Side, asked_of_all, bridges};
use klausul::eval::Outcome;
use klausul::facts::Moment;
use klausul::model::Origin;
use klausul::session::Question;
use klausul::value::Number;
use proptest::prelude::*;

use super::program::{facts, program};
use super::write::written;
use super::{session, tried, with_facts};
use crate::compare::of;

/// What a bridge tells of its ends, its terms and what is told together adds up to the whole.
fn adds_up(bridge: &Bridge) -> Result<(), TestCaseError> {
    let Some(whole) = bridge.whole() else { return Ok(()) };
    let terms = (1..bridge.points.len()).filter_map(|step| bridge.term(step));
    let joints = bridge.joints();
    let sum = terms.chain(joints.iter().map(|joint| joint.by.clone()));
    let sum = sum.fold(Number::zero(), |sum, term| sum.add(&term));
    prop_assert_eq!(sum, whole);
    // No step is told twice, and none is left out.
    let told = (1..bridge.points.len()).filter(|step| {
        let joint = joints.iter().filter(|joint| (joint.from..=joint.to).contains(step)).count();
        joint + usize::from(bridge.term(*step).is_some()) == 1
    });
    prop_assert_eq!(told.count(), bridge.points.len() - 1);
    Ok(())
}

proptest! {
    #![proptest_config(tried(24))]

    #[test]
    fn columns_are_answers_of_their_own_and_bridges_add_up(
        program in program(),
        facts in facts(),
        all in any::<bool>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<i16>(), any::<bool>()), 1..5),
    ) {
        let base = with_facts(&session(&written(&program, true).text()), &facts, all);
        let plan = base.check().plan;
        let model = &plan.model;
        let numbers: Vec<_> = model
            .defs
            .ids()
            .filter(|def| model.defs[*def].local_to.is_none() && klausul::compare::adds_up(&model.defs[*def].ty))
            .collect();
        prop_assume!(!numbers.is_empty());
        let mut set = base.clone();
        for (at, amount, open) in &changes {
            let def = numbers[at.index(numbers.len())];
            let sign = if *amount < 0 { "−" } else { "" };
            let value = if *open { "ukendt".to_owned() } else { format!("{sign}{} kr.", amount.unsigned_abs()) };
            // What cannot be set is no change.
            let _refused = set.assign("--with", &format!("{} = {value}", model.full_name(def)), Origin::Set);
        }
        let base = Side { session: base, moment: Some(Moment::Year(2025)) };
        let column = of(&base, "a", set.clone());
        let answers = asked_of_all(&base, std::slice::from_ref(&column), &[], &[]).unwrap();
        let alone = set.ask(&Question { moment: base.moment, ..Question::default() }).unwrap();
        let comparison = Comparison::of(answers.iter().collect());
        let mut told = 0;
        for result in &comparison.results {
            for row in &result.rows {
                let Some((answer, line)) = comparison.line(row, 1) else { continue };
                let own = alone.lines.iter().find(|other| {
                    other.name == line.name
                        && other.entity.map(|id| &alone.facts.get(id).name)
                            == line.entity.map(|id| &answer.facts.get(id).name)
                });
                let own = own.map(|own| alone.outcome(own));
                let same = match (own, answer.outcome(line)) {
                    (Some(Outcome::Value(a)), Outcome::Value(b)) => a == b,
                    (Some(a), b) => std::mem::discriminant(a) == std::mem::discriminant(b),
                    (None, _) => false,
                };
                prop_assert!(same, "{}", result.name);
                if let (Difference::By(by), Some((first, line0))) =
                    (comparison.difference(row, 1), comparison.line(row, 0))
                {
                    let (a, b) = (first.outcome(line0).as_number(), answer.outcome(line).as_number());
                    prop_assert_eq!(a.zip(b).map(|(a, b)| b.sub(a)), Some(by));
                }
                told += 1;
            }
            // The rows move a sum by what it moves.
            if let (Some(before), Some(after)) = (comparison.total(result, 0), comparison.total(result, 1))
                && let (Some(before), Some(after)) = (before.whole(), after.whole())
            {
                let moved = (0..result.rows.len()).map(|row| comparison.moved(result, row, 1));
                let sum = moved.map(|by| by.unwrap_or_else(Number::zero)).fold(Number::zero(), |a, b| a.add(&b));
                prop_assert_eq!(sum, after.sub(before), "{}", &result.name);
            }
        }
        prop_assert!(told > 0);
        for (at, _, _) in &changes {
            let target = model.full_name(numbers[at.index(numbers.len())]);
            let Ok((found, _)) = bridges(&base, &column, &target, &[]) else { continue };
            for bridge in &found {
                prop_assert!(!bridge.points.is_empty());
                adds_up(bridge)?;
            }
        }
    }
}
