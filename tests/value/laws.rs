use std::collections::BTreeSet;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

use klausul::value::{Number, RoundMode};
use proptest::prelude::*;

use super::number;

const MODES: [RoundMode; 5] =
    [RoundMode::Nearest, RoundMode::Up, RoundMode::Down, RoundMode::TowardsZero, RoundMode::HalfEven];

fn hash(value: &Number) -> u64 {
    BuildHasherDefault::<DefaultHasher>::default().hash_one(value)
}

/// Numbers of all sizes: money, long decimals at the edge of what a decimal holds, fractions, huge ones.
fn numbers() -> impl Strategy<Value = Number> {
    let decimal = |(digits, decimals): (String, u32)| Number::from_digits(&digits, decimals).unwrap();
    let money = ("-?[0-9]{1,12}", 0u32..=4).prop_map(decimal);
    let long = ("-?[0-9]{20,32}", 0u32..=30).prop_map(decimal);
    let part = (any::<i32>(), 1i64..5_000);
    let fraction = part.prop_map(|(a, b)| Number::from_i64(a.into()).div(&Number::from_i64(b)).unwrap());
    let huge = ("-?[1-9][0-9]{0,80}", 0u32..=60).prop_map(decimal);
    prop_oneof![4 => money, 2 => long, 3 => fraction, 1 => huge]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn sums_and_products_can_be_rearranged(a in numbers(), b in numbers(), c in numbers()) {
        prop_assert_eq!(a.add(&b), b.add(&a));
        prop_assert_eq!(a.mul(&b), b.mul(&a));
        prop_assert_eq!(a.add(&b).add(&c), a.add(&b.add(&c)));
        prop_assert_eq!(a.mul(&b).mul(&c), a.mul(&b.mul(&c)));
        prop_assert_eq!(a.mul(&b.add(&c)), a.mul(&b).add(&a.mul(&c)));
        prop_assert_eq!(a.sub(&b).add(&b), a);
    }

    #[test]
    fn dividing_can_be_undone(a in numbers(), b in numbers()) {
        match a.div(&b) {
            Some(quotient) => prop_assert_eq!(quotient.mul(&b), a),
            None => prop_assert!(b.is_zero()),
        }
    }

    #[test]
    fn equal_values_hash_equal(a in numbers(), b in numbers()) {
        let around = a.add(&b).sub(&b);
        prop_assert_eq!(hash(&around), hash(&a));
        prop_assert_eq!(around.to_exact(), a.to_exact());
        prop_assert_eq!(a == b, a.to_exact() == b.to_exact());
    }

    #[test]
    fn order_is_that_of_the_difference(a in numbers(), b in numbers()) {
        let difference = a.sub(&b);
        prop_assert_eq!(a < b, difference.is_negative());
        prop_assert_eq!(a == b, difference.is_zero());
        prop_assert_eq!(a > b, b < a);
        prop_assert_eq!(a.cmp(&b), b.cmp(&a).reverse());
    }

    #[test]
    fn order_is_total(a in numbers(), b in numbers(), c in numbers()) {
        let sorted: Vec<_> = BTreeSet::from([a, b, c]).into_iter().collect();
        prop_assert!(sorted.windows(2).all(|pair| pair[0] < pair[1]));
        prop_assert!(sorted.first() <= sorted.last());
    }

    #[test]
    fn rounding_gives_a_near_multiple(a in numbers(), step in numbers()) {
        prop_assume!(!step.is_zero());
        let half = step.abs().div(&Number::from_i64(2)).unwrap();
        for mode in MODES {
            let rounded = a.round(&step, mode).unwrap();
            prop_assert!(rounded.div(&step).unwrap().is_integer());
            let moved = rounded.sub(&a);
            prop_assert!(moved.abs() < step.abs());
            prop_assert_eq!(&rounded.round(&step, mode).unwrap(), &rounded);
            prop_assert_eq!(&a.round(&step.neg(), mode).unwrap(), &rounded);
            match mode {
                RoundMode::Nearest | RoundMode::HalfEven => prop_assert!(moved.abs() <= half),
                RoundMode::Up => prop_assert!(!moved.is_negative()),
                RoundMode::Down => prop_assert!(!moved.neg().is_negative()),
                RoundMode::TowardsZero => prop_assert!(rounded.abs() <= a.abs()),
            }
        }
    }

    #[test]
    fn nearest_is_the_same_on_both_sides_of_zero(a in numbers(), step in numbers()) {
        prop_assume!(!step.is_zero());
        let mirrored = a.neg().round(&step, RoundMode::Nearest).unwrap().neg();
        prop_assert_eq!(a.round(&step, RoundMode::Nearest).unwrap(), mirrored);
    }

    #[test]
    fn exact_text_reads_back(a in numbers()) {
        let text = a.to_exact();
        let back = Number::from_exact(&text).unwrap();
        prop_assert_eq!(&back, &a);
        prop_assert_eq!(hash(&back), hash(&a));
        prop_assert_eq!(a.decimals().is_none(), text.contains('/'));
        prop_assert_eq!(a.decimals().unwrap_or(0) as usize, text.split_once('.').map_or(0, |(_, d)| d.len()));
    }

    #[test]
    fn powers_multiply(a in numbers(), n in -6i32..=6, m in -6i32..=6) {
        prop_assume!(!a.is_zero());
        let product = a.powi(n).unwrap().mul(&a.powi(m).unwrap());
        prop_assert_eq!(product, a.powi(n + m).unwrap());
    }

    #[test]
    fn any_text_is_a_number_or_not(text in "\\PC*", near in "-?[0-9./-]{0,40}") {
        for text in [text, near] {
            if let Some(value) = Number::from_exact(&text) {
                prop_assert_eq!(Number::from_exact(&value.to_exact()), Some(value));
            }
        }
    }
}

#[test]
fn a_third_three_times_is_whole() {
    let third = Number::one().div(&number("3")).unwrap();
    assert_eq!(third.mul(&number("3")), Number::one());
    let amount = number("1723900000");
    assert_eq!(amount.mul(&third).mul(&number("3")), amount);
    assert_eq!(third.to_exact(), "1/3");
    assert_eq!(third.decimals(), None);
}

#[test]
fn what_rust_decimal_would_round_is_exact() {
    let largest = "79228162514264337593543950335";
    assert_eq!(number(largest).add(&number("0.4")).to_exact(), format!("{largest}.4"));
    assert_eq!(number(largest).add(&number("1")).to_exact(), "79228162514264337593543950336");
    let tiny = number("0.000000000000001");
    assert_eq!(tiny.mul(&tiny).to_exact(), "0.000000000000000000000000000001");
    let sum = number("100000000000000000000").add(&number("0.00000000000000000001"));
    assert_eq!(sum.to_exact(), "100000000000000000000.00000000000000000001");
    assert_eq!(number("1.99999999999999999999999999999").to_exact(), "1.99999999999999999999999999999");
}

#[test]
fn eight_years_of_four_decimal_rates_are_exact() {
    let rate = number("1.0275");
    let amount = (0..8).fold(number("1234567890.12"), |amount, _| amount.mul(&rate));
    assert_eq!(amount.decimals(), Some(32));
    let back = (0..8).fold(amount.clone(), |amount, _| amount.div(&rate).unwrap());
    assert_eq!(back, number("1234567890.12"));
    assert_eq!(amount, number("1234567890.12").mul(&rate.powi(8).unwrap()));
}

#[test]
fn there_is_one_zero() {
    for text in ["0", "-0", "0.00", "-0.000", "0/7", "-0/7"] {
        let zero = number(text);
        assert!(zero.is_zero() && !zero.is_negative() && zero.is_integer());
        assert_eq!((zero.to_exact().as_str(), hash(&zero)), ("0", hash(&Number::zero())));
    }
    assert!(!number("5").sub(&number("5")).is_negative());
    assert!(!number("-0.4").round(&Number::one(), RoundMode::Up).unwrap().is_negative());
    assert!(!number("0").mul(&number("-3")).is_negative());
    assert!(!Number::zero().neg().is_negative());
}

#[test]
fn whole_numbers_come_out_as_such() {
    assert_eq!(number("-9223372036854775808").to_i64(), Some(i64::MIN));
    assert_eq!(number("9223372036854775808").to_i64(), None);
    assert_eq!(number("6/3").to_i64(), Some(2));
    assert_eq!(number("0.5").to_i64(), None);
    assert_eq!(number("1/3").to_i64(), None);
    assert_eq!(number("-1/3").floor().to_i64(), Some(-1));
    assert_eq!(number("-2.5").floor(), number("-3"));
    assert!(Number::pow10(40).is_integer());
}

#[test]
fn powers_of_ten() {
    assert_eq!(Number::pow10(0), Number::one());
    assert_eq!(Number::pow10(9).to_i64(), Some(1_000_000_000));
    assert_eq!(Number::pow10(-2), number("0.01"));
    assert_eq!(Number::pow10(-40).mul(&Number::pow10(40)), Number::one());
    assert_eq!(Number::zero().powi(-1), None);
    assert_eq!(Number::zero().powi(0), Some(Number::one()));
}

#[test]
fn there_is_no_dividing_or_rounding_by_zero() {
    assert_eq!(Number::one().div(&Number::zero()), None);
    assert_eq!(number("1/3").div(&Number::zero()), None);
    assert_eq!(Number::one().round(&Number::zero(), RoundMode::Nearest), None);
}

#[test]
fn only_digits_are_digits() {
    for text in ["", "-", "1_000", "+5", "1.5", "١٢", " 1", "--1"] {
        assert_eq!(Number::from_digits(text, 0), None, "{text}");
    }
    for text in
        ["", "-", ".", "1.", ".5", "1/0", "1/", "/2", "1/-2", "1/2/3", "1.5/2", "1e3", "+1", "1_0", "−1"]
    {
        assert_eq!(Number::from_exact(text), None, "{text}");
    }
    assert_eq!(Number::from_digits("-5", 2), Some(number("-0.05")));
    assert_eq!(Number::from_digits("5", 40).unwrap().decimals(), Some(40));
}

#[test]
fn very_large_numbers_are_compared_and_hashed_without_deep_recursion() {
    // Neighbouring Fibonacci numbers, here the 32,768th and the next, make the longest continued fractions.
    let (mut a, mut b) = (Number::one(), Number::one());
    for _ in 0..15 {
        let even = a.mul(&b.add(&b).sub(&a));
        (a, b) = (even, a.mul(&a).add(&b.mul(&b)));
    }
    let ratio = b.div(&a).unwrap();
    assert_eq!(hash(&ratio), hash(&ratio.clone()));
    assert!(ratio < number("1.7") && ratio > number("1.6"));
    assert_eq!(ratio, ratio.clone());
    assert!(ratio.bits() > 20_000);
}
