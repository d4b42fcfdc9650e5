//! Comparisons and what joins them.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::compute::numbers;
use super::fields::Fields;
use super::pass::{is, is_decided, passed, stopped, unknown};
use super::seen::{Seen, State};
use super::{How, Redo, Told, slip, too_few};
use crate::base::bi;
use crate::facts::Datum;
use crate::value::{Bounds, Number, RoundMode};

impl Redo<'_> {
    /// A step that asks whether something holds.
    pub(super) fn truth(&self, line: &Fields<'_>, value: &Seen) -> Told<How> {
        let of = self.read_all(line)?;
        match (line.text("op")?, of.as_slice()) {
            ("compare", [x, y]) => compared(value, &of, holds(line.text("sign")?, x, y)?),
            ("between", [x, low, high]) => {
                let (low, high) = (holds("≤", low, x)?, holds("≤", x, high)?);
                let both =
                    if low == Some(false) || high == Some(false) { Some(false) } else { low.and(high) };
                compared(value, &of, both)
            }
            ("one_of", [x, others @ ..]) => {
                let all: Vec<Option<bool>> =
                    others.iter().map(|other| holds("=", x, other)).collect::<Told<_>>()?;
                let one = all.contains(&Some(true));
                let none = all.iter().all(|one| *one == Some(false));
                compared(value, &of, if one { Some(true) } else { none.then_some(false) })
            }
            ("roughly", [_, _]) => roughly(line, value, &of),
            ("is_none", [x]) => {
                let negated = line.flag_or("negated", false)?;
                compared(value, &of, x.datum().map(|datum| (*datum == Datum::Nothing) != negated))
            }
            ("not", [x]) => match passed(value, &of, None)? {
                Some(how) => Ok(how),
                None => is(value, &Datum::Bool(!truth_of(x)?), &of),
            },
            ("and", all) => joined(value, all, false),
            ("or", all) => joined(value, all, true),
            ("all_met", _) => joined(value, &self.standing(line, usize::MAX)?, false),
            ("count_met", all) => counted(value, all),
            _ => too_few(),
        }
    }

    /// The first steps of one, without those that an amendment has ended.
    pub(super) fn standing(&self, line: &Fields<'_>, first: usize) -> Told<Vec<&Seen>> {
        let of: Vec<usize> = line.places("of")?.into_iter().take(first).collect();
        let ended = line.maybe("ended", Fields::places)?.unwrap_or_default();
        let ended: BTreeSet<usize> = ended.into_iter().collect();
        let all: BTreeSet<usize> = of.iter().copied().collect();
        if let Some(other) = ended.difference(&all).next() {
            return slip("ended", bi!("{other} er ikke blandt dem", "{other} is not among them"));
        }
        of.into_iter().filter(|place| !ended.contains(place)).map(|place| self.at(place, "of")).collect()
    }
}

/// The truth that a step is.
pub(super) fn truth_of(seen: &Seen) -> Told<bool> {
    match seen.truth() {
        Some(truth) => Ok(truth),
        None => slip("of", bi!("ikke alle er sandt eller falsk", "not all are true or false")),
    }
}

/// Holds a truth to what was found out; nothing where the states of what is read say what it is.
fn compared(value: &Seen, of: &[&Seen], found: Option<bool>) -> Told<How> {
    if let Some(how) = stopped(value, of)? {
        return Ok(how);
    }
    let open = of.iter().any(|seen| seen.unknown().is_some());
    match (found, &value.state) {
        (Some(found), State::Value(_)) if open => {
            is_decided(value, &Datum::Bool(found), &[], of).map(|_| How::Partly)
        }
        (Some(found), _) if !open => is(value, &Datum::Bool(found), of),
        (_, State::Value(_)) | (None, _) if !open => {
            slip("of", bi!("kan ikke sammenlignes", "cannot be compared"))
        }
        _ => unknown(value, of, None),
    }
}

/// Whether a comparison holds; bounds may say so too. Nothing where that is open.
fn holds(sign: &str, x: &Seen, y: &Seen) -> Told<Option<bool>> {
    if !["=", "≠", "<", "≤", ">", "≥"].contains(&sign) {
        return slip("sign", bi!("`{sign}` er intet tegn", "`{sign}` is no sign"));
    }
    if let (Some(a), Some(b)) = (x.datum(), y.datum()) {
        let ordered =
            matches!((a, b), (Datum::Number(_), Datum::Number(_)) | (Datum::Date(_), Datum::Date(_)));
        let same_kind =
            std::mem::discriminant(a) == std::mem::discriminant(b) || [a, b].contains(&&Datum::Nothing);
        return match sign {
            "=" | "≠" if same_kind => Ok(Some((a == b) == (sign == "="))),
            _ if ordered => Ok(Some(fits(sign, a.cmp(b)))),
            _ => slip("of", bi!("kan ikke sammenlignes", "cannot be compared")),
        };
    }
    let unsettled = [x, y].iter().filter_map(|seen| seen.unknown()).any(|unknown| unknown.unsettled);
    Ok(if unsettled { None } else { by_bounds(sign, &x.bounds(), &y.bounds()) })
}

fn fits(sign: &str, order: Ordering) -> bool {
    match sign {
        "=" => order.is_eq(),
        "≠" => order.is_ne(),
        "<" => order.is_lt(),
        "≤" => order.is_le(),
        ">" => order.is_gt(),
        _ => order.is_ge(),
    }
}

/// What two ranges say of a comparison, whatever the numbers are.
fn by_bounds(sign: &str, x: &Bounds, y: &Bounds) -> Option<bool> {
    let apart = |low: &Bounds, high: &Bounds| -> Option<Ordering> {
        let (end, start) = (low.high.as_ref()?, high.low.as_ref()?);
        (end <= start).then(|| match end < start || low.high_open || high.low_open {
            true => Ordering::Less,
            false => Ordering::Equal,
        })
    };
    let (below, above) = (apart(x, y), apart(y, x));
    let (strictly_below, strictly_above) = (below == Some(Ordering::Less), above == Some(Ordering::Less));
    match sign {
        "<" | "≥" => {
            let holds = if strictly_below { Some(true) } else { above.map(|_| false) };
            holds.map(|holds| holds == (sign == "<"))
        }
        ">" | "≤" => {
            let holds = if strictly_above { Some(true) } else { below.map(|_| false) };
            holds.map(|holds| holds == (sign == ">"))
        }
        _ => {
            let same = x.only().zip(y.only()).is_some_and(|(a, b)| a == b);
            let equal = if same { Some(true) } else { (strictly_below || strictly_above).then_some(false) };
            equal.map(|equal| equal == (sign == "="))
        }
    }
}

fn roughly(line: &Fields<'_>, value: &Seen, of: &[&Seen]) -> Told<How> {
    let step = line.positive("step")?;
    if let Some(how) = passed(value, of, None)? {
        return Ok(how);
    }
    match numbers(of)?.as_slice() {
        [x, y] => is(value, &Datum::Bool(x.round(&step, RoundMode::Nearest).as_ref() == Some(*y)), of),
        _ => too_few(),
    }
}

/// `and` (`or`): one that is false (true) decides.
fn joined(value: &Seen, of: &[&Seen], decides: bool) -> Told<How> {
    for seen in of {
        if seen.datum().is_some() {
            truth_of(seen)?;
        }
    }
    let by: Vec<&Seen> = of.iter().copied().filter(|seen| seen.truth() == Some(decides)).collect();
    if !by.is_empty() {
        return is_decided(value, &Datum::Bool(decides), &by, of);
    }
    match passed(value, of, None)? {
        Some(how) => Ok(how),
        None => is(value, &Datum::Bool(!decides), of),
    }
}

/// How many hold; what does not apply is left out.
fn counted(value: &Seen, of: &[&Seen]) -> Told<How> {
    let apply: Vec<&Seen> = of.iter().copied().filter(|seen| !seen.is_absent()).collect();
    // Where none applies, the count may say so.
    if apply.is_empty() && of.iter().any(|seen| seen.state == value.state) {
        return Ok(How::Whole);
    }
    let mut met = 0;
    for seen in apply.iter().filter(|seen| seen.datum().is_some()) {
        met += i64::from(truth_of(seen)?);
    }
    let open = apply.iter().filter(|seen| seen.unknown().is_some()).count();
    let most = met.saturating_add(i64::try_from(open).unwrap_or(i64::MAX));
    let ends = [met, most].map(|end| Some(Number::from_i64(end)));
    let [low, high] = ends;
    match passed(value, &apply, Some(Bounds { low, high, ..Bounds::default() }))? {
        Some(how) => Ok(how),
        None => is_decided(value, &Datum::Number(Number::from_i64(met)), &apply, of),
    }
}
