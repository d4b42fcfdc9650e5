//! Breaks lines that are too long.

use super::layout::{CodeRow, Row};
use super::line::{Role, Word, join};
use crate::syntax::tokens::TokenKind;

/// Lines are broken when they are longer than this many characters.
const WIDTH: usize = 110;

/// Breaks the long lines among the rows, each where it reads best.
pub(super) fn wrap(rows: Vec<Row>) -> Vec<Row> {
    rows.into_iter().flat_map(wrap_row).collect()
}

fn wrap_row(row: Row) -> Vec<Row> {
    let Row::Code(mut row) = row else { return vec![row] };
    let mut broken = Vec::new();
    while row.breakable
        && let Some(at) = break_at(&row)
    {
        let rest = CodeRow {
            indent: row.indent + if row.continues { 0 } else { 4 },
            words: row.words.split_off(at),
            comment: row.comment.take(),
            run: None,
            breakable: true,
            continues: true,
        };
        broken.push(Row::Code(std::mem::replace(&mut row, rest)));
    }
    broken.push(Row::Code(row));
    broken
}

/// The word that begins the next line; `None` when the line is short enough or has no good place.
fn break_at(row: &CodeRow) -> Option<usize> {
    let (text, starts) = join(&row.words);
    if row.indent + text.chars().count() <= WIDTH {
        return None;
    }
    // Never at the very start: the target and its sign stay on the first line.
    let first = row.words.iter().position(|word| word.text == "=").map_or(1, |at| at + 2);
    let depths = depths(&row.words);
    let fits = |at: &usize| starts.get(*at).is_some_and(|start| row.indent + start <= WIDTH);
    let outside = |at: &usize| depths.get(*at) == Some(&0);
    let places: Vec<usize> = (first..row.words.len()).filter(fits).filter(outside).collect();
    let best = |good: fn(&Word, &Word) -> bool| {
        let pair = |at: usize| Some((row.words.get(at.checked_sub(1)?)?, row.words.get(at)?));
        places.iter().rev().copied().find(|at| pair(*at).is_some_and(|(left, right)| good(left, right)))
    };
    best(|left, _| left.text == ";")
        .or_else(|| best(|left, _| left.text == ","))
        .or_else(|| best(|_, right| joins(right)))
}

/// Words and signs that a line may begin with.
fn joins(word: &Word) -> bool {
    let sign = word.role == Role::Binary && matches!(word.text.as_str(), "+" | "−" | "×" | "/");
    let joins =
        ["og", "eller", "så", "ellers", "fordelt", "blandt", "and", "or", "then", "else", "shared", "among"];
    sign || word.role == Role::Trailing
        || word.kind == TokenKind::Keyword && joins.contains(&word.text.as_str())
}

/// How many brackets are open before each word.
fn depths(words: &[Word]) -> Vec<usize> {
    let mut depth = 0_usize;
    let step = |word: &Word| {
        if word.kind == TokenKind::Close {
            depth = depth.saturating_sub(1);
        }
        let here = depth;
        depth += usize::from(word.kind == TokenKind::Open);
        here
    };
    words.iter().map(step).collect()
}
