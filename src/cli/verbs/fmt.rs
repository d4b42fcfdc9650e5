use std::path::{Path, PathBuf};

use clap::Args;

use crate::base::{Bi, Lang};
use crate::cli::args::LangArg;
use crate::cli::rules::{RuleFile, Rules, read_rules};
use crate::cli::{Console, Exit};
use crate::diag::{Code, Diagnostic, Problems};
use crate::render::visible;
use crate::syntax::print;

/// The options of `fmt`.
#[derive(Args, Debug)]
pub struct FmtArgs {
    #[arg(required = true, value_name = "STI", help = "Regelfiler eller mapper | Rule files or folders")]
    /// The rules.
    pub paths: Vec<PathBuf>,
    #[arg(
        long,
        help = "Skriv intet; vis, hvilke filer der ville blive ændret | Write nothing; show which files would change"
    )]
    /// Whether to tell which files would change, writing none.
    pub check: bool,
    #[arg(
        long,
        value_name = "da|en",
        hide_possible_values = true,
        help = "Oversæt nøgleord og tal | Translate keywords and numbers"
    )]
    /// The language to translate to.
    pub to: Option<LangArg>,
}

/// A rule file and the text it should have.
struct Printed<'a> {
    file: &'a RuleFile,
    text: String,
}

impl Printed<'_> {
    fn is_changed(&self) -> bool {
        self.file.text.bytes != self.text.as_bytes()
    }
}

/// Lays out rule files, each in its place. When one of them cannot be laid out, none is written.
pub fn run(args: &FmtArgs, console: &mut Console<'_>) -> Exit {
    let mut rules = match read_rules(console, &args.paths) {
        Ok(rules) => rules,
        Err(exit) => return exit,
    };
    let lang = console.lang(rules.lang());
    let mut problems = std::mem::take(&mut rules.problems);
    let printed = lay_out(&rules, args.to, &mut problems);
    if problems.has_errors() {
        return console.findings(&problems, &rules.sources, lang);
    }
    match (args.check, console.has_output(), printed.as_slice()) {
        (true, ..) => compare(&printed, console),
        (false, true, [one]) => {
            console.say(&one.text);
            Exit::Ok
        }
        (false, true, _) => console.refuse(one_file_only(), lang, Exit::Usage),
        (false, false, _) => write(&printed, lang, console),
    }
}

fn lay_out<'a>(rules: &'a Rules, to: Option<LangArg>, problems: &mut Problems) -> Vec<Printed<'a>> {
    let mut printed = Vec::new();
    // What cannot be read has been told; only whole files are laid out.
    if problems.has_errors() {
        return printed;
    }
    for file in &rules.files {
        let Some((id, tree)) = &file.parsed else { continue };
        match print(tree, rules.sources.file(*id), to.map_or(tree.lang, Lang::from)) {
            Ok(text) => printed.push(Printed { file, text }),
            Err(problem) => problems.report(&problem),
        }
    }
    printed
}

fn compare(printed: &[Printed<'_>], console: &mut Console<'_>) -> Exit {
    let changed: Vec<&Printed<'_>> = printed.iter().filter(|printed| printed.is_changed()).collect();
    for printed in &changed {
        let name = shown(&printed.file.text.path);
        console.say(&format!("{name}\n"));
    }
    if changed.is_empty() { Exit::Ok } else { Exit::Findings }
}

fn write(printed: &[Printed<'_>], lang: Lang, console: &mut Console<'_>) -> Exit {
    let changed: Vec<&Printed<'_>> = printed.iter().filter(|printed| printed.is_changed()).collect();
    let rewrites: Vec<_> =
        changed.iter().map(|printed| printed.file.text.replaced_by(&printed.text)).collect();
    if let Err(errors) = console.world.rewrite(&rewrites) {
        return console.world_errors(&errors);
    }
    for printed in changed {
        let name = shown(&printed.file.text.path);
        console.say(&lang.pick(format!("skrevet: {name}\n"), format!("written: {name}\n")));
    }
    Exit::Ok
}

fn shown(path: &Path) -> String {
    visible(&path.display().to_string()).into_owned()
}

fn one_file_only() -> Diagnostic {
    Diagnostic::new(
        Code::WrongUsage,
        Bi::new(
            "`-o` kan kun bruges med én regelfil ad gangen",
            "`-o` can be used with one rule file at a time only",
        ),
    )
}
