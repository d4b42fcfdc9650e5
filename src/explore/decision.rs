//! What a run decided: whether conditions are met, grants paid, exceptions live, which rows are hit.

use std::collections::BTreeMap;

use super::runs::Run;
use crate::eval::{Considered, Detail, Outcome, Place, StepId, Trace, What};
use crate::explain::{Sought, Words, places};
use crate::facts::{Datum, EntityId, Moment};
use crate::model::{DefId, DefKind, ExceptionId, TableId};

/// What is to turn out otherwise.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Aim {
    /// The result itself: what it says, or of a number, anything that decides it.
    Result,
    /// Something that the result rests on.
    Sought(Sought),
}

/// What something came to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Decision {
    /// A value that is no number.
    Is(Datum),
    /// A number; which one makes no difference here.
    Number,
    /// A grant is paid in full, or not.
    Paid(bool),
    /// An exception applies, or a row is hit, or not.
    Live(bool),
    /// The rows of a table that are hit.
    Rows(TableId, Vec<usize>),
    /// It does not apply.
    Apart,
    /// It is an error.
    Wrong,
    /// It is not known, for something else than what is varied.
    Open,
    /// Everything that was decided on the way.
    All(BTreeMap<Spot, Decision>),
}

/// Where something was decided.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Spot {
    pub(super) what: What,
    pub(super) exception: Option<ExceptionId>,
    pub(super) entity: Option<EntityId>,
    pub(super) moment: Moment,
}

/// What a run decided of what is aimed at; `None` where that turns on the facts that are varied.
pub(super) fn decide(words: Words<'_>, run: &Run, aim: &Aim, varied: &[Place]) -> Option<Decision> {
    let judge = Judge { words, trace: &run.trace, varied };
    match aim {
        Aim::Result => judge.result(run.root),
        Aim::Sought(sought) => judge.sought(run.root, sought),
    }
}

/// Everything that a run decided on the way to its result; `None` where that turns on the facts that are varied.
pub(super) fn decided(words: Words<'_>, run: &Run, varied: &[Place]) -> Option<BTreeMap<Spot, Decision>> {
    Judge { words, trace: &run.trace, varied }.all(run.root)
}

struct Judge<'a> {
    words: Words<'a>,
    trace: &'a Trace,
    varied: &'a [Place],
}

impl Judge<'_> {
    /// What an outcome that is no value came to; `None` where it turns on what is varied.
    fn state(&self, outcome: &Outcome) -> Option<Decision> {
        match outcome {
            Outcome::Value(value) => Some(match &value.datum {
                Datum::Number(_) => Decision::Number,
                datum => Decision::Is(datum.clone()),
            }),
            Outcome::DoesNotApply(_) => Some(Decision::Apart),
            Outcome::Error(_) => Some(Decision::Wrong),
            Outcome::Unknown(unknown) => {
                let varied = |missing| self.varied.iter().any(|place| place.is_missing(missing));
                (!unknown.missing.iter().any(varied)).then_some(Decision::Open)
            }
        }
    }

    fn result(&self, root: StepId) -> Option<Decision> {
        let inner = self.source(root);
        if let What::Def(def) = self.trace.step(inner).what
            && self.words.model.defs[def].kind == DefKind::Grant
            && let Some(decision) = self.grant(inner, def)
        {
            return Some(decision);
        }
        match self.state(self.trace.outcome(root)) {
            Some(Decision::Is(datum)) => Some(Decision::Is(datum)),
            Some(Decision::Apart) => Some(Decision::Apart),
            Some(Decision::Wrong) => Some(Decision::Wrong),
            _ if self.is_number(root) => self.all(root).map(Decision::All),
            other => other,
        }
    }

    fn is_number(&self, root: StepId) -> bool {
        match self.trace.step(root).what {
            What::Def(def) => self.words.model.defs[def].ty.is_numeric(),
            What::Expr(expr) => self.words.model.node(expr).ty.is_numeric(),
        }
    }

    /// The definition that an expression is nothing but the reading of.
    fn source(&self, root: StepId) -> StepId {
        let mut at = root;
        while let (What::Expr(_), [only]) = (self.trace.step(at).what, self.trace.step(at).inputs.as_slice())
        {
            at = *only;
        }
        at
    }

    fn sought(&self, root: StepId, sought: &Sought) -> Option<Decision> {
        let Some(step) = places(self.words, self.trace, root, sought).first().copied() else {
            return Some(Decision::Apart);
        };
        let own = self.trace.step(step);
        match sought {
            Sought::Def(def) => match self.words.model.defs[*def].kind {
                DefKind::Grant => self.grant(step, *def).or_else(|| self.state(&own.outcome)),
                _ => self.state(&own.outcome),
            },
            Sought::Exception(exception) => match &own.detail {
                Detail::Definition(detail) => {
                    let considered = detail.considered.iter().find(|own| own.exception == *exception);
                    considered.map_or(Some(Decision::Live(false)), |own| self.live(own))
                }
                _ => Some(Decision::Live(false)),
            },
            Sought::Rows(rows) => match self.rows(step)? {
                Decision::Rows(table, hit) => {
                    Some(Decision::Live(rows.iter().any(|(own, row)| *own == table && hit.contains(row))))
                }
                other => Some(other),
            },
            Sought::Table(_) => self.rows(step),
        }
    }

    /// Whether a grant is paid, where its line decided it.
    fn grant(&self, step: StepId, def: DefId) -> Option<Decision> {
        let bodies: Vec<_> = self.words.model.defs[def].bodies().collect();
        let mut open: Vec<StepId> = self.trace.step(step).inputs.to_vec();
        // A reading may choose between lines before the grant itself stands there.
        while let Some(input) = open.pop() {
            let own = self.trace.step(input);
            let What::Expr(expr) = own.what else { continue };
            let is_grant = matches!(self.words.model.node(expr).kind, crate::model::NodeKind::Grant { .. });
            if is_grant {
                return match own.detail {
                    Detail::Branch(paid) => Some(Decision::Paid(paid)),
                    _ => self.state(&own.outcome),
                };
            }
            if bodies.contains(&expr) || matches!(own.detail, Detail::Branch(_)) {
                open.extend(&own.inputs);
            }
        }
        None
    }

    fn live(&self, considered: &Considered) -> Option<Decision> {
        match considered.live {
            Some(live) => Some(Decision::Live(live)),
            None => {
                let states: Option<Vec<Decision>> =
                    considered.steps().map(|step| self.state(self.trace.outcome(step))).collect();
                states.map(|_| Decision::Open)
            }
        }
    }

    fn rows(&self, step: StepId) -> Option<Decision> {
        let own = self.trace.step(step);
        match &own.detail {
            Detail::Row { table, rows } if !rows.is_empty() => Some(Decision::Rows(*table, rows.clone())),
            // None was hit, or which one is not known, though it may make no difference.
            Detail::Row { .. } if matches!(own.outcome, Outcome::Value(_)) => {
                let states: Option<Vec<Decision>> =
                    own.inputs.iter().map(|input| self.state(self.trace.outcome(*input))).collect();
                states.map(|_| Decision::Open)
            }
            _ => self.state(&own.outcome),
        }
    }

    fn all(&self, root: StepId) -> Option<BTreeMap<Spot, Decision>> {
        let mut found = BTreeMap::new();
        for id in self.trace.behind(root) {
            let step = self.trace.step(id);
            let spot = |exception| Spot {
                what: step.what,
                exception,
                entity: step.at.entity,
                moment: step.at.moment,
            };
            match (&step.detail, step.what) {
                (Detail::Definition(detail), What::Def(def)) => {
                    for considered in &detail.considered {
                        found.insert(spot(Some(considered.exception)), self.live(considered)?);
                    }
                    let kind = self.words.model.defs[def].kind;
                    if kind == DefKind::Condition {
                        found.insert(spot(None), self.state(&step.outcome)?);
                    } else if kind == DefKind::Grant {
                        let paid = self.grant(id, def).or_else(|| self.state(&step.outcome))?;
                        found.insert(spot(None), paid);
                    }
                }
                (Detail::Row { .. }, What::Expr(_)) => {
                    found.insert(spot(None), self.rows(id)?);
                }
                (Detail::Branch(taken), What::Expr(_)) => {
                    found.insert(spot(None), Decision::Live(*taken));
                }
                (Detail::Limited(_), What::Expr(_)) => {}
                (_, What::Expr(_)) if self.is_choice(step.what) => {
                    self.state(&step.outcome)?;
                }
                (_, _) => {}
            }
        }
        Some(found)
    }

    /// Tells whether a step chooses between others, where its detail says that it did not.
    fn is_choice(&self, what: What) -> bool {
        use crate::model::NodeKind;
        let What::Expr(expr) = what else { return false };
        matches!(self.words.model.node(expr).kind, NodeKind::If(..) | NodeKind::Lookup { .. })
    }
}
