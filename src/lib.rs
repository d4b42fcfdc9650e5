//! Klausul: a small declarative language, in Danish and English, for what public agreements say.

pub mod base;
#[cfg(feature = "cli")]
pub mod cli;
pub mod diag;
pub mod eval;
pub mod explain;
pub mod facts;
pub mod lint;
pub mod model;
pub mod plan;
#[cfg(feature = "cli")]
pub mod render;
#[cfg(feature = "cli")]
pub mod repl;
pub mod session;
pub mod syntax;
pub mod types;
pub mod value;
pub mod world;
