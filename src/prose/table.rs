//! Tables, scales and what changes in their rows, as real tables.

use super::document::{Block, Entry, Grid, Line, listed, say};
use super::voice::Voice;
use crate::syntax::ast::{Cell, CellKind, Policy, Row, RowEdit, Scale, Table, When, WhenKind};

impl Voice<'_> {
    /// A table that results are looked up in.
    pub(super) fn table(&self, table: &Table) -> Entry {
        let lang = self.lang;
        let results: Vec<Line> = table.results.iter().map(|name| Line::name(&name.text)).collect();
        let keys: Vec<Line> = table.keys.iter().map(|key| self.part(key)).collect();
        let what = listed(&results, ", ", lang.pick(" og ", " and "));
        let by = listed(&keys, ", ", lang.pick(" og ", " and "));
        let mut line = match keys.is_empty() {
            true => say(lang.pick("{0} afgøres af tabellen", "the table decides {0}"), &[&what]),
            false => say(
                lang.pick("{0} slås op i tabellen efter {1}", "the table gives {0} by {1}"),
                &[&what, &by],
            ),
        };
        if let Some(when) = &table.when {
            line = line.then(", ").and(self.when(when));
        }
        let mut line =
            line.then(". ").and(Line::text(self.policy(table.policy.map(|(policy, _)| policy)))).capital();
        if table.rows.iter().flat_map(|row| &row.cells).any(is_open) {
            line = line.then(lang.pick(
                " En række, der begynder på et tidspunkt, gælder, indtil den næste begynder.",
                " A row that begins at a time holds until the next begins.",
            ));
        }
        let caption = match keys.is_empty() {
            true => what.clone(),
            false => say(lang.pick("{0} efter {1}", "{0} by {1}"), &[&what, &by]),
        };
        let heads = match keys.is_empty() {
            true => vec![Line::text(lang.pick("når", "when"))],
            false => keys,
        };
        let grid = self.grid(caption, heads, results, &table.rows);
        let mut under = vec![Block::Table(grid)];
        under.extend(self.rests_on(&table.basis));
        Entry { number: None, line, under }
    }

    fn policy(&self, policy: Option<Policy>) -> &'static str {
        let lang = self.lang;
        match policy {
            None => lang.pick("Netop én række skal passe.", "Exactly one row must fit."),
            Some(Policy::First) => {
                lang.pick("Den første række, der passer, gælder.", "The first row that fits counts.")
            }
            Some(Policy::Agree) => lang.pick(
                "Passer flere rækker, skal de sige det samme.",
                "Where several rows fit, they must say the same.",
            ),
            Some(Policy::Add) => lang.pick(
                "Passer flere rækker, lægges deres værdier sammen; passer ingen, gælder der ingen værdi.",
                "Where several rows fit, their values are added; where none does, no value applies.",
            ),
            Some(Policy::Largest) => lang.pick(
                "Passer flere rækker, gælder den største værdi; passer ingen, gælder der ingen.",
                "Where several rows fit, the largest value counts; where none does, no value applies.",
            ),
            Some(Policy::Smallest) => lang.pick(
                "Passer flere rækker, gælder den mindste værdi; passer ingen, gælder der ingen.",
                "Where several rows fit, the smallest value counts; where none does, no value applies.",
            ),
            Some(Policy::Linear) => lang.pick(
                "Mellem to rækker ligger værdien på den rette linje imellem dem.",
                "Between two rows, the value lies on the straight line between them.",
            ),
        }
    }

    fn grid(&self, caption: Line, keys: Vec<Line>, results: Vec<Line>, rows: &[Row]) -> Grid {
        let is_cited = rows.iter().any(|row| !row.basis.is_empty());
        let count = keys.len() + results.len();
        let mut head: Vec<Line> = keys.into_iter().chain(results).map(Line::capital).collect();
        if is_cited {
            head.push(Line::text(self.lang.pick("Hjemmel", "Basis")));
        }
        let row = |row: &Row| {
            let mut cells = self.row(row, count);
            if is_cited {
                cells.push(self.citations(&row.basis));
            }
            cells
        };
        Grid { caption: caption.capital(), rows: rows.iter().map(row).collect(), head }
    }

    /// The cells of a row; `ellers` and `udgår` stand for as many as they speak for.
    fn row(&self, row: &Row, count: usize) -> Vec<Line> {
        let first_is_otherwise =
            row.cells.first().is_some_and(|cell| matches!(cell.kind, CellKind::Otherwise));
        let missing = count.saturating_sub(row.cells.len());
        let mut cells: Vec<Line> = Vec::with_capacity(count);
        for (index, cell) in row.cells.iter().enumerate() {
            let line = self.row_cell(cell);
            let is_last = index + 1 == row.cells.len();
            let repeats = (index == 0 && first_is_otherwise) || (is_last && !first_is_otherwise);
            let times = if repeats { missing + 1 } else { 1 };
            cells.extend(std::iter::repeat_n(line, times));
        }
        cells
    }

    /// A cell of a column without a key says what must hold.
    fn row_cell(&self, cell: &Cell) -> Line {
        match &cell.kind {
            CellKind::Expr(expr) if super::truth::is_truth(expr) => self.truth(expr),
            _ => self.cell(cell),
        }
    }

    /// Rows of a table that are restated, added or repealed.
    pub(super) fn row_edit(&self, edit: &RowEdit) -> Entry {
        let lang = self.lang;
        let owner = edit.table.parts.iter().rev().nth(1).map(|part| part.name.text.as_str());
        let name = edit.table.parts.last().map(|part| part.name.text.as_str()).unwrap_or_default();
        let path = self.path(&edit.table);
        let (keys, results) = self.heads(owner.or(self.clause), name, edit);
        let line = say(
            lang.pick("i tabellen {0} sættes disse rækker", "in the table {0} these rows are set"),
            &[&path],
        );
        let caption = say(lang.pick("rækker i {0}, der sættes", "rows of {0} that are set"), &[&path]);
        let grid = self.grid(caption, keys, results, &edit.rows);
        Entry { number: None, line: line.then(":").capital(), under: vec![Block::Table(grid)] }
    }

    /// The heads of a table's columns; where it is not at hand, words that fit any.
    fn heads(&self, clause: Option<&str>, name: &str, edit: &RowEdit) -> (Vec<Line>, Vec<Line>) {
        let lang = self.lang;
        let columns = edit.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        let Some(table) = self.names.table_of(clause, name) else {
            let keys = std::iter::repeat_n(Line::text(lang.pick("når", "when")), columns.saturating_sub(1));
            return (keys.collect(), vec![Line::name(name)]);
        };
        let keys: Vec<Line> = match table.keys.is_empty() {
            true => vec![Line::text(lang.pick("når", "when"))],
            false => table.keys.iter().map(|key| self.part(key)).collect(),
        };
        let results = table.results.iter().map(|name| Line::name(&name.text)).collect();
        (keys, results)
    }

    /// A scale of marginal rates.
    pub(super) fn scale(&self, scale: &Scale) -> Entry {
        let lang = self.lang;
        let (name, by) = (Line::name(&scale.name.text), self.path(&scale.by));
        let mut line = say(
            lang.pick(
                "{0} regnes trin for trin af {1}: hver del af beløbet med sin egen sats",
                "{0} is computed step by step on {1}: each part of the amount at its own rate",
            ),
            &[&name, &by],
        );
        if let Some(when) = &scale.when {
            line = line.then(", ").and(self.when(when));
        }
        let is_cited = scale.rows.iter().any(|row| !row.basis.is_empty());
        let part = say(lang.pick("Del af {0}", "Part of {0}"), &[&by]);
        let mut head = vec![part, Line::text(lang.pick("Sats", "Rate"))];
        if is_cited {
            head.push(Line::text(lang.pick("Hjemmel", "Basis")));
        }
        let mut rows = Vec::new();
        let mut before: Option<Line> = None;
        for row in &scale.rows {
            let up_to = row.up_to.as_ref().map(|up_to| self.part(up_to));
            let slice = match (&before, &up_to) {
                (None, Some(to)) => say(lang.pick("op til {0}", "up to {0}"), &[to]),
                (Some(from), Some(to)) => {
                    say(lang.pick("fra {0} op til {1}", "from {0} up to {1}"), &[from, to])
                }
                (Some(from), None) => say(lang.pick("over {0}", "above {0}"), &[from]),
                (None, None) => Line::text(lang.pick("det hele", "all of it")),
            };
            let mut cells = vec![slice, self.value(&row.rate)];
            if is_cited {
                cells.push(self.citations(&row.basis));
            }
            rows.push(cells);
            before = up_to;
        }
        let caption = say(lang.pick("{0} efter {1}", "{0} by {1}"), &[&name, &by]).capital();
        let mut under = vec![Block::Table(Grid { caption, head, rows })];
        under.extend(self.rests_on(&scale.basis));
        Entry { number: None, line: line.sentence(), under }
    }
}

/// Tells whether a cell names only when its row begins.
fn is_open(cell: &Cell) -> bool {
    matches!(&cell.kind, CellKind::When(When { kind: WhenKind::Bounds { from: Some(_), to: None }, .. }))
}
