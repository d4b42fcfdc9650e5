//! Values and states as a record has them.

use serde_json::{Map, Value};

use super::fields::exact;
use super::{Told, slip};
use crate::base::bi;
use crate::facts::Datum;
use crate::value::{Bounds, Date, Number, Status};

/// What a step came to.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Seen {
    pub(super) state: State,
    pub(super) status: Status,
}

/// A value, or what stands in its place.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum State {
    Value(Datum),
    Unknown(Unknown),
    Absent(String),
    Error(String, String),
}

/// What is known of what is not known.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Unknown {
    pub(super) missing: Vec<String>,
    pub(super) bounds: Bounds,
    pub(super) unsettled: bool,
}

impl Seen {
    /// Reads a value as the record writes it.
    pub(super) fn read(value: &Value, at: &str) -> Told<Seen> {
        let Some(fields) = value.as_object() else {
            return slip(at, bi!("er ingen værdi", "is no value"));
        };
        let status = status(fields, at)?;
        let kind = KINDS.iter().find(|kind| fields.contains_key(**kind)).copied().unwrap_or_default();
        let more: &[&str] = match kind {
            "unknown" => &["unknown", "low", "high", "low_open", "high_open", "unsettled"],
            "error" => &["error", "text"],
            own => &[own, "status"],
        };
        if let Some(other) = fields.keys().find(|name| !more.contains(&name.as_str())) {
            return slip(format!("{at}.{other}"), bi!("hører ikke til her", "does not belong here"));
        }
        let state = state(fields, kind, at)?;
        if status != Status::Final && !matches!(state, State::Value(_)) {
            return slip(format!("{at}.status"), bi!("hører ikke til her", "does not belong here"));
        }
        Ok(Seen { state, status })
    }

    /// The value, where there is one.
    pub(super) fn datum(&self) -> Option<&Datum> {
        match &self.state {
            State::Value(datum) => Some(datum),
            State::Unknown(_) | State::Absent(_) | State::Error(..) => None,
        }
    }
    pub(super) fn number(&self) -> Option<&Number> {
        match self.datum() {
            Some(Datum::Number(number)) => Some(number),
            _ => None,
        }
    }
    pub(super) fn truth(&self) -> Option<bool> {
        match self.datum() {
            Some(Datum::Bool(truth)) => Some(*truth),
            _ => None,
        }
    }
    pub(super) fn date(&self) -> Option<Date> {
        match self.datum() {
            Some(Datum::Date(date)) => Some(*date),
            _ => None,
        }
    }
    pub(super) fn text(&self) -> Option<&str> {
        match self.datum() {
            Some(Datum::Text(text)) => Some(text),
            _ => None,
        }
    }
    pub(super) fn unknown(&self) -> Option<&Unknown> {
        match &self.state {
            State::Unknown(unknown) => Some(unknown),
            State::Value(_) | State::Absent(_) | State::Error(..) => None,
        }
    }
    pub(super) fn is_absent(&self) -> bool {
        matches!(self.state, State::Absent(_))
    }
    pub(super) fn is_error(&self) -> bool {
        matches!(self.state, State::Error(..))
    }
    /// What the number lies within: itself, its bounds where they hold already, or anything.
    pub(super) fn bounds(&self) -> Bounds {
        match &self.state {
            State::Value(Datum::Number(number)) => Bounds::point(number),
            State::Unknown(unknown) => unknown.bounds.clone(),
            State::Value(_) | State::Absent(_) | State::Error(..) => Bounds::open(),
        }
    }
}

/// The kinds of values and states, by the field that tells them.
const KINDS: [&str; 8] = ["number", "truth", "date", "error", "text", "none", "unknown", "absent"];

fn status(fields: &Map<String, Value>, at: &str) -> Told<Status> {
    Ok(match fields.get("status").map(Value::as_str) {
        None => Status::Final,
        Some(Some("provisional")) => Status::Provisional,
        Some(Some("estimate")) => Status::Estimate,
        Some(Some("approximate")) => Status::Approximate,
        Some(_) => return slip(format!("{at}.status"), bi!("er ingen status", "is no status")),
    })
}

fn state(fields: &Map<String, Value>, kind: &str, at: &str) -> Told<State> {
    let wrong = || slip(at.to_owned(), bi!("er ingen værdi", "is no value"));
    let Some(own) = fields.get(kind) else { return wrong() };
    let text = own.as_str().map(str::to_owned);
    let read = match kind {
        "number" => Some(State::Value(Datum::Number(exact(own, at)?))),
        "truth" => own.as_bool().map(|truth| State::Value(Datum::Bool(truth))),
        "date" => text.and_then(|text| Date::from_iso(&text)).map(|date| State::Value(Datum::Date(date))),
        "error" => {
            let words = fields.get("text").and_then(Value::as_str).map(str::to_owned);
            text.zip(words).map(|(code, words)| State::Error(code, words))
        }
        "text" => text.map(|text| State::Value(Datum::Text(text))),
        "none" => (own.as_bool() == Some(true)).then_some(State::Value(Datum::Nothing)),
        "absent" => text.map(State::Absent),
        "unknown" => return unknown(fields, own, at).map(State::Unknown),
        _ => None,
    };
    read.map_or_else(wrong, Ok)
}

fn unknown(fields: &Map<String, Value>, own: &Value, at: &str) -> Told<Unknown> {
    let names = own.as_array().map(|all| all.iter().map(|one| one.as_str().map(str::to_owned)).collect());
    let Some(Some(missing)) = names else {
        return slip(at, bi!("nævner ikke, hvad der mangler", "does not name what is missing"));
    };
    let missing: Vec<String> = missing;
    if !missing.is_sorted_by(|a, b| a < b) {
        return slip(at, bi!("det manglende er ikke i orden", "what is missing is not in order"));
    }
    let end = |name: &str| fields.get(name).map(|end| exact(end, &format!("{at}.{name}"))).transpose();
    let flag = |name: &str| match fields.get(name).map(Value::as_bool) {
        None => Ok(false),
        Some(Some(true)) => Ok(true),
        Some(Some(false) | None) => slip(format!("{at}.{name}"), bi!("er ikke `true`", "is not `true`")),
    };
    for (end, open) in [("low", "low_open"), ("high", "high_open")] {
        if fields.contains_key(open) && !fields.contains_key(end) {
            return slip(format!("{at}.{open}"), bi!("står uden `{end}`", "stands without `{end}`"));
        }
    }
    let bounds = Bounds {
        low: end("low")?,
        high: end("high")?,
        low_open: flag("low_open")?,
        high_open: flag("high_open")?,
    };
    if bounds.low.as_ref().zip(bounds.high.as_ref()).is_some_and(|(low, high)| low > high) {
        return slip(at, bi!("grænserne er byttet om", "the bounds are the wrong way round"));
    }
    Ok(Unknown { missing, bounds, unsettled: flag("unsettled")? })
}
