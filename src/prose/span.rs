//! What is in force at a time that is asked about.

use crate::syntax::ast::{Amendment, BoundEnd, Stmt, StmtKind, Time, TimeKind, When, WhenKind};
use crate::value::Interval;

/// The time that is asked about; without one, everything is shown.
#[derive(Clone, Copy, Debug)]
pub(super) struct InForce(pub(super) Option<Interval>);

impl InForce {
    /// Tells whether a line says something about the time. A time that depends on data may be any.
    pub(super) fn shows(&self, stmt: &Stmt, around: &[Stmt]) -> bool {
        let Some(asked) = self.0 else { return true };
        match when_of(stmt) {
            None => match &stmt.kind {
                StmtKind::Exception(exception) => self.body(&exception.body),
                _ => true,
            },
            Some(When { kind: WhenKind::Otherwise, .. }) => !self.is_covered(stmt, asked, around),
            Some(when) => self.meets(when),
        }
    }

    /// Tells whether a clause, exception or amendment is in force at some day of the time.
    pub(super) fn body(&self, body: &[Stmt]) -> bool {
        let bounds = body.iter().filter_map(|stmt| match &stmt.kind {
            StmtKind::InForce(when) => Some(when),
            _ => None,
        });
        bounds.into_iter().all(|when| self.meets(when))
    }

    fn meets(&self, when: &When) -> bool {
        let Some(asked) = self.0 else { return true };
        interval(when).is_none_or(|interval| interval.overlaps(asked))
    }

    /// Tells whether other lines of the name leave nothing of the time to an `ellers`.
    fn is_covered(&self, stmt: &Stmt, asked: Interval, around: &[Stmt]) -> bool {
        let name = name_of(stmt);
        let same = around.iter().filter(|other| name.is_some() && name_of(other) == name);
        let times = same.filter_map(when_of).filter(|when| !matches!(when.kind, WhenKind::Otherwise));
        asked.cut(times.filter_map(interval)).is_empty()
    }
}

/// When an amendment begins, for their order.
pub(super) fn begins(amendment: &Amendment) -> Option<crate::value::Date> {
    let times = amendment.body.iter().filter_map(|stmt| match &stmt.kind {
        StmtKind::InForce(when) => interval(when),
        _ => None,
    });
    times.into_iter().filter_map(|interval| interval.from).min()
}

fn when_of(stmt: &Stmt) -> Option<&When> {
    match &stmt.kind {
        StmtKind::Assign(assign) | StmtKind::Condition(assign) => assign.target.when.as_ref(),
        StmtKind::Split(split) => split.target.when.as_ref(),
        StmtKind::Grant(grant) => grant.target.when.as_ref(),
        StmtKind::Table(table) => table.when.as_ref(),
        StmtKind::Scale(scale) => scale.when.as_ref(),
        _ => None,
    }
}

fn name_of(stmt: &Stmt) -> Option<Vec<&str>> {
    let path = match &stmt.kind {
        StmtKind::Assign(assign) | StmtKind::Condition(assign) => &assign.target.path,
        StmtKind::Split(split) => &split.target.path,
        StmtKind::Grant(grant) => &grant.target.path,
        _ => return None,
    };
    Some(path.parts.iter().map(|part| part.name.text.as_str()).collect())
}

/// The days of a time; `None` where it depends on data or on other lines.
pub(super) fn interval(when: &When) -> Option<Interval> {
    match &when.kind {
        WhenKind::In(period) | WhenKind::TotalIn(period) => Interval::of_period(*period),
        WhenKind::Bounds { from, to } => {
            let first = match from {
                Some(time) => Interval::starting(day(time, true)?),
                None => Interval::always(),
            };
            let last = match to {
                Some((BoundEnd::Through, time)) => Interval::through(day(time, false)?),
                Some((BoundEnd::Until, time)) => Interval::through(day(time, true)?.add_days(-1)?),
                None => Interval::always(),
            };
            Some(first.intersect(last))
        }
        WhenKind::Otherwise => None,
    }
}

fn day(time: &Time, first: bool) -> Option<crate::value::Date> {
    match &time.kind {
        TimeKind::Period(period) => {
            if first {
                period.first()
            } else {
                period.last()
            }
        }
        TimeKind::Edge(crate::syntax::ast::Edge::End, period) => period.last(),
        TimeKind::Edge(..) | TimeKind::Path(_) => None,
    }
}
