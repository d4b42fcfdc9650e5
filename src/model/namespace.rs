//! Each agreement is a namespace: to which one something belongs, and how its names are told apart from others'.

use std::collections::{BTreeMap, BTreeSet};

use super::{Clause, ClauseId, DefId, FactId, FactOwner, Model};
use crate::base::{FileId, Span};
use crate::diag::nearest;
use crate::value::Level;

/// Which module each rule file belongs to, and which of them were not asked for themselves but brought in by `brug`.
#[derive(Clone, Debug, Default)]
pub struct Imports {
    /// The files whose folder matters: files of one folder are one module. Where one module alone was asked for, its
    /// files are not among them.
    pub modules: BTreeMap<FileId, String>,
    /// The files that `brug` brought in.
    pub brought_in: BTreeSet<FileId>,
    /// Which modules each module uses, where several were asked for.
    pub uses: BTreeMap<String, BTreeSet<String>>,
    /// The modules of which only some files were asked for.
    pub partial: BTreeSet<String>,
    /// The names of all agreements that could be brought in, for suggestions.
    pub known: BTreeSet<String>,
    /// The agreements that several folders have, with those folders.
    pub doubles: BTreeMap<String, Vec<String>>,
    /// The names that follow `brug`, whether there is such an agreement or not.
    pub named: BTreeSet<String>,
}

impl Imports {
    /// Returns the module of a file: its folder; nothing for the only one asked for, and for what is no rule file.
    pub fn module(&self, file: FileId) -> Option<&str> {
        self.modules.get(&file).map(String::as_str)
    }
    /// Puts one file in place of another.
    pub fn renamed(&mut self, before: FileId, now: FileId) {
        if let Some(module) = self.modules.remove(&before) {
            self.modules.insert(now, module);
        }
        if self.brought_in.remove(&before) {
            self.brought_in.insert(now);
        }
    }
    /// Tells whether a file was brought in by `brug` rather than asked for.
    pub fn is_brought_in(&self, file: FileId) -> bool {
        self.brought_in.contains(&file)
    }
}

impl Model {
    /// Returns the agreement that something belongs to: the last one declared above it in its file, else the file's
    /// first, else its module's only one.
    pub fn home(&self, span: Span) -> Option<usize> {
        let own = || self.agreements.iter().enumerate().filter(|(_, a)| a.span.file == span.file);
        let above = own().rfind(|(_, a)| a.span.start <= span.start);
        let in_file = above.or_else(|| own().next()).map(|(index, _)| index);
        in_file.or_else(|| match self.in_module(span.file).as_slice() {
            [only] => Some(*only),
            [] | [_, ..] => None,
        })
    }
    /// Returns the agreements of the module that a file belongs to.
    pub fn in_module(&self, file: FileId) -> Vec<usize> {
        let module = self.imports.module(file);
        let all = self.agreements.iter().enumerate();
        all.filter(|(_, a)| self.imports.module(a.span.file) == module).map(|(index, _)| index).collect()
    }
    /// Returns the price level of amounts that state none, at a place.
    pub fn level_at(&self, span: Span) -> Level {
        let home = self.home(span).and_then(|index| self.agreements.get(index));
        home.map_or(Level::Current, |agreement| agreement.level)
    }
    /// Returns the price level of a clause's amounts that state none.
    pub fn header_level(&self, clause: ClauseId) -> Level {
        let agreement = self.clauses[clause].agreement.and_then(|index| self.agreements.get(index));
        agreement.map_or(Level::Current, |agreement| agreement.level)
    }
    /// Returns the year that the agreements asked for are about, where it is one and the same.
    pub fn only_year(&self) -> Option<i16> {
        let asked = self.agreements.iter().filter(|a| !self.imports.is_brought_in(a.span.file));
        let years: BTreeSet<Option<(i16, i16)>> = asked.map(|agreement| agreement.years).collect();
        match years.into_iter().collect::<Vec<_>>().as_slice() {
            [Some((first, last))] if first == last => Some(*first),
            [] | [_, ..] => None,
        }
    }
    /// Tells whether a clause was brought in by `brug` rather than asked for.
    pub fn is_imported(&self, clause: ClauseId) -> bool {
        self.imports.is_brought_in(self.clauses[clause].span.file)
    }
    /// Returns a definition's full name: `clause.name`, with its agreement where that is needed to tell it apart.
    pub fn full_name(&self, def: DefId) -> String {
        let def = &self.defs[def];
        format!("{}.{}", self.clauses[def.clause].full, def.name)
    }
    /// Returns a fact's full name: `clause.name` for a given value of a clause, else its name.
    pub fn fact_name(&self, fact: FactId) -> String {
        let fact = &self.facts[fact];
        match fact.owner {
            FactOwner::Clause(clause) => format!("{}.{}", self.clauses[clause].full, fact.name),
            FactOwner::Kind(_) | FactOwner::File => fact.name.clone(),
        }
    }
    /// Tells whether a path names a clause, with or without its agreement.
    pub fn is_clause(&self, clause: ClauseId, path: &str) -> bool {
        self.clauses[clause].full == path || self.with_agreement(clause).as_deref() == Some(path)
    }
    /// Tells whether a path names a definition, with or without its agreement.
    pub fn is_def(&self, def: DefId, path: &str) -> bool {
        let data = &self.defs[def];
        path.strip_suffix(&data.name)
            .and_then(|head| head.strip_suffix('.'))
            .is_some_and(|head| self.is_clause(data.clause, head))
    }
    /// Tells whether a path names a given value, with or without its agreement.
    pub fn is_fact(&self, fact: FactId, path: &str) -> bool {
        let data = &self.facts[fact];
        match data.owner {
            FactOwner::Clause(clause) => path
                .strip_suffix(&data.name)
                .and_then(|head| head.strip_suffix('.'))
                .is_some_and(|head| self.is_clause(clause, head)),
            FactOwner::Kind(_) | FactOwner::File => data.name == path,
        }
    }
    /// Returns a clause's name with its agreement; `None` where it belongs to none.
    pub fn with_agreement(&self, clause: ClauseId) -> Option<String> {
        let clause = &self.clauses[clause];
        let agreement = clause.agreement.and_then(|index| self.agreements.get(index))?;
        Some(format!("{}.{}", agreement.name, clause.name))
    }
    /// Returns the agreement, here or to be had, whose name is nearest.
    pub(super) fn nearest_agreement(&self, name: &str) -> Option<String> {
        let names = self.agreements.iter().map(|agreement| agreement.name.as_str());
        let names = names.chain(self.imports.known.iter().map(String::as_str));
        nearest(name, names).map(str::to_owned)
    }
    /// Returns how far a clause is from a place in some agreement: 0 in the same agreement, 1 in another of the same
    /// module, 2 in another module. From a place in no agreement all that was asked for is equally near. Nearer names
    /// hide those farther off.
    pub(super) fn distance(&self, clause: ClauseId, home: Option<usize>) -> u8 {
        let Clause { agreement, span, .. } = &self.clauses[clause];
        self.distance_of(*agreement, *span, home)
    }
    /// The same of something else that stands at a place and belongs to an agreement.
    pub(super) fn distance_of(&self, agreement: Option<usize>, at: Span, home: Option<usize>) -> u8 {
        let near = match home.and_then(|index| self.agreements.get(index)) {
            Some(own) => self.imports.module(at.file) == self.imports.module(own.span.file),
            None => !self.imports.is_brought_in(at.file),
        };
        match (home.is_some() && agreement == home, near) {
            (true, _) => 0,
            (false, true) => 1,
            (false, false) => 2,
        }
    }
    /// Of several clauses, keeps the nearest.
    pub(super) fn nearest_of(&self, clauses: &[ClauseId], home: Option<usize>) -> Vec<ClauseId> {
        let least = clauses.iter().map(|clause| self.distance(*clause, home)).min();
        clauses.iter().copied().filter(|clause| Some(self.distance(*clause, home)) == least).collect()
    }
    /// Gives every clause the name that results show.
    pub(super) fn name_clauses(&mut self) {
        let mut own: BTreeMap<String, usize> = BTreeMap::new();
        for (_, clause) in self.clauses.iter_enumerated().filter(|(id, _)| !self.is_imported(*id)) {
            *own.entry(clause.name.clone()).or_default() += 1;
        }
        for id in self.clauses.ids() {
            let clause = &self.clauses[id];
            let told_apart = self.is_imported(id) || own.get(&clause.name).is_some_and(|twins| *twins > 1);
            let full = self.with_agreement(id).filter(|_| told_apart);
            let full = full.unwrap_or_else(|| clause.name.clone());
            self.clauses[id].full = full;
        }
    }
}
