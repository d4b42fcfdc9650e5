//! Several taken together: sums and counts over a set, conditions for all, distributions, ranks.

use std::collections::BTreeSet;

use super::compute::{extreme, numbers};
use super::fields::Fields;
use super::pass::{is, is_decided, passed};
use super::seen::Seen;
use super::truths::truth_of;
use super::{How, Redo, Slip, Told, no_value, slip, too_few};
use crate::base::bi;
use crate::facts::Datum;
use crate::value::{DistributionError, Number, each_rounded, exact_shares, largest_remainder, rest_to};

/// One who has a part in a distribution.
struct Sharer<'r> {
    who: &'r str,
    chosen: bool,
    key: Number,
    fields: Fields<'r>,
}

impl Redo<'_> {
    /// A fold over those chosen, or a condition for them.
    pub(super) fn over(&self, line: &Fields<'_>, value: &Seen) -> Told<How> {
        let op = line.text("op")?;
        let fold = line.maybe("fold", Fields::text)?.unwrap_or_default();
        let weighted = fold == "average" && line.flag_or("weighted", false)?;
        let mut seen: Vec<&Seen> = self.read_all(line)?;
        let (mut values, mut weights, mut chosen) = (Vec::new(), Vec::new(), 0_i64);
        for one in line.objects("lines")? {
            if !self.chosen(&one, &mut seen)? {
                continue;
            }
            // Only a count can do without reading.
            let value = match fold {
                "count" => one.maybe("value", |one, name| self.named(one, name))?,
                _ => Some(self.named(&one, "value")?),
            };
            let weight = if weighted { Some(self.named(&one, "weight")?) } else { None };
            let read: Vec<&Seen> = [value, weight].into_iter().flatten().collect();
            seen.extend(&read);
            if read.iter().any(|seen| seen.is_absent()) {
                continue;
            }
            chosen += 1;
            values.extend(value);
            weights.extend(weight);
        }
        let all: Vec<&Seen> = values.iter().chain(&weights).copied().collect();
        if let Some(how) = passed(value, &all, None)? {
            return Ok(how);
        }
        let redone = match op {
            "over" if weighted => Datum::Number(self.mean(&values, Some(&weights))?),
            "over" => match self.folded(line, &values, chosen)? {
                Some(redone) => redone,
                None => return self.if_none(line, value),
            },
            _ => held(line, op, &values)?,
        };
        let by: &[&Seen] = if op == "over" { &all } else { &[] };
        is_decided(value, &redone, &strictest(by), &seen)
    }

    /// Whether one is chosen, as its condition says where one decided.
    fn chosen<'s>(&'s self, one: &Fields<'_>, seen: &mut Vec<&'s Seen>) -> Told<bool> {
        let chosen = one.flag("chosen")?;
        let condition = one.maybe("condition", |one, name| self.named(one, name))?;
        seen.extend(condition);
        match condition.and_then(Seen::truth) {
            Some(truth) if truth != chosen => {
                slip(one.path("chosen"), bi!("passer ikke til betingelsen", "does not fit its condition"))
            }
            _ => Ok(chosen),
        }
    }

    fn folded(&self, line: &Fields<'_>, values: &[&Seen], chosen: i64) -> Told<Option<Datum>> {
        let fold = line.text("fold")?;
        if chosen == 0 && line.find("if_none").is_some() {
            return Ok(None);
        }
        Ok(Some(match fold {
            "count" => Datum::Number(Number::from_i64(chosen)),
            "sum" => Datum::Number(self.work.sum(numbers(values)?)?),
            "average" => Datum::Number(self.mean(values, None)?),
            "largest" | "smallest" => {
                if values.is_empty() {
                    return no_value("lines", bi!("ingen er valgt", "nobody is chosen"));
                }
                extreme(fold == "largest", values)?
            }
            _ => return slip("fold", bi!("er ingen måde at samle på", "is no way to fold")),
        }))
    }

    /// The average of numbers, weighed where there are weights.
    fn mean(&self, values: &[&Seen], weights: Option<&[&Seen]>) -> Told<Number> {
        let values = numbers(values)?;
        let ones = vec![Number::one(); values.len()];
        let weights: Vec<&Number> = match weights {
            Some(weights) => numbers(weights)?,
            None => ones.iter().collect(),
        };
        if weights.len() != values.len() {
            return slip("lines", bi!("ikke alle har en vægt", "not all have a weight"));
        }
        let weighed = values.iter().zip(&weights);
        let sum =
            weighed.into_iter().try_fold(Number::zero(), |sum, (x, w)| self.work.kept(sum.add(&x.mul(w))))?;
        let weight = self.work.sum(weights.iter().copied())?;
        match sum.div(&weight) {
            Some(mean) => Ok(mean),
            None => no_value("lines", bi!("ingen er valgt", "nobody is chosen")),
        }
    }

    /// What holds over nobody.
    fn if_none(&self, line: &Fields<'_>, value: &Seen) -> Told<How> {
        let stated = self.named(line, "if_none")?;
        match stated.state == value.state && value.status >= stated.status {
            true => Ok(How::Whole),
            false => slip("value", bi!("er ikke det, der gælder for ingen", "is not what holds for nobody")),
        }
    }

    /// A pool shared among several.
    pub(super) fn distribute(&self, line: &Fields<'_>, value: &Seen) -> Told<How> {
        let of = self.read_all(line)?;
        let Some(pool) = of.first().copied() else {
            return too_few();
        };
        if let Some(how) = passed(value, &[pool], None)? {
            return Ok(how);
        }
        let Some(amount) = pool.number() else {
            return slip("of", bi!("er intet tal", "is no number"));
        };
        let (mut sharers, mut seen, mut whole) = (Vec::new(), of.clone(), Number::zero());
        for fields in line.objects("lines")? {
            let chosen = self.chosen(&fields, &mut seen)?;
            let key = fields.maybe("key", |fields, name| self.named(fields, name))?;
            seen.extend(key);
            let key = match key.map(Seen::number) {
                None => Number::one(),
                Some(Some(number)) => number.clone(),
                // Of one who has no part the key need not be known.
                Some(None) if !chosen => Number::zero(),
                Some(None) => return slip(fields.path("key"), bi!("er intet tal", "is no number")),
            };
            whole = self.work.kept(whole.add(&key))?;
            sharers.push(Sharer { who: fields.text("who")?, chosen, key, fields });
        }
        if line.flag_or("percent", false)? && whole != Number::one() {
            return no_value(
                "lines",
                bi!("nøglerne giver ikke 100 pct.", "the keys do not add to 100 per cent"),
            );
        }
        // Each share is reckoned from the pool and all keys together.
        for _ in &sharers {
            self.work.counts(&whole)?;
        }
        shared(line, amount, &sharers)?;
        is_decided(value, &Datum::Number(amount.clone()), &[pool], &seen)
    }

    /// The share of one.
    pub(super) fn share(&self, line: &Fields<'_>, value: &Seen) -> Told<How> {
        let of = self.read_all(line)?;
        if let Some(how) = passed(value, &of, None)? {
            return Ok(how);
        }
        let places = line.places("of")?;
        let shares = places.first().and_then(|place| self.shares.get(place));
        let Some(shares) = shares else {
            return slip("of", bi!("er ingen fordeling", "is no distribution"));
        };
        match shares.get(line.text("who")?) {
            Some(Some(share)) => is(value, &Datum::Number(super::fields::exact(share, "of")?), &of),
            Some(None) | None => slip(
                "who",
                bi!("er ikke på én linje i fordelingen", "is not on one line of the distribution"),
            ),
        }
    }

    /// The rank of one among several.
    pub(super) fn rank(&self, line: &Fields<'_>, value: &Seen) -> Told<How> {
        let (me, largest) = (line.text("of_whom")?, line.flag_or("largest_first", false)?);
        let mut read = Vec::new();
        let mut own = Vec::new();
        for one in line.objects("lines")? {
            let seen = self.named(&one, "value")?;
            if one.text("who")? == me {
                own.push(seen);
            }
            read.push(seen);
        }
        if let Some(how) = passed(value, &read, None)? {
            return Ok(how);
        }
        let Some(own) = own.first().and_then(|first| first.datum()).filter(|_| own.len() == 1) else {
            return slip("of_whom", bi!("er ikke på én linje", "is not on one line"));
        };
        let before =
            |seen: &&&Seen| seen.datum().is_some_and(|one| if largest { one > own } else { one < own });
        extreme(largest, &read)?;
        let ahead = i64::try_from(read.iter().filter(before).count()).unwrap_or(i64::MAX);
        is(value, &Datum::Number(Number::from_i64(ahead.saturating_add(1))), &read)
    }
}

/// The steps of which a result has at least the status of the strongest.
fn strictest<'s>(by: &[&'s Seen]) -> Vec<&'s Seen> {
    by.iter().copied().max_by_key(|seen| seen.status).into_iter().collect()
}

/// Whether a condition holds for all, or for as many as it takes.
fn held(line: &Fields<'_>, op: &str, values: &[&Seen]) -> Told<Datum> {
    let mut met = 0_i64;
    for seen in values {
        met += i64::from(truth_of(seen)?);
    }
    let all = i64::try_from(values.len()).unwrap_or(i64::MAX);
    Ok(Datum::Bool(match op {
        "for_all" => met == all,
        _ => Number::from_i64(met) >= line.number("number")?,
    }))
}

/// Holds the exact shares and the shares of a distribution to its rule.
fn shared(line: &Fields<'_>, pool: &Number, sharers: &[Sharer<'_>]) -> Told<()> {
    let chosen: Vec<&Sharer<'_>> = sharers.iter().filter(|one| one.chosen).collect();
    let names: BTreeSet<&str> = chosen.iter().map(|one| one.who).collect();
    if names.len() < chosen.len() {
        return slip("lines", bi!("nævner nogen to gange", "name someone twice"));
    }
    let keys: Vec<(Number, &str)> = chosen.iter().map(|one| (one.key.clone(), one.who)).collect();
    let cannot = |_: DistributionError| {
        Slip::NoValue("lines".to_owned(), bi!("kan ikke fordeles sådan", "cannot be shared like that"))
    };
    let exact = exact_shares(pool, &keys).map_err(cannot)?;
    let shares = match line.text("rule")? {
        "exact" => Ok(exact.clone()),
        "largest_remainder" => largest_remainder(pool, &keys, &line.positive("step")?),
        "rest_to" => {
            let nearest = crate::value::RoundMode::Nearest;
            rest_to(pool, &keys, &line.positive("step")?, nearest, line.text("to")?)
        }
        "each" => each_rounded(pool, &keys, &line.positive("step")?, line.mode("mode")?),
        _ => return slip("rule", bi!("er ingen måde at fordele på", "is no way to share")),
    };
    let shares = shares.map_err(cannot)?;
    let zero = Number::zero();
    let mut due = exact.iter().zip(&shares);
    for one in sharers {
        let (exact, share) = if one.chosen { due.next().unwrap_or((&zero, &zero)) } else { (&zero, &zero) };
        for (name, redone) in [("exact", exact), ("share", share)] {
            if one.fields.number(name)? != *redone {
                let redone = redone.to_exact();
                return slip(one.fields.path(name), bi!("gjort om: {redone}", "redone: {redone}"));
            }
        }
    }
    Ok(())
}
