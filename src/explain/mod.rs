//! From the trace to words: values, states and, built on them, explanations. Knows nothing of terminals or formats.

mod brief;
mod carried;
mod counted;
mod details;
mod duty;
mod ground;
mod holding;
mod index;
mod json;
mod judge;
mod layers;
mod markdown;
mod notes;
mod phrase;
mod replaced;
mod rests;
mod rows;
mod says;
mod scale;
mod shares;
mod switched;
mod teller;
mod text;
mod tree;
mod value;
mod whom;

pub use crate::syntax::{Basis, cite, cite_all};
pub use ground::basis_of;
pub use json::json;
pub use markdown::markdown;
pub use rests::{Change, Rests};
pub use teller::{explain, notes};
pub use text::text;
pub use tree::{Depth, Explanation, Item, ItemKind, Notes, NotesKind};
pub use value::{Words, missing_name};
