use serde_json::{Map, Value};
use toml::de::{DeTable, DeValue};

use super::{Case, CaseFile, Expect};
use crate::base::{Bi, bi};
use crate::facts::Moment;
use crate::value::Date;

/// The forms of case files; both hold the same fields.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CaseFormat {
    /// `.toml`
    Toml,
    /// `.json`
    Json,
}

/// Reads a file of cases. A field that is not known is an error, so that a misspelt expectation never passes.
///
/// # Errors
/// What is wrong with it, with the case's id where there is one.
pub fn read_cases(text: &str, format: CaseFormat) -> Result<CaseFile, Bi> {
    let root = match format {
        CaseFormat::Json => serde_json::from_str(text).map_err(|e| unreadable(&e.to_string()))?,
        CaseFormat::Toml => toml_value(text)?,
    };
    let mut fields = Fields::new(root, "")?;
    let file = CaseFile {
        section: fields.text("section")?,
        construct: fields.text("construct")?,
        cases: fields.list("case")?.into_iter().map(case).collect::<Result<_, _>>()?,
    };
    fields.done()?;
    let mut ids: Vec<&str> = file.cases.iter().map(|case| case.id.as_str()).collect();
    ids.sort_unstable();
    match ids.windows(2).find(|pair| pair.first() == pair.last()) {
        Some([id, ..]) => Err(bi!("to sager hedder `{id}`", "two cases are called `{id}`")),
        Some([]) | None => Ok(file),
    }
}

fn case(value: Value) -> Result<Case, Bi> {
    let id = value.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
    let mut fields = Fields::new(value, &id)?;
    let case = Case {
        id: fields.text("id")?,
        sentence: fields.text("sentence")?,
        files: files(&mut fields)?,
        data: fields.optional("data")?,
        moment: moment(&mut fields)?,
        set: fields.texts("set")?.unwrap_or_default(),
        scenario: fields.optional("scenario")?,
        readings: fields.texts("readings")?.unwrap_or_default(),
        without: fields.texts("without")?.unwrap_or_default(),
        errors: fields.texts("errors")?.unwrap_or_default(),
        warnings: fields.texts("warnings")?,
        data_errors: fields.texts("data_errors")?.unwrap_or_default(),
        checks: fields.texts("checks")?,
        tests: fields.tests()?,
        formatted: fields.optional("formatted")?,
        one_language: fields.optional("one_language")?,
        expect: fields.list("expect")?.into_iter().map(|v| expect(v, &id)).collect::<Result<_, _>>()?,
    };
    fields.done()?;
    Ok(case)
}

fn files(fields: &mut Fields) -> Result<Vec<(String, String)>, Bi> {
    let own = fields.optional("rules")?.map(|text| ("case.klausul".to_owned(), text));
    let Some(named) = fields.map.remove("files") else {
        return own.map(|file| vec![file]).ok_or_else(|| fields.lacks("rules"));
    };
    let Value::Object(named) = named else { return Err(fields.lacks("files")) };
    let text = |(name, text): (String, Value)| match text {
        Value::String(text) => Ok((name, text)),
        _ => Err(fields.lacks(&name)),
    };
    own.map(Ok).into_iter().chain(named.into_iter().map(text)).collect()
}

fn moment(fields: &mut Fields) -> Result<Option<Moment>, Bi> {
    let day = fields.optional("date")?;
    let year = fields.map.remove("year");
    match (day, year) {
        (Some(text), _) => match Date::from_iso(&text) {
            Some(date) => Ok(Some(Moment::Day(date))),
            None => Err(fields.lacks("date")),
        },
        (None, Some(year)) => match year.as_i64().and_then(|year| i16::try_from(year).ok()) {
            Some(year) => Ok(Some(Moment::Year(year))),
            None => Err(fields.lacks("year")),
        },
        (None, None) => Ok(None),
    }
}

fn expect(value: Value, id: &str) -> Result<Expect, Bi> {
    let mut fields = Fields::new(value, id)?;
    let value = fields.optional("value")?;
    let state = fields.optional("state")?;
    let expect = Expect {
        ask: fields.text("ask")?,
        state: state.unwrap_or_else(|| "value".to_owned()),
        unit: fields.optional("unit")?,
        level: fields.optional("level")?,
        status: fields.optional("status")?,
        missing: fields.texts("missing")?,
        low: fields.optional("low")?,
        high: fields.optional("high")?,
        code: fields.optional("code")?,
        value,
    };
    fields.done()?;
    if expect.state == "value" && expect.value.is_none() {
        return Err(fields.lacks("value"));
    }
    Ok(expect)
}

/// The fields of an object, taken out one by one; what is left over is unknown.
struct Fields {
    map: Map<String, Value>,
    of: String,
}

impl Fields {
    fn new(value: Value, of: &str) -> Result<Fields, Bi> {
        match value {
            Value::Object(map) => Ok(Fields { map, of: of.to_owned() }),
            _ => Err(unreadable("object")),
        }
    }
    fn lacks(&self, field: &str) -> Bi {
        let of = &self.of;
        bi!(
            "`{of}`: `{field}` mangler eller har en forkert form",
            "`{of}`: `{field}` is missing or malformed"
        )
    }
    fn text(&mut self, field: &str) -> Result<String, Bi> {
        self.optional(field)?.ok_or_else(|| self.lacks(field))
    }
    fn optional(&mut self, field: &str) -> Result<Option<String>, Bi> {
        match self.map.remove(field) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(self.lacks(field)),
        }
    }
    fn list(&mut self, field: &str) -> Result<Vec<Value>, Bi> {
        match self.map.remove(field) {
            None => Ok(Vec::new()),
            Some(Value::Array(all)) => Ok(all),
            Some(_) => Err(self.lacks(field)),
        }
    }
    fn texts(&mut self, field: &str) -> Result<Option<Vec<String>>, Bi> {
        let given = self.map.contains_key(field);
        let all = self.list(field)?.into_iter().map(|value| value.as_str().map(str::to_owned));
        let all: Option<Vec<String>> = all.collect();
        let all = all.ok_or_else(|| self.lacks(field))?;
        Ok(given.then_some(all))
    }
    fn tests(&mut self) -> Result<Option<(usize, usize)>, Bi> {
        let Some(tests) = self.map.remove("tests") else { return Ok(None) };
        let count = |field: &str| tests.get(field)?.as_u64().and_then(|count| usize::try_from(count).ok());
        count("passed").zip(count("failed")).map(Some).ok_or_else(|| self.lacks("tests"))
    }
    fn done(&self) -> Result<(), Bi> {
        let of = &self.of;
        match self.map.keys().next() {
            Some(field) => Err(bi!("`{of}`: ukendt felt `{field}`", "`{of}`: unknown field `{field}`")),
            None => Ok(()),
        }
    }
}

fn unreadable(why: &str) -> Bi {
    bi!("kan ikke læses: {why}", "cannot be read: {why}")
}

fn toml_value(text: &str) -> Result<Value, Bi> {
    let table = DeTable::parse(text).map_err(|e| unreadable(&e.to_string()))?;
    Ok(table_value(table.get_ref()))
}

fn table_value(table: &DeTable<'_>) -> Value {
    Value::Object(
        table.iter().map(|(key, value)| (key.get_ref().to_string(), plain(value.get_ref()))).collect(),
    )
}

/// A number of TOML has no place in a case but as a year or a count; others are kept as text and refused there.
fn plain(value: &DeValue<'_>) -> Value {
    match value {
        DeValue::String(text) => Value::from(text.to_string()),
        DeValue::Integer(number) => number.as_str().parse::<i64>().map_or(Value::Null, Value::from),
        DeValue::Boolean(truth) => Value::from(*truth),
        DeValue::Array(all) => Value::Array(all.iter().map(|item| plain(item.get_ref())).collect()),
        DeValue::Table(table) => table_value(table),
        DeValue::Float(_) | DeValue::Datetime(_) => Value::Null,
    }
}
