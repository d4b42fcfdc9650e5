//! Values: exact numbers, dates and periods, units, price levels, rounding, distribution, and their spelling.

mod bounds;
mod date;
mod distribution;
mod exact;
mod interval;
mod level;
mod levels;
mod number;
mod period;
mod print;
mod read;
mod rounding;
mod slip;
mod stretch;
mod unit;

pub use bounds::Bounds;
pub use date::{Date, DateSlip, MissingDay, month_name, month_names};
pub use distribution::{DistributionError, each_rounded, exact_shares, largest_remainder, rest_to};
pub use interval::Interval;
pub use level::{Level, Status};
pub use levels::{Levels, PriceLevel, without, years_later};
pub use number::Number;
pub use period::Period;
pub use print::{Printed, print_number};
pub use read::{ReadNumber, read_number, read_signed};
pub use rounding::RoundMode;
pub use slip::NumberSlip;
pub use stretch::Stretch;
pub use unit::{BaseUnit, Unit, UnitTable};
