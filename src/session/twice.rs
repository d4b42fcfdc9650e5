//! Both machines on the same data: the reference evaluator says what is right, and the fast machine must say the same in
//! each value, each state and each register.

use std::collections::BTreeMap;

use super::{Bound, Session};
use crate::base::{Bi, bi};
use crate::eval::{At, Limits, Machine, Outcome, Trace, What, requirements};
use crate::facts::{Datum, EntityId, Facts, Found, Moment};
use crate::machine::{
    Asked, Columns, Compiled, Known, LeftOut, Made, One, ROWS_AT_ONCE, Range, Ranges, Reg, Target, Why,
    Width, compile,
};
use crate::model::{DefId, ExprId, FactId, KindId, Model};

/// What came of running both.
#[derive(Clone, Debug, Default)]
pub struct Twice {
    /// The rows: entities of all kinds.
    pub rows: usize,
    /// Results that registers had.
    pub in_registers: usize,
    /// Results that are left to the reference evaluator in all rows, by why; those that read other rows under `None`.
    pub left: BTreeMap<Option<LeftOut>, usize>,
    /// Results that are left to it in a row that the code gave up.
    pub given_up: usize,
    /// Registers of single nodes that were compared with the steps of the trace.
    pub nodes: usize,
    /// Where the two differ. INVARIANT of the fast machine: nowhere.
    pub differ: Vec<Bi>,
}

impl Session {
    /// Computes every definition for every entity with both machines; nothing where the time is not known.
    pub fn computed_twice(&self, asked: Option<Moment>) -> Twice {
        let Bound { plan, facts, moment, .. } = self.bound(asked);
        let mut twice = Twice::default();
        let Some(moment) = moment else { return twice };
        let judged = requirements(&plan, &facts, moment, Limits::default());
        let model = &plan.model;
        for kind in model.kinds.ids() {
            let rows = facts.of_kind(kind);
            if rows.is_empty() {
                continue;
            }
            let given = |fact: FactId, at: Moment| decimals_of(&facts, &rows, fact, at);
            let refused = &judged.refused;
            let own = Asked { plan: &plan, facts: &facts, refused, moment, kind, given: &given };
            let compiled = compile(&own, &targets(model, kind));
            let machine = Machine::new(&plan, &facts, moment, Limits::default()).refusing(&judged.refused);
            let mut both = Both { model, facts: &facts, compiled: &compiled, machine, twice: &mut twice };
            both.rows(&rows, moment);
        }
        twice
    }
}

/// The definitions that differ between the entities of a kind.
fn targets(model: &Model, kind: KindId) -> Vec<Target> {
    let own = |def: &DefId| {
        model.defs[*def].per_entity && model.clauses[model.defs[*def].clause].each == Some(kind)
    };
    model.defs.ids().filter(own).map(Target::Def).collect()
}

/// With how many decimals some rows give a fact; `None` where none of them does.
fn decimals_of(facts: &Facts, rows: &[EntityId], fact: FactId, at: Moment) -> Option<u32> {
    let given = |row: &EntityId| match facts.fact(fact, Some(*row), at) {
        Found::One(given) => Some(given.datum.as_ref().ok().and_then(datum_decimals).unwrap_or(0)),
        Found::Changes(_) => Some(0),
        Found::Missing => None,
    };
    rows.iter().filter_map(given).max()
}

fn datum_decimals(datum: &Datum) -> Option<u32> {
    match datum {
        Datum::Number(number) => number.decimals(),
        Datum::Bool(_) | Datum::Date(_) | Datum::Text(_) | Datum::Nothing => None,
    }
}

struct Both<'a, 't> {
    model: &'a Model,
    facts: &'a Facts,
    compiled: &'a Compiled,
    machine: Machine<'a>,
    twice: &'t mut Twice,
}

impl Both<'_, '_> {
    fn rows(&mut self, rows: &[EntityId], moment: Moment) {
        let written: Vec<Option<Vec<i128>>> = rows.iter().map(|row| self.written(*row)).collect();
        let ranges: Vec<Range> = (0..self.compiled.inputs.len())
            .map(|input| {
                let mut all =
                    written.iter().flatten().filter_map(|row| row.get(input)).map(|v| Range::only(*v));
                let first = all.next().unwrap_or(Range::only(0));
                all.fold(first, Range::hull)
            })
            .collect();
        let width = Ranges::of(&self.compiled.code, &ranges).width;
        let mut one = One::<i128>::new(self.compiled, &ranges);
        for (row, written) in rows.iter().zip(&written) {
            self.twice.rows += 1;
            let ran = match (one.as_mut(), written) {
                (Some(one), Some(row)) if self.compiled.unready.is_none() => one.run(row).then_some(&*one),
                (_, _) => None,
            };
            self.row(*row, moment, ran);
        }
        let known: Vec<&Vec<i128>> = written.iter().flatten().collect();
        match width {
            Width::Word => self.columns::<i64>(&known, &ranges),
            Width::Double => self.columns::<i128>(&known, &ranges),
            Width::Beyond => {}
        }
    }

    /// What a row gives, as the code reads it; `None` where it lacks something or it has no such form.
    fn written(&self, row: EntityId) -> Option<Vec<i128>> {
        let inputs = self.compiled.inputs.iter().enumerate();
        inputs
            .map(|(at, input)| match self.facts.fact(input.fact, Some(row), input.moment) {
                Found::One(given) => self.compiled.written(at, given.datum.as_ref().ok()?),
                Found::Changes(_) | Found::Missing => None,
            })
            .collect()
    }

    fn row(&mut self, row: EntityId, moment: Moment, ran: Option<&One<i128>>) {
        for made in &self.compiled.made {
            let Target::Def(def) = made.target else { continue };
            let said = self.said(made, ran);
            let Some(said) = said else { continue };
            let step = self.machine.definition_at(def, Some(row), moment);
            let right = self.machine.trace().outcome(step).clone();
            if said != right {
                let name = self.model.full_name(def);
                self.differ(row, &name, (&said, &right));
            }
        }
        if let Some(ran) = ran {
            self.nodes(row, ran);
        }
    }

    /// What the fast machine says; `None` where it leaves it to the reference evaluator.
    fn said(&mut self, made: &Made, ran: Option<&One<i128>>) -> Option<Outcome> {
        match (&made.known, ran) {
            (Err(Why::State(state)), Some(_)) => {
                self.twice.in_registers += 1;
                Some((**state).clone())
            }
            (Ok(known), Some(ran)) => {
                self.twice.in_registers += 1;
                self.compiled.outcome(known, |reg| ran.get(reg))
            }
            (Err(Why::Left(what)), _) => {
                *self.twice.left.entry(Some(*what)).or_default() += 1;
                None
            }
            (Err(Why::OtherRows), _) => {
                *self.twice.left.entry(None).or_default() += 1;
                None
            }
            (Err(Why::State(_)), None) => {
                self.twice.given_up += 1;
                None
            }
            (Ok(_), None) => {
                self.twice.given_up += 1;
                None
            }
        }
    }

    /// The registers of nodes, against the steps that the reference evaluator took for them.
    fn nodes(&mut self, row: EntityId, ran: &One<i128>) {
        let mut wrong = Vec::new();
        for (expr, moment, right) in steps_of(self.machine.trace(), row) {
            let Some(known) = self.compiled.nodes.get(&(expr, moment)) else { continue };
            self.twice.nodes += 1;
            let said = self.compiled.outcome(known, |reg| ran.get(reg));
            if said.as_ref() != Some(right) {
                wrong.push((expr, said, right.clone()));
            }
        }
        for (expr, said, right) in wrong {
            let said = said.unwrap_or(Outcome::of(Datum::Nothing));
            let node = format!("{:?}", self.model.node(expr).kind);
            self.differ(row, &node, (&said, &right));
        }
    }

    /// The same code over columns says the same as row by row.
    fn columns<T: crate::machine::Word>(&mut self, rows: &[&Vec<i128>], ranges: &[Range]) {
        let made = Columns::<T>::new(self.compiled);
        let (Some(mut columns), Some(mut one)) = (made, One::<i128>::new(self.compiled, ranges)) else {
            return;
        };
        for chunk in rows.chunks(ROWS_AT_ONCE) {
            let inputs: Vec<Vec<T>> = (0..self.compiled.inputs.len())
                .map(|at| chunk.iter().filter_map(|row| T::fit(row[at])).collect())
                .collect();
            let inputs: Vec<&[T]> = inputs.iter().map(Vec::as_slice).collect();
            columns.run(&inputs, chunk.len());
            let mut marks = Vec::new();
            columns.given_up(&inputs, &mut marks);
            for (at, row) in chunk.iter().enumerate() {
                let ran = one.run(row);
                let known = self.compiled.made.iter().filter_map(|made| made.known.as_ref().ok());
                let same = |reg: Reg| columns.get(reg, at, &inputs).wide() == one.get(reg);
                let alike = known.flat_map(Known::registers).all(same);
                if ran == marks[at] || ran && !alike {
                    let (da, en) = ("kolonner og rækker er ikke enige", "columns and rows do not agree");
                    self.twice.differ.push(bi!("{da}", "{en}"));
                }
            }
        }
    }

    fn differ(&mut self, row: EntityId, name: &str, (said, right): (&Outcome, &Outcome)) {
        let who = &self.facts.get(row).name;
        self.twice.differ.push(bi!(
            "{name} for {who}: den hurtige maskine siger {said:?}, referencen {right:?}",
            "{name} for {who}: the fast machine says {said:?}, the reference {right:?}"
        ));
    }
}

/// The steps of expressions that were taken for one entity in the world as it is.
fn steps_of(trace: &Trace, row: EntityId) -> impl Iterator<Item = (ExprId, Moment, &Outcome)> {
    trace.steps.iter().filter_map(move |step| match (step.what, step.at) {
        (What::Expr(expr), At { entity: Some(entity), outer: None, moment, without: None, below: None })
            if entity == row =>
        {
            Some((expr, moment, &step.outcome))
        }
        (_, _) => None,
    })
}
