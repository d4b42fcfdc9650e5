//! What a rule file gives, as its user sees it. Each file under `tests/cases/run` is one idea; its first lines say which
//! commands to run (`// $ eval k.sats --year 2031`, the file itself is put after the verb), and a snapshot keeps what
//! they print, and they end with code 0. Those that fail are looked at by `tests/bad`.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

#[test]
fn cases_that_run() {
    let folder = "ok";
    let mut failures = Vec::new();
    for path in case_files(folder) {
        let (shown, codes) = transcript(&path);
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        for code in codes.into_iter().filter(|code| *code != 0) {
            failures.push(format!("{folder}/{name}: ended with {code}\n{shown}"));
        }
        let settings = snapshot_settings(&format!("cases/run/{folder}"));
        let compare = || settings.bind(|| insta::assert_snapshot!(name.clone(), shown));
        let matched = std::panic::catch_unwind(std::panic::AssertUnwindSafe(compare));
        if matched.is_err() {
            failures.push(format!("{folder}/{name}: the snapshot differs, see above"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

fn snapshot_settings(folder: &str) -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(folder);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}

/// The files of a folder, by name.
fn case_files(folder: &str) -> Vec<PathBuf> {
    let root = Path::new("tests/cases/run").join(folder);
    let mut files: Vec<_> = std::fs::read_dir(repository().join(&root))
        .unwrap()
        .map(|entry| root.join(entry.unwrap().file_name()))
        .filter(|path| path.extension().is_some_and(|found| found == "klausul"))
        .collect();
    files.sort();
    assert!(!files.is_empty(), "no cases in {}", root.display());
    files
}

/// Runs the commands of a file's first lines; returns what they show, and their exit codes.
fn transcript(path: &Path) -> (String, Vec<i32>) {
    let text = read(path);
    let commands: Vec<_> = text.lines().map_while(|line| line.strip_prefix("// $ ")).collect();
    assert!(!commands.is_empty(), "{}: no `// $ …` line", path.display());
    let (mut shown, mut codes) = (String::new(), Vec::new());
    for command in commands {
        let words = shell_words(command);
        let (verb, rest) = words.split_first().unwrap();
        let output = klausul(verb, path, rest);
        let code = output.status.code().unwrap_or(-1);
        shown.push_str(&format!("$ klausul {command}\n"));
        shown.push_str(&String::from_utf8(output.stdout).unwrap());
        shown.push_str(&String::from_utf8(output.stderr).unwrap());
        shown.push_str(&format!("[{code}]\n\n"));
        codes.push(code);
    }
    (shown, codes)
}

fn klausul(verb: &str, path: &Path, rest: &[String]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_klausul"))
        .arg(verb)
        .arg(path)
        .args(rest)
        .args(["--color", "never"])
        .current_dir(repository())
        .output()
        .unwrap()
}

/// Splits a command at blanks, but not inside `'…'`.
pub(crate) fn shell_words(command: &str) -> Vec<String> {
    let (mut words, mut word, mut quoted) = (Vec::new(), String::new(), false);
    for char in command.chars() {
        match char {
            '\'' => quoted = !quoted,
            ' ' if !quoted => words.extend(Some(std::mem::take(&mut word)).filter(|word| !word.is_empty())),
            '"' if !quoted => {}
            other => word.push(other),
        }
    }
    words.extend(Some(word).filter(|word| !word.is_empty()));
    words
}

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[expect(clippy::disallowed_methods, reason = "the test reads its own cases")]
fn read(path: &Path) -> String {
    std::fs::read_to_string(repository().join(path)).unwrap()
}
