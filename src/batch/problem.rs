use crate::base::bi;
use crate::diag::{Code, Diagnostic, Report};

/// Why rows cannot be computed one by one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RowsProblem {
    /// The kind is none of the rules.
    NoKind {
        /// As it was written.
        kind: String,
        /// Those there are.
        kinds: Vec<String>,
    },
    /// What is asked for is not computed for each of the kind.
    NotOfRows {
        /// As it was asked.
        target: String,
        /// The kind.
        kind: String,
    },
    /// Nothing is computed for each of the kind.
    Nothing {
        /// The kind.
        kind: String,
    },
    /// A result reads other rows than its own.
    OtherRows {
        /// The result.
        name: String,
        /// The kind.
        kind: String,
    },
    /// A requirement is about all rows together.
    RequiredOfAll {
        /// The kind.
        kind: String,
    },
    /// The data for all have entities of the kind too.
    InData {
        /// The kind.
        kind: String,
    },
    /// There is no row of that number.
    NoRow {
        /// The number.
        row: usize,
    },
}

impl Report for RowsProblem {
    fn report(&self) -> Diagnostic {
        let new = |message| Diagnostic::new(Code::WrongUsage, message);
        match self {
            RowsProblem::NoKind { kind, kinds } => {
                let all = kinds.join(", ");
                new(bi!("reglerne kender ingen `{kind}`", "the rules know no `{kind}`"))
                    .help(bi!("de kender: {all}", "they know: {all}"))
            }
            RowsProblem::NotOfRows { target, kind } => new(bi!(
                "`{target}` beregnes ikke for hver `{kind}`",
                "`{target}` is not computed for each `{kind}`"
            ))
            .help(bi!(
                "med `--rows` beregnes klausuler og definitioner, der står `for hver {kind}`",
                "with `--rows`, clauses and definitions that stand `for each {kind}` are computed"
            )),
            RowsProblem::Nothing { kind } => new(bi!(
                "intet i reglerne beregnes for hver `{kind}` af rækken alene",
                "nothing in the rules is computed for each `{kind}` from its row alone"
            )),
            RowsProblem::OtherRows { name, kind } => new(bi!(
                "`{name}` læser andre end rækkens egen `{kind}`, for eksempel en sum eller en fordeling",
                "`{name}` reads others than the `{kind}` of the row, such as a sum or a distribution"
            ))
            .help(bi!(
                "giv alle rækker som data: `--data {kind}=FIL.csv`",
                "give all rows as data: `--data {kind}=FILE.csv`"
            )),
            RowsProblem::RequiredOfAll { kind } => new(bi!(
                "et krav i reglerne gælder alle `{kind}` tilsammen og kan ikke afgøres række for række",
                "a requirement of the rules is about all `{kind}` together and cannot be decided row by row"
            ))
            .help(bi!(
                "giv alle rækker som data: `--data {kind}=FIL.csv`",
                "give all rows as data: `--data {kind}=FILE.csv`"
            )),
            RowsProblem::InData { kind } => new(bi!(
                "`--data` har også `{kind}`; med `--rows` kommer de fra rækkerne alene",
                "`--data` has `{kind}` too; with `--rows` they come from the rows alone"
            )),
            RowsProblem::NoRow { row } => {
                new(bi!("tabellen har ingen række {row}", "the table has no row {row}")).help(bi!(
                    "rækker tælles som i et regneark: overskriften er række 1",
                    "rows are counted as in a spreadsheet: the headings are row 1"
                ))
            }
        }
    }
}
