//! Random well-typed programs, as trees that shrink: a reference is a number, and names an earlier line when the program
//! is written, so that every part may be left out and what is left is still well typed.

use proptest::prelude::*;

/// A program: an agreement with one kind, given values, clauses, a reading and amendments.
#[derive(Clone, Debug)]
pub(crate) struct Program {
    pub(crate) clauses: Vec<Clause>,
    pub(crate) reading: Option<Change>,
    pub(crate) amendments: Vec<Amendment>,
    /// Comments and loose layout, line by line: 0 is a plain line.
    pub(crate) noise: Vec<u8>,
}

#[derive(Clone, Debug)]
pub(crate) struct Clause {
    /// For each school, not once.
    pub(crate) each: bool,
    pub(crate) lines: Vec<Line>,
    pub(crate) exceptions: Vec<Exception>,
}

/// A line of a clause; those before it are what it may use.
#[derive(Clone, Debug)]
pub(crate) enum Line {
    Value(Pieces<Amount>, Vec<Modifier>),
    Rate(Pieces<Pct>),
    Number(Count),
    Condition(Pieces<Truth>),
    Series(i32, Amount),
    Table(Key, Policy, Vec<Amount>),
    Scale(Amount, u8),
    Grant(Amount, Vec<u8>, Option<Amount>),
    Split(Vec<u16>, u16),
    Shared(Amount, Sharing),
    Total(u16, bool),
}

/// What holds when.
#[derive(Clone, Debug)]
pub(crate) enum Pieces<T> {
    Always(T),
    FromYear(T, u8, T),
    FromDay(T, u8, T),
    Otherwise(u8, T, T),
    Span(u8, T),
}

#[derive(Clone, Debug)]
pub(crate) enum Modifier {
    Limit(bool, Amount),
    Rounded(u8, u8),
    Shown(u8),
}

#[derive(Clone, Debug)]
pub(crate) enum Key {
    Count(Count),
    Level,
    Truths,
    Day,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Policy {
    One,
    First,
    Added,
    Largest,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Sharing {
    Exact,
    Where,
    Rounded,
    Rest,
    Equally,
    Each,
}

#[derive(Clone, Debug)]
pub(crate) struct Exception {
    pub(crate) when: Truth,
    pub(crate) years: Option<u8>,
    pub(crate) target: u8,
    /// `None` lifts what it is about.
    pub(crate) body: Option<Amount>,
    pub(crate) nested: Option<(Truth, Amount)>,
    /// Takes precedence over the exception before it.
    pub(crate) first: bool,
}

/// What stands instead of a line: a figure of its own, or something made of the former value.
#[derive(Clone, Debug)]
pub(crate) struct Change {
    pub(crate) target: u8,
    pub(crate) body: Option<Amount>,
    pub(crate) former: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Amendment {
    pub(crate) from: u8,
    pub(crate) years: Option<u8>,
    pub(crate) change: Change,
}

#[derive(Clone, Debug)]
pub(crate) enum Amount {
    Figure(i32),
    Given(u8),
    Fact,
    Line(u8),
    Chain(Vec<(bool, Amount)>),
    Times(Box<Amount>, i8),
    Part(Box<Pct>, Box<Amount>),
    Changed(Box<Amount>, bool, Box<Pct>),
    Limited(Box<Amount>, bool, Box<Amount>),
    Rounded(Box<Amount>, u8, u8),
    Choice(Box<Truth>, Box<Amount>, Box<Amount>),
    Extreme(bool, Vec<Amount>),
    Divided(Box<Amount>, Box<Count>, bool),
    PerPupil(u16, Box<Count>),
    Before(u8),
    Elsewhen(u8, u8),
    Converted(Box<Amount>, u8),
    Sum(bool, u8),
}

#[derive(Clone, Debug)]
pub(crate) enum Pct {
    Figure(u8),
    Given,
    Fact,
    Line(u8),
    Share(Box<Amount>, Box<Amount>),
    Rest(Box<Pct>),
}

#[derive(Clone, Debug)]
pub(crate) enum Count {
    Figure(u8),
    Given,
    Fact,
    Met,
    Schools(bool),
    Years,
    Rank,
    Line(u8),
    Plus(Box<Count>, Box<Count>),
}

#[derive(Clone, Debug)]
pub(crate) enum Truth {
    Given(u8),
    Fact,
    Line(u8),
    Amounts(Amount, u8, Amount),
    Counts(Count, u8, Count),
    Between(Amount, i16, u16),
    Both(bool, Box<Truth>, Box<Truth>),
    Not(Box<Truth>),
    Year(u8),
    Level(bool),
    Born(u8),
    Schools(bool),
}

/// The facts of a run, and which of them are told.
#[derive(Clone, Debug)]
pub(crate) struct Facts {
    pub(crate) amounts: [i16; 3],
    pub(crate) rate: u8,
    pub(crate) count: u8,
    pub(crate) truths: [bool; 2],
    pub(crate) born: u8,
    pub(crate) schools: Vec<School>,
    pub(crate) told: Vec<bool>,
}

#[derive(Clone, Debug)]
pub(crate) struct School {
    pub(crate) grant: i16,
    pub(crate) key: u8,
    pub(crate) pupils: u8,
    pub(crate) free: bool,
    pub(crate) share: u8,
}

pub(crate) fn facts() -> impl Strategy<Value = Facts> {
    let school = (-1_000i16..=1_000, 0u8..20, 0u8..=50, any::<bool>(), 0u8..=100);
    let school =
        school.prop_map(|(grant, key, pupils, free, share)| School { grant, key, pupils, free, share });
    let amounts = (-1_000i16..=1_000, 0i16..=1_000, any::<i16>());
    let rest = (0u8..=100, 0u8..=9, any::<[bool; 2]>(), any::<u8>());
    let schools = prop::collection::vec(school, 1..4);
    (amounts, rest, schools, prop::collection::vec(any::<bool>(), 12)).prop_map(
        |((a, b, c), (rate, count, truths, born), schools, told)| Facts {
            amounts: [a, b, c],
            rate,
            count,
            truths,
            born,
            schools,
            told,
        },
    )
}

/// Programs of a few clauses, small enough to be tried by the dozen.
pub(crate) fn program() -> impl Strategy<Value = Program> {
    let change = (any::<u8>(), prop::option::weighted(0.9, amount(1)), any::<bool>());
    let change = change.prop_map(|(target, body, former)| Change { target, body, former });
    let amendment = (0u8..5, prop::option::of(0u8..2), change.clone())
        .prop_map(|(from, years, change)| Amendment { from, years, change });
    let clauses = prop::collection::vec(clause(), 1..4);
    let reading = prop::option::of(change);
    let amendments = prop::collection::vec(amendment, 0..3);
    let noise = prop::collection::vec(prop_oneof![4 => Just(0u8), 1 => 1u8..6], 1..24);
    (clauses, reading, amendments, noise).prop_map(|(clauses, reading, amendments, noise)| Program {
        clauses,
        reading,
        amendments,
        noise,
    })
}

fn clause() -> impl Strategy<Value = Clause> {
    let exceptions = prop::collection::vec(exception(), 0..3);
    (any::<bool>(), prop::collection::vec(line(), 1..6), exceptions)
        .prop_map(|(each, lines, exceptions)| Clause { each, lines, exceptions })
}

fn exception() -> impl Strategy<Value = Exception> {
    let nested = prop::option::weighted(0.3, (truth(0), amount(0)));
    let body = prop::option::weighted(0.85, amount(1));
    (truth(1), prop::option::weighted(0.3, 0u8..3), any::<u8>(), body, nested, any::<bool>()).prop_map(
        |(when, years, target, body, nested, first)| Exception { when, years, target, body, nested, first },
    )
}

fn line() -> impl Strategy<Value = Line> {
    let conditions = prop::collection::vec(any::<u8>(), 1..3);
    let sharing = prop::sample::select(vec![
        Sharing::Exact,
        Sharing::Where,
        Sharing::Rounded,
        Sharing::Rest,
        Sharing::Equally,
        Sharing::Each,
    ]);
    let key = prop_oneof![count(1).prop_map(Key::Count), Just(Key::Level), Just(Key::Truths), Just(Key::Day)];
    let policy = prop::sample::select(vec![Policy::One, Policy::First, Policy::Added, Policy::Largest]);
    prop_oneof![
        4 => (pieces(amount(2)), prop::collection::vec(modifier(), 0..3)).prop_map(|(p, m)| Line::Value(p, m)),
        1 => pieces(pct(1)).prop_map(Line::Rate),
        1 => count(1).prop_map(Line::Number),
        3 => pieces(truth(1)).prop_map(Line::Condition),
        1 => (-500i32..500, amount(0)).prop_map(|(opening, more)| Line::Series(opening, more)),
        2 => (key, policy, prop::collection::vec(amount(1), 3)).prop_map(|(k, p, rows)| Line::Table(k, p, rows)),
        1 => (amount(1), 0u8..4).prop_map(|(of, slices)| Line::Scale(of, slices)),
        2 => (amount(1), conditions, prop::option::of(amount(0))).prop_map(|(a, c, o)| Line::Grant(a, c, o)),
        1 => (prop::collection::vec(0u16..500, 1..3), 0u16..500).prop_map(|(parts, rest)| Line::Split(parts, rest)),
        2 => (amount(1), sharing).prop_map(|(pool, how)| Line::Shared(pool, how)),
        1 => (0u16..5_000, any::<bool>()).prop_map(|(all, evenly)| Line::Total(all, evenly)),
    ]
}

fn pieces<T: std::fmt::Debug + Clone + 'static>(
    part: impl Strategy<Value = T> + Clone + 'static,
) -> impl Strategy<Value = Pieces<T>> {
    let two = (part.clone(), 0u8..3, part.clone());
    prop_oneof![
        4 => part.clone().prop_map(Pieces::Always),
        1 => two.clone().prop_map(|(a, y, b)| Pieces::FromYear(a, y, b)),
        1 => two.clone().prop_map(|(a, y, b)| Pieces::FromDay(a, y, b)),
        1 => two.prop_map(|(a, y, b)| Pieces::Otherwise(y, a, b)),
        1 => (0u8..3, part).prop_map(|(y, a)| Pieces::Span(y, a)),
    ]
}

fn modifier() -> impl Strategy<Value = Modifier> {
    prop_oneof![
        (any::<bool>(), amount(0)).prop_map(|(most, by)| Modifier::Limit(most, by)),
        (any::<u8>(), any::<u8>()).prop_map(|(step, how)| Modifier::Rounded(step, how)),
        any::<u8>().prop_map(Modifier::Shown),
    ]
}

fn amount(depth: u32) -> BoxedStrategy<Amount> {
    let leaf = prop_oneof![
        2 => (-2_000i32..2_000).prop_map(Amount::Figure),
        3 => any::<u8>().prop_map(Amount::Given),
        2 => Just(Amount::Fact),
        4 => any::<u8>().prop_map(Amount::Line),
    ];
    if depth == 0 {
        return leaf.boxed();
    }
    let (inner, boxed) = (amount(depth - 1), amount(depth - 1).prop_map(Box::new));
    let rate = pct(depth - 1).prop_map(Box::new);
    let number = count(depth - 1).prop_map(Box::new);
    let pair = (boxed.clone(), any::<bool>(), boxed.clone());
    prop_oneof![
        4 => leaf,
        2 => prop::collection::vec((any::<bool>(), inner.clone()), 2..4).prop_map(Amount::Chain),
        1 => (boxed.clone(), -3i8..4).prop_map(|(a, k)| Amount::Times(a, k)),
        1 => (rate.clone(), boxed.clone()).prop_map(|(p, a)| Amount::Part(p, a)),
        1 => (boxed.clone(), any::<bool>(), rate).prop_map(|(a, up, p)| Amount::Changed(a, up, p)),
        1 => pair.prop_map(|(a, most, b)| Amount::Limited(a, most, b)),
        1 => (boxed.clone(), any::<u8>(), any::<u8>()).prop_map(|(a, s, how)| Amount::Rounded(a, s, how)),
        2 => (truth(depth - 1).prop_map(Box::new), boxed.clone(), boxed.clone())
            .prop_map(|(c, a, b)| Amount::Choice(c, a, b)),
        1 => (any::<bool>(), prop::collection::vec(inner, 2..4)).prop_map(|(most, all)| Amount::Extreme(most, all)),
        1 => (boxed.clone(), number.clone(), any::<bool>()).prop_map(|(a, n, safe)| Amount::Divided(a, n, safe)),
        1 => (0u16..100, number).prop_map(|(rate, n)| Amount::PerPupil(rate, n)),
        1 => any::<u8>().prop_map(Amount::Before),
        1 => (any::<u8>(), 0u8..4).prop_map(|(line, year)| Amount::Elsewhen(line, year)),
        1 => (boxed, 0u8..5).prop_map(|(a, year)| Amount::Converted(a, year)),
        1 => (any::<bool>(), any::<u8>()).prop_map(|(some, line)| Amount::Sum(some, line)),
    ]
    .boxed()
}

fn pct(depth: u32) -> BoxedStrategy<Pct> {
    let leaf = prop_oneof![
        (0u8..=120).prop_map(Pct::Figure),
        Just(Pct::Given),
        Just(Pct::Fact),
        any::<u8>().prop_map(Pct::Line)
    ];
    if depth == 0 {
        return leaf.boxed();
    }
    let amounts = (amount(depth - 1).prop_map(Box::new), amount(depth - 1).prop_map(Box::new));
    prop_oneof![
        3 => leaf,
        1 => amounts.prop_map(|(a, b)| Pct::Share(a, b)),
        1 => pct(depth - 1).prop_map(|p| Pct::Rest(Box::new(p))),
    ]
    .boxed()
}

fn count(depth: u32) -> BoxedStrategy<Count> {
    let leaf = prop_oneof![
        (0u8..5).prop_map(Count::Figure),
        Just(Count::Given),
        Just(Count::Fact),
        Just(Count::Met),
        any::<bool>().prop_map(Count::Schools),
        Just(Count::Years),
        Just(Count::Rank),
        any::<u8>().prop_map(Count::Line),
    ];
    if depth == 0 {
        return leaf.boxed();
    }
    let inner = count(depth - 1).prop_map(Box::new);
    prop_oneof![3 => leaf, 1 => (inner.clone(), inner).prop_map(|(a, b)| Count::Plus(a, b))].boxed()
}

fn truth(depth: u32) -> BoxedStrategy<Truth> {
    let below = depth.saturating_sub(1);
    let leaf = prop_oneof![
        2 => any::<u8>().prop_map(Truth::Given),
        2 => Just(Truth::Fact),
        3 => any::<u8>().prop_map(Truth::Line),
        3 => (amount(below), any::<u8>(), amount(below)).prop_map(|(a, op, b)| Truth::Amounts(a, op, b)),
        1 => (count(below), any::<u8>(), count(below)).prop_map(|(a, op, b)| Truth::Counts(a, op, b)),
        1 => (amount(below), any::<i16>(), any::<u16>()).prop_map(|(a, low, more)| Truth::Between(a, low, more)),
        1 => (0u8..4).prop_map(Truth::Year),
        1 => any::<bool>().prop_map(Truth::Level),
        1 => any::<u8>().prop_map(Truth::Born),
        1 => any::<bool>().prop_map(Truth::Schools),
    ];
    if depth == 0 {
        return leaf.boxed();
    }
    let inner = truth(depth - 1).prop_map(Box::new);
    prop_oneof![
        4 => leaf,
        2 => (any::<bool>(), inner.clone(), inner.clone()).prop_map(|(and, a, b)| Truth::Both(and, a, b)),
        1 => inner.prop_map(Truth::Not),
    ]
    .boxed()
}
