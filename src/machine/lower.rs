//! From rules to code: definitions and facts. What is the same in every row is computed by the reference evaluator, once;
//! what may differ becomes registers; what has no registers is left to the reference evaluator, row by row.

use std::collections::BTreeMap;

use super::Asked;
use super::code::{Code, InputId, Op, Reg};
use super::known::{Known, LeftOut, Lowered, Num, Sure, Val, Why, left};
use super::rows::Reads;
use crate::base::IndexVec;
use crate::eval::{Line, Machine, Outcome, line_in_force};
use crate::facts::{Datum, Moment, in_domain};
use crate::model::{
    Alternative, Body, DefId, ExprId, FactId, FactOwner, KindId, LayerId, Model, NodeKind, OverTarget, Ty,
};
use crate::value::{Date, Interval, Number, Status};

/// A value that each row gives.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Input {
    /// The fact.
    pub fact: FactId,
    /// When.
    pub moment: Moment,
    /// How it is written in a register.
    pub form: Form,
}

/// How a datum is written as a whole number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// A number with so many decimals.
    Number(u32),
    /// 1 is yes, 0 is no.
    Truth,
    /// By its place in the list of texts; one that is not in it is −1.
    Text,
    /// In days.
    Date,
}

/// Lowers what is asked for, for one kind at one time.
pub(super) struct Lower<'a> {
    pub(super) model: &'a Model,
    pub(super) asked: &'a Asked<'a>,
    pub(super) reads: Reads,
    pub(super) code: Code,
    pub(super) inputs: IndexVec<InputId, Input>,
    pub(super) texts: Vec<String>,
    /// Where something of a definition is left to the reference evaluator in some rows only.
    pub(super) partly: BTreeMap<DefId, LeftOut>,
    known_defs: BTreeMap<(DefId, Moment), Lowered>,
    pub(super) nodes: BTreeMap<(ExprId, Moment), Known>,
    known_inputs: BTreeMap<(FactId, Moment), InputId>,
    same_for_all: BTreeMap<(ExprId, Moment), Outcome>,
    open: Vec<DefId>,
    /// Computes what is the same in every row.
    reference: Machine<'a>,
}

impl<'a> Lower<'a> {
    pub(super) fn new(asked: &'a Asked<'a>) -> Lower<'a> {
        let model = &asked.plan.model;
        let limits = crate::eval::Limits::default();
        let reference =
            Machine::without_trace(asked.plan, asked.facts, asked.moment, limits).refusing(asked.refused);
        Lower {
            model,
            asked,
            reads: Reads::of(model, asked.kind, &asked.plan.order),
            code: Code::default(),
            inputs: IndexVec::new(),
            texts: Vec::new(),
            partly: BTreeMap::new(),
            known_defs: BTreeMap::new(),
            nodes: BTreeMap::new(),
            known_inputs: BTreeMap::new(),
            same_for_all: BTreeMap::new(),
            open: Vec::new(),
            reference,
        }
    }

    pub(super) fn kind(&self) -> KindId {
        self.asked.kind
    }

    /// Lowers a definition at a moment. What it needs is lowered first, in the order of the plan, so that a long chain of
    /// definitions is no deep recursion.
    pub(super) fn def(&mut self, def: DefId, moment: Moment) -> Lowered {
        if let Some(known) = self.known_defs.get(&(def, moment)) {
            return known.clone();
        }
        let is_known = |def: DefId| self.known_defs.contains_key(&(def, moment)) || self.open.contains(&def);
        for needed in self.reads.needed(def, is_known) {
            // What comes of it is asked for again by what needs it.
            drop(self.one_def(needed, moment));
        }
        self.one_def(def, moment)
    }

    fn one_def(&mut self, def: DefId, moment: Moment) -> Lowered {
        if self.open.contains(&def) && self.open.len() > DEEPEST {
            return left(LeftOut::OtherLines);
        }
        if let Some(known) = self.known_defs.get(&(def, moment)) {
            return known.clone();
        }
        self.open.push(def);
        let lowered = self.fresh_def(def, moment);
        self.open.pop();
        if let Err(Why::Left(what)) = lowered {
            self.partly.insert(def, what);
        }
        self.known_defs.insert((def, moment), lowered.clone());
        lowered
    }

    fn fresh_def(&mut self, def: DefId, moment: Moment) -> Lowered {
        if self.reads.other_rows.contains(&def) {
            return Err(Why::OtherRows);
        }
        if self.reads.kind_of(self.model, def) != Some(self.kind()) {
            let step = self.reference.definition_at(def, None, moment);
            let outcome = self.reference.trace().outcome(step).clone();
            return self.settled(&outcome);
        }
        self.layered(def, moment)
    }

    /// What an expression comes to that is the same in every row.
    pub(super) fn same_for_all(&mut self, expr: ExprId, moment: Moment) -> Outcome {
        if let Some(known) = self.same_for_all.get(&(expr, moment)) {
            return known.clone();
        }
        let step = self.reference.expression_at(expr, None, moment);
        let outcome = self.reference.trace().outcome(step).clone();
        self.same_for_all.insert((expr, moment), outcome.clone());
        outcome
    }

    /// Writes what is the same in every row into registers.
    pub(super) fn settled(&mut self, outcome: &Outcome) -> Lowered {
        let value = match outcome {
            Outcome::Value(value) => value,
            Outcome::DoesNotApply(_) => return Err(Why::State(Box::new(outcome.clone()))),
            // What is missing, and what is wrong, is told of the row it is asked for.
            Outcome::Unknown(_) | Outcome::Error(_) => return left(LeftOut::Other),
        };
        let val = match &value.datum {
            Datum::Number(number) => Val::Number(self.number(number)?),
            Datum::Bool(truth) => Val::Truth(self.constant(i128::from(*truth))?),
            Datum::Date(date) => Val::Date(self.constant(i128::from(Date::FIRST.days_until(*date)))?),
            Datum::Text(text) => Val::Text(self.text_constant(text)?),
            Datum::Nothing => return left(LeftOut::Words),
        };
        Ok(Known { val, sure: Sure::Always(value.status) })
    }

    fn text_constant(&mut self, text: &str) -> Lowered<Reg> {
        let place = match self.texts.iter().position(|known| known == text) {
            Some(place) => place,
            None => {
                self.texts.push(text.to_owned());
                self.texts.len() - 1
            }
        };
        self.constant(i128::try_from(place).unwrap_or(i128::MAX))
    }

    // Definitions.

    fn layered(&mut self, def: DefId, moment: Moment) -> Lowered {
        let data = &self.model.defs[def];
        let reaches = self.model.overrides.iter().any(|over| over.target == OverTarget::Def(def));
        if reaches {
            return self.overridden(def, moment);
        }
        if self.asked.facts.overridden().any(|given| given == def) {
            let given = Datum::Nothing;
            let found = match self.asked.facts.def(def, None, moment) {
                crate::facts::Found::One(given) => Outcome::given(given),
                crate::facts::Found::Changes(_) => return left(LeftOut::GivenDates),
                crate::facts::Found::Missing => Outcome::of(given),
            };
            if found != Outcome::of(Datum::Nothing) {
                return self.settled(&found);
            }
        }
        if data.faulty {
            return left(LeftOut::Other);
        }
        match data.exceptions.is_empty() {
            true => self.text(def, moment),
            false => self.with_exceptions(def, moment),
        }
    }

    /// A what-if or a reading stands in for it.
    fn overridden(&mut self, def: DefId, moment: Moment) -> Lowered {
        let model = self.model;
        let all = || model.overrides.iter().filter(|over| over.target == OverTarget::Def(def));
        let stated = |over: LayerId| over < model.layers.exceptions;
        if all().any(|over| over.entity.is_some() || stated(over.layer)) {
            return left(LeftOut::WhatIf);
        }
        match all().rfind(|over| self.is_timely(over.interval, moment, true)) {
            Some(over) => self.expr(over.value, moment),
            None => left(LeftOut::WhatIf),
        }
    }

    fn is_timely(&self, interval: Option<Interval>, moment: Moment, always: bool) -> bool {
        match (interval, moment.interval()) {
            (Some(interval), Some(asked)) => interval.covers(asked),
            (Some(_), None) => false,
            (None, Some(asked)) => {
                always || self.asked.moment.interval().is_some_and(|base| base.covers(asked))
            }
            (None, None) => always,
        }
    }

    /// What the text says, without exceptions.
    pub(super) fn text(&mut self, def: DefId, moment: Moment) -> Lowered {
        let below = self.model.layers.exceptions;
        let lines: Vec<&Alternative> =
            self.model.defs[def].alternatives.iter().filter(|line| line.layer < below).collect();
        self.in_force(def, &lines, moment)
    }

    /// What the line in force says.
    pub(super) fn in_force(&mut self, def: DefId, lines: &[&Alternative], moment: Moment) -> Lowered {
        let Some(asked) = moment.interval().filter(|_| lines.iter().all(|line| line.given.is_empty())) else {
            return left(LeftOut::GivenDates);
        };
        let line = match line_in_force(lines, asked) {
            Line::One(at) => lines[at],
            Line::Nothing => {
                return Err(Why::State(Box::new(Outcome::DoesNotApply(crate::eval::Reason::NotInForce(
                    def,
                )))));
            }
            Line::Several => return left(LeftOut::GivenDates),
        };
        match line.body {
            _ if line.total => left(LeftOut::OtherLines),
            Body::Expr(body) => match self.model.node(body).kind {
                NodeKind::Unknown(_) => left(LeftOut::Other),
                _ => self.expr(body, moment),
            },
            // Which exception or layer lifts it is for the reference evaluator to say.
            Body::Lifted => left(LeftOut::Exception),
        }
    }

    // Facts.

    /// A fact of the row.
    pub(super) fn fact(&mut self, fact: FactId, moment: Moment) -> Lowered {
        let data = &self.model.facts[fact];
        if self.model.overrides.iter().any(|over| over.target == OverTarget::Fact(fact)) {
            return self.fact_overridden(fact, moment);
        }
        if let Some(known) = self.known_inputs.get(&(fact, moment)) {
            return self.input(*known);
        }
        let Some(decimals) = (self.asked.given)(fact, moment) else {
            return match data.declared.default {
                Some(default) => self.expr(default, moment),
                None => left(LeftOut::Other),
            };
        };
        let form = match &data.declared.ty {
            Ty::Zero | Ty::Number | Ty::Percent | Ty::Quantity { .. } => Form::Number(decimals),
            Ty::Bool => Form::Truth,
            Ty::OneOf(all) => {
                for text in all {
                    self.text_constant(text)?;
                }
                Form::Text
            }
            Ty::Date => Form::Date,
            Ty::Unknown | Ty::Text | Ty::Entity(_) | Ty::Nothing => return left(LeftOut::Words),
        };
        let input = self.inputs.push(Input { fact, moment, form });
        self.known_inputs.insert((fact, moment), input);
        self.input(input)
    }

    fn input(&mut self, input: InputId) -> Lowered {
        let reg = self.emit(Op::Input(input))?;
        let val = match self.inputs[input].form {
            Form::Number(scale) => Val::Number(Num { over: reg, scale, under: None }),
            Form::Truth => Val::Truth(reg),
            Form::Text => Val::Text(reg),
            Form::Date => Val::Date(reg),
        };
        Ok(Known { val, sure: Sure::Always(Status::Final) })
    }

    /// A what-if that gives all the same. One outside what the fact can be is for the reference evaluator to tell.
    fn fact_overridden(&mut self, fact: FactId, moment: Moment) -> Lowered {
        let model = self.model;
        let declared = &model.facts[fact].declared;
        let all = || model.overrides.iter().filter(|over| over.target == OverTarget::Fact(fact));
        let stated = |over: LayerId| over < model.layers.exceptions;
        if all().any(|over| over.entity.is_some() || stated(over.layer) || self.reads.row(model, over.value))
        {
            return left(LeftOut::WhatIf);
        }
        let over = all().rfind(|over| self.is_timely(over.interval, moment, declared.always));
        let Some(over) = over else { return left(LeftOut::WhatIf) };
        let outcome = self.same_for_all(over.value, moment);
        match outcome.as_number().is_some_and(|number| in_domain(number, declared).is_ok()) {
            true => self.settled(&outcome),
            false => left(LeftOut::WhatIf),
        }
    }

    // Rows that are given up.

    /// Gives up the rows in which a register is 1.
    pub(super) fn give_up_where(&mut self, reg: Reg) -> Lowered<()> {
        if self.code.constant(reg) != Some(0) && !self.code.given_up.contains(&reg) {
            self.code.given_up.push(reg);
        }
        Ok(())
    }

    /// Gives up the rows in which a register is 0.
    pub(super) fn give_up_unless(&mut self, reg: Reg) -> Lowered<()> {
        let not = self.emit(Op::Not(reg))?;
        self.give_up_where(not)
    }

    /// Notes that a part of the definition at hand is left to the reference evaluator in some rows.
    pub(super) fn note_left(&mut self, why: &Why) {
        if let (Some(def), Why::Left(what)) = (self.open.last(), why) {
            self.partly.insert(*def, *what);
        }
    }

    // Numbers that are the same in every row.

    /// The number that an expression has in every row.
    pub(super) fn number_for_all(&mut self, expr: ExprId, moment: Moment) -> Option<(Number, Status)> {
        if self.reads.row(self.model, expr) {
            return None;
        }
        let outcome = self.same_for_all(expr, moment);
        outcome.as_number().map(|number| (number.clone(), outcome.status()))
    }
}

/// A definition that is open so many times inside itself goes back further in time than is worth unrolling.
const DEEPEST: usize = 60;

/// The owner of a fact as far as it matters here.
pub(super) fn is_of(model: &Model, fact: FactId, kind: KindId) -> bool {
    model.facts[fact].owner == FactOwner::Kind(kind)
}
