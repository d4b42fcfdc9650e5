use crate::base::{Bi, bi};

/// The ways in which a rule pack is damaged; each is a slip that somebody makes who writes or copies rules.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Way {
    /// A row of a table, a scale or an index is left out.
    DropRow,
    /// Two bounds change places.
    SwapBounds,
    /// A unit becomes another one.
    SwapUnit,
    /// A bound that is not included becomes one that is, or the other way round.
    UnderToAtMost,
    /// An exception is left out.
    DeleteException,
    /// A period or date lies a year off.
    ShiftPeriod,
    /// An amount stands in another price level.
    ChangeLevel,
    /// A value of an enumeration, or the name of somebody, lacks a letter.
    MisspellValue,
    /// Two digits change places.
    TransposeDigits,
    /// A rounding is left out.
    DropRounding,
    /// A reference points at something else, or at nothing.
    BreakLink,
    /// Two neighbouring years become one, with the value of the first.
    MergeYears,
}

impl Way {
    /// Every way, in the order of reports.
    pub const ALL: &'static [Way] = &[
        Way::DropRow,
        Way::SwapBounds,
        Way::SwapUnit,
        Way::UnderToAtMost,
        Way::DeleteException,
        Way::ShiftPeriod,
        Way::ChangeLevel,
        Way::MisspellValue,
        Way::TransposeDigits,
        Way::DropRounding,
        Way::BreakLink,
        Way::MergeYears,
    ];

    /// Returns its name for programs.
    pub fn id(self) -> &'static str {
        match self {
            Way::DropRow => "drop_row",
            Way::SwapBounds => "swap_bounds",
            Way::SwapUnit => "swap_unit",
            Way::UnderToAtMost => "under_to_at_most",
            Way::DeleteException => "delete_exception",
            Way::ShiftPeriod => "shift_period",
            Way::ChangeLevel => "change_level",
            Way::MisspellValue => "misspell_value",
            Way::TransposeDigits => "transpose_digits",
            Way::DropRounding => "drop_rounding",
            Way::BreakLink => "break_link",
            Way::MergeYears => "merge_years",
        }
    }

    /// Returns its name for people.
    pub fn words(self) -> Bi {
        match self {
            Way::DropRow => bi!("fjern en række", "drop a row"),
            Way::SwapBounds => bi!("byt om på to grænser", "swap two bounds"),
            Way::SwapUnit => bi!("byt en enhed", "swap a unit"),
            Way::UnderToAtMost => bi!("`under` bliver `højst`", "`under` becomes `at most`"),
            Way::DeleteException => bi!("fjern en undtagelse", "delete an exception"),
            Way::ShiftPeriod => bi!("forskyd en periode", "shift a period"),
            Way::ChangeLevel => bi!("skift et prisniveau", "change a price level"),
            Way::MisspellValue => bi!("fejlstav en værdi", "misspell a value"),
            Way::TransposeDigits => bi!("byt om på to cifre", "transpose two digits"),
            Way::DropRounding => bi!("fjern en afrunding", "drop a rounding"),
            Way::BreakLink => bi!("bryd en henvisning", "break a link"),
            Way::MergeYears => bi!("slå to år sammen", "merge two years"),
        }
    }
}
