//! Rows, exceptions and roundings that are left out, and values that lack a letter.

use super::view::{Draft, View};
use super::walk::Site;
use crate::base::Span;
use crate::syntax::ast::{ExprKind, Modifier, StmtKind};

/// A row is left out, with its whole line.
pub(super) fn drop_row(view: &View<'_>) -> Vec<Draft> {
    let dropped = |site: &Site<'_>| match site {
        Site::Row(span) => Some(without_lines(view, *span)),
        _ => None,
    };
    view.sites.iter().filter_map(dropped).collect()
}

/// An exception is left out, with all its lines and the words above it.
pub(super) fn delete_exception(view: &View<'_>) -> Vec<Draft> {
    let deleted = |site: &Site<'_>| match site {
        Site::Line(stmt) => match &stmt.kind {
            StmtKind::Exception(_) => Some(without_lines(view, stmt.span)),
            _ => None,
        },
        _ => None,
    };
    view.sites.iter().filter_map(deleted).collect()
}

/// A rounding is left out: the words from the comma on, or the line that rounds each amount.
pub(super) fn drop_rounding(view: &View<'_>) -> Vec<Draft> {
    let dropped = |site: &Site<'_>| match site {
        Site::Line(stmt) => match &stmt.kind {
            StmtKind::EachRounded { .. } => Some(without_lines(view, stmt.span)),
            _ => None,
        },
        Site::Expr(expr) => match expr.kind.as_ref() {
            ExprKind::Modified {
                value,
                modifier: Modifier::Rounded(_) | Modifier::RoundedEach(_),
                modifier_span,
            } => {
                let cut = value.span.after().to(*modifier_span);
                Some(Draft::remove(cut, view.text(cut)))
            }
            _ => None,
        },
        _ => None,
    };
    view.sites.iter().filter_map(dropped).collect()
}

/// A text that is a value lacks a letter in its middle; a short one has its last letter twice.
pub(super) fn misspell(view: &View<'_>) -> Vec<Draft> {
    let misspelt = |site: &Site<'_>| match site {
        Site::Value(text) => {
            let new = format!("\"{}\"", slipped(&text.text)?);
            Some(Draft::replace(text.span, view.text(text.span), new))
        }
        _ => None,
    };
    view.sites.iter().filter_map(misspelt).collect()
}

fn slipped(word: &str) -> Option<String> {
    let letters: Vec<char> = word.chars().collect();
    let last = letters.last()?;
    if letters.len() < 3 {
        return Some(format!("{word}{last}"));
    }
    let middle = letters.len() / 2;
    Some(letters.iter().enumerate().filter(|(at, _)| *at != middle).map(|(_, letter)| letter).collect())
}

fn without_lines(view: &View<'_>, span: Span) -> Draft {
    Draft::remove(view.lines(span), view.text(span))
}
