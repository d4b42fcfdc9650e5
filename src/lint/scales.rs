//! Scales whose written bounds do not rise, that stop below what they charge, or go on above it. Bounds that are computed
//! are looked at when they are known.

use std::collections::BTreeSet;

use super::LintProblem;
use super::columns::{Sample, Value, constant};
use super::conditions::{Subject, subject};
use super::proof::{Question, Reason, Undecided};
use super::reached::Reached;
use super::settle::Why;
use super::tables::worded;
use super::witness::Place;
use crate::base::{Bi, Lang};
use crate::diag::{Code, Problems};
use crate::model::{Body, ExprId, KeyDomain, KeyTest, Model, NodeKind, Row, Table, TableId};
use crate::value::Number;

/// Looks at every scale once, and returns what stays undecided of them.
pub(super) fn scales(model: &Model, problems: &mut Problems) -> Vec<Undecided> {
    let scales = model.nodes.iter().filter_map(|node| match &node.kind {
        NodeKind::Scale { table, base } => Some((*table, *base)),
        _ => None,
    });
    let (mut seen, mut open) = (BTreeSet::new(), BTreeSet::new());
    for (id, base) in scales.filter(|(id, _)| seen.insert(*id)) {
        for (time, table) in model.tables[id].stretches() {
            let before = problems.len();
            falling(model, &table, problems);
            if problems.len() == before {
                let place = Place { table: id, time };
                open.extend(beyond(model, (place, &table), base, problems));
            }
        }
    }
    open.into_iter().collect()
}

/// Looks at a scale beside what its base can be: a base above its last slice, and slices above every base.
fn beyond(
    model: &Model,
    (place, table): (Place, &Table),
    base: ExprId,
    problems: &mut Problems,
) -> Option<Undecided> {
    let name = table.results.join("; ");
    let key = table.keys.first().cloned().unwrap_or_default();
    let most = super::ranges::bounds(model, base).high;
    // Figures alone are what the text states, and may be stated otherwise.
    let given = Reached::depend_on_facts(model, [base]);
    if let Some(most) = most.as_ref().filter(|_| given) {
        for pair in table.rows.windows(2) {
            let [below, row] = pair else { continue };
            if end(model, below).is_some_and(|start| start >= *most) {
                problems.report(&LintProblem::SliceAbove { row: row.span, key: key.clone() });
            }
        }
    }
    let last = table.rows.last().filter(|row| !is_open(row))?;
    let left = |reason| Some(Undecided { span: table.span, question: Question::Scale(name.clone()), reason });
    let Some(last) = end(model, last) else { return left(Reason::ComputedCell) };
    if most.is_some_and(|most| most <= last) {
        return None;
    }
    let subject = subject(model, base);
    let declared = match (subject, model.key_domain(base)) {
        (Some(Subject::Fact(_)), Some(KeyDomain::Numbers(stretch))) if stretch.high.is_some() => stretch,
        (Some(Subject::Fact(fact)), _) => return left(Reason::NotDeclared(model.facts[fact].name.clone())),
        (_, _) => return left(Reason::Computed(key)),
    };
    let above = declared.samples([last.clone()], false, false).into_iter().find(|number| *number > last)?;
    let ruled = model
        .requirements
        .iter()
        .any(|required| !Reached::by(model, [required.condition]).is_apart(&Reached::by(model, [base])));
    match (ruled, stands_alone(model, place.table)) {
        (true, _) => return left(Reason::Required),
        (false, false) => return left(Reason::Norm(Why::Around)),
        (false, true) => {}
    }
    let sample = Sample { value: Value::Number(above), beyond: false, possible: true };
    let show = &model.node(base).show;
    let witness = Bi::new(worded(&key, &sample, show, Lang::Da), worded(&key, &sample, show, Lang::En));
    let test = subject
        .and_then(|subject| super::witness::test(model, place, &[(subject, &sample)], Code::AboveScale));
    problems.report(&LintProblem::ScaleGap { table: table.span, name, witness, test });
    None
}

/// Tells whether a scale stands in a line of a clause, and not in an exception, whose condition may rule values out.
fn stands_alone(model: &Model, id: TableId) -> bool {
    let reads = |body: Body| match body {
        Body::Expr(expr) => matches!(model.node(expr).kind, NodeKind::Scale { table, .. } if table == id),
        Body::Lifted => false,
    };
    let own = model.defs.iter().filter(|def| def.local_to.is_none());
    own.into_iter().any(|def| def.alternatives.iter().any(|line| reads(line.body)))
}

fn falling(model: &Model, table: &Table, problems: &mut Problems) {
    if let Some(row) = table.rows.first()
        && end(model, row).is_some_and(|end| end <= Number::zero())
    {
        problems.report(&LintProblem::SlicesFall { row: row.span, below: None });
    }
    for pair in table.rows.windows(2) {
        let [below, row] = pair else { continue };
        let falls = match (is_open(below), end(model, below), end(model, row)) {
            // Nothing comes above `derover`.
            (true, _, _) => true,
            (false, Some(below), Some(end)) => end <= below,
            (false, _, _) => false,
        };
        if falls {
            problems.report(&LintProblem::SlicesFall { row: row.span, below: Some(below.span) });
        }
    }
}

fn is_open(row: &Row) -> bool {
    matches!(row.tests.as_slice(), [KeyTest::Slice(None)])
}

/// Where a slice ends, where that is written.
fn end(model: &Model, row: &Row) -> Option<Number> {
    let [KeyTest::Slice(Some(bound))] = row.tests.as_slice() else { return None };
    match constant(model, *bound)? {
        Value::Number(number) => Some(number),
        Value::Text(_) | Value::Truth(_) | Value::Date(_) | Value::Nothing => None,
    }
}
