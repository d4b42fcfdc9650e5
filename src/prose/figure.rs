//! Figures, units, price levels and times in words.

use super::document::{Line, say};
use super::voice::Voice;
use crate::base::Lang;
use crate::syntax::ast::{
    BoundEnd, Edge, Literal, NumberLit, Rounding, Time, TimeKind, UnitExpr, UnitKind, When, WhenKind,
};
use crate::value::{Level, Number, Period, RoundMode, Status, print_number};

impl Voice<'_> {
    /// A figure with its unit, price level and status.
    pub(super) fn literal(&self, literal: &Literal) -> Line {
        let mut text = self.number(&literal.number);
        if let Some(unit) = &literal.unit {
            text = format!("{text}\u{a0}{}", self.unit(unit, literal.number.value == Number::one()));
        }
        if let Some((level, _)) = literal.level {
            text = format!("{text} ({})", self.level(level));
        }
        let status = match literal.status {
            Status::Final => return Line::text(text),
            Status::Provisional => self.lang.pick("foreløbigt", "provisional"),
            Status::Estimate => self.lang.pick("et skøn", "an estimate"),
            Status::Approximate => self.lang.pick("cirka", "approximately"),
        };
        Line::text(format!("{text} ({status})"))
    }

    /// A number as the agreement prints it; in the other language, with that language's marks.
    pub(super) fn number(&self, number: &NumberLit) -> String {
        let is_plain = !number.written.contains(['.', ',']);
        if self.lang == self.written || is_plain {
            return number.written.clone();
        }
        let printed = print_number(&number.value, self.lang, number.decimals, number.decimals);
        if printed.exact { printed.text } else { number.value.to_exact() }
    }

    /// A unit: `mio. kr.`, `læger pr. 1.000 indbyggere`.
    pub(super) fn unit(&self, unit: &UnitExpr, is_one: bool) -> String {
        let mut text = unit_word(&unit.over.kind, self.lang, is_one);
        for (count, of) in &unit.per {
            let per = self.lang.pick("pr.", "per");
            text = match count {
                Some(count) => {
                    format!("{text} {per} {} {}", self.number(count), unit_word(&of.kind, self.lang, false))
                }
                None => format!("{text} {per} {}", unit_word(&of.kind, self.lang, true)),
            };
        }
        text
    }

    /// The prices an amount is stated in.
    pub(super) fn level(&self, level: Level) -> String {
        match level {
            Level::Of(year) => self.lang.pick(format!("{year}-niveau"), format!("{year} level")),
            Level::Current => self.lang.pick("årets niveau", "the year's level").to_owned(),
        }
    }

    /// `afrundet til nærmeste øre`.
    pub(super) fn rounding(&self, rounding: &Rounding) -> Line {
        let step = self.step(&rounding.step);
        let template = match rounding.mode {
            RoundMode::Nearest => self.lang.pick("afrundet til nærmeste {0}", "rounded to the nearest {0}"),
            RoundMode::Up => self.lang.pick("afrundet op til nærmeste {0}", "rounded up to the nearest {0}"),
            RoundMode::Down => {
                self.lang.pick("afrundet ned til nærmeste {0}", "rounded down to the nearest {0}")
            }
            RoundMode::TowardsZero => {
                self.lang.pick("afrundet mod nul til nærmeste {0}", "rounded towards zero to the nearest {0}")
            }
            RoundMode::HalfEven => self.lang.pick(
                "afrundet til nærmeste {0}, en halv til det lige tal",
                "rounded to the nearest {0}, a half to the even number",
            ),
        };
        say(template, &[&step])
    }

    /// What is rounded to: `øre`, `hele krone`, `1.000 kr.`.
    pub(super) fn step(&self, step: &Literal) -> Line {
        let is_krone =
            step.unit.as_ref().is_some_and(|unit| unit.per.is_empty() && unit.over.kind == UnitKind::Krone);
        match (is_krone, &step.number.value) {
            (true, value) if *value == Number::one() => {
                Line::text(self.lang.pick("hele krone", "whole krone"))
            }
            (true, value) if *value == Number::pow10(-2) => Line::text(self.lang.pick("øre", "øre")),
            _ => self.literal(step),
        }
    }

    /// When something holds: `i 2025`, `fra den 1. juli 2025`.
    pub(super) fn when(&self, when: &When) -> Line {
        match &when.kind {
            WhenKind::In(period) => Line::text(self.within(*period)),
            WhenKind::TotalIn(period) => {
                let years = period.print(self.lang);
                Line::text(self.lang.pick(format!("samlet i {years}"), format!("in total in {years}")))
            }
            WhenKind::Bounds { from, to } => self.bounds(from.as_ref(), to.as_ref()),
            WhenKind::Otherwise => Line::text(self.lang.pick("ellers", "otherwise")),
        }
    }

    fn bounds(&self, from: Option<&Time>, to: Option<&(BoundEnd, Time)>) -> Line {
        let from = from.map(|time| say(self.lang.pick("fra {0}", "from {0}"), &[&self.time(time)]));
        let to = to.map(|(end, time)| {
            let template = match end {
                BoundEnd::Through => self.lang.pick("til og med {0}", "up to and including {0}"),
                BoundEnd::Until => self.lang.pick("indtil {0} (ikke medregnet)", "until {0} (not included)"),
            };
            say(template, &[&self.time(time)])
        });
        match (from, to) {
            (Some(from), Some(to)) => from.then(" ").and(to),
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) => Line::default(),
        }
    }

    /// A period that something falls in: `i 2025`, `den 1. juli 2025`.
    pub(super) fn within(&self, period: Period) -> String {
        let text = period.print(self.lang);
        match period {
            Period::Day(_) => self.lang.pick(format!("den {text}"), format!("on {text}")),
            Period::Month(..) | Period::Quarter(..) | Period::Year(_) => {
                self.lang.pick(format!("i {text}"), format!("in {text}"))
            }
            Period::Years(..) => {
                self.lang.pick(format!("i hvert af årene {text}"), format!("in each of the years {text}"))
            }
        }
    }

    /// A moment: `den 1. juli 2025`, `udgangen af april 2026`, a date by its name.
    pub(super) fn time(&self, time: &Time) -> Line {
        match &time.kind {
            TimeKind::Period(period @ Period::Day(_)) => {
                let day = period.print(self.lang);
                Line::text(self.lang.pick(format!("den {day}"), day))
            }
            TimeKind::Period(period) => Line::text(period.print(self.lang)),
            TimeKind::Edge(edge, period) => {
                let of = period.print(self.lang);
                Line::text(match edge {
                    Edge::Start => {
                        self.lang.pick(format!("begyndelsen af {of}"), format!("the start of {of}"))
                    }
                    Edge::Middle => self.lang.pick(format!("midten af {of}"), format!("the middle of {of}")),
                    Edge::End => self.lang.pick(format!("udgangen af {of}"), format!("the end of {of}")),
                })
            }
            TimeKind::Path(path) => self.path(path),
        }
    }
}

fn unit_word(kind: &UnitKind, lang: Lang, is_one: bool) -> String {
    let single = match kind {
        UnitKind::Year => lang.pick("år", "year"),
        UnitKind::Quarter => lang.pick("kvartal", "quarter"),
        UnitKind::Month => lang.pick("måned", "month"),
        UnitKind::Day => lang.pick("dag", "day"),
        UnitKind::PercentagePoint => lang.pick("pct.-point", "percentage point"),
        UnitKind::Named(name) => return super::document::words_of(name),
        UnitKind::Krone
        | UnitKind::ThousandKroner
        | UnitKind::MillionKroner
        | UnitKind::BillionKroner
        | UnitKind::Percent
        | UnitKind::PerMille => return kind.words().get(lang).to_owned(),
    };
    if is_one { single.to_owned() } else { kind.words().get(lang).to_owned() }
}
