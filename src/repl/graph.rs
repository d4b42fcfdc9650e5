//! Who reads what in the rules, whatever the facts are: what reads a name, and what a name reads.

use std::collections::BTreeSet;

use super::lookup::{Named, Rules, columns, is_public};
use super::problem::ReplProblem;
use crate::base::bi;
use crate::explain::{Explanation, Item, ItemKind, text};
use crate::model::{DefId, ExceptionId, ExprId, FactId, Model, NodeKind};
use crate::render::visible_lines;

/// What lies deeper is named, but not gone into; no agreement nests so deep.
const DEEPEST: usize = 40;

/// What a definition reads.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Read {
    Def(DefId),
    Fact(FactId),
}

impl Rules<'_> {
    /// Lists what reads something itself: definitions, each with the title of its clause, checks and requirements.
    pub(super) fn uses(self, name: &str) -> Result<String, ReplProblem> {
        let wanted: BTreeSet<Read> = match self.find(name)? {
            Named::Clause(clause) => {
                self.model.clauses[clause].defs.iter().map(|def| Read::Def(*def)).collect()
            }
            Named::Def(def) => BTreeSet::from([Read::Def(def)]),
            Named::Fact(fact) => BTreeSet::from([Read::Fact(fact)]),
            Named::Item(_) => {
                return Err(ReplProblem::NotAName {
                    name: name.to_owned(),
                    nearest: None,
                    alike: Vec::new(),
                });
            }
        };
        let readers = self.model.defs.ids().filter(|def| is_public(&self.model.defs[*def]));
        let readers = readers.filter(|def| !wanted.contains(&Read::Def(*def)));
        let readers = readers.filter(|def| reads(self.model, *def).iter().any(|read| wanted.contains(read)));
        let row = |def: DefId| {
            let clause = &self.model.clauses[self.model.defs[def].clause];
            (self.spoken(def), clause.title.clone().unwrap_or_default())
        };
        let mut rows: Vec<_> = readers.map(row).collect();
        let reads = |expr: ExprId| read_in(self.model, expr, None).iter().any(|read| wanted.contains(read));
        let checks = self.model.checks.iter().filter(|check| reads(check.condition));
        rows.extend(checks.map(|check| {
            (self.lang.pick("kontrol", "check").to_owned(), check.title.clone().unwrap_or_default())
        }));
        let requirements = self.model.requirements.iter().filter(|one| reads(one.condition));
        rows.extend(
            requirements.map(|one| (self.lang.pick("krav", "requirement").to_owned(), one.message.clone())),
        );
        Ok(match rows.as_slice() {
            [] => {
                let none = bi!("intet andet læser {name}", "nothing else reads {name}");
                format!("{}\n", none.get(self.lang))
            }
            rows => columns(rows, self.width),
        })
    }

    /// Draws what something reads, and what that reads in turn.
    pub(super) fn depends(self, name: &str, width: usize) -> Result<String, ReplProblem> {
        let root = match self.find(name)? {
            Named::Clause(clause) => {
                let clause = &self.model.clauses[clause];
                let mut item = Item::new(ItemKind::Note, clause.full.clone());
                item.title.clone_from(&clause.title);
                let mut told = BTreeSet::new();
                let public = clause.defs.iter().filter(|def| is_public(&self.model.defs[**def]));
                item.children = public.map(|def| self.branch(Read::Def(*def), &mut told, 0)).collect();
                item
            }
            Named::Def(def) => self.branch(Read::Def(def), &mut BTreeSet::new(), 0),
            Named::Fact(fact) => self.branch(Read::Fact(fact), &mut BTreeSet::new(), 0),
            Named::Item(_) => {
                return Err(ReplProblem::NotAName {
                    name: name.to_owned(),
                    nearest: None,
                    alike: Vec::new(),
                });
            }
        };
        let tree = Explanation { lang: self.lang, root, notes: Vec::new() };
        Ok(visible_lines(&text(&tree, width)).into_owned())
    }

    fn branch(self, read: Read, told: &mut BTreeSet<Read>, depth: usize) -> Item {
        let Read::Def(def) = read else { return self.leaf(read) };
        let mut item = Item::new(ItemKind::Note, self.spoken(def)).at(self.model.defs[def].span);
        let below = reads(self.model, def);
        if below.is_empty() {
            return item;
        }
        if depth >= DEEPEST {
            return item.says(self.lang.pick("kan ses for sig", "can be seen by itself"));
        }
        if !told.insert(read) {
            return item.says(self.lang.pick("se ovenfor", "see above"));
        }
        item.children = below.into_iter().map(|below| self.branch(below, told, depth + 1)).collect();
        item
    }

    fn leaf(self, read: Read) -> Item {
        let Read::Fact(fact) = read else { return Item::new(ItemKind::Note, String::new()) };
        let data = &self.model.facts[fact];
        let mut item = Item::new(ItemKind::Note, self.model.fact_name(fact)).at(data.span);
        item.title.clone_from(&data.title);
        item.says(self.lang.pick("oplysning", "fact"))
    }
}

/// What a definition reads, in the order it stands; what is only a part of its line is looked through.
fn reads(model: &Model, def: DefId) -> Vec<Read> {
    let mut found = Vec::new();
    for body in bodies(model, def).into_iter().rev() {
        for read in read_in(model, body, Some(def)) {
            // A definition that reads itself, at another time or for another, is no branch of itself.
            if read != Read::Def(def) && !found.contains(&read) {
                found.push(read);
            }
        }
    }
    found
}

/// The expressions of a definition, the first last: its lines, the dates that bound them, and what decides the exceptions
/// that may replace it, those that they stand in among them.
fn bodies(model: &Model, def: DefId) -> Vec<ExprId> {
    let data = &model.defs[def];
    let mut all: Vec<ExprId> = data.bodies().collect();
    all.extend(data.lines().flat_map(|line| &line.given).map(|bound| bound.date));
    let mut exceptions: Vec<ExceptionId> = data.exceptions.iter().map(|(exception, _)| *exception).collect();
    let mut seen = BTreeSet::new();
    while let Some(id) = exceptions.pop().filter(|id| seen.insert(*id)) {
        let exception = &model.exceptions[id];
        all.extend(exception.condition);
        all.extend(exception.given.iter().map(|bound| bound.date));
        exceptions.extend(exception.outer);
    }
    all.extend(model.clauses[data.clause].given.iter().map(|bound| bound.date));
    all.reverse();
    all
}

/// What an expression reads.
fn read_in(model: &Model, root: ExprId, def: Option<DefId>) -> Vec<Read> {
    let (mut found, mut through) = (Vec::new(), BTreeSet::from_iter(def));
    let mut open = vec![root];
    while let Some(expr) = open.pop() {
        let node = model.node(expr);
        let read = match &node.kind {
            NodeKind::Def(def) | NodeKind::CarriedOn(def) | NodeKind::Former(def, _) => Read::Def(*def),
            NodeKind::Fact(fact) | NodeKind::FormerFact(fact, _) => Read::Fact(*fact),
            _ => {
                open.extend(node.children(&model.tables).into_iter().rev());
                continue;
            }
        };
        match read {
            Read::Def(part) if !is_public(&model.defs[part]) => {
                if through.insert(part) {
                    open.extend(bodies(model, part));
                }
            }
            Read::Def(_) | Read::Fact(_) => {
                if !found.contains(&read) {
                    found.push(read);
                }
            }
        }
    }
    found
}
