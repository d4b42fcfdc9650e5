//! Tables and scales in registers.

use super::code::{Op, Reg};
use super::known::{Known, LeftOut, Lowered, Sure, Val, left};
use super::lower::Lower;
use super::lower_expr::number;
use crate::facts::Moment;
use crate::model::{Compare, ExprId, KeyTest, RangeEnd, Standing, TableId};
use crate::syntax::ast::Policy;
use crate::value::{Number, Status};

/// What holds where several rows fit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Several {
    /// That is an error.
    One,
    /// The first counts.
    First,
    /// They are added.
    Add,
    /// The largest counts, or the smallest.
    Extreme(bool),
}

impl Lower<'_> {
    /// The result of the row that the keys fit.
    pub(super) fn lookup(
        &mut self,
        table: TableId,
        column: usize,
        keys: &[ExprId],
        moment: Moment,
    ) -> Lowered {
        let model = self.model;
        let data = &model.tables[table];
        let policy = match data.policy {
            // Rows that do not agree are for the reference evaluator to tell.
            None | Some(Policy::Agree) => Several::One,
            Some(Policy::First) => Several::First,
            Some(Policy::Add) => Several::Add,
            Some(Policy::Largest) => Several::Extreme(true),
            Some(Policy::Smallest) => Several::Extreme(false),
            Some(Policy::Linear) => return left(LeftOut::Table),
        };
        let keys: Vec<Known> = keys.iter().map(|key| self.expr(*key, moment)).collect::<Lowered<_>>()?;
        let Some(asked) = moment.interval() else { return left(LeftOut::GivenDates) };
        let mut sure = Sure::Always(Status::Final);
        for key in &keys {
            sure = self.weaker(sure, key.sure)?;
        }
        let (mut rows, mut otherwise) = (Vec::new(), None);
        for row in &data.rows {
            let is_otherwise = matches!(row.tests.as_slice(), [KeyTest::Otherwise]);
            let fits = self.row_fits(&row.tests, &keys, moment)?;
            // How sure the bounds are counts also where their row is not hit.
            sure = self.weaker(sure, fits.1)?;
            let result = match row.standing(column, asked) {
                Standing::Absent => continue,
                Standing::Changes(_) => return left(LeftOut::Table),
                Standing::Value(result, _) => self.expr(result, moment),
            };
            match is_otherwise {
                true if otherwise.is_none() => otherwise = Some(result),
                true => return left(LeftOut::Table),
                false => rows.push((fits.0, result)),
            }
        }
        let hit = match policy {
            Several::One => self.one_of_rows(rows, otherwise, false)?,
            Several::First => self.one_of_rows(rows, otherwise, true)?,
            Several::Add | Several::Extreme(_) => self.of_all_rows(rows, otherwise, policy)?,
        };
        self.weakened(hit, sure)
    }

    /// The result of the one row that fits, or of `ellers` where none does; a row of data that several fit, or none, is given
    /// up.
    fn one_of_rows(
        &mut self,
        rows: Vec<(Reg, Lowered)>,
        otherwise: Option<Lowered>,
        first_counts: bool,
    ) -> Lowered {
        let mut count = self.constant(0)?;
        for (fits, _) in &rows {
            count = self.emit(Op::Add(count, *fits))?;
        }
        let one = self.constant(1)?;
        if !first_counts {
            let several = self.emit(Op::Less(one, count))?;
            self.give_up_where(several)?;
        }
        if otherwise.is_none() {
            let none = self.emit(Op::Less(count, one))?;
            self.give_up_where(none)?;
        }
        let always = Sure::Always(Status::Final);
        let mut hit: Option<Lowered> = otherwise;
        for (fits, result) in rows.into_iter().rev() {
            hit = Some(match hit {
                None => result,
                Some(below) => self.branch((fits, always), result, below),
            });
        }
        hit.unwrap_or_else(|| left(LeftOut::Table))
    }

    /// What the rows that fit come to together, or `ellers` where none does. A row of data that none fits is given up.
    fn of_all_rows(
        &mut self,
        rows: Vec<(Reg, Lowered)>,
        otherwise: Option<Lowered>,
        how: Several,
    ) -> Lowered {
        let always = Sure::Always(Status::Final);
        let mut any = self.constant(0)?;
        let mut so_far: Option<Known> = None;
        for (fits, result) in rows {
            let result = result?;
            // How sure a result is rests on the rows that fit alone, which differ.
            let (Val::Number(own), true) = (result.val, result.sure == always) else {
                return left(LeftOut::Table);
            };
            so_far = Some(match so_far.map(|known| known.val) {
                None => result,
                Some(Val::Number(before)) => {
                    let together = match how {
                        Several::Extreme(largest) => self.extreme(largest, before, own)?,
                        Several::Add | Several::One | Several::First => self.sum(before, own, false)?,
                    };
                    // Of the rows before, none may have fitted.
                    let together = self.select(any, number(together, always), number(own, always))?;
                    self.select(fits, together, number(before, always))?
                }
                Some(_) => return left(LeftOut::Table),
            });
            any = self.emit(Op::Or(any, fits))?;
        }
        let Some(known) = so_far else { return left(LeftOut::Table) };
        match otherwise {
            Some(otherwise) => self.branch((any, always), Ok(known), otherwise),
            None => {
                self.give_up_unless(any)?;
                Ok(known)
            }
        }
    }

    fn row_fits(&mut self, tests: &[KeyTest], keys: &[Known], moment: Moment) -> Lowered<(Reg, Sure)> {
        let mut parts = Vec::new();
        for (at, test) in tests.iter().enumerate() {
            parts.push(self.test(test, keys.get(at).copied(), moment)?);
        }
        let mut fits = self.constant(1)?;
        let mut sure = Sure::Always(Status::Final);
        for (reg, of) in parts {
            fits = self.emit(Op::And(fits, reg))?;
            sure = self.weaker(sure, of)?;
        }
        Ok((fits, sure))
    }

    fn test(&mut self, test: &KeyTest, key: Option<Known>, moment: Moment) -> Lowered<(Reg, Sure)> {
        let of = |known: Known| match known.val {
            Val::Truth(reg) => Ok((reg, known.sure)),
            Val::Number(_) | Val::Text(_) | Val::Date(_) => left(LeftOut::Table),
        };
        match (test, key) {
            (KeyTest::Any | KeyTest::Otherwise, _) => Ok((self.constant(1)?, Sure::Always(Status::Final))),
            (KeyTest::Condition(condition), _) => self.as_truth(*condition, moment),
            (KeyTest::AnyOf(all) | KeyTest::NoneOf(all), Some(key)) => {
                let (mut any, mut sure) = (self.constant(0)?, Sure::Always(Status::Final));
                for cell in all {
                    let cell = self.expr(*cell, moment)?;
                    let (reg, of_cell) = of(self.compare_known(Compare::Eq, key, cell)?)?;
                    any = self.emit(Op::Or(any, reg))?;
                    sure = self.weaker(sure, of_cell)?;
                }
                match test {
                    KeyTest::NoneOf(_) => Ok((self.emit(Op::Not(any))?, sure)),
                    _ => Ok((any, sure)),
                }
            }
            (KeyTest::Range(low, high), Some(key)) => {
                let (mut within, mut sure) = (self.constant(1)?, Sure::Always(Status::Final));
                for (end, is_low) in [(low, true), (high, false)] {
                    let Some(RangeEnd { value, included }) = end else { continue };
                    let bound = self.expr(*value, moment)?;
                    let op = match (is_low, included) {
                        (true, true) => Compare::Ge,
                        (true, false) => Compare::Gt,
                        (false, true) => Compare::Le,
                        (false, false) => Compare::Lt,
                    };
                    let (reg, of_end) = of(self.compare_known(op, key, bound)?)?;
                    within = self.emit(Op::And(within, reg))?;
                    sure = self.weaker(sure, of_end)?;
                }
                Ok((within, sure))
            }
            (KeyTest::Time(_) | KeyTest::From(_) | KeyTest::Slice(_), _) => left(LeftOut::Table),
            (KeyTest::AnyOf(_) | KeyTest::NoneOf(_) | KeyTest::Range(..), None) => left(LeftOut::Table),
        }
    }

    /// What a scale charges, where its bounds and rates are the same for all: each slice of the base at its own rate.
    pub(super) fn scale(&mut self, table: TableId, base: ExprId, moment: Moment) -> Lowered {
        let model = self.model;
        let (base, sure) = self.as_number(base, moment)?;
        let Some(asked) = moment.interval() else { return left(LeftOut::GivenDates) };
        let zero = self.number(&Number::zero())?;
        let negative = self.comparison(Compare::Lt, base, zero)?;
        self.give_up_where(negative)?;
        let (mut total, mut from, mut open) = (zero, Number::zero(), true);
        for row in &model.tables[table].rows {
            let rate = match row.standing(0, asked) {
                Standing::Absent => continue,
                Standing::Changes(_) => return left(LeftOut::Scale),
                Standing::Value(rate, _) => self.final_number(rate, moment)?,
            };
            let rate = self.number(&rate)?;
            let start = self.number(&from)?;
            let above = self.sum(base, start, true)?;
            let mut part = self.extreme(true, above, zero)?;
            match row.tests.as_slice() {
                [KeyTest::Slice(Some(bound))] => {
                    let bound = self.final_number(*bound, moment)?;
                    if bound <= from {
                        return left(LeftOut::Scale);
                    }
                    let width = self.number(&bound.sub(&from))?;
                    part = self.extreme(false, part, width)?;
                    from = bound;
                }
                [KeyTest::Slice(None)] => open = false,
                _ => return left(LeftOut::Scale),
            }
            let charge = self.product(part, rate)?;
            total = self.sum(total, charge, false)?;
            if !open {
                break;
            }
        }
        if open {
            let last = self.number(&from)?;
            let beyond = self.comparison(Compare::Gt, base, last)?;
            self.give_up_where(beyond)?;
        }
        Ok(number(total, sure))
    }

    /// A number that is the same and final in every row.
    fn final_number(&mut self, expr: ExprId, moment: Moment) -> Lowered<Number> {
        match self.number_for_all(expr, moment) {
            Some((number, Status::Final)) => Ok(number),
            Some(_) | None => left(LeftOut::Scale),
        }
    }
}

impl Lower<'_> {
    /// A value where a condition holds, and where it does not what stands without it.
    pub(super) fn where_holds(&mut self, holds: Reg, value: Lowered, without: Lowered) -> Lowered {
        self.branch((holds, Sure::Always(Status::Final)), value, without)
    }

    /// Whether a requirement is met; rows that do not meet it are given up.
    pub(super) fn require(&mut self, condition: ExprId, moment: Moment) -> Lowered<()> {
        let (met, _) = self.as_truth(condition, moment)?;
        self.give_up_unless(met)
    }
}
