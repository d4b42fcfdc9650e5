//! Every place in a tree covers the words it names: no blanks or comments at its ends.

use std::collections::BTreeSet;

use klausul::base::SourceMap;

use super::{OK, parsed, rule_files, text_of};

#[test]
fn no_place_starts_or_ends_in_trivia() {
    for path in rule_files(OK) {
        // A comment after every line, so that a place that runs on would show.
        let text: String = text_of(&path).lines().map(|line| format!("{line}   // bemærkning\n")).collect();
        let (map, file, problems) = parsed("a.klausul", &text);
        assert!(problems.is_empty(), "{}", path.display());
        for range in places(&format!("{file:?}")) {
            check(&map, range, &path.display().to_string());
        }
    }
}

fn check(map: &SourceMap, (start, end): (usize, usize), name: &str) {
    let Some((_, source)) = map.iter().next() else { return };
    let words = source.text.get(start..end).unwrap_or_else(|| panic!("{name}: {start}..{end}"));
    assert_eq!(words.trim(), words, "{name}: {start}..{end}");
    let last = words.lines().last().unwrap_or("");
    assert!(!last.contains("// bemærkning"), "{name}: `{words}`");
}

/// The byte ranges of all places in a derived `Debug` form.
fn places(debug: &str) -> BTreeSet<(usize, usize)> {
    let number = |text: &str| text.split([',', ' ']).next().and_then(|digits| digits.parse().ok());
    let place = |piece: &str| {
        let start = number(piece.split_once("start: ")?.1)?;
        Some((start, number(piece.split_once("end: ")?.1)?))
    };
    debug.split("Span {").skip(1).filter_map(place).collect()
}
