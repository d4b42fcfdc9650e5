//! The words of what can be wrong with layers.

use crate::base::{Bi, Span, bi};
use crate::diag::{Code, Diagnostic, Report};

/// A finding about layers.
#[derive(Clone, Debug)]
pub enum LayerProblem {
    /// A line of a reading or amendment that does not say which clause it is about.
    WhichClause {
        /// Where.
        span: Span,
    },
    /// An amendment that does not say from when it holds.
    UndatedAmendment {
        /// Where.
        span: Span,
        /// The amendment.
        name: String,
        /// A line of it that has no time of its own.
        first: Span,
    },
    /// Two that each go before the other.
    PrecedenceRing {
        /// Where.
        span: Span,
        /// The one said to win, and the one said to yield.
        names: (String, String),
    },
    /// Two readings, or two amendments of the same date, that state the same.
    LayersConflict {
        /// The second place.
        span: Span,
        /// The first place.
        first: Span,
        /// What they state.
        name: String,
        /// The time they share.
        shared: Bi,
        /// The amendments; `None` for readings.
        amendments: Option<(String, String)>,
    },
    /// A fact in an amendment.
    AmendedFact {
        /// Where.
        span: Span,
        /// The fact.
        name: String,
    },
    /// Scenarios that build on each other in a ring.
    ScenarioRing {
        /// Where.
        span: Span,
        /// The scenarios, each building on the next.
        ring: Vec<String>,
    },
    /// A scenario that builds on two that set the same in different ways.
    ScenariosConflict {
        /// Where the second one sets it.
        span: Span,
        /// Where the first one does.
        first: Span,
        /// What they set.
        target: String,
        /// The two scenarios.
        names: (String, String),
    },
    /// `hidtidig` where there is nothing below.
    NothingFormer {
        /// Where.
        span: Span,
    },
}

impl Report for LayerProblem {
    fn report(&self) -> Diagnostic {
        match self {
        LayerProblem::WhichClause { span } => Diagnostic::new(
            Code::WhichClause,
            bi!("det fremgår ikke, hvilken klausul linjen handler om", "it is not said which clause the line is about"),
        )
        .at(*span)
        .help(bi!("skriv klausulens navn foran: `klausul.navn`", "write the clause in front: `clause.name`")),
        LayerProblem::UndatedAmendment { span, name, first } => Diagnostic::new(
            Code::UndatedAmendment,
            bi!(
                "ændringen `{name}` siger ikke, hvornår den gælder fra",
                "the amendment `{name}` does not say from when it holds"
            ),
        )
        .at(*span)
        .label(*first, bi!("denne linje har ingen tid", "this line has no time"))
        .help(bi!(
            "skriv datoen på en linje for sig: `fra 1. januar 2026`",
            "write the date on a line of its own: `from 1 January 2026`"
        )),
        LayerProblem::PrecedenceRing { span, names: (first, second) } => Diagnostic::new(
            Code::PrecedenceRing,
            bi!(
                "`{first}` kan ikke gå forud for `{second}`, for `{second}` går allerede forud for `{first}`",
                "`{first}` cannot take precedence over `{second}`, as `{second}` already does over `{first}`"
            ),
        )
        .at(*span)
        .help(bi!(
            "slet den ene linje; det, der står inden i noget andet, går altid forud for det",
            "delete one of the lines; what stands within something else always goes before it"
        )),
        LayerProblem::LayersConflict { span, first, name, shared, amendments } => {
            conflict((*span, *first), name, (&shared.da, &shared.en), amendments.as_ref())
        }
        LayerProblem::AmendedFact { span, name } => Diagnostic::new(
            Code::NotAssignable,
            bi!(
                "`{name}` er en oplysning, og en ændring ændrer kun det, aftalen siger",
                "`{name}` is a fact, and an amendment changes only what the agreement says"
            ),
        )
        .at(*span)
        .help(bi!(
            "oplysninger kommer fra data; prøv en anden værdi i et scenarie eller med `--set`",
            "facts come with the data; try another value in a scenario or with `--set`"
        )),
        LayerProblem::ScenarioRing { span, ring } => scenario_ring(*span, ring),
        LayerProblem::ScenariosConflict { span, first, target, names: (one, other) } => Diagnostic::new(
            Code::LayersConflict,
            bi!(
                "scenarierne `{one}` og `{other}` fastsætter `{target}` på hver sin måde",
                "the scenarios `{one}` and `{other}` set `{target}` in different ways"
            ),
        )
        .label(*span, bi!("her", "here"))
        .label(*first, bi!("og her", "and here"))
        .help(bi!(
            "fastsæt det i det scenarie, der bygger på dem, eller lad det ene bygge på det andet",
            "set it in the scenario that builds on them, or let one of them build on the other"
        )),
        LayerProblem::NothingFormer { span } => Diagnostic::new(
            Code::NothingFormer,
            bi!("der er ingen hidtidig værdi her", "there is no former value here"),
        )
        .at(*span)
        .help(bi!(
            "`hidtidig` hører til i en ændring, en læsning, en undtagelse eller et scenarie, som bygger på det, der gjaldt",
            "`former` belongs in an amendment, a reading, an exception or a scenario, which builds on what held"
        )),
    }
    }
}

fn conflict(
    (span, first): (Span, Span),
    name: &str,
    (da, en): (&str, &str),
    amendments: Option<&(String, String)>,
) -> Diagnostic {
    let both = |d: Diagnostic| d.label(span, bi!("her", "here")).label(first, bi!("og her", "and here"));
    match amendments {
        Some((a, b)) => both(Diagnostic::new(
            Code::LayersConflict,
            bi!(
                "to ændringer fra samme dag fastsætter begge `{name}` ({da})",
                "two amendments of the same date both state `{name}` ({en})"
            ),
        ))
        .help(bi!(
            "sig, hvilken der vinder: `ændring {b} går forud for {a}`",
            "say which one wins: `amendment {b} takes precedence over {a}`"
        )),
        None => both(Diagnostic::new(
            Code::LayersConflict,
            bi!(
                "to valgte læsninger fastsætter begge `{name}` ({da})",
                "two chosen readings both state `{name}` ({en})"
            ),
        ))
        .help(bi!(
            "saml dem i én antagelse, eller vælg en anden læsning af den ene",
            "join them in one assumption, or choose another reading of one of them"
        )),
    }
}

fn scenario_ring(span: Span, ring: &[String]) -> Diagnostic {
    let names: Vec<String> = ring.iter().chain(ring.first()).map(|name| format!("`{name}`")).collect();
    let ring = names.join(" → ");
    let message = match names.len() {
        0..=2 => bi!("scenariet bygger på sig selv: {ring}", "the scenario builds on itself: {ring}"),
        _ => bi!(
            "scenarierne bygger på hinanden i ring: {ring}",
            "the scenarios build on each other in a ring: {ring}"
        ),
    };
    Diagnostic::new(Code::PrecedenceRing, message)
        .at(span)
        .help(bi!("slet navnet på linjen med `bygger på`", "delete the name on the line with `builds on`"))
}
