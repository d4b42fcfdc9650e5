//! The same case in the other language.

use serde_json::Value;

use super::Case;
use crate::base::{Bi, Lang, bi, one_line};
use crate::diag::{Problems, Report};
use crate::session::Session;
use crate::syntax::print;

/// Translates the rules of a case and everything that is asked of them.
pub(super) fn twin(case: &Case, session: &Session) -> Result<Case, Bi> {
    let mut other = case.clone();
    let to = session.lang().pick(Lang::En, Lang::Da);
    let refused = |why: Bi| {
        let (da, en) = (why.da, why.en);
        bi!("kan ikke oversættes: {da}", "cannot be translated: {en}")
    };
    other.files.clear();
    for (file, id) in session.files().iter().zip(session.rule_files()) {
        let source = session.sources().file(*id);
        let text = print(file, source, to).map_err(|problem| refused(problem.report().message))?;
        other.files.push((source.name.clone(), text));
    }
    for expect in &mut other.expect {
        expect.ask = expression(&expect.ask, session.lang(), to).map_err(refused)?;
    }
    if let Some(data) = &mut other.data {
        *data = figures(data, session.lang(), to)?;
    }
    for set in &mut other.set {
        *set = assignment(set, session.lang(), to).map_err(refused)?;
    }
    Ok(other)
}

/// Figures that data write as texts, `"1,5 mio. kr."`, stand in the language of the rules.
fn figures(data: &str, from: Lang, to: Lang) -> Result<String, Bi> {
    let mut root: Value = serde_json::from_str(data).map_err(|error| Bi::same(error.to_string()))?;
    translate_figures(&mut root, from, to);
    Ok(root.to_string())
}

fn translate_figures(value: &mut Value, from: Lang, to: Lang) {
    match value {
        Value::String(text) if text.starts_with(|c: char| c.is_numeric() || matches!(c, '-' | '−')) => {
            // What is no figure, such as a name that begins with a digit, stays.
            *text = expression(text, from, to).unwrap_or_else(|_| text.clone());
        }
        Value::Array(all) => all.iter_mut().for_each(|item| translate_figures(item, from, to)),
        Value::Object(map) => map.values_mut().for_each(|item| translate_figures(item, from, to)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// A question is translated as the value of a definition.
fn expression(text: &str, from: Lang, to: Lang) -> Result<String, Bi> {
    let printed = translated(&format!("{} q\n  q_ = {text}\n", from.pick("klausul", "clause")), from, to)?;
    Ok(printed.split_once(" = ").map_or(printed.clone(), |(_, value)| value.trim().to_owned()))
}

/// A what-if is translated as a line of a scenario.
fn assignment(text: &str, from: Lang, to: Lang) -> Result<String, Bi> {
    let printed = translated(&format!("{} q\n  {text}\n", from.pick("scenarie", "scenario")), from, to)?;
    Ok(printed.split_once(" q ").map_or(printed.clone(), |(_, line)| line.trim().to_owned()))
}

/// Prints a small file in the other language, its lines joined.
fn translated(text: &str, from: Lang, to: Lang) -> Result<String, Bi> {
    let mut session = Session::new();
    let id = session.add_rules("case", text.as_bytes());
    let (Some(file), Some(id)) = (session.files().first(), id) else { return Err(Bi::same(text)) };
    // A question in neither language is asked as it stands; what is wrong with it is told then.
    if session.parsed().has_errors() || file.lang != from {
        return Err(first_finding(session.parsed()));
    }
    let printed = print(file, session.sources().file(id), to).map_err(|problem| problem.report().message)?;
    Ok(one_line(&printed))
}

fn first_finding(problems: &Problems) -> Bi {
    problems.sorted().into_iter().next().map(|found| found.message).unwrap_or_else(|| Bi::same("?"))
}
