//! What is known of a value before any row is seen: which registers make it, and how sure it is.

use super::code::Reg;
use crate::base::{Bi, bi};
use crate::eval::Outcome;
use crate::value::Status;

/// A number in registers: a whole number of 10 to the power of minus `scale`, over another whole number where a division
/// stands outside a rounding.
// INVARIANT: `under` is above 0 in every row that is not given up.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Num {
    /// The number times 10 to the power of `scale` (and times `under`).
    pub over: Reg,
    /// Its decimals.
    pub scale: u32,
    /// What it is divided by.
    pub under: Option<Reg>,
}

/// A value in registers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Val {
    /// A number.
    Number(Num),
    /// 1 is yes, 0 is no.
    Truth(Reg),
    /// A text, by its place in the list of texts.
    Text(Reg),
    /// A date, in days.
    Date(Reg),
}

/// How sure a value is: the same in every row, or by the row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sure {
    /// In every row.
    Always(Status),
    /// The register has the rank of the status, weakest highest.
    By(Reg),
}

/// A value and how sure it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Known {
    /// The value.
    pub val: Val,
    /// How sure it is.
    pub sure: Sure,
}

/// Why something has no registers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Why {
    /// It is no value, and the same in every row.
    State(Box<Outcome>),
    /// It reads other rows than its own.
    OtherRows,
    /// It is left to the reference evaluator.
    Left(LeftOut),
}

/// What is left to the reference evaluator.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum LeftOut {
    /// A number may be beyond 128 bits, or have more decimals than fit.
    TooLarge,
    /// A value that may be `ingen`, or a text that is none of a closed list.
    Words,
    /// Dates that are computed.
    Dates,
    /// A table by time, by points, or whose rows are counted together.
    Table,
    /// A scale whose bounds or rates differ between rows.
    Scale,
    /// `hidtidig`, `videreført` and sums over years.
    OtherLines,
    /// A line that begins or ends on a date that is given, or within the time asked about.
    GivenDates,
    /// An exception that reads what it replaces, or that may conflict with another.
    Exception,
    /// What is read of somebody else: an owner, or those of another kind.
    SomebodyElse,
    /// A what-if for one alone.
    WhatIf,
    /// A distribution, a rank or a duty.
    Other,
}

impl LeftOut {
    /// Says what it is.
    pub fn words(self) -> Bi {
        match self {
            LeftOut::TooLarge => bi!(
                "tal med flere cifre, end 128 bit kan rumme",
                "numbers with more digits than 128 bits hold"
            ),
            LeftOut::Words => bi!("tekster og `ingen`", "texts and `none`"),
            LeftOut::Dates => bi!("regning med datoer", "arithmetic on dates"),
            LeftOut::Table => bi!(
                "en tabel efter tid, med punkter eller med rækker, der lægges sammen",
                "a table by time, of points, or whose rows add up"
            ),
            LeftOut::Scale => bi!(
                "en trappe med grænser eller satser, der ikke er de samme for alle",
                "a scale with bounds or rates that are not the same for all"
            ),
            LeftOut::OtherLines => {
                bi!(
                    "`hidtidig`, `videreført` og summer over år",
                    "`former`, `carried on` and sums over years"
                )
            }
            LeftOut::GivenDates => {
                bi!(
                    "linjer, der gælder fra eller til en given dato",
                    "lines in force from or until a given date"
                )
            }
            LeftOut::Exception => {
                bi!("en undtagelse, der læser det, den erstatter", "an exception that reads what it replaces")
            }
            LeftOut::SomebodyElse => bi!("værdier, der læses hos andre", "values that are read of others"),
            LeftOut::WhatIf => bi!("en hvad hvis-linje for én alene", "a what-if for one alone"),
            LeftOut::Other => bi!("fordelinger, rang og pligter", "distributions, ranks and duties"),
        }
    }
}

/// What is lowered, or why it is not.
pub(super) type Lowered<T = Known> = Result<T, Why>;

/// Leaves something to the reference evaluator.
pub(super) fn left<T>(what: LeftOut) -> Lowered<T> {
    Err(Why::Left(what))
}
