//! Types, units, literals and roundings.

use super::super::ast::{
    Literal, NumberLit, Range, Rounding, TypeBase, TypeExpr, UnitExpr, UnitKind, UnitWord,
};
use super::super::grammar::{Kind, Node};

use super::super::problem::SyntaxProblem;
use super::Builder;
use super::parts::{Built, Lost, Parts};
use crate::base::{Limit, Span};
use crate::value::{Level, Number, NumberSlip, ReadNumber, RoundMode, Status, read_number};

impl Builder<'_> {
    pub(super) fn type_expr(&mut self, node: &Node) -> Built<TypeExpr> {
        let mut parts = Parts::of(node);
        let base = self.type_base(parts.take(Kind::type_base)?)?;
        let span = self.span(node);
        let mut ty =
            TypeExpr { base, level: None, or_none: false, always: false, domain: None, default: None, span };
        for part in parts.rest() {
            self.type_part(&mut ty, part)?;
        }
        Ok(ty)
    }

    pub(super) fn unit_expr(&mut self, node: &Node) -> Built<UnitExpr> {
        let mut parts = Parts::of(node);
        let over = self.unit_word(parts.take(Kind::unit_word)?)?;
        let per =
            parts.all(Kind::unit_per).into_iter().map(|per| self.unit_per(per)).collect::<Built<_>>()?;
        Ok(UnitExpr { over, per, span: self.span(node) })
    }

    pub(super) fn literal(&mut self, node: &Node) -> Built<Literal> {
        let mut parts = Parts::of(node);
        let number = match parts.eat(Kind::measured_fraction) {
            Some(fraction) => self.measured_fraction(fraction)?,
            None => self.number(parts.take(Kind::number)?),
        };
        let unit = match parts.eat(Kind::unit_expr) {
            Some(unit) => Some(self.unit_expr(unit)?),
            None => None,
        };
        let level = match parts.eat(Kind::level_mark) {
            Some(mark) => Some(self.level_mark(mark)?),
            None => None,
        };
        let status = match parts.eat(Kind::status_mark) {
            Some(mark) => status(mark)?,
            None => Status::Final,
        };
        parts.done()?;
        self.three_decimals(&number, unit.as_ref());
        Ok(Literal { number, unit, level, status, span: self.span(node) })
    }

    /// Asks about `1,000 kr.`: øre have two decimals, and another language or program writes a thousand so. Millions and
    /// prices of a unit do have three.
    fn three_decimals(&mut self, number: &NumberLit, unit: Option<&UnitExpr>) {
        let kroner = unit.is_some_and(|unit| unit.over.kind == UnitKind::Krone && unit.per.is_empty());
        let whole = number.written.split_once(self.lang.pick(',', '.')).map_or("", |(whole, _)| whole);
        let thousands = (1..=3).contains(&whole.len()) && !whole.starts_with('0');
        if kroner && thousands && number.decimals == 3 {
            let (at, written, lang) = (number.span, number.written.clone(), self.lang);
            self.problems.push(SyntaxProblem::ThreeDecimals { at, written, lang });
        }
    }

    /// `1/3` before a unit: one number, kept exactly.
    fn measured_fraction(&mut self, node: &Node) -> Built<NumberLit> {
        let mut parts = Parts::of(node);
        let over = self.number(parts.take(Kind::count)?);
        parts.take(Kind::op_div)?;
        let under = self.number(parts.take(Kind::count)?);
        let value = over.value.div(&under.value).unwrap_or_else(|| {
            self.problems.push(SyntaxProblem::ZeroDenominator { at: under.span });
            Number::zero()
        });
        Ok(NumberLit { written: self.written(node), value, decimals: 0, span: self.span(node) })
    }

    /// A number; one that cannot be read is reported and stands as 0, so that the rest is still checked.
    pub(super) fn number(&mut self, node: &Node) -> NumberLit {
        let written = self.written(node);
        let span = self.span(node);
        match self.within_digits(read_number(&written, self.lang)) {
            Ok(read) => NumberLit { written, value: read.value, decimals: read.decimals, span },
            Err(slip) => {
                self.problems.push(SyntaxProblem::Number {
                    at: span,
                    written: written.clone(),
                    lang: self.lang,
                    slip,
                });
                NumberLit { written, value: Number::from_i64(0), decimals: 0, span }
            }
        }
    }

    /// Holds a number to the limit of digits.
    fn within_digits(&self, read: Result<ReadNumber, NumberSlip>) -> Result<ReadNumber, NumberSlip> {
        let most = self.limits.count(Limit::Digits);
        match read? {
            ReadNumber { digits: found, .. } if found > most => {
                Err(NumberSlip::TooManyDigits { found, most })
            }
            read => Ok(read),
        }
    }

    pub(super) fn rounding(&mut self, node: &Node) -> Built<Rounding> {
        let mut parts = Parts::of(node);
        let step = self.literal(parts.take(Kind::literal)?)?;
        let mode = match parts.peek_kind() {
            None => RoundMode::Nearest,
            Some(Kind::kw_up) => RoundMode::Up,
            Some(Kind::kw_down) => RoundMode::Down,
            Some(Kind::kw_towards_zero) => RoundMode::TowardsZero,
            Some(Kind::kw_to_even) => RoundMode::HalfEven,
            Some(_) => return Err(Lost { at: node.start }),
        };
        Ok(Rounding { step, mode })
    }

    pub(super) fn level_mark(&self, node: &Node) -> Built<(Level, Span)> {
        let (level, _) = self.level_name(Parts::of(node).take(Kind::level_name)?)?;
        Ok((level, self.span(node)))
    }

    fn type_base(&mut self, node: &Node) -> Built<TypeBase> {
        let inner = Parts::of(node).next()?;
        let mut parts = Parts::of(inner);
        Ok(match inner.kind {
            Kind::type_one_of => {
                parts.take(Kind::kw_one_of)?;
                let texts = self.texts(&mut parts);
                for (index, text) in texts.iter().enumerate() {
                    if texts.iter().take(index).any(|first| first.text == text.text) {
                        self.problems.push(SyntaxProblem::SaidTwice { at: text.span });
                    }
                }
                TypeBase::OneOf(texts)
            }
            Kind::kw_yes_no => TypeBase::YesNo,
            Kind::type_whole => {
                parts.take(Kind::kw_whole)?;
                match parts.eat(Kind::unit_expr) {
                    Some(unit) => TypeBase::Whole(Some(self.unit_expr(unit)?)),
                    None => TypeBase::Whole(None),
                }
            }
            Kind::kw_number => TypeBase::Number,
            Kind::kw_text => TypeBase::Text,
            Kind::kw_date => TypeBase::Date,
            Kind::unit_expr => TypeBase::Unit(self.unit_expr(inner)?),
            _ => return Err(Lost { at: inner.start }),
        })
    }

    fn type_part(&mut self, ty: &mut TypeExpr, node: &Node) -> Built<()> {
        let seen = match node.kind {
            Kind::level_mark => {
                let (level, _) = self.level_mark(node)?;
                ty.level.replace(level).is_some()
            }
            Kind::or_none => std::mem::replace(&mut ty.or_none, true),
            Kind::kw_always => std::mem::replace(&mut ty.always, true),
            Kind::type_default => {
                let mut parts = Parts::of(node);
                parts.take(Kind::kw_if_not_stated)?;
                let default = self.next_expr(&mut parts)?;
                ty.default.replace(default).is_some()
            }
            Kind::cell_bounds | Kind::open_range | Kind::domain => {
                let range = self.range(node)?;
                let opposite = |first: &Range| first.low.is_some() != range.low.is_some();
                // `mindst 0, højst 20`: the two ends of one domain.
                if node.kind == Kind::cell_bounds && ty.domain.as_ref().is_some_and(opposite) {
                    let comma = self
                        .text
                        .get(..node.start)
                        .and_then(|before| before.rfind(','))
                        .unwrap_or(node.start);
                    let gap = self.span_of(comma, node.start);
                    self.problems.push(SyntaxProblem::TwoBounds {
                        at: self.span(node),
                        gap,
                        lang: self.lang,
                    });
                    return Ok(());
                }
                ty.domain.replace(range).is_some()
            }
            _ => return Err(Lost { at: node.start }),
        };
        self.once(node, seen);
        Ok(())
    }

    fn unit_per(&mut self, node: &Node) -> Built<(Option<NumberLit>, UnitWord)> {
        let mut parts = Parts::of(node);
        parts.take(Kind::kw_per)?;
        let number = parts.eat(Kind::number).map(|number| self.number(number));
        Ok((number, self.unit_word(parts.take(Kind::unit_word)?)?))
    }
    fn unit_word(&mut self, node: &Node) -> Built<UnitWord> {
        let inner = Parts::of(node).next()?;
        let kind = match inner.kind {
            Kind::unit_thousand => UnitKind::ThousandKroner,
            Kind::unit_million => UnitKind::MillionKroner,
            Kind::unit_billion => UnitKind::BillionKroner,
            Kind::unit_krone => UnitKind::Krone,
            Kind::unit_point => UnitKind::PercentagePoint,
            Kind::unit_percent => UnitKind::Percent,
            Kind::unit_per_mille => UnitKind::PerMille,
            Kind::unit_year => UnitKind::Year,
            Kind::unit_quarter => UnitKind::Quarter,
            Kind::unit_month => UnitKind::Month,
            Kind::unit_day => UnitKind::Day,
            Kind::name => UnitKind::Named(self.written(inner)),
            _ => return Err(Lost { at: inner.start }),
        };
        Ok(UnitWord { kind, span: self.span(node) })
    }
}

fn status(node: &Node) -> Built<Status> {
    match Parts::of(node).next()?.kind {
        Kind::kw_estimate => Ok(Status::Estimate),
        Kind::kw_provisional => Ok(Status::Provisional),
        Kind::kw_approximate => Ok(Status::Approximate),
        _ => Err(Lost { at: node.start }),
    }
}
