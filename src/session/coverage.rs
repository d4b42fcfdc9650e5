use std::collections::{BTreeMap, BTreeSet};

use super::Session;
use super::imported::is_own;
use crate::base::Span;
use crate::eval::{Detail, Trace, What};
use crate::model::{DefId, DefKind, ExprId, Model, NodeKind, Table, TableId};

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

/// Something that a test can reach: where it stands, its name, and whether one does.
struct Place {
    at: Span,
    /// What tells it from others that stand there: a name in a clause, or which of the two branches it is.
    part: String,
    name: String,
    reached: bool,
}

/// What the tests of one session reach.
pub(super) struct Places {
    definitions: Vec<Place>,
    rows: Vec<Place>,
    branches: Vec<Place>,
}

impl Coverage {
    /// Counts what tests of several sessions reach between them, of what stands in places asked about.
    pub(super) fn joined(all: impl Iterator<Item = Places>, asked: impl Fn(Span) -> bool) -> Coverage {
        let (mut definitions, mut rows, mut branches) = (Vec::new(), Vec::new(), Vec::new());
        for places in all {
            definitions.extend(places.definitions);
            rows.extend(places.rows);
            branches.extend(places.branches);
        }
        let [definitions, rows, branches] =
            [definitions, rows, branches].map(|places| counted(places, &asked));
        Coverage { definitions, rows, branches }
    }
}

impl Session {
    /// Runs every test and notes what of the session's rules, those brought in among them, it reaches.
    pub(super) fn places(&self) -> Places {
        let ground = self.ground();
        let model = &ground.plan.model;
        let mut seen = Seen::default();
        for test in model.tests.iter().filter(|test| is_own(model, test.span)) {
            self.run_noting(&ground, test, &mut seen);
        }
        Places {
            definitions: definitions(model, &seen),
            rows: self.rows(model, &seen),
            branches: self.branches(model, &seen),
        }
    }

    fn rows(&self, model: &Model, seen: &Seen) -> Vec<Place> {
        let all = model.tables.iter_enumerated().flat_map(|(id, table)| {
            table.rows.iter().enumerate().map(move |(row, data)| ((id, row), table, data.span))
        });
        let place = |(key, table, span): ((TableId, usize), &Table, Span)| {
            let words = self.sources().text(span).trim();
            let name = format!("{}: {words}", table.results.join("; "));
            Place { at: span, part: String::new(), name, reached: seen.rows.contains(&key) }
        };
        all.map(place).collect()
    }

    fn branches(&self, model: &Model, seen: &Seen) -> Vec<Place> {
        let branching = model.nodes.iter_enumerated().filter(|(_, node)| {
            matches!(node.kind, NodeKind::If(..) | NodeKind::Grant { .. } | NodeKind::DivideOr(..))
        });
        let both = branching.flat_map(|(expr, node)| [true, false].map(|taken| (expr, node.span, taken)));
        let place = |(expr, span, taken): (ExprId, Span, bool)| {
            let (line, file) = (self.sources().place(span).line, &self.sources().file(span.file).name);
            let words =
                self.lang().pick(if taken { "så" } else { "ellers" }, if taken { "then" } else { "else" });
            let name = format!("{file}:{line}: {words}");
            Place { at: span, part: words.to_owned(), name, reached: seen.branches.contains(&(expr, taken)) }
        };
        both.map(place).collect()
    }
}

fn definitions(model: &Model, seen: &Seen) -> Vec<Place> {
    // What a grant pays without its conditions, and what lapses, follow from the grant: nobody wrote them.
    let written = |def: &DefId| !matches!(model.defs[*def].kind, DefKind::GrantFull | DefKind::GrantLapsed);
    // What a clause carries over stands elsewhere, and is its own all the same.
    let place = |def: DefId| Place {
        at: model.clauses[model.defs[def].clause].span,
        part: model.defs[def].name.clone(),
        name: model.full_name(def),
        reached: seen.definitions.contains(&def),
    };
    model.defs.ids().filter(written).map(place).collect()
}

/// Counts places, each once under the first name it goes by. What stands at one place, as the rows of a table that an
/// exception changes do, is reached when it is in any of its uses.
fn counted(all: Vec<Place>, asked: impl Fn(Span) -> bool) -> Reached {
    let mut places: BTreeMap<(Span, &str), (usize, &str, bool)> = BTreeMap::new();
    for (order, place) in all.iter().enumerate().filter(|(_, place)| asked(place.at)) {
        let (at, name) = ((place.at, place.part.as_str()), place.name.as_str());
        places.entry(at).or_insert((order, name, false)).2 |= place.reached;
    }
    let mut places: Vec<_> = places.into_values().collect();
    places.sort();
    let (hit, missed): (Vec<_>, Vec<_>) = places.into_iter().partition(|(_, _, reached)| *reached);
    Reached { reached: hit.len(), missed: missed.into_iter().map(|(_, name, _)| name.to_owned()).collect() }
}
