//! A text without anything laid over it, kept so that many tests and scenarios can be laid over it one after the other:
//! what they leave as it is, they share.

use super::build::{Input, Names, asked, text};
use super::{Layer, Model, NodeKind};
use crate::diag::Problems;
use crate::syntax::ast;
use crate::value::Interval;

/// The names of a text, by which what is laid over it is read.
#[derive(Clone, Debug)]
pub struct Ground {
    names: Names,
}

/// What is laid over a text, and asked about it; as in [`Input`].
#[derive(Clone, Copy, Debug)]
pub struct Over<'a> {
    /// What is laid over it, later layers winning.
    pub layers: &'a [Layer],
    /// The test whose expectations are wanted.
    pub test: Option<&'a ast::Test>,
    /// Expressions asked about.
    pub queries: &'a [ast::Expr],
    /// The time they are asked about, where it is known.
    pub asked: Option<Interval>,
}

impl Ground {
    /// Builds the model of some rule files with nothing laid over it; what is wrong with names goes to `problems`.
    pub fn of(files: &[&ast::File], imports: &super::Imports, problems: &mut Problems) -> (Model, Ground) {
        Ground::chosen(files, imports, &[], problems)
    }

    /// The same as the layers choose its readings and switch its exceptions and amendments; nothing else of them is laid.
    pub fn chosen(
        files: &[&ast::File],
        imports: &super::Imports,
        choices: &[Layer],
        problems: &mut Problems,
    ) -> (Model, Ground) {
        let input = Input { files, layers: choices, test: None, queries: &[], asked: None, imports };
        let (mut model, names) = text(input, problems);
        asked(&mut model, &names, Input { layers: &[], ..input }, problems);
        (model, Ground { names })
    }

    /// Lays layers, a test's expectations and questions over the text, whose checked model is given; what is wrong with
    /// names in them goes to `problems`. `None` where they change what the text states, such as a row, or how it is read: then the
    /// model must be built anew.
    pub fn lay(
        &self,
        text: &Model,
        Over { layers, test, queries, asked }: Over<'_>,
        problems: &mut Problems,
    ) -> Option<Model> {
        if !super::laid::wanted(layers).is_empty() {
            return None;
        }
        let mut model = text.clone();
        model.layers.lay(layers);
        let imports = &text.imports;
        let input = Input { files: &[], layers, test, queries, asked, imports };
        super::build::asked_before_cells(&mut model, &self.names, input, problems);
        let first = text.nodes.len();
        // Which row a cell is of is decided by keys as they are written, and the checker has put units to them.
        let reads_cell =
            model.nodes.ids_from(first).any(|id| matches!(model.nodes[id].kind, NodeKind::Cell(_)));
        (!reads_cell && model.leaves(text)).then_some(model)
    }
}

impl Model {
    /// Lets copies of the model share what they do not change.
    pub fn share(&mut self) {
        self.kinds.share();
        self.facts.share();
        self.clauses.share();
        self.defs.share();
        self.indices.share();
        self.exceptions.share();
        self.amendments.share();
        self.tables.share();
        self.nodes.share();
        self.checks.share();
        self.tests.share();
    }

    /// Tells whether everything that a text states is in this copy of its model as it was.
    pub fn leaves(&self, text: &Model) -> bool {
        self.kinds.is_same(&text.kinds)
            && self.facts.is_same(&text.facts)
            && self.clauses.is_same(&text.clauses)
            && self.defs.is_same(&text.defs)
            && self.indices.is_same(&text.indices)
            && self.exceptions.is_same(&text.exceptions)
            && self.amendments.is_same(&text.amendments)
            && self.tables.is_same(&text.tables)
            && self.nodes.shares_all_of(&text.nodes)
            && self.checks.is_same(&text.checks)
    }
}
