//! A witness as a test that can be pasted into the file: it gives the keys their values and says what then goes wrong, so
//! that the writer sees the fault happen, and afterwards writes the answer that is right.

use super::columns::{Sample, Value, words};
use super::conditions::{Subject, called};
use crate::base::Lang;
use crate::diag::Code;
use crate::model::{Body, Def, DefId, FactOwner, KindId, Model, NodeKind, TableId, Ty};
use crate::value::{Date, Interval, Period, print_number};

/// A table as it stands for a time.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) table: TableId,
    pub(super) time: Interval,
}

/// Writes a test in the language of the text. `None` where a key is not something that a test can say, or the table is
/// only read in an exception.
pub(super) fn test(
    model: &Model,
    place: Place,
    values: &[(Subject, &Sample)],
    fault: Code,
) -> Option<String> {
    let (def, time) = reader(model, place.table)?;
    let moment = Moment::Year(match year_of(values) {
        Some(year) => year,
        None => first_year(time.intersect(place.time))?,
    });
    let (lang, target) = (model.lang, model.full_name(def));
    let title = match fault {
        Code::SeveralRows => lang.pick(format!("to rækker i {target}"), format!("two rows of {target}")),
        Code::AboveScale => {
            lang.pick(format!("et trin mangler i {target}"), format!("a slice of {target} is missing"))
        }
        _ => lang.pick(format!("en række mangler i {target}"), format!("a row of {target} is missing")),
    };
    written_test(model, &Shows { def, moment, title, fault }, values)
}

/// What a test is to show.
pub(super) struct Shows {
    /// What is asked for.
    pub(super) def: DefId,
    /// When.
    pub(super) moment: Moment,
    /// What is wrong, in the language of the text.
    pub(super) title: String,
    /// The error that it comes to.
    pub(super) fault: Code,
}

/// When a test asks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Moment {
    /// For a whole year.
    Year(i16),
    /// On a day.
    Day(Date),
}

impl Moment {
    /// Finds a moment within a time, in a certain year where one is said: the whole year where that lies within it.
    pub(super) fn within(time: Interval, year: Option<i16>) -> Option<Moment> {
        let of_year = |year: i16| Interval::of_period(Period::Year(year));
        let time = match year {
            Some(year) => time.intersect(of_year(year)?),
            None => time,
        };
        if time.is_empty() {
            return None;
        }
        let whole = |year: &i16| of_year(*year).is_some_and(|days| time.covers(days));
        match year.filter(whole).or_else(|| first_year(time)) {
            Some(year) => Some(Moment::Year(year)),
            None => time.from.or_else(|| time.last()).map(Moment::Day),
        }
    }
    /// The days asked about.
    pub(super) fn days(self) -> Interval {
        let period = match self {
            Moment::Year(year) => Period::Year(year),
            Moment::Day(day) => Period::Day(day),
        };
        Interval::of_period(period).unwrap_or(Interval::never())
    }
    /// The year that it lies in.
    pub(super) fn year(self) -> i16 {
        match self {
            Moment::Year(year) => year,
            Moment::Day(day) => day.year(),
        }
    }
    fn line(self, lang: Lang) -> String {
        match self {
            Moment::Year(year) => format!("  {} {year}", lang.pick("år", "year")),
            Moment::Day(day) => format!("  {} {}", lang.pick("dag", "day"), day.print(lang)),
        }
    }
}

/// The lines that choose the readings that are chosen here and that the text itself does not choose.
fn readings(model: &Model) -> impl Iterator<Item = String> {
    let word = model.lang.pick("læsning", "reading");
    model.assumptions.iter().filter_map(move |assumption| {
        let reading = assumption.readings.get(assumption.chosen?)?;
        (!reading.marked).then(|| format!("  {word} {} = {}", assumption.name, reading.name))
    })
}

/// The year among some values.
pub(super) fn year_of(values: &[(Subject, &Sample)]) -> Option<i16> {
    values.iter().find_map(|(subject, sample)| match (subject, &sample.value) {
        (Subject::Year, Value::Number(year)) => i16::try_from(year.to_i64()?).ok(),
        (_, _) => None,
    })
}

/// Writes a test that gives values and meets an error; `None` where a value is not something that a test can say.
pub(super) fn written_test(model: &Model, shows: &Shows, values: &[(Subject, &Sample)]) -> Option<String> {
    let lang = model.lang;
    let clause = &model.clauses[model.defs[shows.def].clause];
    let mut given = Given { each: clause.each, ..Given::default() };
    for (subject, sample) in values {
        given.add(model, *subject, &sample.value)?;
    }
    let (test, expect) = lang.pick(("prøve", "forvent"), ("test", "expect"));
    let mut lines = vec![format!("{test} \"{}\"", shows.title), shows.moment.line(lang)];
    lines.extend(readings(model));
    lines.extend(given.once.iter().map(|line| format!("  {line}")));
    let mut asked = model.full_name(shows.def);
    if let Some(kind) = clause.each {
        let name = lang.pick("Eksempel", "Example");
        lines.push(format!("  {} \"{name}\"", model.kinds[kind].name));
        lines.extend(given.own.iter().map(|line| format!("    {line}")));
        asked.push_str(&format!(" for \"{name}\""));
    }
    let error = lang.pick("fejl", "error");
    lines.extend([format!("  {expect}"), format!("    {asked} = {error} {}", shows.fault.id())]);
    Some(lines.join("\n"))
}

/// Finds the definition that reads a table at all times of one of its lines, with that time.
fn reader(model: &Model, id: TableId) -> Option<(DefId, Interval)> {
    let reads = |body: Body| match body {
        Body::Expr(expr) => {
            matches!(
                &model.node(expr).kind,
                NodeKind::Lookup { table, column: 0, .. } | NodeKind::Scale { table, .. } if *table == id
            )
        }
        Body::Lifted => false,
    };
    let line = |def: &Def| def.alternatives.iter().find(|line| reads(line.body)).map(|line| line.interval);
    let own = model.defs.iter_enumerated().filter(|(_, def)| def.local_to.is_none());
    own.into_iter().find_map(|(id, def)| Some((id, line(def)?)))
}

/// The first whole year of a time; any will do for what always holds.
fn first_year(time: Interval) -> Option<i16> {
    /// A year of which nothing is said.
    const SOME_YEAR: i16 = 2025;
    let from = match (time.from, time.last()) {
        (Some(from), _) => from.year(),
        (None, Some(last)) => last.year().checked_sub(1)?,
        (None, None) => SOME_YEAR,
    };
    let whole = |year: &i16| Interval::of_period(Period::Year(*year)).is_some_and(|days| time.covers(days));
    [from, from.checked_add(1)?].into_iter().find(whole)
}

/// What a test must say for the keys to have their values.
#[derive(Default)]
struct Given {
    /// Whose figures the clause is about.
    each: Option<KindId>,
    /// What is given once.
    once: Vec<String>,
    /// What is given of the one asked about.
    own: Vec<String>,
}

impl Given {
    fn add(&mut self, model: &Model, subject: Subject, value: &Value) -> Option<()> {
        let text = written(model, subject, value)?;
        match subject {
            // It is said on a line of its own.
            Subject::Year => {}
            Subject::Def(def) => self.once.push(format!("{} = {text}", model.full_name(def))),
            Subject::Fact(fact) => {
                let data = &model.facts[fact];
                let line = format!("{} = {text}", model.fact_name(fact));
                match data.owner {
                    FactOwner::Kind(kind) if Some(kind) == self.each => self.own.push(line),
                    FactOwner::Kind(_) => return None,
                    FactOwner::Clause(_) | FactOwner::File => self.once.push(line),
                }
            }
        }
        Some(())
    }
}

/// Writes a value as a line gives it; `None` for one that has no exact writing, or names somebody.
fn written(model: &Model, subject: Subject, value: &Value) -> Option<String> {
    let lang: Lang = model.lang;
    let (_, show) = called(model, subject);
    let names_somebody = match subject {
        Subject::Fact(fact) => matches!(model.facts[fact].declared.ty, Ty::Entity(_)),
        Subject::Def(_) | Subject::Year => false,
    };
    let exact = match value {
        Value::Number(number) => {
            let scaled = number.div(&show.scale)?;
            print_number(&scaled, lang, 0, 10).exact
        }
        Value::Text(_) | Value::Truth(_) | Value::Date(_) | Value::Nothing => true,
    };
    (exact && !names_somebody).then(|| words(value, &show, lang))
}
