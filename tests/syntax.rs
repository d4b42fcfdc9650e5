//! The parser on the whole language, in both languages.

use std::fs;
use std::path::Path;

use klausul::base::{Lang, SourceFile, SourceMap};
use klausul::diag::Problems;
use klausul::syntax::{ast, parse};

fn parsed(name: &str, text: &str) -> (SourceMap, ast::File, Problems) {
    let mut map = SourceMap::new();
    let id = map.add(SourceFile::new(name, text));
    let mut problems = Problems::new();
    let file = parse(&map, id, &mut problems);
    (map, file, problems)
}

/// The findings, one a line: place, code and message.
fn findings(map: &SourceMap, problems: &Problems, lang: Lang) -> String {
    let line = |found: &klausul::diag::Diagnostic| {
        let place = found.span().map(|span| map.place(span));
        let place = place.map_or(String::new(), |at| format!("{}:{}", at.line, at.column));
        format!("{place} {} {}\n", found.code.id(), found.message.get(lang))
    };
    problems.sorted().iter().map(line).collect()
}

#[test]
fn every_ok_case_parses() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/syntax/ok");
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ext| ext != "klausul") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let (map, _, problems) = parsed(&path.display().to_string(), &text);
        assert!(problems.is_empty(), "{}\n{}", path.display(), findings(&map, &problems, Lang::En));
    }
}

#[test]
fn the_rules_and_examples_parse() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut seen = 0;
    for folder in ["rules/oea25", "examples/da", "examples/en"] {
        for entry in fs::read_dir(root.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|ext| ext != "klausul") {
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            let (map, _, problems) = parsed(&path.display().to_string(), &text);
            assert!(problems.is_empty(), "{}\n{}", path.display(), findings(&map, &problems, Lang::En));
            seen += 1;
        }
    }
    assert!(seen > 10);
}
