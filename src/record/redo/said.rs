//! What a result says to people, held to its value: words that say another number, a settled amount for an unknown one,
//! or yes for no are found without computing anything again.

use serde_json::Value;

use crate::base::{Bi, bi};
use crate::value::Number;

use super::super::shape::LONGEST;

/// What is wrong with the words of a result; nothing where they say its value.
pub(super) fn missaid(
    result: &Value,
    number: Option<&Number>,
    unit: Option<&str>,
    english: bool,
) -> Option<Bi> {
    let text = result.get("text").and_then(Value::as_str)?;
    if let Some(number) = number {
        return misnumbered(text, number, unit, english);
    }
    let value = result.get("value")?;
    let plain = text.split_once(" (").map_or(text, |(text, _)| text);
    let begins = |words: [&str; 2]| words.iter().any(|word| plain.starts_with(word));
    let fits = match value.get("truth").and_then(Value::as_bool) {
        Some(true) => ["ja", "yes"].contains(&plain),
        Some(false) => ["nej", "no"].contains(&plain),
        None if value.get("unknown").is_some() => begins(["ukendt", "unknown"]),
        None if value.get("absent").is_some() => begins(["gælder ikke", "does not apply"]),
        None if value.get("error").is_some() => begins(["fejl ", "error "]),
        None => value.get("date").and_then(Value::as_str).is_none_or(|date| says_day(plain, date)),
    };
    (!fits).then(|| bi!("siger noget andet end værdien", "says something else than the value"))
}

/// Whether the numbers in a text are the day and the year of a date.
fn says_day(text: &str, date: &str) -> bool {
    let whole = |part: &str| part.parse::<u32>().ok();
    let numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    let numbers: Vec<Option<u32>> = numbers.map(whole).collect();
    let (Some(year), Some(day)) = (date.get(..4).and_then(whole), date.get(8..).and_then(whole)) else {
        return false;
    };
    numbers == [Some(day), Some(year)]
}

fn misnumbered(text: &str, number: &Number, unit: Option<&str>, english: bool) -> Option<Bi> {
    let no_number = || bi!("er ikke et tal", "is not a number");
    let Some(shown) = Shown::read(text, unit, english) else { return Some(no_number()) };
    match shown.is(number) {
        None if unit == Some("kr.") => Some(no_number()),
        None | Some(true) => None,
        Some(false) => Some(bi!("er ikke tallet {}", "is not the number {}", number.to_exact())),
    }
}

/// A number as people read it.
struct Shown {
    rounded: bool,
    /// None where the digits are no number.
    number: Option<Number>,
    /// The last digit that is shown.
    last: Number,
    /// What one of the unit shown is of the step's; none where the record does not say how they hang together.
    scale: Option<Number>,
}

impl Shown {
    /// Reads `≈ 1.234,5 mio. kr. (skøn)`; nothing for what begins with no digits.
    fn read(text: &str, of: Option<&str>, english: bool) -> Option<Shown> {
        let text = text.split_once(" (").map_or(text, |(text, _)| text);
        let (rounded, text) = text.strip_prefix("≈ ").map_or((false, text), |text| (true, text));
        let (negative, text) = text.strip_prefix('−').map_or((false, text), |text| (true, text));
        let (digits, unit) = match text.split_once(' ') {
            Some((_, "")) => return None,
            Some(parts) => parts,
            None => (text, ""),
        };
        if digits.is_empty() || !digits.chars().all(|c| c.is_ascii_digit() || ".,".contains(c)) {
            return None;
        }
        if digits.len() > LONGEST {
            return Some(Shown { rounded, number: None, last: Number::one(), scale: Some(Number::one()) });
        }
        let (group, mark) = if english { (',', '.') } else { ('.', ',') };
        let (whole, decimals) = digits.split_once(mark).unwrap_or((digits, ""));
        let whole: String = whole.chars().filter(|c| *c != group).collect();
        let number = Number::from_exact(&match decimals {
            "" => whole,
            _ => format!("{whole}.{decimals}"),
        });
        let last = Number::from_exact(&match decimals.len() {
            0 => "1".to_owned(),
            count => format!("0.{}1", "0".repeat(count - 1)),
        })?;
        let number = if negative { number.map(|number| number.neg()) } else { number };
        Some(Shown { rounded, number, last, scale: scale(unit, of) })
    }

    /// Whether a number is shown like this: exactly, or rounded to the last digit where it says so; nothing where the
    /// unit shown counts in something that the record does not tell of.
    fn is(&self, number: &Number) -> Option<bool> {
        let scale = self.scale.as_ref()?;
        let Some(shown) = &self.number else { return Some(false) };
        let off = number.sub(&shown.mul(scale)).abs();
        let half = Number::from_i64(2);
        Some(match self.rounded {
            true => off.mul(&half) <= self.last.mul(scale),
            false => off.is_zero(),
        })
    }
}

/// What one of the unit shown is of the step's unit.
fn scale(shown: &str, of: Option<&str>) -> Option<Number> {
    let is = |word: &str| shown == word || shown.strip_prefix(word).is_some_and(|rest| rest.starts_with(' '));
    let is_money = of.is_some_and(|unit| unit.starts_with("kr."));
    let of_money = [
        ("kr.", 1),
        ("mio. kr.", 1_000_000),
        ("million kr.", 1_000_000),
        ("mia. kr.", 1_000_000_000),
        ("billion kr.", 1_000_000_000),
    ];
    if is_money {
        return of_money.iter().find(|(word, _)| is(word)).map(|(_, worth)| Number::from_i64(*worth));
    }
    if of == Some("1") && (is("pct.") || is("per cent")) {
        return Number::one().div(&Number::from_i64(100));
    }
    // Without a unit a number is itself, and a unit counts in itself, in the singular or in the plural: `1 stemme`.
    let first = |unit: &str| unit.split(' ').next().unwrap_or_default().to_owned();
    let (one, other) = (first(shown), first(of.unwrap_or_default()));
    if shown.is_empty() || one.starts_with(&other) || other.starts_with(&one) {
        return Number::one().div(&per(shown)?);
    }
    None
}

/// The number after `pr.`: in `4,0 læger pr. 1.000 indbyggere` they are counted per thousand.
fn per(shown: &str) -> Option<Number> {
    let counted = shown.char_indices().find_map(|(at, _)| {
        let rest = shown.get(at..)?;
        let (digits, _) = rest.strip_prefix("pr. ").or_else(|| rest.strip_prefix("per "))?.split_once(' ')?;
        let is_count = digits.starts_with(|c: char| ('1'..='9').contains(&c))
            && digits.chars().all(|c| c.is_ascii_digit() || ".,".contains(c));
        is_count.then_some(digits)
    });
    match counted {
        Some(digits) => Number::from_exact(&digits.chars().filter(char::is_ascii_digit).collect::<String>()),
        None => Some(Number::one()),
    }
}
