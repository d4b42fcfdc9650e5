//! Links in data: they name an entity, by its key or by nesting.

use super::bind::{Binder, refused};
use super::bind_problem::{BindProblem, Slip};
use super::{Datum, EntityId, Given, RawEntity, RawEntry, RawValue, RefusedDatum};
use crate::base::Bi;
use crate::diag::{Code, nearest};
use crate::model::{FactId, KindId, Ty};
use crate::value::Interval;

impl Binder<'_> {
    /// Reads a link: the name of an entity, or `ingen` where that is allowed.
    pub(super) fn link(
        &mut self,
        entry: &RawEntry,
        fact: Option<FactId>,
        kind: KindId,
    ) -> Option<Result<Datum, RefusedDatum>> {
        let name = match &entry.value {
            RawValue::Missing => return None,
            RawValue::Text(name) => name,
            // Keys are often numbers, such as the code of a municipality.
            RawValue::Number(number) => &number.written,
            RawValue::Nothing if fact.is_some_and(|fact| self.model.facts[fact].declared.or_none) => {
                return Some(Ok(Datum::Nothing));
            }
            RawValue::Nothing => return Some(Err(self.not_a_link(entry, kind, Slip::NoneNotAllowed))),
            RawValue::Truth(_) => return Some(Err(self.not_a_link(entry, kind, Slip::WrongType))),
        };
        Some(match self.is_somebody(kind, name, entry) {
            true => Ok(Datum::Text(name.clone())),
            false => Err(refused(entry, Code::DataNobodyCalled)),
        })
    }

    /// A name that nobody has is bad data, unless nobody of the kind is loaded at all.
    fn is_somebody(&mut self, kind: KindId, name: &str, entry: &RawEntry) -> bool {
        let all = self.facts.of_kind(kind);
        if all.is_empty() || self.facts.find(kind, name).is_some() {
            return true;
        }
        let names = all.iter().map(|id| self.facts.get(*id).name.as_str());
        let problem = BindProblem::NobodyCalled {
            span: entry.origin.span,
            place: entry.origin.place.words(),
            of: entry.target.words(),
            kind: self.model.kinds[kind].name.clone(),
            name: name.to_owned(),
            nearest: nearest(name, names).map(str::to_owned),
        };
        self.problems.report(&problem);
        false
    }

    fn not_a_link(&mut self, entry: &RawEntry, kind: KindId, slip: Slip) -> RefusedDatum {
        let written = match &entry.value {
            RawValue::Truth(truth) => truth.to_string(),
            RawValue::Nothing | RawValue::Missing => "-".to_owned(),
            RawValue::Number(number) => number.written.clone(),
            RawValue::Text(text) => text.clone(),
        };
        self.problems.report(&BindProblem::Wrong {
            span: entry.origin.span,
            place: entry.origin.place.words(),
            name: entry.target.words(),
            written,
            expected: crate::types::describe(&Ty::Entity(kind), self.model),
            shown: Bi::same(""),
            slip,
        });
        refused(entry, slip.code())
    }

    /// One that is nested in another is linked to it, always.
    pub(super) fn nested(&mut self, entity: &RawEntity) {
        let Some((parent_kind, parent)) = &entity.parent else { return };
        let kinds = self.model.find_kind(&entity.kind).zip(self.model.find_kind(parent_kind));
        let Some((kind, target)) = kinds else { return };
        let Some(own) = self.facts.find(kind, &entity.key) else { return };
        let leads = |fact: &FactId| self.model.facts[*fact].declared.ty == Ty::Entity(target);
        let links: Vec<FactId> = self.model.kinds[kind].facts.iter().copied().filter(leads).collect();
        let name = |fact: &FactId| self.model.facts[*fact].name.clone();
        match links.as_slice() {
            [link] => {
                let origin = self.origin(&entity.origin);
                let given =
                    Given { interval: Interval::always(), datum: Ok(Datum::Text(parent.clone())), origin };
                if self.facts.has(*link, Some(own), Interval::always()).is_none() {
                    self.facts.add(*link, Some(own), given);
                }
            }
            several => {
                let problem = BindProblem::Nested {
                    span: entity.origin.span,
                    kind: self.model.kinds[kind].name.clone(),
                    target: self.model.kinds[target].name.clone(),
                    links: several.iter().map(name).collect(),
                };
                self.problems.report(&problem);
                for link in several {
                    self.unsettled(entity, *link, own);
                }
            }
        }
    }

    /// Of several links none is the one that nesting says, so none may be read, unless data give it.
    fn unsettled(&mut self, entity: &RawEntity, link: FactId, own: EntityId) {
        if self.facts.has(link, Some(own), Interval::always()).is_some() {
            return;
        }
        let (span, place) = (entity.origin.span, entity.origin.place.words());
        let name = format!("{} \"{}\": {}", entity.kind, entity.key, self.model.facts[link].name);
        let datum = Err(RefusedDatum { span, place, name, code: Code::DataNested });
        let origin = self.origin(&entity.origin);
        self.facts.add(link, Some(own), Given { interval: Interval::always(), datum, origin });
    }

    /// A name that is succeeded, but that nobody has while somebody has one like it, is a slip in the rules: both
    /// would be counted.
    pub(super) fn successions(&mut self) {
        for life in &self.model.lives {
            let all = self.facts.of_kind(life.kind);
            let stated = |name: &str| self.model.lives.iter().any(|l| l.kind == life.kind && l.name == name);
            let names: Vec<&str> = all.iter().map(|id| self.facts.get(*id).name.as_str()).collect();
            let others: Vec<&str> = names
                .iter()
                .copied()
                .filter(|name| !stated(name) && !life.succeeds.iter().any(|(s, _)| s == name))
                .collect();
            let lost = life.succeeds.iter().filter(|(name, _)| !names.contains(&name.as_str()));
            for (name, span) in lost {
                if let Some(near) = nearest(name, others.iter().copied()) {
                    let kind = self.model.kinds[life.kind].name.clone();
                    let (name, nearest) = (name.clone(), near.to_owned());
                    self.problems.report(&BindProblem::SucceededUnknown { span: *span, kind, name, nearest });
                }
            }
        }
    }
}
