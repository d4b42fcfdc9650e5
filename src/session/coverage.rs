use std::collections::BTreeSet;

use super::Session;
use crate::eval::{Detail, Trace, What};
use crate::model::{DefId, DefKind, ExprId, Model, NodeKind, TableId};

/// What the tests of a rule pack reach.
#[derive(Clone, Debug, Default)]
pub struct Coverage {
    /// Definitions that some test computes.
    pub definitions: Reached,
    /// Table rows that some test hits.
    pub rows: Reached,
    /// Branches of `hvis` and of conditional grants that some test takes.
    pub branches: Reached,
}

/// How much of one kind of thing is reached.
#[derive(Clone, Debug, Default)]
pub struct Reached {
    /// How many are.
    pub reached: usize,
    /// The names of those that are not.
    pub missed: Vec<String>,
}

/// What one or more runs have been through. Ids of definitions, tables and expressions of the rule files are the same
/// in every build, since layers are lowered after them.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    definitions: BTreeSet<DefId>,
    rows: BTreeSet<(TableId, usize)>,
    branches: BTreeSet<(ExprId, bool)>,
}

impl Seen {
    /// Notes everything a run went through.
    pub(super) fn note(&mut self, trace: &Trace) {
        for step in trace.steps.iter() {
            match (&step.detail, step.what) {
                (_, What::Def(def)) => {
                    self.definitions.insert(def);
                }
                (Detail::Row { table, rows }, _) => self.rows.extend(rows.iter().map(|row| (*table, *row))),
                (Detail::Between { table, rows, .. }, _) => {
                    self.rows.extend(rows.iter().map(|row| (*table, *row)));
                }
                (Detail::Slices(table, lines), _) => {
                    let charged = lines.iter().filter(|line| line.rate.is_some());
                    self.rows.extend(charged.map(|line| (*table, line.row)));
                }
                (Detail::Branch(taken), What::Expr(expr)) => {
                    self.branches.insert((expr, *taken));
                }
                (_, What::Expr(_)) => {}
            }
        }
    }
}

impl Session {
    /// Runs every test and counts what they reach between them.
    pub fn coverage(&self) -> Coverage {
        let ground = self.ground();
        let model = &ground.plan.model;
        let mut seen = Seen::default();
        for test in model.tests.iter() {
            self.run_noting(&ground, test, &mut seen);
        }
        Coverage {
            definitions: definitions(model, &seen),
            rows: self.rows(model, &seen),
            branches: self.branches(model, &seen),
        }
    }

    fn rows(&self, model: &Model, seen: &Seen) -> Reached {
        let all = model.tables.iter_enumerated().flat_map(|(id, table)| {
            table.rows.iter().enumerate().map(move |(row, data)| ((id, row), table, data.span))
        });
        split(all.map(|(key, table, span)| {
            let words = self.sources().text(span).trim();
            (seen.rows.contains(&key), format!("{}: {words}", table.results.join("; ")))
        }))
    }

    fn branches(&self, model: &Model, seen: &Seen) -> Reached {
        let branching = model.nodes.iter_enumerated().filter(|(_, node)| {
            matches!(node.kind, NodeKind::If(..) | NodeKind::Grant { .. } | NodeKind::DivideOr(..))
        });
        // Nodes that stand in a layer's or a test's text are not the rule file's own.
        split(branching.flat_map(|(expr, node)| {
            let place = self.sources().place(node.span);
            let file = &self.sources().file(node.span.file).name;
            let name = |taken: bool| {
                let words = self
                    .lang()
                    .pick(if taken { "så" } else { "ellers" }, if taken { "then" } else { "else" });
                format!("{file}:{}: {words}", place.line)
            };
            [true, false].map(|taken| (seen.branches.contains(&(expr, taken)), name(taken)))
        }))
    }
}

fn definitions(model: &Model, seen: &Seen) -> Reached {
    // What a grant pays without its conditions, and what lapses, follow from the grant: nobody wrote them.
    let written = |def: &DefId| !matches!(model.defs[*def].kind, DefKind::GrantFull | DefKind::GrantLapsed);
    let all = model.defs.ids().filter(written);
    split(all.map(|def| (seen.definitions.contains(&def), model.full_name(def))))
}

fn split(all: impl Iterator<Item = (bool, String)>) -> Reached {
    let (hit, missed): (Vec<_>, Vec<_>) = all.partition(|(reached, _)| *reached);
    Reached { reached: hit.len(), missed: missed.into_iter().map(|(_, name)| name).collect() }
}
