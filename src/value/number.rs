use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;

/// An exact number.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Number(BigRational);

impl Number {
    /// Makes a number from digits without separators and the count of them that are decimals.
    ///
    /// Returns `None` when `digits` holds anything but ASCII digits (a leading `-` is allowed).
    pub fn from_digits(digits: &str, decimals: u32) -> Option<Number> {
        let whole: BigInt = digits.parse().ok()?;
        Some(Number(BigRational::new(whole, BigInt::from(10).pow(decimals))))
    }
    /// Makes a whole number.
    pub fn from_i64(whole: i64) -> Number {
        Number(BigRational::from_integer(BigInt::from(whole)))
    }
    /// Adds.
    pub fn add(&self, other: &Number) -> Number {
        Number(&self.0 + &other.0)
    }
    /// Subtracts.
    pub fn sub(&self, other: &Number) -> Number {
        Number(&self.0 - &other.0)
    }
    /// Multiplies.
    pub fn mul(&self, other: &Number) -> Number {
        Number(&self.0 * &other.0)
    }
    /// Divides; `None` when `other` is zero.
    pub fn div(&self, other: &Number) -> Option<Number> {
        if other.0.is_zero() { None } else { Some(Number(&self.0 / &other.0)) }
    }
    /// Tells whether the number is zero.
    pub fn is_zero(&self) -> bool {
        self.0.is_zero()
    }
}
