//! Lines at the first column below a heading whose lines they are: they are read as if they were indented, so that this
//! is the one thing said of them.

use super::grammar::{Kind, Node as Tree, parse_as};
use super::opener::{Header, header, header_kind, is_statement_word};
use super::split::{Node, lines, outline};
use crate::base::{FileId, Lang, Span, bi};
use crate::diag::{Code, Diagnostic, Edit, Fix};

/// A step of indentation.
const STEP: usize = 2;

/// A text with the lines indented that stand outside the block they belong to.
#[derive(Clone, Debug)]
pub(super) struct Indented {
    /// The text as it is read.
    pub(super) text: String,
    /// One finding for each run of such lines; its places are those of the text before.
    pub(super) found: Vec<Diagnostic>,
    // INVARIANT: in the order of the text, each at the start of a line of the text before.
    added: Vec<Added>,
}

/// Spaces that are added before a line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Added {
    at: usize,
    spaces: usize,
}

/// Lines that belong to a heading above them.
struct Run<'n> {
    head: &'n Node,
    lines: Vec<(&'n Node, usize)>,
    certain: bool,
}

/// Indents the lines of a text that stand outside their block.
pub(super) fn indented(text: &str, file: FileId, lang: Lang) -> Indented {
    let items = outline(text);
    let (mut found, mut added) = (Vec::new(), Vec::new());
    let mut index = 0;
    while let Some(head) = items.get(index) {
        let after = items.get(index + 1..).unwrap_or(&[]);
        index += 1;
        let Some(run) = run(text, lang, head, after) else { continue };
        index += run.lines.len();
        let own: Vec<Added> =
            run.lines.iter().flat_map(|(node, spaces)| before(text, node, *spaces)).collect();
        found.extend(told(text, file, &run, &own));
        added.extend(own);
    }
    Indented { text: with_spaces(text, &added), found, added }
}

impl Indented {
    /// Where a place of the text as it is read stands in the text before.
    fn back(&self, place: usize) -> usize {
        let mut gone = 0;
        for added in &self.added {
            let start = added.at + gone;
            if place <= start {
                break;
            }
            gone += added.spaces.min(place - start);
        }
        place - gone
    }

    /// Puts the places of a tree back to where they are in the text before.
    pub(super) fn put_back(&self, tree: Tree) -> Tree {
        if self.added.is_empty() {
            return tree;
        }
        let children = tree.children.into_iter().map(|child| self.put_back(child)).collect();
        Tree { kind: tree.kind, start: self.back(tree.start), end: self.back(tree.end), children }
    }

    /// Puts the places of a finding back to where they are in the text before.
    pub(super) fn told_there(&self, mut finding: Diagnostic) -> Diagnostic {
        let put = |span: &mut Span| {
            *span = Span::new(span.file, self.back(span.start as usize), self.back(span.end as usize));
        };
        finding.labels.iter_mut().for_each(|label| put(&mut label.span));
        finding.fixes.iter_mut().flat_map(|fix| &mut fix.edits).for_each(|edit| put(&mut edit.span));
        finding
    }

    /// Takes the added spaces out of a text as long as the one that is read.
    pub(super) fn without_spaces(&self, mut read: String) -> String {
        for added in &self.added {
            // What comes before is as it was already.
            read.replace_range(added.at..(added.at + added.spaces).min(read.len()), "");
        }
        read
    }
}

/// The lines after a heading that belong to it, up to where something else begins.
fn run<'n>(text: &str, lang: Lang, head: &'n Node, after: &'n [Node]) -> Option<Run<'n>> {
    let own = words(text, head);
    if !head.aligned || !opens_item(own) {
        return None;
    }
    let block = head.children.first().map_or(head.indent + STEP, |child| child.indent);
    let belongs = |node: &Node| parses_below(text, lang, own, &[(node, block)]);
    let alone =
        |node: &Node| text.get(node.whole()).is_some_and(|all| parse_as(Kind::only_item, all, lang).is_ok());
    let goes_on = |node: &&Node| {
        node.aligned && !opens_item(words(text, node)) && (belongs(node) || is_line(words(text, node)))
    };
    let mut lines: Vec<&Node> = after.iter().take_while(goes_on).collect();
    // What may stand by itself stays where it is, unless lines follow that may not.
    while lines.last().is_some_and(|node| alone(node)) {
        lines.pop();
    }
    let placed = depths(text, head, block, &lines);
    let any = lines.iter().any(|node| !alone(node) && belongs(node));
    let known = any || !placed.is_empty() && parses_below(text, lang, own, &placed);
    known.then(|| Run { head, certain: is_certain(text, head, &lines), lines: placed })
}

/// How deep each line goes: rows below their table, and what follows a heading without lines below that.
fn depths<'n>(text: &str, head: &'n Node, block: usize, lines: &[&'n Node]) -> Vec<(&'n Node, usize)> {
    let mut above = head.children.last();
    let mut inner = false;
    let mut placed = Vec::new();
    for line in lines {
        let table = above.filter(|node| matches!(header(words(text, node)), Header::Table | Header::Scale));
        let depth = match table {
            Some(table) if words(text, line).contains('|') => {
                let by = if placed.is_empty() { 0 } else { block };
                table.children.first().map_or(table.indent + STEP, |row| row.indent) + by
            }
            _ => {
                above = Some(line);
                let opens = header(words(text, line)) != Header::Nothing;
                let depth = if inner && !opens { block + STEP } else { block };
                inner = if opens { line.children.is_empty() && !is_table(words(text, line)) } else { inner };
                depth
            }
        };
        placed.push((*line, depth));
    }
    placed
}

fn is_table(line: &str) -> bool {
    matches!(header(line), Header::Table | Header::Scale)
}

/// Whether it is certain how deep the lines go: they may also be lines of an exception or the like above them.
fn is_certain(text: &str, head: &Node, lines: &[&Node]) -> bool {
    let opens = |node: &Node| header(words(text, node)) == Header::Statements;
    let above = head.children.last().is_some_and(opens);
    !above && !lines.iter().any(|line| opens(line) && line.children.is_empty())
}

/// Tells whether a line opens an item that stands by itself.
fn opens_item(line: &str) -> bool {
    let kinds = [
        Kind::kw_agreement,
        Kind::kw_act,
        Kind::kw_source,
        Kind::kw_index,
        Kind::kw_clause,
        Kind::kw_amendment,
        Kind::kw_background,
        Kind::kw_judgement,
        Kind::kw_each,
        Kind::kw_scenario,
        Kind::kw_test,
    ];
    header(line) != Header::Nothing && header_kind(line).is_some_and(|kind| kinds.contains(&kind))
}

/// Tells whether words look like a line of a block, right or wrong.
fn is_line(line: &str) -> bool {
    let first = line.split(' ').next().unwrap_or("");
    is_statement_word(first) || line.contains('=') || line.contains('|')
}

/// Tells whether lines parse below a heading.
fn parses_below(text: &str, lang: Lang, head: &str, below: &[(&Node, usize)]) -> bool {
    let mut all = head.to_owned();
    for (node, spaces) in below {
        let own: Vec<Added> = before(text, node, *spaces)
            .map(|added| Added { at: added.at - node.head.start, spaces: added.spaces })
            .collect();
        all.push('\n');
        all.push_str(&with_spaces(text.get(node.whole()).unwrap_or(""), &own));
    }
    parse_as(Kind::only_item, &all, lang).is_ok()
}

/// The spaces that go before a line and all that belongs to it.
fn before<'t>(text: &'t str, node: &Node, spaces: usize) -> impl Iterator<Item = Added> + 't {
    let (start, end) = (node.head.start, node.whole().end);
    let within = text.get(start..end).unwrap_or("");
    let code = lines(within).filter(|line| !line.range.is_empty());
    code.map(move |line| Added { at: start + line.range.start - line.indent, spaces })
}

fn with_spaces(text: &str, added: &[Added]) -> String {
    let mut whole = text.to_owned();
    for added in added.iter().rev() {
        whole.insert_str(added.at, &" ".repeat(added.spaces));
    }
    whole
}

fn words<'t>(text: &'t str, node: &Node) -> &'t str {
    text.get(node.head.clone()).unwrap_or("")
}

fn told(text: &str, file: FileId, run: &Run<'_>, added: &[Added]) -> Option<Diagnostic> {
    let (first, last) = (run.lines.first()?.0, run.lines.last()?.0);
    let mut name = words(text, run.head).split(' ');
    let name = format!("{} {}", name.next().unwrap_or(""), name.next().unwrap_or(""));
    let name = name.trim_end();
    let message = match run.lines.len() {
        1 => bi!(
            "linjen hører til `{name}` og rykkes ind under den",
            "the line belongs to `{name}` and is indented below it"
        ),
        _ => bi!(
            "linjerne hører til `{name}` og rykkes ind under den",
            "the lines belong to `{name}` and are indented below it"
        ),
    };
    let spaces = run.lines.first()?.1;
    let title = match run.lines.len() {
        1 => bi!("ryk linjen {spaces} mellemrum ind", "indent the line by {spaces} spaces"),
        lines => {
            bi!("ryk de {lines} linjer {spaces} mellemrum ind", "indent the {lines} lines by {spaces} spaces")
        }
    };
    let put =
        |added: &Added| Edit { span: Span::new(file, added.at, added.at), text: " ".repeat(added.spaces) };
    let edits = added.iter().map(put).collect();
    let mut found =
        Diagnostic::new(Code::Indentation, message).at(Span::new(file, first.head.start, last.whole().end));
    found.fixes.push(Fix { title, edits, certain: run.certain });
    Some(found)
}
