//! Exceptions that can never hold: their time lies outside that of what they stand in, no value meets their condition, or
//! whenever it is met another that goes before them is live as well.

use std::collections::{BTreeMap, BTreeSet};

use super::UsageProblem;
use super::settle::{Part, Question, Required, Settled, settle};
use crate::base::Span;
use crate::diag::Problems;
use crate::model::{Alternative, DefId, ExceptionId, ExprId, Model};
use crate::value::Interval;

/// Looks at every exception of the agreements' own text.
pub(super) fn never_live(required: &Required<'_>, model: &Model, problems: &mut Problems) {
    let mut places: BTreeMap<Span, usize> = BTreeMap::new();
    for exception in model.exceptions.iter() {
        *places.entry(exception.span).or_default() += 1;
    }
    let restated = restated(model);
    for (id, exception) in model.exceptions.iter_enumerated() {
        // An amendment's exceptions hold when it does, whatever bounds the clause.
        if exception.layer > model.layers.text {
            continue;
        }
        // What is carried over stands in another clause as well, and may be live there.
        if places.get(&exception.span).is_some_and(|count| *count > 1) {
            continue;
        }
        let around = around(model, id);
        // That the one around it, or its clause, holds at no time is told there.
        if around.is_empty() {
            continue;
        }
        let name = exception.name.clone();
        match exception.interval {
            Some(own) if !own.overlaps(around) => {
                problems.report(&UsageProblem::OutsideTime { span: exception.span, name, own, around });
            }
            own => {
                let defs = restated.get(&id).map(Vec::as_slice).unwrap_or_default();
                if let Some((own, agreed)) =
                    own.and_then(|own| Some((own, not_agreed(model, id, own, defs)?)))
                {
                    let span = exception.span;
                    problems.report(&UsageProblem::OutsideAgreement { span, name, own, agreed });
                    continue;
                }
                let time = model.exception_time(id).intersect(around);
                let look = Look { required, model, id, time, around };
                look.condition(defs, problems);
            }
        }
    }
}

/// Tells whether an exception is carried over from another clause and cannot be live in the time of the one that carries
/// it: it is a matter of the clause it stands in.
pub fn idle_where_carried(model: &Model, id: ExceptionId) -> bool {
    let exception = &model.exceptions[id];
    let clause = &model.clauses[exception.clause];
    let above =
        std::iter::successors(clause.carries, |at| model.clauses[*at].carries).take(model.clauses.len());
    let mut above = above.filter(|from| *from != exception.clause);
    if !above.any(|from| model.exceptions.iter().any(|e| e.clause == from && e.span == exception.span)) {
        return false;
    }
    let agreed = clause.agreement.and_then(|index| model.agreements.get(index)).map(|a| a.period);
    let own = clause.in_force.or(agreed).unwrap_or(Interval::always());
    let time = model.exception_time(id).intersect(around(model, id)).intersect(own);
    if time.is_empty() {
        return true;
    }
    let Some(condition) = exception.condition.filter(|_| exception.given.is_empty()) else { return false };
    let question = Question { parts: vec![Part::met(condition)], ..Question::default() };
    matches!(settle(&Required::of(model), &question, time), Settled::Never)
}

/// The time of the clause and of the exceptions around it.
fn around(model: &Model, id: ExceptionId) -> Interval {
    let clause = model.clauses[model.exceptions[id].clause].in_force.unwrap_or(Interval::always());
    let outer = std::iter::successors(model.exceptions[id].outer, |at| model.exceptions[*at].outer);
    outer.filter_map(|at| model.exceptions[at].interval).fold(clause, Interval::intersect)
}

/// The agreement's period, where an exception lies outside it, and nothing that it restates is stated in its time.
fn not_agreed(model: &Model, id: ExceptionId, own: Interval, defs: &[DefId]) -> Option<Interval> {
    let clause = &model.clauses[model.exceptions[id].clause];
    let agreed = model.agreements.get(clause.agreement?)?.period;
    // What says a time of its own, or carries over the text of another agreement, is not bound by the period.
    let bound = clause.in_force.is_none() && clause.carries.is_none();
    let dated = |line: &Alternative| line.interval != Interval::always() && line.interval.overlaps(own);
    let stated = defs.iter().any(|def| model.defs[*def].alternatives.iter().any(dated));
    (bound && !own.overlaps(agreed) && !stated).then_some(agreed)
}

/// What each exception restates.
fn restated(model: &Model) -> BTreeMap<ExceptionId, Vec<DefId>> {
    let mut all: BTreeMap<ExceptionId, Vec<DefId>> = BTreeMap::new();
    for (def, data) in model.defs.iter_enumerated() {
        for (id, _) in &data.exceptions {
            all.entry(*id).or_default().push(def);
        }
    }
    all
}

struct Look<'a> {
    required: &'a Required<'a>,
    model: &'a Model,
    id: ExceptionId,
    time: Interval,
    /// The time of what it stands in.
    around: Interval,
}

impl Look<'_> {
    fn never(&self, parts: Vec<Part>) -> bool {
        self.never_in(parts, self.time)
    }

    fn never_in(&self, parts: Vec<Part>, time: Interval) -> bool {
        let question = Question { parts, ..Question::default() };
        matches!(settle(self.required, &question, time), Settled::Never)
    }

    /// When the lines of the exception hold, each time once: what is agreed for some years holds in no others. Nothing
    /// where that is not all that it states, or data decide it.
    fn times(&self, defs: &[DefId]) -> Vec<Interval> {
        if defs.is_empty() || self.edits(self.id) {
            return Vec::new();
        }
        let lines = defs.iter().flat_map(|def| &self.model.defs[*def].exceptions);
        let own: Vec<&Alternative> = lines.filter(|(at, _)| *at == self.id).map(|(_, line)| line).collect();
        if own.iter().any(|line| !line.given.is_empty()) {
            return Vec::new();
        }
        let times: BTreeSet<Interval> = own
            .iter()
            .map(|line| line.interval.intersect(self.time))
            .filter(|time| !time.is_empty())
            .collect();
        times.into_iter().collect()
    }

    fn condition(&self, defs: &[DefId], problems: &mut Problems) {
        let exception = &self.model.exceptions[self.id];
        let (name, place) = (exception.name.clone(), exception.span);
        let outer: Vec<ExprId> = self.conditions(exception.outer).collect();
        let own: Vec<Part> = exception.condition.into_iter().map(Part::met).collect();
        let span = exception.condition.map_or(place, |condition| self.model.node(condition).span);
        if !own.is_empty() && self.never(own.clone()) {
            let anytime = self.never_in(own, Interval::always());
            let time = (!anytime).then_some(self.time);
            return problems.report(&UsageProblem::NeverMet { span, name, time });
        }
        let times = self.times(defs);
        let untimely = |time: &Interval| self.never_in(own.clone(), *time);
        if let Some(time) = times.first().filter(|_| !own.is_empty() && times.iter().all(untimely)) {
            return problems.report(&UsageProblem::NeverMet { span, name, time: Some(*time) });
        }
        let around: Vec<Part> = outer.iter().copied().map(Part::met).collect();
        // That the one around it never holds is told there.
        if exception.reads_itself || self.never_in(around.clone(), self.around) {
            return;
        }
        let live: Vec<Part> = own.iter().cloned().chain(around).collect();
        if self.never(live.clone()) {
            let outer = outer.iter().map(|at| self.model.node(*at).span).collect();
            return problems.report(&UsageProblem::NeverWithin { span, name, outer });
        }
        if let Some(by) = self.set_aside(defs, &live) {
            let by = by.into_iter().map(|id| {
                let data = &self.model.exceptions[id];
                (data.span, data.name.clone())
            });
            problems.report(&UsageProblem::SetAside { span: place, name, by: by.collect() });
        }
    }

    /// The exceptions that set it aside for all that it restates, whenever it is live.
    fn set_aside(&self, defs: &[DefId], live: &[Part]) -> Option<Vec<ExceptionId>> {
        let mut by: Vec<ExceptionId> = Vec::new();
        for def in defs {
            let others = self.model.defs[*def].exceptions.iter();
            let plain = others.filter(|(other, line)| {
                *other != self.id
                    && self.model.exception_before(*other, self.id)
                    && line.given.is_empty()
                    && self.is_plain(*other)
                    && !self.edits(*other)
            });
            let when =
                |id: ExceptionId, line: &Alternative| self.model.exception_time(id).intersect(line.interval);
            let before: Vec<(ExceptionId, Interval)> =
                plain.map(|(id, line)| (*id, when(*id, line))).collect();
            let aside = |piece: Interval| {
                let then = before.iter().filter(move |(_, time)| time.covers(piece));
                then.map(|(other, _)| Part::unmet(self.conditions(Some(*other)).collect()))
            };
            let own = self.times(&[*def]);
            let own = if own.is_empty() { vec![self.time] } else { own };
            let pieces = own.into_iter().flat_map(|own| own.cut(before.iter().map(|(_, time)| *time)));
            let never =
                |piece: Interval| self.never_in(live.iter().cloned().chain(aside(piece)).collect(), piece);
            if before.is_empty() || !pieces.into_iter().all(never) {
                return None;
            }
            by.extend(before.into_iter().map(|(id, _)| id));
        }
        by.sort();
        by.dedup();
        (!by.is_empty()).then_some(by)
    }

    /// Whether only its conditions and written dates decide whether an exception is live.
    fn is_plain(&self, id: ExceptionId) -> bool {
        let mut around = std::iter::successors(Some(id), |at| self.model.exceptions[*at].outer);
        let plain = around.all(|at| {
            let data = &self.model.exceptions[at];
            data.given.is_empty() && data.ended.is_empty() && !data.reads_itself
        });
        plain && !self.model.switched_off.contains(&id)
    }

    /// Whether an exception states rows, and so nothing where another row is hit.
    fn edits(&self, id: ExceptionId) -> bool {
        self.model.tables.iter().any(|table| table.edited_in == Some(id))
    }

    /// The conditions of an exception and of those around it.
    fn conditions(&self, id: Option<ExceptionId>) -> impl Iterator<Item = ExprId> {
        let around = std::iter::successors(id, |at| self.model.exceptions[*at].outer);
        around.filter_map(|at| self.model.exceptions[at].condition)
    }
}
