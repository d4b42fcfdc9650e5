//! What conditions can come to, whatever the facts are. A condition is read as comparisons of single values with written
//! ones; the written ones cut what each value can be into stretches in which every comparison comes to the same, so one
//! value from each stretch stands for all. What cannot be read so is neither true nor false, and proves nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::{Sample, Value, beyond, constant, declared, said, texts};
use crate::model::{Compare, DefId, ExprId, FactId, KeyDomain, Model, NodeKind, Show, Ty};
use crate::value::{Date, Number, Stretch};

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

/// Values tried, one a subject.
pub(super) type Assignment = BTreeMap<Subject, Sample>;

/// How many definitions are looked through.
const DEEPEST: usize = 20;
/// How many combinations of values are looked at; what would need more is left to the evaluation.
const MOST_COMBINATIONS: usize = 5_000;

/// Follows names that stand for one expression, to where something is computed.
fn resolved(model: &Model, mut expr: ExprId) -> ExprId {
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

fn subject(model: &Model, expr: ExprId) -> Option<Subject> {
    let of_one = |fact: FactId| !model.facts[fact].declared.or_none;
    match &model.node(resolved(model, expr)).kind {
        NodeKind::Fact(fact) if of_one(*fact) => Some(Subject::Fact(*fact)),
        NodeKind::Def(def) => Some(Subject::Def(*def)),
        NodeKind::Year => Some(Subject::Year),
        _ => None,
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

impl Subjects {
    /// Adds what a condition compares.
    pub(super) fn add(&mut self, model: &Model, expr: ExprId) {
        let expr = resolved(model, expr);
        if !self.seen.insert(expr) {
            return;
        }
        match &model.node(expr).kind {
            NodeKind::And(all) | NodeKind::Or(all) => all.iter().for_each(|x| self.add(model, *x)),
            NodeKind::Not(x) => self.add(model, *x),
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

    /// Tells whether a fact is among them.
    pub(super) fn has(&self, fact: FactId) -> bool {
        self.written.contains_key(&Subject::Fact(fact))
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
            Value::Number(_) | Value::Text(_) | Value::Truth(_) => None,
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

/// Calls `look` with every combination of values, until it says that it has seen enough; tells whether all were seen.
pub(super) fn each_assignment(
    subjects: &[(Subject, Vec<Sample>)],
    look: &mut impl FnMut(&Assignment) -> bool,
) -> bool {
    let combinations = subjects.iter().try_fold(1_usize, |all, (_, tried)| all.checked_mul(tried.len()));
    if combinations.is_none_or(|all| all > MOST_COMBINATIONS) {
        return false;
    }
    walk(subjects, &mut Assignment::new(), look)
}

fn walk(
    subjects: &[(Subject, Vec<Sample>)],
    chosen: &mut Assignment,
    look: &mut impl FnMut(&Assignment) -> bool,
) -> bool {
    let Some(((subject, tried), rest)) = subjects.split_first() else { return !look(chosen) };
    for sample in tried {
        chosen.insert(*subject, sample.clone());
        if !walk(rest, chosen, look) {
            return false;
        }
    }
    true
}

/// Tells what a condition comes to; `None` when that is not settled by the values tried.
pub(super) fn holds(model: &Model, expr: ExprId, tried: &Assignment) -> Option<bool> {
    judged(model, expr, tried, &mut BTreeMap::new())
}

/// What each condition comes to, once, however many build on it.
type Known = BTreeMap<ExprId, Option<bool>>;

fn judged(model: &Model, expr: ExprId, tried: &Assignment, known: &mut Known) -> Option<bool> {
    let expr = resolved(model, expr);
    if let Some(truth) = known.get(&expr) {
        return *truth;
    }
    let truth = judge(model, expr, tried, known);
    known.insert(expr, truth);
    truth
}

fn judge(model: &Model, expr: ExprId, tried: &Assignment, known: &mut Known) -> Option<bool> {
    let value = |subject: Subject| tried.get(&subject).map(|sample| &sample.value);
    match &model.node(expr).kind {
        NodeKind::Bool(truth) => Some(*truth),
        NodeKind::Not(x) => judged(model, *x, tried, known).map(|truth| !truth),
        NodeKind::And(all) => decided(all.iter().map(|x| judged(model, *x, tried, known)), false),
        NodeKind::Or(all) => decided(all.iter().map(|x| judged(model, *x, tried, known)), true),
        NodeKind::Compare(op, left, right) => match (constant(model, *left), constant(model, *right)) {
            (Some(a), Some(b)) => compared(*op, &a, &b),
            (_, _) => {
                let (subject, _, written, swapped) = atom(model, *left, *right)?;
                let (a, b) = (value(subject)?, &written);
                if swapped { compared(*op, b, a) } else { compared(*op, a, b) }
            }
        },
        NodeKind::Between(x, low, high) => {
            let at = value(subject(model, *x)?)?;
            let above = compared(Compare::Ge, at, &constant(model, *low)?);
            let below = compared(Compare::Le, at, &constant(model, *high)?);
            decided([above, below].into_iter(), false)
        }
        NodeKind::IsOneOf(x, all) => {
            let at = value(subject(model, *x)?)?;
            let equal = |id: &ExprId| compared(Compare::Eq, at, &constant(model, *id)?);
            decided(all.iter().map(equal), true)
        }
        _ if model.node(expr).ty == Ty::Bool => match value(subject(model, expr)?)? {
            Value::Truth(truth) => Some(*truth),
            Value::Number(_) | Value::Text(_) | Value::Date(_) => None,
        },
        _ => None,
    }
}

/// `eller` when `any`, else `og`: one side may settle it, whatever the others are.
fn decided(all: impl Iterator<Item = Option<bool>>, any: bool) -> Option<bool> {
    let mut open = false;
    for side in all {
        match side {
            Some(truth) if truth == any => return Some(any),
            Some(_) => {}
            None => open = true,
        }
    }
    (!open).then_some(!any)
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
