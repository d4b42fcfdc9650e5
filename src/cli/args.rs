use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::verbs::{
    check, diff, eval, explain, fmt, help, keys, new, repl, schema, show, solve, sources, sweep, test, verify,
};
use crate::base::Lang;
use crate::facts::DataArg;

// Every help text below is Danish, then ` | `, then English; `usage::localise` keeps the half that is wanted, and a test
// sees to it that no text lacks a half.

/// The command line.
#[derive(Parser, Debug)]
#[command(
    name = "klausul",
    version,
    about = "Skriv, tjek, beregn og forklar, hvad offentlige aftaler siger | Write, check, compute and explain what public agreements say",
    after_help = "English: klausul --lang en --help | Dansk: klausul --lang da --help",
    disable_help_subcommand = true,
    subcommand_required = true,
    arg_required_else_help = true
)]
pub struct Cli {
    /// The options that every verb has.
    #[command(flatten)]
    pub common: Common,
    /// What to do.
    #[command(subcommand)]
    pub verb: Verb,
}

/// The options that every verb has.
#[derive(Args, Clone, Debug, Default)]
pub struct Common {
    #[arg(
        long,
        global = true,
        value_name = "da|en",
        hide_possible_values = true,
        help = "Sprog i meldinger og svar (ellers regelfilens) | Language of messages and answers (else the rule file's)"
    )]
    /// The language of messages.
    pub lang: Option<LangArg>,
    #[arg(
        long,
        global = true,
        value_name = "auto|always|never",
        default_value = "auto",
        hide_possible_values = true,
        hide_default_value = true,
        help = "Farver: når nogen ser på, altid, aldrig | Colours: when somebody watches, always, never"
    )]
    /// When colours are used.
    pub color: Color,
    #[arg(
        short = 'o',
        long = "output",
        global = true,
        value_name = "FIL",
        help = "Skriv resultatet i en fil, helt eller slet ikke | Write the result to a file, whole or not at all"
    )]
    /// Where the result goes instead of standard output.
    pub output: Option<PathBuf>,
    #[arg(
        long,
        global = true,
        value_name = "NAVN=TAL",
        help = "Flyt en grænse, fx `steps=5000000` (gentag gerne); `klausul help limits` viser dem | Move a limit, such as `steps=5000000` (repeat if wanted); `klausul help limits` lists them"
    )]
    /// Limits other than the usual ones.
    pub limit: Vec<String>,
}

/// A language as the command line writes it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum LangArg {
    /// Danish.
    Da,
    /// English.
    En,
}

impl From<LangArg> for Lang {
    fn from(lang: LangArg) -> Lang {
        match lang {
            LangArg::Da => Lang::Da,
            LangArg::En => Lang::En,
        }
    }
}

/// The form of an answer to people or to programs.
#[derive(Args, Debug)]
pub struct AnswerForm {
    #[arg(
        long,
        value_name = "text|json",
        default_value = "text",
        hide_possible_values = true,
        hide_default_value = true,
        help = "Svarets form | The form of the answer"
    )]
    /// The form of the answer.
    pub format: AnswerFormat,
}

/// The forms of an answer to people or to programs.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum AnswerFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// The forms of an answer that shows findings.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum FindingsFormat {
    /// For people: the places shown.
    Text,
    /// For grep and CI: one line per finding.
    Plain,
    /// For programs.
    Json,
}

/// When colours are used.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, ValueEnum)]
pub enum Color {
    /// When a terminal reads, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The verbs, each with its Danish name.
#[derive(Subcommand, Debug)]
pub enum Verb {
    /// `check`
    #[command(
        visible_alias = "tjek",
        about = "Læs reglerne, og vis alt, hvad der er galt | Read the rules and show everything that is wrong"
    )]
    Check(check::CheckArgs),
    /// `eval`
    #[command(
        visible_alias = "beregn",
        about = "Beregn en klausul, et navn, et udtryk eller alt | Compute a clause, a name, an expression or everything"
    )]
    Eval(eval::EvalArgs),
    /// `explain`
    #[command(
        visible_alias = "forklar",
        about = "Vis, hvordan et resultat fremkommer | Show how a result comes about"
    )]
    Explain(explain::ExplainArgs),
    /// `sweep`
    #[command(
        visible_alias = "følsomhed",
        about = "Følg et resultat, mens et tal ændres: spring og knæk, præcist | Follow a result as a number changes: jumps and bends, exactly"
    )]
    Sweep(sweep::SweepArgs),
    /// `solve`
    #[command(
        visible_alias = "løs",
        about = "Find de værdier af et tal, som noget er opfyldt med: alle, præcist | Find the values of a number with which something holds: all, exactly"
    )]
    Solve(solve::SolveArgs),
    /// `diff`
    #[command(
        visible_alias = "sammenlign",
        about = "Sammenlign: hvad ændrer sig, for hvem, hvor meget og hvorfor | Compare: what changes, for whom, by how much and why"
    )]
    Diff(diff::DiffArgs),
    /// `test`
    #[command(visible_alias = "prøv", about = "Kør alle prøver | Run all tests")]
    Test(test::TestArgs),
    /// `repl`
    #[command(about = "Spørg og prøv dig frem | Ask and explore")]
    Repl(repl::ReplArgs),
    /// `fmt`
    #[command(
        about = "Stil regelfiler pænt op, eller oversæt dem | Lay out rule files neatly, or translate them"
    )]
    Fmt(fmt::FmtArgs),
    /// `help`
    #[command(
        visible_alias = "hjælp",
        about = "Forklar en meldings kode, eller et verbum | Explain the code of a message, or a verb"
    )]
    Help(help::HelpArgs),
    /// `show`
    #[command(
        visible_alias = "vis",
        about = "Vis aftalen som tekst, der kan læses højt og godkendes | Show the agreement as prose to be read aloud and signed off"
    )]
    Show(show::ShowArgs),
    /// `sources`
    #[command(
        visible_alias = "kilder",
        about = "Følg henvisningerne ind i dokumenterne | Follow the citations into the documents"
    )]
    Sources(sources::SourcesArgs),
    /// `new`
    #[command(visible_alias = "ny", about = "Lav en mappe at begynde i | Make a folder to start in")]
    New(new::NewArgs),
    /// `keys`
    #[command(
        visible_alias = "nøgler",
        about = "Lav nøgler at underskrive spor med | Make keys to sign records with"
    )]
    Keys(keys::KeysArgs),
    /// `verify`
    #[command(
        visible_alias = "efterprøv",
        about = "Efterprøv spor af beregninger | Verify records of computations"
    )]
    Verify(verify::VerifyArgs),
    /// `schema`
    #[command(
        visible_alias = "skema",
        about = "Skriv et JSON-skema for det, programmer læser | Print a JSON Schema of what programs read"
    )]
    Schema(schema::SchemaArgs),
}

/// How many combinations of readings are computed, unless it is said.
const MOST_COMBINATIONS: usize = 256;

/// The options of verbs that compute: when, for whom, from what data, in which world.
#[derive(Args, Clone, Debug, Default)]
pub struct Situation {
    #[arg(
        long,
        value_name = "ÅR",
        conflicts_with = "date",
        help = "Året, der regnes for | The year to compute for"
    )]
    /// The year evaluated.
    pub year: Option<i16>,
    #[arg(
        long,
        value_name = "DATO",
        help = "Dagen, der regnes for, fx 2025-07-01 | The date to compute for, such as 2025-07-01"
    )]
    /// The date evaluated, as written.
    pub date: Option<String>,
    #[arg(
        long = "for",
        value_name = "SLAGS=NØGLE",
        help = "Kun for denne, fx region=\"Sjælland\" (flere gange) | Only for this one, such as region=\"Sjælland\" (repeatable)"
    )]
    /// Which entities to show, as written.
    pub only: Vec<String>,
    #[arg(
        long,
        value_name = "[SLAGS=]FIL",
        value_parser = data_arg,
        help = "Data: JSON, TOML eller CSV (flere gange) | Data: JSON, TOML or CSV (repeatable)"
    )]
    /// Data files.
    pub data: Vec<DataArg>,
    #[arg(
        long,
        value_name = "NAVN|FIL",
        help = "Regn i et scenarie fra reglerne eller en fil (flere gange) | Compute in a scenario of the rules or a file (repeatable)"
    )]
    /// Scenarios, by name or by a file of their own.
    pub scenario: Vec<String>,
    #[arg(
        long,
        value_name = "STI=VÆRDI",
        help = "Hvad nu hvis: en oplysning, en definition, et tabelfelt (flere gange) | What if: a fact, a definition, a table cell (repeatable)"
    )]
    /// What-ifs, as written.
    pub set: Vec<String>,
    #[arg(
        long,
        value_name = "ANTAGELSE=LÆSNING",
        value_delimiter = ',',
        help = "Vælg en anden læsning (flere gange, eller med komma imellem) | Choose another reading (repeatable, or with commas between)"
    )]
    /// Readings, as written.
    pub reading: Vec<String>,
    #[arg(
        long,
        value_name = "each|product",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "each",
        hide_possible_values = true,
        help = "Alle læsninger, én ad gangen eller i alle kombinationer | All readings, one at a time or in all combinations"
    )]
    /// How to vary all readings.
    pub all_readings: Option<AllReadings>,
    #[arg(
        long,
        value_name = "ANTAL",
        default_value_t = MOST_COMBINATIONS,
        hide_default_value = true,
        help = "Højst så mange kombinationer med --all-readings=product (256) | At most so many combinations with --all-readings=product (256)"
    )]
    /// How many combinations of readings are computed.
    pub combinations: usize,
    #[arg(
        long,
        value_name = "NAVN",
        help = "Uden en undtagelse eller ændring (flere gange) | Without an exception or amendment (repeatable)"
    )]
    /// Exceptions and amendments left out.
    pub without: Vec<String>,
}

/// How `--all-readings` varies them.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum AllReadings {
    /// One at a time.
    Each,
    /// All combinations.
    Product,
}

// The command line library wants a parser that may fail; this one cannot.
#[expect(clippy::unnecessary_wraps, reason = "clap asks for a Result")]
pub(super) fn data_arg(text: &str) -> Result<DataArg, std::convert::Infallible> {
    Ok(DataArg::parse(text))
}
