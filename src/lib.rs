//! Klausul: a small declarative language, in Danish and English, for what public agreements say.

pub mod base;
pub mod diag;
pub mod syntax;
pub mod value;
