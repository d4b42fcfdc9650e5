use std::borrow::Cow;
use std::fmt::Write;

use crate::base::is_hidden;

/// Makes a text safe and honest to show: every character that a terminal would obey or hide is replaced by a
/// picture (`␛`) or by its code point (`⟨U+202E⟩`). Line breaks and tabs count as such characters.
pub fn visible(text: &str) -> Cow<'_, str> {
    replace(text, is_hidden)
}

/// As [`visible`], but keeps line breaks: for text that is laid out over several lines.
pub fn visible_lines(text: &str) -> Cow<'_, str> {
    replace(text, |c| c != '\n' && is_hidden(c))
}

fn replace(text: &str, hidden: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.chars().any(&hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if hidden(c) { push_picture(&mut shown, c) } else { shown.push(c) }
    }
    Cow::Owned(shown)
}

/// Writes the picture of a hidden character.
pub(super) fn push_picture(shown: &mut String, c: char) {
    let picture = match u32::from(c) {
        code @ 0..=0x1F => char::from_u32(0x2400 + code),
        0x7F => Some('\u{2421}'),
        _ => None,
    };
    match picture {
        Some(picture) => shown.push(picture),
        // INVARIANT: writing to a String cannot fail.
        None => {
            let _ = write!(shown, "⟨U+{:04X}⟩", u32::from(c));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_become_pictures() {
        assert_eq!(visible("a\u{1b}[31m\u{7}b\u{7f}\n\t"), "a␛[31m␇b␡␊␉");
        assert_eq!(visible("x\u{202e}y\u{85}\u{feff}"), "x⟨U+202E⟩y⟨U+0085⟩⟨U+FEFF⟩");
        assert_eq!(visible_lines("a\nb\r"), "a\nb␍");
    }

    #[test]
    fn ordinary_text_is_borrowed() {
        assert!(matches!(visible("æøå ½ − 1.723,9 «»"), Cow::Borrowed(_)));
    }
}
