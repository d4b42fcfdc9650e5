//! One table of lines: what was measured, what it is held against in the same run, the aim, and whether it was reached.

use std::time::Instant;

/// How many rounds a measurement takes: odd, for their median.
const ROUNDS: usize = 9;
/// How many where one round takes long.
const ROUNDS_IF_LONG: usize = 3;
/// What is long, in nanoseconds.
const LONG: f64 = 3e8;
/// How long a round lasts at the least, in nanoseconds.
const ROUND: f64 = 4e6;

/// What a measurement should come to.
#[derive(Clone, Copy)]
pub(crate) enum Aim {
    /// Nothing was set.
    None,
    /// At most so many times what it is held against.
    Times(f64),
    /// At most so many nanoseconds.
    Nanos(f64),
}

/// How long something took over all rounds, in nanoseconds.
#[derive(Clone, Copy)]
pub(crate) struct Taken {
    pub(crate) median: f64,
    /// What other work on the machine disturbs least: ratios are of this.
    pub(crate) least: f64,
}

impl Taken {
    pub(crate) fn of(mut all: Vec<f64>) -> Taken {
        all.sort_by(f64::total_cmp);
        Taken { median: all[all.len() / 2], least: all[0] }
    }
    pub(crate) fn times(self, factor: f64) -> Taken {
        Taken { median: self.median * factor, least: self.least * factor }
    }
}

/// A way of doing something, which can be done again and again; it says how many things it did.
pub(crate) type Way<'a> = &'a mut dyn FnMut() -> usize;

/// Prints the first line of the table.
pub(crate) fn head() {
    println!(
        "{:<52}{:>10}  {:<31}{:>10}{:>8}{:>10}  reached",
        "", "median", "held against", "median", "ratio", "aim"
    );
}

/// Prints what a part of the table is about.
pub(crate) fn part(title: &str) {
    println!("\n{title}");
}

/// A line for what has nothing to be held against.
pub(crate) fn alone(name: &str, way: Way<'_>, aim: Aim) {
    let [ours] = taken([way]);
    line(name, ours, None, aim);
}

/// A line for two ways measured turn by turn, so that what else the machine does meets both.
pub(crate) fn beside(name: &str, way: Way<'_>, (other, theirs): (&str, Way<'_>), aim: Aim) {
    let [ours, theirs] = taken([way, theirs]);
    line(name, ours, Some((other, theirs)), aim);
}

/// Prints a line of what was measured elsewhere.
pub(crate) fn line(name: &str, ours: Taken, theirs: Option<(&str, Taken)>, aim: Aim) {
    let (other, their, ratio) = match theirs {
        None => ("", String::new(), String::new()),
        Some((other, theirs)) => (other, time(theirs.median), format!("{:.2}", ours.least / theirs.least)),
    };
    let (aim, reached) = match (aim, theirs) {
        (Aim::Times(most), Some((_, theirs))) => {
            (format!("{most}×"), verdict(ours.least / theirs.least, most))
        }
        (Aim::Nanos(most), _) => (time(most), verdict(ours.least, most)),
        (Aim::None | Aim::Times(_), _) => (String::new(), String::new()),
    };
    println!("  {name:<50}{:>10}  {other:<31}{their:>10}{ratio:>8}{aim:>10}  {reached}", time(ours.median));
}

/// Tells whether an aim was reached, and by how much it was missed.
pub(crate) fn verdict(ours: f64, most: f64) -> String {
    if ours <= most { "yes".to_owned() } else { format!("no: {:.2} times the aim", ours / most) }
}

/// How long ways take, measured turn by turn, in nanoseconds for one thing.
pub(crate) fn taken<const N: usize>(mut ways: [Way<'_>; N]) -> [Taken; N] {
    let (mut counts, mut rounds) = ([1; N], ROUNDS);
    for (way, count) in ways.iter_mut().zip(&mut counts) {
        // The first run fills caches, the second says how often one round has to do it.
        round(&mut **way, 1);
        let begun = Instant::now();
        way();
        let taken = begun.elapsed().as_secs_f64() * 1e9;
        *count = (ROUND / taken).ceil().clamp(1.0, 1e6) as usize;
        if taken > LONG {
            rounds = ROUNDS_IF_LONG;
        }
    }
    let mut taken = [const { Vec::new() }; N];
    for _ in 0..rounds {
        for at in 0..N {
            let one = round(&mut *ways[at], counts[at]);
            taken[at].push(one);
        }
    }
    taken.map(Taken::of)
}

fn round(way: &mut dyn FnMut() -> usize, count: usize) -> f64 {
    let begun = Instant::now();
    let done: usize = (0..count).map(|_| way()).sum();
    begun.elapsed().as_secs_f64() * 1e9 / done.max(1) as f64
}

/// A time in the unit that suits it.
pub(crate) fn time(nanos: f64) -> String {
    match nanos {
        n if n < 1e3 => format!("{n:.1} ns"),
        n if n < 1e6 => format!("{:.2} µs", n / 1e3),
        n if n < 1e9 => format!("{:.2} ms", n / 1e6),
        n => format!("{:.2} s", n / 1e9),
    }
}
