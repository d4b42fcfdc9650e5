//! Lines that can be read, but hardly mean what they say.

use crate::base::{Lang, Span, bi};
use crate::diag::{Code, Diagnostic, Edit, Report};
use crate::value::Period;

/// A line that states a figure and a time after it.
#[derive(Clone, Debug)]
pub struct TimedLine {
    /// What it gives the figure to.
    pub target: Span,
    /// The figure alone.
    pub figure: Span,
    /// The time.
    pub period: Period,
    /// The language of the line.
    pub lang: Lang,
}

/// A line that says something else than its writer meant.
#[derive(Clone, Debug)]
pub enum LineProblem {
    /// A written figure with a time after it, `18 mio. kr. i 2025`: the time changes nothing.
    TimedFigure {
        /// The figure with its time.
        span: Span,
        /// The line it stands on, where it is all that the line states.
        line: Option<TimedLine>,
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
            LineProblem::TimedFigure { span, line } => timed_figure(*span, line.as_ref()),
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

fn timed_figure(span: Span, line: Option<&TimedLine>) -> Diagnostic {
    let found = Diagnostic::new(
        Code::TimedFigure,
        bi!(
            "tiden efter tallet ændrer ikke noget: et skrevet tal er det samme til enhver tid",
            "the time after the figure changes nothing: a written figure is the same at any time"
        ),
    )
    .at(span);
    let Some(TimedLine { target, figure, period, lang }) = line else {
        return found.help(bi!(
            "gælder tallet kun den tid, så giv det et navn på en linje for sig, og skriv tiden ved navnet",
            "if the figure holds at that time only, give it a name on a line of its own, and write the time at the name"
        ));
    };
    let moved = |word: &str| {
        let gone = Span { start: figure.end, ..span };
        let when = Edit::after(*target, format!(" {word} {}", period.print(*lang)));
        vec![when, Edit { span: gone, text: String::new() }]
    };
    let (within, total) = lang.pick(("i", "samlet i"), ("in", "in total in"));
    match period {
        Period::Years(..) => found
            .reading(
                bi!("tallet gælder hvert af årene", "the figure holds in each of the years"),
                moved(within),
            )
            .reading(bi!("tallet er årene i alt", "the figure is that of the years in all"), moved(total)),
        Period::Year(_) | Period::Month(..) | Period::Quarter(..) | Period::Day(_) => {
            found.reading(bi!("skriv tiden ved navnet", "write the time at the name"), moved(within))
        }
    }
}
