use super::rows::RowEdit;
use super::{Below, DefId, FactId, IndexId, KindId, LayerId, Origin, Selection, Show, Ty};
use crate::base::{IndexVec, Span, id_type};
use crate::syntax::ast;
use crate::value::{Date, Interval, MissingDay, Number, Period, RoundMode, Status};

id_type! {
    /// Names one node of the arena of expressions.
    ExprId
}
id_type! {
    /// Names one table.
    TableId
}

/// One resolved expression. Its children stand before it in the arena.
#[derive(Clone, Debug)]
pub struct Node {
    /// What it computes.
    pub kind: NodeKind,
    /// Where it stands.
    pub span: Span,
    /// Its type, filled in by the checker.
    pub ty: Ty,
    /// How its value is shown, filled in by the checker.
    pub show: Show,
}

/// What a node computes.
#[derive(Clone, Debug)]
pub enum NodeKind {
    /// A figure, in base units, with its status. The type and show are set when it is lowered.
    Figure {
        /// The value.
        value: Number,
        /// How sure it is.
        status: Status,
    },
    /// `ja` or `nej`.
    Bool(bool),
    /// A text.
    Text(String),
    /// A date.
    Date(Date),
    /// `ingen`.
    Nothing,
    /// `år`.
    Year,
    /// `dag`.
    Day,
    /// The value of a definition, for the entity and moment at hand.
    Def(DefId),
    /// The value of a fact, for the entity and moment at hand.
    Fact(FactId),
    /// The entity at hand, by its name. Of several of its kind at hand, this many further in are passed over.
    Entity(KindId, usize),
    /// `kommunens region`, `regionens sats`: a value of the entity that the owner is.
    Of {
        /// Whose: the entity at hand, or a link.
        owner: ExprId,
        /// The owner's kind.
        kind: KindId,
        /// Read for the owner.
        value: ExprId,
    },
    /// `hidtidig x`: the value of a definition in the layers below.
    Former(DefId, Below),
    /// `hidtidig x[2]`: a cell in the layers below: the table, the row and the column.
    FormerCell(TableId, usize, usize, LayerId),
    /// `hidtidig x` of a fact.
    FormerFact(FactId, LayerId),
    /// `ukendt "…"`.
    Unknown(Option<String>),
    /// `gælder ikke`.
    DoesNotApply(Option<String>),
    /// `−x`.
    Negate(ExprId),
    /// `ikke x`.
    Not(ExprId),
    /// `+ − × /` and `af`.
    Arith(Arith, ExprId, ExprId),
    /// A comparison.
    Compare(Compare, ExprId, ExprId),
    /// `a ≈ b`: a, rounded as b is written, equals b. Holds one unit of b's last written decimal.
    Approx(ExprId, ExprId, Number),
    /// `og` over two or more.
    And(Vec<ExprId>),
    /// `eller` over two or more.
    Or(Vec<ExprId>),
    /// `x mellem a og b`.
    Between(ExprId, ExprId, ExprId),
    /// `x er en af …`.
    IsOneOf(ExprId, Vec<ExprId>),
    /// `x er ingen`; true when negated.
    IsNone(ExprId, bool),
    /// `hvis … så … ellers …`.
    If(ExprId, ExprId, ExprId),
    /// `x forhøjet med p` (true) or `nedsat med p`.
    Scaled(ExprId, bool, ExprId),
    /// `a i pct. af b`.
    AsPercentOf(ExprId, ExprId),
    /// `x opgjort i …` and `, vist i …`: the value itself, shown otherwise.
    Restated(ExprId),
    /// `x nominelt`.
    Nominal(ExprId),
    /// `x omregnet til 25-pl efter pl` and `x reguleret efter pl`. The figures of the index stand in it.
    Converted {
        /// The amount.
        value: ExprId,
        /// The index.
        index: IndexId,
        /// The year whose prices are wanted; `None` for those of the year evaluated.
        to: Option<i16>,
    },
    /// The share of the entity at hand.
    Share(Box<Distribution>),
    /// `x i 2024`, `x (året før)`, …
    At(ExprId, AtTime),
    /// `x for "Sjælland"`.
    ForEntity(ExprId, KindId, String),
    /// `c for alle …`, `c for mindst n …`.
    Quantified {
        /// The condition, read for each entity.
        condition: ExprId,
        /// `None` is `alle`.
        at_least: Option<Number>,
        /// Of whom.
        set: Selection,
    },
    /// An aggregate over a kind.
    Aggregate {
        /// Which.
        op: Aggregate,
        /// Read for each entity; `None` for `antal`.
        of: Option<ExprId>,
        /// Of whom.
        set: Selection,
        /// `vægtet med y`, read for each entity.
        weight: Option<ExprId>,
        /// `, hvis ingen: v`.
        if_none: Option<ExprId>,
    },
    /// `rang af x blandt alle …, størst først`: the rank of the entity at hand.
    Rank {
        /// Read for each entity.
        of: ExprId,
        /// Among whom.
        set: Selection,
        /// `størst først` (true) or `mindst først`.
        largest_first: bool,
    },
    /// `sum af x i 2025-2030`.
    SumOver(ExprId, Period),
    /// `dage fra a til b`, `hele måneder fra …`, `hele år fra …`.
    DateSpan(SpanUnit, ExprId, ExprId),
    /// `d + 1 måned`, `d − 1 år`: a date moved by months; the checker makes it of a sum where none was said about
    /// missing days.
    Shift {
        /// The date.
        date: ExprId,
        /// By how much, in months.
        by: ExprId,
        /// Forward, or back.
        forward: bool,
        /// What a day is that its month does not have.
        missing: MissingDay,
    },
    /// `videreført`: the last value that the definition had before the line at hand.
    CarriedOn(DefId),
    /// `…, ligeligt pr. år`: a total by a number of years.
    PerYear(ExprId, i64),
    /// `antal opfyldte …`.
    CountMet(Vec<ExprId>),
    /// `alle betingelser opfyldt`.
    AllMet(Vec<ExprId>),
    /// `største af (…)` (true), `mindste af (…)`.
    Extreme(bool, Vec<ExprId>),
    /// `, afrundet til …`; the step in base units.
    Round(ExprId, Number, RoundMode),
    /// `, dog højst …` (true), `, dog mindst …`: the limit second.
    Limit(ExprId, bool, ExprId),
    /// `a / b, hvis nævneren er 0: v`: numerator, denominator, fallback.
    DivideOr(ExprId, ExprId, ExprId),
    /// The result in a column of a table; the keys' values.
    Lookup {
        /// The table.
        table: TableId,
        /// Which of its results.
        column: usize,
        /// One expression a key.
        keys: Vec<ExprId>,
    },
    /// `andel_bevaret[2]`: a cell of a table, named by its row.
    Cell(Box<CellRead>),
    /// `pl_samlet[2024 til 2025]`: the figure of a line of an index, by the years that it leads from and to.
    IndexFigure(IndexId, i16, i16),
    /// Rounded by a line of its clause: `hvert beløb afrundet til …`, `hvert led afrundet til …`. The checker turns it
    /// into [`NodeKind::Restated`] where the value is none of those meant.
    EachRound(ExprId, EachRounding),
    /// `resten` of a split: the whole, and the parts that are stated.
    Rest(ExprId, Vec<ExprId>),
    /// What a scale charges: each slice of the base at its own rate.
    Scale {
        /// The slices, in a table whose rows are [`KeyTest::Slice`].
        table: TableId,
        /// What it is charged on.
        base: ExprId,
    },
    /// A conditional grant: full amount, conditions, what is paid otherwise.
    Grant {
        /// The full amount.
        full: ExprId,
        /// All must be met.
        conditions: Vec<ExprId>,
        /// `ellers …`.
        otherwise: Option<ExprId>,
    },
    /// The status of a duty on the day asked about.
    Duty(Box<super::DutyTerms>),
    /// Could not be resolved, or is not computed yet; that has been reported.
    Invalid,
}

/// The arithmetic operators; one table of types serves the checker, one match the evaluator.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Arith {
    /// `+`
    Add,
    /// `−`
    Sub,
    /// `×`
    Mul,
    /// `/`
    Div,
    /// `af`
    Of,
}

/// The comparisons.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Compare {
    /// `=`
    Eq,
    /// `≠`
    Ne,
    /// `<`
    Lt,
    /// `≤`
    Le,
    /// `>`
    Gt,
    /// `≥`
    Ge,
}

impl Compare {
    /// Returns the comparison that holds where this one does not.
    pub fn negated(self) -> Compare {
        match self {
            Compare::Eq => Compare::Ne,
            Compare::Ne => Compare::Eq,
            Compare::Lt => Compare::Ge,
            Compare::Le => Compare::Gt,
            Compare::Gt => Compare::Le,
            Compare::Ge => Compare::Lt,
        }
    }
    /// Returns the same comparison with its sides exchanged.
    pub fn turned(self) -> Compare {
        match self {
            Compare::Eq | Compare::Ne => self,
            Compare::Lt => Compare::Gt,
            Compare::Le => Compare::Ge,
            Compare::Gt => Compare::Lt,
            Compare::Ge => Compare::Le,
        }
    }
}

/// The aggregates that are computed.
pub use crate::syntax::ast::AggregateOp as Aggregate;
/// What the days between two dates are counted in.
pub use crate::syntax::ast::SpanUnit;

/// Another time that a value is asked for.
#[derive(Clone, Debug)]
pub enum AtTime {
    /// `i 2024`, `i 3. kvartal 2024`, `den 30. juni 2025`.
    Period(Period),
    /// `i (år − 1)`.
    Computed(ExprId),
    /// `(året før)`.
    YearBefore,
}

/// A distribution of a pool over the entities of a kind.
#[derive(Clone, Debug)]
pub struct Distribution {
    /// What is shared.
    pub pool: ExprId,
    /// The key, read for each entity; `None` is `ligeligt`.
    pub key: Option<ExprId>,
    /// Among whom.
    pub set: Selection,
    /// How shares are rounded.
    pub rule: ShareRule,
    /// The step in base units, where shares are rounded.
    pub step: Option<Number>,
}

/// How the shares of a distribution are rounded.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ShareRule {
    /// Not at all.
    Exact,
    /// `, afrundet til`: down to the step, the missing steps by largest remainder.
    LargestRemainder,
    /// `, afrundet til …, rest til "…"`: the others to nearest, the named one takes what is left.
    RestTo(String),
    /// `, afrundet hver for sig til …`.
    Each(RoundMode),
}

/// A lookup table.
#[derive(Clone, Debug)]
pub struct Table {
    /// The results' names.
    pub results: Vec<String>,
    /// How the keys are named where they are written.
    pub keys: Vec<String>,
    /// What holds when several rows match.
    pub policy: Option<ast::Policy>,
    /// The rows.
    pub rows: Vec<Row>,
    /// Whether these are all rows that stand in the text; with others that could not be read they prove nothing.
    pub whole: bool,
    /// The exception whose rows it has, where it is another table with those put in.
    pub edited_in: Option<super::ExceptionId>,
    /// That other table.
    pub copy_of: Option<TableId>,
    /// The header.
    pub span: Span,
}

/// A line of a clause that rounds: each amount of its definitions, or the result of each step.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EachRounding {
    /// What is rounded.
    pub what: ast::EachWhat,
    /// The step, in base units.
    pub step: Number,
    /// Which way.
    pub mode: RoundMode,
    /// The type of the step, without a price level.
    pub ty: Ty,
    /// How the step is shown.
    pub show: Show,
    /// The line.
    pub span: Span,
}

/// A total that is split into parts.
#[derive(Clone, Debug)]
pub struct Split {
    /// The total's name.
    pub name: String,
    /// The total.
    pub whole: ExprId,
    /// The parts that are stated.
    pub parts: Vec<ExprId>,
    /// The line.
    pub span: Span,
}

/// A cell of a table that is read by its row.
#[derive(Clone, Debug)]
pub struct CellRead {
    /// The result whose table is meant.
    pub def: DefId,
    /// The row as it is named.
    pub cells: Vec<ast::Cell>,
    /// The row in each of the result's tables that has one; found when all tables are known.
    pub options: Vec<CellOption>,
}

/// One table's row that a cell is read from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CellOption {
    /// The table.
    pub table: TableId,
    /// The row, by position.
    pub row: usize,
    /// The result, by position.
    pub column: usize,
    /// What stands there, after what-ifs and readings.
    pub result: ExprId,
}

/// One row of a table.
#[derive(Clone, Debug)]
pub struct Row {
    /// One test a key; for a table of conditions, one.
    pub tests: Vec<KeyTest>,
    /// One expression a result, as first stated.
    pub results: Vec<ExprId>,
    /// The layer that states it first.
    pub layer: LayerId,
    /// When it stands, where an amendment adds it.
    pub interval: Interval,
    /// What later layers put in its place.
    pub edits: Vec<RowEdit>,
    /// A basis of its own.
    pub basis: Vec<ast::Citation>,
    /// The whole row.
    pub span: Span,
}

/// A line of an index that was replaced.
#[derive(Clone, Debug)]
pub struct Replaced {
    /// What stands in the rule file.
    pub was: ExprId,
    /// What replaced it.
    pub origin: Origin,
}

/// When a key fits a row.
#[derive(Clone, Debug)]
pub enum KeyTest {
    /// `-`
    Any,
    /// `ellers`: when no other row fits.
    Otherwise,
    /// Equal to one of these.
    AnyOf(Vec<ExprId>),
    /// Equal to none of these.
    NoneOf(Vec<ExprId>),
    /// Within an interval.
    Range(Option<RangeEnd>, Option<RangeEnd>),
    /// A whole condition.
    Condition(ExprId),
    /// On these days: of a date, or of the moment asked about where the key is `dag` or `år`.
    Time(Interval),
    /// From this day until the next row of the column begins; which rows there are then, layers decide.
    From(crate::value::Date),
    /// A slice of a scale, up to a bound; `None` is `derover`.
    Slice(Option<ExprId>),
}

/// One end of an interval.
#[derive(Clone, Debug)]
pub struct RangeEnd {
    /// The bound.
    pub value: ExprId,
    /// Whether it belongs to the interval.
    pub included: bool,
}

impl Node {
    /// Returns the nodes a node reads for the same entity and moment, in reading order.
    pub fn children(&self, tables: &IndexVec<TableId, Table>) -> Vec<ExprId> {
        match &self.kind {
            NodeKind::Figure { .. } | NodeKind::Bool(_) | NodeKind::Text(_) | NodeKind::Date(_) => vec![],
            NodeKind::Nothing | NodeKind::Year | NodeKind::Day | NodeKind::Def(_) | NodeKind::Fact(_) => {
                vec![]
            }
            NodeKind::Former(..) | NodeKind::FormerFact(..) => vec![],
            NodeKind::FormerCell(table, row, column, below) => {
                tables[*table].rows.get(*row).map(|row| row.stated_below(*column, *below)).unwrap_or_default()
            }
            NodeKind::Unknown(_) | NodeKind::DoesNotApply(_) | NodeKind::Invalid => vec![],
            NodeKind::CarriedOn(_) => vec![],
            NodeKind::Duty(terms) => terms.children(),
            NodeKind::PerYear(x, _) => vec![*x],
            NodeKind::DateSpan(_, a, b) | NodeKind::Shift { date: a, by: b, .. } => vec![*a, *b],
            NodeKind::Negate(x) | NodeKind::Not(x) | NodeKind::IsNone(x, _) => vec![*x],
            NodeKind::Restated(x) | NodeKind::Nominal(x) | NodeKind::SumOver(x, _) => vec![*x],
            NodeKind::Converted { value, .. } => vec![*value],
            NodeKind::Round(x, _, _) | NodeKind::ForEntity(x, _, _) => vec![*x],
            NodeKind::Arith(_, a, b) | NodeKind::Compare(_, a, b) | NodeKind::Approx(a, b, _) => vec![*a, *b],
            NodeKind::AsPercentOf(a, b) | NodeKind::Scaled(a, _, b) | NodeKind::Limit(a, _, b) => {
                vec![*a, *b]
            }
            NodeKind::Between(a, b, c) | NodeKind::If(a, b, c) | NodeKind::DivideOr(a, b, c) => {
                vec![*a, *b, *c]
            }
            NodeKind::And(all) | NodeKind::Or(all) | NodeKind::CountMet(all) => all.clone(),
            NodeKind::AllMet(all) | NodeKind::Extreme(_, all) => all.clone(),
            NodeKind::IsOneOf(x, all) => std::iter::once(*x).chain(all.iter().copied()).collect(),
            NodeKind::Entity(..) => vec![],
            NodeKind::Of { owner, value, .. } => vec![*owner, *value],
            NodeKind::Share(d) => std::iter::once(d.pool).chain(d.key).chain(d.set.children()).collect(),
            NodeKind::At(x, AtTime::Computed(t)) => vec![*x, *t],
            NodeKind::At(x, AtTime::Period(_) | AtTime::YearBefore) => vec![*x],
            NodeKind::Quantified { condition, set, .. } => {
                std::iter::once(*condition).chain(set.children()).collect()
            }
            NodeKind::Aggregate { of, set, weight, if_none, .. } => {
                of.iter().copied().chain(set.children()).chain(*weight).chain(*if_none).collect()
            }
            NodeKind::Rank { of, set, .. } => std::iter::once(*of).chain(set.children()).collect(),
            NodeKind::Lookup { table, keys, .. } => {
                keys.iter().copied().chain(tables[*table].children()).collect()
            }
            NodeKind::EachRound(x, _) => vec![*x],
            NodeKind::Rest(whole, parts) => std::iter::once(*whole).chain(parts.iter().copied()).collect(),
            // What the lines of an index are is decided with the index.
            NodeKind::IndexFigure(..) => vec![],
            NodeKind::Cell(read) => read.options.iter().map(|option| option.result).collect(),
            NodeKind::Scale { table, base } => {
                std::iter::once(*base).chain(tables[*table].children()).collect()
            }
            NodeKind::Grant { full, conditions, otherwise } => {
                std::iter::once(*full).chain(conditions.iter().copied()).chain(*otherwise).collect()
            }
        }
    }
}

impl Table {
    fn children(&self) -> impl Iterator<Item = ExprId> {
        self.rows.iter().flat_map(|row| row.tests.iter().flat_map(KeyTest::children).chain(row.stated()))
    }
}

impl KeyTest {
    /// Returns the expressions of a test.
    pub fn children(&self) -> Vec<ExprId> {
        match self {
            KeyTest::Any | KeyTest::Otherwise | KeyTest::Time(_) | KeyTest::From(_) => vec![],
            KeyTest::AnyOf(all) | KeyTest::NoneOf(all) => all.clone(),
            KeyTest::Range(low, high) => [low, high].into_iter().flatten().map(|end| end.value).collect(),
            KeyTest::Condition(x) => vec![*x],
            KeyTest::Slice(up_to) => up_to.iter().copied().collect(),
        }
    }
}
