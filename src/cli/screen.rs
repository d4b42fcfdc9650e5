//! The screen of a conversation: how large it is just now, and what is longer than it, page by page.

use std::io::{self, ErrorKind, IsTerminal, Write};
use std::process::{Child, Command, Stdio};

use super::console::{WIDTH, terminal_width};

/// Where the answers of a conversation are read.
#[derive(Clone, Debug)]
pub struct Screen {
    /// Whether they are read at a terminal at all, and not in a file or by another program.
    is_there: bool,
    /// The program that shows what is longer than the screen, and what it is started with.
    pager: Option<Vec<String>>,
}

impl Screen {
    /// Looks at where standard output leads, and which pager the environment names: `PAGER`, else `less`. An empty
    /// `PAGER`, and `cat`, mean none.
    pub fn of_process() -> Screen {
        let named = std::env::var_os("PAGER").map(|words| words.to_string_lossy().into_owned());
        Screen { is_there: io::stdout().is_terminal(), pager: pager(named.as_deref()) }
    }
    /// Returns how wide answers may be just now: people change the size of their windows.
    pub fn width(&self) -> usize {
        if self.is_there { terminal_width() } else { WIDTH }
    }
    /// Shows a text with the pager when it is longer than the screen; tells whether it has been shown. Where there is no
    /// pager, or it cannot be started, the text is still to be written.
    pub fn page(&self, text: &str) -> bool {
        let Some((program, words)) = self.pager.as_deref().and_then(<[String]>::split_first) else {
            return false;
        };
        let rows = terminal_size::terminal_size().map(|(_, rows)| usize::from(rows.0));
        if !self.is_there || !rows.is_some_and(|rows| is_longer(text, rows, terminal_width())) {
            return false;
        }
        let mut command = Command::new(program);
        command.args(words).stdin(Stdio::piped());
        // What `less` is to do where the reader has not said so, and which letters it may show.
        for (name, usual) in [("LESS", "FRX"), ("LESSCHARSET", "utf-8"), ("LV", "-c")] {
            if std::env::var_os(name).is_none() {
                command.env(name, usual);
            }
        }
        command.spawn().is_ok_and(|child| has_read(child, text))
    }
}

/// Hands a text to the pager and waits until its reader is done.
fn has_read(mut pager: Child, text: &str) -> bool {
    let handed = match pager.stdin.take() {
        Some(mut stdin) => stdin.write_all(text.as_bytes()),
        None => Err(ErrorKind::BrokenPipe.into()),
    };
    let ended = pager.wait();
    // A reader who leaves before the end closes the pipe; one that could not be used says so when it ends.
    let is_handed = handed.is_ok() || handed.is_err_and(|error| error.kind() == ErrorKind::BrokenPipe);
    is_handed && ended.is_ok_and(|status| status.success())
}

/// The pager that is named, as words; `less` where none is.
fn pager(named: Option<&str>) -> Option<Vec<String>> {
    let words: Vec<String> = named.unwrap_or("less").split_whitespace().map(str::to_owned).collect();
    match words.first().map(String::as_str) {
        None | Some("cat") => None,
        Some(_) => Some(words),
    }
}

/// Tells whether a text does not fit on a screen, with the next prompt below it. A line that is wider than the screen
/// takes several of its rows.
fn is_longer(text: &str, rows: usize, width: usize) -> bool {
    let rows_of = |line: &str| textwrap::core::display_width(line).div_ceil(width.max(1)).max(1);
    text.lines().map(rows_of).sum::<usize>() >= rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pager_is_the_one_that_is_named() {
        let words = |named| pager(named).map(|words| words.join("|"));
        assert_eq!(words(None).as_deref(), Some("less"));
        assert_eq!(words(Some("more -d")).as_deref(), Some("more|-d"));
        assert_eq!(words(Some("cat")), None);
        assert_eq!(words(Some("  ")), None);
    }

    #[test]
    fn what_does_not_fit_with_a_prompt_is_longer_than_the_screen() {
        assert!(!is_longer("a\nb\n", 3, 80));
        assert!(is_longer("a\nb\nc\n", 3, 80));
        assert!(is_longer(&"å".repeat(90), 3, 40));
        assert!(!is_longer(&"å".repeat(80), 3, 40));
        assert!(!is_longer("", 1, 80));
    }

    #[test]
    fn a_pager_that_is_not_there_shows_nothing() {
        let screen = Screen { is_there: true, pager: Some(vec!["no-such-pager-anywhere".to_owned()]) };
        assert!(!screen.page(&"line\n".repeat(1_000)));
    }
}
