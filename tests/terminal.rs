//! The conversation at a terminal, as a person holds it: the program runs at a terminal of its own, keys go in, and the
//! screen is read back. Nothing is timed: each step waits until the screen shows what it is to show.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::process::Child;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use pty_process::Size;
use pty_process::blocking::{Command, Pty, open};
use tempfile::TempDir;

/// A screen that has not changed for so long will not change any more.
const PATIENCE: Duration = Duration::from_secs(30);

/// How long a key that may have come too early is waited for before it is pressed again.
const AGAIN: Duration = Duration::from_secs(3);

/// A key that is not heeded after so many times is not heeded at all.
const MOST_KEYS: usize = 6;

/// How long a line needs to be taken, before keys mean the answer to it.
const TAKEN: Duration = Duration::from_millis(700);

const REGIONS: &[&str] = &["rules/oea25", "--data", "rules/oea25/data/regioner.json"];

/// The program at a terminal.
struct Terminal {
    pty: Arc<Pty>,
    child: Child,
    bytes: Receiver<Vec<u8>>,
    screen: vt100::Parser,
}

fn count(number: u16) -> NonZeroU16 {
    NonZeroU16::new(number).unwrap()
}

impl Terminal {
    /// Starts a conversation; `home` keeps what the program keeps, `set` are variables of the environment.
    fn start(home: &TempDir, args: &[&str], (rows, columns): (u16, u16), set: &[(&str, &str)]) -> Terminal {
        let (pty, pts) = open().unwrap();
        pty.resize(Size::new(rows, columns)).unwrap();
        let home = home.path();
        let child = Command::new(env!("CARGO_BIN_EXE_klausul"))
            .arg("repl")
            .args(args)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .env_clear()
            .env("PATH", "/usr/bin:/bin")
            .env("TERM", "xterm")
            .env("HOME", home)
            .env("XDG_STATE_HOME", home.join("state"))
            .env("PAGER", "cat")
            .envs(set.iter().copied())
            .spawn(pts)
            .unwrap();
        let pty = Arc::new(pty);
        let (sender, bytes) = channel();
        let reader = Arc::clone(&pty);
        std::thread::spawn(move || {
            let mut read = [0; 4096];
            while let Ok(length @ 1..) = (&*reader).read(&mut read) {
                if sender.send(read[..length].to_vec()).is_err() {
                    break;
                }
            }
        });
        let screen = vt100::Parser::new(count(rows), count(columns), 0);
        Terminal { pty, child, bytes, screen }
    }

    /// Starts one and waits until it can be typed at.
    fn ready(home: &TempDir, args: &[&str], size: (u16, u16), set: &[(&str, &str)]) -> Terminal {
        let mut terminal = Terminal::start(home, args, size, set);
        terminal.until("prompt", |lines| lines.last().is_some_and(|line| line.ends_with('>')));
        terminal
    }

    fn keys(&self, keys: &str) {
        (&*self.pty).write_all(keys.as_bytes()).unwrap();
    }

    /// The rows of the screen that have something on them, without what is only told behind the cursor.
    fn lines(&self) -> Vec<String> {
        self.rows(|cell| !cell.dim())
    }

    fn rows(&self, is_wanted: impl Fn(&vt100::Cell) -> bool) -> Vec<String> {
        let (rows, columns) = self.screen.screen().size();
        let cells = |row| (0..columns.get()).filter_map(move |column| self.screen.screen().cell(row, column));
        let letter = |cell: &vt100::Cell| match cell.contents() {
            "" => " ".to_owned(),
            letter => letter.to_owned(),
        };
        let text = |row| cells(row).filter(|cell| is_wanted(cell)).map(letter).collect::<String>();
        let all = (0..rows.get()).map(|row| text(row).trim_end().to_owned());
        all.filter(|row| !row.is_empty()).collect()
    }

    /// Reads on; false when nothing came for so long, or the program has ended.
    fn reads(&mut self, patience: Duration) -> bool {
        match self.bytes.recv_timeout(patience) {
            Ok(bytes) => {
                self.screen.process(&bytes);
                true
            }
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => false,
        }
    }

    fn until(&mut self, what: &str, is_there: impl Fn(&[String]) -> bool) {
        while !is_there(&self.lines()) {
            let goes_on = self.reads(PATIENCE);
            assert!(
                goes_on || is_there(&self.lines()),
                "no {what} on the screen:\n{}",
                self.lines().join("\n")
            );
        }
    }

    fn shows(&mut self, text: &str) {
        self.until(text, |lines| lines.iter().any(|line| line.contains(text)));
    }

    /// Waits until the last line is the prompt with this behind it.
    fn typed(&mut self, text: &str) {
        let end = format!("> {text}");
        let is_end = |line: &String| line.ends_with(end.trim_end());
        self.until(&end, |lines| lines.last().is_some_and(is_end));
    }

    /// Types a line on a screen that is wiped first, and returns what is answered.
    fn answer(&mut self, line: &str) -> Vec<String> {
        self.keys("\u{c}");
        self.until("wiped screen", |lines| matches!(lines, [only] if only.ends_with('>')));
        self.keys(line);
        self.keys("\r");
        // The line typed, the answer if there is one, and the next prompt.
        let ends = |line: &String| line.ends_with('>');
        self.until(&format!("answer to {line}"), |lines| lines.len() > 1 && lines.last().is_some_and(ends));
        let lines = self.lines();
        lines[1..lines.len() - 1].to_vec()
    }

    /// Presses Ctrl-C until it has been heeded: while a line is still being taken it clears the next one. It is not pressed
    /// again before there was time to heed it: twice while a line is answered ends the program.
    fn interrupt_until(&mut self, text: &str) {
        let is_heeded = |terminal: &Self| terminal.lines().iter().any(|line| line.contains(text));
        while self.reads(TAKEN) {}
        for _ in 0..MOST_KEYS {
            if is_heeded(self) {
                return;
            }
            self.keys("\u{3}");
            while !is_heeded(self) && self.reads(AGAIN) {}
        }
        assert!(is_heeded(self), "`{text}` is not shown:\n{}", self.lines().join("\n"));
    }

    fn resize(&mut self, (rows, columns): (u16, u16)) {
        self.pty.resize(Size::new(rows, columns)).unwrap();
        self.screen.screen_mut().set_size(count(rows), count(columns));
    }

    /// Leaves with Ctrl-D and waits for the end.
    fn leave(mut self) {
        self.typed("");
        self.keys("\u{4}");
        while self.reads(PATIENCE) {}
        assert!(self.child.wait().unwrap().success());
    }

    fn cells(&self) -> impl Iterator<Item = &vt100::Cell> {
        let (rows, columns) = self.screen.screen().size();
        let all = (0..rows.get()).flat_map(move |row| (0..columns.get()).map(move |column| (row, column)));
        all.filter_map(|(row, column)| self.screen.screen().cell(row, column))
    }
}

impl Drop for Terminal {
    /// A test that fails leaves no program behind.
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn home() -> TempDir {
    tempfile::tempdir().unwrap()
}

#[test]
fn tab_completes_names_and_regions() {
    let home = home();
    let mut terminal = Terminal::ready(&home, REGIONS, (40, 100), &[]);
    terminal.keys("nærhedsfinansiering.pu\t");
    terminal.typed("nærhedsfinansiering.pulje");
    terminal.keys("\r");
    terminal.shows("1.723,9 mio. kr.");
    terminal.typed("");
    terminal.keys("region[\"Sj\t");
    terminal.typed("region[\"Sjælland\"]");
    terminal.keys(".lægeta\t\r");
    terminal.shows("2.540 læger");
    terminal.typed("");
    // What can be more than one thing goes as far as it can, and the second time shows what there is.
    terminal.keys("nærhedsfinansiering.be\t");
    terminal.typed("nærhedsfinansiering.bevaret");
    terminal.keys("\t");
    terminal.until("choice", |lines| lines.iter().any(|line| line.ends_with(" bevaret_i_alt")));
    terminal.keys("\r");
    terminal.shows("177.872.002,00 kr.");
    terminal.leave();
}

#[test]
fn a_block_goes_on_by_indentation_until_an_empty_line() {
    let home = home();
    let mut terminal = Terminal::ready(&home, REGIONS, (40, 100), &[]);
    terminal.keys("region \"Sjælland\"\r");
    terminal.keys("  lægetal = 2600 læger\r");
    terminal.shows("lægetal = 2600 læger");
    terminal.keys("\r");
    terminal.shows("hvad nu hvis>");
    terminal.typed("");
    assert_eq!(terminal.answer("region[\"Sjælland\"].lægetal"), ["2.600 læger"]);
    assert_eq!(terminal.answer("1 +\r2"), ["2", "3"]);
    terminal.leave();
}

#[test]
fn ctrl_c_at_the_prompt_clears_the_line() {
    let home = home();
    let mut terminal = Terminal::ready(&home, REGIONS, (40, 100), &[]);
    terminal.keys("nærhedsfin");
    terminal.typed("nærhedsfin");
    terminal.keys("\u{3}");
    terminal.typed("");
    assert_eq!(terminal.answer("1 + 1"), ["2"]);
    // In the middle of a block too.
    terminal.keys("region \"Sjælland\"\r  lægetal = 1");
    terminal.shows("  lægetal = 1");
    terminal.keys("\u{3}");
    terminal.typed("");
    assert_eq!(terminal.answer("1 + 2"), ["3"]);
    terminal.leave();
}

/// Data of so many regions that a question about all of them takes minutes.
#[expect(clippy::disallowed_methods, reason = "the test makes its own data")]
fn many_regions(home: &Path) -> String {
    let one = |at: usize| format!("\"R{at}\": {{\"mål\": {}}}", at % 10);
    let all: Vec<String> = (0..3_000).map(one).collect();
    let path = home.join("many.json");
    let text = format!("{{\"year\": 2025, \"region\": {{{}}}}}", all.join(", "));
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn ctrl_c_stops_a_long_computation_and_nothing_has_changed() {
    let home = home();
    let data = many_regions(home.path());
    let mut terminal = Terminal::ready(&home, &["tests/repl/small", "--data", &data], (40, 100), &[]);
    terminal.answer("k.sats = 3 kr.");
    terminal.answer(":verden dyr");
    for long in [
        ":ændring sum af k.bevaret for alle regioner",
        ":følsomhed sum af k.bevaret for alle regioner af k.sats fra 0 kr. til 9 kr. trin 0,1 kr.",
    ] {
        terminal.keys("\u{c}");
        terminal.typed("");
        terminal.keys(long);
        terminal.keys("\r");
        terminal.interrupt_until("K0426");
        terminal.shows("afbrudt; intet er ændret");
        terminal.typed("");
        assert!(terminal.lines().last().is_some_and(|line| line.starts_with("2025 · hvad nu hvis · dyr>")));
        assert_eq!(terminal.answer("k.sats").first().map(String::as_str), Some("3 kr.  #"));
    }
    assert_eq!(terminal.answer(":fortryd"), ["fortrudt: :verden dyr"]);
    assert_eq!(terminal.answer(":fortryd"), ["fortrudt: k.sats = 3 kr."]);
    assert_eq!(terminal.answer("k.sats"), ["2 kr."]);
    terminal.leave();
}

#[test]
fn earlier_lines_come_back_in_the_next_conversation() {
    let home = home();
    let mut terminal = Terminal::ready(&home, REGIONS, (40, 100), &[]);
    assert_eq!(terminal.answer("20 + 3"), ["23"]);
    assert_eq!(terminal.answer("20 + 4"), ["24"]);
    terminal.leave();
    assert!(home.path().join("state/klausul/history").exists());
    let mut terminal = Terminal::ready(&home, REGIONS, (40, 100), &[]);
    terminal.keys("\u{1b}[A");
    terminal.typed("20 + 4");
    terminal.keys("\u{1b}[A");
    terminal.typed("20 + 3");
    terminal.keys("\r");
    terminal.shows("23");
    terminal.typed("");
    // Ctrl-R looks for a part of one.
    terminal.keys("\u{c}\u{12}+ 4");
    terminal.shows("20 + 4");
    terminal.keys("\r");
    terminal.shows("24");
    terminal.leave();
}

#[test]
fn the_next_answer_is_as_wide_as_the_window_has_become() {
    let home = home();
    let mut terminal = Terminal::ready(&home, REGIONS, (200, 100), &[]);
    let explain = ":forklar nærhedsfinansiering.bevaret for \"Sjælland\"";
    let widest = |lines: &[String]| lines.iter().map(|line| line.chars().count()).max().unwrap_or(0);
    let wide = terminal.answer(explain);
    assert!((61..=100).contains(&widest(&wide)), "{}", wide.join("\n"));
    terminal.resize((200, 60));
    let narrow = terminal.answer(explain);
    assert!(widest(&narrow) <= 60 && narrow.len() > wide.len(), "{}", narrow.join("\n"));
    // No line had to be broken by the terminal, but the one that was typed.
    let broken = (2..200).filter(|row| terminal.screen.screen().row_wrapped(*row)).count();
    assert_eq!(broken, 0, "{}", narrow.join("\n"));
    terminal.resize((200, 100));
    assert_eq!(terminal.answer(explain), wide);
    terminal.leave();
}

#[test]
fn what_is_told_behind_the_cursor_is_never_typed() {
    let home = home();
    let mut terminal = Terminal::ready(&home, REGIONS, (40, 100), &[]);
    terminal.keys("nærhedsfinansiering.andel_bevaret[2] = ");
    terminal.typed("nærhedsfinansiering.andel_bevaret[2] =");
    while !terminal.rows(vt100::Cell::dim).iter().any(|told| told == "(nu 67 pct.)") {
        assert!(terminal.reads(PATIENCE), "{}", terminal.lines().join("\n"));
    }
    // Neither the arrow nor the end of the line takes it.
    terminal.keys("\u{1b}[C\u{5}60 pct.");
    terminal.typed("nærhedsfinansiering.andel_bevaret[2] = 60 pct.");
    terminal.keys("\r");
    terminal.shows("67 pct. → 60 pct.");
    assert_eq!(terminal.rows(vt100::Cell::dim), [""; 0]);
    terminal.leave();
}

#[test]
fn without_colours_nothing_stands_out() {
    let home = home();
    let plain = |cell: &vt100::Cell| cell.fgcolor() == vt100::Color::Default && !cell.bold() && !cell.dim();
    let mut terminal = Terminal::ready(&home, REGIONS, (40, 100), &[("NO_COLOR", "1")]);
    terminal.keys("nærhedsfinansiering.bevaret for \"Sjælland\" = 60 pct.");
    terminal.typed("nærhedsfinansiering.bevaret for \"Sjælland\" = 60 pct.");
    assert!(terminal.cells().all(plain));
    terminal.keys("\u{15}:x");
    terminal.typed(":x");
    terminal.keys("\r");
    terminal.shows("K0920");
    assert!(terminal.cells().all(plain));
    terminal.leave();
    let mut terminal = Terminal::ready(&home, REGIONS, (40, 100), &[]);
    terminal.keys("60 pct.");
    terminal.typed("60 pct.");
    assert!(terminal.cells().any(|cell| cell.bold()) && !terminal.cells().all(plain));
    terminal.keys("\u{15}");
    terminal.leave();
}

#[test]
fn an_answer_longer_than_the_screen_goes_to_the_pager() {
    let home = home();
    let paged = [("PAGER", "sed s/^/|/")];
    let mut terminal = Terminal::ready(&home, REGIONS, (24, 100), &paged);
    terminal.keys(":hjælp\r");
    terminal.until("paged answer", |lines| {
        lines.iter().filter(|line| line.starts_with('|')).count() > 10
            && lines.last().is_some_and(|line| line == "2025>")
    });
    // What fits is written as it is.
    assert_eq!(terminal.answer("1 + 1"), ["2"]);
    terminal.leave();
    // A pager that is not there is no hindrance.
    let absent = [("PAGER", "no-such-pager-anywhere")];
    let mut terminal = Terminal::ready(&home, REGIONS, (24, 100), &absent);
    terminal.keys(":hjælp\r");
    terminal.until("answer", |lines| lines.len() > 20 && lines.last().is_some_and(|line| line == "2025>"));
    assert_eq!(terminal.answer("1 + 1"), ["2"]);
    terminal.leave();
}
