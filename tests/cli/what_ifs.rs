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
