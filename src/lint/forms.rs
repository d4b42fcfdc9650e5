//! Conditions as formulas over values that are tried: what is left of each when one value after the other is put in.
//! Equal formulas are one, so that it is seen at once when two values leave the same.

use std::collections::BTreeMap;

/// Names a formula.
pub(super) type FormId = usize;

/// A formula. INVARIANT: those without tests are `Known`, `Free` or `Open`; everything else waits for a value.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Form {
    /// Comes out so.
    Known(bool),
    /// Can come out either way, whatever the values tried are.
    Free,
    /// Depends on the values tried in a way that is not read here.
    Open,
    /// A test of one value.
    Test(usize),
    /// The opposite.
    Not(FormId),
    /// All of them.
    All(Vec<FormId>),
    /// One of them at least.
    One(Vec<FormId>),
}

/// A test of one value: what it comes to for each that is tried.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Test {
    subject: usize,
    truth: Vec<Option<bool>>,
}

/// How many values can be tried together; a formula keeps a bit for each.
pub(super) const MOST_SUBJECTS: usize = 64;

/// All formulas of one question.
#[derive(Clone, Debug, Default)]
pub(super) struct Forms {
    all: Vec<Form>,
    ids: BTreeMap<Form, FormId>,
    /// Which subjects each formula waits for.
    waits: Vec<u64>,
    tests: Vec<Test>,
    known_tests: BTreeMap<Test, usize>,
    /// What is left of a formula when a subject has a value.
    left: BTreeMap<(FormId, usize, usize), FormId>,
}

impl Forms {
    /// Returns a formula.
    pub(super) fn get(&self, id: FormId) -> &Form {
        &self.all[id]
    }
    /// Tells whether a formula has come out so.
    pub(super) fn is(&self, id: FormId, truth: bool) -> bool {
        self.all[id] == Form::Known(truth)
    }
    /// Tells whether a formula waits for no value.
    pub(super) fn settled(&self, id: FormId) -> bool {
        self.waits[id] == 0
    }
    /// Tells whether values decide a formula, whatever else there is.
    pub(super) fn is_read(&self, id: FormId) -> bool {
        match &self.all[id] {
            Form::Known(_) => true,
            Form::Free | Form::Open => false,
            Form::Test(at) => self.tests[*at].truth.iter().all(Option::is_some),
            Form::Not(inner) => self.is_read(*inner),
            Form::All(parts) | Form::One(parts) => parts.iter().all(|part| self.is_read(*part)),
        }
    }
    pub(super) fn known(&mut self, truth: bool) -> FormId {
        self.add(Form::Known(truth))
    }
    pub(super) fn free(&mut self) -> FormId {
        self.add(Form::Free)
    }
    pub(super) fn open(&mut self) -> FormId {
        self.add(Form::Open)
    }
    /// A test of a subject, with what it comes to for each value that is tried.
    pub(super) fn test(&mut self, subject: usize, truth: Vec<Option<bool>>) -> FormId {
        let test = Test { subject, truth };
        let at = match self.known_tests.get(&test) {
            Some(at) => *at,
            None => {
                self.tests.push(test.clone());
                self.known_tests.insert(test, self.tests.len() - 1);
                self.tests.len() - 1
            }
        };
        self.add(Form::Test(at))
    }
    pub(super) fn not(&mut self, form: FormId) -> FormId {
        match self.all[form] {
            Form::Known(truth) => self.known(!truth),
            Form::Free | Form::Open => form,
            Form::Not(inner) => inner,
            Form::Test(_) | Form::All(_) | Form::One(_) => self.add(Form::Not(form)),
        }
    }
    pub(super) fn all(&mut self, parts: impl IntoIterator<Item = FormId>) -> FormId {
        self.joined(parts, false)
    }
    pub(super) fn one(&mut self, parts: impl IntoIterator<Item = FormId>) -> FormId {
        self.joined(parts, true)
    }

    /// `eller` when `any`, else `og`: one part may settle it, whatever the others are.
    fn joined(&mut self, parts: impl IntoIterator<Item = FormId>, any: bool) -> FormId {
        let mut parts: Vec<FormId> = parts.into_iter().collect();
        parts.sort_unstable();
        parts.dedup();
        if parts.iter().any(|part| self.is(*part, any)) {
            return self.known(any);
        }
        parts.retain(|part| !self.is(*part, !any));
        // Of something free and something not read, both must hold for `og`, and one can be chosen for `eller`.
        let (stays, goes) = if any { (Form::Free, Form::Open) } else { (Form::Open, Form::Free) };
        if parts.iter().any(|part| self.all[*part] == stays) {
            parts.retain(|part| self.all[*part] != goes);
        }
        match parts.as_slice() {
            [] => self.known(!any),
            [only] => *only,
            _ if any => self.add(Form::One(parts)),
            _ => self.add(Form::All(parts)),
        }
    }

    /// Puts a value in: the one at a position among those tried for a subject.
    pub(super) fn put(&mut self, form: FormId, subject: usize, value: usize) -> FormId {
        if self.waits[form] & bit(subject) == 0 {
            return form;
        }
        if let Some(left) = self.left.get(&(form, subject, value)) {
            return *left;
        }
        let left = match self.all[form].clone() {
            Form::Known(_) | Form::Free | Form::Open => form,
            Form::Test(test) => match self.tests[test].truth.get(value).copied().flatten() {
                Some(truth) => self.known(truth),
                None => self.open(),
            },
            Form::Not(inner) => {
                let inner = self.put(inner, subject, value);
                self.not(inner)
            }
            Form::All(parts) => {
                let parts: Vec<FormId> = parts.into_iter().map(|x| self.put(x, subject, value)).collect();
                self.all(parts)
            }
            Form::One(parts) => {
                let parts: Vec<FormId> = parts.into_iter().map(|x| self.put(x, subject, value)).collect();
                self.one(parts)
            }
        };
        self.left.insert((form, subject, value), left);
        left
    }

    /// What every test of a subject comes to for a value: values with the same answers stand for each other.
    pub(super) fn answers(&self, subject: usize, value: usize) -> Vec<Option<bool>> {
        let tests = self.tests.iter().filter(|test| test.subject == subject);
        tests.map(|test| test.truth.get(value).copied().flatten()).collect()
    }

    fn add(&mut self, form: Form) -> FormId {
        if let Some(id) = self.ids.get(&form) {
            return *id;
        }
        let waits = match &form {
            Form::Known(_) | Form::Free | Form::Open => 0,
            Form::Test(test) => bit(self.tests[*test].subject),
            Form::Not(inner) => self.waits[*inner],
            Form::All(parts) | Form::One(parts) => parts.iter().fold(0, |all, part| all | self.waits[*part]),
        };
        let id = self.all.len();
        self.all.push(form.clone());
        self.waits.push(waits);
        self.ids.insert(form, id);
        id
    }
}

/// INVARIANT: no question has more than [`MOST_SUBJECTS`] subjects.
fn bit(subject: usize) -> u64 {
    1_u64.checked_shl(u32::try_from(subject).unwrap_or(u32::MAX)).unwrap_or(0)
}
