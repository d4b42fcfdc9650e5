//! Several folders on one command line: each is a module of its own, with agreements that call things by the same names.

use std::path::Path;

use super::{run, shown};

#[expect(clippy::disallowed_methods, reason = "the test lays out its own folder")]
fn write(folder: &Path, name: &str, text: &str) {
    let file = folder.join(name);
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(file, text).unwrap();
}

/// An invented agreement that shares the names of its clause, its reading and its test with its neighbours.
fn agreement(name: &str, year: u16, share: &str) -> String {
    format!(
        r#"aftale {name} "Aftalen for {year} (opdigtet)"
  periode {year}

kilde {name} "Aftalen"

brug FÆLLES

klausul pulje for hver by
  hjemmel {name} "Pulje"
  ramme = 900 kr.
  andel = 33 pct. af ramme, afrundet til 1 kr.
  pr_indbygger = ramme / indbyggertal, vist i 1 kr. pr. indbygger

antagelse trin "Er 33 pct. en afrundet tredjedel?"
  læsning som_skrevet "33 pct." (valgt)
  læsning tredjedele "1/3"
    pulje.andel = 1/3 af ramme, afrundet til 1 kr.

prøve "andelen er {share}"
  år {year}
  by "Aby"
    indbyggertal = 9 indbyggere
  forvent
    pulje.andel = {share}
    pulje.pr_indbygger for "Aby" = 100 kr. pr. indbygger
"#
    )
}

/// Two agreements and what they share, in a folder that has no rules itself.
fn pack(folder: &Path) {
    let shared = r#"aftale FÆLLES "Det fælles (opdigtet)"

måleenhed indbygger, indbyggere

hver by, byer, byen har
  indbyggertal : hele indbyggere, mindst 1 indbygger
  areal : tal

klausul fælles
  altid = ja
"#;
    write(folder, "regler/fælles/fælles.klausul", shared);
    write(folder, "regler/a20/aftale.klausul", &agreement("A20", 2020, "297 kr."));
    write(folder, "regler/a25/aftale.klausul", &agreement("A25", 2025, "297 kr."));
    write(folder, "regler/.gemt/aftale.klausul", "dette er ikke en regelfil\n");
    write(folder, "regler/noter/læs.txt", "ikke regler\n");
}

#[test]
fn each_folder_is_a_module_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    pack(folder.path());
    for paths in [vec!["regler"], vec!["regler/a20", "regler/a25", "regler/fælles"]] {
        let output = shown(&run(folder.path(), &[vec!["check"], paths].concat()));
        assert!(output.contains("3 filer: ingen fejl, men 1 advarsel"), "{output}");
        assert!(output.contains("`areal`") && !output.contains("`indbyggertal`"), "{output}");
        assert!(output.contains("  regler/a25 (A25): 1 fil: ingen fejl i 1 klausul"), "{output}");
    }
    let strict = shown(&run(folder.path(), &["check", "regler", "--strict"]));
    assert!(strict.starts_with("exit 1"), "{strict}");
}

#[test]
fn what_one_module_alone_leaves_unused_is_told_when_it_is_alone() {
    let folder = tempfile::tempdir().unwrap();
    pack(folder.path());
    let output = shown(&run(folder.path(), &["check", "regler/fælles"]));
    assert!(output.contains("`areal`") && output.contains("`indbyggertal`"), "{output}");
}

#[test]
fn an_error_in_a_shared_module_is_told_once() {
    let folder = tempfile::tempdir().unwrap();
    pack(folder.path());
    write(folder.path(), "regler/fælles/mere.klausul", "klausul mere\n  x = findes_ikke\n");
    let output = shown(&run(folder.path(), &["check", "regler", "--format", "plain"]));
    assert_eq!(output.matches("K0201").count(), 1, "{output}");
}

#[test]
fn every_test_sees_its_own_agreement() {
    let folder = tempfile::tempdir().unwrap();
    pack(folder.path());
    let output = shown(&run(folder.path(), &["test", "regler", "--coverage"]));
    assert!(output.starts_with("exit 0"), "{output}");
    assert!(output.contains("2 prøver: alle bestået\n"), "{output}");
    assert!(output.contains("  regler/a20 (A20): 1 prøve: bestået"), "{output}");
    assert!(output.contains("definitioner: 6/7\n"), "{output}");
    write(folder.path(), "regler/a25/aftale.klausul", &agreement("A25", 2025, "300 kr."));
    let output = shown(&run(folder.path(), &["test", "regler"]));
    assert!(output.starts_with("exit 1"), "{output}");
    assert!(output.contains("  regler/a25 (A25): 1 prøve: 0 bestået, 1 fejler"), "{output}");
}

#[test]
fn a_name_that_two_agreements_share_is_asked_for_with_its_agreement() {
    let folder = tempfile::tempdir().unwrap();
    pack(folder.path());
    let eval = |more: &[&str]| {
        shown(&run(folder.path(), &[&["eval", "regler", "--format", "csv", "--year", "2025"], more].concat()))
    };
    let both = eval(&["A25.pulje.andel + 1 kr."]);
    assert!(both.starts_with("exit 0") && both.contains("298"), "{both}");
    let open = eval(&["pulje.andel + 1 kr."]);
    assert!(open.contains("A20.pulje") && open.contains("A25.pulje"), "{open}");
}

#[test]
fn a_reading_that_two_agreements_share_is_switched_in_both_or_in_one() {
    let folder = tempfile::tempdir().unwrap();
    pack(folder.path());
    let eval = |reading: &str| {
        let difference = "A25.pulje.andel i 2025 − A20.pulje.andel i 2020";
        let args = ["eval", "regler", difference, "--format", "csv", "--year", "2025", "--reading", reading];
        shown(&run(folder.path(), &args))
    };
    assert!(eval("trin=tredjedele").contains(";0;"), "{}", eval("trin=tredjedele"));
    assert!(eval("A25.trin=tredjedele").contains(";3;"), "{}", eval("A25.trin=tredjedele"));
    assert!(eval("A20.trin=tredjedele").contains(";-3;"), "{}", eval("A20.trin=tredjedele"));
    let wrong = eval("A25.trin=fjerdedele");
    assert!(wrong.starts_with("exit 2"), "{wrong}");
}

#[test]
fn corrections_are_written_in_the_module_they_are_of() {
    let folder = tempfile::tempdir().unwrap();
    pack(folder.path());
    let slip = agreement("A25", 2025, "297 kr.").replace("33 pct. af ramme", "33 % af ramme");
    write(folder.path(), "regler/a25/aftale.klausul", &slip);
    let output = shown(&run(folder.path(), &["check", "regler", "--fix"]));
    assert!(output.starts_with("exit 0"), "{output}");
    assert!(output.contains("regler/a25/aftale.klausul:11:") && output.contains("rettet["), "{output}");
    let again = shown(&run(folder.path(), &["check", "regler/a25"]));
    assert!(again.contains("ingen fejl"), "{again}");
}

#[cfg(unix)]
#[test]
fn links_to_folders_are_not_followed() {
    let folder = tempfile::tempdir().unwrap();
    pack(folder.path());
    let link = |to: &str, name: &str| std::os::unix::fs::symlink(to, folder.path().join(name)).unwrap();
    link("..", "regler/noter/tilbage");
    link(".", "regler/her");
    link("../regler/a25", "regler/a25_igen");
    link("findes_ikke", "regler/ingen_steder");
    let output = shown(&run(folder.path(), &["test", "regler"]));
    assert!(output.starts_with("exit 0"), "{output}");
    assert!(output.contains("2 prøver: alle bestået\n"), "{output}");
    let named = shown(&run(folder.path(), &["test", "regler/a25_igen"]));
    assert!(named.contains("1 prøve: bestået"), "{named}");
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_looked_into_is_told_and_the_others_are_looked_at() {
    let folder = tempfile::tempdir().unwrap();
    pack(folder.path());
    // A rule file that leads nowhere cannot be read, whoever runs the test.
    write(folder.path(), "regler/lukket/læs.txt", "ikke regler\n");
    let gone = folder.path().join("regler/lukket/aftale.klausul");
    std::os::unix::fs::symlink("findes_ikke", gone).unwrap();
    let output = shown(&run(folder.path(), &["test", "regler"]));
    assert!(output.contains("2 prøver: alle bestået\n"), "{output}");
    assert!(output.contains("`regler/lukket/aftale.klausul` findes ikke"), "{output}");
    assert!(output.starts_with("exit 5"), "{output}");
    let alone = shown(&run(folder.path(), &["check", "regler/lukket"]));
    assert!(alone.contains("`regler/lukket/aftale.klausul` findes ikke"), "{alone}");
}

#[test]
fn a_folder_too_deep_to_be_looked_into_is_told() {
    let folder = tempfile::tempdir().unwrap();
    pack(folder.path());
    let deep = format!("regler/{}aftale.klausul", "m/".repeat(18));
    write(folder.path(), &deep, &agreement("DYB", 2025, "297 kr."));
    let output = shown(&run(folder.path(), &["test", "regler"]));
    assert!(output.contains("2 prøver: alle bestået\n"), "{output}");
    assert!(output.contains("ligger for dybt") && output.starts_with("exit 5"), "{output}");
}
