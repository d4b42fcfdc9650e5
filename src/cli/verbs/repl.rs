use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::rc::Rc;

use clap::Args;

use crate::base::bi;
use crate::cli::args::Situation;
use crate::cli::asking::{question, session};
use crate::cli::records::{data_files, locked};
use crate::cli::results::data_notes;
use crate::cli::{Console, Disk, Exit, Screen};
use crate::diag::{Code, Diagnostic};
use crate::repl::{Files, Input, Output, Repl, run as talk};

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

/// Explores the rules line by line: at a terminal, or from a script on standard input.
pub fn run(args: &ReplArgs, console: &mut Console<'_>) -> Exit {
    let ready = session(console, std::slice::from_ref(&args.path), &args.situation)
        .and_then(|session| Ok((session, question(console, &[], &args.situation)?)));
    let (session, question) = match ready {
        Ok(ready) => ready,
        Err(exit) => return exit,
    };
    let lang = console.lang(Some(session.lang()));
    if console.has_output() || args.situation.all_readings.is_some() {
        let found = Diagnostic::new(
            Code::WrongUsage,
            bi!(
                "`repl` tager hverken `-o` eller `--all-readings`",
                "`repl` takes neither `-o` nor `--all-readings`"
            ),
        );
        return console.refuse(found, lang, Exit::Usage);
    }
    let notes = data_notes(&session, &console.look(lang));
    if !notes.is_empty() {
        console.remark(&notes);
    }
    let locked = match locked(console, &session) {
        Ok(locked) => locked,
        Err(exit) => return exit,
    };
    let rules = args.path.display().to_string();
    let files = Files { disk: Rc::new(Disk), rules, data: data_files(&args.situation.data), locked };
    let repl = Repl::new(session, console.look(lang), question.moment, question.only).with_files(files);
    let stdin = io::stdin();
    let (mut results, mut findings) = console.streams();
    let mut output = Output { results: &mut results, findings: &mut findings };
    match stdin.is_terminal() {
        true => talk(repl, Input::Terminal { history: history(), screen: Screen::of_process() }, &mut output),
        false => talk(repl, Input::Script(&mut stdin.lock()), &mut output),
    }
}

/// Where typed lines are kept: `klausul/history` in the folder that the system keeps such things in.
fn history() -> Option<PathBuf> {
    let folder = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let state = folder("XDG_STATE_HOME").or_else(|| folder("HOME").map(|home| home.join(".local/state")))?;
    Some(state.join("klausul").join("history"))
}
