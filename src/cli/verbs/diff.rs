use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::base::{Lang, bi};
use crate::cli::args::Situation;
use crate::cli::aside::findings_but;
use crate::cli::asking::{question, session};
use crate::cli::columns::columns;
use crate::cli::results::{data_notes, has_error};
use crate::cli::{Console, Exit};
use crate::compare::{
    Bridge, Column, Comparison, Side, Telling, ToldDiff, asked_of_all, bridges, is_only_absent, moving, told,
};
use crate::diag::{Code, Diagnostic, Problems, Severity};
use crate::explore::Refused;
use crate::render::{Around, compared_csv, compared_html, compared_json, compared_text, json_text};
use crate::session::{Answer, Question};
use crate::syntax::ast::ItemKind;

/// The options of `diff`.
#[derive(Args, Debug)]
pub struct DiffArgs {
    #[arg(value_name = "STI", help = "En regelfil eller en mappe | A rule file or a folder")]
    /// The rules.
    pub path: PathBuf,
    #[arg(
        value_name = "MÅL",
        help = "Det, der sammenlignes; ellers alt | What is compared; else everything"
    )]
    /// What is compared; everything when empty.
    pub targets: Vec<String>,
    #[arg(
        long,
        value_name = "KOLONNE",
        required = true,
        help = "En kolonne ved siden af: et scenarie, \"sti = værdi\", \"læsning a = b\", \"uden navn\", et år, en dag, \"data FIL\" eller \"regler MAPPE\"; flere dele med semikolon, \"navn: …\" giver et navn (flere gange) | A column beside it: a scenario, \"path = value\", \"reading a = b\", \"without name\", a year, a day, \"data FILE\" or \"rules FOLDER\"; several parts with semicolons, \"name: …\" names it (repeatable)"
    )]
    /// The columns, as written.
    pub with: Vec<String>,
    #[arg(
        long,
        value_name = "RESULTAT",
        help = "Broen til hver kolonne for dette resultat: hvad hver ændring lægger til (flere gange) | The bridge to each column for this result: what each change adds (repeatable)"
    )]
    /// The results that bridges lead to.
    pub bridge: Vec<String>,
    #[arg(long, help = "Vis også det, der er ens | Show what is the same, too")]
    /// Whether what is the same is told.
    pub all: bool,
    #[arg(
        long,
        value_name = "text|json|csv|html",
        default_value = "text",
        hide_possible_values = true,
        hide_default_value = true,
        help = "Svarets form | The form of the answer"
    )]
    /// The form of the answer.
    pub format: DiffFormat,
    #[command(flatten)]
    /// What all columns share: when, for whom, from what data, in which world.
    pub situation: Situation,
}

/// The forms of what differs.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum DiffFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// For spreadsheets.
    Csv,
    /// A page.
    Html,
}

/// Shows worlds side by side.
pub fn run(args: &DiffArgs, console: &mut Console<'_>) -> Exit {
    match compared(args, console) {
        Ok(exit) | Err(exit) => exit,
    }
}

fn compared(args: &DiffArgs, console: &mut Console<'_>) -> Result<Exit, Exit> {
    if args.situation.all_readings.is_some() {
        return Err(console.refuse(all_readings(), console.lang(None), Exit::Usage));
    }
    let session = session(console, std::slice::from_ref(&args.path), &args.situation)?;
    let Question { moment, only, .. } = question(console, &[], &args.situation)?;
    let base = Side { session, moment };
    let columns = columns(console, &base, &args.situation, &args.with)?;
    let lang = console.lang(Some(base.session.lang()));
    let answers = asked_of_all(&base, &columns, &args.targets, &only)
        .map_err(|(column, refused)| refuse(console, &columns, column, &refused, lang))?;
    let exit = findings(console, &columns, (&answers, &args.targets), lang);
    let mut ways: Vec<(usize, Vec<Bridge>, Answer)> = Vec::new();
    for target in &args.bridge {
        for (at, column) in columns.iter().enumerate() {
            let (found, answer) = bridges(&base, column, target, &only)
                .map_err(|refused| refuse(console, &columns, at + 1, &refused, lang))?;
            let found = if args.all { found } else { moving(found) };
            ways.push((at + 1, found, answer));
        }
    }
    let ways: Vec<(usize, Bridge, &Answer)> = ways
        .iter()
        .flat_map(|(column, found, answer)| found.iter().map(move |bridge| (*column, bridge.clone(), answer)))
        .collect();
    let comparison = Comparison::of(answers.iter().collect());
    let told = told(
        &comparison,
        (&base, &columns),
        &ways,
        Telling { lang, base: lang.pick("grundlag", "base"), all: args.all },
    );
    show(args.format, console, &base, &told);
    Ok(exit)
}

fn show(format: DiffFormat, console: &mut Console<'_>, base: &Side, told: &ToldDiff) {
    let look = console.look(told.lang);
    match format {
        DiffFormat::Text => {
            console.say(&compared_text(told, &look));
            let notes = data_notes(&base.session, &look);
            console.say(&notes);
        }
        DiffFormat::Json => console.say(&json_text(&compared_json(told))),
        DiffFormat::Csv => console.say(&compared_csv(told)),
        DiffFormat::Html => {
            let session = &base.session;
            let (rules, notes) = (session.rules_hash(), session.data_notes(told.lang));
            let files = session.own_files().collect::<Vec<_>>();
            let names = files.iter().flat_map(|(_, file)| &file.items);
            let names = names.filter_map(|item| match &item.kind {
                ItemKind::Agreement(agreement) => Some(
                    agreement
                        .title
                        .as_ref()
                        .map_or(agreement.name.text.as_str(), |title| title.text.as_str()),
                ),
                _ => None,
            });
            let title = names.collect::<Vec<_>>().join(", ");
            console.say(&compared_html(told, Around { title: &title, rules: &rules, notes: &notes }));
        }
    }
}

/// Tells what is wrong with a column, and which column it is.
fn refuse(
    console: &mut Console<'_>,
    columns: &[Column],
    column: usize,
    refused: &Refused,
    lang: Lang,
) -> Exit {
    in_column(console, columns, column, lang);
    let exit = console.findings(&refused.problems, &refused.sources, lang);
    // What is asked for wrongly stands on the command line, not in the rules.
    let is_usage = refused.problems.iter().any(|found| found.code == Code::NoBridge);
    if is_usage { Exit::Usage } else { exit.max(Exit::Findings) }
}

fn in_column(console: &mut Console<'_>, columns: &[Column], column: usize, lang: Lang) {
    if let Some(column) = column.checked_sub(1).and_then(|at| columns.get(at)) {
        let name = &column.name;
        let words = bi!("i kolonnen {name}:\n", "in the column {name}:\n");
        console.remark(&crate::render::visible_lines(words.get(lang)));
    }
}

/// Tells what was found in the world and, once each, in the columns beside it.
fn findings(
    console: &mut Console<'_>,
    columns: &[Column],
    (answers, targets): (&[Answer], &[String]),
    lang: Lang,
) -> Exit {
    let mut exit = Exit::Ok;
    let mut known: Vec<Diagnostic> = Vec::new();
    for (at, answer) in answers.iter().enumerate() {
        let told = answer.problems.sorted().into_iter().filter(|found| {
            let is_error = found.severity == Severity::Error;
            (at == 0 || is_error)
                && !known.contains(found)
                && !is_only_absent(found, &answer.sources, targets)
        });
        let mut problems = Problems::new();
        told.for_each(|found| problems.push(found));
        if !problems.is_empty() {
            in_column(console, columns, at, lang);
        }
        let aside = |found: &Diagnostic| answer.aside.contains(found);
        let found = findings_but(console, &problems, &aside, &answer.sources, lang);
        known.extend(problems.sorted());
        let limit = if answer.hit_limit { Exit::Limit } else { found };
        exit = exit.max(limit).max(if has_error(answer) { Exit::Findings } else { Exit::Ok });
    }
    exit
}

fn all_readings() -> Diagnostic {
    Diagnostic::new(
        Code::WrongUsage,
        bi!("`--all-readings` kan ikke bruges her", "`--all-readings` cannot be used here"),
    )
    .help(bi!(
        "`eval --all-readings` viser dem alle; her nævnes hver læsning for sig: `--with \"læsning trin = tredjedele\"`",
        "`eval --all-readings` shows them all; here each reading is named: `--with \"reading steps = thirds\"`"
    ))
}
