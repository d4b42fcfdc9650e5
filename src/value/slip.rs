use crate::base::{Bi, Lang, bi};

use super::print::{Marks, join};
use super::read::{MOST_DIGITS, Written, is_digits, is_grouped};

/// What is wrong with a number as written, with the forms that may have been meant.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum NumberSlip {
    /// There is no number here that could be guessed at.
    NotANumber,
    /// A group separator that does not stand before exactly three digits: `1.5` in Danish is `1,5`, `1.2345` may be
    /// `1,2345` or `12.345`.
    Grouping {
        /// The readings, the likelier first.
        candidates: Vec<String>,
    },
    /// The number is written as in the other language: `1,723.9` in a Danish text.
    OtherLanguage {
        /// The same number in this language.
        candidate: String,
    },
    /// Spaces stand between the digits: `1 723,9`.
    Spaces {
        /// The number without them.
        candidate: String,
    },
    /// There are no digits before or after the decimal mark: `,5`, `5,`.
    MissingDigits {
        /// The number with them, or without the mark.
        candidate: String,
    },
    /// A sign that is not a minus: `+5`, or a dash before the number, `–5`.
    Sign {
        /// The number without the plus, or with a minus.
        candidate: String,
    },
    /// A fraction sign after decimals: `2,5½`.
    FractionAfterDecimals,
    /// Powers of ten, `1e6`.
    Exponent {
        /// The number written out, if it is short enough.
        candidate: Option<String>,
    },
    /// Digits of another script.
    ForeignDigits {
        /// The number in the digits 0-9, if that is one.
        candidate: Option<String>,
    },
    /// More digits than a number may have.
    TooManyDigits {
        /// How many there are.
        found: usize,
        /// How many there may be.
        most: usize,
    },
}

impl NumberSlip {
    /// Lists the corrected forms that may have been meant, the likeliest first; may be empty.
    pub fn candidates(&self) -> Vec<&str> {
        match self {
            NumberSlip::Grouping { candidates } => candidates.iter().map(String::as_str).collect(),
            NumberSlip::OtherLanguage { candidate }
            | NumberSlip::Spaces { candidate }
            | NumberSlip::Sign { candidate }
            | NumberSlip::MissingDigits { candidate } => vec![candidate],
            NumberSlip::Exponent { candidate } | NumberSlip::ForeignDigits { candidate } => {
                candidate.as_deref().into_iter().collect()
            }
            NumberSlip::NotANumber | NumberSlip::FractionAfterDecimals | NumberSlip::TooManyDigits { .. } => {
                Vec::new()
            }
        }
    }

    /// Says what is wrong with `written`, a number in a text of the language `lang`, in both languages of the reader.
    pub fn says(&self, written: &str, lang: Lang) -> Bi {
        let Marks { group, point } = Marks::of(lang);
        match self {
            NumberSlip::NotANumber if written.is_empty() => {
                bi!("her mangler et tal", "a number is missing here")
            }
            NumberSlip::NotANumber => bi!("`{written}` er ikke et tal", "`{written}` is not a number"),
            NumberSlip::Grouping { .. } => bi!(
                "`{group}` i et tal skiller tusinder, som i `80{group}000`; sådan kan `{written}` ikke læses",
                "`{group}` in a number separates thousands, as in `80{group}000`; `{written}` cannot be read so"
            ),
            NumberSlip::OtherLanguage { .. } => {
                let language = lang.pick(bi!("engelsk", "English"), bi!("dansk", "Danish"));
                Bi::new(
                    format!(
                        "`{written}` er skrevet som på {}; her skiller `{group}` tusinder, og `{point}` står før decimalerne",
                        language.da
                    ),
                    format!(
                        "`{written}` is written as in {}; here `{group}` separates thousands and `{point}` stands before decimals",
                        language.en
                    ),
                )
            }
            NumberSlip::Spaces { .. } => bi!(
                "der står mellemrum inde i tallet `{written}`",
                "there are spaces inside the number `{written}`"
            ),
            NumberSlip::MissingDigits { .. } => bi!(
                "`{written}` har et skilletegn uden cifre på begge sider",
                "`{written}` has a separator without digits on both sides"
            ),
            NumberSlip::Sign { .. } => bi!(
                "fortegnet i `{written}` kan ikke læses; kun et minus kan stå foran et tal",
                "the sign of `{written}` cannot be read; only a minus can stand before a number"
            ),
            NumberSlip::FractionAfterDecimals => bi!(
                "`{written}` har både decimaler og et brøktegn; skriv det ene",
                "`{written}` has both decimals and a fraction sign; write one of them"
            ),
            NumberSlip::Exponent { .. } => bi!(
                "`{written}` er skrevet som en potens af ti; skriv tallet helt ud",
                "`{written}` is written as a power of ten; write the number in full"
            ),
            NumberSlip::ForeignDigits { .. } => {
                bi!("`{written}` har cifre, der ikke er 0-9", "`{written}` has digits other than 0-9")
            }
            NumberSlip::TooManyDigits { found, most } => bi!(
                "tallet har {found} cifre, men kan højst have {most}",
                "the number has {found} digits, but can have at most {most}"
            ),
        }
    }

    /// The same slip in a number with a minus sign before it.
    pub(super) fn negative(self) -> NumberSlip {
        let minus = |candidate: String| format!("−{candidate}");
        match self {
            NumberSlip::Grouping { candidates } => {
                NumberSlip::Grouping { candidates: candidates.into_iter().map(minus).collect() }
            }
            NumberSlip::OtherLanguage { candidate } => {
                NumberSlip::OtherLanguage { candidate: minus(candidate) }
            }
            NumberSlip::Spaces { candidate } => NumberSlip::Spaces { candidate: minus(candidate) },
            NumberSlip::MissingDigits { candidate } => {
                NumberSlip::MissingDigits { candidate: minus(candidate) }
            }
            NumberSlip::Sign { candidate } => NumberSlip::Sign { candidate: minus(candidate) },
            NumberSlip::Exponent { candidate } => NumberSlip::Exponent { candidate: candidate.map(minus) },
            NumberSlip::ForeignDigits { candidate } => {
                NumberSlip::ForeignDigits { candidate: candidate.map(minus) }
            }
            NumberSlip::NotANumber | NumberSlip::FractionAfterDecimals | NumberSlip::TooManyDigits { .. } => {
                self
            }
        }
    }
}

/// Finds out what is wrong with a text that is not a well-formed number of `lang`.
pub(super) fn explain(text: &str, lang: Lang) -> NumberSlip {
    foreign_digits(text, lang)
        .or_else(|| spaces(text, lang))
        .or_else(|| exponent(text, lang))
        .or_else(|| fraction_after_decimals(text, lang))
        .or_else(|| missing_digits(text, lang))
        .or_else(|| other_language(text, lang))
        .or_else(|| grouping(text, lang))
        .map_or(NumberSlip::NotANumber, |slip| short_enough(slip, lang))
}

/// A slip that offers only what can be written: a form with more digits than a number may have is none.
fn short_enough(slip: NumberSlip, lang: Lang) -> NumberSlip {
    let digits = |form: &str| Written::of(form, lang).map_or(0, |written| written.digit_count());
    let offered = slip.candidates();
    let fitting = offered.iter().filter(|form| digits(form) <= MOST_DIGITS);
    let fitting: Vec<String> = fitting.map(|form| (*form).to_owned()).collect();
    match offered.first() {
        Some(first) if fitting.is_empty() => {
            NumberSlip::TooManyDigits { found: digits(first), most: MOST_DIGITS }
        }
        // Only a slip in grouping offers several.
        Some(_) if fitting.len() < offered.len() => NumberSlip::Grouping { candidates: fitting },
        Some(_) | None => slip,
    }
}

/// Finds a plus, or a dash in place of a minus, before a number that is fine otherwise.
pub(super) fn sign(text: &str, lang: Lang) -> Option<NumberSlip> {
    let mut chars = text.chars();
    let minus = match chars.next()? {
        '+' => "",
        // Hyphens and dashes of several lengths, and their full-width and small forms.
        '\u{2010}'..='\u{2015}' | '\u{FE63}' | '\u{FF0D}' => "−",
        _ => return None,
    };
    let written = Written::of(chars.as_str(), lang)?;
    let slip = NumberSlip::Sign { candidate: spell(&written, lang) };
    match short_enough(slip, lang) {
        NumberSlip::Sign { candidate } => Some(NumberSlip::Sign { candidate: format!("{minus}{candidate}") }),
        too_long => Some(too_long),
    }
}

fn foreign_digits(text: &str, lang: Lang) -> Option<NumberSlip> {
    let ascii: String = text.chars().map(|c| ascii_digit(c).unwrap_or(c)).collect();
    if ascii == text {
        return None;
    }
    Some(NumberSlip::ForeignDigits { candidate: Written::of(&ascii, lang).map(|w| spell(&w, lang)) })
}

/// Returns the digit 0-9 for a digit of another script that people are likely to type or paste.
fn ascii_digit(digit: char) -> Option<char> {
    // Arabic, eastern Arabic, Devanagari, Bengali, Thai, full width, mathematical bold.
    const ZEROS: [u32; 7] = [0x0660, 0x06F0, 0x0966, 0x09E6, 0x0E50, 0xFF10, 0x1D7CE];
    let code = u32::from(digit);
    let value = ZEROS.iter().find_map(|zero| code.checked_sub(*zero).filter(|value| *value < 10))?;
    char::from_digit(value, 10)
}

fn spaces(text: &str, lang: Lang) -> Option<NumberSlip> {
    let closed: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let written = (closed != text).then(|| Written::of(&closed, lang)).flatten()?;
    Some(NumberSlip::Spaces { candidate: spell(&written, lang) })
}

fn exponent(text: &str, lang: Lang) -> Option<NumberSlip> {
    let (number, exponent) = text.split_once(['e', 'E'])?;
    // Programs write the decimal point in every language.
    let written = Written::of(number, Lang::En).or_else(|| Written::of(number, lang))?;
    if written.sign.is_some() || !is_digits(exponent.strip_prefix(['-', '+']).unwrap_or(exponent)) {
        return None;
    }
    let candidate = exponent.parse().ok().and_then(|exponent| shifted(&written, exponent));
    Some(NumberSlip::Exponent { candidate: candidate.map(|w| spell(&w, lang)) })
}

/// Moves the decimal mark; `None` when that makes a number too long to be written.
fn shifted(written: &Written, exponent: i32) -> Option<Written> {
    const FAR: usize = 24;
    let places = usize::try_from(exponent.unsigned_abs()).ok().filter(|places| *places <= FAR)?;
    let zeros = "0".repeat(places);
    let (whole, decimals) = if exponent < 0 {
        let mut whole = format!("{zeros}{}", written.whole);
        let moved = whole.split_off(whole.len() - places);
        (whole, format!("{moved}{}", written.decimals))
    } else {
        let mut decimals = format!("{}{zeros}", written.decimals);
        let rest = decimals.split_off(places);
        (format!("{}{decimals}", written.whole), rest.trim_end_matches('0').to_owned())
    };
    let whole = match whole.trim_start_matches('0') {
        "" => "0".to_owned(),
        digits => digits.to_owned(),
    };
    Some(Written { whole, decimals, sign: None })
}

fn fraction_after_decimals(text: &str, lang: Lang) -> Option<NumberSlip> {
    let mut chars = text.chars();
    super::read::fraction_of(chars.next_back()?)?;
    let plain = Written::of(chars.as_str(), lang)?;
    (!plain.decimals.is_empty() && plain.sign.is_none()).then_some(NumberSlip::FractionAfterDecimals)
}

fn missing_digits(text: &str, lang: Lang) -> Option<NumberSlip> {
    let marks = ['.', ','];
    let filled = match (text.strip_prefix(marks), text.strip_suffix(marks)) {
        (Some(decimals), None) if is_digits(decimals) => {
            Written { whole: "0".to_owned(), decimals: decimals.to_owned(), sign: None }
        }
        (None, Some(rest)) => Written::of(rest, lang)?,
        (_, _) => return None,
    };
    Some(NumberSlip::MissingDigits { candidate: spell(&filled, lang) })
}

/// A number of the other language, told by more than one separator: one alone may as well be a slip in grouping.
fn other_language(text: &str, lang: Lang) -> Option<NumberSlip> {
    let separators = text.matches(['.', ',']).count();
    let written = (separators > 1).then(|| Written::of(text, other(lang))).flatten()?;
    Some(NumberSlip::OtherLanguage { candidate: spell(&written, lang) })
}

fn grouping(text: &str, lang: Lang) -> Option<NumberSlip> {
    let Marks { group, point } = Marks::of(lang);
    let (whole, decimals) = match text.split_once(point) {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (text, None),
    };
    if !whole.contains(group) || !whole.split(group).all(is_digits) || !decimals.is_none_or(is_digits) {
        return None;
    }
    let mut readings = Vec::new();
    if let (None, Some((before, after))) = (decimals, whole.rsplit_once(group))
        && is_grouped(before, group)
    {
        let whole = before.replace(group, "");
        let decimal = Written { whole, decimals: after.to_owned(), sign: None };
        // Before one or two digits it stands for the decimal mark: nobody groups so.
        if after.len() < 3 {
            return Some(NumberSlip::Grouping { candidates: vec![spell(&decimal, lang)] });
        }
        readings.push(decimal);
    }
    let digits = whole.replace(group, "");
    let whole = match digits.trim_start_matches('0') {
        "" => "0".to_owned(),
        digits => digits.to_owned(),
    };
    readings.push(Written { whole, decimals: decimals.unwrap_or_default().to_owned(), sign: None });
    Some(NumberSlip::Grouping { candidates: readings.iter().map(|w| spell(w, lang)).collect() })
}

fn spell(written: &Written, lang: Lang) -> String {
    // Zeros in front are never grouped.
    let whole = match written.whole.trim_start_matches('0') {
        "" if !written.whole.is_empty() => "0",
        digits => digits,
    };
    let mut text = join(whole, &written.decimals, lang);
    text.extend(written.sign);
    text
}

fn other(lang: Lang) -> Lang {
    lang.pick(Lang::En, Lang::Da)
}
