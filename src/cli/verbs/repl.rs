use std::path::PathBuf;

use clap::Args;

use super::not_yet;
use crate::cli::args::Situation;
use crate::cli::{Console, Exit};

/// The options of `repl`.
#[derive(Args, Debug)]
pub struct ReplArgs {
    #[arg(value_name = "STI", help = "En regelfil eller en mappe | A rule file or a folder")]
    /// The rules.
    pub path: PathBuf,
    #[command(flatten)]
    /// When, for whom, from what data.
    pub situation: Situation,
}

/// Explores the rules line by line.
pub fn run(_args: &ReplArgs, console: &mut Console<'_>) -> Exit {
    not_yet("repl", console)
}
