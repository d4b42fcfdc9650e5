//! Assumptions: which of their readings is chosen, and what rests on it.

use std::collections::BTreeMap;

use super::carried_readings::CarriedReading;
use super::declare::{Dangling, Declarer, check_sources, dangling};
use super::lower::Lowerer;
use super::problem::NameProblem;
use super::{AmendmentId, Assumption, ClauseId, Origin, Reading};
use crate::base::{Lang, Span};
use crate::diag::nearest;
use crate::syntax::ast::{self, ItemKind, Name, Path, Stmt, StmtKind};

/// What the layers asked for choose and switch; of several that say something of the same, the last counts.
#[derive(Clone, Debug, Default)]
pub(super) struct Wanted<'a> {
    /// Readings: the assumption and the reading.
    pub(super) readings: Vec<(&'a Path, &'a Name)>,
    /// Amendments, on or off.
    pub(super) amendments: Vec<(&'a Path, bool)>,
    /// Exceptions, on or off.
    pub(super) exceptions: Vec<(&'a Path, bool)>,
}

impl Wanted<'_> {
    /// Tells whether the text is left as it chooses itself.
    pub(super) fn is_empty(&self) -> bool {
        self.readings.is_empty() && self.amendments.is_empty() && self.exceptions.is_empty()
    }
}

/// An assumption where it stands.
#[derive(Clone, Debug)]
pub(super) struct Assumed<'a> {
    pub(super) tree: &'a ast::Assumption,
    /// The `///` lines above it.
    pub(super) doc: &'a [String],
    /// What it is called: its name, with its agreement where another agreement has one of that name.
    pub(super) full: String,
    /// The agreement it belongs to.
    pub(super) agreement: Option<usize>,
    /// The clause it stands in.
    pub(super) clause: Option<ClauseId>,
    /// The amendment it stands in.
    pub(super) within: Option<AmendmentId>,
    pub(super) lang: Lang,
    /// The reading chosen, by position.
    pub(super) chosen: Option<usize>,
}

/// A reading that is chosen.
#[derive(Clone, Debug)]
pub(super) struct ChosenReading<'a> {
    pub(super) assumption: String,
    pub(super) tree: &'a ast::Reading,
    pub(super) clause: Option<ClauseId>,
    pub(super) within: Option<AmendmentId>,
    pub(super) lang: Lang,
}

impl ChosenReading<'_> {
    /// Returns the layer's origin.
    pub(super) fn origin(&self) -> Origin {
        Origin::Reading { assumption: self.assumption.clone(), reading: self.tree.name.text.clone() }
    }
}

impl<'a> Assumed<'a> {
    /// Returns the reading that is chosen.
    pub(super) fn reading(&self) -> Option<ChosenReading<'a>> {
        let tree = self.chosen.and_then(|index| self.tree.readings.get(index))?;
        let Assumed { clause, within, lang, .. } = *self;
        Some(ChosenReading { assumption: self.full.clone(), tree, clause, within, lang })
    }
}

impl Declarer<'_> {
    /// Finds every assumption, in the order they stand, and the reading of each that is chosen.
    pub(super) fn assumptions<'a>(
        &mut self,
        files: &'a [&'a ast::File],
        wanted: &Wanted<'_>,
    ) -> Vec<Assumed<'a>> {
        let mut all: Vec<Assumed<'a>> = Vec::new();
        // Looked up for each clause and amendment, so the places are put in order once.
        let clauses: BTreeMap<Span, ClauseId> =
            self.model.clauses.ids().rev().map(|id| (self.model.clauses[id].span, id)).collect();
        let amendments: BTreeMap<Span, AmendmentId> =
            self.model.amendments.ids().rev().map(|id| (self.model.amendments[id].span, id)).collect();
        let items = files.iter().flat_map(|file| file.items.iter().map(|item| (file.lang, item)));
        for (lang, item) in items {
            let mut add = |(doc, tree): (&'a [String], &'a ast::Assumption), clause, within| {
                let full = tree.name.text.clone();
                all.push(Assumed { tree, doc, full, agreement: None, clause, within, lang, chosen: None });
            };
            match &item.kind {
                ItemKind::Assumption(tree) => add((&item.doc, tree), None, None),
                ItemKind::Clause(clause) => {
                    let id = clauses.get(&clause.name.span).copied();
                    of_body(&clause.body).for_each(|found| add(found, id, None));
                }
                ItemKind::Amendment(amendment) => {
                    let id = amendments.get(&amendment.name.span).copied();
                    of_body(&amendment.body).for_each(|found| add(found, None, id));
                }
                _ => {}
            }
        }
        self.told_apart(&mut all);
        for assumed in &mut all {
            assumed.chosen = self.marked(assumed.tree);
        }
        self.duplicates(&all);
        self.choose(&mut all, wanted);
        all
    }

    /// Gives each assumption its agreement, and the name that tells it from those of other agreements.
    fn told_apart(&self, all: &mut [Assumed<'_>]) {
        for assumed in all.iter_mut() {
            let clause = assumed.clause.and_then(|clause| self.model.clauses[clause].agreement);
            assumed.agreement = clause.or_else(|| self.model.home(assumed.tree.name.span));
        }
        let homes: Vec<(&str, Option<usize>)> =
            all.iter().map(|one| (one.tree.name.text.as_str(), one.agreement)).collect();
        let shared = |(name, home): (&str, Option<usize>)| {
            homes.iter().any(|(other, elsewhere)| *other == name && *elsewhere != home)
        };
        for assumed in all.iter_mut() {
            let name = assumed.tree.name.text.as_str();
            let agreement = assumed.agreement.and_then(|index| self.model.agreements.get(index));
            if let Some(agreement) = agreement.filter(|_| shared((name, assumed.agreement))) {
                assumed.full = format!("{}.{name}", agreement.name);
            }
        }
    }

    /// The reading that the text chooses.
    fn marked(&mut self, tree: &ast::Assumption) -> Option<usize> {
        check_sources(&tree.basis, self.model, self.problems);
        let marked: Vec<usize> = (0..tree.readings.len()).filter(|i| tree.readings[*i].chosen).collect();
        if let [first, second, ..] = marked.as_slice() {
            let (first, span) = (tree.readings[*first].span, tree.readings[*second].span);
            self.problems.report(&NameProblem::TwoChosen { span, first });
        }
        for (index, reading) in tree.readings.iter().enumerate() {
            if let Some(first) = tree.readings[..index].iter().find(|r| r.name.text == reading.name.text) {
                self.duplicate(&reading.name, first.name.span);
            }
        }
        marked.first().copied()
    }

    fn duplicates(&mut self, all: &[Assumed<'_>]) {
        for (index, assumed) in all.iter().enumerate() {
            let name = &assumed.tree.name;
            let same = |other: &&Assumed<'_>| {
                other.tree.name.text == name.text && other.agreement == assumed.agreement
            };
            if let Some(first) = all[..index].iter().find(same) {
                self.duplicate(name, first.tree.name.span);
            }
        }
    }

    /// Chooses the readings that are asked for, the last of several. A name that several agreements have means the one
    /// of the agreement it is asked in; where it is asked in none, all of those that have such a reading.
    fn choose(&mut self, all: &mut [Assumed<'_>], wanted: &Wanted<'_>) {
        for (path, reading) in &wanted.readings {
            let meant = self.meant(path, all);
            if meant.is_empty() {
                let Some(name) = last(path) else { continue };
                let names = all.iter().map(|a| a.tree.name.text.as_str());
                let near = nearest(&name.text, names).map(str::to_owned);
                self.problems.report(&dangling(Dangling::Assumption, name, near));
                continue;
            }
            let mut found = false;
            for at in &meant {
                let Some(assumed) = all.get_mut(*at) else { continue };
                let mut readings = assumed.tree.readings.iter();
                if let Some(position) = readings.position(|r| r.name.text == reading.text) {
                    (assumed.chosen, found) = (Some(position), true);
                }
            }
            if !found {
                let offered = meant.iter().filter_map(|at| all.get(*at)).flat_map(|a| &a.tree.readings);
                let near = nearest(&reading.text, offered.map(|r| r.name.text.as_str())).map(str::to_owned);
                self.problems.report(&dangling(Dangling::Reading, reading, near));
            }
        }
    }

    /// The assumptions that a path means, by position: `trin`, `ØA25.trin`, `clause.trin` or `ØA25.clause.trin`; of
    /// those that fit, the nearest.
    fn meant(&self, path: &Path, all: &[Assumed<'_>]) -> Vec<usize> {
        let parts: Vec<&str> = path.parts.iter().map(|part| part.name.text.as_str()).collect();
        let written = parts.join(".");
        let fits = |assumed: &Assumed<'_>| {
            let name = assumed.tree.name.text.as_str();
            let agreement = assumed.agreement.and_then(|index| self.model.agreements.get(index));
            let clause = assumed.clause.map(|clause| &self.model.clauses[clause].name);
            let agreement = agreement.map(|agreement| &agreement.name);
            let within = |outer: &String| written == format!("{outer}.{name}");
            written == name
                || agreement.is_some_and(within)
                || clause.is_some_and(within)
                || agreement
                    .zip(clause)
                    .is_some_and(|(agreement, clause)| within(&format!("{agreement}.{clause}")))
        };
        let home = self.model.home(path.span);
        let distance =
            |assumed: &Assumed<'_>| self.model.distance_of(assumed.agreement, assumed.tree.name.span, home);
        let fitting: Vec<(usize, u8)> = all
            .iter()
            .enumerate()
            .filter(|(_, assumed)| fits(assumed))
            .map(|(at, assumed)| (at, distance(assumed)))
            .collect();
        let least = fitting.iter().map(|(_, far)| *far).min();
        fitting.into_iter().filter(|(_, far)| Some(*far) == least).map(|(at, _)| at).collect()
    }
}

/// The assumptions among lines, each with the `///` lines above it.
fn of_body(body: &[Stmt]) -> impl Iterator<Item = (&[String], &ast::Assumption)> {
    body.iter().filter_map(|stmt| match &stmt.kind {
        StmtKind::Assumption(tree) => Some((stmt.doc.as_slice(), tree)),
        _ => None,
    })
}

/// Returns the name a path ends in.
pub(super) fn last(path: &Path) -> Option<&Name> {
    path.parts.last().map(|part| &part.name)
}

impl Lowerer<'_> {
    /// Notes each assumption in the model, with what rests on it.
    pub(super) fn note_assumptions(&mut self, all: &[Assumed<'_>], carried: &[CarriedReading]) {
        for (at, assumed) in all.iter().enumerate() {
            let tree = assumed.tree;
            let touches = self.touches(assumed, &|from| {
                carried.iter().filter(|one| one.is_of(at, from)).map(|one| one.into).collect()
            });
            let named = |r: &ast::Reading| Reading {
                name: r.name.text.clone(),
                title: r.title.as_ref().map(|t| t.text.clone()),
                why: r.doc.clone(),
                states: !r.body.is_empty(),
                marked: r.chosen,
                span: r.name.span,
            };
            self.model.assumptions.push(Assumption {
                name: assumed.full.clone(),
                title: tree.title.as_ref().map(|t| t.text.clone()),
                why: assumed.doc.to_vec(),
                clause: assumed.clause,
                readings: tree.readings.iter().map(named).collect(),
                chosen: assumed.chosen,
                touches,
                span: tree.name.span,
            });
        }
    }
}
