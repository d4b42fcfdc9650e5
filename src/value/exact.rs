use num_bigint::BigInt;
use num_traits::Signed;

use super::Number;
use super::number::power_of_ten;

impl Number {
    /// Writes the number exactly, the same in every language: `1155013000`, `0.33`, `-1/3`.
    ///
    /// A number whose decimals end is written with them; any other as a reduced fraction. Equal numbers are written
    /// equally.
    pub fn to_exact(&self) -> String {
        match self.decimals() {
            Some(decimals) => {
                let digits = self.cut_at(decimals);
                let sign = if digits.negative { "-" } else { "" };
                let point = if decimals > 0 { "." } else { "" };
                format!("{sign}{}{point}{}", digits.whole, digits.decimals)
            }
            None => self.ratio().to_string(),
        }
    }

    /// Reads what [`Number::to_exact`] writes; also with superfluous zeros (`0.50`) or unreduced (`2/4`).
    ///
    /// Returns `None` for anything else: spaces, separators, exponents, a denominator of zero.
    pub fn from_exact(text: &str) -> Option<Number> {
        let (negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let value = match unsigned.split_once('/') {
            Some((upper, lower)) => Number::from_fraction(read_digits(upper)?, read_digits(lower)?)?,
            None => read_decimal(unsigned)?,
        };
        Some(if negative { value.neg() } else { value })
    }

    /// Cuts the number into sign and digits, dropping what lies beyond `decimals` decimals.
    pub(super) fn cut_at(&self, decimals: u32) -> Digits {
        let ratio = self.ratio();
        let scaled = ratio.numer().abs() * power_of_ten(decimals) / ratio.denom();
        let decimals = decimals as usize;
        let mut whole = scaled.to_string();
        if whole.len() <= decimals {
            whole.insert_str(0, &"0".repeat(decimals + 1 - whole.len()));
        }
        let decimals = whole.split_off(whole.len() - decimals);
        Digits { negative: ratio.is_negative(), whole, decimals }
    }
}

/// The digits of a number, without separators.
pub(super) struct Digits {
    /// Whether the number is below zero.
    pub(super) negative: bool,
    /// The digits before the decimals; at least one.
    pub(super) whole: String,
    /// The decimals.
    pub(super) decimals: String,
}

fn read_decimal(text: &str) -> Option<Number> {
    let Some((whole, decimals)) = text.split_once('.') else {
        return Number::from_digits(unsigned(text)?, 0);
    };
    let count = u32::try_from(unsigned(decimals)?.len()).ok()?;
    Number::from_digits(&format!("{}{decimals}", unsigned(whole)?), count)
}

fn read_digits(text: &str) -> Option<BigInt> {
    unsigned(text)?.parse().ok()
}

fn unsigned(text: &str) -> Option<&str> {
    (!text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())).then_some(text)
}
