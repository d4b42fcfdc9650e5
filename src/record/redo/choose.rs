//! Leaves, values taken from one of several, and grants.

use super::super::shape::first_day;
use super::fields::Fields;
use super::pass::{is_decided, stopped, unknown};
use super::seen::{Seen, State};
use super::truths::truth_of;
use super::{How, Redo, Told, slip};
use crate::base::bi;
use crate::facts::Datum;
use crate::value::{Date, Number};

impl Redo<'_> {
    /// What stands in the rules or the data as it is.
    pub(super) fn leaf(&self, line: &Fields<'_>, value: &Seen) -> Told<How> {
        let fits = match line.text("op")? {
            "figure" => value.datum().is_some(),
            "stated" => value.unknown().is_some() || value.is_absent(),
            "missing" => value.unknown().is_some(),
            "fault" => value.is_error(),
            "who" => value.text() == Some(line.text("who")?),
            "time" => time(line, value)?,
            _ => true,
        };
        match fits {
            true => Ok(How::Leaf),
            false => slip("value", bi!("passer ikke til `{}`", "does not fit `{}`", line.text("op")?)),
        }
    }

    /// A value taken from one of several.
    pub(super) fn take(&self, line: &Fields<'_>, value: &Seen) -> Told<How> {
        let (of, takes, because) = (self.read_all(line)?, line.place("takes")?, line.text("because")?);
        let Some(taken) = of.get(takes).copied() else {
            return slip("takes", bi!("er intet af trinene", "is none of the steps"));
        };
        if because == "branch" {
            branch(line, &of, takes)?;
        }
        self.exceptions(line, because)?;
        let same = match (&value.state, &taken.state) {
            // A definition may name what is missing itself.
            (State::Unknown(own), State::Unknown(other)) => {
                own.bounds == other.bounds && own.unsettled == other.unsettled
            }
            (own, other) => own == other,
        };
        match same && value.status >= taken.status {
            true if value.unknown().is_some() => Ok(How::Partly),
            true => Ok(How::Whole),
            false => slip("value", bi!("er ikke det tagne trins", "is not that of the step taken")),
        }
    }

    /// The exceptions that were looked at.
    fn exceptions(&self, line: &Fields<'_>, because: &str) -> Told<()> {
        let looked = line.maybe("exceptions", Fields::objects)?;
        let mut live = Vec::new();
        for one in looked.iter().flatten() {
            let name = one.text("name")?;
            let (stated, in_time) = (one.get("live")?.as_bool(), one.flag("in_time")?);
            let condition = one.maybe("step", |one, name| self.named(one, name))?;
            let holds = match condition {
                Some(condition) if in_time => condition.truth(),
                Some(_) | None => Some(in_time),
            };
            let fits = if holds.is_some() { stated == holds } else { stated != Some(true) };
            if !fits {
                return slip(
                    one.path("live"),
                    bi!("passer ikke til betingelsen", "does not fit its condition"),
                );
            }
            live.extend(stated.filter(|live| *live).map(|_| name));
        }
        match because {
            "exception" if !live.contains(&line.text("exception")?) => {
                slip("exception", bi!("gælder ikke", "is not live"))
            }
            "definition" if !live.is_empty() => {
                slip("because", bi!("en undtagelse gælder", "an exception is live"))
            }
            _ => Ok(()),
        }
    }

    /// Several values are possible: what is known of them cannot be redone, but a state must come from somewhere.
    pub(super) fn undecided(&self, line: &Fields<'_>, value: &Seen) -> Told<How> {
        let of = self.read_all(line)?;
        let passed_on = of.iter().any(|seen| seen.state == value.state);
        match value.unknown().is_some() || passed_on {
            true => Ok(How::Partly),
            false => slip("value", bi!("er ikke det, trinene giver videre", "is not what the steps pass on")),
        }
    }

    /// An amount that is paid when conditions are met.
    pub(super) fn grant(&self, line: &Fields<'_>, value: &Seen) -> Told<How> {
        let of = self.read_all(line)?;
        let count = line.place("conditions")?;
        let conditions = self.standing(line, count)?;
        let after = of.get(count..).unwrap_or_default();
        let (Some(full), Some(otherwise)) = (after.first(), after.get(1..).filter(|rest| rest.len() < 2))
        else {
            return slip(
                "conditions",
                bi!("efterlader ikke ét eller to beløb", "does not leave one amount or two"),
            );
        };
        let nothing = Seen { state: State::Value(Datum::Number(Number::zero())), status: Default::default() };
        let otherwise = otherwise.first().copied().unwrap_or(&nothing);
        let lapses = conditions.iter().any(|seen| seen.truth() == Some(false));
        if !lapses {
            if let Some(how) = stopped(value, &conditions)? {
                return Ok(how);
            }
            if conditions.iter().any(|seen| seen.unknown().is_some()) {
                return unknown(value, &of, Some(full.bounds().hull(&otherwise.bounds())));
            }
        }
        let met = !lapses;
        for condition in conditions.iter().filter(|_| met) {
            truth_of(condition)?;
        }
        if line.flag("paid")? != met {
            return slip("paid", bi!("gjort om: {met}", "redone: {met}"));
        }
        let paid = if met { *full } else { otherwise };
        if let Some(how) = stopped(value, &[paid])? {
            return Ok(how);
        }
        match paid.datum() {
            Some(datum) => is_decided(value, datum, &[paid], &of),
            // Which line of the grant was read may say more than its amount as a whole.
            None => unknown(value, &[paid], Some(paid.bounds())),
        }
    }
}

/// The year, or a day within the time.
fn time(line: &Fields<'_>, value: &Seen) -> Told<bool> {
    let when = line.text("when")?;
    let Some(year) = first_day(when).map(Date::year) else { return Ok(false) };
    Ok(match value.datum() {
        Some(Datum::Number(number)) => *number == Number::from_i64(i64::from(year)),
        Some(Datum::Date(date)) => {
            let quarter = format!("{:04}-Q{}", date.year(), (date.month() + 2) / 3);
            date.to_iso().starts_with(when) || quarter == when
        }
        Some(Datum::Bool(_) | Datum::Text(_) | Datum::Nothing) | None => false,
    })
}

/// Holds a branch to the truth that decided.
fn branch(line: &Fields<'_>, of: &[&Seen], takes: usize) -> Told<()> {
    let decided = of.first().and_then(|first| first.truth());
    let fits = takes == 0 && decided.is_none() || takes == 1 && decided == Some(line.flag("branch")?);
    match fits {
        true => Ok(()),
        false => slip("branch", bi!("er ikke det, der blev afgjort", "is not what was decided")),
    }
}
