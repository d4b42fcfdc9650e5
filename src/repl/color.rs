//! Colours for the line being typed.

use anstyle::{AnsiColor, Color, Style};

use super::command::{Parsed, parse_command};
use crate::base::Lang;
use crate::syntax::keywords::WordClass;
use crate::syntax::{HighlightClass, highlight};

/// Colours a line: a command's own name, then what the language says of the words.
pub(super) fn colored(line: &str, lang: Lang) -> String {
    let start = if line.trim_start().starts_with(':') { command_end(line) } else { 0 };
    let (command, rest) = line.split_at(start);
    let known = matches!(parse_command(command, lang), Parsed::Known(..));
    let mut shown = painted(command, if known { bold(AnsiColor::Blue) } else { Style::new() });
    let mut done = 0;
    for piece in highlight(rest, lang) {
        shown += rest.get(done..piece.range.start).unwrap_or_default();
        shown += &painted(rest.get(piece.range.clone()).unwrap_or_default(), style(piece.class));
        done = piece.range.end;
    }
    shown + rest.get(done..).unwrap_or_default()
}

fn command_end(line: &str) -> usize {
    let blank = line.len() - line.trim_start().len();
    line.get(blank..).and_then(|rest| rest.find(char::is_whitespace)).map_or(line.len(), |end| blank + end)
}

fn painted(text: &str, style: Style) -> String {
    if text.is_empty() || style == Style::new() {
        return text.to_owned();
    }
    format!("{}{text}{}", style.render(), style.render_reset())
}

fn style(class: HighlightClass) -> Style {
    match class {
        HighlightClass::Keyword(WordClass::Statement) => bold(AnsiColor::Blue),
        HighlightClass::Keyword(WordClass::Operator | WordClass::Type) => plain(AnsiColor::Blue),
        HighlightClass::Keyword(WordClass::Unit | WordClass::Mark) => plain(AnsiColor::Cyan),
        HighlightClass::Keyword(WordClass::Value) | HighlightClass::Number => plain(AnsiColor::Magenta),
        HighlightClass::Text => plain(AnsiColor::Green),
        HighlightClass::Comment | HighlightClass::Doc => Style::new().dimmed(),
        HighlightClass::Error => plain(AnsiColor::Red),
        HighlightClass::Name | HighlightClass::Sign => Style::new(),
    }
}

fn plain(color: AnsiColor) -> Style {
    Style::new().fg_color(Some(Color::Ansi(color)))
}

fn bold(color: AnsiColor) -> Style {
    plain(color).bold()
}

/// Makes a prompt stand out.
pub(super) fn prompt(text: &str) -> String {
    painted(text, Style::new().bold())
}

/// Makes a hint recede.
pub(super) fn hint(text: &str) -> String {
    painted(text, Style::new().dimmed())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_add_nothing_that_is_seen() {
        for line in ["", ":forklar a.b[2]", " :år 2026", ":x y", "a = 60 pct. // x", "\"åben", "æøå ½ × ☃"]
        {
            let shown = colored(line, Lang::Da);
            let seen = anstream::adapter::strip_str(&shown).to_string();
            assert_eq!(seen, anstream::adapter::strip_str(line).to_string());
        }
        assert!(colored("60 pct.", Lang::Da).contains("\u{1b}["));
        assert!(!colored("a", Lang::Da).contains("\u{1b}["));
    }
}
