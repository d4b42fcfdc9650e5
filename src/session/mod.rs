//! The one door for every front: texts and data in, findings and results out. A session is changed only by adding to
//! it; each question builds the model anew, so a line that fails leaves nothing behind.

mod answer;
mod bound;
mod brought_about;
mod cases;
mod checks;
mod concern;
mod coverage;
mod echoes;
mod examined;
mod glance;
mod ground;
mod imported;
mod layers;
mod left_out;
mod mending;
mod misnamed;
mod modules;
mod nobody;
mod plain_words;
mod planned;
mod problem;
mod question;
mod reading_errors;
mod readings;
mod recorded;
mod renewed;
mod requirements;
mod results;
mod sheet;
mod tally;
mod tests;
mod twice;
mod unread;
mod written;

use std::sync::{Arc, OnceLock};

use crate::base::{FileId, Lang, Limits, SourceFile, SourceMap, Span, Stop};
use crate::diag::{Diagnostic, Problems, Severity};
use crate::facts::RawData;
use crate::lint::{Depth, Proofs, lint};
use crate::model::{self, Imports, Input, Layer, Model, Origin};
use crate::plan::{Plan, Valid};
use crate::syntax::{self, ast};
use crate::value::Interval;

use ground::Ground;

pub use answer::{Answer, AnswerLine, Target};
pub use bound::Bound;
pub use cases::{Case, CaseFile, CaseFormat, Expect, Failures, read_cases, run_case};
pub use checks::{CheckOutcome, CheckReport};
pub use coverage::{Coverage, Reached};
pub use examined::{Examined, PlainResult};
pub use mending::{Applied, Mended};
pub use modules::{LookedAt, ModuleFound, ModuleTests, Modules};
pub use planned::{DECIMALS_FROM_DATA, Planned, PlannedForm};
pub use problem::SessionProblem;
pub use question::Question;
pub use recorded::Assumed;
pub use results::{level_at, unit};
pub use sheet::{Group, Mark, Remark, Row, Sheet, in_short, marks, sheet};
pub use tally::Tally;
pub use tests::{ExpectationReport, TestReport, TestState};
pub use twice::Twice;

/// Rule files, data and what-ifs, ready to be asked.
#[derive(Clone, Debug, Default)]
pub struct Session {
    map: SourceMap,
    files: Vec<ast::File>,
    rule_files: Vec<FileId>,
    data: RawData,
    layers: Vec<Layer>,
    parsed: Problems,
    imports: Imports,
    /// The folder that has more rule files than were asked for.
    left_out: Option<String>,
    /// Whether each test and scenario is checked in a build of its own.
    builds_each: bool,
    /// What a build of all that is here came to, once it was asked for. INVARIANT: whatever changes the rules or what
    /// they bring in calls `changed`, and what changes only what is laid over them calls `relaid`.
    kept: OnceLock<Arc<Checked>>,
    /// The rules alone, checked, once somebody asked about them with nothing laid over them: what is laid then shares them.
    /// INVARIANT: whatever changes the rules or what they bring in calls `changed`.
    ground: OnceLock<Arc<Ground>>,
    /// Whether what this session finds unused in files brought in is compared with what others find that load them.
    is_compared: bool,
    /// Whether somebody wants what is being computed given up; shared with the session's clones.
    stop: Stop,
}

/// A plan and everything that was found on the way to it.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The plan; definitions with errors are marked in it and have no value.
    pub plan: Valid<Plan>,
    /// The findings of all stages.
    pub problems: Problems,
    /// What is proved of the rules, and what stays undecided; only where everything was looked for.
    pub proofs: Proofs,
}

/// Expressions to evaluate at a time. They stand in texts of their own, which `sources` has besides the session's.
#[derive(Clone, Copy)]
struct Asked<'a> {
    queries: &'a [ast::Expr],
    at: Option<Interval>,
    sources: &'a SourceMap,
}

impl Session {
    /// Makes an empty session.
    pub fn new() -> Session {
        Session::default()
    }
    /// Holds everything that is read and computed from now on to limits.
    #[must_use]
    pub fn held_to(mut self, limits: &Limits) -> Session {
        self.map.hold_to(limits);
        self
    }
    /// Returns the limits of a computation on what is here.
    pub fn run_limits(&self) -> crate::eval::Limits {
        crate::eval::Limits::of(self.map.limits(), self.map.bytes(), &self.stop)
    }
    /// Adds a rule file: its bytes are admitted as text and parsed. What is wrong with it is kept with the session's
    /// findings; `None` when it cannot be a rule file at all.
    pub fn add_rules(&mut self, name: &str, bytes: &[u8]) -> Option<FileId> {
        let id = syntax::admit(&mut self.map, name, bytes, &mut self.parsed)?;
        let tree = syntax::parse(&self.map, id, &mut self.parsed);
        self.map.set_sections(id, syntax::outline(&tree));
        self.changed();
        self.files.push(tree);
        self.rule_files.push(id);
        Some(id)
    }
    /// Adds a rule file that was asked for, of the folder `module`: for where several folders are, each of which is a
    /// module of its own.
    pub fn add_of_module(&mut self, name: &str, bytes: &[u8], module: &str) -> Option<FileId> {
        let id = self.add_rules(name, bytes)?;
        self.changed();
        self.imports.modules.insert(id, module.to_owned());
        Some(id)
    }
    /// Adds a rule file that was not asked for itself: `brug` brought it in from the folder `module`. Its clauses can
    /// be read; they are not results, its tests and checks are not run, and its warnings are not told.
    pub fn add_imported(&mut self, name: &str, bytes: &[u8], module: &str) -> Option<FileId> {
        let id = self.add_of_module(name, bytes, module)?;
        self.changed();
        self.imports.brought_in.insert(id);
        Some(id)
    }
    /// Remembers the names of agreements that could be brought in; a `brug` that names none is offered the nearest.
    pub fn add_known_agreements(&mut self, names: impl IntoIterator<Item = String>) {
        self.changed();
        self.imports.known.extend(names);
    }
    /// Remembers that several folders have an agreement that is used, so that it is not certain which is meant.
    pub fn add_double_agreement(&mut self, name: &str, folders: Vec<String>) {
        self.changed();
        self.imports.doubles.insert(name.to_owned(), folders);
    }
    /// Adds a text that is not a rule file, such as a data file, so that messages can point into it.
    pub fn sources_mut(&mut self) -> &mut SourceMap {
        &mut self.map
    }
    /// Sets the data; their texts must have been added to this session's sources.
    pub fn set_data(&mut self, data: RawData) {
        self.data = data;
    }
    /// Returns all texts.
    pub fn sources(&self) -> &SourceMap {
        &self.map
    }
    /// Returns the rule files' trees.
    pub fn files(&self) -> &[ast::File] {
        &self.files
    }
    /// Returns the texts of the rule files.
    pub fn rule_files(&self) -> &[FileId] {
        &self.rule_files
    }
    /// Walks the rule files that were asked for, not those that `brug` brought in, each with its tree.
    pub fn own_files(&self) -> impl Iterator<Item = (FileId, &ast::File)> {
        let all = self.rule_files.iter().copied().zip(&self.files);
        all.filter(|(id, _)| !self.imports.is_brought_in(*id))
    }
    /// Returns what parsing found.
    pub fn parsed(&self) -> &Problems {
        &self.parsed
    }
    /// Returns the data.
    pub fn data(&self) -> &RawData {
        &self.data
    }
    /// Returns the language of the first rule file.
    pub fn lang(&self) -> Lang {
        self.files.first().map_or(Lang::Da, |file| file.lang)
    }
    /// Lets somebody stop what this session and its clones compute from now on. What is stopped is told as an error, and
    /// so is everything that is asked until the wish is withdrawn.
    pub fn heed(&mut self, stop: Stop) {
        self.stop = stop;
    }
    /// Returns what can stop this session.
    pub fn stop(&self) -> &Stop {
        &self.stop
    }
    /// Returns the layers on top of the rules, oldest first.
    pub fn layers(&self) -> &[Layer] {
        &self.layers
    }
    /// Takes all layers of one origin away.
    pub fn drop_layers(&mut self, origin: &Origin) {
        self.relaid();
        self.layers.retain(|layer| layer.origin != *origin);
    }
    /// Puts the layers back that the session had at an earlier time. INVARIANT: they were added to this session, or to
    /// the one it was cloned from, so their texts are among its sources.
    pub fn restore_layers(&mut self, layers: Vec<Layer>) {
        self.relaid();
        self.layers = layers;
    }
    /// Takes the newest layer of an origin away, and tells whether there was one.
    pub fn pop_layer(&mut self, origin: &Origin) -> bool {
        self.relaid();
        let at = self.layers.iter().rposition(|layer| layer.origin == *origin);
        at.map(|at| self.layers.remove(at)).is_some()
    }
    /// Returns in which column data name the entities of a kind, where the rules say so.
    pub fn key_column(&self, kind: &str) -> Option<String> {
        let items = self.files.iter().flat_map(|file| &file.items);
        let kinds = items.filter_map(|item| match &item.kind {
            ast::ItemKind::Kind(kind) => Some(kind),
            _ => None,
        });
        let named = kinds.into_iter().find(|k| k.names.iter().any(|name| name.text == kind));
        named.and_then(|k| k.key_column.as_ref()).map(|text| text.text.clone())
    }
    /// Lays a what-if over everything: `path = expression` as the language writes it. On an error nothing is added.
    ///
    /// # Errors
    /// What is wrong with the text, or with the names and units in it.
    pub fn assign(&mut self, name: &str, text: &str, origin: Origin) -> Result<(), Problems> {
        let mut problems = Problems::new();
        let written = syntax::for_whom(text, self.lang(), |one| self.is_one(one));
        let file = self.map.add(SourceFile::new(name, written.as_deref().unwrap_or(text)));
        let assign = syntax::parse_assign(&self.map, file, self.lang(), &mut problems);
        let (Some(assign), false) = (assign, problems.has_errors()) else { return Err(problems) };
        let span = assign.span;
        let stmt = ast::Stmt { doc: Vec::new(), span, kind: ast::StmtKind::Assign(assign) };
        self.add_layer(Layer { origin, body: vec![stmt] })
    }
    /// Lays one line or block of a scenario over everything: `læsning trin = tredjedele`, `undtagelse akutplan = nej`,
    /// or the facts of an entity. On an error nothing is added.
    ///
    /// # Errors
    /// What is wrong with the text, or with the names and units in it.
    pub fn lay_line(&mut self, name: &str, text: &str, origin: Origin) -> Result<(), Problems> {
        let mut problems = Problems::new();
        let file = self.map.add(SourceFile::new(name, text));
        let stmt = syntax::parse_scenario_line(&self.map, file, self.lang(), &mut problems);
        let (Some(stmt), false) = (stmt, problems.has_errors()) else { return Err(problems) };
        self.add_layer(Layer { origin, body: vec![stmt] })
    }
    /// Tells whether a name that could also be that of a clause is one of those loaded or named in the rules.
    fn is_one(&self, name: &str) -> bool {
        let plan = self.plain();
        let model = &plan.model;
        let known = self.data.entities.iter().map(|entity| entity.key.as_str());
        let mut known = known.chain(model.named_entities.iter().map(|(_, named)| named.as_str()));
        known.any(|one| one == name)
            && !model.clauses.iter().any(|clause| clause.name == name)
            && !model.agreements.iter().any(|agreement| agreement.name == name)
            && model.find_kind(name).is_none()
    }
    /// A what-if is about those there are; a name that nobody has is a slip, unless nobody of the kind is loaded at all.
    fn unknown_entity(&self, before: &Checked, after: &Checked) -> Option<SessionProblem> {
        let (before, model) = (&before.plan.model.named_entities, &after.plan.model);
        let (kind, name) = model.named_entities.iter().find(|entity| !before.contains(entity))?;
        let word = &model.kinds[*kind].name;
        let given = self.data.entities.iter().filter(|entity| model.find_kind(&entity.kind) == Some(*kind));
        let given = given.map(|entity| entity.key.clone());
        let named = before.iter().filter(|(other, _)| other == kind).map(|(_, name)| name.clone());
        let loaded: Vec<String> = given.chain(named).collect();
        if loaded.is_empty() || loaded.contains(name) {
            return None;
        }
        Some(SessionProblem::NoSuchEntity { kind: word.clone(), name: name.clone(), loaded, at: None })
    }
    /// Adds a layer, unless it brings findings that were not there before.
    ///
    /// # Errors
    /// The new findings.
    pub fn add_layer(&mut self, layer: Layer) -> Result<(), Problems> {
        self.add_layers(vec![layer])
    }
    /// Adds layers, the lowest first, unless together they bring findings that were not there before: what two of them
    /// set in different ways may be settled by a third.
    fn add_layers(&mut self, layers: Vec<Layer>) -> Result<(), Problems> {
        self.unless_stopped()?;
        let before = self.checked();
        let count = self.layers.len();
        self.layers.extend(layers);
        self.relaid();
        let after = self.checked();
        let is_what_if = self.layers.last().is_some_and(|l| matches!(l.origin, Origin::Set | Origin::WhatIf));
        let nobody = if is_what_if { self.unknown_entity(&before, &after) } else { None };
        let known = before.problems.sorted();
        let is_fresh = |found: &Diagnostic| found.severity == Severity::Error && !known.contains(found);
        if nobody.is_none() && !after.problems.sorted().iter().any(is_fresh) {
            return Ok(());
        }
        // What is told of a line that fails are the errors, and what comes with them, not all that could be better.
        let mut fresh = Problems::new();
        nobody.iter().for_each(|problem| fresh.report(problem));
        let known = self.build(&self.layers[..count], None, Depth::Errors).problems.sorted();
        let after = self.build(&self.layers, None, Depth::Errors).problems.sorted();
        after.into_iter().filter(|found| !known.contains(found)).for_each(|found| fresh.push(found));
        match fresh.has_errors() {
            true => {
                self.layers.truncate(count);
                self.kept = OnceLock::from(before);
                Err(fresh)
            }
            false => Ok(()),
        }
    }
    /// Forgets what a build came to, since something that it rests on is about to be another.
    fn changed(&mut self) {
        self.ground = OnceLock::new();
        self.relaid();
    }
    /// Forgets what a build with its layers came to, since something else is about to be laid over the same rules.
    fn relaid(&mut self) {
        self.kept = OnceLock::new();
    }
    /// Builds and checks everything, once for all who ask.
    fn checked(&self) -> Arc<Checked> {
        let build = || match self.layers.is_empty() {
            true => self.ground_checked(&self.ground(), Depth::All),
            false => self.build(&self.layers, None, Depth::All),
        };
        Arc::clone(self.kept.get_or_init(|| Arc::new(build())))
    }
    /// Goes no further where somebody wants it given up.
    fn unless_stopped(&self) -> Result<(), Problems> {
        if !self.stop.is_asked() {
            return Ok(());
        }
        let mut problems = Problems::new();
        problems.report(&SessionProblem::Stopped);
        Err(problems)
    }
    /// Builds and checks everything.
    pub fn check(&self) -> Checked {
        Checked::clone(&self.checked())
    }
    /// Builds everything for those who want to know what there is, not what is wrong.
    fn plain(&self) -> Valid<Plan> {
        match self.kept.get() {
            Some(kept) => kept.plan.clone(),
            None => self.build(&self.layers, None, Depth::Nothing).plan,
        }
    }
    /// Builds with other layers or a test's expectations.
    fn build(&self, layers: &[Layer], test: Option<&ast::Test>, depth: Depth) -> Checked {
        self.build_asked(layers, test, self.nothing_asked(), depth)
    }
    fn nothing_asked(&self) -> Asked<'_> {
        Asked { queries: &[], at: None, sources: &self.map }
    }
    fn build_asked(
        &self,
        layers: &[Layer],
        test: Option<&ast::Test>,
        query: Asked<'_>,
        depth: Depth,
    ) -> Checked {
        if let Some(shared) = self.laid_on_known(layers, test, query, depth) {
            return shared;
        }
        let Asked { queries, at: asked, sources } = query;
        let files: Vec<&ast::File> = self.files.iter().collect();
        let unread = unread::places(&self.parsed, &self.map);
        let mut found = Problems::new();
        let mut model: Model = model::build(
            Input { files: &files, layers, test, queries, asked, imports: &self.imports },
            &mut found,
        );
        unread::refuse(&mut model, 0, &unread);
        let plan = Valid::check(model, &mut found);
        let proofs = self.linted(&plan, depth, &mut found);
        Checked { problems: self.told(found, &plan.model, &unread, sources), plan, proofs }
    }
    fn linted(&self, plan: &Valid<Plan>, depth: Depth, found: &mut Problems) -> Proofs {
        // A row that could not be read is not there, so what is left of a table proves nothing.
        match self.parsed.has_errors() {
            true => Proofs::default(),
            false => lint(plan, depth, found),
        }
    }
    /// What is told of what was found: with what parsing found, and without what only echoes something else.
    fn told(&self, found: Problems, model: &Model, unread: &[Span], sources: &SourceMap) -> Problems {
        let mut problems = self.parsed.clone();
        problems.append(unread::without_echoes(found, unread, sources));
        let problems = self.without_their_warnings(problems);
        echoes::one_for_each_cause(self.with_left_out(problems), model, sources)
    }
}
