//! What is asked for, compiled; and what its registers say, as outcomes.

use std::collections::BTreeMap;

use super::code::{Code, Reg};
use super::known::{Known, LeftOut, Num, Sure, Val, Why};
use super::lower::{Form, Input, Lower};
use super::lower_expr::status_of;
use crate::base::Id;
use crate::eval::{Outcome, Refused, Value};
use crate::facts::{Datum, Facts, Moment};
use crate::model::{DefId, ExprId, FactId, KindId};
use crate::plan::{Plan, Valid};
use crate::value::{Date, Number};

/// What is compiled for.
pub struct Asked<'a> {
    /// The rules.
    pub plan: &'a Valid<Plan>,
    /// What is the same for all rows.
    pub facts: &'a Facts,
    /// What of it may not be used, for a requirement that is not met.
    pub refused: &'a Refused,
    /// The moment the run asks about.
    pub moment: Moment,
    /// Whose rows they are.
    pub kind: KindId,
    /// Whether the rows give a fact at a moment, and with how many decimals at most.
    pub given: &'a dyn Fn(FactId, Moment) -> Option<u32>,
}

/// What is asked for of each row.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Target {
    /// A definition.
    Def(DefId),
    /// An expression.
    Expr(ExprId),
}

/// What became of a target.
#[derive(Clone, Debug)]
pub struct Made {
    /// The target.
    pub target: Target,
    /// Its registers, or why it has none.
    pub known: Result<Known, Why>,
}

/// Code for what was asked for.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// The instructions.
    pub code: Code,
    /// What each row must give, in order.
    pub inputs: Vec<Input>,
    /// The texts that registers name by their place.
    pub texts: Vec<String>,
    /// The targets, in the order they were asked for.
    pub made: Vec<Made>,
    /// Definitions of which something is left to the reference evaluator, in all rows or in some.
    pub partly: BTreeMap<DefId, LeftOut>,
    /// The registers of the nodes that rows differ in.
    pub nodes: BTreeMap<(ExprId, Moment), Known>,
    /// Why no row can be run by the code: a requirement that has no registers.
    pub unready: Option<Why>,
}

/// Compiles what is asked for of each row of a kind.
pub fn compile(asked: &Asked<'_>, targets: &[Target]) -> Compiled {
    let mut lower = Lower::new(asked);
    let unready = requirements(&mut lower, asked);
    let mut made = Vec::new();
    for target in targets {
        let known = match target {
            Target::Def(def) => lower.def(*def, asked.moment),
            Target::Expr(expr) => lower.expr(*expr, asked.moment),
        };
        made.push(Made { target: *target, known });
    }
    finish(lower, made, unready)
}

/// Rows that do not meet a requirement are given up, so that the reference evaluator tells of it.
fn requirements(lower: &mut Lower<'_>, asked: &Asked<'_>) -> Option<Why> {
    let model = &asked.plan.model;
    if model.lives.iter().any(|life| life.kind == asked.kind) {
        return Some(Why::Left(LeftOut::SomebodyElse));
    }
    let mut unready = None;
    for requirement in &model.requirements {
        let Some(moment) = asked.moment.interval() else { return Some(Why::Left(LeftOut::GivenDates)) };
        if !requirement.interval.overlaps(moment) {
            continue;
        }
        if requirement.each != Some(asked.kind) {
            // It was judged with what is the same for all, unless it is about all rows together.
            let others = lower.reads.others(model, requirement.condition);
            unready = unready.or(others.then_some(Why::OtherRows));
            continue;
        }
        let bounded = !requirement.given.is_empty() || requirement.exception.is_some();
        let met = match bounded {
            true => Err(Why::Left(LeftOut::GivenDates)),
            false => lower.require(requirement.condition, asked.moment),
        };
        unready = unready.or(met.err());
    }
    unready
}

fn finish(lower: Lower<'_>, mut made: Vec<Made>, unready: Option<Why>) -> Compiled {
    let Lower { code, inputs, texts, partly, mut nodes, .. } = lower;
    let wanted: Vec<Reg> =
        made.iter().filter_map(|made| made.known.as_ref().ok()).flat_map(Known::registers).collect();
    let (code, moved) = code.without_unread(&wanted);
    let to = |reg: Reg| moved.get(&reg).copied();
    for made in &mut made {
        if let Ok(known) = &mut made.known
            && let Some(there) = known.moved(to)
        {
            *known = there;
        }
    }
    nodes = nodes.into_iter().filter_map(|(at, known)| known.moved(to).map(|known| (at, known))).collect();
    let inputs = inputs.iter().cloned().collect();
    Compiled { code, inputs, texts, made, partly, nodes, unready }
}

impl Known {
    /// Returns the registers that it is read from.
    pub fn registers(&self) -> Vec<Reg> {
        let sure = match self.sure {
            Sure::Always(_) => None,
            Sure::By(reg) => Some(reg),
        };
        let (first, second) = match self.val {
            Val::Number(Num { over, under, .. }) => (over, under),
            Val::Truth(reg) | Val::Text(reg) | Val::Date(reg) => (reg, None),
        };
        [Some(first), second, sure].into_iter().flatten().collect()
    }

    fn moved(&self, to: impl Fn(Reg) -> Option<Reg>) -> Option<Known> {
        let sure = match self.sure {
            Sure::Always(status) => Sure::Always(status),
            Sure::By(reg) => Sure::By(to(reg)?),
        };
        let val = match self.val {
            Val::Number(Num { over, under, scale }) => {
                let under = match under {
                    None => None,
                    Some(under) => Some(to(under)?),
                };
                Val::Number(Num { over: to(over)?, under, scale })
            }
            Val::Truth(reg) => Val::Truth(to(reg)?),
            Val::Text(reg) => Val::Text(to(reg)?),
            Val::Date(reg) => Val::Date(to(reg)?),
        };
        Some(Known { val, sure })
    }
}

impl Compiled {
    /// Says what registers hold as the reference evaluator would; `None` where they hold a text that is in no list, or a
    /// denominator of 0.
    pub fn outcome(&self, known: &Known, get: impl Fn(Reg) -> i128) -> Option<Outcome> {
        let datum = match known.val {
            Val::Number(number) => Datum::Number(exact(number, &get)?),
            Val::Truth(reg) => Datum::Bool(get(reg) == 1),
            Val::Text(reg) => {
                Datum::Text(usize::try_from(get(reg)).ok().and_then(|place| self.texts.get(place))?.clone())
            }
            Val::Date(reg) => Datum::Date(Date::FIRST.add_days(i64::try_from(get(reg)).ok()?)?),
        };
        let status = match known.sure {
            Sure::Always(status) => status,
            Sure::By(reg) => status_of(get(reg)),
        };
        Some(Outcome::Value(Value { datum, status }))
    }

    /// Writes a datum as an input of the code; `None` where it has no such form or more decimals than the input.
    pub fn written(&self, input: usize, datum: &Datum) -> Option<i128> {
        match (self.inputs.get(input)?.form, datum) {
            (Form::Number(scale), Datum::Number(number)) => scaled(number, scale),
            (Form::Truth, Datum::Bool(truth)) => Some(i128::from(*truth)),
            (Form::Text, Datum::Text(text)) => {
                let place = self.texts.iter().position(|known| known == text)?;
                i128::try_from(place).ok()
            }
            (Form::Date, Datum::Date(date)) => Some(i128::from(Date::FIRST.days_until(*date))),
            (_, _) => None,
        }
    }

    /// How many instructions a row takes.
    pub fn len(&self) -> usize {
        self.code.ops.ids().filter(|reg| self.code.constant(*reg).is_none()).count()
    }

    /// Tells whether no row takes any.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The place of a register among all, for those who keep registers of their own.
    pub fn place(reg: Reg) -> usize {
        reg.index()
    }
}

fn exact(number: Num, get: &impl Fn(Reg) -> i128) -> Option<Number> {
    let over = Number::from_digits(&get(number.over).to_string(), number.scale)?;
    match number.under {
        None => Some(over),
        Some(under) => over.div(&Number::from_digits(&get(under).to_string(), 0)?),
    }
}

/// A number as a whole one of so many decimals; `None` where it has more.
fn scaled(number: &Number, scale: u32) -> Option<i128> {
    let decimals = number.decimals().filter(|decimals| *decimals <= scale)?;
    let digits: String = number.to_exact().chars().filter(|c| *c != '.').collect();
    let whole: i128 = digits.parse().ok()?;
    whole.checked_mul(10_i128.checked_pow(scale - decimals)?)
}
