use super::*;

/// The outline as indented lines, with continuations joined by `⏎` and misplaced lines marked.
fn shown(text: &str) -> String {
    fn show(node: &Node, text: &str, depth: usize, out: &mut String) {
        let head = text[node.head.clone()].split('\n').map(str::trim).collect::<Vec<_>>().join(" ⏎ ");
        let mark = if node.aligned { "" } else { "! " };
        out.push_str(&format!("{}{mark}{head}\n", "> ".repeat(depth)));
        node.children.iter().for_each(|child| show(child, text, depth + 1, out));
    }
    let mut out = String::new();
    outline(text).iter().for_each(|node| show(node, text, 0, &mut out));
    out
}

#[test]
fn blocks_and_continuations() {
    let text = "klausul a\n  x = 1 +\n      2\n  tabel t efter k\n    1 | 2\n\n  // note\n  y = 3\naftale b\n  periode 2025\n";
    assert_eq!(
        shown(text),
        "klausul a\n> x = 1 + ⏎ 2\n> tabel t efter k\n> > 1 | 2\n> y = 3\naftale b\n> periode 2025\n"
    );
}

#[test]
fn a_split_may_be_opened_by_a_continuation() {
    let text = "klausul a\n  x =\n      3 kr. delt i\n    a = 1\n    b = resten\n";
    assert_eq!(shown(text), "klausul a\n> x = ⏎ 3 kr. delt i\n> > a = 1\n> > b = resten\n");
}

#[test]
fn lines_between_levels_are_marked() {
    let text = "  x = 1\nklausul a\n    x = 1\n  y = 2\n    z = 3\n";
    assert_eq!(shown(text), "! x = 1\nklausul a\n> x = 1\n> ! y = 2 ⏎ z = 3\n");
}

#[test]
fn statement_words_can_be_names() {
    assert_eq!(shown("klausul a\n  tabel = 1 +\n    2\n"), "klausul a\n> tabel = 1 + ⏎ 2\n");
}

#[test]
fn entities_and_rows_open_blocks() {
    let text = "region \"A\"\n  findes fra 2027\nændring b af C\n  a.b\n    1 | 2\n";
    assert_eq!(shown(text), "region \"A\"\n> findes fra 2027\nændring b af C\n> a.b\n> > 1 | 2\n");
}
