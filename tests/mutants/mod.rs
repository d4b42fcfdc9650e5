//! Damaged rule packs: every damage is exactly the edit it says, and each is noticed by whom it should be.

use klausul::diag::Edit;
use klausul::mutants::{Bench, Change, Class, Mutant, Way, choose, mutants};
use klausul::session::Session;

mod forms;
mod ways;

use crate::session_of;

/// What the edits of a damage replace, in the order they stand.
fn old_words(session: &Session, mutant: &Mutant) -> Vec<String> {
    mutant.edits.iter().map(|edit| session.sources().text(edit.span).to_owned()).collect()
}

#[test]
fn every_damage_is_exactly_its_edits() {
    for session in [session_of("rules/oea25"), session_of("examples/da"), session_of("examples/en")] {
        let all = mutants(&session);
        assert!(all.len() > 200, "{}", all.len());
        for mutant in &all {
            let whole = &session.sources().file(mutant.file).text;
            let damaged = mutant.text(session.sources());
            assert_ne!(*whole, damaged, "{}", mutant.what.da);
            let (mut at, mut rebuilt) = (0, String::new());
            for Edit { span, text } in &mutant.edits {
                assert!(span.start as usize >= at, "{}: edits overlap", mutant.what.da);
                rebuilt.push_str(&whole[at..span.start as usize]);
                rebuilt.push_str(text);
                at = span.end as usize;
            }
            rebuilt.push_str(&whole[at..]);
            assert_eq!(rebuilt, damaged, "{}", mutant.what.da);
        }
    }
}

#[test]
fn a_pack_that_is_not_damaged_has_no_class() {
    let session = session_of("rules/cn24");
    let untouched = Mutant {
        way: Way::DropRow,
        file: session.rule_files()[0],
        edits: Vec::new(),
        what: Way::DropRow.words(),
    };
    let bench = Bench::new(session, Vec::new());
    assert!(bench.is_correct());
    let fate = bench.run(&untouched);
    assert_eq!((fate.class(), fate.change, fate.shown), (Class::Equivalent, Change::Nothing, None));
}

#[test]
fn some_of_many_are_spread_evenly() {
    let session = session_of("rules/oea25");
    let all = mutants(&session);
    assert_eq!(all, mutants(&session), "the same every time");
    let of = |some: &[Mutant], way| some.iter().filter(|mutant| mutant.way == way).count();
    let few = choose(all.clone(), 5);
    for way in Way::ALL {
        assert_eq!(of(&few, *way), of(&all, *way).min(5), "{}", way.id());
    }
    assert_eq!(choose(all.clone(), usize::MAX), all);
    let units: Vec<usize> = few
        .iter()
        .filter(|mutant| mutant.way == Way::SwapUnit)
        .filter_map(|mutant| all.iter().filter(|m| m.way == Way::SwapUnit).position(|m| m == mutant))
        .collect();
    let count = of(&all, Way::SwapUnit);
    assert_eq!(units, [0, count / 5, 2 * count / 5, 3 * count / 5, 4 * count / 5]);
}

#[test]
fn edits_say_what_they_replace() {
    let session = session_of("rules/oea25");
    let all = mutants(&session);
    let rounding = all.iter().find(|mutant| mutant.way == Way::DropRounding).unwrap();
    assert_eq!(old_words(&session, rounding), [", afrundet hver for sig til 0,1 mio. kr."]);
    assert_eq!(rounding.edits[0].text, "");
}
