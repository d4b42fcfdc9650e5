//! An explanation as Markdown: a heading, nested lists, notes below.

use super::text::{heading, plain};
use super::{Explanation, Item, Notes};
use crate::base::Lang;

/// Writes an explanation as Markdown.
pub fn markdown(explanation: &Explanation) -> String {
    let root = &explanation.root;
    let lang = explanation.lang;
    let mut out = format!("## {}\n", markdown_escaped(&heading(root, lang)));
    if let Some(source) = super::text::source_line(root) {
        out.push_str(&format!("\n*{}*\n", markdown_escaped(&source)));
    }
    for says in &root.says {
        out.push_str(&format!("\n{}\n", markdown_escaped(&plain(says))));
    }
    if !root.children.is_empty() {
        out.push('\n');
        root.children.iter().for_each(|child| list(child, 0, lang, &mut out));
    }
    explanation.notes.iter().for_each(|theme| notes(theme, lang, &mut out));
    out
}

fn notes(notes: &Notes, lang: Lang, out: &mut String) {
    out.push_str(&format!("\n**{}**\n\n", markdown_escaped(&notes.heading)));
    notes.items.iter().for_each(|item| list(item, 0, lang, out));
}

fn list(item: &Item, level: usize, lang: Lang, out: &mut String) {
    let indent = "  ".repeat(level);
    let mut line = markdown_escaped(&heading(item, lang));
    for part in super::text::source_line(item).into_iter().chain(item.says.iter().map(|says| plain(says))) {
        line.push_str("; ");
        line.push_str(&markdown_escaped(&part));
    }
    out.push_str(&format!("{indent}- {line}\n"));
    item.children.iter().for_each(|child| list(child, level + 1, lang, out));
}

/// Takes the power from the characters that Markdown or HTML would act on, and makes one line of it.
pub fn markdown_escaped(text: &str) -> String {
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
