use num_bigint::BigInt;

use crate::base::Lang;

use super::print::Marks;
use super::{Number, NumberSlip, slip};

/// The most significant digits, and the most decimals, that a written number may have.
pub(super) const MOST_DIGITS: usize = 28;

/// A number as read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReadNumber {
    /// Its exact value: `33⅓` is 100/3.
    pub value: Number,
    /// How many decimals were written; a fraction sign counts as the decimals it stands for (`½` as one, `¼` as two),
    /// and as none when those never end.
    pub decimals: u32,
    /// How many digits were written that the limit counts: the significant ones, and decimals that are zero.
    pub digits: usize,
}

/// Reads an unsigned number as `lang` writes it: `1.723,9`, `½`, `2½`, `33⅓`, `80.000`; in English `1,723.9`.
///
/// A group separator stands only before exactly three digits. At most 28 significant digits.
///
/// # Errors
/// Says what is wrong, with the corrected forms that may have been meant.
pub fn read_number(text: &str, lang: Lang) -> Result<ReadNumber, NumberSlip> {
    let Some(written) = Written::of(text, lang) else {
        return Err(slip::explain(text, lang));
    };
    match written.digit_count() {
        0..=MOST_DIGITS => written.read().ok_or(NumberSlip::NotANumber),
        found => Err(NumberSlip::TooManyDigits { found, most: MOST_DIGITS }),
    }
}

/// Reads a number that may have a minus sign, `-` or `−`, directly before it.
///
/// # Errors
/// As [`read_number`]; the candidates carry the sign.
pub fn read_signed(text: &str, lang: Lang) -> Result<ReadNumber, NumberSlip> {
    match text.strip_prefix(['-', '−']) {
        Some(rest) => match read_number(rest, lang) {
            Ok(number) => Ok(ReadNumber { value: number.value.neg(), ..number }),
            Err(slip) => Err(slip.negative()),
        },
        None => read_number(text, lang).map_err(|slip| slip::sign(text, lang).unwrap_or(slip)),
    }
}

/// The parts of a well-formed number.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Written {
    /// The digits before the decimals, without separators; empty when a fraction sign stands alone.
    pub(super) whole: String,
    /// The decimals.
    pub(super) decimals: String,
    /// The fraction sign at the end.
    pub(super) sign: Option<char>,
}

impl Written {
    /// Takes a number apart; `None` when it is not written as `lang` writes numbers.
    pub(super) fn of(text: &str, lang: Lang) -> Option<Written> {
        let marks = Marks::of(lang);
        let sign = text.chars().next_back().filter(|last| fraction_of(*last).is_some());
        let plain = sign.map_or(text, |sign| text.strip_suffix(sign).unwrap_or(text));
        let (whole, decimals) = match plain.split_once(marks.point) {
            Some((whole, decimals)) => (whole, Some(decimals)),
            None => (plain, None),
        };
        match (decimals, sign) {
            (None, Some(_)) if whole.is_empty() => {}
            (Some(_), Some(_)) => return None,
            (Some(decimals), None) if !is_digits(decimals) => return None,
            (_, _) if !is_grouped(whole, marks.group) => return None,
            (_, _) => {}
        }
        let whole = whole.replace(marks.group, "");
        Some(Written { whole, decimals: decimals.unwrap_or_default().to_owned(), sign })
    }

    /// Counts the digits that the limit is about: the significant ones, and decimals that are zero.
    pub(super) fn digit_count(&self) -> usize {
        self.whole.trim_start_matches('0').len() + self.decimals.len()
    }

    fn read(&self) -> Option<ReadNumber> {
        let decimals = u32::try_from(self.decimals.len()).ok()?;
        let digits = format!("0{}{}", self.whole, self.decimals);
        let counted = self.digit_count();
        let plain = ReadNumber { value: Number::from_digits(&digits, decimals)?, decimals, digits: counted };
        let Some(sign) = self.sign else { return Some(plain) };
        let (upper, lower) = fraction_of(sign)?;
        let part = Number::from_fraction(BigInt::from(upper), BigInt::from(lower))?;
        Some(ReadNumber {
            digits: counted,
            decimals: part.decimals().unwrap_or(0),
            value: plain.value.add(&part),
        })
    }
}

/// Tells whether digits are written together or in groups of three, the first of which does not start with 0.
pub(super) fn is_grouped(text: &str, group: char) -> bool {
    let mut groups = text.split(group);
    let first = groups.next().unwrap_or_default();
    let mut rest = groups.peekable();
    if rest.peek().is_none() {
        return is_digits(first);
    }
    is_digits(first)
        && first.len() <= 3
        && !first.starts_with('0')
        && rest.all(|g| g.len() == 3 && is_digits(g))
}

/// Tells whether the text is one or more ASCII digits.
pub(super) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Returns the fraction that a sign stands for.
pub(super) fn fraction_of(sign: char) -> Option<(u8, u8)> {
    Some(match sign {
        '½' => (1, 2),
        '⅓' => (1, 3),
        '⅔' => (2, 3),
        '¼' => (1, 4),
        '¾' => (3, 4),
        '⅕' => (1, 5),
        '⅖' => (2, 5),
        '⅗' => (3, 5),
        '⅘' => (4, 5),
        '⅙' => (1, 6),
        '⅚' => (5, 6),
        '⅐' => (1, 7),
        '⅛' => (1, 8),
        '⅜' => (3, 8),
        '⅝' => (5, 8),
        '⅞' => (7, 8),
        '⅑' => (1, 9),
        '⅒' => (1, 10),
        _ => return None,
    })
}
