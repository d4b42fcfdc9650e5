//! Values and states as they are listed.

use std::collections::BTreeSet;

use crate::base::{Bi, Lang, bi};
use crate::eval::{Outcome, Unknown};
use crate::explain::Words;
use crate::model::DefKind;
use crate::render::visible;
use crate::session::{Answer, AnswerLine, Mark, Target, marks};

/// One line of a list: who or what, and its value.
struct Row {
    indent: usize,
    head: String,
    value: String,
    /// The signs of what should be read with it.
    marks: String,
    /// Amounts and truths end at the same place; states, which are longer, start at the same place.
    is_right: bool,
}

/// Lists the results of an answer: one value alone stands by itself, several have their names and entities.
pub(super) fn list_values(answer: &Answer, lang: Lang) -> String {
    if let [only] = answer.lines.as_slice() {
        let (value, marks) = (word(answer, only, lang), signs(answer, only, lang));
        let marks = if marks.is_empty() { marks } else { format!("  {marks}") };
        return match only.entity {
            Some(_) => format!("{}  {value}{marks}\n", who(answer, only, lang)),
            None => format!("{value}{marks}\n"),
        };
    }
    let has_one_name = answer.lines.windows(2).all(|pair| pair[0].name == pair[1].name);
    let mut rows = Vec::new();
    let mut heading = "";
    for line in &answer.lines {
        if line.entity.is_some() && !has_one_name && heading != line.name {
            heading = &line.name;
            rows.push(Row::heading(short_name(answer, line)));
        }
        rows.push(Row::of(answer, line, has_one_name, lang));
    }
    lay_out(&rows)
}

impl Row {
    fn heading(head: String) -> Row {
        Row { indent: 0, head, value: String::new(), marks: String::new(), is_right: false }
    }
    fn of(answer: &Answer, line: &AnswerLine, has_one_name: bool, lang: Lang) -> Row {
        let (indent, head) = match line.entity {
            Some(_) if has_one_name => (0, who(answer, line, lang)),
            Some(_) => (2, who(answer, line, lang)),
            None => (0, short_name(answer, line)),
        };
        let outcome = answer.outcome(line);
        let is_right = outcome.as_number().is_some() || outcome.as_truth().is_some();
        let marks = signs(answer, line, lang);
        Row { indent, head, value: word(answer, line, lang), marks, is_right }
    }
}

/// The signs that `eval` puts beside a result, too.
fn signs(answer: &Answer, line: &AnswerLine, lang: Lang) -> String {
    marks(answer, line, lang).into_iter().map(Mark::sign).collect()
}

/// The marks that the results of an answer have.
pub(super) fn marks_of(answer: &Answer, lang: Lang) -> BTreeSet<Mark> {
    answer.lines.iter().flat_map(|line| marks(answer, line, lang)).collect()
}

/// Tells what marks mean, in one line.
pub(super) fn legend(marks: &BTreeSet<Mark>) -> Option<Bi> {
    let one = |mark: &Mark| match mark {
        Mark::Changed => Some(bi!("# hvad nu hvis", "# a what-if")),
        Mark::Uncertain => Some(bi!("~ foreløbigt eller skønnet", "~ provisional or an estimate")),
        Mark::Reading => {
            Some(bi!("* hviler på en læsning eller antagelse", "* rests on a reading or an assumption"))
        }
        Mark::Error | Mark::Missing | Mark::NotInForce => None,
    };
    let told: Vec<Bi> = marks.iter().filter_map(one).collect();
    let list = |lang: Lang| told.iter().map(|one| one.get(lang)).collect::<Vec<_>>().join("; ");
    let (da, en) = (list(Lang::Da), list(Lang::En));
    (!told.is_empty()).then(|| bi!("({da}; `:forklar` siger mere)", "({en}; `:explain` says more)"))
}

/// A definition's name without its clause; only definitions of one clause are listed together.
fn short_name(answer: &Answer, line: &AnswerLine) -> String {
    match line.target {
        Target::Def(def) => spoken(&answer.plan.model.defs[def].name, answer),
        Target::Expr(_) => line.name.clone(),
    }
}

/// Writes the name of a definition as the rules' language does: `drift.fuldt`, `drift.full`.
pub(super) fn spoken(name: &str, answer: &Answer) -> String {
    spoken_in(name, answer.plan.model.lang)
}

/// Writes the name of a definition in a language.
pub(super) fn spoken_in(name: &str, lang: Lang) -> String {
    match (lang, name.strip_suffix(".fuldt"), name.strip_suffix(".bortfaldet")) {
        (Lang::En, Some(grant), _) => format!("{grant}.full"),
        (Lang::En, _, Some(grant)) => format!("{grant}.lapsed"),
        (Lang::Da | Lang::En, _, _) => name.to_owned(),
    }
}

/// Names stand in one column, values in the next; numbers end at the same place.
fn lay_out(rows: &[Row]) -> String {
    let head = |row: &Row| row.indent + width(&row.head);
    let with_value = || rows.iter().filter(|row| !row.value.is_empty());
    let heads = with_value().map(head).max().unwrap_or(0);
    let numbers = with_value().filter(|row| row.is_right).map(|row| width(&row.value)).max().unwrap_or(0);
    let line = |row: &Row| {
        let gap = heads.saturating_sub(head(row));
        let before = if row.is_right { numbers.saturating_sub(width(&row.value)) } else { 0 };
        let text = format!(
            "{}{}{}  {}{}  {}",
            " ".repeat(row.indent),
            row.head,
            " ".repeat(gap),
            " ".repeat(before),
            row.value,
            row.marks
        );
        text.trim_end().to_owned() + "\n"
    };
    rows.iter().map(line).collect()
}

/// How many columns a text takes.
pub(super) fn width(text: &str) -> usize {
    textwrap::core::display_width(text)
}

/// Names the entity of a line; empty where it has none.
pub(super) fn who(answer: &Answer, line: &AnswerLine, lang: Lang) -> String {
    let entity = line.entity.map(|entity| answer.words(lang).entity(entity).to_owned());
    visible(&entity.unwrap_or_default()).into_owned()
}

/// Words a result: a condition is met or not, all else is a value or a state.
pub(super) fn word(answer: &Answer, line: &AnswerLine, lang: Lang) -> String {
    let outcome = answer.outcome(line);
    let text = match (is_condition(answer, line), outcome.as_truth()) {
        (true, Some(met)) => met_word(met, lang).to_owned(),
        (true, None) | (false, _) => plain(outcome, answer, line, answer.words(lang)),
    };
    visible(&text).into_owned()
}

fn plain(outcome: &Outcome, answer: &Answer, line: &AnswerLine, words: Words<'_>) -> String {
    let (ty, show) = answer.typed(line);
    match outcome {
        Outcome::Unknown(unknown) if unknown.missing.len() > MOST_MISSING => {
            format!(
                "{} {}",
                unknown_in_short(unknown, answer, line, words.lang),
                some_missing(unknown, words)
            )
        }
        Outcome::Value(_) | Outcome::Unknown(_) | Outcome::DoesNotApply(_) | Outcome::Error(_) => {
            words.outcome(outcome, ty, show)
        }
    }
}

/// How many missing names a line lists; `:mangler` lists all.
const MOST_MISSING: usize = 3;

fn some_missing(unknown: &Unknown, words: Words<'_>) -> String {
    let names: Vec<String> =
        unknown.missing.iter().take(MOST_MISSING).map(|missing| words.missing(*missing)).collect();
    let (names, more) = (names.join(", "), unknown.missing.len().saturating_sub(MOST_MISSING));
    let list = bi!("(mangler: {names} og {more} mere)", "(missing: {names} and {more} more)");
    list.get(words.lang).to_owned()
}

/// Words how much is known of an unknown, without what it lacks.
pub(super) fn unknown_in_short(unknown: &Unknown, answer: &Answer, line: &AnswerLine, lang: Lang) -> String {
    let (ty, show) = answer.typed(line);
    let word = lang.pick("ukendt", "unknown");
    let bounds = answer.words(lang).bounds(&unknown.bounds, ty, show);
    bounds.map_or_else(|| word.to_owned(), |bounds| format!("{word}, {bounds}"))
}

fn is_condition(answer: &Answer, line: &AnswerLine) -> bool {
    match line.target {
        Target::Def(def) => answer.plan.model.defs[def].kind == DefKind::Condition,
        Target::Expr(_) => false,
    }
}

fn met_word(met: bool, lang: Lang) -> &'static str {
    match met {
        true => lang.pick("opfyldt", "met"),
        false => lang.pick("ikke opfyldt", "not met"),
    }
}
