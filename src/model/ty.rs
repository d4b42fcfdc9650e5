use super::{ExprId, KindId};
use crate::base::{Bi, Span, bi};
use crate::diag::{Code, Diagnostic, Report};
use crate::value::{Levels, Number, Unit};

/// What kind of value something is. Amounts are kept in base units (kroner, not millions; 33 pct. is 0.33), so the
/// unit and the price level live here and not in the value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Ty {
    /// Not known because of an error already reported; fits everywhere.
    Unknown,
    /// A bare `0`, which fits any unit and level.
    Zero,
    /// A plain number.
    Number,
    /// A percentage.
    Percent,
    /// A number of some unit; money has a price level, `None` where any level fits.
    Quantity {
        /// The unit.
        unit: Unit,
        /// The price level at each time.
        level: Option<Levels>,
    },
    /// Yes or no.
    Bool,
    /// A civil date.
    Date,
    /// A text.
    Text,
    /// One of a closed list of texts.
    OneOf(Vec<String>),
    /// An entity of a kind.
    Entity(KindId),
    /// `ingen`.
    Nothing,
}

impl Ty {
    /// Tells whether values of the type are numbers.
    pub fn is_numeric(&self) -> bool {
        match self {
            Ty::Zero | Ty::Number | Ty::Percent | Ty::Quantity { .. } => true,
            Ty::Unknown | Ty::Bool | Ty::Date | Ty::Text | Ty::OneOf(_) | Ty::Entity(_) | Ty::Nothing => {
                false
            }
        }
    }
    /// Returns the type with any price level, for messages in which the level is beside the point.
    pub fn without_level(&self) -> Ty {
        self.at_level(None)
    }
    /// Returns the same type at other price levels; what is no quantity has none.
    pub fn at_level(&self, level: Option<Levels>) -> Ty {
        match self {
            Ty::Quantity { unit, .. } => Ty::Quantity { unit: unit.clone(), level },
            other => other.clone(),
        }
    }
    /// Returns the price level, if the type has one.
    pub fn level(&self) -> Option<&Levels> {
        match self {
            Ty::Quantity { level, .. } => level.as_ref(),
            Ty::Unknown | Ty::Zero | Ty::Number | Ty::Percent | Ty::Bool | Ty::Date => None,
            Ty::Text | Ty::OneOf(_) | Ty::Entity(_) | Ty::Nothing => None,
        }
    }
}

/// How a number is shown: in which multiple of its base unit, with which words and how many decimals at least.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Show {
    /// One shown unit in base units: `mio. kr.` is 1,000,000.
    pub scale: Number,
    /// The words after the number, such as `mio. kr.`; empty for a plain number.
    pub words: Bi,
    /// The decimals shown at least.
    pub decimals: u32,
    /// Whether `vist i` fixes the decimals, even where digits are lost.
    pub fixed: bool,
    /// Whether it comes from a 0, which says nothing about how amounts beside it are shown.
    pub weak: bool,
    /// Whether it is a year, which is written without a thousands separator.
    pub ungrouped: bool,
}

impl Show {
    /// Shows a plain number.
    pub fn plain() -> Show {
        Show {
            scale: Number::one(),
            words: Bi::same(""),
            decimals: 0,
            fixed: false,
            weak: false,
            ungrouped: false,
        }
    }
    /// Shows a percentage.
    pub fn percent(decimals: u32) -> Show {
        Show {
            scale: Number::pow10(-2),
            words: Bi::new("pct.", "per cent"),
            decimals,
            fixed: false,
            weak: false,
            ungrouped: false,
        }
    }
}

/// A declared type: of a fact or of a value that data must give.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Declared {
    /// The type.
    pub ty: Ty,
    /// How its values are shown, and the unit a bare number in data stands in.
    pub show: Show,
    /// Whether only whole numbers of the shown unit are allowed.
    pub whole: bool,
    /// Whether `ingen` is allowed.
    pub or_none: bool,
    /// Whether a value holds in every year.
    pub always: bool,
    /// The values allowed.
    pub domain: Option<Domain>,
    /// The value when none is given.
    pub default: Option<ExprId>,
}

impl Declared {
    /// Makes a declaration that says nothing: of a type that could not be read.
    pub fn unknown() -> Declared {
        Declared {
            ty: Ty::Unknown,
            show: Show::plain(),
            whole: false,
            or_none: false,
            always: false,
            domain: None,
            default: None,
        }
    }
}

/// Named types that are made of each other.
#[derive(Clone, Debug)]
pub struct TypeRing {
    /// Where each is declared.
    pub places: Vec<(String, Span)>,
}

impl Report for TypeRing {
    fn report(&self) -> Diagnostic {
        let d = Diagnostic::new(
            Code::Cycle,
            bi!("typerne er erklæret ved hinanden", "the types are declared by each other"),
        );
        let label = |(name, span): &(String, Span)| (*span, bi!("`{name}`", "`{name}`"));
        self.places.iter().map(label).fold(d, |d, (span, text)| d.label(span, text)).help(bi!(
            "erklær en af dem ved det, den består af: `type … = en af \"…\"; \"…\"`",
            "declare one of them by what it consists of: `type … = one of \"…\"; \"…\"`"
        ))
    }
}

/// The bounds of the values allowed, in base units.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Domain {
    /// The lowest value, and whether it is allowed itself.
    pub low: Option<(Number, bool)>,
    /// The highest value, and whether it is allowed itself.
    pub high: Option<(Number, bool)>,
}

impl Domain {
    /// Tells whether a value is allowed.
    pub fn contains(&self, value: &Number) -> bool {
        let above =
            self.low.as_ref().is_none_or(|(low, inclusive)| value > low || (*inclusive && value == low));
        let below =
            self.high.as_ref().is_none_or(|(high, inclusive)| value < high || (*inclusive && value == high));
        above && below
    }
}
