//! Expressions in registers.

use super::code::{Op, Reg};
use super::known::{Known, LeftOut, Lowered, Num, Sure, Val, Why, left};
use super::lower::{Lower, is_of};
use crate::eval::{Outcome, Reason, conversion_years};
use crate::facts::Moment;
use crate::model::{Arith, AtTime, Compare, ExprId, IndexId, IndexPath, NodeKind};
use crate::value::{Number, RoundMode, Status};

impl Lower<'_> {
    /// Lowers an expression at a moment.
    pub(super) fn expr(&mut self, expr: ExprId, moment: Moment) -> Lowered {
        if let Some(known) = self.nodes.get(&(expr, moment)) {
            return Ok(*known);
        }
        if self.reads.others(self.model, expr) {
            return Err(Why::OtherRows);
        }
        let lowered = match self.reads.row(self.model, expr) {
            true => self.of_one_state(expr, moment),
            false => {
                let outcome = self.same_for_all(expr, moment);
                self.settled(&outcome)
            }
        };
        if let Ok(known) = &lowered {
            self.nodes.insert((expr, moment), *known);
        }
        lowered
    }

    /// A state is handed on by what only passes on. Which of several states wins is for the reference evaluator to say.
    fn of_one_state(&mut self, expr: ExprId, moment: Moment) -> Lowered {
        let lowered = self.node(expr, moment);
        let passed_on = matches!(
            self.model.node(expr).kind,
            NodeKind::Def(_) | NodeKind::Restated(_) | NodeKind::Nominal(_) | NodeKind::At(..)
        );
        match lowered {
            Err(Why::State(_)) if !passed_on => left(LeftOut::Other),
            lowered => lowered,
        }
    }

    fn node(&mut self, expr: ExprId, moment: Moment) -> Lowered {
        let model = self.model;
        match &model.node(expr).kind {
            NodeKind::Def(def) => self.def(*def, moment),
            NodeKind::Fact(fact) if is_of(model, *fact, self.kind()) => self.fact(*fact, moment),
            NodeKind::Restated(x) | NodeKind::Nominal(x) => self.expr(*x, moment),
            NodeKind::Negate(x) => {
                let (x, sure) = self.as_number(*x, moment)?;
                Ok(number(self.negative(x)?, sure))
            }
            NodeKind::Not(x) => {
                let (x, sure) = self.as_truth(*x, moment)?;
                Ok(truth(self.emit(Op::Not(x))?, sure))
            }
            NodeKind::Arith(op, a, b) => self.arith(*op, (*a, *b), moment),
            NodeKind::AsPercentOf(a, b) => self.arith(Arith::Div, (*a, *b), moment),
            NodeKind::Scaled(value, raised, by) => self.scaled(*value, *raised, *by, moment),
            NodeKind::DivideOr(over, under, fallback) => self.divide_or((*over, *under), *fallback, moment),
            NodeKind::Round(x, step, mode) => self.round(*x, step, *mode, moment),
            NodeKind::EachRound(x, each) => self.round(*x, &each.step, each.mode, moment),
            NodeKind::PerYear(x, years) => {
                let (x, sure) = self.as_number(*x, moment)?;
                let years = self.number(&Number::from_i64(*years))?;
                Ok(number(self.quotient(x, years, false)?, sure))
            }
            NodeKind::Limit(value, at_most, limit) => self.limit(*value, *at_most, *limit, moment),
            NodeKind::Extreme(largest, all) => self.extremes(*largest, all, moment),
            NodeKind::Rest(whole, parts) => self.rest(*whole, parts, moment),
            NodeKind::Compare(op, a, b) => self.compare(*op, *a, *b, moment),
            NodeKind::Approx(a, b, step) => self.approx(*a, *b, step, moment),
            NodeKind::Between(x, low, high) => {
                let above = self.compare(Compare::Ge, *x, *low, moment);
                let below = self.compare(Compare::Le, *x, *high, moment);
                self.all_of(&[above, below])
            }
            NodeKind::IsOneOf(x, all) => {
                let same: Vec<Lowered> =
                    all.iter().map(|one| self.compare(Compare::Eq, *x, *one, moment)).collect();
                self.any_of(&same)
            }
            NodeKind::And(all) => self.joined(all, moment, true),
            NodeKind::Or(all) => self.joined(all, moment, false),
            NodeKind::AllMet(all) => {
                let standing = self.standing(all, moment);
                self.all_of(&standing)
            }
            NodeKind::CountMet(all) => self.count_met(all, moment),
            NodeKind::If(condition, then, otherwise) => {
                let condition = self.as_truth(*condition, moment)?;
                let (then, otherwise) = (self.expr(*then, moment), self.expr(*otherwise, moment));
                self.branch(condition, then, otherwise)
            }
            NodeKind::Grant { full, conditions, otherwise } => {
                let standing = self.standing(conditions, moment);
                let met = self.all_of(&standing)?;
                let Val::Truth(is_met) = met.val else { return left(LeftOut::Other) };
                let full = self.expr(*full, moment);
                let lapsed = match otherwise {
                    Some(otherwise) => self.expr(*otherwise, moment),
                    None => self.settled(&Outcome::number(Number::zero())),
                };
                self.branch((is_met, met.sure), full, lapsed)
            }
            NodeKind::Lookup { table, column, keys } => self.lookup(*table, *column, keys, moment),
            NodeKind::Scale { table, base } => self.scale(*table, *base, moment),
            NodeKind::Converted { value, index, .. } => self.converted(expr, *value, *index, moment),
            NodeKind::At(x, time) => match self.then(time, moment) {
                Some(then) => self.expr(*x, then),
                None => left(LeftOut::GivenDates),
            },
            NodeKind::IsNone(x, negated) => {
                // A row with `ingen` is given up where it is read.
                self.expr(*x, moment)?;
                Ok(truth(self.constant(i128::from(*negated))?, Sure::Always(Status::Final)))
            }
            NodeKind::Of { .. } | NodeKind::Entity(..) | NodeKind::ForEntity(..) | NodeKind::Fact(_) => {
                left(LeftOut::SomebodyElse)
            }
            NodeKind::Aggregate { .. } | NodeKind::Quantified { .. } => left(LeftOut::SomebodyElse),
            NodeKind::Former(..) | NodeKind::FormerFact(..) | NodeKind::FormerCell(..) => {
                left(LeftOut::OtherLines)
            }
            NodeKind::CarriedOn(_) | NodeKind::SumOver(..) => left(LeftOut::OtherLines),
            NodeKind::DateSpan(..) | NodeKind::Shift { .. } | NodeKind::Day | NodeKind::Date(_) => {
                left(LeftOut::Dates)
            }
            NodeKind::Cell(_) | NodeKind::IndexFigure(..) => left(LeftOut::Table),
            NodeKind::Text(_) | NodeKind::Nothing => left(LeftOut::Words),
            NodeKind::Share(_) | NodeKind::Rank { .. } | NodeKind::Duty(_) | NodeKind::Invalid => {
                left(LeftOut::Other)
            }
            NodeKind::Figure { .. } | NodeKind::Bool(_) | NodeKind::Year | NodeKind::Unknown(_) => {
                left(LeftOut::Other)
            }
            NodeKind::DoesNotApply(_) => left(LeftOut::Other),
        }
    }

    fn then(&mut self, time: &AtTime, moment: Moment) -> Option<Moment> {
        match time {
            AtTime::YearBefore => moment.year_before(),
            AtTime::Period(period) => Moment::of_period(*period),
            AtTime::Computed(year) => {
                let (year, status) = self.number_for_all(*year, moment)?;
                let year = year.to_i64().and_then(|year| i16::try_from(year).ok());
                (status == Status::Final).then_some(())?;
                year.and_then(|year| moment.in_year(year))
            }
        }
    }

    // Parts.

    pub(super) fn as_number(&mut self, expr: ExprId, moment: Moment) -> Lowered<(Num, Sure)> {
        match self.expr(expr, moment)? {
            Known { val: Val::Number(number), sure } => Ok((number, sure)),
            _ => left(LeftOut::Dates),
        }
    }

    pub(super) fn as_truth(&mut self, expr: ExprId, moment: Moment) -> Lowered<(Reg, Sure)> {
        match self.expr(expr, moment)? {
            Known { val: Val::Truth(reg), sure } => Ok((reg, sure)),
            _ => left(LeftOut::Other),
        }
    }

    /// The weaker of two.
    pub(super) fn weaker(&mut self, a: Sure, b: Sure) -> Lowered<Sure> {
        if let (Sure::Always(a), Sure::Always(b)) = (a, b) {
            return Ok(Sure::Always(a.max(b)));
        }
        let (a, b) = (self.rank(a)?, self.rank(b)?);
        Ok(Sure::By(self.emit(Op::Max(a, b))?))
    }

    fn rank(&mut self, sure: Sure) -> Lowered<Reg> {
        match sure {
            Sure::Always(status) => self.constant(i128::from(rank_of(status))),
            Sure::By(reg) => Ok(reg),
        }
    }

    // Numbers.

    fn arith(&mut self, op: Arith, (a, b): (ExprId, ExprId), moment: Moment) -> Lowered {
        let ((x, of_x), (y, of_y)) = (self.as_number(a, moment)?, self.as_number(b, moment)?);
        let sure = self.weaker(of_x, of_y)?;
        let value = match op {
            Arith::Add => self.sum(x, y, false)?,
            Arith::Sub => self.sum(x, y, true)?,
            Arith::Mul | Arith::Of => self.product(x, y)?,
            Arith::Div => self.quotient(x, y, false)?,
        };
        Ok(number(value, sure))
    }

    fn scaled(&mut self, value: ExprId, raised: bool, by: ExprId, moment: Moment) -> Lowered {
        let ((x, of_x), (by, of_by)) = (self.as_number(value, moment)?, self.as_number(by, moment)?);
        let one = self.number(&Number::one())?;
        let factor = self.sum(one, by, !raised)?;
        let sure = self.weaker(of_x, of_by)?;
        Ok(number(self.product(x, factor)?, sure))
    }

    fn divide_or(&mut self, (over, under): (ExprId, ExprId), fallback: ExprId, moment: Moment) -> Lowered {
        let (under, of_under) = self.as_number(under, moment)?;
        let zero = self.constant(0)?;
        let is_zero = self.emit(Op::Same(under.over, zero))?;
        let quotient = self.as_number(over, moment).and_then(|(over, of_over)| {
            let sure = self.weaker(of_over, of_under)?;
            Ok(number(self.quotient(over, under, true)?, sure))
        });
        let fallback = self.expr(fallback, moment);
        // The fallback does not rest on how sure the denominator is, as the reference evaluator has it.
        self.branch((is_zero, Sure::Always(Status::Final)), fallback, quotient)
    }

    fn round(&mut self, x: ExprId, step: &Number, mode: RoundMode, moment: Moment) -> Lowered {
        let (x, sure) = self.as_number(x, moment)?;
        Ok(number(self.rounded(x, step, mode)?, sure))
    }

    fn limit(&mut self, value: ExprId, at_most: bool, limit: ExprId, moment: Moment) -> Lowered {
        let value = self.expr(value, moment)?;
        match self.expr(limit, moment) {
            // A limit that does not apply does not limit.
            Err(Why::State(state)) if matches!(*state, Outcome::DoesNotApply(_)) => Ok(value),
            limit => self.extreme_of(!at_most, &[value, limit?]),
        }
    }

    fn extremes(&mut self, largest: bool, all: &[ExprId], moment: Moment) -> Lowered {
        let all: Vec<Known> = all.iter().map(|one| self.expr(*one, moment)).collect::<Lowered<_>>()?;
        self.extreme_of(largest, &all)
    }

    fn extreme_of(&mut self, largest: bool, all: &[Known]) -> Lowered {
        let [first, rest @ ..] = all else { return left(LeftOut::Other) };
        rest.iter().try_fold(*first, |so_far, next| match (so_far.val, next.val) {
            (Val::Number(a), Val::Number(b)) => {
                let sure = self.weaker(so_far.sure, next.sure)?;
                Ok(number(self.extreme(largest, a, b)?, sure))
            }
            _ => left(LeftOut::Dates),
        })
    }

    fn rest(&mut self, whole: ExprId, parts: &[ExprId], moment: Moment) -> Lowered {
        let (mut rest, mut sure) = self.as_number(whole, moment)?;
        for part in parts {
            let part = match self.as_number(*part, moment) {
                Err(Why::State(state)) if matches!(*state, Outcome::DoesNotApply(_)) => continue,
                part => part?,
            };
            rest = self.sum(rest, part.0, true)?;
            sure = self.weaker(sure, part.1)?;
        }
        let zero = self.constant(0)?;
        let below = self.emit(Op::Less(rest.over, zero))?;
        self.give_up_where(below)?;
        Ok(number(rest, sure))
    }

    fn converted(&mut self, expr: ExprId, value: ExprId, index: IndexId, moment: Moment) -> Lowered {
        let (mut amount, mut sure) = self.as_number(value, moment)?;
        let at = crate::eval::At { entity: None, outer: None, moment, without: None, below: None };
        let Some((from, to)) = conversion_years(self.model, expr, at) else {
            return Ok(number(amount, sure));
        };
        let Ok(path) = self.model.indices[index].path(from, to) else { return left(LeftOut::Other) };
        let mut figures = Vec::new();
        for line in path.lines() {
            let figure = self.model.indices[index].lines[line].value;
            let base = self.asked.moment;
            let Some((figure, status)) = self.number_for_all(figure, base) else {
                return left(LeftOut::Other);
            };
            sure = self.weaker(sure, Sure::Always(status))?;
            figures.push(figure);
        }
        match path {
            IndexPath::Steps { back, .. } => {
                for figure in figures {
                    let factor = self.number(&Number::one().add(&figure))?;
                    amount = match back {
                        true => self.quotient(amount, factor, false)?,
                        false => self.product(amount, factor)?,
                    };
                }
            }
            IndexPath::Points { .. } => {
                if let [from, to] = figures.as_slice() {
                    let (from, to) = (self.number(from)?, self.number(to)?);
                    amount = self.product(amount, to)?;
                    amount = self.quotient(amount, from, false)?;
                }
            }
        }
        Ok(number(amount, sure))
    }

    // Conditions.

    pub(super) fn compare(&mut self, op: Compare, a: ExprId, b: ExprId, moment: Moment) -> Lowered {
        let (a, b) = (self.expr(a, moment)?, self.expr(b, moment)?);
        self.compare_known(op, a, b)
    }

    pub(super) fn compare_known(&mut self, op: Compare, a: Known, b: Known) -> Lowered {
        let reg = match (a.val, b.val) {
            (Val::Number(x), Val::Number(y)) => self.comparison(op, x, y)?,
            (Val::Truth(x), Val::Truth(y)) | (Val::Date(x), Val::Date(y)) => self.compared(op, x, y)?,
            // Of a text that is in no list only its being none of the list is known.
            (Val::Text(x), Val::Text(y)) => match op {
                Compare::Eq | Compare::Ne => self.compared(op, x, y)?,
                Compare::Lt | Compare::Le | Compare::Gt | Compare::Ge => return left(LeftOut::Words),
            },
            _ => return left(LeftOut::Other),
        };
        let sure = self.weaker(a.sure, b.sure)?;
        Ok(truth(reg, sure))
    }

    fn approx(&mut self, a: ExprId, b: ExprId, step: &Number, moment: Moment) -> Lowered {
        let ((x, of_x), (y, of_y)) = (self.as_number(a, moment)?, self.as_number(b, moment)?);
        let x = self.rounded(x, step, RoundMode::Nearest)?;
        let sure = self.weaker(of_x, of_y)?;
        Ok(truth(self.comparison(Compare::Eq, x, y)?, sure))
    }

    fn joined(&mut self, all: &[ExprId], moment: Moment, every: bool) -> Lowered {
        let all: Vec<Lowered> = all.iter().map(|one| self.expr(*one, moment)).collect();
        if every { self.all_of(&all) } else { self.any_of(&all) }
    }

    /// Conditions without those that an amendment has ended.
    fn standing(&mut self, all: &[ExprId], moment: Moment) -> Vec<Lowered> {
        let ended = |lowered: &Lowered| match lowered {
            Err(Why::State(state)) => matches!(**state, Outcome::DoesNotApply(Reason::Ended(..))),
            _ => false,
        };
        let all: Vec<Lowered> = all.iter().map(|one| self.expr(*one, moment)).collect();
        all.into_iter().filter(|lowered| !ended(lowered)).collect()
    }

    /// All hold. The first that does not decides, and how sure it is then rests on it alone. Where one has no registers, the
    /// row is given up unless another decides.
    pub(super) fn all_of(&mut self, all: &[Lowered]) -> Lowered {
        self.deciding(all, true)
    }

    /// One holds.
    pub(super) fn any_of(&mut self, all: &[Lowered]) -> Lowered {
        self.deciding(all, false)
    }

    fn deciding(&mut self, all: &[Lowered], every: bool) -> Lowered {
        if let Some(Err(Why::OtherRows)) = all.iter().find(|one| matches!(one, Err(Why::OtherRows))) {
            return Err(Why::OtherRows);
        }
        // What is left to the reference evaluator may decide, so what stands after it does not count. A state never decides.
        let is_left = |one: &Lowered| matches!(one, Err(Why::Left(_)));
        let until = all.iter().position(is_left).unwrap_or(all.len());
        let mut known: Vec<(Reg, Sure)> = Vec::new();
        for one in all[..until].iter().flatten() {
            let Val::Truth(reg) = one.val else { return left(LeftOut::Other) };
            known.push((reg, one.sure));
        }
        let mut whole = self.constant(i128::from(every))?;
        let mut sure = Sure::Always(Status::Final);
        for (reg, of) in &known {
            whole = self.emit(if every { Op::And(whole, *reg) } else { Op::Or(whole, *reg) })?;
            sure = self.weaker(sure, *of)?;
        }
        let first_why = all.iter().find_map(|one| one.as_ref().err());
        if let Some(why) = first_why {
            if known.is_empty() {
                return Err(why.clone());
            }
            self.note_left(why);
            match every {
                true => self.give_up_where(whole)?,
                false => self.give_up_unless(whole)?,
            }
        }
        // Where each is as sure as the others, it does not matter which decides.
        let of = |one: &(Reg, Sure)| one.1;
        if known.windows(2).all(|pair| of(&pair[0]) == of(&pair[1])) {
            return Ok(truth(whole, sure));
        }
        for (reg, of) in known.iter().rev() {
            let (decides, so_far) = (self.rank(*of)?, self.rank(sure)?);
            let by = match every {
                true => self.emit(Op::Select(*reg, so_far, decides))?,
                false => self.emit(Op::Select(*reg, decides, so_far))?,
            };
            sure = Sure::By(by);
        }
        Ok(truth(whole, sure))
    }

    fn count_met(&mut self, all: &[ExprId], moment: Moment) -> Lowered {
        let (mut count, mut sure) = (self.constant(0)?, Sure::Always(Status::Final));
        for one in all {
            let (reg, of) = match self.as_truth(*one, moment) {
                Err(Why::State(state)) if matches!(*state, Outcome::DoesNotApply(_)) => continue,
                one => one?,
            };
            count = self.emit(Op::Add(count, reg))?;
            sure = self.weaker(sure, of)?;
        }
        Ok(number(Num { over: count, scale: 0, under: None }, sure))
    }

    // Branches.

    /// The first where the condition holds, else the other; a row whose branch has no registers is given up.
    pub(super) fn branch(
        &mut self,
        (condition, of_condition): (Reg, Sure),
        then: Lowered,
        otherwise: Lowered,
    ) -> Lowered {
        match self.code.constant(condition) {
            Some(1) => return self.weakened(then?, of_condition),
            Some(_) => return self.weakened(otherwise?, of_condition),
            None => {}
        }
        let chosen = match (then, otherwise) {
            (Err(Why::OtherRows), _) | (_, Err(Why::OtherRows)) => return Err(Why::OtherRows),
            (Ok(then), Ok(otherwise)) => self.select(condition, then, otherwise)?,
            (Ok(then), Err(why)) => {
                self.note_left(&why);
                self.give_up_unless(condition)?;
                then
            }
            (Err(why), Ok(otherwise)) => {
                self.note_left(&why);
                self.give_up_where(condition)?;
                otherwise
            }
            (Err(why), Err(_)) => return Err(why),
        };
        self.weakened(chosen, of_condition)
    }

    pub(super) fn weakened(&mut self, known: Known, by: Sure) -> Lowered {
        Ok(Known { sure: self.weaker(known.sure, by)?, ..known })
    }

    /// One of two values, by a condition.
    pub(super) fn select(&mut self, condition: Reg, then: Known, otherwise: Known) -> Lowered {
        let val = match (then.val, otherwise.val) {
            (Val::Number(a), Val::Number(b)) => Val::Number(self.select_number(condition, a, b)?),
            (Val::Truth(a), Val::Truth(b)) => Val::Truth(self.emit(Op::Select(condition, a, b))?),
            (Val::Text(a), Val::Text(b)) => Val::Text(self.emit(Op::Select(condition, a, b))?),
            (Val::Date(a), Val::Date(b)) => Val::Date(self.emit(Op::Select(condition, a, b))?),
            _ => return left(LeftOut::Other),
        };
        let sure = match (then.sure, otherwise.sure) {
            (a, b) if a == b => a,
            (a, b) => {
                let (a, b) = (self.rank(a)?, self.rank(b)?);
                Sure::By(self.emit(Op::Select(condition, a, b))?)
            }
        };
        Ok(Known { val, sure })
    }

    fn select_number(&mut self, condition: Reg, a: Num, b: Num) -> Lowered<Num> {
        // Only the decimals need be the same, and a whole is itself over 1.
        let (a_over, b_over, scale) = self.aligned((a.over, a.scale), (b.over, b.scale))?;
        let over = self.emit(Op::Select(condition, a_over, b_over))?;
        let under = match (a.under, b.under) {
            (None, None) => None,
            (x, y) => {
                let one = self.constant(1)?;
                Some(self.emit(Op::Select(condition, x.unwrap_or(one), y.unwrap_or(one)))?)
            }
        };
        Ok(Num { over, scale, under })
    }
}

/// A number.
pub(super) fn number(number: Num, sure: Sure) -> Known {
    Known { val: Val::Number(number), sure }
}

/// A truth value.
pub(super) fn truth(reg: Reg, sure: Sure) -> Known {
    Known { val: Val::Truth(reg), sure }
}

/// The rank of a status, the weakest highest.
pub(super) fn rank_of(status: Status) -> u8 {
    match status {
        Status::Final => 0,
        Status::Provisional => 1,
        Status::Estimate => 2,
        Status::Approximate => 3,
    }
}

/// The status of a rank.
pub(super) fn status_of(rank: i128) -> Status {
    match rank {
        0 => Status::Final,
        1 => Status::Provisional,
        2 => Status::Estimate,
        _ => Status::Approximate,
    }
}
