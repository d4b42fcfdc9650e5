//! What a condition lacks: the comparisons that decided it, each with how far it was from going the other way.

use super::teller::{Around, Teller, glued};
use super::{Item, ItemKind};
use crate::base::{Bi, Lang};
use crate::eval::{Detail, Outcome, StepId, What};
use crate::facts::Datum;
use crate::model::{Compare, DefId, ExprId, NodeKind, Show, Ty};
use crate::value::Number;

/// Conditions within conditions are followed this far; what lies deeper is told as it came to.
const DEEPEST: usize = 12;

/// One thing that is lacking, and how far it is from being there as a part of the limit it is held against.
pub(super) struct Lacking {
    pub(super) item: Item,
    pub(super) distance: Option<Number>,
}

impl Teller<'_> {
    /// Tells what a condition lacks to come out as wanted; nothing where it does.
    pub(super) fn lacks(&self, step: StepId, wanted: bool, around: Around, depth: usize) -> Vec<Lacking> {
        let step = self.settled(step);
        let outcome = self.trace.outcome(step);
        if outcome.as_truth() == Some(wanted) {
            return vec![];
        }
        if depth >= DEEPEST || matches!(outcome, Outcome::DoesNotApply(_) | Outcome::Error(_)) {
            return vec![self.as_it_came_to(step, around)];
        }
        match self.trace.step(step).what {
            What::Def(def) => vec![self.lacks_of_def((step, def), wanted, around, depth)],
            What::Expr(expr) => self.lacks_of_expr((step, expr), wanted, around, depth),
        }
    }

    /// What a named condition lacks, by its name.
    fn lacks_of_def(
        &self,
        (step, def): (StepId, DefId),
        wanted: bool,
        around: Around,
        depth: usize,
    ) -> Lacking {
        let open = matches!(self.trace.outcome(step), Outcome::Unknown(_));
        let kind = if open { ItemKind::Open } else { ItemKind::NotMet };
        let mut item =
            Item::new(kind, self.label(step, def, around)).value(self.state_words(step, def, false));
        item.says.extend(self.chosen(step, def).and_then(|(body, _)| self.read_here(body)));
        let inner = self.lacks_within(step, def, wanted, depth);
        let distance = farthest(&inner);
        item.children = inner.into_iter().map(|lacking| lacking.item).collect();
        Lacking { item, distance }
    }

    /// What the line of a named condition lacks.
    pub(super) fn lacks_within(&self, step: StepId, def: DefId, wanted: bool, depth: usize) -> Vec<Lacking> {
        let at = self.trace.step(step).at;
        let clause = Some(self.words.model.defs[def].clause);
        let around = Around { clause, entity: at.entity, moment: at.moment };
        let overridden = match &self.trace.step(step).detail {
            Detail::Definition(detail) if detail.overridden.is_some() => self.input(step, 0),
            _ => None,
        };
        match overridden.or_else(|| self.chosen(step, def).map(|(body, _)| body)) {
            Some(body) => self.lacks(body, wanted, around, depth + 1),
            None => vec![],
        }
    }

    fn lacks_of_expr(
        &self,
        (step, expr): (StepId, ExprId),
        wanted: bool,
        around: Around,
        depth: usize,
    ) -> Vec<Lacking> {
        let input = |index| self.input(step, index);
        match &self.words.model.node(expr).kind {
            NodeKind::And(all) | NodeKind::AllMet(all) => {
                self.lacks_of_several(step, all.len(), (wanted, wanted), around, depth)
            }
            NodeKind::Or(all) => self.lacks_of_several(step, all.len(), (!wanted, wanted), around, depth),
            NodeKind::Not(_) => self.one_below(input(0), !wanted, around, depth, step),
            NodeKind::Restated(_) | NodeKind::Def(_) => self.one_below(input(0), wanted, around, depth, step),
            NodeKind::ForEntity(..) | NodeKind::At(..) | NodeKind::Of { .. } => {
                let read = self.trace.step(step).inputs.last().copied();
                self.one_below(read, wanted, around, depth, step)
            }
            NodeKind::If(..) if matches!(self.trace.step(step).detail, Detail::Branch(_)) => {
                self.one_below(input(1), wanted, around, depth, step)
            }
            NodeKind::Compare(op, ..) => vec![self.lacks_to_compare(step, *op, wanted, around, depth)],
            _ => vec![self.as_it_came_to(step, around)],
        }
    }

    fn one_below(
        &self,
        below: Option<StepId>,
        wanted: bool,
        around: Around,
        depth: usize,
        step: StepId,
    ) -> Vec<Lacking> {
        match below {
            Some(below) => self.lacks(below, wanted, around, depth + 1),
            None => vec![self.as_it_came_to(step, around)],
        }
    }

    /// Where all are needed, each that fails; where one is enough, all of them, the nearest first.
    fn lacks_of_several(
        &self,
        step: StepId,
        count: usize,
        (all_needed, wanted): (bool, bool),
        around: Around,
        depth: usize,
    ) -> Vec<Lacking> {
        let parts = (0..count).filter_map(|index| self.input(step, index));
        let mut lacking: Vec<Lacking> =
            parts.flat_map(|part| self.lacks(part, wanted, around, depth + 1)).collect();
        if all_needed || lacking.len() < 2 {
            return lacking;
        }
        // What cannot be measured comes last.
        lacking.sort_by(|a, b| (a.distance.is_none(), &a.distance).cmp(&(b.distance.is_none(), &b.distance)));
        let lang = self.words.lang;
        let distance = lacking.first().and_then(|nearest| nearest.distance.clone());
        if let (Some(nearest), true) = (lacking.first_mut(), distance.is_some()) {
            nearest.item.says.push(lang.pick("nærmest", "nearest").to_owned());
        }
        let text = match wanted {
            true => lang.pick("én af disse er nok", "one of these is enough"),
            false => lang.pick("det er nok, at én af disse svigter", "it is enough that one of these fails"),
        };
        let mut item = Item::new(ItemKind::Note, text);
        item.children = lacking.into_iter().map(|lacking| lacking.item).collect();
        vec![Lacking { item, distance }]
    }

    /// A condition as it came to, with what it lacks to be decided.
    fn as_it_came_to(&self, step: StepId, around: Around) -> Lacking {
        let (kind, missing) = match self.trace.outcome(step) {
            Outcome::Unknown(unknown) => (ItemKind::Open, Some(self.words.missing_list(unknown))),
            Outcome::Value(_) | Outcome::DoesNotApply(_) | Outcome::Error(_) => (ItemKind::NotMet, None),
        };
        let mut item = Item::new(kind, self.judged(step, around));
        let lacks = self.words.lang.pick("mangler", "missing");
        item.says.extend(missing.map(|missing| format!("{lacks}: {missing}")));
        Lacking { item, distance: None }
    }

    /// A comparison as it would have to come out, and how far it is from that.
    fn lacks_to_compare(
        &self,
        step: StepId,
        op: Compare,
        wanted: bool,
        around: Around,
        depth: usize,
    ) -> Lacking {
        let op = if wanted { op } else { op.negated() };
        let (Some(left), Some(right)) = (self.input(step, 0), self.input(step, 1)) else {
            return self.as_it_came_to(step, around);
        };
        if matches!(self.trace.outcome(step), Outcome::Unknown(_)) {
            return self.open_comparison(step, op, around);
        }
        let must = self.compared(step, op, None, around);
        let named = self.expr_of(left).map(|expr| self.names(expr, around)).unwrap_or_default();
        let label = match self.is_truth(left) || self.is_literal(left) || must.starts_with(&named) {
            true => must,
            false => format!("{named}: {must}"),
        };
        let mut item = Item::new(ItemKind::NotMet, label);
        let (own, limit) = (self.trace.outcome(left).datum(), self.trace.outcome(right).datum());
        let mut distance = None;
        match (own, limit) {
            // A year is another one; it is not too much.
            (Some(Datum::Number(_)), Some(Datum::Number(_))) if self.is_year(left) => {}
            (Some(Datum::Number(own)), Some(Datum::Number(limit))) => {
                let show = self.shared_show(left, right);
                item.says.push(self.shortage(own, limit, op, &show));
                distance = own.sub(limit).abs().div(&limit.abs());
            }
            (Some(Datum::Date(own)), Some(Datum::Date(limit))) => {
                item.says.push(days(limit.days_until(*own), op, self.words.lang));
            }
            (Some(_), Some(_)) if self.is_truth(left) => {
                let is = self.words.lang.pick("er", "it is");
                item.says.push(format!("{is} {}", self.leaf(left, around)));
            }
            (_, _) => {}
        }
        item.children = [left, right].into_iter().flat_map(|side| self.uncounted(side, depth)).collect();
        Lacking { item, distance }
    }

    /// The conditions that a count of met conditions did not count, each with what it lacks.
    pub(super) fn uncounted(&self, side: StepId, depth: usize) -> Vec<Item> {
        let mut at = self.source_of(side);
        // A count that has a name of its own is read through it.
        for _ in 0..DEEPEST {
            let What::Def(def) = self.trace.step(at).what else { break };
            match self.chosen(at, def) {
                Some((body, _)) => at = self.source_of(self.settled(body)),
                None => break,
            }
        }
        let at = self.settled(at);
        let Some(NodeKind::CountMet(all)) = self.kind(at) else { return vec![] };
        let place = self.trace.step(at).at;
        let around = Around { clause: None, entity: place.entity, moment: place.moment };
        let clause = |step: StepId| match self.trace.step(self.source_of(step)).what {
            What::Def(def) => Some(self.words.model.defs[def].clause),
            What::Expr(_) => None,
        };
        let parts = (0..all.len()).filter_map(|index| self.input(at, index));
        let lacking = parts.filter_map(|part| {
            let around = Around { clause: clause(part), ..around };
            let all = self.lacks(part, true, around, depth + 1);
            let mut items: Vec<Item> = all.into_iter().map(|lacking| lacking.item).collect();
            if items.len() < 2 {
                return items.pop();
            }
            let together = self.words.lang.pick("alt dette skal til", "all of this is needed");
            let mut item = Item::new(ItemKind::Note, together);
            item.children = items;
            Some(item)
        });
        lacking.collect()
    }

    fn open_comparison(&self, step: StepId, op: Compare, around: Around) -> Lacking {
        let lacking = self.as_it_came_to(step, around);
        let item = Item { label: self.compared(step, op, None, around), ..lacking.item };
        Lacking { item, ..lacking }
    }

    /// `0,03 forløb pr. indbygger for meget`, `der mangler 2 mål`.
    pub(super) fn shortage(
        &self,
        own: &Number,
        limit: &Number,
        op: Compare,
        (ty, show): &(Ty, Show),
    ) -> String {
        let lang = self.words.lang;
        let gap = own.sub(limit);
        let size = glued(&self.difference(&gap.abs(), ty, show));
        let on_the_line = || {
            lang.pick("præcis på grænsen, som ikke er nok", "exactly at the limit, which is not enough")
                .to_owned()
        };
        match op {
            Compare::Ne => lang.pick("er præcis det", "it is exactly that").to_owned(),
            Compare::Lt | Compare::Gt if gap.is_zero() => on_the_line(),
            Compare::Lt => {
                lang.pick(format!("skal ned med mere end {size}"), format!("has to fall by more than {size}"))
            }
            Compare::Gt => {
                lang.pick(format!("skal op med mere end {size}"), format!("has to rise by more than {size}"))
            }
            Compare::Le | Compare::Ge | Compare::Eq => match gap.is_negative() {
                true => lang.pick(format!("der mangler {size}"), format!("{size} short")),
                false => lang.pick(format!("{size} for meget"), format!("{size} too much")),
            },
        }
    }

    /// Words a difference: between two percentages, in points.
    pub(super) fn difference(&self, gap: &Number, ty: &Ty, show: &Show) -> String {
        match ty {
            Ty::Percent => {
                let words = Bi::new("pct.-point", "percentage points");
                self.words.number(gap, ty, &Show { words, ..show.clone() })
            }
            _ => self.words.number(gap, ty, show),
        }
    }
}

/// What must all be there is as far away as the farthest of it.
fn farthest(all: &[Lacking]) -> Option<Number> {
    let distances: Option<Vec<&Number>> = all.iter().map(|lacking| lacking.distance.as_ref()).collect();
    distances?.into_iter().max().cloned()
}

/// `14 dage for sent`.
fn days(late: i64, op: Compare, lang: Lang) -> String {
    let count = late.unsigned_abs();
    let days = match count {
        1 => lang.pick("1 dag", "1 day").to_owned(),
        _ => lang.pick(format!("{count} dage"), format!("{count} days")),
    };
    match (op, late) {
        (Compare::Ne, _) => lang.pick("er præcis den dag", "it is exactly that day").to_owned(),
        (_, 0) => {
            lang.pick("præcis den dag, som ikke er nok", "exactly that day, which is not enough").to_owned()
        }
        (_, late) if late > 0 => lang.pick(format!("{days} for sent"), format!("{days} too late")),
        (_, _) => lang.pick(format!("{days} for tidligt"), format!("{days} too early")),
    }
}
