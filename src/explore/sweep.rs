//! How a result moves with one number, over a whole range of it: straight stretches, jumps and bends, each with what causes it.

use super::ExploreProblem;
use super::decision::{Decision, Spot, decided};
use super::lines::is_multiple;
use super::pieces::{Along, Cause, Content, Piece, Pieces, whole_ends};
use super::runs::{Run, Runs};
use super::varied::{Asking, Varied};
use super::why_not::Refused;
use super::words::{effect, line_name};
use crate::base::Lang;
use crate::eval::Outcome;
use crate::explain::{Basis, Words};
use crate::model::{Show, Ty};
use crate::session::{Answer, AnswerLine, Question, Session};
use crate::value::{Bounds, Number};

/// More results than this are not followed in one question.
const MOST_RESULTS: usize = 12;

/// A range on which nothing is proved is halved this often.
const HALVED: u32 = 4;

/// More values than this are not computed at steps.
const MOST_VALUES: i64 = 200;

/// A range of what is varied, as it was typed.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Range<'t> {
    /// Where it begins; `None` where it can be nothing less.
    pub from: Option<&'t str>,
    /// Where it ends; `None` where it can be nothing more.
    pub to: Option<&'t str>,
    /// The step at which values are told as well.
    pub step: Option<&'t str>,
}

/// A number in words and in full.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Told {
    /// For people.
    pub text: String,
    /// All of it: percentages in per cent, everything else in base units; `None` where it is no number.
    pub exact: Option<Number>,
}

/// An end of a stretch.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct End {
    /// What is varied, there.
    pub x: Told,
    /// Whether the end itself belongs to the stretch.
    pub included: bool,
    /// The result there, or what it comes as near to as one likes.
    pub y: Told,
}

/// How a result moves on a stretch.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Moves {
    /// It stays the same.
    Same,
    /// It rises or falls evenly, by this for each unit of what is varied.
    Evenly(Told),
    /// The same, but for roundings by no more than this.
    NearlyEvenly(Told, Told),
    /// It lies between these, as far as it is known; how it moves is not proved.
    Within(Option<Told>, Option<Told>),
}

/// A stretch on which a result moves in one way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Segment {
    /// Where it begins; `None` where it has no end.
    pub from: Option<End>,
    /// Where it ends.
    pub to: Option<End>,
    /// How the result moves.
    pub moves: Moves,
    /// The result in words, where it stays the same.
    pub value: Told,
}

/// A place where a result jumps, bends, or comes out otherwise.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Break {
    /// The last place of what goes before, and the first of what comes after; of numbers that need not be whole they are
    /// the same.
    pub before: End,
    /// As `before`.
    pub after: End,
    /// How much it jumps; `None` where it bends, or is no number.
    pub jump: Option<Told>,
    /// What is decided otherwise, as the rules write it, and where.
    pub causes: Vec<String>,
    /// What comes into play or no longer does.
    pub effects: Vec<String>,
    /// What that rests on.
    pub basis: Vec<Basis>,
    /// The what-if that shows it.
    pub set: String,
    /// Whether what is told of it was computed anew, at it and on both sides.
    pub verified: bool,
}

/// How a result moves with one number.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sweep {
    /// The result, and when.
    pub target: String,
    /// What is varied.
    pub of: String,
    /// The unit of what is varied, for each of which a slope is told.
    pub unit: String,
    /// What it is now, and the result.
    pub now: Option<(Told, Told)>,
    /// The stretches, in rising order.
    pub segments: Vec<Segment>,
    /// Where they meet.
    pub breaks: Vec<Break>,
    /// Values at steps.
    pub values: Vec<(Told, Told)>,
    /// What is to be known of it.
    pub notes: Vec<String>,
}

/// Follows the results of a question along a range of something that a what-if can set.
///
/// # Errors
/// When there is nothing of that name, a value does not fit it, the range is empty, or no result rests on it.
pub fn sweep(
    session: &Session,
    question: &Question,
    of: &str,
    range: Range<'_>,
    lang: Lang,
) -> Result<Vec<Sweep>, Refused> {
    let asking = Asking { session, question };
    let mut varied = asking.vary(of, range.from.or(range.to))?;
    let all_of = ends(asking, &varied, range)?;
    let (Some(_), Some(_)) = (&all_of.low, &all_of.high) else {
        return Err(asking.refused(&ExploreProblem::NoRange { name: of.to_owned() }));
    };
    let ends = kept_to_steps(&mut varied, all_of);
    let step = range.step.map(|step| asking.number(&varied, step)).transpose()?;
    let lines: Vec<&AnswerLine> = varied.answer.lines.iter().filter(|line| line.asked == 0).collect();
    let mut all = Vec::new();
    let mut is_read = false;
    for line in lines.iter().take(MOST_RESULTS) {
        let runs = Runs::new(&varied.answer, line);
        let along = Along { runs: &runs, varied: &varied, depth: HALVED };
        let pieces = along.pieces(&ends);
        is_read |= pieces.is_read;
        all.push(Teller { asking, varied: &varied, line, along: &along, lang }.told(
            &pieces,
            step.as_ref(),
            &ends,
        ));
    }
    if !is_read {
        let target = question.targets.first().cloned().unwrap_or_default();
        let problem = ExploreProblem::NotRestedOn { name: of.to_owned(), target, offered: Vec::new() };
        return Err(asking.refused(&problem));
    }
    let steps = in_steps(&varied, lang);
    all.iter_mut().for_each(|own: &mut Sweep| own.notes.extend(steps.clone()));
    let left = lines.len().saturating_sub(MOST_RESULTS);
    if let (Some(last), true) = (all.last_mut(), left > 0) {
        last.notes.push(lang.pick(
            format!("{left} resultater mere er ikke fulgt; vælg med --for"),
            format!("{left} more results were not followed; choose with --for"),
        ));
    }
    Ok(all)
}

/// The range that is asked for, as far as what is varied can be there.
pub(super) fn ends(asking: Asking<'_>, varied: &Varied, range: Range<'_>) -> Result<Bounds, Refused> {
    let name = &varied.name;
    let number = |text: Option<&str>| text.map(|text| asking.number(varied, text)).transpose();
    let (low, high) = (number(range.from)?, number(range.to)?);
    let domain = &varied.domain;
    let low_open = low.is_none() && domain.low_open;
    let high_open = high.is_none() && domain.high_open;
    let asked = Bounds {
        low: low.or_else(|| domain.low.clone()),
        high: high.or_else(|| domain.high.clone()),
        low_open,
        high_open,
    };
    let asked = match &domain.step {
        Some(step) => whole_ends(&asked, step),
        None => asked,
    };
    let empty = asked.low.as_ref().zip(asked.high.as_ref()).is_some_and(|(low, high)| low > high);
    let nothing =
        asked.low.is_some() && asked.low == asked.high && range.from.is_some() && range.to.is_some();
    if empty || nothing {
        let words = |text: Option<&str>| text.unwrap_or("…").to_owned();
        let (from, to) = (words(range.from), words(range.to));
        return Err(asking.refused(&ExploreProblem::EmptyRange { name: name.clone(), from, to }));
    }
    Ok(asked)
}

/// Keeps what is varied to the values that can be shared, within a range: where a pool must be a number of whole steps, what it
/// is made of counts in steps as well.
pub(super) fn kept_to_steps(varied: &mut Varied, range: Bounds) -> Bounds {
    let asked = varied.answer.lines.iter().filter(|line| line.asked == 0).take(MOST_RESULTS);
    let needed = asked.map(|line| {
        let runs = Runs::new(&varied.answer, line);
        Along { runs: &runs, varied, depth: 0 }.lattice(&range)
    });
    // A result that shares nothing has answers between the steps as well: then none is kept to them.
    let Some(needed) = needed.collect::<Option<Vec<Number>>>() else { return range };
    let Some(needed) = needed.into_iter().reduce(Number::max) else { return range };
    // Where it counts in coarser steps of its own, those are enough; where the two do not go together, nothing is claimed.
    let fits = varied.domain.step.as_ref().is_none_or(|own| is_multiple(&needed, own) && needed != *own);
    if !fits {
        return range;
    }
    let kept = whole_ends(&range, &needed);
    varied.steps = Some(needed);
    kept
}

/// Says that a number was followed in steps.
pub(super) fn in_steps(varied: &Varied, lang: Lang) -> Option<String> {
    let (step, of) = (varied.told_step(varied.steps.as_ref()?, lang), &varied.name);
    Some(lang.pick(
        format!("{of} er fulgt i trin på {step}, for det, der fordeles, skal gå op i hele trin; mellem trinene er der ikke spurgt"),
        format!("{of} was followed in steps of {step}, for what is shared must be a number of whole steps; between the steps nothing was asked"),
    ))
}

/// Words one result along the range.
struct Teller<'a> {
    asking: Asking<'a>,
    varied: &'a Varied,
    line: &'a AnswerLine,
    along: &'a Along<'a>,
    lang: Lang,
}

impl Teller<'_> {
    fn words(&self) -> Words<'_> {
        self.varied.answer.words(self.lang)
    }

    fn typed(&self) -> (&Ty, &Show) {
        self.varied.answer.typed(self.line)
    }

    fn x(&self, number: &Number) -> Told {
        self.varied.told(number, self.lang)
    }

    fn y(&self, number: &Number) -> Told {
        let (ty, show) = self.typed();
        Told { text: self.words().number(number, ty, show), exact: Some(in_unit(number, ty)) }
    }

    fn outcome(&self, outcome: &Outcome) -> Told {
        let (ty, show) = self.typed();
        Told {
            text: self.words().outcome(outcome, ty, show),
            exact: outcome.as_number().map(|own| in_unit(own, ty)),
        }
    }

    fn told(&self, pieces: &Pieces, step: Option<&Number>, ends: &Bounds) -> Sweep {
        let name = line_name(&self.varied.answer, self.line, self.lang);
        let target = format!("{name}, {}", self.varied.answer.moment.print(self.lang));
        let now = self.varied.now.as_ref().map(|now| (self.x(now), self.outcome(&self.along.outcome(now))));
        let breaks: Vec<Break> = pieces
            .pieces
            .windows(2)
            .filter_map(|pair| match pair {
                [one, next] => self.turn(one, next),
                _ => None,
            })
            .collect();
        let notes = self.notes(pieces, &breaks);
        Sweep {
            target,
            of: self.varied.name.clone(),
            unit: self.varied.print(&self.varied.step(), self.lang),
            now,
            segments: pieces.pieces.iter().map(|piece| self.segment(piece)).collect(),
            breaks,
            values: self.values(pieces, step, ends),
            notes,
        }
    }

    /// The result of a piece at a place, also just outside it.
    fn at(&self, piece: &Piece, x: &Number) -> Told {
        match &piece.content {
            Content::Line(form) if form.is_exact() => self.y(&form.at(x)),
            Content::Line(_) | Content::Within(_) => self.outcome(&self.along.outcome(x)),
            Content::Same(outcome) => self.outcome(outcome),
        }
    }

    fn end(&self, piece: &Piece, x: &Number, open: bool) -> End {
        End { x: self.x(x), included: !open, y: self.at(piece, x) }
    }

    fn segment(&self, piece: &Piece) -> Segment {
        let bounds = &piece.bounds;
        let place = bounds.low.as_ref().or(bounds.high.as_ref()).cloned().unwrap_or_else(Number::zero);
        let moves = match &piece.content {
            Content::Line(form) if form.is_constant() => Moves::Same,
            Content::Same(_) => Moves::Same,
            Content::Line(form) => {
                let slope = self.y(&form.slope.mul(&self.varied.step()));
                let off = form.low.abs().max(form.high.clone());
                if form.is_exact() { Moves::Evenly(slope) } else { Moves::NearlyEvenly(slope, self.y(&off)) }
            }
            Content::Within(within) => {
                let end = |end: &Option<Number>| end.as_ref().map(|end| self.y(end));
                Moves::Within(end(&within.low), end(&within.high))
            }
        };
        Segment {
            from: bounds.low.as_ref().map(|low| self.end(piece, low, bounds.low_open)),
            to: bounds.high.as_ref().map(|high| self.end(piece, high, bounds.high_open)),
            moves,
            value: self.at(piece, &place),
        }
    }

    /// What happens between two pieces.
    fn turn(&self, one: &Piece, next: &Piece) -> Option<Break> {
        let (last, first) = (one.bounds.high.as_ref()?, next.bounds.low.as_ref()?);
        let before = self.end(one, last, one.bounds.high_open);
        let after = self.end(next, first, next.bounds.low_open);
        // What lies on no proved line turns where it is halved, which says nothing.
        if matches!(one.content, Content::Within(_)) || matches!(next.content, Content::Within(_)) {
            return None;
        }
        let jump = match (&one.content, &next.content) {
            (Content::Line(a), Content::Line(b)) => Some(b.at(first).sub(&a.at(first))),
            (_, _) => None,
        };
        let jump = jump.filter(|jump| !jump.is_zero());
        let mut causes: Vec<Cause> = one.high_by.iter().chain(&next.low_by).copied().collect();
        causes.sort();
        causes.dedup();
        let (left, right) = (self.inside(one, last, true), self.inside(next, first, false));
        let (at_left, at_right) = (self.along.run(&left), self.along.run(&right));
        let mut verified = [(one, &left), (next, &right)].iter().all(|(piece, x)| self.holds(piece, x));
        for (piece, x, open) in [(one, last, one.bounds.high_open), (next, first, next.bounds.low_open)] {
            verified &= open || (self.holds(piece, x) && self.anew(piece, x));
        }
        // A bend is shown where it is, a jump where it has happened.
        let shown = if next.bounds.low_open && jump.is_some() { &right } else { first };
        Some(Break {
            before,
            after,
            jump: jump.map(|jump| self.y(&jump)),
            causes: self.causes(&causes),
            effects: self.effects(&at_left, &at_right),
            basis: self.basis(&causes),
            set: self.varied.what_if(shown),
            verified,
        })
    }

    /// A place within a piece, near one of its ends.
    fn inside(&self, piece: &Piece, end: &Number, upper: bool) -> Number {
        if self.varied.whole().is_some() || piece.bounds.only().is_some() {
            return end.clone();
        }
        let other = if upper { &piece.bounds.low } else { &piece.bounds.high };
        let thousand = Number::from_i64(1000);
        let away = match other {
            Some(other) => other.sub(end).div(&thousand),
            None if upper => Some(self.varied.step().neg()),
            None => Some(self.varied.step()),
        };
        away.map_or_else(|| end.clone(), |away| end.add(&away))
    }

    /// Whether a run at a place gives what is told of it.
    fn holds(&self, piece: &Piece, x: &Number) -> bool {
        agrees(piece, x, &self.along.outcome(x))
    }

    /// Whether a question of its own does, with everything that is checked then.
    fn anew(&self, piece: &Piece, x: &Number) -> bool {
        let Ok(answer) = self.asking.with(&self.varied.what_if(x)) else { return false };
        let who =
            |answer: &Answer, line: &AnswerLine| line.entity.map(|id| answer.facts.get(id).name.clone());
        let own = who(&self.varied.answer, self.line);
        let same = |line: &&AnswerLine| {
            line.name == self.line.name && line.asked == self.line.asked && who(&answer, line) == own
        };
        answer.lines.iter().find(same).is_some_and(|line| agrees(piece, x, answer.outcome(line)))
    }

    /// What is decided there, as the rules write it, with the definition.
    fn causes(&self, causes: &[Cause]) -> Vec<String> {
        let answer = &self.varied.answer;
        let mut all = Vec::new();
        for cause in causes {
            let span = answer.plan.model.node(cause.expr).span;
            let text = short(answer.sources.text(span));
            let who = cause.entity.filter(|_| cause.entity != self.line.entity);
            let who = who.map(|id| format!(" {} {}", self.lang.pick("for", "for"), self.words().entity(id)));
            let place =
                cause.def.map(|def| format!(" {} {}", self.lang.pick("i", "in"), self.words().def_name(def)));
            let text = format!("`{text}`{}{}", place.unwrap_or_default(), who.unwrap_or_default());
            if !all.contains(&text) {
                all.push(text);
            }
        }
        all
    }

    fn basis(&self, causes: &[Cause]) -> Vec<Basis> {
        let model = &self.varied.answer.plan.model;
        let clauses = causes.iter().filter_map(|cause| cause.def).map(|def| model.defs[def].clause);
        let cited: Vec<_> = clauses.flat_map(|clause| &model.clauses[clause].basis).collect();
        Basis::all(cited, self.lang)
    }

    fn effects(&self, left: &Run, right: &Run) -> Vec<String> {
        let words = self.words();
        let all = |run: &Run| decided(words, run, &[]).unwrap_or_default();
        let (old, new) = (all(left), all(right));
        let mut told: Vec<String> = Vec::new();
        let differs = |(spot, now): &(&Spot, &Decision)| old.get(spot) != Some(*now);
        for (spot, now) in new.iter().filter(differs) {
            let text = effect(words, right, *spot, (old.get(spot), Some(now)));
            told.extend(text.filter(|text| !told.contains(text)));
        }
        told
    }

    /// Values at steps: those asked for, or where the line is not proved, some.
    fn values(&self, pieces: &Pieces, step: Option<&Number>, ends: &Bounds) -> Vec<(Told, Told)> {
        let (Some(low), Some(high)) = (&ends.low, &ends.high) else { return Vec::new() };
        let unproved = pieces.pieces.iter().any(|piece| matches!(piece.content, Content::Within(_)));
        let step = match step {
            Some(step) => step.abs(),
            None if unproved => {
                let tenth = high.sub(low).div(&Number::from_i64(10)).unwrap_or_else(Number::one);
                match self.varied.whole() {
                    Some(own) => {
                        tenth.div(own).map_or(tenth, |count| count.floor().max(Number::one()).mul(own))
                    }
                    None => tenth,
                }
            }
            None => return Vec::new(),
        };
        let count = high.sub(low).div(&step).and_then(|count| count.floor().to_i64()).unwrap_or(0);
        let places = (0..=count.min(MOST_VALUES)).map(|at| low.add(&step.mul(&Number::from_i64(at))));
        places.map(|x| (self.x(&x), self.outcome(&self.along.outcome(&x)))).collect()
    }

    fn notes(&self, pieces: &Pieces, breaks: &[Break]) -> Vec<String> {
        let lang = self.lang;
        let mut all = Vec::new();
        let unproved = pieces.pieces.iter().any(|piece| matches!(piece.content, Content::Within(_)));
        let failed = breaks.iter().filter(|own| !own.verified).count();
        if unproved {
            all.push(lang.pick(
                "på en del af strækningen er svaret ikke stykvis lige: der står kun, hvad det med sikkerhed ligger imellem, og værdier trin for trin; der kan være flere spring der",
                "on a part of the range the answer does not move in straight lines: there only what it surely lies between is told, and values step by step; there may be more jumps there",
            ).to_owned());
        }
        if pieces.is_spent {
            all.push(
                lang.pick(
                    "der er flere stykker, end der er fulgt; vælg en kortere strækning",
                    "there are more stretches than were followed; choose a shorter range",
                )
                .to_owned(),
            );
        }
        if !unproved && !pieces.is_spent {
            // Where it was followed in steps, nothing is said of what lies between them.
            let (da, en) = match &self.varied.steps {
                Some(_) => (
                    "i de trin, der er fulgt, er strækningerne og grænserne præcise: intet er fundet ved stikprøver",
                    "in the steps that were followed, the stretches and their ends are exact: nothing was found by samples",
                ),
                None => (
                    "strækningerne og grænserne er præcise: intet er fundet ved stikprøver",
                    "the stretches and their ends are exact: nothing was found by samples",
                ),
            };
            all.push(lang.pick(da, en).to_owned());
        }
        let rounded = |piece: &Piece| matches!(&piece.content, Content::Line(form) if !form.is_exact());
        if pieces.pieces.iter().any(rounded) {
            all.push(lang.pick(
                "hvor en afrunding gør mange små trin, vises linjen uden dem og hvor langt de højst går fra den",
                "where a rounding makes many small steps, the line without them is shown, and how far from it they go at most",
            ).to_owned());
        }
        match (breaks.len(), failed) {
            (0, _) => {}
            (_, 0) => all.push(lang.pick(
                "hver grænse er regnet efter i punktet selv og på begge sider",
                "each end was computed anew at the place itself and on both sides",
            ).to_owned()),
            (_, _) => all.push(lang.pick(
                format!("{failed} af grænserne kunne ikke regnes efter som et spørgsmål for sig, fx fordi en sådan værdi ikke er tilladt"),
                format!("{failed} of the ends could not be computed anew as a question of its own, for example because such a value is not allowed"),
            )),
        }
        all
    }
}

/// A number in the unit that it is told in: percentages count in hundredths.
pub(super) fn in_unit(number: &Number, ty: &Ty) -> Number {
    match ty {
        Ty::Percent => number.mul(&Number::from_i64(100)),
        _ => number.clone(),
    }
}

/// Whether an outcome is what is told of a piece at a place.
fn agrees(piece: &Piece, x: &Number, outcome: &Outcome) -> bool {
    match &piece.content {
        Content::Line(form) => outcome.as_number().is_some_and(|own| form.allows(x, own)),
        Content::Same(same) => same.datum() == outcome.datum() && same.datum().is_some() || same == outcome,
        Content::Within(bounds) => outcome.as_number().is_none_or(|own| bounds.contains(own)),
    }
}

/// A text in one line, shortened.
fn short(text: &str) -> String {
    const MOST: usize = 70;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MOST) {
        Some((end, _)) => format!("{} …", line.get(..end).unwrap_or_default().trim_end()),
        None => line,
    }
}
