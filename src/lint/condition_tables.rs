//! Tables of conditions: values for which no row holds, for which several do, rows that never do, and an `ellers` that
//! is left nothing. Only what is proved is said: a condition that cannot be settled may hold or not.

use super::columns::Sample;
use super::conditions::{Reader, Subject, Subjects, called};
use super::forms::{FormId, Forms};
use super::limits::Limits;
use super::proof::{Verdict, doubt};
use super::reached::Behind;
use super::sweep::{prove, sweep};
use super::tables::{Witness, asked, tell, verdict, worded};
use super::unreached::{repeated, with_reach};
use super::witness::Place;
use crate::base::{Bi, Lang};
use crate::diag::Problems;
use crate::model::{ExprId, KeyTest, Model, Table};

/// Analyses one table of conditions.
pub(super) fn condition_table(
    model: &Model,
    (place, table): (Place, &Table),
    limits: &Limits,
    (proving, problems): (bool, &mut Problems),
) -> Verdict {
    let mut subjects = Subjects::default();
    for condition in conditions(table) {
        subjects.add(model, condition);
    }
    subjects.narrowed_by(&limits.subjects(model));
    let all = subjects.samples(model, (None, None));
    let tried =
        || all.iter().enumerate().map(|(at, (subject, samples))| (*subject, (at, samples.as_slice())));
    let mut forms = Forms::default();
    let mut reader = Reader::new(model, tried());
    let rows: Vec<FormId> = table
        .rows
        .iter()
        .map(|row| match row.tests.as_slice() {
            [KeyTest::Condition(condition)] => reader.read(&mut forms, *condition),
            [KeyTest::Otherwise] => forms.known(false),
            _ => forms.open(),
        })
        .collect();
    let behind = Behind::new(model, subjects.places());
    let limited = limits.read(model, &mut forms, reader, &behind);
    let samples: Vec<Vec<Sample>> = all.iter().map(|(_, samples)| samples.clone()).collect();
    let asked = asked(table, rows, limited);
    let mut found = sweep(forms.clone(), &samples, &asked);
    for row in repeated(model, table) {
        found.hit[row] = false;
    }
    let subjects: Vec<Subject> = all.iter().map(|(subject, _)| *subject).collect();
    tell((table, true), &found, problems, |values, fault| {
        let given: Vec<_> = subjects.iter().copied().zip(values).collect();
        let test = super::witness::test(model, place, &given, fault);
        Witness { words: witness(model, &subjects, values), test }
    });
    if found.gap.is_some() || found.overlap.is_some() {
        return Verdict::Faulty;
    }
    let named: Vec<_> = subjects.iter().map(|subject| (Some(*subject), called(model, *subject).0)).collect();
    let verdict = verdict(
        (proving, table),
        &asked,
        |asked| prove(forms.clone(), &samples, asked),
        |left, several| doubt(model, table, &named, (left, several)),
    );
    let asks = |row: usize| {
        let mut subjects = Subjects::default();
        conditions(table).take(row + 1).for_each(|condition| subjects.add(model, condition));
        subjects.all().map(|subject| (Some(*subject), called(model, *subject).0)).collect()
    };
    with_reach(model, (table, verdict), (&forms, &samples), (&asked, &found), asks)
}

fn conditions(table: &Table) -> impl Iterator<Item = ExprId> {
    table.rows.iter().flat_map(|row| &row.tests).filter_map(|test| match test {
        KeyTest::Condition(condition) => Some(*condition),
        KeyTest::Any | KeyTest::Otherwise | KeyTest::AnyOf(_) | KeyTest::NoneOf(_) => None,
        KeyTest::Range(..) | KeyTest::Time(_) | KeyTest::From(_) | KeyTest::Slice(_) => None,
    })
}

/// Words the values: `alder = 18 år og ø = ja`.
fn witness(model: &Model, subjects: &[Subject], values: &[Sample]) -> Bi {
    let all = |lang: Lang| {
        let one = |(subject, sample): (&Subject, &Sample)| {
            let (name, show) = called(model, *subject);
            worded(&name, sample, &show, lang)
        };
        subjects.iter().zip(values).map(one).collect::<Vec<_>>().join(lang.pick(" og ", " and "))
    };
    Bi::new(all(Lang::Da), all(Lang::En))
}
