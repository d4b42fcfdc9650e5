//! From `--with` to the columns of a comparison.

use std::path::PathBuf;

use super::args::{Situation, data_arg};
use super::asking::{data_of, is_file, lay_file, session, told};
use super::{Console, Exit};
use crate::base::{Lang, SourceFile, SourceMap};
use crate::compare::{Change, Column, CompareProblem, Side, Step, line_steps};
use crate::diag::{Problems, Report, nearest};
use crate::facts::Moment;
use crate::model::Origin;
use crate::session::Session;
use crate::syntax::ast::StmtKind;
use crate::syntax::parse_scenario_line;
use crate::value::Date;

/// Makes the columns that a command line asks for, each from the world it is compared with.
///
/// # Errors
/// When one of them cannot be read, or something in it is wrong; that has been told.
pub(super) fn columns(
    console: &mut Console<'_>,
    base: &Side,
    situation: &Situation,
    with: &[String],
) -> Result<Vec<Column>, Exit> {
    let lang = console.lang(Some(base.session.lang()));
    let mut all: Vec<Column> = Vec::new();
    for (at, text) in with.iter().enumerate() {
        let column = column(console, base, situation, (at, text))?;
        if all.iter().any(|other| other.name == column.name) {
            let problem = CompareProblem::Twice { name: column.name };
            return Err(console.refuse(problem.report(), lang, Exit::Usage));
        }
        all.push(column);
    }
    Ok(all)
}

/// A part of a column, as it was understood.
enum Part<'t> {
    Rules(&'t str),
    Data(&'t str),
    Moment(Moment),
    Without(&'t str),
    Scenario(&'t str),
    Assign(&'t str),
    Line(&'t str),
    Unread(&'t str),
}

/// Names longer than this are given a number instead.
const LONGEST_NAME: usize = 28;

fn column(
    console: &mut Console<'_>,
    base: &Side,
    situation: &Situation,
    (at, text): (usize, &str),
) -> Result<Column, Exit> {
    let (name, text) = named(text);
    let parts = split(text, ';');
    let (mut side, mut other_rules) = (base.clone(), None);
    let understood: Vec<Part<'_>> = parts.iter().map(|part| understand(part, base.session.lang())).collect();
    for part in &understood {
        if let Part::Rules(path) = part {
            side.session = session(console, &[PathBuf::from(path)], situation)?;
            let word = side.session.lang().pick("regler", "rules");
            other_rules = Some(format!("{word} {path}"));
        }
    }
    let start = (side.session.data().clone(), side.session.layers().to_vec());
    let mut steps = Vec::new();
    for (part, written) in understood.iter().zip(&parts) {
        steps.extend(laid(console, &mut side, part, written)?);
    }
    // The way begins without what was laid, but with the texts of all of it.
    let mut first = Side { moment: base.moment, ..side };
    first.session.set_data(start.0);
    first.session.restore_layers(start.1);
    let plain = text.trim();
    let short = understood.iter().any(|part| matches!(part, Part::Scenario(_)))
        || plain.chars().count() <= LONGEST_NAME;
    let name = match name {
        Some(name) => name.to_owned(),
        None if short && parts.len() == 1 => bare(plain).to_owned(),
        None => letter(at),
    };
    Ok(Column { name, other_rules, start: first, steps })
}

/// The name of a scenario without the word before it.
fn bare(text: &str) -> &str {
    worded(text, &["scenarie", "scenario"]).unwrap_or(text)
}

/// `a`, `b` … `z`, `27`.
fn letter(at: usize) -> String {
    u8::try_from(at)
        .ok()
        .filter(|at| *at < 26)
        .map_or((at + 1).to_string(), |at| char::from(b'a' + at).to_string())
}

/// Lays a part over a world, and returns the steps it makes.
fn laid(
    console: &mut Console<'_>,
    side: &mut Side,
    part: &Part<'_>,
    written: &str,
) -> Result<Vec<Step>, Exit> {
    let lang = console.lang(Some(side.session.lang()));
    let from = side.session.layers().len();
    let result = match part {
        Part::Rules(_) => return Ok(Vec::new()),
        Part::Moment(moment) => {
            side.moment = Some(*moment);
            let words = written.trim().to_owned();
            return Ok(vec![Step { words, change: Change::Moment(*moment) }]);
        }
        Part::Data(files) => {
            let args: Vec<_> = split(files, ',').into_iter().filter_map(|file| data_arg(file).ok()).collect();
            data_of(console, &mut side.session, &args)?;
            let change = Change::Data(Box::new(side.session.data().clone()));
            return Ok(vec![Step { words: written.trim().to_owned(), change }]);
        }
        Part::Scenario(file) if is_file(file) => {
            lay_file(console, &mut side.session, file)?;
            return Ok(line_steps(&side.session, from));
        }
        Part::Without(name) => side.session.without(name, Origin::Set),
        Part::Scenario(name) if is_scenario(&side.session, name) => side.session.use_scenario(name),
        Part::Assign(text) => side.session.assign("--with", text, Origin::Set),
        Part::Line(text) => side.session.lay_line("--with", text, Origin::Set),
        Part::Scenario(part) | Part::Unread(part) => {
            let names = scenarios(&side.session);
            let near = nearest(part, names.iter().map(String::as_str)).map(str::to_owned);
            let problem = CompareProblem::Column { part: (*part).to_owned(), nearest: near };
            return Err(console.refuse(problem.report(), lang, Exit::Usage));
        }
    };
    told(console, &side.session, lang, result)?;
    Ok(line_steps(&side.session, from))
}

fn scenarios(session: &Session) -> Vec<String> {
    session.check().plan.model.scenarios.keys().cloned().collect()
}

fn is_scenario(session: &Session, name: &str) -> bool {
    scenarios(session).iter().any(|known| known == name)
}

/// Tells what a part of a column is.
fn understand(part: &str, lang: Lang) -> Part<'_> {
    let part = part.trim();
    let is_year = part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    if let Some(year) = part.parse().ok().filter(|_| is_year) {
        return Part::Moment(Moment::Year(year));
    }
    if let Some(day) = Date::from_iso(part) {
        return Part::Moment(Moment::Day(day));
    }
    if let Some(path) = worded(part, &["regler", "rules"]) {
        return Part::Rules(path);
    }
    if let Some(files) = worded(part, &["data"]) {
        return Part::Data(files);
    }
    if let Some(name) = worded(part, &["uden", "without"]) {
        return Part::Without(name);
    }
    if let Some(name) = worded(part, &["scenarie", "scenario"]) {
        return Part::Scenario(name);
    }
    match line(part, lang) {
        Some(StmtKind::Year(year)) => Part::Moment(Moment::Year(year)),
        Some(StmtKind::Day(day)) => Part::Moment(Moment::Day(day)),
        Some(StmtKind::Reading { .. } | StmtKind::Switch { .. } | StmtKind::EntityFacts { .. }) => {
            Part::Line(part)
        }
        _ if part.contains('=') => Part::Assign(part),
        _ if part.is_empty() || part.contains(char::is_whitespace) => Part::Unread(part),
        _ => Part::Scenario(part),
    }
}

/// A part as a line of a scenario, where it is one.
fn line(part: &str, lang: Lang) -> Option<StmtKind> {
    let mut map = SourceMap::new();
    let file = map.add(SourceFile::new("", part));
    let mut problems = Problems::new();
    parse_scenario_line(&map, file, lang, &mut problems)
        .filter(|_| !problems.has_errors())
        .map(|stmt| stmt.kind)
}

/// What follows one of some words.
fn worded<'t>(text: &'t str, words: &[&str]) -> Option<&'t str> {
    let (first, rest) = text.split_once(char::is_whitespace)?;
    words.contains(&first).then(|| rest.trim()).filter(|rest| !rest.is_empty())
}

/// Takes the name off a column: `navn: …`. A name holds no `=`, and a space follows it.
fn named(text: &str) -> (Option<&str>, &str) {
    match text.split_once(": ").map(|(name, rest)| (name.trim(), rest)) {
        Some((name, rest)) if !name.is_empty() && !name.contains(['=', ';', '"', '[', '(']) => {
            (Some(name), rest)
        }
        _ => (None, text),
    }
}

/// Splits a text at a sign that stands outside brackets and quotation marks.
fn split(text: &str, sign: char) -> Vec<&str> {
    let (mut depth, mut quoted, mut start, mut parts) = (0_usize, false, 0, Vec::new());
    for (at, letter) in text.char_indices() {
        match letter {
            '"' => quoted = !quoted,
            '[' | '(' if !quoted => depth = depth.saturating_add(1),
            ']' | ')' if !quoted => depth = depth.saturating_sub(1),
            letter if letter == sign && !quoted && depth == 0 => {
                parts.push(text.get(start..at).unwrap_or_default().trim());
                start = at + letter.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(text.get(start..).unwrap_or_default().trim());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_taken_apart_outside_brackets_and_quotes() {
        assert_eq!(split("a[1; 2] = 3; \"x; y\" ;z", ';'), ["a[1; 2] = 3", "\"x; y\"", "z"]);
        assert_eq!(named("uden loft: k.loft = 0 kr."), (Some("uden loft"), "k.loft = 0 kr."));
        assert_eq!(named("k.x = \"a: b\""), (None, "k.x = \"a: b\""));
        assert_eq!(named("data C:\\a.json"), (None, "data C:\\a.json"));
        assert_eq!((letter(0), letter(26)), ("a".to_owned(), "27".to_owned()));
    }
}
