//! The mistakes that people are known to make, each with what to do about it and, where certain, a correction.

mod brackets;
mod layout;
mod problem;
mod signs;
mod words;

use super::stop::Scene;
use crate::diag::{Diagnostic, Report};

use self::problem::Trap;

pub(super) use self::layout::goes_on_with_header;

/// A rule that recognises one mistake.
type Rule = fn(&Scene<'_>) -> Option<Trap>;

/// The rules in the order they are tried: what can never be right first, then layout, then words, then what is missing.
const RULES: &[Rule] = &[
    layout::misplaced,
    signs::typographic_quotes,
    signs::open_text,
    signs::foreign_comment,
    signs::percent,
    signs::foreign_sign,
    signs::braces,
    signs::semicolon_at_end,
    layout::header_continued,
    layout::statement_too_deep,
    layout::empty_block,
    words::capital,
    words::other_language,
    words::unit_without_dot,
    brackets::call,
    words::reserved_name,
    words::choice,
    brackets::unbalanced,
    words::misspelt,
];

/// Recognises a known mistake in a line that does not parse.
pub(super) fn trap(scene: &Scene<'_>) -> Option<Diagnostic> {
    RULES.iter().find_map(|rule| rule(scene)).map(|trap| trap.report())
}
