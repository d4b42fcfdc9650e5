//! The layers that the world is made of. There is one order of them, and everything that can be stated twice is asked
//! of it: definitions, rows, cells and facts. A later layer replaces the earlier ones for the same name, row and moment:
//!
//! 1. text carried over from another agreement, followed by the chosen readings of that text, 2. the agreement's own,
//!    3. chosen readings of it, 4. amendments, by the date from which they hold, each followed by the readings of its own
//!    text, 5. live exceptions, 6. data that stand in for a definition, 7. scenarios, tests, `--set` and the REPL, in the
//!    order in which they were laid.
//!
//! `hidtidig` is the value of the layers below the one it stands in.

use super::{AmendmentId, DefId, ExprId, FactId};
use crate::base::{IndexVec, Span, id_type};
use crate::syntax::ast;
use crate::value::Interval;

id_type! {
    /// Names a layer. INVARIANT: ids sort as the layers replace each other, the topmost last.
    LayerId
}

/// Statements that are laid over what the rule files state: a scenario, a test's facts, a `--set`, a line of the REPL.
#[derive(Clone, Debug)]
pub struct Layer {
    /// Where they come from.
    pub origin: Origin,
    /// The statements.
    pub body: Vec<ast::Stmt>,
}

/// Where a statement comes from, for the order of layers and for explanations.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Origin {
    /// Another agreement's text, carried over.
    CarriedOver,
    /// The agreement's own text.
    Text,
    /// A chosen reading of an assumption.
    Reading {
        /// The assumption.
        assumption: String,
        /// The reading.
        reading: String,
    },
    /// An amendment.
    Amendment(AmendmentId),
    /// The live exceptions, all of them: which of them wins is decided where they meet.
    Exceptions,
    /// Data that stand in for a definition.
    Data,
    /// A scenario.
    Scenario(String),
    /// The test being run.
    Test,
    /// An option of the command line.
    Set,
    /// A line typed in the REPL.
    WhatIf,
}

impl Origin {
    /// Tells whether it is put in place of what the text says by somebody who asks.
    pub fn is_hypothetical(&self) -> bool {
        match self {
            Origin::Scenario(_) | Origin::Test | Origin::Set | Origin::WhatIf => true,
            Origin::CarriedOver | Origin::Text | Origin::Reading { .. } | Origin::Amendment(_) => false,
            Origin::Exceptions | Origin::Data => false,
        }
    }
}

/// Every layer, the lowest first.
#[derive(Clone, Debug)]
pub struct Layers {
    /// The layers with their origins.
    pub all: IndexVec<LayerId, Origin>,
    /// What is carried over.
    pub carried_over: LayerId,
    /// The agreement's own text.
    pub text: LayerId,
    /// The live exceptions.
    pub exceptions: LayerId,
    /// Data that stand in for definitions.
    pub data: LayerId,
}

impl Default for Layers {
    fn default() -> Layers {
        Layers::new([], [])
    }
}

impl Layers {
    /// Makes the layers of a text: `carried` are the readings of what is carried over, `text` the readings of the text
    /// itself and its amendments, lowest first.
    pub fn new(carried: impl IntoIterator<Item = Origin>, text: impl IntoIterator<Item = Origin>) -> Layers {
        let mut all = IndexVec::new();
        let carried_over = all.push(Origin::CarriedOver);
        for origin in carried {
            all.push(origin);
        }
        let own = all.push(Origin::Text);
        for origin in text {
            all.push(origin);
        }
        let exceptions = all.push(Origin::Exceptions);
        let data = all.push(Origin::Data);
        Layers { all, carried_over, text: own, exceptions, data }
    }
    /// Adds what is laid over the text, lowest first.
    pub fn lay(&mut self, asked: &[Layer]) {
        for layer in asked {
            self.all.push(layer.origin.clone());
        }
    }
    /// Returns where a layer comes from.
    pub fn origin(&self, layer: LayerId) -> &Origin {
        &self.all[layer]
    }
    /// Finds the layer of a reading or amendment, where it is laid over the text that it is about.
    pub fn of(&self, origin: &Origin) -> Option<LayerId> {
        self.all.iter_enumerated().find(|(id, found)| *id > self.text && *found == origin).map(|(id, _)| id)
    }
    /// Finds the layer of a reading where the text that it is about is carried over.
    pub fn of_carried(&self, origin: &Origin) -> Option<LayerId> {
        self.all.iter_enumerated().find(|(id, found)| *id < self.text && *found == origin).map(|(id, _)| id)
    }
    /// Tells whether a layer is that of a reading or an amendment.
    pub fn is_laid(&self, layer: LayerId) -> bool {
        layer > self.carried_over && layer != self.text && layer < self.exceptions
    }
    /// Tells whether a layer is that of a scenario or a what-if.
    pub fn is_asked(&self, layer: LayerId) -> bool {
        layer > self.data
    }
    /// Returns the layers above data, lowest first.
    pub fn asked(&self) -> impl Iterator<Item = LayerId> + use<> {
        let data = self.data;
        self.all.ids().filter(move |id| *id > data)
    }
}

/// What `hidtidig` is read below.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Below {
    /// The layers below a layer.
    Layer(LayerId),
    /// What would hold without an exception: as the live ones that it goes before leave it, among them those around it.
    Exception(super::ExceptionId),
}

/// A value put in place of a fact or a definition.
#[derive(Clone, Debug)]
pub struct Override {
    /// What it replaces.
    pub target: OverTarget,
    /// For which entity only.
    pub entity: Option<String>,
    /// When; `None` is always for a definition, and the moment asked for in the case of a fact.
    pub interval: Option<Interval>,
    /// The value.
    pub value: ExprId,
    /// The layer that states it.
    pub layer: LayerId,
    /// Where it is written.
    pub span: Span,
}

/// What can be overridden as a whole; cells of tables are replaced in their row.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum OverTarget {
    /// A fact or given value.
    Fact(FactId),
    /// A definition.
    Def(DefId),
}
