//! What the analyses find about money.

use crate::base::{Span, bi};
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
        /// Whether it is a grant; else it is a share.
        grant: bool,
    },
    /// An amount that is rounded, and then to a coarser step.
    RoundedTwice {
        /// The second rounding.
        span: Span,
        /// The first.
        first: Span,
        /// The amount's name.
        name: String,
    },
    /// A grant whose parts are rounded before they are added.
    RoundedEarly {
        /// The sum.
        span: Span,
        /// The first part that is rounded.
        first: Span,
        /// The grant's name.
        name: String,
    },
    /// Shares rounded each by itself that are to be as much as the pool.
    SharesDoNotAdd {
        /// The distribution.
        span: Span,
        /// The pool, or where the shares are added.
        used: Span,
        /// Whether the pool is a grant; else the shares are added.
        grant: bool,
        /// The shares' name.
        name: String,
    },
    /// A total over several years that is read for one.
    TotalForAYear {
        /// Where it is read.
        span: Span,
        /// Where it is stated.
        stated: Span,
        /// The total's name.
        name: String,
    },
    /// A figure at another price level than all others of its series.
    OtherLevel {
        /// The figure.
        span: Span,
        /// One of the others.
        other: Span,
        /// The series.
        name: String,
    },
}

impl Report for MoneyProblem {
    fn report(&self) -> Diagnostic {
        match self {
            MoneyProblem::MeetsZero { span, cause, can_say } => meets_zero(*span, *cause, *can_say),
            MoneyProblem::Unrounded { span, cause, name, grant } => unrounded((*span, *cause), name, *grant),
            MoneyProblem::RoundedTwice { span, first, name } => rounded_twice((*span, *first), name),
            MoneyProblem::RoundedEarly { span, first, name } => rounded_early((*span, *first), name),
            MoneyProblem::SharesDoNotAdd { span, used, grant, name } => {
                shares_do_not_add((*span, *used), *grant, name)
            }
            MoneyProblem::OtherLevel { span, other, name } => other_level((*span, *other), name),
            MoneyProblem::TotalForAYear { span, stated, name } => total_for_a_year((*span, *stated), name),
        }
    }
}

fn meets_zero(span: Span, cause: Option<Span>, can_say: bool) -> Diagnostic {
    let found = Diagnostic::new(
        Code::MeetsZero,
        bi!("her divideres med noget, der kan være 0", "this divides by something that can be 0"),
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

fn unrounded((span, cause): (Span, Option<Span>), name: &str, grant: bool) -> Diagnostic {
    let message = match grant {
        true => bi!(
            "tilskuddet `{name}` kan blive et beløb med dele af en øre",
            "the grant `{name}` can be an amount with parts of an øre"
        ),
        false => bi!(
            "en andel `{name}` kan blive et beløb med dele af en øre, og ingen linje afrunder den",
            "a share `{name}` can be an amount with parts of an øre, and no line rounds it"
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

fn rounded_twice((span, first): (Span, Span), name: &str) -> Diagnostic {
    Diagnostic::new(
        Code::RoundedTwice,
        bi!(
            "`{name}` afrundes, efter at beløbet allerede er afrundet; det kan give et andet beløb end én afrunding",
            "`{name}` is rounded after it was rounded already; that can give another amount than rounding once"
        ),
    )
    .label(span, bi!("her igen, til et større skridt", "here again, to a larger step"))
    .label(first, bi!("her første gang", "here first"))
    .help(bi!(
        "afrund kun til sidst, og skriv `, vist i …` der, hvor beløbet kun skal læses",
        "round only at the end, and write `, shown to …` where the amount is only to be read"
    ))
}

fn rounded_early((span, first): (Span, Span), name: &str) -> Diagnostic {
    Diagnostic::new(
        Code::RoundedEarly,
        bi!(
            "tilskuddet `{name}` er en sum af dele, der er afrundet, før de lægges sammen",
            "the grant `{name}` is a sum of parts that are rounded before they are added"
        ),
    )
    .label(span, bi!("her lægges de sammen", "here they are added"))
    .label(first, bi!("denne del afrundes først", "this part is rounded first"))
    .help(bi!(
        "er det summen, der betales, så afrund den i stedet for delene; siger teksten, at hver del afrundes, så skriv `hvert beløb afrundet til …` i klausulen",
        "if the sum is what is paid, round it and not the parts; if the text says that each part is rounded, write `each amount rounded to …` in the clause"
    ))
}

fn shares_do_not_add((span, used): (Span, Span), grant: bool, name: &str) -> Diagnostic {
    let label = match grant {
        true => bi!("dette tilskud betales fuldt ud", "this grant is paid in full"),
        false => bi!("her lægges andelene sammen", "here the shares are added"),
    };
    Diagnostic::new(
        Code::SharesDoNotAdd,
        bi!(
            "andelene `{name}` afrundes hver for sig, så de tilsammen kan blive mere eller mindre end puljen",
            "the shares `{name}` are rounded each by itself, so together they can be more or less than the pool"
        ),
    )
    .label(span, bi!("hver for sig her", "each by itself here"))
    .label(used, label)
    .help(bi!(
        "skriv `, afrundet til …` uden `hver for sig`, eller `, rest til \"…\"`: så går andelene op",
        "write `, rounded to …` without `each`, or `, remainder to \"…\"`: then the shares add to the pool"
    ))
}

fn total_for_a_year((span, stated): (Span, Span), name: &str) -> Diagnostic {
    Diagnostic::new(
        Code::TotalForAYear,
        bi!(
            "`{name}` bruges som ét års beløb, men er kun fastsat for flere år tilsammen",
            "`{name}` is used as one year's amount, but is stated only for several years together"
        ),
    )
    .label(span, bi!("her bruges et enkelt år, og det er ukendt", "here a single year is used, and that is unknown"))
    .label(stated, bi!("fastsat samlet her", "stated in total here"))
    .help(bi!(
        "skriv `sum af {name} i …` for det hele, eller `, ligeligt pr. år` efter det samlede beløb, hvis teksten siger det",
        "write `sum of {name} in …` for all of it, or `, equally per year` after the total if that is what the text says"
    ))
}

fn other_level((span, other): (Span, Span), name: &str) -> Diagnostic {
    Diagnostic::new(
        Code::OtherLevel,
        bi!(
            "et af beløbene i rækken `{name}` står i et andet prisniveau end alle de andre",
            "one of the amounts in the series `{name}` is at another price level than all the others"
        ),
    )
    .label(span, bi!("dette beløb", "this amount"))
    .label(other, bi!("de andre står som dette", "the others are like this one"))
    .help(bi!(
        "se efter i teksten, hvilket års priser beløbet er i, og skriv det ved beløbet",
        "look in the text for the year whose prices the amount is in, and write it at the amount"
    ))
}
