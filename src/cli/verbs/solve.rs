use std::path::PathBuf;

use clap::Args;

use crate::cli::args::Situation;
use crate::cli::asking::{one_reading_each, question, session};
use crate::cli::{AnswerForm, AnswerFormat, Console, Exit};
use crate::explore::{Range, Spelled, solutions, spelled};
use crate::render::{ShowIt, json_text, solutions_json, solutions_text};

/// The options of `solve`.
#[derive(Args, Debug)]
pub struct SolveArgs {
    #[arg(value_name = "STI", help = "En regelfil eller en mappe | A rule file or a folder")]
    /// The rules.
    pub path: PathBuf,
    #[arg(
        value_name = "MÅL",
        help = "Det, der skal være opfyldt, fx \"k.beløb ≤ 200 mio. kr.\" | What is to hold, such as \"k.amount ≤ 200 million kr.\""
    )]
    /// What is to hold.
    pub goal: String,
    #[arg(
        long,
        value_name = "STI",
        required = true,
        help = "Det tal, der søges: en oplysning, en definition, et tabelfelt, et trin i et indeks; to gange: for hver værdi af det første (\"x fra 0 til 4 trin 1\"), hvilke af det andet | The number that is sought: a fact, a definition, a table cell, an index step; twice: for each value of the first (\"x from 0 to 4 step 1\"), which of the second"
    )]
    /// What is sought; of two, the first is given values.
    pub of: Vec<String>,
    #[arg(
        long,
        value_name = "VÆRDI",
        allow_hyphen_values = true,
        help = "Søg fra (ellers det mindste, det kan være) | Seek from (else the least that it can be)"
    )]
    /// Where the range begins.
    pub from: Option<String>,
    #[arg(
        long,
        value_name = "VÆRDI",
        allow_hyphen_values = true,
        help = "Søg til (ellers det største, det kan være) | Seek to (else the most that it can be)"
    )]
    /// Where the range ends.
    pub to: Option<String>,
    #[command(flatten)]
    /// When, for whom, from what data.
    pub situation: Situation,
    #[command(flatten)]
    /// The form of the answer.
    pub answer: AnswerForm,
}

/// Finds the values of a number with which something holds.
pub fn run(args: &SolveArgs, console: &mut Console<'_>) -> Exit {
    match solved(args, console) {
        Ok(exit) | Err(exit) => exit,
    }
}

fn solved(args: &SolveArgs, console: &mut Console<'_>) -> Result<Exit, Exit> {
    let session = session(console, std::slice::from_ref(&args.path), &args.situation)?;
    let question = question(console, std::slice::from_ref(&args.goal), &args.situation)?;
    let lang = console.lang(Some(session.lang()));
    let wish = [(args.goal.as_str(), Some(args.goal.as_str()))];
    let of = args.of.iter().map(|of| ("--of", Some(of.as_str())));
    let ends = [("--from", args.from.as_deref()), ("--to", args.to.as_deref())];
    one_reading_each(console, wish.into_iter().chain(of).chain(ends), session.lang())?;
    let range = Range { from: args.from.as_deref(), to: args.to.as_deref(), step: None };
    let sought: Vec<Spelled<'_>> = args.of.iter().flat_map(|of| spelled(of)).collect();
    let found = solutions(&session, &question, &sought, range, lang).map_err(|refused| {
        console.findings(&refused.problems, &refused.sources, lang);
        Exit::Usage
    })?;
    let shown = match args.answer.format {
        AnswerFormat::Text => solutions_text(&found, ShowIt::Option, &console.look(lang)),
        AnswerFormat::Json => json_text(&solutions_json(&found)),
    };
    console.say(&shown);
    Ok(Exit::Ok)
}
