//! The parser on the whole language, in both languages.

pub(crate) mod dump;
mod hostile;
mod places;
mod refused;

use std::path::{Path, PathBuf};

use klausul::base::{Lang, SourceFile, SourceMap};
use klausul::diag::{Diagnostic, Problems};
use klausul::syntax::{ast, parse};

use self::dump::dump;
use crate::{files_in, read_bytes};

fn parsed(name: &str, text: &str) -> (SourceMap, ast::File, Problems) {
    let mut map = SourceMap::new();
    let id = map.add(SourceFile::new(name, text));
    let mut problems = Problems::new();
    let file = parse(&map, id, &mut problems);
    (map, file, problems)
}

/// The findings, one a line: place, code and message.
fn findings(map: &SourceMap, problems: &Problems, lang: Lang) -> String {
    let line = |found: &Diagnostic| {
        let place = found.span().map(|span| map.place(span));
        let place = place.map_or(String::new(), |at| format!("{}:{}", at.line, at.column));
        format!("{place} {} {}\n", found.code.id(), found.message.get(lang))
    };
    problems.sorted().iter().map(line).collect()
}

/// The rule files directly in a folder.
fn rule_files(folder: &str) -> Vec<PathBuf> {
    files_in(folder).into_iter().filter(|path| path.extension().is_some_and(|ext| ext == "klausul")).collect()
}

fn text_of(path: &Path) -> String {
    String::from_utf8(read_bytes(path)).unwrap()
}

fn parsed_clean(path: &Path) -> ast::File {
    let (map, file, problems) = parsed(&path.display().to_string(), &text_of(path));
    assert!(problems.is_empty(), "{}\n{}", path.display(), findings(&map, &problems, Lang::En));
    file
}

/// The name of a case without its endings.
fn case(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().trim_end_matches(".klausul").to_owned()
}

const OK: &str = "tests/cases/syntax/ok";

#[test]
fn the_whole_language_has_this_tree() {
    for path in rule_files(OK).iter().filter(|path| !case(path).ends_with(".en")) {
        insta::assert_snapshot!(case(path), dump(&parsed_clean(path)));
    }
}

#[test]
fn the_english_twin_has_the_same_tree() {
    let twins: Vec<PathBuf> = rule_files(OK).into_iter().filter(|path| case(path).ends_with(".en")).collect();
    assert_eq!(twins.len() * 2, rule_files(OK).len(), "every case has a twin");
    for path in twins {
        let danish = path.with_file_name(format!("{}.klausul", case(&path).trim_end_matches(".en")));
        let (english, danish) = (parsed_clean(&path), parsed_clean(&danish));
        assert_eq!((danish.lang, english.lang), (Lang::Da, Lang::En), "{}", path.display());
        assert_same(&dump(&danish), &dump(&english), &path);
    }
}

/// Compares line by line, so that a difference is shown and not two whole trees. The words for the parts of a grant
/// are names, which trees keep as written.
fn assert_same(danish: &str, english: &str, path: &Path) {
    let english = english.replace("drift.full", "drift.fuldt").replace("drift.lapsed", "drift.bortfaldet");
    for (line, (left, right)) in danish.lines().zip(english.lines()).enumerate() {
        assert_eq!(left, right, "{} at line {} of the tree", path.display(), line + 1);
    }
    assert_eq!(danish.lines().count(), english.lines().count(), "{}", path.display());
}

#[test]
fn the_rules_and_examples_parse() {
    let folders = ["rules/oea25", "examples/da", "examples/en"];
    let files: Vec<PathBuf> = folders.into_iter().flat_map(rule_files).collect();
    assert!(files.len() > 10);
    for path in files {
        parsed_clean(&path);
    }
}
