//! The fast machine against the reference evaluator, on the rule packs: the same values, states and registers. The
//! conformance suite and the generated programs run both as well (`run_case`).

use klausul::diag::Problems;
use klausul::facts::{DataArg, Moment, read_data};
use klausul::session::{Session, Twice};

/// Each pack with its data, and the years it is asked about.
const PACKS: &[(&str, &str, &[i16])] = &[
    ("rules/oea25", "rules/oea25/data/regioner.json", &[2024, 2025, 2026]),
    ("rules/oea20", "rules/oea20/data/en_region.json", &[2019, 2020, 2021]),
    ("rules/sr24", "rules/sr24/data/sundhedsraad.json", &[2025, 2027, 2028]),
];

#[test]
fn packs_come_out_the_same_from_both_machines() {
    let mut compared = 0;
    for (pack, data, years) in PACKS {
        let session = with_data(pack, data);
        for year in *years {
            let twice = session.computed_twice(Some(Moment::Year(*year)));
            println!("{pack} {year}: {}", told(&twice));
            assert!(twice.differ.is_empty(), "{pack} {year}: {:#?}", twice.differ);
            compared += twice.in_registers;
        }
    }
    assert!(compared > 100, "only {compared} results were had from registers");
}

fn told(twice: &Twice) -> String {
    let Twice { rows, in_registers, left, given_up, nodes, .. } = twice;
    format!("{rows} rows, {in_registers} in registers, {left:?} left, {given_up} given up, {nodes} nodes")
}

fn with_data(pack: &str, data: &str) -> Session {
    let mut session = crate::session_of(pack);
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(data);
    let (bytes, mut problems) = (crate::read_bytes(&path), Problems::new());
    let columns = session.clone();
    let column = |kind: &str| columns.key_column(kind);
    let raw = read_data(&DataArg::parse(data), &bytes, &column, session.sources_mut(), &mut problems);
    session.set_data(raw);
    assert!(!problems.has_errors(), "{problems:?}");
    session
}

#[test]
fn the_plan_says_how_each_definition_is_computed() {
    let asked = |rules: &str, lang: &str, plan: &str| {
        let rules = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(rules);
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_klausul"));
        let output = command.args(["check", "--lang", lang, plan]).arg(rules).output().unwrap();
        String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap()
    };
    insta::assert_snapshot!("plan_w2", asked("benches/rules/w2.klausul", "en", "--plan"));
    insta::assert_snapshot!("plan_oea25", asked("rules/oea25", "da", "--plan=2025"));
    insta::assert_snapshot!("plan_of_no_year", asked("rules/oea25", "da", "--plan=25"));
}
