//! Cells read by their row, and values between two rows, in words.

use super::teller::{Around, Teller};
use crate::eval::StepId;
use crate::model::{CellRead, NodeKind, Show, TableId, Ty};
use crate::value::Number;

impl Teller<'_> {
    /// `andel_bevaret[2]`.
    pub(super) fn cell_words(&self, read: &CellRead, around: Around) -> String {
        let name = self.def_seen_from(read.def, around);
        let row = read.options.first().map(|option| self.row_key(option.table, option.row, around));
        format!("{name}[{}]", row.unwrap_or_default())
    }

    /// `folketal er 15.000`; a moment where the rows are times.
    pub(super) fn key_words(&self, name: &str, key: StepId, around: Around) -> String {
        let lang = self.words.lang;
        match self.kind(key) {
            Some(NodeKind::Day) => {
                let moment = self.trace.step(key).at.moment.print(lang);
                lang.pick(format!("der regnes for {moment}"), format!("this is for {moment}"))
            }
            Some(_) | None => format!("{name} {} {}", lang.pick("er", "is"), self.leaf(key, around)),
        }
    }

    /// `mellem rækkerne …, da folketal er 15.000: 50 pct. af vejen`.
    pub(super) fn between_says(
        &self,
        step: StepId,
        table: TableId,
        rows: [usize; 2],
        part: &Number,
        why: &str,
        around: Around,
    ) -> Vec<String> {
        let lang = self.words.lang;
        let [below, above] = rows.map(|row| format!("`{}`", self.row_text(table, row, around)));
        let way = self.words.number(part, &Ty::Percent, &Show::percent(0));
        let mut says = vec![lang.pick(
            format!("mellem rækkerne {below} og {above}, da {why}: {way} af vejen"),
            format!("between the rows {below} and {above}, as {why}: {way} of the way"),
        )];
        says.extend(rows.iter().filter_map(|row| self.replaced_says(step, table, *row, around)));
        says
    }
}
