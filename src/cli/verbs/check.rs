use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::base::{Lang, bi};
use crate::cli::rules::{Rules, read_rules};
use crate::cli::{Console, Exit, is_failure};
use crate::diag::{Diagnostic, Severity};
use crate::render::{diagnostics_json, graphical, json_text, plain};

/// The options of `check`.
#[derive(Args, Debug)]
pub struct CheckArgs {
    #[arg(required = true, value_name = "STI", help = "Regelfiler eller mapper | Rule files or folders")]
    /// The rules.
    pub paths: Vec<PathBuf>,
    #[arg(long, help = "Advarsler tæller som fejl | Warnings count as errors")]
    /// Whether warnings count as errors.
    pub strict: bool,
    #[arg(
        long,
        value_name = "text|plain|json",
        default_value = "text",
        hide_possible_values = true,
        hide_default_value = true,
        help = "Svarets form; plain er én linje pr. fund | The form of the answer; plain is one line per finding"
    )]
    /// The form of the answer.
    pub format: CheckFormat,
}

/// The forms of an answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum CheckFormat {
    /// For people: the places shown.
    Text,
    /// For grep and CI: one line per finding.
    Plain,
    /// For programs.
    Json,
}

/// Reads the rules and shows everything that is wrong.
pub fn run(args: &CheckArgs, console: &mut Console<'_>) -> Exit {
    let rules = match read_rules(console, &args.paths) {
        Ok(rules) => rules,
        Err(exit) => return exit,
    };
    let found = rules.problems.sorted();
    show(args, &found, &rules, console);
    match Exit::of(&found) {
        Exit::Ok if is_failure(&found, args.strict) => Exit::Findings,
        exit => exit,
    }
}

fn show(args: &CheckArgs, found: &[Diagnostic], rules: &Rules, console: &mut Console<'_>) {
    let lang = console.lang(rules.lang());
    let look = console.look(lang);
    let text = match args.format {
        CheckFormat::Plain => plain(found, &rules.sources, &look),
        CheckFormat::Json => json_text(&diagnostics_json(found, &rules.sources, &look)),
        CheckFormat::Text => {
            let pictures = graphical(found, &rules.sources, &look);
            let gap = if found.is_empty() { "" } else { "\n" };
            format!("{pictures}{gap}{}\n", summary(found, rules.files.len(), lang))
        }
    };
    console.say(&text);
}

/// Words how it went: `2 filer: 1 fejl, 3 advarsler`.
fn summary(found: &[Diagnostic], files: usize, lang: Lang) -> String {
    let count = |severity| found.iter().filter(|found| found.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let files = match files {
        1 => lang.pick("1 fil".to_owned(), "1 file".to_owned()),
        n => lang.pick(format!("{n} filer"), format!("{n} files")),
    };
    if errors + warnings == 0 {
        return bi!("{files}: ingen fejl", "{files}: no errors").get(lang).to_owned();
    }
    let errors = match errors {
        1 => lang.pick("1 fejl".to_owned(), "1 error".to_owned()),
        n => lang.pick(format!("{n} fejl"), format!("{n} errors")),
    };
    match warnings {
        0 => format!("{files}: {errors}"),
        1 => format!("{files}: {errors}, {}", lang.pick("1 advarsel", "1 warning")),
        n => format!("{files}: {errors}, {n} {}", lang.pick("advarsler", "warnings")),
    }
}
