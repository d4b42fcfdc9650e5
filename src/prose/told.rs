//! The running text of literate files: it explains the rules and is none of them. It is read where it stands: before the
//! clause that it introduces, with the examples, or last.

use super::document::{Block, Line, Piece, words_of};
use super::voice::Voice;
use crate::syntax::Passage;
use crate::syntax::ast::{File, Item, ItemKind};

/// What a passage stands before.
#[derive(Clone, Copy, Debug)]
pub(super) enum Before<'a> {
    /// An agreement or a clause.
    Item(&'a Item),
    /// A test or a scenario.
    Examples,
    /// Anything else, or the end of the file.
    Rest,
}

/// The passages of a file, each with what it stands before.
pub(super) fn placed<'a>(file: &'a File, passages: &'a [Passage]) -> Vec<(Before<'a>, &'a Passage)> {
    let ends = passages.iter().map(|passage| passage.end);
    let place = |passage: &Passage| {
        let until = ends.clone().filter(|end| *end > passage.end).min().unwrap_or(usize::MAX);
        let after = |item: &&Item| (passage.end..until).contains(&(item.span.start as usize));
        let head = file.items.iter().filter(after).find(|item| matches!(item.kind, ItemKind::Agreement(_)));
        // What stands before an agreement and its sources introduces the agreement.
        let next = head.or_else(|| file.items.iter().find(after));
        match next.map(|item| (item, &item.kind)) {
            Some((item, ItemKind::Agreement(_) | ItemKind::Clause(_))) => Before::Item(item),
            Some((_, ItemKind::Test(_) | ItemKind::Scenario(_))) => Before::Examples,
            Some(_) | None => Before::Rest,
        }
    };
    passages.iter().map(|passage| (place(passage), passage)).collect()
}

impl Voice<'_> {
    /// A passage as explanation, its headings first.
    pub(super) fn told(&self, passage: &Passage) -> Vec<Block> {
        let lead = self.lang.pick("Forklaring, ikke en regel: ", "Explanation, not a rule: ");
        let mut blocks = Vec::new();
        let mut headings = passage.headings.as_slice();
        for paragraph in &passage.paragraphs {
            let mut line = Line::one(Piece::Strong(lead.to_owned()));
            for heading in std::mem::take(&mut headings) {
                line = line.and(Line::text(self.clean(heading)).sentence()).then(" ");
            }
            blocks.push(Block::Aside(line.and(Line::text(self.clean(paragraph))).sentence()));
        }
        blocks
    }

    /// Text without the marks of Markdown.
    fn clean(&self, text: &str) -> String {
        let text = without_links(text).replace(['*', '`'], "");
        let word =
            |word: &str| if word.contains('_') { words_of(word).trim().to_owned() } else { word.to_owned() };
        let words: Vec<String> = text.split_whitespace().map(word).collect();
        self.marks(&words.join(" "))
    }
}

/// `[the words](the address)` is its words.
fn without_links(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        out.push_str(before);
        match after.split_once("](").and_then(|(words, after)| Some((words, after.split_once(')')?.1))) {
            Some((words, after)) => {
                out.push_str(words);
                rest = after;
            }
            None => {
                out.push('[');
                rest = after;
            }
        }
    }
    out + rest
}
