//! Rows of tables over time: what each layer puts in their place, adds or ends.

use super::day_rows::RowTimes;
use super::{ExprId, KeyTest, LayerId, Row, Table};
use crate::base::Span;
use crate::syntax::ast;
use crate::syntax::ast::{Path, PathPart};
use crate::value::Interval;

/// What a later layer does to a row.
#[derive(Clone, Debug)]
pub struct RowEdit {
    /// The layer.
    pub layer: LayerId,
    /// When.
    pub interval: Interval,
    /// What.
    pub change: RowChange,
    /// A basis of its own.
    pub basis: Vec<ast::Citation>,
    /// Where it is written.
    pub span: Span,
}

/// The changes a row can meet.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RowChange {
    /// One result, by position, has another value.
    Cell(usize, ExprId),
    /// The row is ended.
    Ended,
}

/// A row at a time, for one result.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Standing {
    /// It has this value, put there by the edit at this position, if by any.
    Value(ExprId, Option<usize>),
    /// It does not stand then.
    Absent,
    /// It changes within the time asked about; the pieces.
    Changes(Vec<Interval>),
}

/// Returns a path without the cells it names.
pub(super) fn without_cells(path: &Path) -> Path {
    let bare = |part: &PathPart| PathPart { name: part.name.clone(), cells: Vec::new() };
    Path { parts: path.parts.iter().map(bare).collect(), span: path.span }
}

impl Row {
    /// Returns every expression that a result of the row may be.
    pub fn stated(&self) -> Vec<ExprId> {
        let edited = self.edits.iter().filter_map(|edit| match edit.change {
            RowChange::Cell(_, value) => Some(value),
            RowChange::Ended => None,
        });
        self.results.iter().copied().chain(edited).collect()
    }
    /// Returns every expression that one result may be.
    pub fn stated_in(&self, column: usize) -> Vec<ExprId> {
        self.filtered(column, |_| true)
    }
    /// Returns every expression that one result may be in the layers below one.
    pub fn stated_below(&self, column: usize, below: LayerId) -> Vec<ExprId> {
        self.filtered(column, |layer| layer < below)
    }

    fn filtered(&self, column: usize, counts: impl Fn(LayerId) -> bool) -> Vec<ExprId> {
        let edited = self.edits.iter().filter_map(|edit| match edit.change {
            RowChange::Cell(at, value) if at == column && counts(edit.layer) => Some(value),
            RowChange::Cell(..) | RowChange::Ended => None,
        });
        let own = self.results.get(column).copied().filter(|_| counts(self.layer));
        own.into_iter().chain(edited).collect()
    }

    /// Tells whether the row stands whatever time is asked about.
    pub fn stands_always(&self) -> bool {
        let ended = |edit: &RowEdit| matches!(edit.change, RowChange::Ended);
        self.interval == Interval::always() && !self.edits.iter().any(ended)
    }

    /// Tells whether the row stands at some time within the one asked about.
    pub fn stands(&self, asked: Interval) -> bool {
        self.standing(0, asked) != Standing::Absent
    }

    /// Returns the row at a time: of the edits that hold then, that of the topmost layer counts.
    pub fn standing(&self, column: usize, asked: Interval) -> Standing {
        self.standing_below(column, asked, None)
    }
    /// The same, with the layers from `below` on left out.
    pub fn standing_below(&self, column: usize, asked: Interval, below: Option<LayerId>) -> Standing {
        let within = |layer: LayerId| below.is_none_or(|below| layer < below);
        let mut pieces: Vec<(Interval, Standing)> = Vec::new();
        for piece in asked.cut(self.edits.iter().map(|e| e.interval).chain([self.interval])) {
            let found = self.in_piece(column, piece, within);
            match pieces.last_mut() {
                Some((last, before)) if *before == found => last.until = piece.until,
                Some(_) | None => pieces.push((piece, found)),
            }
        }
        match pieces.as_slice() {
            [(_, only)] => only.clone(),
            _ => Standing::Changes(pieces.into_iter().map(|(piece, _)| piece).collect()),
        }
    }

    /// INVARIANT: no edit begins or ends within the piece.
    fn in_piece(&self, column: usize, piece: Interval, within: impl Fn(LayerId) -> bool) -> Standing {
        if !self.interval.covers(piece) || !within(self.layer) {
            return Standing::Absent;
        }
        let counts = |edit: &RowEdit| {
            let here = match edit.change {
                RowChange::Cell(at, _) => at == column,
                RowChange::Ended => true,
            };
            here && within(edit.layer) && edit.interval.covers(piece)
        };
        let edits = self.edits.iter().enumerate().filter(|(_, edit)| counts(edit));
        // Of one layer the last counts, as it does where a line of the REPL is typed again.
        match edits.max_by_key(|(at, edit)| (edit.layer, *at)) {
            Some((_, RowEdit { change: RowChange::Ended, .. })) => Standing::Absent,
            Some((at, RowEdit { change: RowChange::Cell(_, value), .. })) => {
                Standing::Value(*value, Some(at))
            }
            None => self.results.get(column).map_or(Standing::Absent, |value| Standing::Value(*value, None)),
        }
    }
}

impl Table {
    /// Returns the table as it stands in each stretch of time in which nothing in it changes.
    pub fn stretches(&self) -> Vec<(Interval, Table)> {
        let pieces = self.row_times(Interval::always());
        pieces.into_iter().map(|times| (times.time, self.in_stretch(&times))).collect()
    }

    /// The rows that stand then; those by time have the days that they run there.
    fn in_stretch(&self, times: &RowTimes) -> Table {
        let piece = times.time;
        let timed = |(column, test): (usize, &KeyTest)| {
            times.days(column, test).map_or_else(|| test.clone(), KeyTest::Time)
        };
        let rows = self.rows.iter().filter_map(|row| {
            let then = |column| match row.standing(column, piece) {
                Standing::Value(value, _) => Some(value),
                Standing::Absent | Standing::Changes(_) => None,
            };
            let results: Option<Vec<ExprId>> = (0..row.results.len()).map(then).collect();
            let tests = row.tests.iter().enumerate().map(timed).collect();
            Some(Row { tests, results: results?, edits: Vec::new(), interval: piece, ..row.clone() })
        });
        Table { rows: rows.collect(), ..self.clone() }
    }
}
