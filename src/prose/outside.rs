//! What the text takes from rules that are not shown themselves: what it says of them must be read somewhere too.

use std::collections::{BTreeMap, BTreeSet};

use super::book::heading;
use super::document::{Block, Entry, Heading, Line, OutsideClause, Piece, words_of};
use super::line::basis_of;
use super::names::ClauseNames;
use super::span::InForce;
use super::touch::is_about;
use super::voice::Voice;
use crate::syntax::ast::{Assumption, Item, ItemKind, Stmt, StmtKind};

/// The names that a text takes from each clause that is not shown.
type Taken = BTreeMap<OutsideClause, BTreeSet<String>>;

impl Voice<'_> {
    /// What is taken from rules that are not shown: the lines that give it, and the readings that decide it. What these
    /// lines take from elsewhere in turn is told as well.
    pub(super) fn outside(&self, blocks: &[Block], items: &[&Item], at: &InForce) -> Vec<Block> {
        let mut taken = Taken::new();
        gather(blocks, &mut taken);
        loop {
            let told = self.told_outside(&taken, items, at);
            let before: usize = taken.values().map(BTreeSet::len).sum();
            gather(&told, &mut taken);
            // Names are only ever added, and there are so many.
            if taken.values().map(BTreeSet::len).sum::<usize>() == before {
                return told;
            }
        }
    }

    fn told_outside(&self, taken: &Taken, items: &[&Item], at: &InForce) -> Vec<Block> {
        let lang = self.lang;
        if taken.is_empty() {
            return Vec::new();
        }
        let mut blocks = vec![
            heading(lang.pick("Det, der er taget fra andre regler", "What is taken from other rules")),
            Block::Para(Line::text(lang.pick(
                "Teksten ovenfor nævner dette, som står i andre regler end dem, der er vist. Kun det nævnte er med.",
                "The text above names this, which stands in rules other than those shown. Only what is named is told.",
            ))),
        ];
        for (clause, names) in taken {
            let own = self.names.find_clause(clause.agreement.as_deref(), &clause.name);
            if let Some(own) = own {
                blocks.extend(self.outside_clause(clause, own, names, items, at));
            }
        }
        blocks
    }

    fn outside_clause(
        &self,
        clause: &OutsideClause,
        own: &ClauseNames<'_>,
        names: &BTreeSet<String>,
        items: &[&Item],
        at: &InForce,
    ) -> Vec<Block> {
        let voice = Voice { clause: Some(own.name), home: own.agreement, ..*self };
        let title = voice.heading(own.title, own.name);
        let of = own.agreement.map(|of| match self.names.agreement_title(of) {
            Some(title) => format!("{title} ({})", words_of(of)),
            None => words_of(of),
        });
        let text = of.map_or_else(|| title.clone(), |of| format!("{title} – {of}"));
        let mut blocks =
            vec![Block::Heading(Heading { level: 3, number: None, text, id: Some(clause.id()) })];
        if !own.doc.is_empty() {
            blocks.push(Block::Para(voice.doc(own.doc)));
        }
        blocks.extend(voice.rests_on(&basis_of(&own.tree.body)));
        let body: Vec<Stmt> = own.tree.body.iter().filter(|stmt| gives(stmt, names)).cloned().collect();
        let mut entries = voice.lines(&body, at);
        entries.extend(voice.decided_by(own, names, items, at));
        blocks.push(Block::List(entries));
        blocks
    }

    /// The unclear passages whose readings give something that is taken from a clause.
    fn decided_by(
        &self,
        own: &ClauseNames<'_>,
        names: &BTreeSet<String>,
        items: &[&Item],
        at: &InForce,
    ) -> Vec<Entry> {
        let beside = items.iter().filter_map(|item| match &item.kind {
            ItemKind::Assumption(assumption) => Some((assumption, item.doc.as_slice())),
            _ => None,
        });
        let beside = beside.filter(|(assumption, _)| {
            lines_of(assumption).any(|stmt| is_about(stmt, own.name) && gives(stmt, names))
        });
        let within = own.tree.body.iter().filter_map(|stmt| match &stmt.kind {
            StmtKind::Assumption(assumption) => Some((assumption, stmt.doc.as_slice())),
            _ => None,
        });
        let within = within.filter(|(assumption, _)| lines_of(assumption).any(|stmt| gives(stmt, names)));
        let all = within.chain(beside).map(|(assumption, doc)| {
            let mut entry = self.assumption(assumption, at);
            if !doc.is_empty() {
                entry.under.insert(0, Block::Para(self.doc(doc)));
            }
            entry
        });
        all.collect()
    }
}

fn lines_of(assumption: &Assumption) -> impl Iterator<Item = &Stmt> {
    assumption.readings.iter().flat_map(|reading| &reading.body)
}

/// Tells whether a line gives one of the names.
fn gives(stmt: &Stmt, names: &BTreeSet<String>) -> bool {
    let last = |path: &crate::syntax::ast::Path| {
        path.parts.last().is_some_and(|part| names.contains(&part.name.text))
    };
    match &stmt.kind {
        StmtKind::Assign(assign) | StmtKind::Condition(assign) => last(&assign.target.path),
        StmtKind::Split(split) => last(&split.target.path),
        StmtKind::Grant(grant) => grant.target.path.parts.iter().any(|part| names.contains(&part.name.text)),
        StmtKind::Table(table) => table.results.iter().any(|name| names.contains(&name.text)),
        StmtKind::Scale(scale) => names.contains(&scale.name.text),
        StmtKind::Given(given) => names.contains(&given.name.text),
        StmtKind::Duty(duty) => names.contains(&duty.name.text),
        _ => false,
    }
}

/// Gathers what a text takes from clauses that are not shown.
fn gather(blocks: &[Block], taken: &mut Taken) {
    let mut line = |line: &Line| {
        for piece in &line.pieces {
            if let Piece::Outside { clause, name, .. } = piece {
                taken.entry(clause.clone()).or_default().insert(name.clone());
            }
        }
    };
    walk(blocks, &mut line);
}

fn walk(blocks: &[Block], each: &mut impl FnMut(&Line)) {
    for block in blocks {
        match block {
            Block::Heading(_) | Block::Blanks(_) => {}
            Block::Para(line) | Block::Aside(line) => each(line),
            Block::List(entries) => {
                for entry in entries {
                    each(&entry.line);
                    walk(&entry.under, each);
                }
            }
            Block::Table(grid) => {
                let cells = grid.rows.iter().flatten();
                std::iter::once(&grid.caption).chain(&grid.head).chain(cells).for_each(&mut *each);
            }
        }
    }
}
