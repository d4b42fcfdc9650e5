use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::cli::asking::rules_session;
use crate::cli::checked::{checked_json, checks_summary, summary};
use crate::cli::{Console, Exit, is_failure};
use crate::diag::Diagnostic;
use crate::render::{graphical, json_text, plain};
use crate::session::{CheckReport, Session};

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
        CheckFormat::Json => json_text(&checked_json(found, checks, session, &look)),
        CheckFormat::Text => {
            let pictures = graphical(found, sources, &look);
            let gap = if found.is_empty() { "" } else { "\n" };
            let files = summary(&session.tally(found), lang);
            format!("{pictures}{gap}{files}\n{}", checks_summary(checks, lang))
        }
    };
    console.say(&text);
}
