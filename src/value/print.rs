use crate::base::Lang;

use super::{Number, RoundMode};

/// More decimals than this are never printed.
const MOST_DECIMALS: u32 = 1_000;

/// A number as printed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Printed {
    /// The digits with separators and sign: `−1.723,9`.
    pub text: String,
    /// Whether the text says all of the number; if not, the caller marks it with `≈`.
    pub exact: bool,
}

/// Prints a number as `lang` writes it: groups of three, the true minus sign `−`, and a number of decimals.
///
/// At least `at_least` decimals are shown, and as many more as the number has, up to `at_most` (1,000 at the most). A
/// number that has more is rounded to `at_most`, half away from zero, and is then not `exact`.
pub fn print_number(value: &Number, lang: Lang, at_least: u32, at_most: u32) -> Printed {
    let at_least = at_least.min(MOST_DECIMALS);
    let at_most = at_most.clamp(at_least, MOST_DECIMALS);
    let own = value.decimals().filter(|own| *own <= at_most);
    match own {
        Some(own) => Printed { text: spell(value, lang, own.max(at_least)), exact: true },
        None => Printed { text: spell(&shortened(value, at_most), lang, at_most), exact: false },
    }
}

fn shortened(value: &Number, decimals: u32) -> Number {
    // INVARIANT: decimals is at most MOST_DECIMALS, and a power of ten is never zero, so neither fallback is used.
    let step = Number::pow10(i32::try_from(decimals).map_or(0, |decimals| -decimals));
    value.round(&step, RoundMode::Nearest).unwrap_or_else(Number::zero)
}

fn spell(value: &Number, lang: Lang, decimals: u32) -> String {
    let digits = value.cut_at(decimals);
    let sign = if digits.negative { "−" } else { "" };
    format!("{sign}{}", join(&digits.whole, &digits.decimals, lang))
}

/// Writes digits with the separators of `lang`.
pub(super) fn join(whole: &str, decimals: &str, lang: Lang) -> String {
    let marks = Marks::of(lang);
    let mut text = String::with_capacity(whole.len() + whole.len() / 3 + decimals.len() + 1);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            text.push(marks.group);
        }
        text.push(digit);
    }
    if !decimals.is_empty() {
        text.push(marks.point);
        text.push_str(decimals);
    }
    text
}

/// The two separators of a language.
#[derive(Clone, Copy, Debug)]
pub(super) struct Marks {
    /// Between groups of three digits.
    pub(super) group: char,
    /// Before the decimals.
    pub(super) point: char,
}

impl Marks {
    pub(super) fn of(lang: Lang) -> Marks {
        match lang {
            Lang::Da => Marks { group: '.', point: ',' },
            Lang::En => Marks { group: ',', point: '.' },
        }
    }
}
