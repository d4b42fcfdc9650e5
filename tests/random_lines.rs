//! Ten thousand lines that are nearly right, typed into conversations in both languages: none makes the program fall, and
//! one with an error changes nothing. They are the same lines each time.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use klausul::base::Lang;
use klausul::diag::Problems;
use klausul::facts::{DataArg, RawData, read_data};
use klausul::render::Look;
use klausul::repl::Repl;
use proptest::prelude::Rng;
use proptest::test_runner::{RngAlgorithm, TestRng};

use crate::{read_bytes, session_of};

const LINES: usize = 10_000;

/// So many lines make a conversation; then the next begins with the rules and data as they stand in the files.
const A_CONVERSATION: usize = 20;

/// In one of so many conversations everything is computed after each line; in the others the state is looked at.
const COMPUTED_IN: usize = 10;

const DANISH: &[&str] = &[
    "k",
    "k.sats",
    "k.sats = 3 kr.",
    "k.sats = 2,5 mio. kr.",
    "k.beløb for \"A\"",
    "k.beløb for \"A\" = 7 kr.",
    "region[\"A\"].mål = 3",
    "region[\"B\"].mål",
    "region \"A\"\n  mål = 4\n",
    "k.andel[2] = 60 pct.",
    "k.andel[3+] = ½ af 50 pct.",
    "k.bevaret × 2 + 3 kr.",
    "sum af k.bevaret for alle regioner",
    "hvis k.sats > 2 kr. så 1 ellers 0",
    "(k.sats = 2 kr.)",
    "undtagelse u = nej",
    "k.halv i 2026",
    "sum af k.halv i 2025-2026",
    "antal regioner hvor mål ≥ 3",
    ":år 2026",
    ":år 2025",
    ":dag 2025-07-01",
    ":for region \"A\"",
    ":for region=B; region \"A\"",
    ":for",
    ":sæt k.sats = 1 kr.",
    ":sæt",
    ":nulstil",
    ":fortryd",
    ":gentag",
    ":verden dyr",
    ":verden billig",
    ":verden",
    ":forskel",
    ":forskel dyr billig",
    ":forskel filer dyr k.bevaret",
    ":forklar k.bevaret",
    ":hvorfor_ikke u i k.halv",
    ":ændring k.andel",
    ":følsomhed k.beløb af k.sats fra 1 kr. til 3 kr. trin 1 kr.",
    ":løs k.sats så k.beløb ≥ 9 kr. fra 0 kr. til 9 kr.",
    ":mangler k",
    ":læsning",
    ":scenarie",
    ":liste k",
    ":vis k.andel",
    ":kilde k",
    ":hvor sats",
    ":afhænger bevaret",
    ":hjælp K0601",
    "// en bemærkning",
    "",
];

const ENGLISH: &[&str] = &[
    "c",
    "c.cost",
    "c.cost = 12 million kr.",
    "c.g.lapsed",
    "c.g.full = 1 million kr.",
    "c.cost × 2 + 3 kr.",
    "if c.cost > 2 kr. then 1 otherwise 0",
    "(c.cost = 2 kr.)",
    "round c.cost to whole million kr.",
    ":year 2026",
    ":date 2025-07-01",
    ":scenario lower",
    ":scenario",
    ":set c.cost = 1 kr.",
    ":set",
    ":reset",
    ":undo",
    ":redo",
    ":world dear",
    ":diff",
    ":diff files dear c.g",
    ":explain c.g",
    ":why-not c.g",
    ":change c.g",
    ":sweep c.g of c.cost from 1 kr. to 30 million kr.",
    ":solve c.cost so c.g > 0 kr. from 0 kr. to 30 million kr.",
    ":missing",
    ":list c",
    ":show g",
    ":source c",
    ":where cost",
    ":depends g",
    ":help keys",
    "// a remark",
];

/// What is put in where nothing of the kind belongs.
const ODD: &[&str] = &[
    "=",
    "+",
    "×",
    "÷",
    "(",
    ")",
    "[",
    "]",
    "\"",
    ":",
    "::",
    ";",
    ",",
    ".",
    "..",
    "|",
    "\n",
    "\n  ",
    "\t",
    " ",
    "\u{a0}",
    "\u{202e}",
    "\u{0}",
    "\u{1b}[31m",
    "½",
    "≥",
    "−",
    "–",
    "0",
    "99999999999999999999",
    "1,5",
    "1.5",
    "2024-02-30",
    "31. april",
    "pct.",
    "for",
    "af",
    "i",
    "of",
    "in",
    "så",
    "ellers",
    "hvis",
    "sum",
    "//",
    "æ",
    "🙂",
    "e\u{301}",
    "år",
    "nominelt",
    "med",
    "25-pl",
    "K0601",
    "filer",
    "ingen",
    "ukendt",
];

/// A chooser that chooses alike each time.
struct Chance(TestRng);

impl Chance {
    fn below(&mut self, count: usize) -> usize {
        usize::try_from(self.0.next_u32()).unwrap() % count.max(1)
    }
    fn of<'t>(&mut self, all: &[&'t str]) -> &'t str {
        all[self.below(all.len())]
    }

    /// A line as somebody in a hurry types it.
    fn line(&mut self, all: &[&str]) -> String {
        let mut line = self.of(all).to_owned();
        for _ in 0..self.below(4) {
            line = self.slip(&line, all);
        }
        line
    }

    fn slip(&mut self, line: &str, all: &[&str]) -> String {
        let letters: Vec<char> = line.chars().collect();
        let at = self.below(letters.len() + 1);
        let (before, after): (String, String) =
            (letters[..at].iter().collect(), letters[at..].iter().collect());
        let without_first: String = after.chars().skip(1).collect();
        match self.below(7) {
            0 => before + &without_first,
            1 => before + self.of(ODD) + &after,
            2 => before + self.of(ODD) + &without_first,
            3 => before,
            // The end of another line, from a place of its own.
            4 => {
                let other: Vec<char> = self.of(all).chars().collect();
                let from = self.below(other.len() + 1);
                before + &other[from..].iter().collect::<String>()
            }
            5 => {
                let mut words: Vec<&str> = line.split(' ').collect();
                let (one, other) = (self.below(words.len()), self.below(words.len()));
                words.swap(one, other);
                words.join(" ")
            }
            _ => format!("{line} {}", self.of(all)),
        }
    }
}

fn danish() -> Repl {
    let mut session = session_of("tests/repl/small");
    let path = "tests/repl/small/data.json";
    let bytes = read_bytes(&Path::new(env!("CARGO_MANIFEST_DIR")).join(path));
    let mut problems = Problems::new();
    let data = read_data(&DataArg::parse(path), &bytes, &|_| None, session.sources_mut(), &mut problems);
    session.set_data(RawData::join(vec![data], &mut problems));
    Repl::new(session, Look::new(Lang::Da), None, Vec::new())
}

fn english() -> Repl {
    Repl::new(session_of("tests/repl/english"), Look::new(Lang::En), None, Vec::new())
}

#[test]
fn no_line_makes_the_program_fall_and_none_with_an_error_changes_anything() {
    crate::with_room(type_all);
}

fn type_all() {
    let mut chance = Chance(TestRng::from_seed(RngAlgorithm::ChaCha, &[42; 32]));
    let beginnings = [(danish(), DANISH, "k"), (english(), ENGLISH, "c")];
    let (mut right, mut wrong) = (0, 0);
    for conversation in 0..LINES / A_CONVERSATION {
        let (fresh, lines, everything) = &beginnings[conversation % 2];
        let mut repl = fresh.clone();
        let is_computed = conversation % COMPUTED_IN < 2;
        // What marks mean is told the first time they show.
        let values_of =
            |text: String| text.lines().filter(|line| !line.starts_with('(')).collect::<Vec<_>>().join("\n");
        let computed = |repl: &mut Repl| is_computed.then(|| values_of(repl.line(everything).text));
        let mut values = computed(&mut repl);
        for _ in 0..A_CONVERSATION {
            let line = chance.line(lines);
            let before = repl.state();
            let reply = catch_unwind(AssertUnwindSafe(|| repl.line(&line)));
            let reply = reply.unwrap_or_else(|_| panic!("{line:?} made the program fall"));
            let now = computed(&mut repl);
            if reply.ok {
                right += 1;
            } else {
                wrong += 1;
                assert_eq!(before, repl.state(), "after {line:?}");
                assert_eq!(values, now, "after {line:?}");
                assert!(!reply.findings.is_empty(), "nothing is said of {line:?}");
            }
            values = now;
        }
    }
    // Lines of both sorts are among them, or little is tried.
    assert!(right > LINES / 10 && wrong > LINES / 10, "{right} right, {wrong} wrong");
}
