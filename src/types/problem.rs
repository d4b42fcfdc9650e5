//! What can be wrong with types, in words that name both sides.

use crate::base::{Bi, Lang, Span, bi};
use crate::diag::{Code, Diagnostic, Edit, Report};
use crate::model::{DutyStatus, Model, Ty};
use crate::value::{Level, Levels, PriceLevel};

/// A finding about types.
#[derive(Clone, Debug)]
pub enum TypeProblem {
    /// Two things with different units (or one without).
    Units {
        /// The whole.
        span: Span,
        /// The left side: where, and what it is.
        left: (Span, Bi),
        /// The right side.
        right: (Span, Bi),
        /// The side that is a bare number, and how it would be written with the other's unit.
        meant: Option<(Span, Vec<String>)>,
        /// Whether both are numbers, or the like.
        numbers: bool,
    },
    /// Two amounts at different price levels.
    Levels {
        /// The whole.
        span: Span,
        /// The left side.
        left: (Span, Bi),
        /// The right side.
        right: (Span, Bi),
        /// The levels of both.
        levels: Option<(Levels, Levels)>,
    },
    /// Something of another type than needed.
    Expected {
        /// Where.
        span: Span,
        /// What is needed.
        expected: Bi,
        /// What is there.
        found: Bi,
        /// What was perhaps meant.
        meant: Vec<String>,
    },
    /// A rounding whose step has another unit.
    RoundingUnit {
        /// Where.
        span: Span,
        /// What is rounded.
        value: Bi,
        /// The step.
        step: Bi,
        /// What a bare step lacks: just after where, and the unit.
        meant: Option<(Span, String)>,
    },
    /// A text that is not one of the allowed ones.
    NotOneOf {
        /// Where.
        span: Span,
        /// The text.
        text: String,
        /// The allowed ones.
        allowed: Vec<String>,
        /// The nearest of them.
        nearest: Option<String>,
    },
    /// A regional name read where no region is at hand.
    WhichEntity {
        /// Where.
        span: Span,
        /// The name or expression.
        name: String,
        /// The kind, plural.
        kind: String,
        /// One of the kind.
        one: String,
        /// It, read through the only link there is.
        through: Option<String>,
    },
    /// A share or a rank where nobody of the kind is at hand.
    NotOneOfThem {
        /// Where.
        span: Span,
        /// The kind, plural.
        kind: String,
    },
    /// A distribution that depends on who asks.
    ShareByViewer {
        /// Where.
        span: Span,
    },
    /// A pool that differs between those it is shared among.
    PoolPerEntity {
        /// Where.
        span: Span,
    },
    /// A part of a split that is a percentage.
    PercentPart {
        /// Where.
        span: Span,
        /// The total's name.
        name: String,
        /// What the total is.
        whole: Bi,
    },
    /// `hvert beløb` rounded to something that is no money.
    EachNoMoney {
        /// The line.
        span: Span,
    },
    /// A time as a row for a key that is no date.
    DateCell {
        /// The row.
        span: Span,
        /// What the key is.
        found: Bi,
    },
    /// Something that nothing lies between, in a table of points.
    NotBetween {
        /// Where.
        span: Span,
        /// What it is.
        found: Bi,
    },
    /// A rate of a scale that is an amount, not so much of each unit.
    FlatRate {
        /// Where.
        span: Span,
        /// What the rate is.
        rate: Bi,
        /// What the scale is charged on.
        base: Bi,
    },
    /// Something that may be `ingen`, used without asking.
    UnguardedNone {
        /// Where.
        span: Span,
        /// Its name, where it has one.
        name: Option<String>,
    },
    /// A question whether something is `ingen` that never is.
    NeverNone {
        /// Where.
        span: Span,
        /// Its name, where it has one.
        name: Option<String>,
    },
    /// Months or years added to a date whose day the month reached may lack.
    MissingDay {
        /// The sum.
        span: Span,
        /// The language the file is written in.
        written: Lang,
    },
    /// A definition that needs itself, with the path.
    Cycle {
        /// Where each of them stands, in order.
        path: Vec<(String, Span)>,
    },
    /// A line of an exception, a reading or an amendment that reads the name it replaces.
    ReadsItself {
        /// Where it reads it.
        span: Span,
        /// The name.
        name: String,
        /// The language of the rules.
        lang: Lang,
    },
}

/// Describes a type in words.
pub fn describe(ty: &Ty, model: &Model) -> Bi {
    match ty {
        Ty::Unknown => bi!("noget ukendt", "something unknown"),
        Ty::Zero => Bi::same("0"),
        Ty::Number => bi!("et tal uden enhed", "a number without a unit"),
        Ty::Percent => bi!("en procentsats", "a percentage"),
        Ty::Bool => bi!("ja eller nej", "yes or no"),
        Ty::Date => bi!("en dato", "a date"),
        Ty::Text => bi!("en tekst", "a text"),
        Ty::OneOf(_) if DutyStatus::is(ty) => {
            let list = |lang| DutyStatus::all_words(lang).join("\", \"");
            let (da, en) = (list(Lang::Da), list(Lang::En));
            bi!("en af \"{da}\"", "one of \"{en}\"")
        }
        Ty::OneOf(all) => {
            let list = all.join("\", \"");
            bi!("en af \"{list}\"", "one of \"{list}\"")
        }
        Ty::Entity(kind) => {
            let name = &model.kinds[*kind].name;
            bi!("en {name}", "a {name}")
        }
        Ty::Nothing => bi!("ingen", "none"),
        Ty::Quantity { unit, level } => {
            let (names, unit) = (unit, |lang| unit.print(&model.units, lang, true));
            let (da, en) = (unit(Lang::Da), unit(Lang::En));
            let (da, en) = match names.has_money(&model.units) {
                true => (format!("et beløb i {da}"), format!("an amount in {en}")),
                false => (format!("et tal i enheden {da}"), format!("a number in the unit {en}")),
            };
            match level.as_ref().map(levels_words) {
                None => bi!("{da}", "{en}"),
                Some(level) => {
                    let (l_da, l_en) = (&level.da, &level.en);
                    bi!("{da} ({l_da})", "{en} ({l_en})")
                }
            }
        }
    }
}

/// Writes a price level.
pub fn level_words(level: Level) -> Bi {
    match level {
        Level::Of(year) => Bi::same(format!("{:02}-pl", year.rem_euclid(100))),
        Level::Current => bi!("løbende", "current"),
    }
}

/// Writes the level of an amount: `25-pl`, `løbende`, `løbende, året før`.
pub fn price_words(level: PriceLevel) -> Bi {
    match level {
        PriceLevel::Of(year) => level_words(Level::Of(year)),
        PriceLevel::Current(0) => level_words(Level::Current),
        PriceLevel::Current(-1) => bi!("løbende, året før", "current, the year before"),
        PriceLevel::Current(1) => bi!("løbende, året efter", "current, the year after"),
        PriceLevel::Current(offset) => {
            let years = offset.unsigned_abs();
            match offset < 0 {
                true => bi!("løbende, {years} år før", "current, {years} years before"),
                false => bi!("løbende, {years} år efter", "current, {years} years after"),
            }
        }
        PriceLevel::CurrentOf(year) => bi!("løbende i {year}", "current in {year}"),
        PriceLevel::Several => bi!("løbende, flere år", "current, several years"),
    }
}

/// Writes the level of an amount that may change with time: `24-pl i 2024, 25-pl i 2025`.
pub fn levels_words(levels: &Levels) -> Bi {
    if let Some(level) = levels.single() {
        return price_words(level);
    }
    let words = |lang: Lang| {
        let piece = |(time, level): (crate::value::Interval, PriceLevel)| {
            let time = time.print(lang);
            let dated = time.chars().next().is_some_and(|c| c.is_ascii_digit());
            let gap = if dated { lang.pick(" i ", " in ") } else { " " };
            format!("{}{gap}{time}", price_words(level).get(lang))
        };
        levels.pieces().map(piece).collect::<Vec<_>>().join("; ")
    };
    Bi::new(words(Lang::Da), words(Lang::En))
}

fn unguarded(span: Span, name: Option<&str>) -> Diagnostic {
    let (da, en) = match name {
        Some(name) => (format!("`{name}`"), format!("`{name}`")),
        None => ("værdien".to_owned(), "the value".to_owned()),
    };
    let written = name.unwrap_or("…");
    Diagnostic::new(
        Code::UnguardedNone,
        bi!(
            "{da} kan være `ingen`, og her er der ikke spurgt",
            "{en} may be `none`, and that is not asked here"
        ),
    )
    .at(span)
    .help(bi!(
        "spørg først: `hvis {written} er ingen så … ellers …`",
        "ask first: `if {written} is none then … else …`"
    ))
}

pub(super) fn both_sides(d: Diagnostic, span: Span, left: &(Span, Bi), right: &(Span, Bi)) -> Diagnostic {
    let d = if left.0 == span { d.at(span) } else { d };
    let (a, b) = (&left.1, &right.1);
    let first = bi!("dette er {}", "this is {}", a.da.as_str()).da;
    let left_text = Bi { da: first, en: format!("this is {}", a.en) };
    let right_text = Bi { da: format!("dette er {}", b.da), en: format!("this is {}", b.en) };
    d.label(left.0, left_text).label(right.0, right_text)
}

fn missing_day(span: Span, written: Lang) -> Diagnostic {
    let last = written
        .pick(", hvis dagen mangler: månedens sidste dag", ", if the day is missing: last day of the month");
    let first = written
        .pick(", hvis dagen mangler: den 1. i næste måned", ", if the day is missing: the 1st of next month");
    let end = Span::new(span.file, span.end as usize, span.end as usize);
    Diagnostic::new(
        Code::DayMayBeMissing,
        bi!(
            "det fremgår ikke, hvilken dag det er, når måneden ikke har dagen",
            "it is not said which day it is when the month lacks the day"
        ),
    )
    .at(span)
    .suggestion(
        bi!("månedens sidste dag: tilføj `{last}`", "the last day of the month: add `{last}`"),
        end,
        last,
    )
    .suggestion(bi!("dagen efter: tilføj `{first}`", "the day after: add `{first}`"), end, first)
}

/// Words a line that is built on its own value.
fn builds_on_itself(name: &str, span: Span) -> Diagnostic {
    let own = name.rsplit('.').next().unwrap_or(name);
    let message = bi!("`{own}` bygger på sig selv: {name}", "`{own}` builds on itself: {name}");
    Diagnostic::new(Code::Cycle, message).at(span).help(bi!(
        "skal den bygge på sidste års værdi, så skriv `{own} (året før)`; ellers giv den ene værdi et andet navn",
        "if it builds on last year's value, write `{own} (the year before)`; else give one value another name"
    ))
}

impl Report for TypeProblem {
    fn report(&self) -> Diagnostic {
        match self {
            TypeProblem::MissingDay { span, written } => missing_day(*span, *written),
            TypeProblem::Units { span, left, right, numbers: false, .. } => both_sides(
                Diagnostic::new(
                    Code::UnitsDiffer,
                    bi!(
                        "de to sider er ikke af samme slags og kan ikke sammenlignes",
                        "the two sides are not of one kind and cannot be compared"
                    ),
                ),
                *span,
                left,
                right,
            )
            .help(bi!(
                "et tal sammenlignes med et tal, en tekst med en tekst, en dato med en dato",
                "a number is compared with a number, a text with a text, a date with a date"
            )),
            TypeProblem::Units { span, left, right, meant, numbers: true } => {
                let d = Diagnostic::new(
                    Code::UnitsDiffer,
                    bi!("de to sider har ikke samme enhed", "the two sides do not have the same unit"),
                );
                let d = both_sides(d, *span, left, right).help(bi!(
                    "kun det, der har samme enhed, kan lægges sammen eller sammenlignes; se efter et led eller en \
                     enhed, der mangler",
                    "only what has the same unit can be added or compared; look for a part or a unit that is missing"
                ));
                let meant = meant.iter().flat_map(|(span, all)| all.iter().map(|one| (*span, one)));
                meant.fold(d, |d, (span, one)| {
                    d.suggestion(bi!("mente du `{one}`?", "did you mean `{one}`?"), span, one.clone())
                })
            }
            TypeProblem::Levels { span, left, right, levels } => {
                let message = bi!(
                    "de to beløb står i hver sit prisniveau",
                    "the two amounts stand at different price levels"
                );
                let found = both_sides(Diagnostic::new(Code::LevelsDiffer, message), *span, left, right);
                super::level_problem::one_level(found, levels.as_ref())
            }
            TypeProblem::Expected { span, expected, found, meant } => {
                let (e_da, e_en, f_da, f_en) = (&expected.da, &expected.en, &found.da, &found.en);
                let d = Diagnostic::new(
                    Code::WrongType,
                    bi!(
                        "her ventes {e_da}, men dette er {f_da}",
                        "{e_en} is expected here, but this is {f_en}"
                    ),
                )
                .at(*span);
                meant.iter().fold(d, |d, meant| {
                    d.suggestion(bi!("mente du `{meant}`?", "did you mean `{meant}`?"), *span, meant.clone())
                })
            }
            TypeProblem::RoundingUnit { span, value, step, meant } => {
                let (v_da, v_en, s_da, s_en) = (&value.da, &value.en, &step.da, &step.en);
                let d = Diagnostic::new(
                    Code::RoundingUnit,
                    bi!(
                        "der afrundes til {s_da}, men værdien er {v_da}",
                        "this rounds to {s_en}, but the value is {v_en}"
                    ),
                )
                .at(*span)
                .help(bi!(
                    "skriv afrundingen i værdiens egen enhed",
                    "write the rounding in the value's own unit"
                ));
                match meant {
                    Some((at, unit)) => d.reading(
                        bi!("skriv enheden efter tallet", "write the unit after the number"),
                        vec![Edit::after(*at, format!(" {unit}"))],
                    ),
                    None => d,
                }
            }
            TypeProblem::NotOneOf { span, text, allowed, nearest } => {
                let list = allowed.join("\", \"");
                let d = Diagnostic::new(
                    Code::NotOneOf,
                    bi!(
                        "\"{text}\" er ikke en af de tilladte værdier",
                        "\"{text}\" is not one of the allowed values"
                    ),
                )
                .at(*span)
                .help(bi!("de tilladte er \"{list}\"", "the allowed ones are \"{list}\""));
                match nearest {
                    Some(near) => d.suggestion(
                        bi!("mente du \"{near}\"?", "did you mean \"{near}\"?"),
                        *span,
                        format!("\"{near}\""),
                    ),
                    None => d,
                }
            }
            TypeProblem::WhichEntity { span, name, kind, one, through } => {
                let d = Diagnostic::new(
                    Code::WhichEntity,
                    bi!(
                        "`{name}` har en værdi for den enkelte ({one}); her er det ikke sagt, hvis værdi der menes",
                        "`{name}` has a value for each {one}; whose value is meant is not said here"
                    ),
                )
                .at(*span)
                .help(bi!(
                    "skriv `sum af {name} for alle {kind}`, eller `{name} for \"…\"`",
                    "write `sum of {name} for all {kind}`, or `{name} for \"…\"`"
                ));
                match through {
                    Some(link) => d.help(bi!("eller læs den gennem leddet: `{link}`", "or read it through the link: `{link}`")),
                    None => d,
                }
            }
            TypeProblem::NotOneOfThem { span, kind } => Diagnostic::new(
                Code::WhichEntity,
                bi!(
                    "dette er noget forskelligt for hver ({kind}); her er det ikke sagt, for hvem",
                    "this differs for each ({kind}); for whom is not said here"
                ),
            )
            .at(*span)
            .help(bi!(
                "skriv det i en klausul `for hver` af dem, og læs det derfra med `sum af … for alle {kind}`",
                "write it in a clause `for each` of them, and read it from there with `sum of … for all {kind}`"
            )),
            TypeProblem::ShareByViewer { span } => Diagnostic::new(
                Code::ShareByViewer,
                bi!(
                    "nøglen eller udvalget afhænger af, hvem andelen regnes ud for, så andelene ikke går op",
                    "the key or the selection depends on whose share is computed, so the shares would not add up"
                ),
            )
            .at(*span)
            .help(bi!(
                "brug kun det, der er deres egen hver især; grupper dannes med `i …` eller `med samme …`",
                "use only what is each one's own; groups are made with `in …` or `with the same …`"
            )),
            TypeProblem::UnguardedNone { span, name } => unguarded(*span, name.as_deref()),
            TypeProblem::NeverNone { span, name } => {
                let name = name.as_deref().unwrap_or_default();
                Diagnostic::new(
                    Code::NeverNone,
                    bi!("`{name}` er aldrig `ingen`", "`{name}` is never `none`"),
                )
                .at(*span)
                .help(bi!(
                    "skriv `eller ingen`, hvor den er erklæret, hvis den kan mangle; det, der ikke er givet, er `ukendt`",
                    "write `or none` where it is declared, if there may be none; what is not given is `unknown`"
                ))
            }
            TypeProblem::PoolPerEntity { span } => Diagnostic::new(
                Code::PoolPerEntity,
                bi!(
                    "det, der fordeles, er ikke det samme for alle, det fordeles blandt",
                    "what is shared is not the same for all it is shared among"
                ),
            )
            .at(*span)
            .help(bi!(
                "fordel en samlet størrelse, for eksempel en `sum af …`",
                "share one total, for example a `sum of …`"
            )),
            TypeProblem::PercentPart { span, name, whole } => {
                let (da, en) = (&whole.da, &whole.en);
                Diagnostic::new(
                    Code::PercentPart,
                    bi!(
                        "en del af `{name}` er {da}, men her står en procentsats",
                        "a part of `{name}` is {en}, but this is a percentage"
                    ),
                )
                .at(*span)
                .help(bi!(
                    "er delen en procentdel af det hele, så skriv `… pct. af {name}`",
                    "if the part is a percentage of the whole, write `… per cent of {name}`"
                ))
            }
            TypeProblem::EachNoMoney { span } => Diagnostic::new(
                Code::EachNoMoney,
                bi!(
                    "et beløb er penge, så `hvert beløb` afrundes til et antal kroner eller en anden valuta",
                    "an amount is money, so `each amount` is rounded to a number of kroner or another currency"
                ),
            )
            .at(*span)
            .help(bi!(
                "andet afrundes på sin egen linje med `, afrundet til …`",
                "anything else is rounded on its own line with `, rounded to …`"
            )),
            TypeProblem::DateCell { span, found } => {
                let (da, en) = (&found.da, &found.en);
                Diagnostic::new(
                    Code::DateCell,
                    bi!(
                        "rækken gælder en tid, men nøglen er {da}",
                        "the row is for a time, but the key is {en}"
                    ),
                )
                .at(*span)
                .help(bi!(
                    "en tid som række hører til en tabel efter `dag`, `år` eller en dato",
                    "a time as a row belongs to a table by `day`, `year` or a date"
                ))
            }
            TypeProblem::NotBetween { span, found } => {
                let (da, en) = (&found.da, &found.en);
                Diagnostic::new(
                    Code::NotBetween,
                    bi!(
                        "der kan kun regnes mellem tal, men dette er {da}",
                        "only numbers have something between them, but this is {en}"
                    ),
                )
                .at(*span)
                .help(bi!(
                    "slet linjen `lineært mellem punkterne`; så gælder hver række for sig",
                    "delete the line `linear between the points`; each row then holds by itself"
                ))
            }
            TypeProblem::FlatRate { span, rate, base } => {
                let (r_da, r_en, b_da, b_en) = (&rate.da, &rate.en, &base.da, &base.en);
                Diagnostic::new(
                    Code::FlatRate,
                    bi!(
                        "satsen er {r_da}, men trappen regnes af {b_da}; en sats er en procentsats eller et beløb pr. \
                         enhed",
                        "the rate is {r_en}, but the scale is charged on {b_en}; a rate is a percentage or an amount \
                         per unit"
                    ),
                )
                .at(*span)
                .help(bi!(
                    "er det et fast beløb for hele trinnet, så skriv det i en `tabel`",
                    "if it is one amount for the whole slice, write it in a `table`"
                ))
            }
            TypeProblem::ReadsItself { span, name, lang } => {
                let former = format!("{} {name}", lang.pick("hidtidig", "former"));
                Diagnostic::new(
                    Code::Cycle,
                    bi!(
                        "linjen erstatter `{name}` og bygger på `{name}`, så den skal kende sig selv",
                        "the line replaces `{name}` and builds on `{name}`, so it needs itself"
                    ),
                )
                .at(*span)
                .suggestion(
                    bi!("mente du det, der gjaldt før: `{former}`?", "did you mean what held before: `{former}`?"),
                    *span,
                    former,
                )
            }
            TypeProblem::Cycle { path } => {
                let mut names: Vec<&str> = path.iter().map(|(name, _)| name.as_str()).collect();
                names.extend(path.first().map(|(name, _)| name.as_str()));
                if let [(name, span)] = path.as_slice() {
                    return builds_on_itself(name, *span);
                }
                let list = names.join(" → ");
                let d = Diagnostic::new(
                    Code::Cycle,
                    bi!(
                        "linjerne bygger på hinanden i ring: {list}",
                        "the lines build on each other in a ring: {list}"
                    ),
                );
                let label = |(name, span): &(String, Span)| (*span, bi!("`{name}`", "`{name}`"));
                path.iter().map(label).fold(d, |d, (span, text)| d.label(span, text)).help(bi!(
                    "bryd ringen, for eksempel ved at henvise til året før: `(året før)`",
                    "break the ring, for example by referring to the year before: `(the year before)`"
                ))
            }
        }
    }
}
