//! How states pass through a step that needs all it is computed from, and what statuses come to.

use std::collections::BTreeSet;

use super::seen::{Seen, State};
use super::{How, Told, slip};
use crate::base::bi;
use crate::facts::Datum;
use crate::value::{Bounds, Status};

/// Holds a value to what was computed again, and its status to those of what it is computed from.
pub(super) fn is(value: &Seen, redone: &Datum, of: &[&Seen]) -> Told<How> {
    if value.datum() != Some(redone) {
        return slip("value", bi!("gjort om: {}", "redone: {}", shown(redone)));
    }
    if value.status != weakest(of) {
        return slip(
            "value.status",
            bi!("er ikke den svageste af trinenes", "is not the weakest of the steps"),
        );
    }
    Ok(How::Whole)
}

/// The same where some of what was read decided: its status is not stronger than the strongest, nor weaker than the
/// weakest of all.
pub(super) fn is_decided(value: &Seen, redone: &Datum, by: &[&Seen], of: &[&Seen]) -> Told<How> {
    if value.datum() != Some(redone) {
        return slip("value", bi!("gjort om: {}", "redone: {}", shown(redone)));
    }
    let least = by.iter().map(|seen| seen.status).min().unwrap_or_default();
    if value.status < least || value.status > weakest(of).max(least) {
        return slip(
            "value.status",
            bi!("er ikke den svageste af trinenes", "is not the weakest of the steps"),
        );
    }
    Ok(How::Whole)
}

/// The weakest status.
pub(super) fn weakest(of: &[&Seen]) -> Status {
    of.iter().map(|seen| seen.status).max().unwrap_or_default()
}

/// Holds a state to those of the steps it comes from; `None` where all have values.
///
/// An error comes before what does not apply, that before what is unknown. `within` is what the bounds of what is read
/// leave for the result; none where it is no number.
pub(super) fn passed(value: &Seen, of: &[&Seen], within: Option<Bounds>) -> Told<Option<How>> {
    if let Some(how) = stopped(value, of)? {
        return Ok(Some(how));
    }
    if of.iter().all(|seen| seen.unknown().is_none()) {
        return Ok(None);
    }
    unknown(value, of, within).map(Some)
}

/// Holds an error, or what does not apply, to those of the steps it comes from.
pub(super) fn stopped(value: &Seen, of: &[&Seen]) -> Told<Option<How>> {
    let one_of = |states: Vec<&&Seen>| match states.iter().any(|seen| seen.state == value.state) {
        true => Ok(Some(How::Whole)),
        false => slip("value", bi!("er ikke det, trinene giver videre", "is not what the steps pass on")),
    };
    let errors: Vec<_> = of.iter().filter(|seen| seen.is_error()).collect();
    if !errors.is_empty() {
        return one_of(errors);
    }
    let absent: Vec<_> = of.iter().filter(|seen| seen.is_absent()).collect();
    if absent.is_empty() { Ok(None) } else { one_of(absent) }
}

/// Holds what is unknown to the unknown that it comes from.
pub(super) fn unknown(value: &Seen, of: &[&Seen], within: Option<Bounds>) -> Told<How> {
    let unsettled = of.iter().filter_map(|seen| seen.unknown()).any(|unknown| unknown.unsettled);
    match &value.state {
        State::Unknown(own) => {
            let known: BTreeSet<&String> =
                of.iter().filter_map(|seen| seen.unknown()).flat_map(|unknown| &unknown.missing).collect();
            if !own.missing.iter().all(|one| known.contains(one)) {
                return slip("value", bi!("mangler mere end trinene", "lacks more than the steps do"));
            }
            if let Some(within) = within {
                if unsettled && !own.unsettled {
                    return slip("value.unsettled", bi!("mangler", "is missing"));
                }
                looser(&own.bounds, &within)?;
            } else if own.bounds.low.is_some() || own.bounds.high.is_some() {
                return slip("value", bi!("har grænser uden at være et tal", "has bounds and is no number"));
            }
            Ok(How::Partly)
        }
        State::Value(Datum::Number(number)) => match within.as_ref().and_then(Bounds::only) {
            Some(only) if only == number && !unsettled => Ok(How::Partly),
            _ => slip("value", bi!("følger ikke: noget er ukendt", "does not follow: something is unknown")),
        },
        State::Value(_) | State::Absent(_) | State::Error(..) => {
            slip("value", bi!("følger ikke: noget er ukendt", "does not follow: something is unknown"))
        }
    }
}

/// Holds what may turn out to be an error to saying so.
pub(super) fn is_unsettled(value: &Seen) -> Told<()> {
    match value.unknown() {
        Some(unknown) if !unknown.unsettled => slip("value.unsettled", bi!("mangler", "is missing")),
        Some(_) | None => Ok(()),
    }
}

/// Holds what is lacking to all that the steps lack: where each number is needed, none of it is settled by the rest.
pub(super) fn lacks_all(value: &Seen, of: &[&Seen]) -> Told<()> {
    let Some(own) = value.unknown() else { return Ok(()) };
    let all: BTreeSet<&String> =
        of.iter().filter_map(|seen| seen.unknown()).flat_map(|unknown| &unknown.missing).collect();
    match own.missing.len() == all.len() {
        true => Ok(()),
        false => slip("value.unknown", bi!("mangler mindre end trinene", "lacks less than the steps do")),
    }
}

/// Holds bounds to those computed again: none may say more than they do, since bounds can decide.
pub(super) fn looser(stated: &Bounds, redone: &Bounds) -> Told<()> {
    let low = match (&stated.low, &redone.low) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(a), Some(b)) => a < b || a == b && (redone.low_open || !stated.low_open),
    };
    let high = match (&stated.high, &redone.high) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(a), Some(b)) => a > b || a == b && (redone.high_open || !stated.high_open),
    };
    match (low, high) {
        (true, true) => Ok(()),
        (false, _) => {
            slip("value.low", bi!("er snævrere end det, trinene giver", "is tighter than the steps give"))
        }
        (true, false) => {
            slip("value.high", bi!("er snævrere end det, trinene giver", "is tighter than the steps give"))
        }
    }
}

/// A value in a few words.
pub(super) fn shown(datum: &Datum) -> String {
    match datum {
        Datum::Number(number) => number.to_exact(),
        Datum::Bool(truth) => truth.to_string(),
        Datum::Date(date) => date.to_iso(),
        Datum::Text(text) => format!("\"{text}\""),
        Datum::Nothing => "none".to_owned(),
    }
}
