//! The lines of a clause: definitions, their times, bases, grants, splits, exceptions, readings, duties and checks.

use super::expression::{Expr, Rounding};
use super::item::{Expectation, Given, Name, Text};
use super::table::{Cell, RowEdit, Scale, Table};
use crate::base::Span;
use crate::value::{Date, Period};

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

/// An exception.
#[derive(Clone, Debug)]
pub struct Exception {
    /// The clause in front of its name, where it stands outside it.
    pub owner: Option<Path>,
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
    pub first: Headed,
    /// The one that yields.
    pub second: Headed,
}

/// The name of something that a clause has, with the clause in front where it stands outside it: `klausul.navn`.
#[derive(Clone, Debug)]
pub struct Headed {
    /// The clause.
    pub owner: Option<Path>,
    /// The name.
    pub name: Name,
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
    /// The clause in front of its name, where it stands outside it.
    pub owner: Option<Path>,
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
    /// What is checked; a comparison with `≈` is [`super::BinOp::Approx`].
    pub condition: Expr,
    /// `kendt afvigelse 200 mio. kr. "…"`.
    pub known_difference: Option<(Expr, Option<Text>)>,
    /// Its own `hjemmel`: the other place of the text that it holds the clause against.
    pub basis: Vec<Citation>,
}
