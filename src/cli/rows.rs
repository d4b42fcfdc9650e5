//! `eval --rows`: a table of any size, each row computed by itself. What is written grows beside its name and has it only
//! when all rows are done; where it is interrupted, `--resume` goes on from the last place that was noted.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, sync_channel};

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use sha2::{Digest, Sha256};

use super::asking::{question, session};
use super::rows_noted::Noted;
use super::rows_read::{Group, Source, beginning, read_error, row_error, text_of};
use super::rows_told::told;
use super::{Console, Exit, Situation};
use crate::base::{Lang, Limit, Stop, bi};
use crate::batch::{Job, JobAsked, RowsProblem, Tally, job};
use crate::diag::{Code, Diagnostic, Problems};
use crate::facts::DataArg;
use crate::mutants::in_hands;
use crate::session::Session;
use crate::world::{Reason, WorldError, WorldProblem};

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
        let (longest, most) = (console.limits().get(Limit::RowLength), console.limits().get(Limit::Rows));
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
        let reader = source.rows(from, longest).map_err(|e| error(read_error(&self.name, &e)))?;
        std::thread::scope(|scope| {
            let (to, groups): (_, Receiver<csv::Result<Group>>) = sync_channel(1);
            scope.spawn(move || reader.groups((from, line), &to));
            for (at, group) in groups.iter().enumerate() {
                let group = group.map_err(|e| error(row_error(&self.name, longest, e)))?;
                let read: usize = group.blocks.iter().map(|block| block.rows.len()).sum();
                if noted.tally.rows.saturating_add(read as u64) > most {
                    return Err(error(WorldError::new(
                        &self.name,
                        WorldProblem::TooManyRows { limit: most },
                    )));
                }
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

fn write_error(path: &Path, error: &std::io::Error) -> WorldError {
    WorldError::new(path, WorldProblem::Write(Reason::of(error)))
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
    let (name, longest) = (PathBuf::from(job.name()), console.limits().get(Limit::RowLength));
    let failed = |console: &mut Console<'_>, error| console.world_errors(&[row_error(&name, longest, error)]);
    let mut reader =
        source.rows(0, longest).map_err(|error| console.world_errors(&[read_error(&name, &error)]))?;
    loop {
        let block = reader.block(first).map_err(|error| failed(console, error))?;
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
