//! The tutorials are true from the first line to the last: a reader who writes the files and commands they show sees
//! exactly the answers they show.
//!
//! Blocks that name a file write it (```` ```klausul a.klausul ````, ```` ```json a.json ````), add to its end
//! (```` ```klausul + a.klausul ````) or change it (```` ```diff a.klausul ````); in ```` ```text ```` blocks the lines
//! after `$ ` are commands, and what stands below each is what it prints. In a ```` ```repl PATH OPTIONS ```` block the lines after
//! `> ` are typed in a conversation, which a ```` ```repl + ```` block goes on with.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

#[test]
fn the_danish_tutorial_is_true() {
    assert_eq!(untrue_in("docs/tutorial.md"), Vec::<String>::new());
}

#[test]
fn the_english_tutorial_is_true() {
    assert_eq!(untrue_in("docs/tutorial.en.md"), Vec::<String>::new());
}

/// The answers to what the catalogue of the documents asks, each from one command.
#[test]
fn the_what_ifs_are_true() {
    assert_eq!(untrue_here("docs/hvad-hvis.md"), Vec::<String>::new());
    assert_eq!(sections("docs/hvad-hvis.md"), 10);
}

/// Failures of public computations, rebuilt, and what the program says of each.
#[test]
fn the_failures_are_exposed() {
    assert_eq!(untrue_here("docs/fejl.md"), Vec::<String>::new());
    assert!(sections("docs/fejl.md") > 5);
}

/// Rules that went wrong are held to the very tests of those that were meant, where both know the same names.
#[test]
fn the_failures_are_held_to_the_tests_of_what_was_meant() {
    let tests = |pack: &str| read(&repository(&format!("examples/failures/{pack}/prøver.klausul")));
    assert_eq!(tests("varmecheck/fejl"), tests("varmecheck/ment"));
    assert_eq!(tests("satser/fejl"), tests("satser/ment"));
    assert_eq!(tests("satser/fejl_indeks"), tests("satser/ment"));
    assert_eq!(tests("udligningsreform/fejl_prisniveau"), tests("udligningsreform/ment"));
    assert_eq!(tests("befordring/fejl"), tests("befordring/ment"));
}

#[test]
fn both_tutorials_go_the_same_way() {
    let steps = |page: &str| -> Vec<String> {
        let verb = |line: &str| line.split(' ').take(3).collect::<Vec<_>>().join(" ");
        let text = read(&repository(page));
        let kept = text.lines().filter(|line| line.starts_with("```") || line.starts_with("$ klausul"));
        kept.map(|line| if line.starts_with('$') { verb(line) } else { line.split(' ').take(1).collect() })
            .collect()
    };
    assert_eq!(steps("docs/tutorial.md"), steps("docs/tutorial.en.md"));
}

/// A tutorial takes the reader to a clause with a table and an exception, tested: so much must come out of it.
#[test]
fn the_tutorial_ends_with_a_tested_clause() {
    let mut desk = Desk::new();
    blocks(&read(&repository("docs/tutorial.md"))).for_each(|block| drop(desk.follow(&block)));
    let clause = read(&desk.folder.join("ventetid.klausul"));
    for word in ["\n  tabel ", "\n  undtagelse ", "\n  betingelse ", "\n  hjemmel "] {
        assert!(clause.contains(word), "the tutorial's clause has no `{}`", word.trim());
    }
    let tested = desk.run("klausul test . --coverage");
    assert!(tested.contains("6 prøver: alle bestået"), "{tested}");
}

/// What a tutorial shows and the reader would not see.
fn untrue_in(page: &str) -> Vec<String> {
    let mut desk = Desk::new();
    blocks(&read(&repository(page))).filter_map(|block| desk.follow(&block).err()).collect()
}

/// What a page shows of the program's own rules and examples, and the reader would not see.
fn untrue_here(page: &str) -> Vec<String> {
    let mut desk = Desk::of_the_repository();
    blocks(&read(&repository(page))).filter_map(|block| desk.follow(&block).err()).collect()
}

/// How many sections a page has.
fn sections(page: &str) -> usize {
    read(&repository(page)).lines().filter(|line| line.starts_with("## ")).count()
}

/// A fenced block: the words after its fence, and its lines.
struct Block {
    info: String,
    lines: Vec<String>,
}

fn blocks(page: &str) -> impl Iterator<Item = Block> {
    let mut lines = page.lines();
    std::iter::from_fn(move || {
        let info = lines.by_ref().find_map(|line| line.strip_prefix("```"))?.to_owned();
        let lines = lines.by_ref().take_while(|line| *line != "```").map(str::to_owned).collect();
        Some(Block { info, lines })
    })
}

/// Where the reader sits: an empty folder, and the folder the terminal stands in.
struct Desk {
    own: tempfile::TempDir,
    folder: PathBuf,
    talked: Talk,
}

/// A conversation so far: what it was begun with, and the lines typed.
#[derive(Default)]
struct Talk {
    args: String,
    typed: Vec<String>,
}

/// A whole number as answers in Danish write it.
fn dotted(digits: &str) -> String {
    let groups: Vec<&str> = (0..digits.len()).step_by(3).map(|at| &digits[at..at + 3]).collect();
    groups.join(".")
}

impl Desk {
    fn new() -> Desk {
        let empty = tempfile::tempdir().unwrap();
        Desk { folder: empty.path().to_owned(), own: empty, talked: Talk::default() }
    }

    /// The terminal stands where the program's own rules lie.
    fn of_the_repository() -> Desk {
        Desk { folder: repository("."), ..Desk::new() }
    }

    /// Does what a block says; what does not come out as shown is the error.
    fn follow(&mut self, block: &Block) -> Result<(), String> {
        let text: String = block.lines.iter().map(|line| format!("{line}\n")).collect();
        match block.info.split(' ').collect::<Vec<_>>().as_slice() {
            ["sh"] => Ok(()),
            ["text"] => self.commands(&block.lines),
            ["klausul" | "json", file] => self.write(file, &text),
            ["klausul", "+", file] => {
                let before = read(&self.folder.join(file));
                self.write(file, &(before + &text))
            }
            ["diff", file] => self.change(file, &block.lines),
            ["repl", "+"] => self.talk(&block.lines),
            ["repl", args @ ..] => {
                self.talked = Talk { args: args.join(" "), typed: Vec::new() };
                self.talk(&block.lines)
            }
            other => Err(format!("a block of an unknown sort: {other:?}")),
        }
    }

    /// Types the lines after `> ` in a conversation that goes on from block to block, and holds each answer against what
    /// is shown below its line; `…` stands for the rest of an answer.
    fn talk(&mut self, lines: &[String]) -> Result<(), String> {
        let before = self.talked.typed.len();
        let typed = lines.iter().filter_map(|line| line.strip_prefix("> "));
        self.talked.typed.extend(typed.map(str::to_owned));
        let mark = |at: usize| format!("{}", 700_000_001 + at);
        let script = self.talked.typed.iter().enumerate().fold(String::new(), |script, (at, line)| {
            // A number is answered by itself, so it shows where the answer before it ends.
            format!("{script}{line}\n\n{} - 0\n\n", mark(at))
        });
        let file = self.own.path().join("talk");
        write(&file, &script);
        let seen = self.run(&format!("klausul repl {} < '{}'", self.talked.args, file.display()));
        let mut answers = Vec::new();
        let mut rest = seen.as_str();
        for at in 0..self.talked.typed.len() {
            let shown = dotted(&mark(at));
            let Some((answer, after)) = rest.split_once(&format!("{shown}\n")) else {
                return Err(format!("no answer to `{}`:\n{rest}", self.talked.typed[at]));
            };
            answers.push(answer);
            rest = after;
        }
        let mut wanted: Vec<String> = Vec::new();
        for line in lines {
            match (line.strip_prefix("> "), wanted.last_mut()) {
                (Some(_), _) => wanted.push(String::new()),
                (None, Some(last)) => *last += &format!("{line}\n"),
                (None, None) => return Err(format!("an answer before anything is typed: {line}")),
            }
        }
        let wrong = wanted.iter().zip(&answers[before..]).filter(|(wanted, answer)| {
            let (wanted, answer) = (wanted.trim_end(), answer.trim_end());
            match wanted.strip_suffix('…') {
                Some(first) => !answer.starts_with(first) || answer.len() == first.len(),
                None => wanted != answer,
            }
        });
        let wrong: Vec<String> =
            wrong.map(|(wanted, answer)| format!("shown:\n{wanted}\nseen:\n{answer}")).collect();
        if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n")) }
    }

    fn write(&self, file: &str, text: &str) -> Result<(), String> {
        write(&self.folder.join(file), text);
        Ok(())
    }

    fn change(&self, file: &str, lines: &[String]) -> Result<(), String> {
        let side = |sign: char| -> String {
            let kept = lines.iter().filter_map(|line| match line.strip_prefix([' ', sign]) {
                None if line.is_empty() => Some(""),
                kept => kept,
            });
            kept.map(|line| format!("{line}\n")).collect()
        };
        let text = read(&self.folder.join(file));
        match text.matches(&side('-')).count() {
            1 => self.write(file, &text.replacen(&side('-'), &side('+'), 1)),
            count => Err(format!("{file} holds {count} times what is to be changed:\n{}", side('-'))),
        }
    }

    fn commands(&mut self, lines: &[String]) -> Result<(), String> {
        let mut seen = String::new();
        for command in lines.iter().filter_map(|line| line.strip_prefix("$ ")) {
            let _ = writeln!(seen, "$ {command}");
            match command.strip_prefix("cd ") {
                Some(folder) => self.folder.push(folder),
                None => seen += &self.run(command),
            }
        }
        let shown: String = lines.iter().map(|line| format!("{line}\n")).collect();
        let ends = |text: &str| text.trim_end().to_owned();
        if ends(&shown) == ends(&seen) {
            return Ok(());
        }
        Err(format!("shown:\n{shown}\nseen:\n{seen}"))
    }

    /// What a command prints, run as in a terminal where `klausul` is installed.
    fn run(&self, command: &str) -> String {
        let program = Path::new(env!("CARGO_BIN_EXE_klausul"));
        let programs = program.parent().map(Path::to_path_buf);
        let path = std::env::var_os("PATH").unwrap_or_default();
        let places = programs.into_iter().chain(std::env::split_paths(&path));
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("{command} 2>&1")]).current_dir(&self.folder);
        shell.env("PATH", std::env::join_paths(places).unwrap()).env("NO_COLOR", "1");
        for name in ["CLICOLOR", "CLICOLOR_FORCE", "TERM", "COLORTERM"] {
            shell.env_remove(name);
        }
        String::from_utf8(shell.output().unwrap().stdout).unwrap()
    }
}

fn repository(page: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(page)
}

#[expect(clippy::disallowed_methods, reason = "the test reads the tutorial and what the reader wrote")]
fn read(file: &Path) -> String {
    std::fs::read_to_string(file).unwrap()
}

#[expect(clippy::disallowed_methods, reason = "the test writes what the reader writes")]
fn write(file: &Path, text: &str) {
    std::fs::write(file, text).unwrap();
}
