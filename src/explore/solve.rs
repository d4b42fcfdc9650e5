//! For which values of one number something holds: all of them, exactly, or how near it comes.

use std::collections::BTreeSet;

use super::ExploreProblem;
use super::pieces::{Along, Content, Piece};
use super::runs::Runs;
use super::sweep::{Range, Told, ends, in_steps, kept_to_steps};
use super::varied::{Asking, Varied};
use super::why_not::Refused;
use super::words::line_name;
use crate::base::{Lang, SourceFile, SourceMap};
use crate::diag::Problems;
use crate::eval::Outcome;
use crate::model::Ty;
use crate::session::{Answer, AnswerLine, Question, Session};
use crate::syntax::ast::ExprKind;
use crate::syntax::parse_expr;
use crate::value::{Bounds, Number};

/// A range on which it is not known whether something holds is halved this often.
const HALVED: u32 = 20;

/// More results than this are not looked into in one question.
const MOST_RESULTS: usize = 12;

/// One end of the values with which something holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bound {
    /// The value.
    pub x: Told,
    /// Whether it holds with the value itself.
    pub included: bool,
    /// The what-if that sets it.
    pub set: String,
}

/// Values with which something holds: one, or all from one to another.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Solution {
    /// The least of them; `None` where there is none.
    pub from: Option<Bound>,
    /// The largest.
    pub to: Option<Bound>,
    /// Whether it was asked about anew at its ends, and came out as told.
    pub verified: bool,
}

/// How near a result comes to what it was to be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Nearest {
    /// Where.
    pub at: Bound,
    /// The result there, in words.
    pub result: String,
}

/// For which values something holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Solved {
    /// What was to hold, and when.
    pub goal: String,
    /// What is varied.
    pub of: String,
    /// What it is now, and whether it holds.
    pub now: Option<(Told, String)>,
    /// All values with which it holds, in rising order.
    pub solutions: Vec<Solution>,
    /// Where it could not be settled.
    pub unsettled: Vec<Solution>,
    /// Where nothing settles it: how near it comes.
    pub nearest: Option<Nearest>,
    /// What is to be known of it.
    pub notes: Vec<String>,
    /// Of those, what is missing and which values have no answer.
    pub(super) about: Vec<String>,
}

/// Finds all values of something that a what-if can set with which a condition holds.
///
/// # Errors
/// When there is nothing of that name, the condition is none, the range is empty, or it does not rest on what is varied.
pub fn solve(
    session: &Session,
    question: &Question,
    of: &str,
    range: Range<'_>,
    lang: Lang,
) -> Result<Vec<Solved>, Refused> {
    let found = followed(session, question, of, range, lang)?;
    if !found.is_read {
        let target = question.targets.first().cloned().unwrap_or_default();
        let problem = ExploreProblem::NotRestedOn { name: of.to_owned(), target, offered: Vec::new() };
        return Err(Asking { session, question }.refused(&problem));
    }
    Ok(found.all)
}

/// What was found along one number.
pub(super) struct Found {
    /// One for each result of the goal.
    pub(super) all: Vec<Solved>,
    /// Whether any result rests on the number.
    pub(super) is_read: bool,
}

/// The same as [`solve`], also where nothing rests on what is sought: then all of its values fulfil the goal, or none.
pub(super) fn followed(
    session: &Session,
    question: &Question,
    of: &str,
    range: Range<'_>,
    lang: Lang,
) -> Result<Found, Refused> {
    let asking = Asking { session, question };
    let mut varied = asking.vary(of, range.from.or(range.to))?;
    let goal = question.targets.first().cloned().unwrap_or_default();
    let is_no_goal = |line: &AnswerLine| line.asked == 0 && *varied.answer.typed(line).0 != Ty::Bool;
    if varied.answer.lines.iter().any(is_no_goal) {
        return Err(asking.refused(&ExploreProblem::NotAGoal { goal }));
    }
    let range = ends(asking, &varied, range)?;
    let ends = kept_to_steps(&mut varied, range);
    let lines: Vec<&AnswerLine> = varied.answer.lines.iter().filter(|line| line.asked == 0).collect();
    let (mut all, mut is_read) = (Vec::new(), false);
    for line in lines.iter().take(MOST_RESULTS) {
        let runs = Runs::new(&varied.answer, line);
        let along = Along { runs: &runs, varied: &varied, depth: HALVED };
        let pieces = along.pieces(&ends);
        is_read |= pieces.is_read;
        let solver = Solver { asking, varied: &varied, line, along: &along, lang };
        all.push(solver.solved(&pieces.pieces, &goal, &ends));
    }
    let left = lines.len().saturating_sub(MOST_RESULTS);
    if let (Some(last), true) = (all.last_mut(), left > 0) {
        last.notes.push(lang.pick(
            format!("{left} resultater mere er ikke set igennem; vælg med --for"),
            format!("{left} more results were not looked into; choose with --for"),
        ));
    }
    Ok(Found { all, is_read })
}

struct Solver<'a> {
    asking: Asking<'a>,
    varied: &'a Varied,
    line: &'a AnswerLine,
    along: &'a Along<'a>,
    lang: Lang,
}

impl Solver<'_> {
    fn solved(&self, pieces: &[Piece], goal: &str, ends: &Bounds) -> Solved {
        let answer = &self.varied.answer;
        let name = line_name(answer, self.line, self.lang);
        let holds =
            |piece: &Piece| matches!(&piece.content, Content::Same(same) if same.as_truth() == Some(true));
        let whole = self.varied.whole();
        let (settled, open) = parted(pieces);
        let solutions = together(settled.iter().filter(|piece| holds(piece)), whole);
        let solutions: Vec<Solution> = solutions.iter().map(|bounds| self.solution(bounds, true)).collect();
        let unsettled: Vec<Solution> = open.iter().map(|bounds| self.solution(bounds, false)).collect();
        let now = self.varied.now.as_ref().map(|now| {
            let (ty, show) = answer.typed(self.line);
            (self.x(now), answer.words(self.lang).outcome(&self.along.outcome(now), ty, show))
        });
        let none = solutions.is_empty() && unsettled.is_empty();
        let nearest = none.then(|| self.nearest(goal, ends)).flatten();
        let notes = self.notes(&solutions, &unsettled, none);
        let about = self.about(pieces);
        let notes = [notes, about.clone()].concat();
        let goal = format!("{name}, {}", answer.moment.print(self.lang));
        Solved { goal, of: self.varied.name.clone(), now, solutions, unsettled, nearest, notes, about }
    }

    fn x(&self, number: &Number) -> Told {
        self.varied.told(number, self.lang)
    }

    fn bound(&self, number: &Number, open: bool) -> Bound {
        Bound { x: self.x(number), included: !open, set: self.varied.what_if(number) }
    }

    /// A stretch of values, asked about anew at those of its ends that belong to it, and within it.
    fn solution(&self, bounds: &Bounds, holds: bool) -> Solution {
        let ends = [(&bounds.low, bounds.low_open), (&bounds.high, bounds.high_open)];
        let tried = ends.iter().filter_map(|(end, open)| end.as_ref().filter(|_| !open).cloned());
        let mut tried: Vec<Number> = tried.collect();
        tried.dedup();
        if tried.is_empty() {
            tried.extend(middle(bounds));
        }
        Solution {
            from: bounds.low.as_ref().map(|low| self.bound(low, bounds.low_open)),
            to: bounds.high.as_ref().map(|high| self.bound(high, bounds.high_open)),
            verified: holds && tried.iter().all(|x| self.holds_anew(x)),
        }
    }

    fn holds_anew(&self, x: &Number) -> bool {
        let Ok(answer) = self.asking.with(&self.varied.what_if(x)) else { return false };
        self.own_line(&answer).is_some_and(|line| answer.outcome(line).as_truth() == Some(true))
    }

    /// The line of another answer that is about the same.
    fn own_line<'l>(&self, answer: &'l Answer) -> Option<&'l AnswerLine> {
        let who =
            |answer: &Answer, line: &AnswerLine| line.entity.map(|id| answer.facts.get(id).name.clone());
        let own = who(&self.varied.answer, self.line);
        answer.lines.iter().find(|line| line.asked == self.line.asked && who(answer, line) == own)
    }

    /// Where the sides of a comparison that never holds come nearest to each other.
    fn nearest(&self, goal: &str, ends: &Bounds) -> Option<Nearest> {
        let (left, right) = sides(goal, self.asking.session.lang())?;
        let question =
            Question { targets: vec![format!("({left}) − ({right})")], ..self.asking.question.clone() };
        let asking = Asking { question: &question, ..self.asking };
        let from = self.varied.print(&middle(ends)?, self.varied.answer.plan.model.lang);
        let varied = asking.vary(&self.varied.name, Some(&from)).ok()?;
        let line = self.own_line(&varied.answer)?;
        let runs = Runs::new(&varied.answer, line);
        let along = Along { runs: &runs, varied: &varied, depth: 0 };
        let pieces = along.pieces(ends);
        let mut best: Option<(Number, Number, bool)> = None;
        for piece in &pieces.pieces {
            let Content::Line(form) = &piece.content else {
                // What is not followed exactly may come nearer.
                if matches!(piece.content, Content::Within(_)) {
                    return None;
                }
                continue;
            };
            if !form.is_exact() {
                return None;
            }
            let own = &piece.bounds;
            for (end, open) in [(&own.low, own.low_open), (&own.high, own.high_open)] {
                let Some(x) = end else { continue };
                let off = form.at(x).abs();
                if best
                    .as_ref()
                    .is_none_or(|(_, least, was_open)| off < *least || (off == *least && *was_open && !open))
                {
                    best = Some((x.clone(), off, open));
                }
            }
            // A line without an end that goes on towards it has no nearest place here.
            let runs_off = own.low.is_none() || own.high.is_none();
            if runs_off && !form.slope.is_zero() && best.is_none() {
                return None;
            }
        }
        let (x, _, open) = best?;
        let question = Question { targets: vec![left], ..self.asking.question.clone() };
        let answer = Asking { question: &question, ..self.asking }.with(&self.varied.what_if(&x)).ok()?;
        let line = self.own_line(&answer)?;
        let (ty, show) = answer.typed(line);
        let result = answer.words(self.lang).outcome(answer.outcome(line), ty, show);
        Some(Nearest { at: self.bound(&x, open), result })
    }

    fn notes(&self, solutions: &[Solution], unsettled: &[Solution], none: bool) -> Vec<String> {
        let lang = self.lang;
        let mut all = Vec::new();
        let (da, en) = match (none, unsettled.is_empty()) {
            (true, _) if self.varied.steps.is_some() => (
                "der er ingen: det er fulgt præcist over alle de trin, der er spurgt om",
                "there is none: it was followed exactly over all the steps that were asked about",
            ),
            (true, _) => (
                "der er ingen: det er fulgt præcist over alle de værdier, der er spurgt om",
                "there is none: it was followed exactly over all the values that were asked about",
            ),
            (false, true) if self.varied.steps.is_some() => (
                "det er alle værdier i de trin, der er fulgt, og grænserne er præcise: intet er fundet ved stikprøver",
                "these are all values in the steps that were followed, and the limits are exact: nothing was found by samples",
            ),
            (false, true) => (
                "det er alle værdier, og grænserne er præcise: intet er fundet ved stikprøver",
                "these are all values, and the limits are exact: nothing was found by samples",
            ),
            (false, false) => (
                "hvor det ikke er afgjort, kan det være opfyldt eller ej, fx fordi noget mangler, eller en fordeling afrunder på vejen; resten er præcist. `:følsomhed` med `trin` viser værdier der",
                "where it is not settled, it may hold or not, for example because something is missing, or a distribution rounds on the way; the rest is exact. `:sweep` with `step` shows values there",
            ),
        };
        all.push(lang.pick(da, en).to_owned());
        let failed = solutions.iter().filter(|own| !own.verified).count();
        if !solutions.is_empty() && failed == 0 {
            all.push(
                lang.pick(
                    "hver grænse, der selv er med, er regnet efter som et spørgsmål for sig",
                    "each limit that belongs to them was computed anew as a question of its own",
                )
                .to_owned(),
            );
        }
        if failed > 0 {
            all.push(lang.pick(
                format!("{failed} af dem kunne ikke regnes efter som et spørgsmål for sig, fx fordi en sådan værdi ikke er tilladt"),
                format!("{failed} of them could not be computed anew as a question of its own, for example because such a value is not allowed"),
            ));
        }
        all
    }
}

impl Solver<'_> {
    /// What is missing where nobody knows whether it holds, and that some values have no answer at all.
    fn about(&self, pieces: &[Piece]) -> Vec<String> {
        let lang = self.lang;
        let same = || {
            pieces.iter().filter_map(|piece| match &piece.content {
                Content::Same(same) => Some(same),
                Content::Line(_) | Content::Within(_) => None,
            })
        };
        let words = self.varied.answer.words(lang);
        let missing: BTreeSet<String> =
            same().flat_map(Outcome::missing_set).map(|one| words.missing_why(one)).collect();
        let list = missing.into_iter().collect::<Vec<_>>().join("; ");
        let lacks =
            (!list.is_empty()).then(|| lang.pick(format!("der mangler: {list}"), format!("missing: {list}")));
        let wrong = same().any(|same| matches!(same, Outcome::Error(_) | Outcome::DoesNotApply(_)));
        let wrong = wrong.then(|| {
            lang.pick(
                "nogle værdier har intet svar, fx fordi de ikke er tilladt; de er ikke talt med",
                "some values have no answer, for example because they are not allowed; they are not counted",
            )
            .to_owned()
        });
        in_steps(self.varied, lang).into_iter().chain(lacks).chain(wrong).collect()
    }
}

/// A place within a range.
fn middle(bounds: &Bounds) -> Option<Number> {
    match (&bounds.low, &bounds.high) {
        (Some(low), Some(high)) => low.add(high).div(&Number::from_i64(2)),
        (Some(end), None) => Some(end.add(&Number::one())),
        (None, Some(end)) => Some(end.sub(&Number::one())),
        (None, None) => Some(Number::zero()),
    }
}

/// Parts pieces into those on which it is settled and the stretches on which it is not. A single place that was tried between
/// two of these belongs to them: of such a stretch all that is known is that nothing is.
fn parted(pieces: &[Piece]) -> (Vec<Piece>, Vec<Bounds>) {
    let is_open = |piece: &Piece| match &piece.content {
        Content::Within(_) => true,
        // Where a fact is missing, nobody knows whether it holds.
        Content::Same(same) => matches!(same, Outcome::Unknown(_)),
        Content::Line(_) => false,
    };
    let (mut settled, mut open): (Vec<Piece>, Vec<Bounds>) = (Vec::new(), Vec::new());
    let mut points: Vec<Piece> = Vec::new();
    let mut was_open = false;
    for piece in pieces {
        match (is_open(piece), open.last_mut().filter(|_| was_open)) {
            (true, Some(last)) => {
                (last.high, last.high_open) = (piece.bounds.high.clone(), piece.bounds.high_open);
                points.clear();
            }
            (true, None) => {
                open.push(piece.bounds.clone());
                was_open = true;
            }
            (false, Some(_)) if piece.bounds.only().is_some() && points.is_empty() => {
                points.push(piece.clone());
            }
            (false, _) => {
                settled.append(&mut points);
                settled.push(piece.clone());
                was_open = false;
            }
        }
    }
    settled.append(&mut points);
    (settled, open)
}

/// Pieces that lie beside each other, as one.
fn together<'p>(pieces: impl Iterator<Item = &'p Piece>, whole: Option<&Number>) -> Vec<Bounds> {
    let mut all: Vec<Bounds> = Vec::new();
    for piece in pieces {
        let next = &piece.bounds;
        let touches = |last: &Bounds| match (&last.high, &next.low, whole) {
            (Some(high), Some(low), Some(step)) => high.add(step) == *low,
            (Some(high), Some(low), None) => high == low && !(last.high_open && next.low_open),
            (_, _, _) => false,
        };
        match all.last_mut().filter(|last| touches(last)) {
            Some(last) => (last.high, last.high_open) = (next.high.clone(), next.high_open),
            None => all.push(next.clone()),
        }
    }
    all
}

/// The two sides of a comparison, as they are written.
fn sides(goal: &str, lang: Lang) -> Option<(String, String)> {
    let mut map = SourceMap::new();
    let file = map.add(SourceFile::new("", goal));
    let expr = parse_expr(&map, file, lang, &mut Problems::new())?;
    match expr.kind.as_ref() {
        ExprKind::Binary { left, right, .. } => {
            Some((map.text(left.span).to_owned(), map.text(right.span).to_owned()))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sides_of_a_goal() {
        let found = sides("a.b + 2 ≤ 200 mio. kr.", Lang::Da).unwrap();
        assert_eq!(found, ("a.b + 2".to_owned(), "200 mio. kr.".to_owned()));
        assert_eq!(sides("a.b", Lang::Da), None);
    }
}
