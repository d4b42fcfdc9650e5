//! Rows looked up, values between points, slices of a scale.

use serde_json::Value;

use super::compute::{extreme, numbers};
use super::fields::Fields;
use super::pass::{is, is_decided, passed};
use super::seen::Seen;
use super::work::Work;
use super::{How, Redo, Told, no_value, slip};
use crate::base::bi;
use crate::facts::Datum;
use crate::value::{Date, Number};

/// A row as it is redone.
struct Row<'r> {
    stands: bool,
    /// Whether its tests hold, the one for all other rows left out.
    fits: bool,
    otherwise: bool,
    fields: Fields<'r>,
}

impl Redo<'_> {
    /// A row looked up in a table.
    pub(super) fn look_up(&self, line: &Fields<'_>, value: &Seen) -> Told<How> {
        let of = self.read_all(line)?;
        let keys = line.places("keys")?;
        let keys: Vec<&Seen> = keys.into_iter().map(|key| self.at(key, "keys")).collect::<Told<_>>()?;
        if let Some(how) = passed(value, &keys, None)? {
            return Ok(how);
        }
        let rows = line.objects("rows")?;
        let rows: Vec<Row<'_>> = rows.into_iter().map(|row| self.row(row, &keys)).collect::<Told<_>>()?;
        let plain = rows.iter().any(|row| row.stands && row.fits && !row.otherwise);
        let fits = |row: &Row<'_>| row.stands && row.fits && (!row.otherwise || !plain);
        let fit: Vec<usize> =
            rows.iter().enumerate().filter(|(_, row)| fits(row)).map(|(at, _)| at).collect();
        let policy = line.text("policy")?;
        let wanted: &[usize] = if policy == "first" { fit.get(..1).unwrap_or_default() } else { &fit };
        if line.places("hit")? != wanted {
            return slip("hit", bi!("gjort om: {wanted:?}", "redone: {wanted:?}"));
        }
        let hit = wanted.iter().filter_map(|at| rows.get(*at));
        if wanted.is_empty() || policy == "one" && wanted.len() > 1 {
            return no_value("hit", bi!("ikke netop én række passer", "not just one row fits"));
        }
        let results: Vec<&Seen> = hit.map(|row| self.named(&row.fields, "result")).collect::<Told<_>>()?;
        if let Some(how) = passed(value, &results, None)? {
            return Ok(how);
        }
        if policy == "largest" || policy == "smallest" {
            return is_decided(value, &extreme(policy == "largest", &results)?, &results, &of);
        }
        let all: Option<Vec<&Datum>> = results.iter().map(|seen| seen.datum()).collect();
        is_decided(value, &folded(policy, &all.unwrap_or_default(), &self.work)?, &results, &of)
    }

    fn row<'r>(&self, fields: Fields<'r>, keys: &[&Seen]) -> Told<Row<'r>> {
        let tests = fields.objects("tests")?;
        // A table of conditions has no keys, and as many tests as it has conditions.
        if !keys.is_empty() && tests.len() != keys.len() {
            return slip(fields.path("tests"), bi!("er ikke én for hver nøgle", "are not one for each key"));
        }
        let mut row = Row { stands: fields.flag_or("stands", true)?, fits: true, otherwise: false, fields };
        for (index, test) in tests.iter().enumerate() {
            if test.find("otherwise").is_some() {
                row.otherwise = test.flag("otherwise")?;
                row.fits &= row.otherwise;
            } else {
                row.fits &= self.test(test, keys.get(index).copied())?;
            }
        }
        Ok(row)
    }

    /// A test that asks nothing of a key.
    fn keyless(&self, test: &Fields<'_>) -> Told<Option<bool>> {
        if test.find("any").is_some() {
            return test.flag("any").map(Some);
        }
        if test.find("holds").is_some() {
            let holds = self.cell(test.get("holds")?, &test.path("holds"))? == Datum::Bool(true);
            return Ok(Some(holds));
        }
        if test.find("days").is_some() {
            let (days, asked) = (span(test, "days")?, span(test, "asked")?);
            let starts = days.0.is_none_or(|first| asked.0.is_some_and(|asked| first <= asked));
            let ends = days.1.is_none_or(|until| asked.1.is_some_and(|asked| asked <= until));
            return Ok(Some(starts && ends));
        }
        Ok(None)
    }

    fn test(&self, test: &Fields<'_>, key: Option<&Seen>) -> Told<bool> {
        if let Some(fits) = self.keyless(test)? {
            return Ok(fits);
        }
        let Some(key) = key.and_then(Seen::datum) else {
            return slip(test.path(""), bi!("nøglen har ingen værdi", "the key has no value"));
        };
        let among = |name: &str| {
            let cells = test.list(name)?.iter().map(|cell| self.cell(cell, &test.path(name)));
            Ok(cells.collect::<Told<Vec<Datum>>>()?.contains(key))
        };
        if test.find("among").is_some() {
            return among("among");
        }
        if test.find("none_of").is_some() {
            return among("none_of").map(|one| !one);
        }
        let mut fits = true;
        for (name, within, below) in [("from", "from_in", true), ("to", "to_in", false)] {
            let Some(end) = test.find(name) else { continue };
            let end = self.cell(end, &test.path(name))?;
            let ordered = matches!(
                (&end, key),
                (Datum::Number(_), Datum::Number(_)) | (Datum::Date(_), Datum::Date(_))
            );
            if !ordered {
                return slip(test.path(name), bi!("kan ikke sammenlignes", "cannot be compared"));
            }
            let reached = &end == key && test.flag(within)?;
            fits &= reached || if below { end < *key } else { *key < end };
        }
        match test.find("from").is_some() || test.find("to").is_some() {
            true => Ok(fits),
            false => slip(test.path(""), bi!("er ingen prøve", "is no test")),
        }
    }

    /// What stands in a cell: a value, or a step that has one.
    fn cell(&self, cell: &Value, at: &str) -> Told<Datum> {
        let step = cell.as_object().and_then(|cell| cell.get("step"));
        let read = match step.map(|step| step.as_u64().and_then(|step| usize::try_from(step).ok())) {
            Some(Some(place)) => self.at(place, at)?.datum().cloned(),
            Some(None) => None,
            None => Seen::read(cell, at)?.datum().cloned(),
        };
        read.map_or_else(|| slip(at, bi!("har ingen værdi", "has no value")), Ok)
    }

    /// A value on the line between two points.
    pub(super) fn between_points(&self, line: &Fields<'_>, value: &Seen) -> Told<How> {
        let of = self.read_all(line)?;
        if let Some(how) = passed(value, &of, None)? {
            return Ok(how);
        }
        let points = line.list("points")?.iter().map(|point| self.cell(point, "points"));
        let points: Vec<Datum> = points.collect::<Told<_>>()?;
        let of_numbers = numbers(&of)?;
        let ([x, below, above], [Datum::Number(low), Datum::Number(high)]) =
            (of_numbers.as_slice(), points.as_slice())
        else {
            return slip("points", bi!("er ikke to tal", "are not two numbers"));
        };
        match x.sub(low).div(&high.sub(low)) {
            Some(part) => is(value, &Datum::Number(below.add(&part.mul(&above.sub(below)))), &of),
            None => no_value("points", bi!("er det samme punkt", "are the same point")),
        }
    }

    /// A scale: the charges of its slices.
    pub(super) fn scale(&self, line: &Fields<'_>, value: &Seen) -> Told<How> {
        let of = self.read_all(line)?;
        if let Some(how) = passed(value, &of, None)? {
            return Ok(how);
        }
        let Some(base) = of.first().and_then(|base| base.number()) else {
            return slip("of", bi!("er intet tal", "is no number"));
        };
        let mut below = Number::zero();
        let mut sum = Number::zero();
        let slices = line.objects("slices")?;
        let last = slices.len().saturating_sub(1);
        for (index, slice) in slices.iter().enumerate() {
            if index < last {
                slice.get("up_to")?;
            }
            let number = |name: &str| {
                let step = slice.maybe(name, |slice, name| self.named(slice, name))?;
                match step.map(Seen::number) {
                    Some(None) => slip(slice.path(name), bi!("er intet tal", "is no number")),
                    Some(Some(number)) => Ok(Some(number.clone())),
                    None => Ok(None),
                }
            };
            let bound = number("up_to")?;
            let top = bound.as_ref().map_or(base, |bound| bound.min(base));
            let amount = top.sub(&below).max(Number::zero());
            let charge = number("rate")?.map_or_else(Number::zero, |rate| amount.mul(&rate));
            for (name, redone) in [("amount", &amount), ("charge", &charge)] {
                if slice.number(name)? != *redone {
                    let redone = redone.to_exact();
                    return slip(slice.path(name), bi!("gjort om: {redone}", "redone: {redone}"));
                }
            }
            if slice.find("rate").is_none() && !amount.is_zero() {
                return slip(slice.path("rate"), bi!("mangler", "is missing"));
            }
            sum = self.work.kept(sum.add(&charge))?;
            below = bound.unwrap_or(below);
        }
        is_decided(value, &Datum::Number(sum), &[], &of)
    }
}

/// Days: the first, and the one that is not among them any more.
fn span(test: &Fields<'_>, name: &str) -> Told<(Option<Date>, Option<Date>)> {
    let day = |value: &Value| match value {
        Value::Null => Some(None),
        day => day.as_str().and_then(Date::from_iso).map(Some),
    };
    match test.list(name)? {
        [first, until] => match (day(first), day(until)) {
            (Some(first), Some(until)) => Ok((first, until)),
            _ => slip(test.path(name), bi!("er ingen dage", "are no days")),
        },
        _ => slip(test.path(name), bi!("er ingen dage", "are no days")),
    }
}

/// What the rows that were hit come to together.
fn folded(policy: &str, all: &[&Datum], work: &Work) -> Told<Datum> {
    let Some((first, others)) = all.split_first() else {
        return no_value("hit", bi!("ingen række passer", "no row fits"));
    };
    let number = |datum: &Datum| match datum {
        Datum::Number(number) => Ok(number.clone()),
        _ => slip("rows", bi!("er ikke lutter tal", "are not all numbers")),
    };
    match policy {
        "one" | "first" if others.is_empty() => Ok((*first).clone()),
        "agree" if others.iter().all(|other| other == first) => Ok((*first).clone()),
        "add" => {
            let sum = others.iter().try_fold(number(first)?, |sum, one| work.kept(sum.add(&number(one)?)))?;
            Ok(Datum::Number(sum))
        }
        "one" | "first" | "agree" => no_value("hit", bi!("flere rækker passer", "several rows fit")),
        _ => slip("policy", bi!("er ingen måde at vælge rækker på", "is no way to choose rows")),
    }
}
