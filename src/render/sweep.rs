//! How a result moves with one number: as text, for programs and for spreadsheets.

use serde_json::{Value, json};

use super::curve::drawn;
use super::{Align, Look, Table, csv_text, visible, visible_lines};
use crate::base::Lang;
use crate::explore::{Break, End, Moves, Segment, Sweep, Told};

/// Shows how results move with one number as tables, with what happens at each place where they turn.
pub fn sweep_text(all: &[Sweep], look: &Look) -> String {
    all.iter().map(|sweep| one(sweep, look)).collect::<Vec<_>>().join("\n")
}

fn one(sweep: &Sweep, look: &Look) -> String {
    let lang = look.lang;
    let along = match is_across(sweep) {
        true => format!("{} over {}", sweep.target, sweep.of),
        false => lang.pick(
            format!("{}, når {} ændres", sweep.target, sweep.of),
            format!("{}, as {} changes", sweep.target, sweep.of),
        ),
    };
    let mut out = wrapped(&along, 0, look);
    if let Some((x, y)) = &sweep.now {
        let now = lang.pick("nu", "now");
        out.push_str(&wrapped(
            &format!("{now}: {} {} {}", x.text, lang.pick("giver", "gives"), y.text),
            0,
            look,
        ));
    }
    out.push('\n');
    let chart = drawn(sweep, look);
    if !chart.is_empty() {
        out.push_str(&format!("{}\n", visible_lines(&chart)));
    }
    out.push_str(&stretches(sweep, look));
    if !sweep.breaks.is_empty() && !is_across(sweep) {
        out.push_str(lang.pick("\nher skifter det\n", "\nwhere it turns\n"));
        for own in &sweep.breaks {
            out.push_str(&turn(own, look));
        }
    }
    if !sweep.values.is_empty() {
        out.push_str(lang.pick("\nværdier\n", "\nvalues\n"));
        let mut table =
            Table::new([(sweep.of.as_str(), Align::Right), (lang.pick("svar", "answer"), Align::Right)]);
        for (x, y) in &sweep.values {
            table.row([&x.text, &y.text]);
        }
        out.push_str(&table.render(look.width));
    }
    out.push('\n');
    for note in &sweep.notes {
        out.push_str(&wrapped(note, 2, look));
    }
    out
}

pub(super) fn wrapped(text: &str, indent: usize, look: &Look) -> String {
    let first = " ".repeat(indent);
    let rest = " ".repeat(indent + 2);
    let options = textwrap::Options::new(look.width).initial_indent(&first).subsequent_indent(&rest);
    format!("{}\n", textwrap::fill(&visible(text), options))
}

/// Whether the places are no numbers but years, names or rows, each told by itself.
fn is_across(sweep: &Sweep) -> bool {
    sweep.unit.is_empty()
}

/// A name without the clause it stands in: the line above has all of it.
pub(super) fn short(name: &str) -> &str {
    let path = name.split('[').next().unwrap_or(name);
    path.rfind('.').and_then(|at| name.get(at + 1..)).unwrap_or(name)
}

/// Place by place, with what differs from the one before.
fn places(sweep: &Sweep, look: &Look) -> String {
    let lang = look.lang;
    let heads = [
        (short(&sweep.of), Align::Left),
        (lang.pick("svar", "answer"), Align::Right),
        (lang.pick("ændring", "change"), Align::Right),
    ];
    let mut table = Table::new(heads);
    for segment in &sweep.segments {
        let Some(at) = segment.from.as_ref().map(|end| &end.x) else { continue };
        let turn = sweep.breaks.iter().find(|turn| turn.after.x == *at);
        let change = turn.and_then(|turn| turn.jump.as_ref()).map(signed).unwrap_or_default();
        table.row([at.text.as_str(), &segment.value.text, &change]);
    }
    table.render(look.width)
}

fn stretches(sweep: &Sweep, look: &Look) -> String {
    if is_across(sweep) {
        return places(sweep, look);
    }
    let lang = look.lang;
    let per = lang.pick(format!("for hver {}", sweep.unit), format!("for each {}", sweep.unit));
    let mut table = Table::new([
        (short(&sweep.of), Align::Left),
        (lang.pick("svar", "answer"), Align::Right),
        (per.as_str(), Align::Right),
    ]);
    for segment in &sweep.segments {
        let (place, value, slope) = (place(segment, lang), value(segment, lang), slope(segment, lang));
        table.row([place, value, slope]);
    }
    table.render(look.width)
}

/// `fra 3 til 5`, `over 5 til 8`, `5`.
fn place(segment: &Segment, lang: Lang) -> String {
    let (from, to) = (segment.from.as_ref(), segment.to.as_ref());
    match (from, to) {
        (Some(from), Some(to)) if from.x == to.x => from.x.text.clone(),
        (from, to) => {
            let from = from.map(|end| match end.included {
                true => format!("{} {}", lang.pick("fra", "from"), end.x.text),
                false => format!("{} {}", lang.pick("over", "above"), end.x.text),
            });
            let to = to.map(|end| match end.included {
                true => format!("{} {}", lang.pick("til", "to"), end.x.text),
                false => format!("{} {}", lang.pick("til under", "to below"), end.x.text),
            });
            let both: Vec<String> = [from, to].into_iter().flatten().collect();
            if both.is_empty() { lang.pick("alle", "all").to_owned() } else { both.join(" ") }
        }
    }
}

fn value(segment: &Segment, lang: Lang) -> String {
    let ends = [&segment.from, &segment.to].map(|end| end.as_ref().map(|end| end.y.text.clone()));
    match (&segment.moves, ends) {
        (Moves::Same, _) => segment.value.text.clone(),
        (Moves::Within(low, high), _) => {
            let text = |end: &Option<Told>| end.as_ref().map_or("…".to_owned(), |end| end.text.clone());
            match (low, high) {
                (None, None) => lang.pick("ikke lige", "not straight").to_owned(),
                (low, high) => format!("{} {} – {}", lang.pick("mellem", "between"), text(low), text(high)),
            }
        }
        (_, [Some(from), Some(to)]) if from == to => from,
        (_, [Some(from), Some(to)]) => format!("{from} → {to}"),
        (_, [Some(from), None]) => format!("{from} → …"),
        (_, [None, Some(to)]) => format!("… → {to}"),
        (_, [None, None]) => segment.value.text.clone(),
    }
}

fn slope(segment: &Segment, lang: Lang) -> String {
    match &segment.moves {
        Moves::Same => lang.pick("uændret", "the same").to_owned(),
        Moves::Evenly(slope) => signed(slope),
        Moves::NearlyEvenly(slope, off) => {
            format!("{} (± {}, {})", signed(slope), off.text, lang.pick("afrunding", "rounding"))
        }
        Moves::Within(..) => lang.pick("ikke afgjort", "not settled").to_owned(),
    }
}

fn signed(told: &Told) -> String {
    let negative = told.exact.as_ref().is_some_and(|number| number.is_negative());
    match told.text.strip_prefix("≈ ") {
        _ if negative => told.text.clone(),
        Some(rest) => format!("≈ +{rest}"),
        None => format!("+{}", told.text),
    }
}

/// One place where a result turns: what it does there, and why.
fn turn(own: &Break, look: &Look) -> String {
    let lang = look.lang;
    let mut out = wrapped(&format!("{}: {}", at(own, lang), what(own, lang)), 2, look);
    if !own.causes.is_empty() {
        let because = lang.pick("her afgøres", "decided here");
        out.push_str(&wrapped(&format!("{because}: {}", own.causes.join("; ")), 4, look));
    }
    for effect in &own.effects {
        out.push_str(&wrapped(effect, 4, look));
    }
    if !own.basis.is_empty() {
        let basis: Vec<String> = own
            .basis
            .iter()
            .map(|basis| format!("{} {}", basis.source, basis.at).trim().to_owned())
            .collect();
        out.push_str(&wrapped(&format!("{}: {}", lang.pick("hjemmel", "basis"), basis.join("; ")), 4, look));
    }
    let mut set = format!("--set '{}'", own.set);
    if !own.verified {
        set = format!("{set} ({})", lang.pick("ikke regnet efter", "not computed anew"));
    }
    out.push_str(&wrapped(&format!("{}: {set}", lang.pick("prøv det med", "try it with")), 4, look));
    out
}

/// Where it is: `ved 5`, `lige over 5`, `fra 4 til 5`.
pub(super) fn at(own: &Break, lang: Lang) -> String {
    let (before, after) = (&own.before.x.text, &own.after.x.text);
    let bends = own.jump.is_none() && own.before.y == own.after.y;
    match (own.before.x == own.after.x, own.after.included || bends) {
        (false, _) => lang.pick(format!("fra {before} til {after}"), format!("from {before} to {after}")),
        (true, true) => lang.pick(format!("ved {after}"), format!("at {after}")),
        (true, false) => lang.pick(format!("over {after}"), format!("above {after}")),
    }
}

pub(super) fn what(own: &Break, lang: Lang) -> String {
    let (before, after) = (&own.before.y.text, &own.after.y.text);
    match (&own.jump, own.before.y == own.after.y) {
        (Some(jump), _) => {
            let steady = own.before.y.exact.as_ref().zip(own.after.y.exact.as_ref()).zip(jump.exact.as_ref());
            let alone = steady.is_some_and(|((before, after), jump)| after.sub(before) == *jump);
            let beyond = lang.pick(" ud over den jævne ændring", " beyond the even change");
            let jump = format!("{}{}", signed(jump), if alone { "" } else { beyond });
            lang.pick(
                format!("springer fra {before} til {after} ({jump})"),
                format!("jumps from {before} to {after} ({jump})"),
            )
        }
        (None, true) | (None, false) if own.before.y.exact.is_some() && own.after.y.exact.is_some() => {
            lang.pick(format!("knækker i {after}"), format!("bends at {after}"))
        }
        (_, _) => {
            lang.pick(format!("{after} i stedet for {before}"), format!("{after} in place of {before}"))
        }
    }
}

fn exact(told: &Told) -> Value {
    told.exact.as_ref().map_or(Value::Null, |number| Value::from(number.to_exact()))
}

pub(super) fn told_json(told: &Told) -> Value {
    json!({ "exact": exact(told), "text": told.text })
}

fn end_json(end: Option<&End>) -> Value {
    end.map_or(
        Value::Null,
        |end| json!({ "at": told_json(&end.x), "included": end.included, "result": told_json(&end.y) }),
    )
}

/// The same for programs.
pub fn sweep_json(all: &[Sweep]) -> Value {
    let optional = |told: &Option<Told>| told.as_ref().map_or(Value::Null, told_json);
    let segment = |own: &Segment| {
        let (moves, slope, off, within) = match &own.moves {
            Moves::Same => ("same", Value::Null, Value::Null, Value::Null),
            Moves::Evenly(slope) => ("evenly", told_json(slope), Value::Null, Value::Null),
            Moves::NearlyEvenly(slope, off) => {
                ("evenly_but_rounded", told_json(slope), told_json(off), Value::Null)
            }
            Moves::Within(low, high) => {
                let within = json!({ "low": optional(low), "high": optional(high) });
                ("not_settled", Value::Null, Value::Null, within)
            }
        };
        json!({ "from": end_json(own.from.as_ref()), "to": end_json(own.to.as_ref()), "moves": moves,
            "slope": slope, "rounded_by": off, "within": within, "result": told_json(&own.value) })
    };
    let turn = |own: &Break| {
        let basis: Vec<Value> = own.basis.iter().map(|b| json!({ "source": b.source, "at": b.at })).collect();
        json!({ "before": end_json(Some(&own.before)), "after": end_json(Some(&own.after)),
            "jump": optional(&own.jump), "causes": own.causes, "effects": own.effects, "basis": basis,
            "set": own.set, "verified": own.verified })
    };
    let one = |own: &Sweep| {
        let now = own
            .now
            .as_ref()
            .map_or(Value::Null, |(x, y)| json!({ "at": told_json(x), "result": told_json(y) }));
        let values: Vec<Value> =
            own.values.iter().map(|(x, y)| json!({ "at": told_json(x), "result": told_json(y) })).collect();
        json!({ "target": own.target, "of": own.of, "unit": own.unit, "now": now, "values": values,
            "segments": own.segments.iter().map(segment).collect::<Vec<_>>(),
            "turns": own.breaks.iter().map(turn).collect::<Vec<_>>(), "notes": own.notes })
    };
    json!({ "sweeps": all.iter().map(one).collect::<Vec<_>>() })
}

/// The same for spreadsheets: a line for each stretch.
pub fn sweep_csv(all: &[Sweep]) -> String {
    let heads =
        ["target", "of", "from", "from_included", "to", "to_included", "result_from", "result_to", "moves"];
    let mut rows: Vec<Vec<String>> = vec![heads.map(str::to_owned).to_vec()];
    for sweep in all {
        for own in &sweep.segments {
            let number = |told: Option<&Told>| {
                told.map_or(String::new(), |told| {
                    told.exact.as_ref().map_or(told.text.clone(), |number| number.to_exact())
                })
            };
            let included = |end: Option<&End>| end.map_or(String::new(), |end| end.included.to_string());
            let (from, to) = (own.from.as_ref(), own.to.as_ref());
            let moves = match own.moves {
                Moves::Same => "same",
                Moves::Evenly(_) => "evenly",
                Moves::NearlyEvenly(..) => "evenly_but_rounded",
                Moves::Within(..) => "not_settled",
            };
            rows.push(vec![
                sweep.target.clone(),
                sweep.of.clone(),
                number(from.map(|end| &end.x)),
                included(from),
                number(to.map(|end| &end.x)),
                included(to),
                number(from.map(|end| &end.y)),
                number(to.map(|end| &end.y)),
                moves.to_owned(),
            ]);
        }
    }
    csv_text(&rows)
}
