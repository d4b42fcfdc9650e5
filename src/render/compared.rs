//! Worlds side by side, as text.

use super::sweep::wrapped;
use super::{Align, Look, Table, visible};
use crate::base::{Lang, bi};
use crate::compare::{ToldBridge, ToldCell, ToldClause, ToldColumn, ToldDiff, ToldResult, ToldRow};

/// Shows what differs as tables, one a clause, with the columns and what was changed in them above.
pub fn compared_text(diff: &ToldDiff, look: &Look) -> String {
    let lang = diff.lang;
    let mut out: String =
        diff.columns.iter().enumerate().map(|(at, column)| head(at, column, diff, look)).collect();
    for clause in &diff.clauses {
        out.push('\n');
        out.push_str(&self::clause(clause, diff, look));
    }
    for bridge in &diff.bridges {
        out.push('\n');
        out.push_str(&self::bridge(bridge, diff, look));
    }
    out.push('\n');
    out.push_str(&wrapped(&counted(diff, lang), 0, look));
    out
}

/// Says how many results differ, and how many are the same.
pub(super) fn counted(diff: &ToldDiff, lang: Lang) -> String {
    let (differing, same, lacking) = (diff.differing, diff.same, diff.lacking);
    let differ = match differing {
        0 => bi!("ingen resultater er forskellige", "no results differ"),
        1 => bi!("1 resultat er forskelligt", "1 result differs"),
        _ => bi!("{differing} resultater er forskellige", "{differing} results differ"),
    };
    let others = match same {
        1 => bi!("1 er ens", "1 is the same"),
        _ => bi!("{same} er ens", "{same} are the same"),
    };
    let lack = (lacking > 0).then(|| {
        bi!(
            ", heraf {lacking} ukendt, hvor kun det, der mangler, er et andet",
            ", {lacking} of them unknown, where only what is missing differs"
        )
    });
    let lack = lack.map(|words| words.get(lang).to_owned()).unwrap_or_default();
    format!("{}; {}{lack}", differ.get(lang), others.get(lang))
}

fn head(at: usize, column: &ToldColumn, diff: &ToldDiff, look: &Look) -> String {
    let says = column_says(at, column, diff.lang);
    let says = if says == column.name { String::new() } else { format!(": {says}") };
    wrapped(&format!("{} ({}){says}", column.name, column.when), 0, look)
}

/// What was changed in a column.
pub(super) fn column_says(at: usize, column: &ToldColumn, lang: Lang) -> String {
    match (at, column.says.is_empty()) {
        (0, true) => lang.pick("alt, som det står", "everything as it stands").to_owned(),
        (_, true) => lang.pick("intet ændret", "nothing changed").to_owned(),
        (_, false) => column.says.join("; "),
    }
}

fn clause(clause: &ToldClause, diff: &ToldDiff, look: &Look) -> String {
    let mut out = String::new();
    if let Some(name) = &clause.clause {
        let title = clause.title.as_ref().map(|title| format!(" \"{title}\"")).unwrap_or_default();
        let basis = if clause.basis.is_empty() { String::new() } else { format!(" ({})", clause.basis) };
        out.push_str(&wrapped(&format!("{name}{title}{basis}"), 0, look));
    }
    out.push_str(&table(clause, diff, look));
    for note in &clause.notes {
        out.push_str(&wrapped(note, 3, look));
    }
    out
}

/// With one column, the difference has columns of its own; of more it stands below each value, and what does not fit beside
/// the others comes in a table of its own.
fn table(clause: &ToldClause, diff: &ToldDiff, look: &Look) -> String {
    if let [_, _] = diff.columns.as_slice() {
        return one_column(clause, diff, look);
    }
    let first = widest(lines(clause, diff.lang).map(|(label, _)| label));
    let column = |at: usize| {
        let head = diff.columns.get(at).map(|column| column.name.clone()).unwrap_or_default();
        widest(
            lines(clause, diff.lang)
                .filter_map(|(_, row)| Some(stacked(at, row?.cells.get(at)?)))
                .chain([head]),
        )
    };
    let mut out = String::new();
    let mut shown: Vec<usize> = vec![0];
    let mut width = first + column(0);
    for at in 1..diff.columns.len() {
        if width + column(at) > look.width && shown.len() > 1 {
            out.push_str(&beside(clause, diff, &shown, look));
            (shown, width) = (vec![0], first + column(0));
        }
        shown.push(at);
        width += column(at);
    }
    out + &beside(clause, diff, &shown, look)
}

/// How wide a column of texts stands.
fn widest(all: impl Iterator<Item = String>) -> usize {
    let lines = all.flat_map(|text| text.lines().map(textwrap::core::display_width).collect::<Vec<_>>());
    lines.max().unwrap_or(0) + 2
}

fn beside(clause: &ToldClause, diff: &ToldDiff, columns: &[usize], look: &Look) -> String {
    let heads = columns.iter().filter_map(|at| diff.columns.get(*at));
    let mut table = Table::new(
        std::iter::once(("", Align::Left)).chain(heads.map(|one| (one.name.as_str(), Align::Right))),
    );
    for (label, row) in lines(clause, diff.lang) {
        let cell = |at: &usize| row.and_then(|row| row.cells.get(*at)).map(|cell| stacked(*at, cell));
        let cells = columns.iter().map(|at| cell(at).unwrap_or_default());
        table.row(std::iter::once(label).chain(cells));
    }
    table.render(look.width)
}

fn one_column(clause: &ToldClause, diff: &ToldDiff, look: &Look) -> String {
    let lang = diff.lang;
    let [by, percent] = [("forskel", "difference"), ("i pct.", "per cent")].map(|(da, en)| lang.pick(da, en));
    let name = |at: usize| diff.columns.get(at).map(|column| column.name.as_str()).unwrap_or_default();
    let heads = [
        ("", Align::Left),
        (name(0), Align::Right),
        (name(1), Align::Right),
        (by, Align::Right),
        (percent, Align::Right),
    ];
    let mut table = Table::new(heads);
    for (label, row) in lines(clause, lang) {
        let text = |at: usize| {
            row.and_then(|row| row.cells.get(at)).map(|cell| cell.text.clone()).unwrap_or_default()
        };
        let [by, percent] = changed(row.and_then(|row| row.cells.get(1)));
        let percent = percent.trim_end_matches(lang.pick(" pct.", " per cent")).to_owned();
        table.row([label, text(0), text(1), by, percent]);
    }
    table.render(look.width)
}

/// The lines of a clause's table: a result for all on one line, one for several below its name.
fn lines(clause: &ToldClause, lang: Lang) -> impl Iterator<Item = (String, Option<&ToldRow>)> {
    clause.results.iter().flat_map(move |result| {
        let all: Vec<&ToldRow> = rows(result).collect();
        match all.as_slice() {
            [only] if only.who.is_none() => vec![(format!(" {}", result.name), Some(*only))],
            _ => {
                let below = all.into_iter().map(|row| (format!("   {}", who(row, result, lang)), Some(row)));
                std::iter::once((format!(" {}", result.name), None)).chain(below).collect()
            }
        }
    })
}

/// The rows of a result, the sum over everybody last.
pub(super) fn rows(result: &ToldResult) -> impl Iterator<Item = &ToldRow> {
    result.rows.iter().chain(&result.total)
}

/// For whom a row is; of a sum that it is one.
pub(super) fn who(row: &ToldRow, result: &ToldResult, lang: Lang) -> String {
    let is_total = result.total.as_ref().is_some_and(|total| std::ptr::eq(total, row));
    match (&row.who, is_total) {
        (Some((_, name)), _) => name.clone(),
        (None, true) => lang.pick("i alt", "in total").to_owned(),
        (None, false) => String::new(),
    }
}

fn changed(cell: Option<&ToldCell>) -> [String; 2] {
    let change = cell.and_then(|cell| cell.change.as_ref());
    let percent = change.and_then(|change| change.percent.as_ref()).map(|(_, text)| text.clone());
    [change.map(|change| change.text.clone()).unwrap_or_default(), percent.unwrap_or_default()]
}

fn stacked(at: usize, cell: &ToldCell) -> String {
    if at > 0 && cell.change.is_none() {
        return "=".to_owned();
    }
    let [by, percent] = changed(Some(cell));
    let lines = [cell.text.clone(), by, percent];
    lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// The heading of a bridge: of what, for whom, to which column.
pub(super) fn bridge_title(bridge: &ToldBridge, diff: &ToldDiff) -> String {
    let lang = diff.lang;
    let who = match (&bridge.who, bridge.is_total) {
        (Some((_, name)), _) => format!(" · {name}"),
        (None, true) => format!(" · {}", lang.pick("i alt", "in total")),
        (None, false) => String::new(),
    };
    let column = diff.columns.get(bridge.column).map(|column| column.name.clone()).unwrap_or_default();
    lang.pick(
        format!("bro til {column}: {}{who}", bridge.name),
        format!("bridge to {column}: {}{who}", bridge.name),
    )
}

/// What a step adds, in words: what is not known is told, and never 0.
pub(super) fn term(bridge: &ToldBridge, step: usize, lang: Lang) -> String {
    let known = bridge.points.get(step).and_then(|point| point.term.as_ref()).map(|(_, text)| text.clone());
    known.unwrap_or_else(|| lang.pick("ukendt", "not known").to_owned())
}

/// What is said below a bridge: which steps are told together, and how the terms are made.
pub(super) fn bridge_notes(bridge: &ToldBridge, lang: Lang) -> Vec<String> {
    let mut notes: Vec<String> = bridge
        .joints
        .iter()
        .map(|(from, to, _, by)| {
            bi!("trin {from} til {to} giver tilsammen {by}", "steps {from} to {to} add {by} together")
                .get(lang)
                .to_owned()
        })
        .collect();
    if bridge.points.len() > 2 {
        let order = bi!(
            "ændringerne er lagt på i den rækkefølge, de er skrevet; i en anden rækkefølge kan leddene blive andre, men ikke summen",
            "the changes are laid in the order in which they are written; in another order the terms may be others, but not their sum"
        );
        notes.push(order.get(lang).to_owned());
    }
    notes
}

fn bridge(bridge: &ToldBridge, diff: &ToldDiff, look: &Look) -> String {
    let lang = diff.lang;
    let mut out = wrapped(&bridge_title(bridge, diff), 0, look);
    let mut table = Table::new([
        ("", Align::Right),
        ("", Align::Left),
        (lang.pick("led", "term"), Align::Right),
        (lang.pick("derefter", "then"), Align::Right),
    ]);
    for (at, point) in bridge.points.iter().enumerate() {
        let (number, words, term) = match at {
            0 => (String::new(), base_name(diff), String::new()),
            _ => (at.to_string(), visible(&point.words).into_owned(), term(bridge, at, lang)),
        };
        table.row([number, words, term, point.text.clone()]);
    }
    if let Some((_, whole)) = bridge.whole.as_ref().filter(|_| bridge.points.len() > 2) {
        table.row(["", lang.pick("i alt", "in total"), whole, ""]);
    }
    out.push_str(&table.render(look.width));
    for note in bridge_notes(bridge, lang) {
        out.push_str(&wrapped(&note, 3, look));
    }
    out
}

pub(super) fn base_name(diff: &ToldDiff) -> String {
    diff.columns.first().map(|column| column.name.clone()).unwrap_or_default()
}
