//! What exceptions and amendments do to an explanation.

use klausul::base::Lang;
use klausul::explain::Depth;
use klausul::model::Origin;

const RULES: &str = r#"
aftale A25 "Aftalen (opdigtet)"
  periode fra 2025
  prisniveau 25-pl
kilde A25 "Aftalen (opdigtet)"
klausul k
  hjemmel A25 "Et"
  givet ny : ja/nej
  pulje = 100 kr.
  halv  = ½ af pulje
  i_alt = pulje + halv
  undtagelse ordning "Ny ordning"
    i 2025
    når ny
    pulje = 7 kr.
    halv  = 8 kr.
    i_alt = 9 kr.
ændring tillæg "Ny pulje" af A25
  hjemmel A25 "To"
  fra 1. januar 2026
  k.pulje = 120 kr. (26-pl)
"#;

fn told(year: i16, ny: &str, without: Option<&str>, lang: Lang) -> String {
    let mut asked = super::rules(RULES).year(year).set(&format!("k.ny = {ny}"));
    if let Some(name) = without {
        asked.session.without(name, Origin::Set).unwrap_or_else(|problems| panic!("{problems:?}"));
    }
    asked.told("k.halv", Depth::Clause, lang)
}

#[test]
fn the_level_that_an_amendment_brings_is_shown_where_it_changes() {
    let da = told(2026, "nej", None, Lang::Da);
    assert!(da.contains("k.halv, 2026 = 60 kr. (26-pl)"), "{da}");
    assert!(da.contains("pulje = 120 kr. (26-pl)"), "{da}");
    assert!(da.contains("som ændret ved tillæg \"Ny pulje\""), "{da}");
    let en = told(2025, "nej", None, Lang::En);
    assert!(en.contains("k.halv, 2025 = 50 kr. (25-pl)"), "{en}");
    assert!(en.contains("pulje = 100 kr. (25-pl)"), "{en}");
}

#[test]
fn an_exception_that_does_not_apply_is_told_once() {
    let asked = super::rules(RULES).year(2025).set("k.ny = nej");
    let told = asked.told("k.i_alt", Depth::Clause, Lang::Da);
    assert_eq!(told.matches("undtagelsen ordning gælder ikke").count(), 1, "{told}");
    // It stands with what was asked about, not within what that reads.
    assert!(told.contains("\n└─ undtagelsen ordning gælder ikke"), "{told}");
}

#[test]
fn an_amendment_switched_off_is_told() {
    let da = told(2026, "nej", Some("tillæg"), Lang::Da);
    assert!(da.contains("k.halv, 2026 = 50 kr. (25-pl)"), "{da}");
    assert!(da.contains("ændringen tillæg er slået fra i spørgsmålet"), "{da}");
    let en = told(2026, "nej", Some("tillæg"), Lang::En);
    assert!(en.contains("the amendment tillæg is switched off in the question"), "{en}");
}

#[test]
fn what_is_the_rest_is_subtracted_in_each_year_of_a_sum() {
    let asked = super::rules(
        "klausul h\n  ramme i 2025 = 500 kr. delt i\n    a = 169 kr.\n    b = resten\n  ramme i 2026 = 400 kr. delt i\n    a = 100 kr.\n    b = resten\n  i_alt = sum af b i 2025-2026\n",
    );
    let told = asked.year(2025).told("h.i_alt", Depth::Clause, Lang::Da);
    assert!(told.contains("h.i_alt, 2025 = 631 kr."), "{told}");
    assert_eq!(told.matches("= ramme − a").count(), 2, "{told}");
    assert!(told.contains("= 500 kr. − 169 kr.") && told.contains("= 400 kr. − 100 kr."), "{told}");
}

#[test]
fn exceptions_that_conflict_are_told_with_their_bases() {
    let rules = "kilde A25 \"Aftalen\"\nklausul k\n  hjemmel A25 \"Et\"\n  x = 1 kr.\n  undtagelse a\n    hjemmel A25 bilag 1, boks 2\n    når ja\n    x = 2 kr.\n  undtagelse b\n    når ja\n    x = 3 kr.\n";
    let answer = super::rules(rules).year(2025).answer("k.x");
    let klausul::eval::Outcome::Error(problem) = answer.outcome(&answer.lines[0]) else { panic!("no error") };
    let finding = klausul::diag::Report::report(problem.as_ref());
    let labels: Vec<String> = finding.labels.iter().map(|label| label.text.da.clone()).collect();
    // An exception that cites nothing itself rests on what its clause cites.
    assert_eq!(
        labels,
        ["undtagelsen `a` gælder (A25 bilag 1, boks 2)", "undtagelsen `b` gælder (A25 \"Et\")"]
    );
}
