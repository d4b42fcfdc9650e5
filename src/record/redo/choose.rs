//! Leaves, values taken from one of several, and grants.

use super::fields::Fields;
use super::pass::{is_decided, stopped, unknown};
use super::seen::{Seen, State};
use super::truths::truth_of;
use super::{How, Redo, Told, slip};
use crate::base::bi;
use crate::facts::Datum;
use crate::value::Number;

/// Why a value may have been taken.
const REASONS: [&str; 10] = [
    "definition",
    "exception",
    "assigned",
    "default",
    "branch",
    "time",
    "owner",
    "cell",
    "carried",
    "fallback",
];

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
            _ => {
                line.maybe("place", Fields::text)?;
                let file = line.find("file").filter(|file| !file.is_null());
                if file.is_some() && line.place("file")? >= self.data {
                    return slip("file", bi!("er ingen af dataene", "is none of the data"));
                }
                true
            }
        };
        match fits {
            true => Ok(How::Leaf),
            false => slip("value", bi!("passer ikke til `{}`", "does not fit `{}`", line.text("op")?)),
        }
    }

    /// A value taken from one of several.
    pub(super) fn take(&self, line: &Fields<'_>, value: &Seen) -> Told<How> {
        let (of, takes, because) = (self.read_all(line)?, line.place("takes")?, line.text("because")?);
        if !REASONS.contains(&because) {
            return slip("because", bi!("er ingen grund", "is no reason"));
        }
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
        let looked =
            line.maybe("exceptions", |line, name| line.objects(name, &["name", "live", "in_time", "step"]))?;
        let mut live = Vec::new();
        for one in looked.iter().flatten() {
            let name = one.text("name")?;
            let stated = one.get("live")?.as_bool();
            if stated.is_none() && !one.get("live")?.is_null() {
                return slip(
                    one.path("live"),
                    bi!("er hverken sandt eller falsk", "is neither true nor false"),
                );
            }
            let condition = one.maybe("step", |one, name| self.named(one, name))?;
            let in_time = one.get("in_time")?.as_bool();
            let holds = match (in_time, condition) {
                (Some(false), _) => Some(false),
                (_, Some(condition)) => condition.truth().map(|truth| truth && in_time.unwrap_or(true)),
                (in_time, None) => in_time,
            };
            let fits = match holds {
                Some(holds) if in_time.is_some() => stated == Some(holds),
                _ => stated != Some(true),
            };
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
        match &value.state {
            State::Absent(_) | State::Error(..) if !of.iter().any(|seen| seen.state == value.state) => {
                slip("value", bi!("er ikke det, trinene giver videre", "is not what the steps pass on"))
            }
            State::Absent(_) | State::Error(..) | State::Unknown(_) | State::Value(_) => Ok(How::Partly),
        }
    }

    /// An amount that is paid when conditions are met.
    pub(super) fn grant(&self, line: &Fields<'_>, value: &Seen) -> Told<How> {
        let of = self.read_all(line)?;
        let count = line.place("conditions")?;
        let conditions = self.standing(line, count)?;
        let after = of.get(count..).unwrap_or_default();
        let [full, otherwise @ ..] = after else {
            return slip("conditions", bi!("efterlader intet beløb", "leaves no amount"));
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
    let (year, when) = (line.when("when")?, line.text("when")?);
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
