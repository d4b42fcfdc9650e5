//! Explanations as the user reads them: each snapshot is one answer to "how did this come about?".

mod change;
mod footings;
mod frontier;
mod norms;
mod numbers;
mod reasons;
mod results;
mod solve;
mod sweep;
mod switched;
mod why_not;

use std::path::Path;

use klausul::base::Lang;
use klausul::diag::Problems;
use klausul::explain::{Depth, explain, json, markdown, text};
use klausul::facts::{DataArg, Moment, RawData, read_data};
use klausul::model::Origin;
use klausul::session::{Answer, Question, Session};

/// A question about a folder or text of rules.
pub(crate) struct Asked {
    session: Session,
    question: Question,
}

pub(crate) fn agreement() -> Asked {
    Asked { session: crate::session_of("rules/oea25"), question: Question::default() }
}

pub(crate) fn rules(text: &str) -> Asked {
    let mut session = Session::new();
    assert!(session.add_rules("rules.klausul", text.as_bytes()).is_some());
    Asked { session, question: Question::default() }
}

pub(crate) fn file(path: &Path) -> Asked {
    let mut session = Session::new();
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    assert!(session.add_rules(&name, &crate::read_bytes(path)).is_some());
    Asked { session, question: Question::default() }
}

impl Asked {
    fn bytes(mut self, name: &str, bytes: &[u8]) -> Asked {
        let mut problems = Problems::new();
        let arg = DataArg::parse(name);
        let columns = |_: &str| None;
        let data = read_data(&arg, bytes, &columns, self.session.sources_mut(), &mut problems);
        assert!(!problems.has_errors(), "{problems:?}");
        self.session.set_data(RawData::join([data], &mut problems));
        self
    }
    pub(crate) fn data(self, name: &str) -> Asked {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/oea25/data").join(name);
        self.bytes(name, &crate::read_bytes(&path))
    }
    pub(crate) fn json(self, text: &str) -> Asked {
        self.bytes("data.json", text.as_bytes())
    }
    pub(crate) fn year(mut self, year: i16) -> Asked {
        self.question.moment = Some(Moment::Year(year));
        self
    }
    fn region(mut self, name: &str) -> Asked {
        self.question.only.push(("region".to_owned(), name.to_owned()));
        self
    }
    fn set(mut self, text: &str) -> Asked {
        self.session.assign("--set", text, Origin::Set).unwrap_or_else(|problems| panic!("{problems:?}"));
        self
    }
    pub(crate) fn answer(&self, target: &str) -> Answer {
        let question = Question { targets: vec![target.to_owned()], ..self.question.clone() };
        self.session.ask(&question).unwrap()
    }
    fn told(&self, target: &str, depth: Depth, lang: Lang) -> String {
        let answer = self.answer(target);
        let told = answer
            .lines
            .iter()
            .map(|line| text(&explain(answer.words(lang), &answer.trace, line.step, depth), 88));
        told.collect::<Vec<_>>().join("\n")
    }
    /// Snapshots one target in both languages.
    fn snapshot(&self, name: &str, target: &str) {
        self.snapshot_at(name, target, Depth::Clause);
    }
    fn snapshot_at(&self, name: &str, target: &str, depth: Depth) {
        insta::assert_snapshot!(format!("{name}.da"), self.told(target, depth, Lang::Da));
        insta::assert_snapshot!(format!("{name}.en"), self.told(target, depth, Lang::En));
    }
}

#[test]
fn settlement_of_a_region() {
    let asked = agreement().data("regioner.json").region("Sjælland");
    asked.snapshot("settlement_2025", "nærhedsfinansiering.efterregulering");
    asked.snapshot_at("settlement_2025_result", "nærhedsfinansiering.efterregulering", Depth::Result);
    asked.snapshot_at("settlement_2025_arithmetic", "nærhedsfinansiering.efterregulering", Depth::Arithmetic);
}

#[test]
fn the_waiver_of_2024_is_told_with_its_basis() {
    let asked = agreement().data("regioner.json").region("Sjælland").year(2024);
    asked.snapshot("settlement_2024", "nærhedsfinansiering.efterregulering");
}

#[test]
fn two_criteria_met() {
    let asked = agreement().data("en_region.json");
    asked.snapshot("kept_two_criteria", "nærhedsfinansiering.bevaret");
}

#[test]
fn what_if_on_a_cell() {
    let asked = agreement().data("en_region.json").set("nærhedsfinansiering.andel_bevaret[2] = 60 pct.");
    asked.snapshot("kept_what_if", "nærhedsfinansiering.bevaret");
}

#[test]
fn what_if_on_a_fact_and_a_definition() {
    let asked = agreement()
        .data("en_region.json")
        .set("region[\"Sjælland\"].forløb_pr_borger = 1,35 forløb pr. indbygger")
        .set("nærhedsfinansiering.pulje = 1.800 mio. kr.");
    asked.snapshot("kept_what_if_fact", "nærhedsfinansiering.bevaret");
}

#[test]
fn unknown_regulations() {
    let asked = agreement().data("regioner.json");
    asked.snapshot("grant_unknown", "betinget_bloktilskud.drift");
}

#[test]
fn a_threshold_that_prints_as_the_limit() {
    let asked = agreement().data("regioner.json").region("Sjælland");
    asked.snapshot("few_doctors", "ulighedspulje.få_læger");
    asked.snapshot("coverage", "ulighedspulje.lægedækning");
    asked.snapshot("inequality_share", "ulighedspulje.andel");
}

#[test]
fn shares_that_add_to_the_pool() {
    let text = "\
aftale DEL \"Fordeling\"
  periode 2025
  prisniveau 25-pl
kilde DEL \"Fordeling\"
hver region, regioner, regionen har
  nøgle : pct.
klausul fordeling \"Fordeling af en pulje\" for hver region
  hjemmel DEL bilag 1
  pulje = 371 mio. kr.
  andel = pulje fordelt efter nøgle blandt alle regioner, afrundet til 0,1 mio. kr.
";
    let data = r#"{"region": {"Hovedstaden": {"nøgle": 30.6}, "Sjælland": {"nøgle": 15.4},
        "Syddanmark": {"nøgle": 21.4}, "Midtjylland": {"nøgle": 22.0}, "Nordjylland": {"nøgle": 10.6}}}"#;
    let asked = rules(text).json(data).region("Nordjylland");
    asked.snapshot("shares", "fordeling.andel");
    asked.snapshot_at("shares_arithmetic", "fordeling.andel", Depth::Arithmetic);
}

#[test]
fn a_sum_over_years() {
    agreement().snapshot("medicine_years", "digitale_medicininitiativer.regionerne_i_alt");
}

#[test]
fn a_grant_paid_and_lapsed() {
    let asked = agreement().json(
        r#"{"given": {"betinget_bloktilskud.dut": "0 kr.",
        "betinget_bloktilskud.budgetteret_nettodrift": "143.523,3 mio. kr."}}"#,
    );
    asked.snapshot("grant_paid", "betinget_bloktilskud.drift");
    let asked = agreement().json(
        r#"{"given": {"betinget_bloktilskud.dut": "0 kr.",
        "betinget_bloktilskud.budgetteret_nettodrift": "143.523,4 mio. kr."}}"#,
    );
    asked.snapshot("grant_lapsed", "betinget_bloktilskud.drift");
    asked.snapshot("grant_lapsed_part", "betinget_bloktilskud.drift.bortfaldet");
}

#[test]
fn estimates_and_limits() {
    let asked = agreement().data("regioner.json");
    asked.snapshot("estimate", "anlægsramme.samlet_niveau");
    asked.snapshot("limit", "lånepulje.højst_givet");
    asked.snapshot("not_in_force", "ulighedspulje.få_læger i 2026");
}

#[test]
fn an_error_in_one_region() {
    let text = "\
aftale DEL \"Fordeling\"
  periode 2025
kilde DEL \"Fordeling\"
måleenhed læge, læger
måleenhed indbygger, indbyggere
hver region, regioner, regionen har
  lægetal : læger
  folketal : indbyggere
klausul dækning \"Lægedækning\" for hver region
  hjemmel DEL bilag 1
  læger_pr_indbygger = lægetal / folketal
  betinget_sats = hvis læger_pr_indbygger < 3 læger pr. 1.000 indbyggere så 10 pct. ellers 0 pct.
";
    let data =
        r#"{"region": {"Øst": {"lægetal": 1, "folketal": 0}, "Vest": {"lægetal": 2, "folketal": 1000}}}"#;
    rules(text).json(data).snapshot("error_in_one", "dækning.betinget_sats");
}

#[test]
fn readings_are_listed() {
    let text = "\
agreement AGR \"Agreement on a grant\"
  period 2025
  price level 25-pl (assumed)
source AGR \"Agreement on a grant\"
clause grant \"The grant\"
  basis AGR annex 1, box 2
  given met : whole number, 0 – 3
  assumption step \"Is 33 per cent a rounded third?\"
    reading as_written \"As written\" (chosen)
    reading thirds \"1/3\"
      grant.kept_share[1] = 1/3
  pool = 100.0 million kr.
  table kept_share by met
    basis AGR annex 1, box 2, bullet 3
    0  | 0 per cent
    1  | 33 per cent
    2+ | 100 per cent
  kept = kept_share of pool, rounded to 1 kr.
";
    let mut asked = rules(text).json(r#"{"given": {"grant.met": 1}}"#);
    asked.snapshot("reading_chosen", "grant.kept");
    asked.session.choose_reading("step=thirds", Origin::Set).unwrap();
    asked.snapshot("reading_other", "grant.kept");
}

#[test]
fn an_english_rule_file() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/en/proximity_financing.klausul");
    let data = r#"{"region": {
        "Sjælland": {"block_grant_key": 40, "contacts_per_inhabitant": {"2024": 1.31, "2025": 1.29},
            "contacts_per_patient": {"2024": 5.20, "2025": 5.10}, "acute_readmissions": {"2024": 11.2, "2025": 11.2},
            "virtual_contacts": {"2024": 12.0, "2025": 11.5}},
        "Nordjylland": {"block_grant_key": 60, "contacts_per_inhabitant": {"2024": 1.26, "2025": 1.23}}}}"#;
    let asked = file(&path).json(data);
    let told = |asked: &Asked| asked.told("proximity_financing.settlement", Depth::Clause, Lang::En);
    insta::assert_snapshot!("english_2025", told(&asked));
    insta::assert_snapshot!("english_2024", told(&asked.year(2024)));
}

#[test]
fn many_forms_of_rules() {
    let text = "\
aftale PRØVE \"Prøve\"
  periode fra 2020
  prisniveau løbende
kilde PRØVE \"Prøve\"
måleenhed indbygger, indbyggere
hver kommune, kommuner, kommunen har
  folketal : indbyggere
  stratum  : en af \"høj\"; \"lav\"
  tilmeldt : ja/nej, hvis ikke oplyst: nej
klausul tilskud \"Tilskud\" for hver kommune
  hjemmel PRØVE § 2, stk. 1, nr. 3, litra a
  tabel sats efter stratum; folketal
    \"høj\" | under 10.000 indbyggere            | 200 kr. pr. indbygger
    \"høj\" | 10.000 – under 50.000 indbyggere   | 150 kr. pr. indbygger
    \"høj\" | 50.000+ indbyggere                 | 100 kr. pr. indbygger
    \"lav\" | -                                  | 50 kr. pr. indbygger
  betingelse stor  = folketal ≥ 20.000 indbyggere
  betingelse med_i = tilmeldt og (stor eller stratum er \"høj\")
  grund   = sats × folketal, afrundet til 1.000 kr.
  beløb   = hvis med_i så grund forhøjet med 10 pct. ellers 0 kr.
  andel   = beløb i pct. af i_alt, vist i 0,1 pct.
  i_alt   = sum af beløb for alle kommuner
  højeste = største af beløb for alle kommuner
  antal_med = antal kommuner hvor med_i
  pr_hoved = beløb / folketal, hvis nævneren er 0: 0 kr. pr. indbygger
  loftet  = beløb, dog højst 3.000.000 kr., dog mindst 1.000 kr.
  forrige = beløb (året før)
  kun_høj = mindste af (grund; 2 mio. kr.)

  undtagelse fusion \"Nye kommuner\"
    i 2025
    loftet gælder ikke
  undtagelse små \"Små kommuner\"
    hjemmel PRØVE § 4
    når folketal < 5.000 indbyggere
    grund = 5.000 kr.
    undtagelse meget_små
      når folketal < 1.000 indbyggere
      grund = 9.000 kr.
";
    let data = r#"{"kommune": {
        "Ø": {"folketal": 900, "stratum": "høj", "tilmeldt": true},
        "Å": {"folketal": 23456, "stratum": "høj", "tilmeldt": true},
        "Æ": {"folketal": 60001, "stratum": "lav"}}}"#;
    let mut asked = rules(text).json(data).year(2025);
    asked.question.only.push(("kommune".to_owned(), "Å".to_owned()));
    for name in ["andel", "loftet", "antal_med", "pr_hoved", "forrige", "kun_høj", "højeste"] {
        insta::assert_snapshot!(
            format!("forms_{name}"),
            asked.told(&format!("tilskud.{name}"), Depth::Clause, Lang::Da)
        );
    }
    asked.question.only.clear();
    insta::assert_snapshot!("forms_grund_all", asked.told("tilskud.grund", Depth::Arithmetic, Lang::Da));
    asked.session.without("små", Origin::Set).unwrap();
    insta::assert_snapshot!("forms_without", asked.told("tilskud.grund", Depth::Clause, Lang::Da));
    insta::assert_snapshot!(
        "forms_question",
        asked.told("tilskud.i_alt × 2 + 1 kr.", Depth::Arithmetic, Lang::En)
    );
}

#[test]
fn other_forms() {
    let asked = agreement().data("en_region.json");
    let answer = asked.answer("nærhedsfinansiering.bevaret");
    let told = explain(answer.words(Lang::Da), &answer.trace, answer.lines[0].step, Depth::Clause);
    insta::assert_snapshot!("kept_60_columns", text(&told, 60));
    insta::assert_snapshot!("kept_markdown", markdown(&told));
    insta::assert_json_snapshot!("kept_json", json(&told));
}

#[test]
fn other_ways_to_share() {
    let text = "\
aftale DEL \"Fordeling\"
  periode 2025
  prisniveau 25-pl
kilde DEL \"Fordeling\"
hver region, regioner, regionen har
  nøgle : tal
  med_i : ja/nej
klausul fordeling \"Fordeling af en pulje\" for hver region
  hjemmel DEL bilag 1
  pulje   = 100 mio. kr.
  nøjagtig = pulje fordelt efter nøgle blandt alle regioner
  hver_for_sig = pulje fordelt efter nøgle blandt alle regioner, afrundet hver for sig til 0,1 mio. kr.
  med_rest = pulje fordelt efter nøgle blandt alle regioner, afrundet til 1 mio. kr., rest til \"Syd\"
  lige = pulje fordelt ligeligt blandt alle regioner hvor med_i, afrundet til 1 kr.
  begge = nøjagtig + lige
";
    let data = r#"{"region": {"Nord": {"nøgle": 1, "med_i": true}, "Syd": {"nøgle": 1, "med_i": true},
        "Øst": {"nøgle": 1, "med_i": false}}}"#;
    let asked = rules(text).json(data).region("Syd");
    for name in ["nøjagtig", "hver_for_sig", "med_rest", "begge"] {
        let told = asked.told(&format!("fordeling.{name}"), Depth::Clause, Lang::Da);
        insta::assert_snapshot!(format!("sharing_{name}"), told);
    }
}
