//! A whole range of x, put together from stretches on which a result is a straight line or stays the same.

use super::form::{Cell, Form};
use super::lines::{Shape, Stand, lattice, stretch};
use super::runs::{Run, Runs};
use super::varied::Varied;
use crate::eval::{Laid, Outcome, StepId, Trace, What};
use crate::facts::{Datum, EntityId};
use crate::model::{DefId, ExprId};
use crate::value::{Bounds, Number};

/// More pieces than this are not told apart.
const MOST_PIECES: usize = 400;

/// What a result does on a piece of the range.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Content {
    /// A number on a straight line.
    Line(Form),
    /// The same outcome throughout.
    Same(Outcome),
    /// Neither; what is certain of it all the same.
    Within(Bounds),
}

/// Something that is decided otherwise from a place on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Cause {
    pub(super) expr: ExprId,
    /// The definition it stands in.
    pub(super) def: Option<DefId>,
    pub(super) entity: Option<EntityId>,
}

/// A piece of the range.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) bounds: Bounds,
    pub(super) content: Content,
    /// What ends it below and above.
    pub(super) low_by: Vec<Cause>,
    pub(super) high_by: Vec<Cause>,
}

/// The pieces of a range.
#[derive(Debug)]
pub(super) struct Pieces {
    /// In rising order; together they are the whole range.
    pub(super) pieces: Vec<Piece>,
    /// Whether any run read x at all.
    pub(super) is_read: bool,
    /// Whether the count of pieces or runs was reached.
    pub(super) is_spent: bool,
}

/// A result that is followed along x.
pub(super) struct Along<'a> {
    pub(super) runs: &'a Runs<'a>,
    pub(super) varied: &'a Varied,
    /// How often a range on which nothing is proved is halved.
    pub(super) depth: u32,
}

impl Along<'_> {
    /// Runs with x at a place.
    pub(super) fn run(&self, x: &Number) -> Run {
        let laid = self
            .varied
            .written
            .iter()
            .fold(Laid::default(), |laid, expr| laid.written(*expr, Datum::Number(x.clone())));
        self.runs.run(&laid)
    }

    pub(super) fn outcome(&self, x: &Number) -> Outcome {
        let run = self.run(x);
        run.trace.outcome(run.root).clone()
    }

    /// The step in which alone x has a value, as far as a run in the middle of a range tells.
    pub(super) fn lattice(&self, range: &Bounds) -> Option<Number> {
        let x = self.place(range);
        let run = self.run(&x);
        let stand = Stand {
            model: &self.runs.answer.plan.model,
            written: &self.varied.written,
            x: &x,
            gap: range,
            whole: self.varied.whole(),
        };
        lattice(stand, &run)
    }

    fn within(&self, gap: &Bounds) -> Outcome {
        let laid = self
            .varied
            .written
            .iter()
            .fold(Laid::default(), |laid, expr| laid.written_within(*expr, gap.clone()));
        let run = self.runs.run(&laid);
        run.trace.outcome(run.root).clone()
    }

    /// Covers a range with pieces.
    pub(super) fn pieces(&self, range: &Bounds) -> Pieces {
        let mut found = Pieces { pieces: Vec::new(), is_read: false, is_spent: false };
        let mut open = vec![(range.clone(), 0)];
        while let Some((gap, depth)) = open.pop() {
            let Some(gap) = self.counted(gap) else { continue };
            if found.pieces.len() >= MOST_PIECES || self.runs.is_spent() {
                found.is_spent = true;
                found.pieces.push(self.unproved(&gap));
                continue;
            }
            let x = self.place(&gap);
            let run = self.run(&x);
            found.is_read |= self.reads(&run);
            let stand = Stand {
                model: &self.runs.answer.plan.model,
                written: &self.varied.written,
                x: &x,
                gap: &gap,
                whole: self.varied.whole(),
            };
            let (piece, depth) = match stretch(stand, &run) {
                Some((cell, shape)) => (proved(&run, cell, &shape), depth),
                None => match self.within(&gap) {
                    same @ Outcome::Value(_) => (unbroken(gap.clone(), content(&same)), depth),
                    _ if depth >= self.depth && gap.only().is_none() => (self.unproved(&gap), depth),
                    _ => {
                        let own = run.trace.outcome(run.root);
                        (unbroken(Bounds::point(&x), content(own)), depth + 1)
                    }
                },
            };
            let piece = match self.varied.whole() {
                Some(step) => Piece { bounds: whole_ends(&piece.bounds, step), ..piece },
                None => piece,
            };
            let (below, above) = beside(&gap, &piece.bounds);
            open.extend([below, above].into_iter().flatten().map(|gap| (gap, depth)));
            found.pieces.push(piece);
        }
        found.pieces.sort_by(|a, b| order(&a.bounds, &b.bounds));
        found.pieces = joined(found.pieces);
        found
    }

    fn unproved(&self, gap: &Bounds) -> Piece {
        let bounds = self.within(gap).bounds().unwrap_or_default();
        unbroken(gap.clone(), Content::Within(bounds))
    }

    fn reads(&self, run: &Run) -> bool {
        let is_x = |step: &crate::eval::Step| matches!(step.what, What::Expr(expr) if self.varied.written.contains(&expr));
        run.trace.steps.iter().any(is_x)
    }

    /// The part of a range that counts; `None` where nothing does. Of whole numbers the ends are such.
    fn counted(&self, gap: Bounds) -> Option<Bounds> {
        let gap = match self.varied.whole() {
            Some(step) => whole_ends(&gap, step),
            None => gap,
        };
        let empty = gap
            .low
            .as_ref()
            .zip(gap.high.as_ref())
            .is_some_and(|(low, high)| low > high || (low == high && (gap.low_open || gap.high_open)));
        (!empty).then_some(gap)
    }

    /// A place within a range: the middle, or where it has no end, beyond its other end.
    fn place(&self, gap: &Bounds) -> Number {
        let one = self.varied.step();
        let far = |end: &Number| end.abs().add(&one);
        let middle = match (&gap.low, &gap.high) {
            (Some(low), Some(high)) => {
                let half = Number::from_i64(2);
                low.add(high).div(&half).unwrap_or_else(|| low.clone())
            }
            (Some(low), None) => low.add(&far(low)),
            (None, Some(high)) => high.sub(&far(high)),
            (None, None) => Number::zero(),
        };
        match self.varied.whole() {
            Some(step) => down_to(&middle, step),
            None => middle,
        }
    }
}

/// The nearest multiple of a step that is not above a number.
fn down_to(number: &Number, step: &Number) -> Number {
    number.div(step).map_or_else(|| number.clone(), |count| count.floor().mul(step))
}

/// A range of whole numbers, from the first to the last of them.
pub(super) fn whole_ends(gap: &Bounds, step: &Number) -> Bounds {
    let low = gap.low.as_ref().map(|low| {
        let at = down_to(low, step);
        if at < *low || gap.low_open { at.add(step) } else { at }
    });
    let high = gap.high.as_ref().map(|high| {
        let at = down_to(high, step);
        if at == *high && gap.high_open { at.sub(step) } else { at }
    });
    Bounds { low, high, ..Bounds::default() }
}

fn content(outcome: &Outcome) -> Content {
    match outcome.as_number() {
        Some(number) => Content::Line(Form::constant(number)),
        None => Content::Same(outcome.clone()),
    }
}

fn unbroken(bounds: Bounds, content: Content) -> Piece {
    Piece { bounds, content, low_by: Vec::new(), high_by: Vec::new() }
}

fn proved(run: &Run, cell: Cell, shape: &Shape) -> Piece {
    let content = match shape {
        Shape::Line(form) => Content::Line(form.clone()),
        Shape::Fixed | Shape::Curved => content(run.trace.outcome(run.root)),
    };
    let causes = |steps: &[StepId]| steps.iter().filter_map(|step| cause(&run.trace, *step)).collect();
    Piece { low_by: causes(&cell.low_by), high_by: causes(&cell.high_by), bounds: cell.bounds, content }
}

/// What a step decides, with the definition that it stands in: the first that reads it.
fn cause(trace: &Trace, step: StepId) -> Option<Cause> {
    let What::Expr(expr) = trace.step(step).what else { return None };
    let entity = trace.step(step).at.entity;
    let (mut at, mut def) = (step, None);
    // Steps that read a step come after it.
    for (id, other) in trace.steps.iter_enumerated() {
        if other.inputs.contains(&at) {
            at = id;
            if let What::Def(own) = other.what {
                def = Some(own);
                break;
            }
        }
    }
    Some(Cause { expr, def, entity })
}

/// What is left of a range below and above a piece of it.
fn beside(gap: &Bounds, piece: &Bounds) -> (Option<Bounds>, Option<Bounds>) {
    let below =
        piece.low.as_ref().filter(|low| gap.low.as_ref() != Some(*low) || (piece.low_open && !gap.low_open));
    let above = piece
        .high
        .as_ref()
        .filter(|high| gap.high.as_ref() != Some(*high) || (piece.high_open && !gap.high_open));
    (
        below.map(|low| Bounds { high: Some(low.clone()), high_open: !piece.low_open, ..gap.clone() }),
        above.map(|high| Bounds { low: Some(high.clone()), low_open: !piece.high_open, ..gap.clone() }),
    )
}

/// Pieces by where they begin, and of two that begin alike, the one that ends first.
fn order(a: &Bounds, b: &Bounds) -> std::cmp::Ordering {
    let low = |own: &Bounds| (own.low.is_some(), own.low.clone(), own.low_open);
    let high = |own: &Bounds| (own.high.is_none(), own.high.clone(), !own.high_open);
    low(a).cmp(&low(b)).then_with(|| high(a).cmp(&high(b)))
}

/// Joins pieces on which a result goes on as it was.
fn joined(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut all: Vec<Piece> = Vec::new();
    for piece in pieces {
        let Some(last) = all.last_mut() else {
            all.push(piece);
            continue;
        };
        if last.content == piece.content || goes_on(last, &piece) {
            // A single place where two lines meet belongs to the first, unless the next line has it too and goes on.
            (last.bounds.high, last.bounds.high_open) = (piece.bounds.high, piece.bounds.high_open);
            last.high_by = piece.high_by;
        } else if goes_on(&piece, last) && last.bounds.only().is_some() {
            let low_by = std::mem::take(&mut last.low_by);
            let (low, low_open) = (last.bounds.low.clone(), last.bounds.low_open);
            *last = Piece { bounds: Bounds { low, low_open, ..piece.bounds }, low_by, ..piece };
        } else {
            all.push(piece);
        }
    }
    all
}

/// Tells whether a piece that is a single place lies on the line of another.
fn goes_on(line: &Piece, point: &Piece) -> bool {
    let (Content::Line(form), Content::Line(own), Some(x)) =
        (&line.content, &point.content, point.bounds.only())
    else {
        return false;
    };
    own.is_exact() && form.allows(x, &own.at(x))
}
