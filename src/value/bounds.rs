//! Bounds of a number that is not known: what sums, products and quotients of such numbers lie within.

use super::Number;

/// Bounds of a number, in base units; a bound is included unless it is said to be open.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Bounds {
    /// It is at least this.
    pub low: Option<Number>,
    /// It is at most this.
    pub high: Option<Number>,
    /// Whether it is above its lower bound, and not equal to it.
    pub low_open: bool,
    /// Whether it is below its upper bound, and not equal to it.
    pub high_open: bool,
}

impl Bounds {
    /// Bounds that say nothing.
    pub fn open() -> Bounds {
        Bounds::default()
    }
    /// Returns the bounds that hold whichever of the two is true.
    pub fn hull(&self, other: &Bounds) -> Bounds {
        let low = self.low.as_ref().zip(other.low.as_ref()).map(|(a, b)| a.min(b).clone());
        let high = self.high.as_ref().zip(other.high.as_ref()).map(|(a, b)| a.max(b).clone());
        // An end is reached when one of those that have it reaches it.
        let low_open = [self, other].iter().all(|own| own.low_open || own.low != low);
        let high_open = [self, other].iter().all(|own| own.high_open || own.high != high);
        Bounds { low_open: low_open && low.is_some(), high_open: high_open && high.is_some(), low, high }
    }
    /// Returns the bounds of exactly one number.
    pub fn point(value: &Number) -> Bounds {
        Bounds { low: Some(value.clone()), high: Some(value.clone()), ..Bounds::default() }
    }
    /// Returns the number, when the bounds leave only one.
    pub fn only(&self) -> Option<&Number> {
        self.low.as_ref().filter(|low| self.high.as_ref() == Some(*low))
    }
    /// Tells whether a number lies within.
    pub fn contains(&self, value: &Number) -> bool {
        self.low.as_ref().is_none_or(|low| low < value || (low == value && !self.low_open))
            && self.high.as_ref().is_none_or(|high| value < high || (value == high && !self.high_open))
    }
    /// Returns the bounds of the same number with the opposite sign.
    pub fn negated(&self) -> Bounds {
        times(self, &Number::from_i64(-1))
    }
    /// Returns the bounds of the sum.
    pub fn add(&self, other: &Bounds) -> Bounds {
        let (x, y) = (self, other);
        let (low, high) = (both(&x.low, &y.low, Number::add), both(&x.high, &y.high, Number::add));
        Bounds { low, high, low_open: x.low_open || y.low_open, high_open: x.high_open || y.high_open }
    }
    /// Returns the bounds of the difference.
    pub fn sub(&self, other: &Bounds) -> Bounds {
        let (x, y) = (self, other);
        let (low, high) = (both(&x.low, &y.high, Number::sub), both(&x.high, &y.low, Number::sub));
        Bounds { low, high, low_open: x.low_open || y.high_open, high_open: x.high_open || y.low_open }
    }
    /// Returns the bounds of the product.
    pub fn mul(&self, other: &Bounds) -> Bounds {
        match (self.only(), other.only()) {
            (Some(k), _) => times(other, k),
            (_, Some(k)) => times(self, k),
            (None, None) => product(self, other),
        }
    }
    /// Returns the bounds of the quotient: none, where what is divided by may be 0.
    pub fn div(&self, other: &Bounds) -> Bounds {
        reciprocal(other).map_or_else(Bounds::open, |turned| product(self, &turned))
    }
    /// Returns the bounds of the largest, or smallest, of several.
    pub fn extreme(largest: bool, all: &[Bounds]) -> Bounds {
        let lows: Vec<Option<&Number>> = all.iter().map(|b| b.low.as_ref()).collect();
        let highs: Vec<Option<&Number>> = all.iter().map(|b| b.high.as_ref()).collect();
        if largest {
            // The largest is at least every known lower end; it is bounded above only when all are.
            let low = lows.iter().flatten().max().map(|n| (*n).clone());
            let high = every(&highs).and_then(|all| all.into_iter().max().cloned());
            Bounds { low, high, ..Bounds::default() }
        } else {
            let low = every(&lows).and_then(|all| all.into_iter().min().cloned());
            let high = highs.iter().flatten().min().map(|n| (*n).clone());
            Bounds { low, high, ..Bounds::default() }
        }
    }
}

fn both(a: &Option<Number>, b: &Option<Number>, f: fn(&Number, &Number) -> Number) -> Option<Number> {
    a.as_ref().zip(b.as_ref()).map(|(a, b)| f(a, b))
}

/// Returns all ends, when none is open.
fn every<'n>(ends: &[Option<&'n Number>]) -> Option<Vec<&'n Number>> {
    ends.iter().copied().collect()
}

/// Bounds of 1/y, where y surely is not 0.
fn reciprocal(y: &Bounds) -> Option<Bounds> {
    let turned = |end: &Option<Number>| match end {
        Some(end) => Number::one().div(end),
        None => Some(Number::zero()),
    };
    let positive = y.low.as_ref().is_some_and(|low| !low.is_negative() && (!low.is_zero() || y.low_open));
    let negative = y.high.as_ref().is_some_and(|high| high.is_negative() || (high.is_zero() && y.high_open));
    // 1 divided by what comes as near to 0 as one likes has no bound, and `div` by that end gives none.
    (positive || negative).then(|| Bounds { low: turned(&y.high), high: turned(&y.low), ..Bounds::default() })
}

fn times(bounds: &Bounds, k: &Number) -> Bounds {
    // 0 times anything is 0, also times what has no end.
    if k.is_zero() {
        return Bounds::point(k);
    }
    let scale = |end: &Option<Number>| end.as_ref().map(|n| n.mul(k));
    let (low, high) = (scale(&bounds.low), scale(&bounds.high));
    let (low_open, high_open) = (bounds.low_open, bounds.high_open);
    match k.is_negative() {
        true => Bounds { low: high, high: low, low_open: high_open, high_open: low_open },
        false => Bounds { low, high, low_open, high_open },
    }
}

/// The product of two unknowns lies between the products of their ends; of two that are not below 0, also where they
/// have no upper end.
fn product(x: &Bounds, y: &Bounds) -> Bounds {
    let corners: Vec<End> = ends(x).iter().flat_map(|a| ends(y).map(|b| a.times(&b))).collect();
    let known = || {
        corners.iter().filter_map(|end| match end {
            End::Number(number) => Some(number),
            End::Open { .. } => None,
        })
    };
    let open = |below: bool| corners.iter().any(|end| matches!(end, End::Open { below: b } if *b == below));
    Bounds {
        low: if open(true) { None } else { known().min().cloned() },
        high: if open(false) { None } else { known().max().cloned() },
        ..Bounds::default()
    }
}

/// An end of a range: a number, or none downwards or upwards.
enum End {
    Number(Number),
    Open { below: bool },
}

fn ends(bounds: &Bounds) -> [End; 2] {
    let end = |end: &Option<Number>, below| match end {
        Some(number) => End::Number(number.clone()),
        None => End::Open { below },
    };
    [end(&bounds.low, true), end(&bounds.high, false)]
}

impl End {
    fn times(&self, other: &End) -> End {
        match (self, other) {
            (End::Number(a), End::Number(b)) => End::Number(a.mul(b)),
            (End::Number(zero), End::Open { .. }) | (End::Open { .. }, End::Number(zero))
                if zero.is_zero() =>
            {
                End::Number(Number::zero())
            }
            (a, b) => End::Open { below: a.is_below() != b.is_below() },
        }
    }
    fn is_below(&self) -> bool {
        match self {
            End::Number(number) => number.is_negative(),
            End::Open { below } => *below,
        }
    }
}
