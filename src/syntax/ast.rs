//! The tree of a rule file: every construct of the language, with places and literals as written. No names are
//! resolved here. Danish and English files give the same tree, apart from [`File::lang`], spans and the text in
//! `written` fields.

use crate::base::{Lang, Span};
use crate::value::{Date, Level, Number, Period, RoundMode, Status};

/// A whole rule file.
#[derive(Clone, Debug)]
pub struct File {
    /// The language the file is written in.
    pub lang: Lang,
    /// The top-level items, in the order they stand.
    pub items: Vec<Item>,
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
    Test(Test),
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

/// A line (or block) of a clause, exception, reading, amendment, scenario or test. Which kinds may stand where is
/// decided by the grammar.
#[derive(Clone, Debug)]
pub struct Stmt {
    /// The `///` lines above it.
    pub doc: Vec<String>,
    /// The whole line or block.
    pub span: Span,
    /// What it is.
    pub kind: StmtKind,
}

/// What a line can be.
#[derive(Clone, Debug)]
pub enum StmtKind {
    /// `hjemmel …`.
    Basis(Vec<Citation>),
    /// `gælder fra 2024`; in an exception or amendment, the bare `i 2019-2023` / `fra 1. januar 2026`.
    InForce(When),
    /// `hvert beløb afrundet til …` / `hvert led afrundet til …`.
    EachRounded {
        /// Amounts of definitions, or every step.
        what: EachWhat,
        /// How.
        rounding: Rounding,
    },
    /// `name [when] = expression`, or with a path, cell or entity as target.
    Assign(Assign),
    /// `name [when] = total delt i …`.
    Split(Split),
    /// `betingelse name [when] = truth`.
    Condition(Assign),
    /// `tilskud name [when] = amount betinget af …`.
    Grant(Grant),
    /// `tabel …`.
    Table(Table),
    /// Rows of an existing table, restated or added: a path, then rows (amendments, readings).
    Rows(RowEdit),
    /// `trappe …`.
    Scale(Scale),
    /// `undtagelse …`.
    Exception(Exception),
    /// `undtagelse a går forud for b`, `ændring b går forud for a`.
    Precedence(Precedence),
    /// `antagelse …` in a clause.
    Assumption(Assumption),
    /// `pligt …`.
    Duty(Duty),
    /// `givet …`.
    Given(Given),
    /// `krav … "…"`.
    Require {
        /// What must hold.
        condition: Expr,
        /// The message when it does not.
        message: Text,
    },
    /// `kontrol …`.
    Check(Check),
    /// `loft gælder ikke`.
    Lift(Path),
    /// `loft udgår`: in an amendment or reading.
    Repeal(Path),
    /// `når …` in an exception.
    Only(Expr),
    /// `år 2025` in a scenario or test.
    Year(i16),
    /// `dag 1. januar 2025` in a scenario or test.
    Day(Date),
    /// `bygger på a; b`.
    BuildsOn(Vec<Name>),
    /// `læsning trin = tredjedele`; in a scenario or test.
    Reading {
        /// The assumption, with its clause if written.
        assumption: Path,
        /// The reading chosen.
        reading: Name,
    },
    /// `undtagelse akutplan = nej`, `ændring tillæg26 = nej`.
    Switch {
        /// What kind of thing is switched.
        what: SwitchWhat,
        /// Its name.
        name: Path,
        /// On or off.
        on: bool,
    },
    /// `region "Sjælland"` with lines of facts below, in a scenario or test.
    EntityFacts {
        /// The kind's name.
        kind: Name,
        /// The entity's name.
        name: Text,
        /// The lines.
        facts: Vec<Assign>,
    },
    /// `forvent` with its lines.
    Expect(Vec<Expectation>),
    /// A line that could not be parsed; what is wrong has been reported.
    Error,
}

/// What `hvert … afrundet` rounds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum EachWhat {
    /// `hvert beløb`: the amount of each definition.
    Amount,
    /// `hvert led`: the result of every `+ − × / af`.
    Step,
}

/// What a scenario switches on or off.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SwitchWhat {
    /// An exception.
    Exception,
    /// An amendment.
    Amendment,
}

/// `target = value`.
#[derive(Clone, Debug)]
pub struct Assign {
    /// What gets the value.
    pub target: Target,
    /// The value.
    pub value: Expr,
    /// A basis of its own, after the value.
    pub basis: Vec<Citation>,
    /// The whole line.
    pub span: Span,
}

/// What a line gives a value to.
#[derive(Clone, Debug)]
pub struct Target {
    /// A name, or a path such as `nærhedsfinansiering.andel_bevaret[2]`, `region["Sjælland"].indbyggertal` or
    /// `pl_samlet[2024 til 2025]`.
    pub path: Path,
    /// `for "Sjælland"`.
    pub entity: Option<Text>,
    /// `i 2025`, `fra 2031`, `samlet i 2023-2024`, `ellers`.
    pub when: Option<When>,
    /// The whole target.
    pub span: Span,
}

/// A dotted path; each part may name cells.
#[derive(Clone, Debug)]
pub struct Path {
    /// At least one part.
    pub parts: Vec<PathPart>,
    /// The whole path.
    pub span: Span,
}

/// One part of a path.
#[derive(Clone, Debug)]
pub struct PathPart {
    /// The name.
    pub name: Name,
    /// `[2]`, `["stor"; 80+]`, `[2024 til 2025]`; empty when there are no brackets.
    pub cells: Vec<Cell>,
}

/// When a definition holds.
#[derive(Clone, Debug)]
pub struct When {
    /// The bound.
    pub kind: WhenKind,
    /// Where it stands.
    pub span: Span,
}

/// The bounds of time that a line can have.
#[derive(Clone, Debug)]
pub enum WhenKind {
    /// `i 2025`, `i 2027-2030`, `i 3. kvartal 2024`; in a header, `periode 2025`.
    In(Period),
    /// `samlet i 2023-2024`.
    TotalIn(Period),
    /// `fra D`, `fra D til og med D`, `fra D indtil D`, `til og med D`, `indtil D`.
    Bounds {
        /// First day, included.
        from: Option<Time>,
        /// The other end.
        to: Option<(BoundEnd, Time)>,
    },
    /// `ellers`.
    Otherwise,
}

/// Whether the end of a bound is included.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BoundEnd {
    /// `til og med D`.
    Through,
    /// `indtil D`.
    Until,
}

/// A moment that bounds something.
#[derive(Clone, Debug)]
pub struct Time {
    /// What it is.
    pub kind: TimeKind,
    /// Where it stands.
    pub span: Span,
}

/// The ways to name a moment.
#[derive(Clone, Debug)]
pub enum TimeKind {
    /// A period: as a lower bound its first day, as an upper bound its last.
    Period(Period),
    /// `primo`, `medio` or `ultimo` of a month or year.
    Edge(Edge, Period),
    /// A date given as data, or defined.
    Path(Path),
}

/// The edges of a period.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Edge {
    /// `primo`: needs an assumption.
    Start,
    /// `medio`: needs an assumption.
    Middle,
    /// `ultimo`: the last day.
    End,
}

/// One citation of a `hjemmel` line.
#[derive(Clone, Debug)]
pub struct Citation {
    /// The source's id.
    pub source: Name,
    /// Where in it; none means the whole document.
    pub locators: Vec<Locator>,
    /// The whole citation.
    pub span: Span,
}

/// A place in a document.
#[derive(Clone, Debug)]
pub struct Locator {
    /// What kind of place.
    pub kind: LocatorKind,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of places in a document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum LocatorKind {
    /// `"Nærhedsfinansiering"`.
    Heading(String),
    /// `bilag 1`.
    Annex(String),
    /// `boks 5`.
    Box(String),
    /// `pind 7`.
    Bullet(String),
    /// `afsnit 3`.
    Section(String),
    /// `artikel 4`.
    Article(String),
    /// `§ 14`.
    Paragraph(String),
    /// `stk. 2`.
    Subsection(String),
    /// `nr. 3`.
    Number(String),
    /// `litra a`.
    Letter(String),
    /// `fra "…" til "…"`.
    Passage(String, String),
}

/// `total delt i` parts.
#[derive(Clone, Debug)]
pub struct Split {
    /// The definition that is split.
    pub target: Target,
    /// The total.
    pub total: Expr,
    /// The parts.
    pub parts: Vec<SplitPart>,
    /// A basis of its own.
    pub basis: Vec<Citation>,
}

/// One part of a split.
#[derive(Clone, Debug)]
pub struct SplitPart {
    /// Its name.
    pub name: Name,
    /// Its amount; `None` is `resten`.
    pub value: Option<Expr>,
    /// The whole line.
    pub span: Span,
}

/// A conditional grant.
#[derive(Clone, Debug)]
pub struct Grant {
    /// Its name and time.
    pub target: Target,
    /// The full amount.
    pub amount: Expr,
    /// `betinget af a; b`.
    pub conditions: Vec<Path>,
    /// `ellers <amount>`.
    pub otherwise: Option<Expr>,
    /// A basis of its own.
    pub basis: Vec<Citation>,
    /// The whole line.
    pub span: Span,
}

/// A lookup table.
#[derive(Clone, Debug)]
pub struct Table {
    /// The results looked up; at least one.
    pub results: Vec<Name>,
    /// When the table holds.
    pub when: Option<When>,
    /// `efter key; key`: names, `dag`, `år` or `kommunens region`; empty for a table of conditions.
    pub keys: Vec<Expr>,
    /// `første række gælder` and the like.
    pub policy: Option<(Policy, Span)>,
    /// The rows.
    pub rows: Vec<Row>,
    /// `hjemmel …` lines of the table's own.
    pub basis: Vec<Citation>,
}

/// What holds when several rows match.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Policy {
    /// `første række gælder`.
    First,
    /// `rækkerne skal være enige`.
    Agree,
    /// `rækkerne lægges sammen`.
    Add,
    /// `den største gælder`.
    Largest,
    /// `den mindste gælder`.
    Smallest,
    /// `lineært mellem punkterne`.
    Linear,
}

/// A row of a table.
#[derive(Clone, Debug)]
pub struct Row {
    /// The cells: keys first, then results, told apart by their column. An `ellers` row has one key cell,
    /// [`CellKind::Otherwise`], for all keys.
    pub cells: Vec<Cell>,
    /// A basis of its own.
    pub basis: Vec<Citation>,
    /// The whole row.
    pub span: Span,
}

/// A cell of a row, or one index in brackets.
#[derive(Clone, Debug)]
pub struct Cell {
    /// What it holds.
    pub kind: CellKind,
    /// Where it stands.
    pub span: Span,
}

/// What a cell can hold.
#[derive(Clone, Debug)]
pub enum CellKind {
    /// An expression: a key value, a whole condition or a result.
    Expr(Expr),
    /// `"a"; "b"`: any of them.
    AnyOf(Vec<Expr>),
    /// `ikke "a"`: none of them.
    NoneOf(Vec<Expr>),
    /// `3+`, `80.000 – 300.000 indbyggere`, `under …`, `over … og højst …`.
    Range(Range),
    /// `fra 1. april 2019`, `i 2025` in a table by day.
    When(When),
    /// `2024 til 2025`: a step of an index.
    Step(i16, i16),
    /// `til 50.000 kr.`, and `derover` (`None`): a slice of a scale, in brackets alone.
    Slice(Option<Expr>),
    /// `-`.
    Any,
    /// `ellers`.
    Otherwise,
    /// `gælder ikke`.
    DoesNotApply,
    /// `udgår`.
    Repealed,
}

/// An interval of key values.
#[derive(Clone, Debug)]
pub struct Range {
    /// The lower bound.
    pub low: Option<RangeBound>,
    /// The upper bound.
    pub high: Option<RangeBound>,
}

/// One end of an interval.
#[derive(Clone, Debug)]
pub struct RangeBound {
    /// The value. In `80.000 – 300.000 indbyggere` the lower literal has no unit of its own; the key's is meant.
    pub value: Expr,
    /// Whether the bound belongs to the interval.
    pub included: bool,
}

/// A row edit in an amendment or reading.
#[derive(Clone, Debug)]
pub struct RowEdit {
    /// The table.
    pub table: Path,
    /// The rows.
    pub rows: Vec<Row>,
}

/// A scale of marginal rates.
#[derive(Clone, Debug)]
pub struct Scale {
    /// Its name.
    pub name: Name,
    /// When it holds.
    pub when: Option<When>,
    /// What it is charged on.
    pub by: Path,
    /// The slices.
    pub rows: Vec<ScaleRow>,
    /// `hjemmel …` lines of the scale's own.
    pub basis: Vec<Citation>,
}

/// A slice of a scale.
#[derive(Clone, Debug)]
pub struct ScaleRow {
    /// `til …`; `None` is `derover`.
    pub up_to: Option<Expr>,
    /// The rate.
    pub rate: Expr,
    /// A basis of its own.
    pub basis: Vec<Citation>,
    /// The whole row.
    pub span: Span,
}

/// An exception.
#[derive(Clone, Debug)]
pub struct Exception {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Option<Text>,
    /// Its lines, with `når` as [`StmtKind::Only`] and a bare time as [`StmtKind::InForce`].
    pub body: Vec<Stmt>,
}

/// `a går forud for b`.
#[derive(Clone, Debug)]
pub struct Precedence {
    /// Whether exceptions or amendments are meant.
    pub what: SwitchWhat,
    /// The one that wins.
    pub first: Name,
    /// The one that yields.
    pub second: Name,
}

/// An assumption, with readings to choose from.
#[derive(Clone, Debug)]
pub struct Assumption {
    /// Its name.
    pub name: Name,
    /// The question or the assumption in words.
    pub title: Option<Text>,
    /// `hjemmel …` lines.
    pub basis: Vec<Citation>,
    /// The readings; none when it only states how the text is read.
    pub readings: Vec<Reading>,
}

/// One reading of an assumption.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The `///` lines above it.
    pub doc: Vec<String>,
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Option<Text>,
    /// Whether it is marked `(valgt)`.
    pub chosen: bool,
    /// What it states.
    pub body: Vec<Stmt>,
    /// The whole reading.
    pub span: Span,
}

/// A duty.
#[derive(Clone, Debug)]
pub struct Duty {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Option<Text>,
    /// `hjemmel …` lines.
    pub basis: Vec<Citation>,
    /// `påhviler "…"`.
    pub on: Vec<Text>,
    /// `senest …`.
    pub deadline: Option<Time>,
    /// `senest …` when it is computed.
    pub deadline_expr: Option<Expr>,
    /// `hvis …`.
    pub only_if: Option<Expr>,
    /// `opfyldt når …`.
    pub met_when: Option<Expr>,
}

/// A check that the text makes on itself.
#[derive(Clone, Debug)]
pub struct Check {
    /// Its title.
    pub title: Option<Text>,
    /// What is checked; a comparison with `≈` is [`BinOp::Approx`].
    pub condition: Expr,
    /// `kendt afvigelse 200 mio. kr. "…"`.
    pub known_difference: Option<(Expr, Option<Text>)>,
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

/// A type as written.
#[derive(Clone, Debug)]
pub struct TypeExpr {
    /// What it is.
    pub base: TypeBase,
    /// `(årets pl)`, `(25-pl)`.
    pub level: Option<Level>,
    /// `eller ingen`.
    pub or_none: bool,
    /// `altid`.
    pub always: bool,
    /// `mellem … og …`, `mindst …`, `0 – 4`.
    pub domain: Option<Range>,
    /// `hvis ikke oplyst: …`.
    pub default: Option<Expr>,
    /// Where it stands.
    pub span: Span,
}

/// The heart of a type.
#[derive(Clone, Debug)]
pub enum TypeBase {
    /// `tal`.
    Number,
    /// `hele tal` (`None`), `hele personer`.
    Whole(Option<UnitExpr>),
    /// `tekst`.
    Text,
    /// `dato`.
    Date,
    /// `ja/nej`.
    YesNo,
    /// `en af "høj"; "lav"`.
    OneOf(Vec<Text>),
    /// A unit, a kind or a named type: told apart when names are resolved.
    Unit(UnitExpr),
}

/// A unit as written: `kr.`, `mio. kr.`, `læger pr. 1.000 indbyggere`.
#[derive(Clone, Debug)]
pub struct UnitExpr {
    /// What is counted.
    pub over: UnitWord,
    /// `pr. [number] unit`, each.
    pub per: Vec<(Option<NumberLit>, UnitWord)>,
    /// Where it stands.
    pub span: Span,
}

/// One word of a unit.
#[derive(Clone, Debug)]
pub struct UnitWord {
    /// What it is.
    pub kind: UnitKind,
    /// Where it stands.
    pub span: Span,
}

/// The built-in units and the declared ones.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum UnitKind {
    /// `kr.`
    Krone,
    /// `t.kr.`, `thousand kr.`
    ThousandKroner,
    /// `mio. kr.`, `million kr.`
    MillionKroner,
    /// `mia. kr.`, `billion kr.`
    BillionKroner,
    /// `pct.`, `per cent`.
    Percent,
    /// `pct.-point`, `percentage points`.
    PercentagePoint,
    /// `promille`, `per mille`.
    PerMille,
    /// `år`, `kvartaler`, `måneder`, `dage` as units of time.
    Year,
    /// `kvartal`.
    Quarter,
    /// `måned`.
    Month,
    /// `dag`.
    Day,
    /// A declared unit or a kind.
    Named(String),
}

/// A number as the agreement prints it.
#[derive(Clone, Debug)]
pub struct NumberLit {
    /// As written.
    pub written: String,
    /// Its exact value: `33⅓` is 100/3.
    pub value: Number,
    /// How many decimals were written.
    pub decimals: u32,
    /// Where it stands.
    pub span: Span,
}

/// A number with what follows it.
#[derive(Clone, Debug)]
pub struct Literal {
    /// The number.
    pub number: NumberLit,
    /// Its unit.
    pub unit: Option<UnitExpr>,
    /// Its price level.
    pub level: Option<(Level, Span)>,
    /// Its status.
    pub status: Status,
    /// The whole literal.
    pub span: Span,
}

/// A rounding.
#[derive(Clone, Debug)]
pub struct Rounding {
    /// The step: `0,01 kr.`, `1.000 kr.`, `0,1 pct.`.
    pub step: Literal,
    /// Which way it goes.
    pub mode: RoundMode,
}

/// An expression.
#[derive(Clone, Debug)]
pub struct Expr {
    /// What it is.
    pub kind: Box<ExprKind>,
    /// Where it stands.
    pub span: Span,
}

/// What an expression can be.
#[derive(Clone, Debug)]
pub enum ExprKind {
    /// `1.723,9 mio. kr.`.
    Literal(Literal),
    /// `1/3`: two bare whole numbers are one literal.
    Fraction(NumberLit, NumberLit),
    /// `"høj"`.
    Text(Text),
    /// `ja`, `nej`.
    Bool(bool),
    /// `1. juli 2025`, `ultimo april 2026`: a date. A month or quarter stands for itself in comparisons.
    Date(Time),
    /// `ingen`.
    Nothing,
    /// `år`: the year evaluated.
    Year,
    /// `dag`: the date evaluated.
    Day,
    /// A name or path.
    Path(Path),
    /// `kommunens region`, `barnets husstands indkomst`: whose, and what of theirs.
    Owned {
        /// The owners' words without their genitive endings, outermost first; at least one.
        owners: Vec<Name>,
        /// What is read of the last one.
        member: Path,
    },
    /// `ukendt "…"`.
    Unknown(Option<Text>),
    /// `videreført`: the last value is prolonged.
    CarriedOn,
    /// `hidtidig sats`: the value of the layers below.
    Former(Path),
    /// `gælder ikke` as a value.
    DoesNotApply,
    /// `( … )`.
    Paren(Expr),
    /// `−x`.
    Negate(Expr),
    /// `ikke x`.
    Not(Expr),
    /// `a op b`.
    Binary {
        /// The operator.
        op: BinOp,
        /// Where the operator stands.
        op_span: Span,
        /// The left side.
        left: Expr,
        /// The right side.
        right: Expr,
    },
    /// `x mellem a og b`, both included.
    Between {
        /// What is compared.
        value: Expr,
        /// The lower bound.
        low: Expr,
        /// The upper bound.
        high: Expr,
    },
    /// `x er en af "a"; "b"`.
    IsOneOf {
        /// What is compared.
        value: Expr,
        /// The values.
        values: Vec<Expr>,
    },
    /// `x er ingen`, `x er ikke ingen`.
    IsNone {
        /// What is asked about.
        value: Expr,
        /// Whether `ikke` stands before `ingen`.
        negated: bool,
    },
    /// `hvis … så … ellers …`.
    If {
        /// The condition.
        condition: Expr,
        /// The value when it holds.
        then: Expr,
        /// The value when it does not.
        otherwise: Expr,
    },
    /// `x forhøjet med 3,8 pct.`, `x nedsat med 1 pct.`.
    Scaled {
        /// The amount.
        value: Expr,
        /// Up or down.
        raised: bool,
        /// By how much.
        by: Expr,
    },
    /// `x omregnet til 25-pl efter pl_samlet`.
    Converted {
        /// The amount.
        value: Expr,
        /// The level.
        level: (Level, Span),
        /// The index.
        index: Path,
    },
    /// `x reguleret efter psl20`.
    Adjusted {
        /// The amount.
        value: Expr,
        /// The index.
        index: Path,
    },
    /// `x opgjort i kr. pr. måned`.
    StatedIn {
        /// The quantity.
        value: Expr,
        /// The unit.
        unit: UnitExpr,
    },
    /// `a i pct. af b`.
    AsPercentOf {
        /// The part.
        value: Expr,
        /// The whole.
        whole: Expr,
    },
    /// `x nominelt`.
    Nominal(Expr),
    /// `pulje fordelt efter nøgle blandt alle regioner`, `fordelt ligeligt blandt …`.
    Shared {
        /// The pool.
        pool: Expr,
        /// The key; `None` is `ligeligt`.
        key: Option<Expr>,
        /// Among whom.
        among: Set,
    },
    /// `x i 2024`, `x i (år − 1)`, `x (året før)`, `x den 30. juni 2025`.
    At {
        /// What is asked for.
        value: Expr,
        /// When.
        time: AtTime,
    },
    /// `x for "Sjælland"`.
    ForEntity {
        /// What is asked for.
        value: Expr,
        /// The entity.
        entity: Text,
    },
    /// `c for alle kommuner`, `c for mindst 1 kommune`.
    Quantified {
        /// The condition.
        condition: Expr,
        /// `None` is `alle`.
        at_least: Option<NumberLit>,
        /// Of whom.
        set: Set,
    },
    /// `sum af x for alle …`, `antal … hvor …`, `rang af x blandt alle …`.
    Aggregate {
        /// Which.
        op: AggregateOp,
        /// Of what; `None` for `antal`.
        of: Option<Expr>,
        /// Of whom.
        set: Set,
        /// `vægtet med y`.
        weight: Option<Expr>,
        /// `, størst først` (true) or `, mindst først` (false).
        largest_first: Option<bool>,
    },
    /// `sum af ramme i 2025-2030`.
    SumOver {
        /// What is summed.
        of: Expr,
        /// Over which period.
        period: Period,
        /// Where the period stands.
        period_span: Span,
    },
    /// `antal opfyldte betingelser` (`None`), `antal opfyldte af (a; b)`.
    CountMet(Option<Vec<Expr>>),
    /// `alle betingelser opfyldt`.
    AllMet,
    /// `mindste af (a; b)`, `største af (a; b)`.
    Extreme {
        /// Whether the largest is meant.
        largest: bool,
        /// The values.
        of: Vec<Expr>,
    },
    /// `dage fra a til b`, `hele år fra a til b`, `hele måneder fra a til b`.
    DateSpan {
        /// What is counted.
        unit: SpanUnit,
        /// From.
        from: Expr,
        /// To.
        to: Expr,
    },
    /// `expression, modifier`.
    Modified {
        /// Everything before the comma.
        value: Expr,
        /// The modifier.
        modifier: Modifier,
        /// Where the modifier stands, without the comma.
        modifier_span: Span,
    },
    /// An expression that could not be parsed; what is wrong has been reported.
    Error,
}

/// The binary operators.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum BinOp {
    /// `+`
    Add,
    /// `−`
    Sub,
    /// `×`
    Mul,
    /// `/`
    Div,
    /// `33 pct. af x`
    Of,
    /// `=`, `er`
    Eq,
    /// `≠`, `er ikke`
    Ne,
    /// `<`, `under`, `før`
    Lt,
    /// `≤`, `højst`, `senest`
    Le,
    /// `>`, `over`
    Gt,
    /// `≥`, `mindst`, `tidligst`
    Ge,
    /// `≈`, in checks
    Approx,
    /// `og`
    And,
    /// `eller`
    Or,
}

/// Another time that a value is asked for.
#[derive(Clone, Debug)]
pub enum AtTime {
    /// `i 2024`.
    Period(Period, Span),
    /// `i (år − 1)`.
    Computed(Expr),
    /// `(året før)`.
    YearBefore(Span),
    /// `den 30. juni 2025`.
    Day(Time),
}

/// Whom an aggregate or distribution runs over.
#[derive(Clone, Debug)]
pub struct Set {
    /// The kind's plural.
    pub kind: Name,
    /// `i husstanden`: the owner's definite form.
    pub within: Option<Name>,
    /// `med samme stratum`.
    pub same: Option<Name>,
    /// `hvor …`.
    pub filter: Option<Expr>,
    /// Where it stands.
    pub span: Span,
}

/// The aggregates over a kind.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum AggregateOp {
    /// `sum af`
    Sum,
    /// `antal`
    Count,
    /// `gennemsnit af`
    Average,
    /// `største af`
    Largest,
    /// `mindste af`
    Smallest,
    /// `rang af`
    Rank,
}

/// What a span of dates is counted in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum SpanUnit {
    /// `dage`
    Days,
    /// `hele måneder`
    WholeMonths,
    /// `hele år`
    WholeYears,
}

/// A comma modifier.
#[derive(Clone, Debug)]
pub enum Modifier {
    /// `afrundet til …`.
    Rounded(Rounding),
    /// `afrundet hver for sig til …`.
    RoundedEach(Rounding),
    /// `dog højst …`.
    AtMost(Expr),
    /// `dog mindst …`.
    AtLeast(Expr),
    /// `omregnet til 25-pl efter pl`.
    Converted((Level, Span), Path),
    /// `reguleret efter psl20`.
    Adjusted(Path),
    /// `rest til "…"`.
    RestTo(Text),
    /// `vist i 0,01 kr.`.
    ShownIn(Literal),
    /// `ligeligt pr. år`.
    EquallyPerYear,
    /// `hvis dagen mangler: …`: whether the 1st of the next month (true) or the month's last day (false).
    IfDayMissing {
        /// Whether the 1st of the next month is meant.
        first_of_next: bool,
    },
    /// `hvis ingen: v`.
    IfNone(Expr),
    /// `hvis nævneren er 0: v`.
    IfZero(Expr),
}
