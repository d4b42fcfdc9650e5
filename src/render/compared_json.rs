//! Worlds side by side, for programs and for spreadsheets.

use serde_json::{Map, Value, json};

use super::csv_text;
use crate::compare::{
    ToldBridge, ToldCause, ToldCell, ToldChange, ToldDiff, ToldMoves, ToldPoint, ToldResult, ToldRow,
};
use crate::explain::Basis;
use crate::value::{Number, RoundMode};

/// What differs, for programs: the keys are always there, `null` where they have nothing to say.
pub fn compared_json(diff: &ToldDiff) -> Value {
    let columns = diff.columns.iter();
    let columns: Vec<Value> = columns
        .map(|column| json!({ "name": column.name, "says": column.says, "when": column.when }))
        .collect();
    let results = diff.clauses.iter().flat_map(|clause| {
        clause.results.iter().map(move |result| self::result(result, clause.clause.as_deref(), &clause.basis))
    });
    let notes = diff.clauses.iter().filter(|clause| !clause.notes.is_empty());
    let notes: Vec<Value> =
        notes.map(|clause| json!({ "clause": clause.clause, "says": clause.notes })).collect();
    json!({
        "columns": columns,
        "results": results.collect::<Vec<_>>(),
        "notes": notes,
        "differing": diff.differing,
        "same": diff.same,
        "lacking_otherwise": diff.lacking,
        "bridges": diff.bridges.iter().map(bridge).collect::<Vec<_>>(),
    })
}

fn result(result: &ToldResult, clause: Option<&str>, basis: &str) -> Value {
    json!({
        "target": result.full,
        "clause": clause,
        "basis": basis,
        "differs": result.differs,
        "rows": result.rows.iter().map(row).collect::<Vec<_>>(),
        "same_rows": result.same_rows,
        "total": result.total.as_ref().map(row),
        "moves": result.moves.iter().map(moves).collect::<Vec<_>>(),
        "causes": result.causes.iter().map(cause).collect::<Vec<_>>(),
    })
}

fn entity(who: Option<&(String, String)>) -> Value {
    who.map_or(Value::Null, |(kind, name)| {
        Value::Object(Map::from_iter([(kind.clone(), Value::from(name.clone()))]))
    })
}

fn row(row: &ToldRow) -> Value {
    json!({ "entity": entity(row.who.as_ref()), "cells": row.cells.iter().map(cell).collect::<Vec<_>>() })
}

fn cell(cell: &ToldCell) -> Value {
    json!({
        "state": cell.state,
        "text": cell.text,
        "exact": cell.exact,
        "unit": cell.unit,
        "price_level": cell.level,
        "change": cell.change.as_ref().map(change),
    })
}

fn change(change: &ToldChange) -> Value {
    let (percent, words) = change.percent.clone().unzip();
    json!({
        "kind": change.kind,
        "text": change.text,
        "exact": change.exact,
        "percent": percent,
        "percent_text": words,
    })
}

fn moves(moves: &ToldMoves) -> Value {
    let [up, down, same, otherwise] = moves.counts;
    let [sum_up, sum_down] = &moves.sums;
    let [most_up, most_down] = &moves.most;
    json!({
        "column": moves.column,
        "up": { "count": up, "exact": sum_up, "most": most_up },
        "down": { "count": down, "exact": sum_down, "most": most_down },
        "same": same,
        "otherwise": otherwise,
        "text": moves.text,
    })
}

fn cause(cause: &ToldCause) -> Value {
    let at = |basis: &Basis| (!basis.at.is_empty()).then(|| basis.at.clone());
    let basis = cause.basis.iter().map(|basis| json!({ "source": basis.source, "at": at(basis) }));
    json!({
        "column": cause.column,
        "target": cause.name,
        "own": cause.is_own,
        "basis": basis.collect::<Vec<_>>(),
    })
}

fn bridge(bridge: &ToldBridge) -> Value {
    let both = |pair: Option<&(String, String)>| {
        pair.map_or(Value::Null, |(exact, text)| json!({ "exact": exact, "text": text }))
    };
    let point = |point: &ToldPoint| {
        json!({
            "change": (!point.words.is_empty()).then_some(&point.words),
            "state": point.state,
            "text": point.text,
            "exact": point.exact,
            "term": both(point.term.as_ref()),
        })
    };
    let joint = |(from, to, exact, text): &(usize, usize, String, String)| json!({ "from": from, "to": to, "exact": exact, "text": text });
    json!({
        "column": bridge.column,
        "target": bridge.name,
        "entity": entity(bridge.who.as_ref()),
        "total": bridge.is_total,
        "unit": bridge.unit,
        "points": bridge.points.iter().map(point).collect::<Vec<_>>(),
        "together": bridge.joints.iter().map(joint).collect::<Vec<_>>(),
        "whole": both(bridge.whole.as_ref()),
    })
}

/// What differs, for spreadsheets: a row for each result, for whom and column; sums and the terms of bridges have rows of
/// their own, told apart by the first cell.
pub fn compared_csv(diff: &ToldDiff) -> String {
    const HEAD: [&str; 15] = [
        "row",
        "target",
        "kind",
        "entity",
        "column",
        "when",
        "base_state",
        "base_exact",
        "state",
        "exact",
        "unit",
        "price_level",
        "difference",
        "percent",
        "text",
    ];
    let mut rows: Vec<Vec<String>> = vec![HEAD.iter().map(|head| (*head).to_owned()).collect()];
    for result in diff.clauses.iter().flat_map(|clause| &clause.results) {
        for row in &result.rows {
            rows.extend(csv_rows(diff, result, row, "result"));
        }
        if let Some(row) = &result.total {
            rows.extend(csv_rows(diff, result, row, "total"));
        }
    }
    for bridge in &diff.bridges {
        for (at, point) in bridge.points.iter().enumerate() {
            let (kind, name) = bridge.who.clone().unwrap_or_default();
            let before = at.checked_sub(1).and_then(|at| bridge.points.get(at));
            let term = point.term.as_ref().map(|(exact, _)| exact.clone());
            rows.push(vec![
                if bridge.is_total { "bridge_total" } else { "bridge" }.to_owned(),
                bridge.name.clone(),
                kind,
                name,
                diff.columns.get(bridge.column).map(|column| column.name.clone()).unwrap_or_default(),
                at.to_string(),
                before.map(|point| point.state.to_owned()).unwrap_or_default(),
                before.and_then(|point| point.exact.clone()).unwrap_or_default(),
                point.state.to_owned(),
                point.exact.clone().unwrap_or_default(),
                bridge.unit.clone().unwrap_or_default(),
                String::new(),
                term.unwrap_or_default(),
                String::new(),
                point.words.clone(),
            ]);
        }
    }
    csv_text(&rows)
}

/// A number as spreadsheets read it: a fraction without an end is rounded to six decimals.
fn decimal(exact: &str) -> String {
    let rounded = Number::from_exact(exact).and_then(|number| match number.decimals() {
        Some(_) => Some(number),
        None => number.round(&Number::pow10(-6), RoundMode::Nearest),
    });
    rounded.map_or_else(|| exact.to_owned(), |number| number.to_exact())
}

fn csv_rows<'a>(
    diff: &'a ToldDiff,
    result: &'a ToldResult,
    row: &'a ToldRow,
    what: &'a str,
) -> impl Iterator<Item = Vec<String>> + 'a {
    let base = row.cells.first();
    let (kind, name) = row.who.clone().unwrap_or_default();
    diff.columns.iter().zip(&row.cells).skip(1).map(move |(column, cell)| {
        let change = cell.change.as_ref();
        let percent = change.and_then(|change| change.percent.as_ref()).map(|(exact, _)| decimal(exact));
        vec![
            what.to_owned(),
            result.full.clone(),
            kind.clone(),
            name.clone(),
            column.name.clone(),
            column.when.clone(),
            base.map(|base| base.state.to_owned()).unwrap_or_default(),
            base.and_then(|base| base.exact.clone()).unwrap_or_default(),
            cell.state.to_owned(),
            cell.exact.clone().unwrap_or_default(),
            cell.unit.clone().unwrap_or_default(),
            cell.level.clone().unwrap_or_default(),
            change.and_then(|change| change.exact.clone()).unwrap_or_default(),
            percent.unwrap_or_default(),
            cell.text.clone(),
        ]
    })
}
