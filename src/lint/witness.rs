//! A witness as a test that can be pasted into the file: it gives the keys their values and says what then goes wrong, so
//! that the writer sees the fault happen, and afterwards writes the answer that is right.

use super::columns::{Sample, Value, words};
use super::conditions::{Subject, called};
use crate::base::Lang;
use crate::diag::Code;
use crate::model::{Body, Def, DefId, FactOwner, KindId, Model, NodeKind, TableId, Ty};
use crate::value::{Interval, Period, print_number};

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
    let lang = model.lang;
    let clause = &model.clauses[model.defs[def].clause];
    let mut given = Given { each: clause.each, ..Given::default() };
    for (subject, sample) in values {
        given.add(model, *subject, &sample.value)?;
    }
    let year = match given.year {
        Some(year) => year,
        None => first_year(time.intersect(place.time))?,
    };
    let target = model.full_name(def);
    let (test, years, expect) = lang.pick(("prøve", "år", "forvent"), ("test", "year", "expect"));
    let title = match fault {
        Code::SeveralRows => lang.pick(format!("to rækker i {target}"), format!("two rows of {target}")),
        _ => lang.pick(format!("en række mangler i {target}"), format!("a row of {target} is missing")),
    };
    let mut lines = vec![format!("{test} \"{title}\""), format!("  {years} {year}")];
    lines.extend(given.once.iter().map(|line| format!("  {line}")));
    let mut asked = target;
    if let Some(kind) = clause.each {
        let name = lang.pick("Eksempel", "Example");
        lines.push(format!("  {} \"{name}\"", model.kinds[kind].name));
        lines.extend(given.own.iter().map(|line| format!("    {line}")));
        asked.push_str(&format!(" for \"{name}\""));
    }
    let error = lang.pick("fejl", "error");
    lines.extend([format!("  {expect}"), format!("    {asked} = {error} {}", fault.id())]);
    Some(lines.join("\n"))
}

/// Finds the definition that reads a table at all times of one of its lines, with that time.
fn reader(model: &Model, id: TableId) -> Option<(DefId, Interval)> {
    let reads = |body: Body| match body {
        Body::Expr(expr) => {
            matches!(&model.node(expr).kind, NodeKind::Lookup { table, column: 0, .. } if *table == id)
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
    year: Option<i16>,
    /// What is given once.
    once: Vec<String>,
    /// What is given of the one asked about.
    own: Vec<String>,
}

impl Given {
    fn add(&mut self, model: &Model, subject: Subject, value: &Value) -> Option<()> {
        let text = written(model, subject, value)?;
        match subject {
            Subject::Year => {
                let Value::Number(number) = value else { return None };
                self.year = Some(i16::try_from(number.to_i64()?).ok()?);
            }
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
        Value::Text(_) | Value::Truth(_) | Value::Date(_) => true,
    };
    (exact && !names_somebody).then(|| words(value, &show, lang))
}
