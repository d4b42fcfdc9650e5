//! Cells read by their row, values between two rows, and what a line of the clause rounds, in words.

use super::teller::{Around, Teller, glued};
use crate::eval::{Outcome, StepId};
use crate::model::{CellRead, EachRounding, ExprId, NodeKind, Show, TableId, Ty};
use crate::syntax::ast::EachWhat;
use crate::value::{Interval, Number};

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

    /// The days that a row runs at the moment, by key; `None` where the key is something else.
    pub(super) fn row_days(&self, table: TableId, at: usize, around: Around) -> Vec<Option<Interval>> {
        let data = &self.words.model.tables[table];
        let Some(row) = data.rows.get(at) else { return vec![] };
        let asked = around.moment.interval().map(|asked| data.row_times(asked));
        // What is told about was found, so the row runs the same throughout.
        let times = asked.into_iter().flatten().find(|times| row.stands(times.time));
        let days = |(column, test)| times.as_ref().and_then(|times| times.days(column, test));
        row.tests.iter().enumerate().map(days).collect()
    }

    /// The rows that may be hit, where nobody knows which and it makes no difference.
    pub(super) fn possible_rows(&self, step: StepId, table: TableId, around: Around) -> Option<Vec<String>> {
        let Some(NodeKind::Lookup { column, keys, .. }) = self.kind(step) else { return None };
        let unknown: Vec<String> = self.words.model.tables[table]
            .keys
            .iter()
            .zip((0..keys.len()).filter_map(|index| self.input(step, index)))
            .filter(|(_, key)| matches!(self.trace.outcome(*key), Outcome::Unknown(_)))
            .map(|(name, key)| self.key_words(name, key, around))
            .collect();
        let read: Vec<ExprId> =
            self.trace.step(step).inputs.iter().filter_map(|input| self.expr_of(*input)).collect();
        let then = |row: &usize| self.result_then(table, *row, *column, around);
        let rows = (0..self.words.model.tables[table].rows.len())
            .filter(|row| then(row).is_some_and(|result| read.contains(&result)));
        let rows: Vec<String> = rows.map(|row| format!("`{}`", self.row_text(table, row, around))).collect();
        let lang = self.words.lang;
        let (last, others) = rows.split_last().filter(|(_, others)| !others.is_empty())?;
        let mut says = unknown;
        let others = others.join(", ");
        says.push(lang.pick(
            format!("de mulige rækker er {others} og {last}; de giver det samme"),
            format!("the rows possible are {others} and {last}; they give the same"),
        ));
        Some(vec![says.join(", ")])
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
        says.extend(rows.iter().filter_map(|row| self.cell_says(step, *row, around)));
        says
    }

    /// What was rounded gives its own reasons; then what the rounding did.
    pub(super) fn each_round_says(&mut self, step: StepId, around: Around, condition: bool) -> Vec<String> {
        let Some(inner) = self.input(step, 0) else { return vec![] };
        let mut says = self.expression_says(inner, around, condition);
        says.extend(self.rounding(step));
        says
    }

    /// `hvert beløb afrundes til 0,01 kr.: nøjagtigt 0,333…, rundet ned`; nothing where the number stays.
    pub(super) fn each_rounding(
        &self,
        step: StepId,
        before: &Number,
        after: &Number,
        rounding: &EachRounding,
    ) -> Option<String> {
        if before == after {
            return None;
        }
        let lang = self.words.lang;
        let (ty, show) = self.typed(step);
        let size = glued(&self.words.number(
            &rounding.step,
            ty,
            &Show { decimals: 0, fixed: false, ..show.clone() },
        ));
        let each = match rounding.what {
            EachWhat::Amount => lang.pick("hvert beløb afrundes til", "each amount is rounded to"),
            EachWhat::Step => lang.pick("hvert led afrundes til", "each step is rounded to"),
        };
        let way = match after > before {
            true => lang.pick("rundet op", "rounded up"),
            false => lang.pick("rundet ned", "rounded down"),
        };
        let exact = glued(&self.words.exact(before, ty, show));
        let word = lang.pick("nøjagtigt", "exactly");
        Some(format!("{each} {size}: {word} {exact}, {way}"))
    }
}
