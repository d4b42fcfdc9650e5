use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::not_yet;
use crate::cli::args::Situation;
use crate::cli::{Console, Exit};

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
        help = "Hvor dybt der forklares | How deep to explain"
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
    Result,
    /// Clause by clause.
    Clause,
    /// Every step of the arithmetic.
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
pub fn run(_args: &ExplainArgs, console: &mut Console<'_>) -> Exit {
    not_yet("explain", console)
}
