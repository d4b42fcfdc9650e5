//! What can be wrong between agreements: what is brought in, what is carried over, what is declared in several.

use super::problem::did_you_mean;
use crate::base::{Bi, Span, bi};
use crate::diag::{Code, Diagnostic, Report};

/// A finding about agreements and what they share.
#[derive(Clone, Debug)]
pub enum AgreementProblem {
    /// `brug` of an agreement that is not there.
    NoAgreement {
        /// Where.
        span: Span,
        /// The name.
        name: String,
        /// The nearest agreement.
        nearest: Option<String>,
    },
    /// A path into an agreement that no `brug` brings in.
    NotUsed {
        /// Where.
        span: Span,
        /// The name.
        name: String,
        /// The nearest agreement.
        nearest: Option<String>,
    },
    /// `brug` of an agreement that several folders have.
    SeveralFolders {
        /// Where.
        span: Span,
        /// The name.
        name: String,
        /// The folders.
        folders: Vec<String>,
    },
    /// `brug` of the agreement itself.
    UsesItself {
        /// Where.
        span: Span,
        /// The name.
        name: String,
    },
    /// Agreements that use each other: each `brug` with the agreement it stands in and the one it names.
    UseRing {
        /// The steps, back to where they begin.
        steps: Vec<(Span, String, String)>,
    },
    /// A clause in a file that says no agreement, in a module that has several.
    WhichAgreement {
        /// The clause.
        span: Span,
        /// Its name.
        name: String,
        /// The agreements of the module.
        agreements: Vec<String>,
    },
    /// `viderefører` of a clause that is not there.
    NothingToCarry {
        /// Where.
        span: Span,
        /// The path.
        name: String,
        /// The nearest clause.
        nearest: Option<String>,
    },
    /// `viderefører` of a name that several agreements have.
    WhichToCarry {
        /// Where.
        span: Span,
        /// The name.
        name: String,
        /// The clauses it could mean.
        candidates: Vec<String>,
    },
    /// Clauses that carry each other over.
    CarryRing {
        /// Where.
        span: Span,
        /// The clauses, each carrying over the next.
        ring: Vec<String>,
    },
    /// A clause for each of another kind than the one it carries over.
    OtherEach {
        /// Where.
        span: Span,
        /// Its kind.
        own: String,
        /// The other clause's.
        other: String,
    },
    /// The same thing declared in two ways.
    Contradiction {
        /// The second place.
        span: Span,
        /// The first place.
        first: Span,
        /// What it is.
        what: Bi,
        /// Its name.
        name: String,
        /// What differs.
        differs: Bi,
    },
}

impl Report for AgreementProblem {
    fn report(&self) -> Diagnostic {
        match self {
            AgreementProblem::NoAgreement { span, name, nearest } => no_agreement(*span, name, nearest),
            AgreementProblem::NotUsed { span, name, nearest } => {
                let found = Diagnostic::new(
                    Code::NoAgreement,
                    bi!("der er ingen aftale `{name}` her", "there is no agreement `{name}` here"),
                )
                .at(*span)
                .help(bi!(
                    "er det en anden aftale, så skriv `brug {name}` på en linje for sig",
                    "if it is another agreement, write `use {name}` on a line of its own"
                ));
                did_you_mean(found, *span, nearest.as_ref().filter(|near| *near != name))
            }
            AgreementProblem::SeveralFolders { span, name, folders } => {
                let list = folders.join("`, `");
                Diagnostic::new(
                    Code::NoAgreement,
                    bi!(
                        "flere mapper har en aftale `{name}`: `{list}`",
                        "several folders have an agreement `{name}`: `{list}`"
                    ),
                )
                .at(*span)
                .help(bi!(
                    "giv den mappe, der menes, med på kommandolinjen",
                    "name the folder that is meant on the command line"
                ))
            }
            AgreementProblem::UsesItself { span, name } => Diagnostic::new(
                Code::UsesItself,
                bi!("aftalen `{name}` bruger sig selv", "the agreement `{name}` uses itself"),
            )
            .at(*span)
            .help(bi!("slet linjen", "delete the line")),
            AgreementProblem::UseRing { steps } => use_ring(steps),
            AgreementProblem::WhichAgreement { span, name, agreements } => {
                which_agreement(*span, name, agreements)
            }
            AgreementProblem::NothingToCarry { span, name, nearest } => did_you_mean(
                Diagnostic::new(
                    Code::NothingToCarry,
                    bi!(
                        "der er ingen klausul `{name}` at videreføre",
                        "there is no clause `{name}` to carry over"
                    ),
                )
                .at(*span),
                *span,
                nearest.as_ref(),
            ),
            AgreementProblem::WhichToCarry { span, name, candidates } => {
                let list = candidates.join("`, `");
                Diagnostic::new(
                    Code::NothingToCarry,
                    bi!(
                        "flere aftaler har en klausul `{name}` at videreføre",
                        "several agreements have a clause `{name}` to carry over"
                    ),
                )
                .at(*span)
                .help(bi!("skriv en af `{list}`", "write one of `{list}`"))
            }
            AgreementProblem::CarryRing { span, ring } => carry_ring(*span, ring),
            AgreementProblem::OtherEach { span, own, other } => Diagnostic::new(
                Code::CarriedForAnother,
                bi!(
                    "klausulen gælder for hver {own}, men den, den viderefører, for hver {other}",
                    "the clause is for each {own}, but the one it carries over is for each {other}"
                ),
            )
            .at(*span)
            .help(bi!(
                "skriv `for hver {other}`, eller skriv klausulen uden `viderefører`",
                "write `for each {other}`, or write the clause without `carries over`"
            )),
            AgreementProblem::Contradiction { span, first, what, name, differs } => {
                let (what_da, what_en) = (&what.da, &what.en);
                let (d_da, d_en) = (&differs.da, &differs.en);
                Diagnostic::new(
                    Code::Contradiction,
                    bi!(
                        "{what_da} `{name}` er erklæret på to måder: {d_da}",
                        "the {what_en} `{name}` is declared in two ways: {d_en}"
                    ),
                )
                .label(*span, bi!("her", "here"))
                .label(*first, bi!("og her", "and here"))
                .help(bi!(
                    "aftaler deler det, der er fælles; skriv det ens, eller giv det ene et andet navn",
                    "agreements share what is common; write it alike, or give one of them another name"
                ))
            }
        }
    }
}

fn no_agreement(span: Span, name: &str, nearest: &Option<String>) -> Diagnostic {
    let found = Diagnostic::new(
        Code::NoAgreement,
        bi!("der er ingen aftale `{name}`", "there is no agreement `{name}`"),
    )
    .at(span);
    match nearest {
        Some(_) => did_you_mean(found, span, nearest.as_ref()),
        None => found.help(bi!(
            "læg aftalens mappe ved siden af denne, eller giv dens filer med på kommandolinjen",
            "put the agreement's folder beside this one, or name its files on the command line"
        )),
    }
}

fn use_ring(steps: &[(Span, String, String)]) -> Diagnostic {
    let names: Vec<&str> = steps.iter().map(|(_, from, _)| from.as_str()).collect();
    let ring = [names.as_slice(), names.get(..1).unwrap_or_default()].concat().join("` → `");
    let found = Diagnostic::new(
        Code::UseRing,
        bi!("aftaler bruger hinanden i ring: `{ring}`", "agreements use each other in a ring: `{ring}`"),
    );
    let labelled = steps.iter().fold(found, |found, (span, from, to)| {
        found.label(*span, bi!("`{from}` bruger `{to}` her", "`{from}` uses `{to}` here"))
    });
    labelled.help(bi!(
        "slet den `brug`, der kan undværes, eller flyt det, som begge bruger, til en aftale for sig",
        "delete the `use` that can be spared, or move what both use to an agreement of its own"
    ))
}

fn which_agreement(span: Span, name: &str, agreements: &[String]) -> Diagnostic {
    let list = agreements.join("`, `");
    Diagnostic::new(
        Code::WhichAgreement,
        bi!(
            "det fremgår ikke, hvilken aftale klausulen `{name}` hører til",
            "it is not said which agreement the clause `{name}` belongs to"
        ),
    )
    .at(span)
    .help(bi!(
        "mappen har `{list}`; flyt klausulen til den fil, hvor dens `aftale` står, eller læg aftalerne i hver sin mappe",
        "the folder has `{list}`; move the clause to the file of its `agreement`, or keep each agreement in a folder of \
         its own"
    ))
}

fn carry_ring(span: Span, ring: &[String]) -> Diagnostic {
    let closed: Vec<&str> = ring.iter().chain(ring.first()).map(String::as_str).collect();
    let list = closed.join("` → `");
    Diagnostic::new(
        Code::CarryRing,
        bi!(
            "klausuler viderefører hinanden i ring: `{list}`",
            "clauses carry each other over in a ring: `{list}`"
        ),
    )
    .at(span)
    .help(bi!("en af dem må selv stå med teksten", "one of them must state the text itself"))
}
