use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::not_yet;
use crate::cli::args::Situation;
use crate::cli::{Console, Exit};

/// The options of `eval`.
#[derive(Args, Debug)]
pub struct EvalArgs {
    #[arg(value_name = "STI", help = "En regelfil eller en mappe | A rule file or a folder")]
    /// The rules.
    pub path: PathBuf,
    #[arg(
        value_name = "MÅL",
        help = "En klausul, klausul.navn eller et udtryk i anførselstegn | A clause, clause.name or an expression in quotation marks"
    )]
    /// What to compute; everything when empty.
    pub targets: Vec<String>,
    #[command(flatten)]
    /// When, for whom, from what data.
    pub situation: Situation,
    #[arg(
        long,
        value_name = "text|json|csv",
        default_value = "text",
        hide_possible_values = true,
        hide_default_value = true,
        help = "Svarets form | The form of the answer"
    )]
    /// The form of the answer.
    pub format: EvalFormat,
    #[arg(long, help = "Advarsler tæller som fejl | Warnings count as errors")]
    /// Whether warnings count as errors.
    pub strict: bool,
}

/// The forms of an answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum EvalFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// For spreadsheets.
    Csv,
}

/// Computes and shows results.
pub fn run(_args: &EvalArgs, console: &mut Console<'_>) -> Exit {
    not_yet("eval", console)
}
