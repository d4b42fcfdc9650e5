use super::{DefId, ExprId, FactId};
use crate::base::Span;
use crate::syntax::ast;
use crate::value::Interval;

/// Statements that are laid over what the rule files state: a scenario, a test's facts, a `--set`, a line of the REPL.
#[derive(Clone, Debug)]
pub struct Layer {
    /// Where they come from.
    pub origin: Origin,
    /// The statements.
    pub body: Vec<ast::Stmt>,
}

/// Where an overriding value comes from, for explanations.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Origin {
    /// A chosen reading of an assumption.
    Reading {
        /// The assumption.
        assumption: String,
        /// The reading.
        reading: String,
    },
    /// A fact that the rules state of an entity.
    Rules,
    /// A scenario.
    Scenario(String),
    /// The test being run.
    Test,
    /// An option of the command line.
    Set,
    /// A line typed in the REPL.
    WhatIf,
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
    /// Where it comes from.
    pub origin: Origin,
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
