//! What a definition may be, layer by layer: a line of a reading or an amendment that states the whole value brings its
//! own price level for its time, and a line that it replaces throughout is never computed then.

use super::check::{Checker, Typed};
use crate::model::{Alternative, Below, Body, DefId, ExceptionId, ExprId, LayerId, NodeKind, Ty};
use crate::value::{Interval, Levels, without};

/// One of the things that a definition may be.
#[derive(Clone, Debug)]
pub(super) struct Stated {
    /// The layer that states it.
    pub(super) layer: LayerId,
    /// What it is.
    pub(super) body: ExprId,
    /// The times in which it may be computed.
    pub(super) window: Vec<Interval>,
    /// The times in which it is what holds.
    pub(super) times: Vec<Interval>,
    /// Whether written dates alone say when it holds.
    dated: bool,
}

impl Checker<'_> {
    /// Returns all that a definition may be, the lowest layer first.
    pub(super) fn stated(&self, def: DefId) -> Vec<Stated> {
        let data = &self.model.defs[def];
        let own = data.alternatives.iter().map(|alternative| (None, alternative));
        let all = own.chain(data.exceptions.iter().map(|(id, alternative)| (Some(*id), alternative)));
        let mut all: Vec<Stated> =
            all.filter_map(|(exception, alternative)| self.stated_at(def, alternative, exception)).collect();
        // A line that builds on earlier values of the same definition has the type that the other lines give it.
        all.sort_by_key(|stated| (stated.layer, self.reads(stated.body, def)));
        all
    }

    fn stated_at(
        &self,
        def: DefId,
        alternative: &Alternative,
        exception: Option<ExceptionId>,
    ) -> Option<Stated> {
        let Body::Expr(body) = alternative.body else { return None };
        let (window, times) = self.times_of(def, alternative, exception);
        let window = match exception {
            Some(_) => vec![window],
            None => without(window, &self.hidden(def, alternative)),
        };
        let dated = alternative.given.is_empty();
        Some(Stated { layer: alternative.layer, body, window, times, dated })
    }

    /// The times in which readings and amendments have put something else in a line's place, and nothing reads what
    /// stood there.
    fn hidden(&self, def: DefId, line: &Alternative) -> Vec<Interval> {
        let read_below = |layer: LayerId| {
            let between = |below: LayerId| line.layer < below && below <= layer;
            self.formers.iter().any(|(read, below)| *read == def && between(*below))
        };
        let above = self.model.defs[def].alternatives.iter().filter(|other| {
            line.layer < other.layer && other.given.is_empty() && !other.otherwise && !read_below(other.layer)
        });
        above.map(|other| other.interval).collect()
    }

    fn reads(&self, expr: ExprId, def: DefId) -> bool {
        let node = self.model.node(expr);
        match &node.kind {
            NodeKind::Def(other) | NodeKind::CarriedOn(other) => *other == def,
            _ => node.children(&self.model.tables).iter().any(|child| self.reads(*child, def)),
        }
    }

    /// The layers below which `hidtidig` reads a definition.
    pub(super) fn find_formers(&mut self) {
        let read = |kind: &NodeKind| match kind {
            NodeKind::Former(def, Below::Layer(layer)) => Some((*def, *layer)),
            NodeKind::Former(def, Below::Exception(_)) => Some((*def, self.model.layers.exceptions)),
            _ => None,
        };
        self.formers = self.model.nodes.iter().filter_map(|node| read(&node.kind)).collect();
    }

    /// Types what one line states. An amount in a reading or an amendment that states no level stands at the one that
    /// it replaces, else at that of the agreement's header.
    pub(super) fn typed_line(&mut self, def: DefId, line: &Stated) -> Typed {
        let before = self.model.defs[def].ty.clone();
        self.below.entry((def, line.layer)).or_insert_with(|| before.clone());
        let below = self.below.get(&(def, line.layer)).cloned().unwrap_or(before);
        let standing = self.model.layers.is_laid(line.layer).then(|| {
            let replaced = below.level().and_then(|levels| levels.throughout(&line.times));
            replaced.unwrap_or_else(|| Levels::named(self.model.header_level(self.model.defs[def].clause)))
        });
        let outer = std::mem::replace(&mut self.standing, standing);
        let found = self.in_times(line.window.clone(), |checker| checker.expr(line.body));
        self.standing = outer;
        found
    }

    /// Returns the type of what was stated so far, as far as a line leaves it standing: where the line brings a level
    /// of its own, the one before it is gone.
    pub(super) fn left_by(&self, before: &Ty, line: &Stated, found: &Ty) -> Ty {
        match (before.level(), found.level()) {
            (Some(levels), Some(_)) if self.model.layers.is_laid(line.layer) && line.dated => {
                before.at_level(levels.only(&without_all(&line.times)))
            }
            (_, _) => before.clone(),
        }
    }

    /// Types `hidtidig x`: what the layers below make of it.
    pub(super) fn former(&mut self, def: DefId, below: Below) -> Typed {
        let (ty, show) = self.def(def);
        let layer = match below {
            Below::Layer(layer) => layer,
            Below::Exception(_) => self.model.layers.exceptions,
        };
        let recorded = self.below.range((def, layer)..).next().filter(|((found, _), _)| *found == def);
        let ty = recorded.map_or(ty, |(_, ty)| ty.clone());
        (self.in_window_only(&ty), show)
    }
}

/// All of time but some of it.
fn without_all(times: &[Interval]) -> Vec<Interval> {
    without(Interval::always(), times)
}
