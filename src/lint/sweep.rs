//! The sweep over what the keys of a table can be: key by key, over the rows that can still hold, so that most of the
//! combinations are never looked at. Two values that leave the same of every row are looked at once.

use std::collections::BTreeSet;

use super::columns::Sample;
use super::forms::{Form, FormId, Forms, MOST_SUBJECTS};

/// What is asked of some rows.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    /// When each row holds; `ellers` never does.
    pub(super) rows: Vec<FormId>,
    /// When the rows are read at all.
    pub(super) within: FormId,
    /// What data must meet, or they are bad.
    pub(super) required: FormId,
    /// Whether the first row that holds is taken, and the others are not looked at.
    pub(super) first: bool,
    /// Whether one of the rows must hold.
    pub(super) gaps: bool,
    /// Whether only one may.
    pub(super) overlaps: bool,
    /// Whether there is a row `ellers`.
    pub(super) otherwise: bool,
    /// Whether it is asked of each row whether values that are declared surely reach it.
    pub(super) reach: bool,
}

impl Asked {
    /// Rows that are always read, of which only whether they can hold is asked.
    pub(super) fn whether_held(rows: Vec<FormId>, always: FormId) -> Asked {
        let (within, required) = (always, always);
        Asked {
            rows,
            within,
            required,
            first: false,
            gaps: false,
            overlaps: false,
            otherwise: false,
            reach: false,
        }
    }
}

/// Values that show something.
#[derive(Clone, Debug)]
pub(super) struct Shown {
    /// One of each subject.
    pub(super) values: Vec<Sample>,
    /// Whether the rows are read for them. If not, that could not be decided.
    pub(super) certain: bool,
}

/// What a sweep found.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// Rows that hold, or may hold, for some values.
    pub(super) hit: Vec<bool>,
    /// Rows that are surely taken for some values that are declared, where that is asked.
    pub(super) reached: Vec<bool>,
    /// Whether `ellers` surely is needed for some values that are declared, where that is asked.
    pub(super) needed: bool,
    /// Values for which no row holds.
    pub(super) gap: Option<Shown>,
    /// Values for which two rows hold.
    pub(super) overlap: Option<(usize, usize, Shown)>,
    /// Whether `ellers` may be needed.
    pub(super) open: bool,
    /// Whether the rows are read for any values at all.
    pub(super) read: bool,
    /// Whether everything was looked at, so that what was not found is not there.
    pub(super) whole: bool,
}

/// How much is looked at: formulas into which a value is put. What would need more is left to the evaluation.
const MOST_WORK: usize = 400_000;

/// Why it is not proved that the rows are right for all values.
#[derive(Clone, Debug)]
pub(super) enum Unproved {
    /// There is more to look at than is looked at.
    TooMany,
    /// Values for which it is not settled.
    Values {
        /// One of each subject.
        values: Vec<Sample>,
        /// Whether more than one row may hold; else none may.
        several: bool,
        /// Whether a row could not be read for them.
        reads: bool,
    },
}

/// Sweeps over all combinations of the subjects' values.
pub(super) fn sweep(forms: Forms, subjects: &[Vec<Sample>], asked: &Asked) -> Found {
    swept(forms, subjects, asked, false).0
}

/// Tries to prove that a row holds for all values, those included that nothing rules out, and no more rows than may.
pub(super) fn prove(forms: Forms, subjects: &[Vec<Sample>], asked: &Asked) -> Result<(), Unproved> {
    let (found, unproved) = swept(forms, subjects, asked, true);
    match unproved {
        Some(unproved) => Err(unproved),
        None if found.whole => Ok(()),
        None => Err(Unproved::TooMany),
    }
}

fn swept(
    mut forms: Forms,
    subjects: &[Vec<Sample>],
    asked: &Asked,
    proving: bool,
) -> (Found, Option<Unproved>) {
    let found = Found {
        hit: vec![false; asked.rows.len()],
        reached: vec![false; asked.rows.len()],
        needed: false,
        gap: None,
        overlap: None,
        open: false,
        read: false,
        whole: subjects.len() <= MOST_SUBJECTS,
    };
    if !found.whole {
        return (found, None);
    }
    let tried = subjects.iter().enumerate().map(|(at, all)| different(&forms, at, all)).collect();
    let never = forms.known(false);
    let rows = asked.rows.iter().copied().enumerate().filter(|(_, form)| *form != never).collect();
    let state = State { within: asked.within, required: asked.required, said: true, possible: true, rows };
    let mut sweep = Sweep {
        forms,
        subjects,
        tried,
        asked,
        chosen: Vec::new(),
        seen: BTreeSet::new(),
        found,
        left: MOST_WORK,
        proving,
        unproved: None,
    };
    sweep.walk(state);
    (sweep.found, sweep.unproved)
}

/// The values of a subject that some test tells apart.
fn different(forms: &Forms, subject: usize, samples: &[Sample]) -> Vec<usize> {
    let mut seen = BTreeSet::new();
    let mut is_new = |at: usize, sample: &Sample| {
        seen.insert((forms.answers(subject, at), sample.beyond, sample.possible))
    };
    let all = samples.iter().enumerate().filter(|(at, sample)| is_new(*at, sample));
    all.map(|(at, _)| at).collect()
}

struct Sweep<'a> {
    forms: Forms,
    subjects: &'a [Vec<Sample>],
    /// The values tried for each subject, by position.
    tried: Vec<Vec<usize>>,
    asked: &'a Asked,
    chosen: Vec<usize>,
    seen: BTreeSet<(usize, State)>,
    found: Found,
    left: usize,
    /// Whether the rows are to be proved right, not searched for faults.
    proving: bool,
    unproved: Option<Unproved>,
}

/// What is left when some values are chosen.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct State {
    within: FormId,
    required: FormId,
    /// Whether something says that the subjects can have such values.
    said: bool,
    /// Whether they can have them for all that is declared.
    possible: bool,
    /// The rows that can still hold, with what is left of them.
    rows: Vec<(usize, FormId)>,
}

impl Sweep<'_> {
    fn walk(&mut self, state: State) {
        let done = match self.proving {
            true => self.unproved.is_some() || self.proved(&state),
            false => self.learns_nothing(&state),
        };
        if self.forms.is(state.within, false) || done {
            return;
        }
        let waiting = state.rows.iter().map(|(_, form)| *form).chain([state.within, state.required]);
        if waiting.into_iter().all(|form| self.forms.settled(form)) {
            match self.proving {
                true => self.doubt(&state),
                false => self.settle(&state),
            }
            return;
        }
        let depth = self.chosen.len();
        if !self.seen.insert((depth, state.clone())) {
            return;
        }
        for at in self.tried.get(depth).cloned().unwrap_or_default() {
            let work = state.rows.len() + 1;
            if self.left < work {
                self.found.whole = false;
                return;
            }
            self.left -= work;
            let next = self.put(&state, depth, at);
            self.chosen.push(at);
            self.walk(next);
            self.chosen.pop();
        }
    }

    fn put(&mut self, state: &State, subject: usize, at: usize) -> State {
        let sample = &self.subjects[subject][at];
        let mut rows = Vec::new();
        for (row, form) in &state.rows {
            let left = self.forms.put(*form, subject, at);
            if self.forms.is(left, false) {
                continue;
            }
            rows.push((*row, left));
            if self.asked.first && self.forms.is(left, true) {
                break;
            }
        }
        State {
            within: self.forms.put(state.within, subject, at),
            required: self.forms.put(state.required, subject, at),
            said: state.said && !sample.beyond,
            possible: state.possible && sample.possible,
            rows,
        }
    }

    /// Tells whether nothing can be found here that is not found already.
    fn learns_nothing(&self, state: &State) -> bool {
        let found = &self.found;
        let counts = !self.forms.is(state.required, false);
        let holds = state.rows.iter().any(|(_, form)| self.forms.is(*form, true));
        let known_gap = found.gap.as_ref().is_some_and(|shown| shown.certain);
        let gap = self.asked.gaps && !known_gap && state.said && counts && !holds;
        let known_overlap = found.overlap.as_ref().is_some_and(|(_, _, shown)| shown.certain);
        let several = state.rows.len() > 1;
        let overlap = self.asked.overlaps && !known_overlap && state.possible && counts && several;
        let open = self.asked.otherwise && !found.open && !holds;
        let reach = self.asked.reach && state.possible && counts;
        let known = |row: &usize| found.hit[*row] && (!reach || found.reached[*row]);
        let needed = reach && !holds && !found.needed;
        found.read && !gap && !overlap && !open && !needed && state.rows.iter().all(|(row, _)| known(row))
    }

    /// Tells whether the rows are right for all values that are left to choose.
    fn proved(&self, state: &State) -> bool {
        let holds = state.rows.iter().any(|(_, form)| self.forms.is(*form, true));
        let alone = !self.asked.overlaps || state.rows.len() < 2;
        self.forms.is(state.required, false) || ((holds || !self.asked.gaps) && alone)
    }

    /// Keeps values for which nothing is left to settle, and the rows are not proved right.
    fn doubt(&mut self, state: &State) {
        let holds = state.rows.iter().any(|(_, form)| self.forms.is(*form, true));
        let (values, ..) = self.values(state);
        let several = holds || !self.asked.gaps;
        self.unproved = Some(Unproved::Values { values, several, reads: !state.rows.is_empty() });
    }

    /// Looks at values that settle everything.
    fn settle(&mut self, state: &State) {
        self.found.read = true;
        let (values, said, possible) = self.values(state);
        let counts = !self.forms.is(state.required, false) && *self.forms.get(state.required) != Form::Open;
        let certain = *self.forms.get(state.within) != Form::Open;
        let is_new = |known: Option<&Shown>| known.is_none_or(|shown| certain && !shown.certain);
        let holding = state.rows.iter().filter(|(_, form)| self.forms.is(*form, true));
        let holding: Vec<usize> = holding.map(|(row, _)| *row).collect();
        match holding.as_slice() {
            [] => {
                self.found.open = true;
                let none = state.rows.is_empty() && said && counts;
                if none && self.asked.gaps && is_new(self.found.gap.as_ref()) {
                    self.found.gap = Some(Shown { values, certain });
                }
            }
            [first, second, ..]
                if possible
                    && counts
                    && self.asked.overlaps
                    && is_new(self.found.overlap.as_ref().map(|(_, _, shown)| shown)) =>
            {
                self.found.overlap = Some((*first, *second, Shown { values, certain }));
            }
            _ => {}
        }
        let mut surely = possible && counts;
        self.found.needed |= surely && state.rows.is_empty();
        for (row, form) in &state.rows {
            self.found.hit[*row] = true;
            surely &= self.forms.is(*form, true);
            self.found.reached[*row] |= surely;
            if self.asked.first && self.forms.is(*form, true) {
                break;
            }
        }
    }

    /// The values chosen; of what does not matter any more, one that can be.
    fn values(&self, state: &State) -> (Vec<Sample>, bool, bool) {
        let mut all: Vec<Sample> = Vec::new();
        let (mut said, mut possible) = (state.said, state.possible);
        for (subject, samples) in self.subjects.iter().enumerate() {
            let chosen = self.chosen.get(subject).and_then(|at| samples.get(*at));
            let likely = || samples.iter().min_by_key(|sample| (sample.beyond, !sample.possible));
            let Some(sample) = chosen.or_else(likely) else { continue };
            (said, possible) = (said && !sample.beyond, possible && sample.possible);
            all.push(sample.clone());
        }
        (all, said, possible)
    }
}
