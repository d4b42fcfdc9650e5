//! W3: so many figures that depend on each other, a third of them rounded sums, a third chosen by a comparison, a third from a
//! table of five rows. It is drawn at random, the same in every run, and written both as rules and as the nodes that a
//! program by hand walks through.

use std::fmt::Write as _;

use rust_decimal::Decimal;

use super::{Numbers, Work, by, decimals, to_cents};

/// How many facts there are.
const FACTS: usize = 20;
/// How many figures at the end are asked for where there are many rows.
pub(crate) const ASKED: usize = 10;

/// One figure; those it reads are numbered, facts first. Amounts are in øre.
enum Node {
    Sum { read: [usize; 3], factor: i64, more: i64 },
    Choice { read: [usize; 4] },
    Table { by: usize, tops: [i64; 4], values: [i64; 5] },
}

fn nodes(count: usize) -> Vec<Node> {
    let mut numbers = Numbers(20_250_303);
    let mut all = Vec::with_capacity(count);
    for at in 0..count {
        let most = i64::try_from(FACTS + at).unwrap();
        let mut read = || usize::try_from(numbers.next(0, most)).unwrap();
        let four = [read(), read(), read(), read()];
        all.push(match at % 3 {
            0 => Node::Sum {
                read: [four[0], four[1], four[2]],
                factor: numbers.next(20, 70),
                more: numbers.next(-500, 500),
            },
            1 => Node::Choice { read: four },
            _ => {
                let mut tops = [0; 4];
                let mut values = [0; 5];
                // A bound of its own for each row: no two are the same.
                for (row, top) in tops.iter_mut().enumerate() {
                    let from = -50_000 + 25_000 * i64::try_from(row).unwrap();
                    *top = numbers.next(from, from + 24_000);
                }
                values.iter_mut().for_each(|value| *value = numbers.next(-20_000, 20_000));
                Node::Table { by: four[0], tops, values }
            }
        });
    }
    all
}

fn name(read: usize) -> String {
    match read.checked_sub(FACTS) {
        None => format!("x{read}"),
        Some(figure) => format!("v{figure}"),
    }
}

/// An amount in øre as the language writes it.
fn kr(cents: i64) -> String {
    let (sign, whole, rest) = (if cents < 0 { "−" } else { "" }, cents.abs() / 100, cents.abs() % 100);
    format!("{sign}{whole}.{rest:02} kr.")
}

/// The rules with so many figures.
pub(crate) fn rules(count: usize) -> String {
    let mut text = String::from(
        "agreement W3 \"Figures that depend on each other (made up for measuring)\"\n  period 2025\n\n\
         source W3 \"Made up for measuring\"\n\neach region, regions has\n",
    );
    for fact in 0..FACTS {
        writeln!(text, "  x{fact} : kr.").unwrap();
    }
    text.push_str("\nclause figures for each region\n  basis W3 \"All\"\n");
    for (at, node) in nodes(count).iter().enumerate() {
        match node {
            Node::Sum { read: [a, b, c], factor, more } => {
                let sign = if *more < 0 { '−' } else { '+' };
                let (a, b, c, more) = (name(*a), name(*b), name(*c), kr(more.abs()));
                writeln!(text, "  v{at} = ({a} + {b} − {c}) × 0.{factor} {sign} {more}, rounded to 0.01 kr.")
            }
            Node::Choice { read: [a, b, c, d] } => {
                let (a, b, c, d) = (name(*a), name(*b), name(*c), name(*d));
                writeln!(text, "  v{at} = if {a} > {b} then {c} else {d}")
            }
            Node::Table { by, tops, values } => {
                let first = format!("at most {}", kr(tops[0]));
                let middle =
                    tops.windows(2).map(|two| format!("over {} and at most {}", kr(two[0]), kr(two[1])));
                let last = format!("over {}", kr(tops[3]));
                let rows = std::iter::once(first).chain(middle).chain([last]);
                let rows: Vec<String> =
                    rows.zip(values).map(|(row, value)| format!("    {row} | {}", kr(*value))).collect();
                writeln!(text, "  table v{at} by {}\n{}", name(*by), rows.join("\n"))
            }
        }
        .unwrap();
    }
    text
}

/// The figures that those asked for need, in order.
fn needed(nodes: &[Node], asked: &[usize]) -> Vec<usize> {
    let mut is_needed = vec![false; nodes.len()];
    asked.iter().for_each(|at| is_needed[*at] = true);
    for at in (0..nodes.len()).rev().filter(|at| asked.last() >= Some(at)) {
        if is_needed[at] {
            let read: &[usize] = match &nodes[at] {
                Node::Sum { read, .. } => read,
                Node::Choice { read } => read,
                Node::Table { by, .. } => std::slice::from_ref(by),
            };
            read.iter().filter_map(|read| read.checked_sub(FACTS)).for_each(|read| is_needed[read] = true);
        }
    }
    (0..nodes.len()).filter(|at| is_needed[*at]).collect()
}

/// Computes some figures in øre; `all` holds the facts first.
fn run(nodes: &[Node], needed: &[usize], all: &mut [i64]) {
    for at in needed {
        all[FACTS + at] = match &nodes[*at] {
            Node::Sum { read: [a, b, c], factor, more } => {
                by::<100>((all[*a] + all[*b] - all[*c]) * factor + more * 100)
            }
            Node::Choice { read: [a, b, c, d] } => all[if all[*a] > all[*b] { *c } else { *d }],
            Node::Table { by, tops, values } => values[tops.iter().filter(|top| all[*by] > **top).count()],
        };
    }
}

fn run_decimal(nodes: &[Node], facts: &[Decimal]) -> Vec<Decimal> {
    let mut all = facts.to_vec();
    for node in nodes {
        let value = match node {
            Node::Sum { read: [a, b, c], factor, more } => {
                to_cents((all[*a] + all[*b] - all[*c]) * Decimal::new(*factor, 2) + Decimal::new(*more, 2))
            }
            Node::Choice { read: [a, b, c, d] } => all[if all[*a] > all[*b] { *c } else { *d }],
            Node::Table { by, tops, values } => {
                let row = tops.iter().filter(|top| all[*by] > Decimal::new(**top, 2)).count();
                Decimal::new(values[row], 2)
            }
        };
        all.push(value);
    }
    all.split_off(FACTS)
}

/// The work: all figures of one row, or the last few of many.
pub(crate) fn w3(figures: usize, rows: usize) -> Work {
    const NAMES: [&str; FACTS] = [
        "x0", "x1", "x2", "x3", "x4", "x5", "x6", "x7", "x8", "x9", "x10", "x11", "x12", "x13", "x14", "x15",
        "x16", "x17", "x18", "x19",
    ];
    let mut numbers = Numbers(20_250_304);
    let inputs: Vec<(&'static str, u32, Vec<i64>)> =
        NAMES.map(|name| (name, 2, numbers.column(rows, -30_000, 30_000))).into();
    let written = decimals(&inputs, rows.min(64));
    let (for_columns, for_decimals, for_one) = (nodes(figures), nodes(figures), nodes(figures));
    let asked: Vec<usize> = (figures - ASKED..figures).collect();
    let needed = needed(&for_columns, &asked);
    let kernel = move |columns: &[Vec<i64>], out: &mut [Vec<i64>]| {
        let mut all = vec![0; FACTS + for_columns.len()];
        for row in 0..columns[0].len() {
            all.iter_mut().zip(columns).for_each(|(to, column)| *to = column[row]);
            run(&for_columns, &needed, &mut all);
            out.iter_mut().zip(&asked).for_each(|(to, at)| to[row] = all[FACTS + at]);
        }
    };
    let columns: Vec<Vec<i64>> = inputs.iter().map(|(_, _, column)| column.clone()).collect();
    let mut results = vec![vec![0; rows]; ASKED];
    kernel(&columns, &mut results);
    let decimal = move |count: usize| {
        let done = written.iter().take(count);
        done.map(|row| std::hint::black_box(run_decimal(&for_decimals, row)).len().min(1)).sum()
    };
    Work {
        name: "W3",
        rules: "w3.klausul",
        inputs,
        outputs: (figures - ASKED..figures).map(|at| (format!("v{at}"), 1, 2)).collect(),
        decimal: Box::new(decimal),
        columns: Box::new(|| 0),
        one: Box::new(move |row| run_decimal(&for_one, row)),
        kernel: Box::new(kernel),
        results,
    }
}
