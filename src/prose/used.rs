//! What a clause that is shown alone uses of what stands beside the clauses.

use std::collections::BTreeSet;

use super::book::Part;
use super::document::{Block, Line, Piece, words_of};
use super::touch::is_about;
use crate::base::Lang;
use crate::syntax::ast::{Clause, Item, ItemKind, Stmt};

/// The clauses that are shown, and what their text names.
pub(super) struct Used<'a> {
    clauses: Vec<&'a Clause>,
    names: BTreeSet<String>,
    text: String,
}

impl<'a> Used<'a> {
    /// Gathers what the text of the shown clauses names.
    pub(super) fn by(parts: &[Part<'a>], blocks: &[Block]) -> Used<'a> {
        let clauses: Vec<&Clause> =
            parts.iter().flat_map(|part| &part.clauses).map(|(clause, _)| *clause).collect();
        let mut used = Used { clauses, names: BTreeSet::new(), text: String::new() };
        used.blocks(blocks);
        used
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Heading(_) | Block::Blanks(_) => {}
                Block::Para(line) | Block::Aside(line) => self.line(line),
                Block::List(entries) => {
                    for entry in entries {
                        self.line(&entry.line);
                        self.blocks(&entry.under);
                    }
                }
                Block::Table(grid) => {
                    let cells = grid.rows.iter().flatten();
                    std::iter::once(&grid.caption)
                        .chain(&grid.head)
                        .chain(cells)
                        .for_each(|line| self.line(line));
                }
            }
        }
    }

    fn line(&mut self, line: &Line) {
        for piece in &line.pieces {
            if let Piece::Name(name) = piece {
                self.names.insert(name.to_lowercase());
            }
        }
        self.text.push_str(&line.words());
        self.text.push('\n');
    }

    /// Tells whether something beside the clauses is used by them, or decides something in them.
    pub(super) fn wants(&self, item: &Item, lang: Lang) -> bool {
        match &item.kind {
            ItemKind::Amendment(amendment) => self.is_about(&amendment.body),
            ItemKind::Assumption(assumption) => {
                assumption.readings.iter().any(|reading| self.is_about(&reading.body))
            }
            ItemKind::Given(given) => self.names(&given.name.text),
            ItemKind::Type(ty) => self.names(&ty.name.text) || self.says(&words_of(&ty.name.text)),
            ItemKind::Kind(kind) => {
                let each: Vec<&str> = self
                    .clauses
                    .iter()
                    .filter_map(|clause| clause.each.as_ref())
                    .map(|each| &*each.text)
                    .collect();
                let is_each = |name: &str| each.contains(&name);
                let is_said = |name: &str| self.says(&words_of(name));
                kind.names.iter().any(|name| is_each(&name.text) || is_said(&name.text))
            }
            ItemKind::Unit(unit) => unit.names.iter().any(|name| self.says(&words_of(&name.text))),
            ItemKind::Index(index) => {
                self.calls(index.title.as_ref().map(|t| &*t.text), &index.name.text, lang)
            }
            ItemKind::Note(note) => self.calls(note.title.as_ref().map(|t| &*t.text), &note.name.text, lang),
            ItemKind::Agreement(_) | ItemKind::Use(_) | ItemKind::Source(_) | ItemKind::Entity(_) => false,
            ItemKind::Clause(_) | ItemKind::Check(_) | ItemKind::Precedence(_) => false,
            ItemKind::Scenario(_) | ItemKind::Test(_) | ItemKind::Error => false,
        }
    }

    fn is_about(&self, body: &[Stmt]) -> bool {
        body.iter().any(|stmt| self.clauses.iter().any(|clause| is_about(stmt, &clause.name.text)))
    }

    fn names(&self, name: &str) -> bool {
        self.names.contains(&words_of(name).to_lowercase())
    }

    /// Tells whether words stand in the text as whole words.
    fn says(&self, words: &str) -> bool {
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        self.text.match_indices(words).any(|(at, found)| {
            let before = self.text.get(..at).and_then(|text| text.chars().next_back());
            let after = self.text.get(at + found.len()..).and_then(|text| text.chars().next());
            !is_letter(before) && !is_letter(after)
        })
    }

    /// Tells whether the text calls something by its title, or by its name where it has none.
    fn calls(&self, title: Option<&str>, name: &str, lang: Lang) -> bool {
        match title {
            Some(title) => self.text.contains(&lang.pick(format!("»{title}«"), format!("“{title}”"))),
            None => self.names(name),
        }
    }
}

/// The names that a text has, in small letters.
pub(super) fn named(blocks: &[Block]) -> BTreeSet<String> {
    let mut used = Used { clauses: Vec::new(), names: BTreeSet::new(), text: String::new() };
    used.blocks(blocks);
    used.names
}
