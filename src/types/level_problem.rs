//! What can be wrong with price levels and with conversion between them.

use super::problem::{levels_words, price_words};
use crate::base::{Bi, Lang, Span, bi};
use crate::diag::{Code, Diagnostic, Report};
use crate::model::IndexKind;
use crate::value::{Levels, PriceLevel};

/// A finding about price levels.
#[derive(Clone, Debug)]
pub(super) enum LevelProblem {
    /// Something without prices converted.
    NotMoney {
        /// Where.
        span: Span,
        /// What it is.
        found: Bi,
    },
    /// An amount converted that states no level.
    NoLevel {
        /// Where.
        span: Span,
    },
    /// Years on the way that the index lacks.
    YearsMissing {
        /// The conversion.
        span: Span,
        /// The index.
        index: Span,
        /// Its name.
        name: String,
        /// What its lines state.
        kind: IndexKind,
        /// The spans of growth, or the single years.
        missing: Vec<(i16, i16)>,
    },
    /// An amount of several years' current prices converted.
    SeveralYears {
        /// Where.
        span: Span,
    },
    /// An amount at another level than what it stands beside or in place of.
    Other {
        /// Where.
        span: Span,
        /// What it must fit.
        wanted: Bi,
        /// What it is.
        found: Bi,
    },
    /// A sum over years that stand at different levels.
    Sum {
        /// Where.
        span: Span,
        /// The levels by time.
        levels: Bi,
    },
    /// A value read at a time in which its level changes.
    WhichLevel {
        /// Where.
        span: Span,
        /// The levels by time.
        levels: Bi,
    },
}

impl Report for LevelProblem {
    fn report(&self) -> Diagnostic {
        match self {
            LevelProblem::NotMoney { span, found } => Diagnostic::new(
                Code::NotConvertible,
                bi!(
                    "kun beløb kan omregnes mellem prisniveauer",
                    "only amounts can be converted between price levels"
                ),
            )
            .label(*span, Bi { da: format!("dette er {}", found.da), en: format!("this is {}", found.en) })
            .help(bi!(
                "omregn det beløb, som tallet er taget af eller ganges på",
                "convert the amount that the number is taken of or multiplied by"
            )),
            LevelProblem::NoLevel { span } => Diagnostic::new(
                Code::NotConvertible,
                bi!(
                    "det fremgår ikke, hvilket prisniveau beløbet omregnes fra",
                    "it is not said which price level the amount is converted from"
                ),
            )
            .at(*span)
            .help(bi!("skriv niveauet efter beløbet, fx `(25-pl)`", "write the level after the amount, such as `(25-pl)`")),
            LevelProblem::YearsMissing { span, index, name, kind, missing } => {
                let what = missing_words(*kind, missing);
                years_missing(Code::YearsMissing, name, &what).at(*span).label(*index, bi!("indekset står her", "the index stands here"))
            }
            LevelProblem::SeveralYears { span } => Diagnostic::new(
                Code::SeveralYears,
                bi!(
                    "beløbet er lagt sammen af flere års løbende priser og kan ikke omregnes som ét",
                    "the amount is put together of several years' current prices and cannot be converted as one"
                ),
            )
            .at(*span)
            .help(bi!(
                "omregn hvert års beløb, før de lægges sammen",
                "convert the amount of each year before they are added"
            ))
            .help(bi!(
                "skal tallet regnes som kroner i det år, der spørges om, så skriv `nominelt` efter det",
                "if the number is to count as kroner of the year evaluated, write `in nominal terms` after it"
            )),
            LevelProblem::Other { span, wanted, found } => Diagnostic::new(
                Code::LevelsDiffer,
                bi!(
                    "beløbet står i et andet prisniveau, end det skal",
                    "the amount stands at another price level than it should"
                ),
            )
            .label(*span, Bi { da: format!("dette er {}", found.da), en: format!("this is {}", found.en) })
            .help(Bi {
                da: format!("her ventes {}; omregn beløbet: `… omregnet til … efter …`", wanted.da),
                en: format!("expected here is {}; convert the amount: `… converted to … by …`", wanted.en),
            }),
            LevelProblem::Sum { span, levels: Bi { da, en } } => Diagnostic::new(
                Code::SumLevels,
                bi!("årene står i hver sit prisniveau: {da}", "the years stand at different price levels: {en}"),
            )
            .at(*span)
            .help(bi!(
                "omregn dem til ét niveau, før de lægges sammen: `sum af (… omregnet til 25-pl efter …) i …`",
                "convert them to one level before they are added: `sum of (… converted to 25-pl by …) in …`"
            )),
            LevelProblem::WhichLevel { span, levels: Bi { da, en } } => Diagnostic::new(
                Code::WhichLevel,
                bi!(
                    "prisniveauet afhænger af, hvornår der læses: {da}",
                    "the price level depends on when it is read: {en}"
                ),
            )
            .at(*span)
            .help(bi!(
                "spørg om et bestemt år, eller omregn serien til ét niveau i en linje for sig",
                "ask for a certain year, or convert the series to one level in a line of its own"
            )),
        }
    }
}

/// Says which two levels meet, and how both come to stand at one of them.
pub(super) fn one_level(found: Diagnostic, levels: Option<&(Levels, Levels)>) -> Diagnostic {
    let nominal = bi!(
        "skal prisniveauet ikke tælle, så skriv `nominelt` efter begge",
        "if the level is not to count, write `in nominal terms` after both"
    );
    let Some((left, right)) = levels else { return found.help(nominal) };
    let (one, other) = (levels_words(left), levels_words(right));
    let both = Bi {
        da: format!(
            "det ene beløb er ({}), det andet ({}); begge skal omregnes til det samme",
            one.da, other.da
        ),
        en: format!(
            "one amount is ({}), the other ({}); both must be converted to the same",
            one.en, other.en
        ),
    };
    let fixed = |levels: &Levels| match levels.single() {
        Some(level @ PriceLevel::Of(_)) => Some(price_words(level)),
        Some(_) | None => None,
    };
    let target = fixed(left).or_else(|| fixed(right));
    let current = [left, right].iter().any(|levels| levels.single() == Some(PriceLevel::Current(0)));
    let found = found.help(both);
    let found = match target {
        Some(Bi { da, en }) => found.help(bi!(
            "til {da}: skriv `… omregnet til {da} efter …` om det beløb, der ikke står der",
            "to {en}: write `… converted to {en} by …` of the amount that does not stand there"
        )),
        None => found.help(bi!(
            "til et bestemt års priser: skriv `… omregnet til 25-pl efter …` om begge",
            "to the prices of a certain year: write `… converted to 25-pl by …` of both"
        )),
    };
    let found = match current {
        true => found.help(bi!(
            "til det år, der regnes for: skriv `… reguleret efter …` om det beløb, der ikke er løbende",
            "to the year evaluated: write `… adjusted by …` of the amount that is not current"
        )),
        false => found,
    };
    found.help(nominal)
}

/// Says which years an index lacks, as a finding of the code given.
pub fn years_missing(code: Code, name: &str, Bi { da, en }: &Bi) -> Diagnostic {
    Diagnostic::new(code, bi!("indekset `{name}` mangler {da}", "the index `{name}` lacks {en}")).help(bi!(
        "tilføj det, der mangler, med sin hjemmel, eller prøv et tal: `--set \"{name}[…] = …\"`",
        "add what is missing with its basis, or try a figure: `--set \"{name}[…] = …\"`"
    ))
}

/// Names what an index lacks: `udviklingen fra 2020 til 2024`, `2024 og 2025`.
pub fn missing_words(kind: IndexKind, missing: &[(i16, i16)]) -> Bi {
    let words = |lang: Lang| {
        let one = |(from, to): &(i16, i16)| match kind {
            IndexKind::Points => from.to_string(),
            IndexKind::Steps => format!("{from} {} {to}", lang.pick("til", "to")),
        };
        let all: Vec<String> = missing.iter().map(one).collect();
        let list = match all.split_last() {
            Some((last, rest)) if !rest.is_empty() => {
                format!("{} {} {last}", rest.join(", "), lang.pick("og", "and"))
            }
            _ => all.concat(),
        };
        match kind {
            IndexKind::Points => format!("{} {list}", lang.pick("tallet for", "the number for")),
            IndexKind::Steps => format!("{} {list}", lang.pick("udviklingen fra", "the growth from")),
        }
    };
    Bi::new(words(Lang::Da), words(Lang::En))
}
