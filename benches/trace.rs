//! What it costs to keep how every result came about: a bare run, one that keeps every step with all it read, one that
//! also says what each result rests on in the documents, and one that writes each explanation out. Run with
//! `cargo bench --bench trace`; docs/performance.md has what it printed.
#![expect(clippy::unwrap_used, reason = "a benchmark has no user whose data could be wrong")]
#![expect(clippy::disallowed_methods, reason = "it reads the packs itself")]

use std::path::{Path, PathBuf};

use divan::{Bencher, black_box};
use klausul::base::Lang;
use klausul::diag::Problems;
use klausul::eval::{Limits, Machine, StepId, Trace};
use klausul::explain::{Depth, Words, citations_of, explain, text};
use klausul::facts::{DataArg, EntityId, Facts, Moment, bind, read_data};
use klausul::model::DefId;
use klausul::plan::{Plan, Valid};
use klausul::session::Session;

fn main() {
    divan::main();
}

/// The packs, each with data for a year. Where a fact is missing, what depends on it is unknown, as it would be for a user.
const PACKS: [&str; 3] = ["sr24", "oea25", "tvaers"];

/// What a pack is asked: every definition, for everybody it is about.
struct Run {
    plan: Valid<Plan>,
    facts: Facts,
    moment: Moment,
    asked: Vec<(DefId, Option<EntityId>)>,
}

#[divan::bench(args = PACKS)]
fn bare(bencher: Bencher<'_, '_>, pack: &str) {
    let run = run_of(pack);
    bencher.bench_local(|| {
        let mut machine = Machine::without_trace(&run.plan, &run.facts, run.moment, Limits::default());
        black_box(all(&mut machine, &run.asked)).len()
    });
}

#[divan::bench(args = PACKS)]
fn traced(bencher: Bencher<'_, '_>, pack: &str) {
    let run = run_of(pack);
    bencher.bench_local(|| black_box(traced_run(&run)).1.len());
}

#[divan::bench(args = PACKS)]
fn with_citations(bencher: Bencher<'_, '_>, pack: &str) {
    let run = run_of(pack);
    bencher.bench_local(|| {
        let (trace, steps) = traced_run(&run);
        let words = words(&run);
        steps.iter().map(|step| citations_of(words, &trace, *step).len()).sum::<usize>()
    });
}

#[divan::bench(args = PACKS)]
fn written_out(bencher: Bencher<'_, '_>, pack: &str) {
    let run = run_of(pack);
    bencher.bench_local(|| {
        let (trace, steps) = traced_run(&run);
        let words = words(&run);
        steps
            .iter()
            .map(|step| text(&explain(words, &trace, *step, Depth::Arithmetic), 100).len())
            .sum::<usize>()
    });
}

fn traced_run(run: &Run) -> (Trace, Vec<StepId>) {
    let mut machine = Machine::new(&run.plan, &run.facts, run.moment, Limits::default());
    let steps = all(&mut machine, &run.asked);
    (machine.into_trace(), steps)
}

fn all(machine: &mut Machine<'_>, asked: &[(DefId, Option<EntityId>)]) -> Vec<StepId> {
    asked.iter().map(|(def, entity)| machine.definition(*def, *entity)).collect()
}

fn words(run: &Run) -> Words<'_> {
    Words { model: &run.plan.model, facts: &run.facts, base: run.moment, lang: Lang::Da }
}

fn run_of(pack: &str) -> Run {
    let (folders, data, year): (&[&str], &[&str], i16) = match pack {
        "oea25" => (&["faelles", "oea20", "oea25"], &["rules/oea25/data/regioner.json"], 2025),
        "sr24" => (&["faelles", "sr24"], &[], 2027),
        _ => (&["faelles", "oea17", "oea20", "oea25", "cn24", "tvaers"], &[], 2025),
    };
    let mut session = Session::new();
    for folder in folders {
        for path in rule_files(&Path::new("rules").join(folder)) {
            session.add_of_module(&path.display().to_string(), &std::fs::read(&path).unwrap(), folder);
        }
    }
    let mut problems = Problems::new();
    for path in data {
        let bytes = std::fs::read(path).unwrap();
        let arg = DataArg { path: PathBuf::from(path), kind: None };
        let data = read_data(&arg, &bytes, &|_| None, session.sources_mut(), &mut problems);
        session.set_data(data);
    }
    let plan = session.check().plan;
    let moment = Moment::Year(year);
    let facts = bind(&plan.model, session.data(), moment, session.sources(), &mut problems);
    assert!(!problems.has_errors(), "{:?}", problems.sorted().first());
    let mut asked = Vec::new();
    for (id, def) in plan.model.defs.iter_enumerated() {
        match plan.model.clauses[def.clause].each.filter(|_| def.per_entity) {
            Some(kind) => asked.extend(facts.of_kind(kind).into_iter().map(|entity| (id, Some(entity)))),
            None => asked.push((id, None)),
        }
    }
    Run { plan, facts, moment, asked }
}

fn rule_files(folder: &Path) -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            let name = path.display().to_string();
            name.ends_with(".klausul") || name.ends_with(".klausul.md")
        })
        .collect();
    all.sort();
    all
}
