//! An agreement as prose, for those who sign it: every clause a section, every line a sentence, every table a table. It
//! is made from the tree of the rule files alone, in the order that people read; nothing is computed.

mod back;
mod book;
mod carried;
mod condition;
mod document;
mod duty;
mod expr;
mod figure;
mod item;
mod line;
mod names;
mod outside;
mod set_off;
mod span;
mod supplied;
mod table;
mod told;
mod touch;
mod truth;
mod ty;
mod used;
mod voice;
mod whom;
mod worked;

pub use book::{Asked, Colophon, RuleFile, ShownFile, clause_names, prose};
pub use document::{Block, Document, Entry, Grid, Heading, Line, OutsideClause, Piece};
