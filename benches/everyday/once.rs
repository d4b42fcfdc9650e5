//! The hot paths by name: done so many times and nothing else, for `benches/counts.sh`, which counts instructions, or timed,
//! for `benches/peers.sh`. What it takes to make ready is the same for every number of times, so that two runs tell what one
//! time takes.

use super::hand::{self, Work, w3};
use super::pack::{Pack, Run};
use super::{by_hand, rows, table};

/// How many rows the table has whose rows are counted.
const ROWS: usize = 4_096;

/// The paths whose instructions are counted, and how often each is done.
const COUNTED: [(&str, usize); 11] = [
    ("W1 load + check", 10),
    ("W2 load + check", 10),
    ("en/sr24 load + check", 1),
    ("W2 one evaluation", 20),
    ("oea25 one evaluation", 2),
    ("oea25 with its trace", 2),
    ("W2 JSON in and out", 10),
    ("W2 explanations", 1),
    ("W2 what-if", 5),
    ("W2 a row of a table", ROWS),
    ("W3 a row of a table", ROWS),
];

/// The paths that others do as well.
const TIMED: [&str; 10] = [
    "W1 load + check",
    "W1 one evaluation",
    "W1 JSON in and out",
    "W2 load + check",
    "W2 one evaluation",
    "W2 JSON in and out",
    "W3 load + check",
    "W3 one evaluation",
    "W3 with its trace",
    "W3 JSON in and out",
];

/// Does a path so many times.
pub(crate) fn run(path: &str, times: usize) {
    let mut done = 0;
    let mut way = ready(path);
    while done < times {
        done += way();
    }
}

/// Prints the paths that are counted, with how often each is done.
pub(crate) fn list() {
    COUNTED.iter().for_each(|(path, times)| println!("{times}\t{path}"));
}

/// Prints how many nanoseconds each path takes that others do as well.
pub(crate) fn times() {
    for path in TIMED {
        println!("{:.1}\t{path}", table::taken([&mut *ready(path)])[0].median);
    }
}

/// Makes a path ready; each call says how often it was done.
fn ready(path: &str) -> Box<dyn FnMut() -> usize> {
    let (of, what) = path.split_once(' ').unwrap();
    let pack = pack(of);
    if what == "a row of a table" {
        let work = work(of);
        return Box::new(rows::again(&work, &pack, by_hand::table(&work, ROWS)));
    }
    let run = Run::new(&pack);
    let (mut session, steps) = (pack.session(), run.steps());
    match what {
        "load + check" => Box::new(move || pack.built()),
        "one evaluation" => Box::new(move || run.bare()),
        "with its trace" => Box::new(move || run.traced()),
        "JSON in and out" => Box::new(move || pack.answer(&mut session).len().min(1)),
        "explanations" => Box::new(move || run.explained(&steps).0.min(1)),
        "what-if" => Box::new(move || pack.one_what_if(&run)),
        _ => unreachable!("there is no path {path}"),
    }
}

fn work(name: &str) -> Work {
    match name {
        "W1" => hand::w1(ROWS),
        "W2" => hand::w2(ROWS),
        _ => w3::w3(super::FIGURES[0], ROWS),
    }
}

fn pack(name: &str) -> Pack {
    if name.starts_with('W') {
        let work = work(name);
        return Pack::of_work(&work, &super::rules(work.rules));
    }
    Pack::shipped().into_iter().find(|pack| pack.name == name).unwrap()
}
