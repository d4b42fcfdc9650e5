//! What conditions can come to, whatever the facts are. A condition is read as comparisons of single values with written
//! ones; the written ones cut what each value can be into stretches in which every comparison comes to the same, so one
//! value from each stretch stands for all. What cannot be read so is neither true nor false, and proves nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::{Sample, Value, beyond, constant, declared, said, texts};
use super::forms::{FormId, Forms};
use super::reached::Behind;
use crate::model::{Compare, DefId, ExprId, FactId, KeyDomain, Model, NodeKind, Show, Ty};
use crate::value::{Date, Interval, Number, Stretch};

/// A single value that conditions compare with written ones.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Subject {
    /// A fact or given value.
    Fact(FactId),
    /// A definition whose own text is not looked into.
    Def(DefId),
    /// `år`.
    Year,
}

/// What each subject is compared with.
#[derive(Clone, Debug, Default)]
pub(super) struct Subjects {
    written: BTreeMap<Subject, Vec<Value>>,
    nodes: BTreeMap<Subject, ExprId>,
    /// The conditions looked at: one that several build on is looked at once.
    seen: BTreeSet<ExprId>,
}

/// How many definitions are looked through.
const DEEPEST: usize = 20;
/// Follows names that stand for one expression, to where something is computed.
pub(super) fn resolved(model: &Model, mut expr: ExprId) -> ExprId {
    for _ in 0..DEEPEST {
        match &model.node(expr).kind {
            NodeKind::Def(def) => match model.only_body(*def) {
                Some(body) => expr = body,
                None => return expr,
            },
            NodeKind::Restated(inner) => expr = *inner,
            _ => return expr,
        }
    }
    expr
}

/// Returns the conditions that an expression counts or joins, else the expression itself.
pub(super) fn parts(model: &Model, expr: ExprId) -> Vec<ExprId> {
    match &model.node(resolved(model, expr)).kind {
        NodeKind::CountMet(all) | NodeKind::AllMet(all) | NodeKind::And(all) | NodeKind::Or(all) => {
            all.iter().flat_map(|part| parts(model, *part)).collect()
        }
        NodeKind::Not(inner) => parts(model, *inner),
        _ => vec![expr],
    }
}

/// Returns the single value that an expression is.
pub(super) fn subject(model: &Model, expr: ExprId) -> Option<Subject> {
    let of_one = |fact: FactId| !model.facts[fact].declared.or_none;
    match &model.node(resolved(model, expr)).kind {
        NodeKind::Fact(fact) if of_one(*fact) => Some(Subject::Fact(*fact)),
        NodeKind::Def(def) => Some(Subject::Def(*def)),
        NodeKind::Year => Some(Subject::Year),
        _ => None,
    }
}

/// Returns the single value that a key is, which may be `ingen`.
pub(super) fn key_subject(model: &Model, expr: ExprId) -> Option<Subject> {
    match &model.node(resolved(model, expr)).kind {
        NodeKind::Fact(fact) => Some(Subject::Fact(*fact)),
        _ => subject(model, expr),
    }
}

/// A comparison of a subject with a written value.
fn atom(model: &Model, left: ExprId, right: ExprId) -> Option<(Subject, ExprId, Value, bool)> {
    match (constant(model, left), constant(model, right)) {
        (None, Some(value)) => Some((subject(model, left)?, left, value, false)),
        (Some(value), None) => Some((subject(model, right)?, right, value, true)),
        (_, _) => None,
    }
}

/// A number of conditions met, compared with a written number.
struct Counted {
    all: Vec<ExprId>,
    number: Number,
    /// Whether the written number stands first.
    swapped: bool,
}

/// How many conditions are counted out in full.
const MOST_COUNTED: usize = 12;

fn counted(model: &Model, left: ExprId, right: ExprId) -> Option<Counted> {
    let (count, number, swapped) = match (constant(model, left), constant(model, right)) {
        (None, Some(Value::Number(number))) => (left, number, false),
        (Some(Value::Number(number)), None) => (right, number, true),
        (_, _) => return None,
    };
    match &model.node(resolved(model, count)).kind {
        NodeKind::CountMet(all) if all.len() <= MOST_COUNTED => {
            Some(Counted { all: all.clone(), number, swapped })
        }
        _ => None,
    }
}

/// Tells whether a condition applies at all times, or is not known to be bounded.
fn always_applies(model: &Model, condition: ExprId) -> bool {
    let NodeKind::Def(def) = model.node(condition).kind else { return true };
    let data = &model.defs[def];
    let in_force = model.clauses[data.clause].in_force.is_none_or(|time| time == Interval::always());
    in_force && data.alternatives.iter().all(|line| line.interval == Interval::always())
}

impl Subjects {
    /// Adds what a condition compares.
    pub(super) fn add(&mut self, model: &Model, expr: ExprId) {
        let expr = resolved(model, expr);
        if !self.seen.insert(expr) {
            return;
        }
        match &model.node(expr).kind {
            NodeKind::And(all) | NodeKind::Or(all) | NodeKind::AllMet(all) => {
                all.iter().for_each(|x| self.add(model, *x));
            }
            NodeKind::Not(x) => self.add(model, *x),
            NodeKind::Compare(_, left, right) if counted(model, *left, *right).is_some() => {
                let all = counted(model, *left, *right).map(|count| count.all).unwrap_or_default();
                all.into_iter().for_each(|x| self.add(model, x));
            }
            NodeKind::Compare(_, left, right) => {
                if let Some((subject, node, value, _)) = atom(model, *left, *right) {
                    self.note(subject, node, [value]);
                }
            }
            NodeKind::Between(x, low, high) => {
                let bounds = [constant(model, *low), constant(model, *high)];
                if let (Some(subject), [Some(low), Some(high)]) = (subject(model, *x), bounds) {
                    self.note(subject, *x, [low, high]);
                }
            }
            NodeKind::IsOneOf(x, all) => {
                let values: Option<Vec<Value>> = all.iter().map(|value| constant(model, *value)).collect();
                if let Some((subject, values)) = subject(model, *x).zip(values) {
                    self.note(subject, *x, values);
                }
            }
            _ if model.node(expr).ty == Ty::Bool => {
                if let Some(subject) = subject(model, expr) {
                    self.note(subject, expr, []);
                }
            }
            _ => {}
        }
    }

    /// Adds a value that a subject is compared with.
    pub(super) fn compared(&mut self, subject: Subject, node: ExprId, value: Value) {
        self.note(subject, node, [value]);
    }

    /// Adds a subject that is compared with nothing.
    pub(super) fn also(&mut self, subject: Subject, node: ExprId) {
        self.note(subject, node, []);
    }
    /// Returns the subjects.
    pub(super) fn all(&self) -> impl Iterator<Item = &Subject> {
        self.written.keys()
    }

    fn note(&mut self, subject: Subject, node: ExprId, values: impl IntoIterator<Item = Value>) {
        self.written.entry(subject).or_default().extend(values);
        self.nodes.entry(subject).or_insert(node);
    }

    /// Returns the subjects with the values to try for each. `years` are those in which anything holds.
    pub(super) fn samples(
        &self,
        model: &Model,
        years: (Option<i16>, Option<i16>),
    ) -> Vec<(Subject, Vec<Sample>)> {
        let one = |(subject, written): (&Subject, &Vec<Value>)| {
            let node = self.nodes.get(subject).copied();
            (*subject, tried(model, *subject, node, written, years))
        };
        self.written.iter().map(one).collect()
    }

    /// Returns the values that a subject is compared with.
    pub(super) fn written(&self, subject: Subject) -> &[Value] {
        self.written.get(&subject).map(Vec::as_slice).unwrap_or_default()
    }
    /// Returns where the subjects are read.
    pub(super) fn places(&self) -> impl Iterator<Item = ExprId> {
        self.nodes.values().copied()
    }
    /// Takes over what others compare the same subjects with.
    pub(super) fn narrowed_by(&mut self, others: &Subjects) {
        for (subject, written) in &mut self.written {
            written.extend(others.written(*subject).iter().cloned());
        }
    }
}

fn tried(
    model: &Model,
    subject: Subject,
    node: Option<ExprId>,
    written: &[Value],
    years: (Option<i16>, Option<i16>),
) -> Vec<Sample> {
    let numbers = || super::columns::numbers(written);
    match subject {
        Subject::Year => {
            let year = |year: Option<i16>| year.map(|year| Number::from_i64(i64::from(year)));
            let step = Some(Number::one());
            let all = Stretch { low: year(years.0), high: year(years.1), step, ..Stretch::default() };
            // Whether anything is asked for in a year is not known here.
            beyond(declared(&all, numbers()).into_iter().map(|sample| sample.value))
        }
        // Of what is computed, and of what is the same as something computed, nothing is known but its type.
        Subject::Def(def) => match &model.defs[def].ty {
            Ty::Bool => beyond([Value::Truth(true), Value::Truth(false)]),
            Ty::OneOf(all) => beyond(all.iter().cloned().map(Value::Text)),
            Ty::Text | Ty::Entity(_) => beyond(texts(written).into_iter().map(|sample| sample.value)),
            Ty::Date => beyond(dates(written).into_iter().map(|sample| sample.value)),
            _ => {
                let all = Stretch::default().samples(numbers(), true, true);
                beyond(all.into_iter().map(Value::Number))
            }
        },
        Subject::Fact(fact) => match node.and_then(|node| model.key_domain(resolved(model, node))) {
            Some(KeyDomain::Texts(all)) => said(all.into_iter().map(Value::Text)),
            Some(KeyDomain::Truth) => said([Value::Truth(true), Value::Truth(false)]),
            Some(KeyDomain::Numbers(stretch)) => declared(&stretch, numbers()),
            None if model.facts[fact].declared.ty == Ty::Date => dates(written),
            None => texts(written),
        },
    }
}

/// The written days and those beside them; nothing is said of days outside them.
fn dates(written: &[Value]) -> Vec<Sample> {
    let mut days: Vec<Date> = written
        .iter()
        .filter_map(|value| match value {
            Value::Date(date) => Some(*date),
            Value::Number(_) | Value::Text(_) | Value::Truth(_) | Value::Nothing => None,
        })
        .collect();
    days.sort();
    let (first, last) = (days.first().copied(), days.last().copied());
    let mut all: Vec<Date> =
        days.iter().flat_map(|day| [day.add_days(-1), Some(*day), day.add_days(1)]).flatten().collect();
    all.sort();
    all.dedup();
    let outside = |day: Date| first.is_none_or(|first| day < first) || last.is_none_or(|last| day > last);
    all.into_iter()
        .map(|day| Sample { value: Value::Date(day), beyond: outside(day), possible: true })
        .collect()
}

/// Reads conditions as formulas over the values that are tried.
pub(super) struct Reader<'a> {
    model: &'a Model,
    /// At which position each subject is tried, with its values.
    tried: BTreeMap<Subject, (usize, &'a [Sample])>,
    /// Each condition once, however many build on it.
    known: BTreeMap<ExprId, FormId>,
    /// What the values tried depend on, where a condition that is independent of them is free to hold or not.
    apart: Option<&'a Behind<'a>>,
}

impl<'a> Reader<'a> {
    /// Reads what is not understood as something that may hold or not.
    pub(super) fn new(
        model: &'a Model,
        tried: impl IntoIterator<Item = (Subject, (usize, &'a [Sample]))>,
    ) -> Reader<'a> {
        Reader { model, tried: tried.into_iter().collect(), known: BTreeMap::new(), apart: None }
    }
    /// The same, but what does not depend on what the values tried depend on is free to hold or not.
    pub(super) fn apart_from(self, behind: &'a Behind<'a>) -> Reader<'a> {
        Reader { apart: Some(behind), known: BTreeMap::new(), ..self }
    }

    /// Reads a condition.
    pub(super) fn read(&mut self, forms: &mut Forms, expr: ExprId) -> FormId {
        let expr = resolved(self.model, expr);
        if let Some(form) = self.known.get(&expr) {
            return *form;
        }
        let form = self.form(forms, expr);
        let form = form.unwrap_or_else(|| self.not_read(forms, expr));
        self.known.insert(expr, form);
        form
    }

    /// `None` is not understood.
    fn form(&mut self, forms: &mut Forms, expr: ExprId) -> Option<FormId> {
        let model = self.model;
        match &model.node(expr).kind {
            NodeKind::Bool(truth) => Some(forms.known(*truth)),
            NodeKind::Not(x) => {
                let inner = self.read(forms, *x);
                Some(forms.not(inner))
            }
            NodeKind::And(all) | NodeKind::AllMet(all) => {
                let parts: Vec<FormId> = all.iter().map(|x| self.read(forms, *x)).collect();
                Some(forms.all(parts))
            }
            NodeKind::Or(all) => {
                let parts: Vec<FormId> = all.iter().map(|x| self.read(forms, *x)).collect();
                Some(forms.one(parts))
            }
            NodeKind::Compare(op, left, right) => match counted(model, *left, *right) {
                Some(count) => self.count(forms, *op, &count),
                None => self.compare(forms, *op, *left, *right),
            },
            NodeKind::Between(x, low, high) => {
                let (low, high) = (constant(model, *low)?, constant(model, *high)?);
                let subject = subject(model, *x)?;
                let above = self.test(forms, subject, |at| compared(Compare::Ge, at, &low))?;
                let below = self.test(forms, subject, |at| compared(Compare::Le, at, &high))?;
                Some(forms.all([above, below]))
            }
            NodeKind::IsOneOf(x, all) => {
                let subject = subject(model, *x)?;
                let values: Vec<Value> = all.iter().map(|id| constant(model, *id)).collect::<Option<_>>()?;
                let equal = |at: &Value, value: &Value| compared(Compare::Eq, at, value);
                let tests: Vec<FormId> = values
                    .iter()
                    .map(|value| self.test(forms, subject, |at| equal(at, value)))
                    .collect::<Option<_>>()?;
                Some(forms.one(tests))
            }
            NodeKind::IsNone(x, negated) => {
                let subject = key_subject(model, *x)?;
                // Where `ingen` is not among what is tried, nothing is known of it.
                let (_, samples) = self.tried.get(&subject)?;
                samples.iter().find(|sample| sample.value == Value::Nothing)?;
                self.test(forms, subject, |at| Some((*at == Value::Nothing) != *negated))
            }
            _ if model.node(expr).ty == Ty::Bool => self.test(forms, subject(model, expr)?, |at| match at {
                Value::Truth(truth) => Some(*truth),
                Value::Number(_) | Value::Text(_) | Value::Date(_) | Value::Nothing => None,
            }),
            _ => None,
        }
    }

    /// A number of conditions met that is compared with a written one: as many of them are met, in any way.
    fn count(&mut self, forms: &mut Forms, op: Compare, count: &Counted) -> Option<FormId> {
        // How many of those looked at are met at least.
        let mut at_least: Vec<FormId> = vec![forms.known(true)];
        for condition in &count.all {
            let mut met = self.read(forms, *condition);
            if !always_applies(self.model, *condition) {
                // What does not apply at times is not counted then.
                let open = forms.open();
                met = forms.all([met, open]);
            }
            at_least.push(forms.known(false));
            for many in (1..at_least.len()).rev() {
                let one_more = forms.all([met, at_least[many - 1]]);
                at_least[many] = forms.one([one_more, at_least[many]]);
            }
        }
        at_least.push(forms.known(false));
        let mut fits = Vec::new();
        for many in 0..=count.all.len() {
            let number = Value::Number(Number::from_i64(i64::try_from(many).ok()?));
            let written = Value::Number(count.number.clone());
            let (a, b) = if count.swapped { (&written, &number) } else { (&number, &written) };
            if compared(op, a, b)? {
                let more = forms.not(at_least[many + 1]);
                fits.push(forms.all([at_least[many], more]));
            }
        }
        Some(forms.one(fits))
    }

    fn compare(&self, forms: &mut Forms, op: Compare, left: ExprId, right: ExprId) -> Option<FormId> {
        if let (Some(a), Some(b)) = (constant(self.model, left), constant(self.model, right)) {
            return compared(op, &a, &b).map(|truth| forms.known(truth));
        }
        let atom = atom(self.model, left, right);
        // What is computed, or compared with something else that data give, may still be settled by what both lie within.
        if !matches!(atom, Some((Subject::Fact(_) | Subject::Year, ..)))
            && let Some(truth) = super::ranges::decided(self.model, op, left, right)
        {
            return Some(forms.known(truth));
        }
        let (subject, _, written, swapped) = atom?;
        self.test(forms, subject, |at| match swapped {
            true => compared(op, &written, at),
            false => compared(op, at, &written),
        })
    }

    fn test(
        &self,
        forms: &mut Forms,
        subject: Subject,
        truth: impl Fn(&Value) -> Option<bool>,
    ) -> Option<FormId> {
        let (at, samples) = self.tried.get(&subject)?;
        Some(forms.test(*at, samples.iter().map(|sample| truth(&sample.value)).collect()))
    }

    fn not_read(&self, forms: &mut Forms, expr: ExprId) -> FormId {
        let free = self.apart.is_some_and(|behind| behind.is_apart_from(expr));
        if free { forms.free() } else { forms.open() }
    }
}

fn compared(op: Compare, a: &Value, b: &Value) -> Option<bool> {
    let order = match (a, b) {
        (Value::Number(a), Value::Number(b)) => a.cmp(b),
        (Value::Date(a), Value::Date(b)) => a.cmp(b),
        (Value::Text(a), Value::Text(b)) => a.cmp(b),
        (Value::Truth(a), Value::Truth(b)) => a.cmp(b),
        (_, _) => return None,
    };
    Some(match op {
        Compare::Eq => order.is_eq(),
        Compare::Ne => order.is_ne(),
        Compare::Lt => order.is_lt(),
        Compare::Le => order.is_le(),
        Compare::Gt => order.is_gt(),
        Compare::Ge => order.is_ge(),
    })
}

/// Returns how a subject is called and shown.
pub(super) fn called(model: &Model, subject: Subject) -> (String, Show) {
    match subject {
        Subject::Fact(fact) => (model.facts[fact].name.clone(), model.facts[fact].declared.show.clone()),
        Subject::Def(def) => (model.defs[def].name.clone(), model.defs[def].show.clone()),
        Subject::Year => {
            (model.lang.pick("år", "year").to_owned(), Show { ungrouped: true, ..Show::plain() })
        }
    }
}
