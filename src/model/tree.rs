use std::collections::BTreeMap;
use std::sync::Arc;

use super::{
    Declared, ExprId, Imports, Index, IndexId, LayerId, Layers, Life, Node, Override, Show, Table, TableId,
    Ty,
};
use crate::base::{IndexVec, Lang, Span, id_type};
use crate::syntax::ast;
use crate::value::{Interval, Level, Number, UnitTable};

id_type! {
    /// Names a kind of entity.
    KindId
}
id_type! {
    /// Names a fact of a kind, or a value that data must give.
    FactId
}
id_type! {
    /// Names a clause.
    ClauseId
}
id_type! {
    /// Names a definition: anything with a name and a value.
    DefId
}
id_type! {
    /// Names an exception.
    ExceptionId
}
id_type! {
    /// Names an amendment.
    AmendmentId
}
id_type! {
    /// Names a check that the text makes on itself.
    CheckId
}
id_type! {
    /// Names a test.
    TestId
}

/// Everything the rule files state, with names resolved.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// The language of the first file; results are worded in it unless asked otherwise.
    pub lang: Lang,
    /// The agreements, in the order they stand.
    pub agreements: Vec<Agreement>,
    /// Which files were brought in by `brug`.
    pub imports: Imports,
    /// The sources by id.
    pub sources: BTreeMap<String, ast::Source>,
    /// The units.
    pub units: UnitTable,
    /// Named types.
    pub named_types: BTreeMap<String, Declared>,
    /// The kinds.
    pub kinds: IndexVec<KindId, Kind>,
    /// The facts and given values.
    pub facts: IndexVec<FactId, Fact>,
    /// The clauses.
    pub clauses: IndexVec<ClauseId, Clause>,
    /// The definitions.
    pub defs: IndexVec<DefId, Def>,
    /// Which definitions may be `ingen`, by their number; the checker settles it.
    pub maybe_none: Vec<bool>,
    /// The indices.
    pub indices: IndexVec<IndexId, Index>,
    /// The exceptions.
    pub exceptions: IndexVec<ExceptionId, Exception>,
    /// The amendments, in the order they stand.
    pub amendments: IndexVec<AmendmentId, Amendment>,
    /// Which amendment goes before which, where the text says so.
    pub amendment_precedence: Vec<(AmendmentId, AmendmentId)>,
    /// The order in which statements replace each other.
    pub layers: Layers,
    /// Which exception yields to which.
    pub precedence: Vec<Precedence>,
    /// The tables.
    pub tables: IndexVec<TableId, Table>,
    /// What the lines `hvert … afrundet til` of a clause round.
    pub rounding: BTreeMap<ClauseId, Vec<super::EachRounding>>,
    /// Totals that are split into parts.
    pub splits: Vec<super::Split>,
    /// All expressions, children before parents.
    pub nodes: IndexVec<ExprId, Node>,
    /// The text's own checks.
    pub checks: IndexVec<CheckId, Check>,
    /// What the rules require of data.
    pub requirements: Vec<Requirement>,
    /// The tests.
    pub tests: IndexVec<TestId, Test>,
    /// The assumptions.
    pub assumptions: Vec<Assumption>,
    /// The scenarios by name.
    pub scenarios: BTreeMap<String, ast::Scenario>,
    /// What readings, scenarios, tests, `--set` and the REPL put in place of facts and definitions; those of later
    /// layers win, and within one layer the last.
    pub overrides: Vec<Override>,
    /// The time the expressions and expectations are asked about, where it is known.
    pub asked: Option<Interval>,
    /// Expressions asked about.
    pub queries: Vec<ExprId>,
    /// Exceptions switched off.
    pub switched_off: Vec<ExceptionId>,
    /// Entities that rules, scenarios or tests name, in order: kind and name.
    pub named_entities: Vec<(KindId, String)>,
    /// The entities that the rules state, with when they exist.
    pub lives: Vec<Life>,
}

/// An agreement's head.
#[derive(Clone, Debug)]
pub struct Agreement {
    /// Its short name.
    pub name: String,
    /// Its title.
    pub title: Option<String>,
    /// Its period; always, where none is written.
    pub period: Interval,
    /// The level of amounts that state none.
    pub level: Level,
    /// Whether that level is marked as assumed.
    pub level_assumed: bool,
    /// The first and last year of its period, if it has both.
    pub years: Option<(i16, i16)>,
    /// The header.
    pub span: Span,
}

/// A kind of entity.
#[derive(Clone, Debug)]
pub struct Kind {
    /// Singular.
    pub name: String,
    /// Plural.
    pub plural: String,
    /// Definite form, where there is one.
    pub definite: Option<String>,
    /// `navn i kolonne "…"`.
    pub key_column: Option<String>,
    /// Its facts.
    pub facts: Vec<FactId>,
    /// Where it is declared.
    pub span: Span,
}

/// Whose a fact is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FactOwner {
    /// Each entity of a kind has one.
    Kind(KindId),
    /// Given once, in a clause.
    Clause(ClauseId),
    /// Given once, for the whole file.
    File,
}

/// A fact or given value.
#[derive(Clone, Debug)]
pub struct Fact {
    /// Its name.
    pub name: String,
    /// Whose it is.
    pub owner: FactOwner,
    /// Its type.
    pub declared: Declared,
    /// Its description.
    pub title: Option<String>,
    /// Who must judge it, where it is a `vurdering`; nobody in particular where that is not said.
    pub judged_by: Option<Vec<String>>,
    /// The places that a `vurdering` rests on.
    pub basis: Vec<ast::Citation>,
    /// Where it is declared.
    pub span: Span,
}

/// A clause.
#[derive(Clone, Debug)]
pub struct Clause {
    /// Its name.
    pub name: String,
    /// Its name as results show it: with its agreement where it comes from `brug`, or where another clause of the
    /// module has the same name.
    pub full: String,
    /// Its title.
    pub title: Option<String>,
    /// The `///` lines above it.
    pub doc: Vec<String>,
    /// The agreement it belongs to.
    pub agreement: Option<usize>,
    /// `for hver …`.
    pub each: Option<KindId>,
    /// The clause that it carries over, `viderefører ØA20.…`.
    pub carries: Option<ClauseId>,
    /// What it rests on.
    pub basis: Vec<ast::Citation>,
    /// `gælder …`, where it is written.
    pub in_force: Option<Interval>,
    /// The bounds of `gælder …` that are given dates.
    pub given: Vec<GivenBound>,
    /// Its definitions, in the order they stand.
    pub defs: Vec<DefId>,
    /// Its conditions.
    pub conditions: Vec<DefId>,
    /// Values data must give.
    pub givens: Vec<FactId>,
    /// Its exceptions.
    pub exceptions: Vec<ExceptionId>,
    /// The clause's name where it is declared.
    pub span: Span,
}

/// What kind of definition it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DefKind {
    /// `name = …`
    Value,
    /// `betingelse name = …`
    Condition,
    /// What a `tilskud` pays.
    Grant,
    /// The full amount of a `tilskud`.
    GrantFull,
    /// What of a `tilskud` lapses.
    GrantLapsed,
    /// A result of a `tabel`.
    TableResult,
    /// A part of a `delt i`.
    Part,
    /// The status of a `pligt`.
    Duty,
}

/// Anything with a name and a value.
#[derive(Clone, Debug)]
pub struct Def {
    /// Its name; a grant's full amount is `drift.fuldt`.
    pub name: String,
    /// What it is.
    pub kind: DefKind,
    /// Its clause.
    pub clause: ClauseId,
    /// The exception it is local to.
    pub local_to: Option<ExceptionId>,
    /// The `///` lines above it.
    pub doc: Vec<String>,
    /// What it is at each time, without exceptions.
    pub alternatives: Vec<Alternative>,
    /// What exceptions put in its place.
    pub exceptions: Vec<(ExceptionId, Alternative)>,
    /// Its type, filled in by the checker.
    pub ty: Ty,
    /// How it is shown, filled in by the checker.
    pub show: Show,
    /// Whether it differs between the entities of its clause's kind; filled in by the checker.
    pub per_entity: bool,
    /// Whether something in it is wrong, so that it cannot be computed; filled in by the checker.
    pub faulty: bool,
    /// Its name where it is defined first.
    pub span: Span,
}

impl Def {
    /// Walks what it is at each time, and then what exceptions put in its place.
    pub fn lines(&self) -> impl Iterator<Item = &Alternative> {
        self.alternatives.iter().chain(self.exceptions.iter().map(|(_, line)| line))
    }
    /// Walks the expressions of its lines.
    pub fn bodies(&self) -> impl Iterator<Item = ExprId> {
        self.lines().filter_map(|line| match line.body {
            Body::Expr(body) => Some(body),
            Body::Lifted => None,
        })
    }
}

/// What a definition is at some time.
#[derive(Clone, Debug)]
pub struct Alternative {
    /// The layer that states it.
    pub layer: LayerId,
    /// When it holds, as far as written dates say.
    pub interval: Interval,
    /// The bounds that are given dates; it holds where all of them allow it.
    pub given: Vec<GivenBound>,
    /// Whether it is `ellers`: holds where no other one does.
    pub otherwise: bool,
    /// Whether `samlet i`: a single year of it is unknown.
    pub total: bool,
    /// What it is.
    pub body: Body,
    /// A basis of its own.
    pub basis: Vec<ast::Citation>,
    /// The clause whose text it is, where it is carried over from there.
    pub carried: Option<ClauseId>,
    /// The whole line.
    pub span: Span,
}

/// A bound that is a date given as data or defined: `fra ikraft`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct GivenBound {
    /// Which side it bounds.
    pub edge: BoundEdge,
    /// The date.
    pub date: ExprId,
}

/// The side that a given date bounds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BoundEdge {
    /// From the date on.
    From,
    /// Through the date, itself included.
    Through,
    /// Until the date, itself not included.
    Until,
}

/// What a definition computes.
#[derive(Clone, Copy, Debug)]
pub enum Body {
    /// An expression.
    Expr(ExprId),
    /// `x gælder ikke` or `x udgår`.
    Lifted,
}

/// An exception.
#[derive(Clone, Debug)]
pub struct Exception {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: Option<String>,
    /// Its clause.
    pub clause: ClauseId,
    /// The exception it stands in.
    pub outer: Option<ExceptionId>,
    /// What it rests on.
    pub basis: Vec<ast::Citation>,
    /// `når …`.
    pub condition: Option<ExprId>,
    /// A bare time, within that of the amendment it stands in.
    pub interval: Option<Interval>,
    /// The bounds of a bare time that are given dates.
    pub given: Vec<GivenBound>,
    /// The layer that states it.
    pub layer: LayerId,
    /// When a reading or amendment sets it aside, and which.
    pub ended: Vec<(Interval, LayerId)>,
    /// Whether `når` may depend on what the exception itself replaces, so that it must be read in the world
    /// without it; filled in by the checker.
    pub reads_itself: bool,
    /// Its name where it is declared.
    pub span: Span,
}

/// An amendment.
#[derive(Clone, Debug)]
pub struct Amendment {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: Option<String>,
    /// What it rests on.
    pub basis: Vec<ast::Citation>,
    /// When it holds.
    pub interval: Interval,
    /// Whether the question leaves it in force.
    pub on: bool,
    /// The definitions it restates, adds or ends.
    pub touches: Vec<DefId>,
    /// Its name where it is declared.
    pub span: Span,
}

/// `a går forud for b`.
#[derive(Clone, Debug)]
pub struct Precedence {
    /// The one that wins.
    pub first: ExceptionId,
    /// The one that yields.
    pub second: ExceptionId,
}

/// A check that the text makes on itself.
#[derive(Clone, Debug)]
pub struct Check {
    /// Its title.
    pub title: Option<String>,
    /// Its clause, if it stands in one.
    pub clause: Option<ClauseId>,
    /// The comparison.
    pub condition: ExprId,
    /// Both sides, where it is a comparison of two amounts.
    pub sides: Option<(ExprId, ExprId)>,
    /// The difference that is known: left minus right.
    pub known_difference: Option<ExprId>,
    /// Why.
    pub reason: Option<String>,
    /// The whole check.
    pub span: Span,
}

/// What a clause requires of data.
#[derive(Clone, Debug)]
pub struct Requirement {
    /// Its clause; `None` where an amendment or a reading states it on its own.
    pub clause: Option<ClauseId>,
    /// The exception it stands in.
    pub exception: Option<ExceptionId>,
    /// What must hold.
    pub condition: ExprId,
    /// What it says, in words.
    pub message: String,
    /// When it is required, as far as written dates say.
    pub interval: Interval,
    /// The given dates that bound its clause; it is required where all of them allow it.
    pub given: Vec<GivenBound>,
    /// The kind between whose entities it differs, if any; filled in by the checker.
    pub each: Option<KindId>,
    /// The whole line.
    pub span: Span,
}

/// An assumption about how the text is read.
#[derive(Clone, Debug)]
pub struct Assumption {
    /// Its name.
    pub name: String,
    /// The question in words.
    pub title: Option<String>,
    /// Why it is taken, in the words of the rules: the `///` lines above it; the reasons for the chosen reading stand at
    /// that ([`Reading::why`]).
    pub why: Vec<String>,
    /// Its clause, if it stands in one.
    pub clause: Option<ClauseId>,
    /// The readings on offer.
    pub readings: Vec<Reading>,
    /// Which of them is chosen, by position.
    pub chosen: Option<usize>,
    /// What rests on it.
    pub touches: Vec<Touch>,
    /// Its name where it is declared.
    pub span: Span,
}

impl Assumption {
    /// Returns the reasons given for what is taken: those of the assumption, and those of the reading that is chosen.
    pub fn reasons(&self) -> impl Iterator<Item = &String> {
        let chosen = self.chosen.and_then(|index| self.readings.get(index));
        self.why.iter().chain(chosen.into_iter().flat_map(|reading| &reading.why))
    }
}

/// What an assumption is about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Touch {
    /// A definition that one of its readings states.
    Def(DefId),
    /// A row that one of its readings states: the table and the position.
    Row(TableId, usize),
    /// A fact that one of its readings sets.
    Fact(FactId),
    /// An exception that one of its readings states or sets aside.
    Exception(ExceptionId),
    /// A line of an index that one of its readings states: the years it leads from and to.
    Index(IndexId, i16, i16),
    /// A clause as a whole, where no reading says what it is about.
    Clause(ClauseId),
    /// An agreement as a whole.
    Agreement(usize),
}

/// One reading of an assumption.
#[derive(Clone, Debug)]
pub struct Reading {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: Option<String>,
    /// Why the text can be read so, in the words of the rules: the `///` lines above it.
    pub why: Vec<String>,
    /// Whether it states anything; one that does not is the text as it stands.
    pub states: bool,
    /// Whether the text chooses it: `(valgt)`.
    pub marked: bool,
    /// Its name where it is declared.
    pub span: Span,
}

/// A test. What it states is applied as a layer when it runs; see [`super::Layer`].
#[derive(Clone, Debug)]
pub struct Test {
    /// Its title.
    pub title: String,
    /// The tree it was written as, shared by every model of the same text.
    pub tree: Arc<ast::Test>,
    /// What it expects; filled in only in the model that is built for the test itself.
    pub expectations: Vec<Expectation>,
    /// The whole test.
    pub span: Span,
}

/// One expectation of a test, resolved.
#[derive(Clone, Debug)]
pub struct Expectation {
    /// What is asked for.
    pub target: ExprId,
    /// The value it must have, where a value is expected.
    pub value: Option<ExprId>,
    /// One unit of the last place of the figure after `≈`, as it is written.
    pub step: Option<Number>,
    /// What it must be.
    pub outcome: ast::Expected,
    /// The whole line.
    pub span: Span,
}

impl Model {
    /// Returns a node.
    pub fn node(&self, id: ExprId) -> &Node {
        &self.nodes[id]
    }
    /// Finds a kind by its singular, plural or definite form.
    pub fn find_kind(&self, word: &str) -> Option<KindId> {
        let fits =
            |kind: &Kind| kind.name == word || kind.plural == word || kind.definite.as_deref() == Some(word);
        self.kinds.iter_enumerated().find(|(_, kind)| fits(kind)).map(|(id, _)| id)
    }
}
