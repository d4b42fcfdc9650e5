//! What is asked for as it is typed: `x fra a til b trin s`, and several such beside each other.

use super::Range;

/// Something that is varied, as it was typed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Spelled<'t> {
    /// Its name.
    pub of: &'t str,
    /// From where to where, and in what steps.
    pub range: Range<'t>,
}

/// Takes `x fra a til b trin s, z fra c til d` apart. A comma within a number has no space after it.
pub fn spelled(text: &str) -> Vec<Spelled<'_>> {
    let (mut depth, mut quoted, mut from) = (0_usize, false, 0);
    let mut parts = Vec::new();
    for (at, letter) in text.char_indices() {
        match letter {
            '"' => quoted = !quoted,
            '[' | '(' if !quoted => depth = depth.saturating_add(1),
            ']' | ')' if !quoted => depth = depth.saturating_sub(1),
            ',' if !quoted && depth == 0 => {
                let rest = text.get(at + 1..).unwrap_or_default();
                if rest.starts_with(char::is_whitespace) {
                    parts.push(text.get(from..at).unwrap_or_default());
                    from = at + 1;
                }
            }
            _ => {}
        }
    }
    parts.push(text.get(from..).unwrap_or_default());
    parts.into_iter().map(one).collect()
}

fn one(text: &str) -> Spelled<'_> {
    let (text, step) = cut(text, &["trin", "step"]);
    let (text, to) = cut(text, &["til", "to"]);
    let (of, from) = cut(text, &["fra", "from"]);
    Spelled { of, range: Range { from, to, step } }
}

/// Cuts a text at the last of some words that stands outside brackets and quotation marks.
pub fn cut<'t>(text: &'t str, words: &[&str]) -> (&'t str, Option<&'t str>) {
    halves(text, places(text, words).last())
}

/// The same at the first of them.
pub fn cut_first<'t>(text: &'t str, words: &[&str]) -> (&'t str, Option<&'t str>) {
    halves(text, places(text, words).next())
}

fn halves(text: &str, place: Option<(usize, usize)>) -> (&str, Option<&str>) {
    match place {
        Some((end, begin)) => {
            let (before, after) = (text.get(..end), text.get(begin..));
            (before.unwrap_or_default().trim(), Some(after.unwrap_or_default().trim()))
        }
        None => (text.trim(), None),
    }
}

/// Where words stand outside brackets and quotation marks: the ends of what is before them and the beginnings of what follows.
fn places<'t>(text: &'t str, words: &[&str]) -> impl Iterator<Item = (usize, usize)> + use<'t> {
    let (mut depth, mut quoted) = (0_usize, false);
    let mut found = Vec::new();
    for (at, letter) in text.char_indices() {
        match letter {
            '"' => quoted = !quoted,
            '[' | '(' if !quoted => depth = depth.saturating_add(1),
            ']' | ')' if !quoted => depth = depth.saturating_sub(1),
            ' ' if !quoted && depth == 0 => {
                let rest = text.get(at..).unwrap_or_default();
                let word = rest.trim_start();
                let hit = words
                    .iter()
                    .find(|own| word.strip_prefix(**own).is_some_and(|after| after.starts_with(' ')));
                // Several spaces before a word are one place.
                if let (Some(hit), true) = (hit, rest.get(1..).is_some_and(|rest| rest.len() == word.len())) {
                    found.push((at, text.len() - word.len() + hit.len()));
                }
            }
            _ => {}
        }
    }
    found.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_are_taken_apart_and_commas_of_numbers_are_left() {
        let found = spelled("k.t[1, 2] fra 0,5 til 2 trin 0,5, region[\"A, B\"].z");
        let range = Range { from: Some("0,5"), to: Some("2"), step: Some("0,5") };
        assert_eq!(found[0], Spelled { of: "k.t[1, 2]", range });
        assert_eq!(found[1], Spelled { of: "region[\"A, B\"].z", range: Range::default() });
        assert_eq!(found.len(), 2);
        assert_eq!(cut("a så b  så c", &["så", "so"]), ("a så b", Some("c")));
        assert_eq!(cut_first("a (x så y) så b så c", &["så", "so"]), ("a (x så y)", Some("b så c")));
    }
}
