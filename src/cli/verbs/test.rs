use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::not_yet;
use crate::cli::{Console, Exit};

/// The options of `test`.
#[derive(Args, Debug)]
pub struct TestArgs {
    #[arg(required = true, value_name = "STI", help = "Regelfiler eller mapper | Rule files or folders")]
    /// The rules.
    pub paths: Vec<PathBuf>,
    #[arg(
        long,
        help = "Vis, hvilke klausuler, grene og tabelrækker prøverne når | Show which clauses, branches and table rows the tests reach"
    )]
    /// Whether to show what the tests reach.
    pub coverage: bool,
    #[arg(
        long,
        value_name = "text|json",
        default_value = "text",
        hide_possible_values = true,
        hide_default_value = true,
        help = "Svarets form | The form of the answer"
    )]
    /// The form of the answer.
    pub format: TestFormat,
}

/// The forms of an answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum TestFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// Runs the tests of the rules.
pub fn run(_args: &TestArgs, console: &mut Console<'_>) -> Exit {
    not_yet("test", console)
}
