//! The value room: exact numbers and their spelling, dates, units, distribution.

mod dates;
mod distributing;
mod laws;
mod oracle;
mod periods;
mod spelling;
mod units;

use klausul::value::Number;

/// Makes a number from its exact form.
fn number(text: &str) -> Number {
    Number::from_exact(text).unwrap_or_else(|| panic!("`{text}` is not an exact number"))
}
