//! What the analyses find.

use crate::base::{Bi, Span, bi};
use crate::diag::{Code, Diagnostic, Report, Severity};

/// A finding made before anything runs.
#[derive(Clone, Debug)]
pub enum LintProblem {
    /// A value of the key that no row fits.
    Gap {
        /// The table.
        table: Span,
        /// Its result.
        name: String,
        /// The key with such a value.
        witness: Bi,
        /// A test that shows it, where one can.
        test: Option<String>,
        /// Why it is not certain that it comes about.
        doubt: Option<Doubt>,
    },
    /// A value of the key that several rows fit.
    Overlap {
        /// The first row.
        first: Span,
        /// The second row.
        second: Span,
        /// The key with such a value.
        witness: Bi,
        /// A test that shows it, where one can.
        test: Option<String>,
        /// Why it is not certain that it comes about.
        doubt: Option<Doubt>,
    },
    /// A range of key values that holds nothing.
    EmptyRange {
        /// The row.
        row: Span,
    },
    /// Two rows of a table of points for the same point.
    SamePoint {
        /// The first.
        first: Span,
        /// The second.
        second: Span,
    },
    /// Points that are not written in rising order.
    PointsFall {
        /// The first row that is lower than the one before.
        row: Span,
    },
    /// Parts that are more than their total.
    PartsExceed {
        /// The split.
        span: Span,
        /// The total's name.
        name: String,
        /// The parts together and the total, in Danish.
        da: (String, String),
        /// The same in English.
        en: (String, String),
    },
    /// A slice of a scale that does not end above the one below it.
    SlicesFall {
        /// The slice.
        row: Span,
        /// The one below it; `None` for the first, which must end above 0.
        below: Option<Span>,
    },
    /// A base that lies above all slices of a scale.
    ScaleGap {
        /// The scale.
        table: Span,
        /// Its result.
        name: String,
        /// The base with such a value.
        witness: Bi,
        /// A test that shows it, where one can.
        test: Option<String>,
    },
    /// A slice of a scale that begins above all that the base can be.
    SliceAbove {
        /// The slice.
        row: Span,
        /// The base.
        key: String,
    },
    /// A row of conditions that no value meets.
    NeverHolds {
        /// The row.
        row: Span,
    },
    /// A row that no value of the key fits.
    DeadRow {
        /// The row.
        row: Span,
        /// The key.
        key: String,
        /// Whether rows before it may take what it fits.
        taken: bool,
    },
}

/// Why values that were found may not come about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Doubt {
    /// Whether the table is read for them could not be decided.
    Excepted,
}

impl Doubt {
    /// `certain` tells whether the table is read for the values.
    pub(super) fn of(certain: bool) -> Option<Doubt> {
        (!certain).then_some(Doubt::Excepted)
    }
}

impl Report for LintProblem {
    fn report(&self) -> Diagnostic {
        match self {
            LintProblem::Gap { table, name, witness, test, doubt } => {
                let (da, en) = (&witness.da, &witness.en);
                let found = Diagnostic::new(
                    Code::TableGap,
                    bi!(
                        "tabellen `{name}` har ingen række for {da}",
                        "the table `{name}` has no row for {en}"
                    ),
                )
                .at(*table)
                .help(bi!("tilføj rækken, eller en række `ellers`", "add the row, or a row `otherwise`"));
                shown(perhaps(found, *doubt), test.as_deref())
            }
            LintProblem::Overlap { first, second, witness, test, doubt } => {
                let (da, en) = (&witness.da, &witness.en);
                let found = Diagnostic::new(
                    Code::TableOverlap,
                    bi!("to rækker passer begge, når {da}", "two rows both fit when {en}"),
                )
                .label(*second, bi!("denne", "this one"))
                .label(*first, bi!("og denne", "and this one"))
                .help(bi!(
                    "lad rækkerne ikke overlappe, eller skriv lige under tabellens hoved, hvad der gælder, fx `første række gælder`",
                    "let the rows not overlap, or write right under the table's header what holds, such as `first row applies`"
                ));
                shown(perhaps(found, *doubt), test.as_deref())
            }
            LintProblem::EmptyRange { row } => Diagnostic::new(
                Code::EmptyRange,
                bi!(
                    "intervallet er tomt: det slutter, før det begynder",
                    "the range is empty: it ends before it begins"
                ),
            )
            .at(*row)
            .help(bi!("skriv den laveste grænse først", "write the lowest bound first")),
            LintProblem::SamePoint { first, second } => Diagnostic::new(
                Code::WrittenSamePoint,
                bi!("to rækker gælder samme punkt", "two rows are for the same point"),
            )
            .label(*second, bi!("denne", "this one"))
            .label(*first, bi!("og denne", "and this one"))
            .help(bi!("lad hvert punkt have én række", "let each point have one row")),
            LintProblem::PointsFall { row } => Diagnostic::new(
                Code::PointsFall,
                bi!(
                    "punkterne står ikke i stigende orden; de læses, som om de gjorde",
                    "the points do not stand in rising order; they are read as if they did"
                ),
            )
            .at(*row)
            .help(bi!(
                "se efter et punkt, der er skrevet forkert",
                "look for a point that is written wrongly"
            )),
            LintProblem::PartsExceed { span, name, da, en } => {
                let ((sum, whole), (sum_en, whole_en)) = (da, en);
                Diagnostic::new(
                    Code::WrittenPartsExceed,
                    bi!(
                        "delene af `{name}` er tilsammen {sum}, men det hele er {whole}",
                        "the parts of `{name}` are {sum_en} together, but the whole is {whole_en}"
                    ),
                )
                .at(*span)
                .help(bi!(
                    "se efter et ciffer, der er skrevet forkert",
                    "look for a digit that is written wrongly"
                ))
            }
            LintProblem::SlicesFall { row, below } => {
                let (text, from) = match below {
                    Some(below) => (
                        bi!(
                            "trinnet slutter ikke højere end trinnet før det",
                            "the slice does not end higher than the slice before it"
                        ),
                        Some(*below),
                    ),
                    None => {
                        (bi!("første trin slutter ikke over 0", "the first slice does not end above 0"), None)
                    }
                };
                let d = Diagnostic::new(Code::SlicesFall, text).label(*row, bi!("dette trin", "this slice"));
                from.into_iter()
                    .fold(d, |d, span| d.label(span, bi!("trinnet før", "the slice before it")))
                    .help(bi!(
                        "skriv trinnene nedefra, med `derover` sidst",
                        "write the slices from below, with `above that` last"
                    ))
            }
            LintProblem::ScaleGap { table, name, witness, test } => {
                let (da, en) = (&witness.da, &witness.en);
                let found = Diagnostic::new(
                    Code::TableGap,
                    bi!("trappen `{name}` har intet trin for {da}", "the scale `{name}` has no slice for {en}"),
                )
                .at(*table)
                .help(bi!("tilføj trinnet, eller et trin `derover`", "add the slice, or one `above that`"));
                shown(found, test.as_deref())
            }
            LintProblem::SliceAbove { row, key } => Diagnostic::new(
                Code::DeadRow,
                bi!(
                    "trinnet bliver aldrig nået: `{key}` kan ikke blive så stor",
                    "the slice is never reached: `{key}` cannot be that large"
                ),
            )
            .at(*row)
            .help(bi!(
                "ret grænsen, eller det, som oplysningen er erklæret til at kunne være; ellers slet trinnet",
                "mend the bound, or what the fact is declared to be able to be; else delete the slice"
            )),
            LintProblem::NeverHolds { row } => Diagnostic::new(
                Code::DeadRow,
                bi!(
                    "rækken kan aldrig passe: ingen værdi opfylder betingelsen, eller en række før den tager dem alle",
                    "the row can never fit: no value meets its condition, or a row before it takes them all"
                ),
            )
            .at(*row),
            LintProblem::DeadRow { row, taken: true, .. } => Diagnostic::new(
                Code::DeadRow,
                bi!(
                    "rækken bliver aldrig nået: rækkerne før den tager alt det, den passer på",
                    "the row is never reached: the rows before it take all that it fits"
                ),
            )
            .at(*row)
            .help(bi!("flyt den op, eller slet den", "move it up, or delete it")),
            LintProblem::DeadRow { row, key, taken: false } => Diagnostic::new(
                Code::DeadRow,
                bi!(
                    "rækken kan aldrig passe: `{key}` kan ikke blive sådan",
                    "the row can never fit: `{key}` cannot be like that"
                ),
            )
            .at(*row)
            .help(bi!(
                "ret rækken, eller det, som nøglen er erklæret til at kunne være; ellers slet rækken",
                "mend the row, or what the key is declared to be able to be; else delete the row"
            )),
        }
    }
}

/// What may rule out just the values that were found, so that there is only a warning.
fn perhaps(found: Diagnostic, doubt: Option<Doubt>) -> Diagnostic {
    let why = match doubt {
        None => return found,
        Some(Doubt::Excepted) => bi!(
            "der er set på alle værdier: hvilke undtagelsens betingelse udelukker, afgøres først, når der regnes",
            "all values were looked at: which of them the exception's condition rules out is decided only when it is computed"
        ),
    };
    Diagnostic { severity: Severity::Warning, ..found }.help(why)
}

/// Adds the test that shows the fault. It stands on lines of its own, as it is written in a file.
fn shown(found: Diagnostic, test: Option<&str>) -> Diagnostic {
    match test {
        None => found,
        Some(test) => found.help(bi!(
            "denne prøve viser det; når tabellen er rettet, skal det rigtige svar stå der i stedet for fejlen\n{test}",
            "this test shows it; when the table is mended, the right answer belongs there instead of the error\n{test}"
        )),
    }
}
