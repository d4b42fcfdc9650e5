//! Tables by one key: values that no row fits, values that several fit, and rows that none can fit. The rows' bounds
//! cut the key's domain into stretches in which the same rows fit, so one value from each stretch settles the question
//! exactly. A key whose domain is not known, and a bound that is not a written figure, are left to the evaluation.

use super::LintProblem;
use crate::base::Bi;
use crate::diag::Problems;
use crate::model::{Body, DefId, ExprId, FactId, KeyTest, Model, NodeKind, RangeEnd, Row, Show, Table, Ty};
use crate::syntax::ast::Policy;
use crate::value::{Number, print_number};

/// Analyses every table by one key.
pub(super) fn tables(model: &Model, problems: &mut Problems) {
    let lookups = model.nodes.iter().filter_map(|node| match &node.kind {
        NodeKind::Lookup { table, column: 0, keys } => match keys.as_slice() {
            [key] => Some((&model.tables[*table], *key)),
            [] | [_, ..] => None,
        },
        _ => None,
    });
    for (table, key) in lookups.filter(|(table, _)| table.policy != Some(Policy::Linear)) {
        analyse(model, table, key, problems);
    }
}

/// The values a key can have.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Domain {
    /// One of these texts.
    Texts(Vec<String>),
    /// Yes or no.
    Truth,
    /// A number; whole numbers count in steps of the given size.
    Numbers { low: Option<Number>, high: Option<Number>, step: Option<Number> },
}

/// One value of a key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Value {
    Text(String),
    Truth(bool),
    Number(Number),
}

fn analyse(model: &Model, table: &Table, key: ExprId, problems: &mut Problems) {
    let Some(domain) = domain_of(model, key) else { return };
    let Some(values) = witnesses(model, table, &domain) else { return };
    let mut hit = vec![false; table.rows.len()];
    let mut gap = None;
    let mut overlap = None;
    for value in &values {
        let fits: Vec<usize> = fitting(model, table, value);
        match fits.as_slice() {
            [] => gap = gap.or(Some(value)),
            [first, second, ..] if table.policy.is_none() => {
                overlap = overlap.or(Some((*first, *second, value)))
            }
            [_, ..] => {}
        }
        let counted = if table.policy == Some(Policy::First) { 1 } else { fits.len() };
        fits.into_iter().take(counted).for_each(|row| hit[row] = true);
    }
    let needs_row = !matches!(table.policy, Some(Policy::Add | Policy::Largest | Policy::Smallest));
    if let (Some(value), true) = (gap, needs_row) {
        let name = table.results.join("; ");
        problems.report(&LintProblem::Gap {
            table: table.span,
            name,
            witness: witness(model, table, key, value),
        });
    }
    if let Some((first, second, value)) = overlap {
        let (first, second) = (table.rows[first].span, table.rows[second].span);
        problems.report(&LintProblem::Overlap { first, second, witness: witness(model, table, key, value) });
    }
    for (row, _) in table.rows.iter().zip(hit).filter(|(row, hit)| !hit && !is_otherwise(row)) {
        let key = table.keys.first().cloned().unwrap_or_default();
        problems.report(&LintProblem::DeadRow { row: row.span, key });
    }
}

fn is_otherwise(row: &Row) -> bool {
    matches!(row.tests.as_slice(), [KeyTest::Otherwise])
}

/// Words a key with a value: `mål = 2`.
fn witness(model: &Model, table: &Table, key: ExprId, value: &Value) -> Bi {
    let name = table.keys.first().cloned().unwrap_or_default();
    let show = &model.node(key).show;
    let words = |lang| match value {
        Value::Text(text) => format!("\"{text}\""),
        Value::Truth(true) => crate::base::Lang::pick(lang, "ja", "yes").to_owned(),
        Value::Truth(false) => crate::base::Lang::pick(lang, "nej", "no").to_owned(),
        Value::Number(number) => shown(number, show, lang),
    };
    Bi::new(
        format!("{name} = {}", words(crate::base::Lang::Da)),
        format!("{name} = {}", words(crate::base::Lang::En)),
    )
}

fn shown(number: &Number, show: &Show, lang: crate::base::Lang) -> String {
    let scaled = number.div(&show.scale).unwrap_or_else(|| number.clone());
    let text = print_number(&scaled, lang, 0, 10).text;
    format!("{text} {}", show.words.get(lang)).trim_end().to_owned()
}

/// The rows that fit a value; `ellers` only when no other does.
fn fitting(model: &Model, table: &Table, value: &Value) -> Vec<usize> {
    let fits = |row: &Row| row.tests.first().is_some_and(|test| test_fits(model, test, value));
    let named: Vec<usize> = table
        .rows
        .iter()
        .enumerate()
        .filter(|(_, row)| !is_otherwise(row) && fits(row))
        .map(|(i, _)| i)
        .collect();
    if !named.is_empty() {
        return named;
    }
    table.rows.iter().enumerate().filter(|(_, row)| is_otherwise(row)).map(|(i, _)| i).collect()
}

fn test_fits(model: &Model, test: &KeyTest, value: &Value) -> bool {
    let equal = |id: &ExprId| constant(model, *id).as_ref() == Some(value);
    match test {
        KeyTest::Any | KeyTest::Otherwise => true,
        KeyTest::AnyOf(all) => all.iter().any(equal),
        KeyTest::NoneOf(all) => !all.iter().any(equal),
        KeyTest::Range(low, high) => {
            end_fits(model, low.as_ref(), value, true) && end_fits(model, high.as_ref(), value, false)
        }
        KeyTest::Condition(_) | KeyTest::Slice(_) | KeyTest::Time(_) => false,
    }
}

fn end_fits(model: &Model, end: Option<&RangeEnd>, value: &Value, is_low: bool) -> bool {
    let Some(end) = end else { return true };
    let (Some(Value::Number(bound)), Value::Number(number)) = (constant(model, end.value), value) else {
        return false;
    };
    let beyond = if is_low { *number > bound } else { *number < bound };
    beyond || (end.included && *number == bound)
}

/// A written value.
pub(super) fn constant(model: &Model, id: ExprId) -> Option<Value> {
    match &model.node(id).kind {
        NodeKind::Figure { value, .. } => Some(Value::Number(value.clone())),
        NodeKind::Text(text) => Some(Value::Text(text.clone())),
        NodeKind::Bool(truth) => Some(Value::Truth(*truth)),
        NodeKind::Negate(inner) => match constant(model, *inner)? {
            Value::Number(number) => Some(Value::Number(number.neg())),
            Value::Text(_) | Value::Truth(_) => None,
        },
        _ => None,
    }
}

/// Values from every stretch of the domain in which the same rows fit; `None` when a bound is not a written figure.
fn witnesses(model: &Model, table: &Table, domain: &Domain) -> Option<Vec<Value>> {
    let written: Vec<ExprId> =
        table.rows.iter().flat_map(|row| row.tests.iter().flat_map(KeyTest::children)).collect();
    let written: Vec<Value> = written.into_iter().map(|id| constant(model, id)).collect::<Option<_>>()?;
    match domain {
        Domain::Texts(all) => Some(all.iter().cloned().map(Value::Text).collect()),
        Domain::Truth => Some(vec![Value::Truth(true), Value::Truth(false)]),
        Domain::Numbers { low, high, step } => {
            let mut bounds: Vec<Number> = written
                .into_iter()
                .filter_map(|value| match value {
                    Value::Number(number) => Some(number),
                    Value::Text(_) | Value::Truth(_) => None,
                })
                .chain(low.clone())
                .chain(high.clone())
                .collect();
            bounds.sort();
            bounds.dedup();
            let inside = |n: &Number| {
                low.as_ref().is_none_or(|low| low <= n)
                    && high.as_ref().is_none_or(|high| n <= high)
                    && step.as_ref().is_none_or(|step| n.div(step).is_some_and(|q| q.is_integer()))
            };
            let between = stretches(&bounds, step.as_ref(), low.is_some(), high.is_some());
            let mut all: Vec<Number> = bounds.into_iter().chain(between).filter(inside).collect();
            all.sort();
            all.dedup();
            Some(all.into_iter().map(Value::Number).collect())
        }
    }
}

/// One number between each two neighbouring bounds, and one beyond each end that the domain leaves open only where it
/// states the other: a key of which nothing is said below its first row is not said to have a gap there.
fn stretches(bounds: &[Number], step: Option<&Number>, has_low: bool, has_high: bool) -> Vec<Number> {
    let one = step.cloned().unwrap_or_else(Number::one);
    let between = bounds.windows(2).flat_map(|pair| match (pair, step) {
        ([a, b], None) => vec![a.add(b).mul(&Number::pow10(-1)).mul(&Number::from_i64(5))],
        ([a, b], Some(step)) => vec![a.add(step), b.sub(step)],
        (_, _) => vec![],
    });
    let below = bounds.first().filter(|_| has_low).map(|first| first.sub(&one));
    let above = bounds.last().filter(|_| has_low && !has_high).map(|last| last.add(&one));
    between.chain(below).chain(above).collect()
}

/// The domain of a key: declared for a fact, inferred for a definition that is always the same expression.
fn domain_of(model: &Model, key: ExprId) -> Option<Domain> {
    match (&model.node(key).ty, &model.node(key).kind) {
        (Ty::Bool, _) => Some(Domain::Truth),
        (Ty::OneOf(all), _) => Some(Domain::Texts(all.clone())),
        (_, NodeKind::Fact(fact)) => fact_domain(model, *fact),
        (_, NodeKind::Def(def)) => domain_of(model, only_body(model, *def)?),
        (_, NodeKind::CountMet(all)) => {
            let most = Number::from_i64(i64::try_from(all.len()).ok()?);
            Some(Domain::Numbers { low: Some(Number::zero()), high: Some(most), step: Some(Number::one()) })
        }
        (_, _) => None,
    }
}

fn only_body(model: &Model, def: DefId) -> Option<ExprId> {
    let data = &model.defs[def];
    match (data.alternatives.as_slice(), data.exceptions.as_slice()) {
        ([only], []) => match only.body {
            Body::Expr(expr) => Some(expr),
            Body::Lifted => None,
        },
        (_, _) => None,
    }
}

fn fact_domain(model: &Model, fact: FactId) -> Option<Domain> {
    let declared = &model.facts[fact].declared;
    if declared.or_none || !declared.ty.is_numeric() {
        return None;
    }
    let bounds = declared.domain.as_ref();
    Some(Domain::Numbers {
        low: bounds.and_then(|d| d.low.as_ref()).map(|(low, _)| low.clone()),
        high: bounds.and_then(|d| d.high.as_ref()).map(|(high, _)| high.clone()),
        step: declared.whole.then(|| declared.show.scale.clone()),
    })
}
