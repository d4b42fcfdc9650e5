//! The program run on failing files: what it finds, and what it shows.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

use super::Case;
use crate::run::shell_words;

/// The folder in a temporary folder that commands run in.
const INNER: &str = "regler";

/// A folder to run in, and the path that commands are given.
pub(super) struct Setting {
    /// Copies of files; the repository has none.
    copies: Option<TempDir>,
    path: PathBuf,
}

/// A finding as the program gives it to programs.
pub(super) struct Finding {
    pub(super) code: String,
    pub(super) file: String,
    pub(super) line: u64,
    pub(super) column: u64,
    /// Everything else of it.
    pub(super) value: Value,
}

impl Setting {
    /// A folder of its own with these files; commands are given the file, or the folder that all lie in.
    #[expect(clippy::disallowed_methods, reason = "the test writes the files that the command finds")]
    pub(super) fn beside(files: &[(String, Vec<u8>)]) -> Setting {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, bytes) in files {
            // What is imported is looked for in the folders beside that of a file; beside this one there is nothing.
            let path = folder.path().join(INNER).join(name);
            std::fs::create_dir_all(path.parent().expect("inside the folder")).expect("a folder");
            std::fs::write(path, bytes).expect("a file");
        }
        let first = files.first().map(|(name, _)| name.clone()).unwrap_or_default();
        let path = PathBuf::from(first.split('/').next().unwrap_or_default());
        Setting { copies: Some(folder), path }
    }
    /// The repository itself.
    pub(super) fn repository(path: &Path) -> Setting {
        Setting { copies: None, path: path.to_owned() }
    }
    fn run(&self, command: &str, more: &[&str]) -> Output {
        let words = shell_words(command);
        let (verb, rest) = words.split_first().expect("a command has a verb");
        let copies = self.copies.as_ref().map(|folder| folder.path().join(INNER));
        let here = copies.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")));
        let mut program = Command::new(env!("CARGO_BIN_EXE_klausul"));
        program.arg(verb).arg(&self.path).args(rest).args(more).current_dir(here).output().unwrap()
    }
    /// What `check` finds, as a program reads it.
    pub(super) fn check(&self, lang: &str) -> Vec<Finding> {
        let output = self.run("check", &["--format", "json", "--lang", lang]);
        let value: Value = serde_json::from_slice(&output.stdout).unwrap_or(Value::Null);
        let listed = value.get("diagnostics").and_then(Value::as_array).cloned();
        let Some(listed) = listed else {
            // A text that is no rule file is told beside the result.
            return pictured(&String::from_utf8_lossy(&output.stderr));
        };
        listed.into_iter().map(Finding::of).collect()
    }
}

impl Finding {
    fn of(value: Value) -> Finding {
        let text = |field: &str| value[field].as_str().unwrap_or_default().to_owned();
        let number = |field: &str| value[field].as_u64().unwrap_or_default();
        let (code, file) = (text("code"), text("file"));
        Finding { code, file, line: number("line"), column: number("column"), value }
    }
    /// The line that expects it.
    pub(super) fn expectation(&self, case: &Case) -> String {
        let place = format!("{} {}:{}", self.code, self.line, self.column);
        match case.files.iter().any(|(name, _)| self.file.ends_with(name.as_str())) {
            true => case.in_file(&self.file, &place),
            false => format!("{place} {}", self.file),
        }
    }
}

/// What commands find: that of `check`, unless others are given; theirs is read off what they show.
pub(super) fn findings(setting: &Setting, commands: &[String]) -> Vec<Finding> {
    if commands.is_empty() {
        return setting.check("da");
    }
    let shown = |command: &String| shown(&setting.run(command, &["--lang", "da", "--color", "never"]));
    let mut all: Vec<Finding> = commands.iter().flat_map(|command| pictured(&shown(command))).collect();
    all.sort_by(|a, b| (&a.file, a.line, a.column, &a.code).cmp(&(&b.file, b.line, b.column, &b.code)));
    all.dedup_by(|a, b| (&a.file, a.line, a.column, &a.code) == (&b.file, b.line, b.column, &b.code));
    all
}

/// The findings in a text for people: `fejl[K0401]: …` and, below it, the place of its picture.
fn pictured(text: &str) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut open: Option<String> = None;
    for line in text.lines() {
        if let Some((_, rest)) = line.split_once("[K") {
            open = rest.split_once("]: ").map(|(number, _)| format!("K{number}"));
        }
        let place = line.split_once("╭─[").and_then(|(_, rest)| rest.strip_suffix(']'));
        let parts: Vec<&str> = place.map(|place| place.rsplitn(3, ':').collect()).unwrap_or_default();
        if let (Some(code), [column, line, file]) = (open.clone(), parts.as_slice()) {
            let number = |text: &str| text.parse().unwrap_or_default();
            let (line, column, file) = (number(line), number(column), (*file).to_owned());
            found.push(Finding { code, file, line, column, value: Value::Null });
            open = None;
        }
    }
    found
}

fn shown(output: &Output) -> String {
    [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned()).concat()
}

/// What commands show, each in both languages.
pub(super) fn transcript(setting: &Setting, commands: &[String]) -> String {
    let mut text = String::new();
    for command in commands {
        for lang in ["da", "en"] {
            let output = setting.run(command, &["--lang", lang, "--color", "never"]);
            let code = output.status.code().unwrap_or(-1);
            assert!((0..=4).contains(&code), "{}: `{command}` ends with {code}", setting.path.display());
            text += &format!("$ klausul {command} --lang {lang}\n{}[{code}]\n\n", shown(&output));
        }
    }
    text
}
