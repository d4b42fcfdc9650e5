//! `check --fix` writes what is certain and nothing else: the bytes around a correction stay as they were.

use std::path::Path;

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
