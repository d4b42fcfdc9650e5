//! Values: exact numbers, dates and periods, units, price levels, rounding, distribution, and their spelling.

mod date;
mod level;
mod number;
mod rounding;

pub use date::{Date, Period};
pub use level::{Level, Status};
pub use number::Number;
pub use rounding::RoundMode;
