//! What every step of a trace rests on, in short: which assumptions, and whether anything was put in place of the file's own.
//! Each step adds its own to what its inputs have, so that one walk answers for all results, however much they share.

use std::collections::BTreeMap;

use super::Words;
use super::rests::{Rests, selecting};
use crate::base::IndexVec;
use crate::eval::{Detail, StepId, Trace, What};
use crate::model::{Assumption, ClauseId, DefId, ExceptionId, FactId, NodeKind, TableId, Touch};

/// What the steps of a trace rest on, in short. It says what [`Rests`] says of each of them.
#[derive(Clone, Debug)]
pub struct Footings {
    /// Each set of assumptions that some step rests on, in the order of the model.
    sets: Vec<Vec<usize>>,
    /// Of each step, its set, and whether it is hypothetical.
    of: IndexVec<StepId, (usize, bool)>,
}

/// The set of nothing, which is the first.
const NOTHING: usize = 0;

impl Footings {
    /// Walks a trace once.
    pub fn of(words: Words<'_>, trace: &Trace) -> Footings {
        let touching = Touching::of(words);
        let mut sets = Sets::new();
        let mut of: IndexVec<StepId, (usize, bool)> = IndexVec::new();
        for (id, step) in trace.steps.iter_enumerated() {
            let (own, mut hypothetical) = match stands_alone(words, trace, id) {
                true => (Vec::new(), false),
                false => {
                    let rests = Rests::of_step(words, trace, id);
                    (touching.by(&rests, words), rests.is_hypothetical(words, trace))
                }
            };
            let mut set = sets.id(own);
            // INVARIANT: a step stands after all that it read.
            for input in step.inputs.iter().copied().chain(selecting(&step.detail)) {
                let (below, is_hypothetical) = of[input];
                set = sets.joined(set, below);
                hypothetical |= is_hypothetical;
            }
            of.push((set, hypothetical));
        }
        Footings { sets: sets.all, of }
    }

    /// The assumptions that a step rests on, by position in the model.
    pub fn assumptions(&self, step: StepId) -> &[usize] {
        &self.sets[self.of[step].0]
    }

    /// Tells whether anything but readings was put in place of the file's own, or left out of it.
    pub fn is_hypothetical(&self, step: StepId) -> bool {
        self.of[step].1
    }

    /// Returns the chosen readings a step rests on, as `assumption=reading`, and the assumptions that offer none.
    pub fn readings(&self, words: Words<'_>, step: StepId) -> (Vec<String>, Vec<String>) {
        let (mut readings, mut plain) = (Vec::new(), Vec::new());
        for assumption in self.assumptions(step).iter().filter_map(|at| words.model.assumptions.get(*at)) {
            match assumption.chosen.and_then(|index| assumption.readings.get(index)) {
                Some(reading) => readings.push(format!("{}={}", assumption.name, reading.name)),
                None => plain.push(assumption.name.clone()),
            }
        }
        (readings, plain)
    }
}

/// Tells whether a step brings nothing of its own: most do no more than compute with what they read.
fn stands_alone(words: Words<'_>, trace: &Trace, id: StepId) -> bool {
    let step = trace.step(id);
    let What::Expr(expr) = step.what else { return false };
    let computes = !matches!(
        words.model.node(expr).kind,
        NodeKind::Fact(_) | NodeKind::IndexFigure(..) | NodeKind::Converted { .. }
    );
    computes && matches!(step.detail, Detail::Plain | Detail::Rounded { .. } | Detail::Branch(_))
}

/// Which assumptions touch what, looked up from what is touched.
#[derive(Default)]
struct Touching<'m> {
    defs: BTreeMap<DefId, Vec<usize>>,
    rows: BTreeMap<(TableId, usize), Vec<usize>>,
    facts: BTreeMap<FactId, Vec<usize>>,
    exceptions: BTreeMap<ExceptionId, Vec<usize>>,
    clauses: BTreeMap<ClauseId, Vec<usize>>,
    agreements: BTreeMap<usize, Vec<usize>>,
    /// Those that touch a line of an index, which takes more than a look.
    indices: Vec<(usize, &'m Assumption)>,
}

impl<'m> Touching<'m> {
    fn of(words: Words<'m>) -> Touching<'m> {
        let mut all = Touching::default();
        for (at, assumption) in words.model.assumptions.iter().enumerate() {
            for touch in &assumption.touches {
                let place = match touch {
                    Touch::Def(def) => all.defs.entry(*def).or_default(),
                    Touch::Row(table, row) => all.rows.entry((*table, *row)).or_default(),
                    Touch::Fact(fact) => all.facts.entry(*fact).or_default(),
                    Touch::Exception(exception) => all.exceptions.entry(*exception).or_default(),
                    Touch::Clause(clause) => all.clauses.entry(*clause).or_default(),
                    Touch::Agreement(agreement) => all.agreements.entry(*agreement).or_default(),
                    Touch::Index(..) => {
                        all.indices.push((at, assumption));
                        continue;
                    }
                };
                place.push(at);
            }
        }
        all
    }

    /// The assumptions that touch what one step read, in the order of the model.
    fn by(&self, rests: &Rests, words: Words<'_>) -> Vec<usize> {
        let mut found: Vec<usize> = Vec::new();
        found.extend(rests.standing.iter().filter_map(|def| self.defs.get(def)).flatten());
        found.extend(rests.rows.iter().filter_map(|row| self.rows.get(row)).flatten());
        found.extend(rests.known_facts.iter().filter_map(|fact| self.facts.get(fact)).flatten());
        found.extend(rests.exceptions.iter().filter_map(|one| self.exceptions.get(one)).flatten());
        for clause in &rests.clauses {
            found.extend(self.clauses.get(clause).into_iter().flatten());
            let home = words.model.clauses[*clause].agreement;
            found.extend(home.and_then(|home| self.agreements.get(&home)).into_iter().flatten());
        }
        let lines = self.indices.iter().filter(|(_, assumption)| rests.touched(words, assumption));
        found.extend(lines.map(|(at, _)| *at));
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// The sets met so far, each kept once; there are few, however many steps there are.
struct Sets {
    all: Vec<Vec<usize>>,
    known: BTreeMap<Vec<usize>, usize>,
    joined: BTreeMap<(usize, usize), usize>,
}

impl Sets {
    fn new() -> Sets {
        let known = BTreeMap::from([(Vec::new(), NOTHING)]);
        Sets { all: vec![Vec::new()], known, joined: BTreeMap::new() }
    }

    fn id(&mut self, set: Vec<usize>) -> usize {
        if set.is_empty() {
            return NOTHING;
        }
        if let Some(known) = self.known.get(&set) {
            return *known;
        }
        let id = self.all.len();
        self.all.push(set.clone());
        self.known.insert(set, id);
        id
    }

    fn joined(&mut self, one: usize, other: usize) -> usize {
        let (low, high) = (one.min(other), one.max(other));
        if low == NOTHING || low == high {
            return high;
        }
        if let Some(known) = self.joined.get(&(low, high)) {
            return *known;
        }
        let mut both: Vec<usize> = self.all[low].iter().chain(&self.all[high]).copied().collect();
        both.sort_unstable();
        both.dedup();
        let id = self.id(both);
        self.joined.insert((low, high), id);
        id
    }
}
