//! Each file under `tests/cases/cli` is one transcript: commands, and the files they find. The snapshot shows what the
//! user sees, how the program ended, and which files are there afterwards.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use toml::de::{DeTable, DeValue};

use super::{run, shown};

#[test]
fn transcripts() {
    for path in crate::files_in("tests/cases/cli") {
        let text = String::from_utf8(crate::read_bytes(&path)).unwrap();
        let case =
            DeTable::parse(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display())).into_inner();
        let folder = tempfile::tempdir().unwrap();
        let table = |name: &str| match case.get(name).map(|value| value.get_ref()) {
            Some(DeValue::Table(table)) => table.clone(),
            _ => DeTable::new(),
        };
        for (name, content) in &table("files") {
            put(&folder.path().join(name.get_ref().as_ref()), content.get_ref().as_str().unwrap());
        }
        let mut transcript = String::new();
        let commands =
            case.get("run").and_then(|value| value.get_ref().as_array()).expect("`run` lists commands");
        for command in commands {
            let args: Vec<&str> = command
                .get_ref()
                .as_array()
                .unwrap()
                .iter()
                .map(|arg| arg.get_ref().as_str().unwrap())
                .collect();
            writeln!(transcript, "$ klausul {}", args.join(" ")).unwrap();
            transcript += &shown(&run(folder.path(), &args));
        }
        describe(folder.path(), folder.path(), &mut transcript);
        let name = path.file_stem().unwrap().to_str().unwrap();
        insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!(name, transcript) });
    }
}

#[expect(clippy::disallowed_methods, reason = "the test sets the stage")]
fn put(path: &Path, content: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, content).unwrap();
}

/// Lists the files that are there, with their text.
fn describe(root: &Path, folder: &Path, shown: &mut String) {
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            describe(root, &path, shown);
            continue;
        }
        let text = String::from_utf8(crate::read_bytes(&path)).unwrap();
        writeln!(shown, "=== {}\n{text}", path.strip_prefix(root).unwrap().display()).unwrap();
    }
}
