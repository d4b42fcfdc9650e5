//! In which order definitions can be computed, and the rings that make it impossible.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::Id;
use crate::diag::Problems;
use crate::model::{AtTime, Below, Body, DefId, ExceptionId, ExprId, Model, NodeKind, OverTarget};
use crate::value::Interval;

/// Marks the exceptions whose condition reads something they replace themselves.
pub(super) fn exceptions_reading_themselves(model: &mut Model) {
    let mut restated: BTreeMap<ExceptionId, BTreeSet<DefId>> = BTreeMap::new();
    for (id, def) in model.defs.iter_enumerated() {
        for (exception, _) in &def.exceptions {
            restated.entry(*exception).or_default().insert(id);
        }
    }
    for (id, restated) in restated {
        let Some(condition) = model.exceptions[id].condition else { continue };
        let reads = !restated.is_disjoint(&reached(model, condition));
        model.exceptions[id].reads_itself = reads;
    }
}

/// Every definition that an expression may read, at any time.
fn reached(model: &Model, expr: ExprId) -> BTreeSet<DefId> {
    let mut found = BTreeSet::new();
    let mut queue: Vec<DefId> = Vec::new();
    let add = |found: &mut BTreeSet<DefId>, queue: &mut Vec<DefId>, expr| {
        references(model, expr, &mut |def| {
            if found.insert(def) {
                queue.push(def);
            }
        });
    };
    add(&mut found, &mut queue, expr);
    while let Some(def) = queue.pop() {
        for (_, body) in bodies(model, def) {
            add(&mut found, &mut queue, body);
        }
    }
    found
}

/// The definitions that a definition may read, at any time.
pub(super) fn reads(model: &Model, def: DefId) -> BTreeSet<DefId> {
    let mut read = BTreeSet::new();
    for (_, body) in bodies(model, def) {
        references(model, body, &mut |def| {
            read.insert(def);
        });
    }
    read
}

/// Calls `see` with each definition an expression reads, at whatever time.
pub(super) fn references(model: &Model, expr: ExprId, see: &mut impl FnMut(DefId)) {
    let node = model.node(expr);
    match &node.kind {
        NodeKind::Def(def) | NodeKind::CarriedOn(def) => see(*def),
        NodeKind::Former(def, below) => {
            former_bodies(model, *def, *below).into_iter().for_each(|body| references(model, body, see));
        }
        _ => node.children(&model.tables).into_iter().for_each(|child| references(model, child, see)),
    }
}

/// Calls `see` with each definition that an expression, read in a time, reads in the same period, and when it does. One
/// that is read in a certain year is read in the same period by a line that holds in that year.
fn same_period(model: &Model, expr: ExprId, time: Interval, see: &mut impl FnMut(DefId, Interval)) {
    if time.is_empty() {
        return;
    }
    let node = model.node(expr);
    let children = |time: Interval, see: &mut _| {
        for child in node.children(&model.tables) {
            same_period(model, child, time, see);
        }
    };
    match &node.kind {
        NodeKind::Def(def) => see(*def, time),
        NodeKind::Former(def, below) => {
            for body in former_bodies(model, *def, *below) {
                same_period(model, body, time, see);
            }
        }
        NodeKind::At(_, AtTime::Period(period)) | NodeKind::SumOver(_, period) => {
            let then = Interval::of_period(*period).unwrap_or(Interval::never());
            children(time.intersect(then), see);
        }
        NodeKind::At(_, AtTime::YearBefore | AtTime::Computed(_)) => {}
        _ => children(time, see),
    }
}

/// Every expression that `hidtidig` may be. INVARIANT: each stands in a lower layer, or in an outer exception, than the
/// one it is read from, so following them ends.
fn former_bodies(model: &Model, def: DefId, below: Below) -> Vec<ExprId> {
    let data = &model.defs[def];
    let (layer, inner) = match below {
        Below::Layer(layer) => (layer.min(model.layers.exceptions), None),
        Below::Exception(id) => (model.layers.exceptions, Some(id)),
    };
    let text = data.alternatives.iter().filter(|a| a.layer < layer);
    let restated = data.exceptions.iter().filter(|(id, _)| match below {
        Below::Layer(layer) => layer > model.layers.exceptions,
        Below::Exception(_) => inner.is_some_and(|inner| model.is_within(inner, *id)),
    });
    let written = text.chain(restated.map(|(_, a)| a)).filter_map(|a| match a.body {
        Body::Expr(expr) => Some(expr),
        Body::Lifted => None,
    });
    let laid = model.overrides.iter().filter(|over| over.target == OverTarget::Def(def));
    let laid = laid.filter(|over| matches!(below, Below::Layer(layer) if over.layer < layer));
    written.chain(laid.map(|over| over.value)).collect()
}

/// Every expression a definition may be, with the time it holds.
fn bodies(model: &Model, def: DefId) -> Vec<(Interval, ExprId)> {
    let data = &model.defs[def];
    let own = data.alternatives.iter().map(|alternative| (alternative.interval, alternative.body));
    let restated =
        data.exceptions.iter().map(|(id, a)| (a.interval.intersect(model.exception_time(*id)), a.body));
    let values = own.chain(restated).filter_map(|(time, body)| match body {
        Body::Expr(expr) => Some((time, expr)),
        Body::Lifted => None,
    });
    // A condition that reads what its exception replaces is read in the world without it, so it closes no ring.
    let conditions = data.exceptions.iter().filter_map(|(id, _)| {
        let exception = &model.exceptions[*id];
        exception.condition.filter(|_| !exception.reads_itself)
    });
    let dates = data.lines().flat_map(|a| a.given.iter().map(|bound| (a.interval, bound.date)));
    let outer = data.exceptions.iter().flat_map(|(id, _)| &model.exceptions[*id].given);
    let outer = outer.map(|bound| (Interval::always(), bound.date));
    values.chain(conditions.map(|expr| (Interval::always(), expr))).chain(dates).chain(outer).collect()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    New,
    Open,
    Done,
}

/// How long the longest chain is below each definition that has one.
pub(super) type Levels = BTreeMap<DefId, u32>;

/// Orders the definitions, and says how long the chains below them are; those in a ring are reported and marked as faulty.
pub(super) fn order(model: &mut Model, problems: &mut Problems) -> (Vec<DefId>, Levels) {
    let marks = vec![Mark::New; model.defs.len()];
    let mut walk = Walk { marks, order: Vec::new(), levels: Levels::new(), rings: Vec::new() };
    for def in model.defs.ids() {
        walk.visit(model, def);
    }
    for ring in walk.rings {
        problems.report(&super::ring::problem(model, &ring));
        for def in ring {
            model.defs[def].faulty = true;
        }
    }
    (walk.order, walk.levels)
}

struct Walk {
    marks: Vec<Mark>,
    order: Vec<DefId>,
    levels: Levels,
    rings: Vec<Vec<DefId>>,
}

/// A definition being visited, with what remains to be visited of what it needs.
struct Frame {
    def: DefId,
    needs: Vec<DefId>,
    /// The longest chain below it that has been seen.
    level: u32,
}

impl Walk {
    /// Visits depth first with a stack of its own, so that long chains do not exhaust the program's.
    fn visit(&mut self, model: &Model, start: DefId) {
        if self.marks[start.index()] != Mark::New {
            return;
        }
        let mut stack = vec![self.open(model, start)];
        while let Some(frame) = stack.last_mut() {
            let Some(next) = frame.needs.pop() else {
                let (def, level) = (frame.def, frame.level);
                self.marks[def.index()] = Mark::Done;
                self.order.push(def);
                stack.pop();
                if level > 0 {
                    self.levels.insert(def, level);
                }
                if let Some(above) = stack.last_mut() {
                    above.level = above.level.max(level + 1);
                }
                continue;
            };
            match self.marks[next.index()] {
                Mark::Done => {
                    let level = self.levels.get(&next).copied().unwrap_or(0) + 1;
                    frame.level = frame.level.max(level);
                }
                Mark::New => {
                    let frame = self.open(model, next);
                    stack.push(frame);
                }
                Mark::Open => {
                    let from = stack.iter().position(|frame| frame.def == next).unwrap_or(0);
                    let ring: Vec<DefId> = stack[from..].iter().map(|frame| frame.def).collect();
                    if real(model, &ring) {
                        self.rings.push(ring);
                    }
                }
            }
        }
    }

    fn open(&mut self, model: &Model, def: DefId) -> Frame {
        self.marks[def.index()] = Mark::Open;
        let mut needs = Vec::new();
        for (time, body) in bodies(model, def) {
            same_period(model, body, time, &mut |needed, _| needs.push(needed));
        }
        needs.reverse();
        Frame { def, needs, level: 0 }
    }
}

/// A ring is real when there is a time at which each of its definitions needs the next.
fn real(model: &Model, ring: &[DefId]) -> bool {
    let mut shared = vec![Interval::always()];
    for (index, def) in ring.iter().enumerate() {
        let next = ring[(index + 1) % ring.len()];
        let mut narrowed = Vec::new();
        for (interval, body) in bodies(model, *def) {
            for time in shared.iter().map(|time| time.intersect(interval)) {
                same_period(model, body, time, &mut |needed, when| {
                    narrowed.extend((needed == next).then_some(when));
                });
            }
        }
        shared = narrowed;
    }
    !shared.is_empty()
}
