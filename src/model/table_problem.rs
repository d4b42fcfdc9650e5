//! What can be wrong with tables, splits and roundings as they are written.

use crate::base::{Span, bi};
use crate::diag::{Code, Diagnostic, Report};

/// A finding about a table, a split or a rounding of a whole clause.
#[derive(Clone, Debug)]
pub(super) enum TableProblem {
    /// Two parts of a split that are both what is left.
    SeveralRests {
        /// The second.
        span: Span,
        /// The first.
        first: Span,
    },
    /// Two lines of a clause that round the same.
    RoundedTwice {
        /// The second.
        span: Span,
        /// The first.
        first: Span,
    },
    /// A line that rounds each amount or step, within an exception.
    RoundedWithin {
        /// The line.
        span: Span,
    },
    /// A row named of something that has no rows.
    NotATable {
        /// Where.
        span: Span,
        /// What it is.
        name: String,
    },
    /// A row of a table of points that is not one point.
    NotAPoint {
        /// Where.
        span: Span,
    },
    /// A table of points by anything but one key.
    PointKeys {
        /// The table.
        span: Span,
        /// How many keys it has.
        keys: usize,
    },
}

impl Report for TableProblem {
    fn report(&self) -> Diagnostic {
        match self {
            TableProblem::SeveralRests { span, first } => Diagnostic::new(
                Code::SeveralRests,
                bi!("kun én del kan være `resten`", "only one part can be `the rest`"),
            )
            .label(*span, bi!("denne", "this one"))
            .label(*first, bi!("og denne", "and this one"))
            .help(bi!("skriv den ene del som et beløb", "write one of the parts as an amount")),
            TableProblem::RoundedTwice { span, first } => Diagnostic::new(
                Code::EachRoundedOnce,
                bi!("klausulen siger to gange, hvordan der afrundes", "the clause says twice how it rounds"),
            )
            .label(*span, bi!("her igen", "again here"))
            .label(*first, bi!("her første gang", "here first"))
            .help(bi!("lad den ene linje stå", "leave one of the lines")),
            TableProblem::RoundedWithin { span } => Diagnostic::new(
                Code::EachRoundedOnce,
                bi!(
                    "linjen gælder hele klausulen og kan ikke stå i en undtagelse",
                    "the line is for the whole clause and cannot stand in an exception"
                ),
            )
            .at(*span)
            .help(bi!(
                "skriv den i klausulen, eller afrund undtagelsens egne linjer med `, afrundet til …`",
                "write it in the clause, or round the exception's own lines with `, rounded to …`"
            )),
            TableProblem::NotATable { span, name } => Diagnostic::new(
                Code::NotATable,
                bi!("`{name}` har ingen rækker", "`{name}` has no rows"),
            )
            .at(*span)
            .help(bi!(
                "en række i kantede parenteser hører til et navn, som en `tabel` eller `trappe` giver værdi",
                "a row in square brackets belongs to a name that a `table` or `scale` gives its value"
            )),
            TableProblem::NotAPoint { span } => Diagnostic::new(
                Code::NotAPoint,
                bi!(
                    "mellem punkter regnes der kun, når hver række er ét punkt: én værdi af nøglen",
                    "only between points can be computed: each row is one point, a single value of the key"
                ),
            )
            .at(*span)
            .help(bi!(
                "skriv ét tal i rækken, eller `ellers` for det, der ligger uden for punkterne",
                "write one number in the row, or `otherwise` for what lies outside the points"
            )),
            TableProblem::PointKeys { span, keys } => Diagnostic::new(
                Code::PointKeys,
                bi!(
                    "der regnes mellem punkter af én nøgle, men tabellen har {keys}",
                    "points are of one key, but the table has {keys}"
                ),
            )
            .at(*span)
            .help(bi!(
                "del tabellen i flere, en for hver værdi af de andre nøgler",
                "split the table into several, one for each value of the other keys"
            )),
        }
    }
}
