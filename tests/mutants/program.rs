//! Damages the rule packs of this repository in twelve ways and prints who notices: the checker, the tests, or nobody.
//!
//! Usage: cargo run --profile oracle --example mutants -- [--lang da|en] [--most N] [--floor PER CENT] [--json] [--list]
//! [PACK …]
//!
//! `--most` is the most of each way that is tried in a pack, spread evenly over the places; without it all are. With
//! `--floor` it ends with 1 when a smaller share of those that change a result is noticed, in a pack or in all. PACK is
//! a part of a pack's name, or a rule file or folder; without one all packs are taken. `--list` lists every damage and
//! who notices it.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program that prints a report")]

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use klausul::base::Lang;
use klausul::cli::{Disk, load};
use klausul::diag::Problems;
use klausul::facts::{DataArg, Moment, RawData, load_data};
use klausul::mutants::{Bench, Fate, Report, choose, in_hands, mutants};
use klausul::session::Session;
use klausul::world::folder_files;

/// Data files, each with the years that are looked at.
type Data = &'static [(&'static str, &'static [i16])];

/// The packs: a name, where the rules lie, and the data they are evaluated on besides their tests.
const PACKS: &[(&str, &str, Data)] = &[
    (
        "rules/oea25",
        "rules/oea25",
        &[
            ("rules/oea25/data/regioner.json", &[2024, 2025, 2026]),
            ("region=rules/oea25/data/regioner.csv", &[2025]),
            ("rules/oea25/data/en_region.json", &[2024, 2025]),
        ],
    ),
    ("starter/da", "src/cli/starter/da", &[("src/cli/starter/da/data.json", &[2025, 2026])]),
    ("starter/en", "src/cli/starter/en", &[("src/cli/starter/en/data.json", &[2025, 2026])]),
];

/// Every file in these folders is a pack of its own.
const FOLDERS: &[&str] = &["examples/da", "examples/en"];

struct Options {
    lang: Lang,
    most: usize,
    floor: usize,
    json: bool,
    list: bool,
    packs: Vec<String>,
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
    let mut options =
        Options { lang: Lang::Da, most: usize::MAX, floor: 0, json: false, list: false, packs: Vec::new() };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut number =
            || words.next().and_then(|word| word.parse().ok()).ok_or(format!("{word}: a number?"));
        match word.as_str() {
            "--most" => options.most = number()?,
            "--floor" => options.floor = number()?,
            "--json" => options.json = true,
            "--list" => options.list = true,
            "--lang" => {
                options.lang = match words.next().as_deref() {
                    Some("da") => Lang::Da,
                    Some("en") => Lang::En,
                    _ => return Err("--lang: da or en?".to_owned()),
                };
            }
            _ if word.starts_with('-') => return Err(format!("{word}: no such option")),
            _ => options.packs.push(word),
        }
    }
    Ok(options)
}

/// Prints the report of each pack and of all; tells whether the floor is reached.
fn run(options: &Options) -> Result<bool, String> {
    let (mut all, mut reached) = (Report::default(), true);
    for pack in packs(&options.packs)? {
        if !pack.bench.is_correct() {
            return Err(format!("{}: the pack is not correct while it is whole", pack.name));
        }
        let report = damaged(&pack.bench, options)?;
        reached &= shown(&pack.name, &report, options);
        all.append(report);
    }
    let name = options.lang.pick("alle pakker", "all packs");
    Ok(shown(name, &all, options) && reached)
}

fn shown(name: &str, report: &Report, options: &Options) -> bool {
    let lang = options.lang;
    if options.json {
        println!("{}", serde_json::json!({ "pack": name, "report": report.json(lang) }));
    } else {
        println!("## {name}\n\n{}", report.table(lang));
        for survivor in report.survivors() {
            println!(
                "- {}: {} ({})",
                survivor.way.id(),
                survivor.damage.get(lang),
                survivor.result.get(lang)
            );
        }
        println!();
    }
    let reached = report.total().per_mille().is_none_or(|share| share >= options.floor * 10);
    if !reached {
        eprintln!("{name}: less than {} per cent are noticed", options.floor);
    }
    reached
}

/// Runs the damages of a pack on every processor there is; the report does not depend on how many there are.
fn damaged(bench: &Bench, options: &Options) -> Result<Report, String> {
    let all = mutants(bench.session());
    let mut report = Report::default();
    report.note_places(&all);
    let chosen = choose(all, options.most);
    let fates: Vec<Fate> =
        in_hands(&chosen, || (), |(), mutant| bench.run(mutant)).ok_or("a worker stopped")?;
    for (mutant, fate) in chosen.iter().zip(&fates) {
        report.note(bench, mutant, fate);
        if options.list {
            let words = mutant.words(bench.session().sources());
            let (way, words) = (mutant.way.id(), words.get(options.lang));
            println!("{way}: {words}: {:?}, {:?}", fate.class(), fate.change);
        }
    }
    Ok(report)
}

fn packs(wanted: &[String]) -> Result<Vec<Pack>, String> {
    let mut packs: Vec<(String, PathBuf, Data)> =
        PACKS.iter().map(|(name, rules, data)| ((*name).to_owned(), PathBuf::from(rules), *data)).collect();
    for folder in FOLDERS {
        let files = folder_files(&Disk, Path::new(folder)).map_err(|error| format!("{folder}: {error:?}"))?;
        packs.extend(files.into_iter().map(|file| (file.display().to_string(), file, [].as_slice())));
    }
    for name in wanted.iter().filter(|name| Path::new(name.as_str()).exists()) {
        if !packs.iter().any(|(known, ..)| known == name) {
            packs.push((name.clone(), PathBuf::from(name), [].as_slice()));
        }
    }
    let asked = |name: &str| wanted.is_empty() || wanted.iter().any(|part| name.contains(part.as_str()));
    let asked = packs.into_iter().filter(|(name, ..)| asked(name));
    asked.map(|(name, rules, data)| Ok(Pack { bench: bench(&rules, data)?, name })).collect()
}

fn bench(rules: &Path, data: Data) -> Result<Bench, String> {
    let mut session = load(&Disk, &[rules.to_owned()]).map_err(|errors| format!("{errors:?}"))?;
    let mut sets = Vec::new();
    for (file, years) in data {
        let read = read(&mut session, file)?;
        sets.extend(years.iter().map(|year| (read.clone(), Moment::Year(*year))));
    }
    Ok(Bench::new(session, sets))
}

fn read(session: &mut Session, file: &str) -> Result<RawData, String> {
    let rules = session.clone();
    let column = |kind: &str| rules.key_column(kind);
    let mut problems = Problems::new();
    let args = [DataArg::parse(file)];
    let data = load_data(&Disk, &args, &column, session.sources_mut(), &mut problems);
    match (data, problems.has_errors()) {
        (Ok(data), false) => Ok(data),
        (Ok(_), true) => Err(format!("{file}: the data has errors")),
        (Err(errors), _) => Err(format!("{errors:?}")),
    }
}
