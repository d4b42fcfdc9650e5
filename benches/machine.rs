//! The fast machine beside kernels written by hand, in the same run, as ratios: W1 (five rules, four criteria, a table) and
//! W2 (23 rules, five chained roundings, a division). Every result is compared with the hand-written one first. Run with
//! `cargo bench --bench machine`; docs/performance.md has what it printed.
#![expect(clippy::unwrap_used, reason = "a benchmark has no user whose data could be wrong")]
#![expect(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "a benchmark takes the time and reads its rules"
)]
#![expect(
    clippy::print_stdout,
    clippy::float_arithmetic,
    reason = "a benchmark prints ratios of what it measured"
)]

#[allow(dead_code, reason = "another benchmark uses more of it")]
mod hand;

use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use klausul::eval::{Limits, requirements};
use klausul::facts::{Facts, Moment};
use klausul::machine::{
    Asked, Columns, Compiled, One, ROWS_AT_ONCE, Range, Ranges, Reg, Target, Val, Width, compile,
};
use klausul::model::{FactId, Model};
use klausul::session::Session;

const ROWS: usize = 1_000_000;
const ROUNDS: usize = 9;

fn main() {
    println!("{:<34}{:>12}{:>14}{:>10}", "", "ns a row", "by hand", "ratio");
    for work in [hand::w1(ROWS), hand::w2(ROWS)] {
        measure(&work);
    }
}

fn measure(work: &hand::Work) {
    let ready = Ready::new(work);
    ready.agrees(work);
    let bare = ready.one(work, false);
    let decimals = rounds(|| (work.decimal)(4_096));
    tell(work.name, "one row, rust_decimal by hand", bare, decimals);
    let traced = ready.one(work, true);
    tell(work.name, "one row with its trace, to bare", traced, bare);
    let columns = ready.columns(work);
    let by_hand = rounds(|| (work.columns)());
    tell(work.name, "columns, i64 by hand", columns, by_hand);
}

fn tell(name: &str, what: &str, ours: f64, theirs: f64) {
    println!("{name} {what:<31}{ours:>12.1}{theirs:>14.1}{:>10.2}", ours / theirs);
}

/// The least time of several rounds for a row, in nanoseconds; what is run says how many rows it ran.
fn rounds(mut run: impl FnMut() -> usize) -> f64 {
    let mut least = f64::INFINITY;
    for _ in 0..ROUNDS {
        let begun = Instant::now();
        let rows = run();
        let taken = begun.elapsed().as_secs_f64() * 1e9 / rows as f64;
        least = least.min(taken);
    }
    least
}

struct Ready {
    /// The columns of the work in the order of the inputs of the code.
    order: Vec<usize>,
    compiled: Compiled,
    ranges: Vec<Range>,
    wanted: Vec<Reg>,
}

impl Ready {
    fn new(work: &hand::Work) -> Ready {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/rules").join(work.rules);
        let mut session = Session::new();
        session.add_rules(work.rules, &std::fs::read(path).unwrap()).unwrap();
        let plan = session.check().plan;
        let model: &Model = &plan.model;
        let facts = Facts::new(model);
        let moment = Moment::Year(2025);
        let judged = requirements(&plan, &facts, moment, Limits::default());
        let decimals = |fact: FactId, _| {
            let column = work.inputs.iter().find(|(name, ..)| *name == model.facts[fact].name);
            column.map(|(_, decimals, _)| *decimals)
        };
        let asked = Asked {
            plan: &plan,
            facts: &facts,
            refused: &judged.refused,
            moment,
            kind: model.find_kind("region").unwrap(),
            given: &decimals,
        };
        let def = |name: &str| model.defs.ids().find(|def| model.defs[*def].name == name).unwrap();
        let targets: Vec<Target> = work.outputs.iter().map(|(name, ..)| Target::Def(def(name))).collect();
        let compiled = compile(&asked, &targets);
        let order: Vec<usize> =
            compiled.inputs.iter().map(|input| work.input(&model.facts[input.fact].name)).collect();
        let ranges = order.iter().map(|at| {
            let column = &work.inputs[*at].2;
            let (low, high) = (column.iter().min().unwrap(), column.iter().max().unwrap());
            Range { low: i128::from(*low), high: i128::from(*high) }
        });
        let ranges: Vec<Range> = ranges.collect();
        assert_eq!(Ranges::of(&compiled.code, &ranges).width, Width::Word, "64 bits were not proved enough");
        let wanted = compiled.made.iter().map(|made| match made.known.as_ref().unwrap().val {
            Val::Number(number) => number.over,
            Val::Truth(reg) | Val::Text(reg) | Val::Date(reg) => reg,
        });
        let wanted = wanted.collect();
        Ready { order, compiled, ranges, wanted }
    }

    /// INVARIANT: what is measured is right, or the time of something else would be taken.
    fn agrees(&self, work: &hand::Work) {
        let mut one = One::<i64>::new(&self.compiled, &self.ranges).unwrap();
        let mut columns = Columns::<i64>::new(&self.compiled).unwrap();
        let mut row = vec![0; work.inputs.len()];
        let right = work.results();
        for at in 0..ROWS {
            if at % ROWS_AT_ONCE == 0 {
                let rows = ROWS_AT_ONCE.min(ROWS - at);
                let inputs = self.inputs(work, at, rows);
                columns.run(&inputs, rows);
            }
            self.row(work, at, &mut row);
            assert!(one.run(&row), "row {at} was given up");
            let inputs: Vec<&[i64]> = Vec::new();
            for (output, reg) in self.wanted.iter().enumerate() {
                let right = right[output][at] * work.outputs[output].1;
                assert_eq!(one.get(*reg), i128::from(right), "{} row {at} output {output}", work.name);
                let column = columns.get(*reg, at % ROWS_AT_ONCE, &inputs);
                assert_eq!(column, right, "{} column row {at} output {output}", work.name);
            }
        }
        println!("{}: {} instructions a row", work.name, self.compiled.len());
    }

    fn inputs<'w>(&self, work: &'w hand::Work, at: usize, rows: usize) -> Vec<&'w [i64]> {
        self.order.iter().map(|column| &work.inputs[*column].2[at..at + rows]).collect()
    }

    fn row(&self, work: &hand::Work, at: usize, to: &mut [i64]) {
        to.iter_mut().zip(&self.order).for_each(|(to, column)| *to = work.inputs[*column].2[at]);
    }

    fn one(&self, work: &hand::Work, traced: bool) -> f64 {
        let mut one = One::<i64>::new(&self.compiled, &self.ranges).unwrap();
        let rows: Vec<Vec<i64>> = (0..4_096)
            .map(|at| {
                let mut row = vec![0; work.inputs.len()];
                self.row(work, at, &mut row);
                row
            })
            .collect();
        let mut trace = vec![0; one.registers().len()];
        rounds(|| {
            for row in &rows {
                assert!(one.run(black_box(row)));
                if traced {
                    trace.copy_from_slice(one.registers());
                    black_box(&trace);
                }
                black_box(one.registers()[0]);
            }
            rows.len()
        })
    }

    fn columns(&self, work: &hand::Work) -> f64 {
        let mut columns = Columns::<i64>::new(&self.compiled).unwrap();
        let mut out = vec![vec![0_i64; ROWS]; self.wanted.len()];
        let mut marks = Vec::new();
        rounds(|| {
            for at in (0..ROWS).step_by(ROWS_AT_ONCE) {
                let rows = ROWS_AT_ONCE.min(ROWS - at);
                let inputs = self.inputs(work, at, rows);
                columns.run(&inputs, rows);
                columns.given_up(&inputs, &mut marks);
                for (to, reg) in out.iter_mut().zip(&self.wanted) {
                    if let Some(column) = columns.column(*reg) {
                        to[at..at + rows].copy_from_slice(column);
                    }
                }
            }
            black_box(&out);
            ROWS
        })
    }
}
