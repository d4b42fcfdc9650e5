//! What can be wrong with a question about what did not come into play.

use crate::base::bi;
use crate::diag::{Code, Diagnostic, Report};

/// A finding about such a question.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ExploreProblem {
    /// A name that is nothing that can come into play or not.
    NothingOfThatName {
        /// As asked.
        name: String,
        /// The nearest name of something that can.
        nearest: Option<String>,
        /// Whether the name is that of a value, which simply is what it is.
        is_value: bool,
        /// What the result rests on that may be asked about.
        offered: Vec<String>,
    },
    /// A name that several have.
    Several {
        /// As asked.
        name: String,
        /// Their full names.
        all: Vec<String>,
    },
    /// Something that the result does not rest on.
    NotRestedOn {
        /// As asked.
        name: String,
        /// The result.
        target: String,
        /// What the result rests on that may be asked about.
        offered: Vec<String>,
    },
    /// Something that is to be varied, without a number that it can be.
    NotVaried {
        /// As asked.
        name: String,
        /// What it was given.
        value: String,
    },
    /// Something that results are to be followed over, and is neither years, a kind nor a table.
    NotAcross {
        /// As asked.
        name: String,
    },
    /// A range in which there is nothing.
    EmptyRange {
        /// What is varied.
        name: String,
        /// As typed.
        from: String,
        /// As typed.
        to: String,
    },
    /// Something that is sought, and is nothing that can hold or not.
    NotAGoal {
        /// As asked.
        goal: String,
    },
    /// Two unknowns that are the same.
    SameTwice {
        /// As asked.
        name: String,
    },
    /// More unknowns than two.
    TooMany {
        /// How many.
        count: usize,
    },
    /// A step that does not part a range.
    NoStep {
        /// What is varied.
        name: String,
        /// As typed; empty where none was.
        step: String,
        /// What is wrong with it.
        fault: StepFault,
    },
    /// A range without ends, of something that has none.
    NoRange {
        /// What is varied.
        name: String,
    },
}

/// What is wrong with a step.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StepFault {
    /// It leads nowhere.
    Zero,
    /// It leads to values between whole ones, of something that counts in whole numbers.
    NotWhole,
    /// It gives more values than are asked for in one question.
    TooMany,
    /// It is of a number whose values are found exactly.
    Exact,
}

impl Report for ExploreProblem {
    fn report(&self) -> Diagnostic {
        match self {
            ExploreProblem::NothingOfThatName { name, nearest, is_value, offered } => {
                let message = match is_value {
                    true => bi!(
                        "`{name}` er en værdi og ikke noget, der kan være opfyldt eller gælde",
                        "`{name}` is a value and nothing that can be met or apply"
                    ),
                    false if name.is_empty() => bi!(
                        "`--why-not` skal vide, hvad der ikke kom i spil",
                        "`--why-not` needs to know what did not come into play"
                    ),
                    false => bi!(
                        "der er ingen betingelse, tilskud, undtagelse, række eller læsning, der hedder `{name}`",
                        "there is no condition, grant, exception, row or reading called `{name}`"
                    ),
                };
                let found = Diagnostic::new(Code::NothingToAskWhy, message);
                let found = match nearest {
                    Some(near) => found.help(bi!("mente du `{near}`?", "did you mean `{near}`?")),
                    None => found,
                };
                offering(found, offered)
            }
            ExploreProblem::Several { name, all } => {
                let list = all.join("`, `");
                let message = bi!("flere hedder `{name}`", "several are called `{name}`");
                Diagnostic::new(Code::NothingToAskWhy, message)
                    .help(bi!("skriv det hele navn: `{list}`", "write the whole name: `{list}`"))
            }
            ExploreProblem::NotRestedOn { name, target, offered } => {
                let found = Diagnostic::new(
                    Code::NotRestedOn,
                    bi!(
                        "`{target}` bygger ikke på `{name}` her, så det er ikke grunden til svaret",
                        "`{target}` does not rest on `{name}` here, so it is no reason for the answer"
                    ),
                );
                offering(found, offered)
            }
            ExploreProblem::NotVaried { name, value } => Diagnostic::new(
                Code::NotVaried,
                bi!(
                    "`{name}` kan ikke følges fra `{value}`: det skal være et tal",
                    "`{name}` cannot be followed from `{value}`: it must be a number"
                ),
            ),
            ExploreProblem::NotAcross { name } => Diagnostic::new(
                Code::NotVaried,
                bi!(
                    "`{name}` er hverken år, en slags som region eller en tabel",
                    "`{name}` is neither years, a kind such as region nor a table"
                ),
            )
            .help(bi!(
                "et tal følges med `--of`, i samtalen `y af {name}`",
                "a number is followed with `--of`, in a conversation `y of {name}`"
            )),
            ExploreProblem::EmptyRange { name, from, to } => Diagnostic::new(
                Code::NothingToFollow,
                bi!(
                    "der er intet at følge `{name}` igennem fra {from} til {to}",
                    "there is nothing to follow `{name}` through from {from} to {to}"
                ),
            )
            .help(bi!(
                "skriv det mindste først, og noget, `{name}` kan være",
                "write the smallest first, and something that `{name}` can be"
            )),
            ExploreProblem::NotAGoal { goal } => Diagnostic::new(
                Code::NotAGoal,
                bi!(
                    "`{goal}` er ikke noget, der kan være opfyldt eller ej",
                    "`{goal}` is nothing that can hold or not"
                ),
            )
            .help(bi!("sammenlign det med noget: `{goal} ≥ …`", "compare it with something: `{goal} ≥ …`")),
            ExploreProblem::SameTwice { name } => Diagnostic::new(
                Code::SameTwice,
                bi!("`{name}` er nævnt to gange", "`{name}` is named twice"),
            )
            .help(bi!(
                "de to ubekendte skal være hver sin; den første får værdier, den anden søges",
                "the two unknowns must be different; the first is given values, the second is sought"
            )),
            ExploreProblem::TooMany { count } => Diagnostic::new(
                Code::SameTwice,
                bi!("der er {count} ubekendte", "there are {count} unknowns"),
            )
            .help(bi!(
                "én ubekendt søges præcist; to giver en tabel: for hver værdi af den første, hvilke af den anden",
                "one unknown is sought exactly; two give a table: for each value of the first, which of the second"
            )),
            ExploreProblem::NoStep { name, step, fault } => no_step(name, step, *fault),
            ExploreProblem::NoRange { name } => Diagnostic::new(
                Code::NoRange,
                bi!(
                    "det fremgår ikke, hvorfra og hvortil `{name}` skal følges",
                    "it is not said from where to where `{name}` is to be followed"
                ),
            )
            .help(bi!(
                "skriv det med `--from` og `--to`, i samtalen `fra … til …`",
                "say it with `--from` and `--to`, in a conversation `from … to …`"
            )),
        }
    }
}

fn no_step(name: &str, step: &str, fault: StepFault) -> Diagnostic {
    let message = match fault {
        StepFault::Zero => {
            bi!("et trin på {step} fører ikke `{name}` videre", "a step of {step} does not lead `{name}` on")
        }
        StepFault::NotWhole => bi!(
            "`{name}` tæller i hele trin, og {step} er ikke et af dem",
            "`{name}` counts in whole steps, and {step} is none of them"
        ),
        StepFault::Exact => {
            bi!("`{name}` søges præcist og har ingen trin", "`{name}` is sought exactly and has no steps")
        }
        StepFault::TooMany if step.is_empty() => bi!(
            "der er flere end 200 værdier af `{name}` fra ende til anden",
            "there are more than 200 values of `{name}` from end to end"
        ),
        StepFault::TooMany => bi!(
            "trinet {step} giver flere end 200 værdier af `{name}`",
            "the step {step} gives more than 200 values of `{name}`"
        ),
    };
    let help = match fault {
        StepFault::Exact => bi!(
            "udelad trinet; af to ubekendte er det den første, der går i trin",
            "leave out the step; of two unknowns the first goes in steps"
        ),
        StepFault::Zero | StepFault::NotWhole | StepFault::TooMany => {
            bi!("vælg et andet trin, eller en kortere strækning", "choose another step, or a shorter range")
        }
    };
    Diagnostic::new(Code::NoStep, message).help(help)
}

/// The most names that are offered.
const MOST_OFFERED: usize = 12;

fn offering(found: Diagnostic, offered: &[String]) -> Diagnostic {
    if offered.is_empty() {
        return found;
    }
    let list =
        offered.iter().take(MOST_OFFERED).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let more = if offered.len() > MOST_OFFERED { " …" } else { "" };
    found.help(bi!("her kan der spørges om {list}{more}", "here one can ask about {list}{more}"))
}
