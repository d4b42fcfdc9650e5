//! An explanation as Markdown: a heading, nested lists, notes below.

use super::text::{heading, plain};
use super::{Explanation, Item, Notes};

/// Writes an explanation as Markdown.
pub fn markdown(explanation: &Explanation) -> String {
    let root = &explanation.root;
    let mut out = format!("## {}\n", escaped(&heading(root)));
    if let Some(source) = super::text::source_line(root) {
        out.push_str(&format!("\n*{}*\n", escaped(&source)));
    }
    for says in &root.says {
        out.push_str(&format!("\n{}\n", escaped(&plain(says))));
    }
    if !root.children.is_empty() {
        out.push('\n');
        root.children.iter().for_each(|child| list(child, 0, &mut out));
    }
    explanation.notes.iter().for_each(|theme| notes(theme, &mut out));
    out
}

fn notes(notes: &Notes, out: &mut String) {
    out.push_str(&format!("\n**{}**\n\n", escaped(&notes.heading)));
    notes.items.iter().for_each(|item| list(item, 0, out));
}

fn list(item: &Item, level: usize, out: &mut String) {
    let indent = "  ".repeat(level);
    let mut line = escaped(&heading(item));
    for part in super::text::source_line(item).into_iter().chain(item.says.iter().map(|says| plain(says))) {
        line.push_str("; ");
        line.push_str(&escaped(&part));
    }
    out.push_str(&format!("{indent}- {line}\n"));
    item.children.iter().for_each(|child| list(child, level + 1, out));
}

/// Takes the power from the characters that Markdown or HTML would act on.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' => out.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' | '!' | '$' => out.extend(['\\', c]),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            other => out.push(other),
        }
    }
    out
}
