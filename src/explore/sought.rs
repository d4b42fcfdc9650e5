//! What a name means that somebody asks about: a condition, a grant, an exception, a row or a reading.

use std::collections::BTreeSet;

use super::ExploreProblem;
use crate::diag::nearest;
use crate::eval::{Detail, What};
use crate::explain::Sought;
use crate::model::{DefId, DefKind, ExprId, KeyTest, Model, NodeKind, RangeEnd, Ty};
use crate::session::{Answer, AnswerLine, Target};
use crate::value::Number;

/// What a name means.
pub(super) enum Meant {
    /// Something that steps of the answer decided.
    Sought(Sought),
    /// A reading: the assumption and the reading, by position.
    Reading(usize, usize),
    /// A whole assumption; each of its readings.
    Assumption(usize),
}

/// Finds what a name means; `None` where it may still be that of a row, which only the language can read.
pub(super) fn meant(answer: &Answer, name: &str) -> Result<Option<Meant>, ExploreProblem> {
    let model = &answer.plan.model;
    let name = name.trim();
    if let Some(meant) = exception(answer, name).or_else(|| reading(model, name)) {
        return Ok(Some(meant));
    }
    let def = match definition(answer, name).as_slice() {
        [] => return Ok(None),
        [one] => *one,
        several => {
            let all = several.iter().map(|def| model.full_name(*def)).collect();
            return Err(ExploreProblem::Several { name: name.to_owned(), all });
        }
    };
    match may_be_asked(model, def) {
        Some(sought) => Ok(Some(Meant::Sought(sought))),
        None if is_in_question(answer, def) => Ok(Some(Meant::Sought(Sought::Def(def)))),
        None => Err(ExploreProblem::NothingOfThatName {
            name: name.to_owned(),
            nearest: None,
            is_value: true,
            offered: offered(answer),
        }),
    }
}

/// What can be asked of a definition; `None` where it is a value.
fn may_be_asked(model: &Model, def: DefId) -> Option<Sought> {
    let data = &model.defs[def];
    match data.kind {
        DefKind::Condition | DefKind::Grant => Some(Sought::Def(def)),
        DefKind::TableResult => Some(Sought::Table(def)),
        DefKind::Value | DefKind::GrantFull | DefKind::GrantLapsed | DefKind::Part | DefKind::Duty => {
            (data.ty == Ty::Bool).then_some(Sought::Def(def))
        }
    }
}

/// Why a value is not known, or does not apply, can be asked of any.
fn is_in_question(answer: &Answer, def: DefId) -> bool {
    let own = answer.trace.steps.iter().filter(|step| step.what == What::Def(def));
    let mut states = own.map(|step| &step.outcome);
    states.any(|outcome| outcome.datum().is_none())
}

fn exception(answer: &Answer, name: &str) -> Option<Meant> {
    let model = &answer.plan.model;
    let full = |id| {
        let exception: &crate::model::Exception = &model.exceptions[id];
        format!("{}.{}", model.clauses[exception.clause].full, exception.name)
    };
    let named: Vec<_> =
        model.exceptions.ids().filter(|id| model.exceptions[*id].name == name || full(*id) == name).collect();
    // Of several with one name, the one that the answer's own clauses have.
    let own = |id: &&crate::model::ExceptionId| {
        let clause = model.exceptions[**id].clause;
        answer
            .lines
            .iter()
            .any(|line| matches!(line.target, Target::Def(def) if model.defs[def].clause == clause))
    };
    let found = named.iter().find(own).or_else(|| named.first())?;
    Some(Meant::Sought(Sought::Exception(*found)))
}

fn reading(model: &Model, name: &str) -> Option<Meant> {
    let (assumption, chosen) = match name.split_once(['=', '.']) {
        Some((assumption, reading)) => (assumption.trim(), Some(reading.trim())),
        None => (name, None),
    };
    let ends = |full: &str, asked: &str| full == asked || full.rsplit('.').next() == Some(asked);
    let all = || model.assumptions.iter().enumerate();
    if let Some(at) = chosen.and_then(|chosen| {
        all().filter(|(_, own)| ends(&own.name, assumption)).find_map(|(at, own)| {
            let reading = own.readings.iter().position(|reading| reading.name == chosen)?;
            Some(Meant::Reading(at, reading))
        })
    }) {
        return Some(at);
    }
    let whole = all().find(|(_, own)| ends(&own.name, name) && !own.readings.is_empty());
    if let Some((at, _)) = whole {
        return Some(Meant::Assumption(at));
    }
    let mut alone = all().flat_map(|(at, own)| {
        let named = own.readings.iter().enumerate().filter(|(_, reading)| reading.name == name);
        named.map(move |(reading, _)| Meant::Reading(at, reading))
    });
    alone.next().filter(|_| alone.next().is_none())
}

/// Finds a definition by its full name, or by its own: in the clause of the result first, then what the result rests on,
/// then all of that name.
pub(super) fn definition(answer: &Answer, name: &str) -> Vec<DefId> {
    let model = &answer.plan.model;
    if let Some(def) = model.defs.ids().find(|def| model.is_def(*def, name)) {
        return vec![def];
    }
    let named: Vec<DefId> = model.defs.ids().filter(|def| model.defs[*def].name == name).collect();
    let clause = |def: &&DefId| {
        let own = model.defs[**def].clause;
        answer
            .lines
            .iter()
            .any(|line| matches!(line.target, Target::Def(def) if model.defs[def].clause == own))
    };
    if let Some(def) = named.iter().find(clause) {
        return vec![*def];
    }
    let read = read_by(answer);
    let behind: Vec<DefId> = named.iter().copied().filter(|def| read.contains(def)).collect();
    if behind.is_empty() { named } else { behind }
}

/// The definitions that an answer's results read.
fn read_by(answer: &Answer) -> BTreeSet<DefId> {
    let steps = answer.lines.iter().flat_map(|line| answer.trace.behind(line.step));
    let defs = steps.filter_map(|step| match answer.trace.step(step).what {
        What::Def(def) => Some(def),
        What::Expr(_) => None,
    });
    defs.collect()
}

/// What the answer's results rest on that may be asked about: conditions, grants, exceptions and tables, by name.
pub(super) fn offered(answer: &Answer) -> Vec<String> {
    let model = &answer.plan.model;
    let mut names: Vec<String> = Vec::new();
    let mut add = |name: String| {
        if !names.contains(&name) {
            names.push(name);
        }
    };
    for step in answer.lines.iter().flat_map(|line| answer.trace.behind(line.step)) {
        let step = answer.trace.step(step);
        let What::Def(def) = step.what else { continue };
        if may_be_asked(model, def).is_some() && !is_switch(model, def) {
            add(model.defs[def].name.clone());
        }
        if let Detail::Definition(detail) = &step.detail {
            detail.considered.iter().for_each(|own| add(model.exceptions[own.exception].name.clone()));
        }
    }
    names
}

/// A switch that readings turn is no condition of the agreement.
fn is_switch(model: &Model, def: DefId) -> bool {
    let mut bodies = model.defs[def].bodies();
    model.defs[def].kind == DefKind::Value
        && bodies.all(|body| matches!(model.node(body).kind, NodeKind::Bool(_)))
}

/// The name nearest to one that nothing has.
pub(super) fn near(answer: &Answer, name: &str) -> Option<String> {
    let model = &answer.plan.model;
    let exceptions = model.exceptions.iter().map(|exception| exception.name.clone());
    let asked = || model.defs.ids().filter(|def| may_be_asked(model, *def).is_some());
    let readings = model.assumptions.iter().flat_map(|assumption| {
        assumption.readings.iter().map(|reading| format!("{}={}", assumption.name, reading.name))
    });
    let short = asked().map(|def| model.defs[def].name.clone());
    let names: Vec<String> = offered(answer)
        .into_iter()
        .chain(exceptions)
        .chain(short)
        .chain(asked().map(|def| model.full_name(def)))
        .chain(readings)
        .collect();
    nearest(name, names.iter().map(String::as_str)).map(str::to_owned)
}

/// The rows that an expression such as `andel_bevaret[3]` reads.
pub(super) fn rows(answer: &Answer, line: &AnswerLine) -> Option<Sought> {
    let model = &answer.plan.model;
    let Target::Expr(expr) = line.target else { return None };
    let mut at = expr;
    // A row may be asked for at another time or for somebody.
    loop {
        match &model.node(at).kind {
            NodeKind::Cell(read) => {
                let rows = read.options.iter().map(|option| (option.table, option.row)).collect();
                return Some(Sought::Rows(rows));
            }
            NodeKind::At(inner, _) | NodeKind::ForEntity(inner, ..) | NodeKind::Restated(inner) => {
                at = *inner
            }
            _ => return None,
        }
    }
}

/// The rows of a result's tables that a value of their only key fits, as far as the rows' cells are figures: `[3]` is in
/// the row `3+`.
pub(super) fn rows_of_value(answer: &Answer, def: DefId, value: &Number) -> Option<Sought> {
    let model = &answer.plan.model;
    let tables = model.defs[def].bodies().filter_map(|body| model.table_behind(body));
    let mut found = Vec::new();
    for (table, _) in tables {
        for (at, row) in model.tables[table].rows.iter().enumerate() {
            if let [test] = row.tests.as_slice()
                && holds(model, test, value)
            {
                found.push((table, at));
            }
        }
    }
    (!found.is_empty()).then_some(Sought::Rows(found))
}

fn holds(model: &Model, test: &KeyTest, value: &Number) -> bool {
    let figure = |expr: &ExprId| match &model.node(*expr).kind {
        NodeKind::Figure { value, .. } => Some(value),
        _ => None,
    };
    match test {
        KeyTest::AnyOf(all) => all.iter().any(|cell| figure(cell) == Some(value)),
        KeyTest::Range(low, high) => {
            let above = |end: &RangeEnd| {
                figure(&end.value).is_some_and(|low| low < value || (end.included && low == value))
            };
            let below = |end: &RangeEnd| {
                figure(&end.value).is_some_and(|high| value < high || (end.included && high == value))
            };
            low.as_ref().is_none_or(above) && high.as_ref().is_none_or(below)
        }
        KeyTest::Any | KeyTest::Otherwise | KeyTest::NoneOf(_) | KeyTest::Condition(_) => false,
        KeyTest::Time(_) | KeyTest::From(_) | KeyTest::Slice(_) => false,
    }
}

/// The result to ask about, where only the name of what did not come into play is given: itself, where it has a value,
/// what an exception restates. `None` where nothing goes by the name, or several do, and for readings, which many results
/// may rest on.
pub fn target_of(model: &Model, name: &str) -> Option<String> {
    let name = name.trim();
    let table = name.split('[').next().unwrap_or(name).trim();
    if let Some(def) = model.defs.ids().find(|def| model.is_def(*def, table)) {
        return Some(model.full_name(def));
    }
    let own: Vec<DefId> = model
        .defs
        .ids()
        .filter(|def| model.defs[*def].name == table && !model.is_imported(model.defs[*def].clause))
        .collect();
    if let [def] = own.as_slice() {
        return Some(model.full_name(*def));
    }
    let short = name.rsplit('.').next().unwrap_or(name);
    let restated = model.defs.iter_enumerated().find(|(_, def)| {
        def.exceptions.iter().any(|(exception, _)| model.exceptions[*exception].name == short)
    });
    restated.map(|(def, _)| model.full_name(def))
}

/// Tells whether a name is that of an assumption that offers readings, or of one of them.
pub fn is_reading(model: &Model, name: &str) -> bool {
    reading(model, name.trim()).is_some()
}
