//! What can be wrong with an index and with the names of indices.

use super::IndexKind;
use crate::base::{Span, bi};
use crate::diag::{Code, Diagnostic, Report};

/// A finding about an index.
#[derive(Clone, Debug)]
pub(super) enum IndexProblem {
    /// Two lines that cover the same time.
    Overlap {
        /// The second one.
        span: Span,
        /// The first one.
        first: Span,
        /// What the lines state.
        kind: IndexKind,
    },
    /// Growth and numbers in one index.
    Mixed {
        /// The line of the other kind.
        span: Span,
        /// The first line.
        first: Option<Span>,
    },
    /// A month, quarter or day where a year is needed.
    NotYears {
        /// The line.
        span: Span,
    },
    /// Years that do not go on in time.
    Turned {
        /// The line.
        span: Span,
        /// What the line states.
        kind: IndexKind,
        /// The first year as written.
        from: i16,
        /// The second year as written.
        to: i16,
    },
    /// A figure that nothing can be converted with.
    Figure {
        /// The figure.
        span: Span,
        /// What the lines state.
        kind: IndexKind,
    },
    /// A name after `efter` that is no index.
    NotAnIndex {
        /// Where.
        span: Span,
        /// The name.
        name: String,
        /// The nearest index.
        nearest: Option<String>,
    },
    /// A bound of a domain at another price level than the fact.
    BoundLevel {
        /// The level.
        span: Span,
    },
    /// An index read as a value.
    NoValue {
        /// Where.
        span: Span,
        /// The index.
        name: String,
    },
}

impl Report for IndexProblem {
    fn report(&self) -> Diagnostic {
        match self {
            IndexProblem::Overlap { span, first, kind } => overlap(*span, *first, *kind),
            IndexProblem::Mixed { span, first } => {
                let d = Diagnostic::new(
                    Code::IndexMixed,
                    bi!(
                        "indekset blander stigninger og indekstal",
                        "the index mixes growth and index numbers"
                    ),
                )
                .at(*span);
                let d = match first {
                    Some(first) => d.label(*first, bi!("den første linje er af den anden slags", "the first line is of the other kind")),
                    None => d,
                };
                d.help(bi!(
                    "skriv enten alle linjer som `2024 til 2025 = 3,5 pct.` eller alle som `2025 = 103,5`",
                    "write either all lines as `2024 to 2025 = 3.5 per cent` or all as `2025 = 103.5`"
                ))
            }
            IndexProblem::NotYears { span } => Diagnostic::new(
                Code::IndexMixed,
                bi!("en linje i et indeks er for et eller flere år", "a line of an index is for one or more years"),
            )
            .at(*span)
            .help(bi!(
                "skriv `2025 = …`, `2010-2013 = …` eller `2024 til 2025 = … pct.`",
                "write `2025 = …`, `2010-2013 = …` or `2024 to 2025 = … per cent`"
            )),
            IndexProblem::Turned { span, kind, from, to } => turned(*span, *kind, *from, *to),
            IndexProblem::Figure { span, kind } => figure(*span, *kind),
            IndexProblem::NotAnIndex { span, name, nearest } => {
                let d = Diagnostic::new(
                    Code::NotAnIndex,
                    bi!("`{name}` er ikke et indeks", "`{name}` is not an index"),
                )
                .at(*span);
                match nearest {
                    Some(near) => d.suggestion(bi!("mente du `{near}`?", "did you mean `{near}`?"), *span, near.clone()),
                    None => d.help(bi!(
                        "et indeks skrives for sig: `indeks {name}` med en linje for hver stigning, `2024 til 2025 = … pct.`",
                        "an index stands by itself: `index {name}` with a line for each growth, `2024 to 2025 = … per cent`"
                    )),
                }
            }
            IndexProblem::BoundLevel { span } => Diagnostic::new(
                Code::LevelsDiffer,
                bi!(
                    "grænsen står i et andet prisniveau end oplysningen",
                    "the bound stands at another price level than the fact"
                ),
            )
            .at(*span)
            .help(bi!(
                "skriv grænsen i oplysningens eget prisniveau; så kan niveauet udelades",
                "write the bound at the level of the fact; the level can then be left out"
            )),
            IndexProblem::NoValue { span, name } => Diagnostic::new(
                Code::IndexAsValue,
                bi!("`{name}` er et indeks og har ikke én værdi", "`{name}` is an index and has no one value"),
            )
            .at(*span)
            .help(bi!(
                "omregn et beløb efter det: `… omregnet til 25-pl efter {name}` eller `… reguleret efter {name}`",
                "convert an amount along it: `… converted to 25-pl by {name}` or `… adjusted by {name}`"
            )),
        }
    }
}

fn overlap(span: Span, first: Span, kind: IndexKind) -> Diagnostic {
    let message = match kind {
        IndexKind::Steps => {
            bi!(
                "to linjer i indekset dækker den samme udvikling",
                "two lines of the index cover the same growth"
            )
        }
        IndexKind::Points => {
            bi!("to linjer i indekset dækker det samme år", "two lines of the index cover the same year")
        }
    };
    Diagnostic::new(Code::IndexOverlap, message)
        .at(span)
        .label(first, bi!("her står den første", "the first one stands here"))
        .help(bi!("behold den, der gælder", "keep the one that applies"))
}

fn turned(span: Span, kind: IndexKind, from: i16, to: i16) -> Diagnostic {
    let d = Diagnostic::new(
        Code::ReversedPeriod,
        bi!("årene går ikke frem i tid: {from}, {to}", "the years do not go on in time: {from}, {to}"),
    )
    .at(span);
    match kind {
        IndexKind::Steps => d.help(bi!(
            "skriv stigningen fra det tidligere til det senere år; der regnes også tilbage med den",
            "write the growth from the earlier to the later year; it is used for going back as well"
        )),
        IndexKind::Points => d.help(bi!("skriv det tidligste år først", "write the earliest year first")),
    }
}

fn figure(span: Span, kind: IndexKind) -> Diagnostic {
    match kind {
        IndexKind::Steps => Diagnostic::new(
            Code::IndexFigure,
            bi!(
                "et fald på 100 pct. eller mere efterlader intet at regne med",
                "a fall of 100 per cent or more leaves nothing to compute with"
            ),
        )
        .at(span)
        .help(bi!(
            "et fald skrives med minus og er mindre end 100 pct.: `−1,5 pct.`",
            "a fall is written with a minus and is less than 100 per cent: `−1.5 per cent`"
        )),
        IndexKind::Points => Diagnostic::new(
            Code::IndexFigure,
            bi!("et indekstal skal være større end 0", "an index number must be above 0"),
        )
        .at(span)
        .help(bi!(
            "der divideres med indekstallet, når der regnes om",
            "the index number is divided by in conversions"
        )),
    }
}
