//! Compares two trees but for places, layout and spelling.

use super::translate::translated_text;
use crate::base::Lang;
use crate::syntax::grammar::{Kind, Node};

/// Tells whether two trees are the same rules; `Err` is where the first one differs.
pub(super) fn same_tree(
    (one, one_text): (&Node, &str),
    (other, other_text): (&Node, &str),
    langs: (Lang, Lang),
) -> Result<(), usize> {
    let mut open = vec![(one, other)];
    while let Some((one, other)) = open.pop() {
        if one.kind != other.kind || one.children.len() != other.children.len() {
            return Err(one.start);
        }
        if one.children.is_empty() {
            let (old, new) = (words(one, one_text), words(other, other_text));
            if !same_words(one, old, new, one_text, langs) {
                return Err(one.start);
            }
        }
        open.extend(one.children.iter().zip(&other.children));
    }
    Ok(())
}

fn words<'a>(node: &Node, text: &'a str) -> &'a str {
    // A leaf may reach over the blanks behind it, which are layout.
    text.get(node.start..node.end).unwrap_or("").trim()
}

fn same_words(node: &Node, old: &str, new: &str, text: &str, langs: (Lang, Lang)) -> bool {
    if old == new && langs.0 == langs.1 {
        return true;
    }
    match node.kind {
        // The rule says what a keyword or sign is; how it is spelt does not matter.
        kind if is_word_or_sign(kind) => true,
        _ if langs.0 == langs.1 => false,
        _ => translated_text(node, text, langs).trim() == new,
    }
}

fn is_word_or_sign(kind: Kind) -> bool {
    crate::syntax::keywords::keyword(kind).is_some()
        || matches!(
            kind,
            Kind::dash
                | Kind::op_add
                | Kind::op_sub
                | Kind::op_mul
                | Kind::op_div
                | Kind::op_eq
                | Kind::op_ne
                | Kind::op_le
                | Kind::op_ge
                | Kind::op_lt
                | Kind::op_gt
                | Kind::op_approx
                | Kind::plus
        )
}
