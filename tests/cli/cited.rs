//! `verify --sources`: whether the passages that a record cites still say the same.

use std::path::Path;

use super::{run, shown};

const RULES: &str = "aftale PA \"Puljeaftalen\"\n  periode 2025\n\nkilde PA \"Puljeaftalen\"\n\nklausul drift \"Driften\"\n  \
     hjemmel PA bilag 1, boks 1\n  a = 5 mio. kr.\n\nklausul anlæg \"Anlæg\"\n  hjemmel PA bilag 2, boks 1\n  b = 7 mio. kr.\n";
const DOCUMENT: &str = "Bilag 1\nBoks 1\n- 5 mio. kr. til drift af de regionale sygehuse.\n\nBilag 2\nBoks 1\n- 7 mio. kr. til anlæg.\n";

#[expect(clippy::disallowed_methods, reason = "the test lays out its own folder")]
fn put(folder: &Path, name: &str, text: &str) {
    let file = folder.join(name);
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(file, text).unwrap();
}

/// What `verify` says of a record whose document has become another.
fn verified(document: &str, more: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "regler/pulje.klausul", RULES);
    put(folder.path(), "docs/sources.toml", "[[source]]\nid = \"PA\"\nfile = \"a.txt\"\n");
    put(folder.path(), "docs/a.txt", DOCUMENT);
    let locked = run(folder.path(), &["sources", "regler", "--dir", "docs", "--lock"]);
    assert_eq!(locked.status.code(), Some(0), "{}", shown(&locked));
    let recorded = run(folder.path(), &["eval", "regler", "--record", "s.jsonl"]);
    assert_eq!(recorded.status.code(), Some(0), "{}", shown(&recorded));
    put(folder.path(), "docs/a.txt", document);
    shown(&run(folder.path(), &[&["verify", "s.jsonl", "--sources", "docs"], more].concat()))
}

#[test]
fn what_says_the_same_holds() {
    let told = verified(DOCUMENT, &[]);
    assert!(told.starts_with("exit 0"), "{told}");
    assert!(
        told.contains("✓ kilder         steder, der siger det samme: 2; uændrede dokumenter: 1"),
        "{told}"
    );
}

#[test]
fn what_stands_on_another_line_is_told_and_is_no_fault() {
    let told = verified(&format!("Forord\n\n{DOCUMENT}"), &["--lang", "en"]);
    assert!(told.starts_with("exit 0"), "{told}");
    assert!(told.contains("passages that say the same: 2; of them on another line: 2 ("), "{told}");
    assert!(told.contains("PA bilag 1, boks 1: 2 → 4"), "{told}");
    assert!(told.contains("changed as a whole: PA"), "{told}");
}

#[test]
fn what_changed_or_is_gone_is_a_fault_with_the_clauses_that_rest_on_it() {
    let told = verified(&DOCUMENT.replace("5 mio.", "6 mio."), &[]);
    assert!(told.starts_with("exit 6"), "{told}");
    assert!(
        told.contains("PA bilag 1, boks 1: siger noget andet nu (linje 2); på det hviler drift"),
        "{told}"
    );
    let told = verified(
        "Bilag 1\nBoks 1\n- 5 mio. kr. til drift af de regionale sygehuse.\n",
        &["--format", "json"],
    );
    assert!(told.starts_with("exit 6"), "{told}");
    assert!(told.contains("PA bilag 2, boks 1: findes ikke mere; på det hviler anlæg"), "{told}");
    assert!(told.contains("citations[1]"), "{told}");
}

#[test]
fn documents_that_are_not_given_are_not_looked_up() {
    let folder = super::records::stage(1);
    let told = shown(&run(folder.path(), &["verify", "s.jsonl"]));
    assert!(told.contains("– kilder         ikke slået efter"), "{told}");
}
