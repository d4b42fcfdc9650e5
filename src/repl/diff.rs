//! Two worlds side by side: every result that differs, for whom, from what to what, and by how much.

use super::values::{spoken, unknown_in_short, who, word};
use crate::base::{Lang, bi};
use crate::compare::{self, Compared, Comparison, Sum};
use crate::eval::Outcome;
use crate::model::Ty;
use crate::render::visible;
use crate::session::{Answer, AnswerLine};
use crate::value::Number;

/// One result that differs, with everybody it differs for.
pub(super) struct Group {
    /// Its full name.
    pub(super) name: String,
    /// Where it differs, in the order of the answers.
    pub(super) rows: Vec<Row>,
    /// Over all entities, also those where nothing differs; only for amounts that can be added.
    pub(super) total: Option<Row>,
}

/// One difference.
pub(super) struct Row {
    /// For whom; empty where the result is the same for all.
    pub(super) who: String,
    /// The value or state before.
    pub(super) before: String,
    /// The value or state after.
    pub(super) after: String,
    /// The same without what is missing.
    short: String,
    /// After less before, where both are numbers.
    pub(super) by: String,
}

/// A result that differs between two answers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference {
    /// Its name.
    pub name: String,
    /// For whom; empty where it is the same for all.
    pub who: String,
    /// The value or state after.
    pub after: String,
    /// After less before, where both are numbers.
    pub by: String,
}

/// Returns what differs between two answers to the same question, one result at a time.
pub fn changes(before: &Answer, after: &Answer, lang: Lang) -> Vec<Difference> {
    let of = |group: Group| {
        let name = group.name;
        let one =
            move |row: Row| Difference { name: name.clone(), who: row.who, after: row.short, by: row.by };
        group.rows.into_iter().map(one).collect::<Vec<_>>()
    };
    differences(before, after, lang).into_iter().flat_map(of).collect()
}

/// Returns every result of an answer, as if it differed from nothing.
pub fn told(answer: &Answer, lang: Lang) -> Vec<Difference> {
    let one = |line: &AnswerLine| {
        let who = line.entity.map(|_| who(answer, line, lang)).unwrap_or_default();
        let (name, after) = (spoken(&line.name, answer), in_short_words(answer, line, lang));
        Difference { name, who, after, by: String::new() }
    };
    answer.lines.iter().map(one).collect()
}

/// A result in words, without what is missing.
fn in_short_words(answer: &Answer, line: &AnswerLine, lang: Lang) -> String {
    match answer.outcome(line) {
        Outcome::Unknown(unknown) => unknown_in_short(unknown, answer, line, lang),
        _ => word(answer, line, lang),
    }
}

/// Finds what differs between two answers to the same question.
pub(super) fn differences(before: &Answer, after: &Answer, lang: Lang) -> Vec<Group> {
    let all = Comparison::of(vec![before, after]);
    let both = Both { all: &all, lang };
    all.results.iter().filter_map(|result| both.group(result)).collect()
}

#[derive(Clone, Copy)]
struct Both<'a> {
    all: &'a Comparison<'a>,
    lang: Lang,
}

/// A result in one of the answers; `None` where it is not there.
type Found<'a> = Option<(&'a Answer, &'a AnswerLine)>;

impl<'a> Both<'a> {
    fn group(self, result: &Compared) -> Option<Group> {
        let changed: Vec<&compare::Row> = result.rows.iter().filter(|row| self.differs(row)).collect();
        let (answer, _) = changed.iter().find_map(|row| self.all.line(row, 1).or(self.all.line(row, 0)))?;
        let rows = changed.into_iter().map(|row| self.row(row)).collect();
        Some(Group { name: spoken(&result.name, answer), rows, total: self.total(result) })
    }

    /// Values are compared exactly, states by what they say.
    fn differs(self, row: &compare::Row) -> bool {
        match self.all.difference(row, 1) {
            compare::Difference::Same => {
                self.state(self.all.line(row, 0)) != self.state(self.all.line(row, 1))
            }
            _ => true,
        }
    }

    /// Words a state in full; nothing of a value.
    fn state(self, found: Found<'_>) -> Option<String> {
        let (answer, line) = found?;
        let (ty, show) = answer.typed(line);
        let outcome = answer.outcome(line);
        let is_state = !matches!(outcome, Outcome::Value(_));
        is_state.then(|| answer.words(self.lang).outcome(outcome, ty, show))
    }

    fn words(self, found: Found<'_>) -> String {
        match found {
            Some((answer, line)) => word(answer, line, self.lang),
            None => self.lang.pick("findes ikke", "not there").to_owned(),
        }
    }

    fn row(self, row: &compare::Row) -> Row {
        let (old, new) = (self.all.line(row, 0), self.all.line(row, 1));
        let (mut before, after) = (self.words(old), self.words(new));
        if let (Some((answer, line)), false) = (old, is_unknown(new))
            && let Outcome::Unknown(was) = answer.outcome(line)
        {
            // What was missing is no longer of interest; how much was known still is.
            before = unknown_in_short(was, answer, line, self.lang);
        }
        let by = match (self.all.difference(row, 1), new) {
            (compare::Difference::By(by), Some((answer, line))) => self.change(&by, answer, line),
            (_, _) => String::new(),
        };
        let short = match new {
            Some((answer, line)) => in_short_words(answer, line, self.lang),
            None => after.clone(),
        };
        let who = row.who.as_ref().map(|who| visible(&who.name).into_owned()).unwrap_or_default();
        Row { who, before, after, short, by }
    }

    /// Words a difference with its sign; percentages differ by points.
    fn change(self, by: &Number, answer: &Answer, line: &AnswerLine) -> String {
        let (ty, show) = answer.typed(line);
        let mut show = show.clone();
        if matches!(ty, Ty::Percent) {
            show.words = bi!("pct.-point", "percentage points");
        }
        let sign = if by.is_negative() || by.is_zero() { "" } else { "+" };
        format!("{sign}{}", answer.words(self.lang).number(by, ty, &show))
    }

    fn total(self, result: &Compared) -> Option<Row> {
        let (before, after) = (self.all.total(result, 0)?, self.all.total(result, 1)?);
        let lines = |column| result.rows.iter().filter_map(move |row| self.all.line(row, column));
        let is_number = |(answer, line): &(&Answer, &AnswerLine)| answer.outcome(line).as_number().is_some();
        let (answer, line) = lines(1).chain(lines(0)).find(is_number)?;
        let (ty, show) = answer.typed(line);
        let word = |sum: &Sum| match (sum.whole(), sum.errors) {
            (Some(number), _) => answer.words(self.lang).number(number, ty, show),
            (None, 0) => self.lang.pick("ukendt", "unknown").to_owned(),
            (None, _) => self.lang.pick("fejl", "error").to_owned(),
        };
        let by = before.whole().zip(after.whole());
        let by = by.map(|(a, b)| self.change(&b.sub(a), answer, line)).unwrap_or_default();
        let who = self.lang.pick("i alt", "in total").to_owned();
        let (before, after) = (word(&before), word(&after));
        Some(Row { who, before, short: after.clone(), after, by })
    }
}

fn is_unknown(found: Found<'_>) -> bool {
    found.is_some_and(|(answer, line)| matches!(answer.outcome(line), Outcome::Unknown(_)))
}

/// How many results a short account names.
const SHORT: usize = 8;

/// Tells in a line each what differs.
pub(super) fn in_short(groups: &[Group], lang: Lang) -> String {
    if groups.is_empty() {
        return lang.pick("ingen resultater ændrer sig\n", "no results change\n").to_owned();
    }
    let mut text: String = groups.iter().take(SHORT).map(|group| short(group, lang)).collect();
    let more = groups.len().saturating_sub(SHORT);
    if more > 0 {
        let words = bi!("… og {more} mere; `:forskel` viser alt\n", "… and {more} more; `:diff` shows all\n");
        text.push_str(words.get(lang));
    }
    text
}

fn short(group: &Group, lang: Lang) -> String {
    let name = &group.name;
    match (group.rows.as_slice(), &group.total) {
        ([row], _) if row.who.is_empty() => format!("{name}: {}\n", arrow(row)),
        ([row], _) => format!("{name} ({}): {}\n", row.who, arrow(row)),
        (rows, Some(total)) if !total.by.is_empty() => {
            let count = rows.len();
            let words = bi!("{name}: ændret for {count}, i alt ", "{name}: changed for {count}, in total ");
            format!("{}{}\n", words.get(lang), arrow(total))
        }
        (rows, _) => {
            let count = rows.len();
            bi!("{name}: ændret for {count}\n", "{name}: changed for {count}\n").get(lang).to_owned()
        }
    }
}

fn arrow(row: &Row) -> String {
    match row.by.as_str() {
        "" => format!("{} → {}", row.before, row.after),
        by => format!("{} → {} ({by})", row.before, row.after),
    }
}
