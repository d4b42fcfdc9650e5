//! `brug`: agreements that lie in folders of their own, and files of one folder.

use std::path::Path;

use super::{run, shown};

#[expect(clippy::disallowed_methods, reason = "the test lays out its own folder")]
fn write(folder: &Path, name: &str, text: &str) {
    let file = folder.join(name);
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(file, text).unwrap();
}

/// Two invented agreements side by side; the later one reads the earlier and carries a clause of it over.
fn two_agreements(folder: &Path) {
    write(
        folder,
        "a24/aftale.klausul",
        "aftale A24 \"Aftalen for 2024 (opdigtet)\"\n  periode fra 2024\n\nkilde A24 \"Aftalen\"\n\nklausul lån\n  hjemmel A24 \"Lån\"\n  pulje = 900 kr.\n  halv  = pulje / 2\n",
    );
    write(
        folder,
        "a25/aftale.klausul",
        "aftale A25 \"Aftalen for 2025 (opdigtet)\"\n  periode 2025\n\nkilde A25 \"Aftalen\"\n\nbrug A24\n\nklausul ramme\n  hjemmel A25 \"Ramme\"\n  i_alt = A24.lån.pulje + 100 kr.\n",
    );
    write(folder, "a25/lån.klausul", "klausul lån viderefører A24.lån\n  pulje = 1.000 kr.\n");
}

#[test]
fn an_agreement_in_the_folder_beside_is_found_by_its_name() {
    let folder = tempfile::tempdir().unwrap();
    two_agreements(folder.path());
    let output =
        shown(&run(folder.path(), &["eval", "a25", "A25.ramme.i_alt", "A25.lån.halv", "--format", "csv"]));
    assert!(output.starts_with("exit 0"), "{output}");
    assert!(output.contains("1000") && output.contains("500"), "{output}");
    let output = shown(&run(folder.path(), &["explain", "a25", "A25.lån.halv"]));
    assert!(
        output.contains("lån.halv, 2025 = 500 kr.") && output.contains("videreført fra A24.lån"),
        "{output}"
    );
}

#[test]
fn an_agreement_that_is_nowhere_is_told_with_the_nearest() {
    let folder = tempfile::tempdir().unwrap();
    two_agreements(folder.path());
    write(folder.path(), "a25/mere.klausul", "brug A42\n");
    let output = shown(&run(folder.path(), &["check", "a25"]));
    assert!(output.starts_with("exit 1"), "{output}");
    assert!(output.contains("A42") && output.contains("A24"), "{output}");
}

#[test]
fn a_single_file_of_a_folder_is_told_to_lack_the_others() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "sats.klausul", "klausul sats\n  beløb = 10 kr.\n");
    write(folder.path(), "brug_af_sats.klausul", "klausul støtte\n  i_alt = 2 × sats.beløb\n");
    let alone = shown(&run(folder.path(), &["check", "brug_af_sats.klausul"]));
    assert!(alone.starts_with("exit 1"), "{alone}");
    assert!(alone.contains("`sats`") && alone.contains("`klausul check .`"), "{alone}");
    let both = shown(&run(folder.path(), &["check", "."]));
    assert!(both.starts_with("exit 0"), "{both}");
}

#[test]
fn a_word_of_everyday_language_is_not_looked_for_in_other_files() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "a.klausul", "klausul a\n  givet n : heltal\n  x = true\n  y = sats.beløb\n");
    write(folder.path(), "sats.klausul", "klausul sats\n  beløb = 10 kr.\n");
    let alone = shown(&run(folder.path(), &["check", "a.klausul"]));
    assert_eq!(alone.matches("flere regelfiler").count(), 1, "{alone}");
    let alone = shown(&run(folder.path(), &["check", "a.klausul", "--lang", "en"]));
    assert_eq!(alone.matches("more rule files").count(), 1, "{alone}");
}

#[test]
fn how_deep_to_explain_is_said_in_either_language() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "a.klausul", "aftale A\n  periode 2025\n\nklausul k\n  x = 10 kr. / 3 + 1 kr.\n");
    let told = |depth: &str| shown(&run(folder.path(), &["explain", "a.klausul", "k.x", "--depth", depth]));
    for (danish, english) in [("resultat", "result"), ("klausul", "clause"), ("udregning", "arithmetic")] {
        assert_eq!(told(danish), told(english), "{danish}");
        assert!(told(danish).starts_with("exit 0"), "{}", told(danish));
    }
}

#[test]
fn a_test_that_asks_about_nobody_is_told_the_nearest() {
    let folder = tempfile::tempdir().unwrap();
    let rules = "hver region, regioner, regionen har\n  folk : tal\n\nklausul k for hver region\n  x = folk + 1\n\n\
                 prøve \"a\"\n  år 2025\n  region \"Sjælland\"\n    folk = 3\n  forvent\n    k.x for \"Sjaelland\" = 4\n";
    write(folder.path(), "a.klausul", rules);
    let output = shown(&run(folder.path(), &["test", "a.klausul"]));
    assert!(output.contains("K0669") && output.contains("mente du \"Sjælland\"?"), "{output}");
    let output = shown(&run(folder.path(), &["test", "a.klausul", "--lang", "en"]));
    assert!(output.contains("did you mean \"Sjælland\"?"), "{output}");
}
