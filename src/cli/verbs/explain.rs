use std::path::PathBuf;

use clap::{Args, ValueEnum};

use serde_json::{Value, json};

use crate::base::{Lang, bi};
use crate::cli::all_readings::left_words;
use crate::cli::args::{AllReadings, Situation};
use crate::cli::asking::{asked, question, session};
use crate::cli::effect::idle;
use crate::cli::results::data_notes;
use crate::cli::statement::{Given, StatementForm, statement};
use crate::cli::under_readings::{overview_of, under_readings};
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
        num_args = 0..=1,
        default_missing_value = "",
        conflicts_with = "all_readings",
        help = "Forklar, hvorfor en betingelse, et tilskud, en undtagelse, en række eller en læsning ikke kom i spil | Explain why a condition, grant, exception, row or reading did not come into play"
    )]
    /// A name that did not come into play.
    pub why_not: Option<String>,
    #[arg(
        long,
        conflicts_with = "all_readings",
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
    #[arg(
        long,
        value_name = "MAPPE",
        help = "Mappen med dokumenterne; med --format html eller md står de citerede steders ord i begrundelsen | The folder of the documents; with --format html or md the statement quotes the passages cited"
    )]
    /// The folder of the documents.
    pub sources: Option<PathBuf>,
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
    refuse_combinations(args, console)?;
    let session = session(console, std::slice::from_ref(&args.path), &args.situation)?;
    let question = question(console, std::slice::from_ref(&args.target), &args.situation)?;
    if statement_form(args.format).is_none() {
        refuse_sources(args, console)?;
    }
    if let (Some(how), None) = (args.situation.all_readings, statement_form(args.format)) {
        return explain_readings(args, how, &session, &question, console);
    }
    let (answer, exit) = asked(console, &session, &question, false)?;
    let lang = console.lang(Some(session.lang()));
    let form = statement_form(args.format).filter(|_| args.why_not.is_none() && !args.change);
    if let Some(form) = form {
        let given = Given {
            session: &session,
            question: &question,
            answer: &answer,
            situation: &args.situation,
            sources: args.sources.as_deref(),
        };
        statement(console, &given, form)?;
        return Ok(exit);
    }
    refuse_sources(args, console)?;
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
    say(args, console, (&session, &answer), &all, lang);
    Ok(exit)
}

/// Explains every result of a question, clause by clause.
pub(in crate::cli) fn explain_all(
    session: &Session,
    (targets, situation): (&[String], &Situation),
    console: &mut Console<'_>,
) -> Result<Exit, Exit> {
    let question = question(console, targets, situation)?;
    let (answer, exit) = asked(console, session, &question, false)?;
    let lang = console.lang(Some(session.lang()));
    let (words, width) = (answer.words(lang), console.look(lang).width);
    let all = answer
        .lines
        .iter()
        .map(|line| text(&explain(words, &answer.trace, line.step, depth(Depth::Clause)), width));
    let all: Vec<String> = all.collect();
    console.say(&visible_lines(&all.join("\n")));
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
fn say(
    args: &ExplainArgs,
    console: &mut Console<'_>,
    (session, answer): (&Session, &Answer),
    all: &[Explanation],
    lang: Lang,
) {
    let look = console.look(lang);
    let shown: Vec<String> = match args.format {
        ExplainFormat::Json => {
            let mut tree = tree_of(all, answer.moment.year(), session.data_notes_json(lang));
            if let (Some(name), Some(tree)) = (&args.why_not, tree.as_object_mut()) {
                tree.insert("why_not".to_owned(), Value::from(name.as_str()));
            }
            vec![json_text(&tree)]
        }
        ExplainFormat::Md => all.iter().map(markdown).collect(),
        ExplainFormat::Html => return console.say(&explanations_html(all, lang)),
        ExplainFormat::Text => {
            let notes = data_notes(session, &look);
            let notes = (!notes.is_empty()).then_some(notes);
            all.iter().map(|e| text(e, look.width)).chain(notes).collect()
        }
    };
    let gap = if args.format == ExplainFormat::Json { "" } else { "\n" };
    console.say(&visible_lines(&shown.join(gap)));
}

/// Explanations for programs.
fn tree_of(all: &[Explanation], year: i16, data_notes: Value) -> Value {
    json!({
        "explanations": all.iter().map(json).collect::<Vec<Value>>(), "year": year, "data_notes": data_notes,
    })
}

/// The forms in which an explanation is the statement that an authority owes.
fn statement_form(format: ExplainFormat) -> Option<StatementForm> {
    match format {
        ExplainFormat::Html => Some(StatementForm::Html),
        ExplainFormat::Md => Some(StatementForm::Markdown),
        ExplainFormat::Text | ExplainFormat::Json => None,
    }
}

/// A statement tells every reading one at a time; combinations have no place in it, and are refused rather than left out.
fn refuse_combinations(args: &ExplainArgs, console: &mut Console<'_>) -> Result<(), Exit> {
    let is_page = matches!(args.format, ExplainFormat::Html | ExplainFormat::Md);
    if !is_page || args.situation.all_readings != Some(AllReadings::Product) {
        return Ok(());
    }
    let lang = console.lang(None);
    let found = Diagnostic::new(
        Code::NotComputedYet,
        bi!(
            "en begrundelse fortæller hver læsning for sig; `--all-readings=product` findes ikke som side i denne udgave",
            "a statement of grounds tells each reading by itself; `--all-readings=product` does not exist as a page in this version"
        ),
    );
    Err(console.refuse(found, lang, Exit::Usage))
}

/// Words are quoted in a statement; that an option does nothing is told, not passed over.
fn refuse_sources(args: &ExplainArgs, console: &mut Console<'_>) -> Result<(), Exit> {
    if args.sources.is_none() {
        return Ok(());
    }
    let lang = console.lang(None);
    let found = Diagnostic::new(
        Code::WrongUsage,
        bi!(
            "`--sources` hører til en begrundelse: `--format html` eller `--format md`, uden `--why-not` og `--change`",
            "`--sources` belongs to a statement of grounds: `--format html` or `--format md`, without `--why-not` and `--change`"
        ),
    );
    Err(console.refuse(found, lang, Exit::Usage))
}

/// How each result comes about under each reading: a table of what they change, then each explanation that differs from
/// the one as the text is read.
fn explain_readings(
    args: &ExplainArgs,
    how: AllReadings,
    session: &Session,
    question: &Question,
    console: &mut Console<'_>,
) -> Result<Exit, Exit> {
    let lang = console.lang(Some(session.lang()));
    let asked = (session, question, &args.situation);
    let found = under_readings(console, asked, (how, false), &|_, varied, answer| {
        (derivations(args, varied, question, answer, lang), answer.moment.year())
    })?;
    if args.format == ExplainFormat::Json {
        let all = found.all.iter().map(|under| {
            let (explanations, year) = &under.shown;
            let notes = session.data_notes_json(lang);
            json!({ "readings": under.readings, "answer": tree_of(explanations, *year, notes) })
        });
        console.say(&json_text(&all.collect()));
        return Ok(found.exit);
    }
    let (chosen, look) = (lang.pick("som valgt", "as chosen"), console.look(lang));
    console.say(&overview_of(&found, chosen, &look));
    for under in found.all.iter().filter(|under| under.is_told(how)) {
        let told: Vec<String> = under.shown.0.iter().map(|one| text(one, look.width)).collect();
        console.say(&visible_lines(&format!("== {}\n{}\n", under.title(chosen), told.join("\n"))));
    }
    if found.left > 0 {
        console.say(&left_words(found.left, how, lang));
    }
    console.say(&data_notes(session, &look));
    Ok(found.exit)
}

fn depth(depth: Depth) -> explain::Depth {
    match depth {
        Depth::Result => explain::Depth::Result,
        Depth::Clause => explain::Depth::Clause,
        Depth::Arithmetic => explain::Depth::Arithmetic,
    }
}
