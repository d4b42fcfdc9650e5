//! `--all-readings` varies what the answer rests on; a requirement that lacks facts is told where it matters.

use super::{run, shown};

#[expect(clippy::disallowed_methods, reason = "the test sets the stage")]
fn ran(rules: &str, args: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.klausul"), rules).unwrap();
    shown(&run(folder.path(), &[&["eval", "a.klausul"], args].concat()))
}

const READ: &str = "\
aftale A25 \"Prøve (opdigtet)\"
  periode 2025

kilde A25 \"Prøve (opdigtet)\"

klausul k
  hjemmel A25 \"x\"
  antagelse trin \"?\"
    læsning lavt \"a\" (valgt)
    læsning højt \"b\"
      a = 2 kr.
  antagelse vej \"?\"
    læsning første \"a\" (valgt)
    læsning anden \"b\"
      b = a
  antagelse uvedkommende \"?\"
    læsning en_ \"a\" (valgt)
    læsning to_ \"b\"
      c = 9 kr.
  a = 1 kr.
  b = 7 kr.
  c = 8 kr.
  d = 10 × b
";

/// The headings of the answers.
fn tried(output: &str) -> Vec<&str> {
    output.lines().filter_map(|line| line.strip_prefix("== ")).collect()
}

#[test]
fn only_what_the_answer_rests_on_is_varied() {
    let output = ran(READ, &["k.d", "--all-readings", "--lang", "da"]);
    assert_eq!(tried(&output), ["som valgt", "vej=anden"], "{output}");
    assert!(output.contains("2 andre antagelser kan ikke alene ændre svaret"), "{output}");
    let output = ran(READ, &["k.c", "--all-readings", "--lang", "en"]);
    assert_eq!(tried(&output), ["as chosen", "uvedkommende=to_"], "{output}");
    assert!(output.contains("2 other assumptions cannot change the answer on their own"), "{output}");
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the test sets the stage")]
fn each_reading_that_changes_a_result_is_explained() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.klausul"), READ).unwrap();
    let explained =
        |args: &[&str]| shown(&run(folder.path(), &[&["explain", "a.klausul", "k.d"], args].concat()));
    let output = explained(&["--all-readings", "--lang", "da"]);
    assert_eq!(tried(&output), ["som valgt", "vej=anden"], "{output}");
    let (_, other) = output.split_once("== vej=anden\n").unwrap();
    assert!(other.starts_with("k.d, 2025 = 10,00 kr.") || other.contains("k.d, 2025 = 10 kr."), "{output}");
    assert!(output.contains("2 andre antagelser kan ikke alene ændre svaret"), "{output}");
    let product = explained(&["--all-readings=product", "--lang", "en"]);
    assert_eq!(
        tried(&product),
        ["trin=lavt, vej=første", "trin=lavt, vej=anden", "trin=højt, vej=første", "trin=højt, vej=anden"],
        "{product}"
    );
    let json = explained(&["--all-readings", "--format", "json"]);
    let (_, json) = json.split_once("--- stdout\n").unwrap();
    let json: serde_json::Value = serde_json::from_str(json.split("--- ").next().unwrap()).unwrap();
    assert_eq!(json[1]["readings"], serde_json::json!(["vej=anden"]));
    assert_eq!(json[1]["answer"]["explanations"][0]["result"]["label"], "k.d, 2025", "{json}");
    let refused = explained(&["--all-readings=product", "--format", "html"]);
    assert!(refused.contains("K0901"), "{refused}");
    let both = explained(&["--all-readings", "--change"]);
    assert!(both.contains("--change"), "{both}");
}

#[test]
fn a_table_of_what_the_readings_change_comes_first() {
    let rules =
        READ.replace("      c = 9 kr.", "      c = 8 kr.").replace("d = 10 × b", "d = 10 × b + c − a");
    let output = ran(&rules, &["k.d", "--all-readings", "--lang", "da"]);
    let table: Vec<String> = output
        .lines()
        .skip_while(|line| !line.starts_with(" læsning"))
        .take_while(|line| !line.is_empty())
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    // 10 × 7 + 8 − 1 = 77; with a = 2 one less; with b = a, 10 × 1 + 8 − 1 = 17.
    let expected = [
        "læsning svar forskel",
        "som valgt 77 kr.",
        "trin=højt 76 kr. −1 kr.",
        "vej=anden 17 kr. −60 kr.",
        "ændrer ikke svaret: uvedkommende=to_",
    ];
    assert_eq!(table, expected, "{output}");
    // What changes nothing is not shown again.
    assert_eq!(tried(&output), ["som valgt", "trin=højt", "vej=anden"], "{output}");
}

#[test]
fn several_readings_may_be_chosen_with_commas_between() {
    let output = ran(READ, &["k.d", "--reading", "trin=højt, vej=anden", "--lang", "da"]);
    assert!(output.contains("20 kr."), "{output}");
}

#[test]
fn combinations_have_what_only_one_of_them_rests_on() {
    let output = ran(READ, &["k.d", "--all-readings=product", "--lang", "en"]);
    let all =
        ["trin=lavt, vej=første", "trin=lavt, vej=anden", "trin=højt, vej=første", "trin=højt, vej=anden"];
    assert_eq!(tried(&output), all, "{output}");
    assert!(output.contains("1 other assumption cannot change the answer"), "{output}");
    assert!(output.contains("20 kr."), "{output}");
}

#[test]
fn more_combinations_than_are_computed_are_counted() {
    let output = ran(READ, &["k.d", "--all-readings=product", "--combinations", "3", "--lang", "en"]);
    assert!(output.starts_with("exit 4"), "{output}");
    assert!(
        output.contains("rests on 2 assumptions, which can be read in 4 ways together; at most"),
        "{output}"
    );
    assert!(output.contains("`--combinations 4` computes them all"), "{output}");
    assert_eq!(tried(&output), Vec::<&str>::new(), "{output}");
    let output = ran(READ, &["k.d", "--all-readings=product", "--combinations", "4", "--lang", "da"]);
    assert_eq!(tried(&output).len(), 4, "{output}");
}

#[test]
fn a_combination_without_an_answer_is_told() {
    let rules = READ.replace("      b = a\n", "      b = a / 0 kr. × 1 kr.\n");
    for how in ["--all-readings", "--all-readings=product"] {
        let output = ran(&rules, &["k.d", how, "--lang", "da"]);
        assert!(!output.starts_with("exit 0"), "{output}");
        assert!(output.contains("K0401"), "{output}");
    }
}

#[test]
fn a_requirement_that_lacks_facts_is_told_where_what_it_reads_is_read() {
    let rules = "\
aftale A25 \"Prøve (opdigtet)\"
  periode 2025

kilde A25 \"Prøve (opdigtet)\"

klausul k
  hjemmel A25 \"x\"
  givet a : kr.
  givet b : kr.
  krav a ≤ b \"a er højst b\"
  dobbelt = 2 × a
  andet = 7 kr.
";
    let apart = ran(rules, &["k.andet"]);
    assert!(apart.contains("7 kr.") && !apart.contains("K0668"), "{apart}");
    let near = ran(rules, &["k.dobbelt"]);
    assert!(near.contains("K0668"), "{near}");
    let all = ran(rules, &[]);
    assert!(all.contains("K0668"), "{all}");
}
