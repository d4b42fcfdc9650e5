//! Why something did not come into play: the closest attempt, and exactly what fell short.

use klausul::base::Lang;
use klausul::diag::Code;
use klausul::explain::text;
use klausul::explore::why_not;

use super::{Asked, agreement, rules};

pub(super) const SUPPORT: &str = r#"aftale A "Opdigtet aftale om støtte"
  periode 2025
  prisniveau 25-pl

kilde A "Opdigtet aftale om støtte"

måleenhed indbygger, indbyggere

klausul støtte "Støtte til små kommuner"
  hjemmel A boks 1
  givet omsætning    : kr.
  givet indbyggertal : hele indbyggere, mindst 0 indbyggere
  givet egenandel    : pct., mellem 0 og 100 pct.
  givet ansøgt_den   : dato
  givet haster       : ja/nej
  betingelse lille    = omsætning < 2.000 kr. og indbyggertal ≤ 9.000 indbyggere
  betingelse bidrager = egenandel mindst 25 pct. eller indbyggertal < 500 indbyggere
  betingelse til_tiden = ansøgt_den senest 1. marts 2025
  antal_opfyldte = antal opfyldte af (lille; bidrager; til_tiden)
  betingelse mange = antal_opfyldte ≥ 3
  tabel sats efter indbyggertal
    under 1.000 indbyggere                | 80 pct.
    1.000 – under 10.000 indbyggere       | 50 pct.
    10.000+                               | 20 pct.
  tilskud beløb = 100 kr. betinget af lille; bidrager; til_tiden
  udbetalt = sats af beløb
  undtagelse hast "Det haster"
    hjemmel A boks 2
    når haster
    udbetalt = 90 kr.
  undtagelse storm "Efter stormen"
    hjemmel A boks 3
    i 2024
    udbetalt = 95 kr.
"#;

pub(super) const DATA: &str = r#"{"year": 2025, "given": {"støtte.omsætning": "2.750 kr.", "støtte.indbyggertal": 12000,
  "støtte.egenandel": 20, "støtte.ansøgt_den": "15. marts 2025", "støtte.haster": false}}"#;

fn support() -> Asked {
    rules(SUPPORT).json(DATA)
}

/// What is said to why something did not come into play, or the code it is refused with.
fn said(mut asked: Asked, target: &str, name: &str, lang: Lang) -> Result<String, Code> {
    asked.question.targets = vec![target.to_owned()];
    let answer = asked.session.ask(&asked.question).unwrap();
    assert!(!answer.problems.has_errors(), "{:?}", answer.problems);
    match why_not(&asked.session, &asked.question, &answer, name, lang) {
        Ok(found) => Ok(found.explanations.iter().map(|e| text(e, 90)).collect::<Vec<_>>().join("\n")),
        Err(refused) => Err(refused.problems.sorted()[0].code),
    }
}

/// Several questions about one agreement, in both languages.
fn both(asked: &dyn Fn() -> Asked, target: &str, names: &[&str]) -> String {
    let mut all = String::new();
    for name in names {
        for lang in [Lang::Da, Lang::En] {
            let said = said(asked(), target, name, lang).unwrap();
            // What a result rests on besides is told as in every explanation.
            let said = said
                .split("\nOplysninger:")
                .next()
                .unwrap()
                .split("\nFacts given:")
                .next()
                .unwrap()
                .to_owned();
            all.push_str(&format!("--- {name}\n{said}\n"));
        }
    }
    all
}

#[test]
fn conditions_and_grants_say_what_fell_short() {
    let names = ["lille", "bidrager", "til_tiden", "mange", "beløb"];
    insta::assert_snapshot!(both(&support, "støtte.mange", &["mange"]));
    insta::assert_snapshot!(
        "conditions",
        both(&support, "støtte.beløb", &[names[0], names[1], names[2], names[4]])
    );
}

#[test]
fn exceptions_and_rows_say_what_fell_short() {
    let names = ["hast", "storm", "sats", "sats[10.000+]", "sats[500 indbyggere]"];
    insta::assert_snapshot!(both(&support, "støtte.udbetalt", &names));
}

#[test]
fn what_came_into_play_says_so() {
    let asked = || {
        support()
            .set("støtte.haster = ja")
            .set("støtte.omsætning = 1.000 kr.")
            .set("støtte.indbyggertal = 400 indbyggere")
    };
    let names = ["hast", "lille", "sats[under 1.000 indbyggere]"];
    insta::assert_snapshot!(both(&asked, "støtte.udbetalt", &names[..1]));
    insta::assert_snapshot!(
        "came_into_play",
        both(&|| asked().set("støtte.haster = nej"), "støtte.udbetalt", &names[1..])
    );
}

#[test]
fn what_is_missing_is_named_where_nothing_is_decided() {
    let asked = || rules(SUPPORT).json(r#"{"year": 2025, "given": {"støtte.omsætning": "1.000 kr."}}"#);
    insta::assert_snapshot!(both(&asked, "støtte.udbetalt", &["lille", "hast", "sats[10.000+]"]));
}

#[test]
fn the_goals_that_a_region_did_not_meet_are_told_by_the_row_it_did_not_reach() {
    let asked = || agreement().data("regioner.json").year(2025).region("Sjælland");
    let names = ["andel_bevaret[3]", "akutplan", "trin=tredjedele"];
    insta::assert_snapshot!(both(&asked, "nærhedsfinansiering.bevaret", &names));
}

#[test]
fn what_cannot_be_asked_about_is_refused() {
    let code = |target, name| said(support(), target, name, Lang::Da).unwrap_err();
    assert_eq!(code("støtte.beløb", "lile"), Code::NothingToAskWhy);
    assert_eq!(code("støtte.beløb", "antal_opfyldte"), Code::NothingToAskWhy);
    assert_eq!(code("støtte.beløb", "omsætning"), Code::NothingToAskWhy);
    assert_eq!(code("støtte.beløb", "hast"), Code::NotRestedOn);
    assert_eq!(code("støtte.beløb", "sats[7]"), Code::NotRestedOn);
    assert_eq!(code("støtte.udbetalt", "sats[\"x\"]"), Code::NoSuchCell);
}
