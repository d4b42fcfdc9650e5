//! Charts as pictures within a page: bars of differences, and a bridge as steps. Nothing is told by colour alone: every bar
//! has its figure beside it with its sign, and the same figures stand in a table. All places are whole numbers, computed
//! exactly.

use super::page::escaped;
use crate::value::{Number, RoundMode};

/// A bar.
pub(super) struct Bar {
    /// What it is of.
    pub(super) label: String,
    /// From where to where it goes; `None` where that is not known.
    pub(super) span: Option<(Number, Number)>,
    /// The figure beside it.
    pub(super) text: String,
    /// How it is drawn.
    pub(super) kind: BarKind,
}

/// How a bar is drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum BarKind {
    /// What rises.
    Up,
    /// What falls.
    Down,
    /// A sum.
    Whole,
}

const WIDTH: i64 = 720;
/// Where bars may begin and end; labels stand to the left, figures to the right.
const LEFT: i64 = 235;
const RIGHT: i64 = 545;
const ROW: i64 = 26;
const THICK: i64 = 16;
/// Labels longer than this are cut; the table beside the chart has all of them.
const LONGEST: usize = 31;

/// Draws bars below each other. `from_zero` keeps 0 in the picture; else it begins where the smallest bar does.
pub(super) fn bars(all: &[Bar], title: &str, from_zero: bool) -> String {
    let ends = || all.iter().filter_map(|bar| bar.span.as_ref()).flat_map(|(from, to)| [from, to]);
    let zero = Number::zero();
    let least = ends().chain(from_zero.then_some(&zero)).min().cloned().unwrap_or_else(Number::zero);
    let most = ends().chain(from_zero.then_some(&zero)).max().cloned().unwrap_or_else(Number::zero);
    let axis = Axis { least, most };
    let height = i64::try_from(all.len()).unwrap_or(0) * ROW + 8;
    let rows: String = all.iter().zip(0..).map(|(bar, row)| one(bar, row, &axis)).collect();
    let zero = from_zero
        .then(|| axis.x(&zero))
        .map(|x| format!("<line class=\"zero\" x1=\"{x}\" y1=\"2\" x2=\"{x}\" y2=\"{}\"/>\n", height - 2));
    let title = escaped(title);
    format!(
        "<svg role=\"img\" aria-label=\"{title}\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" height=\"{height}\">\n{rows}{}</svg>\n",
        zero.unwrap_or_default()
    )
}

struct Axis {
    least: Number,
    most: Number,
}

impl Axis {
    /// Where a number stands.
    fn x(&self, number: &Number) -> i64 {
        let span = self.most.sub(&self.least);
        let room = Number::from_i64(RIGHT - LEFT);
        let part = number.sub(&self.least).mul(&room).div(&span);
        let place = part.and_then(|part| part.round(&Number::one(), RoundMode::Nearest));
        LEFT + place.and_then(|place| place.to_i64()).unwrap_or(0)
    }
}

fn one(bar: &Bar, row: i64, axis: &Axis) -> String {
    let top = row * ROW + 6;
    let base = top + THICK - 4;
    let (short, whole) = (escaped(&cut(&bar.label)), escaped(&bar.label));
    let class = match bar.kind {
        BarKind::Up => "up",
        BarKind::Down => "down",
        BarKind::Whole => "whole",
    };
    let drawn = match &bar.span {
        Some((from, to)) => {
            let (a, b) = (axis.x(from), axis.x(to));
            // What is not 0 is seen, however small it is.
            let width = (a - b).abs().max(i64::from(from != to) * 2);
            format!(
                "<rect class=\"{class}\" x=\"{}\" y=\"{top}\" width=\"{width}\" height=\"{THICK}\"/>",
                a.min(b)
            )
        }
        None => format!(
            "<rect class=\"open\" x=\"{LEFT}\" y=\"{top}\" width=\"{}\" height=\"{THICK}\"/>",
            RIGHT - LEFT
        ),
    };
    format!(
        "<g><title>{whole}: {text}</title><text class=\"label\" x=\"{}\" y=\"{base}\">{short}</text>{drawn}<text class=\"figure\" x=\"{}\" y=\"{base}\">{text}</text></g>\n",
        LEFT - 10,
        WIDTH - 2,
        text = escaped(&bar.text),
    )
}

fn cut(label: &str) -> String {
    match label.chars().count() > LONGEST {
        true => label.chars().take(LONGEST - 1).chain(['…']).collect(),
        false => label.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_stand_where_their_numbers_are() {
        let number = Number::from_i64;
        let axis = Axis { least: number(-50), most: number(50) };
        assert_eq!([-50, 0, 50].map(|n| axis.x(&number(n))), [LEFT, (LEFT + RIGHT + 1) / 2, RIGHT]);
        let none = Axis { least: number(0), most: number(0) };
        assert_eq!(none.x(&number(0)), LEFT);
        let bar = Bar { label: "<a>".to_owned(), span: None, text: "ukendt".to_owned(), kind: BarKind::Up };
        let drawn = bars(&[bar], "\"x\"", true);
        assert!(
            drawn.contains("class=\"open\"")
                && drawn.contains("&lt;a&gt;")
                && drawn.contains("&quot;x&quot;")
        );
    }
}
