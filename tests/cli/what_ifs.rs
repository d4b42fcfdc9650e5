//! What-ifs from the command line: what they cannot set, and that every form of output names what is left out.

use super::{run, shown};

#[expect(clippy::disallowed_methods, reason = "the test sets the stage")]
fn ran(rules: &str, args: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.klausul"), rules).unwrap();
    let data = r#"{"region": {"A": {"folk": 12}, "B": {"folk": 13}}}"#;
    std::fs::write(folder.path().join("d.json"), data).unwrap();
    shown(&run(folder.path(), &[&["eval", "a.klausul"], args].concat()))
}

const CELLS: &str = "\
kilde A25 \"Prøve\"

hver region, regioner, regionen har
  folk : tal, mindst 0

indeks pl
  2024 til 2025 = 3 pct.

klausul k for hver region
  hjemmel A25 \"x\"
  tabel t efter folk
    0 – 10  | 1 kr.
    over 10 | 2 kr.

klausul fælles
  hjemmel A25 \"x\"
  a = 10 kr.
";

#[test]
fn what_holds_for_all_is_not_set_for_one() {
    for set in [
        "k.t[over 10] for \"A\" = 5 kr.",
        "region[\"A\"].k.t[over 10] = 5 kr.",
        "fælles.a for \"A\" = 5 kr.",
        "pl[2024 til 2025] i 2026 = 50 pct.",
    ] {
        let output = ran(CELLS, &["--data", "d.json", "--year", "2025", "--set", set]);
        assert!(output.contains("K0209"), "{set}: {output}");
        assert!(!output.contains("--- stdout"), "{set}: {output}");
    }
}

/// A row that is nearly there is the one that is meant: the range a number lies in, or nearly the same text.
#[test]
fn a_row_that_is_nearly_there_is_told_first() {
    let rules = format!(
        "{CELLS}  givet navn : tekst\n  tabel o efter navn\n    \"stor\"  | 1 kr.\n    \"lille\" | 2 kr.\n"
    );
    for (set, said) in [
        ("k.t[7] = 5 kr.", "`k.t[0 – 10] = 5 kr.`"),
        ("fælles.o[\"Stor\"] = 5 kr.", "`fælles.o[\"stor\"] = 5 kr.`"),
    ] {
        let output = ran(&rules, &["--data", "d.json", "--year", "2025", "--set", set]);
        assert!(output.contains("K0208") && output.contains(said), "{set}: {output}");
    }
    // What lies in no row that is written with its ends is answered with the rows alone.
    let output = ran(&rules, &["--data", "d.json", "--year", "2025", "--set", "k.t[11] = 5 kr."]);
    assert!(output.contains("K0208") && !output.contains("nærmest"), "{output}");
}

const LEFT_OUT: &str = "\
aftale A25 \"Prøve\"
  periode 2025-2028

kilde A25 \"Prøve\"

klausul k
  hjemmel A25 \"x\"
  sats = 40 kr.
  dob = 2 × sats
  andet = 7 kr.
  undtagelse e
    i 2025
    sats = 3 kr.

ændring am af A25
  hjemmel A25 \"y\"
  fra 2026
  k.sats = 50 kr.
";

#[test]
fn results_say_that_an_exception_or_amendment_is_left_out() {
    let csv = |without: &str, year: &str| {
        let output = ran(LEFT_OUT, &["--without", without, "--year", year, "--format", "csv"]);
        // The target, its value, whether it is hypothetical, and the what-ifs.
        let rows = output.lines().filter(|line| line.starts_with("k."));
        rows.map(|row| {
            let cells: Vec<&str> = row.split(';').collect();
            [0, 3, 10, 12].map(|at| cells[at].trim_matches('"')).join(" ")
        })
        .collect::<Vec<_>>()
        .join("\n")
    };
    let am = "ændring am = nej";
    assert_eq!(csv("am", "2026"), format!("k.sats 40 true {am}\nk.dob 80 true {am}\nk.andet 7 false {am}"));
    assert_eq!(csv("am", "2027"), csv("am", "2026"));
    // The amendment says nothing of 2025, the exception nothing of 2026.
    assert_eq!(csv("am", "2025"), format!("k.sats 3 false {am}\nk.dob 6 false {am}\nk.andet 7 false {am}"));
    let e = "undtagelse e = nej";
    assert_eq!(csv("e", "2025"), format!("k.sats 40 true {e}\nk.dob 80 true {e}\nk.andet 7 false {e}"));
    assert_eq!(csv("e", "2026"), format!("k.sats 50 false {e}\nk.dob 100 false {e}\nk.andet 7 false {e}"));
}

const EACH: &str = "\
kilde A25 \"Prøve (opdigtet)\"

måleenhed læge, læger

hver region, regioner, regionen har
  lægetal : læger, mindst 0 læger

klausul k for hver region
  hjemmel A25 \"x\"
  dobbelt = 2 × lægetal

klausul for_sig
  hjemmel A25 \"x\"
  givet spænd : læger, mellem −5 læger og 5 læger
  i_alt = 7 læger + spænd
";

#[expect(clippy::disallowed_methods, reason = "the test sets the stage")]
fn ran_each(args: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.klausul"), EACH).unwrap();
    let data = r#"{"region": {"Sjælland": {"lægetal": 12}, "Fyn": {"lægetal": 13}}}"#;
    std::fs::write(folder.path().join("d.json"), data).unwrap();
    let first = ["eval", "a.klausul", "--data", "d.json", "--year", "2025", "--lang", "da"];
    shown(&run(folder.path(), &[&first[..], args].concat()))
}

/// What was said, without regard to where lines break.
fn in_a_line(output: &str) -> String {
    output.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_what_if_may_name_first_whose_value_it_sets() {
    let own = "lægetal for \"Sjælland\" = 3 læger";
    for set in [own, "\"Sjælland\".lægetal = 3 læger", "Sjælland.lægetal = 3 læger"] {
        let output = ran_each(&["k.dobbelt", "--set", set]);
        assert!(output.contains(" 6 læger") && output.contains("26 læger"), "{set}: {output}");
        // It is shown in the form of the language, which stands anywhere.
        assert!(output.contains(own), "{set}: {output}");
    }
    let output = in_a_line(&ran_each(&["k.dobbelt", "--set", "Lolland.lægetal = 3 læger"]));
    assert!(output.contains("K0201") && output.contains("`lægetal for \"Lolland\" ="), "{output}");
    let output = ran_each(&["k.dobbelt", "--set", "lægetal for Sjælland = 3 læger"]);
    assert!(output.contains("K0130") && output.contains("`lægetal for \"Sjælland\" = 3 læger`"), "{output}");
    let output = ran_each(&["k.dobbelt", "--set", "lægetal for \"Sjæland\" = 3 læger"]);
    assert!(output.contains("K0904") && output.contains("mente du `Sjælland`?"), "{output}");
}

#[test]
fn a_what_if_of_an_unknown_name_offers_names_that_have_to_do_with_it() {
    let output = ran_each(&["k.dobbelt", "--set", "læger = 3 læger"]);
    assert!(output.contains("mente du `lægetal`?") && !output.contains("givet"), "{output}");
    let output = in_a_line(&ran_each(&["k.dobbelt", "--set", "kroner = 3 kr."]));
    let help = "et hvad-nu-hvis sætter noget, reglerne har";
    assert!(output.contains(help) && !output.contains("givet"), "{output}");
}

#[test]
fn a_value_outside_its_domain_is_told_with_the_domain() {
    let output = in_a_line(&ran_each(&["for_sig.i_alt", "--set", "for_sig.spænd = 9 læger"]));
    assert!(output.contains("K0417") && output.contains("en værdi mellem −5 læger og 5 læger"), "{output}");
}

#[test]
fn a_what_if_that_changes_nothing_says_so() {
    let none = "(har ingen virkning på svaret)";
    let sets = ["--set", "for_sig.spænd = 2 læger", "--set", "Fyn.lægetal = 4 læger"];
    let output = in_a_line(&ran_each(&[&["k.dobbelt"], &sets[..]].concat()));
    let both = format!("for_sig.spænd = 2 læger {none}; lægetal for \"Fyn\" = 4 læger");
    assert!(output.contains(&both) && !output.contains(&format!("4 læger {none}")), "{output}");
    // What is set to what it is has no effect; of two that set the same, only the last one has.
    let output = in_a_line(&ran_each(&["k.dobbelt", "--set", "Fyn.lægetal = 13 læger"]));
    assert!(output.contains(&format!("= 13 læger {none}")), "{output}");
    let twice = ["k.dobbelt", "--set", "Fyn.lægetal = 4 læger", "--set", "Fyn.lægetal = 5 læger"];
    let output = in_a_line(&ran_each(&twice));
    let (first, last) = (format!("4 læger {none}"), format!("5 læger {none}"));
    assert!(output.contains(&first) && !output.contains(&last), "{output}");
    let output = in_a_line(&ran_each(&[&["k.dobbelt", "--format", "json"], &sets[..]].concat()));
    assert!(output.contains("\"without_effect\": [ \"for_sig.spænd = 2 læger\" ]"), "{output}");
}

const DAY: &str = "\
kilde A25 \"Prøve (opdigtet)\"

klausul k
  hjemmel A25 \"x\"
  givet frist : dato, altid
  a = 7 kr.
  betingelse i_tide = dag senest frist
  sats indtil 1. juli 2025 = 3 kr.
  sats fra 1. juli 2025 = 4 kr.
";

#[test]
fn what_needs_a_day_says_so_and_the_others_are_answered() {
    let ran = |more: &[&str]| ran(DAY, &[&["--year", "2025", "--lang", "da"], more].concat());
    let output = in_a_line(&ran(&[]));
    assert!(output.contains("a 7 kr.") && output.contains("K0415") && output.contains("K0404"), "{output}");
    assert!(output.contains("spørg om en bestemt dag"), "{output}");
    assert!(output.contains("exit 0") && !output.contains("fejl["), "{output}");
    // Asked for by name, the question cannot be answered.
    for name in ["k.i_tide", "k.sats", "k"] {
        let output = ran(&[name]);
        assert!(output.contains("exit 1"), "{name}: {output}");
    }
}

#[expect(clippy::disallowed_methods, reason = "the test sets the stage")]
fn beside(scenario: &str, args: &[&str]) -> Ran {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [("a.klausul", LEFT_OUT), ("verden.klausul", scenario)] {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let output = run(folder.path(), args);
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Ran { stdout: text(output.stdout), stderr: text(output.stderr) }
}

/// What a run printed.
struct Ran {
    stdout: String,
    stderr: String,
}

#[test]
fn a_scenario_in_a_file_of_its_own_is_a_what_if() {
    let eval = ["eval", "a.klausul", "k.dob", "--year", "2026", "--format", "json"];
    let json = |scenario: &str, args: &[&str]| -> serde_json::Value {
        serde_json::from_str(&beside(scenario, &[&eval, args].concat()).stdout).unwrap()
    };
    let file = ["--scenario", "verden.klausul"];
    let laid = json(
        "scenarie verden\n  bygger på grund\n  k.andet = 8 kr.\n\nscenarie grund\n  k.sats = 60 kr.\n",
        &file,
    );
    assert_eq!(laid["results"][0]["exact"], "120");
    assert_eq!(laid["what_if"], serde_json::json!(["k.sats = 60 kr.", "k.andet = 8 kr."]));
    // The rules are the same, and what is said of them.
    let plain = json("", &[]);
    assert_eq!(laid["rules"], plain["rules"]);
    assert_eq!(plain["results"][0]["exact"], "100");
    // `--set` lies on top, and `diff` takes the file as a column.
    let set = json(
        "scenarie a\n  k.sats = 60 kr.\n",
        &["--scenario", "verden.klausul", "--set", "k.sats = 61 kr."],
    );
    assert_eq!(set["results"][0]["exact"], "122");
    let args = ["diff", "a.klausul", "--year", "2026", "--with", "verden.klausul"];
    let diff = beside("scenarie a\n  k.sats = 60 kr.\n", &args);
    assert!(diff.stdout.contains("120 kr.") && diff.stdout.contains("+20 kr."), "{}", diff.stdout);
}

#[test]
fn a_file_that_is_no_scenario_is_refused_and_nothing_is_computed() {
    for (scenario, code) in [
        ("", "K0047"),
        ("// tom\n", "K0047"),
        ("klausul z\n  a = 1 kr.\n", "K0047"),
        ("scenarie a\n  k.sats = 50 kr.\n\nklausul z\n  a = 1 kr.\n", "K0047"),
        ("scenarie a\n  k.satz = 50 kr.\n", "K0201"),
        ("scenarie a\n  k.sats = 50 pct.\n", "K0305"),
        ("scenarie a\n  bygger på b\n", "fejl[K"),
        ("scenarie a\n  k.sats = = 50 kr.\n", "K01"),
        ("scenarie a\n  k.sats = 1 kr.\n\nscenarie b\n  k.sats = 2 kr.\n", "K0047"),
        ("scenarie a\n  bygger på b\n\nscenarie b\n  bygger på a\n", "K0282"),
    ] {
        let ran = beside(scenario, &["eval", "a.klausul", "--year", "2026", "--scenario", "verden.klausul"]);
        assert!(ran.stderr.contains(code), "{scenario}: {code}\n{}", ran.stderr);
        assert_eq!(ran.stdout, "", "{scenario}");
    }
    let missing = beside("", &["eval", "a.klausul", "--scenario", "findes/ikke.klausul"]);
    assert!(missing.stderr.contains("K0030") && missing.stdout.is_empty(), "{}", missing.stderr);
}

#[test]
fn a_sweep_is_drawn_as_a_picture() {
    let sweep = |target: &str| {
        beside(
            "",
            &[
                "sweep",
                "a.klausul",
                target,
                "--of",
                "k.sats",
                "--from",
                "0 kr.",
                "--to",
                "90 kr.",
                "--year",
                "2026",
                "--format",
                "svg",
            ],
        )
    };
    let drawn = sweep("k.dob");
    let picture = roxmltree::Document::parse(&drawn.stdout).unwrap();
    let lines: Vec<_> =
        picture.descendants().filter(|node| node.attribute("class") == Some("line")).collect();
    assert_eq!(lines.len(), 1, "{}", drawn.stdout);
    // From the lower left corner to the upper right one.
    assert_eq!(lines[0].attribute("d"), Some("M74 260L730 40"));
    let refused = sweep("k.dob > 20 kr.");
    assert!(refused.stderr.contains("K0049") && refused.stdout.is_empty(), "{}", refused.stderr);
}

/// What is followed and sought is typed as a what-if is: a number that the rules read otherwise than the reader is asked about,
/// wherever it stands, and one that reads in one way only is taken.
#[test]
#[expect(clippy::disallowed_methods, reason = "the test sets the stage")]
fn ranges_and_wishes_are_held_to_one_reading_of_a_number() {
    let asked = |lang: &str, args: &[&str]| -> String {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.klausul"), CELLS).unwrap();
        let first = [args[0], "a.klausul", "--year", "2025", "--lang", lang];
        shown(&run(folder.path(), &[&first[..], &args[1..]].concat()))
    };
    let (x, wish) = ("fælles.a", "fælles.a ≥ 5 kr.");
    for (option, args) in [
        ("--from", &["sweep", x, "--of", x, "--from", "1,800 kr.", "--to", "9000 kr."][..]),
        ("--to", &["sweep", x, "--of", x, "--from", "1 kr.", "--to", "1,800 kr."]),
        ("--step", &["sweep", x, "--of", x, "--from", "1 kr.", "--to", "9000 kr.", "--step", "1,800 kr."]),
        ("--from", &["solve", wish, "--of", x, "--from", "1,800 kr.", "--to", "9000 kr."]),
        ("--to", &["solve", wish, "--of", x, "--from", "1 kr.", "--to", "1,800 kr."]),
        ("--of", &["solve", wish, "--of", "fælles.a fra 1 kr. til 1,800 kr."]),
        (
            "fælles.a ≥ 1,800 kr.",
            &["solve", "fælles.a ≥ 1,800 kr.", "--of", x, "--from", "1 kr.", "--to", "5 kr."],
        ),
    ] {
        let output = asked("en", args);
        assert!(output.starts_with("exit 2"), "{args:?}: {output}");
        assert!(output.contains("K0424") && output.contains(&format!("[{option}:1:")), "{args:?}: {output}");
        // Whoever reads as the rules are written is not asked.
        let output = asked("da", args);
        assert!(output.starts_with("exit 0"), "{args:?}: {output}");
    }
    let output = asked("en", &["solve", wish, "--of", x, "--from", "1 kr.", "--to", "1800 kr."]);
    assert!(output.starts_with("exit 0"), "{output}");
}
