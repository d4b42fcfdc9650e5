use klausul::value::{
    DistributionError, Number, RoundMode, each_rounded, exact_shares, largest_remainder, rest_to,
};
use proptest::prelude::*;

use super::number;

const KEY_A: [(&str, &str); 5] = [
    ("30.6", "Hovedstaden"),
    ("15.4", "Sjælland"),
    ("21.4", "Syddanmark"),
    ("22.0", "Midtjylland"),
    ("10.6", "Nordjylland"),
];

fn weights<'a>(keys: &[(&str, &'a str)]) -> Vec<(Number, &'a str)> {
    keys.iter().map(|(key, name)| (number(key), *name)).collect()
}

fn exact(shares: &[Number]) -> Vec<String> {
    shares.iter().map(Number::to_exact).collect()
}

fn sum(shares: &[Number]) -> Number {
    shares.iter().fold(Number::zero(), |sum, share| sum.add(share))
}

#[test]
fn the_technology_contribution_adds_to_371() {
    let shares = largest_remainder(&number("371"), &weights(&KEY_A), &number("0.1")).unwrap();
    assert_eq!(exact(&shares), ["113.5", "57.2", "79.4", "81.6", "39.3"]);
    assert_eq!(sum(&shares), number("371"));
}

#[test]
fn rounding_each_by_itself_loses_a_step() {
    let shares = each_rounded(&number("371"), &weights(&KEY_A), &number("0.1"), RoundMode::Nearest).unwrap();
    assert_eq!(exact(&shares), ["113.5", "57.1", "79.4", "81.6", "39.3"]);
    assert_eq!(sum(&shares), number("370.9"));
}

#[test]
fn the_rest_goes_to_the_one_named() {
    let keys = weights(&KEY_A);
    let shares = rest_to(&number("371"), &keys, &number("0.1"), RoundMode::Nearest, "Hovedstaden").unwrap();
    assert_eq!(exact(&shares), ["113.6", "57.1", "79.4", "81.6", "39.3"]);
    let nobody = rest_to(&number("371"), &keys, &number("0.1"), RoundMode::Nearest, "Østdanmark");
    assert_eq!(nobody, Err(DistributionError::NoSuchRecipient { name: "Østdanmark".to_owned() }));
}

#[test]
fn ties_go_to_the_larger_key_and_then_by_name() {
    // Each has half a step left; two steps are missing.
    let keys = weights(&[("1", "c"), ("3", "b"), ("1", "a"), ("3", "d")]);
    let shares = largest_remainder(&number("4"), &keys, &number("1")).unwrap();
    assert_eq!(exact(&shares), ["0", "2", "0", "2"]);
    let keys = weights(&[("1", "ø"), ("1", "å"), ("1", "z"), ("1", "Z")]);
    let shares = largest_remainder(&number("2"), &keys, &number("1")).unwrap();
    assert_eq!(exact(&shares), ["0", "0", "1", "1"]);
}

#[test]
fn a_negative_pool_is_the_mirror_image() {
    let keys = weights(&KEY_A);
    let shares = largest_remainder(&number("-371"), &keys, &number("0.1")).unwrap();
    assert_eq!(exact(&shares), ["-113.5", "-57.2", "-79.4", "-81.6", "-39.3"]);
}

#[test]
fn nothing_to_share_gives_nothing_to_each() {
    let keys = weights(&[("0", "a"), ("0", "b")]);
    assert_eq!(exact(&exact_shares(&number("0"), &keys).unwrap()), ["0", "0"]);
    assert_eq!(exact(&largest_remainder(&number("0"), &keys, &number("0.01")).unwrap()), ["0", "0"]);
    assert_eq!(exact_shares(&number("0"), &[]).unwrap(), []);
}

#[test]
fn what_cannot_be_shared_says_why() {
    let keys = weights(&[("0", "a"), ("0", "b")]);
    assert_eq!(exact_shares(&number("1"), &keys), Err(DistributionError::NothingToShareBy));
    assert_eq!(exact_shares(&number("1"), &[]), Err(DistributionError::NothingToShareBy));
    let negative = weights(&[("2", "a"), ("-1", "b")]);
    let error = DistributionError::NegativeKey { name: "b".to_owned() };
    assert_eq!(exact_shares(&number("1"), &negative), Err(error));
    let keys = weights(&KEY_A);
    let error = DistributionError::PoolNotAMultiple { nearest: number("371.1") };
    assert_eq!(largest_remainder(&number("371.05"), &keys, &number("0.1")), Err(error));
    for step in ["0", "-0.1"] {
        let error = Err(DistributionError::StepNotPositive);
        assert_eq!(largest_remainder(&number("371"), &keys, &number(step)), error);
        assert_eq!(each_rounded(&number("371"), &keys, &number(step), RoundMode::Up), error);
    }
}

fn keys() -> impl Strategy<Value = Vec<Number>> {
    let key = (0i64..1_000, 0u32..4)
        .prop_map(|(whole, decimals)| Number::from_digits(&whole.to_string(), decimals).unwrap());
    proptest::collection::vec(key, 1..9).prop_filter("all keys 0", |keys| keys.iter().any(|k| !k.is_zero()))
}

fn step() -> impl Strategy<Value = Number> {
    prop_oneof![Just("0.01"), Just("0.1"), Just("1"), Just("1000"), Just("1/3"), Just("0.25")]
        .prop_map(number)
}

fn named(keys: &[Number]) -> Vec<(Number, &str)> {
    keys.iter().cloned().zip(["a", "b", "c", "d", "e", "f", "g", "h", "i"]).collect()
}

proptest! {
    #[test]
    fn exact_shares_add_to_the_pool(pool in -1_000_000i64..1_000_000, keys in keys()) {
        let pool = Number::from_i64(pool);
        prop_assert_eq!(sum(&exact_shares(&pool, &named(&keys)).unwrap()), pool);
    }

    #[test]
    fn rounded_shares_add_to_the_pool(steps in -100_000i64..100_000, keys in keys(), step in step()) {
        let pool = Number::from_i64(steps).mul(&step);
        let keys = named(&keys);
        let exact = exact_shares(&pool, &keys).unwrap();
        let shares = largest_remainder(&pool, &keys, &step).unwrap();
        prop_assert_eq!(sum(&shares), pool.clone());
        for (share, exact) in shares.iter().zip(&exact) {
            prop_assert!(share.div(&step).unwrap().is_integer());
            prop_assert!(share.sub(exact).abs() < step);
        }
        let rest = rest_to(&pool, &keys, &step, RoundMode::Nearest, "a").unwrap();
        prop_assert_eq!(sum(&rest), pool);
    }

    #[test]
    fn who_is_named_first_makes_no_difference(steps in 0i64..1_000, keys in keys(), step in step()) {
        let pool = Number::from_i64(steps).mul(&step);
        let forward = named(&keys);
        let mut backward = forward.clone();
        backward.reverse();
        let mut shares = largest_remainder(&pool, &backward, &step).unwrap();
        shares.reverse();
        prop_assert_eq!(shares, largest_remainder(&pool, &forward, &step).unwrap());
    }

    #[test]
    fn a_larger_key_never_gets_less(steps in 0i64..1_000, keys in keys(), step in step()) {
        let pool = Number::from_i64(steps).mul(&step);
        let keys = named(&keys);
        let shares = largest_remainder(&pool, &keys, &step).unwrap();
        for (a, share_a) in keys.iter().zip(&shares) {
            for (b, share_b) in keys.iter().zip(&shares) {
                prop_assert!(a.0 <= b.0 || share_a >= share_b);
            }
        }
    }
}
