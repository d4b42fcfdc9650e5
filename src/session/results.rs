//! Results for programs: the fields of `klausul eval --format json`, as `docs/cli.md` promises them.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::{Answer, AnswerLine, Session};
use crate::base::Lang;
use crate::diag::Report;
use crate::eval::{Bounds, Outcome};
use crate::explain::{Rests, Words, basis_of};
use crate::facts::{Datum, Moment};
use crate::model::{Origin, Show, Ty};
use crate::types::level_words;
use crate::value::{Number, Status};

impl Session {
    /// Returns the SHA-256 over the rule files: of each its name without folders, its length and its text, in the
    /// order of the names. It is the same wherever the files lie.
    pub fn rules_hash(&self) -> String {
        let mut texts: BTreeMap<&str, &str> = BTreeMap::new();
        for file in self.rule_files() {
            let file = self.sources().file(*file);
            let name = file.name.rsplit(['/', '\\']).next().unwrap_or(&file.name);
            texts.insert(name, &file.text);
        }
        let mut hasher = Sha256::new();
        for (name, text) in texts {
            hasher.update(format!("{name}\0{}\0", text.len()));
            hasher.update(text);
        }
        hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Returns an answer as JSON: keys sorted, numbers as exact texts.
    pub fn results_json(&self, answer: &Answer, lang: Lang) -> Value {
        let (year, date) = match answer.moment {
            Moment::Year(year) => (year, Value::Null),
            Moment::Day(day) => (day.year(), Value::from(day.to_iso())),
        };
        json!({
            "engine": { "name": "klausul", "version": env!("CARGO_PKG_VERSION") },
            "rules": { "sha256": self.rules_hash() },
            "year": year,
            "date": date,
            "scenario": self.scenario(),
            "what_if": self.what_ifs(),
            "results": answer.lines.iter().map(|line| result(answer, line, lang)).collect::<Vec<_>>(),
        })
    }

    /// The scenarios in force, the one asked for last.
    fn scenario(&self) -> Value {
        let names = self.layers().iter().filter_map(|layer| match &layer.origin {
            Origin::Scenario(name) => Some(name.clone()),
            Origin::Reading { .. } | Origin::Test | Origin::Set | Origin::WhatIf => None,
        });
        names.last().map_or(Value::Null, Value::from)
    }

    /// The what-ifs in force, as they were written.
    fn what_ifs(&self) -> Vec<String> {
        let hypothetical = |origin: &Origin| match origin {
            Origin::Set | Origin::WhatIf => true,
            Origin::Reading { .. } | Origin::Scenario(_) | Origin::Test => false,
        };
        let layers = self.layers().iter().filter(|layer| hypothetical(&layer.origin));
        layers.flat_map(|layer| &layer.body).map(|stmt| self.sources().text(stmt.span).to_owned()).collect()
    }
}

fn result(answer: &Answer, line: &AnswerLine, lang: Lang) -> Value {
    let words = answer.words(lang);
    let outcome = answer.outcome(line);
    let (ty, show) = answer.typed(line);
    let rests = Rests::of(words, &answer.trace, line.step);
    let (readings, _) = rests.readings(words);
    let basis: Vec<Value> = basis_of(words, &answer.trace, line.step)
        .iter()
        .map(|basis| json!({ "source": basis.source, "at": basis.at }))
        .collect();
    let mut fields = Map::new();
    fields.insert("target".into(), line.name.clone().into());
    fields.insert("entity".into(), entity(answer, line));
    fields.insert("text".into(), words.outcome(outcome, ty, show).into());
    fields.insert("unit".into(), unit(ty, words).map_or(Value::Null, Value::from));
    fields.insert("price_level".into(), level(ty));
    fields.insert("status".into(), status(outcome.status()).into());
    fields.insert("readings".into(), readings.into());
    fields.insert("basis".into(), basis.into());
    fields.insert("hypothetical".into(), rests.is_hypothetical(words, &answer.trace).into());
    fields.extend(state(outcome, ty, show, words));
    Value::Object(fields)
}

fn entity(answer: &Answer, line: &AnswerLine) -> Value {
    line.entity.map_or(Value::Null, |id| {
        let entity = answer.facts.get(id);
        let kind = answer.plan.model.kinds[entity.kind].name.clone();
        Value::Object(Map::from_iter([(kind, Value::from(entity.name.clone()))]))
    })
}

/// The state and what belongs to it.
fn state(outcome: &Outcome, ty: &Ty, show: &Show, words: Words<'_>) -> Map<String, Value> {
    let fields = match outcome {
        Outcome::Value(value) => json!({ "state": "value", "exact": exact(&value.datum, ty), "missing": [] }),
        Outcome::Unknown(unknown) => {
            let missing: Vec<String> = unknown.missing.iter().map(|m| words.missing(*m)).collect();
            json!({ "state": "unknown", "exact": null, "missing": missing, "bounds": bounds(&unknown.bounds, ty) })
        }
        Outcome::DoesNotApply(_) => json!({
            "state": "does_not_apply", "exact": null, "missing": [], "reason": words.outcome(outcome, ty, show),
        }),
        Outcome::Error(problem) => {
            let found = problem.report();
            let message = found.message.get(words.lang);
            json!({
                "state": "error", "exact": null, "missing": [],
                "error": { "code": found.code.id(), "message": message },
            })
        }
    };
    match fields {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

/// A value as text: a decimal or a fraction `n/d`, `true`/`false`, an ISO date, or the text itself.
fn exact(datum: &Datum, ty: &Ty) -> Value {
    match datum {
        Datum::Number(number) => in_unit(number, ty).to_exact().into(),
        Datum::Bool(truth) => truth.to_string().into(),
        Datum::Date(date) => date.to_iso().into(),
        Datum::Text(text) => text.clone().into(),
        Datum::Nothing => Value::Null,
    }
}

/// Percentages are written in pct., everything else in base units.
fn in_unit(number: &Number, ty: &Ty) -> Number {
    match ty {
        Ty::Percent => number.mul(&Number::from_i64(100)),
        Ty::Unknown | Ty::Zero | Ty::Number | Ty::Quantity { .. } | Ty::Bool | Ty::Date => number.clone(),
        Ty::Text | Ty::OneOf(_) | Ty::Entity(_) | Ty::Nothing => number.clone(),
    }
}

fn bounds(bounds: &Bounds, ty: &Ty) -> Value {
    let end = |end: &Option<Number>| end.as_ref().map_or(Value::Null, |n| in_unit(n, ty).to_exact().into());
    match (&bounds.low, &bounds.high) {
        (None, None) => Value::Null,
        (low, high) => json!({ "low": end(low), "high": end(high) }),
    }
}

/// The unit that `exact` stands in, written in the language of the rules.
fn unit(ty: &Ty, words: Words<'_>) -> Option<String> {
    match ty {
        Ty::Percent => Some("pct.".to_owned()),
        Ty::Quantity { unit, .. } => Some(unit.print(&words.model.units, words.model.lang, true)),
        Ty::Unknown | Ty::Zero | Ty::Number | Ty::Bool | Ty::Date | Ty::Text => None,
        Ty::OneOf(_) | Ty::Entity(_) | Ty::Nothing => None,
    }
}

fn level(ty: &Ty) -> Value {
    ty.level().map_or(Value::Null, |level| level_words(level).en.into())
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Final => "final",
        Status::Provisional => "provisional",
        Status::Estimate => "estimate",
        Status::Approximate => "approximate",
    }
}
