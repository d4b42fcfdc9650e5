//! Scenarios that build on others: rings, and two that set the same in different ways below a third.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::declare::Declarer;
use super::index::IndexSet;
use super::layer_problem::LayerProblem;
use super::lower::Lowerer;
use super::statements::path_text;
use super::{
    Arith, ExprId, IndexId, Layer, LayerId, Model, NodeKind, Origin, OverTarget, RowChange, TableId, Ty,
};
use crate::base::Span;
use crate::syntax::ast::{self, Stmt, StmtKind, SwitchWhat};
use crate::value::{Interval, Number};

/// What a scenario can set.
#[derive(Clone, PartialEq, Eq, Debug)]
enum What {
    /// A fact or a definition, perhaps of one entity.
    Whole(OverTarget, Option<String>),
    /// A row, and the column where one cell alone is set.
    Row(TableId, usize, Option<usize>),
    /// A step or a number of an index.
    Index(IndexId, (i16, i16)),
    /// The reading of an assumption.
    Reading(String),
    /// Whether an exception or an amendment holds.
    Switch(bool, String),
}

/// The same without what may be named in part, as an entity or a column.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Place {
    Whole(OverTarget),
    Row(TableId, usize),
    Index(IndexId, (i16, i16)),
    Reading(String),
    Switch(bool, String),
}

impl What {
    fn place(&self) -> Place {
        match self {
            What::Whole(target, _) => Place::Whole(*target),
            What::Row(table, row, _) => Place::Row(*table, *row),
            What::Index(index, years) => Place::Index(*index, *years),
            What::Reading(name) => Place::Reading(name.clone()),
            What::Switch(exception, name) => Place::Switch(*exception, name.clone()),
        }
    }
}

/// What it is set to.
#[derive(Clone, PartialEq, Eq, Debug)]
enum To {
    Value(ExprId),
    Ended,
    Named(String),
    On(bool),
}

#[derive(Clone, Debug)]
struct Setting {
    layer: LayerId,
    what: What,
    to: To,
    time: Interval,
    span: Span,
}

impl Declarer<'_> {
    /// Reports each ring of scenarios that build on each other, once.
    pub(super) fn scenario_rings(&mut self) {
        let all = self.model.scenarios.clone();
        for (name, scenario) in &all {
            let round = |other: &&ast::Name| reaches(&all, &other.text, name);
            let Some(below) = builds_on(&scenario.body).into_iter().find(round) else { continue };
            let ring = ring_from(&all, name, &below.text);
            // A ring is told at the first of its scenarios.
            if ring.iter().all(|member| name <= member) {
                self.problems.report(&LayerProblem::ScenarioRing { span: below.span, ring });
            }
        }
    }
}

impl Lowerer<'_> {
    /// Reports what two scenarios set in different ways, unless one builds on the other, or one that builds on both sets
    /// it itself: the order in which they are named never decides.
    pub(super) fn scenarios_agree(&mut self, layers: &[Layer]) {
        let ids: Vec<LayerId> = self.model.layers.asked().collect();
        let above: Vec<(LayerId, BTreeSet<String>)> =
            ids.iter().zip(layers).map(|(id, layer)| (*id, below(self.model, layer))).collect();
        for all in by_place(self.settings(layers, &ids)) {
            for (at, one) in all.iter().enumerate() {
                for other in all.iter().skip(at + 1) {
                    if let Some(names) = self.clash(one, other, &all, &above) {
                        let (span, first, target) = (other.span, one.span, self.what_words(&one.what));
                        self.problems.report(&LayerProblem::ScenariosConflict { span, first, target, names });
                    }
                }
            }
        }
    }

    /// The scenarios that set the same in different ways, where nothing that builds on both sets it itself.
    fn clash(
        &self,
        one: &Setting,
        other: &Setting,
        all: &[Setting],
        above: &[(LayerId, BTreeSet<String>)],
    ) -> Option<(String, String)> {
        let scenario = |layer: LayerId| match self.model.layers.origin(layer) {
            Origin::Scenario(name) => Some(name.clone()),
            _ => None,
        };
        let same = meets(&one.what, &other.what) && one.time.overlaps(other.time);
        if one.layer == other.layer || !same || self.equal(&one.to, &other.to) {
            return None;
        }
        let (a, b) = (scenario(one.layer)?, scenario(other.layer)?);
        let scenarios = &self.model.scenarios;
        if reaches(scenarios, &a, &b) || reaches(scenarios, &b, &a) {
            return None;
        }
        let shared = one.time.intersect(other.time);
        let on_both = |below: &BTreeSet<String>| below.contains(&a) && below.contains(&b);
        let mut builders = above.iter().filter(|(_, below)| on_both(below)).map(|(id, _)| *id);
        let settles = |layer: LayerId| {
            let covers = |set: &Setting| set.what == one.what || set.what == other.what;
            all.iter().any(|set| set.layer == layer && covers(set) && set.time.covers(shared))
        };
        (!builders.any(settles)).then_some((a, b))
    }

    fn settings(&self, layers: &[Layer], ids: &[LayerId]) -> Vec<Setting> {
        let mut all: Vec<Setting> = Vec::new();
        for over in self.model.overrides.iter().filter(|over| ids.contains(&over.layer)) {
            let what = What::Whole(over.target, over.entity.clone());
            let time = over.interval.unwrap_or(Interval::always());
            all.push(Setting { layer: over.layer, what, to: To::Value(over.value), time, span: over.span });
        }
        for (table, data) in self.model.tables.iter_enumerated() {
            let edits =
                data.rows.iter().enumerate().flat_map(|(row, r)| r.edits.iter().map(move |e| (row, e)));
            for (row, edit) in edits.filter(|(_, edit)| ids.contains(&edit.layer)) {
                let (column, to) = match edit.change {
                    RowChange::Cell(column, value) => (Some(column), To::Value(value)),
                    RowChange::Ended => (None, To::Ended),
                };
                let what = What::Row(table, row, column);
                all.push(Setting { layer: edit.layer, what, to, time: edit.interval, span: edit.span });
            }
        }
        for IndexSet { index, years, value, layer, span } in self.index_set.iter().cloned() {
            let (what, to) = (What::Index(index, years), To::Value(value));
            all.push(Setting { layer, what, to, time: Interval::always(), span });
        }
        for (layer, id) in layers.iter().zip(ids) {
            all.extend(layer.body.iter().filter_map(|stmt| choice(stmt, *id)));
        }
        all
    }

    fn equal(&self, one: &To, other: &To) -> bool {
        match (one, other) {
            (To::Value(a), To::Value(b)) => self.same_figure(*a, *b),
            (a, b) => a == b,
        }
    }

    /// Tells whether two values are written out and the same, be it as a calculation with written figures; what is
    /// computed from anything else is taken as different.
    fn same_figure(&self, a: ExprId, b: ExprId) -> bool {
        if let (Some(left), Some(right)) = (self.figure(a), self.figure(b)) {
            return left == right;
        }
        match (&self.model.node(a).kind, &self.model.node(b).kind) {
            (NodeKind::DoesNotApply(_), NodeKind::DoesNotApply(_)) => true,
            (NodeKind::Bool(a), NodeKind::Bool(b)) => a == b,
            (NodeKind::Text(a), NodeKind::Text(b)) => a == b,
            (NodeKind::Date(a), NodeKind::Date(b)) => a == b,
            (_, _) => false,
        }
    }

    /// What comes out of written figures alone, with its type.
    fn figure(&self, expr: ExprId) -> Option<(Number, Ty)> {
        let node = self.model.node(expr);
        match &node.kind {
            NodeKind::Figure { value, .. } => Some((value.clone(), node.ty.clone())),
            NodeKind::Negate(inner) => self.figure(*inner).map(|(value, ty)| (value.neg(), ty)),
            NodeKind::Arith(op, left, right) => {
                let ((a, left), (b, right)) = (self.figure(*left)?, self.figure(*right)?);
                let plain = |ty: &Ty| matches!(ty, Ty::Number | Ty::Zero);
                match op {
                    Arith::Add if left == right => Some((a.add(&b), left)),
                    Arith::Sub if left == right => Some((a.sub(&b), left)),
                    Arith::Mul if plain(&right) => Some((a.mul(&b), left)),
                    Arith::Mul if plain(&left) => Some((a.mul(&b), right)),
                    Arith::Div if plain(&right) => Some((a.div(&b)?, left)),
                    Arith::Add | Arith::Sub | Arith::Mul | Arith::Div | Arith::Of => None,
                }
            }
            _ => None,
        }
    }

    fn what_words(&self, what: &What) -> String {
        match what {
            What::Whole(OverTarget::Def(def), entity) => of_whom(self.model.full_name(*def), entity.as_ref()),
            What::Whole(OverTarget::Fact(fact), entity) => {
                of_whom(self.model.fact_name(*fact), entity.as_ref())
            }
            What::Row(table, ..) => {
                let stated = self
                    .model
                    .defs
                    .ids()
                    .find(|def| self.tables_of(*def).iter().any(|(found, _)| found == table));
                stated.map(|def| self.model.full_name(def)).unwrap_or_default()
            }
            What::Index(index, _) => self.model.indices[*index].name.clone(),
            What::Reading(name) | What::Switch(_, name) => name.clone(),
        }
    }
}

fn of_whom(name: String, entity: Option<&String>) -> String {
    match entity {
        Some(entity) => format!("{name} for \"{entity}\""),
        None => name,
    }
}

/// A reading chosen, or an exception or amendment switched.
fn choice(stmt: &Stmt, layer: LayerId) -> Option<Setting> {
    let (what, to) = match &stmt.kind {
        StmtKind::Reading { assumption, reading } => {
            (What::Reading(path_text(assumption)), To::Named(reading.text.clone()))
        }
        StmtKind::Switch { what, name, on } => {
            (What::Switch(*what == SwitchWhat::Exception, path_text(name)), To::On(*on))
        }
        _ => return None,
    };
    Some(Setting { layer, what, to, time: Interval::always(), span: stmt.span })
}

/// Tells whether two are about the same: an entity's own value or everybody's, a cell or its whole row.
fn meets(one: &What, other: &What) -> bool {
    let same = |a: &Option<_>, b: &Option<_>| a == b || a.is_none() || b.is_none();
    match (one, other) {
        (What::Whole(a, own), What::Whole(b, others)) => {
            a == b && (own == others || own.is_none() || others.is_none())
        }
        (What::Row(a, row, column), What::Row(b, other, others)) => {
            a == b && row == other && same(column, others)
        }
        (a, b) => a == b,
    }
}

/// Every scenario that what a layer states builds on, directly or through others.
fn below(model: &Model, layer: &Layer) -> BTreeSet<String> {
    let mut open: Vec<String> = builds_on(&layer.body).into_iter().map(|name| name.text.clone()).collect();
    let mut seen = BTreeSet::new();
    while let Some(name) = open.pop() {
        if let Some(scenario) = model.scenarios.get(&name) {
            open.extend(
                builds_on(&scenario.body).into_iter().map(|n| n.text.clone()).filter(|n| !seen.contains(n)),
            );
        }
        seen.insert(name);
    }
    seen
}

fn builds_on(body: &[Stmt]) -> Vec<&ast::Name> {
    let lines = body.iter().filter_map(|stmt| match &stmt.kind {
        StmtKind::BuildsOn(names) => Some(names),
        _ => None,
    });
    lines.flatten().collect()
}

/// Tells whether a scenario is another or builds on it, directly or through others.
fn reaches(all: &BTreeMap<String, ast::Scenario>, from: &str, to: &str) -> bool {
    let (mut open, mut seen) = (vec![from], BTreeSet::new());
    while let Some(name) = open.pop() {
        if name == to {
            return true;
        }
        if seen.insert(name) {
            let below = all.get(name).map(|scenario| builds_on(&scenario.body)).unwrap_or_default();
            open.extend(below.into_iter().map(|name| name.text.as_str()));
        }
    }
    false
}

/// The shortest way from a scenario by way of one that it names back to itself.
fn ring_from(all: &BTreeMap<String, ast::Scenario>, name: &str, first: &str) -> Vec<String> {
    if name == first {
        return vec![name.to_owned()];
    }
    let mut ways = VecDeque::from([vec![name.to_owned(), first.to_owned()]]);
    let mut seen = BTreeSet::from([first.to_owned()]);
    while let Some(way) = ways.pop_front() {
        let at = way.last().and_then(|last| all.get(last));
        for next in at.map(|scenario| builds_on(&scenario.body)).unwrap_or_default() {
            if next.text == name {
                return way;
            }
            if seen.insert(next.text.clone()) {
                ways.push_back(way.iter().chain([&next.text]).cloned().collect());
            }
        }
    }
    vec![name.to_owned()]
}

/// Settings that may be about the same, together.
fn by_place(all: Vec<Setting>) -> Vec<Vec<Setting>> {
    let mut places: BTreeMap<Place, Vec<Setting>> = BTreeMap::new();
    for setting in all {
        places.entry(setting.what.place()).or_default().push(setting);
    }
    places.into_values().collect()
}
