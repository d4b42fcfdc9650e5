use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anstream::{AutoStream, ColorChoice};

use super::Exit;
use super::args::{Color, Common};
use super::limits::slipped;
use crate::base::{Lang, Limit, Limits, SourceMap};
use crate::diag::{Diagnostic, Problems, Severity};
use crate::render::{Look, graphical};
use crate::world::{Reason, World, WorldError, WorldProblem};

/// The width of text when the reader's is not known.
pub(super) const WIDTH: usize = 100;

/// Where a verb speaks: the result is gathered and written once at the end, so a reader never sees a part of it.
pub struct Console<'w> {
    /// Files and folders.
    pub world: &'w dyn World,
    lang: Option<Lang>,
    color: Color,
    output: Option<PathBuf>,
    limits: Limits,
    result: String,
    remarks: String,
    /// How to end at best, where something that was asked for could not be looked into.
    at_best: Exit,
}

impl<'w> Console<'w> {
    /// Makes a console for a command line.
    pub fn new(world: &'w dyn World, common: &Common) -> Self {
        Self {
            world,
            lang: common.lang.map(Lang::from),
            color: common.color,
            output: common.output.clone(),
            limits: Limits::default(),
            result: String::new(),
            remarks: String::new(),
            at_best: Exit::Ok,
        }
    }
    /// The language to speak: that of `--lang`, else that of the rules, else Danish.
    pub fn lang(&self, rules: Option<Lang>) -> Lang {
        self.lang.or(rules).unwrap_or_default()
    }
    /// How a result on standard output is to look.
    pub fn look(&self, lang: Lang) -> Look {
        let stdout = io::stdout();
        let is_file = self.output.is_some();
        let width = if is_file || !stdout.is_terminal() { WIDTH } else { terminal_width() };
        // A terminal that says it can do nothing is drawn on with plain characters.
        let plain = !is_file && std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        let limit = self.limits.count(Limit::Findings);
        Look { width, plain, limit, color: !is_file && self.colors(&stdout), ..Look::new(lang) }
    }
    /// Returns the limits of the run.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }
    /// Moves limits as `--limit` says.
    ///
    /// # Errors
    /// When one is written wrong; that has been told.
    pub fn move_limits(&mut self, written: &[String]) -> Result<(), Exit> {
        for one in written {
            if let Err(slip) = self.limits.set(one) {
                let lang = self.lang(None);
                return Err(self.refuse(slipped(one, &slip), lang, Exit::Usage));
            }
        }
        Ok(())
    }
    /// Reads a file of at most the size that the limits say.
    ///
    /// # Errors
    /// When it cannot be read; that has been told.
    pub(super) fn read(&mut self, path: &Path) -> Result<Vec<u8>, Exit> {
        let limit = self.limits.get(Limit::FileSize);
        self.world.read(path, limit).map_err(|error| self.world_errors(&[error]))
    }
    /// Tells whether the result goes to a file, as `-o` says.
    pub fn has_output(&self) -> bool {
        self.output.is_some()
    }
    /// Returns the file that `-o` names, for a verb that writes it itself; what is said then goes to standard output.
    pub fn take_output(&mut self) -> Option<PathBuf> {
        self.output.take()
    }
    /// Adds to the result.
    pub fn say(&mut self, text: &str) {
        self.result.push_str(text);
    }
    /// Adds to what is told beside the result, on standard error.
    pub fn remark(&mut self, text: &str) {
        self.remarks.push_str(text);
    }
    /// Tells findings beside the result, and returns how to end for them.
    pub fn findings(&mut self, problems: &Problems, sources: &SourceMap, lang: Lang) -> Exit {
        let found = problems.sorted();
        let stderr = io::stderr();
        let width = if stderr.is_terminal() { terminal_width() } else { WIDTH };
        let limit = self.limits.count(Limit::Findings);
        let look = Look { width, limit, color: self.colors(&stderr), ..Look::new(lang) };
        self.remarks.push_str(&graphical(&found, sources, &look));
        Exit::of(&found)
    }
    /// Tells one finding that has no place in a text, and returns `exit`.
    pub fn refuse(&mut self, found: Diagnostic, lang: Lang, exit: Exit) -> Exit {
        let mut problems = Problems::new();
        problems.push(found);
        self.findings(&problems, &SourceMap::new(), lang);
        exit
    }
    /// Tells what the world refused, and returns how to end for it.
    pub fn world_errors(&mut self, errors: &[WorldError]) -> Exit {
        let mut problems = Problems::new();
        errors.iter().for_each(|error| problems.report(error));
        self.findings(&problems, &SourceMap::new(), self.lang(None));
        errors.iter().map(Exit::of_world).max().unwrap_or(Exit::World)
    }
    /// Tells which folders could not be looked into. The others are answered, but the program does not end as if all had
    /// been.
    pub fn unread(&mut self, errors: &[WorldError]) {
        if !errors.is_empty() {
            self.at_best = self.world_errors(errors);
        }
    }
    /// Opens standard output and standard error for a conversation, which cannot wait for its end to be written. What
    /// has been told until now is written first.
    pub fn streams(&mut self) -> (impl Write + use<>, impl Write + use<>) {
        write_remarks(&std::mem::take(&mut self.remarks), self.choice(&io::stderr()));
        let results = AutoStream::new(io::stdout(), self.choice(&io::stdout()));
        let findings = AutoStream::new(io::stderr(), self.choice(&io::stderr()));
        (results, findings)
    }
    /// Writes everything, the result to standard output or the file of `-o`; returns how the program ends. Without a
    /// result there is nothing to write: a file that stood there stays as it was.
    pub fn finish(mut self, exit: Exit) -> Exit {
        let is_answer = exit == Exit::Ok || !self.result.is_empty();
        let exit = if exit == Exit::Ok { self.at_best } else { exit };
        let written = match self.output.take() {
            Some(path) if is_answer => self.world.write(&path, self.result.as_bytes()),
            Some(_) => Ok(()),
            None => write_out(&self.result, self.choice(&io::stdout())),
        };
        let exit = match written {
            Ok(()) => exit,
            Err(error) => self.world_errors(&[error]),
        };
        write_remarks(&self.remarks, self.choice(&io::stderr()));
        exit
    }

    fn colors(&self, stream: &impl anstream::stream::RawStream) -> bool {
        self.choice(stream) != ColorChoice::Never
    }
    fn choice(&self, stream: &impl anstream::stream::RawStream) -> ColorChoice {
        match self.color {
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
            // The library asks whether a terminal reads, and honours NO_COLOR and the like.
            Color::Auto => AutoStream::choice(stream),
        }
    }
}

/// Tells whether any finding is an error, or any is a warning when warnings count as errors.
pub fn is_failure(found: &[Diagnostic], strict: bool) -> bool {
    found.iter().any(|found| match found.severity {
        Severity::Error => true,
        Severity::Warning => strict,
        Severity::Note => false,
    })
}

/// How wide text may be at the terminal just now.
pub(super) fn terminal_width() -> usize {
    let size = terminal_size::terminal_size();
    size.map_or(WIDTH, |(width, _)| usize::from(width.0).clamp(40, 160))
}

/// Writes the result in one go. A reader that has gone away, as `head` does, is no error.
fn write_out(text: &str, choice: ColorChoice) -> Result<(), WorldError> {
    let mut stream = AutoStream::new(io::stdout(), choice).lock();
    let written = stream.write_all(text.as_bytes()).and_then(|()| stream.flush());
    match written {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            let problem = WorldProblem::Write(Reason::of(&error));
            Err(WorldError::new(Path::new("stdout"), problem))
        }
        _ => Ok(()),
    }
}

/// Writes what is told beside the result; when even that fails, there is nowhere left to say so.
fn write_remarks(text: &str, choice: ColorChoice) {
    let mut stream = AutoStream::new(io::stderr(), choice).lock();
    let _ = stream.write_all(text.as_bytes()).and_then(|()| stream.flush());
}
