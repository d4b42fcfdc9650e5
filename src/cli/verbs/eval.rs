use std::path::PathBuf;

use clap::{Args, ValueEnum};

use serde_json::{Value, json};

use crate::cli::all_readings::{choices, left_words};
use crate::cli::args::{AllReadings, Situation};
use crate::cli::asking::{asked, question, session, told};
use crate::cli::results::{results_csv, results_text};
use crate::cli::{Console, Exit};
use crate::model::Origin;
use crate::render::json_text;
use crate::session::{Question, Session};

/// The options of `eval`.
#[derive(Args, Debug)]
pub struct EvalArgs {
    #[arg(value_name = "STI", help = "En regelfil eller en mappe | A rule file or a folder")]
    /// The rules.
    pub path: PathBuf,
    #[arg(
        value_name = "MÅL",
        help = "En klausul, klausul.navn eller et udtryk i anførselstegn | A clause, clause.name or an expression in quotation marks"
    )]
    /// What to compute; everything when empty.
    pub targets: Vec<String>,
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
    #[arg(long, help = "Advarsler tæller som fejl | Warnings count as errors")]
    /// Whether warnings count as errors.
    pub strict: bool,
}

/// The forms of an answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum EvalFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// For spreadsheets.
    Csv,
}

/// Computes and shows results.
pub fn run(args: &EvalArgs, console: &mut Console<'_>) -> Exit {
    match computed(args, console) {
        Ok(exit) | Err(exit) => exit,
    }
}

fn computed(args: &EvalArgs, console: &mut Console<'_>) -> Result<Exit, Exit> {
    let session = session(console, std::slice::from_ref(&args.path), &args.situation)?;
    let question = question(console, &args.targets, &args.situation)?;
    match args.situation.all_readings {
        None => show_one(args, &session, &question, console),
        Some(how) => show_readings(args, how, &session, &question, console),
    }
}

fn show_one(
    args: &EvalArgs,
    session: &Session,
    question: &Question,
    console: &mut Console<'_>,
) -> Result<Exit, Exit> {
    let (answer, exit) = asked(console, session, question, args.strict)?;
    let lang = console.lang(Some(session.lang()));
    let text = match args.format {
        EvalFormat::Text => results_text(&answer, &session.what_ifs(), &console.look(lang)),
        EvalFormat::Json => json_text(&session.results_json(&answer, lang)),
        EvalFormat::Csv => results_csv(session, &answer, lang),
    };
    console.say(&text);
    Ok(exit)
}

/// Shows the answer under each reading: those that differ from the chosen one, one at a time or all combinations. What
/// the answer does not rest on cannot change it; it is counted and not varied.
fn show_readings(
    args: &EvalArgs,
    how: AllReadings,
    session: &Session,
    question: &Question,
    console: &mut Console<'_>,
) -> Result<Exit, Exit> {
    let lang = console.lang(Some(session.lang()));
    let mut worst = Exit::Ok;
    let mut all = Vec::new();
    let (choices, left) = choices(session, question, how);
    for choice in choices {
        let mut varied = session.clone();
        for reading in &choice {
            let result = varied.choose_reading(&reading.replace('=', " = "), Origin::Set);
            told(console, &varied, lang, result)?;
        }
        let (answer, exit) = asked(console, &varied, question, args.strict)?;
        worst = worst.max(exit);
        let title = choice.join(", ");
        match args.format {
            EvalFormat::Text => {
                let title =
                    if title.is_empty() { lang.pick("som valgt", "as chosen").to_owned() } else { title };
                console.say(&format!(
                    "== {title}\n{}\n",
                    results_text(&answer, &varied.what_ifs(), &console.look(lang))
                ));
            }
            EvalFormat::Json => {
                all.push(json!({ "readings": choice, "answer": varied.results_json(&answer, lang) }))
            }
            EvalFormat::Csv => console.say(&results_csv(&varied, &answer, lang)),
        }
    }
    match args.format {
        EvalFormat::Json => console.say(&json_text(&Value::from(all))),
        EvalFormat::Text if left > 0 => console.say(&left_words(left, how, lang)),
        EvalFormat::Text | EvalFormat::Csv => {}
    }
    Ok(worst)
}
