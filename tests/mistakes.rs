//! Reading goes on whatever a text holds: no beginning of a rule file stops it, and the pages of syntax codes show what
//! they speak of. The mistakes that people make, and what they are told, stand in `tests/bad`.

use klausul::base::SourceMap;
use klausul::diag::{Diagnostic, Problems};
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
