//! Worlds side by side: the rules as they are and columns of what they would be, every result with what differs, for whom,
//! by how much and by which clause. A bridge leads from one to the other, a term for each thing that was changed, exactly.

mod bridge;
mod causes;
mod column;
mod moved;
mod problem;
mod table;
mod told;
mod words;

pub use bridge::{Bridge, Joint, Point, Standing, bridges, moving};
pub use causes::Cause;
pub use column::{Change, Column, Side, Step, line_steps};
pub use moved::{Difference, Movement, Moves, Sum, adds_up};
pub use problem::CompareProblem;
pub use table::{Compared, Comparison, Row, Who, asked, asked_of_all, is_only_absent};
pub use told::{
    ToldBridge, ToldCause, ToldCell, ToldChange, ToldClause, ToldColumn, ToldDiff, ToldMoves, ToldPoint,
    ToldResult, ToldRow,
};
pub use words::{Telling, told};
