//! Lines that can be read, but hardly mean what they say.

use crate::base::{Span, bi};
use crate::diag::{Code, Diagnostic, Report};

/// A line that says something else than its writer meant.
#[derive(Clone, Debug)]
pub enum LineProblem {
    /// A written figure with a time after it, `18 mio. kr. i 2025`: the time changes nothing.
    TimedFigure {
        /// The figure with its time.
        span: Span,
    },
    /// A test without a line under `forvent`.
    ExpectsNothing {
        /// The test.
        span: Span,
    },
    /// An exception with neither `når` nor a time: the rule it departs from never holds.
    AlwaysExcepted {
        /// Its name.
        span: Span,
        /// What it is called.
        name: String,
    },
    /// A clause in front of the name of a block that belongs to a clause already.
    OwnerHere {
        /// The name.
        span: Span,
        /// What stands in front.
        owner: String,
        /// The name.
        name: String,
        /// The clause it belongs to.
        clause: String,
        /// Whether that is what stands in front.
        own: bool,
    },
}

impl Report for LineProblem {
    fn report(&self) -> Diagnostic {
        match self {
            LineProblem::TimedFigure { span } => Diagnostic::new(
                Code::TimedFigure,
                bi!(
                    "tiden efter tallet ændrer ikke noget: et skrevet tal er det samme til enhver tid",
                    "the time after the figure changes nothing: a written figure is the same at any time"
                ),
            )
            .at(*span)
            .help(bi!(
                "gælder tallet kun den tid, så skriv tiden ved navnet: `ramme i 2025 = 18 mio. kr.`",
                "if the figure holds at that time only, write the time at the name: `frame in 2025 = 18 million kr.`"
            )),
            LineProblem::ExpectsNothing { span } => Diagnostic::new(
                Code::ExpectsNothing,
                bi!("prøven venter ikke noget bestemt", "the test expects nothing"),
            )
            .at(*span)
            .help(bi!(
                "skriv `forvent` og under det, hvad der skal komme ud: `klausul.navn = 5 kr.`",
                "write `expect` and below it what must come out: `clause.name = 5 kr.`"
            )),
            LineProblem::AlwaysExcepted { span, name } => Diagnostic::new(
                Code::AlwaysExcepted,
                bi!(
                    "undtagelsen `{name}` siger ikke, hvornår den gælder, så hovedreglen gælder aldrig",
                    "the exception `{name}` does not say when it applies, so the main rule never does"
                ),
            )
            .at(*span)
            .help(bi!(
                "skriv `når` og en betingelse under den, eller en tid som `i 2024`",
                "write `when` and a condition below it, or a time such as `in 2024`"
            )),
            LineProblem::OwnerHere { span, owner, name, clause, own: true } => Diagnostic::new(
                Code::NotAssignable,
                bi!(
                    "i klausulen `{clause}` står dens egne navne alene: `{name}`",
                    "in the clause `{clause}` its own names stand alone: `{name}`"
                ),
            )
            .at(*span)
            .help(bi!(
                "slet `{owner}.`; det hører til i en ændring eller en læsning",
                "delete `{owner}.`; it belongs in an amendment or a reading"
            )),
            LineProblem::OwnerHere { span, owner, name, clause, own: false } => Diagnostic::new(
                Code::NotAssignable,
                bi!(
                    "her handler det om klausulen `{clause}`, og `{owner}.{name}` hører ikke til den",
                    "this is about the clause `{clause}`, and `{owner}.{name}` does not belong to it"
                ),
            )
            .at(*span)
            .help(bi!(
                "skriv den for sig selv, hvor den hører hjemme",
                "write it on its own, where it belongs"
            )),
        }
    }
}
