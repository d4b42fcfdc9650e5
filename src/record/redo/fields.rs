//! The fields of a step, read with their names, so that what has another shape is told where it stands.

use serde_json::{Map, Value};

use super::super::shape::number;
use super::super::stored::within;
use super::{Told, slip};
use crate::base::bi;
use crate::value::{Number, RoundMode};

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
    /// A list of objects.
    pub(super) fn objects(&self, name: &str) -> Told<Vec<Fields<'r>>> {
        let of = |(index, one): (usize, &'r Value)| {
            let way = format!("{}[{index}]", self.path(name));
            match one.as_object() {
                Some(all) => Ok(Fields { all: Some(all), way }),
                None => slip(way, bi!("har ingen felter", "has no fields")),
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
}

fn position(value: &Value, path: &str) -> Told<usize> {
    match value.as_u64().and_then(|place| usize::try_from(place).ok()) {
        Some(place) => Ok(place),
        None => slip(path, bi!("er ingen plads i en liste", "is no position in a list")),
    }
}

/// A number in the one way in which it is written.
pub(super) fn exact(value: &Value, path: &str) -> Told<Number> {
    match number(value) {
        Some(number) => Ok(number),
        None => slip(path, bi!("er intet tal, som det skrives", "is no number as it is written")),
    }
}
