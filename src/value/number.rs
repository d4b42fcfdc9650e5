use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};
use rust_decimal::{Decimal, RoundingStrategy};

use super::RoundMode;

/// An exact number: a decimal where that is exact, else a fraction. Nothing is ever rounded unless asked.
///
/// Equal values are equal, hash equal and order right however they came about: `0.10` is `0.1`,
/// `3/6` is `0.5`, and there is no negative zero.
#[derive(Clone)]
pub struct Number(Tier);

/// The two ways a number is held.
// INVARIANT: a value is `Short` exactly when it fits a `Decimal` (at most 28 decimals, 96 bits of digits); a `Short`
// has no trailing zero decimals and is never −0; a `Long` is reduced with a positive denominator. So every value has
// one form only, and equality compares forms.
#[derive(Clone)]
enum Tier {
    Short(Decimal),
    Long(Box<BigRational>),
}

impl Number {
    /// The number 0.
    pub fn zero() -> Number {
        Number(Tier::Short(Decimal::ZERO))
    }

    /// The number 1.
    pub fn one() -> Number {
        Number(Tier::Short(Decimal::ONE))
    }

    /// Makes a whole number.
    pub fn from_i64(whole: i64) -> Number {
        Number(Tier::Short(Decimal::from(whole)))
    }

    /// Makes a number from digits without separators and the count of them that are decimals.
    ///
    /// Returns `None` when `digits` holds anything but ASCII digits (a leading `-` is allowed). The cost grows with
    /// `decimals`, which callers take from a text whose length is bounded.
    pub fn from_digits(digits: &str, decimals: u32) -> Option<Number> {
        let unsigned = digits.strip_prefix('-').unwrap_or(digits);
        if unsigned.is_empty() || !unsigned.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let short = |whole: i128| Decimal::try_from_i128_with_scale(whole, decimals).ok();
        if let Some(decimal) = digits.parse().ok().and_then(short) {
            return Some(Number::from_decimal(decimal));
        }
        let whole: BigInt = digits.parse().ok()?;
        Some(Number::from_ratio(BigRational::new(whole, power_of_ten(decimals))))
    }

    /// Makes 10 to the power of `exponent`. The cost grows with the exponent, so callers bound what users may write.
    pub fn pow10(exponent: i32) -> Number {
        let power = BigRational::from_integer(power_of_ten(exponent.unsigned_abs()));
        Number::from_ratio(if exponent < 0 { power.recip() } else { power })
    }

    /// Adds.
    pub fn add(&self, other: &Number) -> Number {
        self.combine(other, exact_sum, |a, b| a + b)
    }

    /// Subtracts.
    pub fn sub(&self, other: &Number) -> Number {
        self.add(&other.neg())
    }

    /// Multiplies.
    pub fn mul(&self, other: &Number) -> Number {
        self.combine(other, exact_product, |a, b| a * b)
    }

    /// Divides; `None` when `other` is zero.
    pub fn div(&self, other: &Number) -> Option<Number> {
        (!other.is_zero()).then(|| self.combine(other, exact_quotient, |a, b| a / b))
    }

    /// Changes the sign.
    pub fn neg(&self) -> Number {
        match &self.0 {
            Tier::Short(decimal) => Number::from_decimal(-*decimal),
            Tier::Long(ratio) => Number(Tier::Long(Box::new(-ratio.as_ref()))),
        }
    }

    /// Returns the size without the sign.
    pub fn abs(&self) -> Number {
        if self.is_negative() { self.neg() } else { self.clone() }
    }

    /// Raises to a whole power; `None` for zero to a negative power. Callers bound the exponent: the cost grows with it.
    pub fn powi(&self, exponent: i32) -> Option<Number> {
        let mut power = Number::one();
        let mut square = self.clone();
        let mut left = exponent.unsigned_abs();
        while left > 0 {
            if left & 1 == 1 {
                power = power.mul(&square);
            }
            left >>= 1;
            if left > 0 {
                square = square.mul(&square);
            }
        }
        if exponent < 0 { Number::one().div(&power) } else { Some(power) }
    }

    /// Returns the largest whole number that is not above this one.
    pub fn floor(&self) -> Number {
        self.to_whole(RoundMode::Down)
    }

    /// Rounds to a multiple of `step` in the way `mode` says; `None` when `step` is zero.
    ///
    /// The sign of `step` does not matter: up is towards +∞ and down towards −∞ in any case.
    pub fn round(&self, step: &Number, mode: RoundMode) -> Option<Number> {
        let step = step.abs();
        Some(self.div(&step)?.to_whole(mode).mul(&step))
    }

    /// Tells whether the number is zero.
    pub fn is_zero(&self) -> bool {
        match &self.0 {
            Tier::Short(decimal) => decimal.is_zero(),
            Tier::Long(_) => false,
        }
    }

    /// Tells whether the number is below zero.
    pub fn is_negative(&self) -> bool {
        match &self.0 {
            Tier::Short(decimal) => decimal.is_sign_negative(),
            Tier::Long(ratio) => ratio.is_negative(),
        }
    }

    /// Tells whether the number is whole.
    pub fn is_integer(&self) -> bool {
        match &self.0 {
            Tier::Short(decimal) => decimal.scale() == 0,
            Tier::Long(ratio) => ratio.is_integer(),
        }
    }

    /// Returns the number as an `i64`; `None` when it is not whole or does not fit.
    pub fn to_i64(&self) -> Option<i64> {
        match &self.0 {
            Tier::Short(decimal) if decimal.scale() == 0 => i64::try_from(decimal.mantissa()).ok(),
            // Whatever fits an i64 is short.
            Tier::Short(_) | Tier::Long(_) => None,
        }
    }

    /// Returns how many decimals write the number in full; `None` when they never end, as for 1/3.
    pub fn decimals(&self) -> Option<u32> {
        match &self.0 {
            Tier::Short(decimal) => Some(decimal.scale()),
            Tier::Long(ratio) => decimals_of(ratio.denom(), u32::MAX),
        }
    }

    /// Returns how many bits the digits take, so that an evaluator can bound the size of what it computes.
    pub fn bits(&self) -> u64 {
        match &self.0 {
            Tier::Short(decimal) => u64::from(128 - decimal.mantissa().unsigned_abs().leading_zeros()),
            Tier::Long(ratio) => ratio.numer().bits().saturating_add(ratio.denom().bits()),
        }
    }

    /// Makes the quotient of two whole numbers; `None` when the lower is zero.
    pub(super) fn from_fraction(upper: BigInt, lower: BigInt) -> Option<Number> {
        (!lower.is_zero()).then(|| Number::from_ratio(BigRational::new(upper, lower)))
    }

    /// Returns the number as a reduced fraction.
    pub(super) fn ratio(&self) -> Cow<'_, BigRational> {
        match &self.0 {
            Tier::Short(decimal) => {
                let whole = BigInt::from(decimal.mantissa());
                Cow::Owned(BigRational::new(whole, power_of_ten(decimal.scale())))
            }
            Tier::Long(ratio) => Cow::Borrowed(ratio),
        }
    }

    fn from_decimal(decimal: Decimal) -> Number {
        Number(Tier::Short(decimal.normalize()))
    }

    fn from_ratio(ratio: BigRational) -> Number {
        match shortened(&ratio) {
            Some(decimal) => Number(Tier::Short(decimal)),
            None => Number(Tier::Long(Box::new(ratio))),
        }
    }

    /// Does an operation in decimals where that is exact, else in fractions.
    fn combine(
        &self,
        other: &Number,
        short: fn(Decimal, Decimal) -> Option<Decimal>,
        long: fn(&BigRational, &BigRational) -> BigRational,
    ) -> Number {
        if let (Tier::Short(a), Tier::Short(b)) = (&self.0, &other.0)
            && let Some(decimal) = short(*a, *b)
        {
            return Number::from_decimal(decimal);
        }
        Number::from_ratio(long(&self.ratio(), &other.ratio()))
    }

    fn to_whole(&self, mode: RoundMode) -> Number {
        match &self.0 {
            Tier::Short(decimal) => Number::from_decimal(decimal.round_dp_with_strategy(0, strategy(mode))),
            Tier::Long(ratio) => {
                let whole = whole_of(ratio.numer(), ratio.denom(), mode);
                Number::from_ratio(BigRational::from_integer(whole))
            }
        }
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Number) -> bool {
        match (&self.0, &other.0) {
            (Tier::Short(a), Tier::Short(b)) => a == b,
            // The library compares fractions by recursion; the parts of reduced ones can be compared directly.
            (Tier::Long(a), Tier::Long(b)) => a.numer() == b.numer() && a.denom() == b.denom(),
            (Tier::Short(_), Tier::Long(_)) | (Tier::Long(_), Tier::Short(_)) => false,
        }
    }
}

impl Eq for Number {}

impl Hash for Number {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match &self.0 {
            Tier::Short(decimal) => decimal.hash(state),
            Tier::Long(ratio) => (ratio.numer(), ratio.denom()).hash(state),
        }
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Number) -> Ordering {
        if let (Tier::Short(a), Tier::Short(b)) = (&self.0, &other.0) {
            return a.cmp(b);
        }
        let (a, b) = (self.ratio(), other.ratio());
        (a.numer() * b.denom()).cmp(&(b.numer() * a.denom()))
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Number) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_exact())
    }
}

// rust_decimal rounds without telling, so each operation below is followed by a test that proves no digit was lost.

/// Adds; `None` unless the sum has all the decimals of the operands.
fn exact_sum(a: Decimal, b: Decimal) -> Option<Decimal> {
    let sum = a.checked_add(b)?;
    (sum.scale() == a.scale().max(b.scale())).then_some(sum)
}

/// Multiplies; `None` unless the product has the decimals of both operands together.
fn exact_product(a: Decimal, b: Decimal) -> Option<Decimal> {
    if a.is_zero() || b.is_zero() {
        return Some(Decimal::ZERO);
    }
    let product = a.checked_mul(b)?;
    (product.scale() == a.scale() + b.scale()).then_some(product)
}

/// Divides; `None` unless multiplying back gives the dividend. The number of decimals proves nothing here.
fn exact_quotient(a: Decimal, b: Decimal) -> Option<Decimal> {
    let quotient = a.checked_div(b)?.normalize();
    (exact_product(quotient, b)? == a).then_some(quotient)
}

/// Returns the decimal that equals the fraction, if there is one.
fn shortened(ratio: &BigRational) -> Option<Decimal> {
    let scale = decimals_of(ratio.denom(), Decimal::MAX_SCALE)?;
    let mantissa = (ratio.numer() * power_of_ten(scale) / ratio.denom()).to_i128()?;
    Decimal::try_from_i128_with_scale(mantissa, scale).ok()
}

/// Returns how many decimals a reduced fraction over `denominator` takes; `None` when more than `limit`, or endless.
fn decimals_of(denominator: &BigInt, limit: u32) -> Option<u32> {
    let twos = u32::try_from(denominator.trailing_zeros()?).ok().filter(|twos| *twos <= limit)?;
    let mut rest = denominator >> twos;
    let five = BigInt::from(5);
    let mut fives = 0;
    while !rest.is_one() {
        let (quotient, remainder) = rest.div_rem(&five);
        if !remainder.is_zero() || fives == limit {
            return None;
        }
        rest = quotient;
        fives += 1;
    }
    Some(twos.max(fives))
}

pub(super) fn power_of_ten(exponent: u32) -> BigInt {
    BigInt::from(10).pow(exponent)
}

fn strategy(mode: RoundMode) -> RoundingStrategy {
    match mode {
        RoundMode::Nearest => RoundingStrategy::MidpointAwayFromZero,
        RoundMode::Up => RoundingStrategy::ToPositiveInfinity,
        RoundMode::Down => RoundingStrategy::ToNegativeInfinity,
        RoundMode::TowardsZero => RoundingStrategy::ToZero,
        RoundMode::HalfEven => RoundingStrategy::MidpointNearestEven,
    }
}

/// Rounds the fraction `upper / lower` to a whole number; `lower` is positive.
fn whole_of(upper: &BigInt, lower: &BigInt, mode: RoundMode) -> BigInt {
    let (below, rest) = upper.div_mod_floor(lower);
    let half = (&rest * 2u8).cmp(lower);
    let up = match mode {
        RoundMode::Up => true,
        RoundMode::Down => false,
        RoundMode::TowardsZero => upper.is_negative(),
        RoundMode::Nearest => half.is_gt() || half.is_eq() && !upper.is_negative(),
        RoundMode::HalfEven => half.is_gt() || half.is_eq() && below.is_odd(),
    };
    if up && !rest.is_zero() { below + 1u8 } else { below }
}
