//! For which values of two numbers something holds: for each value of the one, exactly which of the other.

use super::problem::StepFault;
use super::solve::{Found, Solution, Solved, followed};
use super::spelled::Spelled;
use super::sweep::ends;
use super::varied::{Asking, Varied};
use super::why_not::Refused;
use super::{ExploreProblem, Range, Told, solve};
use crate::base::Lang;
use crate::diag::Code;
use crate::model::Origin;
use crate::session::{Question, Session};
use crate::value::{Bounds, Number};

/// More values of the first number than this are not asked for in one question.
const MOST_ROWS: i64 = 200;

/// Where no step is said, a range is parted into this many.
const PARTS: i64 = 10;

/// Whole numbers are all asked for where there are no more of them than this.
const ALL_OF: i64 = 20;

/// For which values of two numbers something holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Frontier {
    /// What is to hold, and when.
    pub goal: String,
    /// What is given values one by one.
    pub over: String,
    /// What is sought for each of them.
    pub of: String,
    /// One for each value, in rising order.
    pub rows: Vec<FrontierRow>,
    /// What is to be known of it.
    pub notes: Vec<String>,
}

/// A value of the first number, and all values of the second with which the goal holds then.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FrontierRow {
    /// The value.
    pub at: Told,
    /// The what-if that sets it.
    pub set: String,
    /// All values of the second, in rising order.
    pub solutions: Vec<Solution>,
    /// Where it could not be settled.
    pub unsettled: Vec<Solution>,
}

/// What was found for one unknown, or for two.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Solutions {
    /// One for each result of the goal.
    One(Vec<Solved>),
    /// The same, for each value of the first unknown.
    Two(Vec<Frontier>),
}

/// Finds with which values of one or two unknowns a condition holds. `range` is that of the last, where it does not say its own.
///
/// # Errors
/// As for [`solve`] and [`frontier`]; and when there are more than two.
pub fn solutions(
    session: &Session,
    question: &Question,
    sought: &[Spelled<'_>],
    range: Range<'_>,
    lang: Lang,
) -> Result<Solutions, Refused> {
    let refused = |problem| Err(Asking { session, question }.refused(&problem));
    let [over @ .., of] = sought else { return refused(ExploreProblem::TooMany { count: 0 }) };
    if let Some(step) = of.range.step {
        // What is found exactly has no steps: one would say nothing.
        let (name, step) = (of.of.to_owned(), step.to_owned());
        return refused(ExploreProblem::NoStep { name, step, fault: StepFault::Exact });
    }
    let own = Range { from: of.range.from.or(range.from), to: of.range.to.or(range.to), step: None };
    match over {
        [] => solve(session, question, of.of, own, lang).map(Solutions::One),
        [over] => {
            let of = Spelled { of: of.of, range: own };
            frontier(session, question, [*over, of], lang).map(Solutions::Two)
        }
        _ => refused(ExploreProblem::TooMany { count: sought.len() }),
    }
}

/// Finds, for each value of one number, all values of another with which a condition holds.
///
/// # Errors
/// When the two are the same, a step is none or gives too many values, and as for [`solve`].
pub fn frontier(
    session: &Session,
    question: &Question,
    [over, of]: [Spelled<'_>; 2],
    lang: Lang,
) -> Result<Vec<Frontier>, Refused> {
    let asking = Asking { session, question };
    if over.of == of.of {
        return Err(asking.refused(&ExploreProblem::SameTwice { name: of.of.to_owned() }));
    }
    let varied = asking.vary(over.of, over.range.from.or(over.range.to))?;
    let places = Places::of(asking, &varied, &over)?;
    let mut found: Vec<(Number, Found)> = Vec::new();
    for x in &places.all {
        let mut session = session.clone();
        let laid = session.assign("--set", &varied.what_if(x), Origin::Set);
        laid.map_err(|problems| Refused { problems, sources: session.sources().clone() })?;
        found.push((x.clone(), followed(&session, question, of.of, of.range, lang)?));
    }
    let target = || question.targets.first().cloned().unwrap_or_default();
    if found.iter().all(|(_, found)| !found.is_read) {
        let name = of.of.to_owned();
        let problem = ExploreProblem::NotRestedOn { name, target: target(), offered: Vec::new() };
        return Err(asking.refused(&problem));
    }
    if is_same(&found) && !is_rested_on(asking, &over, lang) {
        let name = over.of.to_owned();
        let problem = ExploreProblem::NotRestedOn { name, target: target(), offered: Vec::new() };
        return Err(asking.refused(&problem));
    }
    Ok(by_goal(&found, [over.of, of.of], &varied, &places, lang))
}

/// The values of the first number that are asked for.
struct Places {
    all: Vec<Number>,
    /// Whether there are no others in the range.
    is_whole: bool,
}

impl Places {
    fn of(asking: Asking<'_>, varied: &Varied, over: &Spelled<'_>) -> Result<Places, Refused> {
        let ends = ends(asking, varied, over.range)?;
        let name = || over.of.to_owned();
        let (Some(low), Some(high)) = (&ends.low, &ends.high) else {
            return Err(asking.refused(&ExploreProblem::NoRange { name: name() }));
        };
        let faulty = |fault: StepFault| {
            let step = over.range.step.unwrap_or_default().to_owned();
            asking.refused(&ExploreProblem::NoStep { name: name(), step, fault })
        };
        let step = match over.range.step {
            Some(step) => asking.number(varied, step)?.abs(),
            None => chosen(varied, low, high),
        };
        let own = varied.domain.step.as_ref();
        if own.is_some_and(|own| !step.div(own).is_some_and(|count| count.is_integer())) {
            return Err(faulty(StepFault::NotWhole));
        }
        let count = high.sub(low).div(&step).ok_or_else(|| faulty(StepFault::Zero))?.floor();
        let count = count.to_i64().filter(|count| *count < MOST_ROWS);
        let count = count.ok_or_else(|| faulty(StepFault::TooMany))?;
        let mut all: Vec<Number> = (0..=count).map(|at| low.add(&step.mul(&Number::from_i64(at)))).collect();
        // The end is of interest, also where the steps do not meet it.
        if all.last() != Some(high) {
            all.push(high.clone());
        }
        all.retain(|x| is_within(&ends, x));
        Ok(Places { all, is_whole: own.is_some_and(|own| step == *own) })
    }
}

/// An end that a range does not have itself is left out.
fn is_within(ends: &Bounds, x: &Number) -> bool {
    let is = |end: &Option<Number>| end.as_ref() == Some(x);
    !(ends.low_open && is(&ends.low) || ends.high_open && is(&ends.high))
}

/// The step where none is said: each whole number where there are few, else a tenth of the range.
fn chosen(varied: &Varied, low: &Number, high: &Number) -> Number {
    let tenth = high.sub(low).div(&Number::from_i64(PARTS)).unwrap_or_else(Number::one);
    match &varied.domain.step {
        Some(own) => {
            let few = high.sub(low) <= own.mul(&Number::from_i64(ALL_OF));
            let count = tenth.div(own).map_or_else(Number::one, |count| count.floor().max(Number::one()));
            if few { own.clone() } else { count.mul(own) }
        }
        None => tenth,
    }
}

/// Whether all values of the first number give the same.
fn is_same(found: &[(Number, Found)]) -> bool {
    let all = |found: &Found| -> Vec<_> {
        found.all.iter().map(|own| (own.solutions.clone(), own.unsettled.clone())).collect()
    };
    found.windows(2).all(|pair| match pair {
        [(_, one), (_, next)] => all(one) == all(next),
        _ => true,
    })
}

/// Whether the goal rests on the first number at all: what comes out the same for all of its values may still read it.
fn is_rested_on(asking: Asking<'_>, over: &Spelled<'_>, lang: Lang) -> bool {
    match solve(asking.session, asking.question, over.of, over.range, lang) {
        Ok(_) => true,
        Err(refused) => refused.problems.iter().all(|found| found.code != Code::NotRestedOn),
    }
}

/// Puts what was found value by value together goal by goal.
fn by_goal(
    found: &[(Number, Found)],
    [over, of]: [&str; 2],
    varied: &Varied,
    places: &Places,
    lang: Lang,
) -> Vec<Frontier> {
    let mut goals: Vec<&str> = Vec::new();
    for own in found.iter().flat_map(|(_, found)| &found.all) {
        if !goals.contains(&own.goal.as_str()) {
            goals.push(&own.goal);
        }
    }
    let of_goal = |goal: &str| {
        let own = found.iter().filter_map(|(x, found)| Some((x, found.all.iter().find(|s| s.goal == goal)?)));
        let solved: Vec<(&Number, &Solved)> = own.collect();
        let row = |(x, solved): &(&Number, &Solved)| FrontierRow {
            at: varied.told(x, lang),
            set: varied.what_if(x),
            solutions: solved.solutions.clone(),
            unsettled: solved.unsettled.clone(),
        };
        let rows: Vec<FrontierRow> = solved.iter().map(row).collect();
        let notes = notes(&rows, over, places, lang);
        // What is missing, and what else was said of the values one by one, is said once.
        let own: Vec<String> = solved.iter().flat_map(|(_, solved)| solved.about.clone()).collect();
        let notes = own.into_iter().fold(notes, |mut all, note| {
            if !all.contains(&note) {
                all.push(note);
            }
            all
        });
        Frontier { goal: goal.to_owned(), over: over.to_owned(), of: of.to_owned(), rows, notes }
    };
    goals.into_iter().map(of_goal).collect()
}

fn notes(rows: &[FrontierRow], over: &str, places: &Places, lang: Lang) -> Vec<String> {
    let mut all = vec![match places.is_whole {
        true => lang.pick(
            format!("det er alle værdier af {over} her, og for hver af dem er grænserne præcise: intet er fundet ved stikprøver"),
            format!("these are all values of {over} here, and for each of them the limits are exact: nothing was found by samples"),
        ),
        false => lang.pick(
            format!("for hver værdi af {over} i tabellen er grænserne præcise; mellem værdierne er der ikke spurgt: `trin` vælger dem"),
            format!("for each value of {over} in the table the limits are exact; between the values nothing was asked: `step` chooses them"),
        ),
    }];
    if rows.iter().any(|row| !row.unsettled.is_empty()) {
        all.push(lang.pick(
            "hvor det ikke er afgjort, kan det være opfyldt eller ej, fx fordi noget mangler, eller en fordeling afrunder på vejen",
            "where it is not settled, it may hold or not, for example because something is missing, or a distribution rounds on the way",
        ).to_owned());
    }
    let solutions = || rows.iter().flat_map(|row| &row.solutions);
    let failed = solutions().filter(|own| !own.verified).count();
    match (solutions().count(), failed) {
        (0, _) => {}
        (_, 0) => all.push(
            lang.pick(
                "hver grænse, der selv er med, er regnet efter som et spørgsmål for sig",
                "each limit that belongs to them was computed anew as a question of its own",
            )
            .to_owned(),
        ),
        (_, _) => all.push(lang.pick(
            format!("{failed} af dem kunne ikke regnes efter som et spørgsmål for sig, fx fordi en sådan værdi ikke er tilladt"),
            format!("{failed} of them could not be computed anew as a question of its own, for example because such a value is not allowed"),
        )),
    }
    all
}
