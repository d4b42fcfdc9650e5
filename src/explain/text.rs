//! An explanation as a tree of lines, wrapped to a width, without any terminal codes.

use textwrap::core::display_width;
use textwrap::{Options, WordSeparator, WordSplitter};

use super::{Explanation, Item, ItemKind, Notes};
use crate::base::Lang;

/// The narrowest a column of text may get before lines stop being indented further.
const NARROWEST: usize = 24;

/// Labels and values longer than this are not lined up with others, nor kept on one line.
const LONGEST: usize = 28;

/// Writes an explanation as a tree of at most `width` columns (40 at least), each line ended by a line break. Only a
/// word or a number with its unit that is longer than a line goes beyond.
pub fn text(explanation: &Explanation, width: usize) -> String {
    let mut page = Page { width: width.max(40), lang: explanation.lang, out: String::new() };
    page.root(&explanation.root);
    for notes in &explanation.notes {
        page.out.push('\n');
        page.notes(notes);
    }
    page.out
}

struct Page {
    width: usize,
    lang: Lang,
    out: String,
}

/// How wide the columns of lines that stand under each other are.
#[derive(Clone, Copy, Default)]
struct Columns {
    /// The labels of definitions.
    label: usize,
    /// The labels of shares, years and totals.
    part: usize,
    /// Their values.
    amount: usize,
}

impl Page {
    fn root(&mut self, root: &Item) {
        let under = if root.children.is_empty() { "   " } else { "│  " };
        self.block(root, "", under, Columns::default());
        self.children(&root.children, "");
    }

    fn notes(&mut self, notes: &Notes) {
        self.wrapped(&format!("{}:", notes.heading), "", "");
        for item in &notes.items {
            self.wrapped(&with_reasons(&self.heading(item, Columns::default()), item), "• ", "  ");
        }
    }

    fn children(&mut self, children: &[Item], rest: &str) {
        let columns = columns(children);
        let deep = display_width(rest) + NARROWEST > self.width;
        for (index, child) in children.iter().enumerate() {
            let last = index + 1 == children.len();
            let (branch, below) = if last { ("└─ ", "   ") } else { ("├─ ", "│  ") };
            // Beyond a depth, lines keep their place instead of being squeezed into nothing.
            let below = if deep { rest.to_owned() } else { format!("{rest}{below}") };
            self.child(child, &format!("{rest}{branch}"), &below, columns);
        }
    }

    /// Writes a line and what hangs below it. `first` stands before its first line, `rest` before all others.
    fn child(&mut self, item: &Item, first: &str, rest: &str, columns: Columns) {
        let stem = if item.children.is_empty() { "  " } else { "│  " };
        let under = format!("{rest}{stem}");
        if inline(item) {
            self.wrapped(&with_reasons(&self.heading(item, columns), item), first, &under);
        } else {
            self.block(item, first, &under, columns);
        }
        self.children(&item.children, rest);
    }

    /// Writes the label and value on one line, and each reason on lines of its own.
    fn block(&mut self, item: &Item, first: &str, under: &str, columns: Columns) {
        self.wrapped(&self.heading(item, columns), first, under);
        let lines: Vec<String> = source_line(item).into_iter().chain(item.says.iter().cloned()).collect();
        lines.iter().for_each(|line| self.wrapped(line, under, under));
    }

    fn heading(&self, item: &Item, columns: Columns) -> String {
        lined_up(item, self.lang, columns)
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
pub(super) fn one_line(item: &Item, lang: Lang) -> String {
    plain(&with_reasons(&lined_up(item, lang, Columns::default()), item))
}

/// The label and value of a line: `bevaret = 67 pct.`, `færre_forløb: opfyldt`.
pub(super) fn heading(item: &Item, lang: Lang) -> String {
    plain(&lined_up(item, lang, Columns::default()))
}

fn lined_up(item: &Item, lang: Lang, columns: Columns) -> String {
    let label = format!("{}{}", item.kind.sign(), item.label);
    let column = if is_part(item.kind) { columns.part } else { columns.label };
    let gap = column.saturating_sub(display_width(&label));
    // A no-break gap keeps its width where lines are wrapped.
    let pad = "\u{a0}".repeat(gap);
    let text = match (&item.value, item.kind) {
        (None, _) => label,
        (
            Some(value),
            ItemKind::Value | ItemKind::Step | ItemKind::Again | ItemKind::Fact | ItemKind::Note,
        ) => {
            format!("{label}{pad} = {}", kept_together(value))
        }
        (Some(value), ItemKind::Entity | ItemKind::Year | ItemKind::Slice | ItemKind::Total) => {
            let value = kept_together(value);
            let before = "\u{a0}".repeat(columns.amount.saturating_sub(display_width(&value)));
            format!("{label}{pad}\u{a0} {before}{value}")
        }
        (Some(value), ItemKind::Applies | ItemKind::Considered) => format!("{label} {value}"),
        (Some(value), ItemKind::Met | ItemKind::NotMet | ItemKind::Open | ItemKind::Missing) => {
            format!("{label}: {value}")
        }
    };
    match &item.exact {
        Some(exact) => format!("{text} ({} {})", lang.pick("nøjagtigt", "exactly"), kept_together(exact)),
        None => text,
    }
}

fn is_part(kind: ItemKind) -> bool {
    matches!(kind, ItemKind::Entity | ItemKind::Year | ItemKind::Slice | ItemKind::Total)
}

/// A short value is not broken over lines.
fn kept_together(value: &str) -> String {
    if display_width(value) <= LONGEST { value.replace(' ', "\u{a0}") } else { value.to_owned() }
}

fn columns(items: &[Item]) -> Columns {
    let width = |chosen: &dyn Fn(&Item) -> bool, text: &dyn Fn(&Item) -> &str| {
        let widths = items.iter().filter(|item| item.value.is_some() && chosen(item));
        let widths = widths.map(|item| display_width(text(item)));
        widths.filter(|width| *width <= LONGEST).max().unwrap_or(0)
    };
    let definition = |item: &Item| matches!(item.kind, ItemKind::Value | ItemKind::Again);
    let part = |item: &Item| is_part(item.kind);
    Columns {
        label: width(&definition, &|item| &item.label),
        part: width(&part, &|item| &item.label),
        amount: width(&part, &|item| item.value.as_deref().unwrap_or_default()),
    }
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
    let simple = item.children.is_empty() && item.title.is_none() && item.says.len() < 2;
    let formula = item.says.iter().any(|says| says.starts_with("= "));
    if is_part(item.kind) && formula && !simple {
        return false;
    }
    item.kind != ItemKind::Value || (simple && (item.basis.is_empty() || item.says.is_empty()))
}

fn with_reasons(head: &str, item: &Item) -> String {
    let reasons: Vec<String> = source_line(item).into_iter().chain(item.says.iter().cloned()).collect();
    if reasons.is_empty() { head.to_owned() } else { format!("{head} — {}", reasons.join("; ")) }
}
