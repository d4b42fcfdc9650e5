//! Each figure of the rules with where it is from, for people and for programs.

use serde_json::{Value, json};

use crate::base::{FileId, Lang, SourceMap};
use crate::render::{Align, Look, Table, extend, place_json, visible};
use crate::sources::{Listed, ListedFigures, Made, Place, Stands};

/// How many of the printed figures that a figure is made of are shown in a table.
const MOST_SHOWN: usize = 6;
/// How many characters of an expression are shown in a table.
const LONGEST: usize = 64;

/// Shows the figures file by file as tables, and below them how many there are of each sort.
pub(super) fn in_text(figures: &ListedFigures, sources: &SourceMap, look: &Look) -> String {
    let mut text = String::new();
    for of_file in figures.listed.chunk_by(|one, next| one.span.file == next.span.file) {
        let file = of_file.first().map(|one| one.span.file);
        text.push_str(&file.map_or_else(String::new, |file| one_file(file, of_file, sources, look)));
    }
    text + &sums(figures, look.lang)
}

fn one_file(file: FileId, listed: &[Listed], sources: &SourceMap, look: &Look) -> String {
    let headings = look.lang.pick(
        [("linje", Align::Right), ("klausul", Align::Left), ("tal", Align::Left), ("står", Align::Left)],
        [("line", Align::Right), ("clause", Align::Left), ("figure", Align::Left), ("stands", Align::Left)],
    );
    let mut table = Table::new(headings);
    let mut last = String::new();
    for one in listed {
        let name = full_name(one);
        // A name stands once for all figures of its line.
        let shown = if name == last { String::new() } else { name.clone() };
        let line = sources.place(one.span).line.to_string();
        table.row([line, shown, short(&one.figure), words(&one.stands, look.lang)]);
        last = name;
    }
    format!("\n{}\n{}", visible(&sources.file(file).name), table.render(look.width))
}

/// A figure as a table has room for it: an expression may be long.
fn short(figure: &str) -> String {
    match figure.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{} …", figure.get(..end).unwrap_or(figure).trim_end()),
        None => figure.to_owned(),
    }
}

fn full_name(one: &Listed) -> String {
    let parts = [one.owner.as_str(), one.name.as_str()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(".")
}

fn words(stands: &Stands, lang: Lang) -> String {
    let not_looked_for = |da: &str, en: &str| match lang {
        Lang::Da => format!("efterses ikke: {da}"),
        Lang::En => format!("not looked for: {en}"),
    };
    match stands {
        Stands::Printed(place) => format!("{}: {}", at(place, lang), place.words),
        Stands::Expression(made) => expression(made, lang),
        Stands::OwnYear => not_looked_for("aftalens eget år", "a year of the agreement's own"),
        Stands::NotThere => lang
            .pick("ikke på det sted, der henvises til (K0720)", "not in the passage that is cited (K0720)")
            .to_owned(),
        Stands::Lost => lang
            .pick(
                "kan ikke efterses: henvisningen fører ingen steder hen",
                "cannot be looked for: the citation leads nowhere",
            )
            .to_owned(),
        Stands::Neutral => not_looked_for("0, 1 eller 100 pct.", "0, 1 or 100 per cent"),
        Stands::Step => not_looked_for(
            "afrunding, visning eller kendt afvigelse",
            "rounding, showing or known difference",
        ),
        Stands::Reading => not_looked_for("en læsning af teksten", "a reading of the text"),
        Stands::Given => not_looked_for("grænser for noget oplyst", "bounds of something given"),
        Stands::NoBasis => not_looked_for("uden hjemmel", "without a basis"),
    }
}

fn at(place: &Place, lang: Lang) -> String {
    format!("{} {} {}", place.source, lang.pick("linje", "line"), place.line)
}

/// `udtryk af ½ (ØA25 linje 50), 600 mio. kr. (ØA25 linje 47)`.
fn expression(made: &Made, lang: Lang) -> String {
    let one = |(figure, place): &(String, Place)| format!("{figure} ({})", at(place, lang));
    let mut shown: Vec<String> = made.printed.iter().take(MOST_SHOWN).map(one).collect();
    let more = made.printed.len().saturating_sub(MOST_SHOWN);
    if more > 0 {
        shown.push(lang.pick(format!("og {more} til"), format!("and {more} more")));
    }
    match shown.is_empty() {
        true => lang.pick("udtryk uden trykte tal", "expression without printed figures").to_owned(),
        false => format!("{} {}", lang.pick("udtryk af", "expression of"), shown.join(", ")),
    }
}

/// The sorts of figures, each with its word for programs.
fn sort(stands: &Stands) -> &'static str {
    match stands {
        Stands::Printed(_) => "printed",
        Stands::Expression(_) => "expression",
        Stands::OwnYear => "own_year",
        Stands::NotThere => "not_there",
        Stands::Lost => "lost",
        Stands::Neutral => "neutral",
        Stands::Step => "step",
        Stands::Reading => "reading",
        Stands::Given => "given",
        Stands::NoBasis => "no_basis",
    }
}

fn sums(figures: &ListedFigures, lang: Lang) -> String {
    let count =
        |sorts: &[&str]| figures.listed.iter().filter(|one| sorts.contains(&sort(&one.stands))).count();
    let (printed, computed) = (count(&["printed"]), count(&["expression"]));
    let wrong = count(&["not_there", "lost"]);
    let silent = count(&["own_year", "neutral", "step", "reading", "given", "no_basis"]);
    let tests = figures.of_tests;
    match lang {
        Lang::Da => format!(
            "\n{printed} tal står på deres sted, {computed} er udtryk, {wrong} mangler, {silent} efterses ikke; {tests} i prøver og scenarier efterses ikke\n"
        ),
        Lang::En => format!(
            "\n{printed} figures stand in their passages, {computed} are expressions, {wrong} are missing, {silent} are not looked for; nor are {tests} in tests and scenarios\n"
        ),
    }
}

/// The same for programs.
pub(super) fn in_json(figures: &ListedFigures, sources: &SourceMap) -> Value {
    let place = |place: &Place| json!({ "source": place.source, "line": place.line, "words": place.words });
    let one = |one: &Listed| {
        let made = if let Stands::Expression(made) = &one.stands { Some(made) } else { None };
        let printed = if let Stands::Printed(at) = &one.stands { Some(place(at)) } else { None };
        let of = made.map(|made| {
            let of = |(figure, at): &(String, Place)| json!({ "figure": figure, "at": place(at) });
            made.printed.iter().map(of).collect::<Vec<_>>()
        });
        let mut value = json!({
            "clause": one.owner, "name": one.name, "figure": one.figure, "is": sort(&one.stands),
            "at": printed, "of": of, "reads": made.map(|made| &made.names),
        });
        extend(&mut value, place_json(Some(one.span), sources));
        value
    };
    let listed: Vec<Value> = figures.listed.iter().map(one).collect();
    json!({ "listed": listed, "in_tests": figures.of_tests })
}
