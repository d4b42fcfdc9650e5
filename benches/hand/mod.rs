//! W1 and W2 written by hand: in `rust_decimal`, a row at a time, and in `i64`, over columns. Nothing is checked and nothing
//! explained, so this is what can be reached at all.

pub(crate) mod w3;

use std::hint::black_box;

use rust_decimal::{Decimal, RoundingStrategy};

/// What computes one row.
type OfRow = dyn Fn(&[Decimal]) -> Vec<Decimal>;
/// What computes some rows of columns into others.
type OfColumns = dyn Fn(&[Vec<i64>], &mut [Vec<i64>]);

/// A piece of work: its inputs, what it should come to, and how long it takes by hand.
pub(crate) struct Work {
    pub(crate) name: &'static str,
    pub(crate) rules: &'static str,
    /// Names, decimals and values.
    pub(crate) inputs: Vec<(&'static str, u32, Vec<i64>)>,
    /// Names, by what a hand-written result is multiplied to have the decimals of its register, and how many decimals a
    /// hand-written one has.
    pub(crate) outputs: Vec<(String, i64, u32)>,
    /// Computes so many rows in `rust_decimal`.
    pub(crate) decimal: Box<dyn Fn(usize) -> usize>,
    /// Computes all rows over columns.
    pub(crate) columns: Box<dyn Fn() -> usize>,
    /// Computes one row in `rust_decimal`.
    pub(crate) one: Box<OfRow>,
    /// Computes some rows of columns in `i64`.
    pub(crate) kernel: Box<OfColumns>,
    results: Vec<Vec<i64>>,
}

impl Work {
    pub(crate) fn input(&self, name: &str) -> usize {
        self.inputs.iter().position(|(own, ..)| *own == name).unwrap()
    }
    pub(crate) fn results(&self) -> &[Vec<i64>] {
        &self.results
    }
}

fn one(name: &str, decimals: u32) -> (String, i64, u32) {
    (name.to_owned(), 1, decimals)
}

/// A small generator of numbers that look random (xorshift): the same in every run.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, low: i64, high: i64) -> i64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        low + i64::try_from(self.0 % u64::try_from(high - low).unwrap()).unwrap()
    }
    fn column(&mut self, rows: usize, low: i64, high: i64) -> Vec<i64> {
        (0..rows).map(|_| self.next(low, high)).collect()
    }
    /// A column near another, equal to it in half of the rows.
    fn near(&mut self, other: &[i64], by: i64, least: i64) -> Vec<i64> {
        other.iter().map(|v| (v + self.next(-by, by) * self.next(0, 2)).max(least)).collect()
    }
}

/// By a constant, half away from zero.
#[inline(always)]
fn by<const D: i64>(x: i64) -> i64 {
    (if x < 0 { x - D / 2 } else { x + D / 2 }) / D
}

#[inline(always)]
fn divided(x: i64, under: i64) -> i64 {
    (if x < 0 { x - under / 2 } else { x + under / 2 }) / under
}

fn to_cents(x: Decimal) -> Decimal {
    x.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
}

fn decimals(inputs: &[(&'static str, u32, Vec<i64>)], rows: usize) -> Vec<Vec<Decimal>> {
    (0..rows)
        .map(|at| inputs.iter().map(|(_, scale, column)| Decimal::new(column[at], *scale)).collect())
        .collect()
}

const POOL: i64 = 172_390_000_000;
const KEPT: [i64; 5] = [0, 56_888_700_000, 115_501_300_000, POOL, POOL];

fn w1_columns(c: &[Vec<i64>], o: &mut [Vec<i64>]) {
    let [n1, b1, n2, b2, n3, b3, n4, b4, share] = c else { return };
    let [met, amount, backpay] = o else { return };
    for i in 0..n1.len() {
        let count = i64::from(n1[i] < b1[i])
            + i64::from(n2[i] < b2[i])
            + i64::from(n3[i] < b3[i])
            + i64::from(n4[i] > b4[i]);
        let own = by::<1_000_000>(KEPT[count as usize] * share[i]);
        met[i] = count;
        amount[i] = own;
        backpay[i] = by::<1_000_000>(POOL * share[i]) - own;
    }
}

#[inline(never)]
fn w1_decimal(v: &[Decimal], parts: &[Decimal; 5], pool: Decimal) -> (u8, Decimal, Decimal) {
    let met = u8::from(v[0] < v[1]) + u8::from(v[2] < v[3]) + u8::from(v[4] < v[5]) + u8::from(v[6] > v[7]);
    let amount = to_cents(parts[usize::from(met)] * pool * v[8]);
    (met, amount, to_cents(pool * v[8]) - amount)
}

pub(crate) fn w1(rows: usize) -> Work {
    let mut numbers = Numbers(20_250_101);
    let mut inputs = Vec::new();
    for (now, base) in
        [("c1_now", "c1_base"), ("c2_now", "c2_base"), ("c3_now", "c3_base"), ("c4_now", "c4_base")]
    {
        let bases = numbers.column(rows, 1_000, 999_999);
        let nows = numbers.near(&bases, 5_000, 1);
        inputs.push((now, 2, nows));
        inputs.push((base, 2, bases));
    }
    inputs.push(("share", 6, numbers.column(rows, 50_000, 400_000)));
    let columns: Vec<Vec<i64>> = inputs.iter().map(|(_, _, column)| column.clone()).collect();
    let mut results = vec![vec![0; rows]; 3];
    w1_columns(&columns, &mut results);
    let written = decimals(&inputs, 4_096);
    let parts = [0, 33, 67, 100, 100].map(|part| Decimal::new(part, 2));
    let decimal = move |count: usize| {
        for row in written.iter().take(count) {
            black_box(w1_decimal(black_box(row), &parts, Decimal::new(1_723_900_000, 0)));
        }
        count
    };
    let columns = over(columns, 3, w1_columns);
    Work {
        name: "W1",
        rules: "w1.klausul",
        inputs,
        outputs: vec![one("met", 0), one("amount", 2), one("backpay", 2)],
        decimal: Box::new(decimal),
        columns: Box::new(columns),
        one: Box::new(move |row| {
            let (met, amount, backpay) = w1_decimal(row, &parts, Decimal::new(1_723_900_000, 0));
            vec![Decimal::from(met), amount, backpay]
        }),
        kernel: Box::new(w1_columns),
        results,
    }
}

/// Runs a kernel over all rows, into columns that are there already.
fn over(
    columns: Vec<Vec<i64>>,
    outputs: usize,
    kernel: fn(&[Vec<i64>], &mut [Vec<i64>]),
) -> impl Fn() -> usize {
    let rows = columns[0].len();
    let out = std::cell::RefCell::new(vec![vec![0; rows]; outputs]);
    move || {
        kernel(black_box(&columns), &mut out.borrow_mut());
        black_box(&out);
        rows
    }
}

fn w2_columns(c: &[Vec<i64>], o: &mut [Vec<i64>]) {
    let [people, pool_key, block_key, budget, budget_top, constr, constr_top] = c else { return };
    let [seats, i5, mean, growth, pool, withheld, overrun, net, each] = o else { return };
    for i in 0..people.len() {
        let own_seats = 1 + i64::from(people[i] >= 80_000) + i64::from(people[i] > 300_000);
        let start = 12_600 * people[i];
        let a = by::<1_000>(start * 1_023);
        let b = by::<1_000>(a * 1_019);
        let c = by::<1_000>(b * 1_025);
        let d = by::<1_000>(c * 1_031);
        let e = by::<1_000>(d * 1_035);
        let own_pool = by::<1_000_000>(42_530_000_000 * pool_key[i]);
        let of_budget =
            if budget[i] <= budget_top[i] { 0 } else { by::<1_000_000>(100_000_000_000 * block_key[i]) };
        let of_constr =
            if constr[i] <= constr_top[i] { 0 } else { by::<1_000_000>(50_000_000_000 * block_key[i]) };
        let gross = e + own_pool + 1_500_000 * own_seats;
        let own_withheld = (of_budget + of_constr).min(gross);
        seats[i] = own_seats;
        i5[i] = e;
        mean[i] = by::<5>(a + b + c + d + e);
        growth[i] = e - start;
        pool[i] = own_pool;
        withheld[i] = own_withheld;
        overrun[i] = (budget[i] - budget_top[i]).max(0) + (constr[i] - constr_top[i]).max(0);
        net[i] = gross - own_withheld;
        each[i] = divided(net[i], people[i]);
    }
}

struct W2Constants {
    per_head: Decimal,
    raises: [Decimal; 5],
    pool: Decimal,
    budget: Decimal,
    constr: Decimal,
    seat: Decimal,
    bounds: [Decimal; 2],
}

#[inline(never)]
fn w2_decimal(v: &[Decimal], k: &W2Constants) -> [Decimal; 9] {
    let people = v[0];
    let seats = if people < k.bounds[0] {
        Decimal::ONE
    } else if people <= k.bounds[1] {
        Decimal::TWO
    } else {
        Decimal::from(3)
    };
    let start = k.per_head * people;
    let a = to_cents(start * k.raises[0]);
    let b = to_cents(a * k.raises[1]);
    let c = to_cents(b * k.raises[2]);
    let d = to_cents(c * k.raises[3]);
    let e = to_cents(d * k.raises[4]);
    let mean = to_cents((a + b + c + d + e) / Decimal::from(5));
    let pool = to_cents(k.pool * v[1]);
    let of_budget = if v[3] <= v[4] { Decimal::ZERO } else { to_cents(k.budget * v[2]) };
    let of_constr = if v[5] <= v[6] { Decimal::ZERO } else { to_cents(k.constr * v[2]) };
    let overrun = (v[3] - v[4]).max(Decimal::ZERO) + (v[5] - v[6]).max(Decimal::ZERO);
    let gross = e + pool + k.seat * seats;
    let withheld = (of_budget + of_constr).min(gross);
    let net = gross - withheld;
    [seats, e, mean, e - start, pool, withheld, overrun, net, to_cents(net / people)]
}

pub(crate) fn w2(rows: usize) -> Work {
    let mut numbers = Numbers(20_250_202);
    let edges = [79_999, 80_000, 80_001, 299_999, 300_000, 300_001];
    let people = (0..rows).map(|_| match numbers.next(0, 50) {
        0 => edges[usize::try_from(numbers.next(0, 6)).unwrap()],
        _ => numbers.next(1_500, 700_000),
    });
    let people: Vec<i64> = people.collect();
    let (pool_key, block_key) = (numbers.column(rows, 0, 100_000), numbers.column(rows, 0, 100_000));
    let budget = numbers.column(rows, 1_000_000_000, 900_000_000_000);
    let budget_top = numbers.near(&budget, 50_000, 0);
    let constr = numbers.column(rows, 100_000_000, 20_000_000_000);
    let constr_top = numbers.near(&constr, 50_000, 0);
    let inputs = vec![
        ("inhabitants", 0, people),
        ("pool_key", 6, pool_key),
        ("block_key", 6, block_key),
        ("budget", 2, budget),
        ("budget_ceiling", 2, budget_top),
        ("constr", 2, constr),
        ("constr_ceiling", 2, constr_top),
    ];
    let columns: Vec<Vec<i64>> = inputs.iter().map(|(_, _, column)| column.clone()).collect();
    let mut results = vec![vec![0; rows]; 9];
    w2_columns(&columns, &mut results);
    let written = decimals(&inputs, 4_096);
    let constants = std::rc::Rc::new(W2Constants {
        per_head: Decimal::from(126),
        raises: [1_023, 1_019, 1_025, 1_031, 1_035].map(|raise| Decimal::new(raise, 3)),
        pool: Decimal::from(425_300_000),
        budget: Decimal::from(1_000_000_000),
        constr: Decimal::from(500_000_000),
        seat: Decimal::from(15_000),
        bounds: [Decimal::from(80_000), Decimal::from(300_000)],
    });
    let for_one = std::rc::Rc::clone(&constants);
    let decimal = move |count: usize| {
        for row in written.iter().take(count) {
            black_box(w2_decimal(black_box(row), &constants));
        }
        count
    };
    let columns = over(columns, 9, w2_columns);
    let outputs = vec![
        one("seats", 0),
        one("i5", 2),
        one("mean", 2),
        one("growth", 2),
        one("pool", 2),
        one("withheld", 2),
        one("overrun", 2),
        one("net", 2),
        one("per_inhabitant", 2),
    ];
    Work {
        name: "W2",
        rules: "w2.klausul",
        inputs,
        outputs,
        decimal: Box::new(decimal),
        columns: Box::new(columns),
        one: Box::new(move |row| w2_decimal(row, &for_one).to_vec()),
        kernel: Box::new(w2_columns),
        results,
    }
}
