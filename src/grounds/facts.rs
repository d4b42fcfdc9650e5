//! The facts given weight, and what somebody had to judge.

use std::collections::BTreeSet;

use serde_json::Value;

use super::steps::{numbered, places, text, typed};
use super::{Judged, Lacking, Weighed};
use crate::base::Lang;
use crate::eval::{Detail, FactOrigin, StepId, What};
use crate::facts::DataOrigin;
use crate::model::{Fact, FactOwner, NodeKind, Origin};
use crate::record::Record;
use crate::session::Answer;

/// Collects the facts and the judgements among the steps of a record, each once, in the order in which they are first read.
pub(super) fn facts(answer: &Answer, record: &Record, lang: Lang) -> (Vec<Weighed>, Vec<Judged>) {
    let (mut weighed, mut judged) = (Vec::new(), Vec::new());
    let mut told = BTreeSet::new();
    for (place, (id, written)) in record.steps().enumerate() {
        let Some(from) = origin(answer, id, lang) else { continue };
        let fact = fact(answer, id);
        let (name, step) = (name(answer, id, written, fact), numbered(place));
        if !told.insert(name.clone()) {
            continue;
        }
        let (ty, show) = typed(answer, id);
        let value = answer.words(lang).outcome(answer.trace.outcome(id), ty, show);
        match fact.and_then(|fact| Some((fact, fact.judged_by.clone()?))) {
            Some((fact, by)) => {
                let basis = places(written, "basis").collect();
                judged.push(Judged { name, question: fact.title.clone(), by, value, from, basis, step });
            }
            None => {
                let title = fact.and_then(|fact| fact.title.clone());
                let is_assumed = is_assumed(answer, id);
                weighed.push(Weighed { name, title, value, from, is_assumed, step });
            }
        }
    }
    (weighed, judged)
}

/// Tells what was read among the steps of a record and is not given.
pub(super) fn lacking(answer: &Answer, record: &Record) -> Lacking {
    let mut lacking = Lacking::default();
    for (id, _) in record.steps() {
        if !matches!(&answer.trace.step(id).detail, Detail::Fact(FactOrigin::Missing)) {
            continue;
        }
        match fact(answer, id).is_some_and(|fact| fact.judged_by.is_some()) {
            true => lacking.judgement = true,
            false => lacking.facts = true,
        }
    }
    lacking
}

/// A fact's name, with whose it is and when, where it is somebody's and not the same at all times.
fn name(answer: &Answer, id: StepId, written: &Value, fact: Option<&Fact>) -> String {
    let name = text(written, "name").unwrap_or_default();
    let is_own = fact.is_none_or(|fact| matches!(fact.owner, FactOwner::Kind(_)));
    let who = text(written, "who").filter(|_| is_own);
    let is_always = fact.is_some_and(|fact| fact.declared.always);
    let is_other = answer.trace.step(id).at.moment != answer.moment;
    let when = text(written, "when").filter(|_| !is_always && (is_own || is_other));
    let about = [who, when].into_iter().flatten().collect::<Vec<_>>();
    if about.is_empty() { name.to_owned() } else { format!("{name} ({})", about.join(", ")) }
}

/// Who put a value in place of another, by the position of it in the model.
fn put_by(answer: &Answer, index: usize, lang: Lang) -> String {
    let model = &answer.plan.model;
    let Some(over) = model.overrides.get(index) else { return String::new() };
    match model.layers.origin(over.layer) {
        Origin::CarriedOver | Origin::Text | Origin::Exceptions => {
            lang.pick("står i reglerne", "stands in the rules").to_owned()
        }
        Origin::Data => lang.pick("data", "data").to_owned(),
        Origin::Reading { assumption, reading } => {
            format!("{} {assumption}={reading}", lang.pick("efter læsningen", "by the reading"))
        }
        Origin::Amendment(id) => {
            let name = &model.amendments[*id].name;
            format!("{} {name}", lang.pick("efter ændringen", "by the amendment"))
        }
        Origin::Scenario(name) => format!("{} {name}", lang.pick("fra scenariet", "from the scenario")),
        Origin::Test => lang.pick("fra prøven", "from the test").to_owned(),
        Origin::Set | Origin::WhatIf => {
            lang.pick("sat af den, der spørger", "set by the one who asks").to_owned()
        }
    }
}

/// Tells whether a value is put in place by the one who asks, or by a scenario.
fn is_assumed(answer: &Answer, id: StepId) -> bool {
    let put = match &answer.trace.step(id).detail {
        Detail::Fact(FactOrigin::Override(index)) => Some(*index),
        Detail::Definition(detail) if detail.from_data.is_none() => detail.overridden,
        _ => None,
    };
    let model = &answer.plan.model;
    put.and_then(|index| model.overrides.get(index))
        .is_some_and(|over| model.layers.origin(over.layer).is_hypothetical())
}

fn fact(answer: &Answer, id: StepId) -> Option<&Fact> {
    let What::Expr(expr) = answer.trace.step(id).what else { return None };
    match answer.plan.model.node(expr).kind {
        NodeKind::Fact(fact) => Some(&answer.plan.model.facts[fact]),
        _ => None,
    }
}

/// Where something comes from that the rules do not state; `None` where they do, or where nobody gave it.
fn origin(answer: &Answer, id: StepId, lang: Lang) -> Option<String> {
    // The name without folders, as in the record, so that the page is the same wherever the files lie.
    let own = |file: &str| file.rsplit(['/', '\\']).next().unwrap_or(file).to_owned();
    let given =
        |origin: &DataOrigin| format!("{}, {}", own(&origin.file), origin.place.get(lang).replace('`', ""));
    match &answer.trace.step(id).detail {
        Detail::Fact(FactOrigin::Data(origin)) => Some(given(origin)),
        Detail::Fact(FactOrigin::Override(index)) => Some(put_by(answer, *index, lang)),
        Detail::Fact(FactOrigin::Default) => {
            Some(lang.pick("ikke oplyst; teksten forudsætter det", "not given; the text takes it").to_owned())
        }
        Detail::Fact(FactOrigin::Missing) => None,
        Detail::Definition(detail) => {
            let instead = lang.pick("i stedet for reglens eget", "instead of the rule's own");
            let from_data = detail.from_data.as_ref().map(|origin| format!("{} ({instead})", given(origin)));
            let put = detail.overridden.map(|index| format!("{} ({instead})", put_by(answer, index, lang)));
            from_data.or(put)
        }
        Detail::Plain | Detail::Branch(_) | Detail::Row { .. } | Detail::Between { .. } => None,
        Detail::Rounded { .. } | Detail::Shares(_) | Detail::Entities(_) | Detail::Ranks(_) => None,
        Detail::Years(_) | Detail::Limited(_) | Detail::Slices(..) => None,
    }
}
