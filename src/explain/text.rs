//! An explanation as a tree of lines, wrapped to a width, without any terminal codes.

use textwrap::core::display_width;
use textwrap::{Options, WordSeparator, WordSplitter};

use super::{Explanation, Item, ItemKind, Notes};

/// The narrowest a column of text may get before lines stop being indented further.
const NARROWEST: usize = 24;

/// Labels longer than this are not lined up with others.
const LONGEST_LABEL: usize = 28;

/// Writes an explanation as a tree of at most `width` columns (40 at least), each line ended by a line break.
pub fn text(explanation: &Explanation, width: usize) -> String {
    let mut page = Page { width: width.max(40), out: String::new() };
    page.item(&explanation.root, "", "", 0);
    for notes in &explanation.notes {
        page.out.push('\n');
        page.notes(notes);
    }
    page.out
}

struct Page {
    width: usize,
    out: String,
}

impl Page {
    fn notes(&mut self, notes: &Notes) {
        self.wrapped(&format!("{}:", notes.heading), "", "");
        let column = column(&notes.items);
        for item in &notes.items {
            self.item(item, "• ", "  ", column);
        }
    }

    /// Writes a line and what hangs below it. `first` stands before its first line, `rest` before all others.
    fn item(&mut self, item: &Item, first: &str, rest: &str, column: usize) {
        let stem = if item.children.is_empty() { "   " } else { "│  " };
        let under = format!("{rest}{stem}");
        let head = aligned_heading(item, column);
        if inline(item) {
            self.wrapped(&with_reasons(&head, item), first, &format!("{rest}{stem}"));
        } else {
            self.wrapped(&head, first, &under);
            let lines = source_line(item).into_iter().chain(reasons(item));
            lines.for_each(|line| self.wrapped(&line, &under, &under));
        }
        self.children(&item.children, rest);
    }

    fn children(&mut self, children: &[Item], rest: &str) {
        let column = column(children);
        let deep = display_width(rest) + NARROWEST > self.width;
        for (index, child) in children.iter().enumerate() {
            let last = index + 1 == children.len();
            let (branch, below) = if last { ("└─ ", "   ") } else { ("├─ ", "│  ") };
            // Beyond a depth, lines keep their place instead of being squeezed into nothing.
            let below = if deep { rest.to_owned() } else { format!("{rest}{below}") };
            self.item(child, &format!("{rest}{branch}"), &below, column);
        }
    }

    fn wrapped(&mut self, text: &str, first: &str, rest: &str) {
        let options = Options::new(self.width)
            .initial_indent(first)
            .subsequent_indent(rest)
            .word_separator(WordSeparator::AsciiSpace)
            .word_splitter(WordSplitter::NoHyphenation)
            .break_words(false);
        for line in textwrap::wrap(&text.replace(['\n', '\r'], " "), options) {
            self.out.push_str(plain(&line).trim_end());
            self.out.push('\n');
        }
    }
}

/// Replaces the no-break spaces that keep a number and its unit together.
pub(super) fn plain(text: &str) -> String {
    text.replace('\u{a0}', " ")
}

/// A line with its reasons, in one sentence.
pub(super) fn one_line(item: &Item) -> String {
    plain(&with_reasons(&aligned_heading(item, 0), item))
}

/// The label and value of a line: `bevaret = 67 pct.`, `færre_forløb: opfyldt`.
pub(super) fn heading(item: &Item) -> String {
    plain(&aligned_heading(item, 0))
}

fn aligned_heading(item: &Item, column: usize) -> String {
    let label = format!("{}{}", item.kind.sign(), item.label);
    let pad = " ".repeat(column.saturating_sub(display_width(&label)));
    let mut text = match (&item.value, item.kind) {
        (None, _) => label,
        (
            Some(value),
            ItemKind::Value | ItemKind::Step | ItemKind::Again | ItemKind::Fact | ItemKind::Note,
        ) => {
            format!("{label}{pad} = {}", keep_together(value))
        }
        (Some(value), ItemKind::Entity | ItemKind::Year | ItemKind::Total) => {
            format!("{label}{pad}  {}", keep_together(value))
        }
        (Some(value), ItemKind::Applies | ItemKind::Considered) => format!("{label} {value}"),
        (Some(value), ItemKind::Met | ItemKind::NotMet | ItemKind::Open | ItemKind::Missing) => {
            format!("{label}: {value}")
        }
    };
    if let Some(exact) = &item.exact {
        text = format!("{text} [{}]", keep_together(exact));
    }
    text
}

/// A short value is not broken over lines.
fn keep_together(value: &str) -> String {
    if display_width(value) <= LONGEST_LABEL { value.replace(' ', "\u{a0}") } else { value.to_owned() }
}

/// The width of the labels of lines that stand in a column of their own.
fn column(items: &[Item]) -> usize {
    let lined_up = |item: &&Item| {
        item.value.is_some()
            && matches!(item.kind, ItemKind::Entity | ItemKind::Year | ItemKind::Total | ItemKind::Value)
    };
    let widths = items.iter().filter(lined_up).map(|item| display_width(&item.label));
    widths.filter(|width| *width <= LONGEST_LABEL).max().unwrap_or(0)
}

/// The clause's or exception's title and what it rests on.
pub(super) fn source_line(item: &Item) -> Option<String> {
    let basis = super::cite_all(&item.basis);
    match (&item.title, basis.is_empty()) {
        (Some(title), false) => Some(format!("\"{title}\", {basis}")),
        (Some(title), true) => Some(format!("\"{title}\"")),
        (None, false) => Some(basis),
        (None, true) => None,
    }
}

/// Short lines give their reasons on the line itself.
fn inline(item: &Item) -> bool {
    !matches!(item.kind, ItemKind::Value)
}

fn with_reasons(head: &str, item: &Item) -> String {
    let reasons: Vec<String> = source_line(item).into_iter().chain(item.says.iter().cloned()).collect();
    if reasons.is_empty() { head.to_owned() } else { format!("{head} — {}", reasons.join("; ")) }
}

/// The sentences of a definition: the formula, and behind a colon what it came to.
fn reasons(item: &Item) -> Vec<String> {
    item.says.clone()
}
