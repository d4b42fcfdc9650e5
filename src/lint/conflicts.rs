//! Exceptions that can be live together and give different values, where the text does not say which goes first. It is
//! told where values are found for which both are surely live and their lines surely come to different things; a test
//! shows it. Where that can be neither shown nor ruled out, the question is left open.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::{Sample, Value};
use super::conditions::{Subject, called};
use super::norm_problem::NormProblem;
use super::open::{Opened, Questions, What};
use super::settle::{Part, Question, Required, Settled, Shown, Why, settle};
use super::tables::worded;
use super::witness::{Moment, Shows, written_test, year_of};
use super::worth::{Hand, alike, facts_of};
use crate::base::{Bi, Lang, Span};
use crate::diag::{Code, Problems};
use crate::model::{Alternative, Body, DefId, ExceptionId, LayerId, Model, NodeKind, RowChange, TableId};
use crate::syntax::ast::Citation;
use crate::syntax::cite;
use crate::value::Interval;

/// How many pairs of exceptions of one definition are looked at.
const MOST_PAIRS: usize = 500;
/// How many combinations of values that decide nothing else are tried for two lines.
const MOST_TRIED: usize = 60;

/// Looks at every definition that several exceptions restate.
pub(super) fn conflicts(
    model: &Model,
    required: &Required<'_>,
    open: &mut Questions,
    problems: &mut Problems,
) {
    let mut look = Look { model, required, told: BTreeMap::new() };
    for (id, def) in model.defs.iter_enumerated() {
        let all = &def.exceptions;
        let pairs = all.iter().enumerate().flat_map(|(at, one)| all[at + 1..].iter().map(move |b| (one, b)));
        for (count, (one, other)) in pairs.enumerate() {
            if count >= MOST_PAIRS {
                let span = model.exceptions[other.0].span;
                open.leave(Opened { span, what: What::Conflict, why: Why::TooMuch });
                break;
            }
            look.pair(id, one, other);
        }
    }
    for ((first, second), found) in look.told {
        match found {
            Found::Shown(problem) => problems.report(&*problem),
            Found::Open(why) => open.leave(Opened { span: second.max(first), what: What::Conflict, why }),
        }
    }
}

/// What is found of two exceptions: values that show a conflict, or a question that stays open.
enum Found {
    Shown(Box<NormProblem>),
    Open(Why),
}

struct Look<'a> {
    model: &'a Model,
    required: &'a Required<'a>,
    /// Two exceptions that restate several names are told of once. INVARIANT: what is carried over stands at one place of
    /// the text but several times in the model.
    told: BTreeMap<(Span, Span), Found>,
}

type Restated = (ExceptionId, Alternative);

impl Look<'_> {
    fn pair(&mut self, def: DefId, one: &Restated, other: &Restated) {
        let model = self.model;
        let off = [one.0, other.0].iter().any(|id| model.switched_off.contains(id));
        let ordered = model.exception_before(one.0, other.0) || model.exception_before(other.0, one.0);
        if one.0 == other.0 || off || ordered || same(model, &one.1, &other.1) {
            return;
        }
        let key = (model.exceptions[one.0].span, model.exceptions[other.0].span);
        if let Some(Found::Shown(_)) = self.told.get(&key) {
            return;
        }
        let found = if rows_apart(model, one, other) { None } else { self.settled(def, one, other) };
        if let Some(found) = found {
            self.told.insert(key, found);
        }
    }

    fn settled(&self, def: DefId, one: &Restated, other: &Restated) -> Option<Found> {
        let before = self.before(def, one.0, other.0);
        let mut left_open = None;
        let (times, others) = (self.times(def, one), self.times(def, other));
        let shared = times.iter().flat_map(|time| others.iter().map(|other| time.intersect(*other)));
        for time in shared.filter(|time| !time.is_empty()) {
            for time in time.cut(before.iter().flat_map(|(_, times)| times.iter().copied())) {
                let question = self.question(def, (one, other), (&before, time));
                match settle(self.required, &question, time) {
                    Settled::Never => {}
                    Settled::Open(why) => left_open = Some(why),
                    Settled::Shown(shown) => match self.shown(def, one, other, (&shown, time)) {
                        Differ::Never => {}
                        Differ::Open => left_open = Some(Why::Computed),
                        Differ::Shown(problem) => return Some(Found::Shown(problem)),
                    },
                }
            }
        }
        left_open.map(Found::Open)
    }

    /// The exceptions that set one of two aside where they are live themselves, with when they may be.
    fn before(&self, def: DefId, one: ExceptionId, other: ExceptionId) -> Vec<(ExceptionId, Vec<Interval>)> {
        let model = self.model;
        let goes =
            |first: ExceptionId| model.exception_before(first, one) || model.exception_before(first, other);
        let all = model.defs[def].exceptions.iter();
        all.filter(|(id, _)| goes(*id) && !model.switched_off.contains(id))
            .map(|restated| (restated.0, self.times(def, restated)))
            .collect()
    }

    /// When an exception may be live for a line of a definition, as far as written dates say.
    fn times(&self, def: DefId, (id, line): &Restated) -> Vec<Interval> {
        let model = self.model;
        let in_force = model.clauses[model.defs[def].clause].in_force.unwrap_or(Interval::always());
        let own = model.exception_time(*id).intersect(line.interval).intersect(in_force);
        let ended: Vec<Interval> = self
            .around(*id)
            .flat_map(|at| model.exceptions[at].ended.iter().map(|(time, _)| *time))
            .collect();
        let pieces = own.cut(ended.iter().copied()).into_iter();
        pieces.filter(|piece| !ended.iter().any(|ended| ended.covers(*piece))).collect()
    }

    /// Both are live: their conditions and those of the ones around them are met, and none that goes before one of them
    /// is live as well.
    fn question(
        &self,
        def: DefId,
        (one, other): (&Restated, &Restated),
        (before, time): (&[(ExceptionId, Vec<Interval>)], Interval),
    ) -> Question {
        let model = self.model;
        let both = [one, other];
        let all: Vec<ExceptionId> = both.iter().flat_map(|(id, _)| self.around(*id)).collect();
        let dated = both.iter().any(|(_, line)| !line.given.is_empty())
            || all.iter().any(|id| !model.exceptions[*id].given.is_empty())
            || !model.clauses[model.defs[def].clause].given.is_empty();
        let elsewhere = all.iter().any(|id| model.exceptions[*id].reads_itself);
        let other_kind = both.iter().any(|(_, line)| line.otherwise || line.total);
        let unread = match (dated, elsewhere || other_kind) {
            (true, _) => Some(Why::GivenDate),
            (false, true) => Some(Why::Computed),
            (false, false) => None,
        };
        let conditions = all.iter().filter_map(|id| model.exceptions[*id].condition);
        let then = |times: &[Interval]| times.iter().any(|own| own.overlaps(time));
        let aside = before.iter().filter(|(_, times)| then(times)).map(|(id, _)| self.not_live(def, *id));
        let also = both.iter().flat_map(|(_, line)| facts_of(model, line.body)).collect();
        Question { parts: conditions.map(Part::met).chain(aside).collect(), also, unread }
    }

    fn not_live(&self, def: DefId, id: ExceptionId) -> Part {
        let model = self.model;
        let around: Vec<ExceptionId> = self.around(id).collect();
        let dated = |at: &ExceptionId| {
            let data = &model.exceptions[*at];
            !data.given.is_empty() || data.reads_itself
        };
        let lines = model.defs[def].exceptions.iter().filter(|(at, _)| *at == id);
        let open = around.iter().any(dated)
            || lines.into_iter().any(|(_, line)| !line.given.is_empty() || line.otherwise);
        let conditions = around.iter().filter_map(|at| model.exceptions[*at].condition).collect();
        Part { open, ..Part::unmet(conditions) }
    }

    fn around(&self, id: ExceptionId) -> impl Iterator<Item = ExceptionId> {
        std::iter::successors(Some(id), |at| self.model.exceptions[*at].outer)
    }

    fn shown(
        &self,
        def: DefId,
        one: &Restated,
        other: &Restated,
        (shown, time): (&Shown, Interval),
    ) -> Differ {
        let model = self.model;
        let given: Vec<(Subject, &Sample)> = shown.values.iter().map(|(s, sample)| (*s, sample)).collect();
        let Some(moment) = Moment::within(time, year_of(&given)) else { return Differ::Open };
        let mut known = true;
        for chosen in combinations(shown) {
            let mut values: BTreeMap<Subject, Value> =
                chosen.iter().map(|(subject, sample)| (*subject, sample.value.clone())).collect();
            let year = crate::value::Number::from_i64(i64::from(moment.year()));
            values.insert(Subject::Year, Value::Number(year));
            let hand = Hand::new(model, values, moment.days());
            let [a, b] = [one, other].map(|(_, line)| comes_to(&hand, line));
            match (a, b) {
                (Some(a), Some(b)) if a != b => {
                    let problem = self.problem(def, (one, &a), (other, &b), (&chosen, moment, time));
                    return Differ::Shown(Box::new(problem));
                }
                (Some(_), Some(_)) => {}
                (_, _) => known = false,
            }
        }
        // What was tried gave the same; other values need not.
        let written = [one, other].iter().all(|(_, line)| facts_of(model, line.body).is_empty());
        if known && written { Differ::Never } else { Differ::Open }
    }

    fn problem(
        &self,
        def: DefId,
        (one, a): (&Restated, &Option<Value>),
        (other, b): (&Restated, &Option<Value>),
        (values, moment, time): (&[(Subject, &Sample)], Moment, Interval),
    ) -> NormProblem {
        let model = self.model;
        let name = |id: ExceptionId| model.exceptions[id].name.clone();
        let target = model.full_name(def);
        let title = model.lang.pick(
            format!("{} og {} gælder begge for {target}", name(one.0), name(other.0)),
            format!("{} and {} both hold for {target}", name(one.0), name(other.0)),
        );
        let addressable = model.defs[def].local_to.is_none();
        let shows = Shows { def, moment, title, fault: Code::ConflictingExceptions };
        let side = |(id, line): &Restated, value: &Option<Value>| Side {
            name: name(*id),
            cited: cited(&model.exceptions[*id].basis),
            line: line.span,
            value: value.as_ref().map(|value| said(model, def, value)),
        };
        NormProblem::Conflict {
            name: model.defs[def].name.clone(),
            first: Box::new(side(one, a)),
            second: Box::new(side(other, b)),
            witness: witness(model, values, (moment, time)),
            test: addressable.then(|| written_test(model, &shows, values)).flatten(),
        }
    }
}

/// One of two exceptions that conflict.
#[derive(Clone, Debug)]
pub struct Side {
    /// The exception's name.
    pub name: String,
    /// What it rests on, where it says so.
    pub cited: Option<Bi>,
    /// The line that it states.
    pub line: Span,
    /// What that comes to; `None` for what does not apply.
    pub value: Option<Bi>,
}

/// Whether two lines can come to different things.
enum Differ {
    Never,
    Open,
    Shown(Box<NormProblem>),
}

/// What a line comes to: the outer `None` is not known, the inner does not apply.
fn comes_to(hand: &Hand<'_>, line: &Alternative) -> Option<Option<Value>> {
    match line.body {
        Body::Lifted => Some(None),
        Body::Expr(expr) if matches!(hand.model.node(expr).kind, NodeKind::DoesNotApply(_)) => Some(None),
        Body::Expr(expr) => hand.worth(expr).map(Some),
    }
}

/// The values shown, and the same with others for what decides nothing of whether the exceptions are live.
fn combinations(shown: &Shown) -> Vec<Vec<(Subject, &Sample)>> {
    let mut all: Vec<Vec<(Subject, &Sample)>> = vec![Vec::new()];
    for (subject, sample) in &shown.values {
        let others = shown.others.get(subject).into_iter().flatten();
        let others = others.filter(|other| other.possible && *other != sample);
        let choices: Vec<&Sample> = std::iter::once(sample).chain(others).collect();
        let room = (MOST_TRIED / all.len().max(1)).max(1);
        let mut next = Vec::new();
        for choice in choices.into_iter().take(room) {
            for one in &all {
                let mut one = one.clone();
                one.push((*subject, choice));
                next.push(one);
            }
        }
        all = next;
    }
    all
}

fn same(model: &Model, one: &Alternative, other: &Alternative) -> bool {
    match (one.body, other.body) {
        (Body::Lifted, Body::Lifted) => true,
        (Body::Expr(a), Body::Expr(b)) => alike(model, a, b),
        (Body::Expr(_), Body::Lifted) | (Body::Lifted, Body::Expr(_)) => false,
    }
}

/// Tells whether both state rows of a table, and different ones.
fn rows_apart(model: &Model, one: &Restated, other: &Restated) -> bool {
    match (rows(model, one), rows(model, other)) {
        (Some(one), Some(other)) => one.is_disjoint(&other),
        (_, _) => false,
    }
}

/// The rows that an exception puts others in place of; `None` where it states something else, or adds rows.
fn rows(model: &Model, (id, line): &Restated) -> Option<BTreeSet<(usize, usize)>> {
    let Body::Expr(expr) = line.body else { return None };
    let NodeKind::Lookup { table, column, .. } = &model.node(expr).kind else { return None };
    let layer: LayerId = model.layers.exceptions;
    let table: &TableId = table;
    let table = &model.tables[*table];
    if table.edited_in != Some(*id) || table.rows.iter().any(|row| row.layer == layer) {
        return None;
    }
    let edited = |change: &RowChange| !matches!(change, RowChange::Cell(at, _) if at != column);
    let stated = table
        .rows
        .iter()
        .enumerate()
        .filter(|(_, row)| row.edits.iter().any(|edit| edit.layer == layer && edited(&edit.change)));
    Some(stated.map(|(at, _)| (at, *column)).collect())
}

fn said(model: &Model, def: DefId, value: &Value) -> Bi {
    let words = |lang: Lang| super::columns::words(value, &model.defs[def].show, lang);
    Bi::new(words(Lang::Da), words(Lang::En))
}

/// Words the values: `alder = 18 år og ø = ja`; the moment, where it matters or nothing else is needed.
fn witness(model: &Model, values: &[(Subject, &Sample)], (moment, time): (Moment, Interval)) -> Bi {
    let by_year = values.iter().any(|(subject, _)| *subject == Subject::Year);
    let timed = by_year || values.is_empty() || time != Interval::always();
    let all = |lang: Lang| {
        let one = |(subject, sample): &(Subject, &Sample)| {
            let (name, show) = called(model, *subject);
            worded(&name, sample, &show, lang)
        };
        let values: Vec<String> =
            values.iter().filter(|(subject, _)| *subject != Subject::Year).map(one).collect();
        let time = match moment {
            Moment::Year(year) => format!("{} = {year}", lang.pick("år", "year")),
            Moment::Day(day) => format!("{} = {}", lang.pick("dag", "day"), day.print(lang)),
        };
        let all: Vec<String> = values.into_iter().chain(timed.then_some(time)).collect();
        all.join(lang.pick(" og ", " and "))
    };
    Bi::new(all(Lang::Da), all(Lang::En))
}

/// Words the first of some citations.
fn cited(basis: &[Citation]) -> Option<Bi> {
    let first = basis.first()?;
    Some(Bi { da: cite(first, Lang::Da).to_string(), en: cite(first, Lang::En).to_string() })
}
