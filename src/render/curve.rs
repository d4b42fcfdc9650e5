//! A result drawn along the number that is varied: in a terminal with dots, or with plain characters where it has none. The
//! table beside it has the exact places; a dot stands as near to its own as the screen allows, computed exactly.

use super::Look;
use crate::base::Lang;
use crate::explore::{Moves, Segment, Sweep};
use crate::value::{Number, RoundMode};

/// A place in the plane: what is varied, and the result.
#[derive(Clone, Debug)]
pub(super) struct Point {
    pub(super) x: Number,
    pub(super) y: Number,
}

/// What is drawn of one stretch.
#[derive(Clone, Debug)]
pub(super) enum Stroke {
    /// A straight line; whether each end belongs to it.
    Line([Point; 2], [bool; 2]),
    /// One point.
    Dot(Point),
    /// The room that the result lies in, where no more is known.
    Band([Point; 2]),
}

/// A result along a range, ready to be drawn.
#[derive(Clone, Debug)]
pub(super) struct Curve {
    pub(super) strokes: Vec<Stroke>,
    /// The corners: the least of both, and the most of both.
    pub(super) corners: [Point; 2],
    /// The ends of the range, in words.
    pub(super) x_ends: [String; 2],
    /// The least and the most result, in words.
    pub(super) y_ends: [String; 2],
    pub(super) now: Option<Point>,
    /// Where it turns.
    pub(super) turns: Vec<Number>,
}

impl Curve {
    /// Makes the curve of a sweep; `None` where its results are no numbers, or it has no extent.
    pub(super) fn of(sweep: &Sweep) -> Option<Curve> {
        let strokes: Vec<Stroke> = sweep.segments.iter().filter_map(stroke).collect();
        let (first, last) = (sweep.segments.first()?.from.as_ref()?, sweep.segments.last()?.to.as_ref()?);
        let (left, right) = (first.x.exact.clone()?, last.x.exact.clone()?);
        let heights = heights(sweep);
        let (low, high) =
            (heights.iter().min_by(|a, b| a.0.cmp(&b.0))?, heights.iter().max_by(|a, b| a.0.cmp(&b.0))?);
        if strokes.is_empty() || left >= right {
            return None;
        }
        let now =
            sweep.now.as_ref().and_then(|(x, y)| Some(Point { x: x.exact.clone()?, y: y.exact.clone()? }));
        let inside = |at: &Point| at.x >= left && at.x <= right && at.y >= low.0 && at.y <= high.0;
        Some(Curve {
            now: now.filter(inside),
            x_ends: [first.x.text.clone(), last.x.text.clone()],
            y_ends: [low.1.clone(), high.1.clone()],
            turns: sweep.breaks.iter().filter_map(|turn| turn.after.x.exact.clone()).collect(),
            corners: [Point { x: left, y: low.0.clone() }, Point { x: right, y: high.0.clone() }],
            strokes,
        })
    }

    /// Where a point stands on a grid of so many places, from the left and from the top.
    pub(super) fn place(&self, at: &Point, columns: i64, rows: i64) -> (i64, i64) {
        let [low, high] = &self.corners;
        let column = along(&at.x, &low.x, &high.x, columns - 1);
        // What never changes lies in the middle.
        let row = if low.y == high.y { (rows - 1) / 2 } else { along(&at.y, &low.y, &high.y, rows - 1) };
        (column, rows - 1 - row)
    }
}

/// The place of a number between two others, in whole steps; the nearest.
fn along(at: &Number, low: &Number, high: &Number, steps: i64) -> i64 {
    let part = at.sub(low).mul(&Number::from_i64(steps)).div(&high.sub(low));
    let place = part.and_then(|part| part.round(&Number::one(), RoundMode::Nearest));
    place.and_then(|place| place.to_i64()).unwrap_or(0)
}

fn stroke(segment: &Segment) -> Option<Stroke> {
    let (from, to) = (segment.from.as_ref()?, segment.to.as_ref()?);
    let (left, right) = (from.x.exact.clone()?, to.x.exact.clone()?);
    let point = |x: &Number, y: &Number| Point { x: x.clone(), y: y.clone() };
    if let Moves::Within(low, high) = &segment.moves {
        let (low, high) = (low.as_ref()?.exact.clone()?, high.as_ref()?.exact.clone()?);
        return Some(Stroke::Band([point(&left, &low), point(&right, &high)]));
    }
    let (start, end) = (from.y.exact.clone()?, to.y.exact.clone()?);
    Some(match left == right {
        true => Stroke::Dot(point(&left, &start)),
        false => Stroke::Line([point(&left, &start), point(&right, &end)], [from.included, to.included]),
    })
}

/// Every height that is drawn, with its words.
fn heights(sweep: &Sweep) -> Vec<(Number, String)> {
    let of = |segment: &Segment| {
        let ends = match &segment.moves {
            Moves::Within(low, high) => [low.clone(), high.clone()],
            Moves::Same | Moves::Evenly(_) | Moves::NearlyEvenly(..) => {
                [&segment.from, &segment.to].map(|end| end.as_ref().map(|end| end.y.clone()))
            }
        };
        ends.into_iter().flatten().filter_map(|told| Some((told.exact?, told.text))).collect::<Vec<_>>()
    };
    sweep.segments.iter().flat_map(of).collect()
}

/// How high a chart is, in lines of text.
const ROWS: i64 = 9;
/// No chart is wider than this, and none narrower than the other.
const WIDEST: usize = 64;
const NARROWEST: usize = 16;

/// Draws the results of a sweep as text; empty where there is nothing to draw.
pub(super) fn drawn(sweep: &Sweep, look: &Look) -> String {
    let Some(curve) = Curve::of(sweep) else { return String::new() };
    let [low, high] = &curve.y_ends;
    let labels = low.chars().count().max(high.chars().count());
    let room = look.width.saturating_sub(labels + 3);
    if room < NARROWEST {
        return String::new();
    }
    let columns = i64::try_from(room.min(WIDEST)).unwrap_or(0);
    let marks = if look.plain { &PLAIN } else { &DOTS };
    let canvas = Canvas::draw(&curve, columns, marks);
    let mut out = String::new();
    for (at, row) in (0..).zip(canvas.rows(marks)) {
        let label = match at {
            // What never changes lies in the middle.
            at if low == high && at == (ROWS - 1) / 2 => low.as_str(),
            0 if low != high => high.as_str(),
            at if at == ROWS - 1 && low != high => low.as_str(),
            _ => "",
        };
        out += &format!("{label:>labels$} {}{}\n", marks.wall, row.trim_end());
    }
    let foot: String = (0..columns)
        .map(|column| if canvas.turns.contains(&column) { marks.turn } else { marks.floor })
        .collect();
    out += &format!("{:labels$} {}{foot}\n", "", marks.corner);
    let [left, right] = &curve.x_ends;
    let gap =
        usize::try_from(columns).unwrap_or(0).saturating_sub(left.chars().count() + right.chars().count());
    out += &format!("{:labels$}  {left}{}{right}\n", "", " ".repeat(gap.max(1)));
    if curve.now.is_some() {
        out += &format!("{:labels$}  {} {}\n", "", marks.now, now(look.lang));
    }
    out
}

pub(super) fn now(lang: Lang) -> &'static str {
    lang.pick("nu", "now")
}

/// The characters that a chart is drawn with.
struct Marks {
    /// How many dots a character has, across and down.
    across: i64,
    down: i64,
    wall: char,
    floor: char,
    corner: char,
    turn: char,
    point: char,
    now: char,
    band: char,
}

const DOTS: Marks = Marks {
    across: 2,
    down: 4,
    wall: '│',
    floor: '─',
    corner: '└',
    turn: '┴',
    point: '●',
    now: '◆',
    band: '░',
};
const PLAIN: Marks = Marks {
    across: 1,
    down: 1,
    wall: '|',
    floor: '-',
    corner: '+',
    turn: '+',
    point: 'o',
    now: 'X',
    band: ':',
};

/// A grid of characters, each with its dots.
struct Canvas {
    columns: i64,
    /// Of each character the dots in it, and what is written over them.
    cells: Vec<(u8, Option<char>)>,
    turns: Vec<i64>,
}

impl Canvas {
    fn draw(curve: &Curve, columns: i64, marks: &Marks) -> Canvas {
        let cells = usize::try_from(columns * ROWS).unwrap_or(0);
        let mut canvas = Canvas { columns, cells: vec![(0, None); cells], turns: Vec::new() };
        let dots = |at: &Point| curve.place(at, columns * marks.across, ROWS * marks.down);
        for stroke in &curve.strokes {
            match stroke {
                Stroke::Line([from, to], _) => canvas.line(dots(from), dots(to), marks),
                Stroke::Dot(at) => canvas.write(dots(at), marks.point, marks),
                Stroke::Band([low, high]) => canvas.band(dots(low), dots(high), marks),
            }
        }
        if let Some(now) = &curve.now {
            canvas.write(dots(now), marks.now, marks);
        }
        let height = &curve.corners[0].y;
        let foot = |x: &Number| curve.place(&Point { x: x.clone(), y: height.clone() }, columns, 1).0;
        canvas.turns = curve.turns.iter().map(foot).collect();
        canvas
    }

    /// A line of dots without gaps.
    fn line(&mut self, (left, start): (i64, i64), (right, end): (i64, i64), marks: &Marks) {
        let mut above = start;
        for column in left..=right {
            let row = match right - left {
                0 => end,
                wide => {
                    start + ((end - start) * (column - left) * 2 + wide * (end - start).signum()) / (wide * 2)
                }
            };
            for dot in above.min(row)..=above.max(row) {
                self.dot((column, dot), marks);
            }
            above = row;
        }
    }

    fn band(&mut self, (left, bottom): (i64, i64), (right, top): (i64, i64), marks: &Marks) {
        for column in left / marks.across..=right / marks.across {
            for row in top / marks.down..=bottom / marks.down {
                if let Some(cell) = self.cell(column, row) {
                    cell.1 = Some(marks.band);
                }
            }
        }
    }

    fn dot(&mut self, (column, row): (i64, i64), marks: &Marks) {
        let bit =
            BITS[usize::from(column % marks.across == 1)][usize::try_from(row % marks.down).unwrap_or(0)];
        if let Some(cell) = self.cell(column / marks.across, row / marks.down) {
            cell.0 |= bit;
        }
    }

    fn write(&mut self, (column, row): (i64, i64), mark: char, marks: &Marks) {
        if let Some(cell) = self.cell(column / marks.across, row / marks.down) {
            cell.1 = Some(mark);
        }
    }

    fn cell(&mut self, column: i64, row: i64) -> Option<&mut (u8, Option<char>)> {
        let is_inside = (0..self.columns).contains(&column) && (0..ROWS).contains(&row);
        let at = usize::try_from(row * self.columns + column).ok().filter(|_| is_inside)?;
        self.cells.get_mut(at)
    }

    fn rows(&self, marks: &Marks) -> Vec<String> {
        let shown = |(dots, mark): &(u8, Option<char>)| match (mark, dots) {
            (Some(mark), _) => *mark,
            (None, 0) => ' ',
            (None, _) if marks.across == 1 => '*',
            (None, dots) => char::from_u32(0x2800 + u32::from(*dots)).unwrap_or('*'),
        };
        let width = usize::try_from(self.columns).unwrap_or(1).max(1);
        self.cells.chunks(width).map(|row| row.iter().map(shown).collect()).collect()
    }
}

/// The bits of the dots of a braille character: the left column from the top, then the right one (Unicode, block 2800).
const BITS: [[u8; 4]; 2] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]];
