//! What readings, amendments and what-ifs put in the text's place, in words.

use super::teller::{Around, Teller};
use super::{Item, ItemKind, Words};
use crate::eval::{StepId, Trace};
use crate::model::{Alternative, AmendmentId, DefId, ExprId, LayerId, Model, Origin, Row, Standing, TableId};
use crate::value::Interval;

/// A cell of a table as it stood when it was looked up.
pub(super) struct CellThen<'a> {
    /// What it had.
    pub(super) value: ExprId,
    /// The layer that states it.
    pub(super) layer: LayerId,
    /// What it had in the layers below, where something was put in its place.
    pub(super) was: Option<ExprId>,
    /// What the line that states it cites itself.
    pub(super) basis: &'a [crate::syntax::ast::Citation],
}

/// Returns the cell that a lookup hit in a row.
pub(super) fn cell_then<'w>(
    words: Words<'w>,
    trace: &Trace,
    step: StepId,
    row: usize,
) -> Option<CellThen<'w>> {
    let crate::eval::What::Expr(expr) = trace.step(step).what else { return None };
    let (table, column) = words.model.cell_behind(expr, row)?;
    let row = words.model.tables[table].rows.get(row)?;
    let asked = trace.step(step).at.moment.interval()?;
    let Standing::Value(value, edit) = row.standing(column, asked) else { return None };
    let edit = edit.and_then(|at| row.edits.get(at));
    let layer = edit.map_or(row.layer, |edit| edit.layer);
    let was = edit.and_then(|_| text_below(words.model, row, column, (asked, layer)));
    Some(CellThen { value, layer, was, basis: edit.map_or(&row.basis, |edit| &edit.basis) })
}

/// What a cell has below a layer. Below a what-if no other what-if counts: it is told with what the text has, however often
/// the cell was set before.
fn text_below(
    model: &Model,
    row: &Row,
    column: usize,
    (asked, layer): (Interval, LayerId),
) -> Option<ExprId> {
    let is_what_if = |layer: LayerId| model.layers.origin(layer).is_hypothetical();
    let mut below = layer;
    loop {
        let Standing::Value(was, edit) = row.standing_below(column, asked, Some(below)) else { return None };
        let from = edit.and_then(|at| row.edits.get(at)).map_or(row.layer, |edit| edit.layer);
        match is_what_if(layer) && is_what_if(from) {
            // INVARIANT: what stands below a layer is of a lower one, so this ends.
            true => below = from,
            false => return Some(was),
        }
    }
}

/// Tells whether a cell has something else than the agreement's own text gives it.
pub(super) fn is_changed(words: Words<'_>, cell: &CellThen<'_>) -> bool {
    match words.model.layers.origin(cell.layer) {
        Origin::CarriedOver | Origin::Text | Origin::Exceptions | Origin::Data => false,
        Origin::Reading { .. } | Origin::Amendment(_) => true,
        Origin::Scenario(_) | Origin::Test | Origin::Set | Origin::WhatIf => true,
    }
}

impl Teller<'_> {
    pub(super) fn origin(&self, layer: LayerId) -> &Origin {
        self.words.model.layers.origin(layer)
    }

    pub(super) fn layer_words(&self, layer: LayerId) -> String {
        self.origin_words(self.origin(layer))
    }

    /// Words where something comes from.
    pub(super) fn origin_words(&self, origin: &Origin) -> String {
        let lang = self.words.lang;
        match origin {
            Origin::Reading { assumption, reading } => {
                format!("{} {assumption}={reading}", lang.pick("læsningen", "the reading"))
            }
            Origin::Amendment(id) => self.words.amendment(*id),
            Origin::Scenario(name) => format!("{} {name}", lang.pick("scenariet", "the scenario")),
            Origin::Test => lang.pick("prøven", "the test").to_owned(),
            Origin::Set | Origin::WhatIf => lang.pick("hvad nu hvis", "what if").to_owned(),
            Origin::CarriedOver => lang.pick("videreført", "carried over").to_owned(),
            Origin::Text | Origin::Exceptions => lang.pick("teksten", "the text").to_owned(),
            Origin::Data => lang.pick("data", "data").to_owned(),
        }
    }

    /// `som ændret ved tillæg26 "…"`, where a line of a reading or amendment gave the value.
    pub(super) fn laid_says(&self, alternative: &Alternative) -> Option<String> {
        let lang = self.words.lang;
        match self.origin(alternative.layer) {
            Origin::Amendment(id) => Some(format!(
                "{} {}",
                lang.pick("som ændret ved", "as amended by"),
                self.words.amendment(*id)
            )),
            Origin::Reading { .. } if self.for_page => None,
            Origin::Reading { assumption, reading } => {
                Some(format!("{} {assumption}={reading}", lang.pick("efter læsningen", "by the reading")))
            }
            Origin::CarriedOver | Origin::Text | Origin::Exceptions | Origin::Data => None,
            Origin::Scenario(_) | Origin::Test | Origin::Set | Origin::WhatIf => None,
        }
    }

    /// A cell that something was put in place of is told with what it had.
    pub(super) fn cell_says(&self, step: StepId, row: usize, around: Around) -> Option<String> {
        let lang = self.words.lang;
        let cell =
            cell_then(self.words, self.trace, step, row).filter(|cell| is_changed(self.words, cell))?;
        let was = cell.was.map(|was| self.names(was, around));
        Some(match (self.origin(cell.layer), was) {
            (Origin::Amendment(id), Some(was)) => {
                let by = self.words.amendment(*id);
                lang.pick(
                    format!("som ændret ved {by}: i teksten står {was}"),
                    format!("as amended by {by}: the text has {was}"),
                )
            }
            (Origin::Amendment(id), None) => {
                let by = self.words.amendment(*id);
                lang.pick(format!("tilføjet ved {by}"), format!("added by {by}"))
            }
            (origin, Some(was)) => {
                let origin = self.origin_words(origin);
                lang.pick(
                    format!("ændret ({origin}): i teksten står {was}"),
                    format!("changed ({origin}): the text has {was}"),
                )
            }
            (origin, None) => {
                let origin = self.origin_words(origin);
                lang.pick(format!("tilføjet ({origin})"), format!("added ({origin})"))
            }
        })
    }

    /// The value of a row as it stood when it was looked up.
    pub(super) fn result_then(
        &self,
        table: TableId,
        row: usize,
        column: usize,
        around: Around,
    ) -> Option<ExprId> {
        let row = self.words.model.tables[table].rows.get(row)?;
        let asked = around.moment.interval()?;
        match row.standing(column, asked) {
            Standing::Value(value, _) => Some(value),
            Standing::Absent | Standing::Changes(_) => row.results.get(column).copied(),
        }
    }

    /// Amendments that touch a definition and that the question leaves out.
    pub(super) fn amendments_off(&self, def: DefId) -> Vec<Item> {
        let lang = self.words.lang;
        let all = self.words.model.amendments.iter();
        all.filter(|amendment| !amendment.on && amendment.touches.contains(&def))
            .map(|amendment| {
                let label = format!("{} {}", lang.pick("ændringen", "the amendment"), amendment.name);
                let mut item = Item::new(ItemKind::Considered, label).at(amendment.span);
                item.title = amendment.title.clone();
                item.value(lang.pick("er slået fra i spørgsmålet", "is switched off in the question"))
            })
            .collect()
    }
}

impl Words<'_> {
    /// An amendment with its title: `tillæg26 "Justeret nærhedsfinansiering"`.
    pub(super) fn amendment(&self, id: AmendmentId) -> String {
        let amendment = &self.model.amendments[id];
        match &amendment.title {
            Some(title) => format!("{} \"{title}\"", amendment.name),
            None => amendment.name.clone(),
        }
    }
}

/// What the layer of a line cites: an amendment's own basis.
pub(super) fn layer_basis(words: Words<'_>, layer: LayerId) -> &[crate::syntax::ast::Citation] {
    match words.model.layers.origin(layer) {
        Origin::Amendment(id) => &words.model.amendments[*id].basis,
        _ => &[],
    }
}
