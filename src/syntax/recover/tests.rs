use super::super::{admit, parse};
use crate::base::{Lang, SourceMap};
use crate::diag::Problems;

/// The findings of a text: code, line and column.
fn found(text: &str) -> Vec<(&'static str, usize, usize)> {
    let (mut sources, mut problems) = (SourceMap::new(), Problems::new());
    let file = admit(&mut sources, "prøve.klausul", text.as_bytes(), &mut problems).unwrap();
    parse(&sources, file, &mut problems);
    let place = |span| sources.place(span);
    problems
        .sorted()
        .iter()
        .map(|d| (d.code.id(), place(d.span().unwrap()).line, place(d.span().unwrap()).column))
        .collect()
}

#[test]
fn names_of_broken_lines_stay_declared() {
    let (mut sources, mut problems) = (SourceMap::new(), Problems::new());
    let text = "klausul a\n  x = 1 +\n  y =\n  z = x + y\n";
    let file = admit(&mut sources, "a", text.as_bytes(), &mut problems).unwrap();
    let tree = parse(&sources, file, &mut problems);
    assert_eq!(problems.len(), 2);
    assert_eq!(tree.lang, Lang::Da);
    let shown = format!("{tree:?}");
    for name in ["\"x\"", "\"y\"", "\"z\""] {
        assert!(shown.contains(name), "{name} in {shown}");
    }
}

#[test]
fn ten_mistakes_give_ten_messages() {
    let text = "klausul a\n  x = 1 %\n  y = 2 == 3\n  z = (1 +\n  b = hvis a så 1\n\nklausul c\n  tabel t efter\n    1 | 2\n  d = 3;\n";
    assert_eq!(
        found(text),
        [
            ("K0151", 2, 9),
            ("K0152", 3, 9),
            ("K0163", 4, 7),
            ("K0161", 5, 18),
            ("K0130", 8, 16),
            ("K0154", 10, 8)
        ]
    );
}

#[test]
fn no_prefix_of_a_file_panics() {
    let text = include_str!("../../../tests/cases/format/signs_and_spaces.klausul");
    for (end, _) in text.char_indices().step_by(3) {
        found(&text[..end]);
    }
}

#[test]
fn valid_items_beside_a_broken_one_get_no_message() {
    let text = "klausul a\n    for hver region\n  x = 1\nklausul b\n  y = 1 %\n";
    assert_eq!(found(text), [("K0151", 5, 9)]);
}

#[test]
fn many_mistakes_end_in_few_messages() {
    let text = format!("klausul a\n{}", "  x = 1 %\n".repeat(2000));
    assert_eq!(found(&text).len(), 100);
}
