//! Chains: each figure reads the one before it. Whether the last can be asked for, and what it takes; the program is
//! started for it, so that one that falls is seen to fall.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use super::start::{PROGRAM, Watched, watched};
use super::table;

fn chain(figures: usize) -> String {
    let mut text = String::from(
        "agreement C \"A chain (made up for measuring)\"\n  period 2025\n\nsource C \"Made up\"\n\n\
         clause chain\n  basis C \"All\"\n  v0 = 1 kr.\n",
    );
    for figure in 1..figures {
        writeln!(text, "  v{figure} = v{} + 1 kr.", figure - 1).unwrap();
    }
    text
}

/// More figures than this are not asked for all at once: what a result rests on is looked for anew for each, so that ten
/// times as many take a hundred times as long.
const MOST_AT_ONCE: usize = 10_000;

/// The lines of chains.
pub(crate) fn chains(folder: &Path, lengths: &[usize]) {
    table::part("Chains, each figure reading the one before it: the program from its start to its end");
    println!("  {:<50}{:>10}{:>12}  how it ended", "", "time", "memory");
    for length in lengths {
        let path = folder.join("chain.klausul");
        std::fs::write(&path, chain(*length)).unwrap();
        let last = format!("chain.v{}", length - 1);
        let asked: [(&str, &[&str]); 3] = [
            ("check", &["check"]),
            ("eval, the last alone", &["eval", &last]),
            ("eval, all of them", &["eval"]),
        ];
        let asked =
            asked.into_iter().filter(|(_, arguments)| *length <= MOST_AT_ONCE || arguments != &["eval"]);
        for (name, arguments) in asked {
            let mut command = Command::new(PROGRAM);
            // The verb, the rules, then what is asked for.
            command.arg(arguments[0]).arg(&path).args(&arguments[1..]).args(["--lang", "en"]);
            let Watched { nanos, kilobytes, said, ended } = watched(&mut command);
            let found = said.lines().find_map(|line| line.split_once("error[")?.1.split_once(':'));
            let how = match (ended, found) {
                (Some(0), _) => "computed".to_owned(),
                (Some(code), Some((id, what))) => {
                    format!("exit code {code}: {} {}", id.trim_end_matches(']'), what.trim())
                }
                (Some(code), None) => format!("exit code {code}"),
                (None, _) => "killed by a signal".to_owned(),
            };
            let (name, memory) = (format!("{length} figures, {name}"), kilobytes as f64 / 1e3);
            println!("  {name:<50}{:>10}{memory:>9.1} MB  {how}", table::time(nanos));
        }
    }
}
