use super::command::{COMMANDS, Entry, usage_bi};
use crate::base::bi;
use crate::diag::{Code, Diagnostic, Report};

/// What can be wrong with a line besides what can be wrong in a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum ReplProblem {
    /// No command has this name.
    UnknownCommand {
        /// As typed.
        name: String,
        /// The nearest name.
        nearest: Option<&'static str>,
    },
    /// The name of a command without its colon.
    BareCommand {
        /// As typed.
        name: String,
        /// The command, by position in the table.
        command: usize,
    },
    /// A command without what it needs, or with something it does not understand.
    WrongArgument {
        /// The command, by position in the table.
        command: usize,
        /// As typed.
        found: String,
    },
    /// A line that was given up while it was answered.
    Stopped,
    /// The conversation has no files to read or write.
    NoFiles,
    /// Nothing is set, or nothing was asked.
    NothingToSave,
    /// No scenario gives the answers that are given here.
    NotSaved,
    /// A topic there is no help for.
    NoSuchTopic {
        /// As typed.
        name: String,
        /// The nearest topic.
        nearest: Option<String>,
    },
    /// An entity that is loaded neither by data nor by rules, with a name much like one that is.
    LikelyTypo {
        /// The kind.
        kind: String,
        /// As typed.
        name: String,
        /// The one that is loaded.
        nearest: String,
    },
    /// No world has this name.
    NoSuchWorld {
        /// As typed.
        name: String,
        /// The nearest name.
        nearest: Option<String>,
    },
    /// Something that may stand in the way of showing or sourcing: not a name of the rules.
    NotAName {
        /// As typed.
        name: String,
        /// The nearest name.
        nearest: Option<String>,
        /// The full names that it may be a part of.
        alike: Vec<String>,
    },
}

fn did_you_mean(found: Diagnostic, nearest: Option<&str>) -> Diagnostic {
    match nearest {
        Some(near) => found.help(bi!("mente du `{near}`?", "did you mean `{near}`?")),
        None => found,
    }
}

impl Report for ReplProblem {
    fn report(&self) -> Diagnostic {
        match self {
            ReplProblem::UnknownCommand { name, nearest } => unknown_command(name, *nearest),
            ReplProblem::BareCommand { name, command } => bare_command(name, entry(*command)),
            ReplProblem::WrongArgument { command, found } => wrong_argument(entry(*command), found),
            ReplProblem::Stopped => Diagnostic::new(
                Code::Stopped,
                bi!("afbrudt; intet er ændret", "stopped; nothing has changed"),
            ),
            ReplProblem::NoFiles => Diagnostic::new(
                Code::ReplArgument,
                bi!("denne samtale har ingen filer", "this conversation has no files"),
            ),
            ReplProblem::NothingToSave => Diagnostic::new(
                Code::ReplArgument,
                bi!("der er ikke noget at gemme endnu", "there is nothing to save yet"),
            )
            .help(bi!(
                "en fil, der ender på .klausul, får det, der er sat; en, der ender på .md, det, der er spurgt om og svaret",
                "a file that ends in .klausul gets what has been set; one that ends in .md what was asked and answered"
            )),
            ReplProblem::NotSaved => Diagnostic::new(
                Code::NotSaved,
                bi!(
                    "det, der er sat, kan ikke skrives som et scenarie, der giver de samme svar; der er ikke gemt noget",
                    "what has been set cannot be written as a scenario that gives the same answers; nothing was saved"
                ),
            )
            .help(bi!(
                "`:gem fil.md` gemmer samtalen med spor af svarene",
                "`:save file.md` saves the conversation with records of the answers"
            )),
            ReplProblem::NoSuchTopic { name, nearest } => {
                let message = bi!("der er ingen hjælp om `{name}`", "there is no help about `{name}`");
                let found = did_you_mean(Diagnostic::new(Code::ReplNoSuchTopic, message), nearest.as_deref());
                found.help(bi!("`:hjælp` viser alle emner", "`:help` lists all topics"))
            }
            ReplProblem::LikelyTypo { kind, name, nearest } => {
                let message =
                    bi!("der er ingen {kind} \"{name}\" i data", "there is no {kind} \"{name}\" in the data");
                did_you_mean(Diagnostic::new(Code::NoSuchEntity, message), Some(nearest))
            }
            ReplProblem::NoSuchWorld { name, nearest } => {
                let message = bi!("der er ingen verden `{name}`", "there is no world `{name}`");
                let found = did_you_mean(Diagnostic::new(Code::ReplArgument, message), nearest.as_deref());
                found.help(bi!(
                    "`:verden` viser dem, der er; `filer` er reglerne og data, som de står",
                    "`:world` shows those there are; `files` is the rules and data as they stand"
                ))
            }
            ReplProblem::NotAName { name, nearest, alike } => {
                let message = bi!(
                    "`{name}` er hverken en klausul, en definition eller en oplysning",
                    "`{name}` is neither a clause, a definition nor a fact"
                );
                let found = did_you_mean(Diagnostic::new(Code::NoSuchTarget, message), nearest.as_deref());
                match alike.as_slice() {
                    [] => found,
                    [one] => did_you_mean(found, Some(one)),
                    several => {
                        let all =
                            several.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
                        found.help(bi!("mente du en af {all}?", "did you mean one of {all}?"))
                    }
                }
            }
        }
    }
}

/// INVARIANT: positions in problems come from the table itself; the first command stands for none.
fn entry(at: usize) -> &'static Entry {
    COMMANDS.get(at).unwrap_or(&COMMANDS[0])
}

fn unknown_command(name: &str, nearest: Option<&'static str>) -> Diagnostic {
    let message = bi!("der er ingen kommando `:{name}`", "there is no command `:{name}`");
    let found = Diagnostic::new(Code::ReplUnknownCommand, message);
    let near = nearest.map(|near| format!(":{near}"));
    did_you_mean(found, near.as_deref())
        .help(bi!("`:hjælp` viser alle kommandoer", "`:help` lists all commands"))
}

fn bare_command(name: &str, entry: &Entry) -> Diagnostic {
    let (da, en) = (entry.da, entry.en);
    let rest = name.find(' ').and_then(|end| name.get(end..)).unwrap_or("");
    let message = bi!(
        "`{name}` er ikke noget i reglerne; kommandoer begynder med kolon",
        "`{name}` is nothing in the rules; commands begin with a colon"
    );
    Diagnostic::new(Code::ReplUnknownCommand, message).help(bi!("skriv `:{da}{rest}`", "write `:{en}{rest}`"))
}

fn wrong_argument(entry: &Entry, found: &str) -> Diagnostic {
    let (da, en) = (entry.da, entry.en);
    let message = match found {
        "" => bi!("`:{da}` skal vide hvad", "`:{en}` needs to know what"),
        found => bi!("`:{da}` forstår ikke `{found}`", "`:{en}` does not understand `{found}`"),
    };
    let usage = usage_bi(entry);
    let (da, en) = (&usage.da, &usage.en);
    Diagnostic::new(Code::ReplArgument, message).help(bi!("skriv `{da}`", "write `{en}`"))
}
