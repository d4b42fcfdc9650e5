//! Worlds side by side as a page: all in one file, without a script; each chart has its figures in a table.

use super::charts::{Bar, BarKind, bars};
use super::compared::{base_name, bridge_notes, bridge_title, column_says, counted, rows, term, who};
use super::page::escaped;
use crate::base::Lang;
use crate::compare::{ToldBridge, ToldCell, ToldClause, ToldDiff, ToldResult};
use crate::value::Number;

/// How the page looks; light, and black on white on paper.
const STYLE: &str = include_str!("compared.css");

/// What stands on the page besides the comparison.
#[derive(Clone, Copy, Debug)]
pub struct Around<'a> {
    /// What is compared: the name of the agreement.
    pub title: &'a str,
    /// The SHA-256 of the rules.
    pub rules: &'a str,
    /// What the files of data say of themselves.
    pub notes: &'a [(String, Vec<String>)],
}

/// Writes what differs as a page.
pub fn compared_html(diff: &ToldDiff, around: Around<'_>) -> String {
    let lang = diff.lang;
    let heading = lang.pick("Hvad ændrer sig", "What changes");
    let title = format!("{heading}: {}", escaped(around.title));
    let body = [
        columns(diff),
        format!("<p class=\"count\">{}</p>\n", escaped(&counted(diff, lang))),
        diff.bridges.iter().map(|bridge| self::bridge(bridge, diff)).collect(),
        diff.clauses.iter().map(|clause| self::clause(clause, diff)).collect(),
        foot(around, lang),
    ];
    let code = lang.pick("da", "en");
    format!(
        "<!DOCTYPE html>\n<html lang=\"{code}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n{}</main>\n</body>\n</html>\n",
        body.concat()
    )
}

fn columns(diff: &ToldDiff) -> String {
    let lang = diff.lang;
    let one = |(at, column): (usize, &crate::compare::ToldColumn)| {
        let says = column_says(at, column, lang);
        format!(
            "<tr><th scope=\"row\">{}</th><td>{}</td><td class=\"words\">{}</td></tr>\n",
            escaped(&column.name),
            escaped(&column.when),
            escaped(&says)
        )
    };
    let rows: String = diff.columns.iter().enumerate().map(one).collect();
    let [column, when, says] =
        [("kolonne", "column"), ("regnet for", "computed for"), ("hvad er ændret", "what is changed")]
            .map(|(da, en)| lang.pick(da, en));
    let caption = lang.pick("Det, der sammenlignes", "What is compared");
    format!(
        "<table class=\"columns\">\n<caption>{caption}</caption>\n<thead><tr><th scope=\"col\">{column}</th><th scope=\"col\">{when}</th><th scope=\"col\">{says}</th></tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n"
    )
}

fn clause(clause: &ToldClause, diff: &ToldDiff) -> String {
    let lang = diff.lang;
    let name = clause.clause.as_deref().unwrap_or(lang.pick("Udtryk", "Expressions"));
    let heading = clause.title.as_deref().unwrap_or(name);
    let basis =
        if clause.basis.is_empty() { String::new() } else { format!(" · {}", escaped(&clause.basis)) };
    let under = format!("<p class=\"soft\"><code>{}</code>{basis}</p>\n", escaped(name));
    let charts: String = clause.results.iter().map(|result| chart(result, diff)).collect();
    let notes: String = clause.notes.iter().map(|note| format!("<li>{}</li>\n", escaped(note))).collect();
    let notes = if notes.is_empty() { notes } else { format!("<ul class=\"notes\">\n{notes}</ul>\n") };
    format!(
        "<section>\n<h2>{}</h2>\n{under}{}{charts}{notes}</section>\n",
        escaped(heading),
        table(clause, diff)
    )
}

fn table(clause: &ToldClause, diff: &ToldDiff) -> String {
    let lang = diff.lang;
    let [result, whom, by, percent] =
        [("resultat", "result"), ("for", "for"), ("forskel", "difference"), ("i pct.", "per cent")]
            .map(|(da, en)| lang.pick(da, en));
    let heads = diff.columns.iter().enumerate().map(|(at, column)| {
        let name = escaped(&column.name);
        match at {
            0 => format!("<th scope=\"col\">{name}</th>"),
            _ => format!(
                "<th scope=\"col\">{name}</th><th scope=\"col\">{by}</th><th scope=\"col\">{percent}</th>"
            ),
        }
    });
    let heads: String = heads.collect();
    let group = |result: &ToldResult| {
        let all: Vec<_> = rows(result).collect();
        let one = |(at, row): (usize, &&crate::compare::ToldRow)| {
            let name = match at {
                0 => {
                    format!("<th scope=\"rowgroup\" rowspan=\"{}\">{}</th>", all.len(), escaped(&result.name))
                }
                _ => String::new(),
            };
            let is_total = row.who.is_none() && all.len() > 1;
            let class = if is_total { " class=\"total\"" } else { "" };
            let cells: String = row.cells.iter().enumerate().map(|(at, cell)| self::cell(at, cell)).collect();
            // What is for all has nobody to name: an empty cell is no heading.
            let who = match who(row, result, lang) {
                nobody if nobody.is_empty() => "<td></td>".to_owned(),
                who => format!("<th scope=\"row\">{}</th>", escaped(&who)),
            };
            format!("<tr{class}>{name}{who}{cells}</tr>\n")
        };
        format!("<tbody>\n{}</tbody>\n", all.iter().enumerate().map(one).collect::<String>())
    };
    let groups: String = clause.results.iter().map(group).collect();
    let name = clause.title.as_deref().or(clause.clause.as_deref()).unwrap_or_default();
    format!(
        "<div class=\"wide\" role=\"group\" aria-label=\"{}\" tabindex=\"0\">\n<table class=\"figures\">\n<thead><tr><th scope=\"col\">{result}</th><th scope=\"col\">{whom}</th>{heads}</tr></thead>\n{groups}</table>\n</div>\n",
        escaped(name)
    )
}

fn cell(at: usize, cell: &ToldCell) -> String {
    let class = if cell.state == "value" { "" } else { " class=\"state\"" };
    let text = format!("<td{class}>{}</td>", escaped(&cell.text));
    if at == 0 {
        return text;
    }
    let change = cell.change.as_ref();
    let by = change.map(|change| escaped(&change.text)).unwrap_or_default();
    let percent = change.and_then(|change| change.percent.as_ref()).map(|(_, text)| escaped(text));
    format!("{text}<td>{by}</td><td>{}</td>", percent.unwrap_or_default())
}

/// The most bars of a chart; the table has all of them.
const MOST_BARS: usize = 40;

/// The differences of a result as bars, where there are several of them.
fn chart(result: &ToldResult, diff: &ToldDiff) -> String {
    let column = |at: usize| {
        let by = |cell: &ToldCell| {
            let change = cell.change.as_ref()?;
            Some((Number::from_exact(change.exact.as_deref()?)?, change.text.clone()))
        };
        let found = result.rows.iter().filter_map(|row| {
            let (by, text) = by(row.cells.get(at)?)?;
            let kind = if by.is_negative() { BarKind::Down } else { BarKind::Up };
            let label = row.who.as_ref().map(|(_, name)| name.clone())?;
            Some(Bar { label, span: Some((Number::zero(), by)), text, kind })
        });
        let all: Vec<Bar> = found.collect();
        if all.len() < 2 || all.len() > MOST_BARS {
            return None;
        }
        let name = diff.columns.get(at).map(|column| column.name.clone()).unwrap_or_default();
        let title = diff.lang.pick(
            format!("{}: forskellen i {name}", result.name),
            format!("{}: the difference in {name}", result.name),
        );
        Some(format!(
            "<figure>\n<figcaption>{}</figcaption>\n{}</figure>\n",
            escaped(&title),
            bars(&all, &title, true)
        ))
    };
    (1..diff.columns.len()).filter_map(column).collect()
}

fn bridge(bridge: &ToldBridge, diff: &ToldDiff) -> String {
    let lang = diff.lang;
    let title = bridge_title(bridge, diff);
    let [change, by, then] =
        [("ændring", "change"), ("led", "term"), ("derefter", "then")].map(|(da, en)| lang.pick(da, en));
    let row = |(at, point): (usize, &crate::compare::ToldPoint)| {
        let (number, words, by) = match at {
            0 => (String::new(), base_name(diff), String::new()),
            _ => (at.to_string(), point.words.clone(), term(bridge, at, lang)),
        };
        format!(
            "<tr><td>{number}</td><th scope=\"row\">{}</th><td>{}</td><td>{}</td></tr>\n",
            escaped(&words),
            escaped(&by),
            escaped(&point.text)
        )
    };
    let rows: String = bridge.points.iter().enumerate().map(row).collect();
    let whole = bridge.whole.as_ref().map(|(_, whole)| {
        let all = lang.pick("i alt", "in total");
        format!(
            "<tr class=\"total\"><td></td><th scope=\"row\">{all}</th><td>{}</td><td></td></tr>\n",
            escaped(whole)
        )
    });
    let (picture, cut) = steps(bridge, diff);
    let mut notes = bridge_notes(bridge, lang);
    if cut {
        let words = lang.pick("søjlerne begynder ikke ved 0", "the bars do not begin at 0");
        notes.push(words.to_owned());
    }
    let notes: String = notes.iter().map(|note| format!("<li>{}</li>\n", escaped(note))).collect();
    let notes = if notes.is_empty() { notes } else { format!("<ul class=\"notes\">\n{notes}</ul>\n") };
    format!(
        "<section>\n<h2>{title}</h2>\n<figure>\n{picture}</figure>\n<div class=\"wide\" role=\"group\" aria-label=\"{title}\" tabindex=\"0\">\n<table class=\"figures bridge\">\n<thead><tr><td></td><th scope=\"col\">{change}</th><th scope=\"col\">{by}</th><th scope=\"col\">{then}</th></tr></thead>\n<tbody>\n{rows}{}</tbody>\n</table>\n</div>\n{notes}</section>\n",
        whole.unwrap_or_default(),
        title = escaped(&title),
    )
}

/// The bridge as steps from one sum to the other, and whether it begins elsewhere than at 0.
fn steps(bridge: &ToldBridge, diff: &ToldDiff) -> (String, bool) {
    let lang = diff.lang;
    let at =
        |step: usize| bridge.points.get(step).and_then(|point| Number::from_exact(point.exact.as_deref()?));
    let known: Vec<Number> = (0..bridge.points.len()).filter_map(at).collect();
    let (least, most) = (known.iter().min().cloned(), known.iter().max().cloned());
    // Where all of them lie far from 0, the differences would not be seen beside the sums.
    let floor = least.zip(most).and_then(|(least, most)| {
        let span = most.sub(&least);
        let far = !least.is_negative() && !span.is_zero() && span.mul(&Number::from_i64(4)) < least;
        far.then(|| least.sub(&span))
    });
    let ground = floor.clone().unwrap_or_else(Number::zero);
    let whole = |step: usize, label: String| Bar {
        label,
        span: at(step).map(|end| (ground.clone(), end)),
        text: bridge.points.get(step).map(|point| point.text.clone()).unwrap_or_default(),
        kind: BarKind::Whole,
    };
    let mut all = vec![whole(0, base_name(diff))];
    for (step, point) in bridge.points.iter().enumerate().skip(1) {
        let span = at(step - 1).zip(at(step));
        let falls = span.as_ref().is_some_and(|(from, to)| to < from);
        let kind = if falls { BarKind::Down } else { BarKind::Up };
        all.push(Bar {
            label: format!("{step} {}", point.words),
            span,
            text: term(bridge, step, lang),
            kind,
        });
    }
    let column = diff.columns.get(bridge.column).map(|column| column.name.clone()).unwrap_or_default();
    all.push(whole(bridge.points.len().saturating_sub(1), column));
    (bars(&all, &bridge_title(bridge, diff), floor.is_none()), floor.is_some())
}

fn foot(around: Around<'_>, lang: Lang) -> String {
    let says = lang.pick("siger om sig selv", "says of itself");
    let one = |(file, paragraphs): &(String, Vec<String>)| {
        let words: String = paragraphs.iter().map(|words| format!("<p>{}</p>\n", escaped(words))).collect();
        format!("<blockquote>\n<p>{} {says}:</p>\n{words}</blockquote>\n", escaped(file))
    };
    let notes: String = around.notes.iter().map(one).collect();
    let made = lang.pick("Reglernes sha256", "The sha256 of the rules");
    format!(
        "{notes}<footer><p class=\"soft\">{made}: <code>{}</code> · klausul {}</p></footer>\n",
        escaped(around.rules),
        env!("CARGO_PKG_VERSION")
    )
}
