//! `eval --rows`: a table of any size, each row computed by itself. What is written grows beside its name and has it only
//! when all rows are done; where it is interrupted, `--resume` goes on from the last place that was noted.

use std::io::{Cursor, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use sha2::{Digest, Sha256};

use super::asking::{question, session};
use super::rows_noted::Noted;
use super::rows_told::told;
use super::{Console, Exit, Situation};
use crate::base::{Lang, Stop, bi};
use crate::batch::{Block, Job, JobAsked, Line, RowsProblem, Tally, job};
use crate::diag::{Code, Diagnostic, Problems};
use crate::facts::DataArg;
use crate::mutants::in_hands;
use crate::session::Session;
use crate::world::{Reason, WorldError, WorldProblem};

/// How much of the table is looked at before its first row is computed: 1 MiB.
const BEGINNING: u64 = 1 << 20;
/// The longest that a row may be, in bytes: 1 MiB. A quotation mark that is never closed makes one of all that follows.
const LONGEST_ROW: u64 = 1 << 20;
/// How many rows one worker computes at a time.
const ROWS_OF_BLOCK: usize = 4_096;
/// How many blocks are read before they are computed and written.
const BLOCKS: usize = 4;
/// After so many groups of blocks the place is noted, from which an interrupted run can go on.
const NOTED_EVERY: usize = 16;

/// The options of `eval` about rows.
#[derive(Args, Clone, Debug, Default)]
pub struct RowsArgs {
    #[arg(
        long,
        value_name = "SLAGS=FIL",
        value_parser = crate::cli::args::data_arg,
        help = "Beregn hver række i en tabel for sig, hvor stor den end er; resultatet skrives med -o | Compute each row of a table by itself, whatever its size; the result is written with -o"
    )]
    /// The table whose rows are computed.
    pub rows: Option<DataArg>,
    #[arg(
        long,
        value_name = "FIL",
        requires = "rows",
        help = "Filen til afviste rækker (ellers resultatets navn med .afvist.csv) | The file of rejected rows (else the name of the result with .rejected.csv)"
    )]
    /// The file of rejected rows.
    pub rejects: Option<PathBuf>,
    #[arg(
        long,
        requires = "rows",
        help = "Gå videre, hvor en afbrudt kørsel slap | Go on where an interrupted run stopped"
    )]
    /// Whether to go on where an interrupted run stopped.
    pub resume: bool,
    #[arg(
        long,
        value_name = "NUMMER",
        requires = "rows",
        conflicts_with_all = ["rejects", "resume"],
        help = "Forklar én række i stedet (overskriften er række 1) | Explain one row instead (the headings are row 1)"
    )]
    /// The row to explain.
    pub explain_row: Option<usize>,
}

/// Computes the rows of a table.
pub(super) fn run(
    path: &Path,
    targets: &[String],
    situation: &Situation,
    (args, table): (&RowsArgs, &DataArg),
    console: &mut Console<'_>,
) -> Result<Exit, Exit> {
    let paths = [path.to_owned()];
    let session = session(console, &paths, situation)?;
    let asked = question(console, targets, situation)?;
    let lang = console.lang(Some(session.lang()));
    let Some(kind) = table.kind.as_deref() else {
        return Err(console.refuse(no_kind(&table.path), lang, Exit::Usage));
    };
    let world = console.world;
    let mut stream = world.stream(&table.path).map_err(|error| console.world_errors(&[error]))?;
    let beginning = beginning(&mut stream, &table.path).map_err(|error| console.world_errors(&[error]))?;
    let text = text_of(&beginning);
    let name = table.path.display().to_string();
    let asked = JobAsked { kind, targets, moment: asked.moment, name: &name, beginning: &text, lang };
    let job = match job(&session, &asked) {
        Ok(job) => job,
        Err(not) => return Err(console.findings(&not.problems, &not.sources, lang)),
    };
    if !job.problems.is_empty() {
        console.findings(&job.problems, job.sources(), lang);
    }
    let source =
        Source { stream, beginning, skip_lines: job.table.head_line, separator: job.table.separator };
    if let Some(row) = args.explain_row {
        return explain_row(console, (&session, &job, source), (targets, situation), row);
    }
    let Some(out) = console.take_output() else {
        return Err(console.refuse(no_output(), lang, Exit::Usage));
    };
    let run = Run {
        fingerprint: fingerprint(&session, &job, (targets, situation)),
        rejects: args
            .rejects
            .clone()
            .unwrap_or_else(|| beside(&out, lang.pick("afvist.csv", "rejected.csv"))),
        out,
        name: table.path.clone(),
    };
    run.all(&job, source, args.resume, console, lang)
}

fn no_kind(path: &Path) -> Diagnostic {
    let path = path.display();
    Diagnostic::new(
        Code::WrongUsage,
        bi!("`--rows {path}` siger ikke, hvad rækkerne er", "`--rows {path}` does not say what the rows are"),
    )
    .help(bi!(
        "skriv slagsen foran: `--rows region={path}`",
        "write the kind in front: `--rows region={path}`"
    ))
}

fn no_output() -> Diagnostic {
    Diagnostic::new(
        Code::WrongUsage,
        bi!("`--rows` skriver resultatet i en fil", "`--rows` writes the result to a file"),
    )
    .help(bi!("sig hvilken med `-o FIL.csv`", "say which with `-o FILE.csv`"))
}

/// The name with another ending: `svar.csv` and `afvist.csv` make `svar.afvist.csv`.
fn beside(path: &Path, ending: &str) -> PathBuf {
    path.with_extension(ending)
}

/// The name of a file that still grows.
fn growing(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    path.with_file_name(name)
}

/// What a run is of: another one does not go on where it stopped.
fn fingerprint(session: &Session, job: &Job, (targets, situation): (&[String], &Situation)) -> String {
    let mut hasher = Sha256::new();
    let mut add = |text: &str| {
        hasher.update(text.len().to_string());
        hasher.update(":");
        hasher.update(text);
    };
    add(&session.rules_hash());
    add(&session.what_ifs().join("\n"));
    add(&format!("{targets:?}{:?}{:?}{:?}", situation.year, situation.date, situation.data));
    add(&format!("{:?}", session.data()));
    add(&String::from_utf8_lossy(&job.headings()));
    add(job.table.head());
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The first bytes of a table, to the end of a line.
fn beginning(stream: &mut Box<dyn Read + Send>, path: &Path) -> Result<Vec<u8>, WorldError> {
    let mut bytes = Vec::new();
    let read = stream.take(BEGINNING).read_to_end(&mut bytes);
    read.map_err(|error| WorldError::new(path, WorldProblem::Read(Reason::of(&error))))?;
    Ok(bytes)
}

/// The whole rows of the beginning as a text: a line break within quotation marks ends none.
fn text_of(bytes: &[u8]) -> String {
    let (mut whole, mut quoted) = (bytes.len(), false);
    if bytes.len() as u64 == BEGINNING {
        for (at, byte) in bytes.iter().enumerate() {
            quoted ^= *byte == b'"';
            if *byte == b'\n' && !quoted {
                whole = at + 1;
            }
        }
    }
    let text = String::from_utf8_lossy(&bytes[..whole]);
    text.strip_prefix('\u{FEFF}').unwrap_or(&text).replace("\r\n", "\n")
}

/// A table as it comes in.
struct Source {
    stream: Box<dyn Read + Send>,
    beginning: Vec<u8>,
    /// The lines down to the headings.
    skip_lines: usize,
    separator: u8,
}

/// What the reader of rows hands on.
struct Group {
    blocks: Vec<Block>,
    /// Where the next row begins, counted from the first row.
    next: u64,
    /// The number of the next row's line.
    line: u64,
}

impl Source {
    /// The rows from a place on. What it reads of one row is bounded.
    fn rows(self, from: u64) -> std::io::Result<(csv::Reader<Bounded>, Arc<AtomicU64>)> {
        let mut lines = self.beginning.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
        let body =
            lines.nth(self.skip_lines.saturating_sub(1)).map_or(self.beginning.len(), |(at, _)| at + 1);
        let rest = Cursor::new(self.beginning.get(body..).unwrap_or_default().to_vec()).chain(self.stream);
        let left = Arc::new(AtomicU64::new(LONGEST_ROW));
        let mut bounded = Bounded { inner: Box::new(rest), left: Arc::clone(&left) };
        left.store(u64::MAX, Ordering::Relaxed);
        std::io::copy(&mut (&mut bounded).take(from), &mut std::io::sink())?;
        left.store(LONGEST_ROW, Ordering::Relaxed);
        let reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.separator)
            .buffer_capacity(1 << 16)
            .from_reader(bounded);
        Ok((reader, left))
    }
}

/// A reader that gives up where one row takes more than is left for it.
struct Bounded {
    inner: Box<dyn Read + Send>,
    left: Arc<AtomicU64>,
}

impl Read for Bounded {
    fn read(&mut self, to: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(to)?;
        let left = self.left.load(Ordering::Relaxed);
        let Some(less) = left.checked_sub(read as u64) else {
            return Err(std::io::Error::other(TooLong));
        };
        self.left.store(less, Ordering::Relaxed);
        Ok(read)
    }
}

/// A row is longer than any row is.
#[derive(Debug)]
struct TooLong;

impl std::fmt::Display for TooLong {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a row is too long")
    }
}

impl std::error::Error for TooLong {}

/// Reads rows and hands them on in groups, until there are none or nobody wants them.
fn read_groups(
    (mut reader, left): (csv::Reader<Bounded>, Arc<AtomicU64>),
    (from, line): (u64, u64),
    to: &SyncSender<csv::Result<Group>>,
) {
    loop {
        let mut group = Group { blocks: Vec::new(), next: from, line };
        for _ in 0..BLOCKS {
            match read_block(&mut reader, &left, line) {
                Ok(block) if block.rows.is_empty() => break,
                Ok(block) => group.blocks.push(block),
                Err(error) => {
                    let _ = to.send(Err(error));
                    return;
                }
            }
        }
        group.next = from + reader.position().byte();
        group.line = line + reader.position().line() - 1;
        if group.blocks.is_empty() || to.send(Ok(group)).is_err() {
            return;
        }
    }
}

fn read_block(reader: &mut csv::Reader<Bounded>, left: &AtomicU64, first: u64) -> csv::Result<Block> {
    let mut block = Block::default();
    while block.rows.len() < ROWS_OF_BLOCK {
        let mut cells = csv::ByteRecord::new();
        left.store(LONGEST_ROW, Ordering::Relaxed);
        if !reader.read_byte_record(&mut cells)? {
            break;
        }
        let line = cells.position().map_or(0, csv::Position::line);
        if cells.iter().all(|cell| cell.trim_ascii().is_empty()) {
            continue;
        }
        let number = usize::try_from(first + line - 1).unwrap_or(usize::MAX);
        block.rows.push(Line { number, cells });
    }
    Ok(block)
}

/// A run over all rows of a table.
struct Run {
    name: PathBuf,
    out: PathBuf,
    rejects: PathBuf,
    fingerprint: String,
}

impl Run {
    fn all(
        &self,
        job: &Job,
        source: Source,
        resume: bool,
        console: &mut Console<'_>,
        lang: Lang,
    ) -> Result<Exit, Exit> {
        let noted = self.noted(job, resume, console, lang)?;
        let stop = Stop::default();
        // Where the key cannot be listened to, it ends the program, and the run can be resumed all the same.
        let _ = signal_hook::flag::register(signal_hook::consts::SIGINT, stop.flag());
        let done = self.written(job, source, noted, &stop, console)?;
        if stop.is_asked() {
            console.remark(&format!("{}\n", stopped_words(&done.tally, lang)));
            return Ok(Exit::Limit);
        }
        self.settle(&done, console)?;
        console.say(&told(job, &done.tally, (&self.out, &self.rejects), &console.look(lang)));
        // INVARIANT: each row that was read was written or rejected, and each result of it counted.
        Ok(match (done.tally.is_whole(), done.tally.rejected) {
            (false, _) => Exit::Bug,
            (true, 0) => Exit::Ok,
            (true, _) => Exit::Data,
        })
    }

    /// Where to begin: at the first row, or where an interrupted run of the same stopped.
    fn noted(&self, job: &Job, resume: bool, console: &mut Console<'_>, lang: Lang) -> Result<Noted, Exit> {
        let place = beside(&growing(&self.out), "part.json");
        if !resume {
            return Ok(Noted::start(&self.fingerprint, job));
        }
        let bytes = console.world.read(&place, 1 << 20).map_err(|error| console.world_errors(&[error]))?;
        Noted::read(&bytes, &self.fingerprint).ok_or_else(|| {
            let found = Diagnostic::new(
                Code::WrongUsage,
                bi!(
                    "den afbrudte kørsel var af andre regler, data eller spørgsmål",
                    "the interrupted run was of other rules, data or questions"
                ),
            )
            .help(bi!("begynd forfra uden `--resume`", "begin anew without `--resume`"));
            console.refuse(found, lang, Exit::Usage)
        })
    }

    fn written(
        &self,
        job: &Job,
        source: Source,
        mut noted: Noted,
        stop: &Stop,
        console: &mut Console<'_>,
    ) -> Result<Noted, Exit> {
        let world = console.world;
        let note = beside(&growing(&self.out), "part.json");
        let mut error = |error: WorldError| console.world_errors(&[error]);
        let mut out = world.grow(&growing(&self.out), noted.out).map_err(&mut error)?;
        let mut rejects = world.grow(&growing(&self.rejects), noted.rejects).map_err(&mut error)?;
        if noted.rows_from == 0 {
            let (head, reject_head) = (job.headings(), job.reject_headings());
            noted.add(&mut *out, &mut *rejects, (&head, &reject_head), &self.out).map_err(&mut error)?;
        }
        let bar = progress();
        let (from, line) = (noted.rows_from, noted.line_or(job.table.head_line));
        let reader = source.rows(from).map_err(|e| error(read_error(&self.name, &e)))?;
        std::thread::scope(|scope| {
            let (to, groups): (_, Receiver<csv::Result<Group>>) = sync_channel(1);
            scope.spawn(move || read_groups(reader, (from, line), &to));
            for (at, group) in groups.iter().enumerate() {
                let group = group.map_err(|e| error(row_error(&self.name, e)))?;
                let made = in_hands(&group.blocks, || job.worker(), |worker, block| job.run(worker, block));
                let Some(made) = made else { return Err(Exit::Bug) };
                for written in made {
                    let both = (written.results.as_slice(), written.rejects.as_slice());
                    noted.add(&mut *out, &mut *rejects, both, &self.out).map_err(&mut error)?;
                    noted.tally.add(&written.tally);
                }
                (noted.rows_from, noted.line) = (group.next, group.line);
                bar.set_position(noted.tally.rows);
                if stop.is_asked() || at % NOTED_EVERY == NOTED_EVERY - 1 {
                    out.flush().map_err(|e| error(write_error(&self.out, &e)))?;
                    rejects.flush().map_err(|e| error(write_error(&self.rejects, &e)))?;
                    world.write(&note, noted.text().as_bytes()).map_err(&mut error)?;
                }
                if stop.is_asked() {
                    break;
                }
            }
            bar.finish_and_clear();
            Ok(noted)
        })
    }

    /// Gives the results their name; rejected rows have a file only where there are any.
    fn settle(&self, done: &Noted, console: &mut Console<'_>) -> Result<(), Exit> {
        let world = console.world;
        let settled = || {
            match done.tally.rejected {
                0 => {
                    world.remove(&growing(&self.rejects))?;
                    // One of an earlier run would be taken for one of this.
                    world.remove(&self.rejects)?;
                }
                _ => world.settle(&growing(&self.rejects), &self.rejects)?,
            }
            world.settle(&growing(&self.out), &self.out)?;
            world.remove(&beside(&growing(&self.out), "part.json"))
        };
        settled().map_err(|error| console.world_errors(&[error]))
    }
}

/// How many rows are done, on standard error, where that is a terminal.
fn progress() -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::no_length();
    let form = ProgressStyle::with_template("{spinner} {human_pos} ({per_sec})");
    form.map_or(bar.clone(), |form| bar.with_style(form))
}

fn stopped_words(tally: &Tally, lang: Lang) -> String {
    let rows = tally.rows;
    match lang {
        Lang::Da => format!("afbrudt efter {rows} rækker; gå videre med `--resume`"),
        Lang::En => format!("interrupted after {rows} rows; go on with `--resume`"),
    }
}

fn read_error(path: &Path, error: &std::io::Error) -> WorldError {
    WorldError::new(path, WorldProblem::Read(Reason::of(error)))
}

fn write_error(path: &Path, error: &std::io::Error) -> WorldError {
    WorldError::new(path, WorldProblem::Write(Reason::of(error)))
}

/// A row that never ends is told as a limit; anything else as reading that failed.
fn row_error(path: &Path, error: csv::Error) -> WorldError {
    match error.into_kind() {
        csv::ErrorKind::Io(error) if error.get_ref().is_some_and(|inner| inner.is::<TooLong>()) => {
            WorldError::new(path, WorldProblem::RowTooLong { limit: LONGEST_ROW })
        }
        csv::ErrorKind::Io(error) => read_error(path, &error),
        _ => WorldError::new(path, WorldProblem::Read(Reason::Other(None))),
    }
}

/// Explains one row of the table as if it were all the data there is of its kind.
fn explain_row(
    console: &mut Console<'_>,
    (session, job, source): (&Session, &Job, Source),
    (targets, situation): (&[String], &Situation),
    row: usize,
) -> Result<Exit, Exit> {
    let lang = console.lang(Some(session.lang()));
    let first = job.table.head_line as u64 + 1;
    let failed = |console: &mut Console<'_>, error| console.world_errors(&[row_error(Path::new(""), error)]);
    let (mut reader, left) =
        source.rows(0).map_err(|error| console.world_errors(&[read_error(Path::new(""), &error)]))?;
    loop {
        let block = read_block(&mut reader, &left, first).map_err(|error| failed(console, error))?;
        if block.rows.is_empty() {
            let mut problems = Problems::new();
            problems.report(&RowsProblem::NoRow { row });
            return Err(console.findings(&problems, job.sources(), lang));
        }
        if let Some(line) = block.rows.iter().find(|line| line.number == row) {
            let (mut session, mut problems) = (session.clone(), Problems::new());
            let data = job.with_row(line, session.sources_mut(), &mut problems);
            session.set_data(data);
            if problems.has_errors() {
                return Err(console.findings(&problems, session.sources(), lang));
            }
            return super::verbs::explain::explain_all(&session, (targets, situation), console);
        }
    }
}
