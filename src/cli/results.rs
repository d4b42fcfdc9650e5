//! Results for people and spreadsheets.

use serde_json::Value;

use crate::base::Lang;
use crate::eval::Outcome;
use crate::render::{Align, Look, Table, csv_text, visible};
use crate::session::{Answer, Group, Session, sheet};

/// Shows an answer as tables, one a clause, with notes on what should be read with the results.
pub(super) fn results_text(answer: &Answer, what_ifs: &[String], look: &Look) -> String {
    let sheet = sheet(answer, look.lang);
    let mut out = String::new();
    for group in &sheet.groups {
        out.push_str(&heading(group));
        out.push_str(&rows(group, look));
        for note in &group.notes {
            out.push_str(&wrapped(&format!("{} {}", note.mark.sign(), visible(&note.text)), look.width));
        }
        out.push('\n');
    }
    if !what_ifs.is_empty() {
        let hypothetical = look.lang.pick("med antagne ændringer", "with what-ifs");
        out.push_str(&wrapped(&format!("{hypothetical}: {}", visible(&what_ifs.join("; "))), look.width));
    }
    let computed = look.lang.pick("regnet for", "computed for");
    out.push_str(&format!("{computed} {}\n", answer.moment.print(look.lang)));
    out
}

fn heading(group: &Group) -> String {
    let Some(clause) = &group.clause else { return String::new() };
    let title = group.title.as_ref().map(|title| format!(" \"{title}\"")).unwrap_or_default();
    format!("{}\n", visible(&format!("{clause}{title}")))
}

fn rows(group: &Group, look: &Look) -> String {
    let mut table = Table::new([("", Align::Left), ("", Align::Left), ("", Align::Right), ("", Align::Left)]);
    let mut previous = "";
    for row in &group.rows {
        let name = if row.name == previous { String::new() } else { format!("  {}", row.name) };
        let marks: String = row.marks.iter().map(|mark| mark.sign()).collect();
        table.row([name, row.entity.clone().unwrap_or_default(), row.value.clone(), marks]);
        previous = &row.name;
    }
    table.render(look.width)
}

/// What the files of data say of themselves, of each its first paragraph: what it gives may be invented.
pub(super) fn data_notes(session: &Session, look: &Look) -> String {
    let lang = look.lang;
    let one = |(file, says): (String, Vec<String>)| {
        let first = says.first().map(String::as_str).unwrap_or_default();
        let more = if says.len() > 1 { " …" } else { "" };
        let of_itself = lang.pick("siger om sig selv", "says of itself");
        textwrap::fill(&visible(&format!("{file} {of_itself}: {first}{more}")), look.width) + "\n"
    };
    session.data_notes(lang).into_iter().map(one).collect()
}

/// Wraps a note, its further lines indented below its first.
fn wrapped(text: &str, width: usize) -> String {
    let options = textwrap::Options::new(width).initial_indent("   ").subsequent_indent("     ");
    textwrap::fill(text, options) + "\n"
}

/// Writes an answer for spreadsheets, one row a result. The fields are those of the JSON form.
pub(super) fn results_csv(session: &Session, answer: &Answer, lang: Lang) -> String {
    const COLUMNS: [&str; 13] = [
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
        "hypothetical",
        "year",
        "what_if",
    ];
    let json = session.results_json(answer, lang);
    let results = json.get("results").and_then(Value::as_array).cloned().unwrap_or_default();
    let (year, what_ifs) = (answer.moment.print(lang), session.what_ifs().join("; "));
    let cell = |result: &Value, column: &str| match result.get(column) {
        _ if column == "year" => year.clone(),
        // What the whole question lays over the rules or leaves out of them.
        _ if column == "what_if" => what_ifs.clone(),
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

/// Tells whether any result is an error. Where everything is asked for, what needs a day to be answered is none: its row
/// says so, and the others are answered.
pub(super) fn has_error(answer: &Answer) -> bool {
    answer.lines.iter().any(|line| match answer.outcome(line) {
        Outcome::Error(problem) => !(answer.of_everything && problem.needs_day()),
        Outcome::Value(_) | Outcome::Unknown(_) | Outcome::DoesNotApply(_) => false,
    })
}
