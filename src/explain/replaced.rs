//! Exceptions beside each other: which one gives way to which, and what a distribution is before them.

use super::teller::{Around, Teller};
use crate::eval::Considered;
use crate::model::{Alternative, Body, Def, DefId, ExceptionId, ExprId, NodeKind};
use crate::types::entity_read;

impl Teller<'_> {
    /// The live exception that sets another live one aside for a definition; `None` where that one has a say.
    pub(super) fn gives_way_to(
        &self,
        def: DefId,
        yielding: ExceptionId,
        live: &[Considered],
    ) -> Option<ExceptionId> {
        let model = self.words.model;
        let above = live.iter().map(|considered| considered.exception);
        let above: Vec<ExceptionId> =
            above.filter(|winner| model.exception_before(*winner, yielding)).collect();
        // One that builds on `hidtidig` lets those below it count.
        let mut settling = above.iter().copied().filter(|winner| self.settles(def, *winner));
        settling.next()
    }

    /// Tells whether an exception restates a definition without regard to what held before it.
    fn settles(&self, def: DefId, exception: ExceptionId) -> bool {
        let model = self.words.model;
        let own = model.defs[def].exceptions.iter().filter(|(id, _)| *id == exception);
        let bodies: Vec<Body> = own.map(|(_, alternative)| alternative.body).collect();
        !bodies.is_empty()
            && bodies.into_iter().all(|body| match body {
                Body::Expr(expr) => !self.builds_on(def, expr) && !self.edits_rows(exception, expr),
                Body::Lifted => true,
            })
    }

    fn builds_on(&self, def: DefId, expr: ExprId) -> bool {
        let model = self.words.model;
        let mut open = vec![expr];
        while let Some(at) = open.pop() {
            let node = model.node(at);
            match &node.kind {
                NodeKind::Former(former, _) if *former == def => return true,
                NodeKind::FormerCell(..) => return true,
                _ => open.extend(node.children(&model.tables)),
            }
        }
        false
    }

    /// An exception that states some rows of a table leaves the others as they were.
    fn edits_rows(&self, exception: ExceptionId, expr: ExprId) -> bool {
        let model = self.words.model;
        match &model.node(expr).kind {
            NodeKind::Lookup { table, .. } => model.tables[*table].edited_in == Some(exception),
            _ => false,
        }
    }

    /// `før undtagelsen loft`, of a distribution some of whose shares exceptions may put something else in place of.
    pub(super) fn before_exceptions(&self, share: ExprId, around: Around) -> Option<String> {
        let model = self.words.model;
        let def = model.defs.iter().find(|def| self.shares_out(def, share))?;
        let asked = around.moment.interval()?;
        let counts = |(id, alternative): &&(ExceptionId, Alternative)| {
            let data = &model.exceptions[*id];
            let own = matches!(alternative.body, Body::Expr(body) if self.is_share(body, share));
            let ended = data.ended.iter().any(|(interval, _)| interval.covers(asked));
            let in_time = model.exception_time(*id).intersect(alternative.interval).overlaps(asked);
            let off = model.switched_off.contains(id);
            in_time && !own && !ended && !off && !self.is_idle_for_all(*id, around)
        };
        let mut names: Vec<String> = Vec::new();
        for (id, _) in def.exceptions.iter().filter(counts) {
            let name = &model.exceptions[*id].name;
            if !names.contains(name) {
                names.push(name.clone());
            }
        }
        let lang = self.words.lang;
        let (last, others) = names.split_last()?;
        if others.is_empty() {
            return Some(
                lang.pick(format!("før undtagelsen {last}"), format!("before the exception {last}")),
            );
        }
        let others = others.join(", ");
        Some(lang.pick(
            format!("før undtagelserne {others} og {last}"),
            format!("before the exceptions {others} and {last}"),
        ))
    }

    /// Tells whether a definition is what a distribution gives, perhaps rounded.
    fn shares_out(&self, def: &Def, share: ExprId) -> bool {
        def.bodies().any(|body| self.is_share(body, share))
    }

    fn is_share(&self, body: ExprId, share: ExprId) -> bool {
        let mut at = body;
        while at != share {
            if let Some((_, taken)) = self.by_switch(at) {
                at = taken;
                continue;
            }
            at = match &self.words.model.node(at).kind {
                NodeKind::Restated(inner) | NodeKind::Round(inner, ..) => *inner,
                NodeKind::EachRound(inner, _) => *inner,
                _ => return false,
            };
        }
        true
    }

    /// Tells whether an exception has been found not to apply, whoever is asked about.
    fn is_idle_for_all(&self, exception: ExceptionId, around: Around) -> bool {
        let model = self.words.model;
        let differs = std::iter::successors(Some(exception), |at| model.exceptions[*at].outer)
            .filter_map(|id| model.exceptions[id].condition)
            .any(|condition| entity_read(model, condition).is_some());
        !differs && self.idle.contains(&(exception, around.entity, around.moment))
    }
}
