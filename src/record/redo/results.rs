//! The results of a record held to their steps: the same value for the same at the same time, and in words the number
//! that it is, as far as it is shown.

use std::collections::BTreeSet;

use serde_json::Value;

use super::super::shape::Misfit;
use super::Seen;
use super::said::missaid;
use crate::base::{Bi, bi};

/// How results are not what their steps say.
pub(super) fn unlike(record: &Value, seen: &[Option<Seen>]) -> Vec<Misfit> {
    let steps = record.get("steps").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let Some(results) = record.get("results").and_then(Value::as_array) else {
        return vec![("results".to_owned(), bi!("er ingen liste af resultater", "is no list of results"))];
    };
    let borne: BTreeSet<&str> = steps.iter().filter_map(|step| step.get("name")?.as_str()).collect();
    let around = Around { question: record.get("question").unwrap_or(&Value::Null), borne, steps, seen };
    let english = record.pointer("/rules/language").and_then(Value::as_str) == Some("en");
    let each = results.iter().enumerate().filter_map(|(index, result)| {
        let (at, what) = differs(result, &around, english)?;
        Some((format!("results[{index}].{at}"), what))
    });
    each.collect()
}

/// What results are held to.
struct Around<'r> {
    question: &'r Value,
    /// The names that steps bear.
    borne: BTreeSet<&'r str>,
    steps: &'r [Value],
    seen: &'r [Option<Seen>],
}

fn differs(result: &Value, around: &Around<'_>, english: bool) -> Option<(&'static str, Bi)> {
    let Around { question, borne, steps, seen } = around;
    let place = result.get("step").and_then(Value::as_u64).and_then(|place| usize::try_from(place).ok());
    let (Some(step), Some(own)) =
        (place.and_then(|place| steps.get(place)), place.and_then(|place| seen.get(place)))
    else {
        return Some(("step", bi!("er intet trin", "is no step")));
    };
    if result.get("value") != step.get("value") {
        return Some(("value", bi!("er ikke trinets værdi", "is not the value of the step")));
    }
    match result.get("name").and_then(Value::as_str).filter(|name| !borne.contains(name)) {
        Some(name) => {
            if let Some(found) = unlike_question(name, result, question) {
                return Some(found);
            }
        }
        None => {
            let told = |name: &str| result.get(name).filter(|told| !told.is_null());
            let other = ["name", "who", "when", "price_level"]
                .into_iter()
                .find(|name| told(name).is_some_and(|told| step.get(*name) != Some(told)));
            if let Some(name) = other {
                return Some((name, bi!("er ikke trinets", "is not that of the step")));
            }
        }
    }
    let unit = step.get("unit").and_then(Value::as_str);
    let number = own.as_ref().and_then(Seen::number);
    missaid(result, number, unit, english).map(|wrong| ("text", wrong))
}

/// How the result of an expression is not what was asked: its step may be of another name, time or owner.
fn unlike_question(name: &str, result: &Value, question: &Value) -> Option<(&'static str, Bi)> {
    let targets = question.get("targets").and_then(Value::as_array).into_iter().flatten();
    if !targets.into_iter().any(|target| target.as_str() == Some(name)) {
        return Some((
            "name",
            bi!(
                "er hverken et trins eller det, der blev spurgt om",
                "is neither that of a step nor what was asked for"
            ),
        ));
    }
    let told = result.get("when").filter(|told| !told.is_null());
    let other = told.is_some_and(|told| question.get("time") != Some(told));
    other.then(|| ("when", bi!("er ikke den tid, der blev spurgt om", "is not the time asked for")))
}
