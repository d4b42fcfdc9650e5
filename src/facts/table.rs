use std::collections::{BTreeMap, BTreeSet};

use super::{Datum, Moment};
use crate::base::{Bi, IndexVec, Span, id_type};
use crate::diag::Code;
use crate::model::{DefId, FactId, KindId, Model};
use crate::value::Interval;

id_type! {
    /// Names one entity that is loaded.
    EntityId
}

/// One entity: a region, a municipality, a person.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entity {
    /// Its kind.
    pub kind: KindId,
    /// Its name.
    pub name: String,
}

/// Where a value in data comes from.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct DataOrigin {
    /// The file's name as it was given.
    pub file: String,
    /// The place in it: row and column, or a path.
    pub place: Bi,
}

/// One value from data.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Given {
    /// When it holds.
    pub interval: Interval,
    /// The value, or why it cannot be one.
    pub datum: Result<Datum, RefusedDatum>,
    /// Where it comes from.
    pub origin: DataOrigin,
}

/// Something that data give and that cannot be a value of what it is given for. It is not the same as nothing given:
/// whatever reads it is wrong, also where any value that the fact can have would decide it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RefusedDatum {
    /// Where it stands.
    pub span: Span,
    /// The place as the form of the data counts it.
    pub place: Bi,
    /// What it is for.
    pub name: String,
    /// What is wrong with it.
    pub code: Code,
}

/// What the data say: entities in the order they were loaded, and values of facts, givens and definitions.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    entities: IndexVec<EntityId, Entity>,
    by_name: BTreeMap<(KindId, String), EntityId>,
    values: BTreeMap<(FactId, Option<EntityId>), Vec<Given>>,
    defs: BTreeMap<(DefId, Option<EntityId>), Vec<Given>>,
    lives: BTreeMap<(KindId, String), Interval>,
    loaded: BTreeSet<KindId>,
}

/// What data hold for a moment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Found<'a> {
    /// A value that holds throughout.
    One(&'a Given),
    /// Several values within the moment asked for.
    Changes(&'a [Given]),
    /// Nothing.
    Missing,
}

impl Facts {
    /// Starts with the entities that rules, scenarios or tests name.
    pub fn new(model: &Model) -> Facts {
        let mut facts = Facts::default();
        facts.add_named(model);
        facts
    }
    /// Adds the entities that rules, scenarios or tests name, where they are not there already.
    pub fn add_named(&mut self, model: &Model) {
        for (kind, name) in &model.named_entities {
            self.entity(*kind, name);
        }
        for life in &model.lives {
            let names = life.succeeds.iter().map(|(name, _)| name).chain([&life.name]);
            for name in names {
                self.lives.insert((life.kind, name.clone()), model.life(life.kind, name));
            }
        }
    }
    /// Returns when an entity exists.
    pub fn life(&self, id: EntityId) -> Interval {
        let Entity { kind, name } = &self.entities[id];
        self.lives.get(&(*kind, name.clone())).copied().unwrap_or(Interval::always())
    }
    /// Notes that data hold a kind, though perhaps nobody of it.
    pub fn load_kind(&mut self, kind: KindId) {
        self.loaded.insert(kind);
    }
    /// Tells whether anything was loaded of a kind, be it that there is nobody.
    pub fn is_loaded(&self, kind: KindId) -> bool {
        self.loaded.contains(&kind) || self.entities.iter().any(|entity| entity.kind == kind)
    }
    /// Returns the entity of a name, adding it when it is new.
    pub fn entity(&mut self, kind: KindId, name: &str) -> EntityId {
        if let Some(id) = self.find(kind, name) {
            return id;
        }
        let id = self.entities.push(Entity { kind, name: name.to_owned() });
        self.by_name.insert((kind, name.to_owned()), id);
        id
    }
    /// Finds an entity.
    pub fn find(&self, kind: KindId, name: &str) -> Option<EntityId> {
        self.by_name.get(&(kind, name.to_owned())).copied()
    }
    /// Returns an entity.
    pub fn get(&self, id: EntityId) -> &Entity {
        &self.entities[id]
    }
    /// Returns the entities of a kind, in the order they were loaded.
    pub fn of_kind(&self, kind: KindId) -> Vec<EntityId> {
        self.entities.iter_enumerated().filter(|(_, entity)| entity.kind == kind).map(|(id, _)| id).collect()
    }
    /// Adds the value of a fact.
    pub fn add(&mut self, fact: FactId, entity: Option<EntityId>, given: Given) {
        self.values.entry((fact, entity)).or_default().push(given);
    }
    /// Adds a value that stands in for a definition.
    pub fn add_def(&mut self, def: DefId, entity: Option<EntityId>, given: Given) {
        self.defs.entry((def, entity)).or_default().push(given);
    }
    /// Finds the value of a fact at a moment.
    pub fn fact(&self, fact: FactId, entity: Option<EntityId>, moment: Moment) -> Found<'_> {
        found(self.values.get(&(fact, entity)), moment)
    }
    /// Finds what stands in for a definition at a moment.
    pub fn def(&self, def: DefId, entity: Option<EntityId>, moment: Moment) -> Found<'_> {
        found(self.defs.get(&(def, entity)), moment)
    }
    /// Walks the definitions that data stand in for.
    pub fn overridden(&self) -> impl Iterator<Item = DefId> + '_ {
        self.defs.keys().map(|(def, _)| *def)
    }
    /// Tells whether a fact already has a value in an interval.
    pub fn has(&self, fact: FactId, entity: Option<EntityId>, interval: Interval) -> Option<&Given> {
        self.values.get(&(fact, entity))?.iter().find(|given| given.interval.overlaps(interval))
    }
}

fn found(all: Option<&Vec<Given>>, moment: Moment) -> Found<'_> {
    let (Some(all), Some(asked)) = (all, moment.interval()) else { return Found::Missing };
    if let Some(whole) = all.iter().find(|given| given.interval.covers(asked)) {
        return Found::One(whole);
    }
    match all.iter().any(|given| given.interval.overlaps(asked)) {
        true => Found::Changes(all),
        false => Found::Missing,
    }
}
