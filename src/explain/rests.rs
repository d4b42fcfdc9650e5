//! What a result rests on: everything its steps read.

use std::collections::BTreeSet;

use super::Words;
use super::layers::cell_then;
use super::teller::chosen;
use crate::base::Span;
use crate::eval::{At, Detail, FactOrigin, StepId, Trace, What, conversion_years};
use crate::model::{
    Assumption, ClauseId, DefId, ExceptionId, ExprId, FactId, IndexId, IndexKind, NodeKind, Origin, TableId,
    Touch, Ty,
};
use crate::value::{Interval, PriceLevel, Status};

/// Everything the steps of a result read, in the order it is met.
#[derive(Clone, Debug, Default)]
pub struct Rests {
    /// The clauses.
    pub clauses: BTreeSet<ClauseId>,
    /// The definitions.
    pub defs: BTreeSet<DefId>,
    /// The definitions of which a line of the text or of a reading was read, and not only one that goes before both.
    pub standing: BTreeSet<DefId>,
    /// The agreements of which it read amounts at the level that the header states for all that say none.
    pub leveled: BTreeSet<usize>,
    /// The steps of the facts it read, each fact once for each entity and moment.
    pub facts: Vec<StepId>,
    /// The figures that are not final.
    pub uncertain: Vec<StepId>,
    /// The rows of tables that were hit, or may be.
    pub rows: BTreeSet<(TableId, usize)>,
    /// The exceptions that were looked at.
    pub exceptions: BTreeSet<ExceptionId>,
    /// The facts.
    pub known_facts: BTreeSet<FactId>,
    /// The places where something was put in place of the file's own.
    pub changed: Vec<Change>,
    /// The lines of indices that are read by themselves.
    figures: BTreeSet<(IndexId, (i16, i16))>,
    /// The conversions along an index: between the prices of which years.
    pub conversions: BTreeSet<(IndexId, i16, i16)>,
    /// Whether an exception or amendment that the question leaves out would have restated something it read.
    pub left_out: bool,
}

/// Something put in place of the file's own.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Change {
    /// An override, by position in the model.
    Override(usize),
    /// Data that stand in for a definition; the step of the definition.
    Data(StepId),
    /// A cell of a table; the step of the lookup and the position of the row.
    Cell(StepId, usize),
    /// A line of an index, by its position.
    Index(IndexId, usize),
}

/// A price level that is assumed for an agreement as a whole.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AssumedLevel {
    /// The level: `prisniveau 25-pl`.
    pub name: String,
    /// For which agreement.
    pub says: String,
    /// Where the agreement says it.
    pub span: Span,
}

impl Rests {
    /// Collects what a result rests on.
    pub fn of(words: Words<'_>, trace: &Trace, root: StepId) -> Rests {
        Rests::of_all(words, trace, [root])
    }

    /// Collects what several results rest on together.
    pub fn of_all(words: Words<'_>, trace: &Trace, roots: impl IntoIterator<Item = StepId>) -> Rests {
        let mut rests = Rests::default();
        let (mut seen, mut known) = (BTreeSet::new(), BTreeSet::new());
        for root in roots {
            rests.walk((words, trace), root, &|_| true, &mut seen, &mut known);
        }
        rests
    }

    /// Collects what one step rests on by itself, without what it read.
    pub(super) fn of_step(words: Words<'_>, trace: &Trace, step: StepId) -> Rests {
        let mut rests = Rests::default();
        rests.add(words, trace, step, &mut BTreeSet::new());
        rests
    }

    /// Collects what a definition or an expression rests on by itself: of the definitions that it reads, only those looked
    /// into tell of their own.
    pub(super) fn own(
        words: Words<'_>,
        trace: &Trace,
        root: StepId,
        looks_into: &dyn Fn(DefId) -> bool,
    ) -> Rests {
        let mut rests = Rests::default();
        rests.walk((words, trace), root, looks_into, &mut BTreeSet::new(), &mut BTreeSet::new());
        rests
    }

    /// Adds what a result rests on that has not been seen yet.
    fn walk(
        &mut self,
        (words, trace): (Words<'_>, &Trace),
        root: StepId,
        looks_into: &dyn Fn(DefId) -> bool,
        seen: &mut BTreeSet<StepId>,
        known: &mut BTreeSet<(FactId, At)>,
    ) {
        let mut open = vec![root];
        while let Some(step) = open.pop() {
            let is_told_apart =
                step != root && matches!(trace.step(step).what, What::Def(def) if !looks_into(def));
            if is_told_apart || !seen.insert(step) {
                continue;
            }
            self.add(words, trace, step, known);
            let mut inputs = trace.step(step).inputs.clone();
            inputs.extend(selecting(&trace.step(step).detail));
            open.extend(inputs.into_iter().rev());
        }
    }

    /// Returns the chosen readings it rests on, as `assumption=reading`, and the assumptions that offer none.
    pub fn readings(&self, words: Words<'_>) -> (Vec<String>, Vec<String>) {
        let (mut readings, mut plain) = (Vec::new(), Vec::new());
        for assumption in &words.model.assumptions {
            if !self.touched(words, assumption) {
                continue;
            }
            match assumption.chosen.and_then(|index| assumption.readings.get(index)) {
                Some(reading) => readings.push(format!("{}={}", assumption.name, reading.name)),
                None => plain.push(assumption.name.clone()),
            }
        }
        (readings, plain)
    }

    /// Returns the price levels that are assumed for whole agreements of which it read amounts that say none.
    pub fn assumed_levels(&self, words: Words<'_>) -> Vec<AssumedLevel> {
        let model = words.model;
        let agreements = self.leveled.iter().filter_map(|at| model.agreements.get(*at));
        let level = |agreement: &crate::model::Agreement| {
            let level = crate::types::level_words(agreement.level);
            let name = format!("{} {}", words.lang.pick("prisniveau", "price level"), level.get(words.lang));
            let says = words.lang.pick(
                format!("antaget for {} som helhed", agreement.name),
                format!("assumed for {} as a whole", agreement.name),
            );
            AssumedLevel { name, says, span: agreement.span }
        };
        agreements.filter(|agreement| agreement.level_assumed).map(level).collect()
    }

    /// Tells whether something that a reading of an assumption states is among what the result read.
    pub fn touched(&self, words: Words<'_>, assumption: &Assumption) -> bool {
        assumption.touches.iter().any(|touch| self.is_touched(words, touch))
    }

    fn is_touched(&self, words: Words<'_>, touch: &Touch) -> bool {
        match touch {
            Touch::Def(def) => self.standing.contains(def),
            Touch::Row(table, row) => self.rows.contains(&(*table, *row)),
            Touch::Fact(fact) => self.known_facts.contains(fact),
            Touch::Exception(exception) => self.exceptions.contains(exception),
            Touch::Index(index, from, to) => self.converts(words, *index, (*from, *to)),
            Touch::Clause(clause) => self.clauses.contains(clause),
            Touch::Agreement(agreement) => {
                self.clauses.iter().any(|clause| words.model.clauses[*clause].agreement == Some(*agreement))
            }
        }
    }

    /// Tells whether a conversion walks a line of an index, or would if it were there. At the prices of one and the same
    /// year nothing is walked.
    fn converts(&self, words: Words<'_>, index: IndexId, (first, last): (i16, i16)) -> bool {
        let walked = self.conversions.iter().filter(|(of, from, to)| *of == index && from != to);
        let mut walked = walked.map(|(_, from, to)| (*from.min(to), *from.max(to)));
        self.figures.contains(&(index, (first, last)))
            || walked.any(|(low, high)| match words.model.indices[index].kind {
                IndexKind::Steps => low <= first && last <= high,
                IndexKind::Points => (first..=last).contains(&low) || (first..=last).contains(&high),
            })
    }

    /// Tells whether anything but readings was put in place of the file's own, or left out of it.
    pub fn is_hypothetical(&self, words: Words<'_>, trace: &Trace) -> bool {
        self.left_out
            || self.changed.iter().any(|change| match change {
                Change::Override(index) => {
                    words.model.layers.origin(words.model.overrides[*index].layer).is_hypothetical()
                }
                Change::Data(_) => true,
                Change::Cell(step, row) => cell_then(words, trace, *step, *row)
                    .is_some_and(|cell| words.model.layers.origin(cell.layer).is_hypothetical()),
                Change::Index(id, position) => {
                    let line = words.model.indices[*id].lines.get(*position);
                    line.and_then(|line| line.replaced.as_ref()).is_some_and(|r| r.origin.is_hypothetical())
                }
            })
    }

    fn add(&mut self, words: Words<'_>, trace: &Trace, id: StepId, known: &mut BTreeSet<(FactId, At)>) {
        let step = trace.step(id);
        match step.what {
            What::Def(def) => {
                self.defs.insert(def);
                if !goes_before_readings(words, trace, id, def) {
                    self.standing.insert(def);
                }
                self.clauses.insert(words.model.defs[def].clause);
                let home = words.model.clauses[words.model.defs[def].clause].agreement;
                self.add_level(words, &words.model.defs[def].ty, home);
                self.left_out |= is_left_out(words, def, step.at.moment.interval());
            }
            What::Expr(expr) => self.add_expr(words, (expr, id), step.at, known),
        }
        self.add_change(words, trace, id);
    }

    /// Notes a figure that is not final, a fact that was read, and amounts at a level or converted to one.
    fn add_expr(
        &mut self,
        words: Words<'_>,
        (expr, id): (ExprId, StepId),
        at: At,
        known: &mut BTreeSet<(FactId, At)>,
    ) {
        let node = words.model.node(expr);
        let is_amount = matches!(node.kind, NodeKind::Figure { .. } | NodeKind::Fact(_));
        if is_amount && node.ty.level().is_some() {
            self.add_level(words, &node.ty, words.model.home(node.span));
        }
        if let NodeKind::Figure { status, .. } = &node.kind
            && *status != Status::Final
        {
            self.uncertain.push(id);
        }
        if let NodeKind::Fact(fact) = node.kind {
            self.known_facts.insert(fact);
            let entity = owned(words, fact).then_some(at.entity).flatten();
            if known.insert((fact, At { entity, outer: None, without: None, below: None, ..at })) {
                self.facts.push(id);
            }
        }
        if let NodeKind::IndexFigure(index, from, to) = node.kind {
            self.figures.insert((index, (from, to)));
        }
        if let NodeKind::Converted { index, .. } = node.kind {
            let years = conversion_years(words.model, expr, at);
            self.conversions.extend(years.map(|(from, to)| (index, from, to)));
        }
    }

    /// Notes that an amount at the level of an agreement's header was read.
    fn add_level(&mut self, words: Words<'_>, ty: &Ty, agreement: Option<usize>) {
        let header = |index: &usize| words.model.agreements.get(*index).map(|a| PriceLevel::named(a.level));
        let found = agreement.filter(|index| {
            let at = |level: PriceLevel| Some(level) == header(index);
            ty.level().is_some_and(|levels| levels.pieces().any(|(_, level)| at(level)))
        });
        self.leveled.extend(found);
    }

    /// Where no row can be told, any of them may matter. A table with an exception's rows in it is the same table.
    fn note_rows(&mut self, words: Words<'_>, table: TableId, rows: &[usize]) {
        let data = &words.model.tables[table];
        let all: Vec<usize> = if rows.is_empty() { (0..data.rows.len()).collect() } else { rows.to_vec() };
        for table in std::iter::once(table).chain(data.copy_of) {
            self.rows.extend(all.iter().map(|row| (table, *row)));
        }
    }

    fn add_change(&mut self, words: Words<'_>, trace: &Trace, id: StepId) {
        let step = trace.step(id);
        let mut found = Vec::new();
        match &step.detail {
            Detail::Definition(detail) => {
                self.exceptions.extend(detail.considered.iter().map(|c| c.exception));
                found.extend(detail.overridden.map(Change::Override));
                found.extend(detail.from_data.as_ref().map(|_| Change::Data(id)));
            }
            // What the rules state of an entity is their text, not a change of it.
            Detail::Fact(FactOrigin::Override(index))
                if words.model.overrides[*index].layer == words.model.layers.text => {}
            Detail::Fact(FactOrigin::Override(index)) => found.push(Change::Override(*index)),
            Detail::Row { table, rows } => {
                self.note_rows(words, *table, rows);
                let replaced = rows.iter().copied().filter(|row| is_put(words, trace, id, *row));
                found.extend(replaced.map(|row| Change::Cell(id, row)));
            }
            Detail::Between { table, rows, .. } => {
                self.note_rows(words, *table, rows);
                let replaced = rows.iter().copied().filter(|row| is_put(words, trace, id, *row));
                found.extend(replaced.map(|row| Change::Cell(id, row)));
            }
            Detail::Slices(table, lines) => {
                let rows: Vec<usize> = lines.iter().map(|line| line.row).collect();
                self.note_rows(words, *table, &rows);
                let replaced = rows.into_iter().filter(|row| is_put(words, trace, id, *row));
                found.extend(replaced.map(|row| Change::Cell(id, row)));
            }
            Detail::Fact(FactOrigin::Data(_) | FactOrigin::Default | FactOrigin::Missing) => {}
            Detail::Plain | Detail::Branch(_) | Detail::Rounded { .. } | Detail::Shares(_) => {}
            Detail::Entities(_) | Detail::Ranks(_) | Detail::Years(_) | Detail::Limited(_) => {}
        }
        found.extend(replaced_lines(words, trace, id));
        for change in found {
            if !self.changed.contains(&change) {
                self.changed.push(change);
            }
        }
    }
}

/// Tells whether what the question leaves out would restate a definition at this moment.
fn is_left_out(words: Words<'_>, def: DefId, moment: Option<Interval>) -> bool {
    let model = words.model;
    let timely = |interval: Interval| moment.is_none_or(|moment| interval.overlaps(moment));
    let mut exceptions = model.defs[def].exceptions.iter();
    let mut amendments = model.amendments.iter().filter(|amendment| !amendment.on);
    exceptions.any(|(id, a)| {
        model.switched_off.contains(id)
            && timely(model.exceptions[*id].interval.map_or(a.interval, |own| own.intersect(a.interval)))
    }) || amendments.any(|a| a.touches.contains(&def) && timely(a.interval))
}

/// The lines of an index that a conversion walked and that something was put in place of.
fn replaced_lines(words: Words<'_>, trace: &Trace, id: StepId) -> Vec<Change> {
    let What::Expr(expr) = trace.step(id).what else { return vec![] };
    let (NodeKind::Converted { index, .. } | NodeKind::IndexFigure(index, ..)) = &words.model.node(expr).kind
    else {
        return vec![];
    };
    let lines = &words.model.indices[*index].lines;
    let figures = trace.step(id).inputs.iter().filter_map(|input| match trace.step(*input).what {
        What::Expr(figure) => Some(figure),
        What::Def(_) => None,
    });
    let walked = figures.filter_map(|figure| lines.iter().position(|line| line.value == figure));
    walked.filter(|line| lines[*line].replaced.is_some()).map(|line| Change::Index(*index, line)).collect()
}

/// Tells whether a cell that a lookup hit was put there by somebody who asks, or by a reading.
fn is_put(words: Words<'_>, trace: &Trace, id: StepId, row: usize) -> bool {
    cell_then(words, trace, id, row).is_some_and(|cell| {
        let origin = words.model.layers.origin(cell.layer);
        origin.is_hypothetical() || matches!(origin, Origin::Reading { .. })
    })
}

/// Tells whether each entity of a kind has the fact.
pub(super) fn owned(words: Words<'_>, fact: crate::model::FactId) -> bool {
    matches!(words.model.facts[fact].owner, crate::model::FactOwner::Kind(_))
}

/// The conditions that select entities are read beside the inputs.
pub(super) fn selecting(detail: &Detail) -> Vec<StepId> {
    match detail {
        Detail::Shares(lines) => lines.iter().filter_map(|line| line.condition).collect(),
        Detail::Entities(lines) => lines.iter().filter_map(|line| line.condition).collect(),
        Detail::Plain | Detail::Definition(_) | Detail::Fact(_) | Detail::Branch(_) => vec![],
        Detail::Ranks(_) => vec![],
        Detail::Row { .. } | Detail::Rounded { .. } | Detail::Years(_) | Detail::Limited(_) => vec![],
        Detail::Slices(..) | Detail::Between { .. } => vec![],
    }
}

/// Tells whether what a definition states then comes from an amendment or an exception, which no reading can change. What is
/// built on the value before has a step of its own.
fn goes_before_readings(words: Words<'_>, trace: &Trace, step: StepId, def: DefId) -> bool {
    let Some((_, alternative)) = chosen(words, trace, step, def) else { return false };
    match words.model.layers.origin(alternative.layer) {
        Origin::Amendment(_) | Origin::Exceptions => true,
        Origin::CarriedOver
        | Origin::Text
        | Origin::Reading { .. }
        | Origin::Data
        | Origin::Scenario(_)
        | Origin::Test
        | Origin::Set
        | Origin::WhatIf => false,
    }
}
