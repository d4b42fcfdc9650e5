//! Time: periods that lie a year off, and two years that become one.

use super::view::{Draft, View, changed};
use super::walk::Site;
use crate::base::{Span, bi};
use crate::diag::Edit;
use crate::syntax::TokenKind;
use crate::syntax::ast::{
    BoundEnd, CellKind, Edge, IndexAt, IndexDecl, Path, Row, Stmt, StmtKind, Target, Time, TimeKind, When,
    WhenKind,
};
use crate::value::{Date, Period};

/// Every year that a period or date is written with becomes the next one.
pub(super) fn shift(view: &View<'_>) -> Vec<Draft> {
    let shifted = |site: &Site<'_>| match site {
        Site::When(when) => later(view, when.span),
        Site::Period(span) => later(view, *span),
        Site::YearBefore(span) => {
            let new = view.lang.pick("i (år − 2)", "in (year − 2)");
            Some(Draft::replace(*span, view.text(*span), new))
        }
        _ => None,
    };
    view.sites.iter().filter_map(shifted).collect()
}

fn later(view: &View<'_>, span: Span) -> Option<Draft> {
    let mut edits = Vec::new();
    let (mut old, mut new) = (String::new(), String::new());
    for (token, words, place) in view.words(span) {
        old.push_str(words);
        match next_year(words).filter(|_| token.kind == TokenKind::Number) {
            Some(next) => {
                new.push_str(&next);
                edits.push(Edit { span: place, text: next });
            }
            None => new.push_str(words),
        }
    }
    // Of a line of an index the stretch goes on to its value.
    let said = |words: &str| words.trim_end_matches([' ', '=']).to_owned();
    (!edits.is_empty()).then(|| Draft { edits, what: changed(&said(&old), &said(&new)) })
}

/// `2025` becomes `2026`, `2025-07-01` becomes `2026-07-01`.
fn next_year(words: &str) -> Option<String> {
    let (year, rest) = words.split_at_checked(4)?;
    let is_year = year.bytes().all(|byte| byte.is_ascii_digit());
    let ends = rest.is_empty() || rest.starts_with('-');
    let next = year.parse::<i16>().ok().filter(|_| is_year && ends)?.checked_add(1)?;
    Some(format!("{next:04}{rest}"))
}

/// Something that holds at a time, and whose neighbour it can be merged with.
struct Dated {
    /// What must be the same in both.
    name: String,
    /// Where the time stands.
    time: Span,
    /// First and last day; open where there is none.
    days: (Option<Date>, Option<Date>),
    /// The word for `i`, where the time is written `i 2025` rather than `fra …`.
    within: Option<&'static str>,
    /// The whole line or block.
    whole: Span,
}

/// Two times that follow upon each other become one, at which the first value holds; the second line is left out.
pub(super) fn merge(view: &View<'_>) -> Vec<Draft> {
    let merged = |site: &Site<'_>| match site {
        Site::Block(body) => {
            merged_all(view, &body.iter().filter_map(|stmt| dated(view, stmt)).collect::<Vec<_>>())
        }
        Site::Entity(entity) => {
            let facts = entity.facts.iter();
            let all = facts.filter_map(|fact| of_target(view, &fact.target, fact.span));
            merged_all(view, &all.collect::<Vec<_>>())
        }
        Site::Rows(rows) => {
            merged_all(view, &rows.iter().filter_map(|row| of_row(view, row)).collect::<Vec<_>>())
        }
        Site::Index(index) => of_index(view, index),
        _ => Vec::new(),
    };
    view.sites.iter().flat_map(merged).collect()
}

fn merged_all(view: &View<'_>, all: &[Dated]) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (at, one) in all.iter().enumerate() {
        let next = all.iter().skip(at + 1).find(|next| next.name == one.name);
        drafts.extend(next.and_then(|next| together(view, one, next)));
    }
    drafts
}

/// Two neighbours as one.
fn together(view: &View<'_>, one: &Dated, next: &Dated) -> Option<Draft> {
    let follows = one.days.1?.add_days(1)? == next.days.0?;
    let time = written(view, one, (one.days.0, next.days.1)).filter(|_| follows)?;
    Some(merged_into(view, one.time, time, next.whole))
}

fn merged_into(view: &View<'_>, first: Span, time: String, second: Span) -> Draft {
    let (old, gone) = (view.text(first), view.text(second).trim().lines().next().unwrap_or_default());
    let what =
        bi!("`{old}` → `{time}`, og `{gone}` er fjernet", "`{old}` → `{time}`, and `{gone}` is left out");
    let edits =
        vec![Edit { span: first, text: time }, Edit { span: view.lines(second), text: String::new() }];
    Draft { edits, what }
}

/// Writes a time: `i 2024-2025`, `fra 2025`, `fra 1. maj 2024 til og med 2025`.
fn written(view: &View<'_>, one: &Dated, days: (Option<Date>, Option<Date>)) -> Option<String> {
    let lang = view.lang;
    let from = lang.pick("fra", "from");
    let through = lang.pick("til og med", "through");
    let first = |date: Date| match (date.month(), date.day()) {
        (1, 1) => date.year().to_string(),
        _ => date.print(lang),
    };
    let last = |date: Date| match (date.month(), date.day()) {
        (12, 31) => date.year().to_string(),
        _ => date.print(lang),
    };
    Some(match days {
        (Some(start), Some(end)) => match (one.within, Period::of_days(start, end)) {
            (Some(word), Some(period)) => format!("{word} {}", period.print(lang)).trim().to_owned(),
            (_, _) => format!("{from} {} {through} {}", first(start), last(end)),
        },
        (Some(start), None) => format!("{from} {}", first(start)),
        (None, Some(end)) => format!("{through} {}", last(end)),
        (None, None) => return None,
    })
}

fn dated(view: &View<'_>, stmt: &Stmt) -> Option<Dated> {
    match &stmt.kind {
        StmtKind::Assign(assign) | StmtKind::Condition(assign) => of_target(view, &assign.target, stmt.span),
        StmtKind::Split(split) => of_target(view, &split.target, stmt.span),
        StmtKind::Grant(grant) => of_target(view, &grant.target, stmt.span),
        StmtKind::Table(table) => {
            let names: Vec<&str> = table.results.iter().map(|name| name.text.as_str()).collect();
            of_when(view, table.when.as_ref()?, names.join(";"), stmt.span)
        }
        StmtKind::Scale(scale) => of_when(view, scale.when.as_ref()?, scale.name.text.clone(), stmt.span),
        _ => None,
    }
}

fn of_target(view: &View<'_>, target: &Target, whole: Span) -> Option<Dated> {
    let Target { path: Path { span, .. }, entity, when, .. } = target;
    let whose = entity.as_ref().map(|text| text.text.as_str()).unwrap_or_default();
    of_when(view, when.as_ref()?, format!("{} {whose}", view.text(*span)), whole)
}

fn of_when(view: &View<'_>, when: &When, name: String, whole: Span) -> Option<Dated> {
    let days = days_of(when)?;
    let within = matches!(when.kind, WhenKind::In(_)).then(|| view.lang.pick("i", "in"));
    Some(Dated { name, time: when.span, days, within, whole })
}

/// The days that a time covers; of one that is a total, or that data gives, nothing is known here.
fn days_of(when: &When) -> Option<(Option<Date>, Option<Date>)> {
    match &when.kind {
        WhenKind::In(period) => period.days().map(|(first, last)| (Some(first), Some(last))),
        WhenKind::Bounds { from, to } => {
            let start = match from {
                Some(time) => Some(period_of(time)?.first()?),
                None => None,
            };
            let end = match to {
                Some((BoundEnd::Through, time)) => Some(period_of(time)?.last()?),
                Some((BoundEnd::Until, time)) => Some(period_of(time)?.first()?.add_days(-1)?),
                None => None,
            };
            Some((start, end))
        }
        WhenKind::TotalIn(_) | WhenKind::Otherwise => None,
    }
}

fn period_of(time: &Time) -> Option<Period> {
    match &time.kind {
        TimeKind::Period(period) => Some(*period),
        TimeKind::Edge(Edge::End, period) => period.last().map(Period::Day),
        TimeKind::Edge(Edge::Start | Edge::Middle, _) | TimeKind::Path(_) => None,
    }
}

/// A row of a table by year or day, whose first cell is a time.
fn of_row(view: &View<'_>, row: &Row) -> Option<Dated> {
    let (first, rest) = row.cells.split_first()?;
    let CellKind::When(when) = &first.kind else { return None };
    // All other keys must be the same; the last cell is the value.
    let (_, keys) = rest.split_last()?;
    let names: Vec<&str> = keys.iter().map(|cell| view.text(cell.span).trim()).collect();
    of_when(view, when, names.join("|"), row.span)
}

/// Steps and points of an index: `2023 til 2024` and `2024 til 2025` become `2023 til 2025`.
fn of_index(view: &View<'_>, index: &IndexDecl) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for pair in index.lines.windows(2) {
        let [one, next] = pair else { continue };
        let time = match (&one.at, &next.at) {
            (IndexAt::Step(from, a), IndexAt::Step(b, to)) if a == b => {
                Some(format!("{from} {} {to}", view.lang.pick("til", "to")))
            }
            (IndexAt::Point(one), IndexAt::Point(next)) => {
                joined(*one, *next).map(|all| all.print(view.lang))
            }
            (IndexAt::Step(..), _) | (IndexAt::Point(_), IndexAt::Step(..)) => None,
        };
        let head =
            view.words(Span { end: one.value.span.start, ..one.span }).find(|(_, words, _)| *words == "=");
        if let (Some(time), Some((_, _, sign))) = (time, head) {
            let at = view.until(one.span, sign.start);
            drafts.push(merged_into(view, at, time, next.span));
        }
    }
    drafts
}

fn joined(one: Period, next: Period) -> Option<Period> {
    let ((first, end), (start, last)) = (one.days()?, next.days()?);
    Period::of_days(first, last).filter(|_| end.add_days(1) == Some(start))
}
