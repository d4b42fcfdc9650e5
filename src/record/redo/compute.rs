//! Arithmetic: sums, products, roundings, limits, indices.

use super::fields::Fields;
use super::pass::{is, is_unsettled, lacks_all, passed, stopped, unknown};
use super::seen::Seen;
use super::work::Work;
use super::{How, Redo, Told, no_value, slip, too_few};
use crate::base::bi;
use crate::facts::Datum;
use crate::value::{Bounds, Number, RoundMode};

impl Redo<'_> {
    /// A step of arithmetic.
    pub(super) fn computed(&self, line: &Fields<'_>, value: &Seen) -> Told<How> {
        let op = line.text("op")?;
        let of = self.operands(line, op)?;
        match op {
            "at_most" | "at_least" => return limited(line, value, &of),
            "rest" => return self.rest(value, &of),
            _ => {}
        }
        if let Some(day) = shifted(op, &of) {
            let Some(day) = day else { return overrun() };
            return is(value, &Datum::Date(day), &of);
        }
        let dates = of.iter().any(|seen| seen.date().is_some());
        // A range of days has no bounds; nor has one of which nothing else is known.
        let within = match of.iter().any(|seen| seen.unknown().is_some()) {
            true if dates => Some(Bounds::open()),
            true => self.within(line, op, &of)?,
            false => None,
        };
        if let Some(how) = passed(value, &of, within)? {
            if self.may_divide_by_zero(line, op, &of)? {
                is_unsettled(value)?;
            }
            if op != "largest" && op != "smallest" {
                lacks_all(value, &of)?;
            }
            return Ok(how);
        }
        let redone = if op == "largest" || op == "smallest" {
            extreme(op == "largest", &of)?
        } else {
            Datum::Number(self.work.kept(number(line, op, &numbers(&of)?, &self.work)?)?)
        };
        let how = is(value, &redone, &of)?;
        if op == "round" {
            residual(line, value, &of)?;
        }
        Ok(how)
    }

    /// What a step is computed from: in a sum over times, those at which it applies.
    fn operands(&self, line: &Fields<'_>, op: &str) -> Told<Vec<&Seen>> {
        let mut of = self.read_all(line)?;
        if op == "sum_over" {
            let periods = line.maybe("periods", Fields::list)?;
            if periods.is_some_and(|periods| periods.len() != of.len()) {
                return slip("periods", bi!("er ikke én for hvert trin", "are not one for each step"));
            }
            if of.iter().any(|seen| !seen.is_absent()) {
                of.retain(|seen| !seen.is_absent());
            }
        }
        Ok(of)
    }

    /// What the bounds of what is read leave for the result; nothing for what is read off the fields instead.
    fn within(&self, line: &Fields<'_>, op: &str, of: &[&Seen]) -> Told<Option<Bounds>> {
        let all: Vec<Bounds> = of.iter().map(|seen| seen.bounds()).collect();
        let one = Bounds::point(&Number::one());
        Ok(Some(match (op, all.as_slice()) {
            ("add", [x, y]) => x.add(y),
            ("subtract", [x, y]) => x.sub(y),
            ("multiply", [x, y]) => x.mul(y),
            ("divide", [x, y]) => x.div(y),
            ("negate", [x]) => x.negated(),
            ("raise", [x, p]) => x.mul(&one.add(p)),
            ("lower", [x, p]) => x.mul(&one.sub(p)),
            ("per_year", [x]) => x.div(&Bounds::point(&Number::from_i64(line.whole("years")?))),
            ("round", [x]) => rounded(x, &line.positive("step")?, line.mode("mode")?),
            ("largest", all) => Bounds::extreme(true, all),
            ("smallest", all) => Bounds::extreme(false, all),
            ("sum_over", all) => {
                let zero = Bounds::point(&Number::zero());
                all.iter().try_fold(zero, |sum, one| self.work.kept_bounds(sum.add(one)))?
            }
            ("convert", [x, along @ ..]) => match (line.text("kind")?, along, line.flag_or("back", false)?) {
                ("points", [below, above], _) => x.mul(above).div(below),
                (_, _, true) => x.div(&self.factor(along)?),
                (_, _, false) => x.mul(&self.factor(along)?),
            },
            _ => Bounds::open(),
        }))
    }

    /// Whether what is divided by may be 0.
    fn may_divide_by_zero(&self, line: &Fields<'_>, op: &str, of: &[&Seen]) -> Told<bool> {
        let zero = Number::zero();
        Ok(match (op, of) {
            ("divide", [_, by]) => by.bounds().contains(&zero),
            ("per_year", _) => line.whole("years")? == 0,
            ("convert", [_, along @ ..]) => match (line.text("kind")?, along) {
                ("points", [below, _]) => below.bounds().contains(&zero),
                _ => {
                    let along: Vec<Bounds> = along.iter().map(|seen| seen.bounds()).collect();
                    line.flag_or("back", false)? && self.factor(&along)?.contains(&zero)
                }
            },
            _ => false,
        })
    }

    /// By how much an index multiplies over several steps.
    fn factor(&self, along: &[Bounds]) -> Told<Bounds> {
        let one = Bounds::point(&Number::one());
        along.iter().try_fold(one.clone(), |product, step| self.work.kept_bounds(product.mul(&one.add(step))))
    }

    /// The first less all others that apply.
    fn rest(&self, value: &Seen, of: &[&Seen]) -> Told<How> {
        let Some((first, others)) = of.split_first() else {
            return too_few();
        };
        let others: Vec<&Seen> = others.iter().copied().filter(|seen| !seen.is_absent()).collect();
        let all: Vec<&Seen> = [*first].into_iter().chain(others.iter().copied()).collect();
        if let Some(how) = stopped(value, &all)? {
            return Ok(how);
        }
        if all.iter().any(|seen| seen.unknown().is_some()) {
            let left = others
                .iter()
                .try_fold(first.bounds(), |left, one| self.work.kept_bounds(left.sub(&one.bounds())))?;
            // What is left is never below 0: that would be an error.
            let zero = Number::zero();
            if left.low.as_ref().is_none_or(|low| *low < zero) {
                is_unsettled(value)?;
            }
            let low = left.low.filter(|low| *low > zero).or(Some(zero));
            return unknown(value, &all, Some(Bounds { low, low_open: false, ..left }));
        }
        let all = numbers(&all)?;
        let Some((first, others)) = all.split_first() else { return too_few() };
        let left = first.sub(&self.work.sum(others.iter().copied())?);
        match self.work.kept(left)? {
            left if !left.is_negative() => is(value, &Datum::Number(left), of),
            _ => no_value("value", bi!("resten er under 0", "the rest is below 0")),
        }
    }
}

fn overrun<T>() -> Told<T> {
    no_value("value", bi!("ligger uden for kalenderen", "lies outside the calendar"))
}

/// A date plus or minus days.
fn shifted(op: &str, of: &[&Seen]) -> Option<Option<crate::value::Date>> {
    let ([date, days], "add" | "subtract") = (of, op) else { return None };
    let (date, days) = (date.date()?, days.number()?);
    let days = if op == "add" { days.clone() } else { days.neg() };
    Some(days.to_i64().and_then(|days| date.add_days(days)))
}

/// The numbers of steps that must all be numbers.
pub(super) fn numbers<'s>(of: &[&'s Seen]) -> Told<Vec<&'s Number>> {
    match of.iter().map(|seen| seen.number()).collect() {
        Some(all) => Ok(all),
        None => slip("of", bi!("ikke alle er tal", "not all are numbers")),
    }
}

pub(super) fn extreme(largest: bool, of: &[&Seen]) -> Told<Datum> {
    let all: Option<Vec<&Datum>> = of.iter().map(|seen| seen.datum()).collect();
    let all = all.unwrap_or_default();
    let alike = all.iter().all(|one| matches!(one, Datum::Number(_)))
        || all.iter().all(|one| matches!(one, Datum::Date(_)));
    let end = if largest { all.iter().max() } else { all.iter().min() };
    match end {
        Some(end) if alike => Ok((**end).clone()),
        _ => slip(
            "of",
            bi!("er hverken lutter tal eller lutter datoer", "are neither all numbers nor all dates"),
        ),
    }
}

/// The number that a step comes to.
fn number(line: &Fields<'_>, op: &str, of: &[&Number], work: &Work) -> Told<Number> {
    let divided = |number: Option<Number>| match number {
        Some(number) => Ok(number),
        None => no_value("of", bi!("der deles med 0", "divides by 0")),
    };
    let one = Number::one();
    match (op, of) {
        ("add", [x, y]) => Ok(x.add(y)),
        ("subtract", [x, y]) => Ok(x.sub(y)),
        ("multiply", [x, y]) => Ok(x.mul(y)),
        ("divide", [x, y]) => divided(x.div(y)),
        ("negate", [x]) => Ok(x.neg()),
        ("raise", [x, p]) => Ok(x.mul(&one.add(p))),
        ("lower", [x, p]) => Ok(x.mul(&one.sub(p))),
        ("per_year", [x]) => divided(x.div(&Number::from_i64(line.whole("years")?))),
        ("round", [x]) => divided(x.round(&line.positive("step")?, line.mode("mode")?)),
        ("sum_over", all) => work.sum(all.iter().copied()),
        ("convert", [x, along @ ..]) => converted(line, x, along, work),
        _ => too_few(),
    }
}

fn converted(line: &Fields<'_>, x: &Number, along: &[&Number], work: &Work) -> Told<Number> {
    let (from, to, back) = (line.whole("from")?, line.whole("to")?, line.flag_or("back", false)?);
    if back != (to < from) {
        return slip("back", bi!("passer ikke til årene", "does not fit the years"));
    }
    let divided = |number: Option<Number>| match number {
        Some(number) => Ok(number),
        None => no_value("of", bi!("der deles med 0", "divides by 0")),
    };
    match (line.text("kind")?, along) {
        ("points", [below, above]) => divided(x.mul(above).div(below)),
        ("steps", all) => {
            let one = Number::one();
            let factor = all.iter().try_fold(one.clone(), |x, step| work.kept(x.mul(&one.add(step))))?;
            if back { divided(x.div(&factor)) } else { Ok(x.mul(&factor)) }
        }
        _ => {
            slip("kind", bi!("er ingen slags indeks med disse trin", "is no kind of index with these steps"))
        }
    }
}

/// Rounding keeps the order, so the ends of what is rounded round to ends, which may be reached.
fn rounded(x: &Bounds, step: &Number, mode: RoundMode) -> Bounds {
    let end = |end: &Option<Number>| end.as_ref().and_then(|end| end.round(step, mode));
    Bounds { low: end(&x.low), high: end(&x.high), ..Bounds::default() }
}

fn residual(line: &Fields<'_>, value: &Seen, of: &[&Seen]) -> Told<()> {
    let (Some(after), [x]) = (value.number(), of) else { return Ok(()) };
    let Some(before) = x.number() else { return Ok(()) };
    let residual = after.sub(before);
    match line.number("residual")? == residual {
        true => Ok(()),
        false => slip("residual", bi!("gjort om: {}", "redone: {}", residual.to_exact())),
    }
}

/// A limit, which does not limit where it does not apply.
fn limited(line: &Fields<'_>, value: &Seen, of: &[&Seen]) -> Told<How> {
    let [x, limit] = of else {
        return too_few();
    };
    let at_most = line.text("op")? == "at_most";
    let bound = line.flag_or("bound", false)?;
    let is_bound = |wanted: bool| match bound == wanted {
        true => Ok(()),
        false => slip("bound", bi!("gjort om: {wanted}", "redone: {wanted}")),
    };
    if limit.is_absent() && !x.is_error() {
        is_bound(false)?;
        if let Some(how) = passed(value, &[*x], Some(x.bounds()))? {
            return Ok(how);
        }
        return match x.datum() {
            Some(datum) => is(value, datum, &[*x]).or_else(|_| is(value, datum, of)),
            None => slip("of", bi!("er intet tal", "is no number")),
        };
    }
    let within = Bounds::extreme(!at_most, &[x.bounds(), limit.bounds()]);
    if let Some(how) = passed(value, of, Some(within))? {
        return Ok(how);
    }
    let redone = extreme(!at_most, of)?;
    let beyond = match at_most {
        true => x.datum() > limit.datum(),
        false => x.datum() < limit.datum(),
    };
    is_bound(beyond)?;
    is(value, &redone, of)
}
