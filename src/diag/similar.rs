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

/// Returns the one among `names` that somebody meant who wrote `word`: the same but for case and for letters written
/// without their key (`Sjaelland`), the only one that shares its words with it (`Region Sjælland`), or else the nearest.
pub fn meant<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let names: Vec<&str> = names.into_iter().filter(|name| *name != word).collect();
    let same = |spell: fn(&str) -> Vec<String>| names.iter().find(|name| spell(name) == spell(word));
    let shares = |name: &&&str| {
        let (own, wanted) = (spelt_out(name), spelt_out(word));
        let within = |few: &[String], many: &[String]| few.iter().all(|one| many.contains(one));
        !own.is_empty() && !wanted.is_empty() && (within(&own, &wanted) || within(&wanted, &own))
    };
    let mut sharing = names.iter().filter(shares);
    let only = sharing.next().filter(|_| sharing.next().is_none());
    let found = same(spelt_out).or_else(|| same(bare)).or(only);
    found.copied().or_else(|| nearest(word, names.iter().copied()))
}

/// The words of a name in small letters, `æ` as `ae`, `ø` as `oe`, `å` as `aa`.
fn spelt_out(name: &str) -> Vec<String> {
    spelt(name, |letter| match letter {
        'æ' => "ae".to_owned(),
        'ø' => "oe".to_owned(),
        'å' => "aa".to_owned(),
        other => other.to_string(),
    })
}

/// The same with the letter alone that they look like.
fn bare(name: &str) -> Vec<String> {
    spelt(name, |letter| match letter {
        'æ' | 'å' => "a".to_owned(),
        'ø' => "o".to_owned(),
        other => other.to_string(),
    })
}

fn spelt(name: &str, letter: impl Fn(char) -> String) -> Vec<String> {
    let small = name.to_lowercase();
    let words = small.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(|word| word.chars().map(&letter).collect()).collect()
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
    fn one_is_meant_by_case_by_spelling_and_by_a_word_of_the_name() {
        let known =
            ["Hovedstaden", "Sjælland", "Syddanmark", "Midtjylland", "Århus by", "Århus amt", "Færøerne"];
        for word in [
            "sjælland",
            "SJÆLLAND",
            "Sjaelland",
            "Sjalland",
            "Region Sjælland",
            "region sjaelland",
            "Sjællan",
        ] {
            assert_eq!(meant(word, known), Some("Sjælland"), "{word}");
        }
        assert_eq!(meant("Faroerne", known), Some("Færøerne"));
        assert_eq!(meant("Faeroeerne", known), Some("Færøerne"));
        // Several have the word: none is meant more than another.
        assert_eq!(meant("Aarhus", known), None);
        assert_eq!(meant("Bornholm", known), None);
        assert_eq!(meant("-", known), None);
    }

    #[test]
    fn names_with_a_word_that_begins_alike_are_related() {
        let known = ["lægetal", "lægedækning", "indbyggertal", "budgetteret_nettodrift", "dut"];
        assert_eq!(related("læger", known), ["lægedækning", "lægetal"]);
        assert_eq!(related("antal_lægetimer", known), ["lægetal", "lægedækning"]);
        assert_eq!(related("nettodrift", known), ["budgetteret_nettodrift"]);
        assert_eq!(related("pulje", known), Vec::<&str>::new());
    }
}
