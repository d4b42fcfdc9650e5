use super::change_problem;
use super::derived::Derived;
use super::differences::Difference;
use super::elsewhere::Left;
use super::lock_file::LockFault;
use super::resolve::Candidate;
use crate::base::{Bi, Span, bi};
use crate::diag::{Code, Diagnostic, Report};

/// What can be wrong between rules and the documents they cite.
#[derive(Clone, Debug)]
pub(super) enum SourceProblem {
    /// The register is no TOML.
    UnreadableRegister { span: Span, what: String },
    /// The register is no UTF-8.
    RegisterNotText { span: Span },
    /// The register names no documents.
    EmptyRegister { span: Span },
    /// An entry lacks `id` or `file`.
    EntryWithout { span: Span },
    /// An entry names a file in another folder.
    FileElsewhere { span: Span, file: String },
    /// Two entries have the same id.
    EnteredTwice { span: Span, first: Span, id: String },
    /// A document is no UTF-8.
    NotText { span: Span, file: String, at: usize },
    /// A cited source is not in the register.
    NotEntered { span: Span, id: String, near: Option<String> },
    /// A citation leads nowhere.
    Unresolved { span: Span, locator: String, id: String, instead: Vec<String>, was: Option<Was> },
    /// A citation leads to several places.
    Ambiguous { span: Span, locator: String, id: String, places: Vec<(Candidate, usize)>, was: Option<Was> },
    /// A figure is not printed in the passage that it cites.
    FigureNotThere { span: Span, figure: String, nearest: Option<String>, derived: Option<Derived> },
    /// A lock file cannot be read.
    UnreadableLock { span: Span, fault: LockFault },
    /// Citations whose passages are not in the lock.
    NotLocked { spans: Vec<Span> },
    /// Passages of the lock that no rule cites any more.
    LeftInLock { spans: Vec<Span>, places: Vec<String> },
    /// The text of a passage stands elsewhere now: from which line to which.
    Moved { spans: Vec<Span>, id: String, at: String, lines: (usize, usize), clauses: Vec<String> },
    /// A passage says something else than it did.
    Changed {
        spans: Vec<Span>,
        id: String,
        at: String,
        line: usize,
        differences: Vec<Difference>,
        clauses: Vec<String>,
    },
    /// The document spells the heading otherwise.
    Misspelt { span: Span, id: String, words: String },
}

/// Where a citation led when the lock was written, and what is left of that.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Was {
    /// The line then.
    pub(super) line: usize,
    /// What stands in the document now.
    pub(super) left: Left,
}

impl Report for SourceProblem {
    fn report(&self) -> Diagnostic {
        match self {
            SourceProblem::UnreadableRegister { span, what } => register(
                *span,
                bi!(
                    "registret over dokumenter kan ikke læses her",
                    "the register of documents cannot be read here"
                ),
            )
            .help(bi!("TOML-læseren siger: {what}", "the TOML reader says: {what}")),
            SourceProblem::RegisterNotText { span } => register(
                *span,
                bi!("registret over dokumenter er ikke UTF-8", "the register of documents is not UTF-8"),
            ),
            SourceProblem::EmptyRegister { span } => {
                register(*span, bi!("registret nævner ingen dokumenter", "the register names no documents"))
            }
            SourceProblem::EntryWithout { span } => register(
                *span,
                bi!(
                    "et dokument i registret mangler `id` eller `file`",
                    "a document of the register lacks `id` or `file`"
                ),
            ),
            SourceProblem::FileElsewhere { span, file } => register(
                *span,
                bi!(
                    "`{file}` ligger i en anden mappe; et dokument ligger ved siden af registret",
                    "`{file}` lies in another folder; a document lies beside the register"
                ),
            ),
            SourceProblem::EnteredTwice { span, first, id } => register(
                *span,
                bi!("`{id}` står to gange i registret", "`{id}` stands twice in the register"),
            )
            .label(*first, bi!("første gang her", "the first time here")),
            SourceProblem::NotText { span, file, at } => Diagnostic::new(
                Code::DocumentNotText,
                bi!("`{file}` er ikke UTF-8 efter byte {at}", "`{file}` is not UTF-8 after byte {at}"),
            )
            .at(*span)
            .help(bi!("gem dokumentet som ren tekst i UTF-8", "save the document as plain text in UTF-8")),
            SourceProblem::NotEntered { span, id, near } => not_entered(*span, id, near.as_deref()),
            SourceProblem::Unresolved { span, locator, id, instead, was } => {
                change_problem::with_was(unresolved(*span, locator, id, instead), *was)
            }
            SourceProblem::Ambiguous { span, locator, id, places, was } => {
                change_problem::with_was(ambiguous(*span, locator, id, places), *was)
            }
            SourceProblem::FigureNotThere { span, figure, nearest, derived } => {
                figure_not_there(*span, figure, nearest.as_deref(), derived.as_ref())
            }
            SourceProblem::UnreadableLock { span, fault } => change_problem::unreadable(*span, *fault),
            SourceProblem::NotLocked { spans } => change_problem::not_locked(spans),
            SourceProblem::LeftInLock { spans, places } => change_problem::left_in_lock(spans, places),
            SourceProblem::Moved { spans, id, at, lines, clauses } => {
                change_problem::moved(spans, (id, at), *lines, clauses)
            }
            SourceProblem::Changed { spans, id, at, line, differences, clauses } => {
                change_problem::changed(spans, (id, at), *line, differences, clauses)
            }
            SourceProblem::Misspelt { span, id, words } => Diagnostic::new(
                Code::HeadingSpelledOtherwise,
                bi!(
                    "overskriften staves \"{words}\" i `{id}`; henvisningen er fundet alligevel",
                    "the heading is spelled \"{words}\" in `{id}`; the citation was found all the same"
                ),
            )
            .label(*span, Bi::new("", "")),
        }
    }
}

fn register(span: Span, message: Bi) -> Diagnostic {
    Diagnostic::new(Code::RegisterFault, message).at(span).help(bi!(
        "hvert dokument skrives som `[[source]]` med linjerne `id = \"…\"` og `file = \"…\"`",
        "each document is written as `[[source]]` with the lines `id = \"…\"` and `file = \"…\"`"
    ))
}

fn not_entered(span: Span, id: &str, near: Option<&str>) -> Diagnostic {
    let found = Diagnostic::new(
        Code::DocumentNotAtHand,
        bi!(
            "kilden `{id}` står ikke i registret over dokumenter",
            "the source `{id}` is not in the register of documents"
        ),
    )
    .at(span);
    match near {
        Some(near) => found.help(bi!("registret har `{near}`", "the register has `{near}`")),
        None => found.help(bi!(
            "tilføj dokumentet i `sources.toml`, så henvisningerne kan efterprøves",
            "add the document to `sources.toml`, so that the citations can be verified"
        )),
    }
}

fn unresolved(span: Span, locator: &str, id: &str, instead: &[String]) -> Diagnostic {
    let found = Diagnostic::new(
        Code::CitationUnresolved,
        bi!("{locator} findes ikke der i `{id}`", "{locator} is not there in `{id}`"),
    )
    .label(span, bi!("dette sted findes ikke", "this place does not exist"));
    match instead {
        [] => found.help(bi!(
            "se efter i dokumentet; en overskrift skrives i anførselstegn, som den står, og punkter uden mærke med `fra \"…\" til \"…\"`",
            "look in the document; a heading is written in quotes, as it stands, and items without a mark with `from \"…\" to \"…\"`"
        )),
        names => {
            let names = names.join("; ");
            found.help(bi!("der findes: {names}", "there is: {names}"))
        }
    }
}

fn ambiguous(span: Span, locator: &str, id: &str, places: &[(Candidate, usize)]) -> Diagnostic {
    let number = places.len();
    let found = Diagnostic::new(
        Code::CitationAmbiguous,
        bi!("{locator} findes {number} steder i `{id}`", "{locator} is found in {number} places in `{id}`"),
    )
    .label(span, bi!("hvilket af dem?", "which of them?"));
    places.iter().fold(found, |found, (place, line)| {
        let way = &place.way;
        found.help(bi!("linje {line}: {way}", "line {line}: {way}"))
    })
}

fn figure_not_there(
    span: Span,
    figure: &str,
    nearest: Option<&str>,
    derived: Option<&Derived>,
) -> Diagnostic {
    let found = Diagnostic::new(
        Code::FigureNotInPassage,
        bi!(
            "`{figure}` står ikke på det sted, der henvises til",
            "`{figure}` does not stand in the passage that is cited"
        ),
    )
    .at(span);
    if let Some(Derived { expression, words }) = derived {
        return found
            .help(bi!(
                "`{figure}` er {words}, som står der: skriv det som udtryk",
                "`{figure}` is {words}, which stands there: write it as an expression"
            ))
            .suggestion(bi!("skriv `{expression}`", "write `{expression}`"), span, expression);
    }
    let found = match nearest {
        Some(nearest) => found.help(bi!(
            "det tal på stedet, der ligner mest, er `{nearest}`",
            "the figure of the passage that is most like it is `{nearest}`"
        )),
        None => found,
    };
    found.help(bi!(
        "ret tallet eller henvisningen; et tal, som teksten ikke skriver, regnes ud af dem, den skriver, eller hører til i en `antagelse`",
        "correct the figure or the citation; a figure that the text does not print is computed from those that it does, or belongs in an `assumption`"
    ))
}
