//! Why something did not come into play in a result.

use super::ExploreProblem;
use super::sought::{Meant, definition, meant, near, offered, rows, rows_of_value};
use crate::base::{Lang, SourceMap};
use crate::diag::{Problems, Report, Severity};
use crate::explain::{self, Explanation, Item, ItemKind, Sought};
use crate::model::Origin;
use crate::session::{Answer, AnswerLine, Question, Session};

/// The answer to why something did not come into play.
#[derive(Clone, Debug)]
pub struct WhyNot {
    /// One explanation for each place it was looked at.
    pub explanations: Vec<Explanation>,
}

/// Why a question cannot be answered: the findings, and the texts they point into.
#[derive(Clone, Debug)]
pub struct Refused {
    /// What is wrong.
    pub problems: Problems,
    /// The texts.
    pub sources: SourceMap,
}

/// Explains why what goes by a name did not come into play in the results of a question.
///
/// # Errors
/// When nothing goes by the name, or the results do not rest on it.
pub fn why_not(
    session: &Session,
    question: &Question,
    answer: &Answer,
    name: &str,
    lang: Lang,
) -> Result<WhyNot, Refused> {
    let explanations = match sought_of(session, question, answer, name)? {
        (with_row, Meant::Sought(sought)) => of_steps(with_row.as_ref().unwrap_or(answer), &sought, lang),
        (_, Meant::Reading(assumption, reading)) => {
            vec![of_reading(session, question, answer, (assumption, reading), lang)?]
        }
        (_, Meant::Assumption(assumption)) => {
            let readings = answer.plan.model.assumptions[assumption].readings.len();
            let one = |reading| of_reading(session, question, answer, (assumption, reading), lang);
            (0..readings).map(one).collect::<Result<_, _>>()?
        }
    };
    if explanations.is_empty() {
        let target = question.targets.first().cloned().unwrap_or_default();
        let (name, offered) = (name.to_owned(), offered(answer));
        return Err(wrong(session, &ExploreProblem::NotRestedOn { name, target, offered }));
    }
    Ok(WhyNot { explanations })
}

fn wrong(session: &Session, problem: &ExploreProblem) -> Refused {
    let mut problems = Problems::new();
    problems.push(problem.report());
    Refused { problems, sources: session.sources().clone() }
}

/// What a name means, and where it is a row, the answer in whose model it stands.
pub(super) fn sought_of(
    session: &Session,
    question: &Question,
    answer: &Answer,
    name: &str,
) -> Result<(Option<Answer>, Meant), Refused> {
    if let Some(meant) = meant(answer, name).map_err(|problem| wrong(session, &problem))? {
        return Ok((None, meant));
    }
    match asked_row(session, question, answer, name)? {
        Some((with_row, sought)) => Ok((Some(with_row), Meant::Sought(sought))),
        None => {
            let (name, nearest) = (name.to_owned(), near(answer, name));
            let offered = offered(answer);
            let problem = ExploreProblem::NothingOfThatName { name, nearest, is_value: false, offered };
            Err(wrong(session, &problem))
        }
    }
}

fn of_steps(answer: &Answer, sought: &Sought, lang: Lang) -> Vec<Explanation> {
    let words = answer.words(lang);
    let mut all: Vec<Explanation> = Vec::new();
    for line in answer.lines.iter().filter(|line| line.asked == 0) {
        for next in explain::why_not(words, &answer.trace, line.step, sought) {
            if !all.contains(&next) {
                all.push(next);
            }
        }
    }
    all
}

/// Reads `andel_bevaret[3]`: the row it names, or that the value is in, and the answer in whose model it stands.
fn asked_row(
    session: &Session,
    question: &Question,
    answer: &Answer,
    name: &str,
) -> Result<Option<(Answer, Sought)>, Refused> {
    let Some((table, cell)) = name.split_once('[') else { return Ok(None) };
    let def = match definition(answer, table.trim()).as_slice() {
        [one] => *one,
        _ => return Ok(None),
    };
    let cell = cell.trim().trim_end_matches(']').trim();
    let asks = |target: String| {
        let targets = question.targets.iter().cloned().chain([target]).collect();
        session.ask(&Question { targets, ..question.clone() })
    };
    let refused = |problems: Problems| Refused { problems, sources: session.sources().clone() };
    let row = asks(format!("{}[{cell}]", answer.plan.model.full_name(def))).map_err(refused)?;
    let line = row.lines.iter().find(|line| line.asked > 0);
    if let Some(sought) = line.and_then(|line| rows(&row, line)) {
        return Ok(Some((row, sought)));
    }
    // A value that no row is written with may be in one all the same.
    let value = asks(cell.to_owned()).map_err(refused)?;
    let line = value.lines.iter().find(|line| line.asked > 0);
    let number = line.and_then(|line| value.outcome(line).as_number());
    if let Some(sought) = number.and_then(|number| rows_of_value(answer, def, number)) {
        return Ok(Some((answer.clone(), sought)));
    }
    let is_new = |found: &crate::diag::Diagnostic| !answer.problems.iter().any(|known| known == found);
    let mut problems = Problems::new();
    row.problems.sorted().into_iter().filter(is_new).for_each(|found| problems.push(found));
    match problems.has_errors() {
        true => Err(Refused { problems, sources: row.sources }),
        false => Ok(None),
    }
}

/// A reading that is not chosen, with what the results would be if it were.
pub(super) fn of_reading(
    session: &Session,
    question: &Question,
    answer: &Answer,
    (assumption, reading): (usize, usize),
    lang: Lang,
) -> Result<Explanation, Refused> {
    let own = &answer.plan.model.assumptions[assumption];
    let choice = &own.readings[reading];
    let label = format!("{} {}={}", lang.pick("læsningen", "the reading"), own.name, choice.name);
    let mut item = Item::new(ItemKind::Considered, label).at(choice.span);
    item.title.clone_from(&choice.title);
    let root = |item| Explanation { lang, root: item, notes: Vec::new() };
    if own.chosen == Some(reading) {
        item.kind = ItemKind::Applies;
        item.value = Some(lang.pick("er den, der er valgt", "is the one chosen").to_owned());
        return Ok(root(item));
    }
    item.value = Some(lang.pick("er ikke valgt", "is not chosen").to_owned());
    if let Some(chosen) = own.chosen.and_then(|chosen| own.readings.get(chosen)) {
        let by = match chosen.marked {
            true => lang.pick("som filen vælger", "as the file chooses"),
            false => lang.pick("som spørgsmålet vælger", "as the question chooses"),
        };
        let read = lang.pick("teksten er læst som", "the text is read as");
        item.says.push(format!("{read} {}, {by}", chosen.name));
    }
    item.says.push(format!(
        "{} `--reading {}={}`",
        lang.pick("vælg den med", "choose it with"),
        own.name,
        choice.name
    ));
    let mut other = session.clone();
    let chosen = other.choose_reading(&format!("{} = {}", own.name, choice.name), Origin::Set);
    let then = chosen.and_then(|()| other.ask(question));
    let then = then.map_err(|problems| Refused { problems, sources: other.sources().clone() })?;
    item.children = answer.lines.iter().filter_map(|line| changed(answer, line, &then, lang)).collect();
    if item.children.is_empty() {
        let same = lang.pick("den ville ikke ændre svaret", "it would not change the answer");
        item.says.push(same.to_owned());
    }
    Ok(root(item))
}

/// A reading that is not chosen with which a result comes out otherwise: what it comes to then.
pub(super) fn if_read(
    session: &Session,
    question: &Question,
    (answer, line): (&Answer, &AnswerLine),
    (assumption, reading): (usize, usize),
    lang: Lang,
) -> Option<Item> {
    let own = &answer.plan.model.assumptions[assumption];
    let choice = &own.readings[reading];
    let mut other = session.clone();
    let chosen = other.choose_reading(&format!("{} = {}", own.name, choice.name), Origin::Set);
    let question = Question { moment: Some(answer.moment), ..question.clone() };
    let changed = match chosen.and_then(|()| other.ask(&question)) {
        Ok(then) => changed(answer, line, &then, lang)?,
        Err(problems) => {
            let why = problems.sorted().into_iter().find(|found| found.severity == Severity::Error)?;
            let label = lang.pick("kan ikke regnes ud", "cannot be computed");
            Item::new(ItemKind::Note, label).says(format!("{}: {}", why.code.id(), why.message.get(lang)))
        }
    };
    let mut item = Item::new(ItemKind::Note, format!("{}={}", own.name, choice.name)).at(choice.span);
    item.title.clone_from(&choice.title);
    let set = lang.pick("prøv det med", "try it with");
    item.children =
        vec![changed, Item::new(ItemKind::Note, format!("{set}: --reading {}={}", own.name, choice.name))];
    Some(item)
}

/// A result that another answer has otherwise: what it is there, and what it is here.
fn changed(answer: &Answer, line: &AnswerLine, then: &Answer, lang: Lang) -> Option<Item> {
    let who = |answer: &Answer, line: &AnswerLine| line.entity.map(|id| answer.facts.get(id).name.clone());
    let own = who(answer, line);
    let other = then.lines.iter().find(|other| other.name == line.name && who(then, other) == own)?;
    let (now, new) = (in_words(answer, line, lang), in_words(then, other, lang));
    // Numbers are compared exactly: what is shown of them may be the same.
    let same = match (answer.outcome(line).datum(), then.outcome(other).datum()) {
        (Some(now), Some(new)) => now == new,
        (_, _) => now == new,
    };
    if same {
        return None;
    }
    let who = own.map(|name| format!(" {} {name}", lang.pick("for", "for"))).unwrap_or_default();
    let item = Item::new(ItemKind::Value, format!("{}{who}", line.name)).value(new);
    Some(item.says(format!("{} {now}", lang.pick("i stedet for", "instead of"))))
}

/// A result in words.
pub(super) fn in_words(answer: &Answer, line: &AnswerLine, lang: Lang) -> String {
    let (ty, show) = answer.typed(line);
    answer.words(lang).outcome(answer.outcome(line), ty, show)
}
