//! The results of a record held to their steps: the same value for the same at the same time, and in words the number
//! that it is, as far as it is shown.

use serde_json::Value;

use super::super::shape::Misfit;
use super::Seen;
use crate::base::{Bi, bi};
use crate::value::Number;

/// How results are not what their steps say.
pub(super) fn unlike(record: &Value, seen: &[Option<Seen>]) -> Vec<Misfit> {
    let steps = record.get("steps").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let Some(results) = record.get("results").and_then(Value::as_array) else {
        return vec![("results".to_owned(), bi!("er ingen liste af resultater", "is no list of results"))];
    };
    let english = record.pointer("/rules/language").and_then(Value::as_str) == Some("en");
    let targets = record.pointer("/question/targets").and_then(Value::as_array);
    let targets = targets.map(Vec::as_slice).unwrap_or_default();
    let each = results.iter().enumerate().filter_map(|(index, result)| {
        let (at, what) = differs(result, steps, seen, (english, targets))?;
        Some((format!("results[{index}].{at}"), what))
    });
    each.collect()
}

fn differs(
    result: &Value,
    steps: &[Value],
    seen: &[Option<Seen>],
    // What was asked for: an expression is called by its own words, which no step has.
    (english, targets): (bool, &[Value]),
) -> Option<(&'static str, Bi)> {
    let place = result.get("step").and_then(Value::as_u64).and_then(|place| usize::try_from(place).ok());
    let (Some(step), Some(own)) =
        (place.and_then(|place| steps.get(place)), place.and_then(|place| seen.get(place)))
    else {
        return Some(("step", bi!("er intet trin", "is no step")));
    };
    if result.get("value") != step.get("value") {
        return Some(("value", bi!("er ikke trinets værdi", "is not the value of the step")));
    }
    let differs = |name: &&str| {
        let told = result.get(*name).filter(|told| !told.is_null());
        told.is_some_and(|told| step.get(*name) != Some(told))
    };
    // An expression may be nothing but the reading of a step: of another name, for another, at another time.
    let is_expression = differs(&"name") && result.get("name").is_some_and(|told| targets.contains(told));
    let other = ["name", "who", "when", "price_level"].into_iter().find(differs).filter(|_| !is_expression);
    if let Some(name) = other {
        return Some((name, bi!("er ikke trinets", "is not that of the step")));
    }
    let unit = step.get("unit").and_then(Value::as_str).unwrap_or_default();
    let number = own.as_ref().and_then(Seen::number).filter(|_| ["kr.", "1"].contains(&unit))?;
    let text = result.get("text").and_then(Value::as_str)?;
    let shown = Shown::read(text, english)?;
    match shown.is(number) {
        true => None,
        false => Some(("text", bi!("er ikke tallet {}", "is not the number {}", number.to_exact()))),
    }
}

/// An amount in kroner or a percentage as people read it.
struct Shown {
    rounded: bool,
    /// None where the digits are no number.
    number: Option<Number>,
    /// The last digit that is shown.
    last: Number,
    scale: Number,
}

impl Shown {
    /// Reads `≈ 1.234,5 mio. kr. (skøn)`; nothing for what is written otherwise.
    fn read(text: &str, english: bool) -> Option<Shown> {
        let text = text.split_once(" (").map_or(text, |(text, _)| text);
        let (rounded, text) = text.strip_prefix("≈ ").map_or((false, text), |text| (true, text));
        let (negative, text) = text.strip_prefix('−').map_or((false, text), |text| (true, text));
        let (digits, unit) = text.split_once(' ')?;
        if digits.is_empty() || !digits.chars().all(|c| c.is_ascii_digit() || ".,".contains(c)) {
            return None;
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
        Some(Shown { rounded, number, last, scale: scale(unit)? })
    }

    /// Whether a number is shown like this: exactly, or rounded to the last digit where it says so.
    fn is(&self, number: &Number) -> bool {
        let Some(shown) = &self.number else { return false };
        let off = number.sub(&shown.mul(&self.scale)).abs();
        let half = Number::from_i64(2);
        match self.rounded {
            true => off.mul(&half) <= self.last.mul(&self.scale),
            false => off.is_zero(),
        }
    }
}

/// What a unit of money or of percentages counts in.
fn scale(unit: &str) -> Option<Number> {
    match unit {
        "kr." => Some(Number::one()),
        "mio. kr." | "million kr." => Some(Number::from_i64(1_000_000)),
        "mia. kr." | "billion kr." => Some(Number::from_i64(1_000_000_000)),
        "pct." => Number::one().div(&Number::from_i64(100)),
        _ => None,
    }
}
