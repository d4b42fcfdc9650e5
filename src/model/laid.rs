//! What readings and amendments state: each of their lines is led to the clause it is about, and then declared and
//! lowered as if it stood there, in a layer of its own.

use super::amendments::Amended;
use super::declare::Declarer;
use super::layer_problem::LayerProblem;
use super::line_problem::LineProblem;
use super::paths::canonical;
use super::problem::NameProblem;
use super::readings::{ChosenReading, Wanted};
use super::statements::path_text;
use super::{ClauseId, Layer, LayerId, Layers, Origin};
use crate::base::Lang;
use crate::diag::nearest;
use crate::syntax::ast::{self, Name, Path, PathPart, Stmt, StmtKind};
use crate::value::Interval;

/// A line of a reading or an amendment.
#[derive(Clone, Debug)]
pub(super) struct LaidStatement {
    /// Its layer.
    pub(super) layer: LayerId,
    /// When the reading or amendment holds, if it says so.
    pub(super) holds: Option<Interval>,
    /// The clause it is about, its own names standing alone; `None` for what belongs to no clause.
    pub(super) clause: Option<ClauseId>,
    /// The clause whose text it is about, where that clause carries this text over.
    pub(super) carried: Option<ClauseId>,
    /// The agreement whose names are nearest, where it belongs to no clause.
    pub(super) agreement: Option<usize>,
    /// The language it is written in.
    pub(super) lang: Lang,
    /// The line.
    pub(super) stmt: Stmt,
}

/// Where a block of lines stands.
#[derive(Clone, Copy, Debug)]
struct Place {
    layer: LayerId,
    holds: Option<Interval>,
    home: Option<ClauseId>,
    /// The agreement whose clauses are nearest.
    agreement: Option<usize>,
    lang: Lang,
}

/// What a path leads to.
enum Led {
    /// A name of a clause, written alone.
    Clause(ClauseId, Path),
    /// A clause as a whole.
    Whole(ClauseId),
    /// A fact, which has no clause.
    Fact,
}

impl Declarer<'_> {
    /// Orders the layers, leads every line of the chosen readings and the amendments in force to its clause, and
    /// declares the names that they add.
    pub(super) fn lay(
        &mut self,
        readings: &[ChosenReading<'_>],
        amendments: &[Amended<'_>],
    ) -> Vec<LaidStatement> {
        let mut text: Vec<Origin> =
            readings.iter().filter(|r| r.within.is_none()).map(ChosenReading::origin).collect();
        for amended in amendments {
            text.push(Origin::Amendment(amended.id));
            text.extend(readings.iter().filter(|r| r.within == Some(amended.id)).map(ChosenReading::origin));
        }
        let carries = self.model.clauses.iter().any(|clause| clause.carries.is_some());
        let carried: Vec<Origin> =
            readings.iter().filter(|r| carries && r.within.is_none()).map(ChosenReading::origin).collect();
        self.model.layers = Layers::new(carried, text);
        let mut laid = Vec::new();
        let own = self.model.layers.text;
        for layer in self.model.layers.all.ids().filter(|layer| *layer > own) {
            let origin = self.model.layers.origin(layer).clone();
            if let Some(reading) = readings.iter().find(|r| r.origin() == origin) {
                let holds = super::amendments::interval_of(&reading.tree.body, self.problems);
                let outer = reading.within.map(|id| self.model.amendments[id].interval);
                let holds = match (holds, outer) {
                    (Some(own), Some(outer)) => Some(own.intersect(outer)),
                    (own, outer) => own.or(outer),
                };
                let agreement = match reading.clause {
                    Some(clause) => self.model.clauses[clause].agreement,
                    None => self.model.home(reading.tree.span),
                };
                let lang = reading.lang;
                let place = Place { layer, holds, home: reading.clause, agreement, lang };
                self.lead_all(&reading.tree.body, place, &mut laid);
            }
            if let Some(amended) = amendments.iter().find(|a| Origin::Amendment(a.id) == origin) {
                let holds = Some(self.model.amendments[amended.id].interval);
                let agreement = self.model.agreements.iter().position(|a| a.name == amended.tree.of.text);
                let place = Place { layer, holds, home: None, agreement, lang: amended.lang };
                self.lead_all(&amended.tree.body, place, &mut laid);
            }
        }
        laid
    }

    fn lead_all(&mut self, body: &[Stmt], place: Place, laid: &mut Vec<LaidStatement>) {
        let from = laid.len();
        for stmt in body {
            self.lead(stmt, place, laid);
        }
        for statement in laid.iter().skip(from) {
            self.declare_laid(statement);
        }
    }

    pub(super) fn declare_laid(&mut self, laid: &LaidStatement) {
        let Some(clause) = laid.clause else {
            if let StmtKind::Given(given) = &laid.stmt.kind {
                self.file_given(given);
            }
            return;
        };
        (self.layer, self.holds) = (laid.layer, laid.holds);
        match &laid.stmt.kind {
            StmtKind::Assign(assign) if !self.is_new(clause, &assign.target) => {}
            StmtKind::Exception(exception) => self.exception(clause, None, exception),
            _ => self.statement(clause, &laid.stmt),
        }
        (self.layer, self.holds) = (self.model.layers.text, None);
    }

    /// Tells whether a line gives a name that the clause lacks.
    fn is_new(&self, clause: ClauseId, target: &ast::Target) -> bool {
        let names: Vec<&str> = target.path.parts.iter().map(|part| part.name.text.as_str()).collect();
        let cells = target.path.parts.iter().any(|part| !part.cells.is_empty());
        !cells && target.entity.is_none() && self.symbols.find_in_clause(clause, &canonical(&names)).is_none()
    }

    /// Leads one line to the clause it is about.
    fn lead(&mut self, stmt: &Stmt, place: Place, laid: &mut Vec<LaidStatement>) {
        let push = |clause, stmt, laid: &mut Vec<LaidStatement>| {
            let Place { layer, holds, lang, agreement, .. } = place;
            laid.push(LaidStatement { layer, holds, clause, carried: None, agreement, lang, stmt });
        };
        match &stmt.kind {
            StmtKind::Basis(_) | StmtKind::InForce(_) | StmtKind::Error => return,
            StmtKind::Assumption(_) => return,
            StmtKind::Precedence(ast::Precedence { what: ast::SwitchWhat::Amendment, .. }) => return,
            StmtKind::Check(_) | StmtKind::Given(_) | StmtKind::Require { .. } | StmtKind::Precedence(_) => {
                return push(place.home, stmt.clone(), laid);
            }
            StmtKind::EachRounded { .. } => {
                if place.home.is_none() {
                    return self.problems.report(&LayerProblem::WhichClause { span: stmt.span });
                }
                return push(place.home, stmt.clone(), laid);
            }
            _ => {}
        }
        let Some(path) = subject(stmt) else {
            return self.problems.report(&LayerProblem::WhichClause { span: stmt.span });
        };
        match self.led(&path, place.home, place.agreement) {
            Ok(Led::Clause(clause, _)) => {
                let stmt = self.alone(stmt, clause);
                push(Some(clause), stmt, laid);
            }
            Ok(Led::Whole(clause)) => self.end_clause(clause, stmt, place, laid),
            Ok(Led::Fact) => push(None, stmt.clone(), laid),
            // What is new must say which clause it goes into.
            Err(NameProblem::Undefined { span, nearest: None, .. }) if is_headed(stmt) => {
                self.problems.report(&LayerProblem::WhichClause { span });
            }
            Err(problem) => self.problems.report(&problem),
        }
    }

    /// `nærhedsfinansiering udgår` ends everything that the clause defines.
    fn end_clause(&mut self, clause: ClauseId, stmt: &Stmt, place: Place, laid: &mut Vec<LaidStatement>) {
        if !matches!(stmt.kind, StmtKind::Repeal(_) | StmtKind::Lift(_)) {
            let name = self.model.clauses[clause].name.clone();
            return self.problems.report(&NameProblem::NotAssignable { span: stmt.span, name });
        }
        let defs = self.model.clauses[clause].defs.clone();
        for def in defs {
            let text = self.model.defs[def].name.clone();
            let part = PathPart { name: Name { text, span: stmt.span }, cells: Vec::new() };
            let path = Path { parts: vec![part], span: stmt.span };
            let stmt = Stmt { kind: StmtKind::Repeal(path), doc: Vec::new(), span: stmt.span };
            let Place { layer, holds, lang, agreement, .. } = place;
            laid.push(LaidStatement {
                layer,
                holds,
                clause: Some(clause),
                carried: None,
                agreement,
                lang,
                stmt,
            });
        }
    }

    /// Finds the clause a path is about: the one it names, the one around it, or the only one that has the name.
    fn led(&self, path: &Path, home: Option<ClauseId>, near: Option<usize>) -> Result<Led, NameProblem> {
        let names: Vec<&str> = path.parts.iter().map(|part| part.name.text.as_str()).collect();
        let clause = |name: &str| match self.symbols.clauses_named(name, near, self.model).as_slice() {
            [one] => Some(*one),
            [] | [_, ..] => None,
        };
        let rest =
            |count: usize| Path { parts: path.parts.iter().skip(count).cloned().collect(), span: path.span };
        let agreement = |name: &str| self.model.agreements.iter().position(|a| a.name == name);
        if let [first, second, inner @ ..] = names.as_slice()
            && let Some(agreement) = agreement(first)
        {
            return match (self.symbols.clause_of(agreement, second, self.model), inner) {
                (Some(id), []) => Ok(Led::Whole(id)),
                (Some(id), [_, ..]) => Ok(Led::Clause(id, rest(2))),
                (None, _) => Err(self.missing(path)),
            };
        }
        match names.as_slice() {
            [first] if home.is_none() => {
                if let Some(id) = clause(first) {
                    return Ok(Led::Whole(id));
                }
            }
            [first, _, ..] => {
                if let Some(id) = clause(first) {
                    return Ok(Led::Clause(id, rest(1)));
                }
            }
            _ => {}
        }
        self.led_alone(path, &canonical(&names), home, near)
    }

    /// A name that stands alone.
    fn led_alone(
        &self,
        path: &Path,
        name: &str,
        home: Option<ClauseId>,
        near: Option<usize>,
    ) -> Result<Led, NameProblem> {
        let has = |clause: ClauseId| {
            let key = (clause, name.to_owned());
            self.symbols.defs.contains_key(&key) || self.symbols.exceptions.contains_key(&key)
        };
        if let Some(home) = home.filter(|home| has(*home)) {
            return Ok(Led::Clause(home, path.clone()));
        }
        if self.is_fact(path, name) {
            return Ok(Led::Fact);
        }
        let all: Vec<ClauseId> = self.model.clauses.ids().filter(|clause| has(*clause)).collect();
        let others = self.model.nearest_of(&all, near);
        match (others.as_slice(), home) {
            ([only], _) => Ok(Led::Clause(*only, path.clone())),
            // A name that is nowhere else is new in the clause around it.
            (_, Some(home)) => Ok(Led::Clause(home, path.clone())),
            ([], None) => Err(self.missing(path)),
            (many, None) => {
                let full = |clause: &ClauseId| format!("{}.{name}", self.model.clauses[*clause].name);
                let candidates = many.iter().map(full).collect();
                Err(NameProblem::Ambiguous { span: path.span, name: name.to_owned(), candidates })
            }
        }
    }

    fn is_fact(&self, path: &Path, name: &str) -> bool {
        let kind = path.parts.first().and_then(|part| self.model.find_kind(&part.name.text));
        kind.is_some()
            || self.symbols.file_givens.contains_key(name)
            || !self.model.find_indices(path).is_empty()
            || self.symbols.givens.keys().any(|(_, given)| given == name)
            || self.symbols.kind_facts.keys().any(|(_, fact)| fact == name)
    }

    fn missing(&self, path: &Path) -> NameProblem {
        let name = path_text(path);
        let full = self.model.defs.ids().map(|def| self.model.full_name(def));
        let known: Vec<String> = full.chain(self.model.defs.iter().map(|def| def.name.clone())).collect();
        let near = nearest(&name, known.iter().map(String::as_str)).map(str::to_owned);
        NameProblem::Undefined { span: path.span, name, nearest: near }
    }

    /// Writes a line as it would stand in its clause: without the clause's name.
    fn alone(&self, stmt: &Stmt, clause: ClauseId) -> Stmt {
        let mut stmt = stmt.clone();
        match &mut stmt.kind {
            StmtKind::Assign(assign) | StmtKind::Condition(assign) => {
                self.shorten(&mut assign.target.path, clause);
            }
            StmtKind::Grant(grant) => self.shorten(&mut grant.target.path, clause),
            StmtKind::Split(split) => self.shorten(&mut split.target.path, clause),
            StmtKind::Rows(edit) => self.shorten(&mut edit.table, clause),
            StmtKind::Lift(path) | StmtKind::Repeal(path) => self.shorten(path, clause),
            StmtKind::Table(table) => table.owners.retain(|owner| !self.names_clause(owner, clause)),
            StmtKind::Scale(scale) => scale.owner = self.owner_left(&scale.owner, clause),
            StmtKind::Duty(duty) => duty.owner = self.owner_left(&duty.owner, clause),
            StmtKind::Exception(exception) => {
                exception.owner = self.owner_left(&exception.owner, clause);
                exception.body = exception.body.iter().map(|inner| self.alone(inner, clause)).collect();
            }
            _ => {}
        }
        stmt
    }

    /// What stands in front of a name and does not lead to the clause.
    fn owner_left(&self, owner: &Option<Path>, clause: ClauseId) -> Option<Path> {
        owner.clone().filter(|owner| !self.names_clause(owner, clause))
    }

    fn names_clause(&self, path: &Path, clause: ClauseId) -> bool {
        let near = self.model.clauses[clause].agreement;
        self.symbols.clause_at(path, near, self.model) == Some(clause)
    }

    /// Reports what stands in front of the name of a block that belongs to a clause already.
    pub(super) fn no_owner<'p>(
        &mut self,
        clause: ClauseId,
        owners: impl IntoIterator<Item = &'p Path>,
        name: &Name,
    ) {
        for owner in owners {
            let own = self.names_clause(owner, clause);
            let (owner, clause) = (path_text(owner), self.model.clauses[clause].name.clone());
            let (span, name) = (name.span, name.text.clone());
            self.problems.report(&LineProblem::OwnerHere { span, owner, name, clause, own });
        }
    }

    /// Drops the name of the clause from the front of a path.
    fn shorten(&self, path: &mut Path, clause: ClauseId) {
        let near = self.model.clauses[clause].agreement;
        if let Ok(Led::Clause(found, short)) = self.led(path, Some(clause), near)
            && found == clause
        {
            *path = short;
        }
    }
}

/// The path that says what a line is about.
pub(super) fn subject(stmt: &Stmt) -> Option<Path> {
    match &stmt.kind {
        StmtKind::Assign(assign) | StmtKind::Condition(assign) => Some(assign.target.path.clone()),
        StmtKind::Grant(grant) => Some(grant.target.path.clone()),
        StmtKind::Split(split) => Some(split.target.path.clone()),
        StmtKind::Rows(edit) => Some(edit.table.clone()),
        StmtKind::Lift(path) | StmtKind::Repeal(path) => Some(path.clone()),
        StmtKind::Table(table) => table.results.first().map(|name| owned(table.owners.first(), name)),
        StmtKind::Scale(scale) => Some(owned(scale.owner.as_ref(), &scale.name)),
        StmtKind::Duty(duty) => Some(owned(duty.owner.as_ref(), &duty.name)),
        StmtKind::Exception(exception) if exception.owner.is_some() => {
            Some(owned(exception.owner.as_ref(), &exception.name))
        }
        // An exception is about what it restates.
        StmtKind::Exception(exception) => {
            exception.body.iter().find_map(subject).or_else(|| Some(alone(&exception.name)))
        }
        _ => None,
    }
}

/// Tells whether a line is a block whose header names what it states.
fn is_headed(stmt: &Stmt) -> bool {
    matches!(stmt.kind, StmtKind::Table(_) | StmtKind::Scale(_) | StmtKind::Duty(_) | StmtKind::Exception(_))
}

/// The name of a block as a path, with what stands in front of it.
pub(super) fn owned(owner: Option<&Path>, name: &Name) -> Path {
    let name = alone(name);
    match owner {
        Some(owner) => {
            let parts = owner.parts.iter().chain(&name.parts).cloned().collect();
            Path { parts, span: owner.span.to(name.span) }
        }
        None => name,
    }
}

/// A name as a path.
pub(super) fn alone(name: &Name) -> Path {
    Path { parts: vec![PathPart { name: name.clone(), cells: Vec::new() }], span: name.span }
}

/// Makes the choices that layers ask for: readings chosen, amendments and exceptions switched.
pub(super) fn wanted(layers: &[Layer]) -> Wanted<'_> {
    let mut wanted = Wanted::default();
    for stmt in layers.iter().flat_map(|layer| &layer.body) {
        match &stmt.kind {
            StmtKind::Reading { assumption, reading } => wanted.readings.push((assumption, reading)),
            StmtKind::Switch { what: ast::SwitchWhat::Amendment, name, on } => {
                wanted.amendments.push((name, *on));
            }
            StmtKind::Switch { what: ast::SwitchWhat::Exception, name, on } => {
                wanted.exceptions.push((name, *on));
            }
            _ => {}
        }
    }
    wanted
}
