//! Many rows: each row of a table is one entity, computed by itself. The fast machine runs columns of rows where that is
//! proved to be exact; every other row is read and computed as if it were asked about alone. Nothing grows with the number
//! of rows.

mod fast;
mod job;
mod problem;
mod slow;
mod tally;
mod write;

pub use job::{Block, Job, JobAsked, Line, NotReady, Worker, Written, job};
pub use problem::RowsProblem;
pub use tally::{Tally, Total};
