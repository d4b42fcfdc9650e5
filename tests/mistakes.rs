//! What people see who make the mistakes that people make: `tests/cases/syntax/bad`, one idea a file. The comments at the
//! top of a file (`// fejl K0153 3:7`) say what must be found; the snapshots show how it reads.

use klausul::base::{Lang, SourceMap};
use klausul::diag::{Diagnostic, Edit, Problems};
use klausul::syntax::{admit, parse};

use super::{files_in, read_bytes};

/// The findings of a text as the parser gives them, in order of place.
fn findings(name: &str, bytes: &[u8]) -> (SourceMap, Vec<Diagnostic>) {
    let (mut sources, mut problems) = (SourceMap::new(), Problems::new());
    if let Some(file) = admit(&mut sources, name, bytes, &mut problems) {
        parse(&sources, file, &mut problems);
    }
    (sources, problems.sorted())
}

/// Everything of a finding: what the plain line shows, and the advice and corrections below it.
fn shown(sources: &SourceMap, found: &[Diagnostic], lang: Lang) -> String {
    let mut text = String::new();
    for finding in found {
        let place = finding.span().map(|span| sources.place(span)).unwrap();
        text +=
            &format!("{}:{} {} {}\n", place.line, place.column, finding.code.id(), finding.message.get(lang));
        for label in finding.labels.iter().skip(1) {
            let place = sources.place(label.span);
            text += &format!("    {}:{} {}\n", place.line, place.column, label.text.get(lang));
        }
        for help in &finding.helps {
            text += &format!("    hjælp: {}\n", help.get(lang));
        }
        for fix in &finding.fixes {
            let sure = if fix.certain { "rettelse" } else { "forslag" };
            let mended = fix.mended_line(sources).map(|line| format!(" → `{line}`")).unwrap_or_default();
            text += &format!("    {sure}: {}{mended}\n", fix.title.get(lang));
        }
    }
    text
}

fn applied(text: &str, edits: &[Edit]) -> String {
    let mut edits = edits.to_vec();
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.span));
    let mut text = text.to_owned();
    for edit in edits {
        text.replace_range(edit.span.range(), &edit.text);
    }
    text
}

/// The expectations at the top of a file: code, line and column.
fn expected(text: &str) -> Vec<String> {
    text.lines().filter_map(|line| line.strip_prefix("// fejl ")).map(str::to_owned).collect()
}

#[test]
fn every_mistake_is_found_at_its_place() {
    let mut wrong = String::new();
    for path in files_in("tests/cases/syntax/bad")
        .into_iter()
        .filter(|path| path.extension().is_some_and(|e| e == "klausul"))
    {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let bytes = read_bytes(&path);
        let (sources, found) = findings(&name, &bytes);
        let places = |finding: &Diagnostic| {
            let place = sources.place(finding.span().unwrap());
            format!("{} {}:{}", finding.code.id(), place.line, place.column)
        };
        let (is, must): (Vec<String>, _) =
            (found.iter().map(places).collect(), expected(&String::from_utf8_lossy(&bytes)));
        if is != must {
            wrong += &format!(
                "{name}\n  found    {is:?}\n  expected {must:?}\n{}",
                shown(&sources, &found, Lang::Da)
            );
        }
        insta::with_settings!({ snapshot_path => "cases/syntax/bad", prepend_module_to_snapshot => false }, {
            let both = format!("{}\n{}", shown(&sources, &found, Lang::Da), shown(&sources, &found, Lang::En));
            insta::assert_snapshot!(name, both);
        });
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn certain_corrections_mend_the_line() {
    for path in files_in("tests/cases/syntax/bad")
        .into_iter()
        .filter(|path| path.extension().is_some_and(|e| e == "klausul"))
    {
        let text = String::from_utf8(read_bytes(&path)).unwrap();
        let (_, found) = findings("before", text.as_bytes());
        for finding in &found {
            for fix in finding.fixes.iter().filter(|fix| fix.certain) {
                let mended = applied(&text, &fix.edits);
                let (_, after) = findings("after", mended.as_bytes());
                assert!(after.len() < found.len(), "{}: {:?} leaves\n{mended}", path.display(), fix.title);
            }
        }
    }
}

/// A line shown as the right form of another is right: with it, fewer things are wrong.
#[test]
fn forms_that_are_shown_are_right() {
    let mut wrong = String::new();
    for path in files_in("tests/cases/syntax/bad").into_iter().filter(|path| {
        let name = path.file_name().unwrap().to_string_lossy();
        name.starts_with("form_") && name.ends_with(".klausul")
    }) {
        let text = String::from_utf8(read_bytes(&path)).unwrap();
        let (_, found) = findings("before", text.as_bytes());
        for fix in found.iter().flat_map(|finding| &finding.fixes) {
            let mended = applied(&text, &fix.edits);
            let (_, after) = findings("after", mended.as_bytes());
            if after.len() >= found.len() {
                wrong += &format!("{}: {:?}\n", path.display(), fix.edits);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn no_prefix_of_a_rule_file_panics() {
    for folder in ["rules/oea25", "examples/en"] {
        let path = files_in(folder)
            .into_iter()
            .find(|path| path.extension().is_some_and(|e| e == "klausul"))
            .unwrap();
        let text = String::from_utf8(read_bytes(&path)).unwrap();
        for (end, _) in text.char_indices().step_by(11) {
            findings("prefix", &text.as_bytes()[..end]);
        }
    }
}

#[test]
fn pages_of_syntax_codes_show_what_they_speak_of() {
    let mut wrong = String::new();
    for code in klausul::diag::Code::ALL.iter().filter(|code| ("K0150".."K0190").contains(&code.id())) {
        let codes = |rules: &str| {
            findings("side", rules.as_bytes()).1.iter().map(|d| d.code.id()).collect::<Vec<_>>()
        };
        for block in code.page().split("```klausul").skip(1) {
            let (mark, rest) = block.split_once('\n').unwrap();
            let rules = rest.split("```").next().unwrap();
            let (found, must) = (codes(rules), mark.trim() == "fejl");
            if found.contains(&code.id()) != must {
                wrong += &format!("{}: {found:?} in\n{rules}\n", code.id());
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
