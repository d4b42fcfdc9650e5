//! With which values of one number or two something holds: as text and for programs.

use serde_json::{Value, json};

use super::sweep::{short, told_json, wrapped};
use super::{Align, Look, Table};
use crate::base::Lang;
use crate::explore::{Bound, Frontier, FrontierRow, Solution, Solutions, Solved};

/// How a what-if is told to one who wants to see it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ShowIt {
    /// As an option of the command line.
    Option,
    /// As a line of a conversation.
    Line,
}

impl ShowIt {
    fn words(self, what_ifs: &[&str]) -> String {
        match self {
            ShowIt::Option => {
                what_ifs.iter().map(|set| format!("--set '{set}'")).collect::<Vec<_>>().join(" ")
            }
            ShowIt::Line => what_ifs.join("\n"),
        }
    }
}

/// Shows with which values something holds, with the what-ifs that show it.
pub fn solutions_text(found: &Solutions, show: ShowIt, look: &Look) -> String {
    let all: Vec<String> = match found {
        Solutions::One(all) => all.iter().map(|solved| one(solved, show, look)).collect(),
        Solutions::Two(all) => all.iter().map(|frontier| two(frontier, show, look)).collect(),
    };
    all.join("\n")
}

/// For each value of the first number, all of the second.
fn two(frontier: &Frontier, show: ShowIt, look: &Look) -> String {
    let lang = look.lang;
    let mut out = wrapped(&frontier.goal, 0, look);
    let holds = format!("{} {}", lang.pick("opfyldt for", "holds for"), short(&frontier.of));
    let mut table = Table::new([(short(&frontier.over), Align::Left), (holds.as_str(), Align::Left)]);
    for row in &frontier.rows {
        table.row([row.at.text.clone(), row_words(row, lang)]);
    }
    out.push('\n');
    out.push_str(&table.render(look.width));
    if let Some((row, end)) = frontier.rows.iter().find_map(|row| Some((row, shown_at(&row.solutions)?))) {
        let heading = lang.pick("vis det, fx", "show it, such as");
        out.push_str(&wrapped(heading, 1, look));
        for line in show.words(&[row.set.as_str(), end.set.as_str()]).lines() {
            out.push_str(&format!("   {line}\n"));
        }
    }
    out.push('\n');
    frontier.notes.iter().for_each(|note| out.push_str(&wrapped(note, 2, look)));
    out
}

fn row_words(row: &FrontierRow, lang: Lang) -> String {
    let holds = row.solutions.iter().map(|own| place(own, lang));
    let open = lang.pick("ikke afgjort: ", "not settled: ");
    let open = row.unsettled.iter().map(|own| format!("{open}{}", place(own, lang)));
    let all: Vec<String> = holds.chain(open).collect();
    match all.is_empty() {
        true => lang.pick("ingen", "none").to_owned(),
        false => all.join("\n"),
    }
}

/// An end that belongs to its solution.
fn shown_at(all: &[Solution]) -> Option<&Bound> {
    all.iter().flat_map(|own| [&own.from, &own.to]).flatten().find(|end| end.included)
}

fn one(solved: &Solved, show: ShowIt, look: &Look) -> String {
    let lang = look.lang;
    let mut out = wrapped(&solved.goal, 0, look);
    if let Some((x, held)) = &solved.now {
        let now = lang.pick("nu", "now");
        out.push_str(&wrapped(&format!("{now}: {} {}: {held}", solved.of, x.text), 0, look));
    }
    out.push('\n');
    if solved.solutions.is_empty() && solved.unsettled.is_empty() {
        let none = lang.pick("ingen værdi opfylder det", "no value fulfils it");
        out.push_str(&wrapped(none, 2, look));
    }
    out.push_str(&table(&solved.solutions, lang.pick("opfyldt for", "holds for"), (solved, show), look));
    out.push_str(&table(
        &solved.unsettled,
        lang.pick("ikke afgjort for", "not settled for"),
        (solved, show),
        look,
    ));
    if let Some(nearest) = &solved.nearest {
        let (x, y) = (&nearest.at.x.text, &nearest.result);
        let words = match nearest.at.included {
            true => lang.pick(
                format!("nærmest kommer det med {x}, som giver {y}"),
                format!("it comes nearest with {x}, which gives {y}"),
            ),
            false => lang.pick(
                format!("nærmest kommer det tæt ved {x}; {x} selv giver {y}"),
                format!("it comes nearest close to {x}; {x} itself gives {y}"),
            ),
        };
        out.push_str(&wrapped(&words, 2, look));
    }
    out.push('\n');
    solved.notes.iter().for_each(|note| out.push_str(&wrapped(note, 2, look)));
    out
}

fn table(all: &[Solution], heading: &str, (solved, show): (&Solved, ShowIt), look: &Look) -> String {
    if all.is_empty() {
        return String::new();
    }
    let what = format!("{heading} {}", solved.of);
    let shown = look.lang.pick("vis det", "show it");
    let mut table = Table::new([(what.as_str(), Align::Left), (shown, Align::Left)]);
    for own in all {
        let set = match (&own.from, &own.to) {
            (Some(end), _) | (None, Some(end)) if end.included => show.words(&[&end.set]),
            (_, Some(end)) if end.included => show.words(&[&end.set]),
            (_, _) => String::new(),
        };
        table.row([place(own, look.lang), set]);
    }
    table.render(look.width)
}

/// `fra 3 til 5`, `over 5`, `5`, `alle værdier`.
fn place(own: &Solution, lang: Lang) -> String {
    let (from, to) = (own.from.as_ref(), own.to.as_ref());
    if let (Some(from), Some(to)) = (from, to)
        && from.x == to.x
    {
        return from.x.text.clone();
    }
    let low = |end: &Bound| match end.included {
        true => lang.pick(format!("fra og med {}", end.x.text), format!("from {}", end.x.text)),
        false => lang.pick(format!("over {}", end.x.text), format!("above {}", end.x.text)),
    };
    let high = |end: &Bound| match end.included {
        true => lang.pick(format!("til og med {}", end.x.text), format!("through {}", end.x.text)),
        false => lang.pick(format!("under {}", end.x.text), format!("below {}", end.x.text)),
    };
    let parts: Vec<String> = from.map(low).into_iter().chain(to.map(high)).collect();
    match parts.is_empty() {
        true => lang.pick("alle værdier", "all values").to_owned(),
        false => match to.is_some_and(|end| !end.included) {
            true => parts.join(lang.pick(" og ", " and ")),
            false => parts.join(" "),
        },
    }
}

/// The same for programs.
pub fn solutions_json(found: &Solutions) -> Value {
    match found {
        Solutions::One(all) => json!({ "solved": all.iter().map(solved_json).collect::<Vec<_>>() }),
        Solutions::Two(all) => json!({ "frontier": all.iter().map(frontier_json).collect::<Vec<_>>() }),
    }
}

fn solved_json(own: &Solved) -> Value {
    let now = own.now.as_ref();
    let now = now.map_or(Value::Null, |(x, held)| json!({ "at": told_json(x), "result": held }));
    let nearest = own.nearest.as_ref();
    let nearest =
        nearest.map_or(Value::Null, |near| json!({ "at": bound_json(&near.at), "result": near.result }));
    json!({ "goal": own.goal, "of": own.of, "now": now, "solutions": list_json(&own.solutions),
        "not_settled": list_json(&own.unsettled), "nearest": nearest, "notes": own.notes })
}

fn frontier_json(own: &Frontier) -> Value {
    let row = |row: &FrontierRow| {
        json!({ "at": told_json(&row.at), "set": row.set, "solutions": list_json(&row.solutions),
            "not_settled": list_json(&row.unsettled) })
    };
    let rows: Vec<Value> = own.rows.iter().map(row).collect();
    json!({ "goal": own.goal, "over": own.over, "of": own.of, "rows": rows, "notes": own.notes })
}

fn bound_json(end: &Bound) -> Value {
    json!({ "at": told_json(&end.x), "included": end.included, "set": end.set })
}

fn list_json(all: &[Solution]) -> Vec<Value> {
    let end = |end: &Option<Bound>| end.as_ref().map_or(Value::Null, bound_json);
    let one =
        |own: &Solution| json!({ "from": end(&own.from), "to": end(&own.to), "verified": own.verified });
    all.iter().map(one).collect()
}
