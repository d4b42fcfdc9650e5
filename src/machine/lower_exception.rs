//! Exceptions in registers: the conditions become registers, and of those that are live the one that goes before.

use super::code::{Op, Reg};
use super::known::{LeftOut, Lowered, Sure, Why, left};
use super::lower::Lower;
use crate::eval::Outcome;
use crate::facts::Moment;
use crate::model::{Alternative, Body, DefId, ExceptionId, NodeKind};
use crate::value::{Interval, Status};

impl Lower<'_> {
    /// What a definition is as live exceptions leave it.
    pub(super) fn with_exceptions(&mut self, def: DefId, moment: Moment) -> Lowered {
        let model = self.model;
        let Some(asked) = moment.interval() else { return left(LeftOut::GivenDates) };
        let mut live: Vec<(ExceptionId, Reg)> = Vec::new();
        let mut sure = Sure::Always(Status::Final);
        for (exception, line) in &model.defs[def].exceptions {
            let seen = live.iter().any(|(seen, _)| seen == exception);
            if seen || model.switched_off.contains(exception) || self.is_ended(*exception, asked) {
                continue;
            }
            if !line.given.is_empty() {
                return left(LeftOut::GivenDates);
            }
            if !line.interval.overlaps(asked) {
                continue;
            }
            if let Some((reg, of)) = self.live(*exception, asked, moment)? {
                sure = self.weaker(sure, of)?;
                live.push((*exception, reg));
            }
        }
        let mut value = self.text(def, moment);
        let mut wins = Vec::new();
        for (exception, reg) in &live {
            let mut wins_here = *reg;
            for (_, before) in live.iter().filter(|(other, _)| model.exception_before(*other, *exception)) {
                let not = self.emit(Op::Not(*before))?;
                wins_here = self.emit(Op::And(wins_here, not))?;
            }
            wins.push((*exception, wins_here));
        }
        self.give_up_where_several(&wins)?;
        for (exception, wins) in wins {
            let restated = self.restated(def, exception, moment);
            value = self.where_holds(wins, restated, value);
        }
        let value = value?;
        self.weakened(value, sure)
    }

    /// Several live exceptions of which none goes before must agree, which the reference evaluator tells.
    fn give_up_where_several(&mut self, wins: &[(ExceptionId, Reg)]) -> Lowered<()> {
        let (mut count, one) = (self.constant(0)?, self.constant(1)?);
        for (_, reg) in wins {
            count = self.emit(Op::Add(count, *reg))?;
        }
        let several = self.emit(Op::Less(one, count))?;
        self.give_up_where(several)
    }

    fn restated(&mut self, def: DefId, exception: ExceptionId, moment: Moment) -> Lowered {
        let model = self.model;
        let own = model.defs[def].exceptions.iter().filter(|(id, _)| *id == exception);
        let lines: Vec<&Alternative> = own.map(|(_, line)| line).collect();
        let edits_rows = lines.iter().any(|line| match line.body {
            Body::Expr(body) => match &model.node(body).kind {
                NodeKind::Lookup { table, .. } => model.tables[*table].edited_in == Some(exception),
                _ => false,
            },
            Body::Lifted => false,
        });
        match edits_rows {
            true => left(LeftOut::Exception),
            false => self.in_force(def, &lines, moment),
        }
    }

    fn is_ended(&self, exception: ExceptionId, asked: Interval) -> bool {
        self.model.exceptions[exception].ended.iter().any(|(interval, _)| interval.covers(asked))
    }

    /// Whether an exception is live, and how sure its conditions are; `None` where it is not, whoever is asked about.
    fn live(
        &mut self,
        exception: ExceptionId,
        asked: Interval,
        moment: Moment,
    ) -> Lowered<Option<(Reg, Sure)>> {
        let data = &self.model.exceptions[exception];
        if self.model.switched_off.contains(&exception) || self.is_ended(exception, asked) {
            return Ok(None);
        }
        let own = data.interval.unwrap_or(Interval::always());
        if !own.overlaps(asked) {
            return Ok(None);
        }
        let in_part = !own.covers(asked) || data.ended.iter().any(|(ended, _)| ended.overlaps(asked));
        if in_part || !data.given.is_empty() {
            return left(LeftOut::GivenDates);
        }
        let outer = match data.outer {
            // The condition of one around it counts for how sure this is only where it is undecided.
            Some(outer) => match self.live(outer, asked, moment)? {
                None => return Ok(None),
                Some((reg, _)) => Some(reg),
            },
            None => None,
        };
        let (own, sure) = match data.condition {
            None => (self.constant(1)?, Sure::Always(Status::Final)),
            Some(_) if data.reads_itself => return left(LeftOut::Exception),
            Some(condition) => match self.as_truth(condition, moment) {
                // A condition that does not apply is not met.
                Err(Why::State(state)) if matches!(*state, Outcome::DoesNotApply(_)) => return Ok(None),
                condition => condition?,
            },
        };
        let Some(outer) = outer else { return Ok(Some((own, sure))) };
        // Where the one around it is not live, its own condition is not read.
        if sure != Sure::Always(Status::Final) {
            return left(LeftOut::Exception);
        }
        Ok(Some((self.emit(Op::And(outer, own))?, sure)))
    }
}
