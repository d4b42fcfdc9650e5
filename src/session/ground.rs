//! The rules checked once, with nothing laid over them, for all the tests and scenarios that stand in them, and for what a
//! session lays over them. Each is laid over what was checked, and only what it adds is looked at; one that changes how the rules are read, or what is to be
//! checked in them, is checked in a build of its own.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use super::{Asked, Checked, Session, unread};
use crate::base::Span;
use crate::diag::Problems;
use crate::lint::{Depth, Proofs, lint};
use crate::model::{self, Layer, Origin, OverTarget};
use crate::plan::{Plan, Valid};
use crate::syntax::ast::{self, StmtKind};
use crate::types::Settled;

/// The rules alone, checked, with what was found at each stage.
#[derive(Debug)]
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
    /// The same rules as the last few tests chose to read them, the newest last.
    chosen: Mutex<VecDeque<Chosen>>,
}

/// The rules as a test chooses to read them.
#[derive(Clone, Debug)]
struct Chosen {
    choice: Choice,
    /// `None` where the choice is wrong itself.
    ground: Option<Arc<Ground>>,
}

/// What a test chooses: the words of each line, and the agreement that it stands in. INVARIANT: nothing else about where
/// a line stands bears on what it chooses.
type Choice = Vec<(Option<usize>, String)>;

/// How many choices are kept: tests that choose the same stand near each other, and each is as large as the rules.
const KEPT: usize = 32;

impl Session {
    /// Builds and checks the rules with nothing laid over them, once for all who ask.
    pub(super) fn ground(&self) -> Arc<Ground> {
        Arc::clone(self.ground.get_or_init(|| Arc::new(self.ground_as(&[]))))
    }

    /// What [`Session::build_asked`] makes, over the rules as they are known already; `None` where they are not, or where
    /// it takes a build of its own.
    pub(super) fn laid_on_known(
        &self,
        layers: &[Layer],
        test: Option<&ast::Test>,
        asked: Asked<'_>,
        depth: Depth,
    ) -> Option<Checked> {
        let ground = self.ground.get().filter(|_| !self.builds_each)?;
        match layers.is_empty() && test.is_none() && asked.queries.is_empty() {
            true => Some(self.ground_checked(ground, depth)),
            false => self.laid_for(ground, (layers, test), asked, depth),
        }
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
        Ground { plan, names, settled, unread, named, typed, linted, chosen: Mutex::default() }
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
        let shared = if self.builds_each { None } else { self.shared(ground, layers, test) };
        shared.unwrap_or_else(|| self.build(layers, test, Depth::Errors))
    }

    /// The same over rules that others are laid over too; `None` where it takes a build of its own.
    fn shared(&self, ground: &Ground, layers: &[Layer], test: Option<&ast::Test>) -> Option<Checked> {
        self.laid(ground, layers, test).or_else(|| self.laid_as_chosen(ground, layers, test))
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
        let words = |stmt: &ast::Stmt| Some((ground.plan.model.home(stmt.span), choice(stmt)?));
        let wanted: Choice = choices.iter().filter_map(words).collect();
        let chosen = self.chosen(ground, wanted, choices)?;
        let rest = Layer { origin: Origin::Test, body: rest };
        let laid: Vec<Layer> = layers
            .iter()
            .map(|layer| if layer.origin == Origin::Test { rest.clone() } else { layer.clone() })
            .collect();
        self.laid(&chosen, &laid, test)
    }

    /// Finds the rules as a choice has them read among those that are kept, or builds them.
    fn chosen(&self, ground: &Ground, choice: Choice, lines: Vec<ast::Stmt>) -> Option<Arc<Ground>> {
        let kept = || ground.chosen.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = kept().iter().find(|known| known.choice == choice) {
            return known.ground.clone();
        }
        let built = self.ground_as(&[Layer { origin: Origin::Test, body: lines }]);
        let is_sound = built.named.sorted() == ground.named.sorted();
        let found = is_sound.then(|| Arc::new(built));
        let mut kept = kept();
        if kept.len() == KEPT {
            kept.pop_front();
        }
        kept.push_back(Chosen { choice, ground: found.clone() });
        found
    }

    /// Has each test, scenario and what-if checked in a build of its own from now on. It finds the same and takes longer,
    /// so it is there to compare with.
    pub fn build_each_test(&mut self) {
        self.relaid();
        self.builds_each = true;
    }

    /// The same from what has been checked; `None` where it takes a build of its own.
    pub(super) fn laid(
        &self,
        ground: &Ground,
        layers: &[Layer],
        test: Option<&ast::Test>,
    ) -> Option<Checked> {
        self.laid_for(ground, (layers, test), self.nothing_asked(), Depth::Errors)
    }

    /// The same with expressions asked about, looking as deep as is asked for.
    fn laid_for(
        &self,
        ground: &Ground,
        (layers, test): (&[Layer], Option<&ast::Test>),
        Asked { queries, at: asked, sources }: Asked<'_>,
        depth: Depth,
    ) -> Option<Checked> {
        let text = &ground.plan.model;
        let (mut named, mut typed) = (Problems::new(), Problems::new());
        let over = model::Over { layers, test, queries, asked };
        let mut model = ground.names.lay(text, over, &mut named)?;
        unread::refuse(&mut model, text.nodes.len(), &ground.unread);
        let plan = ground.plan.laid(model, &ground.settled, &mut typed)?;
        let mut found = ground.named.clone();
        [named, ground.typed.clone(), typed].into_iter().for_each(|part| found.append(part));
        let mut laid = plan.model.overrides.iter().skip(text.overrides.len());
        // What a table is asked for may be another thing where something is put in place of its key.
        let bears_on_tables = laid.any(|over| matches!(over.target, OverTarget::Def(_)));
        let proofs = match depth {
            Depth::Errors if !bears_on_tables => {
                found.append(ground.linted.clone());
                Proofs::default()
            }
            Depth::Errors => {
                self.linted(&plan, depth, &mut found);
                Proofs::default()
            }
            Depth::All | Depth::Nothing => self.linted(&plan, depth, &mut found),
        };
        let problems = self.told(found, &plan.model, &ground.unread, sources);
        Some(Checked { plan, problems, proofs })
    }
}

/// The words of a line that chooses how the rules are read: a reading, or an exception or amendment switched on or off.
fn choice(stmt: &ast::Stmt) -> Option<String> {
    let dotted = |path: &ast::Path| {
        path.parts.iter().map(|part| part.name.text.as_str()).collect::<Vec<_>>().join(".")
    };
    match &stmt.kind {
        StmtKind::Reading { assumption, reading } => {
            Some(format!("{} = {}", dotted(assumption), reading.text))
        }
        StmtKind::Switch { what, name, on } => Some(format!("{what:?} {} = {on}", dotted(name))),
        StmtKind::Basis(_) | StmtKind::InForce(_) | StmtKind::EachRounded { .. } | StmtKind::Assign(_) => {
            None
        }
        StmtKind::Split(_) | StmtKind::Condition(_) | StmtKind::Grant(_) | StmtKind::Table(_) => None,
        StmtKind::Rows(_) | StmtKind::Scale(_) | StmtKind::Exception(_) | StmtKind::Precedence(_) => None,
        StmtKind::Assumption(_) | StmtKind::Duty(_) | StmtKind::Given(_) | StmtKind::Require { .. } => None,
        StmtKind::Check(_) | StmtKind::Lift(_) | StmtKind::Repeal(_) | StmtKind::Only(_) => None,
        StmtKind::Year(_) | StmtKind::Day(_) | StmtKind::BuildsOn(_) | StmtKind::EntityFacts { .. } => None,
        StmtKind::Expect(_) | StmtKind::Error => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that meets what it does not expect has failed")]

    use super::*;
    use crate::facts::Moment;
    use crate::session::Question;
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
  trin = indbyggere × 2
  tabel tillæg efter trin
    0 – 9   | 1 kr.
    10 – 99 | 2 kr.
    100+    | 3 kr.
  betaling = (sats af pris nedsat med rabat) + tillæg
  undtagelse stor
    når indbyggere > 1000
    betaling = 0 kr.

"#;

    /// A session with these tests in it, each with the lines that lay something over the rules.
    fn with_tests(tests: &[&str]) -> Session {
        let heads = tests.iter().enumerate().map(|(at, body)| {
            let lines: Vec<String> = body.lines().map(|line| format!("  {line}\n")).collect();
            format!("prøve \"{at}\"\n  år 2025\n{}  forvent\n    bidrag.rabat = 10 pct.\n\n", lines.concat())
        });
        let text = format!("{RULES}{}", heads.collect::<String>());
        let mut session = Session::new();
        session.add_rules("regler.klausul", text.as_bytes()).unwrap();
        let found = session.findings();
        assert!(!found.has_errors(), "{:?}", found.sorted());
        session
    }

    /// The same rules with one way to read them, and with something in them that nobody uses.
    fn without_readings() -> Session {
        let (before, rest) = RULES.split_once("antagelse").unwrap();
        let (_, after) = rest.split_once("klausul bidrag").unwrap();
        let text =
            format!("{before}klausul bidrag{}", after.replace("  rabat", "  givet glemt : kr.\n  rabat"));
        let mut session = Session::new();
        session.add_rules("regler.klausul", text.as_bytes()).unwrap();
        assert!(!session.check().problems.has_errors(), "{:?}", session.check().problems.sorted());
        session
    }

    /// The tests of a session with their layers.
    fn tests(session: &Session) -> Vec<(&ast::Test, Vec<Layer>)> {
        let trees = session.files.iter().flat_map(|file| &file.items);
        let tests = trees.filter_map(|item: &Item| match &item.kind {
            ItemKind::Test(test) => Some(test.as_ref()),
            _ => None,
        });
        tests.map(|test| (test, vec![Layer { origin: Origin::Test, body: test.body.clone() }])).collect()
    }

    /// Tells for each test whether it is laid over rules that it shares with others.
    fn shared(tests_of: &[&str]) -> Vec<bool> {
        let session = with_tests(tests_of);
        let ground = session.ground();
        let is_shared = |(test, layers): &(&ast::Test, Vec<Layer>)| {
            let built = session.build_on(&ground, layers, Some(test));
            let alone = session.build(layers, Some(test), Depth::Errors);
            assert_eq!(built.problems.sorted(), alone.problems.sorted());
            session.shared(&ground, layers, Some(test)).is_some()
        };
        tests(&session).iter().map(is_shared).collect()
    }

    #[test]
    fn facts_and_values_are_laid_over_the_rules() {
        let facts = "bidrag.pris = 100 kr.";
        let entities = "kommune \"Storby\"\n  indbyggere = 5000";
        let value = "bidrag.rabat = 10 pct.";
        let ended = "bidrag.rabat gælder ikke";
        assert_eq!(shared(&[facts, entities, value, ended]), [true, true, true, true]);
    }

    #[test]
    fn what_ifs_are_found_to_be_what_a_build_of_their_own_finds() {
        let (mut tried, mut answered, mut warned, mut undecided) = (0, 0, 0, 0);
        // Rules that can be read in two ways, and rules in which what nobody uses is told.
        let plain = without_readings();
        // Values that fit and one that does not, a key of a table, a cell, facts, an unknown name, a reading, a switch.
        let lines = [
            "bidrag.rabat = 10 pct.",
            "bidrag.rabat = 10 kr.",
            "bidrag.sats[10+] = 3 pct.",
            "bidrag.betaling = 7 kr.",
            "bidrag.trin = 2",
            "bidrag.trin = 200",
            "bidrag.pris = 100 kr.",
            "bidrag.ukendt = 1",
            "læsning runding = ned",
            "undtagelse stor = nej",
            "kommune \"Storby\"\n  indbyggere = 5000",
        ];
        for (rules, line) in [with_tests(&[]), plain].iter().flat_map(|rules| lines.map(|line| (rules, line)))
        {
            let mut laid = rules.clone();
            laid.checked();
            let mut built = laid.clone();
            built.build_each_test();
            let said = [&mut laid, &mut built].map(|session| {
                let found = session.lay_line("linje", line, Origin::WhatIf).map_err(|found| found.sorted());
                let targets = ["bidrag.rabat + 1 pct.", "bidrag.betaling"].map(str::to_owned).to_vec();
                let asked = Question { targets, moment: Some(Moment::Year(2025)), ..Question::default() };
                let answer = session.ask(&asked).map_err(|found| found.sorted());
                let answer = answer.map(|answer| {
                    let outcomes: Vec<String> =
                        answer.lines.iter().map(|line| format!("{:?}", answer.outcome(line))).collect();
                    (answer.problems.sorted(), outcomes)
                });
                let Checked { problems, proofs, .. } = session.check();
                (found, problems.sorted(), answer, format!("{:?}", proofs.undecided))
            });
            assert_eq!(said[0], said[1], "{line}");
            tried += usize::from(said[0].0.is_ok());
            answered += said[0].2.as_ref().map_or(0, |(_, outcomes)| outcomes.len());
            warned += usize::from(!said[0].1.is_empty());
            undecided += usize::from(said[0].3 != "[]");
        }
        assert!(tried > 8 && answered > 16, "only {tried} lines could be laid, {answered} results compared");
        assert!(warned > 4 && undecided > 8, "{warned} with warnings, {undecided} with open questions");
        let shares = |line: &str| {
            let mut laid = with_tests(&[]);
            laid.checked();
            laid.lay_line("linje", line, Origin::WhatIf).unwrap();
            laid.laid_on_known(&laid.layers, None, laid.nothing_asked(), Depth::All).is_some()
        };
        assert!(shares("bidrag.rabat = 10 pct."));
        assert!(!shares("undtagelse stor = nej"));
    }

    #[test]
    fn what_changes_the_text_takes_a_build_of_its_own() {
        assert_eq!(shared(&["bidrag.sats[10+] = 3 pct."]), [false]);
    }

    #[test]
    fn tests_that_choose_the_same_share_the_rules_as_they_are_read_then() {
        let reading = "læsning runding = ned";
        let switched = "undtagelse stor = nej";
        let both = "læsning runding = ned\nundtagelse stor = nej\nbidrag.pris = 7 kr.";
        assert_eq!(shared(&[reading, switched, both]), [true, true, true]);
        let session = with_tests(&[reading, reading, switched]);
        let ground = session.ground();
        for (test, layers) in tests(&session) {
            session.build_on(&ground, &layers, Some(test));
        }
        assert_eq!(ground.chosen.lock().unwrap().len(), 2);
    }

    #[test]
    fn only_the_last_few_choices_are_kept() {
        // The same line so many times is a choice of its own, be it a wrong one.
        let choices: Vec<String> =
            (1..=KEPT + 1).map(|times| vec!["læsning runding = ned"; times].join("\n")).collect();
        let first = choices[0].as_str();
        let session = with_tests(&choices.iter().map(String::as_str).chain([first]).collect::<Vec<_>>());
        let ground = session.ground();
        for (test, layers) in tests(&session) {
            session.build_on(&ground, &layers, Some(test));
        }
        let kept = ground.chosen.lock().unwrap();
        assert_eq!(kept.len(), KEPT);
        assert_eq!(kept.back().unwrap().choice[0].1, "runding = ned");
    }
}
