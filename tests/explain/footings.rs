//! What all results rest on, found in one walk, is what is found for each of them by itself.

use klausul::base::Lang;
use klausul::explain::Rests;
use klausul::facts::Moment;
use klausul::model::Origin;
use klausul::session::{Answer, Question, Session};

/// Compares every result of an answer, and tells how many rest on an assumption and how many are hypothetical.
fn compared(answer: &Answer) -> (usize, usize) {
    let words = answer.words(Lang::Da);
    let (mut assumed, mut hypothetical) = (0, 0);
    for line in &answer.lines {
        let rests = Rests::of(words, &answer.trace, line.step);
        let footings = answer.footings();
        assert_eq!(footings.readings(words, line.step), rests.readings(words), "{}", line.name);
        let is_hypothetical = rests.is_hypothetical(words, &answer.trace);
        assert_eq!(footings.is_hypothetical(line.step), is_hypothetical, "{}", line.name);
        assumed += usize::from(!footings.assumptions(line.step).is_empty());
        hypothetical += usize::from(is_hypothetical);
    }
    (assumed, hypothetical)
}

fn asked(session: &Session, year: i16) -> Answer {
    session.ask(&Question { moment: Some(Moment::Year(year)), ..Question::default() }).unwrap()
}

#[test]
fn one_walk_finds_what_a_walk_for_each_result_finds() {
    let (mut assumed, mut hypothetical) = (0, 0);
    let packs = [
        ("rules/oea25", 2025),
        ("rules/oea25", 2026),
        ("rules/oea20", 2020),
        ("rules/sr24", 2027),
        ("rules/tvaers", 2025),
    ];
    for (pack, year) in packs {
        let session = crate::session_of(pack);
        let of = compared(&asked(&session, year));
        assumed += of.0;
        assert_eq!(of.1, 0, "nothing is changed in {pack}");
    }
    assert!(assumed > 50, "only {assumed} results rest on an assumption");
    for what_if in
        ["nærhedsfinansiering.andel_bevaret[2] = 60 pct.", "nærhedsfinansiering.pulje = 1.900 mio. kr."]
    {
        let mut session = crate::session_of("rules/oea25");
        session.assign("what-if", what_if, Origin::WhatIf).unwrap();
        session.lay_line("line", "læsning trin = tredjedele", Origin::WhatIf).unwrap();
        hypothetical += compared(&asked(&session, 2025)).1;
    }
    assert!(hypothetical > 5, "only {hypothetical} results are hypothetical");
}
