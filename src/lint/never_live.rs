//! Exceptions that can never hold: their time lies outside that of what they stand in, or no value meets their condition.

use super::UsageProblem;
use super::columns::Sample;
use super::conditions::{Reader, Subjects};
use super::forms::Forms;
use super::sweep::{Asked, sweep};
use crate::diag::Problems;
use crate::model::{Exception, ExceptionId, ExprId, Model};
use crate::value::Interval;

/// Looks at every exception of the agreements' own text.
pub(super) fn never_live(model: &Model, problems: &mut Problems) {
    for (id, exception) in model.exceptions.iter_enumerated() {
        // An amendment's exceptions hold when it does, whatever bounds the clause.
        if exception.layer > model.layers.text {
            continue;
        }
        // What is carried over stands in another clause as well, and may be live there.
        let others = model.exceptions.iter().filter(|other| other.span == exception.span).count();
        if others > 1 {
            continue;
        }
        let around = around(model, id);
        let name = exception.name.clone();
        match exception.interval {
            Some(own) if !own.overlaps(around) => {
                problems.report(&UsageProblem::OutsideTime { span: exception.span, name, own, around });
            }
            _ => condition(model, exception, around, problems),
        }
    }
}

/// The time of the clause and of the exceptions around it.
fn around(model: &Model, id: ExceptionId) -> Interval {
    let clause = model.clauses[model.exceptions[id].clause].in_force.unwrap_or(Interval::always());
    let outer = std::iter::successors(model.exceptions[id].outer, |at| model.exceptions[*at].outer);
    outer.filter_map(|at| model.exceptions[at].interval).fold(clause, Interval::intersect)
}

fn condition(model: &Model, exception: &Exception, around: Interval, problems: &mut Problems) {
    let Some(condition) = exception.condition else { return };
    let time = exception.interval.map_or(around, |own| own.intersect(around));
    if !can_hold(model, condition, time) {
        let name = exception.name.clone();
        problems.report(&UsageProblem::NeverMet { span: model.node(condition).span, name });
    }
}

/// Tells whether some values may meet a condition in a time.
fn can_hold(model: &Model, condition: ExprId, time: Interval) -> bool {
    let mut subjects = Subjects::default();
    subjects.add(model, condition);
    let years = (time.from.map(|first| first.year()), time.last().map(|last| last.year()));
    let all = subjects.samples(model, years);
    let tried = all.iter().enumerate().map(|(at, (subject, samples))| (*subject, (at, samples.as_slice())));
    let mut forms = Forms::default();
    let row = Reader::new(model, tried).read(&mut forms, condition);
    let always = forms.known(true);
    let asked = Asked::whether_held(vec![row], always);
    let samples: Vec<Vec<Sample>> = all.into_iter().map(|(_, samples)| samples).collect();
    let found = sweep(forms, &samples, &asked);
    found.hit.contains(&true) || !found.whole
}
