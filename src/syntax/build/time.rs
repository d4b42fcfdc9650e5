//! Periods, dates, bounds and price levels.

use super::super::ast::{BoundEnd, Edge, Time, TimeKind, When, WhenKind};
use super::super::grammar::{Kind, Node};
use super::super::keywords::month;
use super::super::problem::SyntaxProblem;
use super::Builder;
use super::parts::{Built, Lost, Parts};
use crate::base::Span;
use crate::value::{Date, Level, Period};

impl Builder<'_> {
    /// A year, a span of years, a month, a quarter or a day.
    pub(super) fn period(&mut self, node: &Node) -> Built<Period> {
        match node.kind {
            Kind::year => Ok(Period::Year(self.year(node)?)),
            Kind::year_span => self.year_span(node),
            Kind::month_of_year => {
                let (month, year) = self.month_and_year(Parts::of(node))?;
                Ok(Period::Month(year, month))
            }
            Kind::quarter => self.quarter(node),
            Kind::year_month => self.year_month(node),
            Kind::iso_date | Kind::date_words => Ok(Period::Day(self.date(node)?)),
            _ => Err(Lost { at: node.start }),
        }
    }

    /// A day, written with digits or words.
    pub(super) fn date(&mut self, node: &Node) -> Built<Date> {
        let (year, month, day) = match node.kind {
            Kind::iso_date => self.iso_parts(node)?,
            Kind::date_words => {
                let mut parts = Parts::of(node);
                let day = self.digits(parts.take(Kind::day_number)?)?;
                let (month, year) = self.month_and_year(parts)?;
                (year, month, day)
            }
            _ => return Err(Lost { at: node.start }),
        };
        if let Some(date) = Date::new(year, month, day) {
            return Ok(date);
        }
        self.problems.push(SyntaxProblem::NoSuchDate { at: self.span(node), written: self.written(node) });
        // The last day of the month that is named stands for it, so that nothing else is found for its sake.
        let (year, month) = (year.max(1), month.clamp(1, 12));
        let last = (1..=31).rev().find_map(|last: i8| Date::new(year, month, day.clamp(1, last)));
        last.ok_or(Lost { at: node.start })
    }

    /// A moment that bounds something.
    pub(super) fn moment(&mut self, node: &Node) -> Built<Time> {
        let kind = match node.kind {
            Kind::edge => self.edge(node)?,
            Kind::path => TimeKind::Path(self.path(node)?),
            _ => TimeKind::Period(self.period(node)?),
        };
        Ok(Time { kind, span: self.span(node) })
    }

    /// The bounds of a line; a period alone is read as `i` that period.
    pub(super) fn when(&mut self, node: &Node) -> Built<When> {
        let mut parts = Parts::of(node);
        let kind = match node.kind {
            Kind::when_total => {
                parts.take(Kind::kw_total_in)?;
                WhenKind::TotalIn(self.period(parts.next()?)?)
            }
            Kind::when_on => {
                parts.take(Kind::kw_on_date)?;
                WhenKind::In(self.period(parts.next()?)?)
            }
            Kind::when_in => {
                parts.take(Kind::kw_in)?;
                WhenKind::In(self.period(parts.next()?)?)
            }
            Kind::when_bounds => self.bounds(parts)?,
            Kind::when_to => WhenKind::Bounds { from: None, to: Some(self.bound_end(node)?) },
            Kind::when_otherwise => WhenKind::Otherwise,
            _ => WhenKind::In(self.period(node)?),
        };
        Ok(When { kind, span: self.span(node) })
    }
    /// Bounds that may stand here.
    pub(super) fn eat_when(&mut self, parts: &mut Parts<'_>) -> Built<Option<When>> {
        match parts.peek() {
            Some(node) if is_when(node.kind) => {
                parts.next()?;
                Ok(Some(self.when(node)?))
            }
            _ => Ok(None),
        }
    }

    /// `25-pl`, `årets pl`, `løbende`.
    pub(super) fn level_name(&self, node: &Node) -> Built<(Level, Span)> {
        let inner = Parts::of(node).next()?;
        let level = match inner.kind {
            Kind::level => Level::Of(self.level_year(inner)?),
            Kind::kw_years_level | Kind::kw_current => Level::Current,
            _ => return Err(Lost { at: node.start }),
        };
        Ok((level, self.span(node)))
    }

    /// Four digits.
    pub(super) fn year(&self, node: &Node) -> Built<i16> {
        self.digits(node)
    }

    fn bounds(&mut self, mut parts: Parts<'_>) -> Built<WhenKind> {
        let from = match parts.eat(Kind::when_from) {
            Some(node) => {
                let mut inner = Parts::of(node);
                inner.take(Kind::kw_from)?;
                Some(self.moment(inner.next()?)?)
            }
            None => None,
        };
        let to = match parts.peek() {
            Some(node) => Some(self.bound_end(node)?),
            None => None,
        };
        Ok(WhenKind::Bounds { from, to })
    }
    fn bound_end(&mut self, node: &Node) -> Built<(BoundEnd, Time)> {
        let mut parts = Parts::of(node);
        let word = parts.next()?;
        let moment = parts.next()?;
        let end = match node.kind {
            Kind::when_through => BoundEnd::Through,
            Kind::when_until => BoundEnd::Until,
            Kind::when_to => {
                let (at, word) = (self.span(node), self.span(word));
                let told = self.problems.len();
                let time = self.moment(moment)?;
                // Of a date that there is not, it is not asked whether it is included.
                if self.problems.len() == told {
                    let (moment, lang) = (self.written(moment), self.lang);
                    self.problems.push(SyntaxProblem::BareTo { at, word, moment, lang });
                }
                return Ok((BoundEnd::Through, time));
            }
            _ => return Err(Lost { at: node.start }),
        };
        Ok((end, self.moment(moment)?))
    }
    fn edge(&mut self, node: &Node) -> Built<TimeKind> {
        let mut parts = Parts::of(node);
        let edge = match parts.next()?.kind {
            Kind::kw_start_of => Edge::Start,
            Kind::kw_middle_of => Edge::Middle,
            Kind::kw_end_of => Edge::End,
            _ => return Err(Lost { at: node.start }),
        };
        Ok(TimeKind::Edge(edge, self.period(parts.next()?)?))
    }

    fn year_span(&mut self, node: &Node) -> Built<Period> {
        let mut parts = Parts::of(node);
        let first = self.year(parts.take(Kind::year)?)?;
        parts.take(Kind::dash)?;
        let last = self.year(parts.take(Kind::year)?)?;
        Ok(Period::Years(first, last))
    }
    /// `2024-12`; `2024-25` could be a span or a month that there is not.
    fn year_month(&mut self, node: &Node) -> Built<Period> {
        let (year, month) = self.words(node).split_once('-').ok_or(Lost { at: node.start })?;
        let (year, month): (i16, i8) = (number(year, node)?, number(month, node)?);
        if (1..=12).contains(&month) {
            return Ok(Period::Month(year, month));
        }
        self.problems.push(SyntaxProblem::ShortSpan { at: self.span(node), year, digits: month });
        Ok(Period::Year(year))
    }
    fn quarter(&mut self, node: &Node) -> Built<Period> {
        let mut parts = Parts::of(node);
        let quarter: i8 = self.digits(parts.take(Kind::quarter_number)?)?;
        let year = self.year(parts.take(Kind::year)?)?;
        if !(1..=4).contains(&quarter) {
            let written = self.written(node);
            self.problems.push(SyntaxProblem::NoSuchDate { at: self.span(node), written });
        }
        Ok(Period::Quarter(year, quarter.clamp(1, 4)))
    }
    fn month_and_year(&self, mut parts: Parts<'_>) -> Built<(i8, i16)> {
        let word = parts.take(Kind::month)?;
        let month = month(self.lang, self.words(word)).ok_or(Lost { at: word.start })?;
        Ok((month, self.year(parts.take(Kind::year)?)?))
    }
    fn iso_parts(&self, node: &Node) -> Built<(i16, i8, i8)> {
        let mut words = self.words(node).split('-');
        let mut part = || words.next().ok_or(Lost { at: node.start });
        Ok((number(part()?, node)?, number(part()?, node)?, number(part()?, node)?))
    }
    fn digits<T: std::str::FromStr>(&self, node: &Node) -> Built<T> {
        number(self.words(node), node)
    }
    /// Two digits from 70 mean the last century: no price level of an agreement reaches further back.
    fn level_year(&self, node: &Node) -> Built<i16> {
        let digits = self.words(node).split('-').next().unwrap_or("");
        let year: i16 = number(digits, node)?;
        Ok(match (digits.len(), year) {
            (2, 70..) => 1900 + year,
            (2, _) => 2000 + year,
            _ => year,
        })
    }
}

/// Tells whether a node is a bound of time.
pub(super) fn is_when(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::when_total
            | Kind::when_in
            | Kind::when_on
            | Kind::when_bounds
            | Kind::when_to
            | Kind::when_otherwise
    )
}

fn number<T: std::str::FromStr>(digits: &str, node: &Node) -> Built<T> {
    digits.parse().map_err(|_| Lost { at: node.start })
}
