//! The words of what cannot be set the way a line sets it: for one alone, or at a time.

use crate::base::{Span, bi};
use crate::diag::{Code, Diagnostic, Report};

/// A finding about what a line puts in place of something.
#[derive(Clone, Debug)]
pub(super) enum SetProblem {
    /// A cell of a table for one alone; the cell is the same for all.
    CellForOne {
        /// Where.
        span: Span,
        /// The definition that is looked up in the table, as written.
        name: String,
        /// The one.
        entity: String,
    },
    /// A value for one of something that is not stated of each.
    NotOfEach {
        /// Where.
        span: Span,
        /// What is set.
        name: String,
        /// The one.
        entity: String,
    },
    /// A line of an index at a time; its years are in its brackets.
    IndexAtTime {
        /// The time.
        span: Span,
        /// The index.
        name: String,
    },
}

impl Report for SetProblem {
    fn report(&self) -> Diagnostic {
        match self {
            SetProblem::CellForOne { span, name, entity } => Diagnostic::new(
                Code::NotAssignable,
                bi!(
                    "et felt i en tabel kan ikke sættes for `{entity}` alene",
                    "a cell of a table cannot be set for `{entity}` alone"
                ),
            )
            .at(*span)
            .help(bi!(
                "feltet gælder for alle; sæt i stedet selve definitionen for den ene: `{name} for \"{entity}\" = …`",
                "the cell holds for all; set the definition itself for that one instead: \
                 `{name} for \"{entity}\" = …`"
            )),
            SetProblem::NotOfEach { span, name, entity } => Diagnostic::new(
                Code::NotAssignable,
                bi!(
                    "`{name}` kan ikke sættes for `{entity}` alene",
                    "`{name}` cannot be set for `{entity}` alone"
                ),
            )
            .at(*span)
            .help(bi!(
                "`{name}` har ikke en værdi for hver; sæt den uden at nævne nogen",
                "`{name}` does not have a value for each; set it without naming anybody"
            )),
            SetProblem::IndexAtTime { span, name } => Diagnostic::new(
                Code::NotAssignable,
                bi!(
                    "en linje i indekset `{name}` kan ikke sættes for en tid",
                    "a line of the index `{name}` cannot be set for a time"
                ),
            )
            .at(*span)
            .help(bi!(
                "årene står i klammerne; slet tiden bagefter",
                "the years stand in the brackets; delete the time after them"
            )),
        }
    }
}
