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

/// Returns the name of somebody that is meant by another: the same in other letters (`sjælland`, `Sjaelland`), with more words or
/// fewer (`Region Sjælland`), where only one is; else the nearest as [`nearest`] has it.
pub fn nearest_name<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let candidates: Vec<&str> = candidates.into_iter().filter(|candidate| *candidate != name).collect();
    let own = plain_letters(name);
    let same = |candidate: &&&str| plain_letters(candidate) == own;
    let part = |candidate: &&&str| {
        let other = plain_letters(candidate);
        has_words(&own, &other) || has_words(&other, &own)
    };
    let only = |found: Vec<&&'a str>| match found.as_slice() {
        [one] => Some(**one),
        _ => None,
    };
    only(candidates.iter().filter(same).collect())
        .or_else(|| only(candidates.iter().filter(part).collect()))
        .or_else(|| nearest(name, candidates.iter().copied()))
}

fn plain_letters(name: &str) -> String {
    name.to_lowercase().replace('æ', "ae").replace('ø', "oe").replace('å', "aa")
}

/// Whether all words of one text stand in another, which has more.
fn has_words(text: &str, part: &str) -> bool {
    let words: BTreeSet<&str> = text.split_whitespace().collect();
    let parts: BTreeSet<&str> = part.split_whitespace().collect();
    !parts.is_empty() && parts.is_subset(&words) && parts != words
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
