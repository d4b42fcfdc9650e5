//! Data from outside: JSON, TOML and CSV read into one neutral form in which every value knows where it stands.
//! Nothing is converted here: numbers are kept digit for digit, texts as written.

mod bind;
mod bind_problem;
mod cells;
mod csv;
mod datum;
mod figure;
mod json;
mod link;
mod node;
mod open;
mod problem;
mod raw;
mod row_table;
mod table;
mod time;
mod toml;
mod tree;

pub use bind::{bind, can_be, in_domain};
pub use bind_problem::{BindProblem, Slip};
pub use csv::Heading;
pub use datum::{Datum, Moment};
pub use open::{DataArg, DataForm, load_data, read_data};
pub use problem::{FigureProblem, FormProblem, ShapeProblem, TableProblem};
pub use raw::{
    Origin, Place, RawData, RawEntity, RawEntry, RawKind, RawNote, RawNumber, RawTarget, RawTime, RawValue,
    RawYear,
};
pub use row_table::{Plain, RowTable};
pub use table::{DataOrigin, Entity, EntityId, Facts, Found, Given, RefusedDatum};
pub use time::read_time;
