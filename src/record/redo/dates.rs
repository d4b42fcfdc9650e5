//! Days, months and years between dates, and duties.

use super::fields::Fields;
use super::pass::{is, is_decided, passed};
use super::seen::Seen;
use super::{How, Redo, Told, no_value, slip, too_few};
use crate::base::bi;
use crate::facts::Datum;
use crate::value::{Bounds, Date, MissingDay, Number};

impl Redo<'_> {
    /// A step between dates, or months from one.
    pub(super) fn dates(&self, line: &Fields<'_>, value: &Seen) -> Told<How> {
        let (of, op) = (self.read_all(line)?, line.text("op")?);
        let [first, second] = of.as_slice() else {
            return too_few();
        };
        let within = (op != "move_months").then(Bounds::open);
        if let Some(how) = passed(value, &of, within)? {
            return Ok(how);
        }
        let Some(from) = first.date() else {
            return slip("of", bi!("er ingen dato", "is no date"));
        };
        if op == "move_months" {
            let moved = moved(line, from, second)?;
            return is(value, &Datum::Date(moved), &of);
        }
        let Some(to) = second.date() else {
            return slip("of", bi!("er ingen dato", "is no date"));
        };
        let count = match op {
            "days_between" => from.days_until(to),
            "months_between" => from.whole_months(to),
            _ => from.whole_years(to).saturating_mul(12),
        };
        is(value, &Datum::Number(Number::from_i64(count)), &of)
    }

    /// What has come of a duty on a day.
    pub(super) fn duty(&self, line: &Fields<'_>, value: &Seen) -> Told<How> {
        let of = self.read_all(line)?;
        let part = |name| line.maybe(name, |line, name| self.named(line, name));
        let (only_if, deadline, met) = (part("only_if")?, part("deadline")?, part("met")?);
        let Some(day) = Date::from_iso(line.text("day")?) else {
            return slip("day", bi!("er ingen dag", "is no day"));
        };
        if only_if.is_some_and(|seen| seen.truth() == Some(false)) {
            return match value.is_absent() {
                true => Ok(How::Whole),
                false => slip("value", bi!("der er ingen pligt", "there is no duty")),
            };
        }
        let parts: Vec<&Seen> = [only_if, deadline, met].into_iter().flatten().collect();
        if let Some(how) = passed(value, &parts, None)? {
            return Ok(how);
        }
        let kinds = [
            only_if.is_none_or(|seen| seen.truth().is_some()),
            deadline.is_none_or(|seen| seen.date().is_some()),
            met.is_none_or(|seen| seen.truth().is_some() || seen.date().is_some()),
        ];
        if kinds.contains(&false) {
            return slip("of", bi!("er af en anden slags", "is of another kind"));
        }
        let deadline = deadline.and_then(Seen::date);
        let done = met.and_then(|met| match met.truth() {
            Some(truth) => truth.then_some(None),
            None => met.date().filter(|date| *date <= day).map(Some),
        });
        let late = |on: Date| deadline.is_some_and(|deadline| on > deadline);
        let word = match done {
            Some(on) if on.is_some_and(late) => "met_late",
            Some(_) => "met",
            None if late(day) => "overdue",
            None => "not_due",
        };
        let read: Vec<&Seen> = of.into_iter().chain(parts).collect();
        is_decided(value, &Datum::Text(word.to_owned()), &[], &read)
    }
}

fn moved(line: &Fields<'_>, from: Date, months: &Seen) -> Told<Date> {
    let missing = match line.text("missing_day")? {
        "error" => MissingDay::Refuse,
        "last" => MissingDay::LastOfMonth,
        "next" => MissingDay::FirstOfNext,
        _ => {
            return slip(
                "missing_day",
                bi!("er intet svar på en dag, der mangler", "is no answer to a missing day"),
            );
        }
    };
    let forward = line.flag("forward")?;
    let Some(months) = months.number().and_then(Number::to_i64) else {
        return slip("of", bi!("er intet helt antal måneder", "is no whole number of months"));
    };
    let months = if forward { Some(months) } else { months.checked_neg() };
    match months.and_then(|months| from.add_months(months, missing).ok()) {
        Some(date) => Ok(date),
        None => no_value("value", bi!("der er ingen sådan dag", "there is no such day")),
    }
}
