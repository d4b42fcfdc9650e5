use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::base::bi;
use crate::cli::args::Situation;
use crate::cli::asking::{one_reading_each, question, session};
use crate::cli::{Console, Exit};
use crate::diag::{Code, Diagnostic};
use crate::explore::{self, Range};
use crate::render::{json_text, sweep_csv, sweep_json, sweep_svg, sweep_text};

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
        required_unless_present = "over",
        conflicts_with = "over",
        help = "Det tal, der ændres: en oplysning, en definition, et tabelfelt, et trin i et indeks | The number that changes: a fact, a definition, a table cell, an index step"
    )]
    /// What is varied.
    pub of: Option<String>,
    #[arg(
        long,
        value_name = "år|SLAGS|TABEL",
        conflicts_with = "step",
        help = "Følg det år for år, for hver af en slags eller med hver række i en tabel | Follow it year by year, for each of a kind or with each row of a table"
    )]
    /// What it is followed over, where that is no number.
    pub over: Option<String>,
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
        value_name = "text|json|csv|svg",
        default_value = "text",
        hide_possible_values = true,
        hide_default_value = true,
        help = "Svarets form | The form of the answer"
    )]
    /// The form of the answer.
    pub format: SweepFormat,
}

/// The forms of an answer that moves.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum SweepFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// For spreadsheets.
    Csv,
    /// A picture.
    Svg,
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
    let (of, over) = (args.of.as_deref(), args.over.as_deref());
    let named = [(args.target.as_str(), Some(args.target.as_str())), ("--of", of), ("--over", over)];
    let ends = [("--from", &args.from), ("--to", &args.to), ("--step", &args.step)];
    let ends = ends.map(|(name, text)| (name, text.as_deref()));
    one_reading_each(console, named.into_iter().chain(ends), session.lang())?;
    let range = Range { from: args.from.as_deref(), to: args.to.as_deref(), step: args.step.as_deref() };
    let followed = match (of, over) {
        (_, Some(over)) => explore::across(&session, &question, over, range, lang),
        (of, None) => explore::sweep(&session, &question, of.unwrap_or_default(), range, lang),
    };
    let all = followed.map_err(|refused| {
        console.findings(&refused.problems, &refused.sources, lang);
        Exit::Usage
    })?;
    let shown = match args.format {
        SweepFormat::Text => sweep_text(&all, &console.look(lang)),
        SweepFormat::Json => json_text(&sweep_json(&all)),
        SweepFormat::Csv => sweep_csv(&all),
        SweepFormat::Svg => match sweep_svg(&all, lang) {
            Some(picture) => picture,
            None => return Err(console.refuse(nothing_to_draw(), lang, Exit::Findings)),
        },
    };
    console.say(&shown);
    Ok(Exit::Ok)
}

fn nothing_to_draw() -> Diagnostic {
    Diagnostic::new(
        Code::NotDrawn,
        bi!("svarene er ikke tal, der kan tegnes", "the answers are no numbers that can be drawn"),
    )
    .help(bi!("`--format text` fortæller, hvordan de skifter", "`--format text` tells how they change"))
}
