//! What the rules build on and must be told: other agreements, facts, kinds, indices, units.

use std::collections::BTreeSet;

use super::book::{Book, heading, subheading};
use super::document::{Block, Entry, Line, capital, say, words_of};
use super::used::named;
use crate::syntax::ast::{Item, ItemKind, KindDecl, Stmt, StmtKind};

impl Book<'_> {
    /// What the rules build on and must be told: other agreements, facts, kinds, indices, units.
    pub(super) fn supplied(&self, wants: &dyn Fn(&Item) -> bool) -> Vec<Block> {
        let lang = self.voice.lang;
        let (mut lines, mut tables) = (Vec::new(), Vec::new());
        for item in self.items.iter().filter(|item| wants(item)) {
            match &item.kind {
                ItemKind::Use(name) => {
                    let title = self.voice.names.agreement_title(&name.text);
                    let name = words_of(&name.text);
                    let name = Line::text(title.map_or(name.clone(), |title| format!("{title} ({name})")));
                    lines.push(Entry::plain(say(
                        lang.pick("Reglerne bruger {0}.", "The rules use {0}."),
                        &[&name],
                    )));
                }
                ItemKind::Given(given) => {
                    let stmt =
                        Stmt { doc: item.doc.clone(), span: item.span, kind: StmtKind::Given(given.clone()) };
                    lines.extend(self.voice.lines(&[stmt], &self.at));
                }
                ItemKind::Unit(unit) => lines.push(self.documented(self.voice.unit_declared(unit), item)),
                ItemKind::Type(ty) => lines.push(self.documented(self.voice.type_declared(ty), item)),
                ItemKind::Entity(entity) => lines.push(self.documented(self.voice.entity(entity), item)),
                ItemKind::Index(index) => {
                    let title = index.title.as_ref().map(|title| title.text.as_str());
                    tables.push(subheading(self.voice.heading(title, &index.name.text)));
                    tables.extend(self.voice.index(index, &item.doc));
                }
                ItemKind::Error => lines.push(Entry::plain(Line::text(lang.pick(
                    "En del af reglerne, der ikke kan læses.",
                    "A part of the rules that cannot be read.",
                )))),
                ItemKind::Agreement(_)
                | ItemKind::Source(_)
                | ItemKind::Clause(_)
                | ItemKind::Assumption(_) => {}
                ItemKind::Kind(_) | ItemKind::Amendment(_) | ItemKind::Scenario(_) | ItemKind::Test(_) => {}
                ItemKind::Check(_) | ItemKind::Note(_) | ItemKind::Precedence(_) => {}
            }
        }
        if lines.is_empty() && tables.is_empty() {
            return Vec::new();
        }
        let mut blocks = vec![heading(lang.pick(
            "Det, reglerne bygger på og skal have oplyst",
            "What the rules build on and must be told",
        ))];
        if !lines.is_empty() {
            blocks.push(Block::List(lines));
        }
        blocks.extend(tables);
        blocks
    }

    /// What must be known of those that the rules count: of each kind one table, whatever the files it is declared in.
    /// Of what rules that are not shown ask for, only the facts that the text names are in it.
    pub(super) fn kinds(&self, wants: &dyn Fn(&Item) -> bool, said: &[Block]) -> Vec<Block> {
        let named = named(said);
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        let mut blocks = Vec::new();
        for item in self.items.iter().filter(|item| wants(item)) {
            let ItemKind::Kind(kind) = &item.kind else { continue };
            let Some(one) = kind.names.first().map(|name| name.text.as_str()) else { continue };
            if !seen.insert(one) {
                continue;
            }
            let own = self.items.iter().filter(|item| wants(item)).filter_map(|item| of_kind(item, one));
            let (mut docs, mut facts): (Vec<&[String]>, Vec<_>) = (Vec::new(), Vec::new());
            for (kind, doc) in own {
                docs.push(doc);
                facts.extend(&kind.facts);
            }
            for (kind, _) in self.others.iter().filter_map(|item| of_kind(item, one)) {
                let is_named = |name: &str| named.contains(&words_of(name).to_lowercase());
                facts.extend(kind.facts.iter().filter(|fact| is_named(&fact.name.text)));
            }
            let many = kind.names.get(1).or(kind.names.first()).map(|name| words_of(&name.text));
            blocks.push(subheading(capital(&many.clone().unwrap_or_default())));
            let docs = docs.into_iter().filter(|doc| !doc.is_empty());
            blocks.extend(docs.map(|doc| Block::Para(self.voice.doc(doc))));
            blocks.extend(self.voice.kind(&many.unwrap_or_default(), &facts));
        }
        if !blocks.is_empty() {
            let lang = self.voice.lang;
            let title = lang.pick("Dem, der skal oplyses noget om", "Those of whom something must be told");
            blocks.insert(0, heading(title));
        }
        blocks
    }
}

/// The declaration of a kind, with the author's words over it.
fn of_kind<'a>(item: &&'a Item, one: &str) -> Option<(&'a KindDecl, &'a [String])> {
    match &item.kind {
        ItemKind::Kind(kind) if kind.names.first().is_some_and(|name| name.text == one) => {
            Some((kind, item.doc.as_slice()))
        }
        _ => None,
    }
}
