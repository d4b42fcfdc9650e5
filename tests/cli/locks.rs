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

/// A section of running text, cited by its heading.
const SECTION: &str = "Indledning\n\nParterne er enige om en pulje på 5 mio. kr. til drift af de regionale sygehuse i hele landet.\n\n\
     Midlerne fordeles efter antallet af borgere i hver region, og der gøres status en gang om året.\n\n\
     Andet\n\nHer står intet, som nogen bygger på.\n";
const CITING: &str =
    "kilde PA \"Puljeaftalen\"\n\nklausul drift \"Driften\"\n  hjemmel PA \"Indledning\"\n  a = 5 mio. kr.\n";

/// What `sources` says, strictly, of rules whose lock was written for others and for another document.
fn told((rules, document): (&str, &str), (new_rules, new_document): (&str, &str)) -> String {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "docs/sources.toml", "[[source]]\nid = \"PA\"\nfile = \"a.txt\"\n");
    put(folder.path(), "regler/pulje.klausul", rules);
    put(folder.path(), "docs/a.txt", document);
    let written = shown(&run(folder.path(), &["sources", "regler", "--dir", "docs", "--lock"]));
    assert!(written.contains("skrevet: regler/kilder.lock"), "{written}");
    put(folder.path(), "regler/pulje.klausul", new_rules);
    put(folder.path(), "docs/a.txt", new_document);
    let output = shown(&run(folder.path(), &["sources", "regler", "--dir", "docs", "--strict"]));
    // Lines are broken at the width of the page.
    output.split_whitespace().collect::<Vec<_>>().join(" ").replace("│ ", "")
}

fn of_section(document: &str) -> String {
    told((CITING, SECTION), (CITING, document))
}

#[test]
fn a_paragraph_that_is_added_to_a_section_is_told_with_its_words() {
    let added = "Puljen ophører med udgangen af 2026.";
    let places = [
        ("at the start", SECTION.replace("Parterne er", &format!("{added}\n\nParterne er")), "Indledning"),
        ("in the middle", SECTION.replace("Midlerne", &format!("{added}\n\nMidlerne")), "hele landet."),
        ("at the end", SECTION.replace("Andet\n", &format!("{added}\n\nAndet\n")), "gang om året."),
    ];
    for (place, document, before) in places {
        let output = of_section(&document);
        assert!(output.starts_with("exit 1"), "{place}: {output}");
        assert!(output.contains("K0722") && !output.contains("K0721"), "{place}: {output}");
        assert!(output.contains(added) && output.contains(before), "{place}: {output}");
        assert!(output.contains("1 sted er ændret"), "{place}: {output}");
    }
}

#[test]
fn a_passage_has_moved_where_it_stands_word_for_word_outside_its_citation() {
    let (title, rest) = SECTION.split_once("\n\n").unwrap();
    let (own, other) = rest.split_once("Andet\n\n").unwrap();
    let moved = format!("Forord\n\nIntet.\n\n{title}\n\n{own}Andet\n\n{other}");
    assert!(of_section(&moved).contains("1 sted siger det samme"), "it is cited by its heading");
    let cites = CITING.replace("\"Indledning\"", "\"Indledning\", afsnit 1");
    let (first, second) = own.split_once("\n\n").unwrap();
    let swapped = format!("{title}\n\n{second}{first}\n\nAndet\n\n{other}");
    let output = told((&cites, SECTION), (&cites, &swapped));
    assert!(output.contains("K0721") && output.contains("fra linje 3 til linje 5"), "{output}");
}

#[test]
fn words_that_a_passage_lost_are_looked_for_elsewhere() {
    let (own, paragraph) = (
        "Midlerne fordeles efter antallet af borgere i hver region, og der gøres status en gang om året.\n\n",
        "Andet\n\n",
    );
    let document = SECTION.replace(own, "").replace(paragraph, &format!("{paragraph}{own}"));
    let output = of_section(&document);
    assert!(output.contains("17 ord er væk herfra og står nu i linje 7"), "{output}");
}

#[test]
fn what_is_too_different_to_compare_word_by_word_is_told_as_such() {
    let many = |word: &str| (0..6000).map(|n| format!("{word}{n} ")).collect::<String>();
    let one = SECTION.replace("Midlerne", &many("gammelt"));
    let output = told((CITING, &one), (CITING, &SECTION.replace("Midlerne", &many("nyt"))));
    assert!(output.contains("6000 ord er blevet til \"nyt0 nyt1 "), "{output}");
    assert!(output.contains("for meget anderledes til at holdes op ord for ord"), "{output}");
}

#[test]
fn a_citation_that_is_lost_is_told_with_where_it_led_and_its_figures_still_count() {
    let renamed = SECTION.replace("Indledning", "Fælles mål").replace("hele landet", "hele riget");
    let output = of_section(&renamed);
    assert!(output.contains("K0710"), "{output}");
    assert!(output.contains("førte den til linje 1; mest som den tekst er nu linje 3"), "{output}");
    assert!(output.contains("0 af 1 tal står på det sted, de henviser til; 1 kan ikke efterses"), "{output}");
    let gone = of_section("Andet\n\nHer står intet.\n");
    assert!(gone.contains("førte den til linje 1; den tekst findes ikke mere"), "{gone}");
}

#[test]
fn rules_that_are_translated_keep_their_lock() {
    let english = "source PA \"The pool\"\n\nclause drift \"Driften\"\n  basis PA annex 1, box 1\n  a = 5 million kr.\n";
    let danish =
        "kilde PA \"Puljen\"\n\nklausul drift \"Driften\"\n  hjemmel PA bilag 1, boks 1\n  a = 5 mio. kr.\n";
    let output = told((danish, DOCUMENT), (english, DOCUMENT));
    assert!(output.starts_with("exit 0") && output.contains("1 passage says the same"), "{output}");
}

#[test]
fn a_lock_that_does_not_follow_the_rules_is_told() {
    let other = CITING.replace("\"Indledning\"", "\"Andet\"").replace("  a = 5 mio. kr.\n", "  a = 0\n");
    let output = told((CITING, SECTION), (&other, SECTION));
    assert!(output.starts_with("exit 1") && output.contains("K0723"), "{output}");
    assert!(output.contains("et sted, som reglerne henviser til, står ikke i låsefilen"), "{output}");
    assert!(
        output.contains("låsefilen har `PA \"Indledning\"`, som ingen regel henviser til mere"),
        "{output}"
    );
    assert!(output.contains("1 sted i den nævner reglerne ikke mere"), "{output}");
}

#[test]
fn rules_that_cite_nothing_get_no_lock_and_no_line() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "regler/a.klausul", "klausul k \"K\"\n  a = 5 mio. kr.\n");
    put(folder.path(), "docs/sources.toml", "[[source]]\nid = \"PA\"\nfile = \"a.txt\"\n");
    put(folder.path(), "docs/a.txt", DOCUMENT);
    let output = shown(&run(folder.path(), &["sources", "regler", "--dir", "docs", "--lock"]));
    assert!(output.starts_with("exit 0") && !output.contains("kilder.lock"), "{output}");
    put(folder.path(), "regler/kilder.lock", "version = 1\n");
    let output = shown(&run(folder.path(), &["sources", "regler", "--dir", "docs"]));
    assert!(output.starts_with("exit 0") && !output.contains("kilder.lock"), "{output}");
}

#[test]
fn a_lock_of_another_shape_is_told_and_never_read_as_less() {
    let passage = "source = \"PA\"\nat = \"bilag 1, boks 1\"\nline = 2\n";
    let hash = format!("sha256 = \"{}\"\n", "ab".repeat(32));
    let whole = format!("[[passage]]\n{passage}{hash}words = [\"4ff\"]\n");
    let shapes = [
        "passage = 3\n".to_owned(),
        "document = { id = \"PA\" }\n".to_owned(),
        format!("[[pasage]]\n{passage}"),
        format!("{whole}{whole}"),
        whole.replace("4ff", "14ff"),
        whole.replace("4ff", "+ff"),
        whole.replace("line = 2", "line = 0"),
        whole.replace("line = 2", "line = 2\nlines = 3"),
        whole.replace(&hash, "sha256 = \"ab\"\n"),
        whole.replace("words = [\"4ff\"]\n", ""),
    ];
    for shape in shapes {
        let folder = tempfile::tempdir().unwrap();
        put(folder.path(), "regler/pulje.klausul", RULES);
        put(folder.path(), "docs/sources.toml", "[[source]]\nid = \"PA\"\nfile = \"a.txt\"\n");
        put(folder.path(), "docs/a.txt", DOCUMENT);
        put(folder.path(), "regler/kilder.lock", &format!("version = 1\n{shape}"));
        let output = shown(&run(folder.path(), &["sources", "regler", "--dir", "docs"]));
        assert!(output.starts_with("exit 1") && output.contains("K0704"), "{shape}\n{output}");
        assert!(!output.contains("står ikke i låsefilen"), "what could not be read may be there: {output}");
    }
}
