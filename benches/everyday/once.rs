//! One hot path done so many times and nothing else: for `benches/counts.sh`, which counts instructions. What it takes to
//! make ready is the same for every number of times, so that two runs tell what one time takes.

use super::hand::{self, Work, w3};
use super::pack::{Pack, Run};
use super::{by_hand, rows};

/// How many rows the table has whose rows are counted.
const ROWS: usize = 4_096;

/// The paths that can be counted, and how often each is done.
pub(crate) const PATHS: [(&str, usize); 11] = [
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

/// Does a path so many times.
pub(crate) fn run(path: &str, times: usize) {
    let (of, what) = path.split_once(' ').unwrap();
    let pack = pack(of);
    if what == "a row of a table" {
        return of_rows(&work(of), &pack, times);
    }
    let run = Run::new(&pack);
    let (mut session, steps) = (pack.session(), run.steps());
    for _ in 0..times {
        let done = match what {
            "load + check" => pack.built(),
            "one evaluation" => run.bare(),
            "with its trace" => run.traced(),
            "JSON in and out" => pack.answer(&mut session).len(),
            "explanations" => run.explained(&steps).0,
            "what-if" => pack.one_what_if(&run),
            _ => 0,
        };
        assert!(done > 0, "there is no path {path}");
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

/// The table is always as long, and so many blocks of it are computed: only they differ.
fn of_rows(work: &Work, pack: &Pack, times: usize) {
    let text = by_hand::table(work, ROWS);
    rows::again(work, pack, &text, times / ROWS);
}

/// What `--once` prints where no path is named: the paths with how often each is done.
pub(crate) fn list() {
    PATHS.iter().for_each(|(path, times)| println!("{times}\t{path}"));
}
