//! From written bounds of time to intervals of days.

use super::problem::NameProblem;
use crate::base::Span;
use crate::diag::Problems;
use crate::syntax::ast::{BoundEnd, Edge, Time, TimeKind, When, WhenKind};
use crate::value::{Date, Interval, Period};

/// A written bound, resolved.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Bounds {
    /// The days it covers.
    pub(super) interval: Interval,
    /// Whether it is `ellers`.
    pub(super) otherwise: bool,
    /// Whether it is `samlet i`.
    pub(super) total: bool,
}

/// Resolves a bound; one that is computed later is reported and taken as always.
pub(super) fn bounds(when: &When, problems: &mut Problems) -> Bounds {
    let plain = |interval| Bounds { interval, otherwise: false, total: false };
    match &when.kind {
        WhenKind::In(period) => plain(of_period(*period)),
        WhenKind::TotalIn(period) => Bounds { total: true, ..plain(of_period(*period)) },
        WhenKind::Otherwise => Bounds { otherwise: true, ..plain(Interval::always()) },
        WhenKind::Bounds { from, to } => plain(open_bounds(from.as_ref(), to.as_ref(), when.span, problems)),
    }
}

/// A period that the calendar does not hold covers nothing.
fn of_period(period: Period) -> Interval {
    Interval::of_period(period).unwrap_or(Interval { from: Some(Date::LAST), until: Some(Date::FIRST) })
}

fn open_bounds(
    from: Option<&Time>,
    to: Option<&(BoundEnd, Time)>,
    span: Span,
    problems: &mut Problems,
) -> Interval {
    let start = from.and_then(|time| edge_of(time, true, problems));
    let until = to.and_then(|(end, time)| match end {
        BoundEnd::Through => edge_of(time, false, problems).and_then(|last| last.add_days(1)),
        BoundEnd::Until => edge_of(time, true, problems),
    });
    let interval = Interval { from: start, until };
    if interval.is_empty() {
        problems.report(&NameProblem::ReversedPeriod { span });
    }
    interval
}

/// Returns the first (or last) day of a moment.
pub(super) fn edge_of(time: &Time, first: bool, problems: &mut Problems) -> Option<Date> {
    match &time.kind {
        TimeKind::Period(period) if first => period.first(),
        TimeKind::Period(period) | TimeKind::Edge(Edge::End, period) => period.last(),
        TimeKind::Edge(Edge::Start | Edge::Middle, _) => {
            problems.report(&NameProblem::VagueDate { span: time.span });
            None
        }
        TimeKind::Path(_) => {
            problems
                .report(&NameProblem::NotYet { span: time.span, what: super::problem::Later::GivenBound });
            None
        }
    }
}

/// Returns the one day a moment names, if it names one.
pub(super) fn day(time: &Time, problems: &mut Problems) -> Option<Date> {
    match &time.kind {
        TimeKind::Period(Period::Day(date)) => Some(*date),
        TimeKind::Edge(Edge::End, period) => period.last(),
        TimeKind::Edge(Edge::Start | Edge::Middle, _) => {
            problems.report(&NameProblem::VagueDate { span: time.span });
            None
        }
        TimeKind::Period(Period::Month(..) | Period::Quarter(..) | Period::Year(_) | Period::Years(..))
        | TimeKind::Path(_) => {
            problems
                .report(&NameProblem::NotYet { span: time.span, what: super::problem::Later::PeriodAsDate });
            None
        }
    }
}
