//! Forms that the small pack does not have, and the three things that tell damages apart besides tests: the text's own
//! checks, data, and what is said of something unknown.

use klausul::base::{SourceFile, SourceMap};
use klausul::diag::Problems;
use klausul::facts::{DataArg, Moment, RawData, read_data};
use klausul::mutants::{Bench, Change, Class, Way, mutants};
use klausul::session::Session;

const FORMS: &str = r#"aftale B "Former"
  periode 2024-2026

hver husstand, husstande, husstanden har
  indkomst : kr., mindst 0 kr., altid

hver person, personer, personen har
  husstand : husstand, altid

klausul former for hver husstand
  beløb fra 1. juli 2024 til og med 2025 = 7 kr.
  sats   = 90 kr., dog mindst 12 kr., dog højst 80 kr.
  sidst  = indkomst (året før)
  antal_ = antal personer i husstanden
  lille  = indkomst mellem 10 kr. og 20 kr.

  trappe skat efter indkomst
    til 50 kr.  | 0 pct.
    til 100 kr. | 10 pct.
    derover     | 20 pct.

  tabel klasse efter indkomst
    0 kr. – under 10 kr. | 1
    10+ kr.              | 2
"#;

fn session(text: &str) -> Session {
    let mut session = Session::new();
    session.add_rules("former.klausul", text.as_bytes());
    session
}

#[test]
fn every_form_of_a_bound_a_period_and_a_link_has_its_damage() {
    let session = session(FORMS);
    assert!(session.parsed().is_empty(), "{:?}", session.parsed().sorted());
    let all = mutants(&session);
    let cases = [
        (Way::SwapBounds, "fra 1. juli 2024 til og med 2025", "fra 2025 til og med 1. juli 2024"),
        (Way::SwapBounds, "mindst 12 kr., dog højst 80 kr.", "mindst 80 kr., dog højst 12 kr."),
        (Way::SwapBounds, "mellem 10 kr. og 20 kr.", "mellem 20 kr. og 10 kr."),
        (Way::SwapBounds, "til 50 kr.  | 0 pct.\n    til 100", "til 100 kr.  | 0 pct.\n    til 50"),
        (Way::SwapBounds, "0 kr. – under 10 kr. |", "10 kr. – under 0 kr. |"),
        (Way::UnderToAtMost, "0 kr. – under 10 kr. |", "0 kr. – 10 kr. |"),
        (Way::UnderToAtMost, "    10+ kr.", "    over 10 kr."),
        (Way::UnderToAtMost, "kr., mindst 0 kr., altid", "kr., over 0 kr., altid"),
        (Way::ShiftPeriod, "fra 1. juli 2024 til og med 2025", "fra 1. juli 2025 til og med 2026"),
        (Way::ShiftPeriod, "indkomst (året før)", "indkomst i (år − 2)"),
        (Way::BreakLink, "antal personer i husstanden", "antal personer"),
        (Way::BreakLink, "husstand : husstand,", "husstand : person,"),
        (Way::DropRow, "    til 50 kr.  | 0 pct.\n", ""),
        (Way::SwapUnit, "90 kr.", "90 t.kr."),
    ];
    for (way, old, new) in cases {
        assert_eq!(FORMS.matches(old).count(), 1, "{old}");
        let wanted = FORMS.replacen(old, new, 1);
        let texts: Vec<String> = all
            .iter()
            .filter(|mutant| mutant.way == way)
            .map(|mutant| mutant.text(session.sources()))
            .collect();
        assert!(texts.contains(&wanted), "{}: no `{new}`", way.id());
    }
}

#[test]
fn the_damages_of_a_form_in_english_are_english() {
    let text = "agreement A \"x\"\n  period 2024-2026\n\nclause c\n  given g : kr., no earlier than 1 kr.\n  a = b (the year before)\n  b = 2 kr.\n";
    let session = session(text);
    let said: Vec<String> = mutants(&session).into_iter().map(|mutant| mutant.what.en).collect();
    for wanted in ["`(the year before)` → `in (year − 2)`", "`no earlier than` → `over`"] {
        assert!(said.iter().any(|words| words == wanted), "{said:?}");
    }
}

const SUM: &str = r#"aftale A "Summer"
  periode 2025

kilde A "Summer"

måleenhed elev, elever

hver skole, skoler, skolen har
  andel : pct., mellem 0 og 100 pct.

klausul summer for hver skole
  hjemmel A "Summer"
  givet ændring : mio. kr., mellem −15 mio. kr. og 15 mio. kr.
  a   = 96 mio. kr.
  b   = 8 mio. kr.
  c   = a + b
  ny  = c + ændring
  del = andel af a, afrundet til 1 kr.
  kontrol c = 104 mio. kr.

prøve "ændringen er ukendt"
  forvent
    summer.ny = ukendt
"#;

/// What came of the damage that makes `new` of `old`.
fn tried(data: &[(RawData, Moment)], (old, new): (&str, &str)) -> (Class, Change) {
    let mut session = session(SUM);
    // The data points into the text that stands after the rules: it must stand so here as well.
    session.sources_mut().add(SourceFile::new("data.json", DATA));
    let bench = Bench::new(session.clone(), data.to_vec());
    assert!(bench.is_correct());
    let text = SUM.replacen(old, new, 1);
    let all = mutants(&session);
    let mutant = all.iter().find(|mutant| mutant.text(session.sources()) == text).unwrap();
    let fate = bench.run(mutant);
    (fate.class(), fate.change)
}

const DATA: &str = r#"{"year": 2025, "skole": {"Nord": {"andel": 25}}}"#;

/// The data as it is read beside the rules.
fn data() -> Vec<(RawData, Moment)> {
    let mut session = session(SUM);
    let mut problems = Problems::new();
    let arg = DataArg::parse("data.json");
    let sources: &mut SourceMap = session.sources_mut();
    let read = read_data(&arg, DATA.as_bytes(), &|_| None, sources, &mut problems);
    assert!(problems.is_empty(), "{:?}", problems.sorted());
    vec![(read, Moment::Year(2025))]
}

#[test]
fn a_check_of_the_texts_own_catches_like_a_test() {
    assert_eq!(tried(&[], ("96 mio. kr.", "69 mio. kr.")), (Class::Tests, Change::Results));
}

#[test]
fn what_only_data_shows_is_looked_for_in_data() {
    // 25 in the data is 25 pct., or 25 promille; no test has a school.
    let damage = ("andel : pct., mellem", "andel : promille, mellem");
    assert_eq!(tried(&data(), damage), (Class::Survivor, Change::Results));
    let (class, change) = tried(&[], damage);
    assert_eq!((class, change), (Class::Equivalent, Change::Nothing));
}

#[test]
fn other_bounds_of_an_unknown_result_are_no_other_result() {
    assert_eq!(tried(&[], ("og 15 mio. kr.", "og 51 mio. kr.")), (Class::Equivalent, Change::Unknowns));
}
