//! Tabs are an error whose correction is certain, so the text is read on with the spaces that the correction puts in.

use super::character::{CharacterKind, classify};
use crate::base::{FileId, Span};

/// What a tab is read as, and what its correction puts in: a step of indentation, or the space between two words.
pub(super) fn spaces(indenting: bool) -> &'static str {
    if indenting { "  " } else { " " }
}

/// A text whose tabs are spaces, and where they stood.
pub(super) struct Spread {
    pub(super) text: String,
    tabs: Vec<Tab>,
}

/// A tab: its place before it was made spaces, and after.
struct Tab {
    was: usize,
    at: usize,
    indenting: bool,
}

impl Spread {
    /// Makes every tab of a text spaces.
    pub(super) fn of(text: String) -> Spread {
        if !text.contains('\t') {
            return Spread { text, tabs: Vec::new() };
        }
        let (mut spread, mut indenting) = (Spread { text: String::new(), tabs: Vec::new() }, true);
        for (was, char) in text.char_indices() {
            if classify(char) == Some(CharacterKind::Tab) {
                spread.tabs.push(Tab { was, at: spread.text.len(), indenting });
                spread.text.push_str(spaces(indenting));
            } else {
                spread.text.push(char);
            }
            indenting = still_indenting(indenting, char);
        }
        spread
    }

    /// Where a place of the text before is in the text after.
    pub(super) fn place(&self, before: usize) -> usize {
        let earlier = self.tabs.iter().take_while(|tab| tab.was < before);
        earlier.map(|tab| spaces(tab.indenting).len() - 1).sum::<usize>() + before
    }

    /// The places of the tabs that indent a line, or of those inside one.
    pub(super) fn tabs(&self, file: FileId, indenting: bool) -> Vec<Span> {
        let wanted = self.tabs.iter().filter(|tab| tab.indenting == indenting);
        wanted.map(|tab| Span::new(file, tab.at, tab.at + spaces(indenting).len())).collect()
    }
}

/// Whether what follows a character still is indentation, when what stood before it was.
pub(super) fn still_indenting(indenting: bool, char: char) -> bool {
    char == '\n' || (indenting && matches!(char, ' ' | '\t'))
}
