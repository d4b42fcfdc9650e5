use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Width, presets};
use textwrap::core::display_width;

use super::{Look, visible_lines};

/// On which side a column stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Align {
    /// Words.
    Left,
    /// Amounts.
    Right,
}

/// A table for the terminal: plain columns, no colours; hidden characters in cells are made visible.
#[derive(Debug)]
pub struct Table {
    headings: Vec<String>,
    aligns: Vec<Align>,
    rows: Vec<Vec<String>>,
}

/// What stands to the left and the right of a cell's text.
const PADDING: usize = 2;

/// A name is not broken, but for one that is longer than this.
const LONGEST_NAME: usize = 60;

/// What keeps an amount and its unit on one line while the table is laid out: a code point that no text has.
const GLUE: char = '\u{fdd0}';

/// How far what a row says stands to the right of whom it is of, where columns do not fit beside each other.
const INDENT: usize = 5;

impl Table {
    /// Starts a table with its headings, each with the side its column stands on.
    pub fn new<S: AsRef<str>>(headings: impl IntoIterator<Item = (S, Align)>) -> Self {
        let (headings, aligns) = headings
            .into_iter()
            .map(|(name, align)| (visible_lines(name.as_ref()).into_owned(), align))
            .unzip();
        Self { headings, aligns, rows: Vec::new() }
    }
    /// Adds a row.
    pub fn row<S: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = S>) -> &mut Self {
        self.rows.push(cells.into_iter().map(|cell| visible_lines(cell.as_ref()).into_owned()).collect());
        self
    }
    /// Tells whether no row has been added.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
    /// Renders the table, one line break after each line; text wraps so that no line is wider than `width`. An amount is never
    /// broken: where the columns do not fit beside each other, what a row says stands below whom it is of.
    pub fn render(&self, width: usize) -> String {
        let natural: usize = (0..self.aligns.len()).map(|at| self.widest(at, display_width) + PADDING).sum();
        if natural <= width {
            return self.beside(width, &[]);
        }
        let least: Vec<usize> = (0..self.aligns.len()).map(|at| self.least(at)).collect();
        match least.iter().map(|least| least + PADDING).sum::<usize>() <= width {
            true => self.beside(width, &least),
            false => self.below(width),
        }
    }

    /// The columns beside each other, none narrower than its least.
    fn beside(&self, width: usize, least: &[usize]) -> String {
        let mut table = comfy_table::Table::new();
        table.load_style(presets::NOTHING);
        if self.has_headings() {
            table.set_header(self.cells(&self.headings));
        }
        table.add_rows(self.rows.iter().map(|row| self.cells(row)));
        for (column, least) in table.column_iter_mut().zip(least) {
            let least = u16::try_from(least + PADDING).unwrap_or(u16::MAX);
            column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(least)));
        }
        table.set_content_arrangement(ContentArrangement::Dynamic);
        table.set_width(u16::try_from(width).unwrap_or(u16::MAX));
        table.lines().map(|line| line.trim_end().replace(GLUE, " ") + "\n").collect()
    }

    /// Each row as lines of its own: whom it is of, and below it every heading with what stands there.
    fn below(&self, width: usize) -> String {
        let labels = match self.headings.iter().take_while(|name| name.is_empty()).count() {
            0 => 1,
            all if all == self.headings.len() => 1,
            some => some,
        };
        let named = self.headings.iter().skip(labels).map(|name| display_width(name)).max().unwrap_or(0);
        let named = named.min(width / 3);
        let amounts = (labels..self.aligns.len()).filter(|at| self.aligns.get(*at) == Some(&Align::Right));
        let room = width.saturating_sub(INDENT + named + 2);
        // Amounts line up at their ends; a sentence among them does not push them aside.
        let amount = |text: &str| if together(text).contains(' ') { 0 } else { display_width(text) };
        let amounts = amounts.flat_map(|at| self.rows.iter().filter_map(move |row| row.get(at)));
        let widest = amounts.flat_map(|cell| cell.lines()).map(amount).filter(|width| *width <= room).max();
        let place = Place { width, named, amount: widest.unwrap_or(0) };
        self.rows.iter().flat_map(|row| self.one_below(row, labels, place)).collect()
    }

    fn one_below(&self, row: &[String], labels: usize, place: Place) -> Vec<String> {
        let label = row.iter().take(labels).filter(|cell| !cell.trim().is_empty());
        let label = label.map(|cell| cell.trim_end()).collect::<Vec<_>>().join(" ");
        let indent = " ".repeat(label.len() - label.trim_start().len());
        let more = format!("{indent}  ");
        let options = textwrap::Options::new(place.width).initial_indent(&indent).subsequent_indent(&more);
        let mut out = Vec::new();
        if !label.is_empty() {
            out.push(format!("{}\n", textwrap::fill(label.trim_start(), options)));
        }
        let said = row.iter().zip(self.headings.iter().zip(&self.aligns)).skip(labels);
        for (cell, (heading, align)) in said.filter(|(cell, _)| !cell.is_empty()) {
            for (line, text) in cell.lines().enumerate() {
                let heading = if line == 0 { heading.as_str() } else { "" };
                out.push(place.line(heading, text, *align));
            }
        }
        out
    }

    fn has_headings(&self) -> bool {
        self.headings.iter().any(|name| !name.is_empty())
    }

    /// The widest text of a column, measured line by line.
    fn widest(&self, at: usize, measure: impl Fn(&str) -> usize) -> usize {
        let cells = self.rows.iter().filter_map(|row| row.get(at)).chain(self.headings.get(at));
        cells.flat_map(|cell| cell.lines()).map(measure).max().unwrap_or(0)
    }

    /// How narrow a column can be: its amounts and names stay whole. What a line begins with belongs to its first word.
    fn least(&self, at: usize) -> usize {
        self.widest(at, |line| {
            let indent = line.len() - line.trim_start().len();
            let words = together(line);
            let least = |word: &str| {
                let width = display_width(word);
                if word.contains(is_digit) { width } else { width.min(LONGEST_NAME) }
            };
            let first = words.split(' ').find(|word| !word.is_empty()).map_or(0, |word| indent + least(word));
            words.split(' ').map(least).max().unwrap_or(0).max(first)
        })
    }

    fn cells<'a>(&self, texts: impl IntoIterator<Item = &'a String>) -> Vec<comfy_table::Cell> {
        let aligns = self.aligns.iter().copied().chain(std::iter::repeat(Align::Left));
        texts
            .into_iter()
            .zip(aligns)
            .map(|(text, align)| comfy_table::Cell::new(together(text)).set_alignment(side(align)))
            .collect()
    }
}

/// Where headings and amounts stand, where columns do not fit beside each other.
#[derive(Clone, Copy)]
struct Place {
    width: usize,
    named: usize,
    amount: usize,
}

impl Place {
    fn line(self, heading: &str, text: &str, align: Align) -> String {
        let pad = self.named.saturating_sub(display_width(heading));
        let heading = format!("{}{heading}{}", " ".repeat(INDENT), " ".repeat(pad + 2));
        let room = match align {
            Align::Right => self.amount.saturating_sub(display_width(text)),
            Align::Left => 0,
        };
        let more = " ".repeat(INDENT + self.named.min(4) + 2);
        let options = textwrap::Options::new(self.width).subsequent_indent(&more);
        // The heading is part of what is wrapped: a long one and a long text share the lines they need.
        let first = format!("{heading}{}", " ".repeat(room));
        match display_width(&first) + display_width(text) <= self.width {
            true => format!("{first}{text}\n"),
            false => format!("{}\n", textwrap::fill(&format!("{heading}{text}"), options)),
        }
    }
}

/// A text in lines that are no wider than the look says, what goes on below two further in; amounts stay whole.
pub fn with_whole_amounts(text: &str, look: &Look) -> String {
    let options = textwrap::Options::new(look.width).subsequent_indent("  ");
    format!("{}\n", textwrap::fill(&together(&visible_lines(text)), options)).replace(GLUE, " ")
}

/// A text whose amounts stand together with what they count in.
fn together(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut amount = false;
    for (at, word) in text.split(' ').enumerate() {
        let is_unit =
            amount && word.chars().next().is_some_and(char::is_alphabetic) && display_width(word) <= 8;
        if at > 0 {
            out.push(if is_unit { GLUE } else { ' ' });
        }
        out.push_str(word);
        // `mio. kr.`: what a unit is of belongs to it as well.
        amount = word.ends_with(is_digit) || is_unit && SCALES.contains(&word);
    }
    out
}

/// What stands between a number and what it counts in.
const SCALES: [&str; 5] = ["mio.", "mia.", "million", "billion", "per"];

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

fn side(align: Align) -> CellAlignment {
    match align {
        Align::Left => CellAlignment::Left,
        Align::Right => CellAlignment::Right,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept() -> Table {
        let heads =
            [("", Align::Left), ("før", Align::Right), ("nu", Align::Right), ("forskel", Align::Right)];
        let mut table = Table::new(heads);
        table.row([" bevaret", "", "", ""]);
        table.row(["   Sjælland", "1.155.013.000,00 kr.", "1.141.013.000,00 kr.", "-14.000.000,00 kr."]);
        table.row(["   Nord", "ukendt: mangler region.tab (2025)", "0,00 kr.", ""]);
        table
    }

    #[test]
    fn columns_line_up_and_cells_are_safe() {
        let mut table = Table::new([("region", Align::Left), ("bevaret", Align::Right)]);
        table.row(["Sjælland", "1.155.013.000,00 kr."]).row(["Nord\u{1b}[31m", "0 kr."]);
        assert_eq!(
            table.render(60),
            " region                  bevaret\n Sjælland   1.155.013.000,00 kr.\n Nord␛[31m                 0 kr.\n"
        );
    }

    #[test]
    fn amounts_stay_whole_at_every_width() {
        for width in 40..120 {
            let text = kept().render(width);
            for amount in ["1.155.013.000,00 kr.", "1.141.013.000,00 kr.", "-14.000.000,00 kr.", "0,00 kr."] {
                assert!(text.contains(amount), "{width}:\n{text}");
            }
            assert!(text.lines().all(|line| display_width(line) <= width), "{width}:\n{text}");
        }
    }

    #[test]
    fn what_does_not_fit_beside_stands_below() {
        assert_eq!(
            kept().render(60),
            " bevaret\n   Sjælland\n     før      1.155.013.000,00 kr.\n     nu       1.141.013.000,00 kr.\n     forskel    -14.000.000,00 kr.\n   Nord\n     før      ukendt: mangler region.tab (2025)\n     nu                   0,00 kr.\n"
        );
    }
}
