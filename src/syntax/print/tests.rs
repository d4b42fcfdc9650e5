use std::path::{Path, PathBuf};

use super::*;
use crate::base::one_line;

/// Prints a text; of the tree, the printer needs no more than its language.
fn printed(name: &str, text: &str, from: Lang, to: Lang) -> Result<String, PrintProblem> {
    let file = ast::File { lang: from, items: Vec::new() };
    print(&file, &SourceFile::new(name, text), to)
}

fn lang_of(text: &str) -> Option<Lang> {
    [Lang::Da, Lang::En].into_iter().find(|lang| parse_as(Kind::file, text, *lang).is_ok())
}

#[expect(clippy::disallowed_methods, reason = "the corpus is the repository itself")]
fn bytes(path: &Path) -> Vec<u8> {
    std::fs::read(path).unwrap()
}

fn read(path: &Path) -> String {
    String::from_utf8(bytes(path)).unwrap()
}

/// Every rule file of the repository that parses: its name, text and language.
fn corpus() -> Vec<(String, String, Lang)> {
    let mut files = Vec::new();
    for folder in ["rules", "examples", "tests/cases"] {
        collect(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut files);
    }
    files.sort();
    let parsed = files.iter().filter_map(|path| {
        // A file with other bytes stands there to be refused.
        let source = SourceFile::new(path.display().to_string(), String::from_utf8(bytes(path)).ok()?);
        let lang = lang_of(&rules_of(&source))?;
        Some((source.name, source.text, lang))
    });
    parsed.collect()
}

fn collect(folder: PathBuf, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = path.display().to_string();
        if path.is_dir() {
            collect(path, files);
        } else if name.ends_with(".klausul") || name.ends_with(".klausul.md") {
            files.push(path);
        }
    }
}

#[test]
fn format_cases() {
    let mut cases = Vec::new();
    collect(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/format"), &mut cases);
    assert!(!cases.is_empty());
    for path in cases {
        let name = path.display().to_string();
        let text = read(&path);
        let case = path.file_name().unwrap().to_string_lossy().replace(".klausul", "");
        let wrong =
            parse_as(Kind::file, &rules_of(&SourceFile::new(name.as_str(), text.as_str())), Lang::Da).err();
        assert!(wrong.is_none(), "{name}: {wrong:?}");
        let out = printed(&name, &text, Lang::Da, Lang::Da).unwrap();
        let english = printed(&name, &text, Lang::Da, Lang::En).unwrap();
        insta::with_settings!({ snapshot_path => "../../../tests/cases/format", prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(format!("{case}.da"), out);
            insta::assert_snapshot!(format!("{case}.en"), english);
        });
    }
}

#[test]
fn printing_twice_changes_nothing() {
    let files = corpus();
    assert!(files.len() > 40, "only {} files", files.len());
    for (name, text, lang) in files {
        let once = printed(&name, &text, lang, lang).unwrap_or_else(|problem| panic!("{name}: {problem:?}"));
        let twice = printed(&name, &once, lang, lang).unwrap_or_else(|problem| panic!("{name}: {problem:?}"));
        assert_eq!(once, twice, "{name}");
    }
}

#[test]
fn there_and_back_again_gives_the_same_file() {
    let mut travelled = 0;
    for (name, text, lang) in corpus() {
        let other = lang.pick(Lang::En, Lang::Da);
        let there = match printed(&name, &text, lang, other) {
            Ok(there) => there,
            Err(PrintProblem::Reserved { names, .. }) if !names.is_empty() => continue,
            Err(problem) => panic!("{name}: {problem:?}"),
        };
        let back =
            printed(&name, &there, other, lang).unwrap_or_else(|problem| panic!("{name}: {problem:?}"));
        let home = printed(&name, &text, lang, lang).unwrap();
        // The gender of `hvert` is lost on the way, since English has only `each`; and lines break elsewhere.
        let words = |text: &str| one_line(&text.replace("hvert ", "hver "));
        assert_eq!(words(&back), words(&home), "{name}");
        travelled += 1;
    }
    assert!(travelled > 30, "only {travelled} files could be translated");
}

#[test]
fn the_layout_of_a_file_does_not_matter() {
    for (name, text, lang) in corpus().into_iter().filter(|(name, ..)| !name.ends_with(".md")) {
        let home = printed(&name, &text, lang, lang).unwrap();
        let wide: String = home.lines().map(|line| format!("{}{line}  \n\n\n", indent_of(line))).collect();
        let lines =
            |text: &str| text.lines().filter(|line| !line.is_empty()).map(unpadded).collect::<Vec<_>>();
        let again =
            printed(&name, &wide, lang, lang).unwrap_or_else(|problem| panic!("{name}: {problem:?}\n{wide}"));
        assert_eq!(lines(&again), lines(&home), "{name}");
    }
}

/// The indentation once more, so that every level is twice as deep.
fn indent_of(line: &str) -> String {
    " ".repeat(line.len() - line.trim_start().len())
}

/// A line without the spaces that line it up with its neighbours, which are gone when blank lines part them.
fn unpadded(line: &str) -> String {
    format!("{}{}", indent_of(line), one_line(line))
}

#[test]
fn names_that_english_reserves_are_listed() {
    let text = "klausul a\n  by = 1\n  is = by\n  sum_2 = 2\n";
    match printed("a", text, Lang::Da, Lang::En) {
        Err(PrintProblem::Reserved { names, by: Lang::En }) => {
            assert_eq!(names.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["by", "is"]);
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn files_with_errors_are_not_printed() {
    assert_eq!(printed("a", "klausul a\n  x = \n", Lang::Da, Lang::Da), Err(PrintProblem::HasErrors));
}

#[test]
fn an_empty_file_stays_empty() {
    assert_eq!(printed("a", "", Lang::Da, Lang::Da).as_deref(), Ok(""));
    assert_eq!(printed("a", "\n\n\n", Lang::Da, Lang::Da).as_deref(), Ok(""));
    assert_eq!(
        printed("a", "// kun en kommentar", Lang::Da, Lang::Da).as_deref(),
        Ok("// kun en kommentar\n")
    );
}
