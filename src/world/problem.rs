use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::base::{Bi, bi, in_bytes};
use crate::diag::{Code, Diagnostic, Report};

/// Something about a file or folder that stopped the program.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WorldError {
    /// The path, as it was given.
    pub path: PathBuf,
    /// What is the matter.
    pub problem: WorldProblem,
}

/// What can be the matter with a path.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum WorldProblem {
    /// Nothing stands there.
    Missing,
    /// A folder stands where a file was expected.
    IsFolder,
    /// A file stands where a folder was expected.
    IsFile,
    /// A device, a pipe or a socket.
    Special,
    /// More bytes than the limit, given in bytes.
    TooLarge {
        /// The limit.
        limit: u64,
    },
    /// A row of a table is longer than the limit, given in bytes: a quotation mark may not be closed.
    RowTooLong {
        /// The limit.
        limit: u64,
    },
    /// More rule files than the limit.
    TooManyFiles {
        /// The limit.
        limit: usize,
    },
    /// More rows in a table than the limit.
    TooManyRows {
        /// The limit.
        limit: u64,
    },
    /// Reading failed.
    Read(Reason),
    /// A folder that lies among others could not be read; the others were.
    Unread(Reason),
    /// A folder lies deeper in the one that was given than rules are looked for.
    TooDeep,
    /// Writing failed.
    Write(Reason),
    /// Since it was read, someone else has written to it.
    Changed,
    /// It was rewritten together with others; one of those failed, and it could not be put back as it was.
    NotPutBack(Reason),
    /// A path given as rules that is neither a rule file nor a folder.
    NotRules,
    /// A folder without rule files directly in it.
    NoRules,
    /// Something stands where a new folder was to be made.
    Exists,
}

/// Why the system refused, in words that are the same on every machine.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reason {
    /// No permission.
    Denied,
    /// The disk is full or a quota is reached.
    Full,
    /// The disk cannot be written to.
    ReadOnly,
    /// The path is no valid name, or too long.
    BadName,
    /// The folder of the path does not exist.
    NoFolder,
    /// Another reason, with the system's number for it where it gives one.
    Other(Option<i32>),
}

impl WorldError {
    /// Makes an error about a path.
    pub fn new(path: &Path, problem: WorldProblem) -> Self {
        Self { path: path.to_owned(), problem }
    }
    /// Tells whether a limit was reached, rather than reading or writing having failed.
    pub fn is_limit(&self) -> bool {
        matches!(
            self.problem,
            WorldProblem::TooLarge { .. }
                | WorldProblem::RowTooLong { .. }
                | WorldProblem::TooManyFiles { .. }
                | WorldProblem::TooManyRows { .. }
        )
    }
}

impl Reason {
    /// Words an error of the system.
    pub fn of(error: &std::io::Error) -> Reason {
        match error.kind() {
            ErrorKind::PermissionDenied => Reason::Denied,
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => Reason::Full,
            ErrorKind::ReadOnlyFilesystem => Reason::ReadOnly,
            ErrorKind::InvalidFilename | ErrorKind::InvalidInput => Reason::BadName,
            ErrorKind::NotFound | ErrorKind::NotADirectory => Reason::NoFolder,
            _ => Reason::Other(error.raw_os_error()),
        }
    }
    fn words(self) -> Bi {
        match self {
            Reason::Denied => Bi::new("adgang nægtet", "permission denied"),
            Reason::Full => Bi::new("der er ikke plads på disken", "there is no room on the disk"),
            Reason::ReadOnly => Bi::new("disken kan kun læses", "the disk is read-only"),
            Reason::BadName => {
                Bi::new("navnet er ugyldigt eller for langt", "the name is invalid or too long")
            }
            Reason::NoFolder => Bi::new("mappen findes ikke", "the folder does not exist"),
            Reason::Other(None) => Bi::new("ukendt årsag", "unknown reason"),
            Reason::Other(Some(number)) => bi!("systemets fejl nr. {number}", "system error no. {number}"),
        }
    }
}

impl Report for WorldError {
    fn report(&self) -> Diagnostic {
        let path = self.path.display();
        let new = |code, message| Diagnostic::new(code, message);
        match &self.problem {
            WorldProblem::Missing => {
                new(Code::FileMissing, bi!("`{path}` findes ikke", "`{path}` does not exist"))
            }
            WorldProblem::IsFolder => new(
                Code::FolderNotFile,
                bi!(
                    "`{path}` er en mappe; her ventes en fil",
                    "`{path}` is a folder; a file is expected here"
                ),
            ),
            WorldProblem::IsFile => new(
                Code::FileNotFolder,
                bi!(
                    "`{path}` er en fil; her ventes en mappe",
                    "`{path}` is a file; a folder is expected here"
                ),
            ),
            WorldProblem::Special => new(
                Code::NotAStoredFile,
                bi!(
                    "`{path}` er en enhed eller et rør og ikke en gemt fil",
                    "`{path}` is a device or a pipe, not a stored file"
                ),
            ),
            WorldProblem::TooLarge { limit } => too_large(&path.to_string(), *limit),
            WorldProblem::RowTooLong { limit } => new(Code::LineTooLong, {
                let Bi { da, en } = in_bytes(*limit);
                bi!(
                    "en række i `{path}` er længere end grænsen på {da}",
                    "a row of `{path}` is longer than the limit of {en}"
                )
            })
            .help(bi!("er et anførselstegn ikke lukket?", "is a quotation mark not closed?")),
            WorldProblem::TooManyFiles { limit } => new(
                Code::TooManyFiles,
                bi!(
                    "med `{path}` er der flere regelfiler end grænsen på {limit}",
                    "with `{path}` there are more rule files than the limit of {limit}"
                ),
            )
            .help(bi!(
                "nævn færre mapper, eller flyt grænsen: `--limit files=…`",
                "name fewer folders, or move the limit: `--limit files=…`"
            )),
            WorldProblem::TooManyRows { limit } => new(
                Code::TooManyRows,
                bi!(
                    "`{path}` har flere rækker end grænsen på {limit}",
                    "`{path}` has more rows than the limit of {limit}"
                ),
            )
            .help(bi!(
                "del tabellen, eller flyt grænsen: `--limit rows=…`",
                "split the table, or move the limit: `--limit rows=…`"
            )),
            WorldProblem::Read(reason) => {
                let Bi { da, en } = reason.words();
                new(Code::ReadFailed, bi!("`{path}` kan ikke læses: {da}", "`{path}` cannot be read: {en}"))
            }
            WorldProblem::Unread(reason) => unread(&path.to_string(), reason.words()),
            WorldProblem::TooDeep => too_deep(&path.to_string()),
            WorldProblem::Write(reason) => {
                let Bi { da, en } = reason.words();
                new(
                    Code::WriteFailed,
                    bi!("`{path}` kan ikke skrives: {da}", "`{path}` cannot be written: {en}"),
                )
            }
            WorldProblem::Changed => changed(&path.to_string()),
            WorldProblem::NotPutBack(reason) => {
                let Bi { da, en } = reason.words();
                new(
                    Code::WriteFailed,
                    bi!(
                        "`{path}` er skrevet, selv om en anden fil ikke kunne skrives, og kan ikke føres tilbage: {da}",
                        "`{path}` is written though another file could not be, and cannot be put back: {en}"
                    ),
                )
            }
            WorldProblem::NotRules => not_rules(&path.to_string()),
            WorldProblem::NoRules => new(
                Code::FolderWithoutRules,
                bi!("mappen `{path}` har ingen regelfiler", "the folder `{path}` has no rule files"),
            )
            .help(Bi::new(
                "regelfiler ender på `.klausul` eller `.klausul.md`; mapperne i den har heller ingen",
                "rule files end in `.klausul` or `.klausul.md`; the folders in it have none either",
            )),
            WorldProblem::Exists => {
                new(Code::AlreadyThere, bi!("`{path}` findes allerede", "`{path}` exists already")).help(
                    Bi::new(
                        "vælg et andet navn; intet bliver overskrevet",
                        "choose another name; nothing is overwritten",
                    ),
                )
            }
        }
    }
}

fn too_large(path: &str, limit: u64) -> Diagnostic {
    let Bi { da, en } = in_bytes(limit);
    Diagnostic::new(
        Code::FileTooLarge,
        bi!("`{path}` er større end grænsen på {da}", "`{path}` is larger than the limit of {en}"),
    )
}

fn unread(path: &str, Bi { da, en }: Bi) -> Diagnostic {
    Diagnostic::new(
        Code::ReadFailed,
        bi!("mappen `{path}` kan ikke læses: {da}", "the folder `{path}` cannot be read: {en}"),
    )
    .help(Bi::new(
        "reglerne i de andre mapper er set efter; dem i denne mangler",
        "the rules in the other folders are looked at; those in this one are missing",
    ))
}

fn too_deep(path: &str) -> Diagnostic {
    Diagnostic::new(
        Code::ReadFailed,
        bi!(
            "mappen `{path}` ligger for dybt til at blive set efter",
            "the folder `{path}` lies too deep to be looked into"
        ),
    )
    .help(bi!("nævn den selv: `{path}`", "name it itself: `{path}`"))
}

fn changed(path: &str) -> Diagnostic {
    Diagnostic::new(
        Code::FileChanged,
        bi!("`{path}` er ændret, siden den blev læst", "`{path}` has changed since it was read"),
    )
    .help(Bi::new(
        "intet er skrevet; kør kommandoen igen, så den læser filen, som den er nu",
        "nothing is written; run the command again, so that it reads the file as it is now",
    ))
}

fn not_rules(path: &str) -> Diagnostic {
    let found = Diagnostic::new(
        Code::NotARuleFile,
        bi!(
            "`{path}` er ikke en regelfil; navnet skal ende på `.klausul` eller `.klausul.md`",
            "`{path}` is not a rule file; its name must end in `.klausul` or `.klausul.md`"
        ),
    );
    let is_data = [".json", ".toml", ".csv"].iter().any(|end| path.ends_with(end));
    if !is_data {
        return found;
    }
    found.help(bi!("giv data med `--data {path}`", "give data with `--data {path}`"))
}
