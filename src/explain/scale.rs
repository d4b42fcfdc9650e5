//! Scales in words: each slice with its rate and what it charged.

use super::teller::{Around, Teller, glued};
use super::{Depth, Item, ItemKind};
use crate::eval::{Detail, Outcome, SliceLine, StepId};
use crate::model::{ExprId, TableId, Ty};

impl Teller<'_> {
    /// `trappe efter indkomst`.
    pub(super) fn scale_words(&self, table: TableId) -> String {
        let keys = self.words.model.tables[table].keys.join("; ");
        self.words.lang.pick(format!("trappe efter {keys}"), format!("scale by {keys}"))
    }

    /// `trappe efter indkomst: 0 pct. af 50.000 kr. + 12 pct. af 20.000 kr.`
    pub(super) fn scale_says(&self, step: StepId, table: TableId, around: Around) -> Vec<String> {
        let lang = self.words.lang;
        let words = self.scale_words(table);
        let Detail::Slices(_, lines) = &self.trace.step(step).detail else { return vec![words] };
        let base = self.input(step, 0).map(|base| self.leaf(base, around)).unwrap_or_default();
        let key = self.words.model.tables[table].keys.first().cloned().unwrap_or_default();
        let why = format!("{key} {} {base}", lang.pick("er", "is"));
        match self.depth {
            Depth::Result => {
                let charged = lines.iter().filter(|line| line.rate.is_some());
                let charges: Vec<String> =
                    charged.filter_map(|line| self.charge_words(step, line, around)).collect();
                match charges.is_empty() {
                    true => vec![format!("{words}: {why}")],
                    false => vec![format!("{words}: {}", charges.join(" + "))],
                }
            }
            Depth::Clause | Depth::Arithmetic => vec![format!("{words}: {why}")],
        }
    }

    /// One line for each slice, as far up as the base reaches, after what the base and the rates are made of.
    pub(super) fn slices(
        &mut self,
        step: StepId,
        table: TableId,
        lines: &[SliceLine],
        around: Around,
        items: &mut Vec<Item>,
    ) {
        let mut made_of = Vec::new();
        for input in self.trace.step(step).inputs.clone() {
            self.parts(input, around, &mut made_of);
        }
        // A threshold that bounds several slices is told once.
        for item in made_of {
            if item.kind != ItemKind::Again || items.iter().all(|told| told.label != item.label) {
                items.push(item);
            }
        }
        for line in lines {
            let mut item = Item::new(ItemKind::Slice, self.slice_label(table, line, around)).of(step);
            item.span = self.words.model.tables[table].rows.get(line.row).map(|row| row.span);
            let (ty, show) = self.typed(step);
            item.value = Some(self.part_words(&line.charge, ty, show));
            if let Outcome::Value(value) = &line.charge
                && let crate::facts::Datum::Number(number) = &value.datum
            {
                item.exact = self.exact_number(number, ty, show);
            }
            item.says.extend(self.charge_words(step, line, around));
            item.says.extend(self.cell_says(step, line.row, around));
            items.push(item);
        }
    }

    /// `til 2 × grænse (100.000 kr.)`
    fn slice_label(&self, table: TableId, line: &SliceLine, around: Around) -> String {
        let key = self.row_key(table, line.row, around);
        match line.bound.filter(|bound| !self.is_literal(*bound)) {
            Some(bound) => format!("{key} ({})", self.leaf(bound, around)),
            None => key,
        }
    }

    /// `12 pct. af 20.000 kr.`, `5 kr. pr. indbygger × 300 indbyggere`.
    fn charge_words(&self, step: StepId, line: &SliceLine, around: Around) -> Option<String> {
        let base = self.expr_of(self.input(step, 0)?)?;
        let amount = self.amount_words(&line.amount, base);
        let Some(rate) = line.rate else {
            return Some(self.words.lang.pick("intet i trinnet", "nothing in the slice").to_owned());
        };
        let words = self.leaf(rate, around);
        Some(match self.typed(rate).0 {
            Ty::Quantity { .. } => format!("{words} × {amount}"),
            _ => format!("{words} {} {amount}", self.words.lang.pick("af", "of")),
        })
    }

    fn amount_words(&self, outcome: &Outcome, base: ExprId) -> String {
        let node = self.words.model.node(base);
        glued(&self.part_words(outcome, &node.ty, &node.show))
    }

    /// Words a part of a result, without the names it lacks: these are listed once, for the whole.
    fn part_words(&self, outcome: &Outcome, ty: &Ty, show: &crate::model::Show) -> String {
        match outcome {
            Outcome::Unknown(unknown) => {
                let known = self.words.bounds(&unknown.bounds, ty, show);
                let known = known.map(|known| format!(" ({known})")).unwrap_or_default();
                format!("{}{known}", self.words.lang.pick("ukendt", "unknown"))
            }
            Outcome::Value(_) | Outcome::DoesNotApply(_) | Outcome::Error(_) => {
                self.words.outcome(outcome, ty, show)
            }
        }
    }
}
