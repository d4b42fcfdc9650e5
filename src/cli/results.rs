//! Results for people and spreadsheets.

use serde_json::Value;

use crate::base::Lang;
use crate::eval::Outcome;
use crate::explain::Rests;
use crate::model::Model;
use crate::render::{Align, Look, Table, csv_text, visible};
use crate::session::{Answer, AnswerLine, Session, Target};

/// Shows an answer as tables, one a clause, with what the results rest on below.
pub(super) fn results_text(answer: &Answer, look: &Look) -> String {
    let model = &answer.plan.model;
    let mut out = String::new();
    let mut lines = answer.lines.iter().peekable();
    while let Some(first) = lines.peek() {
        let clause = clause_of(first, model);
        let mut group = Vec::new();
        while let Some(line) = lines.next_if(|line| clause_of(line, model) == clause) {
            group.push(line);
        }
        if let Some(heading) = clause.map(|name| heading(model, name)) {
            out.push_str(&format!("{}\n", visible(&heading)));
        }
        out.push_str(&group_table(answer, &group, look));
        out.push('\n');
    }
    out.push_str(&notes(answer, look.lang));
    out
}

fn clause_of<'m>(line: &AnswerLine, model: &'m Model) -> Option<&'m str> {
    match line.target {
        Target::Def(def) => Some(&model.clauses[model.defs[def].clause].name),
        Target::Expr(_) => None,
    }
}

fn heading(model: &Model, name: &str) -> String {
    let clause = model.clauses.iter().find(|clause| clause.name == name);
    match clause.and_then(|clause| clause.title.as_ref()) {
        Some(title) => format!("{name}: {title}"),
        None => name.to_owned(),
    }
}

fn group_table(answer: &Answer, group: &[&AnswerLine], look: &Look) -> String {
    let model = &answer.plan.model;
    let words = answer.words(look.lang);
    let mut table = Table::new([("", Align::Left), ("", Align::Left), ("", Align::Right)]);
    let mut previous = "";
    for line in group {
        let name: &str = match line.target {
            Target::Def(def) => &model.defs[def].name,
            Target::Expr(_) => &line.name,
        };
        let entity = line.entity.map(|entity| words.entity(entity).to_owned()).unwrap_or_default();
        let (ty, show) = answer.typed(line);
        let value = words.outcome(answer.outcome(line), ty, show);
        let shown = if name == previous { String::new() } else { format!("  {name}") };
        table.row([shown, entity, value]);
        previous = name;
    }
    table.render(look.width)
}

/// What the results rest on: the year, what-ifs, readings and assumptions.
fn notes(answer: &Answer, lang: Lang) -> String {
    let words = answer.words(lang);
    let mut readings = Vec::new();
    let mut assumptions = Vec::new();
    let mut hypothetical = false;
    for line in &answer.lines {
        let rests = Rests::of(words, &answer.trace, line.step);
        let (chosen, plain) = rests.readings(words);
        hypothetical |= rests.is_hypothetical(words, &answer.trace);
        add_new(&mut readings, chosen);
        add_new(&mut assumptions, plain);
    }
    let mut out = format!("{}: {}\n", lang.pick("regnet for", "computed for"), answer.moment.print(lang));
    if hypothetical {
        out.push_str(lang.pick("heri indgår antagne ændringer\n", "what-ifs are part of this\n"));
    }
    let mut list = |title: &str, all: &[String]| {
        if !all.is_empty() {
            out.push_str(&format!("{title}: {}\n", visible(&all.join(", "))));
        }
    };
    list(lang.pick("læsninger", "readings"), &readings);
    list(lang.pick("hviler på antagelserne", "rests on the assumptions"), &assumptions);
    out
}

fn add_new(all: &mut Vec<String>, more: Vec<String>) {
    for name in more {
        if !all.contains(&name) {
            all.push(name);
        }
    }
}

/// Writes an answer for spreadsheets, one row a result. The fields are those of the JSON form.
pub(super) fn results_csv(session: &Session, answer: &Answer, lang: Lang) -> String {
    const COLUMNS: [&str; 10] = [
        "target",
        "entity",
        "state",
        "exact",
        "unit",
        "price_level",
        "status",
        "text",
        "missing",
        "readings",
    ];
    let json = session.results_json(answer, lang);
    let results = json.get("results").and_then(Value::as_array).cloned().unwrap_or_default();
    let cell = |result: &Value, column: &str| match result.get(column) {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(all)) => {
            all.iter().map(|v| v.as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>().join("; ")
        }
        Some(Value::Object(map)) => map.values().filter_map(Value::as_str).collect::<Vec<_>>().join("; "),
        Some(other) => other.to_string(),
    };
    let head = std::iter::once(COLUMNS.iter().map(|column| (*column).to_owned()).collect::<Vec<_>>());
    let rows = results.iter().map(|result| COLUMNS.iter().map(|column| cell(result, column)).collect());
    let all: Vec<Vec<String>> = head.chain(rows).collect();
    csv_text(&all)
}

/// Tells whether any result is an error.
pub(super) fn has_error(answer: &Answer) -> bool {
    answer.lines.iter().any(|line| matches!(answer.outcome(line), Outcome::Error(_)))
}
