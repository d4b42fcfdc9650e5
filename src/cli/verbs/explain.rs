use std::path::PathBuf;

use clap::{Args, ValueEnum};

use serde_json::{Value, json};

use crate::base::{Lang, bi};
use crate::cli::args::Situation;
use crate::cli::asking::{asked, question, session};
use crate::cli::effect::idle;
use crate::cli::statement::{Given, StatementForm, statement};
use crate::cli::{Console, Exit};
use crate::diag::{Code, Diagnostic};
use crate::explain::{self, Explanation, explain, json, markdown, text};
use crate::explore;
use crate::render::{explanations_html, json_text, visible_lines};
use crate::session::{Answer, AnswerLine, Question, Session};

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
        help = "Forklar, hvorfor en betingelse, et tilskud, en undtagelse, en række eller en læsning ikke kom i spil | Explain why a condition, grant, exception, row or reading did not come into play"
    )]
    /// A name that did not come into play.
    pub why_not: Option<String>,
    #[arg(
        long,
        help = "Vis, hvilke ændringer af oplysningerne der ville ændre svaret, de mindste først; med --why-not: bringe NAVN i spil | Show which changes of the facts would change the answer, the smallest first; with --why-not: bring NAVN into play"
    )]
    /// Whether what would change the result is asked for.
    pub change: bool,
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
    let form = statement_form(args.format).filter(|_| args.why_not.is_none() && !args.change);
    if let Some(form) = form {
        let given =
            Given { session: &session, question: &question, answer: &answer, situation: &args.situation };
        statement(console, &given, form)?;
        return Ok(exit);
    }
    let why_not = args.why_not.as_deref();
    let found = match (why_not, args.change) {
        (name, true) => explore::what_would_change(&session, &question, &answer, name, lang),
        (Some(name), false) => {
            explore::why_not(&session, &question, &answer, name, lang).map(|found| found.explanations)
        }
        (None, false) => Ok(derivations(args, &session, &question, &answer, lang)),
    };
    let all = found.map_err(|refused| {
        console.findings(&refused.problems, &refused.sources, lang);
        Exit::Usage
    })?;
    say(args, console, &answer, &all, lang);
    Ok(exit)
}

/// How each result came about.
fn derivations(
    args: &ExplainArgs,
    session: &Session,
    question: &Question,
    answer: &Answer,
    lang: Lang,
) -> Vec<Explanation> {
    let words = answer.words(lang);
    let idle = idle(session, question, answer);
    let one = |line: &AnswerLine| {
        let explained = explain(words, &answer.trace, line.step, depth(args.depth));
        explained.with_idle(&idle)
    };
    answer.lines.iter().map(one).collect()
}

/// Shows explanations in the form asked for.
fn say(args: &ExplainArgs, console: &mut Console<'_>, answer: &Answer, all: &[Explanation], lang: Lang) {
    let look = console.look(lang);
    let shown: Vec<String> = match args.format {
        ExplainFormat::Json => {
            let trees: Vec<Value> = all.iter().map(json).collect();
            let mut tree = json!({ "explanations": trees, "year": answer.moment.year() });
            if let (Some(name), Some(tree)) = (&args.why_not, tree.as_object_mut()) {
                tree.insert("why_not".to_owned(), Value::from(name.as_str()));
            }
            vec![json_text(&tree)]
        }
        ExplainFormat::Md => all.iter().map(markdown).collect(),
        ExplainFormat::Html => return console.say(&explanations_html(all, lang)),
        ExplainFormat::Text => all.iter().map(|e| text(e, look.width)).collect(),
    };
    let gap = if args.format == ExplainFormat::Json { "" } else { "\n" };
    console.say(&visible_lines(&shown.join(gap)));
}

/// The forms in which an explanation is the statement that an authority owes.
fn statement_form(format: ExplainFormat) -> Option<StatementForm> {
    match format {
        ExplainFormat::Html => Some(StatementForm::Html),
        ExplainFormat::Md => Some(StatementForm::Markdown),
        ExplainFormat::Text | ExplainFormat::Json => None,
    }
}

/// `--all-readings` is not there yet; that is said instead of giving something else.
fn refuse_later(args: &ExplainArgs, console: &mut Console<'_>) -> Result<(), Exit> {
    let later = match args.situation.all_readings {
        Some(_) => "explain --all-readings",
        None => return Ok(()),
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
