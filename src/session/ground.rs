//! The rules checked once, with nothing laid over them, for all the tests and scenarios that stand in them. Each is laid
//! over what was checked, and only what it adds is looked at; one that changes how the rules are read, or what is to be
//! checked in them, is checked in a build of its own.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::{Checked, Session, unread};
use crate::base::Span;
use crate::diag::Problems;
use crate::lint::{Depth, Proofs, lint};
use crate::model::{self, Layer, Origin, OverTarget};
use crate::plan::{Plan, Valid};
use crate::syntax::ast;
use crate::types::Settled;

/// The rules alone, checked, with what was found at each stage.
#[derive(Clone, Debug)]
pub(super) struct Ground {
    /// The plan of the rules.
    pub(super) plan: Valid<Plan>,
    names: model::Ground,
    settled: Settled,
    unread: Vec<Span>,
    named: Problems,
    typed: Problems,
    /// What must stop a run, found in the rules themselves.
    linted: Problems,
    /// The same rules as tests choose to read them, by the words of the choice; `None` where the choice is wrong itself.
    chosen: RefCell<BTreeMap<Vec<String>, Option<Rc<Ground>>>>,
}

impl Session {
    /// Builds and checks the rules with nothing laid over them.
    pub(super) fn ground(&self) -> Ground {
        self.ground_as(&[])
    }

    /// The same as a layer of choices has them read.
    fn ground_as(&self, choices: &[Layer]) -> Ground {
        let files: Vec<&ast::File> = self.files.iter().collect();
        let unread = unread::places(&self.parsed, &self.map);
        let (mut named, mut typed, mut linted) = (Problems::new(), Problems::new(), Problems::new());
        let (mut model, names) = model::Ground::chosen(&files, &self.imports, choices, &mut named);
        unread::refuse(&mut model, 0, &unread);
        let (plan, settled) = Valid::ground(model, &mut typed);
        if !self.parsed.has_errors() {
            lint(&plan, Depth::Errors, &mut linted);
        }
        Ground { plan, names, settled, unread, named, typed, linted, chosen: RefCell::default() }
    }

    /// The rules themselves, checked as deep as is asked for: what [`Session::build`] makes without layers.
    pub(super) fn ground_checked(&self, ground: &Ground, depth: Depth) -> Checked {
        let plan = ground.plan.clone();
        let mut found = ground.named.clone();
        found.append(ground.typed.clone());
        let proofs = self.linted(&plan, depth, &mut found);
        Checked { problems: self.told(found, &plan.model, &ground.unread, &self.map), plan, proofs }
    }

    /// Builds and checks the rules with layers over them and a test's expectations, as [`Session::build`] does.
    pub(super) fn build_on(&self, ground: &Ground, layers: &[Layer], test: Option<&ast::Test>) -> Checked {
        let over = || self.laid(ground, layers, test).or_else(|| self.laid_as_chosen(ground, layers, test));
        let laid = if self.builds_each { None } else { over() };
        laid.unwrap_or_else(|| self.build(layers, test, Depth::Errors))
    }

    /// Lays a test over the rules as it chooses to read them, which are built once for each choice. `None` where it
    /// chooses nothing, a scenario that it builds on chooses as well, or the choice itself is wrong.
    fn laid_as_chosen(&self, ground: &Ground, layers: &[Layer], test: Option<&ast::Test>) -> Option<Checked> {
        let (own, below): (Vec<&Layer>, Vec<&Layer>) =
            layers.iter().partition(|layer| layer.origin == Origin::Test);
        let [own] = own.as_slice() else { return None };
        let (choices, rest): (Vec<ast::Stmt>, Vec<ast::Stmt>) =
            own.body.iter().cloned().partition(|stmt| choice(stmt).is_some());
        if choices.is_empty()
            || below.iter().any(|layer| layer.body.iter().any(|stmt| choice(stmt).is_some()))
        {
            return None;
        }
        // Which assumption a name means depends on the agreement of the file that it stands in.
        let place = |stmt: &ast::Stmt| Some(format!("{:?} {}", stmt.span.file, choice(stmt)?));
        let words: Vec<String> = choices.iter().filter_map(place).collect();
        let build = || {
            let chosen = self.ground_as(&[Layer { origin: Origin::Test, body: choices }]);
            (chosen.named.sorted() == ground.named.sorted()).then(|| Rc::new(chosen))
        };
        let chosen = ground.chosen.borrow_mut().entry(words).or_insert_with(build).clone()?;
        let rest = Layer { origin: Origin::Test, body: rest };
        let laid: Vec<Layer> = layers
            .iter()
            .map(|layer| if layer.origin == Origin::Test { rest.clone() } else { layer.clone() })
            .collect();
        self.laid(&chosen, &laid, test)
    }

    /// Has each test and scenario checked in a build of its own from now on. It finds the same and takes longer, so it is
    /// there to compare with.
    pub fn build_each_test(&mut self) {
        self.builds_each = true;
    }

    /// The same from what has been checked; `None` where it takes a build of its own.
    pub(super) fn laid(
        &self,
        ground: &Ground,
        layers: &[Layer],
        test: Option<&ast::Test>,
    ) -> Option<Checked> {
        let text = &ground.plan.model;
        let (mut named, mut typed) = (Problems::new(), Problems::new());
        let mut model = ground.names.lay(text, layers, test, &mut named)?;
        unread::refuse(&mut model, text.nodes.len(), &ground.unread);
        let plan = ground.plan.laid(model, &ground.settled, &mut typed)?;
        let mut found = ground.named.clone();
        [named, ground.typed.clone(), typed].into_iter().for_each(|part| found.append(part));
        let mut laid = plan.model.overrides.iter().skip(text.overrides.len());
        // What a table is asked for may be another thing where something is put in place of its key.
        match laid.any(|over| matches!(over.target, OverTarget::Def(_))) {
            true => drop(self.linted(&plan, Depth::Errors, &mut found)),
            false => found.append(ground.linted.clone()),
        }
        let problems = self.told(found, &plan.model, &ground.unread, &self.map);
        Some(Checked { plan, problems, proofs: Proofs::default() })
    }
}

/// The words of a line that chooses how the rules are read: a reading, or an exception or amendment switched on or off.
fn choice(stmt: &ast::Stmt) -> Option<String> {
    let dotted = |path: &ast::Path| {
        path.parts.iter().map(|part| part.name.text.as_str()).collect::<Vec<_>>().join(".")
    };
    match &stmt.kind {
        ast::StmtKind::Reading { assumption, reading } => {
            Some(format!("{} = {}", dotted(assumption), reading.text))
        }
        ast::StmtKind::Switch { what, name, on } => Some(format!("{what:?} {} = {on}", dotted(name))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that meets what it does not expect has failed")]

    use super::*;
    use crate::syntax::ast::{Item, ItemKind};

    const RULES: &str = r#"aftale A "Opdigtet"
  periode 2025-2026
  prisniveau 25-pl

kilde A "Opdigtet"

hver kommune, kommuner, kommunen har
  indbyggere : hele tal

antagelse runding "Hvordan rundes der?"
  læsning op "Op" (valgt)
    bidrag.rabat = 10 pct.
  læsning ned "Ned"
    bidrag.rabat = 5 pct.

klausul bidrag for hver kommune
  hjemmel A boks 1
  givet pris : kr.
  rabat = 5 pct.
  tabel sats efter indbyggere
    0 – 9 | 1 pct.
    10+   | 2 pct.
  betaling = sats af pris nedsat med rabat
  undtagelse stor
    når indbyggere > 1000
    betaling = 0 kr.

"#;

    /// Tells for each test of a text whether it is laid over the rules, or takes a build of its own.
    fn laid(tests: &[&str]) -> Vec<bool> {
        let heads = tests.iter().enumerate().map(|(at, body)| {
            let lines: Vec<String> = body.lines().map(|line| format!("  {line}\n")).collect();
            format!("prøve \"{at}\"\n  år 2025\n{}  forvent\n    bidrag.rabat = 10 pct.\n\n", lines.concat())
        });
        let text = format!("{RULES}{}", heads.collect::<String>());
        let mut session = Session::new();
        session.add_rules("regler.klausul", text.as_bytes()).unwrap();
        let found = session.findings();
        assert!(!found.has_errors(), "{:?}", found.sorted());
        let ground = session.ground();
        let trees = session.files.iter().flat_map(|file| &file.items);
        let tests = trees.filter_map(|item: &Item| match &item.kind {
            ItemKind::Test(test) => Some(test),
            _ => None,
        });
        let layers = |test: &ast::Test| vec![Layer { origin: Origin::Test, body: test.body.clone() }];
        tests.map(|test| session.laid(&ground, &layers(test), Some(test)).is_some()).collect()
    }

    #[test]
    fn facts_and_values_are_laid_over_the_rules() {
        let facts = "bidrag.pris = 100 kr.";
        let entities = "kommune \"Storby\"\n  indbyggere = 5000";
        let value = "bidrag.rabat = 10 pct.";
        let ended = "bidrag.rabat gælder ikke";
        assert_eq!(laid(&[facts, entities, value, ended]), [true, true, true, true]);
    }

    #[test]
    fn what_changes_the_text_or_how_it_is_read_takes_a_build_of_its_own() {
        let cell = "bidrag.sats[10+] = 3 pct.";
        let reading = "læsning runding = ned";
        let switched = "undtagelse stor = nej";
        assert_eq!(laid(&[cell, reading, switched]), [false, false, false]);
    }
}
