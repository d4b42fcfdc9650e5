//! One file per verb: its options, and what it does with them.

/// Reads rules and shows what is wrong.
pub mod check;
/// Computes.
pub mod eval;
/// Explains a result.
pub mod explain;
/// Lays out and translates rule files.
pub mod fmt;
/// Explains codes and verbs.
pub mod help;
/// Makes a starter folder.
pub mod new;
/// Explores.
pub mod repl;
/// Runs tests.
pub mod test;

use super::{Console, Exit};
use crate::base::bi;
use crate::diag::{Code, Diagnostic};

/// Refuses a verb that this version does not have yet.
fn not_yet(verb: &str, console: &mut Console<'_>) -> Exit {
    let lang = console.lang(None);
    let found = Diagnostic::new(
        Code::NotComputedYet,
        bi!("`{verb}` findes endnu ikke i denne udgave", "`{verb}` does not exist yet in this version"),
    );
    console.refuse(found, lang, Exit::Usage)
}
