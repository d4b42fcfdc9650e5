//! A result over things that are no one number: year by year, for each of a kind, and with each row of a table.

use std::collections::BTreeMap;

use super::sweep::in_unit;
use super::varied::{Asking, asked};
use super::why_not::Refused;
use super::words::line_name;
use super::{Break, End, ExploreProblem, Moves, Range, Segment, Sweep, Told};
use crate::base::Lang;
use crate::facts::Moment;
use crate::model::{Body, DefId, Model, TableId};
use crate::session::{Answer, AnswerLine, Question, Session};
use crate::value::Number;

/// More years, or rows, than this are not computed in one question.
const MOST: usize = 60;

/// One place that a result is asked for.
struct Stop {
    told: Told,
    answer: Answer,
}

/// Follows the results of a question over years (`år`, `year`), over those of a kind (`region`), or over the rows of a
/// table, each computed as a question of its own.
///
/// # Errors
/// When `over` is none of these, a range is missing or empty, or nothing can be asked at one of the places.
pub fn across(
    session: &Session,
    question: &Question,
    over: &str,
    range: Range<'_>,
    lang: Lang,
) -> Result<Vec<Sweep>, Refused> {
    let asking = Asking { session, question };
    let model = &session.bound(question.moment).plan.model;
    let over = over.trim();
    if matches!(over, "år" | "year" | "years") {
        return Ok(joined(&years(asking, over, range)?, over, lang));
    }
    if model.find_kind(over).is_some() {
        return each(asking, over, lang);
    }
    match table(model, over) {
        Some((def, table)) => Ok(joined(&rows(asking, model, over, (def, table))?, over, lang)),
        None => Err(asking.refused(&ExploreProblem::NotAcross { name: over.to_owned() })),
    }
}

/// An answer for each year of a range.
fn years(asking: Asking<'_>, over: &str, range: Range<'_>) -> Result<Vec<Stop>, Refused> {
    let no_range = || asking.refused(&ExploreProblem::NoRange { name: over.to_owned() });
    let (from, to) = range.from.zip(range.to).ok_or_else(no_range)?;
    let year = |text: &str| text.trim().parse::<i16>().ok().filter(|year| (1000..=9999).contains(year));
    let empty = || {
        let (from, to) = (from.to_owned(), to.to_owned());
        asking.refused(&ExploreProblem::EmptyRange { name: over.to_owned(), from, to })
    };
    let (first, last) = year(from).zip(year(to)).filter(|(first, last)| first < last).ok_or_else(empty)?;
    let all = (first..=last).take(MOST).map(|year| {
        let question = Question { moment: Some(Moment::Year(year)), ..asking.question.clone() };
        let told = Told { text: year.to_string(), exact: Some(Number::from_i64(i64::from(year))) };
        Ok(Stop { told, answer: asked(asking.session, &question)? })
    });
    all.collect()
}

/// An answer with each row of a table standing for the whole of it.
fn rows(
    asking: Asking<'_>,
    model: &Model,
    over: &str,
    (def, table): (DefId, TableId),
) -> Result<Vec<Stop>, Refused> {
    let (data, sources) = (&model.tables[table], asking.session.sources());
    let column = data.results.iter().position(|name| *name == model.defs[def].name).unwrap_or(0);
    let stops =
        data.rows.iter().take(MOST).filter_map(|row| {
            let value = sources.text(model.node(*row.results.get(column)?).span).trim();
            let label = sources.text(row.span).split('|').next().unwrap_or_default().trim();
            Some(asking.with(&format!("{over} = {value}")).map(|answer| Stop {
                told: Told { text: format!("{label} | {value}"), exact: None },
                answer,
            }))
        });
    stops.collect()
}

/// One answer, told for each of a kind.
fn each(asking: Asking<'_>, over: &str, lang: Lang) -> Result<Vec<Sweep>, Refused> {
    let answer = asked(asking.session, asking.question)?;
    let mut sweeps: Vec<Sweep> = Vec::new();
    for line in answer.lines.iter().filter(|line| line.asked == 0) {
        let target = format!("{}, {}", line.name, answer.moment.print(lang));
        let who = line.entity.map(|entity| answer.facts.get(entity).name.clone()).unwrap_or_default();
        let at = Told { text: who, exact: None };
        let segment = segment(at, told(&answer, line, lang));
        match sweeps.iter_mut().find(|sweep| sweep.target == target) {
            Some(sweep) => sweep.segments.push(segment),
            None => sweeps.push(Sweep { segments: vec![segment], ..empty(target, over) }),
        }
    }
    Ok(sweeps)
}

/// The results of all places, those of the same name together, with what differs from one place to the next.
fn joined(stops: &[Stop], over: &str, lang: Lang) -> Vec<Sweep> {
    let mut order: Vec<String> = Vec::new();
    let mut found: BTreeMap<String, Vec<(Told, &Answer, &AnswerLine)>> = BTreeMap::new();
    for stop in stops {
        for line in stop.answer.lines.iter().filter(|line| line.asked == 0) {
            let name = line_name(&stop.answer, line, lang);
            if !order.contains(&name) {
                order.push(name.clone());
            }
            found.entry(name).or_default().push((stop.told.clone(), &stop.answer, line));
        }
    }
    let one = |name: String| {
        let places = found.get(&name).map(Vec::as_slice).unwrap_or_default();
        let segments = places.iter().map(|(at, answer, line)| segment(at.clone(), told(answer, line, lang)));
        let breaks = places.windows(2).filter_map(|pair| match pair {
            [before, after] => turn(before, after, lang),
            _ => None,
        });
        Sweep { segments: segments.collect(), breaks: breaks.collect(), ..empty(name, over) }
    };
    order.into_iter().map(one).collect()
}

fn empty(target: String, over: &str) -> Sweep {
    Sweep {
        target,
        of: over.to_owned(),
        unit: String::new(),
        now: None,
        segments: Vec::new(),
        breaks: Vec::new(),
        values: Vec::new(),
        notes: Vec::new(),
    }
}

fn told(answer: &Answer, line: &AnswerLine, lang: Lang) -> Told {
    let (outcome, (ty, show)) = (answer.outcome(line), answer.typed(line));
    let exact = outcome.as_number().map(|own| in_unit(own, ty));
    Told { text: answer.words(lang).outcome(outcome, ty, show), exact }
}

fn segment(at: Told, result: Told) -> Segment {
    let end = End { x: at, included: true, y: result.clone() };
    Segment { from: Some(end.clone()), to: Some(end), moves: Moves::Same, value: result }
}

/// What differs between two places; the difference where both are numbers of one unit and price level.
fn turn(
    (x, answer, line): &(Told, &Answer, &AnswerLine),
    (next, later, other): &(Told, &Answer, &AnswerLine),
    lang: Lang,
) -> Option<Break> {
    let (before, after) = (told(answer, line, lang), told(later, other, lang));
    if before == after {
        return None;
    }
    let ((ty, _), (other_ty, show)) = (answer.typed(line), later.typed(other));
    let same_unit = ty == other_ty;
    let numbers = answer.outcome(line).as_number().zip(later.outcome(other).as_number());
    let jump = numbers.filter(|_| same_unit).map(|(from, to)| {
        let by = to.sub(from);
        Told { text: later.words(lang).number(&by, ty, show), exact: Some(in_unit(&by, ty)) }
    });
    let end = |x: &Told, y: Told| End { x: x.clone(), included: true, y };
    Some(Break {
        before: end(x, before),
        after: end(next, after),
        jump,
        causes: Vec::new(),
        effects: Vec::new(),
        basis: Vec::new(),
        set: String::new(),
        verified: true,
    })
}

/// The table that a definition stands for.
fn table(model: &Model, name: &str) -> Option<(DefId, TableId)> {
    let def = model.defs.ids().find(|id| model.is_def(*id, name))?;
    let tables = model.defs[def].lines().filter_map(|line| match line.body {
        Body::Expr(expr) => model.table_behind(expr).map(|(table, _)| table),
        Body::Lifted => None,
    });
    tables.last().map(|table| (def, table))
}
