//! Names that are nearly the same, or have to do with each other.

use std::cmp::Reverse;
use std::collections::BTreeSet;

/// Returns the candidate nearest to `word`, if one is near enough to be a slip of the pen.
///
/// Near enough is a Damerau–Levenshtein distance of at most a third of the word's length, at least one.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (word.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .filter(|candidate| *candidate != word)
        .map(|candidate| (strsim::damerau_levenshtein(word, candidate), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, candidate)| candidate)
}

/// How many names are offered.
const MOST: usize = 3;
/// How many letters what two names share must have at least.
const SHARED: usize = 4;

/// Returns the candidates that have to do with `word`, those that share most with it first: a word of the one begins as a
/// word of the other does, as `lægetal` and `antal_læger` do.
pub fn related<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let candidates: BTreeSet<&str> = candidates.into_iter().filter(|candidate| *candidate != word).collect();
    let shares = candidates.into_iter().map(|candidate| (shared(word, candidate), candidate));
    let mut found: Vec<(usize, &str)> = shares.filter(|(length, _)| *length >= SHARED).collect();
    found.sort_by_key(|(length, candidate)| (Reverse(*length), *candidate));
    found.into_iter().take(MOST).map(|(_, candidate)| candidate).collect()
}

/// How many letters the words of two names begin with in common, at most.
fn shared(one: &str, other: &str) -> usize {
    let common = |a: &str, b: &str| a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let all = one.split('_').flat_map(|a| other.split('_').map(move |b| common(a, b)));
    all.max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_a_word_that_begins_alike_are_related() {
        let known = ["lægetal", "lægedækning", "indbyggertal", "budgetteret_nettodrift", "dut"];
        assert_eq!(related("læger", known), ["lægedækning", "lægetal"]);
        assert_eq!(related("antal_lægetimer", known), ["lægetal", "lægedækning"]);
        assert_eq!(related("nettodrift", known), ["budgetteret_nettodrift"]);
        assert_eq!(related("pulje", known), Vec::<&str>::new());
    }
}
