//! Laws of price levels: going there and back changes nothing, the way does not matter, an index of numbers says the
//! same as one of growth, and bounds go along.

use klausul::eval::Outcome;
use klausul::facts::Moment;
use klausul::model::Origin;
use klausul::session::{Answer, Question, Session};
use klausul::value::Number;
use proptest::prelude::*;

/// The years of the indices: 2020 to 2026.
const FIRST: i16 = 2020;
const YEARS: usize = 7;

/// An index of growth in tenths of a percent.
fn growth(rates: &[i32]) -> String {
    let line = |(at, rate): (usize, &i32)| {
        let year = FIRST + i16::try_from(at).unwrap();
        let sign = if *rate < 0 { "−" } else { "" };
        format!("  {year} til {} = {sign}{},{} pct.\n", year + 1, rate.abs() / 10, rate.abs() % 10)
    };
    format!("indeks pl\n{}", rates.iter().enumerate().map(line).collect::<String>())
}

/// An index of numbers, one for each year.
fn numbers(all: &[u32]) -> String {
    let line = |(at, number): (usize, &u32)| format!("  {} = {number}\n", FIRST + i16::try_from(at).unwrap());
    format!("indeks pl\n{}", all.iter().enumerate().map(line).collect::<String>())
}

fn level(at: usize) -> String {
    format!("{}-pl", FIRST + i16::try_from(at).unwrap())
}

fn ask(text: &str, set: Option<&str>) -> Answer {
    let mut session = Session::new();
    session.add_rules("k.klausul", text.as_bytes()).unwrap();
    if let Some(set) = set {
        session.assign("set", set, Origin::Set).unwrap_or_else(|p| panic!("{text}\n{:?}", p.sorted()));
    }
    let question = Question { moment: Some(Moment::Year(2025)), ..Question::default() };
    session.ask(&question).unwrap_or_else(|p| panic!("{text}\n{:?}", p.sorted()))
}

fn outcome<'a>(answer: &'a Answer, name: &str) -> &'a Outcome {
    let line = answer.lines.iter().find(|line| line.name == name).unwrap_or_else(|| panic!("no {name}"));
    answer.outcome(line)
}

fn value(answer: &Answer, name: &str) -> Number {
    outcome(answer, name).as_number().unwrap_or_else(|| panic!("{name}: {:?}", outcome(answer, name))).clone()
}

/// Rates from −50 to 150 per cent.
fn rates() -> impl Strategy<Value = Vec<i32>> {
    prop::collection::vec(-500i32..1_500, YEARS - 1)
}

fn index() -> impl Strategy<Value = String> {
    prop_oneof![
        rates().prop_map(|rates| growth(&rates)),
        prop::collection::vec(1u32..1_000, YEARS).prop_map(|all| numbers(&all)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn there_and_back_is_the_same_amount(index in index(), øre in -10_000_000i64..10_000_000, a in 0..YEARS, b in 0..YEARS) {
        let amount = format!("{},{:02} kr.", øre.abs() / 100, øre.abs() % 100);
        let sign = if øre < 0 { "−" } else { "" };
        let (from, to) = (level(a), level(b));
        let text = format!("{index}\nklausul k\n  x = {sign}{amount} ({from})\n  der = x omregnet til {to} efter pl\n  tilbage = der omregnet til {from} efter pl\n");
        let answer = ask(&text, None);
        prop_assert_eq!(value(&answer, "k.x"), value(&answer, "k.tilbage"), "{}", text);
    }

    #[test]
    fn the_way_does_not_matter(index in index(), kroner in 1i64..1_000_000, a in 0..YEARS, b in 0..YEARS, over in 0..YEARS) {
        let (from, to, over) = (level(a), level(b), level(over));
        let text = format!("{index}\nklausul k\n  x = {kroner} kr. ({from})\n  lige = x omregnet til {to} efter pl\n  led = x omregnet til {over} efter pl\n  omvej = led omregnet til {to} efter pl\n");
        let answer = ask(&text, None);
        prop_assert_eq!(value(&answer, "k.lige"), value(&answer, "k.omvej"), "{}", text);
    }

    #[test]
    fn growth_is_what_raising_by_each_rate_gives(rates in rates(), kroner in 1i64..1_000_000, a in 0..YEARS, b in 0..YEARS) {
        let (a, b) = (a.min(b), a.max(b));
        let raised: String = rates[a..b].iter().map(|rate| {
            let word = if *rate < 0 { "nedsat" } else { "forhøjet" };
            format!(" {word} med {},{} pct.", rate.abs() / 10, rate.abs() % 10)
        }).collect();
        let text = format!("{}\nklausul k\n  x = {kroner} kr. ({}) omregnet til {} efter pl\n  y = {kroner} kr. ({}){raised}\n", growth(&rates), level(a), level(b), level(b));
        let answer = ask(&text, None);
        prop_assert_eq!(value(&answer, "k.x"), value(&answer, "k.y"), "{}", text);
    }

    #[test]
    fn a_sum_converts_as_its_parts_do(index in index(), parts in prop::collection::vec(-1_000i64..1_000, 2..5), a in 0..YEARS, b in 0..YEARS) {
        let (from, to) = (level(a), level(b));
        let amount = |n: &i64| format!("({}{} kr. ({from}))", if *n < 0 { "−" } else { "" }, n.abs());
        let whole: Vec<String> = parts.iter().map(amount).collect();
        let each: Vec<String> = whole.iter().map(|part| format!("({part} omregnet til {to} efter pl)")).collect();
        let text = format!("{index}\nklausul k\n  x = {}, omregnet til {to} efter pl\n  y = {}\n", whole.join(" + "), each.join(" + "));
        let answer = ask(&text, None);
        prop_assert_eq!(value(&answer, "k.x"), value(&answer, "k.y"), "{}", text);
    }

    #[test]
    fn bounds_go_along(index in index(), low in -1_000i64..1_000, span in 0i64..1_000, at in 0i64..=1_000, a in 0..YEARS, b in 0..YEARS) {
        let given = low + at.min(span);
        let kroner = |n: i64| format!("{}{} kr.", if n < 0 { "−" } else { "" }, n.abs());
        let text = format!("{index}\nklausul k\n  givet g : kr. ({}), mellem {} og {}\n  x = g omregnet til {} efter pl\n", level(a), kroner(low), kroner(low + span), level(b));
        let open = ask(&text, None);
        let settled = ask(&text, Some(&format!("k.g = {}", kroner(given))));
        let bounds = outcome(&open, "k.x").bounds().unwrap();
        prop_assert!(bounds.low.is_some() && bounds.high.is_some(), "{bounds:?}\n{text}");
        prop_assert!(bounds.contains(&value(&settled, "k.x")), "{bounds:?}\n{text}");
    }
}
