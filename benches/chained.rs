//! A sitting of an analyst: 200 what-ifs and questions in one conversation on a shipped pack, each laid on those before it.
//! Run with `cargo bench --bench chained`; it prints how long the lines took, the slowest of each hundred among them.
#![expect(clippy::unwrap_used, reason = "a benchmark has no user whose data could be wrong")]
#![expect(clippy::disallowed_methods, reason = "it reads the pack itself")]
#![expect(clippy::disallowed_types, reason = "it looks at the clock")]
#![expect(clippy::print_stdout, reason = "what it prints is what it is for")]

use std::path::Path;
use std::time::{Duration, Instant};

use klausul::base::Lang;
use klausul::cli::{Disk, load};
use klausul::diag::Problems;
use klausul::facts::{DataArg, RawData, read_data};
use klausul::render::Look;
use klausul::repl::Repl;

/// How many lines are typed.
const LINES: usize = 200;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut session = load(&Disk, &[root.join("rules/oea25")]).unwrap();
    let path = root.join("rules/oea25/data/regioner.json");
    let (bytes, mut problems) = (std::fs::read(&path).unwrap(), Problems::new());
    let arg = DataArg::parse(&path.display().to_string());
    let data = read_data(&arg, &bytes, &|_| None, session.sources_mut(), &mut problems);
    session.set_data(RawData::join(vec![data], &mut problems));
    let mut repl = Repl::new(session, Look::new(Lang::Da), None, Vec::new());
    let mut took: Vec<Duration> = (0..LINES)
        .map(|at| {
            let line = typed(at);
            let start = Instant::now();
            let reply = repl.line(&line);
            let took = start.elapsed();
            assert!(reply.ok, "{line}: {}", reply.findings);
            took
        })
        .collect();
    took.sort_unstable();
    let at = |part: usize| took[(LINES * part / 100).min(LINES - 1)].as_micros();
    println!(
        "{LINES} lines: half under {} µs, 95 of 100 under {} µs, the slowest {} µs",
        at(50),
        at(95),
        at(100)
    );
}

/// A sitting: a rate, a fact, an amount, a reading, a question, round and round.
fn typed(at: usize) -> String {
    match at % 5 {
        0 => format!("nærhedsfinansiering.andel_bevaret[2] = {} pct.", 50 + at % 40),
        1 => format!("region[\"Sjælland\"].lægetal = {} læger", 2_500 + at),
        2 => format!("nærhedsfinansiering.pulje = 1.{} mio. kr.", 700 + at),
        3 if at.is_multiple_of(2) => "læsning trin = tredjedele".to_owned(),
        3 => "læsning trin = som_skrevet".to_owned(),
        _ => "nærhedsfinansiering.bevaret".to_owned(),
    }
}
