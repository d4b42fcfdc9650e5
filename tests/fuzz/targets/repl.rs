//! Lines typed into a conversation: every line is answered, and one that fails changes nothing.

use std::cell::RefCell;

use klausul::base::Lang;
use klausul::diag::Problems;
use klausul::facts::{DataArg, RawData, read_data};
use klausul::render::Look;
use klausul::repl::{COMMANDS, Repl};
use klausul::session::Session;

use super::choices::Choices;
use super::held::tame;
use super::seeds::{RULES, WITH_DATA, WORDS};

/// A conversation is as long as this at most.
const LINES: usize = 6;

const DANISH: &[&str] = &[
    "k.sats = 3 kr.",
    "k.beløb for \"A\" = 7 kr.",
    "region[\"A\"].mål = 3",
    "k.andel[2] = 60 pct.",
    "k.bevaret × 2 + 3 kr.",
    "sum af k.bevaret for alle regioner",
    "undtagelse u = nej",
    "k.halv i 2026",
    "region \"A\"\n  mål = 4\n",
    ":år 2026",
    ":dag 2025-07-01",
    ":for region \"A\"",
    ":sæt k.sats = 1 kr.",
    ":nulstil",
    ":fortryd",
    ":gentag",
    ":verden dyr",
    ":forskel dyr billig",
    ":forklar k.bevaret",
    ":hvorfor_ikke u i k.halv",
    ":ændring k.andel",
    ":følsomhed k.beløb af k.sats fra 1 kr. til 3 kr. trin 1 kr.",
    ":løs k.sats så k.beløb ≥ 9 kr. fra 0 kr. til 9 kr.",
    ":mangler k",
    ":scenarie dyrt",
    ":liste k",
    ":vis k.andel",
    ":kilde k",
    ":hvor sats",
    ":afhænger bevaret",
    ":hjælp K0601",
    "k",
    "",
];

const ENGLISH: &[&str] = &[
    "c.cost = 12 million kr.",
    "c.g.lapsed",
    "c.cost × 2 + 3 kr.",
    "if c.cost > 2 kr. then 1 otherwise 0",
    ":year 2026",
    ":scenario lower",
    ":set c.cost = 1 kr.",
    ":reset",
    ":undo",
    ":redo",
    ":world dear",
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
    "c",
    "",
];

fn danish() -> Repl {
    let (rules, data, _) = WITH_DATA[0];
    let mut session = Session::new();
    session.add_rules("small.klausul", rules.as_bytes());
    let mut problems = Problems::new();
    let arg = DataArg::parse("data.json");
    let data = read_data(&arg, data.as_bytes(), &|_| None, session.sources_mut(), &mut problems);
    session.set_data(RawData::join([data], &mut problems));
    Repl::new(session, Look::new(Lang::Da), None, Vec::new())
}

fn english() -> Repl {
    let mut session = Session::new();
    session.add_rules("rules.klausul", RULES[15].as_bytes());
    Repl::new(session, Look::new(Lang::En), None, Vec::new())
}

thread_local! {
    /// The beginnings of conversations; a copy of one costs less than to make it.
    static FRESH: RefCell<Option<(Repl, Repl)>> = const { RefCell::new(None) };
}

pub(super) fn lines(bytes: &[u8]) {
    let mut choices = Choices::new(bytes);
    let is_danish = choices.byte() & 1 == 0;
    let mut repl = FRESH.with_borrow_mut(|fresh| {
        let (danish, english) = fresh.get_or_insert_with(|| (danish(), english()));
        if is_danish { danish.clone() } else { english.clone() }
    });
    let all = if is_danish { DANISH } else { ENGLISH };
    for _ in 0..LINES {
        if choices.is_empty() {
            break;
        }
        let line = line(&mut choices, all);
        let before = repl.state();
        let at = choices.below(line.len() + 1);
        let completed = repl.complete(&line, at);
        assert!(
            line.is_char_boundary(completed.start.min(line.len())) || !line.is_char_boundary(at),
            "{line:?}"
        );
        let _ = repl.hint(&line, at);
        let reply = repl.line(&line);
        tame(&reply.text);
        tame(&reply.findings);
        tame(&repl.prompt());
        if !reply.ok {
            assert!(!reply.findings.is_empty(), "nothing is said of {line:?}");
            assert_eq!(before, repl.state(), "{line:?} failed, and changed something");
        }
    }
}

fn line(choices: &mut Choices<'_>, all: &[&str]) -> String {
    match choices.below(8) {
        0 => choices.text(40),
        1 => {
            let entry = &COMMANDS[choices.below(COMMANDS.len())];
            let name = entry.name(if choices.byte() & 1 == 0 { Lang::Da } else { Lang::En });
            format!(":{name} {}", choices.text(20))
        }
        2 => {
            let count = 1 + choices.below(6);
            (0..count).map(|_| choices.of(WORDS)).collect::<Vec<_>>().join(" ")
        }
        3 => format!("{} {}", choices.of(all), choices.of(all)),
        _ => {
            let line = choices.of(all);
            let count = choices.below(4);
            choices.changed(line, all, count)
        }
    }
}
