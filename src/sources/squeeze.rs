use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

/// A text with nothing left but its letters and digits, in lower case, and where each of them came from. Line breaks,
/// hyphens, spaces of any kind, quotes, punctuation and bullets make no difference between two squeezed texts; a word
/// that was broken across lines or pages is whole again.
#[derive(Clone, Debug)]
pub(super) struct Squeezed {
    text: String,
    /// The byte of the original that each byte of `text` came from.
    from: Vec<usize>,
}

impl Squeezed {
    /// Squeezes a text.
    pub(super) fn of(text: &str) -> Squeezed {
        let mut squeezed = Squeezed { text: String::with_capacity(text.len()), from: Vec::new() };
        for (at, char) in text.char_indices() {
            for letter in std::iter::once(char).nfkc().filter(|c| c.is_alphanumeric()) {
                for small in letter.to_lowercase() {
                    squeezed.text.push(small);
                    squeezed.from.resize(squeezed.text.len(), at);
                }
            }
        }
        squeezed
    }

    /// The letters and digits.
    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// Finds every place of the original where the words stand, whole words only.
    pub(super) fn find_all(&self, original: &str, words: &str) -> Vec<Range<usize>> {
        let wanted = Squeezed::of(words);
        if wanted.text.is_empty() {
            return Vec::new();
        }
        let mut found = Vec::new();
        let mut from = 0;
        while let Some(at) = self.text.get(from..).and_then(|rest| rest.find(&wanted.text)) {
            let (start, last) = (from + at, from + at + wanted.text.len() - 1);
            let next = self.text.get(start..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
            from = start + next;
            let (Some(start), Some(last)) = (self.from.get(start), self.from.get(last)) else { break };
            let end =
                last + original.get(*last..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
            let range = *start..end;
            if is_whole(original, &range) {
                found.push(range);
            }
        }
        found
    }
}

/// Tells whether no word goes on across either end.
fn is_whole(text: &str, range: &Range<usize>) -> bool {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let before = text.get(..range.start).and_then(|text| text.chars().next_back());
    let after = text.get(range.end..).and_then(|text| text.chars().next());
    !letter(before) && !letter(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, words: &str) -> Vec<String> {
        Squeezed::of(text).find_all(text, words).into_iter().map(|range| text[range].to_owned()).collect()
    }

    #[test]
    fn line_breaks_hyphens_and_spaces_make_no_difference() {
        let text = "Den re-\ngionale drifts\u{AD}ramme,\u{A0}jf. boks 1\n\n\u{C}  i B\u{ED}lag.";
        assert_eq!(found(text, "regionale driftsramme"), ["re-\ngionale drifts\u{AD}ramme"]);
        assert_eq!(found(text, "JF BOKS 1 i b\u{ED}lag"), ["jf. boks 1\n\n\u{C}  i B\u{ED}lag"]);
    }

    #[test]
    fn only_whole_words_are_found_and_each_of_them() {
        assert_eq!(found("tilskud, bloktilskud og tilskuddet; Tilskud", "tilskud"), ["tilskud", "Tilskud"]);
        assert!(found("noget", "").is_empty());
        assert!(found("noget", "– …").is_empty());
    }
}
