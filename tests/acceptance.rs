//! What the first version promises of the 2025 agreement, as `eval` and `explain` give it: the amounts, what-ifs, the
//! waiver, the strict threshold, what is unknown, and that nothing depends on the machine.

use std::process::Command;

use serde_json::Value;

use crate::rules::{RULES, command, repository, run, succeeds};

const ONE_REGION: &str = "rules/oea25/data/en_region.json";
const REGIONS: &str = "rules/oea25/data/regioner.json";

#[test]
fn two_of_four_criteria_keep_67_per_cent_of_the_whole_pool() {
    let results = eval(&["nærhedsfinansiering", "--data", ONE_REGION]);
    assert_eq!(text(&results, "nærhedsfinansiering.bevaret", "Sjælland"), "1.155.013.000,00 kr.");
    assert_eq!(text(&results, "nærhedsfinansiering.efterregulering", "Sjælland"), "568.887.000,00 kr.");
}

#[test]
fn each_number_of_criteria_keeps_its_share() {
    for (met, kept) in [(0, "0"), (1, "33"), (2, "67"), (3, "100"), (4, "100")] {
        let set = format!("nærhedsfinansiering.opfyldte_mål = {met}");
        let results = eval(&["nærhedsfinansiering.andel_bevaret", "--data", ONE_REGION, "--set", &set]);
        assert_eq!(
            exact(&results, "nærhedsfinansiering.andel_bevaret", "Sjælland"),
            kept,
            "{met} criteria met"
        );
    }
}

#[test]
fn a_what_if_on_a_table_cell_changes_the_amount() {
    let set = "nærhedsfinansiering.andel_bevaret[2] = 60 pct.";
    let results = eval(&["nærhedsfinansiering.bevaret", "--data", ONE_REGION, "--set", set]);
    assert_eq!(text(&results, "nærhedsfinansiering.bevaret", "Sjælland"), "1.034.340.000,00 kr.");
}

#[test]
fn the_waiver_of_2024_sets_the_settlement_to_zero_and_is_explained() {
    let target = "nærhedsfinansiering.efterregulering";
    let results = eval(&[target, "--data", ONE_REGION, "--year", "2024"]);
    assert_eq!(exact(&results, target, "Sjælland"), "0");
    let shown = succeeds(&[
        "explain",
        RULES,
        target,
        "--data",
        ONE_REGION,
        "--year",
        "2024",
        "--for",
        "region=Sjælland",
    ]);
    assert!(shown.contains("akutplan") || shown.contains("Ingen efterregulering for 2024"), "{shown}");
}

#[test]
fn shares_of_the_technology_contribution_add_to_the_whole() {
    let results = eval(&["teknologibidrag.andel", "--data", REGIONS]);
    let shares = [
        ("Hovedstaden", 1135),
        ("Sjælland", 572),
        ("Syddanmark", 794),
        ("Midtjylland", 816),
        ("Nordjylland", 393),
    ];
    for (region, tenths) in shares {
        let kroner = format!("{}", tenths * 100_000);
        assert_eq!(exact(&results, "teknologibidrag.andel", region), kroner, "{region}");
    }
    assert_eq!(shares.iter().map(|(_, tenths)| tenths).sum::<i32>(), 3710);
}

#[test]
fn the_threshold_is_strict_though_the_ratio_prints_as_3() {
    let below = eval(&["ulighedspulje", "--data", REGIONS]);
    assert_eq!(find(&below, "ulighedspulje.få_læger", "Sjælland")["text"], "ja");
    let ratio = text(&below, "ulighedspulje.lægedækning", "Sjælland");
    assert!(ratio.contains("3,0") && ratio.contains('≈'), "{ratio}");
    let set = "region[\"Sjælland\"].lægetal = 2.541 læger";
    let at = eval(&["ulighedspulje.få_læger", "--data", REGIONS, "--set", set]);
    assert_eq!(find(&at, "ulighedspulje.få_læger", "Sjælland")["text"], "nej");
}

#[test]
fn what_the_agreement_does_not_state_is_unknown_and_named() {
    let results = eval(&["betinget_bloktilskud.ramme", "--data", REGIONS]);
    let limit = find_any(&results, "betinget_bloktilskud.ramme");
    assert_eq!(limit["state"], "unknown");
    assert!(limit["missing"].to_string().contains("dut"), "{limit}");
}

#[test]
fn a_table_of_data_gives_the_same_as_a_tree_of_data() {
    let table =
        eval(&["nærhedsfinansiering", "--year", "2025", "--data", "region=rules/oea25/data/regioner.csv"]);
    let tree = eval(&["nærhedsfinansiering", "--year", "2025", "--data", REGIONS]);
    for region in ["Hovedstaden", "Sjælland", "Syddanmark", "Midtjylland", "Nordjylland"] {
        for name in ["andel", "bevaret", "efterregulering"] {
            let target = format!("nærhedsfinansiering.{name}");
            assert_eq!(text(&table, &target, region), text(&tree, &target, region));
        }
    }
}

#[test]
fn results_do_not_depend_on_the_machine() {
    let asked = ["nærhedsfinansiering", "finansiering", "ulighedspulje", "administration"];
    let arguments: Vec<&str> =
        ["eval", RULES].into_iter().chain(asked).chain(["--data", REGIONS, "--format", "json"]).collect();
    let plain = run(&arguments);
    assert!(plain.status.success());
    for (locale, zone) in
        [("da_DK.UTF-8", "Europe/Copenhagen"), ("C", "Pacific/Kiritimati"), ("tr_TR.UTF-8", "UTC")]
    {
        let other =
            command(&arguments).env("LC_ALL", locale).env("LANG", locale).env("TZ", zone).output().unwrap();
        assert_eq!(other.stdout, plain.stdout, "{locale}, {zone}");
    }
    let rules = repository().join(RULES);
    let data = repository().join(REGIONS);
    let elsewhere = Command::new(env!("CARGO_BIN_EXE_klausul"))
        .args(["eval", rules.to_str().unwrap()])
        .args(asked)
        .args(["--data", data.to_str().unwrap(), "--format", "json"])
        .current_dir(std::env::temp_dir())
        .output()
        .unwrap();
    assert_eq!(elsewhere.stdout, plain.stdout, "another working directory");
}

/// Runs `eval … --format json` on the agreement and returns its results.
fn eval(arguments: &[&str]) -> Vec<Value> {
    let mut all = vec!["eval", RULES];
    all.extend(arguments);
    all.extend(["--format", "json"]);
    let shown = succeeds(&all);
    let document: Value = serde_json::from_str(&shown).unwrap();
    document["results"].as_array().unwrap().clone()
}

fn find<'all>(results: &'all [Value], target: &str, region: &str) -> &'all Value {
    let wanted = |result: &&Value| result["target"] == target && result["entity"]["region"] == region;
    results.iter().find(wanted).unwrap_or_else(|| panic!("no `{target}` for `{region}` in {results:#?}"))
}

fn find_any<'all>(results: &'all [Value], target: &str) -> &'all Value {
    results
        .iter()
        .find(|result| result["target"] == target)
        .unwrap_or_else(|| panic!("no `{target}` in {results:#?}"))
}

fn text(results: &[Value], target: &str, region: &str) -> String {
    find(results, target, region)["text"].as_str().unwrap_or_default().to_owned()
}

fn exact(results: &[Value], target: &str, region: &str) -> String {
    find(results, target, region)["exact"].as_str().unwrap_or_default().to_owned()
}
