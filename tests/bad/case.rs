//! Failing files as they lie under `tests/cases/*/bad`, and what their first lines say.

use std::path::{Path, PathBuf};

use super::Finding;
use super::program::{Setting, findings, transcript};

/// A failing file, or a folder of files that fail together.
pub(super) struct Case {
    /// Its name without the ending: the name of its snapshot.
    pub(super) name: String,
    /// Where it lies in the repository.
    pub(super) path: PathBuf,
    /// Its files by their paths below the place it lies in, sorted.
    pub(super) files: Vec<(String, Vec<u8>)>,
}

/// The folders under `tests/cases` that have failing files, sorted.
pub(super) fn topics() -> Vec<String> {
    let folders = crate::files_in("tests/cases").into_iter().filter(|path| path.join("bad").is_dir());
    folders.map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect()
}

/// The failing files of a topic, sorted by name.
pub(super) fn cases(topic: &str) -> Vec<Case> {
    let root = format!("tests/cases/{topic}/bad");
    let all = crate::files_in(&root);
    let found: Vec<Case> =
        all.iter().filter(|path| path.is_dir() || is_rules(path)).map(|p| read(p)).collect();
    assert!(!found.is_empty(), "no cases in {root}");
    found
}

fn is_rules(path: &Path) -> bool {
    let name = path.to_string_lossy();
    name.ends_with(".klausul") || name.ends_with(".klausul.md")
}

fn read(path: &Path) -> Case {
    let file = path.file_name().unwrap().to_string_lossy().into_owned();
    let name = file.split('.').next().unwrap_or_default().to_owned();
    let mut files = Vec::new();
    gather(path, &file, &mut files);
    let path = path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap_or(path).to_owned();
    Case { name, path, files }
}

fn gather(path: &Path, name: &str, files: &mut Vec<(String, Vec<u8>)>) {
    if !path.is_dir() {
        files.push((name.to_owned(), crate::read_bytes(path)));
        return;
    }
    for inner in crate::files_in(&path.to_string_lossy()) {
        let own = inner.file_name().unwrap().to_string_lossy();
        gather(&inner, &format!("{name}/{own}"), files);
    }
}

impl Case {
    /// What stands at the top of its files: the lines of comment that begin with `mark`, without it.
    fn heads<'a>(&'a self, mark: &'a str) -> impl Iterator<Item = (&'a str, String)> {
        let comments = |bytes: &[u8]| {
            let text = String::from_utf8_lossy(bytes).into_owned();
            let lines = text.lines().map(str::to_owned);
            lines.take_while(|l| l.starts_with("// ") || l.starts_with("<!-- ")).collect::<Vec<_>>()
        };
        self.files.iter().flat_map(move |(name, bytes)| {
            let said = comments(bytes).into_iter().filter_map(move |line| {
                let words = line.strip_prefix("// ").or_else(|| line.strip_prefix("<!-- "))?;
                let words = words.strip_suffix(" -->").unwrap_or(words);
                words.strip_prefix(mark).map(|rest| (name.as_str(), rest.to_owned()))
            });
            said.collect::<Vec<_>>()
        })
    }
    /// What must be found: `K0205 4:9`, with the file before it where the case has several.
    pub(super) fn expected(&self) -> Vec<String> {
        let all = self.heads("K").filter(|(_, rest)| rest.starts_with(|c: char| c.is_ascii_digit()));
        all.map(|(file, rest)| self.in_file(file, &format!("K{rest}"))).collect()
    }
    /// The commands that show it, where it is not `check` alone.
    pub(super) fn commands(&self) -> Vec<String> {
        self.heads("$ ").map(|(_, command)| command).collect()
    }
    /// Writes an expectation with the file it is in.
    pub(super) fn in_file(&self, file: &str, expectation: &str) -> String {
        match self.files.len() {
            1 => expectation.to_owned(),
            _ => format!("{file} {expectation}"),
        }
    }
    /// Where its commands run: beside copies of its files, or in the repository where they need its data.
    pub(super) fn setting(&self) -> Setting {
        match self.commands().is_empty() {
            true => Setting::beside(&self.files),
            false => Setting::repository(&self.path),
        }
    }
    /// What is found in it, in order of place.
    pub(super) fn found(&self) -> Vec<Finding> {
        findings(&self.setting(), &self.commands())
    }
    /// What its reader sees, in Danish and in English.
    pub(super) fn shown(&self) -> String {
        let mut commands = self.commands();
        if commands.is_empty() {
            commands.push("check".to_owned());
        }
        transcript(&self.setting(), &commands)
    }
}
