use std::path::PathBuf;

use clap::{Args, ValueEnum};

use serde_json::{Value, json};

use crate::base::bi;
use crate::cli::args::Situation;
use crate::cli::asking::{asked, question, session};
use crate::cli::effect::idle;
use crate::cli::{Console, Exit};
use crate::diag::{Code, Diagnostic};
use crate::explain::{self, Explanation, explain, json, markdown, text};
use crate::render::{json_text, visible_lines};
use crate::session::AnswerLine;

/// The options of `explain`.
#[derive(Args, Debug)]
pub struct ExplainArgs {
    #[arg(value_name = "STI", help = "En regelfil eller en mappe | A rule file or a folder")]
    /// The rules.
    pub path: PathBuf,
    #[arg(value_name = "MÅL", help = "Det resultat, der skal forklares | The result to explain")]
    /// The result to explain.
    pub target: String,
    #[command(flatten)]
    /// When, for whom, from what data.
    pub situation: Situation,
    #[arg(
        long,
        value_name = "result|clause|arithmetic",
        default_value = "clause",
        hide_possible_values = true,
        hide_default_value = true,
        help = "Hvor dybt der forklares: resultat, klausul eller udregning | How deep to explain"
    )]
    /// How deep to explain.
    pub depth: Depth,
    #[arg(
        long,
        value_name = "NAVN",
        help = "Forklar, hvorfor en betingelse eller undtagelse ikke gælder | Explain why a condition or exception does not apply"
    )]
    /// A name that did not come into play.
    pub why_not: Option<String>,
    #[arg(
        long,
        value_name = "text|json|html|md",
        default_value = "text",
        hide_possible_values = true,
        hide_default_value = true,
        help = "Forklaringens form | The form of the explanation"
    )]
    /// The form of the explanation.
    pub format: ExplainFormat,
}

/// How deep to explain.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Depth {
    /// The result and what it rests on.
    #[value(alias = "resultat")]
    Result,
    /// Clause by clause.
    #[value(alias = "klausul")]
    Clause,
    /// Every step of the arithmetic.
    #[value(alias = "udregning")]
    Arithmetic,
}

/// The forms of an explanation.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum ExplainFormat {
    /// For the terminal.
    Text,
    /// For programs.
    Json,
    /// For a browser.
    Html,
    /// For a document.
    Md,
}

/// Shows the derivation of a result.
pub fn run(args: &ExplainArgs, console: &mut Console<'_>) -> Exit {
    match explained(args, console) {
        Ok(exit) | Err(exit) => exit,
    }
}

fn explained(args: &ExplainArgs, console: &mut Console<'_>) -> Result<Exit, Exit> {
    refuse_later(args, console)?;
    let session = session(console, std::slice::from_ref(&args.path), &args.situation)?;
    let question = question(console, std::slice::from_ref(&args.target), &args.situation)?;
    let (answer, exit) = asked(console, &session, &question, false)?;
    let lang = console.lang(Some(session.lang()));
    let look = console.look(lang);
    let words = answer.words(lang);
    let idle = idle(&session, &question, &answer);
    let one = |line: &AnswerLine| {
        let explained = explain(words, &answer.trace, line.step, depth(args.depth));
        explained.with_idle(&idle)
    };
    let all: Vec<Explanation> = answer.lines.iter().map(one).collect();
    let shown: Vec<String> = match args.format {
        ExplainFormat::Json => {
            let trees: Vec<Value> = all.iter().map(json).collect();
            vec![json_text(&json!({ "explanations": trees, "year": answer.moment.year() }))]
        }
        ExplainFormat::Md => all.iter().map(markdown).collect(),
        ExplainFormat::Text | ExplainFormat::Html => all.iter().map(|e| text(e, look.width)).collect(),
    };
    let gap = if args.format == ExplainFormat::Json { "" } else { "\n" };
    console.say(&visible_lines(&shown.join(gap)));
    Ok(exit)
}

/// HTML and `--why-not` are not there yet; that is said instead of giving something else.
fn refuse_later(args: &ExplainArgs, console: &mut Console<'_>) -> Result<(), Exit> {
    let later = match (args.format, &args.why_not) {
        (ExplainFormat::Html, _) => "--format html",
        _ if args.situation.all_readings.is_some() => "explain --all-readings",
        (_, Some(_)) => "--why-not",
        (ExplainFormat::Text | ExplainFormat::Json | ExplainFormat::Md, None) => return Ok(()),
    };
    let lang = console.lang(None);
    let found = Diagnostic::new(
        Code::NotComputedYet,
        bi!("`{later}` findes endnu ikke i denne udgave", "`{later}` does not exist yet in this version"),
    );
    Err(console.refuse(found, lang, Exit::Usage))
}

fn depth(depth: Depth) -> explain::Depth {
    match depth {
        Depth::Result => explain::Depth::Result,
        Depth::Clause => explain::Depth::Clause,
        Depth::Arithmetic => explain::Depth::Arithmetic,
    }
}
