//! A `hvis` that asks nothing but how the text is read is told by the branch taken, as if it stood alone.

use klausul::base::Lang;
use klausul::explain::Depth;

use super::reasons::{both, flat, says};
use super::{Asked, rules};

const SWITCHED: &str = r#"
aftale A25 "Prøve (opdigtet)"
  periode 2025
kilde A25 "Prøve (opdigtet)"
hver region, regioner, regionen har
  tal_nu : tal
klausul læsninger
  hjemmel A25 "x"
  uændret_tæller = nej
  medregnet = nej
antagelse uændret "Tæller et uændret tal?"
  læsning tæller_ikke "Nej" (valgt)
  læsning tæller "Ja"
    læsninger.uændret_tæller = ja
antagelse hertil "Er beløbet regnet med?"
  læsning oveni "Nej" (valgt)
  læsning med_i "Ja"
    læsninger.medregnet = ja
klausul k for hver region
  hjemmel A25 "x"
  betingelse færre = hvis læsninger.uændret_tæller så tal_nu ≤ tal_nu (året før) ellers tal_nu < tal_nu (året før)
  betingelse også = hvis ikke læsninger.uændret_tæller så tal_nu < 12 ellers tal_nu ≤ 12
  mål = antal opfyldte betingelser
  grund = 10 kr.
  tillæg = 4 kr.
  i_alt = grund + (hvis læsninger.medregnet så 0 kr. ellers tillæg)
  trin = hvis læsninger.medregnet så 1 kr. ellers 2 kr.
  tabel sats efter mål
    0  | hvis læsninger.medregnet så 1 pct. ellers 3 pct.
    1+ | 7 pct.
"#;

fn asked() -> Asked {
    let data = r#"{"region": {"Nord": {"tal_nu": {"2024": 11, "2025": 11}}}}"#;
    rules(SWITCHED).year(2025).json(data)
}

#[test]
fn the_branch_stands_alone_and_the_reading_is_named_once() {
    let told = both(&asked(), "k.mål");
    says(
        &told,
        "færre: ikke opfyldt — 11 er ikke under 11 (2024); efter læsningen uændret=tæller_ikke",
        "færre: not met — 11 is not below 11 (2024); by the reading uændret=tæller_ikke",
    );
    says(&told, "også: opfyldt — 11 er under 12", "også: met — 11 is below 12");
    let (da, en) = told;
    assert_eq!(da.matches("efter læsningen").count(), 1, "{da}");
    assert_eq!(en.matches("by the reading").count(), 1, "{en}");
    for word in ["læsninger.uændret_tæller", "hvis", "derfor"] {
        assert!(!da.contains(word), "{word}: {da}");
    }
}

#[test]
fn another_reading_takes_the_other_branch() {
    let mut asked = asked();
    asked.session.choose_reading("uændret = tæller", klausul::model::Origin::Set).unwrap();
    says(
        &both(&asked, "k.færre"),
        "tal_nu ≤ tal_nu (året før) 11 er højst 11 (2024) efter læsningen uændret=tæller",
        "tal_nu ≤ tal_nu (the year before) 11 is at most 11 (2024) by the reading uændret=tæller",
    );
}

#[test]
fn formulas_and_rows_are_told_without_the_switch() {
    says(
        &both(&asked(), "k.i_alt"),
        "= grund + tillæg = 10 kr. + 4 kr. efter læsningen hertil=oveni",
        "= grund + tillæg = 10 kr. + 4 kr. by the reading hertil=oveni",
    );
    says(
        &both(&asked(), "k.trin"),
        "fastsat i reglerne for 2025 efter læsningen hertil=oveni",
        "set in the rules for 2025 by the reading hertil=oveni",
    );
    let data = r#"{"region": {"Nord": {"tal_nu": {"2024": 11, "2025": 20}}}}"#;
    says(
        &both(&rules(SWITCHED).year(2025).json(data), "k.sats"),
        "rækken `0 | 3 pct.`, da mål er 0 efter læsningen hertil=oveni",
        "the row `0 | 3 per cent`, as mål is 0 by the reading hertil=oveni",
    );
}

#[test]
fn what_a_row_had_is_told_without_the_switch_though_nobody_asked_it() {
    let data = r#"{"region": {"Nord": {"tal_nu": {"2024": 11, "2025": 20}}}}"#;
    let asked = rules(SWITCHED).year(2025).json(data).set("k.sats[0] = 4 pct.");
    let (da, en) = both(&asked, "k.sats");
    assert!(da.contains("i teksten står 3 pct.") && da.contains("i stedet for 3 pct."), "{da}");
    assert!(en.contains("the text has 3 per cent") && en.contains("instead of 3 per cent"), "{en}");
}

#[test]
fn a_switch_that_a_what_if_sets_is_told_like_every_what_if() {
    let told = flat(&asked().set("læsninger.uændret_tæller = ja"), "k.færre", Lang::Da);
    assert!(told.contains("læsninger.uændret_tæller = ja") && told.contains("hvad nu hvis"), "{told}");
    assert!(told.contains("derfor det første"), "{told}");
}

#[test]
fn the_arithmetic_has_no_step_for_the_switch() {
    let told = asked().told("k.i_alt", Depth::Arithmetic, Lang::Da);
    assert!(told.contains("10 kr. + 4 kr.") && !told.contains("medregnet"), "{told}");
}

const CARRIED: &str = r#"
aftale A24 "Prøve (opdigtet)"
  periode 2024
kilde A24 "Prøve (opdigtet)"
klausul lån
  hjemmel A24 "x"
  a = 10 kr.
  b = 20 kr.
  undtagelse gammel
    når år er 2024
    a = 1 kr.
  undtagelse måske
    når b er over 50 kr.
    a = 2 kr.
aftale A25 "Prøve (opdigtet)"
  periode 2025
kilde A25 "Prøve (opdigtet)"
klausul lån viderefører A24.lån
  hjemmel A25 "x"
  c = a + b
"#;

#[test]
fn a_carried_exception_of_another_time_is_silent_and_the_origin_is_cited_once() {
    let (da, en) = both(&rules(CARRIED).year(2025), "A25.lån.c");
    for (told, from) in [(&da, "videreført fra A24.lån"), (&en, "carried over from A24.lån")] {
        assert!(!told.contains("gammel"), "{told}");
        assert!(told.contains("måske"), "{told}");
        assert_eq!(told.matches(from).count(), 1, "{told}");
        assert_eq!(told.matches("A24 \"x\"").count(), 1, "{told}");
    }
    assert!(da.contains("b = 20 kr. fastsat i reglerne for 2025 videreført"), "{da}");
    // Where it stands it is told.
    let told =
        flat(&rules(&CARRIED.replace("når år er 2024", "når år er 2023")).year(2024), "A24.lån.a", Lang::Da);
    assert!(told.contains("gammel gælder ikke"), "{told}");
}

const PLAIN: &str = r#"
aftale A25 "Prøve (opdigtet)"
  periode 2025
  prisniveau 25-pl (antaget)
måleenhed stemme, stemmer
hver læge, læger, lægen har
  kode : tal
hver praksis, praksisser, praksissen har
  ejer : læge
  andel : pct.
klausul råd
  givet udpegede : hele stemmer, mellem 1 og 9 stemmer
  pladser = 6 stemme + udpegede
  betingelse mange = pladser > 3 stemmer
  tilskud t = 5 kr. betinget af mange
klausul ejerskab for hver læge
  egne = antal praksisser hvor ejer = lægen
"#;

#[test]
fn a_unit_is_singular_or_plural_by_its_number() {
    let data = r#"{"given": {"råd.udpegede": 1}}"#;
    says(
        &both(&rules(PLAIN).json(data), "råd.pladser"),
        "råd.pladser, 2025 = 7 stemmer = 6 stemmer + udpegede = 6 stemmer + 1 stemme",
        "råd.pladser, 2025 = 7 stemmer = 6 stemmer + udpegede = 6 stemmer + 1 stemme",
    );
    says(&both(&rules(PLAIN), "råd.udpegede"), "mellem 1 og 9 stemmer", "between 1 and 9 stemmer");
}

#[test]
fn the_assumed_price_level_is_told_of_amounts_alone() {
    let data = r#"{"given": {"råd.udpegede": 1}}"#;
    let asked = rules(PLAIN).json(data);
    let told = both(&asked, "råd.pladser");
    assert!(!told.0.contains("prisniveau") && !told.1.contains("price level"), "{told:?}");
    says(
        &both(&asked, "råd.t"),
        "prisniveau 25-pl — antaget for A25 som helhed",
        "price level 25-pl — assumed for A25 as a whole",
    );
    says(
        &both(&asked, "råd.t > 3 kr."),
        "prisniveau 25-pl — antaget for A25 som helhed",
        "price level 25-pl — assumed for A25 as a whole",
    );
}

#[test]
fn a_kind_is_told_in_the_form_that_is_written() {
    let data = r#"{"læge": {"Bo": {"kode": 1}}, "praksis": {"Nord": {"ejer": "Bo", "andel": 100}}}"#;
    let asked = rules(PLAIN).json(data);
    says(&both(&asked, "ejerskab.egne"), "hvor ejer = lægen", "where ejer = lægen");
}
