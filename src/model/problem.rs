//! What can be wrong with names, and constructs that are known but computed later.

use crate::base::{Bi, Lang, Span, bi};
use crate::diag::{Code, Diagnostic, Edit, Report};
use crate::value::{Interval, Period};

/// A finding about names, times or layers.
#[derive(Clone, Debug)]
pub enum NameProblem {
    /// A name that nothing in scope has.
    Undefined {
        /// Where.
        span: Span,
        /// The name.
        name: String,
        /// The nearest name in scope.
        nearest: Option<String>,
    },
    /// A name that nothing has, in front of a name that each of a kind has.
    PerhapsOfOne {
        /// Where.
        span: Span,
        /// The name.
        name: String,
        /// The whole path.
        path: Span,
        /// The path as it is, if the name is that of a certain one.
        written: String,
    },
    /// A name in a what-if that nothing in the rules has.
    UnknownInWhatIf {
        /// Where.
        span: Span,
        /// The name.
        name: String,
        /// Names that have to do with it.
        related: Vec<String>,
        /// How the cells of the tables are named, where it may be one of them.
        tables: Vec<String>,
    },
    /// A name declared twice.
    Duplicate {
        /// The second place.
        span: Span,
        /// The first place.
        first: Span,
        /// The name.
        name: String,
    },
    /// A name that several clauses define.
    Ambiguous {
        /// Where.
        span: Span,
        /// The name.
        name: String,
        /// The full names it could mean.
        candidates: Vec<String>,
    },
    /// Two definitions of the same name that hold at the same time.
    Overlap {
        /// The second one.
        span: Span,
        /// The first one.
        first: Span,
        /// The name.
        name: String,
        /// The time they share.
        shared: Bi,
    },
    /// A word after a number that is no declared unit.
    UnknownUnit {
        /// Where.
        span: Span,
        /// The word.
        name: String,
        /// The nearest unit.
        nearest: Option<String>,
    },
    /// A built-in unit in words of everyday language: `million`, `procent`.
    UnitInOtherWords {
        /// Where.
        span: Span,
        /// What stands there.
        name: String,
        /// How the unit is written in the language of the rules.
        meant: String,
    },
    /// A kind that is not declared.
    UnknownKind {
        /// Where.
        span: Span,
        /// The word.
        name: String,
        /// The nearest kind.
        nearest: Option<String>,
    },
    /// A citation of a source that is not declared.
    UnknownSource {
        /// Where.
        span: Span,
        /// The id.
        name: String,
        /// The nearest source.
        nearest: Option<String>,
        /// The title of the agreement of that name.
        title: Option<String>,
        /// The sources that are declared.
        declared: Vec<String>,
    },
    /// A cell that no row of the table has.
    NoSuchCell {
        /// Where.
        span: Span,
        /// The table.
        table: String,
        /// The rows it has, as they can be named.
        rows: Vec<String>,
        /// The row that the written one lies in or is nearly, without brackets, and where it is to stand.
        meant: Option<(Span, String)>,
    },
    /// Something that cannot be given a value.
    NotAssignable {
        /// Where.
        span: Span,
        /// What it is.
        name: String,
    },
    /// An exception, amendment, reading or scenario that does not exist.
    Dangling {
        /// Where.
        span: Span,
        /// What is looked for.
        what: Bi,
        /// The name.
        name: String,
        /// The nearest one.
        nearest: Option<String>,
    },
    /// A name set in an exception, a reading or an amendment that the clause lacks, one letter from one it has.
    NearlyRestated {
        /// Where.
        span: Span,
        /// The name.
        name: String,
        /// The clause's name.
        nearest: String,
    },
    /// A bound that ends before it starts.
    ReversedPeriod {
        /// Where.
        span: Span,
    },
    /// `primo` or `medio` as a date.
    VagueDate {
        /// Where.
        span: Span,
    },
    /// A modifier that has nothing to modify.
    Misplaced {
        /// Where.
        span: Span,
        /// The modifier.
        modifier: Bi,
        /// What it must follow.
        after: Bi,
    },
    /// Two readings marked as chosen.
    TwoChosen {
        /// The second one.
        span: Span,
        /// The first one.
        first: Span,
    },
    /// A row with another number of cells than the table has columns.
    CellCount {
        /// Where.
        span: Span,
        /// How many cells the table has a row.
        expected: usize,
        /// How many there are.
        found: usize,
    },
    /// A fraction over zero.
    ZeroDenominator {
        /// Where.
        span: Span,
    },
    /// A span of years outside a sum.
    SpanOutsideSum {
        /// Where.
        span: Span,
        /// What is asked for over those years.
        value: Span,
        /// The first of them.
        first: i16,
        /// The language it is written in.
        lang: Lang,
    },
    /// A count of conditions in a clause that has none.
    NoConditions {
        /// Where.
        span: Span,
    },
    /// A rounding to nothing.
    ZeroStep {
        /// Where.
        span: Span,
    },
    /// A rounding direction on a distribution.
    DirectedShare {
        /// Where.
        span: Span,
    },
    /// Something computed where a written figure is needed.
    NotAFigure {
        /// Where.
        span: Span,
    },
    /// A clause that states figures without a basis.
    NoBasis {
        /// Where.
        span: Span,
        /// The clause.
        name: String,
        /// The title of the clause.
        heading: Option<String>,
        /// The source that its figures would be cited from, with its title where it must be declared, too.
        source: Option<(String, Option<String>)>,
    },
    /// A month, quarter or year where one day is needed.
    PeriodAsDate {
        /// Where.
        span: Span,
        /// The period.
        period: Period,
        /// The language the file is written in.
        lang: Lang,
    },
    /// A given date as a bound of something that must be known before anything is computed.
    GivenBoundNotHere {
        /// Where.
        span: Span,
    },
    /// A dated line that lies outside the time its clause is in force.
    OutsideClauseTime {
        /// The line.
        span: Span,
        /// When the line holds.
        line: Interval,
        /// When the clause is in force.
        clause: Interval,
    },
    /// `videreført` where there is nothing before.
    NothingToCarryOn {
        /// Where.
        span: Span,
        /// The definition, where the line is dated but nothing stands before it.
        name: Option<String>,
    },
    /// A name that both the iterated one and the outer one have.
    BothHave {
        /// Where.
        span: Span,
        /// The name.
        name: String,
        /// It, written with whose it is.
        offers: Vec<String>,
    },
}

fn period_as_date(span: Span, period: Period, lang: Lang) -> Diagnostic {
    let (da, en) = (period.print(Lang::Da), period.print(Lang::En));
    let d = Diagnostic::new(
        Code::PeriodAsDate,
        bi!(
            "her skal stå en dato, og {da} er ikke en bestemt dag",
            "a date is needed here, and {en} is not a certain day"
        ),
    )
    .at(span);
    let last = format!("{} {}", lang.pick("ultimo", "end of"), period.print(lang));
    let first = period.first().map(|date| date.print(lang));
    let d = d.suggestion(bi!("den sidste dag: `{last}`", "the last day: `{last}`"), span, last.clone());
    match first {
        Some(first) => {
            d.suggestion(bi!("den første dag: `{first}`", "the first day: `{first}`"), span, first.clone())
        }
        None => d,
    }
}

fn nothing_to_carry_on(span: Span, name: Option<&str>) -> Diagnostic {
    let d = match name {
        None => Diagnostic::new(
            Code::NothingToCarryOn,
            bi!(
                "`videreført` hører til i en linje i klausulen, der siger, hvornår den begynder",
                "`carried on` belongs to a line of the clause that says when it begins"
            ),
        )
        .help(bi!(
            "skriv for eksempel `x fra 2031 = videreført`; andre steder skrives tiden: `x i 2030`",
            "write for example `x from 2031 = carried on`; elsewhere write the time: `x in 2030`"
        )),
        Some(name) => Diagnostic::new(
            Code::NothingToCarryOn,
            bi!(
                "`{name}` har ingen tidligere værdi, der kan videreføres",
                "`{name}` has no earlier value that can be carried on"
            ),
        )
        .help(bi!(
            "fastsæt den for tiden før: `{name} i 2030 = …`",
            "set it for the time before: `{name} in 2030 = …`"
        )),
    };
    d.at(span)
}

pub(super) fn did_you_mean(diagnostic: Diagnostic, span: Span, nearest: Option<&String>) -> Diagnostic {
    match nearest {
        Some(near) => {
            diagnostic.suggestion(bi!("mente du `{near}`?", "did you mean `{near}`?"), span, near.clone())
        }
        None => diagnostic,
    }
}

impl Report for NameProblem {
    fn report(&self) -> Diagnostic {
        match self {
            NameProblem::GivenBoundNotHere { span } => Diagnostic::new(
                Code::GivenBoundNotHere,
                bi!("her skal datoen skrives", "the date must be written here"),
            )
            .at(*span)
            .help(bi!(
                "en given dato kan begrænse en klausul, en undtagelse og linjerne i dem",
                "a given date can bound a clause, an exception and the lines in them"
            )),
            NameProblem::OutsideClauseTime { span, line, clause } => {
                let (l_da, l_en) = (line.print(Lang::Da), line.print(Lang::En));
                let (c_da, c_en) = (clause.print(Lang::Da), clause.print(Lang::En));
                Diagnostic::new(
                    Code::OutsideClauseTime,
                    bi!(
                        "linjens tid er {l_da}, men klausulens er {c_da}",
                        "the time of the line is {l_en}, but that of the clause is {c_en}"
                    ),
                )
                .at(*span)
                .help(bi!(
                    "ret linjens tid eller klausulens `gælder`",
                    "mend the time of the line or the clause's `in force`"
                ))
            }
            NameProblem::PeriodAsDate { span, period, lang } => period_as_date(*span, *period, *lang),
            NameProblem::NothingToCarryOn { span, name } => nothing_to_carry_on(*span, name.as_deref()),
            NameProblem::Undefined { span, name, nearest } => {
                super::word_problem::undefined(*span, name, nearest.as_ref())
            }
            NameProblem::PerhapsOfOne { span, name, path, written } => {
                super::word_problem::perhaps_of_one((*span, name), *path, written)
            }
            NameProblem::UnknownInWhatIf { span, name, related, tables } => {
                super::word_problem::unknown_in_what_if(*span, name, related, tables)
            }
            NameProblem::UnknownUnit { span, name, nearest } => {
                let d = Diagnostic::new(
                    Code::UnknownUnit,
                    bi!("`{name}` er ikke en erklæret enhed", "`{name}` is not a declared unit"),
                );
                let d = d.help(bi!(
                    "erklær den på en linje for sig, i ental og flertal: `måleenhed …, {name}`",
                    "declare it on a line of its own, singular and plural: `unit …, {name}`"
                ));
                did_you_mean(d.at(*span), *span, nearest.as_ref())
            }
            NameProblem::UnitInOtherWords { span, name, meant } => {
                let d = Diagnostic::new(
                    Code::UnitSpelling,
                    bi!("enheden `{name}` skrives `{meant}`", "the unit `{name}` is written `{meant}`"),
                );
                d.at(*span).fix(bi!("skriv `{meant}`", "write `{meant}`"), *span, meant)
            }
            NameProblem::UnknownKind { span, name, nearest } => {
                let d = Diagnostic::new(
                    Code::UnknownKind,
                    bi!("`{name}` er ikke en erklæret slags", "`{name}` is not a declared kind"),
                );
                let d = d.help(bi!(
                    "en slags erklæres med `hver region, regioner, regionen har …`",
                    "a kind is declared with `each region, regions has …`"
                ));
                did_you_mean(d.at(*span), *span, nearest.as_ref())
            }
            NameProblem::UnknownSource { span, name, nearest, title, declared } => {
                let found = super::source_problem::unknown(*span, name, title.as_deref(), declared);
                did_you_mean(found, *span, nearest.as_ref())
            }
            NameProblem::Dangling { span, what, name, nearest } => {
                let (da, en) = (&what.da, &what.en);
                let d = Diagnostic::new(
                    Code::DanglingName,
                    bi!("{da} `{name}` findes ikke", "there is no {en} `{name}`"),
                );
                did_you_mean(d.at(*span), *span, nearest.as_ref())
            }
            NameProblem::Duplicate { span, first, name } => Diagnostic::new(
                Code::DuplicateName,
                bi!("`{name}` er erklæret to gange", "`{name}` is declared twice"),
            )
            .label(*span, bi!("anden gang", "the second time"))
            .label(*first, bi!("første gang", "the first time"))
            .help(bi!(
                "behold den ene, eller giv den anden et navn, der siger forskellen",
                "keep one of them, or give the other a name that tells the difference"
            )),
            NameProblem::Ambiguous { span, name, candidates } => {
                super::word_problem::ambiguous(*span, name, candidates)
            }
            NameProblem::Overlap { span, first, name, shared } => {
                let (da, en) = (&shared.da, &shared.en);
                Diagnostic::new(
                    Code::OverlappingDefinitions,
                    bi!("`{name}` er fastsat to gange for {da}", "`{name}` is set twice for {en}"),
                )
                .label(*span, bi!("her", "here"))
                .label(*first, bi!("og her", "and here"))
                .help(bi!(
                    "lad perioderne slutte, før den næste begynder, eller skriv den ene som en `undtagelse`",
                    "let the periods end before the next begins, or write one of them as an `exception`"
                ))
            }
            NameProblem::NoSuchCell { span, table, rows, meant } => {
                let list = rows.join(", ");
                let found = Diagnostic::new(
                    Code::NoSuchCell,
                    bi!(
                        "`{table}` har ingen række, der skrives sådan",
                        "`{table}` has no row written like that"
                    ),
                )
                .at(*span);
                match (rows.is_empty(), meant) {
                    (true, _) => found.help(bi!(
                        "`{table}` er ingen tabel; uden klammer er det hele værdien",
                        "`{table}` is no table; without brackets it is the whole value"
                    )),
                    (false, None) => found.help(bi!("rækkerne er: {list}", "the rows are: {list}")),
                    (false, Some((at, row))) => found
                        .help(bi!(
                            "nærmest er `[{row}]`; rækkerne er: {list}",
                            "the nearest is `[{row}]`; the rows are: {list}"
                        ))
                        .suggestion(
                            bi!("mente du den nærmeste?", "did you mean the nearest?"),
                            *at,
                            row.clone(),
                        ),
                }
            }
            NameProblem::NotAssignable { span, name } => Diagnostic::new(
                Code::NotAssignable,
                bi!("`{name}` kan ikke tildeles en værdi", "`{name}` cannot be given a value"),
            )
            .at(*span)
            .help(bi!(
                "en klausul fastsætter kun sine egne navne; en læsning, et scenarie eller `--set` kan ændre en \
                 oplysning, en definition, en betingelse eller et felt i en tabel",
                "a clause sets only its own names; a reading, a scenario or `--set` can change a fact, a definition, \
                 a condition or a cell of a table"
            )),
            NameProblem::NearlyRestated { span, name, nearest } => Diagnostic::new(
                Code::NearlyRestated,
                bi!(
                    "her fastsættes `{name}`, som klausulen ikke har; den har `{nearest}`",
                    "this sets `{name}`, which the clause does not have; it has `{nearest}`"
                ),
            )
            .at(*span)
            .suggestion(
                bi!("mente du `{nearest}`?", "did you mean `{nearest}`?"),
                *span,
                nearest.clone(),
            ),
            NameProblem::ReversedPeriod { span } => Diagnostic::new(
                Code::ReversedPeriod,
                bi!("perioden slutter, før den begynder", "the period ends before it begins"),
            )
            .at(*span)
            .help(bi!(
                "byt om på grænserne, eller ret årstallet",
                "let the bounds change places, or mend the year"
            )),
            NameProblem::VagueDate { span } => Diagnostic::new(
                Code::VagueDate,
                bi!(
                    "`primo` og `medio` er ikke en bestemt dag",
                    "`start of` and `middle of` are not a certain day"
                ),
            )
            .at(*span)
            .help(bi!(
                "skriv dagen, og sig med en `antagelse`, at det er sådan, teksten læses",
                "write the day, and say with an `assumption` that this is how the text is read"
            )),
            NameProblem::Misplaced { span, modifier, after } => {
                let (m_da, m_en, a_da, a_en) = (&modifier.da, &modifier.en, &after.da, &after.en);
                Diagnostic::new(
                    Code::Misplaced,
                    bi!(
                        "`{m_da}` kan kun stå lige efter {a_da}",
                        "`{m_en}` can only stand right after {a_en}"
                    ),
                )
                .at(*span)
                .help(bi!(
                    "skriv det, tilføjelsen skal virke på, lige foran kommaet, eller slet den",
                    "write what the addition is to act on right before the comma, or delete it"
                ))
            }
            NameProblem::TwoChosen { span, first } => Diagnostic::new(
                Code::TwoChosen,
                bi!("to læsninger er markeret som valgt", "two readings are marked as chosen"),
            )
            .label(*span, bi!("denne", "this one"))
            .label(*first, bi!("og denne", "and this one"))
            .help(bi!("lad kun den ene stå som `(valgt)`", "leave only one of them as `(chosen)`")),
            NameProblem::CellCount { span, expected, found } => Diagnostic::new(
                Code::CellCount,
                bi!(
                    "rækken har {found} felter; her ventes {expected}",
                    "the row has {found} cells; {expected} are expected"
                ),
            )
            .at(*span)
            .help(bi!(
                "skriv ét felt for hver nøgle og derefter ét for hvert resultat, adskilt af `|`",
                "write one cell for each key, then one for each result, separated by `|`"
            )),
            NameProblem::ZeroDenominator { span } => Diagnostic::new(
                Code::ZeroDenominator,
                bi!("en brøk kan ikke have nævneren 0", "a fraction cannot have the denominator 0"),
            )
            .at(*span)
            .help(bi!("skriv den nævner, der menes", "write the denominator that is meant")),
            NameProblem::SpanOutsideSum { span, value, first, lang } => {
                span_outside_sum(*span, *value, *first, *lang)
            }
            NameProblem::NoConditions { span } => Diagnostic::new(
                Code::NoConditions,
                bi!("klausulen har ingen betingelser at tælle", "the clause has no conditions to count"),
            )
            .at(*span)
            .help(bi!(
                "skriv dem i klausulen: `betingelse navn = …`",
                "write them in the clause: `condition name = …`"
            )),
            NameProblem::ZeroStep { span } => Diagnostic::new(
                Code::ZeroStep,
                bi!("der kan kun afrundes til noget over 0", "one can only round to something above 0"),
            )
            .at(*span)
            .help(bi!(
                "skriv det, resultatet skal gå op i, for eksempel `1 kr.`",
                "write what the result is to be a multiple of, for example `1 kr.`"
            )),
            NameProblem::DirectedShare { span } => Diagnostic::new(
                Code::DirectedShare,
                bi!(
                    "andele af en fordeling kan ikke alle afrundes samme vej, for så går fordelingen ikke op",
                    "the shares of a distribution cannot all be rounded one way, or they would not add up"
                ),
            )
            .at(*span)
            .help(bi!(
                "skriv `, afrundet til …` uden retning, eller `, afrundet hver for sig til …`",
                "write `, rounded to …` without a direction, or `, rounded each to …`"
            )),
            NameProblem::NotAFigure { span } => Diagnostic::new(
                Code::NotAFigure,
                bi!(
                    "her skal stå et tal, som det er skrevet, ikke noget, der regnes ud",
                    "a figure as it is written must stand here, not something computed"
                ),
            )
            .at(*span)
            .help(bi!("skriv tallet selv", "write the figure itself")),
            NameProblem::NoBasis { span, name, heading, source } => {
                super::source_problem::no_basis(*span, name, heading.as_deref(), source.as_ref())
            }
            NameProblem::BothHave { span, name, offers } => {
                super::kind_problem::both_have(*span, name, offers)
            }
        }
    }
}

fn span_outside_sum(span: Span, value: Span, first: i16, lang: Lang) -> Diagnostic {
    let words = lang.pick(("sum af ", "i"), ("sum of ", "in"));
    let year = Edit { span: Span { end: span.end, ..value.after() }, text: format!(" {} {first}", words.1) };
    let message = bi!(
        "en værdi for flere år kan enten være summen eller værdien hvert år",
        "a value for several years can be either the sum or the value each year"
    );
    Diagnostic::new(Code::SpanOutsideSum, message)
        .at(span)
        .reading(bi!("summen af årene", "the sum of the years"), vec![Edit::before(span, words.0)])
        .reading(
            bi!("værdien i ét af årene, som her i {first}", "the value in one of the years, here {first}"),
            vec![year],
        )
}
