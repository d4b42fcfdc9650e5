//! `check --fix` writes what is certain and nothing else: the bytes around a correction stay as they were.

use std::path::Path;

use klausul::cli::Disk;
use klausul::world::{Rewrite, World, WorldError, WorldProblem};

use super::{run, shown};

const HEAD: &str = "aftale A \"Opdigtet\"\n  periode 2025\nkilde A \"Opdigtet\"\n";

#[expect(clippy::disallowed_methods, reason = "the test sets the stage")]
fn put(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

#[expect(clippy::disallowed_methods, reason = "the test looks at what was written")]
fn read(folder: &Path, name: &str) -> String {
    String::from_utf8(std::fs::read(folder.join(name)).unwrap()).unwrap()
}

#[test]
fn the_byte_order_mark_and_the_line_ends_stay() {
    let folder = tempfile::tempdir().unwrap();
    let clause = "klausul k \"K\"\n  hjemmel A boks 1\n  sats =  5 %   \n";
    let text = format!("\u{FEFF}{HEAD}{clause}").replace('\n', "\r\n");
    put(folder.path(), "a.klausul", &text);
    let output = run(folder.path(), &["check", "--fix", "a.klausul"]);
    assert_eq!(output.status.code(), Some(0), "{}", shown(&output));
    assert_eq!(read(folder.path(), "a.klausul"), text.replace("5 %", "5 pct."));
}

#[test]
fn what_must_be_chosen_is_not_written() {
    let folder = tempfile::tempdir().unwrap();
    let clause = "klausul k \"K\"\n  hjemmel A boks 1\n  sats = 5 pct.\n  anden = satsen\n";
    let text = format!("{HEAD}{clause}");
    put(folder.path(), "a.klausul", &text);
    let output = run(folder.path(), &["check", "--fix", "a.klausul"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(shown(&output).contains("mente du `sats`?"), "{}", shown(&output));
    assert_eq!(read(folder.path(), "a.klausul"), text);
}

#[test]
fn a_file_that_was_only_brought_in_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let lent = format!("{}klausul k \"K\"\n  hjemmel B boks 1\n  sats = 5 %\n", HEAD.replace('A', "B"));
    put(folder.path(), "b/b.klausul", &lent);
    let own = format!("brug B\n{HEAD}klausul k \"K\"\n  hjemmel A boks 1\n  sats = 2 × B.k.sats\n");
    put(folder.path(), "a/a.klausul", &own);
    let output = run(folder.path(), &["check", "--fix", "a"]);
    assert_eq!(output.status.code(), Some(1), "{}", shown(&output));
    assert_eq!(read(folder.path(), "b/b.klausul"), lent);
    assert_eq!(read(folder.path(), "a/a.klausul"), own);
}

#[test]
fn one_correction_may_bring_the_next_to_light() {
    let folder = tempfile::tempdir().unwrap();
    let clause = "Klausul k \"K\"\n  hjemmel A boks 1\n  Sats = 5 mio. kr.\n  del = 10 % af 3 mio.\n";
    put(folder.path(), "a.klausul", &format!("{HEAD}{clause}"));
    let output = run(folder.path(), &["check", "--fix", "a.klausul"]);
    let text = read(folder.path(), "a.klausul");
    assert!(text.contains("\nklausul k"), "{}", shown(&output));
    assert!(text.contains("10 pct. af 3 mio. kr."), "{text}");
    let again = run(folder.path(), &["check", "--fix", "a.klausul"]);
    assert!(!shown(&again).contains("rettet["), "nothing certain is left: {}", shown(&again));
}

#[test]
fn what_no_correction_touches_keeps_every_byte() {
    let folder = tempfile::tempdir().unwrap();
    let clause = "klausul k \"Bla\u{30A}\"\n  hjemmel A boks\u{A0}1\r\n  a = 5 %\r\n  b = 1\u{202F}000\u{A0}kr.\n  c = 6 %\n";
    let text = format!("{HEAD}{clause}");
    put(folder.path(), "a.klausul", &text);
    let output = run(folder.path(), &["check", "--fix", "a.klausul"]);
    assert_eq!(read(folder.path(), "a.klausul"), text.replace('%', "pct."), "{}", shown(&output));
}

#[test]
fn tabs_hide_no_other_finding_and_are_mended() {
    let folder = tempfile::tempdir().unwrap();
    let clause =
        "klausul k \"K\"\r\n\thjemmel A boks\u{A0}1\r\n\t// to\ttrin\r\n\ta =\t5 %   \r\n\tb = satsen\r\n";
    let text = format!("\u{FEFF}{HEAD}{clause}");
    put(folder.path(), "a.klausul", &text);
    let found = shown(&run(folder.path(), &["check", "a.klausul", "--format", "plain"]));
    for said in ["a.klausul:5:1: fejl[K0009]", "a.klausul:6:8: fejl[K0009]", "a.klausul:7:9: fejl[K0151]"] {
        assert!(found.contains(said), "{said} in {found}");
    }
    assert!(found.contains("a.klausul:8:7: fejl[K0201]"), "names are looked up: {found}");
    let output = run(folder.path(), &["check", "--fix", "a.klausul"]);
    let spaces = clause.replace("\n\t", "\n  ").replace('\t', " ").replace('%', "pct.");
    assert_eq!(read(folder.path(), "a.klausul"), format!("\u{FEFF}{HEAD}{spaces}"), "{}", shown(&output));
    assert!(shown(&output).contains("a.klausul:5:1: rettet[K0009]: erstat tabulatorer med mellemrum"));
}

#[test]
fn a_file_with_tabs_and_an_error_left_keeps_what_was_not_mended() {
    let folder = tempfile::tempdir().unwrap();
    let text = format!("{HEAD}klausul k \"K\"\n\thjemmel A boks 1\n\t\ta = 1\n\tb = satsen\n");
    put(folder.path(), "a.klausul", &text);
    let laid_out = run(folder.path(), &["fmt", "a.klausul"]);
    assert_eq!(laid_out.status.code(), Some(1), "{}", shown(&laid_out));
    assert_eq!(read(folder.path(), "a.klausul"), text, "what has errors is not laid out");
    run(folder.path(), &["check", "--fix", "a.klausul"]);
    assert_eq!(read(folder.path(), "a.klausul"), text.replace('\t', "  "));
}

#[test]
fn plain_ends_with_one_line_that_counts_and_is_no_finding() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "a.klausul", &format!("{HEAD}klausul k \"K\"\n  hjemmel A boks 1\n  a = satsen\n"));
    for (lang, finding, last) in [
        ("da", "a.klausul:6:7: fejl[K0201]", "i alt: 1 fil: 1 fejl i 1 klausul"),
        ("en", "a.klausul:6:7: error[K0201]", "in all: 1 file: 1 error in 1 clause"),
    ] {
        let output = run(folder.path(), &["check", "a.klausul", "--format", "plain", "--lang", lang]);
        let text = String::from_utf8(output.stdout).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines.len() == 2 && lines[0].starts_with(finding), "{text}");
        assert_eq!(lines[1], last);
    }
}

#[test]
fn the_number_told_is_the_number_written() {
    let folder = tempfile::tempdir().unwrap();
    let lent = format!("{}klausul k \"K\"\n  hjemmel B boks 1\n  sats = 5 %\n", HEAD.replace('A', "B"));
    put(folder.path(), "b/b.klausul", &lent);
    let own = format!("brug B\n{HEAD}klausul k \"K\"\n  hjemmel A boks 1\n  sats = 5 % af 3 mio. kr.\n");
    put(folder.path(), "a/a.klausul", &own);
    let told = run(folder.path(), &["check", "a", "--format", "json"]).stdout;
    let written = run(folder.path(), &["check", "--fix", "a", "--format", "json"]).stdout;
    let number = |text: &[u8], path: &str| -> serde_json::Value {
        let json: serde_json::Value = serde_json::from_slice(text).unwrap();
        json.pointer(path).unwrap().clone()
    };
    let fixed = number(&written, "/fixed");
    assert!(number(&told, "/summary/mendable").as_u64().unwrap() > 0);
    assert_eq!(number(&told, "/summary/mendable").as_u64(), fixed.as_array().map(|all| all.len() as u64));
    assert_eq!(read(folder.path(), "b/b.klausul"), lent, "a file that was brought in stays as it was");
}

#[test]
fn files_are_rewritten_together_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let [a, b] = ["a.klausul", "b.klausul"].map(|name| folder.path().join(name));
    put(folder.path(), "a.klausul", "old a");
    put(folder.path(), "b.klausul", "someone else's b");
    let rewrite = |read_of_b: &'static str| {
        Disk.rewrite(&[
            Rewrite { path: &a, read: b"old a", bytes: b"new a" },
            Rewrite { path: &b, read: read_of_b.as_bytes(), bytes: b"new b" },
        ])
    };
    let errors = rewrite("old b").unwrap_err();
    assert_eq!(errors, [WorldError::new(&b, WorldProblem::Changed)]);
    assert_eq!(read(folder.path(), "a.klausul"), "old a");
    assert_eq!(read(folder.path(), "b.klausul"), "someone else's b");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2, "no unfinished file is left");
    rewrite("someone else's b").unwrap();
    assert_eq!(read(folder.path(), "a.klausul"), "new a");
    assert_eq!(read(folder.path(), "b.klausul"), "new b");
}

#[test]
fn a_file_that_cannot_be_written_leaves_the_others_as_they_were() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "a.klausul", "old a");
    let (a, missing) = (folder.path().join("a.klausul"), folder.path().join("none.klausul"));
    let files = [
        Rewrite { path: &a, read: b"old a", bytes: b"new a" },
        Rewrite { path: &missing, read: b"", bytes: b"new" },
    ];
    assert_eq!(Disk.rewrite(&files).unwrap_err(), [WorldError::new(&missing, WorldProblem::Missing)]);
    assert_eq!(read(folder.path(), "a.klausul"), "old a");
}

#[test]
fn a_file_that_two_paths_lead_to_is_written_once() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "a.klausul", "old a");
    let (a, b) = (folder.path().join("a.klausul"), folder.path().join("./x/../a.klausul"));
    std::fs::create_dir(folder.path().join("x")).unwrap();
    let same = |bytes| Rewrite { path: &b, read: b"old a", bytes };
    let first = Rewrite { path: &a, read: b"old a", bytes: b"new a" };
    assert_eq!(
        Disk.rewrite(&[first, same(b"other")]).unwrap_err(),
        [WorldError::new(&b, WorldProblem::Changed)]
    );
    assert_eq!(read(folder.path(), "a.klausul"), "old a");
    Disk.rewrite(&[first, same(b"new a")]).unwrap();
    assert_eq!(read(folder.path(), "a.klausul"), "new a");
}
