//! What can be wrong with a text that was read: each finding with its places, worded here in both languages.

use super::ast::AggregateOp;
use super::{ambiguity, spelt_date, spoken_bound};
use crate::base::{Bi, Lang, Span, bi};
use crate::diag::{Code, Diagnostic, Report};
use crate::value::{Date, NumberSlip};

/// A finding of the parser or the builder.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum SyntaxProblem {
    /// Parentheses, blocks or choices nest deeper than the limit.
    TooNested { at: Span, limit: usize },
    /// An expression has more links than the limit.
    TooDeep { at: Span, limit: usize },
    /// A number that cannot be read.
    Number { at: Span, written: String, lang: Lang, slip: NumberSlip },
    /// A day, month or quarter that the calendar does not have.
    NoSuchDate { at: Span, written: String },
    /// `01-07-2025`, which can be read as a computation.
    DateOrComputation { at: Span, written: String, dates: Vec<Date>, lang: Lang },
    /// `50.000 kr. og derover` in a cell.
    SpokenBound { at: Span, word: &'static str, bound: String },
    /// `til D` as a bound.
    BareTo { at: Span, word: Span, moment: String, lang: Lang },
    /// `2024-25`.
    ShortSpan { at: Span, year: i16, digits: i8 },
    /// A word operator after an unparenthesised sum; `sum` runs to the last operand, `last` is that operand.
    WordAfterSum { at: Span, sum: Span, last: Span },
    /// An aggregate with `hvor` as an operand.
    WhereInArithmetic { at: Span },
    /// A computation where the condition after `hvor` should stand.
    ArithmeticAfterWhere { at: Span, written: String, counted: Option<Span> },
    /// A second comparison inside `hvor`, and the value that it would compare there.
    ComparisonAfterWhere { at: Span, compared: String, counted: Option<Span>, lang: Lang },
    /// `(a; b)` where no list can stand; the place is the second value.
    ListNotHere { at: Span },
    /// An aggregate without `for alle …`.
    WithoutSet { at: Span, op: AggregateOp },
    /// `a < b < c`; the place is the second comparison, `middle` is `b`.
    ChainedComparison { at: Span, middle: String, lang: Lang },
    /// `, hvis nævneren er 0:` after anything but one division.
    NotOneDivision { at: Span },
    /// A weight without an average, or an order without a rank.
    PartNotHere { at: Span },
    /// `delt i` where only a value can stand.
    SplitNotHere { at: Span },
    /// A key cell in a table of conditions.
    KeyWithoutKeys { at: Span },
    /// A key cell in a result column.
    KeyInResult { at: Span },
    /// A domain that is no range.
    NotARange { at: Span },
    /// A line or part that may stand only once.
    SaidTwice { at: Span },
    /// `mindst 0, højst 20`; `gap` is what stands between the two.
    TwoBounds { at: Span, gap: Span, lang: Lang },
    /// The grammar accepted what the builder does not know.
    NotUnderstood { at: Span },
    /// `1/0 kr.`
    ZeroDenominator { at: Span },
    /// `1,000 kr.`: one krone, or a thousand?
    ThreeDecimals { at: Span, written: String, lang: Lang },
}

impl Report for SyntaxProblem {
    fn report(&self) -> Diagnostic {
        match self {
            SyntaxProblem::TooNested { at, limit } => too_nested(*at, *limit),
            SyntaxProblem::TooDeep { at, limit } => too_deep(*at, *limit),
            SyntaxProblem::Number { at, written, lang, slip } => number(*at, written, *lang, slip),
            SyntaxProblem::NoSuchDate { at, written } => no_such_date(*at, written),
            SyntaxProblem::DateOrComputation { at, written, dates, lang } => {
                spelt_date::or_computed(*at, written, dates, *lang)
            }
            SyntaxProblem::SpokenBound { at, word, bound } => spoken_bound::found(*at, word, bound),
            SyntaxProblem::BareTo { at, word, moment, lang } => bare_to(*at, *word, moment, *lang),
            SyntaxProblem::ShortSpan { at, year, digits } => short_span(*at, *year, *digits),
            SyntaxProblem::WordAfterSum { at, sum, last } => ambiguity::word_after_sum(*at, *sum, *last),
            SyntaxProblem::WhereInArithmetic { at } => ambiguity::where_in_arithmetic(*at),
            SyntaxProblem::ArithmeticAfterWhere { at, written, counted } => {
                ambiguity::arithmetic_after_where(*at, written, *counted)
            }
            SyntaxProblem::ComparisonAfterWhere { at, compared, counted, lang } => {
                ambiguity::comparison_after_where(*at, compared, *counted, *lang)
            }
            SyntaxProblem::ChainedComparison { at, middle, lang } => {
                ambiguity::chained_comparison(*at, middle, *lang)
            }
            SyntaxProblem::WithoutSet { at, op } => without_set(*at, *op),
            SyntaxProblem::ThreeDecimals { at, written, lang } => three_decimals(*at, written, *lang),
            SyntaxProblem::TwoBounds { at, gap, lang } => spoken_bound::two(*at, *gap, *lang),
            SyntaxProblem::ListNotHere { .. }
            | SyntaxProblem::NotOneDivision { .. }
            | SyntaxProblem::PartNotHere { .. }
            | SyntaxProblem::SplitNotHere { .. }
            | SyntaxProblem::KeyWithoutKeys { .. }
            | SyntaxProblem::KeyInResult { .. }
            | SyntaxProblem::NotARange { .. }
            | SyntaxProblem::SaidTwice { .. }
            | SyntaxProblem::ZeroDenominator { .. }
            | SyntaxProblem::NotUnderstood { .. } => self.misplaced(),
        }
    }
}

impl SyntaxProblem {
    /// Words the findings that need only a place: what stands there, and what to do.
    fn misplaced(&self) -> Diagnostic {
        let (code, at, message, help) = match self {
            SyntaxProblem::ListNotHere { at } => list_not_here(*at),
            SyntaxProblem::NotOneDivision { at } => not_one_division(*at),
            SyntaxProblem::PartNotHere { at } => part_not_here(*at),
            SyntaxProblem::SplitNotHere { at } => split_not_here(*at),
            SyntaxProblem::KeyWithoutKeys { at } => key_without_keys(*at),
            SyntaxProblem::KeyInResult { at } => key_in_result(*at),
            SyntaxProblem::NotARange { at } => not_a_range(*at),
            SyntaxProblem::SaidTwice { at } => said_twice(*at),
            SyntaxProblem::ZeroDenominator { at } => zero_denominator(*at),
            SyntaxProblem::NotUnderstood { at }
            | SyntaxProblem::TooNested { at, .. }
            | SyntaxProblem::TooDeep { at, .. }
            | SyntaxProblem::Number { at, .. }
            | SyntaxProblem::NoSuchDate { at, .. }
            | SyntaxProblem::BareTo { at, .. }
            | SyntaxProblem::DateOrComputation { at, .. }
            | SyntaxProblem::SpokenBound { at, .. }
            | SyntaxProblem::ShortSpan { at, .. }
            | SyntaxProblem::WordAfterSum { at, .. }
            | SyntaxProblem::WhereInArithmetic { at }
            | SyntaxProblem::ArithmeticAfterWhere { at, .. }
            | SyntaxProblem::ComparisonAfterWhere { at, .. }
            | SyntaxProblem::ChainedComparison { at, .. }
            | SyntaxProblem::WithoutSet { at, .. }
            | SyntaxProblem::TwoBounds { at, .. }
            | SyntaxProblem::ThreeDecimals { at, .. } => not_understood(*at),
        };
        Diagnostic::new(code, message).at(at).help(help)
    }
}

type Plain = (Code, Span, Bi, Bi);

fn too_nested(at: Span, limit: usize) -> Diagnostic {
    Diagnostic::new(
        Code::TooNested,
        bi!("mere end {limit} niveauer inden i hinanden", "more than {limit} levels inside one another"),
    )
    .at(at)
    .help(bi!(
        "giv de inderste dele navne på egne linjer",
        "give the innermost parts names on lines of their own"
    ))
}

fn too_deep(at: Span, limit: usize) -> Diagnostic {
    Diagnostic::new(
        Code::TooNested,
        bi!("udtrykket har mere end {limit} led", "the expression has more than {limit} parts"),
    )
    .at(at)
    .help(bi!("del udtrykket op i flere navngivne linjer", "split the expression into several named lines"))
}

fn number(at: Span, written: &str, lang: Lang, slip: &NumberSlip) -> Diagnostic {
    let dates = spelt_date::in_figures(written, lang).filter(|(_, length)| *length == written.len());
    if let Some((dates, _)) = dates.filter(|(dates, _)| !dates.is_empty()) {
        return spelt_date::other_form(at, written, &dates, lang);
    }
    let start = Diagnostic::new(Code::NumberForm, slip.says(written, lang)).at(at);
    (slip.candidates().into_iter()).fold(start, |diagnostic, candidate| {
        diagnostic.suggestion(bi!("skriv `{candidate}`", "write `{candidate}`"), at, candidate)
    })
}

fn no_such_date(at: Span, written: &str) -> Diagnostic {
    Diagnostic::new(
        Code::NoSuchDate,
        bi!("`{written}` findes ikke i kalenderen", "`{written}` is not in the calendar"),
    )
    .at(at)
    .help(bi!("se efter dagens og månedens tal", "look at the numbers of the day and the month"))
}

fn bare_to(at: Span, word: Span, moment: &str, lang: Lang) -> Diagnostic {
    let (through, until) = lang.pick(("til og med", "indtil"), ("through", "until"));
    Diagnostic::new(
        Code::BareTo,
        bi!("det fremgår ikke, om `{moment}` er med", "it is not said whether `{moment}` is included"),
    )
    .at(at)
    .suggestion(bi!("`{through} {moment}`: med", "`{through} {moment}`: included"), word, through)
    .suggestion(bi!("`{until} {moment}`: ikke med", "`{until} {moment}`: not included"), word, until)
}

/// `2024-25`, `2024-13`: the digits name no month, so they can only be a year cut short, if it comes later.
fn short_span(at: Span, year: i16, digits: i8) -> Diagnostic {
    let last = year - year.rem_euclid(100) + i16::from(digits);
    if last <= year {
        return Diagnostic::new(
            Code::SpanOfYears,
            bi!(
                "`{year}-{digits:02}` er hverken en måned eller flere år",
                "`{year}-{digits:02}` is neither a month nor several years"
            ),
        )
        .at(at)
        .help(bi!(
            "en måned skrives `{year}-01` til `{year}-12`, flere år `{year}-{}`",
            "a month is written `{year}-01` to `{year}-12`, several years `{year}-{}`",
            year.saturating_add(1)
        ));
    }
    let whole = format!("{year}-{last}");
    Diagnostic::new(
        Code::SpanOfYears,
        bi!(
            "`{year}-{digits:02}` er et forkortet årstal; begge år skrives helt ud",
            "`{year}-{digits:02}` is a year cut short; both years are written in full"
        ),
    )
    .at(at)
    .suggestion(bi!("årene `{whole}`", "the years `{whole}`"), at, whole.clone())
}

/// `1,000 kr.`: the decimals may be meant as thousands.
fn three_decimals(at: Span, written: &str, lang: Lang) -> Diagnostic {
    let (point, group) = lang.pick((',', '.'), ('.', ','));
    let thousands = written.replace(point, &group.to_string());
    // Øre where they suffice, else a fourth decimal, which no group of thousands has.
    let decimals = written.strip_suffix('0').map_or_else(|| format!("{written}0"), str::to_owned);
    let message = bi!(
        "`{written} kr.` er et beløb med tre decimaler; er det tusinder, der menes?",
        "`{written} kr.` is an amount with three decimals; are thousands meant?"
    );
    Diagnostic::new(Code::ThreeDecimals, message)
        .at(at)
        .suggestion(
            bi!("i tusinder: skriv `{thousands} kr.`", "in thousands: write `{thousands} kr.`"),
            at,
            thousands.clone(),
        )
        .suggestion(
            bi!("med decimaler: skriv `{decimals} kr.`", "with decimals: write `{decimals} kr.`"),
            at,
            decimals.clone(),
        )
}

fn without_set(at: Span, op: AggregateOp) -> Diagnostic {
    let start = Diagnostic::new(
        Code::WithoutSet,
        bi!("det mangler at sige, hvem der regnes over", "it is not said over whom this is computed"),
    )
    .at(at);
    let extreme = matches!(op, AggregateOp::Largest | AggregateOp::Smallest);
    if extreme {
        return start
            .help(bi!(
                "over enheder: `største af x for alle regioner`",
                "over entities: `largest of x for all regions`"
            ))
            .help(bi!("af flere værdier: `største af (a; b)`", "of several values: `largest of (a; b)`"));
    }
    let start = start.help(bi!("tilføj `for alle …`", "add `for all …`"));
    match op {
        AggregateOp::Sum => start.help(bi!(
            "over flere år: `sum af x i 2025-2030`",
            "over several years: `sum of x in 2025-2030`"
        )),
        AggregateOp::Count
        | AggregateOp::Average
        | AggregateOp::Largest
        | AggregateOp::Smallest
        | AggregateOp::Rank => start,
    }
}

fn list_not_here(at: Span) -> Plain {
    let message = bi!("her kan kun stå én værdi", "only one value can stand here");
    let help = bi!(
        "en liste `(a; b)` står kun efter `mindste af`, `største af` og `antal opfyldte af`",
        "a list `(a; b)` stands only after `smallest of`, `largest of` and `number met of`"
    );
    (Code::ListNotHere, at, message, help)
}

fn not_one_division(at: Span) -> Plain {
    let message =
        bi!("`hvis nævneren er 0` gælder én division", "`if the denominator is 0` applies to one division");
    let help = bi!(
        "sæt parentes om divisionen og tilføjelsen: `(a / b, hvis nævneren er 0: 0)`",
        "put parentheses around the division and the addition: `(a / b, if the denominator is 0: 0)`"
    );
    (Code::NotOneDivision, at, message, help)
}

fn zero_denominator(at: Span) -> Plain {
    let message = bi!("en brøk kan ikke have nævneren 0", "a fraction cannot have the denominator 0");
    let help = bi!("skriv den nævner, der menes", "write the denominator that is meant");
    (Code::ZeroDenominator, at, message, help)
}

fn part_not_here(at: Span) -> Plain {
    let message = bi!("dette hører ikke til det, der regnes", "this does not belong to what is computed");
    let help = bi!(
        "`vægtet med` hører til `gennemsnit af`, og `størst først` og `mindst først` hører til `rang af`",
        "`weighted by` belongs to `average of`, and `largest first` and `smallest first` belong to `rank of`"
    );
    (Code::PartNotHere, at, message, help)
}

fn split_not_here(at: Span) -> Plain {
    let message = bi!("her kan beløbet ikke deles", "the amount cannot be split here");
    let help = bi!("`delt i` står i en klausul", "`split into` stands in a clause");
    (Code::PartNotHere, at, message, help)
}

fn key_without_keys(at: Span) -> Plain {
    let message = bi!(
        "tabellen har ingen nøgle, så første celle skal være en hel betingelse",
        "the table has no key, so the first cell must be a whole condition"
    );
    let help = bi!(
        "skriv `tabel … efter nøgle`, eller hele betingelsen: `alder højst 25 år`",
        "write `table … by key`, or the whole condition: `age at most 25 years`"
    );
    (Code::CellColumn, at, message, help)
}

fn key_in_result(at: Span) -> Plain {
    let message = bi!(
        "et resultat er én værdi, ikke et interval eller en liste",
        "a result is one value, not a range or a list"
    );
    let help = bi!(
        "skriv én celle for hver nøgle efter `efter` og derefter én for hvert resultat",
        "write one cell for each key after `by`, then one for each result"
    );
    (Code::CellColumn, at, message, help)
}

fn not_a_range(at: Span) -> Plain {
    let message =
        bi!("her ventes de værdier, der er tilladt", "the values that are allowed are expected here");
    let help = bi!(
        "skriv `mellem 0 og 100 pct.`, `mindst 0 kr.` eller `0 – 4`",
        "write `between 0 and 100 per cent`, `at least 0 kr.` or `0 – 4`"
    );
    (Code::DomainForm, at, message, help)
}

fn said_twice(at: Span) -> Plain {
    let message = bi!("dette er allerede sagt", "this has already been said");
    (Code::SaidTwice, at, message, bi!("behold én af linjerne", "keep one of the lines"))
}

fn not_understood(at: Span) -> Plain {
    let message = bi!(
        "linjen er skrevet rigtigt, men kan ikke læses",
        "the line is written correctly but cannot be read"
    );
    let help = bi!(
        "det er en fejl i Klausul: meld den med linjen",
        "this is a fault in Klausul: report it with the line"
    );
    (Code::NotUnderstood, at, message, help)
}
