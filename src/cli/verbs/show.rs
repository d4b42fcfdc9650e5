use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use sha2::{Digest, Sha256};

use crate::base::{FileId, Lang, bi};
use crate::cli::args::Situation;
use crate::cli::asking::{question, rules_and_files};
use crate::cli::rules::RuleText;
use crate::cli::{Console, Exit};
use crate::diag::{Code, Diagnostic, Problems, Severity, nearest};
use crate::facts::Moment;
use crate::prose::{Asked, Colophon, Document, RuleFile, ShownFile, clause_names, prose};
use crate::render::{prose_html, prose_markdown, prose_text};
use crate::session::Session;
use crate::syntax::{ast, passages};

/// The options of `show`.
#[derive(Args, Debug)]
pub struct ShowArgs {
    #[arg(required = true, value_name = "STI", help = "Regelfiler eller mapper | Rule files or folders")]
    /// The rules.
    pub paths: Vec<PathBuf>,
    #[arg(
        long,
        value_name = "NAVN",
        help = "Kun denne klausul (flere gange) | Only this clause (repeatable)"
    )]
    /// Which clauses to show.
    pub clause: Vec<String>,
    #[arg(
        long,
        value_name = "ÅR",
        conflicts_with = "date",
        help = "Kun det, der gælder det år | Only what is in force that year"
    )]
    /// The year that is asked about.
    pub year: Option<i16>,
    #[arg(
        long,
        value_name = "DATO",
        help = "Kun det, der gælder den dag, fx 2025-07-01 | Only what is in force that day, such as 2025-07-01"
    )]
    /// The date that is asked about, as written.
    pub date: Option<String>,
    #[arg(long, help = "Uden eksempler og scenarier | Without worked examples and scenarios")]
    /// Whether tests and scenarios are left out.
    pub without_examples: bool,
    #[arg(
        long,
        value_name = "text|html|md",
        default_value = "text",
        hide_possible_values = true,
        hide_default_value = true,
        help = "Tekstens form: til skærmen, som side til browser og print, eller som Markdown | The form of the text: for the screen, as a page for browser and print, or as Markdown"
    )]
    /// The form of the text.
    pub format: ShowFormat,
}

/// The forms of an agreement as prose.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum ShowFormat {
    /// For the terminal.
    Text,
    /// For a browser, and for print.
    Html,
    /// For a document.
    Md,
}

/// Shows rules as prose. Rules with errors are not shown: nobody should sign what does not hold together.
pub fn run(args: &ShowArgs, console: &mut Console<'_>) -> Exit {
    match shown(args, console) {
        Ok(exit) | Err(exit) => exit,
    }
}

fn shown(args: &ShowArgs, console: &mut Console<'_>) -> Result<Exit, Exit> {
    let (session, files) = rules_and_files(console, &args.paths)?;
    let lang = console.lang(Some(session.lang()));
    sound(&session, lang, console)?;
    let own: Vec<&ast::File> = session.own_files().map(|(_, tree)| tree).collect();
    let names = clause_names(&own);
    for name in &args.clause {
        if !names.contains(&name.as_str()) {
            return Err(console.refuse(no_clause(name, &names), lang, Exit::Usage));
        }
    }
    let moment = moment(args, console)?;
    let asked = Asked {
        lang,
        clauses: args.clause.iter().map(String::as_str).collect(),
        at: moment.map(Moment::period),
        examples: !args.without_examples,
    };
    let document = prose(&rule_files(&session), &asked, &colophon(&session, &files));
    let text = written(&document, args.format, console.look(lang).width);
    console.say(&text);
    Ok(Exit::Ok)
}

/// The rule files with the folders they lie in.
fn rule_files(session: &Session) -> Vec<RuleFile<'_>> {
    let own: Vec<FileId> = session.own_files().map(|(id, _)| id).collect();
    let all = session.rule_files().iter().zip(session.files());
    let file = |(id, tree): (&FileId, _)| {
        let source = session.sources().file(*id);
        let name = Path::new(&source.name);
        let folder = name.parent().map(|folder| folder.display().to_string()).unwrap_or_default();
        RuleFile { tree, folder, is_own: own.contains(id), passages: passages(source) }
    };
    all.map(file).collect()
}

fn written(document: &Document, format: ShowFormat, width: usize) -> String {
    match format {
        ShowFormat::Text => prose_text(document, width),
        ShowFormat::Html => prose_html(document),
        ShowFormat::Md => prose_markdown(document),
    }
}

/// Tells the errors of the rules, each module by itself, and refuses them.
fn sound(session: &Session, lang: Lang, console: &mut Console<'_>) -> Result<(), Exit> {
    let mut errors = Problems::new();
    for found in session.modules().problems().sorted() {
        if found.severity == Severity::Error {
            errors.push(found);
        }
    }
    if errors.is_empty() {
        return Ok(());
    }
    let exit = console.findings(&errors, session.sources(), lang);
    console.remark(lang.pick(
        "Intet er vist: en tekst til godkendelse laves kun af regler uden fejl.\n",
        "Nothing is shown: a text for approval is made only from rules without errors.\n",
    ));
    Err(exit)
}

fn moment(args: &ShowArgs, console: &mut Console<'_>) -> Result<Option<Moment>, Exit> {
    let situation = Situation { year: args.year, date: args.date.clone(), ..Situation::default() };
    Ok(question(console, &[], &situation)?.moment)
}

fn no_clause(name: &str, names: &[&str]) -> Diagnostic {
    let found = Diagnostic::new(
        Code::UndefinedName,
        bi!("ingen klausul hedder `{name}`", "there is no clause called `{name}`"),
    );
    match nearest(name, names.iter().copied()) {
        Some(near) => found.help(bi!("mener du `{near}`?", "did you mean `{near}`?")),
        None => found,
    }
}

fn colophon(session: &Session, files: &[RuleText]) -> Colophon {
    let folder = common(files);
    let shown = |file: &RuleText| {
        let own = file.path.strip_prefix(&folder).unwrap_or(&file.path);
        let sha256 = Sha256::digest(&file.bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        ShownFile { name: own.display().to_string().replace('\\', "/"), sha256 }
    };
    Colophon {
        program: format!("klausul {}", env!("CARGO_PKG_VERSION")),
        rules: session.rules_hash(),
        files: files.iter().map(shown).collect(),
    }
}

/// The folder that all files lie in: where they lie is not what is signed.
fn common(files: &[RuleText]) -> PathBuf {
    let parents = files.iter().map(|file| file.path.parent().unwrap_or(Path::new("")));
    let shared = |one: PathBuf, other: &Path| {
        one.components().zip(other.components()).take_while(|(a, b)| a == b).map(|(a, _)| a).collect()
    };
    let mut parents = parents;
    let first = parents.next().map(Path::to_path_buf).unwrap_or_default();
    parents.fold(first, shared)
}
