//! From written bounds of time to intervals of days.

use super::BoundEdge;
use super::problem::NameProblem;
use crate::base::{Lang, Span};
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

/// Resolves a bound that must be written out; a given date in it is reported.
pub(super) fn bounds(when: &When, problems: &mut Problems) -> Bounds {
    for (_, time) in given(when) {
        problems.report(&NameProblem::GivenBoundNotHere { span: time.span });
    }
    written_bounds(when, problems)
}

/// Resolves what is written of a bound; given dates in it leave their side open, see [`given`].
pub(super) fn written_bounds(when: &When, problems: &mut Problems) -> Bounds {
    let plain = |interval| Bounds { interval, otherwise: false, total: false };
    match &when.kind {
        WhenKind::In(period) => plain(of_period(*period)),
        WhenKind::TotalIn(period) => Bounds { total: true, ..plain(of_period(*period)) },
        WhenKind::Otherwise => Bounds { otherwise: true, ..plain(Interval::always()) },
        WhenKind::Bounds { from, to } => plain(open_bounds(from.as_ref(), to.as_ref(), when.span, problems)),
    }
}

/// Returns the given dates of a bound, and which side each bounds.
pub(super) fn given(when: &When) -> Vec<(BoundEdge, &Time)> {
    let WhenKind::Bounds { from, to } = &when.kind else { return vec![] };
    let from = from.as_ref().map(|time| (BoundEdge::From, time));
    let to = to.as_ref().map(|(end, time)| match end {
        BoundEnd::Through => (BoundEdge::Through, time),
        BoundEnd::Until => (BoundEdge::Until, time),
    });
    from.into_iter().chain(to).filter(|(_, time)| matches!(time.kind, TimeKind::Path(_))).collect()
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
        TimeKind::Path(_) => None,
    }
}

/// Returns the one day a moment names, if it names one.
pub(super) fn day(time: &Time, lang: Lang, problems: &mut Problems) -> Option<Date> {
    match &time.kind {
        TimeKind::Period(Period::Day(date)) => Some(*date),
        TimeKind::Edge(Edge::End, period) => period.last(),
        TimeKind::Edge(Edge::Start | Edge::Middle, _) => {
            problems.report(&NameProblem::VagueDate { span: time.span });
            None
        }
        TimeKind::Period(
            period @ (Period::Month(..) | Period::Quarter(..) | Period::Year(_) | Period::Years(..)),
        ) => {
            problems.report(&NameProblem::PeriodAsDate { span: time.span, period: *period, lang });
            None
        }
        // A path is never a date by itself: the grammar gives names as paths, not as dates.
        TimeKind::Path(_) => None,
    }
}
