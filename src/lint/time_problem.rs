//! What is said of times that leave something without a value.

use crate::base::{Bi, Lang, Span, bi};
use crate::diag::{Code, Diagnostic, Report};
use crate::value::Interval;

/// Something about times that is certain from the text.
#[derive(Clone, Debug)]
pub enum TimeProblem {
    /// A name read when it is not stated.
    Outside {
        /// Where it is read.
        span: Span,
        /// The name.
        name: String,
        /// When it is read.
        time: Interval,
        /// When it is stated.
        stated: Vec<Interval>,
        /// Where it is stated first.
        at: Span,
    },
    /// A sum over years of which some have no value.
    SumWithout {
        /// The sum.
        span: Span,
        /// What is summed.
        name: String,
        /// The years.
        missing: Vec<i16>,
        /// Where it is stated first.
        at: Span,
    },
    /// A series of lines with a hole.
    Hole {
        /// What they state.
        name: String,
        /// The hole.
        missing: Interval,
        /// The line before it.
        before: Span,
        /// The line after it.
        after: Span,
    },
    /// Lines for single years that leave out the last of the agreement.
    Ends {
        /// What they state.
        name: String,
        /// The year.
        missing: Interval,
        /// The last line.
        last: Span,
    },
    /// A line of an exception outside the time of the exception.
    OutsideException {
        /// The line.
        span: Span,
        /// Its time.
        own: Interval,
        /// The exception's.
        around: Interval,
        /// The exception.
        exception: String,
    },
    /// A beginning that data give, perhaps in another way for each year.
    GivenStart {
        /// The bound.
        span: Span,
        /// The fact.
        name: String,
        /// Where it is declared.
        declared: Span,
    },
    /// A beginning that is not known yet.
    UnknownStart {
        /// The bound.
        span: Span,
        /// Where it is said to be unknown.
        place: Span,
        /// Why.
        reason: Option<String>,
    },
}

impl Report for TimeProblem {
    fn report(&self) -> Diagnostic {
        match self {
            TimeProblem::Outside { span, name, time, stated, at } => {
                outside((*span, *at), name, *time, stated)
            }
            TimeProblem::SumWithout { span, name, missing, at } => sum_without((*span, *at), name, missing),
            TimeProblem::Hole { name, missing, before, after } => hole(name, *missing, (*before, *after)),
            TimeProblem::Ends { name, missing, last } => ends(name, *missing, *last),
            TimeProblem::OutsideException { span, own, around, exception } => {
                outside_exception(*span, (*own, *around), exception)
            }
            TimeProblem::GivenStart { span, name, declared } => given_start(*span, name, *declared),
            TimeProblem::UnknownStart { span, place, reason } => {
                unknown_start(*span, *place, reason.as_deref())
            }
        }
    }
}

fn outside((span, at): (Span, Span), name: &str, time: Interval, stated: &[Interval]) -> Diagnostic {
    let all = |lang: Lang| stated.iter().map(|own| own.print(lang)).collect::<Vec<_>>().join("; ");
    let ((da, stated_da), (en, stated_en)) =
        ((time.print(Lang::Da), all(Lang::Da)), (time.print(Lang::En), all(Lang::En)));
    Diagnostic::new(
        Code::OutsideStated,
        bi!(
            "`{name}` læses her for {da}, men er kun fastsat for: {stated_da}; derfor gælder linjen aldrig",
            "`{name}` is read here for {en}, but is stated only for: {stated_en}; so the line never applies"
        ),
    )
    .label(span, bi!("læses her", "read here"))
    .label(at, bi!("fastsat her", "stated here"))
    .help(bi!(
        "ret tiden, fastsæt `{name}` også for den, eller forlæng den sidste værdi med `= videreført`",
        "correct the time, state `{name}` for it as well, or prolong the last value with `= carried on`"
    ))
}

fn sum_without((span, at): (Span, Span), name: &str, missing: &[i16]) -> Diagnostic {
    let years = missing.iter().map(i16::to_string).collect::<Vec<_>>().join(", ");
    Diagnostic::new(
        Code::OutsideStated,
        bi!(
            "summen tager år med, hvor `{name}` ikke er fastsat: {years}; de tæller ikke med",
            "the sum takes in years for which `{name}` is not stated: {years}; they do not count"
        ),
    )
    .label(span, bi!("denne sum", "this sum"))
    .label(at, bi!("fastsat her", "stated here"))
    .help(bi!(
        "ret årene, eller skriv, hvad der gælder i de andre: `{name} ellers = 0`",
        "correct the years, or write what holds in the others: `{name} otherwise = 0`"
    ))
}

fn hole(name: &str, missing: Interval, (before, after): (Span, Span)) -> Diagnostic {
    let (da, en) = (missing.print(Lang::Da), missing.print(Lang::En));
    Diagnostic::new(
        Code::SeriesHole,
        bi!(
            "`{name}` er fastsat før og efter, men ikke for {da}",
            "`{name}` is stated before and after, but not for {en}"
        ),
    )
    .label(after, bi!("efter", "after"))
    .label(before, bi!("før", "before"))
    .help(bi!(
        "er en tid skrevet forkert, så ret den; ellers fastsæt den manglende, eller skriv `{name} ellers = 0`",
        "if a time is written wrongly, correct it; else state the missing one, or write `{name} otherwise = 0`"
    ))
}

fn ends(name: &str, missing: Interval, last: Span) -> Diagnostic {
    let (da, en) = (missing.print(Lang::Da), missing.print(Lang::En));
    Diagnostic::new(
        Code::SeriesHole,
        bi!(
            "`{name}` er fastsat år for år, men ikke for {da}, som er det sidste år i aftalens periode",
            "`{name}` is stated year by year, but not for {en}, the last year of the agreement's period"
        ),
    )
    .label(last, bi!("den sidste linje", "the last line"))
    .help(bi!(
        "fastsæt den også for {da}; er der med vilje ingen, så skriv `{name} ellers = 0`",
        "state it for {en} as well; if there is none on purpose, write `{name} otherwise = 0`"
    ))
}

fn outside_exception(span: Span, (own, around): (Interval, Interval), exception: &str) -> Diagnostic {
    let ((da, in_da), (en, in_en)) =
        ((own.print(Lang::Da), around.print(Lang::Da)), (own.print(Lang::En), around.print(Lang::En)));
    Diagnostic::new(
        Code::OutsideException,
        bi!(
            "linjens tid er {da}, men undtagelsen `{exception}` gælder {in_da}, så linjen gælder aldrig",
            "the line's time is {en}, but the exception `{exception}` holds {in_en}, so the line never does"
        ),
    )
    .at(span)
    .help(bi!("ret linjens tid eller undtagelsens", "correct the time of the line or of the exception"))
}

fn given_start(span: Span, name: &str, declared: Span) -> Diagnostic {
    Diagnostic::new(
        Code::StartNotFixed,
        bi!(
            "begyndelsen ligger ikke fast: `{name}` skal oplyses, og kan oplyses forskelligt for hvert år",
            "the beginning is not fixed: `{name}` must be given, and can be given differently for each year"
        ),
    )
    .label(span, bi!("begynder her", "begins here"))
    .label(declared, bi!("oplyses her", "given here"))
    .help(bi!(
        "er datoen den samme, hvilket år der end spørges om, så skriv `, altid` efter dens type",
        "if the date is the same whichever year is asked about, write `, always` after its type"
    ))
}

fn unknown_start(span: Span, place: Span, reason: Option<&str>) -> Diagnostic {
    let because = |words: &str| reason.map_or(String::new(), |reason| format!("{words} \"{reason}\""));
    let (da, en) = (because(":"), because(":"));
    let message: Bi = bi!(
        "begyndelsen ligger ikke fast, så intet heraf kan regnes ud endnu{da}",
        "the beginning is not fixed, so nothing of this can be computed yet{en}"
    );
    Diagnostic::new(Code::StartNotFixed, message)
        .label(span, bi!("begynder her", "begins here"))
        .label(place, bi!("ukendt her", "unknown here"))
        .help(bi!(
            "når datoen er fastsat, så skriv den i stedet for `ukendt`",
            "when the date is fixed, write it in place of `unknown`"
        ))
}
