//! With which values of a number something holds: as text and for programs.

use serde_json::{Value, json};

use super::sweep::{told_json, wrapped};
use super::{Align, Look, Table};
use crate::base::Lang;
use crate::explore::{Bound, Solution, Solved};

/// Shows with which values something holds, each with the what-if that shows it.
pub fn solved_text(all: &[Solved], look: &Look) -> String {
    all.iter().map(|solved| one(solved, look)).collect::<Vec<_>>().join("\n")
}

fn one(solved: &Solved, look: &Look) -> String {
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
    out.push_str(&table(&solved.solutions, lang.pick("opfyldt for", "holds for"), solved, look));
    out.push_str(&table(&solved.unsettled, lang.pick("ikke afgjort for", "not settled for"), solved, look));
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

fn table(all: &[Solution], heading: &str, solved: &Solved, look: &Look) -> String {
    if all.is_empty() {
        return String::new();
    }
    let what = format!("{heading} {}", solved.of);
    let shown = look.lang.pick("vis det", "show it");
    let mut table = Table::new([(what.as_str(), Align::Left), (shown, Align::Left)]);
    for own in all {
        let set = match (&own.from, &own.to) {
            (Some(end), _) | (None, Some(end)) if end.included => format!("--set '{}'", end.set),
            (_, Some(end)) if end.included => format!("--set '{}'", end.set),
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
pub fn solved_json(all: &[Solved]) -> Value {
    let bound = |end: &Bound| json!({ "at": told_json(&end.x), "included": end.included, "set": end.set });
    let end = |end: &Option<Bound>| end.as_ref().map_or(Value::Null, bound);
    let solution =
        |own: &Solution| json!({ "from": end(&own.from), "to": end(&own.to), "verified": own.verified });
    let list = |all: &[Solution]| all.iter().map(solution).collect::<Vec<_>>();
    let one = |own: &Solved| {
        let now = own.now.as_ref();
        let now = now.map_or(Value::Null, |(x, held)| json!({ "at": told_json(x), "result": held }));
        let nearest = own.nearest.as_ref();
        let nearest =
            nearest.map_or(Value::Null, |near| json!({ "at": bound(&near.at), "result": near.result }));
        json!({ "goal": own.goal, "of": own.of, "now": now, "solutions": list(&own.solutions),
            "not_settled": list(&own.unsettled), "nearest": nearest, "notes": own.notes })
    };
    json!({ "solved": all.iter().map(one).collect::<Vec<_>>() })
}
