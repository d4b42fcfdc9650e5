//! The program as it is started: how long that takes, and how much memory it needs.

use std::io::Read as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use klausul::session::Session;

use super::by_hand;
use super::hand::Work;
use super::pack::Pack;
use super::table::{self, Aim, Taken};

pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_klausul");
/// How often each program is started.
const STARTS: usize = 41;

const ONE: &str = "agreement A \"Made up for measuring\"\n  period 2025\n\nsource A \"Made up\"\n\n\
                   clause grant\n  basis A \"All\"\n  pool = 1,723.9 million kr.\n  \
                   kept = 67 per cent of pool, rounded to 0.01 kr.\n";

/// The lines of a cold start: a file of one clause against a program that does nothing, and each pack.
pub(crate) fn cold(folder: &Path) {
    table::part("Cold start, from the start of the program to its end");
    let (source, empty) = (folder.join("empty.rs"), folder.join("empty"));
    std::fs::write(&source, "fn main() {}\n").unwrap();
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let built = Command::new(rustc).args(["-O", "-o"]).arg(&empty).arg(&source).status().unwrap();
    assert!(built.success(), "the empty program was not built");
    let one = folder.join("one.klausul");
    std::fs::write(&one, ONE).unwrap();
    let [ours, theirs] = by_turns([&mut || start(PROGRAM, &eval(&one)), &mut || start(&empty, &[])]);
    // What pest takes of it is no fault of the start; the first parse of a process costs more than those after it.
    let parse = Taken::of((0..STARTS).map(|_| parsed()).collect());
    let aim = Aim::Nanos(5.0 * theirs.least + parse.least);
    table::line("eval, a file of one clause", ours, Some(("an empty Rust program", theirs)), aim);
    table::line("… of that, parsing, measured alone", parse, None, Aim::None);
    for pack in Pack::shipped() {
        let path = Path::new("rules").join(&pack.name);
        let mut asked = eval(&path);
        asked.extend(["--year".to_owned(), pack.year.to_string()]);
        let taken = Taken::of((0..9).map(|_| start(PROGRAM, &asked)).collect());
        table::line(
            &format!("eval, everything in {}", pack.name),
            taken,
            Some(("an empty Rust program", theirs)),
            Aim::None,
        );
    }
}

fn eval(path: &Path) -> Vec<String> {
    vec!["eval".to_owned(), path.display().to_string()]
}

fn parsed() -> f64 {
    let begun = Instant::now();
    Session::new().add_rules("one.klausul", ONE.as_bytes()).unwrap();
    begun.elapsed().as_secs_f64() * 1e9
}

fn start(program: impl AsRef<std::ffi::OsStr>, arguments: &[String]) -> f64 {
    let begun = Instant::now();
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().unwrap();
    begun.elapsed().as_secs_f64() * 1e9
}

fn by_turns(mut ways: [&mut dyn FnMut() -> f64; 2]) -> [Taken; 2] {
    let mut taken = [Vec::new(), Vec::new()];
    for _ in 0..STARTS {
        for (way, taken) in ways.iter_mut().zip(&mut taken) {
            taken.push(way());
        }
    }
    taken.map(Taken::of)
}

/// The lines of a run over many rows in files: its most memory, and how long a row took.
pub(crate) fn memory(folder: &Path, work: &Work, rows: usize) {
    table::part(&format!("{}, {rows} rows from a file into a file, on all cores", work.name));
    let (input, output) = (folder.join("rows.csv"), folder.join("out.csv"));
    let mut file = std::io::BufWriter::new(std::fs::File::create(&input).unwrap());
    by_hand::write_table(work, rows, &mut file);
    drop(file);
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/rules").join(work.rules);
    let mut command = Command::new(PROGRAM);
    command.arg("eval").arg(rules).arg("net").arg(format!("--rows=region={}", input.display()));
    let run = watched(command.arg("-o").arg(&output));
    assert!(run.ended == Some(0), "the run over the rows failed: {}", run.said);
    table::line("a row, read and written", Taken::of(vec![run.nanos / rows as f64]), None, Aim::None);
    let most = run.kilobytes as f64 / 1e3;
    println!("  {:<50}{most:>7.1} MB{:>61} MB  {}", "most memory", 64, table::verdict(most, 64.0));
}

/// A program that has run.
pub(crate) struct Watched {
    pub(crate) nanos: f64,
    /// The most memory it had.
    pub(crate) kilobytes: u64,
    /// What it said of faults.
    pub(crate) said: String,
    /// Its exit code, where it ended by itself.
    pub(crate) ended: Option<i32>,
}

/// Runs a program and looks at its memory until it ends.
pub(crate) fn watched(command: &mut Command) -> Watched {
    let begun = Instant::now();
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let mut errors = child.stderr.take().unwrap();
    let reader = std::thread::spawn(move || {
        let mut said = String::new();
        errors.read_to_string(&mut said).map(|_| said).unwrap_or_default()
    });
    // The mark of the most memory only rises: what is read shortly before the end is what it came to.
    let status = format!("/proc/{}/status", child.id());
    let mut kilobytes = 0;
    let ended = loop {
        if let Some(ended) = child.try_wait().unwrap() {
            break ended;
        }
        kilobytes = kilobytes.max(peak(&std::fs::read_to_string(&status).unwrap_or_default()));
        std::thread::sleep(Duration::from_millis(1));
    };
    let nanos = begun.elapsed().as_secs_f64() * 1e9;
    Watched { nanos, kilobytes, said: reader.join().unwrap(), ended: ended.code() }
}

/// In kilobytes.
fn peak(status: &str) -> u64 {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
}
