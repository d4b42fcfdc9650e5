use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::base::{Lang, bi};
use crate::cli::asking::rules_session;
use crate::cli::{Console, Exit, is_failure};
use crate::diag::{Diagnostic, Severity};
use crate::render::{diagnostics_json, graphical, json_text, plain};
use crate::session::{CheckOutcome, CheckReport, Session};

/// The options of `check`.
#[derive(Args, Debug)]
pub struct CheckArgs {
    #[arg(required = true, value_name = "STI", help = "Regelfiler eller mapper | Rule files or folders")]
    /// The rules.
    pub paths: Vec<PathBuf>,
    #[arg(long, help = "Advarsler tæller som fejl | Warnings count as errors")]
    /// Whether warnings count as errors.
    pub strict: bool,
    #[arg(
        long,
        value_name = "text|plain|json",
        default_value = "text",
        hide_possible_values = true,
        hide_default_value = true,
        help = "Svarets form; plain er én linje pr. fund | The form of the answer; plain is one line per finding"
    )]
    /// The form of the answer.
    pub format: CheckFormat,
}

/// The forms of an answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum CheckFormat {
    /// For people: the places shown.
    Text,
    /// For grep and CI: one line per finding.
    Plain,
    /// For programs.
    Json,
}

/// Reads the rules and shows everything that is wrong, the text's own checks included.
pub fn run(args: &CheckArgs, console: &mut Console<'_>) -> Exit {
    let session = match rules_session(console, &args.paths) {
        Ok(session) => session,
        Err(exit) => return exit,
    };
    let mut problems = session.findings();
    let checks = session.checks(&mut problems);
    let found = problems.sorted();
    show(args, &found, &checks, &session, console);
    match Exit::of(&found) {
        Exit::Ok if is_failure(&found, args.strict) => Exit::Findings,
        exit => exit,
    }
}

fn show(
    args: &CheckArgs,
    found: &[Diagnostic],
    checks: &[CheckReport],
    session: &Session,
    console: &mut Console<'_>,
) {
    let lang = console.lang(Some(session.lang()));
    let look = console.look(lang);
    let sources = session.sources();
    let text = match args.format {
        CheckFormat::Plain => plain(found, sources, &look),
        CheckFormat::Json => json_text(&diagnostics_json(found, sources, &look)),
        CheckFormat::Text => {
            let pictures = graphical(found, sources, &look);
            let gap = if found.is_empty() { "" } else { "\n" };
            let files = summary(found, session.files().len(), lang);
            format!("{pictures}{gap}{files}\n{}", checks_summary(checks, lang))
        }
    };
    console.say(&text);
}

/// Words how the text's own checks went; nothing when there are none.
fn checks_summary(checks: &[CheckReport], lang: Lang) -> String {
    let count = |outcome| checks.iter().filter(|check| check.outcome == outcome).count();
    let parts = [
        (CheckOutcome::Holds, bi!("stemmer", "hold")),
        (CheckOutcome::KnownDifference, bi!("med kendt afvigelse", "with a known difference")),
        (CheckOutcome::Fails, bi!("stemmer ikke", "do not hold")),
        (CheckOutcome::Broken, bi!("kan ikke regnes ud", "cannot be computed")),
        (CheckOutcome::Open, bi!("mangler oplysninger", "lack facts")),
    ];
    let counted = parts.iter().map(|(outcome, words)| (count(*outcome), words)).filter(|(n, _)| *n > 0);
    let list: Vec<String> = counted.map(|(n, words)| format!("{n} {}", words.get(lang))).collect();
    match list.as_slice() {
        [] => String::new(),
        list => format!(
            "{}: {}\n",
            lang.pick("aftalens egne summer", "the agreement's own sums"),
            list.join(", ")
        ),
    }
}

/// Words how it went: `2 filer: 1 fejl, 3 advarsler`.
fn summary(found: &[Diagnostic], files: usize, lang: Lang) -> String {
    let count = |severity| found.iter().filter(|found| found.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let files = match files {
        1 => lang.pick("1 fil".to_owned(), "1 file".to_owned()),
        n => lang.pick(format!("{n} filer"), format!("{n} files")),
    };
    if errors + warnings == 0 {
        return bi!("{files}: ingen fejl", "{files}: no errors").get(lang).to_owned();
    }
    let errors = match errors {
        1 => lang.pick("1 fejl".to_owned(), "1 error".to_owned()),
        n => lang.pick(format!("{n} fejl"), format!("{n} errors")),
    };
    match warnings {
        0 => format!("{files}: {errors}"),
        1 => format!("{files}: {errors}, {}", lang.pick("1 advarsel", "1 warning")),
        n => format!("{files}: {errors}, {n} {}", lang.pick("advarsler", "warnings")),
    }
}
