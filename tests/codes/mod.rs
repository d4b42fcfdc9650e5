//! The pages of the codes are true: each shows, in both languages, an example that gives exactly its code and a mended
//! one that gives no error; and what every code says is kept in one place for reading.

mod page;
mod run;

use std::fmt::Write;
use std::sync::LazyLock;

use klausul::base::Lang;
use klausul::diag::{Code, Diagnostic, Severity};

use self::page::{Block, Half, halves};
use self::run::{Findings, in_program, run};

/// The longest a half of a page may be, in lines.
const LONGEST_HALF: usize = 40;

/// Codes that no text, data or command can bring about by itself, and why their pages only tell about them.
const ONLY_TOLD: &[(Code, &str)] = &[
    (Code::NotAStoredFile, "needs a device or a pipe"),
    (Code::ReadFailed, "needs a file that the system refuses to read"),
    (Code::FileChanged, "needs someone who writes to the file at the same moment"),
    (Code::DocumentNotText, "needs bytes that a page cannot hold"),
    (Code::WriteFailed, "needs a place that the system refuses to write to"),
    (Code::NotUnderstood, "a fault of the program: grammar and builder disagree"),
    (Code::Stopped, "needs someone who stops a computation while it runs: tests/repl"),
    (Code::LineBreaks, "needs a line of a conversation: tests/repl"),
    (Code::NotSaved, "a fault of the program: what was written computes otherwise"),
    (Code::NotDrawn, "needs a picture to be asked for: tests/cli/what_ifs.rs"),
    (Code::FormatterFault, "a fault of the program: the printed text says something else"),
];

/// Codes of the program itself: only the program can say them.
const BY_PROGRAM: &[Code] = &[
    Code::WrongUsage,
    Code::TotalTooLarge,
    Code::TextTooLong,
    Code::TooManyFiles,
    Code::TooManyRows,
    Code::UnreadableOption,
    Code::NotComputedYet,
    Code::NotAScenario,
    Code::NothingToFollow,
    Code::NotVaried,
    Code::NoRange,
    Code::NothingToAskWhy,
    Code::NotRestedOn,
    Code::NotAGoal,
    Code::SameTwice,
    Code::NoStep,
    Code::ColumnUnread,
    Code::ColumnTwice,
    Code::NoBridge,
    Code::TwoNumbers,
    Code::PlainQuestion,
];

/// A mistake that makes a later stage find something else beside it: the table that lost its header has no keys.
const WITH_ECHO: &[(Code, &str)] = &[(Code::HeaderContinued, "K0305")];

/// A page that shows examples: all but those that only tell.
fn shown() -> impl Iterator<Item = Half> {
    let told = |code: &Code| ONLY_TOLD.iter().any(|(told, _)| told == code);
    Code::ALL.iter().filter(move |code| !told(code)).flat_map(|code| halves(*code))
}

/// What each example of a page gives: computed once, looked at by several tests.
static EXAMPLES: LazyLock<Vec<Example>> = LazyLock::new(|| {
    let of_half = |half: Half| {
        let found = half.blocks.iter().map(|block| found(&half, block)).collect();
        Example { half, found }
    };
    shown().map(of_half).collect()
});

/// A half and, for each of its blocks, what running it gives.
struct Example {
    half: Half,
    found: Vec<Findings>,
}

impl Example {
    fn runs(&self, failing: bool) -> impl Iterator<Item = (&Block, &Findings)> {
        let blocks = self.half.blocks.iter().zip(&self.found);
        blocks.filter(move |(block, _)| !block.is_setting() && block.is("fejl") == failing)
    }
}

fn found(half: &Half, block: &Block) -> Findings {
    match block.is_setting() || BY_PROGRAM.contains(&half.code) {
        true => Findings::default(),
        false => run(half, block),
    }
}

#[test]
fn every_half_has_a_failing_and_a_mended_example() {
    let mut wrong = Vec::new();
    for half in shown() {
        let (id, lang) = (half.code.id(), half.lang);
        if half.failing().next().is_none() {
            wrong.push(format!("{id} {lang:?}: no failing example"));
        }
        if half.mended().next().is_none() {
            wrong.push(format!("{id} {lang:?}: no mended example"));
        }
        if half.lines > LONGEST_HALF {
            wrong.push(format!("{id} {lang:?}: {} lines", half.lines));
        }
    }
    let both = |code: &Code| halves(*code).map(|half| half.blocks.iter().map(mark).collect::<Vec<_>>());
    for code in Code::ALL {
        let [danish, english] = both(code);
        if danish != english {
            wrong.push(format!("{}: the halves differ: {danish:?} and {english:?}", code.id()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn mark(block: &Block) -> String {
    format!("{} {}", block.form, block.words.join(" "))
}

/// A failing example gives its code and, among findings as heavy, nothing else: what rules, data and question are found
/// to have wrong, and only where that is nothing, the errors that results come to. A result that builds on something
/// with errors needs those errors.
#[test]
fn failing_examples_give_exactly_their_code() {
    let mut wrong = Vec::new();
    for example in EXAMPLES.iter().filter(|example| !BY_PROGRAM.contains(&example.half.code)) {
        let half = &example.half;
        for (block, found) in example.runs(true) {
            let codes = match half.code {
                Code::Faulty => Findings { fixed: Vec::new(), run: found.run.clone() }.codes(Severity::Error),
                code if found.fixed.iter().any(|finding| finding.severity == Severity::Error) => {
                    Findings { fixed: found.fixed.clone(), run: Vec::new() }.codes(code.severity())
                }
                code => found.codes(code.severity()),
            };
            let is_echo = |code: &&str| WITH_ECHO.contains(&(half.code, *code));
            let codes: Vec<_> = codes.into_iter().filter(|code| !is_echo(code)).collect();
            if codes != [half.code.id()] {
                wrong.push(format!("{}: {codes:?}\n{}", half.place(block), told(found, half.lang)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn mended_examples_give_no_error() {
    let mut wrong = Vec::new();
    for example in EXAMPLES.iter() {
        let half = &example.half;
        for (block, found) in example.runs(false) {
            let again = found.all().any(|finding| finding.code == half.code);
            if again || !found.codes(Severity::Error).is_empty() {
                wrong.push(format!("{}:\n{}", half.place(block), told(found, half.lang)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Commands typed as their pages show them: the program says the code, and does what the mended command asks. Verbs
/// that the program does not have yet say so, and are left for later.
#[test]
fn commands_do_in_the_program_as_their_pages_say() {
    let mut wrong = Vec::new();
    for half in shown() {
        let commands = half.blocks.iter().filter(|block| block.form == "text" && !block.is_setting());
        for block in commands {
            let (says, done) = in_program(&half, block);
            if says.contains(Code::NotComputedYet.id()) && half.code != Code::NotComputedYet {
                continue;
            }
            let expected = block.is("fejl");
            // A note is told, and the command succeeds all the same.
            let stops = expected && half.code.severity() == Severity::Error;
            if says.contains(half.code.id()) != expected || done == stops {
                wrong.push(format!("{}:\n{says}", half.place(block)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn told(found: &Findings, lang: Lang) -> String {
    let line = |finding: &Diagnostic| format!("  {} {}\n", finding.code.id(), finding.message.get(lang));
    found.all().map(line).collect()
}

/// What each stage's codes say, as they are given by the failing examples of their pages.
#[test]
fn what_the_codes_say() {
    let stages = [
        ("K00_texts_and_files", "K00"),
        ("K01_syntax", "K01"),
        ("K02_names", "K02"),
        ("K03_types", "K03"),
        ("K04_running", "K04"),
        ("K05_checks", "K05"),
        ("K06_data", "K06"),
        ("K07_sources", "K07"),
        ("K08_records", "K08"),
        ("K09_tool", "K09"),
    ];
    for (name, prefix) in stages {
        let mut text = String::new();
        for example in EXAMPLES.iter().filter(|example| example.half.code.id().starts_with(prefix)) {
            said(example, &mut text);
        }
        insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!(name, text) });
    }
}

fn said(example: &Example, text: &mut String) {
    let (code, lang) = (example.half.code, example.half.lang);
    if lang == Lang::Da {
        let title = code.title();
        writeln!(text, "\n{}  {} · {}", code.id(), title.da, title.en).unwrap();
    }
    for (_, found) in example.runs(true) {
        for finding in found.all().filter(|finding| finding.code == code) {
            write_finding(text, finding, lang);
        }
    }
}

fn write_finding(text: &mut String, finding: &Diagnostic, lang: Lang) {
    writeln!(text, "  {} {}", lang.pick("da:", "en:"), finding.message.get(lang)).unwrap();
    for label in finding.labels.iter().filter(|label| !label.text.get(lang).is_empty()) {
        writeln!(text, "       ^ {}", label.text.get(lang)).unwrap();
    }
    for help in &finding.helps {
        writeln!(text, "       → {}", help.get(lang)).unwrap();
    }
    for fix in &finding.fixes {
        let how = if fix.certain { "fix" } else { "suggestion" };
        let edits: Vec<_> = fix.edits.iter().map(|edit| edit.text.trim()).take(1).collect();
        writeln!(text, "       {how}: {} [{}]", fix.title.get(lang), edits.join("")).unwrap();
    }
}

/// Messages start in lower case or with what the user wrote, and end without a full stop.
#[test]
fn messages_keep_the_house_style() {
    let mut wrong = Vec::new();
    for (_, found) in EXAMPLES.iter().flat_map(|example| example.runs(true)) {
        wrong.extend(found.all().flat_map(style_of));
    }
    wrong.sort();
    wrong.dedup();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Names that are written with a capital letter.
const PROPER: &[&str] = &["JSON", "TOML", "CSV", "UTF-8", "TOML-"];

fn style_of(finding: &Diagnostic) -> Vec<String> {
    let texts = std::iter::once(&finding.message).chain(&finding.helps);
    let both = texts.flat_map(|text| [text.da.as_str(), text.en.as_str()]);
    both.filter(|text| {
        let capital = text.chars().next().is_some_and(char::is_uppercase);
        let proper = PROPER.iter().any(|name| text.starts_with(name));
        let stop = text.ends_with('.') && !text.ends_with("kr.") && !text.ends_with("pct.");
        capital && !proper || stop || text.is_empty()
    })
    .map(|text| format!("{}: {text}", finding.code.id()))
    .collect()
}
