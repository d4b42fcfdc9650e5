use std::ffi::OsString;

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, CommandFactory, FromArgMatches};

use super::args::{Cli, Common, LangArg};
use super::{Console, Disk, Exit};
use crate::base::{Bi, Lang, bi};
use crate::diag::{Code, Diagnostic, Report, nearest};

/// Why a command line is not carried out: a request for help, or a mistake.
pub(super) struct Refusal {
    lang: Lang,
    what: What,
}

enum What {
    /// A text that was asked for.
    Shown(String),
    /// The help, because nothing was asked.
    Nothing(String),
    /// A mistake.
    Wrong(Box<UsageProblem>),
}

/// What can be wrong with a command line.
#[derive(Debug)]
enum UsageProblem {
    UnknownOption { option: String, near: Option<String> },
    UnknownVerb { verb: String, near: Option<String> },
    Missing { what: String },
    BadValue { option: String, value: String, valid: Vec<String> },
    NoValue { option: String },
    Twice { option: String },
    Conflict { option: String, other: String },
    NotText,
    Other { what: String },
}

/// Reads a command line.
pub(super) fn parse(args: &[OsString]) -> Result<Cli, Refusal> {
    let lang = wanted_language(args);
    let parsed = command(lang).try_get_matches_from(args).and_then(|found| Cli::from_arg_matches(&found));
    parsed.map_err(|error| Refusal { lang, what: understand(&error, lang) })
}

/// Returns the names of all verbs, the Danish ones included.
pub(super) fn verb_names() -> Vec<String> {
    let command = Cli::command();
    let names = |verb: &Command| {
        let aliases: Vec<String> = verb.get_visible_aliases().map(str::to_owned).collect();
        std::iter::once(verb.get_name().to_owned()).chain(aliases).collect::<Vec<_>>()
    };
    command.get_subcommands().flat_map(names).collect()
}

/// Returns the help of the program, or of one verb.
pub(super) fn help_text(verb: Option<&str>, lang: Lang) -> Option<String> {
    let mut command = command(lang);
    command.build();
    let rendered = match verb {
        None => command.render_help(),
        Some(verb) => command.find_subcommand_mut(verb)?.render_help(),
    };
    Some(worded(&rendered.to_string(), lang))
}

impl Refusal {
    /// Shows what was asked for, or what is wrong; returns how the program ends.
    pub(super) fn tell(self) -> Exit {
        let lang = match self.lang {
            Lang::Da => LangArg::Da,
            Lang::En => LangArg::En,
        };
        let mut console = Console::new(&Disk, &Common { lang: Some(lang), ..Common::default() });
        let exit = match self.what {
            What::Shown(text) => {
                console.say(&text);
                Exit::Ok
            }
            What::Nothing(text) => {
                console.remark(&text);
                Exit::Usage
            }
            What::Wrong(problem) => console.refuse(problem.report(), self.lang, Exit::Usage),
        };
        console.finish(exit)
    }
}

/// Finds the language to speak before the command line is understood: that of `--lang`, else Danish.
fn wanted_language(args: &[OsString]) -> Lang {
    let args: Vec<&str> = args.iter().filter_map(|arg| arg.to_str()).collect();
    let follows = args.iter().zip(args.iter().skip(1)).any(|pair| pair == (&"--lang", &"en"));
    if follows || args.contains(&"--lang=en") { Lang::En } else { Lang::Da }
}

/// Builds the command line with its help in one language.
fn command(lang: Lang) -> Command {
    let command = Cli::command().disable_help_flag(true).disable_version_flag(true);
    let help = lang.pick("Vis denne hjælp", "Show this help");
    let version = lang.pick("Vis udgaven", "Show the version");
    let command = localise(command, lang);
    let heading = lang.pick("Valg", "Options");
    command
        .arg(
            Arg::new("help")
                .short('h')
                .long("help")
                .global(true)
                .action(ArgAction::Help)
                .help(help)
                .help_heading(heading),
        )
        .arg(
            Arg::new("version")
                .short('V')
                .long("version")
                .action(ArgAction::Version)
                .help(version)
                .help_heading(heading),
        )
}

/// Keeps the half of every text that is in `lang`.
fn localise(command: Command, lang: Lang) -> Command {
    let about = half(command.get_about(), lang);
    let after = half(command.get_after_help(), lang);
    let template = lang.pick(
        "{before-help}{about-with-newline}\nBrug: {usage}\n\n{all-args}{after-help}\n",
        "{before-help}{about-with-newline}\nUsage: {usage}\n\n{all-args}{after-help}\n",
    );
    let command = command
        .mut_args(|arg| localise_arg(arg, lang))
        .mut_subcommands(|verb| localise(verb, lang))
        .help_template(template)
        .subcommand_help_heading(lang.pick("Verber", "Verbs"))
        .subcommand_value_name(lang.pick("VERBUM", "VERB"));
    let command = match about {
        Some(about) => command.about(about),
        None => command,
    };
    match after {
        Some(after) => command.after_help(after),
        None => command,
    }
}

fn localise_arg(arg: Arg, lang: Lang) -> Arg {
    let help = half(arg.get_help(), lang);
    let names = arg.get_value_names().unwrap_or_default().iter().map(|name| value_name(name, lang));
    let names: Vec<String> = names.collect();
    let heading = match arg.is_positional() {
        true => lang.pick("Argumenter", "Arguments"),
        false => lang.pick("Valg", "Options"),
    };
    let arg = arg.help_heading(heading);
    let arg = if names.is_empty() { arg } else { arg.value_names(names) };
    match help {
        Some(help) => arg.help(help),
        None => arg,
    }
}

fn half(text: Option<&StyledStr>, lang: Lang) -> Option<String> {
    let text = text?.to_string();
    let (da, en) = text.split_once(" | ")?;
    Some(lang.pick(da, en).to_owned())
}

/// Words the placeholder of a value.
fn value_name(name: &str, lang: Lang) -> String {
    const NAMES: [(&str, &str); 15] = [
        ("KOLONNE", "COLUMN"),
        ("RESULTAT", "RESULT"),
        ("MAPPE", "FOLDER"),
        ("STI", "PATH"),
        ("FIL", "FILE"),
        ("NØGLEFIL", "KEYFILE"),
        ("MÅL", "TARGET"),
        ("ÅR", "YEAR"),
        ("DATO", "DATE"),
        ("NAVN", "NAME"),
        ("KODE", "CODE"),
        ("SLAGS=NØGLE", "KIND=KEY"),
        ("[SLAGS=]FIL", "[KIND=]FILE"),
        ("STI=VÆRDI", "PATH=VALUE"),
        ("ANTAGELSE=LÆSNING", "ASSUMPTION=READING"),
    ];
    let found = NAMES.iter().find(|(da, _)| *da == name);
    found.map_or_else(|| name.to_owned(), |(da, en)| lang.pick(*da, *en).to_owned())
}

/// Words the few phrases that the library writes itself.
fn worded(help: &str, lang: Lang) -> String {
    match lang {
        Lang::Da => help
            .replace("[OPTIONS]", "[VALG]")
            .replace("[aliases: ", "[også: ")
            .replace("[alias: ", "[også: "),
        Lang::En => help.to_owned(),
    }
}

fn understand(error: &clap::Error, lang: Lang) -> What {
    match error.kind() {
        ErrorKind::DisplayHelp => What::Shown(worded(&error.render().to_string(), lang)),
        ErrorKind::DisplayVersion => What::Shown(format!("{}\n", error.render().to_string().trim_end())),
        // The text is the help of the verb that lacks its own.
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            What::Nothing(worded(&error.render().to_string(), lang))
        }
        ErrorKind::MissingSubcommand => What::Nothing(help_text(None, lang).unwrap_or_default()),
        _ => What::Wrong(Box::new(mistake(error))),
    }
}

fn mistake(error: &clap::Error) -> UsageProblem {
    let one = |kind| context(error, kind).into_iter().next();
    let option = one(ContextKind::InvalidArg).unwrap_or_default();
    let value = one(ContextKind::InvalidValue).unwrap_or_default();
    match error.kind() {
        ErrorKind::UnknownArgument => {
            UsageProblem::UnknownOption { option, near: one(ContextKind::SuggestedArg) }
        }
        ErrorKind::InvalidSubcommand => unknown_verb(error),
        ErrorKind::InvalidValue if value.is_empty() => UsageProblem::NoValue { option },
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            UsageProblem::BadValue { option, value, valid: context(error, ContextKind::ValidValue) }
        }
        ErrorKind::MissingRequiredArgument => {
            UsageProblem::Missing { what: context(error, ContextKind::InvalidArg).join(", ") }
        }
        ErrorKind::ArgumentConflict => match one(ContextKind::PriorArg) {
            Some(other) if other != option => UsageProblem::Conflict { option, other },
            _ => UsageProblem::Twice { option },
        },
        ErrorKind::InvalidUtf8 => UsageProblem::NotText,
        _ => UsageProblem::Other {
            what: error.render().to_string().lines().next().unwrap_or_default().to_owned(),
        },
    }
}

fn unknown_verb(error: &clap::Error) -> UsageProblem {
    let verb = context(error, ContextKind::InvalidSubcommand).into_iter().next().unwrap_or_default();
    // Of several that are like it, the one that differs least.
    let alike = context(error, ContextKind::SuggestedSubcommand);
    let near = nearest(&verb, alike.iter().map(String::as_str)).map(str::to_owned);
    UsageProblem::UnknownVerb { near: near.or_else(|| alike.into_iter().next()), verb }
}

/// Returns what the library says about one side of an error.
fn context(error: &clap::Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![bare(text)],
        Some(ContextValue::Strings(texts)) => texts.iter().map(|text| bare(text)).collect(),
        _ => Vec::new(),
    }
}

/// Takes the library's marks off the name of an argument: `<PATH>...` and `--lang <da|en>`.
fn bare(name: &str) -> String {
    let first = if name.starts_with('-') { name.split([' ', '=']).next().unwrap_or(name) } else { name };
    first.trim_end_matches("...").trim_matches(['<', '>', '[', ']']).to_owned()
}

impl Report for UsageProblem {
    fn report(&self) -> Diagnostic {
        let found = Diagnostic::new(Code::WrongUsage, self.message());
        match self.help() {
            Some(help) => found.help(help),
            None => found,
        }
    }
}

impl UsageProblem {
    fn message(&self) -> Bi {
        match self {
            Self::UnknownOption { option, .. } => {
                bi!("`{option}` hører ikke til her", "`{option}` does not belong here")
            }
            Self::UnknownVerb { verb, .. } => bi!("verbet `{verb}` findes ikke", "there is no verb `{verb}`"),
            Self::Missing { what } => bi!("der mangler {what}", "{what} is missing"),
            Self::BadValue { option, value, .. } => {
                bi!("`{value}` passer ikke til `{option}`", "`{value}` does not fit `{option}`")
            }
            Self::NoValue { option } => {
                bi!("efter `{option}` ventes en værdi", "a value is expected after `{option}`")
            }
            Self::Twice { option } => {
                bi!("`{option}` kan kun gives én gang", "`{option}` can be given only once")
            }
            Self::Conflict { option, other } => {
                bi!(
                    "`{option}` og `{other}` kan ikke bruges sammen",
                    "`{option}` and `{other}` cannot be used together"
                )
            }
            Self::NotText => {
                bi!(
                    "et af ordene på kommandolinjen er ikke UTF-8-tekst",
                    "one of the words on the command line is not UTF-8 text"
                )
            }
            Self::Other { what } => {
                bi!("kommandolinjen kan ikke læses: {what}", "the command line cannot be read: {what}")
            }
        }
    }

    fn help(&self) -> Option<Bi> {
        match self {
            Self::UnknownOption { near: Some(near), .. } | Self::UnknownVerb { near: Some(near), .. } => {
                Some(bi!("mente du `{near}`?", "did you mean `{near}`?"))
            }
            Self::BadValue { valid, .. } if !valid.is_empty() => {
                let valid = valid.join("`, `");
                Some(bi!("her kan stå `{valid}`", "it can be `{valid}`"))
            }
            _ => Some(bi!(
                "`klausul --help` viser verberne, `klausul help VERBUM` et enkelt af dem",
                "`klausul --help` shows the verbs, `klausul help VERB` one of them"
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every help text of a command and of its verbs.
    fn texts(command: &Command) -> Vec<String> {
        let own = [command.get_about(), command.get_after_help()].into_iter().flatten();
        let args = command.get_arguments().filter_map(Arg::get_help);
        let mut all: Vec<String> = own.chain(args).map(ToString::to_string).collect();
        all.extend(command.get_subcommands().flat_map(texts));
        all
    }

    #[test]
    fn every_help_text_is_in_both_languages() {
        let missing: Vec<String> =
            texts(&Cli::command()).into_iter().filter(|text| !text.contains(" | ")).collect();
        assert!(missing.is_empty(), "{missing:?}");
        for lang in [Lang::Da, Lang::En] {
            command(lang).debug_assert();
        }
    }
}
