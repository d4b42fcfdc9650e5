use unicode_security::{MixedScript, confusable_detection::skeleton};

use super::problem::TextProblem;
use crate::base::Span;
use crate::diag::Problems;

/// Checks that a declared name does not mix alphabets; writes what is wrong to `problems`.
///
/// Names of one agreement are also compared with each other: see [`confusable`].
pub fn check_name(name: &str, span: Span, problems: &mut Problems) {
    if !name.is_single_script() {
        problems.report(&TextProblem::MixedScripts {
            at: span,
            name: name.to_owned(),
            odd: odd_characters(name),
        });
    }
}

/// Returns a key that is equal for names that look alike, such as Latin `a` and Cyrillic `а`.
pub fn confusable_key(name: &str) -> String {
    skeleton(name).collect()
}

/// Tells whether two different names look alike.
///
/// Names in plain Danish letters never do: `barn` and `bam` are told apart by every reader of Danish, though their keys
/// are equal.
pub fn confusable(one: &str, other: &str) -> bool {
    one != other && !(is_plain(one) && is_plain(other)) && confusable_key(one) == confusable_key(other)
}

fn is_plain(name: &str) -> bool {
    name.chars().all(|c| c.is_ascii() || "æøåÆØÅ".contains(c))
}

/// The characters of a mixed name that do not belong to the Latin alphabet.
fn odd_characters(name: &str) -> Vec<char> {
    let latin = |c: &char| format!("a{c}").as_str().is_single_script();
    let mut odd: Vec<char> = name.chars().filter(|c| !latin(c)).collect();
    odd.dedup();
    odd
}
