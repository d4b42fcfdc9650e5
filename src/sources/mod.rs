//! Documents that rules cite: their parts, and whether a citation leads to one of them.
//!
//! A document is a text as it was received: page breaks, hyphens at line ends, symbol-font bullets and slips of reading
//! machines included. Nothing in it is language of ours; all that is asked is where its headings, annexes, boxes and
//! items are, by their shape on the page, and where its words stand.

mod change_problem;
mod changed;
mod changes;
mod cited;
mod claims;
mod compare;
mod coverage;
mod derived;
mod differences;
mod document;
mod elsewhere;
mod figures;
mod folder;
mod held;
mod led;
mod listed;
mod lock;
mod lock_file;
mod locked;
mod marked;
mod named;
mod outline;
mod problem;
mod regions;
mod register;
mod resolve;
mod squeeze;
mod sweep;
mod verify;

pub use changed::{Hidden, cited_figures};
pub use changes::{Changes, changes};
pub use cited::citations;
pub use compare::{Compared, Looked, Place, compare};
pub use coverage::{Coverage, Printed, SectionCoverage, Treated, Uncited, coverage};
pub use document::{Document, Passage};
pub use figures::{Figure, FigureKind, figures};
pub use folder::{Documents, REGISTER, documents};
pub use held::{Held, Quoted, held, quoted};
pub use listed::{Listed, ListedFigures, Made, Stands, listed};
pub use lock::{LOCK, Lock};
pub use marked::{CitedBy, Heading, Marked, MarkedPassage, MarkedSection, Piece, marked};
pub use outline::{Part, PartKind};
pub use register::{Entry, Register};
pub use resolve::{Candidate, Resolved};
pub use verify::{Followed, follow};
