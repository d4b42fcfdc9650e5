//! Bounds: two that change places, and one that is included where it was not.

use super::view::{Draft, View};
use super::walk::Site;
use crate::base::{Lang, Span};
use crate::syntax::ast::{
    BinOp, CellKind, Expr, ExprKind, Modifier, Range, RangeBound, Row, Scale, When, WhenKind,
};
use crate::value::Period;

/// Two bounds of one interval change places, or two of neighbouring rows.
pub(super) fn swap(view: &View<'_>) -> Vec<Draft> {
    let swapped = |site: &Site<'_>| match site {
        Site::Range(range) => {
            both(range).and_then(|(low, high)| values(view, low, high)).into_iter().collect()
        }
        Site::Expr(expr) => of_expr(view, expr).into_iter().collect(),
        Site::When(when) => of_time(view, when).into_iter().collect(),
        Site::Period(span) => years(view, *span).into_iter().collect(),
        Site::Scale(scale) => of_scale(view, scale),
        Site::Rows(rows) => of_rows(view, rows),
        _ => Vec::new(),
    };
    view.sites.iter().flat_map(swapped).collect()
}

/// `under` becomes `højst`, `<` becomes `≤`, and so on, both ways.
pub(super) fn include(view: &View<'_>) -> Vec<Draft> {
    let flipped = |site: &Site<'_>| match site {
        Site::Expr(expr) => match expr.kind.as_ref() {
            ExprKind::Binary { op, op_span, .. } => compared(view, *op, *op_span).into_iter().collect(),
            _ => Vec::new(),
        },
        Site::Range(range) => {
            let bounds = [&range.low, &range.high].into_iter().flatten();
            bounds.filter_map(|bound| bounded(view, bound)).collect()
        }
        _ => Vec::new(),
    };
    view.sites.iter().flat_map(flipped).collect()
}

fn both(range: &Range) -> Option<(&Expr, &Expr)> {
    Some((&range.low.as_ref()?.value, &range.high.as_ref()?.value))
}

/// Two values change places. Of two figures the numbers do: the unit of an interval may stand behind the last one alone.
fn values(view: &View<'_>, one: &Expr, other: &Expr) -> Option<Draft> {
    let (one, other) = match (number(one), number(other)) {
        (Some(one), Some(other)) => (one, other),
        (_, _) => (one.span, other.span),
    };
    Draft::swap((one, view.text(one)), (other, view.text(other)))
}

fn number(expr: &Expr) -> Option<Span> {
    match expr.kind.as_ref() {
        ExprKind::Literal(literal) if literal.unit.as_ref().is_none_or(|unit| unit.per.is_empty()) => {
            Some(literal.number.span)
        }
        _ => None,
    }
}

/// `mellem a og b`, and `dog mindst a, dog højst b`.
fn of_expr(view: &View<'_>, expr: &Expr) -> Option<Draft> {
    match expr.kind.as_ref() {
        ExprKind::Between { low, high, .. } => values(view, low, high),
        ExprKind::Modified { value, modifier, .. } => {
            let outer = capped(modifier)?;
            let ExprKind::Modified { modifier, .. } = value.kind.as_ref() else { return None };
            let inner = capped(modifier)?;
            Draft::swap((inner.span, view.text(inner.span)), (outer.span, view.text(outer.span)))
        }
        _ => None,
    }
}

fn capped(modifier: &Modifier) -> Option<&Expr> {
    match modifier {
        Modifier::AtMost(bound) | Modifier::AtLeast(bound) => Some(bound),
        _ => None,
    }
}

fn of_time(view: &View<'_>, when: &When) -> Option<Draft> {
    match &when.kind {
        WhenKind::Bounds { from: Some(from), to: Some((_, to)) } => {
            Draft::swap((from.span, view.text(from.span)), (to.span, view.text(to.span)))
        }
        WhenKind::In(Period::Years(..)) | WhenKind::TotalIn(Period::Years(..)) => years(view, when.span),
        WhenKind::In(_) | WhenKind::TotalIn(_) | WhenKind::Bounds { .. } | WhenKind::Otherwise => None,
    }
}

/// `2027-2030` becomes `2030-2027`. Of a step of an index, `2024 til 2025`, the years are no bounds.
fn years(view: &View<'_>, span: Span) -> Option<Draft> {
    let words: Vec<_> = view.words(span).filter(|(token, ..)| !token.is_trivia()).collect();
    match words.as_slice() {
        [(_, first, from), (_, "-" | "–" | "−", _), (_, last, to), ..] => {
            Draft::swap((*from, first), (*to, last))
        }
        _ => None,
    }
}

/// The bounds of neighbouring slices.
fn of_scale(view: &View<'_>, scale: &Scale) -> Vec<Draft> {
    let bounds = scale.rows.iter().filter_map(|row| row.up_to.as_ref()).collect::<Vec<_>>();
    bounds.windows(2).filter_map(|pair| values(view, pair.first()?, pair.get(1)?)).collect()
}

/// The upper bound of a row and the lower one of the next: the first then reaches into the second.
fn of_rows(view: &View<'_>, rows: &[Row]) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for pair in rows.windows(2) {
        let [one, next] = pair else { continue };
        let columns = one.cells.iter().zip(&next.cells);
        let found = columns.filter_map(|(a, b)| match (&a.kind, &b.kind) {
            (CellKind::Range(a), CellKind::Range(b)) => {
                Some((&a.high.as_ref()?.value, &b.low.as_ref()?.value))
            }
            (CellKind::Range(a), CellKind::Expr(b)) => Some((&a.high.as_ref()?.value, b)),
            (CellKind::Expr(a), CellKind::Range(b)) => Some((a, &b.low.as_ref()?.value)),
            (_, _) => None,
        });
        drafts.extend(found.filter_map(|(high, low)| values(view, high, low)));
    }
    drafts
}

fn compared(view: &View<'_>, op: BinOp, span: Span) -> Option<Draft> {
    let lang = view.lang;
    let old = view.text(span);
    let new = match (op, old) {
        (BinOp::Lt, "<") => "≤",
        (BinOp::Lt, _) if old == lang.pick("før", "before") => lang.pick("senest", "no later than"),
        (BinOp::Lt, _) => lang.pick("højst", "at most"),
        (BinOp::Le, "≤" | "<=") => "<",
        (BinOp::Le, _) if old == lang.pick("senest", "no later than") => lang.pick("før", "before"),
        (BinOp::Le, _) => lang.pick("under", "under"),
        (BinOp::Gt, ">") => "≥",
        (BinOp::Gt, _) => lang.pick("mindst", "at least"),
        (BinOp::Ge, "≥" | ">=") => ">",
        (BinOp::Ge, _) => lang.pick("over", "over"),
        (BinOp::Add | BinOp::Sub | BinOp::Mul | BinOp::Div | BinOp::Of, _) => return None,
        (BinOp::Eq | BinOp::Ne | BinOp::Approx | BinOp::And | BinOp::Or, _) => return None,
    };
    Some(Draft::replace(span, old, new))
}

/// The phrases before a bound, each with its other.
fn phrases(lang: Lang) -> [(&'static str, &'static str); 7] {
    lang.pick(
        [
            ("under", "højst"),
            ("højst", "under"),
            ("over", "mindst"),
            ("mindst", "over"),
            ("før", "senest"),
            ("senest", "før"),
            ("tidligst", "over"),
        ],
        [
            ("under", "at most"),
            ("at most", "under"),
            ("over", "at least"),
            ("at least", "over"),
            ("before", "no later than"),
            ("no later than", "before"),
            ("no earlier than", "over"),
        ],
    )
}

fn bounded(view: &View<'_>, bound: &RangeBound) -> Option<Draft> {
    let place = bound.value.span;
    // `3+` includes its bound without a word for it.
    if let Some(plus) = view.sign_after(place, "+") {
        let old = place.to(plus);
        let over = view.lang.pick("over", "over");
        return Some(Draft::replace(old, view.text(old), format!("{over} {}", view.text(place))));
    }
    let phrases = phrases(view.lang);
    let all = phrases.map(|(phrase, _)| phrase);
    let (phrase, at) = view.phrase_before(place, &all)?;
    let (_, other) = phrases.iter().find(|(known, _)| *known == phrase)?;
    // `1 – under 2`: within a range the word is there or not.
    if matches!(view.sign_before(at), Some('–' | '−' | '-')) {
        let old = at.to(place.before());
        return Some(Draft::remove(old, view.text(old)));
    }
    Some(Draft::replace(at, phrase, *other))
}
