//! Expressions, and the types, units and figures they are written with.

use super::item::{Name, Text};
use super::line::{Path, Time};
use super::table::Range;
use crate::base::{Bi, Span};
use crate::value::{Level, Number, Period, RoundMode, Status};

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

impl UnitKind {
    /// Returns the word for more than one of it.
    pub fn words(&self) -> Bi {
        match self {
            UnitKind::Krone => Bi::same("kr."),
            UnitKind::ThousandKroner => Bi::new("t.kr.", "thousand kr."),
            UnitKind::MillionKroner => Bi::new("mio. kr.", "million kr."),
            UnitKind::BillionKroner => Bi::new("mia. kr.", "billion kr."),
            UnitKind::Percent => Bi::new("pct.", "per cent"),
            UnitKind::PercentagePoint => Bi::new("pct.-point", "percentage points"),
            UnitKind::PerMille => Bi::new("promille", "per mille"),
            UnitKind::Year => Bi::new("år", "years"),
            UnitKind::Quarter => Bi::new("kvartaler", "quarters"),
            UnitKind::Month => Bi::new("måneder", "months"),
            UnitKind::Day => Bi::new("dage", "days"),
            UnitKind::Named(name) => Bi::same(name.clone()),
        }
    }
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
    /// `gælder ikke "aftalen har ingen sådan pulje"` as a value; why, where it is said.
    DoesNotApply(Option<Text>),
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
