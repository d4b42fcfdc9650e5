//! What the analyses find about money.

use crate::base::{Bi, Span, bi};
use crate::diag::{Code, Diagnostic, Report};

/// A finding about amounts: how they are divided and rounded.
#[derive(Clone, Debug)]
pub enum MoneyProblem {
    /// A division by something that can be 0.
    MeetsZero {
        /// What is divided by.
        span: Span,
        /// Where it is said that it can be 0.
        cause: Option<Span>,
        /// The clause with its basis.
        whose: Bi,
        /// Whether `hvis nævneren er 0` can follow.
        can_say: bool,
    },
    /// An amount that is paid, can be finer than øre, and is not rounded.
    Unrounded {
        /// The amount.
        span: Span,
        /// What makes it so fine, where that is elsewhere.
        cause: Option<Span>,
        /// Its name.
        name: String,
        /// The clause with its basis.
        whose: Bi,
        /// Whether it is a grant; else it is a share.
        grant: bool,
    },
}

impl Report for MoneyProblem {
    fn report(&self) -> Diagnostic {
        match self {
            MoneyProblem::MeetsZero { span, cause, whose, can_say } => {
                meets_zero(*span, *cause, whose, *can_say)
            }
            MoneyProblem::Unrounded { span, cause, name, whose, grant } => {
                unrounded((*span, *cause), name, whose, *grant)
            }
        }
    }
}

fn meets_zero(span: Span, cause: Option<Span>, whose: &Bi, can_say: bool) -> Diagnostic {
    let (da, en) = (&whose.da, &whose.en);
    let found = Diagnostic::new(
        Code::MeetsZero,
        bi!(
            "i klausulen {da} divideres der med noget, der kan være 0",
            "the clause {en} divides by something that can be 0"
        ),
    )
    .label(span, bi!("kan være 0, og intet her udelukker det", "can be 0, and nothing here rules it out"));
    let found = cause
        .into_iter()
        .filter(|cause| *cause != span)
        .fold(found, |found, cause| found.label(cause, bi!("0 er tilladt her", "0 is allowed here")));
    match can_say {
        true => found.help(bi!(
            "skriv lige efter divisionen, hvad der så gælder: `, hvis nævneren er 0: …`; eller udeluk 0 i erklæringen (`mindst 1`) eller med et `krav`",
            "write right after the division what holds then: `, if the denominator is 0: …`; or rule 0 out in the declaration (`at least 1`) or by a `require`"
        )),
        false => found.help(bi!(
            "udeluk 0 i erklæringen, med et `krav`, eller med `hvis … så … ellers …` omkring",
            "rule 0 out in the declaration, by a `require`, or by `if … then … else …` around it"
        )),
    }
}

fn unrounded((span, cause): (Span, Option<Span>), name: &str, whose: &Bi, grant: bool) -> Diagnostic {
    let (da, en) = (&whose.da, &whose.en);
    let message = match grant {
        true => bi!(
            "tilskuddet `{name}` i klausulen {da} kan blive et beløb med dele af en øre",
            "the grant `{name}` in the clause {en} can be an amount with parts of an øre"
        ),
        false => bi!(
            "en andel `{name}` i klausulen {da} kan blive et beløb med dele af en øre, og ingen linje afrunder den",
            "a share `{name}` in the clause {en} can be an amount with parts of an øre, and no line rounds it"
        ),
    };
    let found = Diagnostic::new(Code::UnroundedPay, message)
        .label(span, bi!("her afrundes ikke", "nothing is rounded here"));
    cause
        .into_iter()
        .fold(found, |found, cause| {
            found.label(cause, bi!("her kan delene af en øre opstå", "parts of an øre can come about here"))
        })
        .help(bi!(
            "sig, hvordan der afrundes: `, afrundet til 0,01 kr.` efter beløbet, eller `hvert beløb afrundet til …` i klausulen",
            "say how it is rounded: `, rounded to 0.01 kr.` after the amount, or `each amount rounded to …` in the clause"
        ))
}
