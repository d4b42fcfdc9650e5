//! What can go wrong while evaluating, at its own place and with its cause.

use super::problem_words::{Live, conflict, distribution, limited, no_opening, overlap, shown, unmet};
use crate::base::{Bi, Lang, Span, bi};
use crate::diag::{Code, Diagnostic, Report};
use crate::facts::{Moment, RefusedDatum};
use crate::model::IndexKind;
use crate::types::{missing_words, years_missing};
use crate::value::{DateSlip, DistributionError, Interval, Number, Period};

/// A run-time finding; it becomes the state of the value it concerns and does not stop others.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RunProblem {
    /// Division by zero.
    DivisionByZero {
        /// The division.
        span: Span,
        /// What is 0, where it has a name.
        zero: Option<(Span, String)>,
    },
    /// No row of a table fits.
    NoRow {
        /// The lookup.
        span: Span,
        /// The table.
        table: Span,
        /// The keys with their values.
        keys: String,
    },
    /// Several rows fit where one must.
    SeveralRows {
        /// The table.
        table: Span,
        /// The result.
        name: String,
        /// The rows.
        rows: Vec<Span>,
    },
    /// An index that does not reach the year evaluated.
    IndexEnds {
        /// The conversion.
        span: Span,
        /// The index.
        index: Span,
        /// Its name.
        name: String,
        /// What its lines state.
        kind: IndexKind,
        /// The spans of growth, or the single years, that it lacks.
        missing: Vec<(i16, i16)>,
    },
    /// A value that changes within the moment asked for.
    Changes {
        /// The definition or fact.
        span: Span,
        /// Its name.
        name: String,
        /// What was asked.
        moment: Moment,
        /// The pieces.
        pieces: Vec<Interval>,
    },
    /// Two lines that hold at the same time, as given dates turned out.
    Overlap {
        /// The definition.
        name: String,
        /// One of the lines, and when it holds.
        first: (Span, Interval),
        /// The other one.
        second: (Span, Interval),
    },
    /// Two live exceptions with different values.
    Conflict {
        /// What they restate.
        name: String,
        /// The exceptions.
        exceptions: Vec<Live>,
    },
    /// A percentage key that does not add to 100 pct.
    KeysDoNotAdd {
        /// The distribution.
        span: Span,
        /// The key.
        key: Span,
        /// What it adds to.
        sum: Number,
    },
    /// A distribution that cannot be made.
    Distribution {
        /// The distribution.
        span: Span,
        /// Why.
        error: DistributionError,
    },
    /// A kind some of whom exist only for a part of the time asked for.
    KindChanges {
        /// Where.
        span: Span,
        /// The kind, plural.
        kind: String,
        /// What was asked.
        moment: Moment,
        /// Who exists for a part of it, and when.
        partly: Vec<(String, Interval)>,
    },
    /// A link to a name that nobody has.
    NobodyCalled {
        /// Where it is read.
        span: Span,
        /// The kind.
        kind: String,
        /// The name.
        name: String,
        /// The nearest one.
        nearest: Option<String>,
    },
    /// What is shared within a group differs between its members.
    PoolDiffers {
        /// The distribution.
        span: Span,
        /// Two members with different pools.
        members: (String, String),
    },
    /// Weights that add to 0.
    WeightsZero {
        /// The average.
        span: Span,
    },
    /// A weight below 0.
    NegativeWeight {
        /// The average.
        span: Span,
        /// Whose.
        name: String,
    },
    /// An aggregate over nobody.
    NobodySelected {
        /// The aggregate.
        span: Span,
    },
    /// Somebody asked to give up.
    Stopped {
        /// Where the run stood.
        span: Span,
    },
    /// More memory than the run may be estimated to take.
    TooMuchMemory {
        /// Where.
        span: Span,
        /// The limit, in bytes.
        limit: u64,
    },
    /// More steps than the limit.
    TooManySteps {
        /// Where the run stood.
        span: Span,
        /// The limit.
        limit: usize,
    },
    /// More definitions inside each other than the limit.
    TooDeep {
        /// The definition.
        span: Span,
        /// Its name.
        name: String,
        /// The limit.
        limit: usize,
    },
    /// More expressions inside each other than the limit.
    TooNested {
        /// Where.
        span: Span,
        /// The limit.
        limit: usize,
    },
    /// A definition that needs itself at the same moment.
    Endless {
        /// The definition.
        span: Span,
        /// Its name.
        name: String,
    },
    /// A definition that has errors of its own.
    Faulty {
        /// The definition.
        span: Span,
        /// Its name.
        name: String,
    },
    /// An expression that has an error reported by the checker.
    Invalid {
        /// Where.
        span: Span,
    },
    /// Parts that are more than what they are parts of.
    PartsExceed {
        /// The part that is what is left.
        span: Span,
    },
    /// Two rows of a table of points for the same point.
    SamePoint {
        /// The rows.
        rows: [Span; 2],
    },
    /// A scale charged on a negative number.
    NegativeBase {
        /// The scale.
        span: Span,
        /// What it is charged on, and how much that is, in both languages.
        base: Bi,
    },
    /// A base above the last slice of a scale without `derover`.
    AboveScale {
        /// The scale.
        span: Span,
        /// Its last slice.
        last: Span,
        /// What it is charged on, and how much that is, in both languages.
        base: Bi,
    },
    /// A slice that ends where or before the one below it ends.
    ScaleFalls {
        /// The slice.
        row: Span,
        /// The slice below it.
        below: Span,
    },
    /// A number beyond all bounds.
    TooLarge {
        /// Where.
        span: Span,
    },
    /// A date beyond the calendar.
    OutsideCalendar {
        /// Where.
        span: Span,
    },
    /// `dag` when only a year was asked for.
    NoDay {
        /// Where.
        span: Span,
        /// What was asked about.
        moment: Moment,
    },
    /// A sum over more years than the limit.
    TooManyYears {
        /// Where.
        span: Span,
        /// The limit.
        limit: i32,
    },
    /// A value that an unmet requirement read.
    Unmet {
        /// The requirement.
        span: Span,
        /// What it says.
        message: String,
        /// Whose data, where it is about each.
        who: Option<String>,
        /// When.
        moment: Moment,
    },
    /// A definition that builds on its own earlier values and reaches none that is stated.
    NoOpening {
        /// Where.
        span: Span,
        /// The definition.
        name: String,
        /// The time for which nothing is stated; `None` where it goes back without end.
        moment: Option<Moment>,
    },
    /// Months added to a date whose day the month reached lacks.
    NoSuchDay {
        /// Where.
        span: Span,
        /// What there is none of.
        slip: DateSlip,
    },
    /// Something other than a whole number of months added to a date.
    NotWholeMonths {
        /// Where.
        span: Span,
    },
    /// `videreført` where no earlier value is in force.
    NothingBefore {
        /// Where.
        span: Span,
        /// The definition.
        name: String,
    },
    /// A sum over a month or quarter for which no total is set.
    NoTotal {
        /// Where.
        span: Span,
        /// The period.
        period: Period,
    },
    /// A value in data that cannot be one of what it is given for; reported when the data were read.
    Refused(RefusedDatum),
    /// A what-if outside the domain of its fact.
    OutsideDomain {
        /// Where.
        span: Span,
        /// The fact.
        name: String,
        /// Whether it is that the number is not whole.
        whole: bool,
        /// What it can be, in words.
        allowed: Bi,
    },
}

impl RunProblem {
    /// Tells whether the question, rather than the rules, is what stands in the way: it is about more than a day.
    pub fn needs_day(&self) -> bool {
        matches!(self, RunProblem::NoDay { .. } | RunProblem::Changes { .. })
    }
    /// Tells whether a counted limit is what went wrong.
    pub fn is_limit(&self) -> bool {
        matches!(
            self,
            RunProblem::Stopped { .. }
                | RunProblem::TooManySteps { .. }
                | RunProblem::TooMuchMemory { .. }
                | RunProblem::TooDeep { .. }
                | RunProblem::TooNested { .. }
                | RunProblem::TooLarge { .. }
                | RunProblem::TooManyYears { .. }
        )
    }
}

impl Report for RunProblem {
    fn report(&self) -> Diagnostic {
        match self {
            RunProblem::NoOpening { span, name, moment } => no_opening(*span, name, *moment),
            RunProblem::NoSuchDay { span, slip } => {
                let Bi { da, en } = slip.says();
                Diagnostic::new(Code::NoSuchDay, bi!("{da}", "{en}")).at(*span).help(bi!(
                    "sig, hvilken dag der så gælder: `, hvis dagen mangler: månedens sidste dag`",
                    "say which day holds then: `, if the day is missing: last day of the month`"
                ))
            }
            RunProblem::NotWholeMonths { span } => Diagnostic::new(
                Code::NotWholeMonths,
                bi!(
                    "en dato kan kun flyttes et helt antal måneder",
                    "a date can be moved by a whole number of months only"
                ),
            )
            .at(*span),
            RunProblem::NothingBefore { span, name } => Diagnostic::new(
                Code::NothingBefore,
                bi!(
                    "`{name}` har ingen tidligere værdi, der kan videreføres",
                    "`{name}` has no earlier value that can be carried on"
                ),
            )
            .at(*span),
            RunProblem::NoTotal { span, period } => {
                let (da, en) = (period.print(Lang::Da), period.print(Lang::En));
                Diagnostic::new(
                    Code::NoTotal,
                    bi!(
                        "der er ikke fastsat en sum for {da}, og der lægges kun sammen år for år",
                        "no total is set for {en}, and sums are taken year by year only"
                    ),
                )
                .at(*span)
                .help(bi!(
                    "skriv `samlet i` om det, teksten fastsætter for hele perioden, eller spørg om værdien med `i`",
                    "write `in total in` of what the text sets for all of the period, or ask for the value with `in`"
                ))
            }
            RunProblem::DivisionByZero { span, zero } => {
                let found = match zero {
                    Some((_, name)) => {
                        bi!("her divideres med 0: `{name}` er 0", "this divides by 0: `{name}` is 0")
                    }
                    None => bi!("her divideres med 0", "this divides by 0"),
                };
                let d = Diagnostic::new(Code::DivisionByZero, found).at(*span);
                let d = match zero {
                    Some((place, _)) => d.label(*place, bi!("0 kommer herfra", "the 0 comes from here")),
                    None => d,
                };
                d.help(bi!(
                    "sig, hvad der gælder, når nævneren er 0: `, hvis nævneren er 0: …`",
                    "say what holds when the denominator is 0: `, if the denominator is 0: …`"
                ))
            }
            RunProblem::PartsExceed { span } => Diagnostic::new(
                Code::PartsExceed,
                bi!(
                    "de andre dele er tilsammen mere end det hele, så der er ingen rest",
                    "the other parts are more than the whole together, so nothing is left"
                ),
            )
            .at(*span)
            .help(bi!(
                "se efter en del, der er for stor, eller et helt beløb, der er for lille",
                "look for a part that is too large, or a whole that is too small"
            )),
            RunProblem::SamePoint { rows: [first, second] } => Diagnostic::new(
                Code::SamePoint,
                bi!("to rækker gælder samme punkt", "two rows are for the same point"),
            )
            .label(*second, bi!("denne", "this one"))
            .label(*first, bi!("og denne", "and this one"))
            .help(bi!("lad hvert punkt have én række", "let each point have one row")),
            RunProblem::NegativeBase { span, base } => {
                let (da, en) = (&base.da, &base.en);
                Diagnostic::new(
                    Code::NegativeBase,
                    bi!("trappen begynder ved 0, men {da}", "the scale starts at 0, but {en}"),
                )
                .at(*span)
                .help(bi!(
                    "regnes der ikke noget af et negativt tal, så lad trappen gå efter noget med `, dog mindst 0`",
                    "if nothing is charged on a negative number, let the scale go by something with `, but at least 0`"
                ))
            }
            RunProblem::AboveScale { span, last, base } => {
                let (da, en) = (&base.da, &base.en);
                Diagnostic::new(
                    Code::AboveScale,
                    bi!(
                        "trappen siger ikke, hvad der gælder over sidste trin, og {da}",
                        "the scale does not say what holds above its last slice, and {en}"
                    ),
                )
                .at(*span)
                .label(*last, bi!("sidste trin", "the last slice"))
                .help(bi!("tilføj et trin `derover | …`", "add a slice `above that | …`"))
            }
            RunProblem::ScaleFalls { row, below } => Diagnostic::new(
                Code::ScaleFalls,
                bi!(
                    "trinnet slutter ikke højere end trinnet før det",
                    "the slice does not end higher than the slice before it"
                ),
            )
            .label(*row, bi!("dette trin", "this slice"))
            .label(*below, bi!("trinnet før", "the slice before it"))
            .help(bi!(
                "trinnene skrives nedefra, og hver grænse er højere end den forrige",
                "slices are written from below, and each bound is higher than the one before"
            )),
            RunProblem::NoRow { span, table, keys } => {
                Diagnostic::new(Code::NoRow, bi!("ingen række passer til `{keys}`", "no row fits `{keys}`"))
                    .at(*span)
                    .label(*table, bi!("tabellen", "the table"))
                    .help(bi!("tilføj rækken, eller en række `ellers`", "add the row, or a row `otherwise`"))
            }
            RunProblem::SeveralRows { table, name, rows } => {
                let d = Diagnostic::new(
                    Code::SeveralRows,
                    bi!(
                        "flere rækker passer, så `{name}` er ikke entydig",
                        "several rows fit, so `{name}` is not unique"
                    ),
                )
                .label(*table, bi!("tabellen", "the table"));
                rows.iter().fold(d, |d, row| d.label(*row, bi!("denne passer", "this one fits"))).help(bi!(
                    "sig, hvad der gælder, lige under tabellens hoved, for eksempel `første række gælder`",
                    "say what holds right under the table's header, for example `first row applies`"
                ))
            }
            RunProblem::Changes { span, name, moment, pieces } => {
                let list = |lang| pieces.iter().map(|p| p.print(lang)).collect::<Vec<_>>().join("; ");
                let (da, en) = (list(Lang::Da), list(Lang::En));
                let (m_da, m_en) = (moment.print(Lang::Da), moment.print(Lang::En));
                Diagnostic::new(
                    Code::ChangesWithin,
                    bi!("`{name}` ændrer sig inden for {m_da}: {da}", "`{name}` changes within {m_en}: {en}"),
                )
                .at(*span)
                .help(bi!("spørg om en bestemt dag med `--date`", "ask about a certain day with `--date`"))
            }
            RunProblem::Overlap { name, first, second } => overlap(name, first, second),
            RunProblem::Conflict { name, exceptions } => conflict(name, exceptions),
            RunProblem::KeysDoNotAdd { span, key, sum } => {
                let percent = sum.mul(&Number::from_i64(100));
                let (da, en) = (shown(&percent, Lang::Da), shown(&percent, Lang::En));
                Diagnostic::new(
                    Code::KeysDoNotAdd,
                    bi!(
                        "nøglen giver {da} pct. tilsammen og ikke 100 pct.",
                        "the key adds to {en} per cent and not 100 per cent"
                    ),
                )
                .at(*span)
                .label(*key, bi!("nøglen", "the key"))
                .help(bi!(
                    "ret nøglen, eller tag dem med, der mangler i data",
                    "mend the key, or include those that the data lacks"
                ))
            }
            RunProblem::Distribution { span, error } => distribution(*span, error),
            RunProblem::KindChanges { .. }
            | RunProblem::NobodyCalled { .. }
            | RunProblem::PoolDiffers { .. }
            | RunProblem::WeightsZero { .. }
            | RunProblem::NegativeWeight { .. } => super::kind_problem::report(self),
            RunProblem::NobodySelected { span } => Diagnostic::new(
                Code::NobodySelected,
                bi!("der er ingen at regne over", "there is nobody to compute over"),
            )
            .at(*span)
            .help(bi!("sig, hvad der så gælder: `, hvis ingen: …`", "say what holds then: `, if none: …`")),
            RunProblem::Stopped { span } => Diagnostic::new(
                Code::Stopped,
                bi!("afbrudt, før det var regnet ud", "stopped before it was computed"),
            )
            .at(*span),
            RunProblem::TooManySteps { span, limit } => {
                limited(*span, bi!("flere end {limit} trin", "more than {limit} steps"))
            }
            RunProblem::TooMuchMemory { span, limit } => limited(*span, {
                let Bi { da, en } = crate::base::in_bytes(*limit);
                bi!(
                    "beregningen skønnes at fylde mere i hukommelsen end {da}",
                    "the computation is estimated to take more memory than {en}"
                )
            }),
            RunProblem::TooDeep { span, limit, name } => limited(
                *span,
                bi!(
                    "`{name}` bygger på mere end {limit} definitioner i række",
                    "`{name}` builds on more than {limit} definitions in a row"
                ),
            ),
            RunProblem::TooNested { span, limit } => limited(
                *span,
                bi!(
                    "flere end {limit} udtryk inden i hinanden",
                    "more than {limit} expressions inside each other"
                ),
            ),
            RunProblem::TooLarge { span } => {
                limited(*span, bi!("et tal med flere end 3.000 cifre", "a number of more than 3,000 digits"))
            }
            RunProblem::TooManyYears { span, limit } => {
                limited(*span, bi!("flere end {limit} år", "more than {limit} years"))
            }
            RunProblem::IndexEnds { span, index, name, kind, missing } => {
                years_missing(Code::IndexEnds, name, &missing_words(*kind, missing))
                    .at(*span)
                    .label(*index, bi!("indekset står her", "the index stands here"))
            }
            RunProblem::Endless { span, name } => Diagnostic::new(
                Code::Endless,
                bi!(
                    "`{name}` skal kende sig selv for at kunne regnes ud",
                    "`{name}` needs itself to be computed"
                ),
            )
            .at(*span)
            .help(bi!(
                "en henvisning bagud i tid skal nå en fastsat begyndelse",
                "a reference back in time must reach a stated start"
            )),
            RunProblem::Faulty { span, name } => Diagnostic::new(
                Code::Faulty,
                bi!(
                    "`{name}` kan ikke regnes ud, før fejlene i den er rettet",
                    "`{name}` cannot be computed until its errors are mended"
                ),
            )
            .at(*span),
            RunProblem::Invalid { span } => Diagnostic::new(
                Code::Faulty,
                bi!(
                    "dette kan ikke regnes ud, før fejlen er rettet",
                    "this cannot be computed until the error is mended"
                ),
            )
            .at(*span),
            RunProblem::OutsideCalendar { span } => Diagnostic::new(
                Code::OutsideCalendar,
                bi!("datoen ligger uden for kalenderen", "the date lies outside the calendar"),
            )
            .at(*span)
            .help(bi!(
                "kalenderen går til og med år 9999; se efter antallet af dage eller år",
                "the calendar runs through the year 9999; look at the number of days or years"
            )),
            RunProblem::NoDay { span, moment } => {
                let (da, en) = (moment.print(Lang::Da), moment.print(Lang::En));
                Diagnostic::new(
                    Code::NoDay,
                    bi!(
                        "der er spurgt om hele {da}, så `dag` er ikke en bestemt dag",
                        "all of {en} was asked about, so `day` is not a certain day"
                    ),
                )
                .at(*span)
                .help(bi!("spørg om en dag med `--date`", "ask about a day with `--date`"))
            }
            RunProblem::Refused(refused) => super::problem_words::refused(refused),
            RunProblem::Unmet { span, message, who, moment } => {
                unmet(*span, message, who.as_deref(), *moment)
            }
            RunProblem::OutsideDomain { span, name, whole: true, .. } => Diagnostic::new(
                Code::OutsideDomain,
                bi!("`{name}` skal være et helt tal", "`{name}` must be a whole number"),
            )
            .at(*span),
            RunProblem::OutsideDomain { span, name, whole: false, allowed: Bi { da, en } } => {
                Diagnostic::new(
                    Code::OutsideDomain,
                    bi!(
                        "værdien ligger uden for det, `{name}` kan være: {da}",
                        "the value lies outside what `{name}` can be: {en}"
                    ),
                )
                .at(*span)
            }
        }
    }
}
