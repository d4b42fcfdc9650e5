//! What could have stood where a parse stopped, in words.

use super::expected::expected;
use super::grammar::Kind;
use super::keywords::keyword;
use crate::base::{Bi, Lang, bi};

/// How many things a message lists.
const MOST: usize = 5;

/// A kind of thing that may be expected, in the order in which a message lists them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Expected {
    /// A sign that must stand there.
    Literal(&'static str),
    /// A keyword that must stand there.
    Word(Kind),
    Name,
    Text,
    Number,
    Year,
    Period,
    Value,
    Cell,
    Type,
    TypePart,
    Level,
    Citation,
    Locator,
    LocatorNumber,
    Rounding,
    Code,
    Unit,
    Mark,
    When,
    Sign,
    Modifier,
    Item,
    Line,
    LineEnd,
    /// Never worth saying.
    Nothing,
}

/// Words the list of what could have stood there; `None` when there is nothing useful to say.
///
/// `stated` says that the line begins with a word that opens a statement; then it is not meant as `name = …`.
pub(super) fn expected_phrase(kinds: &[Kind], lang: Lang, stated: bool) -> Option<Bi> {
    let mut found: Vec<Expected> = kinds.iter().map(|kind| expected(*kind)).collect();
    found.sort_unstable();
    found.dedup();
    if stated {
        drop_definitions(&mut found);
    }
    drop_the_obvious(&mut found);
    let phrases: Vec<Bi> = found.iter().take(MOST).filter_map(|one| phrase(*one, lang)).collect();
    let list = |lang: Lang, or: &str| joined(phrases.iter().map(|phrase| phrase.get(lang)), or);
    (!phrases.is_empty()).then(|| Bi::new(list(Lang::Da, "eller"), list(Lang::En, "or")))
}

/// Leaves out how a line `name = …` could go on, if anything else is left.
fn drop_definitions(found: &mut Vec<Expected>) {
    let defines = |one: &Expected| {
        matches!(
            one,
            Expected::Literal("=" | "." | "[") | Expected::Word(Kind::kw_does_not_apply | Kind::kw_for)
        )
    };
    let left: Vec<Expected> =
        found.iter().copied().filter(|one| !defines(one) && *one != Expected::Sign).collect();
    if left.iter().any(|one| *one != Expected::Nothing) {
        *found = left;
    }
}

/// Leaves out what hides the point: continuations where something must stand, and words where any value may stand.
fn drop_the_obvious(found: &mut Vec<Expected>) {
    found.retain(|one| *one != Expected::Nothing);
    let has = |found: &[Expected], one| found.contains(&one);
    if has(found, Expected::Value) {
        let part = |one: &Expected| {
            matches!(
                one,
                Expected::Name
                    | Expected::Text
                    | Expected::Number
                    | Expected::Year
                    | Expected::Period
                    | Expected::Cell
            )
        };
        found.retain(|one| !part(one));
    }
    if has(found, Expected::Item) || has(found, Expected::Line) {
        found.retain(|one| !matches!(one, Expected::Name | Expected::LineEnd));
    }
    // Where the expression could go on in every way, it could also have ended.
    let goes_on = |one: &Expected| {
        matches!(
            one,
            Expected::Sign
                | Expected::Modifier
                | Expected::When
                | Expected::Unit
                | Expected::Mark
                | Expected::Word(_)
                | Expected::LineEnd
                | Expected::Literal("," | ";" | "." | "[")
        )
    };
    let value_ended = has(found, Expected::Sign) || has(found, Expected::Literal(","));
    if found.iter().all(goes_on) && value_ended {
        found.retain(|one| matches!(one, Expected::Unit | Expected::When));
        found.extend([Expected::Sign, Expected::LineEnd]);
    } else if found.iter().any(|one| matches!(one, Expected::Literal("=" | ":" | "|" | ")" | "]"))) {
        found.retain(|one| {
            !matches!(one, Expected::Literal("." | "[" | "," | ";") | Expected::Modifier | Expected::Mark)
        });
    }
}

fn joined<'a>(parts: impl Iterator<Item = &'a str>, or: &str) -> String {
    let parts: Vec<&str> = parts.collect();
    match parts.split_last() {
        None => String::new(),
        Some((only, [])) => (*only).to_owned(),
        Some((last, before)) => format!("{} {or} {last}", before.join(", ")),
    }
}

fn phrase(expected: Expected, lang: Lang) -> Option<Bi> {
    Some(match expected {
        Expected::Literal(sign) => Bi::same(format!("`{sign}`")),
        Expected::Word(kind) => Bi::same(format!("`{}`", keyword(kind)?.spelling(lang))),
        Expected::Name => bi!("et navn", "a name"),
        Expected::Text => bi!("en tekst i anførselstegn", "a text in quotes"),
        Expected::Number => bi!("et tal", "a number"),
        Expected::Year => bi!("et årstal", "a year"),
        Expected::Period => bi!("et år eller en dato", "a year or a date"),
        Expected::Value => bi!("en værdi", "a value"),
        Expected::Cell => bi!("en celle", "a cell"),
        Expected::Type => bi!("en type", "a type"),
        Expected::TypePart => bi!("en grænse", "a bound"),
        Expected::Level => bi!("et prisniveau", "a price level"),
        Expected::Citation => bi!("en kilde", "a source"),
        Expected::Locator => bi!("et sted i kilden", "a place in the source"),
        Expected::LocatorNumber => bi!("et nummer", "a number"),
        Expected::Rounding => bi!("et trin som `0,01 kr.`", "a step such as `0.01 kr.`"),
        Expected::Code => bi!("en fejlkode", "an error code"),
        Expected::Unit => bi!("en enhed", "a unit"),
        Expected::Mark => bi!("en parentes som `(skøn)`", "a mark such as `(estimate)`"),
        Expected::When => bi!("et tidspunkt", "a time"),
        Expected::Sign => bi!("et regnetegn", "an operator"),
        Expected::Modifier => bi!("en tilføjelse som `afrundet til …`", "an addition such as `rounded to …`"),
        Expected::Item => bi!("en overskrift som `klausul`", "a heading such as `clause`"),
        Expected::Line => bi!("en linje i blokken", "a line of the block"),
        Expected::LineEnd => bi!("et linjeskift", "a line break"),
        Expected::Nothing => return None,
    })
}
