use crate::base::bi;
use crate::diag::{Code, Diagnostic, Report};

/// What can be wrong with what is to be compared.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CompareProblem {
    /// A column that cannot be read.
    Column {
        /// The part of it, as it was written.
        part: String,
        /// What it may have been meant as.
        nearest: Option<String>,
    },
    /// Two columns of one name.
    Twice {
        /// The name.
        name: String,
    },
    /// A bridge for several results at once.
    Several {
        /// What was asked for.
        target: String,
        /// The results.
        names: Vec<String>,
    },
    /// A bridge for what is no number.
    NoNumber {
        /// The result.
        name: String,
    },
    /// A bridge between units or price levels.
    Unlike {
        /// The result.
        name: String,
    },
}

/// The most names that are offered.
const MOST_OFFERED: usize = 8;

impl Report for CompareProblem {
    fn report(&self) -> Diagnostic {
        match self {
            CompareProblem::Column { part, nearest } => {
                let found = Diagnostic::new(
                    Code::ColumnUnread,
                    bi!(
                        "`{part}` siger ikke, hvad der skal stå ved siden af reglerne",
                        "`{part}` does not say what is to stand beside the rules"
                    ),
                );
                let found = match nearest {
                    Some(near) => found.help(bi!("mente du `{near}`?", "did you mean `{near}`?")),
                    None => found,
                };
                found.help(bi!(
                    "skriv navnet på et scenarie, `sti = værdi`, `læsning a = b`, `uden navn`, et år, en dag, `data FIL` eller `regler MAPPE`; flere med semikolon imellem",
                    "write the name of a scenario, `path = value`, `reading a = b`, `without name`, a year, a day, `data FILE` or `rules FOLDER`; several with semicolons between"
                ))
            }
            CompareProblem::Twice { name } => Diagnostic::new(
                Code::ColumnTwice,
                bi!("to kolonner hedder `{name}`", "two columns are called `{name}`"),
            )
            .help(bi!(
                "giv dem hver et navn foran: `--with \"navn: …\"`",
                "give each a name in front: `--with \"name: …\"`"
            )),
            CompareProblem::Several { target, names } => {
                let list: Vec<String> =
                    names.iter().take(MOST_OFFERED).map(|name| format!("`{name}`")).collect();
                let (list, more) = (list.join(", "), if names.len() > MOST_OFFERED { " …" } else { "" });
                Diagnostic::new(
                    Code::NoBridge,
                    bi!(
                        "`{target}` er flere resultater; en bro fører til ét",
                        "`{target}` is several results; a bridge leads to one"
                    ),
                )
                .help(bi!("nævn et af dem: {list}{more}", "name one of them: {list}{more}"))
            }
            CompareProblem::NoNumber { name } => Diagnostic::new(
                Code::NoBridge,
                bi!("`{name}` er ikke et tal, så der er ingen led at lægge sammen", "`{name}` is no number, so there are no terms to add"),
            ),
            CompareProblem::Unlike { name } => Diagnostic::new(
                Code::NoBridge,
                bi!(
                    "`{name}` har ikke samme enhed og prisniveau hele vejen, så forskellene kan ikke lægges sammen",
                    "`{name}` does not have the same unit and price level all the way, so the differences cannot be added"
                ),
            )
            .help(bi!(
                "regn om til ét prisniveau i reglerne, før der sammenlignes",
                "convert to one price level in the rules before comparing"
            )),
        }
    }
}
