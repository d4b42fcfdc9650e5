//! The file and its items: header, sources, units, kinds, indices, clauses, scenarios and tests.

use std::sync::Arc;

use super::expression::{Expr, Literal, TypeExpr};
use super::line::{Assign, Assumption, Check, Citation, Path, Precedence, Stmt, Target, When};
use crate::base::{Lang, Span};
use crate::value::{Level, Period};

/// A whole rule file.
#[derive(Clone, Debug)]
pub struct File {
    /// The language the file is written in.
    pub lang: Lang,
    /// The top-level items, in the order they stand.
    pub items: Vec<Item>,
}

impl File {
    /// The names of the agreements that stand in the file.
    pub fn agreements(&self) -> impl Iterator<Item = &str> {
        self.items.iter().filter_map(|item| match &item.kind {
            ItemKind::Agreement(agreement) => Some(agreement.name.text.as_str()),
            _ => None,
        })
    }
}

/// A name as written, normalised to NFC.
#[derive(Clone, Debug)]
pub struct Name {
    /// The name.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// A quoted text, without its quotes.
#[derive(Clone, Debug)]
pub struct Text {
    /// The words between the quotes.
    pub text: String,
    /// Where it stands, quotes included.
    pub span: Span,
}

/// A top-level item.
#[derive(Clone, Debug)]
pub struct Item {
    /// The `///` lines above it.
    pub doc: Vec<String>,
    /// The whole item.
    pub span: Span,
    /// What it is.
    pub kind: ItemKind,
}

/// What a top-level item can be.
#[derive(Clone, Debug)]
pub enum ItemKind {
    /// `aftale ØA25 "…"` or `lov …`.
    Agreement(Agreement),
    /// `brug ØA20`.
    Use(Name),
    /// `kilde ØA25 "…"`.
    Source(Source),
    /// `måleenhed …`.
    Unit(UnitDecl),
    /// `type niveau = en af "høj"; "lav"`.
    Type(TypeDecl),
    /// `hver region, regioner, regionen har …`.
    Kind(KindDecl),
    /// `region "Østdanmark" findes fra …`.
    Entity(EntityDecl),
    /// `indeks pl_samlet …`.
    Index(IndexDecl),
    /// `givet x : type` at file level.
    Given(Given),
    /// `klausul …`.
    Clause(Clause),
    /// `antagelse …` at file level.
    Assumption(Assumption),
    /// `ændring … af …`.
    Amendment(Amendment),
    /// `scenarie …`.
    Scenario(Scenario),
    /// `prøve "…"`.
    Test(Arc<Test>),
    /// `kontrol …` at file level.
    Check(Check),
    /// `baggrund …` or `vurdering …`.
    Note(Note),
    /// `ændring b går forud for a`.
    Precedence(Precedence),
    /// An item that could not be parsed; what is wrong has been reported.
    Error,
}

/// An agreement or act: the head of a namespace.
#[derive(Clone, Debug)]
pub struct Agreement {
    /// Whether it is written `lov`/`act`.
    pub is_act: bool,
    /// Its short name.
    pub name: Name,
    /// Its title.
    pub title: Option<Text>,
    /// `parter "…"; "…"`.
    pub parties: Vec<Text>,
    /// `periode …`: a period, or an open bound.
    pub period: Option<When>,
    /// `prisniveau …`.
    pub price_level: Option<HeaderLevel>,
    /// `hjemmel …` lines.
    pub basis: Vec<Citation>,
}

/// The price level of an agreement's header.
#[derive(Clone, Debug)]
pub struct HeaderLevel {
    /// The level.
    pub level: Level,
    /// Whether it is marked `(antaget)`.
    pub assumed: bool,
    /// Where it stands.
    pub span: Span,
}

/// A document that citations name.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its id.
    pub name: Name,
    /// Its title.
    pub title: Text,
    /// `udgiver "…"`.
    pub publisher: Option<Text>,
    /// `dato …`.
    pub date: Option<(Period, Span)>,
}

/// A declared unit.
#[derive(Clone, Debug)]
pub struct UnitDecl {
    /// Singular, plural: one or two names.
    pub names: Vec<Name>,
    /// `= 1.000 kg`.
    pub multiple_of: Option<Literal>,
    /// `: penge`.
    pub is_money: bool,
}

/// A named type.
#[derive(Clone, Debug)]
pub struct TypeDecl {
    /// Its name.
    pub name: Name,
    /// What it stands for.
    pub ty: TypeExpr,
}

/// A kind of entity and the facts known of each.
#[derive(Clone, Debug)]
pub struct KindDecl {
    /// Singular, plural and (Danish) definite form: one to three names.
    pub names: Vec<Name>,
    /// `navn i kolonne "…"`.
    pub key_column: Option<Text>,
    /// The facts.
    pub facts: Vec<FactDecl>,
}

/// A fact of a kind.
#[derive(Clone, Debug)]
pub struct FactDecl {
    /// The `///` lines above it.
    pub doc: Vec<String>,
    /// Its name.
    pub name: Name,
    /// Its type.
    pub ty: TypeExpr,
    /// A description after the type.
    pub title: Option<Text>,
}

/// An entity whose existence the rules state.
#[derive(Clone, Debug)]
pub struct EntityDecl {
    /// The kind's name.
    pub kind: Name,
    /// The entity's name.
    pub name: Text,
    /// `findes fra …`.
    pub exists: Option<When>,
    /// `afløser "…"; "…"`.
    pub succeeds: Vec<Text>,
    /// Facts stated of it.
    pub facts: Vec<Assign>,
}

/// An index of prices, wages or rates.
#[derive(Clone, Debug)]
pub struct IndexDecl {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Option<Text>,
    /// `hjemmel …` lines.
    pub basis: Vec<Citation>,
    /// Its steps or points.
    pub lines: Vec<IndexLine>,
}

/// One line of an index.
#[derive(Clone, Debug)]
pub struct IndexLine {
    /// Where it stands.
    pub span: Span,
    /// A step from one year to another, or a point.
    pub at: IndexAt,
    /// The rate (a step) or the number (a point).
    pub value: Expr,
    /// Its own basis.
    pub basis: Vec<Citation>,
}

/// What an index line is for.
#[derive(Clone, Debug)]
pub enum IndexAt {
    /// `2024 til 2025`.
    Step(i16, i16),
    /// `2010-2013`, `2026`.
    Point(Period),
}

/// `givet x : type "…"`: one value that data must give.
#[derive(Clone, Debug)]
pub struct Given {
    /// Its name.
    pub name: Name,
    /// Its type.
    pub ty: TypeExpr,
    /// A description.
    pub title: Option<Text>,
}

/// A clause.
#[derive(Clone, Debug)]
pub struct Clause {
    /// Its name.
    pub name: Name,
    /// `viderefører ØA20.nærhedsfinansiering`.
    pub carries_over: Option<Path>,
    /// Its title.
    pub title: Option<Text>,
    /// `for hver region`: the kind's name.
    pub each: Option<Name>,
    /// Its lines.
    pub body: Vec<Stmt>,
}

/// An amendment.
#[derive(Clone, Debug)]
pub struct Amendment {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Option<Text>,
    /// `af ØA25`.
    pub of: Name,
    /// Its lines.
    pub body: Vec<Stmt>,
}

/// A scenario.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Option<Text>,
    /// Its lines.
    pub body: Vec<Stmt>,
}

/// A test.
#[derive(Clone, Debug)]
pub struct Test {
    /// Its title.
    pub title: Text,
    /// Its lines, `forvent` among them.
    pub body: Vec<Stmt>,
}

/// One line under `forvent`.
#[derive(Clone, Debug)]
pub struct Expectation {
    /// What is asked for.
    pub target: Target,
    /// What it must be.
    pub outcome: Expected,
    /// The whole line.
    pub span: Span,
}

/// What a test expects.
#[derive(Clone, Debug)]
pub enum Expected {
    /// A value.
    Value(Expr),
    /// `≈ 11,5 pct.`: what is this figure when it is rounded as the figure is written.
    About(Expr),
    /// `ukendt`.
    Unknown,
    /// `gælder ikke`.
    DoesNotApply,
    /// `fejl K0412`, or just `fejl`.
    Error(Option<Name>),
}

/// A passage with nothing to compute, or one that somebody must judge.
#[derive(Clone, Debug)]
pub struct Note {
    /// Whether it is a `vurdering`.
    pub is_judgement: bool,
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Option<Text>,
    /// `hjemmel …` lines.
    pub basis: Vec<Citation>,
    /// `begrundelse "…"`.
    pub reason: Option<Text>,
    /// `påhviler "…"`.
    pub on: Vec<Text>,
}
