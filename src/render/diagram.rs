//! The derivation of a result as a diagram: what is read to the left of what reads it, an arrow from each to the next. It is
//! a picture of a list that stands beside it, so it may leave out what lies deep, and says so.

use super::page::escaped;
use crate::base::Lang;
use crate::explain::ItemKind;
use crate::grounds::Line;

/// Beyond so many columns boxes are too small to read on paper.
const COLUMNS: usize = 4;
/// Beyond so many boxes a diagram says less than the list.
const BOXES: usize = 60;
/// The most letters of a line in a box.
const LETTERS: usize = 30;
/// The most lines of a name in a box; what is longer stands whole in the list.
const LINES: usize = 2;
const WIDTH: usize = 210;
const HEIGHT: usize = 60;
const GAP: usize = 36;
const ROW: usize = 72;

/// One box, placed.
struct Node<'a> {
    line: &'a Line,
    /// The column, counted from the result.
    depth: usize,
    /// The middle of the box, from above.
    middle: usize,
    /// The box that reads it.
    reader: Option<usize>,
}

/// The boxes of a derivation.
struct Drawing<'a> {
    boxes: Vec<Node<'a>>,
    /// The height used so far.
    bottom: usize,
    /// How many lines are not drawn since they lie too deep, or there are too many.
    left_out: usize,
    /// How many more boxes may be drawn.
    room: usize,
}

/// Draws a derivation; `None` where there is nothing to draw but the result itself. `name` is part of the ids, so that a page
/// may hold several.
pub(super) fn diagram(line: &Line, name: &str, lang: Lang) -> Option<String> {
    let mut drawing = Drawing { boxes: Vec::new(), bottom: 0, left_out: 0, room: BOXES };
    drawing.place(line, 0, None);
    if drawing.boxes.len() < 2 {
        return None;
    }
    let columns = drawing.boxes.iter().map(|one| one.depth + 1).max().unwrap_or(1);
    let (width, height) = (columns * (WIDTH + GAP) - GAP + 4, drawing.bottom + 4);
    let arrows: String = drawing.boxes.iter().filter_map(|one| drawing.arrow(one, name)).collect();
    let boxes: String = drawing.boxes.iter().map(drawn).collect();
    let title = escaped(&format!("{} {}", lang.pick("Diagram over", "Diagram of"), line.label));
    let head = format!(
        "<defs><marker id=\"{name}-p\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\"><path class=\"d-head\" d=\"M0 0 L8 4 L0 8 z\"/></marker></defs>"
    );
    let caption = caption(&drawing, lang);
    Some(format!(
        "<figure>\n<svg role=\"img\" aria-labelledby=\"{name}-t {name}-d\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" xmlns=\"http://www.w3.org/2000/svg\">\n<title id=\"{name}-t\">{title}</title>\n<desc id=\"{name}-d\">{}</desc>\n{head}\n{arrows}{boxes}</svg>\n<figcaption>{caption}</figcaption>\n</figure>\n",
        escaped(&drawing.described(lang))
    ))
}

/// How the diagram is read; only what is in it is told of.
fn caption(drawing: &Drawing<'_>, lang: Lang) -> String {
    let left_out = drawing.left_out;
    let has = |mark: &str| drawing.boxes.iter().any(|one| class(one.line.kind) == mark);
    let mut words = lang
        .pick(
            "Læses fra højre mod venstre: det, der læses, står til højre for det, der læser det. Tyk kant: resultatet.",
            "Read from right to left: what is read stands to the right of what reads it. Thick edge: the result.",
        )
        .to_owned();
    if has(" d-fact") {
        words.push_str(lang.pick(" Stiplet kant: oplyst udefra.", " Dotted edge: given from outside."));
    }
    match (has(" d-notmet"), has(" d-open")) {
        (true, true) => words.push_str(lang.pick(
            " Lange streger: ikke opfyldt eller ikke afgjort.",
            " Long dashes: not met or not decided.",
        )),
        (true, false) => words.push_str(lang.pick(" Lange streger: ikke opfyldt.", " Long dashes: not met.")),
        (false, true) => {
            words.push_str(lang.pick(" Lange streger: ikke afgjort.", " Long dashes: not decided."))
        }
        (false, false) => {}
    }
    let rest = match left_out {
        0 => String::new(),
        1 => lang
            .pick(
                " 1 linje er ikke tegnet; den står i listen.",
                " 1 line is not drawn; it stands in the list.",
            )
            .to_owned(),
        many => lang.pick(
            format!(" {many} linjer er ikke tegnet; de står i listen."),
            format!(" {many} lines are not drawn; they stand in the list."),
        ),
    };
    format!("{words}{rest}")
}

/// Tells whether a line is a box of its own; the others tell how one came about, and stand in the list.
fn is_box(line: &Line) -> bool {
    match line.kind {
        ItemKind::Value | ItemKind::Met | ItemKind::NotMet | ItemKind::Open | ItemKind::Fact => true,
        ItemKind::Applies | ItemKind::Considered | ItemKind::Again | ItemKind::Missing => true,
        // Those that a sum is made of are what it reads.
        ItemKind::Entity | ItemKind::Year => true,
        ItemKind::Slice | ItemKind::Total => false,
        ItemKind::Step | ItemKind::Note => false,
    }
}

/// The boxes that a line reads, those within lines that are none among them.
fn read_by(line: &Line) -> Vec<&Line> {
    let own = |child| if is_box(child) { vec![child] } else { read_by(child) };
    line.children.iter().flat_map(own).collect()
}

fn count(line: &Line) -> usize {
    read_by(line).into_iter().map(|child| 1 + count(child)).sum()
}

impl<'a> Drawing<'a> {
    /// Places a box and those it reads, and returns its place.
    fn place(&mut self, line: &'a Line, depth: usize, reader: Option<usize>) -> usize {
        let at = self.boxes.len();
        self.room = self.room.saturating_sub(1);
        self.boxes.push(Node { line, depth, middle: 0, reader });
        let mut middles = Vec::new();
        for child in read_by(line) {
            if depth + 1 >= COLUMNS || self.room == 0 {
                self.left_out += 1 + count(child);
                continue;
            }
            let placed = self.place(child, depth + 1, Some(at));
            middles.push(self.boxes[placed].middle);
        }
        self.boxes[at].middle = match (middles.first(), middles.last()) {
            (Some(first), Some(last)) => (first + last) / 2,
            _ => {
                let middle = self.bottom + ROW / 2;
                self.bottom += ROW;
                middle
            }
        };
        at
    }

    fn arrow(&self, one: &Node<'_>, name: &str) -> Option<String> {
        let reader = self.boxes.get(one.reader?)?;
        let (from, to) = (left(one.depth), left(reader.depth) + WIDTH);
        let bend = to + GAP / 2;
        Some(format!(
            "<path class=\"d-arrow\" marker-end=\"url(#{name}-p)\" d=\"M{from} {0} H{bend} V{1} H{to}\"/>\n",
            one.middle, reader.middle
        ))
    }

    /// The same in words, for those who do not see it.
    fn described(&self, lang: Lang) -> String {
        let mut sentences = Vec::new();
        for (at, one) in self.boxes.iter().enumerate() {
            let read: Vec<String> = self
                .boxes
                .iter()
                .filter(|other| other.reader == Some(at))
                .map(|other| labelled(other.line))
                .collect();
            if !read.is_empty() {
                let reads = lang.pick("læser", "reads");
                sentences.push(format!("{} {reads} {}.", labelled(one.line), read.join(", ")));
            }
        }
        sentences.join(" ")
    }
}

fn labelled(line: &Line) -> String {
    match &line.value {
        Some(value) => format!("{} ({value})", line.label),
        None => line.label.clone(),
    }
}

/// The left edge of a column; the result stands furthest to the left.
fn left(depth: usize) -> usize {
    2 + depth * (WIDTH + GAP)
}

fn drawn(one: &Node<'_>) -> String {
    let (x, y) = (left(one.depth), one.middle.saturating_sub(HEIGHT / 2));
    let result = if one.depth == 0 { " d-result" } else { "" };
    let value = one.line.value.as_deref().unwrap_or_default();
    let kind = class(one.line.kind);
    let name = in_lines(&format!("{}{}", one.line.kind.sign(), one.line.label));
    let first = y + if name.len() == 1 { 26 } else { 18 };
    let said = name.into_iter().map(|words| (words, "")).chain([(short(value), " d-value")]);
    let lines: String = said
        .enumerate()
        .map(|(at, (words, class))| {
            let (x, y) = (x + 8, first + at * 17);
            format!("<text class=\"d-text{class}\" x=\"{x}\" y=\"{y}\">{}</text>", escaped(&words))
        })
        .collect();
    format!(
        "<rect class=\"d-box{kind}{result}\" x=\"{x}\" y=\"{y}\" width=\"{WIDTH}\" height=\"{HEIGHT}\" rx=\"4\"/>{lines}\n"
    )
}

/// A name in the lines that a box has room for, broken between words or after a dot or an underscore.
fn in_lines(words: &str) -> Vec<String> {
    let mut rest = words;
    let mut lines = Vec::new();
    while lines.len() + 1 < LINES {
        let Some((most, _)) = rest.char_indices().nth(LETTERS) else { break };
        let fitting = rest.get(..most).unwrap_or(rest);
        let end = fitting.rfind([' ', '.', '_']).map_or(most, |at| at + 1);
        lines.push(rest.get(..end).unwrap_or(rest).trim_end().to_owned());
        rest = rest.get(end..).unwrap_or_default();
    }
    lines.push(short(rest));
    lines
}

fn class(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Met | ItemKind::Applies => " d-met",
        ItemKind::NotMet | ItemKind::Considered => " d-notmet",
        ItemKind::Open | ItemKind::Missing => " d-open",
        ItemKind::Fact => " d-fact",
        ItemKind::Value | ItemKind::Entity | ItemKind::Year | ItemKind::Slice | ItemKind::Total => "",
        ItemKind::Step | ItemKind::Again | ItemKind::Note => "",
    }
}

fn short(words: &str) -> String {
    match words.char_indices().nth(LETTERS) {
        Some((end, _)) => format!("{}…", words.get(..end).unwrap_or_default().trim_end()),
        None => words.to_owned(),
    }
}
