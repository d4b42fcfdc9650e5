//! Layers: what a definition is at a moment is what the topmost layer says that says anything then.

use super::definition::Computed;
use super::machine::Machine;
use super::node::Evaluated;
use super::{At, Bounds, Detail, Missing, MissingWhat, Outcome, Reason, RunProblem, StepId, What};
use crate::facts::Found;
use crate::model::{
    Alternative, Below, DefId, ExprId, FactId, LayerId, NodeKind, OverTarget, Standing, TableId,
};
use crate::value::Interval;

impl Machine<'_> {
    /// Computes a definition from the layers below one, or from all of them: what somebody asks about, data, live
    /// exceptions, then the text with its readings and amendments.
    pub(super) fn layered(&mut self, def: DefId, at: At, below: Option<LayerId>) -> Computed {
        let layers = &self.model.layers;
        let (exceptions, data) = (layers.exceptions, layers.data);
        let reaches = |layer| below.is_none_or(|below| layer < below);
        if let Some(computed) = self.asked(def, at, below) {
            return computed;
        }
        if reaches(data)
            && let Some(computed) = self.given(def, at)
        {
            return computed;
        }
        if self.model.defs[def].faulty {
            let (span, name) = (self.model.defs[def].span, self.model.full_name(def));
            return Computed::of(Outcome::error(RunProblem::Faulty { span, name }));
        }
        match reaches(exceptions) {
            true => self.with_exceptions(def, at, None),
            false => self.text(def, at, below),
        }
    }

    /// What scenarios, tests, `--set` and the REPL put in its place.
    fn asked(&mut self, def: DefId, at: At, below: Option<LayerId>) -> Option<Computed> {
        let index = self.find_override(OverTarget::Def(def), at, true, below)?;
        if self.model.overrides[index].layer < self.model.layers.exceptions {
            return None;
        }
        Some(self.overridden(index, at))
    }

    fn overridden(&mut self, index: usize, at: At) -> Computed {
        let step = self.expr(self.model.overrides[index].value, at);
        let mut computed = Computed::from_step(step, self.outcome(step).clone());
        computed.detail.overridden = Some(index);
        computed
    }

    /// What data say of it.
    fn given(&mut self, def: DefId, at: At) -> Option<Computed> {
        let found = match self.facts.def(def, at.entity, at.moment) {
            Found::Missing => self.facts.def(def, None, at.moment),
            found => found,
        };
        match found {
            Found::One(given) => {
                let refused = self.refused(super::Read::Def(def), at);
                let value = refused.unwrap_or_else(|| Outcome::given(given));
                let mut computed = Computed::of(value);
                computed.detail.from_data = Some(given.origin.clone());
                Some(computed)
            }
            Found::Changes(given) => Some(self.changes(def, at, given.iter().map(|g| g.interval).collect())),
            Found::Missing => None,
        }
    }

    /// A value that is not one within the time asked about.
    pub(super) fn changes(&self, def: DefId, at: At, pieces: Vec<Interval>) -> Computed {
        let (span, name) = (self.model.defs[def].span, self.model.full_name(def));
        Computed::of(Outcome::error(RunProblem::Changes { span, name, moment: at.moment, pieces }))
    }

    /// Finds the override of the topmost layer that holds here. One without a time means the run's own moment for a
    /// fact, unless a reading states it, and every moment for a definition.
    pub(super) fn find_override(
        &self,
        target: OverTarget,
        at: At,
        always: bool,
        below: Option<LayerId>,
    ) -> Option<usize> {
        let name = at.entity.map(|entity| self.facts.get(entity).name.as_str());
        let moment = at.moment.interval();
        self.model.overrides.iter().rposition(|over| {
            let stated = over.layer < self.model.layers.exceptions;
            let timely = match (over.interval, moment) {
                (Some(interval), Some(moment)) => interval.covers(moment),
                (Some(_), None) => false,
                (None, Some(moment)) => {
                    always || stated || self.base.interval().is_some_and(|base| base.covers(moment))
                }
                (None, None) => always,
            };
            over.target == target
                && timely
                && below.is_none_or(|below| over.layer < below)
                && (over.entity.is_none() || over.entity.as_deref() == name)
        })
    }

    /// What the text says, as its readings and amendments leave it, without exceptions.
    pub(super) fn text(&mut self, def: DefId, at: At, below: Option<LayerId>) -> Computed {
        let model = self.model;
        let exceptions = model.layers.exceptions;
        let below = below.map_or(exceptions, |below| below.min(exceptions));
        let all = model.defs[def].alternatives.iter().enumerate();
        let (places, alternatives): (Vec<usize>, Vec<&Alternative>) =
            all.filter(|(_, alternative)| alternative.layer < below).unzip();
        // What a reading says of one entity alone.
        if let Some(index) = self.find_override(OverTarget::Def(def), at, true, Some(below)) {
            let layer = model.overrides[index].layer;
            if !alternatives.iter().any(|alternative| alternative.layer > layer) {
                return self.overridden(index, at);
            }
        }
        let mut computed = self.in_force(def, &alternatives, None, at);
        computed.detail.alternative = computed.detail.alternative.and_then(|at| places.get(at).copied());
        computed
    }

    /// Evaluates what a line states; a stated unknown is missing under the definition's own name.
    pub(super) fn stated(&mut self, def: DefId, expr: ExprId, at: At) -> Computed {
        let step = self.expr(expr, at);
        let outcome = match &self.model.node(expr).kind {
            NodeKind::Unknown(_) => {
                let missing =
                    Missing { what: MissingWhat::Stated(def, expr), entity: at.entity, moment: at.moment };
                Outcome::missing(missing, Bounds::open())
            }
            _ => self.named_by(def, self.outcome(step).clone()),
        };
        Computed::from_step(step, outcome)
    }

    /// What a cell or a branch states to be unknown is missing under the name of the definition it belongs to.
    fn named_by(&self, def: DefId, outcome: Outcome) -> Outcome {
        let Outcome::Unknown(unknown) = outcome else { return outcome };
        let named = |missing: Missing| match missing.what {
            MissingWhat::Entity(expr)
                if self.model.index_line(expr).is_none()
                    && matches!(self.model.node(expr).kind, NodeKind::Unknown(_) | NodeKind::Duty(_)) =>
            {
                Missing { what: MissingWhat::Stated(def, expr), ..missing }
            }
            _ => missing,
        };
        let missing = unknown.missing.into_iter().map(named).collect();
        Outcome::Unknown(super::Unknown { missing, ..unknown })
    }

    // Rows.

    /// Tells whether a row of a table stands at a moment, at least for a part of it.
    pub(super) fn stands(&self, (table, row, column): (TableId, usize, usize), at: At) -> bool {
        let data = &self.model.tables[table].rows[row];
        at.moment.interval().is_some_and(|asked| data.standing(column, asked) != Standing::Absent)
    }

    /// Evaluates what a row has at a moment.
    pub(super) fn row_step(&mut self, (table, row, column): (TableId, usize, usize), at: At) -> StepId {
        let data = &self.model.tables[table].rows[row];
        let standing = at.moment.interval().map_or(Standing::Absent, |asked| data.standing(column, asked));
        let first = data.results[column];
        match standing {
            Standing::Value(expr, _) => self.expr(expr, at),
            // A row that does not stand then has nothing.
            Standing::Absent => {
                let outcome = Outcome::DoesNotApply(Reason::NoRow(first));
                self.push(What::Expr(first), at, outcome, Vec::new(), Detail::Plain)
            }
            Standing::Changes(pieces) => {
                let name = self.model.tables[table].results.get(column).cloned().unwrap_or_default();
                let problem = RunProblem::Changes { span: data.span, name, moment: at.moment, pieces };
                self.push(What::Expr(first), at, Outcome::error(problem), Vec::new(), Detail::Plain)
            }
        }
    }

    // `hidtidig`.

    /// `hidtidig x`: a step of its own for the definition as the layers below leave it.
    pub(super) fn former(&mut self, def: DefId, below: Below, at: At) -> Evaluated {
        let entity = at.entity.filter(|_| self.model.defs[def].per_entity);
        let at = At { entity, below: Some(below), ..at };
        let computed = match below {
            Below::Layer(layer) => self.layered(def, at, Some(layer)),
            // What would hold without it: as those that it goes before leave it, the ones around it among them.
            Below::Exception(exception) => self.with_exceptions(def, at, Some(exception)),
        };
        let detail = Detail::Definition(Box::new(computed.detail));
        let step = self.push(What::Def(def), at, computed.outcome, computed.inputs, detail);
        (self.outcome(step).clone(), vec![step], Detail::Plain)
    }

    /// `hidtidig x` of a fact.
    pub(super) fn former_fact(&mut self, fact: FactId, below: LayerId, at: At) -> Evaluated {
        self.fact_below(fact, at, Some(below))
    }

    /// `hidtidig x[2]`.
    pub(super) fn former_cell(
        &mut self,
        expr: ExprId,
        (table, row, column): (TableId, usize, usize),
        below: LayerId,
        at: At,
    ) -> Evaluated {
        let span = self.model.node(expr).span;
        let Some(asked) = at.moment.interval() else {
            return (Outcome::error(RunProblem::OutsideCalendar { span }), vec![], Detail::Plain);
        };
        match self.model.tables[table].rows[row].standing_below(column, asked, Some(below)) {
            Standing::Value(value, _) => {
                let step = self.expr(value, at);
                (self.outcome(step).clone(), vec![step], Detail::Plain)
            }
            Standing::Absent => (Outcome::DoesNotApply(Reason::NoRow(expr)), vec![], Detail::Plain),
            Standing::Changes(pieces) => {
                let name = self.model.tables[table].results.get(column).cloned().unwrap_or_default();
                let problem = RunProblem::Changes { span, name, moment: at.moment, pieces };
                (Outcome::error(problem), vec![], Detail::Plain)
            }
        }
    }
}
