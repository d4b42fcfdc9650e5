//! The ground floor: ids, places in texts, the texts themselves, and the two languages. Knows nothing above it.

mod hidden;
mod ids;
mod lang;
mod limits;
mod section;
mod source;
mod span;
mod stop;
mod words;

pub use hidden::is_hidden;
pub(crate) use ids::id_type;
pub use ids::{Id, IndexVec};
pub(crate) use lang::bi;
pub use lang::{Bi, Lang};
pub use limits::{Limit, LimitSlip, Limits, in_bytes};
pub use section::{Section, SectionKind};
pub use source::{FileId, LineCol, SourceFile, SourceMap};
pub use span::Span;
pub use stop::Stop;
pub use words::one_line;
