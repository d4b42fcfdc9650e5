//! The program as its user meets it: transcripts of commands, hostile input, and the same bytes everywhere.

mod cited;
mod damaged;
mod documents;
mod everywhere;
mod fixes;
mod folders;
mod grounds;
mod hostile;
mod locks;
mod readings;
mod readme;
mod records;
mod redo;
mod schemas;
mod transcripts;
mod uses;
mod what_ifs;

use std::path::Path;
use std::process::{Command, Output};

/// The built program, to be run in a folder, with nothing of the caller's colours or language.
fn klausul(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_klausul"));
    command.current_dir(folder);
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "TERM", "COLORTERM"] {
        command.env_remove(name);
    }
    command
}

fn run(folder: &Path, args: &[&str]) -> Output {
    let output = klausul(folder).args(args).output().unwrap();
    schemas::hold(folder, args, &output);
    output
}

/// What a run printed and how it ended, with the name of the test's own folder taken out.
fn shown(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("output is UTF-8");
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    let mut shown =
        format!("exit {}\n", output.status.code().map_or("by a signal".to_owned(), |c| c.to_string()));
    for (name, text) in [("stdout", out), ("stderr", err)] {
        if !text.is_empty() {
            shown.push_str(&format!("--- {name}\n{text}"));
        }
    }
    shown
}
