//! What can be wrong where percentages, bare numbers and counts meet: most of it can be read in two ways.

use super::problem::both_sides;
use crate::base::{Bi, Lang, Span, bi};
use crate::diag::{Code, Diagnostic, Edit, Report};

/// A finding about a percentage, or about a number that may belong to either of two things.
#[derive(Clone, Debug)]
pub(super) enum PercentProblem {
    /// An amount and a percentage added or compared.
    AmountAndPercent {
        /// The whole.
        span: Span,
        /// The left side.
        left: (Span, Bi),
        /// The right side.
        right: (Span, Bi),
        /// How the amount may grow or shrink by the percentage, where it stands before it.
        grown: Option<Grown>,
        /// Whether they are compared, not added.
        compared: bool,
    },
    /// A bare number where a percentage is expected.
    BareForPercent {
        /// Where.
        span: Span,
        /// As written.
        written: String,
        /// The language it is written in.
        lang: Lang,
        /// What the percentage is of, after `af`.
        whole: Option<Span>,
    },
    /// A number without a unit that is not written out, where a percentage is expected.
    NumberForPercent {
        /// Where.
        span: Span,
        /// Its name, where it has one.
        name: Option<String>,
    },
    /// `forhøjet med` or `nedsat med` on a percentage.
    RaisedPercent {
        /// The percentage.
        value: Span,
        /// By what.
        by: Span,
        /// Whether it is raised.
        raised: bool,
    },
    /// `hvor c ≥ 21`, where c is a condition.
    ComparedCondition {
        /// The comparison.
        span: Span,
        /// From the count to the condition, where there is a count.
        counted: Option<Span>,
    },
}

/// An amount, `+` or `−` and a percentage.
#[derive(Clone, Copy, Debug)]
pub(super) struct Grown {
    /// The language it is written in.
    pub(super) lang: Lang,
    /// Whether the percentage is added.
    pub(super) raised: bool,
    /// Whether the amount is itself a sum, which then needs parentheses.
    pub(super) sum: bool,
}

impl Report for PercentProblem {
    fn report(&self) -> Diagnostic {
        match self {
            PercentProblem::AmountAndPercent { span, left, right, compared: true, .. } => {
                compared_with_percent(*span, left, right)
            }
            PercentProblem::AmountAndPercent { span, left, right, grown, compared: false } => {
                amount_and_percent(*span, left, right, *grown)
            }
            PercentProblem::BareForPercent { span, written, lang, whole } => {
                bare(*span, written, *lang, *whole)
            }
            PercentProblem::NumberForPercent { span, name } => number(*span, name.as_deref().unwrap_or("…")),
            PercentProblem::RaisedPercent { value, by, raised } => raised_percent(*value, *by, *raised),
            PercentProblem::ComparedCondition { span, counted } => compared_condition(*span, *counted),
        }
    }
}

fn compared_with_percent(span: Span, left: &(Span, Bi), right: &(Span, Bi)) -> Diagnostic {
    let message = bi!(
        "et beløb og en procentsats kan ikke sammenlignes",
        "an amount and a percentage cannot be compared"
    );
    both_sides(Diagnostic::new(Code::AmountAndPercent, message), span, left, right)
        .help(bi!(
            "skal beløbet måles i procent af noget, så skriv `… i pct. af …`",
            "if the amount is measured as a percentage of something, write `… as per cent of …`"
        ))
        .help(bi!(
            "skal procenten tages af noget, så skriv `… pct. af …`",
            "if the percentage is of something, write `… per cent of …`"
        ))
}

fn amount_and_percent(span: Span, left: &(Span, Bi), right: &(Span, Bi), grown: Option<Grown>) -> Diagnostic {
    let message = bi!(
        "et beløb og en procentsats kan ikke lægges sammen",
        "an amount and a percentage cannot be added"
    );
    let found = both_sides(Diagnostic::new(Code::AmountAndPercent, message), span, left, right);
    let found = match grown {
        Some(grown) => {
            let title = match grown.raised {
                true => bi!("beløbet vokser med procenten", "the amount grows by the percentage"),
                false => bi!("beløbet mindskes med procenten", "the amount shrinks by the percentage"),
            };
            found.reading(title, grow(left.0, right.0, grown))
        }
        None => found.help(bi!(
            "skal beløbet vokse med procenten, så skriv `… forhøjet med … pct.`",
            "if the amount grows by the percentage, write `… raised by … per cent`"
        )),
    };
    found.help(bi!(
        "skal procenten tages af noget, så skriv `… pct. af …`",
        "if the percentage is of something, write `… per cent of …`"
    ))
}

fn grow(amount: Span, percent: Span, grown: Grown) -> Vec<Edit> {
    let words = match grown.raised {
        true => grown.lang.pick(" forhøjet med ", " raised by "),
        false => grown.lang.pick(" nedsat med ", " reduced by "),
    };
    let gap = Edit { span: between(amount, percent), text: words.to_owned() };
    match grown.sum {
        true => {
            let text = format!("){words}");
            vec![Edit::before(amount, "("), Edit { text, ..gap }]
        }
        false => vec![gap],
    }
}

/// What stands between two stretches of one line.
fn between(left: Span, right: Span) -> Span {
    Span { end: right.start, ..left.after() }
}

fn bare(span: Span, written: &str, lang: Lang, whole: Option<Span>) -> Diagnostic {
    let message = bi!(
        "`{written}` er et tal uden enhed; her ventes en procentsats",
        "`{written}` has no unit; a percentage is expected here"
    );
    let found = Diagnostic::new(Code::BareForPercent, message).at(span).suggestion(
        bi!("mente du `{written} pct.`?", "did you mean `{written} per cent`?"),
        span,
        format!("{written} {}", lang.pick("pct.", "per cent")),
    );
    match whole {
        Some(whole) => found.reading(
            bi!("eller {written} gange så meget", "or {written} times as much"),
            vec![Edit { span: between(span, whole), text: " × ".to_owned() }],
        ),
        None => found,
    }
}

fn number(span: Span, name: &str) -> Diagnostic {
    let message = bi!(
        "dette er et tal uden enhed; her ventes en procentsats",
        "this has no unit; a percentage is expected here"
    );
    Diagnostic::new(Code::BareForPercent, message)
        .at(span)
        .help(bi!(
            "er det en andel fra 0 til 1, så skriv `({name} opgjort i pct.)`",
            "if it is a share from 0 to 1, write `({name} stated in per cent)`"
        ))
        .help(bi!(
            "er det et antal procent, så skriv `{name} × 1 pct.`",
            "if it is a number of per cent, write `{name} × 1 per cent`"
        ))
}

fn raised_percent(value: Span, by: Span, raised: bool) -> Diagnostic {
    let message = match raised {
        true => bi!(
            "`forhøjet med` på en procentsats kan læses på to måder",
            "`raised by` on a percentage can be read in two ways"
        ),
        false => bi!(
            "`nedsat med` på en procentsats kan læses på to måder",
            "`reduced by` on a percentage can be read in two ways"
        ),
    };
    let sign = if raised { "+" } else { "−" };
    let gap = |text: String| Edit { span: between(value, by), text };
    Diagnostic::new(Code::RaisedPercent, message)
        .at(value)
        .reading(bi!("i procentpoint", "in percentage points"), vec![gap(format!(" {sign} "))])
        .reading(
            bi!("i procent af satsen", "in per cent of the rate"),
            vec![gap(format!(" × (1 {sign} ")), Edit::after(by, ")")],
        )
}

fn compared_condition(span: Span, counted: Option<Span>) -> Diagnostic {
    let message = bi!(
        "det fremgår ikke, om tallet hører til antallet eller til betingelsen",
        "it is not clear whether the number belongs to the count or to the condition"
    );
    let found = Diagnostic::new(Code::WhereInArithmetic, message).at(span);
    let title = bi!("det hører til antallet", "it belongs to the count");
    let found = match counted {
        Some(counted) => found.reading(title, Edit::parentheses(counted)),
        None => found,
    };
    found.help(bi!(
        "hører sammenligningen til betingelsen, så sammenlign et tal, som i `hvor folketal ≥ …`",
        "if the comparison belongs to the condition, compare a number, as in `where population ≥ …`"
    ))
}
