//! Ranks, and lists of entities that are read once and used for each of them.

use std::cmp::Ordering;

use super::logic::compared;
use super::machine::Machine;
use super::node::{Evaluated, plain};
use super::outcome::weakest;
use super::select::OfEach;
use super::{At, Bounds, Detail, EntityLine, Lack, Outcome, RankLine, Reason, StepId, Unknown};
use crate::facts::EntityId;
use crate::model::{Compare, ExprId, Selection};
use crate::types::depends_on_outside;
use crate::value::Number;

impl Machine<'_> {
    /// The lines of a selection; read once where they are the same whoever is at hand.
    pub(super) fn lines(
        &mut self,
        expr: ExprId,
        set: &Selection,
        each: OfEach,
        at: At,
    ) -> Result<Vec<EntityLine>, Evaluated> {
        let of_each: Vec<ExprId> = each.of.into_iter().chain(each.weight).collect();
        let outside = match depends_on_outside(self.model, set, &of_each) {
            true => at,
            false => At { entity: None, outer: None, ..at },
        };
        if let Some(lines) = self.lists.get(&(expr, outside)) {
            return Ok(lines.clone());
        }
        let lines = self.selected(expr, set, each, at)?;
        self.lists.insert((expr, outside), lines.clone());
        Ok(lines)
    }

    /// The rank of the one at hand: 1 and as many as go strictly before it. Equal values share the best rank.
    pub(super) fn rank(
        &mut self,
        expr: ExprId,
        of: ExprId,
        set: &Selection,
        largest_first: bool,
        at: At,
    ) -> Evaluated {
        // Nobody is at hand when nobody of the kind is loaded.
        let Some(me) = self.at_hand(at, set.kind, 0) else {
            return plain(self.nobody_of(set.kind, at), vec![]);
        };
        let lines = match self.lines(expr, set, OfEach { of: Some(of), weight: None }, at) {
            Ok(lines) => lines,
            Err(evaluated) => return self.perhaps_unranked(expr, set, me, at, evaluated),
        };
        let conditions = lines.iter().filter_map(|line| line.condition);
        let inputs: Vec<StepId> = lines.iter().filter_map(|line| line.read).chain(conditions).collect();
        let detail = self.ranking(&lines, largest_first);
        let own = lines.iter().find(|line| line.entity == me && (line.selected || line.open));
        let Some((own, read)) = own.and_then(|own| Some((own, own.read?))) else {
            return (Outcome::DoesNotApply(Reason::NotAmong(expr, me)), inputs, detail);
        };
        let value = self.outcome(read).clone();
        let outcome = match value {
            Outcome::DoesNotApply(_) | Outcome::Error(_) => value,
            Outcome::Value(_) | Outcome::Unknown(_) => self.rank_among(me, &value, &lines, largest_first),
        };
        let outcome = match own.condition.filter(|_| own.open) {
            Some(step) => self.unknown_whether_ranked(step, &outcome),
            None => outcome,
        };
        (outcome, inputs, detail)
    }

    /// Whether the one at hand is ranked at all is not known, so neither is a fault among those it is ranked with: if it
    /// is not one of them, it has no rank.
    fn unknown_whether_ranked(&self, condition: StepId, among: &Outcome) -> Outcome {
        let lack: Lack = [self.outcome(condition).lack(), among.lack()].into_iter().collect();
        Outcome::Unknown(Unknown::new(lack.unsettled_if(true), Bounds::open()))
    }

    /// Whether another is one of those ranked is an error; that matters only to those that are ranked themselves.
    fn perhaps_unranked(
        &mut self,
        expr: ExprId,
        set: &Selection,
        me: EntityId,
        at: At,
        failed: Evaluated,
    ) -> Evaluated {
        let Some(filter) = set.filter.filter(|_| matches!(failed.0, Outcome::Error(_))) else {
            return failed;
        };
        let place = self.inside(at, me);
        let step = self.expr(filter, place);
        let own = self.outcome(step);
        let among = Reason::NotAmong(expr, me);
        match own {
            Outcome::DoesNotApply(_) => plain(Outcome::DoesNotApply(among), vec![step]),
            Outcome::Unknown(_) => plain(self.unknown_whether_ranked(step, &failed.0), vec![step]),
            own if own.as_truth() == Some(false) => plain(Outcome::DoesNotApply(among), vec![step]),
            Outcome::Value(_) | Outcome::Error(_) => failed,
        }
    }

    fn rank_among(
        &self,
        me: EntityId,
        value: &Outcome,
        lines: &[EntityLine],
        largest_first: bool,
    ) -> Outcome {
        let before = if largest_first { Compare::Gt } else { Compare::Lt };
        let (mut ahead, mut perhaps) = (1_i64, 0_i64);
        let mut lacks = Vec::new();
        let mut taken = vec![value.clone()];
        for line in lines.iter().filter(|line| line.entity != me && (line.selected || line.open)) {
            let Some(read) = line.read else { continue };
            let other = self.outcome(read);
            let goes = match compared(before, other, value) {
                Outcome::DoesNotApply(_) => continue,
                Outcome::Error(problem) => return Outcome::Error(problem),
                goes => goes,
            };
            match (goes.as_truth(), line.open) {
                (Some(false), _) => {}
                (Some(true), false) => ahead += 1,
                (Some(true) | None, _) => {
                    perhaps += 1;
                    lacks.push(goes.lack());
                    let open = line.condition.filter(|_| line.open);
                    lacks.extend(open.map(|step| self.outcome(step).lack()));
                }
            }
            taken.push(other.clone());
        }
        if perhaps == 0 {
            return Outcome::number(Number::from_i64(ahead)).weakened(weakest(&taken));
        }
        let bounds = Bounds {
            low: Some(Number::from_i64(ahead)),
            high: Some(Number::from_i64(ahead.saturating_add(perhaps))),
            ..Bounds::default()
        };
        Outcome::Unknown(Unknown::new(lacks.into_iter().collect(), bounds))
    }

    /// All that are ranked, in order; ranks only where every value is known.
    fn ranking(&self, lines: &[EntityLine], largest_first: bool) -> Detail {
        let ranked = lines.iter().filter(|line| line.selected || line.open);
        let mut all: Vec<(RankLine, Option<Number>)> = ranked
            .filter_map(|line| {
                let read = line.read?;
                let value = self.outcome(read).as_number().filter(|_| line.selected).cloned();
                Some((RankLine { entity: line.entity, read, rank: None }, value))
            })
            .collect();
        let order = |a: &Option<Number>, b: &Option<Number>| match (a, b) {
            (Some(a), Some(b)) if largest_first => b.cmp(a),
            (Some(a), Some(b)) => a.cmp(b),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => Ordering::Equal,
        };
        // The order of loading decides between equals in the list, not in the ranks.
        all.sort_by(|a, b| order(&a.1, &b.1));
        if all.iter().all(|(_, value)| value.is_some()) {
            let values: Vec<Option<Number>> = all.iter().map(|(_, value)| value.clone()).collect();
            for (line, value) in &mut all {
                line.rank = values.iter().position(|other| other == value).map(|place| place + 1);
            }
        }
        Detail::Ranks(all.into_iter().map(|(line, _)| line).collect())
    }
}
