//! Tables by keys: combinations of values that no row fits, that several fit, and rows that none can fit. The rows' bounds
//! cut each key's domain into stretches in which the same rows fit, so one value from each stretch settles the question
//! exactly. A key whose values are not known, and a bound that is not a written figure, are left to the evaluation. In an
//! exception, only what its condition allows counts, as far as that can be decided. Tables of conditions are looked at in
//! a file of their own.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::{Column, NotRead, Sample, Value, columns, constant, test_fits, words};
use super::conditions::{Reader, Subject, key_subject, parts};
use super::forms::{FormId, Forms};
use super::limits::{Conditions, Limits};
use super::problem::Doubt;
use super::proof::{Proofs, Question, Reason, Verdict, Verdicts, doubt, unknown_key};
use super::reached::{Behind, Reached};
use super::sweep::{Asked, Found, Unproved, prove, sweep};
use super::unreached::with_reach;
use super::witness::Place;
use super::{LintProblem, UsageProblem};
use crate::base::{Bi, Lang};
use crate::diag::{Code, Diagnostic, Problems};
use crate::model::{ExprId, KeyTest, Model, NodeKind, Row, Show, Table, Ty};
use crate::syntax::ast::Policy;

/// Analyses every table. What is proved of them is only looked for when it is asked for.
pub(super) fn tables(model: &Model, proving: bool, problems: &mut Problems) -> Proofs {
    let lookups = model.nodes.iter().filter_map(|node| match &node.kind {
        NodeKind::Lookup { table, column: 0, keys } => Some((*table, keys)),
        _ => None,
    });
    let mut conditions: Option<Conditions> = None;
    let mut verdicts = Verdicts::default();
    let mut seen = BTreeSet::new();
    let mut copies: Vec<Diagnostic> = Vec::new();
    for (id, keys) in lookups.filter(|(id, _)| model.tables[*id].whole && seen.insert(*id)) {
        let table = &model.tables[id];
        let limits = conditions.get_or_insert_with(|| Conditions::of(model)).limits(id);
        // What readings and amendments do to a table must hold together in each stretch of time.
        let mut told = Problems::new();
        let stretches = table.stretches();
        // An `ellers` that one reading or exception leaves nothing may be needed without it.
        let alone = stretches.len() == 1 && table.copy_of.is_none();
        for (time, table) in stretches {
            let place = Place { table: id, time };
            let before = told.len();
            if table.policy == Some(Policy::Linear) {
                super::points::points(model, &table, &mut told);
            }
            let sound = told.len() == before;
            let verdict = match keys.is_empty() {
                true => super::condition_tables::condition_table(
                    model,
                    (place, &table),
                    &limits,
                    (proving, &mut told),
                ),
                false => analyse(model, (place, &table), keys, &limits, (proving, &mut told)),
            };
            verdicts.add(&table, if sound { verdict } else { Verdict::Faulty });
        }
        let original = table.copy_of.map(|original| &model.tables[original]);
        for finding in told.sorted() {
            let is_copy = original.is_some() && matches!(finding.code, Code::TableGap | Code::TableOverlap);
            let idle = finding.code == Code::IdleOtherwise && !alone;
            // A row that an exception's condition leaves nothing is there for when the exception does not hold.
            let dead =
                finding.code == Code::DeadRow && original.is_some_and(|table| has_row(table, &finding));
            match is_copy {
                true => copies.push(finding),
                false if !idle && !dead => problems.push(finding),
                false => {}
            }
        }
    }
    // What is wrong with a table is told once, and not again of what an exception makes of it.
    for finding in copies {
        let places = |one: &Diagnostic| one.labels.iter().map(|label| label.span).collect::<Vec<_>>();
        let again = |other: &Diagnostic| other.code == finding.code && places(other) == places(&finding);
        if !problems.iter().any(again) {
            problems.push(finding);
        }
    }
    if proving { verdicts.into_proofs() } else { Proofs::default() }
}

fn has_row(table: &Table, finding: &Diagnostic) -> bool {
    table.rows.iter().any(|row| finding.span() == Some(row.span))
}

fn analyse(
    model: &Model,
    (place, table): (Place, &Table),
    keys: &[ExprId],
    limits: &Limits,
    (proving, problems): (bool, &mut Problems),
) -> Verdict {
    let empty = empty_rows(model, table, problems);
    let subjects: Vec<Option<Subject>> = keys.iter().map(|key| key_subject(model, *key)).collect();
    let mut others = limits.subjects(model);
    keys.iter().for_each(|key| others.add(model, *key));
    let compared = |at: usize| -> &[Value] {
        subjects.get(at).copied().flatten().map(|subject| others.written(subject)).unwrap_or_default()
    };
    let years = limits.years(place.time);
    let columns = match columns(model, table, (keys, years), compared) {
        Ok(columns) => columns,
        Err(NotRead::Cell) => return unknown_key(model, table, None),
        Err(NotRead::Key(at)) => {
            return unknown_key(model, table, keys.get(at).copied().zip(table.keys.get(at)));
        }
    };
    let mut forms = Forms::default();
    let rows = match table.policy {
        Some(Policy::Linear) => vec![super::points::between(model, table, &columns, &mut forms)],
        _ => rows(model, table, &columns, &mut forms),
    };
    let tried = subjects.iter().zip(&columns).enumerate();
    let tried =
        tried.filter_map(|(at, (subject, column))| Some(((*subject)?, (at, column.samples.as_slice()))));
    let behind = Behind::new(model, keys.iter().copied());
    let links = links(model, keys, &columns, (&mut forms, Reader::new(model, tried.clone())));
    let (within, required) = limits.read(model, &mut forms, Reader::new(model, tried), &behind);
    let limited = (forms.all(links.values().copied().chain([within])), required);
    let samples: Vec<Vec<Sample>> = columns.iter().map(|column| column.samples.clone()).collect();
    let asked = asked(table, rows, limited);
    let mut found = sweep(forms.clone(), &samples, &asked);
    // What hangs together cannot be anything at once, so a combination proves nothing.
    let free = keys.iter().enumerate().filter(|(at, _)| !links.contains_key(at));
    let parts: Vec<ExprId> = free.flat_map(|(_, key)| parts(model, *key)).collect();
    let is_sound = found.gap.is_none() && found.overlap.is_none();
    let apart = is_sound || Reached::are_apart(model, &parts);
    // A row that is told to be empty is not told to be dead as well.
    for row in &empty {
        if let Some(hit) = found.hit.get_mut(*row) {
            *hit = true;
        }
    }
    let test = |values: &[Sample], fault| {
        let given = subjects.iter().zip(values).enumerate().filter(|(at, _)| !links.contains_key(at));
        let given: Option<Vec<_>> = given.map(|(_, (subject, sample))| Some(((*subject)?, sample))).collect();
        super::witness::test(model, place, &given?, fault)
    };
    tell((table, apart), &found, problems, |values, fault| Witness {
        words: witness(model, table, keys, values),
        test: test(values, fault),
    });
    let faulty = found.gap.is_some() || found.overlap.is_some();
    if faulty && !apart && empty.is_empty() {
        return together(table, &found);
    }
    if faulty || !empty.is_empty() {
        return Verdict::Faulty;
    }
    let named: Vec<_> = subjects.iter().copied().zip(table.keys.iter().cloned()).collect();
    let verdict = verdict(
        (proving, table),
        &asked,
        |asked| prove(forms.clone(), &samples, asked),
        |left, several| doubt(model, table, &named, (left, several)),
    );
    with_reach(model, (table, verdict), (&forms, &samples), (&asked, &found), |_| named.clone())
}

/// Keys that are conditions over the other keys: each has the value that its condition comes to for theirs.
fn links(
    model: &Model,
    keys: &[ExprId],
    columns: &[Column],
    (forms, mut reader): (&mut Forms, Reader<'_>),
) -> BTreeMap<usize, FormId> {
    let mut links = BTreeMap::new();
    for (at, (key, column)) in keys.iter().zip(columns).enumerate() {
        if model.node(*key).ty != Ty::Bool || key_subject(model, *key).is_some() {
            continue;
        }
        let read = reader.read(forms, *key);
        let is_yes = column.samples.iter().map(|sample| match sample.value {
            Value::Truth(truth) => Some(truth),
            Value::Number(_) | Value::Text(_) | Value::Date(_) | Value::Nothing => None,
        });
        let yes = forms.test(at, is_yes.collect());
        if forms.is_read(read) && forms.is_read(yes) {
            let (not_read, no) = (forms.not(read), forms.not(yes));
            let (both, neither) = (forms.all([read, yes]), forms.all([not_read, no]));
            links.insert(at, forms.one([both, neither]));
        }
    }
    links
}

/// What was found only for values of keys that build on the same facts is a question that stays open.
fn together(table: &Table, found: &Found) -> Verdict {
    let name = table.results.join("; ");
    let gap = found.gap.iter().map(|_| Question::Covered(name.clone()));
    let overlap = found.overlap.iter().map(|_| Question::Overlap(name.clone()));
    Verdict::Undecided(gap.chain(overlap).map(|question| (question, Reason::Together)).collect())
}

/// Nothing is wrong with a table: is it also proved to be right? Whether a row always fits and whether two can are two
/// questions, and each that stays open is listed.
pub(super) fn verdict(
    (proving, table): (bool, &Table),
    asked: &Asked,
    prove: impl Fn(&Asked) -> Result<(), Unproved>,
    doubt: impl Fn(&Unproved, bool) -> (Question, Reason),
) -> Verdict {
    if !proving {
        return Verdict::Faulty;
    }
    // Rows that must agree prove nothing where two fit: what they come to is not compared. Where rows are joined, a value
    // without a row is no fault, but the table is not complete either.
    let overlaps = asked.overlaps || table.policy == Some(Policy::Agree);
    let asked = Asked { overlaps, gaps: !asked.otherwise, ..asked.clone() };
    if prove(&asked).is_ok() {
        return Verdict::Complete;
    }
    if matches!(table.policy, Some(Policy::Add | Policy::Largest | Policy::Smallest)) {
        return Verdict::Faulty;
    }
    let gaps = Asked { overlaps: false, ..asked.clone() };
    let several = Asked { gaps: false, ..asked };
    let open = [(gaps, false), (several, true)];
    let open = open.iter().filter_map(|(asked, several)| Some(doubt(&prove(asked).err()?, *several)));
    Verdict::Undecided(open.collect())
}

/// When each row fits; `ellers` stands aside.
fn rows(model: &Model, table: &Table, columns: &[Column], forms: &mut Forms) -> Vec<FormId> {
    let mut all = Vec::new();
    for row in &table.rows {
        if is_otherwise(row) {
            all.push(forms.known(false));
            continue;
        }
        let mut tests = Vec::new();
        for (at, (column, test)) in columns.iter().zip(&row.tests).enumerate() {
            if !matches!(test, KeyTest::Any) {
                let truth = column.samples.iter().map(|sample| Some(test_fits(model, test, &sample.value)));
                tests.push(forms.test(at, truth.collect()));
            }
        }
        all.push(forms.all(tests));
    }
    all
}

/// What is asked of a table's rows.
pub(super) fn asked(table: &Table, rows: Vec<FormId>, (within, required): (FormId, FormId)) -> Asked {
    let otherwise = table.rows.iter().any(is_otherwise);
    let needs_row = !matches!(table.policy, Some(Policy::Add | Policy::Largest | Policy::Smallest));
    Asked {
        rows,
        within,
        required,
        first: table.policy == Some(Policy::First),
        gaps: needs_row && !otherwise,
        overlaps: table.policy.is_none(),
        otherwise,
        reach: false,
    }
}

/// Values that show a fault, told in two ways.
pub(super) struct Witness {
    /// In words: `mål = 2 og ø = ja`.
    pub(super) words: Bi,
    /// As a test, where one can say them.
    pub(super) test: Option<String>,
}

/// Tells what was found in a table. Values of keys that are not `apart` may not come about at once, and are not shown.
pub(super) fn tell(
    (table, apart): (&Table, bool),
    found: &Found,
    problems: &mut Problems,
    witness: impl Fn(&[Sample], Code) -> Witness,
) {
    if let Some(shown) = found.gap.as_ref().filter(|_| apart) {
        let (name, Witness { words, test }) = (table.results.join("; "), witness(&shown.values, Code::NoRow));
        let doubt = Doubt::of(shown.certain);
        let test = test.filter(|_| doubt.is_none());
        problems.report(&LintProblem::Gap { table: table.span, name, witness: words, test, doubt });
    }
    if let Some((first, second, shown)) = found.overlap.as_ref().filter(|_| apart) {
        let (first, second) = (table.rows[*first].span, table.rows[*second].span);
        let Witness { words, test } = witness(&shown.values, Code::SeveralRows);
        let doubt = Doubt::of(shown.certain);
        let test = test.filter(|_| doubt.is_none());
        problems.report(&LintProblem::Overlap { first, second, witness: words, test, doubt });
    }
    if !found.whole || !found.read {
        return;
    }
    if table.policy == Some(Policy::Linear) {
        return;
    }
    for (row, hit) in table.rows.iter().zip(&found.hit) {
        match row.tests.as_slice() {
            [KeyTest::Otherwise] if !found.open => {
                problems.report(&UsageProblem::IdleOtherwise { span: row.span, row: true });
            }
            [KeyTest::Otherwise] => {}
            [KeyTest::Condition(_)] if !hit => problems.report(&LintProblem::NeverHolds { row: row.span }),
            _ if !hit => {
                let (row, key) = (row.span, table.keys.join("; "));
                let taken = table.policy == Some(Policy::First);
                problems.report(&LintProblem::DeadRow { row, key, taken });
            }
            _ => {}
        }
    }
}

pub(super) fn is_otherwise(row: &Row) -> bool {
    matches!(row.tests.as_slice(), [KeyTest::Otherwise])
}

/// Reports ranges that hold nothing, and returns their rows.
fn empty_rows(model: &Model, table: &Table, problems: &mut Problems) -> BTreeSet<usize> {
    let is_empty = |test: &KeyTest| match test {
        KeyTest::Range(Some(low), Some(high)) => {
            match (constant(model, low.value), constant(model, high.value)) {
                (Some(Value::Number(from)), Some(Value::Number(to))) => {
                    from > to || (from == to && !(low.included && high.included))
                }
                (_, _) => false,
            }
        }
        KeyTest::Time(days) => days.is_empty(),
        KeyTest::Range(..) | KeyTest::Any | KeyTest::Otherwise | KeyTest::AnyOf(_) | KeyTest::NoneOf(_) => {
            false
        }
        KeyTest::Condition(_) | KeyTest::Slice(_) | KeyTest::From(_) => false,
    };
    let mut found = BTreeSet::new();
    for (index, row) in table.rows.iter().enumerate() {
        if row.tests.iter().any(is_empty) {
            problems.report(&LintProblem::EmptyRange { row: row.span });
            found.insert(index);
        }
    }
    found
}

/// Words the keys with their values: `mål = 2 og ø = ja`.
fn witness(model: &Model, table: &Table, keys: &[ExprId], values: &[Sample]) -> Bi {
    let all = |lang: Lang| {
        let one = |((name, key), sample): ((&String, &ExprId), &Sample)| {
            worded(name, sample, &model.node(*key).show, lang)
        };
        let parts: Vec<String> = table.keys.iter().zip(keys).zip(values).map(one).collect();
        parts.join(lang.pick(" og ", " and "))
    };
    Bi::new(all(Lang::Da), all(Lang::En))
}

/// Words one value: `mål = 2`.
pub(super) fn worded(name: &str, sample: &Sample, show: &Show, lang: Lang) -> String {
    format!("{name} = {}", words(&sample.value, show, lang))
}
