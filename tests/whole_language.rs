//! One file uses every word of the language, in both languages: it checks clean, its tests pass, everything in it has
//! a value, and the two are the same rules.

use std::path::Path;

use klausul::base::Lang;
use klausul::diag::Severity;
use klausul::facts::Moment;
use klausul::session::{Question, Session};
use klausul::syntax::keywords::KEYWORDS;
use klausul::syntax::print;
use klausul::value::Date;

const FILES: [(Lang, &str); 2] =
    [(Lang::Da, "examples/da/hele_sproget.klausul"), (Lang::En, "examples/en/the_whole_language.klausul")];

fn text(file: &str) -> String {
    String::from_utf8(crate::read_bytes(&Path::new(env!("CARGO_MANIFEST_DIR")).join(file))).unwrap()
}

fn session(file: &str) -> Session {
    let mut session = Session::new();
    session.add_rules(file, text(file).as_bytes());
    session
}

#[test]
fn every_word_of_the_language_is_used() {
    for (lang, file) in FILES {
        let words = outside_texts(&text(file));
        let unused: Vec<&str> = KEYWORDS
            .iter()
            // `primo` and `medio` name no certain day and are refused with the way to write one.
            .filter(|keyword| !["primo", "medio"].contains(&keyword.spelling(Lang::Da)))
            .filter(|keyword| !keyword.spellings(lang).any(|spelling| holds(&words, spelling)))
            .map(|keyword| keyword.spelling(lang))
            .collect();
        assert!(unused.is_empty(), "{file} does not use: {}", unused.join(", "));
    }
}

/// The text without what stands in quotation marks and comments.
fn outside_texts(text: &str) -> String {
    let mut kept = String::new();
    for line in text.lines() {
        for (index, part) in line.split('"').enumerate() {
            if index % 2 == 0 {
                kept.push_str(part.split("//").next().unwrap_or_default());
                kept.push(' ');
            }
            if index % 2 == 0 && part.contains("//") {
                break;
            }
        }
        kept.push('\n');
    }
    kept
}

fn holds(words: &str, spelling: &str) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let first = spelling.starts_with(char::is_alphanumeric);
    let last = spelling.ends_with(char::is_alphanumeric);
    words.match_indices(spelling).any(|(at, found)| {
        let before = is_word(words[..at].chars().next_back());
        let after = is_word(words[at + found.len()..].chars().next());
        let runs_on = first && before || last && after;
        !runs_on
    })
}

#[test]
fn it_checks_clean_and_its_tests_pass() {
    for (lang, file) in FILES {
        let session = session(file);
        let mut problems = session.check().problems;
        session.checks(&mut problems);
        let found: Vec<String> = problems
            .sorted()
            .iter()
            .filter(|d| d.severity != Severity::Note)
            .map(|d| format!("{} {}", d.code.id(), d.message.get(lang)))
            .collect();
        assert!(found.is_empty(), "{file}: {}", found.join("\n"));
        let reports = session.run_tests(lang);
        assert!(!reports.is_empty());
        for report in reports {
            let told: Vec<String> = report
                .expectations
                .iter()
                .filter(|e| !e.passed)
                .map(|e| {
                    format!("{}: {}, not {}", session.sources().text(e.span).trim(), e.found, e.expected)
                })
                .collect();
            assert!(report.passed(), "{file}: {}: {told:?}", report.title);
        }
    }
}

#[test]
fn it_evaluates_without_an_error() {
    for (lang, file) in FILES {
        let session = session(file);
        let moment = Date::from_iso("2025-08-01").map(Moment::Day);
        let answer =
            session.ask(&Question { moment, ..Question::default() }).unwrap_or_else(|_| panic!("{file}"));
        let errors: Vec<&str> = answer
            .lines
            .iter()
            .filter(|line| matches!(answer.outcome(line), klausul::eval::Outcome::Error(_)))
            .map(|line| line.name.as_str())
            .collect();
        assert!(errors.is_empty(), "{file}, {lang:?}: {errors:?}");
        assert!(answer.lines.len() > 100, "{file}: {} results", answer.lines.len());
    }
}

#[test]
fn the_two_files_are_the_same_rules() {
    let [(_, danish), (_, english)] = FILES;
    for (from, to, lang) in [(danish, english, Lang::En), (english, danish, Lang::Da)] {
        let session = session(from);
        let source = session.sources().file(session.rule_files()[0]);
        let printed = print(&session.files()[0], source, lang).unwrap_or_else(|_| panic!("{from}"));
        assert_eq!(printed, text(to), "{to} is not what `klausul fmt --to` makes of {from}");
    }
}
