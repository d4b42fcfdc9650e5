//! What an assumption is about: whatever any of its readings states, chosen or not. A result rests on an assumption
//! when something among what it read is touched by it.

use super::lower::Lowerer;
use super::readings::Assumed;
use super::rows::without_cells;
use super::scope::{Scope, Symbol};
use super::{ClauseId, DefId, Exception, FactOwner, TableId, Touch};
use crate::base::Span;
use crate::syntax::ast::{self, Name, Path, PathPart, Stmt, StmtKind};

/// The clauses that carry a clause over together with an assumption about it.
type Carriers<'a> = &'a dyn Fn(ClauseId) -> Vec<ClauseId>;

impl Lowerer<'_> {
    /// Returns what rests on an assumption; where its readings state nothing, that is its clause, or the agreement it
    /// stands in. What they state of a clause they state of those that carry it over with its readings, too.
    pub(super) fn touches(&self, assumed: &Assumed<'_>, carriers: Carriers<'_>) -> Vec<Touch> {
        let tree = assumed.tree;
        let body = || tree.readings.iter().flat_map(|reading| &reading.body);
        let mut touches: Vec<Touch> = Vec::new();
        if body().any(states) {
            body().for_each(|stmt| self.touched_by(stmt, assumed.clause, &mut touches));
        } else {
            touches.extend(self.surroundings(assumed, tree.name.span));
        }
        let carried: Vec<Touch> =
            touches.iter().flat_map(|touch| self.carried_touches(*touch, carriers)).collect();
        touches.extend(carried);
        touches.sort();
        touches.dedup();
        touches
    }

    /// The same name, row, exception or clause where it is carried over.
    fn carried_touches(&self, touch: Touch, carriers: Carriers<'_>) -> Vec<Touch> {
        let twins = |def: DefId| -> Vec<DefId> {
            let data = &self.model.defs[def];
            let named = |into: ClauseId| self.symbols.defs.get(&(into, data.name.clone())).copied();
            carriers(data.clause).into_iter().filter_map(named).collect()
        };
        match touch {
            Touch::Def(def) => twins(def).into_iter().map(Touch::Def).collect(),
            Touch::Row(table, row) => {
                let looked_up = |def: &DefId| self.tables_of(*def).iter().any(|(found, _)| *found == table);
                let defs = self.model.defs.ids().filter(looked_up);
                defs.flat_map(|def| self.carried_rows(def, (table, row), &twins(def))).collect()
            }
            Touch::Exception(id) => {
                let from = &self.model.exceptions[id];
                let into = carriers(from.clause);
                let twin = |e: &Exception| e.name == from.name && into.contains(&e.clause);
                let found = self.model.exceptions.iter_enumerated().filter(|(_, e)| twin(e));
                found.map(|(id, _)| Touch::Exception(id)).collect()
            }
            Touch::Clause(clause) => carriers(clause).into_iter().map(Touch::Clause).collect(),
            Touch::Fact(fact) => match self.model.facts[fact].owner {
                FactOwner::Clause(clause) => {
                    let name = &self.model.facts[fact].name;
                    let given = |into| self.symbols.givens.get(&(into, name.clone())).copied();
                    carriers(clause).into_iter().filter_map(given).map(Touch::Fact).collect()
                }
                FactOwner::Kind(_) | FactOwner::File => vec![],
            },
            Touch::Index(..) | Touch::Agreement(_) => vec![],
        }
    }

    /// The row that stands at the same place of a table's text where that text is carried over.
    fn carried_rows(&self, def: DefId, (table, row): (TableId, usize), twins: &[DefId]) -> Vec<Touch> {
        let from = self.model.defs[def].clause;
        let written = self.model.tables[table].span;
        let of = |twin: &DefId| {
            let lines = self.model.defs[*twin].alternatives.iter();
            let carried = lines.filter(move |line| line.carried == Some(from));
            let tables = carried.filter_map(|line| self.looked_up(line)).map(|(found, _)| found);
            tables.filter(|found| self.model.tables[*found].span == written).collect::<Vec<_>>()
        };
        twins.iter().flat_map(of).map(|found| Touch::Row(found, row)).collect()
    }

    fn surroundings(&self, assumed: &Assumed<'_>, at: Span) -> Option<Touch> {
        match assumed.clause {
            Some(clause) => Some(Touch::Clause(clause)),
            None => self.model.home(at).map(Touch::Agreement),
        }
    }

    fn touched_by(&self, stmt: &Stmt, clause: Option<ClauseId>, touches: &mut Vec<Touch>) {
        match &stmt.kind {
            StmtKind::Exception(exception) => {
                exception.body.iter().for_each(|inner| self.touched_by(inner, clause, touches));
            }
            StmtKind::Table(table) => {
                for (at, name) in table.results.iter().enumerate() {
                    let owner = table.owners.get(at).or(table.owners.first());
                    self.touched_path(&super::laid::owned(owner, name), None, clause, touches);
                }
            }
            StmtKind::Split(split) => {
                self.touched_path(&split.target.path, None, clause, touches);
                // The parts stand beside their total.
                for part in &split.parts {
                    let path = beside(&split.target.path, &part.name);
                    self.touched_path(&path, None, clause, touches);
                }
            }
            StmtKind::Rows(edit) => {
                for row in &edit.rows {
                    let keys = super::row_edits::flat(&row.cells[..row.cells.len().saturating_sub(1)]);
                    self.touched_path(&edit.table, Some(&keys), clause, touches);
                }
            }
            StmtKind::Precedence(precedence) => {
                for headed in [&precedence.first, &precedence.second] {
                    self.touched_exception(&headed.name, touches);
                }
            }
            StmtKind::EachRounded { .. } | StmtKind::Require { .. } => {
                touches.extend(clause.map(Touch::Clause));
            }
            StmtKind::Given(given) => {
                self.touched_path(&super::laid::alone(&given.name), None, clause, touches);
            }
            StmtKind::Assign(_)
            | StmtKind::Condition(_)
            | StmtKind::Grant(_)
            | StmtKind::Scale(_)
            | StmtKind::Duty(_)
            | StmtKind::Lift(_)
            | StmtKind::Repeal(_) => {
                if let Some(path) = super::laid::subject(stmt) {
                    let cells = path.parts.last().map(|part| part.cells.clone()).filter(|c| !c.is_empty());
                    self.touched_path(&path, cells.as_deref(), clause, touches);
                }
            }
            // These say when, why and how, or belong to scenarios and tests: they state nothing by a name.
            StmtKind::Basis(_) | StmtKind::InForce(_) | StmtKind::Only(_) | StmtKind::Assumption(_) => {}
            StmtKind::Check(_) | StmtKind::Year(_) | StmtKind::Day(_) | StmtKind::BuildsOn(_) => {}
            StmtKind::Reading { .. } | StmtKind::Switch { .. } | StmtKind::EntityFacts { .. } => {}
            StmtKind::Expect(_) | StmtKind::Error => {}
        }
    }

    fn touched_exception(&self, name: &Name, touches: &mut Vec<Touch>) {
        let found = self.model.exceptions.iter_enumerated().filter(|(_, e)| e.name == name.text);
        touches.extend(found.map(|(id, _)| Touch::Exception(id)));
    }

    fn touched_path(
        &self,
        path: &Path,
        cells: Option<&[ast::Cell]>,
        clause: Option<ClauseId>,
        touches: &mut Vec<Touch>,
    ) {
        let scope = match clause {
            Some(clause) => super::build::clause_scope(clause, self.model.lang, self.model),
            None => super::build::open_scope(self.model, self.model.lang, Some(path.span)),
        };
        match self.symbol(&without_cells(path), &scope) {
            Ok(Symbol::Fact(fact)) => touches.push(Touch::Fact(fact)),
            Ok(Symbol::Def(def)) => {
                let rows = cells.map(|cells| self.rows_written(def, cells)).unwrap_or_default();
                if rows.is_empty() {
                    // What a grant's amount is read as, all of the grant rests on.
                    touches.extend(self.with_parts(def).into_iter().map(Touch::Def));
                }
                touches.extend(rows.into_iter().map(|(table, row)| Touch::Row(table, row)));
            }
            Err(_) => self.touched_otherwise(path, cells, &scope, touches),
        }
    }

    /// A step of an index, a whole clause, or an exception. What only another reading declares cannot be found, and no
    /// result rests on it.
    fn touched_otherwise(
        &self,
        path: &Path,
        cells: Option<&[ast::Cell]>,
        scope: &Scope,
        touches: &mut Vec<Touch>,
    ) {
        if let [index] = self.model.find_indices(path)[..] {
            let years =
                super::index::cells_from_to(cells.unwrap_or_default(), self.model.indices[index].kind);
            touches.extend(years.map(|(from, to)| Touch::Index(index, from, to)));
        } else if let Some(clause) = self.symbols.clause_at(path, scope.home, self.model) {
            touches.push(Touch::Clause(clause));
        } else if let Some(part) = path.parts.last() {
            self.touched_exception(&part.name, touches);
        }
    }
}

/// Tells whether a line of a reading says anything of what results are.
fn states(stmt: &Stmt) -> bool {
    !matches!(stmt.kind, StmtKind::Basis(_) | StmtKind::InForce(_) | StmtKind::Error)
}

/// The path of a name that stands where another one does.
fn beside(path: &Path, name: &Name) -> Path {
    let mut path = path.clone();
    path.parts.pop();
    path.parts.push(PathPart { name: name.clone(), cells: Vec::new() });
    path
}
