//! Distribution of a pool: exact shares, rounded so that they always add to the pool.

use super::definition::has_no_value;
use super::machine::Machine;
use super::node::{Evaluated, plain};
use super::outcome::{meet, weakest};
use super::{At, Bounds, Detail, EntityLine, Outcome, Reason, RunProblem, ShareLine, StepId, Unknown, What};
use crate::facts::EntityId;
use crate::model::{Distribution, ExprId, Selection, ShareRule, Ty};
use crate::types::readings;
use crate::value::{
    DistributionError, Number, RoundMode, each_rounded, exact_shares, largest_remainder, rest_to,
};

/// Those of a group, all of whom are surely in it.
type Group = Vec<(EntityId, Option<StepId>)>;

/// The shares of all who share.
#[derive(Clone, Debug)]
pub(super) struct Whole {
    step: StepId,
    pool: Option<StepId>,
    lines: Detail,
    at: At,
}

impl Machine<'_> {
    /// The share of the entity at hand; all shares of a group are computed once and remembered.
    pub(super) fn share(&mut self, expr: ExprId, distribution: &Distribution, at: At) -> Evaluated {
        let me = self.at_hand(at, distribution.set.kind, 0);
        let group = match self.whole_group(expr, &distribution.set, at) {
            Ok(group) => group,
            Err(evaluated) => return evaluated,
        };
        let outside = At { entity: None, ..at };
        let members: Vec<EntityId> = group.iter().map(|(entity, _)| *entity).collect();
        let key = (expr, outside, members);
        let whole = match self.shares.get(&key) {
            Some(whole) => whole.clone(),
            None => {
                let (outcome, inputs, detail) = self.distribute(expr, distribution, &group, at);
                // A run may leave its trace out, but each one's share is read from those of all.
                let (pool, lines) = (inputs.first().copied(), detail.clone());
                let step = self.push(What::Expr(expr), outside, outcome, inputs, detail);
                let whole = Whole { step, pool, lines, at: outside };
                self.shares.insert(key, whole.clone());
                whole
            }
        };
        plain(self.own_share(expr, distribution, &whole, me), vec![whole.step])
    }

    /// Those that share. Who is in the group must be known, or no share is.
    fn whole_group(&mut self, expr: ExprId, set: &Selection, at: At) -> Result<Group, Evaluated> {
        let entities = self.entities(expr, set.kind, at).map_err(|outcome| plain(outcome, vec![]))?;
        let group = self.group(set, entities, at)?;
        let open: Vec<StepId> = group.iter().filter_map(|(_, open)| *open).collect();
        match meet(&self.outcomes(&open)) {
            Some(state) => Err(plain(state, open)),
            None => Ok(group),
        }
    }

    fn own_share(&self, expr: ExprId, rule: &Distribution, whole: &Whole, me: Option<EntityId>) -> Outcome {
        let all = self.outcome(whole.step);
        let Some(me) = me else { return self.nobody_of(rule.set.kind, whole.at) };
        let not_among = Outcome::DoesNotApply(Reason::NotAmong(expr, me));
        match &whole.lines {
            Detail::Shares(lines) => match lines.iter().find(|line| line.entity == me) {
                Some(line) => Outcome::number(line.share.clone()).weakened(all.status()),
                None => not_among,
            },
            Detail::Entities(lines) => match lines.iter().find(|line| line.entity == me) {
                Some(line) => self.open_share(rule, whole.pool, line, lines, all),
                None => not_among,
            },
            _ => all.clone(),
        }
    }

    /// A share that is not known lies between 0 and the pool; where only the pool is unknown, its bounds are shared.
    /// Nothing bounds a share that may yet end in an error.
    fn open_share(
        &self,
        rule: &Distribution,
        pool: Option<StepId>,
        line: &EntityLine,
        lines: &[EntityLine],
        state: &Outcome,
    ) -> Outcome {
        let pool = pool.map(|pool| self.outcome(pool));
        let Outcome::Unknown(_) = state else {
            return beside_a_fault(line, lines, pool, state);
        };
        if left_out(line, lines) && !pool.is_some_and(Outcome::is_unsettled) {
            return Outcome::number(Number::zero());
        }
        if let Some(key) = line.read
            && let lapsed @ Outcome::DoesNotApply(_) = self.outcome(key)
        {
            return lapsed.clone();
        }
        let takes_rest = match &rule.rule {
            ShareRule::RestTo(who) => *who == self.facts.get(line.entity).name,
            ShareRule::Exact | ShareRule::LargestRemainder | ShareRule::Each(_) => false,
        };
        let may_fail = self.may_fail(rule, pool, lines);
        let bounded = !takes_rest && !may_fail;
        if bounded && self.key_of(line).is_some_and(|key| key.only().is_some_and(Number::is_zero)) {
            return Outcome::number(Number::zero());
        }
        let bounds = pool.and_then(Outcome::bounds).filter(|_| bounded);
        let bounds = match (bounds, self.part_of_whole(line, lines)) {
            (Some(bounds), Some(part)) => scaled_bounds(&bounds, &part),
            (Some(Bounds { low, high, .. }), None) => {
                let zero = Number::zero();
                let least = |n: Number| if n > zero { zero.clone() } else { n };
                let most = |n: Number| if n < zero { zero.clone() } else { n };
                Bounds { low: low.map(least), high: high.map(most), ..Bounds::default() }
            }
            (None, _) => Bounds::open(),
        };
        let lack = state.lack().unsettled_if(may_fail);
        Outcome::within(Unknown::new(lack, rounded_bounds(rule, bounds)))
    }

    /// Tells whether a distribution that is not settled may yet end in an error.
    fn may_fail(&self, rule: &Distribution, pool: Option<&Outcome>, lines: &[EntityLine]) -> bool {
        let taking: Vec<&EntityLine> =
            lines.iter().filter(|line| (line.selected || line.open) && !self.lapses(line)).collect();
        let zero = Number::zero();
        let at_least_zero = |key: &Bounds| key.low.as_ref().is_some_and(|low| *low >= zero);
        let negative = |line: &&EntityLine| !self.key_of(line).as_ref().is_some_and(at_least_zero);
        let not_zero = |key: Bounds| at_least_zero(&key) && !key.contains(&zero);
        let somebody = |line: &&EntityLine| line.selected && self.key_of(line).is_some_and(not_zero);
        let by_rule = match &rule.rule {
            ShareRule::Exact | ShareRule::Each(_) => false,
            ShareRule::LargestRemainder => {
                let steps = pool.and_then(Outcome::as_number).zip(rule.step.as_ref());
                !steps.and_then(|(pool, step)| pool.div(step)).is_some_and(|steps| steps.is_integer())
            }
            ShareRule::RestTo(who) => {
                !taking.iter().any(|line| line.selected && *who == self.facts.get(line.entity).name)
            }
        };
        let percent = rule.key.is_some_and(|key| self.model.node(key).ty == Ty::Percent);
        by_rule
            || taking.iter().any(negative)
            || !taking.iter().any(somebody)
            || percent && !self.surely_all(lines)
            || self.what_decides_may_fail(pool, lines)
    }

    /// Tells whether the pool, a key or a condition may yet have no value.
    fn what_decides_may_fail(&self, pool: Option<&Outcome>, lines: &[EntityLine]) -> bool {
        let steps = lines.iter().flat_map(|line| [line.read, line.condition]).flatten();
        let mut read = steps.map(|step| self.outcome(step)).chain(pool);
        read.any(Outcome::is_unsettled)
    }

    /// Tells whether percentage keys are known and add to 100 pct.
    fn surely_all(&self, lines: &[EntityLine]) -> bool {
        let read = lines.iter().filter(|line| !self.lapses(line)).filter_map(|line| line.read);
        let keys: Option<Vec<&Number>> = read.map(|step| self.outcome(step).as_number()).collect();
        keys.is_some_and(|keys| {
            keys.into_iter().fold(Number::zero(), |sum, key| sum.add(key)) == Number::one()
        })
    }

    /// The bounds of a key; those who share equally have 1.
    fn key_of(&self, line: &EntityLine) -> Option<Bounds> {
        match line.read {
            None => Some(Bounds::point(&Number::one())),
            Some(step) => self.outcome(step).bounds(),
        }
    }

    /// Returns the part of the whole that a line has, where everybody's key is known.
    fn part_of_whole(&self, line: &EntityLine, lines: &[EntityLine]) -> Option<Number> {
        let taken = lines.iter().filter(|other| other.selected || other.open);
        let mut sum = Number::zero();
        for other in taken {
            let key = match other.read {
                Some(key) if matches!(self.outcome(key), Outcome::DoesNotApply(_)) => continue,
                Some(key) => self.outcome(key).as_number()?.clone(),
                None => Number::one(),
            };
            if other.open || key.is_negative() {
                return None;
            }
            sum = sum.add(&key);
        }
        self.weight(line).div(&sum)
    }

    fn distribute(&mut self, expr: ExprId, rule: &Distribution, group: &Group, at: At) -> Evaluated {
        let pool = match self.pool(expr, rule, group, at) {
            Ok(pool) => pool,
            Err(evaluated) => return evaluated,
        };
        let outside = At { entity: None, ..at };
        let percent = rule.key.is_some_and(|key| self.model.node(key).ty == Ty::Percent);
        let mut lines = Vec::new();
        for (entity, _) in group {
            let place = self.inside(outside, *entity);
            lines.push(self.share_of(*entity, rule, percent, place));
        }
        let read = lines.iter().filter_map(|line| line.read);
        let inputs: Vec<StepId> = std::iter::once(pool).chain(read).collect();
        let amount = self.outcome(pool).clone();
        if amount.as_number().is_some_and(Number::is_zero) {
            return self.nothing_shared(&lines, inputs);
        }
        let taken: Vec<Outcome> = self.what_decides(&amount, &lines, percent);
        if let Some(state) = meet(&taken) {
            return (state, inputs, Detail::Entities(lines));
        }
        let Some(amount) = amount.as_number().cloned() else { return plain(self.invalid(expr), inputs) };
        match self.shares_of(expr, rule, (&amount, percent), &lines, at) {
            Ok(shares) => {
                let status = weakest(&taken);
                (Outcome::number(amount).weakened(status), inputs, Detail::Shares(shares))
            }
            Err(problem) => (Outcome::error(problem), inputs, Detail::Entities(lines)),
        }
    }

    /// What is shared; within a group it may differ from that of others, but not among those who share it.
    fn pool(
        &mut self,
        expr: ExprId,
        rule: &Distribution,
        group: &Group,
        at: At,
    ) -> Result<StepId, Evaluated> {
        let outside = At { entity: None, ..at };
        let own = readings(self.model, rule.pool).iter().any(|reading| reading.kind == rule.set.kind);
        let Some(((first, _), others)) = group.split_first().filter(|_| own) else {
            return Ok(self.expr(rule.pool, outside));
        };
        let place = self.inside(outside, *first);
        let pool = self.expr(rule.pool, place);
        for (other, _) in others {
            let place = self.inside(outside, *other);
            let step = self.expr(rule.pool, place);
            let (a, b) = (self.outcome(pool), self.outcome(step));
            if let Some(state @ Outcome::Error(_)) = meet([a, b]) {
                return Err(plain(state, vec![pool, step]));
            }
            let differs = a.datum() != b.datum();
            if differs {
                let name = |id: EntityId| self.facts.get(id).name.clone();
                let (span, members) = (self.model.node(expr).span, (name(*first), name(*other)));
                let problem = RunProblem::PoolDiffers { span, members };
                return Err(plain(Outcome::error(problem), vec![pool, step]));
            }
        }
        Ok(pool)
    }

    /// Reads what decides the share of one: whether it is among them, and its key. A percentage key is read of those
    /// left out too, since it must add to 100 pct. over all.
    fn share_of(&mut self, entity: EntityId, rule: &Distribution, percent: bool, place: At) -> EntityLine {
        let condition = rule.set.filter.map(|filter| self.expr(filter, place));
        let (selected, out) = match condition.map(|step| self.outcome(step)) {
            None => (true, false),
            Some(Outcome::DoesNotApply(_)) => (false, true),
            Some(outcome) => (outcome.as_truth() == Some(true), outcome.as_truth() == Some(false)),
        };
        let read = rule.key.filter(|_| !out || percent).map(|key| self.expr(key, place));
        EntityLine { entity, read, weight: None, selected, open: !selected && !out, condition }
    }

    /// Everything a share depends on; those whose key does not apply take no part.
    fn what_decides(&self, pool: &Outcome, lines: &[EntityLine], percent: bool) -> Vec<Outcome> {
        let mut all = vec![pool.clone()];
        for line in lines {
            let open = line.condition.filter(|_| line.open || line.selected);
            all.extend(open.map(|step| self.outcome(step).clone()));
            let key = line.read.filter(|_| line.selected || line.open || percent);
            let key = key.map(|step| self.outcome(step).clone());
            all.extend(key.filter(|outcome| !matches!(outcome, Outcome::DoesNotApply(_))));
        }
        all
    }

    /// A pool of 0 gives everybody 0, whatever their keys are.
    fn nothing_shared(&self, lines: &[EntityLine], inputs: Vec<StepId>) -> Evaluated {
        let nothing = |line: &EntityLine| ShareLine {
            entity: line.entity,
            key: line.read,
            selected: line.selected,
            condition: line.condition,
            exact: Number::zero(),
            share: Number::zero(),
        };
        let shares = lines.iter().map(nothing).collect();
        let status = inputs.first().map(|pool| self.outcome(*pool).status()).unwrap_or_default();
        (Outcome::number(Number::zero()).weakened(status), inputs, Detail::Shares(shares))
    }

    fn shares_of(
        &mut self,
        expr: ExprId,
        rule: &Distribution,
        (pool, percent): (&Number, bool),
        lines: &[EntityLine],
        at: At,
    ) -> Result<Vec<ShareLine>, RunProblem> {
        let span = self.model.node(expr).span;
        if let Some(key) = rule.key.filter(|_| percent) {
            self.keys_add_up(expr, rule, (key, lines), at)?;
        }
        let weights: Vec<Number> = lines.iter().map(|line| self.weight(line)).collect();
        let names: Vec<&str> = lines.iter().map(|line| self.facts.get(line.entity).name.as_str()).collect();
        // Those left out take no part, also in ties and roundings.
        let takes = |line: &EntityLine| line.selected && !self.lapses(line);
        let chosen: Vec<usize> = (0..lines.len()).filter(|i| takes(&lines[*i])).collect();
        let parts: Vec<(Number, &str)> = chosen.iter().map(|i| (weights[*i].clone(), names[*i])).collect();
        let failed = |error| RunProblem::Distribution { span, error };
        let exact = exact_shares(pool, &parts).map_err(failed)?;
        let rounded = rounded(rule, pool, &parts).map_err(failed)?.unwrap_or_else(|| exact.clone());
        let mut shares = exact.into_iter().zip(rounded);
        let line = |line: &EntityLine| {
            let own = if takes(line) { shares.next() } else { None };
            let (exact, share) = own.unwrap_or_else(|| (Number::zero(), Number::zero()));
            let (key, condition) = (line.read, line.condition);
            ShareLine { entity: line.entity, key, selected: line.selected, condition, exact, share }
        };
        // One whose key does not apply has no share at all, where one that is left out has a share of 0.
        let of_those = lines.iter().filter(|line| !line.selected || !self.lapses(line));
        Ok(of_those.map(line).collect())
    }

    fn lapses(&self, line: &EntityLine) -> bool {
        line.read.is_some_and(|step| matches!(self.outcome(step), Outcome::DoesNotApply(_)))
    }

    fn weight(&self, line: &EntityLine) -> Number {
        match line.read {
            Some(step) => self.outcome(step).as_number().cloned().unwrap_or_else(Number::zero),
            None => Number::one(),
        }
    }

    /// A percentage key must add to 100 pct. over the whole kind, or over the group that shares, before `hvor` leaves
    /// anyone out.
    fn keys_add_up(
        &mut self,
        expr: ExprId,
        rule: &Distribution,
        (key, lines): (ExprId, &[EntityLine]),
        at: At,
    ) -> Result<(), RunProblem> {
        let sum = lines.iter().map(|line| self.weight(line)).fold(Number::zero(), |sum, key| sum.add(&key));
        if sum == Number::one() {
            return Ok(());
        }
        let grouped = rule.set.within.is_some() || rule.set.same.is_some();
        if grouped && self.adds_over_all(expr, rule, key, at) {
            return Ok(());
        }
        Err(RunProblem::KeysDoNotAdd {
            span: self.model.node(expr).span,
            key: self.model.node(key).span,
            sum,
        })
    }

    fn adds_over_all(&mut self, expr: ExprId, rule: &Distribution, key: ExprId, at: At) -> bool {
        let outside = At { entity: None, ..at };
        let all = self.entities(expr, rule.set.kind, at).unwrap_or_default();
        let mut sum = Number::zero();
        for entity in all {
            let place = self.inside(outside, entity);
            let step = self.expr(key, place);
            match self.outcome(step).as_number() {
                Some(number) => sum = sum.add(number),
                None => return false,
            }
        }
        sum == Number::one()
    }
}

/// Tells whether one is left out of what others surely share. Where perhaps nobody shares, that is wrong for everybody.
fn left_out(line: &EntityLine, lines: &[EntityLine]) -> bool {
    !line.selected && !line.open && lines.iter().any(|other| other.selected)
}

/// Those left out have a share of 0 also where there is something wrong with the keys of those that share.
fn beside_a_fault(
    line: &EntityLine,
    lines: &[EntityLine],
    pool: Option<&Outcome>,
    state: &Outcome,
) -> Outcome {
    let faulty_keys = matches!(state, Outcome::Error(_)) && !pool.is_some_and(has_no_value);
    if faulty_keys && left_out(line, lines) { Outcome::number(Number::zero()) } else { state.clone() }
}

/// Bounds of a pool, times a part from 0 to 1.
fn scaled_bounds(pool: &Bounds, part: &Number) -> Bounds {
    let end = |end: &Option<Number>| end.as_ref().map(|n| n.mul(part));
    Bounds { low: end(&pool.low), high: end(&pool.high), ..Bounds::default() }
}

/// Bounds of a share that is rounded: by itself, or to the step below or above the exact one.
fn rounded_bounds(rule: &Distribution, bounds: Bounds) -> Bounds {
    let Some(step) = &rule.step else { return bounds };
    let (down, up) = match rule.rule {
        ShareRule::Exact => return bounds,
        ShareRule::LargestRemainder => (RoundMode::Down, RoundMode::Up),
        ShareRule::RestTo(_) => (RoundMode::Nearest, RoundMode::Nearest),
        ShareRule::Each(mode) => (mode, mode),
    };
    let end = |end: Option<Number>, mode| end.and_then(|n| n.round(step, mode));
    Bounds { low: end(bounds.low, down), high: end(bounds.high, up), ..Bounds::default() }
}

fn rounded(
    distribution: &Distribution,
    pool: &Number,
    parts: &[(Number, &str)],
) -> Result<Option<Vec<Number>>, DistributionError> {
    let Some(step) = &distribution.step else { return Ok(None) };
    match &distribution.rule {
        ShareRule::Exact => Ok(None),
        ShareRule::LargestRemainder => largest_remainder(pool, parts, step).map(Some),
        ShareRule::RestTo(who) => rest_to(pool, parts, step, RoundMode::Nearest, who).map(Some),
        ShareRule::Each(mode) => each_rounded(pool, parts, step, *mode).map(Some),
    }
}
