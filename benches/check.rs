//! How long `check` takes on a generated module: parsing, names, types, analyses and the text's own sums, from 1,000 to
//! 100,000 lines. Run with `cargo bench --bench check`; docs/performance.md has what it printed.
#![expect(clippy::unwrap_used, reason = "a benchmark has no user whose data could be wrong")]

use std::fmt::Write;

use divan::Bencher;
use divan::counter::ItemsCount;
use klausul::base::Lang;
use klausul::session::{Session, TestReport};

fn main() {
    divan::main();
}

#[divan::bench(args = [1_000, 10_000, 30_000, 100_000], sample_count = 5, sample_size = 1)]
fn check(bencher: Bencher<'_, '_>, lines: usize) {
    let files = module(lines);
    let count: usize = files.iter().map(|text| text.lines().count()).sum();
    bencher.counter(ItemsCount::new(count)).bench(|| {
        let session = session(&files);
        let (mut problems, proofs) = session.examined();
        let checks = session.checks(&mut problems);
        // INVARIANT: the module is right, or the time of something else would be taken.
        assert!(problems.is_empty(), "{:?}", problems.sorted().first());
        (proofs, checks)
    });
}

#[divan::bench(args = [1_000, 10_000, 30_000, 100_000], sample_count = 5, sample_size = 1)]
fn parse(bencher: Bencher<'_, '_>, lines: usize) {
    let files = module(lines);
    let count: usize = files.iter().map(|text| text.lines().count()).sum();
    bencher.counter(ItemsCount::new(count)).bench(|| session(&files));
}

/// The same module with tests beside it: what each adds.
#[divan::bench(args = [0, 100, 1_000], sample_count = 5, sample_size = 1)]
fn check_with_tests(bencher: Bencher<'_, '_>, tests: usize) {
    let files = with_tests(10_000, tests);
    bencher.counter(ItemsCount::new(tests)).bench(|| {
        let session = session(&files);
        let (problems, _) = session.examined();
        assert!(problems.is_empty(), "{:?}", problems.sorted().first());
    });
}

/// What `klausul test` runs: every test, with what it comes to.
#[divan::bench(args = [100, 1_000], sample_count = 5, sample_size = 1)]
fn run_tests(bencher: Bencher<'_, '_>, tests: usize) {
    let session = session(&with_tests(10_000, tests));
    bencher.counter(ItemsCount::new(tests)).bench(|| {
        let reports = session.run_tests(Lang::Da);
        assert!(reports.len() == tests && reports.iter().all(TestReport::passed));
    });
}

/// A module of at least so many lines, and a file of tests of its clauses, spread evenly.
fn with_tests(lines: usize, tests: usize) -> Vec<String> {
    let mut files = module(lines);
    let clauses = lines / clause(0).lines().count();
    files.push((0..tests).map(|number| test(number * clauses / tests)).collect());
    files
}

/// A test of a clause: what is granted when both conditions are met.
fn test(index: usize) -> String {
    let granted = 100 + index % 37;
    format!(
        r#"prøve "ordning {index} giver hele puljen"
  år 2025
  ordning_{index}.ansøgere_{index} = 60
  ordning_{index}.andel_{index} = 95 pct.
  forvent
    ordning_{index}.drift = {granted},5 mio. kr.

"#
    )
}

fn session(files: &[String]) -> Session {
    let mut session = Session::new();
    for (index, text) in files.iter().enumerate() {
        session.add_rules(&format!("modul_{index}.klausul"), text.as_bytes()).unwrap();
    }
    session
}

/// A module with invented figures of at least so many lines, in files of about 4,000.
fn module(lines: usize) -> Vec<String> {
    let mut files = vec![HEAD.to_owned()];
    let (mut written, mut index) = (0, 0);
    while written < lines {
        let clause = clause(index);
        index += 1;
        written += clause.lines().count();
        match files.last_mut() {
            Some(text) if text.lines().count() < 4_000 => text.push_str(&clause),
            _ => files.push(clause),
        }
    }
    files
}

const HEAD: &str =
    "aftale A \"Opdigtet\"\n  periode 2025-2026\n  prisniveau 25-pl\n\nkilde A \"Opdigtet\"\n\n";

/// A clause with conditions, a grant, a table, an exception, a sum that is checked, and a link to the clause before it.
fn clause(index: usize) -> String {
    let before = match index.checked_sub(1) {
        Some(before) => format!("ordning_{before}.udbetaling"),
        None => "0 kr.".to_owned(),
    };
    let (first, least, share, rate) = (100 + index % 37, 10 + index % 50, index % 90, index % 50);
    let mut text = String::new();
    write!(
        text,
        r#"klausul ordning_{index} "Ordning nummer {index} (opdigtet)"
  hjemmel A bilag 1, boks {index}
  givet ansøgere_{index} : hele tal, 0 – 500
  givet andel_{index} : pct., 0 – 100 pct.
  pulje i 2025 = {first},5 mio. kr.
  pulje i 2026 = {first},7 mio. kr.
  betingelse mange = ansøgere_{index} ≥ {least}
  betingelse høj = andel_{index} > {share} pct.
  tilskud drift = pulje betinget af mange; høj
  tabel sats efter ansøgere_{index}
    0 – 9   | 0 pct.
    10 – 99 | {rate} pct.
    100+    | 75 pct.
  undtagelse lille "De små"
    når ansøgere_{index} < 3
    sats = 5 pct.
  udbetaling = sats af drift, afrundet til 1 kr.
  i_alt      = udbetaling + {before}
  kontrol "Puljen over begge år" pulje i 2025 + pulje i 2026 = 2 × {first},6 mio. kr.

"#
    )
    .unwrap();
    text
}
