//! A result along the number that is varied, as a picture of its own: one panel for each result, with the places where it
//! turns and what decides them written below.

use super::curve::{Curve, Point, Stroke, now};
use super::page::escaped;
use super::sweep::{at, what};
use crate::base::Lang;
use crate::explore::Sweep;

const WIDTH: i64 = 760;
const RIGHT: i64 = 730;
const HEIGHT: i64 = 220;
const LINE: i64 = 18;
/// The axis stands this far to the right at least.
const NEAREST: i64 = 60;
/// A figure and its unit are taken to be this wide a character; digits of the font are narrower.
const DIGIT: i64 = 8;
/// A line of text goes on below after so many characters.
const LONGEST: usize = 96;

/// Draws results along a range as one picture; `None` where none of them can be drawn.
pub fn sweep_svg(all: &[Sweep], lang: Lang) -> Option<String> {
    let panels: Vec<(&Sweep, Curve)> =
        all.iter().filter_map(|sweep| Some((sweep, Curve::of(sweep)?))).collect();
    if panels.is_empty() {
        return None;
    }
    let (mut body, mut top) = (String::new(), 0);
    for (sweep, curve) in &panels {
        let (panel, height) = panel(sweep, curve, lang);
        body += &format!("<g transform=\"translate(0,{top})\">\n{panel}</g>\n");
        top += height;
    }
    let names: Vec<&str> = panels.iter().map(|(sweep, _)| sweep.target.as_str()).collect();
    let title = escaped(&names.join("; "));
    let style = "text{font:13px system-ui,sans-serif;fill:#1a1a1a}.head{font-weight:600}.axis{stroke:#6b6b6b;stroke-width:1}\
        .line{stroke:#0b5394;stroke-width:2.5;fill:none}.point{fill:#0b5394}.open{fill:#fff;stroke:#0b5394;stroke-width:2}\
        .turn{stroke:#9a9a9a;stroke-dasharray:3 3}.band{fill:#0b5394;fill-opacity:.18}.now{fill:#b45f06}";
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"{title}\" viewBox=\"0 0 {WIDTH} {top}\" width=\"{WIDTH}\" height=\"{top}\">\n\
         <title>{title}</title>\n<style>{style}</style>\n<rect width=\"{WIDTH}\" height=\"{top}\" fill=\"#fff\"/>\n{body}</svg>\n"
    ))
}

fn panel(sweep: &Sweep, curve: &Curve, lang: Lang) -> (String, i64) {
    let along = lang.pick(
        format!("{}, når {} ændres", sweep.target, sweep.of),
        format!("{}, as {} changes", sweep.target, sweep.of),
    );
    let (mut out, below) = paragraph(22, "head", &along);
    let top = below;
    let bottom = top + HEIGHT;
    let [low, high] = &curve.y_ends;
    // The axis stands clear of its figures, whatever they are.
    let widest = low.chars().count().max(high.chars().count());
    let axis = (i64::try_from(widest).unwrap_or(0) * DIGIT + 18).clamp(NEAREST, RIGHT - HEIGHT);
    out += &format!("<path class=\"axis\" fill=\"none\" d=\"M{axis} {top}V{bottom}H{RIGHT}\"/>\n");
    if low == high {
        // What never changes lies in the middle.
        out += &text(axis - 8, top + HEIGHT / 2 + 5, "", "end", high);
    } else {
        out += &text(axis - 8, top + 5, "", "end", high);
        out += &text(axis - 8, bottom + 5, "", "end", low);
    }
    let [left, right] = &curve.x_ends;
    out += &text(axis, bottom + LINE, "", "start", left);
    out += &text(RIGHT, bottom + LINE, "", "end", right);
    let place = |point: &Point| {
        let (x, y) = curve.place(point, RIGHT - axis + 1, HEIGHT + 1);
        (axis + x, top + y)
    };
    for turn in &curve.turns {
        let (x, _) = place(&Point { x: turn.clone(), y: curve.corners[0].y.clone() });
        out += &format!("<line class=\"turn\" x1=\"{x}\" x2=\"{x}\" y1=\"{top}\" y2=\"{bottom}\"/>\n");
    }
    out += &strokes(curve, &place);
    if let Some(at) = &curve.now {
        let (x, y) = place(at);
        out += &format!(
            "<path class=\"now\" d=\"M{x} {}L{} {y}L{x} {}L{} {y}Z\"/>\n",
            y - 7,
            x + 7,
            y + 7,
            x - 7
        );
    }
    let mut line = bottom + 2 * LINE + 6;
    if let (Some((x, y)), Some(_)) = (&sweep.now, &curve.now) {
        let said = format!("◆ {}: {} {} {}", now(lang), x.text, lang.pick("giver", "gives"), y.text);
        let (said, below) = paragraph(line, "", &said);
        out += &said;
        line = below;
    }
    for turn in &sweep.breaks {
        let causes =
            if turn.causes.is_empty() { String::new() } else { format!(" · {}", turn.causes.join("; ")) };
        let basis: String =
            turn.basis.iter().map(|basis| format!(" · {} {}", basis.source, basis.at)).collect();
        let (said, below) =
            paragraph(line, "", &format!("{}: {}{causes}{basis}", at(turn, lang), what(turn, lang)));
        out += &said;
        line = below;
    }
    (out, line + 10)
}

/// The lines; an end that does not belong to its line is an open ring, one that does a point.
fn strokes(curve: &Curve, place: &impl Fn(&Point) -> (i64, i64)) -> String {
    let (mut lines, mut ends) = (String::new(), String::new());
    let mut end = |at: &Point, included: bool| {
        let ((x, y), class) = (place(at), if included { "point" } else { "open" });
        // Rings lie below points, so that a line that is met by the next shows as one.
        let ring = format!("<circle class=\"{class}\" cx=\"{x}\" cy=\"{y}\" r=\"4\"/>\n");
        if included { ends.push_str(&ring) } else { ends.insert_str(0, &ring) }
    };
    for stroke in &curve.strokes {
        match stroke {
            Stroke::Line([from, to], [starts, stops]) => {
                let ((x1, y1), (x2, y2)) = (place(from), place(to));
                lines += &format!("<path class=\"line\" d=\"M{x1} {y1}L{x2} {y2}\"/>\n");
                end(from, *starts);
                end(to, *stops);
            }
            Stroke::Dot(at) => end(at, true),
            Stroke::Band([low, high]) => {
                let ((x1, y1), (x2, y2)) = (place(low), place(high));
                lines += &format!(
                    "<rect class=\"band\" x=\"{x1}\" y=\"{y2}\" width=\"{}\" height=\"{}\"/>\n",
                    x2 - x1,
                    y1 - y2
                );
            }
        }
    }
    lines + &ends
}

/// A text from the left, in as many lines as it needs; and where the next one stands.
fn paragraph(top: i64, class: &str, said: &str) -> (String, i64) {
    let options = textwrap::Options::new(LONGEST).subsequent_indent("  ");
    let (mut out, mut line) = (String::new(), top);
    for (at, said) in textwrap::wrap(said, options).iter().enumerate() {
        let left = if at == 0 { 10 } else { 26 };
        out += &text(left, line, class, "start", said.trim_start());
        line += LINE;
    }
    (out, line)
}

fn text(x: i64, y: i64, class: &str, anchor: &str, said: &str) -> String {
    format!("<text x=\"{x}\" y=\"{y}\" class=\"{class}\" text-anchor=\"{anchor}\">{}</text>\n", escaped(said))
}
