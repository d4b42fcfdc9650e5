//! What people and programs do every day, for W1, W2, W3 and every shipped pack, held against programs written by hand in the same
//! run: a cold start, reading and checking rules, an evaluation, its trace, JSON in and out, explanations, what-ifs, rows of a
//! table. Run with `cargo bench --bench everyday`, or with `-- --long` for 10,000,000 rows and a chain of 100,000 figures;
//! docs/performance.md has what it printed.
#![expect(clippy::unwrap_used, reason = "a benchmark has no user whose data could be wrong")]
#![expect(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "a benchmark takes the time, reads its rules and starts programs"
)]
#![expect(
    clippy::print_stdout,
    clippy::float_arithmetic,
    reason = "a benchmark prints ratios of what it measured"
)]

mod by_hand;
mod deep;
#[path = "../hand/mod.rs"]
#[allow(dead_code, reason = "another benchmark uses more of it")]
mod hand;
mod once;
mod pack;
mod rows;
mod start;
mod table;

use std::cell::RefCell;
use std::path::{Path, PathBuf};

use hand::{Work, w3};
use klausul::session::Session;
use pack::{Pack, Run};
use table::Aim;

/// How many figures the larger W3 has, and how many the other.
const FIGURES: [usize; 2] = [1_000, 10_000];
/// How many rows of a table are computed.
const ROWS: usize = 20_000;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(at) = arguments.iter().position(|argument| argument == "--once") {
        return match &arguments[at + 1..] {
            [path, times, ..] => once::run(path, times.parse().unwrap()),
            _ => once::list(),
        };
    }
    if arguments.iter().any(|argument| argument == "--times") {
        return once::times();
    }
    let long = arguments.iter().any(|argument| argument == "--long");
    let folder = tempfile::tempdir().unwrap();
    w3_is_as_written();
    println!("{}", machine());
    table::head();
    start::cold(folder.path());
    for (work, aim) in [(hand::w1(ROWS), 3e3), (hand::w2(ROWS), 6e3)] {
        of_work(&work, &rules(work.rules), Aim::Nanos(aim));
    }
    of_work(&w3::w3(FIGURES[0], ROWS), &rules("w3.klausul"), Aim::None);
    growth(folder.path());
    for pack in Pack::shipped() {
        of_pack(&pack);
    }
    deep::chains(folder.path(), if long { &[900, 10_000, 100_000] } else { &[900, 3_000] });
    start::memory(folder.path(), &hand::w2(300_000), if long { 10_000_000 } else { 300_000 });
}

fn rules(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/rules").join(name)
}

/// The file of W3 is what the kernel by hand computes: written anew where it is asked for, else compared.
fn w3_is_as_written() {
    let (path, text) = (rules("w3.klausul"), w3::rules(FIGURES[0]));
    if std::env::args().any(|arg| arg == "--write-w3") {
        std::fs::write(&path, &text).unwrap();
    }
    assert!(
        std::fs::read_to_string(&path).unwrap() == text,
        "w3.klausul is not what is measured: --write-w3"
    );
}

/// The processor, as it names itself, and how many of it there are.
fn machine() -> String {
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info.lines().find_map(|line| line.strip_prefix("model name")?.split(": ").nth(1));
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!(
        "{}, {cores} cores; medians of nine rounds (of three where one takes more than 0.3 s), ratios of the least",
        model.unwrap_or("an unnamed processor")
    )
}

/// The lines of a piece of work that is also written by hand.
fn of_work(work: &Work, path: &Path, json: Aim) {
    let pack = Pack::of_work(work, path);
    table::part(&format!("{}, one region", work.name));
    let run = Run::new(&pack);
    pack.checked();
    let mut by_hand = || (work.decimal)(64);
    evaluated(&run, Some(&mut by_hand));
    by_hand::agrees(work, &pack);
    let (mut ours, mut theirs) = (pack.json_in_and_out(), || by_hand::json(work, &pack.data));
    table::beside("JSON in and out", &mut ours, ("serde_json, rust_decimal by hand", &mut theirs), json);
    explained(&run);
    pack.what_if(&run);
    rows::measured(work, &pack);
}

fn of_pack(pack: &Pack) {
    table::part(&format!("{}, {} ({})", pack.name, pack.year, pack.data_name()));
    let run = Run::new(pack);
    pack.checked();
    evaluated(&run, None);
    table::alone("JSON in and out", &mut pack.json_in_and_out(), Aim::None);
    explained(&run);
    pack.what_if(&run);
    if let Some(table) = pack.rows() {
        rows::of_pack(pack, &table);
    }
}

fn evaluated(run: &Run, by_hand: Option<table::Way<'_>>) {
    let name = format!("one evaluation by the reference ({} results)", run.asked.len());
    match by_hand {
        Some(by_hand) => {
            table::beside(&name, &mut || run.bare(), ("rust_decimal by hand", by_hand), Aim::None)
        }
        None => table::alone(&name, &mut || run.bare(), Aim::None),
    };
    let (mut traced, mut bare) = (|| run.traced(), || run.bare());
    table::beside("… with its trace", &mut traced, ("without", &mut bare), Aim::Times(2.0));
}

fn explained(run: &Run) {
    let steps = run.steps();
    let (lines, texts) = run.explained(&steps);
    let name =
        format!("explanation as text, a result ({:.1} lines each)", lines as f64 / texts.max(1) as f64);
    let [one] = table::taken([&mut || run.explained(&steps).1]);
    table::line(&name, one, None, Aim::None);
    table::line("… a line of it", one.times(texts as f64 / lines.max(1) as f64), None, Aim::Nanos(100.0));
}

/// Something that is done with rules that are ready.
type OfReady = dyn Fn(&(Pack, Run, RefCell<Session>)) -> usize;

/// W3 with ten times as many figures: everything should take ten times as long, and may take fifteen.
fn growth(folder: &Path) {
    let [few, many] = FIGURES.map(|figures| {
        let path = folder.join(format!("w3_{figures}.klausul"));
        std::fs::write(&path, w3::rules(figures)).unwrap();
        let pack = Pack::of_work(&w3::w3(figures, 64), &path);
        let (run, session) = (Run::new(&pack), RefCell::new(pack.session()));
        (pack, run, session)
    });
    table::part("W3, 10,000 figures against 1,000");
    let ways: [(&str, &OfReady, f64); 6] = [
        ("reading and parsing", &|(pack, ..)| pack.loaded().files().len(), 15.0),
        ("load + check", &|(pack, ..)| pack.built(), 15.0),
        ("one evaluation by the reference", &|(_, run, _)| run.bare(), 20.0),
        ("… with its trace", &|(_, run, _)| run.traced(), 15.0),
        ("JSON in and out", &|(pack, _, session)| pack.answer(&mut session.borrow_mut()).len().min(1), 15.0),
        ("what-if, and everything asked anew", &|(pack, run, _)| pack.one_what_if(run).min(1), 15.0),
    ];
    for (name, way, most) in ways {
        let [ours, theirs] = table::taken([&mut || way(&many), &mut || way(&few)]);
        table::line(name, ours, Some(("1,000 figures", theirs)), Aim::Times(most));
    }
}
