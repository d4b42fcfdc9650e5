//! From one run to a whole stretch: each step of it is a straight line in x, or the same throughout, as long as everything is
//! decided as it was. So the values between two places are known exactly, and where the stretch ends as well.
//!
//! INVARIANT: a step whose kind is not known here to be either is neither, and then nothing is said of the stretch.

use std::collections::BTreeSet;

use super::form::{Cell, Form};
use super::runs::Run;
use crate::base::IndexVec;
use crate::eval::{Detail, Outcome, Step, StepId, What};
use crate::model::{Aggregate, Arith, Compare, ExprId, KeyTest, Model, NodeKind, TableId};
use crate::syntax::ast::Policy;
use crate::value::{Bounds, Number, RoundMode};

/// Roundings that step more often than this within a stretch are told as a line and how far from it they go.
const MOST_STEPS: i64 = 64;

/// How a step moves with x.
#[derive(Clone, Debug)]
pub(super) enum Shape {
    /// It is the same throughout.
    Fixed,
    /// A number on a straight line.
    Line(Form),
    /// Something else.
    Curved,
}

/// What is varied, and where one run of it stands.
#[derive(Clone, Copy)]
pub(super) struct Stand<'a> {
    pub(super) model: &'a Model,
    /// The places where x is written.
    pub(super) written: &'a BTreeSet<ExprId>,
    /// x in this run.
    pub(super) x: &'a Number,
    /// The stretch looked at.
    pub(super) gap: &'a Bounds,
    /// The step of x where only its multiples count.
    pub(super) whole: Option<&'a Number>,
}

/// The stretch around a run on which everything is decided alike, and how its result moves there; `None` where that is not
/// known.
pub(super) fn stretch(stand: Stand<'_>, run: &Run) -> Option<(Cell, Shape)> {
    let mut lines = Lines { stand, run, shapes: IndexVec::default(), cell: Cell::of(stand.gap.clone()) };
    for (id, step) in run.trace.steps.iter_enumerated() {
        let shape = lines.shape(id, step);
        // The shares of all are read by each one's share, which is held to below.
        let of_all = matches!(step.detail, Detail::Shares(_));
        let decides = step.outcome.as_number().is_none() || lines.is_lookup(step) || id == run.root;
        let decides = decides && !of_all;
        if matches!(shape, Shape::Curved) && decides {
            return None;
        }
        lines.shapes.push(shape);
    }
    let shape = lines.shapes.get(run.root)?.clone();
    Some((lines.cell, shape))
}

/// The step in which alone x has a value, where something is shared in whole steps of what x makes of it: between them there is
/// nothing to share without a rest. `None` where nothing asks for one, or no one step suits all that do.
pub(super) fn lattice(stand: Stand<'_>, run: &Run) -> Option<Number> {
    let mut lines = Lines { stand, run, shapes: IndexVec::default(), cell: Cell::of(stand.gap.clone()) };
    let mut found: Option<Number> = None;
    for (id, step) in run.trace.steps.iter_enumerated() {
        let shape = lines.shape(id, step);
        lines.shapes.push(shape);
        let Some(needed) = lines.needed(step) else { continue };
        found = Some(match found {
            None => needed,
            Some(known) if is_multiple(&known, &needed) => known,
            Some(known) if is_multiple(&needed, &known) => needed,
            Some(_) => return None,
        });
    }
    found
}

pub(super) fn is_multiple(number: &Number, of: &Number) -> bool {
    number.div(of).is_some_and(|count| count.is_integer())
}

struct Lines<'a> {
    stand: Stand<'a>,
    run: &'a Run,
    shapes: IndexVec<StepId, Shape>,
    cell: Cell,
}

impl<'a> Lines<'a> {
    fn is_lookup(&self, step: &Step) -> bool {
        matches!(step.what, What::Expr(expr) if matches!(self.stand.model.node(expr).kind, NodeKind::Lookup { .. }))
    }

    fn shape(&mut self, id: StepId, step: &'a Step) -> Shape {
        match step.what {
            What::Expr(expr) if self.stand.written.contains(&expr) => return Shape::Line(Form::x()),
            What::Expr(_) | What::Def(_) => {}
        }
        if self.read(step).all(|input| matches!(self.shapes.get(input), Some(Shape::Fixed))) {
            return Shape::Fixed;
        }
        // Something that does not apply stays so while what it read is in the state it is in.
        let apart = |outcome: &Outcome| matches!(outcome, Outcome::DoesNotApply(_));
        if apart(&step.outcome) && !self.is_lookup(step) {
            let known =
                step.inputs.iter().all(|input| !matches!(self.shapes.get(*input), Some(Shape::Curved)));
            let because =
                step.inputs.iter().any(|input| self.is_fixed(*input) && apart(self.outcome(*input)));
            return if known && because { Shape::Fixed } else { Shape::Curved };
        }
        let moved = match step.what {
            What::Def(_) => self.passed(step),
            What::Expr(expr) => self.expr(id, step, &self.stand.model.node(expr).kind),
        };
        match moved {
            // Held to what the run itself came to.
            Some(Shape::Line(form)) => {
                let agrees = step.outcome.as_number().is_some_and(|own| form.allows(self.stand.x, own));
                if agrees { Shape::Line(form) } else { Shape::Curved }
            }
            Some(other) => other,
            None => Shape::Curved,
        }
    }

    /// Everything a step read.
    fn read(&self, step: &'a Step) -> impl Iterator<Item = StepId> + use<'a> {
        let others: Vec<StepId> = match &step.detail {
            Detail::Definition(detail) => detail.considered.iter().flat_map(|own| own.steps()).collect(),
            Detail::Entities(lines) => lines.iter().flat_map(|line| [line.condition]).flatten().collect(),
            Detail::Shares(lines) => {
                lines.iter().flat_map(|line| [line.key, line.condition]).flatten().collect()
            }
            Detail::Ranks(lines) => lines.iter().map(|line| line.read).collect(),
            Detail::Years(years) => years.iter().map(|(_, step)| *step).collect(),
            Detail::Slices(_, lines) => {
                lines.iter().flat_map(|line| [line.bound, line.rate]).flatten().collect()
            }
            Detail::Plain | Detail::Fact(_) | Detail::Branch(_) | Detail::Row { .. } => Vec::new(),
            Detail::Between { .. } | Detail::Rounded { .. } | Detail::Limited(_) => Vec::new(),
        };
        step.inputs.iter().copied().chain(others)
    }

    fn outcome(&self, id: StepId) -> &'a Outcome {
        self.run.trace.outcome(id)
    }

    fn number(&self, id: StepId) -> Option<&'a Number> {
        self.outcome(id).as_number()
    }

    fn form(&self, id: StepId) -> Option<Form> {
        match self.shapes.get(id)? {
            Shape::Fixed => self.number(id).map(Form::constant),
            Shape::Line(form) => Some(form.clone()),
            Shape::Curved => None,
        }
    }

    fn is_fixed(&self, id: StepId) -> bool {
        matches!(self.shapes.get(id), Some(Shape::Fixed))
    }

    /// Keeps a comparison as it came out in the run.
    fn decided(&mut self, by: StepId, op: Compare, difference: &Form) -> Option<()> {
        let value = difference.at(self.stand.x);
        let holds = match op {
            Compare::Eq => value.is_zero(),
            Compare::Ne => !value.is_zero(),
            Compare::Lt => value.is_negative(),
            Compare::Le => value.is_negative() || value.is_zero(),
            Compare::Gt => !value.is_negative() && !value.is_zero(),
            Compare::Ge => !value.is_negative(),
        };
        let op = if holds { op } else { op.negated() };
        self.cell.keep(difference, op, self.stand.x, by)
    }

    /// A step that has the value of the one step it read that moves.
    fn passed(&self, step: &Step) -> Option<Shape> {
        let own = step.outcome.as_number()?;
        let moving: Vec<StepId> =
            step.inputs.iter().copied().filter(|input| !self.is_fixed(*input)).collect();
        let fixed_alike =
            step.inputs.iter().any(|input| self.is_fixed(*input) && self.number(*input) == Some(own));
        match moving.as_slice() {
            [only] if !fixed_alike && self.number(*only) == Some(own) => self.form(*only).map(Shape::Line),
            _ => None,
        }
    }

    fn expr(&mut self, id: StepId, step: &'a Step, kind: &'a NodeKind) -> Option<Shape> {
        let input = |at: usize| step.inputs.get(at).copied();
        match kind {
            NodeKind::Def(_) | NodeKind::Fact(_) | NodeKind::Restated(_) | NodeKind::Nominal(_) => {
                self.passed(step)
            }
            NodeKind::At(..) | NodeKind::ForEntity(..) | NodeKind::Of { .. } => self.passed(step),
            NodeKind::Former(..) | NodeKind::FormerFact(..) | NodeKind::FormerCell(..) => self.passed(step),
            NodeKind::CarriedOn(_) | NodeKind::IndexFigure(..) | NodeKind::Cell(_) => self.passed(step),
            NodeKind::Negate(_) => Some(Shape::Line(self.form(input(0)?)?.times(&Number::from_i64(-1)))),
            NodeKind::Arith(op, ..) => self.arith(*op, input(0)?, input(1)?),
            NodeKind::AsPercentOf(..) => self.arith(Arith::Div, input(0)?, input(1)?),
            NodeKind::DivideOr(..) => match step.detail {
                Detail::Branch(true) => self.arith(Arith::Div, input(1)?, input(0)?),
                _ => None,
            },
            NodeKind::Scaled(_, raised, _) => self.scaled(*raised, input(0)?, input(1)?),
            NodeKind::Round(_, size, mode) => self.rounded(id, input(0)?, size, *mode),
            NodeKind::EachRound(_, rounding) => self.rounded(id, input(0)?, &rounding.step, rounding.mode),
            NodeKind::Converted { .. } | NodeKind::PerYear(..) => self.part_of(step, input(0)?),
            NodeKind::Compare(op, ..) => {
                step.outcome.as_truth()?;
                let difference = self.form(input(0)?)?.sub(&self.form(input(1)?)?);
                self.decided(id, *op, &difference)?;
                Some(Shape::Fixed)
            }
            NodeKind::Between(..) => {
                step.outcome.as_truth()?;
                let value = self.form(input(0)?)?;
                self.decided(id, Compare::Ge, &value.sub(&self.form(input(1)?)?))?;
                self.decided(id, Compare::Le, &value.sub(&self.form(input(2)?)?))?;
                Some(Shape::Fixed)
            }
            NodeKind::IsOneOf(..) => {
                step.outcome.as_truth()?;
                let value = self.form(input(0)?)?;
                for one in step.inputs.iter().skip(1) {
                    self.decided(id, Compare::Eq, &value.sub(&self.form(*one)?))?;
                }
                Some(Shape::Fixed)
            }
            NodeKind::Approx(_, _, size) if self.is_fixed(input(1)?) => {
                step.outcome.as_truth()?;
                let form = self.form(input(0)?)?;
                let rounded = self.number(input(0)?)?.round(size, RoundMode::Nearest)?;
                self.within_rounding(id, &form, &rounded, size, RoundMode::Nearest)?;
                Some(Shape::Fixed)
            }
            NodeKind::If(..) => {
                let taken = matches!(step.detail, Detail::Branch(_)).then(|| input(1)).flatten()?;
                self.shapes.get(taken).cloned()
            }
            NodeKind::Grant { conditions, otherwise, .. } => match (&step.detail, otherwise) {
                (Detail::Branch(true), _) => self.shapes.get(input(conditions.len())?).cloned(),
                (Detail::Branch(false), None) => Some(Shape::Fixed),
                (Detail::Branch(false), Some(_)) => self.shapes.get(*step.inputs.last()?).cloned(),
                (_, _) => None,
            },
            NodeKind::Limit(_, at_most, _) => self.limit(id, *at_most, &step.detail, (input(0)?, input(1)?)),
            NodeKind::Extreme(largest, _) => self.extreme(id, *largest, step, &step.inputs),
            NodeKind::Lookup { table, keys, .. } => self.lookup(id, step, *table, keys.len()),
            NodeKind::Scale { .. } => self.scale(id, step),
            NodeKind::Aggregate { op, weight, .. } => self.aggregate(id, step, *op, weight.is_some()),
            NodeKind::SumOver(..) => match &step.detail {
                Detail::Years(years) => self.sum(&years.iter().map(|(_, step)| *step).collect::<Vec<_>>()),
                _ => None,
            },
            NodeKind::Rest(..) => {
                let (whole, parts) = step.inputs.split_first()?;
                let taken = self.sum(parts)?;
                let Shape::Line(taken) = taken else { return None };
                let rest = self.form(*whole)?.sub(&taken);
                self.cell.keep(&rest, Compare::Ge, self.stand.x, id)?;
                Some(Shape::Line(rest))
            }
            NodeKind::Share(rule) => self.share(step, rule),
            // Everything else is the same only where all that it reads is.
            NodeKind::Figure { .. } | NodeKind::Bool(_) | NodeKind::Text(_) | NodeKind::Date(_) => None,
            NodeKind::Nothing | NodeKind::Year | NodeKind::Day | NodeKind::Entity(..) => None,
            NodeKind::Unknown(_) | NodeKind::DoesNotApply(_) | NodeKind::Invalid | NodeKind::Not(_) => None,
            NodeKind::Approx(..) | NodeKind::And(_) | NodeKind::Or(_) | NodeKind::AllMet(_) => None,
            NodeKind::CountMet(_) | NodeKind::IsNone(..) | NodeKind::Quantified { .. } => None,
            NodeKind::Rank { .. } | NodeKind::DateSpan(..) | NodeKind::Shift { .. } | NodeKind::Duty(_) => {
                None
            }
        }
    }

    fn arith(&self, op: Arith, a: StepId, b: StepId) -> Option<Shape> {
        let (x, y) = (self.form(a)?, self.form(b)?);
        let line = match op {
            Arith::Add => x.add(&y),
            Arith::Sub => x.sub(&y),
            Arith::Mul | Arith::Of if self.is_fixed(a) => y.times(self.number(a)?),
            Arith::Mul | Arith::Of if self.is_fixed(b) => x.times(self.number(b)?),
            Arith::Div if self.is_fixed(b) => x.times(&Number::one().div(self.number(b)?)?),
            Arith::Mul | Arith::Of | Arith::Div => return None,
        };
        Some(Shape::Line(line))
    }

    fn scaled(&self, raised: bool, value: StepId, by: StepId) -> Option<Shape> {
        let one = Form::constant(&Number::one());
        let by_form = self.form(by)?;
        let factor = if raised { one.add(&by_form) } else { one.sub(&by_form) };
        let line = match (self.is_fixed(value), self.is_fixed(by)) {
            (true, _) => factor.times(self.number(value)?),
            (_, true) => self.form(value)?.times(&factor.at(self.stand.x)),
            (false, false) => return None,
        };
        Some(Shape::Line(line))
    }

    /// A fixed part of what moves.
    fn part_of(&self, step: &Step, value: StepId) -> Option<Shape> {
        let fixed = step.inputs.iter().all(|input| *input == value || self.is_fixed(*input));
        let part = step.outcome.as_number()?.div(self.number(value)?).filter(|_| fixed)?;
        Some(Shape::Line(self.form(value)?.times(&part)))
    }

    /// Whether a rounding steps so often within the stretch that its steps are not told one by one.
    fn is_fine(&self, form: &Form, size: &Number) -> bool {
        let Bounds { low: Some(low), high: Some(high), .. } = self.stand.gap else { return true };
        let (width, most) = (high.sub(low), Number::from_i64(MOST_STEPS));
        let few_values = self.stand.whole.is_some_and(|step| width <= step.mul(&most));
        !few_values && form.slope.abs().mul(&width) > size.mul(&most)
    }

    fn rounded(&mut self, id: StepId, input: StepId, size: &Number, mode: RoundMode) -> Option<Shape> {
        let form = self.form(input)?;
        if form.is_exact() && !self.is_fine(&form, size) {
            let rounded = self.number(input)?.round(size, mode)?;
            self.within_rounding(id, &form, &rounded, size, mode)?;
            return Some(Shape::Fixed);
        }
        let half = size.div(&Number::from_i64(2))?;
        let (low, high) = match mode {
            RoundMode::Nearest | RoundMode::HalfEven => (half.neg(), half),
            RoundMode::Up => (Number::zero(), size.clone()),
            RoundMode::Down => (size.neg(), Number::zero()),
            RoundMode::TowardsZero => (size.neg(), size.clone()),
        };
        Some(Shape::Line(form.widened(&low, &high)))
    }

    /// Keeps only where a number is rounded to the same.
    fn within_rounding(
        &mut self,
        id: StepId,
        form: &Form,
        rounded: &Number,
        size: &Number,
        mode: RoundMode,
    ) -> Option<()> {
        let half = size.div(&Number::from_i64(2))?;
        let zero = Number::zero();
        let (below, above) = (rounded.is_negative(), !rounded.is_negative() && !rounded.is_zero());
        // How far down and up what is rounded to this goes, and whether the ends are rounded to it as well.
        let (down, up, down_in, up_in) = match mode {
            RoundMode::Nearest => (half.clone(), half, above, below),
            RoundMode::HalfEven => {
                let count = rounded.div(size)?.div(&Number::from_i64(2))?;
                (half.clone(), half, count.is_integer(), count.is_integer())
            }
            RoundMode::Up => (size.clone(), zero, false, true),
            RoundMode::Down => (zero, size.clone(), true, false),
            RoundMode::TowardsZero if above => (zero, size.clone(), true, false),
            RoundMode::TowardsZero if below => (size.clone(), zero, false, true),
            RoundMode::TowardsZero => (size.clone(), size.clone(), false, false),
        };
        let low = form.sub(&Form::constant(&rounded.sub(&down)));
        let high = form.sub(&Form::constant(&rounded.add(&up)));
        let x = self.stand.x;
        self.cell.keep(&low, if down_in { Compare::Ge } else { Compare::Gt }, x, id)?;
        self.cell.keep(&high, if up_in { Compare::Le } else { Compare::Lt }, x, id)
    }

    fn limit(
        &mut self,
        id: StepId,
        at_most: bool,
        detail: &Detail,
        (value, limit): (StepId, StepId),
    ) -> Option<Shape> {
        if let (Outcome::DoesNotApply(_), Outcome::Value(_)) = (self.outcome(limit), self.outcome(value)) {
            return self.shapes.get(value).cloned();
        }
        let Detail::Limited(binds) = detail else { return None };
        let (own, other) = (self.form(value)?, self.form(limit)?);
        let op = if at_most { Compare::Gt } else { Compare::Lt };
        let op = if *binds { op } else { op.negated() };
        self.cell.keep(&own.sub(&other), op, self.stand.x, id)?;
        self.shapes.get(if *binds { limit } else { value }).cloned()
    }

    /// The largest or smallest of several, as long as the same one is.
    fn extreme(&mut self, id: StepId, largest: bool, step: &Step, of: &[StepId]) -> Option<Shape> {
        let own = step.outcome.as_number()?;
        let best = of.iter().copied().find(|input| self.number(*input) == Some(own))?;
        let line = self.form(best)?;
        let op = if largest { Compare::Ge } else { Compare::Le };
        for other in of.iter().filter(|input| **input != best) {
            let difference = line.sub(&self.form(*other)?);
            self.cell.keep(&difference, op, self.stand.x, id)?;
        }
        self.shapes.get(best).cloned()
    }

    /// The sum of those that apply.
    fn sum(&self, of: &[StepId]) -> Option<Shape> {
        let mut sum = Form::constant(&Number::zero());
        for part in of {
            match self.outcome(*part) {
                Outcome::DoesNotApply(_) => {}
                Outcome::Value(_) => sum = sum.add(&self.form(*part)?),
                Outcome::Unknown(_) | Outcome::Error(_) => return None,
            }
        }
        Some(Shape::Line(sum))
    }

    fn aggregate(&mut self, id: StepId, step: &Step, op: Aggregate, weighted: bool) -> Option<Shape> {
        let Detail::Entities(lines) = &step.detail else { return None };
        if lines.iter().any(|line| line.open) {
            return None;
        }
        let applies = |step: &StepId| !matches!(self.outcome(*step), Outcome::DoesNotApply(_));
        let read: Vec<StepId> =
            lines.iter().filter(|line| line.selected).filter_map(|line| line.read).filter(applies).collect();
        if read.is_empty() {
            return self.passed(step);
        }
        match op {
            Aggregate::Count => Some(Shape::Fixed),
            Aggregate::Sum => self.sum(&read),
            Aggregate::Average if weighted => None,
            Aggregate::Average => {
                let Shape::Line(sum) = self.sum(&read)? else { return None };
                let count = Number::from_i64(i64::try_from(read.len()).ok()?);
                Some(Shape::Line(sum.times(&Number::one().div(&count)?)))
            }
            Aggregate::Largest => self.extreme(id, true, step, &read),
            Aggregate::Smallest => self.extreme(id, false, step, &read),
            Aggregate::Rank => None,
        }
    }

    /// What stands in a key cell: a figure, or a step that was read.
    fn written(&self, step: &Step, cell: ExprId) -> Option<Form> {
        match &self.stand.model.node(cell).kind {
            NodeKind::Figure { value, .. } if !self.stand.written.contains(&cell) => {
                Some(Form::constant(value))
            }
            _ => {
                let is_cell = |input: &StepId| self.run.trace.step(*input).what == What::Expr(cell);
                self.form(step.inputs.iter().copied().find(is_cell)?)
            }
        }
    }

    fn lookup(&mut self, id: StepId, step: &'a Step, table: TableId, keys: usize) -> Option<Shape> {
        let data = &self.stand.model.tables[table];
        for row in &data.rows {
            for (index, test) in row.tests.iter().enumerate() {
                let key = step.inputs.get(index).copied().filter(|_| index < keys);
                let cells = test.children();
                let figure = |cell: &ExprId| {
                    matches!(self.stand.model.node(*cell).kind, NodeKind::Figure { .. })
                        && !self.stand.written.contains(cell)
                };
                // A test of what stays the same by what is written there stays as it is.
                if key.is_none_or(|key| self.is_fixed(key)) && cells.iter().all(figure) {
                    continue;
                }
                self.key_test(id, step, key, test)?;
            }
        }
        self.hit(id, step, table)
    }

    fn key_test(&mut self, id: StepId, step: &'a Step, key: Option<StepId>, test: &KeyTest) -> Option<()> {
        let tests: Vec<(ExprId, Compare)> = match test {
            // Conditions are steps of their own, and are held to there.
            KeyTest::Any | KeyTest::Otherwise | KeyTest::Condition(_) => return Some(()),
            KeyTest::AnyOf(all) | KeyTest::NoneOf(all) => {
                all.iter().map(|cell| (*cell, Compare::Eq)).collect()
            }
            KeyTest::Range(low, high) => {
                let low =
                    low.iter().map(|end| (end.value, if end.included { Compare::Ge } else { Compare::Gt }));
                let high =
                    high.iter().map(|end| (end.value, if end.included { Compare::Le } else { Compare::Lt }));
                low.chain(high).collect()
            }
            KeyTest::Time(_) | KeyTest::From(_) | KeyTest::Slice(_) => {
                return key.filter(|key| self.is_fixed(*key)).map(|_| ());
            }
        };
        let key = key?;
        // A key that is no number stays the same, and so does what it is held to.
        if self.number(key).is_none() && self.is_fixed(key) {
            return Some(());
        }
        for (cell, op) in tests {
            let difference = self.form(key)?.sub(&self.written(step, cell)?);
            self.decided(id, op, &difference)?;
        }
        Some(())
    }

    fn hit(&mut self, id: StepId, step: &'a Step, table: TableId) -> Option<Shape> {
        let data = &self.stand.model.tables[table];
        match &step.detail {
            Detail::Row { rows, .. } if rows.is_empty() => match step.outcome {
                Outcome::DoesNotApply(_) => Some(Shape::Fixed),
                Outcome::Value(_) | Outcome::Unknown(_) | Outcome::Error(_) => None,
            },
            Detail::Row { rows, .. } => {
                let from = step.inputs.len().checked_sub(rows.len())?;
                let results = step.inputs.get(from..)?;
                match (results, data.policy) {
                    ([only], _) => self.shapes.get(*only).cloned(),
                    (all, _) if all.iter().all(|one| self.is_fixed(*one)) => Some(Shape::Fixed),
                    (all, Some(Policy::Add)) => self.sum(all),
                    (all, Some(Policy::Largest)) => self.extreme(id, true, step, all),
                    (all, Some(Policy::Smallest)) => self.extreme(id, false, step, all),
                    (_, Some(Policy::First | Policy::Agree | Policy::Linear) | None) => None,
                }
            }
            Detail::Between { rows: [below, above], .. } => {
                self.between_points(step, table, (*below, *above))
            }
            _ => None,
        }
    }

    /// Between two points of a table.
    fn between_points(
        &self,
        step: &'a Step,
        table: TableId,
        (below, above): (usize, usize),
    ) -> Option<Shape> {
        let data = &self.stand.model.tables[table];
        let point = |row: usize| match data.rows.get(row)?.tests.as_slice() {
            [KeyTest::AnyOf(all)] => self.written(step, *all.first()?),
            _ => None,
        };
        let (low, high) = (point(below)?, point(above)?);
        let [.., first, second] = step.inputs.as_slice() else { return None };
        let all_fixed = [&low, &high].iter().all(|end| end.is_constant())
            && self.is_fixed(*first)
            && self.is_fixed(*second);
        let (from, key) = (low.at(self.stand.x), self.form(*step.inputs.first()?)?);
        let rise = self.number(*second)?.sub(self.number(*first)?);
        let slope = rise.div(&high.at(self.stand.x).sub(&from)).filter(|_| all_fixed)?;
        let start = Form::constant(self.number(*first)?);
        Some(Shape::Line(start.add(&key.sub(&Form::constant(&from)).times(&slope))))
    }

    /// A scale, as long as the base ends in the same slice.
    fn scale(&mut self, id: StepId, step: &'a Step) -> Option<Shape> {
        let Detail::Slices(_, lines) = &step.detail else { return None };
        step.outcome.as_number()?;
        let base = *step.inputs.first()?;
        let bounds_fixed = lines.iter().filter_map(|line| line.bound).all(|bound| self.is_fixed(bound));
        let rates_fixed = lines.iter().filter_map(|line| line.rate).all(|rate| self.is_fixed(rate));
        if !bounds_fixed {
            return None;
        }
        if self.is_fixed(base) {
            let mut sum = Form::constant(&Number::zero());
            for line in lines {
                let Some(rate) = line.rate else { continue };
                sum = sum.add(&self.form(rate)?.times(line.amount.as_number()?));
            }
            return Some(Shape::Line(sum));
        }
        let (last, before) = lines.split_last().filter(|_| rates_fixed)?;
        let form = self.form(base)?;
        let from = match before.last() {
            Some(line) => self.number(line.bound?)?.clone(),
            None => Number::zero(),
        };
        let above = form.sub(&Form::constant(&from));
        let op = if before.is_empty() { Compare::Ge } else { Compare::Gt };
        self.cell.keep(&above, op, self.stand.x, id)?;
        if let Some(bound) = last.bound {
            let below = form.sub(&Form::constant(self.number(bound)?));
            self.cell.keep(&below, Compare::Le, self.stand.x, id)?;
        }
        let charged = before.iter().map(|line| line.charge.as_number().cloned());
        let charged = charged.collect::<Option<Vec<_>>>()?;
        let charged = charged.iter().fold(Number::zero(), |sum, charge| sum.add(charge));
        let rate = self.number(last.rate?)?;
        Some(Shape::Line(Form::constant(&charged).add(&above.times(rate))))
    }

    /// The step of x with which a pool that is shared in whole steps is a number of them.
    fn needed(&self, step: &Step) -> Option<Number> {
        use crate::model::ShareRule;
        let What::Expr(expr) = step.what else { return None };
        let NodeKind::Share(rule) = &self.stand.model.node(expr).kind else { return None };
        let (ShareRule::LargestRemainder, Some(size)) = (&rule.rule, &rule.step) else { return None };
        // The step of all their shares reads the pool itself.
        let pool = step.inputs.first().filter(|_| step.at.entity.is_none())?;
        let form = self.form(*pool).filter(Form::is_exact)?;
        let needed = size.div(&form.slope.abs())?;
        is_multiple(&form.at(&Number::zero()), size).then_some(needed)
    }

    /// A share of a pool that moves, by keys that stay the same.
    fn share(&self, step: &Step, rule: &crate::model::Distribution) -> Option<Shape> {
        use crate::model::ShareRule;
        let [whole] = step.inputs.as_slice() else { return None };
        let group = self.run.trace.step(*whole);
        let Detail::Shares(lines) = &group.detail else { return None };
        let pool = *group.inputs.first()?;
        let keys_fixed = group.inputs.iter().all(|input| *input == pool || self.is_fixed(*input));
        let me = step.at.entity?;
        let line = lines.iter().find(|line| line.entity == me)?;
        let part = line.exact.div(self.number(pool)?).filter(|_| keys_fixed)?;
        let pool = self.form(pool)?;
        if let (ShareRule::LargestRemainder, Some(size)) = (&rule.rule, &rule.step) {
            // Between whole steps such a pool cannot be shared, so nothing is said of a stretch that has such places.
            let moves = pool.slope.mul(self.stand.whole?);
            let stays_whole = is_multiple(&moves, size) && is_multiple(&pool.at(self.stand.x), size);
            if !pool.is_exact() || !stays_whole {
                return None;
            }
        }
        let form = pool.times(&part);
        let off = match (&rule.rule, &rule.step) {
            (ShareRule::Exact, _) | (_, None) => Number::zero(),
            (ShareRule::LargestRemainder | ShareRule::Each(_), Some(size)) => size.clone(),
            (ShareRule::RestTo(_), Some(size)) => {
                size.mul(&Number::from_i64(i64::try_from(lines.len()).ok()?))
            }
        };
        Some(Shape::Line(form.widened(&off.neg(), &off)))
    }
}
