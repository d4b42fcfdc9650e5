//! What of a document no clause rests on, for people and for programs.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::base::Lang;
use crate::render::{Align, Look, Table, visible};
use crate::sources::{Coverage, SectionCoverage};

/// Shows each document's sections as a table, and below it what no clause rests on.
pub(super) fn in_text(all: &BTreeMap<String, Coverage>, look: &Look) -> String {
    all.iter().map(|(id, coverage)| one(id, coverage, look)).collect()
}

fn one(id: &str, coverage: &Coverage, look: &Look) -> String {
    let lang = look.lang;
    let headings = lang.pick(
        ["afsnit", "tal", "i klausuler", "baggrund", "i ingen"],
        ["section", "figures", "in clauses", "background", "in none"],
    );
    let mut table = Table::new(headings.into_iter().zip([
        Align::Left,
        Align::Right,
        Align::Right,
        Align::Right,
        Align::Right,
    ]));
    let mut add = |name: &str, sections: &[SectionCoverage]| {
        let sum = |part: fn(&SectionCoverage) -> usize| sections.iter().map(part).sum::<usize>().to_string();
        let uncited = |section: &SectionCoverage| section.uncited.len();
        table.row([
            visible(name).into_owned(),
            sum(SectionCoverage::all),
            sum(|section| section.stated),
            sum(|section| section.noted),
            sum(uncited),
        ]);
    };
    for section in &coverage.sections {
        add(&named(section, lang), std::slice::from_ref(section));
    }
    add(lang.pick("i alt", "in all"), &coverage.sections);
    let table = table.render(look.width);
    let lines: String = coverage.sections.iter().map(|section| left(section, lang)).collect();
    let head = lang.pick("beløb, procenter og datoer i", "amounts, percentages and days in");
    format!("\n{head} {}\n{table}\n{lines}", visible(id))
}

fn named(section: &SectionCoverage, lang: Lang) -> String {
    match section.name.is_empty() {
        true => lang.pick("før den første overskrift", "before the first heading").to_owned(),
        false => section.name.clone(),
    }
}

/// The figures of a section that nothing rests on: `linje 47: 2,9 mia. kr. · 0,4 mia. kr.`
fn left(section: &SectionCoverage, lang: Lang) -> String {
    let mut lines: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    for figure in &section.uncited {
        lines.entry(figure.line).or_default().push(&figure.words);
    }
    let word = lang.pick("linje", "line");
    let one =
        |(line, words): (usize, Vec<&str>)| format!("  {word} {line}: {}\n", visible(&words.join(" · ")));
    lines.into_iter().map(one).collect()
}

/// The same for programs.
pub(super) fn in_json(all: &BTreeMap<String, Coverage>) -> Value {
    let section = |section: &SectionCoverage| {
        let uncited: Vec<Value> = section
            .uncited
            .iter()
            .map(|figure| json!({ "figure": figure.words, "line": figure.line }))
            .collect();
        json!({ "section": section.name, "stated": section.stated, "noted": section.noted, "uncited": uncited })
    };
    let one = |(id, coverage): (&String, &Coverage)| json!({ "id": id, "sections": coverage.sections.iter().map(section).collect::<Vec<_>>() });
    json!(all.iter().map(one).collect::<Vec<_>>())
}
