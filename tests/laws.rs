//! Laws that hold for every program: the order of lines does not matter, an unused line changes nothing, shares add to
//! the pool, and a result that has a value keeps it whatever further facts are given.

use klausul::facts::{Datum, Moment};
use klausul::model::Origin;
use klausul::session::{Question, Session};
use klausul::value::Number;
use proptest::prelude::*;

const HEAD: &str = "aftale A \"Prøve\"\n  periode 2025\n  prisniveau 25-pl\n\nkilde A \"Prøve\"\n\n";
const FACTS: [&str; 4] = ["fa", "fb", "fc", "fd"];

/// An amount: a figure, a fact, an earlier definition, or something made of two of them.
fn amount(depth: u32, defs: usize) -> BoxedStrategy<String> {
    let figure = (0i64..2_000).prop_map(|n| format!("{} kr.", n - 1_000).replace('-', "−")).boxed();
    let fact = (0usize..FACTS.len()).prop_map(|i| FACTS[i].to_owned()).boxed();
    let leaf = if defs == 0 {
        prop_oneof![figure, fact].boxed()
    } else {
        prop_oneof![figure, fact, (0..defs).prop_map(|i| format!("d{i}"))].boxed()
    };
    if depth == 0 {
        return leaf;
    }
    let inner = amount(depth - 1, defs);
    let pair = (inner.clone(), inner.clone());
    prop_oneof![
        leaf,
        (pair.clone(), prop_oneof![Just("+"), Just("−")]).prop_map(|((a, b), op)| format!("({a} {op} {b})")),
        (inner.clone(), -3i64..4).prop_map(|(a, k)| format!("({a} × {k})").replace('-', "−")),
        (inner.clone(), 0u32..150).prop_map(|(a, p)| format!("({p} pct. af {a})")),
        (inner.clone(), 1i64..50).prop_map(|(a, s)| format!("({a}, afrundet til {s} kr.)")),
        (pair.clone(), any::<bool>())
            .prop_map(|((a, b), most)| format!("({a}, dog {} {b})", if most { "højst" } else { "mindst" })),
        (truth(depth - 1, defs), pair.clone())
            .prop_map(|(c, (a, b))| format!("(hvis {c} så {a} ellers {b})")),
        pair.prop_map(|(a, b)| format!("største af ({a}; {b})")),
    ]
    .boxed()
}

fn truth(depth: u32, defs: usize) -> BoxedStrategy<String> {
    let side = amount(depth.saturating_sub(1), defs);
    let compare =
        (side.clone(), prop_oneof![Just("<"), Just("≤"), Just("="), Just("≠"), Just(">"), Just("≥")], side)
            .prop_map(|(a, op, b)| format!("{a} {op} {b}"))
            .boxed();
    if depth == 0 {
        return compare;
    }
    let inner = truth(depth - 1, defs);
    prop_oneof![
        compare,
        (inner.clone(), inner.clone(), any::<bool>())
            .prop_map(|(a, b, and)| format!("(({a}) {} ({b}))", if and { "og" } else { "eller" })),
        inner.prop_map(|a| format!("ikke ({a})")),
    ]
    .boxed()
}

/// The lines of a clause: each definition may use the facts and the definitions before it.
fn program() -> BoxedStrategy<Vec<String>> {
    let one = |i: usize| amount(2, i).prop_map(move |e| format!("d{i} = {e}"));
    (one(0), one(1), one(2), one(3), truth(2, 4).prop_map(|c| format!("betingelse met = {c}")))
        .prop_map(|(a, b, c, d, e)| vec![a, b, c, d, e])
        .boxed()
}

fn text(lines: &[String]) -> String {
    let facts: String =
        FACTS.iter().map(|f| format!("  givet {f} : kr., mellem −1.000 kr. og 1.000 kr.\n")).collect();
    let lines: String = lines.iter().map(|line| format!("  {line}\n")).collect();
    format!("{HEAD}klausul k \"K\"\n  hjemmel A \"Boks 1\"\n{facts}{lines}")
}

fn session(text: &str, given: &[(usize, i64)]) -> Session {
    let mut session = Session::new();
    session.add_rules("p.klausul", text.as_bytes());
    for (fact, value) in given {
        let line = format!("k.{} = {value} kr.", FACTS[*fact]).replace('-', "−");
        session
            .assign("--set", &line, Origin::Set)
            .unwrap_or_else(|p| panic!("{text}\n{line}\n{:?}", p.sorted()));
    }
    session
}

/// The value of every definition that has one, by name.
fn values(session: &Session) -> Vec<(String, Option<Datum>)> {
    let question = Question { moment: Some(Moment::Year(2025)), ..Question::default() };
    let answer = session.ask(&question).unwrap_or_else(|p| panic!("{:?}", p.sorted()));
    let mut all: Vec<_> =
        answer.lines.iter().map(|line| (line.name.clone(), answer.outcome(line).datum().cloned())).collect();
    all.sort_by(|a, b| a.0.cmp(&b.0));
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn further_facts_never_change_a_value(lines in program(), given in prop::collection::vec(-1_000i64..=1_000, 4), known in 0u8..15) {
        let text = text(&lines);
        let all: Vec<(usize, i64)> = given.iter().copied().enumerate().collect();
        let some: Vec<(usize, i64)> = all.iter().copied().filter(|(i, _)| known & (1 << i) != 0).collect();
        let before = values(&session(&text, &some));
        let after = values(&session(&text, &all));
        for ((name, early), (_, late)) in before.iter().zip(&after) {
            prop_assert!(late.is_some(), "{name} has no value though every fact is given\n{text}");
            prop_assert!(early.is_none() || early == late, "{name}: {early:?} became {late:?}\n{text}");
        }
    }

    #[test]
    fn bounds_hold_whatever_the_facts_turn_out_to_be(lines in program(), given in prop::collection::vec(-1_000i64..=1_000, 4)) {
        let text = text(&lines);
        let question = Question { moment: Some(Moment::Year(2025)), ..Question::default() };
        let open = session(&text, &[]).ask(&question).unwrap();
        let all: Vec<(usize, i64)> = given.iter().copied().enumerate().collect();
        let settled = session(&text, &all).ask(&question).unwrap();
        for (early, late) in open.lines.iter().zip(&settled.lines) {
            if let (Some(bounds), Some(value)) = (open.outcome(early).bounds(), settled.outcome(late).as_number()) {
                prop_assert!(bounds.contains(value), "{}: {value:?} outside {bounds:?}\n{text}", early.name);
            }
        }
    }

    #[test]
    fn the_order_of_lines_never_matters(lines in program(), given in prop::collection::vec(-1_000i64..=1_000, 4), order in Just((0usize..5).collect::<Vec<_>>()).prop_shuffle()) {
        let all: Vec<(usize, i64)> = given.iter().copied().enumerate().collect();
        let shuffled: Vec<String> = order.iter().map(|i| lines[*i].clone()).collect();
        prop_assert_eq!(values(&session(&text(&lines), &all)), values(&session(&text(&shuffled), &all)));
    }

    #[test]
    fn an_unused_line_changes_nothing(lines in program(), extra in amount(2, 4), given in prop::collection::vec(-1_000i64..=1_000, 4)) {
        let all: Vec<(usize, i64)> = given.iter().copied().enumerate().collect();
        let before = values(&session(&text(&lines), &all));
        let more: Vec<String> = lines.iter().cloned().chain([format!("ubrugt = {extra}")]).collect();
        let after: Vec<_> = values(&session(&text(&more), &all)).into_iter().filter(|(name, _)| name != "k.ubrugt").collect();
        prop_assert_eq!(before, after);
    }

    #[test]
    fn shares_always_add_to_the_pool(keys in prop::collection::vec(0u32..1_000, 2..8), pool in -100_000i64..100_000, step in prop::sample::select(vec!["1", "0,1", "0,01"]), equally in any::<bool>()) {
        let regions: String = keys.iter().enumerate().map(|(i, key)| format!("  region \"R{i}\"\n    nøgle = {key}\n")).collect();
        let by = if equally { "ligeligt" } else { "efter nøgle" };
        let pool = format!("{pool} kr.").replace('-', "−");
        let text = format!("{HEAD}hver region, regioner, regionen har\n  nøgle : tal\n\nklausul k \"K\" for hver region\n  hjemmel A \"Boks 1\"\n  pulje = {pool}\n  andel = pulje fordelt {by} blandt alle regioner, afrundet til {step} kr.\n  i_alt = sum af andel for alle regioner\n\nscenarie s\n{regions}");
        let mut session = session(&text, &[]);
        session.use_scenario("s").unwrap_or_else(|p| panic!("{text}\n{:?}", p.sorted()));
        let question = Question { targets: vec!["k.i_alt".to_owned(), "k.pulje".to_owned()], moment: Some(Moment::Year(2025)), ..Question::default() };
        let answer = session.ask(&question).unwrap();
        let total = answer.outcome(&answer.lines[0]).as_number();
        let whole = answer.outcome(&answer.lines[1]).as_number();
        let nothing_to_share_by = !equally && keys.iter().all(|key| *key == 0) && whole != Some(&Number::zero());
        prop_assert!(total == whole || nothing_to_share_by, "{total:?} of {whole:?}\n{text}");
    }
}
