//! The rules of the 2025 agreement and the teaching files, run as their user runs them.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

pub(crate) const RULES: &str = "rules/oea25";

#[test]
fn the_agreement_checks_and_its_tests_pass() {
    succeeds(&["check", RULES]);
    succeeds(&["test", RULES]);
}

#[test]
fn every_teaching_file_checks_and_its_tests_pass() {
    for file in teaching_files() {
        let file = file.to_str().unwrap();
        succeeds(&["check", "--strict", file]);
        succeeds(&["test", file]);
    }
}

#[test]
fn rules_and_teaching_files_are_laid_out_as_fmt_does_it() {
    succeeds(&["fmt", "--check", RULES, "examples/da", "examples/en", "examples/failures"]);
}

#[test]
fn teaching_files_come_in_pairs() {
    let lessons = |language: &str| -> Vec<String> {
        teaching_files()
            .iter()
            .filter(|path| path.starts_with(Path::new("examples").join(language)))
            .filter_map(|path| {
                path.file_name()?.to_str()?.split_once('_').map(|(number, _)| number.to_owned())
            })
            .filter(|number| number.parse::<u32>().is_ok())
            .collect()
    };
    assert_eq!(lessons("da"), lessons("en"));
}

/// Runs the program, asserts that it ends well, and returns what it prints.
pub(crate) fn succeeds(arguments: &[&str]) -> String {
    let output = run(arguments);
    let shown = String::from_utf8(output.stdout).unwrap();
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "klausul {}\n{shown}\n{errors}", arguments.join(" "));
    shown
}

pub(crate) fn run(arguments: &[&str]) -> Output {
    command(arguments).output().unwrap()
}

pub(crate) fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_klausul"));
    command.args(arguments).current_dir(repository());
    command
}

pub(crate) fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files under `examples/`, sorted, with paths from the repository's root.
fn teaching_files() -> Vec<PathBuf> {
    let mut found = Vec::new();
    for language in ["da", "en"] {
        let folder = Path::new("examples").join(language);
        for entry in std::fs::read_dir(repository().join(&folder)).unwrap() {
            found.push(folder.join(entry.unwrap().file_name()));
        }
    }
    found.retain(|path| path.extension().is_some_and(|extension| extension == "klausul"));
    found.sort();
    found
}
