//! The fields of a step, read with their names, so that what has another shape is told where it stands.

use serde_json::{Map, Value};

use super::super::stored::within;
use super::{Told, slip};
use crate::base::bi;
use crate::value::{Date, Number, RoundMode};

/// What every step may have.
pub(super) const COMMON: [&str; 12] =
    ["op", "value", "digest", "of", "name", "clause", "who", "when", "basis", "at", "unit", "price_level"];

/// What a kind of step may have besides; `None` for a word that is no kind of step.
pub(super) fn allowed(op: &str) -> Option<&'static [&'static str]> {
    Some(match op {
        "figure" | "stated" | "missing" | "time" | "who" | "fault" | "undecided" => &[],
        "data" => &["file", "place"],
        "take" => &["takes", "because", "branch", "exceptions", "exception"],
        "add" | "subtract" | "multiply" | "divide" | "negate" | "raise" | "lower" | "rest" | "largest"
        | "smallest" | "between" | "one_of" | "not" | "and" | "or" | "count_met" | "share"
        | "days_between" | "months_between" | "years_between" => &[],
        "per_year" => &["years"],
        "round" => &["step", "mode", "residual"],
        "at_most" | "at_least" => &["bound"],
        "convert" => &["index", "from", "to", "back", "kind"],
        "compare" => &["sign"],
        "roughly" => &["step"],
        "is_none" => &["negated"],
        "all_met" => &["ended"],
        "grant" => &["conditions", "paid", "ended"],
        "look_up" => &["keys", "rows", "policy", "hit"],
        "between_points" => &["points"],
        "scale" => &["slices"],
        "over" => &["fold", "lines", "weighted", "if_none"],
        "for_all" => &["lines"],
        "for_at_least" => &["lines", "number"],
        "distribute" => &["lines", "rule", "step", "to", "mode", "percent"],
        "rank" => &["lines", "of_whom", "largest_first"],
        "sum_over" => &["periods"],
        "move_months" => &["forward", "missing_day"],
        "duty" => &["only_if", "deadline", "met", "day"],
        _ => return None,
    })
}

/// An object within a step, and the way to it.
pub(super) struct Fields<'r> {
    all: Option<&'r Map<String, Value>>,
    way: String,
}

impl<'r> Fields<'r> {
    pub(super) fn of(all: &'r Map<String, Value>) -> Fields<'r> {
        Fields { all: Some(all), way: String::new() }
    }
    pub(super) fn none() -> Fields<'r> {
        Fields { all: None, way: String::new() }
    }
    pub(super) fn names(&self) -> impl Iterator<Item = &'r str> {
        self.all.into_iter().flat_map(|all| all.keys().map(String::as_str))
    }
    pub(super) fn path(&self, name: &str) -> String {
        within(&self.way, name)
    }
    pub(super) fn find(&self, name: &str) -> Option<&'r Value> {
        self.all?.get(name)
    }
    pub(super) fn get(&self, name: &str) -> Told<&'r Value> {
        match self.find(name) {
            Some(value) => Ok(value),
            None => slip(self.path(name), bi!("mangler", "is missing")),
        }
    }
    /// Reads a field where it is there.
    pub(super) fn maybe<T>(
        &self,
        name: &str,
        read: impl FnOnce(&Fields<'r>, &str) -> Told<T>,
    ) -> Told<Option<T>> {
        self.find(name).map(|_| read(self, name)).transpose()
    }
    pub(super) fn text(&self, name: &str) -> Told<&'r str> {
        match self.get(name)?.as_str() {
            Some(text) => Ok(text),
            None => slip(self.path(name), bi!("er ingen tekst", "is no text")),
        }
    }
    pub(super) fn flag(&self, name: &str) -> Told<bool> {
        match self.get(name)?.as_bool() {
            Some(flag) => Ok(flag),
            None => slip(self.path(name), bi!("er hverken sandt eller falsk", "is neither true nor false")),
        }
    }
    /// A flag that may be left out.
    pub(super) fn flag_or(&self, name: &str, otherwise: bool) -> Told<bool> {
        Ok(self.maybe(name, Fields::flag)?.unwrap_or(otherwise))
    }
    /// A year, as a number or as times are written.
    pub(super) fn year(&self, name: &str) -> Told<i64> {
        match self.get(name)?.as_str() {
            Some(_) => Ok(i64::from(self.when(name)?)),
            None => self.whole(name),
        }
    }
    pub(super) fn whole(&self, name: &str) -> Told<i64> {
        match self.get(name)?.as_i64() {
            Some(whole) => Ok(whole),
            None => slip(self.path(name), bi!("er intet helt tal", "is no whole number")),
        }
    }
    pub(super) fn place(&self, name: &str) -> Told<usize> {
        position(self.get(name)?, &self.path(name))
    }
    pub(super) fn places(&self, name: &str) -> Told<Vec<usize>> {
        let path = self.path(name);
        self.list(name)?.iter().map(|one| position(one, &path)).collect()
    }
    pub(super) fn list(&self, name: &str) -> Told<&'r [Value]> {
        match self.get(name)?.as_array() {
            Some(all) => Ok(all),
            None => slip(self.path(name), bi!("er ingen liste", "is no list")),
        }
    }
    /// A list of objects, none of which has other fields than these.
    pub(super) fn objects(&self, name: &str, known: &[&str]) -> Told<Vec<Fields<'r>>> {
        let of = |(index, one): (usize, &'r Value)| {
            let way = format!("{}[{index}]", self.path(name));
            let Some(all) = one.as_object() else {
                return slip(way, bi!("har ingen felter", "has no fields"));
            };
            let fields = Fields { all: Some(all), way };
            match all.keys().find(|name| !known.contains(&name.as_str())) {
                Some(other) => slip(fields.path(other), bi!("hører ikke til her", "does not belong here")),
                None => Ok(fields),
            }
        };
        self.list(name)?.iter().enumerate().map(of).collect()
    }
    pub(super) fn number(&self, name: &str) -> Told<Number> {
        exact(self.get(name)?, &self.path(name))
    }
    pub(super) fn positive(&self, name: &str) -> Told<Number> {
        let number = self.number(name)?;
        if number.is_zero() || number.is_negative() {
            return slip(self.path(name), bi!("er ikke over 0", "is not above 0"));
        }
        Ok(number)
    }
    pub(super) fn mode(&self, name: &str) -> Told<RoundMode> {
        Ok(match self.text(name)? {
            "nearest" => RoundMode::Nearest,
            "up" => RoundMode::Up,
            "down" => RoundMode::Down,
            "towards_zero" => RoundMode::TowardsZero,
            "half_even" => RoundMode::HalfEven,
            _ => return slip(self.path(name), bi!("er ingen måde at runde på", "is no way to round")),
        })
    }
    /// The year of a time.
    pub(super) fn when(&self, name: &str) -> Told<i16> {
        let text = self.text(name)?;
        let year = |text: &str| (text.len() == 4).then(|| Date::from_iso(&format!("{text}-01-01"))).flatten();
        let first = match text.split_once('-') {
            None => year(text),
            Some((own, "Q1" | "Q2" | "Q3" | "Q4")) => year(own),
            Some((_, month)) if month.len() == 2 => Date::from_iso(&format!("{text}-01")),
            Some(_) => Date::from_iso(text),
        };
        match first {
            Some(first) => Ok(first.year()),
            None => slip(self.path(name), bi!("er ingen tid", "is no time")),
        }
    }
}

fn position(value: &Value, path: &str) -> Told<usize> {
    match value.as_u64().and_then(|place| usize::try_from(place).ok()) {
        Some(place) => Ok(place),
        None => slip(path, bi!("er ingen plads i en liste", "is no position in a list")),
    }
}

/// A number in the one way in which it is written.
pub(super) fn exact(value: &Value, path: &str) -> Told<Number> {
    let number = value.as_str().and_then(|text| Some((text, Number::from_exact(text)?)));
    match number {
        Some((text, number)) if number.to_exact() == text => Ok(number),
        Some((_, number)) => slip(path, bi!("skrives `{}`", "is written `{}`", number.to_exact())),
        None => slip(path, bi!("er intet tal", "is no number")),
    }
}
