use std::path::PathBuf;

use clap::Args;

use crate::cli::args::Situation;
use crate::cli::asking::{question, session};
use crate::cli::verbs::eval::EvalFormat;
use crate::cli::{Console, Exit};
use crate::explore::{self, Range};
use crate::render::{json_text, sweep_csv, sweep_json, sweep_text};

/// The options of `sweep`.
#[derive(Args, Debug)]
pub struct SweepArgs {
    #[arg(value_name = "STI", help = "En regelfil eller en mappe | A rule file or a folder")]
    /// The rules.
    pub path: PathBuf,
    #[arg(value_name = "MÅL", help = "Det resultat, der følges | The result that is followed")]
    /// The result that is followed.
    pub target: String,
    #[arg(
        long,
        value_name = "STI",
        help = "Det tal, der ændres: en oplysning, en definition, et tabelfelt, et trin i et indeks | The number that changes: a fact, a definition, a table cell, an index step"
    )]
    /// What is varied.
    pub of: String,
    #[arg(
        long,
        value_name = "VÆRDI",
        allow_hyphen_values = true,
        help = "Hvorfra (ellers det mindste, det kan være) | From where (else the least that it can be)"
    )]
    /// Where the range begins.
    pub from: Option<String>,
    #[arg(
        long,
        value_name = "VÆRDI",
        allow_hyphen_values = true,
        help = "Hvortil (ellers det største, det kan være) | To where (else the most that it can be)"
    )]
    /// Where the range ends.
    pub to: Option<String>,
    #[arg(
        long,
        value_name = "VÆRDI",
        help = "Vis også svaret for hvert trin af denne størrelse | Show the answer at each step of this size, too"
    )]
    /// The step at which values are told as well.
    pub step: Option<String>,
    #[command(flatten)]
    /// When, for whom, from what data.
    pub situation: Situation,
    #[arg(
        long,
        value_name = "text|json|csv",
        default_value = "text",
        hide_possible_values = true,
        hide_default_value = true,
        help = "Svarets form | The form of the answer"
    )]
    /// The form of the answer.
    pub format: EvalFormat,
}

/// Follows a result along a range of a number.
pub fn run(args: &SweepArgs, console: &mut Console<'_>) -> Exit {
    match swept(args, console) {
        Ok(exit) | Err(exit) => exit,
    }
}

fn swept(args: &SweepArgs, console: &mut Console<'_>) -> Result<Exit, Exit> {
    let session = session(console, std::slice::from_ref(&args.path), &args.situation)?;
    let question = question(console, std::slice::from_ref(&args.target), &args.situation)?;
    let lang = console.lang(Some(session.lang()));
    let range = Range { from: args.from.as_deref(), to: args.to.as_deref(), step: args.step.as_deref() };
    let all = explore::sweep(&session, &question, &args.of, range, lang).map_err(|refused| {
        console.findings(&refused.problems, &refused.sources, lang);
        Exit::Usage
    })?;
    let shown = match args.format {
        EvalFormat::Text => sweep_text(&all, &console.look(lang)),
        EvalFormat::Json => json_text(&sweep_json(&all)),
        EvalFormat::Csv => sweep_csv(&all),
    };
    console.say(&shown);
    Ok(Exit::Ok)
}
