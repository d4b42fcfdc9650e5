//! Values asked for when they have none: lines that read a name outside its periods, and sums over years of which some
//! have none; series with a hole; lines of an exception outside its time. Times bounded by given dates are left open.

use std::collections::BTreeSet;

use super::TimeProblem;
use crate::base::Span;
use crate::diag::Problems;
use crate::model::{Alternative, AtTime, Body, Def, DefId, ExprId, Model, NodeKind};
use crate::value::{Date, Interval, Period};

/// Looks at every line of every definition.
pub(super) fn reach_time(model: &Model, problems: &mut Problems) {
    let mut look = Look { model, told: BTreeSet::new(), problems };
    for (id, def) in model.defs.iter_enumerated() {
        let in_force = model.clauses[def.clause].in_force.unwrap_or(Interval::always());
        for line in &def.alternatives {
            look.line(line, line.interval.intersect(in_force));
        }
        for (at, line) in &def.exceptions {
            let time = model.exception_time(*at).intersect(in_force);
            if time.intersect(line.interval).is_empty() && !time.is_empty() && line.given.is_empty() {
                let (span, own) = (line.span, line.interval);
                let exception = model.exceptions[*at].name.clone();
                look.tell(span, TimeProblem::OutsideException { span, own, around: time, exception });
            }
            look.line(line, line.interval.intersect(time));
        }
        look.hole(def, in_force);
        look.year_of_the_agreement(id, in_force);
    }
}

/// When a definition is stated, over all layers, as far as written dates say; `None` where that is not all that decides.
fn stated(model: &Model, id: DefId) -> Option<Vec<Interval>> {
    let def = &model.defs[id];
    let clause = &model.clauses[def.clause];
    let laid = model.overrides.iter().any(|over| over.target == crate::model::OverTarget::Def(id));
    let own = def.alternatives.iter().map(|line| (line, Interval::always()));
    let restated = def.exceptions.iter().map(|(at, line)| (line, model.exception_time(*at)));
    let lines: Vec<(&Alternative, Interval)> = own.chain(restated).collect();
    let open = lines.iter().any(|(line, _)| !line.given.is_empty() || line.otherwise);
    if laid || open || !clause.given.is_empty() || lines.is_empty() || def.faulty {
        return None;
    }
    let in_force = clause.in_force.unwrap_or(Interval::always());
    let times = lines.iter().map(|(line, time)| line.interval.intersect(*time).intersect(in_force));
    Some(times.filter(|time| !time.is_empty()).collect())
}

/// The years of a period in which nothing is stated.
fn years_without(period: Period, stated: &[Interval]) -> Vec<i16> {
    let has = |year: i16| {
        Interval::of_period(Period::Year(year))
            .is_none_or(|days| stated.iter().any(|time| time.overlaps(days)))
    };
    period.years().filter(|year| !has(*year)).collect()
}

/// The same days one year before.
fn year_before(time: Interval) -> Option<Interval> {
    let back = |day: Option<Date>| match day {
        Some(day) => day.year_before().map(Some),
        None => Some(None),
    };
    Some(Interval { from: back(time.from)?, until: back(time.until)? })
}

struct Look<'a> {
    model: &'a Model,
    /// INVARIANT: what is carried over stands at one place of the text but several times in the model; it is told once.
    told: BTreeSet<Span>,
    problems: &'a mut Problems,
}

impl Look<'_> {
    fn tell(&mut self, span: Span, problem: TimeProblem) {
        if self.told.insert(span) {
            self.problems.report(&problem);
        }
    }

    fn line(&mut self, line: &Alternative, time: Interval) {
        let Body::Expr(body) = line.body else { return };
        if line.given.is_empty() && !line.otherwise && !time.is_empty() {
            self.walk(body, Some(time));
        }
    }

    /// `time` is when an expression is read, where that is known.
    fn walk(&mut self, expr: ExprId, time: Option<Interval>) {
        let node = self.model.node(expr);
        match &node.kind {
            NodeKind::Def(def) => self.read(*def, node.span, time),
            NodeKind::At(inner, at) => {
                let then = match at {
                    AtTime::Period(period) => Interval::of_period(*period),
                    AtTime::YearBefore => time.and_then(year_before),
                    AtTime::Computed(year) => {
                        self.walk(*year, time);
                        None
                    }
                };
                match self.model.node(*inner).kind {
                    NodeKind::Def(def) => self.read(def, node.span, then),
                    _ => self.walk(*inner, then),
                }
            }
            NodeKind::SumOver(inner, period) => match self.model.node(*inner).kind {
                NodeKind::Def(def) => self.sum(def, node.span, *period),
                _ => self.walk(*inner, None),
            },
            // Rows are taken when their keys say so.
            NodeKind::Lookup { keys, .. } => keys.iter().for_each(|key| self.walk(*key, time)),
            _ => node.children(&self.model.tables).into_iter().for_each(|child| self.walk(child, time)),
        }
    }

    fn read(&mut self, def: DefId, span: Span, time: Option<Interval>) {
        let Some(time) = time else { return };
        let Some(stated) = stated(self.model, def) else { return };
        if !stated.is_empty() && !stated.iter().any(|own| own.overlaps(time)) {
            let data = &self.model.defs[def];
            let name = data.name.clone();
            self.tell(span, TimeProblem::Outside { span, name, time, stated, at: data.span });
        }
    }

    fn sum(&mut self, def: DefId, span: Span, period: Period) {
        let data = &self.model.defs[def];
        let Some(stated) = stated(self.model, def) else { return };
        let missing = years_without(period, &stated);
        if !missing.is_empty() {
            let (name, at) = (data.name.clone(), data.span);
            self.tell(span, TimeProblem::SumWithout { span, name, missing, at });
        }
    }

    /// Holes shorter than what stands on either side, and one hole of a year at most where other lines follow each other
    /// or one of the two runs on.
    fn hole(&mut self, def: &Def, in_force: Interval) {
        let own: Vec<&Alternative> =
            def.alternatives.iter().filter(|line| line.interval != Interval::always()).collect();
        if own.iter().any(|line| line.otherwise || !line.given.is_empty())
            || own.len() != def.alternatives.len()
        {
            return;
        }
        let mut lines: Vec<(Interval, Span)> =
            own.iter().map(|line| (line.interval.intersect(in_force), line.span)).collect();
        lines.sort_by_key(|(time, _)| time.from);
        let holes: Vec<(usize, Interval)> = lines
            .windows(2)
            .enumerate()
            .filter_map(|(at, pair)| {
                let hole = Interval { from: pair[0].0.until, until: pair[1].0.from };
                (hole.from.is_some() && hole.until.is_some() && !hole.is_empty()).then_some((at, hole))
            })
            .collect();
        let pattern = holes.len() > 1;
        for (at, hole) in &holes {
            let [(before_time, before), (after_time, after)] = &lines[*at..=at + 1] else { continue };
            let shorter = [before_time, after_time].iter().all(|side| is_shorter(*hole, **side));
            // Of a single hole that is as long as a line, or between lines that follow each other, nobody can think it meant;
            // where there are several, that each is as long as the lines may be how they are meant.
            let single = !pattern
                && days(*hole).is_some_and(|days| days <= LONGEST_YEAR)
                && (lines.len() > 2 || after_time.until.is_none() || before_time.from.is_none());
            if shorter || single {
                let (name, missing) = (def.name.clone(), *hole);
                self.tell(*after, TimeProblem::Hole { name, missing, before: *before, after: *after });
            }
        }
    }
}

/// Of amounts for single years, the one year that is left out of the agreement's own period, between two of them or after
/// the last.
impl Look<'_> {
    fn year_of_the_agreement(&mut self, id: DefId, in_force: Interval) {
        let def = &self.model.defs[id];
        let Some((first, last)) = agreed_years(self.model, def) else { return };
        let Some(mut lines) = single_years(def) else { return };
        let Some(stated) = stated(self.model, id) else { return };
        lines.sort_by_key(|(year, _)| *year);
        lines.dedup_by_key(|(year, _)| *year);
        let years = || (first..=last).filter_map(|year| Interval::of_period(Period::Year(year)));
        let missing: Vec<Interval> = years()
            .filter(|year| year.overlaps(in_force) && !stated.iter().any(|time| time.overlaps(*year)))
            .collect();
        let name = def.name.clone();
        match (lines.as_slice(), missing.as_slice()) {
            ([(one, before), (other, after)], [year])
                if other - one == 2 && year.from.is_some_and(|day| day.year() == one + 1) =>
            {
                let (missing, before, after) = (*year, *before, *after);
                self.tell(after, TimeProblem::Hole { name, missing, before, after });
            }
            ([(from, _), .., (to, after)], [year])
                if *from <= first && to + 1 == last && year.from.is_some_and(|day| day.year() == last) =>
            {
                self.tell(*after, TimeProblem::Ends { name, missing: *year, last: *after });
            }
            (_, _) => {}
        }
    }
}

/// The first and last year of the agreement that a definition belongs to.
fn agreed_years(model: &Model, def: &Def) -> Option<(i16, i16)> {
    model.agreements.get(model.clauses[def.clause].agreement?)?.years
}

/// The years of lines that each hold for one; `None` where others stand among them.
fn single_years(def: &Def) -> Option<Vec<(i16, Span)>> {
    let one = |line: &Alternative| {
        let year = line.interval.from?.year();
        let alone = Interval::of_period(Period::Year(year)) == Some(line.interval) && !line.total;
        alone.then_some((year, line.span))
    };
    def.alternatives.iter().map(one).collect()
}

/// Tells whether a hole is shorter than what stands on one side of it.
fn is_shorter(hole: Interval, side: Interval) -> bool {
    match (days(side), days(hole)) {
        (Some(own), Some(hole)) => hole < own,
        (None, Some(_)) => true,
        (_, None) => false,
    }
}

/// How many days a year has at most.
const LONGEST_YEAR: i64 = 366;

/// How many days a time has; `None` where it is open.
fn days(time: Interval) -> Option<i64> {
    Some(time.from?.days_until(time.until?))
}
