//! The fields of a step, read with their names, so that what has another shape is told where it stands.

use serde_json::{Map, Value};

use super::super::shape::{Kind, missing, number, whole};
use super::super::stored::within;
use super::{Told, slip};
use crate::base::bi;
use crate::value::{Number, RoundMode};

/// An object within a step, and the way to it.
pub(super) struct Fields<'r> {
    all: &'r Map<String, Value>,
    way: String,
}

impl<'r> Fields<'r> {
    pub(super) fn of(all: &'r Map<String, Value>) -> Fields<'r> {
        Fields { all, way: String::new() }
    }
    pub(super) fn path(&self, name: &str) -> String {
        within(&self.way, name)
    }
    pub(super) fn find(&self, name: &str) -> Option<&'r Value> {
        self.all.get(name)
    }
    pub(super) fn get(&self, name: &str) -> Told<&'r Value> {
        match self.find(name) {
            Some(value) => Ok(value),
            None => slip(self.path(name), missing()),
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
    /// Reads a field as what its kind says.
    fn read<T>(&self, name: &str, kind: Kind, read: impl FnOnce(&'r Value) -> Option<T>) -> Told<T> {
        match read(self.get(name)?) {
            Some(read) => Ok(read),
            None => slip(self.path(name), kind.lacking()),
        }
    }
    pub(super) fn text(&self, name: &str) -> Told<&'r str> {
        self.read(name, Kind::Text, Value::as_str)
    }
    pub(super) fn flag(&self, name: &str) -> Told<bool> {
        self.read(name, Kind::Truth, Value::as_bool)
    }
    /// A flag that may be left out.
    pub(super) fn flag_or(&self, name: &str, otherwise: bool) -> Told<bool> {
        Ok(self.maybe(name, Fields::flag)?.unwrap_or(otherwise))
    }
    pub(super) fn whole(&self, name: &str) -> Told<i64> {
        self.read(name, Kind::Count, Value::as_i64)
    }
    pub(super) fn place(&self, name: &str) -> Told<usize> {
        self.read(name, Kind::Count, whole)
    }
    pub(super) fn places(&self, name: &str) -> Told<Vec<usize>> {
        let all = |value: &Value| value.as_array()?.iter().map(whole).collect();
        self.read(name, Kind::List(&Kind::Count), all)
    }
    pub(super) fn list(&self, name: &str) -> Told<&'r [Value]> {
        self.read(name, Kind::List(&Kind::Other), |value| value.as_array().map(Vec::as_slice))
    }
    /// A list of objects.
    pub(super) fn objects(&self, name: &str) -> Told<Vec<Fields<'r>>> {
        let of = |(index, one): (usize, &'r Value)| {
            let way = format!("{}[{index}]", self.path(name));
            match one.as_object() {
                Some(all) => Ok(Fields { all, way }),
                None => slip(way, Kind::Object(&[]).lacking()),
            }
        };
        self.list(name)?.iter().enumerate().map(of).collect()
    }
    pub(super) fn number(&self, name: &str) -> Told<Number> {
        self.read(name, Kind::Number, number)
    }
    pub(super) fn positive(&self, name: &str) -> Told<Number> {
        let above = |value: &Value| number(value).filter(|number| !number.is_zero() && !number.is_negative());
        self.read(name, Kind::AboveZero, above)
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

/// A number in the one way in which it is written.
pub(super) fn exact(value: &Value, path: &str) -> Told<Number> {
    match number(value) {
        Some(number) => Ok(number),
        None => slip(path, Kind::Number.lacking()),
    }
}
