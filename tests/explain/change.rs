//! What would change a result: held to every value tried one by one, and read as the user reads it.

use klausul::base::Lang;
use klausul::diag::Code;
use klausul::explain::{Explanation, Item, text};
use klausul::explore::what_would_change;
use klausul::facts::Datum;
use klausul::model::Origin;

use super::why_not::{DATA, SUPPORT};
use super::{Asked, agreement, rules};

fn found(mut asked: Asked, target: &str, name: Option<&str>, lang: Lang) -> Vec<Explanation> {
    asked.question.targets = vec![target.to_owned()];
    let answer = asked.session.ask(&asked.question).unwrap();
    what_would_change(&asked.session, &asked.question, &answer, name, lang).unwrap()
}

fn both(asked: &dyn Fn() -> Asked, target: &str, name: Option<&str>) -> String {
    let told = |lang| {
        let all = found(asked(), target, name, lang);
        all.iter().map(|e| text(e, 90)).collect::<Vec<_>>().join("\n")
    };
    format!("{}\n---\n{}", told(Lang::Da), told(Lang::En))
}

fn support(data: &str) -> Asked {
    rules(SUPPORT).json(data)
}

const NEARLY: &str = r#"{"year": 2025, "given": {"støtte.omsætning": "1.750 kr.", "støtte.indbyggertal": 7000,
  "støtte.egenandel": 20, "støtte.ansøgt_den": "15. februar 2025", "støtte.haster": false}}"#;

#[test]
fn a_grant_that_lapsed() {
    insta::assert_snapshot!(both(&|| support(NEARLY), "støtte.beløb", None));
}

#[test]
fn an_amount_with_its_jumps() {
    insta::assert_snapshot!(both(&|| support(NEARLY), "støtte.udbetalt", None));
}

#[test]
fn what_brings_a_row_or_an_exception_into_play() {
    let asked = || support(NEARLY);
    insta::assert_snapshot!(both(&asked, "støtte.udbetalt", Some("sats[10.000+]")));
    insta::assert_snapshot!("exception_into_play", both(&asked, "støtte.udbetalt", Some("hast")));
}

#[test]
fn no_single_fact_is_enough() {
    insta::assert_snapshot!(both(&|| support(DATA), "støtte.lille", None));
}

#[test]
fn what_is_missing_at_its_ends() {
    let data = r#"{"year": 2025, "given": {"støtte.omsætning": "1.000 kr.", "støtte.indbyggertal": 7000,
      "støtte.ansøgt_den": "15. februar 2025", "støtte.haster": false}}"#;
    insta::assert_snapshot!(both(&|| support(data), "støtte.udbetalt", None));
}

#[test]
fn the_goals_of_a_region() {
    let asked = agreement().data("regioner.json").year(2025).region("Sjælland");
    let found = found(asked, "nærhedsfinansiering.opfyldte_mål", None, Lang::Da);
    insta::assert_snapshot!(text(&found[0], 90));
}

#[test]
fn a_name_that_nothing_has_is_refused() {
    let mut asked = support(NEARLY);
    asked.question.targets = vec!["støtte.beløb".to_owned()];
    let answer = asked.session.ask(&asked.question).unwrap();
    let refused =
        what_would_change(&asked.session, &asked.question, &answer, Some("lile"), Lang::Da).unwrap_err();
    assert_eq!(refused.problems.sorted()[0].code, Code::NothingToAskWhy);
}

/// Small agreements in two whole numbers from 0 to 20: comparisons of both joined by `og` and `eller`, a table, a rounding.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }
    fn one<'t>(&mut self, of: &[&'t str]) -> &'t str {
        let count = u64::try_from(of.len()).unwrap();
        of[usize::try_from(self.next(count)).unwrap()]
    }
    fn side(&mut self) -> String {
        let (a, b, c) = (self.next(3) + 1, self.next(3), self.next(5));
        match self.next(4) {
            0 => format!("{a} × x"),
            1 => format!("({a} × x + {b} × y − {c})"),
            2 => format!("(({a} × x + y) / 3, afrundet til 2)"),
            _ => "(trin + x)".to_owned(),
        }
    }
    fn comparison(&mut self) -> String {
        let (side, op) = (self.side(), self.one(&["<", "≤", ">", "≥", "=", "≠"]));
        format!("{side} {op} {}", self.next(40))
    }
    fn rules(&mut self) -> String {
        let (one, other, third) = (self.comparison(), self.comparison(), self.comparison());
        let (first, second) = (self.one(&["og", "eller"]), self.one(&["og", "eller"]));
        let low = self.next(15) + 1;
        let high = low + 1 + self.next(10);
        format!(
            "aftale A \"Opdigtet\"\n  periode 2025\nkilde A \"Opdigtet\"\nklausul k\n  hjemmel A boks 1\n  givet x : hele tal, mellem 0 og 20\n  givet y : hele tal, mellem 0 og 20\n  tabel trin efter x\n    under {low} | 3\n    {low} – under {high} | 9\n    {high}+ | 1\n  betingelse c = ({one}) {first} (({other}) {second} ({third}))\n"
        )
    }
}

/// Whether the condition is met with other numbers, asked through the whole of a session.
fn truth(asked: &Asked, x: u64, y: u64) -> bool {
    let mut session = asked.session.clone();
    for (name, value) in [("x", x), ("y", y)] {
        session.assign("--set", &format!("k.{name} = {value}"), Origin::Set).unwrap();
    }
    let question = klausul::session::Question { targets: vec!["k.c".to_owned()], ..asked.question.clone() };
    let answer = session.ask(&question).unwrap();
    match answer.outcome(&answer.lines[0]).datum() {
        Some(Datum::Bool(met)) => *met,
        other => panic!("{other:?}"),
    }
}

/// The values of one fact that are offered as changes.
fn offered(explanation: &Explanation, name: &str) -> Vec<u64> {
    let value =
        |item: &Item| item.label.strip_prefix(&format!("k.{name} = ")).and_then(|value| value.parse().ok());
    explanation.root.children.iter().filter_map(value).collect()
}

#[test]
fn the_nearest_change_is_the_one_that_trying_every_value_finds() {
    let mut numbers = Numbers(7);
    let (mut changes, mut none) = (0, 0);
    for _ in 0..9 {
        let text = numbers.rules();
        let (x, y) = (numbers.next(21), numbers.next(21));
        let data = format!("{{\"year\": 2025, \"given\": {{\"k.x\": {x}, \"k.y\": {y}}}}}");
        let asked = rules(&text).json(&data);
        let now = truth(&asked, x, y);
        let found = found(rules(&text).json(&data), "k.c", None, Lang::Da);
        for (name, own) in [("x", x), ("y", y)] {
            let flips = |value: &u64| match name {
                "x" => truth(&asked, *value, y) != now,
                _ => truth(&asked, x, *value) != now,
            };
            let nearest = [(0..own).rev().find(flips), (own + 1..=20).find(flips)];
            let mut nearest: Vec<u64> = nearest.into_iter().flatten().collect();
            let mut offered = offered(&found[0], name);
            nearest.sort_unstable();
            offered.sort_unstable();
            assert_eq!(offered, nearest, "{name} from {own}\n{text}\nx = {x}, y = {y}");
            changes += nearest.len();
            none += usize::from(nearest.is_empty());
        }
    }
    // The agreements are such that both happens often.
    assert!(changes > 3 && none > 3, "{changes} changes, {none} facts without any");
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// What is said of the only change offered: its line, and its reasons.
fn only_change(asked: Asked) -> (String, String) {
    let found = found(asked, "k.c", None, Lang::Da);
    let changes: Vec<&Item> =
        found[0].root.children.iter().filter(|item| item.label.starts_with("k.x = ")).collect();
    let [change] = changes.as_slice() else { panic!("{changes:?}") };
    (change.label.clone(), change.says.join("; "))
}

#[test]
fn the_limit_is_the_exact_fraction_and_says_whether_it_is_enough() {
    let mut numbers = Numbers(11);
    let (mut enough, mut not_enough) = (0, 0);
    for _ in 0..12 {
        let (upper, lower) = (numbers.next(270) + 6, [3, 7][usize::try_from(numbers.next(2)).unwrap()]);
        let op = numbers.one(&["<", "≤", ">", "≥"]);
        let x = numbers.next(99) + 1;
        // The condition is decided at upper/lower, where the other side of it begins.
        if upper < 2 * lower || upper > 98 * lower || x * lower == upper {
            continue;
        }
        let text = format!(
            "aftale A \"Opdigtet\"\n  periode 2025\nkilde A \"Opdigtet\"\nklausul k\n  hjemmel A boks 1\n  givet x : tal, mellem 0 og 100\n  betingelse c = {lower} × x + 5 {op} {}\n",
            upper + 5
        );
        let data = format!("{{\"year\": 2025, \"given\": {{\"k.x\": {x}}}}}");
        let (label, says) = only_change(rules(&text).json(&data));
        let divisor = gcd(upper, lower);
        let limit = match lower / divisor {
            1 => (upper / divisor).to_string(),
            under => format!("{}/{under}", upper / divisor),
        };
        let below = x * lower < upper;
        // At the limit the strict comparisons fail and the others hold.
        let holds_at_limit = op == "≤" || op == "≥";
        let holds_now = matches!((op, below), ("<" | "≤", true) | (">" | "≥", false));
        let told = format!("{text}x = {x}: {label} — {says}");
        if holds_at_limit == holds_now {
            not_enough += 1;
            assert!(
                says.contains(&format!(
                    "grænsen er {limit}: den er ikke selv nok, men alt lige {} den er",
                    if below { "over" } else { "under" }
                )),
                "{told}"
            );
        } else {
            enough += 1;
            assert_eq!(label, format!("k.x = {limit}"), "{told}");
            assert!(says.contains("det er præcis grænsen"), "{told}");
        }
    }
    assert!(enough > 1 && not_enough > 1, "{enough} limits that are enough, {not_enough} that are not");
}

#[test]
fn what_is_missing_is_followed_as_far_as_the_figures_of_its_unit() {
    let text = "aftale A \"Opdigtet\"\n  periode 2025\nkilde A \"Opdigtet\"\nmåleenhed læge, læger\nklausul k\n  hjemmel A boks 1\n  givet x : hele læger, mindst 0 læger\n  betingelse c = x mindst 5.000 læger\n";
    insta::assert_snapshot!(both(&|| rules(text), "k.c", None));
}

#[test]
fn results_that_were_not_looked_into_are_counted() {
    let mut text = "aftale A \"Opdigtet\"\n  periode 2025\nkilde A \"Opdigtet\"\nklausul k\n  hjemmel A boks 1\n  givet x : hele tal, mellem 0 og 20\n".to_owned();
    for at in 1..=14 {
        text.push_str(&format!("  betingelse c{at} = x ≥ {at}\n"));
    }
    let data = r#"{"year": 2025, "given": {"k.x": 3}}"#;
    let found = found(rules(&text).json(data), "k", None, Lang::Da);
    assert_eq!(found.len(), 12);
    assert!(text_of(&found[11]).contains("2 resultater mere"), "{}", text_of(&found[11]));
    assert!(!text_of(&found[10]).contains("resultater mere"));
}

fn text_of(explanation: &Explanation) -> String {
    text(explanation, 90)
}
