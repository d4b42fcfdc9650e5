//! The way back: edits of an admitted text, put into the text as it was read. What no edit touches keeps every byte.

use unicode_normalization::UnicodeNormalization;

use super::character::{CharacterKind, classify};
use super::tabs::{spaces, still_indenting};
use crate::base::SourceFile;
use crate::diag::Edit;

/// Puts edits of an admitted text into the text as it was read: its byte-order mark, its line ends, its special spaces
/// its tabs and the way its letters are put together stay wherever no edit reaches. An edit that puts in the spaces that
/// a tab is read as takes the tab away.
///
/// Returns `None` where [`Edit::put_in`] does, and where an edit begins or ends within what was one letter to the
/// reader and several characters in the file, or within a tab.
pub fn put_in_original(file: &SourceFile, edits: &[Edit]) -> Option<String> {
    let original = file.original();
    let places = Places::of(original, &file.text)?;
    let carried: Option<Vec<Edit>> = edits.iter().map(|edit| places.carry(edit, original)).collect();
    Edit::put_in(original, &carried?)
}

/// Which place of the text as it was read each place of the admitted text comes from; in order.
struct Places(Vec<(u32, u32)>);

impl Places {
    /// Compares both texts; `None` when the one does not become the other piece by piece.
    fn of(original: &str, admitted: &str) -> Option<Places> {
        let mut places = Places(Vec::new());
        let mark = if original.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
        let (mut from, mut to) = (mark, 0);
        let mut indenting = true;
        while from < original.len() {
            let piece = piece(original.get(from..)?);
            let plain = match piece {
                "\t" => spaces(indenting).to_owned(),
                _ => plain(piece, original.get(from + piece.len()..)?),
            };
            let becomes: String = plain.nfc().collect();
            if !admitted.get(to..)?.starts_with(&becomes) {
                return None;
            }
            places.push(to, from)?;
            // Letters that are whole already come from one character each.
            if becomes == plain && piece != "\t" {
                for ((here, _), (there, _)) in plain.char_indices().zip(piece.char_indices()).skip(1) {
                    places.push(to + here, from + there)?;
                }
            }
            indenting = becomes.chars().fold(indenting, still_indenting);
            from += piece.len();
            to += becomes.len();
        }
        places.push(to, from)?;
        (to == admitted.len()).then_some(places)
    }

    fn push(&mut self, admitted: usize, original: usize) -> Option<()> {
        let pair = (u32::try_from(admitted).ok()?, u32::try_from(original).ok()?);
        // Of a carriage return, which becomes nothing, and the line break after it, the return is the place.
        if self.0.last().is_none_or(|(last, _)| *last < pair.0) {
            self.0.push(pair);
        }
        Some(())
    }

    fn find(&self, admitted: u32) -> Option<u32> {
        let at = self.0.binary_search_by_key(&admitted, |(admitted, _)| *admitted).ok()?;
        self.0.get(at).map(|(_, original)| *original)
    }

    fn carry(&self, edit: &Edit, original: &str) -> Option<Edit> {
        let mut carried = edit.clone();
        carried.span.start = self.find(edit.span.start)?;
        carried.span.end = self.find(edit.span.end)?;
        carried.text = edit.text.replace('\n', line_end(original, carried.span.start as usize));
        Some(carried)
    }
}

/// The first piece of a text that admitting treats by itself: a tab, or a character as far as the next plain letter or
/// sign. No character of ASCII grows together with what stands before it.
fn piece(text: &str) -> &str {
    if text.starts_with('\t') {
        return text.get(..1).unwrap_or(text);
    }
    let next = text.char_indices().skip(1).find(|(_, c)| c.is_ascii());
    text.get(..next.map_or(text.len(), |(at, _)| at)).unwrap_or(text)
}

/// A piece with plain spaces and line ends; `rest` is what follows it.
fn plain(piece: &str, rest: &str) -> String {
    if piece == "\r" && rest.starts_with('\n') {
        return String::new();
    }
    let is_hard = |c: char| classify(c) == Some(CharacterKind::HardSpace);
    piece.chars().map(|c| if is_hard(c) { ' ' } else { c }).collect()
}

/// The line end used where an edit stands: that of its own line, or of the one above where it is the last.
fn line_end(text: &str, at: usize) -> &'static str {
    let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
    let ends = |text: &str, at: usize| text.get(..at).is_some_and(|line| line.ends_with('\r'));
    let returns = match after.find('\n') {
        Some(end) => ends(after, end),
        None => before.rfind('\n').is_some_and(|end| ends(before, end)),
    };
    if returns { "\r\n" } else { "\n" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{SourceMap, Span};
    use crate::diag::Problems;
    use crate::syntax::admit;

    /// Puts `new` in for the first `old` of the admitted text.
    fn changed(original: &str, old: &str, new: &str) -> Option<String> {
        let mut sources = SourceMap::new();
        let id = admit(&mut sources, "a", original.as_bytes(), &mut Problems::new())?;
        let file = sources.file(id);
        let start = file.text.find(old)?;
        let edit = Edit { span: Span::new(id, start, start + old.len()), text: new.to_owned() };
        put_in_original(file, &[edit])
    }

    #[test]
    fn every_byte_that_no_edit_touches_stays() {
        let original = "\u{FEFF}a =\u{A0}1 kr.\r\nbla\u{30A}\u{A0}= 5 %\nc = 2\u{202F}kr.\r\n";
        let wanted = "\u{FEFF}a =\u{A0}1 kr.\r\nbla\u{30A}\u{A0}= 5 pct.\nc = 2\u{202F}kr.\r\n";
        assert_eq!(changed(original, "%", "pct.").as_deref(), Some(wanted));
    }

    #[test]
    fn letters_that_grow_together_elsewhere_hide_no_correction() {
        let original = "\u{1100}\u{1161}\u{A0}x \u{AC00}\u{11A8}= 5 %";
        assert_eq!(changed(original, "%", "pct."), Some(original.replace('%', "pct.")));
        let marks = "\u{FEFF}\u{E5}\u{A0}\u{F8} %";
        assert_eq!(changed(marks, "%", "pct."), Some(marks.replace('%', "pct.")));
        assert_eq!(changed(marks, "\u{F8}", "o"), Some(marks.replace('\u{F8}', "o")));
    }

    #[test]
    fn a_new_line_ends_as_the_lines_around_it() {
        assert_eq!(changed("a\r\nb\nc", "a", "a\nz").as_deref(), Some("a\r\nz\r\nb\nc"));
        assert_eq!(changed("a\r\nb\nc", "b", "b\nz").as_deref(), Some("a\r\nb\nz\nc"));
        assert_eq!(changed("a\r\nb\r\nc", "c", "c\nz").as_deref(), Some("a\r\nb\r\nc\r\nz"));
    }

    #[test]
    fn an_edit_at_the_end_of_a_line_stands_before_its_line_end() {
        assert_eq!(changed("a\r\nb", "a", "aa").as_deref(), Some("aa\r\nb"));
        assert_eq!(changed("\u{FEFF}", "", "x").as_deref(), Some("\u{FEFF}x"));
    }

    #[test]
    fn a_tab_stays_until_an_edit_covers_it() {
        let original = "k\r\n\tx =\t1\u{A0}%\r\n \t\ty\t\n";
        let wanted = "k\r\n\tx =\t1\u{A0}pct.\r\n \t\ty\t\n";
        assert_eq!(changed(original, "%", "pct.").as_deref(), Some(wanted));
        assert_eq!(changed(original, "  x", "  x").as_deref(), Some(original.replace("\tx", "  x").as_str()));
        assert_eq!(changed(original, "=  1", "= 1"), None, "a tab between words is one space");
        assert_eq!(changed(original, "= 1", "= 1").as_deref(), Some(original.replace("=\t", "= ").as_str()));
        assert_eq!(changed(original, " x", "x"), None, "half a tab cannot be replaced");
    }

    #[test]
    fn a_letter_in_two_parts_is_replaced_whole_or_not_at_all() {
        assert_eq!(changed("x a\u{30A} y", "\u{E5}", "o").as_deref(), Some("x o y"));
        assert_eq!(changed("x a\u{30A}\u{323} y", "\u{323}", "o"), None);
    }
}
