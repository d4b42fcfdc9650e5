//! The trace: an arena of steps, inputs before the steps that read them. Explanations are made from it alone.

use std::collections::BTreeSet;

use smallvec::SmallVec;

use super::{FrameId, Outcome};
use crate::base::{IndexVec, id_type};
use crate::facts::{DataOrigin, EntityId, Moment};
use crate::model::{Below, DefId, ExceptionId, ExprId, TableId};
use crate::value::{Number, Period};

id_type! {
    /// Names one step of a trace.
    StepId
}

/// The steps of a run.
#[derive(Clone, Debug, Default)]
pub struct Trace {
    /// The steps, inputs first.
    pub steps: IndexVec<StepId, Step>,
}

/// The place a step is read in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct At {
    /// The entity at hand; of several, the innermost.
    pub entity: Option<EntityId>,
    /// Those at hand around it.
    pub outer: Option<FrameId>,
    /// The moment.
    pub moment: Moment,
    /// The exception whose condition is being decided, in the world without it.
    pub without: Option<ExceptionId>,
    /// What `hidtidig` of a definition is being computed below, for `videreført` in its lines.
    pub below: Option<Below>,
}

/// One evaluated definition or expression.
#[derive(Clone, Debug)]
pub struct Step {
    /// What was evaluated.
    pub what: What,
    /// For whom and when.
    pub at: At,
    /// The result.
    pub outcome: Outcome,
    /// The steps it read, in the order they were read.
    pub inputs: Inputs,
    /// What the explanation needs besides.
    pub detail: Detail,
}

/// The steps that a step read. Most read few, which are kept in the step itself.
pub type Inputs = SmallVec<[StepId; 4]>;

/// What a step evaluated.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum What {
    /// A definition.
    Def(DefId),
    /// An expression.
    Expr(ExprId),
}

/// What a step knows beyond its inputs.
#[derive(Clone, Debug)]
pub enum Detail {
    /// Nothing more.
    Plain,
    /// How a definition got its value.
    Definition(Box<DefinitionDetail>),
    /// Where a fact comes from.
    Fact(FactOrigin),
    /// Which branch was taken: the first (true) or the other.
    Branch(bool),
    /// Which row of a table was hit; `None` when none was, or several were possible.
    Row {
        /// The table.
        table: TableId,
        /// The rows hit, by position; more than one under policies that allow it.
        rows: Vec<usize>,
    },
    /// A value between two rows of a table of points.
    Between {
        /// The table.
        table: TableId,
        /// The row below and the row above, by position.
        rows: [usize; 2],
        /// How far it lies from the one below to the one above, from 0 to 1.
        part: Number,
    },
    /// A rounding; what was there before.
    Rounded {
        /// The exact value before.
        before: Number,
    },
    /// A distribution.
    Shares(Vec<ShareLine>),
    /// The entities an aggregate ran over.
    Entities(Vec<EntityLine>),
    /// The entities ranked, the first first.
    Ranks(Vec<RankLine>),
    /// The years a sum ran over; several years where the text states their total.
    Years(Vec<(Period, StepId)>),
    /// A limit, and whether it bound.
    Limited(bool),
    /// A scale: what its table's slices charged, as far up as the base reaches.
    Slices(TableId, Vec<SliceLine>),
}

/// What one slice of a scale charged.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SliceLine {
    /// The slice, by position.
    pub row: usize,
    /// The step of its bound; `None` for `derover`.
    pub bound: Option<StepId>,
    /// How much of the base lies in it.
    pub amount: Outcome,
    /// The step of its rate; `None` when nothing lies in it.
    pub rate: Option<StepId>,
    /// What it charged.
    pub charge: Outcome,
}

/// How a definition got its value.
#[derive(Clone, Debug, Default)]
pub struct DefinitionDetail {
    /// The alternative in force, by position.
    pub alternative: Option<usize>,
    /// The exception that replaced it.
    pub exception: Option<ExceptionId>,
    /// The exceptions that were looked at.
    pub considered: Vec<Considered>,
    /// The override that replaced it, by position in the model.
    pub overridden: Option<usize>,
    /// The place in data that stands in for it.
    pub from_data: Option<DataOrigin>,
}

/// An exception that was looked at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Considered {
    /// Which.
    pub exception: ExceptionId,
    /// Whether it is live; `None` when that is unknown.
    pub live: Option<bool>,
    /// Whether its time fits; its condition is not read otherwise.
    pub in_time: bool,
    /// The step of its condition.
    pub condition: Option<StepId>,
    /// The step of the condition of the exception around it, where that one leaves it undecided.
    pub outer_condition: Option<StepId>,
    /// The step of a given date that bounds it.
    pub date: Option<StepId>,
}

impl Considered {
    /// Returns the steps that decided whether it is live.
    pub fn steps(&self) -> impl Iterator<Item = StepId> + use<> {
        [self.condition, self.outer_condition, self.date].into_iter().flatten()
    }
}

/// Where the value of a fact comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum FactOrigin {
    /// Data.
    Data(DataOrigin),
    /// An override, by position in the model.
    Override(usize),
    /// The declared default.
    Default,
    /// Nowhere.
    Missing,
}

/// One entity that an aggregate looked at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct EntityLine {
    /// Whose.
    pub entity: EntityId,
    /// The step of what is read of it.
    pub read: Option<StepId>,
    /// The step of its weight.
    pub weight: Option<StepId>,
    /// Whether it is among those selected.
    pub selected: bool,
    /// Whether it is unknown if it is among them.
    pub open: bool,
    /// The step of the condition that selects it, or of the link that leaves it open.
    pub condition: Option<StepId>,
}

/// One entity's place in a ranking.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RankLine {
    /// Whose.
    pub entity: EntityId,
    /// The step of what they are ranked by.
    pub read: StepId,
    /// Its rank, where that is known.
    pub rank: Option<usize>,
}

/// One entity's part of a distribution.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ShareLine {
    /// Whose.
    pub entity: EntityId,
    /// The step of its key.
    pub key: Option<StepId>,
    /// Whether it is among those selected.
    pub selected: bool,
    /// The step of the condition that selects it.
    pub condition: Option<StepId>,
    /// The exact share.
    pub exact: Number,
    /// The share after rounding.
    pub share: Number,
}

impl Trace {
    /// Returns a step.
    pub fn step(&self, id: StepId) -> &Step {
        &self.steps[id]
    }
    /// Returns a step and all that it read, directly or through others, in the order they were read.
    pub fn behind(&self, root: StepId) -> Vec<StepId> {
        let (mut seen, mut found) = (BTreeSet::new(), Vec::new());
        let mut open = vec![root];
        while let Some(id) = open.pop() {
            if seen.insert(id) {
                found.push(id);
                open.extend(self.step(id).inputs.iter().rev());
            }
        }
        found
    }
    /// Returns the result of a step.
    pub fn outcome(&self, id: StepId) -> &Outcome {
        &self.steps[id].outcome
    }
}
