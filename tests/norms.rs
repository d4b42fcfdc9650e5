//! Random small norms against brute force: exceptions that can be live together with different values are found, each
//! with a test that shows it, and none is told of that cannot.

use std::collections::BTreeSet;
use std::fmt::Write;

use klausul::diag::{Code, Diagnostic};
use klausul::session::Session;
use proptest::prelude::*;

const GROUPS: [&str; 3] = ["a", "b", "c"];
const YEARS: std::ops::RangeInclusive<i16> = 2020..=2029;

/// Everything that a condition may ask about.
#[derive(Clone, Copy, Debug)]
struct World {
    group: usize,
    number: i64,
    truth: bool,
    year: i16,
}

fn worlds() -> impl Iterator<Item = World> {
    let facts =
        (0..3).flat_map(|group| (0..=5).flat_map(move |number| [true, false].map(|o| (group, number, o))));
    facts.flat_map(|(group, number, truth)| YEARS.map(move |year| World { group, number, truth, year }))
}

#[derive(Clone, Debug)]
enum Condition {
    Group(Vec<usize>),
    Number(usize, i64),
    Truth,
    Year(usize, i16),
    Not(Box<Condition>),
    Both(Box<Condition>, Box<Condition>),
    Either(Box<Condition>, Box<Condition>),
}

const SIGNS: [&str; 6] = ["=", "≠", "<", "≤", ">", "≥"];

fn compared<T: Ord>(sign: usize, a: T, b: T) -> bool {
    match sign {
        0 => a == b,
        1 => a != b,
        2 => a < b,
        3 => a <= b,
        4 => a > b,
        _ => a >= b,
    }
}

impl Condition {
    fn holds(&self, at: World) -> bool {
        match self {
            Condition::Group(all) => all.contains(&at.group),
            Condition::Number(sign, k) => compared(*sign, at.number, *k),
            Condition::Truth => at.truth,
            Condition::Year(sign, k) => compared(*sign, at.year, *k),
            Condition::Not(inner) => !inner.holds(at),
            Condition::Both(a, b) => a.holds(at) && b.holds(at),
            Condition::Either(a, b) => a.holds(at) || b.holds(at),
        }
    }

    fn text(&self) -> String {
        match self {
            Condition::Group(all) => {
                let all: Vec<String> = all.iter().map(|at| format!("\"{}\"", GROUPS[*at])).collect();
                format!("g er en af {}", all.join("; "))
            }
            Condition::Number(sign, k) => format!("n {} {k}", SIGNS[*sign]),
            Condition::Truth => "o".to_owned(),
            Condition::Year(sign, k) => format!("år {} {k}", SIGNS[*sign]),
            Condition::Not(inner) => format!("ikke ({})", inner.text()),
            Condition::Both(a, b) => format!("({}) og ({})", a.text(), b.text()),
            Condition::Either(a, b) => format!("({}) eller ({})", a.text(), b.text()),
        }
    }
}

fn condition() -> impl Strategy<Value = Condition> {
    let groups = prop::collection::btree_set(0usize..3, 1..3);
    let leaf = prop_oneof![
        groups.prop_map(|all| Condition::Group(all.into_iter().collect())),
        (0usize..6, 0i64..6).prop_map(|(sign, k)| Condition::Number(sign, k)),
        Just(Condition::Truth),
        (0usize..6, 2023i16..2027).prop_map(|(sign, k)| Condition::Year(sign, k)),
    ];
    leaf.prop_recursive(2, 6, 2, |inner| {
        let pair = (inner.clone(), inner.clone());
        prop_oneof![
            inner.prop_map(|a| Condition::Not(Box::new(a))),
            pair.clone().prop_map(|(a, b)| Condition::Both(Box::new(a), Box::new(b))),
            pair.prop_map(|(a, b)| Condition::Either(Box::new(a), Box::new(b))),
        ]
    })
}

#[derive(Clone, Debug)]
struct Exception {
    condition: Option<Condition>,
    years: Option<(i16, i16)>,
    /// A percentage; `None` lets it not apply.
    value: Option<u8>,
    /// Whether it stands in the one before it.
    nested: bool,
}

fn exception() -> impl Strategy<Value = Exception> {
    let years =
        prop::option::weighted(0.3, (2023i16..2026, 0i16..3).prop_map(|(from, more)| (from, from + more)));
    let value = prop::option::weighted(0.85, 1u8..4);
    (prop::option::weighted(0.9, condition()), years, value, prop::bool::weighted(0.15))
        .prop_map(|(condition, years, value, nested)| Exception { condition, years, value, nested })
}

#[derive(Clone, Debug)]
struct Norm {
    exceptions: Vec<Exception>,
    /// Pairs of which the first goes before the second.
    order: Vec<(usize, usize)>,
    /// What data must meet.
    required: Option<Condition>,
}

fn norm() -> impl Strategy<Value = Norm> {
    let order = prop::collection::btree_set((0usize..4, 0usize..4), 0..3);
    (prop::collection::vec(exception(), 2..5), order, prop::option::weighted(0.2, condition())).prop_map(
        |(exceptions, order, required)| {
            let count = exceptions.len();
            let order = order.into_iter().filter(|(a, b)| a < b && *b < count).collect();
            // A requirement of a year would make data bad in years that nothing else asks about.
            let required = required.filter(|condition: &Condition| !condition.text().contains("år"));
            // One that no data can meet is a finding of its own.
            let required = required.filter(|condition| worlds().any(|world| condition.holds(world)));
            Norm { exceptions, order, required }
        },
    )
}

impl Norm {
    /// The exception that one stands in.
    fn outer(&self, at: usize) -> Option<usize> {
        (at > 0 && self.exceptions[at].nested).then(|| at - 1)
    }

    fn live(&self, at: usize, world: World) -> bool {
        let one = &self.exceptions[at];
        one.condition.as_ref().is_none_or(|condition| condition.holds(world))
            && one.years.is_none_or(|(from, to)| from <= world.year && world.year <= to)
            && self.outer(at).is_none_or(|outer| self.live(outer, world))
    }

    fn text(&self) -> String {
        let mut text = String::from("kilde A \"Prøve\"\n\nklausul k\n  hjemmel A \"Boks 1\"\n");
        text.push_str("  givet g : en af \"a\"; \"b\"; \"c\"\n  givet n : hele tal, mellem 0 og 5\n");
        text.push_str("  givet o : ja/nej\n");
        if let Some(required) = &self.required {
            writeln!(text, "  krav {} \"skal være opfyldt\"", required.text()).unwrap();
        }
        text.push_str("  sats = 9 pct.\n");
        let mut deep = 0;
        for (at, one) in self.exceptions.iter().enumerate() {
            deep = if self.outer(at).is_some() { deep + 1 } else { 0 };
            let room = "  ".repeat(deep + 1);
            writeln!(text, "{room}undtagelse e{at}").unwrap();
            if let Some(condition) = &one.condition {
                writeln!(text, "{room}  når {}", condition.text()).unwrap();
            }
            if let Some((from, to)) = one.years {
                writeln!(text, "{room}  fra {from} til og med {to}").unwrap();
            }
            match one.value {
                Some(value) => writeln!(text, "{room}  sats = {value} pct.").unwrap(),
                None => writeln!(text, "{room}  sats gælder ikke").unwrap(),
            }
        }
        for (first, second) in &self.order {
            writeln!(text, "  undtagelse e{first} går forud for e{second}").unwrap();
        }
        text
    }

    /// Tells whether one goes before another: it is said, also through others, or it stands in it.
    fn before(&self, first: usize, second: usize) -> bool {
        let within = |inner: usize, outer: usize| {
            std::iter::successors(self.outer(inner), |at| self.outer(*at)).any(|at| at == outer)
        };
        let (mut open, mut seen) = (vec![first], BTreeSet::new());
        while let Some(at) = open.pop() {
            if !seen.insert(at) {
                continue;
            }
            let losers: Vec<usize> = self.order.iter().filter(|(a, _)| *a == at).map(|(_, b)| *b).collect();
            let aside = |loser: usize| (loser == second || within(second, loser)) && !within(first, loser);
            if losers.iter().any(|loser| aside(*loser)) || within(at, second) {
                return true;
            }
            open.extend(losers);
            open.extend(self.outer(at));
        }
        false
    }

    /// The pairs that conflict for some values.
    fn conflicts(&self) -> BTreeSet<(usize, usize)> {
        let count = self.exceptions.len();
        let mut found = BTreeSet::new();
        for world in worlds() {
            if self.required.as_ref().is_some_and(|required| !required.holds(world)) {
                continue;
            }
            let live: Vec<usize> = (0..count).filter(|at| self.live(*at, world)).collect();
            let wins = |at: &usize| !live.iter().any(|other| self.before(*other, *at));
            let winners: Vec<usize> = live.iter().copied().filter(wins).collect();
            for (index, one) in winners.iter().enumerate() {
                let others = winners[index + 1..].iter();
                let differ = |other: &&usize| self.exceptions[*one].value != self.exceptions[**other].value;
                found.extend(others.filter(differ).map(|other| (*one, *other)));
            }
        }
        found
    }
}

impl Norm {
    /// The exceptions that never take effect, whatever is given.
    fn idle(&self) -> BTreeSet<usize> {
        let count = self.exceptions.len();
        let takes_effect = |at: usize| {
            worlds().any(|world| {
                let before = |other: usize| self.live(other, world) && self.before(other, at);
                self.live(at, world) && !(0..count).any(before)
            })
        };
        (0..count).filter(|at| self.held(*at) && !takes_effect(*at)).collect()
    }

    /// Tells whether what an exception stands in holds for some values; if not, that is told of there.
    fn held(&self, at: usize) -> bool {
        self.outer(at).is_none_or(|outer| worlds().any(|world| self.live(outer, world)))
    }

    /// Those whose own condition is met whenever they are asked about.
    fn always(&self) -> BTreeSet<usize> {
        let asked = |at: usize, world: World| {
            let years = |at: usize| self.exceptions[at].years;
            let around = std::iter::successors(Some(at), |at| self.outer(*at));
            let in_time =
                around.clone().all(|at| years(at).is_none_or(|(a, b)| a <= world.year && world.year <= b));
            let met = |at: usize| self.exceptions[at].condition.as_ref().is_none_or(|c| c.holds(world));
            in_time && around.skip(1).all(met)
        };
        let conditional = |at: &usize| self.exceptions[*at].condition.is_some();
        let always = |at: &usize| {
            let mut asked = worlds().filter(|world| asked(*at, *world)).peekable();
            let condition = self.exceptions[*at].condition.as_ref();
            asked.peek().is_some() && asked.all(|world| condition.is_some_and(|c| c.holds(world)))
        };
        (0..self.exceptions.len()).filter(conditional).filter(always).collect()
    }
}

/// The exceptions that the findings of a code name first.
fn first_named(findings: &[Diagnostic], code: Code) -> BTreeSet<usize> {
    let named = |finding: &Diagnostic| {
        finding.message.da.split('`').find_map(|word| word.strip_prefix('e')?.parse().ok())
    };
    findings.iter().filter(|finding| finding.code == code).filter_map(named).collect()
}

fn session(text: &str) -> Session {
    let mut session = Session::new();
    session.add_rules("k.klausul", text.as_bytes());
    session
}

/// The exceptions that a finding names.
fn named(finding: &Diagnostic) -> Option<(usize, usize)> {
    let mut names = finding.message.da.split('`').filter_map(|word| word.strip_prefix('e')?.parse().ok());
    let (one, other): (usize, usize) = (names.next()?, names.next()?);
    Some((one.min(other), one.max(other)))
}

/// The test that a finding brings.
fn test_of(finding: &Diagnostic) -> Option<String> {
    finding.helps.iter().find_map(|help| help.da.split_once('\n')).map(|(_, test)| test.to_owned())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_said_of_exceptions_is_what_brute_force_finds(norm in norm()) {
        let text = norm.text();
        let findings = session(&text).findings().sorted();
        // What stands within another always goes before it, so the reverse is an error.
        prop_assume!(findings.iter().all(|finding| finding.code != Code::PrecedenceRing));
        let told: Vec<&Diagnostic> = findings.iter().filter(|f| f.code == Code::LiveTogether).collect();
        let pairs: BTreeSet<(usize, usize)> = told.iter().filter_map(|finding| named(finding)).collect();
        prop_assert_eq!(&pairs, &norm.conflicts(), "{}", text);
        prop_assert_eq!(pairs.len(), told.len());
        let idle = first_named(&findings, Code::NeverLive).into_iter().filter(|at| norm.held(*at));
        prop_assert_eq!(idle.collect::<BTreeSet<usize>>(), norm.idle(), "{}", text);
        prop_assert_eq!(first_named(&findings, Code::AlwaysTrue), norm.always(), "{}", text);
        for finding in told {
            let test = test_of(finding).expect("a test");
            let pasted = session(&format!("{text}\n{test}\n"));
            let reports = pasted.run_tests(pasted.lang());
            prop_assert!(reports.len() == 1 && reports[0].passed(), "{text}\n{test}\n{reports:#?}");
        }
    }
}

/// What is decided by two conditions and a third that is not looked at where they leave nothing open.
#[derive(Clone, Debug)]
struct Decided {
    first: Condition,
    second: Condition,
    third: Condition,
}

impl Decided {
    fn text(&self) -> String {
        let [a, b, c] = [&self.first, &self.second, &self.third].map(Condition::text);
        let head =
            "kilde A \"Prøve\"\n\nklausul k\n  hjemmel A \"Boks 1\"\n  givet g : en af \"a\"; \"b\"; \"c\"\n";
        format!(
            "{head}  givet n : hele tal, mellem 0 og 5\n  givet o : ja/nej\n  betingelse c1 = {a}\n  betingelse c2 = {b}\n  \
             valg = hvis c1 så (hvis c2 så 1 kr. ellers 2 kr.) ellers (hvis {c} så 3 kr. ellers 4 kr.)\n  \
             mange = hvis antal opfyldte af (c1; c2) ≥ 2 så 5 kr. ellers 6 kr.\n  \
             tilskud t = 7 kr. betinget af c1; c2\n"
        )
    }

    /// Every claim that is true, as the words at its place.
    fn claims(&self) -> BTreeSet<String> {
        let all: Vec<[bool; 3]> =
            worlds().map(|at| [self.first.holds(at), self.second.holds(at), self.third.holds(at)]).collect();
        let never = |what: fn(&[bool; 3]) -> bool| !all.iter().any(what);
        let mut found = BTreeSet::new();
        let mut add = |true_of_it: bool, code: Code, words: &str| {
            if true_of_it {
                found.insert(format!("{} {words}", code.id()));
            }
        };
        let (a, b) = (self.first.text(), self.second.text());
        let (a_never, a_always) = (never(|w| w[0]), never(|w| !w[0]));
        let (b_never, b_always) = (never(|w| w[1]), never(|w| !w[1]));
        add(a_never, Code::NeverTrue, &a);
        add(a_always, Code::AlwaysTrue, &a);
        add(b_never, Code::NeverTrue, &b);
        add(b_always, Code::AlwaysTrue, &b);
        add(a_never, Code::DeadBranch, "hvis c2 så 1 kr. ellers 2 kr.");
        add(!a_never && never(|w| w[0] && w[1]), Code::DeadBranch, "1 kr.");
        add(!a_never && never(|w| w[0] && !w[1]), Code::DeadBranch, "2 kr.");
        add(a_always, Code::DeadBranch, &format!("hvis {} så 3 kr. ellers 4 kr.", self.third.text()));
        add(!a_always && never(|w| !w[0] && w[2]), Code::DeadBranch, "3 kr.");
        add(!a_always && never(|w| !w[0] && !w[2]), Code::DeadBranch, "4 kr.");
        add(never(|w| w[0] && w[1]), Code::DeadBranch, "5 kr.");
        add(never(|w| !(w[0] && w[1])), Code::DeadBranch, "6 kr.");
        let both = never(|w| w[0] && w[1]) && !a_never && !b_never;
        add(both, Code::NeverPaid, "tilskud t = 7 kr. betinget af c1; c2");
        found
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_never_comes_about_is_what_brute_force_finds(
        first in condition(), second in condition(), third in condition()
    ) {
        prop_assume!(first.text() != second.text());
        let decided = Decided { first, second, third };
        let text = decided.text();
        let session = session(&text);
        let codes = [Code::NeverTrue, Code::AlwaysTrue, Code::DeadBranch, Code::NeverPaid, Code::NeverLapses];
        let findings = session.findings().sorted();
        let told = findings.iter().filter(|finding| codes.contains(&finding.code));
        let told: BTreeSet<String> = told
            .map(|f| format!("{} {}", f.code.id(), f.span().map_or("", |span| session.sources().text(span).trim())))
            .collect();
        let told: BTreeSet<String> = told.into_iter().map(|words| words.replace("(hvis", "hvis").replace("kr.)", "kr.")).collect();
        prop_assert_eq!(told, decided.claims(), "{}", text);
    }
}
