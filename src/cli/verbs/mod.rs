//! One file per verb: its options, and what it does with them.

/// Runs conformance cases.
mod cases;
/// Reads rules and shows what is wrong.
pub mod check;
/// Compares.
pub mod diff;
/// Computes.
pub mod eval;
/// Explains a result.
pub mod explain;
/// Lays out and translates rule files.
pub mod fmt;
/// Explains codes and verbs.
pub mod help;
/// Makes keys.
pub mod keys;
/// Makes a starter folder.
pub mod new;
/// Explores.
pub mod repl;
/// Prints JSON Schemas.
pub mod schema;
/// Shows an agreement as prose.
pub mod show;
/// Finds the values with which something holds.
pub mod solve;
/// Follows citations into the documents.
pub mod sources;
/// Follows a result along a range of a number.
pub mod sweep;
/// Runs tests.
pub mod test;
/// Holds records to what they say.
pub mod verify;
