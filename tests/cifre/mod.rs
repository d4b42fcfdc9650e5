//! Digits of cited figures, changed one at a time: each is noticed by whom it should be. The rules and the document are
//! made up for the purpose.

use std::path::Path;

use klausul::base::{Lang, SourceMap};
use klausul::diag::Problems;
use klausul::mutants::{Bench, DigitBench, DigitFate, DigitReport, digits};
use klausul::session::Session;
use klausul::sources::{Documents, Hidden, documents};
use klausul::world::Memory;

const RULES: &str = r#"aftale OP25 "En opdigtet aftale"
  periode 2025
  prisniveau 25-pl

kilde OP25 "En opdigtet aftale"

klausul pulje "Pulje"
  hjemmel OP25 boks 1
  pulje = 19,0 mio. kr.
  tilskud_pr_skole = 21 kr.
  loft = 22 kr.
  kontrol "Puljen er en del af den store" pulje = ½ af 38,0 mio. kr.

klausul frist "Frist"
  hjemmel OP25 boks 2
  dag_i_alt = 30 kr.

prøve "loftet er det, der står"
  år 2025
  forvent
    pulje.loft = 22 kr.
"#;

/// Box 1 prints both 21 and 22, so that either hides the other; box 2 prints 31 beside 30.
const DOCUMENT: &str = "Boks 1. Puljen\n\nDer er 19,0 mio. kr. ud af 38,0 mio. kr. Hver skole får 21 kr. og højst 22 kr., og i 2025 er der 23 kr. til.\n\nBoks 2. Fristen\n\nDet er 30 kr., ikke 31 kr.\n";

fn register() -> Documents {
    let world = Memory::new([
        ("d/sources.toml", "[[source]]\nid = \"OP25\"\nfile = \"op25.txt\"\n"),
        ("d/op25.txt", DOCUMENT),
    ]);
    let mut problems = Problems::new();
    let read = documents(&world, Path::new("d"), &mut SourceMap::new(), &mut problems).unwrap();
    assert!(!problems.has_errors());
    read
}

fn session() -> Session {
    let mut session = Session::new();
    session.add_rules("regler.klausul", RULES.as_bytes()).unwrap();
    session
}

/// Each digit as `figure, from → to`, with what came of it.
fn fates(each: bool) -> Vec<(String, DigitFate)> {
    let (documents, bench) = (register(), Bench::new(session(), Vec::new()));
    assert!(bench.is_correct());
    let mut changed = DigitBench::new(&bench, &documents);
    let told = |digit: &klausul::mutants::Digit| {
        let words = digit.words(bench.session().sources());
        words.split_once(": ").unwrap().1.to_owned()
    };
    digits(bench.session()).iter().map(|digit| (told(digit), changed.run(digit, each))).collect()
}

fn fate_of(words: &str, each: bool) -> DigitFate {
    let all = fates(each);
    all.into_iter().find(|(own, _)| own == words).unwrap_or_else(|| panic!("{words}")).1
}

#[test]
fn every_digit_of_every_cited_figure_is_changed_once() {
    let words: Vec<String> = fates(false).into_iter().map(|(words, _)| words).collect();
    assert_eq!(
        words,
        [
            "19,0 mio. kr. → 29,0 mio. kr.",
            "19,0 mio. kr. → 10,0 mio. kr.",
            "19,0 mio. kr. → 19,1 mio. kr.",
            "21 kr. → 31 kr.",
            "21 kr. → 22 kr.",
            "22 kr. → 32 kr.",
            "22 kr. → 23 kr.",
            "38,0 mio. kr. → 48,0 mio. kr.",
            "38,0 mio. kr. → 39,0 mio. kr.",
            "38,0 mio. kr. → 38,1 mio. kr.",
            "30 kr. → 40 kr.",
            "30 kr. → 31 kr.",
        ]
    );
}

#[test]
fn the_documents_are_asked_first_then_the_checker_then_the_tests() {
    let by_document = fate_of("21 kr. → 31 kr.", false);
    assert_eq!(by_document, DigitFate { sources: true, check: None, tests: None, hidden: None });
    let by_test = fate_of("22 kr. → 23 kr.", false);
    assert_eq!(by_test, DigitFate { sources: false, check: Some(false), tests: Some(true), hidden: None });
    let survivor = fate_of("21 kr. → 22 kr.", false);
    let hidden = Some(Hidden::By("22 kr.".to_owned()));
    assert_eq!(survivor, DigitFate { sources: false, check: Some(false), tests: Some(false), hidden });
}

#[test]
fn everybody_is_asked_of_everything_where_that_is_wanted() {
    let fate = fate_of("38,0 mio. kr. → 48,0 mio. kr.", true);
    assert_eq!(fate, DigitFate { sources: true, check: Some(true), tests: Some(false), hidden: None });
}

#[test]
fn survivors_are_counted_and_listed_with_what_hides_them() {
    let (documents, bench) = (register(), Bench::new(session(), Vec::new()));
    let mut changed = DigitBench::new(&bench, &documents);
    let all: Vec<_> =
        digits(bench.session()).into_iter().map(|digit| (digit, changed.run(&digit, false))).collect();
    let report = DigitReport::of(&all, bench.session().sources());
    let tally = report.tally;
    assert_eq!((tally.figures, tally.digits), (5, 12));
    assert_eq!((tally.sources, tally.check, tally.tests, tally.survivors), (9, 0, 1, 2));
    assert_eq!(
        report.survivors_text(Lang::Da),
        "- regler.klausul:10: 21 kr. → 22 kr. (stedet har `22 kr.`)\n- regler.klausul:16: 30 kr. → 31 kr. (stedet har `31 kr.`)\n"
    );
    assert!(tally.is_below(17) && !tally.is_below(16), "2 of 12 are 16.67 per cent");
    let mut twice = report.clone();
    twice.append(report);
    assert_eq!((twice.tally.digits, twice.survivors.len()), (24, 4));
}

#[test]
fn a_nine_at_the_front_does_not_become_a_zero() {
    let mut session = Session::new();
    let rules = RULES.replace("21 kr.", "950 kr.").replace("19,0", "0,99");
    session.add_rules("regler.klausul", rules.as_bytes()).unwrap();
    let changed: Vec<(char, char)> =
        digits(&session).iter().map(|digit| (digit.from, digit.to)).take(6).collect();
    assert_eq!(changed, [('0', '1'), ('9', '0'), ('9', '0'), ('9', '8'), ('5', '6'), ('0', '1')]);
}
