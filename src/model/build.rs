//! From trees and layers to a model.

use super::agreement_problem::AgreementProblem;
use super::amendments::Amended;
use super::declare::{Dangling, Declarer, PendingClause, check_sources, dangling};
use super::index::IndexSet;
use super::layer::{Layer, LayerId, OverTarget, Override};
use super::line_problem::LineProblem;
use super::lower::Lowerer;
use super::problem::NameProblem;
use super::readings::{Assumed, ChosenReading, Wanted};
use super::scope::{Scope, Symbol, Symbols};
use super::set_problem::SetProblem;
use super::{Clause, ClauseId, Expectation, FactOwner, Imports, KindId, Model, Test};
use crate::base::{Lang, Span};
use crate::diag::{Problems, nearest};
use crate::syntax::ast::{self, Item, ItemKind, Stmt, StmtKind};
use crate::value::{Interval, Level, Period};

/// What a model is built from.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The rule files.
    pub files: &'a [&'a ast::File],
    /// What is laid over them, later layers winning.
    pub layers: &'a [Layer],
    /// The test whose expectations are wanted; its own facts must be among the layers.
    pub test: Option<&'a ast::Test>,
    /// Expressions asked about, such as `klausul eval` targets.
    pub queries: &'a [ast::Expr],
    /// The time the expressions are asked about, where it is known.
    pub asked: Option<Interval>,
    /// Which of the files were brought in by `brug`.
    pub imports: &'a Imports,
}

/// Builds the model of some rule files; what is wrong with names goes to `problems`.
pub fn build(input: Input<'_>, problems: &mut Problems) -> Model {
    let (mut model, names) = text(input, problems);
    model.layers.lay(input.layers);
    asked(&mut model, &names, input, problems);
    model
}

/// The names of a text, which what is laid over it is read by.
#[derive(Clone, Debug)]
pub(super) struct Names {
    symbols: Symbols,
    /// What the chosen readings set in indices.
    index_set: Vec<IndexSet>,
}

/// Builds the model of the text alone, as the layers choose its readings and switch its exceptions and amendments.
pub(super) fn text(input: Input<'_>, problems: &mut Problems) -> (Model, Names) {
    let files = input.files;
    let lang = files.first().map_or(Lang::Da, |file| file.lang);
    let mut model = Model { lang, imports: input.imports.clone(), ..Model::default() };
    let mut declarer = Declarer::new(&mut model, problems);
    let clauses = declare_all(&mut declarer, files);
    declarer.scenario_rings();
    let wanted = super::laid::wanted(input.layers);
    let amendments = declarer.amendments(files, &wanted);
    let assumptions = declarer.assumptions(files, &wanted);
    let in_force = |id| amendments.iter().any(|a: &Amended<'_>| a.id == id);
    let readings: Vec<ChosenReading<'_>> =
        assumptions.iter().filter_map(Assumed::reading).filter(|r| r.within.is_none_or(in_force)).collect();
    let carried = declarer.carried_readings(&assumptions, &clauses);
    let mut laid = declarer.lay(&readings, &amendments);
    declarer.lay_carried(&assumptions, &carried, &clauses, &mut laid);
    let (symbols, defaults) = (declarer.symbols, declarer.defaults);
    super::confusable::look_alikes(&model, problems);
    super::import_ring::import_rings(files, &model, problems);
    let mut lowerer = lowerer(&mut model, &symbols, Vec::new(), problems);
    for clause in &clauses {
        let scope = clause_scope(clause.id, clause.lang, lowerer.model);
        lowerer.clause_body(clause, &scope);
        lowerer.no_basis(clause);
    }
    super::dates::check_carried(lowerer.model, lowerer.problems);
    for (file, item) in items(files) {
        lowerer.item(item, file.lang);
    }
    lowerer.defaults(&defaults);
    for statement in &laid {
        lowerer.laid(statement);
    }
    lowerer.settle_carried(&laid);
    lowerer.lower_exception_rows();
    lowerer.no_conflicts();
    lowerer.note_assumptions(&assumptions, &carried);
    lowerer.note_switched_off(files);
    lowerer.switch_exceptions(&wanted);
    let index_set = lowerer.index_set;
    (model, Names { symbols, index_set })
}

/// Lowers what is laid over a text and asked about it, into the layers that the model has for it.
pub(super) fn asked(model: &mut Model, names: &Names, input: Input<'_>, problems: &mut Problems) {
    asked_before_cells(model, names, input, problems);
    lowerer(model, &names.symbols, Vec::new(), problems).resolve_cells();
}

/// The same, but for finding the rows that cells are read from: that waits for all that is laid over tables.
pub(super) fn asked_before_cells(
    model: &mut Model,
    names: &Names,
    input: Input<'_>,
    problems: &mut Problems,
) {
    let mut lowerer = lowerer(model, &names.symbols, names.index_set.clone(), problems);
    let asked: Vec<LayerId> = lowerer.model.layers.asked().collect();
    for (layer, id) in input.layers.iter().zip(asked) {
        let lang = lowerer.model.lang;
        layer.body.iter().for_each(|stmt| lowerer.asked_statement(stmt, id, lang));
    }
    lowerer.scenarios_agree(input.layers);
    if let Some(test) = input.test {
        lowerer.expectations(test);
    }
    let scope = open_scope(lowerer.model, lowerer.model.lang, input.queries.first().map(|query| query.span));
    let queries = lowerer.all(input.queries, &scope);
    lowerer.model.queries = queries;
    model.asked = input.test.and_then(test_time).or(input.asked);
}

fn lowerer<'a>(
    model: &'a mut Model,
    symbols: &'a Symbols,
    index_set: Vec<IndexSet>,
    problems: &'a mut Problems,
) -> Lowerer<'a> {
    let (touched, exception_rows) = (Vec::new(), Vec::new());
    Lowerer { model, symbols, problems, line: None, touched, index_set, exception_rows }
}

/// The time a test is about: its year or day.
fn test_time(test: &ast::Test) -> Option<Interval> {
    let period = test.body.iter().find_map(|stmt| match &stmt.kind {
        StmtKind::Year(year) => Some(Period::Year(*year)),
        StmtKind::Day(date) => Some(Period::Day(*date)),
        _ => None,
    })?;
    Interval::of_period(period)
}

fn items<'a>(files: &'a [&'a ast::File]) -> impl Iterator<Item = (&'a ast::File, &'a Item)> {
    files.iter().flat_map(|file| file.items.iter().map(move |item| (*file, item)))
}

fn declare_all<'a>(declarer: &mut Declarer<'_>, files: &'a [&'a ast::File]) -> Vec<PendingClause<'a>> {
    items(files).for_each(|(_, item)| declarer.heads(item));
    let units: Vec<&ast::UnitDecl> = items(files)
        .filter_map(|(_, item)| match &item.kind {
            ItemKind::Unit(unit) => Some(unit),
            _ => None,
        })
        .collect();
    super::units::declare(&units, declarer.model, declarer.problems);
    let types: Vec<&ast::TypeDecl> = items(files)
        .filter_map(|(_, item)| match &item.kind {
            ItemKind::Type(declaration) => Some(declaration),
            _ => None,
        })
        .collect();
    declarer.named_types(&types);
    items(files).for_each(|(_, item)| declarer.indices(item));
    items(files).for_each(|(_, item)| declarer.facts(item));
    let mut clauses = Vec::new();
    for (file, item) in items(files) {
        if let ItemKind::Clause(tree) = &item.kind {
            let id = declarer.clause(tree, &item.doc);
            clauses.push(PendingClause { id, tree, lang: file.lang, carried: Vec::new() });
        }
    }
    declarer.model.name_clauses();
    declarer.carry_over(&mut clauses);
    clauses.iter().for_each(|clause| declarer.lines(clause));
    clauses
}

/// The scope of a clause's own lines.
pub(super) fn clause_scope(clause: ClauseId, lang: Lang, model: &Model) -> Scope {
    let each = model.clauses[clause].each;
    Scope {
        clause: Some(clause),
        exceptions: Vec::new(),
        kind: each,
        outer: Vec::new(),
        iterates: super::scope::Iterates::No,
        level: Some(model.header_level(clause)),
        lang,
        home: model.clauses[clause].agreement,
        carried: None,
        layer: model.layers.text,
        holds: None,
        cell: None,
        former_full: false,
    }
}

/// The scope of what stands in no clause.
pub(super) fn open_scope(model: &Model, lang: Lang, at: Option<Span>) -> Scope {
    let level = at.map_or(Level::Current, |span| model.level_at(span));
    let home = at.and_then(|span| model.home(span));
    Scope {
        clause: None,
        exceptions: Vec::new(),
        kind: None,
        outer: Vec::new(),
        iterates: super::scope::Iterates::No,
        level: Some(level),
        lang,
        home,
        carried: None,
        layer: model.layers.text,
        holds: None,
        cell: None,
        former_full: false,
    }
}

impl Lowerer<'_> {
    fn item(&mut self, item: &Item, lang: Lang) {
        let scope = open_scope(self.model, lang, Some(item.span));
        match &item.kind {
            ItemKind::Check(check) => self.check(check, None, item.span, &scope),
            ItemKind::Precedence(precedence) => self.precedence(None, precedence),
            ItemKind::Test(test) => {
                let title = test.title.text.clone();
                let expects = |stmt: &ast::Stmt| match &stmt.kind {
                    StmtKind::Expect(lines) => !lines.is_empty(),
                    // What could not be read is told already.
                    StmtKind::Error => true,
                    _ => false,
                };
                if !test.body.iter().any(expects) {
                    self.problems.report(&LineProblem::ExpectsNothing { span: test.title.span });
                }
                let test = Test { title, tree: test.clone(), expectations: Vec::new(), span: item.span };
                self.model.tests.push(test);
            }
            ItemKind::Kind(_) | ItemKind::Given(_) => {}
            ItemKind::Note(note) => check_sources(&note.basis, self.model, self.problems),
            ItemKind::Agreement(agreement) => check_sources(&agreement.basis, self.model, self.problems),
            ItemKind::Clause(_)
            | ItemKind::Assumption(_)
            | ItemKind::Amendment(_)
            | ItemKind::Scenario(_) => {}
            ItemKind::Use(name) => self.import(name, &scope),
            ItemKind::Source(_) | ItemKind::Unit(_) | ItemKind::Type(_) => {}
            ItemKind::Index(index) => self.index_lines(index, &scope),
            ItemKind::Entity(entity) => self.entity(entity, item.span, lang),
            ItemKind::Error => {}
        }
    }

    /// What `brug` names must be there, and be another agreement.
    fn import(&mut self, name: &ast::Name, scope: &Scope) {
        let (span, text) = (name.span, name.text.clone());
        let found = self.model.agreements.iter().position(|agreement| agreement.name == text);
        if found.is_some() && found == scope.home {
            return self.problems.report(&AgreementProblem::UsesItself { span, name: text });
        }
        if let Some(folders) = self.model.imports.doubles.get(&text) {
            let folders = folders.clone();
            return self.problems.report(&AgreementProblem::SeveralFolders { span, name: text, folders });
        }
        if found.is_none() {
            // An agreement does not use itself.
            let own =
                scope.home.and_then(|index| self.model.agreements.get(index)).map(|own| own.name.clone());
            let nearest = self.model.nearest_agreement(&text).filter(|near| Some(near) != own.as_ref());
            self.problems.report(&AgreementProblem::NoAgreement { span, name: text, nearest });
        }
    }

    /// What a fact is when nothing is given is written out, so that it rests on nothing else.
    fn defaults(&mut self, defaults: &std::collections::BTreeMap<super::FactId, ast::Expr>) {
        for (fact, default) in defaults {
            let lang = self.model.lang;
            let scope = open_scope(self.model, lang, Some(self.model.facts[*fact].span));
            // An amount that is taken where none is given stands at the level of the fact.
            let value = self.expr(default, &Scope { level: None, ..scope });
            if !written_out(default) {
                self.problems.report(&NameProblem::NotAFigure { span: default.span });
                continue;
            }
            self.model.facts[*fact].declared.default = Some(value);
        }
    }

    /// A clause that states figures must say where they stand.
    fn no_basis(&mut self, clause: &PendingClause<'_>) {
        let Clause { basis, name, span, title, agreement, .. } = &self.model.clauses[clause.id];
        let states = clause.tree.body.iter().any(statement_states_figure);
        let cited = clause.tree.body.iter().any(|stmt| match &stmt.kind {
            StmtKind::Assign(assign) | StmtKind::Condition(assign) => !assign.basis.is_empty(),
            StmtKind::Table(table) => !table.basis.is_empty(),
            _ => false,
        });
        if states && basis.is_empty() && !cited {
            let problem = NameProblem::NoBasis {
                span: *span,
                name: name.clone(),
                heading: title.clone(),
                source: self.model.source_to_cite(*agreement),
            };
            self.problems.report(&problem);
        }
    }

    /// Remembers an entity that rules or layers name.
    pub(super) fn name_entity(&mut self, kind: KindId, name: &str) {
        let entity = (kind, name.to_owned());
        if !self.model.named_entities.contains(&entity) {
            self.model.named_entities.push(entity);
        }
    }

    /// Switches exceptions off, and on again where a later layer says so.
    fn switch_exceptions(&mut self, wanted: &Wanted<'_>) {
        for (path, on) in &wanted.exceptions {
            let Some(name) = super::readings::last(path) else { continue };
            let clause = path.parts.first().filter(|_| path.parts.len() > 1).map(|part| &part.name.text);
            let all = self.model.exceptions.iter_enumerated();
            let meant = all.filter(|(_, e)| {
                e.name == name.text
                    && clause.is_none_or(|clause| self.model.clauses[e.clause].name == *clause)
            });
            let ids: Vec<_> = meant.map(|(id, _)| id).collect();
            if ids.is_empty() {
                let names = self.model.exceptions.iter().map(|e| e.name.as_str());
                let near = nearest(&name.text, names).map(str::to_owned);
                self.problems.report(&dangling(Dangling::Exception, name, near));
                continue;
            }
            self.model.switched_off.retain(|id| !ids.contains(id));
            if !on {
                self.model.switched_off.extend(ids);
            }
        }
    }

    /// Puts a value in place of a fact or a definition.
    pub(super) fn over(
        &mut self,
        assign: &ast::Assign,
        entity: Option<(KindId, &str)>,
        layer: LayerId,
        clause: Option<ClauseId>,
        lang: Lang,
    ) {
        let mut scope = Scope { layer, ..open_scope(self.model, lang, Some(assign.span)) };
        scope.clause = clause;
        let target = &assign.target;
        let Some((path, entity)) = self.entity_path(target, entity, layer) else { return };
        if self.misset(target, &path, entity.as_ref()) {
            return;
        }
        scope.kind = entity.as_ref().map(|(kind, _)| *kind);
        if path.parts.last().is_some_and(|part| !part.cells.is_empty()) {
            if self.over_index(&path, &assign.value, layer, &scope, assign.span) {
                return;
            }
            let target = ast::Target { path, ..target.clone() };
            return self.edit_cell(&ast::Assign { target, ..assign.clone() }, &scope);
        }
        let target_id = match self.symbol(&path, &scope) {
            Ok(Symbol::Def(def)) => OverTarget::Def(def),
            Ok(Symbol::Fact(fact)) => OverTarget::Fact(fact),
            Err(problem) => return self.problems.report(&problem),
        };
        if let Some((kind, one)) = &entity
            && self.kind_of_target(target_id) != Some(*kind)
        {
            return self.not_of_each(target, one);
        }
        if scope.kind.is_none() {
            scope.kind = self.kind_of_target(target_id);
        }
        // An amount put in place of another stands at that one's level, where it states none.
        scope.level = None;
        let value = self.expr(&assign.value, &scope);
        let interval = target.when.as_ref().map(|when| super::time::bounds(when, self.problems).interval);
        let entity = entity.map(|(_, name)| name);
        self.model.overrides.push(Override {
            target: target_id,
            entity,
            interval,
            value,
            layer,
            span: assign.span,
        });
    }

    /// Reports what no cell and no line of an index can be given: a value for one alone, or one at a time.
    fn misset(&mut self, target: &ast::Target, path: &ast::Path, entity: Option<&(KindId, String)>) -> bool {
        if path.parts.last().is_none_or(|part| part.cells.is_empty()) {
            return false;
        }
        let name = super::statements::path_text(path);
        let (indexed, span) = (self.model.find_indices(path).len() == 1, target.span);
        let problem = match (entity, &target.when) {
            (Some((_, one)), _) if indexed => SetProblem::NotOfEach { span, name, entity: one.clone() },
            (Some((_, one)), _) => SetProblem::CellForOne { span, name, entity: one.clone() },
            (None, Some(when)) if indexed => SetProblem::IndexAtTime { span: when.span, name },
            (None, _) => return false,
        };
        self.problems.report(&problem);
        true
    }

    fn not_of_each(&mut self, target: &ast::Target, one: &str) {
        let name = super::statements::path_text(&target.path);
        self.problems.report(&SetProblem::NotOfEach { span: target.span, name, entity: one.to_owned() });
    }

    fn kind_of_target(&self, target: OverTarget) -> Option<KindId> {
        match target {
            OverTarget::Def(def) => self.model.clauses[self.model.defs[def].clause].each,
            OverTarget::Fact(fact) => match self.model.facts[fact].owner {
                FactOwner::Kind(kind) => Some(kind),
                FactOwner::Clause(_) | FactOwner::File => None,
            },
        }
    }

    /// Takes `region["Sjælland"].fact` and `x for "Sjælland"` apart into a path and an entity.
    fn entity_path(
        &mut self,
        target: &ast::Target,
        given: Option<(KindId, &str)>,
        layer: LayerId,
    ) -> Option<(ast::Path, Option<(KindId, String)>)> {
        let given = given.map(|(kind, name)| (kind, name.to_owned()));
        if let [first, rest @ ..] = target.path.parts.as_slice() {
            let kind = self
                .model
                .find_kind(&first.name.text)
                .filter(|_| !first.cells.is_empty() && !rest.is_empty());
            if let Some(kind) = kind {
                let name = cell_name(&first.cells)?;
                self.name_entity(kind, &name);
                let path = ast::Path { parts: rest.to_vec(), span: target.path.span };
                return Some((path, Some((kind, name))));
            }
        }
        if let Some(text) = &target.entity {
            let open = open_scope(self.model, self.model.lang, Some(target.span));
            let mut scope = Scope { layer, ..open };
            scope.kind = given.as_ref().map(|(kind, _)| *kind);
            let symbol = self.symbol(&target.path, &scope);
            let id = match symbol {
                Ok(Symbol::Def(def)) => OverTarget::Def(def),
                Ok(Symbol::Fact(fact)) => OverTarget::Fact(fact),
                Err(problem) => {
                    self.problems.report(&problem);
                    return None;
                }
            };
            let Some(kind) = self.kind_of_target(id) else {
                self.not_of_each(target, &text.text);
                return None;
            };
            self.name_entity(kind, &text.text);
            return Some((target.path.clone(), Some((kind, text.text.clone()))));
        }
        Some((target.path.clone(), given))
    }

    /// Lowers what a test expects.
    fn expectations(&mut self, test: &ast::Test) {
        let lang = self.model.lang;
        for stmt in &test.body {
            let StmtKind::Expect(lines) = &stmt.kind else { continue };
            for line in lines {
                let expectation = self.expectation(line, lang);
                if let Some(last) = self.model.tests.iter_mut().find(|t| t.span == test_span(t, test)) {
                    last.expectations.push(expectation);
                }
            }
        }
    }

    fn expectation(&mut self, line: &ast::Expectation, lang: Lang) -> Expectation {
        let scope = open_scope(self.model, lang, Some(line.span));
        let mut kind = ast::ExprKind::Path(line.target.path.clone());
        let span = line.target.span;
        let wrap = |kind| ast::Expr { kind: Box::new(kind), span };
        if let Some(entity) = &line.target.entity {
            kind = ast::ExprKind::ForEntity { value: wrap(kind), entity: entity.clone() };
        }
        if let Some(ast::When { kind: ast::WhenKind::In(period), span }) = &line.target.when {
            kind = ast::ExprKind::At { value: wrap(kind), time: ast::AtTime::Period(*period, *span) };
        }
        let target = self.expr(&wrap(kind), &scope);
        let value = match &line.outcome {
            ast::Expected::Value(expr) | ast::Expected::About(expr) => Some(self.expr(expr, &scope)),
            ast::Expected::Unknown | ast::Expected::DoesNotApply | ast::Expected::Error(_) => None,
        };
        let step = match (&line.outcome, value) {
            (ast::Expected::About(expr), Some(value)) => self.precision(expr, value),
            _ => None,
        };
        Expectation { target, value, step, outcome: line.outcome.clone(), span: line.span }
    }
}

/// Tells whether an expression is a value as written.
fn written_out(expr: &ast::Expr) -> bool {
    match expr.kind.as_ref() {
        ast::ExprKind::Literal(_) | ast::ExprKind::Fraction(..) | ast::ExprKind::Text(_) => true,
        ast::ExprKind::Bool(_) | ast::ExprKind::Date(_) | ast::ExprKind::Nothing => true,
        ast::ExprKind::Negate(inner) | ast::ExprKind::Paren(inner) => written_out(inner),
        _ => false,
    }
}

fn test_span(candidate: &Test, wanted: &ast::Test) -> crate::base::Span {
    // Tests are told apart by where their title stands.
    if candidate.tree.title.span == wanted.title.span { candidate.span } else { wanted.title.span }
}

/// Returns the name in `["Sjælland"]`.
pub(super) fn cell_name(cells: &[ast::Cell]) -> Option<String> {
    let [ast::Cell { kind: ast::CellKind::Expr(expr), .. }] = cells else { return None };
    match expr.kind.as_ref() {
        ast::ExprKind::Text(text) => Some(text.text.clone()),
        _ => None,
    }
}

fn statement_states_figure(stmt: &Stmt) -> bool {
    match &stmt.kind {
        StmtKind::Assign(assign) | StmtKind::Condition(assign) => {
            super::statements::states_figure(&assign.value)
        }
        StmtKind::Grant(grant) => {
            let amounts = [Some(&grant.amount), grant.otherwise.as_ref()];
            amounts.into_iter().flatten().any(super::statements::states_figure)
        }
        StmtKind::Split(split) => super::statements::states_figure(&split.total),
        StmtKind::Table(_) | StmtKind::Scale(_) => true,
        _ => false,
    }
}
