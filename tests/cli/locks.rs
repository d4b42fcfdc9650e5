//! `sources --lock`: what rules rest on is written down, and a document that changed is told by passage.

use std::path::Path;

use super::{run, shown};

const RULES: &str = "kilde PA \"Puljeaftalen\"\n\nklausul drift \"Driften\"\n  hjemmel PA bilag 1, boks 1\n  a = 5 mio. kr.\n\n\
     klausul anlæg \"Anlæg\"\n  hjemmel PA bilag 2, boks 1\n  b = 7 mio. kr.\n";
const DOCUMENT: &str = "Bilag 1\nBoks 1\n- 5 mio. kr. til drift af de regionale sygehuse.\n\nBilag 2\nBoks 1\n- 7 mio. kr. til anlæg.\n";

#[expect(clippy::disallowed_methods, reason = "the test lays out its own folder")]
fn put(folder: &Path, name: &str, text: &str) {
    let file = folder.join(name);
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(file, text).unwrap();
}

#[expect(clippy::disallowed_methods, reason = "the test looks at what was written")]
fn read(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name)).unwrap()
}

/// A folder whose lock was written for the document as it was, and which now has another.
fn changed_to(document: &str) -> (String, String) {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "regler/pulje.klausul", RULES);
    put(folder.path(), "docs/sources.toml", "[[source]]\nid = \"PA\"\nfile = \"a.txt\"\n");
    put(folder.path(), "docs/a.txt", DOCUMENT);
    let written = shown(&run(folder.path(), &["sources", "regler", "--dir", "docs", "--lock"]));
    assert!(written.starts_with("exit 0") && written.contains("skrevet: regler/kilder.lock"), "{written}");
    let lock = read(folder.path(), "regler/kilder.lock");
    put(folder.path(), "docs/a.txt", document);
    (shown(&run(folder.path(), &["sources", "regler", "--dir", "docs", "--strict"])), lock)
}

#[test]
fn the_lock_holds_no_words_of_the_document_and_is_the_same_each_time() {
    let (same, lock) = changed_to(DOCUMENT);
    assert!(same.starts_with("exit 0"), "{same}");
    assert!(same.contains("regler/kilder.lock: 1 dokument er uændret, 2 steder siger det samme\n"), "{same}");
    assert!(lock.contains("at = \"bilag 1, boks 1\"\nline = 2\n"), "{lock}");
    assert!(!lock.contains("sygehuse") && !lock.contains("mio."), "{lock}");
    assert_eq!(changed_to(DOCUMENT).1, lock);
}

#[test]
fn other_line_breaks_are_no_change_of_a_passage() {
    let broken =
        DOCUMENT.replace("regionale sygehuse", "regio-\nnale\u{A0}SYGEHUSE").replace("Bilag 1", "\nBilag 1");
    let (output, _) = changed_to(&broken);
    assert!(output.starts_with("exit 0"), "{output}");
    assert!(output.contains("1 dokument er ændret, 2 steder siger det samme\n"), "{output}");
}

#[test]
fn a_changed_passage_is_told_with_its_words_and_what_rests_on_it() {
    let (output, _) = changed_to(&DOCUMENT.replace("de regionale sygehuse", "sygehuse og klinikker"));
    assert!(output.starts_with("exit 1"), "{output}");
    assert!(output.contains("K0722") && output.contains("bilag 1, boks 1 af `PA` (linje 2)"), "{output}");
    assert!(output.contains("efter \"til drift af\": 2 ord er væk"), "{output}");
    assert!(output.contains("og klinikker.\""), "{output}");
    assert!(output.contains("`drift`") && !output.contains("på det hviler `anlæg`"), "{output}");
    assert!(output.contains("1 sted siger det samme, 1 sted er ændret"), "{output}");
}

#[test]
fn a_moved_passage_is_told_with_where_it_stands_now() {
    let moved = "Bilag 1\nBoks 1\n- 6 mio. kr. til andet.\n\nBilag 2\nBoks 1\n- 7 mio. kr. til anlæg.\n\nBilag 3\nBoks 1\n- 5 mio. kr. til drift af de regionale sygehuse.\n";
    let (output, _) = changed_to(moved);
    assert!(output.contains("K0721") && output.contains("fra linje 2 til"), "{output}");
    assert!(output.contains("K0720"), "{output}");
}

#[test]
fn a_passage_that_is_gone_is_told() {
    let (output, _) = changed_to("Bilag 2\nBoks 1\n- 7 mio. kr. til anlæg.\n");
    assert!(output.contains("K0710"), "{output}");
    assert!(output.contains("1 sted siger det samme, 1 sted er væk\n"), "{output}");
}

#[test]
fn a_figure_that_follows_from_others_is_offered_as_an_expression() {
    let folder = tempfile::tempdir().unwrap();
    let rules =
        "kilde PA \"Puljeaftalen\"\n\nklausul drift \"Driften\"\n  hjemmel PA boks 1\n  a = 1.200 mio. kr.\n";
    put(folder.path(), "pulje.klausul", rules);
    put(folder.path(), "docs/sources.toml", "[[source]]\nid = \"PA\"\nfile = \"a.txt\"\n");
    put(folder.path(), "docs/a.txt", "Boks 1\n- 200 millioner kroner i hvert af de seks år.\n");
    let output = shown(&run(folder.path(), &["sources", "pulje.klausul", "--dir", "docs"]));
    assert!(output.contains("seks × 200 millioner kroner"), "{output}");
    assert!(output.contains("forslag: skriv `6 × 200 mio. kr.`"), "{output}");
}
