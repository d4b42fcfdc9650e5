//! The same words in the other language: keywords by the table, numbers and dates by their form; names stay.

use crate::base::{Lang, one_line};
use crate::syntax::grammar::{Kind, Node};
use crate::syntax::keywords::{GrantPart, Keyword, grant_part, is_reserved, keyword};
use crate::value::month_names;

/// The names that the other language reserves, with where they first stand.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct NamesInTheWay {
    /// Each name once, with the bytes where it first stands.
    pub(super) names: Vec<(String, std::ops::Range<usize>)>,
}

impl NamesInTheWay {
    /// Tells whether no name is in the way.
    pub(super) fn is_empty(&self) -> bool {
        self.names.is_empty()
    }
    fn add(&mut self, name: &str, node: &Node) {
        match self.names.iter_mut().find(|(known, _)| known == name) {
            Some((_, place)) if place.start > node.start => *place = node.start..node.end,
            Some(_) => {}
            None => self.names.push((name.to_owned(), node.start..node.end)),
        }
    }
}

/// Returns what is printed for a node in the other language; `None` when it stays or its parts are translated.
pub(super) fn translated(
    node: &Node,
    text: &str,
    (from, to): (Lang, Lang),
    names: &mut NamesInTheWay,
) -> Option<String> {
    let words = text.get(node.start..node.end).unwrap_or("");
    match node.kind {
        Kind::number => Some(swap_separators(words)),
        Kind::date_words => date(node, text, from, to),
        Kind::quarter => quarter(node, text, to),
        Kind::month => month(words, from, to),
        Kind::level => Some(words.replace(from.pick("-niveau", "-level"), to.pick("-niveau", "-level"))),
        Kind::genitive => Some(genitive(words, from)),
        Kind::name if is_part_of_grant(node, text) && part(words, from, to).is_some() => {
            part(words, from, to)
        }
        Kind::name if is_reserved(to, words) => {
            names.add(words, node);
            None
        }
        kind => keyword(kind).map(|keyword| spelling(keyword, words, from, to).to_owned()),
    }
}

/// `1.723,9` and `1,723.9`.
fn swap_separators(number: &str) -> String {
    let swap = |c| match c {
        '.' => ',',
        ',' => '.',
        other => other,
    };
    number.chars().map(swap).collect()
}

/// `1. juli 2025` and `1 July 2025`.
fn date(node: &Node, text: &str, from: Lang, to: Lang) -> Option<String> {
    let [day, name, year] = node.children.as_slice() else { return None };
    let words = |node: &Node| text.get(node.start..node.end);
    let (day, year) = (words(day)?, words(year)?);
    let name = month(words(name)?, from, to)?;
    Some(to.pick(format!("{day}. {name} {year}"), format!("{day} {name} {year}")))
}

/// `3. kvartal 2024` and `Q3 2024`.
fn quarter(node: &Node, text: &str, to: Lang) -> Option<String> {
    let [number, year] = node.children.as_slice() else { return None };
    let (number, year) = (text.get(number.start..number.end)?, text.get(year.start..year.end)?);
    Some(to.pick(format!("{number}. kvartal {year}"), format!("Q{number} {year}")))
}

fn month(word: &str, from: Lang, to: Lang) -> Option<String> {
    let index = month_names(from).iter().position(|name| *name == word)?;
    month_names(to).get(index).map(|name| (*name).to_owned())
}

/// `kommunens` and `kommunen's`.
fn genitive(word: &str, from: Lang) -> String {
    let owner = match from {
        Lang::Da => word.strip_suffix('s').unwrap_or(word),
        Lang::En => word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word),
    };
    format!("{owner}{}", from.pick("'s", "s"))
}

/// A word after a dot, as in `drift.fuldt`.
fn is_part_of_grant(node: &Node, text: &str) -> bool {
    text.get(..node.start).is_some_and(|before| before.ends_with('.'))
}

fn part(word: &str, from: Lang, to: Lang) -> Option<String> {
    let new = match grant_part(from, word)? {
        GrantPart::Full => to.pick("fuldt", "full"),
        GrantPart::Lapsed => to.pick("bortfaldet", "lapsed"),
    };
    Some(new.to_owned())
}

/// The spelling that answers to the one used: singular to singular where both languages have it.
fn spelling(keyword: &Keyword, words: &str, from: Lang, to: Lang) -> &'static str {
    if matches!(keyword.kind, Kind::kw_each | Kind::kw_for_each) {
        return keyword.spellings(to).next_back().unwrap_or_default();
    }
    let used = one_line(words);
    let nth = keyword.spellings(from).position(|spelling| spelling == used).unwrap_or(0);
    let same_count = keyword.spellings(from).count() == keyword.spellings(to).count();
    let new = if same_count { keyword.spellings(to).nth(nth) } else { None };
    new.unwrap_or_else(|| keyword.spelling(to))
}

/// Returns the words of a node in the other language, unchanged where they stay.
pub(super) fn translated_text(node: &Node, text: &str, langs: (Lang, Lang)) -> String {
    let stays = || text.get(node.start..node.end).unwrap_or("").to_owned();
    translated(node, text, langs, &mut NamesInTheWay::default()).unwrap_or_else(stays)
}
