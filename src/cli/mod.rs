//! The command line: arguments in, exit code out. One file per verb in `verbs`; each speaks through a [`Console`],
//! which writes the result once, at the end.

mod all_readings;
mod args;
mod aside;
mod asking;
mod checked;
mod columns;
mod console;
mod crash;
mod damaged;
mod disk;
mod effect;
mod exit;
mod figures;
mod imports;
mod key_files;
mod limits;
mod load;
mod locks;
mod pages;
mod planned;
mod records;
pub mod reference;
mod results;
mod rows;
mod rows_noted;
mod rows_read;
mod rows_told;
mod rules;
mod screen;
mod starter;
mod statement;
mod uncited;
mod under_readings;
mod usage;
pub mod verbs;

use std::ffi::OsString;

pub use args::{
    AllReadings, AnswerForm, AnswerFormat, Cli, Color, Common, FindingsFormat, LangArg, Situation, Verb,
};
pub use console::{Console, is_failure};
pub use disk::Disk;
pub use exit::Exit;
pub use load::load;
pub use screen::Screen;

use verbs::{
    check, diff, eval, explain, fmt, help, keys, new, repl, schema, show, solve, sources, sweep, test, verify,
};

/// Runs the program on the arguments of the process; returns the number to end with.
pub fn main() -> u8 {
    let args: Vec<OsString> = std::env::args_os().collect();
    crash::outlive_quotas();
    crash::guarded(move || run(&args)).code()
}

/// Runs one command line.
fn run(args: &[OsString]) -> Exit {
    let cli = match usage::parse(args) {
        Ok(cli) => cli,
        Err(refusal) => return refusal.tell(),
    };
    let mut console = Console::new(&Disk, &cli.common);
    if let Err(exit) = console.move_limits(&cli.common.limit) {
        return console.finish(exit);
    }
    let exit = match &cli.verb {
        Verb::Check(args) => check::run(args, &mut console),
        Verb::Eval(args) => eval::run(args, &mut console),
        Verb::Explain(args) => explain::run(args, &mut console),
        Verb::Sweep(args) => sweep::run(args, &mut console),
        Verb::Solve(args) => solve::run(args, &mut console),
        Verb::Diff(args) => diff::run(args, &mut console),
        Verb::Test(args) => test::run(args, &mut console),
        Verb::Repl(args) => repl::run(args, &mut console),
        Verb::Fmt(args) => fmt::run(args, &mut console),
        Verb::Help(args) => help::run(args, &mut console),
        Verb::Show(args) => show::run(args, &mut console),
        Verb::Sources(args) => sources::run(args, &mut console),
        Verb::New(args) => new::run(args, &mut console),
        Verb::Keys(args) => keys::run(args, &mut console),
        Verb::Schema(args) => schema::run(args, &mut console),
        Verb::Verify(args) => verify::run(args, &mut console),
    };
    console.finish(exit)
}
