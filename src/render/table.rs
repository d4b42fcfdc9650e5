use comfy_table::{CellAlignment, ContentArrangement, presets};

use super::visible_lines;

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
    inner: comfy_table::Table,
    aligns: Vec<Align>,
}

impl Table {
    /// Starts a table with its headings, each with the side its column stands on.
    pub fn new<S: AsRef<str>>(headings: impl IntoIterator<Item = (S, Align)>) -> Self {
        let (names, aligns): (Vec<String>, Vec<Align>) = headings
            .into_iter()
            .map(|(name, align)| (visible_lines(name.as_ref()).into_owned(), align))
            .unzip();
        let mut table = Self { inner: comfy_table::Table::new(), aligns };
        table.inner.load_style(presets::NOTHING);
        if names.iter().any(|name| !name.is_empty()) {
            let cells = table.cells(names);
            table.inner.set_header(cells);
        }
        table
    }
    /// Adds a row.
    pub fn row<S: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = S>) -> &mut Self {
        let cells = self.cells(cells.into_iter().map(|cell| visible_lines(cell.as_ref()).into_owned()));
        self.inner.add_row(cells);
        self
    }
    /// Tells whether no row has been added.
    pub fn is_empty(&self) -> bool {
        self.inner.is_empty()
    }
    /// Renders the table, one line break after each line; text wraps so that no line is wider than `width`.
    pub fn render(&mut self, width: usize) -> String {
        self.inner.set_content_arrangement(ContentArrangement::Dynamic);
        self.inner.set_width(u16::try_from(width).unwrap_or(u16::MAX));
        self.inner.lines().map(|line| line.trim_end().to_owned() + "\n").collect()
    }

    fn cells(&self, texts: impl IntoIterator<Item = String>) -> Vec<comfy_table::Cell> {
        let aligns = self.aligns.iter().copied().chain(std::iter::repeat(Align::Left));
        texts
            .into_iter()
            .zip(aligns)
            .map(|(text, align)| comfy_table::Cell::new(text).set_alignment(side(align)))
            .collect()
    }
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

    #[test]
    fn columns_line_up_and_cells_are_safe() {
        let mut table = Table::new([("region", Align::Left), ("bevaret", Align::Right)]);
        table.row(["Sjælland", "1.155.013.000,00 kr."]).row(["Nord\u{1b}[31m", "0 kr."]);
        assert_eq!(
            table.render(60),
            " region                  bevaret\n Sjælland   1.155.013.000,00 kr.\n Nord␛[31m                 0 kr.\n"
        );
    }
}
