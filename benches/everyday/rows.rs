//! Rows of a table, each computed by itself: read as text, computed, and written as text.

use std::hint::black_box;

use klausul::base::Lang;
use klausul::batch::{Block, Job, JobAsked, Line, job};
use klausul::facts::Moment;
use rust_decimal::Decimal;

use super::hand::{Work, w3};
use super::pack::Pack;
use super::table::{self, Aim};
use super::{ROWS, by_hand};

/// How many rows are handed to a worker at a time, as in the program.
const BLOCK: usize = 4_096;

/// The line of a piece of work, beside the same by hand.
pub(crate) fn measured(work: &Work, pack: &Pack) {
    let text = by_hand::table(work, ROWS);
    let targets: Vec<String> = work.outputs.iter().map(|(name, ..)| name.clone()).collect();
    let job = made(pack, &text, &targets);
    agrees(work, &text, &job);
    let (mut ours, mut theirs) = (
        || black_box(run(&job, &text, b',')).1,
        || {
            black_box(by_hand::csv(work, &text));
            ROWS
        },
    );
    let name = match targets.len() {
        w3::ASKED => format!("a row of a table, the last {} figures, one core", w3::ASKED),
        results => format!("a row of a table, {results} results, one core"),
    };
    table::beside(&name, &mut ours, ("csv, i64 by hand", &mut theirs), Aim::None);
}

/// The line of a pack, with everything that is computed for each region.
pub(crate) fn of_pack(pack: &Pack, text: &str) {
    let job = made(pack, text, &[]);
    let name = format!("a row of a table, {} results, one core", job.result_names().len());
    table::alone(&name, &mut || black_box(run(&job, text, b';')).1, Aim::None);
}

/// What computes all rows of a table, again and again.
pub(crate) fn again(work: &Work, pack: &Pack, text: String) -> impl FnMut() -> usize + use<> {
    let targets: Vec<String> = work.outputs.iter().map(|(name, ..)| name.clone()).collect();
    let job = made(pack, &text, &targets);
    move || black_box(run(&job, &text, b',')).1
}

fn made(pack: &Pack, text: &str, targets: &[String]) -> Job {
    let asked = JobAsked {
        kind: "region",
        targets,
        moment: Some(Moment::Year(pack.year)),
        name: "rows.csv",
        beginning: text,
        lang: Lang::En,
    };
    match job(&pack.session(), &asked) {
        Ok(job) => job,
        Err(not) => {
            assert!(not.problems.is_empty(), "{:?}", not.problems.sorted().first());
            unreachable!("rows that cannot be computed say why")
        }
    }
}

fn run(job: &Job, text: &str, separator: u8) -> (Vec<u8>, usize) {
    let mut reader = csv::ReaderBuilder::new().delimiter(separator).from_reader(text.as_bytes());
    let (mut worker, mut out, mut number) = (job.worker(), Vec::new(), 0);
    loop {
        let mut block = Block::default();
        let mut cells = csv::ByteRecord::new();
        while block.rows.len() < BLOCK && reader.read_byte_record(&mut cells).unwrap() {
            number += 1;
            block.rows.push(Line { number: number + 1, cells: std::mem::take(&mut cells) });
        }
        if block.rows.is_empty() {
            return (out, number);
        }
        let written = job.run(&mut worker, &block);
        assert!(written.rejects.is_empty(), "{}", String::from_utf8_lossy(&written.rejects));
        out.extend(written.results);
    }
}

/// INVARIANT: both say the same, or the time of something else would be taken.
fn agrees(work: &Work, text: &str, job: &Job) {
    let ours = run(job, text, b',').0;
    let theirs = by_hand::csv(work, text);
    let numbers = |text: &[u8]| -> Vec<Decimal> {
        let text = String::from_utf8_lossy(text);
        text.lines().flat_map(|line| line.split(',').skip(1)).map(|cell| cell.parse().unwrap()).collect()
    };
    assert!(numbers(&ours) == numbers(&theirs), "{} over rows", work.name);
}
