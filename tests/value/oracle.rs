//! The arithmetic against Python's fractions: `tests/data/gen_numbers.py` wrote the operations and their results.

use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

use klausul::value::{Number, RoundMode};

use super::number;

const OPERATIONS: &str = include_str!("../data/numbers.txt");

/// Compares a result with what it must be: the value, its form and its hash.
fn check(found: &Number, expected: &str, line: &str) {
    let hash = BuildHasherDefault::<DefaultHasher>::default();
    assert_eq!(found.to_exact(), expected, "in `{line}`");
    let expected = number(expected);
    assert_eq!(found, &expected, "in `{line}`");
    assert_eq!(hash.hash_one(found), hash.hash_one(expected), "in `{line}`");
}

fn check_pair(line: &str, operands: [&str; 2], results: [&str; 5]) -> usize {
    let [a, b] = operands.map(number);
    let [sum, difference, product, quotient, order] = results;
    check(&a.add(&b), sum, line);
    check(&a.sub(&b), difference, line);
    check(&a.mul(&b), product, line);
    match a.div(&b) {
        Some(found) => check(&found, quotient, line),
        None => assert_eq!(quotient, "!", "in `{line}`"),
    }
    let found = match a.cmp(&b) {
        std::cmp::Ordering::Less => "<",
        std::cmp::Ordering::Equal => "=",
        std::cmp::Ordering::Greater => ">",
    };
    assert_eq!(found, order, "in `{line}`");
    results.len()
}

fn check_rounding(line: &str, operands: [&str; 2], results: [&str; 5]) -> usize {
    let modes =
        [RoundMode::Nearest, RoundMode::Up, RoundMode::Down, RoundMode::TowardsZero, RoundMode::HalfEven];
    let [a, step] = operands.map(number);
    for (mode, expected) in modes.into_iter().zip(results) {
        check(&a.round(&step, mode).unwrap(), expected, line);
    }
    results.len()
}

fn check_chain(line: &str, start: &str, steps: &[&str], result: &str) -> usize {
    let mut value = number(start);
    let pairs = steps.chunks_exact(2);
    assert!(pairs.remainder().is_empty(), "in `{line}`");
    for pair in pairs {
        let by = number(pair[1]);
        value = match pair[0] {
            "+" => value.add(&by),
            "-" => value.sub(&by),
            "*" => value.mul(&by),
            "/" => value.div(&by).unwrap(),
            other => panic!("unknown operator `{other}` in `{line}`"),
        };
    }
    check(&value, result, line);
    steps.len() / 2
}

fn check_line(line: &str) -> usize {
    let fields: Vec<&str> = line.split(' ').collect();
    match *fields.as_slice() {
        ["p", a, b, s, d, p, q, o] => check_pair(line, [a, b], [s, d, p, q, o]),
        ["r", a, step, n, u, d, z, e] => check_rounding(line, [a, step], [n, u, d, z, e]),
        ["c", start, ref steps @ .., result] => check_chain(line, start, steps, result),
        _ => panic!("unknown line `{line}`"),
    }
}

#[test]
fn a_hundred_thousand_operations_agree_with_fractions() {
    let operations: usize = OPERATIONS.lines().map(check_line).sum();
    assert!(operations >= 100_000, "only {operations} operations");
}
