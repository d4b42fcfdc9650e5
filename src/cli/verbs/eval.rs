use std::path::PathBuf;

use clap::{Args, ValueEnum};

use serde_json::{Value, json};

use crate::base::{Lang, bi};
use crate::cli::all_readings::left_words;
use crate::cli::args::{AllReadings, Situation};
use crate::cli::asking::{asked, question, session};
use crate::cli::effect::{idle, what_ifs};
use crate::cli::key_files::private_keys;
use crate::cli::records::add_record;
use crate::cli::results::{data_notes, results_csv, results_text};
use crate::cli::rows::{self, RowsArgs};
use crate::cli::under_readings::{overview_of, under_readings};
use crate::cli::{Console, Exit};
use crate::diag::{Code, Diagnostic};
use crate::record::PrivateKey;
use crate::render::{Look, json_text};
use crate::session::{Answer, Question, Session};

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
    #[arg(
        long,
        value_name = "FIL",
        conflicts_with = "all_readings",
        help = "Føj sporet af beregningen til en fil: alle trin, så andre kan regne efter | Add the record of the computation to a file: every step, so that others can redo it"
    )]
    /// The file that a record is added to.
    pub record: Option<PathBuf>,
    #[arg(
        long,
        value_name = "NØGLEFIL",
        requires = "record",
        help = "Underskriv sporet med en privat nøgle fra `keys new` (flere gange) | Sign the record with a private key made by `keys new` (repeatable)"
    )]
    /// The keys that the record is signed with.
    pub sign: Vec<PathBuf>,
    #[command(flatten)]
    /// Rows of a table, each by itself.
    pub rows: RowsArgs,
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
    if let Some(table) = &args.rows.rows {
        refuse_with_rows(args, console)?;
        return rows::run(&args.path, &args.targets, &args.situation, (&args.rows, table), console);
    }
    // Read first: nobody waits for a computation whose record cannot be signed.
    let keys = private_keys(console, &args.sign)?;
    let session = session(console, std::slice::from_ref(&args.path), &args.situation)?;
    let question = question(console, &args.targets, &args.situation)?;
    match args.situation.all_readings {
        None => show_one((args, &keys), &session, &question, console),
        Some(how) => show_readings(args, how, &session, &question, console),
    }
}

/// What has no meaning where each row is computed by itself.
fn refuse_with_rows(args: &EvalArgs, console: &mut Console<'_>) -> Result<(), Exit> {
    let lang = console.lang(None);
    let given = [
        ("--for", !args.situation.only.is_empty()),
        ("--all-readings", args.situation.all_readings.is_some()),
        ("--record", args.record.is_some()),
        ("--format", args.format != EvalFormat::Text),
    ];
    let Some((option, _)) = given.iter().find(|(_, given)| *given) else { return Ok(()) };
    let found = Diagnostic::new(
        Code::WrongUsage,
        bi!("`{option}` kan ikke bruges med `--rows`", "`{option}` cannot be used with `--rows`"),
    );
    Err(console.refuse(found, lang, Exit::Usage))
}

fn show_one(
    (args, keys): (&EvalArgs, &[PrivateKey]),
    session: &Session,
    question: &Question,
    console: &mut Console<'_>,
) -> Result<Exit, Exit> {
    let (answer, exit) = asked(console, session, question, args.strict)?;
    let lang = console.lang(Some(session.lang()));
    if let Some(path) = &args.record {
        add_record(console, (path, keys), session, question, &answer, &args.situation)?;
    }
    let idle = match args.format {
        EvalFormat::Text | EvalFormat::Json => idle(session, question, &answer),
        EvalFormat::Csv => Vec::new(),
    };
    let said = what_ifs(session, &idle, lang);
    match shown(args.format, (session, &answer), &said, &console.look(lang)) {
        Shown::Text(text) => {
            console.say(&text);
            notes_of_data(args, session, console, lang);
        }
        Shown::Json(mut all) => {
            if let Some(fields) = all.as_object_mut() {
                fields.insert("without_effect".to_owned(), json!(idle));
            }
            console.say(&json_text(&all));
        }
    }
    Ok(exit)
}

/// Shows the answer under each reading: a table of what they change, then each answer that differs from the chosen one,
/// one reading at a time, or all combinations.
fn show_readings(
    args: &EvalArgs,
    how: AllReadings,
    session: &Session,
    question: &Question,
    console: &mut Console<'_>,
) -> Result<Exit, Exit> {
    let lang = console.lang(Some(session.lang()));
    let asked = (session, question, &args.situation);
    let found = under_readings(console, asked, (how, args.strict), &|console, varied, answer| {
        shown(args.format, (varied, answer), &varied.what_ifs(), &console.look(lang))
    })?;
    let chosen = lang.pick("som valgt", "as chosen");
    if args.format == EvalFormat::Text {
        console.say(&overview_of(&found, chosen, &console.look(lang)));
    }
    let mut in_json = Vec::new();
    for under in &found.all {
        match &under.shown {
            Shown::Text(text) if args.format == EvalFormat::Text => {
                if under.is_told(how) {
                    console.say(&format!("== {}\n{text}\n", under.title(chosen)));
                }
            }
            Shown::Text(text) => console.say(text),
            Shown::Json(answer) => in_json.push(json!({ "readings": under.readings, "answer": answer })),
        }
    }
    match args.format {
        EvalFormat::Json => console.say(&json_text(&Value::from(in_json))),
        EvalFormat::Text if found.left > 0 => console.say(&left_words(found.left, how, lang)),
        EvalFormat::Text | EvalFormat::Csv => {}
    }
    notes_of_data(args, session, console, lang);
    Ok(found.exit)
}

/// Says what the files of data say of themselves, where people read it; a spreadsheet has no place for it.
fn notes_of_data(args: &EvalArgs, session: &Session, console: &mut Console<'_>, lang: Lang) {
    if args.format == EvalFormat::Text {
        let notes = data_notes(session, &console.look(lang));
        console.say(&notes);
    }
}

/// An answer as it is shown.
enum Shown {
    Text(String),
    Json(Value),
}

fn shown(
    format: EvalFormat,
    (session, answer): (&Session, &Answer),
    what_ifs: &[String],
    look: &Look,
) -> Shown {
    match format {
        EvalFormat::Text => Shown::Text(results_text(answer, what_ifs, look)),
        EvalFormat::Csv => Shown::Text(results_csv(session, answer, look.lang)),
        EvalFormat::Json => Shown::Json(session.results_json(answer, look.lang)),
    }
}
