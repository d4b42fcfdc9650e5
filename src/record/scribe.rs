//! From a trace to the steps of a record: what each step computes from which others, in the words of the format and
//! without anything of how it was computed. What only passes a value on is left out.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::canon;
use super::value::{moment, outcome};
use crate::base::Span;
use crate::eval::{Considered, Detail, FactOrigin, Outcome, Reason, Step, StepId, What};
use crate::explain::{Basis, Words, basis_of, fact_basis};
use crate::model::{AtTime, DefId, ExprId, NodeKind, Ty};
use crate::session::{Answer, Session, level_at, unit};
use crate::types::level_words;

/// One step on its way into the record.
pub(super) struct Line {
    pub(super) op: &'static str,
    /// The steps it is computed from.
    pub(super) of: Vec<StepId>,
    /// What its operation needs besides.
    pub(super) more: Vec<(&'static str, Value)>,
}

impl Line {
    /// A step computed from others.
    pub(super) fn new(op: &'static str, of: &[StepId]) -> Line {
        Line { op, of: of.to_vec(), more: Vec::new() }
    }
    /// The same with one more field.
    pub(super) fn with(mut self, name: &'static str, value: impl Into<Value>) -> Line {
        self.more.push((name, value.into()));
        self
    }
}

/// Writes the steps of an answer.
pub(super) struct Scribe<'a> {
    session: &'a Session,
    pub(super) answer: &'a Answer,
    pub(super) words: Words<'a>,
    /// The names of the data files, in the order of the record.
    data: &'a [String],
    /// Where each step stands in the record; those that only pass on stand where what they pass on stands.
    places: BTreeMap<StepId, usize>,
    steps: Vec<Value>,
    /// Of each step of the record, the one that it is written from.
    own: Vec<StepId>,
    citations: Vec<Basis>,
}

/// The steps written, where each stands, and what they cite.
pub(super) struct Written {
    pub(super) steps: Vec<Value>,
    pub(super) own: Vec<StepId>,
    pub(super) places: BTreeMap<StepId, usize>,
    pub(super) citations: Vec<Basis>,
}

impl<'a> Scribe<'a> {
    /// Writes every step behind some results, those that are read before those that read them.
    pub(super) fn write(
        session: &'a Session,
        answer: &'a Answer,
        roots: &[StepId],
        data: &'a [String],
    ) -> Written {
        let words = answer.words(answer.plan.model.lang);
        let mut scribe = Scribe {
            session,
            answer,
            words,
            data,
            places: BTreeMap::new(),
            steps: Vec::new(),
            own: Vec::new(),
            citations: Vec::new(),
        };
        // INVARIANT: a step is added to a trace after all that it reads, so the order of the ids is one of reading.
        for id in reached(answer, roots) {
            scribe.step(id);
        }
        Written { steps: scribe.steps, own: scribe.own, places: scribe.places, citations: scribe.citations }
    }

    /// Returns a step of the trace.
    pub(super) fn read(&self, id: StepId) -> &'a Step {
        self.answer.trace.step(id)
    }

    /// Returns what a step came to.
    pub(super) fn outcome(&self, id: StepId) -> &'a Outcome {
        &self.read(id).outcome
    }

    /// Where a step stands in the record.
    pub(super) fn place(&self, id: StepId) -> Value {
        self.places.get(&id).map_or(Value::Null, |place| json!(place))
    }

    /// Where several steps stand.
    pub(super) fn place_all(&self, all: &[StepId]) -> Value {
        all.iter().map(|id| self.place(*id)).collect()
    }

    fn step(&mut self, id: StepId) {
        let step = self.read(id);
        if let Some(same) = self.passes_on(step) {
            if let Some(place) = self.places.get(&same).copied() {
                self.places.insert(id, place);
            }
            return;
        }
        let line = match step.what {
            What::Def(def) => self.definition(id, def),
            What::Expr(expr) => self.expression(id, expr),
        };
        let mut fields = Map::from_iter([
            ("op".to_owned(), Value::from(line.op)),
            ("value".to_owned(), outcome(self.words, &step.outcome)),
            ("when".to_owned(), moment(step.at.moment).into()),
        ]);
        if !line.of.is_empty() {
            fields.insert("of".to_owned(), self.place_all(&line.of));
        }
        fields.extend(line.more.into_iter().map(|(name, value)| (name.to_owned(), value)));
        fields.extend(self.about(id));
        let mut written = Value::Object(fields);
        let mark = mark_of(&written);
        if let Some(fields) = written.as_object_mut() {
            fields.insert("digest".to_owned(), mark.into());
        }
        self.places.insert(id, self.steps.len());
        self.steps.push(written);
        self.own.push(id);
    }

    /// What is told of a step whatever it computes: for whom, what it is called, where it stands, what it rests on.
    fn about(&mut self, id: StepId) -> Vec<(String, Value)> {
        let step = self.read(id);
        let model = &self.answer.plan.model;
        let (span, ty) = match step.what {
            What::Def(def) => (self.line_of(id, def), &model.defs[def].ty),
            What::Expr(expr) => (model.node(expr).span, &model.node(expr).ty),
        };
        let mut about = Vec::new();
        let mut tell = |name: &str, value: Value| about.push((name.to_owned(), value));
        if let Some(entity) = step.at.entity {
            tell("who", self.words.entity(entity).into());
        }
        if let Some(name) = self.name(step.what) {
            tell("name", name.into());
        }
        if let Some(place) = self.at(span) {
            tell("at", place.into());
        }
        if matches!(step.outcome, Outcome::Value(_) | Outcome::Unknown(_)) {
            if let Some(unit) = self.unit(ty) {
                tell("unit", unit.into());
            }
            if let Some(level) = level_at(step.at.moment, ty) {
                tell("price_level", level_words(level).get(self.words.lang).into());
            }
        }
        let cited = match step.what {
            What::Def(_) => basis_of(self.words, &self.answer.trace, id),
            What::Expr(_) => fact_basis(self.words, &self.answer.trace, id),
        };
        let cited: Vec<usize> = cited.into_iter().map(|basis| self.cite(basis)).collect();
        if !cited.is_empty() {
            tell("basis", json!(cited));
        }
        about
    }

    /// Percentages are parts of one; everything else stands in the unit the rules declare.
    pub(super) fn unit(&self, ty: &Ty) -> Option<String> {
        if *ty == Ty::Percent { Some("1".to_owned()) } else { unit(ty, self.words) }
    }

    fn name(&self, what: What) -> Option<String> {
        let model = &self.answer.plan.model;
        match what {
            What::Def(def) => Some(self.words.def_name(def)),
            What::Expr(expr) => match &model.node(expr).kind {
                NodeKind::Fact(fact) | NodeKind::FormerFact(fact, _) => Some(model.fact_name(*fact)),
                _ => None,
            },
        }
    }

    /// The line that gave a definition its value, where one did.
    fn line_of(&self, id: StepId, def: DefId) -> Span {
        let data = &self.answer.plan.model.defs[def];
        let Detail::Definition(detail) = &self.read(id).detail else { return data.span };
        let own =
            |exception| data.exceptions.iter().find(|(of, _)| *of == exception).map(|(_, line)| line.span);
        let stated = detail.alternative.and_then(|index| data.alternatives.get(index)).map(|line| line.span);
        detail.exception.and_then(own).or(stated).unwrap_or(data.span)
    }

    /// A place in the rules: the file without the folders above its module, and the line.
    pub(super) fn at(&self, span: Span) -> Option<String> {
        // What was asked for itself stands in no rule file.
        let is_rule = self.session.rule_files().contains(&span.file);
        is_rule.then(|| {
            let name = self.session.plain_name(span.file);
            format!("{name}:{}", self.answer.sources.place(span).line)
        })
    }

    /// The position of a citation among those of the record.
    pub(super) fn cite(&mut self, basis: Basis) -> usize {
        match self.citations.iter().position(|known| *known == basis) {
            Some(known) => known,
            None => {
                self.citations.push(basis);
                self.citations.len() - 1
            }
        }
    }

    /// The step that a step only passes on.
    fn passes_on(&self, step: &Step) -> Option<StepId> {
        let (What::Expr(expr), [only]) = (step.what, step.inputs.as_slice()) else { return None };
        let passes = match &self.answer.plan.model.node(expr).kind {
            NodeKind::Def(_) | NodeKind::Restated(_) | NodeKind::Nominal(_) | NodeKind::ForEntity(..) => true,
            NodeKind::At(_, AtTime::Period(_) | AtTime::YearBefore) => true,
            NodeKind::Former(..) | NodeKind::FormerCell(..) | NodeKind::CarriedOn(_) => true,
            NodeKind::Converted { .. } | NodeKind::SumOver(..) => matches!(step.detail, Detail::Plain),
            _ => false,
        };
        (passes && *self.outcome(*only) == step.outcome).then_some(*only)
    }

    /// A definition: which line, exception, assignment or datum it has its value from.
    fn definition(&self, id: StepId, def: DefId) -> Line {
        let step = self.read(id);
        let Detail::Definition(detail) = &step.detail else { return self.state(step) };
        if let Some(origin) = &detail.from_data {
            return self.given(&origin.file, origin.place.get(self.words.lang));
        }
        let Some(first) = step.inputs.first() else { return self.state(step) };
        if !same(self.outcome(*first), &step.outcome) {
            return self.undecided(step);
        }
        let model = &self.answer.plan.model;
        let because = match (detail.overridden, detail.exception) {
            (Some(_), _) => "assigned",
            (None, Some(_)) => "exception",
            (None, None) => "definition",
        };
        let mut line = Line::new("take", &step.inputs).with("takes", 0).with("because", because);
        if let Some(exception) = detail.exception {
            line = line.with("exception", model.exceptions[exception].name.clone());
        }
        if !detail.considered.is_empty() {
            let looked: Vec<Value> = detail.considered.iter().map(|one| self.considered(one)).collect();
            line = line.with("exceptions", looked);
        }
        line.with("clause", model.clauses[model.defs[def].clause].name.clone())
    }

    /// An exception that was looked at.
    fn considered(&self, looked: &Considered) -> Value {
        let name = &self.answer.plan.model.exceptions[looked.exception].name;
        let mut fields = Map::from_iter([
            ("name".to_owned(), json!(name)),
            ("live".to_owned(), json!(looked.live)),
            ("in_time".to_owned(), json!(looked.in_time)),
        ]);
        fields.extend(looked.condition.map(|step| ("step".to_owned(), self.place(step))));
        Value::Object(fields)
    }

    /// An expression.
    fn expression(&self, id: StepId, expr: ExprId) -> Line {
        let step = self.read(id);
        if let Detail::Fact(origin) = &step.detail {
            return self.fact(step, origin);
        }
        if self.is_its_own_state(step) {
            return self.state(step);
        }
        match self.computed(step, expr) {
            Some(line) => line,
            None => self.undecided(step),
        }
    }

    /// Where the value of a fact comes from.
    fn fact(&self, step: &Step, origin: &FactOrigin) -> Line {
        let because = match origin {
            FactOrigin::Data(origin) => {
                return self.given(&origin.file, origin.place.get(self.words.lang));
            }
            FactOrigin::Missing => return self.state(step),
            FactOrigin::Override(_) => "assigned",
            FactOrigin::Default => "default",
        };
        match step.inputs.first().filter(|first| same(self.outcome(**first), &step.outcome)) {
            Some(_) => Line::new("take", &step.inputs).with("takes", 0).with("because", because),
            None => self.state(step),
        }
    }

    fn given(&self, file: &str, place: &str) -> Line {
        let position = self.data.iter().position(|known| known == file);
        Line::new("data", &[]).with("file", position).with("place", place)
    }

    /// Tells whether a state arose in a step, and was not there in what it read.
    fn is_its_own_state(&self, step: &Step) -> bool {
        let read = |wanted: fn(&Outcome) -> bool| step.inputs.iter().any(|id| wanted(self.outcome(*id)));
        match &step.outcome {
            Outcome::Value(_) => false,
            Outcome::Error(_) => !step.inputs.iter().any(|id| *self.outcome(*id) == step.outcome),
            Outcome::DoesNotApply(_) => !read(|o| matches!(o, Outcome::DoesNotApply(_))),
            Outcome::Unknown(_) => !read(|o| matches!(o, Outcome::Unknown(_))),
        }
    }

    /// A step that has a state of its own; or a value as it is written.
    pub(super) fn state(&self, step: &Step) -> Line {
        let op = match &step.outcome {
            Outcome::Value(_) => "figure",
            Outcome::Unknown(_) if self.is_stated(step) => "stated",
            Outcome::Unknown(_) => "missing",
            Outcome::DoesNotApply(_) => "stated",
            Outcome::Error(_) => "fault",
        };
        Line::new(op, &step.inputs)
    }

    fn is_stated(&self, step: &Step) -> bool {
        match step.what {
            What::Expr(expr) => matches!(self.answer.plan.model.node(expr).kind, NodeKind::Unknown(_)),
            What::Def(_) => false,
        }
    }

    /// Something that rests on what is not known: only what it rests on can be told.
    pub(super) fn undecided(&self, step: &Step) -> Line {
        if self.is_its_own_state(step) { self.state(step) } else { Line::new("undecided", &step.inputs) }
    }

    /// Takes the value of one of the steps read, where it has that value.
    pub(super) fn taken(&self, step: &Step, takes: usize, because: &'static str) -> Option<Line> {
        let from = step.inputs.get(takes)?;
        same(self.outcome(*from), &step.outcome)
            .then(|| Line::new("take", &step.inputs).with("takes", takes).with("because", because))
    }

    /// The positions of the steps, among those given, that an amendment has ended.
    pub(super) fn ended(&self, all: &[StepId]) -> Vec<Value> {
        let is_ended = |id: &&StepId| matches!(self.outcome(**id), Outcome::DoesNotApply(Reason::Ended(..)));
        all.iter().filter(is_ended).map(|id| self.place(*id)).collect()
    }
}

/// How many hexadecimal digits the digest of a step has.
const MARK: usize = 16;

/// The digest of a step: of all of it but the digest.
pub(super) fn mark_of(step: &Value) -> String {
    let mut bare = step.clone();
    if let Some(fields) = bare.as_object_mut() {
        fields.remove("digest");
    }
    canon::sha256(canon::canonical(&bare).as_bytes()).chars().take(MARK).collect()
}

/// Tells whether two outcomes are the same but for their status and for the names of what is missing.
fn same(one: &Outcome, other: &Outcome) -> bool {
    match (one, other) {
        (Outcome::Value(one), Outcome::Value(other)) => one.datum == other.datum,
        (Outcome::Unknown(one), Outcome::Unknown(other)) => {
            one.bounds == other.bounds && one.unsettled == other.unsettled
        }
        (one, other) => one == other,
    }
}

/// Every step that some results rest on, directly or through others, those read first.
fn reached(answer: &Answer, roots: &[StepId]) -> BTreeSet<StepId> {
    let (mut found, mut open) = (BTreeSet::new(), roots.to_vec());
    while let Some(id) = open.pop() {
        if found.insert(id) {
            let step = answer.trace.step(id);
            open.extend(&step.inputs);
            open.extend(behind(&step.detail));
        }
    }
    found
}

/// The steps that the detail of a step names.
fn behind(detail: &Detail) -> Vec<StepId> {
    match detail {
        Detail::Definition(detail) => detail.considered.iter().flat_map(Considered::steps).collect(),
        Detail::Shares(lines) => lines.iter().flat_map(|line| [line.key, line.condition]).flatten().collect(),
        Detail::Entities(lines) => {
            lines.iter().flat_map(|line| [line.read, line.weight, line.condition]).flatten().collect()
        }
        Detail::Ranks(lines) => lines.iter().map(|line| line.read).collect(),
        Detail::Years(parts) => parts.iter().map(|(_, step)| *step).collect(),
        Detail::Slices(_, lines) => lines.iter().flat_map(|line| [line.bound, line.rate]).flatten().collect(),
        Detail::Plain | Detail::Fact(_) | Detail::Branch(_) | Detail::Row { .. } | Detail::Between { .. } => {
            vec![]
        }
        Detail::Rounded { .. } | Detail::Limited(_) => vec![],
    }
}
