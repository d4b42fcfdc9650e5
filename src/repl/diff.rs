//! Two worlds side by side: every result that differs, for whom, from what to what, and by how much.

use std::collections::BTreeMap;

use super::values::{spoken, unknown_in_short, who, width, word};
use crate::base::{Lang, bi};
use crate::eval::Outcome;
use crate::model::{Show, Ty};
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

/// A line of one answer beside that of the other.
type Pair<'a> = (&'a AnswerLine, &'a AnswerLine);

/// Finds what differs between two answers to the same question.
pub(super) fn differences(before: &Answer, after: &Answer, lang: Lang) -> Vec<Group> {
    let both = Both { before, after, lang };
    both.pairs().into_iter().filter_map(|(name, pairs)| both.group(name, &pairs)).collect()
}

#[derive(Clone, Copy)]
struct Both<'a> {
    before: &'a Answer,
    after: &'a Answer,
    lang: Lang,
}

impl<'a> Both<'a> {
    /// Puts the lines of both answers side by side, by name and entity. A result that one of them has for all and the
    /// other for each is compared for each.
    fn pairs(self) -> Vec<(&'a str, Vec<Pair<'a>>)> {
        let old = by_name(self.before, self.lang);
        let mut all: Vec<(&str, Vec<Pair<'_>>)> = Vec::new();
        let mut seen = std::collections::BTreeSet::new();
        let new = by_name(self.after, self.lang);
        for line in &self.after.lines {
            if !seen.insert(line.name.as_str()) {
                continue;
            }
            let (Some(old), Some(new)) = (old.get(line.name.as_str()), new.get(line.name.as_str())) else {
                continue;
            };
            all.push((&line.name, side_by_side(old, new)));
        }
        all
    }

    fn group(self, name: &str, pairs: &[Pair<'_>]) -> Option<Group> {
        let changed: Vec<Pair<'_>> = pairs.iter().copied().filter(|pair| !self.same(*pair)).collect();
        if changed.is_empty() {
            return None;
        }
        let rows = changed.into_iter().map(|pair| self.row(pair)).collect();
        let total = if pairs.len() > 1 { self.total(pairs) } else { None };
        Some(Group { name: spoken(name, self.after), rows, total })
    }

    /// Values are compared exactly, states by what they say.
    fn same(self, (old, new): Pair<'_>) -> bool {
        let (before, after) = (self.before.outcome(old), self.after.outcome(new));
        match (before.datum(), after.datum()) {
            (Some(a), Some(b)) => a == b && before.status() == after.status(),
            (None, None) => self.state(self.before, old) == self.state(self.after, new),
            (Some(_), None) | (None, Some(_)) => false,
        }
    }

    /// Words a state in full: what is missing is compared by name, since entities are numbered anew in each world.
    fn state(self, answer: &Answer, line: &AnswerLine) -> String {
        let (ty, show) = answer.typed(line);
        answer.words(self.lang).outcome(answer.outcome(line), ty, show)
    }

    fn words(self, old: &AnswerLine, new: &AnswerLine) -> (String, String) {
        (word(self.before, old, self.lang), word(self.after, new, self.lang))
    }

    fn row(self, (old, new): Pair<'_>) -> Row {
        let (mut before, after) = self.words(old, new);
        if let (Outcome::Unknown(was), false) = (self.before.outcome(old), self.is_unknown(new)) {
            // What was missing is no longer of interest; how much was known still is.
            before = unknown_in_short(was, self.before, old, self.lang);
        }
        let numbers = self.before.outcome(old).as_number().zip(self.after.outcome(new).as_number());
        let (ty, show) = self.after.typed(new);
        let by = numbers.map(|(a, b)| self.change(&b.sub(a), ty, show)).unwrap_or_default();
        let name = match new.entity {
            Some(_) => who(self.after, new, self.lang),
            None => who(self.before, old, self.lang),
        };
        Row { who: name, before, after, short: in_short_words(self.after, new, self.lang), by }
    }

    fn is_unknown(self, line: &AnswerLine) -> bool {
        matches!(self.after.outcome(line), Outcome::Unknown(_))
    }

    /// Words a difference with its sign; percentages differ by points.
    fn change(self, by: &Number, ty: &Ty, show: &Show) -> String {
        let mut show = show.clone();
        if matches!(ty, Ty::Percent) {
            show.words = bi!("pct.-point", "percentage points");
        }
        let sign = if by.is_negative() || by.is_zero() { "" } else { "+" };
        format!("{sign}{}", self.after.words(self.lang).number(by, ty, &show))
    }

    fn total(self, pairs: &[Pair<'_>]) -> Option<Row> {
        let (ty, show) = self.after.typed(pairs.first()?.1);
        if !adds_up(ty) {
            return None;
        }
        let old = sum(pairs.iter().map(|(old, _)| self.before.outcome(old)));
        let new = sum(pairs.iter().map(|(_, new)| self.after.outcome(new)));
        let unknown = self.lang.pick("ukendt", "unknown");
        let word = |answer: &Answer, number: &Option<Number>| match number {
            Some(number) => answer.words(self.lang).number(number, ty, show),
            None => unknown.to_owned(),
        };
        let by = old.as_ref().zip(new.as_ref());
        let by = by.map(|(a, b)| self.change(&b.sub(a), ty, show)).unwrap_or_default();
        let who = self.lang.pick("i alt", "in total").to_owned();
        let (before, after) = (word(self.before, &old), word(self.after, &new));
        Some(Row { who, before, short: after.clone(), after, by })
    }
}

/// The lines of an answer by name, each with its entity's name.
fn by_name(answer: &Answer, lang: Lang) -> BTreeMap<&str, Vec<(Option<String>, &AnswerLine)>> {
    let mut named: BTreeMap<&str, Vec<_>> = BTreeMap::new();
    for line in &answer.lines {
        let entity = line.entity.map(|_| who(answer, line, lang));
        named.entry(&line.name).or_default().push((entity, line));
    }
    named
}

fn side_by_side<'a>(
    old: &[(Option<String>, &'a AnswerLine)],
    new: &[(Option<String>, &'a AnswerLine)],
) -> Vec<Pair<'a>> {
    let find = |all: &[(Option<String>, &'a AnswerLine)], entity: &Option<String>| {
        let exact = all.iter().find(|(name, _)| name == entity);
        exact.or_else(|| all.iter().find(|(name, _)| name.is_none())).map(|(_, line)| *line)
    };
    match new {
        // One line for all now, where there was one for each.
        [(None, line)] if old.len() > 1 => old.iter().map(|(_, old)| (*old, *line)).collect(),
        _ => new.iter().filter_map(|(entity, line)| Some((find(old, entity)?, *line))).collect(),
    }
}

/// Amounts and counts add up over entities; rates, percentages and plain numbers do not.
fn adds_up(ty: &Ty) -> bool {
    match ty {
        Ty::Quantity { unit, .. } => unit.powers().all(|(_, power)| power > 0),
        Ty::Unknown | Ty::Zero | Ty::Number | Ty::Percent | Ty::Bool | Ty::Date => false,
        Ty::Text | Ty::OneOf(_) | Ty::Entity(_) | Ty::Nothing => false,
    }
}

/// The exact sum; what does not apply is skipped, and one unknown makes it unknown.
fn sum<'o>(outcomes: impl Iterator<Item = &'o Outcome>) -> Option<Number> {
    let mut total = Number::zero();
    for outcome in outcomes {
        match outcome {
            Outcome::DoesNotApply(_) => {}
            Outcome::Value(_) | Outcome::Unknown(_) | Outcome::Error(_) => {
                total = total.add(outcome.as_number()?);
            }
        }
    }
    Some(total)
}

/// The widest text that columns are lined up for; longer ones stand as they are.
const WIDEST: usize = 32;

/// Lays the differences out in full, columns lined up over all of them.
pub(super) fn in_full(groups: &[Group]) -> String {
    let rows = || groups.iter().flat_map(|group| group.rows.iter().chain(&group.total));
    let widest = |text: fn(&Row) -> &str| {
        rows().map(|row| width(text(row))).filter(|width| *width <= WIDEST).max().unwrap_or(0)
    };
    let (names, before) = (widest(|row| &row.who), widest(|row| &row.before));
    let (after, by) = (widest(|row| &row.after), widest(|row| &row.by));
    let gap = if names > 0 { "  " } else { "" };
    let line = |row: &Row| {
        let text = format!(
            "  {}{gap}{} → {}   {}",
            left(&row.who, names),
            right(&row.before, before),
            right(&row.after, after),
            right(&row.by, by)
        );
        text.trim_end().to_owned() + "\n"
    };
    let group = |group: &Group| {
        let rows: String = group.rows.iter().chain(&group.total).map(line).collect();
        format!("{}\n{rows}", group.name)
    };
    groups.iter().map(group).collect()
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

fn left(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

fn right(text: &str, columns: usize) -> String {
    format!("{}{text}", " ".repeat(columns.saturating_sub(width(text))))
}
