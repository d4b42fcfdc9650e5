//! The conversation at a terminal, and the same from a script.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{self, BufRead, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use rustyline::completion::{Completer, Pair};
use rustyline::error::ReadlineError;
use rustyline::highlight::{CmdKind, Highlighter};
use rustyline::hint::{Hint, Hinter};
use rustyline::history::FileHistory;
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{CompletionType, Config, Context, Editor, Helper};

use signal_hook::consts::SIGINT;
use signal_hook::flag;

use super::color;
use super::input::{Cutter, is_unfinished};
use super::state::{Repl, Reply};
use crate::base::{Stop, bi};
use crate::cli::{Exit, Screen};
use crate::render::visible;

/// Where lines come from.
pub enum Input<'a> {
    /// A person at a terminal.
    Terminal {
        /// The file that keeps what was typed, across conversations. Without one nothing is kept.
        history: Option<PathBuf>,
        /// Where the answers are read.
        screen: Screen,
    },
    /// A script: no prompt, and the first error ends it.
    Script(&'a mut dyn BufRead),
}

/// Where replies go.
pub struct Output<'a> {
    /// Results.
    pub results: &'a mut dyn Write,
    /// Findings and remarks.
    pub findings: &'a mut dyn Write,
}

/// Holds a conversation until it ends; returns how the program ends.
pub fn run(repl: Repl, input: Input<'_>, output: &mut Output<'_>) -> Exit {
    let talked = match input {
        Input::Terminal { history, screen } => talk(repl, history.as_deref(), &screen, output),
        Input::Script(lines) => script(repl, lines, output),
    };
    match talked {
        Ok(exit) => exit,
        // A reader that has gone away, as `head` does, is no error.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Exit::Ok,
        Err(error) => {
            let _ = writeln!(output.findings, "{error}");
            Exit::World
        }
    }
}

/// How a program ends that is interrupted: 128 and the number of the signal.
const INTERRUPTED: i32 = 128 + SIGINT;

/// How much of a line of a script is read at a time; what is longer than a line may be is refused as such.
const LONGEST_LINE: u64 = 1024 * 1024;

fn script(mut repl: Repl, lines: &mut dyn BufRead, output: &mut Output<'_>) -> io::Result<Exit> {
    let mut cutter = Cutter::new(repl.session().lang());
    let mut bytes = Vec::new();
    let greeting = repl.greeting();
    say(&greeting, output)?;
    // What is wrong with the rules does not stop the script, but it is not forgotten either.
    let exit = Exit::of(&greeting.problems);
    loop {
        bytes.clear();
        let is_over = (&mut *lines).take(LONGEST_LINE).read_until(b'\n', &mut bytes)? == 0;
        let whole = if is_over {
            cutter.end()
        } else {
            // What is not UTF-8 is refused with the line it makes, as the sign that stands for it.
            cutter.line(String::from_utf8_lossy(&bytes).trim_end_matches(['\n', '\r']))
        };
        if let Some((number, text)) = whole {
            let reply = repl.line_at(&text, number);
            say(&reply, output)?;
            if !reply.ok {
                let rest = cutter.unread() + unread(lines)?;
                stopped(number, rest, repl.lang(), output)?;
                return Ok(Exit::of(&reply.problems));
            }
            if reply.ends {
                return Ok(exit);
            }
        }
        if is_over {
            return Ok(exit);
        }
    }
}

/// How many lines with something on them are left of a script.
fn unread(lines: &mut dyn BufRead) -> io::Result<usize> {
    let mut count = 0;
    let mut bytes = Vec::new();
    while (&mut *lines).take(LONGEST_LINE).read_until(b'\n', &mut bytes)? > 0 {
        count += usize::from(!bytes.trim_ascii().is_empty());
        bytes.clear();
    }
    Ok(count)
}

/// Says that a script has ended before its end: what comes after an error may rest on what was not done.
fn stopped(number: usize, rest: usize, lang: crate::base::Lang, output: &mut Output<'_>) -> io::Result<()> {
    let note = match rest {
        0 => return Ok(()),
        1 => bi!(
            "stoppet ved linje {number}; 1 linje derefter er ikke læst",
            "stopped at line {number}; 1 line after it is not read"
        ),
        rest => bi!(
            "stoppet ved linje {number}; {rest} linjer derefter er ikke læst",
            "stopped at line {number}; {rest} lines after it are not read"
        ),
    };
    writeln!(output.findings, "{}", note.get(lang))
}

fn say(reply: &Reply, output: &mut Output<'_>) -> io::Result<()> {
    output.results.write_all(reply.text.as_bytes())?;
    output.results.flush()?;
    output.findings.write_all(reply.findings.as_bytes())?;
    output.findings.flush()
}

/// Answers at a terminal: with the pager where the answer is longer than the screen.
fn show(reply: &Reply, screen: &Screen, output: &mut Output<'_>) -> io::Result<()> {
    output.results.flush()?;
    if !screen.page(&reply.text) {
        return say(reply, output);
    }
    output.findings.write_all(reply.findings.as_bytes())?;
    output.findings.flush()
}

/// Answers a line; Ctrl-C stops it, and once more ends the program. While a line is typed the editor takes the key, and
/// while an answer is paged the pager does, so it means this here alone.
fn answered(repl: &RefCell<Repl>, line: &str, stop: &Stop, output: &mut Output<'_>) -> io::Result<Reply> {
    // In this order: the first time nothing has been asked for yet, when it is looked at.
    let asked = Stop::default();
    let ends = flag::register_conditional_shutdown(SIGINT, INTERRUPTED, asked.flag())?;
    let first = flag::register(SIGINT, asked.flag())?;
    let reply = repl.borrow_mut().line(line);
    for handler in [ends, first] {
        signal_hook::low_level::unregister(handler);
    }
    if stop.is_asked() {
        // The terminal has shown the key where it stood.
        writeln!(output.findings)?;
    }
    Ok(reply)
}

fn talk(
    mut repl: Repl,
    history: Option<&Path>,
    screen: &Screen,
    output: &mut Output<'_>,
) -> io::Result<Exit> {
    let stop = Stop::default();
    flag::register(SIGINT, stop.flag())?;
    repl.heed(stop.clone());
    let lang = repl.lang();
    let colored = repl.look.color;
    let hello = bi!(
        "`:hjælp` viser, hvad man kan skrive; `:slut` forlader",
        "`:help` shows what to type; `:quit` leaves"
    );
    say(&repl.greeting(), output)?;
    let repl = Rc::new(RefCell::new(repl));
    let mut editor = editor(Rc::clone(&repl), colored)?;
    writeln!(output.results, "{}", hello.get(lang))?;
    let mut keeper = Keeper { path: history, has_failed: false };
    keeper.load(&mut editor, output, lang)?;
    loop {
        // Whoever stopped the last answer, or pressed the key while it was read, has had their wish.
        stop.withdraw();
        let prompt = repl.borrow().prompt();
        match editor.readline(&prompt) {
            Ok(line) => {
                keeper.keep(&line, &mut editor, output, lang)?;
                repl.borrow_mut().set_width(screen.width());
                let reply = answered(&repl, &line, &stop, output)?;
                if let Some(guide) = editor.helper() {
                    guide.told.borrow_mut().clear();
                }
                show(&reply, screen, output)?;
                if reply.ends {
                    return Ok(Exit::Ok);
                }
            }
            Err(ReadlineError::Interrupted) => {}
            Err(ReadlineError::Eof) => {
                writeln!(output.results)?;
                return Ok(Exit::Ok);
            }
            Err(error) => return Err(as_io(error)),
        }
    }
}

type Line = Editor<Guide, FileHistory>;

fn editor(repl: Rc<RefCell<Repl>>, colored: bool) -> io::Result<Line> {
    let config = Config::builder()
        .completion_type(CompletionType::List)
        // What is possible is shown, however much it is: a question about it would take the letters typed next.
        .completion_prompt_limit(usize::MAX)
        .auto_add_history(false)
        .history_ignore_dups(true)
        .map_err(as_io)?
        .max_history_size(1_000)
        .map_err(as_io)?
        .build();
    let mut editor: Line = Editor::with_config(config).map_err(as_io)?;
    editor.set_helper(Some(Guide { repl, colored, told: RefCell::default() }));
    Ok(editor)
}

fn as_io(error: ReadlineError) -> io::Error {
    match error {
        ReadlineError::Io(error) => error,
        other => io::Error::other(other.to_string()),
    }
}

/// Keeps the history; when that fails, it is said once, and the conversation goes on without.
struct Keeper<'a> {
    path: Option<&'a Path>,
    has_failed: bool,
}

impl Keeper<'_> {
    fn load(
        &mut self,
        editor: &mut Line,
        output: &mut Output<'_>,
        lang: crate::base::Lang,
    ) -> io::Result<()> {
        let Some(path) = self.path else { return Ok(()) };
        let folder = path.parent().map_or(Ok(()), std::fs::create_dir_all);
        let loaded = folder.and_then(|()| editor.load_history(path).map_err(as_io));
        match loaded {
            Err(error) if error.kind() != ErrorKind::NotFound => self.fail(&error, output, lang),
            Ok(()) | Err(_) => Ok(()),
        }
    }

    /// Written after every line, so that a conversation cut short loses at most its last one.
    fn keep(
        &mut self,
        line: &str,
        editor: &mut Line,
        output: &mut Output<'_>,
        lang: crate::base::Lang,
    ) -> io::Result<()> {
        let added = editor.add_history_entry(line).map_err(as_io)?;
        let Some(path) = self.path.filter(|_| added && !self.has_failed) else { return Ok(()) };
        match editor.append_history(path) {
            Ok(()) => Ok(()),
            Err(error) => self.fail(&as_io(error), output, lang),
        }
    }

    fn fail(
        &mut self,
        error: &io::Error,
        output: &mut Output<'_>,
        lang: crate::base::Lang,
    ) -> io::Result<()> {
        self.has_failed = true;
        let path = self.path.map(|path| path.display().to_string()).unwrap_or_default();
        let (path, error) = (visible(&path).into_owned(), visible(&error.to_string()).into_owned());
        let note = bi!(
            "bemærkning: tidligere linjer kan ikke gemmes i {path} ({error})",
            "note: earlier lines cannot be kept in {path} ({error})"
        );
        writeln!(output.findings, "{}", note.get(lang))
    }
}

/// What helps while a line is typed.
struct Guide {
    repl: Rc<RefCell<Repl>>,
    colored: bool,
    /// What has been told of lines since the last answer.
    told: RefCell<BTreeMap<String, Option<String>>>,
}

impl Helper for Guide {}

/// What is told behind the cursor. It is never taken into the line.
struct Told(String);

impl Hint for Told {
    fn display(&self) -> &str {
        &self.0
    }
    fn completion(&self) -> Option<&str> {
        None
    }
}

impl Hinter for Guide {
    type Hint = Told;

    /// Without colours what is told could be taken for what was typed, so nothing is.
    fn hint(&self, line: &str, pos: usize, _: &Context<'_>) -> Option<Told> {
        let mut told = self.told.borrow_mut();
        if !self.colored || pos != line.len() {
            return None;
        }
        let repl = self.repl.borrow();
        told.entry(line.to_owned()).or_insert_with(|| repl.hint(line, pos)).clone().map(Told)
    }
}

impl Completer for Guide {
    type Candidate = Pair;

    fn complete(&self, line: &str, pos: usize, _: &Context<'_>) -> rustyline::Result<(usize, Vec<Pair>)> {
        let found = self.repl.borrow().complete(line, pos);
        let pair = |word: String| Pair { display: word.clone(), replacement: word };
        Ok((found.start, found.words.into_iter().map(pair).collect()))
    }
}

impl Validator for Guide {
    fn validate(&self, context: &mut ValidationContext<'_>) -> rustyline::Result<ValidationResult> {
        let lang = self.repl.borrow().session().lang();
        Ok(match is_unfinished(context.input(), lang) {
            true => ValidationResult::Incomplete,
            false => ValidationResult::Valid(None),
        })
    }
}

impl Highlighter for Guide {
    fn highlight<'l>(&self, line: &'l str, _: usize) -> Cow<'l, str> {
        match self.colored {
            true => Cow::Owned(color::colored(line, self.repl.borrow().session().lang())),
            false => Cow::Borrowed(line),
        }
    }
    fn highlight_prompt<'b, 's: 'b, 'p: 'b>(&'s self, prompt: &'p str, _: bool) -> Cow<'b, str> {
        match self.colored {
            true => Cow::Owned(color::prompt(prompt)),
            false => Cow::Borrowed(prompt),
        }
    }
    fn highlight_hint<'h>(&self, hint: &'h str) -> Cow<'h, str> {
        Cow::Owned(color::hint(hint))
    }
    fn highlight_char(&self, _: &str, _: usize, kind: CmdKind) -> bool {
        self.colored && kind != CmdKind::MoveCursor
    }
}
