//! Changes every digit of every cited figure of rule packs, one at a time, and prints who notices: the documents, the
//! checker, the tests, or nobody.
//!
//! Usage: cargo run --locked --profile oracle --example cifre -- --dir DIR [--lang da|en] [--each] [--ceiling PER CENT]
//! PATH …
//!
//! DIR holds the documents and their register, PATH is a rule pack or a folder of them. The checker is asked of what the
//! documents do not notice, and the tests of what the checker does not; `--each` asks everybody of everything. It ends
//! with 1 when `--ceiling` per cent or more are noticed by nobody (3, unless it is said), in all packs together.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program that prints a report")]

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};

use klausul::base::{Lang, SourceMap};
use klausul::cli::{Disk, load};
use klausul::diag::Problems;
use klausul::mutants::{Bench, Digit, DigitBench, DigitFate, DigitReport, DigitTally, digits, in_hands};
use klausul::sources::{Documents, documents};
use klausul::world::packs as folders;

struct Options {
    lang: Lang,
    each: bool,
    ceiling: usize,
    dir: PathBuf,
    rules: Vec<PathBuf>,
}

struct Pack {
    name: String,
    bench: Bench,
}

fn main() -> ExitCode {
    match options().and_then(|options| run(&options)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::from(2)
        }
    }
}

fn options() -> Result<Options, String> {
    let (mut lang, mut each, mut ceiling, mut dir, mut rules) = (Lang::Da, false, 3, None, Vec::new());
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        match word.as_str() {
            "--each" => each = true,
            "--dir" => dir = words.next().map(PathBuf::from),
            "--ceiling" => {
                let number = words.next().and_then(|word| word.parse().ok());
                ceiling = number.ok_or("--ceiling: a number?")?;
            }
            "--lang" => {
                lang = match words.next().as_deref() {
                    Some("da") => Lang::Da,
                    Some("en") => Lang::En,
                    _ => return Err("--lang: da or en?".to_owned()),
                };
            }
            _ if word.starts_with('-') => return Err(format!("{word}: no such option")),
            _ => rules.push(PathBuf::from(word)),
        }
    }
    let dir = dir.ok_or("--dir DIR: where do the documents lie?")?;
    match rules.is_empty() {
        true => Err("PATH: which rules?".to_owned()),
        false => Ok(Options { lang, each, ceiling, dir, rules }),
    }
}

/// Prints the report of each pack and of all; tells whether few enough survive.
fn run(options: &Options) -> Result<bool, String> {
    let (mut sources, mut problems) = (SourceMap::new(), Problems::new());
    let documents = documents(&Disk, &options.dir, &mut sources, &mut problems)
        .map_err(|error| format!("{}: {error:?}", options.dir.display()))?;
    let mut packs = Vec::new();
    for path in &options.rules {
        for folder in folders(&Disk, path).map_err(|error| format!("{error:?}"))? {
            packs.push(read(&folder)?);
        }
    }
    let mut all = DigitReport::default();
    let mut lines = Vec::new();
    for pack in &packs {
        let mut fates = changed(pack, &documents, options)?;
        seen_elsewhere(pack, &packs, &mut fates);
        let report = DigitReport::of(&fates, pack.bench.session().sources());
        lines.push(line(&pack.name, &report.tally, options.each));
        all.append(report);
    }
    lines.push(line(options.lang.pick("i alt", "in all"), &all.tally, options.each));
    println!("{}{}\n{}", head(options), lines.concat(), all.survivors_text(options.lang));
    Ok(all.tally.is_below(options.ceiling))
}

fn read(folder: &Path) -> Result<Pack, String> {
    let name = folder.display().to_string();
    let session = load(&Disk, &[folder.to_owned()]).map_err(|errors| format!("{errors:?}"))?;
    let bench = Bench::new(session, Vec::new());
    // What is wrong already hides what a digit does.
    if !bench.is_correct() {
        eprintln!("{name}: the pack has errors, or tests that fail, while it is whole");
    }
    Ok(Pack { name, bench })
}

/// Changes the digits of a pack on every processor there is; what comes of it does not depend on how many there are.
fn changed(pack: &Pack, documents: &Documents, options: &Options) -> Result<Vec<(Digit, DigitFate)>, String> {
    let all = digits(pack.bench.session());
    let (done, whole) = (AtomicUsize::new(0), DigitBench::new(&pack.bench, documents));
    let fates = in_hands(
        &all,
        || whole.clone(),
        |bench, digit| {
            let fate = bench.run(digit, options.each);
            let count = done.fetch_add(1, Ordering::Relaxed) + 1;
            if count.is_multiple_of(200) || count == all.len() {
                eprintln!("{}: {count}/{}", pack.name, all.len());
            }
            fate
        },
    );
    Ok(all.iter().copied().zip(fates.ok_or("a worker stopped")?).collect())
}

/// What nobody in its own pack notices may be noticed by a pack that uses it.
fn seen_elsewhere(pack: &Pack, packs: &[Pack], fates: &mut [(Digit, DigitFate)]) {
    let session = pack.bench.session();
    let unseen = |fate: &DigitFate| !fate.sources && fate.check == Some(false) && fate.tests == Some(false);
    for (digit, fate) in fates.iter_mut().filter(|(_, fate)| unseen(fate)) {
        let name = Path::new(&session.sources().file(digit.file()).name);
        for other in packs.iter().filter(|other| other.name != pack.name) {
            let theirs = other.bench.session();
            let same = |file: &&_| Path::new(&theirs.sources().file(**file).name) == name;
            let Some(file) = theirs.rule_files().iter().find(same) else { continue };
            let noticed = other.bench.notices(*file, &digit.text(session.sources()));
            fate.check = Some(noticed.errors + noticed.warnings + noticed.checks > 0);
            fate.tests = Some(noticed.tests > 0);
            if !unseen(fate) {
                fate.hidden = None;
                break;
            }
        }
    }
}

fn head(options: &Options) -> String {
    let columns = options.lang.pick(
        ["pakke", "tal", "cifre", "dokumentet", "så `check`", "så prøverne", "ingen", "ingen, pct."],
        ["pack", "figures", "digits", "document", "then `check`", "then tests", "nobody", "nobody, per cent"],
    );
    let each = options.lang.pick(["`check` alene", "prøverne alene"], ["`check` alone", "tests alone"]);
    let mut names = columns.to_vec();
    names.extend(options.each.then_some(each).into_iter().flatten());
    format!("| {} |\n|---{}|\n", names.join(" | "), "|--:".repeat(names.len() - 1))
}

fn line(name: &str, tally: &DigitTally, each: bool) -> String {
    let mut numbers =
        vec![tally.figures, tally.digits, tally.sources, tally.check, tally.tests, tally.survivors];
    let hundredths = (tally.survivors * 10_000 + tally.digits / 2).checked_div(tally.digits).unwrap_or(0);
    let share = format!("{},{:02}", hundredths / 100, hundredths % 100);
    let each = each.then_some([tally.check_at_all, tally.tests_at_all]).into_iter().flatten();
    let last: Vec<String> = each.map(|number| number.to_string()).collect();
    let mut cells: Vec<String> = numbers.drain(..).map(|number| number.to_string()).collect();
    cells.push(share);
    cells.extend(last);
    format!("| {name} | {} |\n", cells.join(" | "))
}
