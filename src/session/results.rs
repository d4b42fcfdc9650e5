//! Results for programs: the fields of `klausul eval --format json`, as `docs/cli.md` promises them.

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::{Answer, AnswerLine, Session, Target};
use crate::base::Lang;
use crate::diag::Report;
use crate::eval::{Bounds, Outcome};
use crate::explain::{Words, basis_of};
use crate::facts::{Datum, Moment};
use crate::model::{Layer, Origin, Ty};
use crate::types::level_words;
use crate::value::{Level, Number, PriceLevel, Status};

impl Session {
    /// Returns the SHA-256 over the rule files: of each its name without folders, its length and its text, in the
    /// order of the names. It is the same wherever the files lie.
    pub fn rules_hash(&self) -> String {
        let own = |name: &'_ str| name.rsplit(['/', '\\']).next().unwrap_or(name).to_owned();
        let mut texts: Vec<(String, &str)> = Vec::new();
        for file in self.rule_files() {
            let file = self.sources().file(*file);
            texts.push((own(&file.name), &file.text));
        }
        texts.sort();
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
            Moment::Year(year) | Moment::Quarter(year, _) | Moment::Month(year, _) => (year, Value::Null),
            Moment::Day(day) => (day.year(), Value::from(day.to_iso())),
        };
        json!({
            "engine": { "name": "klausul", "version": env!("CARGO_PKG_VERSION") },
            "rules": { "sha256": self.rules_hash() },
            "year": year,
            "date": date,
            "scenario": self.scenario(),
            "hypothetical": !self.what_ifs().is_empty(),
            "what_if": self.what_ifs(),
            "results": answer.lines.iter().map(|line| result(answer, line, lang)).collect::<Vec<_>>(),
            "data_notes": self.data_notes_json(lang),
        })
    }

    /// Returns what the files of data say of themselves as JSON: of each `file` and the paragraphs it `says`.
    pub fn data_notes_json(&self, lang: Lang) -> Value {
        let notes = self.data_notes(lang).into_iter();
        notes.map(|(file, says)| json!({ "file": file, "says": says })).collect()
    }

    /// The scenarios in force, the one asked for last.
    fn scenario(&self) -> Value {
        let mut names = self.layers().iter().filter_map(|layer| match &layer.origin {
            Origin::Scenario(name) => Some(name.clone()),
            _ => None,
        });
        names.next_back().map_or(Value::Null, Value::from)
    }

    /// The what-ifs in force, as the language writes them, scenarios and readings asked for among them.
    pub fn what_ifs(&self) -> Vec<String> {
        let layers = self.layers().iter().filter(|layer| layer.origin.is_hypothetical());
        layers.flat_map(|layer| self.words_of(layer)).collect()
    }

    /// One of them.
    pub fn words_of(&self, layer: &Layer) -> Vec<String> {
        match &layer.origin {
            Origin::Scenario(name) => vec![format!("{} {name}", self.lang().pick("scenarie", "scenario"))],
            _ => layer.body.iter().map(|stmt| self.spelt(stmt)).collect(),
        }
    }
}

/// One result. The keys are always there, `null` where they have nothing to say. Names, units and places are in the
/// language of the rules, so that only the texts for people change with the language asked for.
fn result(answer: &Answer, line: &AnswerLine, lang: Lang) -> Value {
    let own = answer.words(answer.plan.model.lang);
    let (outcome, (ty, show)) = (answer.outcome(line), answer.typed(line));
    let (readings, assumptions) = answer.footings().readings(own, line.step);
    let known = matches!(outcome, Outcome::Value(_) | Outcome::Unknown(_));
    let missing: Vec<String> =
        outcome.missing_set().into_iter().map(|missing| own.missing(missing)).collect();
    json!({
        "target": target(own, line),
        "entity": entity(answer, line),
        "state": state(outcome),
        "type": outcome.datum().map(kind),
        "exact": outcome.datum().map_or(Value::Null, |datum| exact(datum, ty)),
        "unit": unit(ty, own).filter(|_| known),
        "price_level": level(answer, ty).filter(|_| known).map(|level| level_words(level).get(own.lang).to_owned()),
        "status": outcome.datum().map(|_| status(outcome.status())),
        "text": answer.words(lang).outcome(outcome, ty, show),
        "missing": missing,
        "bounds": bounds(outcome, ty),
        "readings": readings,
        "assumptions": assumptions,
        "basis": basis(own, answer, line),
        "hypothetical": answer.footings().is_hypothetical(line.step),
        "reason": reason(answer.words(lang), outcome),
        "error": error(outcome, lang),
    })
}

/// The price level of an amount at the moment asked about; current prices are current whichever year's they are.
pub(super) fn level(answer: &Answer, ty: &Ty) -> Option<Level> {
    level_at(answer.moment, ty)
}

/// The price level of an amount at a moment.
pub fn level_at(moment: Moment, ty: &Ty) -> Option<Level> {
    let level = moment.interval().and_then(|moment| ty.level()?.at(moment))?;
    Some(match level {
        PriceLevel::Of(year) => Level::Of(year),
        PriceLevel::Current(_) | PriceLevel::CurrentOf(_) | PriceLevel::Several => Level::Current,
    })
}

fn target(own: Words<'_>, line: &AnswerLine) -> String {
    match line.target {
        Target::Def(def) => own.def_name(def),
        Target::Expr(_) => line.name.clone(),
    }
}

fn entity(answer: &Answer, line: &AnswerLine) -> Value {
    line.entity.map_or(Value::Null, |id| {
        let entity = answer.facts.get(id);
        let kind = answer.plan.model.kinds[entity.kind].name.clone();
        Value::Object(Map::from_iter([(kind, Value::from(entity.name.clone()))]))
    })
}

pub(super) fn state(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Value(_) => "value",
        Outcome::Unknown(_) => "unknown",
        Outcome::DoesNotApply(_) => "does_not_apply",
        Outcome::Error(_) => "error",
    }
}

fn kind(datum: &Datum) -> &'static str {
    match datum {
        Datum::Number(_) => "number",
        Datum::Bool(_) => "truth",
        Datum::Date(_) => "date",
        Datum::Text(_) => "text",
        Datum::Nothing => "none",
    }
}

fn basis(own: Words<'_>, answer: &Answer, line: &AnswerLine) -> Vec<Value> {
    let all = basis_of(own, &answer.trace, line.step).into_iter();
    all.map(|basis| {
        let at = (!basis.at.is_empty()).then_some(basis.at);
        json!({ "source": basis.source, "at": at })
    })
    .collect()
}

fn reason(words: Words<'_>, outcome: &Outcome) -> Option<String> {
    match outcome {
        Outcome::DoesNotApply(reason) => Some(words.reason(*reason)),
        Outcome::Value(_) | Outcome::Unknown(_) | Outcome::Error(_) => None,
    }
}

fn error(outcome: &Outcome, lang: Lang) -> Value {
    match outcome {
        Outcome::Error(problem) => {
            let found = problem.report();
            json!({ "code": found.code.id(), "message": found.message.get(lang) })
        }
        Outcome::Value(_) | Outcome::Unknown(_) | Outcome::DoesNotApply(_) => Value::Null,
    }
}

/// A value as text: a decimal or a fraction `n/d`, `true`/`false`, an ISO date, or the text itself.
pub(super) fn exact(datum: &Datum, ty: &Ty) -> Value {
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

pub(super) fn bounds(outcome: &Outcome, ty: &Ty) -> Value {
    let Outcome::Unknown(unknown) = outcome else { return Value::Null };
    let end = |end: &Option<Number>| end.as_ref().map(|n| in_unit(n, ty).to_exact());
    match &unknown.bounds {
        Bounds { low: None, high: None, .. } => Value::Null,
        Bounds { low, high, low_open, high_open } => {
            let mut ends =
                Map::from_iter([("low".to_owned(), json!(end(low))), ("high".to_owned(), json!(end(high)))]);
            // An end that is not reached says so.
            let open =
                [("low_open", low_open), ("high_open", high_open)].into_iter().filter(|(_, open)| **open);
            ends.extend(open.map(|(name, _)| (name.to_owned(), Value::Bool(true))));
            Value::Object(ends)
        }
    }
}

/// The unit that `exact` stands in, written in the language of the rules.
pub fn unit(ty: &Ty, words: Words<'_>) -> Option<String> {
    match ty {
        Ty::Percent => Some("pct.".to_owned()),
        Ty::Quantity { unit, .. } => Some(unit.print(&words.model.units, words.model.lang, true)),
        Ty::Unknown | Ty::Zero | Ty::Number | Ty::Bool | Ty::Date | Ty::Text => None,
        Ty::OneOf(_) | Ty::Entity(_) | Ty::Nothing => None,
    }
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Final => "final",
        Status::Provisional => "provisional",
        Status::Estimate => "estimate",
        Status::Approximate => "approximate",
    }
}
