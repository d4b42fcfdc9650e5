use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::cli::asking::rules_session;
use crate::cli::checked::Examined;
use crate::cli::{Console, Exit, is_failure};
use crate::render::{graphical, json_text, plain};
use crate::session::Session;

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
    let (mut problems, proofs) = session.examined();
    let checks = session.checks(&mut problems);
    let found = problems.sorted();
    show(args, &Examined { found: &found, checks: &checks, proofs: &proofs }, &session, console);
    match Exit::of(&found) {
        Exit::Ok if is_failure(&found, args.strict) => Exit::Findings,
        exit => exit,
    }
}

fn show(args: &CheckArgs, examined: &Examined<'_>, session: &Session, console: &mut Console<'_>) {
    let lang = console.lang(Some(session.lang()));
    let look = console.look(lang);
    let (found, sources) = (examined.found, session.sources());
    let text = match args.format {
        CheckFormat::Plain => plain(found, sources, &look) + &examined.open_lines(sources, lang),
        CheckFormat::Json => json_text(&examined.json(session, &look)),
        CheckFormat::Text => {
            let pictures = graphical(found, sources, &look);
            let gap = if found.is_empty() { "" } else { "\n" };
            format!("{pictures}{gap}{}", examined.summary(session, &look))
        }
    };
    console.say(&text);
}
