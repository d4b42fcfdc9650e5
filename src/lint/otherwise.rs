//! Definitions whose line with `ellers` is left no time by the other lines.

use std::collections::BTreeSet;

use super::UsageProblem;
use crate::diag::Problems;
use crate::model::{Alternative, Model};
use crate::value::Interval;

/// Looks at every line with `ellers`.
pub(super) fn otherwise(model: &Model, problems: &mut Problems) {
    let mut told = BTreeSet::new();
    for def in model.defs.iter() {
        for line in def.alternatives.iter().filter(|line| line.otherwise && line.given.is_empty()) {
            let same_layer = |other: &&Alternative| !other.otherwise && other.layer == line.layer;
            let others = def.alternatives.iter().filter(same_layer).filter(|other| other.given.is_empty());
            let others: Vec<Interval> = others.map(|other| other.interval).collect();
            let pieces = line.interval.cut(others.iter().copied());
            let covered = pieces.iter().all(|piece| others.iter().any(|other| other.covers(*piece)));
            if covered && told.insert(line.span) {
                problems.report(&UsageProblem::IdleOtherwise { span: line.span, row: false });
            }
        }
    }
}
